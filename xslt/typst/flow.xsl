<?xml version="1.0" encoding="UTF-8"?>
<!-- Paragraphs and what stands between them. A TEI paragraph may hold lists and verse, a Typst one
     may not: content is cut into runs of phrases, each a paragraph, and the blocks between them. -->
<xsl:stylesheet version="3.0" expand-text="yes" exclude-result-prefixes="#all"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:t="urn:x-teikit:facts"
  xmlns:f="urn:x-teikit:functions"
  xmlns:fp="urn:x-teikit:private-functions"
  xmlns:m="urn:x-teikit:modes"
  xmlns:v="urn:x-teikit:variables">

  <!-- Elements that begin and end a paragraph: those of names.BLOCKS in teikit, and some that only
       ever stand beside them. -->
  <xsl:variable name="v:blocks" as="xs:string*" select="tokenize('
    text front body back group floatingText div div1 div2 div3 div4 div5 div6 div7 ab addrLine address
    argument byline castGroup castItem castList cell closer dateline docAuthor docDate docImprint docTitle
    epigraph event figure head imprimatur item l lg list listBibl opener org p person place postscript row
    salute set sp speaker stage table titlePage titlePart trailer
    entry entryFree superEntry hom sense dictScrap surface zone line headLabel headItem listWit listApp witness
    signed figDesc performance spGrp listPerson listPlace listOrg listEvent listRelation biblStruct
    correction normalization hyphenation segmentation interpretation punctuation quotation licence')[.]"/>

  <!-- Elements inside which a stage direction belongs to the line. -->
  <xsl:variable name="v:lines" as="xs:string*" select="'p', 'l', 'ab', 'head', 'speaker', 'stage', 'signed'"/>

  <!-- Whether a node stands between paragraphs. -->
  <xsl:function name="f:is-block" as="xs:boolean">
    <xsl:param name="node" as="node()"/>
    <xsl:sequence select="
      $node instance of element()
      and not(f:hidden($node))
      and not($node/self::note[f:is-apart(.)])
      and ((local-name($node) = $v:blocks and not(fp:is-in-line($node)))
           or $node/parent::opener and ($node/self::seg or $node/self::idno)
           or f:holds-blocks($node))"/>
  </xsl:function>

  <xsl:function name="f:holds-blocks" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="some $child in $element/* satisfies f:is-block($child)"/>
  </xsl:function>

  <!-- A direction or a date in the middle of a line, of which its borders end a word all the same. -->
  <xsl:function name="fp:is-in-line" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="
      $element[self::stage or self::dateline or self::salute or self::signed]
      and local-name($element/..) = $v:lines
      and not(f:holds-blocks($element))"/>
  </xsl:function>

  <!-- Nodes as blocks: runs of phrases become paragraphs. -->
  <xsl:function name="f:flow" as="xs:string" visibility="public">
    <xsl:param name="nodes" as="node()*"/>
    <xsl:sequence select="f:flow($nodes, '#par[')"/>
  </xsl:function>

  <!-- The same with another way to open a paragraph. -->
  <xsl:function name="f:flow" as="xs:string" visibility="public">
    <xsl:param name="nodes" as="node()*"/>
    <xsl:param name="open" as="xs:string"/>
    <xsl:variable name="pieces" as="xs:string*">
      <xsl:for-each-group select="$nodes" group-adjacent="f:is-block(.)">
        <xsl:variable name="code" as="xs:string" select="f:run(current-group())"/>
        <xsl:sequence select="
          if (current-grouping-key()) then $code
          else if (normalize-space(replace($code, $v:line-break, '', 'q'))) then $open || $code || ']'
          else ()"/>
      </xsl:for-each-group>
    </xsl:variable>
    <xsl:sequence select="string-join($pieces)"/>
  </xsl:function>

  <!-- What an element holds: a part of a line, or blocks where it holds blocks. -->
  <xsl:function name="f:content" as="xs:string" visibility="public">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="if (f:holds-blocks($element)) then f:flow($element/node()) else f:run($element/node())"/>
  </xsl:function>

  <xsl:template match="text()" mode="m:text" as="xs:string*">
    <xsl:sequence select="f:text(., f:lang-of(.))"/>
  </xsl:template>

  <!-- Another language, for hyphenation and for whoever listens. -->
  <xsl:template match="*[@xml:lang][not(self::note[f:is-apart(.)])][not(@xml:lang = f:lang-of(..))]"
      mode="m:text" as="xs:string*" priority="5">
    <xsl:variable name="inner" as="xs:string*"><xsl:next-match/></xsl:variable>
    <xsl:sequence select="'#text(lang: ' || f:lang(@xml:lang) || ')[' || string-join($inner) || ']'"/>
  </xsl:template>

  <!-- Another hand. -->
  <xsl:template match="*[@hand]" mode="m:text" as="xs:string*" priority="4">
    <xsl:variable name="inner" as="xs:string*"><xsl:next-match/></xsl:variable>
    <xsl:sequence select="'#hand[' || string-join($inner) || ']'"/>
  </xsl:template>

  <!-- What the reading leaves out. -->
  <xsl:template match="*[f:hidden(.)]" mode="m:text" as="xs:string*" priority="9"/>

  <!-- Nobody wrote a template: the text stays, and it is said. -->
  <xsl:template match="*" mode="m:text" as="xs:string*" priority="-0.9">
    <xsl:message>
      <t:message code="TK802" path="{(f:version(.)/@path, f:version-id(.))[1]}">no template for &lt;{local-name()}&gt;: its text is set plainly</t:message>
    </xsl:message>
    <xsl:sequence select="f:content(.)"/>
  </xsl:template>

</xsl:stylesheet>

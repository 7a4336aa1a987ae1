<?xml version="1.0" encoding="UTF-8"?>
<!-- What an element of the text becomes: a block or a part of a line, its classes, its language. -->
<xsl:stylesheet version="3.0" expand-text="yes" exclude-result-prefixes="#all"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:x-teikit:functions"
  xmlns:m="urn:x-teikit:modes"
  xmlns:v="urn:x-teikit:variables">

  <!-- Elements that are blocks wherever they stand. -->
  <xsl:variable name="v:blocks" as="xs:string*" select="tokenize('
    text front body back group floatingText div div1 div2 div3 div4 div5 div6 div7 prologue epilogue
    p ab head opener closer postscript address addrLine epigraph argument trailer byline imprimatur
    titlePage titlePart docTitle docEdition docImprint
    list item table row cell headLabel headItem lg l line sp spGrp castList castGroup castItem set performance
    figure figDesc notatedMusic eg egXML
    listBibl biblStruct listPerson listPlace listOrg listEvent listRelation listWit listApp listObject listNym
    person personGrp place org event witness object nym
    entry entryFree superEntry hom sense dictScrap surface surfaceGrp zone')[.]"/>

  <!-- Elements that are blocks unless they stand in a line. -->
  <xsl:variable name="v:either" as="xs:string*" select="tokenize('
    stage speaker dateline salute signed docAuthor docDate quote cit camera caption sound tech view')[.]"/>

  <!-- Elements whose text is a line. -->
  <xsl:variable name="v:lines" as="xs:string*" select="tokenize('
    p l ab head item cell label note stage speaker salute signed dateline byline docImprint trailer titlePart addrLine
    seg s q said hi emph foreign title ref rs castItem role roleDesc caption form def etym xr re')[.]"/>

  <!-- Whether an element is a block of its own inside whatever holds it. -->
  <xsl:function name="f:is-block" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="name" as="xs:string" select="local-name($element)"/>
    <xsl:sequence select="
      if ($name = $v:blocks) then not(f:is-run-in($element))
      else if ($name = $v:either) then not(local-name($element/..) = $v:lines) or f:holds-blocks($element)
      else false()"/>
  </xsl:function>

  <!-- Whether an element holds blocks in the text itself: notes are printed elsewhere. -->
  <xsl:function name="f:holds-blocks" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="
      some $child in $element/*[not(self::note[f:is-apart(.)])]
      satisfies f:is-block($child) or f:holds-blocks($child)"/>
  </xsl:function>

  <!-- Whether a list, or an item of it, runs on in the line. -->
  <xsl:function name="f:is-run-in" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="list" as="element(list)?" select="$element/(self::list, self::item/parent::list, self::head/parent::list)"/>
    <xsl:sequence select="
      exists($list[(@type, tokenize(@rend)) = ('inline', 'run-in', 'runin')][not(f:holds-other-blocks(.))])"/>
  </xsl:function>

  <xsl:function name="f:holds-other-blocks" as="xs:boolean">
    <xsl:param name="list" as="element(list)"/>
    <xsl:sequence select="some $part in $list/* satisfies f:holds-blocks($part)"/>
  </xsl:function>

  <!-- The HTML element for a phrase, which HTML lets hold no blocks. -->
  <xsl:function name="f:tag" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="phrase" as="xs:string"/>
    <xsl:sequence select="if (f:is-block($element) or f:holds-blocks($element)) then 'div' else $phrase"/>
  </xsl:function>

  <!-- Attributes: the TEI name and type as classes, the id, the language. What is shown a second time
       ($copied) has no id. -->
  <xsl:template match="*" mode="m:attributes">
    <xsl:param name="copied" as="xs:boolean" select="false()" tunnel="yes"/>
    <xsl:attribute name="class" select="f:classes(.)"/>
    <xsl:if test="@xml:id and not($copied) and not(f:is-unit(.))">
      <xsl:attribute name="id" select="f:free-id(., @xml:id)"/>
    </xsl:if>
    <xsl:sequence select="f:language-of(.)"/>
  </xsl:template>

  <!-- Classes that pages use for something else than the TEI element or type of that name. -->
  <xsl:variable name="v:taken" as="xs:string*" select="tokenize('
    back call card cards cell cite columns corrections count entries figure formats hint letters notes
    number picture reading record row skip toolbar turn variants views wide')[.]"/>

  <xsl:function name="f:classes" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="words" as="xs:string*"
      select="($element/@type, $element/@rend) ! tokenize(translate(., '#', ''))[matches(., '^\p{L}[\w\-]*$')]"/>
    <xsl:sequence select="
      string-join((local-name($element), $words) ! (if (. = $v:taken) then 'tei-' || . else .), ' ')"/>
  </xsl:function>

  <!-- The language of an element where it states one, and the direction of its script where that is
       another than around it. -->
  <xsl:function name="f:language-of" as="attribute()*">
    <xsl:param name="element" as="element()"/>
    <xsl:for-each select="$element/@xml:lang[. ne '']">
      <xsl:attribute name="lang" select="f:iso(.)"/>
    </xsl:for-each>
    <xsl:variable name="own" as="xs:string" select="f:direction-of($element)"/>
    <xsl:if test="$own ne $element/.. ! f:direction-of(.)">
      <xsl:attribute name="dir" select="$own"/>
    </xsl:if>
  </xsl:function>

  <!-- The language and the direction in force at an element, for whatever is put around it. -->
  <xsl:function name="f:language-at" as="attribute()*">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="lang" as="xs:string" select="f:iso(string($element/ancestor-or-self::*[@xml:lang][1]/@xml:lang))"/>
    <xsl:attribute name="lang" select="$lang"/>
    <xsl:if test="f:direction-of($element) ne f:direction($v:language)">
      <xsl:attribute name="dir" select="f:direction-of($element)"/>
    </xsl:if>
  </xsl:function>

  <!-- The reader's language, where a sign of the edition stands in a text in another one. -->
  <xsl:function name="f:sign-language" as="attribute(lang)?">
    <xsl:param name="node" as="node()"/>
    <xsl:if test="f:lang-of($node) ne $v:language"><xsl:attribute name="lang" select="$v:language"/></xsl:if>
  </xsl:function>

  <xsl:function name="f:direction-of" as="xs:string">
    <xsl:param name="element" as="node()"/>
    <xsl:variable name="stated" as="element()?"
      select="$element/ancestor-or-self::*[@xml:lang or tokenize(@rend) = ('rtl', 'ltr')][1]"/>
    <xsl:sequence select="($stated ! tokenize(@rend)[. = ('rtl', 'ltr')], f:direction($stated/@xml:lang))[1]"/>
  </xsl:function>

  <!-- The direction in which a language is written: by its script where the tag says it. -->
  <xsl:function name="f:direction" as="xs:string">
    <xsl:param name="tag" as="xs:string?"/>
    <xsl:variable name="parts" as="xs:string*" select="tokenize(lower-case(f:iso(string($tag))), '-')"/>
    <xsl:variable name="script" as="xs:string?" select="$parts[position() gt 1][string-length() eq 4][1]"/>
    <xsl:sequence select="
      if (($script, '')[1] = ('arab', 'hebr', 'syrc', 'thaa', 'samr', 'nkoo', 'adlm')
          or empty($script) and $parts[1] = tokenize('ar arc azb ckb dv fa he iw ji ks nqo ota ps sd syc syr ug ur yi'))
      then 'rtl' else 'ltr'"/>
  </xsl:function>

</xsl:stylesheet>

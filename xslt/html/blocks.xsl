<?xml version="1.0" encoding="UTF-8"?>
<!-- Blocks of the text. -->
<xsl:stylesheet version="3.0" expand-text="yes" exclude-result-prefixes="#all"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:x-teikit:functions"
  xmlns:m="urn:x-teikit:modes"
  xmlns:v="urn:x-teikit:variables">

  <xsl:template match="p | ab" mode="m:text">
    <!-- A TEI paragraph may hold lists and quotations, an HTML one may not. -->
    <xsl:element name="{if (f:holds-blocks(.)) then 'div' else 'p'}">
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates mode="m:text"/>
    </xsl:element>
  </xsl:template>

  <!-- A heading of a division; outline.xsl says of which level. -->
  <xsl:template match="head[f:is-heading(.)]" mode="m:text">
    <xsl:variable name="level" as="xs:integer" select="f:level(.)"/>
    <xsl:variable name="blocks" as="xs:boolean" select="f:holds-blocks(.)"/>
    <xsl:element name="{if ($blocks) then 'div' else 'h' || $level}">
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:if test="$blocks">
        <xsl:attribute name="role" select="'heading'"/>
        <xsl:attribute name="aria-level" select="$level"/>
      </xsl:if>
      <xsl:apply-templates mode="m:text"/>
    </xsl:element>
  </xsl:template>

  <!-- The title of a list, a poem, a picture. -->
  <xsl:template match="head" mode="m:text">
    <xsl:element name="{if (f:is-run-in(.)) then 'span' else if (f:holds-blocks(.)) then 'div' else 'p'}">
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates mode="m:text"/>
    </xsl:element>
  </xsl:template>

  <!-- Blocks that HTML has no element for. -->
  <xsl:template match="opener | closer | postscript | address | titlePage | docTitle | epigraph | argument
      | listRelation | person | personGrp | place | org | event | div | div1 | div2 | div3 | div4 | div5
      | div6 | div7 | floatingText | body | front | back | group | text | prologue | epilogue | biblStruct
      | addrLine | byline | trailer | docEdition | docImprint | imprimatur | titlePart
      | object | nym | listApp | opener/seg | opener/idno | surface | surfaceGrp | zone | line" mode="m:text">
    <div>
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates mode="m:text"/>
    </div>
  </xsl:template>

  <!-- Blocks by themselves, phrases in a line. -->
  <xsl:template match="salute | signed | dateline | docAuthor | docDate" mode="m:text">
    <xsl:element name="{f:tag(., 'span')}">
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates mode="m:text"/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="quote | cit | q | said | soCalled" mode="m:text">
    <xsl:element name="{if (f:is-block(.)) then if (self::quote or self::cit) then 'blockquote' else 'div' else f:tag(., 'span')}">
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:if test="f:is-bare(.)"><xsl:attribute name="class" select="f:classes(.) || ' bare'"/></xsl:if>
      <xsl:apply-templates mode="m:text"/>
    </xsl:element>
  </xsl:template>

  <!-- Whether words are quoted in a line without marks in the text: the style sheet shows some. -->
  <xsl:function name="f:is-bare" as="xs:boolean">
    <xsl:param name="quoted" as="element()"/>
    <xsl:variable name="mark" as="xs:string" select="'[«»“”„‟‘’‚‹›&quot;—–「『]'"/>
    <xsl:sequence select="
      not($quoted/self::cit) and not(f:is-block($quoted)) and not(f:holds-blocks($quoted))
      and empty($quoted/@rend[not(. = 'quoted')]) and exists($quoted/text()[normalize-space()])
      and not(matches(f:brief($quoted), '^' || $mark))
      and not(matches(string($quoted/preceding::text()[1]), $mark || '\s?$'))"/>
  </xsl:function>

</xsl:stylesheet>

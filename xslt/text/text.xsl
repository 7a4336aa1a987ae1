<?xml version="1.0" encoding="UTF-8"?>
<!-- The words of the text. Every element is a block, a break or neither; there is nothing else to it. -->
<xsl:stylesheet version="3.0" expand-text="yes" exclude-result-prefixes="#all"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:t="urn:x-teikit:facts"
  xmlns:f="urn:x-teikit:functions"
  xmlns:m="urn:x-teikit:modes"
  xmlns:v="urn:x-teikit:variables">

  <!-- The words of a unit or note; $apart are the notes that are called by number. -->
  <xsl:function name="f:words" as="xs:string">
    <xsl:param name="unit" as="element()"/>
    <xsl:param name="apart" as="element()*"/>
    <xsl:variable name="parts" as="xs:string*">
      <xsl:choose>
        <xsl:when test="$unit/self::note"><xsl:apply-templates select="$unit/node()" mode="m:text"/></xsl:when>
        <xsl:otherwise>
          <xsl:apply-templates select="$unit" mode="m:text">
            <xsl:with-param name="apart" select="$apart" tunnel="yes"/>
          </xsl:apply-templates>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:sequence select="string-join($parts)"/>
  </xsl:function>

  <xsl:template match="text()" mode="m:text" as="xs:string">
    <xsl:sequence select="string(.)"/>
  </xsl:template>

  <xsl:template match="*" mode="m:text" as="xs:string*" priority="-0.9">
    <xsl:apply-templates mode="m:text"/>
  </xsl:template>

  <!-- Blocks end a line before and after; the list is that of names.BLOCKS in teikit. -->
  <xsl:template match="text | front | body | back | group | floatingText | div | div1 | div2 | div3 | div4
      | div5 | div6 | div7 | ab | addrLine | address | argument | byline | castGroup | castItem | castList
      | cell | closer | dateline | docAuthor | docDate | docImprint | docTitle | epigraph | event | figure
      | head | imprimatur | item | l | lg | line | list | listBibl | opener | org | p | person | place | postscript
      | row | salute | set | sp | speaker | stage | surface | table | titlePage | titlePart | trailer
      | zone
      | opener/seg | opener/idno"
      mode="m:text" as="xs:string*">
    <xsl:sequence select="'&#x2028;'"/>
    <xsl:apply-templates mode="m:text"/>
    <xsl:sequence select="'&#x2028;'"/>
  </xsl:template>

  <xsl:template match="lb" mode="m:text" as="xs:string?">
    <xsl:sequence select="if (@break = 'no') then () else '&#x2028;'"/>
  </xsl:template>

  <xsl:template match="cb | pb | gb | milestone | space" mode="m:text" as="xs:string?">
    <xsl:sequence select="if (@break = 'no') then () else ' '"/>
  </xsl:template>

  <xsl:template match="choice | app | subst | rdgGrp" mode="m:text" as="xs:string*" priority="2">
    <xsl:apply-templates mode="m:text"
      select="if (map:contains($v:preferred, local-name())) then f:chosen(.) else node()"
      xmlns:map="http://www.w3.org/2005/xpath-functions/map"/>
  </xsl:template>

  <xsl:template match="*[f:hidden(.)]" mode="m:text" as="xs:string*" priority="3"/>

  <xsl:template match="note[f:is-apart(.)]" mode="m:text" as="xs:string*" priority="1">
    <xsl:param name="apart" as="element()*" select="()" tunnel="yes"/>
    <xsl:variable name="note" as="element(note)" select="."/>
    <xsl:sequence select="(1 to count($apart))[$apart[.] is $note] ! ('[' || . || ']')"/>
  </xsl:template>

</xsl:stylesheet>

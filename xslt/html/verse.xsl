<?xml version="1.0" encoding="UTF-8"?>
<!-- Verse: stanzas, lines with their numbers in the margin, lines that speakers share. -->
<xsl:stylesheet version="3.0" expand-text="yes" exclude-result-prefixes="#all"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:t="urn:x-teikit:facts"
  xmlns:f="urn:x-teikit:functions"
  xmlns:fp="urn:x-teikit:private-functions"
  xmlns:m="urn:x-teikit:modes"
  xmlns:v="urn:x-teikit:variables">

  <xsl:template match="lg" mode="m:text">
    <div>
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates mode="m:text"/>
    </div>
  </xsl:template>

  <!-- The number and the place are for the style sheet to show: neither is a word of the text. -->
  <xsl:template match="l" mode="m:text">
    <div>
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:if test="fp:shows-number(.)"><xsl:attribute name="data-n" select="normalize-space(@n)"/></xsl:if>
      <xsl:for-each select="fp:before(.)"><xsl:attribute name="data-before" select="."/></xsl:for-each>
      <xsl:apply-templates mode="m:text"/>
    </div>
  </xsl:template>

  <!-- Every fifth number where lines are numbered throughout, else each that is given. -->
  <xsl:function name="fp:shows-number" as="xs:boolean">
    <xsl:param name="line" as="element(l)"/>
    <xsl:variable name="n" as="xs:string" select="normalize-space($line/@n)"/>
    <xsl:variable name="beside" as="element(l)*" select="$line/(preceding-sibling::l[1], following-sibling::l[1])"/>
    <xsl:sequence select="
      $n ne '' and not($line/@part = ('M', 'F') and $line/preceding::l[1]/@n = $line/@n)
      and (if ($n castable as xs:int) then xs:int($n) mod 5 eq 0 or (exists($beside) and empty($beside/@n))
           else empty($beside/@n))"/>
  </xsl:function>

  <!-- The parts of a line that were spoken before this one: it begins where they end. -->
  <xsl:function name="fp:before" as="xs:string?">
    <xsl:param name="line" as="element(l)"/>
    <xsl:variable name="one" as="element(l)?" select="$line[@part = ('M', 'F')]/preceding::l[1][@part = ('I', 'M', 'Y')]"/>
    <xsl:sequence select="$one ! string-join((fp:before(.), f:brief(.)), ' ')"/>
  </xsl:function>

  <xsl:template match="caesura" mode="m:text">
    <span><xsl:apply-templates select="." mode="m:attributes"/></span>
  </xsl:template>

</xsl:stylesheet>

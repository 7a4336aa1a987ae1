<?xml version="1.0" encoding="UTF-8"?>
<!-- Words into lines. -->
<xsl:stylesheet version="3.0" expand-text="yes" exclude-result-prefixes="#all"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:x-teikit:functions">

  <!-- The lines of a paragraph, joined; line separators in the words begin a new one. -->
  <xsl:function name="f:paragraph" as="xs:string">
    <xsl:param name="words" as="xs:string"/>
    <xsl:variable name="lines" as="xs:string*" select="tokenize($words, '&#x2028;') ! normalize-space(.)"/>
    <xsl:sequence select="
      if ($width eq 0) then normalize-space(string-join($lines, ' '))
      else string-join($lines[. ne ''] ! f:wrap(.), '&#10;')"/>
  </xsl:function>

  <!-- One line broken between words, so that none is longer than $width if its words allow it. -->
  <xsl:function name="f:wrap" as="xs:string">
    <xsl:param name="line" as="xs:string"/>
    <xsl:iterate select="tokenize($line)">
      <xsl:param name="done" as="xs:string*" select="()"/>
      <xsl:param name="current" as="xs:string" select="''"/>
      <xsl:on-completion select="string-join(($done, $current), '&#10;')"/>
      <xsl:choose>
        <xsl:when test="$current eq ''">
          <xsl:next-iteration><xsl:with-param name="current" select="."/></xsl:next-iteration>
        </xsl:when>
        <xsl:when test="string-length($current) + 1 + string-length(.) le $width">
          <xsl:next-iteration><xsl:with-param name="current" select="$current || ' ' || ."/></xsl:next-iteration>
        </xsl:when>
        <xsl:otherwise>
          <xsl:next-iteration>
            <xsl:with-param name="done" select="$done, $current"/>
            <xsl:with-param name="current" select="."/>
          </xsl:next-iteration>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:iterate>
  </xsl:function>

</xsl:stylesheet>

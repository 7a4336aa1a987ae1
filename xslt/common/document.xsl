<?xml version="1.0" encoding="UTF-8"?>
<!-- What the facts document says of a document, as every output tells it. -->
<xsl:stylesheet version="3.0" expand-text="yes" exclude-result-prefixes="#all"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:t="urn:x-teikit:facts"
  xmlns:f="urn:x-teikit:functions"
  xmlns:v="urn:x-teikit:variables">

  <!-- Who has a role in a document: each once, in the version of the reader's language if it can be. -->
  <xsl:function name="f:agents" as="element(t:agent)*">
    <xsl:param name="document" as="element(t:document)"/>
    <xsl:param name="role" as="xs:string"/>
    <xsl:for-each-group select="$document/t:agent[@role = $role]" group-by="(@entity, .)[1]">
      <xsl:sequence select="(current-group()[@lang = $v:language], current-group())[1]"/>
    </xsl:for-each-group>
  </xsl:function>

  <!-- Their name: as the header writes it in that language, else as the register has it. -->
  <xsl:function name="f:agent-name" as="xs:string">
    <xsl:param name="agent" as="element(t:agent)"/>
    <xsl:sequence select="
      if ($agent/@entity and not($agent/@lang = $v:language)) then f:name(f:entity($agent/@entity), $v:language)
      else string($agent)"/>
  </xsl:function>

  <!-- The date of a document in words. -->
  <xsl:function name="f:document-date" as="xs:string">
    <xsl:param name="date" as="element(t:date)"/>
    <xsl:sequence select="
      (string-join(distinct-values(($date/@earliest, $date/@latest)) ! f:date(., $v:language), ' – ')[.],
       string($date))[1]"/>
  </xsl:function>

  <!-- Notes that stand between units belong to the unit before them. -->
  <xsl:function name="f:stray-notes" as="element(note)*">
    <xsl:param name="unit" as="element()"/>
    <xsl:iterate select="$unit/following-sibling::*">
      <xsl:choose>
        <xsl:when test="self::note"><xsl:sequence select=".[f:is-apart(.)]"/></xsl:when>
        <xsl:when test="self::lb or self::pb or self::cb or self::gb or self::milestone"/>
        <xsl:otherwise><xsl:break/></xsl:otherwise>
      </xsl:choose>
    </xsl:iterate>
  </xsl:function>

</xsl:stylesheet>

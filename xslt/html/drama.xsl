<?xml version="1.0" encoding="UTF-8"?>
<!-- Drama: speeches, stage directions, the cast. -->
<xsl:stylesheet version="3.0" expand-text="yes" exclude-result-prefixes="#all"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:t="urn:x-teikit:facts"
  xmlns:f="urn:x-teikit:functions"
  xmlns:fp="urn:x-teikit:private-functions"
  xmlns:m="urn:x-teikit:modes"
  xmlns:v="urn:x-teikit:variables">

  <xsl:template match="sp | spGrp | set | performance" mode="m:text">
    <div>
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates mode="m:text"/>
    </div>
  </xsl:template>

  <!-- Who speaks: a link to whom a register describes. -->
  <xsl:template match="speaker" mode="m:text">
    <xsl:variable name="pointers" as="element(t:pointer)*" select="../@who ! tokenize(.) ! f:pointer(current(), .)"/>
    <xsl:variable name="pointer" as="element(t:pointer)?" select="$pointers[@entity][count($pointers) eq 1]"/>
    <xsl:element name="{f:tag(., 'span')}">
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:choose>
        <xsl:when test="$pointer and empty(descendant::*[f:is-link(.)])">
          <a href="{f:href($pointer)}"><xsl:sequence select="f:named($pointer)"/><xsl:apply-templates mode="m:text"/></a>
        </xsl:when>
        <xsl:otherwise><xsl:apply-templates mode="m:text"/></xsl:otherwise>
      </xsl:choose>
    </xsl:element>
  </xsl:template>

  <xsl:template match="stage | camera | caption | sound | tech | view" mode="m:text">
    <xsl:element name="{f:tag(., 'span')}">
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates mode="m:text"/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="castList" mode="m:text">
    <xsl:sequence select="f:items(., 'ul')"/>
  </xsl:template>

  <!-- By themselves: outside of a cast list. -->
  <xsl:template match="castItem | castGroup" mode="m:text">
    <div>
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates mode="m:text"/>
    </div>
  </xsl:template>

</xsl:stylesheet>

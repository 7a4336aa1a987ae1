<?xml version="1.0" encoding="UTF-8"?>
<!-- Examples of markup, dictionaries, texts in text. -->
<xsl:stylesheet version="3.0" expand-text="yes" exclude-result-prefixes="#all"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:t="urn:x-teikit:facts"
  xmlns:f="urn:x-teikit:functions"
  xmlns:fp="urn:x-teikit:private-functions"
  xmlns:eg="http://www.tei-c.org/ns/Examples"
  xmlns:m="urn:x-teikit:modes"
  xmlns:v="urn:x-teikit:variables">

  <!-- Examples keep their lines; their tags are for the style sheet to show. -->
  <xsl:template match="eg | eg:egXML" mode="m:text">
    <pre>
      <xsl:apply-templates select="." mode="m:attributes"/>
      <code><xsl:apply-templates mode="m:text"/></code>
    </pre>
  </xsl:template>

  <xsl:template match="eg:*" mode="m:text" priority="-0.4">
    <xsl:variable name="open" as="xs:string"
      select="name() || string-join(@* ! (' ' || name() || '=&quot;' || . || '&quot;'))"/>
    <span class="markup" data-open="&lt;{$open}{if (node()) then '&gt;' else '/&gt;'}" data-close="{if (node()) then '&lt;/' || name() || '&gt;' else ''}"><xsl:apply-templates mode="m:text"/></span>
  </xsl:template>

  <xsl:template match="code" mode="m:text">
    <xsl:element name="{f:tag(., 'code')}">
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates mode="m:text"/>
    </xsl:element>
  </xsl:template>

  <!-- Dictionaries: entries and senses are blocks, the rest runs on in them. -->
  <xsl:template match="entry | entryFree | superEntry | hom | dictScrap" mode="m:text">
    <div>
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates mode="m:text"/>
    </div>
  </xsl:template>

  <xsl:template match="sense" mode="m:text">
    <div>
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:for-each select="@n[normalize-space()]"><xsl:attribute name="data-n" select="normalize-space(.)"/></xsl:for-each>
      <xsl:apply-templates mode="m:text"/>
    </div>
  </xsl:template>

  <xsl:template match="form | gramGrp | def | etym | xr | re" mode="m:text">
    <xsl:element name="{if (f:holds-blocks(.)) then 'div' else 'span'}">
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates mode="m:text"/>
    </xsl:element>
  </xsl:template>

</xsl:stylesheet>

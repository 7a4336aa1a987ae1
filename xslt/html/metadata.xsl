<?xml version="1.0" encoding="UTF-8"?>
<!-- What pages tell reference managers and search engines; all of it comes from the facts document. -->
<xsl:stylesheet version="3.0" expand-text="yes" exclude-result-prefixes="#all"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:t="urn:x-teikit:facts"
  xmlns:f="urn:x-teikit:functions"
  xmlns:v="urn:x-teikit:variables">

  <!-- For the head of a document's page: the version to cite, its files, the document as JSON-LD. -->
  <xsl:function name="f:metadata" as="element()*">
    <xsl:param name="document" as="element(t:document)"/>
    <xsl:variable name="described" as="xs:string?" select="$document/t:metadata/@version"/>
    <xsl:for-each select="$document/t:metadata/t:meta">
      <meta name="{@name}" content="{@content}"/>
    </xsl:for-each>
    <xsl:if test="$downloads">
      <xsl:sequence select="
        ($document/t:download[@version = $described], $document/t:download[not(@version = $described)]) ! f:alternate(.)"/>
    </xsl:if>
    <xsl:if test="$document/t:jsonld">
      <script type="application/ld+json">{$document/t:jsonld}</script>
    </xsl:if>
  </xsl:function>

  <!-- A file for reference managers as a link in the head. -->
  <xsl:function name="f:alternate" as="element(link)">
    <xsl:param name="download" as="element(t:download)"/>
    <link rel="alternate" type="{$download/@type}" href="{f:download-href($download)}" title="{$download/@label}">
      <xsl:sequence select="$download/@lang ! f:hreflang(.)"/>
    </link>
  </xsl:function>

  <!-- The same in the page: RIS, BibLaTeX, … -->
  <xsl:function name="f:download-links" as="node()*">
    <xsl:param name="files" as="element(t:download)*"/>
    <xsl:for-each select="$files">
      <xsl:if test="position() gt 1">, </xsl:if>
      <a href="{f:download-href(.)}" type="{@type}">
        <xsl:sequence select="@lang ! f:hreflang(.)"/>
        <xsl:text>{@label}</xsl:text>
      </a>
    </xsl:for-each>
  </xsl:function>

  <xsl:function name="f:download-href" as="xs:string">
    <xsl:param name="download" as="element(t:download)"/>
    <xsl:sequence select="$root || '../' || string-join(tokenize($download/@path, '/') ! encode-for-uri(.), '/')"/>
  </xsl:function>

  <!-- A document in a list, as a context object (COinS); it shows nothing. -->
  <xsl:function name="f:coins" as="element(span)?">
    <xsl:param name="document" as="element(t:document)"/>
    <xsl:for-each select="$document/t:coins">
      <span class="Z3988" title="{.}"></span>
    </xsl:for-each>
  </xsl:function>

</xsl:stylesheet>

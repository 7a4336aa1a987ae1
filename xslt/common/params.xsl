<?xml version="1.0" encoding="UTF-8"?>
<!-- The parameters that all of teikit's stylesheets share; docs/stylesheets.md lists them. -->
<xsl:stylesheet version="3.0" expand-text="yes" exclude-result-prefixes="#all"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema">

  <!-- The TEI documents, in the order of the t:version elements of the documents to be rendered.
       Left out, each is read from t:version/@path, relative to $corpus. -->
  <xsl:param name="versions" as="document-node()*" select="()"/>

  <!-- The folder that paths in the facts document are relative to, as a URI ending in "/". -->
  <xsl:param name="corpus" as="xs:string" select="''"/>

  <!-- Identifiers of the documents to render, separated by spaces; empty: all of them. -->
  <xsl:param name="document" as="xs:string" select="''"/>

  <!-- Which alternatives are read: "corrected" or "diplomatic". -->
  <xsl:param name="reading" as="xs:string" select="'corrected'"/>

  <!-- The language of headings, labels and names: "en", "fr", "ru", or another of
       which $labels has words; empty: that of the edition. -->
  <xsl:param name="interface" as="xs:string" select="''"/>

  <!-- Words that go before those of labels.xsl: t:labels of t:label with @key and @lang. -->
  <xsl:param name="labels" as="document-node()?" select="()"/>

</xsl:stylesheet>

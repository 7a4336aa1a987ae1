<?xml version="1.0" encoding="UTF-8"?>
<!-- The parameters of the Typst stylesheet, beside the shared ones. -->
<xsl:stylesheet version="3.0" expand-text="yes" exclude-result-prefixes="#all"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema">

  <!-- What to make: "book" (title page, preface, contents, documents, index) or "document" (the
       documents alone). -->
  <xsl:param name="shape" as="xs:string" select="'document'"/>

  <!-- The TEI document that describes the edition: its text is the preface of the book, its editorial
       declaration the note on the edition. -->
  <xsl:param name="edition" as="document-node()?" select="()"/>

  <!-- A paper size that Typst knows, such as "a4", "a5" or "us-letter". -->
  <xsl:param name="paper" as="xs:string" select="'a4'"/>

  <!-- The files to attach, one a line, by their paths in the corpus. Typst looks for them in a folder
       "sources" beside the .typ file. -->
  <xsl:param name="sources" as="xs:string" select="''"/>

</xsl:stylesheet>

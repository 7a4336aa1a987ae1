<?xml version="1.0" encoding="UTF-8"?>
<!-- The parameters of the HTML stylesheet, beside those of ../common/params.xsl. -->
<xsl:stylesheet version="3.0" expand-text="yes" exclude-result-prefixes="#all"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema">

  <!-- The page to make: "contents", "document" (the first of $document), or a kind of entity:
       "person", "place", "org", "work", "event". -->
  <xsl:param name="page" as="xs:string" select="'contents'"/>

  <!-- The TEI file that describes the edition; its text is printed on the contents page. -->
  <xsl:param name="edition" as="document-node()?" select="()"/>

  <!-- Whether PDF, text and files for reference managers lie beside the site, in ../pdf, ../txt and
       ../citations, to be linked. -->
  <xsl:param name="downloads" as="xs:boolean" select="false()"/>

</xsl:stylesheet>

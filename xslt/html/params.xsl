<?xml version="1.0" encoding="UTF-8"?>
<!-- The parameters of the HTML stylesheet, beside those of ../common/params.xsl. -->
<xsl:stylesheet version="3.0" expand-text="yes" exclude-result-prefixes="#all"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema">

  <!-- The page to make: "contents", "document" (the first of $document), "entity" (that of $entity),
       "own" (that of $own), "search", or a kind of entity: "person", "place", "org", "work", "event". -->
  <xsl:param name="page" as="xs:string" select="'contents'"/>

  <!-- The key of the entity whose page is made. -->
  <xsl:param name="entity" as="xs:string" select="''"/>

  <!-- The languages in which the site is made, separated by spaces. The first is that of the pages
       at the root; those of each other lie in a folder named after it. -->
  <xsl:param name="interfaces" as="xs:string" select="''"/>

  <!-- What leads from the page to the root of the site: "" or "../". -->
  <xsl:param name="root" as="xs:string" select="''"/>

  <!-- Whether about.html and what it leads to are made. -->
  <xsl:param name="about" as="xs:boolean" select="false()"/>

  <!-- The names of the pictures that have pages, separated by spaces: "map timeline lives network". -->
  <xsl:param name="pictures" as="xs:string" select="''"/>

  <!-- The picture of the page, as teikit draws it (t:picture). -->
  <xsl:param name="picture" as="document-node()?" select="()"/>

  <!-- Whether search.html and its scripts are made. -->
  <xsl:param name="search" as="xs:boolean" select="false()"/>

  <!-- The TEI file that describes the edition; its text is printed on the contents page. -->
  <xsl:param name="edition" as="document-node()?" select="()"/>

  <!-- Style sheets of the corpus, loaded after style.css: addresses from the root of the site,
       separated by spaces. -->
  <xsl:param name="styles" as="xs:string" select="''"/>

  <!-- What a browser shows beside the title: an address from the root of the site. -->
  <xsl:param name="icon" as="xs:string" select="'icon.svg'"/>

  <!-- The TEI file of the page that the corpus adds ($page "own", $document its id). -->
  <xsl:param name="own" as="document-node()?" select="()"/>
  <!-- The pictures of the texts, as teikit found them (t:images). -->
  <xsl:param name="images" as="document-node()?" select="()"/>

  <!-- Whether PDF, text, TEI and files for reference managers lie beside the site, in ../pdf, ../txt,
       ../source and ../citations, to be linked. -->
  <xsl:param name="downloads" as="xs:boolean" select="false()"/>

</xsl:stylesheet>

<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI to HTML, all that there is of it. main.xsl makes a package of this; so does teikit where the
     stylesheet of a corpus stands over it, for no package can be imported. -->
<xsl:stylesheet version="3.0" expand-text="yes" exclude-result-prefixes="#all"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:t="urn:x-teikit:facts"
  xmlns:m="urn:x-teikit:modes">

  <xsl:include href="../common/params.xsl"/>
  <xsl:include href="../common/facts.xsl"/>
  <xsl:include href="../common/reading.xsl"/>
  <xsl:include href="../common/labels.xsl"/>
  <xsl:include href="../common/saying.xsl"/>
  <xsl:include href="../common/spacing.xsl"/>
  <xsl:include href="../common/document.xsl"/>
  <xsl:include href="params.xsl"/>
  <xsl:include href="links.xsl"/>
  <xsl:include href="shell.xsl"/>
  <xsl:include href="metadata.xsl"/>
  <xsl:include href="contents.xsl"/>
  <xsl:include href="document.xsl"/>
  <xsl:include href="entities.xsl"/>
  <xsl:include href="outline.xsl"/>
  <xsl:include href="around.xsl"/>
  <xsl:include href="attributes.xsl"/>
  <xsl:include href="blocks.xsl"/>
  <xsl:include href="lists.xsl"/>
  <xsl:include href="tables.xsl"/>
  <xsl:include href="verse.xsl"/>
  <xsl:include href="drama.xsl"/>
  <xsl:include href="figures.xsl"/>
  <xsl:include href="special.xsl"/>
  <xsl:include href="phrases.xsl"/>
  <xsl:include href="pages.xsl"/>
  <xsl:include href="apparatus.xsl"/>
  <xsl:include href="variants.xsl"/>
  <xsl:include href="citing.xsl"/>
  <xsl:include href="search.xsl"/>
  <xsl:include href="about.xsl"/>
  <xsl:include href="pictures.xsl"/>
  <xsl:include href="added.xsl"/>

  <xsl:output method="html" html-version="5.0" encoding="UTF-8" indent="no"/>

  <!-- The page: from the facts document. -->
  <xsl:mode name="m:page" on-no-match="fail" visibility="public"/>
  <!-- The main part of a page: from the facts document, one template a page. -->
  <xsl:mode name="m:main" on-no-match="fail" visibility="public"/>
  <!-- A line of an index: from the facts document. -->
  <xsl:mode name="m:entry" on-no-match="fail" visibility="public"/>
  <!-- What a page is called, for the browser's tab: from the facts document. -->
  <xsl:mode name="m:title" on-no-match="fail" visibility="public"/>
  <!-- What the head of a page holds beside: metadata, scripts. -->
  <xsl:mode name="m:head" on-no-match="shallow-skip" visibility="public"/>
  <!-- The text: from TEI, block by block and phrase by phrase. -->
  <xsl:mode name="m:text" on-no-match="shallow-skip" on-multiple-match="fail" visibility="public"/>
  <!-- Attributes of what m:text makes, apart so that they can be changed apart. -->
  <xsl:mode name="m:attributes" on-no-match="shallow-skip" visibility="public"/>
  <!-- What an item of a list holds, and a caption of a table. -->
  <xsl:mode name="m:item" on-no-match="fail" visibility="public"/>
  <xsl:mode name="m:caption" on-no-match="fail" visibility="public"/>
  <!-- Notes, variants and corrections below the text. -->
  <xsl:mode name="m:apparatus" on-no-match="fail" visibility="public"/>
  <!-- Citations: from the facts document. -->
  <xsl:mode name="m:citation" on-no-match="fail" visibility="public"/>

  <xsl:mode on-no-match="fail"/>

  <xsl:template match="/">
    <xsl:apply-templates select="t:facts" mode="m:page"/>
  </xsl:template>

</xsl:stylesheet>

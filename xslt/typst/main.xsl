<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI to Typst. The principal source is the facts document that teikit link writes; one run makes
     one .typ file, a book or a single document, told by $shape. It imports lib.typ, which lies
     beside this stylesheet and holds everything that concerns looks. docs/stylesheets.md says how to
     run it alone. -->
<xsl:package version="3.0" name="urn:x-teikit:typst" package-version="0.1"
  declared-modes="yes" expand-text="yes" exclude-result-prefixes="#all"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
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
  <xsl:include href="code.xsl"/>
  <xsl:include href="book.xsl"/>
  <xsl:include href="document.xsl"/>
  <xsl:include href="record.xsl"/>
  <xsl:include href="flow.xsl"/>
  <xsl:include href="blocks.xsl"/>
  <xsl:include href="phrases.xsl"/>
  <xsl:include href="apparatus.xsl"/>

  <xsl:output method="text" encoding="UTF-8"/>

  <!-- The pieces of the .typ file: from the facts document. -->
  <xsl:mode name="m:page" on-no-match="fail" visibility="public"/>
  <!-- The text: from TEI, each element into Typst code. -->
  <xsl:mode name="m:text" on-no-match="shallow-skip" on-multiple-match="fail" visibility="public"/>
  <!-- The entry of a correction or of a variant at the foot of the page. -->
  <xsl:mode name="m:entry" on-no-match="fail" visibility="public"/>

  <xsl:mode on-no-match="fail"/>

  <xsl:template match="/">
    <xsl:variable name="pieces" as="xs:string*">
      <xsl:apply-templates select="t:facts" mode="m:page"/>
    </xsl:variable>
    <xsl:value-of select="$pieces" separator="&#10;"/>
    <xsl:text>&#10;</xsl:text>
  </xsl:template>

</xsl:package>

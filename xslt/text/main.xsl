<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI to plain text: the words of one version of a document in order, nothing added. The principal
     source is the facts document; docs/stylesheets.md says how to run it alone. -->
<xsl:package version="3.0" name="urn:x-teikit:text" package-version="0.1"
  declared-modes="yes" expand-text="yes" exclude-result-prefixes="#all"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:t="urn:x-teikit:facts"
  xmlns:f="urn:x-teikit:functions"
  xmlns:m="urn:x-teikit:modes"
  xmlns:v="urn:x-teikit:variables">

  <xsl:include href="../common/params.xsl"/>
  <xsl:include href="../common/facts.xsl"/>
  <xsl:include href="../common/reading.xsl"/>
  <xsl:include href="lines.xsl"/>
  <xsl:include href="text.xsl"/>

  <!-- The version to print, by its id. -->
  <xsl:param name="version" as="xs:string" required="yes"/>

  <!-- Characters a line, at most; 0: one paragraph a line, and no empty lines between. -->
  <xsl:param name="width" as="xs:integer" select="72"/>

  <!-- Whether notes are called by number in the text and printed after it. -->
  <xsl:param name="notes" as="xs:boolean" select="false()"/>

  <xsl:output method="text" encoding="UTF-8"/>

  <xsl:mode on-no-match="fail"/>
  <!-- The words of an element, with line separators (U+2028) where its lines end. -->
  <xsl:mode name="m:text" on-no-match="shallow-skip" on-multiple-match="fail" visibility="public"/>

  <xsl:template match="/">
    <xsl:variable name="found" as="element(t:version)?" select="$v:version-order[@id = $version]"/>
    <xsl:if test="empty($found)">
      <xsl:message terminate="yes">there is no version {$version}</xsl:message>
    </xsl:if>
    <xsl:variable name="tei" as="document-node()" select="f:tei($found)"/>
    <!-- Every row that has a unit of this version, in the order of the version itself. -->
    <xsl:variable name="units" as="element()*"
      select="$v:documents/t:row/t:cell[@version = $version] ! f:unit($tei, @unit)"/>
    <xsl:variable name="ordered" as="element()*" select="$units/."/>
    <xsl:variable name="apart" as="element()*" select="if ($notes) then $ordered ! f:notes(.) else ()"/>
    <xsl:variable name="paragraphs" as="xs:string*">
      <xsl:for-each select="$ordered">
        <xsl:sequence select="f:paragraph(f:words(., $apart))"/>
      </xsl:for-each>
      <xsl:for-each select="$apart">
        <xsl:sequence select="f:paragraph('[' || position() || '] ' || f:words(., $apart))"/>
      </xsl:for-each>
    </xsl:variable>
    <xsl:value-of select="string-join($paragraphs[. ne ''] ! (. || '&#10;'), if ($width eq 0) then '' else '&#10;')"/>
  </xsl:template>

</xsl:package>

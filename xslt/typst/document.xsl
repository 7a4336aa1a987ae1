<?xml version="1.0" encoding="UTF-8"?>
<!-- A document: its heading, its description, its versions side by side. -->
<xsl:stylesheet version="3.0" expand-text="yes" exclude-result-prefixes="#all"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:t="urn:x-teikit:facts"
  xmlns:f="urn:x-teikit:functions"
  xmlns:fp="urn:x-teikit:private-functions"
  xmlns:m="urn:x-teikit:modes"
  xmlns:v="urn:x-teikit:variables">

  <xsl:key name="t:cell" match="t:cell" use="../../@id || ' ' || @anchor"/>

  <!-- The cells that some pointer leads to. -->
  <xsl:variable name="v:wanted" as="xs:string*"
    select="distinct-values($v:facts/t:facts/t:pointers/t:pointer[@anchor]/(@document || ' ' || @anchor))"/>

  <!-- The name of a document's heading, of a passage, in links. -->
  <xsl:function name="f:place" as="xs:string">
    <xsl:param name="target" as="element()"/>
    <xsl:sequence select="
      if ($target/self::t:cell) then $target/../../@id || ' ' || $target/@anchor else $target/@id || ' '"/>
  </xsl:function>

  <!-- Where in this file a pointer leads: a passage, else its document, else nowhere. -->
  <xsl:function name="f:target-place" as="xs:string?">
    <xsl:param name="pointer" as="element(t:pointer)?"/>
    <xsl:variable name="document" as="element(t:document)?" select="$v:documents[@id = $pointer/@document]"/>
    <xsl:variable name="cell" as="element(t:cell)?"
      select="key('t:cell', $pointer/@document || ' ' || $pointer/@anchor, $v:facts)[1][$document]"/>
    <xsl:sequence select="($cell, $document)[1] ! f:place(.)"/>
  </xsl:function>

  <!-- The titles of a document in the other languages. -->
  <xsl:function name="f:other-titles" as="element(t:title)*">
    <xsl:param name="document" as="element(t:document)"/>
    <xsl:sequence select="$document/t:title except f:title($document, $v:language)"/>
  </xsl:function>

  <xsl:template match="t:document" mode="m:page" as="xs:string*">
    <xsl:variable name="title" as="element(t:title)" select="f:title(., $v:language)"/>
    <xsl:variable name="versions" as="element(t:version)*" select="t:version"/>
    <xsl:sequence select="
      '#document-title(' || f:typ(f:place(.)) || ', [' || f:said($title, $title/@lang) || '], ['
        || string-join(f:other-titles(.) ! f:said(., @lang), '#linebreak();') || '])',
      f:record(.)"/>
    <xsl:if test="count($versions) gt 1">
      <xsl:sequence select="'#columns-row(' || string-join(
        for $version in $versions
        return '[' || f:text(f:label($version/@role, $v:language) || fp:in-brackets($version/@lang), $v:language) || '], ') || ')'"/>
    </xsl:if>
    <xsl:apply-templates select="t:row" mode="m:page"/>
  </xsl:template>

  <!-- The name of a version's language, where its file tells it. -->
  <xsl:function name="fp:in-brackets" as="xs:string">
    <xsl:param name="lang" as="attribute()?"/>
    <xsl:sequence select="string-join($lang ! (' (' || f:label(., $v:language) || ')'))"/>
  </xsl:function>

  <!-- Units side by side; the number stands where the reference first occurs. -->
  <xsl:template match="t:row" mode="m:page" as="xs:string*">
    <xsl:variable name="row" as="element(t:row)" select="."/>
    <xsl:variable name="number" as="xs:string" select="string(@ref[not(. = $row/preceding-sibling::t:row[1]/@ref)])"/>
    <xsl:sequence select="
      '#row(' || f:typ($number) || ', ' || f:typ(t:cell[1]/@element) || ', '
      || string-join(for $version in ../t:version
                     return fp:cell($version, $row/t:cell[@version = $version/@id]), ', ') || ')'"/>
  </xsl:template>

  <xsl:function name="fp:cell" as="xs:string">
    <xsl:param name="version" as="element(t:version)"/>
    <xsl:param name="cell" as="element(t:cell)?"/>
    <xsl:variable name="unit" as="element()?" select="$cell ! f:unit(f:tei($version), @unit)"/>
    <xsl:variable name="place" as="xs:string?"
      select="$cell[key('t:cell', f:place(.), $v:facts)[1] is .] ! f:place(.)[. = $v:wanted]"/>
    <xsl:sequence select="
      if (empty($unit)) then 'none'
      else '(' || f:lang(f:lang-of($unit)) || ', ['
        || (if ($place) then '#place-name(' || f:typ($place) || ');' else '')
        || f:flow(($unit, f:stray-notes($unit))) || '])'"/>
  </xsl:function>

</xsl:stylesheet>

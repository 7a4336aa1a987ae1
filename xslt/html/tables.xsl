<?xml version="1.0" encoding="UTF-8"?>
<!-- Tables: their header cells, their caption, and a frame that scrolls where they are wide. -->
<xsl:stylesheet version="3.0" expand-text="yes" exclude-result-prefixes="#all"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:t="urn:x-teikit:facts"
  xmlns:f="urn:x-teikit:functions"
  xmlns:fp="urn:x-teikit:private-functions"
  xmlns:m="urn:x-teikit:modes"
  xmlns:v="urn:x-teikit:variables">

  <xsl:template match="table" mode="m:text">
    <xsl:variable name="table" as="element(table)" select="."/>
    <xsl:variable name="nodes" as="node()*" select="node()[not(self::text()[not(normalize-space())])]"/>
    <xsl:variable name="rows" as="element(row)*" select="row"/>
    <xsl:variable name="last" as="element(row)?" select="$rows[last()]"/>
    <!-- Rows that say what stands below them, at the top. -->
    <xsl:variable name="body" as="element(row)?" select="$rows[not(f:is-header(.))][1]"/>
    <xsl:variable name="heads" as="element(row)*" select="if ($body) then $rows[. &lt;&lt; $body] else ()"/>
    <xsl:variable name="named" as="xs:string" select="normalize-space(string-join(head ! f:brief(.), ' '))"/>
    <div class="wide" role="group" tabindex="0" aria-label="{($named[.], f:label('table', $v:language))[1]}">
      <table>
        <xsl:apply-templates select="." mode="m:attributes"/>
        <xsl:where-populated>
          <caption><xsl:apply-templates select="$nodes[empty($rows) or . &lt;&lt; $rows[1]]" mode="m:caption"/></caption>
        </xsl:where-populated>
        <xsl:where-populated>
          <thead><xsl:apply-templates select="$heads" mode="m:text"/></thead>
        </xsl:where-populated>
        <xsl:where-populated>
          <tbody><xsl:apply-templates select="$rows except $heads" mode="m:text"/></tbody>
        </xsl:where-populated>
      </table>
      <xsl:apply-templates select="$nodes[. &gt;&gt; $last]" mode="m:text"/>
    </div>
  </xsl:template>

  <xsl:function name="f:is-header" as="xs:boolean">
    <xsl:param name="row" as="element(row)"/>
    <xsl:sequence select="$row/@role = ('label', 'header', 'head')"/>
  </xsl:function>

  <!-- A title of a table, of which there may be several. -->
  <xsl:template match="node()" mode="m:caption">
    <xsl:apply-templates select="." mode="m:text"/>
  </xsl:template>

  <xsl:template match="head[count(../head) eq 1]" mode="m:caption" priority="2">
    <xsl:apply-templates mode="m:text"/>
  </xsl:template>

  <!-- What stands between two rows, a page break say, goes into the last cell before it. -->
  <xsl:template match="row" mode="m:text">
    <tr>
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:variable name="next" as="element(row)?" select="following-sibling::row[1]"/>
      <xsl:variable name="between" as="node()*"
        select="if ($next) then following-sibling::node()[. &lt;&lt; $next][self::* or self::text()[normalize-space()]] else ()"/>
      <xsl:for-each-group select="node()[not(self::text()[not(normalize-space())])], $between" group-starting-with="cell | table[parent::row]">
        <xsl:choose>
          <xsl:when test="self::cell"><xsl:sequence select="fp:cell(., tail(current-group()))"/></xsl:when>
          <xsl:otherwise><td><xsl:apply-templates select="current-group()" mode="m:text"/></td></xsl:otherwise>
        </xsl:choose>
      </xsl:for-each-group>
    </tr>
  </xsl:template>

  <xsl:template match="cell" mode="m:text">
    <xsl:sequence select="fp:cell(., ())"/>
  </xsl:template>

  <xsl:function name="fp:cell" as="element()">
    <xsl:param name="cell" as="element(cell)"/>
    <xsl:param name="after" as="node()*"/>
    <xsl:variable name="of-column" as="xs:boolean" select="$cell/parent::row ! f:is-header(.)"/>
    <xsl:variable name="header" as="xs:boolean" select="$of-column or $cell/@role = ('label', 'header', 'head')"/>
    <xsl:element name="{if ($header) then 'th' else 'td'}">
      <xsl:apply-templates select="$cell" mode="m:attributes"/>
      <xsl:if test="$header">
        <xsl:attribute name="scope" select="if ($of-column or empty($cell/../preceding-sibling::row) and $cell/preceding-sibling::cell) then 'col' else 'row'"/>
      </xsl:if>
      <xsl:for-each select="$cell/@cols[. castable as xs:positiveInteger]"><xsl:attribute name="colspan" select="."/></xsl:for-each>
      <xsl:for-each select="$cell/@rows[. castable as xs:positiveInteger]"><xsl:attribute name="rowspan" select="."/></xsl:for-each>
      <xsl:apply-templates select="$cell/node()" mode="m:text"/>
      <xsl:apply-templates select="$after" mode="m:text"/>
    </xsl:element>
  </xsl:function>

</xsl:stylesheet>

<?xml version="1.0" encoding="UTF-8"?>
<!-- Headings: of which level each is, and the table of them for a long document. -->
<xsl:stylesheet version="3.0" expand-text="yes" exclude-result-prefixes="#all"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:t="urn:x-teikit:facts"
  xmlns:f="urn:x-teikit:functions"
  xmlns:fp="urn:x-teikit:private-functions"
  xmlns:m="urn:x-teikit:modes"
  xmlns:v="urn:x-teikit:variables">

  <xsl:function name="f:is-division" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="
      local-name($element) = ('text', 'front', 'body', 'back', 'group', 'floatingText', 'div', 'div1', 'div2', 'div3',
        'div4', 'div5', 'div6', 'div7', 'prologue', 'epilogue')"/>
  </xsl:function>

  <!-- Whether a head is a heading of the page: that of a division, with words in it. -->
  <xsl:function name="f:is-heading" as="xs:boolean">
    <xsl:param name="head" as="element(head)"/>
    <xsl:sequence select="
      f:is-division($head/..) and empty($head/ancestor::table)
      and exists($head/descendant::text()[normalize-space()][empty(ancestor::note[f:is-apart(.)] | ancestor::fw)])"/>
  </xsl:function>

  <!-- Whether it says more of the title above it. -->
  <xsl:function name="f:is-subtitle" as="xs:boolean">
    <xsl:param name="head" as="element(head)"/>
    <xsl:sequence select="$head/@type = 'sub' and exists($head/preceding-sibling::head[f:is-heading(.)])"/>
  </xsl:function>

  <!-- The level of a heading: one more than that of the nearest heading around it, so that none is
       skipped. The title of the page is the first. A line above the title is no heading below it. -->
  <xsl:function name="f:level" as="xs:integer">
    <xsl:param name="head" as="element(head)"/>
    <xsl:variable name="around" as="xs:integer" select="count($head/../ancestor::*[f:is-division(.)][head[f:is-heading(.)]])"/>
    <xsl:sequence select="min((6, 2 + $around + (if (f:is-subtitle($head)) then 1 else 0)))"/>
  </xsl:function>

  <!-- The table of the headings of a document that has more than two divisions with one: of the version
       in the reader's language, else of the first. -->
  <xsl:function name="f:outline" as="element(nav)?" xpath-default-namespace="">
    <xsl:param name="document" as="element(t:document)"/>
    <xsl:variable name="version" as="element(t:version)"
      select="($document/t:version[@lang = $v:language], $document/t:version)[1]"/>
    <xsl:variable name="entries" as="map(*)*">
      <xsl:for-each select="$document/t:row/t:cell[@element = 'head'][@version = $version/@id]">
        <xsl:variable name="head" as="element()?" select="f:unit-of(.)"/>
        <xsl:if test="f:is-heading($head) and not(f:is-subtitle($head))">
          <xsl:sequence select="map { 'level': f:level($head), 'anchor': string(@anchor), 'head': $head }"/>
        </xsl:if>
      </xsl:for-each>
    </xsl:variable>
    <xsl:if test="count($entries) gt 2">
      <nav class="outline" aria-label="{f:label('outline', $v:language)}">
        <details>
          <xsl:if test="count($entries) le 12"><xsl:attribute name="open" select="'open'"/></xsl:if>
          <summary>{f:label('outline', $v:language)}</summary>
          <xsl:sequence select="fp:entries($entries)"/>
        </details>
      </nav>
    </xsl:if>
  </xsl:function>

  <!-- Entries as a list, those of lower levels in lists inside. -->
  <xsl:function name="fp:entries" as="element(ol)" xpath-default-namespace="">
    <xsl:param name="entries" as="map(*)+"/>
    <xsl:variable name="top" as="xs:integer" select="min($entries ! ?level)"/>
    <ol>
      <xsl:for-each select="1, (for $at in 2 to count($entries) return $at[$entries[$at]?level eq $top])">
        <xsl:variable name="at" as="xs:integer" select="."/>
        <xsl:variable name="next" as="xs:integer"
          select="((for $later in $at + 1 to count($entries) return $later[$entries[$later]?level eq $top]), count($entries) + 1)[1]"/>
        <xsl:variable name="inside" as="map(*)*" select="$entries[position() gt $at and position() lt $next]"/>
        <li>
          <a href="#{f:encode($entries[$at]?anchor)}">
            <xsl:sequence select="$entries[$at]?head ! f:lang(f:lang-of(.))"/>
            <xsl:text>{f:spaced(f:brief($entries[$at]?head), f:lang-of($entries[$at]?head))}</xsl:text>
          </a>
          <xsl:if test="exists($inside)"><xsl:sequence select="fp:entries($inside)"/></xsl:if>
        </li>
      </xsl:for-each>
    </ol>
  </xsl:function>

  <!-- The words of a short element in the reading that the page opens in, without its notes. -->
  <xsl:function name="f:brief" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="normalize-space(string-join(fp:words($element)))"/>
  </xsl:function>

  <xsl:function name="fp:words" as="xs:string*">
    <xsl:param name="node" as="node()"/>
    <xsl:sequence select="
      if ($node instance of text()) then string($node)
      else if (not($node instance of element()) or f:hidden($node)) then ()
      else if ($node/self::note[f:is-apart(.)]) then ()
      else if ($node/(self::lb | self::pb | self::cb | self::space)[not(@break = 'no')]) then ' '
      else if (exists($v:preferred(local-name($node)))) then f:chosen($node) ! fp:words(.)
      else $node/node() ! fp:words(.)"/>
  </xsl:function>

</xsl:stylesheet>

<?xml version="1.0" encoding="UTF-8"?>
<!-- What stands between the units of a text: page breaks, notes, words outside of any paragraph. -->
<xsl:stylesheet version="3.0" expand-text="yes" exclude-result-prefixes="#all"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:t="urn:x-teikit:facts"
  xmlns:f="urn:x-teikit:functions"
  xmlns:fp="urn:x-teikit:private-functions"
  xmlns:m="urn:x-teikit:modes"
  xmlns:v="urn:x-teikit:variables">

  <!-- The units of the page by version and key, found in one pass over each text: to count the children
       of a long text for each of its units would take too long. -->
  <xsl:variable name="v:units" as="map(xs:string, element())" select="
    map:merge($v:documents[1][$page = 'document']/t:version ! fp:units(f:tei(.)/*, @id || ' '))"
    xmlns:map="http://www.w3.org/2005/xpath-functions/map"/>

  <xsl:function name="fp:units" as="map(xs:string, element())*">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="key" as="xs:string"/>
    <xsl:for-each select="$element/*">
      <xsl:map-entry key="$key || position()" select="."/>
      <xsl:if test="f:holds-units(.) or self::TEI">
        <xsl:sequence select="fp:units(., $key || position() || '.')"/>
      </xsl:if>
    </xsl:for-each>
  </xsl:function>

  <xsl:function name="f:unit-of" as="element()?" xpath-default-namespace="">
    <xsl:param name="cell" as="element(t:cell)"/>
    <xsl:sequence select="
      ($v:units($cell/@version || ' ' || $cell/@unit),
       $cell/../../t:version[@id = $cell/@version] ! f:unit(f:tei(.), $cell/@unit))[1]"/>
  </xsl:function>

  <!-- What a node between units is; a unit is whatever is nothing else. -->
  <xsl:function name="fp:kind" as="xs:string">
    <xsl:param name="node" as="node()"/>
    <xsl:sequence select="
      if ($node instance of text()) then if (normalize-space($node)) then 'stray' else 'nothing'
      else if (not($node instance of element())) then 'nothing'
      else if ($node/(self::lb | self::cb | self::pb | self::gb | self::milestone | self::space)) then 'stray'
      else if ($node/self::note[f:is-apart(.)]) then 'note'
      else if (f:holds-units($node)) then 'division'
      else 'unit'"/>
  </xsl:function>

  <!-- Whether an element holds units, as teikit.passages has it. -->
  <xsl:function name="f:holds-units" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="
      local-name($element) = ('text', 'front', 'body', 'back', 'group', 'floatingText', 'div', 'div1', 'div2', 'div3',
        'div4', 'div5', 'div6', 'div7', 'sourceDoc', 'surfaceGrp', 'surface')
      or exists($element/self::list/item/@corresp)"/>
  </xsl:function>

  <!-- What stands before a unit and after the one before it. -->
  <xsl:function name="f:before" as="node()*">
    <xsl:param name="unit" as="element()"/>
    <xsl:variable name="found" as="node()*" select="fp:back($unit, ())"/>
    <xsl:sequence select="$found except $found[self::note][f:is-after-unit(.)]"/>
  </xsl:function>

  <!-- Whether a note belongs to the unit before it: see f:stray-notes. -->
  <xsl:function name="f:is-after-unit" as="xs:boolean">
    <xsl:param name="note" as="element(note)"/>
    <xsl:variable name="last" as="element()?"
      select="$note/preceding-sibling::*[not(self::note or self::lb or self::pb or self::cb or self::gb or self::milestone)][1]"/>
    <xsl:sequence select="exists($last) and not(f:holds-units($last))"/>
  </xsl:function>

  <!-- Backwards from a node, through the ends of divisions, to the unit before. -->
  <xsl:function name="fp:back" as="node()*">
    <xsl:param name="node" as="node()"/>
    <xsl:param name="found" as="node()*"/>
    <xsl:variable name="before" as="node()?" select="$node/preceding-sibling::node()[not(fp:kind(.) = 'nothing')][1]"/>
    <xsl:choose>
      <xsl:when test="exists($before)"><xsl:sequence select="fp:from($before, $found)"/></xsl:when>
      <xsl:when test="$node/..[f:holds-units(.)][not(self::text[not(parent::group)])]"><xsl:sequence select="fp:back($node/.., $found)"/></xsl:when>
      <xsl:otherwise><xsl:sequence select="$found"/></xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <xsl:function name="fp:from" as="node()*">
    <xsl:param name="node" as="node()"/>
    <xsl:param name="found" as="node()*"/>
    <xsl:variable name="kind" as="xs:string" select="fp:kind($node)"/>
    <xsl:variable name="last" as="node()?" select="if ($kind = 'division') then $node/node()[not(fp:kind(.) = 'nothing')][last()] else ()"/>
    <xsl:choose>
      <xsl:when test="$kind = 'unit'"><xsl:sequence select="$found"/></xsl:when>
      <xsl:when test="$last"><xsl:sequence select="fp:from($last, $found)"/></xsl:when>
      <xsl:when test="$kind = 'division'"><xsl:sequence select="fp:back($node, $found)"/></xsl:when>
      <xsl:otherwise><xsl:sequence select="fp:back($node, ($node, $found))"/></xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- What stands after the last unit of a text; nothing after any other. -->
  <xsl:function name="f:after" as="node()*">
    <xsl:param name="unit" as="element()"/>
    <xsl:variable name="found" as="node()*" select="fp:forth($unit, ())"/>
    <xsl:sequence select="if (exists($found[fp:kind(.) = ('unit', 'division')])) then () else $found except f:stray-notes($unit)"/>
  </xsl:function>

  <xsl:function name="fp:forth" as="node()*">
    <xsl:param name="node" as="node()"/>
    <xsl:param name="found" as="node()*"/>
    <xsl:variable name="next" as="node()?" select="$node/following-sibling::node()[not(fp:kind(.) = 'nothing')][1]"/>
    <xsl:choose>
      <xsl:when test="exists($next) and fp:kind($next) = ('unit', 'division')"><xsl:sequence select="$next"/></xsl:when>
      <xsl:when test="exists($next)"><xsl:sequence select="fp:forth($next, ($found, $next))"/></xsl:when>
      <xsl:when test="$node/..[f:holds-units(.)][not(self::text[not(parent::group)])]"><xsl:sequence select="fp:forth($node/.., $found)"/></xsl:when>
      <xsl:otherwise><xsl:sequence select="$found"/></xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- The divisions that begin with a unit: their ids lead to it. -->
  <xsl:function name="f:opened" as="element()*">
    <xsl:param name="unit" as="element()"/>
    <xsl:variable name="division" as="element()?" select="
      $unit/..[f:holds-units(.)][empty($unit/preceding-sibling::node()[fp:kind(.) = ('unit', 'division')])]"/>
    <xsl:sequence select="$division ! (f:opened(.), .)"/>
  </xsl:function>

  <!-- A unit with all that is shown around it. -->
  <xsl:function name="f:around" as="node()*">
    <xsl:param name="unit" as="element()?"/>
    <xsl:sequence select="$unit ! (f:before(.), ., f:stray-notes(.), f:after(.))"/>
  </xsl:function>

</xsl:stylesheet>

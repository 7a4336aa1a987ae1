<?xml version="1.0" encoding="UTF-8"?>
<!-- Lists of every kind, in the order of their words. -->
<xsl:stylesheet version="3.0" expand-text="yes" exclude-result-prefixes="#all"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:t="urn:x-teikit:facts"
  xmlns:f="urn:x-teikit:functions"
  xmlns:fp="urn:x-teikit:private-functions"
  xmlns:m="urn:x-teikit:modes"
  xmlns:v="urn:x-teikit:variables">

  <!-- Lists whose items follow one another as they stand: bulleted, numbered, or bare. -->
  <xsl:template match="list" mode="m:text">
    <xsl:variable name="kinds" as="xs:string*" select="(@type, @rend) ! tokenize(lower-case(.))"/>
    <xsl:choose>
      <xsl:when test="f:is-run-in(.)">
        <span>
          <xsl:apply-templates select="." mode="m:attributes"/>
          <xsl:apply-templates mode="m:text"/>
        </span>
      </xsl:when>
      <xsl:when test="fp:is-glossary(.)">
        <xsl:sequence select="fp:glossary(.)"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:sequence select="f:items(., if ($kinds = ('ordered', 'numbered', 'number', 'decimal')) then 'ol' else 'ul')"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="listBibl | listPerson | listPlace | listOrg | listEvent | listWit | listObject | listNym"
      mode="m:text">
    <xsl:sequence select="f:items(., 'ul')"/>
  </xsl:template>

  <!-- What makes an item of a list; a label begins the item after it. -->
  <xsl:function name="f:is-item" as="xs:boolean">
    <xsl:param name="node" as="node()"/>
    <xsl:sequence select="
      exists($node/(self::item | self::castItem | self::castGroup
        | parent::listBibl/(self::bibl | self::biblStruct | self::biblFull | self::msDesc | self::listBibl)
        | self::person | self::personGrp | self::place | self::org | self::event | self::witness
        | self::object | self::nym
        | parent::listPerson/self::listPerson | parent::listPlace/self::listPlace | parent::listOrg/self::listOrg
        | parent::listEvent/self::listEvent | parent::listWit/self::listWit)[not(preceding-sibling::*[1][self::label])]
        | $node/self::label[parent::list])"/>
  </xsl:function>

  <!-- What stands before the items; the items, each with whatever comes before the next one; what stands
       after them all. -->
  <xsl:function name="f:items" as="element()*">
    <xsl:param name="list" as="element()"/>
    <xsl:param name="name" as="xs:string"/>
    <xsl:variable name="nodes" as="node()*" select="$list/node()[not(self::text()[not(normalize-space())])]"/>
    <xsl:variable name="trailer" as="node()?" select="$nodes[self::trailer][1]"/>
    <xsl:variable name="first" as="node()?" select="$nodes[f:is-item(.)][1]"/>
    <xsl:variable name="before" as="node()*" select="if ($first) then $nodes[. &lt;&lt; $first] else $nodes"/>
    <xsl:variable name="after" as="node()*" select="if ($first) then $nodes[$trailer][not(. &lt;&lt; $trailer)] else ()"/>
    <xsl:variable name="inside" as="node()*" select="$nodes except ($before, $after)"/>
    <xsl:apply-templates select="$before" mode="m:text"/>
    <xsl:if test="exists($inside)">
      <xsl:element name="{$name}">
        <xsl:apply-templates select="$list" mode="m:attributes"/>
        <xsl:for-each-group select="$inside" group-starting-with="node()[f:is-item(.)]">
          <xsl:variable name="item" as="element()" select="(current-group()[self::item], .)[1]"/>
          <li>
            <xsl:apply-templates select="$item" mode="m:attributes"/>
            <xsl:sequence select="f:numbered($item, $name)"/>
            <xsl:for-each select="current-group()">
              <xsl:choose>
                <xsl:when test=". is $item"><xsl:apply-templates select="." mode="m:item"/></xsl:when>
                <xsl:otherwise><xsl:apply-templates select="." mode="m:text"/></xsl:otherwise>
              </xsl:choose>
              <xsl:text> </xsl:text>
            </xsl:for-each>
          </li>
        </xsl:for-each-group>
      </xsl:element>
    </xsl:if>
    <xsl:apply-templates select="$after" mode="m:text"/>
  </xsl:function>

  <!-- The number of an item that states it: the list counts on from there. -->
  <xsl:function name="f:numbered" as="attribute()?">
    <xsl:param name="item" as="element()"/>
    <xsl:param name="list" as="xs:string"/>
    <xsl:for-each select="$item/@n[normalize-space()]">
      <xsl:choose>
        <xsl:when test="$list ne 'ol'"/>
        <xsl:when test="replace(., '[.)\s]+$', '') castable as xs:int">
          <xsl:attribute name="value" select="xs:int(replace(., '[.)\s]+$', ''))"/>
        </xsl:when>
        <xsl:otherwise><xsl:attribute name="data-n" select="normalize-space(.)"/></xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
  </xsl:function>

  <!-- What an item of a list holds, without the element that HTML has for it. -->
  <xsl:template match="*" mode="m:item">
    <xsl:apply-templates mode="m:text"/>
  </xsl:template>

  <xsl:template match="castGroup | listBibl | listPerson | listPlace | listOrg | listEvent | listWit" mode="m:item">
    <xsl:sequence select="f:items(., 'ul')"/>
  </xsl:template>

  <!-- Terms and what is said of them: HTML wants a term before each. -->
  <xsl:function name="fp:is-glossary" as="xs:boolean">
    <xsl:param name="list" as="element(list)"/>
    <xsl:variable name="parts" as="element()*" select="$list/(label | item | headLabel | headItem)"/>
    <xsl:sequence select="
      ($list/@type = 'gloss' or exists($list/(headLabel | headItem)))
      and exists($parts) and $parts[1][self::label or self::headLabel]
      and $parts[last()][self::item or self::headItem]"/>
  </xsl:function>

  <xsl:function name="fp:glossary" as="element()*">
    <xsl:param name="list" as="element(list)"/>
    <xsl:variable name="nodes" as="node()*" select="$list/node()[not(self::text()[not(normalize-space())])]"/>
    <xsl:variable name="first" as="node()" select="$nodes[self::label or self::headLabel][1]"/>
    <xsl:variable name="trailer" as="node()?" select="$nodes[self::trailer][1]"/>
    <xsl:apply-templates select="$nodes[. &lt;&lt; $first]" mode="m:text"/>
    <dl>
      <xsl:apply-templates select="$list" mode="m:attributes"/>
      <xsl:for-each-group select="$nodes[not(. &lt;&lt; $first)][not($trailer) or . &lt;&lt; $trailer]"
          group-starting-with="label | headLabel | item | headItem">
        <xsl:element name="{if (self::label or self::headLabel) then 'dt' else 'dd'}">
          <xsl:apply-templates select="." mode="m:attributes"/>
          <xsl:apply-templates mode="m:text"/>
          <xsl:apply-templates select="tail(current-group())" mode="m:text"/>
        </xsl:element>
      </xsl:for-each-group>
    </dl>
    <xsl:apply-templates select="$nodes[$trailer][not(. &lt;&lt; $trailer)]" mode="m:text"/>
  </xsl:function>

  <!-- An item by itself: the unit of an aligned list, or one that runs on in its line. -->
  <xsl:template match="item" mode="m:text">
    <xsl:element name="{if (f:is-run-in(.)) then 'span' else 'div'}">
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates mode="m:text"/>
    </xsl:element>
    <xsl:if test="f:is-run-in(.)"><xsl:text> </xsl:text></xsl:if>
  </xsl:template>

  <xsl:template match="headLabel | headItem" mode="m:text">
    <div>
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates mode="m:text"/>
    </div>
  </xsl:template>

</xsl:stylesheet>

<?xml version="1.0" encoding="UTF-8"?>
<!-- Blocks of the text. -->
<xsl:stylesheet version="3.0" expand-text="yes" exclude-result-prefixes="#all"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:t="urn:x-teikit:facts"
  xmlns:f="urn:x-teikit:functions"
  xmlns:m="urn:x-teikit:modes"
  xmlns:v="urn:x-teikit:variables">

  <xsl:template match="p | ab" mode="m:text">
    <!-- A TEI paragraph may hold lists and quotations, an HTML one may not. -->
    <xsl:element name="{if (descendant::*[f:is-block(.)]) then 'div' else 'p'}">
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates mode="m:text"/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="head" mode="m:text">
    <!-- A line above the title is no heading below it. -->
    <xsl:variable name="level" as="xs:integer"
      select="if (@type = 'sub' and preceding-sibling::head) then 3 else 2"/>
    <xsl:choose>
      <xsl:when test="ancestor::list or ancestor::lg or ancestor::table or ancestor::figure">
        <p><xsl:apply-templates select="." mode="m:attributes"/><xsl:apply-templates mode="m:text"/></p>
      </xsl:when>
      <xsl:otherwise>
        <xsl:element name="h{$level}">
          <xsl:apply-templates select="." mode="m:attributes"/>
          <xsl:apply-templates mode="m:text"/>
        </xsl:element>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Blocks that HTML has no element for; their lines are blocks themselves. -->
  <xsl:template match="opener | closer | postscript | address | lg | sp | castList | castGroup | titlePage
      | docTitle | epigraph | argument | figure | set | listBibl | listPerson | listPlace | listOrg
      | listEvent | person | place | org | event | div | floatingText | body | front | back | group
      | text | performance | spGrp | castItem | biblStruct" mode="m:text">
    <div>
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates mode="m:text"/>
    </div>
  </xsl:template>

  <xsl:template match="salute | signed | dateline | addrLine | byline | l | speaker | trailer | docAuthor
      | docDate | docImprint | imprimatur | titlePart | figDesc | opener/seg | opener/idno" mode="m:text">
    <div>
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates mode="m:text"/>
    </div>
  </xsl:template>

  <!-- An item by itself: the unit of an aligned list. -->
  <xsl:template match="item" mode="m:text">
    <div>
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates mode="m:text"/>
    </div>
  </xsl:template>

  <xsl:template match="list" mode="m:text">
    <xsl:apply-templates select="head" mode="m:text"/>
    <ul>
      <xsl:apply-templates select="." mode="m:attributes"/>
      <!-- A label belongs to the item after it. -->
      <xsl:for-each select="item">
        <li>
          <xsl:apply-templates select="." mode="m:attributes"/>
          <xsl:for-each select="preceding-sibling::*[1][self::label]">
            <xsl:apply-templates select="." mode="m:text"/>
            <xsl:text> </xsl:text>
          </xsl:for-each>
          <xsl:apply-templates mode="m:text"/>
        </li>
      </xsl:for-each>
    </ul>
  </xsl:template>

  <xsl:template match="table" mode="m:text">
    <table>
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:where-populated>
        <caption><xsl:apply-templates select="head/node()" mode="m:text"/></caption>
      </xsl:where-populated>
      <xsl:apply-templates select="row" mode="m:text"/>
    </table>
  </xsl:template>

  <xsl:template match="row" mode="m:text">
    <tr><xsl:apply-templates select="cell" mode="m:text"/></tr>
  </xsl:template>

  <xsl:template match="cell" mode="m:text">
    <xsl:element name="{if ((@role, ../@role) = 'label') then 'th' else 'td'}">
      <xsl:for-each select="@cols[. castable as xs:positiveInteger]"><xsl:attribute name="colspan" select="."/></xsl:for-each>
      <xsl:for-each select="@rows[. castable as xs:positiveInteger]"><xsl:attribute name="rowspan" select="."/></xsl:for-each>
      <xsl:apply-templates mode="m:text"/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="quote | cit" mode="m:text">
    <xsl:element name="{if (f:is-block(.)) then 'blockquote' else 'span'}">
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates mode="m:text"/>
    </xsl:element>
  </xsl:template>

  <!-- An address with a scheme is not loaded: pages need nothing from elsewhere. -->
  <xsl:template match="graphic | media" mode="m:text">
    <xsl:if test="not(matches(@url, '^[^/?#]*:'))">
      <img src="{@url}" alt="{normalize-space((../figDesc, desc)[1])}"/>
    </xsl:if>
  </xsl:template>

  <!-- Whether an element is rendered as a block inside a paragraph. -->
  <xsl:function name="f:is-block" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="
      exists($element/(self::list | self::table | self::lg | self::l | self::figure | self::address
        | self::floatingText | self::p | self::ab | self::listBibl | self::sp | self::castList))
      or exists($element/(self::quote | self::cit)[descendant::*[self::p or self::lg or self::l or self::list]])"/>
  </xsl:function>

  <!-- Attributes: the TEI name and type as classes, the id, the language. -->
  <xsl:template match="*" mode="m:attributes">
    <xsl:attribute name="class" select="string-join((local-name(), @type, @rend ! tokenize(.)), ' ')"/>
    <xsl:if test="@xml:id and not(f:is-unit(.))">
      <xsl:attribute name="id" select="@xml:id"/>
    </xsl:if>
    <xsl:for-each select="@xml:lang">
      <xsl:attribute name="lang" select="."/>
    </xsl:for-each>
  </xsl:template>

</xsl:stylesheet>

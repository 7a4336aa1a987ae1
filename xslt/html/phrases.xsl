<?xml version="1.0" encoding="UTF-8"?>
<!-- Phrases: names, emphasis, alternatives, breaks, and whatever nobody wrote a template for. -->
<xsl:stylesheet version="3.0" expand-text="yes" exclude-result-prefixes="#all"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:t="urn:x-teikit:facts"
  xmlns:f="urn:x-teikit:functions"
  xmlns:m="urn:x-teikit:modes"
  xmlns:v="urn:x-teikit:variables">

  <xsl:template match="text()" mode="m:text">
    <xsl:value-of select="f:spaced(., f:lang-of(.))"/>
  </xsl:template>

  <!-- Elements that point: a link, unless the pointer leads nowhere. -->
  <xsl:template match="persName | placeName | orgName | geogName | settlement | region | country | district
      | repository | rs | name | title | term | ref | author | editor | publisher | pubPlace | idno | bibl
      | eventName | objectName | roleName | surname | forename | addName | genName | nameLink" mode="m:text">
    <xsl:variable name="pointer" as="element(t:pointer)?" select=".[@ref or @target or @key] ! f:target(.)"/>
    <xsl:variable name="href" as="xs:string?" select="f:href($pointer)"/>
    <xsl:choose>
      <xsl:when test="empty($href)">
        <span><xsl:apply-templates select="." mode="m:attributes"/><xsl:apply-templates mode="m:text"/></span>
      </xsl:when>
      <xsl:when test="descendant::*[f:is-link(.)]">
        <!-- A link may not hold a link: the outer one is cut where an inner one stands. -->
        <span>
          <xsl:apply-templates select="." mode="m:attributes"/>
          <xsl:for-each-group select="node()" group-adjacent="exists(descendant-or-self::*[f:is-link(.)])">
            <xsl:choose>
              <xsl:when test="current-grouping-key() or not(normalize-space(string-join(current-group())))">
                <xsl:apply-templates select="current-group()" mode="m:text"/>
              </xsl:when>
              <xsl:otherwise>
                <a href="{$href}"><xsl:sequence select="f:named($pointer)"/><xsl:apply-templates select="current-group()" mode="m:text"/></a>
              </xsl:otherwise>
            </xsl:choose>
          </xsl:for-each-group>
        </span>
      </xsl:when>
      <xsl:otherwise>
        <a href="{$href}">
          <xsl:apply-templates select="." mode="m:attributes"/>
          <xsl:sequence select="f:named($pointer)"/>
          <xsl:apply-templates mode="m:text"/>
        </a>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Whom a link names: the page has a card of them. -->
  <xsl:function name="f:named" as="attribute(data-entity)?">
    <xsl:param name="pointer" as="element(t:pointer)"/>
    <xsl:for-each select="$pointer/@entity"><xsl:attribute name="data-entity" select="."/></xsl:for-each>
  </xsl:function>

  <xsl:template match="emph | hi | foreign | q | said | soCalled | mentioned | gloss | term | seg | date | time | num
      | measure | stage | label | add | supplied | unclear | sic | corr | orig | reg | abbr | expan | ex | am
      | damage | biblScope | series | edition | role | roleDesc | actor | w | pc | s | phr | cl | c | g | rdg | lem
      | distinct | formula | damageSpan | secl | caesura | code | val | gi | att | tag | locus | handShift | ptr
      | origDate | origPlace | measureGrp | occupation | affiliation | residence | nationality" mode="m:text" priority="-0.2">
    <span><xsl:apply-templates select="." mode="m:attributes"/><xsl:apply-templates mode="m:text"/></span>
  </xsl:template>

  <xsl:template match="emph" mode="m:text">
    <em><xsl:apply-templates select="." mode="m:attributes"/><xsl:apply-templates mode="m:text"/></em>
  </xsl:template>

  <!-- What was struck out is seen in the diplomatic reading. -->
  <xsl:template match="del" mode="m:text">
    <xsl:choose>
      <xsl:when test="parent::subst"><del><xsl:apply-templates select="." mode="m:attributes"/><xsl:apply-templates mode="m:text"/></del></xsl:when>
      <xsl:otherwise>
        <span class="reading diplomatic"><del><xsl:apply-templates select="." mode="m:attributes"/><xsl:apply-templates mode="m:text"/></del></span>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="surplus" mode="m:text">
    <span class="reading diplomatic"><span><xsl:apply-templates select="." mode="m:attributes"/><xsl:apply-templates mode="m:text"/></span></span>
  </xsl:template>

  <xsl:template match="fw | teiHeader" mode="m:text" priority="3"/>

  <xsl:template match="date[@when]" mode="m:text">
    <time datetime="{@when}"><xsl:apply-templates select="." mode="m:attributes"/><xsl:apply-templates mode="m:text"/></time>
  </xsl:template>

  <!-- A fault and its correction: a link to the entry with both. Pages hold both readings. -->
  <xsl:template match="choice[sic and corr]" mode="m:text">
    <a class="correction" id="at-{f:apparatus-id(.)}" href="#{f:encode(f:apparatus-id(.))}" title="{f:correction-hint(.)}">
      <xsl:call-template name="f:readings"/>
    </a>
  </xsl:template>

  <!-- What the readings show of an alternation: once where they agree, else both, each marked. -->
  <xsl:template name="f:readings">
    <xsl:variable name="corrected" as="element()*" select="f:shown-in(., 'corrected')"/>
    <xsl:variable name="diplomatic" as="element()*" select="f:shown-in(., 'diplomatic')"/>
    <xsl:choose>
      <xsl:when test="count($corrected) eq count($diplomatic) and (every $at in 1 to count($corrected) satisfies $corrected[$at] is $diplomatic[$at])">
        <xsl:apply-templates select="$corrected" mode="m:text"/>
      </xsl:when>
      <xsl:otherwise>
        <span class="reading corrected"><xsl:apply-templates select="$corrected" mode="m:text"/></span>
        <span class="reading diplomatic"><xsl:apply-templates select="$diplomatic" mode="m:text"/></span>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="choice[abbr and expan]" mode="m:text">
    <abbr title="{normalize-space(expan[1])}"><xsl:apply-templates select="abbr[1]/node()" mode="m:text"/></abbr>
  </xsl:template>

  <xsl:template match="choice | app | subst" mode="m:text" priority="-0.1">
    <xsl:call-template name="f:readings"/>
  </xsl:template>

  <xsl:template match="gap" mode="m:text">
    <span class="{local-name()}" role="img" aria-label="{f:label('gap', $v:language)}">[…]</span>
  </xsl:template>

  <xsl:template match="lb" mode="m:text">
    <xsl:if test="not(@break = 'no')"><br/></xsl:if>
  </xsl:template>

  <xsl:template match="pb | cb | gb | milestone | anchor | fw | index | space" mode="m:text" priority="-0.3">
    <!-- A word may end here, so a space it is, unless the source says that it does not. -->
    <xsl:if test="not(@break = 'no') and not(self::anchor or self::index)"><xsl:text> </xsl:text></xsl:if>
  </xsl:template>

  <!-- Nobody wrote a template: the text stays, and it is said. -->
  <xsl:template match="*" mode="m:text" priority="-0.9">
    <xsl:message>
      <t:message code="TK802" path="{(f:version(.)/@path, f:version-id(.))[1]}">no template for &lt;{local-name()}&gt;: its text is shown plainly</t:message>
    </xsl:message>
    <span><xsl:apply-templates select="." mode="m:attributes"/><xsl:apply-templates mode="m:text"/></span>
  </xsl:template>

</xsl:stylesheet>

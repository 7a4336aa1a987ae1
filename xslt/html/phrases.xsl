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
        <xsl:element name="{f:tag(., 'span')}">
          <xsl:apply-templates select="." mode="m:attributes"/>
          <xsl:apply-templates mode="m:text"/>
        </xsl:element>
      </xsl:when>
      <xsl:when test="descendant::*[f:is-link(.)]">
        <!-- A link may not hold a link: the outer one is cut where an inner one stands. -->
        <xsl:element name="{f:tag(., 'span')}">
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
        </xsl:element>
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

  <xsl:template match="hi | foreign | mentioned | gloss | seg | date | time | num
      | measure | label | sic | corr | orig | reg | abbr | expan | ex | am
      | biblScope | series | edition | role | roleDesc | actor | w | pc | s | phr | cl | c | g | rdg | lem
      | distinct | val | gi | att | tag | locus | ptr | bibl | biblFull | desc | witness | witDetail | wit
      | origDate | origPlace | measureGrp | occupation | affiliation | residence | nationality
      | birth | death | floruit | sex | gender | age | education | faith | state | trait | location | geo | persona
      | analytic | monogr | imprint | citedRange | extent | dim | dimensions | height | width | depth | email | stamp
      | orth | pron | hyph | syll | stress | gramGrp | gram | pos | gen | number | case | per | tns | mood | itype
      | iType | usg | lbl | lang | oRef | oVar | pRef | form | subc | colloc | metamark | mod | fw | u
      | postCode | postBox | street | catchwords | signatures | heraldry | watermark | rhyme | rt | rb | ruby
      | interp | respStmt | resp | relatedItem | ident | quotation | m | unit | term" mode="m:text" priority="-0.2">
    <xsl:element name="{f:tag(., 'span')}">
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates mode="m:text"/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="emph" mode="m:text">
    <xsl:element name="{f:tag(., 'em')}">
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates mode="m:text"/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="date[@when]" mode="m:text">
    <xsl:variable name="stated" as="xs:boolean" select="matches(@when, '^\d{4}(-\d\d(-\d\d)?)?$')"/>
    <xsl:element name="{if ($stated) then f:tag(., 'time') else f:tag(., 'span')}">
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:if test="$stated and not(f:holds-blocks(.))"><xsl:attribute name="datetime" select="@when"/></xsl:if>
      <xsl:apply-templates mode="m:text"/>
    </xsl:element>
  </xsl:template>

  <!-- A fault and its correction: a link to the entry with both. Pages hold both readings. -->
  <xsl:template match="choice[sic and corr]" mode="m:text" priority="1">
    <xsl:param name="copied" as="xs:boolean" select="false()" tunnel="yes"/>
    <xsl:variable name="links" as="xs:boolean" select="exists(descendant::*[f:is-link(.)])"/>
    <xsl:choose>
      <xsl:when test="$copied"><xsl:call-template name="f:readings"/></xsl:when>
      <!-- A link may not hold a link: the sign of the correction follows it. -->
      <xsl:when test="$links or f:holds-blocks(.)">
        <xsl:element name="{f:tag(., 'span')}">
          <xsl:attribute name="class" select="'correction'"/>
          <xsl:call-template name="f:readings"/>
        </xsl:element>
        <a class="correction sign" id="at-{f:apparatus-id(.)}" href="#{f:encode(f:apparatus-id(.))}" title="{f:correction-hint(.)}" aria-label="{f:correction-hint(.)}"></a>
      </xsl:when>
      <xsl:otherwise>
        <a class="correction" id="at-{f:apparatus-id(.)}" href="#{f:encode(f:apparatus-id(.))}" title="{f:correction-hint(.)}">
          <xsl:call-template name="f:readings"/>
        </a>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- What the readings show of an alternation: once where they agree, else both, each marked. -->
  <xsl:template name="f:readings">
    <xsl:variable name="corrected" as="element()*" select="f:shown-in(., 'corrected')"/>
    <xsl:variable name="diplomatic" as="element()*" select="f:shown-in(., 'diplomatic')"/>
    <xsl:choose>
      <xsl:when test="deep-equal($corrected ! generate-id(), $diplomatic ! generate-id())">
        <xsl:apply-templates select="$corrected" mode="m:text"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:variable name="name" as="xs:string" select="f:tag(., 'span')"/>
        <xsl:element name="{$name}"><xsl:attribute name="class" select="'reading corrected'"/><xsl:apply-templates select="$corrected" mode="m:text"/></xsl:element>
        <xsl:element name="{$name}"><xsl:attribute name="class" select="'reading diplomatic'"/><xsl:apply-templates select="$diplomatic" mode="m:text"/></xsl:element>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="choice[abbr and expan][not(sic and corr)]" mode="m:text" priority="1">
    <abbr title="{f:brief(expan[1])}"><xsl:apply-templates select="abbr[1]/node()" mode="m:text"/></abbr>
  </xsl:template>

  <xsl:template match="choice | subst | rdgGrp" mode="m:text" priority="-0.1">
    <xsl:call-template name="f:readings"/>
  </xsl:template>

  <!-- Nobody wrote a template: the text stays, and it is said. -->
  <xsl:template match="*" mode="m:text" priority="-0.9">
    <xsl:message>
      <t:message code="TK802" path="{(f:version(.)/@path, f:version-id(.))[1]}">no template for &lt;{local-name()}&gt;: its text is shown plainly</t:message>
    </xsl:message>
    <xsl:element name="{f:tag(., 'span')}">
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates mode="m:text"/>
    </xsl:element>
  </xsl:template>

</xsl:stylesheet>

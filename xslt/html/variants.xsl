<?xml version="1.0" encoding="UTF-8"?>
<!-- The critical apparatus: the reading of the text with a call, the others below the text. -->
<xsl:stylesheet version="3.0" expand-text="yes" exclude-result-prefixes="#all"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:t="urn:x-teikit:facts"
  xmlns:f="urn:x-teikit:functions"
  xmlns:fp="urn:x-teikit:private-functions"
  xmlns:m="urn:x-teikit:modes"
  xmlns:v="urn:x-teikit:variables">

  <xsl:key name="f:witness" match="witness" use="@xml:id"/>

  <!-- An entry that says by @from and @to what it is about stands apart from the text. -->
  <xsl:template match="app[f:is-standoff(.)]" mode="m:text" priority="2">
    <xsl:message>
      <t:message code="TK802" path="{(f:version(.)/@path, f:version-id(.))[1]}">an apparatus kept apart from its text (app with from, loc, or in listApp): its readings are shown below the text only</t:message>
    </xsl:message>
    <xsl:sequence select="fp:call(.)"/>
  </xsl:template>

  <xsl:template match="app" mode="m:text" priority="1">
    <xsl:param name="copied" as="xs:boolean" select="false()" tunnel="yes"/>
    <xsl:choose>
      <xsl:when test="$copied">
        <xsl:call-template name="f:readings"/>
        <!-- An apparatus inside a reading. -->
        <xsl:if test="ancestor::rdg and f:variants-of(.)">
          <xsl:text> (</xsl:text><xsl:sequence select="fp:readings(f:variants-of(.))"/><xsl:text>)</xsl:text>
        </xsl:if>
      </xsl:when>
      <xsl:otherwise>
        <xsl:element name="{f:tag(., 'span')}">
          <xsl:apply-templates select="." mode="m:attributes"/>
          <xsl:call-template name="f:readings"/>
        </xsl:element>
        <xsl:sequence select="fp:call(.)"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:function name="fp:call" as="element(sup)?" xpath-default-namespace="">
    <xsl:param name="app" as="element()"/>
    <xsl:variable name="number" as="xs:integer?" select="f:place-on-page($app)"/>
    <xsl:if test="exists($number)">
      <xsl:variable name="sign" as="xs:string" select="format-integer($number, 'a')"/>
      <sup class="call variant"><a id="at-{f:apparatus-id($app)}" href="#{f:encode(f:apparatus-id($app))}" aria-label="{f:label('variant', $v:language)} {$sign}">{$sign}</a></sup>
    </xsl:if>
  </xsl:function>

  <!-- The readings that the text does not show, those of groups among them. -->
  <xsl:function name="f:variants-of" as="element()*">
    <xsl:param name="app" as="element(app)"/>
    <xsl:variable name="all" as="element()*" select="$app/(lem | rdg | rdgGrp/descendant::*[self::lem or self::rdg][ancestor::app[1] is $app])"/>
    <xsl:sequence select="$all except f:reading-of($app)"/>
  </xsl:function>

  <xsl:function name="f:variants" as="element(section)?" xpath-default-namespace="">
    <xsl:if test="exists($v:page-variants)">
      <section class="variants">
        <h2 id="variants">{f:label('variants', $v:language)}</h2>
        <xsl:sequence select="fp:witnesses()"/>
        <ol type="a"><xsl:apply-templates select="$v:page-variants" mode="m:apparatus"/></ol>
      </section>
    </xsl:if>
  </xsl:function>

  <!-- lemma] witnesses; reading witnesses; reading witnesses -->
  <xsl:template match="app" mode="m:apparatus">
    <xsl:variable name="read" as="element()?" select="f:reading-of(.)"/>
    <li id="{f:apparatus-id(.)}" value="{f:place-on-page(.)}">
      <xsl:for-each select="@loc"><span class="loc">{.}</span><xsl:text> </xsl:text></xsl:for-each>
      <xsl:sequence select="$read ! fp:reading(.)"/>
      <xsl:text>] </xsl:text>
      <xsl:sequence select="$read ! fp:sources(.), fp:readings(f:variants-of(.))"/>
      <xsl:for-each select="note | witDetail">
        <xsl:text> — </xsl:text>
        <span><xsl:sequence select="f:lang(f:lang-of(.))"/><xsl:apply-templates mode="m:text"><xsl:with-param name="copied" select="true()" tunnel="yes"/></xsl:apply-templates></span>
      </xsl:for-each>
      <xsl:text> </xsl:text>
      <a class="back" href="#at-{f:encode(f:apparatus-id(.))}" aria-label="{f:label('back-to-text', $v:language)}">↑</a>
    </li>
  </xsl:template>

  <xsl:function name="fp:readings" as="node()*">
    <xsl:param name="readings" as="element()*"/>
    <xsl:for-each select="$readings">
      <xsl:if test="position() gt 1"><xsl:text>; </xsl:text></xsl:if>
      <xsl:sequence select="fp:reading(.)"/>
      <xsl:text> </xsl:text>
      <xsl:sequence select="fp:sources(.)"/>
    </xsl:for-each>
  </xsl:function>

  <!-- The words of a reading; one without any omits what the others have. -->
  <xsl:function name="fp:reading" as="element()">
    <xsl:param name="reading" as="element()"/>
    <xsl:choose>
      <xsl:when test="empty($reading/node()[self::* or normalize-space()])">
        <span class="omitted" title="{f:label('omitted', $v:language)}">{f:label('omitted-short', $v:language)}</span>
      </xsl:when>
      <xsl:otherwise>
        <xsl:element name="{if (f:holds-blocks($reading)) then 'div' else 'span'}">
          <xsl:attribute name="class" select="'reading-words'"/>
          <xsl:sequence select="f:lang(f:lang-of($reading))"/>
          <xsl:apply-templates select="$reading/node()" mode="m:text">
            <xsl:with-param name="copied" select="true()" tunnel="yes"/>
          </xsl:apply-templates>
        </xsl:element>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- Who has a reading, who is responsible for it, and why it came to be. -->
  <xsl:function name="fp:sources" as="node()*">
    <xsl:param name="reading" as="element()"/>
    <xsl:for-each select="$reading/@wit ! tokenize(.)">
      <xsl:sequence select="fp:siglum($reading, .)"/>
      <xsl:text> </xsl:text>
    </xsl:for-each>
    <xsl:for-each select="$reading/following-sibling::*[1][self::wit]">
      <span class="wit">{normalize-space(.)}</span><xsl:text> </xsl:text>
    </xsl:for-each>
    <xsl:variable name="more" as="xs:string*" select="
      f:responsible($reading)[.], $reading/@cause ! string(),
      $reading/@type[not(. = 'substantive')] ! string(),
      $reading/@cert[not(. = 'high')] ! (f:label('certainty', $v:language) || ' ' || f:label(., $v:language))"/>
    <xsl:if test="exists($more)"><span class="resp">({string-join($more, ', ')})</span><xsl:text> </xsl:text></xsl:if>
  </xsl:function>

  <!-- The sign of a witness, which the list of witnesses explains. -->
  <xsl:function name="fp:siglum" as="element()">
    <xsl:param name="reading" as="element()"/>
    <xsl:param name="token" as="xs:string"/>
    <xsl:variable name="witness" as="element()?" select="key('f:witness', substring-after($token, '#'), root($reading))[1]"/>
    <xsl:choose>
      <xsl:when test="$witness and f:described-witness($witness)">
        <a class="wit" href="#{f:encode(fp:witness-id($witness))}"><abbr title="{f:described-witness($witness)}">{f:sigil($witness)}</abbr></a>
      </xsl:when>
      <xsl:otherwise><span class="wit">{if ($witness) then f:sigil($witness) else replace($token, '^.*[#:]', '')}</span></xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <xsl:function name="f:sigil" as="xs:string">
    <xsl:param name="witness" as="element(witness)"/>
    <xsl:sequence select="
      string(($witness/@n, $witness/(abbr | idno | label | descendant::abbr)[(@type, 'siglum') = ('siglum', 'sigil')][1], $witness/@xml:id)[normalize-space()][1])
        => normalize-space()"/>
  </xsl:function>

  <xsl:function name="f:described-witness" as="xs:string">
    <xsl:param name="witness" as="element(witness)"/>
    <xsl:sequence select="normalize-space(string-join($witness//text()[not(ancestor::witness[1] except $witness)], ''))"/>
  </xsl:function>

  <xsl:function name="fp:witness-id" as="xs:string">
    <xsl:param name="witness" as="element()"/>
    <xsl:sequence select="f:version-id($witness) || '-witness-' || $witness/@xml:id"/>
  </xsl:function>

  <!-- The witnesses that readings of the page name. -->
  <xsl:function name="fp:witnesses" as="element(dl)?" xpath-default-namespace="">
    <xsl:variable name="named" as="element()*" select="
      for $root in $v:page-variants/root(),
          $token in distinct-values($root//*:app//@wit ! tokenize(.))
      return key('f:witness', substring-after($token, '#'), $root)[1]"/>
    <xsl:where-populated>
      <dl class="witnesses">
        <xsl:for-each select="$named/.[f:described-witness(.)]">
          <dt id="{fp:witness-id(.)}">{f:sigil(.)}</dt>
          <dd><xsl:sequence select="f:lang(f:lang-of(.))"/>{f:described-witness(.)}</dd>
        </xsl:for-each>
      </dl>
    </xsl:where-populated>
  </xsl:function>

</xsl:stylesheet>

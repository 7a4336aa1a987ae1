<?xml version="1.0" encoding="UTF-8"?>
<!-- Pages, columns, lines of the source, and what is missing, added or hard to read in it. Signs that stand for
     no word of the text are for the style sheet to show. Running heads (fw) are left out. -->
<xsl:stylesheet version="3.0" expand-text="yes" exclude-result-prefixes="#all"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:t="urn:x-teikit:facts"
  xmlns:f="urn:x-teikit:functions"
  xmlns:fp="urn:x-teikit:private-functions"
  xmlns:m="urn:x-teikit:modes"
  xmlns:v="urn:x-teikit:variables">

  <!-- A word may end at a break, so a space it is, unless the source says that it does not. -->
  <xsl:template match="pb | cb | gb | milestone" mode="m:text">
    <xsl:param name="copied" as="xs:boolean" select="false()" tunnel="yes"/>
    <xsl:if test="not(@break = 'no')"><xsl:text> </xsl:text></xsl:if>
    <xsl:variable name="label" as="xs:string" select="f:break-label(.)"/>
    <xsl:variable name="break" as="element()" select="."/>
    <xsl:variable name="images" as="element(t:image)*" select="f:images(.)[@href]"/>
    <xsl:choose>
      <xsl:when test="$copied"/>
      <xsl:when test="exists($images)">
        <xsl:for-each select="$images">
          <a href="{f:image-href(.)}" data-label="{($label[.], f:label('image', $v:language))[1]}" aria-label="{f:label('image', $v:language)}: {($label[.], tokenize(@token, '/')[last()])[1]}">
            <xsl:sequence select="f:sign-language($break)"/>
            <xsl:apply-templates select="$break" mode="m:attributes">
              <xsl:with-param name="copied" select="position() gt 1" tunnel="yes"/>
            </xsl:apply-templates>
          </a>
        </xsl:for-each>
      </xsl:when>
      <xsl:when test="self::pb">
        <span role="separator" aria-label="{($label[.], f:label('page-short', $v:language))[1]}" data-label="{$label}">
          <xsl:sequence select="f:sign-language(.)"/>
          <xsl:apply-templates select="." mode="m:attributes"/>
        </span>
      </xsl:when>
      <xsl:otherwise>
        <span data-label="{$label}"><xsl:sequence select="f:sign-language(.)"/><xsl:apply-templates select="." mode="m:attributes"/></span>
      </xsl:otherwise>
    </xsl:choose>
    <xsl:if test="not(@break = 'no')"><xsl:text> </xsl:text></xsl:if>
  </xsl:template>

  <xsl:template match="pb | cb | gb | milestone" mode="m:attributes">
    <xsl:next-match/>
    <xsl:attribute name="class" select="'break ' || f:classes(.)"/>
  </xsl:template>

  <!-- What is shown of a break: p. 12. -->
  <xsl:function name="f:break-label" as="xs:string">
    <xsl:param name="break" as="element()"/>
    <xsl:variable name="n" as="xs:string" select="normalize-space($break/@n)"/>
    <xsl:variable name="kind" as="xs:string" select="
      if ($break/self::pb) then f:label('page-short', $v:language)
      else if ($break/self::cb) then f:label('column-short', $v:language)
      else string($break/@unit)"/>
    <xsl:sequence select="
      if ($n eq '') then if ($break/self::pb) then f:label('page-short', $v:language) else ''
      else if (matches($n, '\p{L}{2}')) then $n
      else normalize-space($kind || ' ' || $n)"/>
  </xsl:function>

  <xsl:template match="lb" mode="m:text">
    <xsl:if test="not(@break = 'no')"><br/></xsl:if>
  </xsl:template>

  <xsl:template match="space" mode="m:text">
    <xsl:if test="not(@break = 'no')"><xsl:text> </xsl:text></xsl:if>
    <span title="{fp:described(., 'space')}">
      <xsl:sequence select="f:sign-language(.)"/>
      <xsl:apply-templates select="." mode="m:attributes"/>
      <!-- As wide as so many characters are. -->
      <xsl:if test="@quantity castable as xs:double and (@unit, 'chars')[1] = ('char', 'chars', 'characters', 'letters')">
        <xsl:attribute name="style" select="'width: ' || format-number(max((0, min((20, xs:double(@quantity) - 1)))) * 0.5, '0.#') || 'em'"/>
      </xsl:if>
    </span>
    <xsl:if test="not(@break = 'no')"><xsl:text> </xsl:text></xsl:if>
  </xsl:template>

  <xsl:template match="anchor | index | ptr[not(@target)] | damageSpan | addSpan | delSpan" mode="m:text">
    <xsl:if test="@xml:id"><span><xsl:apply-templates select="." mode="m:attributes"/></span></xsl:if>
  </xsl:template>

  <!-- Running heads, and headers of texts inside a corpus. -->
  <xsl:template match="fw | teiHeader" mode="m:text" priority="3"/>

  <!-- What the source has lost. -->
  <xsl:template match="gap" mode="m:text">
    <xsl:variable name="said" as="xs:string" select="fp:described(., 'gap')"/>
    <span role="img" aria-label="{$said}" title="{$said}"><xsl:sequence select="f:sign-language(.)"/><xsl:apply-templates select="." mode="m:attributes"/></span>
    <xsl:apply-templates select="desc" mode="m:text"/>
  </xsl:template>

  <!-- What is hard to read, damaged, added, left out or supplied says so when pointed at. -->
  <xsl:template match="unclear | supplied | damage | add | secl | restore | redo | retrace" mode="m:text">
    <xsl:element name="{f:tag(., 'span')}">
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:attribute name="title" select="fp:described(., local-name())"/>
      <xsl:apply-templates mode="m:text"/>
    </xsl:element>
  </xsl:template>

  <!-- What was struck out is seen in the diplomatic reading. -->
  <xsl:template match="del" mode="m:text">
    <xsl:choose>
      <xsl:when test="parent::subst"><xsl:sequence select="fp:marked(., 'del')"/></xsl:when>
      <xsl:otherwise>
        <xsl:element name="{f:tag(., 'span')}">
          <xsl:attribute name="class" select="'reading diplomatic'"/>
          <xsl:sequence select="fp:marked(., 'del')"/>
        </xsl:element>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="surplus" mode="m:text">
    <xsl:element name="{f:tag(., 'span')}">
      <xsl:attribute name="class" select="'reading diplomatic'"/>
      <xsl:sequence select="fp:marked(., f:tag(., 'span'))"/>
    </xsl:element>
  </xsl:template>

  <xsl:function name="fp:marked" as="element()">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="name" as="xs:string"/>
    <xsl:element name="{$name}">
      <xsl:apply-templates select="$element" mode="m:attributes"/>
      <xsl:apply-templates select="$element/node()" mode="m:text"/>
    </xsl:element>
  </xsl:function>

  <!-- Another hand goes on: whose, where it is told. -->
  <xsl:template match="handShift" mode="m:text">
    <xsl:variable name="note" as="element()?" select="root(.)//handNote[@xml:id = substring-after(current()/@new, '#')][1]"/>
    <xsl:variable name="whose" as="xs:string?" select="($note[normalize-space()] ! replace(normalize-space(.), '\.$', ''), $note/@scribe, @scribe, @medium, @new ! replace(., '^.*#', ''))[1]"/>
    <span data-label="{string-join((f:label('hand', $v:language), $whose), ': ')}"><xsl:sequence select="f:sign-language(.)"/><xsl:apply-templates select="." mode="m:attributes"/></span>
  </xsl:template>

  <!-- What an element says of the source, in words of the reader's language: gap: illegible, words: 2. -->
  <xsl:function name="fp:described" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="what" as="xs:string"/>
    <xsl:variable name="unit" as="xs:string" select="string(($element/@unit, 'chars')[1])"/>
    <xsl:variable name="amount" as="xs:string*" select="
      if ($element/@quantity) then f:label('unit-' || replace($unit, 's$', ''), $v:language) ! (if (starts-with(., 'unit-')) then $unit else .) || ': ' || $element/@quantity
      else if ($element/@atLeast or $element/@atMost) then
        f:label('unit-' || replace($unit, 's$', ''), $v:language) ! (if (starts-with(., 'unit-')) then $unit else .) || ': ' || string-join(distinct-values(($element/@atLeast, $element/@atMost)), '–')
      else $element/@extent ! string()"/>
    <xsl:variable name="words" as="xs:string*" select="
      ($element/@reason, $element/@agent, $element/@place, $element/@dim) ! tokenize(.)
        ! (let $said := f:label('said-' || ., $v:language) return if (starts-with($said, 'said-')) then . else $said),
      $amount,
      $element/@cert[not(. = 'high')] ! (f:label('certainty', $v:language) || ' ' || f:label(., $v:language))"/>
    <xsl:sequence select="string-join((f:label('said-' || $what, $v:language), string-join($words, ', ')[.]), ': ')"/>
  </xsl:function>

</xsl:stylesheet>

<?xml version="1.0" encoding="UTF-8"?>
<!-- Notes and corrections: their call in the text, their entry below it. -->
<xsl:stylesheet version="3.0" expand-text="yes" exclude-result-prefixes="#all"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:t="urn:x-teikit:facts"
  xmlns:f="urn:x-teikit:functions"
  xmlns:m="urn:x-teikit:modes"
  xmlns:v="urn:x-teikit:variables">

  <xsl:template match="note" mode="m:text">
    <xsl:param name="copied" as="xs:boolean" select="false()" tunnel="yes"/>
    <xsl:variable name="number" as="xs:integer?" select="f:place-on-page(.)"/>
    <xsl:choose>
      <xsl:when test="exists($number) and $copied"/>
      <xsl:when test="exists($number)">
        <sup class="{string-join(('call', @type, @subtype), ' ')}"><a id="at-{f:apparatus-id(.)}" href="#{f:encode(f:apparatus-id(.))}" aria-label="{f:label('note', $v:language)} {$number}">{$number}</a></sup>
      </xsl:when>
      <!-- A note in the line; or one inside a note, or in a reading that only the apparatus has. -->
      <xsl:otherwise>
        <xsl:element name="{f:tag(., 'span')}">
          <xsl:apply-templates select="." mode="m:attributes"/>
          <xsl:if test="f:is-apart(.)"><xsl:attribute name="class" select="'nested ' || f:classes(.)"/></xsl:if>
          <xsl:apply-templates mode="m:text"/>
        </xsl:element>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- The units of the page, row by row: as a reader of all versions meets them. -->
  <xsl:variable name="v:page-units" as="element()*" select="
    if ($page = 'document') then
      $v:documents[1]/t:row/t:cell ! f:unit-of(.)
    else ($own, $edition)[1]/*/text"/>

  <!-- The notes of the page in one series. -->
  <xsl:variable name="v:page-notes" as="element(note)*" select="
    $v:page-units ! (if ($page = 'document') then f:around(.) else .)
      ! descendant-or-self::note[f:is-apart(.)][f:is-shown(.)]"/>

  <!-- The entries of a critical apparatus on the page, those in notes too. -->
  <xsl:variable name="v:page-variants" as="element(app)*" select="
    $v:page-units ! (if ($page = 'document') then f:around(.) else .) ! descendant-or-self::app[f:is-shown(.) or f:is-standoff(.)]"/>

  <!-- Whether one of the readings shows an element, in the text or in a note. Notes inside notes are
       shown there, without a number. -->
  <xsl:function name="f:is-shown" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="
      not($element/self::note and $element/ancestor::note[f:is-apart(.)])
      and (every $up in $element/ancestor-or-self::*[ancestor::text] satisfies
        not($up/(self::fw | self::teiHeader)) and not($up/parent::app[f:is-standoff(.)])
        and (not(local-name($up/..) = ('choice', 'app', 'rdgGrp', 'subst'))
             or $up/parent::choice[abbr and expan]/abbr[1] is $up
             or not($up/parent::choice[abbr and expan])
                and exists($up intersect (f:shown-in($up/.., 'corrected'), f:shown-in($up/.., 'diplomatic')))))"/>
  </xsl:function>

  <!-- The number of a note or an entry of the apparatus on the page; nothing where it has none. -->
  <xsl:function name="f:place-on-page" as="xs:integer?">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="$v:places(generate-id($element))"/>
  </xsl:function>

  <xsl:variable name="v:places" as="map(xs:string, xs:integer)" select="
    map:merge((
      for $at in 1 to count($v:page-notes) return map { generate-id($v:page-notes[$at]): $at },
      for $at in 1 to count($v:page-variants) return map { generate-id($v:page-variants[$at]): $at }))"
    xmlns:map="http://www.w3.org/2005/xpath-functions/map"/>

  <!-- The sections of notes and of corrections for the texts of a page. -->
  <xsl:function name="f:apparatus" as="element()*">
    <xsl:param name="texts" as="element(text)*"/>
    <xsl:variable name="corrections" as="element(choice)*" select="$texts//choice[sic and corr][f:is-shown(.)]"/>
    <xsl:if test="exists($v:page-notes)">
      <section class="notes">
        <h2 id="notes">{f:label('notes', $v:language)}</h2>
        <ol><xsl:apply-templates select="$v:page-notes" mode="m:apparatus"/></ol>
      </section>
    </xsl:if>
    <xsl:sequence select="f:variants()"/>
    <xsl:if test="exists($corrections)">
      <section class="corrections">
        <h2 id="corrections">{f:label('corrections', $v:language)}</h2>
        <xsl:for-each-group select="$corrections" group-adjacent="f:version-id(.)">
          <xsl:variable name="version" as="element(t:version)?" select="f:version(.)"/>
          <xsl:if test="$version and count($texts) gt 1">
            <h3>{f:version-name($version, $version/@role)}</h3>
          </xsl:if>
          <ul><xsl:apply-templates select="current-group()" mode="m:apparatus"/></ul>
        </xsl:for-each-group>
      </section>
    </xsl:if>
  </xsl:function>

  <xsl:template match="note" mode="m:apparatus">
    <xsl:variable name="note" as="element(note)" select="."/>
    <xsl:variable name="who" as="xs:string" select="f:responsible(.)"/>
    <li id="{f:apparatus-id(.)}" class="{string-join(('note', @type, @subtype), ' ')}" value="{f:place-on-page(.)}">
      <xsl:sequence select="ancestor-or-self::*[@xml:lang][1]/@xml:lang ! f:lang(.)"/>
      <xsl:for-each select="tokenize(@place)[. = ('margin', 'marginLeft', 'marginRight', 'margin-left', 'margin-right', 'left', 'right', 'foot', 'bottom', 'end', 'interlinear', 'above', 'below', 'opposite', 'overleaf', 'tablefoot')][1]">
        <xsl:variable name="where" as="xs:string" select="if (matches(., 'margin|left|right')) then 'margin' else ."/>
        <xsl:if test="not($where = ('foot', 'bottom', 'end', 'tablefoot'))">
          <span class="note-kind"><xsl:sequence select="f:reset-lang($note)"/>{f:label('said-' || $where, $v:language)}{f:spaced(f:mark(':'), $v:language)}</span>
        </xsl:if>
      </xsl:for-each>
      <!-- What kind of note it is, and how much it matters, where the stylesheet has words for it. -->
      <xsl:if test="f:has-label('notes-' || @type, $v:language)">
        <span class="note-kind"><xsl:sequence select="f:reset-lang(.)"/>{f:label('notes-' || @type, $v:language)}{f:spaced(f:mark(':'), $v:language)}</span>
      </xsl:if>
      <xsl:if test="@type = 'translation'">
        <span class="note-kind"><xsl:sequence select="f:reset-lang(.)"/>{string-join((f:label('translation', $v:language), @subtype ! f:label('weight-' || ., $v:language)), ', ')}{f:spaced(f:mark(':'), $v:language)}</span>
      </xsl:if>
      <xsl:apply-templates mode="m:text"/>
      <xsl:if test="$who"><xsl:text> </xsl:text><span class="resp" lang="{$v:edition-language}">[{$who}]</span></xsl:if>
      <xsl:text> </xsl:text>
      <a class="back" href="#at-{f:encode(f:apparatus-id(.))}" aria-label="{f:label('back-to-text', $v:language)}">↑</a>
    </li>
  </xsl:template>

  <xsl:template match="choice" mode="m:apparatus">
    <xsl:variable name="ref" as="xs:string?" select="ancestor::*[f:is-unit(.)][1]/@n"/>
    <li>
      <xsl:if test="$page = ('document', 'own')"><xsl:attribute name="id" select="f:apparatus-id(.)"/></xsl:if>
      <a class="back" href="{f:version(.)/../@id[not($page = 'document')] ! f:file(.)}#at-{f:encode(f:apparatus-id(.))}">
        <xsl:value-of select="if ($ref) then '§ ' || $ref else f:label(local-name(ancestor::*[f:is-unit(.)][1]), $v:language)"/>
      </a>
      <xsl:text> </xsl:text>
      <xsl:sequence select="f:alternative(corr[1])"/>
      <xsl:text>] {f:label('printed', $v:language)} </xsl:text>
      <xsl:sequence select="f:alternative(sic[1])"/>
      <xsl:if test="corr/@cert and not(corr/@cert = 'high')"><xsl:text> ({f:label('certainty', $v:language)} {f:label(corr[1]/@cert, $v:language)})</xsl:text></xsl:if>
    </li>
  </xsl:template>

  <!-- The words of an alternative, told again below the text. -->
  <xsl:function name="f:alternative" as="element()">
    <xsl:param name="alternative" as="element()"/>
    <xsl:element name="{f:tag($alternative, 'span')}">
      <xsl:attribute name="class" select="local-name($alternative)"/>
      <xsl:attribute name="lang" select="f:lang-of($alternative)"/>
      <xsl:apply-templates select="$alternative/node()" mode="m:text">
        <xsl:with-param name="copied" select="true()" tunnel="yes"/>
      </xsl:apply-templates>
    </xsl:element>
  </xsl:function>

  <!-- What a corrected word shows when pointed at. -->
  <xsl:function name="f:correction-hint" as="xs:string">
    <xsl:param name="choice" as="element(choice)"/>
    <xsl:variable name="shown" as="element()" select="f:chosen($choice)"/>
    <xsl:sequence select="
      if ($shown/self::corr) then f:label('printed', $v:language) || ' « ' || normalize-space($choice/sic[1]) || ' »'
      else f:label('corrected', $v:language) || ' « ' || normalize-space($choice/corr[1]) || ' »'"/>
  </xsl:function>

  <!-- Back to the page's language inside a note in another one. -->
  <xsl:function name="f:reset-lang" as="attribute(lang)?">
    <xsl:param name="node" as="node()"/>
    <xsl:if test="f:lang-of($node) ne $v:language">
      <xsl:attribute name="lang" select="$v:language"/>
    </xsl:if>
  </xsl:function>

</xsl:stylesheet>

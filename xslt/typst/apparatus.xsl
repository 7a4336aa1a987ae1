<?xml version="1.0" encoding="UTF-8"?>
<!-- Notes and variants: footnotes in two series, numbers and letters. -->
<xsl:stylesheet version="3.0" expand-text="yes" exclude-result-prefixes="#all"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:t="urn:x-teikit:facts"
  xmlns:f="urn:x-teikit:functions"
  xmlns:fp="urn:x-teikit:private-functions"
  xmlns:m="urn:x-teikit:modes"
  xmlns:v="urn:x-teikit:variables">

  <!-- A note apart is a footnote; one inside a footnote stands there between brackets. -->
  <xsl:template match="note" mode="m:text" as="xs:string*">
    <xsl:choose>
      <xsl:when test="not(f:is-apart(.))">
        <xsl:sequence select="f:content(.)"/>
      </xsl:when>
      <xsl:when test="ancestor::note[f:is-apart(.)]">
        <xsl:sequence select="' ' || f:text('[', '') || f:content(.) || f:text(']', '')"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:variable name="who" as="xs:string" select="f:responsible(.)"/>
        <xsl:sequence select="
          '#note(' || f:lang(f:lang-of(.)) || ')[' || f:content(.)
          || (if ($who) then '#signature(' || f:lang($v:language) || ')[' || f:text('[' || $who || ']', $v:language) || ']' else '')
          || ']'"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Alternatives: one is read, once; what else there is stands at the foot of the page. -->
  <xsl:template match="choice | app | subst | rdgGrp" mode="m:text" as="xs:string*">
    <xsl:variable name="read" as="node()*"
      select="if (map:contains($v:preferred, local-name())) then f:chosen(.) else node()"
      xmlns:map="http://www.w3.org/2005/xpath-functions/map"/>
    <xsl:sequence select="f:run($read)"/>
    <xsl:if test="(self::choice[sic and corr] or self::app[count((lem, rdg, rdgGrp/rdg)) gt 1]) and not(ancestor::note[f:is-apart(.)])">
      <xsl:variable name="entry" as="xs:string*"><xsl:apply-templates select="." mode="m:entry"/></xsl:variable>
      <xsl:sequence select="'#variant(' || f:lang(f:lang-of(.)) || ')[' || string-join($entry) || ']'"/>
    </xsl:if>
  </xsl:template>

  <!-- An entry that stands apart from what it is about: at the foot of the page only. -->
  <xsl:template match="app[f:is-standoff(.)]" mode="m:text" as="xs:string*" priority="10">
    <xsl:variable name="entry" as="xs:string*"><xsl:apply-templates select="." mode="m:entry"/></xsl:variable>
    <xsl:sequence select="'#variant(' || f:lang(f:lang-of(.)) || ')[' || string-join($entry) || ']'"/>
  </xsl:template>

  <!-- lemma] the source has …; certainty -->
  <xsl:template match="choice" mode="m:entry" as="xs:string*">
    <xsl:variable name="read" as="element()" select="f:chosen(.)"/>
    <xsl:variable name="other" as="element()" select="if ($read/self::corr) then sic[1] else corr[1]"/>
    <xsl:variable name="said" as="xs:string" select="
      if (not(normalize-space($other))) then 'omitted' else if ($read/self::corr) then 'printed' else 'corrected'"/>
    <xsl:sequence select="
      f:lemma($read), fp:aside(f:label($said, $v:language)), f:lemma-text($other),
      corr[1]/@cert[not(. = 'high')]
        ! ('#aside(' || f:lang($v:language) || ')['
           || f:text(f:mark(';') || f:label('certainty', $v:language) || ' ' || f:label(., $v:language), $v:language) || ']')"/>
  </xsl:template>

  <!-- lemma] reading witnesses; reading witnesses -->
  <xsl:template match="app" mode="m:entry" as="xs:string*">
    <xsl:variable name="read" as="element()?" select="f:reading-of(.)"/>
    <xsl:sequence select="$read ! f:lemma(.)"/>
    <xsl:for-each select="(lem | rdg | rdgGrp/rdg) except $read">
      <xsl:sequence select="
        f:text(if (position() gt 1) then f:mark(';') else ' ', $v:language),
        if (normalize-space()) then f:lemma-text(.) else fp:aside(f:label('omitted', $v:language)),
        if (@wit) then fp:aside(string-join(tokenize(@wit) ! replace(., '^.*#', ''), ' ')) else ()"/>
    </xsl:for-each>
  </xsl:template>

  <xsl:function name="f:lemma" as="xs:string">
    <xsl:param name="read" as="element()"/>
    <xsl:sequence select="
      if (normalize-space($read)) then f:lemma-text($read) || '#lemma-sign();' else ''"/>
  </xsl:function>

  <!-- The words of an alternative, without what it may hold of notes and entries of the index. -->
  <xsl:function name="f:lemma-text" as="xs:string">
    <xsl:param name="alternative" as="element()"/>
    <xsl:variable name="words" as="xs:string" select="
      string-join($alternative/descendant::text()[not(ancestor::note[. >> $alternative])]) => normalize-space()"/>
    <xsl:sequence select="f:text($words, f:lang-of($alternative))"/>
  </xsl:function>

  <!-- What the editor says, apart from the words of the text. -->
  <xsl:function name="fp:aside" as="xs:string">
    <xsl:param name="words" as="xs:string*"/>
    <xsl:sequence select="
      ' #aside(' || f:lang($v:language) || ')[' || f:text(string-join($words, ' '), $v:language) || '] '"/>
  </xsl:function>

</xsl:stylesheet>

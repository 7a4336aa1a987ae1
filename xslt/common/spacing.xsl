<?xml version="1.0" encoding="UTF-8"?>
<!-- French spacing: the spaces that the text has, made ones at which no line breaks. -->
<xsl:stylesheet version="3.0" expand-text="yes" exclude-result-prefixes="#all"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:x-teikit:functions"
  xmlns:v="urn:x-teikit:variables">

  <!-- Whether the space that a French text has before ; : ! ? » and after « becomes one at which no
       line breaks, narrow before ; ! ?. No space is added where the text has none. -->
  <xsl:param name="french-spaces" as="xs:boolean" select="true()"/>

  <!-- A text in its language, spaced. -->
  <xsl:function name="f:spaced" as="xs:string">
    <xsl:param name="text" as="xs:string"/>
    <xsl:param name="lang" as="xs:string"/>
    <xsl:sequence select="
      if ($french-spaces and matches($lang, '^fr($|-)')) then
        $text => replace('\s([;!?])', '&#x202F;$1') => replace('\s([:»])', '&#xA0;$1')
          => replace('«\s', '«&#xA0;')
      else $text"/>
  </xsl:function>

  <!-- The language in force at a node, that of the edition where none is stated. -->
  <xsl:function name="f:lang-of" as="xs:string">
    <xsl:param name="node" as="node()"/>
    <xsl:sequence select="f:iso(string(($node/ancestor-or-self::*[@xml:lang][1]/@xml:lang, $v:language)[1]))"/>
  </xsl:function>

  <!-- Languages by the shorter of their codes, which alone counts in BCP 47 where there is one. -->
  <xsl:variable name="v:short-codes" as="map(xs:string, xs:string)" select="map:merge(
      tokenize('ara:ar bel:be bul:bg cat:ca ces:cs cze:cs chu:cu cym:cy wel:cy dan:da deu:de ger:de ell:el gre:el
        eng:en est:et eus:eu fas:fa per:fa fin:fi fra:fr fre:fr gla:gd gle:ga heb:he hin:hi hrv:hr hun:hu hye:hy
        arm:hy isl:is ice:is ita:it jpn:ja kat:ka geo:ka kor:ko lat:la lav:lv lit:lt mkd:mk nld:nl dut:nl nor:no
        oci:oc pol:pl por:pt ron:ro rum:ro rus:ru san:sa slk:sk slv:sl spa:es sqi:sq alb:sq srp:sr swe:sv tur:tr
        ukr:uk urd:ur yid:yi zho:zh chi:zh') ! map { substring-before(., ':'): substring-after(., ':') })"
    xmlns:map="http://www.w3.org/2005/xpath-functions/map"/>

  <xsl:function name="f:iso" as="xs:string">
    <xsl:param name="tag" as="xs:string"/>
    <xsl:variable name="clean" as="xs:string" select="translate(normalize-space($tag), '_', '-')"/>
    <xsl:variable name="first" as="xs:string" select="lower-case(substring-before($clean || '-', '-'))"/>
    <xsl:sequence select="
      if (not(matches($clean, '^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$'))) then ''
      else ($v:short-codes($first), $first)[1] || substring($clean, string-length($first) + 1)"/>
  </xsl:function>

  <!-- A mark of punctuation between two pieces, spaced as the reader's language has it. -->
  <xsl:function name="f:mark" as="xs:string">
    <xsl:param name="sign" as="xs:string"/>
    <xsl:sequence select="(if (starts-with($v:language, 'fr')) then ' ' else '') || $sign || ' '"/>
  </xsl:function>

</xsl:stylesheet>

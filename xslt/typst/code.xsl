<?xml version="1.0" encoding="UTF-8"?>
<!-- Writing Typst: text goes in as string expressions only, so no character of it is ever markup. -->
<xsl:stylesheet version="3.0" expand-text="yes" exclude-result-prefixes="#all"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:t="urn:x-teikit:facts"
  xmlns:f="urn:x-teikit:functions"
  xmlns:m="urn:x-teikit:modes"
  xmlns:v="urn:x-teikit:variables">

  <!-- THE escaping function: a text as a Typst string literal, its white space single spaces. -->
  <xsl:function name="f:typ" as="xs:string" visibility="public">
    <xsl:param name="text" as="xs:string"/>
    <xsl:sequence select="
      '&quot;' || $text => replace('[ \t\r\n]+', ' ') => replace('([\\&quot;])', '\\$1') || '&quot;'"/>
  </xsl:function>

  <!-- A text as content of a line. Spaces at its ends are markup, so that Typst drops them where a
       line begins or ends, and makes one of two that meet. -->
  <xsl:function name="f:text" as="xs:string" visibility="public">
    <xsl:param name="text" as="xs:string"/>
    <xsl:param name="lang" as="xs:string?"/>
    <xsl:variable name="spaced" as="xs:string" select="f:spaced(replace($text, '[ \t\r\n]+', ' '), string($lang))"/>
    <xsl:variable name="core" as="xs:string" select="replace($spaced, '^ | $', '')"/>
    <xsl:sequence select="
      if ($spaced = ('', ' ')) then $spaced
      else (if (starts-with($spaced, ' ')) then ' ' else '') || '#' || f:typ($core) || ';'
        || (if (ends-with($spaced, ' ')) then ' ' else '')"/>
  </xsl:function>

  <!-- A text that is a whole piece of content, in its language, the reader's where none is told. -->
  <xsl:function name="f:said" as="xs:string" visibility="public">
    <xsl:param name="text" as="xs:string"/>
    <xsl:param name="lang" as="xs:string?"/>
    <xsl:sequence select="
      '#text(lang: ' || f:lang(($lang, $v:language)[1]) || ')[' || f:text(normalize-space($text), $lang) || ']'"/>
  </xsl:function>

  <!-- A language tag as Typst takes it: the language alone, as a literal. -->
  <xsl:function name="f:lang" as="xs:string" visibility="public">
    <xsl:param name="tag" as="xs:string"/>
    <xsl:variable name="language" as="xs:string" select="lower-case(substring-before($tag || '-', '-'))"/>
    <xsl:sequence select="f:typ(if (matches($language, '^[a-z]{2,3}$')) then $language else 'und')"/>
  </xsl:function>

  <!-- The code of some nodes. -->
  <xsl:function name="f:run" as="xs:string" visibility="public">
    <xsl:param name="nodes" as="node()*"/>
    <xsl:variable name="pieces" as="xs:string*">
      <xsl:apply-templates select="$nodes" mode="m:text"/>
    </xsl:variable>
    <xsl:sequence select="string-join($pieces)"/>
  </xsl:function>

  <!-- A label of the edition as content. -->
  <xsl:function name="f:word" as="xs:string" visibility="public">
    <xsl:param name="key" as="xs:string"/>
    <xsl:sequence select="f:text(f:label($key, $v:language), $v:language)"/>
  </xsl:function>

</xsl:stylesheet>

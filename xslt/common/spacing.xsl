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
    <xsl:sequence select="string(($node/ancestor-or-self::*[@xml:lang][1]/@xml:lang, $v:language)[1])"/>
  </xsl:function>

</xsl:stylesheet>

<?xml version="1.0" encoding="UTF-8"?>
<!-- How a document and its passages are cited: each version in each style, ready to be copied. -->
<xsl:stylesheet version="3.0" expand-text="yes" exclude-result-prefixes="#all"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:t="urn:x-teikit:facts"
  xmlns:f="urn:x-teikit:functions"
  xmlns:m="urn:x-teikit:modes"
  xmlns:v="urn:x-teikit:variables">

  <!-- The section below a document. All styles are there; the script (reader.js) shows the one that
       the reader chooses, and makes what can be copied. -->
  <xsl:function name="f:citing" as="element(section)?">
    <xsl:param name="document" as="element(t:document)"/>
    <xsl:variable name="styles" as="xs:string*" select="distinct-values($document/t:citation/@style)"/>
    <xsl:if test="exists($styles)">
      <section class="cite" data-copy="{f:label('copy', $v:language)}" data-copied="{f:label('copied', $v:language)}"
        data-copy-link="{f:label('copy-link', $v:language)}">
        <h2 id="cite">{f:label('cite', $v:language)}</h2>
        <fieldset class="styles" hidden="hidden">
          <legend>{f:label('citation-style', $v:language)}</legend>
          <xsl:for-each select="$styles">
            <label><input type="radio" name="style" value="{.}"/> {f:style-name(.)}</label>
          </xsl:for-each>
        </fieldset>
        <xsl:for-each select="$document/t:version">
          <xsl:variable name="version" as="element(t:version)" select="."/>
          <xsl:if test="count($document/t:version) gt 1"><h3>{f:version-name(., @role)}</h3></xsl:if>
          <dl>
            <xsl:for-each select="$document/t:citation[@version = $version/@id]">
              <div data-style="{@style}">
                <dt>{f:style-name(@style)}</dt>
                <dd><xsl:apply-templates select="." mode="m:citation"/></dd>
              </div>
            </xsl:for-each>
          </dl>
          <xsl:variable name="files" as="element(t:download)*" select="$document/t:download[$downloads][@version = $version/@id]"/>
          <xsl:if test="exists($files)">
            <p class="formats">{f:label('references', $v:language)}{f:spaced(f:mark(':'), $v:language)}<xsl:sequence select="f:download-links($files)"/></p>
          </xsl:if>
        </xsl:for-each>
        <xsl:where-populated>
          <template id="passages">
            <xsl:apply-templates select="$document/t:passage" mode="m:citation"/>
          </template>
        </xsl:where-populated>
      </section>
    </xsl:if>
  </xsl:function>

  <xsl:template match="t:citation | t:passage" mode="m:citation">
    <p class="citation">
      <xsl:sequence select="f:lang(@lang)"/>
      <xsl:for-each select="@frame">
        <xsl:attribute name="data-frame" select="."/>
        <xsl:attribute name="data-style" select="../@style"/>
      </xsl:for-each>
      <xsl:apply-templates mode="m:citation"/>
    </p>
  </xsl:template>

  <xsl:template match="t:part" mode="m:citation">
    <xsl:element name="{if (@italic) then 'cite' else 'span'}">
      <xsl:for-each select="@lang"><xsl:attribute name="lang" select="f:iso(.)"/></xsl:for-each>
      <xsl:apply-templates mode="m:citation"/>
    </xsl:element>
  </xsl:template>

  <xsl:template match="t:gap" mode="m:citation">
    <span data-gap="{@of}"></span>
  </xsl:template>

  <xsl:template match="text()" mode="m:citation">
    <xsl:value-of select="f:spaced(., string(ancestor::*[@lang][1]/@lang))"/>
  </xsl:template>

  <!-- What the cell of a passage tells the script: its frame, and its numbers where the reference of
       the row is not the only one. -->
  <xsl:template match="t:cell" mode="m:citation">
    <xsl:for-each select="@frame"><xsl:attribute name="data-frame" select="."/></xsl:for-each>
    <xsl:for-each select="@values[not(. = ../../@ref)]"><xsl:attribute name="data-values" select="."/></xsl:for-each>
  </xsl:template>

  <!-- What a style is called: its name or file, where the labels have no word for it. -->
  <xsl:function name="f:style-name" as="xs:string">
    <xsl:param name="style" as="xs:string"/>
    <xsl:variable name="key" as="xs:string" select="'style-' || $style"/>
    <xsl:variable name="label" as="xs:string" select="f:label($key, $v:language)"/>
    <xsl:sequence select="if ($label ne $key) then $label else replace($style, '^.*[/\\]|\.csl$', '')"/>
  </xsl:function>

</xsl:stylesheet>

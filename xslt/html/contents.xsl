<?xml version="1.0" encoding="UTF-8"?>
<!-- The first page: the edition's title, its own text, the table of contents. -->
<xsl:stylesheet version="3.0" expand-text="yes" exclude-result-prefixes="#all"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:t="urn:x-teikit:facts"
  xmlns:f="urn:x-teikit:functions"
  xmlns:m="urn:x-teikit:modes"
  xmlns:v="urn:x-teikit:variables">

  <xsl:template match="t:documents" mode="m:page">
    <xsl:call-template name="f:heading">
      <xsl:with-param name="titled" select="$v:edition"/>
    </xsl:call-template>
    <xsl:if test="$downloads">
      <p class="downloads"><xsl:text>{f:label('download', $v:language)}{f:spaced(f:mark(':'), $v:language)}</xsl:text><a href="{$root}../pdf/book.pdf" type="application/pdf">PDF</a></p>
      <xsl:if test="$v:edition/t:download">
        <p class="downloads"><xsl:text>{f:label('references', $v:language)}{f:spaced(f:mark(':'), $v:language)}</xsl:text><xsl:sequence select="f:download-links($v:edition/t:download)"/></p>
      </xsl:if>
    </xsl:if>
    <h2 id="documents">{f:label('contents', $v:language)}</h2>
    <ol class="contents">
      <xsl:apply-templates select="t:document" mode="m:page">
        <xsl:with-param name="as" select="'line'"/>
      </xsl:apply-templates>
    </ol>
    <xsl:if test="$edition/*/text and not($about)">
      <section class="preface" lang="{($edition/*/text/@xml:lang, $edition/*/@xml:lang)[1] ! f:iso(.)}">
        <xsl:for-each select="$edition/*/text//*[(self::p | self::head | self::ab | self::list | self::lg | self::opener | self::closer)[parent::div or parent::body or parent::front or parent::back]]">
          <div class="cell" id="{(@xml:id, f:apparatus-id(.))[1]}" lang="{f:lang-of(.)}">
            <xsl:apply-templates select="." mode="m:text"/>
          </div>
        </xsl:for-each>
        <xsl:sequence select="f:apparatus($edition/*/text)"/>
      </section>
    </xsl:if>
    <xsl:if test="exists($v:kinds)">
      <h2 id="indexes">{f:label('index', $v:language)}</h2>
      <ul class="indexes">
        <xsl:for-each select="$v:kinds">
          <li><a href="{f:kind-file(.)}">{f:label(., $v:language)}</a> ({count($v:facts/t:facts/t:entities/t:entity[@kind = current()])})</li>
        </xsl:for-each>
      </ul>
    </xsl:if>
  </xsl:template>

  <!-- A line of the table of contents. -->
  <xsl:template match="t:documents/t:document[$page = 'contents']" mode="m:page" priority="2">
    <xsl:variable name="title" as="element(t:title)" select="f:title(., $v:language)"/>
    <li>
      <a class="title" href="{f:file(@id)}"><xsl:sequence select="f:lang($title/@lang)"/>{f:spaced($title, string($title/@lang))}</a>
      <xsl:for-each select="t:title except $title">
        <span class="other-title"><xsl:sequence select="f:lang(@lang)"/>{f:spaced(., string(@lang))}</span>
      </xsl:for-each>
      <span class="who">
        <xsl:value-of select="string-join((f:agents(., 'author') ! f:agent-name(.), t:date[1]/f:document-date(.)), ', ')"/>
      </span>
      <xsl:sequence select="f:coins(.)"/>
    </li>
  </xsl:template>

</xsl:stylesheet>

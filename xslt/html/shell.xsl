<?xml version="1.0" encoding="UTF-8"?>
<!-- What every page has around its content. -->
<xsl:stylesheet version="3.0" expand-text="yes" exclude-result-prefixes="#all"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:t="urn:x-teikit:facts"
  xmlns:f="urn:x-teikit:functions"
  xmlns:m="urn:x-teikit:modes"
  xmlns:v="urn:x-teikit:variables">

  <xsl:variable name="v:edition" as="element(t:edition)" select="$v:facts/t:facts/t:edition"/>

  <xsl:variable name="v:kinds" as="xs:string*"
    select="distinct-values($v:facts/t:facts/t:entities/t:entity/@kind)"/>

  <xsl:template match="t:facts" mode="m:page">
    <html lang="{$v:language}">
      <head>
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <title>{f:page-title()}</title>
        <meta name="generator" content="teikit"/>
        <link rel="stylesheet" href="style.css"/>
        <xsl:if test="$page = 'document'"><xsl:sequence select="f:metadata($v:documents[1])"/></xsl:if>
        <xsl:if test="$page = 'contents' and $downloads"><xsl:sequence select="$v:edition/t:download ! f:alternate(.)"/></xsl:if>
      </head>
      <body class="page-{$page}">
        <a class="skip" href="#content">{f:label('skip', $v:language)}</a>
        <header class="site">
          <p class="site-title"><a href="index.html">{f:title($v:edition, $v:language)}</a></p>
          <nav aria-label="{f:label('contents', $v:language)}">
            <ul>
              <li>
                <a href="index.html">
                  <xsl:if test="$page = 'contents'"><xsl:attribute name="aria-current" select="'page'"/></xsl:if>
                  <xsl:text>{f:label('documents', $v:language)}</xsl:text>
                </a>
              </li>
              <xsl:for-each select="$v:kinds">
                <li>
                  <a href="{f:kind-file(.)}">
                    <xsl:if test="$page = ."><xsl:attribute name="aria-current" select="'page'"/></xsl:if>
                    <xsl:text>{f:label(., $v:language)}</xsl:text>
                  </a>
                </li>
              </xsl:for-each>
            </ul>
          </nav>
        </header>
        <main id="content">
          <xsl:choose>
            <xsl:when test="$page = 'contents'"><xsl:apply-templates select="t:documents" mode="m:page"/></xsl:when>
            <xsl:when test="$page = 'document'"><xsl:apply-templates select="$v:documents[1]" mode="m:page"/></xsl:when>
            <xsl:when test="$page = $v:kinds"><xsl:apply-templates select="t:entities" mode="m:page"/></xsl:when>
            <xsl:otherwise>
              <xsl:message terminate="yes">there is no page {$page}: name contents, document, or one of {string-join($v:kinds, ', ')}</xsl:message>
            </xsl:otherwise>
          </xsl:choose>
        </main>
        <footer class="site">
          <p>{f:title($v:edition, $v:language)}<xsl:if test="$v:edition/t:publisher">. {$v:edition/t:publisher}</xsl:if><xsl:if test="$v:edition/@date">. {f:label('edition-of', $v:language)} <time datetime="{$v:edition/@date}">{f:date($v:edition/@date, $v:language)}</time></xsl:if></p>
        </footer>
      </body>
    </html>
  </xsl:template>

  <!-- The title of the page, for the browser's tab. -->
  <xsl:function name="f:page-title" as="xs:string">
    <xsl:variable name="edition" as="xs:string" select="string(f:title($v:edition, $v:language))"/>
    <xsl:sequence select="
      if ($page = 'document') then f:title($v:documents[1], $v:language) || ' — ' || $edition
      else if ($page = 'contents') then $edition
      else f:label($page, $v:language) || ' — ' || $edition"/>
  </xsl:function>

  <!-- A heading in the page's language and, below it, what it is called in the others. -->
  <xsl:template name="f:heading">
    <xsl:param name="titled" as="element()"/>
    <xsl:variable name="first" as="element(t:title)" select="f:title($titled, $v:language)"/>
    <h1><xsl:sequence select="f:lang($first/@lang)"/>{f:spaced($first, string($first/@lang))}</h1>
    <xsl:for-each select="$titled/t:title[@type = 'sub'][@lang = $first/@lang]">
      <p class="subtitle">{f:spaced(., string(@lang))}</p>
    </xsl:for-each>
    <xsl:for-each select="$titled/t:title[not(@type = 'sub')] except $first">
      <p class="other-title"><xsl:sequence select="f:lang(@lang)"/>{f:spaced(., string(@lang))}</p>
    </xsl:for-each>
  </xsl:template>

  <!-- A lang attribute where the language differs from the page's. -->
  <xsl:function name="f:lang" as="attribute(lang)?">
    <xsl:param name="lang" as="xs:string?"/>
    <xsl:if test="$lang and $lang ne $v:language">
      <xsl:attribute name="lang" select="$lang"/>
    </xsl:if>
  </xsl:function>

</xsl:stylesheet>

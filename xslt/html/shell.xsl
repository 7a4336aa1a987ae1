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
    <html lang="{$v:language}" data-reading="{if ($reading = 'diplomatic') then 'diplomatic' else 'corrected'}">
      <head>
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <title><xsl:apply-templates select="." mode="m:title"/></title>
        <meta name="generator" content="teikit"/>
        <meta name="color-scheme" content="light dark"/>
        <link rel="icon" href="{$root}{$icon}"/>
        <link rel="stylesheet" href="{$root}fonts.css"/>
        <link rel="stylesheet" href="{$root}style.css"/>
        <xsl:for-each select="tokenize($interfaces)">
          <link rel="alternate" hreflang="{.}" href="{f:in-language(.)}"/>
        </xsl:for-each>
        <xsl:if test="$page = 'document'"><script src="{$root}reader.js" defer="defer"></script></xsl:if>
        <xsl:if test="$page = 'document'"><xsl:sequence select="f:metadata($v:documents[1])"/></xsl:if>
        <xsl:if test="$page = 'contents' and $downloads"><xsl:sequence select="$v:edition/t:download ! f:alternate(.)"/></xsl:if>
        <xsl:apply-templates select="." mode="m:head"/>
        <xsl:for-each select="tokenize($styles)"><link rel="stylesheet" href="{$root}{.}"/></xsl:for-each>
      </head>
      <body class="page-{$page}">
        <a class="skip" href="#content">{f:label('skip', $v:language)}</a>
        <header class="site">
          <p class="site-title"><a href="index.html"><xsl:sequence select="f:lang(f:title($v:edition, $v:language)/@lang)"/>{f:title($v:edition, $v:language)}</a></p>
          <nav class="indexes" aria-label="{f:label('contents', $v:language)}">
            <ul>
              <xsl:call-template name="f:tab">
                <xsl:with-param name="for" select="'contents'"/>
                <xsl:with-param name="href" select="'index.html'"/>
                <xsl:with-param name="text" select="f:label('documents', $v:language)"/>
              </xsl:call-template>
              <xsl:for-each select="$v:kinds">
                <xsl:call-template name="f:tab">
                  <xsl:with-param name="for" select="."/>
                  <xsl:with-param name="href" select="f:kind-file(.)"/>
                  <xsl:with-param name="text" select="f:label(., $v:language)"/>
                </xsl:call-template>
              </xsl:for-each>
              <xsl:if test="exists($v:pictures)">
                <xsl:call-template name="f:tab">
                  <xsl:with-param name="for" select="$v:pictures"/>
                  <xsl:with-param name="href" select="$v:pictures[1] || '.html'"/>
                  <xsl:with-param name="text" select="f:label('views', $v:language)"/>
                </xsl:call-template>
              </xsl:if>
              <xsl:for-each select="$v:own-pages">
                <xsl:call-template name="f:tab">
                  <xsl:with-param name="for" select="if (@id = $document) then $page else 'own-' || @id"/>
                  <xsl:with-param name="href" select="f:file(@id)"/>
                  <xsl:with-param name="text" select="string(f:title(., $v:language))"/>
                </xsl:call-template>
              </xsl:for-each>
              <xsl:if test="$about">
                <xsl:call-template name="f:tab">
                  <xsl:with-param name="for" select="'about', 'emendations', 'divergences', 'statistics'"/>
                  <xsl:with-param name="href" select="'about.html'"/>
                  <xsl:with-param name="text" select="f:label('about', $v:language)"/>
                </xsl:call-template>
              </xsl:if>
              <xsl:if test="$search">
                <xsl:call-template name="f:tab">
                  <xsl:with-param name="for" select="'search'"/>
                  <xsl:with-param name="href" select="'search.html'"/>
                  <xsl:with-param name="text" select="f:label('search', $v:language)"/>
                </xsl:call-template>
              </xsl:if>
            </ul>
          </nav>
          <xsl:if test="count(tokenize($interfaces)) gt 1">
            <nav class="languages" aria-label="{f:label('interface', $v:language)}">
              <ul>
                <xsl:for-each select="tokenize($interfaces)">
                  <li>
                    <a href="{f:in-language(.)}" lang="{.}" hreflang="{.}">
                      <xsl:if test=". = $v:language"><xsl:attribute name="aria-current" select="'true'"/></xsl:if>
                      <xsl:text>{f:label('own-name', .)}</xsl:text>
                    </a>
                  </li>
                </xsl:for-each>
              </ul>
            </nav>
          </xsl:if>
        </header>
        <main id="content">
          <xsl:apply-templates select="." mode="m:main"/>
        </main>
        <footer class="site">
          <p><span><xsl:sequence select="f:lang(f:title($v:edition, $v:language)/@lang)"/>{f:title($v:edition, $v:language)}</span><xsl:if test="$v:edition/t:publisher">. {$v:edition/t:publisher}</xsl:if><xsl:if test="$v:edition/@date">. {f:label('edition-of', $v:language)} <time datetime="{$v:edition/@date}">{f:date($v:edition/@date, $v:language)}</time></xsl:if></p>
        </footer>
      </body>
    </html>
  </xsl:template>

  <!-- An entry of the navigation. -->
  <xsl:template name="f:tab">
    <xsl:param name="for" as="xs:string+"/>
    <xsl:param name="href" as="xs:string"/>
    <xsl:param name="text" as="xs:string"/>
    <li>
      <a href="{$href}">
        <xsl:if test="$page = $for"><xsl:attribute name="aria-current" select="if ($page = $for[1]) then 'page' else 'true'"/></xsl:if>
        <xsl:text>{$text}</xsl:text>
      </a>
    </li>
  </xsl:template>

  <!-- What stands in the main part of a page. Another page is another template like these. -->
  <xsl:template match="t:facts" mode="m:main" priority="-1">
    <xsl:message terminate="yes">there is no page {$page}: name contents, document, entity, search, or one of {string-join($v:kinds, ', ')}</xsl:message>
  </xsl:template>

  <xsl:template match="t:facts[$page = 'contents']" mode="m:main">
    <xsl:apply-templates select="t:documents" mode="m:page"/>
  </xsl:template>

  <xsl:template match="t:facts[$page = 'document']" mode="m:main">
    <xsl:apply-templates select="$v:documents[1]" mode="m:page"/>
  </xsl:template>

  <xsl:template match="t:facts[$page = $v:kinds]" mode="m:main">
    <xsl:apply-templates select="t:entities" mode="m:page"/>
  </xsl:template>

  <!-- The title of the page: what it shows, then the edition. -->
  <xsl:template match="t:facts" mode="m:title" as="xs:string">
    <xsl:sequence select="f:label($page, $v:language) || ' — ' || f:title($v:edition, $v:language)"/>
  </xsl:template>

  <xsl:template match="t:facts[$page = 'contents']" mode="m:title" as="xs:string">
    <xsl:sequence select="string(f:title($v:edition, $v:language))"/>
  </xsl:template>

  <xsl:template match="t:facts[$page = 'document']" mode="m:title" as="xs:string">
    <xsl:sequence select="f:title($v:documents[1], $v:language) || ' — ' || f:title($v:edition, $v:language)"/>
  </xsl:template>

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

  <!-- A lang attribute where the language differs from the page's, and the direction where that does. -->
  <xsl:function name="f:lang" as="attribute()*">
    <xsl:param name="lang" as="xs:string?"/>
    <xsl:if test="$lang and f:iso($lang) ne $v:language">
      <xsl:attribute name="lang" select="f:iso($lang)"/>
      <xsl:if test="f:direction($lang) ne f:direction($v:language)">
        <xsl:attribute name="dir" select="f:direction($lang)"/>
      </xsl:if>
    </xsl:if>
  </xsl:function>

</xsl:stylesheet>

<?xml version="1.0" encoding="UTF-8"?>
<!-- The page of the search. search.js does the work; what it needs to say is handed over as JSON. -->
<xsl:stylesheet version="3.0" expand-text="yes" exclude-result-prefixes="#all"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns:t="urn:x-teikit:facts"
  xmlns:f="urn:x-teikit:functions"
  xmlns:m="urn:x-teikit:modes"
  xmlns:v="urn:x-teikit:variables">

  <!-- The labels that the script prints. -->
  <xsl:variable name="v:search-labels" as="xs:string*" select="
    'nothing', 'found', 'names', 'loading', 'not-loaded', 'more', 'no-word', 'fewer-words', 'see-indexes',
    'with-filters', 'without-filters', 'in-passages', 'note', 'head'"/>

  <xsl:template match="t:facts[$page = 'search']" mode="m:main">
    <h1>{f:label('search', $v:language)}</h1>
    <form id="search" action="search.html" method="get" role="search">
      <p class="query">
        <label for="q">{f:label('words', $v:language)}</label>
        <input id="q" name="q" type="search" autocomplete="off" spellcheck="false" enterkeyhint="search"/>
        <button type="submit">{f:label('search', $v:language)}</button>
      </p>
      <p class="hint">{f:label('search-hint', $v:language)}</p>
      <fieldset class="filters">
        <legend>{f:label('filters', $v:language)}</legend>
        <xsl:for-each select="'document', 'language', $v:kinds, 'year'">
          <xsl:if test="not(. = 'language') or count(distinct-values($v:facts//t:version/@lang)) gt 1">
            <p>
              <label for="filter-{.}">{f:label('filter-' || ., $v:language)}</label>
              <select id="filter-{.}" name="{.}"><option value="">{f:label('any', $v:language)}</option></select>
            </p>
          </xsl:if>
        </xsl:for-each>
        <p class="check"><input id="filter-notes" name="notes" type="checkbox" value="yes" checked="checked"/> <label for="filter-notes">{f:label('filter-notes', $v:language)}</label></p>
        <p><button type="reset">{f:label('reset', $v:language)}</button></p>
      </fieldset>
    </form>
    <noscript>
      <p>{f:label('search-script', $v:language)}</p>
    </noscript>
    <p id="search-status" role="status"></p>
    <div id="search-results"></div>
    <script type="application/json" id="search-labels">
      <!-- A label never ends the script: "<" is written as an escape. -->
      <xsl:value-of disable-output-escaping="no" select="
        replace(serialize(map:merge((
            $v:search-labels ! map { . : f:label(., $v:language) },
            $v:kinds ! map { . : f:label(., $v:language) },
            distinct-values($v:facts//t:version/@lang) ! map { 'language-' || . : f:label(., $v:language) })),
          map { 'method': 'json' }), '&lt;', '\\u003c')"/>
    </script>
    <script src="{$root}search.js"></script>
  </xsl:template>

  <xsl:template match="t:facts[$page = 'search']" mode="m:head">
    <script>var teikit = {{ root: "{$root}" }};</script>
  </xsl:template>

</xsl:stylesheet>

<?xml version="1.0" encoding="UTF-8"?>
<!-- The index of a kind of entity: each with its names, what is known, and every mention. -->
<xsl:stylesheet version="3.0" expand-text="yes" exclude-result-prefixes="#all"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:t="urn:x-teikit:facts"
  xmlns:f="urn:x-teikit:functions"
  xmlns:m="urn:x-teikit:modes"
  xmlns:v="urn:x-teikit:variables">

  <xsl:template match="t:facts[$page = 'entity']" mode="m:main">
    <xsl:apply-templates select="f:entity($entity)" mode="m:page"/>
  </xsl:template>

  <xsl:template match="t:facts[$page = 'entity']" mode="m:title" as="xs:string">
    <xsl:sequence select="f:name(f:entity($entity), $v:language) || ' — ' || f:title($v:edition, $v:language)"/>
  </xsl:template>

  <xsl:template match="t:entities" mode="m:page">
    <h1>{f:label($page, $v:language)}</h1>
    <ul class="entries">
      <xsl:for-each select="t:entity[@kind = $page]">
        <li><a href="{f:entity-href(.)}"><xsl:sequence select="f:lang(f:name-element(., $v:language)/@lang)"/>{f:name(., $v:language)}</a></li>
      </xsl:for-each>
    </ul>
  </xsl:template>

  <xsl:template match="t:entity" mode="m:page">
    <article class="entity" id="{@key}">
      <h1>
        <xsl:sequence select="f:lang(f:name-element(., $v:language)/@lang)"/>
        <xsl:value-of select="f:spaced(f:name(., $v:language), $v:language)"/>
        <xsl:if test="t:date">
          <span class="life"> ({string-join(t:date ! (f:label(@type, $v:language) || ' ' || f:date(., $v:language)), ', ')})</span>
        </xsl:if>
      </h1>
      <xsl:variable name="others" as="element(t:name)*" select="t:name[not(. = f:name(current(), $v:language))]"/>
      <xsl:if test="exists($others)">
        <p class="names">
          <xsl:for-each select="$others">
            <xsl:if test="position() gt 1"> · </xsl:if>
            <span class="name"><xsl:sequence select="f:lang(@lang)"/>{.}</span>
            <xsl:if test="@type = 'modern'"> ({f:label('modern', $v:language)})</xsl:if>
          </xsl:for-each>
        </p>
      </xsl:if>
      <xsl:for-each-group select="t:statement" group-adjacent="if (@date) then 'dated' else 'plain'">
        <xsl:choose>
          <xsl:when test="current-grouping-key() = 'dated'">
            <dl class="dated">
              <xsl:for-each select="current-group()">
                <dt>{string-join(tokenize(@date, '/') ! (if (. = '..') then '…' else f:date(., $v:language)), ' – ')}</dt>
                <dd><xsl:sequence select="f:lang(@lang)"/>{f:spaced(., string(@lang))}</dd>
              </xsl:for-each>
            </dl>
          </xsl:when>
          <xsl:otherwise>
            <xsl:for-each select="current-group()">
              <p class="about"><xsl:sequence select="f:lang(@lang)"/>{f:spaced(., string(@lang))}</p>
            </xsl:for-each>
          </xsl:otherwise>
        </xsl:choose>
      </xsl:for-each-group>
      <xsl:for-each select="t:document">
        <xsl:variable name="document" as="element(t:document)" select="key('t:document', @ref)"/>
        <p class="about"><a href="{f:file(@ref)}">{f:title($document, $v:language)}</a></p>
      </xsl:for-each>
      <xsl:if test="t:identifier">
        <p class="identifiers">
          <xsl:for-each select="t:identifier">
            <xsl:if test="position() gt 1"> · </xsl:if>
            <xsl:choose>
              <xsl:when test="@url"><a href="{@url}">{@type} {.}</a></xsl:when>
              <xsl:otherwise>{@type} {.}</xsl:otherwise>
            </xsl:choose>
            <xsl:if test="@match"> ({f:label(@match, $v:language)})</xsl:if>
          </xsl:for-each>
        </p>
      </xsl:if>
      <xsl:choose>
        <xsl:when test="t:mention">
          <section class="mentioned">
            <h2>{count(t:mention)} {f:label(if (count(t:mention) eq 1) then 'mention' else 'mentions', $v:language)}</h2>
            <xsl:for-each-group select="t:mention" group-by="@document">
              <xsl:variable name="document" as="element(t:document)?" select="key('t:document', current-grouping-key())"/>
              <h3>{if ($document) then f:title($document, $v:language) else f:title($v:edition, $v:language)}</h3>
              <ul class="mentions">
                <xsl:apply-templates select="current-group()" mode="m:page"/>
              </ul>
            </xsl:for-each-group>
          </section>
        </xsl:when>
        <xsl:otherwise><p class="about">{f:label('no-mention', $v:language)}</p></xsl:otherwise>
      </xsl:choose>
    </article>
  </xsl:template>

  <xsl:template match="t:mention" mode="m:page">
    <li>
      <a href="{f:document-href(@document, @anchor)}">{f:place(.)}</a>
      <xsl:text> </xsl:text>
      <q><xsl:sequence select="f:lang(@lang)"/>{f:spaced(t:before, string(@lang))}<mark>{f:spaced(t:hit, string(@lang))}</mark>{f:spaced(t:after, string(@lang))}</q>
    </li>
  </xsl:template>

  <!-- Where a mention stands, in words: language and paragraph or kind of unit. -->
  <xsl:function name="f:place" as="xs:string">
    <xsl:param name="mention" as="element(t:mention)"/>
    <xsl:variable name="unit" as="xs:string" select="
      if ($mention/@ref) then '§ ' || $mention/@ref
      else if ($mention/@part = ('front', 'back')) then f:label($mention/@part, $v:language)
      else f:label($mention/@unit, $v:language)"/>
    <xsl:sequence select="
      string-join((
        $mention/@lang ! f:label(., $v:language),
        $unit,
        if ($mention/@note) then f:label('note', $v:language) else ()), ', ')"/>
  </xsl:function>

</xsl:stylesheet>

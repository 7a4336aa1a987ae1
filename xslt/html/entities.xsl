<?xml version="1.0" encoding="UTF-8"?>
<!-- Registers: an index for each kind of entity, and a page for each entity. -->
<xsl:stylesheet version="3.0" expand-text="yes" exclude-result-prefixes="#all"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:t="urn:x-teikit:facts"
  xmlns:f="urn:x-teikit:functions"
  xmlns:m="urn:x-teikit:modes"
  xmlns:v="urn:x-teikit:variables">

  <!-- ============ the index of a kind ============ -->

  <xsl:template match="t:entities" mode="m:page">
    <xsl:variable name="entities" as="element(t:entity)*">
      <xsl:perform-sort select="t:entity[@kind = $page]">
        <xsl:sort select="xs:integer((t:order[@lang = $v:language]/@place, 0)[1])"/>
      </xsl:perform-sort>
    </xsl:variable>
    <h1>{f:label($page, $v:language)}</h1>
    <xsl:variable name="letters" as="xs:string*" select="distinct-values($entities ! f:letter(.))"/>
    <xsl:if test="count($letters) gt 3">
      <nav class="letters" aria-label="{f:label('letters', $v:language)}">
        <ul>
          <xsl:for-each select="$letters"><li><a href="#letter-{encode-for-uri(.)}">{.}</a></li></xsl:for-each>
        </ul>
      </nav>
    </xsl:if>
    <xsl:for-each-group select="$entities" group-adjacent="f:letter(.)">
      <section class="letter">
        <h2 id="letter-{current-grouping-key()}">{current-grouping-key()}</h2>
        <ul class="entries">
          <xsl:apply-templates select="current-group()" mode="m:entry"/>
        </ul>
      </section>
    </xsl:for-each-group>
  </xsl:template>

  <xsl:function name="f:letter" as="xs:string">
    <xsl:param name="entity" as="element(t:entity)"/>
    <xsl:sequence select="string(($entity/t:order[@lang = $v:language]/@letter, '…')[1])"/>
  </xsl:function>

  <!-- A line of the index: the name, what it is called in other languages, when, how often. -->
  <xsl:template match="t:entity" mode="m:entry">
    <li id="{@key}">
      <xsl:sequence select="f:entity-link(.)"/>
      <xsl:where-populated><span class="life"><xsl:value-of select="f:life(.)"/></span></xsl:where-populated>
      <xsl:variable name="others" as="element(t:name)*" select="f:main-names(.) except f:name-element(., $v:language)"/>
      <xsl:if test="exists($others)">
        <span class="other-names">
          <xsl:for-each select="$others">
            <xsl:if test="position() gt 1"><xsl:text> · </xsl:text></xsl:if>
            <span><xsl:sequence select="f:lang(@lang)"/>{.}</span>
          </xsl:for-each>
        </span>
      </xsl:if>
      <span class="count">
        <xsl:value-of select="if (t:mention) then count(t:mention) || ' ' || f:mentions(count(t:mention)) else f:label('no-mention', $v:language)"/>
      </span>
    </li>
  </xsl:template>

  <!-- The name that an entity goes by in each language. -->
  <xsl:function name="f:main-names" as="element(t:name)*">
    <xsl:param name="entity" as="element(t:entity)"/>
    <xsl:for-each-group select="$entity/t:name[not(@type) or @type = ('main', 'display', 'pref', 'preferred')]" group-by="string(@lang)">
      <xsl:sequence select="current-group()[1]"/>
    </xsl:for-each-group>
  </xsl:function>

  <xsl:function name="f:mentions" as="xs:string">
    <xsl:param name="count" as="xs:integer"/>
    <xsl:sequence select="f:label(if ($count eq 1) then 'mention' else 'mentions', $v:language)"/>
  </xsl:function>

  <!-- A link to an entity by its name. -->
  <xsl:function name="f:entity-link" as="element(a)">
    <xsl:param name="entity" as="element(t:entity)"/>
    <xsl:variable name="name" as="element(t:name)?" select="f:name-element($entity, $v:language)"/>
    <a class="mention {$entity/@kind}" href="{f:entity-href($entity)}"><xsl:sequence select="f:lang($name/@lang)"/>{f:spaced(f:name($entity, $v:language), string(($name/@lang, $v:language)[1]))}</a>
  </xsl:function>

  <!-- Birth and death in brackets, the year alone where the day is not needed. -->
  <xsl:function name="f:life" as="xs:string?">
    <xsl:param name="entity" as="element(t:entity)"/>
    <xsl:variable name="birth" as="xs:string?" select="$entity/t:date[@type = 'birth'][1] ! f:date(replace(., '^(-?\d{4}).*$', '$1'), $v:language)"/>
    <xsl:variable name="death" as="xs:string?" select="$entity/t:date[@type = 'death'][1] ! f:date(replace(., '^(-?\d{4}).*$', '$1'), $v:language)"/>
    <xsl:sequence select="
      if ($birth and $death) then ' (' || $birth || '–' || $death || ')'
      else if ($birth) then ' (' || f:label('birth', $v:language) || ' ' || $birth || ')'
      else if ($death) then ' (' || f:label('death', $v:language) || ' ' || $death || ')'
      else ()"/>
  </xsl:function>

  <!-- ============ the page of an entity ============ -->

  <xsl:template match="t:facts[$page = 'entity']" mode="m:main">
    <xsl:apply-templates select="f:entity($entity)" mode="m:page"/>
  </xsl:template>

  <xsl:template match="t:facts[$page = 'entity']" mode="m:title" as="xs:string">
    <xsl:sequence select="f:name(f:entity($entity), $v:language) || ' — ' || f:title($v:edition, $v:language)"/>
  </xsl:template>

  <xsl:template match="t:entity" mode="m:page">
    <xsl:variable name="shown" as="element(t:name)?" select="f:name-element(., $v:language)"/>
    <article class="entity {@kind}" id="{@key}">
      <p class="kind"><a href="{f:kind-file(@kind)}">{f:label(@kind, $v:language)}</a></p>
      <h1><xsl:sequence select="f:lang($shown/@lang)"/>{f:spaced(f:name(., $v:language), string(($shown/@lang, $v:language)[1]))}</h1>
      <xsl:for-each select="f:main-names(.) except $shown">
        <p class="other-title"><xsl:sequence select="f:lang(@lang)"/>{f:spaced(., string(@lang))}</p>
      </xsl:for-each>
      <dl class="record">
        <xsl:for-each select="t:date">
          <dt>{f:label(@type, $v:language)}</dt>
          <dd>{f:date(., $v:language)}</dd>
        </xsl:for-each>
        <xsl:for-each-group select="t:name except (f:main-names(.), $shown)" group-by="string(@type)">
          <dt>{f:label('names-' || (current-grouping-key()[. ne ''], 'variant')[1], $v:language)}</dt>
          <dd>
            <xsl:for-each-group select="current-group()" group-by="string(.)">
              <xsl:if test="position() gt 1"><xsl:text>, </xsl:text></xsl:if>
              <span><xsl:sequence select="f:lang(@lang)"/>{.}</span>
            </xsl:for-each-group>
          </dd>
        </xsl:for-each-group>
        <xsl:for-each-group select="t:related" group-by="@name || ' ' || @role">
          <dt><xsl:sequence select="f:relation(@name, @role)"/></dt>
          <xsl:for-each select="distinct-values(current-group()/@entity)">
            <dd><xsl:sequence select="f:entity(.) ! f:entity-link(.)"/></dd>
          </xsl:for-each>
        </xsl:for-each-group>
        <xsl:if test="t:document">
          <dt>{f:label('documents', $v:language)}</dt>
          <xsl:for-each select="t:document">
            <xsl:variable name="title" as="element(t:title)?" select="key('t:document', @ref) ! f:title(., $v:language)"/>
            <dd><a href="{f:file(@ref)}"><xsl:sequence select="f:lang($title/@lang)"/>{f:spaced(($title, @ref)[1], string($title/@lang))}</a></dd>
          </xsl:for-each>
        </xsl:if>
        <xsl:if test="t:identifier">
          <dt>{f:label('identifiers', $v:language)}</dt>
          <xsl:for-each select="t:identifier">
            <dd>
              <xsl:choose>
                <xsl:when test="matches(@url, '^https?:')"><a href="{@url}" rel="external">{@type} {.}</a></xsl:when>
                <xsl:otherwise>{@type} {.}</xsl:otherwise>
              </xsl:choose>
              <xsl:if test="@match"> ({f:label(@match, $v:language)})</xsl:if>
            </dd>
          </xsl:for-each>
        </xsl:if>
        <xsl:if test="t:coordinates">
          <dt>{f:label('coordinates', $v:language)}</dt>
          <dd>{t:coordinates}</dd>
        </xsl:if>
      </dl>
      <xsl:for-each select="t:statement[not(@date)]">
        <p class="about"><xsl:sequence select="f:lang(@lang)"/>{f:spaced(., string(@lang))}</p>
      </xsl:for-each>
      <xsl:if test="t:statement[@date]">
        <section class="life-story">
          <h2>{f:label('chronology', $v:language)}</h2>
          <dl class="dated">
            <xsl:for-each select="t:statement[@date]">
              <xsl:sort select="replace(@date, '^\.\./', '')"/>
              <dt>{f:period(@date)}</dt>
              <dd><xsl:sequence select="f:lang(@lang)"/>{f:spaced(., string(@lang))}</dd>
            </xsl:for-each>
          </dl>
        </section>
      </xsl:if>
      <section class="mentioned">
        <h2 id="mentions">{f:label('mentions-title', $v:language)} <span class="count">({count(t:mention)})</span></h2>
        <xsl:if test="not(t:mention)"><p>{f:label('no-mention', $v:language)}</p></xsl:if>
        <xsl:for-each-group select="t:mention" group-by="@document">
          <xsl:variable name="title" as="element(t:title)" select="
            (key('t:document', current-grouping-key()), $v:own-pages[t:version/@id = current-grouping-key()], $v:edition)[1] ! f:title(., $v:language)"/>
          <h3><a href="{f:document-href(current-grouping-key(), ())}"><xsl:sequence select="f:lang($title/@lang)"/>{f:spaced($title, string($title/@lang))}</a></h3>
          <xsl:variable name="mentions" as="element(t:mention)*" select="current-group()"/>
          <!-- The versions of a passage beside each other, in the order of the original. -->
          <xsl:for-each-group select="$mentions" group-by="(@ref, @unit || ' ' || @part)[1]">
            <xsl:sort select="f:row-place(.)"/>
            <div class="passage">
              <xsl:for-each-group select="current-group()" group-by="string(@version)">
                <ul class="mentions">
                  <xsl:apply-templates select="current-group()" mode="m:page"/>
                </ul>
              </xsl:for-each-group>
            </div>
          </xsl:for-each-group>
        </xsl:for-each-group>
      </section>
    </article>
  </xsl:template>

  <!-- What a relation is called from one of its sides; the TEI's own name where there is no word. -->
  <xsl:function name="f:relation" as="node()+">
    <xsl:param name="name" as="xs:string?"/>
    <xsl:param name="role" as="xs:string"/>
    <xsl:variable name="key" as="xs:string" select="'relation-' || $name || '-' || $role"/>
    <xsl:choose>
      <xsl:when test="f:has-label($key, $v:language)">
        <xsl:text>{f:label($key, $v:language)}</xsl:text>
      </xsl:when>
      <xsl:otherwise>
        <span lang="en">{(if ($role = 'passive') then '← ' else '') || lower-case(replace($name, '([a-z])([A-Z])', '$1 $2'))}</span>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- Where the row of a mention stands in its document. -->
  <xsl:function name="f:row-place" as="xs:integer">
    <xsl:param name="mention" as="element(t:mention)"/>
    <xsl:variable name="row" as="element(t:row)?"
      select="key('t:document', $mention/@document, $v:facts)/key('t:cell', $mention/@version || ' ' || $mention/@anchor, .)[1]/.."/>
    <xsl:sequence select="if ($row) then count($row/preceding-sibling::t:row) else 0"/>
  </xsl:function>

  <xsl:key name="t:cell" match="t:cell" use="@version || ' ' || @anchor"/>

  <!-- A date or a period, whose unknown end is "..". -->
  <xsl:function name="f:period" as="xs:string">
    <xsl:param name="date" as="xs:string"/>
    <xsl:sequence select="string-join(tokenize($date, '/') ! (if (. = '..') then '…' else f:date(., $v:language)), ' – ')"/>
  </xsl:function>

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

<?xml version="1.0" encoding="UTF-8"?>
<!-- The page of a document: what it is, its versions side by side, its apparatus. -->
<xsl:stylesheet version="3.0" expand-text="yes" exclude-result-prefixes="#all"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:t="urn:x-teikit:facts"
  xmlns:f="urn:x-teikit:functions"
  xmlns:m="urn:x-teikit:modes"
  xmlns:v="urn:x-teikit:variables">

  <xsl:template match="t:document" mode="m:page">
    <xsl:variable name="document" as="element(t:document)" select="."/>
    <article>
      <header class="document">
        <xsl:call-template name="f:heading">
          <xsl:with-param name="titled" select="."/>
        </xsl:call-template>
        <dl class="record">
          <xsl:for-each select="'author', 'sender', 'recipient', 'translator'">
            <xsl:variable name="agents" as="element(t:agent)*" select="f:agents($document, .)"/>
            <xsl:if test="exists($agents) and not(. = 'sender' and deep-equal(f:agents($document, 'author')/@entity/string(), $agents/@entity/string()))">
              <dt>{f:label(., $v:language)}</dt>
              <xsl:for-each select="$agents">
                <dd>
                  <xsl:variable name="entity" as="element(t:entity)?" select="@entity ! f:entity(.)"/>
                  <xsl:choose>
                    <xsl:when test="$entity"><a class="mention {$entity/@kind}" href="{f:entity-href($entity)}">{f:agent-name(.)}</a></xsl:when>
                    <xsl:otherwise><xsl:sequence select="f:lang(@lang)"/>{.}</xsl:otherwise>
                  </xsl:choose>
                </dd>
              </xsl:for-each>
            </xsl:if>
          </xsl:for-each>
          <xsl:for-each select="t:date">
            <dt>{f:label('date', $v:language)}</dt>
            <dd>{f:document-date(.)}</dd>
          </xsl:for-each>
          <xsl:for-each select="t:holding">
            <dt>{f:label('shelfmark', $v:language)}</dt>
            <dd>
              <xsl:variable name="entity" as="element(t:entity)?" select="@entity ! f:entity(.)"/>
              <xsl:choose>
                <xsl:when test="$entity"><a class="mention {$entity/@kind}" href="{f:entity-href($entity)}">{f:name($entity, $v:language)}</a></xsl:when>
                <xsl:otherwise>{t:repository}</xsl:otherwise>
              </xsl:choose>
              <xsl:for-each select="t:part">, {f:label(@type, $v:language)} {.}</xsl:for-each>
            </dd>
          </xsl:for-each>
          <xsl:for-each-group select="t:relation[@type = ('enclosure', 'enclosedIn')]" group-by="@type">
            <dt>{f:label(current-grouping-key(), $v:language)}</dt>
            <xsl:for-each select="current-group()">
              <dd><xsl:sequence select="f:related(.)"/></dd>
            </xsl:for-each>
          </xsl:for-each-group>
        </dl>
      </header>
      <xsl:sequence select="f:toolbar(.)"/>
      <xsl:sequence select="f:outline(.)"/>
      <div class="{if (count(t:version) gt 1) then 'facing' else 'single'}" id="text">
        <xsl:if test="count(t:version) gt 1">
          <div class="row columns" aria-hidden="true">
            <xsl:for-each select="t:version">
              <div class="cell version-{position()}">{f:version-name(., @role)}</div>
            </xsl:for-each>
          </div>
        </xsl:if>
        <xsl:apply-templates select="t:row" mode="m:page"/>
      </div>
      <xsl:sequence select="f:apparatus(t:version ! f:tei(.)//text[not(ancestor::text)])"/>
      <xsl:sequence select="f:citing(.)"/>
      <xsl:if test="$downloads">
        <p class="downloads">
          <xsl:text>{f:label('download', $v:language)}{f:spaced(f:mark(':'), $v:language)}</xsl:text>
          <a href="{$root}../pdf/{f:encode(@id)}.pdf" type="application/pdf">PDF</a>
          <xsl:for-each select="t:version">
            <xsl:text>, </xsl:text>
            <a href="{$root}../txt/{f:encode(@id)}.txt" type="text/plain"><xsl:sequence select="@lang ! f:hreflang(.)"/>{f:version-name(., 'text')}</a>
          </xsl:for-each>
          <!-- What lies outside the folder of the corpus is not in the build. -->
          <xsl:for-each select="t:version[not(matches(@path, '^(\.\./|/)'))]">
            <xsl:text>, </xsl:text>
            <a href="{$root}../source/{string-join(tokenize(@path, '/') ! f:encode(.), '/')}" type="application/tei+xml"><xsl:sequence select="@lang ! f:hreflang(.)"/>{f:version-name(., 'tei')}</a>
          </xsl:for-each>
        </p>
      </xsl:if>
    </article>
    <xsl:sequence select="f:cards(.)"/>
    <xsl:variable name="here" as="xs:integer" select="index-of($v:all-documents/@id, @id)"/>
    <nav class="turn" aria-label="{f:label('documents', $v:language)}">
      <xsl:for-each select="$v:all-documents[$here - 1]">
        <a rel="prev" href="{f:file(@id)}"><span>{f:label('previous', $v:language)}</span> {f:spaced(f:title(., $v:language), $v:language)}</a>
      </xsl:for-each>
      <xsl:for-each select="$v:all-documents[$here + 1]">
        <a rel="next" href="{f:file(@id)}"><span>{f:label('next', $v:language)}</span> {f:spaced(f:title(., $v:language), $v:language)}</a>
      </xsl:for-each>
    </nav>
  </xsl:template>

  <xsl:key name="t:row" match="t:row" use="../@id || ' ' || @ref"/>

  <!-- Units side by side. The row's id is the canonical reference, each cell's its own anchor. -->
  <xsl:template match="t:row" mode="m:page">
    <xsl:variable name="row" as="element(t:row)" select="."/>
    <xsl:variable name="first" as="xs:boolean" select="key('t:row', ../@id || ' ' || @ref, $v:facts)[1] is ."/>
    <div class="{'row', distinct-values(t:cell/@element) ! ('of-' || .)}">
      <xsl:if test="@ref and $first">
        <!-- A reference that is an id of the text leads to where that stands. -->
        <xsl:if test="not(@ref = $v:own-ids) and empty(../t:version ! key('f:id', $row/@ref, f:tei(.))[ancestor::*:text])">
          <xsl:attribute name="id" select="@ref"/>
        </xsl:if>
        <a class="number" href="#{f:encode(if (@ref = $v:own-ids) then f:free-id(f:unit-of(t:cell[1]), @ref) else @ref)}" aria-label="{f:label('paragraph', $v:language)} {@ref}">{@ref}</a>
      </xsl:if>
      <xsl:for-each select="../t:version">
        <xsl:variable name="cell" as="element(t:cell)?" select="$row/t:cell[@version = current()/@id]"/>
        <xsl:choose>
          <xsl:when test="$cell">
            <xsl:variable name="unit" as="element()?" select="f:unit-of($cell)"/>
            <div class="cell version-{position()}" id="{if ($unit) then f:free-id($unit, $cell/@anchor) else $cell/@anchor}">
              <xsl:sequence select="$unit ! f:language-at(.)"/>
              <xsl:apply-templates select="$cell[$row/@ref]" mode="m:citation"/>
              <xsl:for-each select="$unit ! f:opened(.)/@xml:id[not(. = $cell/@anchor)]"><span id="{f:free-id(., .)}"></span></xsl:for-each>
              <xsl:apply-templates select="f:around($unit)" mode="m:text"/>
            </div>
          </xsl:when>
          <xsl:otherwise><div class="cell empty version-{position()}"></div></xsl:otherwise>
        </xsl:choose>
      </xsl:for-each>
    </div>
  </xsl:template>

  <!-- The switches: shown by the script that makes them work (reader.js). -->
  <xsl:function name="f:toolbar" as="element()?">
    <xsl:param name="document" as="element(t:document)"/>
    <xsl:variable name="texts" as="document-node()*" select="$document/t:version ! f:tei(.)"/>
    <xsl:variable name="facing" as="xs:boolean" select="count($document/t:version) gt 1"/>
    <xsl:variable name="differ" as="xs:boolean" select="exists($texts//text//(choice[(sic and corr) or (orig and reg)] | subst | del | surplus))"/>
    <xsl:if test="$facing or $differ">
      <div class="toolbar" hidden="hidden">
        <xsl:if test="$facing">
          <fieldset>
            <legend>{f:label('show', $v:language)}</legend>
            <label><input type="radio" name="view" value="all" checked="checked"/> {f:label('side-by-side', $v:language)}</label>
            <xsl:for-each select="$document/t:version">
              <label><input type="radio" name="view" value="{position()}"/> {f:version-name(., @role)}</label>
            </xsl:for-each>
          </fieldset>
        </xsl:if>
        <xsl:if test="$differ">
          <fieldset>
            <legend>{f:label('reading', $v:language)}</legend>
            <label><input type="radio" name="reading" value="corrected" checked="checked"/> {f:label('reading-corrected', $v:language)}</label>
            <label><input type="radio" name="reading" value="diplomatic"/> {f:label('reading-diplomatic', $v:language)}</label>
          </fieldset>
        </xsl:if>
      </div>
    </xsl:if>
  </xsl:function>

  <!-- A card for everybody and everything that the page names; the script shows one at its link. -->
  <xsl:function name="f:cards" as="element()?">
    <xsl:param name="document" as="element(t:document)"/>
    <xsl:variable name="named" as="element(t:entity)*"
      select="$v:facts/t:facts/t:entities/t:entity[t:mention/@document = $document/@id]"/>
    <xsl:where-populated>
      <div class="cards" hidden="hidden" data-before="{f:label('mention-before', $v:language)}" data-after="{f:label('mention-after', $v:language)}">
        <xsl:for-each select="$named">
          <xsl:variable name="entity" as="element(t:entity)" select="."/>
          <xsl:variable name="name" as="element(t:name)?" select="f:name-element(., $v:language)"/>
          <div data-card="{@key}">
            <p class="card-name"><xsl:sequence select="f:entity-link(.)"/><xsl:value-of select="f:life(.)"/></p>
            <xsl:for-each select="(f:main-names(.) except $name)[1]"><p class="card-other"><xsl:sequence select="f:lang(@lang)"/>{.}</p></xsl:for-each>
            <xsl:for-each select="(t:statement[@kind = 'occupation'], t:statement[@kind = 'note'], t:statement)[1]"><p class="card-about"><xsl:sequence select="f:lang(@lang)"/>{f:spaced(., string(@lang))}</p></xsl:for-each>
            <p class="card-count">{count(t:mention)} {f:mentions(count(t:mention))}</p>
            <xsl:variable name="before" as="element(t:mention)?" select="f:neighbour($entity, $document, -1)"/>
            <xsl:variable name="after" as="element(t:mention)?" select="f:neighbour($entity, $document, 1)"/>
            <p class="card-turn">
              <xsl:for-each select="$before"><a class="before" href="{f:document-href(@document, @anchor)}">{f:label('mention-before', $v:language)}</a></xsl:for-each>
              <xsl:for-each select="$after"><a class="after" href="{f:document-href(@document, @anchor)}">{f:label('mention-after', $v:language)}</a></xsl:for-each>
            </p>
          </div>
        </xsl:for-each>
      </div>
    </xsl:where-populated>
  </xsl:function>

  <!-- The nearest mention of an entity in a document before (-1) or after (1) this one. -->
  <xsl:function name="f:neighbour" as="element(t:mention)?">
    <xsl:param name="entity" as="element(t:entity)"/>
    <xsl:param name="document" as="element(t:document)"/>
    <xsl:param name="direction" as="xs:integer"/>
    <xsl:variable name="others" as="element(t:document)*" select="
      if ($direction lt 0) then reverse($document/preceding-sibling::t:document) else $document/following-sibling::t:document"/>
    <xsl:variable name="nearest" as="xs:string?" select="$others[@id = $entity/t:mention/@document][1]/@id"/>
    <xsl:variable name="there" as="element(t:mention)*" select="$entity/t:mention[@document = $nearest]"/>
    <xsl:sequence select="if ($direction lt 0) then $there[last()] else $there[1]"/>
  </xsl:function>

  <!-- What a version is called among others: a word for it, and its language where one is stated. -->
  <xsl:function name="f:version-name" as="xs:string">
    <xsl:param name="version" as="element(t:version)"/>
    <xsl:param name="word" as="xs:string"/>
    <xsl:sequence select="
      f:label($word, $v:language) || $version/@lang ! (' (' || f:label(., $v:language) || ')')"/>
  </xsl:function>

  <!-- The language of what a link leads to. -->
  <xsl:function name="f:hreflang" as="attribute(hreflang)">
    <xsl:param name="lang" as="xs:string"/>
    <xsl:attribute name="hreflang" select="f:iso($lang)"/>
  </xsl:function>

  <!-- A related document or work, linked where it has a page. -->
  <xsl:function name="f:related" as="node()*">
    <xsl:param name="relation" as="element(t:relation)"/>
    <xsl:variable name="document" as="element(t:document)?" select="$relation/@document ! key('t:document', ., $v:facts)"/>
    <xsl:variable name="entity" as="element(t:entity)?" select="$relation/@entity ! f:entity(.)"/>
    <xsl:choose>
      <xsl:when test="$document"><a href="{f:file($document/@id)}">{f:spaced(f:title($document, $v:language), $v:language)}</a></xsl:when>
      <xsl:when test="$entity"><a class="mention {$entity/@kind}" href="{f:entity-href($entity)}">{f:name($entity, $v:language)}</a></xsl:when>
    </xsl:choose>
    <xsl:if test="$relation/@subtype"><xsl:text> ({f:label($relation/@subtype, $v:language)})</xsl:text></xsl:if>
  </xsl:function>

  <xsl:function name="f:encode" as="xs:string">
    <xsl:param name="text" as="xs:string"/>
    <xsl:sequence select="encode-for-uri($text)"/>
  </xsl:function>

</xsl:stylesheet>

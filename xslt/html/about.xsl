<?xml version="1.0" encoding="UTF-8"?>
<!-- Pages about the edition: what it is, its emendations, where translations differ, figures. -->
<xsl:stylesheet version="3.0" expand-text="yes" exclude-result-prefixes="#all"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:t="urn:x-teikit:facts"
  xmlns:f="urn:x-teikit:functions"
  xmlns:m="urn:x-teikit:modes"
  xmlns:v="urn:x-teikit:variables">

  <!-- ============ about ============ -->

  <xsl:template match="t:facts[$page = 'about']" mode="m:main">
    <h1>{f:label('about', $v:language)}</h1>
    <xsl:variable name="header" as="element(teiHeader)?" select="$edition/*/teiHeader"/>
    <xsl:variable name="text" as="element(text)?" select="$edition/*/text"/>
    <xsl:if test="$text">
      <section id="introduction">
        <!-- Divisions that say the same in several languages: that of the reader first. -->
        <xsl:variable name="languages" as="xs:string*" select="distinct-values($text/body/div/@xml:lang)"/>
        <xsl:variable name="first" as="xs:string?" select="($languages[. = $v:language], $languages[. = $v:edition-language], $languages)[1]"/>
        <xsl:variable name="title" as="xs:string" select="f:label('introduction', $v:language)"/>
        <!-- A text that begins with the same words as its heading is not headed twice. -->
        <xsl:if test="not(lower-case(($text/body/head, $text/body/div[not(@xml:lang ne $first)][1]/head)[1] ! f:brief(.)) = lower-case($title))">
          <h2>{$title}</h2>
        </xsl:if>
        <xsl:choose>
          <xsl:when test="count($languages) gt 1">
            <xsl:sequence select="f:passages($text/body/*[not(self::div) or @xml:lang = $first or not(@xml:lang)])"/>
            <xsl:for-each select="$languages[. ne $first]">
              <details>
                <summary lang="{.}">{f:label('own-name', .)}</summary>
                <xsl:sequence select="f:passages($text/body/div[@xml:lang = current()])"/>
              </details>
            </xsl:for-each>
          </xsl:when>
          <xsl:otherwise><xsl:sequence select="f:passages($text/body)"/></xsl:otherwise>
        </xsl:choose>
        <xsl:where-populated>
          <div class="preface"><xsl:sequence select="f:passages(($text/front, $text/back))"/></div>
        </xsl:where-populated>
        <xsl:sequence select="f:apparatus($text)"/>
      </section>
    </xsl:if>
    <xsl:for-each select="$header/encodingDesc[normalize-space()]">
      <section id="principles">
        <h2>{f:label('principles', $v:language)}</h2>
        <xsl:for-each select="(projectDesc | samplingDecl | editorialDecl/*)[normalize-space()]">
          <h3>{f:label('decl-' || local-name(), $v:language)}</h3>
          <div lang="{f:lang-of(.)}"><xsl:apply-templates select="p | ab | list" mode="m:text"/></div>
        </xsl:for-each>
      </section>
    </xsl:for-each>
    <section id="made">
      <h2>{f:label('made', $v:language)}</h2>
      <xsl:for-each select="$header/fileDesc/titleStmt/(respStmt | editor | author)">
        <p lang="{f:lang-of(.)}"><xsl:value-of select="(resp ! (normalize-space(.) || ': '), '')[1]"/><xsl:value-of select="string-join(((name | persName | orgName)[normalize-space()] ! normalize-space(.), .[not(*)] ! normalize-space(.)), ', ')"/></p>
      </xsl:for-each>
      <xsl:for-each select="$header/fileDesc/sourceDesc/(p | bibl | biblStruct | listBibl/*)">
        <p lang="{f:lang-of(.)}"><xsl:apply-templates mode="m:text"/></p>
      </xsl:for-each>
      <xsl:where-populated>
        <ul class="pages">
          <xsl:if test="f:has-emendations()"><li><a href="emendations.html">{f:label('emendations', $v:language)}</a></li></xsl:if>
          <xsl:if test="f:has-divergences()"><li><a href="divergences.html">{f:label('divergences', $v:language)}</a></li></xsl:if>
          <li><a href="statistics.html">{f:label('statistics', $v:language)}</a></li>
        </ul>
      </xsl:where-populated>
      <xsl:for-each select="$header/revisionDesc//change[normalize-space()]">
        <xsl:sort select="@when" order="descending"/>
        <p lang="{f:lang-of(.)}"><xsl:if test="@when"><time datetime="{@when}"><xsl:sequence select="f:reset-lang(.)"/>{f:date(@when, $v:language)}</time><xsl:text>: </xsl:text></xsl:if><xsl:apply-templates mode="m:text"/></p>
      </xsl:for-each>
    </section>
    <section id="citing">
      <h2>{f:label('cite', $v:language)}</h2>
      <p>{f:label('cite-hint', $v:language)}</p>
      <xsl:for-each select="$v:documents">
        <xsl:variable name="title" as="element(t:title)" select="f:title(., $v:language)"/>
        <h3><a href="{f:file(@id)}#cite"><xsl:sequence select="f:lang($title/@lang)"/>{f:spaced($title, string($title/@lang))}</a></h3>
        <xsl:apply-templates select="t:citation[@style = $v:edition/@style]" mode="m:citation"/>
      </xsl:for-each>
    </section>
    <xsl:for-each select="$header/fileDesc/publicationStmt/availability[normalize-space()]">
      <section id="rights">
        <h2>{f:label('rights', $v:language)}</h2>
        <div lang="{f:lang-of(.)}">
          <xsl:for-each select="licence">
            <p>
              <xsl:choose>
                <xsl:when test="matches(@target, '^https?:')"><a href="{@target}" rel="license">{if (normalize-space()) then normalize-space() else @target}</a></xsl:when>
                <xsl:otherwise><xsl:apply-templates mode="m:text"/></xsl:otherwise>
              </xsl:choose>
            </p>
          </xsl:for-each>
          <xsl:apply-templates select="p | ab" mode="m:text"/>
        </div>
      </section>
    </xsl:for-each>
  </xsl:template>

  <!-- The units in some divisions of the edition's own text, those around others and no division. -->
  <xsl:function name="f:passages" as="element()*">
    <xsl:param name="divisions" as="element()*"/>
    <xsl:for-each select="outermost($divisions/descendant-or-self::*[f:is-unit(.)][not(f:is-division(.))])">
      <div class="cell" id="{(@xml:id, f:apparatus-id(.))[1]}" lang="{f:lang-of(.)}"><xsl:apply-templates select="." mode="m:text"/></div>
    </xsl:for-each>
  </xsl:function>

  <!-- ============ emendations, divergences ============ -->

  <!-- Whether there is something for these pages: told by the facts, for the navigation. -->
  <xsl:function name="f:has-emendations" as="xs:boolean">
    <xsl:sequence select="exists($v:facts/t:facts/t:documents/t:document/t:version[@emendations])"/>
  </xsl:function>
  <xsl:function name="f:has-divergences" as="xs:boolean">
    <xsl:sequence select="exists($v:facts/t:facts/t:documents/t:document/t:version[@divergences])"/>
  </xsl:function>

  <xsl:template match="t:facts[$page = 'emendations']" mode="m:main">
    <h1>{f:label('emendations', $v:language)}</h1>
    <p>{f:label('emendations-hint', $v:language)}</p>
    <xsl:for-each select="$v:documents">
      <xsl:variable name="versions" as="element(t:version)*" select="t:version[@emendations]"/>
      <xsl:if test="$versions">
        <section>
          <h2><xsl:sequence select="f:title-link(.)"/></h2>
          <xsl:for-each select="$versions">
            <h3>{f:version-name(., @role)}</h3>
            <ul class="emendations"><xsl:apply-templates select="f:tei(.)//text[not(ancestor::text)]//choice[sic and corr]" mode="m:apparatus"/></ul>
          </xsl:for-each>
        </section>
      </xsl:if>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="t:facts[$page = 'divergences']" mode="m:main">
    <h1>{f:label('divergences', $v:language)}</h1>
    <p>{f:label('divergences-hint', $v:language)}</p>
    <xsl:for-each select="$v:documents">
      <xsl:variable name="document" as="element(t:document)" select="."/>
      <xsl:variable name="notes" as="element(note)*" select="t:version[@divergences]/f:tei(.)//text[not(ancestor::text)]//note[@type = 'translation']"/>
      <xsl:if test="exists($notes)">
        <section>
          <h2><xsl:sequence select="f:title-link(.)"/></h2>
          <xsl:for-each-group select="$notes" group-by="string(@subtype)">
            <xsl:sort select="(index-of(('serious', 'major', '', 'minor'), current-grouping-key()), 9)[1]"/>
            <xsl:if test="current-grouping-key()"><h3>{f:label('weight-' || current-grouping-key(), $v:language)} <span class="count">({count(current-group())})</span></h3></xsl:if>
            <ul class="divergences">
              <xsl:for-each select="current-group()">
                <xsl:variable name="ref" as="xs:string?" select="ancestor::*[f:is-unit(.)][1]/@n"/>
                <li>
                  <a href="{f:file($document/@id)}#{f:encode(f:apparatus-id(.))}">{if ($ref) then '§ ' || $ref else f:label(local-name(ancestor::*[f:is-unit(.)][1]), $v:language)}</a>
                  <xsl:text> </xsl:text>
                  <span lang="{f:lang-of(.)}"><xsl:apply-templates mode="m:text"/></span>
                </li>
              </xsl:for-each>
            </ul>
          </xsl:for-each-group>
        </section>
      </xsl:if>
    </xsl:for-each>
  </xsl:template>

  <xsl:function name="f:title-link" as="element()">
    <xsl:param name="document" as="element(t:document)"/>
    <xsl:variable name="title" as="element(t:title)" select="f:title($document, $v:language)"/>
    <a href="{f:file($document/@id)}"><xsl:sequence select="f:lang($title/@lang)"/>{f:spaced($title, string($title/@lang))}</a>
  </xsl:function>

  <!-- ============ figures ============ -->

  <xsl:template match="t:facts[$page = 'statistics']" mode="m:main">
    <h1>{f:label('statistics', $v:language)}</h1>
    <xsl:variable name="kinds" as="xs:string*" select="$v:kinds"/>
    <div class="wide" tabindex="0" role="region" aria-label="{f:label('documents', $v:language)}">
      <table>
        <caption>{f:label('documents', $v:language)}</caption>
        <thead>
          <tr>
            <th scope="col">{f:label('document-one', $v:language)}</th>
            <th scope="col">{f:label('language', $v:language)}</th>
            <th scope="col" class="figure">{f:label('units', $v:language)}</th>
            <th scope="col" class="figure">{f:label('word-count', $v:language)}</th>
            <th scope="col" class="figure">{f:label('notes', $v:language)}</th>
            <th scope="col" class="figure">{f:label('emendations', $v:language)}</th>
            <th scope="col" class="figure">{f:label('divergences-short', $v:language)}</th>
          </tr>
        </thead>
        <tbody>
          <xsl:for-each select="$v:documents/t:version">
            <tr>
              <th scope="row"><xsl:sequence select="f:title-link(..)"/></th>
              <td>{@lang ! f:label(., $v:language)}</td>
              <td class="figure">{@units}</td>
              <td class="figure">{@words}</td>
              <td class="figure">{(@notes, '0')[1]}</td>
              <td class="figure">{(@emendations, '0')[1]}</td>
              <td class="figure">{(@divergences, '0')[1]}</td>
            </tr>
          </xsl:for-each>
        </tbody>
      </table>
    </div>
    <xsl:if test="exists($kinds)">
      <div class="wide" tabindex="0" role="region" aria-label="{f:label('index', $v:language)}">
        <table>
          <caption>{f:label('index', $v:language)}</caption>
          <thead>
            <tr>
              <th scope="col">{f:label('index', $v:language)}</th>
              <th scope="col" class="figure">{f:label('entries', $v:language)}</th>
              <th scope="col" class="figure">{f:label('mentions', $v:language)}</th>
            </tr>
          </thead>
          <tbody>
            <xsl:for-each select="$kinds">
              <xsl:variable name="entities" as="element(t:entity)*" select="$v:facts/t:facts/t:entities/t:entity[@kind = current()]"/>
              <tr>
                <th scope="row"><a href="{f:kind-file(.)}">{f:label(., $v:language)}</a></th>
                <td class="figure">{count($entities)}</td>
                <td class="figure">{count($entities/t:mention)}</td>
              </tr>
            </xsl:for-each>
          </tbody>
        </table>
      </div>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>

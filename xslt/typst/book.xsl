<?xml version="1.0" encoding="UTF-8"?>
<!-- The whole file: settings, front matter, documents, indexes. -->
<xsl:stylesheet version="3.0" expand-text="yes" exclude-result-prefixes="#all"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:t="urn:x-teikit:facts"
  xmlns:f="urn:x-teikit:functions"
  xmlns:fp="urn:x-teikit:private-functions"
  xmlns:m="urn:x-teikit:modes"
  xmlns:v="urn:x-teikit:variables">

  <xsl:variable name="v:main-titles" as="element(t:title)*"
    select="$v:facts/t:facts/t:edition/t:title[not(@type = 'sub')]"/>

  <!-- The titles of the edition, the reader's language first. -->
  <xsl:variable name="v:edition-titles" as="element(t:title)*" select="
    $v:main-titles[@lang = $v:language][1], $v:main-titles[not(@lang = $v:language)]"/>

  <xsl:template match="t:facts" mode="m:page" as="xs:string*">
    <xsl:variable name="book" as="xs:boolean" select="$shape = 'book'"/>
    <xsl:variable name="title" as="xs:string"
      select="string(if ($book) then $v:edition-titles[1] else f:title($v:documents[1], $v:language))"/>
    <xsl:sequence select="
      '#import &quot;lib.typ&quot;: *',
      '#show: edition.with(title: ' || f:typ($title) || ', authors: ' || f:typ-array(fp:authors())
        || ', keywords: ' || f:typ-array(fp:keywords()) || ', lang: ' || f:lang($v:language)
        || ', paper: ' || f:typ($paper) || ', running: ['
        || f:text(string(($v:edition-titles, $title)[1]), $v:language) || '], book: ' || $book || ')',
      tokenize($sources, '\n')[.] ! fp:attachment(.)"/>
    <xsl:if test="$book">
      <xsl:apply-templates select="t:edition" mode="m:page"/>
    </xsl:if>
    <xsl:apply-templates select="$v:documents" mode="m:page"/>
    <xsl:if test="$book">
      <xsl:apply-templates select="t:entities" mode="m:page"/>
    </xsl:if>
  </xsl:template>

  <xsl:function name="f:typ-array" as="xs:string">
    <xsl:param name="texts" as="xs:string*"/>
    <xsl:sequence select="'(' || string-join($texts ! (f:typ(.) || ', ')) || ')'"/>
  </xsl:function>

  <xsl:function name="fp:authors" as="xs:string*">
    <xsl:sequence select="distinct-values(($v:documents ! f:agents(., 'author')) ! f:agent-name(.))"/>
  </xsl:function>

  <!-- Keywords: what the headers call the texts, and the languages they are in. -->
  <xsl:function name="fp:keywords" as="xs:string*">
    <xsl:sequence select="
      distinct-values($v:version-order ! f:tei(.)/*/teiHeader/profileDesc/textClass/keywords//term
        ! normalize-space(.)[.])"/>
  </xsl:function>

  <xsl:function name="fp:attachment" as="xs:string">
    <xsl:param name="path" as="xs:string"/>
    <xsl:variable name="version" as="element(t:version)?" select="$v:version-order[@path = $path]"/>
    <xsl:variable name="description" as="xs:string" select="
      'TEI: ' || (if ($version) then f:title($version/.., string($version/@lang)) || fp:in-brackets($version/@lang)
                  else tokenize($path, '/')[last()])"/>
    <xsl:sequence select="'#source(' || f:typ(fp:attached-path($path)) || ', ' || f:typ($description) || ')'"/>
  </xsl:function>

  <!-- Sources lie in a folder of their own, wherever in the corpus they come from. -->
  <xsl:function name="fp:attached-path" as="xs:string">
    <xsl:param name="path" as="xs:string"/>
    <xsl:sequence select="string-join(('sources', tokenize($path, '/')[not(. = ('', '.', '..'))]), '/')"/>
  </xsl:function>

  <!-- Title page, its verso, preface, the note on the edition, contents. -->
  <xsl:template match="t:edition" mode="m:page" as="xs:string*">
    <xsl:variable name="subtitles" as="element(t:title)*" select="t:title[@type = 'sub']"/>
    <xsl:sequence select="'#title-page((' || string-join(
      for $title in $v:edition-titles
      return '([' || f:said($title, $title/@lang) || '], ['
        || string-join($subtitles[@lang = $title/@lang] ! f:said(., @lang)) || ']), ')
      || '), [' || string-join(t:publisher ! f:text(., $v:language)) || '], ['
      || string-join(@date ! f:text(f:label('edition-of', $v:language) || ' ' || f:date(., $v:language), $v:language)) || '])'"/>
    <xsl:variable name="header" as="element(teiHeader)?" select="$edition/*/teiHeader"/>
    <xsl:variable name="rights" as="element()*" select="$header/fileDesc/publicationStmt/availability/*"/>
    <xsl:variable name="people" as="element(respStmt)*" select="$header/fileDesc/titleStmt/respStmt"/>
    <xsl:sequence select="'#imprint(['
      || string-join($people ! ('#par[' || f:run(resp/node()) || '#text(lang: ' || f:lang($v:language) || ')['
           || f:text(f:mark(':'), $v:language) || ']' || f:run((name | persName | orgName)/node()) || ']'))
      || '], [' || f:flow($rights) || '])'"/>
    <xsl:variable name="preface" as="element(text)?" select="$edition/*/text[normalize-space()]"/>
    <xsl:if test="$preface">
      <xsl:sequence select="'#chapter([' || f:word('preface') || '])', fp:prose($preface/*)"/>
    </xsl:if>
    <xsl:variable name="principles" as="element()*"
      select="$header/encodingDesc/(projectDesc | editorialDecl)/descendant-or-self::*[p]"/>
    <xsl:if test="$principles">
      <xsl:sequence select="'#chapter([' || f:word('principles') || '])', fp:prose($principles/node())"/>
    </xsl:if>
    <xsl:sequence select="
      '#contents([' || f:word('contents') || '], (' || string-join(
        for $document in $v:documents
        return f:typ(f:place($document)) || ': ['
          || string-join(f:other-titles($document) ! f:said(., @lang), '#h(0.6em);') || '], ') || '))'"/>
  </xsl:template>

  <xsl:function name="fp:prose" as="xs:string">
    <xsl:param name="nodes" as="node()*"/>
    <xsl:variable name="lang" as="xs:string" select="f:lang-of($nodes[1])"/>
    <xsl:sequence select="'#prose(' || f:lang($lang) || ')[' || f:flow($nodes) || ']'"/>
  </xsl:function>

  <!-- The indexes, a kind of entity each; only what the text mentions. -->
  <xsl:template match="t:entities" mode="m:page" as="xs:string*">
    <xsl:variable name="mentioned" as="element(t:entity)*" select="t:entity[t:mention]"/>
    <xsl:if test="exists($mentioned)">
      <xsl:sequence select="'#index([' || f:word('index') || '], [' || f:word('note-short') || '], ('"/>
      <xsl:for-each-group select="$mentioned" group-adjacent="string(@kind)">
        <xsl:sequence select="
          '([' || f:word(current-grouping-key()) || '], (',
          current-group() ! ('(' || f:typ(@key) || ', [' || fp:entry(.) || ']),'),
          ')),'"/>
      </xsl:for-each-group>
      <xsl:sequence select="'))'"/>
    </xsl:if>
  </xsl:template>

  <!-- The name under which an entity is looked up, its names in other languages, its dates. -->
  <xsl:function name="fp:entry" as="xs:string">
    <xsl:param name="entity" as="element(t:entity)"/>
    <xsl:variable name="name" as="xs:string" select="f:name($entity, $v:language)"/>
    <xsl:variable name="others" as="element(t:name)*" select="
      for $lang in distinct-values($v:version-order/@lang)[not(. = $v:language)]
      return $entity/t:name[@lang = $lang][1][not(. = $name)]"/>
    <xsl:variable name="years" as="xs:string*" select="
      for $type in ('birth', 'death')
      return string($entity/t:date[@type = $type][1]) => substring(1, 4)"/>
    <xsl:sequence select="
      (if ($entity/@kind = 'work') then '#emph[' || f:text($name, $v:language) || ']'
       else f:text($name, $v:language))
      || string-join($others ! (f:text(' [', $v:language) || f:said(., @lang) || f:text(']', $v:language)))
      || (if (empty($years[.])) then ''
          else f:text(' (' || (if ($years[1]) then string-join($years, '–') else '†&#xA0;' || $years[2]) || ')', $v:language))"/>
  </xsl:function>

</xsl:stylesheet>

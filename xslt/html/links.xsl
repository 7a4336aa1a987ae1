<?xml version="1.0" encoding="UTF-8"?>
<!-- Addresses inside the site. -->
<xsl:stylesheet version="3.0" expand-text="yes" exclude-result-prefixes="#all"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:t="urn:x-teikit:facts"
  xmlns:f="urn:x-teikit:functions"
  xmlns:v="urn:x-teikit:variables">

  <xsl:variable name="v:all-documents" as="element(t:document)*"
    select="$v:facts/t:facts/t:documents/t:document"/>

  <!-- The page of a document, or a place on it. The edition's own text is on the page about it. -->
  <xsl:function name="f:document-href" as="xs:string">
    <xsl:param name="document" as="xs:string"/>
    <xsl:param name="anchor" as="xs:string?"/>
    <xsl:variable name="added" as="element(t:version)?" select="$v:own-pages/t:version[@id = $document]"/>
    <xsl:variable name="file" as="xs:string"
      select="if ($v:all-documents/@id = $document) then f:file($document) else if ($about) then 'about.html' else 'index.html'"/>
    <xsl:sequence select="
      if ($added) then f:page-href($added, $anchor)
      else $file || (if ($anchor and not($anchor = $v:own-ids)) then '#' || encode-for-uri($anchor) else '')"/>
  </xsl:function>

  <!-- The file name of a document's page. -->
  <xsl:function name="f:file" as="xs:string">
    <xsl:param name="document" as="xs:string"/>
    <xsl:sequence select="encode-for-uri($document) || '.html'"/>
  </xsl:function>

  <!-- The index page of a kind of entity. -->
  <xsl:function name="f:kind-file" as="xs:string">
    <xsl:param name="kind" as="xs:string"/>
    <xsl:sequence select="$kind || 's.html'"/>
  </xsl:function>

  <!-- The page of an entity. -->
  <xsl:function name="f:entity-href" as="xs:string">
    <xsl:param name="entity" as="element(t:entity)"/>
    <xsl:sequence select="$entity/@kind || '-' || encode-for-uri($entity/@key) || '.html'"/>
  </xsl:function>

  <!-- The file name of the page that is being made. -->
  <xsl:function name="f:this-file" as="xs:string">
    <xsl:sequence select="
      if ($page = 'contents') then 'index.html'
      else if ($page = 'document') then f:file($v:documents[1]/@id)
      else if ($page = 'own') then f:file($document)
      else if ($page = 'entity') then f:entity-href(f:entity($entity))
      else if ($page = $v:kinds) then f:kind-file($page)
      else $page || '.html'"/>
  </xsl:function>

  <!-- The same page in another language of the interface. -->
  <xsl:function name="f:in-language" as="xs:string">
    <xsl:param name="lang" as="xs:string"/>
    <xsl:sequence select="f:folder($lang) || f:this-file()"/>
  </xsl:function>

  <!-- What leads from the page to the pages in a language. -->
  <xsl:function name="f:folder" as="xs:string">
    <xsl:param name="lang" as="xs:string"/>
    <xsl:sequence select="$root || (if ($lang = tokenize($interfaces)[1]) then '' else $lang || '/')"/>
  </xsl:function>

  <!-- Where a resolved pointer leads in the site; empty where there is no page for it. -->
  <xsl:function name="f:href" as="xs:string?">
    <xsl:param name="pointer" as="element(t:pointer)?"/>
    <xsl:sequence select="
      if ($pointer/@entity) then f:entity-href(f:entity($pointer/@entity))
      else if ($pointer/@document) then f:document-href($pointer/@document, $pointer/@anchor)
      else if (matches($pointer/@uri, '^(https?|mailto):')) then string($pointer/@uri)
      else ()"/>
  </xsl:function>

  <!-- Whether an element of the text is made a link of. -->
  <xsl:function name="f:is-link" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="
      exists($element[@ref or @target or @key][exists(f:href(f:target(.)))])
      or f:is-correction($element)
      or $element/(self::note | self::app)
      or $element/(self::pb | self::cb | self::gb | self::milestone | self::media)[exists(f:images(.)[@href])]"/>
  </xsl:function>

  <!-- Whether a choice records a fault and its correction. -->
  <xsl:function name="f:is-correction" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="exists($element/self::choice[sic and corr])"/>
  </xsl:function>

  <xsl:key name="f:id" match="*" use="@xml:id"/>

  <!-- Ids that pages use for themselves. -->
  <xsl:variable name="v:own-ids" as="xs:string*" select="tokenize('
    card cite citing content corrections introduction made notes passages principles references rights
    search-results search-status search text variants q')[.]"/>

  <!-- The id of a node of a text on its page: its own, unless the page itself or a version before has it. -->
  <xsl:function name="f:free-id" as="xs:string">
    <xsl:param name="node" as="node()"/>
    <xsl:param name="id" as="xs:string"/>
    <xsl:variable name="version" as="element(t:version)?" select="f:version($node)"/>
    <xsl:variable name="taken" as="xs:boolean" select="
      $id = $v:own-ids
      or (some $before in $version/preceding-sibling::t:version satisfies exists(key('f:id', $id, f:tei($before))[ancestor::text]))"/>
    <xsl:sequence select="if ($taken) then f:version-id($node) || '-' || $id else $id"/>
  </xsl:function>

  <!-- How many elements of a name a file has before and at a node: counted once for each file. -->
  <xsl:accumulator name="f:notes-so-far" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="note" select="$value + 1"/>
  </xsl:accumulator>
  <xsl:accumulator name="f:choices-so-far" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="choice" select="$value + 1"/>
  </xsl:accumulator>
  <xsl:accumulator name="f:variants-so-far" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="app" select="$value + 1"/>
  </xsl:accumulator>

  <!-- The anchor of the entry of a note, a correction or variants in the apparatus. -->
  <xsl:function name="f:apparatus-id" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="place" as="xs:integer" select="
      if ($element/self::note) then $element/accumulator-before('f:notes-so-far')
      else if ($element/self::choice) then $element/accumulator-before('f:choices-so-far')
      else if ($element/self::app) then $element/accumulator-before('f:variants-so-far')
      else 1 + count(root($element)//*[local-name() = local-name($element)][. &lt;&lt; $element])"/>
    <xsl:sequence select="
      string(($element/@xml:id ! f:free-id($element, .), f:version-id($element) || '-' || local-name($element) || '-' || $place)[1])"/>
  </xsl:function>

</xsl:stylesheet>

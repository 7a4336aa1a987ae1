<?xml version="1.0" encoding="UTF-8"?>
<!-- The description of a document: who, when, where kept, with what, how to cite it. -->
<xsl:stylesheet version="3.0" expand-text="yes" exclude-result-prefixes="#all"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:t="urn:x-teikit:facts"
  xmlns:f="urn:x-teikit:functions"
  xmlns:fp="urn:x-teikit:private-functions"
  xmlns:m="urn:x-teikit:modes"
  xmlns:v="urn:x-teikit:variables">

  <!-- The description as a list of label and values. -->
  <xsl:function name="f:record" as="xs:string">
    <xsl:param name="document" as="element(t:document)"/>
    <xsl:variable name="rows" as="xs:string*">
      <xsl:for-each select="'author', 'sender', 'recipient'">
        <xsl:variable name="agents" as="element(t:agent)*" select="f:agents($document, .)"/>
        <xsl:if test="not(. = 'sender' and deep-equal($agents/@entity ! string(), f:agents($document, 'author')/@entity ! string()))">
          <xsl:sequence select="fp:line(., string-join($agents ! f:text(f:agent-name(.), $v:language), fp:stop()))"/>
        </xsl:if>
      </xsl:for-each>
      <xsl:sequence select="$document/t:date ! fp:line('date', f:text(f:document-date(.), $v:language))"/>
      <xsl:sequence select="$document/t:holding ! fp:line('shelfmark', f:text(fp:shelfmark(.), $v:language))"/>
      <xsl:for-each-group select="$document/t:relation[@type = ('enclosure', 'enclosedIn')]" group-by="@type">
        <xsl:sequence select="fp:line(current-grouping-key(), string-join(current-group() ! fp:related(.), fp:stop()))"/>
      </xsl:for-each-group>
      <xsl:sequence select="
        fp:line('translator', string-join(f:agents($document, 'translator') ! f:text(f:agent-name(.), $v:language), fp:stop())),
        fp:line('cite',
          for $citation in $document/t:citation[@style = $v:facts/t:facts/t:edition/@style]
          return f:said($citation, $citation/@lang))"/>
    </xsl:variable>
    <xsl:sequence select="'#record(' || string-join($rows) || ')'"/>
  </xsl:function>

  <xsl:function name="fp:line" as="xs:string?">
    <xsl:param name="label" as="xs:string"/>
    <xsl:param name="paragraphs" as="xs:string*"/>
    <xsl:sequence select="
      if (exists($paragraphs[.])) then
        '([' || f:word($label) || '], [' || string-join($paragraphs ! ('#par[' || . || ']')) || ']), '
      else ()"/>
  </xsl:function>

  <xsl:function name="fp:stop" as="xs:string">
    <xsl:sequence select="f:text(f:mark(';'), $v:language)"/>
  </xsl:function>

  <xsl:function name="fp:shelfmark" as="xs:string">
    <xsl:param name="holding" as="element(t:holding)"/>
    <xsl:variable name="entity" as="element(t:entity)?" select="$holding/@entity ! f:entity(.)"/>
    <xsl:sequence select="string-join((
      if ($entity) then f:name($entity, $v:language) else string($holding/t:repository),
      $holding/t:part ! (if (@type ! map:contains($v:labels, .)) then f:label(@type, $v:language) || ' ' || . else string(.))), ', ')"
      xmlns:map="http://www.w3.org/2005/xpath-functions/map"/>
  </xsl:function>

  <!-- A related document or work; a document of this file with its page. -->
  <xsl:function name="fp:related" as="xs:string">
    <xsl:param name="relation" as="element(t:relation)"/>
    <xsl:variable name="document" as="element(t:document)?" select="$relation/@document ! key('t:document', ., $v:facts)"/>
    <xsl:variable name="entity" as="element(t:entity)?" select="$relation/@entity ! f:entity(.)"/>
    <xsl:variable name="name" as="xs:string" select="
      if ($document) then f:text(f:title($document, $v:language), f:title($document, $v:language)/@lang)
      else if ($entity) then '#emph[' || f:text(f:name($entity, $v:language), $v:language) || ']'
      else ''"/>
    <xsl:sequence select="
      (if ($document intersect $v:documents) then '#page-link(' || f:typ(f:place($document)) || ', [' || f:word('page-short') || '])[' || $name || ']' else $name)
      || (if ($relation/@subtype) then f:text(' (' || f:label($relation/@subtype, $v:language) || ')', $v:language) else '')"/>
  </xsl:function>

</xsl:stylesheet>

<?xml version="1.0" encoding="UTF-8"?>
<!-- Pages that the corpus adds to its site ([site] pages): TEI files that are no documents. -->
<xsl:stylesheet version="3.0" expand-text="yes" exclude-result-prefixes="#all"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:t="urn:x-teikit:facts"
  xmlns:f="urn:x-teikit:functions"
  xmlns:m="urn:x-teikit:modes"
  xmlns:v="urn:x-teikit:variables">

  <!-- They are made with the whole site, as the page about the edition is. -->
  <xsl:variable name="v:own-pages" as="element(t:page)*"
    select="if ($about) then $v:facts/t:facts/t:pages/t:page else ()"/>

  <xsl:template match="t:facts[$page = 'own']" mode="m:main">
    <!-- No title in other languages: the page in them is another one. -->
    <xsl:variable name="title" as="element(t:title)" select="f:title($v:own-pages[@id = $document], $v:language)"/>
    <article class="own">
      <h1><xsl:sequence select="f:lang($title/@lang)"/>{f:spaced($title, string($title/@lang))}</h1>
      <xsl:sequence select="f:divisions($own/*/text/(front, body, back)/*)"/>
      <xsl:sequence select="f:apparatus($own/*/text)"/>
    </article>
  </xsl:template>

  <xsl:template match="t:facts[$page = 'own']" mode="m:title" as="xs:string">
    <xsl:sequence select="f:title($v:own-pages[@id = $document], $v:language) || ' — ' || f:title($v:edition, $v:language)"/>
  </xsl:template>

  <!-- Divisions with their ids, and the units in them with theirs. -->
  <xsl:function name="f:divisions" as="element()*">
    <xsl:param name="elements" as="element()*"/>
    <xsl:for-each select="$elements[not(self::note)]">
      <xsl:choose>
        <xsl:when test="matches(local-name(), '^div\d?$')">
          <section><xsl:sequence select="@xml:id ! f:id(.)"/><xsl:sequence select="f:divisions(*)"/></section>
        </xsl:when>
        <xsl:otherwise>
          <div class="cell" id="{(@xml:id, f:apparatus-id(.))[1]}" lang="{f:lang-of(.)}"><xsl:apply-templates select="., f:stray-notes(.)" mode="m:text"/></div>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
  </xsl:function>

  <xsl:function name="f:id" as="attribute(id)">
    <xsl:param name="id" as="xs:string"/>
    <xsl:attribute name="id" select="$id"/>
  </xsl:function>

  <!-- The version of a page that readers of a language are shown. -->
  <xsl:function name="f:version-for" as="element(t:version)">
    <xsl:param name="of" as="element(t:page)"/>
    <xsl:param name="lang" as="xs:string"/>
    <xsl:variable name="spoken" as="function(xs:string) as element(t:version)*"
      select="function($wanted) { $of/t:version[substring-before(@lang || '-', '-') = $wanted] }"/>
    <xsl:sequence select="($spoken($lang), $spoken(substring-before($v:edition-language || '-', '-')), $of/t:version)[1]"/>
  </xsl:function>

  <!-- A place on a page: where a version stands that is not for the readers of this language, there is
       the page in another; no place of it, where it is shown in none. -->
  <xsl:function name="f:page-href" as="xs:string">
    <xsl:param name="version" as="element(t:version)"/>
    <xsl:param name="anchor" as="xs:string?"/>
    <xsl:variable name="readers" as="xs:string*" select="
      ($v:language, tokenize($interfaces))[f:version-for($version/.., .) is $version]"/>
    <xsl:variable name="file" as="xs:string" select="f:file($version/../@id)"/>
    <xsl:sequence select="
      if (empty($readers)) then $file
      else
        (if ($readers[1] = $v:language) then '' else f:folder($readers[1])) || $file
        || (if ($anchor) then '#' || encode-for-uri($anchor) else '')"/>
  </xsl:function>

</xsl:stylesheet>

<?xml version="1.0" encoding="UTF-8"?>
<!-- Reading the facts document: versions, units, pointers, names. Nothing is resolved here. -->
<xsl:stylesheet version="3.0" expand-text="yes" exclude-result-prefixes="#all"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:t="urn:x-teikit:facts"
  xmlns:f="urn:x-teikit:functions"
  xmlns:v="urn:x-teikit:variables">

  <xsl:key name="t:pointer" match="t:pointer" use="@version || ' ' || @token"/>
  <xsl:key name="t:entity" match="t:entity" use="@key"/>
  <xsl:key name="t:document" match="t:document" use="@id"/>

  <xsl:variable name="v:facts" as="document-node()" select="root(.)"/>

  <!-- The language of the edition, in which names come where the reader's has none. -->
  <xsl:variable name="v:edition-language" as="xs:string"
    select="string(($v:facts/t:facts/t:edition/@lang, 'en')[1])"/>

  <!-- The language of headings and labels. -->
  <xsl:variable name="v:language" as="xs:string"
    select="string(($interface[. ne ''], $v:edition-language)[1])"/>

  <!-- The documents to render, in corpus order. -->
  <xsl:variable name="v:documents" as="element(t:document)*"
    select="$v:facts/t:facts/t:documents/t:document[$document = ('', @id) or @id = tokenize($document)]"/>

  <xsl:variable name="v:version-order" as="element(t:version)*" select="$v:documents/t:version"/>

  <!-- The TEI document of a version. -->
  <xsl:function name="f:tei" as="document-node()">
    <xsl:param name="version" as="element(t:version)"/>
    <xsl:variable name="place" as="xs:integer?"
      select="(for $at in 1 to count($v:version-order)
               return $at[$v:version-order[$at] is $version])[1]"/>
    <xsl:sequence select="
      if (exists($versions) and exists($place)) then $versions[$place]
      else doc(resolve-uri($version/@path, $corpus))"/>
  </xsl:function>

  <!-- The t:version that a node of a TEI document belongs to; empty for the edition's own file. -->
  <xsl:function name="f:version" as="element(t:version)?">
    <xsl:param name="node" as="node()"/>
    <xsl:variable name="root" as="document-node()" select="root($node)"/>
    <!-- A root without xml:id is known only by being the very tree that was passed in or read. -->
    <xsl:sequence select="
      if ($root/*/@xml:id) then $v:version-order[@id = $root/*/@xml:id]
      else $v:version-order[f:tei(.) is $root]"/>
  </xsl:function>

  <!-- The id by which the facts document knows the file of a node. -->
  <xsl:function name="f:version-id" as="xs:string">
    <xsl:param name="node" as="node()"/>
    <xsl:sequence select="string((f:version($node)/@id, root($node)/*/@xml:id, '')[1])"/>
  </xsl:function>

  <!-- The unit of a TEI document at a path of child positions such as "2.1.3". -->
  <xsl:function name="f:unit" as="element()?">
    <xsl:param name="document" as="document-node()"/>
    <xsl:param name="key" as="xs:string"/>
    <xsl:sequence select="
      fold-left(tokenize($key, '\.') ! xs:integer(.), $document/*,
        function($node, $position) { $node/*[$position] })"/>
  </xsl:function>

  <!-- Whether an element is a unit: it stands in a division, or in a list aligned item by item. -->
  <xsl:function name="f:is-unit" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="
      exists($element/(parent::body | parent::front | parent::back | parent::group | parent::text
        | parent::floatingText | parent::div | parent::div1 | parent::div2 | parent::div3 | parent::div4
        | parent::div5 | parent::div6 | parent::div7))
      or exists($element/self::item/parent::list/item/@corresp)"/>
  </xsl:function>

  <!-- What a token of a pointing attribute of $node leads to. -->
  <xsl:function name="f:pointer" as="element(t:pointer)?">
    <xsl:param name="node" as="node()"/>
    <xsl:param name="token" as="xs:string"/>
    <xsl:sequence select="key('t:pointer', f:version-id($node) || ' ' || $token, $v:facts)[1]"/>
  </xsl:function>

  <!-- What the first token of @ref, @target or @key of an element leads to. -->
  <xsl:function name="f:target" as="element(t:pointer)?">
    <xsl:param name="node" as="element()"/>
    <xsl:variable name="tokens" as="xs:string*" select="tokenize(($node/@ref, $node/@target, $node/@key)[1])"/>
    <xsl:sequence select="($tokens ! f:pointer($node, .))[1]"/>
  </xsl:function>

  <!-- The entity of a key. -->
  <xsl:function name="f:entity" as="element(t:entity)?">
    <xsl:param name="key" as="xs:string"/>
    <xsl:sequence select="key('t:entity', $key, $v:facts)"/>
  </xsl:function>

  <!-- The preferred name of an entity in a language, else in that of the edition, else in any. -->
  <xsl:function name="f:name" as="xs:string">
    <xsl:param name="entity" as="element(t:entity)"/>
    <xsl:param name="lang" as="xs:string"/>
    <xsl:sequence select="string((f:name-element($entity, $lang), $entity/@key)[1])"/>
  </xsl:function>

  <xsl:function name="f:name-element" as="element(t:name)?">
    <xsl:param name="entity" as="element(t:entity)"/>
    <xsl:param name="lang" as="xs:string"/>
    <xsl:sequence select="
      ($entity/t:name[@lang = $lang], $entity/t:name[@lang = $v:edition-language], $entity/t:name)[1]"/>
  </xsl:function>

  <!-- The title of a document in a language, else in that of the edition, else in any. -->
  <xsl:function name="f:title" as="element(t:title)">
    <xsl:param name="document" as="element()"/>
    <xsl:param name="lang" as="xs:string"/>
    <xsl:variable name="main" as="element(t:title)*" select="$document/t:title[not(@type = 'sub')]"/>
    <xsl:sequence select="
      ($main[@lang = $lang], $main[@lang = $v:edition-language], $main, $document/t:title)[1]"/>
  </xsl:function>

  <!-- Who signs a note: the labels of the tokens of @resp. -->
  <xsl:function name="f:responsible" as="xs:string">
    <xsl:param name="node" as="element()"/>
    <xsl:sequence select="
      string-join(tokenize($node/@resp) ! f:pointer($node, .)/@label, ', ')"/>
  </xsl:function>

</xsl:stylesheet>

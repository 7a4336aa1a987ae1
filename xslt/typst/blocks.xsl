<?xml version="1.0" encoding="UTF-8"?>
<!-- Blocks of the text. -->
<xsl:stylesheet version="3.0" expand-text="yes" exclude-result-prefixes="#all"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:t="urn:x-teikit:facts"
  xmlns:f="urn:x-teikit:functions"
  xmlns:fp="urn:x-teikit:private-functions"
  xmlns:m="urn:x-teikit:modes"
  xmlns:v="urn:x-teikit:variables">

  <!-- Blocks that have no look of their own: their paragraphs one after the other. -->
  <xsl:template match="text | front | body | back | group | div | div1 | div2 | div3 | div4 | div5 | div6 | div7
      | set | performance | spGrp | listBibl | listPerson | listPlace | listOrg | listEvent | listRelation
      | person | place | org | event | biblStruct | entry | entryFree | superEntry | hom | sense | dictScrap
      | surface | surfaceGrp | zone | line | headLabel | headItem | listWit | listApp | witness | titlePage | docTitle | address | sp | argument
      | correction | normalization | hyphenation | segmentation | interpretation | punctuation
      | quotation | licence" mode="m:text" as="xs:string*">
    <xsl:sequence select="f:flow(node())"/>
  </xsl:template>

  <xsl:template match="p | ab" mode="m:text" as="xs:string*">
    <xsl:variable name="place" as="xs:string?"
      select="tokenize(@rend)[. = ('center', 'centre', 'centered', 'right')][1] ! (if (. = 'right') then 'end' else 'center')"/>
    <xsl:sequence select="
      if ($place) then '#align(' || $place || ')[' || f:flow(node()) || ']' else f:flow(node())"/>
  </xsl:template>

  <!-- Blocks with a look: lib.typ has a function of the name. -->
  <xsl:template match="opener | closer | postscript | epigraph | trailer | floatingText | castList | castGroup"
      mode="m:text" as="xs:string*">
    <xsl:sequence select="'#' || lower-case(local-name()) || '-block[' || f:flow(node(), '#line-par[') || ']'"/>
  </xsl:template>

  <xsl:template match="salute | dateline | addrLine | byline | docAuthor | docDate | docImprint | imprimatur
      | titlePart | castItem | opener/seg | opener/idno" mode="m:text" as="xs:string*">
    <xsl:sequence select="if (f:is-block(.)) then f:flow(node(), '#line-par[') else (' ', f:content(.), ' ')"/>
  </xsl:template>

  <xsl:template match="signed" mode="m:text" as="xs:string*">
    <xsl:sequence select="if (f:is-block(.)) then f:flow(node(), '#signed-par[') else (' ', f:content(.), ' ')"/>
  </xsl:template>

  <!-- Headings. Those of the text stand below the title of the document, at most two levels deep. -->
  <xsl:template match="head" mode="m:text" as="xs:string*">
    <xsl:variable name="outer" as="element(head)*" select="ancestor::*/parent::*/head"/>
    <xsl:variable name="sub" as="xs:boolean"
      select="(@type = 'sub' or exists($outer)) and exists(($outer, preceding-sibling::head))"/>
    <xsl:sequence select="'#text-head(' || (if ($sub) then 3 else 2) || ')[' || f:content(.) || ']'"/>
  </xsl:template>

  <!-- PDF/UA refuses a heading that says nothing. -->
  <xsl:template match="head[not(normalize-space())]" mode="m:text" as="xs:string*" priority="4"/>

  <xsl:template match="list/head | lg/head | table/head | figure/head | listBibl/head | castList/head | castGroup/head
      | figDesc" mode="m:text" as="xs:string*">
    <xsl:sequence select="'#small-head[' || f:content(.) || ']'"/>
  </xsl:template>

  <!-- Lists: each item with its label, its number or a dash. -->
  <xsl:template match="list" mode="m:text" as="xs:string*">
    <xsl:variable name="labels" as="xs:string*" select="
      item ! (if (preceding-sibling::*[1][self::label]) then f:run(preceding-sibling::*[1]/node())
              else if (@n) then f:text(@n, f:lang-of(.))
              else f:text('–', f:lang-of(.)))"/>
    <xsl:sequence select="
      f:flow(* except (item, label[following-sibling::*[1][self::item]])),
      '#items((' || string-join($labels ! ('[' || . || '], ')) || '), '
        || string-join(item ! ('[' || f:flow(node()) || ']'), ', ') || ')'"/>
  </xsl:template>

  <!-- An item by itself. Its label begins the line of its first paragraph. -->
  <xsl:template match="item" mode="m:text" as="xs:string*">
    <xsl:variable name="first" as="element(p)?"
      select="label[1]/following-sibling::*[1]/self::p[not(f:holds-blocks(.))]"/>
    <xsl:sequence select="
      if ($first) then (
        '#par[' || f:run(label[1]) || ' ' || f:run($first/node()) || ']',
        f:flow($first/following-sibling::node()))
      else f:flow(node())"/>
  </xsl:template>

  <xsl:template match="lg" mode="m:text" as="xs:string*">
    <xsl:sequence select="'#stanza[' || f:flow(node(), '#verse[') || ']'"/>
  </xsl:template>

  <xsl:template match="l" mode="m:text" as="xs:string*">
    <xsl:sequence select="f:flow(node(), '#verse[')"/>
  </xsl:template>

  <xsl:template match="speaker" mode="m:text" as="xs:string*">
    <xsl:sequence select="f:flow(node(), '#speaker[')"/>
  </xsl:template>

  <xsl:template match="stage" mode="m:text" as="xs:string*">
    <xsl:sequence select="
      if (f:is-block(.)) then f:flow(node(), '#stage-par[') else (' #emph[', f:content(.), '] ')"/>
  </xsl:template>

  <!-- Quotations: a block where they hold one. -->
  <xsl:template match="quote | q | said | cit" mode="m:text" as="xs:string*">
    <xsl:sequence select="
      if (f:holds-blocks(.)) then '#quote-block[' || f:flow(node()) || ']' else f:rendered(., f:content(.))"/>
  </xsl:template>

  <!-- Tables. -->
  <xsl:template match="table" mode="m:text" as="xs:string*">
    <xsl:variable name="width" as="xs:integer"
      select="max((1, row ! xs:integer(sum(cell ! fp:span(@cols)))))"/>
    <xsl:variable name="heads" as="element(row)*"
      select="row[@role = 'label'] intersect row[every $row in (., preceding-sibling::row) satisfies $row/@role = 'label']"/>
    <xsl:sequence select="
      f:flow(* except row),
      '#text-table(' || $width || ', '
        || (if ($heads) then 'table.header(' || string-join($heads ! fp:row(., $width)) || '), ' else '')
        || string-join((row except $heads) ! fp:row(., $width)) || ')'"/>
  </xsl:template>

  <xsl:function name="fp:row" as="xs:string*">
    <xsl:param name="row" as="element(row)"/>
    <xsl:param name="width" as="xs:integer"/>
    <xsl:sequence select="
      $row/cell ! ('table.cell(colspan: ' || fp:span(@cols) || ', rowspan: ' || fp:span(@rows) || ')['
        || f:flow(node()) || '], '),
      (: Short rows are filled up, unless a cell from above may reach into them. :)
      if ($row/../row/cell/@rows) then ()
      else (1 to $width - xs:integer(sum($row/cell ! fp:span(@cols)))) ! '[], '"/>
  </xsl:function>

  <xsl:function name="fp:span" as="xs:integer">
    <xsl:param name="span" as="attribute()?"/>
    <xsl:sequence select="if ($span castable as xs:positiveInteger) then xs:integer($span) else 1"/>
  </xsl:function>

  <xsl:template match="row | cell" mode="m:text" as="xs:string*">
    <xsl:sequence select="f:flow(node())"/>
  </xsl:template>

  <!-- Figures: the pictures are not in the file, so what they show is said. -->
  <xsl:template match="figure" mode="m:text" as="xs:string*">
    <xsl:sequence select="'#figure-block[' || f:flow(node()) || ']'"/>
  </xsl:template>

</xsl:stylesheet>

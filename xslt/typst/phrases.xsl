<?xml version="1.0" encoding="UTF-8"?>
<!-- Phrases: names, emphasis, titles, breaks, the state of the text. -->
<xsl:stylesheet version="3.0" expand-text="yes" exclude-result-prefixes="#all"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:t="urn:x-teikit:facts"
  xmlns:f="urn:x-teikit:functions"
  xmlns:fp="urn:x-teikit:private-functions"
  xmlns:mml="http://www.w3.org/1998/Math/MathML"
  xmlns:m="urn:x-teikit:modes"
  xmlns:v="urn:x-teikit:variables">

  <!-- Names: an entry in the index. -->
  <xsl:template match="persName | placeName | orgName | geogName | settlement | region | country | district
      | repository | rs | name | author | editor | publisher | pubPlace | eventName | objectName"
      mode="m:text" as="xs:string*">
    <xsl:sequence select="f:indexed(., f:rendered(., f:content(.)))"/>
  </xsl:template>

  <xsl:template match="title" mode="m:text" as="xs:string*">
    <xsl:variable name="inner" as="xs:string" select="f:content(.)"/>
    <xsl:sequence select="f:indexed(., if (f:is-italic(.)) then '#emph[' || $inner || ']' else f:rendered(., $inner))"/>
  </xsl:template>

  <!-- A title is italic unless it is quoted, is that of a part, or makes up its paragraph alone. -->
  <xsl:function name="f:is-italic" as="xs:boolean">
    <xsl:param name="title" as="element()"/>
    <xsl:sequence select="
      not($title/@level = 'a')
      and not(matches(string($title/preceding-sibling::node()[1]), '[«“„&quot;‘‹]\s?$'))
      and not(normalize-space($title) = normalize-space($title/..))"/>
  </xsl:function>

  <!-- An element's code with an entry in the index for each entity that it points to. -->
  <xsl:function name="f:indexed" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="code" as="xs:string"/>
    <xsl:variable name="keys" as="xs:string*" select="
      if ($shape = 'book') then distinct-values(tokenize(($element/@ref, $element/@key)[1]) ! f:pointer($element, .)/@entity)
      else ()"/>
    <xsl:variable name="link" as="xs:string" select="f:linked($element[@ref or @target] ! f:target(.)[not(@entity)], $code)"/>
    <xsl:sequence select="
      if (exists($keys)) then
        '#entry(' || string-join($keys ! (f:typ(.) || ', '))
        || (if ($element/ancestor::note[f:is-apart(.)]) then 'note: true' else '') || ')[' || $link || ']'
      else $link"/>
  </xsl:function>

  <!-- Code as a link, where its pointer leads to a place of this file or to a web address. -->
  <xsl:function name="f:linked" as="xs:string">
    <xsl:param name="pointer" as="element(t:pointer)?"/>
    <xsl:param name="code" as="xs:string"/>
    <xsl:variable name="place" as="xs:string?" select="f:target-place($pointer)"/>
    <xsl:sequence select="
      if (not(normalize-space($code))) then $code
      else if ($place) then '#place-link(' || f:typ($place) || ')[' || $code || ']'
      else if (matches($pointer/@uri, '^(https?|mailto):\S+$')) then '#link(' || f:typ($pointer/@uri) || ')[' || $code || ']'
      else $code"/>
  </xsl:function>

  <xsl:template match="ref" mode="m:text" as="xs:string*">
    <xsl:sequence select="f:linked(.[@target or @ref] ! f:target(.), f:content(.))"/>
  </xsl:template>

  <!-- Looks that the source had, by the words of @rend. -->
  <xsl:variable name="v:looks" as="map(xs:string, xs:string)" select="map:merge((
    ('italic', 'italics', 'i', 'it') ! map { . : '#emph[' },
    ('bold', 'b', 'strong') ! map { . : '#strong[' },
    ('sup', 'super', 'superscript', 'exposant') ! map { . : '#super[' },
    ('sub', 'subscript', 'indice') ! map { . : '#sub[' },
    ('small-caps', 'smallcaps', 'smallCaps', 'sc') ! map { . : '#smallcaps[' },
    ('underline', 'underlined', 'u') ! map { . : '#underline[' },
    ('spaced', 'letterspaced', 'spaceletter', 'gesperrt') ! map { . : '#text(tracking: 0.12em)[' },
    ('strike', 'strikethrough') ! map { . : '#strike[' }))"
    xmlns:map="http://www.w3.org/2005/xpath-functions/map"/>

  <!-- Code in the looks of an element's @rend; capitals are in the text already. -->
  <xsl:function name="f:rendered" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="code" as="xs:string"/>
    <xsl:sequence select="
      fold-left(tokenize(translate($element/@rend, '#', '')), $code,
        function($inner, $look) { if ($v:looks($look)) then $v:looks($look) || $inner || ']' else $inner })"/>
  </xsl:function>

  <xsl:template match="hi | emph" mode="m:text" as="xs:string*">
    <xsl:sequence select="if (@rend) then f:rendered(., f:content(.)) else '#emph[' || f:content(.) || ']'"/>
  </xsl:template>

  <!-- Foreign words in the script of their surroundings are italic, unless they are quoted. -->
  <xsl:template match="foreign | mentioned | gloss[not(@rend)]" mode="m:text" as="xs:string*">
    <xsl:variable name="other-script" as="xs:boolean" select="
      matches(., '[\p{IsCyrillic}\p{IsGreek}]') ne starts-with(f:lang-of(..), 'ru')"/>
    <xsl:sequence select="
      if ((@rend and not(@rend = 'italic')) or $other-script or not(f:is-italic(.))) then f:rendered(., f:content(.))
      else '#emph[' || f:content(.) || ']'"/>
  </xsl:template>

  <!-- Phrases without a look of their own. -->
  <xsl:template match="soCalled | term | seg | date | time | num | measure | measureGrp | label | add | sic | corr
      | orig | reg | abbr | expan | ex | am | damage | damageSpan | biblScope | series | edition | role | roleDesc
      | actor | w | pc | s | phr | cl | c | g | rdg | lem | distinct | formula | secl | caesura | code | val
      | locus | handShift | ptr | origDate | origPlace | occupation | affiliation | residence | nationality
      | birth | death | floruit | sex | age | education | faith | state | trait | location | geo | bibl
      | biblFull | roleName | surname | forename | addName | genName | nameLink | idno | email | anchor
      | index | surplus | analytic | monogr | imprint | msIdentifier | desc | gloss
      | stamp | form | orth | pron | hyph | syll | stress | gramGrp | gram | pos | gen | number | case | per | tns | mood
      | itype | iType | usg | lbl | lang | def | etym | xr | re | oRef | oVar | pRef | subc | colloc | metamark | rhyme
      | rt | rb | ruby | restore | redo | retrace | postCode | postBox | street | catchwords | signatures | mml:*"
      mode="m:text" as="xs:string*" priority="-0.2">
    <xsl:sequence select="f:indexed(., f:rendered(., f:content(.)))"/>
  </xsl:template>

  <!-- Of MathML the letters are read, not a second notation of the same. -->
  <xsl:template match="mml:annotation | mml:annotation-xml" mode="m:text" as="xs:string*"/>

  <!-- Markup talked about. -->
  <xsl:template match="gi | tag" mode="m:text" as="xs:string*">
    <xsl:sequence select="'#code-word[' || f:text('&lt;', '') || f:content(.) || f:text('&gt;', '') || ']'"/>
  </xsl:template>
  <xsl:template match="att" mode="m:text" as="xs:string*">
    <xsl:sequence select="'#code-word[' || f:text('@', '') || f:content(.) || ']'"/>
  </xsl:template>

  <!-- The state of the text. The signs are an editor's: no word of the text has them. -->
  <xsl:template match="supplied" mode="m:text" as="xs:string*">
    <xsl:sequence select="'#sign(&quot;‹&quot;);' || f:content(.) || '#sign(&quot;›&quot;);'"/>
  </xsl:template>
  <xsl:template match="unclear" mode="m:text" as="xs:string*">
    <xsl:sequence select="'#unclear[' || f:content(.) || ']'"/>
  </xsl:template>
  <xsl:template match="del" mode="m:text" as="xs:string*">
    <xsl:sequence select="'#strike[' || f:content(.) || ']'"/>
  </xsl:template>
  <xsl:template match="gap" mode="m:text" as="xs:string*">
    <xsl:sequence select="f:text('[…]', ''), if (desc) then f:content(.) else ()"/>
  </xsl:template>
  <xsl:template match="graphic | media" mode="m:text" as="xs:string*">
    <xsl:variable name="shown" as="xs:string" select="normalize-space(desc)"/>
    <xsl:sequence select="f:text('[' || string-join((f:label('image', $v:language), $shown[.]), f:mark(':')) || ']', $v:language)"/>
  </xsl:template>

  <!-- The space at the end of the line is not seen, but it parts the words for whoever listens. -->
  <xsl:variable name="v:line-break" as="xs:string" select="'#&quot; &quot;;#linebreak();'"/>

  <!-- Breaks. A word may end there, unless the source says that it does not. -->
  <xsl:template match="lb" mode="m:text" as="xs:string*">
    <xsl:sequence select="if (@break = 'no') then () else $v:line-break"/>
  </xsl:template>
  <xsl:template match="pb" mode="m:text" as="xs:string*">
    <xsl:sequence select="
      if (@break = 'no') then () else ' ',
      (: A sign is no content for PDF/UA, and may not be part of a link. :)
      if (@n and empty(ancestor::*[@target or @ref])) then '#page-break-sign(' || f:typ(@n) || ');' else (),
      if (@break = 'no') then () else ' '"/>
  </xsl:template>
  <xsl:template match="cb | gb | milestone | space" mode="m:text" as="xs:string*">
    <xsl:sequence select="if (@break = 'no') then () else ' '"/>
  </xsl:template>

</xsl:stylesheet>

<?xml version="1.0" encoding="UTF-8"?>
<!-- Pictures, formulas, music: those that lie with the texts are shown, those elsewhere are linked. -->
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

  <xsl:key name="t:image" match="t:image" use="@version || ' ' || @token"/>

  <!-- What the tokens of @facs or @url of an element lead to, as teikit found it. -->
  <xsl:function name="f:images" as="element(t:image)*">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="version" as="xs:string" select="f:version-id($element)"/>
    <xsl:variable name="tokens" as="xs:string*" select="($element/@url ! normalize-space(.), $element/@facs ! tokenize(.))"/>
    <xsl:sequence select="if (exists($images)) then $tokens ! key('t:image', $version || ' ' || ., $images) else ()"/>
  </xsl:function>

  <!-- The address of a picture, from the page. -->
  <xsl:function name="f:image-href" as="xs:string">
    <xsl:param name="image" as="element(t:image)"/>
    <xsl:sequence select="(if (matches($image/@href, '^https?:')) then '' else $root) || $image/@href"/>
  </xsl:function>

  <xsl:template match="figure" mode="m:text">
    <!-- HTML knows one caption, at the beginning or at the end. -->
    <xsl:variable name="caption" as="element(head)?" select="head[not(preceding-sibling::*) or not(following-sibling::*)][1]"/>
    <figure>
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:for-each select="node()">
        <xsl:choose>
          <xsl:when test=". is $caption">
            <figcaption>
              <xsl:apply-templates select="." mode="m:attributes"/>
              <xsl:apply-templates mode="m:text"/>
            </figcaption>
          </xsl:when>
          <xsl:otherwise><xsl:apply-templates select="." mode="m:text"/></xsl:otherwise>
        </xsl:choose>
      </xsl:for-each>
    </figure>
  </xsl:template>

  <xsl:template match="figDesc | notatedMusic" mode="m:text">
    <div>
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates mode="m:text"/>
    </div>
  </xsl:template>

  <xsl:template match="graphic | media | binaryObject" mode="m:text">
    <xsl:variable name="image" as="element(t:image)?" select="f:images(.)[1]"/>
    <xsl:variable name="said" as="xs:string"
      select="(((../figDesc, desc, parent::figure/head) ! f:brief(.))[.], f:label('image', $v:language))[1]"/>
    <xsl:choose>
      <xsl:when test="$image/@shown"><img src="{f:image-href($image)}" alt="{$said}" loading="lazy"/></xsl:when>
      <xsl:when test="$image/@href">
        <a class="graphic" href="{f:image-href($image)}" data-label="{f:label('image', $v:language)}" aria-label="{$said}"></a>
      </xsl:when>
      <xsl:otherwise>
        <span class="graphic" role="img" aria-label="{$said}" data-label="{f:label('image', $v:language)}"></span>
      </xsl:otherwise>
    </xsl:choose>
    <xsl:apply-templates select="desc" mode="m:text"/>
  </xsl:template>

  <!-- Formulas: MathML as it is, other notations letter by letter. -->
  <xsl:template match="formula" mode="m:text">
    <xsl:element name="{if (*:math) then f:tag(., 'span') else 'code'}">
      <xsl:apply-templates select="." mode="m:attributes"/>
      <xsl:apply-templates mode="m:text"/>
    </xsl:element>
  </xsl:template>

  <!-- Presentation elements of MathML and their attributes, without any that run or load something. -->
  <xsl:variable name="v:mathml" as="xs:string*" select="tokenize('
    math mrow mi mn mo ms mtext mspace mfrac msqrt mroot mstyle merror mpadded mphantom msub msup msubsup
    munder mover munderover mmultiscripts mprescripts none mtable mtr mtd semantics')[.]"/>
  <xsl:variable name="v:mathml-attributes" as="xs:string*" select="tokenize('
    mathvariant mathsize dir display displaystyle scriptlevel lspace rspace stretchy symmetric maxsize minsize
    largeop movablelimits fence separator form accent accentunder linethickness width height depth voffset
    columnspan rowspan alttext')[.]"/>

  <xsl:template match="mml:*" mode="m:text">
    <xsl:choose>
      <xsl:when test="local-name() = $v:mathml">
        <xsl:element name="{local-name()}">
          <xsl:copy-of select="@*[namespace-uri() = ''][local-name() = $v:mathml-attributes]"/>
          <xsl:apply-templates mode="m:text"/>
        </xsl:element>
      </xsl:when>
      <xsl:when test="self::mml:annotation or self::mml:annotation-xml"/>
      <xsl:otherwise><xsl:apply-templates mode="m:text"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

</xsl:stylesheet>

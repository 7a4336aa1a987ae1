<?xml version="1.0" encoding="UTF-8"?>
<!-- A picture of the corpus, which was drawn before, with the same data as a table. -->
<xsl:stylesheet version="3.0" expand-text="yes" exclude-result-prefixes="#all"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:svg="http://www.w3.org/2000/svg"
  xmlns:t="urn:x-teikit:facts"
  xmlns:f="urn:x-teikit:functions"
  xmlns:m="urn:x-teikit:modes"
  xmlns:v="urn:x-teikit:variables">

  <xsl:variable name="v:pictures" as="xs:string*" select="tokenize($pictures)"/>

  <xsl:template match="t:facts[$page = $v:pictures]" mode="m:main">
    <xsl:variable name="shown" as="element(t:picture)" select="$picture/t:picture"/>
    <xsl:if test="count($v:pictures) gt 1">
      <nav class="views" aria-label="{f:label('views', $v:language)}">
        <ul>
          <xsl:for-each select="$v:pictures">
            <xsl:call-template name="f:tab">
              <xsl:with-param name="for" select="."/>
              <xsl:with-param name="href" select=". || '.html'"/>
              <xsl:with-param name="text" select="f:label('picture-' || ., $v:language)"/>
            </xsl:call-template>
          </xsl:for-each>
        </ul>
      </nav>
    </xsl:if>
    <h1>{$shown/@title}</h1>
    <figure class="picture">
      <div class="picture-frame" role="region" tabindex="0" aria-label="{$shown/@title}">
        <xsl:copy-of select="$shown/svg:svg" copy-namespaces="no"/>
      </div>
      <figcaption><p>{f:spaced($shown/t:description, $v:language)}</p></figcaption>
    </figure>
    <h2 id="table">{f:label('as-table', $v:language)}</h2>
    <div class="wide" role="region" tabindex="0" aria-labelledby="table">
      <table>
        <thead><tr><xsl:for-each select="$shown/t:column"><th scope="col">{.}</th></xsl:for-each></tr></thead>
        <tbody>
          <xsl:for-each select="$shown/t:row">
            <tr>
              <xsl:for-each select="t:cell">
                <td>
                  <xsl:sequence select="f:lang(@lang)"/>
                  <xsl:choose>
                    <xsl:when test="@href"><a href="{@href}">{.}</a></xsl:when>
                    <xsl:otherwise>{.}</xsl:otherwise>
                  </xsl:choose>
                </td>
              </xsl:for-each>
            </tr>
          </xsl:for-each>
        </tbody>
      </table>
    </div>
  </xsl:template>

  <xsl:template match="t:facts[$page = $v:pictures]" mode="m:title" as="xs:string">
    <xsl:sequence select="$picture/t:picture/@title || ' — ' || f:title($v:edition, $v:language)"/>
  </xsl:template>

  <xsl:template match="t:facts[$page = $v:pictures]" mode="m:head">
    <link rel="stylesheet" href="{$root}pictures.css"/>
  </xsl:template>

</xsl:stylesheet>

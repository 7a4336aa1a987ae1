<?xml version="1.0" encoding="UTF-8"?>
<!-- What is read of a text: the same choices as in teikit/text.py, held together by a test. -->
<xsl:stylesheet version="3.0" expand-text="yes" exclude-result-prefixes="#all"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:x-teikit:functions"
  xmlns:v="urn:x-teikit:variables">

  <!-- For each reading and each kind of alternation the alternatives, best first. -->
  <xsl:variable name="v:preferences" as="map(xs:string, map(xs:string, xs:string*))" select="map {
    'diplomatic': map {
      'choice': ('sic', 'orig', 'abbr', 'unclear', 'seg', 'corr', 'reg', 'expan'),
      'app': ('lem', 'rdg', 'rdgGrp'),
      'rdgGrp': ('lem', 'rdg', 'rdgGrp') },
    'corrected': map {
      'choice': ('corr', 'reg', 'abbr', 'unclear', 'seg', 'sic', 'orig', 'expan'),
      'app': ('lem', 'rdg', 'rdgGrp'),
      'rdgGrp': ('lem', 'rdg', 'rdgGrp'),
      'subst': ('add', 'del') } }"/>
  <xsl:variable name="v:preferred" as="map(xs:string, xs:string*)"
    select="$v:preferences(if ($reading = 'diplomatic') then 'diplomatic' else 'corrected')"/>

  <xsl:variable name="v:hidden" as="xs:string*" select="
    if ($reading = 'diplomatic') then ('fw', 'teiHeader')
    else ('fw', 'del', 'surplus', 'teiHeader')"/>

  <!-- The alternative of a choice, app or subst that the reading shows. -->
  <xsl:function name="f:chosen" as="element()?">
    <xsl:param name="alternation" as="element()"/>
    <xsl:sequence select="f:chosen-in($alternation, $v:preferred)"/>
  </xsl:function>

  <!-- The reading that the text shows, out of a group of readings too. -->
  <xsl:function name="f:reading-of" as="element()?">
    <xsl:param name="alternation" as="element()"/>
    <xsl:variable name="chosen" as="element()?" select="f:chosen($alternation)"/>
    <xsl:sequence select="if ($chosen/self::rdgGrp) then f:reading-of($chosen) else $chosen"/>
  </xsl:function>

  <!-- The alternative that is shown by a table of preferences. -->
  <xsl:function name="f:chosen-in" as="element()?">
    <xsl:param name="alternation" as="element()"/>
    <xsl:param name="preferred" as="map(xs:string, xs:string*)"/>
    <xsl:sequence select="
      (for $name in $preferred(local-name($alternation))
       return $alternation/*[local-name() = $name][1], $alternation/*)[1]"/>
  </xsl:function>

  <!-- What each reading shows of an alternation: one alternative, or all of them. -->
  <xsl:function name="f:shown-in" as="element()*">
    <xsl:param name="alternation" as="element()"/>
    <xsl:param name="which" as="xs:string"/>
    <xsl:variable name="preferred" as="map(xs:string, xs:string*)" select="$v:preferences($which)"/>
    <xsl:sequence select="
      if (exists($preferred(local-name($alternation)))) then f:chosen-in($alternation, $preferred)
      else $alternation/*"/>
  </xsl:function>

  <!-- Whether the reading leaves an element out. -->
  <xsl:function name="f:hidden" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="local-name($element) = $v:hidden or exists($element/self::app[f:is-standoff(.)])"/>
  </xsl:function>

  <!-- Whether an entry of an apparatus stands apart from the words that it is about. -->
  <xsl:function name="f:is-standoff" as="xs:boolean">
    <xsl:param name="app" as="element()"/>
    <xsl:sequence select="exists($app[@from or @loc or parent::listApp])"/>
  </xsl:function>

  <!-- Whether a note is set apart from the running text. -->
  <xsl:function name="f:is-apart" as="xs:boolean">
    <xsl:param name="note" as="element()"/>
    <xsl:sequence select="not($note/@place = 'inline')"/>
  </xsl:function>

  <!-- The notes set apart of a unit that the reading shows, in order, notes in notes left out. -->
  <xsl:function name="f:notes" as="element(note)*">
    <xsl:param name="unit" as="element()"/>
    <xsl:sequence select="
      $unit/descendant-or-self::note[f:is-apart(.)]
        [not(ancestor::*[. >> $unit or . is $unit][f:hidden(.)])]
        [not(ancestor::note[. >> $unit][f:is-apart(.)])]
        [every $up in ancestor::*[. >> $unit or . is $unit]
           satisfies not(local-name($up/..) = map:keys($v:preferred)) or $up is f:chosen($up/..)]"
      xmlns:map="http://www.w3.org/2005/xpath-functions/map"/>
  </xsl:function>

</xsl:stylesheet>

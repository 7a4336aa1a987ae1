<?xml version="1.0" encoding="UTF-8"?>
<!-- TEI to HTML. The principal source is the facts document that teikit link writes; one run makes
     one page, told by $page. docs/stylesheets.md says how to run it alone. -->
<xsl:package version="3.0" name="urn:x-teikit:html" package-version="0.1" declared-modes="yes"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

  <xsl:include href="modules.xsl"/>

</xsl:package>

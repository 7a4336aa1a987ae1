"""What is handed over as a schema and is none: broken XML, or another kind of file."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace
from xml.parsers import expat

from teikit.diagnostics import Diagnostic
from teikit.validation.relaxng.tree import RNG, Place, fault

# What people hand over instead of a schema: namespace of the root, and what it is.
_OTHERS = {
    "http://www.w3.org/1999/xhtml": "an HTML page",
    "http://www.w3.org/2001/XMLSchema": "a W3C XML Schema (XSD)",
    "http://purl.oclc.org/dsdl/schematron": "a Schematron schema",
    "http://www.ascc.net/xml/schematron": "a Schematron schema of the old version 1.5",
    "http://www.w3.org/1999/XSL/Transform": "an XSLT stylesheet",
    "urn:oasis:names:tc:entity:xmlns:xml:catalog": "an XML catalog",
    "http://relaxng.org/ns/structure/0.9": "a schema of the draft version 0.9 of RELAX NG",
    "http://www.xml.gr.jp/xmlns/relaxCore": "a RELAX Core schema",
}


def stranger(root: str, data: bytes, place: Place, kinds: Container[str]) -> Diagnostic:
    """Say what a well-formed file is whose root (namespace, space, name) is not RELAX NG.

    ``kinds`` are the names of RELAX NG, which stand in no namespace if the declaration is missing.
    """
    namespace, _, local = root.rpartition(" ")
    hints: tuple[str, ...] = ("give a schema in RELAX NG (.rng or .rnc)",)
    if namespace == "http://www.tei-c.org/ns/1.0":
        odd = b"<schemaSpec" in data or b":schemaSpec" in data
        what = "a TEI customisation (ODD)" if odd else "a TEI document"
        if odd:
            hints = ("a schema must be made from it first: give that .rng",)
    elif local.lower() == "html":
        what = "an HTML page"
        hints = ("its address probably answered with a page: download the schema itself",)
    elif namespace in _OTHERS:
        what = _OTHERS[namespace]
    elif not namespace and local in kinds:
        what = f"<{local}> in no namespace"
        hints = (f'write <{local} xmlns="{RNG}">',)
    else:
        what = f"a document with the root <{local}>"
    return fault(place, f"this is not a RELAX NG schema, but {what}", *hints)


def explained(data: bytes, path: str) -> Diagnostic | None:
    """What the examination of texts says about these bytes, as a finding about a schema."""
    from teikit.wellformed import scan

    found = scan(data, path)
    if not isinstance(found, Diagnostic):
        return None
    message = f"the schema is not well-formed XML: {found.message}"
    if found.code == "TK004":
        message = found.message.replace("the file", "the schema", 1)
    wrong = fault(Place(path, 1, 1), message, *found.hints)
    return replace(wrong, location=found.location, expected=found.expected, related=found.related)


def malformed(error: expat.ExpatError, data: bytes, path: str, begun: bool) -> Diagnostic:
    """Why the parser gave up; ``begun`` says that a root element of RELAX NG was seen."""
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not begun and not start.startswith((b"<", b"\xff\xfe", b"\xfe\xff")):
        hint = "if it is the compact syntax of RELAX NG, let its name end in .rnc"
        return fault(Place(path, 1, 1), "the schema is not XML", hint)
    if not begun and start.startswith((b"<!ELEMENT", b"<!ENTITY", b"<!ATTLIST")):
        message = "this is not a RELAX NG schema, but a DTD"
        return fault(Place(path, 1, 1), message, "convert it to RELAX NG first")
    found = explained(data, path)
    if found:
        return found
    reason = expat.ErrorString(error.code)
    if error.code == expat.errors.codes[expat.errors.XML_ERROR_UNBOUND_PREFIX]:
        reason = "a prefix is used here that no xmlns:… declares"
    place = Place(path, error.lineno, error.offset + 1)
    return fault(place, f"the schema is not well-formed XML: {reason}")

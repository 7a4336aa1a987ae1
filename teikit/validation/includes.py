"""What a schema takes in from other files, as its text says; nothing is opened here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple
from urllib.parse import urldefrag, urljoin
from xml.parsers import expat

from teikit.validation.models import RELAXNG, SCHEMATRON, XSD, Kind

_XML_BASE = "http://www.w3.org/XML/1998/namespace base"
# The attribute by which an element takes in another file.
_INCLUDES = {
    f"{RELAXNG} include": "href",
    f"{RELAXNG} externalRef": "href",
    f"{SCHEMATRON} include": "href",
    f"{SCHEMATRON} extends": "href",
    **{f"{XSD} {name}": "schemaLocation" for name in ("include", "import", "redefine", "override")},
}
# The compact syntax (RELAX NG compact syntax, section 2): comments, literals, words.
_COMPACT = re.compile(
    r"""#[^\n]*|("{3}.*?"{3}|'{3}.*?'{3}|"[^"\n]*"|'[^'\n]*')|(\\?[^\W\d][\w.-]*)|~|\S""", re.DOTALL
)


class Reference(NamedTuple):
    """A file that a schema names: the URI reference with ``xml:base`` applied, and its place.

    ``needed`` is false where the schema may do without it: an ``xs:import`` only says where a
    namespace might be found.
    """

    href: str
    line: int
    column: int
    needed: bool


def references(data: bytes, language: Kind) -> list[Reference]:
    """The files that a schema takes in, each once, in the order of its text.

    ``data`` is a schema in XML or in the compact syntax; one that cannot be read has those that
    come before the mistake.
    """
    first: dict[str, Reference] = {}
    for reference in _in_compact(data) if language == "compact" else _in_xml(data):
        if reference.href:
            first.setdefault(reference.href, reference)
    return list(first.values())


def _in_xml(data: bytes) -> list[Reference]:
    found: list[Reference] = []
    bases = [""]

    def start(name: str, attributes: dict[str, str]) -> None:
        bases.append(urljoin(bases[-1], attributes.get(_XML_BASE, "")))
        written = attributes.get(_INCLUDES.get(name, ""), "").strip()
        if written:
            href = urldefrag(urljoin(bases[-1], written)).url
            line, column = parser.CurrentLineNumber, parser.CurrentColumnNumber + 1
            found.append(Reference(href, line, column, name != f"{XSD} import"))

    def end(_name: str) -> None:
        bases.pop()

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = start, end
    with suppress(expat.ExpatError, LookupError):
        parser.Parse(data, True)
    return found


def _in_compact(data: bytes) -> list[Reference]:
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    text = data.decode(encoding, "replace")
    tokens = [match for match in _COMPACT.finditer(text) if not match[0].startswith("#")]
    return list(_after_keywords(text, tokens))


def _after_keywords(text: str, tokens: list[re.Match[str]]) -> Iterator[Reference]:
    for index, token in enumerate(tokens):
        if token[2] not in ("include", "external"):
            continue
        href, at = "", index + 1
        while at < len(tokens) and tokens[at][1]:
            literal = tokens[at][1]
            edge = 3 if literal[:3] in ('"""', "'''") and len(literal) >= 6 else 1
            href += literal[edge:-edge]
            # "a" ~ "b" is one literal.
            joined = at + 1 < len(tokens) and tokens[at + 1][0] == "~"
            at += 2 if joined else len(tokens)
        begin = token.start()
        column = begin - text.rfind("\n", 0, begin)
        yield Reference(href, text.count("\n", 0, begin) + 1, column, True)

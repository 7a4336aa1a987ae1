"""Registers: the entries that describe persons, places, organisations, works and events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from teikit.corpus import Document
from teikit.diagnostics import Location
from teikit.header import Text, date_value, language
from teikit.names import KIND_OF_ENTRY, NS, XML_ID, EntityKind, local
from teikit.text import words

# Where the identifiers of well-known authorities lead. Others are shown without a link.
AUTHORITIES = {
    "geonames": "https://www.geonames.org/{}",
    "gnd": "https://d-nb.info/gnd/{}",
    "viaf": "https://viaf.org/viaf/{}",
    "wikidata": "https://www.wikidata.org/wiki/{}",
    "pm20": "https://pm20.zbw.eu/folder/{}",
}


@dataclass(frozen=True, slots=True)
class Identifier:
    """An authority's identifier: its type, its value, how close the match is, and its URL."""

    type: str
    value: str
    match: str = ""

    @property
    def url(self) -> str:
        """The page of the authority, or the empty string where its scheme is not known."""
        if self.value.startswith(("http://", "https://")):
            return self.value
        pattern = AUTHORITIES.get(self.type.lower())
        return pattern.format(self.value) if pattern else ""


# What a register says of an entity, in the order in which a reader wants it.
_STATEMENTS = (
    "sex occupation education trait state affiliation residence event relation desc note".split()
)


@dataclass(frozen=True, slots=True)
class Statement:
    """Something that an entry says of its entity.

    ``kind`` is the element, or the ``@type`` of an event (``arrest``, ``exile``); ``date`` what it
    is dated: an ISO 8601 date, a period ``from/to`` with ``..`` for an end that is not known, or
    ``""`` where nothing is said.
    """

    kind: str
    text: str
    lang: str
    date: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A register entry. ``names`` come in the order of the file, the main ones first."""

    id: str
    kind: str
    location: Location
    names: tuple[Text, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    dates: tuple[tuple[str, str], ...] = ()
    statements: tuple[Statement, ...] = ()
    coordinates: str = ""
    documents: tuple[str, ...] = ()  # pointers to documents of the corpus that are this work

    def name(self, *languages: str) -> str:
        """The preferred name in the first of the languages that has one, else any, else the id."""
        for lang in languages:
            for name in self.names:
                if name.lang == lang:
                    return name.text
        return self.names[0].text if self.names else self.id


def read_entries(document: Document) -> Iterator[Entry]:
    """The register entries of a document: described entities with an ``xml:id`` inside a list."""
    for element in document.root.iter("{*}*"):
        kind = KIND_OF_ENTRY.get(local(element.tag))
        identifier = element.get(XML_ID)
        parent = element.getparent()
        if kind is None or identifier is None or parent is None:
            continue
        if local(parent.tag) in kind.lists:
            yield _entry(document, element, kind, identifier)


def _entry(document: Document, element: etree._Element, kind: EntityKind, key: str) -> Entry:
    names = []
    for child in element.iterchildren("{*}*"):
        if local(child.tag) in kind.names:
            names.append(Text(words(child), language(child), child.get("type", "")))
    if kind.kind == "work" and not names:
        names = [
            Text(words(node), language(node), node.get("type", ""))
            for node in element.iterfind(".//tei:title", NS)
        ]
    # A name without a type, or of type main, is the preferred one of its language.
    names.sort(key=lambda name: name.type not in ("", "main"))
    dates = [
        (name, value)
        for name in ("birth", "death")
        for node in element.iterfind(f"tei:{name}", NS)
        if (value := node.get("when") or node.get("notBefore") or node.get("notAfter"))
    ]
    geo = element.find("tei:location/tei:geo", NS)
    return Entry(
        key,
        kind.kind,
        document.locate(element),
        tuple(names),
        tuple(
            Identifier(node.get("type", ""), words(node), node.get("subtype", ""))
            for node in element.iterfind("tei:idno", NS)
        ),
        tuple(dates),
        tuple(_statements(element)),
        "" if geo is None else words(geo),
        tuple(node.get("target", "") for node in element.iterfind("tei:ref[@type='document']", NS)),
    )


def _statements(element: etree._Element) -> Iterator[Statement]:
    """What the entry says, kind by kind; within a kind in the order of the file."""
    for name in _STATEMENTS:
        for node in element.iterfind(f"tei:{name}", NS):
            text = words(node)
            if text and not (name == "sex" and node.get("value")):
                value = date_value(node)
                first, last = value.start or value.not_before, value.end or value.not_after
                date = value.when or (f"{first or '..'}/{last or '..'}" if first or last else "")
                inner = node.find("*", NS)
                lang = language(node if inner is None else inner)
                yield Statement(node.get("type") or name, text, lang, date)

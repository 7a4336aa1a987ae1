"""Claims: what a header says of its document and citations repeat, each with its place.

The record of a document takes one of several; whether they agree is for the checks to say
(Guidelines, chapter 2).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from teikit.corpus import Document
from teikit.diagnostics import Location
from teikit.header import DateValue, date_value, language, read_agent
from teikit.names import NS, local
from teikit.text import words

_TITLE = "tei:fileDesc/tei:titleStmt/"
_PUBLICATION = "tei:fileDesc/tei:publicationStmt/"
_SOURCE = "tei:fileDesc/tei:sourceDesc/"
_AGENTS = ("persName", "orgName", "name")
_PLACES = ("placeName", "settlement", "region", "country", "geogName", "district")
# Types by which a date in creation says that it is that of the writing.
_WRITING = frozenset({"", "creation", "composition", "writing", "written", "sent"})


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that a header says.

    ``kind`` is ``author``, ``sender``, ``recipient``, ``genre``, ``publisher`` or ``pages``; of
    dates it is ``sent``, ``arrived``, ``created``, ``origin``, ``printed`` or ``published``;
    ``received`` stands for a ``correspAction`` of that type that says who received it, or that
    nobody knows. ``text`` are the
    words, ``ref`` the pointers to a register, ``ends`` the first and the last page.
    """

    kind: str
    text: str
    location: Location
    ref: str = ""
    element: str = ""
    lang: str = ""
    date: DateValue | None = None
    ends: tuple[str, str] = ("", "")


def read_claims(document: Document) -> Iterator[Claim]:
    """The claims of a document's own header, by kind and in its order."""
    header = document.root.find("tei:teiHeader", NS)
    if header is None:
        return
    for node in header.iterfind(f"{_TITLE}tei:author", NS):
        yield _agent(document, "author", node)
    yield from _publication(document, header)
    yield from _sources(document, header)
    for node in header.iterfind("tei:profileDesc/tei:creation/tei:date", NS):
        if node.get("type", "") in _WRITING:
            yield _date(document, "created", node)
    for node in header.iterfind(".//tei:keywords//tei:term[@type='genre']", NS):
        yield Claim("genre", words(node), document.locate(node), lang=language(node))
    described = header.findall("tei:profileDesc/tei:correspDesc", NS)
    for description in described if len(described) == 1 else ():
        # Several describe several letters: none of them is the document.
        yield from _letter(document, description)


def _agent(document: Document, kind: str, node: etree._Element) -> Claim:
    agent = read_agent(kind, node)
    place = document.locate(node)
    return Claim(kind, agent.name, place, agent.ref, agent.element, agent.lang)


def _date(document: Document, kind: str, node: etree._Element) -> Claim:
    return Claim(kind, words(node), document.locate(node), date=date_value(node))


def _publication(document: Document, header: etree._Element) -> Iterator[Claim]:
    for name in ("publisher", "authority", "distributor"):
        for node in header.iterfind(f"{_PUBLICATION}tei:{name}", NS):
            yield Claim("publisher", words(node), document.locate(node))
    for node in header.iterfind(f"{_PUBLICATION}tei:date", NS):
        yield _date(document, "published", node)


def _sources(document: Document, header: etree._Element) -> Iterator[Claim]:
    origin = f"{_SOURCE}tei:msDesc/tei:history/tei:origin//tei:origDate"
    for node in header.iterfind(origin, NS):
        yield _date(document, "origin", node)
    for node in header.iterfind(f"{_SOURCE}/tei:biblStruct/tei:monogr/tei:imprint/tei:date", NS):
        yield _date(document, "printed", node)
    for node in header.iterfind(f"{_SOURCE}/tei:biblScope", NS):
        if node.get("unit", "") in ("page", "pages", "pp"):
            ends = (node.get("from", ""), node.get("to", ""))
            yield Claim("pages", words(node), document.locate(node), ends=ends)


def _says_who(node: etree._Element) -> bool:
    """Whether a part of a ``correspAction`` says who acted, be it that nobody knows."""
    other = local(node.tag) in ("", "address", "date", "idno", *_PLACES)
    return not other and bool(words(node) or node.get("ref") or node.get("key"))


def _letter(document: Document, description: etree._Element) -> Iterator[Claim]:
    kinds = {"sent": ("sender", "sent"), "received": ("recipient", "arrived")}
    for action in description.iterfind("tei:correspAction", NS):
        who, when = kinds.get(action.get("type", ""), ("", ""))
        if who == "recipient" and any(map(_says_who, action)):
            yield Claim("received", words(action), document.locate(action))
        for node in action if who else ():
            if local(node.tag) in _AGENTS:
                yield _agent(document, who, node)
            elif local(node.tag) == "date":
                yield _date(document, when, node)

"""Bonds: statements that tie one thing to another and that the other side may have to answer.

A piece is enclosed in a letter, a translation belongs to an original, an element has a next one, a
place lies in another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from teikit.corpus import Document, base_of
from teikit.diagnostics import Location
from teikit.names import NS, XML_ID, local

_CHAINS = ("next", "prev", "sameAs", "copyOf")
_PARTS = re.compile(r"(is)?(part|subset|branch|member)[-_ ]?of|located[-_ ]?in|lies[-_ ]?in", re.I)
_WHOLES = re.compile(r"(has[-_ ]?part|contains|includes)", re.I)
# By which elements an entry says what it is a part of; inside of it or of its location.
_IN_PLACE = ("bloc", "country", "region", "district", "settlement", "placeName", "geogName")


@dataclass(frozen=True, slots=True)
class Bond:
    """One statement.

    ``form`` says where it stands (``document``: in ``relatedItem`` or ``correspContext``;
    ``chain``: an attribute; ``place``, ``org`` or ``relation``: in a register), ``kind`` what it
    says;
    ``source`` is a pointer to what it says it of (``""``: the document), ``token`` the pointer to
    the other side, both under ``base``.
    """

    form: str
    kind: str
    source: str
    token: str
    base: str
    location: Location


def read_bonds(document: Document) -> Iterator[Bond]:
    """The bonds that a document states, in its order."""
    for element in document.root.iter("{*}*"):
        name = local(element.tag)
        if name == "relatedItem" and element.get("type"):
            inner = [node for node in element if local(node.tag) in ("ref", "ptr")]
            for node in [element, *inner]:
                yield from _bond(document, node, "target", "document", element.get("type", ""))
        elif name == "correspContext":
            for node in element.iterfind(".//*[@target]", NS):
                if node.get("type"):
                    yield from _bond(document, node, "target", "document", node.get("type", ""))
        elif name == "relation":
            yield from _relation(document, element)
        elif name in ("place", "org") and element.get(XML_ID):
            yield from _wholes(document, element, name)
        for attribute in _CHAINS:
            if element.get(attribute) and element.get(XML_ID):
                source = f"#{element.get(XML_ID)}"
                yield from _bond(document, element, attribute, "chain", attribute, source)


def _bond(
    document: Document,
    element: etree._Element,
    attribute: str,
    form: str,
    kind: str,
    source: str = "",
) -> Iterator[Bond]:
    for token in element.get(attribute, "").split():
        place = document.locate(element, attribute)
        yield Bond(form, kind, source, token, base_of(element), place)


def _relation(document: Document, element: etree._Element) -> Iterator[Bond]:
    """What lies in what, by the name of a relation between two entities."""
    name = (element.get("name") or element.get("type") or "").rpartition(":")[2]
    active, passive = element.get("active", "").split(), element.get("passive", "").split()
    if _WHOLES.fullmatch(name):
        active, passive = passive, active
    elif not _PARTS.fullmatch(name):
        return
    place, base = document.locate(element), base_of(element)
    for part in active:
        for whole in passive:
            yield Bond("relation", "in", part, whole, base, place)


def _wholes(document: Document, entry: etree._Element, kind: str) -> Iterator[Bond]:
    """What an entry for a place or an organisation says that it is a part of."""
    source = f"#{entry.get(XML_ID)}"
    if kind == "place":
        inside = [*entry.iterfind("tei:location/*", NS), *entry]
        nodes = [
            node
            for node in inside
            if local(node.tag) in _IN_PLACE
            and not (node.getparent() is entry and local(node.tag) in ("placeName", "geogName"))
        ]
    else:
        nodes = entry.findall("tei:affiliation", NS)
        nodes += entry.findall("tei:affiliation/tei:orgName", NS)
    for node in nodes:
        yield from _bond(document, node, "ref", kind, "in", source)

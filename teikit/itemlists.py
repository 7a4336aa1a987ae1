"""Which elements of a document are items of bibliographies."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from teikit.corpus import Document
from teikit.diagnostics import Location
from teikit.itemreading import read_item
from teikit.items import Item
from teikit.names import XML_ID, local
from teikit.text import words


def read_items(document: Document) -> Iterator[Item]:
    """The items of a document, in its order.

    A ``bibl`` counts in a list, in ``sourceDesc``, with an ``xml:id``, or with a title and one more
    thing that a reference has: others are passing words of a text (``Hom. Il. 1.1``), or a note of
    the item that they are related to.
    """
    lists: dict[etree._Element, Location] = {}
    for element in document.root.iter("{*}biblStruct", "{*}bibl", "{*}biblFull", "{*}msDesc"):
        around = _around(element)
        source = "sourceDesc" in around
        holder = around.get("listBibl")
        if local(element.tag) == "bibl" and not (
            element.get(XML_ID)
            or _structured(element)
            or ((source or holder is not None) and "relatedItem" not in around)
        ):
            continue
        if not words(element) and not element.get(XML_ID) and not _target(element):
            continue
        if _is_pointer(element):
            continue
        if holder is not None and holder not in lists:
            lists[holder] = document.locate(holder)
        place = lists[holder] if holder is not None else None
        yield read_item(document, element, place, source=source)


def _around(element: etree._Element) -> dict[str, etree._Element]:
    """The nearest ``listBibl``, ``sourceDesc``, ``relatedItem`` around, as far as an ``msDesc``."""
    found: dict[str, etree._Element] = {}
    for node in element.iterancestors():
        name = local(node.tag)
        if name in ("listBibl", "sourceDesc", "relatedItem"):
            found.setdefault(name, node)
        elif name == "msDesc":
            break
    return found


_REFERENCE = ("author", "editor", "date", "publisher", "pubPlace", "biblScope", "respStmt")


def _structured(element: etree._Element) -> bool:
    inside = {local(node.tag) for node in element}
    return "title" in inside and not inside.isdisjoint(_REFERENCE)


def _is_pointer(element: etree._Element) -> bool:
    """Whether it only points to an item elsewhere in the corpus, perhaps with the place in it."""
    inside = {local(node.tag) for node in element} - {""}
    target = _target(element)
    return (
        local(element.tag) == "bibl"
        and not element.get(XML_ID)
        and inside <= {"ptr", "citedRange", "biblScope"}
        and bool(target)
        and not target.startswith(("http:", "https:"))
    )


def _target(element: etree._Element) -> str:
    for node in element.iterchildren("{*}ref", "{*}ptr"):
        if target := node.get("target", "").split():
            return target[0]
    return ""

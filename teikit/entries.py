"""Reading registers, wherever people keep them.

In ``standOff``, in ``back``, in the header's ``particDesc`` and ``settingDesc``, in files that hold
nothing but lists (Guidelines 13.3, 3.12.2).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from teikit.corpus import Document, base_of
from teikit.header import Agent, DateValue, date_value, language, name_parts
from teikit.identifiers import prefixed
from teikit.names import KIND_OF_ENTRY, XML_ID, EntityKind, local, tei
from teikit.registers import (
    Dated,
    EntityName,
    EntityRelation,
    Entry,
    Identifier,
    Point,
    Statement,
)
from teikit.text import words

# What a register says of an entity, in the order in which a reader wants it.
_STATEMENTS = (
    "sex occupation education trait state affiliation residence event relation desc note".split()
)
# What else in an entry can be dated.
_DATED = frozenset(
    "birth death floruit event residence occupation education affiliation state trait "
    "nationality faith langKnowledge socecStatus population".split()
)
# Types by which people mark a name that is written only to sort by.
_FOR_SORTING = frozenset({"sort", "sorting", "sortkey"})


def read_entries(document: Document) -> Iterator[Entry]:
    """The register entries of a document: described entities with an ``xml:id`` inside a list."""
    for element in document.root.iter("{*}*"):
        kind = KIND_OF_ENTRY.get(local(element.tag))
        identifier = element.get(XML_ID)
        if kind is not None and identifier is not None and _is_listed(element, kind):
            yield _entry(document, element, kind, identifier)


def read_relations(document: Document) -> Iterator[EntityRelation]:
    """The ``relation`` elements of a document, in its order."""
    for node in document.root.iter("{*}relation"):

        def tokens(name: str, node: etree._Element = node) -> tuple[str, ...]:
            return tuple(node.get(name, "").split())

        yield EntityRelation(
            node.get("name") or node.get("ref") or "",
            node.get("type", ""),
            tokens("active"),
            tokens("passive"),
            tokens("mutual"),
            base_of(node),
            tokens("source"),
            node.get("cert", ""),
            date_value(node),
            document.locate(node),
        )


def _is_listed(element: etree._Element, kind: EntityKind) -> bool:
    """Whether it stands in a list of its kind, or in an entry of its kind that does."""
    parent = element.getparent()
    while parent is not None and local(parent.tag) in kind.entries:
        parent = parent.getparent()
    return parent is not None and local(parent.tag) in kind.lists


def _children(element: etree._Element, *names: str) -> list[etree._Element]:
    return list(element.iterchildren(*(tei(name) for name in names)))


def _entry(document: Document, element: etree._Element, kind: EntityKind, key: str) -> Entry:
    named = (_name(document, node) for node in _name_elements(element, kind))
    names = [name for name in named if name.text]
    names.sort(key=lambda name: not name.is_main)
    # What is said of sorting beside the name: for the entry, or by a name that is only for that.
    whole = element.get("sortKey", "")
    by_lang = {name.lang: name.text for name in names if name.type.lower() in _FOR_SORTING}
    names = [
        replace(name, sort=whole or by_lang.get(name.lang) or name.sort) if name.is_main else name
        for name in names
    ]
    return Entry(
        key,
        kind.kind,
        document.locate(element),
        tuple(names),
        tuple(_identifiers(document, element, kind)),
        tuple(_dated(document, element)),
        tuple(_statements(element)),
        tuple(_points(document, element)),
        tuple(_agents(element)) if kind.kind == "work" else (),
        tuple(
            node.get("target", "")
            for node in _children(element, "ref")
            if node.get("type") == "document"
        ),
        tuple(_memberships(element)),
        element.get("type", ""),
        element.get("cert", ""),
    )


# -- names ---------------------------------------------------------------------------------------

# Where the title of a description stands: the first of these places that has one.
_TITLES = {
    "bibl": (("title",),),
    "biblStruct": (("analytic", "title"), ("monogr", "title"), ("series", "title")),
    "biblFull": (("titleStmt", "title"), ("fileDesc", "titleStmt", "title")),
    "msDesc": (("head",), ("msIdentifier", "msName"), ("msIdentifier", "idno")),
}


def _name_elements(element: etree._Element, kind: EntityKind) -> list[etree._Element]:
    """The elements that name the entity of an entry.

    A country beside a ``placeName`` says where the place is; the title of a journal beside that of
    an article says where it appeared: neither is a name of the entry.
    """
    if kind.kind == "work":
        for path in _TITLES.get(local(element.tag), ()):
            found = _children(element, path[0])
            for step in path[1:]:
                found = [inner for node in found for inner in _children(node, step)]
            if found:
                own = [node for node in found if node.get("level") == "a"]
                return own or found
        return list(element.iter(tei("title")))
    named = [node for node in element.iterchildren("{*}*") if local(node.tag) in kind.names]
    exact = [node for node in named if local(node.tag) not in _WHEREABOUTS]
    if exact or not named:
        return exact
    smallest = next(name for name in _WHEREABOUTS if _children(element, name))
    return [node for node in named if local(node.tag) == smallest]


_WHEREABOUTS = ("settlement", "region", "country")


def _name(document: Document, node: etree._Element) -> EntityName:
    parts = tuple(name_parts(node))
    text = words(node)
    date = date_value(node)
    return EntityName(
        text,
        language(node),
        node.get("type", ""),
        node.get("sortKey") or _sort_form(node, text, parts),
        node.get("cert", ""),
        parts,
        date if date.earliest else None,
        document.locate(node),
    )


def _sort_form(node: etree._Element, text: str, parts: tuple[tuple[str, str], ...]) -> str:
    """What a structured name is sorted by: ``@sort`` of its parts, else surname, then the rest.

    A particle outside the surname (``<nameLink>von</nameLink> <surname>Goethe</surname>``) comes
    last; one inside it counts as part of it (Guidelines 13.2.1).
    """
    numbered = [part for part in node.iterchildren("{*}*") if part.get("sort", "").isdecimal()]
    if numbered:
        return " ".join(words(part) for part in sorted(numbered, key=_order))
    family = [words(part) for part in _children(node, "surname")]
    if family:
        given = [
            text
            for name in ("forename", "addName")
            for part, text in parts
            if part.partition(".")[0] == name
        ]
        given += [words(part) for part in _children(node, "nameLink")]
        return ", ".join(filter(None, (" ".join(family), " ".join(given))))
    # “Goethe, Johann Wolfgang” is turned already; the comma of a place or a title says nothing.
    return text if "," in text and local(node.tag) == "persName" else ""


def _order(part: etree._Element) -> int:
    return int(part.get("sort", "0"))


# -- identifiers, dates, places ------------------------------------------------------------------


def _identifiers(
    document: Document, element: etree._Element, kind: EntityKind
) -> Iterator[Identifier]:
    """The ``idno`` of an entry, then the addresses of authorities in its attributes."""
    for node in _children(element, "idno"):
        yield read_idno(document, node)
    seen = set()
    for node, attribute in _addresses(element, kind):
        for token in node.get(attribute, "").split():
            found = prefixed(token)
            if found and (found.authority.key, found.id) not in seen:
                seen.add((found.authority.key, found.id))
                where = document.locate(node, attribute)
                cert = node.get("cert", "")
                yield Identifier(found.authority.key, token, "", cert, where, attribute)


def read_idno(document: Document, node: etree._Element) -> Identifier:
    """An ``idno`` as an identifier, whoever gave it."""
    return Identifier(
        node.get("type", ""),
        words(node),
        node.get("subtype", ""),
        node.get("cert", ""),
        document.locate(node),
    )


def _addresses(element: etree._Element, kind: EntityKind) -> Iterator[tuple[etree._Element, str]]:
    """Where an entry may hold the address of an authority that describes the same entity."""
    for node in (element, *_name_elements(element, kind)):
        for attribute in ("sameAs", "corresp", "ref", "key"):
            if node.get(attribute):
                yield node, attribute
    for note in _children(element, "note"):
        if note.get("type") == "links":
            for node in note.iter(tei("ref"), tei("ptr")):
                yield node, "target"


def _dated(document: Document, element: etree._Element) -> Iterator[Dated]:
    """What is dated in an entry: the entry itself first, then in the order of the file."""
    nodes = [("date", element)] if date_value(element).earliest else []
    for child in element.iterchildren("{*}*"):
        name = local(child.tag)
        if name in _DATED:
            nodes.append((name, child))
        elif name == "date":
            nodes.append(("date", child))
        elif name == "listEvent":
            nodes += [("event", node) for node in _children(child, "event")]
        elif name in ("monogr", "publicationStmt"):
            nodes += [("date", node) for node in child.iter(tei("date"))]
    for kind, node in nodes:
        # The date may stand on the element or on a date inside it.
        inner = [node, *_children(node, "date")] if node is not element else [node]
        bearer = next((item for item in inner if _date(item).earliest), node)
        places = tuple(node.get("where", "").split())
        if node is not element:
            places += tuple(
                token
                for place in node.iterchildren("{*}*")
                if local(place.tag) in _PLACES
                for token in (place.get("ref") or place.get("key") or "").split()
            )
        value = _date(bearer)
        if value.earliest or places:
            type_ = "" if node is element else node.get("type", "")
            cert = bearer.get("cert") or node.get("cert") or ""
            yield Dated(kind, type_, value, document.locate(bearer), cert, places)


def _agents(element: etree._Element) -> Iterator[Agent]:
    """Authors and editors of a work: of the part where it is one (``analytic``), else of all."""
    inner = [element, *_children(element, "analytic", "titleStmt", "fileDesc")]
    for node in (node for item in inner for node in _children(item, "author", "editor")):
        named = next(iter(_children(node, "persName", "orgName", "name")), node)
        ref = named.get("ref") or node.get("ref") or named.get("key") or node.get("key") or ""
        role = node.get("role") or local(node.tag)
        yield Agent(role, words(named), language(named), ref, local(named.tag))


def _memberships(element: etree._Element) -> Iterator[str]:
    """The pointers to groups that ``affiliation`` names, itself or by an ``orgName``, each once."""
    seen: dict[str, None] = {}
    for node in _children(element, "affiliation"):
        for named in (node, *node.iter(tei("orgName"))):
            seen.update(dict.fromkeys((named.get("ref") or named.get("key") or "").split()))
    yield from seen


_PLACES = frozenset("placeName settlement region country geogName district".split())


def _date(node: etree._Element) -> DateValue:
    """The date of an element by its attributes; a ``date`` may also hold nothing but ISO digits."""
    value = date_value(node)
    if not value.earliest and local(node.tag) == "date" and _ISO.fullmatch(value.text):
        return replace(value, when=value.text)
    return value


_ISO = re.compile(r"-?\d{4}(?:-\d\d(?:-\d\d)?)?")


def _points(document: Document, element: etree._Element) -> Iterator[Point]:
    """The coordinates of an entry; those of the place that it lies in are not its own."""
    for place in _children(element, "location"):
        if place.get("type") == "located_in_place":
            continue
        date = date_value(place)
        for geo in _children(place, "geo"):
            yield Point(
                words(geo),
                place.get("type", ""),
                geo.get("cert") or place.get("cert") or "",
                date if date.earliest else None,
                document.locate(geo),
            )


def _statements(element: etree._Element) -> Iterator[Statement]:
    """What the entry says, kind by kind; within a kind in the order of the file."""
    for name in _STATEMENTS:
        for node in _children(element, name):
            text = words(node)
            if text and not (name == "sex" and node.get("value")):
                value = date_value(node)
                first, last = value.start or value.not_before, value.end or value.not_after
                date = value.when or (f"{first or '..'}/{last or '..'}" if first or last else "")
                # What only wraps something is in the language of what it wraps.
                inner = None if (node.text or "").strip() else node.find("*")
                lang = language(node if inner is None else inner)
                yield Statement(node.get("type") or name, text, lang, date)

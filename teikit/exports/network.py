"""The network of a corpus: who wrote to whom, what mentions whom, who stands beside whom.

Nodes are entities, documents and their versions; edges keep their kinds apart and say where they
come from. All edges are directed, because readers refuse a graph that mixes both; ``symmetric``
marks those that say the same both ways.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, product

from lxml import etree

from teikit.exports.base import LeftOut, Request, latitude_longitude
from teikit.facts import Facts
from teikit.header import DateValue
from teikit.linkdoc import anchor, titles
from teikit.links import Entity, Group, Occurrence

Value = str | int | float | bool

# A passage that names more than this many is a list of names: it relates nobody to anybody.
MANY = 100
_SAME_TEXT = ("translationOf", "translatedAs")
_ENCLOSURE = {"enclosure": False, "enclosedIn": True}  # whether it points the other way


@dataclass(frozen=True, slots=True)
class Node:
    """A node: its id, what to print, and its attributes."""

    id: str
    label: str
    attributes: dict[str, Value]


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge. ``start`` and ``end`` date it: ISO 8601, a year, a month or a day, or ``""``."""

    source: str
    target: str
    kind: str
    attributes: dict[str, Value]
    start: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True)
class Graph:
    """The nodes and edges, in a stable order."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    left_out: tuple[LeftOut, ...]


def graph(request: Request) -> Graph:
    """The network of the documents asked for."""
    left_out: list[LeftOut] = []
    nodes = tuple(_nodes(request))
    known = {node.id for node in nodes}
    edges = (
        *_letters(request),
        *_documents(request),
        *_mentions(request),
        *_together(request, left_out),
        *_relations(request),
        *_whereabouts(request),
    )
    kept = tuple(edge for edge in edges if edge.source in known and edge.target in known)
    return Graph(nodes, kept, tuple(left_out))


# -- nodes ---------------------------------------------------------------------------------------


def _of_entity(entity: Entity) -> str:
    return f"{entity.entry.kind}/{entity.key}"


def _of_document(group: Group) -> str:
    return f"document/{group.id}"


def _of_text(version: Facts) -> str:
    return f"text/{version.id}"


def _nodes(request: Request) -> Iterator[Node]:
    for entity in request.entities:
        entry = entity.entry
        attributes: dict[str, Value] = {
            "kind": entry.kind,
            "type": entry.type,
            "uri": request.entity(entity),
        }
        for name in entry.names:
            if name.lang:
                attributes.setdefault(f"name_{name.lang}", name.text)
        attributes["identifiers"] = " ".join(item.url for item in entry.identifiers if item.url)
        for item in entry.dated:
            if item.kind in ("birth", "death") and item.date.earliest:
                attributes.setdefault(item.kind, item.date.earliest)
            elif item.kind == "date":
                attributes |= _span(item.date)
        where = latitude_longitude(request, entity)
        if where:
            attributes["latitude"], attributes["longitude"] = where
        attributes["mentions"] = len(request.mentions[entity.key])
        stated = {key: value for key, value in attributes.items() if value != ""}
        yield Node(_of_entity(entity), entry.name(request.language), stated)
    for group in request.groups:
        names = titles(group)
        label = names.get(request.language) or next(iter(names.values()))
        yield Node(
            _of_document(group),
            label,
            {
                "kind": "document",
                "uri": request.document(group),
                **{f"name_{lang}": text for lang, text in names.items() if lang},
                **_span(group.versions[0].header.date),
            },
        )
        for version in group.versions:
            yield Node(
                _of_text(version),
                version.header.title(version.lang) or version.id,
                {
                    "kind": "text",
                    "type": group.role(version),
                    "uri": request.text(version),
                    "language": version.lang,
                },
            )


def _span(date: DateValue | None) -> dict[str, Value]:
    """The first and the last day, month or year of a date, where they are known."""
    if date is None:
        return {}
    first = date.when or date.start or date.not_before
    last = date.when or date.end or date.not_after
    return {key: value for key, value in (("start", first), ("end", last)) if value}


def _edge(
    source: str, target: str, kind: str, date: DateValue | None = None, **attributes: Value
) -> Edge:
    span = _span(date)
    known = {
        name: value for name, value in attributes.items() if value != "" and value is not False
    }
    start, end = str(span.get("start", "")), str(span.get("end", ""))
    return Edge(source, target, kind, {"weight": 1, **known}, start, end)


# -- documents -----------------------------------------------------------------------------------


def _letters(request: Request) -> Iterator[Edge]:
    """``sentTo``: from each sender to each recipient, one edge for each letter."""
    for group in request.groups:
        version = group.versions[0]
        for letter in version.header.letters:
            ends: dict[str, list[Entity]] = {"sent": [], "received": []}
            for action in letter:
                for agent in action.agents:
                    entity = request.find(version.path, agent.ref)
                    if entity and action.type in ends:
                        ends[action.type].append(entity)
            sent = next((action for action in letter if action.type == "sent"), None)
            for sender, recipient in product(ends["sent"], ends["received"]):
                yield _edge(
                    _of_entity(sender),
                    _of_entity(recipient),
                    "sentTo",
                    sent.date if sent else None,
                    document=group.id,
                    cert=sent.cert if sent else "",
                )


def _documents(request: Request) -> Iterator[Edge]:
    """``wrote``, ``version``, ``translation``, ``enclosure``, and other relations of headers."""
    seen: set[tuple[str, str, str]] = set()
    for group in request.groups:
        original, document = group.versions[0], _of_document(group)
        for agent in original.header.named("author"):
            entity = request.find(original.path, agent.ref)
            if entity:
                date = original.header.date
                yield _edge(_of_entity(entity), document, "wrote", date, document=group.id)
        for version in group.versions:
            yield _edge(_of_text(version), document, "version", document=group.id)
            for item in version.header.relations:
                source, target = _of_text(version), _related(request, version, item.target)
                kind = item.type or "related"
                if item.type in _SAME_TEXT:
                    where = request.links.resolve(version.path, item.target)
                    other = request.links.document(where.path)
                    source, target = source, _of_text(other) if other else ""
                    kind = "translation"
                    if item.type == "translatedAs":
                        source, target = target, source
                elif item.type in _ENCLOSURE:
                    source, kind = document, "enclosure"
                    if _ENCLOSURE[item.type]:
                        source, target = target, document
                else:
                    source = document
                if target and source and (source, target, kind) not in seen:
                    seen.add((source, target, kind))
                    yield _edge(source, target, kind, document=group.id, label=item.subtype)
    for entity in request.of_kind("work"):
        for named in entity.entry.agents:
            who = request.find(entity.path, named.ref)
            if who:
                label = "" if named.role == "author" else named.role
                yield _edge(_of_entity(who), _of_entity(entity), "wrote", label=label)
        for target in entity.entry.documents:
            path = request.links.resolve(entity.path, target).path
            text = request.group_of.get(path)
            key = (_of_entity(entity), _of_document(text) if text else "", "text")
            if text and key not in seen:
                seen.add(key)
                yield _edge(*key)


def _related(request: Request, version: Facts, target: str) -> str:
    """The node that a ``relatedItem`` points to: a document of the request, or an entity."""
    where = request.links.resolve(version.path, target)
    group = request.group_of.get(where.path)
    if group:
        return _of_document(group)
    entity = request.find(version.path, target)
    return _of_entity(entity) if entity else ""


# -- mentions ------------------------------------------------------------------------------------


def passage(found: Occurrence) -> str:
    """A passage as edges name it: ``d01-ru#d01-ru.3``."""
    return f"{found.document.id}#{anchor(found.document, found.unit)}"


def _mentions(request: Request) -> Iterator[Edge]:
    """``mentions`` and, for what only notes say, ``mentionedInNote``.

    A translation repeats its original: the weight is that of the version that mentions most.
    """
    for entity in request.entities:
        counted: dict[tuple[str, bool], dict[str, list[Occurrence]]] = {}
        for found in request.mentions[entity.key]:
            group = request.group_of.get(found.document.path)
            if group:
                key = (group.id, found.mention.in_note)
                counted.setdefault(key, {}).setdefault(found.document.path, []).append(found)
        for (document, in_note), versions in counted.items():
            occurrences = [item for items in versions.values() for item in items]
            group = request.group_of[occurrences[0].document.path]
            yield _edge(
                f"document/{document}",
                _of_entity(entity),
                "mentionedInNote" if in_note else "mentions",
                group.versions[0].header.date,
                weight=max(len(items) for items in versions.values()),
                document=document,
                passages=" ".join(dict.fromkeys(passage(item) for item in occurrences)),
                cert=_doubt(item.mention.cert for item in occurrences),
            )


def _doubt(degrees: Iterable[str]) -> str:
    """The certainty of the surest of several mentions, where none is beyond doubt."""
    found = set(degrees)
    if "" in found or "high" in found:
        return ""
    return next((degree for degree in ("medium", "low", "unknown") if degree in found), "")


def _together(request: Request, left_out: list[LeftOut]) -> Iterator[Edge]:
    """``coMention``: two entities in one passage; its versions count once, its notes do not."""
    rows: dict[tuple[str, str], tuple[str, int]] = {}
    names: dict[tuple[str, int], str] = {}
    for group in request.groups:
        for number, row in enumerate(group.rows):
            for version, unit in zip(group.versions, row.cells, strict=True):
                if unit:
                    rows[version.path, unit.key] = (group.id, number)
                    names.setdefault((group.id, number), f"{version.id}#{anchor(version, unit)}")
    inside: dict[tuple[str, int], dict[str, None]] = {place: {} for place in names}
    for entity in request.entities:
        for found in request.mentions[entity.key]:
            place = rows.get((found.document.path, found.unit.key))
            if place and not found.mention.in_note:
                inside[place][_of_entity(entity)] = None
    pairs: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for place, entities in inside.items():
        if len(entities) > MANY:
            reason = f"it names more than {MANY}, which relates nobody to anybody"
            left_out.append(LeftOut(names[place], "passage", reason))
            continue
        for pair in combinations(sorted(entities), 2):
            pairs.setdefault(pair, []).append(place)
    for (first, second), places in pairs.items():
        yield _edge(
            first,
            second,
            "coMention",
            weight=len(places),
            symmetric=True,
            document=" ".join(dict.fromkeys(document for document, _ in places)),
            passages=" ".join(names[place] for place in places),
        )


# -- registers -----------------------------------------------------------------------------------


def _relations(request: Request) -> Iterator[Edge]:
    """``relation``: what ``listRelation`` states, with its name as label and its sources."""
    for item in request.relations:
        path, stated = item.facts.path, item.stated
        where = [request.links.resolve(path, token, stated.base) for token in stated.source]
        texts = [(request.links.document(place.path), place.id) for place in where]
        yield _edge(
            _of_entity(item.source),
            _of_entity(item.target),
            "relation",
            item.date,
            label=item.name,
            symmetric=item.symmetric,
            passages=" ".join(
                f"{text.id}#{key}" if key else text.id for text, key in texts if text
            ),
            cert=item.cert,
        )


def _whereabouts(request: Request) -> Iterator[Edge]:
    """``place``: where somebody was born, lived, was exiled, where an event happened."""
    for entity in request.entities:
        for item in entity.entry.dated:
            for token in item.places:
                place = request.links.entity(entity.path, token)
                if place:
                    yield _edge(
                        _of_entity(entity),
                        _of_entity(place),
                        "place",
                        item.date,
                        label=item.type or item.kind,
                        cert=item.cert,
                    )


# -- writing -------------------------------------------------------------------------------------


def columns(rows: Iterable[dict[str, Value]]) -> dict[str, type]:
    """The attributes of some nodes or edges, each with the type of its values."""
    found: dict[str, type] = {}
    for row in rows:
        for name, value in row.items():
            found.setdefault(name, type(value))
    return found


def written(value: Value) -> str:
    """A value as XML Schema writes it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def row_of(edge: Edge) -> dict[str, Value]:
    """All that an edge says, its kind and dates included."""
    dates = {"start": edge.start, "end": edge.end}
    return {
        "kind": edge.kind,
        **edge.attributes,
        **{name: value for name, value in dates.items() if value},
    }


def serialised(root: etree._Element) -> str:
    """A tree as a file that people can read too."""
    etree.indent(root)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True).decode() + "\n"

"""Tables: entities, documents and mentions as rows, in CSV (RFC 4180) and in JSON.

A row is described once, with everything that the corpus says of it; JSON writes it as it is, CSV
writes one cell for each column, with `` | `` between several values of one.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from typing import Any

from teikit.exports.base import PLURALS, Made, Request, iso_interval, latitude_longitude
from teikit.facts import Facts
from teikit.header import Agent
from teikit.linkdoc import titles
from teikit.links import Entity
from teikit.registers import EntityName, Identifier

Row = dict[str, Any]
SEPARATOR = " | "
# What a spreadsheet program would take for a formula (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


# -- rows ----------------------------------------------------------------------------------------


def _entity(request: Request, entity: Entity) -> Row:
    """Everything that a register and the texts say of an entity."""
    entry = entity.entry
    found = request.mentions[entity.key]
    point = next((item for item in entry.points), None)
    where = latitude_longitude(request, entity)
    row: Row = {
        "id": entity.key,
        "uri": request.entity(entity),
        "kind": entry.kind,
        "type": entry.type,
        "cert": entry.cert,
        "name": entry.name(request.language),
        "names": [_name(name) for name in entry.names],
        "dates": [
            {
                "kind": item.kind,
                "type": item.type,
                "date": iso_interval(item.date),
                "text": item.date.text,
                "cert": item.cert,
                "places": [
                    place.key
                    for token in item.places
                    if (place := request.find(entity.path, token))
                ],
            }
            for item in entry.dated
        ],
        "identifiers": [
            {
                "type": item.type,
                "value": item.value,
                "authority": item.known.authority.key if item.known else "",
                "url": item.url,
                "match": item.match,
                "cert": item.cert,
            }
            for item in entry.identifiers
        ],
        "statements": [
            {"kind": said.kind, "text": said.text, "language": said.lang, "date": said.date}
            for said in entry.statements
        ],
        "mentions": len(found),
        "documents": list(dict.fromkeys(request.label(item.document) for item in found)),
        "path": entry.location.path,
        "line": entry.location.line,
    }
    if entry.kind == "place":
        row |= {
            "latitude": where[0] if where else None,
            "longitude": where[1] if where else None,
            "coordinates": point.text if point else "",
        }
    if entry.kind == "work":
        groups = (request.group_of.get(path) for path in _own(request, entity))
        row["text"] = next((group.id for group in groups if group), "")
        row["authors"] = [
            {"id": agent.key if agent else "", "name": named.name, "role": named.role}
            for named in entry.agents
            for agent in [request.find(entity.path, named.ref)]
        ]
    return row


def _own(request: Request, entity: Entity) -> Iterator[str]:
    """The files of the corpus that are this work."""
    for target in entity.entry.documents:
        yield request.links.resolve(entity.path, target).path


def _name(name: EntityName) -> Row:
    return {
        "text": name.text,
        "language": name.lang,
        "type": name.type,
        "sort": name.sort,
        "date": iso_interval(name.date),
        "cert": name.cert,
    }


def _documents(request: Request) -> Iterator[Row]:
    for group in request.groups:
        original = group.versions[0]
        header = original.header
        date = header.date

        def agents(*roles: str, original: Facts = original) -> list[Row]:
            named = [item for role in roles for item in original.header.named(role)]
            return [_agent(request, original, item) for item in named]

        yield {
            "id": group.id,
            "uri": request.document(group),
            "titles": titles(group),
            "languages": [version.lang for version in group.versions],
            "versions": [version.id for version in group.versions],
            "date": iso_interval(date),
            "earliest": date.earliest if date else "",
            "latest": date.latest if date else "",
            "authors": agents("author"),
            "senders": agents("sender"),
            "recipients": agents("recipient"),
            "repository": header.repository.name if header.repository else "",
            "shelfmark": [{"part": kind, "value": value} for kind, value in header.shelfmark],
            "path": original.path,
        }


def _agent(request: Request, version: Facts, agent: Agent) -> Row:
    entity = request.find(version.path, agent.ref)
    return {"id": entity.key if entity else "", "name": agent.name}


def _mentions(request: Request) -> Iterator[Row]:
    """Every mention, in the order of the texts; one that names two entities gives two rows."""
    rows = []
    for entity in request.entities:
        for number, found in enumerate(request.mentions[entity.key]):
            mention, unit = found.mention, found.unit
            place = mention.location
            row = {
                "entity": entity.key,
                "kind": entity.entry.kind,
                "name": entity.entry.name(request.language),
                "document": request.label(found.document),
                "version": found.document.id,
                "language": mention.lang,
                "ref": unit.ref,
                "passage": request.passage(found.document, unit),
                "unit": unit.element,
                "part": unit.part,
                "note": mention.in_note,
                "element": mention.element,
                "cert": mention.cert,
                "before": mention.before,
                "text": mention.hit,
                "after": mention.after,
                "path": place.path,
                "line": place.line,
                "column": place.column,
            }
            order = (place.path, place.line or 0, place.column or 0, entity.key, number)
            rows.append((order, row))
    rows.sort(key=lambda item: item[0])
    return (row for _, row in rows)


def _entities(kind: str) -> Callable[[Request], Iterator[Row]]:
    return lambda request: (_entity(request, entity) for entity in request.of_kind(kind))


TABLES: dict[str, Callable[[Request], Iterator[Row]]] = {
    **{plural: _entities(kind) for plural, kind in PLURALS.items()},
    "documents": _documents,
    "mentions": _mentions,
}


def chosen(request: Request) -> tuple[str, ...]:
    """The tables that were asked for."""
    return request.kinds or tuple(TABLES)


# -- JSON ----------------------------------------------------------------------------------------


def write_json(request: Request) -> Iterator[Made]:
    """Each table as an array of objects; a field that nobody states is an empty value."""
    for table in chosen(request):
        rows = list(TABLES[table](request))
        yield Made(f"{table}.json", json.dumps(rows, ensure_ascii=False, indent=1) + "\n")


# -- CSV -----------------------------------------------------------------------------------------


def write_csv(request: Request) -> Iterator[Made]:
    """Each table with a header line; lines end with CR LF, as the RFC has it.

    The cells hold what the corpus holds. With ``excel`` a byte order mark says that the file is
    UTF-8, and an apostrophe before what looks like a formula keeps it from being one.
    """
    for table in chosen(request):
        rows = [_flat(table, row) for row in TABLES[table](request)]
        columns = list(dict.fromkeys(_columns(request, table)))
        text = io.StringIO()
        writer = csv.DictWriter(text, columns, lineterminator="\r\n")
        writer.writeheader()
        for row in rows:
            cells = {name: _cell(row.get(name, "")) for name in columns}
            writer.writerow(
                {name: _guarded(cell) for name, cell in cells.items()} if request.excel else cells
            )
        yield Made(f"{table}.csv", ("\ufeff" if request.excel else "") + text.getvalue())


_PLAIN = {
    "mentions": tuple(
        "entity kind name document version language ref passage unit part note element cert "
        "before text after path line column".split()
    ),
    "documents": tuple(
        "id uri date earliest latest authors author_ids senders sender_ids recipients "
        "recipient_ids repository shelfmark languages versions path".split()
    ),
}


def _columns(request: Request, table: str) -> tuple[str, ...]:
    """The columns of a table: fixed ones, one for each language, one for each authority."""
    if table == "mentions":
        return _PLAIN[table]
    languages = request.languages or (request.language,)
    if table == "documents":
        fixed = _PLAIN[table]
        stated = dict.fromkeys(lang for group in request.groups for lang in titles(group))
        return (*fixed[:2], *(f"title_{lang}" for lang in stated), *fixed[2:])
    kind = PLURALS[table]
    dates = {
        "person": ("birth", "death"),
        "event": ("start", "end"),
        "org": ("start", "end"),
        "work": ("date", "authors", "author_ids", "text"),
        "place": ("latitude", "longitude", "coordinates"),
    }[kind]
    authorities = sorted(
        {_authority(item) for entity in request.of_kind(kind) for item in entity.entry.identifiers}
    )
    return (
        *("id", "uri", "type", "name"),
        *(f"name_{lang}" for lang in languages),
        *("other_names", "sort"),
        *dates,
        *("cert", "identifiers"),
        *(f"id_{name}" for name in authorities if name),
        *("mentions", "documents", "path", "line"),
    )


def _authority(item: Identifier) -> str:
    return item.known.authority.key if item.known else item.type.lower()


def _flat(table: str, row: Row) -> Row:
    """A row with one value for each column."""
    if table == "mentions":
        return row
    if table == "documents":
        flat = row | {f"title_{lang}": text for lang, text in row["titles"].items()}
        for role in ("author", "sender", "recipient"):
            flat[f"{role}s"] = [agent["name"] for agent in row[f"{role}s"]]
            flat[f"{role}_ids"] = [agent["id"] for agent in row[f"{role}s"] if agent["id"]]
        flat["shelfmark"] = [f"{item['part']} {item['value']}" for item in row["shelfmark"]]
        return flat
    flat = dict(row)
    main: dict[str, str] = {}
    for name in row["names"]:
        main.setdefault(name["language"], name["text"])
    flat |= {f"name_{lang}": text for lang, text in main.items()}
    shown = {*main.values(), row["name"]}
    flat["other_names"] = list(
        dict.fromkeys(name["text"] for name in row["names"] if name["text"] not in shown)
    )
    flat["sort"] = next((name["sort"] for name in row["names"] if name["sort"]), "")
    for item in row["dates"]:
        if item["kind"] in ("birth", "death", "date") and item["date"]:
            flat.setdefault(item["kind"], item["date"])
    if "date" in flat and row["kind"] in ("event", "org"):
        first, _, last = flat["date"].partition("/")
        flat["start"], flat["end"] = first.strip("."), (last or first).strip(".")
    if "authors" in row:
        flat["authors"] = [agent["name"] for agent in row["authors"]]
        flat["author_ids"] = [agent["id"] for agent in row["authors"] if agent["id"]]
    flat["identifiers"] = [
        f"{item['type']}:{item['value']}" + (f" ({item['match']})" if item["match"] else "")
        for item in row["identifiers"]
    ]
    for item in row["identifiers"]:
        authority = item["authority"] or item["type"].lower()
        flat.setdefault(f"id_{authority}", []).append(item["value"])
    return flat


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return SEPARATOR.join(str(item) for item in value)
    return "" if value is None else str(value)


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell

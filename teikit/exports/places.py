"""Places for maps: GeoJSON (RFC 7946) and the Linked Places format (1.2, a profile of it).

The TEI writes latitude before longitude (Guidelines 14.3.4.3), GeoJSON longitude before latitude.
Both formats are WGS 84: coordinates in another datum are not guessed at, they are a finding.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from teikit.diagnostics import RULES, Diagnostic
from teikit.exports.base import LeftOut, Made, Request, datum, is_uri, iso_interval
from teikit.header import DateValue
from teikit.linkdoc import edition_facts
from teikit.links import Entity
from teikit.registers import Point

CONTEXT = (
    "https://raw.githubusercontent.com/LinkedPasts/linked-places/master/"
    "linkedplaces-context-v1.1.jsonld"
)

# What place/@type and a wider vocabulary mean in GeoNames' feature classes, and in the Getty AAT
# where it has one concept for it.
_CLASSES: dict[str, tuple[str, str, str]] = {
    "settlement": ("P", "300008347", "inhabited place"),
    "city": ("P", "300008389", "city"),
    "town": ("P", "300008375", "town"),
    "village": ("P", "300008372", "village"),
    "country": ("A", "300387506", "country"),
    "state": ("A", "300000776", "state"),
    "province": ("A", "300000774", "province"),
    "county": ("A", "300000771", "county"),
    "region": ("L", "300182722", "region (geographic)"),
    "district": ("A", "", ""),
    "bloc": ("L", "", ""),
    "river": ("H", "", ""),
    "lake": ("H", "", ""),
    "sea": ("H", "", ""),
    "island": ("T", "", ""),
    "mountain": ("T", "", ""),
    "building": ("S", "", ""),
    "road": ("R", "", ""),
    "railway": ("R", "", ""),
}
_CERTAINTY = {
    "high": "certain",
    "medium": "less-certain",
    "low": "uncertain",
    "unknown": "uncertain",
}


# -- coordinates ---------------------------------------------------------------------------------


def _problem(request: Request, entity: Entity, point: Point) -> Diagnostic | None:
    """Why coordinates cannot be put on a map; None where they can."""
    system = datum(request, entity)
    place = point.location or entity.entry.location
    name = entity.entry.name(request.language)
    if system != "WGS84":
        return RULES["TK811"].at(
            place,
            f"the coordinates of {name} are in {system}, and a map wants WGS84: it got no point",
            hints=("write latitude and longitude in degrees, and geoDecl datum=“WGS84”",),
        )
    if point.degrees:
        return None
    numbers = [float(item) for item in re.findall(r"[+-]?\d+(?:\.\d+)?", point.text)]
    swapped = len(numbers) == 2 and abs(numbers[1]) <= 90 < abs(numbers[0]) <= 180
    hint = (
        f"latitude comes first: write “{numbers[1]:g} {numbers[0]:g}”"
        if swapped
        else "write latitude and longitude in degrees with a space between, such as “51.73 36.19”"
    )
    return RULES["TK811"].at(
        place,
        f"“{point.text}”, the coordinates of {name}, are no latitude and longitude: "
        "it got no point",
        hints=(hint,),
    )


def _located(request: Request) -> Iterator[tuple[Entity, list[Point]] | LeftOut | Diagnostic]:
    """The places that say where they are, each with the points that can be drawn."""
    for entity in request.of_kind("place"):
        if not entity.entry.points:
            yield LeftOut(entity.key, "place", "its entry has no coordinates")
            continue
        good = []
        for point in entity.entry.points:
            problem = _problem(request, entity, point)
            if problem:
                yield problem
            else:
                good.append(point)
        yield entity, good


def _coordinates(point: Point) -> list[float]:
    latitude, longitude = point.degrees or (0.0, 0.0)
    return [longitude, latitude]


def _collect(request: Request, path: str, feature: Any, **members: Any) -> Iterator[Made]:
    features, left_out, findings = [], [], []
    for item in _located(request):
        if isinstance(item, LeftOut):
            left_out.append(item)
        elif isinstance(item, Diagnostic):
            findings.append(item)
        else:
            features.append(feature(request, *item))
    collection = {"type": "FeatureCollection", **members, "features": features}
    text = json.dumps(collection, ensure_ascii=False, indent=1) + "\n"
    yield Made(path, text, tuple(left_out), tuple(findings))


# -- GeoJSON -------------------------------------------------------------------------------------


def write_geojson(request: Request) -> Iterator[Made]:
    """Every place with coordinates; one whose coordinates are wrong has the geometry null."""
    return _collect(request, "places.geojson", _feature)


def _feature(request: Request, entity: Entity, points: list[Point]) -> dict[str, Any]:
    entry = entity.entry
    found = request.mentions[entity.key]
    documents = dict.fromkeys(request.label(item.document) for item in found)
    return {
        "type": "Feature",
        "id": request.entity(entity),
        "geometry": _geometry(points),
        "properties": {
            "key": entity.key,
            "name": entry.name(request.language),
            "type": entry.type,
            "certainty": points[0].cert if points else "",
            "names": [
                {
                    "name": name.text,
                    "language": name.lang,
                    "type": name.type,
                    "date": iso_interval(name.date),
                    "cert": name.cert,
                }
                for name in entry.names
            ],
            "identifiers": [
                {"type": item.type, "value": item.value, "url": item.url, "match": item.match}
                for item in entry.identifiers
            ],
            "mentions": len(found),
            "documents": list(documents),
        },
    }


def _geometry(points: list[Point]) -> dict[str, Any] | None:
    if not points:
        return None
    if len(points) == 1:
        return {"type": "Point", "coordinates": _coordinates(points[0])}
    return {"type": "MultiPoint", "coordinates": [_coordinates(point) for point in points]}


# -- Linked Places -------------------------------------------------------------------------------


def write_lpf(request: Request) -> Iterator[Made]:
    """The same places for gazetteers, with dated names, degrees of certainty, and matches."""
    return _collect(request, "places.lpf.json", _record, **{"@context": CONTEXT})


def _record(request: Request, entity: Entity, points: list[Point]) -> dict[str, Any]:
    entry = entity.entry
    feature_class, concept, label = _CLASSES.get(entry.type.lower(), ("", "", ""))
    kind: dict[str, Any] = {"sourceLabels": [{"label": entry.type}]}
    if concept:
        kind = {"identifier": f"aat:{concept}", "label": label, **kind}
    record: dict[str, Any] = {
        "@id": request.entity(entity),
        "type": "Feature",
        "properties": {
            "title": entry.name(request.language),
            "fclasses": [feature_class] if feature_class else [],
        },
        "names": list(_names(request, entity)),
    }
    if entry.type:
        record["types"] = [kind]
    if when := _when(request, entity):
        record["when"] = when
    record["geometry"] = {
        "type": "GeometryCollection",
        "geometries": [_setting(point) for point in points],
    }
    links = [
        {"type": _match(item.match, item.cert), "identifier": item.url}
        for item in entry.identifiers
        if is_uri(item.url)
    ]
    notes = [
        {"value": said.text, **({"lang": said.lang} if said.lang else {})}
        for said in entry.statements
        if said.kind in ("note", "desc")
    ]
    return record | ({"links": links} if links else {}) | ({"descriptions": notes} if notes else {})


def _names(request: Request, entity: Entity) -> Iterator[dict[str, Any]]:
    """The names; each cites the register it stands in."""
    edition = edition_facts(request.links)
    title = edition.header.title(request.language) if edition else ""
    register = request.links.document(entity.path)
    source = {
        "label": title or (register.header.title(request.language) if register else entity.path),
        "@id": request.entity(entity),
    }
    names = entity.entry.names
    for name in names:
        found: dict[str, Any] = {"toponym": name.text}
        if name.lang:
            found["lang"] = name.lang
        found["citations"] = [source]
        if span := _timespan(name.date):
            found["when"] = {"timespans": [span]}
        if name.cert:
            found["certainty"] = _CERTAINTY.get(name.cert, "uncertain")
        yield found
    if not names:
        yield {"toponym": entity.key, "citations": [source]}


def _match(match: str, cert: str) -> str:
    """The kind of link: as the register says, close where the editors are not sure."""
    if match in ("exactMatch", "closeMatch", "primaryTopicOf", "subjectOf", "seeAlso"):
        return match
    return "closeMatch" if cert and cert != "high" else "exactMatch"


def _setting(point: Point) -> dict[str, Any]:
    setting: dict[str, Any] = {"type": "Point", "coordinates": _coordinates(point)}
    if span := _timespan(point.date):
        setting["when"] = {"timespans": [span]}
    if point.cert:
        setting["certainty"] = _CERTAINTY.get(point.cert, "uncertain")
    return setting


def _when(request: Request, entity: Entity) -> dict[str, Any] | None:
    """When there was such a place: as the register says, else when documents speak of it.

    Where no dated document does, the time of all documents stands for it.
    """
    spans = [span for item in entity.entry.dated if (span := _timespan(item.date))]
    if spans:
        return {"timespans": spans}
    mentioning = {
        request.label(item.document): request.group_of[item.document.path].versions[0].header.date
        for item in request.mentions[entity.key]
        if item.document.path in request.group_of
    }
    for dates, label in (
        (mentioning.values(), "attested by the documents"),
        ((group.versions[0].header.date for group in request.groups), "the time of the documents"),
    ):
        known = [date for date in dates if date and date.earliest]
        if known:
            first, last = min(date.earliest for date in known), max(date.latest for date in known)
            span = {"start": {"earliest": first}, "end": {"latest": last}}
            return {"timespans": [span], "label": label}
    return None


def _timespan(date: DateValue | None) -> dict[str, Any] | None:
    """A TEI date as a timespan: ``when`` and ``from`` are ``in``, ``notBefore`` is ``earliest``."""
    if date is None or not date.earliest:
        return None
    if date.when:
        return {"start": {"in": date.when}}
    span: dict[str, Any] = {}
    start = {"in": date.start} if date.start else {}
    if date.not_before and not date.start:
        start = {"earliest": date.not_before}
    end = {"in": date.end} if date.end else {}
    if date.not_after and not date.end:
        end = {"latest": date.not_after}
    # A timespan must have a start: without one, its end is what it may have begun by.
    span["start"] = start or {"latest": date.end or date.not_after}
    return span | ({"end": end} if end else {})

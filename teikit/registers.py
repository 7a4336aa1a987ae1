"""Registers as data: the entries that describe persons, places, organisations, works and events.

Everything an entry says is kept with its place, so that a check can point to it and an export can
say where it comes from. ``teikit.entries`` reads them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from teikit.diagnostics import Location
from teikit.header import Agent, DateValue
from teikit.identifiers import Identified, identify, prefixed


@dataclass(frozen=True, slots=True)
class Identifier:
    """An authority's identifier: its type, its value, how close the match is, and its URL.

    ``cert`` is how sure the editors are; ``origin`` what states it: ``idno``, or the attribute that
    holds an address of a known authority (``ref``, ``sameAs``, ``corresp``, ``key``, ``target``);
    then ``type`` is that authority.
    """

    type: str
    value: str
    match: str = ""
    cert: str = ""
    location: Location | None = None
    origin: str = "idno"

    @property
    def known(self) -> Identified | None:
        """The authority and the bare identifier; None where the authority is not a known one."""
        if self.origin != "idno":
            return prefixed(self.value)
        return identify(self.value, self.type, self.match)

    @property
    def url(self) -> str:
        """The page of the authority, or the empty string where its scheme is not known."""
        if self.value.startswith(("http://", "https://")):
            return self.value
        known = self.known
        return known.url if known else ""


# Types by which people mark the name that an entry goes by; without a type it is one too.
_MAIN = frozenset({"", "main", "display", "pref", "preferred"})


@dataclass(frozen=True, slots=True)
class EntityName:
    """A name of an entity.

    ``sort`` is the form to sort it by, ``""`` where the encoding does not tell; ``parts`` are its
    components in the order of the file, as (element, text), an ``addName`` with its type
    (``addName.patronymic``); ``date`` is when it was in use, None where nothing is said.
    """

    text: str
    lang: str = ""
    type: str = ""
    sort: str = ""
    cert: str = ""
    parts: tuple[tuple[str, str], ...] = ()
    date: DateValue | None = None
    location: Location | None = None

    @property
    def is_main(self) -> bool:
        """Whether it is the name that the entry goes by in its language, not a variant."""
        return self.type.lower() in _MAIN

    def part(self, *elements: str) -> str:
        """The components of these elements (``"surname"``), joined by spaces.

        ``"addName"`` means those of every type, ``"addName.patronymic"`` those of one.
        """
        return " ".join(
            text
            for name, text in self.parts
            if name in elements or name.partition(".")[0] in elements
        )


@dataclass(frozen=True, slots=True)
class Dated:
    """Something dated in an entry: ``birth``, ``death``, ``floruit``, ``event``, ``residence``, …

    ``kind`` is the element, or ``date`` for the date of the entry itself (a work's, an event's, an
    organisation's existence); ``type`` its ``@type`` (``arrest``); ``places`` are the pointers to
    where it happened.
    """

    kind: str
    type: str
    date: DateValue
    location: Location
    cert: str = ""
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Point:
    """Coordinates of an entity as written: ``type`` is that of the ``location`` around them."""

    text: str
    type: str = ""
    cert: str = ""
    date: DateValue | None = None
    location: Location | None = None

    @property
    def degrees(self) -> tuple[float, float] | None:
        """Latitude and longitude in degrees (WGS 84); None where they cannot be read.

        ``51.7 36.2``, ``51.7,36.2`` and, with decimal commas, ``51,7 36,2`` (Guidelines 13.3.4.3).
        """
        text = self.text.strip()
        halves = text.split() if len(text.split()) == 2 else re.split(r"[,;]\s*", text)
        try:
            latitude, longitude = (float(half.strip(",;").replace(",", ".")) for half in halves)
        except ValueError:
            return None
        in_range = abs(latitude) <= 90 and abs(longitude) <= 180
        return (latitude, longitude) if in_range else None


@dataclass(frozen=True, slots=True)
class EntityRelation:
    """A ``relation`` between entities: each role holds pointers, to be resolved from the file."""

    name: str
    type: str
    active: tuple[str, ...]
    passive: tuple[str, ...]
    mutual: tuple[str, ...]
    base: str
    source: tuple[str, ...]
    cert: str
    date: DateValue
    location: Location


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
    """A register entry. ``names`` come in the order of the file, the main ones first.

    ``type`` and ``cert`` are the attributes of the entry's element.
    """

    id: str
    kind: str
    location: Location
    names: tuple[EntityName, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    dated: tuple[Dated, ...] = ()
    statements: tuple[Statement, ...] = ()
    points: tuple[Point, ...] = ()
    agents: tuple[Agent, ...] = ()  # who made it, where it is a work
    documents: tuple[str, ...] = ()  # pointers to documents of the corpus that are this work
    memberships: tuple[str, ...] = ()  # pointers to groups (affiliation)
    type: str = ""
    cert: str = ""

    @property
    def dates(self) -> tuple[tuple[str, str], ...]:
        """Birth and death with their dates as (``"birth"``, ISO 8601), where they are known."""
        return tuple(
            (item.kind, value)
            for kind in ("birth", "death")
            for item in self.dated
            if item.kind == kind
            and (value := item.date.when or item.date.not_before or item.date.not_after)
        )

    @property
    def coordinates(self) -> str:
        """The first coordinates as written, or the empty string."""
        return self.points[0].text if self.points else ""

    def preferred(self, *languages: str) -> EntityName | None:
        """The preferred name in the first of the languages that has one, else any, else None."""
        for lang in languages:
            for name in self.names:
                if name.lang == lang:
                    return name
        return self.names[0] if self.names else None

    def name(self, *languages: str) -> str:
        """The text of the preferred name, else the id."""
        name = self.preferred(*languages)
        return name.text if name else self.id

    def sort_form(self, *languages: str) -> str:
        """What the preferred name is sorted by: its sort form, else its text; else the id."""
        name = self.preferred(*languages)
        return (name.sort or name.text) if name else self.id

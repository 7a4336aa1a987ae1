"""What is shown, as plain data: the field names are those of ``--format json``.

``docs/reading.md`` describes them. Texts that nobody stated are ``""``, numbers count from 0 or 1
as in everyday use, dates are ISO 8601: a day, month or year, or ``first/last`` with ``..`` for an
end that is not known.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from teikit.header import DateValue


@dataclass(frozen=True, slots=True)
class Naming:
    """A name or a title."""

    text: str
    language: str
    type: str


@dataclass(frozen=True, slots=True)
class Date:
    """A date of an entity's life: ``kind`` is the element, ``type`` its ``@type``."""

    kind: str
    type: str
    date: str
    text: str
    certainty: str
    places: tuple[str, ...]  # keys


@dataclass(frozen=True, slots=True)
class Authority:
    """An authority's identifier, and the page that it leads to."""

    type: str
    value: str
    match: str
    certainty: str
    url: str


@dataclass(frozen=True, slots=True)
class Said:
    """A statement of a register."""

    kind: str
    text: str
    language: str
    date: str


@dataclass(frozen=True, slots=True)
class Tie:
    """A relation to another entity: this one is ``active``, ``passive`` or ``mutual`` in it."""

    name: str
    role: str
    key: str  # of the other one, "" where the register does not have it
    label: str
    date: str
    certainty: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What the entity has to do with a document as its header says: author, recipient, …"""

    role: str
    document: str
    title: str


@dataclass(frozen=True, slots=True)
class Named:
    """One mention: the words around it and itself."""

    version: str
    language: str
    role: str  # original or translation
    reference: str
    before: str
    text: str
    after: str
    note: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entity is mentioned: a passage in all versions that name it.

    ``unnamed`` are the versions that have the passage and do not name the entity there.
    """

    reference: str
    mentions: tuple[Named, ...]
    unnamed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InDocument:
    """The mentions in one document."""

    document: str
    title: str
    passages: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class EntityView:
    """Somebody or something in a register, and where the texts name it."""

    key: str
    kind: str
    subtype: str
    label: str
    path: str
    line: int | None
    names: tuple[Naming, ...]
    dates: tuple[Date, ...]
    coordinates: str
    identifiers: tuple[Authority, ...]
    statements: tuple[Said, ...]
    relations: tuple[Tie, ...]
    parts: tuple[Part, ...]
    documents: tuple[str, ...]
    mentions: int
    mentioned: tuple[InDocument, ...]
    type: str = "entity"


@dataclass(frozen=True, slots=True)
class Remark:
    """A note inside a unit."""

    id: str
    type: str
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A unit in one version."""

    version: str
    language: str
    role: str
    reference: str
    id: str
    element: str
    path: str
    line: int | None
    text: str
    notes: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """Units that translate each other."""

    reference: str
    units: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Appearing:
    """An entity that is named, how often, and in which words."""

    key: str
    kind: str
    label: str
    mentions: int
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """How a version is cited; ``reference`` leads to the passage."""

    version: str
    language: str
    text: str
    reference: str


@dataclass(frozen=True, slots=True)
class PassageView:
    """A passage with what stands beside it."""

    reference: str
    document: str
    title: str
    rows: tuple[Line, ...]
    entities: tuple[Appearing, ...]
    citations: tuple[Citation, ...]
    type: str = "passage"


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a document. ``aligned`` counts the units that have a partner."""

    id: str
    path: str
    language: str
    role: str
    units: int
    aligned: int
    words: int


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody or something that the header names, by ``role``."""

    role: str
    name: str
    key: str


@dataclass(frozen=True, slots=True)
class Other:
    """A relation to another document or to a work; ``stated`` is where: here or there."""

    kind: str
    subtype: str
    target: str
    title: str
    stated: str


@dataclass(frozen=True, slots=True)
class DocumentView:
    """The record of a document."""

    id: str
    titles: tuple[Naming, ...]
    persons: tuple[Person, ...]
    date: str
    date_text: str
    genres: tuple[str, ...]
    repository: str
    settlement: str
    shelfmark: tuple[tuple[str, str], ...]
    medium: tuple[str, ...]
    printed: str
    relations: tuple[Other, ...]
    versions: tuple[Version, ...]
    entities: tuple[Appearing, ...]
    citations: tuple[Citation, ...]
    type: str = "document"


@dataclass(frozen=True, slots=True)
class Candidates:
    """Several things that a word may mean: what to ask for instead, and what that is."""

    word: str
    candidates: tuple[tuple[str, str], ...]
    type: str = "candidates"


@dataclass(frozen=True, slots=True)
class Nothing:
    """A word that means nothing here, and the nearest ones that do, each with what it is."""

    word: str
    nearest: tuple[tuple[str, str], ...]
    reason: str = ""
    type: str = "nothing"


View = EntityView | PassageView | DocumentView | Candidates | Nothing


def as_dict(view: View) -> dict[str, Any]:
    """The view for ``json.dumps``; ``type`` comes first."""
    fields = asdict(view)
    for name in ("candidates", "nearest"):
        if name in fields:
            fields[name] = [{"word": word, "label": label} for word, label in fields[name]]
    if "shelfmark" in fields:
        fields["shelfmark"] = [
            {"type": kind, "value": value} for kind, value in fields["shelfmark"]
        ]
    return {"type": fields.pop("type"), **fields}


def period(date: DateValue | None) -> str:
    """A date in one string: a day, month or year, or ``first/last``; ``""`` where there is none."""
    if date is None:
        return ""
    first, last = date.start or date.not_before, date.end or date.not_after
    return date.when or (f"{first or '..'}/{last or '..'}" if first or last else "")

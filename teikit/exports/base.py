"""What every export gets and gives, and the addresses that all of them share."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, product
from urllib.parse import quote

from teikit.diagnostics import Diagnostic
from teikit.facts import Facts
from teikit.header import DateValue
from teikit.linkdoc import anchor, edition_facts, edition_language, sorted_entities
from teikit.links import Entity, Group, Links, Occurrence
from teikit.names import ENTITY_KINDS
from teikit.passages import Unit
from teikit.registers import EntityRelation

# The names of the kinds as readers ask for them.
PLURALS = {f"{kind.kind}s": kind.kind for kind in ENTITY_KINDS}

_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]*")


def is_uri(text: str) -> bool:
    """Whether the text is an absolute address (RFC 3987, near enough)."""
    return _URI.fullmatch(text) is not None


def base_problem(base: str) -> str:
    """Why addresses cannot begin with ``base``; the empty string where they can."""
    if is_uri(base) and "#" not in base:
        return ""
    return (
        f"“{base}” cannot begin an address: it must be an absolute URI without “#” or spaces, "
        "such as https://example.org/edition/"
    )


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that an export could not hold: its id, its kind, and why."""

    id: str
    kind: str
    reason: str


@dataclass(frozen=True, slots=True)
class Made:
    """A file that an export made: its name, its text, and what it could not hold."""

    path: str
    text: str
    left_out: tuple[LeftOut, ...] = ()
    findings: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Related:
    """One pair of entities that a ``relation`` relates; ``stated`` is the whole of it."""

    name: str
    source: Entity
    target: Entity
    symmetric: bool
    date: DateValue
    cert: str
    facts: Facts
    stated: EntityRelation


@dataclass(frozen=True)
class Request:
    """One request for an export.

    ``groups`` are the documents to count, in order; ``whole`` says that they are all of the corpus,
    so that every entity belongs to it, mentioned or not. ``kinds`` are those of the tables
    (``persons``, ``mentions``, …), none meaning all. ``base`` begins every address, ``profile``
    names the vocabulary of RDF, ``excel`` writes CSV for spreadsheet programs.
    """

    links: Links
    groups: tuple[Group, ...]
    whole: bool = True
    kinds: tuple[str, ...] = ()
    base: str = ""
    profile: str = "schema"
    excel: bool = False

    # -- addresses -------------------------------------------------------------------------------

    @cached_property
    def root(self) -> str:
        """What every address begins with: ``--base``, ``[export] base``, or a URN of the edition.

        ``https://example.org/e/``, ``urn:x-teikit:edition:``.
        """
        base = self.base or self.links.corpus.config.export.base
        if base:
            return base if base.endswith(("/", ":", "=")) else f"{base}/"
        edition = edition_facts(self.links)
        return f"urn:x-teikit:{_step(edition.id if edition else 'corpus')}:"

    @property
    def on_web(self) -> bool:
        """Whether addresses can be followed in a browser."""
        return self.root.startswith(("http://", "https://"))

    def entity(self, entity: Entity) -> str:
        """The address of an entity: ``{base}person/pe-a``."""
        return f"{self.root}{entity.entry.kind}/{_step(entity.key)}"

    def document(self, group: Group) -> str:
        """The address of a document in all its versions: ``{base}document/d01``."""
        return f"{self.root}document/{_step(group.id)}"

    def text(self, version: Facts) -> str:
        """The address of one version: ``{base}text/d01-fr``."""
        return f"{self.root}text/{_step(version.id)}"

    def passage(self, version: Facts, unit: Unit) -> str:
        """The address of a unit of a version: ``{base}text/d01-fr#d01-fr.3``."""
        return f"{self.text(version)}#{_step(anchor(version, unit))}"

    def relation(self, name: str) -> str:
        """The address of a kind of relation: ``{base}relation/sisterOf``."""
        return f"{self.root}relation/{_step(name)}"

    def kind(self, *steps: str) -> str:
        """The address of a type of the corpus' own: ``{base}type/place/settlement``."""
        return self.root + "/".join(("type", *(_step(step) for step in steps)))

    # -- what is asked for -----------------------------------------------------------------------

    @cached_property
    def language(self) -> str:
        """The language of names where one must be chosen."""
        return edition_language(self.links)

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages that names of the registers are in, that of the edition first."""
        found = {
            name.lang
            for entity in self.links.entities.values()
            for name in entity.entry.names
            if name.lang
        }
        return tuple(sorted(found, key=lambda lang: (lang != self.language, lang)))

    @cached_property
    def group_of(self) -> dict[str, Group]:
        """From the path of a version to its document."""
        return {version.path: group for group in self.groups for version in group.versions}

    def label(self, version: Facts) -> str:
        """The id of the document that a text is a version of; its own where it is none."""
        group = self.group_of.get(version.path)
        return group.id if group else version.id

    @cached_property
    def mentions(self) -> dict[str, tuple[Occurrence, ...]]:
        """For each entity, where the documents asked for mention it; the edition's own text too."""
        if self.whole:
            return self.links.mentions
        return {
            key: tuple(item for item in found if item.document.path in self.group_of)
            for key, found in self.links.mentions.items()
        }

    @cached_property
    def mentioned(self) -> dict[str, tuple[Entity, ...]]:
        """For the path of each version, whom its own text mentions (not the notes), in order."""
        found: dict[str, dict[str, Entity]] = {}
        for entity in self.entities:
            for item in self.mentions[entity.key]:
                if not item.mention.in_note:
                    found.setdefault(item.document.path, {})[entity.key] = entity
        return {path: tuple(entities.values()) for path, entities in found.items()}

    @cached_property
    def entities(self) -> tuple[Entity, ...]:
        """The entities that belong to the request, by kind and then as readers look them up."""
        ordered = sorted_entities(self.links, self.language)
        if self.whole:
            return tuple(ordered)
        named = {key for group in self.groups for key in self.named(group)}
        return tuple(item for item in ordered if self.mentions[item.key] or item.key in named)

    def of_kind(self, kind: str) -> Iterator[Entity]:
        """The entities of a kind, in their order."""
        return (item for item in self.entities if item.entry.kind == kind)

    @cached_property
    def relations(self) -> tuple[Related, ...]:
        """What ``listRelation`` states of entities of the request, in the order of the files."""
        belong = {entity.key for entity in self.entities}
        return tuple(
            item for item in self._relations() if {item.source.key, item.target.key} <= belong
        )

    def _relations(self) -> Iterator[Related]:
        for facts in self.links.facts:
            for stated in facts.relations:
                active, passive, mutual = (
                    [
                        entity
                        for token in tokens
                        if (entity := self.links.entity(facts.path, token, stated.base))
                    ]
                    for tokens in (stated.active, stated.passive, stated.mutual)
                )
                pairs = [(*pair, False) for pair in product(active, passive)]
                pairs += [(*pair, True) for pair in combinations(mutual, 2)]
                name = stated.name or stated.type or "related"
                for source, target, symmetric in pairs:
                    yield Related(
                        name, source, target, symmetric, stated.date, stated.cert, facts, stated
                    )

    def named(self, group: Group) -> Iterator[str]:
        """The keys of the entities that the headers of a document name."""
        for version in group.versions:
            header = version.header
            actions = [action for letter in header.letters for action in letter]
            agents = (
                *header.agents,
                *(agent for action in actions for agent in (*action.agents, *action.places)),
                *(item for item in (header.repository, header.settlement) if item),
            )
            for agent in agents:
                found = self.find(version.path, agent.ref)
                if found:
                    yield found.key

    def find(self, path: str, tokens: str | Iterable[str], base: str = "") -> Entity | None:
        """The first entity that the tokens of a pointer in a file lead to."""
        for token in tokens.split() if isinstance(tokens, str) else tokens:
            entity = self.links.entity(path, token, base)
            if entity:
                return entity
        return None


def _step(text: str) -> str:
    """One step of an address: everything that is not plain is written in percent."""
    return quote(text, safe="-._~")


# -- dates ---------------------------------------------------------------------------------------


def iso_interval(date: DateValue | None) -> str:
    """A date in one string, as ``DateValue.interval`` writes it; ``""`` for none."""
    return date.interval if date else ""


def day(date: str, *, last: bool) -> str:
    """The first or the last day of a year or a month (``1932-02``: ``1932-02-29``), ISO 8601.

    The empty string where a date is not of the common form.
    """
    match = re.fullmatch(r"(?!0000)(\d{4})(?:-(\d\d)(?:-(\d\d).*)?)?", date)
    if not match or not 1 <= int(match[2] or 1) <= 12:
        return ""
    year, month = match[1], match[2] or ("12" if last else "01")
    end = calendar.monthrange(int(year), int(month))[1]
    if match[3]:
        return f"{year}-{month}-{match[3]}" if 1 <= int(match[3]) <= end else ""
    return f"{year}-{month}-{end if last else 1:02}"


# -- coordinates ---------------------------------------------------------------------------------


def datum(request: Request, entity: Entity) -> str:
    """The system that the coordinates of an entity are in (``geoDecl``), ``WGS84`` by default."""
    facts = request.links.document(entity.path)
    return (facts.header.datum if facts else "") or "WGS84"


def latitude_longitude(request: Request, entity: Entity) -> tuple[float, float] | None:
    """The first coordinates that can be put on a map, in degrees of WGS 84."""
    if datum(request, entity) != "WGS84":
        return None
    return next((point.degrees for point in entity.entry.points if point.degrees), None)

"""Links: what every pointer leads to, who is mentioned where, and which units are translations.

Resolution exists once, here: each token is looked up with its scope (same file, declared prefix,
relative ``file#id``, bare ``#id`` anywhere in the corpus, ``@key``, external URI). A pointer that
leads nowhere is data; the checks turn it into a finding.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from teikit.alignment import Coverage, coverage
from teikit.config import Config
from teikit.conventions import Survey, survey
from teikit.corpus import Corpus
from teikit.facts import Facts, Mention
from teikit.figures import Tie
from teikit.files import Files
from teikit.gather import Progress, gather
from teikit.index import facts_of
from teikit.memory import plain_values
from teikit.names import NAME, local
from teikit.passages import Unit
from teikit.registers import Entry
from teikit.resolving import Resolution, Resolver
from teikit.rows import Row, merge

_SAME_TEXT = ("translationOf", "translatedAs")


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something that a register describes. ``key`` is unique in the corpus."""

    key: str
    path: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A mention of an entity: the document, the unit, the mention, and its number there from 1."""

    document: Facts
    unit: Unit
    mention: Mention


@dataclass(frozen=True, slots=True)
class Group:
    """One document in all its versions, the original first, with their aligned units.

    ``coverage`` says of each version how much of it is aligned; empty where there is only one.
    """

    id: str
    versions: tuple[Facts, ...]
    rows: tuple[Row, ...]
    coverage: tuple[Coverage, ...] = ()

    def role(self, version: Facts) -> str:
        """``original`` or ``translation``."""
        is_translation = any(item.type == "translationOf" for item in version.header.relations)
        return "translation" if is_translation else "original"


@dataclass
class Links:
    """The resolved corpus: a value computed from the facts of its files."""

    corpus: Corpus
    facts: tuple[Facts, ...]

    def __post_init__(self) -> None:
        """Prepare the tables that resolution looks things up in."""
        self._by_path = {facts.path: facts for facts in self.facts}
        self.resolver = Resolver(self.corpus, self.facts)

    def document(self, path: str) -> Facts | None:
        """The facts of a file of the corpus by its path."""
        return self._by_path.get(path)

    @property
    def consulted(self) -> tuple[str, ...]:
        """The files outside the corpus that findings depend on, existing or not.

        Those that pointers led to so far, and that of the published references.
        """
        return (*self.resolver.consulted, self.corpus.config.citation.lock)

    def ids(self, path: str) -> frozenset[str]:
        """The ids of a file, of the corpus or beside it; empty where there is no such file."""
        return frozenset(self.resolver.known(path))

    def resolve(self, path: str, token: str, base: str = "") -> Resolution:
        """Where ``token`` leads when it stands in the file ``path`` under ``xml:base`` ``base``."""
        return self.resolver.resolve(path, token, base)

    @cached_property
    def survey(self) -> Survey:
        """How pointers are written in this corpus and what they find; see teikit.conventions."""
        return survey(self.facts, self.resolver.resolve, self.resolver.homes, self.keyed)

    # -- entities and mentions -------------------------------------------------------------------

    @cached_property
    def entities(self) -> dict[str, Entity]:
        """All register entries by key, sorted by key.

        An entry of a register goes by its id. One that a document keeps for itself goes by
        ``document.id`` unless a register has the same id: then it is a copy of that entry.
        """
        found: dict[str, Entity] = {}
        for facts in sorted(self.facts, key=lambda item: item.role != "register"):
            for entry in facts.entries:
                local_key = f"{facts.id}.{entry.id}"
                key = entry.id if facts.role == "register" or entry.id in found else local_key
                found.setdefault(key, Entity(key, facts.path, entry))
        return dict(sorted(found.items()))

    @cached_property
    def _keys(self) -> dict[tuple[str, str], str]:
        """From (path, id) to the key of the entity."""
        table = {}
        for facts in self.facts:
            for entry in facts.entries:
                key = entry.id if entry.id in self.entities else f"{facts.id}.{entry.id}"
                table[facts.path, entry.id] = key
        return table

    def entity(self, path: str, token: str, base: str = "") -> Entity | None:
        """The entity that a token of ``@ref`` or ``@key`` in the file ``path`` names, if any."""
        target = self.resolve(path, token, base)
        key = self._keys.get((target.path, target.id)) if target.state == "resolved" else None
        if key is None and target.state == "no-file" and "#" not in token:
            return self.keyed(path, token)  # @key holds the id itself
        return self.entities.get(key) if key else None

    def keyed(self, path: str, value: str) -> Entity | None:
        """The entity that a ``@key`` in the file ``path`` names: by its id, or by an ``idno``."""
        homes = self.resolver.homes(value)
        home = path if (path, value) in self._keys or not homes else homes[0]
        key = self._keys.get((home, value), value)
        return self.entities.get(key) or self._identified.get(value)

    @cached_property
    def known_keys(self) -> frozenset[str]:
        """Every ``@key`` that names an entity."""
        return frozenset(self.entities) | frozenset(self._identified)

    @cached_property
    def _identified(self) -> dict[str, Entity]:
        """The entities by the identifiers that the registers give them."""
        return {
            item.value: entity
            for entity in reversed(self.entities.values())
            for item in entity.entry.identifiers
        }

    @cached_property
    def mentions(self) -> dict[str, tuple[Occurrence, ...]]:
        """For each key of an entity, where it is mentioned, in the order of the corpus."""
        found: dict[str, list[Occurrence]] = {key: [] for key in self.entities}
        for facts in self.facts:
            units = {unit.key: unit for unit in facts.units}
            for mention in facts.mentions:
                for token in mention.tokens:
                    entity = self.entity(facts.path, token)
                    if entity:
                        found[entity.key].append(Occurrence(facts, units[mention.unit], mention))
        return {key: tuple(occurrences) for key, occurrences in found.items()}

    # -- versions and alignment ------------------------------------------------------------------

    @cached_property
    def clusters(self) -> tuple[tuple[str, tuple[Facts, ...]], ...]:
        """The id and the versions of each document, the original first, in corpus order.

        They follow from the headers alone: what is in the files is not looked at.
        """
        return self._clusters("document")

    def _clusters(self, role: str) -> tuple[tuple[str, tuple[Facts, ...]], ...]:
        texts = [facts for facts in self.facts if facts.role == role]
        parent = {facts.path: facts.path for facts in texts}

        def top(path: str) -> str:
            while parent[path] != path:
                path = parent[path]
            return path

        for facts in texts:
            for relation in facts.header.relations:
                target = self.resolve(facts.path, relation.target).path
                if relation.type in _SAME_TEXT and target in parent:
                    parent[top(facts.path)] = top(target)
        clusters: dict[str, list[Facts]] = defaultdict(list)
        for facts in texts:
            clusters[top(facts.path)].append(facts)
        ordered = (tuple(sorted(found, key=_translation_last)) for found in clusters.values())
        return tuple((_group_id(versions), versions) for versions in ordered)

    @cached_property
    def pages(self) -> tuple[Group, ...]:
        """The pages that the corpus adds to its site, each with its versions; no documents."""
        return tuple(Group(key, versions, ()) for key, versions in self._clusters("page"))

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The documents of the corpus, translations beside their originals, in corpus order."""
        groups = []
        for key, versions in self.clusters:
            covered = coverage(versions, self.aligned) if len(versions) > 1 else ()
            rows = tuple(merge(versions, self.partners))
            groups.append(Group(key, versions, rows, tuple(covered)))
        return tuple(groups)

    @cached_property
    def partners(self) -> dict[tuple[str, str], tuple[tuple[str, str], ...]]:
        """For each unit (path, xml:id) the units that it is said to correspond to, as (path, id).

        By its own ``@corresp``, or by a ``link`` of alignment that names both; nothing twice.
        """
        found = {
            (facts.path, unit.id or unit.key): list(self._led(facts.path, unit.corresp))
            for facts in self.facts
            for unit in facts.units
        }
        for _, tied in self.ties:
            for one in tied:
                if one in found:
                    found[one] += (two for two in tied if two[0] != one[0] and two in found)
        return {unit: tuple(dict.fromkeys(partners)) for unit, partners in found.items()}

    @cached_property
    def ties(self) -> tuple[tuple[Tie, tuple[tuple[str, str], ...]], ...]:
        """Each ``link`` of alignment with what it ties together, as (path, id)."""
        return tuple(
            (tie, tuple(self._led(facts.path, tie.tokens, tie.base)))
            for facts in self.facts
            for tie in facts.ties
        )

    @cached_property
    def aligned(self) -> dict[tuple[str, str], tuple[tuple[str, str], ...]]:
        """The partners of each unit, those of what stands inside it too: what beads are made of."""
        found = {unit: list(partners) for unit, partners in self.partners.items()}
        pieces = []
        home: dict[tuple[str, str], tuple[str, str]] = {}
        for facts in self.facts:
            names = {unit.key: (facts.path, unit.id or unit.key) for unit in facts.units}
            for piece in facts.inner:
                home[facts.path, piece.id] = names[piece.unit]
                pieces.append((names[piece.unit], piece.tokens))
        for unit, tokens in pieces:
            for target in self._led(unit[0], tokens):
                there = home.get(target, target)
                if there in found and there[0] != unit[0]:
                    found[unit].append(there)
        return {unit: tuple(dict.fromkeys(partners)) for unit, partners in found.items()}

    def _led(self, path: str, tokens: Iterable[str], base: str = "") -> Iterator[tuple[str, str]]:
        """Where those of the tokens lead that resolve, as (path, id)."""
        for token in tokens:
            target = self.resolve(path, token, base)
            if target.state == "resolved":
                yield target.path, target.id


def _translation_last(facts: Facts) -> tuple[bool, str]:
    return any(item.type == "translationOf" for item in facts.header.relations), facts.path


def _group_id(versions: tuple[Facts, ...]) -> str:
    """The ``idno`` of type document that all versions share, else the original's id."""
    stated = {version.header.identifier("document") for version in versions}
    shared = stated.pop() if len(stated) == 1 else ""
    return shared if NAME.fullmatch(shared) else versions[0].id


def link(corpus: Corpus) -> Links:
    """Read the facts of a corpus that is at hand, and resolve them."""
    settings = corpus.config.corpus
    return Links(corpus, tuple(facts_of(document, settings) for document in corpus.documents))


def open_links(
    config: Config,
    targets: Sequence[Path] = (),
    files: Files | None = None,
    *,
    progress: Progress = lambda _what, _done, _total: None,
    jobs: int = 0,
) -> Links:
    """The linked corpus from its index; see :func:`teikit.gather.gather`."""
    gathered = gather(config, targets, files, progress=progress, jobs=jobs)
    with plain_values():
        return Links(gathered.corpus, gathered.facts)


def mention_kind(element: str) -> str:
    """The kind of entity that an element of this local name mentions, ``""`` where any may be."""
    exact = {"persName": "person", "placeName": "place", "orgName": "org"}
    return exact.get(local(element), "")

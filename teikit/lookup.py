"""What somebody means by a word: a document, a passage, or somebody or something in a register.

A word is tried in this order, and the first that fits decides:

1. the name of a document (``d04``), of a version (``d04-ru``) or of its file (``d04-ru.xml``);
2. a passage: ``d04#12``, ``d04-ru#12``, a range ``d04#12-14``, or the ``xml:id`` of a unit or of
   something in it;
3. the key of an entity (``pe-balitski``, ``persons.xml#pe-balitski``);
4. a name of an entity, in any language and script: the whole name, its words in any order, or the
   surname alone; then a form that the texts use (``В. А. Балицкого``); then some of the words of a
   name, or else of such a form. Case, accents and punctuation do not count.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from teikit.collation import fold
from teikit.facts import Facts
from teikit.linkdoc import fragment, titles
from teikit.links import Entity, Group, Links
from teikit.passages import Unit
from teikit.registers import EntityName
from teikit.rows import Row


@dataclass(frozen=True, slots=True)
class Whole:
    """A document, and those of its versions that are meant."""

    group: Group
    versions: tuple[Facts, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """Rows of a document in their order; ``version`` is the one that was named, if one was."""

    group: Group
    version: Facts | None
    rows: tuple[Row, ...]


Target = Whole | Passage | Entity


@dataclass(frozen=True, slots=True)
class Answer:
    """What a word may mean: one target, several candidates, or none and then what is nearest.

    ``nearest`` are words to look up instead, each with what it stands for; ``reason`` says why
    there is nothing, where more is known than that nothing has the name.
    """

    word: str
    targets: tuple[Target, ...] = ()
    nearest: tuple[tuple[str, str], ...] = ()
    reason: str = ""


def look_up(links: Links, word: str, kinds: Iterable[str] = ()) -> Answer:
    """What a word means. ``kinds`` (some of :data:`KINDS`) limits what it is tried as."""
    wanted = unicodedata.normalize("NFC", word.strip())
    chosen = frozenset(kinds) or frozenset(KINDS)
    for kind, find in _STEPS:
        if kind in chosen and wanted:
            found = tuple(find(links, wanted))
            if found:
                return Answer(word, found)
    name, hash_sign, reference = wanted.partition("#")
    known = _named(links, name) if hash_sign and "passage" in chosen else []
    if known:
        group, version = known[0]
        reason = f"{name} has no passage “{reference}”"
        return Answer(word, (), tuple(_references(group, version, reference)), reason)
    return Answer(word, (), tuple(_nearest(links, wanted, chosen)))


def documents(links: Links) -> tuple[Group, ...]:
    """The documents of the corpus, and after them the file that describes the edition."""
    editions = (facts for facts in links.facts if facts.role == "edition")
    return links.groups + tuple(
        Group(facts.id, (facts,), tuple(Row((unit,)) for unit in facts.units)) for facts in editions
    )


# -- documents -----------------------------------------------------------------------------------


def _documents(links: Links, word: str) -> Iterator[Target]:
    for group, version in _named(links, word):
        yield Whole(group, group.versions if version is None else (version,))


def _named(links: Links, word: str) -> list[tuple[Group, Facts | None]]:
    """The documents of that name, with the version where the name is a version's."""
    groups = documents(links)
    for same in (str, str.casefold):
        wanted = same(word)
        found: list[tuple[Group, Facts | None]] = [
            (group, None) for group in groups if same(group.id) == wanted
        ]
        found = found or [
            (group, version)
            for group in groups
            for version in group.versions
            if wanted in map(same, (version.id, version.path, posixpath.basename(version.path)))
        ]
        if found:
            return found
    return []


# -- passages ------------------------------------------------------------------------------------


def _passages(links: Links, word: str) -> Iterator[Target]:
    name, hash_sign, reference = word.partition("#")
    if hash_sign:
        for group, version in _named(links, name):
            rows = _range(group, version, reference) if reference else ()
            if rows:
                yield Passage(group, version, rows)
        return
    homes = {facts.path for facts in links.facts if any(key == word for key, _ in facts.ids)}
    for group in documents(links) if homes else ():
        for version in group.versions:
            if version.path in homes and (rows := _rows(group, version, word)):
                yield Passage(group, version, rows)


def _range(group: Group, version: Facts | None, reference: str) -> tuple[Row, ...]:
    """The rows of a reference, or from one reference to another; none where it is backwards."""
    rows = _rows(group, version, reference)
    # References may hold hyphens themselves: each of them may be the one that joins two.
    for match in re.finditer("[-–]", reference) if not rows else ():
        first = _rows(group, version, reference[: match.start()].strip())
        last = _rows(group, version, reference[match.end() :].strip())
        if first and last:
            start, end = group.rows.index(first[0]), group.rows.index(last[-1])
            return group.rows[start : end + 1]
    return rows


def _rows(group: Group, version: Facts | None, reference: str) -> tuple[Row, ...]:
    """The rows with a unit of that reference: in the version, or in the first one that has it."""
    for column, facts in enumerate(group.versions):
        if version is None or facts is version:
            for fits in _fits(facts, reference):
                found = tuple(
                    row for row in group.rows if (unit := row.cells[column]) and fits(unit)
                )
                if found:
                    return found
    return ()


def _fits(facts: Facts, reference: str) -> Iterator[Callable[[Unit], bool]]:
    """Ways in which a unit may be the one that a reference means, the best first."""
    if not reference:
        return
    yield lambda unit: unit.ref == reference
    yield lambda unit: reference in (unit.id, fragment(unit))
    # “1” means all of 1.1, 1.2, … where nothing is 1 itself.
    begun = re.compile(re.escape(reference) + r"[^\w\s]")
    yield lambda unit: begun.match(unit.ref) is not None
    # A piece inside a unit that is numbered for itself, such as an item of a list.
    inside = {piece.unit for piece in facts.inner if piece.n == reference}
    yield lambda unit: unit.key in inside
    if any(key == reference for key, _ in facts.ids):
        xpath = next(item.location.xpath for item in facts.anchors if item.id == reference) or ""
        yield lambda unit: xpath.startswith(f"{unit.location.xpath}/")
        # A division is all that stands in it.
        yield lambda unit: (unit.location.xpath or "").startswith(f"{xpath}/")


def unit_of(facts: Facts, key: str) -> Unit | None:
    """The unit that has an id, or in which the element stands that has it."""
    for fits in islice(_fits(facts, key), 1, None):
        if found := next(filter(fits, facts.units), None):
            return found
    return None


# -- entities ------------------------------------------------------------------------------------


def _keys(links: Links, word: str) -> Iterator[Target]:
    file, hash_sign, fragment_ = word.rpartition("#")
    if hash_sign:
        for entity in links.entities.values():
            where = (entity.path, posixpath.basename(entity.path))
            if entity.entry.id == fragment_ and (not file or file in where):
                yield entity
    elif word in links.entities:
        yield links.entities[word]
    else:
        wanted = word.casefold()
        yield from (item for key, item in links.entities.items() if key.casefold() == wanted)


# Letters that are one with their mark, which no decomposition takes apart.
_PLAIN = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i"})


def plain(text: str) -> str:
    """The letters of a name by which it is compared with another."""
    return fold(text).translate(_PLAIN)


def _forms(name: EntityName) -> Iterator[str]:
    """The ways in which a name may be called: as it is, as it is sorted, and by the surname."""
    yield plain(name.text)
    if name.sort:
        yield plain(name.sort)
    if surname := name.part("surname") or name.sort.partition(",")[0]:
        yield plain(surname)


def _names(links: Links, word: str) -> Iterator[Target]:
    wanted = plain(word)
    words = wanted.split()
    if not words:
        return
    entities = links.entities.values()
    ordered, several = sorted(words), frozenset(words)

    def whole(entity: Entity) -> bool:
        return any(
            wanted == form or ordered == sorted(form.split())
            for name in entity.entry.names
            for form in _forms(name)
        )

    def partly(entity: Entity) -> bool:
        return any(several <= set(plain(name.text).split()) for name in entity.entry.names)

    def hits(entity: Entity) -> Iterator[str]:
        yield from map(plain, {found.mention.hit for found in links.mentions[entity.key]})

    def in_the_text(entity: Entity) -> bool:
        return any(hit == wanted for hit in hits(entity))

    def partly_in_the_text(entity: Entity) -> bool:
        return any(several <= set(hit.split()) for hit in hits(entity))

    for fits in (whole, in_the_text, partly, partly_in_the_text):
        found = [entity for entity in entities if fits(entity)]
        if found:
            yield from found
            return


# -- what there is instead -----------------------------------------------------------------------

# What a word may be taken for, and how it is tried, in order.
_STEPS: tuple[tuple[str, Callable[[Links, str], Iterator[Target]]], ...] = (
    ("document", _documents),
    ("passage", _passages),
    ("entity", _keys),
    ("entity", _names),
)
KINDS = tuple(dict.fromkeys(kind for kind, _ in _STEPS))

_MOST = 5  # how many words are suggested


def _nearest(links: Links, word: str, kinds: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Words like this one that mean something, the likest first."""
    from difflib import get_close_matches

    known: dict[str, dict[tuple[str, str], None]] = {}
    for group in documents(links) if kinds & {"document", "passage"} else ():
        title = next(iter(titles(group).values()))
        for key in (group.id, *(version.id for version in group.versions)):
            known.setdefault(plain(key), {})[key, title] = None
    for entity in links.entities.values() if "entity" in kinds else ():
        shown = (entity.key, entity.entry.name())
        for form in (plain(entity.key), *_spellings(entity)):
            known.setdefault(form, {})[shown] = None
    near = get_close_matches(plain(word[:100]), [form for form in known if form], n=_MOST)
    yield from list(dict.fromkeys(item for form in near for item in known[form]))[:_MOST]


def _spellings(entity: Entity) -> Iterator[str]:
    for name in entity.entry.names:
        yield from _forms(name)


def _references(group: Group, version: Facts | None, reference: str) -> Iterator[tuple[str, str]]:
    """Passages of the document that may have been meant: those of the likest references."""
    from difflib import get_close_matches

    column = 0 if version is None else group.versions.index(version)
    units = [unit for row in group.rows if (unit := row.cells[column])]
    known = {unit.ref or unit.id: unit for unit in units if unit.ref or unit.id}
    name = group.id if version is None else version.id
    first, hyphen, last = reference.partition("-")
    if hyphen and first in known and last in known:
        yield f"{name}#{last}-{first}", f"{last} comes before {first}"
        return
    near = get_close_matches(reference, known, n=3, cutoff=0.5) or list(known)[-1:]
    for key in near:
        yield f"{name}#{key}", known[key].text[:60]

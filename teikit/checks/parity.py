"""Translations: what a unit names, dates and counts, its translation does too.

Sets are compared, of all units of a bead together and outside their notes. A difference that a note
inside the units tells of has been seen: it is reported as such, for information.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from teikit.alignment import beads, sound
from teikit.diagnostics import RULES, Diagnostic, Location, Related, Severity
from teikit.facts import Facts, Mention
from teikit.figures import Figure, Note
from teikit.links import Links, mention_kind
from teikit.numbers import named_numbers, read_numbers
from teikit.passages import Unit

_NOTE_LENGTH = 80  # characters of a note that a finding quotes
_QUOTED = re.compile(r"«([^»]*)»|“([^”]*)”|„([^“”]*)[“”]|\"([^\"]*)\"")


@dataclass(frozen=True, slots=True)
class _Version:
    """What a version says, by the key of the unit that says it."""

    facts: Facts
    mentions: Mapping[str, list[Mention]]
    figures: Mapping[str, list[Figure]]
    notes: Mapping[str, list[Note]]


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a bead."""

    version: _Version
    units: tuple[Unit, ...]

    @property
    def name(self) -> str:
        """What a message calls these units."""
        return " and ".join(unit.name for unit in self.units)

    def gather(self, table: Mapping[str, list[Mention]]) -> list[Mention]:
        """The mentions of these units."""
        return [item for unit in self.units for item in table.get(unit.key, ())]

    def dates(self) -> dict[str, Figure]:
        """The dates by value, the first of each."""
        return self._figures("date")

    def numbers(self) -> dict[str, Figure]:
        """The numbers by value, the first of each."""
        return self._figures("number")

    def _figures(self, kind: str) -> dict[str, Figure]:
        found: dict[str, Figure] = {}
        for unit in self.units:
            for figure in self.version.figures.get(unit.key, ()):
                if figure.kind == kind:
                    found.setdefault(figure.value, figure)
        return found


@dataclass(frozen=True, slots=True)
class _Difference:
    """What stands on one side only: the words to show, whose they are, and why it may be so."""

    words: str
    side: _Side
    location: Location
    reason: str = ""
    note: Note | None = None


@dataclass
class _Named:
    """The entities that a side names: by key the first mention, and what cannot be told."""

    found: dict[str, Mention] = field(default_factory=dict)
    around: dict[str, set[str]] = field(default_factory=dict)  # names that hold all mentions
    kinds: dict[str, str] = field(default_factory=dict)
    unsure: set[str] = field(default_factory=set)  # kinds of names whose pointer is wrong


def check(links: Links) -> Iterator[Diagnostic]:
    """TK506: names differ. TK507: dates differ. TK508: numbers differ."""
    for group in links.groups:
        if len(group.versions) < 2:
            continue
        versions = [_version(links, facts) for facts in group.versions]
        original = versions[0]
        for other in versions[1:]:
            found = sound(beads(original.facts, other.facts, links.aligned))
            pairs = [(_Side(original, bead.left), _Side(other, bead.right)) for bead in found]
            named = [(_named(links, one), _named(links, two)) for one, two in pairs]
            for number, pair in enumerate(pairs):
                notes = [note for side in pair for note in _notes(side)]
                near = named[max(number - 1, 0) : number] + named[number + 1 : number + 2]
                yield from _report("TK506", pair, _names(links, pair, named[number], near, notes))
                yield from _report("TK507", pair, _dates(pair, notes))
                yield from _report("TK508", pair, _numbers(pair, notes))


def _version(links: Links, facts: Facts) -> _Version:
    mentions: dict[str, list[Mention]] = defaultdict(list)
    figures: dict[str, list[Figure]] = defaultdict(list)
    notes: dict[str, list[Note]] = defaultdict(list)
    for mention in facts.mentions:
        if not mention.in_note and not mention.gloss:
            mentions[mention.unit].append(mention)
    for figure in facts.figures:
        figures[figure.unit].append(figure)
    wanted = links.corpus.config.translation.notes
    for note in facts.notes:
        if not wanted or note.type in wanted:
            notes[note.unit].append(note)
    return _Version(facts, mentions, figures, notes)


def _notes(side: _Side) -> Iterator[tuple[str, Note]]:
    """The notes of a side, with the path of their file."""
    for unit in side.units:
        for note in side.version.notes.get(unit.key, ()):
            yield side.version.facts.path, note


_Notes = list[tuple[str, Note]]
_Pair = tuple[_Side, _Side]


# -- names ---------------------------------------------------------------------------------------


def _named(links: Links, side: _Side) -> _Named:
    """What a side names. An outside address is a name too: of the kind that the element tells."""
    named = _Named()
    path = side.version.facts.path
    for mention in side.gather(side.version.mentions):
        wanted = mention_kind(mention.element)
        for token in mention.tokens:
            entity = links.entity(path, token)
            if entity is None and links.resolve(path, token).state != "external":
                named.unsure.add(wanted)
                continue
            if entity and wanted and entity.entry.kind != wanted:
                # The check of pointers tells it: the element is wrong, or else the pointer.
                named.unsure |= {wanted, entity.entry.kind}
                continue
            key = entity.key if entity else token
            around = {
                outer.key for word in mention.within if (outer := links.entity(path, word))
            } - {key}
            named.found.setdefault(key, mention)
            named.kinds[key] = entity.entry.kind if entity else wanted
            named.around[key] = named.around.get(key, around) & around
    return named


def _names(
    links: Links,
    pair: _Pair,
    both: tuple[_Named, _Named],
    near: list[tuple[_Named, _Named]],
    notes: _Notes,
) -> Iterator[_Difference]:
    """The names of one side only; ``near`` are those of the units before and after."""
    told = None
    for at, (side, here, there) in enumerate(zip(pair, both, both[::-1], strict=True)):
        for key, mention in here.found.items():
            if key in there.found or not there.unsure.isdisjoint((here.kinds[key], "")):
                continue
            if told is None:
                told = [(note, _note_keys(links, path, note)) for path, note in notes]
            yield _Difference(
                f"“{mention.hit}” ({key})",
                side,
                mention.location,
                _part_of_a_name(here, there, key)
                or _moved(key, [(names[at], names[1 - at]) for names in near]),
                next((note for note, keys in told if key in keys), None)
                or _quoting(notes, mention.hit),
            )


def _note_keys(links: Links, path: str, note: Note) -> frozenset[str]:
    found = set()
    for token in note.tokens:
        entity = links.entity(path, token)
        found.add(entity.key if entity else token)
    return frozenset(found)


def _part_of_a_name(here: _Named, there: _Named, key: str) -> str:
    """Where the name stands inside a longer one that both name, only one of them by a noun."""
    outer = next((outer for outer in sorted(here.around[key]) if outer in there.found), None)
    if outer is None:
        return ""
    words, whole = here.found[key].hit, here.found[outer].hit
    return f"“{words}” is part of “{whole}”, which both name"


def _moved(key: str, near: list[tuple[_Named, _Named]]) -> str:
    """Where a unit beside names it on the other side only: a sentence begins a unit there."""
    beside = any(key in there.found and key not in here.found for here, there in near)
    return f"the other text names {key} in the unit beside" if beside else ""


def _quoting(notes: _Notes, words: str) -> Note | None:
    """The note that quotes the words of the text, in the same case if there is such a one.

    Initials alone would be found anywhere.
    """
    plain = re.escape(words.replace("’", "'"))
    sought = re.compile(rf"(?<!\w){plain}(?!\w)")
    for pattern in (sought, re.compile(sought.pattern, re.I)) if len(words) > 2 else ():
        for _, note in notes:
            if pattern.search(note.text.replace("’", "'")):
                return note
    return None


# -- dates ---------------------------------------------------------------------------------------


def _dates(pair: _Pair, notes: _Notes) -> Iterator[_Difference]:
    both = pair[0].dates(), pair[1].dates()
    for side, here, there in zip(pair, both, both[::-1], strict=True):
        for value, figure in here.items():
            if value in there:
                continue
            wider = next(
                (
                    other
                    for other in there.values()
                    if _contains(value, other.value) or _contains(other.value, value)
                ),
                None,
            )
            yield _Difference(
                f"“{figure.text}” ({value})",
                side,
                figure.location,
                "one is more exact than the other" if wider else "",
                next((note for _, note in notes if value in note.dates), None)
                or _quoting(notes, figure.text),
            )


def _contains(outer: str, inner: str) -> bool:
    """Whether a date of less precision, a period or limits hold another date.

    An open period holds what begins (or ends) with it.
    """
    (start, end), (first, last) = _limits(outer), _limits(inner)
    if not start or not end:
        return _meet(start, first) if start else _meet(end, last)
    if not first or not last:
        return False
    # “~” comes after every character of a date: 1932~ is the end of 1932, 1932-04~ of its April.
    return start <= first and f"{last}~" <= f"{end}~"


def _limits(value: str) -> tuple[str, str]:
    """The first and the last day, month or year of a date, ``""`` where it is open."""
    for sign in ("..", "/"):
        if sign in value:
            start, _, end = value.partition(sign)
            return start, end
    return value, value


def _meet(one: str, two: str) -> bool:
    return bool(one and two) and (one.startswith(two) or two.startswith(one))


# -- numbers -------------------------------------------------------------------------------------


def _numbers(pair: _Pair, notes: _Notes) -> Iterator[_Difference]:
    both = pair[0].numbers(), pair[1].numbers()
    for side, other, here, there in zip(pair, pair[::-1], both, both[::-1], strict=True):
        missing = {value: figure for value, figure in here.items() if value not in there}
        if not missing:
            continue
        # A figure may stand there inside a name or a date, or be written in letters.
        said = _said(((unit.text, unit.lang) for unit in other.units), named_numbers)
        for value, figure in missing.items():
            if value not in said:
                yield _Difference(
                    f"“{figure.text}”",
                    side,
                    figure.location,
                    "",
                    next((note for _, note in notes if value in _quoted_numbers(note)), None),
                )


def _said(
    texts: Iterable[tuple[str, str]], in_words: Callable[[str, str], frozenset[str]]
) -> frozenset[str]:
    """All numbers that texts (each with its language) give in figures or in words."""
    found: set[str] = set()
    for text, lang in texts:
        found.update(value for *_, value in read_numbers(text, lang))
        found |= in_words(text, lang)
    return frozenset(found)


def _quoted_numbers(note: Note) -> frozenset[str]:
    """The numbers in the quotations of a note, or in all of it where it quotes nothing."""
    quoted = [next(filter(None, match), "") for match in _QUOTED.findall(note.text)]
    return _said(((text, note.lang) for text in quoted or [note.text]), named_numbers)


# -- findings ------------------------------------------------------------------------------------


_VERBS = {"TK506": ("is named", "are named"), "TK507": ("stands", "stand")}
_HINTS = {
    "TK506": "mark the name on both sides",
    "TK507": "mark the date on both sides, or compare its value with the words",
    "TK508": "compare both with the source",
}


def _report(code: str, pair: _Pair, differences: Iterable[_Difference]) -> Iterator[Diagnostic]:
    """What is not explained in one finding, what notes tell of or is slight in another.

    ``pair`` gives the order of the sides.
    """
    found = list(differences)
    plain = [item for item in found if not item.note and not item.reason]
    told = [item for item in found if item.note or item.reason]
    if plain:
        hint = f"{_HINTS[code]}; where the texts differ, a note that names or quotes it says so"
        yield RULES[code].at(
            plain[0].location,
            _said_where(code, pair, plain),
            hints=(hint,),
            related=_related(pair, plain),
        )
    if told:
        reasons = [
            f"a note says: {_beginning(item.note.text)}" if item.note else item.reason
            for item in sorted(told, key=lambda item: item.note is None)
        ]
        yield replace(
            RULES[code].at(
                told[0].location,
                "; ".join([_said_where(code, pair, told), *dict.fromkeys(reasons)]),
                related=_related(pair, told),
            ),
            severity=Severity.INFO,
        )


def _said_where(code: str, pair: _Pair, items: list[_Difference]) -> str:
    """“x” and “y” are named only in a.1, “z” only in b.1."""
    one, many = _VERBS.get(code, ("stands", "stand"))
    parts: list[str] = []
    for side in pair:
        words = [item.words for item in items if item.side is side]
        if words:
            verb = f" {one if len(words) == 1 else many}" if not parts else ""
            parts.append(f"{', '.join(words)}{verb} only in {side.name}")
    return ", ".join(parts)


def _beginning(text: str) -> str:
    """The beginning of a note, cut at a word."""
    if len(text) <= _NOTE_LENGTH:
        return text
    return text[:_NOTE_LENGTH].rpartition(" ")[0] + "…"


def _related(pair: _Pair, items: list[_Difference]) -> Iterator[Related]:
    """The counterpart of the first place, the other places, the notes."""
    first = items[0]
    other = pair[1] if first.side is pair[0] else pair[0]
    yield Related(f"its counterpart {other.name} stands here", other.units[0].location)
    for item in items[1:]:
        yield Related(f"{item.words} stands here", item.location)
    for note in dict.fromkeys(item.note for item in items if item.note):
        yield Related("the note stands here", note.location)

"""The search of a site: what is said where, prepared at build time for a script in the browser.

Two scripts carry it, because a page that was opened from a folder may load scripts only: ``index``
holds the words with their places, the documents and the names; ``texts`` the passages, of
which the hits are shown. Words are folded (:mod:`teikit.folding`) and joined by stem, so that one
form finds the others. ``docs/site.md`` describes both.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from teikit.facts import Facts
from teikit.folding import fold
from teikit.linkdoc import anchor, titles
from teikit.links import Group, Links
from teikit.passages import Unit
from teikit.stems import stem

# A word of a folded text. The script has the same expression; a test compares what both find.
WORD = re.compile(r"[^\W_]+")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Spoken:
    """A passage or a note as a search sees it: whose text, where, what is said and named in it.

    ``entities`` are keys of registers, ``years`` those of the dates in it and of its document.
    """

    group: Group
    version: Facts
    unit: Unit
    lang: str
    text: str
    note: str = ""  # the id of the note, where it is one
    is_note: bool = False
    entities: tuple[str, ...] = ()
    years: tuple[int, ...] = ()


def spoken(links: Links, groups: Iterable[Group]) -> Iterator[Spoken]:
    """Every unit of the documents and every note in it, in the order of reading."""
    for group in groups:
        for version in group.versions:
            yield from _of_version(links, group, version)


def _of_version(links: Links, group: Group, version: Facts) -> Iterator[Spoken]:
    named: dict[str, dict[str, None]] = defaultdict(dict)
    for mention in version.mentions:
        for token in mention.tokens if not mention.in_note else ():
            if entity := links.entity(version.path, token):
                named[mention.unit][entity.key] = None
    dated: dict[str, set[int]] = defaultdict(set)
    for figure in version.figures:
        if figure.kind == "date":
            dated[figure.unit].update(_years(figure.value))
    notes = defaultdict(list)
    for note in version.notes:
        notes[note.unit].append(note)
    date = version.header.date or group.versions[0].header.date
    own = _years(f"{date.earliest}/{date.latest}") if date else []
    for unit in version.units:
        lang = unit.lang or version.lang
        years = tuple(sorted({*own, *dated[unit.key]}))
        yield Spoken(
            group, version, unit, lang, unit.text, "", False, tuple(named[unit.key]), years
        )
        for note in notes[unit.key]:
            keys = (links.entity(version.path, token) for token in note.tokens)
            found = tuple(dict.fromkeys(entity.key for entity in keys if entity))
            said = note.lang or lang
            yield Spoken(group, version, unit, said, note.text, note.id, True, found, tuple(own))


# No more years than these are taken from one period: an era is no help to a reader.
_LONGEST = 30


def _years(value: str) -> list[int]:
    """The years of a date or a period in the form of :class:`teikit.figures.Figure`."""
    ends = [int(year) for year in re.findall(r"(?<!\d)(?<!-)\d{4}(?!\d)", value)]
    if not ends:
        return []
    first, last = min(ends), max(ends)
    return list(range(first, last + 1)) if last - first < _LONGEST else sorted({first, last})


# -- the index -----------------------------------------------------------------------------------


def index_script(
    links: Links,
    groups: Iterable[Group],
    page: Callable[[Group], str],
    card: Callable[[str], str],
) -> tuple[str, str]:
    """The two scripts, ``index`` and ``texts``, for the documents given.

    ``page`` gives the address of a document's page, ``card`` that of an entity. Each script makes
    one call, ``teikit.index({…})`` and ``teikit.texts([…])``.
    """
    passages = list(spoken(links, groups))
    groups = list({item.group.id: item.group for item in passages}.values())
    versions = [(group, version) for group in groups for version in group.versions]
    places = {version.id: place for place, (_, version) in enumerate(versions)}
    keys = sorted({key for item in passages for key in item.entities} | set(links.entities))
    numbers = {key: place for place, key in enumerate(keys)}
    data = {
        "documents": [
            {"id": group.id, "titles": dict(titles(group)), "page": page(group)} for group in groups
        ],
        "versions": [
            [next(i for i, g in enumerate(groups) if g is group), version.lang, group.role(version)]
            for group, version in versions
        ],
        "entities": [_entity(links, key, card(key)) for key in keys],
        "passages": [
            [
                places[item.version.id],
                item.unit.ref,
                anchor(item.version, item.unit),
                item.lang,
                int(item.is_note),
                [numbers[key] for key in item.entities],
                list(item.years),
            ]
            for item in passages
        ],
        "words": _words(passages),
    }
    return _call("index", data), _call("texts", [item.text for item in passages])


def _entity(links: Links, key: str, address: str) -> list[object]:
    """Kind, address, name by language, and every spelling, folded."""
    entry = links.entities[key].entry
    names = {lang: entry.name(lang) for lang in sorted({name.lang for name in entry.names})}
    hits = {found.mention.hit for found in links.mentions.get(key, ())}
    spellings = sorted({fold(text) for text in (*(n.text for n in entry.names), *hits)} - {""})
    return [entry.kind, address, names, spellings]


def _words(passages: Iterable[Spoken]) -> dict[str, list[object]]:
    """By language: the forms in order, for each its stem, for each its places.

    The stem is how many letters of the form it has, or a string where it is no beginning of it.

    The places of a form are one string: passages apart by commas, each with the positions of the
    word in it apart by points, all as differences from the one before, in base 36.
    """
    found: dict[str, dict[str, dict[int, list[int]]]] = defaultdict(lambda: defaultdict(dict))
    for number, item in enumerate(passages):
        by_form = found[item.lang]
        for position, word in enumerate(WORD.findall(fold(item.text))):
            by_form[word].setdefault(number, []).append(position)
    result: dict[str, list[object]] = {}
    for lang in sorted(found):
        forms = sorted(found[lang])
        stems = ((form, stem(form, lang)) for form in forms)
        cut = [len(base) if form.startswith(base) else base for form, base in stems]
        posts = " ".join(_places(found[lang][form]) for form in forms)
        result[lang] = [" ".join(forms), cut, posts]
    return result


def _places(places: dict[int, list[int]]) -> str:
    parts, before = [], 0
    for passage, positions in places.items():
        steps = [positions[0], *(b - a for a, b in pairwise(positions))]
        parts.append(".".join(map(_base36, (passage - before, *steps))))
        before = passage
    return ",".join(parts)


def _base36(number: int) -> str:
    digits = ""
    while number or not digits:
        number, rest = divmod(number, 36)
        digits = _DIGITS[rest] + digits
    return digits


def _call(name: str, value: object) -> str:
    """A script that hands a value over. What could end or change a script is escaped."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    text = text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"teikit.{name}({text});\n"

"""A corpus as large as one likes, with faults planted at known places.

Letters in Russian with their French translations, two registers, all sound; then a number of faults
is planted, each in a pair of letters of its own, so that each must give exactly its finding. The
same seed makes the same bytes.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NS = 'xmlns="http://www.tei-c.org/ns/1.0"'
_WORDS = {
    "ru": "письмо время город дорога работа вопрос ответ совещание бумага зима друг".split(),
    "fr": "lettre temps ville route travail question réponse réunion papier hiver ami".split(),
}
_SURNAMES = "Алов Бережной Вяземцев Гордин Долин Ершов Жилин Зорин Ивлев Карский Лугов".split()
_LATIN = "Alov Berejnoï Viazemtsev Gordine Doline Erchov Jiline Zorine Ivlev Karski Lougov".split()


@dataclass(frozen=True, slots=True, order=True)
class Planted:
    """A fault: the finding that it must give, and where."""

    path: str
    line: int
    code: str


@dataclass(slots=True)
class Letter:
    """One version of a letter, line by line, before it is written."""

    path: str
    lines: list[str] = field(default_factory=list)

    def line_with(self, mark: str) -> int:
        """The number (from 1) of the first line with a mark."""
        return next(number for number, line in enumerate(self.lines, 1) if mark in line)

    def change(self, mark: str, old: str, new: str) -> int:
        """Replace in the first line that has a mark; the number of that line."""
        number = self.line_with(mark)
        assert old in self.lines[number - 1], (mark, old)
        self.lines[number - 1] = self.lines[number - 1].replace(old, new, 1)
        return number


def _dangling(ru: Letter, _fr: Letter) -> Planted:
    line = ru.change('n="2"', "persons.xml#pe-", "persons.xml#qq-")
    return Planted(ru.path, line, "TK201")


def _no_file(ru: Letter, _fr: Letter) -> Planted:
    # Another name in each: many pointers to one missing file would be one mistake.
    line = ru.change('n="2"', "persons.xml#", f"personnes-{Path(ru.path).stem}.xml#")
    return Planted(ru.path, line, "TK201")


def _repeated_id(_ru: Letter, fr: Letter) -> Planted:
    line = fr.change("<closer", "<closer>", f'<closer xml:id="{Path(fr.path).stem}.head">')
    return Planted(fr.path, line, "TK203")


def _wrong_kind(ru: Letter, fr: Letter) -> Planted:
    for letter in (ru, fr):
        number = letter.line_with('n="1"')
        letter.lines[number - 1] = letter.lines[number - 1].replace("persName", "placeName")
    # The other version is mended again: one fault, one finding.
    number = fr.line_with('n="1"')
    fr.lines[number - 1] = fr.lines[number - 1].replace("placeName", "persName", 2)
    return Planted(ru.path, ru.line_with('n="1"'), "TK205")


def _no_day(ru: Letter, _fr: Letter) -> Planted:
    line = ru.change("<sourceDesc", "<p>S</p>", '<p><date when="1931-02-30">?</date></p>')
    return Planted(ru.path, line, "TK401")


def _backward(ru: Letter, _fr: Letter) -> Planted:
    line = ru.change("<sourceDesc", "<p>S</p>", '<p><date from="1932" to="1931">?</date></p>')
    return Planted(ru.path, line, "TK402")


def _wrong_digit(_ru: Letter, fr: Letter) -> Planted:
    name = '<p><persName ref="https://d-nb.info/gnd/118540239">?</persName></p>'
    return Planted(fr.path, fr.change("<sourceDesc", "<p>S</p>", name), "TK307")


def _no_title(ru: Letter, _fr: Letter) -> Planted:
    number = ru.line_with("<titleStmt")
    ru.lines[number - 1] = "<teiHeader><fileDesc><titleStmt><title/>"
    return Planted(ru.path, ru.line_with("<TEI"), "TK601")


def _not_answered(ru: Letter, fr: Letter) -> Planted:
    key = Path(ru.path).stem
    fr.change('n="3"', f' corresp="{key}.xml#{key}.3"', "")
    return Planted(ru.path, ru.line_with('n="3"'), "TK501")


def _relation_not_answered(ru: Letter, fr: Letter) -> Planted:
    fr.change("<notesStmt", "relatedItem type", "relatedItem n")
    return Planted(ru.path, ru.line_with("<notesStmt"), "TK212")


def _other_name(ru: Letter, fr: Letter) -> Planted:
    number = fr.line_with('n="2"')
    # One of the first two places: there are five at least.
    place = 1 if "#pl-00000" in fr.lines[number - 1] else 0
    name = f'<placeName ref="places.xml#pl-{place:05}">{_names(place)[1]}sk<'
    fr.lines[number - 1] = re.sub("<placeName [^<]*<", name, fr.lines[number - 1])
    return Planted(ru.path, ru.line_with('n="2"'), "TK506")


def _other_number(ru: Letter, fr: Letter) -> Planted:
    number = fr.line_with('n="2"')
    fr.lines[number - 1] = re.sub(r", (\d+) ", r", 9\1 ", fr.lines[number - 1])
    return Planted(ru.path, ru.line_with('n="2"'), "TK508")


def _crossing(ru: Letter, fr: Letter) -> Planted:
    for letter, other in ((ru, fr), (fr, ru)):
        key = Path(other.path).stem
        for one, two in ((2, 3), (3, 2)):
            letter.change(f'n="{one}"', f"#{key}.{one}", f"#{key}.{two}")
    return Planted(fr.path, fr.line_with('n="3"'), "TK504")


def _renumbered(_ru: Letter, fr: Letter) -> Planted:
    return Planted(fr.path, fr.change('n="2"', 'n="2"', 'n="72"'), "TK505")


FAULTS: dict[str, Callable[[Letter, Letter], Planted]] = {
    "dangling": _dangling,
    "no file": _no_file,
    "repeated id": _repeated_id,
    "wrong kind": _wrong_kind,
    "no such day": _no_day,
    "backward range": _backward,
    "wrong digit": _wrong_digit,
    "no title": _no_title,
    "not answered": _not_answered,
    "relation not answered": _relation_not_answered,
    "other name": _other_name,
    "other number": _other_number,
    "crossing": _crossing,
    "renumbered": _renumbered,
}


def make(folder: Path, files: int, faults: int, seed: int = 1) -> list[Planted]:
    """Write a corpus of ``files`` files with that many faults; what must be found, sorted.

    A pair of letters is two files, the registers two more. There must be room for the faults, one
    in a pair.
    """
    chance = random.Random(seed)
    pairs = (files - 2) // 2
    assert faults <= pairs
    people, places = max(10, files // 25), max(5, files // 50)
    (folder / "tei").mkdir(parents=True)
    (folder / "teikit.toml").write_text(
        '[corpus]\nregisters = ["tei/persons.xml", "tei/places.xml"]\n'
    )
    _write(
        Letter("tei/persons.xml", _register("listPerson", "person", "persName", "pe", people)),
        folder,
    )
    _write(
        Letter("tei/places.xml", _register("listPlace", "place", "placeName", "pl", places)), folder
    )
    spoilt = dict(zip(chance.sample(range(pairs), faults), _in_turn(faults), strict=True))
    planted = []
    for number in range(pairs):
        russian, french = _pair(number, people, places, chance)
        fault = spoilt.get(number)
        if fault:
            planted.append(FAULTS[fault](russian, french))
        _write(russian, folder)
        _write(french, folder)
    return sorted(planted)


def _in_turn(number: int) -> list[str]:
    names = list(FAULTS)
    return [names[place % len(names)] for place in range(number)]


def _write(letter: Letter, folder: Path) -> None:
    (folder / letter.path).write_text("\n".join(letter.lines) + "\n", encoding="utf-8")


def _names(number: int) -> tuple[str, str]:
    place, round_ = number % len(_SURNAMES), number // len(_SURNAMES)
    suffix = f" {round_}" if round_ else ""
    return _SURNAMES[place] + suffix, _LATIN[place] + suffix


def _register(outer: str, entry: str, name: str, prefix: str, size: int) -> list[str]:
    lines = [
        _HEAD + f'<TEI {_NS} xml:id="{entry}s" xml:lang="fr">',
        "<teiHeader><fileDesc><titleStmt><title>Register</title></titleStmt>",
        "<publicationStmt><p>P</p></publicationStmt><sourceDesc><p>S</p></sourceDesc></fileDesc>",
        f"</teiHeader><standOff><{outer}>",
    ]
    for number in range(size):
        russian, french = _names(number)
        if entry == "place":
            russian, french = f"{russian}ск", f"{french}sk"
        lines += [
            f'<{entry} xml:id="{prefix}-{number:05}">',
            f'<{name} xml:lang="fr" type="main">{french}</{name}>',
            f'<{name} xml:lang="ru" type="main">{russian}</{name}></{entry}>',
        ]
    lines.append(f"</{outer}></standOff></TEI>")
    lines[0:1] = lines[0].split("\n")
    return lines


def _pair(number: int, people: int, places: int, chance: random.Random) -> tuple[Letter, Letter]:
    key = f"l{number:06}"
    # Every entry is mentioned by somebody: the first letters go through the registers in order.
    sender, recipient = number % people, (number * 7 + 1) % people
    where = number % places
    date = f"19{chance.randint(20, 39)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    facts = [
        (chance.randrange(people), chance.randrange(places), chance.randint(2, 900))
        for _ in range(chance.randint(4, 9))
    ]
    facts[0] = (sender, where, facts[0][2])
    return (
        _letter(key, "ru", "fr", sender, recipient, date, facts, chance),
        _letter(key, "fr", "ru", sender, recipient, date, facts, chance),
    )


def _letter(
    key: str,
    lang: str,
    other: str,
    sender: int,
    recipient: int,
    date: str,
    facts: list[tuple[int, int, int]],
    chance: random.Random,
) -> Letter:
    own, partner = f"{key}-{lang}", f"{key}-{other}"
    relation = "translationOf" if lang == "fr" else "translatedAs"
    shown = 1 if lang == "fr" else 0

    def person(number: int) -> str:
        return f'<persName ref="persons.xml#pe-{number:05}">{_names(number)[shown]}</persName>'

    def at(number: int) -> str:
        name = _names(number)[shown] + ("sk" if shown else "ск")
        return f'<placeName ref="places.xml#pl-{number:05}">{name}</placeName>'

    translator = "<respStmt><resp>translator</resp><name>T</name></respStmt>" * shown

    def some() -> str:
        return " ".join(chance.choices(_WORDS[lang], k=chance.randint(12, 30)))

    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<TEI {_NS} xml:id="{own}" xml:lang="{lang}">',
        f"<teiHeader><fileDesc><titleStmt><title>{key}: {date}</title>",
        f"<author>{person(sender)}</author>{translator}</titleStmt>",
        "<publicationStmt><publisher>P</publisher><date>2020</date>",
        f'<idno type="document">{key}</idno></publicationStmt>',
        f'<notesStmt><relatedItem type="{relation}" target="{partner}.xml#{partner}"/></notesStmt>',
        "<sourceDesc><p>S</p></sourceDesc></fileDesc>",
        "<encodingDesc><refsDecl>",
        '<citeStructure unit="paragraph" match="//body//p[@n]" use="@n"/>',
        "</refsDecl></encodingDesc>",
        "<profileDesc><correspDesc>",
        f'<correspAction type="sent">{person(sender)}<date when="{date}"/></correspAction>',
        f'<correspAction type="received">{person(recipient)}</correspAction>',
        "</correspDesc></profileDesc></teiHeader>",
        "<text><body>",
        f'<head xml:id="{own}.head" corresp="{partner}.xml#{partner}.head">{some()}</head>',
    ]
    for number, (who, where, count) in enumerate(facts, 1):
        lines.append(
            f'<p xml:id="{own}.{number}" n="{number}" corresp="{partner}.xml#{partner}.{number}">'
            f"{some()} {person(who)} {some()} {at(where)}, {count} {some()}.</p>"
        )
    lines += ["<closer>", f"{some()}</closer>", "</body></text></TEI>"]
    return Letter(f"tei/{own}.xml", lines)

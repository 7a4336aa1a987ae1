"""Shelfmarks as data: the levels of an archive and the leaves of a file, read and written.

A Russian archive numbers its holdings by fond, opis (inventory), delo (file) and list (leaf); GOST
R 7.0.5-2008, 11.4 and its examples give the order and the abbreviations. The shelfmark of a library
(``MS Bodl. 264``) has no such levels and is kept as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from teikit.leaves import (
    END,
    LEAF_NAMES,
    LETTER,
    TO_CYRILLIC,
    TO_LATIN,
    Leaf,
    LeafRange,
    ShelfmarkError,
    leaves_at,
    read_leaves,
)


@dataclass(frozen=True, slots=True)
class Shelfmark:
    """A shelfmark taken apart.

    ``levels`` are pairs of what a level is called (:data:`LEVELS`, or any other word) and its
    number, from the whole to the part; ``leaves`` are those of the last level; ``text`` is what
    could not be taken apart. Leaves that cannot be read are a level called ``list``.
    """

    levels: tuple[tuple[str, str], ...] = ()
    leaves: tuple[LeafRange, ...] = ()
    text: str = ""

    def level(self, name: str) -> str:
        """The number of a level, or the empty string."""
        return next((value for level, value in self.levels if level == name), "")


# -- names ---------------------------------------------------------------------------------------

# How a level is called in idno/@type and in print, in Russian (also in Latin letters), Ukrainian,
# French and English; a blank stands for an optional full stop and blank.
LEVELS: dict[str, tuple[str, ...]] = {
    "fond": ("фонд", "ф", "fonds", "fond", "f"),
    "series": ("серия", "série", "serie", "series", "ser"),
    "opis": ("опись", "оп", "opis", "op", "inventaire", "inv", "inventory"),
    "box": ("картон", "карт", "коробка", "кор", "karton", "carton", "cart", "boîte", "box"),
    "folder": ("папка", "п", "papka", "chemise", "folder"),
    "unit": (
        *("единица хранения", "ед хр", "edinitsa khraneniia", "ed khr", "ed hr", "ed xr"),
        *("unité de conservation", "unit of storage", "unit"),
    ),
    "delo": ("дело", "д", "справа", "спр", "delo", "d", "dossier", "dos", "file"),
    "volume": ("том", "т", "tom", "volume", "vol", "t"),
    "list": LEAF_NAMES,
}
# What “f.” means after a fond: a leaf.
_FOLIO = "f"
LEVEL_OF = {name: level for level, names in LEVELS.items() for name in names}
# How the whole is called in idno/@type.
WHOLE = frozenset({"", "shelfmark", "cote", "signature", "шифр"})

# -- reading -------------------------------------------------------------------------------------

_NUMBER_SIGN = r"(?:№|n[°ºo]\.?|no\.|nos\.)"
_NAMES = "|".join(
    re.escape(name).replace(r"\ ", r"\.?\s*")
    for name in sorted(LEVEL_OF, key=lambda name: (-len(name), name))
)
_NAMED = re.compile(rf"(?P<name>{_NAMES}){END}\.?['’]?\s*(?:{_NUMBER_SIGN}\s*)?", re.I)
# A number with the letters before and after it that belong to it: Р-5446, 18а, 139/2.
_VALUE = re.compile(rf"(?:{LETTER}{{1,3}}[-‑]?\s?)?\d[^\s,;.]*")
_BEFORE_NAME = re.compile(rf"{_NUMBER_SIGN}\s*", re.I)
_OF_NAME = re.compile(rf"\s+(?:d['’]\s?|de\s|du\s)?(?P<name>{_NAMES}){END}\.?", re.I)
_BREAK = re.compile(r"[\s.,;]*")
_SHORT_VALUE = rf"(?:{LETTER}{{1,2}}-?)?\d+{LETTER}?"
_SHORT = re.compile(rf"({_SHORT_VALUE})/({_SHORT_VALUE})/({_SHORT_VALUE})(?:/(\d.*))?")
# Leaves behind the shelfmark of a library: short names need a stop before them.
_FOLIOS = re.compile(
    r"(?:\s?[,.]\s?|\s)(?=(?:feuillets?|folios?|foll?|fols|ff)\.?\s?\d)"
    r"|\s?[,.]\s?(?=(?:f[°º]?|лл?)\.?\s?\d)",
    re.I,
)
# A letter and a number are how many libraries call a book: “D 12” is no delo.
_BARE = re.compile(r"[A-Za-z]\s?\d\S*")


def parse(text: str) -> Shelfmark:
    """The shelfmark in a text, in any of the forms that :func:`write` gives and some more.

    Names of levels may be Russian, French or English, in full or short, before the number or
    behind it (``N° 24 d'inventaire``); ``17/171/139/1`` is fond, opis, delo and leaf. Nothing is
    lost: what is none of these is the ``text`` of the shelfmark, whole.
    """
    words = " ".join(text.split())
    if short := _SHORT.fullmatch(words):
        levels = tuple(zip(("fond", "opis", "delo"), short.groups(), strict=False))
        return _with_leaves(Shelfmark(levels), short[4] or "")
    if mark := _named_levels(words):
        return mark
    for sign in _FOLIOS.finditer(words):
        # Only behind a number: in “RGASPI, f. 17” it is the fond.
        if any(letter.isdigit() for letter in words[: sign.start()]):
            mark = _with_leaves(Shelfmark(text=words[: sign.start()]), words[sign.end() :])
            return mark if mark.leaves else Shelfmark(text=words)
    return Shelfmark(text=words)


def from_parts(parts: Sequence[tuple[str, str]]) -> Shelfmark:
    """The shelfmark of a header: pairs of ``idno/@type`` and value, as ``Header.shelfmark`` has.

    A part called ``shelfmark`` is the whole and is parsed; beside it only levels and leaves count,
    since other types are other numbers of the same thing (``altIdentifier``).
    """
    mark = Shelfmark()
    whole = next((value for kind, value in parts if kind.casefold() in WHOLE), "")
    if whole:
        mark = parse(whole)
    for kind, value in parts:
        level = LEVEL_OF.get(kind.casefold(), "")
        if level == "list":
            mark = _with_leaves(mark, value)
        elif kind.casefold() not in WHOLE and (level or not whole):
            mark = replace(mark, levels=(*mark.levels, (level or kind, value)))
    return mark


def _with_leaves(mark: Shelfmark, text: str) -> Shelfmark:
    """The shelfmark with leaves added, or with their text as a level where they cannot be read."""
    if not text:
        return mark
    try:
        return replace(mark, leaves=(*mark.leaves, *read_leaves(text)))
    except ShelfmarkError:
        return replace(mark, levels=(*mark.levels, ("list", text)))


def _level(name: str, seen: Sequence[str]) -> str:
    """What a name in print means after the levels that were read before it."""
    plain = re.sub(r"\.?\s+", " ", name.casefold())
    plain = plain if plain in LEVEL_OF else re.sub(r"[.\s]+", " ", name.casefold())
    return "list" if plain == _FOLIO and seen else LEVEL_OF.get(plain, "")


def _named_levels(words: str) -> Shelfmark | None:
    """A text that is names and numbers from one end to the other; None where it is not."""
    levels: list[tuple[str, str]] = []
    leaves: list[LeafRange] = []
    at = 0
    while at < len(words):
        seen = [level for level, _ in levels]
        level = ""
        if named := _NAMED.match(words, at):
            level, at = _level(named["name"], seen), named.end()
        elif (sign := _BEFORE_NAME.match(words, at)) and seen:
            # The number comes first: what it counts is said behind it, or it counts leaves.
            level, at = "", sign.end()
        else:
            return None
        value = _VALUE.match(words, at)
        behind = None if level or value is None else _OF_NAME.match(words, value.end())
        if behind:
            level = _level(behind["name"], seen)
        if level in ("", "list"):
            more, end = leaves_at(words, at)
            if more:
                leaves += more
                at = end
                if behind is None and (tail := _OF_NAME.match(words, at)):
                    at = tail.end() if _level(tail["name"], ("fond",)) == "list" else at
                if behind:
                    at = max(at, behind.end())
            elif level and at < len(words):
                levels.append((level, words[at:].rstrip(" .,;")))
                at = len(words)
            else:
                return None
        elif value is None or level in seen or leaves:
            return None
        else:
            levels.append((level, value[0]))
            at = behind.end() if behind else value.end()
        stop = _BREAK.match(words, at)
        at = stop.end() if stop else at
    # One number alone may be anything, if it is not that of a fond or of leaves.
    alone = len(levels) == 1 and levels[0][0] != "fond" and not leaves
    return None if alone or _BARE.fullmatch(words) else Shelfmark(tuple(levels), tuple(leaves))


# -- writing -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Form:
    """How a shelfmark is printed: what stands before each level, between them, and in ranges.

    ``leaf`` is what stands before one leaf, before several, and for the other side of a leaf;
    ``folio`` the same after the shelfmark of a library.
    """

    names: dict[str, str]
    between: str
    leaf: tuple[str, str, str]
    folio: tuple[str, str, str]
    dash: str
    cyrillic: bool = False


# What stands before the number of a level, in each form but the short one.
_PRINTED = (
    ("", "ru", "fr", "fr-long", "en"),
    ("fond", "Ф.", "f.", "fonds", "f."),
    ("series", "Серия", "série", "série", "series"),
    ("opis", "Оп.", "op.", "inventaire", "op."),
    ("box", "Картон", "carton", "carton", "box"),
    ("folder", "Папка", "chemise", "chemise", "folder"),
    ("unit", "Ед. хр.", "ed. khr.", "unité de conservation", "ed. khr."),
    ("delo", "Д.", "d.", "dossier", "d."),
    ("volume", "Т.", "vol.", "volume", "vol."),
    ("list", "Л.", "l.", "feuillets", "l."),
)
_NAMES_IN = {
    form: {row[0]: row[column] for row in _PRINTED[1:]}
    for column, form in enumerate(_PRINTED[0])
    if form
}
_LISTY, _FEUILLETS = ("Л.", "Л.", " об."), ("feuillet", "feuillets", " verso")
FORMS: dict[str, Form] = {
    # GOST R 7.0.5-2008, 11: “// ОР РГБ. Ф. 573. Картон 41. Д. 55. Л. 18”; “Л.” of several leaves
    # too, full stops between, a dash in ranges.
    "ru": Form(_NAMES_IN["ru"], ". ", _LISTY, _LISTY, "–", cyrillic=True),
    # What historians of Russia print in French: the Russian abbreviations in Latin letters. French
    # typography joins leaves by a hyphen, and calls the other side “v°”.
    "fr": Form(_NAMES_IN["fr"], ", ", ("l.", "l.", " v°"), ("f°", "f°", " v°"), "-"),
    "fr-long": Form(_NAMES_IN["fr-long"], ", ", _FEUILLETS, _FEUILLETS, "-"),
    # What journals of Slavic history print in English: “l.” of one leaf, “ll.” of several, “ob.”
    # for oborot, an en dash in ranges as everywhere in the Chicago Manual of Style.
    "en": Form(_NAMES_IN["en"], ", ", ("l.", "ll.", "ob."), ("fol.", "fols.", "v"), "–"),
    # What researchers and reading rooms write on slips: 517/1/1080/12.
    "short": Form({}, "/", ("", "", "ob"), ("", "", "ob"), "-"),
}
_SHORT_LEVELS = ("fond", "opis", "delo")


def write(mark: Shelfmark, form: str) -> str:
    """The shelfmark in one of the :data:`FORMS`, without a full stop that would end a sentence.

    The short form can say fond, opis and delo only: any other shelfmark is written as ``en``.
    KeyError for a form that is not in the table.
    """
    style = FORMS[form]
    if form == "short" and tuple(level for level, _ in mark.levels) != _SHORT_LEVELS:
        form, style = "en", FORMS["en"]
    parts = [mark.text] if mark.text else []
    parts += [f"{style.names.get(kind, kind)} {value}".strip() for kind, value in mark.levels]
    if form == "short":
        parts = [value for _, value in mark.levels]
    if mark.leaves:
        parts.append(write_leaves(mark.leaves, form, library=bool(mark.text or not mark.levels)))
    return style.between.join(parts)


def write_leaves(leaves: Sequence[LeafRange], form: str, *, library: bool = False) -> str:
    """Leaves with their name in one of the :data:`FORMS`: ``л. 3`` is the locator of a citation.

    ``library`` calls them as after the shelfmark of a library.
    """
    style = FORMS[form]
    several = len(leaves) > 1 or any(one.first != one.last for one in leaves)
    *names, verso = style.folio if library else style.leaf
    join = "," if form == "short" else ", "
    ranges = (
        style.dash.join(
            _written(leaf, style, verso) for leaf in dict.fromkeys((one.first, one.last))
        )
        for one in leaves
    )
    return f"{names[several]} {join.join(ranges)}".strip()


def _written(leaf: Leaf, style: Form, verso: str) -> str:
    # A Latin “v” would be read as the other side of the leaf: that letter stays Cyrillic.
    cyrillic = style.cyrillic or leaf.letter == "v"
    letter = leaf.letter.translate(TO_CYRILLIC) if cyrillic else leaf.letter
    side = verso if leaf.verso else ""
    if leaf.column:
        side = f"{'v' if leaf.verso else 'r'}{leaf.column}"
    return f"{leaf.number}{letter}{side}"


# -- comparing -----------------------------------------------------------------------------------


def differing(one: Shelfmark, other: Shelfmark) -> tuple[str, ...]:
    """The levels that both shelfmarks state, with different numbers; ``text`` for their text.

    Empty where both may be of one file, as far as they say. The alphabet of letters is not looked
    at: ``18А`` and ``18a`` are one number.
    """
    there = {"text": other.text, **dict(other.levels)}
    return tuple(
        level
        for level, value in (("text", one.text), *one.levels)
        if level != "list" and value and (to := there.get(level)) and _folded(value) != _folded(to)
    )


def _folded(value: str) -> str:
    return value.casefold().translate(TO_LATIN)

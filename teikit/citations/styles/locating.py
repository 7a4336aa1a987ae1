"""Passages in words: what is counted, in the language of the reader; the levels above it."""

from __future__ import annotations

import re
from dataclasses import replace

from teikit.leaves import ShelfmarkError, read_leaves
from teikit.record import Archive, Locator, Record
from teikit.shelfmarks import Shelfmark, from_parts

# What is counted: before one and before several, in Russian, French and English. A language that
# is not here has the last column.
_ROWS = (
    ("paragraph", "п.", "п.", "§", "§", "para.", "paras."),
    ("folio", "л.", "л.", "f.", "f.", "fol.", "fols."),
    ("page", "с.", "с.", "p.", "p.", "p.", "pp."),
    ("column", "стб.", "стб.", "col.", "col.", "col.", "cols."),
    ("line", "стк.", "стк.", "l.", "l.", "line", "lines"),
    ("verse", "стих", "стихи", "v.", "v.", "v.", "vv."),
    ("stanza", "строфа", "строфы", "strophe", "strophes", "stanza", "stanzas"),
    ("poem", "стихотворение", "стихотворения", "poème", "poèmes", "poem", "poems"),
    ("canto", "песнь", "песни", "chant", "chants", "canto", "cantos"),
    ("act", "действие", "действия", "acte", "actes", "act", "acts"),
    ("scene", "явление", "явления", "scène", "scènes", "scene", "scenes"),
    ("speech", "реплика", "реплики", "réplique", "répliques", "speech", "speeches"),
    ("book", "кн.", "кн.", "livre", "livres", "bk.", "bks."),
    ("volume", "т.", "т.", "vol.", "vol.", "vol.", "vols."),
    ("part", "ч.", "ч.", "partie", "parties", "pt.", "pts."),
    ("chapter", "гл.", "гл.", "chap.", "chap.", "chap.", "chaps."),
    ("section", "разд.", "разд.", "section", "sections", "sec.", "secs."),
    ("sentence", "предл.", "предл.", "phrase", "phrases", "sentence", "sentences"),
    ("letter", "письмо", "письма", "lettre", "lettres", "letter", "letters"),
    ("note", "примеч.", "примеч.", "note", "notes", "n.", "nn."),
    ("head", "заголовок", "заголовки", "titre", "titres", "heading", "headings"),
    ("item", "пункт", "пункты", "point", "points", "item", "items"),
    ("entry", "статья", "статьи", "entrée", "entrées", "entry", "entries"),
)
_COLUMNS = {"ru": (1, 2), "fr": (3, 4), "en": (5, 6)}
_BY_UNIT = {row[0]: row for row in _ROWS}
# Other words that citeStructure/@unit has for the same.
_SAME = {
    "leaf": "folio",
    "p": "paragraph",
    "para": "paragraph",
    "l": "line",
    "lg": "stanza",
    "sp": "speech",
    "strophe": "stanza",
    "verse line": "line",
    "poetry line": "line",
}
_LEAVES = ("folio", "leaf")


def counted(unit: str, value: str, language: str) -> str:
    """A number with what it counts: ``п. 12``, ``§ 12-14``, ``paras. 12–14``.

    A unit that is not in the table stands in the words of the encoding.
    """
    primary = language.lower().partition("-")[0]
    name = unit.casefold()
    row = _BY_UNIT.get(_SAME.get(name, name))
    several = bool(re.search(r"\d\s*[-–]\s*\w*\d", value))
    word = row[_COLUMNS.get(primary, _COLUMNS["en"])[several]] if row else unit
    # French typography joins numbers by a hyphen, the others by a dash.
    number = value if primary == "fr" else re.sub(r"(?<=\d)\s*-\s*(?=\w*\d)", "–", value)
    return f"{word} {number}".strip()


def passage(record: Record, language: str) -> str:
    """The passage of a record, the outermost level first; ``""`` where it is a leaf of the archive.

    That leaf stands in the shelfmark: :func:`shelfmark`.
    """
    found = record.locator
    if found is None or (found.unit in _LEAVES and on_known_leaf(record)):
        return ""
    if found.unit == "page" and record.printed:
        return ""  # it stands in place of the pages of the whole: :func:`pages`
    levels = [*found.above, (found.unit, found.value or found.ref)]
    return ", ".join(counted(unit, value, language) for unit, value in levels if unit)


def shelfmark(record: Record) -> Shelfmark:
    """The shelfmark of the archive; its leaf is that of the passage where it is known."""
    archive, found = record.archive, record.locator
    if archive is None:
        return Shelfmark()
    mark = from_parts(archive.shelfmark)
    if found is None or not (leaf := _leaf(found, archive)):
        return mark
    try:
        return replace(mark, leaves=read_leaves(leaf))
    except ShelfmarkError:
        return mark


def on_known_leaf(record: Record) -> bool:
    """Whether the shelfmark shows the leaf of the passage."""
    if record.locator is None or not (leaf := _leaf(record.locator, record.archive)):
        return False
    try:
        return bool(read_leaves(leaf))
    except ShelfmarkError:
        return False


def pages(record: Record) -> str:
    """The page of the passage in print where it is known, else the pages of the whole."""
    found = record.locator
    if found and found.unit == "page" and found.value:
        return found.value
    return record.printed.pages if record.printed else ""


def _leaf(found: Locator, archive: Archive | None) -> str:
    """The leaf of the passage; a ``pb`` of what no archive keeps counts pages."""
    return found.leaf if archive and archive.shelfmark else ""

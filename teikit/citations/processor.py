"""Citations in any style of the Citation Style Language (CSL 1.0.2), through citeproc-py.

citeproc-py is an extra (``teikit[csl]``) and has faults; ``engine`` mends those that can be mended.
What remains is guarded here: a style that would leave out where an archival document is kept, or
that prints nothing, is refused with a word on what would do better. Nothing of an item becomes
markup, and the order of a list is that of its readers' alphabet.
"""

from __future__ import annotations

import html as _html
import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from teikit.citations import cleaned, sheets
from teikit.citations.sheets import known_styles
from teikit.collation import sort_key
from teikit.diagnostics import RULES, Diagnostic, Location
from teikit.errors import OutputError, TeikitError

if TYPE_CHECKING:
    from teikit.citations.elements import Cite

__all__ = ["Piece", "known_styles", "render"]

# Works that a reader finds by what is printed of them, wherever else a copy is kept.
_PRINTED = frozenset(
    "article article-journal article-magazine article-newspaper book chapter entry "
    "entry-dictionary entry-encyclopedia paper-conference post post-weblog "
    "review review-book webpage".split()
)

# Languages whose word for a page a style may print whatever the place is and whoever reads it.
_SPOKEN = ("en-US", "fr-FR", "de-DE", "es-ES", "it-IT", "ru-RU")


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing to be cited: a CSL item, and the place in it where one is meant."""

    item: Mapping[str, Any]
    locator: str = ""  # "12"
    label: str = ""  # its kind, in CSL's words: paragraph, page, folio, line, section …


@dataclass(slots=True)
class _Work:
    """What is cited once or several times, and its place among the others."""

    item: dict[str, Any]
    language: str
    cite: Cite


def render(
    pieces: Sequence[Piece],
    style: str,
    *,
    language: str = "",
    html: bool = False,
    mode: Literal["bibliography", "note"] = "bibliography",
    allow_loss: bool = False,
) -> list[str]:
    """Each piece as the style prints it, in text or (``html``) in HTML.

    ``style`` is a name of :func:`known_styles` or the path of a ``.csl`` file; ``language`` (BCP
    47) that of all words which the style adds, else each item speaks its own. As a bibliography,
    the list is sorted as the style wants and names each thing once (each passage of it once); as
    notes, there is one for each piece, in the order given. A style without a bibliography (some
    are for notes only) gives its notes.

    Raises ConfigError where there is no such style; OutputError where the style cannot be used, the
    extra is not installed, or the style would leave out the archive or the shelfmark of an archival
    item, unless ``allow_loss``.
    """
    engine = _engine(style)
    found = sheets.find(style)
    try:
        return _rendered(engine, found, pieces, language, html, mode, allow_loss)
    except TeikitError:
        raise
    except Exception as error:  # whatever else citeproc-py stumbles over in a style
        raise OutputError(
            RULES["TK816"].at(
                Location(style),
                f"the style {style} asks of citeproc-py what it cannot do: {error!r}",
                hints=("choose another style; `gost` and `plain` need no citeproc-py",),
            )
        ) from error


def _rendered(
    engine: Any,
    found: sheets.Source,
    pieces: Sequence[Piece],
    language: str,
    html: bool,
    mode: str,
    allow_loss: bool,
) -> list[str]:
    root = engine.load(found)
    default = language or root.get("default-locale", "")
    works = _works(pieces, language, engine)
    listed = root.bibliography is not None
    _arrange(root, works, default, engine)
    entries: dict[tuple[Any, ...], str] = {}
    losses: list[tuple[str, str]] = []
    for locale, group in _by_locale(pieces, works, default, engine):
        root.set_locale_list(locale)
        for piece in group:
            work = works[_key(piece)]
            entry = engine.bibliography_entry(root, work.cite) if listed else ""
            note = ""
            if mode == "note" or not listed:
                note = engine.citation(root, work.cite, *_place(piece))
                note = _named_place(root, note, piece, engine)
            elif piece.locator:
                entry = _with_place(root, entry, piece)
            told = note if mode == "note" or not listed else entry
            losses += _losses(work, told, entry if root.get("class") == "in-text" else "")
            entries[_key(piece), *_place(piece)] = _finished(
                told, html, root.get_locale_option("punctuation-in-quote") == "true"
            )
    if losses and not allow_loss:
        raise OutputError(_refusal(found.name, losses))
    if mode == "note":
        return [entries[_key(piece), *_place(piece)] for piece in pieces]
    order = {key: at for at, key in enumerate(works)}
    if listed:
        order = {key: work.cite.number for key, work in works.items()}
    return [entries[key] for key in sorted(entries, key=lambda key: order[key[0]]) if entries[key]]


def _engine(style: str) -> Any:
    """The module that renders. Raises OutputError where citeproc-py is missing."""
    try:
        from teikit.citations import engine
    except ImportError as error:
        raise OutputError(
            RULES["TK812"].at(
                Location(style),
                f"the citation style {style} is rendered by citeproc-py, which is not installed",
                hints=("install it: pip install 'teikit[csl]'",),
            )
        ) from error
    return engine


def _key(piece: Piece) -> str:
    return str(piece.item.get("id", ""))


def _place(piece: Piece) -> tuple[str, str]:
    return cleaned.text(piece.locator), piece.label or "page"


def _works(pieces: Sequence[Piece], language: str, engine: Any) -> dict[str, _Work]:
    works: dict[str, _Work] = {}
    for piece in pieces:
        key = _key(piece)
        if key not in works:
            item = cleaned.clean(piece.item)
            cite = engine.Cite(engine.reference(key, item), len(works) + 1)
            works[key] = _Work(item, language or item.get("language", ""), cite)
    return works


def _by_locale(
    pieces: Sequence[Piece], works: Mapping[str, _Work], default: str, engine: Any
) -> Iterator[tuple[str, list[Piece]]]:
    """The pieces by the locale in which they are told: a style speaks one at a time."""
    groups: dict[str, list[Piece]] = defaultdict(list)
    for piece in pieces:
        groups[_locale(works[_key(piece)], default, engine)].append(piece)
    yield from groups.items()


def _locale(work: _Work, default: str, engine: Any) -> str:
    return engine.locale(work.language) or engine.locale(default) or "en-US"


def _arrange(root: Any, works: dict[str, _Work], default: str, engine: Any) -> None:
    """Number the works in the order of the style, and tell apart those that are cited alike."""
    languages = {work.language for work in works.values()}
    reader = languages.pop() if len(languages) == 1 else ""
    order = list(works.values())
    locales = {id(work): _locale(work, default, engine) for work in order}
    keys = engine.sort_keys(root, "bibliography")
    values: dict[int, list[str | None]] = {}

    def told() -> Iterator[_Work]:
        for locale in dict.fromkeys(locales.values()):
            root.set_locale_list(locale)
            yield from (work for work in works.values() if locales[id(work)] == locale)

    for work in told():
        values[id(work)] = [engine.sort_value(root, key, work.cite) for key in keys]
    for at, key in reversed(list(enumerate(keys))):
        # Things without a value come last, whichever way the others go (CSL, "Sorting").
        present = [work for work in order if values[id(work)][at]]
        absent = [work for work in order if not values[id(work)][at]]
        present.sort(
            key=lambda work: sort_key(values[id(work)][at] or "", reader),
            reverse=key.get("sort") == "descending",
        )
        order = present + absent
    for number, work in enumerate(order, 1):
        work.cite["place"] = number

    def alike() -> Iterator[list[_Work]]:
        cited: dict[str, list[_Work]] = defaultdict(list)
        for work in told():
            cited[engine.citation(root, work.cite)].append(work)
        for same in cited.values():
            if len(same) > 1:
                yield sorted(same, key=lambda work: work.cite.number)

    # First what the style itself has for ambiguous cites, then letters (CSL, "Disambiguation").
    for work in itertools.chain.from_iterable(list(alike()) if works and root.asks else ()):
        work.cite["ambiguous"] = True
    if root.citation.get("disambiguate-add-year-suffix") == "true":
        for same in list(alike()):
            for at, work in enumerate(work for work in same if "issued" in work.item):
                work.cite["suffix_of_year"] = _letters(at)
                work.cite.reference["year_suffix"] = work.cite["suffix_of_year"]


def _letters(number: int) -> str:
    """a, b … z, aa, ab …"""
    found = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        found = chr(97 + rest) + found
    return found


def _term(root: Any, piece: Piece) -> str:
    """What a place is called before its number: ``п.``, ``para.``; nothing for pages."""
    label = piece.label.replace("-", " ") or "page"
    several = re.search(r"\d+[^\d.]+\d+", piece.locator) is not None
    find = root.get_plural_term if several else root.get_single_term
    return str(find(name=label, form="short")) or label


def _named_place(root: Any, note: str, piece: Piece, engine: Any) -> str:
    """The note with its place called what it is: some styles call every place a page."""
    if not piece.locator:
        return note
    opening, closing = cleaned.LOCATOR
    before, mark, rest = note.partition(opening)
    number, _, after = rest.partition(closing)
    if not mark:
        found = piece.label in ("", "page") and cleaned.text(piece.locator) in note.replace(
            "–", "-"
        )
        return note if found else _with_place(root, note, piece)
    bare = before.rstrip(" \xa0\u202f")
    own = list(engine.terms(root, piece.label.replace("-", " ")))
    if any(_ends_with(bare, term) for term in own) or any(
        after.lstrip(" \xa0\u202f").startswith(term) for term in own
    ):
        return f"{before}{number}{after}"
    pages = engine.terms(root, "page", *_SPOKEN)
    wrong = next((term for term in pages if _ends_with(bare, term)), "")
    start = before[: len(bare) - len(wrong)] if wrong else before
    return f"{start}{_term(root, piece)}\xa0{number}{after}"


def _ends_with(text: str, term: str) -> bool:
    """Whether a text ends with a term that is not the end of a longer word."""
    head = text[: len(text) - len(term)]
    return text.lower().endswith(term.lower()) and not head[-1:].isalpha()


def _with_place(root: Any, entry: str, piece: Piece) -> str:
    """The entry with the place behind it, before its last point: a list has no room for places."""
    marks = "".join(end for _, end in cleaned.FORMS.values())
    body = entry.rstrip(marks + cleaned.CLOSED + " ")
    ending = entry[len(body) :]
    point = "." if body.endswith(".") else ""
    place = f"{_term(root, piece)}\xa0{cleaned.text(piece.locator)}".replace("-", "–")
    return f"{body.removesuffix('.')}{ending}, {place}{point}"


def _losses(work: _Work, told: str, listed: str) -> Iterator[tuple[str, str]]:
    """Which items, by their ids, lack what they are found by: the archive, the shelfmark."""
    words = _bare(told + listed)
    name = str(work.item.get("id", ""))
    if not _bare(told):
        yield name, ""
    elif work.item["type"] not in _PRINTED:
        for variable, what in (("archive", "archive"), ("archive_location", "shelfmark")):
            if variable in work.item and _bare(work.item[variable]) not in words:
                yield name, what


def _bare(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def _refusal(style: str, losses: Sequence[tuple[str, str]]) -> Diagnostic:
    """What a style would leave out, in one finding; that it prints nothing comes first."""
    empty = any(not what for _, what in losses)
    lost = dict.fromkeys(what for _, what in losses if bool(what) != empty)
    names = list(dict.fromkeys(name for name, what in losses if what in lost))
    some = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
    what = "nothing at all" if empty else f"no {' and no '.join(lost)}"
    return RULES["TK817"].at(
        Location(style),
        f"the style {style} prints {what} for {some}",
        expected=() if empty else ("where the document is kept",),
        hints=("cite archival documents by `gost` or by chicago-notes-bibliography",),
    )


def _finished(text: str, html: bool, inside: bool) -> str:
    """Text or HTML of what a style has printed, its doubled points and spaces made one.

    ``inside``: whether points and commas stand before the closing quotation mark of the style.
    """
    forms = "".join(mark for pair in cleaned.FORMS.values() for mark in pair)
    if inside:
        text = re.sub(f"(\\S){cleaned.CLOSED}([.,])", rf"\2\1{cleaned.CLOSED}", text)
        text = re.sub(rf"([.,?!…])([{forms}]*)[.](\\S{cleaned.CLOSED})", r"\1\2\3", text)
    text = re.sub(f"([.,;:])([{forms}]+)\\1", r"\1\2", text)
    text = re.sub(f"([.?!…])([{forms}]+)\\.(?!\\.)", r"\1\2", text.replace(cleaned.CLOSED, ""))
    text = re.sub("([?!…])\\.(?!\\.)", r"\1", text)
    text = re.sub(f" ([{forms}]*) ", r" \1", text)
    text = text.strip()
    if not html:
        return cleaned.PRIVATE.sub("", text)
    text = _html.escape(text)
    for name, (opening, closing) in cleaned.FORMS.items():
        tag = "span" if name == "small-caps" else name
        first = '<span style="font-variant:small-caps">' if name == "small-caps" else f"<{tag}>"
        text = text.replace(opening, first).replace(closing, f"</{tag}>")
    return cleaned.PRIVATE.sub("", text)

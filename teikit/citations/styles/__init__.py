"""Styles: one file and one row each; each turns a record into the runs of a citation."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from teikit.citations.options import Options, Run
from teikit.citations.styles import archival_fr, chicago, gost, simple
from teikit.diagnostics import RULES, Location
from teikit.errors import ConfigError, TeikitError
from teikit.record import Record


@dataclass(frozen=True, slots=True)
class Style:
    """A row of the table: name, what it follows, the language of its words, and its writer."""

    name: str
    title: str
    language: str
    write: Callable[[Record, Options], Iterable[Run]]


STYLES: dict[str, Style] = {
    item.name: item
    for item in (
        Style("plain", "author, title, where it is kept", "", simple.write),
        Style("gost", "GOST R 7.0.5-2008, archival documents: section 11", "ru", gost.write),
        Style("archival-fr", "the form of French journals of history", "fr", archival_fr.write),
        Style("chicago", "Chicago Manual of Style, bibliography or --note", "en", chicago.write),
    )
}


def language_of(record: Record, options: Options) -> str:
    """The language of the words of a citation (BCP 47), ``""`` where it is not known."""
    style = STYLES.get(options.style)
    return style.language if style and style.language else options.language or record.language


def compose(records: Sequence[Record], options: Options) -> list[list[Run]]:
    """The citations of records in a style, each as runs of text, in the order given.

    A style that is not one of :data:`STYLES` is one of CSL: :func:`rendered`.
    """
    style = STYLES.get(options.style)
    if style is None:
        return [[Run(text)] for text in rendered(records, options)]
    return [list(style.write(record, options)) for record in records]


def rendered(records: Sequence[Record], options: Options, *, html: bool = False) -> list[str]:
    """The citations in a style of CSL, in text or in HTML.

    A bibliography is in the order that the style wants, and names each thing once. Raises
    ConfigError where there is no such style, OutputError where it cannot be used.
    """
    from teikit.citations import csl, processor  # few want them, and they are slow to load

    pieces = []
    for record in records:
        found = record.locator
        place = (found.value or found.ref) if found else ""
        label = csl.label(found) if found and place else ""
        pieces.append(processor.Piece(csl.item(record, options), place, label))
    mode: Literal["note", "bibliography"] = "note" if options.note else "bibliography"
    try:
        return processor.render(
            pieces, options.style, language=options.language, html=html, mode=mode
        )
    except TeikitError as error:
        raise _meant(options.style, error) from error


def _meant(name: str, error: TeikitError) -> TeikitError:
    """The error, or where there is no such style that a built-in one is called nearly so."""
    (first, *_) = error.diagnostics
    near = difflib.get_close_matches(name, STYLES, 1, cutoff=0.7)
    if not near or (not isinstance(error, ConfigError) and first.code != "TK812"):
        return error
    message = f"there is no citation style “{name}”"
    hint = f"did you mean {near[0]}?"
    return ConfigError(RULES["TK816"].at(Location(name), message, hints=(hint,)))

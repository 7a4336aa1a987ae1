"""Styles: one file and one row each; each turns a record into the runs of a citation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from teikit.citations.options import Options, Run
from teikit.citations.styles import archival_fr, chicago, gost, simple
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
    """The citations of records in a style, each as runs of text, in the order given."""
    style = STYLES[options.style]
    return [list(style.write(record, options)) for record in records]

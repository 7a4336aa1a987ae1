"""GOST R 7.0.5-2008, section 11: references to archival documents.

Heading, title, ``//``, repository, fond, opis, delo, leaves; each element of the search data ends
with a point.
"""

from __future__ import annotations

from collections.abc import Iterator

from teikit.citations.options import Options, Run
from teikit.citations.styles.wording import dashed, joined, sentence
from teikit.record import Record, text_of

_PARTS = {"fond": "Ф.", "opis": "Оп.", "delo": "Д.", "list": "Л."}


def write(record: Record, options: Options) -> Iterator[Run]:
    """The citation of one record."""
    language = options.language or "ru"
    own = record.language or language
    authors = joined(party.name(own).inverted(short=True) for party in record.authors)
    head = joined((authors and sentence(authors), record.title), " ")
    places: list[str] = []
    if record.archive:
        archive = record.archive
        parts = [
            f"{_PARTS.get(kind, '')} {dashed(value)}".strip() for kind, value in archive.shelfmark
        ]
        holder = str(archive.repository.name(language)) if archive.repository else ""
        places += [holder, *parts, text_of(record.medium, language)]
    if record.printed:
        printed = record.printed
        imprint = joined((printed.publisher, printed.date))
        pages = f"С. {dashed(printed.pages)}" if printed.pages else ""
        places += [printed.title(language), joined((printed.place, imprint), ": "), pages]
    tail = " ".join(sentence(part) for part in places if part)
    yield Run(f"{head} // {tail}" if tail else sentence(head))

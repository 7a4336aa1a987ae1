"""One formatted string in the language of what is cited.

Russian: the order and punctuation of GOST R 7.0.5-2008, section 11 (references to archival
documents): heading, title, ``//``, repository, fond, opis, delo, leaves. Other languages: author,
title, where it is kept, translation.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from teikit.record import Record

# How the parts of a Russian shelfmark are called, by language ("" for any other).
_PARTS = {
    "ru": {"fond": "Ф.", "opis": "Оп.", "delo": "Д.", "list": "Л."},
    "fr": {"fond": "fonds", "opis": "inventaire", "delo": "dossier", "list": "feuillets"},
    "": {"fond": "fond", "opis": "opis", "delo": "delo", "list": "leaves"},
}
_WORDS = {
    "fr": {"translation": "trad.", "in": "dans", "pages": "p."},
    "": {"translation": "transl.", "in": "in", "pages": "pp."},
}


def write(records: Sequence[Record]) -> str:
    """One citation a line."""
    return "".join(f"{citation(record)}\n" for record in records)


def citation(record: Record) -> str:
    """The citation of one version."""
    return _gost(record) if record.language == "ru" else _prose(record)


def _parts(record: Record) -> list[str]:
    names = _PARTS.get(record.language, _PARTS[""])
    return [f"{names.get(kind, '')} {_range(value)}".strip() for kind, value in record.shelfmark]


def _range(value: str) -> str:
    return re.sub(r"(?<=\d)-(?=\d)", "–", value)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."


def _gost(record: Record) -> str:
    authors = ", ".join(str(name) for name in record.authors)
    head = " ".join(filter(None, (authors and _sentence(authors), record.title)))
    place: list[str] = []
    if record.archive:
        place = [record.archive, *_parts(record), record.medium]
    elif record.source and record.source.container:
        source = record.source
        imprint = ", ".join(filter(None, (source.publisher, source.date)))
        pages = f"С. {_range(source.pages)}" if source.pages else ""
        place = [source.container, ": ".join(filter(None, (source.place, imprint))), pages]
    if not place:
        return _sentence(head)
    return f"{head} // " + " ".join(_sentence(part) for part in place if part)


def _prose(record: Record) -> str:
    words = _WORDS.get(record.language, _WORDS[""])
    quoted = f"« {record.title} »" if record.language == "fr" else f"“{record.title}”"
    parts = [", ".join(str(name) for name in record.authors), quoted]
    if record.archive:
        parts += [record.archive, *_parts(record)]
    elif record.source and record.source.container:
        source = record.source
        parts += [f"{words['in']} {source.container}", source.place, source.publisher, source.date]
        parts += [f"{words['pages']} {_range(source.pages)}"] if source.pages else []
    if record.translators:
        parts.append(
            f"{words['translation']} {', '.join(str(name) for name in record.translators)}"
        )
    if record.edition:
        parts.append(
            ", ".join(
                filter(
                    None, (f"{words['in']} {record.edition}", record.publisher, record.published)
                )
            )
        )
    return _sentence(", ".join(part for part in parts if part))

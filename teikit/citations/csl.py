"""CSL-JSON, the input of citation processors (CSL 1.0.2, csl-data.json)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from teikit.record import Name, Record


def write(records: Sequence[Record]) -> str:
    """A JSON array of CSL items, ending with a line feed."""
    return json.dumps([item(record) for record in records], ensure_ascii=False, indent=2) + "\n"


def item(record: Record) -> dict[str, Any]:
    """One CSL item; only names that the schema of CSL 1.0.2 knows."""
    found: dict[str, Any] = {
        "id": record.id,
        "type": record.type,
        "title": record.title,
        "original-title": record.original_title,
        "language": record.language,
        "author": [_name(name) for name in record.authors],
        "recipient": [_name(name) for name in record.recipients],
        "translator": [_name(name) for name in record.translators],
        "issued": _date(record),
        "genre": record.genre,
        "medium": record.medium,
        "archive": record.archive,
        "archive-place": record.archive_place,
        "archive_location": shelfmark(record.shelfmark),
    }
    if record.source:
        pages = record.source.pages
        found |= {
            "container-title": record.source.container,
            "publisher": record.source.publisher,
            "publisher-place": record.source.place,
            "page": pages,
        }
    return {key: value for key, value in found.items() if value}


def shelfmark(parts: Sequence[tuple[str, str]]) -> str:
    """The parts of a shelfmark in their order: ``fond 17, opis 171, delo 139, list 1-8``."""
    return ", ".join(value if kind == "shelfmark" else f"{kind} {value}" for kind, value in parts)


def _name(name: Name) -> dict[str, str]:
    if name.literal:
        return {"literal": name.literal}
    # citeproc prints an empty given name as a name, so the key is left out.
    return {"family": name.family} | ({"given": name.given} if name.given else {})


def _date(record: Record) -> dict[str, Any]:
    if record.date is None:
        return {}
    ends = dict.fromkeys((record.date.earliest, record.date.latest))
    parts = [[int(part) for part in end.split("-")] for end in ends if end]
    return {"date-parts": parts} if parts else {}

"""CSL-JSON, the input of citation processors (CSL 1.0.2, csl-data.json)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from teikit.citations.options import Options
from teikit.record import Party, Record, text_of


def write(records: Sequence[Record], options: Options) -> str:
    """A JSON array of CSL items, ending with a line feed."""
    items = [item(record, options) for record in records]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def item(record: Record, options: Options = Options()) -> dict[str, Any]:  # noqa: B008 - frozen
    """One CSL item; only names that the schema of CSL 1.0.2 knows."""
    language = options.language or record.language

    def names(parties: Sequence[Party]) -> list[dict[str, str]]:
        return [_name(party, language) for party in parties]

    archive, printed = record.archive, record.printed
    found: dict[str, Any] = {
        "id": record.id,
        "type": record.type,
        "title": record.title,
        "original-title": record.original_title.text if record.original_title else "",
        "language": record.language,
        "author": names(record.authors),
        "recipient": names(record.recipients),
        "translator": names(record.translators),
        "issued": _date(record),
        "genre": text_of(record.genre, language),
        "medium": text_of(record.medium, language),
    }
    if archive:
        found["archive"] = str(archive.repository.name(language)) if archive.repository else ""
        found["archive-place"] = str(archive.place.name(language)) if archive.place else ""
        found["archive_location"] = shelfmark(archive.shelfmark)
    if printed:
        found |= {
            "container-title": printed.title(language),
            "publisher": printed.publisher,
            "publisher-place": printed.place,
            "page": printed.pages,
        }
    return {key: value for key, value in found.items() if value}


def shelfmark(parts: Sequence[tuple[str, str]]) -> str:
    """The parts of a shelfmark in their order: ``fond 17, opis 171, delo 139, list 1-8``."""
    return ", ".join(value if kind == "shelfmark" else f"{kind} {value}" for kind, value in parts)


def _name(party: Party, language: str) -> dict[str, str]:
    name = party.name(language)
    if name.literal:
        return {"literal": name.literal}
    # citeproc prints an empty given name as a name, so the key is left out.
    stated = {
        "family": name.family,
        "given": name.forenames,
        "non-dropping-particle": name.particle,
        "suffix": name.suffix,
    }
    return {key: value for key, value in stated.items() if value}


def _date(record: Record) -> dict[str, Any]:
    if record.date is None:
        return {}
    ends = dict.fromkeys((record.date.earliest, record.date.latest))
    parts = [[int(part) for part in end.split("-")] for end in ends if end]
    return {"date-parts": parts} if parts else {}

"""CSL-JSON, the input of citation processors (CSL 1.0.2, csl-data.json).

The specification and that schema disagree on some names; only those of the schema are written, and
what it has no name for goes into ``custom``. Dates are ``date-parts``: EDTF strings, which the
schema allows too, are understood by few. ``circa`` marks a date that the editors are not sure of
(``@cert``) and one of which only bounds are known (``@notBefore``, ``@notAfter``).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from teikit.citations import fields
from teikit.citations.fields import Day, clean, stated
from teikit.citations.options import Options
from teikit.record import Archive, Container, Locator, Party, Record, text_of

# Our units of citation by the terms for locators of CSL 1.0.2 (specification, “Locators”).
LABELS = {
    **dict.fromkeys(("folio", "leaf"), "folio"),
    **{name: name for name in ("act", "book", "chapter", "line", "page", "paragraph", "scene")},
    **{name: name for name in ("column", "figure", "note", "part", "section", "table", "verse")},
    "div": "section",
    "p": "paragraph",
    "l": "line",
}
# Variables that Zotero loses when it imports CSL-JSON, and in letters and manuscripts these too.
_LOST = ("archive-place", "archive_collection", "original-title", "original-date", "available-date")
_UNPUBLISHED = ("container-title", "publisher", "publisher-place", "page", "medium", "number")
_LOST_IN = {
    **dict.fromkeys(("personal_communication", "manuscript"), _UNPUBLISHED),
    "document": tuple(name for name in _UNPUBLISHED if name != "publisher"),
}


def write(records: Sequence[Record], options: Options) -> str:
    """A JSON array of CSL items, ending with a line feed."""
    items = [item(record, options) for record in records]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def item(record: Record, options: Options = Options()) -> dict[str, Any]:  # noqa: B008 - frozen
    """One CSL item; only names that the schema of CSL 1.0.2 knows."""
    language = options.language or record.language
    cited = fields.cited(record)

    def names(parties: Sequence[Party]) -> list[dict[str, str]]:
        return [_name(party, language) for party in stated(parties, language)]

    url = fields.address(record, cited.container)
    found: dict[str, Any] = {
        "id": record.id,
        "type": cited.type,
        "title": clean(record.title),
        "original-title": clean(record.original_title.text) if record.original_title else "",
        "language": record.language,
        "author": names(record.authors),
        "recipient": names(record.recipients),
        "translator": names(record.translators),
        "editor": names(cited.editors),
        "issued": date(cited.issued),
        "original-date": date(cited.original),
        "available-date": date(cited.available),
        "genre": clean(text_of(record.genre, language)),
        "medium": clean(text_of(record.medium, language)),
        "number": clean(record.number),
        "URL": url,
        "DOI": clean(record.doi),
        "accessed": date(fields.published(options.accessed)) if url else None,
        "note": clean(record.note),
    }
    if record.archive:
        found |= _archive(record.archive, language)
    if cited.container:
        found |= _container(cited.container, language)
    if record.locator and (record.locator.ref or record.locator.value):
        found["locator"] = clean(record.locator.ref or record.locator.value)
    found["custom"] = _custom(record, cited.other, options)
    found = {key: value for key, value in found.items() if value}
    if options.zotero and (lines := _lost(found)):
        found["note"] = "\n".join(filter(None, (found.get("note", ""), *lines)))
    return found


def _archive(archive: Archive, language: str) -> dict[str, Any]:
    return {
        "archive": fields.holder(archive, language),
        "archive-place": fields.settlement(archive, language),
        "archive_collection": fields.collection(archive, language),
        "archive_location": fields.shelfmark(archive, language),
    }


def _container(container: Container, language: str) -> dict[str, Any]:
    return {
        "container-title": clean(container.title(language)),
        "publisher": clean(container.publisher),
        "publisher-place": clean(container.place),
        "page": clean(container.pages),
        "volume": clean(container.volume),
        "issue": clean(container.issue),
        "collection-title": clean(container.series),
        "edition": clean(container.edition),
        "ISBN": clean(container.isbn),
        "ISSN": clean(container.issn),
    }


def label(locator: Locator) -> str:
    """What a locator counts, as CSL calls it; what it has no word for is a section."""
    return LABELS.get(locator.unit, "section")


def _custom(record: Record, other: Container | None, options: Options) -> dict[str, Any]:
    """What the schema has no name for; keys are ours."""
    language = options.language or record.language
    locator = record.locator
    found: dict[str, Any] = {
        "subtitle": clean(text_of(record.subtitles, record.language)),
        "translated-title": clean(record.translated_title(options.language)),
        "licence": clean(record.licence),
        "label": label(locator) if locator and (locator.ref or locator.value) else "",
        "leaf": clean(locator.leaf) if locator else "",
    }
    if other:
        also = {
            "editor": [_name(party, language) for party in stated(other.editors, language)],
            "issued": date(fields.published(other.date)),
            "URL": fields.web_address(other.url),
            **_container(other, language),
        }
        found["also-in"] = {key: value for key, value in also.items() if value}
    return {key: value for key, value in found.items() if value}


def _lost(found: dict[str, Any]) -> list[str]:
    """Lines ``name: value`` of what Zotero would lose; it reads them from its field Extra."""
    lines = []
    for name in (*_LOST, *_LOST_IN.get(found["type"], ())):
        value = found.get(name)
        if isinstance(value, dict):
            value = value.get("literal") or "/".join(map(fields.iso, value["date-parts"]))
        if value:
            lines.append(f"{name}: {value}")
    return lines


def _name(party: Party, language: str) -> dict[str, str]:
    name = party.name(language)
    if name.literal:
        return {"literal": clean(name.literal)}
    # citeproc prints an empty given name as a name, so the key is left out.
    parts = {
        "family": clean(name.family),
        "given": clean(name.forenames),
        "non-dropping-particle": clean(name.particle),
        "suffix": clean(name.suffix),
    }
    return {key: value for key, value in parts.items() if value}


def date(value: Day | None) -> dict[str, Any]:
    """A date variable; a span has two dates, an open one the one that is known, with ``circa``.

    A date without numbers is ``literal``; ``{}`` for none.
    """
    if value is None:
        return {}
    if not value.known:
        return {"literal": value.words}
    ends = list(dict.fromkeys(end for end in (value.first, value.last) if end))
    # Processors print the number of a year before our era as it stands; they know no year 0.
    found: dict[str, Any] = {
        "date-parts": [[year if year > 0 else year - 1, *rest] for year, *rest in ends]
    }
    if value.doubtful or value.bounds or not (value.first and value.last):
        found["circa"] = True
    return found

"""CITATION.cff 1.2.0: the corpus as a data set, and a reference for each record.

The data set is the edition that the records state (its title, editors, publisher, year). The schema
wants authors and a title of everything; where nobody is stated the author is the entity
``anonymous``, and a corpus without an edition is called by what is in it. ``license`` is written
for the identifiers of SPDX only, any other address is ``license-url``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from teikit.citations import fields, yaml
from teikit.citations.fields import Cited, Day, clean, primary, stated
from teikit.citations.options import Options
from teikit.citations.yaml import Value
from teikit.record import Container, Party, Record, text_of

# CSL item types by type of reference in CFF; all others are generic, a chapter too.
TYPES = {
    **dict.fromkeys(("article", "article-journal", "review", "review-book"), "article"),
    "book": "book",
    **dict.fromkeys(("document", "classic", "collection"), "historical-work"),
    **dict.fromkeys(("entry", "entry-encyclopedia"), "encyclopedia"),
    **dict.fromkeys(("webpage", "post"), "website"),
    **dict.fromkeys(("regulation", "treaty"), "legal-rule"),
    **dict.fromkeys(("graphic", "figure"), "art"),
    **dict.fromkeys(("motion_picture", "broadcast"), "film-broadcast"),
    **dict.fromkeys(("musical_score", "song"), "music"),
    "article-magazine": "magazine-article",
    "article-newspaper": "newspaper-article",
    "bill": "bill",
    "dataset": "data",
    "entry-dictionary": "dictionary",
    "hearing": "hearing",
    "legal_case": "legal-case",
    "legislation": "statute",
    "manuscript": "unpublished",
    "map": "map",
    "pamphlet": "pamphlet",
    "paper-conference": "conference-paper",
    "patent": "patent",
    "periodical": "serial",
    "personal_communication": "personal-communication",
    "post-weblog": "blog",
    "report": "report",
    "software": "software",
    "standard": "standard",
    "thesis": "thesis",
}
_MESSAGE = "If you use this data set, please cite it using the metadata from this file."
_NOBODY: tuple[Value, ...] = ({"name": "anonymous"},)

# Licences by their address, as TEI headers state it, and how SPDX calls them.
_CREATIVE_COMMONS = re.compile(
    r"https?://creativecommons\.org/(?:licenses/(?P<terms>[a-z-]+)|publicdomain/zero)/"
    r"(?P<version>[1-4]\.\d)(?:/(?:legalcode|deed)?(?:\.[a-zA-Z_-]+)?)?"
)
_TERMS = frozenset({"by", "by-sa", "by-nc", "by-nd", "by-nc-sa", "by-nc-nd"})
# The schema lists the licences of SPDX; these are those that editions and software are under.
_SPDX = frozenset(
    """
    Apache-2.0 MIT GPL-2.0-only GPL-2.0-or-later GPL-3.0-only GPL-3.0-or-later LGPL-3.0-only
    AGPL-3.0-only AGPL-3.0-or-later BSD-2-Clause BSD-3-Clause EUPL-1.2 ODbL-1.0 ODC-By-1.0 PDDL-1.0
    CC0-1.0
    """.split()
)
_WEB = re.compile(r"(?:https?|s?ftp)://.+")
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)?/[A-Za-z0-9:/_;\-.()\[\]\\]+")
_ISSN = re.compile(r"\d{4}-\d{3}[\dxX]")
_ISBN = re.compile(r"[0-9\- ]{10,17}X?")


def write(records: Sequence[Record], options: Options) -> str:
    """One file for all the records."""
    whole = next((record for record in records if record.edition), None)
    edition = whole.edition if whole and whole.edition else Container()
    language = options.language or (edition.titles[0].lang if edition.titles else "")
    title = edition.title(language) or (records[0].title if len(records) == 1 else "")
    authors = edition.editors or tuple(party for item in records for party in item.authors)
    released = fields.published(edition.date)
    licences = {record.licence for record in records if record.licence}
    document: dict[str, Value] = {
        "cff-version": "1.2.0",
        "message": _MESSAGE,
        "type": "dataset",
        "title": clean(title) or "Documents",
        "authors": people(authors, language) or _NOBODY,
        "date-released": _full(released),
        "url": _url(edition.url),
        **(licence(*licences) if len(licences) == 1 else {}),
        "references": _different([reference(record, options) for record in records]),
    }
    return yaml.dump(_stated(document))


def reference(record: Record, options: Options = Options()) -> Mapping[str, Value]:  # noqa: B008
    """One record as a reference; fields of the schema only, and only in the forms it allows."""
    language = options.language or record.language
    cited = fields.cited(record)
    letter = cited.type == "personal_communication"
    notes = "; ".join(f"{what}: {text}" for what, text in _notes(record, cited, language))
    archive = record.archive
    found: dict[str, Value] = {
        "type": TYPES.get(cited.type, "generic"),
        "title": clean(record.title) or clean(record.id),
        "authors": people(record.authors, language) or _NOBODY,
        "senders": people(record.authors, language) if letter else (),
        "recipients": people(record.recipients, language),
        "translators": people(record.translators, language),
        "editors": people(cited.editors, language),
        "languages": [primary(record.language)]
        if re.fullmatch("[a-z]{2,3}", primary(record.language))
        else (),
        **_dates(cited),
        "database": fields.holder(archive, language) if archive else "",
        "number": fields.shelfmark(archive, language) if archive else "",
        "location": _entity(fields.settlement(archive, language) if archive else ""),
        "medium": clean(text_of(record.medium, language)),
        **(_container(cited, language) if cited.container else {}),
        **_passage(record),
        "doi": record.doi if _DOI.fullmatch(record.doi) else "",
        "url": (url := _url(fields.address(record, cited.container))),
        "date-accessed": _full(fields.published(options.accessed)) if url else "",
        **licence(record.licence),
        "notes": clean("; ".join(filter(None, (notes, clean(record.note))))),
    }
    return _stated(found)


def _stated(fields_: Mapping[str, Value]) -> dict[str, Value]:
    return {key: value for key, value in fields_.items() if value not in ("", (), [], {})}


def _different(items: Sequence[Mapping[str, Value]]) -> list[Value]:
    """The items without repetition, which the schema refuses; in their order."""
    found: list[Value] = []
    seen = set()
    for item in items:
        if (key := repr(item)) not in seen:
            seen.add(key)
            found.append(item)
    return found


def people(parties: Iterable[Party], language: str) -> list[Value]:
    """Persons with the parts of their names; what is not taken apart is an entity."""
    return _different([_person(party, language) for party in stated(parties, language)])


def _person(party: Party, language: str) -> dict[str, Value]:
    name = party.name(language)
    if name.literal:
        return {"name": clean(name.literal)}
    parts: dict[str, Value] = {
        "family-names": clean(name.family),
        "given-names": clean(name.forenames),
        "name-particle": clean(name.particle),
        "name-suffix": clean(name.suffix),
    }
    return _stated(parts)


def licence(text: str) -> dict[str, Value]:
    """``license`` for what SPDX has an identifier for, ``license-url`` for any other address."""
    stated_here = clean(text)
    if stated_here in _SPDX:
        return {"license": stated_here}
    if found := _CREATIVE_COMMONS.fullmatch(stated_here):
        terms, version = found["terms"], found["version"]
        if terms is None and version == "1.0":
            return {"license": "CC0-1.0"}
        if terms in _TERMS:
            return {"license": f"CC-{terms.upper()}-{version}"}
    return {"license-url": url} if (url := _url(stated_here)) else {}


def _url(text: str) -> str:
    """A web address; ``""`` for anything else, which the schema refuses."""
    address = fields.web_address(text)
    return address if _WEB.fullmatch(address) else ""


def _entity(name: str) -> dict[str, Value]:
    return {"name": name} if name else {}


def _full(day: Day | None) -> str:
    """A whole date, since the schema has no other; ``""`` where only a month or year is known."""
    if day and day.single and day.first and len(day.first) == 3 and 0 <= day.first[0] <= 9999:
        return fields.iso(day.first)
    return ""


def _dates(cited: Cited) -> dict[str, Value]:
    day = cited.issued
    found: dict[str, Value] = {}
    if day and day.known:
        found["year"] = day.years[0]
        if day.months:
            found["month"] = day.months[0]
        found["date-published"] = _full(day) if not day.doubtful else ""
    if cited.original and cited.original.years:
        found["year-original"] = cited.original.years[0]
    return found


def _container(cited: Cited, language: str) -> dict[str, Value]:
    container = cited.container or Container()
    title = clean(container.title(language))
    journal = TYPES.get(cited.type, "") in ("article", "magazine-article", "newspaper-article")
    volume = clean(container.volume)
    found: dict[str, Value] = {
        "journal" if journal else "collection-title": title,
        "publisher": _publisher(container),
        "edition": clean(container.edition),
        "issue": clean(container.issue),
        "isbn": container.isbn if _ISBN.fullmatch(container.isbn) else "",
        "issn": container.issn if _ISSN.fullmatch(container.issn) else "",
    }
    if volume:
        found["volume" if volume.isdecimal() else "volume-title"] = (
            int(volume) if volume.isdecimal() else volume
        )
    if pages := _pages(container):
        found["start"], found["end"] = pages
    return found


def _publisher(container: Container) -> dict[str, Value]:
    name, place = clean(container.publisher), clean(container.place)
    found: dict[str, Value] = {"name": name or place}
    if name and place:
        found["city"] = place
    return _stated(found)


def _passage(record: Record) -> dict[str, Value]:
    """A passage as a ``section``; lines as ``loc-start`` and ``loc-end``, which are for lines."""
    locator = record.locator
    if locator is None:
        return {}
    at = clean(locator.ref or locator.value)
    lines = re.fullmatch(r"(\d+)(?:-(\d+))?", at)
    if locator.unit == "line" and lines:
        return {"loc-start": int(lines[1]), "loc-end": int(lines[2] or lines[1])}
    return {"section": f"{locator.unit} {at}".strip() if at else ""}


def _notes(record: Record, cited: Cited, language: str) -> list[tuple[str, str]]:
    """What the schema has no field for, or not in a form that could hold it."""
    container, original, archive = (
        cited.container or Container(),
        record.original_title,
        record.archive,
    )
    original_year = cited.original and cited.original.first and len(cited.original.first) == 1
    found = [
        ("subtitle", text_of(record.subtitles, record.language)),
        ("original-title", original.text if original else ""),
        ("date", "" if fields.plain(cited.issued) else _words(cited.issued)),
        (
            "original-date",
            "" if original_year and fields.plain(cited.original) else _words(cited.original),
        ),
        ("available-date", _words(cited.available)),
        ("genre", text_of(record.genre, language)),
        ("number", record.number),
        ("archive_collection", fields.collection(archive, language) if archive else ""),
        ("pages", "" if _pages(container) else container.pages),
        ("series", container.series),
        ("also-in", fields.publication(cited.other, language) if cited.other else ""),
        ("doi", "" if _DOI.fullmatch(record.doi) else record.doi),
        ("isbn", "" if _ISBN.fullmatch(container.isbn) else container.isbn),
        ("issn", "" if _ISSN.fullmatch(container.issn) else container.issn),
        ("licence", "" if licence(record.licence) else record.licence),
    ]
    return [(what, clean(text)) for what, text in found if clean(text)]


def _words(day: Day | None) -> str:
    return (fields.edtf(day) or day.words) if day else ""


def _pages(container: Container) -> tuple[int, int] | None:
    """The first and the last page, which the schema wants as numbers; None where they are not."""
    found = re.fullmatch(r"(\d+)(?:\s*[-–]\s*(\d+))?", clean(container.pages))
    return (int(found[1]), int(found[2] or found[1])) if found else None

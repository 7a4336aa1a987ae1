"""JSON-LD in the vocabulary of schema.org, for search engines.

It describes the document where it is kept, with its translations as works of their own, because a
translation is in no archive. Terms: ``ArchiveComponent``, ``holdingArchive`` and ``itemLocation``
for archives, ``Message`` and ``recipient`` for letters, ``workTranslation`` and
``translationOfWork`` for versions.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote

from teikit.citations.fields import clean, settlement, shelfmark, web_address
from teikit.record import Archive, Container, Party, Record, text_of

# CSL item types and the classes that stand for them; any other is a creative work.
CLASSES: dict[str, str] = {
    "article-journal": "ScholarlyArticle",
    "article-magazine": "Article",
    "article-newspaper": "NewsArticle",
    "book": "Book",
    "chapter": "Chapter",
    "manuscript": "Manuscript",
    "map": "Map",
    "personal_communication": "Message",
    "report": "Report",
    "thesis": "Thesis",
    "webpage": "WebPage",
}
# Classes that ``pagination`` is defined for.
_PAGED = frozenset({"Chapter", "ScholarlyArticle", "Article", "NewsArticle", "Report"})
# What an HTML parser could take for markup in a script element, and the same as JSON escapes.
_ESCAPES = str.maketrans({char: f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"})


def json_ld(versions: Sequence[Record], language: str) -> str:
    """The JSON of a document's ``script`` element, on one line; names are for ``language``.

    ``versions`` are the records of the document, the original first.
    """
    original, *others = versions
    found = {"@context": "https://schema.org", **_work(original, language)}
    translations = [_translation(item, original, language) for item in others]
    if translations:
        found["workTranslation"] = translations
    return json.dumps(_stated(found), ensure_ascii=False).translate(_ESCAPES)


def _work(record: Record, language: str) -> dict[str, Any]:
    """The document itself: where it is kept, in print, in the edition."""
    found = _common(record, language)
    if record.archive:
        found |= _kept(record.archive, language)
    if record.printed and _PAGED & set(found["@type"]):
        found["pagination"] = record.printed.pages
    found["isPartOf"] = [
        *([_container(record.printed, _bound(record), language)] if record.printed else []),
        *([_container(record.edition, "Collection", language)] if record.edition else []),
    ]
    return found


def _translation(record: Record, original: Record, language: str) -> dict[str, Any]:
    found = _common(record, language)
    kinds = [name for name in found["@type"] if name != "ArchiveComponent"]
    found["@type"] = kinds or ["CreativeWork"]
    # The day is that of the original; nobody says when the translation was made.
    del found["dateCreated"]
    found["translator"] = _agents(record.translators, language)
    if record.original_title:
        found["translationOfWork"] = {"@id": _id(original)}
    return found


def _common(record: Record, language: str) -> dict[str, Any]:
    classes = ["ArchiveComponent"] if record.archive else []
    # A letter of an institution is a document among citations, and a message all the same.
    kind = "Message" if record.recipients else CLASSES.get(record.type, "CreativeWork")
    classes += [kind] if kind != "CreativeWork" or not classes else []
    return {
        "@type": classes,
        "@id": _id(record),
        "name": record.title,
        "alternateName": [title.text for title in record.titles if title.text != record.title],
        "author": _agents(record.authors, language),
        "recipient": _agents(record.recipients, language),
        "dateCreated": record.date.interval if record.date else "",
        "inLanguage": record.language,
        "genre": text_of(record.genre, language),
        "identifier": [value for value in (record.number, record.doi) if value],
        "license": record.licence if record.licence.startswith(("http://", "https://")) else "",
        "url": web_address(record.url),
    }


def _id(record: Record) -> str:
    """The address of a version; without one, a fragment of the page that the JSON stands in."""
    return web_address(record.url) or f"#{quote(record.id)}"


def _kept(archive: Archive, language: str) -> dict[str, Any]:
    holding: dict[str, Any] = {}
    if archive.repository:
        holding = _agent(archive.repository, language) | {"@type": "ArchiveOrganization"}
        full = text_of(archive.repository.full, language)
        holding["alternateName"] = full if full != holding["name"] else ""
        if archive.place:
            holding["location"] = {"@type": "Place", "name": settlement(archive, language)}
    return {"holdingArchive": holding, "itemLocation": shelfmark(archive, language)}


def _agents(parties: Iterable[Party], language: str) -> list[dict[str, Any]]:
    return [_agent(party, language) for party in parties]


def _agent(party: Party, language: str) -> dict[str, Any]:
    name = party.name(language)
    kind = "Organization" if party.institution else "Person"
    return {"@type": kind, "name": name.direct(), "familyName": name.family}


def _bound(record: Record) -> str:
    """The class of what something is printed in."""
    return "Periodical" if record.type.startswith("article-") else "Book"


def _container(container: Container, kind: str, language: str) -> dict[str, Any]:
    publisher = {"@type": "Organization", "name": container.publisher}
    return {
        "@type": kind,
        "name": container.title(language),
        "publisher": publisher if container.publisher else "",
        "datePublished": container.date,
        "isbn": container.isbn if kind == "Book" else "",
        "issn": container.issn if kind == "Periodical" else "",
        "url": web_address(container.url),
    }


def _stated(value: Any) -> Any:
    """The value without what is empty; a list of one is that one; white space single."""
    if isinstance(value, dict):
        kept = {key: _stated(item) for key, item in value.items()}
        return {key: item for key, item in kept.items() if item}
    if isinstance(value, list):
        items = [item for item in map(_stated, value) if item]
        return items[0] if len(items) == 1 else items
    return clean(value) if isinstance(value, str) else value

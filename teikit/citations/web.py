"""Records for reference managers that read web pages: metadata, COinS, files to download.

The metadata is what Zotero's translator for embedded metadata reads: Dublin Core, and fields of
Zotero itself under the prefix ``z:``, which that translator knows without a declaration. Highwire
tags (``citation_author``) are left out on purpose: beside them Zotero drops the recipients and the
translators that these name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import quote, urlencode

from teikit.citations import FORMATS
from teikit.citations.fields import (
    Cited,
    Day,
    cited,
    clean,
    edtf,
    holder,
    kept,
    publication,
    settlement,
    shelfmark,
    stated,
    web_address,
)
from teikit.citations.jsonld import json_ld
from teikit.citations.options import Options
from teikit.pages import Download, Page
from teikit.record import Name, Party, Record, limited, text_of


@dataclass(frozen=True, slots=True)
class Item:
    """A Zotero item type: its field for the kind of thing, its fields for what it is part of.

    ``container`` is empty where the type is part of nothing.
    """

    type: str
    kind: str = ""
    container: str = ""


# CSL item types and the Zotero item types that stand for them; any other is a document.
ITEMS: dict[str, Item] = {
    "article-journal": Item("journalArticle", container="publicationTitle"),
    "article-magazine": Item("magazineArticle", container="publicationTitle"),
    "article-newspaper": Item("newspaperArticle", container="publicationTitle"),
    "book": Item("book", container="series"),
    "chapter": Item("bookSection", container="bookTitle"),
    "interview": Item("interview"),
    "manuscript": Item("manuscript", kind="manuscriptType"),
    "map": Item("map", kind="mapType"),
    "pamphlet": Item("manuscript", kind="manuscriptType"),
    "personal_communication": Item("letter", kind="letterType"),
    "report": Item("report", kind="reportType"),
    "speech": Item("presentation", kind="presentationType"),
    "thesis": Item("thesis", kind="thesisType"),
    "webpage": Item("webpage", kind="websiteType"),
}
_DOCUMENT = Item("document")


@dataclass(frozen=True, slots=True)
class Offer:
    """A format that is offered for download: its row in ``FORMATS``, what readers call it."""

    format: str
    label: str
    type: str


# In the order of the links; of formats whose files end alike the first one that there is.
OFFERS: tuple[Offer, ...] = (
    Offer("ris", "RIS", "application/x-research-info-systems"),
    Offer("biblatex", "BibLaTeX", "application/x-bibtex"),
    Offer("bibtex", "BibTeX", "application/x-bibtex"),
    Offer("csl-json", "CSL-JSON", "application/vnd.citationstyles.csl+json"),
)
# Of the whole corpus only.
CORPUS_OFFERS: tuple[Offer, ...] = (*OFFERS, Offer("cff", "CITATION.cff", "application/yaml"))


def page(versions: Sequence[Record], language: str, places: Iterable[str] = ()) -> Page:
    """What the page of a document tells machines, for readers of ``language``.

    ``versions`` are the records of one document, the original first. The metadata describes the
    version in the language of the page, because that is what its reader reads and will cite: the
    record of a translation has the archive of its original, its translator, and the original title,
    so that nothing is lost. A page in none of the languages describes the original. ``places`` are
    those from which one cites (``record.limited``). JSON-LD describes the document wherever it is
    found, with all its versions.
    """
    described = limited(version_for(versions, language), places)
    return Page(
        version=described.id,
        lang=described.language,
        meta=tuple(metadata(described)),
        coins=coins(described),
        jsonld=json_ld(versions, language),
        downloads=tuple(_downloads(versions)),
    )


def version_for(versions: Sequence[Record], language: str) -> Record:
    """The first version in the language (``fr`` for ``fr-CA`` too), else the first of all."""
    primary = language.lower().partition("-")[0]
    return next(
        (item for item in versions if item.language.lower().partition("-")[0] == primary),
        versions[0],
    )


# -- metadata ------------------------------------------------------------------------------------


def metadata(record: Record) -> Iterator[tuple[str, str]]:
    """Names and contents of the ``meta`` elements by which Zotero saves the record.

    The record has only the places by which it is cited, as for every format.
    """
    what = cited(record)
    item = ITEMS.get(what.type, _DOCUMENT)
    for name, content in _metadata(record, what, item):
        if content:
            yield name, content
    extra = "\n".join(_extra(record, what, item))
    if extra:
        yield "z:extra", extra


def _metadata(record: Record, what: Cited, item: Item) -> Iterator[tuple[str, str]]:
    language = record.language
    yield "z:itemType", item.type
    yield "DC.title", clean(record.title)
    for name, parties in _creators(record, what, item).items():
        for party in stated(parties, language):
            yield name, creator(party.name(language))
    yield "DC.date", when(what.issued)
    yield "DC.language", language
    if item.kind:
        yield f"z:{item.kind}", clean(text_of(record.genre, language))
    if record.archive:
        yield "z:archive", holder(record.archive, language)
        yield "z:archiveLocation", shelfmark(record.archive, language)
    if what.container and item.container:
        container = what.container
        yield f"z:{item.container}", clean(container.title(language))
        yield "z:publisher", clean(container.publisher)
        yield "z:place", clean(container.place)
        yield "z:volume", clean(container.volume)
        yield "z:issue", clean(container.issue)
        yield "z:pages", clean(container.pages)
        yield "z:ISBN", clean(container.isbn)
        yield "z:ISSN", clean(container.issn)
    # The address of the page itself is taken where none is stated.
    yield "z:url", web_address(record.url)
    yield "DC.rights", clean(record.licence)


def _creators(record: Record, what: Cited, item: Item) -> dict[str, Sequence[Party]]:
    """Those whom Zotero has a role for in an item of that type; a letter has no editor."""
    letter = item.type == "letter"
    return {
        "DC.creator": record.authors,
        "z:recipients": record.recipients if letter else (),
        "z:translators": record.translators,
        "bib.editors": () if letter else what.editors,
    }


def _extra(record: Record, what: Cited, item: Item) -> Iterator[str]:
    """What Zotero has no field for, one CSL variable a line, which it reads when it cites."""
    language, archive, container = record.language, record.archive, what.container
    fields: dict[str, str] = {}
    if record.original_title:
        fields["original-title"] = record.original_title.text
    fields["original-date"] = when(what.original)
    fields["available-date"] = when(what.available)
    if not item.kind:
        fields["genre"] = text_of(record.genre, language)
    fields["medium"] = text_of(record.medium, language)
    fields["number"] = record.number
    if archive:
        fields["archive-place"] = settlement(archive, language)
        # Fond and opis stand in the shelfmark already; the name of a collection does not.
        fields["archive_collection"] = text_of(archive.collection, language)
    if container and not item.container:
        fields["container-title"] = container.title(language)
        fields["publisher"] = container.publisher
        fields["publisher-place"] = container.place
        fields["page"] = container.pages
    # The second place where it is found goes by the name that the other formats give it.
    fields["also-in"] = publication(what.other, language) if what.other else ""
    fields["DOI"] = record.doi
    for variable, value in fields.items():
        if clean(value):
            yield f"{variable}: {clean(value)}"
    letter = item.type == "letter"
    others = {"editor": what.editors if letter else (), "recipient": record.recipients}
    for variable, parties in others.items():
        for party in stated(parties, language) if letter == (variable == "editor") else ():
            yield f"{variable}: {_in_extra(party.name(language))}"


def _in_extra(name: Name) -> str:
    """A name as Zotero reads it in Extra: family name, two bars, forenames."""
    parts = (name.literal,) if name.literal else (name.family, _given(name))
    return clean(" || ".join(filter(None, parts)))


def when(date: Day | None) -> str:
    """A date in ISO 8601 without marks of doubt, or the words of the source for it."""
    return (edtf(date, qualified=False) or date.words) if date else ""


def creator(name: Name) -> str:
    """A name as the translator takes it apart: the family name before the first comma.

    Without any comma it would take the last word for the family name, so that a name of several
    words that is not to be taken apart ends with one, which is dropped when it is read.
    """
    whole = clean(name.literal or name.family)
    given = "" if name.literal else _given(name)
    if given:
        return f"{whole}, {given}" if whole else f"{given},"
    return f"{whole}," if " " in whole and "," not in whole else whole


def _given(name: Name) -> str:
    return " ".join(filter(None, (name.forenames, name.particle, name.suffix)))


# -- lists ---------------------------------------------------------------------------------------


def coins(record: Record) -> str:
    """The context object of a COinS span: key/encoded-value pairs of ANSI/NISO Z39.88-2004.

    It has the matrix of unqualified Dublin Core (``info:ofi/fmt:kev:mtx:dc``), the one that is not
    for printed works only. Percent-encoded UTF-8; HTML escapes the ampersands once more.
    """
    language, what = record.language, cited(record)
    source = kept(record.archive, language)
    if not source and what.container:
        source = what.container.title(language)
    pairs = [
        ("ctx_ver", "Z39.88-2004"),
        ("ctx_enc", "info:ofi/enc:UTF-8"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"),
        ("rft.type", ITEMS.get(what.type, _DOCUMENT).type),
        ("rft.title", record.title),
        *(("rft.creator", creator(item.name(language))) for item in record.authors),
        *(("rft.contributor", creator(item.name(language))) for item in record.translators),
        ("rft.date", when(what.issued)),
        ("rft.language", language),
        ("rft.source", source),
        ("rft.identifier", web_address(record.url)),
        ("rft.rights", record.licence),
    ]
    filled = [(key, clean(value)) for key, value in pairs if clean(value)]
    return urlencode(filled, quote_via=quote)


# -- files ---------------------------------------------------------------------------------------


def offered(offers: Sequence[Offer] = OFFERS) -> list[Offer]:
    """Those of the offers that there is a format for, one for each ending of a file name."""
    found: dict[str, Offer] = {}
    for offer in offers:
        if offer.format in FORMATS:
            found.setdefault(ending(offer), offer)
    return list(found.values())


def ending(offer: Offer) -> str:
    """The ending of the file names of a format: ``.ris``."""
    return PurePosixPath(FORMATS[offer.format].file).suffix


def _downloads(versions: Sequence[Record]) -> Iterator[Download]:
    for record in versions:
        for offer in offered():
            path = f"citations/{record.id}{ending(offer)}"
            yield Download(path, offer.label, offer.type, record.id, record.language)


def files(record: Record, options: Options) -> Iterator[tuple[str, str]]:
    """The files that are offered for one version: path in the build folder, text."""
    for offer in offered():
        text = FORMATS[offer.format].write([record], options)
        yield f"citations/{record.id}{ending(offer)}", text


def corpus_downloads() -> tuple[Download, ...]:
    """The files that are offered for the whole corpus, which every build has."""
    return tuple(
        Download(f"citations/{FORMATS[offer.format].file}", offer.label, offer.type)
        for offer in offered(CORPUS_OFFERS)
    )

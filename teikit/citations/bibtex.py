"""BibTeX in UTF-8, for the styles of classic BibTeX.

A letter or a manuscript is ``@misc``, the one type whose styles print ``howpublished``, where
archive and shelfmark stand; what was never published has no better type (``@unpublished`` prints no
place). What classic styles have no field for (recipient, translator, original) is worded in
``note``; it stands in fields of its own beside, which those styles pass over and programs read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from teikit.citations import fields, tex
from teikit.citations.fields import Cited, Day
from teikit.citations.options import Options
from teikit.citations.tex import escape
from teikit.record import Record, text_of

# CSL item types by entry type; all others are @misc.
KINDS = {
    **dict.fromkeys(("article-journal", "article-magazine", "article-newspaper"), "article"),
    **dict.fromkeys(("review", "review-book"), "article"),
    **dict.fromkeys(("chapter", "entry", "entry-dictionary", "entry-encyclopedia"), "incollection"),
    **dict.fromkeys(("book", "classic"), "book"),
    "paper-conference": "inproceedings",
    "thesis": "phdthesis",
    "report": "techreport",
}
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def write(records: Sequence[Record], options: Options) -> str:
    """One entry a record, separated by empty lines."""
    keys = fields.unique_keys(record.id for record in records)
    return "\n".join(entry(record, options, key) for record, key in zip(records, keys, strict=True))


def entry(record: Record, options: Options = Options(), key: str = "") -> str:  # noqa: B008 - frozen
    """One BibTeX entry; its key is the version's id unless another is given."""
    language = options.language or record.language
    cited = fields.cited(record)
    kind = KINDS.get(cited.type, "misc")
    locator = record.locator
    at = tex.passage(locator)
    url = fields.address(record, cited.container)
    found = {
        "author": tex.people(record.authors, language),
        "title": f"{{{escape(record.title)}}}",
        "subtitle": escape(text_of(record.subtitles, record.language)),
        "editor": tex.people(cited.editors, language),
        "translator": tex.people(record.translators, language),
        "recipient": tex.people(record.recipients, language),
        **_date(cited),
        "origtitle": escape(record.original_title.text if record.original_title else ""),
        "origdate": _words(cited.original),
        "howpublished": escape(fields.kept(record.archive, language)),
        **_container(cited, kind, language),
        "type": escape(text_of(record.genre, language)),
        "number": escape((cited.container.issue if cited.container else "") or record.number),
        "language": escape(record.language),
        "doi": fields.web_address(record.doi),
        "url": url,
        "urldate": fields.clean(options.accessed) if url else "",
        "pagination": escape(locator.unit) if locator and at else "",
        "locator": escape(at),
        "note": escape(tex.sentences(_note(record, cited, kind, language))),
    }
    return tex.entry(kind, key or fields.unique_keys([record.id])[0], found, at)


def _words(day: Day | None) -> str:
    return (fields.edtf(day) or escape(day.words)) if day else ""


def _date(cited: Cited) -> dict[str, str]:
    day = cited.issued
    if day is None:
        return {}
    if not day.known:
        return {"year": escape(day.words)}
    found = {"year": "--".join(str(year) for year in day.years)}
    if day.months:
        found["month"] = _MONTHS[day.months[0] - 1]
    if day.single and day.first and len(day.first) == 3:
        found["day"] = str(day.first[2])
    return found


def _container(cited: Cited, kind: str, language: str) -> dict[str, str]:
    container = cited.container
    if container is None:
        return {}
    publisher = {"phdthesis": "school", "techreport": "institution"}.get(kind, "publisher")
    title = f"{{{escape(container.title(language))}}}" if container.title(language) else ""
    return {
        "journal" if kind == "article" else "booktitle": title,
        publisher: escape(container.publisher),
        "address": escape(container.place),
        "series": escape(container.series),
        "edition": escape(container.edition),
        "volume": escape(container.volume),
        "pages": tex.pages(container.pages),
        "isbn": escape(container.isbn),
        "issn": escape(container.issn),
    }


def _note(record: Record, cited: Cited, kind: str, language: str) -> Iterator[str]:
    """What no field of classic BibTeX prints."""
    yield tex.worded("to", tex.listed(record.recipients, language), language)
    yield tex.worded("translator", tex.listed(record.translators, language), language)
    if record.original_title:
        yield tex.worded("original", record.original_title.text, language)
    yield tex.worded("original", _words(cited.original), language)
    yield text_of(record.medium, language)
    for container in filter(None, (cited.container if kind == "misc" else None, cited.other)):
        yield fields.publication(container, language)
    if kind != "misc":
        yield fields.kept(record.archive, language)
    yield record.note

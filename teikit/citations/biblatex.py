r"""BibLaTeX for biber, in UTF-8: fields and entry types of the data model of biblatex 3.

A letter is ``@letter``: the standard styles have no driver for it and print it as ``@misc``, which
is right, and styles for historians know it. Both print ``howpublished`` but not ``library``, so the
place in an archive stands in both; types that print neither (a chapter) have it in ``addendum``.
Recipients are ``namea`` with ``nameatype``, for programs, and in words in ``note``: as ``editora``
they would be printed as collaborators. Dates are EDTF. Who cites a passage gets ``pagination``, by
which ``\cite[12]{key}`` finds its word, and that command in a comment.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from teikit.citations import fields, tex
from teikit.citations.fields import Cited, Day, primary
from teikit.citations.options import Options
from teikit.citations.tex import escape
from teikit.record import Container, Record, text_of

# CSL item types by entry type; all others are @misc.
KINDS = {
    **dict.fromkeys(("article", "article-journal", "article-magazine"), "article"),
    **dict.fromkeys(("article-newspaper", "review", "review-book"), "article"),
    **dict.fromkeys(("entry", "entry-dictionary", "entry-encyclopedia"), "inreference"),
    **dict.fromkeys(("book", "classic"), "book"),
    **dict.fromkeys(("webpage", "post", "post-weblog"), "online"),
    "chapter": "incollection",
    "dataset": "dataset",
    "manuscript": "unpublished",
    "pamphlet": "booklet",
    "paper-conference": "inproceedings",
    "periodical": "periodical",
    "personal_communication": "letter",
    "report": "report",
    "software": "software",
    "thesis": "thesis",
}
# Those of them that print howpublished.
_HOW = frozenset({"misc", "letter", "unpublished", "booklet"})
# Those that print a container; in the others it goes into the addendum.
_CONTAINED = frozenset({"article", "inreference", "incollection", "inproceedings"})
_HOST = _CONTAINED | {"book", "periodical", "thesis", "report", "online", "dataset", "software"}

# What babel calls a language, by BCP 47; biblatex knows no others.
LANGUAGES = {
    "bg": "bulgarian",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "et": "estonian",
    "fi": "finnish",
    "fr": "french",
    "hr": "croatian",
    "hu": "hungarian",
    "it": "italian",
    "la": "latin",
    "lt": "lithuanian",
    "lv": "latvian",
    "nl": "dutch",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sk": "slovak",
    "sl": "slovene",
    "sr": "serbian",
    "sv": "swedish",
    "tr": "turkish",
    "uk": "ukrainian",
}
# Units of citation that biblatex has a word for as @pagination (manual, 2.3.5).
_PAGINATION = {"page", "column", "line", "verse", "section", "paragraph"}


def write(records: Sequence[Record], options: Options) -> str:
    """One entry a record, separated by empty lines."""
    keys = fields.unique_keys(record.id for record in records)
    return "\n".join(entry(record, options, key) for record, key in zip(records, keys, strict=True))


def entry(record: Record, options: Options = Options(), key: str = "") -> str:  # noqa: B008 - frozen
    """One entry; its key is the version's id unless another is given."""
    language = options.language or record.language
    cited = fields.cited(record)
    kind = KINDS.get(cited.type, "misc")
    at, locator = tex.passage(record.locator), record.locator
    url = fields.address(record, cited.container)
    kept = fields.kept(record.archive, language)
    original = record.original_title
    found = {
        "author": tex.people(record.authors, language),
        "namea": tex.people(record.recipients, language),
        "nameatype": "recipient" if record.recipients else "",
        "title": escape(record.title),
        "subtitle": escape(text_of(record.subtitles, record.language)),
        "titleaddon": escape(record.translated_title(options.language)),
        "editor": tex.people(cited.editors, language),
        "translator": tex.people(record.translators, language),
        "date": _date(cited.issued),
        "origdate": _date(cited.original),
        "origtitle": escape(original.text if original else ""),
        "origlanguage": _language(original.lang) if original else "",
        "langid": LANGUAGES.get(primary(record.language), ""),
        "language": _language(record.language),
        "type": escape(text_of(record.genre, language)),
        "number": escape(record.number),
        "howpublished": escape(kept) if kind in _HOW else "",
        "library": escape(kept),
        **(_container(cited.container, kind, language) if cited.container else {}),
        "doi": fields.web_address(record.doi),
        "url": url,
        "urldate": fields.clean(options.accessed) if url else "",
        "pagination": _pagination(locator.unit) if locator and at else "",
        "locator": escape(at),
        "note": escape(tex.sentences(_note(record, cited, language))),
        "addendum": escape(tex.sentences(_addendum(record, cited, kind, language))),
    }
    return tex.entry(kind, key or fields.unique_keys([record.id])[0], found, at)


def _date(day: Day | None) -> str:
    """EDTF; a date in words only is in the note, since biber would refuse it here."""
    return fields.edtf(day) if day else ""


def _language(tag: str) -> str:
    """The name that biblatex knows, else the tag, which it prints as it is."""
    return LANGUAGES.get(primary(tag)) or escape(tag)


def _pagination(unit: str) -> str:
    return unit if unit in _PAGINATION else "none"


def _container(container: Container, kind: str, language: str) -> dict[str, str]:
    publisher = "institution" if kind in ("thesis", "report") else "publisher"
    found = {
        "journaltitle" if kind == "article" else "booktitle": escape(container.title(language)),
        publisher: escape(container.publisher),
        "location": escape(container.place),
        "series": escape(container.series),
        "edition": escape(container.edition),
        "volume": escape(container.volume),
        "pages": tex.pages(container.pages),
        "isbn": escape(container.isbn),
        "issn": escape(container.issn),
    }
    if container.issue:
        found["issue" if kind != "article" else "number"] = escape(container.issue)
    return found


def _note(record: Record, cited: Cited, language: str) -> Iterator[str]:
    yield tex.worded("to", tex.listed(record.recipients, language), language)
    yield text_of(record.medium, language)
    for day in (cited.issued, cited.original):
        yield day.words if day and not day.known else ""
    yield record.note


def _addendum(record: Record, cited: Cited, kind: str, language: str) -> Iterator[str]:
    """What the type does not print: where it is kept, in what else it can be read."""
    if kind not in _HOW:
        yield fields.kept(record.archive, language)
    also = [cited.container if kind not in _HOST else None, cited.other]
    for container in filter(None, also):
        yield fields.publication(container, language)

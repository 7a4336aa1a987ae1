"""RIS, the tagged format of Reference Manager, in UTF-8, as EndNote and Zotero read it.

A line is a tag of two characters, two blanks, a hyphen, a blank and a value; it ends with CR LF,
and ``ER`` ends a record. There is no escaping: a value is one line, and so cannot begin a tag. What
has no tag is a note (``N1``) of the form ``name: value``. ``DA`` and ``PY`` can hold one date only:
of a span they have the month or the year that all of it lies in, else the first year; the whole is
then a note.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from teikit.citations import fields
from teikit.citations.fields import Cited, Day, clean, stated
from teikit.citations.options import Options
from teikit.record import Container, Name, Party, Record, text_of

# CSL item types by type of reference; all others are GEN.
TYPES = {
    **dict.fromkeys(("article", "article-journal", "review", "review-book"), "JOUR"),
    **dict.fromkeys(("book", "classic"), "BOOK"),
    **dict.fromkeys(("motion_picture", "broadcast"), "MPCT"),
    **dict.fromkeys(("entry", "entry-encyclopedia"), "ENCYC"),
    **dict.fromkeys(("legislation", "regulation", "treaty"), "STAT"),
    **dict.fromkeys(("graphic", "figure"), "ART"),
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "bill": "BILL",
    "chapter": "CHAP",
    "dataset": "DATA",
    "entry-dictionary": "DICT",
    "hearing": "HEAR",
    "legal_case": "CASE",
    "manuscript": "MANSCPT",
    "map": "MAP",
    "musical_score": "MUSIC",
    "pamphlet": "PAMP",
    "paper-conference": "CONF",
    "patent": "PAT",
    "periodical": "JFULL",
    "personal_communication": "PCOMM",
    "post-weblog": "BLOG",
    "report": "RPRT",
    "software": "COMP",
    "song": "SOUND",
    "standard": "STAND",
    "thesis": "THES",
    "webpage": "ELEC",
}
# A2 is the recipient of these, the editor of what contains anything else; of a book, A3 edits.
_ADDRESSED = frozenset({"PCOMM"})
_EDITED_BY_A3 = frozenset({"BOOK", "PCOMM"})

_Field = tuple[str, str]


def write(records: Sequence[Record], options: Options) -> str:
    """One record after another, an empty line behind each."""
    keys = fields.unique_keys(record.id for record in records)
    return "".join(entry(record, options, key) for record, key in zip(records, keys, strict=True))


def entry(record: Record, options: Options = Options(), key: str = "") -> str:  # noqa: B008 - frozen
    """One record, from ``TY`` to ``ER``."""
    language = options.language or record.language
    cited = fields.cited(record)
    kind = TYPES.get(cited.type, "GEN")
    if kind == "GEN" and record.archive:
        # Readers take GEN for an article, which can lie in no archive; a manuscript can.
        kind = "MANSCPT"
    lines = [
        ("TY", kind),
        ("ID", key or fields.unique_keys([record.id])[0]),
        *_people(record, cited, kind, language),
        ("TI", record.title),
        ("TT", record.translated_title(options.language)),
        *_dates(cited.issued),
        *_places(record, cited, language),
        ("M3", text_of(record.genre, language)),
        ("LA", record.language),
        *_web(record, cited, options),
        *_notes(record, cited, kind, language),
    ]
    written = [f"{tag}  - {value}" for tag, text in lines if (value := clean(text))]
    return "\r\n".join([*written, "ER  - ", "", ""])


def _people(record: Record, cited: Cited, kind: str, language: str) -> Iterator[_Field]:
    yield from _named("AU", record.authors, language)
    if kind in _ADDRESSED:
        yield from _named("A2", record.recipients, language)
    yield from _named("A3" if kind in _EDITED_BY_A3 else "A2", cited.editors, language)
    yield from _named("A4", record.translators, language)


def _named(tag: str, parties: Iterable[Party], language: str) -> Iterator[_Field]:
    for party in stated(parties, language):
        yield tag, name(party.name(language))


def name(one: Name) -> str:
    """``Family, Given, Suffix``; what is not taken apart stands as it is.

    A comma in it cannot be told from one between parts: the format has no other way to write it.
    """
    if one.literal:
        return one.literal
    parts = [" ".join(filter(None, (one.particle, one.family))), one.forenames, one.suffix]
    while parts and not parts[-1]:
        parts.pop()
    return ", ".join(parts) if parts[0] else one.direct() or one.forenames


def _dates(day: Day | None) -> Iterator[_Field]:
    """``DA`` is ``year/month/day/other``, of which ``PY`` has the year."""
    if day is None:
        return
    if not day.known:
        yield "DA", f"///{day.words}"
        return
    whole = (day.single and day.first) or (day.years[0], *day.months)
    yield "PY", _slashed(whole).partition("/")[0]
    yield "DA", _slashed(whole)


def _slashed(parts: Sequence[int]) -> str:
    """Year, month and day, each followed by a slash, also where it is missing."""
    written = [fields.iso(parts[:1]), *(f"{part:02d}" for part in parts[1:])] if parts else []
    return "/".join([*written, *[""] * (4 - len(written))]) if written else ""


def _places(record: Record, cited: Cited, language: str) -> Iterator[_Field]:
    if record.archive:
        yield "DB", fields.holder(record.archive, language)
        yield "AN", fields.shelfmark(record.archive, language)
    container = cited.container
    if container is None:
        return
    yield "T2", container.title(language)
    yield "T3", container.series
    yield "PB", container.publisher
    yield "CY", container.place
    yield "ET", container.edition
    yield "VL", container.volume
    yield "IS", container.issue
    first, _, last = clean(container.pages).replace("–", "-").partition("-")
    single = "-" not in last
    yield "SP", first.strip() if single else container.pages
    yield "EP", last.strip() if single else ""
    yield "SN", container.isbn
    yield "SN", container.issn


def _web(record: Record, cited: Cited, options: Options) -> Iterator[_Field]:
    url = fields.address(record, cited.container)
    yield "UR", url
    yield "DO", record.doi
    if url:
        yield "Y2", _slashed(fields.numbers(options.accessed) or ())


def _notes(record: Record, cited: Cited, kind: str, language: str) -> Iterator[_Field]:
    """What no tag is for, each behind its name."""
    archive, locator, original = record.archive, record.locator, record.original_title
    if kind not in _ADDRESSED:
        for party in stated(record.recipients, language):
            yield "N1", f"recipient: {name(party.name(language))}"
    stated_here = (
        ("subtitle", text_of(record.subtitles, record.language)),
        ("date", "" if fields.plain(cited.issued) else _words(cited.issued)),
        ("original-title", original.text if original else ""),
        ("original-date", _words(cited.original)),
        ("available-date", _words(cited.available)),
        ("number", record.number),
        ("medium", text_of(record.medium, language)),
        ("archive-place", fields.settlement(archive, language) if archive else ""),
        ("archive_collection", fields.collection(archive, language) if archive else ""),
        ("also-in", _publication(cited.other, language)),
        ("licence", record.licence),
        (locator.unit, locator.ref or locator.value) if locator else ("", ""),
    )
    for what, text in stated_here:
        if clean(text):
            yield "N1", f"{what}: {text}"
    yield "N1", record.note


def _words(day: Day | None) -> str:
    return (fields.edtf(day) or day.words) if day else ""


def _publication(container: Container | None, language: str) -> str:
    return fields.publication(container, language) if container else ""

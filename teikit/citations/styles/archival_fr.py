"""The French archival form, as French journals of history and of Slavic studies print it.

Author, « title », kind of document, date, archive, shelfmark in the Russian order with its
abbreviations in Latin letters. Guillemets, English marks within them, no-break spaces: the usage
that the Imprimerie nationale records. ``docs/citations.md`` names what was followed.
"""

from __future__ import annotations

from collections.abc import Iterator

from teikit import shelfmarks
from teikit.citations.options import Options, Run
from teikit.citations.styles import locating
from teikit.citations.styles.dating import accessed_on, carries, dated, written_apart
from teikit.citations.styles.runs import (
    NARROW,
    NO_BREAK,
    Runs,
    around,
    bound,
    chain,
    closed,
    link,
    quoted,
    run,
    worded,
)
from teikit.citations.styles.wording import (
    edited_by,
    genre,
    holder,
    home_of,
    in_order,
    in_periodical,
    is_book,
    is_translation,
    kind_of,
    known_as,
    own_titles,
    title_of,
    translated_from,
    whole_title,
    year_of,
)
from teikit.record import Container, Name, Record, text_of

_READER = "fr"
_LABELS = {
    ("home", "edition"): "dans ",
    ("other", "printed"): "publié dans ",
    ("other", "edition"): f"édition en ligne{NO_BREAK}: ",
    ("original", "archive"): f"original{NO_BREAK}: ",
    ("original", "printed"): "original publié dans ",
}


def write(record: Record, options: Options) -> Iterator[Run]:
    """The citation of one record: in a list the family name first, in a note as one says it."""
    parts = [
        _authors(record, note=options.note),
        _title(record),
        *_circumstances(record),
        _translated(record),
    ]
    yield from closed(chain([chain(parts), *_places(record, options)], ", "))


# -- what it is ----------------------------------------------------------------------------------


def _authors(record: Record, *, note: bool) -> Runs:
    """Up to three authors, else the first and ``et al.``."""
    shown = record.authors if len(record.authors) <= 3 else record.authors[:1]
    names = [party.name(_READER) for party in shown]
    said = [run(name.direct() if note else _listed(name), name.lang) for name in names]
    if len(record.authors) > 3:
        return around("", chain(said), " et al.")
    *others, last = said or [[]]
    return chain([chain(others), last], " et ")


def _listed(name: Name) -> str:
    """``Hugo (Victor)``: what does not sort is in brackets."""
    given = " ".join(filter(None, (name.given, name.particle)))
    return f"{name.family} ({given})" if name.family and given else name.listed()


def _title(record: Record) -> Runs:
    """The title in guillemets, of a book in italics; in brackets the French one where known."""
    title = whole_title(record, ". ")
    if title is None:
        return []
    said = (
        worded(title, italic=True) if is_book(record) else quoted(title.text, title.lang, _READER)
    )
    known = run(known_as(record, _READER, ". "), _READER)
    return chain([said, around("[", known, "]")], " ")


def _circumstances(record: Record) -> Iterator[Runs]:
    """The kind of document and the date of writing, unless the title says them."""
    named = own_titles(record)
    yield run(genre(record, _READER), _READER) if named else kind_of(record, _READER, " à ")
    titles = [*(title.text for title in named), record.translated_title(_READER)]
    if not written_apart(record) or any(carries(title, record) for title in titles):
        return
    if record.date is None:
        yield run("s. d.") if record.archive else []
        return
    said = run(dated(record.date, _READER), _READER)
    doubtful = record.date.when and record.date_cert in ("low", "medium")
    yield around("[", said, " ?]") if doubtful else said


def _translated(record: Record) -> Runs:
    if not (is_translation(record) or record.translators):
        return []
    said = run(f"trad. {translated_from(record, _READER)}".strip())
    return chain([said, edited_by(record.translators, _READER)], " par ")


# -- where it is ---------------------------------------------------------------------------------


def _places(record: Record, options: Options) -> Iterator[Runs]:
    """The place that is cited and the passage in it; other places behind a semicolon."""
    at = run(bound(locating.passage(record, _READER)))
    home = home_of(record)
    archive = _archive(record, at if home == "archive" else [])
    printed = _printed(record, at if home == "printed" else [], options)
    edition = _edition(record, at if home == "edition" else [], options)
    smaller = not (is_book(record) or in_periodical(record))
    labels = {**_LABELS, ("home", "printed"): "dans " if smaller else ""}
    places = {"archive": archive, "printed": printed, "edition": edition}
    address = [] if edition or archive else _address(record, options)
    first, *others = [*in_order(record, places, labels), [], []][:3]
    first = chain([first, [] if home else at, address])
    yield chain([first, *others], f"{NARROW}; ")


def _archive(record: Record, at: Runs) -> Runs:
    """The archive with its town, collection, shelfmark."""
    archive = record.archive
    if archive is None:
        return []
    keeper, place = holder(archive, _READER)
    named = chain([keeper, around("(", place, ")")], " ") if keeper else place
    mark = bound(shelfmarks.write(locating.shelfmark(record), "fr"))
    return chain([named, run(text_of(archive.collection, _READER)), run(mark), at])


def _printed(record: Record, at: Runs, options: Options) -> Runs:
    """Title in italics, editors, volume, place, publisher, year, pages."""
    printed = record.printed
    if printed is None:
        return []
    language = record.original_title.lang if record.original_title else record.language
    title = worded(title_of(printed, language), italic=True)
    pages = locating.pages(record)
    where = run(bound(f"p. {pages}")) if pages else []
    volume = run(bound(f"vol. {printed.volume}")) if printed.volume else []
    if in_periodical(record):
        issue = run(bound(f"n° {printed.issue}")) if printed.issue else []
        return chain(
            [
                title,
                volume,
                issue,
                _year(record, printed),
                where,
                at,
                _visited(printed.url, options),
            ]
        )
    editors = edited_by(printed.editors or (() if printed.titles else record.editors), _READER)
    return chain(
        [
            *(title, around("éd. par ", editors), run(printed.edition), volume),
            around("coll. ", quoted(printed.series, "", _READER)),
            *(run(printed.place), run(printed.publisher), _year(record, printed), where),
            *(at, _visited(printed.url, options)),
        ]
    )


def _year(record: Record, found: Container) -> Runs:
    date = year_of(record, found)
    return run(accessed_on(date, _READER) if in_periodical(record) else date[:4])


def _edition(record: Record, at: Runs, options: Options) -> Runs:
    edition = record.edition
    if edition is None:
        return []
    title = worded(title_of(edition, _READER), italic=True)
    imprint = [run(edition.place), run(edition.publisher), run(edition.date[:4])]
    return chain([title, *imprint, at, _address(record, options)])


def _address(record: Record, options: Options) -> Runs:
    where = record.url or (record.edition.url if record.edition else "")
    return _visited(f"https://doi.org/{record.doi}" if record.doi else where, options)


def _visited(where: str, options: Options) -> Runs:
    """The address and the day on which it was visited."""
    day = accessed_on(options.accessed, _READER) if options.accessed and where else ""
    return chain([link(where), around("(consulté le ", run(day), ")")], " ")

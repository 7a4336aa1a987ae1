"""Plain: author, title, where it is kept, translation, edition, in the language of the item.

It follows no manual. In Russian it is that of GOST, which every reader knows; in a language whose
words are not here it says what all languages print alike.
"""

from __future__ import annotations

from collections.abc import Iterator

from teikit import shelfmarks
from teikit.citations.options import Options, Run
from teikit.citations.styles import gost, locating
from teikit.citations.styles.dating import accessed_on, carries, dated, written_apart
from teikit.citations.styles.runs import (
    NARROW,
    NO_BREAK,
    Runs,
    chain,
    closed,
    link,
    quoted,
    run,
    worded,
)
from teikit.citations.styles.wording import (
    dashed,
    edited_by,
    holder,
    home_of,
    in_order,
    in_periodical,
    is_book,
    is_translation,
    kind_of,
    own_titles,
    primary,
    title_of,
    whole_title,
    year_of,
)
from teikit.record import Record

# What stands before a translator, the edition, the original in an archive and in print, the day of
# a visit; the form of shelfmarks; what parts one place from the next.
_KEYS = ("translation", "in", "original", "printed", "accessed", "marks", "other")
_WORDS = {
    language: dict(zip(_KEYS, words, strict=True))
    for language, *words in (
        (
            *("fr", "trad.", "dans", f"original{NO_BREAK}:", "original publié dans"),
            *("consulté le", "fr-long", f"{NARROW}; "),
        ),
        (
            *("en", "transl.", "in", "original:", "original published in"),
            *("accessed", "en", "; "),
        ),
        ("", "transl.", "in", "orig.:", "orig. in", "", "en", "; "),
    )
}


def write(record: Record, options: Options) -> Iterator[Run]:
    """The citation of one record."""
    language = options.language or record.language
    if primary(language) == "ru":
        yield from gost.write(record, options)
        return
    said = _WORDS.get(primary(language), _WORDS[""])
    titles = own_titles(record)
    names = [party.name(language) for party in record.authors]
    written = written_apart(record) and not any(carries(title.text, record) for title in titles)
    title = whole_title(record, ". ")
    parts = [
        chain(run(name.inverted(short=True), name.lang) for name in names),
        quoted(title.text, title.lang, language) if title else kind_of(record, language),
        run(dated(record.date, language) if written else "", language),
        _translated(record, language, said["translation"]),
    ]
    yield from closed(chain([chain(parts), *_places(record, options, language)]))


def _translated(record: Record, language: str, word: str) -> Runs:
    if not (is_translation(record) or record.translators):
        return []
    return chain([run(word), edited_by(record.translators, language)], " ")


def _places(record: Record, options: Options, language: str) -> Iterator[Runs]:
    """Where the text is and the passage in it; behind a semicolon other places."""
    said = _WORDS.get(primary(language), _WORDS[""])
    at = run(locating.passage(record, language))
    home = home_of(record)
    archive = _archive(record, language, said["marks"])
    address = _address(record, options, language)
    places = {
        "archive": archive,
        "printed": _printed(record, options, language),
        "edition": _edition(record, language),
    }
    named = {**places, home: chain([places.get(home, []), at])}
    if record.edition:
        named["edition"] = chain([named["edition"], address])
    inside = "" if is_book(record) or in_periodical(record) else f"{said['in']} "
    labels = {
        ("home", "printed"): inside,
        ("home", "edition"): f"{said['in']} ",
        ("other", "printed"): f"{said['in']} ",
        ("other", "edition"): f"{said['in']} ",
        ("original", "archive"): f"{said['original']} ",
        ("original", "printed"): f"{said['printed']} ",
    }
    first, *others = [*in_order(record, named, labels), [], []][:3]
    rest = [[] if home else at, [] if record.edition or archive else address]
    yield chain([chain([first, *rest]), *others], said["other"])


def _archive(record: Record, language: str, form: str) -> Runs:
    if record.archive is None:
        return []
    keeper, _ = holder(record.archive, language)
    return chain([keeper, run(shelfmarks.write(locating.shelfmark(record), form))])


def _printed(record: Record, options: Options, language: str) -> Runs:
    printed = record.printed
    if printed is None:
        return []
    pages = locating.pages(record)
    pages = pages if primary(language) == "fr" else dashed(pages)
    volume = ", ".join(filter(None, (printed.volume, printed.issue and f"n° {printed.issue}")))
    return chain(
        [
            *(worded(title_of(printed, language), italic=True), run(volume)),
            *(run(printed.place), run(printed.publisher), run(year_of(record, printed))),
            *(run(f"p. {pages}" if pages else ""), _visited(printed.url, options, language)),
        ]
    )


def _edition(record: Record, language: str) -> Runs:
    edition = record.edition
    if edition is None:
        return []
    title = worded(title_of(edition, language), italic=True)
    return chain([title, run(edition.place), run(edition.publisher), run(edition.date)])


def _address(record: Record, options: Options, language: str) -> Runs:
    where = record.url or (record.edition.url if record.edition else "")
    where = f"https://doi.org/{record.doi}" if record.doi else where
    return _visited(where, options, language)


def _visited(where: str, options: Options, language: str) -> Runs:
    """The address and the day on which it was visited."""
    accessed = _WORDS.get(primary(language), _WORDS[""])["accessed"]
    day = accessed_on(options.accessed, language) if options.accessed and where else ""
    return chain([link(where), run(f"({accessed} {day})".replace("( ", "(") if day else "")], " ")

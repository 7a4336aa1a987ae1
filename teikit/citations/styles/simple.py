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
from teikit.citations.styles.runs import Runs, around, chain, closed, link, quoted, run, worded
from teikit.citations.styles.wording import (
    dashed,
    edited_by,
    holder,
    is_translation,
    own_titles,
    primary,
    title_of,
    year_of,
)
from teikit.record import Record

_WORDS = {
    "fr": {"translation": "trad.", "in": "dans", "accessed": "consulté le", "marks": "fr-long"},
    "en": {"translation": "transl.", "in": "in", "accessed": "accessed", "marks": "en"},
    "": {"translation": "transl.", "in": "in", "accessed": "", "marks": "en"},
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
    inside = f"{said['in']} "
    archive = _archive(record, language, said["marks"])
    at = run(locating.passage(record, language))
    printed = _printed(record, language)
    whole = bool(record.printed and not record.printed.titles)
    edition = around(inside, _edition(record, language))
    translators = edited_by(record.translators, language)
    translated = is_translation(record) or record.translators
    parts = [
        chain(run(name.inverted(short=True), name.lang) for name in names),
        chain(quoted(title.text, title.lang, language) for title in titles),
        run(dated(record.date, language) if written else "", language),
        archive,
        [] if is_translation(record) else at,
        printed if whole else around(inside, printed),
        chain([run(said["translation"]), translators], " ") if translated else [],
        edition,
        at if is_translation(record) else [],
        [] if archive and not edition else _address(record, options, language, said["accessed"]),
    ]
    yield from closed(chain(parts))


def _archive(record: Record, language: str, form: str) -> Runs:
    if record.archive is None:
        return []
    keeper, _ = holder(record.archive, language)
    return chain([keeper, run(shelfmarks.write(locating.shelfmark(record), form))])


def _printed(record: Record, language: str) -> Runs:
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
            *(run(f"p. {pages}" if pages else ""), link(printed.url)),
        ]
    )


def _edition(record: Record, language: str) -> Runs:
    edition = record.edition
    if edition is None:
        return []
    title = worded(title_of(edition, language), italic=True)
    return chain([title, run(edition.place), run(edition.publisher), run(edition.date)])


def _address(record: Record, options: Options, language: str, accessed: str) -> Runs:
    where = record.url or (record.edition.url if record.edition else "")
    where = f"https://doi.org/{record.doi}" if record.doi else where
    day = accessed_on(options.accessed, language) if options.accessed and where else ""
    said = f"({accessed} {day})" if accessed else f"({day})"
    return chain([link(where), run(said if day else "")], " ")

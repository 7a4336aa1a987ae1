"""GOST R 7.0.5-2008: archival documents (11), books and parts of them (5, 7), web pages (10).

Heading, title, ``//``, where it is; each element of the search data ends with a point. A heading is
in the language of the item, what the standard adds is in Russian.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from teikit import shelfmarks
from teikit.citations.options import Options, Run
from teikit.citations.styles import locating
from teikit.citations.styles.dating import carries, dated, is_inferred, written_apart
from teikit.citations.styles.runs import (
    Runs,
    around,
    capital,
    chain,
    closed,
    link,
    run,
    sentences,
    worded,
)
from teikit.citations.styles.wording import (
    dashed,
    edited_by,
    genre,
    holder,
    home_of,
    in_periodical,
    is_book,
    is_translation,
    kind_of,
    medium,
    own_titles,
    title_of,
    translated_from,
    year_of,
)
from teikit.record import Container, Record, script_of, text_of

_READER = "ru"
# Towns that Russian references shorten (GOST R 7.0.12-2011).
_TOWNS = {
    "Ленинград": "Л.",
    "Москва": "М.",
    "Нижний Новгород": "Н. Новгород",
    "Петроград": "Пг.",
    "Ростов-на-Дону": "Ростов н/Д.",
    "Санкт-Петербург": "СПб.",
}


def write(record: Record, options: Options) -> Iterator[Run]:
    """The citation of one record."""
    head = chain([closed(_heading(record)), _title(record)], " ")
    home, others = _places(record, options)
    yield from sentences([chain([head, home], " // "), *others])


# -- what it is ----------------------------------------------------------------------------------


def _heading(record: Record) -> Runs:
    """Up to three authors, family name first; of four and more none (see :func:`_responsible`)."""
    own = record.language or _READER
    if len(record.authors) > 3:
        return []
    names = [party.name(own) for party in record.authors]
    return chain(run(name.inverted(short=True), name.lang) for name in names)


def _title(record: Record) -> Runs:
    """Title: subtitle: kind of document. Date of writing / responsibility."""
    own = record.language or _READER
    titles = own_titles(record)
    kind = run(genre(record, own), own) if not _is_published(record) else []
    if titles:
        named = chain([*(worded(title) for title in titles), kind], ": ")
    else:  # 11.8: a title that the researcher gives is in brackets
        named = around("[", capital(kind_of(record, own)), "]")
    said = " ".join(title.text for title in titles)
    when = _written(record) if written_apart(record) and not carries(said, record) else []
    whole = chain([closed(named) if when else named, when], " ")
    return chain([whole, _responsible(record)], " / ")


def _written(record: Record) -> Runs:
    """The date of writing; in brackets what the editors found (11.8), as all that they add."""
    said = capital(run(dated(record.date, _READER), _READER))
    if record.date is None:
        return run("[Б. д.]") if record.archive else []
    doubt = "?" if record.date.when and record.date_cert in ("low", "medium") else ""
    return around("[", said, f"{doubt}]") if is_inferred(record) else said


def _responsible(record: Record) -> Runs:
    """The first of four and more authors, translators, editors of a book."""
    own = record.language or _READER
    parts: list[Runs] = []
    if len(record.authors) > 3:
        cyrillic = script_of(record.title) == "CYRILLIC"
        first = record.authors[0].name(own)
        others = " [и др.]" if cyrillic else " [et al.]"
        parts.append(around("", run(first.direct(short=True), first.lang), others))
    if is_translation(record) or record.translators:
        said = f"пер. {translated_from(record, _READER)}".strip()
        names = edited_by(record.translators, own, short=True)
        parts.append(chain([run(said, _READER), names], " "))
    if is_book(record):
        names = edited_by(record.editors, own, short=True)
        parts.append(around("под ред. ", names))
    return chain(parts, "; ")


def _is_published(record: Record) -> bool:
    """Whether the kind of document goes without saying: it is a book, an article, a page."""
    return record.archive is None and record.type not in (
        *("document", "manuscript", "personal_communication"),
        *("chapter", "report", "pamphlet"),
    )


# -- where it is ---------------------------------------------------------------------------------


def _places(record: Record, options: Options) -> tuple[Runs, list[Runs]]:
    """What ``//`` leads to, and the sentences after it.

    A translation is in the edition, the original in the archive; anything else is where one would
    look first, and other places follow. A book is in nothing else: no ``//`` before its imprint.
    """
    home = home_of(record)
    at = capital(run(locating.passage(record, _READER), _READER))
    at = [] if locating.on_known_leaf(record) and home == "archive" else at
    archive = _archive(record, at if home == "archive" else [])
    printed = _printed(record, at if home == "printed" else [], options)
    edition = _edition(record, at if home == "edition" else [], options)
    rest = [[] if home else at, [] if edition or archive else _address(record, options)]
    if is_translation(record):
        originals = [around("Оригинал: ", archive), around("Опубл. оригинал: ", printed)]
        return edition, [*originals, *rest]
    others = [
        around("Опубл.: ", printed) if home == "archive" else [],
        around("Электрон. изд.: ", edition) if home != "edition" else [],
        *rest,
    ]
    if is_book(record):
        return [], [printed, *others]
    return {"archive": archive, "printed": printed}.get(home, edition), others


def _archive(record: Record, at: Runs) -> Runs:
    """Repository, search data (11.4), notes on the original (11.10)."""
    archive = record.archive
    if archive is None:
        return []
    keeper, _ = holder(archive, _READER)
    mark = locating.shelfmark(record)
    collection = text_of(archive.collection, _READER)
    if collection and mark.level("fond"):
        # The name of a fond follows its number: «Ф. 223 (С. Д. Полторацкий)».
        levels = tuple(
            (name, f"{value} ({collection})" if name == "fond" else value)
            for name, value in mark.levels
        )
        mark, collection = replace(mark, levels=levels), ""
    return sentences(
        [
            *(keeper, run(collection), run(shelfmarks.write(mark, "ru")), at),
            run(medium(record, _READER)),
        ]
    )


def _printed(record: Record, at: Runs, options: Options) -> Runs:
    """What it is printed in: a journal by year and number (7.5), a book by place and year (5)."""
    printed = record.printed
    if printed is None:
        return []
    language = record.original_title.lang if record.original_title else record.language
    cyrillic = script_of(printed.title(language) or record.title) == "CYRILLIC"
    pages = locating.pages(record)
    where = run(f"{'С.' if cyrillic else 'P.'} {dashed(pages)}") if pages else []
    title = worded(title_of(printed, language))
    if in_periodical(record):
        return sentences([title, *_issue(record, printed), where, at, _url(printed.url, options)])
    volume = [run(f"{'Т.' if cyrillic else 'Vol.'} {printed.volume}")] if printed.volume else []
    edition = run(printed.edition)
    series = around("(", run(printed.series), ")")
    editors = around("под ред. ", edited_by(printed.editors, language, short=True))
    named = chain([title, editors], " / ")
    return sentences(
        [
            named,
            edition,
            *volume,
            _imprint(record, printed),
            where,
            at,
            series,
            _url(printed.url, options),
        ]
    )


def _issue(record: Record, printed: Container) -> list[Runs]:
    """Year, volume, number: «1999. Т. 5, № 3»; of a newspaper year and day."""
    date = year_of(record, printed)
    year, _, rest = date.partition("-")
    day = dated(replace(record.date, when=date), _READER) if rest and record.date else ""
    day = re.sub(rf" {year} г\.$", "", day)
    volume = f"Т. {printed.volume}" if printed.volume else ""
    number = f"№ {printed.issue}" if printed.issue else ""
    return [run(year), run(day, _READER), run(", ".join(filter(None, (volume, number))))]


def _imprint(record: Record, found: Container) -> Runs:
    """Place: publisher, year."""
    place = run(_TOWNS.get(found.place, found.place))
    house = chain([run(found.publisher), run(year_of(record, found)[:4])])
    return chain([place, house], ": ")


def _edition(record: Record, at: Runs, options: Options) -> Runs:
    """The digital edition, and the address with the day on which it was visited (10.4)."""
    edition = record.edition
    if edition is None:
        return []
    title = worded(title_of(edition, record.language or _READER))
    return sentences([title, _imprint(record, edition), at, _address(record, options)])


def _address(record: Record, options: Options) -> Runs:
    if record.doi:
        return run(f"DOI: {record.doi}")
    return _url(record.url or (record.edition.url if record.edition else ""), options)


def _url(where: str, options: Options) -> Runs:
    """An address with the day on which it was visited (10.4.4)."""
    visited = ".".join(reversed(options.accessed.split("-"))) if where else ""
    day = around("(дата обращения: ", run(visited), ")")
    return chain([around("URL: ", link(where)), day], " ")

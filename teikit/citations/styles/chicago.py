"""The Chicago Manual of Style, notes and bibliography (17th ed., chapter 14).

Books and articles by 14.23 and 14.100–14.200; manuscripts in collections by 14.221–14.231: in a
note the item comes first and the repository last, in a bibliography the author.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from teikit import shelfmarks
from teikit.citations.options import Options, Run
from teikit.citations.styles import locating
from teikit.citations.styles.dating import accessed_on, carries, dated, written_apart
from teikit.citations.styles.runs import (
    Runs,
    around,
    capital,
    chain,
    closed,
    link,
    quoted,
    run,
    sentences,
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
    is_description,
    is_translation,
    kind_of,
    known_as,
    own_titles,
    primary,
    title_of,
    translated_from,
    whole_title,
    year_of,
)
from teikit.record import Archive, Party, Record, text_of

_READER = "en"
_LABELS = {
    ("home", "edition"): "in ",
    ("other", "printed"): "published in ",
    ("other", "edition"): "digital edition, ",
    ("original", "archive"): "original in ",
    ("original", "printed"): "original published in ",
}


def write(record: Record, options: Options) -> Iterator[Run]:
    """The citation of one record, as a note or as an entry of a bibliography."""
    yield from (_note if options.note else _entry)(record, options)


# -- note ----------------------------------------------------------------------------------------


def _note(record: Record, options: Options) -> Runs:
    """Parts behind commas: author, title, circumstances, where it is."""
    places = _places(record, options)
    followed = bool(places and not is_book(record))
    parts = [*_circumstances(record), _translated(record, note=True)]
    parts = [part for part in parts if part]
    title = _title(record, "," if parts or followed else "")
    head = chain([_authors(record, note=True), title])
    rest = chain([*parts, *([places[0]] if followed else [])])
    found = chain([head, rest], " " if title and _parted(title) else ", ")
    if is_book(record) and places:
        found = chain([found, places[0]], " ")
    return closed(chain([found, *places[1:]], "; "))


def _parted(runs: Runs) -> bool:
    """Whether a mark within the quotation marks parts the title from what follows."""
    return runs[-1].text == "”" and runs[-2].text.rstrip("’").endswith(",")


# -- entry of a bibliography ----------------------------------------------------------------------


def _entry(record: Record, options: Options) -> Runs:
    """Parts behind points: author, title, circumstances, where it is."""
    circumstances = capital(chain(_circumstances(record)))
    title = _title(record, ".")
    places = [capital(place) for place in _places(record, options)]
    parts = [
        _authors(record, note=False),
        title,
        circumstances,
        capital(_translated(record, note=False)),
        *places,
    ]
    return sentences(parts)


# -- what it is ----------------------------------------------------------------------------------


def _authors(record: Record, *, note: bool) -> Runs:
    """In a note up to three authors, in a bibliography up to ten, the first one turned (14.76)."""
    limit, shown = (3, 1) if note else (10, 7)
    many = len(record.authors) > limit
    return _named(record.authors[: shown if many else limit], many=many, turned=not note)


def _named(parties: tuple[Party, ...], *, many: bool, turned: bool) -> Runs:
    said: list[Runs] = []
    for party in parties:
        name = party.name(_READER)
        said.append(run(name.listed() if turned and not said else name.direct(), name.lang))
    if many:
        return around("", chain(said), ", et al." if len(said) > 1 or turned else " et al.")
    *others, last = said or [[]]
    comma = "," if len(said) > 2 or (turned and len(said) == 2) else ""
    return chain([chain(others), last], f"{comma} and ")


def _title(record: Record, mark: str) -> Runs:
    """The title: of a book in italics, of anything smaller in quotation marks (14.86).

    A description such as “minutes of …” has none (14.225). What the title means in English follows
    in brackets where it is known (14.99).
    """
    title = whole_title(record, ": ")
    if title is None:
        return []
    gloss = around(" [", run(known_as(record, _READER, ": "), _READER), "]")
    if is_book(record):
        return [*worded(title, italic=True), *gloss]
    if is_description(record):
        return [*worded(title), *gloss]
    return [*quoted(title.text, title.lang, _READER, "" if gloss else mark), *gloss]


def _circumstances(record: Record) -> Iterator[Runs]:
    """The kind of document and the day of writing (14.224: ``25 September 1918``)."""
    kind = genre(record, _READER)
    if not kind and not record.genre and record.type == "personal_communication":
        kind = "letter"
    named = own_titles(record)
    yield run(kind) if named else kind_of(record, _READER, " to ")
    read = [title for title in named if primary(title.lang) == _READER]
    titles = [*(title.text for title in read), record.translated_title(_READER)]
    if not written_apart(record) or any(carries(title, record) for title in titles if title):
        return
    if record.date is None:
        yield run("n.d.") if record.archive else []
        return
    said = run(dated(record.date, _READER), _READER)
    # 14.145: in brackets, with a question mark, what is guessed.
    doubtful = record.date.when and record.date_cert in ("low", "medium")
    yield around("[", said, "?]") if doubtful else said


def _translated(record: Record, *, note: bool) -> Runs:
    if not (is_translation(record) or record.translators):
        return []
    origin = translated_from(record, _READER)
    names = edited_by(record.translators, _READER)
    if note and names:
        return around("trans. ", names)
    return chain([run(f"translated {origin}".strip()), names], " by ")


# -- where it is ---------------------------------------------------------------------------------


def _places(record: Record, options: Options) -> list[Runs]:
    """The place that is cited with the passage in it, then the others."""
    note = options.note
    at = run(locating.passage(record, _READER))
    home = home_of(record)
    archive = _archive(record, at if home == "archive" else [], note=note)
    printed = _printed(record, at if home == "printed" else [], options)
    edition = _edition(record, at if home == "edition" else [], options)
    smaller = not (is_book(record) or in_periodical(record))
    labels = {**_LABELS, ("home", "printed"): "in " if smaller else ""}
    places = {"archive": archive, "printed": printed, "edition": edition}
    address = [] if edition or archive else _address(record, options)
    first, *others = [*in_order(record, places, labels), [], []][:3]
    rest = [[] if home else at, address if note else capital(address)]
    first = chain([first, *rest], ", " if note else ". ")
    return [place for place in (first, *others) if place]


def _archive(record: Record, at: Runs, *, note: bool) -> Runs:
    """Shelfmark, collection, repository, town: from the part to the whole (14.222)."""
    archive = record.archive
    if archive is None:
        return []
    keeper, place = holder(archive, _READER)
    mark = run(shelfmarks.write(locating.shelfmark(record), "en"))
    collection = run(text_of(archive.collection, _READER))
    if note:
        return chain([mark, at, collection, keeper, place])
    whole = chain([_in_full(archive) or keeper, place])
    return sentences([chain([mark, at, collection]), whole])


def _in_full(archive: Archive) -> Runs:
    """The long name of the repository with that by which it goes, where English has one."""
    if archive.repository is None:
        return []
    full = next((item for item in archive.repository.full if primary(item.lang) == _READER), None)
    name = archive.repository.name(_READER)
    return around("", worded(full), f" ({name})") if full else []


def _printed(record: Record, at: Runs, options: Options) -> Runs:
    """A journal: *Title* 5, no. 3 (1999): 12–30. A book: *Title* (Place: House, Year), 326–34."""
    printed = record.printed
    if printed is None:
        return []
    language = record.original_title.lang if record.original_title else record.language
    title = worded(title_of(printed, language), italic=True)
    note, visited = options.note, _visited(printed.url, options)
    pages = run(inclusive(locating.pages(record)))
    year = year_of(record, printed)
    if in_periodical(record):
        number = f"no. {printed.issue}" if printed.issue else ""
        numbered = chain([chain([title, run(printed.volume)], " "), run(number)])
        if not (printed.volume or printed.issue):
            day = run(accessed_on(year, _READER))
            return chain([numbered, day, pages, at, visited])
        whole = chain([numbered, around("(", run(year[:4]), ")")], " ")
        return chain([chain([whole, pages], ": "), at, visited])
    editors = edited_by(printed.editors or (() if printed.titles else record.editors), _READER)
    volume = run(f"vol. {printed.volume}" if printed.volume else "")
    house = chain([run(printed.publisher), run(year[:4])])
    made = chain([run(printed.place), house], ": ")
    details = chain(
        [around("ed. " if note else "edited by ", editors), run(printed.edition), volume]
    )
    named = chain([title, details, run(printed.series)])
    if note:
        book = chain([named, around("(", made, ")")], " ")
        return chain([book, pages, at, visited])
    if not printed.titles:
        return sentences([capital(named), made, at, capital(visited)])
    return sentences([chain([named, pages, at]), made, capital(visited)])


def inclusive(pages: str) -> str:
    """Inclusive numbers (9.61): ``326–34``, ``107–8``, ``3–16``, ``100–104``."""

    def shorter(found: re.Match[str]) -> str:
        first, last = found[1], found[2]
        if len(first) != len(last) or int(first) < 100 or int(first) % 100 == 0:
            return f"{first}–{last}"
        shared = next((at for at, (a, b) in enumerate(zip(first, last, strict=True)) if a != b), 0)
        keep = 1 if int(first) % 100 < 10 else 2
        tail = last[min(shared, len(last) - keep) :]
        return f"{first}–{tail}"

    return re.sub(r"(?<!\d)(\d+)\s*[-–]\s*(\d+)(?!\d)", shorter, pages)


def _edition(record: Record, at: Runs, options: Options) -> Runs:
    edition = record.edition
    if edition is None:
        return []
    title = worded(title_of(edition, record.language), italic=True)
    house = chain([run(edition.publisher), run(edition.date[:4])])
    made = chain([run(edition.place), house], ": ")
    address = _address(record, options)
    if options.note:
        return chain([chain([title, around("(", made, ")")], " "), at, address])
    return sentences([chain([title, at]), made, capital(address)])


def _address(record: Record, options: Options) -> Runs:
    """The DOI before any other address (14.8)."""
    where = record.url or (record.edition.url if record.edition else "")
    return _visited(f"https://doi.org/{record.doi}" if record.doi else where, options)


def _visited(where: str, options: Options) -> Runs:
    """The day on which an address was visited, and the address (14.12)."""
    day = accessed_on(options.accessed, _READER) if options.accessed and where else ""
    return chain([run(f"accessed {day}" if day else ""), link(where)])

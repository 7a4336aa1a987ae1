"""RIS, read again by rispy, which knows nothing of ours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
import rispy
from rispy.config import TYPE_OF_REFERENCE_MAPPING

from teikit import Record, link, load, open_corpus, records
from teikit.citations import FORMATS
from teikit.citations.options import Options
from teikit.citations.ris import TYPES
from teikit.header import DateValue, Text
from teikit.record import ITEM_TYPES, Container, Locator, Name, Party, limited
from teikit.record import Record as Rec
from tests import awkward
from tests.awkward import filled, one_line, person
from tests.conftest import ROOT

DEFAULT = Options()
PLACES: list[tuple[str, ...]] = [(), ("archive",), ("printed",), ("edition",), ("all",)]


def read(found: Sequence[Record], options: Options = DEFAULT) -> list[dict[str, Any]]:
    text = FORMATS["ris"].write(found, options)
    assert text.endswith("ER  - \r\n\r\n")
    entries: list[dict[str, Any]] = rispy.loads(text)
    assert [entry for entry in entries if "unknown_tag" in entry] == []
    assert len(entries) == len(found)
    return entries


def name(party: Party, language: str) -> str:
    one = party.name(language)
    family = " ".join(filter(None, (one.particle, one.family)))
    given = " ".join(filter(None, (one.given, one.middle)))
    return one_line(one.literal or ", ".join(filter(None, (family, given, one.suffix))))


def names(parties: Sequence[Party], language: str) -> list[str] | None:
    return [name(party, language) for party in parties] or None


@pytest.fixture(scope="module")
def shipped() -> list[Record]:
    return records(link(open_corpus(load(ROOT))))


def notes(entry: dict[str, Any]) -> dict[str, str]:
    return dict(note.split(": ", 1) for note in entry.get("notes", []))


@pytest.mark.parametrize("places", PLACES)
def test_every_version_is_read_again_from_every_place(
    shipped: list[Record], places: tuple[str, ...]
) -> None:
    found = [limited(one, places) for one in shipped]
    for one, entry in zip(found, read(found), strict=True):
        told = notes(entry)
        assert entry["id"] == one.id
        assert entry["title"] == one.title
        assert entry["language"] == one.language
        assert entry.get("authors") == names(one.authors, one.language)
        assert entry.get("subsidiary_authors") == names(one.translators, one.language)
        letter = entry["type_of_reference"] == "PCOMM"
        recipients = names(one.recipients, one.language)
        if letter:
            assert entry.get("secondary_authors") == recipients
        else:
            assert told.get("recipient", "") == (recipients or [""])[-1]
        if one.genre:
            assert entry["type_of_work"] in [genre.text for genre in one.genre]
        if one.medium:
            assert told["medium"] == one.medium[0].text
        if one.original_title:
            assert told["original-title"] == one.original_title.text
        assert told.get("number", "") == one.number
        if one.archive and one.archive.repository:
            assert entry["name_of_database"] == str(one.archive.repository.name(one.language))
            leaves = dict(one.archive.shelfmark).get("list", "").replace("-", "–")
            assert leaves in entry["accession_number"].replace("-", "–")
        if one.archive and one.archive.place:
            assert told["archive-place"] == str(one.archive.place.name(one.language))
        if one.printed and not one.original_title:
            assert entry["secondary_title"] == one.printed.titles[0].text
            assert entry["publisher"] == one.printed.publisher
            assert entry["place_published"] == one.printed.place
            assert [entry["start_page"], entry["end_page"]] == one.printed.pages.split("-")


def test_a_memorandum_reads_like_this(shipped: list[Record]) -> None:
    # Reference Manager: “TY  - ” first, “ER  - ” last, each line ended by CR LF; DA is
    # YYYY/MM/DD/other with all its slashes.
    (record,) = [limited(one) for one in shipped if one.id == "d01-ru"]
    assert FORMATS["ris"].write([record], Options()).split("\r\n") == [
        "TY  - MANSCPT",
        "ID  - d01-ru",
        "AU  - Балицкий, Всеволод Аполлонович",
        "TI  - Докладная записка И. В. Сталину от 15 февраля 1932 г.",
        "PY  - 1932",
        "DA  - 1932/02/15/",
        "DB  - РГАСПИ",
        "AN  - Ф. 17. Оп. 171. Д. 139. Л. 1–8",
        "M3  - докладная записка",
        "LA  - ru",
        "N1  - recipient: Сталин, Иосиф Виссарионович",
        "N1  - recipient: ЦК ВКП(б)",
        "N1  - number: № 50693",
        "N1  - medium: Подлинник. Машинопись",
        "N1  - archive-place: Москва",
        "N1  - archive_collection: Ф. 17. Оп. 171",
        "ER  - ",
        "",
        "",
    ]


@pytest.mark.parametrize("what", awkward.STRINGS)
def test_an_awkward_string_is_the_same_in_every_field(what: str) -> None:
    text = awkward.STRINGS[what]
    plain = one_line(text)
    (entry,) = read([filled(text)], Options(accessed="2026-01-02"))
    assert entry == {
        "type_of_reference": "PCOMM",
        "id": "x-1.2",
        "authors": [f"{plain}, {plain}", plain],
        "secondary_authors": [plain],
        "tertiary_authors": [plain],
        "subsidiary_authors": [f"{plain}, {plain}"],
        "title": plain,
        "year": "1932",
        "date": "1932/02/15/",
        "name_of_database": plain,
        "accession_number": "Ф. 1",
        "secondary_title": plain,
        "tertiary_title": plain,
        "publisher": plain,
        "place_published": plain,
        "edition": plain,
        "volume": plain,
        "number": plain,
        "start_page": "5",
        "end_page": "7",
        "issn": plain,
        "type_of_work": plain,
        "language": "ru",
        "urls": ["https://example.org/?a=1&b=2%20#x_y~z"],
        "access_date": "2026/01/02/",
        "notes": [
            f"subtitle: {plain}",
            f"original-title: {plain}",
            "available-date: 2001",
            f"number: {plain}",
            f"medium: {plain}",
            f"archive-place: {plain}",
            f"archive_collection: {plain}, Ф. 1",
            f"licence: {plain}",
            "paragraph: 1.2",
            plain,
        ],
    }


@pytest.mark.parametrize("what", awkward.NAMES)
def test_a_name_is_family_given_and_suffix(what: str) -> None:
    one = awkward.NAMES[what]
    (entry,) = read([Rec("x", "book", authors=(person(one),))])
    if one.suffix and not one.given:
        assert entry["authors"] == ["King, , III"]
    else:
        assert entry["authors"] == [name(person(one), "")]


@pytest.mark.parametrize(
    ("date", "year", "day", "note"),
    [
        (DateValue("", when="1932-02-15"), "1932", "1932/02/15/", None),
        (DateValue("", when="1932-02"), "1932", "1932/02//", None),
        (DateValue("", when="1932"), "1932", "1932///", None),
        (DateValue("", when="-0044"), "-0044", "-0044///", None),
        (
            DateValue("", start="1932-02-01", end="1932-02-09"),
            *("1932", "1932/02//", "1932-02-01/1932-02-09"),
        ),
        (DateValue("", start="1931", end="1932"), "1931", "1931///", "1931/1932"),
        (DateValue("", not_after="1932-05"), "1932", "1932/05//", "../1932-05~"),
        (DateValue("Easter", when="--04-01"), None, "///--04-01", "--04-01"),
        (None, None, None, None),
    ],
)
def test_a_date_is_no_more_exact_than_it_is_known(
    date: DateValue | None, year: str | None, day: str | None, note: str | None
) -> None:
    (entry,) = read([Rec("x", "document", date=date)])
    assert (entry.get("year"), entry.get("date")) == (year, day)
    assert notes(entry).get("date") == note


def test_types_are_those_of_the_format() -> None:
    assert set(TYPES.values()) <= set(TYPE_OF_REFERENCE_MAPPING)
    assert set(TYPES) <= ITEM_TYPES


@pytest.mark.parametrize(
    ("kind", "type_", "editor"),
    [
        ("article-journal", "JOUR", "secondary_authors"),
        ("book", "BOOK", "tertiary_authors"),
        ("chapter", "CHAP", "secondary_authors"),
        ("manuscript", "MANSCPT", "secondary_authors"),
        ("report", "RPRT", "secondary_authors"),
        ("thesis", "THES", "secondary_authors"),
        ("treaty", "STAT", "secondary_authors"),
        ("event", "GEN", "secondary_authors"),
    ],
)
def test_editors_have_the_tag_of_the_type(kind: str, type_: str, editor: str) -> None:
    who = (person(Name("Ed", "A.")),)
    book = Container((Text("T", "en"),), who, pages="xii, 326-334, 340-341", isbn="1", issn="2")
    (entry,) = read([Rec("x", kind, printed=book if kind != "manuscript" else None, editors=who)])
    if kind in ("manuscript", "report", "treaty"):
        assert entry["type_of_reference"] in (type_, "CHAP")
    else:
        assert entry["type_of_reference"] == type_
    assert entry[editor] == ["Ed, A."]


def test_pages_that_are_no_range_stay_together() -> None:
    book = Container((Text("T", "en"),), pages="xii, 326-334, 340-341")
    (entry,) = read([Rec("x", "chapter", printed=book)])
    assert entry["start_page"] == "xii, 326-334, 340-341"
    assert "end_page" not in entry


def test_keys_are_different() -> None:
    found = [Rec(one, "document", locator=Locator("1")) for one in ("a#1", "a-1")]
    assert [entry["id"] for entry in read(found)] == ["a-1", "a-1-2"]

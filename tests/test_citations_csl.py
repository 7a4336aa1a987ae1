"""CSL-JSON: valid by the specification, and every field of the record is in it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from teikit import Record, link, load, open_corpus, records
from teikit.citations import FORMATS
from teikit.citations.csl import item
from teikit.citations.options import Options
from teikit.header import DateValue, Text
from teikit.record import ITEM_TYPES, Archive, Container, Locator, Name, limited
from teikit.record import Record as Rec
from tests import awkward
from tests.awkward import filled, one_line, person
from tests.conftest import ROOT
from tests.csl_data import CSL_DATA, TYPES

DEFAULT = Options()
PLACES: list[tuple[str, ...]] = [(), ("archive",), ("printed",), ("edition",), ("all",)]


@pytest.fixture(scope="module")
def shipped() -> list[Record]:
    return records(link(open_corpus(load(ROOT))))


def written(found: Sequence[Record], options: Options = DEFAULT) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = json.loads(FORMATS["csl-json"].write(found, options))
    errors = Draft202012Validator(CSL_DATA).iter_errors(items)
    assert [f"{error.json_path}: {error.message}" for error in errors] == []
    return items


@pytest.mark.parametrize("zotero", [False, True])
@pytest.mark.parametrize("places", PLACES)
def test_every_version_is_valid_from_every_place(
    shipped: list[Record], places: tuple[str, ...], zotero: bool
) -> None:
    items = written([limited(one, places) for one in shipped], Options(zotero=zotero))
    assert [one["id"] for one in items] == [one.id for one in shipped]


def test_the_types_of_records_are_those_of_the_specification() -> None:
    assert sorted(ITEM_TYPES) == sorted(TYPES)


@pytest.mark.parametrize("kind", TYPES)
def test_every_item_type_is_valid(kind: str) -> None:
    (found,) = written([filled("A", kind)])
    assert found["type"] == kind


@pytest.mark.parametrize("what", awkward.STRINGS)
def test_an_awkward_string_is_the_same_in_every_variable(what: str) -> None:
    text = awkward.STRINGS[what]
    plain = one_line(text)
    (found,) = written([filled(text)], Options(accessed="2026-01-02"))
    both, literal = {"family": plain, "given": plain}, {"literal": plain}
    assert found == {
        "id": "x#1.2",
        "type": "personal_communication",
        "title": plain,
        "original-title": plain,
        "language": "ru",
        "author": [both, literal],
        "recipient": [literal],
        "translator": [both],
        "editor": [literal],
        "issued": {"date-parts": [[1932, 2, 15]]},
        "available-date": {"date-parts": [[2001]]},
        "genre": plain,
        "medium": plain,
        "number": plain,
        "URL": "https://example.org/?a=1&b=2%20#x_y~z",
        "accessed": {"date-parts": [[2026, 1, 2]]},
        "note": plain,
        "archive": plain,
        "archive-place": plain,
        "archive_collection": f"{plain}, Ф. 1",
        "archive_location": "Ф. 1",
        "container-title": plain,
        "publisher": plain,
        "publisher-place": plain,
        "page": "5-7",
        "volume": plain,
        "issue": plain,
        "collection-title": plain,
        "edition": plain,
        "ISBN": plain,
        "ISSN": plain,
        "locator": "1.2",
        "custom": {"subtitle": plain, "licence": plain, "label": "paragraph"},
    }


@pytest.mark.parametrize("what", awkward.NAMES)
def test_a_name_keeps_its_parts(what: str) -> None:
    name = awkward.NAMES[what]
    (found,) = written([Rec("x", "book", authors=(person(name),))])
    parts = {
        "literal": name.literal,
        "family": name.family,
        "given": " ".join(filter(None, (name.given, name.middle))),
        "non-dropping-particle": name.particle,
        "suffix": name.suffix,
    }
    assert found["author"] == [{key: value for key, value in parts.items() if value}]


@pytest.mark.parametrize("what", awkward.DATES)
def test_a_date_goes_as_far_as_it_is_known(what: str) -> None:
    date, edtf, parts = awkward.DATES[what]
    (found,) = written([Rec("x", "document", date=date)])
    assert found["issued"]["date-parts"] == parts
    assert found["issued"].get("circa", False) == ("~" in edtf or ".." in edtf)


@pytest.mark.parametrize(("cert", "circa"), [("high", None), ("medium", True), ("low", True)])
def test_a_date_that_is_only_likely_is_about_then(cert: str, circa: bool | None) -> None:
    (found,) = written([Rec("x", "document", date=DateValue("", when="1932"), date_cert=cert)])
    assert found["issued"].get("circa") is circa


def test_a_date_without_numbers_is_in_words() -> None:
    (found,) = written([Rec("x", "document", date=DateValue("Easter", when="--04-01"))])
    assert found["issued"] == {"literal": "--04-01"}
    (found,) = written([Rec("x", "document", date=DateValue("", when="1932-13"))])
    assert found["issued"] == {"literal": "1932-13"}


def test_an_undated_record_has_no_date() -> None:
    (found,) = written([Rec("x", "document", date=DateValue(""))])
    assert "issued" not in found
    (found,) = written([Rec("x", "document")])
    assert "issued" not in found


BOOK = Container((Text("Book", "en"),), publisher="P", date="2003")


def test_what_is_cited_from_a_book_alone_is_a_chapter_of_it() -> None:
    date = DateValue("", when="1932-02-15")
    (found,) = written([Rec("x", "personal_communication", date=date, printed=BOOK)])
    assert found["type"] == "chapter"
    assert found["issued"] == {"date-parts": [[2003]]}
    assert found["original-date"] == {"date-parts": [[1932, 2, 15]]}


def test_what_is_cited_from_an_archive_too_stays_what_it_is() -> None:
    date = DateValue("", when="1932-02-15")
    record = Rec("x", "personal_communication", date=date, printed=BOOK, archive=Archive())
    (found,) = written([record])
    assert found["type"] == "personal_communication"
    assert found["issued"] == {"date-parts": [[1932, 2, 15]]}
    assert found["available-date"] == {"date-parts": [[2003]]}


def test_an_item_of_a_bibliography_keeps_its_type_and_date() -> None:
    (found,) = written([Rec("x", "book", date=DateValue("", when="2003"), printed=BOOK)])
    assert found["type"] == "book"
    assert found["issued"] == {"date-parts": [[2003]]}
    assert not {"original-date", "available-date"} & set(found)


def test_a_second_container_is_kept_apart() -> None:
    edition = Container((Text("Site", "en"),), publisher="Q", date="2026")
    (found,) = written([Rec("x", "document", printed=BOOK, edition=edition)])
    assert found["container-title"] == "Book"
    assert found["custom"]["also-in"] == {
        "container-title": "Site",
        "publisher": "Q",
        "issued": {"date-parts": [[2026]]},
    }


@pytest.mark.parametrize(
    ("unit", "label"),
    [("paragraph", "paragraph"), ("folio", "folio"), ("line", "line"), ("Abschnitt", "section")],
)
def test_a_passage_has_a_locator_and_its_label(unit: str, label: str) -> None:
    (found,) = written([Rec("x", "document", locator=Locator("12", unit, "12"))])
    assert (found["locator"], found["custom"]) == ("12", {"label": label})


def test_zotero_finds_in_the_note_what_it_would_drop(shipped: list[Record]) -> None:
    (record,) = [one for one in shipped if one.id == "d01-ru"]
    found = item(limited(record), Options(zotero=True))
    assert found["note"].splitlines() == [
        "archive-place: Москва",
        "archive_collection: Ф. 17. Оп. 171",
        "medium: Подлинник. Машинопись",
        "number: № 50693",
    ]
    found = item(limited(record, ["edition"]), Options(zotero=True))
    assert found["note"] == "original-date: 1932-02-15"


def test_the_shelfmark_is_in_the_language_of_the_reader(shipped: list[Record]) -> None:
    (record,) = [one for one in shipped if one.id == "d01-ru"]
    found = item(limited(record), Options(language="fr"))
    assert found["archive_collection"] == "f. 17, op. 171"
    assert found["archive_location"] == "f. 17, op. 171, d. 139, l. 1-8"
    assert found["author"] == [{"family": "Balitski", "given": "Vsevolod Apollonovitch"}]


def test_a_name_of_nothing_is_left_out() -> None:
    (found,) = written([Rec("x", "document", authors=(person(Name()),))])
    assert "author" not in found

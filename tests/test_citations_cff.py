"""CITATION.cff: read by a YAML parser, judged by a schema, compared with the record."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from teikit import Record, link, load, open_corpus, records
from teikit.citations import FORMATS
from teikit.citations.cff import TYPES, licence
from teikit.citations.options import Options
from teikit.header import Text
from teikit.record import ITEM_TYPES, Container, Locator, Name, Party, limited
from teikit.record import Record as Rec
from teikit.version import __version__
from tests import awkward, cff_schema
from tests.awkward import filled, one_line, person
from tests.conftest import ROOT, run

DEFAULT = Options()
PLACES: list[tuple[str, ...]] = [(), ("archive",), ("printed",), ("edition",), ("all",)]


def judged(text: str) -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load(text)
    errors = Draft202012Validator(cff_schema.CFF).iter_errors(document)
    assert [f"{error.json_path}: {error.message}" for error in errors] == []
    return document


def read(found: Sequence[Record], options: Options = DEFAULT) -> dict[str, Any]:
    return judged(FORMATS["cff"].write(found, options))


def one(record: Record, options: Options = DEFAULT) -> dict[str, Any]:
    (found,) = read([record], options)["references"]
    assert isinstance(found, dict)
    return found


@pytest.fixture(scope="module")
def shipped() -> list[Record]:
    return records(link(open_corpus(load(ROOT))))


def agents(parties: Sequence[Party], language: str) -> list[dict[str, str]]:
    found = []
    for party in parties:
        name = party.name(language)
        parts = {
            "name": name.literal,
            "family-names": name.family,
            "given-names": " ".join(filter(None, (name.given, name.middle))),
            "name-particle": name.particle,
            "name-suffix": name.suffix,
        }
        found.append({key: one_line(value) for key, value in parts.items() if value})
    return found


@pytest.mark.parametrize("places", PLACES)
def test_every_version_is_a_valid_reference_from_every_place(
    shipped: list[Record], places: tuple[str, ...]
) -> None:
    found = [limited(item, places) for item in shipped]
    references = read(found)["references"]
    assert len(references) == len(found)
    for item, told in zip(found, references, strict=True):
        nobody = [{"name": "anonymous"}]
        assert told["title"] == item.title
        assert told["authors"] == (agents(item.authors, item.language) or nobody)
        assert told.get("recipients", []) == agents(item.recipients, item.language)
        assert told.get("translators", []) == agents(item.translators, item.language)
        assert told["languages"] == [item.language]
        if told["type"] == "personal-communication":
            assert told["senders"] == told["authors"]
        if item.archive and item.archive.repository:
            assert told["database"] == str(item.archive.repository.name(item.language))
            assert told["number"]
        if item.medium:
            assert told["medium"] == item.medium[0].text
        if item.number:
            assert f"number: {item.number}" in told["notes"]
        if item.original_title:
            assert f"original-title: {item.original_title.text}" in told["notes"]


def test_the_data_set_is_the_edition() -> None:
    done = run("cite", "--format", "cff", cwd=ROOT)
    document = judged(done.out)
    assert done.code == 0
    assert document.pop("references")
    assert document == {
        "cff-version": "1.2.0",
        "message": "If you use this data set, please cite it using the metadata from this file.",
        "type": "dataset",
        "title": "Textes de Rakovski de 1932",
        "authors": [{"name": "Équipe teikit"}],
    }


def test_an_edition_states_its_day_address_and_licence() -> None:
    edition = Container((Text("E", "en"),), (person(Name("A", "B")),), date="2026-01-02")
    edition = Container(edition.titles, edition.editors, date="2026-01-02", url="https://e.org/")
    cc = "https://creativecommons.org/licenses/by/4.0/"
    document = read([Rec("x", "document", edition=edition, licence=cc)])
    assert document["authors"] == [{"family-names": "A", "given-names": "B"}]
    assert document["date-released"] == "2026-01-02"
    assert document["url"] == "https://e.org/"
    assert document["license"] == "CC-BY-4.0"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("https://creativecommons.org/licenses/by-nc-sa/3.0", {"license": "CC-BY-NC-SA-3.0"}),
        ("http://creativecommons.org/licenses/by/4.0/deed.fr", {"license": "CC-BY-4.0"}),
        ("https://creativecommons.org/publicdomain/zero/1.0/", {"license": "CC0-1.0"}),
        ("MIT", {"license": "MIT"}),
        ("https://example.org/terms", {"license-url": "https://example.org/terms"}),
        (
            "https://creativecommons.org/licenses/nc/1.0/",
            {"license-url": "https://creativecommons.org/licenses/nc/1.0/"},
        ),
        ("All rights reserved", {}),
        ("", {}),
    ],
)
def test_a_licence_is_one_of_spdx_or_an_address(text: str, told: dict[str, str]) -> None:
    assert licence(text) == told


@pytest.mark.parametrize("what", awkward.STRINGS)
def test_an_awkward_string_is_the_same_in_every_field(what: str) -> None:
    text = awkward.STRINGS[what]
    plain = one_line(text)
    both, literal = {"family-names": plain, "given-names": plain}, {"name": plain}
    told = one(filled(text), Options(accessed="2026-01-02"))
    notes = told.pop("notes")
    volume = {"volume": 1932} if plain == "1932" else {"volume-title": plain}
    assert told == {
        "type": "personal-communication",
        "title": plain,
        "authors": [both, literal],
        "senders": [both, literal],
        "recipients": [literal],
        "translators": [both],
        "editors": [literal],
        "languages": ["ru"],
        "year": 1932,
        "month": 2,
        "date-published": "1932-02-15",
        "database": plain,
        "number": "Ф. 1",
        "location": literal,
        "medium": plain,
        "collection-title": plain,
        "publisher": {"name": plain, "city": plain},
        "edition": plain,
        "issue": plain,
        **volume,
        "start": 5,
        "end": 7,
        "section": "paragraph 1.2",
        "url": "https://example.org/?a=1&b=2%20#x_y~z",
        "date-accessed": "2026-01-02",
    }
    for name in ("subtitle", "original-title", "genre", "number", "series", "isbn", "licence"):
        assert f"{name}: {plain}" in notes
    assert notes.endswith(f"; {plain}")


@pytest.mark.parametrize("what", awkward.NAMES)
def test_a_name_keeps_its_parts(what: str) -> None:
    party = person(awkward.NAMES[what])
    assert one(Rec("x", "book", titles=(Text("T"),), authors=(party,)))["authors"] == agents(
        [party], ""
    )


@pytest.mark.parametrize("what", awkward.DATES)
def test_a_date_has_its_year_and_the_rest_in_the_notes(what: str) -> None:
    date, edtf, parts = awkward.DATES[what]
    told = one(Rec("x", "document", titles=(Text("T"),), date=date))
    year = parts[0][0]
    assert told["year"] == (year if year > 0 else year + 1)  # ISO 8601, as in the notes
    if "/" in edtf:
        assert told["notes"] == f"date: {edtf}"
        assert "date-published" not in told
    elif len(parts[0]) == 3 and parts[0][0] > 0:
        assert told["date-published"] == edtf


@pytest.mark.parametrize("kind", sorted(ITEM_TYPES))
def test_every_item_type_is_valid(kind: str) -> None:
    assert one(filled("A", kind))["type"] == TYPES.get(kind, "generic")


def test_lines_are_lines() -> None:
    told = one(Rec("x#3", "document", locator=Locator("3-5", "line", "3-5")))
    assert (told["loc-start"], told["loc-end"]) == (3, 5)


@pytest.mark.parametrize(
    ("container", "told"),
    [
        (
            Container(isbn="978-5-87604-144-6", volume="5"),
            {"isbn": "978-5-87604-144-6", "volume": 5},
        ),
        (Container(issn="1234-567X", volume="V"), {"issn": "1234-567X", "volume-title": "V"}),
        (Container(isbn="unknown"), {"notes": "isbn: unknown"}),
        (Container(pages="12"), {"start": 12, "end": 12}),
        (Container(pages="xii–xiv"), {"notes": "pages: xii–xiv"}),
        (Container(place="Paris"), {"publisher": {"name": "Paris"}}),
    ],
)
def test_what_the_schema_would_refuse_is_in_the_notes(
    container: Container, told: dict[str, Any]
) -> None:
    found = one(Rec("x", "book", titles=(Text("T"),), printed=container))
    for key in ("type", "title", "authors"):
        found.pop(key)
    assert found == told


def test_what_has_no_title_is_called_by_its_id() -> None:
    document = read([Rec("x", "book"), Rec("y", "book")])
    assert [item["title"] for item in document["references"]] == ["x", "y"]
    assert document["authors"] == [{"name": "anonymous"}]


# -- teikit itself -------------------------------------------------------------------------------


def test_teikit_can_be_cited() -> None:
    document = judged((ROOT / "CITATION.cff").read_text("utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert document["type"] == "software"
    assert document["title"] == project["name"]
    assert document["version"] == __version__
    assert document["license"] == project["license"]
    assert document["abstract"] == project["description"]
    assert document["keywords"] == project["keywords"]
    assert document["authors"] == project["authors"]


def test_teikit_is_dated_when_it_is_released() -> None:
    document = judged((ROOT / "CITATION.cff").read_text("utf-8"))
    changes = (ROOT / "CHANGELOG.md").read_text("utf-8")
    version = re.escape(document["version"])
    stated = re.search(rf"^## {version} \((.*)\)$", changes, re.MULTILINE)
    assert stated
    assert document.get("date-released", "not released") == stated[1]

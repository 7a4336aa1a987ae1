"""Citations: read again by somebody else's code, and worded as the rules have it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import bibtexparser
import pytest
from jsonschema import Draft202012Validator

from teikit import Record, link, load, open_corpus, records
from teikit.citations import FORMATS
from teikit.citations.options import Options
from teikit.header import DateValue, Text
from teikit.record import Name, Party, limited
from tests.conftest import ROOT, run, tei

# Item types, name, date and string variables of CSL 1.0.2 that an item of ours may have, written
# from the specification (appendix III and IV); anything else is an error.
NAME = {
    "type": "object",
    "properties": {
        key: {"type": "string", "minLength": 1} for key in ("family", "given", "literal")
    },
    "additionalProperties": False,
    "minProperties": 1,
}
DATE = {
    "type": "object",
    "properties": {
        "date-parts": {
            "type": "array",
            "minItems": 1,
            "maxItems": 2,
            "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "integer"}},
        }
    },
    "required": ["date-parts"],
    "additionalProperties": False,
}
TEXTS = (
    "id title original-title language genre medium archive archive-place archive_location "
    "container-title publisher publisher-place page"
).split()
CSL = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "type": {"enum": ["personal_communication", "document", "manuscript"]},
            **{key: {"type": "string", "minLength": 1} for key in TEXTS},
            **{
                key: {"type": "array", "items": NAME, "minItems": 1}
                for key in ("author", "recipient", "translator")
            },
            "issued": DATE,
        },
        "required": ["id", "type", "title", "language"],
        "additionalProperties": False,
    },
}


@pytest.fixture(scope="module")
def shipped() -> list[Record]:
    return [limited(item) for item in records(link(open_corpus(load(ROOT))))]


def test_csl_json_is_valid_for_all_documents(shipped: list[Record]) -> None:
    items = json.loads(FORMATS["csl-json"].write(shipped, Options()))
    assert [error.message for error in Draft202012Validator(CSL).iter_errors(items)] == []
    assert len(items) == 16


def test_bibtex_is_read_again_with_every_field(shipped: list[Record]) -> None:
    library = bibtexparser.parse_string(FORMATS["bibtex"].write(shipped, Options()))
    assert library.failed_blocks == []
    entry = library.entries_dict["d02-fr"]
    assert entry.entry_type == "misc"
    assert entry["author"] == "Rakovski, Christian Georgievitch"
    assert entry["title"] == "{L’économie coercitive, les prix monopolistiques, les surprofits}"
    assert entry["year"] == "1931--1932"
    assert entry["howpublished"] == "RGASPI, fond 17, opis 171, delo 139, list 1-8"
    assert library.entries_dict["d03-ru"]["pages"] == "326--334"


def test_the_name_of_a_document_means_its_original() -> None:
    assert run("cite", "d01", cwd=ROOT).out == run("cite", "d01-ru", cwd=ROOT).out != ""


def test_an_unknown_document_is_told_with_the_nearest() -> None:
    done = run("cite", "d01-rf", cwd=ROOT)
    assert done.code == 1
    assert "the corpus has no document “d01-rf”" in done.err
    assert "did you mean d01-" in done.err


def test_a_citation_can_be_written_to_a_file(tmp_path: Path) -> None:
    done = run("cite", "--format", "bibtex", "-o", tmp_path / "all.bib", cwd=ROOT)
    assert (done.code, done.out) == (0, "")
    assert len(bibtexparser.parse_file(str(tmp_path / "all.bib")).entries) == 16


AWKWARD = [
    "R&D {braces} 100 % #1 $5 a_b ~ ^ back\\slash",
    "«Кавычки» — “quotes” 'single'",
    "line\nbreak\tand tab",
    "<b>markup</b> & co",
]


@pytest.mark.parametrize("title", AWKWARD)
def test_awkward_titles_stay_data(title: str) -> None:
    record = Record(
        "x",
        "document",
        "ru",
        titles=(Text(title, "ru"),),
        authors=(Party((Name(literal=title),)),),
    )
    (item,) = json.loads(FORMATS["csl-json"].write([record], Options()))
    assert item["title"] == title
    library = bibtexparser.parse_string(FORMATS["bibtex"].write([record], Options()))
    assert library.failed_blocks == []
    (entry,) = library.entries
    assert {field.key for field in entry.fields} == {"author", "title", "language"}
    commands = {
        r"\textbackslash{}": "\\",
        r"\textasciitilde{}": "~",
        r"\textasciicircum{}": "^",
        r"\{": "{",
        r"\}": "}",
        r"\&": "&",
        r"\%": "%",
        r"\$": "$",
        r"\#": "#",
        r"\_": "_",
    }
    written = entry["title"]
    read, at = "", 1
    while at < len(written) - 1:
        command = next((key for key in commands if written.startswith(key, at)), None)
        read += commands[command] if command else written[at]
        at += len(command) if command else 1
    assert read == " ".join(title.split())


@pytest.mark.parametrize(
    ("date", "parts", "year"),
    [
        (DateValue("", when="1932-02-15"), [[1932, 2, 15]], "1932"),
        (DateValue("", not_before="1931-10", not_after="1932"), [[1931, 10], [1932]], "1931--1932"),
        (DateValue("", when="1932"), [[1932]], "1932"),
        (None, None, None),
    ],
)
def test_dates_go_as_far_as_they_are_known(
    date: DateValue | None, parts: list[list[int]] | None, year: str | None
) -> None:
    record = Record("x", "document", "fr", titles=(Text("T", "fr"),), date=date)
    (item,) = json.loads(FORMATS["csl-json"].write([record], Options()))
    assert item.get("issued", {}).get("date-parts") == parts
    (entry,) = bibtexparser.parse_string(FORMATS["bibtex"].write([record], Options())).entries
    assert (entry.get("year").value if entry.get("year") else None) == year


def test_a_header_that_says_little_is_cited_with_what_it_says(corpus: Callable[..., Path]) -> None:
    folder = corpus(**{"a.xml": tei("<p>x</p>", key="a", lang="en")})
    assert run("cite", cwd=folder).out == "“T”.\n"

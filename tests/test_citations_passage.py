"""A passage of a shipped letter, in the original and in translation, in every format."""

from __future__ import annotations

import json

import bibtexparser
import pytest
import rispy
import yaml

from teikit import Record, link, load, open_corpus, records
from teikit.citations import FORMATS
from teikit.citations.options import Options
from teikit.record import limited
from tests.conftest import ROOT

NAMES = ["d04-ru#12", "d04-fr#12"]
KEYS = ["d04-ru-12", "d04-fr-12"]


@pytest.fixture(scope="module")
def passages() -> list[Record]:
    return [limited(one) for one in records(link(open_corpus(load(ROOT))), NAMES)]


def written(found: list[Record], form: str) -> str:
    return FORMATS[form].write(found, Options())


def test_csl_json_has_a_locator(passages: list[Record]) -> None:
    items = json.loads(written(passages, "csl-json"))
    assert [item["id"] for item in items] == NAMES
    assert [item["locator"] for item in items] == ["12", "12"]
    assert [item["custom"]["label"] for item in items] == ["paragraph", "paragraph"]


@pytest.mark.parametrize("form", ["bibtex", "biblatex"])
def test_bib_files_say_what_the_number_counts(passages: list[Record], form: str) -> None:
    library = bibtexparser.parse_string(written(passages, form))
    assert [entry.key for entry in library.entries] == KEYS
    assert [entry["pagination"] for entry in library.entries] == ["paragraph", "paragraph"]
    assert [entry["locator"] for entry in library.entries] == ["12", "12"]
    assert [comment.comment for comment in library.comments] == [
        rf"% \cite[12]{{{key}}}" for key in KEYS
    ]


def test_ris_has_a_note(passages: list[Record]) -> None:
    entries = rispy.loads(written(passages, "ris"))
    assert [entry["id"] for entry in entries] == KEYS
    assert all("paragraph: 12" in entry["notes"] for entry in entries)


def test_cff_has_a_section(passages: list[Record]) -> None:
    references = yaml.safe_load(written(passages, "cff"))["references"]
    assert [item["section"] for item in references] == ["paragraph 12", "paragraph 12"]
    assert [item["languages"] for item in references] == [["ru"], ["fr"]]

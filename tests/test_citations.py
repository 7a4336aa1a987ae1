"""Citations from the command line, worded as the rules have them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import bibtexparser
import pytest

from tests.conftest import ROOT, run, tei


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


def test_a_header_that_says_little_is_cited_with_what_it_says(corpus: Callable[..., Path]) -> None:
    folder = corpus(**{"a.xml": tei("<p>x</p>", key="a", lang="en")})
    assert run("cite", cwd=folder).out == "“T”.\n"


@pytest.mark.parametrize("form", ["csl-json", "biblatex", "bibtex", "ris", "cff"])
def test_the_order_of_sets_is_in_no_format(form: str) -> None:
    one, other = (
        run("cite", "--format", form, "--as", "all", cwd=ROOT, env={"PYTHONHASHSEED": seed})
        for seed in ("1", "2")
    )
    assert (one.code, one.err) == (0, "")
    assert one.out == other.out

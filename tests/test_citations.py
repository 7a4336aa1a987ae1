"""Citations from the command line, worded as the rules have them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import bibtexparser
import pytest

from tests.conftest import ROOT, run, tei

# GOST R 7.0.5-2008, 11: heading, title, «//», repository, fond, opis, delo, leaves, each ended by
# a point; for a printed source (7.1): title of the book. Place: publisher, year. Pages.
STRINGS = {
    "d01-ru": "Балицкий В. А. Докладная записка И. В. Сталину от 15 февраля 1932 г. // РГАСПИ. "
    "Ф. 17. Оп. 171. Д. 139. Л. 1–8. Подлинник. Машинопись.",
    "d02-ru": "Раковский Х. Г. Принудительное хозяйство, монополистические цены, сверхприбыль // "
    "РГАСПИ. Ф. 17. Оп. 171. Д. 139. Л. 1–8. Подлинник. Машинопись.",
    "d03-ru": "Балицкий В. А. Спецсообщение И. В. Сталину о документах, изъятых у Х. Г. Раковского "
    "// Лубянка. Сталин и ВЧК-ГПУ-ОГПУ-НКВД. Архив Сталина. Документы высших органов партийной и "
    "государственной власти. Январь 1922 — декабрь 1936. Москва: МФД, 2003. С. 326–334.",
    "d01-fr": "Balitski V. A., « Note à J. V. Staline du 15 février 1932 », RGASPI, fonds 17, "
    "inventaire 171, dossier 139, feuillets 1–8, trad. Traducteurs de la publication en ligne "
    "(anonymes), dans Textes de Rakovski de 1932, teikit, 2026.",
}


@pytest.mark.parametrize("document", STRINGS)
def test_a_citation_reads_as_the_rules_have_it(document: str) -> None:
    assert run("cite", document, cwd=ROOT).out == STRINGS[document] + "\n"


def test_the_name_of_a_document_means_its_original() -> None:
    assert run("cite", "d01", cwd=ROOT).out == STRINGS["d01-ru"] + "\n"


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

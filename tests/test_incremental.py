"""Judging many files: on all cores, only what changed, and nothing left out."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from teikit import cache, checking, config
from teikit.diagnostics import RULES, Edit, Fix, Location, Related, pack, unpack
from teikit.validation.judge import Settings
from teikit.validation.run import Judgement, judge_files
from tests.conftest import hear, run, tei

SMALL = """
default namespace = "http://www.tei-c.org/ns/1.0"
start = any
any = element * { attribute * { text }*, (text | any)* }
"""


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("TEIKIT_CACHE", str(folder))
    return folder


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """Forty files, every fifth of them with a mistake, old enough to be trusted."""
    folder = tmp_path / "texts"
    folder.mkdir()
    (tmp_path / "schema.rnc").write_text(
        'namespace t = "http://www.tei-c.org/ns/1.0"\n'
        + "start = any\nany = element * - t:bad { attribute * { text }*, (text | any)* }\n",
        "utf-8",
    )
    for number in range(40):
        inner = "<bad/>" if number % 5 == 0 else f"<p>{number}</p>"
        path = folder / f"{number:02}.xml"
        path.write_text(tei(inner), "utf-8")
        os.utime(path, (1_000_000_000, 1_000_000_000))
    return folder


def judge(folder: Path, jobs: int = 1) -> Judgement:
    paths = {path.name: path for path in sorted(folder.glob("*.xml"))}
    settings = Settings(folder, ("schema.rnc",), folder.parent, stated=True)
    return judge_files(paths, settings, jobs=jobs)


def places(judgement: Judgement) -> list[str]:
    return [f"{item.location} {item.code}" for item in judgement.findings]


def test_every_file_has_a_verdict(texts: Path) -> None:
    first = judge(texts)
    assert (first.judged, first.known) == (40, 0)
    assert list(first.engines.values()) == [40]
    assert [item.partition(":")[0] for item in places(first)] == [
        f"{n:02}.xml" for n in range(0, 40, 5)
    ]


def test_what_did_not_change_is_not_judged_again_and_told_again(texts: Path) -> None:
    first, second = judge(texts), judge(texts)
    assert (second.judged, second.known) == (0, 40)
    assert second.findings == first.findings
    assert second.engines == first.engines


def test_a_changed_file_alone_is_judged_again(texts: Path) -> None:
    judge(texts)
    (texts / "07.xml").write_text(tei("<bad n='7'/>"), "utf-8")
    again = judge(texts)
    assert (again.judged, again.known) == (1, 39)
    assert any(item.startswith("07.xml") for item in places(again))


def test_a_change_that_keeps_size_and_time_is_seen(texts: Path) -> None:
    judge(texts)
    path = texts / "07.xml"
    path.write_text(path.read_text("utf-8").replace("<p>7</p>", "<q>7</q>"), "utf-8")
    os.utime(path, (1_000_000_000, 1_000_000_000))
    assert judge(texts).judged == 1


def test_the_same_bytes_under_another_name_are_known(texts: Path) -> None:
    judge(texts)
    (texts / "05.xml").rename(texts / "zz.xml")
    again = judge(texts)
    assert again.judged == 0
    assert any(item.startswith("zz.xml") for item in places(again))


def test_another_schema_judges_anew(texts: Path) -> None:
    judge(texts)
    schema = texts.parent / "schema.rnc"
    schema.write_text(schema.read_text("utf-8").replace("t:bad", "t:worse"), "utf-8")
    again = judge(texts)
    assert (again.judged, again.findings) == (40, [])


def test_a_schema_that_is_included_counts_too(texts: Path) -> None:
    schema = texts.parent / "schema.rnc"
    (texts.parent / "inner.rnc").write_text(schema.read_text("utf-8"), "utf-8")
    schema.write_text('include "inner.rnc"\n', "utf-8")
    assert len(judge(texts).findings) == 8
    inner = texts.parent / "inner.rnc"
    inner.write_text(inner.read_text("utf-8").replace("t:bad", "t:worse"), "utf-8")
    again = judge(texts)
    assert (again.judged, again.findings) == (40, [])


def test_the_number_of_processes_does_not_matter(
    texts: Path, own_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = judge(texts, jobs=1)
    monkeypatch.setattr("teikit.validation.run._WORTH_IT", 0)
    for jobs in (2, 3, 7):
        monkeypatch.setenv("TEIKIT_CACHE", str(own_cache.with_name(f"cache-{jobs}")))
        together = judge(texts, jobs=jobs)
        assert together.findings == alone.findings
        assert together.judged == 40


def test_a_process_that_dies_loses_no_file(texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def die(*_arguments: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    monkeypatch.setattr("teikit.validation.run._WORTH_IT", 0)
    monkeypatch.setattr("teikit.validation.run._begin", die)
    judgement = judge(texts, jobs=2)
    assert judgement.judged == 40
    assert len(judgement.findings) == 8


def test_without_a_cache_everything_works(texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEIKIT_CACHE", "off")
    assert len(judge(texts).findings) == len(judge(texts).findings) == 8


def test_a_cache_that_cannot_be_written_does_no_harm(
    texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    monkeypatch.setenv("TEIKIT_CACHE", str(tmp_path / "file"))
    assert len(judge(texts).findings) == 8


@pytest.mark.parametrize("seed", range(5))
def test_a_cache_that_was_damaged_is_as_good_as_none(
    seed: int, texts: Path, own_cache: Path
) -> None:
    good = judge(texts)
    state = random.Random(seed)
    for path in sorted(own_cache.rglob("*")):
        if path.is_file():
            data = bytearray(path.read_bytes())
            match state.randrange(4):
                case 0:
                    del data[state.randrange(len(data)) :]
                case 1:
                    data[state.randrange(len(data))] ^= 1 << state.randrange(8)
                case 2:
                    data = bytearray(state.randbytes(len(data)))
                case _:
                    data = bytearray()
            path.write_bytes(data)
    assert judge(texts).findings == good.findings


def test_an_interruption_leaves_the_cache_sound(tmp_path: Path, own_cache: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    body = "".join(f"<p>{number}</p>" for number in range(30_000))
    for number in range(30):
        (folder / f"{number:02}.xml").write_text(tei(f"{body}<q>{number}</q>"), "utf-8")
    (tmp_path / "schema.rnc").write_text(SMALL, "utf-8")
    command = [
        *(sys.executable, "-m", "teikit", "validate", "--schema", "schema.rnc"),
        *("--select", "TK0,TK1", "texts"),
    ]
    process = subprocess.Popen(
        command, cwd=tmp_path, stderr=subprocess.PIPE, text=True, preexec_fn=hear
    )
    while not list((own_cache / "schemas").glob("*")) and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in said
    assert not [path for path in own_cache.rglob("*") if path.name.startswith(".new-")]
    done = run(*command[3:], cwd=tmp_path)
    assert done.code == 0
    assert "30 files read: no errors" in done.out


def test_checks_are_remembered_until_something_they_saw_changes(
    corpus: Callable[..., Path],
) -> None:
    folder = corpus(**{"a.xml": '<p xml:id="x" facs="page.png">a</p>', "b.xml": "<p>b</p>"})

    def codes() -> list[str]:
        found = checking.validate(config.load(folder), [folder]).findings
        return [item.code for item in found if item.code.startswith("TK2")]

    assert codes() == codes() == ["TK202"]
    (folder / "tei" / "page.png").write_bytes(b"")  # not part of the corpus, but it was looked at
    assert codes() == []
    (folder / "tei" / "b.xml").write_text(tei('<p corresp="a.xml#y">b</p>'), "utf-8")
    assert codes() == ["TK201"]


def test_findings_survive_being_packed() -> None:
    place = Location("a.xml", 3, 4, "/TEI/p[1]")
    finding = RULES["TK101"].at(
        place,
        "a “message”",
        expected=("<p>",),
        hints=("do this",),
        related=(Related("here", Location("a.xml", 1)), Related("there", Location("b.xml", 2))),
        fix=Fix("mend", (Edit("a.xml", 1, 2, "x"), Edit("b.xml", 0, 0, "y"))),
    )
    assert unpack(pack(finding), "a.xml") == finding
    moved = unpack(pack(finding), "c.xml")
    assert {moved.location.path, moved.related[0].location.path} == {"c.xml"}
    assert moved.related[1].location.path == "b.xml"


def test_the_cache_lies_where_the_environment_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEIKIT_CACHE", str(tmp_path / "mine"))
    assert cache.write({"a": 1}, "some", "thing")
    assert (tmp_path / "mine" / "some" / "thing").is_file()
    assert cache.read("some", "thing") == {"a": 1}
    monkeypatch.setenv("TEIKIT_CACHE", "")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    if sys.platform == "linux":
        assert cache.folder() == tmp_path / "xdg" / "teikit"
    assert cache.read("some", "thing") is None

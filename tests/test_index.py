"""The index: what it keeps is what the files say, and only what changed is read again."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from teikit import gather as gathering
from teikit import load, packing
from teikit.corpus import open_corpus
from teikit.database import FOLDER, NAME, place
from teikit.facts import Body, Facts, Surface
from teikit.gather import Gathered, gather
from teikit.index import read_facts
from tests.conftest import ROOT, run, tei


def said(gathered: Gathered) -> list[tuple[Facts, Body]]:
    return [(facts, facts.body()) for facts in gathered.facts]


def index(folder: Path) -> Path:
    return folder / FOLDER / NAME


@pytest.fixture
def aged(edition: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The shipped corpus at an age at which the times of its files count."""
    # ctime cannot be set back, so the clock is set forward.
    real = time.time_ns
    monkeypatch.setattr(time, "time_ns", lambda: real() + 10**10)
    yield edition


def test_what_is_kept_is_what_the_files_say(aged: Path) -> None:
    config = load(aged)
    first = gather(config)
    again = gather(config)
    fresh = [read_facts(document, config.corpus) for document in open_corpus(config).documents]
    assert len(first.read) == len(fresh) == 22
    assert again.read == ()
    for gathered in (first, again):
        for facts, (surface, body) in zip(gathered.facts, fresh, strict=True):
            assert [getattr(facts, name) for name in Surface.__slots__] == [
                getattr(surface, name) for name in Surface.__slots__
            ]
            assert facts.body() == body


def test_a_changed_file_alone_is_read_again(aged: Path) -> None:
    config = load(aged)
    before = said(gather(config))
    path = aged / "tei" / "d04-fr.xml"
    path.write_bytes(path.read_bytes().replace(b"d04-fr.12", b"d04-fr.twelve"))
    after = gather(config)
    assert after.read == ("tei/d04-fr.xml",)
    changed = [old[0].path for old, new in zip(before, said(after), strict=True) if old != new]
    assert changed == ["tei/d04-fr.xml"]
    assert gather(config).read == ()


def test_a_file_touched_but_not_changed_is_not_computed_again(aged: Path) -> None:
    config = load(aged)
    gather(config)
    os.utime(aged / "tei" / "d01-fr.xml")
    assert gather(config).read == ()


def test_a_change_that_keeps_size_and_time_is_seen_while_the_clock_is_too_coarse(
    corpus: Callable[..., Path],
) -> None:
    folder = corpus(config="", **{"a.xml": '<p xml:id="x">a</p>'})
    path = folder / "tei" / "a.xml"
    assert gather(load(folder)).facts[0].ids == (("x", "p"),)
    times = path.stat()
    path.write_text(tei('<p xml:id="y">a</p>'), "utf-8")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert gather(load(folder)).facts[0].ids == (("y", "p"),)


def test_a_file_whose_turn_comes_late_is_not_trusted_by_its_times(
    corpus: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = corpus(config="", **{"a.xml": "<p>a</p>"})
    real, read = time.time_ns, gathering.index_file
    passed = [0]

    def late(*arguments: Any) -> Any:
        passed[0] = 6 * 10**10  # a minute goes by before the file is read
        return read(*arguments)

    monkeypatch.setattr(time, "time_ns", lambda: real() + passed[0])
    monkeypatch.setattr(gathering, "index_file", late)
    gather(load(folder))
    with sqlite3.connect(index(folder)) as connection:
        assert connection.execute("SELECT path, sign FROM file").fetchall() == [("tei/a.xml", "")]


def test_a_file_that_is_gone_is_forgotten_and_a_renamed_one_is_known_by_its_new_name(
    aged: Path,
) -> None:
    config = load(aged)
    gather(config)
    (aged / "tei" / "d08-ru.xml").rename(aged / "tei" / "d09-ru.xml")
    after = gather(config)
    assert after.read == ("tei/d09-ru.xml",)
    moved = next(facts for facts in after.facts if facts.path == "tei/d09-ru.xml")
    assert {pointer.location.path for pointer in moved.pointers} == {"tei/d09-ru.xml"}
    with sqlite3.connect(index(aged)) as connection:
        kept = {path for (path,) in connection.execute("SELECT path FROM file")}
    assert kept == {facts.path for facts in after.facts}


def test_the_number_of_processes_does_not_matter(aged: Path) -> None:
    one = said(gather(load(aged), jobs=1))
    index(aged).unlink()
    many = said(gather(load(aged), jobs=4))
    assert one == many


def test_a_file_that_cannot_be_read_is_a_finding_every_time(corpus: Callable[..., Path]) -> None:
    folder = corpus(config="", **{"a.xml": "<p>a</p>"})
    (folder / "tei" / "b.xml").write_text("<TEI><p></TEI>", "utf-8")
    (folder / "tei" / "c.xml").write_text("<html/>", "utf-8")
    for _ in range(2):
        found = gather(load(folder)).corpus
        assert list(found.paths) == ["tei/a.xml"]
        assert [(item.code, str(item.location.path)) for item in found.findings] == [
            ("TK002", "tei/b.xml"),
            ("TK007", "tei/c.xml"),
        ]


@pytest.mark.parametrize(
    "damage",
    [b"", b"no database at all, but long enough to look like a page of one" * 100],
    ids=["empty", "something else"],
)
def test_a_damaged_index_is_made_anew(damage: bytes, aged: Path) -> None:
    config = load(aged)
    before = said(gather(config))
    index(aged).write_bytes(damage)
    after = gather(config)
    assert (len(after.read), said(after)) == (22, before)
    assert gather(config).read == ()


def test_a_page_that_has_gone_bad_costs_only_time(aged: Path) -> None:
    config = load(aged)
    before = said(gather(config))
    data = bytearray(index(aged).read_bytes())
    for start in range(4096, len(data), 4096):  # every page but the first
        data[start + 100 : start + 200] = bytes(100)
    index(aged).write_bytes(data)
    assert said(gather(config)) == before


def test_a_row_of_another_shape_is_read_from_the_file(aged: Path) -> None:
    config = load(aged)
    before = said(gather(config))
    with sqlite3.connect(index(aged)) as connection:
        some = connection.execute("SELECT surface FROM file LIMIT 1").fetchone()
        connection.execute("UPDATE file SET surface = X'00' WHERE path = 'tei/d01-fr.xml'")
        connection.execute("UPDATE part SET data = ? WHERE id % 16 = 1", some)
    assert said(gather(config)) == before


def test_where_nothing_can_be_written_the_index_lives_in_memory(aged: Path) -> None:
    (aged / FOLDER).write_text("a file stands in its place", "utf-8")
    assert len(gather(load(aged)).facts) == 22
    assert (aged / FOLDER).read_text("utf-8") == "a file stands in its place"


def test_a_folder_without_configuration_is_left_as_it_is(corpus: Callable[..., Path]) -> None:
    folder = corpus(**{"a.xml": "<p>a</p>"})
    gather(load(folder))
    assert [path.name for path in folder.iterdir()] == ["tei"]
    assert not place(load(folder)).is_relative_to(folder)


def test_version_control_leaves_the_index_alone(corpus: Callable[..., Path]) -> None:
    folder = corpus(config="", **{"a.xml": "<p>a</p>"})
    gather(load(folder))
    assert (folder / FOLDER / ".gitignore").read_text("utf-8") == "*\n"


def test_another_configuration_of_the_corpus_reads_anew(corpus: Callable[..., Path]) -> None:
    folder = corpus(config="", **{"a.xml": "<p>a</p>"})
    assert gather(load(folder)).facts[0].role == "document"
    (folder / "teikit.toml").write_text('[corpus]\nedition = "tei/a.xml"\n', "utf-8")
    assert gather(load(folder)).facts[0].role == "edition"


def test_a_run_killed_midway_and_started_again_ends_the_same(tmp_path: Path) -> None:
    folder = tmp_path / "many"
    source = (ROOT / "tei" / "d08-fr.xml").read_text("utf-8")
    (folder / "tei").mkdir(parents=True)
    for number in range(60):
        text = source.replace("d08-fr", f"e{number:02}-fr")
        (folder / "tei" / f"e{number:02}-fr.xml").write_text(text, "utf-8")
    (folder / "teikit.toml").write_text("", "utf-8")
    script = (
        "import sys; from pathlib import Path; from teikit import gather as g, load\n"
        "g._KEEP = 0.0\n"
        "tell = lambda what, done, total: print(done, flush=True)\n"
        "g.gather(load(Path(sys.argv[1])), progress=tell)\n"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", script, str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
        cwd=ROOT,
    )
    assert child.stdout is not None
    for line in child.stdout:
        if int(line) >= 20:
            os.killpg(child.pid, signal.SIGKILL)
            break
    child.wait()
    child.stdout.close()
    resumed = gather(load(folder))
    assert 0 < len(resumed.read) < 60
    index(folder).unlink()
    assert said(gather(load(folder))) == said(resumed)


def test_two_runs_at_once_see_the_same(aged: Path) -> None:
    runs = [
        subprocess.Popen(
            [sys.executable, "-m", "teikit", "validate", "--format", "json"],
            cwd=aged,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT), "TEIKIT_CACHE": str(aged / "cache")},
        )
        for _ in range(3)
    ]
    outputs = [process.communicate()[0] for process in runs]
    assert outputs[0] == outputs[1] == outputs[2]
    assert run("validate", cwd=aged).code == 0


def test_packing_gives_back_what_it_was_given() -> None:
    config = load(ROOT)
    for document in open_corpus(config).documents[:4]:
        for value in read_facts(document, config.corpus):
            text = json.dumps(packing.pack(value))
            assert packing.unpack(type(value), json.loads(text)) == value


def test_packing_refuses_what_has_another_shape() -> None:
    with pytest.raises((TypeError, ValueError, IndexError)):
        packing.unpack(Surface, ["too", "short"])

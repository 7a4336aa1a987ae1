"""A baseline knows findings wherever their lines have moved."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from teikit.baseline import Baseline, collect, dump, load
from teikit.diagnostics import RULES, Location
from teikit.errors import ConfigError
from teikit.lines import Lines
from teikit.writing import replace_file
from tests.conftest import Shell, edit, run


def accept(folder: Path, *arguments: str) -> Shell:
    done = run("validate", "--write-baseline", "known.json", *arguments, cwd=folder)
    assert done.code == 0, done.err
    return done


def check(folder: Path, *arguments: str) -> Shell:
    return run("validate", "--baseline", "known.json", *arguments, cwd=folder)


def places(done: Shell) -> list[str]:
    return [line.partition(": ")[0] for line in done.out.splitlines() if "[TK" in line]


def test_what_is_known_is_counted_and_not_reported(folder: Path) -> None:
    assert accept(folder).out == "6 findings written to known.json\n"
    done = check(folder)
    assert done.code == 0
    assert done.out == ("2 files read: no errors, no warnings\n6 known findings in the baseline\n")


def test_a_line_that_moved_is_still_known(folder: Path) -> None:
    accept(folder)
    edit(folder, '<p xml:id="x">', "<p>new</p>\n\n   <p>new</p>\n  " + '<p xml:id="x">')
    edit(folder, '<p corresp="#y">', '\t<p corresp="#y">')
    assert check(folder).code == 0


def test_what_is_new_is_reported_alone(folder: Path) -> None:
    accept(folder)
    edit(folder, "<p xml:id", '<p corresp="#new">d</p><p xml:id')
    done = check(folder)
    assert done.code == 1
    assert places(done) == ["tei/a.xml:3:16"]
    assert "“#new”" in done.out


def test_one_more_of_the_same_is_new(folder: Path) -> None:
    accept(folder)
    same = '<p corresp="#y">b</p>\n'
    edit(folder, same, same + same)
    done = check(folder)
    assert len(places(done)) == 1
    assert "6 known findings" in done.out


def test_the_same_slip_on_another_line_is_new(folder: Path) -> None:
    accept(folder)
    edit(folder, '<p corresp="#y">b</p>', '<p>b</p>\n<p corresp="#y">other words</p>')
    done = check(folder)
    assert done.code == 1
    assert "1 entry of the baseline no longer needed" in done.out


def test_of_a_long_line_only_the_words_around_the_place_count(folder: Path) -> None:
    edit(
        folder, '<p corresp="#y">b</p>', f'<p>{"w " * 200}<ref target="#q">b</ref>{" v" * 200}</p>'
    )
    accept(folder)
    edit(folder, "<p>w w", "<p>another beginning w w")
    assert check(folder).code == 0
    edit(folder, 'w <ref target="#q">', 'changed <ref target="#q">')
    assert check(folder).code == 1


def test_entries_that_are_no_longer_needed_are_told_and_renewed(folder: Path) -> None:
    accept(folder)
    edit(folder, ' corresp="#y"', "")
    done = check(folder)
    assert done.code == 0
    assert "1 entry of the baseline no longer needed (--write-baseline renews it):\n" in done.out
    assert "  tei/a.xml: @corresp of <p> points to “#y”" in done.out
    accept(folder)
    assert "no longer needed" not in check(folder).out


def test_a_deleted_file_needs_no_entries(folder: Path) -> None:
    accept(folder)
    (folder / "tei" / "b.xml").unlink()
    assert "3 entries of the baseline no longer needed" in check(folder).out


@pytest.mark.parametrize("asked", [["tei/a.xml"], ["--select", "TK1"], ["--select", "TK401"]])
def test_what_was_not_looked_at_is_not_called_needless(asked: list[str], folder: Path) -> None:
    accept(folder)
    edit(folder, "<p xml:id", '<p n="1" xml:id')
    assert "no longer needed" not in check(folder, *asked).out


@pytest.mark.parametrize("asked", [["tei/a.xml"], ["--select", "TK1"]])
def test_writing_a_part_keeps_the_rest(asked: list[str], folder: Path) -> None:
    accept(folder)
    before = (folder / "known.json").read_bytes()
    accept(folder, *asked)
    assert (folder / "known.json").read_bytes() == before


def test_the_configuration_names_a_baseline_beside_it(folder: Path) -> None:
    accept(folder)
    with (folder / "teikit.toml").open("a", encoding="utf-8") as file:
        file.write('[validate]\nbaseline = "known.json"\n')
    assert run("validate", cwd=folder / "tei").code == 0
    (folder / "known.json").unlink()
    done = run("validate", cwd=folder)
    assert (done.code, "[TK904]" in done.err) == (2, True)
    accept(folder)  # the file that is named is written, although it cannot be read


def test_a_file_that_broke_is_known_but_a_schema_that_cannot_be_used_is_not(folder: Path) -> None:
    edit(folder, '</p>\n<p corresp="#z"', '<p corresp="#z"')
    accept(folder)
    assert check(folder).code == 0
    (folder / "bad.rng").write_text("<html/>", "utf-8")
    done = accept(folder, "--schema", "bad.rng")
    assert "cannot be in a baseline" in done.out
    assert "[TK109]" in check(folder, "--schema", "bad.rng").out


def test_the_file_is_sorted_and_has_one_finding_a_line(folder: Path) -> None:
    accept(folder)
    text = (folder / "known.json").read_text("utf-8")
    data = json.loads(text)
    assert list(data) == ["teikit-baseline", "findings"]
    assert list(data["findings"]) == ["tei/a.xml", "tei/b.xml"]
    entries = [line for line in text.splitlines() if '"code"' in line]
    assert len(entries) == 6
    first = json.loads(entries[1].rstrip(","))
    assert list(first) == ["code", "line", "count", "message"]
    accept(folder)
    assert (folder / "known.json").read_text("utf-8") == text


def test_a_baseline_read_back_is_the_one_that_was_written(tmp_path: Path) -> None:
    nasty = 'line 12, é \ud800 \x00 "]} \u2028'
    found = [
        RULES["TK201"].at(Location('tei/\udce9 ".xml', 1, 1), nasty),
        RULES["TK201"].at(Location('tei/\udce9 ".xml', 2, 1), nasty),
        RULES["TK902"].at(Location("."), "nothing"),
    ]
    written = collect(found, Lines(lambda _path: b"<a>\n<a>"))
    assert list(written.counts.values()) == [2]
    (tmp_path / "b.json").write_bytes(dump(written))
    assert load(tmp_path / "b.json", "b.json") == written
    (tmp_path / "empty.json").write_bytes(dump(Baseline()))
    assert load(tmp_path / "empty.json", "empty.json") == Baseline()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "is not JSON"),
        ("<<<<<<< ours\n", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ("[]", "is not a baseline"),
        ('{"findings": {}}', "is not a baseline"),
        ('{"teikit-baseline": 2, "findings": {}}', "has format 2; this teikit reads 1"),
        ('{"teikit-baseline": 1}', "has an entry that is not one"),
        ('{"teikit-baseline": 1, "findings": []}', "has an entry that is not one"),
        ('{"teikit-baseline": 1, "findings": {"a": [{"code": "TK201"}]}}', "has an entry"),
        (
            '{"teikit-baseline": 1, "findings": {"a": [{"code": "x", "line": "", "message": "", '
            '"count": -1}]}}',
            "has an entry",
        ),
    ],
)
def test_a_baseline_that_cannot_be_used_is_said_so(
    content: str, reason: str, tmp_path: Path
) -> None:
    (tmp_path / "b.json").write_text(content, "utf-8")
    with pytest.raises(ConfigError, match=reason) as error:
        load(tmp_path / "b.json", "b.json")
    (told,) = error.value.diagnostics
    assert (told.code, told.location.path) == ("TK904", "b.json")
    assert told.hints


def test_a_baseline_in_another_encoding_is_told(tmp_path: Path) -> None:
    (tmp_path / "b.json").write_bytes('{"é": 1}'.encode("utf-16"))
    with pytest.raises(ConfigError, match="is not JSON"):
        load(tmp_path / "b.json", "b.json")


def test_a_broken_baseline_ends_the_run_before_it_begins(folder: Path) -> None:
    (folder / "known.json").write_text("{", "utf-8")
    done = check(folder)
    assert (done.code, done.out) == (2, "")
    assert "known.json:1: error: the baseline is not JSON" in done.err
    accept(folder)
    assert check(folder).code == 0


def test_a_file_is_written_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os

    path = tmp_path / "report.json"
    path.write_text("old", "utf-8")
    path.chmod(0o600)

    class Full:
        """A disk that is full after the first byte."""

        def __init__(self, handle: int, _mode: str) -> None:
            self.handle = handle

        def __enter__(self) -> Full:
            return self

        def __exit__(self, *_error: object) -> None:
            os.close(self.handle)

        def write(self, data: bytes) -> None:
            os.write(self.handle, data[:1])
            raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("os.fdopen", Full)
        with pytest.raises(OSError, match="No space"):
            replace_file(path, b"new")
    assert (path.read_text("utf-8"), list(tmp_path.iterdir())) == ("old", [path])
    link = tmp_path / "link.json"
    link.symlink_to(path.name)
    replace_file(link, b"new")
    assert (path.read_bytes(), link.is_symlink()) == (b"new", True)
    assert path.stat().st_mode & 0o777 == 0o600

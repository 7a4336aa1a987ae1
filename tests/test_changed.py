"""``--changed`` looks at what git sees changed, and at nothing else."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from teikit.changed import changed as git_changed
from teikit.errors import ConfigError
from tests.conftest import LOST_POINTERS, absent, edit, run, tei

Git = Callable[..., None]


@pytest.fixture
def git(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """A repository of the corpus, and git for it."""
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "Test")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "test@example.org")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")

    def call(*arguments: str) -> None:
        subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)

    try:
        call("init", "--quiet", "--initial-branch=main")
    except OSError:
        absent("git")
    return call


def commit(git: Git) -> None:
    git("add", "-A")
    git("commit", "--quiet", "-m", "x")


def changed(folder: Path, *arguments: str, cwd: Path | None = None) -> list[str]:
    """The files with findings when only what changed is looked at."""
    done = run("validate", *arguments, "--format", "json", cwd=cwd or folder)
    assert done.code in (0, 1), done.err
    return sorted({item["path"] for item in json.loads(done.out)})


def test_only_files_that_git_sees_changed_are_looked_at(folder: Path, git: Git) -> None:
    for name in ("c", "é d", "e"):
        (folder / "tei" / f"{name}.xml").write_text(tei(LOST_POINTERS), "utf-8")
    (folder / ".gitignore").write_text("tei/ignored.xml\n", "utf-8")
    commit(git)
    assert changed(folder, "--changed") == []
    edit(folder, ">a<", ">changed<")
    edit(folder, ">a<", ">staged<", "b")
    git("add", "tei/b.xml")
    git("mv", "tei/c.xml", "tei/renamed.xml")
    edit(folder, ">a<", ">changed<", "é d")
    (folder / "tei" / "e.xml").unlink()
    for name in ("new", "ignored"):
        (folder / "tei" / f"{name}.xml").write_text(tei(LOST_POINTERS), "utf-8")
    (folder / "notes.xml").write_text("<no-text/>", "utf-8")  # it is not of the corpus
    expected = ["a", "b", "new", "renamed", "é d"]
    assert changed(folder, "--changed") == [f"tei/{name}.xml" for name in expected]
    assert changed(folder, "--changed", cwd=folder / "tei") == [
        f"tei/{name}.xml" for name in expected
    ]
    assert changed(folder, "--changed=HEAD", "tei/a.xml") == ["tei/a.xml"]


def test_a_revision_may_be_named(folder: Path, git: Git) -> None:
    commit(git)
    edit(folder, ">a<", ">changed<")
    git("commit", "-aqm", "x")
    edit(folder, ">a<", ">changed<", "b")
    assert changed(folder, "--changed") == ["tei/b.xml"]
    assert changed(folder, "--changed=HEAD~1") == ["tei/a.xml", "tei/b.xml"]


def test_before_the_first_commit_every_file_is_new(folder: Path, git: Git) -> None:
    git("add", "tei/a.xml")
    assert changed(folder, "--changed") == ["tei/a.xml", "tei/b.xml"]


def test_when_nothing_changed_it_says_so(folder: Path, git: Git) -> None:
    commit(git)
    done = run("validate", "--changed", cwd=folder)
    assert (done.code, done.out) == (0, "no files changed since HEAD\n")
    machine = run("validate", "--changed", "--format", "json", cwd=folder)
    assert (machine.code, machine.out, machine.err) == (0, "[]\n", done.out)


@pytest.mark.parametrize("revision", ["nonsense", "tei/a.xml", "main..x"])
def test_a_revision_that_git_does_not_know_is_wrong_usage(
    revision: str, folder: Path, git: Git
) -> None:
    commit(git)
    done = run("validate", f"--changed={revision}", cwd=folder)
    assert done.code == 2
    assert f"git knows no revision “{revision}”" in done.err
    if revision == "tei/a.xml":
        assert "write --changed=HEAD tei/a.xml" in done.err


def test_a_revision_is_never_an_option_of_git(folder: Path, git: Git) -> None:
    commit(git)
    with pytest.raises(ConfigError, match="git knows no revision"):
        git_changed(folder, "--output=stolen")
    assert not (folder / "stolen").exists()


def test_outside_a_repository_it_is_wrong_usage(folder: Path) -> None:
    done = run("validate", "--changed", cwd=folder, env={"GIT_CEILING_DIRECTORIES": "/"})
    assert done.code == 2
    assert "not a git repository" in done.err


def test_without_git_it_is_wrong_usage(folder: Path) -> None:
    done = run("validate", "--changed", cwd=folder, env={"PATH": str(folder)})
    assert done.code == 2
    assert "git cannot be run: No such file or directory" in done.err


def test_changed_files_of_a_corpus_inside_a_repository(folder: Path, git: Git) -> None:
    inner = folder / "edition"
    inner.mkdir()
    for name in ("tei", "teikit.toml"):
        (folder / name).rename(inner / name)
    commit(git)
    edit(inner, ">a<", ">changed<")
    assert changed(inner, "--changed") == ["tei/a.xml"]
    done = run("validate", "--changed=HEAD", "edition", "--format", "github", cwd=folder)
    assert "::error file=edition/tei/a.xml,line=4," in done.out

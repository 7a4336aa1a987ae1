"""Only what git says has changed; and the hooks that call teikit."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from teikit.cli.validate import command
from tests.conftest import ROOT, run, tei


def git(folder: Path, *arguments: str) -> None:
    names = ("-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "init.defaultBranch=main")
    subprocess.run(["git", *names, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(corpus: Callable[..., Path]) -> Path:
    folder = corpus(**{name: f'<p corresp="#{name[0]}">x</p>' for name in ("a.xml", "b.xml")})
    git(folder, "init")
    git(folder, "add", ".")
    git(folder, "commit", "-m", "first")
    return folder


def told(folder: Path, *arguments: str) -> set[str]:
    done = run("validate", "--select", "TK2", *arguments, cwd=folder)
    assert done.code in (0, 1), done.err
    return set(re.findall(r"^tei/(\S+?):", done.out, re.M))


def test_nothing_changed_is_said_and_no_fault(repository: Path) -> None:
    done = run("validate", "--changed", cwd=repository)
    assert (done.code, done.out) == (0, "no files changed since HEAD\n")


def test_changed_staged_renamed_and_new_files_count_ignored_ones_do_not(repository: Path) -> None:
    assert told(repository) == {"a.xml", "b.xml"}
    (repository / "tei" / "a.xml").write_text(tei('<p corresp="#q">y</p>'), "utf-8")
    assert told(repository, "--changed") == {"a.xml"}
    git(repository, "add", ".")
    assert told(repository, "--changed") == {"a.xml"}
    git(repository, "mv", "tei/b.xml", "tei/c.xml")
    assert told(repository, "--changed") == {"a.xml", "c.xml"}
    (repository / "tei" / "d.xml").write_text(tei('<p corresp="#q">y</p>'), "utf-8")
    assert told(repository, "--changed") == {"a.xml", "c.xml", "d.xml"}
    (repository / ".gitignore").write_text("d.xml\n", "utf-8")
    assert told(repository, "--changed") == {"a.xml", "c.xml"}
    assert told(repository, "--changed=HEAD", "tei/c.xml") == {"c.xml"}
    git(repository, "commit", "-am", "second")
    assert told(repository, "--changed=HEAD~1") == {"a.xml", "c.xml"}


def test_before_the_first_commit_every_file_is_new(corpus: Callable[..., Path]) -> None:
    folder = corpus(**{"a.xml": '<p corresp="#a">x</p>'})
    git(folder, "init")
    assert told(folder, "--changed") == {"a.xml"}


def test_a_revision_that_git_does_not_know_is_wrong_usage(repository: Path) -> None:
    done = run("validate", "--changed=nowhere", cwd=repository)
    assert done.code == 2
    assert "git knows no revision “nowhere”" in done.err


def test_outside_a_repository_it_is_said_so(corpus: Callable[..., Path]) -> None:
    done = run("validate", "--changed", cwd=corpus(**{"a.xml": "<p>x</p>"}))
    assert done.code == 2
    assert "works inside a git repository" in done.err


# -- hooks ---------------------------------------------------------------------------------------

OPTIONS = {option for item in command.params for option in item.opts}


def test_the_pre_commit_hook_runs_on_files(repository: Path) -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert (hook["id"], hook["types"]) == ("teikit-validate", ["xml"])
    program, *arguments = hook["entry"].split()
    assert program == "teikit"
    assert run(*arguments, "tei/a.xml", "tei/b.xml", cwd=repository).code == 1


def test_the_action_uses_options_that_exist_and_inputs_that_it_declares() -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    step = action["runs"]["steps"][-1]
    used = set(re.findall(r"--[a-z-]+", step["run"]))
    assert used
    assert used <= OPTIONS
    wanted = {re.findall(r"inputs\.([a-z-]+)", value)[0] for value in step["env"].values()}
    assert wanted == set(action["inputs"])
    assert set(re.findall(r"TEIKIT_[A-Z_]+", step["run"])) == set(step["env"])


def test_the_script_of_the_action_runs(repository: Path) -> None:
    import os
    import sys

    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    step = action["runs"]["steps"][-1]
    bin_folder = repository / "bin"
    bin_folder.mkdir()
    script = bin_folder / "teikit"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m teikit "$@"\n', "utf-8")
    script.chmod(0o755)
    defaults = {
        key: action["inputs"][re.findall(r"inputs\.([a-z-]+)", value)[0]]["default"]
        for key, value in step["env"].items()
    }
    done = subprocess.run(
        ["bash", "-e", "-c", step["run"]],
        cwd=repository,
        env={**os.environ, **defaults, "PATH": f"{bin_folder}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert "::error file=tei/a.xml,line=" in done.stdout

"""The pre-commit hook and the GitHub action do what they promise, with options that exist."""

from __future__ import annotations

import importlib
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest

from teikit.cli.validate import command
from teikit.report import REPORTS
from tests.conftest import ROOT, absent, run, tei


def read(name: str) -> Any:
    try:
        yaml = importlib.import_module("yaml")
    except ImportError:
        absent("PyYAML (pip install '.[test]')")
    return yaml.safe_load((ROOT / name).read_text("utf-8"))


OPTIONS = {
    name
    for option in command.params
    if isinstance(option, click.Option)
    for name in (*option.opts, *option.secondary_opts)
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "tei").mkdir()
    (tmp_path / "tei" / "a b.xml").write_text(tei('<p corresp="#y">a</p>'), "utf-8")
    (tmp_path / "tei" / "clean.xml").write_text(tei("<p>a</p>"), "utf-8")
    return tmp_path


# -- pre-commit ----------------------------------------------------------------------------------


def hook() -> dict[str, Any]:
    (found,) = read(".pre-commit-hooks.yaml")
    return dict(found)


def test_the_hook_has_what_pre_commit_asks_for() -> None:
    described = hook()
    assert {"id", "name", "entry", "language"} <= set(described)
    assert described["id"] == "teikit-validate"
    # The language installs this repository with pip, which makes the command of the entry.
    assert described["language"] == "python"
    scripts = re.findall(
        r"^\[project\.scripts\]\n(\w+) =", (ROOT / "pyproject.toml").read_text(), re.M
    )
    assert shlex.split(described["entry"])[0] in scripts
    options = {word for word in shlex.split(described["entry"]) if word.startswith("-")}
    assert options <= OPTIONS


def test_the_hook_stops_a_commit_with_a_mistake(folder: Path) -> None:
    # pre-commit runs the entry at the root of the repository with the names of the files.
    entry = shlex.split(hook()["entry"])[1:]
    bad = run(*entry, "tei/a b.xml", "tei/clean.xml", cwd=folder)
    assert bad.code == 1
    assert bad.out.startswith("tei/a b.xml:3:16: error: @corresp")
    assert run(*entry, "tei/clean.xml", cwd=folder).code == 0


def test_the_page_on_reports_names_the_hook() -> None:
    assert f"- id: {hook()['id']}" in (ROOT / "docs" / "reports.md").read_text("utf-8")


# -- the action ----------------------------------------------------------------------------------


def action() -> dict[str, Any]:
    return dict(read("action.yml"))


def step() -> dict[str, Any]:
    (found,) = (item for item in action()["runs"]["steps"] if item.get("id") == "validate")
    return dict(found)


def test_the_action_is_a_composite_one_whose_steps_have_what_github_asks_for() -> None:
    described = action()
    assert {"name", "description", "inputs", "runs"} <= set(described)
    assert described["runs"]["using"] == "composite"
    for item in described["runs"]["steps"]:
        assert ("uses" in item) is not ("run" in item)
        assert "uses" in item or item["shell"] == "bash"
    assert all(item["description"] for item in described["inputs"].values())


def test_no_input_of_the_action_is_run_as_a_script() -> None:
    for item in action()["runs"]["steps"]:
        assert "${{" not in item.get("run", "")


def test_every_input_of_the_action_is_used_and_every_one_used_is_an_input() -> None:
    described = action()
    text = json.dumps(described["runs"])
    assert set(re.findall(r"inputs\.([\w-]+)", text)) == set(described["inputs"])


def test_the_options_of_the_action_exist() -> None:
    used = set(re.findall(r"--[\w-]+", step()["run"]))
    assert used <= OPTIONS
    defaults = {name: item["default"] for name, item in action()["inputs"].items()}
    assert defaults["format"] in REPORTS
    for name in REPORTS:
        assert name in action()["inputs"]["format"]["description"]


def test_the_page_on_reports_names_the_inputs_of_the_action() -> None:
    page = (ROOT / "docs" / "reports.md").read_text("utf-8")
    for name in action()["inputs"]:
        assert f"`{name}`" in page


def perform(folder: Path, **inputs: str) -> tuple[int, str, str]:
    """Run the script of the action as a runner does; exit code, what it printed, its outputs."""
    if shutil.which("bash") is None:
        absent("bash")
    values = {name: item["default"] for name, item in action()["inputs"].items()}
    values |= {name.replace("_", "-"): value for name, value in inputs.items()}
    tools = folder / "tools"
    tools.mkdir(exist_ok=True)
    tool = tools / "teikit"
    tool.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m teikit "$@"\n', "utf-8")
    tool.chmod(0o755)
    outputs = folder / "outputs"
    outputs.write_text("", "utf-8")
    env = {
        name: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda at: values[at[1]], value)
        for name, value in step()["env"].items()
    }
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step()["run"]],
        cwd=folder / values["directory"],
        env={
            **os.environ,
            **env,
            "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
            "GITHUB_OUTPUT": str(outputs),
            "PYTHONUTF8": "1",
        },
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout + done.stderr, outputs.read_text("utf-8")


def test_the_action_annotates_and_fails(folder: Path) -> None:
    code, printed, outputs = perform(folder)
    assert (code, outputs) == (1, "")
    assert printed.startswith("::error file=tei/a b.xml,line=3,endLine=3,col=16,")
    assert "2 files read: 1 error" in printed


def test_the_action_looks_at_the_paths_that_it_is_given(folder: Path) -> None:
    assert perform(folder, paths="tei/clean.xml\n")[0] == 0
    assert perform(folder, paths="tei/clean.xml\ntei/a b.xml\n")[0] == 1
    code, printed, _ = perform(folder, paths="--version\n$(touch stolen)\n`touch stolen`")
    assert code == 1
    assert "file=--version," in printed
    assert not (folder / "stolen").exists()


def test_the_action_writes_sarif_and_says_where(folder: Path) -> None:
    code, _, outputs = perform(folder, format="sarif", output="teikit.sarif", directory="tei")
    assert (code, outputs) == (1, "report=tei/teikit.sarif\n")
    log = json.loads((folder / "tei" / "teikit.sarif").read_text("utf-8"))
    assert [item["ruleId"] for item in log["runs"][0]["results"]].count("TK201") == 1


def test_the_action_fails_on_what_it_is_told(folder: Path) -> None:
    (folder / "tei" / "a b.xml").write_text(tei('<p facs="no.png">a</p>'), "utf-8")
    assert perform(folder)[0] == 0
    assert perform(folder, fail_on="warning")[0] == 1


def test_the_action_takes_a_schema_and_a_revision(folder: Path) -> None:
    (folder / "s.rnc").write_text("start = element TEI { empty }", "utf-8")
    code, printed, _ = perform(folder, schema="s.rnc", paths="tei/clean.xml")
    assert code == 1
    assert "title=TK10" in printed
    code, printed, _ = perform(folder, changed="no-such-branch")
    assert code == 2
    assert "no-such-branch" in printed or "not a git repository" in printed

"""The command line is what its help says; the README and the docs run as printed."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from teikit.cli import cli
from tests.conftest import ROOT, Shell, copy_corpus, run

VERBS = cli.list_commands(None)  # type: ignore[arg-type]


@pytest.fixture
def teikit(request: pytest.FixtureRequest) -> Callable[..., Shell]:
    """Run a command in a copy of the corpus; what builds all of it is run once for all tests."""

    def typed(*arguments: str, cwd: Path) -> Shell:
        if arguments != ("build",):
            return run(*arguments, cwd=cwd)
        said = request.getfixturevalue("built").parent / "said.json"
        return Shell(0, *json.loads(said.read_text("utf-8")))

    return typed


@pytest.mark.parametrize("verb", ["", *VERBS])
def test_help_ends_with_examples_that_run(
    verb: str, teikit: Callable[..., Shell], tmp_path: Path
) -> None:
    folder = copy_corpus(tmp_path / "edition")
    shown = run(*filter(None, [verb]), "--help", cwd=folder).out
    heading = re.search(r"^ *Examples?:$", shown, flags=re.M)
    assert heading, shown
    examples = shown[heading.end() :].strip().splitlines()
    assert len(examples) > 1 or "Examples:" not in heading[0]
    for example in examples:
        program, *arguments = shlex.split(example)
        assert program == "teikit"
        assert arguments[0] in ([verb] if verb else VERBS)
        if verb == "serve":
            continue  # it runs until it is told to end: tests/test_serve.py tells it
        done = teikit(*arguments, cwd=folder)
        assert done.code == 0, done.err
        assert done.out or "-o" in arguments


@pytest.mark.parametrize("arguments", [["nonsense"], ["transform"], ["cite", "--format", "doc"]])
def test_wrong_usage_is_exit_code_two(arguments: list[str]) -> None:
    done = run(*arguments, cwd=ROOT)
    assert done.code == 2
    assert "Usage: " in done.err
    assert "Traceback" not in done.err


def test_only_text_can_be_printed() -> None:
    done = run("transform", "--to", "pdf", "-o", "-", cwd=ROOT)
    assert done.code == 2
    assert "only text can be printed" in done.err


BLOCK = re.compile(r"(?<=```console\n)(.*?)(?=```)", re.DOTALL)


def blocks(path: Path) -> list[tuple[str, str]]:
    """The commands of a page's console blocks, each with the output printed under it."""
    found = []
    for block in BLOCK.findall(path.read_text("utf-8")):
        for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, _, output = part.partition("\n")
            found.append((command, output.rstrip("\n")))
    return found


PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
RUN = [
    (page, command, output)
    for page in PAGES
    for command, output in blocks(page)
    if command.startswith("teikit")
]


@pytest.fixture(scope="module")
def tour(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_corpus(tmp_path_factory.mktemp("tour") / "edition")


@pytest.mark.parametrize(
    ("page", "command", "output"), RUN, ids=[f"{p.stem}:{c}" for p, c, _ in RUN]
)
def test_a_page_shows_what_the_command_prints(
    page: Path, command: str, output: str, teikit: Callable[..., Shell], tour: Path
) -> None:
    assert page.exists()
    done = teikit(*shlex.split(command)[1:], cwd=tour)
    printed = (done.out + done.err).rstrip("\n")
    if "\n…" in output:  # the page shows the beginning only
        shown = output.partition("\n…")[0]
        assert printed.startswith(shown)
    else:
        assert printed == output


def test_the_readme_names_the_two_commands_that_the_makefile_has() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in ("edition", "test"):
        assert f"make {target}" in readme
        assert re.search(rf"^{target}:.*##", makefile, re.M)


def test_links_in_the_docs_lead_to_files() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_setting_is_documented() -> None:
    import dataclasses

    from teikit.config import (
        BuildConfig,
        CorpusConfig,
        ExportConfig,
        OutputConfig,
        SiteConfig,
        ValidateConfig,
    )
    from teikit.selection import Selection

    page = (ROOT / "docs" / "configuration.md").read_text("utf-8")
    tables = (CorpusConfig, BuildConfig, OutputConfig, SiteConfig, ValidateConfig, ExportConfig)
    for table in (*tables, Selection):
        for item in dataclasses.fields(table):
            assert f"`{item.name}`" in page, f"{table.__name__}.{item.name}"


def test_every_stylesheet_parameter_is_documented() -> None:
    page = (ROOT / "docs" / "stylesheets.md").read_text("utf-8")
    for path in (ROOT / "xslt").rglob("*.xsl"):
        for name in re.findall(r'^  <xsl:param name="([\w-]+)"', path.read_text("utf-8"), re.M):
            assert f"`{name}`" in page, f"{path.parent.name}/{path.name}: {name}"


def test_every_rule_is_documented() -> None:
    from teikit.diagnostics import RULES

    page = (ROOT / "docs" / "rules.md").read_text("utf-8")
    for rule in RULES.values():
        assert f"| `{rule.code}` | {rule.severity} | {rule.title} |" in page


def test_the_mistake_that_the_readme_shows_looks_like_that(tmp_path: Path) -> None:
    folder = copy_corpus(tmp_path / "edition")
    path = folder / "tei" / "d01-fr.xml"
    good = path.read_text("utf-8")
    path.write_text(good.replace('pe-rakovski">Ch. G.', 'pe-rakovsky">Ch. G.'), "utf-8")
    (shown,) = re.findall(r"```\n(tei/.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    assert run("validate", cwd=folder).out.startswith(shown)


def test_the_python_of_the_readme_runs(capsys: pytest.CaptureFixture[str]) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)
    import os

    here = Path.cwd()
    os.chdir(ROOT)
    try:
        exec(compile(code, "README.md", "exec"), {"Path": Path})
    finally:
        os.chdir(here)
    assert "error" not in capsys.readouterr().out


def rewrite() -> None:
    """Print into the pages what their commands print today; then read the difference."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        corpus = copy_corpus(Path(folder) / "edition")

        def printed(match: re.Match[str]) -> str:
            return "".join(map(shown, re.split(r"^(?=\$ )", match[1], flags=re.M)))

        def shown(part: str) -> str:
            command, _, old = part.partition("\n")
            if not command.startswith("$ teikit"):
                return part
            done = run(*shlex.split(command)[2:], cwd=corpus)
            new = (done.out + done.err).rstrip("\n")
            if "\n…" in old:  # the page shows the beginning only: as many lines again
                lines = old.partition("\n…")[0].count("\n") + 1
                new = "\n".join([*new.splitlines()[:lines], "…"])
            return f"{command}\n{new}\n" + ("\n" if old.endswith("\n\n") else "")

        from teikit.rules import book

        (ROOT / "docs" / "rules.md").write_text(book(), "utf-8")
        for page in PAGES:
            page.write_text(BLOCK.sub(printed, page.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    rewrite()

"""What the tests share: the shipped corpus, reference data, a way to break one thing."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
THEATRE = ROOT / "tests" / "corpora" / "theatre"
TEI = "{http://www.tei-c.org/ns/1.0}"
# Set where everything is at hand (continuous integration): there a missing tool is a failure.
COMPLETE = os.environ.get("TEIKIT_TEST_ALL") == "1"


def absent(what: str) -> None:
    """Skip for want of something, or fail where nothing may be wanting."""
    if COMPLETE:
        pytest.fail(f"{what} is missing, and TEIKIT_TEST_ALL=1 says that it must not be")
    pytest.skip(f"{what} is missing")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference data beside the checkout."""
    if not SHARED.is_dir():
        absent("the reference data in ../shared")
    return SHARED


@pytest.fixture(scope="session")
def tei_all(shared: Path) -> etree.RelaxNG:
    """The schema of all of TEI, as libxml2 reads it: that takes it seconds."""
    return etree.RelaxNG(etree.parse(shared / "tei" / "tei_all.rng"))


@dataclass
class Shell:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


def run(*arguments: str | Path, cwd: Path, env: dict[str, str] | None = None) -> Shell:
    """Run teikit as a user does, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "teikit", *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "PYTHONUTF8": "1", **(env or {})},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return Shell(done.returncode, done.stdout, done.stderr)


def hear() -> None:
    """Hear SIGINT: shells make what they start in the background, and all below it, deaf to it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def copy_corpus(folder: Path) -> Path:
    """The shipped corpus, its schema and its configuration in a folder of their own."""
    for name in ("tei", "schema"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "teikit.toml", folder)
    return folder


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    """A copy of the shipped corpus that a test may break."""
    return copy_corpus(tmp_path / "edition")


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that the first process to want it makes, for all that test beside each other."""
    base = factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        base = base.parent
    folder, ended = base / name, base / f"{name}.ended"
    try:
        folder.mkdir()
    except FileExistsError:
        for _ in range(6000):
            if ended.exists():
                break
            time.sleep(0.1)
        assert ended.read_text("utf-8") == "made", f"another process could not make {folder}"
        return folder
    outcome = "failed"
    try:
        make(folder)
        outcome = "made"
    finally:
        beside = ended.with_suffix(".new")
        beside.write_text(outcome, "utf-8")
        beside.rename(ended)
    return folder


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped corpus, built once. Tests look at it and leave it alone."""

    def make(folder: Path) -> None:
        done = run("build", cwd=copy_corpus(folder))
        assert done.code == 0, done.out + done.err
        (folder / "said.json").write_text(json.dumps([done.out, done.err]), "utf-8")

    return once(tmp_path_factory, "built", make) / "build"


@pytest.fixture(scope="session")
def theatre(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The second corpus, built once, as its empty configuration has it."""

    def make(folder: Path) -> None:
        shutil.copytree(THEATRE, folder / "corpus")
        done = run("build", cwd=folder / "corpus")
        assert (done.code, done.err) == (0, "")

    return once(tmp_path_factory, "theatre", make) / "corpus"


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A headless Chromium, that of the machine."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    names = ("chromium", "chromium-browser", "google-chrome")
    path = next(filter(None, map(shutil.which, names)), None)
    if path is None:
        absent("a Chromium browser")
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=path)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page that fails the test where the console tells of an error."""
    context = browser.new_context()
    opened = context.new_page()
    said: list[str] = []
    opened.on("console", lambda item: said.append(item.text) if item.type == "error" else None)
    opened.on("pageerror", lambda error: said.append(str(error)))
    yield opened
    context.close()
    assert said == []


@pytest.fixture
def corpus(tmp_path: Path) -> Callable[..., Path]:
    """Make a corpus of small TEI files: ``corpus(**{"a.xml": "<p>…</p>"})``.

    It has a folder in the test's own, so that what lies outside of it is the test's too.
    """
    folder = tmp_path / "corpus"

    def make(config: str | None = None, **files: str) -> Path:
        (folder / "tei").mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            path = folder / "tei" / name
            path.write_text(content if content.startswith("<?xml") else tei(content), "utf-8")
        if config is not None:
            (folder / "teikit.toml").write_text(config, "utf-8")
        return folder

    return make


def tei(body: str, *, key: str = "", header: str = "", lang: str = "fr") -> str:
    """A small TEI document around the content of ``body`` (or around a whole ``standOff``)."""
    identifier = f' xml:id="{key}"' if key else ""
    inner = body if body.startswith(("<standOff", "<text")) else f"<text><body>{body}</body></text>"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0"{identifier} xml:lang="{lang}">'
        "<teiHeader><fileDesc><titleStmt><title>T</title></titleStmt>"
        "<publicationStmt><p>P</p></publicationStmt>"
        f"<sourceDesc><p>S</p></sourceDesc></fileDesc>{header}</teiHeader>\n{inner}</TEI>\n"
    )


LOST_POINTERS = '<p xml:id="x">a</p>\n<p corresp="#y">b</p>\n<p corresp="#z">c</p>'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two files, each with the same two pointers that lead nowhere."""
    (tmp_path / "tei").mkdir()
    for name in "ab":
        (tmp_path / "tei" / f"{name}.xml").write_text(tei(LOST_POINTERS), "utf-8")
    (tmp_path / "teikit.toml").write_text('[corpus]\ndocuments = ["tei/*.xml"]\n', "utf-8")
    return tmp_path


def edit(folder: Path, old: str, new: str, name: str = "a") -> None:
    """Replace what stands once in a file of that corpus."""
    path = folder / "tei" / f"{name}.xml"
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")

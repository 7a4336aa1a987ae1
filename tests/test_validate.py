"""Break one thing: one clear finding at its place, exit code 1, the earlier build untouched."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from teikit import Severity, iter_diagnostics, parse, validate
from teikit.diagnostics import RULES, Diagnostic
from tests.conftest import ROOT, run, tei

FILE = "tei/d01-fr.xml"


def replaced(old: str, new: str) -> Callable[[bytes], bytes]:
    """An edit that changes one place; a test whose fixture no longer fits fails loudly."""

    def edit(data: bytes) -> bytes:
        assert data.count(old.encode()) == 1, f"{old!r} stands {data.count(old.encode())} times"
        return data.replace(old.encode(), new.encode())

    return edit


# What is broken: the edit, then code, line:column, and words of the message and of a hint.
BREAKS: dict[str, tuple[Callable[[bytes], bytes], str, str, str, str]] = {
    "a closing tag is misspelt": (
        replaced("Balitski</persName> à", "Balitski</persNam> à"),
        *("TK002", "73:128", "</persNam> closes nothing", "write </persName>"),
    ),
    "a closing tag is missing": (
        replaced("      </closer>\n", ""),
        *("TK002", "86:7", "<closer> is never closed", "write </closer> where the closer ends"),
    ),
    "the end of the file is missing": (
        lambda data: data[: data.index(b"</body>")],
        *("TK002", "72:5", "the file ends while <body> is open", "compare it with a copy"),
    ),
    "a day does not exist": (
        replaced(
            '<date when="1932-02-15">15 février 1932</date></dateline>',
            '<date when="1932-02-30">15 février 1932</date></dateline>',
        ),
        *("TK401", "78:25", "February 1932 has 29 days", "compare the day with the source"),
    ),
    "a date is not in ISO form": (
        replaced(
            '<date when="1932-02-15">15 février 1932</date></dateline>',
            '<date when="15.02.1932">15 février 1932</date></dateline>',
        ),
        *("TK102", "78:25", "may not be “15.02.1932”", "write “1932-02-15”"),
    ),
    "a pointer has a slip": (
        replaced('persons.xml#pe-rakovski">Ch. G.', 'persons.xml#pe-rakovsky">Ch. G.'),
        *(
            "TK201",
            "83:145",
            "tei/persons.xml has no xml:id “pe-rakovsky”",
            "did you mean persons.xml#pe-rakovski?",
        ),
    ),
    "a pointer goes to another kind": (
        replaced(
            '<persName ref="persons.xml#pe-staline">J.V.',
            '<persName ref="places.xml#pl-moscou">J.V.',
        ),
        *(
            "TK205",
            "73:152",
            "names a person, but “places.xml#pl-moscou” is a place",
            "point to another entry",
        ),
    ),
    "an id stands twice": (
        replaced('xml:id="d01-fr.2"', 'xml:id="d01-fr.1"'),
        *("TK203", "84:10", "xml:id “d01-fr.1” stands a second time", "probably it is d01-fr.2"),
    ),
    "an element is unknown": (
        replaced("nos agents", "nos <b>agents</b>"),
        *("TK101", "83:237", "the schema has no element <b>", "TEI calls it <hi>"),
    ),
    "an element is misplaced": (
        replaced("nos agents", "nos <p>agents</p>"),
        *("TK101", "83:237", "<p> may not stand inside <p>", "<p> stands inside"),
    ),
    "an attribute is unknown": (
        replaced('<ab type="enclosures"', '<ab kind="x" type="enclosures"'),
        *("TK102", "85:11", "<ab> has no attribute @kind", "delete it"),
    ),
    "a listed value is misspelt": (
        replaced('<seg type="classification"', '<seg type="clasification"'),
        *(
            "TK102",
            "75:14",
            "@type of <seg> may not be “clasification”",
            "did you mean “classification”?",
        ),
    ),
    "a required part is missing": (
        lambda data: (
            data[: data.index(b"      <sourceDesc>")]
            + data[data.index(b"</sourceDesc>\n") + len(b"</sourceDesc>\n") :]
        ),
        *(
            "TK103",
            "32:5",
            "<fileDesc> lacks <sourceDesc>",
            "add a <sourceDesc> before </fileDesc>",
        ),
    ),
    "words stand outside any element": (
        replaced("      <closer", "      Stray words\n      <closer"),
        *(
            "TK104",
            "86:7",
            "<body> may not hold text itself: “Stray words”",
            "put the words into an element",
        ),
    ),
    "one word is in another encoding": (
        lambda data: data.replace("découvert".encode(), "découvert".encode("cp1252")),
        *("TK003", "83:220", "byte 0xE9 is not UTF-8", "read as windows-1252 it says “découvert”"),
    ),
    "the declaration names another encoding": (
        replaced('encoding="UTF-8"', 'encoding="windows-1251"'),
        *("TK003", "1:1", "but the bytes are UTF-8", "write encoding='UTF-8' in the first line"),
    ),
    "the file is empty": (
        lambda _data: b"",
        *("TK006", "1:1", "the file is empty", "restore it from a copy"),
    ),
    "the file holds an entity bomb": (
        lambda _data: b'<!DOCTYPE TEI [<!ENTITY a "aaaa">\n<!ENTITY b "&a;&a;">]>\n<TEI>&b;</TEI>',
        *("TK004", "1:16", "the file declares the entity &a;", "write the character itself"),
    ),
    "the file reaches for another one": (
        lambda _data: b'<!DOCTYPE TEI [<!ENTITY x SYSTEM "/etc/passwd">]>\n<TEI>&x;</TEI>',
        *("TK004", "1:16", "the file declares the entity &x;", "xi:include"),
    ),
    "elements are nested absurdly": (
        lambda _data: b"<a>" * 100_000 + b"</a>" * 100_000,
        *("TK005", "1:751", "nested more than 250 elements deep", "repeated by a program"),
    ),
    "an ampersand is not escaped": (
        replaced("ci-joint, a", "ci-joint & a"),
        *("TK002", "83:212", "& begins a character reference", "write &amp;"),
    ),
    "an HTML entity is used": (
        replaced("ci-joint, a", "ci-joint&nbsp;a"),
        *("TK002", "83:211", "&nbsp; is not defined", "write the no-break space itself"),
    ),
    "a second XML declaration stands inside": (
        lambda data: b'<?xml version="1.0"?>\n' + data,
        *("TK002", "2:1", "an XML declaration (<?xml …?>) stands here", "delete it"),
    ),
    "the file is not XML at all": (
        lambda _data: b"\x00\x01 binary",
        *("TK002", "1:1", "the control character U+0000", "delete it"),
    ),
}


def digest(folder: Path) -> str:
    """One hash over all names and bytes below a folder."""
    whole = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        whole.update(path.relative_to(folder).as_posix().encode())
        whole.update(path.read_bytes() if path.is_file() else b"")
    return whole.hexdigest()


@pytest.mark.parametrize("what", BREAKS)
def test_one_thing_broken_gives_one_clear_finding(what: str, edition: Path) -> None:
    edit, code, place, message, hint = BREAKS[what]
    path = edition / FILE
    path.write_bytes(edit(path.read_bytes()))
    findings = [item for item in validate(edition) if item.severity is Severity.ERROR]
    assert [(item.code, str(item.location)) for item in findings] == [(code, f"{FILE}:{place}")]
    assert message in findings[0].message
    assert any(hint in item for item in findings[0].hints), findings[0].hints


def test_a_broken_file_leaves_the_earlier_build_as_it_was(edition: Path) -> None:
    assert run("transform", "d01", "--to", "txt", cwd=edition).code == 0
    before = digest(edition / "build")
    path = edition / FILE
    path.write_bytes(BREAKS["a closing tag is missing"][0](path.read_bytes()))
    for verb in (["build"], ["link"], ["transform", "--to", "html"], ["validate"]):
        done = run(*verb, cwd=edition)
        assert done.code == 1, verb
        assert "<closer> is never closed" in done.out + done.err
        assert "Traceback" not in done.err
        assert digest(edition / "build") == before, verb


def test_the_shipped_corpus_is_clean() -> None:
    assert [str(item) for item in validate(ROOT) if item.severity is not Severity.INFO] == []


def test_findings_as_json_carry_the_documented_names(edition: Path) -> None:
    path = edition / FILE
    path.write_bytes(BREAKS["a pointer has a slip"][0](path.read_bytes()))
    done = run("validate", FILE, "--format", "json", cwd=edition)
    assert done.code == 1
    (finding,) = json.loads(done.out)
    assert list(finding) == [
        *("path", "line", "column", "code", "severity", "message", "expected", "hints"),
        *("related", "xpath", "fix"),
    ]
    assert finding["path"] == FILE
    assert (finding["line"], finding["column"]) == (83, 145)
    assert finding["expected"][0] == "persons.xml#pe-rakovski"
    assert finding["xpath"] == "/TEI/text[1]/body[1]/p[1]/persName[1]"


def test_the_terminal_shows_the_line_with_a_caret_under_the_mistake(edition: Path) -> None:
    path = edition / FILE
    path.write_bytes(BREAKS["an attribute is unknown"][0](path.read_bytes()))
    done = run("validate", FILE, cwd=edition)
    lines = done.out.splitlines()
    assert lines[0] == f"{FILE}:85:11: error: <ab> has no attribute @kind [TK102]"
    assert lines[2].index("^") == lines[1].index("kind=")
    assert "  hint: delete it" in lines


def test_only_the_files_asked_about_are_reported(edition: Path) -> None:
    path = edition / FILE
    path.write_bytes(BREAKS["a pointer has a slip"][0](path.read_bytes()))
    assert run("validate", "tei/d01-ru.xml", cwd=edition).code == 0
    assert run("validate", FILE, cwd=edition).code == 1
    assert run("validate", cwd=edition).code == 1


@pytest.mark.parametrize(("least", "code"), [("error", 0), ("warning", 1)])
def test_fail_on_says_what_makes_the_exit_code(
    least: str, code: int, corpus: Callable[..., Path]
) -> None:
    folder = corpus(**{"a.xml": '<p facs="missing.png">x</p>'})
    assert run("validate", "--fail-on", least, cwd=folder).code == code


def test_a_stranger_needs_no_configuration(corpus: Callable[..., Path]) -> None:
    folder = corpus(**{"a.xml": '<p xml:id="x">a</p><p corresp="#y">b</p>'})
    (finding,) = (item for item in validate(folder) if item.severity is Severity.ERROR)
    assert finding.code == "TK201"
    assert "#x" in finding.expected or any("add an element" in hint for hint in finding.hints)


def test_other_xml_is_left_out_with_a_word(corpus: Callable[..., Path]) -> None:
    folder = corpus(**{"a.xml": "<p>a</p>", "b.xml": '<?xml version="1.0"?><html/>'})
    told = [(item.code, item.location.path) for item in validate(folder) if item.code == "TK007"]
    assert told == [("TK007", "tei/b.xml")]


def test_tei_without_its_namespace_is_told_what_to_write(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text("<TEI/>", "utf-8")
    (finding,) = (item for item in validate(tmp_path / "a.xml") if item.code == "TK007")
    assert finding.hints == ('write <TEI xmlns="http://www.tei-c.org/ns/1.0">',)


def test_a_folder_without_xml_is_a_finding_not_a_silence(tmp_path: Path) -> None:
    done = run("validate", tmp_path, cwd=tmp_path)
    assert done.code == 1
    assert "no XML files here" in done.out


def test_a_path_that_does_not_exist_is_a_finding(edition: Path) -> None:
    done = run("validate", "tei/nobody.xml", cwd=edition)
    assert done.code == 1
    assert "tei/nobody.xml: error: the file cannot be read: No such file" in done.out


def test_a_named_schema_judges_instead_of_the_configured_one(edition: Path) -> None:
    (edition / "tiny.rng").write_text(
        '<element name="TEI" ns="http://www.tei-c.org/ns/1.0" '
        'xmlns="http://relaxng.org/ns/structure/1.0"><empty/></element>',
        "utf-8",
    )
    done = run("validate", FILE, "--schema", "tiny.rng", cwd=edition)
    assert done.code == 1
    assert re.search(
        r"judged by tiny.rng \(teikit RELAX NG, version [0-9a-f]{8}\): 1 file", done.out
    )


def test_an_xsd_schema_judges_too(edition: Path) -> None:
    (edition / "tiny.xsd").write_text(
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" '
        'targetNamespace="http://www.tei-c.org/ns/1.0"><xs:element name="TEI">'
        "<xs:complexType><xs:sequence/></xs:complexType></xs:element></xs:schema>",
        "utf-8",
    )
    findings = validate(edition / FILE, edition / "tiny.xsd")
    assert {"TK101", "TK102"} <= {item.code for item in findings}
    assert {item.location.line for item in findings} == {3, 4, 71}


@pytest.mark.parametrize(
    ("schema", "message"),
    [
        ("nowhere.rng", "there is no schema nowhere.rng"),
        ("broken.rng", "write <grammar xmlns="),
        ("html.rng", "this is not a RELAX NG schema, but an HTML page"),
        ("schema.txt", "is no schema that teikit reads"),
    ],
)
def test_a_schema_that_cannot_be_used_is_said_so(schema: str, message: str, edition: Path) -> None:
    (edition / "broken.rng").write_text("<grammar>", "utf-8")
    (edition / "html.rng").write_text("<html/>", "utf-8")
    (edition / "schema.txt").write_text("", "utf-8")
    done = run("validate", "--schema", schema, cwd=edition)
    assert done.code == (2 if schema.startswith("nowhere") else 1)
    assert message in done.out + done.err
    assert "Traceback" not in done.err


def test_nothing_is_fetched_for_a_schema_on_the_network(corpus: Callable[..., Path]) -> None:
    model = '<?xml-model href="https://example.org/tei.rng"?>'
    text = tei("<p>a</p>").replace("<TEI", f"{model}<TEI", 1)
    findings = validate(corpus(**{"a.xml": text}))
    assert [item.code for item in findings] == ["TK111"]
    assert "was not fetched" in findings[0].message


def test_parsing_gives_a_document_or_one_finding() -> None:
    assert isinstance(parse(b"<a", "a.xml"), Diagnostic)
    document = parse(tei('<p\n   xml:id="x"\n   n="é" corresp="#x">é</p>').encode(), "a.xml")
    assert not isinstance(document, Diagnostic)
    paragraph = document.root.find(".//{*}p[@n]")
    assert paragraph is not None
    assert str(document.locate(paragraph)) == "a.xml:3:13"
    assert str(document.locate(paragraph, "corresp")) == "a.xml:5:10"


def test_every_rule_in_the_table_is_used_and_every_code_used_is_in_the_table() -> None:

    used = {
        code
        for path in [*(ROOT / "teikit").rglob("*.py"), *(ROOT / "xslt").rglob("*.xsl")]
        if path.name != "diagnostics.py"
        for code in re.findall(r"\bTK\d{3}\b", path.read_text("utf-8"))
    }
    assert used == set(RULES)


def test_findings_come_in_reading_order(edition: Path) -> None:
    path = edition / FILE
    path.write_bytes(replaced("nos agents", "nos <b>agents</b>")(path.read_bytes()))
    path.write_bytes(replaced('<ab type="enclosures"', '<ab kind="x"')(path.read_bytes()))
    places = [item.sort_key for item in iter_diagnostics(edition)]
    assert places == sorted(places)


def test_files_that_no_schema_judged_are_counted(corpus: Callable[..., Path]) -> None:
    folder = corpus(**{"a.xml": tei("<p>a <foo>b</foo></p>", key="a"), "b.xml": tei("<p>b</p>")})
    told = "judged by no schema: 2 files (name one: [corpus] schema, --schema)\n"
    done = run("validate", cwd=folder)
    assert (done.code, done.out) == (0, f"2 files read: no errors, no warnings, 2 remarks\n{told}")
    assert told in run("build", cwd=folder).out
    shutil.copy(ROOT / "schema" / "edition.rng", folder)
    done = run("validate", "--schema", "edition.rng", cwd=folder)
    assert (done.code, "judged by no schema" in done.out) == (1, False)

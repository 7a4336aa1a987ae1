"""The public interface: the same verbs for paths, bytes and trees, and what an editor asks."""

from __future__ import annotations

import pickle
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from lxml import etree

import teikit
from teikit import Schema, SchemaError, expected, is_valid, iter_diagnostics, load_schema, validate
from tests.conftest import ROOT, tei

RNG = ROOT / "schema" / "edition.rng"
SMALL = """
default namespace = "http://www.tei-c.org/ns/1.0"
start = element TEI { attribute xml:id { xsd:ID }?, head?, p+, closer? }
head = element head { text }
p = element p { attribute rend { "bold" | "italic" }?, attribute when { xsd:date }?,
                attribute n { text }, (text | hi | date)* }
hi = element hi { text }
date = element date { attribute when { xsd:date }, text }
closer = element closer { p }
"""
XMLNS = "http://www.tei-c.org/ns/1.0"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("schema") / "small.rnc"
    path.write_text(SMALL, "utf-8")
    return path


def text(inner: str) -> bytes:
    return f'<TEI xmlns="{XMLNS}">\n{inner}\n</TEI>\n'.encode()


def test_everything_that_is_promised_is_there() -> None:
    for name in teikit.__all__:
        assert getattr(teikit, name) is not None, name
    assert set(teikit.__all__) <= set(dir(teikit))


def test_nothing_else_is_there() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = teikit.nonsense


def test_importing_teikit_loads_no_parser_and_no_processor() -> None:
    heavy = ("lxml", "saxonche", "xmlschema", "typst", "click", "elementpath")
    code = f"import sys, teikit.checking; print([n for n in {heavy!r} if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_paths_bytes_and_trees_have_the_same_mistakes(small: Path, tmp_path: Path) -> None:
    data = text('<p n="1">a</p>\n<p>b<b>c</b></p>')
    path = tmp_path / "a.xml"
    path.write_bytes(data)
    tree = etree.fromstring(data)
    schema = load_schema(small)
    found = [
        [
            (item.code, item.location.line, item.message)
            for item in iter_diagnostics(source, schema)
            if item.code.startswith("TK1")
        ]
        for source in (path, str(path), data, tree, tree.getroottree())
    ]
    assert [item[:2] for item in found[0]] == [("TK103", 3), ("TK101", 3)]
    assert all(item == found[0] for item in found)


def test_a_tree_is_located_by_the_lines_it_was_parsed_from(small: Path) -> None:
    tree = etree.fromstring(b"\n\n\n" + text("\n<p/>"))
    (finding,) = (item for item in iter_diagnostics(tree, small) if item.code == "TK103")
    assert (finding.location.line, finding.location.column) == (6, None)
    assert finding.location.xpath == "/TEI/p[1]"


def test_without_a_schema_bytes_are_judged_by_what_they_name(small: Path) -> None:
    named = b'<?xml-model href="%s"?>' % small.as_uri().encode()
    assert "TK101" in [item.code for item in validate(named + text("<q/>"))]
    assert is_valid(named + text('<p n="1"/>'))
    assert not is_valid(named + text("<p/>"))


def test_bytes_are_checked_for_their_meaning_too() -> None:
    data = tei('<p xml:id="a" corresp="#b"/><p xml:id="a"/>').encode()
    assert {item.code for item in validate(data, RNG)} >= {"TK201", "TK203"}


def test_what_is_not_well_formed_is_one_finding(small: Path) -> None:
    (finding,) = validate(text('<p n="1">')[:50], small)
    assert finding.code == "TK002"


def test_a_schema_is_loaded_once_and_judges_many(small: Path) -> None:
    schema = Schema.load(small)
    assert schema.is_valid(text('<p n="1"/>'))
    assert not schema.is_valid(text("<p/>"))
    assert schema.is_valid(text('<head>x</head><p n="1"/>'))
    assert [item.code for item in schema.validate(text("<p/>"))] == ["TK103"]


def test_a_schema_travels_to_other_processes(small: Path) -> None:
    schema = load_schema(small)
    again = pickle.loads(pickle.dumps(schema))
    assert again.key == schema.key
    documents = [text(f'<p n="{number}"/>' if number % 2 else "<p/>") for number in range(20)]
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        verdicts = list(pool.map(schema.is_valid, documents))
    assert verdicts == [bool(number % 2) for number in range(20)]


def test_a_schema_that_cannot_be_used_raises_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "bad.rnc"
    path.write_text("start = element a {\n  b }\n", "utf-8")
    with pytest.raises(SchemaError) as caught:
        load_schema(path)
    (finding,) = caught.value.diagnostics
    assert str(finding.location) == "bad.rnc:2:3"
    assert "b" in finding.message


def test_xsd_schemas_have_the_same_interface(tmp_path: Path) -> None:
    path = tmp_path / "a.xsd"
    path.write_text(
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="a"/></xs:schema>',
        "utf-8",
    )
    schema = load_schema(path)
    assert validate(b"<a/>", schema) == ()
    assert [item.location.line for item in validate(b"\n<b/>", schema)] == [2]


# -- what may stand here -------------------------------------------------------------------------


def at(small: Path, inner: str) -> teikit.Expected:
    """What is expected at the ``|`` in the content of the root element."""
    before, _, after = inner.partition("|")
    data = text(before + after)
    line = before.count("\n") + 2
    column = len(before) - (before.rfind("\n") + 1) + 1
    return expected(data, line, column, small)


def test_elements_that_may_stand_here_come_likeliest_first(small: Path) -> None:
    found = at(small, "|")
    assert (found.place, found.parent) == ("content", "TEI")
    assert found.elements == ("p", "head")
    assert found.required == ("p",)
    assert not found.text
    assert not found.end


def test_after_something_only_the_rest_is_expected(small: Path) -> None:
    found = at(small, '<p n="1"/>|')
    assert found.elements == ("p", "closer")
    assert found.required == ()
    assert found.end


def test_text_and_elements_may_stand_in_a_paragraph(small: Path) -> None:
    found = at(small, '<p n="1">words |')
    assert (found.parent, found.text, found.end) == ("p", True, True)
    assert set(found.elements) == {"hi", "date"}


def test_a_begun_tag_does_not_count(small: Path) -> None:
    assert at(small, '<p n="1">words <d|').elements == at(small, '<p n="1">words |').elements


def test_attributes_that_are_not_there_yet(small: Path) -> None:
    found = at(small, '<p rend="bold" |')
    assert (found.place, found.parent) == ("attribute", "p")
    assert found.attributes == ("n", "when")
    assert found.required == ("n",)


def test_values_that_are_listed_and_forms_that_are_not(small: Path) -> None:
    assert at(small, '<p rend="|').values == ("bold", "italic")
    assert at(small, '<p rend="b|').values == ("bold", "italic")
    (form,) = at(small, '<p n="1"><date when="|').forms
    assert "yyyy-mm-dd" in form


def test_a_mistake_before_does_not_end_the_help(small: Path) -> None:
    assert at(small, '<nonsense/><p n="1"/>|').elements == ("p", "closer")


def test_a_document_that_has_not_begun_expects_its_root(small: Path) -> None:
    assert expected(b"", 1, 1, small).elements == ("TEI",)

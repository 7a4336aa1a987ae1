"""Which schemas a file asks for: its xml-model instructions, in order, whatever its encoding."""

from __future__ import annotations

import time

import pytest

from teikit.validation.models import Model, kind, models, sniff

RNG = "http://relaxng.org/ns/structure/1.0"
SCH = "http://purl.oclc.org/dsdl/schematron"
XSD = "http://www.w3.org/2001/XMLSchema"
TEI = '<TEI xmlns="http://www.tei-c.org/ns/1.0">'


def read(text: str) -> list[str]:
    return [model.href for model in models(text.encode())]


def test_the_instructions_come_in_the_order_of_the_file_with_their_places() -> None:
    text = (
        '<?xml version="1.0"?>\n'
        f'<?xml-model href="a.rng" schematypens="{RNG}" type="application/xml"?>\n'
        "<!-- a remark -->\n"
        f"  <?xml-model href='b.sch' schematypens='{SCH}' phase='draft' title='T' group='g'\n"
        "      charset='utf-8'?>\n"
        f"{TEI}</TEI>"
    )
    assert models(text.encode()) == (
        Model("a.rng", "application/xml", RNG, line=2, column=1),
        Model("b.sch", "", SCH, "draft", "T", "utf-8", "g", line=4, column=3),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251", "koi8-r"])
def test_any_encoding_is_read(encoding: str) -> None:
    name = {"utf-8-sig": "utf-8", "cp1251": "windows-1251"}.get(encoding, encoding)
    text = f'<?xml version="1.0" encoding="{name}"?><?xml-model href="схема.rng"?>{TEI}</TEI>'
    assert [model.href for model in models(text.encode(encoding))] == ["схема.rng"]


def test_the_beginning_of_the_file_is_enough_and_the_rest_is_not_read() -> None:
    head = f'<?xml-model href="a.rng"?>{TEI}'.encode()
    assert [model.href for model in models(head)] == ["a.rng"]
    started = time.perf_counter()
    assert models(head + b"<p>&broken" * 5_000_000) == models(head)
    assert time.perf_counter() - started < 0.5


@pytest.mark.parametrize(
    "text",
    [
        f'{TEI}<?xml-model href="a.rng"?></TEI>',
        f'{TEI}</TEI><?xml-model href="a.rng"?>',
        f'<!DOCTYPE TEI [<?xml-model href="a.rng"?>]>{TEI}</TEI>',
        f'<!-- <?xml-model href="a.rng"?> -->{TEI}</TEI>',
        f'<?xml-stylesheet href="a.xsl"?>{TEI}</TEI>',
        "",
        "this is no XML",
        "\x00\x01\x02",
    ],
)
def test_only_instructions_before_the_root_element_count(text: str) -> None:
    assert read(text) == []


def test_what_was_read_before_a_mistake_counts() -> None:
    assert read('<?xml-model href="a.rng"?><TEI <') == ["a.rng"]


def test_references_in_a_value_are_replaced() -> None:
    assert read('<?xml-model href="a&amp;b&#x20;&#39;&lt;&quot;.rng"?><TEI/>') == ["a&b '<\".rng"]


@pytest.mark.parametrize(
    ("instruction", "fault"),
    [
        ("type='application/xml'", "it has no href"),
        ("href=''", "it has no href"),
        ("", "it has no href"),
        ("href=a.rng", "“href=a.rng” is not of the form name=“value”"),
        ("href='a.rng' href='b.rng'", "href stands twice"),
        ("href='a.rng'type='x'", "“href='a.rng'type='x'” is not of the form name=“value”"),
        ("href='a&b.rng'", "& in href is no character"),
        ("href='a&nbsp;.rng'", "&nbsp; in href is no character"),
        ("href='&#0;'", "&#0; in href is no character"),
        ("href='&#xD800;'", "&#xD800; in href is no character"),
        ("href='a<b'", "is not of the form"),
    ],
)
def test_a_broken_instruction_is_kept_with_what_is_wrong(instruction: str, fault: str) -> None:
    (model,) = models(f"<?xml-model {instruction}?>\n<TEI/>".encode())
    assert (model.href, model.line, model.column) == ("", 1, 1)
    assert fault in model.fault


def test_a_pseudo_attribute_that_nobody_knows_is_passed_over() -> None:
    assert read('<?xml-model color="red" href="a.rng"?><TEI/>') == ["a.rng"]


XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'


@pytest.mark.parametrize(
    ("root", "hrefs"),
    [
        (f'<TEI xmlns="urn:a" {XSI} xsi:schemaLocation="urn:b b.xsd urn:a a.xsd"/>', ["a.xsd"]),
        (f'<t:TEI xmlns:t="urn:a" {XSI} xsi:schemaLocation="urn:a\n  a.xsd"/>', ["a.xsd"]),
        (f'<TEI xmlns="urn:a" {XSI} xsi:schemaLocation="urn:b b.xsd"/>', []),
        (f'<TEI xmlns="urn:a" {XSI} xsi:schemaLocation="urn:a"/>', []),
        (f'<TEI {XSI} xsi:noNamespaceSchemaLocation="n.xsd"/>', ["n.xsd"]),
        (f'<TEI xmlns="urn:a" {XSI} xsi:noNamespaceSchemaLocation="n.xsd"/>', []),
        ('<TEI schemaLocation="urn:a a.xsd"/>', []),
    ],
)
def test_without_instructions_the_schema_location_of_the_root_is_taken(
    root: str, hrefs: list[str]
) -> None:
    found = models(f"\n{root}".encode())
    assert [model.href for model in found] == hrefs
    assert all((kind(model), model.line, model.column) == ("xsd", 2, 1) for model in found)


def test_an_instruction_outweighs_the_schema_location() -> None:
    assert read(
        f'<?xml-model href="a.rng"?><TEI {XSI} xsi:noNamespaceSchemaLocation="n.xsd"/>'
    ) == ["a.rng"]


@pytest.mark.parametrize(
    ("model", "language"),
    [
        (Model("a.rng", schematypens=RNG), "relaxng"),
        (Model("a.rng", schematypens=SCH), "schematron"),
        (Model("a.rng", "application/xml", SCH), "schematron"),
        (Model("a.rnc", "application/relax-ng-compact-syntax"), "compact"),
        (Model("a.rnc", "application/relax-ng-compact-syntax", RNG), "compact"),
        (Model("a.rnc", schematypens=RNG), "compact"),
        (Model("a", "Application/XML-DTD; charset=utf-8"), "dtd"),
        (Model("a", "application/relax-ng+xml"), "relaxng"),
        (Model("a.xml", schematypens=XSD), "xsd"),
        (Model("a.xml", schematypens="http://www.tei-c.org/ns/1.0"), "odd"),
        (Model("a.rng", schematypens="http://example.org/language"), "unknown"),
        (Model("https://example.org/a.rng?x=1.xsd#top", "application/xml"), "relaxng"),
        (Model("a.sch", "text/xml"), "schematron"),
        ("folder/a.RNC", "compact"),
        ("a.nvdl", "nvdl"),
        ("a.odd", "odd"),
        ("a.xml", "unknown"),
        ("https://example.org/", "unknown"),
    ],
)
def test_the_language_is_told_by_namespace_then_type_then_ending(
    model: Model | str, language: str
) -> None:
    assert kind(model) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (f'<grammar xmlns="{RNG}"/>', "relaxng"),
        (f'<r:element xmlns:r="{RNG}" name="a"/>', "relaxng"),
        (f'<xs:schema xmlns:xs="{XSD}"/>', "xsd"),
        (f'<schema xmlns="{SCH}"/>', "schematron"),
        (f"{TEI}</TEI>", "odd"),
        ("<html/>", "unknown"),
        ("start = element a { empty }", "unknown"),
    ],
)
def test_a_schema_without_an_ending_is_known_by_its_root(text: str, language: str) -> None:
    assert sniff(text.encode()) == language

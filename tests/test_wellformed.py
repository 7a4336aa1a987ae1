"""What is not well-formed is told at its place, in one finding, with the mend; and quickly.

The collection in ``tests/mistakes`` holds what is commonest; here is the rest: rarer slips, other
encodings and line ends, and input that is made to hurt. That something is wrong, and that the mend
mends it, libxml2 confirms.
"""

from __future__ import annotations

import subprocess
import sys
import time
from xml.parsers import expat

import pytest
from lxml import etree

from teikit import wellformed
from teikit.diagnostics import Diagnostic
from tests.conftest import ROOT, tei

# In the sources below it stands before the place that is told.
HERE = "⟦"
MEGA = 10**6

# What is wrong: the document, words of the message and of a hint, and the document as mended.
SLIPS: dict[str, tuple[str, str, str, str | None]] = {
    "typographic single quotes": (
        "<a x=⟦‘1’/>",
        *("x of <a> is in typographic quotes", 'write x="1"', '<a x="1"/>'),
    ),
    "only the second quote is typographic": (
        '<a><b ⟦x="y”/><c z="1"/></a>',
        *("opens the value of x in <b> is never", 'x="y"', '<a><b x="y"/><c z="1"/></a>'),
    ),
    "a value begins with one quote and ends with the other": (
        "<a><b ⟦x='y\"/><c/></a>",
        *("opens the value of x in <b> is never", "x='y'", "<a><b x='y'/><c/></a>"),
    ),
    "the quote of a value is closed by the next attribute": (
        '<a ⟦x="b c y="2">text</a>',
        *("opens the value of x in <a> is never", 'x="b c"', '<a x="b c" y="2">text</a>'),
    ),
    "the file ends in a value": (
        '<a><p ⟦x="b>text',
        *("opens the value of x in <p> is never closed", 'x="b"', '<a><p x="b">text'),
    ),
    "quotes inside a value": (
        '<a x="so "⟦gut" wie"/>',
        *("ends at its second quote", "&quot;", None),
    ),
    "a quote too many": (
        '<a x="1"⟦" y="2"/>',
        *("a quote too many", "delete it", '<a x="1" y="2"/>'),
    ),
    "no equals sign": (
        '<a x ⟦"1"/>',
        *("= is missing between the attribute x of <a>", 'x="…"', '<a x="1"/>'),
    ),
    "no value after the equals sign": (
        '<a x= ⟦y="2"/>',
        *("the attribute x of <a> has no value after =", 'x="…"', None),
    ),
    "a value without quotes before the end of an empty tag": (
        "<a x=⟦1/>",
        *("is not in quotes", 'x="1"', '<a x="1"/>'),
    ),
    "a value of two words without quotes": (
        "<a x=⟦one two/>",
        *("is not in quotes", 'x="one"', None),
    ),
    "a comma between attributes": (
        '<a x="1"⟦, y="2"/>',
        *("only spaces separate attributes", "delete", '<a x="1"  y="2"/>'),
    ),
    "a no-break space in a tag": (
        '<a x="1"⟦\u00a0y="2"/>',
        *("the space U+00A0 may not stand in a tag", "ordinary", '<a x="1" y="2"/>'),
    ),
    "an invisible character in a name": (
        '<a⟦\u200b x="1"/>',
        *("invisible character U+200B", "delete it", '<a x="1"/>'),
    ),
    "a digit begins a name": (
        '<a ⟦1x="2"/>',
        *("“1” may not begin the name of an attribute: 1x in <a>", "letters", None),
    ),
    "a comma in the name of an element": (
        "<a⟦,b/>",
        *("may not stand in the name of an element: a,b", "letters", None),
    ),
    "slash and bracket are apart": (
        "<a ⟦/ >",
        *("/ and > of <a> are apart", "/>", "<a />"),
    ),
    "markup in a value": (
        '<a x="⟦<b/>"/>',
        *("< may not stand in the value of an attribute (x of <a>)", "&lt;", None),
    ),
    "greater and less than in a value": (
        '<a n="a > b ⟦< c"/>',
        *("< may not stand in the value", "&lt;", '<a n="a > b &lt; c"/>'),
    ),
    "a start-tag runs into the next": (
        '<a>⟦<b x="1" <c/></b></a>',
        *("the tag <b … has no > at its end", '<b x="1">', '<a><b x="1"> <c/></b></a>'),
    ),
    "an end-tag runs into the next": (
        "<a><b>x⟦</b</a>",
        *("the end-tag </b has no >", "write </b>", "<a><b>x</b></a>"),
    ),
    "a space in an end-tag": (
        "<a>⟦</ a>",
        *("a space stands before the name", "write </a>", "<a></a>"),
    ),
    "an attribute in an end-tag": (
        '<a>⟦</a x="1">',
        *("an end-tag holds a name and nothing else", "write </a>", "<a></a>"),
    ),
    "an end-tag without a name": (
        "<a><b>⟦</></a>",
        *("an end-tag without a name", "write </b>", "<a><b></b></a>"),
    ),
    "an end-tag after the end": (
        "<a/>⟦</a>",
        *("</a> closes nothing: the document has ended", "delete </a>", None),
    ),
    "a space after the opening bracket": (
        "<a>⟦< b/></a>",
        *("< does not begin a tag here (inside <a>)", "delete the space", None),
    ),
    "a company with an ampersand": (
        "<a>AT⟦&T</a>",
        *("& begins a character reference, and this is none", "&amp;", "<a>AT&amp;T</a>"),
    ),
    "an ampersand in an address": (
        '<a x="?a=1⟦&copy=2"/>',
        *("& begins a character reference", "&amp;", '<a x="?a=1&amp;copy=2"/>'),
    ),
    "an HTML entity without its semicolon": (
        "<a>x⟦&nbsp y</a>",
        *("&nbsp lacks its semicolon", "&#xA0;", None),
    ),
    "an HTML entity in a value": (
        '<a y="&amp;" x="⟦&eacute;"/>',
        *("&eacute; is not defined", "write é", '<a y="&amp;" x="é"/>'),
    ),
    "an HTML entity for a character of XML": (
        "<a>⟦&LT;</a>",
        *("&LT; is not defined", "write &lt;", "<a>&lt;</a>"),
    ),
    "an unknown entity": (
        "<a>⟦&ed; b</a>",
        *("&ed; is not defined", "&amp;ed;", None),
    ),
    "an entity of a DTD that is not read": (
        '<!DOCTYPE a SYSTEM "http://example.org/x.dtd"><a>⟦&ed;</a>',
        *("&ed; is not defined", "itself", None),
    ),
    "the number of a character without its semicolon": (
        "<a>⟦&#233 x</a>",
        *("&#233 lacks its semicolon", "&#233;", "<a>&#233; x</a>"),
    ),
    "the number of no character": (
        "<a>⟦&#xD800;</a>",
        *("&#xD800; is no character", "delete it", None),
    ),
    "the end of a CDATA section": (
        "<a>x⟦]]>y</a>",
        *("]]> may not stand in the text", "]]&gt;", "<a>x]]&gt;y</a>"),
    ),
    "a CDATA section that is not closed": (
        "<a>⟦<![CDATA[ x </a>",
        *("CDATA section that begins here is never closed", "]]>", None),
    ),
    "a comment that ends in three hyphens": (
        "<a><!-- x ⟦---></a>",
        *("-- may not stand inside a comment", "hyphen", "<a><!-- x - --></a>"),
    ),
    "a comment with a ruled line": (
        "<a><!-- ⟦-----\n-- x --></a>",
        *("-- may not stand inside", "hyphen", "<a><!-- - - - - -\n- - x --></a>"),
    ),
    "a comment that ends with a space": (
        "<a><!-- x ⟦-- ></a>",
        *("a comment ends with -->", "write -->", "<a><!-- x --></a>"),
    ),
    "a comment inside a comment": (
        "<a>⟦<!-- x <!-- y --> z --></a>",
        *("is not closed before another <!-- begins in line", "-->", None),
    ),
    "a comment that ends with an arrow": (
        "<a>⟦<!-- x -> y</a>",
        *("comment that begins here with <!-- is never closed", "-->", "<a><!-- x --> y</a>"),
    ),
    "a comment with one hyphen": (
        "<a>⟦<!- x --></a>",
        *("a comment begins with <!--", "<!--", "<a><!-- x --></a>"),
    ),
    "an instruction that is not closed": (
        '<a>⟦<?pb n="3"></a>',
        *("the processing instruction <?pb is never closed", "?>", None),
    ),
    "text before the first tag": (
        "⟦hello <a/>",
        *("text stands before the first tag: “hello”", "delete it", None),
    ),
    "text after the last tag": (
        "<a/>\n⟦bye",
        *("text stands after the end of the document: “bye”", "delete it", None),
    ),
    "something that is not XML": (
        "⟦{'a': 1}",
        *("the file is not XML: it begins with “{'a': 1}”", "right file", None),
    ),
    "a space before the XML declaration": (
        ' ⟦<?xml version="1.0"?><a/>',
        *("may only begin the file", "white space before it", '<?xml version="1.0"?><a/>'),
    ),
    "a DOCTYPE inside": (
        "<a>⟦<!DOCTYPE a></a>",
        *("a DOCTYPE may only stand before the root", "delete", None),
    ),
    "the DOCTYPE of HTML": (
        "⟦<!doctype html><a/>",
        *("<!DOCTYPE is written in capital letters", "delete it", None),
    ),
    "an empty element that is always so": (
        '<a>x⟦<lb n="2">y<lb>z</a>',
        *("<lb> is never closed", 'write <lb n="2"/>', '<a>x<lb n="2"/>y<lb/>z</a>'),
    ),
    "the line break of HTML": (
        "<a>x⟦<br>y</a>",
        *("<br> is never closed: </a>", "write <lb/>", None),
    ),
    "an element that is mostly empty": (
        '<a>x⟦<gap reason="lost">y</a>',
        *("<gap> is never closed", 'write <gap reason="lost"/>', None),
    ),
    "a start-tag for an end-tag": (
        "<a><p>x⟦<p></a>",
        *("<p> is never closed: </a>", "if this tag should end the <p> of line 1", None),
    ),
    "an end-tag that is misspelt": (
        "<a><persName>x⟦</persNmae></a>",
        *("</persNmae> closes nothing", "write </persName>", "<a><persName>x</persName></a>"),
    ),
    "a prefix that everybody knows": (
        '<a>⟦<xi:include href="x"/></a>',
        *("the prefix xi: is not declared: the element <xi:include>", "XInclude", None),
    ),
    "a prefix of an attribute": (
        '<a xmlns:q="u"><b q:x="1" ⟦t:x="1"/></a>',
        *("the prefix t: is not declared: the attribute t:x of <b>", "xmlns:t=", None),
    ),
    "one attribute by two prefixes": (
        '⟦<a xmlns:x="u" xmlns:y="u" x:k="" y:k=""/>',
        *("two attributes of this tag are the same", "delete one", None),
    ),
    "one attribute twice with one value": (
        '<a x="1" ⟦x="1"/>',
        *("the attribute x stands twice", "delete one", '<a x="1"/>'),
    ),
    "a prefix that means nothing": (
        '⟦<a xmlns:b=""/>',
        *("is declared as nothing", "delete the declaration", None),
    ),
}
DECLARATIONS = {
    "without quotes": "<?xml version=⟦1.0?>",
    "without a version": '<?xml ⟦encoding="UTF-8"?>',
    "with typographic quotes": '<?xml version="1.0" encoding=⟦“UTF-8”?>',
    "with a space in the encoding": '<?xml version="1.0" encoding="UTF⟦ 8"?>',
    "that ends like a tag": '⟦<?xml version="1.0" encoding="UTF-8">',
}


def refusal(data: bytes) -> Diagnostic:
    """The one finding about a file that is not well-formed."""
    found = wellformed.scan(data, "a.xml")
    assert isinstance(found, Diagnostic)
    return found


def placed(marked: str) -> tuple[str, tuple[int, int]]:
    """The source without the mark, and the line and column where the mark was."""
    before, after = marked.split(HERE)
    lines = before.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    return before + after, (len(lines), len(lines[-1]) + 1)


def place(finding: Diagnostic) -> tuple[int | None, int | None]:
    return finding.location.line, finding.location.column


def mended(data: bytes, finding: Diagnostic) -> bytes:
    """The file after the edits of the fix."""
    assert finding.fix is not None
    for edit in sorted(finding.fix.edits, key=lambda edit: edit.start, reverse=True):
        data = data[: edit.start] + edit.text.encode() + data[edit.end :]
    return data


# --- Slips ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", SLIPS)
def test_a_slip_is_told_at_its_place_with_the_mend(what: str) -> None:
    marked, message, hint, after = SLIPS[what]
    text, where = placed(marked)
    finding = refusal(text.encode())
    assert (finding.code, place(finding)) == ("TK002", where), finding
    assert message in finding.message
    assert hint in " | ".join(finding.hints)
    if after is not None:
        assert mended(text.encode(), finding).decode() == after


@pytest.mark.parametrize("what", SLIPS)
def test_libxml2_refuses_the_slip_too_and_takes_what_is_mended(what: str) -> None:
    text = SLIPS[what][0].replace(HERE, "")
    if "SYSTEM" not in text:  # it lets pass what a DTD might define
        with pytest.raises(etree.XMLSyntaxError):
            etree.fromstring(text.encode())
    finding = refusal(text.encode())
    if finding.fix is not None and what != "the file ends in a value":
        etree.fromstring(mended(text.encode(), finding))


@pytest.mark.parametrize("what", SLIPS)
@pytest.mark.parametrize("coding", ["utf-8-sig", "utf-16", "utf-16-be"])
def test_the_place_and_the_words_are_the_same_in_other_bytes(what: str, coding: str) -> None:
    text, where = placed(SLIPS[what][0])
    mark = "\ufeff" if coding == "utf-16-be" else ""
    finding = refusal((mark + text).encode(coding))
    assert (finding.message, place(finding)) == (refusal(text.encode()).message, where)


@pytest.mark.parametrize("what", SLIPS)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_columns_are_characters_after_other_scripts_and_line_ends(what: str, end: str) -> None:
    marked = SLIPS[what][0]
    if "DOCTYPE" in marked or "<?xml" in marked or marked.startswith(HERE + "{"):
        pytest.skip("nothing may stand before it")
    head = f"<!-- Комментарий 😀 & é -->{end}<?о x?> <!-- ё -->"
    text, where = placed(head + marked.replace("\n", end))
    finding = refusal(text.encode())
    assert place(finding) == where
    if finding.fix is not None:  # the bytes of the edits moved with the place
        alone = refusal(marked.replace(HERE, "").replace("\n", end).encode())
        assert alone.fix is not None
        moved = len(head.encode())
        assert [(edit.start - moved, edit.end - moved) for edit in finding.fix.edits] == [
            (edit.start, edit.end) for edit in alone.fix.edits
        ]


@pytest.mark.parametrize("what", DECLARATIONS)
def test_a_broken_xml_declaration_is_written_anew(what: str) -> None:
    text, where = placed(DECLARATIONS[what] + "<a/>")
    finding = refusal(text.encode())
    assert place(finding) == where
    assert '<?xml version="1.0" encoding="UTF-8"?>' in finding.hints[0]
    assert mended(text.encode(), finding) == b'<?xml version="1.0" encoding="UTF-8"?><a/>'


def test_the_innermost_open_element_is_named() -> None:
    finding = refusal(b"<a><p>x<lb>y<hi>z</p></a>")
    assert place(finding) == (1, 13)
    assert finding.message == "<hi> is never closed: </p> in line 1 comes first"


def test_a_known_prefix_is_declared_by_the_fix_in_the_root() -> None:
    source = tei("<p><xi:include href='b.xml'/></p>").encode()
    result = mended(source, refusal(source))
    assert b'<TEI xmlns:xi="http://www.w3.org/2001/XInclude" xmlns=' in result
    assert not isinstance(wellformed.scan(result, "a.xml"), Diagnostic)


def test_an_attribute_written_twice_shows_where_the_first_is() -> None:
    finding = refusal(b'<a>\n<b x="1"\n  x="2"/></a>')
    assert place(finding) == (3, 3)
    assert [(item.location.line, item.location.column) for item in finding.related] == [(2, 4)]
    assert 'x="1 2"' in finding.hints[1]


def test_a_fix_is_given_only_where_its_bytes_would_be_right() -> None:
    declaration = '<?xml version="1.0" encoding="windows-1251"?>\n'
    finding = refusal(f"{declaration}<a>Пётр & Яков</a>".encode("cp1251"))
    assert place(finding) == (2, 9)
    assert finding.fix is None


def test_a_dtd_that_cannot_be_reached_is_no_mistake() -> None:
    source = b'<!DOCTYPE TEI SYSTEM "http://nowhere.invalid/tei.dtd"><TEI>a &amp; b</TEI>'
    assert not isinstance(wellformed.scan(source, "a.xml"), Diagnostic)


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_tags_and_attributes_are_found_in_any_encoding(coding: str) -> None:
    scan = wellformed.scan('<a>Пётр 😀 <b\r\n x="ё" xml:id="k"> w</b></a>'.encode(coding), "a.xml")
    assert not isinstance(scan, Diagnostic)
    assert scan.place(0) == (1, 1)
    assert scan.place(1) == (1, 11)
    assert scan.place(1, "id") == (2, 8)
    assert scan.words(1, after=False) == (2, 20)


def test_words_after_an_element_are_found_whether_it_is_empty_or_not() -> None:
    scan = wellformed.scan(b"<a><b/> x <c>y/></c>\n z<d/></a>", "a.xml")
    assert not isinstance(scan, Diagnostic)
    assert [scan.words(index, after=True) for index in (1, 2, 3)] == [(1, 9), (2, 2), (2, 7)]


# --- Encodings -----------------------------------------------------------------------------------


def declared(name: str, text: str = "é") -> str:
    return f'<?xml version="1.0" encoding="{name}"?>\n<a>{text}</a>'


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("utf8", "says utf8, but XML calls that encoding UTF-8"),
        ("windows-1251", "says windows-1251, but the bytes are UTF-8"),
        ("latin1", "says latin1, but the bytes are UTF-8"),
        ("US-ASCII", "says US-ASCII, but the bytes are UTF-8"),
        ("shift_jis", "says shift_jis, but the bytes are UTF-8"),
        ("UTF-16", "says UTF-16, but the file was not saved so"),
        ("UTF-32", "says UTF-32, but the file was not saved so"),
        ("nonsense", "an encoding nobody knows: nonsense"),
        ("rot13", "an encoding nobody knows: rot13"),
        ("undefined", "an encoding nobody knows: undefined"),
        ("x" * 90, f"an encoding nobody knows: {'x' * 39}…"),
    ],
)
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_wrong_name_for_utf_8_is_mended(name: str, message: str, mark: str) -> None:
    source = (mark + declared(name)).encode()
    finding = refusal(source)
    assert (finding.code, place(finding)) == ("TK003", (1, 1))
    assert message in finding.message
    result = mended(source, finding)
    assert result == (mark + declared("UTF-8")).encode()
    assert not isinstance(wellformed.scan(result, "a.xml"), Diagnostic)


@pytest.mark.parametrize("name", ["utf8", "windows-1251", "koi8-r", "ISO-8859-1", "ascii"])
def test_where_only_ascii_is_used_any_of_its_supersets_will_do(name: str) -> None:
    assert not isinstance(wellformed.scan(declared(name, "e").encode(), "a.xml"), Diagnostic)


@pytest.mark.parametrize(
    ("coding", "message"),
    [
        ("shift_jis", "an encoding that XML tools do not read: shift_jis"),
        ("gbk", "an encoding that XML tools do not read: gbk"),
        ("utf-7", "an encoding that XML tools do not read: utf-7"),
        ("utf-32", "the file is in UTF-32"),
        ("utf-32-be", "the file is in UTF-32"),
    ],
)
def test_what_no_xml_tool_reads_is_to_be_saved_as_utf_8(coding: str, message: str) -> None:
    finding = refusal(declared(coding, "Пётр").encode(coding))
    assert (finding.code, place(finding)) == ("TK003", (1, 1))
    assert message in finding.message
    assert any("save the file as UTF-8" in hint for hint in finding.hints)
    assert finding.fix is None


@pytest.mark.parametrize("coding", ["cp1251", "koi8-r", "iso8859-5", "utf-16", "utf-8"])
def test_what_is_in_the_encoding_that_it_names_is_read(coding: str) -> None:
    scan = wellformed.scan(declared(coding, "Пётр").encode(coding), "a.xml")
    assert not isinstance(scan, Diagnostic)


@pytest.mark.parametrize("name", ["UTF-8", "windows-1251", "UTF-16BE"])
def test_two_bytes_a_character_are_not_what_the_file_says(name: str) -> None:
    finding = refusal(declared(name).encode("utf-16"))
    assert (finding.code, place(finding)) == ("TK003", (1, 1))
    assert f"says {name}, but the file was saved as UTF-16" in finding.message


@pytest.mark.parametrize("name", ["utf8", "shift_jis", "undefined", "nonsense", "UTF-8", "koi8-r"])
def test_whether_expat_can_read_an_encoding_is_known_beforehand(name: str) -> None:
    data = declared(name, "e").encode()
    try:
        expat.ParserCreate().Parse(data, True)
    except (LookupError, ValueError):
        assert not wellformed.readable(data)
    else:
        assert wellformed.readable(data)


@pytest.mark.parametrize(
    ("data", "where", "message"),
    [
        ("<a>é\ud800</a>".encode("utf-8", "surrogatepass"), (1, 5), "half a character"),
        ("\ufeff<a>é\ud800</a>".encode("utf-16-le", "surrogatepass"), (1, 5), "half a character"),
        ("<a>é</a>".encode("utf-16")[:-1], (1, 8), "ends in the middle of a character"),
        ("<a>\r\nПётр ".encode() + "Яков</a>".encode("cp1251"), (2, 6), "byte 0xDF is not UTF-8"),
        (declared("cp1252", "\x81").encode("latin1"), (2, 4), "byte 0x81 is not cp1252"),
    ],
)
def test_a_byte_that_is_no_character_is_told_at_its_place(
    data: bytes, where: tuple[int, int], message: str
) -> None:
    finding = refusal(data)
    assert (finding.code, place(finding)) == ("TK003", where)
    assert message in finding.message


@pytest.mark.parametrize(
    ("data", "code", "message"),
    [
        (b"\x00" * 1000, "TK006", "only null bytes"),
        (b"\xef\xbb\xbf\n", "TK006", "the file is empty"),
        (b"PK\x03\x04\x14\x00", "TK002", "a ZIP archive"),
        (b"%PDF-1.7\n%\xe2\xe3", "TK002", "a PDF"),
        (b"<a>\x00</a>", "TK002", "the control character U+0000"),
        ("<a>\uffff</a>".encode(), "TK002", "the character U+FFFF"),
    ],
)
def test_what_is_no_text_is_said_so(data: bytes, code: str, message: str) -> None:
    finding = refusal(data)
    assert finding.code == code
    assert message in finding.message


# --- Hostile input -------------------------------------------------------------------------------


def attributes(last: str) -> str:
    many = " ".join(f'x{number}="1"' for number in range(100_000))
    return f"<a {many} {last}/>"


HOSTILE: dict[str, tuple[bytes, str]] = {
    "a name of a megabyte": (f"<{'x' * MEGA}></b>".encode(), "TK002"),
    "an end-tag of a megabyte": (f"<b></{'x' * MEGA}>".encode(), "TK002"),
    "a prefix of a megabyte": (f"<{'x' * MEGA}:b/>".encode(), "TK002"),
    "an entity of a megabyte": (f"<a>&{'x' * MEGA};</a>".encode(), "TK002"),
    "a reference of a megabyte": (f"<a>&{'x' * MEGA} </a>".encode(), "TK002"),
    "an entity declared by a megabyte": (
        f'<!DOCTYPE a [<!ENTITY {"x" * MEGA} "y">]><a/>'.encode(),
        "TK004",
    ),
    "an attribute of a megabyte": (f"<a {'x' * MEGA}></a>".encode(), "TK002"),
    "a megabyte twice": (f'<a {"x" * MEGA}="1" {"x" * MEGA}="2"/>'.encode(), "TK002"),
    "a value of a megabyte": (f'<a b="{"x " * MEGA}'.encode(), "TK002"),
    "a value of spaces": (f'<a b="{" " * MEGA}="c'.encode(), "TK002"),
    "a value without quotes": (f"<a b={'x' * MEGA}/>".encode(), "TK002"),
    "a value in typographic quotes": (f"<a b=“{'x' * MEGA}”/>".encode(), "TK002"),
    "attributes by the hundred thousand": (attributes('x5="2"').encode(), "TK002"),
    "attributes and an undeclared prefix": (attributes('t:x="2"').encode(), "TK002"),
    "attributes and one without quotes": (attributes("y=2").encode(), "TK002"),
    "attributes without values": (f"<a {'x ' * MEGA}/>".encode(), "TK002"),
    "a depth of a million": (b"<a>" * MEGA, "TK005"),
    "a million ampersands": (b"<a>" + b"&a" * MEGA, "TK002"),
    "a million opening brackets": (b"<a>" + b"<" * MEGA, "TK002"),
    "a million hyphens": (b"<a><!--" + b"-" * MEGA + b"--></a>", "TK002"),
    "a million comments in one": (b"<a>" + b"<!-- " * MEGA, "TK002"),
    "a million quotes in a DOCTYPE": (b"<!DOCTYPE a [" + b'"' * MEGA, "TK002"),
    "a tag of a megabyte of spaces": (b"<a" + b" " * MEGA + b"<", "TK002"),
    "an encoding of a megabyte": (declared("x" * MEGA).encode(), "TK003"),
    "null bytes": (b"<a>" + b"\x00" * MEGA, "TK002"),
    "bytes of no encoding": (b"\xff\xff" * MEGA, "TK003"),
    "a bad byte at the end": (b"<a>" + "é".encode() * 25 * MEGA + b"\xe9</a>", "TK003"),
    "nothing but bad bytes": (b"<a>" + b"\xe9" * 50 * MEGA + b"</a>", "TK003"),
    "one line of 50 MB": (b"<a>" + b"x " * 25 * MEGA + b"&", "TK002"),
    "millions of lines": (b"<a>" + b"\r\n" * 5 * MEGA + b"&", "TK002"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_input_ends_quickly_in_one_short_finding(what: str) -> None:
    data, code = HOSTILE[what]
    begun = time.process_time()
    finding = refusal(data)
    assert time.process_time() - begun < 5
    assert finding.code == code
    words = (finding.message, *finding.hints, *finding.expected)
    words += tuple(item.message for item in finding.related)
    assert max(map(len, words)) < 250


def test_what_explains_is_loaded_only_where_something_is_wrong() -> None:
    script = (
        "import sys\nfrom teikit import wellformed\n"
        "wellformed.scan(b'<a>&amp;</a>', 'a')\n"
        "print(*(set(sys.modules) & {'difflib', 'html.entities', 'teikit.wellformed.explain'}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == []

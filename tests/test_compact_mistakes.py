"""Mistakes in the compact syntax: each is explained at its place, and none stops the program."""

from __future__ import annotations

import re

import pytest

from teikit.validation.relaxng.compact_annotations import MAX_DEPTH
from teikit.validation.relaxng.tree import SchemaError
from tests.test_compact import SAMPLE, error_of, members, mutations, read

# A schema, then line:column and message, then the hints, each indented.
MISTAKES = r"""
--- operators and parentheses

start = a, b | c
1:14 `|` cannot follow `,` without parentheses
  write `(a, b) | c` or `a, (b | c)`

start = a & (b, c), d
1:19 `,` cannot follow `&` without parentheses
  write `(a & b), c` or `a & (b, c)`

start = a+?
1:11 `?` cannot follow `+`
  write one of `*`, `+` and `?`

start = xsd:int - "1" | "2"
1:9 a datatype with `-` needs parentheses here
  write (type - exception)

start = "2" | xsd:int - "1"
1:15 a datatype with `-` needs parentheses here
  write (type - exception)

element * - a | b { text }
1:9 a name class with `-` needs parentheses beside `|`
  write (* - a) | b, or * - (a | b)

start = element a { "3" - "4" }
1:25 `-` cannot stand here: expected `}` for the `{` in line 1
  `-` follows `*`, `p:*` or a datatype

--- parts that are missing

element a {}
1:12 `}` cannot stand here: expected a pattern
  if nothing may stand there, write `empty`

element a { text, }
1:19 `}` cannot stand here: expected a pattern
  write a pattern after `,`, or delete it

element a { *b }
1:13 `*` cannot stand here: expected a pattern
  `*` stands after what is repeated

element a { p:* }
1:13 `p:*` cannot stand here: expected a pattern
  names with `*` stand after `element` or `attribute`

element a { b
c }
2:1 `c` cannot stand here: expected `}` for the `{` in line 1
  join patterns by `,` (in this order), `|` (one of them) or `&` (in any order)

element a {
 (b ]
2:5 `]` cannot stand here: expected `)` for the `(` in line 2

element { text }
1:9 `{` cannot stand here: expected a name

element "a" { text }
1:9 the string “a” cannot stand here: expected a name
  a name is written without quotes

element a text
1:11 `text` cannot stand here: expected `{`

start =
  element a {
    b
3:6 the schema ends, but the `{` in line 2, column 13 is still open

div { start = a
1:16 the schema ends, but the `{` in line 1, column 5 is still open

xsd:int { a "1" }
1:13 the string “1” cannot stand here: expected `=`

xsd:int { a = b }
1:15 `b` cannot stand here: expected the value of the parameter in quotes

xsd:int { "a" }
1:11 the string “a” cannot stand here: expected a parameter (`name = "value"`)

"a" ~ b
1:7 `b` cannot stand here: expected another string after `~`

--- definitions

start = a
}
2:1 `}` cannot stand here: expected a definition (`name = …`), `start`, `div` or `include`
  no `{` is open here: delete it

list = text
1:1 `list` cannot stand here: expected a definition (`name = …`), `start`, `div` or `include`
  `list` is a keyword; as a name it is written `\list`

p:a = text
1:1 `p:a` cannot stand here: expected a definition (`name = …`), `start`, `div` or `include`
  definitions have names without a prefix: `p.a`

start = a
namespace p = "x"
2:1 `namespace` cannot stand here: expected a definition (`name = …`), `start`, `div` or `include`
  declarations stand at the top of the file, before all definitions

## The schema.
namespace p = "x"
start = a
2:1 `namespace` cannot stand here: expected a pattern
  declarations stand at the top of the file
  a comment before them begins with one `#`: `##` describes patterns

start = a text
1:11 `text` cannot stand here: expected a definition (`name = …`), `start`, `div` or `include`
  join patterns by `,` (in this order), `|` (one of them) or `&` (in any order)

b [ ]
element a { text }
2:1 `element` cannot stand here: expected a definition (`name = …`), `start`, `div` or `include`
  the root's pattern follows `start =`

start = a \list
1:11 `\list` cannot stand here: expected a definition (`name = …`), `start`, `div` or `include`
  join patterns by `,` (in this order), `|` (one of them) or `&` (in any order)

include "x" { include "y" }
1:15 `include` cannot stand here: expected a definition (`name = …`), `start` or `div`
  an include holds only what replaces definitions of the included schema

element a { text } element b { text }
1:20 `element` cannot stand here: expected the end of the schema after its pattern
  join patterns by `,` (in this order), `|` (one of them) or `&` (in any order)

element a { text } p:b [ ]
1:20 `p:b` cannot stand here: expected the end of the schema after its pattern
  an annotation after a pattern begins with `>>`

a b
1:3 `b` cannot stand here: expected the end of the schema after its pattern
  a definition is written `name = …`

start = start
1:9 `start` cannot stand here: expected a pattern
  `start` is a keyword; as a name it is written `\start`

start = parent text
1:16 `text` cannot stand here: expected the name of a definition of the outer grammar
  as a name it is written `\text`

include x
1:9 `x` cannot stand here: expected the address of a schema in quotes after `include`

include "%"
1:9 “%” is not a URI reference

--- declarations

element p:a { text }
1:9 the prefix `p` is not declared
  declare it at the top: namespace p = "…"

namespace tei = "x"
element tie:* { text }
2:9 the prefix `tie` is not declared
  declare it at the top: namespace tie = "…"

start = xs:int
1:9 the datatype prefix `xs` is not declared
  did you mean xsd?
  declare it at the top: datatypes xs = "…"

external "x" inherit = p
1:24 the prefix `p` is not declared
  declare it at the top: namespace p = "…"

namespace p = "a"
namespace q = "a"
namespace p = "b"
text
3:11 the prefix `p` is declared twice: also in line 1
  delete one of the two

default namespace = "a"
default namespace p = "b"
text
2:1 the default namespace is declared twice: also in line 1
  delete one of the two

datatypes d = "a:b"
datatypes d = "a:b"
text
2:11 the datatype prefix `d` is declared twice: also in line 1
  delete one of the two

namespace xmlns = "a"
text
1:11 the prefix `xmlns` cannot be declared
  choose another prefix

namespace xml = "a"
text
1:11 the prefix `xml` always means http://www.w3.org/XML/1998/namespace
  `xml` is known without a declaration

namespace x = "http://www.w3.org/XML/1998/namespace"
text
1:11 the prefix of http://www.w3.org/XML/1998/namespace is `xml`
  `xml` is known without a declaration

datatypes d = "types"
text
1:15 the datatype library “types” is not an absolute URI without fragment

namespace a = b
text
1:15 `b` cannot stand here: expected the namespace in quotes, or `inherit`

default a = "b"
1:9 `a` cannot stand here: expected `namespace`

namespace = "b"
1:11 `=` cannot stand here: expected a prefix

--- annotations

start = [ a = "1" ] text
1:11 the annotation attribute `a` has no namespace
  give it a prefix: `p:name`

namespace a = "http://relaxng.org/ns/compatibility/annotations/1.0"
a:b [ x = "1" "text" y = "2" ]
2:22 the attribute `y` comes after elements or text
  attributes stand first

namespace a = "http://relaxng.org/ns/compatibility/annotations/1.0"
[ a:x = "1" a:x = "2" ] start = b
2:13 the annotation attribute `a:x` stands twice

b [ xmlns = "1" ]
1:5 an annotation attribute cannot be called xmlns

namespace r = "http://relaxng.org/ns/structure/1.0"
r:b [ ]
2:1 an annotation cannot be in the namespace of RELAX NG

namespace r = "http://relaxng.org/ns/structure/1.0"
[ r:b = "1" ] text
2:3 an annotation cannot be in the namespace of RELAX NG

namespace p = inherit
p:b [ ]
2:1 an annotation cannot have the prefix `p`, which is inherited
  declare a prefix with a namespace in quotes

b [ c [ ]
1:10 the schema ends, but the `[` in line 1, column 3 is still open

start = [ c [ ]
1:16 the schema ends, but the `[` in line 1, column 9 is still open

start = text >> {
1:17 `{` cannot stand here: expected an annotation (`name [ … ]`)

start = text >> a
1:18 the schema ends too early: expected `[`

start = a
## the end
2:11 the schema ends too early: expected a definition (`name = …`), `start`, `div` or `include`
  the annotation before it describes nothing

element a { text } ## the end
1:20 documentation (`##`) cannot stand here: expected the end of the schema after its pattern

--- characters

start = a;
1:10 `;` has no meaning in the compact syntax
  definitions follow each other without a mark between them

// a comment
1:1 `/` has no meaning in the compact syntax
  a comment begins with `#` and ends with the line

start = “a”
1:9 `“` has no meaning in the compact syntax
  strings stand in straight quotes: "…" or '…'

element p : a { text }
1:11 `:` has no meaning in the compact syntax
  write a prefix and its name without spaces: `p:name`, `p:*`

element 1a { text }
1:9 `1` has no meaning in the compact syntax
  a name begins with a letter or _; a value stands in quotes

element × { text }
1:9 `×` has no meaning in the compact syntax

element a•b { text }
1:9 “a•b” is not an XML name
  a name begins with a letter or _, then come letters, digits, . - and _

<grammar xmlns="http://relaxng.org/ns/structure/1.0"/>
1:1 this is XML, not the compact syntax
  a schema in the XML syntax of RELAX NG is read as such if its name ends in .rng

start = "é\x{e9}" | "\x{g}"
1:22 after `\x{` a hexadecimal number and `}` must follow
  `\x{E9}` is the letter é; the name x needs no `\`

"\x{0}"
1:2 `\x{0}` is not a character that XML allows

"\x{00D800}"
1:2 `\x{D800}` is not a character that XML allows

"\x{110000}"
1:2 `\x{110000}` is not a character that XML allows
"""


def mistakes() -> list[tuple[str, str, str, list[str]]]:
    """The table as schema, place, message and hints."""
    found = []
    for block in MISTAKES.strip().split("\n\n"):
        if block.startswith("--- "):
            continue
        parts = re.fullmatch(r"(.+)\n(\d+:\d+) (.+?)((?:\n  .+)*)", block, re.DOTALL)
        assert parts is not None, block
        schema, place, message, hints = parts.groups()
        found.append((schema, place, message, hints.split("\n  ")[1:]))
    return found


@pytest.mark.parametrize(("schema", "place", "message", "hints"), mistakes())
def test_a_mistake_is_explained_at_its_place(
    schema: str, place: str, message: str, hints: list[str]
) -> None:
    assert_refused(schema, place, message, hints)


@pytest.mark.parametrize(
    ("schema", "place", "message", "hints"),
    [
        ("start = ", "1:9", "the schema ends too early: expected a pattern", []),
        (
            "xsd:int { ",
            "1:11",
            "the schema ends, but the `{` in line 1, column 9 is still open",
            [],
        ),
        (
            'start = "a\n"',
            "1:9",
            "the string that begins here does not end",
            ['a string ends on its line; one of several lines stands in """'],
        ),
        (
            "start = '''a'",
            "1:9",
            "the string that begins here does not end",
            ["write ''' where it ends"],
        ),
        ('"\uffff"', "1:2", "the character U+FFFF is not allowed in XML", ["delete it"]),
        ('# a\n"\x0c"', "2:2", "the character U+000C is not allowed in XML", ["delete it"]),
        (
            b"s\0t\0a\0",
            "1:2",
            "the character U+0000 is not allowed in XML",
            ["a schema is in UTF-8, or in UTF-16 with a byte order mark"],
        ),
        (
            "# ï\r\nstart = ".encode() + b'"\xe9t\xe9"',
            "2:10",
            "byte 0xE9 is not UTF-8",
            ["save the file as UTF-8; in Windows-1252 this byte is “é”"],
        ),
        (
            b"\xff\xfea\0\n\0b\0\x00\xdc",
            "2:2",
            "byte 0x00 is not UTF-16",
            ["save the file as UTF-8"],
        ),
    ],
)
def test_a_mistake_in_characters_or_at_the_end_is_explained_too(
    schema: str | bytes, place: str, message: str, hints: list[str]
) -> None:
    assert_refused(schema, place, message, hints)


def assert_refused(schema: str | bytes, place: str, message: str, hints: list[str]) -> None:
    with pytest.raises(SchemaError) as caught:
        read(schema)
    (finding,) = caught.value.diagnostics
    assert finding.code == "TK109"
    assert (str(finding.location), finding.message) == (f"s.rnc:{place}", message)
    assert list(finding.hints) == hints


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        ("(", ")"),
        ("element a { ", "}"),
        ("grammar { start = ", "}"),
        ("element (", ")"),
        ("xsd:int - (", ")"),
        ("grammar { ", "}"),
        ("grammar { div { ", "}}"),
    ],
)
def test_absurd_depth_is_refused(begin: str, end: str) -> None:
    levels = 100_000
    for text in (begin * levels, begin * levels + "text" + end * levels):
        error = error_of(text.encode())
        assert error is not None


def test_what_is_too_deep_is_said() -> None:
    for levels, accepted in ((MAX_DEPTH - 1, True), (MAX_DEPTH, False)):
        error = error_of(b"(" * levels + b"text" + b")" * levels)
        assert (error is None) == accepted
    assert str(error) == f"the schema nests patterns more than {MAX_DEPTH} deep"


def test_annotations_may_be_deep() -> None:
    levels = 100_000
    assert members("a [" * levels + "]" * levels + " start = text") == ["start(text)"]


@pytest.mark.parametrize("text", ["text {}", "element {}:a {{ text }}", "start = {}:a", "é•{}"])
def test_a_name_of_a_megabyte_is_not_quoted_in_full(text: str) -> None:
    error = error_of(text.format("a" * 1_000_000).encode())
    assert error is not None
    (finding,) = error.diagnostics
    assert max(map(len, (finding.message, *finding.hints))) < 300


@pytest.mark.parametrize(
    "text",
    [
        "#" * 1_000_000,
        " " * 1_000_000 + ";",
        "# a\n" * 100_000 + ";",
        '"' * 300_001,
        "'''" + "''" * 300_000,
        "[" * 300_000,
        "a" * 1_000_000,
        r"\x{" + "0" * 1_000_000 + "41}",
        r"\x{" + "F" * 1_000_000 + "}",
        "a|" * 100_000 + "a",
        'start = "x"' + '~"x"' * 100_000,
    ],
)
def test_hostile_text_is_judged_quickly(text: str) -> None:
    # No limit of time is set: what took quadratic time would hold up the tests for minutes.
    error_of(text.encode())


def test_broken_schemas_are_refused_with_a_place_or_read() -> None:
    refused = 0
    for text in mutations(SAMPLE, seed=1, count=1500):
        error = error_of(text.encode())
        if error is not None:
            refused += 1
            (finding,) = error.diagnostics
            lines = text.split("\n")
            assert finding.location.line is not None and finding.location.column is not None
            assert finding.location.column <= len(lines[finding.location.line - 1]) + 1
    assert refused > 500


def test_a_schema_cut_off_anywhere_is_refused_or_read() -> None:
    data = SAMPLE.encode()
    for length in range(len(data)):
        error_of(data[:length])

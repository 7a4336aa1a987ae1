"""Datatypes: what each type takes, what its values mean, and what is said of a wrong one.

The tables stand in ``tests/datatypes.py``. They are put to jing too, where it can be run; where
jing, libxml2 (through lxml) or xmlschema judge differently, tables there say who is right.
"""

from __future__ import annotations

import pickle
import re
import subprocess
import sys
import time
import warnings
from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

import pytest
from lxml import etree

from teikit.validation.relaxng import lexical
from teikit.validation.relaxng.datatypes import Datatype, DatatypeError, datatype
from teikit.validation.relaxng.tree import XSD_TYPES
from tests import jing
from tests.conftest import ROOT, absent
from tests.datatypes import (
    DIFFERENT,
    EQUAL,
    FACETS,
    JING_DIFFERS,
    JING_LAX,
    LIBXML2,
    RIGHT,
    ROWS,
    WRONG,
    XMLSCHEMA,
    Params,
)

COMPATIBILITY = "http://relaxng.org/ns/compatibility/datatypes/1.0"
NAMESPACES = {"p": "urn:p", "q": "urn:p", "z": "urn:z"}


def xsd(name: str, *params: tuple[str, str]) -> Datatype:
    return datatype(XSD_TYPES, name, params)


# -- what is a value -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", dict.fromkeys(name for name, _, _ in ROWS))
def test_a_type_takes_its_values_and_nothing_else(name: str) -> None:
    kind = xsd(name)
    wrong = [
        text for type_, text, ok in ROWS if type_ == name and kind.allows(text, NAMESPACES) != ok
    ]
    assert wrong == []


def test_all_forty_four_types_of_xsd_are_there() -> None:
    assert len({name for name, _, _ in ROWS}) == 44


def test_the_built_in_types_take_everything() -> None:
    assert datatype("", "string").allows(" \n ")
    assert datatype("", "token").allows(" \n ")
    assert datatype("", "string").value(" a") != datatype("", "string").value("a")
    assert datatype("", "token").value(" a\n b") == datatype("", "token").value("a b ")


def test_an_entity_must_be_declared_in_the_dtd() -> None:
    declared = {"&portrait": "", "&map": ""}
    assert xsd("ENTITY").allows("portrait", declared)
    assert not xsd("ENTITY").allows("portrait")
    assert xsd("ENTITIES").allows("portrait map", declared)
    assert not xsd("ENTITIES").allows("portrait plan", declared)


@pytest.mark.parametrize("library", [XSD_TYPES, COMPATIBILITY])
def test_identifiers_are_known_as_such(library: str) -> None:
    assert [datatype(library, name).id_type for name in ("ID", "IDREF", "IDREFS")] == [
        *("ID", "IDREF", "IDREFS")
    ]
    assert datatype(library, "IDREFS").allows("a b")
    assert xsd("NCName").id_type == ""


def test_only_names_with_prefixes_and_entities_need_the_context() -> None:
    names = {name for name, _, _ in ROWS if xsd(name).needs_context}
    assert names == {"QName", "NOTATION", "ENTITY", "ENTITIES"}


# -- parameters ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "params", "good", "bad"), FACETS)
def test_parameters_restrict(name: str, params: Params, good: list[str], bad: list[str]) -> None:
    kind = xsd(name, *params)
    assert [text for text in good if not kind.allows(text)] == []
    assert [text for text in bad if kind.allows(text)] == []


@pytest.mark.parametrize(("name", "params", "message", "hint"), WRONG)
def test_wrong_types_and_parameters_are_told(
    name: str, params: Params, message: str, hint: str
) -> None:
    with pytest.raises(DatatypeError) as caught:
        xsd(name, *params)
    assert (str(caught.value), caught.value.hint or "") == (message, hint)


@pytest.mark.parametrize(("name", "params"), RIGHT)
def test_right_parameters_are_taken(name: str, params: Params) -> None:
    assert xsd(name, *params).params == params


@pytest.mark.parametrize(
    ("library", "name", "params", "message", "hint"),
    [
        (
            "",
            "Token",
            (),
            "there is no type “Token” in RELAX NG's own library",
            "did you mean token?",
        ),
        ("", "date", (), "“date” is no built-in type of RELAX NG", f"it is one of {XSD_TYPES}"),
        (
            *("", "token", (("length", "1"),)),
            *("the built-in type token takes no parameters", f"use token of {XSD_TYPES}"),
        ),
        (
            *("http://www.w3.org/2001/XMLSchema", "date", ()),
            "there is no datatype library “http://www.w3.org/2001/XMLSchema”",
            f"did you mean {XSD_TYPES}?",
        ),
        (
            *(COMPATIBILITY, "string", ()),
            *(f"there is no type “string” in the library {COMPATIBILITY}", ""),
        ),
    ],
)
def test_libraries_are_told_apart(
    library: str, name: str, params: Params, message: str, hint: str
) -> None:
    with pytest.raises(DatatypeError) as caught:
        datatype(library, name, params)
    assert (str(caught.value), caught.value.hint or "") == (message, hint)


# -- values --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "one", "other"), EQUAL)
def test_values_are_equal(name: str, one: str, other: str) -> None:
    kind = xsd(name)
    assert kind.value(one, NAMESPACES) is not None
    assert kind.value(one, NAMESPACES) == kind.value(other, NAMESPACES)
    assert hash(kind.value(one, NAMESPACES)) == hash(kind.value(other, NAMESPACES))


@pytest.mark.parametrize(("name", "one", "other"), DIFFERENT)
def test_values_are_different(name: str, one: str, other: str) -> None:
    kind = xsd(name)
    values = kind.value(one, NAMESPACES), kind.value(other, NAMESPACES)
    assert None not in values
    assert values[0] != values[1]


def test_what_is_no_value_has_none() -> None:
    assert xsd("date").value("1932-02-30") is None
    assert xsd("QName").value("unknown:name", {}) is None


def test_a_name_without_prefix_is_in_the_default_namespace() -> None:
    name = xsd("QName")
    assert name.value("a", {"": "urn:p"}) == name.value("p:a", NAMESPACES)
    assert name.value("a", {}) != name.value("a", {"": "urn:p"})


@pytest.mark.parametrize(
    ("one", "other", "order"),
    [
        ("PT59S", "PT1M", -1),
        ("PT61S", "PT1M", 1),
        ("P12M", "P1Y", 0),
        ("P1D", "PT24H", 0),
        ("P364D", "P1Y", -1),
        ("P365D", "P1Y", None),
        ("P366D", "P1Y", None),
        ("P367D", "P1Y", 1),
        ("P27D", "P1M", -1),
        ("P30D", "P1M", None),
        ("P32D", "P1M", 1),
        ("-P1M", "-P27D", -1),
        ("-PT0.25S", "-PT0.5S", 1),
        ("-PT0.5S", "PT0S", -1),
        ("P" + "9" * 5000 + "Y", "P1Y", 1),
    ],
)
def test_durations_are_ordered_where_all_months_agree(
    one: str, other: str, order: int | None
) -> None:
    """The examples of XSD part 2, section 3.2.6.2, and some more."""
    values = lexical.duration_value(one), lexical.duration_value(other)
    assert lexical.compare_durations(*values) == order
    assert lexical.compare_durations(*reversed(values)) == (None if order is None else -order)


# -- words ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "params", "words"),
    [
        ("date", (), "a date as yyyy-mm-dd (1932-02-15)"),
        ("gYear", (), "a year of four digits (1932)"),
        ("anyURI", (), "a URI reference (persons.xml#p1)"),
        ("boolean", (), "true, false, 1 or 0"),
        ("language", (), "a language by its code (fr)"),
        ("IDREF", (), "the identifier of an element in the document (p12)"),
        ("nonNegativeInteger", (), "a whole number of 0 or more (12)"),
        ("unsignedByte", (), "a whole number from 0 to 255 (12)"),
        ("unsignedInt", (), "a whole number of 0 or more (12)"),
        ("int", (), "a whole number (12)"),
        ("negativeInteger", (), "a whole number not more than -1 (-1)"),
        ("duration", (), "a duration (P1Y6M)"),
        ("token", (), "any text"),
        ("token", (("pattern", "[^\\p{C}\\p{Z}]+"),), "a word without spaces"),
        ("token", (("pattern", "\\S+"),), "a word without spaces"),
        ("token", (("pattern", "[A-Z]{3}\\d"),), "text matching the pattern [A-Z]{3}\\d"),
        ("string", (("maxLength", "3"),), "any text of at most 3 characters"),
        (
            "NMTOKENS",
            (("minLength", "2"),),
            "words of letters, digits and . - _ :, of at least 2 words",
        ),
        ("hexBinary", (("length", "1"),), "bytes as pairs of hexadecimal digits of 1 byte"),
        ("integer", (("minInclusive", "5"), ("maxInclusive", "9")), "a whole number from 5 to 9"),
        ("integer", (("minExclusive", "5"),), "a whole number more than 5 (12)"),
        ("positiveInteger", (("maxInclusive", "12"),), "a whole number from 1 to 12 (12)"),
        (
            "date",
            (("minInclusive", "2000-01-01"),),
            "a date as yyyy-mm-dd on or after 2000-01-01 (2024-02-15)",
        ),
        ("date", (("maxExclusive", "1900-01-01"),), "a date as yyyy-mm-dd before 1900-01-01"),
        ("duration", (("maxInclusive", "P1Y"),), "a duration as short as P1Y (PT1H30M)"),
        (
            "decimal",
            (("totalDigits", "3"), ("fractionDigits", "1")),
            "a number of at most 3 digits and with at most 1 digit after the point (0.5)",
        ),
        ("decimal", (("minInclusive", "0"), ("maxInclusive", "1")), "a number from 0 to 1 (0.5)"),
        (
            "NMTOKEN",
            (("pattern", "p[0-9]+"),),
            "a word of letters, digits and . - _ :, matching the pattern p[0-9]+",
        ),
    ],
)
def test_a_type_says_what_it_wants(name: str, params: Params, words: str) -> None:
    assert xsd(name, *params).describe() == words


@pytest.mark.parametrize(
    ("name", "params", "text", "words"),
    [
        ("date", (), "1932-02-30", "February 1932 has 29 days"),
        ("date", (), "1932-13-01", "there is no month 13"),
        ("date", (), "1889-8-2", "the month has two digits: 08"),
        ("date", (), "0000-01-01", "there is no year 0000; -0001 comes before 0001"),
        ("date", (), "1932/02/01", "its parts are joined by hyphens, the year first"),
        ("date", (), "1932", "the month and day are missing"),
        ("date", (), "1900-02-29", "February 1900 has 28 days"),
        ("date", (), "1932-04-31", "April has 30 days"),
        ("date", (), "19-02-01", "a year has four digits: 0019"),
        ("date", (), "+1932-01-01", "a year has no plus sign"),
        ("date", (), "01932-01-01", "the year has a zero too many: 1932"),
        ("date", (), "1932-02-15+15:00", "+15:00 is no time zone"),
        ("date", (), "1932-02-15z", "a time zone is written Z or as +01:00"),
        ("date", (), "15.2.1932", "its parts are joined by hyphens, the year first"),
        ("date", (), "1932-02-15T00:00:00", ""),
        ("date", (), "soon", ""),
        ("dateTime", (), "1932-02-15", "the time is missing"),
        ("dateTime", (), "1932-02-15 10:00:00", "between date and time stands a capital T"),
        (
            "dateTime",
            (),
            "1932-02-15T24:00:00",
            "there is no hour 24; midnight is 00:00:00 of the next day",
        ),
        ("dateTime", (), "1932-02-15T10:00", "the seconds are missing"),
        ("dateTime", (), "1932-02-15T10:61:00", "there is no minute 61"),
        ("dateTime", (), "1932-02-15T1:00:00", "the hour has two digits: 01"),
        ("dateTime", (), "1932-02-15T10:00:00,5", "the fraction of a second follows a point"),
        ("time", (), "25:00:00", "there is no hour 25"),
        ("time", (), "12:00:61", "there is no second 61"),
        ("gYear", (), "932", "a year has four digits: 0932"),
        ("gYear", (), "1932-02", "it says more than a year"),
        ("gYear", (), "0000", "there is no year 0000; -0001 comes before 0001"),
        ("gYearMonth", (), "1932", "the month is missing"),
        ("gYearMonth", (), "1932-02-15", "it says more than a year and month"),
        ("gMonthDay", (), "--02-30", "February has 29 days"),
        ("gMonthDay", (), "--2-3", "the month has two digits: 02"),
        ("gDay", (), "---32", "there is no day 32"),
        ("anyURI", (), "#a#b", "“#a#b” has two #"),
        ("anyURI", (), "%", "after % come two hexadecimal digits; the sign itself is %25"),
        (
            "anyURI",
            (),
            "%zz",
            "after % come two hexadecimal digits, not “zz”; the sign itself is %25",
        ),
        ("anyURI", (), "::", "nothing stands before the colon"),
        (
            "anyURI",
            (),
            "http://[",
            "[ and ] may stand only around an IPv6 address, as in http://[::1]/",
        ),
        ("anyURI", (), "http:", "nothing follows “http:”"),
        ("anyURI", (), "//", "nothing follows “//”"),
        ("anyURI", (), "a b:c", "“a b” before the colon is no scheme such as http"),
        (
            "anyURI",
            (),
            "http://a/%C3%zz",
            "after % come two hexadecimal digits, not “zz”; the sign itself is %25",
        ),
        (
            "anyURI",
            (),
            "http://[::1",
            "[ and ] may stand only around an IPv6 address, as in http://[::1]/",
        ),
        ("unsignedByte", (), "300", "300 is more than the allowed 255"),
        ("unsignedByte", (), "-1", "-1 is less than the allowed 0"),
        ("unsignedByte", (), "1.5", "a whole number has no decimal point"),
        ("unsignedByte", (), "a", "“a” may not stand in a number"),
        ("unsignedByte", (), "1,5", "the decimal sign is a point: 1.5"),
        ("unsignedByte", (), "1 000", "a space may not stand in a number"),
        ("decimal", (), "1e5", "exponents, INF and NaN are for float and double only"),
        ("decimal", (), "1,5", "the decimal sign is a point: 1.5"),
        ("double", (), "1.5x", "“x” may not stand in a number"),
        ("token", (("pattern", "[^\\p{C}\\p{Z}]+"),), "a b", "a space may not stand in it"),
        ("token", (("pattern", "[^\\p{C}\\p{Z}]+"),), "", "it is empty"),
        (
            "token",
            (("pattern", "[^\\p{C}\\p{Z}]+"),),
            "a\xadb",
            "the invisible character U+00AD (soft hyphen) may not stand in it",
        ),
        ("token", (("pattern", "\\d+x"),), "a b", ""),
        ("token", (("pattern", "\\d+x"),), "", "it is empty"),
        ("NCName", (), "a b", "a space may not stand in a name"),
        ("NCName", (), "1a", "a name may not begin with “1”"),
        ("NCName", (), "a:b", "a colon may not stand in it"),
        ("NCName", (), "", "it is empty"),
        ("NCName", (), "a/b", "“/” may not stand in a name"),
        ("NMTOKENS", (), "a b,c", "in “b,c”, “,” may not stand in a name"),
        ("IDREFS", (), "#a b", "in “#a”, “#” may not stand in a name"),
        ("QName", (), "a:b:c", "it has more than one colon"),
        ("QName", (), "a:", "nothing stands after the colon"),
        ("QName", (), "1:a", "a name may not begin with “1”"),
        ("QName", (), "p:1", "a name may not begin with “1”"),
        ("boolean", (), "TRUE", "it is written small: true"),
        ("boolean", (), "yes", "write true"),
        ("boolean", (), "x", ""),
        ("duration", (), "1Y", "a duration begins with P"),
        ("duration", (), "P", "nothing follows the P"),
        ("duration", (), "P1H", "T comes before hours, minutes and seconds: PT1H"),
        ("duration", (), "P1W", "there are no weeks; P14D is two weeks"),
        ("duration", (), "P1.5Y", "only seconds may have a fraction"),
        ("language", (), "en_GB", "its parts are joined by hyphens: en-GB"),
        ("language", (), "abcdefghijk", "its parts have eight letters at most"),
        ("language", (), "en-", "a part is missing at a hyphen"),
        ("hexBinary", (), "0", "it has an odd number of digits"),
        ("hexBinary", (), "0g", "“g” may not stand in it"),
        ("base64Binary", (), "A", "its characters, with = at the end, do not make groups of four"),
        ("base64Binary", (), "A-", "“-” may not stand in it"),
        ("string", (("maxLength", "3"),), "abcd", "it has 4 characters, more than 3"),
        ("string", (("length", "1"),), "", "it has 0 characters, not 1"),
        ("string", (("length", "1"),), "ab", "it has 2 characters, not 1"),
        (
            "date",
            (("minInclusive", "1900-01-01"),),
            "1899-01-01",
            "1899-01-01 is not on or after 1900-01-01",
        ),
        ("duration", (("maxInclusive", "P1M"),), "P31D", "P31D is not as short as P1M"),
        (
            "decimal",
            (("totalDigits", "3"), ("fractionDigits", "1")),
            "1.25",
            "1.25 has more than 1 digit after the point",
        ),
        (
            "decimal",
            (("totalDigits", "3"), ("fractionDigits", "1")),
            "1234",
            "1234 has more than 3 digits",
        ),
        (
            "integer",
            (("minInclusive", "5"), ("maxExclusive", "9")),
            "4",
            "4 is less than the allowed 5",
        ),
        ("integer", (("minInclusive", "5"), ("maxExclusive", "9")), "9", "9 is not less than 9"),
        ("NMTOKENS", (("maxLength", "2"),), "a b c", "it has 3 words, more than 2"),
    ],
)
def test_a_type_says_what_is_wrong(name: str, params: Params, text: str, words: str) -> None:
    kind = xsd(name, *params)
    assert not kind.allows(text)
    assert kind.problem(text) == words


def test_an_undeclared_prefix_is_named() -> None:
    assert xsd("QName").problem("t:p", NAMESPACES) == "the prefix “t” is not declared"
    assert xsd("QName").problem("p:p", NAMESPACES) == ""


def test_every_refusal_has_words() -> None:
    """Whatever is wrong, describe and problem speak without failing, and briefly."""
    for name, text, ok in ROWS:
        if not ok:
            assert len(xsd(name).problem(text, NAMESPACES)) < 200, (name, text)
        assert xsd(name).describe()


def test_an_example_is_a_value() -> None:
    for name in {name for name, _, _ in ROWS} - {"QName"}:
        found = re.search(r"\(([^()]+)\)$", xsd(name).describe())
        assert found is None or xsd(name).allows(found[1]), name


# -- use in a program ----------------------------------------------------------------------------


def test_the_same_type_is_the_same_object_even_when_pickled() -> None:
    kind = xsd("token", ("pattern", "[a-z]+"), ("maxLength", "9"))
    assert xsd("token", ("pattern", "[a-z]+"), ("maxLength", "9")) is kind
    assert pickle.loads(pickle.dumps(kind)) is kind


def test_types_need_no_large_library() -> None:
    program = f"""
import sys
from teikit.validation.relaxng.datatypes import datatype, remember
remember({{r"[^\\p{{C}}]+": r"[^\\x00-\\x1f]+"}})
assert datatype({XSD_TYPES!r}, "token", [("pattern", r"[^\\p{{C}}]+")]).allows("a")
for name in "date anyURI NCName decimal".split():
    datatype({XSD_TYPES!r}, name).allows("1")
print(sorted({{"elementpath", "xmlschema", "lxml", "difflib", "unicodedata"}} & set(sys.modules)))
"""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


LONG = 200_000
HOSTILE = [
    *("a" * LONG, "1" * LONG, "-" * LONG, " " * LONG, "a " * LONG, "é " * LONG, "a:" * LONG),
    *("%41" * LONG, "%" * LONG, "#" * LONG, "[" * LONG, "a?" * LONG, "/" * LONG, "a-" * LONG),
    *("1." + "1" * LONG, "1e" + "9" * LONG, "P" + "1" * LONG, "PT" + "1" * LONG + "S"),
    *("A=" * LONG, "A " * LONG, "http://[" + ":" * LONG + "]", "http://[" + "1:" * LONG + "]"),
    *("http://" + "a@" * LONG, "http://[::" + "1" * LONG + "]", "http://[::1]:" + "0" * LONG),
    *("-" + "1" * LONG + "-01-01", "12:00:00." + "1" * LONG, "\u0300" * LONG, "\U00010000" * LONG),
]


@pytest.mark.parametrize("name", sorted({name for name, _, _ in ROWS}))
def test_long_values_end_quickly(name: str) -> None:
    kind = xsd(name)
    for text in HOSTILE:
        begin = time.process_time()
        kind.allows(text, NAMESPACES)
        kind.value(text, NAMESPACES)
        assert len(kind.problem(text)) < 300
        assert time.process_time() - begin < 3, text[:20]


@pytest.mark.parametrize(
    ("name", "param", "bound"),
    [
        ("integer", "maxInclusive", "9"),
        ("decimal", "totalDigits", "9"),
        ("duration", "maxInclusive", "P1Y"),
        ("double", "maxInclusive", "9"),
        ("dateTime", "maxInclusive", "2000-01-01T00:00:00"),
    ],
)
def test_long_values_end_quickly_at_bounds(name: str, param: str, bound: str) -> None:
    kind = xsd(name, (param, bound))
    for text in HOSTILE:
        begin = time.process_time()
        kind.allows(text)
        assert len(kind.problem(text)) < 300
        assert time.process_time() - begin < 3, text[:20]


# -- other judges --------------------------------------------------------------------------------


def written(text: str) -> str:
    """The text as content of an element on one line, whatever it consists of."""
    return "".join(
        character if " " <= character <= "~" and character not in "<>&" else f"&#{ord(character)};"
        for character in text
    )


def schema_of(patterns: Iterable[str]) -> str:
    """A schema of elements ``v0``, ``v1`` … in an element ``r``; the first is on line 2."""
    elements = "\n".join(
        f'<element name="v{number}">{pattern}</element>' for number, pattern in enumerate(patterns)
    )
    return (
        '<element name="r" xmlns="http://relaxng.org/ns/structure/1.0" xmlns:p="urn:p" '
        f'xmlns:q="urn:p" xmlns:z="urn:z" datatypeLibrary="{XSD_TYPES}"><zeroOrMore><choice>\n'
        f"{elements}\n</choice></zeroOrMore></element>"
    )


def data(name: str, params: Params) -> str:
    inner = "".join(f"<param name={quoteattr(key)}>{written(text)}</param>" for key, text in params)
    return f"<data type={quoteattr(name)}>{inner}</data>"


def ask_jing(folder: Path, patterns: Sequence[str], texts: Sequence[tuple[int, str]]) -> list[bool]:
    """Whether jing takes each text under the pattern of that number."""
    if not jing.available():
        absent("jing")
    schema, document = folder / "schema.rng", folder / "document.xml"
    schema.write_text(schema_of(patterns), "utf-8")
    lines = [f"<v{number}>{written(text)}</v{number}>" for number, text in texts]
    body = "\n".join(lines)
    document.write_text(
        f'<r xmlns:p="urn:p" xmlns:q="urn:p" xmlns:z="urn:z">\n{body}\n</r>', "utf-8"
    )
    messages = jing.judge(schema, [document], ids=False)[document].messages
    wrong = {message.line - 2 for message in messages}
    return [number not in wrong for number in range(len(texts))]


def test_jing_takes_the_same_values(tmp_path: Path) -> None:
    cases = [(name, (), text) for name, text, _ in ROWS]
    cases += [(name, params, text) for name, params, good, bad in FACETS for text in good + bad]
    kinds = list(dict.fromkeys((name, params) for name, params, _ in cases))
    asked = [(kinds.index((name, params)), text) for name, params, text in cases]
    told = ask_jing(tmp_path, [data(*kind) for kind in kinds], asked)
    differing = [
        case
        for case, verdict in zip(cases, told, strict=True)
        if xsd(case[0], *case[1]).allows(case[2], NAMESPACES) != verdict
    ]
    assert differing == list(JING_DIFFERS)


def test_jing_finds_the_same_values_equal(tmp_path: Path) -> None:
    pairs = [*EQUAL, *DIFFERENT]
    patterns = [f'<value type="{name}">{written(one)}</value>' for name, one, _ in pairs]
    told = ask_jing(tmp_path, patterns, [(at, pair[2]) for at, pair in enumerate(pairs)])
    differing = [pair for at, pair in enumerate(pairs) if told[at] != (at < len(EQUAL))]
    # Java's clock again; teikit is right.
    assert differing == [("dateTime", "2000-01-01T00:00:00", "2000-01-01T00:00:00.0001")]


def test_jing_takes_the_same_parameters(tmp_path: Path) -> None:
    program = jing.jar()
    if program is None or not jing.available():
        absent("jing")
    kinds = [(name, params) for name, params, *_ in WRONG] + RIGHT
    path = tmp_path / "schema.rng"
    path.write_text(schema_of(data(*kind) for kind in kinds), "utf-8")
    done = subprocess.run(
        ["java", "-Duser.language=en", "-jar", str(program), "-i", str(path)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    wrong = {int(found) - 2 for found in re.findall(r"schema\.rng:(\d+):\d+: error", done.stdout)}
    differing = [kind for at, kind in enumerate(kinds) if (at in wrong) != (at < len(WRONG))]
    assert differing == list(JING_LAX)


def test_names_are_those_of_the_fourth_edition_as_in_expat() -> None:
    """Expat, too, reads names by the classes of XML 1.0, appendix B; here up to U+FFFF."""
    points = [point for point in range(0x21, 0xFFFE) if not 0xD800 <= point <= 0xDFFF]
    for point in points:
        character = chr(point)
        assert lexical.is_name(character) == parsed(f"<{character}/>"), hex(point)
        assert lexical.is_nmtoken(character) == parsed(f"<a{character}/>"), hex(point)


def parsed(text: str) -> bool:
    try:
        expat.ParserCreate("utf-8").Parse(text.encode(), True)
    except expat.ExpatError:
        return False
    # A slash or a space ends the name and is no part of it.
    return text[-3] not in "/ "


def unexplained(
    differing: Iterable[tuple[str, str]], table: list[tuple[str, str, str]]
) -> tuple[list[tuple[str, str]], list[tuple[str, str, str]]]:
    """The differences that no row explains, and the rows that explain none."""
    left, used = [], set()
    for name, text in differing:
        rows = [
            row
            for row in table
            if re.fullmatch(row[0], name) and re.fullmatch(row[1], text, re.DOTALL)
        ]
        used |= set(rows)
        if not rows:
            left.append((name, text))
    return left, [row for row in table if row not in used]


def test_libxml2_differs_as_listed() -> None:
    schemas = {
        name: etree.RelaxNG(
            etree.fromstring(
                '<element name="r" xmlns="http://relaxng.org/ns/structure/1.0" '
                f'datatypeLibrary="{XSD_TYPES}"><data type="{name}"/></element>'
            )
        )
        for name in {name for name, _, _ in ROWS}
    }
    differing = []
    for name, text, ok in ROWS:
        root = etree.fromstring('<r xmlns:p="urn:p"/>')
        root.text = text
        if schemas[name].validate(root) != ok:
            differing.append((name, text))
    assert unexplained(differing, LIBXML2) == ([], [])


def test_xmlschema_differs_as_listed() -> None:
    import xmlschema

    types = xmlschema.XMLSchema10.builtin_types()
    differing = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, text, ok in ROWS:
            try:
                verdict = types[name].is_valid(text)
            except OverflowError:  # of years and months, in values that XSD has
                verdict = False
            if verdict != ok:
                differing.append((name, text))
    assert unexplained(differing, XMLSCHEMA) == ([], [])

"""The forty-four types of XML Schema part 2 as a table: form, value, order, length, words."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from teikit.validation.relaxng import temporal

_SPACE = re.compile(r"[ \t\r\n]+")


def collapsed(text: str) -> str:
    """The text without white space at its ends, and with single spaces inside."""
    if text.isascii():
        return " ".join(text.split())
    return _SPACE.sub(" ", text).strip(" ")


def replaced(text: str) -> str:
    """The text with a space for each tab and line end."""
    return re.sub(r"[\t\r\n]", " ", text)


@dataclass(frozen=True, slots=True)
class Kind:
    """A row of the table.

    ``lexical`` judges a text whose white space has been treated as ``space`` says; ``value`` makes
    what is compared of it (None: the text itself), ``order`` compares two values (-1, 0, 1, or None
    where neither is first), ``length`` measures. ``words`` say what is wanted, ``problem`` why a
    text cannot be meant.
    """

    lexical: Callable[[str], bool]
    words: str
    space: str = "collapse"
    value: Callable[[str], Any] | None = None
    order: Callable[[Any, Any], int | None] | None = None
    length: Callable[[str], int] | None = None
    decimal: bool = False
    problem: Callable[[str], str] | None = None


def _form(pattern: str, ascii_pattern: str = "") -> Callable[[str], bool]:
    """A test of the whole text. The expression is compiled when it is first wanted: names have
    large character classes, and most runs need few of them (``ascii_pattern`` is the same for texts
    without other letters).
    """
    whole = cache(lambda wanted: re.compile(wanted).fullmatch)

    def test(text: str) -> bool:
        wanted = ascii_pattern if ascii_pattern and text.isascii() else pattern
        return whole(wanted)(text) is not None

    return test


def _any(_text: str) -> bool:
    return True


# -- numbers -------------------------------------------------------------------------------------

# A decimal number of any size, comparable without counting: sign, digits before the point, digits.
Decimal = tuple[int, int, str, str]


def _decimal(text: str) -> Decimal:
    whole, _, fraction = text.lstrip("+-").partition(".")
    whole, fraction = whole.lstrip("0"), fraction.rstrip("0")
    if not whole and not fraction:
        return (0, 0, "", "")
    return (-1 if text.startswith("-") else 1, len(whole), whole, fraction)


def _order_decimals(one: Decimal, other: Decimal) -> int:
    if one[0] != other[0]:
        return 1 if one[0] > other[0] else -1
    size = (one[1:] > other[1:]) - (one[1:] < other[1:])
    return size * (one[0] or 1)


_DECIMAL = _form(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_INTEGER = _form(r"[+-]?[0-9]+")
_FLOAT = _form(r"-?INF|NaN|[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")


def _double(text: str) -> float | str:
    made = float(text.replace("INF", "inf"))
    return "NaN" if made != made else made


def _float(text: str) -> float | str:
    made = _double(text)
    if isinstance(made, str):
        return made
    try:
        single: float = struct.unpack("f", struct.pack("f", made))[0]
    except OverflowError:
        return float("inf") if made > 0 else float("-inf")
    return single


def _order_floats(one: float | str, other: float | str) -> int | None:
    if isinstance(one, str) or isinstance(other, str):
        return 0 if one == other else None
    return (one > other) - (one < other)


def _whole(text: str) -> str:
    if re.fullmatch(r"[+-]?[0-9]+\.[0-9]+", text):
        return "only a whole number is allowed"
    return ""


def _integer(words: str, low: str = "", high: str = "") -> Kind:
    least, most = (_decimal(low) if low else None), (_decimal(high) if high else None)

    def allows(text: str) -> bool:
        if not _INTEGER(text):
            return False
        value = _decimal(text)
        return not (
            (least is not None and _order_decimals(value, least) < 0)
            or (most is not None and _order_decimals(value, most) > 0)
        )

    def problem(text: str) -> str:
        if not _INTEGER(text):
            return _whole(text)
        value = _decimal(text)
        if most is not None and _order_decimals(value, most) > 0:
            return f"{text} is more than the allowed {high}"
        return f"{text} is less than the allowed {low}" if low else ""

    return Kind(allows, words, value=_decimal, order=_order_decimals, decimal=True, problem=problem)


# -- names and strings ---------------------------------------------------------------------------

# XML 1.0, fifth edition, production 4; ASCII first, since nearly all names are.
_START = (
    "A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_CHAR = f"{_START}\\-.0-9\xb7\u0300-\u036f\u203f-\u2040"
_NCNAME = f"[{_START}][{_CHAR}]*"
_NAME = f"[:{_START}][:{_CHAR}]*"
_NMTOKEN = f"[:{_CHAR}]+"
_ASCII = {
    _NCNAME: "[A-Za-z_][A-Za-z0-9_.-]*",
    _NAME: "[:A-Za-z_][:A-Za-z0-9_.-]*",
    _NMTOKEN: "[:A-Za-z0-9_.-]+",
}


def _name_problem(text: str) -> str:
    if " " in text:
        return "a name has no spaces"
    if re.match(r"[0-9.\-]", text):
        return f"a name begins with a letter or _, not with {text[0]}"
    bad = re.search(f"[^{_CHAR}]", text)
    return f"“{bad[0]}” may not stand in a name" if bad else ""


def _words(text: str) -> int:
    return len(text.split(" ")) if text else 0


def _base64(text: str) -> bool:
    data = text.replace(" ", "")
    # The last character before = may carry no bits that are thrown away.
    return len(data) % 4 == 0 and bool(
        re.fullmatch(
            r"[A-Za-z0-9+/]*(?:[A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?", data
        )
    )


def _base64_length(text: str) -> int:
    data = text.replace(" ", "")
    return len(data) // 4 * 3 - data.count("=")


# -- addresses -----------------------------------------------------------------------------------

# RFC 3986 after the escaping of XLink 1.0, section 5.4: whatever is no delimiter may stand.
_PLAIN = r"(?:[^%/?#\[\]:@]|%[0-9A-Fa-f]{2})"
_PCHAR = r"(?:[^%/?#\[\]]|%[0-9A-Fa-f]{2})"
_TAIL = r"(?:[^%#\[\]]|%[0-9A-Fa-f]{2})*"
_HOST = r"(?:\[(?:[0-9A-Fa-f:.]+|[vV][0-9A-Fa-f]+\.[^\[\]]+)\]|(?:[^%/?#\[\]@:]|%[0-9A-Fa-f]{2})*)"
_AUTHORITY = rf"//(?:(?:[^%/?#\[\]@]|%[0-9A-Fa-f]{{2}})*@)?{_HOST}(?::[0-9]*)?"
_URI = (
    rf"(?s:(?:[A-Za-z][A-Za-z0-9+.\-]*:(?:{_AUTHORITY}(?:/{_PCHAR}*)*|/?(?:{_PCHAR}+(?:/{_PCHAR}*)*)?)"
    rf"|{_AUTHORITY}(?:/{_PCHAR}*)*"
    rf"|/(?:{_PCHAR}+(?:/{_PCHAR}*)*)?"
    rf"|(?:{_PLAIN}|@)+(?:/{_PCHAR}*)*"
    rf"|)(?:\?{_TAIL})?(?:#{_TAIL})?)"
)
_uri = _form(_URI)


def _uri_problem(text: str) -> str:
    if text.count("#") > 1:
        return f"“{text[:40]}” has more than one #"
    if bad := re.search(r"%(?![0-9A-Fa-f]{2}).{0,2}", text):
        return f"“{bad[0]}” is no escape: % must be followed by two hexadecimal digits"
    if bad := re.search(r"[\[\]]", text):
        return f"“{bad[0]}” may not stand in a URI reference"
    if re.match(r"[^/?#]*:", text):
        return "what stands before the first : must be a scheme, such as https"
    return ""


# -- the table -----------------------------------------------------------------------------------


def _temporal(name: str, words: str) -> Kind:
    return Kind(
        lambda text: temporal.allows(name, text),
        words,
        value=lambda text: temporal.moment(name, text),
        order=temporal.order,
        problem=temporal.problem,
    )


def _string(
    pattern: str | None, words: str, space: str = "collapse", *, name: bool = False
) -> Kind:
    lexical = _any if pattern is None else _form(pattern, _ASCII.get(pattern, ""))
    return Kind(lexical, words, space, length=len, problem=_name_problem if name else None)


def _list(pattern: str, words: str) -> Kind:
    return Kind(_form(f"{pattern}(?: {pattern})*"), words, length=_words, problem=None)


LIST_TYPES = ("IDREFS", "ENTITIES", "NMTOKENS")

TYPES: dict[str, Kind] = {
    "string": _string(None, "any text", "preserve"),
    "normalizedString": _string(None, "any text", "replace"),
    "token": _string(None, "any text"),
    "language": _string(
        r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*", "a language by its code (fr, ru, la-Latn)"
    ),
    "Name": _string(_NAME, "an XML name (a letter or _ first, no spaces)", name=True),
    "NCName": _string(_NCNAME, "an XML name (a letter or _ first, no spaces, no colon)", name=True),
    "ID": _string(_NCNAME, "an identifier (a letter or _ first, no spaces)", name=True),
    "IDREF": _string(_NCNAME, "the identifier of an element of the file", name=True),
    "IDREFS": _list(_NCNAME, "identifiers of elements of the file"),
    # Only a DTD declares unparsed entities, and no DTD is read.
    "ENTITY": Kind(lambda _text: False, "an entity that a DTD declares", length=len),
    "ENTITIES": Kind(lambda _text: False, "entities that a DTD declares", length=_words),
    "NMTOKEN": _string(_NMTOKEN, "a word of letters, digits, . - _ :", name=False),
    "NMTOKENS": _list(_NMTOKEN, "words of letters, digits, . - _ :"),
    "boolean": Kind(
        _form("true|false|1|0"), "true or false", value=lambda text: text in ("true", "1")
    ),
    "decimal": Kind(
        _DECIMAL, "a number (3 or 2.5)", value=_decimal, order=_order_decimals, decimal=True
    ),
    "float": Kind(_FLOAT, "a number (3 or 2.5)", value=_float, order=_order_floats),
    "double": Kind(_FLOAT, "a number (3 or 2.5)", value=_double, order=_order_floats),
    "integer": _integer("a whole number"),
    "nonPositiveInteger": _integer("a whole number of 0 or less", high="0"),
    "negativeInteger": _integer("a whole number below 0", high="-1"),
    "long": _integer("a whole number", "-9223372036854775808", "9223372036854775807"),
    "int": _integer("a whole number", "-2147483648", "2147483647"),
    "short": _integer("a whole number", "-32768", "32767"),
    "byte": _integer("a whole number", "-128", "127"),
    "nonNegativeInteger": _integer("a whole number, 0 or more", "0"),
    "unsignedLong": _integer("a whole number, 0 or more", "0", "18446744073709551615"),
    "unsignedInt": _integer("a whole number, 0 or more", "0", "4294967295"),
    "unsignedShort": _integer("a whole number, 0 or more", "0", "65535"),
    "unsignedByte": _integer("a whole number, 0 or more", "0", "255"),
    "positiveInteger": _integer("a whole number, 1 or more", "1"),
    "dateTime": _temporal("dateTime", "a moment as yyyy-mm-ddThh:mm:ss"),
    "date": _temporal("date", "a date as yyyy-mm-dd (1932-02-15)"),
    "time": _temporal("time", "a time as hh:mm:ss"),
    "gYear": _temporal("gYear", "a year of four digits (1932)"),
    "gYearMonth": _temporal("gYearMonth", "a month as yyyy-mm (1932-02)"),
    "gMonthDay": _temporal("gMonthDay", "a day of the year as --mm-dd"),
    "gMonth": _temporal("gMonth", "a month as --mm"),
    "gDay": _temporal("gDay", "a day of the month as ---dd"),
    "duration": Kind(
        temporal.allows_duration,
        "a duration (P1Y2M3DT4H5M)",
        value=temporal.duration,
        order=temporal.order_durations,
    ),
    "anyURI": Kind(
        _uri, "a URI reference (persons.xml#p1 or https://…)", length=len, problem=_uri_problem
    ),
    "hexBinary": Kind(
        _form("(?:[0-9A-Fa-f]{2})*"),
        "bytes in hexadecimal",
        value=str.upper,
        length=lambda text: len(text) // 2,
    ),
    "base64Binary": Kind(
        _base64,
        "bytes in Base64",
        value=lambda text: text.replace(" ", ""),
        length=_base64_length,
    ),
    "QName": Kind(
        _form(f"(?:{_NCNAME}:)?{_NCNAME}"), "a name whose prefix is declared", length=len
    ),
    "NOTATION": Kind(
        _form(f"(?:{_NCNAME}:)?{_NCNAME}"), "a name whose prefix is declared", length=len
    ),
}

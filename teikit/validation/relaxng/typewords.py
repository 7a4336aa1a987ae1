"""Datatypes in an encoder's words: what a value looks like, and why one is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from teikit.validation.relaxng import lexical as lex
from teikit.validation.relaxng.regex import translate
from teikit.validation.relaxng.uris import uri_problem

if TYPE_CHECKING:
    from teikit.validation.relaxng.datatypes import Facet

_NAME = "a letter or _, then letters, digits, . - and _"
# What a value is, and examples; the first that the facets allow is shown.
_TYPES: dict[str, tuple[str, str]] = {
    "string": ("any text", ""),
    "normalizedString": ("any text", ""),
    "token": ("any text", ""),
    "language": ("a language by its code", "fr en-GB grc-Latn"),
    "Name": ("an XML name", "persName tei:p"),
    "NCName": (f"a name without a colon: {_NAME}", "p12"),
    "NMTOKEN": ("a word of letters, digits and . - _ :", "1932a"),
    "NMTOKENS": ("words of letters, digits and . - _ :", ""),
    "ID": (f"an identifier, once in the document: {_NAME}", "p12"),
    "IDREF": ("the identifier of an element in the document", "p12"),
    "IDREFS": ("identifiers of elements in the document, with spaces between", ""),
    "ENTITY": ("the name of an unparsed entity that the DTD declares", ""),
    "ENTITIES": ("names of unparsed entities that the DTD declares", ""),
    "QName": ("a name, with a declared prefix or without", "tei:p p"),
    "NOTATION": ("the name of a notation, with a declared prefix or without", ""),
    "anyURI": ("a URI reference", "persons.xml#p1 https://example.org #p1"),
    "boolean": ("true, false, 1 or 0", ""),
    "hexBinary": ("bytes as pairs of hexadecimal digits", "0fb7"),
    "base64Binary": ("bytes in base64", "AAE="),
    "decimal": ("a number", "3.14 0.5 12"),
    "float": ("a number, INF, -INF or NaN", "1.5 2e3"),
    "double": ("a number, INF, -INF or NaN", "1.5 2e3"),
    "duration": ("a duration", "P1Y6M PT1H30M"),
    "dateTime": ("a date and time as yyyy-mm-ddThh:mm:ss", "1932-02-15T09:30:00"),
    "date": ("a date as yyyy-mm-dd", "1932-02-15 2024-02-15"),
    "time": ("a time as hh:mm:ss", "09:30:00 15:30:00"),
    "gYearMonth": ("a year and month as yyyy-mm", "1932-02 2024-02"),
    "gYear": ("a year of four digits", "1932 2024"),
    "gMonthDay": ("a month and day as --mm-dd", "--02-15"),
    "gMonth": ("a month as --mm", "--02 --10"),
    "gDay": ("a day of the month as ---dd", "---15 ---02"),
}
_WHOLE = ("a whole number", "12 3 1 0 -1 -12 100 1000")

# Patterns that schemas often have, in words.
_PATTERNS = {
    r"\S+": "a word without spaces",
    r"[^\p{C}\p{Z}]+": "a word without spaces",
    r"[^\s]+": "a word without spaces",
    r"(\p{L}|\p{N}|\p{P}|\p{S})+": "a word of letters, digits, punctuation and symbols",
    r"\d+": "digits",
    r"[0-9]+": "digits",
    # Those of the TEI's own datatypes (Guidelines, appendix on datatypes).
    r"(\-?[\d]+/\-?[\d]+)": "a ratio (3/4)",
    r"[\-+]?\d+(\.\d+)?%": "a percentage (50%)",
    r"[0-9.,DHMPRSTWYZ/:+\-]+": "a date, a time or a period in the form of ISO 8601",
    r"(-?[0-9]+(\.[0-9]+)?,-?[0-9]+(\.[0-9]+)?)": "points as x,y (12,40)",
}
_BOUNDS = {
    "minInclusive": "not less than",
    "maxInclusive": "not more than",
    "minExclusive": "more than",
    "maxExclusive": "less than",
}
_MACHINE = {
    "long": ("-9223372036854775808", "9223372036854775807"),
    "int": ("-2147483648", "2147483647"),
    "unsignedLong": ("0", "18446744073709551615"),
    "unsignedInt": ("0", "4294967295"),
}
_TIMES = {
    "minInclusive": "on or after",
    "maxInclusive": "on or before",
    "minExclusive": "after",
    "maxExclusive": "before",
}
_LENGTHS = {
    "minInclusive": "as long as",
    "maxInclusive": "as short as",
    "minExclusive": "longer than",
    "maxExclusive": "shorter than",
}
_MOMENTS = frozenset("dateTime date time gYearMonth gYear gMonthDay gMonth gDay".split())
_MEASURES = {
    "hexBinary": "byte",
    "base64Binary": "byte",
    "NMTOKENS": "word",
    "IDREFS": "word",
    "ENTITIES": "word",
}


def describe(name: str, facets: Sequence[Facet], allows: Callable[[str], bool]) -> str:
    """What a valid value of the type looks like, with an example that is valid."""
    what, examples = _TYPES.get(name, _WHOLE)
    patterns = [facet.text for facet in facets if facet.name == "pattern"]
    said = [_PATTERNS[text] for text in patterns if text in _PATTERNS]
    if said and what == "any text":
        what = " and ".join(dict.fromkeys(said))
        patterns = [text for text in patterns if text not in _PATTERNS]
    elif patterns and what == "any text":
        what = "text"
    parts = [what, *_range(name, facets), *_sizes(name, facets)]
    parts += [f"matching the pattern {text}" for text in patterns]
    example = next((item for item in examples.split() if allows(item)), "")
    joined = parts[0] + ("," if len(parts) > 1 and ":" in parts[0] else "")
    result = " ".join([joined, " and ".join(parts[1:])]) if len(parts) > 1 else joined
    return f"{result} ({example})" if example else result


def _range(name: str, facets: Sequence[Facet]) -> list[str]:
    """The bounds; of several on one side the last, which lies within the others."""
    found = {facet.name: facet.text for facet in facets if facet.name in _BOUNDS}
    low, high = found.get("minInclusive"), found.get("maxInclusive")
    if name in _MACHINE and (low, high) == _MACHINE[name]:
        del found["maxInclusive"]  # what only a machine cares for goes without saying
        if _MACHINE[name][0].startswith("-"):
            return []
    elif low is not None and high is not None and len(found) == 2:
        return [f"from {low} to {high}"]
    words = _TIMES if name in _MOMENTS else _LENGTHS if name == "duration" else _BOUNDS
    if words is _BOUNDS and list(found) == ["minInclusive"]:
        return [f"of {low} or more"]
    return [f"{words[facet]} {text}" for facet, text in found.items()]


def _sizes(name: str, facets: Sequence[Facet]) -> list[str]:
    """Lengths and numbers of digits."""
    found = []
    unit = _MEASURES.get(name, "character")
    for facet in facets:
        if facet.name == "length":
            found.append(f"of {counted(facet.text, unit)}")
        elif facet.name == "minLength":
            found.append(f"of at least {counted(facet.text, unit)}")
        elif facet.name == "maxLength":
            found.append(f"of at most {counted(facet.text, unit)}")
        elif facet.name == "totalDigits":
            found.append(f"of at most {counted(facet.text, 'digit')}")
        elif facet.name == "fractionDigits":
            found.append(f"with at most {counted(facet.text, 'digit')} after the point")
    return found


def counted(number: str | int, unit: str) -> str:
    """A number with its unit: "1 word", "2 words"."""
    return f"{number} {unit}{'' if str(number) == '1' else 's'}"


def shown(character: str) -> str:
    """A character in quotes, or by name where it cannot be seen."""
    names = {" ": "a space", "\t": "a tab", "\n": "a line end", "\r": "a line end"}
    if character in names:
        return names[character]
    if character.isprintable():
        return f"“{character}”"
    from unicodedata import name

    called = name(character, "").lower()
    return f"the invisible character U+{ord(character):04X}" + (f" ({called})" if called else "")


# -- why a value is wrong -------------------------------------------------------------------------


def facet_problem(name: str, facet: Facet, text: str, length: int) -> str:
    """Why a text that is well written breaks a restriction; ``length`` is in the type's unit."""
    unit = _MEASURES.get(name, "character")
    if facet.name in ("length", "minLength", "maxLength"):
        wanted = {"length": "not", "minLength": "fewer than", "maxLength": "more than"}[facet.name]
        return f"it has {counted(length, unit)}, {wanted} {facet.text}"
    if facet.name in _BOUNDS:
        than = {
            "minInclusive": "less than the allowed",
            "maxInclusive": "more than the allowed",
            "minExclusive": "not more than",
            "maxExclusive": "not less than",
        }[facet.name]
        if name in _MOMENTS:
            than = f"not {_TIMES[facet.name]}"
        elif name == "duration":
            than = f"not {_LENGTHS[facet.name]}"
        return f"{_short(text)} is {than} {facet.text}"
    if facet.name == "totalDigits":
        return f"{_short(text)} has more than {counted(facet.text, 'digit')}"
    if facet.name == "fractionDigits":
        return f"{_short(text)} has more than {counted(facet.text, 'digit')} after the point"
    return _pattern_problem(facet.text, text)


def _pattern_problem(pattern: str, text: str) -> str:
    """The first character that may not stand there, where the pattern repeats one class."""
    if not text:
        return "it is empty"
    translated = translate(pattern)
    if not re.fullmatch(r"\[[^\[\]]*\]\+", translated):
        return ""
    fits = re.compile(translated).match(text)
    return f"{shown(text[fits.end() if fits else 0])} may not stand in it"


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:37]}…"


def lexical_problem(name: str, text: str) -> str:
    """Why a text is not written as a value of the type; empty where nothing more can be said."""
    if not text:
        return "it is empty"
    if name in _MOMENTS:
        from teikit.validation.relaxng.moments import moment_problem

        return moment_problem(name, text)
    if name == "anyURI":
        return uri_problem(text)
    if name in ("hexBinary", "base64Binary"):
        return _binary_problem(name, text)
    if name == "boolean":
        return _boolean_problem(text)
    if name == "duration":
        return _duration_problem(text)
    if name == "language":
        return _language_problem(text)
    if name in _TYPES and name not in ("decimal", "float", "double"):
        return _name_problem(name, text)
    return _number_problem(name, text)


def _name_problem(name: str, text: str) -> str:
    """Names of all kinds, and lists of them: the first character that is wrong."""
    if name in ("NMTOKENS", "IDREFS", "ENTITIES"):
        single = name[:-1] if name != "ENTITIES" else "ENTITY"
        valid = lex.is_nmtoken if name == "NMTOKENS" else lex.is_ncname
        text = next(item for item in text.split(" ") if not valid(item))
        return f"in “{_short(text)}”, {_name_problem(single, text)}"
    colons = name in ("Name", "NMTOKEN")
    if name in ("QName", "NOTATION"):
        if text.count(":") > 1:
            return "it has more than one colon"
        prefix, colon, local = text.rpartition(":")
        if colon and not (prefix and local):
            return f"nothing stands {'after' if prefix else 'before'} the colon"
        text = local if prefix == "" or lex.is_ncname(prefix) else prefix
    end = lex.named(text)
    if ":" in text[:end] and not colons:
        return "a colon may not stand in it"
    if end < len(text):
        return f"{shown(text[end])} may not stand in a name"
    return f"a name may not begin with {shown(text[0])}"


def _number_problem(name: str, text: str) -> str:
    if re.fullmatch(r"[+-]?[0-9]+,[0-9]+", text):
        return f"the decimal sign is a point: {text.replace(',', '.')}"
    if name not in ("decimal", "float", "double") and lex.is_decimal(text):
        return "a whole number has no decimal point"
    if name == "decimal" and lex.is_double(text):
        return "exponents, INF and NaN are for float and double only"
    if re.fullmatch(r"[+-]?[0-9]+(?: [0-9]+)+", text):
        return "a space may not stand in a number"
    wrong = re.search("[^-+.0-9eE]" if name in ("float", "double") else "[^-+.0-9]", text)
    return f"{shown(wrong[0])} may not stand in a number" if wrong else ""


def _boolean_problem(text: str) -> str:
    meant = {"yes": "true", "no": "false", "y": "true", "n": "false", "on": "true", "off": "false"}
    small = text.lower()
    if small in ("true", "false"):
        return f"it is written small: {small}"
    return f"write {meant[small]}" if small in meant else ""


def _duration_problem(text: str) -> str:
    if not text.startswith(("P", "-P")):
        return "a duration begins with P"
    if text.endswith(("P", "T")):
        return f"nothing follows the {text[-1]}"
    if "W" in text:
        return "there are no weeks; P14D is two weeks"
    date, _, time = text.partition("T")
    if re.search("[HS]", date):
        return "T comes before hours, minutes and seconds: PT1H"
    if re.search("[.,]", date) or re.search("[.,][0-9]*[HM]", time):
        return "only seconds may have a fraction"
    return ""


def _language_problem(text: str) -> str:
    if "_" in text:
        return f"its parts are joined by hyphens: {_short(text.replace('_', '-'))}"
    if any(len(part) > 8 for part in text.split("-")):
        return "its parts have eight letters at most"
    if "" in text.split("-"):
        return "a part is missing at a hyphen"
    return ""


def _binary_problem(name: str, text: str) -> str:
    digits = text if name == "hexBinary" else text.replace(" ", "").rstrip("=")
    allowed = "[0-9A-Fa-f]*" if name == "hexBinary" else "[A-Za-z0-9+/]*"
    good = re.match(allowed, digits)
    if good and good.end() < len(digits):
        return f"{shown(digits[good.end()])} may not stand in it"
    if name == "hexBinary":
        return "it has an odd number of digits"
    if len(text.replace(" ", "")) % 4:
        return "its characters, with = at the end, do not make groups of four"
    return ""

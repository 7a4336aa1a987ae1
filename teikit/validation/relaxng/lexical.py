"""How the values of XSD's types are written, what they mean, and how they compare.

XSD 1.0 part 2 (second edition), as jing reads it: there is no year 0000, no 24:00:00, but a second
60, and a fraction of seconds may end with its point.

Every check is linear in the length of the text. Functions take text whose white space has been
processed. Numbers are never handed to ``int`` without a limit, since that takes quadratic time.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any, Literal

from teikit.validation.relaxng.characters import inside_class, name_characters, name_start

# -1, 0, 1; None where neither value is the greater one (XSD 1.0 part 2, section 3.2.6.2).
Comparison = Literal[-1, 0, 1] | None


def compare(one: Any, other: Any) -> Literal[-1, 0, 1]:
    """The order of two keys of one type."""
    return -1 if one < other else 1 if one > other else 0


def matcher(pattern: str) -> Callable[[str], re.Match[str] | None]:
    """The pattern's ``fullmatch``; compiled when first used, as no run needs all of them."""
    compiled: Callable[[str], re.Match[str] | None] | None = None

    def fullmatch(text: str) -> re.Match[str] | None:
        nonlocal compiled
        if compiled is None:
            compiled = re.compile(pattern, re.DOTALL).fullmatch
        return compiled(text)

    return fullmatch


def _check(pattern: str, what: str) -> Callable[[str], bool]:
    """A function that tells whether a text matches; ``what`` it says then."""
    fullmatch = matcher(pattern)

    def check(text: str) -> bool:
        return fullmatch(text) is not None

    check.__doc__ = f"Whether the text is {what}."
    return check


# -- white space -------------------------------------------------------------------------------

_SPACES = " \t\n\r"
_REPLACED = str.maketrans("\t\n\r", "   ")
_MANY = re.compile("  +")


def strip(text: str) -> str:
    """The text without white space at its ends: enough where none may stand inside."""
    return text.strip(_SPACES)


def replace(text: str) -> str:
    """Tabs and line ends as spaces."""
    return text.translate(_REPLACED) if "\n" in text or "\t" in text or "\r" in text else text


def collapse(text: str) -> str:
    """Runs of white space as one space, none at the ends."""
    text = replace(text).strip(" ")
    return _MANY.sub(" ", text) if "  " in text else text


# -- names -------------------------------------------------------------------------------------

_ASCII_NCNAME = matcher(r"[A-Za-z_][A-Za-z0-9_.\-]*")
_ASCII_NAME = matcher(r"[A-Za-z_:][A-Za-z0-9_.:\-]*")
_ASCII_NMTOKEN = matcher(r"[A-Za-z0-9_.:\-]+")


@cache
def _unicode_names() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """NCName, Name and NMTOKEN with all their characters; compiled when one beyond ASCII comes."""
    first, rest = inside_class(name_start()), inside_class(name_characters())
    ncname = f"(?!:)[{first}](?:(?!:)[{rest}])*"
    return re.compile(ncname), re.compile(f"[{first}][{rest}]*+"), re.compile(f"[{rest}]+")


def is_ncname(text: str) -> bool:
    """Whether the text is an XML name without colons."""
    match = _ASCII_NCNAME if text.isascii() else _unicode_names()[0].fullmatch
    return match(text) is not None


def is_name(text: str) -> bool:
    """Whether the text is an XML name."""
    match = _ASCII_NAME if text.isascii() else _unicode_names()[1].fullmatch
    return match(text) is not None


def is_nmtoken(text: str) -> bool:
    """Whether the text consists of the characters of names."""
    match = _ASCII_NMTOKEN if text.isascii() else _unicode_names()[2].fullmatch
    return match(text) is not None


def named(text: str) -> int:
    """How many characters at the beginning are such as names consist of."""
    match = _unicode_names()[2].match(text)
    return match.end() if match else 0


def is_qname(text: str) -> bool:
    """Whether the text is a name with a prefix or without; not whether the prefix is declared."""
    prefix, colon, local = text.rpartition(":")
    return is_ncname(local) and (not colon or is_ncname(prefix))


is_language = _check("[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*", "a language tag (RFC 3066)")

# -- numbers -----------------------------------------------------------------------------------

_DECIMAL = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"

is_decimal = _check(_DECIMAL, "a decimal number")
is_integer = _check("[+-]?[0-9]+", "a whole number without a decimal point")
is_double = _check(rf"{_DECIMAL}(?:[eE][+-]?[0-9]+)?|-?INF|NaN", "a floating point number")

# Sign (-1, 0, 1), digits before the point without leading zeros, digits after it without trailing.
Number = tuple[int, str, str]


def decimal_value(text: str) -> Number:
    """The number of a decimal or an integer."""
    whole, _, fraction = text.lstrip("+-").partition(".")
    whole, fraction = whole.lstrip("0"), fraction.rstrip("0")
    return (0 if not whole and not fraction else -1 if text[0] == "-" else 1), whole, fraction


def compare_decimals(one: Number, other: Number) -> Comparison:
    """The order of two numbers."""
    if one[0] != other[0]:
        return compare(one[0], other[0])
    size = compare((len(one[1]), *one[1:]), (len(other[1]), *other[1:]))
    return size if one[0] >= 0 else compare(0, size)


def double_value(text: str) -> float | str:
    """The number of a double; ``"NaN"``, which equals itself, unlike Python's."""
    return text if text == "NaN" else float(text.replace("INF", "inf"))


def float_value(text: str) -> float | str:
    """The number of a float: the nearest of single precision."""
    from struct import pack, unpack

    number = double_value(text)
    if isinstance(number, str):
        return number
    try:
        single: float = unpack("f", pack("f", number))[0]
    except OverflowError:
        return float("inf") if number > 0 else float("-inf")
    return single


def compare_doubles(one: float | str, other: float | str) -> Comparison:
    """The order of two floating point numbers; NaN is comparable to itself alone."""
    if isinstance(one, str) or isinstance(other, str):
        return 0 if one == other else None
    return compare(one, other)


# -- dates and times ---------------------------------------------------------------------------

# Years have nine digits at most. (jing's end at 292278994, where Java's clock does.)
_YEAR = r"(?P<year>-?(?:[1-9][0-9]{4,8}|(?!0000)[0-9]{4}))"
_DAYS = (
    r"(?P<month>(?:0[13578]|1[02])(?=-(?:0[1-9]|[12][0-9]|3[01]))"
    r"|(?:0[469]|11)(?=-(?:0[1-9]|[12][0-9]|30))"
    r"|02(?=-(?:0[1-9]|1[0-9]|2[0-8]|(?P<leap>29))))-(?P<day>[0-9]{2})"
)
_TIME = (
    r"(?P<hour>[01][0-9]|2[0-3]):(?P<minute>[0-5][0-9]):(?P<second>[0-5][0-9]|60)"
    r"(?:\.(?P<fraction>[0-9]*))?"
)
_MONTH = r"(?P<month>0[1-9]|1[0-2])"
_ZONE = r"(?P<zone>Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"

_MOMENTS = {
    name: matcher(written + _ZONE)
    for name, written in {
        "dateTime": f"{_YEAR}-{_DAYS}T{_TIME}",
        "date": f"{_YEAR}-{_DAYS}",
        "time": _TIME,
        "gYearMonth": f"{_YEAR}-{_MONTH}",
        "gYear": _YEAR,
        "gMonthDay": f"--{_DAYS}",
        "gMonth": f"--{_MONTH}",
        "gDay": r"---(?P<day>0[1-9]|[12][0-9]|3[01])",
    }.items()
}

# Seconds since the year 1, 1 inside a leap second, digits of the fraction, whether with time zone.
Moment = tuple[int, int, str, bool]

_FOURTEEN_HOURS = 14 * 3600


def is_leap(year: str) -> bool:
    """Whether a year (of four digits or more, perhaps with a minus) has a 29 February.

    There is no year 0, so that the year before 1 is -0001, and a leap year.
    """
    cycle = int(year[-4:])  # 10000 years are 25 times 400
    if year[0] == "-":
        cycle = (cycle - 1) % 400
    return cycle % 4 == 0 and (cycle % 100 != 0 or cycle % 400 == 0)


def moment_check(name: str) -> Callable[[str], bool]:
    """A function that tells whether a text is a value of the type: ``date``, ``gYear`` …"""
    fullmatch = _MOMENTS[name]
    if name not in ("date", "dateTime"):
        return lambda text: fullmatch(text) is not None

    def check(text: str) -> bool:
        match = fullmatch(text)
        return match is not None and (match["leap"] is None or is_leap(match["year"]))

    return check


def moment_value(name: str, text: str) -> Moment:
    """The instant that a valid value begins; what it leaves open is that of 2000-01-01."""
    match = _MOMENTS[name](text)
    assert match is not None, f"{text!r} is no {name}"
    found = match.groupdict("")
    year = int(found.get("year", "2000"))
    seconds = 86400 * _day_number(
        year if year > 0 else year + 1, int(found.get("month", "1")), int(found.get("day", "1"))
    )
    leap = found.get("second") == "60"
    seconds += 3600 * int(found.get("hour", "0")) + 60 * int(found.get("minute", "0"))
    seconds += 59 if leap else int(found.get("second", "0"))
    zone = found["zone"]
    if len(zone) > 1:
        offset = 3600 * int(zone[1:3]) + 60 * int(zone[4:])
        seconds -= offset if zone[0] == "+" else -offset
    return seconds, int(leap), found.get("fraction", "").rstrip("0"), bool(zone)


def _day_number(year: int, month: int, day: int) -> int:
    """The day in the Gregorian calendar, from 0001-01-01, astronomical years before."""
    year, month = (year, month) if month > 2 else (year - 1, month + 12)
    return 365 * year + year // 4 - year // 100 + year // 400 + (153 * month - 457) // 5 + day - 307


def compare_moments(one: Moment, other: Moment) -> Comparison:
    """The order of two instants; without a time zone a value may be off by fourteen hours."""
    if one[3] == other[3]:
        return compare(one[:3], other[:3])
    shift = _FOURTEEN_HOURS if one[3] else -_FOURTEEN_HOURS
    if one[:3] < (other[0] - abs(shift), *other[1:3]):
        return -1
    return 1 if one[:3] > (other[0] + abs(shift), *other[1:3]) else None


_DURATION = matcher(
    r"(-?)P(?=.)(?:([0-9]+)Y)?(?:([0-9]+)M)?(?:([0-9]+)D)?"
    r"(?:T(?=.)(?:([0-9]+)H)?(?:([0-9]+)M)?(?:(?=\.?[0-9])([0-9]*)(?:\.([0-9]*))?S)?)?"
)

# Sign, then years, months, days, hours, minutes, seconds without leading zeros, and the fraction.
Duration = tuple[int, str, str, str, str, str, str, str]


def is_duration(text: str) -> bool:
    """Whether the text is a duration."""
    return _DURATION(text) is not None


def duration_value(text: str) -> Duration:
    """The parts of a valid duration: P1Y and P12M are as long, but not the same."""
    match = _DURATION(text)
    assert match is not None, f"{text!r} is no duration"
    sign, *parts = match.groups("")
    years, months, days, hours, minutes, seconds = (part.lstrip("0") for part in parts[:6])
    fraction = parts[6].rstrip("0")
    nothing = not any((years, months, days, hours, minutes, seconds, fraction))
    return (
        0 if nothing else -1 if sign else 1,
        *(years, months, days, hours, minutes, seconds, fraction),
    )


# Durations are as long as they are from each of these instants on (section 3.2.6.2).
_STARTS = ((1696, 9), (1697, 2), (1903, 3), (1903, 7))


def compare_durations(one: Duration, other: Duration) -> Comparison:
    """The order of two durations, where all months, short and long, agree on it."""
    results = {compare(_length(one, start), _length(other, start)) for start in _STARTS}
    return results.pop() if len(results) == 1 else None


def _length(duration: Duration, start: tuple[int, int]) -> tuple[int, str]:
    """Seconds and fraction from a start on; of a negative one, such that it sorts among them."""
    sign = duration[0]
    years, months, days, hours, minutes, seconds = map(bounded, duration[1:7])
    month = 12 * start[0] + start[1] - 1 + sign * (12 * years + months)
    passed = _day_number(month // 12, month % 12 + 1, 1) - _day_number(*start, 1)
    whole = 86400 * passed + sign * (86400 * days + 3600 * hours + 60 * minutes + seconds)
    fraction = duration[7]
    if sign < 0 and fraction:  # -0.25 is -1 + 0.75
        return whole - 1, _rest(fraction)
    return whole, fraction


def _rest(fraction: str) -> str:
    """What is missing to one: 75 for 25."""
    nines = fraction.translate(str.maketrans("0123456789", "9876543210"))
    return nines[:-1] + str(10 - int(fraction[-1]))


def bounded(digits: str) -> int:
    """The number; beyond four thousand digits, which no calculation needs, only a huge one."""
    return int(digits or "0") if len(digits) <= 4000 else 10**4000


# -- binary data -------------------------------------------------------------------------------

_BASE64 = matcher(
    "(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=|[A-Za-z0-9+/][AQgw]==)?"
)

is_hex = _check("(?:[0-9A-Fa-f]{2})*", "bytes of two hexadecimal digits each")


def is_base64(text: str) -> bool:
    """Whether the text is base64; single spaces may stand anywhere."""
    return _BASE64(text.replace(" ", "")) is not None


def base64_length(text: str) -> int:
    """The number of bytes that the text encodes."""
    text = text.replace(" ", "")
    return len(text) // 4 * 3 - text.count("=")

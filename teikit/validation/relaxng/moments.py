"""Why a date or a time is wrong, in words: there is no month 13, February 1932 has 29 days."""

from __future__ import annotations

import re

from teikit.validation.relaxng.lexical import is_leap

_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

# Any number of digits, so that the parts can be judged one by one.
_ZONE = r"(?P<zone>[Zz]|[+-][0-9]{1,2}:?[0-9]{0,2})?"
_DATE = r"(?P<year>[+-]?[0-9]+)(?:-(?P<month>[0-9]+)(?:-(?P<day>[0-9]+))?)?"
_TIME = r"(?P<hour>[0-9]+):(?P<minute>[0-9]+)(?::(?P<second>[0-9]+)(?P<fraction>[.,][0-9]*)?)?"
_LOOSE = {
    "dateTime": f"{_DATE}(?:[Tt ]{_TIME})?{_ZONE}",
    "date": _DATE + _ZONE,
    "time": _TIME + _ZONE,
    "gYearMonth": _DATE + _ZONE,
    "gYear": _DATE + _ZONE,
    "gMonthDay": f"--(?P<month>[0-9]+)-(?P<day>[0-9]+){_ZONE}",
    "gMonth": f"--(?P<month>[0-9]+){_ZONE}",
    "gDay": f"---(?P<day>[0-9]+){_ZONE}",
}
_PARTS = {
    "dateTime": ("year", "month", "day", "hour", "minute", "second"),
    "date": ("year", "month", "day"),
    "time": ("hour", "minute", "second"),
    "gYearMonth": ("year", "month"),
    "gYear": ("year",),
}


def moment_problem(name: str, text: str) -> str:
    """Why the text is no value of the type ``name`` (``date``, ``gYear`` …); empty if unclear."""
    if re.fullmatch(r"[0-9]{1,4}([./])[0-9]{1,2}\1[0-9]{1,4}", text) and name in _PARTS:
        return "its parts are joined by hyphens, the year first"
    match = re.fullmatch(_LOOSE[name], text)
    if match is None:
        return ""
    found = match.groupdict()
    wanted = _PARTS.get(name, ())
    missing = [part for part in wanted if found.get(part) is None]
    if missing == ["hour", "minute", "second"]:
        missing = ["time"]
    elif missing == ["second"]:
        missing = ["seconds"]
    if any(found.get(part) for part in ("month", "day") if wanted and part not in wanted):
        return f"it says more than a {'year' if name == 'gYear' else 'year and month'}"
    return (
        (_year_problem(found["year"]) if "year" in found else "")
        or _month_problem(found.get("month"))
        or _day_problem(found.get("day"), found.get("month"), found.get("year"))
        or _time_problem(found)
        or _missing(missing)
        or _zone_problem(found["zone"])
        or ("between date and time stands a capital T" if name == "dateTime" else "")
    )


def _missing(parts: list[str]) -> str:
    verb = "is" if len(parts) == 1 and parts[0] != "seconds" else "are"
    return f"the {' and '.join(parts)} {verb} missing" if parts else ""


def _year_problem(year: str) -> str:
    if year[0] == "+":
        return "a year has no plus sign"
    sign, digits = ("-", year[1:]) if year[0] == "-" else ("", year)
    if len(digits) < 4:
        return f"a year has four digits: {sign}{digits.zfill(4)}"
    if not digits.strip("0"):
        return "there is no year 0000; -0001 comes before 0001"
    if len(digits) > 9:
        return "a year of more than nine digits is too far away"
    if len(digits) > 4 and digits[0] == "0":
        return f"the year has a zero too many: {sign}{digits.lstrip('0').zfill(4)}"
    return ""


def _month_problem(month: str | None) -> str:
    if month is None:
        return ""
    if len(month) == 1:
        return f"the month has two digits: {month.zfill(2)}"
    return "" if len(month) == 2 and 1 <= int(month) <= 12 else f"there is no month {month[:9]}"


def _day_problem(day: str | None, month: str | None, year: str | None) -> str:
    if day is None:
        return ""
    if len(day) == 1:
        return f"the day has two digits: {day.zfill(2)}"
    if len(day) > 2 or not 1 <= int(day) <= 31:
        return f"there is no day {day[:9]}"
    if month is None:
        return ""
    leap = year is None or is_leap(year)
    length = 29 if month == "02" and leap else _DAYS[int(month) - 1]
    if int(day) <= length:
        return ""
    when = _MONTHS[int(month) - 1] + (f" {year}" if year and month == "02" else "")
    return f"{when} has {length} days"


def _time_problem(found: dict[str, str | None]) -> str:
    if found.get("hour") is None:
        return ""
    for part, last in (("hour", 23), ("minute", 59), ("second", 60)):
        digits = found[part]
        if digits is None:
            continue
        if len(digits) == 1:
            return f"the {part} has two digits: {digits.zfill(2)}"
        if digits == "24" and part == "hour":
            return "there is no hour 24; midnight is 00:00:00 of the next day"
        if len(digits) > 2 or int(digits) > last:
            return f"there is no {part} {digits[:9]}"
    if (found["fraction"] or "").startswith(","):
        return "the fraction of a second follows a point"
    return ""


def _zone_problem(zone: str | None) -> str:
    if not zone or re.fullmatch(r"Z|[+-][0-9]{2}:[0-5][0-9]", zone):
        return "" if not zone or zone == "Z" or zone[1:] <= "14:00" else f"{zone} is no time zone"
    return "a time zone is written Z or as +01:00"

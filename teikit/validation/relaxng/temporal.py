"""Dates, times and durations of XML Schema part 2: their forms, their values, their order."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction

_ZONE = r"(Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?"
_YEAR = r"(-?(?:[1-9][0-9]{3,8}|0[0-9]{3}))"
_MONTH, _DAY = r"(0[1-9]|1[0-2])", r"(0[1-9]|[12][0-9]|3[01])"
_TIME = r"([01][0-9]|2[0-3]):([0-5][0-9]):([0-5][0-9]|60)(\.[0-9]+)?"

_FORMS = {
    "dateTime": f"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}{_ZONE}",
    "date": f"{_YEAR}-{_MONTH}-{_DAY}()()()(){_ZONE}",
    "time": f"()()(){_TIME}{_ZONE}",
    "gYearMonth": f"{_YEAR}-{_MONTH}()()()()(){_ZONE}",
    "gYear": f"{_YEAR}()()()()()(){_ZONE}",
    "gMonthDay": f"()--{_MONTH}-{_DAY}()()()(){_ZONE}",
    "gMonth": f"()--{_MONTH}()()()()(){_ZONE}",
    "gDay": f"()()---{_DAY}()()()(){_ZONE}",
}
_DURATION = (
    r"(-)?P(?=[0-9T])(?:([0-9]+)Y)?(?:([0-9]+)M)?(?:([0-9]+)D)?"
    r"(?:T(?=[0-9])(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+(?:\.[0-9]+)?)S)?)?"
)
_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_DATELIKE = re.compile(r"(-?[0-9]{4,})-([0-9]{1,2})(?:-([0-9]{1,2}))?(?:T.*|Z|[+-]\d\d:\d\d)?")
_LONGEST = 4_000  # digits; nobody means more, and Python refuses to count them


@cache
def _form(kind: str) -> re.Pattern[str]:
    return re.compile(_FORMS[kind])


# A moment: seconds since 1 January of year 1 (in UTC where there is a zone), and whether a time
# zone is stated; moments without one lie within fourteen hours of it.
Moment = tuple["Fraction", bool]
Duration = tuple[int, "Fraction"]  # months, seconds
_FOURTEEN_HOURS = 14 * 3600


def allows(kind: str, text: str) -> bool:
    """Whether the text is a date or time of that kind, and the calendar has it."""
    match = _form(kind).fullmatch(text)
    if not match:
        return False
    year, month, day = match[1], match[2], match[3]
    if year and not int(year):
        return False
    return not (day and month) or int(day) <= _last(int(year) if year else 4, int(month))


def moment(kind: str, text: str) -> Moment:
    """The moment at which the date or time begins; what is not stated is that of 1 January 4."""
    from fractions import Fraction

    match = _form(kind).fullmatch(text)
    assert match is not None
    year, month, day, hour, minute, second, fraction, zone = match.groups()
    seconds = Fraction(_days(int(year or 4), int(month or 1), int(day or 1)) * 86_400)
    seconds += int(hour or 0) * 3600 + int(minute or 0) * 60 + int(second or 0)
    seconds += Fraction(f"0{fraction[:_LONGEST]}") if fraction else 0
    if zone and zone != "Z":
        sign = -1 if zone[0] == "+" else 1
        seconds += sign * (int(zone[1:3]) * 3600 + int(zone[4:6]) * 60)
    return seconds, bool(zone)


def order(one: Moment, other: Moment) -> int | None:
    """-1, 0 or 1; None where it depends on a time zone that is not stated (section 3.2.7.4)."""
    gap = one[0] - other[0]
    if one[1] != other[1] and abs(gap) <= _FOURTEEN_HOURS:
        return None
    return (gap > 0) - (gap < 0)


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _last(year: int, month: int) -> int:
    """The number of days of a month. There is no year 0: the year before 1 is -1."""
    year = year + 1 if year < 0 else year
    if month == 2:
        return 29 if _leap(year) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _days(year: int, month: int, day: int) -> int:
    """Days since 1 January of year 1, in the Gregorian calendar carried back."""
    year = year + 1 if year < 0 else year
    year, month = (year, month - 3) if month > 2 else (year - 1, month + 9)
    era, of_era = divmod(year, 400)
    return era * 146_097 + of_era * 365 + of_era // 4 - of_era // 100 + (month * 153 + 2) // 5 + day


def allows_duration(text: str) -> bool:
    """Whether the text is a duration: P, then years, months, days, T, hours, minutes, seconds."""
    return len(text) < _LONGEST and re.fullmatch(_DURATION, text) is not None


def duration(text: str) -> Duration:
    """The duration as months and seconds, neither of which is a multiple of the other."""
    from fractions import Fraction

    match = re.fullmatch(_DURATION, text)
    assert match is not None
    sign = -1 if match[1] else 1
    years, months, days, hours, minutes = (int(match[at] or 0) for at in range(2, 7))
    seconds = Fraction(match[7] or 0) + 60 * minutes + 3600 * hours + 86_400 * days
    return sign * (12 * years + months), sign * seconds


def order_durations(one: Duration, other: Duration) -> int | None:
    """-1, 0 or 1; None where it depends on the months meant (section 3.2.6.2)."""
    if one == other:
        return 0
    ends = set()
    for year, month in ((1696, 9), (1697, 2), (1903, 3), (1903, 7)):
        gap = _end(year, month, one) - _end(year, month, other)
        ends.add((gap > 0) - (gap < 0))
    return ends.pop() if len(ends) == 1 else None


def _end(year: int, month: int, length: Duration) -> Fraction:
    years, months = divmod(month - 1 + length[0], 12)
    return _days(year + years, months + 1, 1) * 86_400 + length[1]


def problem(text: str) -> str:
    """What is impossible about something like a date; the empty string where nothing is."""
    match = _DATELIKE.fullmatch(text)
    if not match:
        return ""
    if not int(match[1][:_LONGEST]):
        return "there is no year 0: the year before 1 is -0001"
    month, day = int(match[2]), int(match[3]) if match[3] else None
    if not 1 <= month <= 12:
        return f"there is no month {month}"
    if day is not None:
        last = _last(int(match[1][:9]), month)
        if not 1 <= day <= last:
            return f"{_MONTHS[month - 1]} {match[1]} has {last} days"
    if len(match[2]) < 2 or (match[3] and len(match[3]) < 2):
        return "month and day have two digits"
    return ""

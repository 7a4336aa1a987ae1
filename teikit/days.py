"""Dates in ISO form as spans of days, so that they can be compared with the precision they have.

``1932`` is all of that year: it is neither before nor after ``1932-10-14``. Years before our era
are negative and ``0000`` is the year 1 BC, as in ISO 8601.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

Day = tuple[int, int, int]

# A year of more digits than that is no date of anything, and Python refuses to read very long ones.
_ISO = re.compile(r"(-?\d{4,9})(?:-(\d\d)(?:-(\d\d))?)?(?:T.*)?(?:Z|[+-]\d\d:\d\d)?")

# Which attributes must not come after which (att.datable.w3c).
_ORDER = (
    ("from", "to"),
    ("notBefore", "notAfter"),
    ("from", "notAfter"),
    ("notBefore", "to"),
    ("notBefore", "when"),
    ("from", "when"),
    ("when", "notAfter"),
    ("when", "to"),
)


def span(value: str) -> tuple[Day, Day] | None:
    """The first and the last day that a date in ISO form may mean; None where it is no date.

    What the calendar does not have (a thirteenth month) is no date: another check tells of it.
    """
    match = _ISO.fullmatch(value)
    if not match:
        return None
    year = int(match[1])
    month, day = (int(match[at]) if match[at] else None for at in (2, 3))
    if not (month is None or 1 <= month <= 12) or not (day is None or 1 <= day <= 31):
        return None
    return (year, month or 1, day or 1), (year, month or 12, day or 31)


def first(value: str) -> Day | None:
    """The first day that a date may mean."""
    days = span(value)
    return days[0] if days else None


def last(value: str) -> Day | None:
    """The last day that a date may mean."""
    days = span(value)
    return days[1] if days else None


def disorder(values: Mapping[str, str]) -> tuple[str, str] | None:
    """The first two attributes of a date that contradict each other; None where none do.

    ``values`` are the attributes by name. The one that should be the earlier comes first.
    """
    for early, late in _ORDER:
        one, other = first(values.get(early, "")), last(values.get(late, ""))
        if one and other and one > other:
            return early, late
    return None

"""Dates: a normalised date is one that the calendar has, and a range runs forward.

Guidelines 13.3.6, att.datable.w3c.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from itertools import groupby

from teikit.checks.lives import dated_places
from teikit.days import disorder
from teikit.diagnostics import RULES, Diagnostic, Related
from teikit.facts import DateUse, Facts
from teikit.links import Links

# Not calendar.month_name: that one speaks the language of the machine.
_MONTHS = {1: "January", 2: "February", 3: "March", 4: "April", 5: "May", 6: "June", 7: "July"}
_MONTHS |= {8: "August", 9: "September", 10: "October", 11: "November", 12: "December"}
_DATE = re.compile(r"(-?\d{4,9})-(\d{1,2})(?:-(\d{1,2}))?(?:T.*|Z|[+-]\d\d:\d\d)?")


# Elements whose @from and @to are no dates but pages, leaves, or places in the text.
_NO_DATES = frozenset({"app", "arc", "biblScope", "citedRange", "locus", "rt"})


def check(links: Links) -> Iterator[Diagnostic]:
    """TK401: there is no such day or month. TK402: a range of dates ends before it begins."""
    for facts in links.facts:
        for use in facts.dates:
            problem = explain(use.value)
            if problem:
                message, hint = problem
                yield RULES["TK401"].at(
                    use.location,
                    f"@{use.attribute}=“{use.value}” is no date: {message}",
                    expected=("yyyy", "yyyy-mm", "yyyy-mm-dd"),
                    hints=(hint,) if hint else (),
                )
        yield from _backward(facts)


def _backward(facts: Facts) -> Iterator[Diagnostic]:
    """The ranges that run backward. Those of register entries are told with the entry."""
    told = {place.xpath for place, _, _ in dated_places(facts.entries)}
    # The attributes of one element follow each other.
    for xpath, group in groupby(facts.dates, key=lambda use: use.location.xpath):
        uses: dict[str, DateUse] = {use.attribute.removesuffix("-iso"): use for use in group}
        element = (xpath or "").rpartition("/")[2].partition("[")[0]
        if len(uses) < 2 or element in _NO_DATES or xpath in told:
            continue
        pair = disorder({name: use.value for name, use in uses.items()})
        if pair:
            early, late = uses[pair[0]], uses[pair[1]]
            yield RULES["TK402"].at(
                late.location,
                f"@{late.attribute}=“{late.value}” is before @{early.attribute}=“{early.value}”",
                hints=("the two may be swapped, or one has a slip",),
                related=(Related(f"@{early.attribute}", early.location),),
            )


def explain(value: str) -> tuple[str, str] | None:
    """What is impossible about a date in ISO form, and what it may have meant; None if nothing.

    Values in another form are the grammar's business, and None too.
    """
    match = _DATE.fullmatch(value)
    if not match:
        return None
    year, month, day = match[1], int(match[2]), int(match[3]) if match[3] else None
    if month == 0:
        return "there is no month 0", f"write {year} where the month is not known"
    if day == 0:
        return "there is no day 0", f"write {year}-{month:02} where the day is not known"
    if not 1 <= month <= 12:
        swapped = day is not None and 1 <= day <= 12 and 1 <= month <= 31
        hint = f"day and month may be swapped: {year}-{day:02}-{month:02}" if swapped else ""
        return f"there is no month {month}", hint
    if day is not None:
        last = monthrange(abs(int(year)) or 4, month)[1]
        if not 1 <= day <= last:
            return f"{_MONTHS[month]} {year} has {last} days", "compare the day with the source"
    return None

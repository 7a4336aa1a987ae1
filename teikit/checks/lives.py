"""Lives: the dates of an entry do not contradict each other (Guidelines 13.3.2, att.datable)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from teikit.days import Day, disorder, first, last
from teikit.diagnostics import RULES, Diagnostic, Location, Related, Severity
from teikit.header import DateValue
from teikit.links import Links
from teikit.registers import Dated, Entry

# What nobody does after death; anything else may happen to a name: a rehabilitation, a burial.
_ALIVE = frozenset({"floruit", "residence", "occupation", "education"})
# What happens to the dead, as people write it in @type.
_POSTHUMOUS = frozenset(
    "posthumous burial funeral interment exhumation rehabilitation canonization canonisation "
    "beatification commemoration translation probate".split()
)


def check(links: Links) -> Iterator[Diagnostic]:
    """TK305: the dates of an entry contradict each other."""
    for facts in links.facts:
        for entry in facts.entries:
            wrong = list(_disordered(entry))
            yield from wrong
            if entry.kind == "person" and not wrong:
                yield from _life(entry)


def attributes_of(date: DateValue) -> dict[str, str]:
    """The normalised values of a date by the name of the attribute that holds each."""
    named = {
        "when": date.when,
        "notBefore": date.not_before,
        "notAfter": date.not_after,
        "from": date.start,
        "to": date.end,
    }
    return {name: value for name, value in named.items() if value}


def dated_places(entries: Iterable[Entry]) -> Iterator[tuple[Location, DateValue, str]]:
    """Each date that an entry states: where it stands, the date, and what it is the date of."""
    for entry in entries:
        for item in entry.dated:
            yield item.location, item.date, _called(item)
        for name in entry.names:
            if name.date and name.location:
                yield name.location, name.date, f"the name “{name.text}”"
        for point in entry.points:
            if point.date and point.location:
                yield point.location, point.date, "the location"


def _who(entry: Entry) -> str:
    name = entry.name()
    return entry.id if name == entry.id else f"{name} ({entry.id})"


def _called(item: Dated) -> str:
    return f"{item.kind} “{item.type}”" if item.type else item.kind


def _disordered(entry: Entry) -> Iterator[Diagnostic]:
    seen = set()
    for location, date, what in dated_places([entry]):
        values = attributes_of(date)
        pair = disorder(values)
        if pair and location not in seen:
            seen.add(location)
            early, late = pair
            yield RULES["TK305"].at(
                location,
                f"{_who(entry)}: {what} has @{early}=“{values[early]}”, which is after "
                f"@{late}=“{values[late]}”",
                hints=("the two may be swapped, or one has a slip",),
            )


@dataclass(frozen=True, slots=True)
class _End:
    """An end of a life: the outermost day that birth or death may mean, and where it is said."""

    day: Day
    item: Dated

    @property
    def text(self) -> str:
        values = attributes_of(self.item.date)
        return next(iter(values.values()))


def _born(entry: Entry) -> _End | None:
    """The earliest birth that an entry allows; None where it does not say."""
    found = []
    for item in entry.dated:
        if item.kind == "birth":
            date = item.date
            day = first(date.when or date.not_before or date.start)
            if day is None and attributes_of(date):
                return None
            if day:
                found.append(_End(day, item))
    return min(found, key=lambda end: end.day, default=None)


def _died(entry: Entry) -> _End | None:
    """The latest death that an entry allows; None where it does not say."""
    found = []
    for item in entry.dated:
        if item.kind == "death":
            date = item.date
            day = last(date.when or date.not_after or date.end)
            if day is None and attributes_of(date):
                return None
            if day:
                found.append(_End(day, item))
    return max(found, key=lambda end: end.day, default=None)


def _life(entry: Entry) -> Iterator[Diagnostic]:
    born, died = _born(entry), _died(entry)
    if born and died and born.day > died.day:
        yield RULES["TK305"].at(
            born.item.location,
            f"{_who(entry)}: the birth ({born.text}) is after the death ({died.text})",
            hints=("compare both with the source: the two may be swapped, or one has a slip",),
            related=(Related("the death", died.item.location),),
        )
        return
    facts = [item for item in entry.dated if item.kind not in ("birth", "death", "date")]
    early = [item for item in facts if born and _before(item.date, born.day)]
    if born and early:
        yield _outside(entry, born, early, "before the birth", "birth")
    late = [item for item in facts if died and _after(item.date, died.day)]
    late = [item for item in late if item.type.lower() not in _POSTHUMOUS]
    if died and late:
        finding = _outside(entry, died, late, "after the death", "death")
        certain = any(item.kind in _ALIVE for item in late)
        yield finding if certain else replace(finding, severity=Severity.WARNING)


def _before(date: DateValue, born: Day) -> bool:
    """Whether something certainly lies, begins or ends before a day."""
    days = (last(value) for value in (date.when, date.start, date.end, date.not_after))
    return any(day is not None and day < born for day in days)


def _after(date: DateValue, died: Day) -> bool:
    days = (first(value) for value in (date.when, date.start, date.end, date.not_before))
    return any(day is not None and day > died for day in days)


def _outside(entry: Entry, end: _End, items: list[Dated], side: str, name: str) -> Diagnostic:
    """One finding for a life and what lies outside of it: at the fact, or at the one wrong end."""
    shown = [f"{_called(item)} {'/'.join(attributes_of(item.date).values())}" for item in items]
    if len(items) == 1:
        return RULES["TK305"].at(
            items[0].location,
            f"{_who(entry)}: {shown[0]} is {side} ({end.text})",
            hints=("compare the date with the source, or that of the birth or death",),
            related=(Related(f"the {name}", end.item.location),),
        )
    return RULES["TK305"].at(
        end.item.location,
        f"{_who(entry)}: {len(items)} facts are {side} ({end.text}): {', '.join(shown)}",
        hints=("compare the date with the source",),
        related=[Related(what, item.location) for what, item in zip(shown, items, strict=True)],
    )

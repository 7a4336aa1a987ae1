"""Order: in a register that is sorted, an entry that is not in its place is not found."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from teikit.collation import natural_key, sort_key
from teikit.diagnostics import RULES, Diagnostic, Related
from teikit.facts import Facts
from teikit.links import Links
from teikit.registers import Entry

# Of a list this long it can be told whether somebody sorts it.
_LEAST = 10
# So much of it may be out of place, in percent; with more it has another order, or none.
_MOST = 10
_SHOWN = 10


def check(links: Links) -> Iterator[Diagnostic]:
    """TK309: a list of a register is sorted by id or by name, but for a few entries."""
    for facts in links.facts:
        if facts.role == "register":
            for entries in _lists(facts):
                if len(entries) >= _LEAST:
                    yield from _judge(facts, entries)


def _lists(facts: Facts) -> Iterator[list[Entry]]:
    """The entries of each list of a file, in its order."""
    found: dict[str, list[Entry]] = {}
    for entry in facts.entries:
        parent = (entry.location.xpath or "").rpartition("/")[0]
        found.setdefault(parent, []).append(entry)
    yield from found.values()


def _judge(facts: Facts, entries: Sequence[Entry]) -> Iterator[Diagnostic]:
    orders: tuple[tuple[str, Callable[[Entry], Any]], ...] = (
        ("id", lambda entry: natural_key(entry.id)),
        ("id", lambda entry: entry.id),
        ("name", lambda entry: sort_key(entry.sort_form(facts.lang), facts.lang)),
    )
    by, misplaced = min(
        ((by, _misplaced([key(entry) for entry in entries])) for by, key in orders),
        key=lambda item: len(item[1]),
    )
    if not misplaced or len(misplaced) * 100 > _MOST * len(entries):
        return
    first, *others = (entries[index] for index in misplaced)
    names = ", ".join(f"“{entry.id}”" for entry in (first, *others[: _SHOWN - 1]))
    more = ", …" if len(others) >= _SHOWN else ""
    stands = "entries stand" if others else "entries stands"
    option = "" if by == "id" else " --by name"
    yield RULES["TK309"].at(
        first.location,
        f"{len(misplaced)} of {len(entries)} {stands} out of order in a list sorted by {by}: "
        f"{names}{more}",
        hints=(f"teikit register sort {facts.path}{option}",),
        related=[
            Related(f"“{entry.id}” is here", entry.location) for entry in others[: _SHOWN - 1]
        ],
    )


def _misplaced(keys: Sequence[Any]) -> list[int]:
    """The fewest places that have to be left out for the rest to rise: patience sorting."""
    tops: list[Any] = []
    ends: list[int] = []
    before: list[int | None] = []
    for index, key in enumerate(keys):
        pile = bisect_right(tops, key)
        before.append(ends[pile - 1] if pile else None)
        tops[pile : pile + 1] = [key]
        ends[pile : pile + 1] = [index]
    kept = set()
    at: int | None = ends[-1] if ends else None
    while at is not None:
        kept.add(at)
        at = before[at]
    return [index for index in range(len(keys)) if index not in kept]

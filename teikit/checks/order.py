"""Translations: aligned units come in one order and bear one number (Guidelines 17.4)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from teikit.alignment import Bead, beads, differing_refs, gap, inverted, moved, owners
from teikit.diagnostics import RULES, Diagnostic, Related
from teikit.links import Links


def check(links: Links) -> Iterator[Diagnostic]:
    """TK504: aligned units cross. TK505: aligned units have different references."""
    for group in links.groups:
        for version in group.versions[1:]:
            found = beads(group.versions[0], version, links.aligned)
            taken = owners(found)
            # What is not contiguous cannot be in order: the check of alignment tells it.
            whole = [bead for bead in found if not gap(bead, taken)]
            yield from _crossing(whole)
            yield from _references(whole)


def _crossing(found: Sequence[Bead]) -> Iterator[Diagnostic]:
    """The fewest units that would have to move for both versions to have one order."""
    order = [bead.spots[1][0] for bead in found]
    out = moved(order)
    rising = [place for place in range(len(order)) if place not in out]
    values = [order[place] for place in rising]
    for place in sorted(out):
        here, there = found[place].left[0], found[place].right[0]
        before, lower = bisect_left(rising, place), bisect_left(values, order[place])
        # Whatever is passed by on the way stands on one side here and on the other there.
        passed = found[rising[lower if lower < before else lower - 1]]
        one, two = ("before", "after") if lower < before else ("after", "before")
        yield RULES["TK504"].at(
            there.location,
            f"<{there.element}> {there.name} stands {one} {passed.right[0].name}, "
            f"but its counterpart {here.name} {two} {passed.left[0].name}",
            hints=("point to the unit that it translates; where the translator moved it, say so",),
            related=(
                Related(f"{here.name} stands here", here.location),
                Related(f"{passed.right[0].name} stands here", passed.right[0].location),
            ),
        )


def _references(found: Sequence[Bead]) -> Iterator[Diagnostic]:
    """Different numbers; where one shifts all that follow, the first tells of them."""
    crossing = inverted([bead.spots[1][0] for bead in found])
    run: list[tuple[Bead, str, str]] = []
    for number, bead in enumerate(found):
        differing = None if number in crossing else differing_refs(bead)
        if differing and run and not _goes_on(run[-1][1:], differing):
            yield _differing(run)
            run = []
        if differing:
            run.append((bead, *differing))
        elif run and bead.left[0].ref:
            yield _differing(run)
            run = []
    if run:
        yield _differing(run)


def _goes_on(before: tuple[str, str], here: tuple[str, str]) -> bool:
    """Whether two pairs of numbers that follow each other differ by the same."""
    shift = _shift(*here)
    return shift is not None and shift == _shift(*before)


def _shift(one: str, two: str) -> int | None:
    """By how much two numbers differ; None where they are no numbers (of a sensible size)."""
    numbers = all(item.isdecimal() and len(item) < 10 for item in (one, two))
    return int(two) - int(one) if numbers else None


def _differing(run: list[tuple[Bead, str, str]]) -> Diagnostic:
    bead, one, two = run[0]
    here, there = bead.left[0], bead.right[0]
    more = f"; so it goes on to {run[-1][0].right[0].name}" if len(run) > 1 else ""
    return RULES["TK505"].at(
        there.location,
        f"<{there.element}> {there.name} is number {two}, "
        f"but its counterpart {here.name} is number {one}{more}",
        hints=("give both one number: they are cited by it", "or point to the unit it translates"),
        related=(Related(f"{here.name} stands here", here.location),),
    )

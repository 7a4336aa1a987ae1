"""Alignment: which units of two versions of a document translate each other (Guidelines 17.4).

Two units are aligned where each names the other in ``@corresp``, or where a ``link`` names both.
What is only said from one side is no alignment yet; a corpus in which one version points and the
other never does is taken at its word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from teikit.facts import Facts
from teikit.passages import Unit

Key = tuple[str, str]  # the path of a file, and the xml:id of a unit in it (or its key)
Partners = Mapping[Key, tuple[Key, ...]]


@dataclass(frozen=True, slots=True)
class Bead:
    """Units of one version and units of another that translate each other, in document order.

    Mostly one to one; ``spots`` are their places among the units of the two versions, from 0.
    """

    left: tuple[Unit, ...]
    right: tuple[Unit, ...]
    spots: tuple[tuple[int, ...], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a version is aligned.

    ``units`` counts what should be: the units of the body that have a canonical reference, and
    whatever else is aligned; ``words`` the words in them.
    """

    version: str
    lang: str
    aligned: int
    units: int
    aligned_words: int
    words: int


def key(facts: Facts, unit: Unit) -> Key:
    """The name of a unit in the table of partners."""
    return facts.path, unit.id or unit.key


def one_way(left: Facts, right: Facts, partners: Partners) -> tuple[Facts, ...]:
    """The version that is pointed to, several times, without ever pointing back."""
    silent = _one_way(
        ([key(left, unit) for unit in left.units], left.path),
        ([key(right, unit) for unit in right.units], right.path),
        partners,
    )
    return tuple(version for version in (left, right) if version.path == silent)


def _one_way(
    left: tuple[Iterable[Key], str], right: tuple[Iterable[Key], str], partners: Partners
) -> str:
    """The path of that version; nothing where both point, or there is hardly anything to tell."""
    counted = [
        sum(target[0] == path for name in names for target in partners.get(name, ()))
        for names, path in ((left[0], right[1]), (right[0], left[1]))
    ]
    if min(counted) == 0 and max(counted) > 1:
        return right[1] if counted[0] else left[1]
    return ""


def beads(left: Facts, right: Facts, partners: Partners) -> tuple[Bead, ...]:
    """The alignment of two versions, in the order of the left one."""
    # Facts come from the disk each time that they are asked for.
    left_units, right_units = left.units, right.units
    here = {key(left, unit): spot for spot, unit in enumerate(left_units)}
    there = {key(right, unit): spot for spot, unit in enumerate(right_units)}
    silent = _one_way((here, left.path), (there, right.path), partners)
    size = len(left_units)
    root = list(range(size + len(right_units)))

    def top(node: int) -> int:
        while root[node] != node:
            root[node] = root[root[node]]
            node = root[node]
        return node

    for facts, units, others in ((left, here, there), (right, there, here)):
        for name, spot in units.items():
            for target in partners.get(name, ()):
                if target in others and (silent or name in partners.get(target, ())):
                    one, two = (spot, others[target]) if facts is left else (others[target], spot)
                    root[top(one)] = top(size + two)
    members: dict[int, list[int]] = defaultdict(list)
    for node in range(len(root)):
        members[top(node)].append(node)
    found = []
    for nodes in members.values():
        first = tuple(node for node in nodes if node < size)
        second = tuple(node - size for node in nodes if node >= size)
        if first and second:
            found.append(
                Bead(
                    tuple(left_units[spot] for spot in first),
                    tuple(right_units[spot] for spot in second),
                    (first, second),
                )
            )
    return tuple(sorted(found, key=lambda bead: bead.spots))


def gap(bead: Bead, taken: tuple[Mapping[int, int], Mapping[int, int]]) -> tuple[Unit, ...]:
    """The first two units of one side of a bead between which a unit of another bead stands.

    ``taken`` says for each version which bead a place belongs to; nothing where there is none.
    """
    for units, spots, owner in zip((bead.left, bead.right), bead.spots, taken, strict=True):
        for one, two, first, last in zip(units, units[1:], spots, spots[1:], strict=False):
            if any(spot in owner for spot in range(first + 1, last)):
                return one, two
    return ()


def owners(found: Sequence[Bead]) -> tuple[dict[int, int], dict[int, int]]:
    """Which bead each place of the left and of the right version belongs to."""
    left, right = (
        {spot: number for number, bead in enumerate(found) for spot in bead.spots[side]}
        for side in (0, 1)
    )
    return left, right


def differing_refs(bead: Bead) -> tuple[str, str] | None:
    """The numbers of two aligned units where they are not the same; None where they are.

    Their ``@n``, else their canonical references where both headers declare them.
    """
    if len(bead.left) + len(bead.right) > 2:
        return None
    (one,), (two,) = bead.left, bead.right
    if one.n and two.n and one.n != two.n:
        return one.n, two.n
    if one.declared and two.declared and one.ref and two.ref and one.ref != two.ref:
        return one.ref, two.ref
    return None


def sound(found: Sequence[Bead]) -> tuple[Bead, ...]:
    """The beads whose units probably do translate each other.

    Left out is what crosses another and bears another number besides: there the pointers are wrong,
    and to compare the words would only say so again.
    """
    crossing = inverted([bead.spots[1][0] for bead in found])
    return tuple(
        bead
        for number, bead in enumerate(found)
        if not (number in crossing and differing_refs(bead))
    )


def coverage(versions: Sequence[Facts], partners: Partners) -> Iterator[Coverage]:
    """How much of each version is aligned with any other."""
    aligned: dict[str, set[str]] = {version.path: set() for version in versions}
    for left, right in combinations(versions, 2):
        for bead in beads(left, right, partners):
            aligned[left.path].update(unit.key for unit in bead.left)
            aligned[right.path].update(unit.key for unit in bead.right)
    for version in versions:
        done = aligned[version.path]
        units = [
            unit for unit in version.units if unit.key in done or (unit.ref and unit.part == "body")
        ]
        sizes = [(unit.key in done, len(unit.text.split())) for unit in units]
        yield Coverage(
            version.id,
            version.lang,
            sum(is_done for is_done, _ in sizes),
            len(units),
            sum(size for is_done, size in sizes if is_done),
            sum(size for _, size in sizes),
        )


def moved(order: Sequence[int]) -> frozenset[int]:
    """The fewest places of a sequence of distinct numbers without which it rises."""
    # Patience sorting: tails[n] is where the best rising run of n + 1 numbers ends.
    tails: list[int] = []
    before: list[int] = []
    for place, value in enumerate(order):
        low, high = 0, len(tails)
        while low < high:
            middle = (low + high) // 2
            if order[tails[middle]] < value:
                low = middle + 1
            else:
                high = middle
        before.append(tails[low - 1] if low else -1)
        tails[low : low + 1] = [place]
    rising = set()
    place = tails[-1] if tails else -1
    while place >= 0:
        rising.add(place)
        place = before[place]
    return frozenset(range(len(order))) - rising


def inverted(order: Sequence[int]) -> frozenset[int]:
    """The places of a sequence of distinct numbers that stand on the wrong side of another."""
    found = set()
    highest = -1
    for place, value in enumerate(order):
        if value < highest:
            found.add(place)
        highest = max(highest, value)
    lowest = max(order, default=0) + 1
    for place in range(len(order) - 1, -1, -1):
        if order[place] > lowest:
            found.add(place)
        lowest = min(lowest, order[place])
    return frozenset(found)

"""Where labels go: the most important first, each where nothing is yet, else not at all."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import cos, pi, sin

_CELL = 40.0


@dataclass(frozen=True, slots=True)
class Box:
    """A box in pixels, from its upper left corner."""

    x: float
    y: float
    width: float
    height: float

    def meets(self, other: Box) -> bool:
        """Whether the two share any area."""
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )

    def inside(self, other: Box) -> bool:
        """Whether all of it lies in the other."""
        return (
            other.x <= self.x
            and other.y <= self.y
            and self.x + self.width <= other.x + other.width
            and self.y + self.height <= other.y + other.height
        )


class Taken:
    """The boxes that are taken, by the squares that they touch."""

    def __init__(self) -> None:
        """Nothing is taken yet."""
        self._cells: dict[tuple[int, int], list[Box]] = {}

    def add(self, box: Box) -> None:
        """Take a box."""
        for cell in self._touched(box):
            self._cells.setdefault(cell, []).append(box)

    def free(self, box: Box, but: Box | None = None) -> bool:
        """Whether nothing is there, apart from what the label belongs to."""
        return not any(
            other.meets(box)
            for cell in self._touched(box)
            for other in self._cells.get(cell, ())
            if other is not but
        )

    @staticmethod
    def _touched(box: Box) -> Iterator[tuple[int, int]]:
        for column in range(int(box.x // _CELL), int((box.x + box.width) // _CELL) + 1):
            for row in range(int(box.y // _CELL), int((box.y + box.height) // _CELL) + 1):
                yield column, row


@dataclass(frozen=True, slots=True)
class Wanted:
    """A mark that wants a label: its centre, its radius, the words and their size in pixels."""

    key: str
    x: float
    y: float
    radius: float
    words: str
    size: float = 12.0


@dataclass(frozen=True, slots=True)
class Label:
    """A placed label: ``x`` and ``y`` are the left end of its base line; ``box`` what it takes.

    ``leader`` is the line from the mark to it, where it stands apart.
    """

    key: str
    words: str
    x: float
    y: float
    box: Box
    leader: tuple[float, float, float, float] | None = None


def width(words: str, size: float = 12.0) -> float:
    """How wide words are at most in a common sans serif face, in pixels.

    The browser chooses the face: the estimate is that of a wide one.
    """
    total = 0.0
    for char in words:
        if unicodedata.combining(char) or unicodedata.category(char) == "Cf":
            continue
        if unicodedata.east_asian_width(char) in "WF":
            total += 1.0
        elif char in "iljtfrI.,:;'’|!()[] -‐‑" or char == "\u00a0":
            total += 0.4
        elif char in "WMШЩЖЮ—…":
            total += 1.12
        elif char in "mwжшщюмыфФМЫ":
            total += 0.92
        else:
            total += 0.75 if char.isupper() else 0.62
    return total * size


def shortened(words: str, limit: float, size: float = 12.0) -> str:
    """Words that are no wider than ``limit``; where some are cut off, an ellipsis says so."""
    if width(words, size) <= limit:
        return words
    kept = words
    while kept and width(kept + "…", size) > limit:
        kept = kept[:-1]
    return kept.rstrip(" ,.;:") + "…"


def around(mark: Wanted) -> Box:
    """The box of a mark itself, without the corners that its circle does not fill."""
    half = mark.radius * 0.85
    return Box(mark.x - half, mark.y - half, 2 * half, 2 * half)


def place(
    wanted: Iterable[Wanted], marks: Iterable[Wanted], taken: Taken, frame: Box, *, far: bool = True
) -> dict[str, Label]:
    """The labels that found a place, by key. ``wanted`` comes with the most important first.

    Each tries beside its mark, then above and below, then, if ``far``, at some distance with a
    leader line. All ``marks`` are obstacles.
    """
    own = {}
    for mark in marks:
        own[mark.key] = around(mark)
        taken.add(own[mark.key])
    found: dict[str, Label] = {}
    for mark in wanted:
        for label in _candidates(mark, far=far):
            if label.box.inside(frame) and taken.free(label.box, own.get(mark.key)):
                line = _leader_boxes(label)
                if all(taken.free(box, own.get(mark.key)) for box in line):
                    taken.add(label.box)
                    for box in line:
                        taken.add(box)
                    found[mark.key] = label
                    break
    return found


def _candidates(mark: Wanted, *, far: bool) -> Iterator[Label]:
    wide, high = width(mark.words, mark.size) + 2, mark.size * 1.25
    gap = mark.radius + 3
    slant = mark.radius * 0.7 + 2
    corners = (
        (gap, -high / 2),
        (-gap - wide, -high / 2),
        (slant, -slant - high),
        (slant, slant),
        (-slant - wide, -slant - high),
        (-slant - wide, slant),
        (-wide / 2, -gap - high),
        (-wide / 2, gap),
    )
    for dx, dy in corners:
        yield _label(mark, mark.x + dx, mark.y + dy, wide, high)
    if not far:
        return
    for distance in (12, 22, 34, 48, 64, 84, 108):
        for turn in (0, 8, 1, 15, 7, 9, 2, 14, 6, 10, 3, 13, 5, 11, 4, 12):
            angle = turn * pi / 8
            reach = mark.radius + distance
            x, y = mark.x + reach * cos(angle), mark.y + reach * sin(angle)
            left = x + 2 if turn in (0, 1, 2, 3, 13, 14, 15) else x - wide - 2
            if turn in (4, 12):
                left = x - wide / 2
            top = y - high / 2
            if turn in (3, 4, 5):
                top = y
            elif turn in (11, 12, 13):
                top = y - high
            start = (
                mark.x + mark.radius * cos(angle),
                mark.y + mark.radius * sin(angle),
            )
            yield _label(mark, left, top, wide, high, (*start, x, y))


def _label(
    mark: Wanted,
    left: float,
    top: float,
    wide: float,
    high: float,
    leader: tuple[float, float, float, float] | None = None,
) -> Label:
    base = top + high / 2 + mark.size * 0.35
    return Label(mark.key, mark.words, left + 1, base, Box(left, top, wide, high), leader)


def _leader_boxes(label: Label) -> tuple[Box, ...]:
    """Small boxes along the leader line, so that no label is crossed by one."""
    if label.leader is None:
        return ()
    x1, y1, x2, y2 = label.leader
    steps = 6
    return tuple(
        Box(x1 + (x2 - x1) * at / steps - 1, y1 + (y2 - y1) * at / steps - 1, 2, 2)
        for at in range(1, steps)
    )

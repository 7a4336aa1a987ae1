"""Entries as pieces of a file: with the comments before them, and the lines they take."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from teikit.editing.plan import Opened
from teikit.names import local


@dataclass(frozen=True, slots=True)
class Piece:
    """A child element with the comments that belong to it.

    Those before it do, and those behind it on its last line. ``start`` and ``end`` are the bytes of
    all of it; ``index`` is the number of the element.
    """

    index: int
    name: str
    start: int
    end: int


def pieces(opened: Opened, parent: etree._Element) -> Iterator[Piece]:
    """The child elements of an element with their comments, in the order of the file."""
    spans = opened.spans
    outer = spans.element(opened.number[parent])
    at = outer.inner
    children = list(parent.iterchildren("*"))
    for place, child in enumerate(children):
        index = opened.number[child]
        span = spans.element(index)
        # From the last text before the element on, all that stands there is its own.
        start = span.start
        for first, last in reversed(list(spans.between(at, span.start))):
            if spans.text(last, start).strip():
                break
            start = first
        following = place + 1 < len(children)
        until = spans.element(opened.number[children[place + 1]]).start if following else outer.stop
        end = span.end
        for first, last in spans.between(span.end, until):
            gap = spans.text(end, first)
            if gap.strip() or "\n" in gap or "\r" in gap:
                break
            end = last
        yield Piece(index, local(child.tag), start, end)
        at = end


def with_lines(opened: Opened, start: int, end: int) -> tuple[int, int]:
    """The bytes to delete so that a piece is gone with its lines and no empty ones stay.

    Where it stands on a line with others, the white space before it goes with it if there is some
    behind it too.
    """
    spans = opened.spans
    before = spans.text(0, start)
    kept = before.rstrip(" \t")
    blank = before[len(kept) :]
    after = spans.text(end, len(spans.data))
    behind = after.lstrip(" \t")
    own_line = kept.endswith(("\n", "\r")) and behind.startswith(("\n", "\r"))
    if own_line:
        broken = "\r\n" if kept.endswith("\r\n") else kept[-1]
        trailing = after[: len(after) - len(behind)]
        return start - spans.size(broken + blank), end + spans.size(trailing)
    if blank and (after[:1].isspace() or behind.startswith("</")):
        return start - spans.size(blank), end
    return start, end


def indentation(opened: Opened, start: int) -> str | None:
    """The white space from the last line end to a byte; None where other things stand there."""
    head = opened.spans.text(0, start)
    blank = head[len(head.rstrip(" \t")) :]
    rest = head[: len(head) - len(blank)]
    if not rest.endswith(("\n", "\r")):
        return None
    broken = "\r\n" if rest.endswith("\r\n") else rest[-1]
    return broken + blank

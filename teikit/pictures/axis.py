"""An axis of time: decimal years to pixels, with a break where most lies in few years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor

from teikit.days import Day
from teikit.pictures.svg import element, path, text
from teikit.pictures.words import Wording

# Between two ticks, in months: a month to a thousand years.
STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000)
# A break is worth its trouble when this part of all dates lies in that part of the time.
MANY, FEW = 0.6, 0.4
SMALL = 0.34  # of the width for the time before and after the many
GAP = 10.0  # pixels between two scales


def year(day: Day) -> float:
    """A day as a decimal year; months are taken as equal, which nobody sees."""
    return day[0] + (day[1] - 1) / 12 + (day[2] - 1) / 372


@dataclass(frozen=True, slots=True)
class Axis:
    """Segments of time, each as (first year, last year, left pixel, right pixel)."""

    segments: tuple[tuple[float, float, float, float], ...]

    def x(self, when: float) -> float:
        """The pixel of a decimal year; what is outside stands at the end."""
        for first, last, left, right in self.segments:
            if when <= last or right == self.right:
                part = min(1.0, max(0.0, (when - first) / (last - first)))
                return left + (right - left) * part
        raise AssertionError("an axis has a segment")

    @property
    def right(self) -> float:
        """The last pixel."""
        return self.segments[-1][3]

    def ticks(self, words: Wording) -> Iterator[tuple[float, str]]:
        """The pixels of the ticks with what stands under them."""
        told = False
        for first, last, left, right in self.segments:
            span = (last - first) * 12
            # A month is written wider than a year.
            step = next(
                (step for step in STEPS if span / step * (84 if step < 12 else 46) <= right - left),
                STEPS[-1],
            )
            for number in range(ceil(first * 12 / step - 1e-6), floor(last * 12 / step + 1e-6) + 1):
                at, month = divmod(number * step, 12)
                pixel = left + (right - left) * (number * step / 12 - first) / (last - first)
                if any(end - 18 < pixel < end + GAP + 14 for *_, end in self.segments[:-1]):
                    continue  # the sign of the break stands there
                iso = f"{at:04}" if at >= 0 else f"-{-at:04}"
                # A month says its year where no January does it.
                named = words.month(month + 1) if told else words.day(f"{iso}-{month + 1:02}")
                told = True
                yield pixel, named if month else words.day(iso)


def axis(dates: Sequence[float], left: float, right: float, *, broken: bool) -> Axis:
    """The axis that shows all of the dates, a little more at both ends.

    With ``broken``, time before the many is drawn small: the axis has two scales then.
    """
    first, last = min(dates), max(dates)
    margin = max((last - first) * 0.03, 0.05)
    first, last = first - margin, last + margin
    if last - first < 0.35:
        first, last = first - 0.17, last + 0.17
    if broken and last - first > 15:
        segments = _broken(sorted(dates), first, last, left, right)
        if len(segments) > 1:
            return Axis(segments)
    return Axis(((first, last, left, right),))


def _broken(
    ordered: list[float], first: float, last: float, left: float, right: float
) -> tuple[tuple[float, float, float, float], ...]:
    """The time in up to three parts, of which the one that holds the many is drawn large."""
    many = ceil(len(ordered) * MANY)
    spans = [
        (ordered[at + many - 1] - ordered[at], ordered[at]) for at in range(len(ordered) - many + 1)
    ]
    span, start = min(spans)
    begin, end = float(floor(start)) - 1, float(ceil(start + span)) + 1
    if end - begin > FEW * (last - first):
        return ()
    begin = first if begin - first < 4 else begin
    end = last if last - end < 4 else end
    parts = [part for part in ((first, begin), (begin, end), (end, last)) if part[1] > part[0]]
    if len(parts) == 1:
        return ()
    small = (right - left) * SMALL / (len(parts) - 1)
    found, x = [], left
    for part in parts:
        wide = (right - left) * (1 - SMALL) if part == (begin, end) else small
        found.append((*part, x, x + wide - GAP))
        x += wide
    return tuple(found)


def drawn(axis: Axis, words: Wording, top: float, bottom: float) -> Iterator[str]:
    """The ticks with their words above and below, and the sign of a break."""
    lines, labels = [], []
    for x, said in axis.ticks(words):
        lines.append(path([(x, top), (x, bottom)], closed=False))
        for y in (top - 6, bottom + 15):
            labels.append(text(said, x, y, font_size="11", fill="#555", text_anchor="middle"))
    yield element(
        "path", class_="grid", d="".join(lines), fill="none", stroke="#999", stroke_width="0.5"
    )
    for *_, end in axis.segments[:-1]:
        x = end + GAP / 2
        for y in (top, bottom):
            slashes = [path([(x + dx, y + 5), (x + dx + 5, y - 5)], closed=False) for dx in (-6, 1)]
            labels.append(
                element("path", d="".join(slashes), fill="none", stroke="#555", stroke_width="1.5")
            )
        labels.append(
            element("line", x1=x, x2=x, y1=top, y2=bottom, stroke="#555", stroke_dasharray="2 4")
        )
    yield element("g", *labels, class_="axis", aria_hidden="true")

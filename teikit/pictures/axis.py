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
            if when <= last or (first, last, left, right) == self.segments[-1]:
                part = min(1.0, max(0.0, (when - first) / (last - first)))
                return left + (right - left) * part
        raise AssertionError("an axis has a segment")

    @property
    def right(self) -> float:
        """The last pixel."""
        return self.segments[-1][3]

    def ticks(self, words: Wording) -> Iterator[tuple[float, str]]:
        """The pixels of the ticks with what stands under them."""
        for first, last, left, right in self.segments:
            span = (last - first) * 12
            # A month is written wider than a year.
            step = next(
                (
                    step
                    for step in STEPS
                    if span / step * (78 if step < 12 else 44) <= right - left
                ),
                STEPS[-1],
            )
            for number in range(ceil(first * 12 / step - 1e-6), floor(last * 12 / step + 1e-6) + 1):
                at, month = divmod(number * step, 12)
                pixel = left + (right - left) * (number * step / 12 - first) / (last - first)
                near_break = len(self.segments) > 1 and abs(pixel - self.segments[0][3]) < 24
                if near_break and pixel <= self.segments[0][3]:
                    continue
                shown = words.day(f"{at:04}" if at >= 0 else f"-{-at:04}")
                yield pixel, words.month(month + 1) if month else shown


def axis(dates: Sequence[float], left: float, right: float, *, broken: bool) -> Axis:
    """The axis that shows all of the dates, a little more at both ends.

    With ``broken``, time before the many is drawn small: the axis has two scales then.
    """
    first, last = min(dates), max(dates)
    margin = max((last - first) * 0.03, 0.05)
    first, last = first - margin, last + margin
    if last - first < 0.35:
        first, last = first - 0.17, last + 0.17
    ordered = sorted(dates)
    if broken and last - first > 15:
        # The latest year after which the many still lie.
        at = floor(ordered[floor(len(ordered) * (1 - MANY))])
        if (last - at) <= FEW * (last - first) and at - first > 3:
            middle = left + (right - left) * 0.3
            return Axis(((first, at, left, middle - 5), (at, last, middle + 5, right)))
    return Axis(((first, last, left, right),))


def drawn(axis: Axis, words: Wording, top: float, bottom: float) -> Iterator[str]:
    """The ticks with their words above and below, and the sign of a break."""
    lines, labels = [], []
    for x, said in axis.ticks(words):
        lines.append(path([(x, top), (x, bottom)], closed=False))
        for y in (top - 6, bottom + 15):
            labels.append(text(said, x, y, font_size="11", fill="#555", text_anchor="middle"))
    yield element("path", class_="grid", d="".join(lines), fill="none", stroke="#999",
                  stroke_width="0.5")
    if len(axis.segments) > 1:
        x = axis.segments[0][3] + 5
        for y in (top, bottom):
            labels.append(
                element("path", d=path([(x - 6, y + 5), (x - 1, y - 5)], closed=False)
                        + path([(x + 1, y + 5), (x + 6, y - 5)], closed=False),
                        fill="none", stroke="#555", stroke_width="1.5")
            )
        labels.append(element("line", x1=x, x2=x, y1=top, y2=bottom, stroke="#555",
                              stroke_dasharray="2 4"))
    yield element("g", *labels, class_="axis", aria_hidden="true")

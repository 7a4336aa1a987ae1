"""When the documents were written: a line each, or bars by the year where they are many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from math import floor

from teikit import days
from teikit.header import DateValue
from teikit.links import Group
from teikit.pictures.axis import Axis, axis, drawn, year
from teikit.pictures.base import Cell, Picture
from teikit.pictures.labels import shortened
from teikit.pictures.scene import Scene
from teikit.pictures.svg import element, frame, isolated, link, path, text

WIDTH, LEFT, RIGHT = 900.0, 300.0, 880.0
ROW, TOP = 24.0, 30.0
MOST = 60  # documents that get a line each


@dataclass(frozen=True, slots=True)
class Line:
    """A document with the decimal years between which it was written."""

    group: Group
    date: DateValue
    first: float
    last: float


def draw(scene: Scene) -> Picture | None:
    """The timeline of the documents; None where none of them is dated."""
    lines, undated = [], []
    for group in scene.links.groups:
        date = group.versions[0].header.date
        first, last = (days.first(date.earliest), days.last(date.latest)) if date else (None, None)
        if date and first and last:
            lines.append(Line(group, date, year(first), max(year(last), year(first))))
        else:
            undated.append(group)
    if not lines:
        return None
    lines.sort(key=lambda line: (line.first, line.last, line.group.id))
    words, name = scene.words, "timeline"
    inner, height = _lines(scene, lines) if len(lines) <= MOST else _bars(scene, lines)
    about = words("timeline-about")
    if undated:
        about += f" {words('no-date')} {len(undated)}."
    svg = frame(name, words(name), about, (WIDTH, height), *inner, lang=scene.language)
    rows = [(Cell(words.date(line.date)), _cell(scene, line.group)) for line in lines] + [
        (Cell(words("undated")), _cell(scene, group)) for group in undated
    ]
    columns = (words("date"), words("document"))
    return Picture(name, words(name), about, svg, columns, tuple(rows))


def _cell(scene: Scene, group: Group) -> Cell:
    title, lang = scene.title(group)
    return Cell(title, lang, "document", group.id)


# -- a line each ---------------------------------------------------------------------------------


def _lines(scene: Scene, lines: list[Line]) -> tuple[list[str], float]:
    scale = axis(
        [end for line in lines for end in (line.first, line.last)], LEFT, RIGHT, broken=True
    )
    bottom = TOP + ROW * len(lines)
    parts = list(drawn(scale, scene.words, TOP, bottom))
    for number, line in enumerate(lines):
        title, lang = scene.title(line.group)
        y = TOP + ROW * (number + 0.5)
        said = f"{title}, {scene.words.date(line.date)}"
        parts.append(
            link(
                scene.href("document", line.group.id),
                said,
                element(
                    "rect",
                    x=0.0,
                    y=y - ROW / 2,
                    width=WIDTH,
                    height=ROW,
                    fill="none",
                    pointer_events="all",
                ),
                text(shortened(isolated(title), LEFT - 20), 4, y + 4, lang=lang, class_="name"),
                *when(scale, line.date, y),
            )
        )
    return parts, bottom + 22


def when(scale: Axis, date: DateValue, y: float, *, doubtful: bool = False) -> Iterator[str]:
    """A date on its line: a dot for a day, a bar for a time, a dashed line for limits."""
    first, last = days.first(date.earliest), days.last(date.latest)
    if not first or not last:
        return
    x1, x2 = scale.x(year(first)), scale.x(year(last))
    if x2 - x1 < 7:
        yield element(
            "circle",
            class_=f"mark{' hollow' if doubtful else ''}",
            cx=(x1 + x2) / 2,
            cy=y,
            r="5",
            fill="#fff" if doubtful else "#333",
            stroke="#333",
        )
    elif date.when or date.start or date.end:
        yield element(
            "rect",
            class_="mark",
            x=x1,
            y=y - 4,
            width=x2 - x1,
            height="8",
            rx="2",
            fill="#333",
            stroke="#fff",
        )
    else:
        yield element(
            "path",
            class_="line",
            d=path([(x1, y), (x2, y)], closed=False),
            fill="none",
            stroke="#333",
            stroke_width="3",
            stroke_dasharray="5 4",
        )
        for x in (x1, x2):
            yield element(
                "path",
                class_="line",
                d=path([(x, y - 5), (x, y + 5)], closed=False),
                fill="none",
                stroke="#333",
                stroke_width="1.5",
            )


# -- bars ----------------------------------------------------------------------------------------


def _bars(scene: Scene, lines: list[Line]) -> tuple[list[str], float]:
    """How many documents begin in each month, year, decade or century."""
    left, high = 40.0, 220.0
    scale = axis(
        [end for line in lines for end in (line.first, line.last)], left, RIGHT, broken=False
    )
    span = lines[-1].first - lines[0].first
    # Months are counted only where the dates name them.
    finest = 1 / 12 if all(len(line.date.earliest) > 5 for line in lines) else 1.0
    steps = [step for step in (1 / 12, 1.0, 10.0, 100.0, 1000.0) if step >= finest]
    step = next((step for step in steps if span / step <= 120), steps[-1])
    bins = Counter(floor(line.first / step + 1e-6) for line in lines)
    most = max(bins.values())
    parts = list(drawn(scale, scene.words, TOP, TOP + high))
    for number, count in sorted(bins.items()):
        x1, x2 = scale.x(number * step), scale.x((number + 1) * step)
        size = high * count / most
        said = f"{_time(scene, number, step)}, {scene.words.counted(count, 'document')}"
        bar = element(
            "rect",
            element("title", said),
            class_="mark",
            x=x1 + 0.5,
            y=TOP + high - size,
            width=max(1.0, x2 - x1 - 1),
            height=size,
            fill="#333",
            role="img",
            aria_label=said,
        )
        parts.append(bar)
    parts.append(text(str(most), 4, TOP + 8, font_size="11"))
    return parts, TOP + high + 22


def _time(scene: Scene, number: int, step: float) -> str:
    """A bar's time: “mars 1932”, “1932”, “1930–1939”."""

    def iso(value: int) -> str:
        return f"{'-' if value < 0 else ''}{abs(value):04}"

    if step < 1:
        return scene.words.day(f"{iso(number // 12)}-{number % 12 + 1:02}")
    first = scene.words.day(iso(int(number * step)))
    return first if step == 1 else f"{first}–{scene.words.day(iso(int((number + 1) * step) - 1))}"

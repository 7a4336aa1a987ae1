"""The map of the places: land only, circles by the number of mentions, names of the period."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import sqrt

from teikit.exports.base import latitude_longitude
from teikit.links import Entity
from teikit.pictures.base import Cell, Picture
from teikit.pictures.labels import Box, Label, Taken, Wanted, place, width
from teikit.pictures.outline import WIDTH, View
from teikit.pictures.projection import Extent, extent_of, widened
from teikit.pictures.scene import Scene
from teikit.pictures.svg import element, frame, isolated, link, path, text

LARGEST = 17.0  # the radius of the largest circle, in pixels
UNIT = 2.3  # the radius of a circle that stands for one mention, where that fits
LABELS = 160  # how many labels are tried
LINKS = 500  # from how many places on only those with labels are links


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on the map: where it is in pixels, its radius, its number of mentions."""

    entity: Entity
    x: float
    y: float
    radius: float
    mentions: int


def draw(scene: Scene) -> Picture | None:
    """The map; None where no place has coordinates."""
    located, without = [], []
    for entity in scene.request.of_kind("place"):
        where = latitude_longitude(scene.request, entity)
        if where:
            located.append((entity, where))
        else:
            without.append(entity)
    if not located:
        return None
    extent = extent_of((longitude, latitude) for _, (latitude, longitude) in located)
    least = 8.0 if len({where for _, where in located}) == 1 else 0.03
    view = View(widened(extent, least))
    marks = _marks(scene, view, located)
    taken, furniture = Taken(), list[str]()
    graticule = list(_graticule(view, taken))
    furniture += _scale(scene, view, taken)
    furniture += _legend(scene, view, marks, taken)
    labels = _labels(scene, view, marks, taken)
    name = "map"
    about = " ".join((scene.words("map-about"), *_notes(scene, marks, labels, without)))
    size = (WIDTH, view.height)
    svg = frame(
        name,
        scene.words(name),
        about,
        size,
        element("rect", class_="sea", width="100%", height="100%", fill="#fff"),
        element(
            "path",
            class_="land",
            d=_land(view.extent),
            fill="#ddd",
            stroke="#777",
            stroke_width="0.6",
            fill_rule="evenodd",
        ),
        *graticule,
        *furniture,
        *_places(scene, marks, labels),
        lang=scene.language,
    )
    words = scene.words
    columns = (words("place"), words("mentions"), words("latitude"), words("longitude"))
    return Picture(name, words(name), about, svg, columns, tuple(_rows(scene, located)))


@lru_cache(maxsize=4)
def _land(extent: Extent) -> str:
    """The outline of the land, which is the same in every language, as data of a path."""
    return "".join(map(path, View(extent).outline()))


def _marks(
    scene: Scene, view: View, located: Sequence[tuple[Entity, tuple[float, float]]]
) -> list[Mark]:
    """The places, the most mentioned first, so that small circles lie upon large ones."""
    counts = {entity.key: scene.mentions(entity) for entity, _ in located}
    most = max(counts.values())
    unit = min(UNIT, LARGEST / sqrt(most)) if most else UNIT
    marks = []
    for entity, (latitude, longitude) in located:
        x, y = view.pixel(longitude, latitude)
        count = counts[entity.key]
        marks.append(Mark(entity, x, y, unit * sqrt(count) if count else 1.5, count))
    return sorted(marks, key=lambda mark: (-mark.mentions, mark.entity.key))


def _labels(scene: Scene, view: View, marks: list[Mark], taken: Taken) -> dict[str, Label]:
    wanted = [
        Wanted(
            mark.entity.key,
            mark.x,
            mark.y,
            max(mark.radius, 2.5),
            isolated(scene.name(mark.entity).text),
            _size(mark),
        )
        for mark in marks
    ]
    inside = Box(2, 2, WIDTH - 4, view.height - 4)
    return place(wanted[:LABELS], wanted, taken, inside)


def _size(mark: Mark) -> float:
    """The size of a label, in three steps."""
    return 14.0 if mark.radius >= 10 else 12.5 if mark.radius >= 5 else 11.5


def _places(scene: Scene, marks: list[Mark], labels: dict[str, Label]) -> Iterator[str]:
    """The circles with their names, each one link; those without a name last in the tab order."""
    few = len(marks) <= LINKS
    yield '<g class="marks">'
    for mark in marks:
        label = labels.get(mark.entity.key)
        drawn = element(
            "circle",
            class_="mark" if mark.mentions else "mark unmentioned",
            cx=mark.x,
            cy=mark.y,
            r=mark.radius,
            fill="#333" if mark.mentions else "#fff",
            fill_opacity="0.75",
            stroke="#fff" if mark.mentions else "#333",
            stroke_width="0.8",
        )
        if label is None:
            yield _linked(scene, mark, drawn, stop=False) if few else drawn
            continue
        name = scene.name(mark.entity)
        parts = [drawn]
        if label.leader:
            x1, y1, x2, y2 = label.leader
            parts.append(
                element(
                    "line",
                    class_="leader",
                    x1=x1,
                    y1=y1,
                    x2=x2,
                    y2=y2,
                    stroke="#333",
                    stroke_width="0.7",
                )
            )
        parts.append(
            text(
                label.words,
                label.x,
                label.y,
                class_="label",
                font_size=_size(mark),
                lang=scene.lang(name),
                fill="#000",
                stroke="#fff",
                stroke_width="3",
                stroke_linejoin="round",
                paint_order="stroke",
            )
        )
        yield _linked(scene, mark, *parts, stop=True)
    yield "</g>"


def _linked(scene: Scene, mark: Mark, *parts: str, stop: bool) -> str:
    return link(scene.address(mark.entity), scene.counted(mark.entity), *parts, stop=stop)


def _graticule(view: View, taken: Taken) -> Iterator[str]:
    """Thin lines, numbered at the lower and the left edge."""
    lines, numbers = [], []
    for kind, degree, line in view.graticule():
        lines.append(path(line, closed=False))
        for edge in _edges(kind, line, view):
            words = _degrees(degree, kind)
            x, y = edge
            box = Box(x, y - 10, width(words, 10), 13)
            if box.inside(Box(0, 0, WIDTH, view.height)) and taken.free(box):
                taken.add(box)
                numbers.append(text(words, x, y, class_="degree", font_size="10", fill="#555"))
    yield element(
        "path",
        class_="graticule",
        d="".join(lines),
        fill="none",
        stroke="#999",
        stroke_width="0.4",
        stroke_dasharray="1 3",
    )
    yield element("g", *numbers, aria_hidden="true")


def _edges(kind: str, line: list[tuple[float, float]], view: View) -> Iterator[tuple[float, float]]:
    """Where a line of the graticule leaves the map, a little inside."""
    axis, limit = (1, view.height - 1) if kind == "meridian" else (0, 1.0)
    for (x1, y1), (x2, y2) in pairwise(line):
        one, two = (y1, y2) if axis else (x1, x2)
        if one != two and min(one, two) <= limit <= max(one, two):
            part = (limit - one) / (two - one)
            x, y = x1 + (x2 - x1) * part, y1 + (y2 - y1) * part
            yield (x + 3, y - 4) if axis else (x + 3, y - 3)
            return


def _degrees(degree: float, kind: str) -> str:
    side = (
        ""
        if not degree or abs(degree) == 180
        else ("EW" if kind == "meridian" else "NS")[degree < 0]
    )
    return f"{abs(degree):g}°{side}"


def _scale(scene: Scene, view: View, taken: Taken) -> Iterator[str]:
    found = view.scale_bar()
    if not found:
        return
    length, pixels = found
    words = f"{length:g} {scene.words('km')}"
    x, y = 16.0, view.height - 26
    taken.add(Box(x - 6, y - 18, max(pixels, width(words, 11)) + 12, 24))
    yield element(
        "g",
        element(
            "path",
            d=path([(x, y - 4), (x, y), (x + pixels, y), (x + pixels, y - 4)], closed=False),
            fill="none",
            stroke="#333",
        ),
        text(words, x + 4, y - 5, font_size="11", fill="#333"),
        class_="scale",
    )


def _legend(scene: Scene, view: View, marks: list[Mark], taken: Taken) -> Iterator[str]:
    """Three circles that say how many mentions an area means."""
    most = marks[0].mentions
    if not most:
        return
    unit = marks[0].radius / sqrt(most)
    counts = sorted({1, max(1, round(most / 4)), most})
    title = scene.words("mentions").lower()
    wide = sum(2 * unit * sqrt(count) + width(str(count), 11) + 12 for count in counts)
    wide += width(title, 11) + 14
    x, y = WIDTH - wide - 4, view.height - LARGEST - 22
    box = Box(x, y - LARGEST - 3, wide, 2 * LARGEST + 6)
    taken.add(box)
    parts = []
    at = x + 8
    for count in counts:
        radius = unit * sqrt(count)
        parts.append(element("circle", cx=at + radius, cy=y, r=radius, fill="none", stroke="#333"))
        parts.append(text(str(count), at + 2 * radius + 3, y + 4, font_size="11", fill="#333"))
        at += 2 * radius + width(str(count), 11) + 12
    parts.append(text(title, at - 4, y + 4, font_size="11", fill="#333"))
    back = element(
        "rect",
        class_="legend-back",
        x=box.x,
        y=box.y,
        width=box.width,
        height=box.height,
        fill="#fff",
        fill_opacity="0.8",
        rx="3",
    )
    yield element("g", back, *parts, class_="legend")


def _notes(
    scene: Scene, marks: list[Mark], labels: dict[str, Label], without: list[Entity]
) -> Iterator[str]:
    missing = len(marks) - len(labels)
    if missing:
        yield f"{scene.words('unlabelled')} {missing}."
    if without:
        yield f"{scene.words('no-point')} {len(without)}."


def _rows(
    scene: Scene,
    located: Sequence[tuple[Entity, tuple[float, float]]],
) -> Iterator[tuple[Cell, ...]]:
    points = {entity.key: where for entity, where in located}
    for entity in scene.request.of_kind("place"):
        where = points.get(entity.key)
        cells = [f"{value:g}" for value in where] if where else ["", ""]
        yield (scene.cell(entity), Cell(str(scene.mentions(entity))), *map(Cell, cells))

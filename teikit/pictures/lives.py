"""What registers date in the lives of persons: a row each, from the first to the last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from teikit import days
from teikit.links import Entity
from teikit.pictures.axis import Axis, axis, drawn, year
from teikit.pictures.base import Cell, Picture
from teikit.pictures.labels import shortened, width
from teikit.pictures.scene import Scene
from teikit.pictures.svg import element, escape, frame, isolated, link, path, text
from teikit.registers import Dated

WIDTH, LEFT, RIGHT = 900.0, 240.0, 880.0
ROW, TOP, SIZE = 22.0, 30.0, 4.4
MOST = 80  # persons drawn
OTHER = "other"

# Signs by their corners in halves of the size; told apart by form, not by colour.
SHAPES: tuple[tuple[tuple[float, float], ...], ...] = (
    ((-1, -1), (1, -1), (1, 1), (-1, 1)),
    ((0, -1.2), (1.2, 1), (-1.2, 1)),
    ((0, -1.35), (1.35, 0), (0, 1.35), (-1.35, 0)),
    ((0, 1.2), (1.2, -1), (-1.2, -1)),
    (
        (-0.4, -1.3),
        (0.4, -1.3),
        (0.4, -0.4),
        (1.3, -0.4),
        (1.3, 0.4),
        (0.4, 0.4),
        (0.4, 1.3),
        (-0.4, 1.3),
        (-0.4, 0.4),
        (-1.3, 0.4),
        (-1.3, -0.4),
        (-0.4, -0.4),
    ),
    ((-1.2, -1), (0.2, -1), (1.3, 0), (0.2, 1), (-1.2, 1), (-0.1, 0)),
    ((-1.2, -1), (1.2, -1), (0.2, 0), (1.2, 1), (-1.2, 1), (-0.2, 0)),
)


@dataclass(frozen=True, slots=True)
class Moment:
    """Something dated: what it is (``birth``, ``arrest``), and its limits in decimal years."""

    what: str
    stated: Dated
    first: float
    last: float

    @property
    def middle(self) -> float:
        """Where its sign stands: within a year, or at the end that is known."""
        date = self.stated.date
        if date.not_after and not date.not_before:
            return self.last
        if date.start and not date.end and self.what != "birth":
            return self.first
        return (self.first + self.last) / 2


@dataclass(frozen=True, slots=True)
class Life:
    """A person with what is dated, in order of time."""

    entity: Entity
    moments: tuple[Moment, ...]


def draw(scene: Scene) -> Picture | None:
    """The timeline of the lives; None where nothing in a life is dated."""
    every = [life for entity in scene.request.of_kind("person") if (life := _life(entity))]
    if not every:
        return None
    every.sort(key=lambda life: (life.moments[0].first, life.entity.key))
    chosen = sorted(every, key=lambda life: (-scene.mentions(life.entity), life.entity.key))[:MOST]
    keys = {life.entity.key for life in chosen}
    lives = [life for life in every if life.entity.key in keys]
    words, name = scene.words, "lives"
    scale = axis(
        [moment.middle for life in lives for moment in life.moments], LEFT, RIGHT, broken=True
    )
    signs = _signs(lives)
    bottom = TOP + ROW * len(lives)
    inner = [
        *drawn(scale, words, TOP, bottom),
        *(
            _row(scene, life, scale, signs, TOP + ROW * (number + 0.5))
            for number, life in enumerate(lives)
        ),
    ]
    legend, height = _legend(scene, signs, lives, bottom + 40)
    about = words("lives-about")
    if len(lives) < len(every):
        about += " " + words("strongest", n=len(lives), all=len(every))
    svg = frame(name, words(name), about, (WIDTH, height), *inner, *legend, lang=scene.language)
    rows = tuple(_rows(scene, every))
    columns = (words("person"), words("date"), words("what"))
    return Picture(name, words(name), about, svg, columns, rows)


def _life(entity: Entity) -> Life | None:
    moments = []
    for stated in entity.entry.dated:
        first, last = days.first(stated.date.earliest), days.last(stated.date.latest)
        if first and last:
            what = (stated.kind == "event" and stated.type) or stated.kind
            moments.append(Moment(what, stated, year(first), max(year(last), year(first))))
    moments.sort(key=lambda item: (item.what != "birth", item.what == "death", item.middle))
    return Life(entity, tuple(moments)) if moments else None


def _signs(lives: list[Life]) -> dict[str, int]:
    """The number of the sign of each kind of event, the most frequent first."""
    found = Counter(
        moment.what
        for life in lives
        for moment in life.moments
        if moment.what not in ("birth", "death")
    )
    ordered = sorted(found, key=lambda what: (-found[what], what))
    return {what: number for number, what in enumerate(ordered[: len(SHAPES)])}


def sign(what: str, signs: dict[str, int], x: float, y: float) -> str:
    """The sign of a birth (a ring), a death (a cross), another event, or of any other thing."""
    if what == "birth":
        return element(
            "circle",
            class_="mark hollow",
            cx=x,
            cy=y,
            r=SIZE - 0.4,
            fill="#fff",
            stroke="#333",
            stroke_width="1.6",
        )
    if what == "death":
        s = SIZE - 0.6
        cross = path([(x - s, y - s), (x + s, y + s)], closed=False)
        cross += path([(x - s, y + s), (x + s, y - s)], closed=False)
        return element(
            "path", class_="line", d=cross, fill="none", stroke="#333", stroke_width="2.2"
        )
    if what not in signs:
        return element("circle", class_="mark", cx=x, cy=y, r="3", fill="#333", stroke="#fff")
    corners = [(x + dx * SIZE, y + dy * SIZE) for dx, dy in SHAPES[signs[what]]]
    return element(
        "path", class_="mark", d=path(corners), fill="#333", stroke="#fff", stroke_width="0.8"
    )


def _row(scene: Scene, life: Life, scale: Axis, signs: dict[str, int], y: float) -> str:
    name = scene.name(life.entity)
    moments = sorted(life.moments, key=lambda item: item.middle)
    spots = spread([scale.x(moment.middle) for moment in moments], 2 * SIZE)
    placed = list(zip(moments, spots, strict=True))
    first, last = placed[0][1], placed[-1][1]
    kinds = {moment.what for moment in life.moments}
    lines = [_line(first, last, y, dashed=False)] if last > first else []
    if "death" not in kinds and "birth" in kinds:
        lines.append(_line(last, min(last + 26, WIDTH - 2), y, dashed=True))
    if "birth" not in kinds:
        lines.append(_line(max(first - 26, LEFT), first, y, dashed=True))
    spans = [
        element(
            "line",
            class_="line",
            x1=scale.x(moment.first),
            x2=scale.x(moment.last),
            y1=y + 7,
            y2=y + 7,
            stroke="#333",
            stroke_width="2",
            stroke_dasharray="3 2" if _guessed(moment) else None,
        )
        for moment in life.moments
        if moment.last - moment.first > 1.2
    ]
    marks = [
        element("g", element("title", escape(_said(scene, moment))), sign(moment.what, signs, x, y))
        for moment, x in placed
    ]
    said = "; ".join(_said(scene, moment) for moment in life.moments)
    return link(
        scene.address(life.entity),
        f"{name.text}: {said}",
        element(
            "rect", x=0.0, y=y - ROW / 2, width=WIDTH, height=ROW, fill="none", pointer_events="all"
        ),
        text(
            shortened(isolated(name.text), LEFT - 16),
            4,
            y + 4,
            lang=scene.lang(name),
            class_="name",
        ),
        *lines,
        *spans,
        *marks,
    )


def spread(spots: Sequence[float], gap: float) -> list[float]:
    """The spots moved apart as little as can be, in their order, none nearer than ``gap``.

    Least squares under an order, by pooling neighbours (Ayer and others 1955).
    """
    pools: list[tuple[float, int]] = []
    for number, spot in enumerate(spots):
        mean, count = spot - number * gap, 1
        while pools and pools[-1][0] > mean:
            before, members = pools.pop()
            mean = (before * members + mean * count) / (members + count)
            count += members
        pools.append((mean, count))
    flat = [mean for mean, count in pools for _ in range(count)]
    return [mean + number * gap for number, mean in enumerate(flat)]


def _guessed(moment: Moment) -> bool:
    date = moment.stated.date
    return not (date.when or date.start or date.end)


def _line(x1: float, x2: float, y: float, *, dashed: bool) -> str:
    return element(
        "path",
        class_="line",
        d=path([(x1, y), (x2, y)], closed=False),
        fill="none",
        stroke="#333",
        stroke_width="1.2",
        stroke_dasharray="2 3" if dashed else None,
    )


def _said(scene: Scene, moment: Moment) -> str:
    return f"{scene.words(moment.what)} {scene.words.date(moment.stated.date)}"


def _legend(
    scene: Scene, signs: dict[str, int], lives: list[Life], top: float
) -> tuple[list[str], float]:
    kinds = {moment.what for life in lives for moment in life.moments}
    shown: list[str] = [what for what in ("birth", "death") if what in kinds]
    shown += sorted(signs, key=lambda what: signs[what])
    if kinds - set(shown):
        shown.append(OTHER)
    parts, x, y = [], 14.0, top
    for what in shown:
        words = shortened(isolated(scene.words(what)), 200, 11)
        if x + width(words, 11) + 24 > WIDTH:
            x, y = 14.0, y + 18
        parts.append(sign(what, signs, x, y - 4))
        parts.append(text(words, x + 10, y, font_size="11", fill="#555"))
        x += width(words, 11) + 30
    return [element("g", *parts, class_="legend")], y + 12


def _rows(scene: Scene, lives: list[Life]) -> Iterator[tuple[Cell, ...]]:
    for life in lives:
        for moment in life.moments:
            yield (
                scene.cell(life.entity),
                Cell(scene.words.date(moment.stated.date)),
                Cell(scene.words(moment.what)),
            )

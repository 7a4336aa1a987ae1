"""A map without its places: land, sea and graticule inside a frame of pixels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil, cos, floor, hypot, radians

from teikit.pictures import land
from teikit.pictures.projection import Extent, Plane, Project, choose

WIDTH, TALLEST, LOWEST = 900.0, 620.0, 260.0
RADIUS = 6371.0  # of the Earth in km, mean
# The outline is prepared for regions: nearer than that (degrees of latitude) it would be a fiction.
COARSEST = 1.2


@dataclass(frozen=True)
class View:
    """A box of the Earth on a rectangle of pixels."""

    extent: Extent

    @cached_property
    def project(self) -> Project:
        """The projection."""
        return choose(self.extent)

    @cached_property
    def _placed(self) -> tuple[float, float, float, float]:
        """Scale, the plane's point in the middle of the frame, and the height of the frame."""
        edge = [self.project(*point) for point in densified(_border(self.extent), 2.0)]
        left, right = min(x for x, _ in edge), max(x for x, _ in edge)
        low, high = min(y for _, y in edge), max(y for _, y in edge)
        scale = min(WIDTH / (right - left), TALLEST / (high - low))
        height = max(LOWEST, min(TALLEST, (high - low) * scale))
        return scale, (left + right) / 2, (low + high) / 2, float(ceil(height))

    @property
    def height(self) -> float:
        """The height of the frame in pixels; its width is WIDTH."""
        return self._placed[3]

    def pixel(self, longitude: float, latitude: float) -> Plane:
        """Where a point is; its longitude is taken on the turn nearest to the middle."""
        middle = self.extent.middle[0]
        turned = longitude - 360 * round((longitude - middle) / 360)
        return self._pixel(self.project(turned, latitude))

    def _pixel(self, point: Plane) -> Plane:
        scale, x, y, height = self._placed
        return WIDTH / 2 + (point[0] - x) * scale, height / 2 - (point[1] - y) * scale

    @cached_property
    def _reach(self) -> Extent:
        """The box that the frame may show, in degrees: its corners see more than the extent."""
        extent, (middle, _) = self.extent, self.extent.middle
        if extent.width >= 359:
            return Extent(middle - 180, -89.0, middle + 180, 89.0)
        half = min(170.0, extent.width + extent.height + 5)
        spread = extent.height + 5
        return Extent(
            middle - half,
            max(-89.0, extent.south - spread),
            middle + half,
            min(89.0, extent.north + spread),
        )

    def outline(self) -> Iterator[list[Plane]]:
        """The rings of the land inside the frame, in pixels."""
        if self.extent.height < COARSEST:
            return
        reach = self._reach
        frame = Extent(-3, -3, WIDTH + 3, self.height + 3)
        for ring in land.rings():
            west, east = min(x for x, _ in ring), max(x for x, _ in ring)
            for turn in (-360, 0, 360):
                if east + turn < reach.west or west + turn > reach.east:
                    continue
                inside = clipped([(x + turn, y) for x, y in ring], reach)
                drawn = [self._pixel(self.project(*point)) for point in densified(inside, 2.0)]
                shown = clipped(drawn, frame)
                if len(shown) > 2:
                    simple = simplified([*shown, shown[0]], 0.6)[:-1]
                    if len(simple) > 2 and _area(simple) > 1.5:
                        yield simple

    def graticule(self) -> Iterator[tuple[str, float, list[Plane]]]:
        """Lines as (``"meridian"`` or ``"parallel"``, degrees, pixels), the parts in the frame."""
        step, reach = self._step, self._reach
        for degree in _multiples(reach.west, reach.east, step):
            line = densified([(degree, reach.south), (degree, reach.north)], 1.0)
            yield from self._lines("meridian", (degree + 180) % 360 - 180, line)
        for degree in _multiples(reach.south, reach.north, step):
            line = densified([(reach.west, degree), (reach.east, degree)], 1.0)
            yield from self._lines("parallel", degree, line)

    @cached_property
    def _step(self) -> float:
        """How many degrees lie between two lines: about six of them to the width."""
        wanted = min(self.extent.width / 5, self.extent.height / 2)
        steps = (30.0, 20.0, 10.0, 5.0, 2.0, 1.0, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01)
        return next((step for step in steps if step <= wanted), 0.01)

    def _lines(
        self, kind: str, degree: float, line: Iterable[Plane]
    ) -> Iterator[tuple[str, float, list[Plane]]]:
        part: list[Plane] = []
        for point in line:
            x, y = self._pixel(self.project(*point))
            if -20 <= x <= WIDTH + 20 and -20 <= y <= self.height + 20:
                part.append((x, y))
            elif part:
                yield kind, degree, simplified(part, 0.3)
                part = []
        if len(part) > 1:
            yield kind, degree, simplified(part, 0.3)

    def scale_bar(self) -> tuple[float, float] | None:
        """A round number of kilometres and its length in pixels at the middle of the map.

        None where the scale differs too much from place to place.
        """
        if self.extent.width > 120 or self.extent.height > 70:
            return None
        longitude, latitude = self.extent.middle
        (x1, y1), (x2, y2) = self.pixel(longitude, latitude), self.pixel(longitude + 0.01, latitude)
        per_km = hypot(x2 - x1, y2 - y1) / (radians(0.01) * cos(radians(latitude)) * RADIUS)
        for exponent in range(4, -4, -1):
            for digit in (5, 2, 1):
                length = digit * 10.0**exponent
                if length * per_km <= 140:
                    return length, length * per_km
        return None


def _border(extent: Extent) -> list[Plane]:
    west, south, east, north = extent.west, extent.south, extent.east, extent.north
    return [(west, south), (east, south), (east, north), (west, north)]


def _multiples(low: float, high: float, step: float) -> Iterator[float]:
    for at in range(ceil(low / step), floor(high / step) + 1):
        yield round(at * step, 6)


def densified(points: Sequence[Plane], longest: float) -> list[Plane]:
    """The line or ring with points between, so that none is farther from the next.

    Straight in degrees is curved on the map. A ring of more than two points is closed first.
    """
    found: list[Plane] = []
    ends = [*points[1:], points[0]] if len(points) > 2 else list(points[1:])
    for (x1, y1), (x2, y2) in zip(points, ends, strict=False):
        parts = max(1, ceil(max(abs(x2 - x1), abs(y2 - y1)) / longest))
        found += [(x1 + (x2 - x1) * at / parts, y1 + (y2 - y1) * at / parts) for at in range(parts)]
    return found if len(points) > 2 else [*found, *points[-1:]]


def clipped(ring: list[Plane], box: Extent) -> list[Plane]:
    """The part of a ring inside a box (Sutherland and Hodgman 1974); empty where there is none."""
    for axis, limit, sign in (
        (0, box.west, 1),
        (0, box.east, -1),
        (1, box.south, 1),
        (1, box.north, -1),
    ):
        if ring:
            ring = _half(ring, axis, limit, sign)
    return ring


def _half(ring: list[Plane], axis: int, limit: float, sign: int) -> list[Plane]:
    def inside(point: Plane) -> bool:
        return (point[axis] - limit) * sign >= 0

    found: list[Plane] = []
    for start, end in zip([ring[-1], *ring[:-1]], ring, strict=True):
        if inside(start) != inside(end):
            part = (limit - start[axis]) / (end[axis] - start[axis])
            crossing = [
                start[0] + (end[0] - start[0]) * part,
                start[1] + (end[1] - start[1]) * part,
            ]
            crossing[axis] = limit
            found.append((crossing[0], crossing[1]))
        if inside(end):
            found.append(end)
    return found


def simplified(points: Sequence[Plane], tolerance: float) -> list[Plane]:
    """The points that matter (Douglas and Peucker 1973); the first and the last stay.

    A ring comes closed: its farthest point is kept too.
    """
    keep, stack = {0, len(points) - 1}, [(0, len(points) - 1)]
    if points[0] == points[-1] and len(points) > 3:
        far = max(range(len(points)), key=lambda at: _off(points[at], points[0], points[0]))
        keep.add(far)
        stack = [(0, far), (far, len(points) - 1)]
    while stack:
        start, end = stack.pop()
        if end - start < 2:
            continue
        away = [_off(points[at], points[start], points[end]) for at in range(start + 1, end)]
        most = max(away)
        if most > tolerance:
            at = start + 1 + away.index(most)
            keep.add(at)
            stack += [(start, at), (at, end)]
    return [points[at] for at in sorted(keep)]


def _off(point: Plane, start: Plane, end: Plane) -> float:
    """How far a point is from the line between two others."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = dx * dx + dy * dy
    along = ((point[0] - start[0]) * dx + (point[1] - start[1]) * dy) / length if length else 0.0
    along = max(0.0, min(1.0, along))
    return hypot(point[0] - start[0] - along * dx, point[1] - start[1] - along * dy)


def _area(ring: Sequence[Plane]) -> float:
    ends = [*ring[1:], ring[0]]
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, ends, strict=True))) / 2

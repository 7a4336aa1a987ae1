"""From degrees to the plane: a projection chosen by what it must show.

Formulas on the sphere: Snyder, *Map Projections: A Working Manual* (USGS Professional Paper 1395),
chapters 7 (Mercator) and 15 (Lambert conformal conic); Šavrič, Patterson and Jenny, “The Equal
Earth map projection” (IJGIS 33, 2019). Lengths are in radii of the Earth, north is up (positive).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import asin, cos, log, pi, radians, sin, sqrt, tan

Plane = tuple[float, float]
Project = Callable[[float, float], Plane]  # longitude, latitude


@dataclass(frozen=True, slots=True)
class Extent:
    """A box in degrees; ``east`` is beyond 180 where it crosses the date line."""

    west: float
    south: float
    east: float
    north: float

    @property
    def middle(self) -> tuple[float, float]:
        """Longitude and latitude of the middle."""
        return (self.west + self.east) / 2, (self.south + self.north) / 2

    @property
    def width(self) -> float:
        """Degrees of longitude."""
        return self.east - self.west

    @property
    def height(self) -> float:
        """Degrees of latitude."""
        return self.north - self.south


def lambert(middle: float, first: float, second: float) -> Project:
    """Lambert conformal conic with two standard parallels, on the equator at the middle meridian.

    ``first`` and ``second`` may be equal (one parallel touches) but not opposite (a cylinder).
    """
    one, two = radians(first), radians(second)
    if abs(one - two) < 1e-9:
        cone = sin(one)
    else:
        cone = log(cos(one) / cos(two)) / log(tan(pi / 4 + two / 2) / tan(pi / 4 + one / 2))
    scale = cos(one) * tan(pi / 4 + one / 2) ** cone / cone

    def radius(latitude: float) -> float:
        near = max(-89.9, min(89.9, latitude))
        # A power of a float is Any to the type checker, for it may be complex.
        found: float = scale / tan(pi / 4 + radians(near) / 2) ** cone
        return found

    origin = radius(0)

    def project(longitude: float, latitude: float) -> Plane:
        rho, theta = radius(latitude), cone * radians(longitude - middle)
        return rho * sin(theta), origin - rho * cos(theta)

    return project


def mercator(middle: float) -> Project:
    """Mercator, for what lies on both sides of the equator."""

    def project(longitude: float, latitude: float) -> Plane:
        near = radians(max(-85.0, min(85.0, latitude)))
        return radians(longitude - middle), log(tan(pi / 4 + near / 2))

    return project


_A = (1.340264, -0.081106, 0.000893, 0.003796)


def equal_earth(middle: float) -> Project:
    """Equal Earth, for the whole world."""

    def project(longitude: float, latitude: float) -> Plane:
        theta = asin(sqrt(3) / 2 * sin(radians(latitude)))
        square = theta * theta
        sixth = square**3
        across = 3 * (9 * _A[3] * sixth * square + 7 * _A[2] * sixth + 3 * _A[1] * square + _A[0])
        x = 2 * sqrt(3) * radians(longitude - middle) * cos(theta) / across
        return x, theta * (_A[3] * sixth * square + _A[2] * sixth + _A[1] * square + _A[0])

    return project


def extent_of(points: Iterable[tuple[float, float]]) -> Extent:
    """The smallest box around points given as (longitude, latitude).

    The widest gap between neighbouring meridians is outside of it, so places on both sides of the
    date line are near each other.
    """
    found = list(points)
    meridians = sorted({longitude for longitude, _ in found})
    latitudes = [latitude for _, latitude in found]
    following = [*meridians[1:], meridians[0] + 360]
    gaps = [(after - before, before) for before, after in zip(meridians, following, strict=True)]
    gap, east = max(gaps, key=lambda item: (item[0], item[1]))
    west = east + gap - 360
    if west < -180:
        west, east = west + 360, east + 360
    return Extent(west, min(latitudes), east, max(latitudes))


def widened(extent: Extent, least: float) -> Extent:
    """The box with a margin around it, at least ``least`` degrees of latitude high and as wide.

    A box wide enough for the world becomes the world.
    """
    (x, y), squeeze = extent.middle, max(cos(radians(extent.middle[1])), 0.1)
    height = max(extent.height * 1.16, least, extent.width * squeeze * 0.28)
    width = max(extent.width * 1.12, least / squeeze * 1.2)
    if width > 200 or (height > 110 and width > 120):
        return Extent(x - 180, -60.0 if extent.south > -55 else -90.0, x + 180, 84.0)
    south, north = max(-89.0, y - height / 2), min(89.0, y + height / 2)
    return Extent(x - width / 2, south, x + width / 2, north)


def choose(extent: Extent) -> Project:
    """The projection that suits a box."""
    middle, latitude = extent.middle
    if extent.width >= 359:
        return equal_earth(middle)
    sixth = extent.height / 6
    steep = abs(latitude) >= 18 and extent.south * extent.north > -400
    if steep and abs(latitude) < 80:
        return lambert(middle, extent.south + sixth, extent.north - sixth)
    if steep:
        near = 80.0 if latitude > 0 else -80.0
        return lambert(middle, near, near)
    return mercator(middle)

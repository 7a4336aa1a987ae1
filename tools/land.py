"""Prepare the outline of the land for maps: TopoJSON in, compact text out. See README.md here.

Each line of the output is one ring of a polygon, longitude before latitude, in steps of 0.02°:
differences in zigzag form, in base 32 with a bit that says whether more digits follow, shifted into
printable characters (as in the encoding of polylines that web maps use). Longitudes run on beyond
180° where a ring crosses the date line, and a ring around a pole is closed along its parallel, so
that every ring is plain geometry in the plane.
"""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from pathlib import Path

STEP = 0.02  # degrees
TOLERANCE = 0.055  # degrees, of latitude
SMALLEST = 0.02  # square degrees: islands below are left out

Point = tuple[float, float]


def rings(topology: dict) -> list[list[Point]]:
    """The rings of all polygons, in degrees."""
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * scale[0] + shift[0], y * scale[1] + shift[1]))
        arcs.append(line)

    def ring(indexes: list[int]) -> list[Point]:
        points: list[Point] = []
        for index in indexes:
            arc = arcs[index] if index >= 0 else arcs[~index][::-1]
            points += arc[1:] if points else arc
        return points

    found = []
    for geometry in topology["objects"]["land"]["geometries"]:
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        found += [ring(indexes) for polygon in polygons for indexes in polygon]
    return found


def unwrapped(points: list[Point]) -> list[Point]:
    """The ring without jumps at 180°; one that goes round a pole is closed along it."""
    turn, line = 0.0, [points[0]]
    for (before, _), (longitude, latitude) in pairwise(points):
        if longitude - before > 180:
            turn -= 360
        elif longitude - before < -180:
            turn += 360
        line.append((longitude + turn, latitude))
    (first, _), (last, latitude) = line[0], line[-1]
    if abs(last - first) > 180:
        pole = -90.0 if latitude < 0 else 90.0
        line += [(last, pole), (first, pole), line[0]]
    west = min(longitude for longitude, _ in line)
    back = -360 * ((west + 180) // 360)
    return [(longitude + back, latitude) for longitude, latitude in line]


def simplified(points: list[Point], tolerance: float) -> list[Point]:
    """The line with the points that matter (Douglas and Peucker 1973)."""
    keep = {0, len(points) - 1}
    # A closed ring has no chord: its farthest point makes one.
    far = max(range(len(points)), key=lambda at: distance(points[at], points[0], points[0]))
    keep.add(far)
    stack = [(0, far), (far, len(points) - 1)]
    while stack:
        start, end = stack.pop()
        if end - start < 2:
            continue
        at = max(
            range(start + 1, end), key=lambda at: distance(points[at], points[start], points[end])
        )
        if distance(points[at], points[start], points[end]) > tolerance:
            keep.add(at)
            stack += [(start, at), (at, end)]
    return [points[at] for at in sorted(keep)]


def distance(point: Point, start: Point, end: Point) -> float:
    """How far a point is from a chord, in degrees."""
    (px, py), (ax, ay), (bx, by) = point, start, end
    dx, dy = bx - ax, by - ay
    length = dx * dx + dy * dy
    along = max(0.0, min(1.0, ((px - ax) * dx + (py - ay) * dy) / length)) if length else 0.0
    return ((px - ax - along * dx) ** 2 + (py - ay - along * dy) ** 2) ** 0.5


def area(points: list[Point]) -> float:
    """The area of a ring in square degrees."""
    pairs = zip(points, points[1:] + points[:1], strict=True)
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairs)) / 2


def encoded(points: list[Point]) -> str:
    """One ring as text."""
    text, before = [], (0, 0)
    for point in points:
        here = (round(point[0] / STEP), round(point[1] / STEP))
        for now, then in zip(here, before, strict=True):
            value = (now - then) << 1
            value = ~value if value < 0 else value
            while value >= 32:
                text.append(chr((32 | value & 31) + 63))
                value >>= 5
            text.append(chr(value + 63))
        before = here
    return "".join(text)


def main() -> None:
    """Read the file named on the command line and write the outline."""
    topology = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    lines = []
    for ring in rings(topology):
        if area(ring := unwrapped(ring)) < SMALLEST:
            continue
        ring = simplified(ring, TOLERANCE)[:-1]  # the last point is the first
        if len(ring) > 2:
            lines.append(encoded(ring))
    sys.stdout.write("\n".join(sorted(lines)) + "\n")


if __name__ == "__main__":
    main()

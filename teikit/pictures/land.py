"""The outline of the land, as ``tools/land.py`` prepared it: Natural Earth 1:50m, public domain."""

from __future__ import annotations

from functools import cache
from pathlib import Path

STEP = 0.02  # degrees

Ring = tuple[tuple[float, float], ...]


@cache
def rings() -> tuple[Ring, ...]:
    """Every ring as (longitude, latitude) in degrees; seas inside land are rings too.

    Longitudes begin at or above -180 and run on beyond 180 where a ring crosses the date line.
    """
    source = Path(__file__).with_name("land.txt").read_text("ascii")
    return tuple(_ring(line) for line in source.split("\n") if line)


def _ring(line: str) -> Ring:
    numbers, value, shift = [], 0, 0
    for char in line:
        digit = ord(char) - 63
        value |= (digit & 31) << shift
        shift += 5
        if digit < 32:
            numbers.append(~(value >> 1) if value & 1 else value >> 1)
            value = shift = 0
    points, x, y = [], 0, 0
    for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = x + dx, y + dy
        points.append((x * STEP, y * STEP))
    return tuple(points)

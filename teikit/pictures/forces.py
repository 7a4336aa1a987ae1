"""A layout by forces: linked nodes draw together, all push apart, the same way each time.

Fruchterman and Reingold, “Graph drawing by force-directed placement” (Software 21, 1991), from a
spiral instead of chance, with gravity for parts that hang on nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import cos, hypot, pi, sin, sqrt

Spot = tuple[float, float]
STEPS = 160
_GOLDEN = pi * (3 - sqrt(5))


def layout(
    count: int, pulls: Mapping[tuple[int, int], float], radii: Sequence[float], size: Spot
) -> list[Spot]:
    """Where each node stands inside the size, in pixels.

    ``pulls`` says how strongly two nodes draw together; the order of the numbers decides where a
    node begins.
    """
    strength = [0.0] * count
    for (one, two), pull in pulls.items():
        strength[one] += pull
        strength[two] += pull
    # What is linked most begins in the middle.
    ranked = sorted(range(count), key=lambda at: (-strength[at], at))
    x, y = [0.0] * count, [0.0] * count
    for rank, at in enumerate(ranked):
        away, angle = sqrt((rank + 0.5) / count), rank * _GOLDEN
        x[at], y[at] = away * cos(angle), away * sin(angle)
    ideal = 1.6 / sqrt(count)
    for step in range(STEPS):
        dx, dy = _forces(x, y, pulls, strength, ideal)
        heat = 0.12 * (1 - step / STEPS) ** 1.5 + 0.002
        for at in range(count):
            length = hypot(dx[at], dy[at])
            if length:
                part = min(length, heat) / length
                x[at] += dx[at] * part
                y[at] += dy[at] * part
    return _apart(_fitted(x, y, size), radii, size)


def _forces(
    x: list[float],
    y: list[float],
    pulls: Mapping[tuple[int, int], float],
    strength: Sequence[float],
    ideal: float,
) -> tuple[list[float], list[float]]:
    count = len(x)
    dx, dy = [-0.35 * value for value in x], [-0.35 * value for value in y]
    square = ideal * ideal
    for one in range(count):
        x1, y1, sx, sy = x[one], y[one], 0.0, 0.0
        for two in range(one):
            ex, ey = x1 - x[two], y1 - y[two]
            force = square / (ex * ex + ey * ey + 1e-6)
            ex, ey = ex * force, ey * force
            sx += ex
            sy += ey
            dx[two] -= ex
            dy[two] -= ey
        dx[one] += sx
        dy[one] += sy
    for (one, two), pull in pulls.items():
        ex, ey = x[one] - x[two], y[one] - y[two]
        # What has many links is drawn by each of them less.
        force = hypot(ex, ey) / ideal * pull / sqrt(1 + min(strength[one], strength[two])) * 0.6
        dx[one] -= ex * force
        dy[one] -= ey * force
        dx[two] += ex * force
        dy[two] += ey * force
    return dx, dy


def _fitted(x: list[float], y: list[float], size: Spot) -> list[Spot]:
    """The nodes spread over the size: by where they are and by their rank.

    A crowd in the middle gets room, and outliers do not press the others together.
    """
    return list(zip(_spread(x, size[0]), _spread(y, size[1]), strict=True))


def _spread(values: list[float], length: float) -> list[float]:
    margin = 0.07 * length
    low, high = min(values), max(values)
    if high - low < 1e-9:
        return [length / 2] * len(values)
    ordered = sorted(range(len(values)), key=lambda at: (round(values[at], 6), at))
    rank = {at: number / (len(values) - 1) for number, at in enumerate(ordered)}
    return [
        margin + (length - 2 * margin) * (0.35 * (value - low) / (high - low) + 0.65 * rank[at])
        for at, value in enumerate(values)
    ]


def _apart(spots: list[Spot], radii: Sequence[float], size: Spot) -> list[Spot]:
    """The nodes moved off each other where they touch, and rounded."""
    found = [list(spot) for spot in spots]
    for _ in range(60):
        moved = False
        for one in range(len(found)):
            for two in range(one):
                ex, ey = found[one][0] - found[two][0], found[one][1] - found[two][1]
                # More room above and below than beside: there a label stands.
                least, away = radii[one] + radii[two] + 12, hypot(ex, ey)
                if away < least:
                    ux, uy = (ex / away, ey / away) if away > 1e-6 else (0.0, 1.0)
                    push = (least - away) / 2
                    found[one] = [found[one][0] + ux * push, found[one][1] + uy * push]
                    found[two] = [found[two][0] - ux * push, found[two][1] - uy * push]
                    moved = True
        if not moved:
            break
    return [
        (
            round(min(max(spot[0], radius + 2), size[0] - radius - 2), 1),
            round(min(max(spot[1], radius + 2), size[1] - radius - 2), 1),
        )
        for spot, radius in zip(found, radii, strict=True)
    ]

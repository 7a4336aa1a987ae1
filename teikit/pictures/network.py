"""The network of persons and groups: letters, passages that name two, relations, membership."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import hypot, log, sqrt

from teikit.exports.network import Edge, graph
from teikit.links import Entity
from teikit.pictures.base import Cell, Picture
from teikit.pictures.forces import layout
from teikit.pictures.labels import Box, Label, Taken, Wanted, place, width
from teikit.pictures.scene import Scene
from teikit.pictures.svg import element, frame, isolated, link, path, text

WIDTH, HEIGHT = 900.0, 640.0
MOST = 120  # nodes drawn
LARGEST, UNIT = 16.0, 2.0  # radius of the largest node and of one mention, in pixels
KINDS = ("person", "org")

# How each kind of link is drawn, the strongest statement last, so that it lies on top.
STROKES: dict[str, tuple[str, float]] = {
    "coMention": ("", 0.6),
    "member": ("1 3", 1.4),
    "relation": ("7 3", 1.6),
    "sentTo": ("", 2.4),
}


@dataclass(frozen=True, slots=True)
class Tie:
    """All that links two entities in one way; ``weight`` counts letters or passages."""

    source: str
    target: str
    kind: str
    weight: int
    label: str = ""


def draw(scene: Scene) -> Picture | None:
    """The network; None where no two persons or groups are linked."""
    entities = {
        f"{entity.entry.kind}/{entity.key}": entity
        for kind in KINDS
        for entity in scene.request.of_kind(kind)
    }
    ties = sorted(
        _ties(scene, entities),
        key=lambda tie: (list(STROKES).index(tie.kind), tie.source, tie.target, tie.label),
    )
    linked = {end for tie in ties for end in (tie.source, tie.target)}
    if not ties:
        return None
    ranked = (
        sorted(
            linked, key=lambda node: (-scene.mentions(entities[node]), _degree(ties, node), node)
        )
        if len(linked) > MOST
        else sorted(linked)
    )
    chosen = sorted(ranked[:MOST])
    words, name = scene.words, "network"
    shown = [tie for tie in ties if tie.source in chosen and tie.target in chosen]
    about = words("network-about")
    if len(chosen) < len(linked):
        about += " " + words("strongest", n=len(chosen), all=len(linked))
    svg = frame(
        name,
        words(name),
        about,
        (WIDTH, HEIGHT + 34),
        *_drawn(scene, entities, chosen, shown),
        lang=scene.language,
    )
    columns = (words("from"), words("bond"), words("to"), words("weight"))
    rows = tuple(
        (
            scene.cell(entities[tie.source]),
            Cell(words(tie.kind) + (f": {tie.label}" if tie.label else "")),
            scene.cell(entities[tie.target]),
            Cell(str(tie.weight)),
        )
        for tie in sorted(
            ties,
            key=lambda tie: (
                -list(STROKES).index(tie.kind),
                -tie.weight,
                tie.source,
                tie.target,
                tie.label,
            ),
        )
    )
    return Picture(name, words(name), about, svg, columns, rows)


def _degree(ties: Sequence[Tie], node: str) -> int:
    return -sum(tie.weight for tie in ties if node in (tie.source, tie.target))


def _ties(scene: Scene, entities: dict[str, Entity]) -> Iterator[Tie]:
    """The edges of the exported network between what is drawn, summed up, and who is in what."""
    found: dict[tuple[str, str, str, str], int] = {}
    for edge in graph(scene.request).edges:
        if edge.kind in STROKES and edge.source in entities and edge.target in entities:
            key = (*_ends(edge), edge.kind, str(edge.attributes.get("label", "")))
            found[key] = found.get(key, 0) + int(edge.attributes["weight"])
    for node, entity in entities.items():
        for token in entity.entry.memberships:
            group = scene.request.find(entity.path, token)
            target = f"{group.entry.kind}/{group.key}" if group else ""
            if target in entities and target != node:
                found[node, target, "member", ""] = 1
    for (source, target, kind, label), weight in found.items():
        if source != target:
            yield Tie(source, target, kind, weight, label)


def _ends(edge: Edge) -> tuple[str, str]:
    """The ends of an edge; those of one that says the same both ways in the order of their ids."""
    ends = (edge.source, edge.target)
    return (min(ends), max(ends)) if edge.attributes.get("symmetric") else ends


# -- drawing -------------------------------------------------------------------------------------


def _drawn(
    scene: Scene, entities: dict[str, Entity], nodes: list[str], ties: list[Tie]
) -> Iterator[str]:
    index = {node: number for number, node in enumerate(nodes)}
    counts = [scene.mentions(entities[node]) for node in nodes]
    most = max(counts)
    unit = min(UNIT, LARGEST / sqrt(most)) if most else UNIT
    radii = [max(unit * sqrt(count), 1.5) for count in counts]
    pulls: dict[tuple[int, int], float] = {}
    for tie in ties:
        pair = (
            min(index[tie.source], index[tie.target]),
            max(index[tie.source], index[tie.target]),
        )
        pull = 1 + log(tie.weight) if tie.kind == "coMention" else 1.5
        pulls[pair] = pulls.get(pair, 0.0) + pull
    spots = _spots(tuple(pulls.items()), tuple(radii))
    yield element("rect", class_="sea", width="100%", height="100%", fill="#fff")
    yield '<g class="edges">'
    for kind in STROKES:
        yield from _edges(kind, [tie for tie in ties if tie.kind == kind], index, spots, radii)
    yield "</g>"
    yield from _nodes(scene, entities, nodes, spots, radii)
    yield from _legend(scene, {tie.kind for tie in ties}, {entities[n].entry.kind for n in nodes})


# The picture is drawn in several languages, and again when a text changes: most of the time that it
# takes goes into finding the places, which neither changes.
@lru_cache(maxsize=4)
def _spots(
    pulls: tuple[tuple[tuple[int, int], float], ...], radii: tuple[float, ...]
) -> tuple[tuple[float, float], ...]:
    return tuple(layout(len(radii), dict(pulls), radii, (WIDTH, HEIGHT)))


def _edges(
    kind: str,
    ties: list[Tie],
    index: dict[str, int],
    spots: Sequence[tuple[float, float]],
    radii: list[float],
) -> Iterator[str]:
    """The lines of one kind, together by their width; a letter has an arrow."""
    dashes, thin = STROKES[kind]
    by_width: dict[float, list[str]] = {}
    heads = []
    for tie in ties:
        start, end = spots[index[tie.source]], spots[index[tie.target]]
        away = hypot(end[0] - start[0], end[1] - start[1]) or 1.0
        ux, uy = (end[0] - start[0]) / away, (end[1] - start[1]) / away
        stop = radii[index[tie.target]] + 1
        if kind == "sentTo":
            tip = (end[0] - ux * stop, end[1] - uy * stop)
            foot = (tip[0] - ux * 9, tip[1] - uy * 9)
            heads.append(
                path(
                    [
                        tip,
                        (foot[0] - uy * 4, foot[1] + ux * 4),
                        (foot[0] + uy * 4, foot[1] - ux * 4),
                    ]
                )
            )
            end = foot
        size = min(thin + (0.7 * log(tie.weight) if kind == "coMention" else 0), 3.0)
        by_width.setdefault(round(size * 2) / 2, []).append(path([start, end], closed=False))
    for size, lines in sorted(by_width.items()):
        yield element(
            "path",
            class_=f"edge edge-{kind}",
            d="".join(lines),
            fill="none",
            stroke="#666",
            stroke_width=max(size, 0.5),
            stroke_dasharray=dashes,
            stroke_opacity="0.4" if kind == "coMention" else "0.9",
        )
    if heads:
        yield element("path", class_="arrow", d="".join(heads), fill="#333")


def _nodes(
    scene: Scene,
    entities: dict[str, Entity],
    nodes: list[str],
    spots: Sequence[tuple[float, float]],
    radii: list[float],
) -> Iterator[str]:
    order = sorted(range(len(nodes)), key=lambda at: (-radii[at], nodes[at]))
    wanted = [
        Wanted(
            nodes[at],
            *spots[at],
            max(radii[at], 3.0),
            isolated(scene.name(entities[nodes[at]]).text),
            13.0 if radii[at] > 8 else 11.0,
        )
        for at in order
    ]
    labels = place(wanted, wanted, Taken(), Box(2, 2, WIDTH - 4, HEIGHT - 4))
    yield '<g class="marks">'
    for mark, at in zip(wanted, order, strict=True):
        entity, label = entities[nodes[at]], labels.get(nodes[at])
        parts = [sign(entity.entry.kind, *spots[at], radii[at])]
        if label:
            parts += _leader(label)
            parts.append(_label(scene, entity, label, mark.size))
        yield link(scene.address(entity), scene.counted(entity), *parts, stop=label is not None)
    yield "</g>"


def _label(scene: Scene, entity: Entity, label: Label, size: float) -> str:
    return text(
        label.words,
        label.x,
        label.y,
        class_="label",
        font_size=size,
        lang=scene.lang(scene.name(entity)),
        fill="#000",
        stroke="#fff",
        stroke_width="3",
        stroke_linejoin="round",
        paint_order="stroke",
    )


def _leader(label: Label) -> Iterator[str]:
    if label.leader:
        x1, y1, x2, y2 = label.leader
        yield element(
            "line", class_="leader", x1=x1, y1=y1, x2=x2, y2=y2, stroke="#333", stroke_width="0.7"
        )


def sign(kind: str, x: float, y: float, radius: float) -> str:
    """A person is a disc; a group is a hollow square of the same area."""
    if kind == "person":
        return element("circle", class_="mark", cx=x, cy=y, r=radius, fill="#333", stroke="#fff")
    half = radius * 0.886  # half the square root of pi
    return element(
        "rect",
        class_="mark hollow",
        x=x - half,
        y=y - half,
        width=2 * half,
        height=2 * half,
        fill="#fff",
        stroke="#333",
        stroke_width="1.5",
    )


def _legend(scene: Scene, ties: set[str], kinds: set[str]) -> Iterator[str]:
    parts, x, y = [], 14.0, HEIGHT + 18
    for kind in KINDS:
        if kind in kinds:
            words = scene.words(kind).lower()
            parts += [sign(kind, x, y - 4, 5), text(words, x + 10, y, font_size="11", fill="#555")]
            x += width(words, 11) + 30
    for kind, (dashes, size) in STROKES.items():
        if kind not in ties:
            continue
        words = scene.words(kind)
        line = path([(x, y - 4), (x + 28, y - 4)], closed=False)
        parts.append(
            element(
                "path",
                class_=f"edge edge-{kind}",
                d=line,
                fill="none",
                stroke="#666",
                stroke_width=float(max(size, 1)),
                stroke_dasharray=dashes,
            )
        )
        if kind == "sentTo":
            head = path([(x + 34, y - 4), (x + 25, y - 8), (x + 25, y)])
            parts.append(element("path", class_="arrow", d=head, fill="#333"))
        parts.append(text(words, x + 38, y, font_size="11", fill="#555"))
        x += width(words, 11) + 58
    yield element("g", *parts, class_="legend")

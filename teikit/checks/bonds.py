"""Bonds: what contains, continues or translates something is answered by it, and runs in no circle.

An enclosure is enclosed in its letter, what comes next has this before it; and nothing contains
itself, however long the way round.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from teikit.bonds import Bond
from teikit.diagnostics import RULES, Diagnostic, Related
from teikit.facts import Facts
from teikit.links import Links

Node = tuple[str, str]

# What answers what, and which of the two is the outer, earlier or original one.
_ANSWERS = {
    "enclosure": "enclosedIn",
    "translatedAs": "translationOf",
    "next": "prev",
}
_ANSWERS |= {answer: kind for kind, answer in _ANSWERS.items()}
_FORWARD = {"enclosure": True, "translatedAs": True, "next": True}
_FORWARD |= {"enclosedIn": False, "translationOf": False, "prev": False}
# Pairs of which one half alone is no whole statement. Of a translation many corpora speak on one
# side only: there both must be in use in the corpus, of the others in the file.
_ALWAYS = frozenset({"enclosure", "enclosedIn"})
_BY_CORPUS = frozenset({"translatedAs", "translationOf"})
# Chains without an answer may run in circles too.
_CIRCLES = {"next": "next", "prev": "next", "sameAs": "sameAs", "copyOf": "copyOf", "in": "in"}
_CIRCLES |= dict.fromkeys(("enclosure", "enclosedIn"), "enclosure")
_CIRCLES |= dict.fromkeys(("translatedAs", "translationOf"), "translatedAs")
_SAYS = {
    "enclosure": "is enclosed with",
    "translatedAs": "is translated as",
    "next": "goes on in",
    "in": "lies in",
    "sameAs": "is the same as",
    "copyOf": "is a copy of",
}


@dataclass(frozen=True, slots=True)
class _Edge:
    """A bond between two things of the corpus."""

    bond: Bond
    facts: Facts
    source: Node
    target: Node


def check(links: Links) -> Iterator[Diagnostic]:
    """TK211: a circle. TK212: a pointer that is not answered."""
    edges: list[_Edge] = []
    broken: set[tuple[Node, str]] = set()
    for facts in links.facts:
        for bond in facts.bonds:
            source = _node(links, facts, bond, bond.source) if bond.source else (facts.path, "")
            target = _node(links, facts, bond, bond.token)
            if source and target:
                edges.append(_Edge(bond, facts, source, target))
            elif source:
                broken.add((source, bond.kind))
    circles = list(_circles(edges))
    yield from (finding for finding, _ in circles)
    round_ = {id(edge) for _, found in circles for edge in found}
    yield from _unanswered(links, [edge for edge in edges if id(edge) not in round_], broken)


def _node(links: Links, facts: Facts, bond: Bond, token: str) -> Node | None:
    """What a pointer leads to, the root of a file like the file itself; None where to nothing."""
    target = links.resolve(facts.path, token, bond.base)
    if target.state != "resolved":
        return None
    there = links.document(target.path)
    whole = bond.form == "document" and there is not None and target.id == there.id
    return target.path, "" if whole else target.id


# -- circles -------------------------------------------------------------------------------------


def _circles(edges: list[_Edge]) -> Iterator[tuple[Diagnostic, list[_Edge]]]:
    """One finding for each circle of one kind, with the bonds that make it."""
    for kind in dict.fromkeys(_CIRCLES.values()):
        graph: dict[Node, dict[Node, _Edge]] = {}
        for edge in edges:
            if _CIRCLES.get(edge.bond.kind) != kind:
                continue
            forward = _FORWARD.get(edge.bond.kind, True)
            one, other = (edge.source, edge.target) if forward else (edge.target, edge.source)
            # That an entry for a country names its own country says nothing.
            if one != other or edge.bond.form not in ("place", "org"):
                graph.setdefault(one, {}).setdefault(other, edge)
        for circle in _loops(graph):
            yield _circle(kind, circle, graph)


def _loops(graph: dict[Node, dict[Node, _Edge]]) -> Iterator[list[Node]]:
    """Circles that have nothing in common, found in one walk without recursion."""
    state: dict[Node, int] = {}  # 1: on the way, 2: done
    for start in graph:
        if start in state:
            continue
        way: list[Node] = [start]
        open_ = [iter(graph[start])]
        state[start] = 1
        while way:
            following = next(open_[-1], None)
            if following is None:
                state[way.pop()] = 2
                open_.pop()
            elif following not in state:
                state[following] = 1
                way.append(following)
                open_.append(iter(graph.get(following, ())))
            elif state[following] == 1:
                loop = way[way.index(following) :]
                yield loop
                # What is in one circle is not told of in another.
                for node in loop:
                    state[node] = 2
                del way[-len(loop) :], open_[-len(loop) :]


def _circle(
    kind: str, circle: list[Node], graph: dict[Node, dict[Node, _Edge]]
) -> tuple[Diagnostic, list[_Edge]]:
    steps = list(zip(circle, [*circle[1:], circle[0]], strict=True))
    edges = [graph[one][other] for one, other in steps]
    first = min(range(len(edges)), key=lambda at: edges[at].bond.location)
    edges = edges[first:] + edges[:first]
    names = [_name(node) for node in circle[first:] + circle[:first]]
    way = " → ".join([*names, names[0]])
    finding = RULES["TK211"].at(
        edges[0].bond.location,
        f"{names[0]} {_SAYS[kind]} itself: {way}"
        if len(names) == 1
        else f"a circle: {names[0]} {_SAYS[kind]} {names[1]}, and so on back to it ({way})",
        hints=("one of these pointers is wrong: take it out or correct it",),
        related=[
            Related(f"{_name(edge.source)} points on from here", edge.bond.location)
            for edge in edges[1:]
        ],
    )
    return finding, edges


def _name(node: Node) -> str:
    return node[1] or node[0]


# -- answers -------------------------------------------------------------------------------------


def _unanswered(
    links: Links, edges: list[_Edge], broken: set[tuple[Node, str]]
) -> Iterator[Diagnostic]:
    said = {(edge.source, edge.bond.kind, edge.target) for edge in edges}
    kinds = {(home, edge.bond.kind) for edge in edges for home in ("", edge.source[0])}
    alone: dict[tuple[Node, str, Node], _Edge] = {}
    for edge in edges:
        answer = _ANSWERS.get(edge.bond.kind)
        if answer is None or (edge.target, answer, edge.source) in said:
            continue
        there = links.document(edge.target[0])
        if there is None or edge.source == edge.target or (edge.target, answer) in broken:
            continue  # what ought to answer leads nowhere itself: that is told already
        # A register cannot answer: what it describes is not a document of the corpus.
        if edge.bond.form == "document" and (there.role != "document" or edge.target[1]):
            continue
        home = "" if edge.bond.kind in _BY_CORPUS else edge.target[0]
        if edge.bond.kind not in _ALWAYS and (home, answer) not in kinds:
            continue
        alone.setdefault((edge.source, edge.bond.kind, edge.target), edge)
    unheard: dict[tuple[Node, str], list[_Edge]] = {}
    for edge in alone.values():
        unheard.setdefault((edge.source, edge.bond.kind), []).append(edge)
    silent: set[int] = set()
    for edge in alone.values():
        # If the other side answers to somebody else in vain, it is that answer which is wrong.
        others = unheard.get((edge.target, _ANSWERS[edge.bond.kind]), ())
        if any(id(other) not in silent for other in others):
            silent.add(id(edge))
        else:
            yield _finding(links, edge)


def _finding(links: Links, edge: _Edge) -> Diagnostic:
    kind, answer = edge.bond.kind, _ANSWERS[edge.bond.kind]
    there = links.document(edge.target[0])
    source, target = _called(links, edge.source), _called(links, edge.target)
    return RULES["TK212"].at(
        edge.bond.location,
        f"{source} gives {target} as its {kind}, but {target} does not give {source} "
        f"as its {answer}",
        hints=(f"write {answer} in {edge.target[0]} too, or correct this one",),
        related=[Related("the other side", there.location)] if there else [],
    )


def _called(links: Links, node: Node) -> str:
    there = links.document(node[0])
    return node[1] or (there.id if there else node[0])

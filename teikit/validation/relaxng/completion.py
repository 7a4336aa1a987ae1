"""The shortest ways through a pattern: what is still wanted, and what was left out.

Structural and exact: the parts of a sequence add up, of alternatives the shortest counts.
"""

from __future__ import annotations

from typing import NamedTuple

from teikit.validation.relaxng.patterns import (
    K_ATTRIBUTE,
    K_CHOICE,
    K_DATA,
    K_ELEMENT,
    K_GROUP,
    K_INTERLEAVE,
    K_LIST,
    K_NOT_ALLOWED,
    K_ONE_OR_MORE,
    K_VALUE,
    NOT_ALLOWED,
    Patterns,
    Tuple,
    contains,
)


class Step(NamedTuple):
    """One thing that must stand there: one of the ``elements`` (by number), or one of the
    ``attributes`` (by name class), or, where both are empty, a text of a certain form.
    """

    elements: tuple[int, ...] = ()
    attributes: tuple[Tuple, ...] = ()


Way = tuple[Step, ...]
_LONGEST = 20  # steps that are told; nobody is helped by more, and a schema may want millions


class Ways:
    """Answers about the patterns of one schema, each found once."""

    def __init__(self, patterns: Patterns) -> None:
        """Take the patterns; nothing is computed yet."""
        self._patterns = patterns
        self._shortest: dict[int, Way | None] = {}
        self._skips: dict[tuple[int, str], tuple[Way, dict[int, int]] | None] = {}

    def shortest(self, pattern: int) -> Way | None:
        """The least that completes the pattern; None where nothing does."""
        if pattern not in self._shortest:
            self._shortest[pattern] = self._find(pattern)
        return self._shortest[pattern]

    def _find(self, pattern: int) -> Way | None:
        if self._patterns.nullable[pattern]:
            return ()
        node = self._patterns.nodes[pattern]
        kind = node[0]
        if kind == K_NOT_ALLOWED:
            return None
        if kind == K_ELEMENT:
            return (Step(elements=(node[1],)),)
        if kind == K_ATTRIBUTE:
            return (Step(attributes=(node[1],)),)
        if kind in (K_DATA, K_VALUE, K_LIST):
            return (Step(),)
        if kind == K_ONE_OR_MORE:
            return self.shortest(node[1])
        if kind == K_CHOICE:
            ways = [way for item in node[1] if (way := self.shortest(item)) is not None]
            least = min(map(len, ways), default=0)
            return _either([way for way in ways if len(way) == least])
        parts = [self.shortest(item) for item in (node[1:] if kind == K_GROUP else node[1])]
        return _sum(parts)

    def skip(self, pattern: int, name: str) -> tuple[Way, dict[int, int]] | None:
        """What must be taken as given before an element of that name may stand.

        Gives the missing steps and, for each candidate element, what follows it. None where no
        element of the name can come any more.
        """
        key = (pattern, name)
        if key not in self._skips:
            self._skips[key] = self._skip(pattern, name)
        return self._skips[key]

    def _skip(self, pattern: int, name: str) -> tuple[Way, dict[int, int]] | None:
        patterns = self._patterns
        node = patterns.nodes[pattern]
        kind = node[0]
        if kind == K_ELEMENT:
            return ((), {node[1]: 1}) if contains(patterns.names[node[1]], name) else None
        options: list[tuple[Way, dict[int, int]]] = []
        if kind == K_CHOICE:
            options = [found for item in node[1] if (found := self.skip(item, name))]
        elif kind == K_ONE_OR_MORE:
            if found := self.skip(node[1], name):
                again = patterns.choice((1, pattern))
                options = [(found[0], _followed(patterns, found[1], again))]
        elif kind == K_GROUP:
            if found := self.skip(node[1], name):
                options.append((found[0], _followed(patterns, found[1], node[2])))
            before, found = self.shortest(node[1]), self.skip(node[2], name)
            if found and before is not None:
                options.append(((before + found[0])[:_LONGEST], found[1]))
        elif kind == K_INTERLEAVE:
            for at, item in enumerate(node[1]):
                if found := self.skip(item, name):
                    others = node[1][:at] + node[1][at + 1 :]
                    rest = {
                        element: patterns.interleave((after, *others))
                        for element, after in found[1].items()
                    }
                    options.append((found[0], rest))
        if not options:
            return None
        least = min(len(way) for way, _ in options)
        best = [option for option in options if len(option[0]) == least]
        merged: dict[int, int] = {}
        for _, rest in best:
            for element, after in rest.items():
                merged[element] = patterns.choice((merged.get(element, NOT_ALLOWED), after))
        return best[0][0], merged


def _followed(patterns: Patterns, rest: dict[int, int], then: int) -> dict[int, int]:
    return {element: patterns.group(after, then) for element, after in rest.items()}


def _sum(parts: list[Way | None]) -> Way | None:
    whole: Way = ()
    for part in parts:
        if part is None:
            return None
        whole = (whole + part)[:_LONGEST]
    return whole


def _either(ways: list[Way]) -> Way | None:
    """Alternatives of one step become one step; of longer ways the first is taken."""
    if not ways:
        return None
    if len(ways[0]) != 1:
        return ways[0]
    elements = tuple(dict.fromkeys(item for way in ways for item in way[0].elements))
    if elements:
        return (Step(elements=elements),)
    attributes = tuple(dict.fromkeys(item for way in ways for item in way[0].attributes))
    return (Step(attributes=attributes),)

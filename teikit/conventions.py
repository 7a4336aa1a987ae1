"""Conventions: how a corpus writes its pointers, attribute by attribute, and what they find.

One pass over all pointers counts them and keeps those that lead nowhere, so that a check can tell a
slip from a habit: one dangling ``#id`` among a thousand is a mistake, a thousand words in ``@who``
of which none is an address are names.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from teikit.diagnostics import Location
from teikit.facts import Facts, Pointer
from teikit.resolving import Resolution

# The columns of the table, in order.
SCOPES = ("same file", "corpus", "relative", "prefix", "key", "address", "nowhere")
# No address and no file: at its end there is nothing like “.xml”.
_WORD = re.compile(r"(?!.*\.[A-Za-z]\w{1,4}$)[^#/:\\]+")


@dataclass(frozen=True, slots=True)
class Lost:
    """A pointer that leads nowhere: the file and the place where it stands, and what was found."""

    path: str
    pointer: Pointer
    target: Resolution

    @property
    def style(self) -> str:
        """How it is written: ``word``, ``#id``, ``prefix:id`` or ``file``."""
        token = self.pointer.token
        if token.startswith("#"):
            return "#id"
        if self.target.scope == "prefix":
            return "prefix:id"
        return "word" if _WORD.fullmatch(token) else "file"


@dataclass
class Survey:
    """What one pass over the pointers of a corpus shows.

    ``counts`` gives for each attribute how many tokens resolve in which scope (see ``SCOPES``), and
    how many nowhere; ``found`` for each attribute and style how many tokens lead somewhere.
    ``partly`` are the (path, attribute, style) of which some lead somewhere, in files where others
    do not. ``elsewhere`` are the first bare ids of an attribute that only another file has,
    ``ambiguous`` those that several other files have, by id. ``keys`` counts ``@key`` by element:
    how many name somebody, how many nobody; ``strangers`` are the latter. ``notes`` are what the
    checks conclude from it and want to know again.
    """

    counts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    found: Counter[tuple[str, str]] = field(default_factory=Counter)
    lost: list[Lost] = field(default_factory=list)
    partly: set[tuple[str, str, str]] = field(default_factory=set)
    elsewhere: dict[str, tuple[Location, str, str]] = field(default_factory=dict)
    ambiguous: dict[str, list[Lost]] = field(default_factory=dict)
    keys: dict[str, Counter[bool]] = field(default_factory=lambda: defaultdict(Counter))
    strangers: list[tuple[str, Pointer]] = field(default_factory=list)
    notes: dict[str, Any] = field(default_factory=dict)

    def rows(self) -> list[tuple[str, dict[str, int]]]:
        """The table: each attribute with its counts by scope, sorted by attribute."""
        return [
            (attribute, {scope: counted[scope] for scope in SCOPES if counted[scope]})
            for attribute, counted in sorted(self.counts.items())
        ]


def survey(
    files: Iterable[Facts],
    resolve: Callable[[str, str, str], Resolution],
    homes: Callable[[str], Sequence[str]],
    keyed: Callable[[str, str], object | None],
) -> Survey:
    """Follow every pointer of every file once.

    ``resolve`` looks a token up, ``homes`` gives the files that have an id (registers first),
    ``keyed`` the entity that a ``@key`` names, if any.
    """
    seen = Survey()
    for facts in files:
        before = len(seen.lost)
        good: set[tuple[str, str]] = set()
        for pointer in facts.pointers:
            lost = Lost(facts.path, pointer, resolve(facts.path, pointer.token, pointer.base))
            if _count(seen, lost, homes):
                good.add((pointer.attribute, lost.style))
        if len(seen.lost) > before:
            seen.partly.update((facts.path, *key) for key in good)
        for pointer in facts.keyed:
            known = keyed(facts.path, pointer.token) is not None or all(
                keyed(facts.path, token) is not None for token in pointer.token.split()
            )
            # A key may be the id of something that is no entity: a category, a term.
            known = known or bool(homes(pointer.token))
            seen.keys[pointer.element][known] += 1
            seen.counts["key"]["key" if known else "nowhere"] += 1
            if not known:
                seen.strangers.append((facts.path, pointer))
    return seen


def _count(seen: Survey, followed: Lost, homes: Callable[[str], Sequence[str]]) -> bool:
    """Enter one pointer; whether it leads somewhere."""
    pointer, target = followed.pointer, followed.target
    attribute = pointer.attribute
    if target.state == "external" or (target.state == "resolved" and pointer.selects):
        seen.counts[attribute][target.scope] += 1
        seen.found[attribute, followed.style] += 1
        if target.scope == "corpus":
            seen.elsewhere.setdefault(attribute, (pointer.location, pointer.token, target.path))
            if len(homes(target.id)) > 1:
                seen.ambiguous.setdefault(target.id, []).append(followed)
        return True
    if target.state != "unread":
        seen.counts[attribute]["nowhere"] += 1
        seen.lost.append(followed)
    return False

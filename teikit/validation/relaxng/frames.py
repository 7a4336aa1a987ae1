"""What the thorough pass keeps of the elements that are open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from teikit.validation.relaxng.automaton import (
    Returns,
)

ANYTHING = -3  # the state inside an element that the schema does not know
ALL = -1  # every slot is complete

Follow = Callable[[int], int]


@dataclass(slots=True)
class Run:
    """Children of one element that stand in the same state: the last of them."""

    state: int
    name: str
    line: int
    column: int


@dataclass(slots=True)
class Frame:
    """An open element.

    ``before`` is the state in which it began. ``elements`` are the declarations that it is taken
    for where it is not simply what the schema wants there.
    """

    name: str
    label: str
    before: int
    elements: tuple[int, ...]
    follow: Follow | None
    returns: Returns | None
    line: int
    column: int
    offset: int
    text: list[str] = field(default_factory=list)
    text_place: tuple[int, int] = (0, 0)
    history: list[Run] = field(default_factory=list)
    seen: dict[str, tuple[int, int]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    told: dict[tuple[str, str], int] = field(default_factory=dict)
    # What was taken as given: the finding that says so, and the element before which it lacked.
    owed: dict[str, tuple[int, str]] = field(default_factory=dict)
    excused: int = 0  # how many things were dropped in it: what seems to lack may be one of them
    lenient: bool = False  # it stands in the wrong place: its own content is not held against it
    habit: int = -1  # the finding that it comes from another vocabulary, with all it holds
    renamed: int = -1  # the finding whose mend renames this element's tags
    restored: str | None = None  # a namespace that stands for the schema's inside this element


class Owner(NamedTuple):
    """The start-tag of an identifier or of a reference: enough to find its place later."""

    label: str
    name: str
    line: int
    column: int
    offset: int

"""What every picture is: an SVG element, and a table of the same data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

# The address of the page of an entity (``"place", "pl-kursk"``) or a document (``"document"``).
Href = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its text, the language of that text (``""``: that of the interface).

    ``kind`` and ``key`` are what ``href`` is asked for; empty where the cell leads nowhere.
    """

    text: str
    lang: str = ""
    kind: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a corpus in one language of the interface.

    ``svg`` is one element to stand inside HTML or alone: no scripts, no references outside, ids
    that begin with ``picture-`` and the name. ``columns`` and ``rows`` say the same, and what could
    not be drawn; ``description`` says how to read it, and how much could not be drawn.
    """

    name: str
    title: str
    description: str
    svg: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

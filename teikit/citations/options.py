"""What a citation may be asked to be, and the runs of text that it is made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """How records are written.

    ``style`` is one of ``citations.STYLES`` or a CSL style, for text and HTML; ``language`` that of
    the readers, ``""`` for the style's own or that of each item; ``accessed`` the day (ISO 8601)
    on which addresses were visited, ``""`` to leave it out; ``zotero`` keeps in the note what
    Zotero's import would drop; ``note`` asks for the form of a footnote instead of that of a list.
    """

    style: str = "plain"
    language: str = ""
    accessed: str = ""
    zotero: bool = False
    note: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a citation: its text, whether it is in italics, its language, its address."""

    text: str
    italic: bool = False
    lang: str = ""
    href: str = ""


def plain(runs: Iterable[Run]) -> str:
    """The text of a citation alone."""
    return "".join(run.text for run in runs)

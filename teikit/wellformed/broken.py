"""A file that expat did not take, and how far it came."""

from __future__ import annotations

from dataclasses import dataclass

from teikit.diagnostics import RULES, Diagnostic, Location
from teikit.wellformed.extract import Extract, name_at, position

# Bytes that are read after a mistake, to see what was meant.
AHEAD = 4096


@dataclass(frozen=True, slots=True)
class Broken:
    """``error`` is expat's message, ``offset`` the byte it gives.

    ``origin`` is the byte of the last tag that was sound (0: there was none), ``opened`` are those
    of the start-tags of all open elements, the innermost last.
    """

    data: bytes
    path: str
    coding: str
    error: str
    offset: int
    origin: int
    opened: list[int]

    @property
    def unit(self) -> int:
        """Bytes of a character of ASCII."""
        return 2 if self.coding.startswith("utf-16") else 1

    def at(self, byte: int) -> Location:
        """The place of a byte."""
        return Location(self.path, *position(self.data, byte, self.coding))

    def name(self, byte: int) -> str:
        """The name in the tag that begins at a byte."""
        return name_at(self.data, byte, self.coding)

    def extract(self, start: int, stop: int) -> Extract:
        """The characters from one byte to another."""
        return Extract.of(self.data, self.path, self.coding, start, stop)


def found(extract: Extract, index: int, message: str, *hints: str) -> Diagnostic:
    """A finding (TK002) at a character."""
    return RULES["TK002"].at(extract.at(index), message, hints=hints)

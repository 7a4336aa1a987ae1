"""A stretch of a file as text, every character of which knows its byte, line and column."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from teikit.diagnostics import Edit, Fix, Location

# What a message quotes of a name or a value at most.
QUOTED = 40
_SPACES = re.compile(r"[ \t\r\n]*")
_NAME = re.compile(r"""</?([^\s<>/="']*)""")


def clip(text: str) -> str:
    """A name or value, cut where it is too long to be quoted."""
    return text if len(text) <= QUOTED else text[: QUOTED - 1] + "…"


def skip(text: str, at: int) -> int:
    """The first character from ``at`` that is not white space as XML has it."""
    match = _SPACES.match(text, at)
    return match.end() if match else at


def position(data: bytes, offset: int, coding: str) -> tuple[int, int]:
    """Line and column (both from 1, columns in characters) of a byte.

    As in XML 1.0, section 2.11, a line ends with CR LF, LF, or CR. A byte order mark takes no
    column, as in every editor.
    """
    if coding.startswith("utf-16"):
        text = data[:offset].decode(coding, "replace").removeprefix("\ufeff")
        ends = text.count("\n") + text.count("\r") - text.count("\r\n")
        return ends + 1, len(text) - max(text.rfind("\n"), text.rfind("\r"))
    ends = data.count(b"\n", 0, offset) + data.count(b"\r", 0, offset)
    ends -= data.count(b"\r\n", 0, offset)
    begin = max(data.rfind(b"\n", 0, offset), data.rfind(b"\r", 0, offset)) + 1
    line = data[begin:offset]
    if not begin:
        line = line.removeprefix(codecs.BOM_UTF8)
    return ends + 1, len(line.decode(coding, "replace")) + 1


def name_at(data: bytes, offset: int, coding: str) -> str:
    """The name in the tag that begins at the byte ``offset``."""
    size = 256
    while True:
        text = data[offset : offset + size].decode(coding, "ignore")
        match = _NAME.match(text)
        if not match:
            return ""
        if match.end() < len(text) or offset + size >= len(data):
            return match[1]
        size *= 16


@dataclass(frozen=True, slots=True)
class Extract:
    """The characters ``text``, which begin at the byte ``start`` of ``data``.

    ``data`` is known to be in the encoding ``coding``; at its end the stretch may cut a character,
    which is then left out.
    """

    data: bytes
    path: str
    coding: str
    start: int
    text: str

    @classmethod
    def of(cls, data: bytes, path: str, coding: str, start: int, stop: int) -> Extract:
        """The stretch from one byte to another; a byte order mark is passed over."""
        if start == 0:
            marks = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
            start = next((len(mark) for mark in marks if data.startswith(mark)), 0)
        return cls(data, path, coding, start, data[start:stop].decode(coding, "ignore"))

    def byte(self, index: int) -> int:
        """The byte at which a character begins."""
        return self.start + len(self.text[:index].encode(self.coding))

    def index(self, byte: int) -> int:
        """The character that begins at a byte."""
        return len(self.data[self.start : byte].decode(self.coding, "ignore"))

    def at(self, index: int) -> Location:
        """The place of a character."""
        return Location(self.path, *position(self.data, self.byte(index), self.coding))

    def fix(self, description: str, *edits: tuple[int, int, str]) -> Fix | None:
        """Replace characters (from, to, by what).

        None where the bytes are not UTF-8: what is written by the fix would be.
        """
        if self.coding not in ("utf-8", "ascii"):
            return None
        return Fix(
            description,
            tuple(
                Edit(self.path, self.byte(start), self.byte(stop), text)
                for start, stop, text in edits
            ),
        )

"""Text in columns: how wide it is in a terminal, and how it is broken into lines.

A letter is not always a column: combining accents take none, Chinese signs two. Sequences that set
the colour (``ESC [ … m``) take none either.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import zip_longest

_SIGN = re.compile(r"\x1b\[[0-9;]*m|.", re.DOTALL)
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
# Where a line may end: not between a sign and the word that French sets it apart from.
_SPACE = re.compile(r"(?<![«‹]) (?![»›:;!?%])")


def char_width(char: str) -> int:
    """The columns that a character takes in a terminal (UAX #11, as terminals apply it)."""
    if " " <= char <= "~":
        return 1
    # Marks that sit on the letter before, and signs that are not seen (a soft hyphen is).
    if unicodedata.category(char) in ("Mn", "Me", "Cf") and char != "\u00ad":
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def width(text: str) -> int:
    """The columns that a text without line feeds takes."""
    plain = _COLOUR.sub("", text) if "\x1b" in text else text
    return len(plain) if plain.isascii() else sum(map(char_width, plain))


def pad(text: str, columns: int) -> str:
    """The text with spaces behind it until it fills the columns."""
    return text + " " * (columns - width(text))


def wrap(text: str, columns: int) -> list[str]:
    """The lines of a text broken at spaces; a word that is too long is broken where it must.

    No-break spaces do not break. At least one line comes out, and none is wider than ``columns``
    (two at least, for the widest character).
    """
    columns = max(columns, 2)
    lines, line, used = [], "", 0
    for word in _SPACE.split(text.replace("\n", " ").replace("\t", " ")):
        if not word:
            continue
        wide = width(word)
        if line and used + 1 + wide <= columns:
            line, used = f"{line} {word}", used + 1 + wide
            continue
        if line:
            lines.append(line)
        *whole, line = _broken(word, columns) if wide > columns else [word]
        lines += whole
        used = width(line)
    return [*lines, line] if line or not lines else lines


def _broken(word: str, columns: int) -> list[str]:
    """A word in pieces that fit; marks stay with their letter."""
    pieces, piece, used = [], "", 0
    for char in _SIGN.findall(word):
        wide = width(char)
        if used + wide > columns:
            pieces.append(piece)
            piece, used = "", 0
        piece, used = piece + char, used + wide
    return [*pieces, piece]


def hanging(label: str, text: str, indent: int, columns: int) -> Iterator[str]:
    """The lines of a text, the label before the first one, the others indented like it.

    ``indent`` is where the text begins; a label that does not fit before it has a line of its own.
    """
    lines = wrap(text, columns - indent)
    if label and width(label) >= indent:
        lead = " " * (len(label) - len(label.lstrip()))
        yield from (lead + line for line in wrap(label.strip(), columns - len(lead)))
        label = ""
    for number, line in enumerate(lines):
        yield pad("" if number else label, indent) + line


def beside(texts: Sequence[str], columns: int, gap: int = 3) -> Iterator[str]:
    """The lines of several texts side by side, all of one width."""
    each = column(len(texts), columns, gap)
    for line in zip_longest(*(wrap(text, each) for text in texts), fillvalue=""):
        yield (" " * gap).join(pad(cell, each) for cell in line).rstrip()


def column(number: int, columns: int, gap: int = 3) -> int:
    """How wide each of several columns is when they stand side by side."""
    return (columns - gap * (number - 1)) // number

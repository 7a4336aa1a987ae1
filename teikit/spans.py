"""Where things stand in the bytes of a file: elements, attributes, single tokens of a value.

An edit that keeps every other byte needs to know just these. All offsets are bytes of the file;
the text between them is decoded, so that references and line breaks mean what they mean in XML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from teikit.corpus import Document

_ATTRIBUTE = re.compile(r"""([^\s=<>"'/]++)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
# What one character of a value may be written as.
_PIECE = re.compile(r"\r\n|&[^;&]+;|.", re.DOTALL)
_TOKEN = re.compile(r"\S+")
_NAMED = {"&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"', "&apos;": "'"}
# What stands between two elements of one parent: comments and processing instructions apart.
_BETWEEN = re.compile(r"<!--.*?-->|<\?.*?\?>|<!\[CDATA\[.*?\]\]>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Value:
    """The value of an attribute as it stands in a tag.

    ``begin`` is the byte of the attribute's name, ``end`` that after its closing quote; ``text``
    the value that a parser reports; ``bounds`` the byte at which each character of it begins, and
    last the byte of the closing quote.
    """

    name: str
    begin: int
    end: int
    text: str
    bounds: tuple[int, ...]

    def tokens(self) -> Iterator[tuple[str, int, int]]:
        """Each token between white space, with its first character and the one after its last."""
        for match in _TOKEN.finditer(self.text):
            yield match[0], match.start(), match.end()


@dataclass(frozen=True, slots=True)
class Span:
    """The bytes of an element: its start-tag up to ``inner``, its content up to ``stop``.

    An empty tag has no content: ``inner``, ``stop`` and ``end`` are one.
    """

    start: int
    inner: int
    stop: int
    end: int

    @property
    def empty(self) -> bool:
        """Whether the element is written as one empty tag."""
        return self.inner == self.end


class Spans:
    """The positions in one document. Elements go by their number in document order, from 0."""

    def __init__(self, document: Document) -> None:
        """Take a document, whose scan knows where its tags begin."""
        self.data = document.data
        self.encoding = document.scan.encoding
        self._scan = document.scan

    def text(self, start: int, end: int) -> str:
        """The characters between two bytes."""
        return self.data[start:end].decode(self.encoding)

    def size(self, text: str) -> int:
        """How many bytes a text takes in the encoding of the file."""
        return len(text.encode(self.encoding))

    def element(self, index: int) -> Span:
        """The bytes of an element."""
        start = self._scan.offsets[index]
        tag = self._scan.tag(start)
        inner = start + self.size(tag)
        if tag.endswith("/>"):
            return Span(start, inner, inner, inner)
        stop = self._scan.stops[index]
        return Span(start, inner, stop, stop + self.size(self._scan.tag(stop)))

    def values(self, index: int) -> Iterator[Value]:
        """The attributes of an element's start-tag, in order, by their names as written."""
        start = self._scan.offsets[index]
        tag = self._scan.tag(start)
        for match in _ATTRIBUTE.finditer(tag):
            group = 2 if match[2] is not None else 3
            begin = start + self.size(tag[: match.start()])
            at = start + self.size(tag[: match.start(group)])
            text, bounds = [], []
            for piece in _PIECE.finditer(match[group]):
                text.append(_meaning(piece[0]))
                bounds.append(at)
                at += self.size(piece[0])
            end = at + self.size(match[0][-1])
            yield Value(match[1], begin, end, "".join(text), (*bounds, at))

    def value(self, index: int, name: str) -> Value | None:
        """One attribute of an element by its name as written; None where the tag lacks it."""
        return next((item for item in self.values(index) if item.name == name), None)

    def between(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The comments and processing instructions between two neighbouring tags."""
        text = self.text(start, end)
        for match in _BETWEEN.finditer(text):
            if not match[0].startswith("<![CDATA["):
                first = start + self.size(text[: match.start()])
                yield first, first + self.size(match[0])


def _meaning(piece: str) -> str:
    """The character that a piece of an attribute's value stands for (XML 1.0, section 3.3.3)."""
    if len(piece) > 1 and piece[0] == "&":
        if piece[1] == "#":
            hexadecimal = piece[2] == "x"
            return chr(int(piece[3:-1], 16) if hexadecimal else int(piece[2:-1]))
        return _NAMED[piece]
    return " " if piece in ("\t", "\r", "\n", "\r\n") else piece

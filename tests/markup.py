"""The markup of a document as pieces of its bytes, so that one piece can be changed alone.

A document that is parsed and written again has other lines and other quotes; edits of bytes leave
everything else where it stands. Only well-formed UTF-8 without a DOCTYPE is understood.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

_TOKEN = re.compile(
    rb"""(?P<comment><!--.*?-->)|(?P<cdata><!\[CDATA\[.*?\]\]>)|(?P<pi><\?.*?\?>)"""
    rb"""|(?P<end></[^>]*>)|(?P<start><[^!?/"'>](?:[^"'>]|"[^"]*"|'[^']*')*>)|(?P<text>[^<]+)""",
    re.DOTALL,
)
_NAME = re.compile(rb"</?([^\s/>]+)")
_ATTRIBUTE = re.compile(rb"""\s+([^\s=<>"'/]+)\s*=\s*("[^"]*"|'[^']*')""")


@dataclass(frozen=True, slots=True)
class Token:
    """A tag, a stretch of text, a comment, … from byte ``start`` to before byte ``end``."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Attribute:
    """``start`` is where the white space before the name begins; ``value`` has no quotes."""

    name: str
    value: bytes
    start: int
    name_start: int
    value_start: int
    end: int


@dataclass(eq=False, slots=True)
class Element:
    """An element by its tags; those of an empty-element tag are one and the same."""

    name: str
    opening: Token
    closing: Token
    parent: Element | None
    children: list[Element] = field(default_factory=list)

    @property
    def start(self) -> int:
        """The first byte of the element."""
        return self.opening.start

    @property
    def end(self) -> int:
        """The byte after the element."""
        return self.closing.end

    @property
    def empty(self) -> bool:
        """Whether it is written as an empty-element tag."""
        return self.opening is self.closing

    def holds(self, other: Element) -> bool:
        """Whether ``other`` is this element or inside it."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Edit:
    """Put ``text`` in the place of the bytes from ``start`` to before ``end``."""

    start: int
    end: int
    text: bytes


class Markup:
    """The tokens and the elements (in document order) of a well-formed document."""

    def __init__(self, data: bytes) -> None:
        """Read ``data``; raises ValueError where the document has a DOCTYPE or is malformed."""
        self.data = data
        self.tokens: list[Token] = []
        self.elements: list[Element] = []
        opened: list[Element] = []
        at = 3 if data.startswith(b"\xef\xbb\xbf") else 0
        while at < len(data):
            match = _TOKEN.match(data, at)
            if match is None:
                raise ValueError(f"markup that is not understood at byte {at}")
            token = Token(str(match.lastgroup), match.start(), match.end())
            self.tokens.append(token)
            at = match.end()
            if token.kind == "start":
                parent = opened[-1] if opened else None
                element = Element(self._name(token), token, token, parent)
                if parent is not None:
                    parent.children.append(element)
                self.elements.append(element)
                if data[token.end - 2] != ord("/"):
                    opened.append(element)
            elif token.kind == "end":
                if not opened or opened[-1].name != self._name(token):
                    raise ValueError(f"an end-tag that closes nothing at byte {at}")
                opened.pop().closing = token
        if opened or not self.elements:
            raise ValueError("the document is not complete")
        self._starts = [token.start for token in self.tokens]

    def _name(self, token: Token) -> str:
        match = _NAME.match(self.data, token.start)
        assert match is not None
        return match[1].decode()

    def attributes(self, element: Element) -> list[Attribute]:
        """The attributes of an element, declarations of namespaces among them."""
        name = _NAME.match(self.data, element.start)
        assert name is not None
        return [
            Attribute(
                match[1].decode(),
                match[2][1:-1],
                match.start(),
                match.start(1),
                match.start(2) + 1,
                match.end(),
            )
            for match in _ATTRIBUTE.finditer(self.data, name.end(), element.opening.end)
        ]

    def number_at(self, offset: int) -> int:
        """The index in ``tokens`` of the one that holds a byte; the nearest at the edges."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def texts(self) -> Iterator[Token]:
        """The stretches of text inside the root that are not white space alone."""
        root = self.elements[0]
        for token in self.tokens:
            inside = root.opening.end <= token.start < root.closing.start
            if token.kind == "text" and inside and self.data[token.start : token.end].strip():
                yield token


def applied(data: bytes, edits: Iterable[Edit]) -> bytes:
    """The bytes after the edits, none of which may touch another."""
    pieces, at = [], 0
    for edit in sorted(edits, key=lambda item: (item.start, item.end)):
        if edit.start < at:
            raise ValueError("two edits touch each other")
        pieces += [data[at : edit.start], edit.text]
        at = edit.end
    return b"".join([*pieces, data[at:]])


def well_formed(data: bytes) -> bool:
    """Whether the document is well-formed and keeps to the rules of namespaces."""
    try:
        expat.ParserCreate(namespace_separator=" ").Parse(data, True)
    except expat.ExpatError:
        return False
    return True

"""Where the parts of a start-tag stand: read from the bytes when somebody must be told."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from teikit.source import Source

_TAG = re.compile(r"""<(?:[^"'>]|"[^"]*"|'[^']*')*>""", re.DOTALL)
_ATTRIBUTE = re.compile(r"""([^\s=<>"'/]+)(\s*=\s*)("[^"]*"|'[^']*')""")
_NAME = re.compile(r"</?([^\s/>]+)")
_WINDOW = 4096


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the tag: line and column (from 1) and, where they can be told, its bytes."""

    line: int
    column: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Tag:
    """A start- or end-tag: its name, its attributes (as written) and their values."""

    name: Part
    attributes: dict[str, Part]
    values: dict[str, Part]
    exact: bool  # whether the byte offsets can be trusted for edits
    last_line: int  # the line on which the tag ends


def read_tag(source: Source, offset: int, line: int, column: int, encoding: str) -> Tag:
    """The tag that begins at the byte ``offset``, which is ``line`` and ``column`` (from 1)."""
    coding = encoding
    if encoding == "utf-16":
        coding = "utf-16-be" if source.window(0, 2) == codecs.BOM_UTF16_BE else "utf-16-le"
    size = _WINDOW
    while True:
        text = source.window(offset, offset + size).decode(coding, "replace")
        match = _TAG.match(text)
        if match or offset + size >= source.size:
            break
        size *= 8
    tag = match[0] if match else text.partition(">")[0]

    def part(start: int, end: int) -> Part:
        before = tag[:start]
        newlines = before.count("\n")
        at = len(before) - before.rfind("\n") if newlines else column + len(before)
        first = offset + len(before.encode(coding))
        return Part(line + newlines, at, first, first + len(tag[start:end].encode(coding)))

    name = _NAME.match(tag)
    begin, stop = name.span(1) if name else (0, len(tag))
    attributes: dict[str, Part] = {}
    values: dict[str, Part] = {}
    for found in _ATTRIBUTE.finditer(tag, stop):
        if len(attributes) >= 1000:  # enough to explain with
            break
        attributes[found[1]] = part(*found.span(1))
        values[found[1]] = part(found.start(3) + 1, found.end(3) - 1)
    return Tag(
        part(begin, stop),
        attributes,
        values,
        coding in ("utf-8", "us-ascii"),
        line + tag.count("\n"),
    )

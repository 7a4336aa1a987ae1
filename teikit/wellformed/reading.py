"""One pass of expat over the bytes of a file.

Gives a :class:`Scan` (positions of every start-tag) or the one Diagnostic that explains why the
file cannot be used: at the place of the mistake, with what was expected there and how to mend it.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from xml.parsers import expat

from teikit.diagnostics import RULES, Diagnostic, Location
from teikit.names import local
from teikit.wellformed import MAX_DEPTH
from teikit.wellformed.encodings import find_encoding, unknown
from teikit.wellformed.extract import Extract, clip, name_at, position

# Between namespace and local name; no XML text can hold it.
_SEPARATOR = "\x1f"
_TAG = re.compile(r"""<[^"'>]*(?:(?:"[^"]*"|'[^']*')[^"'>]*)*>""")
_ATTRIBUTE = re.compile(r"""([^\s=<>"'/]++)\s*=\s*(?:"[^"]*"|'[^']*')""")
_WINDOW = 4096
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# What is sometimes named .xml although it is something else, by its first bytes.
_OTHERS = {
    b"PK\x03\x04": "a ZIP archive (a Word or OpenDocument file, perhaps)",
    b"%PDF-": "a PDF",
    b"{\\rtf": "an RTF file",
    b"\xd0\xcf\x11\xe0": "an old Word file",
    b"\x1f\x8b": "compressed (gzip)",
}


@dataclass(slots=True)
class Scan:
    """Positions of the start-tags in document order: line (from 1), column (from 0), byte.

    ``stops`` are the bytes at which the end-tags begin (of empty elements: where their only tag
    ends).
    """

    data: bytes
    encoding: str
    lines: list[int]
    columns: list[int]
    offsets: list[int]
    stops: list[int]

    def words(self, index: int, *, after: bool) -> tuple[int, int]:
        """Line and column of the first word inside the index-th element, or right after it."""
        offset = self.offsets[index]
        tag = self.tag(offset)
        if after and not tag.endswith("/>"):
            offset = self.stops[index]
            tag = self.tag(offset)
        start = offset + len(tag.encode(self.encoding))
        size = _WINDOW
        while True:
            text = self.data[start : start + size].decode(self.encoding, "ignore")
            gap = len(text) - len(text.lstrip(" \t\r\n"))
            if gap < len(text) or start + size >= len(self.data):
                start += len(text[:gap].encode(self.encoding))
                return position(self.data, start, self.encoding)
            size *= 8

    def place(self, index: int, attribute: str | None = None) -> tuple[int, int]:
        """Line and column (both from 1) of the index-th start-tag, or of one of its attributes."""
        line, column, offset = self.lines[index], self.columns[index], self.offsets[index]
        if attribute is not None:
            tag = self.tag(offset)
            for match in _ATTRIBUTE.finditer(tag):
                if match[1].rpartition(":")[2] == local(attribute):
                    before = re.sub(r"\r\n?", "\n", tag[: match.start()])
                    newlines = before.count("\n")
                    if newlines:
                        return line + newlines, len(before) - before.rfind("\n")
                    return line, column + len(before) + 1
        return line, column + 1

    def tag(self, offset: int) -> str:
        """The tag that begins at a byte; quoted values may hold ``>``."""
        size = _WINDOW
        while True:
            text = self.data[offset : offset + size].decode(self.encoding, "ignore")
            match = _TAG.match(text)
            if match or offset + size >= len(self.data):
                return match[0] if match else text
            size *= 8


class _RefusedError(Exception):
    """Carries a finding out of an expat handler."""

    def __init__(self, finding: Diagnostic) -> None:
        super().__init__(finding.message)
        self.finding = finding


def scan(data: bytes, path: str) -> Scan | Diagnostic:
    """Positions of all start-tags of ``data``, or why it is refused (codes TK002 to TK006).

    Namespaces are looked at too: a prefix that is not declared is refused (TK002).
    """
    refused = _no_text(data, path)
    if refused:
        return refused
    encoding = find_encoding(data, path)
    if isinstance(encoding, Diagnostic):
        return encoding
    lines: list[int] = []
    columns: list[int] = []
    offsets: list[int] = []
    stops: list[int] = []
    opened: list[int] = []
    latest = 0  # the byte of the last tag that expat told of
    parser = expat.ParserCreate(None, _SEPARATOR)
    parser.ordered_attributes = True

    def here() -> Location:
        return Location(path, *position(data, parser.CurrentByteIndex, encoding))

    def start(_name: str, _attributes: object) -> None:
        nonlocal latest
        latest = parser.CurrentByteIndex
        opened.append(len(lines))
        lines.append(parser.CurrentLineNumber)
        columns.append(parser.CurrentColumnNumber)
        offsets.append(latest)
        stops.append(latest)
        if len(opened) > MAX_DEPTH:
            name = clip(name_at(data, latest, encoding))
            message = f"<{name}> is nested more than {MAX_DEPTH} elements deep"
            hint = "no text needs this; a tag was probably repeated by a program"
            raise _RefusedError(RULES["TK005"].at(here(), message, hints=(hint,)))

    def end(_name: str) -> None:
        nonlocal latest
        latest = parser.CurrentByteIndex
        stops[opened.pop()] = latest

    def entity(name: str, is_parameter: bool, *_rest: object) -> None:
        hint = "write the character itself; text kept in another file goes in by xi:include"
        written = f"{'%' if is_parameter else '&'}{clip(name)};"
        # expat tells the place of the value; the declaration begins before it.
        at = data.rfind("<!ENTITY".encode(encoding), 0, parser.CurrentByteIndex)
        message = f"the file declares the entity {written}, and entities are refused: "
        raise _RefusedError(
            RULES["TK004"].at(
                Location(path, *position(data, at, encoding)) if at >= 0 else here(),
                f"{message}they can hide bombs or files",
                hints=(hint,),
            )
        )

    def skipped(_name: str, is_parameter: bool) -> None:
        if not is_parameter:
            from teikit.wellformed import references

            at = parser.CurrentByteIndex
            extract = Extract.of(data, path, encoding, at, at + _WINDOW)
            raise _RefusedError(references.undefined(extract, 0))

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.EntityDeclHandler = entity
    parser.SkippedEntityHandler = skipped
    try:
        parser.Parse(data, True)
    except _RefusedError as refusal:
        return refusal.finding
    except expat.ExpatError as error:
        from teikit.wellformed.broken import Broken
        from teikit.wellformed.explain import explain

        tags = [offsets[index] for index in opened]
        reason = expat.errors.messages[error.code]
        return explain(Broken(data, path, encoding, reason, parser.ErrorByteIndex, latest, tags))
    except (LookupError, ValueError):
        return unknown(path)  # expat asks Python, which does not know either
    if data.startswith(_MARKS):
        # expat counts the byte order mark as a character of the first line.
        for index in range(lines.count(1)):
            columns[index] -= 1
    return Scan(data, encoding, lines, columns, offsets, stops)


def _no_text(data: bytes, path: str) -> Diagnostic | None:
    """The finding that there is nothing in the file, or something that is no text at all."""
    start = next((len(mark) for mark in _MARKS if data.startswith(mark)), 0)
    if not data[start:].strip(b" \t\r\n\x00"):
        message = "the file is empty"
        if b"\x00" in data:
            message = "the file is empty: there are only null bytes in it"
        return RULES["TK006"].at(
            Location(path, 1, 1),
            message,
            expected=("a TEI document",),
            hints=("restore it from a copy, or delete it",),
        )
    what = next((what for mark, what in _OTHERS.items() if data.startswith(mark)), None)
    if what is None:
        return None
    return RULES["TK002"].at(
        Location(path, 1, 1),
        f"the file is not XML, but {what}",
        expected=("a TEI document",),
        hints=("convert it to TEI, or give the file its own ending",),
    )

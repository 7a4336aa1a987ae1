"""Is it XML, is it safe, and where does each tag stand? One pass of expat over the bytes.

Gives a :class:`Scan` (positions of every start-tag) or the one Diagnostic that explains why the
file cannot be used: at the line of the mistake, with what was expected there and how to mend it.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from xml.parsers import expat

from teikit.diagnostics import RULES, Diagnostic, Location, Related
from teikit.names import local

# Real TEI stays below forty levels; libxml2 itself gives up at 2,048.
MAX_DEPTH = 250

_ATTRIBUTE = re.compile(rb"""([^\s=<>"'/]+)\s*=\s*("[^"]*"|'[^']*')""")
_DECLARATION = re.compile(rb"""^<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What stray bytes usually are, in texts of this part of the world.
_GUESSES = ("cp1251", "koi8-r", "cp1252")


@dataclass(slots=True)
class Scan:
    """Positions of the start-tags in document order: line (from 1), column (from 0), byte.

    ``stops`` are the bytes at which the end-tags begin (of empty elements: their only tag).
    """

    data: bytes
    encoding: str
    lines: list[int]
    columns: list[int]
    offsets: list[int]
    stops: list[int]

    def words(self, index: int, *, after: bool) -> tuple[int, int]:
        """Line and column of the first word inside the index-th element, or right after it."""
        offset = self.stops[index] if after else self.offsets[index]
        start = _tag_end(self.data, offset)
        start += len(self.data[start:]) - len(self.data[start:].lstrip())
        return _position(self.data, start, self.encoding)

    def place(self, index: int, attribute: str | None = None) -> tuple[int, int]:
        """Line and column (both from 1) of the index-th start-tag, or of one of its attributes."""
        line, column, offset = self.lines[index], self.columns[index], self.offsets[index]
        if attribute is not None and self.encoding != "utf-16":
            end = _tag_end(self.data, offset)
            for match in _ATTRIBUTE.finditer(self.data, offset, end):
                if match[1].decode("ascii", "replace").rpartition(":")[2] == local(attribute):
                    before = self.data[offset : match.start()].decode(self.encoding, "replace")
                    newlines = before.count("\n")
                    if newlines:
                        return line + newlines, len(before) - before.rfind("\n")
                    return line, column + len(before) + 1
        return line, column + 1


def _position(data: bytes, offset: int, encoding: str) -> tuple[int, int]:
    """Line and column (both from 1, columns in characters) of a byte."""
    begin = data.rfind(b"\n", 0, offset) + 1
    column = len(data[begin:offset].decode(encoding, "replace")) + 1
    return data.count(b"\n", 0, offset) + 1, column


def _tag_end(data: bytes, offset: int) -> int:
    """The byte after the start-tag that begins at ``offset``; quoted values may hold ``>``."""
    match = re.compile(rb"""<(?:[^"'>]|"[^"]*"|'[^']*')*>""").match(data, offset)
    return match.end() if match else len(data)


class _RefusedError(Exception):
    """Carries a finding out of an expat handler."""

    def __init__(self, finding: Diagnostic) -> None:
        super().__init__(finding.message)
        self.finding = finding


def scan(data: bytes, path: str) -> Scan | Diagnostic:
    """Positions of all start-tags of ``data``, or why it is refused (codes TK002 to TK006)."""
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        return RULES["TK006"].at(
            Location(path, 1, 1),
            "the file is empty",
            expected=("a TEI document",),
            hints=("restore it from a copy, or delete it",),
        )
    encoding = find_encoding(data, path)
    if isinstance(encoding, Diagnostic):
        return encoding
    lines: list[int] = []
    columns: list[int] = []
    offsets: list[int] = []
    stops: list[int] = []
    open_tags: list[tuple[str, int]] = []
    parser = expat.ParserCreate()

    def here() -> Location:
        return Location(path, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)

    def start(name: str, _attributes: object) -> None:
        open_tags.append((name, len(lines)))
        lines.append(parser.CurrentLineNumber)
        columns.append(parser.CurrentColumnNumber)
        offsets.append(parser.CurrentByteIndex)
        stops.append(parser.CurrentByteIndex)
        if len(open_tags) > MAX_DEPTH:
            message = f"<{name}> is nested more than {MAX_DEPTH} elements deep"
            hint = "no text needs this; a tag was probably repeated by a program"
            raise _RefusedError(RULES["TK005"].at(here(), message, hints=(hint,)))

    def end(_name: str) -> None:
        stops[open_tags.pop()[1]] = parser.CurrentByteIndex

    def entity(name: str, is_parameter: bool, *_rest: object) -> None:
        hint = "write the character itself; text kept in another file goes in by xi:include"
        written = f"{'%' if is_parameter else '&'}{name};"
        # expat tells the place of the value; the declaration begins before it.
        declaration = re.compile(rb"<!ENTITY\s+(?:%\s+)?" + re.escape(name.encode(encoding)))
        found = declaration.search(data)
        at = _position(data, found.start(), encoding) if found else None
        message = f"the file declares the entity {written}, and entities are refused: "
        raise _RefusedError(
            RULES["TK004"].at(
                Location(path, *at) if at else here(),
                f"{message}they can hide bombs or files",
                hints=(hint,),
            )
        )

    def skipped(name: str, is_parameter: bool) -> None:
        if not is_parameter:
            raise _RefusedError(_undefined(here(), name))

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.EntityDeclHandler = entity
    parser.SkippedEntityHandler = skipped
    try:
        parser.Parse(data, True)
    except _RefusedError as refused:
        return refused.finding
    except expat.ExpatError as error:
        opened = [(name, lines[index], columns[index] + 1) for name, index in open_tags]
        return _explain(data, path, encoding, error, parser.ErrorByteIndex, opened)
    return Scan(data, encoding, lines, columns, offsets, stops)


# -- encodings -----------------------------------------------------------------------------------


def declared_encoding(head: bytes) -> str:
    """The encoding that a file says it is in, by its byte order mark or XML declaration."""
    for mark, name in _BOMS:
        if head.startswith(mark):
            return name
    match = _DECLARATION.match(head)
    return match[1].decode("ascii").lower() if match else "utf-8"


def find_encoding(data: bytes, path: str) -> str | Diagnostic:
    """The encoding of the file, after making sure that its bytes are in it."""
    encoding = declared_encoding(data)
    try:
        encoding = codecs.lookup(encoding).name
        text = data.decode(encoding)
    except LookupError:
        return RULES["TK003"].at(
            Location(path, 1, 1),
            f"the XML declaration names an encoding nobody knows: {encoding}",
            expected=("UTF-8",),
            hints=("save the file as UTF-8 and write encoding='UTF-8'",),
        )
    except UnicodeDecodeError as error:
        return _foreign(data, path, encoding, error)
    if encoding not in ("utf-8", "utf-16", "ascii") and not text.isascii():
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            return encoding
        return _disguised(path, encoding)
    return encoding


def _foreign(data: bytes, path: str, encoding: str, error: UnicodeDecodeError) -> Diagnostic:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        pass  # it is not UTF-8 in disguise either
    else:
        return _disguised(path, encoding)
    line, column = _position(data, error.start, encoding)
    hints = ["convert the stray part to UTF-8, or the whole file if all of it is in that encoding"]
    reading = _guess(data, error.start)
    if reading:
        hints.insert(0, reading)
    return RULES["TK003"].at(
        Location(path, line, column),
        f"byte 0x{data[error.start]:02X} is not {encoding.upper()}: "
        "part of the file is in another encoding",
        expected=(encoding.upper(),),
        hints=hints,
    )


def _disguised(path: str, encoding: str) -> Diagnostic:
    return RULES["TK003"].at(
        Location(path, 1, 1),
        f"the XML declaration says {encoding}, but the bytes are UTF-8",
        expected=("encoding='UTF-8'",),
        hints=("write encoding='UTF-8' in the first line",),
    )


def _guess(data: bytes, offset: int) -> str:
    """What the words around a stray byte say in the likeliest other encoding."""
    edges = b" \t\r\n<>\"'"
    start = max((data.rfind(bytes([edge]), 0, offset) for edge in edges), default=-1) + 1
    stop = next((at for at in range(offset, len(data)) if data[at] in b"<>\n"), len(data))
    # Where another part of the line is UTF-8, only the word itself is judged.
    part = data[start:stop]
    if re.search(rb"[\xd0\xd1\xc3][\x80-\xbf]", part):
        stop = next((at for at in range(offset, stop) if data[at] in edges), stop)
        part = data[start:stop]
    readings = [(_plausible(text), text, name) for name in _GUESSES if (text := _try(part, name))]
    if not readings:
        return ""
    _, text, name = max(readings, key=lambda item: item[0])
    label = {"cp1251": "windows-1251", "cp1252": "windows-1252"}.get(name, name)
    return f"read as {label} it says “{text.strip()[:40]}”"


def _try(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return ""


def _plausible(text: str) -> int:
    """How much a reading looks like words: of one script, small letters after the first."""
    score = 0
    for word in re.findall(r"[^\W\d_]+", text):
        foreign = sum(not char.isascii() for char in word)
        cyrillic = sum("\u0400" <= char <= "\u04ff" for char in word)
        # Cyrillic and Latin in one word, or a word of accents only, is the wrong encoding.
        pure = cyrillic in (0, len(word)) and (cyrillic > 0 or foreign * 2 <= len(word))
        score += (len(word) if pure else -len(word)) - sum(map(str.isupper, word[1:]))
    return score


# -- well-formedness -----------------------------------------------------------------------------


def _explain(
    data: bytes,
    path: str,
    encoding: str,
    error: expat.ExpatError,
    offset: int,
    opened: list[tuple[str, int, int]],
) -> Diagnostic:
    """Say in an encoder's words what expat stumbled on."""
    at = Location(path, error.lineno, error.offset + 1)
    rest = data[offset : offset + 200].decode(encoding, "replace")
    code = expat.errors.messages[error.code]
    if code == expat.errors.XML_ERROR_TAG_MISMATCH:
        return _mismatch(at, rest, opened)
    if code in (expat.errors.XML_ERROR_NO_ELEMENTS, expat.errors.XML_ERROR_UNCLOSED_TOKEN):
        return _cut_short(at, opened)
    if code == expat.errors.XML_ERROR_UNDEFINED_ENTITY:
        name = re.match(r"&?([\w.-]+)", rest)
        return _undefined(at, name[1] if name else "?")
    if code == expat.errors.XML_ERROR_DUPLICATE_ATTRIBUTE:
        name = re.match(r"([\w:.-]+)", rest)
        message = f"the attribute {name[1] if name else ''} stands twice in one tag"
        return RULES["TK002"].at(at, message, hints=("delete one of the two",))
    if code == expat.errors.XML_ERROR_MISPLACED_XML_PI:
        message = "an XML declaration (<?xml …?>) stands here, but it may only begin the file"
        hint = "delete it; if something stands before the first one, delete that"
        return RULES["TK002"].at(at, message, hints=(hint,))
    if code == expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT:
        message = "the document has ended, but the file goes on here"
        hint = "one root element must hold everything; look for an end-tag too many above"
        return RULES["TK002"].at(at, message, hints=(hint,))
    before = data[max(0, offset - 30) : offset].decode(encoding, "replace")
    return _token(at, rest, before, opened, str(expat.ErrorString(error.code)))


def _mismatch(at: Location, rest: str, opened: list[tuple[str, int, int]]) -> Diagnostic:
    match = re.match(r"(?:</)?([^\s>]+)", rest)
    found = match[1] if match else "?"
    name, line, column = opened[-1]
    if found in [tag for tag, _, _ in opened]:
        # An outer element is closed here: the inner one is what somebody forgot.
        return RULES["TK002"].at(
            Location(at.path, line, column),
            f"<{name}> is never closed: </{found}> in line {at.line} comes first",
            expected=(f"</{name}>",),
            hints=(f"write </{name}> where the {name} ends",),
            related=(Related(f"</{found}> closes an outer element", at),),
        )
    import difflib

    near = difflib.get_close_matches(found, [name], cutoff=0.5)
    known = f"write </{name}>" if near else f"delete </{found}>, or open <{found}> before it"
    return RULES["TK002"].at(
        at,
        f"</{found}> closes nothing: the open element is <{name}> of line {line}",
        expected=(f"</{name}>",),
        hints=(known,),
        related=(Related(f"<{name}> opens here", Location(at.path, line, column)),),
    )


def _cut_short(at: Location, opened: list[tuple[str, int, int]]) -> Diagnostic:
    if not opened:
        message = "the file ends before any element begins"
        return RULES["TK002"].at(at, message, expected=("<TEI>",))
    name, line, column = opened[-1]
    message = f"the file ends while <{name}> is open"
    if len(opened) > 1:
        message += f", and around it {', '.join(f'<{tag}>' for tag, _, _ in opened[-2::-1])}"
    return RULES["TK002"].at(
        Location(at.path, line, column),
        message,
        expected=(f"</{name}>",),
        hints=("the end of the file may be missing: compare it with a copy", f"or close {name}"),
        related=(Related("the file ends here", at),),
    )


def _undefined(at: Location, name: str) -> Diagnostic:
    hints = {"nbsp": "write the no-break space itself, or &#xA0;"}
    return RULES["TK002"].at(
        at,
        f"&{name}; is not defined: XML knows only &amp; &lt; &gt; &quot; &apos;",
        hints=(hints.get(name, "write the character itself, it is UTF-8"),),
    )


def _token(
    at: Location, rest: str, before: str, opened: list[tuple[str, int, int]], reason: str
) -> Diagnostic:
    char = rest[:1]
    if before.endswith("&") or char == "&":
        return RULES["TK002"].at(
            at, "& begins a character reference, and this is none", hints=("write &amp;",)
        )
    if before.endswith("<") or char == "<":
        where = f" (inside <{opened[-1][0]}>)" if opened else ""
        hint = "write &lt; for the sign itself; in a tag, check name, quotes and ="
        return RULES["TK002"].at(at, f"< does not begin a tag here{where}", hints=(hint,))
    if char and ord(char) < 32 and char not in "\t\r\n":
        message = f"the control character U+{ord(char):04X} may not stand in XML"
        return RULES["TK002"].at(at, message, hints=("delete it",))
    around = rest.splitlines()[0][:20] if rest.strip() else ""
    message = f"the markup is broken at “{around}”: {reason}" if around else reason
    hint = "check the quotes, the = signs and the end of the tag on this line"
    return RULES["TK002"].at(at, message, hints=(hint,))

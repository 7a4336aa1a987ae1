"""The words of the RELAX NG compact syntax: bytes become characters, and these become tokens.

OASIS committee specification "RELAX NG Compact Syntax" of 21 November 2002 (ISO/IEC 19757-2,
annex C), section 3: encoding, line ends, ``\\x{…}`` escapes, comments, names and strings.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from teikit.validation.relaxng.syntax import is_name
from teikit.validation.relaxng.tree import Place, SchemaError, fault

# The kind of a keyword or an operator is its own text; these are the kinds of all other tokens.
NAME, CNAME, NSNAME, LITERAL, DOC, END = "NAME", "CNAME", "NSNAME", "LITERAL", "DOC", "END"

KEYWORDS = frozenset(
    "attribute default datatypes div element empty external grammar include inherit list mixed "
    "namespace notAllowed parent start string text token".split()
)

# What stands for an escaped line end: no character of XML, so it cannot be in the text otherwise.
_BREAK = "\0"
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_ESCAPE = re.compile(r"\\x+\{(?:([0-9A-Fa-f]+)\})?")

# Only the first 256 characters are told apart here, since the tables of XML would need 20 ms to
# compile; names with other letters are looked at again.
_NCNAME = r"[^\x00-@\[-^`{-\xbf\xd7\xf7][^\x00-,/:-@\[-^`{-\xb6\xb8-\xbf\xd7\xf7]*+"
# No possessive groups: Python 3.11.2, which Debian 12 has, matches them wrongly.
_TOKEN = re.compile(
    rf"""
    (?: [ \t\n\0]+ | \#(?!\#)[^\n]* )*                       # white space and comments
    (?: ({_NCNAME}(?::(?:{_NCNAME}|\*))?)                    # 1: a name or keyword, p:name, p:*
      | (>>|[|&]=|[=,|&?*+\-~(){{}}\[\]])                    # 2: an operator
      | (\"\"\"[^"]*(?:"{{1,2}}(?!")[^"]*)*\"\"\"
        | '''[^']*(?:'{{1,2}}(?!')[^']*)*'''
        | "(?!"")[^"\n]*" | '(?!'')[^'\n]*')                 # 3: a string
      | (\#\#[^\n]*(?:\n[ \t]*\#\#[^\n]*)*)                  # 4: documentation, line after line
      | \\({_NCNAME})                                        # 5: a name, although a keyword
      | (\Z)                                                 # 6: the end
      | (.)                                                  # 7: what cannot begin a token
    )""",
    re.VERBOSE | re.DOTALL,
)
_DOC_LINE = re.compile(r"[ \t]*#+ ?([^\n]*)\n?")

_HINTS = {
    "\\": "`\\` makes a name of a keyword, as in `\\list`, and stands directly before it",
    ":": "write a prefix and its name without spaces: `p:name`, `p:*`",
    "/": "a comment begins with `#` and ends with the line",
    ";": "definitions follow each other without a mark between them",
    ">": "an annotation that follows begins with `>>`",
    "“": "strings stand in straight quotes: \"…\" or '…'",
    "”": "strings stand in straight quotes: \"…\" or '…'",
    "‘": "strings stand in straight quotes: \"…\" or '…'",
    "’": "strings stand in straight quotes: \"…\" or '…'",
    "<": "a schema in the XML syntax of RELAX NG is read as such if its name ends in .rng",
}


class Tokens(NamedTuple):
    """The tokens of a schema: for each its kind, its value, and its offset in the text.

    The value of a string is its content, that of documentation its text without the ``##``, that
    of a name the name without a ``\\`` before it. The last token is of kind ``END``.
    """

    kinds: list[str]
    values: list[str]
    offsets: list[int]


class Source:
    """The characters of a schema, and the way back from them to lines and columns."""

    def __init__(self, data: bytes, path: str) -> None:
        """Decode ``data``: UTF-8, or UTF-16 if a byte order mark says so.

        ``path`` names the schema in messages. Raises SchemaError for bytes that are not in the
        encoding, characters that XML does not have, and escapes that mean none.
        """
        self.path = path
        text = _with_newlines(self._decode(data))
        self._lines = [0, *(match.end() for match in re.finditer("\n", text))]
        # Behind an escape, an offset in ``text`` differs from that in the file by a shift.
        self._behind = [0]
        self._shifts = [0]
        illegal = _illegal(text)
        if illegal:
            raise self._refused(min(illegal), text[min(illegal)])
        self.text = self._without_escapes(text) if "\\x" in text else text

    def place(self, offset: int) -> Place:
        """Line and column, both from 1, of the character at ``offset`` in ``text``."""
        return self._written(offset + self._shifts[bisect_right(self._behind, offset) - 1])

    def _written(self, offset: int) -> Place:
        """The place of an offset in the text as it was before escapes were resolved."""
        line = bisect_right(self._lines, offset)
        return Place(self.path, line, offset - self._lines[line - 1] + 1)

    def tokens(self) -> Tokens:
        """The text cut into tokens. Raises SchemaError where none begins."""
        kinds: list[str] = []
        values: list[str] = []
        offsets: list[int] = []
        for match in _TOKEN.finditer(self.text):
            index = match.lastindex or 0
            value = match[index]
            offset = match.start(index)
            if index == 1:
                if ":" in value:
                    kind = NSNAME if value[-1] == "*" else CNAME
                else:
                    kind = value if value in KEYWORDS else NAME
                if not value.isascii():
                    self._check_name(offset, value.removesuffix(":*"))
            elif index == 2:
                kind = value
            elif index == 3:
                kind = LITERAL
                quotes = 3 if value[:3] in ('"""', "'''") else 1
                value = value[quotes:-quotes].replace(_BREAK, "\n")
            elif index == 4:
                kind = DOC
                value = "\n".join(_DOC_LINE.findall(value)).replace(_BREAK, "\n")
            elif index == 5:
                kind = NAME
                offset -= 1
                self._check_name(offset, value)
            elif index == 6:
                kind = END
            else:
                raise self._no_token(offset, value)
            kinds.append(kind)
            values.append(value)
            offsets.append(offset)
            if index == 6:
                break
        return Tokens(kinds, values, offsets)

    # -- from bytes to characters ------------------------------------------------------------------

    def _decode(self, data: bytes) -> str:
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            encoding, label = ("utf-16-le" if data[0] == 0xFF else "utf-16-be"), "UTF-16"
            data = data[2:]
        else:
            encoding, label = "utf-8", "UTF-8"
            data = data.removeprefix(b"\xef\xbb\xbf")
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as error:
            before = _with_newlines(data[: error.start].decode(encoding))
            line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
            byte = data[error.start : error.start + 1]
            hint = "save the file as UTF-8"
            latin = byte.decode("cp1252", "ignore")
            if label == "UTF-8" and latin:
                hint += f"; in Windows-1252 this byte is “{latin}”"
            message = f"byte 0x{byte[0]:02X} is not {label}"
            raise SchemaError(fault(Place(self.path, line, column), message, hint)) from None

    def _without_escapes(self, text: str) -> str:
        """Put characters for ``\\x{…}``, before anything else is looked at (section 3)."""
        pieces: list[str] = []
        length = done = 0
        for match in _ESCAPE.finditer(text):
            pieces += (text[done : match.start()], self._escaped(match))
            length += match.start() - done + 1
            done = match.end()
            self._behind.append(length)
            self._shifts.append(done - length)
        pieces.append(text[done:])
        return "".join(pieces)

    def _escaped(self, match: re.Match[str]) -> str:
        digits = match[1]
        place = self._written(match.start())
        if digits is None:
            message = f"after `{match[0]}` a hexadecimal number and `}}` must follow"
            hint = "`\\x{E9}` is the letter é; the name x needs no `\\`"
            raise SchemaError(fault(place, message, hint))
        digits = digits.lstrip("0") or "0"
        code = int(digits[:7], 16)
        if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF or _illegal(chr(code)):
            message = f"`\\x{{{digits[:12]}}}` is not a character that XML allows"
            raise SchemaError(fault(place, message))
        return _BREAK if code == 10 else chr(code)

    def _refused(self, offset: int, character: str) -> SchemaError:
        hint = "delete it"
        if character == "\0":
            hint = "a schema is in UTF-8, or in UTF-16 with a byte order mark"
        message = f"the character U+{ord(character):04X} is not allowed in XML"
        return SchemaError(fault(self._written(offset), message, hint))

    # -- what is no token --------------------------------------------------------------------------

    def _check_name(self, offset: int, name: str) -> None:
        if not is_name(name, qualified=True):
            for position, character in enumerate(name, offset):
                if character in _HINTS and character != ":":
                    raise self._no_token(position, character)
            message = f"“{name[:60]}” is not an XML name"
            hint = "a name begins with a letter or _, then come letters, digits, . - and _"
            raise SchemaError(fault(self.place(offset), message, hint))

    def _no_token(self, offset: int, character: str) -> SchemaError:
        if character in "\"'":
            if self.text.startswith(character * 3, offset):
                hint = f"write {character * 3} where it ends"
            else:
                hint = f"a string ends on its line; one of several lines stands in {character * 3}"
            return SchemaError(
                fault(self.place(offset), "the string that begins here does not end", hint)
            )
        hints = (_HINTS[character],) if character in _HINTS else ()
        if character == "<" and not self.text[:offset].strip():
            message = "this is XML, not the compact syntax"
        else:
            message = f"`{character}` has no meaning in the compact syntax"
            if character.isdigit() or character == ".":
                hints = ("a name begins with a letter or _; a value stands in quotes",)
        return SchemaError(fault(self.place(offset), message, *hints))


def _with_newlines(text: str) -> str:
    """Every line end as a line feed; nothing else changes, columns stay what they are."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _illegal(text: str) -> list[int]:
    """Offsets of characters that are none of XML; decoded text has no surrogates."""
    control = _CONTROL.search(text)
    found = [control.start()] if control else []
    return found + [text.index(item) for item in "\ufffe\uffff" if item in text]

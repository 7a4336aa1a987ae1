"""In which encoding is a file, and are its bytes in it?

Sources: XML 1.0, sections 2.8, 4.3.3 and appendix F. What is accepted is what expat can read:
UTF-8, UTF-16, and every encoding of one byte a character that holds ASCII.
"""

from __future__ import annotations

import codecs
import re

from teikit.diagnostics import RULES, Diagnostic, Edit, Fix, Location
from teikit.wellformed.extract import clip, position

_DECLARATION = re.compile(
    rb"""(?:\xef\xbb\xbf)?<\?xml\s[^<>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']"""
)
_HEAD = 400  # bytes among which the declaration is looked for
_STEP = 2**20
_AROUND = 200  # bytes of context from which a foreign encoding is guessed
# Four bytes a character: by mark, and by the “<” that begins every XML file.
_UTF_32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, b"<\x00\x00\x00", b"\x00\x00\x00<")
_UTF_16 = {
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
    b"<\x00": "utf-16-le",
    b"\x00<": "utf-16-be",
}
# Written in ASCII, but not to be read as ASCII.
_SEVEN_BIT = re.compile(r"utf-7|hz|iso2022.*|.*escape|punycode|idna")
# What stray bytes usually are, in texts of this part of the world.
_GUESSES = ("cp1251", "koi8-r", "cp1252")
_SAVE = "save the file as UTF-8 (the editor asks for the encoding when saving under a name)"


def declared_encoding(head: bytes) -> str:
    """The encoding that a file says it is in, by its byte order mark or XML declaration.

    ``utf-16`` where a mark tells the order of the bytes. Where the mark says UTF-8 and the
    declaration something else, it is the declaration that expat follows.
    """
    coding = _two_bytes(head)
    if coding:
        return "utf-16" if head[:1] in b"\xff\xfe" else coding
    return (_written(head) or "utf-8").lower()


def find_encoding(data: bytes, path: str) -> str | Diagnostic:
    """The encoding of the file, after making sure that its bytes are in it.

    The name is one that Python knows; that of UTF-16 tells the order of the bytes.
    """
    if data.startswith(_UTF_32):
        message = "the file is in UTF-32 (four bytes a character), which XML tools do not read"
        return _finding(path, message, _SAVE)
    coding = _two_bytes(data)
    if coding:
        return _find_utf_16(data, path, coding)
    written = _written(data) or "UTF-8"
    if written.upper() in ("UTF-8", "US-ASCII", "ISO-8859-1"):
        known = {"UTF-8": "utf-8", "US-ASCII": "ascii"}.get(written.upper(), "iso8859-1")
    else:
        found = _look_up(data, path, written)
        if isinstance(found, Diagnostic):
            return found
        known = found
    if data.isascii():
        return known
    if known == "utf-8" and written.upper() != "UTF-8":
        message = f"the XML declaration says {written}, but XML calls that encoding UTF-8"
        return _declare(data, path, message)
    bad = _first_bad(data, known)
    if known != "utf-8" and _first_bad(data, "utf-8") is None:
        return _declare(data, path, f"the XML declaration says {written}, but the bytes are UTF-8")
    return known if bad is None else _foreign(data, path, known, written, bad)


def readable(head: bytes) -> bool:
    """Whether expat can read the encoding that a file names, by its first bytes.

    Where it cannot, it raises LookupError or ValueError, and :func:`find_encoding` says why.
    """
    written = _written(head)
    if _two_bytes(head) or written.upper() in ("", "UTF-8", "US-ASCII", "ISO-8859-1"):
        return True
    return not isinstance(_look_up(head, "", written), Diagnostic)


def unknown(path: str) -> Diagnostic:
    """The finding that expat cannot read the encoding that a file names."""
    return _finding(path, "the XML declaration names an encoding that XML tools do not read", _SAVE)


def _two_bytes(head: bytes) -> str:
    """The UTF-16 of a file that has two bytes a character, else nothing."""
    return "" if head.startswith(_UTF_32) else _UTF_16.get(head[:2], "")


def _written(head: bytes) -> str:
    """The encoding that the XML declaration names."""
    match = _DECLARATION.match(head[:_HEAD])
    return match[1].decode("ascii") if match else ""


def _find_utf_16(data: bytes, path: str, coding: str) -> str | Diagnostic:
    head = data[:_HEAD].decode(coding, "ignore").removeprefix("\ufeff")
    written = _written(head.encode("utf-8"))
    if written.upper() not in ("", "UTF-16", coding.replace("16-", "16").upper()):
        message = f"the XML declaration says {clip(written)}, but the file was saved as UTF-16"
        return _finding(path, f"{message} (two bytes a character)", _SAVE)
    bad = _first_bad(data, coding)
    if bad is None:
        return coding
    message = "the file ends in the middle of a character"
    if bad + 1 < len(data):
        message = "half a character stands here (one of two surrogates)"
    return RULES["TK003"].at(
        Location(path, *position(data, bad, coding)),
        message,
        expected=("UTF-16",),
        hints=("write the character again, or compare the file with a copy", _SAVE),
    )


def _look_up(data: bytes, path: str, written: str) -> str | Diagnostic:
    """Python's name of an encoding that expat can read, or why the file cannot be read."""
    shown = clip(written)
    try:
        name = codecs.lookup(written).name if len(written) <= 40 else ""
        table = bytes(range(256)).decode(name, "replace") if name else ""
    except (LookupError, ValueError):
        name = table = ""
    ascii_inside = table[:128] == bytes(range(128)).decode()
    seven_bit = _SEVEN_BIT.fullmatch(name) is not None
    if name == "utf-8" or (len(table) == 256 and ascii_inside and not seven_bit):
        return name
    utf_8 = _first_bad(data, "utf-8") is None and not seven_bit
    if name.startswith(("utf-16", "utf-32")):
        message = f"the XML declaration says {shown}, but the file was not saved so"
        if utf_8:
            return _declare(data, path, f"{message}: its bytes are UTF-8")
        return _finding(path, message, _SAVE)
    if utf_8 and name and not data.isascii():
        message = f"the XML declaration says {shown}, but the bytes are UTF-8"
        return _declare(data, path, message)
    message = f"the XML declaration names an encoding nobody knows: {shown}"
    if name:
        message = f"the XML declaration names an encoding that XML tools do not read: {shown}"
    return _declare(data, path, message) if utf_8 else _finding(path, message, _SAVE)


def _first_bad(data: bytes, coding: str) -> int | None:
    """The first byte that is not in an encoding. Read in pieces: a file may be large."""
    decoder = codecs.getincrementaldecoder(coding)()
    for at in range(0, len(data), _STEP):
        kept = len(decoder.getstate()[0])
        try:
            decoder.decode(data[at : at + _STEP], at + _STEP >= len(data))
        except UnicodeDecodeError as error:
            return at - kept + error.start
    return None


def _finding(path: str, message: str, *hints: str, fix: Fix | None = None) -> Diagnostic:
    place = Location(path, 1, 1)
    return RULES["TK003"].at(place, message, expected=("UTF-8",), hints=hints, fix=fix)


def _declare(data: bytes, path: str, message: str) -> Diagnostic:
    """A finding about a file in UTF-8 that says that it is in something else."""
    match = _DECLARATION.match(data[:_HEAD])
    fix = match and Fix("write UTF-8 in the declaration", (Edit(path, *match.span(1), "UTF-8"),))
    return _finding(path, message, "write encoding='UTF-8' in the first line", fix=fix)


def _foreign(data: bytes, path: str, coding: str, written: str, bad: int) -> Diagnostic:
    shown = clip(written.upper() if coding == "utf-8" else written)
    place = Location(path, *position(data, bad, coding))
    if coding == "utf-8" and data[bad] == 0xED and data[bad + 1 : bad + 2] >= b"\xa0":
        message = "half a character stands here (one of two surrogates, not UTF-8)"
        hint = "write the character again, or delete it"
        return RULES["TK003"].at(place, message, expected=(shown,), hints=(hint,))
    hints = ["convert the stray part to UTF-8, or the whole file if all of it is in that encoding"]
    reading = _guess(data, bad)
    if reading:
        hints.insert(0, reading)
    return RULES["TK003"].at(
        place,
        f"byte 0x{data[bad]:02X} is not {shown}: part of the file is in another encoding",
        expected=(shown,),
        hints=hints,
    )


def _guess(data: bytes, offset: int) -> str:
    """What the words around a stray byte say in the likeliest other encoding."""
    before = re.split(rb"""[ \t\r\n<>"']""", data[max(0, offset - _AROUND) : offset])[-1]
    after = re.split(rb"[<>\r\n]", data[offset : offset + _AROUND], maxsplit=1)[0]
    # Where another part of the line is UTF-8, only the word itself is judged.
    if re.search(rb"[\xd0\xd1\xc3][\x80-\xbf]", before + after):
        after = re.split(rb"""[ \t"']""", after, maxsplit=1)[0]
    part = before + after
    readings = [(_plausible(text), text, name) for name in _GUESSES if (text := _try(part, name))]
    score, text, name = max(readings, key=lambda item: item[0], default=(0, "", ""))
    if score <= 0:
        return ""  # no words in any of them
    label = {"cp1251": "windows-1251", "cp1252": "windows-1252"}.get(name, name)
    return f"read as {label} it says “{clip(text.strip())}”"


def _try(data: bytes, coding: str) -> str:
    try:
        text = data.decode(coding)
    except UnicodeDecodeError:
        return ""
    # Bytes that are control characters in it are no words.
    return text if text.isprintable() or "\t" in text else ""


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

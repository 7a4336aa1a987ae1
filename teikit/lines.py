"""Lines of source files, for excerpts, spans and fingerprints.

Findings come in reading order, so a cursor that moves forward is enough: a file of 60 MB with a
thousand findings is walked through once, and no list of its lines is kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable

Source = Callable[[str], bytes | None]

# XML 1.0, 2.11: CR LF, CR alone and LF alone each end a line.
_BREAK = re.compile(rb"\r\n?|\n")
_DECLARED = re.compile(rb"""<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']""")
_NAME = r"[^\W\d][\w.:-]*"
# What may stand at the place of a finding: a tag with its name, or an attribute with its value.
_TOKEN = re.compile(rf"""</?{_NAME}|{_NAME}\s*=\s*(?:"[^"]*"|'[^']*')|[&%]#?\w+;""")


class Lines:
    """The lines of the files that ``source`` gives by path; quick where lines only rise."""

    def __init__(self, source: Source) -> None:
        """Take the function that gives a file's bytes by its path, or None where there are none."""
        self._source = source
        self._path: str | None = None
        self._data = b""
        self._fallback = "utf-8"
        self._start, self._number = 0, 1  # where the cursor stands
        self._text: str | None = None  # the line there, once it has been asked for

    def line(self, path: str, number: int | None) -> str | None:
        """Line ``number`` (from 1) of a file without its line end.

        None where the file or the line is not there. Bytes that are in no known encoding appear as
        U+FFFD.
        """
        if path != self._path:
            self._open(path)
        if number is None or number < 1:
            return None
        if number < self._number:
            self._rewind()
        while self._number < number:
            found = _BREAK.search(self._data, self._start)
            if not found:
                return None
            self._start, self._number, self._text = found.end(), self._number + 1, None
        if self._text is None:
            found = _BREAK.search(self._data, self._start)
            self._text = self._decode(self._data[self._start : found.start() if found else None])
        return self._text

    def end(self, path: str, line: int | None, column: int | None) -> int | None:
        """The column after what stands at a place: a tag's name, an attribute, an entity.

        None where that cannot be told, or the thing goes on on another line.
        """
        text = self.line(path, line)
        found = _TOKEN.match(text, column - 1) if text and column else None
        return found.end() + 1 if found else None

    def _open(self, path: str) -> None:
        self._path = path
        self._data = self._source(path) or b""
        self._fallback = "utf-8"
        if self._data.startswith((b"\xff\xfe", b"\xfe\xff")):
            self._data = self._data.decode("utf-16", "replace").encode()
        elif declared := _DECLARED.match(self._data):
            self._fallback = declared[1].decode("ascii", "replace")
        self._rewind()

    def _rewind(self) -> None:
        self._start, self._number, self._text = 0, 1, None

    def _decode(self, data: bytes) -> str:
        """As UTF-8 where it is that, else as the file says, else with marks for what is not."""
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            try:
                return data.decode(self._fallback, "replace")
            except LookupError:
                return data.decode("utf-8", "replace")

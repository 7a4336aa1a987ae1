"""The index on the disk: the facts of every file, in an SQLite database beside the build.

A row belongs to a file with certain bytes, read by this teikit under this configuration; when one
of these changes the file is read again. The database is no source of truth: a damaged one is made
anew, and where none can be written (a corpus on a read-only disk) it lives in memory.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import zlib
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, get_type_hints

from teikit import cache
from teikit.config import Config
from teikit.corpus import not_tei, read
from teikit.diagnostics import Diagnostic
from teikit.diagnostics import pack as pack_finding
from teikit.diagnostics import unpack as unpack_finding
from teikit.errors import TeikitError
from teikit.facts import Body, Facts, Surface
from teikit.index import facts_of
from teikit.packing import pack, unpack

FOLDER = ".teikit"
NAME = "index.sqlite"
# Parts of bodies held in memory, by the bytes that they take on the disk (about a tenth of what
# they take in memory).
_HELD = 8 * 2**20
_PARTS = Body.__slots__
# The numbers that are kept free for the parts of one file.
_ROOM = 64
assert len(_PARTS) <= _ROOM
_KINDS = get_type_hints(Body)

# What reading a damaged row may raise.
_DAMAGE = (sqlite3.DatabaseError, zlib.error, ValueError, TypeError, IndexError)

_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE file (
    id INTEGER PRIMARY KEY, path TEXT UNIQUE NOT NULL, content TEXT NOT NULL, sign TEXT NOT NULL,
    surface BLOB, finding BLOB
);
-- The parts of the body of file number n have the numbers 64 n, 64 n + 1, …
CREATE TABLE part (id INTEGER PRIMARY KEY, data BLOB NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Sign:
    """By what a file is known to be unchanged without being read, as git does it."""

    size: int
    modified: int
    changed: int
    inode: int

    @classmethod
    def of(cls, path: Path) -> Sign:
        """The sign of a file now. Raises OSError where there is none."""
        status = path.stat()
        return cls(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)

    def __str__(self) -> str:
        """The four numbers."""
        return f"{self.size} {self.modified} {self.changed} {self.inode}"


@dataclass(frozen=True, slots=True)
class Row:
    """What is kept of one file: its facts, packed, or the finding that says why it has none."""

    path: str
    content: str
    surface: bytes | None = None
    parts: tuple[bytes, ...] = ()
    finding: bytes | None = None


def row_of(path: str, content: str, read: tuple[Surface, Body] | Diagnostic) -> Row:
    """The row of a file that has been read."""
    if isinstance(read, Diagnostic):
        return Row(path, content, finding=_packed(pack_finding(read)))
    surface, body = read
    parts = tuple(_packed(pack(getattr(body, name))) for name in _PARTS)
    return Row(path, content, _packed(pack(surface)), parts)


def _packed(value: Any) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 1)


def _unpacked(data: bytes) -> Any:
    return json.loads(zlib.decompress(data).decode("utf-8", "surrogatepass"))


class Database:
    """An open index. Use as a context manager, or close it."""

    def __init__(self, config: Config, *, in_memory: bool = False) -> None:
        """Open the index of the corpus that ``config`` describes, or begin one."""
        self._root = config.root
        self._settings = config.corpus
        self._stamp = cache.digest(cache.stamp(), str(config.corpus))
        self._connection = self._open(None if in_memory else place(config))
        self._held: OrderedDict[int, tuple[Any, int]] = OrderedDict()
        self._weight = 0

    def _open(self, path: Path | None) -> sqlite3.Connection:
        if path is not None:
            try:
                return self._at(path)
            except (OSError, sqlite3.OperationalError):
                pass  # no place to write to, or another run holds it: memory will do
            except sqlite3.DatabaseError:
                # Damaged: all that is lost is the time to read the files again.
                _remove(path)
                return self._at(path)
        connection = sqlite3.connect(":memory:", isolation_level=None)
        self._begin(connection)
        return connection

    def _at(self, path: Path) -> sqlite3.Connection:
        _make_folder(path.parent)
        connection = sqlite3.connect(path, timeout=60, isolation_level=None)
        try:
            # The facts can be had again: that the disk may lose the last of them in a power cut is
            # no reason to wait for it at every step. A killed process loses nothing.
            connection.execute("PRAGMA synchronous = OFF")
            if _stamp(connection) != self._stamp:
                # Another run may be about to do the same.
                connection.execute("BEGIN IMMEDIATE")
                if _stamp(connection) != self._stamp:
                    for name in _tables(connection):
                        connection.execute(f'DROP TABLE "{name}"')
                    self._begin(connection)
                connection.execute("COMMIT")
        except BaseException:
            connection.close()
            raise
        return connection

    def _begin(self, connection: sqlite3.Connection) -> None:
        for statement in _SCHEMA.split(";"):
            connection.execute(statement)
        connection.execute("INSERT INTO meta VALUES ('stamp', ?)", (self._stamp,))

    def __enter__(self) -> Database:
        """The database itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Let go of the file, keeping what was put into it."""
        with contextlib.suppress(sqlite3.DatabaseError):  # a damaged one has nothing to keep
            self.keep()
        self._connection.close()

    def known(self) -> dict[str, tuple[str, str]]:
        """For the :func:`key` of each file the digest of its bytes, and its sign when last read."""
        rows = self._connection.execute("SELECT path, content, sign FROM file")
        return {path: (content, sign) for path, content, sign in rows}

    def put(self, row: Row, sign: str) -> None:
        """Keep what a file says; ``sign`` is empty where it may still be changing."""
        self._write()
        self.drop([key(row.path)])
        number = self._connection.execute(
            "INSERT INTO file (path, content, sign, surface, finding) VALUES (?, ?, ?, ?, ?)",
            (key(row.path), row.content, sign, row.surface, row.finding),
        ).lastrowid
        assert number is not None
        self._connection.executemany(
            "INSERT OR REPLACE INTO part VALUES (?, ?)",
            ((_ROOM * number + place, data) for place, data in enumerate(row.parts)),
        )

    def sign(self, path: str, sign: str) -> None:
        """Note by what a file whose bytes are as they were is known from now on."""
        self._write()
        self._connection.execute("UPDATE file SET sign = ? WHERE path = ?", (sign, key(path)))

    def drop(self, keys: Iterable[str]) -> None:
        """Forget the files of these keys."""
        self._write()
        for gone in keys:
            found = self._connection.execute("SELECT id FROM file WHERE path = ?", (gone,))
            for (number,) in found.fetchall():
                self._connection.execute(
                    "DELETE FROM part WHERE id BETWEEN ? AND ?",
                    (_ROOM * number, _ROOM * number + _ROOM - 1),
                )
                self._connection.execute("DELETE FROM file WHERE id = ?", (number,))

    def keep(self) -> None:
        """Write what was put: from here on a killed process does not lose it."""
        if self._connection.in_transaction:
            self._connection.execute("COMMIT")

    def _write(self) -> None:
        if not self._connection.in_transaction:
            self._connection.execute("BEGIN IMMEDIATE")

    def read(self, paths: Iterable[str]) -> Iterator[Facts | Diagnostic]:
        """The facts of each file, or the finding in their place, in the order asked."""
        for path in paths:
            try:
                number, surface, finding = self._connection.execute(
                    "SELECT id, surface, finding FROM file WHERE path = ?", (key(path),)
                ).fetchone()
                if finding is None:
                    known = unpack(Surface, _unpacked(surface))
                    item: Facts | Diagnostic = Facts.of(known, partial(self._part, path, number))
                else:
                    item = unpack_finding(_unpacked(finding), path)
            except _DAMAGE:
                item = self._again(path)
            yield item

    def _part(self, path: str, file: int, name: str) -> Any:
        """A part of the body of a file, its objects made anew unless they were wanted lately."""
        number = _ROOM * file + _PARTS.index(name)
        held = self._held.get(number)
        if held is not None:
            self._held.move_to_end(number)
            return held[0]
        try:
            (packed,) = self._connection.execute(
                "SELECT data FROM part WHERE id = ?", (number,)
            ).fetchone()
            part = unpack(_KINDS[name], _unpacked(packed))
        except _DAMAGE:
            facts = self._again(path)
            if isinstance(facts, Diagnostic):
                raise TeikitError(facts) from None
            return facts.fetch(name)
        self._held[number] = part, len(packed)
        self._weight += len(packed)
        while self._weight > _HELD and len(self._held) > 1:
            self._weight -= self._held.popitem(last=False)[1][1]
        return part

    def _again(self, path: str) -> Facts | Diagnostic:
        """What the file itself says, where its row has been damaged."""
        _, result = read(self._root / path, path)
        if isinstance(result, Diagnostic):
            return result
        return not_tei(result) or facts_of(result, self._settings)


def _tables(connection: sqlite3.Connection) -> list[str]:
    found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    return [name for (name,) in found.fetchall()]


def _stamp(connection: sqlite3.Connection) -> str:
    """What the rows of a database depend on; the empty string where it is new."""
    if "meta" not in _tables(connection):
        return ""
    found = connection.execute("SELECT value FROM meta WHERE key = 'stamp'").fetchone()
    return str(found[0]) if found else ""


def key(path: str) -> str:
    """What a file is kept under: its path, made storable where its name is not Unicode."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return "\0" + path.encode("utf-8", "backslashreplace").decode()  # no path has a NUL
    return path


def place(config: Config) -> Path | None:
    """Where the index of a corpus lies: beside its build, or with the user's caches.

    A folder without ``teikit.toml`` is somebody's corpus that was only looked at: nothing is
    written into it. None where the environment allows no cache (``TEIKIT_CACHE=off``).
    """
    if os.environ.get("TEIKIT_CACHE") == "off":
        return None
    if config.file is not None:
        return (config.root / config.build.directory).parent / FOLDER / NAME
    folder = cache.folder()
    return None if folder is None else folder / "index" / cache.digest(str(config.root)) / NAME


def discard(config: Config) -> None:
    """Throw the index of a corpus away."""
    path = place(config)
    if path is not None:
        _remove(path)


def _remove(path: Path) -> None:
    for name in (path.name, f"{path.name}-journal"):
        path.with_name(name).unlink(missing_ok=True)


def _make_folder(folder: Path) -> None:
    """The folder of the index, which version control is told to leave alone."""
    folder.mkdir(parents=True, exist_ok=True)
    ignored = folder / ".gitignore"
    if folder.name == FOLDER and not ignored.exists():
        ignored.write_text("*\n", encoding="utf-8")

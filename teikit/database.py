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
from typing import Any

from teikit import cache
from teikit.config import Config
from teikit.corpus import not_tei, read
from teikit.diagnostics import Diagnostic
from teikit.diagnostics import pack as pack_finding
from teikit.diagnostics import unpack as unpack_finding
from teikit.errors import TeikitError
from teikit.index import Body, Facts, Surface, facts_of
from teikit.packing import pack, unpack

FOLDER = ".teikit"
NAME = "index.sqlite"
# Bodies held in memory, by the bytes that they take on the disk (about a tenth of what they take
# in memory).
_HELD = 8 * 2**20

# What reading a damaged row may raise.
_DAMAGE = (sqlite3.DatabaseError, zlib.error, ValueError, TypeError, IndexError)

_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE file (
    path TEXT PRIMARY KEY, content TEXT NOT NULL, sign TEXT NOT NULL,
    surface BLOB, body BLOB, finding BLOB
);
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
    body: bytes | None = None
    finding: bytes | None = None


def row_of(path: str, content: str, read: tuple[Surface, Body] | Diagnostic) -> Row:
    """The row of a file that has been read."""
    if isinstance(read, Diagnostic):
        return Row(path, content, finding=_packed(pack_finding(read)))
    surface, body = read
    return Row(path, content, _packed(pack(surface)), _packed(pack(body)))


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
        self._held: OrderedDict[str, tuple[Body, int]] = OrderedDict()
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
        connection = sqlite3.connect(":memory:")
        self._begin(connection)
        return connection

    def _at(self, path: Path) -> sqlite3.Connection:
        _make_folder(path.parent)
        connection = sqlite3.connect(path, timeout=60)
        try:
            # The facts can be had again: that the disk may lose the last of them in a power cut is
            # no reason to wait for it at every step. A killed process loses nothing.
            connection.execute("PRAGMA synchronous = OFF")
            tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            stated = (
                tables
                and connection.execute("SELECT value FROM meta WHERE key = 'stamp'").fetchone()
            )
            if not stated or stated[0] != self._stamp:
                for (name,) in connection.execute(
                    "SELECT name FROM sqlite_master WHERE type = 'table'"
                ).fetchall():
                    connection.execute(f'DROP TABLE "{name}"')
                self._begin(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _begin(self, connection: sqlite3.Connection) -> None:
        connection.executescript(_SCHEMA)
        connection.execute("INSERT INTO meta VALUES ('stamp', ?)", (self._stamp,))
        connection.commit()

    def __enter__(self) -> Database:
        """The database itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Let go of the file, keeping what was put into it."""
        with contextlib.suppress(sqlite3.DatabaseError):  # a damaged one has nothing to keep
            self._connection.commit()
        self._connection.close()

    def known(self) -> dict[str, tuple[str, str]]:
        """For the :func:`key` of each file the digest of its bytes, and its sign when last read."""
        rows = self._connection.execute("SELECT path, content, sign FROM file")
        return {path: (content, sign) for path, content, sign in rows}

    def put(self, row: Row, sign: str) -> None:
        """Keep what a file says; ``sign`` is empty where it may still be changing."""
        self._forget_body(row.path)
        self._connection.execute(
            "INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?, ?)",
            (key(row.path), row.content, sign, row.surface, row.body, row.finding),
        )

    def sign(self, path: str, sign: str) -> None:
        """Note by what a file whose bytes are as they were is known from now on."""
        self._connection.execute("UPDATE file SET sign = ? WHERE path = ?", (sign, key(path)))

    def drop(self, keys: Iterable[str]) -> None:
        """Forget the files of these keys."""
        self._connection.executemany("DELETE FROM file WHERE path = ?", ((gone,) for gone in keys))

    def keep(self) -> None:
        """Write what was put: from here on a killed process does not lose it."""
        self._connection.commit()

    def read(self, paths: Iterable[str]) -> Iterator[Facts | Diagnostic]:
        """The facts of each file, or the finding in their place, in the order asked."""
        for path in paths:
            try:
                surface, finding = self._fetch("surface, finding", path)
                if finding is None:
                    known = unpack(Surface, _unpacked(surface))
                    item: Facts | Diagnostic = Facts.of(known, partial(self._body, path))
                else:
                    item = unpack_finding(_unpacked(finding), path)
            except _DAMAGE:
                item = self._again(path)
            yield item

    def _body(self, path: str) -> Body:
        held = self._held.get(path)
        if held is not None:
            self._held.move_to_end(path)
            return held[0]
        try:
            (packed,) = self._fetch("body", path)
            body = unpack(Body, _unpacked(packed))
        except _DAMAGE:
            facts = self._again(path)
            if isinstance(facts, Diagnostic):
                raise TeikitError(facts) from None
            return facts.body()
        self._held[path] = body, len(packed)
        self._weight += len(packed)
        while self._weight > _HELD and len(self._held) > 1:
            self._forget_body(next(iter(self._held)))
        return body

    def _fetch(self, columns: str, path: str) -> tuple[Any, ...]:
        row: tuple[Any, ...] = self._connection.execute(
            f"SELECT {columns} FROM file WHERE path = ?", (key(path),)
        ).fetchone()
        return row

    def _again(self, path: str) -> Facts | Diagnostic:
        """What the file itself says, where its row has been damaged."""
        _, result = read(self._root / path, path)
        if isinstance(result, Diagnostic):
            return result
        return not_tei(result) or facts_of(result, self._settings)

    def _forget_body(self, path: str) -> None:
        if path in self._held:
            self._weight -= self._held.pop(path)[1]


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

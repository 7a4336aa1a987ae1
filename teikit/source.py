"""Where the bytes of a document come from: memory, or a file that is read piece by piece."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

# Files up to this size are kept in memory; larger ones are read again where they are needed.
KEPT = 4 * 2**20
_CHUNK = 2**18


class Source:
    """The bytes of one document, readable more than once.

    ``name`` is the path that locations carry.
    """

    __slots__ = ("_data", "_path", "name", "size")

    def __init__(self, name: str, data: bytes | None = None, path: Path | None = None) -> None:
        """Take the bytes, or the path of a file.

        Raises OSError when the file cannot be read or is no ordinary file (a pipe never ends).
        """
        self.name = name
        self._data = data
        self._path = path
        if data is not None:
            self.size = len(data)
            return
        assert path is not None
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise IsADirectoryError(21, "it is a folder")
        if not stat.S_ISREG(status.st_mode):
            raise OSError(22, "it is no ordinary file (a pipe or a device)")
        self.size = status.st_size
        if self.size <= KEPT:
            self._data = path.read_bytes()
            self.size = len(self._data)

    def chunks(self) -> Iterator[bytes]:
        """The bytes from the beginning, in pieces."""
        if self._data is not None:
            yield self._data
            return
        assert self._path is not None
        with self._path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                yield chunk

    def window(self, start: int, stop: int) -> bytes:
        """The bytes from ``start`` to ``stop``, as far as there are any."""
        start = max(start, 0)
        if self._data is not None:
            return self._data[start:stop]
        assert self._path is not None
        with self._path.open("rb") as stream:
            stream.seek(start)
            return stream.read(max(stop - start, 0))

    def data(self) -> bytes:
        """All bytes."""
        return self._data if self._data is not None else self.window(0, self.size)

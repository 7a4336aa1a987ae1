"""Is it XML, is it safe, in which encoding is it, and where does each tag stand?

``reading`` makes the one pass over the bytes; ``encodings`` sees to it that they mean what the file
says; ``explain``, ``tags`` and ``references`` put a parser's complaint into an encoder's words.
What is not needed for a file that is in order is loaded only where it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from teikit.wellformed.encodings import declared_encoding, find_encoding, readable

if TYPE_CHECKING:
    from teikit.wellformed.reading import Scan, scan

# Real TEI stays below forty levels; libxml2 itself gives up at 2,048.
MAX_DEPTH = 250

__all__ = ["MAX_DEPTH", "Scan", "declared_encoding", "find_encoding", "readable", "scan"]


def __getattr__(name: str) -> Any:
    if name in ("Scan", "scan"):
        from teikit.wellformed import reading

        return getattr(reading, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

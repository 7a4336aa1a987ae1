"""Is it XML, is it safe, in which encoding is it, and where does each tag stand?

``reading`` makes the one pass over the bytes; ``encodings`` sees to it that they mean what the file
says; ``explain``, ``tags`` and ``references`` put a parser's complaint into an encoder's words, and
are loaded only where there is one.
"""

from teikit.wellformed.encodings import declared_encoding, find_encoding, readable
from teikit.wellformed.reading import MAX_DEPTH, Scan, scan

__all__ = ["MAX_DEPTH", "Scan", "declared_encoding", "find_encoding", "readable", "scan"]

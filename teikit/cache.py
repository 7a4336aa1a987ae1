"""What is remembered between runs: schemas made ready, and the verdicts on files.

Entries are files in one folder: ``$TEIKIT_CACHE``, else ``teikit`` in the user's cache folder. Each
carries a checksum and is written beside its place and renamed into it, so that a run that is
interrupted, or two at once, leave nothing that is half-written; an entry that cannot be read is as
good as none. Values are those of ``marshal``: numbers, strings, bytes, tuples, lists, dictionaries.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

try:
    # What hashlib gives too; but importing that loads OpenSSL, which takes longer than a verdict.
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

# Raise it when the meaning of what is kept changes.
_FORMAT = 1
_DIGEST = 16


def folder() -> Path | None:
    """The folder of the cache; None where the environment says that there is none (``off``)."""
    given = os.environ.get("TEIKIT_CACHE")
    if given:
        return None if given == "off" else Path(given)
    try:
        home = Path.home()
    except RuntimeError:
        return None  # a user without a home has no cache
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "teikit"
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "teikit"
    return Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache") / "teikit"


def digest(*parts: bytes | str) -> str:
    """A name for some content: 32 hexadecimal digits."""
    whole = blake2b(digest_size=_DIGEST)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        whole.update(len(data).to_bytes(8, "little"))
        whole.update(data)
    return whole.hexdigest()


def digest_of(chunks: Iterable[bytes]) -> str:
    """The name of a content that comes in pieces, however it is cut."""
    whole = blake2b(digest_size=_DIGEST)
    for chunk in chunks:
        whole.update(chunk)
    return whole.hexdigest()


@lru_cache(maxsize=1)
def stamp() -> str:
    """What the entries depend on beside their key: this Python, and this state of teikit.

    The times of the modules count, since a checkout changes without changing its version.
    """
    here = Path(__file__).parent
    times = []
    for inner in (".", "checks", "validation", "validation/relaxng", "wellformed"):
        with os.scandir(here / inner) as entries:
            times += [
                f"{entry.name}:{entry.stat().st_mtime_ns}"
                for entry in entries
                if entry.name.endswith(".py")
            ]
    return digest(f"{_FORMAT} {sys.version}", *sorted(times))


def read(*key: str) -> Any:
    """The value kept under a key (the names of folders and of a file), or None."""
    path = _path(key)
    if path is None:
        return None
    try:
        data = path.read_bytes()
    except OSError:
        return None  # nothing is kept, or not for us
    body = data[_DIGEST:]
    if blake2b(body, digest_size=_DIGEST).digest() != data[:_DIGEST]:
        return None
    try:
        return marshal.loads(body)
    except (ValueError, EOFError, TypeError):
        return None


def write(value: Any, *key: str) -> bool:
    """Keep a value under a key; False where the disk refuses, which is no reason to stop."""
    path = _path(key)
    if path is None:
        return False
    # Not by tempfile: its import takes longer than the writing.
    beside = path.with_name(f".new-{os.getpid()}-{path.name}")
    body = marshal.dumps(value)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with beside.open("wb") as stream:
                stream.write(blake2b(body, digest_size=_DIGEST).digest())
                stream.write(body)
            beside.replace(path)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
    except OSError:
        return False
    return True


def _path(key: Iterable[str]) -> Path | None:
    base = folder()
    return None if base is None else base.joinpath(*key)

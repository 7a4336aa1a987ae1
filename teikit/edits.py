"""Edits of source files: a few bytes here and there, all the others as they were.

Edits are applied to bytes in memory, shown as a unified diff, and written all or none: each new
file is first made beside its place, and only when all are there do they change places.
"""

from __future__ import annotations

import difflib
import os
import stat
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from teikit.diagnostics import RULES, Diagnostic, Edit, Location
from teikit.errors import EditError


@dataclass(frozen=True, slots=True)
class Change:
    """A file of the corpus before and after an edit.

    ``path`` is its name in the corpus, ``file`` where it lies, ``encoding`` that of its bytes.
    """

    path: str
    file: Path
    encoding: str
    before: bytes
    after: bytes


def refused(location: Location, message: str, *hints: str) -> EditError:
    """The exception that an edit cannot be made (TK905)."""
    return EditError(RULES["TK905"].at(location, message, hints=hints))


def apply(data: bytes, encoding: str, edits: Iterable[Edit]) -> bytes:
    """The bytes after the edits of one file, whose offsets are those of ``data``.

    Characters that the encoding lacks become character references. Insertions at one place come in
    the order given. Raises ValueError when two edits overlap or one lies outside the file.
    """
    parts = []
    at = 0
    for edit in sorted(edits, key=lambda item: (item.start, item.end)):
        if not at <= edit.start <= edit.end <= len(data):
            raise ValueError(f"edits of {edit.path} overlap at byte {edit.start}")
        parts += [data[at : edit.start], edit.text.encode(encoding, "xmlcharrefreplace")]
        at = edit.end
    return b"".join((*parts, data[at:]))


# -- showing ---------------------------------------------------------------------------------------


def diff(changes: Iterable[Change]) -> Iterator[str]:
    """The lines of a unified diff of all changes, each with its line end.

    Of files in UTF-8 it is one that ``patch -p1`` and ``git apply`` take; others are shown in it as
    if they were.
    """
    for change in changes:
        before, after = (
            data.decode(change.encoding).split("\n") for data in (change.before, change.after)
        )
        names = f"a/{change.path}", f"b/{change.path}"
        for line in difflib.unified_diff(_ended(before), _ended(after), *names):
            yield line
            if not line.endswith("\n"):
                yield "\n\\ No newline at end of file\n"


def _ended(lines: list[str]) -> list[str]:
    """Lines with their ends; what comes after the last end only where there is something."""
    *whole, last = lines
    return [f"{line}\n" for line in whole] + ([last] if last else [])


# -- writing ---------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Staged:
    """A new file beside the old one, and a second name of the old one to go back to."""

    change: Change
    target: Path
    new: Path
    old: Path
    done: bool = False


def write(changes: Sequence[Change]) -> None:
    """Write all changes or none.

    Symbolic links stay links: the file they lead to is changed. Modes are kept. Raises EditError
    when a file is read-only, is not any more what it was when it was read, or the disk refuses; all
    files are as they were then.
    """
    wanted = _targets(changes)
    problems = [problem for target, item in wanted.items() if (problem := _obstacle(target, item))]
    if problems:
        raise EditError(problems)
    staged: list[_Staged] = []
    current = ""
    try:
        for target, change in wanted.items():
            current = change.path
            _stage(change, target, staged)
        for item in staged:
            if item.target.read_bytes() != item.change.before:
                raise EditError(_changed(item.change))
        for item in staged:
            current = item.change.path
            item.done = True
            item.new.replace(item.target)
        for folder in dict.fromkeys(item.target.parent for item in staged):
            _sync(folder)
    except BaseException as error:  # an interruption too: what has changed places goes back
        lost = _go_back(staged)
        if lost:
            raise EditError(lost) from error
        if isinstance(error, OSError):
            raise EditError(_failed(current, error)) from error
        raise
    finally:
        for item in staged:
            for left in (item.new, item.old):
                with suppress(OSError):
                    left.unlink(missing_ok=True)


def _go_back(staged: Sequence[_Staged]) -> list[Diagnostic]:
    """Give the old files their places again; a finding for each that cannot have it."""
    lost = []
    for item in staged:
        if not item.done:
            continue
        try:
            item.old.replace(item.target)
        except OSError as error:
            kept = item.old.with_suffix(".kept")
            with suppress(OSError):
                item.old.rename(kept)
            lost.append(
                RULES["TK905"].at(
                    Location(item.change.path),
                    f"the file could not be put back: {error.strerror or type(error).__name__}",
                    hints=(f"its old bytes are in {kept}",),
                )
            )
    return lost


def _targets(changes: Sequence[Change]) -> dict[Path, Change]:
    """The files that change, by where they really lie: two names may lead to one file."""
    wanted: dict[Path, Change] = {}
    for change in changes:
        if change.before == change.after:
            continue
        target = change.file.resolve()
        other = wanted.setdefault(target, change)
        if other.after != change.after:
            raise refused(
                Location(change.path),
                f"{change.path} and {other.path} are one file, which would change in two ways",
                "leave one of the two names out of the corpus",
            )
    return wanted


def _obstacle(target: Path, change: Change) -> Diagnostic | None:
    """Why a file may not be written, as far as that can be told before."""
    try:
        mode = target.stat().st_mode
        same = target.read_bytes() == change.before
    except OSError as error:
        return _failed(change.path, error)
    if not same:
        return _changed(change)
    # The owner of all rights is told too: a file was made read-only for a reason.
    if not mode & stat.S_IWUSR or not os.access(target, os.W_OK):
        return RULES["TK905"].at(
            Location(change.path),
            "the file is read-only",
            hints=("make it writable first; nothing was changed, in this file or another",),
        )
    return None


def _changed(change: Change) -> Diagnostic:
    return RULES["TK905"].at(
        Location(change.path),
        "the file was changed by somebody else while it was read",
        hints=("run the command again",),
    )


def _failed(path: str, error: OSError) -> Diagnostic:
    return RULES["TK905"].at(
        Location(path),
        f"the file cannot be written: {error.strerror or type(error).__name__}",
        hints=("nothing was changed, in this file or another",),
    )


def _stage(change: Change, target: Path, staged: list[_Staged]) -> None:
    """Put the new bytes beside the file, safe on the disk, and give the old ones a second name."""
    handle, new = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}-", suffix=".new")
    old = Path(new).with_suffix(".old")
    staged.append(_Staged(change, target, Path(new), old))
    with os.fdopen(handle, "wb") as stream:
        stream.write(change.after)
        stream.flush()
        os.fsync(stream.fileno())
    status = target.stat()
    with suppress(OSError, AttributeError):  # not every system has owners
        os.chown(new, status.st_uid, status.st_gid)
    Path(new).chmod(stat.S_IMODE(status.st_mode))
    try:
        os.link(target, old)
    except OSError:
        # No second names on this file system: a copy does it too.
        old.write_bytes(change.before)
        old.chmod(stat.S_IMODE(status.st_mode))


def _sync(folder: Path) -> None:
    """See to it that the new names are on the disk too, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

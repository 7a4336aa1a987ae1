"""Files of a corpus that an output takes as they are: found, read, and never from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from teikit.config import Config, where
from teikit.diagnostics import RULES, Diagnostic
from teikit.outputs.base import File

_OUTSIDE = "what the site takes lies in the folder of teikit.toml or below it"


def taken(config: Config, key: str, patterns: Sequence[str]) -> Iterator[File | Diagnostic]:
    """The files of the patterns that ``[site] key`` has, each by its path below the root.

    What a pattern with wildcards would take from the build folder, or of hidden files, is left out.
    A pattern that leads out of the folder of the configuration or finds nothing is a Diagnostic; so
    is a file that is a link to the outside or cannot be read.
    """

    def refused(reason: str, *hints: str) -> Diagnostic:
        return RULES["TK807"].at(
            where(config, "site", key), f"[site] {key} names {reason}", hints=hints
        )

    root = config.root.resolve()
    for pattern in patterns:
        steps = PurePosixPath(pattern)
        if steps.is_absolute() or Path(pattern).is_absolute() or ".." in steps.parts:
            yield refused(f"“{pattern}”, which leads out of the corpus", _OUTSIDE)
            continue
        found = [path for path in _matches(root, pattern, config) if not path.is_dir()]
        if not found:
            folder = pattern.strip("/.") and (root / pattern).is_dir()
            hint = f"to take all files in it write {pattern.rstrip('/')}/*" if folder else _OUTSIDE
            yield refused(f"“{pattern}”: there is no such file", hint)
        for path in found:
            name = path.relative_to(root).as_posix()
            if not path.resolve().is_relative_to(root):
                yield refused(f"“{name}”, which is a link to a file outside of it", _OUTSIDE)
                continue
            try:
                name.encode()
                yield File(name, path.read_bytes())
            except OSError as error:
                yield refused(f"“{name}”, which cannot be read: {error.strerror}")
            except UnicodeEncodeError:
                yield refused(f"{name!r}, a name that is not UTF-8", "rename the file")


def _matches(root: Path, pattern: str, config: Config) -> list[Path]:
    if not any(mark in pattern for mark in "*?["):
        path = root / pattern
        return [path] if pattern and (path.exists() or path.is_symlink()) else []
    built = root / config.build.directory
    return sorted(
        path
        for path in root.glob(pattern)
        if not path.is_relative_to(built)
        and not any(part.startswith(".") for part in path.relative_to(root).parts)
    )

"""Files looked at again and again: which ones a preview depends on, and whether they have changed.

Nothing of the operating system is asked to tell of changes: what differs between systems is not
worth half a second. A look costs one question to the disk for each file and each folder; only when
a folder has changed are its files looked up again.
"""

from __future__ import annotations

import dataclasses
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from glob import glob
from pathlib import Path

from teikit.config import FILE_NAME, Config
from teikit.database import Sign
from teikit.files import find_files
from teikit.resources import resource

# What each file is known by, None where there is none.
State = Mapping[Path, Sign | None]

# Schemas with their locks, and stylesheets: nothing else says which others they take in.
_TAKEN_IN = frozenset({".rng", ".rnc", ".xsd", ".sch", ".lock", ".xsl", ".xslt"})
_NOT_OURS = frozenset({"node_modules", "__pycache__"})
# A folder that changed so shortly before it was read may change again within the clock's grain.
_RACY = 2 * 10**9


@dataclass(frozen=True, slots=True)
class Watched:
    """The files that a preview depends on, and the folders in which others may turn up."""

    files: frozenset[Path]
    folders: frozenset[Path]


def watched(config: Config, others: Iterable[str] = ()) -> Watched:
    """What to look at for a corpus.

    Its files, its schemas and stylesheets, what the configuration names, what teikit ships for
    pages, and ``others``: paths relative to the root that were consulted, existing or not.
    """
    folders, taken_in = _below(config)
    files = {
        config.file or config.root / FILE_NAME,
        *find_files(config).paths.values(),
        *taken_in,
        *_named(config, config),
        *shipped(),
        *(config.root / name for name in others),
    }
    return Watched(frozenset(files), frozenset({*folders, *(path.parent for path in files)}))


def shipped() -> Iterator[Path]:
    """The stylesheets, styles and scripts that pages are made with."""
    for folder in ("common", "html"):
        yield from resource("xslt", folder).iterdir()


def _below(config: Config) -> tuple[list[Path], list[Path]]:
    """The folders of a corpus but for hidden ones and the build, and schemas and such in them."""
    built = (config.root / config.build.directory).resolve()
    folders, taken_in = [], []
    for here, inside, names in os.walk(config.root):
        folder = Path(here)
        folders.append(folder)
        taken_in += [folder / name for name in names if Path(name).suffix in _TAKEN_IN]
        inside[:] = [
            name
            for name in inside
            if not name.startswith(".") and name not in _NOT_OURS and folder / name != built
        ]
    return folders, taken_in


def _named(config: Config, value: object) -> Iterator[Path]:
    """The files that the configuration names in whatever key, by path, by folder or by pattern."""
    if dataclasses.is_dataclass(value):
        for item in dataclasses.fields(value):
            if item.name not in ("root", "file", "directory"):
                yield from _named(config, getattr(value, item.name))
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _named(config, inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from _named(config, inner)
    elif isinstance(value, str) and value and not {"\0", "\n"} & set(value):
        yield from _at(config.root / value, config)


def _at(path: Path, config: Config) -> Iterator[Path]:
    """The file at a path, those in the folder there, or those that it is a pattern of.

    The folder of the corpus itself, or one around it, says nothing.
    """
    root = config.root.resolve()
    # Any text of the configuration comes here, and folders go while they are read. What is too long
    # for a path, no pattern, or gone is an error to pathlib, to these functions it is nothing.
    if os.path.isfile(path):  # noqa: PTH113
        yield path
    elif os.path.isdir(path) and not root.is_relative_to(path.resolve()):  # noqa: PTH112
        inside = (Path(here) / name for here, _, names in os.walk(path) for name in names)
        yield from _inside(inside, config)
    elif {"*", "?", "["} & set(path.name) and path.is_relative_to(config.root):
        pattern = path.relative_to(config.root).as_posix()
        found = glob(pattern, root_dir=root, recursive=True, include_hidden=True)  # noqa: PTH207
        yield from _inside((root / name for name in found), config)


def _inside(paths: Iterable[Path], config: Config) -> Iterator[Path]:
    built = (config.root / config.build.directory).resolve()
    return (path for path in paths if path.is_file() and not path.is_relative_to(built))


class Watch:
    """The state of what a preview depends on, as it was at the last look."""

    def __init__(self, config: Config) -> None:
        """Look at a corpus."""
        self._config = config
        self._others: tuple[str, ...] = ()
        self._aimed: Watched | None = None
        self._seen: dict[Path, int] = {}

    def aim(self, config: Config, others: Iterable[str] = ()) -> None:
        """Look at this corpus from now on, and at ``others``; see :func:`watched`."""
        self._config, self._others, self._aimed = config, tuple(others), None

    def look(self) -> State:
        """The state of all files now, in the order of their paths."""
        aimed = self._aimed
        if aimed is None or self._folders(aimed.folders) != self._seen:
            aimed = watched(self._config, self._others)
            seen = self._folders(aimed.folders)
            fresh = time.time_ns() - max(seen.values(), default=0) < _RACY
            self._aimed, self._seen = aimed, {} if fresh else seen
        return {path: _sign(path) for path in sorted(aimed.files)}

    @staticmethod
    def _folders(folders: Iterable[Path]) -> dict[Path, int]:
        """When each folder was changed; -1 where there is none."""
        found = {}
        for folder in folders:
            try:
                found[folder] = folder.stat().st_mtime_ns
            except OSError:
                found[folder] = -1
        return found


def _sign(path: Path) -> Sign | None:
    try:
        return Sign.of(path)
    except OSError:
        return None


def changed(before: State, after: State) -> list[Path]:
    """The files that came, went or changed between two looks, in the order of their paths."""
    return sorted(
        path for path in before.keys() | after.keys() if before.get(path) != after.get(path)
    )

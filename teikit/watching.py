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
from pathlib import Path

from teikit.config import FILE_NAME, Config
from teikit.database import Sign
from teikit.files import find_files
from teikit.resources import resource

# What each file is known by, None where there is none.
State = Mapping[Path, Sign | None]

# Schemas, their catalogs and locks: any of them may decide how a text is judged.
_SCHEMAS = frozenset({".rng", ".rnc", ".xsd", ".sch", ".lock"})
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

    Its files, its schemas, what the configuration names, the stylesheets, and ``others``: paths
    relative to the root that were consulted, existing or not.
    """
    folders, schemas = _below(config)
    files = {
        config.file or config.root / FILE_NAME,
        *find_files(config).paths.values(),
        *schemas,
        *_named(config, config),
        *stylesheets(),
        *(config.root / name for name in others),
    }
    return Watched(frozenset(files), frozenset({*folders, *(path.parent for path in files)}))


def stylesheets() -> Iterator[Path]:
    """The stylesheets, styles and scripts that pages are made with."""
    for folder in ("common", "html"):
        yield from resource("xslt", folder).iterdir()


def _below(config: Config) -> tuple[list[Path], list[Path]]:
    """The folders of a corpus, without hidden ones and the build; and the schemas in them."""
    built = (config.root / config.build.directory).resolve()
    folders, schemas = [], []
    for here, inside, names in os.walk(config.root):
        folder = Path(here)
        folders.append(folder)
        schemas += [folder / name for name in names if Path(name).suffix in _SCHEMAS]
        inside[:] = [
            name
            for name in inside
            if not name.startswith(".") and name not in _NOT_OURS and folder / name != built
        ]
    return folders, schemas


def _named(config: Config, value: object) -> Iterator[Path]:
    """The files that the configuration names in whatever key, and those in folders it names."""
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
        yield from _at(config.root / value, config.root)


def _at(path: Path, root: Path) -> Iterator[Path]:
    """The file at a path, or those in the folder there; the corpus itself is no such folder."""
    try:
        if path.is_file():
            yield path
        elif path.is_dir() and not root.resolve().is_relative_to(path.resolve()):
            yield from (inner for inner in path.rglob("*") if inner.is_file())
    except OSError:
        return  # too long to be a path


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

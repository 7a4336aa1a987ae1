"""Which files belong to a corpus, and which of them the caller asked about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from teikit.config import Config
from teikit.diagnostics import RULES, Diagnostic, Location

# Where a corpus keeps registers that do not lie with its texts.
_REGISTERS = (
    *("indices/**/*.xml", "register/**/*.xml", "registers/**/*.xml", "list*.xml"),
    *("persons.xml", "people.xml", "places.xml", "orgs.xml", "organizations.xml"),
    *("organisations.xml", "works.xml", "events.xml", "bibliography.xml"),
)
# Where a corpus without configuration keeps its files; the first row whose first pattern matches is
# taken.
LAYOUTS: tuple[tuple[str, ...], ...] = (
    ("tei/**/*.xml", *_REGISTERS),
    ("data/editions/**/*.xml", "data/indices/**/*.xml", "data/meta/**/*.xml", *_REGISTERS),
    ("editions/**/*.xml", "meta/**/*.xml", *_REGISTERS),
    ("collections/**/*.xml", *_REGISTERS),
    ("**/*.xml",),
)
# Files that tell a server about the texts beside them, and are none (CapiTainS).
_ABOUT = frozenset({"__cts__.xml", "__capitains__.xml"})


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a corpus in a stable order.

    ``paths`` finds each by the name that locations carry; ``selected`` are the names that the
    caller asked about (None: all), ``named`` those that the caller or the configuration named
    singly, rather than a folder or a layout. ``findings`` tell of what does not exist.
    """

    paths: dict[str, Path]
    selected: frozenset[str] | None
    named: frozenset[str]
    findings: tuple[Diagnostic, ...]

    def asked(self, name: str) -> bool:
        """Whether the caller asked about the file."""
        return self.selected is None or name in self.selected


def find_files(config: Config, targets: Sequence[Path] = ()) -> Files:
    """The files that ``config`` describes, and those that ``targets`` (files or folders) name.

    Targets count even where the configuration does not name them. Without targets all files are
    asked about. A folder without files and a pattern without a match are findings (TK902).
    """
    findings: list[Diagnostic] = []
    chosen: dict[Path, bool] = {}  # whether it was named itself
    for target in targets:
        if target.is_dir():
            inside = _discover(target, config)
            if not inside:
                findings.append(nothing(name_of(target, config.root)))
            for path in inside:
                chosen.setdefault(path, False)
        else:
            chosen[real(target)] = True
    whole = [target.resolve() for target in targets] in ([], [config.root])
    members = {} if targets and config.file is None else dict.fromkeys(_members(config, findings))
    names = {path: _shown(path, config.root) for path in {**members, **chosen}}
    paths = {name: path for path, name in sorted(names.items(), key=lambda item: item[1])}
    if not paths and not findings:
        findings.append(nothing("."))
    configured = members if config.corpus.documents else {}
    return Files(
        paths,
        None if whole else frozenset(names[path] for path in chosen),
        frozenset(name for name, path in paths.items() if chosen.get(path) or path in configured),
        tuple(findings),
    )


def nothing(name: str) -> Diagnostic:
    """The finding that there is no file where some were expected."""
    return RULES["TK902"].at(
        Location(name),
        "no XML files here",
        hints=("name files or a folder, or list them in teikit.toml under [corpus] documents",),
    )


def real(path: Path) -> Path:
    """The path by its real folder, but with its own name: a link is not what it leads to."""
    return path.parent.resolve() / path.name if path.name not in ("", "..") else path.resolve()


def _all_real(paths: Iterable[Path]) -> Iterator[Path]:
    """Each path as :func:`real` gives it; the disk is asked once for each folder."""
    folders: dict[Path, Path] = {}
    for path in paths:
        if path.parent not in folders:
            folders[path.parent] = path.parent.resolve()
        yield folders[path.parent] / path.name


def name_of(path: Path, root: Path) -> str:
    """The path as locations show it: relative to the corpus root where it lies inside."""
    return _shown(real(path), root)


def _shown(path: Path, root: Path) -> str:
    """The name of a path that is real already."""
    try:
        return path.relative_to(root).as_posix()
    except ValueError:
        return path.as_posix()


def _members(config: Config, findings: list[Diagnostic]) -> Iterator[Path]:
    """The files that the configuration names; a pattern without a file is a finding."""
    corpus = config.corpus
    if not corpus.documents:
        yield from _discover(config.root, config)
    patterns = (*corpus.documents, *corpus.registers, *([corpus.edition] if corpus.edition else []))
    for pattern in patterns:
        matches = _named(config, pattern)
        if not matches:
            where = config.file.name if config.file else "."
            findings.append(
                replace(nothing(where), message=f"[corpus] names {pattern!r}: no such file")
            )
        yield from _all_real(matches)
    # What is wrong with a pattern of pages is told by those who make the site.
    for pattern in corpus.pages:
        yield from _all_real(_named(config, pattern) if pattern.strip("/") == pattern else ())


def _named(config: Config, pattern: str) -> list[Path]:
    """The files of a pattern, in their order."""
    return sorted(path for path in config.root.glob(pattern) if path.is_file())


def _discover(folder: Path, config: Config) -> list[Path]:
    """The XML files of a folder by the first common layout that matches."""
    folder = folder.resolve()
    built = (config.root / config.build.directory).resolve()
    for layout in LAYOUTS:
        if next(folder.glob(layout[0]), None) is None:
            continue
        found = {
            place
            for pattern in layout
            for place in _all_real(
                path
                for path in folder.glob(pattern)
                if not path.is_dir()
                and path.name not in _ABOUT
                and not any(part.startswith(".") for part in path.relative_to(folder).parts)
            )
            if not place.is_relative_to(built)
        }
        if found:
            return sorted(found)
    return []

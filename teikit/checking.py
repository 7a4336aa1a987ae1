"""Validation of a corpus: judge each file, link them all, and say what is wrong.

What one file shows by itself is judged without building a tree; only what concerns the meaning of
the whole (pointers, registers, dates, alignment, headers) needs the corpus. Both are remembered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from teikit import cache
from teikit.config import Config
from teikit.diagnostics import RULES, Diagnostic, Location, Severity, pack, unpack
from teikit.errors import ConfigError
from teikit.files import Files, find_files
from teikit.source import Source
from teikit.validation.judge import Settings
from teikit.validation.run import Judgement, judge_files

if TYPE_CHECKING:
    from teikit.corpus import Corpus
    from teikit.links import Links

Progress = Callable[[str, int, int], None]


def silent(_what: str, _done: int, _total: int) -> None:
    """The progress of somebody who does not want to hear of it."""


@dataclass(frozen=True)
class Checked:
    """A corpus that has been read, linked and judged.

    ``findings`` are those in the files that were asked about, in reading order; ``engines`` says
    which schema judged how many files.
    """

    corpus: Corpus
    links: Links
    findings: tuple[Diagnostic, ...]
    engines: dict[str, int] = field(default_factory=dict)

    @property
    def failed(self) -> bool:
        """Whether there is an error among the findings."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)


@dataclass(frozen=True)
class Validated:
    """What is wrong with some files.

    ``findings`` come in reading order, ``names`` are the files that were asked about, ``engines``
    says which schema judged how many of them, ``known`` how many verdicts were those of an earlier
    run on the same bytes.
    """

    files: Files
    findings: tuple[Diagnostic, ...]
    engines: dict[str, int]
    known: int = 0

    @property
    def names(self) -> tuple[str, ...]:
        """The files that were asked about, in order."""
        return tuple(name for name in self.files.paths if self.files.asked(name))

    def source(self, name: str) -> bytes | None:
        """The bytes of a file, as they are now; None where it cannot be read."""
        path = self.files.paths.get(name)
        try:
            return Source(name, path=path).data() if path else None
        except OSError:
            return None


def check(
    config: Config,
    targets: Sequence[Path] = (),
    schema: Path | None = None,
    progress: Progress = silent,
) -> Checked:
    """Read the corpus, link it, and find everything that is wrong with it.

    ``targets`` limits the findings to some files or folders; ``schema`` overrides the configured
    one. Raises ConfigError when the schema that was named does not exist.
    """
    files = find_files(config, targets)
    judgement = _judge(config, files, (schema,) if schema else (), progress, 0)
    from teikit.links import open_links

    links = open_links(config, targets, files, progress=progress)
    found = _all(files, judgement.findings, _meaning(links))
    return Checked(links.corpus, links, found, judgement.engines)


def validate(
    config: Config,
    targets: Sequence[Path] = (),
    schemas: Sequence[Path | str] = (),
    progress: Progress = silent,
    *,
    meaning: bool = True,
    jobs: int = 0,
    catalogs: Sequence[str] = (),
    files: Files | None = None,
) -> Validated:
    """Find everything that is wrong with files; what did not change is not judged again.

    ``schemas`` (paths or pinned URLs) judge instead of the configured ones. Without ``meaning``
    only what one file alone shows is judged: that it can be read, is well-formed, and is valid.
    ``jobs`` is the number of processes (0: one for each processor); ``files`` are those of the
    corpus, where they have been looked up already. Raises ConfigError when a schema that was named
    does not exist.
    """
    files = files or find_files(config, targets)
    judgement = _judge(config, files, schemas, progress, jobs, catalogs)
    about: Iterable[Diagnostic] = ()
    if meaning and files.paths:
        progress("linking", 0, 1)
        about = _remembered_meaning(config, targets, files, judgement.contents, progress, jobs)
    found = _all(files, judgement.findings, about)
    return Validated(files, found, judgement.engines, judgement.known)


def _judge(
    config: Config,
    files: Files,
    schemas: Sequence[Path | str],
    progress: Progress,
    jobs: int,
    catalogs: Sequence[str] = (),
) -> Judgement:
    settings = _settings(config, schemas, catalogs)
    asked = {name: path for name, path in files.paths.items() if files.asked(name)}
    return judge_files(asked, settings, files.named.__contains__, progress, jobs)


def _settings(
    config: Config, named: Sequence[Path | str], catalogs: Sequence[str] = ()
) -> Settings:
    """Which schemas judge. Raises ConfigError when one that was named does not exist."""
    chosen = [str(item) for item in named] or list(config.corpus.schemas)
    folder = Path().resolve() if named else config.root
    where = Location(config.file.name if config.file and not named else "command line")
    for item in chosen:
        on_web = re.match(r"[A-Za-z][A-Za-z0-9+.-]+:", item)
        if not on_web and not (folder / item).is_file():
            raise ConfigError(
                RULES["TK901"].at(
                    Location(item) if named else where,
                    f"there is no schema {item}",
                    hints=("check the path, or pin it: teikit schema add URL --file FILE",),
                )
            )
    return Settings(
        config.root,
        tuple(chosen),
        folder,
        where,
        (*config.corpus.catalogs, *catalogs),
        stated=bool(named),
    )


def _meaning(links: Links) -> Iterator[Diagnostic]:
    """What only shows when the files of a corpus are seen together."""
    # The judge has told already of each file that cannot be read.
    yield from (item for item in links.corpus.findings if not item.code.startswith("TK0"))
    from teikit import checks

    yield from checks.run(links)


def _remembered_meaning(
    config: Config,
    targets: Sequence[Path],
    files: Files,
    contents: Mapping[str, str],
    progress: Progress,
    jobs: int,
) -> list[Diagnostic]:
    """The same, from the cache where no file that it depends on has changed."""
    known = dict(contents)
    for name, path in files.paths.items():
        if name not in known:
            known[name] = _content(path)
    key = cache.digest(
        cache.stamp(), str(config), *(f"{name} {known.get(name, '')}" for name in files.paths)
    )
    kept = cache.read("meaning", key)
    if kept is not None and all(_content(Path(path)) == digest for path, digest in kept[1]):
        return [unpack(item, path) for path, item in kept[0]]
    from teikit.links import open_links

    links = open_links(config, targets, files, progress=progress, jobs=jobs)
    found = list(_meaning(links))
    outside = [str(config.root / path) for path in links.consulted]
    cache.write(
        (
            [(item.location.path, pack(item)) for item in found],
            [(path, _content(Path(path))) for path in outside],
        ),
        "meaning",
        key,
    )
    return found


def _content(path: Path) -> str:
    """A digest of a file that is not judged; empty where it cannot be read."""
    try:
        return cache.digest_of(Source(path.name, path=path).chunks())
    except OSError:
        return ""


def _all(
    files: Files, findings: Iterable[Diagnostic], meaning: Iterable[Diagnostic]
) -> tuple[Diagnostic, ...]:
    """The findings that concern the caller, each once, in reading order."""
    about = list(meaning)
    found = (*files.findings, *unshadowed(findings, about))
    return tuple(in_order(item for item in found if _concerns(files, item) or _is_global(item)))


# Findings that stand for several places: each of them is concerned.
_SHARED = frozenset({"TK201", "TK202", "TK210", "TK211", "TK213", "TK215"})


def _concerns(files: Files, finding: Diagnostic) -> bool:
    """Whether a finding is about a file that was asked about."""
    others = (item.location.path for item in finding.related) if finding.code in _SHARED else ()
    return any(map(files.asked, (finding.location.path, *others)))


def _is_global(finding: Diagnostic) -> bool:
    """What is not of one file, such as a schema that cannot be used, concerns whoever asked."""
    return finding.code in ("TK109", "TK111", "TK112", "TK611", "TK902")


# What is told twice of one place: the word of a check that goes before that of the grammar, and
# the other way round.
_BETTER = {"TK203": ("TK102", "TK203"), "TK204": ("TK102",), "TK401": ("TK102",)}
_WORSE = {"TK102": ("TK201",)}


def unshadowed(
    findings: Iterable[Diagnostic], meaning: Iterable[Diagnostic]
) -> Iterator[Diagnostic]:
    """The findings of the grammar and of the checks, without those that another explains better."""
    grammar, about = list(findings), list(meaning)
    hidden = {
        (item.location.path, item.location.line, item.location.column, code)
        for items, table in ((about, _BETTER), (grammar, _WORSE))
        for item in items
        for code in table.get(item.code, ())
    }
    seen = {id(item) for item in about if item.code in _BETTER}
    for item in (*grammar, *about):
        place = (item.location.path, item.location.line, item.location.column, item.code)
        if place not in hidden or id(item) in seen:
            yield item


def in_order(findings: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The findings, each once, in the order of reading."""
    return sorted(dict.fromkeys(findings), key=lambda item: item.sort_key)

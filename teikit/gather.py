"""Collect: the facts of all files of a corpus, from the index where a file is as it was.

A file whose size and times are those of the last reading is taken to have the same bytes; another
is read, and only if its bytes are new are its facts computed, in as many processes as there are
processors. What a run has computed is kept even if it is killed.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from teikit import cache, processes
from teikit.config import Config, CorpusConfig
from teikit.corpus import Corpus, Document, not_tei, parse, unreadable
from teikit.database import Database, Row, Sign, discard, key, row_of
from teikit.diagnostics import Diagnostic, Severity
from teikit.facts import Facts
from teikit.files import Files, find_files
from teikit.index import read_facts
from teikit.memory import plain_values

Progress = Callable[[str, int, int], None]

# Below this many bytes a second process costs more than it brings.
_WORTH_IT = 2**20
# A file changed so shortly before it was read may change again within the clock's grain.
_RACY = 2 * 10**9
# How often what was computed is written down, in seconds.
_KEEP = 2.0


@dataclass(frozen=True)
class Gathered:
    """The facts of a corpus in its order, the corpus, and which files were read in this run."""

    corpus: Corpus
    facts: tuple[Facts, ...]
    read: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Task:
    name: str
    path: Path
    sign: Sign
    looked: int  # when, in nanoseconds of the system's clock


def gather(
    config: Config,
    targets: Sequence[Path] = (),
    files: Files | None = None,
    *,
    progress: Progress = lambda _what, _done, _total: None,
    jobs: int = 0,
) -> Gathered:
    """The facts of the corpus that ``config`` describes, and of the files that ``targets`` names.

    ``files`` are those files where they have been looked up already, ``jobs`` the number of
    processes (0: one for each processor). What cannot be read is a finding of the corpus. The order
    of files and the number of processes do not change the result.
    """
    files = files or find_files(config, targets)
    for in_memory in (False, False, True):
        database = Database(config, in_memory=in_memory)
        try:
            return _gather(config, files, database, progress, jobs)
        except sqlite3.OperationalError:
            database.close()  # held by another run for too long, or the disk is full
        except sqlite3.DatabaseError:
            database.close()
            discard(config)  # damaged: it is made anew
    raise AssertionError("an index in memory cannot be damaged")


def _gather(
    config: Config, files: Files, database: Database, progress: Progress, jobs: int
) -> Gathered:
    known = database.known()
    findings: dict[str, Diagnostic] = {}
    waiting: list[_Task] = []
    for name, path in files.paths.items():
        looked = time.time_ns()
        try:
            sign = Sign.of(path)
        except OSError as error:
            findings[name] = unreadable(name, error)
            continue
        kept = known.get(key(name))
        if kept is None or kept[1] != str(sign):
            waiting.append(_Task(name, path, sign, looked))
    read = []
    try:
        written = time.monotonic()
        for done, (task, made) in enumerate(_made(waiting, known, config.corpus, jobs), 1):
            progress("reading", done, len(waiting))
            if isinstance(made, Diagnostic):  # the disk refuses: nothing to remember
                findings[task.name] = made
                continue
            sign_now = "" if _racy(task) else str(task.sign)
            if isinstance(made, str):
                database.sign(task.name, sign_now)
            else:
                database.put(made, sign_now)
                read.append(task.name)
            if time.monotonic() - written > _KEEP:
                database.keep()
                written = time.monotonic()
        gone = known.keys() - set(map(key, files.paths))
        if files.selected is None and gone:
            database.drop(gone)
    finally:
        database.keep()
    facts: list[Facts] = []
    there = [name for name in files.paths if name not in findings]
    with plain_values():
        for name, item in zip(there, database.read(there), strict=True):
            if isinstance(item, Facts):
                facts.append(item)
            elif item.code == "TK007" and name not in files.named:
                findings[name] = replace(item, severity=Severity.INFO)
            else:
                findings[name] = item
    corpus = Corpus(
        config.root,
        config,
        {item.path: files.paths[item.path] for item in facts},
        (*files.findings, *(findings[name] for name in files.paths if name in findings)),
        files.selected,
    )
    return Gathered(corpus, tuple(facts), tuple(sorted(read)))


def _racy(task: _Task) -> bool:
    """Whether the file may have changed after it was looked at, and still look the same.

    The time of looking counts: when its turn to be read has come, it may seem old.
    """
    return task.looked - max(task.sign.modified, task.sign.changed) <= _RACY


def _made(
    tasks: list[_Task],
    known: Mapping[str, tuple[str, str]],
    settings: CorpusConfig,
    jobs: int,
) -> Iterator[tuple[_Task, Row | Diagnostic | str]]:
    """Each file's row; the digest alone where its bytes are known; a finding where it is gone."""
    contents = {task.name: known.get(key(task.name), ("", ""))[0] for task in tasks}
    total = sum(task.sign.size for task in tasks)
    jobs = min(jobs or processes.processors(), len(tasks))
    left = {task.name: task for task in tasks}
    if jobs > 1 and total >= _WORTH_IT:
        share = max(1, min(total // (jobs * 8), 2**22))
        cut = processes.batches(tasks, lambda task: task.sign.size, share)
        batches = [[(task.name, task.path, contents[task.name]) for task in batch] for batch in cut]
        try:
            for rows in processes.spread(_batch, batches, jobs, _begin, (settings,)):
                for name, made in rows:
                    yield left.pop(name), made
        except processes.BrokenPoolError:
            pass  # some process was killed from outside; what it had is done here
    for task in left.values():
        yield task, index_file(task.name, task.path, settings, contents[task.name])


_settings = CorpusConfig()


def _begin(settings: CorpusConfig) -> None:
    global _settings
    _settings = settings


def _batch(batch: list[tuple[str, Path, str]]) -> list[tuple[str, Row | Diagnostic | str]]:
    return [(name, index_file(name, path, _settings, content)) for name, path, content in batch]


def index_file(
    name: str, path: Path, settings: CorpusConfig, known: str = ""
) -> Row | Diagnostic | str:
    """What the index keeps of one file; a plain function that may run anywhere.

    ``known`` is the digest of the bytes that the index has already: if they are still the same,
    nothing is parsed and the digest comes back. A Diagnostic says that the disk refuses the file.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        return unreadable(name, error)
    content = cache.digest_of([data])
    if content == known:
        return content
    result = parse(data, name)
    if isinstance(result, Document):
        other = not_tei(result)
        return row_of(name, content, other or read_facts(result, settings))
    return row_of(name, content, result)

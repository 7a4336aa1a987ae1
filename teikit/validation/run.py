"""Judging many files: on all cores, and only those that changed.

What a file's verdict depends on is its bytes, the schemas and teikit itself. A file whose size and
times are those of an earlier run is taken to have the same bytes, as git takes it; all others are
read and their content compared. Nothing is ever left out: a file has a verdict of this run or one
that is known to be the same.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, field
from pathlib import Path
from typing import Any

from teikit import cache, processes
from teikit.diagnostics import Diagnostic, pack, unpack
from teikit.source import Source
from teikit.validation.judge import (
    Grammar,
    Judge,
    Settings,
    Verdict,
    foreign,
    is_tei,
    label,
    unreadable,
)
from teikit.validation.models import Head, Model, read_head

Progress = Callable[[str, int, int], None]

# Below this many bytes a second process costs more than it brings.
_WORTH_IT = 2 * 2**20
# A file changed so shortly before it was read may change again within the clock's grain.
_RACY = 2 * 10**9
_KEPT = 50_000  # verdicts in one file of the cache


@dataclass(slots=True)
class Judgement:
    """The findings in all files, which schema judged how many of them, and a digest of each."""

    findings: list[Diagnostic] = field(default_factory=list)
    engines: dict[str, int] = field(default_factory=dict)
    contents: dict[str, str] = field(default_factory=dict)
    judged: int = 0  # files that were read by a schema in this run
    known: int = 0  # files whose verdict was kept from an earlier one

    def count(self, labels: Iterable[str]) -> None:
        """Note by which schemas a file was judged."""
        for name in labels:
            self.engines[name] = self.engines.get(name, 0) + 1


@dataclass(frozen=True, slots=True)
class _Task:
    """A file that waits for its verdict. ``key`` is what the verdict is kept under."""

    name: str
    path: Path
    size: int
    content: str
    grammars: tuple[Grammar, ...]
    key: str


def judge_files(
    paths: Mapping[str, Path],
    settings: Settings,
    named: Callable[[str], bool] = lambda _name: True,
    progress: Progress = lambda _what, _done, _total: None,
    jobs: int = 0,
) -> Judgement:
    """The verdicts on files, by the names that locations carry.

    ``named`` tells whether somebody named a file itself, ``jobs`` is the number of processes (0:
    as many as there are processors for this one). The order of files and the number of processes do
    not change the result. An interruption is passed on, after what was judged has been kept.
    """
    judge = Judge(settings)
    memory = _Memory(settings.root)
    verdicts = _Verdicts()
    result = Judgement()
    told: dict[str, list[Diagnostic]] = {}
    waiting: list[_Task] = []
    try:
        for name, path in paths.items():
            findings = told[name] = []
            looked = memory.look(name, path)
            if isinstance(looked, Diagnostic):
                findings.append(looked)
                continue
            size, content, head = looked
            result.contents[name] = content
            if head.root and not is_tei(head) and not settings.stated:
                findings += foreign(name, path, head, named=named(name))
                continue
            grammars, about = judge.grammars(name, path, head)
            findings += about
            task = _Task(name, path, size, content, grammars, _key(grammars))
            kept = verdicts.find(task)
            if kept is None:
                waiting.append(task)
            else:
                result.known += 1
                result.count(map(label, grammars))
                findings += kept
        judged = _judged(judge, settings, waiting, jobs)
        for done, (task, verdict) in enumerate(judged, 1):
            progress("judging", done, len(waiting))
            result.judged += 1
            result.count(verdict.judged_by)
            told[task.name] += verdict.findings
            verdicts.keep(task, verdict)
    finally:
        judge.save()
        verdicts.save()
        memory.save()
    result.findings = [item for name in sorted(told) for item in told[name]]
    return result


# -- processes -----------------------------------------------------------------------------------


def _judged(
    judge: Judge, settings: Settings, tasks: list[_Task], jobs: int
) -> Iterator[tuple[_Task, Verdict]]:
    total = sum(task.size for task in tasks)
    jobs = min(jobs or processes.processors(), len(tasks))
    if jobs < 2 or total < _WORTH_IT:
        for task in tasks:
            yield task, _one(judge, task)
        return
    yield from _spread(judge, settings, tasks, jobs, total)


def _spread(
    judge: Judge, settings: Settings, tasks: list[_Task], jobs: int, total: int
) -> Iterator[tuple[_Task, Verdict]]:
    """The verdicts of several processes, as they come."""
    for task in tasks[:1] if processes.FORKED else ():
        yield task, _one(judge, task)  # so that what the first file teaches is known to all
    rest = tasks[1:] if processes.FORKED else tasks
    left = {task.name: task for task in rest}
    cut = processes.batches(rest, lambda task: task.size, max(1, total // (jobs * 8)))
    batches = [[(task.name, task.path) for task in batch] for batch in cut]
    # A forked process has the schemas already; elsewhere each loads them anew.
    ready = (settings, judge if processes.FORKED else None)
    try:
        for made in processes.spread(_batch, batches, jobs, _begin, ready):
            for name, packed, labels in made:
                yield left.pop(name), Verdict(_unpacked(packed, name), labels)
    except processes.BrokenPoolError:
        # Some process was killed from outside; nothing is lost but time.
        for task in left.values():
            yield task, _one(judge, task)


def _one(judge: Judge, task: _Task) -> Verdict:
    try:
        source = Source(task.name, path=task.path)
    except OSError as error:
        return Verdict((unreadable(task.name, error),))
    return judge.judge_with(source, task.grammars)


_here: Judge | None = None


def _begin(settings: Settings, judge: Judge | None) -> None:
    """Prepare a process of the pool."""
    global _here
    _here = judge or Judge(settings)


def _batch(batch: list[tuple[str, Path]]) -> list[tuple[str, Any, tuple[str, ...]]]:
    """The verdicts on some files, in a process of the pool."""
    assert _here is not None
    made = []
    for name, path in batch:
        try:
            source = Source(name, path=path)
            grammars, _ = _here.grammars(name, path, read_head(source.window(0, 65_536)))
            verdict = _here.judge_with(source, grammars)
        except OSError as error:
            verdict = Verdict((unreadable(name, error),))
        made.append((name, [pack(item) for item in verdict.findings], verdict.judged_by))
    _here.save()
    return made


# -- what is remembered --------------------------------------------------------------------------


class _Memory:
    """Which content a file had when it was last read, by its size and times."""

    def __init__(self, root: Path) -> None:
        self._key = cache.digest(str(root), cache.stamp())
        self._known: dict[str, Any] = cache.read("files", self._key) or {}
        self._changed = False

    def look(self, name: str, path: Path) -> tuple[int, str, Head] | Diagnostic:
        """Size, digest and head of a file, from the disk only where it changed."""
        looked = time.time_ns()
        try:
            status = path.stat()
            sign = (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
            known = self._known.get(str(path))
            if known is not None and known[0] == sign:
                return status.st_size, known[1], _head(known[2])
            source = Source(name, path=path)
            content = cache.digest_of(source.chunks())
        except OSError as error:
            return unreadable(name, error)
        head = read_head(source.window(0, 65_536))
        if looked - max(status.st_mtime_ns, status.st_ctime_ns) > _RACY:
            self._known[str(path)] = (sign, content, _packed_head(head))
            self._changed = True
        elif self._known.pop(str(path), None):
            self._changed = True
        return status.st_size, content, head

    def save(self) -> None:
        if self._changed:
            cache.write(self._known, "files", self._key)


def _packed_head(head: Head) -> tuple[Any, ...]:
    return (*astuple(head)[:4], tuple(astuple(model) for model in head.models))


def _head(packed: tuple[Any, ...]) -> Head:
    namespace, root, line, column, models = packed
    return Head(namespace, root, line, column, tuple(Model(*model) for model in models))


class _Verdicts:
    """The findings of earlier runs, by what they depend on."""

    def __init__(self) -> None:
        self._shards: dict[tuple[str, str], dict[str, Any]] = {}
        self._changed: set[tuple[str, str]] = set()

    def find(self, task: _Task) -> tuple[Diagnostic, ...] | None:
        """The findings in a file as they were told before, or None."""
        packed = self._shard(task).get(task.content)
        return None if packed is None else _unpacked(packed, task.name)

    def keep(self, task: _Task, verdict: Verdict) -> None:
        """Remember a verdict. What the disk refused or the schema lacked is no verdict."""
        if any(item.code in ("TK001", "TK109") for item in verdict.findings):
            return
        shard = self._shard(task)
        shard[task.content] = [pack(item) for item in verdict.findings]
        if len(shard) > _KEPT:
            del shard[next(iter(shard))]
        self._changed.add((task.key, task.content[0]))

    def save(self) -> None:
        for key in self._changed:
            cache.write(self._shards[key], "verdicts", *key)

    def _shard(self, task: _Task) -> dict[str, Any]:
        key = (task.key, task.content[0])
        if key not in self._shards:
            self._shards[key] = cache.read("verdicts", *key) or {}
        return self._shards[key]


def _key(grammars: tuple[Grammar, ...]) -> str:
    return cache.digest(cache.stamp(), *(grammar.key for grammar in grammars))


def _unpacked(packed: Iterable[Any], name: str) -> tuple[Diagnostic, ...]:
    return tuple(unpack(item, name) for item in packed)

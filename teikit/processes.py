"""Work spread over processes: all processors used, an interruption told once, by the parent."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")

# Whether a process begins with what its parent has in memory, rather than with nothing.
FORKED = sys.platform == "linux"


class BrokenPoolError(Exception):
    """A process was killed from outside; what it had been given is not done."""


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def batches(
    tasks: Iterable[_Task], size: Callable[[_Task], int], share: int
) -> Iterator[list[_Task]]:
    """The tasks in order, cut into lists whose sizes together reach ``share``."""
    batch: list[_Task] = []
    gathered = 0
    for task in tasks:
        batch.append(task)
        gathered += size(task)
        if gathered >= share:
            yield batch
            batch, gathered = [], 0
    if batch:
        yield batch


def spread(
    work: Callable[[_Task], _Result],
    tasks: Sequence[_Task],
    jobs: int,
    begin: Callable[..., None],
    ready: tuple[Any, ...] = (),
) -> Iterator[_Result]:
    """What ``work`` makes of each task, in ``jobs`` processes, in the order of completion.

    ``begin`` prepares a process and is given ``ready``. What was not begun when the caller stops
    asking is not done. Raises BrokenPoolError when a process dies.
    """
    import multiprocessing
    from concurrent import futures
    from concurrent.futures import process

    context = multiprocessing.get_context("fork" if FORKED else "spawn")
    pool = futures.ProcessPoolExecutor(jobs, context, _begin, (begin, ready))
    try:
        waiting = {pool.submit(work, task) for task in tasks}
        while waiting:
            done, waiting = futures.wait(waiting, return_when=futures.FIRST_COMPLETED)
            while done:
                yield done.pop().result()  # and let go of it: results may be large
    except process.BrokenProcessPool as error:
        raise BrokenPoolError from error
    finally:
        pool.shutdown(cancel_futures=True)


def _begin(begin: Callable[..., None], ready: tuple[Any, ...]) -> None:
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is interrupted, and tells
    begin(*ready)

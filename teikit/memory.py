"""Memory: many small values made at once, without being looked through again and again."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def plain_values() -> Iterator[None]:
    """Do not search for cycles of references while values are made that have none.

    Facts are such values. The interpreter would go through all of them each time that their number
    has grown by a quarter: that is a third of the time it takes to open a large index.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()

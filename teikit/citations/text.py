"""Citations as text: one a line."""

from __future__ import annotations

from collections.abc import Sequence

from teikit.citations.options import Options, plain
from teikit.citations.styles import compose
from teikit.record import Record, limited


def write(records: Sequence[Record], options: Options) -> str:
    """One citation a line."""
    return "".join(f"{plain(runs)}\n" for runs in compose(records, options))


def citation(record: Record, options: Options = Options()) -> str:  # noqa: B008 - it is frozen
    """One citation, of the places by which one cites such a record."""
    (runs,) = compose([limited(record)], options)
    return plain(runs)

"""Checks on the meaning of a corpus: what a grammar cannot see.

Each is a generator ``(links) -> Iterator[Diagnostic]`` in a file of its own and a row here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from teikit.checks import (
    alignment,
    authorities,
    bibliographies,
    bonds,
    canonical,
    contradictions,
    dates,
    habits,
    headers,
    ids,
    lives,
    naming,
    order,
    parity,
    pointers,
    published,
    registers,
    shelving,
    sorting,
    targets,
    wanting,
)
from teikit.diagnostics import Diagnostic
from teikit.links import Links

Check = Callable[[Links], Iterator[Diagnostic]]

CHECKS: tuple[tuple[str, Check], ...] = (
    ("ids", ids.check),
    ("pointers", pointers.check),
    ("canonical", canonical.check),
    ("habits", habits.check),
    ("targets", targets.check),
    ("bonds", bonds.check),
    ("registers", registers.check),
    ("naming", naming.check),
    ("lives", lives.check),
    ("authorities", authorities.check),
    ("sorting", sorting.check),
    ("dates", dates.check),
    ("alignment", alignment.check),
    ("order", order.check),
    ("parity", parity.check),
    ("headers", headers.check),
    ("shelving", shelving.check),
    ("wanting", wanting.check),
    ("contradictions", contradictions.check),
    ("published", published.check),
    ("bibliographies", bibliographies.check),
)

# The checks of what the links are made of: with an error among these nothing can be linked.
POINTING: tuple[Check, ...] = (
    *(ids.check, pointers.check, canonical.check, habits.check, targets.check, bonds.check),
    *(alignment.check, order.check),
)


def run(links: Links) -> Iterator[Diagnostic]:
    """All findings of all checks."""
    for _, check in CHECKS:
        yield from check(links)

"""The nearest of many names, in time that hardly depends on how many there are."""

from __future__ import annotations

import difflib
import re
from bisect import bisect_left
from collections.abc import Iterable

# So many lost ids get a suggestion; who has more of them has another problem.
_BUDGET = 200
# Among so many names each is compared; of more, those that begin alike and those that end alike.
_FEW = 600


class Nearest:
    """Suggestions for names that were not found, until the budget of the run is spent."""

    def __init__(self) -> None:
        """Begin with the whole budget."""
        self._left = _BUDGET
        self._sorted: dict[str, tuple[list[str], list[str]]] = {}

    def among(self, name: str, where: str, candidates: Iterable[str]) -> list[str]:
        """Up to three of the candidates that are most like a name, the likest first.

        ``where`` names the candidates: they are sorted once for all names that are looked for.
        """
        if not self._left or not name:
            return []
        self._left -= 1
        if where not in self._sorted:
            known = sorted(set(candidates))
            ends = sorted(key[::-1] for key in known) if len(known) > _FEW else []
            self._sorted[where] = known, ends
        known, ends = self._sorted[where]
        if ends:
            backward = _around(ends, name[::-1])
            known = sorted({*_around(known, name), *(key[::-1] for key in backward)})
        return difflib.get_close_matches(name, known, n=3)


def _around(known: list[str], name: str) -> list[str]:
    """What stands next to where a name would stand."""
    at = bisect_left(known, name)
    return known[max(0, at - _FEW // 4) : at + _FEW // 4]


def only_numbers_differ(one: str, other: str) -> bool:
    """Whether two ids are of one row: ``p12`` and ``p13``."""
    return one != other and re.sub(r"\d+", "0", one) == re.sub(r"\d+", "0", other)

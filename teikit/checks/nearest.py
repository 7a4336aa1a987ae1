"""The nearest of many names, found in time that does not depend on how many are looked for."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

# So many lost ids get a suggestion; who has more of them has another problem.
_BUDGET = 200
# Among so many names each is compared; of more, those that begin or end alike.
_MANY = 2000


class Nearest:
    """Suggestions for names that were not found, until the budget of the run is spent."""

    def __init__(self) -> None:
        """Begin with the whole budget."""
        self._left = _BUDGET

    def among(self, name: str, candidates: Iterable[str], number: int = 3) -> list[str]:
        """Those of the candidates that are most like a name, the likest first."""
        if not self._left or not name:
            return []
        self._left -= 1
        known = sorted(set(candidates))
        if len(known) > _MANY:
            known = [
                key for key in known if key[:3] == name[:3] or (key[-4:] == name[-4:] and key)
            ][: 2 * _MANY]
        return difflib.get_close_matches(name, known, n=number)


def only_numbers_differ(one: str, other: str) -> bool:
    """Whether two ids are of one row: ``p12`` and ``p13``."""
    return one != other and re.sub(r"\d+", "0", one) == re.sub(r"\d+", "0", other)

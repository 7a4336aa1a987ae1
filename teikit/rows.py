"""Rows: the units of all versions of a document side by side, as a page shows them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from teikit.alignment import Partners
from teikit.facts import Facts
from teikit.passages import Unit


@dataclass(frozen=True, slots=True)
class Row:
    """Units that stand side by side: one for each version of the document, or None."""

    cells: tuple[Unit | None, ...]

    @property
    def ref(self) -> str:
        """The canonical reference that the units share, or the empty string."""
        return next((unit.ref for unit in self.cells if unit and unit.ref), "")


def merge(versions: tuple[Facts, ...], partners: Partners) -> Iterator[Row]:
    """Merge the units of all versions: aligned ones in one row, the others at their place."""
    order = [list(version.units) for version in versions]
    index = {
        (version.path, unit.id): (column, unit)
        for column, version in enumerate(versions)
        for unit in version.units
        if unit.id
    }
    done: set[tuple[int, str]] = set()

    def row_of(column: int, unit: Unit) -> list[Unit | None]:
        cells: list[Unit | None] = [None] * len(versions)
        cells[column] = unit
        for target in partners[versions[column].path, unit.id or unit.key]:
            other = index.get(target)
            if other and cells[other[0]] is None and (other[0], other[1].key) not in done:
                cells[other[0]] = other[1]
        return cells

    cursors = [0] * len(versions)

    def flush(column: int, until: str) -> Iterator[Row]:
        """Rows of the units of ``column`` that come before ``until`` and stand alone."""
        while cursors[column] < len(order[column]):
            unit = order[column][cursors[column]]
            if unit.key == until:
                return
            if (column, unit.key) not in done:
                cells = row_of(column, unit)
                if sum(cell is not None for cell in cells) > 1:
                    return  # aligned with something later: it waits for its row
                done.add((column, unit.key))
                yield Row(tuple(cells))
            cursors[column] += 1

    for unit in order[0]:
        if (0, unit.key) in done:
            continue
        cells = row_of(0, unit)
        for column in range(1, len(versions)):
            other = cells[column]
            if other is not None:
                yield from flush(column, other.key)
        done.update((column, cell.key) for column, cell in enumerate(cells) if cell)
        yield Row(tuple(cells))
    for column in range(1, len(versions)):
        for unit in order[column]:
            if (column, unit.key) not in done:
                cells = row_of(column, unit)
                done.update((at, cell.key) for at, cell in enumerate(cells) if cell)
                yield Row(tuple(cells))

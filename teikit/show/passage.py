"""A passage: its text, its partners, who is named in it, how it is cited."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from teikit.facts import Facts, Mention
from teikit.links import Links
from teikit.lookup import Passage
from teikit.passages import Unit
from teikit.rows import Row
from teikit.show.common import (
    appearing,
    cited,
    row_reference,
    spanned,
    speaks,
    title,
    unit_reference,
)
from teikit.show.views import Cell, Line, Nothing, PassageView, Remark


def gather(links: Links, passage: Passage, languages: Sequence[str]) -> PassageView | Nothing:
    """All that is shown of a passage. The version that was named comes first."""
    group = passage.group
    versions = sorted(
        (version for version in group.versions if speaks(version, languages)),
        key=lambda version: version is not passage.version,
    )
    rows = [row for row in passage.rows if any(_unit(passage, row, item) for item in versions)]
    name = _reference(passage, passage.rows)
    spoken = [passage.version.lang] if passage.version else []
    if not rows:
        return Nothing(name, (), f"it is not in {' or '.join(languages)}")
    return PassageView(
        reference=name,
        document=group.id,
        title=title(links, group, [*languages, *spoken]),
        rows=tuple(
            Line(row_reference(group, row), tuple(_cells(passage, row, versions))) for row in rows
        ),
        entities=tuple(appearing(links, _named(passage, rows, versions), languages)),
        citations=tuple(
            cited(links, group, version, units)
            for version in versions
            if (units := _units(passage, rows, version))
        ),
    )


def _unit(passage: Passage, row: Row, version: Facts) -> Unit | None:
    return row.cells[passage.group.versions.index(version)]


def _units(passage: Passage, rows: Sequence[Row], version: Facts) -> list[Unit]:
    return [unit for row in rows if (unit := _unit(passage, row, version))]


def _reference(passage: Passage, rows: Sequence[Row]) -> str:
    """What leads to the passage: in the version that was named, or in all of them."""
    version = passage.version
    if version is None:
        return spanned(passage.group.id, [row_reference(passage.group, row) for row in rows])
    units = _units(passage, rows, version)
    return spanned(version.id, [unit_reference(version, unit) for unit in units])


def _cells(passage: Passage, row: Row, versions: Sequence[Facts]) -> Iterator[Cell]:
    for version in versions:
        if unit := _unit(passage, row, version):
            yield Cell(
                version.id,
                unit.lang or version.lang,
                passage.group.role(version),
                unit_reference(version, unit),
                unit.id,
                unit.element,
                version.path,
                unit.location.line,
                unit.text,
                tuple(
                    Remark(note.id, note.type, note.lang, note.text)
                    for note in version.notes
                    if note.unit == unit.key
                ),
            )


def _named(
    passage: Passage, rows: Sequence[Row], versions: Sequence[Facts]
) -> Iterator[tuple[Facts, Mention]]:
    for version in versions:
        keys = {unit.key for unit in _units(passage, rows, version)}
        for mention in version.mentions:
            if mention.unit in keys:
                yield version, mention

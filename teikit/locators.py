"""Passages in citations: the canonical reference, what it counts, the leaf that it stands on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from lxml import etree

from teikit.bibliography import address
from teikit.facts import Facts
from teikit.linkdoc import anchor
from teikit.links import Group, Links
from teikit.names import TEI
from teikit.passages import Unit, key_of, unit_elements
from teikit.record import Locator, Record
from teikit.rows import Row

_BREAK = f"{{{TEI}}}pb"
# What a page break begins, by the names that people ask for it by.
LEAVES = ("folio", "leaf", "page")


def located(
    links: Links, group: Group, version: Facts, record: Record, units: Sequence[Unit]
) -> Record:
    """The record of some units of the version that follow each other, as one passage."""
    first, last = units[0], units[-1]
    found = locator(version, first, last, leaves_of(links, version))
    where = address(links, group, version, anchor(version, first))
    name = found.ref or found.id
    return replace(record, id=f"{version.id}#{name}", locator=found, url=where or record.url)


def locator(
    version: Facts, first: Unit, last: Unit, leaves: Mapping[str, tuple[str, str]]
) -> Locator:
    """The passage from the first unit to the last, within the level above where both share it.

    ``leaves`` are those of the version (:func:`leaves_of`).
    """
    begins, ends = leaves.get(first.key, ("", "")), leaves.get(last.key, ("", ""))
    leaf = begins[0] if begins[0] == ends[1] else "-".join(filter(None, (begins[0], ends[1])))
    home = anchor(version, first)
    if not first.steps:
        # What has no reference of its own is called by the element that it is.
        return Locator("", first.element, "", (), leaf, home)
    *above, (unit, value) = first.steps
    ref = first.ref
    if last is not first and last.steps:
        *others, (kind, end) = last.steps
        ref = f"{first.ref}-{last.ref}" if others != above else f"{first.ref}-{end}"
        value = f"{value}-{end}" if (others, kind) == (above, unit) else f"{first.ref}-{last.ref}"
    return Locator(ref, unit or "paragraph", value, tuple(above), leaf, home)


# -- leaves --------------------------------------------------------------------------------------


def leaves_of(links: Links, version: Facts) -> dict[str, tuple[str, str]]:
    """For each unit, by its key, the leaf or page on which it begins and that on which it ends.

    Those are the ``@n`` of the ``pb`` before and in it (Guidelines 3.11.3). Empty where the text
    has none; the file is read for it.
    """
    root = links.corpus.document(version.path).root
    if next(root.iter(_BREAK), None) is None:
        return {}
    units = {element: key_of(element) for element in unit_elements(root)}
    found: dict[str, tuple[str, str]] = {}
    current = ""
    for node in root.iter("{*}*"):
        if node.tag == _BREAK:
            current = node.get("n", "") or current
        elif node in units:
            inside = [mark for mark in node.iter(_BREAK) if mark.get("n")]
            begins = inside[0].get("n", "") if inside and _opens(inside[0], node) else current
            ends = inside[-1].get("n", "") if inside else begins
            found[units[node]] = (begins, ends)
    return found


def _opens(mark: etree._Element, unit: etree._Element) -> bool:
    """Whether the unit has no text before the page break in it."""
    for event, node in etree.iterwalk(unit, events=("start", "end")):
        if node is mark:
            return True
        text = node.text if event == "start" else node.tail
        if (text or "").strip():
            return False
    return False


def on_leaf(links: Links, group: Group, version: Facts, leaf: str) -> tuple[Row, ...]:
    """The rows whose unit of the version stands on a leaf or page, wholly or in part."""
    column = group.versions.index(version)
    leaves = leaves_of(links, version)
    order = list(dict.fromkeys(name for ends in leaves.values() for name in ends if name))
    if leaf not in order:
        return ()
    at = order.index(leaf)

    def there(unit: Unit | None) -> bool:
        begins, ends = leaves.get(unit.key, ("", "")) if unit else ("", "")
        return bool(begins and ends) and order.index(begins) <= at <= order.index(ends)

    return tuple(row for row in group.rows if there(row.cells[column]))

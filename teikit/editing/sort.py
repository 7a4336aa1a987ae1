"""Put the entries of registers in order, whole and with their comments; nothing else moves."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from teikit.collation import natural_key, sort_key
from teikit.diagnostics import RULES, Location
from teikit.editing.finding import files_named
from teikit.editing.layout import pieces
from teikit.editing.plan import Opened, Plan, Workspace
from teikit.edits import refused
from teikit.errors import EditError
from teikit.facts import Facts
from teikit.links import Links
from teikit.names import ENTITY_KINDS, KIND_OF_ENTRY, XML_ID, local
from teikit.registers import Entry

# Entries stand in lists, and in entries of their kind: a place in a place.
_PARENTS = frozenset().union(*(kind.lists | kind.entries for kind in ENTITY_KINDS))


@dataclass(frozen=True, slots=True)
class _Slot:
    """A place for an entry, and the bytes of the entry that shall stand there."""

    start: int
    end: int
    first: int
    last: int


def sort(links: Links, registers: Sequence[str] = (), by: str = "id", lang: str = "") -> Plan:
    """Plan to sort the lists of registers, each nested list for itself.

    ``registers`` are files (paths, or their stems); without any, all registers of the corpus.
    ``by`` is ``id`` (numbers in ids by their value) or ``name`` (as a dictionary has them, in
    ``lang``, else in the language of the register). Entries without an id, or without a name, keep
    their places.
    Raises EditError where a register does not exist.
    """
    workspace = Workspace(links)
    moved = 0
    for facts in chosen(links, registers):
        if facts.entries:
            opened = workspace.open(facts.path)
            moved += _sort(opened, by, lang or facts.lang)
    changes = workspace.changes()
    entries = "1 entry moves" if moved == 1 else f"{moved} entries move"
    files = "1 file" if len(changes) == 1 else f"{len(changes)} files"
    return Plan(
        f"sorted by {by}: {entries} in {files}" if moved else f"all is sorted by {by} already",
        changes,
        workspace.counts(),
    )


def chosen(links: Links, registers: Sequence[str]) -> list[Facts]:
    """The registers that somebody names, or all of them."""
    if not registers:
        found = [facts for facts in links.facts if facts.role == "register"]
        if not found:
            raise EditError(
                RULES["TK902"].at(
                    Location("."),
                    "no file of the corpus is a register",
                    hints=("name the file whose lists are meant",),
                )
            )
        return found
    named: dict[str, Facts] = {}
    for name in registers:
        files = files_named(links, name)
        if not files:
            known = ", ".join(facts.path for facts in links.facts if facts.role == "register")
            hints = (f"the registers are {known}",) if known else ()
            raise refused(Location(name), f"there is no register {name}", *hints)
        named.update((facts.path, facts) for facts in files)
    return list(named.values())


def _sort(opened: Opened, by: str, lang: str) -> int:
    """Plan to sort all lists of a file; how many entries move."""
    entries = {
        (entry.location.line, entry.location.column): entry for entry in opened.facts.entries
    }
    slots: list[_Slot] = []
    for element in opened.elements:
        if local(element.tag) in _PARENTS:
            slots += _slots(opened, element, entries, by, lang)
    slots.sort(key=lambda item: item.start)
    moved = [slot for slot in slots if (slot.start, slot.end) != (slot.first, slot.last)]
    for slot in _outermost(slots):
        before = opened.spans.text(slot.start, slot.end)
        after = _shown(opened, slot, slots)
        if after != before:
            opened.replace(slot.start, slot.end, after)
    return len(moved)


def _slots(
    opened: Opened,
    parent: etree._Element,
    entries: dict[tuple[int | None, int | None], Entry],
    by: str,
    lang: str,
) -> Iterator[_Slot]:
    """The places of one list, with what shall stand in each."""
    places = []
    keyed: list[tuple[Any, int, int]] = []
    for piece in pieces(opened, parent):
        element = opened.elements[piece.index]
        kind = KIND_OF_ENTRY.get(piece.name)
        listed = kind is not None and local(parent.tag) in kind.lists | kind.entries
        if not listed or not element.get(XML_ID):
            continue
        entry = entries.get(opened.document.scan.place(piece.index))
        key = entry and _key(entry, by, lang)
        if key:
            places.append((piece.start, piece.end))
            keyed.append((key, piece.start, piece.end))
    for (start, end), (_, first, last) in zip(
        places, sorted(keyed, key=lambda item: item[0]), strict=True
    ):
        yield _Slot(start, end, first, last)


def _key(entry: Entry, by: str, lang: str) -> Any:
    if by == "id":
        return natural_key(entry.id)
    if not entry.names:
        return None
    return (*sort_key(entry.sort_form(lang), lang), natural_key(entry.id))


def _outermost(slots: Sequence[_Slot]) -> Iterator[_Slot]:
    """Of places in order those that stand in no other one."""
    end = -1
    for slot in slots:
        if slot.start >= end:
            yield slot
            end = slot.end


def _shown(opened: Opened, slot: _Slot, slots: Sequence[_Slot]) -> str:
    """The text of the entry that a place gets, with the lists inside it sorted too."""
    # All that begins inside the entry stands inside it; the first is the place of the entry itself.
    first = bisect_right(slots, slot.first, key=lambda item: item.start)
    inside = slots[first : bisect_left(slots, slot.last, key=lambda item: item.start)]
    parts = []
    at = slot.first
    for item in _outermost(inside):
        parts += [opened.spans.text(at, item.start), _shown(opened, item, slots)]
        at = item.end
    return "".join((*parts, opened.spans.text(at, slot.last)))

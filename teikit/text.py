"""The words of a text in reading order, corrected or diplomatic.

The same table of choices is written for stylesheets in ``xslt/common/reading.xsl``; a test compares
the two on every element they name.
"""

from __future__ import annotations

from typing import Literal

from lxml import etree

from teikit.names import BLOCKS, BREAKS, local

Reading = Literal["corrected", "diplomatic"]

# Which child of an alternation is read, best first (Guidelines 3.5, 12.3, 13.1). An abbreviation is
# read as written in both: its expansion is an editor's help, not the document's word.
PREFERRED: dict[Reading, dict[str, tuple[str, ...]]] = {
    "corrected": {
        "choice": ("corr", "reg", "abbr", "unclear", "seg", "sic", "orig", "expan"),
        "app": ("lem", "rdg", "rdgGrp"),
        "rdgGrp": ("lem", "rdg", "rdgGrp"),
        "subst": ("add", "del"),
    },
    "diplomatic": {
        "choice": ("sic", "orig", "abbr", "unclear", "seg", "corr", "reg", "expan"),
        "app": ("lem", "rdg", "rdgGrp"),
        "rdgGrp": ("lem", "rdg", "rdgGrp"),
    },
}
# Elements that are not part of the running text of a reading.
HIDDEN: dict[Reading, frozenset[str]] = {
    "corrected": frozenset({"del", "surplus", "fw", "teiHeader"}),
    "diplomatic": frozenset({"fw", "teiHeader"}),
}


def is_note(element: etree._Element) -> bool:
    """Whether the element is a note that is set apart from the running text."""
    return local(element.tag) == "note" and element.get("place") != "inline"


def is_standoff(element: etree._Element) -> bool:
    """Whether the element is an entry of an apparatus that stands apart from what it is about.

    It says where that is by ``@from`` or ``@loc``, or is kept in a list (Guidelines 12.2).
    """
    if local(element.tag) != "app":
        return False
    parent = element.getparent()
    listed = parent is not None and local(parent.tag) == "listApp"
    return listed or element.get("from") is not None or element.get("loc") is not None


class Words:
    """The running text of an element with single spaces, and where each element in it stands.

    ``text`` leaves notes out (unless the element is itself one); ``spans`` gives for each element
    the half-open range of characters that it covers in ``text``.
    """

    def __init__(self, element: etree._Element, reading: Reading = "corrected") -> None:
        """Read ``element`` from its start to its end, without its tail."""
        self.spans: dict[etree._Element, tuple[int, int]] = {}
        self._parts: list[str] = []
        self._length = 0
        self._space = False
        self._reading: Reading = reading
        self._walk(element, top=True)
        self.text = "".join(self._parts)

    def _add(self, text: str | None) -> None:
        if not text:
            return
        words = text.split()
        if not words:
            self._space = True
            return
        if text[0].isspace():
            self._space = True
        joined = " ".join(words)
        if self._space and self._length:
            joined = " " + joined
        self._parts.append(joined)
        self._length += len(joined)
        self._space = text[-1].isspace()

    def _walk(self, element: etree._Element, *, top: bool = False) -> None:
        name = local(element.tag)
        if not name or name in HIDDEN[self._reading] or (is_note(element) and not top):
            return
        if is_standoff(element):
            return
        block = name in BLOCKS
        breaking = name in BREAKS and element.get("break") != "no"
        self._space = self._space or block or breaking
        start = self._length + (1 if self._space and self._length else 0)
        self._add(element.text)
        for child in _read_children(element, self._reading):
            self._walk(child)
            if local(element.tag) not in PREFERRED[self._reading]:
                self._add(child.tail)
        self._space = self._space or block
        self.spans[element] = (min(start, self._length), self._length)


def _read_children(element: etree._Element, reading: Reading) -> list[etree._Element]:
    """The children that are read: of an alternation one alternative, of anything else all."""
    children = list(element)
    order = PREFERRED[reading].get(local(element.tag))
    if order is None:
        return children
    by_name: dict[str, etree._Element] = {}
    for child in children:
        by_name.setdefault(local(child.tag), child)
    best = next((by_name[name] for name in order if name in by_name), None)
    if best is None:
        return [child for child in children if local(child.tag)][:1]
    return [best]


def words(element: etree._Element, reading: Reading = "corrected") -> str:
    """The running text of ``element`` with single spaces, without the notes set apart."""
    return Words(element, reading).text


def snippet(text: str, start: int, end: int, width: int = 48) -> tuple[str, str, str]:
    """What stands before, at and after a range of ``text``, cut at words, ``…`` where it was cut.

    ``width`` is the number of characters kept on each side, at most.
    """
    before, hit, after = text[:start], text[start:end], text[end:]
    if len(before) > width:
        before = "…" + before[-width:].partition(" ")[2]
    if len(after) > width:
        after = after[:width].rpartition(" ")[0] + "…"
    return before, hit, after

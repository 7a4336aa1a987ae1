"""What a unit says in dates and numbers, what its notes name, and how it is aligned.

These facts are what a translation is compared by. Each function reads one unit whose running text
is known (:class:`teikit.text.Words`), in the corrected reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from teikit.corpus import Document, attributes, base_of
from teikit.diagnostics import Location
from teikit.header import language
from teikit.names import ENTITY_KINDS, NS, TEI, XML_ID, local
from teikit.numbers import leading_label, read_numbers
from teikit.passages import key_of
from teikit.text import Words, is_note, words

DATES = frozenset({"date", "time", "origDate", "docDate"})
# What holds digits that are no numbers of the text: dates, names, labels and references.
_NO_NUMBERS = (
    DATES
    | {"rs", "name", "forename", "surname", "label", "idno", "biblScope", "note", "fw", "formula"}
    | frozenset().union(*(kind.mentions for kind in ENTITY_KINDS))
)
# The attributes that give the value of what an element says in words.
_QUANTITIES = {"num": "value", "measure": "quantity"}
# What a link or a group of links is called that states which units translate each other.
_ALIGNING = frozenset({"alignment", "translation"})


@dataclass(frozen=True, slots=True)
class Figure:
    """A date or a number in the running text of a unit, outside its notes.

    ``kind`` is ``date`` or ``number``; ``value`` its normal form: a decimal number, or a date as
    ISO 8601, ``from/to`` for a period, ``notBefore..notAfter`` for limits, with nothing at an end
    that is not known; ``text`` the words of the text; ``unit`` the key of the unit.
    """

    kind: str
    value: str
    text: str
    unit: str
    location: Location


@dataclass(frozen=True, slots=True)
class Note:
    """A note inside a unit, and what it names.

    ``tokens`` are the pointers of the names in it and of its own ``@corresp``; ``dates`` the values
    of the dates in it, in the form of :class:`Figure`; ``unit`` is the key of the unit.
    """

    unit: str
    id: str
    type: str
    lang: str
    text: str
    tokens: tuple[str, ...]
    dates: tuple[str, ...]
    location: Location


@dataclass(frozen=True, slots=True)
class Inner:
    """A piece inside a unit that is aligned by itself, such as a paragraph of a list item.

    ``n`` is its ``@n``, ``tokens`` are those of its ``@corresp``, ``unit`` the key of the unit.
    """

    id: str
    n: str
    element: str
    unit: str
    tokens: tuple[str, ...]
    location: Location


@dataclass(frozen=True, slots=True)
class Tie:
    """A ``link`` that states in one place which units translate each other."""

    tokens: tuple[str, ...]
    base: str
    location: Location


def date_of(element: etree._Element) -> str:
    """The normalised value that the attributes of att.datable state, ``""`` where they do not."""

    def get(name: str) -> str:
        return (element.get(name) or element.get(f"{name}-iso") or "").strip()

    if when := get("when"):
        return when
    if get("from") or get("to"):
        return f"{get('from')}/{get('to')}"
    if get("notBefore") or get("notAfter"):
        return f"{get('notBefore')}..{get('notAfter')}"
    return ""


def read_said(
    document: Document, texts: Mapping[etree._Element, Words]
) -> tuple[tuple[Figure, ...], tuple[Note, ...], tuple[Inner, ...]]:
    """The figures, notes and inner pieces of the units whose running texts are given."""
    figures: list[Figure] = []
    notes: list[Note] = []
    inner: list[Inner] = []
    for unit, running in texts.items():
        key = key_of(unit)
        figures += read_figures(document, unit, key, running)
        notes += read_notes(document, unit, key)
        inner += read_inner(document, unit, key)
    return tuple(figures), tuple(notes), tuple(inner)


def read_figures(
    document: Document, unit: etree._Element, key: str, running: Words
) -> Iterator[Figure]:
    """The dates and numbers in the running text of a unit, dates first, in order."""
    covered: list[tuple[int, int]] = []
    for element, span in running.spans.items():
        name = local(element.tag)
        if element is unit:
            continue
        if _in_gloss(element, unit):
            covered.append(span)
            continue
        if name in DATES and (value := date_of(element)):
            text = running.text[slice(*span)]
            yield Figure("date", value, text, key, document.locate(element))
        elif name in _QUANTITIES and (quantity := element.get(_QUANTITIES[name])):
            value = next((value for *_, value in read_numbers(quantity, "en")), quantity)
            text = running.text[slice(*span)]
            yield Figure("number", value, text, key, document.locate(element))
            covered.append(span)
        if name in _NO_NUMBERS or element.get("ref") or element.get("key"):
            covered.append(span)
    free = list(running.text)
    for element, (start, end) in running.spans.items():
        if start < end and (whole := element.find("tei:expan", NS)) is not None:
            # “1400 мл” is 1400 millions: numbers are read with abbreviations resolved.
            free[start:end] = [words(whole), *[""] * (end - start - 1)]
    for start, end in covered:
        # What no number can stand next to, so that two halves do not become one number.
        free[start:end] = "\0" * (end - start)
    origin = [index for index, piece in enumerate(free) for _ in piece]
    label = leading_label(running.text)
    for start, end, value in read_numbers("".join(free), language(unit)):
        first, last = origin[start], origin[end - 1] + 1
        if first >= label:
            text = running.text[first:last]
            yield Figure("number", value, text, key, _place(document, unit, running, first, text))


def read_notes(document: Document, unit: etree._Element, key: str) -> Iterator[Note]:
    """The notes of a unit, those in the line too, with what they name."""
    for note in unit.iter(f"{{{TEI}}}note"):
        inside = list(note.iter("{*}*"))
        named = [node.get("ref") or node.get("key") or "" for node in inside]
        yield Note(
            key,
            note.get(XML_ID, ""),
            note.get("type", ""),
            language(note),
            words(note),
            tuple(dict.fromkeys(" ".join([note.get("corresp", ""), *named]).split())),
            tuple(
                dict.fromkeys(
                    value
                    for node in inside
                    if local(node.tag) in DATES and (value := date_of(node))
                )
            ),
            document.locate(note),
        )


def read_inner(document: Document, unit: etree._Element, key: str) -> Iterator[Inner]:
    """What inside a unit, outside its notes, names something that corresponds to it."""
    for element in unit.iter("{*}*"):
        if element is unit or not element.get("corresp"):
            continue
        if not any(local(node.tag) == "note" for node in _up(element, unit)):
            yield Inner(
                element.get(XML_ID, ""),
                element.get("n", ""),
                local(element.tag),
                key,
                tuple(element.get("corresp", "").split()),
                document.locate(element, "corresp"),
            )


def read_ties(document: Document) -> Iterator[Tie]:
    """The links of alignment in a document."""
    for link in document.root.iterfind(".//tei:link", NS):
        parent = link.getparent()
        kinds = {link.get("type"), None if parent is None else parent.get("type")}
        target = attributes(link).get("target", "").split()
        if not kinds.isdisjoint(_ALIGNING) and len(target) > 1:
            yield Tie(tuple(target), base_of(link), document.locate(link, "target"))


def in_gloss(element: etree._Element) -> bool:
    """Whether the element stands in a note that is printed in the line."""
    return any(local(node.tag) == "note" and not is_note(node) for node in _up(element, None))


def _in_gloss(element: etree._Element, unit: etree._Element) -> bool:
    return any(local(node.tag) == "note" for node in _up(element, unit))


def _up(element: etree._Element, end: etree._Element | None) -> Iterator[etree._Element]:
    """The element and what it stands in, up to ``end`` (left out)."""
    node: etree._Element | None = element
    while node is not None and node is not end:
        yield node
        node = node.getparent()


def _place(
    document: Document, unit: etree._Element, running: Words, start: int, text: str
) -> Location:
    """Where the words at ``start`` of the running text stand in the file.

    Where they are not found letter by letter (a comment or a tag divides them): the start-tag of
    the innermost element around them.
    """
    around = unit
    while True:
        inner = next(
            (
                child
                for child in around.iterchildren("{*}*")
                if child in running.spans
                and running.spans[child][0] <= start < running.spans[child][1]
            ),
            None,
        )
        if inner is None:
            break
        around = inner
    seen = re.compile(re.escape(text).replace("\\ ", r"\s+"))
    pieces, at = _pieces(around, running, start)
    left = len(seen.findall(running.text[at:start]))
    for piece, after in pieces:
        raw = (piece.tail if after else piece.text) or ""
        for match in seen.finditer(raw):
            if left == 0:
                return _moved(document, piece, raw, match.start(), after=after)
            left -= 1
    return document.locate(around)


def _pieces(
    around: etree._Element, running: Words, start: int
) -> tuple[list[tuple[etree._Element, bool]], int]:
    """The stretches of text (of what, and whether behind it) in which ``start`` may stand.

    They end where the next child with words begins; the number says where the first begins in the
    running text.
    """
    pieces = [(around, False)]
    at = running.spans[around][0]
    for child in around:
        span = running.spans.get(child)
        if span and span[1] > start:
            break
        if span:
            pieces, at = [], span[1]
        # A comment or a note between two pieces of text has no words of its own here.
        pieces.append((child, True))
    return pieces, at


def _moved(
    document: Document, piece: etree._Element, raw: str, offset: int, *, after: bool
) -> Location:
    """The place ``offset`` characters into the text in, or behind, an element."""
    if not local(piece.tag):
        parent = piece.getparent()
        return document.locate(piece if parent is None else parent)
    where = document.locate_text(piece, after=after)
    skipped = raw[len(raw) - len(raw.lstrip(" \t\r\n")) : offset]
    lines = skipped.count("\n")
    if where.line is None or where.column is None:
        return where
    column = len(skipped) - skipped.rfind("\n") if lines else where.column + len(skipped)
    return Location(where.path, where.line + lines, column, where.xpath)

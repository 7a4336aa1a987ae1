"""Units and passages: the pieces a text falls into, and the references they are cited by.

A *unit* is what stands directly inside the divisions of a text: a head, an opener, a paragraph, a
list, a closer. Of a list whose items correspond to those of another text, each item is a unit. A
*passage* is a citable piece: what ``citeStructure`` in the header makes citable (Guidelines 3.11.4
and 16.2.5.4), and where the header has none, every unit, by its number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import elementpath
from lxml import etree

from teikit.corpus import Document
from teikit.diagnostics import Location
from teikit.header import language
from teikit.names import BREAKS, DIVISIONS, NS, TEI, XML_ID, local
from teikit.text import is_note, words


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of a text.

    ``key`` is the path of child positions from the root, e.g. ``"2.1.3"``; ``id`` its ``xml:id`` or
    ``""``; ``ref`` its canonical reference, ``""`` where it has none of its own; ``corresp`` the
    tokens of its ``@corresp``; ``part`` is front, body or back; ``n`` its ``@n``; ``declared`` says
    that ``citeStructure`` gives the reference, which is a mere count otherwise; ``steps`` are the
    levels of the reference from the outermost, each as (``@unit``, value): ``("paragraph", "12")``.
    """

    key: str
    id: str
    ref: str
    element: str
    part: str
    lang: str
    corresp: tuple[str, ...]
    location: Location
    text: str
    n: str = ""
    declared: bool = False
    steps: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """What a message calls the unit: its id, its reference, or its place."""
        return self.id or self.ref or self.key


def key_of(element: etree._Element) -> str:
    """The path of child positions from the root to the element, e.g. ``"2.1.3"``."""
    steps: list[str] = []
    node = element
    while (parent := node.getparent()) is not None:
        steps.append(str(1 + sum(1 for _ in node.itersiblings("{*}*", preceding=True))))
        node = parent
    return ".".join(reversed(steps))


def unit_elements(root: etree._Element) -> Iterator[etree._Element]:
    """The unit elements of a TEI document, or of all those in a ``teiCorpus``, in order.

    Where there is no text, what a ``sourceDoc`` transcribes: its zones and lines.
    """
    texts = 0
    for text in root.iter(f"{{{TEI}}}text"):
        parent = text.getparent()
        if parent is not None and local(parent.tag) in ("TEI", "teiCorpus"):
            texts += 1
            yield from _inside(text)
    for source in root.iter(f"{{{TEI}}}sourceDoc") if not texts else ():
        yield from _written(source)


def _written(surface: etree._Element) -> Iterator[etree._Element]:
    """The zones and lines of a surface, or of the surfaces in a source."""
    for child in surface.iterchildren("{*}*"):
        name = local(child.tag)
        if name in ("surfaceGrp", "surface"):
            yield from _written(child)
        elif name not in BREAKS and name not in ("graphic", "media") and not is_note(child):
            yield child


def _inside(division: etree._Element) -> Iterator[etree._Element]:
    for child in division.iterchildren("{*}*"):
        name = local(child.tag)
        if name in DIVISIONS or is_aligned_list(child):
            yield from _inside(child)
        elif name not in BREAKS and not is_note(child):
            yield child


def is_aligned_list(element: etree._Element) -> bool:
    """Whether the element is a list that corresponds item by item to another one."""
    return local(element.tag) == "list" and any(
        child.get("corresp") for child in element if local(child.tag) == "item"
    )


@dataclass(frozen=True, slots=True)
class Citable:
    """How a piece of a text is referred to: the whole reference, and its levels as Unit.steps."""

    ref: str
    steps: tuple[tuple[str, str], ...]


# What is counted where nothing is declared, and what one of them is called.
_COUNTED = {"p": "paragraph", "ab": "paragraph", "lg": "stanza", "sp": "speech", "l": "verse"}


def _counted_references(document: Document) -> dict[etree._Element, Citable]:
    """Paragraphs and their like by their number, where the header declares nothing."""
    units = (unit for unit in unit_elements(document.root) if local(unit.tag) in _COUNTED)
    return {
        unit: Citable(str(number), ((_COUNTED[local(unit.tag)], str(number)),))
        for number, unit in enumerate(units, 1)
    }


def declared_references(document: Document) -> dict[etree._Element, Citable]:
    """What the first ``refsDecl`` with usable structures makes citable."""
    found: dict[etree._Element, Citable] = {}
    for refs in declarations(document):
        for structure in refs.findall("tei:citeStructure", NS):
            _apply(structure, document.root, Citable("", ()), found)
        if found:
            break
    return found


def _apply(
    structure: etree._Element,
    context: etree._Element,
    outer: Citable,
    found: dict[etree._Element, Citable],
) -> None:
    """Follow one ``citeStructure``: ``@match`` selects, ``@use`` names, ``@delim`` joins."""
    match, use = structure.get("match", ""), structure.get("use", "")
    try:
        elements = elementpath.select(context, match, namespaces={"": TEI})
        for element in elements if isinstance(elements, list) else []:
            value = _value(element, use)
            if value in (None, [], ""):
                continue
            step = value if isinstance(value, str) else str(getattr(value, "text", value))
            delim = structure.get("delim", "") if outer.ref else ""
            level = (structure.get("unit", ""), step)
            citable = Citable(outer.ref + delim + step, (*outer.steps, level))
            found.setdefault(element, citable)
            for inner in structure.findall("tei:citeStructure", NS):
                _apply(inner, element, citable, found)
    except elementpath.ElementPathError:
        return  # it makes nothing citable; cite_problems tells why


_ATTRIBUTE = re.compile(r"@(xml:id|[\w.\-]+)")


def _value(element: etree._Element, use: str) -> Any:
    """What ``@use`` selects at an element: mostly an attribute, which needs no XPath engine."""
    if simple := _ATTRIBUTE.fullmatch(use):
        return element.get(XML_ID if simple[1] == "xml:id" else simple[1])
    value = elementpath.select(element, use, namespaces={"": TEI})
    return value[0] if isinstance(value, list) and value else value


def declarations(document: Document) -> list[etree._Element]:
    """The ``refsDecl`` elements of a document."""
    return document.root.findall("tei:teiHeader/tei:encodingDesc/tei:refsDecl", NS)


@dataclass(frozen=True, slots=True)
class CiteProblem:
    """An XPath expression of a ``citeStructure`` that cannot be used, and why."""

    attribute: str
    expression: str
    reason: str
    location: Location


def cite_problems(document: Document) -> Iterator[CiteProblem]:
    """What is wrong with the expressions of the ``citeStructure`` elements."""
    for refs in declarations(document):
        for structure in refs.iter(f"{{{TEI}}}citeStructure"):
            for attribute in ("match", "use"):
                expression = structure.get(attribute, "")
                try:
                    elementpath.XPath2Parser(namespaces={"": TEI}).parse(expression)
                except elementpath.ElementPathError as error:
                    place = document.locate(structure, attribute)
                    yield CiteProblem(attribute, expression, str(error), place)


def _reference(unit: etree._Element, refs: dict[etree._Element, Citable]) -> Citable:
    """The reference of a unit: its own, else that of the one citable piece inside."""
    if unit in refs:
        return refs[unit]
    inside = [refs[node] for node in unit.iter("{*}*") if node in refs]
    return inside[0] if len(inside) == 1 else Citable("", ())


def read_units(document: Document) -> tuple[Unit, ...]:
    """The units of a document in order."""
    refs = declared_references(document)
    declared = bool(refs)
    refs = refs or _counted_references(document)
    units = []
    for element in unit_elements(document.root):
        part = next(
            (
                name
                for node in element.iterancestors()
                if (name := local(node.tag)) in ("front", "body", "back")
            ),
            "body",
        )
        citable = _reference(element, refs)
        units.append(
            Unit(
                key_of(element),
                element.get(XML_ID, ""),
                citable.ref,
                local(element.tag),
                part,
                language(element),
                tuple(element.get("corresp", "").split()),
                document.locate(element),
                words(element),
                element.get("n", ""),
                declared,
                citable.steps,
            )
        )
    return tuple(units)

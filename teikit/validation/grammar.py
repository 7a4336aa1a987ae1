"""Reading a RELAX NG schema for what it says of each element, so that errors can be explained."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from teikit.names import local

_RNG = "{http://relaxng.org/ns/structure/1.0}"
_XSD = "http://www.w3.org/2001/XMLSchema-datatypes"

# The ``element`` patterns of one name that may apply at a place; several where the schema
# defines the element anew in different contexts.
Patterns = tuple[etree._Element, ...]


@dataclass(frozen=True, slots=True)
class Declared:
    """What some ``element`` patterns say together.

    ``attributes`` maps names as written (``xml:id``) to the listed values, ``children`` are the
    names allowed inside; what is ``required`` is asked for by every one of the patterns.
    """

    attributes: dict[str, tuple[str, ...]]
    children: frozenset[str]
    required_attributes: tuple[str, ...]
    required_children: tuple[str, ...]
    text: bool
    anything: bool  # a name class without a name: whatever it is, it may stand here


class Grammar:
    """A RELAX NG schema in XML syntax, as a tree that questions can be put to."""

    def __init__(self, tree: etree._ElementTree) -> None:
        """Take a parsed ``.rng`` file that libxml2 has accepted."""
        self._tree = tree
        self._declared: dict[Patterns, Declared] = {}
        self._inside: dict[tuple[Patterns, str], Patterns] = {}
        self._schemas: dict[tuple[Patterns, str], etree.RelaxNG | None] = {}
        self._verdicts: dict[tuple[Patterns, str, str], bool] = {}

    @property
    def complete(self) -> bool:
        """Whether all of the schema is in this file, so that nothing it says is overlooked."""
        parts = ("include", "externalRef", "parentRef")
        return not any(True for part in parts for _ in self._tree.iter(f"{_RNG}{part}"))

    @cached_property
    def names(self) -> dict[str, Patterns]:
        """All ``element`` patterns of the schema by the local name they describe."""
        found: dict[str, list[etree._Element]] = {}
        for pattern in self._tree.iter(f"{_RNG}element"):
            found.setdefault(_element_name(pattern), []).append(pattern)
        return {name: tuple(patterns) for name, patterns in found.items() if name}

    def homes(self, name: str) -> list[str]:
        """The elements that may hold an element of this name."""
        return sorted(
            outer for outer in self.names if name in self.declared(self.names[outer]).children
        )

    def inside(self, patterns: Patterns, name: str) -> Patterns:
        """The patterns of ``name`` inside ``patterns``; where there are none, the schema's."""
        key = (patterns, name)
        if key not in self._inside:
            found = tuple(
                node
                for node in self._walk(patterns, into_attributes=False)
                if local(node.tag) == "element" and _element_name(node) == name
            )
            self._inside[key] = tuple(dict.fromkeys(found)) or self.names.get(name, ())
        return self._inside[key]

    def declared(self, patterns: Patterns) -> Declared:
        """What the patterns say of the element."""
        if patterns not in self._declared:
            self._declared[patterns] = self._read(patterns)
        return self._declared[patterns]

    def accepts(self, patterns: Patterns, key: str, value: str) -> bool:
        """Whether one of the patterns has the attribute (a Clark name) and accepts the value."""
        known = (patterns, key, value)
        if known not in self._verdicts:
            if (patterns, key) not in self._schemas:
                self._schemas[patterns, key] = self._attribute_schema(patterns, shown(key))
            schema = self._schemas[patterns, key]
            probe = etree.Element("probe")
            probe.set(key, value)
            self._verdicts[known] = schema is None or schema.validate(probe)
        return self._verdicts[known]

    # -- reading ---------------------------------------------------------------------------------

    @cached_property
    def _defines(self) -> dict[str, list[etree._Element]]:
        found: dict[str, list[etree._Element]] = {}
        for define in self._tree.iter(f"{_RNG}define"):
            found.setdefault(define.get("name", ""), []).append(define)
        return found

    def _read(self, patterns: Patterns) -> Declared:
        attributes: dict[str, tuple[str, ...]] = {}
        children: set[str] = set()
        text = anything = False
        for node in self._walk(patterns, into_attributes=False):
            kind = local(node.tag)
            if kind == "attribute":
                values = tuple(
                    (item.text or "").strip()
                    for item in self._walk((node,))
                    if local(item.tag) == "value"
                )
                name = _name(node)
                attributes[name] = tuple(dict.fromkeys(attributes.get(name, ()) + values))
            elif kind == "element":
                anything = anything or not _name(node)
                children.add(_element_name(node))
            elif kind in ("text", "data", "value", "list", "mixed"):
                text = True
        return Declared(
            attributes,
            frozenset(children),
            self._required(patterns, "attribute", _name),
            self._required(patterns, "element", _element_name),
            text,
            anything,
        )

    def _walk(
        self, start: Sequence[etree._Element], *, into_attributes: bool = True
    ) -> Iterator[etree._Element]:
        """All patterns inside, references followed, not into other elements."""
        seen: set[str] = set()
        stack = [child for node in reversed(start) for child in reversed(node)]
        while stack:
            node = stack.pop()
            kind = local(node.tag)
            if not kind:
                continue
            yield node
            if kind == "ref":
                name = node.get("name", "")
                if name not in seen:
                    seen.add(name)
                    stack += [
                        child
                        for define in self._defines.get(name, [])
                        for child in reversed(define)
                    ]
            elif kind != "element" and (into_attributes or kind != "attribute"):
                stack += reversed(node)

    def _required(
        self, patterns: Patterns, kind: str, name_of: Callable[[etree._Element], str]
    ) -> tuple[str, ...]:
        """Attributes or child elements that every one of the patterns asks for."""
        asked = [
            dict.fromkeys(name_of(node) for node in self._needed(pattern, kind, frozenset()))
            for pattern in patterns
        ]
        first = asked[0] if asked else {}
        return tuple(name for name in first if name and all(name in other for other in asked))

    def _needed(
        self, pattern: etree._Element, kind: str, seen: frozenset[str]
    ) -> Iterator[etree._Element]:
        """The patterns of a kind that stand in no choice and are not optional."""
        for node in pattern:
            tag = local(node.tag)
            if tag == kind:
                yield node
            elif tag in ("group", "interleave", "oneOrMore", "mixed"):
                yield from self._needed(node, kind, seen)
            elif tag == "ref" and (name := node.get("name", "")) not in seen:
                for define in self._defines.get(name, []):
                    yield from self._needed(define, kind, seen | {name})

    def _attribute_schema(self, patterns: Patterns, name: str) -> etree.RelaxNG | None:
        """A schema of an element with that one attribute; None where nothing can be told."""
        attributes = [
            node
            for node in self._walk(patterns, into_attributes=False)
            if local(node.tag) == "attribute" and _name(node) in (name, "")
        ]
        if any(not _name(node) for node in attributes):
            return None  # a wildcard: any attribute may stand here
        grammar = etree.Element(f"{_RNG}grammar")
        grammar.set("datatypeLibrary", self._tree.getroot().get("datatypeLibrary") or _XSD)
        start = etree.SubElement(grammar, f"{_RNG}start")
        probe = etree.SubElement(start, f"{_RNG}element", name="probe")
        choice = etree.SubElement(probe, f"{_RNG}choice")
        choice.extend(
            [copy.deepcopy(node) for node in attributes] or [etree.Element(f"{_RNG}empty")]
        )
        used = {node.get("name", "") for node in self._walk(attributes) if local(node.tag) == "ref"}
        for reference in sorted(used):
            grammar.extend([copy.deepcopy(node) for node in self._defines.get(reference, [])])
        try:
            return etree.RelaxNG(grammar)
        except etree.RelaxNGParseError:
            return None


def _name(pattern: etree._Element) -> str:
    """The name that an element or attribute pattern gives; empty for a wildcard."""
    return (pattern.get("name") or pattern.findtext(f"{_RNG}name") or "").strip()


def _element_name(pattern: etree._Element) -> str:
    return _name(pattern).rpartition(":")[2]


def shown(key: str) -> str:
    """An attribute's name as it is written: ``xml:id``, ``ref``."""
    return ("xml:" if key.startswith("{http://www.w3.org/XML/1998") else "") + local(key)

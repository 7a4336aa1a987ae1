"""From the simple form of a schema to numbered patterns."""

from __future__ import annotations

from collections.abc import Sequence

from teikit.validation.relaxng.patterns import (
    EMPTY,
    K_ATTRIBUTE,
    K_DATA,
    K_ELEMENT,
    K_LIST,
    K_VALUE,
    NOT_ALLOWED,
    TEXT,
    Patterns,
    Tuple,
    expanded,
)
from teikit.validation.relaxng.tree import Node, SimpleGrammar


def numbered(grammar: SimpleGrammar) -> Patterns:
    """The patterns of a schema in its simple form (RELAX NG specification, 4 and 5).

    Raises ExplosionError where one of its patterns brings forth too many.
    """
    numbering = _Numbering()
    numbering.read(grammar)
    return numbering.patterns


class _Numbering:
    """What is known of a schema while it is read."""

    def __init__(self) -> None:
        self.patterns = Patterns()
        self._made: dict[int, int] = {}  # the number of each node, by its identity
        self._types: dict[Tuple, int] = {}

    def read(self, grammar: SimpleGrammar) -> None:
        """Number all of a schema."""
        patterns, made = self.patterns, self._made
        for element in grammar.elements:
            patterns.names.append(self._name_class(element.children[0]))
        # Nodes are shared and may lie deep: a stack of our own, each node made after its children.
        for root in [grammar.start, *(element.children[1] for element in grammar.elements)]:
            stack = [root]
            while stack:
                node = stack[-1]
                if id(node) in made:
                    stack.pop()
                    continue
                waiting = [item for item in _inner(node) if id(item) not in made]
                if waiting:
                    stack += reversed(waiting)  # so that the schema's order is kept
                    continue
                made[id(node)] = self._make(node)
                patterns.refill()
                stack.pop()
        patterns.start = made[id(grammar.start)]
        patterns.contents = [made[id(element.children[1])] for element in grammar.elements]
        patterns.needs_context = any(
            patterns.datatype(number).needs_context for number in range(len(patterns.types))
        )

    def _make(self, node: Node) -> int:
        kind, patterns = node.kind, self.patterns
        inner = [self._made[id(item)] for item in _inner(node)]
        if kind == "choice":
            return patterns.choice(inner)
        if kind == "group":
            result = inner[-1]
            for pattern in reversed(inner[:-1]):
                result = patterns.group(pattern, result)
            return result
        if kind == "interleave":
            return patterns.interleave(inner)
        if kind == "oneOrMore":
            return patterns.one_or_more(inner[0])
        if kind == "list":
            return patterns.intern((K_LIST, inner[0]), False)
        if kind == "attribute":
            return patterns.intern(
                (K_ATTRIBUTE, self._name_class(node.children[0]), inner[0]), False
            )
        if kind == "ref":
            return patterns.intern((K_ELEMENT, int(node.attributes["element"])), False)
        if kind == "data":
            number = self._type(node)
            return patterns.intern((K_DATA, number, inner[0] if inner else NOT_ALLOWED), False)
        if kind == "value":
            number = self._type(node)
            known = dict(node.namespaces)
            known[""] = node.attributes.get("ns", "")
            context = (
                tuple(sorted(known.items())) if patterns.datatype(number).needs_context else ()
            )
            return patterns.intern((K_VALUE, number, node.text, context), False)
        return {"notAllowed": NOT_ALLOWED, "empty": EMPTY, "text": TEXT}[kind]

    def _type(self, node: Node) -> int:
        params = tuple(
            (item.attributes.get("name", ""), item.text)
            for item in node.children
            if item.kind == "param"
        )
        key = (node.attributes.get("datatypeLibrary", ""), node.attributes.get("type", ""), params)
        if key not in self._types:
            self._types[key] = len(self.patterns.types)
            self.patterns.types.append(key)
        return self._types[key]

    def _name_class(self, node: Node) -> Tuple:
        """A name class as nested tuples: the first item is its kind."""
        if node.kind == "name":
            namespace = node.attributes.get("ns", "")
            for prefix, uri in node.namespaces.items():
                if prefix and uri == namespace:
                    self.patterns.namespaces.setdefault(uri, prefix)
            return ("name", expanded(namespace, node.text.strip()))
        if node.kind == "choice":
            return ("choice", *(self._name_class(item) for item in node.children))
        excepted = [
            self._name_class(item)
            for child in node.children
            if child.kind == "except"
            for item in child.children
        ]
        minus: Tuple = ("choice", *excepted) if excepted else ()
        if node.kind == "nsName":
            return ("nsName", node.attributes.get("ns", ""), minus)
        return ("anyName", minus)


def _inner(node: Node) -> Sequence[Node]:
    """The patterns directly inside a node of the simple syntax."""
    if node.kind == "attribute":
        return node.children[1:]
    if node.kind == "data":
        return [
            item for child in node.children if child.kind == "except" for item in child.children
        ]
    if node.kind in ("value", "ref"):
        return ()
    return node.children

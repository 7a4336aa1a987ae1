"""Attributes of the types ID, IDREF and IDREFS (RELAX NG DTD Compatibility, section 5)."""

from __future__ import annotations

from dataclasses import replace

from teikit.diagnostics import Diagnostic, Location, Related
from teikit.validation.relaxng.nameclasses import (
    Name,
    alternatives,
    common_name,
    is_infinite,
    spelt,
)
from teikit.validation.relaxng.tree import XSD_TYPES, Node, SimpleGrammar, fault

_COMPATIBILITY = "http://relaxng.org/ns/compatibility/datatypes/1.0"
_TYPES = frozenset(("ID", "IDREF", "IDREFS"))


def id_type(pattern: Node) -> str:
    """``ID``, ``IDREF`` or ``IDREFS`` for a data or value pattern of that type, else ""."""
    if pattern.kind in ("data", "value"):
        library, name = pattern.attributes["datatypeLibrary"], pattern.attributes["type"]
        if name in _TYPES and library in (XSD_TYPES, _COMPATIBILITY):
            return name
    return ""


def id_conflicts(grammar: SimpleGrammar) -> tuple[Diagnostic, ...]:
    """Where the grammar leaves open whether an attribute is an ID: findings, none of them fatal.

    A schema with such a conflict judges documents as any other; only the check that identifiers
    are unique and references lead somewhere has no firm ground (jing refuses it unless told
    ``-i``).
    """
    return _Ids(grammar).run()


class _Ids:
    def __init__(self, grammar: SimpleGrammar) -> None:
        self.grammar = grammar
        self.declared: set[Name] = set()  # of attributes of such a type
        self.attributes: dict[Node, tuple[Node, ...]] = {}  # that matter, by pattern
        self.findings: dict[tuple[object, str], Diagnostic] = {}

    def run(self) -> tuple[Diagnostic, ...]:
        self.look_around()
        if self.declared:
            for element in self.grammar.elements:
                self.collect(element.children[1])
            self.compare()
        return tuple(sorted(self.findings.values(), key=lambda item: item.sort_key))

    def wrong(self, node: Node, message: str, hint: str, other: Node | None = None) -> None:
        found = fault(node.place, message, hint)
        if other is not None:
            there = Location(other.place.path, other.place.line, other.place.column)
            found = replace(found, related=(Related("the other attribute", there),))
        self.findings.setdefault((node.place, message), found)

    def look_around(self) -> None:
        """Find the names of attributes of such types, and types that stand elsewhere (rule 3)."""
        seen: set[Node] = set()
        stack = [element.children[1] for element in self.grammar.elements]
        while stack:
            node = stack.pop()
            if node in seen:
                continue
            seen.add(node)
            if node.kind == "attribute" and id_type(node.children[1]):
                names = node.children[0]
                if names.kind == "name":
                    self.declared.add((names.attributes["ns"], names.text))
                else:
                    kind = id_type(node.children[1])
                    message = f"an attribute of the type {kind} needs one name, not {spelt(names)}"
                    self.wrong(node, message, "write one attribute for each name")
            elif node.kind == "attribute":
                stack.append(node.children[1])
            elif id_type(node):
                message = f"the type {id_type(node)} may only be the whole value of an attribute"
                self.wrong(node, message, "use NCName here, or move it into an attribute")
            elif node.kind == "data":
                for child in node.children:
                    stack += child.children  # of except; parameters have none
            else:
                stack += node.children

    def matters(self, attribute: Node) -> bool:
        return any(
            part.kind != "name" or (part.attributes["ns"], part.text) in self.declared
            for part in alternatives(attribute.children[0])
        )

    def collect(self, root: Node) -> None:
        """Note in every pattern of ``root`` the attributes whose types must agree."""
        known = self.attributes
        stack = [root]
        while stack:
            node = stack[-1]
            if node in known:
                stack.pop()
            elif node.kind == "attribute":
                known[node] = (node,) if self.matters(node) else ()
            elif node.kind in ("choice", "group", "interleave", "oneOrMore"):
                waiting = [part for part in node.children if part not in known]
                if waiting:
                    stack += waiting
                else:
                    known[node] = _joined([known[part] for part in node.children])
            else:
                known[node] = ()

    def compare(self) -> None:
        """Look at each attribute in each element: names (rules 1, 2), then types (rule 4)."""
        named: dict[Name, list[tuple[Node, Node, str]]] = {}
        others: list[tuple[Node, Node, str]] = []
        for element in self.grammar.elements:
            for attribute in self.attributes[element.children[1]]:
                names = attribute.children[0]
                kind = id_type(attribute.children[1])
                if kind and names.kind != "name":
                    continue  # reported already (rule 1)
                if kind and is_infinite(element.children[0]):
                    where = spelt(element.children[0])
                    message = (
                        f"the attribute {names.text} of the type {kind} stands in an element "
                        f"without a fixed name ({where})"
                    )
                    self.wrong(
                        attribute, message, "give the element a name, or use NCName", element
                    )
                else:
                    for part in alternatives(names):
                        if part.kind == "name":
                            name = (part.attributes["ns"], part.text)
                            named.setdefault(name, []).append((element, attribute, kind))
                    if is_infinite(names):
                        others.append((element, attribute, kind))
        for name in sorted(self.declared & named.keys()):
            self.conflicts(name, named[name], others)

    def conflicts(
        self,
        name: Name,
        named: list[tuple[Node, Node, str]],
        others: list[tuple[Node, Node, str]],
    ) -> None:
        """Compare what elements of one name say of the type of the attribute ``name``."""
        single = Node("name", named[0][0].place, {"ns": name[0]}, [], name[1])
        rivals = [item for item in others if common_name(item[1].children[0], single) is not None]
        # Elements with one name each are looked up; only the rest is compared with all.
        table: dict[Name, list[tuple[Node, Node, str]]] = {}
        for item in named:
            names = item[0].children[0]
            if is_infinite(names):
                rivals.append(item)
            for part in alternatives(names):
                if part.kind == "name":
                    table.setdefault((part.attributes["ns"], part.text), []).append(item)
        for (_, local), items in table.items():
            typed = next((item for item in items if item[2]), None)
            if typed is None:
                continue
            for item in items:
                if item[2] != typed[2]:
                    self.conflict(name, local, typed, item)
            for item in rivals:
                if common_name(item[0].children[0], typed[0].children[0]) is not None:
                    self.conflict(name, local, typed, item)

    def conflict(
        self, name: Name, element: str, typed: tuple[Node, Node, str], item: tuple[Node, Node, str]
    ) -> None:
        kind = item[2] or "no ID type"
        message = (
            f"the attribute {name[1]} of {element} is of the type {typed[2]}, but {kind} by line "
            f"{item[1].place.line}"
        )
        hint = "give both the same type, or take the name out of the wider class by <except>"
        self.wrong(typed[1], message, hint, item[1])


def _joined(parts: list[tuple[Node, ...]]) -> tuple[Node, ...]:
    filled = [part for part in parts if part]
    if len(filled) < 2:
        return filled[0] if filled else ()
    return tuple(dict.fromkeys(node for part in filled for node in part))

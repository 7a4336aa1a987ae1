"""The last steps of simplification: references, ``notAllowed``, ``empty`` (section 4.19 to 4.21).

Every definition is worked out once and its pattern is shared by all who refer to it. The walk keeps
its own stack, so that long chains of definitions do not meet the limits of Python's.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from teikit.diagnostics import Diagnostic
from teikit.validation.relaxng.tree import Node, Place, SchemaError, SimpleGrammar, fault

# How deep patterns of one element may nest in the end, counted through definitions.
MAX_NESTING = 500

_CONTAINERS = frozenset(("choice", "group", "interleave"))


@dataclass(slots=True, eq=False)
class Definition:
    """What a name in a grammar stands for; the start has the name "" ."""

    name: str
    place: Place
    pattern: Node


@dataclass(slots=True, eq=False)
class Recipe:
    """What the ``ref`` nodes of a half simplified schema refer to."""

    targets: dict[Node, Definition] = field(default_factory=dict)


def reduce(top: Node, recipe: Recipe, files: tuple[str, ...]) -> SimpleGrammar:
    """The simple grammar whose start is ``top``; the nodes given are changed and used.

    Raises SchemaError for definitions that refer to themselves with no element between (4.19).
    """
    return _Reducer(recipe).run(top, files)


class _Reducer:
    def __init__(self, recipe: Recipe) -> None:
        self.targets = recipe.targets
        self.done: dict[Node, Node] = {}
        self.nesting: dict[Node, int] = {}
        self.elements: dict[Node, Node] = {}  # by the ref that stands for them
        self.waiting: list[Node] = []
        self.findings: list[Diagnostic] = []

    def run(self, top: Node, files: tuple[str, ...]) -> SimpleGrammar:
        start = self.reduced(top)
        while self.waiting:
            element = self.waiting.pop()
            element.children[1] = self.reduced(element.children[1])
        if self.findings:
            raise SchemaError(sorted(self.findings, key=lambda item: item.sort_key))
        return SimpleGrammar(start, self.numbered(start), files)

    def numbered(self, start: Node) -> list[Node]:
        """Number the elements that can still be reached, in the order of the schema."""
        elements: list[Node] = []
        seen: set[Node] = set()
        contents = [start]
        for content in contents:  # grows while it is read
            stack = [content]
            while stack:
                node = stack.pop()
                if node in seen:
                    continue
                seen.add(node)
                if node.kind == "ref":
                    node.attributes["element"] = str(len(elements))
                    elements.append(self.elements[node])
                    contents.append(elements[-1].children[1])
                elif node.kind in _CONTAINERS or node.kind == "oneOrMore":
                    stack += reversed(node.children)
                # Attributes, lists and data may hold references too; section 7 objects to them.
                elif node.kind in ("attribute", "list", "data"):
                    stack += reversed(_parts(node))
        return elements

    def reduced(self, root: Node) -> Node:
        done, targets = self.done, self.targets
        entered: set[Node] = set()
        stack = [root]
        while stack:
            node = stack[-1]
            if node in done:
                stack.pop()
                continue
            if node.kind == "ref":
                parts = [targets[node].pattern]
            elif node.kind == "element":
                parts = []
            else:
                parts = _parts(node)
            if node in entered or not parts:
                stack.pop()
                entered.discard(node)
                self.finish(node, [done[part] for part in parts if part in done])
                continue
            entered.add(node)
            for part in reversed(parts):
                if part in entered:
                    self.loops(node, part, [item for item in stack if item in entered])
                elif part not in done:
                    stack.append(part)
        return done[root]

    def loops(self, node: Node, part: Node, path: list[Node]) -> None:
        """A definition refers to itself, directly or through others."""
        inside = path[path.index(part) :]
        names = [item.attributes["name"] for item in inside if item.kind == "ref"]
        name = names[-1] if names else "it"
        chain = " → ".join([name, *names])
        message = f"“{name}” contains itself with no element between: {chain}"
        hint = "repeat with <oneOrMore> or <zeroOrMore>, or put an <element> between"
        self.findings.append(fault(node.place, message, hint))

    def finish(self, node: Node, parts: list[Node]) -> None:
        made = self.made(node, parts)
        nesting = 1 + max((self.nesting[part] for part in parts), default=0)
        if made is not node:
            nesting = self.nesting.get(made, nesting)
        if nesting > MAX_NESTING:
            message = f"patterns nest more than {MAX_NESTING} deep, counted through definitions"
            hint = "split the content by elements, or list the alternatives side by side"
            raise SchemaError(fault(node.place, message, hint))
        self.nesting[made] = nesting
        self.done[node] = made

    def made(self, node: Node, parts: list[Node]) -> Node:
        """The node in the simple syntax, given its parts in it."""
        kind = node.kind
        if kind == "ref":
            return parts[0] if parts else node
        if kind == "element":
            reference = Node("ref", node.place)
            self.elements[reference] = node
            self.waiting.append(node)
            return reference
        if kind in _CONTAINERS:
            return self.container(node, parts)
        if kind == "data":
            if parts:
                exception = node.children[-1]
                if parts[0].kind == "notAllowed":
                    node.children.pop()
                else:
                    exception.children = parts
        elif kind in ("attribute", "oneOrMore", "list") and parts:
            if parts[0].kind == "notAllowed" or (kind == "oneOrMore" and parts[0].kind == "empty"):
                return parts[0]
            node.children[-1] = parts[0]
        return node

    def container(self, node: Node, parts: list[Node]) -> Node:
        if node.kind == "choice":
            kept: list[Node] = []
            empty = False
            for part in dict.fromkeys(parts):
                if part.kind == "empty":
                    if empty:
                        continue
                    empty = True
                if part.kind != "notAllowed":
                    kept.append(part)
            if not kept:
                return parts[0] if parts else Node("notAllowed", node.place)
        else:
            for part in parts:
                if part.kind == "notAllowed":
                    return part
            kept = [part for part in parts if part.kind != "empty"]
            if not kept:
                return parts[0] if parts else Node("empty", node.place)
        if len(kept) == 1:
            return kept[0]
        node.children = kept
        return node


def _parts(node: Node) -> list[Node]:
    """The patterns in a pattern: not the names of an attribute, nor the parameters of data."""
    if node.kind == "attribute":
        return node.children[1:]
    if node.kind == "data":
        last = node.children[-1:]
        return last[0].children if last and last[0].kind == "except" else []
    return node.children

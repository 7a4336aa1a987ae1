"""What a simplified schema may not say (RELAX NG specification of 2001-12-03, section 7).

Also the rules of RELAX NG DTD Compatibility, section 5, on ID, IDREF and IDREFS. Patterns are
shared by those who refer to them, so every question is asked once of a pattern and remembered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from teikit.diagnostics import Diagnostic, Location, Related
from teikit.validation.relaxng.idtypes import id_conflicts
from teikit.validation.relaxng.nameclasses import (
    Name,
    common_name,
    contains,
    is_infinite,
    simple_names,
    spelt,
)
from teikit.validation.relaxng.tree import Node, SchemaError, SimpleGrammar, fault

__all__ = ["check", "id_conflicts"]

_CONTAINERS = frozenset(("choice", "group", "interleave"))

# -- paths that are prohibited (7.1) ---------------------------------------------------------------

_ATTRIBUTE, _LIST, _EXCEPT, _REPEATED, _REPEATED_GROUP, _START = 1, 2, 4, 8, 16, 32
_PROHIBITED: tuple[tuple[int, frozenset[str]], ...] = (
    (_START, frozenset("attribute data value list text group interleave oneOrMore empty".split())),
    (_ATTRIBUTE, frozenset(("ref", "attribute"))),
    (_LIST, frozenset(("list", "ref", "attribute", "text", "interleave"))),
    (
        _EXCEPT,
        frozenset("attribute ref list group interleave oneOrMore text empty".split()),
    ),
    (_REPEATED_GROUP, frozenset(("attribute",))),
)
_WHERE = {
    _START: (
        "{} cannot be the whole document: a document is one element",
        "let <start> hold one element, or a <choice> of elements",
    ),
    _ATTRIBUTE: (
        "{} cannot stand inside an attribute",
        "the value of an attribute is text: describe it with text, data, value or list",
    ),
    _LIST: (
        "{} cannot stand inside a list",
        "a list is made of words: describe them with data and value",
    ),
    _EXCEPT: (
        "{} cannot be excepted from data",
        "except data and value, or a choice of them",
    ),
    _REPEATED_GROUP: (
        "{} cannot be repeated in a group, since no attribute can occur twice",
        "take the attribute out of what is repeated",
    ),
}
_WORDS = {
    "ref": "an element",
    "attribute": "the attribute {}",
    "text": "text",
    "list": "a list",
    "data": "data",
    "value": "a value",
    "group": "a sequence",
    "interleave": "an interleave",
    "oneOrMore": "a repetition",
    "empty": "<empty/>",
}


def check(grammar: SimpleGrammar) -> None:
    """Raise SchemaError if the grammar breaks the restrictions of section 7, with all violations.

    Each finding stands at the pattern that offends and names, where another one takes part, that
    too. What stands in definitions that nothing reaches is not looked at, as the specification has
    it.
    """
    checker = _Checker(grammar)
    checker.paths()
    checker.contents()
    if checker.findings:
        found = sorted(checker.findings.values(), key=lambda item: item.sort_key)
        raise SchemaError(found)


class _Content:
    """What is known of a pattern: its content type (7.2) and the attributes in it (7.3).

    ``kind`` is 0 for empty, 1 for complex, 2 for simple content, and ``witness`` the pattern that
    makes it so. ``names`` are the attributes with a name, ``classes`` those with a class of names.
    """

    __slots__ = ("classes", "kind", "names", "witness")

    def __init__(
        self,
        kind: int,
        witness: Node,
        names: dict[Name, Node] | None = None,
        classes: tuple[Node, ...] = (),
    ) -> None:
        self.kind = kind
        self.witness = witness
        self.names: dict[Name, Node] = names or {}
        self.classes = classes


_EMPTY, _COMPLEX, _SIMPLE = 0, 1, 2
_KIND = {"text": _COMPLEX, "ref": _COMPLEX, "data": _SIMPLE, "value": _SIMPLE, "list": _SIMPLE}


class _Checker:
    def __init__(self, grammar: SimpleGrammar) -> None:
        self.grammar = grammar
        self.findings: dict[tuple[object, str], Diagnostic] = {}
        self.known: dict[Node, _Content] = {}
        self.paired: set[tuple[Node, Node]] = set()  # reported as overlapping in an interleave
        self.inside: dict[Node, tuple[dict[Name, Node], tuple[Node, ...], Node | None]] = {}

    def wrong(self, node: Node, message: str, hint: str, *others: tuple[str, Node]) -> None:
        """Note a finding; the same one, met again by another way, is one finding."""
        found = fault(node.place, message, hint)
        related = tuple(
            Related(text, Location(other.place.path, other.place.line, other.place.column))
            for text, other in others
            if other.place != node.place
        )
        key = (node.place, message)
        self.findings.setdefault(key, replace(found, related=related) if related else found)

    # -- 7.1, and the rule of 7.3 on attributes of any name ----------------------------------------

    def paths(self) -> None:
        """Walk from the start and from every element, knowing what stands around."""
        seen: set[tuple[Node, int]] = set()
        stack: list[tuple[Node, int, Node | None]] = [
            (element.children[1], 0, element) for element in reversed(self.grammar.elements)
        ]
        stack.append((self.grammar.start, _START, None))
        while stack:
            node, around, holder = stack.pop()
            if (node, around) in seen:
                continue
            seen.add((node, around))
            kind = node.kind
            if around and self.prohibited(node, around, holder):
                continue
            if kind == "attribute":
                if not around & _REPEATED and is_infinite(node.children[0]):
                    names = spelt(node.children[0])
                    message = f"the attribute {names} has no single name, so it must be repeatable"
                    self.wrong(node, message, "put it into <zeroOrMore> or <oneOrMore>")
                stack.append((node.children[1], around | _ATTRIBUTE, node))
            elif kind == "list":
                stack.append((node.children[0], around | _LIST, node))
            elif kind == "data":
                stack += [(part, around | _EXCEPT, node) for part in _excepted(node)]
            elif kind == "oneOrMore":
                stack.append((node.children[0], around | _REPEATED, node))
            elif kind in _CONTAINERS:
                if kind != "choice" and around & _REPEATED:
                    around |= _REPEATED_GROUP
                    holder = node
                stack += [(part, around, holder) for part in reversed(node.children)]

    def prohibited(self, node: Node, around: int, holder: Node | None) -> bool:
        for place, kinds in _PROHIBITED:
            if around & place and node.kind in kinds:
                text, hint = _WHERE[place]
                what = self.word(node)
                # An element is declared elsewhere, maybe rightly: what it stands in is to blame.
                blamed = holder if node.kind == "ref" and holder is not None else node
                others = [(f"{what} stands here", node)] if blamed is holder else []
                if holder is not None and blamed is not holder:
                    others = [(f"the {holder.kind} begins here", holder)]
                self.wrong(blamed, text.format(what), hint, *others)
                return True
        return False

    def word(self, node: Node) -> str:
        if node.kind == "ref":
            return f"the element {spelt(self.element(node).children[0])}"
        word = _WORDS.get(node.kind, node.kind)
        return word.format(spelt(node.children[0])) if node.kind == "attribute" else word

    def element(self, ref: Node) -> Node:
        return self.grammar.elements[int(ref.attributes["element"])]

    # -- 7.2 and 7.3 -------------------------------------------------------------------------------

    def contents(self) -> None:
        """Work out every pattern, parts before wholes."""
        # What could be wrong in the start beyond 7.1, cannot be right by 7.1 either.
        known = self.known
        for element in self.grammar.elements:
            if element.children[1] not in known:
                self.work_out(element.children[1])

    def work_out(self, root: Node) -> None:
        known = self.known
        for node in _parts_first(root, known):
            kind = node.kind
            if kind == "group" or kind == "interleave":
                known[node] = self.together(node)
                if kind == "interleave":
                    self.interleaved(node)
            elif kind == "choice":
                known[node] = self.either(node)
            elif kind == "oneOrMore":
                known[node] = part = known[node.children[0]]
                if part.kind == _SIMPLE:
                    what = self.word(part.witness)
                    message = f"{what} must be the whole content and cannot be repeated"
                    hint = "for words in a row, put the repetition into <list>"
                    self.wrong(part.witness, message, hint, ("it is repeated here", node))
            elif kind == "attribute":
                names = node.children[0]
                classes = (node,) if is_infinite(names) else ()
                known[node] = _Content(
                    _EMPTY,
                    node,
                    {} if classes else dict.fromkeys(simple_names(names), node),
                    classes,
                )
            else:
                known[node] = _Content(_KIND.get(kind, _EMPTY), node)

    def either(self, node: Node) -> _Content:
        parts = [self.known[part] for part in node.children]
        top = max(parts, key=lambda part: part.kind)
        names, classes = _united(parts)
        return _Content(top.kind, top.witness, names, classes)

    def together(self, node: Node) -> _Content:
        """A group or interleave: its parts must go together, and share no attribute."""
        parts = [self.known[part] for part in node.children]
        self.check_strings(parts)
        bearers = [part for part in parts if part.names or part.classes]
        if len(bearers) > 1:
            names: dict[Name, Node] = {}
            classes: list[Node] = []
            for part in bearers:
                for first, second, name in _overlaps(names, classes, part):
                    self.twice(node, first, second, name)
                for name, attribute in part.names.items():
                    names.setdefault(name, attribute)
                classes += part.classes
        top = max(parts, key=lambda part: part.kind)
        return _Content(top.kind, top.witness, *_united(bearers))

    def check_strings(self, parts: list[_Content]) -> None:
        filled = [part for part in parts if part.kind]
        position = next((at for at, part in enumerate(filled) if part.kind == _SIMPLE), None)
        if position is None or len(filled) < 2:
            return
        # By position: the same definition may stand there twice.
        simple, other = filled[position], filled[0 if position else 1]
        what, beside = self.word(simple.witness), self.word(other.witness)
        message = f"{what} must be the whole content, so {beside} cannot stand beside it"
        hint = "use <text/> instead, or <list> for words in a row, or a <choice> of the two"
        self.wrong(simple.witness, message, hint, (f"{beside} stands here", other.witness))

    def twice(self, group: Node, first: Node, second: Node, name: Name) -> None:
        what = name[1] if name[1] != "*" else spelt(second.children[0])
        message = f"the attribute {what} would be allowed twice in one element"
        if first is not second:
            message += f": also by line {first.place.line}"
            if first.place.path != second.place.path:
                message += f" of {first.place.path}"
        hint = "delete one of the two, or make a <choice> of them"
        if name[1] == "*" or is_infinite(first.children[0]) or is_infinite(second.children[0]):
            hint = "take the names of the one out of the other by <except>"
        self.wrong(
            second,
            message,
            hint,
            (f"the other attribute {spelt(first.children[0])}", first),
            ("the two come together here", group),
        )

    # -- 7.4 ---------------------------------------------------------------------------------------

    def interleaved(self, node: Node) -> None:
        """No element, and no text, in two branches of an interleave."""
        names: dict[Name, Node] = {}
        classes: tuple[Node, ...] = ()
        text: Node | None = None
        for part in node.children:
            mine, open_classes, own_text = self.occurring(part)
            for name in sorted(mine.keys() & names.keys()):
                self.both(node, names[name], mine[name], name)
            pairs = [(old, new) for old in classes for new in {*mine.values(), *open_classes}]
            pairs += [(old, new) for new in open_classes for old in set(names.values())]
            for old, new in sorted(pairs, key=lambda pair: (pair[0].place, pair[1].place)):
                common = common_name(self.element(old).children[0], self.element(new).children[0])
                if common is not None:
                    self.both(node, old, new, common)
            if text and own_text and (text, own_text) not in self.paired:
                self.paired.add((text, own_text))
                message = "text may stand in one branch of an interleave only, not in two"
                hint = "text in one branch is allowed everywhere between: delete the other <text/>"
                self.wrong(own_text, message, hint, ("the other text", text), ("in here", node))
            names |= mine
            classes += open_classes
            text = text or own_text

    def both(self, node: Node, first: Node, second: Node, name: Name) -> None:
        if (first, second) in self.paired:
            return  # an interleave around this one has the same two elements in it
        self.paired.add((first, second))
        what = name[1] if name[1] != "*" else spelt(self.element(second).children[0])
        message = f"the element {what} may stand in one branch of an interleave only, not in two"
        hint = "write it in one branch, with <oneOrMore> if it may occur again"
        self.wrong(node, message, hint, ("it is declared here", first), ("and here", second))

    def occurring(self, root: Node) -> tuple[dict[Name, Node], tuple[Node, ...], Node | None]:
        """Elements by name, elements with classes of names, and the text, in a pattern (7.3)."""
        memo = self.inside
        for node in _parts_first(root, memo, attributes=False):
            names: dict[Name, Node] = {}
            classes: dict[Node, None] = {}
            text = None
            if node.kind == "ref":
                of = self.element(node).children[0]
                if is_infinite(of):
                    classes[node] = None
                else:
                    names = dict.fromkeys(simple_names(of), node)
            elif node.kind == "text":
                text = node
            elif node.kind == "oneOrMore" or node.kind in _CONTAINERS:
                inner = [memo[part] for part in node.children]
                bearers = [its_names for its_names, _, _ in inner if its_names]
                names = bearers[0] if len(bearers) == 1 else _merged(bearers)
                for _, its_classes, its_text in inner:
                    classes.update(dict.fromkeys(its_classes))
                    text = text or its_text
            memo[node] = names, tuple(classes), text
        return memo[root]


def _excepted(data: Node) -> list[Node]:
    return [part for child in data.children if child.kind == "except" for part in child.children]


def _parts_first(
    root: Node, known: Mapping[Node, object], *, attributes: bool = True
) -> Iterator[Node]:
    """The patterns in ``root`` that are not known yet, each after its parts, without recursion."""
    stack = [root]
    while stack:
        node = stack[-1]
        if node in known:
            stack.pop()
            continue
        if node.kind in _CONTAINERS or node.kind == "oneOrMore":
            parts: Iterable[Node] = node.children
        elif node.kind == "attribute" and attributes:
            parts = node.children[1:]
        else:
            parts = ()
        waiting = [part for part in parts if part not in known]
        if waiting:
            stack += reversed(waiting)
        else:
            stack.pop()
            yield node


def _united(parts: list[_Content]) -> tuple[dict[Name, Node], tuple[Node, ...]]:
    """The attributes of several patterns; a single bearer's own table is shared, not copied."""
    bearers = [part for part in parts if part.names or part.classes]
    if not bearers:
        return {}, ()
    if len(bearers) == 1:
        return bearers[0].names, bearers[0].classes
    names = _merged([part.names for part in bearers])
    return names, tuple(dict.fromkeys(node for part in bearers for node in part.classes))


def _merged(tables: list[dict[Name, Node]]) -> dict[Name, Node]:
    """One table of several; what stands first counts."""
    names: dict[Name, Node] = {}
    for table in reversed(tables):
        names.update(table)
    return names


def _overlaps(
    names: dict[Name, Node], classes: list[Node], part: _Content
) -> Iterator[tuple[Node, Node, Name]]:
    """Pairs of attributes that share a name: one of those before, and one in ``part``."""
    for name in sorted(names.keys() & part.names.keys()):
        yield names[name], part.names[name], name
    for node in part.classes:
        for name, first in names.items():
            if contains(node.children[0], name):
                yield first, node, name
    for node in classes:
        for name, second in part.names.items():
            if contains(node.children[0], name):
                yield node, second, name
        for second in part.classes:
            common = common_name(node.children[0], second.children[0])
            if common is not None:
                yield node, second, common

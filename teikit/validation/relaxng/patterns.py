"""Patterns as interned numbers, and their derivatives.

The algebra of James Clark, "An algorithm for RELAX NG validation" (2002), with three changes that
make a fast automaton of it. Patterns are hash-consed: equal patterns are one number, so that every
question about a pattern is answered once and remembered. Choices and interleaves are sets, so that
the order in which alternatives were met does not matter. And the derivative with respect to a
start-tag gives what follows each candidate element instead of Clark's ``After`` patterns: a memo
then depends on the element alone and never on the stack of open ones.

Everything in here is numbers, strings and tuples, so that a cache can keep it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from teikit.validation.relaxng.datatypes import Datatype, datatype

# The separator that expat puts between a namespace and a local name; no XML text can hold it.
SEPARATOR = "\x1f"

# White space as XML has it; Python's own notion of it is wider.
SPACE = " \t\r\n"

NOT_ALLOWED, EMPTY, TEXT = 0, 1, 2

# The kinds of patterns; the first item of each tuple.
(
    K_NOT_ALLOWED,
    K_EMPTY,
    K_TEXT,
    K_CHOICE,
    K_GROUP,
    K_INTERLEAVE,
    K_ONE_OR_MORE,
    K_LIST,
    K_DATA,
    K_VALUE,
    K_ATTRIBUTE,
    K_ELEMENT,
) = range(12)

# A step of the shortest way through a pattern: elements of which one must stand there.
Step = tuple[int, ...]
Tuple = tuple[Any, ...]  # a node: the types of its parts vary by kind

# How many patterns one derivative may bring forth before the schema is said to explode.
LIMIT = 200_000


class ExplosionError(Exception):
    """The schema makes a derivative too large; the document is not to blame."""


@dataclass(slots=True)
class Heads:
    """What may begin a pattern: for each candidate element, what follows it.

    ``named`` finds the candidates by the element's name, ``wild`` are those of name classes
    without a finite list of names.
    """

    after: dict[int, int]
    named: dict[str, tuple[int, ...]]
    wild: tuple[int, ...]


class Patterns:
    """The patterns of one schema. ``nodes[p]`` is the pattern with the number ``p``."""

    def __init__(self) -> None:
        """Begin a store: :func:`numbered` fills it from a schema, :meth:`restore` from a cache."""
        self.nodes: list[Tuple] = [(K_NOT_ALLOWED,), (K_EMPTY,), (K_TEXT,)]
        self.nullable: list[bool] = [False, True, True]
        self._index: dict[Tuple, int] | None = None
        self.names: list[Tuple] = []  # the name class of each element
        self.contents: list[int] = []  # its content pattern, with the attributes
        self.types: list[tuple[str, str, tuple[tuple[str, str], ...]]] = []
        self.namespaces: dict[str, str] = {}  # URI to the prefix that the schema uses
        self.start = NOT_ALLOWED
        self.needs_context = False  # whether values are QNames, so that prefixes matter
        self._datatypes: dict[int, Datatype] = {}
        self._heads: dict[int, Heads] = {}
        self._attributes: dict[tuple[int, str], dict[int, int]] = {}
        self._closed: dict[int, int] = {}
        self._budget = LIMIT

    # -- keeping ---------------------------------------------------------------------------------

    def dump(self) -> Tuple:
        """All that :meth:`restore` needs, in types that ``marshal`` writes."""
        return (
            self.nodes,
            self.nullable,
            self.names,
            self.contents,
            self.types,
            self.namespaces,
            self.start,
            self.needs_context,
        )

    def restore(self, dumped: Tuple) -> None:
        """Become the store that :meth:`dump` wrote."""
        (
            self.nodes,
            self.nullable,
            self.names,
            self.contents,
            self.types,
            self.namespaces,
            self.start,
            self.needs_context,
        ) = dumped
        self._index = None

    # -- making ----------------------------------------------------------------------------------

    def intern(self, node: Tuple, nullable: bool) -> int:
        """The number of a node, a new one where none is equal; ``nullable``: may it be empty."""
        if self._index is None:
            self._index = {known: number for number, known in enumerate(self.nodes)}
        number = self._index.get(node)
        if number is None:
            number = len(self.nodes)
            self._budget -= 1
            if self._budget < 0:
                raise ExplosionError
            self._index[node] = number
            self.nodes.append(node)
            self.nullable.append(nullable)
        return number

    def refill(self) -> None:
        """Allow the next step of a document its full number of new patterns."""
        self._budget = LIMIT

    def choice(self, patterns: Iterable[int]) -> int:
        """One of the patterns."""
        members: set[int] = set()
        nodes = self.nodes
        for pattern in patterns:
            node = nodes[pattern]
            if node[0] == K_CHOICE:
                members.update(node[1])
            else:
                members.add(pattern)
        members.discard(NOT_ALLOWED)
        nullable = self.nullable
        if EMPTY in members and any(item != EMPTY and nullable[item] for item in members):
            members.discard(EMPTY)
        if not members:
            return NOT_ALLOWED
        if len(members) == 1:
            return members.pop()
        return self.intern(
            (K_CHOICE, tuple(sorted(members))), any(nullable[item] for item in members)
        )

    def group(self, first: int, second: int) -> int:
        """The first pattern, then the second."""
        if first == NOT_ALLOWED or second == NOT_ALLOWED:
            return NOT_ALLOWED
        if first == EMPTY:
            return second
        if second == EMPTY:
            return first
        node = self.nodes[first]
        if node[0] == K_GROUP:  # to the right, so that equal sequences are equal
            return self.group(node[1], self.group(node[2], second))
        return self.intern((K_GROUP, first, second), self.nullable[first] and self.nullable[second])

    def interleave(self, patterns: Iterable[int]) -> int:
        """All of the patterns, their elements in any order."""
        members: list[int] = []
        for pattern in patterns:
            if pattern == NOT_ALLOWED:
                return NOT_ALLOWED
            node = self.nodes[pattern]
            if node[0] == K_INTERLEAVE:
                members += node[1]
            elif pattern != EMPTY:
                members.append(pattern)
        if not members:
            return EMPTY
        if len(members) == 1:
            return members[0]
        return self.intern(
            (K_INTERLEAVE, tuple(sorted(members))), all(self.nullable[item] for item in members)
        )

    def one_or_more(self, pattern: int) -> int:
        """The pattern once or several times."""
        if pattern in (NOT_ALLOWED, EMPTY, TEXT) or self.nodes[pattern][0] == K_ONE_OR_MORE:
            return pattern
        return self.intern((K_ONE_OR_MORE, pattern), self.nullable[pattern])

    def datatype(self, number: int) -> Datatype:
        """The datatype with its parameters that a ``data`` or ``value`` node refers to."""
        if number not in self._datatypes:
            self._datatypes[number] = datatype(*self.types[number])
        return self._datatypes[number]

    # -- elements --------------------------------------------------------------------------------

    def heads(self, pattern: int) -> Heads:
        """The elements that may come first, each with what may follow it."""
        if pattern not in self._heads:
            after = self._after(pattern)
            named: dict[str, list[int]] = {}
            wild = []
            for element in after:
                finite = finite_names(self.names[element])
                for name in finite or ():
                    named.setdefault(name, []).append(element)
                if finite is None:
                    wild.append(element)
            self._heads[pattern] = Heads(
                after, {name: tuple(found) for name, found in named.items()}, tuple(wild)
            )
        return self._heads[pattern]

    def candidates(self, pattern: int, name: str) -> dict[int, int]:
        """The elements of that name that may come first, each with what may follow it."""
        heads = self.heads(pattern)
        found = {element: heads.after[element] for element in heads.named.get(name, ())}
        for element in heads.wild:
            if contains(self.names[element], name):
                found[element] = heads.after[element]
        return found

    def _after(self, pattern: int) -> dict[int, int]:
        node = self.nodes[pattern]
        kind = node[0]
        if kind == K_ELEMENT:
            return {node[1]: EMPTY}
        if kind == K_CHOICE:
            found: dict[int, int] = {}
            for item in node[1]:
                for element, rest in self.heads(item).after.items():
                    found[element] = self.choice((found.get(element, NOT_ALLOWED), rest))
            return found
        if kind == K_GROUP:
            found = {
                element: self.group(rest, node[2])
                for element, rest in self.heads(node[1]).after.items()
            }
            if self.nullable[node[1]]:
                for element, rest in self.heads(node[2]).after.items():
                    found[element] = self.choice((found.get(element, NOT_ALLOWED), rest))
            return found
        if kind == K_INTERLEAVE:
            found = {}
            for at, item in enumerate(node[1]):
                others = node[1][:at] + node[1][at + 1 :]
                for element, rest in self.heads(item).after.items():
                    whole = self.interleave((rest, *others))
                    found[element] = self.choice((found.get(element, NOT_ALLOWED), whole))
            return found
        if kind == K_ONE_OR_MORE:
            again = self.choice((EMPTY, pattern))
            return {
                element: self.group(rest, again)
                for element, rest in self.heads(node[1]).after.items()
            }
        return {}

    # -- attributes ------------------------------------------------------------------------------

    def attributes(self, pattern: int, name: str) -> dict[int, int]:
        """For an attribute of that name: the patterns its value may have, and what remains."""
        key = (pattern, name)
        found = self._attributes.get(key)
        if found is None:
            found = self._attribute(pattern, name)
            if found or len(self._attributes) < LIMIT:
                self._attributes[key] = found
        return found

    def _attribute(self, pattern: int, name: str) -> dict[int, int]:
        node = self.nodes[pattern]
        kind = node[0]
        if kind == K_ATTRIBUTE:
            return {node[2]: EMPTY} if contains(node[1], name) else {}
        parts: list[tuple[int, int]] = []
        if kind == K_CHOICE:
            for item in node[1]:
                parts += self.attributes(item, name).items()
        elif kind == K_GROUP:
            first, second = node[1], node[2]
            parts += [
                (value, self.group(rest, second))
                for value, rest in self.attributes(first, name).items()
            ]
            parts += [
                (value, self.group(first, rest))
                for value, rest in self.attributes(second, name).items()
            ]
        elif kind == K_INTERLEAVE:
            for at, item in enumerate(node[1]):
                others = node[1][:at] + node[1][at + 1 :]
                parts += [
                    (value, self.interleave((rest, *others)))
                    for value, rest in self.attributes(item, name).items()
                ]
        elif kind == K_ONE_OR_MORE:
            again = self.choice((EMPTY, pattern))
            parts += [
                (value, self.group(rest, again))
                for value, rest in self.attributes(node[1], name).items()
            ]
        found: dict[int, int] = {}
        for value, rest in parts:
            found[value] = self.choice((found.get(value, NOT_ALLOWED), rest))
        return found

    def closed(self, pattern: int, *, forgiving: bool = False) -> int:
        """The pattern once the start-tag has ended: what still asks for an attribute fails.

        ``forgiving`` takes missing attributes as given, so that the content can be judged.
        """
        key = -pattern if forgiving else pattern
        found = self._closed.get(key)
        if found is None:
            found = self._closed[key] = self._close(pattern, forgiving)
        return found

    def _close(self, pattern: int, forgiving: bool) -> int:
        node = self.nodes[pattern]
        kind = node[0]
        if kind == K_ATTRIBUTE:
            return EMPTY if forgiving else NOT_ALLOWED
        if kind == K_CHOICE:
            return self.choice([self.closed(item, forgiving=forgiving) for item in node[1]])
        if kind == K_GROUP:
            return self.group(
                self.closed(node[1], forgiving=forgiving), self.closed(node[2], forgiving=forgiving)
            )
        if kind == K_INTERLEAVE:
            return self.interleave([self.closed(item, forgiving=forgiving) for item in node[1]])
        if kind == K_ONE_OR_MORE:
            return self.one_or_more(self.closed(node[1], forgiving=forgiving))
        return pattern

    # -- text ------------------------------------------------------------------------------------

    def after_text(
        self, pattern: int, text: str, namespaces: Mapping[str, str] | None = None
    ) -> int:
        """The derivative with respect to a text node (or a value) that is ``text``."""
        node = self.nodes[pattern]
        kind = node[0]
        if kind == K_TEXT:
            return TEXT
        if kind == K_CHOICE:
            return self.choice([self.after_text(item, text, namespaces) for item in node[1]])
        if kind == K_GROUP:
            first = self.group(self.after_text(node[1], text, namespaces), node[2])
            if not self.nullable[node[1]]:
                return first
            return self.choice((first, self.after_text(node[2], text, namespaces)))
        if kind == K_INTERLEAVE:
            return self.choice(
                [
                    self.interleave(
                        (
                            self.after_text(item, text, namespaces),
                            *node[1][:at],
                            *node[1][at + 1 :],
                        )
                    )
                    for at, item in enumerate(node[1])
                ]
            )
        if kind == K_ONE_OR_MORE:
            rest = self.after_text(node[1], text, namespaces)
            return self.group(rest, self.choice((EMPTY, pattern)))
        if kind == K_DATA:
            fits = self.datatype(node[1]).allows(text, namespaces) and not (
                node[2] != NOT_ALLOWED and self.accepts(node[2], text, namespaces)
            )
            return EMPTY if fits else NOT_ALLOWED
        if kind == K_VALUE:
            return EMPTY if self._same(node, text, namespaces) else NOT_ALLOWED
        if kind == K_LIST:
            state = node[1]
            for token in tokens(text):
                state = self.after_text(state, token, namespaces)
                if state == NOT_ALLOWED:
                    return NOT_ALLOWED
            return EMPTY if self.nullable[state] else NOT_ALLOWED
        return NOT_ALLOWED

    def _same(self, node: Tuple, text: str, namespaces: Mapping[str, str] | None) -> bool:
        kind = self.datatype(node[1])
        wanted = kind.value(node[2], dict(node[3]))
        return wanted is not None and kind.value(text, namespaces) == wanted

    def accepts(self, pattern: int, text: str, namespaces: Mapping[str, str] | None = None) -> bool:
        """Whether the pattern takes the string as the whole of a value or of a content."""
        if self.nullable[pattern] and not text.strip(SPACE):
            return True
        return self.nullable[self.after_text(pattern, text, namespaces)]

    def strings(self, pattern: int) -> bool:
        """Whether the text of an element decides here: ``data``, ``value`` or ``list`` come."""
        return any(
            self.nodes[item][0] in (K_DATA, K_VALUE, K_LIST) for item in self.reachable(pattern)
        )

    def text_at(self, pattern: int) -> bool:
        """Whether text may stand first."""
        return any(
            self.nodes[item][0] in (K_TEXT, K_DATA, K_VALUE, K_LIST)
            for item in self.reachable(pattern)
        )

    def reachable(self, pattern: int) -> Iterable[int]:
        """The leaves that may come first in the pattern."""
        seen: set[int] = set()
        stack = [pattern]
        while stack:
            number = stack.pop()
            if number in seen:
                continue
            seen.add(number)
            node = self.nodes[number]
            kind = node[0]
            if kind in (K_CHOICE, K_INTERLEAVE):
                stack += node[1]
            elif kind == K_GROUP:
                stack.append(node[1])
                if self.nullable[node[1]]:
                    stack.append(node[2])
            elif kind == K_ONE_OR_MORE:
                stack.append(node[1])
            else:
                yield number


def tokens(text: str) -> list[str]:
    """The words of a list: what stands between white space."""
    if text.isascii():
        return text.split()
    return [token for token in re.split(f"[{SPACE}]+", text) if token]


def expanded(namespace: str, name: str) -> str:
    """A name as expat reports it: ``namespace`` SEPARATOR ``name``, or the bare name."""
    return f"{namespace}{SEPARATOR}{name}" if namespace else name


def split(name: str) -> tuple[str, str]:
    """The namespace and the local name of an expanded name."""
    namespace, _, local = name.rpartition(SEPARATOR)
    return namespace, local


def contains(name_class: Tuple, name: str) -> bool:
    """Whether the expanded name belongs to the name class."""
    kind = name_class[0]
    if kind == "name":
        return bool(name_class[1] == name)
    if kind == "choice":
        return any(contains(item, name) for item in name_class[1:])
    minus = name_class[-1]
    if minus and contains(minus, name):
        return False
    return kind == "anyName" or bool(split(name)[0] == name_class[1])


def finite_names(name_class: Tuple) -> tuple[str, ...] | None:
    """The names of a name class where it lists them, else None."""
    kind = name_class[0]
    if kind == "name":
        return (name_class[1],)
    if kind == "choice":
        names: list[str] = []
        for item in name_class[1:]:
            inner = finite_names(item)
            if inner is None:
                return None
            names += inner
        return tuple(dict.fromkeys(names))
    return None

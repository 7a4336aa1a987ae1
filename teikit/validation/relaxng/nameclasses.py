"""Name classes of the simple syntax: what belongs to them, and whether two have a name in common.

RELAX NG specification, sections 6.1 and 7.3. Two classes overlap if and only if one of the finitely
many names that they mention, or a name that neither mentions, belongs to both.
"""

from __future__ import annotations

from collections.abc import Iterator

from teikit.validation.relaxng.tree import Node

Name = tuple[str, str]
# What no schema can mention: a name and a namespace that stand for "any other".
_OTHER = "\x00"


def alternatives(names: Node) -> list[Node]:
    """The parts of a name class that is a choice, or the class itself as the only part."""
    return names.children if names.kind == "choice" else [names]


def is_infinite(names: Node) -> bool:
    """Whether the class uses ``anyName`` or ``nsName``."""
    return any(part.kind != "name" for part in alternatives(names))


def simple_names(names: Node) -> Iterator[Name]:
    """The names that a class lists one by one."""
    for part in alternatives(names):
        if part.kind == "name":
            yield part.attributes["ns"], part.text


def contains(names: Node, name: Name) -> bool:
    """Whether ``name`` (namespace, local name) belongs to the class (section 6.1)."""
    return any(_part_contains(part, name) for part in alternatives(names))


def _part_contains(part: Node, name: Name) -> bool:
    if part.kind == "name":
        return part.text == name[1] and part.attributes["ns"] == name[0]
    if part.kind == "nsName" and part.attributes["ns"] != name[0]:
        return False
    return not (part.children and contains(part.children[0].children[0], name))


def common_name(first: Node, second: Node) -> Name | None:
    """A name that belongs to both classes, or None; where it is any, ``*`` stands for its parts."""
    for name in (*_mentioned(first), *_mentioned(second)):
        if contains(first, name) and contains(second, name):
            return (
                "*" if name[0] == _OTHER else name[0],
                "*" if name[1] == _OTHER else name[1],
            )
    return None


def _mentioned(names: Node) -> Iterator[Name]:
    for part in alternatives(names):
        if part.kind == "name":
            yield part.attributes["ns"], part.text
        else:
            yield (_OTHER if part.kind == "anyName" else part.attributes["ns"]), _OTHER
            if part.children:
                yield from _mentioned(part.children[0].children[0])


def spelt(names: Node) -> str:
    """The class in words, for messages: ``title``, ``* of http://…``, ``a | b``."""
    parts = alternatives(names)
    words = []
    for part in parts[:4]:
        if part.kind == "name":
            words.append(part.text)
        elif part.kind == "nsName":
            words.append(f"* of {part.attributes['ns'] or 'no namespace'}")
        else:
            words.append("*")
    return " | ".join(words) + (" | …" if len(parts) > 4 else "")

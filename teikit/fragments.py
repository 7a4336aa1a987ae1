"""Fragments: what stands after the ``#`` of a pointer, an id or a TEI XPointer; and patterns.

The Guidelines (17.2.4) define schemes that reach further than an id: ``xpath()``, ``left()``,
``right()``, ``string-index()``, ``range()``, ``string-range()``, ``match()``; W3C has ``element()``
and ``xpointer()``. The ids that they start from can be looked up like any other.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from functools import cache

from teikit.names import NAME

SCHEMES = frozenset(
    "element left match range right string-index string-range xmlns xpath xpointer".split()
)
_SCHEME = re.compile(r"([A-Za-z][\w.\-]*)\(")
_IN_XPATH = re.compile(r"""(?:\bid\s*\(\s*|@xml:id\s*=\s*)(["'])(.+?)\1""")


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A ``@matchPattern``. Raises re.error where it is no regular expression."""
    with warnings.catch_warnings():
        # What Python may read otherwise one day is nothing to tell an editor of texts.
        warnings.simplefilter("ignore", FutureWarning)
        return re.compile(pattern)


def is_xpointer(fragment: str) -> bool:
    """Whether a fragment is written with one of the schemes."""
    match = _SCHEME.match(fragment)
    return match is not None and match[1] in SCHEMES


def tokens(value: str) -> list[str]:
    """The pointers in the value of an attribute: parted by spaces, but not inside of brackets.

    A space is not allowed inside a pointer; in an XPath people write it all the same.
    """
    if "(" not in value:
        return value.split()
    found: list[str] = []
    depth = 0
    for piece in value.split():
        if depth > 0:
            found[-1] += f" {piece}"
        else:
            found.append(piece)
            if not any(f"#{scheme}(" in piece for scheme in SCHEMES):
                continue
        depth += piece.count("(") - piece.count(")")
    # What never closes was no XPointer.
    return value.split() if depth > 0 else found


def _parts(fragment: str) -> Iterator[tuple[str, str]]:
    """The scheme parts of a fragment: ``xmlns(a=b)xpath(//p)`` has two. Brackets nest."""
    at = 0
    while match := _SCHEME.search(fragment, at):
        depth, end = 1, match.end()
        while end < len(fragment) and depth:
            depth += {"(": 1, ")": -1}.get(fragment[end], 0)
            end += 1
        yield match[1], fragment[match.end() : end - (not depth)]
        at = end


def ids_in(fragment: str) -> tuple[str, ...]:
    """The ids that an XPointer starts from, in its order; none where it starts from the root."""
    return tuple(dict.fromkeys(_ids(fragment)))


def _ids(fragment: str) -> Iterator[str]:
    for scheme, inside in _parts(fragment):
        if scheme in ("xpath", "xpointer"):
            yield from (match[2] for match in _IN_XPATH.finditer(inside))
        elif scheme == "element":
            first = inside.partition("/")[0]
            if first:
                yield first
        elif scheme != "xmlns":
            for argument in _arguments(inside):
                if _SCHEME.match(argument):
                    yield from _ids(argument)
                elif NAME.fullmatch(argument):
                    yield argument


def _arguments(inside: str) -> Iterator[str]:
    depth, start = 0, 0
    for at, sign in enumerate(inside):
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == "," and not depth:
            yield inside[start:at].strip()
            start = at + 1
    yield inside[start:].strip()


def xpath_of(fragment: str) -> str | None:
    """The expression of a fragment that is one ``xpath()`` and nothing else; None for others."""
    parts = list(_parts(fragment))
    return parts[0][1] if len(parts) == 1 and parts[0][0] == "xpath" else None

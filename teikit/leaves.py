"""Leaves of a file or a manuscript: read, and compared by where they lie.

In Russian archives a leaf is numbered on its first side, and its other side is “об.” (oborot); in
libraries the sides are r and v.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace


class ShelfmarkError(ValueError):
    """Leaves that cannot be read; the message says what was found and what was expected."""


@dataclass(frozen=True, slots=True, order=True)
class Leaf:
    """One side of a leaf: ``12``, ``12 об.``, ``12а``; in the order in which they lie in the file.

    ``letter`` is Latin where the first letters of the two alphabets answer each other, so that
    ``12а`` and ``12a`` are one leaf; ``column`` is that of a manuscript in columns: ``12rb``.
    """

    number: int
    letter: str = ""
    verso: bool = False
    column: str = ""


@dataclass(frozen=True, slots=True)
class LeafRange:
    """From one leaf to another; one leaf alone is both."""

    first: Leaf
    last: Leaf


# How leaves are called in idno/@type and in print; “f.” alone may be a fond too.
LEAF_NAMES = (
    *"листы листов лист лл л аркуші арк listy listov list ll l feuillets feuillet".split(),
    *"feuilles feuille folios folio foll fols fol ff f° fº leaves leaf".split(),
    *("documents d'archives", "document d'archives", "document d'archive"),
)
_CYRILLIC, _LATIN = "абвгде", "abvgde"
TO_LATIN, TO_CYRILLIC = str.maketrans(_CYRILLIC, _LATIN), str.maketrans(_LATIN, _CYRILLIC)

_DASH = "[-‐‑‒–—−]"
LETTER = r"[^\W\d_]"
END = rf"(?!{LETTER})"
_VERSO, _RECTO = "оборот|об|зв|verso|v[°ºo]|ob|v[a-d]?", "recto|r[°ºo]|r[a-d]?"
_SIDE = rf"(?:{_VERSO}|{_RECTO}){END}\.?"
_LEAF = re.compile(
    rf"(?P<number>\d{{1,6}})(?!\s*{_SIDE})(?P<letter>{LETTER})(?:\s*(?P<side>{_SIDE})|{END})"
    rf"|(?P<only>\d{{1,6}})(?:\s*(?P<its>{_SIDE}))?(?![^\W_])",
    re.I,
)
_TO = re.compile(rf"\s*{_DASH}\s*")
# The other side, or another column, of the leaf that was named: 5–5 об., 5 и об., 5rb–va.
_AND_SIDE = re.compile(rf"\s*(?:{_DASH}|с|и|et|and|&|,)\s*(?P<side>{_SIDE})", re.I)
_NEXT = re.compile(r"\s*(?:[,;&]\s*(?:(?:и|et|and)\s)?|\s(?:и|et|and)\s)\s*", re.I)
_NAME = re.compile(
    rf"(?:{'|'.join(sorted(map(re.escape, (*LEAF_NAMES, 'f')), key=len, reverse=True))}){END}"
    r"\.?\s*(?:(?:№|n[°ºo]\.?|nos?\.)\s*)?",
    re.I,
)


def read_leaves(text: str) -> tuple[LeafRange, ...]:
    """The ranges of leaves in a text such as ``1–8, 12 об.``, as they come.

    A name of leaves before them (``л.``, ``fol.``) is passed over. Raises :class:`ShelfmarkError`
    with what cannot be read. That a range runs backwards is not judged here: :func:`ordered`.
    """
    words = " ".join(text.split())
    leaves, end = leaves_at(words, _after_name(words, 0))
    rest = words[end:].strip(" .,;")
    if not leaves or rest:
        raise ShelfmarkError(
            f"“{rest or words}” is no leaf: a number such as 12, 12а or 12 об. was expected"
        )
    return leaves


def leaves_at(words: str, at: int) -> tuple[tuple[LeafRange, ...], int]:
    """The ranges of leaves that begin at a place, and where they end."""
    found: list[LeafRange] = []
    end = at
    while leaf := _LEAF.match(words, at):
        first = last = _leaf(leaf)
        end = leaf.end()
        if side := _AND_SIDE.match(words, end):
            last, end = _on_side(first, side["side"]), side.end()
        elif (to := _TO.match(words, end)) and (other := _LEAF.match(words, to.end())):
            last, end = _leaf(other), other.end()
        found.append(LeafRange(first, last))
        following = _NEXT.match(words, end)
        if following is None:
            break
        at = _after_name(words, following.end())
    return tuple(found), end


def _leaf(found: re.Match[str]) -> Leaf:
    letter = (found["letter"] or "").casefold().translate(TO_LATIN)
    leaf = Leaf(int(found["number"] or found["only"]), letter)
    return _on_side(leaf, found["side"] or found["its"] or "r")


def _on_side(leaf: Leaf, side: str) -> Leaf:
    """The leaf on the side that a sign such as ``об.``, ``v°`` or ``rb`` says."""
    sign = side.casefold().rstrip(".")
    column = sign[1] if sign[0] in "rv" and sign[1:] in ("a", "b", "c", "d") else ""
    return replace(leaf, verso=not sign.startswith("r"), column=column)


def _after_name(words: str, at: int) -> int:
    """Where what follows a name of leaves begins; the same place where there is none."""
    named = _NAME.match(words, at)
    return named.end() if named else at


# -- comparing -----------------------------------------------------------------------------------


def problems(leaves: Sequence[LeafRange]) -> Iterator[tuple[str, int, int]]:
    """What is wrong with the order of ranges: (what, index of the range, index of another).

    ``backwards``: it ends before it begins; ``overlap``: it shares leaves with the other, which
    stands before it; ``order``: it lies before the other, and stands after it.
    """
    before: int | None = None
    for index, one in enumerate(leaves):
        if one.last < one.first:
            yield "backwards", index, index
            continue
        if before is not None and one.first <= leaves[before].last:
            what = "order" if one.last < leaves[before].first else "overlap"
            yield what, index, before
        if before is None or leaves[before].last < one.last:
            before = index


def ordered(leaves: Sequence[LeafRange]) -> bool:
    """Whether no range runs backwards, and each begins after the end of the one before."""
    return next(problems(leaves), None) is None


def contains(cover: Sequence[LeafRange], leaves: Sequence[LeafRange]) -> bool:
    """Whether all the leaves lie within the ranges of the cover, one by one.

    A range that ends with leaf 8 has the other side of leaf 8 too.
    """
    return all(
        any(
            outer.first <= inner.first <= inner.last <= replace(outer.last, verso=True, column="z")
            for outer in cover
        )
        for inner in leaves
    )


def adjacent(cover: Sequence[LeafRange], leaves: Sequence[LeafRange]) -> bool:
    """Whether some of the leaves touch the cover: no whole leaf lies between them."""
    return any(
        inner.first.number - outer.last.number <= 1 and outer.first.number - inner.last.number <= 1
        for outer in cover
        for inner in leaves
    )

"""Letters as a search compares them: without case, accents and the habits of typesetters.

Alike are ``É`` and ``e``, ``ё`` and ``е``, ``œ`` and ``oe``, ``’`` and ``'``, ``«`` and ``"``,
``–`` and ``-``, a letter with its accent in one character or in two. Soft hyphens and other signs
that are not seen do not count. ``й`` and ``ї`` stay letters of their own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

# Marks that sit on the letter before them: accents (Latin, Greek, Cyrillic), Hebrew and Arabic
# points. Vowel signs of other scripts are letters in all but name.
_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f"
)
_MARK = re.compile(f"[{_MARKS}]")
_CLUSTER = re.compile(f".[{_MARKS}]*", re.DOTALL)
# What has a mark and is a letter of its own to those who read it.
_LETTERS = frozenset("йїў")

# What no decomposition tells (after casefold and NFKC).
_SAME = {
    **dict(zip("ёæœøłđðħıŧ", ("е", "ae", "oe", "o", "l", "d", "d", "h", "i", "t"), strict=True)),
    **dict.fromkeys("’‘‛ʼʹ′`", "'"),
    **dict.fromkeys("«»“”„‟‹›〝〞", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
}

# What NFKC would take apart into a space and a mark, or into two signs.
_ALONE = {"´": "'", "″": '"'}


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text, and for each of its characters the range of the original it comes from."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The range of the original that a range (not empty) of the folded text comes from."""
        return self.starts[start], self.ends[end - 1]


def _folded(cluster: str) -> str:
    """A letter with its marks, folded; nothing where it is a sign that is not seen."""
    out = []
    if cluster[0] in _ALONE:
        return _ALONE[cluster[0]]
    # Twice: compatibility forms may have case, and folded case may have accents.
    composed = unicodedata.normalize("NFKC", cluster).casefold()
    for char in unicodedata.normalize("NFC", composed):
        if char in _SAME:
            out.append(_SAME[char])
        elif char in _LETTERS:
            out.append(char)
        elif not _MARK.match(char) and unicodedata.category(char) != "Cf":
            apart = unicodedata.normalize("NFD", char)
            first, marks = apart[0], apart[1:]
            bare = marks != "" and all(map(_MARK.match, marks))
            out.append(_SAME.get(first, first) if bare else char)
    return "".join(out)


class _Table(dict[int, str]):
    """The folded form of each character that has been met, for ``str.translate``."""

    def __missing__(self, code: int) -> str:
        self[code] = _folded(chr(code))
        return self[code]


_TABLE = _Table()


def fold(text: str) -> str:
    """The folded text."""
    if _MARK.search(text):
        return "".join(map(_of, _CLUSTER.findall(text)))
    return text.translate(_TABLE)


def _of(cluster: str) -> str:
    return cluster.translate(_TABLE) if len(cluster) == 1 else _folded(cluster)


def fold_with_places(text: str) -> Folded:
    """The folded text, which is that of :func:`fold`, and where each character comes from."""
    if not _MARK.search(text) and all(len(_TABLE[ord(char)]) == 1 for char in set(text)):
        # Nearly every text: letter by letter, and no list of places is needed.
        return Folded(text.translate(_TABLE), range(len(text)), range(1, len(text) + 1))
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in _CLUSTER.finditer(text):
        folded = _of(match[0])
        out.append(folded)
        starts += [match.start()] * len(folded)
        ends += [match.end()] * len(folded)
    return Folded("".join(out), tuple(starts), tuple(ends))

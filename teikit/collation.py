"""Sorting names as readers of French and Russian expect, the same on every machine.

The operating system's collation differs from one machine to the next, so it is not asked. The key
follows the shape of the Unicode Collation Algorithm (UTS #10): letters first, accents second, case
last; ``ё`` sorts with ``е``, ``œ`` as ``oe``, pre-reform letters with their successors, and
Latin before Cyrillic.
"""

from __future__ import annotations

import re
import unicodedata

_PLAIN = str.maketrans({"ё": "е", "ѣ": "е", "і": "и", "ѳ": "ф", "ѵ": "и", "œ": "oe", "æ": "ae"})
# й is a letter of its own: taken apart it would sort among the и.
_WHOLE = frozenset("йў")
_IGNORED = frozenset("«»“”„\"'’()[]…-–—.,;:!?")


def fold(text: str) -> str:
    """The letters of a text without accents, case and punctuation, words by single spaces.

    Two spellings of one name come out alike; ``й`` and ``ї`` stay letters of their own.
    """
    lowered = unicodedata.normalize("NFC", text).casefold().replace("ё", "е")
    plain = []
    for char in lowered:
        letters = unicodedata.normalize("NFD", char)
        if char not in _LETTERS and unicodedata.combining(letters[-1]):
            char = letters[0]
        plain.append(char if char.isalnum() else "" if char in "'’ʼ" else " ")
    return " ".join("".join(plain).split())


_LETTERS = frozenset("йїў")


def sort_key(text: str) -> tuple[str, str, str]:
    """A key for ``sorted``: base letters, then accents, then case."""
    lowered = unicodedata.normalize("NFC", text).casefold()
    base = []
    for char in lowered.translate(_PLAIN):
        if char in _IGNORED:
            continue
        if char in _WHOLE:
            # Right after the letter it looks like: и + the highest code point below the next.
            base.append({"й": "и\uffff", "ў": "у\uffff"}[char])
            continue
        plain = unicodedata.normalize("NFD", char)
        base.append("".join(part for part in plain if not unicodedata.combining(part)))
    return " ".join("".join(base).split()), lowered, text


def natural_key(identifier: str) -> tuple[tuple[str | int, ...], str]:
    """A key for ids, whose numbers count by their value: ``p2`` comes before ``p10``."""
    parts = re.split(r"([0-9]+)", identifier)
    return tuple(int(part) if at % 2 else part for at, part in enumerate(parts)), identifier

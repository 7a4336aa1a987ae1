"""Sorting names as the readers of a language look them up, the same on every machine.

The operating system's collation differs from one machine to the next, so it is not asked. The key
follows the shape of the Unicode Collation Algorithm (UTS #10), with the letters that a language
counts as its own: letters first, accents second, case last. Latin comes before Cyrillic; ``ё``
sorts with ``е``, ``œ`` as ``oe``, ``ł`` with ``l`` (in Polish after it).

Unlike there, words come one by one and a comma before everything: Wolf, Galina – Wolf-Ferrari,
Ermanno – Wolfe, Thomas.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from teikit import folding

# Letters that no decomposition tells, with those that they sort as or (``>``) right after.
_LETTERS = (
    "œoe æae øo łl đd ðd ħh ıi ŧt ŋ>n þ>z й>и3 і>и1 ј>и4 є>е ђ>д ѕ>з љ>л њ>н ћ>т џ>ч ѣе ѳф ѵи"
)
# What the alphabets of some languages say otherwise (CLDR 46, standard collations).
_ALPHABETS = {
    "be": "ё>е ў>у",
    "cs": "č>c ch>h ř>r š>s ž>z",
    "da": "æ>z1 ä>z1 ø>z2 ö>z2 å>z3 aa>z3",
    "es": "ñ>n",
    "fi": "å>z1 ä>z2 æ>z2 ö>z3 ø>z3",
    "hr": "č>c1 ć>c2 đ>d š>s ž>z",
    "hu": "ö>o ő>o ü>u ű>u",
    "mk": "ѓ>д2 ќ>т2",
    "pl": "ą>a ć>c ę>e ł>l ń>n ó>o ś>s ź>z1 ż>z2",
    "ro": "ă>a1 â>a2 î>i ș>s ş>s ț>t ţ>t",
    # The orthography before 1918: і was not yet и.
    "ru": "іи їи",
    "sk": "ä>a č>c ch>h ô>o š>s ž>z",
    "sv": "å>z1 ä>z2 æ>z2 ö>z3 ø>z3",
    "tr": "ç>c ğ>g ı>h ö>o ş>s ü>u",
    "uk": "ґ>г ї>и2",
}
_ALPHABETS |= dict.fromkeys(("nb", "nn", "no"), _ALPHABETS["da"])

# The order of accents, by the UCA's second weights; others come after these.
_ACCENTS = "\u0301\u0300\u0306\u0302\u030c\u030a\u0308\u030b\u0303\u0307\u0338\u0327\u0328\u0304"
_SECOND = {ord(mark): 0xE000 + place for place, mark in enumerate(_ACCENTS)}

_COMMA, _AFTER = "\x01", "\uffff"


@cache
def _weights(language: str) -> dict[str, str]:
    """For each letter that does not sort by its base letter, what it sorts as."""
    table = {}
    for row in f"{_LETTERS} {_ALPHABETS.get(language, '')}".split():
        letter, after, place = row.partition(">")
        if after:
            # Behind the letter and all that begins with it, but before the next one.
            table[letter] = place[0] + _AFTER + (place[1:] or "1")
        else:
            table[row[0]] = row[1:]
    return table


@cache
def _letters(language: str) -> re.Pattern[str]:
    """What is one letter of the alphabet, where that may be two signs: ``ch`` in Czech."""
    pairs = [letter for letter in _weights(language) if len(letter) > 1]
    return re.compile("|".join((*pairs, ".")), re.DOTALL)


def sort_key(text: str, language: str = "") -> tuple[str, str, str]:
    """A key for ``sorted``: base letters, then accents, then case.

    ``language`` (BCP 47) is that of the readers: it says which letters are letters of their own.
    """
    primary = language.lower().partition("-")[0]
    weights = _weights(primary)
    lowered = unicodedata.normalize("NFC", text).casefold()
    if primary == "tr":
        lowered = unicodedata.normalize("NFC", text.replace("I", "ı").replace("İ", "i")).casefold()
    base = []
    for char in _letters(primary).findall(lowered):
        if char in weights:
            base.append(weights[char])
        elif char in ",،、":
            base.append(_COMMA)
        elif char.isspace() or char in "-‐‑–—":
            base.append(" ")
        elif char.isalnum():
            plain = unicodedata.normalize("NFD", char)
            base.append("".join(part for part in plain if not unicodedata.combining(part)))
    words = re.sub(rf" *{_COMMA}[{_COMMA} ]*", _COMMA, " ".join("".join(base).split()))
    second = unicodedata.normalize("NFD", lowered).translate(_SECOND)
    return words.strip(_COMMA), second, text


def fold(text: str) -> str:
    """The letters of a text without accents, case and punctuation, words by single spaces.

    Two spellings of one name come out alike, as they do for a search.
    """
    letters = folding.fold(text).replace("'", "")
    return " ".join("".join(char if char.isalnum() else " " for char in letters).split())


def natural_key(identifier: str) -> tuple[tuple[str | int, ...], str]:
    """A key for ids, whose numbers count by their value: ``p2`` comes before ``p10``."""
    parts = re.split(r"([0-9]+)", identifier)
    return tuple(int(part) if at % 2 else part for at, part in enumerate(parts)), identifier

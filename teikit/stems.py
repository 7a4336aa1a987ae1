"""Stems of words, so that one inflected form finds the others."""

from __future__ import annotations

from functools import cache
from typing import Any

# The languages (BCP 47, first subtag) whose words can be stemmed, by the name of the algorithm.
ALGORITHMS = {
    "ar": "arabic",
    "ca": "catalan",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "eu": "basque",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hu": "hungarian",
    "hy": "armenian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "tr": "turkish",
}


@cache
def _stemmer(language: str) -> Any:
    import snowballstemmer

    name = ALGORITHMS.get(language)
    return snowballstemmer.stemmer(name) if name else None


@cache
def stem(word: str, language: str) -> str:
    """The stem of a folded word; the word itself in a language without an algorithm.

    ``language`` is a BCP 47 tag, of which the first part counts; in another script than that of the
    algorithm nothing is cut off.
    """
    found = _stemmer(language.partition("-")[0].lower())
    return str(found.stemWord(word)) if found else word

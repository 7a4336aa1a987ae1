"""What styles share: the words of each language, ranges, ends of sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable

WORDS: dict[str, dict[str, str]] = {
    "fr": {"translation": "trad.", "in": "dans", "pages": "p.", "to": "à"},
    "ru": {"translation": "пер.", "in": "в", "pages": "С.", "to": ""},
    "en": {"translation": "transl.", "in": "in", "pages": "pp.", "to": "to"},
}


def words(language: str) -> dict[str, str]:
    """The words of a language (BCP 47), those of English where it is not known."""
    return WORDS.get(language.lower().partition("-")[0], WORDS["en"])


def dashed(value: str) -> str:
    """A range with an en dash between its numbers: ``326–334``."""
    return re.sub(r"(?<=\d)\s*-\s*(?=\d)", "–", value)


def sentence(text: str) -> str:
    """The text with a point at its end, unless it ends a sentence already."""
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."


def joined(parts: Iterable[str], by: str = ", ") -> str:
    """The parts that are not empty."""
    return by.join(part for part in parts if part)

"""Regular expressions of XML Schema (part 2, appendix F) as Python's.

The translation is elementpath's. Importing that takes longer than judging a file, so what was
translated once is remembered: a cache keeps the table, and elementpath is only asked for patterns
that are not in it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

_KNOWN: dict[str, str] = {}


def translations() -> dict[str, str]:
    """The patterns translated so far: XML Schema's to Python's."""
    return dict(_KNOWN)


def remember(translated: Mapping[str, str]) -> None:
    """Take over translations of an earlier run."""
    _KNOWN.update(translated)


def translate(pattern: str) -> str:
    """The Python form of a pattern. Raises ValueError, in plain words, when it is none."""
    if pattern not in _KNOWN:
        from elementpath.regex import RegexError, translate_pattern

        try:
            python = translate_pattern(
                pattern, back_references=False, lazy_quantifiers=False, anchors=False
            )
            re.compile(python)
        except (RegexError, re.error, OverflowError, RecursionError) as error:
            raise ValueError(f"“{pattern[:60]}” is no regular expression: {error}") from error
        _KNOWN[pattern] = python
    return _KNOWN[pattern]


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern, ready to match a whole value."""
    return re.compile(translate(pattern))

r"""Regular expressions of XSD 1.0 (part 2, second edition, appendix F) as Python's.

The dialects look alike and differ in nearly everything: ``\w`` has symbols and lacks ``_`` here,
``\s`` are four characters, ``^`` and ``$`` mean themselves, classes can be subtracted, ``\i`` and
``\c`` are XML's names. So the expression is parsed and written anew, in ASCII only. (elementpath
has a translator too, but outside of brackets it leaves ``\w`` and ``\s`` to Python and lets many
mistakes pass; it is asked for the Unicode blocks, ``\p{IsGreek}``, alone.)

The result is data, so that a cache can keep it: `translations` gives what was translated so far,
`remember` takes it back, and nothing that is remembered is parsed again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from teikit.validation.relaxng.characters import (
    CATEGORIES,
    Ranges,
    category,
    complement,
    inside_class,
    name_characters,
    name_start,
)
from teikit.validation.relaxng.matching import too_large

_known: dict[str, str] = {}

# Deeper nesting than this is refused: Python's own compiler is recursive.
_DEPTH = 100
# Python's upper limit of a repetition; no text is as long.
_REPEAT = 2**31


class PatternError(ValueError):
    """The text is no regular expression of XSD; ``str()`` says why, in words."""


def translations() -> dict[str, str]:
    """XSD pattern to Python pattern, as far as known in this process."""
    return dict(_known)


def remember(translated: Mapping[str, str]) -> None:
    """Take translations that an earlier run has kept; they are not made again."""
    _known.update(translated)


def translate(pattern: str) -> str:
    """The pattern for ``re.fullmatch``. Raises PatternError where it is wrong."""
    found = _known.get(pattern)
    if found is None:
        found = _known[pattern] = _Parser(pattern).whole()
    return found


class _Class(NamedTuple):
    """A set of characters: what the brackets hold, whether ``^`` does, what is cut out."""

    inner: str
    negated: bool = False
    without: str = ""

    def __str__(self) -> str:
        written = f"[{'^' * self.negated}{self.inner}]"
        return f"(?:(?!{self.without}){written})" if self.without else written


_SPACES: Ranges = ((9, 10), (13, 13), (32, 32))
_SINGLE = {"n": "\n", "r": "\r", "t": "\t"} | {c: c for c in "\\|.-^?*+{}()[]"}
_QUANTITY = re.compile(r"\{([0-9]+)(?:(,)([0-9]*))?\}")
_PROPERTY = re.compile(r"\{([A-Za-z0-9-]*)\}")


def _multiple(letter: str) -> str:
    r"""The characters of ``\s``, ``\D`` and their like, as they stand between brackets."""
    small = letter.lower()
    if small == "d":
        return f"\\{letter}"  # the one that means the same in Python: category Nd
    if small == "s":
        ranges = _SPACES
    elif small == "i":
        ranges = name_start()
    elif small == "c":
        ranges = name_characters()
    else:
        ranges = complement(category("P Z C"))
    return inside_class(complement(ranges) if letter.isupper() else ranges)


class _Parser:
    """Reads one expression from left to right (the productions of appendix F)."""

    def __init__(self, pattern: str) -> None:
        self._text = pattern
        self._at = 0
        self._depth = 0

    def whole(self) -> str:
        result = str(self._expression())
        if self._at < len(self._text):
            raise self._wrong("this “)” closes nothing")
        if too_large(result):
            raise PatternError(f"“{self._text[:60]}” repeats too much to be matched")
        return result

    def _wrong(self, what: str) -> PatternError:
        return PatternError(f"{what} (at character {self._at + 1} of “{self._text}”)")

    def _peek(self) -> str:
        return self._text[self._at : self._at + 1]

    def _expression(self) -> str | _Class:
        """Branches; as one class where each is a single character, which spares backtracking."""
        branches = [self._branch()]
        while self._peek() == "|":
            self._at += 1
            branches.append(self._branch())
        if len(branches) == 1:
            return branches[0]
        inner = []
        for branch in branches:
            if not isinstance(branch, _Class) or branch.negated or branch.without:
                return "|".join(map(str, branches))
            inner.append(branch.inner)
        return _Class("".join(inner))

    def _branch(self) -> str | _Class:
        pieces: list[str | _Class] = []
        while self._peek() not in ("", "|", ")"):
            atom = self._atom()
            quantifier = self._quantifier()
            pieces.append(f"{atom}{quantifier}" if quantifier else atom)
        return pieces[0] if len(pieces) == 1 else "".join(map(str, pieces))

    def _atom(self) -> str | _Class:
        character = self._peek()
        if character == "(":
            return self._group()
        if character == "[":
            return self._bracket()
        if character in "?*+{":
            raise self._wrong(f"“{character}” follows nothing that could be repeated")
        if character in "]}":
            raise self._wrong(f"“{character}” must be written “\\{character}” here")
        if character == "\\":
            return self._escape()
        self._at += 1
        return _Class("\\n\\r", negated=True) if character == "." else _one(character)

    def _group(self) -> str | _Class:
        self._at += 1
        self._depth += 1
        if self._depth > _DEPTH:
            raise self._wrong("the brackets are nested too deeply")
        inner = self._expression()
        if self._peek() != ")":
            raise self._wrong("a “)” is missing")
        self._at += 1
        self._depth -= 1
        return inner if isinstance(inner, _Class) else f"(?:{inner})"

    def _quantifier(self) -> str:
        character = self._peek()
        if character and character in "?*+":
            self._at += 1
            return character
        if character != "{":
            return ""
        match = _QUANTITY.match(self._text, self._at)
        if not match:
            raise self._wrong("after “{” comes a number, as in {2}, {2,} or {2,4}")
        low = _number(match[1])
        high = low if not match[2] else _number(match[3]) if match[3] else None
        if high is not None and low > high:
            raise self._wrong("the smaller number comes first")
        self._at = match.end()
        return f"{{{low},{'' if high is None else high}}}"

    def _escape(self) -> _Class:
        """What begins with a backslash, outside of brackets or inside."""
        letter = self._text[self._at + 1 : self._at + 2]
        if letter in _SINGLE and letter:
            self._at += 2
            return _one(_SINGLE[letter])
        if letter and letter in "sSiIcCdDwW":
            self._at += 2
            return _Class(_multiple(letter))
        if letter and letter in "pP":
            match = _PROPERTY.match(self._text, self._at + 2)
            if not match:
                raise self._wrong(f"after “\\{letter}” comes a name in braces, as in \\p{{Lu}}")
            ranges = self._property(match[1])
            self._at = match.end()
            return _Class(inside_class(complement(ranges) if letter == "P" else ranges))
        raise self._wrong(f"“\\{letter}” is no escape of XSD")

    def _property(self, name: str) -> Ranges:
        if name in CATEGORIES:
            return category(name)
        if name.startswith("Is"):
            # The one thing that only elementpath knows; its import takes a tenth of a second.
            from elementpath.regex import RegexError, unicode_subset

            try:
                points = unicode_subset(name).codepoints
            except RegexError:
                pass
            else:
                return tuple(
                    (item, item) if isinstance(item, int) else (item[0], item[1] - 1)
                    for item in points
                )
            raise self._wrong(f"“{name}” is no block of Unicode")
        raise self._wrong(f"“{name}” is no category of characters")

    def _bracket(self) -> _Class:
        """A class: characters, ranges and escapes, perhaps less another class."""
        self._at += 1
        self._depth += 1
        if self._depth > _DEPTH:
            raise self._wrong("the brackets are nested too deeply")
        negated = self._peek() == "^"
        self._at += negated
        inner: list[str] = []
        without = ""
        while (character := self._peek()) != "]" or not inner:
            if not character:
                raise self._wrong("a “]” is missing")
            if character == "-" and self._text[self._at + 1 : self._at + 2] == "[" and inner:
                self._at += 1
                without = str(self._bracket())
                if self._peek() != "]":
                    raise self._wrong("after the class that is taken away comes “]”")
                break
            inner.append(self._item(first=not inner))
        self._at += 1
        self._depth -= 1
        return _Class("".join(inner), negated, without)

    def _item(self, *, first: bool) -> str:
        """One character, range or escape of a class, as it stands between Python's brackets."""
        low = self._member(first=first)
        following = self._text[self._at + 1 : self._at + 2]
        if self._peek() != "-" or following in ("[", "]", ""):
            return low.inner if isinstance(low, _Class) else inside_class(((ord(low),) * 2,))
        self._at += 1
        high = self._member(first=False)
        if isinstance(low, _Class) or isinstance(high, _Class):
            raise self._wrong("a range goes from one character to another")
        if low > high:
            raise self._wrong(f"the range {low}-{high} runs backwards")
        return inside_class(((ord(low), ord(high)),))

    def _member(self, *, first: bool) -> str | _Class:
        character = self._peek()
        if character == "\\":
            letter = self._text[self._at + 1 : self._at + 2]
            escaped = self._escape()
            return _SINGLE.get(letter, escaped)
        # The second edition lets a bare hyphen stand at either end of a class.
        last = self._text[self._at + 1 : self._at + 2] == "]"
        if not character or character in "[]" or (character == "-" and not (first or last)):
            raise self._wrong(f"“{character}” must be written “\\{character}” inside brackets")
        self._at += 1
        return character


def _one(character: str) -> _Class:
    """A class of a single character."""
    return _Class(inside_class(((ord(character), ord(character)),)))


def _number(digits: str) -> int:
    """A count, cut where it is beyond any text."""
    digits = digits.lstrip("0") or "0"
    return min(int(digits), _REPEAT) if len(digits) < 12 else _REPEAT

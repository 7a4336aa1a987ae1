"""Matching texts against translated patterns, in time that grows with the text alone.

Python's ``re`` tries one way after the other, and for patterns such as ``(a+)+b`` there are so many
that it never ends. XSD's expressions are regular, so that an automaton can go all ways at once.
``re`` is faster, and serves wherever there is but one repetition, and not one within another.

Expressions come as `teikit.validation.relaxng.regex` writes them: every character is a class in
brackets, every group is ``(?:…)``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from teikit.validation.relaxng.characters import basic

# Choices and options among which ``re`` may search: they multiply.
_FORKS = 6
# An automaton of more characters, counted repetitions written out, is refused.
_LARGEST = 3_000
# Transitions that an automaton remembers before it begins anew.
_REMEMBERED = 50_000


class _Part(NamedTuple):
    """A piece of an expression: one character, a sequence, a choice, a repetition of one part."""

    kind: Literal["set", "sequence", "choice", "repeat"]
    text: str = ""  # of a set: the expression for one character
    parts: tuple[_Part, ...] = ()
    least: int = 1
    most: int | None = 1  # None: without limit

    def walk(self) -> Iterator[_Part]:
        """The part and all within it."""
        yield self
        for part in self.parts:
            yield from part.walk()

    def size(self) -> int:
        """How many characters it has when repetitions are written out."""
        if self.kind == "set":
            return 1
        copies = max(self.least, 1) if self.most is None else self.most
        return copies * sum(part.size() for part in self.parts)


_CLASS = re.compile(r"\[[^\]]*\]")
_REPEAT = re.compile(r"([?*+])|\{([0-9]+),([0-9]*)\}")
_COUNTS: dict[str, tuple[int, int | None]] = {"?": (0, 1), "*": (0, None), "+": (1, None)}


class _Reader:
    """Takes a translated expression apart."""

    def __init__(self, expression: str) -> None:
        self._text = expression
        self._at = 0

    def choice(self) -> _Part:
        """Everything up to the end, or to the bracket that closes the group."""
        branches = [self._sequence()]
        while self._text.startswith("|", self._at):
            self._at += 1
            branches.append(self._sequence())
        return branches[0] if len(branches) == 1 else _Part("choice", parts=tuple(branches))

    def _sequence(self) -> _Part:
        parts = []
        while self._at < len(self._text) and self._text[self._at] not in "|)":
            part = self._atom()
            if match := _REPEAT.match(self._text, self._at):
                self._at = match.end()
                least, most = _COUNTS.get(match[1] or "", (0, None))
                if not match[1]:
                    least, most = int(match[2]), int(match[3]) if match[3] else None
                part = _Part("repeat", parts=(part,), least=least, most=most)
            parts.append(part)
        return parts[0] if len(parts) == 1 else _Part("sequence", parts=tuple(parts))

    def _atom(self) -> _Part:
        start = self._at
        if match := _CLASS.match(self._text, start):
            self._at = match.end()
        elif self._text.startswith("(?:(?!", start):  # a class less another
            self._at += len("(?:(?!")
            self._atom()
            self._at += 1
            self._atom()
            self._at += 1
        else:
            self._at += len("(?:")
            part = self.choice()
            self._at += 1
            return part
        return _Part("set", self._text[start : self._at])


def _simple(whole: _Part) -> bool:
    """Whether ``re`` cannot lose its way: one repetition of varying length, and few forks."""
    parts = list(whole.walk())
    repeats = [part for part in parts if part.kind == "repeat" and part.most != 1]
    nested = any(
        inner.kind in ("choice", "repeat") for part in repeats for inner in part.parts[0].walk()
    )
    forks = sum(part.kind == "choice" or part.most != part.least for part in parts)
    long = sum(part.most != part.least for part in repeats)
    return not nested and long < 2 and forks <= _FORKS


def too_large(expression: str) -> bool:
    """Whether no automaton is made for the expression, and ``re`` cannot be trusted with it."""
    whole = _Reader(expression).choice()
    return not _simple(whole) and whole.size() > _LARGEST


def matcher(expression: str) -> Callable[[str], bool]:
    """A function that tells whether a whole text matches. It does its work when first called."""
    test: Callable[[str], bool] | None = None

    def matches(text: str) -> bool:
        nonlocal test
        if test is None:
            whole = _Reader(expression).choice()
            test = _by_re(expression) if _simple(whole) else _Automaton(whole).matches
        return test(text)

    return matches


def _by_re(expression: str) -> Callable[[str], bool]:
    """By Python's own means; the expression for rare characters is compiled where one comes."""
    short = re.compile(basic(expression)).fullmatch
    whole: Callable[[str], re.Match[str] | None] | None = None

    def matches(text: str) -> bool:
        nonlocal whole
        if text.isascii() or max(text) < "\U00010000":
            return short(text) is not None
        if whole is None:
            whole = re.compile(expression).fullmatch
        return whole(text) is not None

    return matches


@dataclass(slots=True, eq=False)
class _State:
    """The places in the expression where a text may have got to, as bits, and where they lead."""

    places: int
    accepts: bool
    following: dict[str, _State]


class _Automaton:
    """Glushkov's automaton: a state for each character of the expression, made deterministic.

    The places are numbered from 1; 0 is the beginning. States are made as texts need them, and
    forgotten when there are too many.
    """

    def __init__(self, whole: _Part) -> None:
        self._sets: dict[str, int] = {}  # the places that a class stands at, as bits
        self._follow = [0]  # the places that may come after each
        empty, first, last = self._add(whole)
        self._follow[0] = first
        self._last = last | (1 if empty else 0)
        self._tests = [(re.compile(text).match, places) for text, places in self._sets.items()]
        self._forget()

    def _forget(self) -> None:
        self._known = 0
        self._fitting: dict[str, int] = {}
        self._states: dict[int, _State] = {}
        self._start = self._state(1)

    def matches(self, text: str) -> bool:
        """Whether the expression matches the whole text."""
        state = self._start
        for character in text:
            following = state.following.get(character)
            if following is None:
                following = self._step(state, character)
            state = following
            if not state.places:
                return False
        return state.accepts

    def _state(self, places: int) -> _State:
        state = self._states.get(places)
        if state is None:
            state = self._states[places] = _State(places, bool(places & self._last), {})
        return state

    def _step(self, state: _State, character: str) -> _State:
        if self._known >= _REMEMBERED:
            self._forget()
        self._known += 1
        fitting = self._fitting.get(character)
        if fitting is None:
            fitting = 0
            for test, places in self._tests:
                if test(character):
                    fitting |= places
            self._fitting[character] = fitting
        reached = 0
        for place in _bits(state.places):
            reached |= self._follow[place]
        following = state.following[character] = self._state(reached & fitting)
        return following

    def _add(self, part: _Part) -> tuple[bool, int, int]:
        """Add a part: whether it may be empty, and the places that it may begin and end with."""
        if part.kind == "set":
            place = 1 << len(self._follow)
            self._follow.append(0)
            self._sets[part.text] = self._sets.get(part.text, 0) | place
            return False, place, place
        if part.kind == "repeat":
            return self._repeat(part)
        if part.kind == "choice":
            empty, first, last = False, 0, 0
            for branch in part.parts:
                one = self._add(branch)
                empty, first, last = empty or one[0], first | one[1], last | one[2]
            return empty, first, last
        empty, first, last = True, 0, 0
        for item in part.parts:
            one = self._add(item)
            self._connect(last, one[1])
            first |= one[1] if empty else 0
            last = one[2] | (last if one[0] else 0)
            empty = empty and one[0]
        return empty, first, last

    def _repeat(self, part: _Part) -> tuple[bool, int, int]:
        """Copies in a row, of which those beyond the least may be the last."""
        copies = max(part.least, 1) if part.most is None else part.most
        empty, first, last, previous = part.least == 0, 0, 0, 0
        for number in range(1, copies + 1):
            one = self._add(part.parts[0])
            empty = empty or one[0]
            first = first or one[1]
            self._connect(previous, one[1])
            previous = one[2]
            # Where a copy may be empty, those after the first suffice to end in.
            if number >= part.least or one[0]:
                last |= one[2]
        if part.most is None:
            self._connect(previous, first if copies == 1 else one[1])
        return empty, first, last

    def _connect(self, last: int, first: int) -> None:
        for place in _bits(last):
            self._follow[place] |= first


def _bits(number: int) -> Iterator[int]:
    """The positions of the bits that are set."""
    while number:
        low = number & -number
        yield low.bit_length() - 1
        number ^= low

"""What may stand at a place of a document: for editors that complete what is being typed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.parsers import expat

from teikit import wellformed
from teikit.source import Source
from teikit.validation.relaxng import values
from teikit.validation.relaxng.automaton import Automaton
from teikit.validation.relaxng.completion import Ways
from teikit.validation.relaxng.explain import Explainer, Pass
from teikit.validation.relaxng.frames import ANYTHING
from teikit.validation.relaxng.patterns import NOT_ALLOWED, TEXT, expanded
from teikit.validation.relaxng.vocabulary import ranked
from teikit.validation.relaxng.wording import USUAL

_INSIDE_TAG = re.compile(
    r"<([^\s<>/!?]+)((?:\s+[^\s=<>]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*)\s+([^\s=<>\"']*)\Z"
)
_INSIDE_VALUE = re.compile(
    r"<([^\s<>/!?]+)((?:\s+[^\s=<>]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*)\s+([^\s=<>]+)\s*=\s*([\"'])([^\"'<]*)\Z"
)
_GIVEN = re.compile(r"([^\s=<>]+)\s*=")


@dataclass(frozen=True, slots=True)
class Expected:
    """What may stand at a place, likeliest first.

    ``place`` is ``content``, ``attribute`` or ``value``; ``parent`` the open element there.
    ``elements``, ``attributes`` and ``values`` are names and values without markup; ``required``
    those of them without which the element is not complete; ``text`` says whether words may stand,
    ``end`` whether the parent may end; ``forms`` describe values that cannot be listed.
    """

    place: str
    parent: str
    elements: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    text: bool = False
    end: bool = False


def expect(automaton: Automaton, data: bytes, line: int, column: int) -> Expected:
    """What may stand before the character at ``line`` and ``column`` (from 1) of a document.

    The document need not be complete nor well-formed after that place.
    """
    before = _before(data, line, column)
    value = _INSIDE_VALUE.search(before)
    tag = None if value else _INSIDE_TAG.search(before)
    begun = value or tag or re.search(r"</?[^\s<>]*\Z", before)
    outer = before[: begun.start()] if begun else before
    reading = _Reading(automaton, outer.encode())
    if value is not None:
        return reading.values(value[1], _names(value[2]), value[3])
    if tag is not None:
        return reading.attributes(tag[1], _names(tag[2]))
    return reading.content()


def _before(data: bytes, line: int, column: int) -> str:
    encoding = wellformed.declared_encoding(data)
    lines = data.decode(encoding, "replace").lstrip("\ufeff").split("\n")
    text = "\n".join(
        [*lines[: line - 1], lines[line - 1][: column - 1] if line <= len(lines) else ""]
    )
    return re.sub(r"^<\?xml.*?\?>", "", text, count=1)


def _names(written: str) -> list[str]:
    return _GIVEN.findall(re.sub(r"\"[^\"]*\"|'[^']*'", "", written))


class _Reading:
    """A document read up to a place, and the state that the schema is in there."""

    def __init__(self, automaton: Automaton, data: bytes) -> None:
        self.reading = Pass(Explainer(automaton), Source("document", data))
        self.patterns = automaton.patterns
        self.automaton = automaton
        self.ways = Ways(self.patterns)
        try:
            self.reading.parser.Parse(data, False)
        except expat.ExpatError:
            return  # what was read until there counts

    @property
    def parent(self) -> str:
        frames = self.reading.frames
        return frames[-1].label if frames else ""

    def content(self) -> Expected:
        state = self.reading.state
        if state == ANYTHING:
            return Expected("content", self.parent, text=True, end=True)
        slots = [slot for slot in self.automaton.slots[state] if slot != NOT_ALLOWED]
        required = [
            label
            for slot in slots
            for step in (self.ways.shortest(slot) or ())[:1]
            for label in map(self.reading.vocabulary.label, step.elements)
        ]
        leaves = [leaf for slot in slots for leaf in self.patterns.reachable(slot)]
        value = self.patterns.choice(leaf for leaf in leaves if self.patterns.strings(leaf))
        return Expected(
            "content",
            self.parent,
            elements=tuple(self.reading.expected_elements(state)),
            values=tuple(values.listed(self.patterns, value)),
            forms=tuple(values.described(self.patterns, value)),
            required=tuple(dict.fromkeys(required)),
            text=any(self.patterns.text_at(slot) for slot in slots),
            end=bool(self.reading.frames)
            and (
                any(self.patterns.nullable[slot] for slot in slots)
                or any(self.patterns.accepts(slot, "") for slot in slots)
            ),
        )

    def _elements(self, name: str) -> list[int]:
        """The declarations that an element written like this may be an instance of."""
        vocabulary, state = self.reading.vocabulary, self.reading.state
        full = vocabulary.locals.get(name.rpartition(":")[2], expanded(vocabulary.main, name))
        found = () if state == ANYTHING else self.automaton.candidates(state, full)
        return list(found or vocabulary.elements.get(full, ()))

    def attributes(self, name: str, given: list[str]) -> Expected:
        vocabulary = self.reading.vocabulary
        free: dict[str, None] = {}
        required: dict[str, None] = {}
        for element in self._elements(name):
            free.update(
                (vocabulary.show_attribute(item), None) for item in vocabulary.attributes(element)
            )
            for step in self.ways.shortest(self.patterns.contents[element]) or ():
                for name_class in step.attributes:
                    if name_class[0] == "name":
                        required[vocabulary.show_attribute(name_class[1])] = None
        left = [item for item in free if item not in given]
        wanted = tuple(item for item in required if item in left)
        return Expected(
            "attribute",
            name,
            attributes=tuple(ranked(left, [*wanted, *(item for item in USUAL if item in left)])),
            required=wanted,
        )

    def values(self, name: str, _given: list[str], attribute: str) -> Expected:
        vocabulary = self.reading.vocabulary
        found = [
            value
            for element in self._elements(name)
            for key, options in vocabulary.attributes(element).items()
            if vocabulary.show_attribute(key) == attribute
            for value in options
        ]
        value = self.patterns.choice(item for item in found if item != TEXT)
        return Expected(
            "value",
            name,
            values=tuple(values.listed(self.patterns, value)),
            forms=tuple(values.described(self.patterns, value)),
            text=TEXT in found,
        )

"""Documents with mistakes, by the thousand: real ones, changed at random from a seed.

Each change keeps the document well-formed. The same seed, sources and schema give the same bytes.

``python -m tests.mutations --seed N --count N`` judges fresh ones by teikit and by jing, and prints
where the two disagree.
"""

from __future__ import annotations

import random
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.markup import Edit, Element, Markup, applied, well_formed

_RNG = "{http://relaxng.org/ns/structure/1.0}"
# Files above are left to other tests: thousands of mutants must be judged in a minute.
LARGEST = 60_000
_HABITS = "a b br div em font h1 i img li ol para section span strong table td tr ul".split()
_VALUES = (
    # dates
    *"1932-02-30 1932-13 15.02.1932 1932-2-5 1932-02-15 24:00:00 0000 -0044-03-15 1932/33".split(),
    *"2001-02-29 2000-02-29 --02-30 1932-02-15T12:00:00Z 1932-02-15T24:00:00 P1Y PT P1M2D".split(),
    # names, numbers, pointers, languages
    *"1 -1 0 007 1.5 1e3 INF NaN true TRUE yes 1abc a:b a.b-c # #x #x#y %zz http://[ x.xml".split(),
    *"fr ru-Cyrl fr_FR en- high unknown medium 50% 12px rtl".split(),
    # what fingers do
    *("", " ", "  a  b ", "a\tb", "\u00a0", "Ж", "é-1", "\U0001f600", "&#10;", "&lt;p>", "a&amp;b"),
)
_TEXTS = ("stray", "12", "Слово", "a\nb", "&amp;", "&#x41;", "\u00a0", " ", "\n\n  two\n  lines\n")
_NAMESPACES = ("", "http://www.tei-c.org/ns/1.1", "http://www.w3.org/1999/xhtml", "urn:x")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The names of the elements and of the attributes that a schema declares."""

    elements: tuple[str, ...]
    attributes: tuple[str, ...]

    @classmethod
    def of(cls, schema: Path) -> Vocabulary:
        """The names in an ``.rng`` file that includes no other."""
        root = ET.parse(schema).getroot()
        names = (
            sorted({node.get("name", "") for node in root.iter(f"{_RNG}{kind}")} - {""})
            for kind in ("element", "attribute")
        )
        elements, attributes = names
        return cls(tuple(elements), tuple(attributes))


@dataclass(frozen=True, slots=True)
class Mutant:
    """A changed document: ``key`` names it among those of its seed, ``changes`` what was done."""

    key: str
    source: str
    changes: tuple[str, ...]
    data: bytes


@dataclass(slots=True)
class Hand:
    """What an operation works with: the document, chance, and the names of the schema."""

    markup: Markup
    chance: random.Random
    vocabulary: Vocabulary

    def element(self, where: Callable[[Element], bool] = lambda _: True) -> Element:
        """Some element below the root; raises IndexError where there is none of that kind."""
        return self.chance.choice([item for item in self.markup.elements[1:] if where(item)])

    def bytes(self, element: Element) -> bytes:
        """The element as it is written."""
        return self.markup.data[element.start : element.end]

    def inside(self, element: Element) -> int:
        """A byte inside an element where something may be put: at an edge or beside a child."""
        if element.empty:
            raise IndexError
        edges = [element.opening.end, element.closing.start]
        return self.chance.choice([*edges, *(child.end for child in element.children)])

    def name(self, other: str) -> str:
        """A name for an element: of the schema, a habit from HTML, or a slip in ``other``."""
        kind = self.chance.randrange(4)
        if kind < 2:
            return self.chance.choice(self.vocabulary.elements)
        return self.chance.choice(_HABITS) if kind == 2 else self.slip(other)

    def slip(self, name: str) -> str:
        """The name with one letter lost, doubled, exchanged, or of the other case."""
        at = self.chance.randrange(len(name))
        letter = name[at]
        letters = ("", letter * 2, letter.swapcase(), self.chance.choice("aeiou"))
        return name[:at] + self.chance.choice(letters) + name[at + 1 :] or "x"


Edits = list[Edit]
Operation = Callable[[Hand], Edits]


def _renamed(element: Element, name: str) -> Edits:
    old = len(element.name.encode())
    edits = [Edit(element.start + 1, element.start + 1 + old, name.encode())]
    if not element.empty:
        at = element.closing.start + 2
        edits.append(Edit(at, at + old, name.encode()))
    return edits


# -- elements ------------------------------------------------------------------------------------


def delete_element(hand: Hand) -> Edits:
    """An element is lost with all that it holds."""
    element = hand.element()
    return [Edit(element.start, element.end, b"")]


def delete_tags(hand: Hand) -> Edits:
    """The tags of an element are lost; its content stays."""
    element = hand.element(lambda item: not item.empty)
    return [Edit(tag.start, tag.end, b"") for tag in (element.opening, element.closing)]


def empty_element(hand: Hand) -> Edits:
    """The content of an element is lost."""
    element = hand.element(lambda item: not item.empty)
    return [Edit(element.opening.end, element.closing.start, b"")]


def duplicate_element(hand: Hand) -> Edits:
    """An element stands twice, sometimes on a line of its own."""
    element = hand.element()
    gap = hand.chance.choice((b"", b"\n"))
    return [Edit(element.end, element.end, gap + hand.bytes(element))]


def swap_siblings(hand: Hand) -> Edits:
    """An element and the next one change places."""
    parent = hand.element(lambda item: len(item.children) > 1)
    at = hand.chance.randrange(len(parent.children) - 1)
    one, other = parent.children[at : at + 2]
    return [
        Edit(one.start, one.end, hand.bytes(other)),
        Edit(other.start, other.end, hand.bytes(one)),
    ]


def rename_element(hand: Hand) -> Edits:
    """An element has another name."""
    element = hand.element()
    return _renamed(element, hand.name(element.name))


def move_element(hand: Hand) -> Edits:
    """An element goes to another place of the document."""
    element = hand.element()
    home = hand.element(lambda item: not item.empty and not element.holds(item))
    place = hand.inside(home)
    if element.start <= place <= element.end:
        raise IndexError
    return [Edit(element.start, element.end, b""), Edit(place, place, hand.bytes(element))]


def wrap_element(hand: Hand) -> Edits:
    """An element is put into a new one."""
    element, name = hand.element(), hand.chance.choice(hand.vocabulary.elements).encode()
    return [
        Edit(element.start, element.start, b"<%b>" % name),
        Edit(element.end, element.end, b"</%b>" % name),
    ]


def insert_element(hand: Hand) -> Edits:
    """A new element, known or not, with text or without."""
    home = hand.element(lambda item: not item.empty)
    name = hand.name(home.name).encode()
    place = hand.inside(home)
    forms = (b"<%b/>" % name, b"<%b>x</%b>" % (name, name), b"<%b\n>\n</%b\n>" % (name, name))
    return [Edit(place, place, hand.chance.choice(forms))]


def change_namespace(hand: Hand) -> Edits:
    """An element and what it holds are in another namespace, or in none."""
    element = hand.element()
    at = element.start + 1 + len(element.name.encode())
    return [Edit(at, at, b' xmlns="%b"' % hand.chance.choice(_NAMESPACES).encode())]


# -- attributes ----------------------------------------------------------------------------------


def _attribute(hand: Hand) -> tuple[Element, int]:
    """Some element that has attributes, and the number of one of them."""
    element = hand.element(lambda item: bool(hand.markup.attributes(item)))
    return element, hand.chance.randrange(len(hand.markup.attributes(element)))


def delete_attribute(hand: Hand) -> Edits:
    """An attribute is lost."""
    element, at = _attribute(hand)
    attribute = hand.markup.attributes(element)[at]
    return [Edit(attribute.start, attribute.end, b"")]


def rename_attribute(hand: Hand) -> Edits:
    """An attribute has another name."""
    element, at = _attribute(hand)
    attribute = hand.markup.attributes(element)[at]
    known = hand.chance.choice(hand.vocabulary.attributes)
    name = hand.chance.choice((known, hand.slip(attribute.name)))
    end = attribute.name_start + len(attribute.name.encode())
    return [Edit(attribute.name_start, end, name.encode())]


def copy_attribute(hand: Hand) -> Edits:
    """An attribute stands a second time under another name, perhaps on another line."""
    element, at = _attribute(hand)
    attribute = hand.markup.attributes(element)[at]
    name = hand.chance.choice(hand.vocabulary.attributes).encode()
    gap = hand.chance.choice((b" ", b"\n  "))
    return [Edit(attribute.end, attribute.end, gap + b'%b="%b"' % (name, attribute.value))]


def change_value(hand: Hand) -> Edits:
    """An attribute has another value."""
    element, at = _attribute(hand)
    attribute = hand.markup.attributes(element)[at]
    value = hand.chance.choice(_VALUES).encode()
    return [Edit(attribute.value_start, attribute.end - 1, value)]


def exchange_value(hand: Hand) -> Edits:
    """An attribute has the value of another one of the document: an id that stands twice, …"""
    element, at = _attribute(hand)
    attribute = hand.markup.attributes(element)[at]
    others = [
        other
        for item in hand.markup.elements
        for other in hand.markup.attributes(item)
        if other.name == attribute.name and other.value != attribute.value
    ]
    value = hand.chance.choice(others).value
    quote = hand.markup.data[attribute.end - 1 : attribute.end]
    if quote in value:
        raise IndexError
    return [Edit(attribute.value_start, attribute.end - 1, value)]


# -- text, comments, instructions ----------------------------------------------------------------


def insert_text(hand: Hand) -> Edits:
    """Words stand between elements, or among other words."""
    place = hand.inside(hand.element(lambda item: not item.empty))
    return [Edit(place, place, hand.chance.choice(_TEXTS).encode())]


def split_text(hand: Hand) -> Edits:
    """A comment, an instruction or a CDATA section inside text: a mistake to none but bad readers.

    Only the CDATA section with a letter in it may be one, where the schema says what text it wants.
    """
    texts = list(hand.markup.texts())
    token = hand.chance.choice(texts)
    text = hand.markup.data[token.start : token.end].decode()
    if "&" in text or len(text) < 2:
        raise IndexError
    at = hand.chance.randrange(1, len(text))
    place = token.start + len(text[:at].encode())
    pieces = (b"<!-- c -->", b"<?p i?>", b"<!--\n-->", b"<![CDATA[]]>", b"<![CDATA[x]]>")
    return [Edit(place, place, hand.chance.choice(pieces))]


def quote_text(hand: Hand) -> Edits:
    """Text is written as a CDATA section."""
    token = hand.chance.choice(list(hand.markup.texts()))
    text = hand.markup.data[token.start : token.end]
    if b"&" in text or b"]]" in text:
        raise IndexError
    return [Edit(token.start, token.end, b"<![CDATA[%b]]>" % text)]


def insert_comment(hand: Hand) -> Edits:
    """A comment or an instruction between elements."""
    place = hand.inside(hand.element(lambda item: not item.empty))
    return [Edit(place, place, hand.chance.choice((b"<!--\n c -->", b"<?p i?>")))]


def rename_root(hand: Hand) -> Edits:
    """The root has another name."""
    root = hand.markup.elements[0]
    return _renamed(root, hand.name(root.name))


# Each with its weight.
OPERATIONS: tuple[tuple[Operation, int], ...] = (
    (delete_element, 8),
    (delete_tags, 5),
    (empty_element, 4),
    (duplicate_element, 6),
    (swap_siblings, 6),
    (rename_element, 8),
    (move_element, 8),
    (wrap_element, 5),
    (insert_element, 6),
    (change_namespace, 3),
    (delete_attribute, 6),
    (rename_attribute, 6),
    (copy_attribute, 4),
    (change_value, 12),
    (exchange_value, 4),
    (insert_text, 6),
    (split_text, 4),
    (quote_text, 2),
    (insert_comment, 3),
    (rename_root, 1),
)


def mutants(
    sources: Sequence[tuple[str, bytes]], vocabulary: Vocabulary, seed: int, count: int
) -> Iterator[Mutant]:
    """``count`` changed documents, one to three changes in each.

    ``sources`` are names and bytes. The n-th mutant depends on the seed and on n, not on ``count``.
    """
    read = [(name, Markup(data)) for name, data in sources]
    operations = [operation for operation, _ in OPERATIONS]
    weights = [weight for _, weight in OPERATIONS]
    for number in range(count):
        chance = random.Random(f"{seed}/{number}")
        name, markup = chance.choice(read)
        changes: list[str] = []
        wanted = chance.choices((1, 2, 3), (7, 2, 1))[0]
        while len(changes) < wanted:
            (operation,) = chance.choices(operations, weights)
            try:
                edits = operation(Hand(markup, chance, vocabulary))
                data = applied(markup.data, edits)
            except (IndexError, ValueError):
                continue  # the document has no place for this one
            if data != markup.data and well_formed(data):
                markup = Markup(data)
                line = markup.data.count(b"\n", 0, edits[0].start) + 1
                changes.append(f"{operation.__name__} in line {line}")
        yield Mutant(f"{seed}/{number}", name, tuple(changes), markup.data)


def small(folder: Path) -> list[tuple[str, bytes]]:
    """The files of a folder that mutants are made from: small ones, in UTF-8, without a DOCTYPE."""
    found = []
    for path in sorted(folder.rglob("*.xml")):
        data = path.read_bytes()
        plain = b"<!DOCTYPE" not in data and not re.match(rb"<\?xml[^>]*encoding=.utf-?16", data)
        if len(data) <= LARGEST and plain and well_formed(data):
            found.append((path.relative_to(folder).as_posix(), data))
    return found


if __name__ == "__main__":
    from tests.against_jing import explore

    explore()

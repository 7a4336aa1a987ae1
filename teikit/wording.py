"""What a search looks through: the running text of every unit and note, folded.

The originals of the texts are in the units and the notes; only what hits is fetched from there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from teikit.corpus import Document
from teikit.figures import Note
from teikit.folding import fold
from teikit.header import language
from teikit.names import TEI, XML_ID, local
from teikit.passages import Unit, key_of
from teikit.text import Words, is_note


@dataclass(frozen=True, slots=True)
class Wording:
    """The folded text of a unit or of one note that is set apart from it.

    ``unit`` is the key of the unit; ``note`` the place of the note among the notes of the file, -1
    where the text is that of the unit. A note that stands between units has no place there:
    ``said`` is its text and ``id`` its ``xml:id``, and ``unit`` is its own key.
    """

    unit: str
    note: int
    lang: str
    part: str
    element: str
    folded: str
    said: str = ""
    id: str = ""

    @property
    def is_note(self) -> bool:
        """Whether it is the text of a note."""
        return self.element == "note"


def read_wordings(
    document: Document,
    texts: Mapping[etree._Element, Words],
    units: Sequence[Unit],
    notes: Sequence[Note],
) -> tuple[Wording, ...]:
    """The wordings of a document in its order, the notes after the unit they stand in."""
    places = defaultdict(list)
    for place, note in enumerate(notes):
        places[note.unit].append(place)
    found = []
    for element, unit in zip(texts, units, strict=True):
        found.append(Wording(unit.key, -1, unit.lang, unit.part, unit.element, fold(unit.text)))
        inside = element.iter(f"{{{TEI}}}note")
        for node, place in zip(inside, places[unit.key], strict=True):
            if is_note(node):  # the words of others are part of the text around them
                note = notes[place]
                found.append(
                    Wording(unit.key, place, note.lang, unit.part, "note", fold(note.text))
                )
    return (*found, *_between(document, texts))


def _between(document: Document, texts: Mapping[etree._Element, Words]) -> Iterator[Wording]:
    """The notes of the text that stand in no unit, such as those at the end of a division."""
    for note in document.root.iterfind(f"{{{TEI}}}text//{{{TEI}}}note"):
        above = list(note.iterancestors())
        if is_note(note) and not any(node in texts for node in above):
            said = Words(note).text
            part = next((name for node in above if (name := local(node.tag)) in _PARTS), "body")
            yield Wording(
                *(key_of(note), -1, language(note), part, "note"),
                *(fold(said), said, note.get(XML_ID, "")),
            )


_PARTS = ("front", "body", "back")

"""What may be wrong with the attributes of a start-tag."""

from __future__ import annotations

from collections.abc import Iterable

from teikit.diagnostics import Edit, Fix
from teikit.validation.relaxng import wording
from teikit.validation.relaxng.frames import Frame
from teikit.validation.relaxng.patterns import NOT_ALLOWED
from teikit.validation.relaxng.reading import Reading

_ATTRIBUTES = 10  # unknown attributes of one tag that are told one by one


class Attributes(Reading):
    """Finds and tells what is wrong with attributes."""

    def _unknown_attributes(
        self, frame: Frame, slots: list[int], unknown: list[int], attributes: list[str]
    ) -> None:
        """Tell the attributes that may not stand in a tag: one by one, or many at once."""
        if len(unknown) <= _ATTRIBUTES:
            for at in unknown:
                self._attribute(frame, slots, attributes[at], attributes[at + 1], attributes)
            return
        shown = [self.vocabulary.show_attribute(attributes[at]) for at in unknown[:3]]
        finding = wording.many_attributes(frame.label, shown, len(unknown))
        self._tell_attribute(frame, finding, attributes[unknown[0]])

    def _attribute(
        self, frame: Frame, slots: list[int], name: str, text: str, attributes: list[str]
    ) -> None:
        """An attribute that may not stand in this tag."""
        vocabulary = self.vocabulary
        known: dict[str, tuple[int, ...]] = {}
        for element in self._elements(frame):
            known.update(vocabulary.attributes(element))
        shown = vocabulary.show_attribute(name)
        labels = {vocabulary.show_attribute(item): item for item in known}
        given = {vocabulary.show_attribute(item) for item in attributes[::2]}
        if name in known:
            rival = next(
                (
                    other
                    for other in attributes[::2]
                    if other != name and not self._together(self._elements(frame), other, name)
                ),
                "",
            )
            finding = wording.excluded(
                frame.label, shown, vocabulary.show_attribute(rival) if rival else ""
            )
            self._tell_attribute(frame, finding, name)
            return
        lacking = [label for step in self._missing(slots) for label in step if label not in given]
        finding, meant = wording.unknown_attribute(
            frame.label, shown, text, labels, given, lacking, vocabulary
        )
        fix = None
        if meant:
            tag = self._tag(frame)
            part = tag.attributes.get(shown)
            if part and tag.exact:
                edit = Edit(self.source.name, part.start, part.end, meant)
                fix = Fix(f"rename @{shown} to @{meant}", (edit,))
        self._tell_attribute(frame, finding, name, fix)

    def _together(self, elements: Iterable[int], one: str, other: str) -> bool:
        return any(
            self.patterns.attributes(rest, other)
            for element in elements
            for rest in self.patterns.attributes(self.patterns.contents[element], one).values()
        )

    def _value(self, frame: Frame, name: str, text: str, values: list[int]) -> None:
        """An attribute whose value the schema does not allow."""
        shown = self.vocabulary.show_attribute(name)
        value = self.patterns.choice(values)
        finding, repaired = wording.bad_value(self.patterns, frame.label, shown, text, value)
        fix = None
        if repaired:
            tag = self._tag(frame)
            part = tag.values.get(shown)
            if part and tag.exact and not set(repaired) & set("<&\"'"):
                edit = Edit(self.source.name, part.start, part.end, repaired)
                fix = Fix(f"write {shown}=“{repaired}”", (edit,))
        self._tell_attribute(frame, finding, name, fix)

    def _missing(self, slots: list[int]) -> list[list[str]]:
        """The attributes that are still wanted, each step with its alternatives."""
        ways = [
            [step for step in way if step.attributes]
            for slot in slots
            if slot != NOT_ALLOWED and (way := self.ways.shortest(slot)) is not None
        ]
        return [
            [
                self.vocabulary.show_attribute(name)
                for name_class in step.attributes
                for name in wording.names_in(name_class)
            ]
            for step in min(ways, key=len, default=[])
        ]

    def _lacks_attribute(self, frame: Frame, slots: list[int]) -> None:
        values = {}
        for element in self._elements(frame):
            for name, value in self.vocabulary.attributes(element).items():
                values[self.vocabulary.show_attribute(name)] = value
        missing = self._missing(slots)
        self._tell(frame, wording.lacks_attributes(self.patterns, frame.label, missing, values))

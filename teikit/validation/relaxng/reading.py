"""A document on its way through the thorough pass: where it is, and what was told so far."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from teikit import wellformed
from teikit.diagnostics import Diagnostic, Edit, Fix, Location, Related
from teikit.source import Source
from teikit.validation.relaxng import wording
from teikit.validation.relaxng.automaton import (
    Automaton,
)
from teikit.validation.relaxng.completion import Ways
from teikit.validation.relaxng.frames import ANYTHING, Frame, Owner
from teikit.validation.relaxng.patterns import split, tokens
from teikit.validation.relaxng.places import Tag, read_tag
from teikit.validation.relaxng.stream import Scope, make_parser
from teikit.validation.relaxng.vocabulary import (
    Vocabulary,
    shortened,
)

_EDITS = 200  # changes in one mend


class Reading:
    """The state of one thorough reading, and how findings get their places."""

    def __init__(
        self, automaton: Automaton, vocabulary: Vocabulary, ways: Ways, source: Source
    ) -> None:
        """Begin before the root element."""
        self.automaton = automaton
        self.patterns = automaton.patterns
        self.vocabulary = vocabulary
        self.ways = ways
        self.source = source
        self.encoding = wellformed.declared_encoding(source.window(0, 200))
        self.findings: list[Diagnostic] = []
        self.frames: list[Frame] = []
        self.counts: dict[str, int] = {}
        self.ids: dict[str, Owner] = {}
        self.references: list[tuple[str, str, Owner]] = []
        self.root = ""
        self.state = self.automaton.start
        self.parser = make_parser()
        # Text in small pieces, so that each comes with its own place.
        self.parser.buffer_text = False
        self.scope = Scope(self.parser) if self.patterns.needs_context else None

    def here(self) -> tuple[int, int]:
        """Line and column (from 1) of what is being reported."""
        return self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1

    def location(self, line: int, column: int) -> Location:
        """A place in the document, inside the element that is open now."""
        return Location(self.source.name, line, column, self._xpath())

    def _xpath(self) -> str:
        """The path to the innermost open element, as ``corpus.xpath`` writes it."""
        steps = []
        for at, frame in enumerate(self.frames):
            label = shortened(split(frame.name)[1])
            outer = self.frames[at - 1] if at else None
            steps.append(f"{label}[{outer.counts.get(frame.name, 1)}]" if outer else label)
        return "/" + "/".join(steps)

    def namespaces(self) -> Mapping[str, str] | None:
        """The prefixes in scope, where the schema has values that need them."""
        return None if self.scope is None else self.scope.now()

    # -- telling ---------------------------------------------------------------------------------

    def _tag(self, frame: Frame | Owner) -> Tag:
        return read_tag(self.source, frame.offset, frame.line, frame.column, self.encoding)

    def _attribute_place(self, frame: Frame | Owner, name: str) -> Location:
        tag = self._tag(frame)
        local = split(name)[1]
        for written, part in tag.attributes.items():
            if written == self.vocabulary.show_attribute(name) or (
                written.rpartition(":")[2] == local and not written.startswith("xmlns")
            ):
                return self.location(part.line, part.column)
        return self.location(frame.line, frame.column)

    def _tell_attribute(
        self, frame: Frame, finding: wording.Told, name: str, fix: Fix | None = None
    ) -> None:
        place = self._attribute_place(frame, name)
        self.findings.append(finding.at(place, fix=fix))

    def _tell(
        self,
        frame: Frame,
        finding: wording.Told,
        *,
        place: tuple[int, int] | None = None,
        related: tuple[str, Frame] | None = None,
    ) -> int:
        """Report; gives the number of the finding, for those that change it later."""
        location = self.location(*(place or (frame.line, frame.column)))
        others: tuple[Related, ...] = ()
        if related is not None:
            words, other = related
            others = (Related(words, Location(self.source.name, other.line, other.column)),)
        self.findings.append(finding.at(location, related=others))
        return len(self.findings) - 1

    def _finish_fix(self, frame: Frame) -> None:
        """The mend of a misspelt element: its start-tag and, now that it is known, its end-tag."""
        if frame.renamed < 0:
            return
        finding = self.findings[frame.renamed]
        meant = finding.expected[0].strip("<>") if finding.expected else ""
        tag = self._tag(frame)
        if (
            not meant
            or not tag.exact
            or len(finding.hints) != 1
            or "did you" not in finding.hints[0]
        ):
            return
        # The same slip in the same element has one finding, and one mend for all its places.
        edits = list(finding.fix.edits) if finding.fix else []
        edits.append(Edit(self.source.name, tag.name.start, tag.name.end, meant))
        if len(edits) > _EDITS:
            return
        offset = self.parser.CurrentByteIndex
        if offset != frame.offset:
            closing = read_tag(self.source, offset, 1, 1, self.encoding)
            edits.append(Edit(self.source.name, closing.name.start, closing.name.end, meant))
        self.findings[frame.renamed] = replace(
            finding, fix=Fix(f"rename <{frame.label}> to <{meant}>", tuple(edits))
        )

    # -- identifiers -----------------------------------------------------------------------------

    def _note_ids(
        self, frame: Frame, attributes: list[str], checks: Iterable[tuple[int, int]]
    ) -> None:
        """Keep identifiers and references to them (RELAX NG DTD Compatibility, section 5)."""
        for at, value in checks:
            kind = self.automaton.checker(value).id_type
            if not kind:
                continue
            name = attributes[at - 1]
            owner = Owner(frame.label, name, frame.line, frame.column, frame.offset)
            for word in tokens(attributes[at]):
                if kind != "ID":
                    self.references.append((word, name, owner))
                elif word in self.ids:
                    shown = self.vocabulary.show_attribute(name)
                    first = self._attribute_place(self.ids[word], name)
                    place = self._attribute_place(frame, name)
                    self.findings.append(wording.repeated_id(shown, word, first, place))
                else:
                    self.ids[word] = owner

    def _dangling(self) -> None:
        for word, name, owner in self.references:
            if word not in self.ids:
                near = self.vocabulary.near(word, self.ids, 0.6)
                shown = self.vocabulary.show_attribute(name)
                place = self._attribute_place(owner, name)
                self.findings.append(wording.dangling(shown, owner.label, word, near, place))

    def _elements(self, frame: Frame) -> tuple[int, ...]:
        """The declarations that an open element may be an instance of."""
        if frame.elements or frame.before == ANYTHING:
            return frame.elements
        return self.automaton.candidates(frame.before, frame.name)

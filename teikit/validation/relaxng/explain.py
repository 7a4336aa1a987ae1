"""The thorough pass over a document that is not valid: each mistake once, at its place, explained.

The document is read through the same automaton as in the quick pass. Where there is no way on, the
patterns know what was possible: the mistake is named, and reading goes on as if it had not been
made, so that one mistake is one finding. The rules of recovery:

- an unknown element that is like an expected one is taken for it; any other unknown element is
  passed over, and what it holds is judged by its own declarations;
- an element that comes before something required is taken as if that were there. Should it turn up
  later, the finding becomes one of order;
- any other element in the wrong place is judged by its own declaration, its parent goes on as if
  it were not there;
- a wrong attribute is dropped, a wrong value taken for a right one, a missing attribute as given;
- an element that ends too early is taken as complete.

Where the file is not well-formed, it is read up to there, and whatever was found inside an element
that nobody closed is dropped: it is the missing end-tag that is to blame.
"""

from __future__ import annotations

from xml.parsers import expat

from teikit import wellformed
from teikit.diagnostics import Diagnostic
from teikit.source import Source
from teikit.validation.relaxng import wording
from teikit.validation.relaxng.automaton import (
    DEAD,
    ORIGIN,
    T_CHANGES,
    T_WHOLE,
    UNTOLD,
    Automaton,
)
from teikit.validation.relaxng.completion import Ways
from teikit.validation.relaxng.content import Content
from teikit.validation.relaxng.frames import ALL, ANYTHING, Frame, Run
from teikit.validation.relaxng.patterns import SPACE, split
from teikit.validation.relaxng.stream import feed, foreign
from teikit.validation.relaxng.vocabulary import (
    Vocabulary,
)

_HISTORY = 200


class Explainer:
    """Explains documents under one schema."""

    def __init__(self, automaton: Automaton) -> None:
        """Take the automaton of the schema; what it has learnt is shared."""
        self.automaton = automaton
        self.patterns = automaton.patterns
        self.vocabulary = Vocabulary(automaton.patterns)
        self.ways = Ways(automaton.patterns)

    def explain(self, source: Source) -> list[Diagnostic]:
        """All mistakes of the document in reading order; empty where there is none.

        Raises ExplosionError when the schema is at fault, OSError when the file cannot be read.
        """
        return Pass(self, source).run()


class Pass(Content):
    """One thorough reading of one document."""

    def __init__(self, explainer: Explainer, source: Source) -> None:
        """Prepare a parser that reports to this pass."""
        super().__init__(explainer.automaton, explainer.vocabulary, explainer.ways, source)
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text
        self.parser.EntityDeclHandler = self._refuse
        self.parser.SkippedEntityHandler = self._refuse

    def run(self) -> list[Diagnostic]:
        """Read the document as far as it goes, and give what was found."""
        try:
            feed(self.parser, self.source)
        except (expat.ExpatError, LookupError, ValueError, _RefusedError):
            return self._broken()  # LookupError: an encoding that Python does not know
        if (encoding := foreign(self.source)) is not None:
            return [encoding]
        self._dangling()
        return self._sorted(self.findings)

    def _sorted(self, findings: list[Diagnostic]) -> list[Diagnostic]:
        return sorted(findings, key=lambda item: item.sort_key)

    def _broken(self) -> list[Diagnostic]:
        """The finding that ends the reading, and those that it does not explain."""
        data = self.source.data()
        broken = wellformed.scan(data, self.source.name)
        if not isinstance(broken, Diagnostic):
            # Namespaces are not the business of the scan, but of well-formedness all the same.
            broken = wording.bad_namespace(self.parser, self.source.name)
        if broken.code in ("TK003", "TK004", "TK005"):
            return [broken]
        if any(item.location.xpath == self.root and item.code == "TK101" for item in self.findings):
            return [broken]  # it is another kind of file altogether
        place = (broken.location.line or 0, broken.location.column or 0)
        kept = [
            item
            for item in self.findings
            if (item.location.line or 0, item.location.column or 0) < place
        ]
        return self._sorted([*kept, broken])

    def _refuse(self, *_declaration: object) -> None:
        raise _RefusedError

    # -- events ----------------------------------------------------------------------------------

    def start(self, name: str, attributes: list[str]) -> None:
        """A start-tag."""
        if len(self.frames) >= wellformed.MAX_DEPTH:
            raise _RefusedError
        line, column = self.here()
        offset = self.parser.CurrentByteIndex
        parent = self.frames[-1] if self.frames else None
        if parent is not None:
            self._flush(parent)
            parent.counts[name] = parent.counts.get(name, 0) + 1
            if parent.restored is not None and split(name)[0] == parent.restored:
                name = self.vocabulary.locals.get(split(name)[1], name)
        state = self.state
        label = self.vocabulary.show(name)
        frame = Frame(name, label, state, (), None, None, line, column, offset)
        self.frames.append(frame)
        if parent is None:
            self.root = self._xpath()
        else:
            frame.restored = parent.restored
        entry = None
        if state == ANYTHING:
            elements = self.vocabulary.elements.get(name, ())
            self._open(frame, elements, lambda _mask: ANYTHING, attributes)
        elif self._quick(state, name, attributes):
            if parent is not None and name in parent.owed:
                self._belated(frame, parent)
            entry = self.automaton.rows[state].get((name, *attributes[::2]) if attributes else name)
            if entry is None or entry[2] is None:
                entry = self.automaton.tag(state, name, attributes, self.namespaces())
            assert entry is not None
            frame.returns = entry[1]
            self.state = entry[0]
            self._note_ids(frame, attributes, entry[2] or ())
        else:
            elements = self.automaton.candidates(state, name)
            if elements:
                if parent is not None and name in parent.owed:
                    self._belated(frame, parent)
                self._open(
                    frame,
                    elements,
                    lambda mask: self.automaton.follow(state, name, mask),
                    attributes,
                )
            else:
                self._not_here(frame, parent, attributes)
        if parent is not None:
            self._remember(parent, frame, state)
        self.counts[label] = self.counts.get(label, 0) + 1

    def _quick(self, state: int, name: str, attributes: list[str]) -> bool:
        """Whether the tag is as the schema wants it."""
        key: str | tuple[str, ...] = (name, *attributes[::2]) if attributes else name
        entry = self.automaton.rows[state].get(key)
        if entry is None or entry[2] is None:
            return self.automaton.tag(state, name, attributes, self.namespaces()) is not None
        return all(
            self.automaton.checker(value).allows(attributes[at], self.namespaces())
            for at, value in entry[2]
        )

    def _remember(self, parent: Frame, child: Frame, state: int) -> None:
        parent.seen.setdefault(child.name, (child.line, child.column))
        last = parent.history[-1] if parent.history else None
        if last is not None and last.state == state:
            last.name, last.line, last.column = child.label, child.line, child.column
        elif len(parent.history) < _HISTORY:
            parent.history.append(Run(state, child.label, child.line, child.column))

    def end(self, _name: str) -> None:
        """An end-tag."""
        frame = self.frames[-1]
        mask = ALL
        if self.state != ANYTHING:
            if self.automaton.masks[self.state] != UNTOLD:
                self._flush(frame)
            mask = self.automaton.masks[self.state]
            if mask == UNTOLD:
                mask = self._whole(frame)
            elif not mask:
                self._incomplete(frame)
            mask = mask or ALL
        self._finish_fix(frame)
        self.frames.pop()
        if frame.returns is not None:
            if mask == ALL:
                before, name = frame.returns[ORIGIN]
                self.state = self.automaton.follow(before, name, mask)
            elif mask in frame.returns:
                self.state = frame.returns[mask]
            else:
                self.state = self.automaton.back(frame.returns, mask)
        else:
            assert frame.follow is not None
            self.state = frame.follow(mask)

    def text(self, data: str) -> None:
        """A piece of text."""
        if self.state == ANYTHING or not self.frames:
            return
        kind = self.automaton.texts[self.state]
        if kind == 0:
            return
        frame = self.frames[-1]
        if data.strip(SPACE) and not any(item.strip(SPACE) for item in frame.text):
            line, column = self.here()
            frame.text_place = (line, column + len(data) - len(data.lstrip(SPACE)))
        frame.text.append(data)
        if kind == 1 and len(frame.text) > 50:
            # Long stray text need not be kept whole: its beginning is shown.
            frame.text = ["".join(frame.text)[:200]]

    def _flush(self, frame: Frame) -> None:
        """The text before a child element or the end of an element that holds elements."""
        if not frame.text:
            return
        data = "".join(frame.text)
        frame.text = []
        if not data.strip(SPACE) or self.state == ANYTHING:
            return
        kind, after = self.automaton.texts[self.state], DEAD
        if kind == T_CHANGES:
            after = self.automaton.after_text[self.state]
        elif kind == T_WHOLE:
            after = self.automaton.text(self.state, data, self.namespaces())
        if after != DEAD:
            self.state = after
        else:
            self._stray(frame, data)


class _RefusedError(Exception):
    """Ends the reading where the file is dangerous."""

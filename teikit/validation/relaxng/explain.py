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

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple
from xml.parsers import expat

from teikit import wellformed
from teikit.diagnostics import Diagnostic, Edit, Fix, Location, Related
from teikit.source import Source
from teikit.validation.relaxng import wording
from teikit.validation.relaxng.automaton import (
    DEAD,
    ORIGIN,
    T_CHANGES,
    T_WHOLE,
    UNTOLD,
    Automaton,
    Returns,
)
from teikit.validation.relaxng.completion import Way, Ways
from teikit.validation.relaxng.patterns import NOT_ALLOWED, SPACE, TEXT, split, tokens
from teikit.validation.relaxng.places import Tag, read_tag
from teikit.validation.relaxng.stream import Scope, feed, foreign, make_parser
from teikit.validation.relaxng.vocabulary import (
    COMMON,
    CONFUSED,
    HABITS,
    HOLDERS,
    Vocabulary,
    ranked,
    shortened,
)

ANYTHING = -3  # the state inside an element that the schema does not know
_ALL = -1  # every slot is complete
_EDITS = 200  # changes in one mend
_RELATED = 20  # places of the same mistake that are listed with the first
_HISTORY = 200
_ATTRIBUTES = 10  # unknown attributes of one tag that are told one by one
_MANY = 110  # an element that may hold more kinds than this is made for no special one

Follow = Callable[[int], int]


@dataclass(slots=True)
class Run:
    """Children of one element that stand in the same state: the last of them."""

    state: int
    name: str
    line: int
    column: int


@dataclass(slots=True)
class Frame:
    """An open element.

    ``before`` is the state in which it began. ``elements`` are the declarations that it is taken
    for where it is not simply what the schema wants there.
    """

    name: str
    label: str
    before: int
    elements: tuple[int, ...]
    follow: Follow | None
    returns: Returns | None
    line: int
    column: int
    offset: int
    text: list[str] = field(default_factory=list)
    text_place: tuple[int, int] = (0, 0)
    history: list[Run] = field(default_factory=list)
    seen: dict[str, tuple[int, int]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    told: dict[tuple[str, str], int] = field(default_factory=dict)
    # What was taken as given: the finding that says so, and the element before which it lacked.
    owed: dict[str, tuple[int, str]] = field(default_factory=dict)
    excused: int = 0  # how many things were dropped in it: what seems to lack may be one of them
    lenient: bool = False  # it stands in the wrong place: its own content is not held against it
    habit: int = -1  # the finding that it comes from another vocabulary, with all it holds
    renamed: int = -1  # the finding whose mend renames this element's tags
    restored: str | None = None  # a namespace that stands for the schema's inside this element


class Owner(NamedTuple):
    """The start-tag of an identifier or of a reference: enough to find its place later."""

    label: str
    name: str
    line: int
    column: int
    offset: int


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


class Pass:
    """One thorough reading of one document."""

    def __init__(self, explainer: Explainer, source: Source) -> None:
        """Prepare a parser that reports to this pass."""
        self.automaton = explainer.automaton
        self.patterns = explainer.patterns
        self.vocabulary = explainer.vocabulary
        self.ways = explainer.ways
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
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text
        self.parser.EntityDeclHandler = self._refuse
        self.parser.SkippedEntityHandler = self._refuse

    def run(self) -> list[Diagnostic]:
        """Read the document as far as it goes, and give what was found."""
        try:
            feed(self.parser, self.source)
        except (expat.ExpatError, LookupError, _RefusedError):
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
        mask = _ALL
        if self.state != ANYTHING:
            if self.automaton.masks[self.state] != UNTOLD:
                self._flush(frame)
            mask = self.automaton.masks[self.state]
            if mask == UNTOLD:
                mask = self._whole(frame)
            elif not mask:
                self._incomplete(frame)
            mask = mask or _ALL
        self._finish_fix(frame)
        self.frames.pop()
        if frame.returns is not None:
            if mask == _ALL:
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

    # -- entering an element ---------------------------------------------------------------------

    def _open(
        self,
        frame: Frame,
        elements: tuple[int, ...],
        follow: Follow,
        attributes: list[str],
        *,
        lenient: bool = False,
    ) -> None:
        """Enter an element as an instance of ``elements``, its attributes judged one by one."""
        frame.elements, frame.follow = elements, follow
        if not elements:
            self.state = ANYTHING
            return
        patterns = self.patterns
        patterns.refill()
        slots = [patterns.contents[element] for element in elements]
        ids: list[tuple[int, int]] = []
        unknown: list[int] = []
        for at in range(0, len(attributes), 2):
            name, text = attributes[at], attributes[at + 1]
            options = [patterns.attributes(slot, name) for slot in slots]
            values = dict.fromkeys(value for option in options for value in option)
            if not values:
                unknown.append(at)
                continue
            fits = {
                value: value == TEXT
                or self.automaton.checker(value).allows(text, self.namespaces())
                for value in values
            }
            if not any(fits.values()):
                if not lenient:
                    self._value(frame, name, text, list(values))
                fits = dict.fromkeys(values, True)
            else:
                ids += [(at + 1, value) for value, fit in fits.items() if fit and value != TEXT][:1]
            after = [
                patterns.choice([rest for value, rest in option.items() if fits[value]])
                for option in options
            ]
            slots = after if any(slot != NOT_ALLOWED for slot in after) else slots
        self._note_ids(frame, attributes, ids)
        if unknown and not lenient:
            self._unknown_attributes(frame, slots, unknown, attributes)
        closed = tuple(patterns.closed(slot) for slot in slots)
        if all(slot == NOT_ALLOWED for slot in closed):
            # A wrong attribute is probably the one that lacks.
            if not lenient and not unknown and not frame.lenient:
                self._lacks_attribute(frame, slots)
            closed = tuple(patterns.closed(slot, forgiving=True) for slot in slots)
        state = self.automaton.state(closed)
        self.state = state if state >= 0 else ANYTHING

    def _not_here(self, frame: Frame, parent: Frame | None, attributes: list[str]) -> None:
        """An element that may not stand where it does: find out why, report, go on."""
        state, name = frame.before, frame.name
        vocabulary = self.vocabulary
        stay: Follow = lambda _mask: state  # noqa: E731 - the parent goes on as if it were not there
        if parent is not None and name in parent.owed:
            self._belated(frame, parent)
            self._open(frame, vocabulary.elements.get(name, ()), stay, attributes)
            return
        if name not in vocabulary.elements:
            self._unknown(frame, parent, attributes, stay)
            return
        found = self._skipping(state, name) if parent is not None else None
        if found is not None and parent is not None:
            way, after = found
            if way and way[0].elements:
                if parent.excused:
                    parent.excused -= 1
                else:
                    self._lacks_before(frame, parent, way)
                follow = self._following(state, after)
                self._open(frame, tuple(after), follow, attributes)
                return
        if parent is not None:
            parent.excused += 1
        meant = self._confused(state, name)
        self._misplaced(frame, parent, meant)
        frame.lenient = parent is not None
        if meant:
            self._as_if(frame, meant, stay, attributes, lenient=True)
        else:
            self._open(frame, vocabulary.elements[name], stay, attributes)

    def _confused(self, state: int, name: str) -> str:
        """The element that is often confused with this one and may stand here; or empty."""
        for local in CONFUSED.get(self.vocabulary.show(name), ()):
            meant = self.vocabulary.locals.get(local, "")
            if meant and state != ANYTHING and self.automaton.candidates(state, meant):
                return meant
        return ""

    def _skipping(self, state: int, name: str) -> tuple[Way, dict[int, int]] | None:
        """What is missing before an element of that name, by the slot that misses least."""
        self.patterns.refill()
        found = [
            option
            for slot in self.automaton.slots[state]
            if slot != NOT_ALLOWED and (option := self.ways.skip(slot, name))
        ]
        return min(found, key=lambda option: len(option[0]), default=None)

    def _following(self, state: int, after: dict[int, int]) -> Follow:
        width = len(self.automaton.slots[state])

        def follow(mask: int) -> int:
            rest = [
                then for at, then in enumerate(after.values()) if mask == _ALL or mask >> at & 1
            ]
            slot = self.patterns.choice(rest or after.values())
            return self.automaton.state((slot,) * width)

        return follow

    # -- elements --------------------------------------------------------------------------------

    def required(self, state: int) -> list[str]:
        """The labels of the elements of which one must come next, likeliest first."""
        wanted: dict[str, None] = {}
        for slot in self.automaton.slots[state] if state != ANYTHING else ():
            if not self.patterns.nullable[slot] and (way := self.ways.shortest(slot)):
                wanted.update((self.vocabulary.label(item), None) for item in way[0].elements)
        wanted.pop("*", None)
        return self._ranked(wanted)

    def _ranked(self, labels: Iterable[str]) -> list[str]:
        """Labels in the order of likelihood; an element rarely stands directly in its like."""
        own = self.frames[-1].label if self.frames else ""
        counts = {label: number for label, number in self.counts.items() if label != own}
        ordered = ranked(labels, (), counts)
        return sorted(ordered, key=lambda label: label == own)

    def expected_elements(self, state: int) -> list[str]:
        """The labels of the elements that may stand in a state, likeliest first."""
        if state == ANYTHING:
            return []
        labels: dict[str, None] = {}
        for slot in self.automaton.slots[state]:
            if slot != NOT_ALLOWED:
                for element in self.patterns.heads(slot).after:
                    labels[self.vocabulary.label(element)] = None
        labels.pop("*", None)
        return ranked(labels, self.required(state), self.counts)

    def _unknown(
        self, frame: Frame, parent: Frame | None, attributes: list[str], stay: Follow
    ) -> None:
        """The schema has no element of that name: a slip, a habit, or another vocabulary."""
        vocabulary, state = self.vocabulary, frame.before
        namespace, local = split(frame.name)
        right = vocabulary.locals.get(local, "")
        expected = self.expected_elements(state)
        habit = HABITS.get(local.lower(), "")
        habit = habit if habit in vocabulary.locals else ""
        near = vocabulary.near(local, expected, 0.6) or vocabulary.near(local, vocabulary.locals)
        meant = right or vocabulary.locals.get(habit or near, "")
        # What stands inside something from another vocabulary is from there too.
        inherited = parent is not None and (
            (parent.habit >= 0 and bool(habit)) or parent.restored == namespace
        )
        if inherited and parent is not None:
            frame.habit = parent.habit
            if parent.habit >= 0:
                self._again(parent.habit, frame)
        elif right:
            frame.restored = namespace
            frame.habit = self._tell(
                frame, wording.wrong_namespace(frame.label, local, namespace, right)
            )
        else:
            finding = wording.unknown(
                frame.label,
                parent.label if parent else "",
                expected,
                habit,
                near,
                in_tei=vocabulary.known_to_tei(local),
                foreign="" if namespace == vocabulary.main else namespace,
            )
            key = ("unknown", frame.name)
            if parent is not None and key in parent.told:
                number = parent.told[key]
                self._again(number, frame)
            else:
                number = self._tell(frame, finding)
                if parent is not None:
                    parent.told[key] = number
            if habit:
                frame.habit = number
            elif meant:
                frame.renamed = number
            if meant and split(meant)[0] != namespace:
                frame.restored = namespace
        if meant:
            self._as_if(frame, meant, stay, attributes, lenient=bool(habit) and not right)
            return
        if parent is not None:
            parent.excused += 1
        frame.follow, self.state = stay, ANYTHING

    def _as_if(
        self,
        frame: Frame,
        name: str,
        stay: Follow,
        attributes: list[str],
        *,
        lenient: bool = False,
    ) -> None:
        """Go on as if the element had the name that was meant."""
        state = frame.before
        elements = self.automaton.candidates(state, name) if state != ANYTHING else ()
        follow: Follow = lambda mask: self.automaton.follow(state, name, mask)  # noqa: E731
        if not elements:
            found = self._skipping(state, name) if state != ANYTHING else None
            if found and found[0]:
                elements, follow = tuple(found[1]), self._following(state, found[1])
            else:
                elements, follow = self.vocabulary.elements.get(name, ()), stay
        self._open(frame, elements, follow, attributes, lenient=lenient)

    def _lacks_before(self, frame: Frame, parent: Frame, way: Way) -> None:
        """Something required is missing before this element."""
        vocabulary = self.vocabulary
        steps = [
            self._ranked(vocabulary.label(item) for item in step.elements)
            for step in way
            if step.elements
        ]
        finding = wording.lacks(parent.label, steps, before=f"<{frame.label}>")
        number = self._tell(frame, finding, related=("the element is opened here", parent))
        for step in way:
            for element in step.elements:
                for name in wording.names_of(self.patterns, element):
                    parent.owed.setdefault(name, (number, frame.label))

    def _belated(self, frame: Frame, parent: Frame) -> None:
        """What was reported as missing comes after all: the order is wrong, nothing is missing."""
        number, early = parent.owed.pop(frame.name)
        place = Location(self.source.name, frame.line, frame.column)
        self.findings[number] = wording.too_early(
            self.findings[number].location, early, frame.label, parent.label, place
        )

    def _misplaced(self, frame: Frame, parent: Frame | None, meant: str) -> None:
        """A known element where it may not stand."""
        vocabulary, name = self.vocabulary, frame.name
        expected = self.expected_elements(frame.before)
        if parent is None:
            self._tell(frame, wording.wrong_root(frame.label, expected))
            return
        key = ("misplaced", name)
        if key in parent.told:
            self._again(parent.told[key], frame)
            return
        if vocabulary.may_hold(self._elements(parent), name):
            before = next(
                (
                    run
                    for run in reversed(parent.history)
                    if run.state >= 0 and self.automaton.candidates(run.state, name)
                ),
                None,
            )
            first = parent.seen.get(name)
            finding = wording.out_of_order(
                frame.label,
                parent.label,
                expected,
                (before.name, Location(self.source.name, before.line, before.column))
                if before
                else None,
                first and Location(self.source.name, *first),
            )
        else:
            outer = next(
                (other for other in self.frames[-2::-1] if other.name == name),
                None,
            )
            finding = wording.misplaced(
                frame.label,
                parent.label,
                expected,
                self._homes(name),
                self._wrappers(frame.before, name),
                vocabulary.show(meant) if meant else "",
                Location(self.source.name, outer.line, outer.column) if outer else None,
            )
        parent.told[key] = self._tell(frame, finding)

    def _homes(self, name: str) -> list[str]:
        """The elements that may hold this one: first those that could stand nearby."""
        around = {
            self.vocabulary.label(child)
            for outer in self.frames[-3:-2]
            for element in self._elements(outer)
            for child in self.vocabulary.children(element)
        }
        homes = self.vocabulary.homes(name)
        return sorted(homes, key=lambda label: label not in around or len(around) > _MANY)

    def _wrappers(self, state: int, name: str) -> list[str]:
        """Elements that may stand here and are made to hold the one that may not.

        Those that are wanted here anyway come first, then those that hold least else.
        """
        found: dict[str, int] = {}
        required = self.required(state)
        for slot in self.automaton.slots[state] if state != ANYTHING else ():
            for element in self.patterns.heads(slot).after if slot != NOT_ALLOWED else ():
                children = self.vocabulary.children(element)
                label = self.vocabulary.label(element)
                if (label in COMMON or label in required) and any(
                    name in wording.names_of(self.patterns, child) for child in children
                ):
                    found[label] = min(found.get(label, _MANY), len(children))
        return sorted(
            (label for label, size in found.items() if size < _MANY or label in required),
            key=lambda label: (label not in required, found[label], label),
        )

    def _again(self, number: int, frame: Frame) -> None:
        finding = self.findings[number]
        if len(finding.related) < _RELATED:
            place = Related("and here", Location(self.source.name, frame.line, frame.column))
            self.findings[number] = replace(finding, related=(*finding.related, place))

    def _incomplete(self, frame: Frame) -> None:
        """The element ends and something is missing in it."""
        if frame.lenient or frame.excused:
            return
        ways = [
            way
            for slot in self.automaton.slots[self.state]
            if slot != NOT_ALLOWED and (way := self.ways.shortest(slot))
        ]
        way = min(ways, key=len, default=())
        steps = [
            self._ranked(self.vocabulary.label(item) for item in step.elements)
            for step in way
            if step.elements
        ]
        line, column = self.here()
        empty = self.parser.CurrentByteIndex == frame.offset
        finding = wording.lacks(
            frame.label, steps, before="" if empty else f"</{frame.label}>", empty=not frame.counts
        )
        self._tell(
            frame,
            finding,
            place=(line, column),
            related=None if empty else ("it is opened here", frame),
        )

    # -- text ------------------------------------------------------------------------------------

    def _stray(self, frame: Frame, data: str) -> None:
        if frame.lenient:
            return
        key = ("text", "")
        if key in frame.told:
            number = frame.told[key]
            finding = self.findings[number]
            if len(finding.related) < _RELATED:
                place = Related("and here", Location(self.source.name, *frame.text_place))
                self.findings[number] = replace(finding, related=(*finding.related, place))
            return
        wrappers: dict[str, None] = {}
        for slot in self.automaton.slots[self.state]:
            for element in self.patterns.heads(slot).after if slot != NOT_ALLOWED else ():
                closed = self.patterns.closed(self.patterns.contents[element], forgiving=True)
                if self.patterns.after_text(closed, "x") != NOT_ALLOWED:
                    wrappers[self.vocabulary.label(element)] = None
        required = self.required(self.state)
        told = wording.stray_text(
            frame.label,
            " ".join(tokens(data)),
            self.expected_elements(self.state),
            sorted(
                wrappers,
                key=lambda label: (
                    label not in required,
                    HOLDERS.index(label) if label in HOLDERS else len(HOLDERS),
                    label,
                ),
            ),
            numbered=any("n" in self.vocabulary.attributes(item) for item in self._elements(frame)),
        )
        frame.excused += 1
        frame.told[key] = self._tell(frame, told, place=frame.text_place)

    def _whole(self, frame: Frame) -> int:
        """The complete slots of an element whose text decides; a wrong text is reported."""
        data = "".join(frame.text)
        frame.text = []
        mask = self.automaton.whole(self.state, data, self.namespaces())
        if mask:
            return mask
        slots = [slot for slot in self.automaton.slots[self.state] if slot != NOT_ALLOWED]
        if not data.strip(SPACE):
            self._incomplete_text(frame, slots)
            return 0
        wanted = [
            leaf
            for slot in slots
            for leaf in self.patterns.reachable(slot)
            if leaf not in (NOT_ALLOWED, TEXT)
        ]
        value = self.patterns.choice(item for item in wanted if self.patterns.strings(item))
        finding = wording.bad_content(self.patterns, frame.label, data, value)
        self._tell(frame, finding, place=frame.text_place)
        return 0

    def _incomplete_text(self, frame: Frame, slots: list[int]) -> None:
        value = self.patterns.choice(
            leaf
            for slot in slots
            for leaf in self.patterns.reachable(slot)
            if self.patterns.strings(leaf)
        )
        self._tell(frame, wording.lacks_text(self.patterns, frame.label, value), place=self.here())

    # -- attributes ------------------------------------------------------------------------------

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


class _RefusedError(Exception):
    """Ends the reading where the file is dangerous."""

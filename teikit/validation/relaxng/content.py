"""What may be wrong with the content of an element, and how reading goes on after it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from teikit.diagnostics import Location, Related
from teikit.validation.relaxng import wording
from teikit.validation.relaxng.attributes import Attributes
from teikit.validation.relaxng.completion import Way
from teikit.validation.relaxng.frames import ALL, ANYTHING, Follow, Frame
from teikit.validation.relaxng.patterns import NOT_ALLOWED, SPACE, TEXT, split, tokens
from teikit.validation.relaxng.vocabulary import (
    COMMON,
    CONFUSED,
    HABITS,
    HOLDERS,
    ranked,
)

_RELATED = 20  # places of the same mistake that are listed with the first
_MANY = 110  # an element that may hold more kinds than this is made for no special one


class Content(Attributes):
    """Finds and tells what is wrong with elements and text, and recovers."""

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
            rest = [then for at, then in enumerate(after.values()) if mask == ALL or mask >> at & 1]
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

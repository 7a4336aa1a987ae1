"""A schema as an automaton that grows as documents need it.

A state is what an open element may still hold: one pattern (a *slot*) for each ``element`` pattern
of the schema that the element may be an instance of. A start-tag leads to the state of the child
and a table; the end-tag looks up in the table, by which of the child's slots are complete, the next
state of the parent. So the automaton is a visibly pushdown automaton, made deterministic on demand:
a document of a kind that was seen before is judged by looking things up.

States are numbers, their rows plain dictionaries: a cache writes them down as they are, and the
next process goes on where this one stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from teikit.validation.relaxng.patterns import (
    EMPTY,
    K_CHOICE,
    K_DATA,
    K_LIST,
    K_ONE_OR_MORE,
    K_VALUE,
    NOT_ALLOWED,
    TEXT,
    Patterns,
    Tuple,
    tokens,
)

DEAD = -1  # no state: the document is not valid

# How a state takes text: it stays as it is, allows white space only, changes, or must see the whole
# text of the element before it can tell.
T_STAYS, T_SPACE, T_CHANGES, T_WHOLE = range(4)

# Complete slots (a bit each) to the next state of the parent; under ORIGIN, the state of the parent
# and the name of the child, from which a missing row is computed.
Returns = dict[int, Any]
ORIGIN = -1
UNTOLD = -2  # the mask of states whose complete slots depend on the text
Attributes = Sequence[str]  # name, value, name, value, …, as expat gives them
Checks = tuple[tuple[int, int], ...]  # position of a value among the attributes, its pattern
Entry = tuple[int, Returns, Checks | None]

_SEEN = 2_000  # accepted values remembered for a pattern
_FULL = 20_000  # start-tags remembered with their values, where values decide the state
_STATES = 20_000  # states beyond which the automaton starts anew


class Automaton:
    """The states met so far, over the patterns of a schema.

    ``rows[state]`` finds the transition of a start-tag by its name, or by the tuple of its name
    and those of its attributes. ``masks[state]`` has a bit for each slot that may end here,
    ``texts[state]`` says how text is taken.
    """

    def __init__(self, patterns: Patterns) -> None:
        """Begin with the start pattern as the only state."""
        self.prepare(patterns)
        self.start = self.state((patterns.start,))

    def prepare(self, patterns: Patterns) -> None:
        """Begin without any state."""
        self.patterns = patterns
        self.slots: list[tuple[int, ...]] = []
        self.rows: list[dict[str | Tuple, Entry]] = []
        self.masks: list[int] = []
        self.texts: list[int] = []
        self.after_text: list[int] = []
        self._index: dict[tuple[int, ...], int] = {}
        self._full: dict[Tuple, Entry] = {}
        self._whole: dict[Tuple, int] = {}
        self.checkers: dict[int, Checker] = {}
        self.seen: dict[int, set[str]] = {}  # values that passed, by their pattern
        self.grown = 0  # transitions added since the automaton was loaded

    # -- keeping ---------------------------------------------------------------------------------

    def dump(self) -> Tuple:
        """The automaton in types that ``marshal`` writes."""
        seen = {number: sorted(values)[:200] for number, values in self.seen.items()}
        return (self.slots, self.rows, self.masks, self.texts, self.after_text, seen, self.start)

    def restore(self, dumped: Tuple) -> None:
        """Become the automaton that :meth:`dump` wrote."""
        self.slots, self.rows, self.masks, self.texts, self.after_text, seen, self.start = dumped
        self._index = {slots: number for number, slots in enumerate(self.slots)}
        self.checkers = {}
        self.seen = {number: set(values) for number, values in seen.items()}
        self.grown = 0

    def renew_when_large(self) -> None:
        """Forget all states when there are too many; called between documents."""
        if len(self.slots) > _STATES or len(self._full) > _FULL or len(self._whole) > _FULL:
            self.prepare(self.patterns)
            self.start = self.state((self.patterns.start,))

    # -- states ----------------------------------------------------------------------------------

    def state(self, slots: tuple[int, ...]) -> int:
        """The state with these slots; DEAD where all of them are not allowed.

        The first state is the start, which exists even where the schema allows no document.
        """
        number = self._index.get(slots)
        if number is None:
            if all(slot == NOT_ALLOWED for slot in slots) and self.slots:
                return DEAD
            number = len(self.slots)
            self._index[slots] = number
            patterns = self.patterns
            self.slots.append(slots)
            self.rows.append({})
            self.masks.append(self.complete(number))
            self.after_text.append(DEAD)
            kind = T_WHOLE
            if any(patterns.strings(slot) for slot in slots):
                self.masks[number] = UNTOLD
            else:
                after = tuple(patterns.after_text(slot, "x") for slot in slots)
                if after == slots:
                    kind = T_STAYS
                elif all(slot == NOT_ALLOWED for slot in after):
                    kind = T_SPACE
                else:
                    kind = T_CHANGES
                    self.texts.append(kind)
                    self.after_text[number] = self.state(after)
                    return number
            self.texts.append(kind)
        return number

    def complete(self, state: int) -> int:
        """The slots, a bit each, that want nothing more."""
        nullable = self.patterns.nullable
        return sum(1 << at for at, slot in enumerate(self.slots[state]) if nullable[slot])

    def tag(
        self,
        state: int,
        name: str,
        attributes: Attributes,
        namespaces: Mapping[str, str] | None = None,
    ) -> Entry | None:
        """The transition of a start-tag that is not in the row yet, or None where there is none."""
        full = (state, name, *attributes)
        known = self._full.get(full)
        if known is not None:
            return known
        patterns = self.patterns
        patterns.refill()
        elements = self.candidates(state, name)
        if not elements:
            return None
        slots = [patterns.contents[element] for element in elements]
        checks: list[tuple[int, int]] = []
        ids: list[tuple[int, int]] = []
        simple = True
        for at in range(0, len(attributes), 2):
            options = [patterns.attributes(slot, attributes[at]) for slot in slots]
            values = dict.fromkeys(value for option in options for value in option)
            if not values:
                return None
            text = attributes[at + 1]
            fits = {
                value: value == TEXT or self.checker(value).allows(text, namespaces)
                for value in values
            }
            if len(values) > 1:
                simple = False
                ids += [
                    (at + 1, value)
                    for value, fit in fits.items()
                    if fit and value != TEXT and self.checker(value).id_type
                ][:1]
            elif TEXT not in values:
                checks.append((at + 1, next(iter(values))))
            slots = [
                patterns.choice([rest for value, rest in option.items() if fits[value]])
                for option in options
            ]
        child = self.state(tuple(patterns.closed(slot) for slot in slots))
        if child == DEAD:
            return None
        self.grown += 1
        returns: Returns = {ORIGIN: (state, name)}
        key: str | Tuple = (name, *attributes[::2]) if attributes else name
        row = self.rows[state]
        if simple:
            entry: Entry = (child, returns, tuple(checks))
            row[key] = entry
            return entry
        # The values decide: the row only says so, and the tag is remembered with its values.
        if key not in row:
            row[key] = (DEAD, {}, None)
        entry = (child, returns, tuple(ids))
        if len(self._full) < _FULL:
            self._full[full] = entry
        return entry

    def candidates(self, state: int, name: str) -> tuple[int, ...]:
        """The ``element`` patterns that an element of this name may be an instance of."""
        found: dict[int, None] = {}
        for slot in self.slots[state]:
            if slot != NOT_ALLOWED:
                found.update(dict.fromkeys(self.patterns.candidates(slot, name)))
        return tuple(found)

    def back(self, returns: Returns, mask: int) -> int:
        """The state of the parent after an end-tag, where the table does not have it yet."""
        state, name = returns[ORIGIN]
        self.patterns.refill()
        self.grown += 1
        found: int = self.follow(state, name, mask)
        returns[mask] = found
        return found

    def follow(self, state: int, name: str, mask: int) -> int:
        """The state after a child of that name whose slots in ``mask`` are complete."""
        patterns = self.patterns
        elements = self.candidates(state, name)
        complete = {element for at, element in enumerate(elements) if mask >> at & 1}
        slots = []
        for slot in self.slots[state]:
            options = patterns.candidates(slot, name) if slot != NOT_ALLOWED else {}
            slots.append(
                patterns.choice([rest for element, rest in options.items() if element in complete])
            )
        return self.state(tuple(slots))

    def text(self, state: int, text: str, namespaces: Mapping[str, str] | None = None) -> int:
        """The state after a text node, where the state must see the whole of it."""
        self.patterns.refill()
        return self.state(
            tuple(self.patterns.after_text(slot, text, namespaces) for slot in self.slots[state])
        )

    def whole(self, state: int, text: str, namespaces: Mapping[str, str] | None = None) -> int:
        """The complete slots of an element whose only content is ``text``."""
        key = (state, text)
        mask = self._whole.get(key)
        if mask is None:
            self.patterns.refill()
            mask = sum(
                1 << at
                for at, slot in enumerate(self.slots[state])
                if self.patterns.accepts(slot, text, namespaces)
            )
            if namespaces is None and len(text) < 100 and len(self._whole) < _FULL:
                self._whole[key] = mask
        return mask

    def checker(self, value: int) -> Checker:
        """What judges a value against the pattern of that number."""
        found = self.checkers.get(value)
        if found is None:
            seen = self.seen.setdefault(value, set())
            found = self.checkers[value] = Checker(self.patterns, value, seen)
        return found


class Checker:
    """Judges the values of attributes against one pattern, and remembers those that passed.

    ``id_type`` is ``ID``, ``IDREF`` or ``IDREFS`` where the pattern is of such a type (RELAX NG DTD
    Compatibility, section 5), else empty.
    """

    __slots__ = ("_judge", "context", "id_type", "seen")

    def __init__(self, patterns: Patterns, value: int, seen: set[str]) -> None:
        """Find the quickest way to judge the pattern; ``seen`` are values that passed before."""
        self.seen = seen
        self.id_type, self.context = "", False
        for number in _leaves(patterns, value):
            node = patterns.nodes[number]
            if node[0] in (K_DATA, K_VALUE):
                kind = patterns.datatype(node[1])
                self.id_type = self.id_type or (kind.id_type if node[0] == K_DATA else "")
                self.context = self.context or kind.needs_context
        self._judge = _judge(patterns, value)

    def allows(self, text: str, namespaces: Mapping[str, str] | None = None) -> bool:
        """Whether the value is allowed."""
        if text in self.seen:
            return True
        fits = self._judge(text, namespaces)
        lasting = not self.context and not self.id_type
        if fits and lasting and len(self.seen) < _SEEN and len(text) < 100:
            self.seen.add(text)
        return fits


Judge = Callable[[str, "Mapping[str, str] | None"], bool]


def _judge(patterns: Patterns, value: int) -> Judge:
    """A function for the shapes that most attributes have; the derivative for the others."""
    node = patterns.nodes[value]
    if node[0] == K_DATA and node[2] == NOT_ALLOWED:
        return patterns.datatype(node[1]).allows
    if node[0] == K_LIST and patterns.nodes[node[1]][0] == K_ONE_OR_MORE:
        item = patterns.nodes[node[1]][1]
        if patterns.nodes[item][0] == K_DATA and not patterns.nullable[item]:
            each = _judge(patterns, item)

            def listed(text: str, namespaces: Mapping[str, str] | None) -> bool:
                words = tokens(text)
                return bool(words) and all(each(word, namespaces) for word in words)

            return listed
    if node[0] == K_CHOICE:
        members = [patterns.nodes[item] for item in node[1]]
        plain = all(
            item[0] == K_VALUE
            and patterns.types[item[1]][1] == "token"
            and not patterns.types[item[1]][2]
            for item in members
        )
        if plain:
            words = frozenset(" ".join(tokens(item[2])) for item in members)
            return lambda text, _namespaces: " ".join(tokens(text)) in words
    return lambda text, namespaces: patterns.accepts(value, text, namespaces)


def _leaves(patterns: Patterns, value: int) -> list[int]:
    """All leaves of a value's pattern."""
    found, stack, seen = [], [value], {NOT_ALLOWED, EMPTY, TEXT}
    while stack:
        number = stack.pop()
        if number in seen:
            continue
        seen.add(number)
        node = patterns.nodes[number]
        if node[0] in (K_DATA, K_VALUE):
            found.append(number)
        elif isinstance(node[1], tuple):
            stack += node[1]
        else:
            stack += node[1:]
    return found

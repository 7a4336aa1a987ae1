"""The quick pass: is the document valid, yes or no? Nothing is remembered of where things stand.

Nearly all documents of a corpus are valid, and for those this is all there is. What is not valid,
or not even well-formed, is read a second time by ``explain``.
"""

from __future__ import annotations

from collections.abc import Mapping
from xml.parsers import expat

from teikit import wellformed
from teikit.diagnostics import Diagnostic
from teikit.source import Source
from teikit.validation.relaxng.automaton import DEAD, T_CHANGES, T_SPACE, UNTOLD, Automaton, Returns
from teikit.validation.relaxng.patterns import SEPARATOR, SPACE, tokens


class _NotValidError(Exception):
    """Ends the pass at the first mistake."""


def make_parser() -> expat.XMLParserType:
    """A parser that reports expanded names, attributes in order, and text in large pieces."""
    parser = expat.ParserCreate(None, SEPARATOR)
    parser.ordered_attributes = True
    parser.buffer_text = True
    parser.buffer_size = 2**16
    return parser


class Scope:
    """The namespace prefixes in scope, for values that are QNames."""

    def __init__(self, parser: expat.XMLParserType) -> None:
        """Listen to the declarations that the parser meets."""
        self._declared: dict[str, list[str]] = {"xml": ["http://www.w3.org/XML/1998/namespace"]}
        parser.StartNamespaceDeclHandler = self._open
        parser.EndNamespaceDeclHandler = self._close

    def _open(self, prefix: str | None, uri: str | None) -> None:
        self._declared.setdefault(prefix or "", []).append(uri or "")

    def _close(self, prefix: str | None) -> None:
        self._declared[prefix or ""].pop()

    def now(self) -> Mapping[str, str]:
        """Prefix to URI; the default namespace under the empty string."""
        return {prefix: uris[-1] for prefix, uris in self._declared.items() if uris}


def is_valid(automaton: Automaton, source: Source) -> bool:
    """Whether the document is well-formed, harmless, and valid under the schema.

    Raises ExplosionError when the schema is at fault, OSError when the file cannot be read.
    """
    automaton.renew_when_large()
    rows, masks, texts = automaton.rows, automaton.masks, automaton.texts
    after_text, seen = automaton.after_text, automaton.seen
    parser = make_parser()
    scope = Scope(parser) if automaton.patterns.needs_context else None
    ids: set[str] = set()
    references: set[str] = set()
    state = automaton.start
    stack: list[Returns] = []
    buffer: list[str] = []

    def prefixes() -> Mapping[str, str] | None:
        return None if scope is None else scope.now()

    def start(name: str, attributes: list[str]) -> None:
        nonlocal state
        if buffer:
            flush()
        if attributes:
            entry = rows[state].get((name, *attributes[::2]))
            if entry is None or entry[2] is None:
                entry = automaton.tag(state, name, attributes, prefixes())
                if entry is None:
                    raise _NotValidError
            state, returns, checks = entry
            for at, value in checks or ():
                if attributes[at] not in seen[value]:
                    check(value, attributes[at])
        else:
            entry = rows[state].get(name)
            if entry is None or entry[2] is None:
                entry = automaton.tag(state, name, attributes)
                if entry is None:
                    raise _NotValidError
            state, returns, checks = entry
        stack.append(returns)
        if len(stack) > wellformed.MAX_DEPTH:
            raise _NotValidError

    def end(_name: str) -> None:
        nonlocal state
        returns = stack.pop()
        mask = masks[state]
        if mask == UNTOLD:
            mask = automaton.whole(state, "".join(buffer), prefixes())
            buffer.clear()
        try:
            state = returns[mask]
        except KeyError:
            state = automaton.back(returns, mask)
        if state == DEAD:
            raise _NotValidError

    def text(data: str) -> None:
        nonlocal state
        kind = texts[state]
        if not kind:
            return
        if kind == T_SPACE:
            if data.strip(SPACE):
                raise _NotValidError
        elif kind == T_CHANGES:
            if data.strip(SPACE):
                state = after_text[state]
        else:
            buffer.append(data)

    def flush() -> None:
        """Text before a child element, in a state that must see the whole of it."""
        nonlocal state
        data = "".join(buffer)
        buffer.clear()
        if data.strip(SPACE):
            state = automaton.text(state, data, prefixes())
            if state == DEAD:
                raise _NotValidError

    def check(value: int, given: str) -> None:
        checker = automaton.checker(value)
        if not checker.allows(given, prefixes()):
            raise _NotValidError
        if checker.id_type == "ID":
            (word,) = tokens(given)
            if word in ids:
                raise _NotValidError
            ids.add(word)
        elif checker.id_type:
            references.update(tokens(given))

    def refuse(*_declaration: object) -> None:
        raise _NotValidError

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.EntityDeclHandler = refuse
    parser.SkippedEntityHandler = refuse
    try:
        feed(parser, source)
    except (_NotValidError, expat.ExpatError, LookupError, ValueError):
        return False  # LookupError, ValueError: an encoding that expat cannot be given
    return bool(automaton.complete(state)) and references <= ids and foreign(source) is None


def feed(parser: expat.XMLParserType, source: Source) -> None:
    """Give the parser all of the document."""
    for chunk in source.chunks():
        parser.Parse(chunk, False)
    parser.Parse(b"", True)


def foreign(source: Source) -> Diagnostic | None:
    """The finding that an 8-bit encoding is declared although the bytes are something else."""
    if wellformed.declared_encoding(source.window(0, 200)) in ("utf-8", "utf-16", "us-ascii"):
        return None  # expat has seen to that
    found = wellformed.find_encoding(source.data(), source.name)
    return found if isinstance(found, Diagnostic) else None

"""Pointers that are to lead elsewhere: how a token is rewritten, whatever way it is written.

A token keeps the way it is written: what was a bare ``#id`` stays one, what goes by a prefix goes
by it afterwards, what was percent-encoded is again. Every new token is resolved to make sure that
it leads where it should; where no way of writing does, the edit is refused.
"""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote, unquote
from xml.sax.saxutils import escape

from teikit.corpus import attributes
from teikit.diagnostics import Location
from teikit.editing.plan import Opened, Workspace
from teikit.edits import refused
from teikit.facts import Facts, Pointer, PrefixDefinition
from teikit.links import Links
from teikit.spans import Value
from teikit.wellformed import declared_encoding

INCLUDE = "{http://www.w3.org/2001/XInclude}include"
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(.*)", re.DOTALL)
# The pointers of TEI (Guidelines, 17.2.4) and of XPointer: a name, and in brackets what it takes.
_XPOINTER = re.compile(r"[A-Za-z][\w-]*\(.*\)", re.DOTALL)
# Tokens that are no URI references: they are looked up by rules of their own.
_OTHER = frozenset({"key", "cRef"})


@dataclass(frozen=True, slots=True)
class Place:
    """An id in a file of the corpus."""

    path: str
    id: str


class Redirection:
    """All pointers to one place are to lead to another.

    ``exists`` says whether the new place is there already (a merge) or will be (a renamed id);
    ``keys`` are the old and the new name of the entity for ``@key``, None where it is no entity.
    """

    def __init__(
        self,
        links: Links,
        old: Place,
        new: Place,
        *,
        exists: bool,
        keys: tuple[str, str] | None = None,
    ) -> None:
        """Take the linked corpus and the two places."""
        self.links = links
        self.old, self.new = old, new
        self.exists = exists
        self.keys = keys
        self._definitions: dict[str, list[tuple[str, PrefixDefinition]]] = defaultdict(list)
        for facts in links.facts:
            for item in facts.prefixes:
                if not item.problem:
                    self._definitions[item.ident].append((facts.path, item))

    # -- which tokens --------------------------------------------------------------------------

    def leads(self, path: str, token: str, base: str, place: Place | None = None) -> bool:
        """Whether a token leads to the old place (or to another)."""
        place = place or self.old
        found = self.links.resolve(path, token, base)
        if (found.path, found.id) == (place.path, place.id):
            return found.state == "resolved"
        file, _, fragment = token.partition("#")
        if _XPOINTER.fullmatch(fragment):
            ids = _arguments(unquote(fragment))
            return place.id in ids and self.leads(path, f"{file}#{place.id}", base, place)
        plain = unquote(fragment)
        return plain != fragment and self.leads(path, f"{file}#{plain}", base, place)

    def names(self, path: str, token: str) -> bool:
        """Whether a token of ``@key`` names the old entity."""
        if self.keys is None:
            return False
        entity = self.links.entity(path, token)
        # An identifier of some authority may name an entity too: that is not what changes.
        ours = token in (self.keys[0], self.old.id)
        return ours and entity is not None and entity.key == self.keys[0]

    # -- how they are written afterwards -------------------------------------------------------

    def rewrite(self, path: str, token: str, base: str, location: Location) -> str:
        """The new token. Raises EditError where none leads to the new place."""
        for candidate in self._candidates(path, token, base):
            if self._right(path, candidate, base):
                return candidate
        scheme = _SCHEME.fullmatch(token)
        message = f"“{token}” cannot be made to point to “{self.new.id}”"
        if scheme and scheme[1] in self._definitions:
            pattern = self._definitions[scheme[1]][0][1]
            raise refused(
                location,
                f"{message}: the prefix “{scheme[1]}:” means {pattern.replacement} "
                f"for what matches {pattern.match}",
                "choose an id that the prefix can express, or write this pointer without it",
            )
        raise refused(location, message, "write this pointer with the name of the file")

    def _right(self, path: str, token: str, base: str) -> bool:
        """Whether a new token leads where it should."""
        ids = _arguments(unquote(token.partition("#")[2])) if is_xpointer(token) else {self.new.id}
        if self.old.path != self.new.path and ids != {self.new.id}:
            return False  # what else the pointer names stays where it was
        if self.exists:
            return self.leads(path, token, base, self.new)
        file, _, fragment = token.partition("#")
        # The id is not there yet: it must be looked for in vain, but in the right file.
        if _XPOINTER.fullmatch(fragment):
            return self.new.id in _arguments(unquote(fragment))
        if unquote(fragment) == self.new.id and not file and not base and path == self.new.path:
            return True  # a file looks in itself first
        found = self.links.resolve(path, token, base)
        scheme = _SCHEME.fullmatch(file)
        if scheme and scheme[1] not in self._definitions and found.state == "external":
            return True  # the address that the file is published under, which is as it was
        # A bare one is looked for everywhere; that nobody else has it was made sure of before.
        expected = path if not file and not base else self.new.path
        missing = found.path == expected and found.state != "resolved"
        return missing and unquote(found.id) == self.new.id

    def _candidates(self, path: str, token: str, base: str) -> Iterator[str]:
        scheme = _SCHEME.fullmatch(token)
        if scheme and scheme[1] in self._definitions:
            yield from self._prefixed(path, scheme[1], scheme[2], base)
            return
        file, _, fragment = token.partition("#")
        new = self._fragment(fragment)
        yield f"{file}#{new}"
        if self.old.path != self.new.path or self.exists:
            if self.new.path == path and not base:
                yield f"#{new}"
            folder = posixpath.dirname(posixpath.join(posixpath.dirname(path), base))
            yield f"{quote(posixpath.relpath(self.new.path, folder or '.'))}#{new}"

    def _fragment(self, fragment: str) -> str:
        """The fragment with the new id in the place of the old one, encoded as it was."""
        if _XPOINTER.fullmatch(fragment):
            return _replaced(fragment, self.old.id, self.new.id)
        return self.new.id if fragment == self.old.id else quote(self.new.id)

    def _prefixed(self, path: str, ident: str, rest: str, base: str) -> Iterator[str]:
        """Tokens of a private scheme that may mean the new place."""
        definitions = self._definitions[ident]
        # That of the file itself first.
        for _, item in sorted(definitions, key=lambda pair: pair[0] != path):
            match = re.fullmatch(item.match, rest)
            if not match:
                continue
            expanded = _expanded(item.replacement, match)
            for wanted in self._candidates(path, expanded, base):
                groups = _inverse(item.replacement, wanted)
                if groups is not None:
                    yield f"{ident}:{_put(match, rest, groups)}"


def _expanded(replacement: str, match: re.Match[str]) -> str:
    """A replacement with what the groups of a pattern matched."""

    def group(at: re.Match[str]) -> str:
        number = int(at[1])
        return (match[number] or "") if number <= match.re.groups else ""

    return re.sub(r"\$(\d)", group, replacement)


def _inverse(replacement: str, wanted: str) -> dict[int, str] | None:
    """What the groups must hold for a replacement to give ``wanted``; None where nothing does."""
    pattern = ""
    seen: set[str] = set()
    for part in re.split(r"(\$\d)", replacement):
        if re.fullmatch(r"\$\d", part):
            name = f"g{part[1]}"
            pattern += f"(?P={name})" if name in seen else f"(?P<{name}>.*)"
            seen.add(name)
        else:
            pattern += re.escape(part)
    match = re.fullmatch(pattern, wanted, re.DOTALL)
    return match and {int(name[1:]): value for name, value in match.groupdict().items()}


def _put(match: re.Match[str], rest: str, groups: dict[int, str]) -> str:
    """What a pattern matched, with other values in the places of its groups."""
    spans = sorted(
        (*match.span(number), value)
        for number, value in groups.items()
        if number <= match.re.groups and match.start(number) >= 0
    )
    parts = []
    at = 0
    for start, end, value in spans:
        parts += [rest[at : max(start, at)], value]
        at = max(end, at)
    return "".join((*parts, rest[at:]))


# -- XPointer --------------------------------------------------------------------------------------

_STRING = re.compile(r"'[^']*'|\"[^\"]*\"")
_NAME = re.compile(r"(?<![\w.\-@:$])[^\W\d][\w.\-·]*(?![\w.\-:]|\s*\()")
_BY_ID = re.compile(r"""(?:\bid\(\s*|@xml:id\s*=\s*)(?P<quote>['"])(?P<id>[^'"]*)(?P=quote)""")


def _ids(text: str) -> Iterator[tuple[int, int]]:
    """Where ids stand among the arguments of a pointer, as first and last character."""
    for match in _BY_ID.finditer(text):
        yield match.span("id")
    if re.match(r"x(?:path\d?|pointer)\(", text):
        return  # names in an XPath are those of elements
    strings = [match.span() for match in _STRING.finditer(text)]
    for match in _NAME.finditer(text):
        if not any(start <= match.start() < end for start, end in strings):
            yield match.span()


def _arguments(text: str) -> frozenset[str]:
    return frozenset(text[start:end] for start, end in _ids(text))


def _replaced(fragment: str, old: str, new: str) -> str:
    """A pointer with another id among its arguments; what is percent-encoded stays so."""
    places = [(start, end) for start, end in _ids(fragment) if unquote(fragment[start:end]) == old]
    for start, end in sorted(places, reverse=True):
        fragment = fragment[:start] + new + fragment[end:]
    return fragment


# -- the tokens of a file --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Hit:
    """A token that leads to the old place: where it stands, and what it will be.

    ``index`` is the number of the element; ``first`` and ``last`` are its characters in the value;
    ``base`` is the ``xml:base`` in force.
    """

    index: int
    value: Value
    first: int
    last: int
    token: str
    new: str
    base: str = ""


def affected(redirection: Redirection, facts: Facts) -> list[Pointer]:
    """The pointers of a file that lead to the old place."""
    return [
        pointer
        for pointer in facts.pointers
        if pointer.attribute not in _OTHER
        and redirection.leads(facts.path, pointer.token, pointer.base)
    ]


def may_hold(redirection: Redirection, data: bytes) -> bool:
    """Whether a file may name the old id where the index does not tell of it: keys, inclusions."""
    coding = declared_encoding(data[:400])
    try:
        text = data.decode(coding)
    except (LookupError, UnicodeError):
        return True
    name = re.escape(redirection.old.id)
    return redirection.old.id in text and bool(
        re.search(rf"""\b(?:key|xpointer)\s*=\s*(?:"[^"]*{name}|'[^']*{name})""", text)
    )


def hits(redirection: Redirection, opened: Opened) -> Iterator[Hit]:
    """All tokens of a file that must be rewritten, in the order of the file.

    Raises EditError where a pointer cannot be rewritten.
    """
    path = opened.path
    pointers = affected(redirection, opened.facts)
    wanted: dict[tuple[int | None, int | None, str], list[Pointer]] = defaultdict(list)
    for pointer in pointers:
        place = pointer.location
        wanted[place.line, place.column, pointer.attribute].append(pointer)
    names = {pointer.attribute for pointer in pointers}
    scan = opened.document.scan
    for index, element in enumerate(opened.elements):
        for name in attributes(element):
            if name in names:
                line, column = scan.place(index, name)
                there = wanted.pop((line, column, name), [])
                yield from _rewritten(redirection, opened, index, name, there)
            elif name == "key":
                yield from _keys(redirection, opened, index)
        if element.tag == INCLUDE:
            yield from _include(redirection, opened, index)
    for left in wanted.values():
        # A value that a DTD supplies stands in no tag.
        raise refused(
            left[0].location,
            f"“{left[0].token}” of @{left[0].attribute} in {path} stands in no tag",
            "write the attribute in the file, not in a DTD",
        )


def _rewritten(
    redirection: Redirection, opened: Opened, index: int, name: str, pointers: Iterable[Pointer]
) -> Iterator[Hit]:
    """The tokens of one attribute that must change."""
    by_token = {pointer.token: pointer for pointer in pointers}
    value = opened.spans.value(index, name) if by_token else None
    found = []
    for token, pointer in by_token.items():
        # An XPointer may hold spaces.
        written = r"\s+".join(map(re.escape, token.split()))
        places = list(re.finditer(rf"(?<!\S){written}(?!\S)", value.text)) if value else []
        if value is None or not places:
            raise refused(pointer.location, f"“{token}” of @{name} is not found in its tag")
        new = redirection.rewrite(opened.path, token, pointer.base, pointer.location)
        found += [
            Hit(index, value, *place.span(), place[0], _spaced(new, place[0]), pointer.base)
            for place in places
        ]
    yield from sorted(found, key=lambda hit: hit.first)


def _spaced(new: str, old: str) -> str:
    """A new token with the white space of the old one."""
    spaces = iter(re.findall(r"\s+", old))
    return re.sub(r"\s+", lambda _: next(spaces, " "), new)


def _keys(redirection: Redirection, opened: Opened, index: int) -> Iterator[Hit]:
    value = opened.spans.value(index, "key")
    for token, first, last in value.tokens() if value else ():
        if redirection.keys and redirection.names(opened.path, token):
            assert value is not None
            new = redirection.keys[1] if token == redirection.keys[0] else redirection.new.id
            yield Hit(index, value, first, last, token, new)


def _include(redirection: Redirection, opened: Opened, index: int) -> Iterator[Hit]:
    """The ``@xpointer`` of an inclusion (XInclude 1.0, section 3.1): a fragment of its own."""
    element = opened.elements[index]
    value = opened.spans.value(index, "xpointer")
    href = element.get("href", "")
    if value is None:
        return
    token = f"{href}#{value.text.strip()}"
    location = Location(opened.path, *opened.document.scan.place(index, "xpointer"))
    if redirection.leads(opened.path, token, ""):
        new = redirection.rewrite(opened.path, token, "", location)
        file, _, fragment = new.partition("#")
        if file != href:
            raise refused(location, f"the inclusion of “{redirection.old.id}” stands in the way")
        first = len(value.text) - len(value.text.lstrip())
        yield Hit(index, value, first, len(value.text.rstrip()), value.text.strip(), fragment)


def is_xpointer(token: str) -> bool:
    """Whether a token points to a part of what has the id, not to all of it."""
    return _XPOINTER.fullmatch(token.partition("#")[2]) is not None


def plan_hit(opened: Opened, hit: Hit) -> None:
    """Plan to rewrite a token: only those of its characters that differ."""
    old, new = hit.token, hit.new
    same = 0
    while same < min(len(old), len(new)) and old[same] == new[same]:
        same += 1
    tail = 0
    while tail < min(len(old), len(new)) - same and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    bounds = hit.value.bounds
    text = escape(new[same : len(new) - tail], {'"': "&quot;", "'": "&apos;"})
    opened.replace(bounds[hit.first + same], bounds[hit.last - tail], text)


def candidates(workspace: Workspace, redirection: Redirection) -> Iterator[Opened]:
    """The files that may have to change, opened, in the order of the corpus."""
    for facts in workspace.links.facts:
        if affected(redirection, facts) or may_hold(redirection, workspace.bytes(facts.path)):
            yield workspace.open(facts.path)

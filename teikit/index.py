"""The index: what each file says, read once, as plain values.

:func:`read_facts` is a pure function of one document, so that it can run in any process and be
remembered by the hash of the file. All verbs read these facts; none reads the tree again for them.

The facts of a file come in two parts. Its *surface* is what other files may depend on (ids, header,
register entries, prefixes): those of a whole corpus are held in memory at once. Its *body*
(pointers, units with their words, mentions, dates) is fetched when somebody asks for it, and may be
forgotten after.
"""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from lxml import etree

from teikit.bonds import Bond, read_bonds
from teikit.canonical import Reader, Reference, pattern_problems, read_references
from teikit.config import CorpusConfig
from teikit.corpus import Document, attributes, base_of
from teikit.diagnostics import Location
from teikit.entries import read_entries, read_idno, read_relations
from teikit.figures import Figure, Inner, Note, Tie, in_gloss, read_said, read_ties
from teikit.fragments import compiled, tokens
from teikit.header import DATE_ATTRIBUTES, Header, language, read_header
from teikit.names import ENTITY_KINDS, NS, XML_BASE, XML_ID, is_pointer, local
from teikit.passages import (
    CiteProblem,
    Unit,
    cite_problems,
    key_of,
    read_units,
    unit_elements,
)
from teikit.registers import EntityRelation, Entry, Identifier
from teikit.shelfmarks import Shelfmark, read_shelfmarks
from teikit.text import Words, is_note, snippet, words
from teikit.wording import Wording, read_wordings

_INCLUDE = "{http://www.w3.org/2001/XInclude}include"
_FALLBACK = "{http://www.w3.org/2001/XInclude}fallback"
# Where @key is the name of a piece of a schema (ODD) or of a role, not of an entity.
_OTHER_KEYS = frozenset(
    "classRef dataRef elementRef macroRef memberOf moduleRef resp schemaRef specDesc".split()
)


@dataclass(frozen=True, slots=True)
class Anchor:
    """An ``xml:id`` and the element that carries it."""

    id: str
    element: str
    location: Location


@dataclass(frozen=True, slots=True)
class Pointer:
    """One token of a pointing attribute, with the ``xml:base`` in force (``""`` where none)."""

    token: str
    attribute: str
    element: str
    base: str
    location: Location
    selects: bool = True  # False: the XPath in it was evaluated in its own file, and finds nothing


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in the text that names something by pointer.

    ``tokens`` are those of ``@ref`` (or ``@key``); ``unit`` is the key of the unit it stands in;
    ``before``, ``hit`` and ``after`` are its words in context; ``cert`` how sure the editors are of
    whom it names. ``within`` are the tokens of the names that it is part of; ``gloss`` says that it
    stands in a note printed in the line.
    """

    tokens: tuple[str, ...]
    element: str
    unit: str
    lang: str
    before: str
    hit: str
    after: str
    in_note: bool
    location: Location
    within: tuple[str, ...] = ()
    gloss: bool = False
    cert: str = ""


@dataclass(frozen=True, slots=True)
class DateUse:
    """A normalised date in an attribute of the text or a register."""

    attribute: str
    value: str
    location: Location


@dataclass(frozen=True, slots=True)
class PrefixDefinition:
    """A private URI scheme (``prefixDef``): which identifiers it matches, and what they mean."""

    ident: str
    match: str
    replacement: str
    location: Location

    @property
    def problem(self) -> str:
        """Why the definition cannot be used; the empty string where it can."""
        try:
            groups = compiled(self.match).groups
        except re.error as error:
            return f"@matchPattern=“{self.match}” is no regular expression: {error.msg}"
        asked = max(map(int, re.findall(r"\$(\d)", self.replacement)), default=0)
        if asked > groups:
            return f"@replacementPattern asks for ${asked}, but the pattern has {groups} groups"
        if self.replacement.startswith(f"{self.ident}:"):
            return f"“{self.ident}:” is replaced by itself"
        return ""


@dataclass(frozen=True, slots=True)
class Surface:
    """What other files may depend on. ``role`` is document, register or edition.

    ``ids`` are the ``xml:id`` of the file in order, each with the local name of its element.
    """

    path: str
    id: str
    role: str
    lang: str
    header: Header
    ids: tuple[tuple[str, str], ...]
    entries: tuple[Entry, ...]
    prefixes: tuple[PrefixDefinition, ...]
    location: Location
    base: str  # the xml:base of the root
    includes: tuple[str, ...]  # what xi:include takes in


@dataclass(frozen=True, slots=True)
class Body:
    """What only the work on the file itself needs."""

    anchors: tuple[Anchor, ...]
    pointers: tuple[Pointer, ...]
    units: tuple[Unit, ...]
    mentions: tuple[Mention, ...]
    dates: tuple[DateUse, ...]
    relations: tuple[EntityRelation, ...]
    keys: tuple[str, ...]
    identifiers: tuple[Identifier, ...]
    cite_problems: tuple[CiteProblem, ...]
    pattern_problems: tuple[CiteProblem, ...]
    references: tuple[Reference, ...]
    keyed: tuple[Pointer, ...]
    bonds: tuple[Bond, ...]
    figures: tuple[Figure, ...]
    notes: tuple[Note, ...]
    inner: tuple[Inner, ...]
    ties: tuple[Tie, ...]
    shelfmarks: tuple[Shelfmark, ...]
    wordings: tuple[Wording, ...]


@dataclass(frozen=True, slots=True)
class Facts(Surface):
    """All that one file contributes to the corpus.

    ``fetch`` gives a part of the body by its name: it may come from the disk each time.
    """

    fetch: Callable[[str], Any] = field(repr=False, compare=False)

    def body(self) -> Body:
        """All parts of the body."""
        return Body(*(self.fetch(name) for name in Body.__slots__))

    @property
    def anchors(self) -> tuple[Anchor, ...]:
        """Every ``xml:id`` in the order of the file."""
        found: tuple[Anchor, ...] = self.fetch("anchors")
        return found

    @property
    def pointers(self) -> tuple[Pointer, ...]:
        """Every token of every pointing attribute in the order of the file."""
        found: tuple[Pointer, ...] = self.fetch("pointers")
        return found

    @property
    def units(self) -> tuple[Unit, ...]:
        """The units of the text in order."""
        found: tuple[Unit, ...] = self.fetch("units")
        return found

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """The mentions in the text in order."""
        found: tuple[Mention, ...] = self.fetch("mentions")
        return found

    @property
    def dates(self) -> tuple[DateUse, ...]:
        """The normalised dates in the order of the file."""
        found: tuple[DateUse, ...] = self.fetch("dates")
        return found

    @property
    def relations(self) -> tuple[EntityRelation, ...]:
        """The relations between entities that the file states, in its order."""
        found: tuple[EntityRelation, ...] = self.fetch("relations")
        return found

    @property
    def keys(self) -> tuple[str, ...]:
        """The distinct tokens of ``@key``, which is no pointer but may be the id of an entry."""
        found: tuple[str, ...] = self.fetch("keys")
        return found

    @property
    def identifiers(self) -> tuple[Identifier, ...]:
        """The identifiers of known authorities that stand outside of entries."""
        found: tuple[Identifier, ...] = self.fetch("identifiers")
        return found

    @property
    def cite_problems(self) -> tuple[CiteProblem, ...]:
        """What is wrong with the declared references."""
        found: tuple[CiteProblem, ...] = self.fetch("cite_problems")
        return found

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The dates and numbers in the running text, by unit."""
        found: tuple[Figure, ...] = self.fetch("figures")
        return found

    @property
    def notes(self) -> tuple[Note, ...]:
        """The notes inside units, with what they name."""
        found: tuple[Note, ...] = self.fetch("notes")
        return found

    @property
    def inner(self) -> tuple[Inner, ...]:
        """What is aligned by itself inside a unit."""
        found: tuple[Inner, ...] = self.fetch("inner")
        return found

    @property
    def ties(self) -> tuple[Tie, ...]:
        """The links of alignment that the file holds."""
        found: tuple[Tie, ...] = self.fetch("ties")
        return found

    @property
    def shelfmarks(self) -> tuple[Shelfmark, ...]:
        """The shelfmarks that header and text quote."""
        found: tuple[Shelfmark, ...] = self.fetch("shelfmarks")
        return found

    @property
    def wordings(self) -> tuple[Wording, ...]:
        """The texts of units and notes as a search compares them."""
        found: tuple[Wording, ...] = self.fetch("wordings")
        return found

    @property
    def pattern_problems(self) -> tuple[CiteProblem, ...]:
        """What is wrong with the patterns of canonical references."""
        found: tuple[CiteProblem, ...] = self.fetch("pattern_problems")
        return found

    @property
    def references(self) -> tuple[Reference, ...]:
        """Every ``@cRef`` that the file itself can judge, in its order."""
        found: tuple[Reference, ...] = self.fetch("references")
        return found

    @property
    def keyed(self) -> tuple[Pointer, ...]:
        """Every ``@key`` in the order of the file; the token is the whole value."""
        found: tuple[Pointer, ...] = self.fetch("keyed")
        return found

    @property
    def bonds(self) -> tuple[Bond, ...]:
        """What the file says that one thing is to another, in its order."""
        found: tuple[Bond, ...] = self.fetch("bonds")
        return found

    @classmethod
    def of(cls, surface: Surface, fetch: Callable[[str], Any]) -> Facts:
        """The facts of a file whose surface is known, and the parts of whose body can be had."""
        known: dict[str, Any] = {name: getattr(surface, name) for name in Surface.__slots__}
        return cls(**known, fetch=fetch)


def read_facts(document: Document, settings: CorpusConfig) -> tuple[Surface, Body]:
    """The facts of one document. ``settings`` says which files are registers."""
    entries = tuple(read_entries(document))
    units = read_units(document)
    running = {element: Words(element) for element in unit_elements(document.root)}
    figures, notes, inner = read_said(document, running)
    role = _role(document, settings, bool(entries), bool(units))
    anchors, pointers, dates, identifiers, keyed = [], [], [], [], []
    reader = Reader(document)
    includes = []
    keys: dict[str, None] = {}
    in_entries = {item.location for entry in entries for item in entry.identifiers}
    for element in document.root.iter("{*}*"):
        name = local(element.tag)
        for attribute, value in attributes(element).items():
            plain = local(attribute)
            if attribute == XML_ID:
                anchors.append(Anchor(value, name, document.locate(element, attribute)))
            elif plain == attribute and is_pointer(name, attribute):
                location, base = document.locate(element, attribute), base_of(element)
                pointers += [
                    Pointer(token, attribute, name, base, location, _selects(reader, token, base))
                    for token in tokens(value)
                ]
            elif element.tag == _INCLUDE and attribute == "href" and value.strip():
                includes.append(value.strip())
                if element.find(_FALLBACK) is None:
                    where = document.locate(element, attribute)
                    # The base of an inclusion is that of the element itself (XInclude 4.2).
                    pointers.append(
                        Pointer(value.strip(), attribute, name, base_of(element), where)
                    )
            elif attribute.removesuffix("-iso") in DATE_ATTRIBUTES:
                dates.append(DateUse(attribute, value, document.locate(element, attribute)))
            elif attribute == "key":
                keys.update(dict.fromkeys(value.split()))
                if name not in _OTHER_KEYS and value.strip():
                    where = document.locate(element, attribute)
                    keyed.append(Pointer(value.strip(), attribute, name, "", where))
        if name == "idno":
            stated = read_idno(document, element)
            if stated.location not in in_entries and stated.known:
                identifiers.append(stated)
    surface = Surface(
        path=document.path,
        id=document.id,
        role=role,
        lang=_language(document.root),
        header=read_header(document.root),
        ids=tuple((anchor.id, anchor.element) for anchor in anchors),
        entries=entries,
        prefixes=tuple(
            PrefixDefinition(
                node.get("ident", ""),
                node.get("matchPattern", ""),
                node.get("replacementPattern", ""),
                document.locate(node),
            )
            for node in document.root.iterfind(".//tei:prefixDef", NS)
        ),
        location=document.locate(document.root),
        base=document.root.get(XML_BASE, ""),
        includes=tuple(includes),
    )
    body = Body(
        anchors=tuple(anchors),
        pointers=tuple(pointers),
        units=units,
        mentions=() if role == "register" else tuple(_mentions(document, running)),
        dates=tuple(dates),
        relations=tuple(read_relations(document)),
        keys=tuple(keys),
        identifiers=tuple(identifiers),
        cite_problems=tuple(cite_problems(document)),
        pattern_problems=tuple(pattern_problems(document)),
        references=tuple(read_references(document, reader)),
        keyed=tuple(keyed),
        bonds=tuple(read_bonds(document)),
        figures=figures,
        notes=notes,
        inner=inner,
        ties=tuple(read_ties(document)),
        shelfmarks=tuple(read_shelfmarks(document)),
        wordings=() if role == "register" else read_wordings(document, running, units, notes),
    )
    return surface, body


def facts_of(document: Document, settings: CorpusConfig) -> Facts:
    """The facts of a document that is at hand, held in memory."""
    surface, body = read_facts(document, settings)
    return Facts.of(surface, partial(getattr, body))


def _role(document: Document, settings: CorpusConfig, entries: bool, units: bool) -> str:
    if document.path == settings.edition:
        return "edition"
    if any(fnmatch.fnmatch(document.path, pattern) for pattern in settings.registers):
        return "register"
    if not entries:
        # Links that stand by themselves are no text either.
        only_links = document.root.find("tei:standOff/tei:linkGrp", NS) is not None
        has_text = document.root.find("tei:text", NS) is not None
        return "register" if only_links and not has_text and not units else "document"
    # A file that lists entities and says nothing else is a register, wherever its lists stand.
    lists = frozenset().union(*(kind.lists for kind in ENTITY_KINDS))
    only_lists = all(
        local(unit.tag) in lists or local(unit.tag) == "head"
        for unit in unit_elements(document.root)
    )
    return "register" if not units or only_lists else "document"


def _language(root: etree._Element) -> str:
    text = root.find("tei:text", NS)
    if text is not None and (lang := language(text)):
        return lang
    stated = root.find("tei:teiHeader/tei:profileDesc/tei:langUsage/tei:language", NS)
    return language(root) or ("" if stated is None else stated.get("ident", ""))


def _selects(reader: Reader, token: str, base: str) -> bool:
    """Whether the XPath of a pointer into its own file selects something there."""
    return base != "" or not token.startswith("#xpath(") or reader.selects(token[1:])


def _mentions(document: Document, texts: dict[etree._Element, Words]) -> Iterator[Mention]:
    """Everything in the text that points by ``@ref`` or ``@key``, in document order."""
    lists = frozenset().union(*(kind.lists for kind in ENTITY_KINDS))
    for unit, running in texts.items():
        if local(unit.tag) in lists:
            continue
        key = key_of(unit)
        notes: dict[etree._Element, Words] = {}
        for element in unit.iter("{*}*"):
            value = element.get("ref") or element.get("key")
            if not value:
                continue
            note = next(
                (node for node in (element, *element.iterancestors()) if is_note(node)), None
            )
            if note is not None and note not in notes:
                notes[note] = Words(note)
            text = running if note is None else notes[note]
            if element not in text.spans:
                continue  # it stands in the alternative that this reading does not show
            before, hit, after = snippet(text.text, *text.spans[element])
            yield Mention(
                tuple(value.split()),
                local(element.tag),
                key,
                language(element),
                before,
                hit or words(element),
                after,
                note is not None,
                document.locate(element),
                within=tuple(
                    token
                    for node in element.iterancestors()
                    for token in (node.get("ref") or node.get("key") or "").split()
                ),
                gloss=in_gloss(element),
                cert=element.get("cert", ""),
            )

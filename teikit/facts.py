"""Facts: what a file says, as plain values.

The facts of a file come in two parts. Its *surface* is what other files may depend on (ids, header,
register entries, prefixes): those of a whole corpus are held in memory at once. Its *body*
(pointers, units with their words, mentions, dates) is fetched when somebody asks for it, and may be
forgotten after.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from teikit.bonds import Bond
from teikit.canonical import Reference
from teikit.claims import Claim
from teikit.diagnostics import Location
from teikit.figures import Figure, Inner, Note, Tie
from teikit.fragments import compiled
from teikit.header import Header
from teikit.holdings import Holding, QuotedShelfmark
from teikit.items import Item
from teikit.passages import CiteProblem, Unit
from teikit.registers import EntityRelation, Entry, Identifier
from teikit.wording import Wording


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
    """What other files may depend on. ``role`` is document, register, edition or page.

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
    emendations: int  # how many faults of the source the text records with their correction
    listed: int  # how many items of bibliographies there are


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
    shelfmarks: tuple[QuotedShelfmark, ...]
    holdings: tuple[Holding, ...]
    wordings: tuple[Wording, ...]
    claims: tuple[Claim, ...]
    items: tuple[Item, ...]


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
    def shelfmarks(self) -> tuple[QuotedShelfmark, ...]:
        """The shelfmarks that header and text quote."""
        found: tuple[QuotedShelfmark, ...] = self.fetch("shelfmarks")
        return found

    @property
    def holdings(self) -> tuple[Holding, ...]:
        """Where the header says that the document is kept; none where it gives no shelfmark."""
        found: tuple[Holding, ...] = self.fetch("holdings")
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

    @property
    def items(self) -> tuple[Item, ...]:
        """The items of the file's bibliographies, in its order; see ``listed``."""
        found: tuple[Item, ...] = self.fetch("items") if self.listed else ()
        return found

    @property
    def claims(self) -> tuple[Claim, ...]:
        """What the header says of its document that citations share, in its order."""
        found: tuple[Claim, ...] = self.fetch("claims")
        return found

    @classmethod
    def of(cls, surface: Surface, fetch: Callable[[str], Any]) -> Facts:
        """The facts of a file whose surface is known, and the parts of whose body can be had."""
        known: dict[str, Any] = {name: getattr(surface, name) for name in Surface.__slots__}
        return cls(**known, fetch=fetch)

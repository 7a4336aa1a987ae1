"""What an edit will change, and the files it looks at while it finds out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from lxml import etree

from teikit.corpus import Document, parse
from teikit.diagnostics import Diagnostic, Edit, Location
from teikit.edits import Change, apply, refused
from teikit.errors import EditError
from teikit.facts import Facts
from teikit.index import facts_of
from teikit.links import Links
from teikit.spans import Spans


@dataclass(frozen=True)
class Plan:
    """An edit of the corpus, before it is written.

    ``summary`` says in one line what it does; ``counts`` how many places change in each file, in
    the order of the corpus; ``remarks`` are for the eyes of whoever asked for it.
    """

    summary: str
    changes: tuple[Change, ...]
    counts: Mapping[str, int]
    remarks: tuple[str, ...] = ()


@dataclass
class Opened:
    """A file that an edit looks into: read again, and found to be what the index says."""

    document: Document
    facts: Facts
    edits: list[Edit] = field(default_factory=list)

    @property
    def path(self) -> str:
        """Its name in the corpus."""
        return self.document.path

    @cached_property
    def elements(self) -> list[etree._Element]:
        """All elements in document order."""
        return list(self.document.root.iter("*"))

    @cached_property
    def number(self) -> dict[etree._Element, int]:
        """The place of each element in that order."""
        return {element: index for index, element in enumerate(self.elements)}

    @cached_property
    def spans(self) -> Spans:
        """Where everything stands."""
        return Spans(self.document)

    def replace(self, start: int, end: int, text: str) -> None:
        """Plan to put a text in the place of some bytes."""
        self.edits.append(Edit(self.path, start, end, text))


class Workspace:
    """The files of a linked corpus, opened where an edit needs them."""

    def __init__(self, links: Links) -> None:
        """Take the links of a corpus all files of which could be read."""
        self.links = links
        self._opened: dict[str, Opened] = {}

    def file(self, path: str) -> Path:
        """Where a file of the corpus lies."""
        return self.links.corpus.paths[path]

    def bytes(self, path: str) -> bytes:
        """The bytes of a file as they are now. Raises EditError when it cannot be read."""
        try:
            return self.file(path).read_bytes()
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise refused(Location(path), f"the file cannot be read: {reason}") from error

    def open(self, path: str) -> Opened:
        """Read a file. Raises EditError when it is not any more what the index says of it."""
        if path not in self._opened:
            document = parse(self.bytes(path), path)
            if isinstance(document, Diagnostic):
                raise EditError(document)
            facts = facts_of(document, self.links.corpus.config.corpus)
            known = self.links.document(path)
            if known is None or (known.ids, known.pointers) != (facts.ids, facts.pointers):
                raise refused(
                    Location(path),
                    "the file was changed by somebody else while it was read",
                    "run the command again",
                )
            self._opened[path] = Opened(document, facts)
        return self._opened[path]

    def changes(self) -> tuple[Change, ...]:
        """All planned edits, carried out in memory, in the order of the corpus.

        Raises EditError where the result would not be well-formed.
        """
        return tuple(self._carry_out())

    def counts(self) -> dict[str, int]:
        """How many edits each file has, in the order of the corpus."""
        return {path: len(opened.edits) for path, opened in self._edited()}

    def _edited(self) -> Iterable[tuple[str, Opened]]:
        return sorted((path, opened) for path, opened in self._opened.items() if opened.edits)

    def _carry_out(self) -> Iterator[Change]:
        for path, opened in self._edited():
            before, coding = opened.document.data, opened.spans.encoding
            after = apply(before, coding, opened.edits)
            result = parse(after, path)
            if isinstance(result, Diagnostic):
                raise refused(
                    result.location,
                    f"the edit would break the file: {result.message}",
                    f"its encoding, {coding}, may lack a character of the new text",
                )
            if after != before:
                yield Change(path, self.file(path), coding, before, after)

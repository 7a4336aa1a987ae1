"""What every output gets and gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from lxml import etree

from teikit.diagnostics import Diagnostic, Related
from teikit.linkdoc import edition_facts, facts_document
from teikit.links import Group, Links
from teikit.pages import Download, Page
from teikit.text import Reading


@dataclass(frozen=True, slots=True)
class File:
    """A file to be written: its path inside the output's folder (forward slashes), its bytes."""

    path: str
    data: bytes


# From a language and what gives addresses (by kind and key) to pictures: names and trees.
Draw = Callable[[str, Callable[[str, str], str]], Iterator[tuple[str, etree._Element]]]


@dataclass(frozen=True)
class Job:
    """One request for an output.

    ``groups`` are the documents to render, in order; ``pages`` what the page of each document tells
    machines and lets readers cite; ``width`` is for plain text, 0 meaning one paragraph a line.
    """

    links: Links
    groups: tuple[Group, ...]
    pages: dict[str, Page]
    corpus_downloads: tuple[Download, ...]
    reading: Reading = "corrected"
    width: int = 72
    paper: str = "a4"
    notes: bool = False  # plain text: whether notes are called and printed after the text
    # Draws the pictures in a language (teikit.drawing): the name and the tree of each.
    draw: (
        Callable[[str, Callable[[str, str], str]], Iterator[tuple[str, etree._Element]]] | None
    ) = None
    pictures_css: str = ""
    downloads: bool = False  # whether the other outputs lie beside this one, to be linked

    @property
    def edition(self) -> etree._Element | None:
        """The tree of the file that describes the edition, where there is one."""
        described = edition_facts(self.links)
        if described is None:
            return None
        return self.links.corpus.document(described.path).root

    @cached_property
    def facts(self) -> etree._Element:
        """The facts document that stylesheets read."""
        return facts_document(self.links, self.pages, self.corpus_downloads)

    def trees(self, groups: Sequence[Group] | None = None) -> list[etree._Element]:
        """The TEI trees of all versions of the documents, in their order."""
        chosen = self.groups if groups is None else groups
        document = self.links.corpus.document
        return [document(version.path).root for group in chosen for version in group.versions]

    def source(self, path: str) -> bytes:
        """The bytes of a TEI file of the corpus, exactly as on the disk."""
        data = self.links.corpus.source(path)
        if data is None:
            raise KeyError(path)
        return data


def grouped(messages: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The messages of a stylesheet, each wording once, at the first file that it was said of."""
    found: dict[tuple[str, str], list[Diagnostic]] = {}
    for item in dict.fromkeys(messages):
        found.setdefault((item.code, item.message), []).append(item)
    for first, *others in found.values():
        related = tuple(Related("and here", item.location) for item in others)
        yield replace(first, related=related)


@dataclass(frozen=True, slots=True)
class Output:
    """A row of the table of outputs.

    ``render`` yields the files in a stable order, and a Diagnostic for whatever could not be
    rendered as the text has it. It raises OutputError when nothing useful can be made.
    """

    name: str
    summary: str
    render: Callable[[Job], Iterator[File | Diagnostic]]

"""Holdings: where a header says that its document is kept, and what files its text quotes.

A shelfmark stands in ``idno``, nested or not (Guidelines, chapter 11, The Manuscript Identifier).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from teikit.corpus import Document
from teikit.diagnostics import Location
from teikit.header import shelfmark_nodes
from teikit.names import NS, TEI, local
from teikit.shelfmarks import LEVEL_OF
from teikit.text import words

_FILE = ("fond", "opis", "delo")
_HOLDERS = ("repository", "orgName")
# Whoever keeps a manuscript, in msIdentifier.
_KEEPERS = ("repository", "institution", "orgName", "name", "collection")


@dataclass(frozen=True, slots=True)
class QuotedShelfmark:
    """A file in an archive as a text quotes it.

    ``tokens`` and ``repository`` are the pointers to and the name of the archive; ``mended`` says
    that the fond is a reading of the source which a ``corr`` replaces; ``location`` is the fond's.
    """

    fond: str
    opis: str
    delo: str
    tokens: tuple[str, ...]
    repository: str
    mended: bool
    location: Location


@dataclass(frozen=True, slots=True)
class Part:
    """A number in a shelfmark: ``idno/@type`` (``shelfmark`` where there is none) and value."""

    kind: str
    value: str
    location: Location


@dataclass(frozen=True, slots=True)
class Holding:
    """What the ``msIdentifier`` of a header says of where its document is kept.

    ``parts`` are as in ``Header.shelfmark``, but each ``idno`` by itself; ``nested`` says that one
    ``idno`` holds others; ``tokens`` and ``repository`` are the pointers to and the name of whoever
    keeps it; ``location`` is that of the ``msIdentifier``.
    """

    parts: tuple[Part, ...]
    nested: bool
    tokens: tuple[str, ...]
    repository: str
    location: Location


def read_holdings(document: Document) -> Iterator[Holding]:
    """Where the documents are kept that a header describes: each ``msDesc``, not its parts."""
    path = "tei:teiHeader/tei:fileDesc/tei:sourceDesc//tei:msDesc/tei:msIdentifier"
    for identifier in document.root.iterfind(path, NS):
        nodes = shelfmark_nodes(identifier)
        keepers = [node for name in _KEEPERS for node in identifier.iterfind(f"tei:{name}", NS)]
        keeper = next((node for node in keepers if words(node) or node.get("ref")), None)
        parts = tuple(
            Part(node.get("type", "shelfmark"), words(node), document.locate(node))
            for node in nodes
        )
        if parts:
            yield Holding(
                parts,
                any(
                    local(outer.tag) == "idno"
                    for node in nodes
                    if (outer := node.getparent()) is not None
                ),
                () if keeper is None else tuple(keeper.get("ref", "").split()),
                "" if keeper is None else words(keeper) or keeper.get("ref", ""),
                document.locate(identifier),
            )


def read_shelfmarks(document: Document) -> Iterator[QuotedShelfmark]:
    """All shelfmarks of a document with a fond, an opis and a delo, in document order."""
    for element in document.root.iter(f"{{{TEI}}}idno"):
        if _level(element) != "fond":
            continue
        whole: etree._Element | None = element
        parts: dict[str, str] = {}
        while whole is not None and len(parts) < 2:
            whole = whole.getparent()
            parts = {} if whole is None else _parts(whole)
        if whole is None:
            continue
        holder = _holder(whole)
        yield QuotedShelfmark(
            words(element),
            parts["opis"],
            parts["delo"],
            () if holder is None else tuple(holder.get("ref", "").split()),
            "" if holder is None else words(holder),
            _is_mended(element),
            document.locate(element),
        )


def _level(element: etree._Element) -> str:
    """Which of fond, opis and delo an ``idno`` is, by its type; the empty string for any other."""
    level = LEVEL_OF.get(element.get("type", "").casefold(), "")
    return level if level in _FILE else ""


def _parts(whole: etree._Element) -> dict[str, str]:
    """Opis and delo inside an element, as corrected."""
    found: dict[str, str] = {}
    for node in whole.iter(f"{{{TEI}}}idno"):
        level = _level(node)
        if level in ("opis", "delo") and not _is_mended(node):
            found.setdefault(level, words(node))
    return found


def _holder(whole: etree._Element) -> etree._Element | None:
    """The archive: named in the smallest element around the shelfmark that names one."""
    node: etree._Element | None = whole
    while node is not None and local(node.tag) not in ("body", "back", "front", "teiHeader"):
        for name in _HOLDERS:
            holder = next(node.iter(f"{{{TEI}}}{name}"), None)
            if holder is not None:
                return holder
        node = node.getparent()
    return None


def _is_mended(element: etree._Element) -> bool:
    """Whether the element is a reading of the source that a ``corr`` beside it replaces."""
    return any(
        local(node.tag) == "sic"
        and (choice := node.getparent()) is not None
        and choice.find("tei:corr", NS) is not None
        for node in element.iterancestors()
    )

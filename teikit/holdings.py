"""Holdings: the fond, opis and delo that a header or a text quotes in ``idno``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from teikit.corpus import Document
from teikit.diagnostics import Location
from teikit.names import NS, TEI, local
from teikit.text import words

# The levels of an archive by the types that an idno may have for them.
_LEVELS = {
    "fond": ("fond", "fonds"),
    "opis": ("opis", "inventory", "inventaire"),
    "delo": ("delo", "file", "dossier"),
}
_LEVEL_OF = {name: level for level, names in _LEVELS.items() for name in names}
_HOLDERS = ("repository", "orgName")


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


def read_shelfmarks(document: Document) -> Iterator[QuotedShelfmark]:
    """All shelfmarks of a document with a fond, an opis and a delo, in document order."""
    for element in document.root.iter(f"{{{TEI}}}idno"):
        if _LEVEL_OF.get(element.get("type", "")) != "fond":
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


def _parts(whole: etree._Element) -> dict[str, str]:
    """Opis and delo inside an element, as corrected."""
    found: dict[str, str] = {}
    for node in whole.iter(f"{{{TEI}}}idno"):
        level = _LEVEL_OF.get(node.get("type", ""))
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

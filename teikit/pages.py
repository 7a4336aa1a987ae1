"""What the page of a document tells machines: plain data, and its elements in the facts document.

``teikit.citations.web`` computes it from records; the stylesheet of HTML copies it into the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from teikit.names import FACTS


@dataclass(frozen=True, slots=True)
class Download:
    """A file for reference managers.

    ``path`` is relative to the build folder, with forward slashes and not percent-encoded;
    ``label`` what readers call the format, ``type`` its media type. ``version`` and ``lang`` are
    empty where the file is of the whole corpus.
    """

    path: str
    label: str
    type: str
    version: str = ""
    lang: str = ""


# Characters that turn the line until others end it: what holds them is an element that ends them.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
# The gap of a frame that takes the fragment of a passage; others take the number of a level.
ANCHOR = "anchor"


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a citation, or a gap in it: :data:`ANCHOR`, or a level from ``"1"`` on.

    ``lang`` is empty where the stretch is in the language of the citation.
    """

    text: str
    italic: bool = False
    lang: str = ""
    gap: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """How a version is cited in a style; with a ``frame``, how the passages of that frame are."""

    version: str
    style: str
    lang: str
    parts: tuple[Part, ...]
    frame: str = ""

    @property
    def text(self) -> str:
        """The text alone."""
        return "".join(part.text for part in self.parts)


@dataclass(frozen=True, slots=True)
class Filling:
    """The frame of a passage, and the numbers for its gaps from the outermost level."""

    frame: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quotable:
    """All citations of a document; ``fillings`` by the id of a version and the key of a unit."""

    citations: tuple[Citation, ...] = ()
    fillings: Mapping[tuple[str, str], Filling] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Page:
    """What the page of one document tells: ``meta`` and ``coins`` describe one of its versions.

    ``quotable`` is what its readers can copy.
    ``meta`` are names and contents of HTML ``meta`` elements, in order, names may come again;
    ``coins`` is the ``title`` of a COinS span; ``jsonld`` is JSON that no HTML parser takes for
    the end of its ``script`` element.
    """

    version: str
    lang: str
    meta: tuple[tuple[str, str], ...]
    coins: str
    jsonld: str
    downloads: tuple[Download, ...] = ()
    quotable: Quotable = Quotable()


def add_citations(parent: etree._Element, citations: Iterable[Citation]) -> None:
    """Append a ``citation`` element for each; what is a frame is a ``passage``."""
    for item in citations:
        node = _sub(
            parent,
            "passage" if item.frame else "citation",
            version=item.version,
            style=item.style,
            lang=item.lang,
            frame=item.frame,
        )
        for part in item.parts:
            if part.gap or part.italic or part.lang or _TURNING.search(part.text):
                name = "gap" if part.gap else "part"
                italic = "true" if part.italic else ""
                piece = _sub(node, name, of=part.gap, lang=part.lang, italic=italic)
                piece.text = part.text or None
            elif part.text:
                _append(node, part.text)


def _append(node: etree._Element, text: str) -> None:
    if len(node):
        node[-1].tail = (node[-1].tail or "") + text
    else:
        node.text = (node.text or "") + text


def add_page(parent: etree._Element, page: Page) -> None:
    """Append what a page tells to the ``document`` element of the facts document."""
    described = _sub(parent, "metadata", version=page.version, lang=page.lang)
    for name, content in page.meta:
        _sub(described, "meta", name=name, content=content)
    _sub(parent, "coins", version=page.version).text = page.coins
    _sub(parent, "jsonld").text = page.jsonld
    add_downloads(parent, page.downloads)


def add_downloads(parent: etree._Element, downloads: Iterable[Download]) -> None:
    """Append a ``download`` element for each file."""
    for item in downloads:
        _sub(
            parent,
            "download",
            label=item.label,
            type=item.type,
            path=item.path,
            version=item.version,
            lang=item.lang,
        )


def _sub(parent: etree._Element, element: str, **attributes: str) -> etree._Element:
    stated = {key: value for key, value in attributes.items() if value}
    return etree.SubElement(parent, f"{{{FACTS}}}{element}", stated)

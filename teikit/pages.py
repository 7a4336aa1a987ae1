"""What the page of a document tells machines: plain data, and its elements in the facts document.

``teikit.citations.web`` computes it from records; the stylesheet of HTML copies it into the page.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Page:
    """What the page of one document tells: ``meta`` and ``coins`` describe one of its versions.

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

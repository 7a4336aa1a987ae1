"""Pictures as trees that stylesheets copy into pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml import etree

from teikit.links import Links
from teikit.names import FACTS, XML_LANG
from teikit.pictures import Href, Picture, pictures, stylesheet

__all__ = ["drawings", "stylesheet"]


def drawings(links: Links) -> Callable[[str, Href], Iterator[tuple[str, etree._Element]]]:
    """What draws the pictures of a corpus in a language: the name of each, and its tree.

    The tree is ``t:picture`` with the SVG element, then ``t:description``, ``t:column`` and
    ``t:row`` of ``t:cell``, whose ``@href`` is where they lead.
    """

    def draw(language: str, href: Href) -> Iterator[tuple[str, etree._Element]]:
        for picture in pictures(links, language, href):
            yield picture.name, _tree(picture, language, href)

    return draw


def _tree(picture: Picture, language: str, href: Href) -> etree._Element:
    def sub(parent: etree._Element, name: str, text: str = "") -> etree._Element:
        node = etree.SubElement(parent, f"{{{FACTS}}}{name}")
        node.text = text
        return node

    root = etree.Element(f"{{{FACTS}}}picture", nsmap={"t": FACTS})
    root.set("name", picture.name)
    root.set("title", picture.title)
    root.set(XML_LANG, language)
    # Our own SVG, made a moment ago: no entities, no references.
    root.append(etree.fromstring(picture.svg, etree.XMLParser(resolve_entities=False)))
    sub(root, "description", picture.description)
    for column in picture.columns:
        sub(root, "column", column)
    for row in picture.rows:
        line = sub(root, "row")
        for cell in row:
            node = sub(line, "cell", cell.text)
            if cell.lang:
                node.set("lang", cell.lang)
            if cell.key:
                node.set("href", href(cell.kind, cell.key))
    return root

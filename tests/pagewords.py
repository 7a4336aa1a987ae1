"""The words of a TEI text and of its page, each told without the code that makes the page."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree, html

# Elements at whose borders a word ends; what may stand inside a line is not among them.
_BLOCKS = frozenset(
    """
    ab addrLine address argument back body byline camera caption castGroup castItem castList cb cell
    cit closer dateline div div1 div2 div3 div4 div5 div6 div7 docAuthor docDate docImprint
    docTitle eg egXML entry entryFree epigraph event figDesc figure floatingText front gb
    group head headItem headLabel imprimatur item l label lb lg line list listApp listBibl
    listEvent listOrg listPerson listPlace listWit milestone opener org p pb performance person
    place postscript row salute sense set signed sound sourceDoc sp space spGrp speaker stage
    superEntry surface surfaceGrp table text titlePage titlePart trailer view witness zone
    biblStruct docEdition epilogue prologue tech notatedMusic listRelation
    """.split()
)
# Elements of that list that stand inside a line where their parent is one of these.
_LINES = frozenset(
    "p l ab head speaker stage salute signed dateline seg hi emph cell item q byline".split()
) | {"docImprint"}
_EITHER = frozenset("stage speaker dateline salute signed label cit eg docAuthor docDate".split())
_CHOICES: dict[str, dict[str, str]] = {
    "corrected": {"choice": "corr reg abbr unclear seg sic orig expan", "subst": "add del"},
    "diplomatic": {"choice": "sic orig abbr unclear seg corr reg expan"},
}
_HIDDEN = {"corrected": ("fw", "del", "surplus"), "diplomatic": ("fw",)}


def _name(node: etree._Element) -> str:
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def tei_words(text: etree._Element, reading: str) -> list[str]:
    """The words of a TEI text in a reading, without the notes that are set apart."""

    def walk(node: etree._Element, up: str) -> Iterator[str]:
        name = _name(node)
        apart = name == "note" and node.get("place") != "inline"
        away = name == "app" and (node.get("from") or node.get("loc"))
        if name and not apart and not away and name not in (*_HIDDEN[reading], "teiHeader"):
            inside = name in _EITHER and up in _LINES
            led = up == "opener" and name in ("seg", "idno")
            broken = (name in _BLOCKS or led) and not inside and node.get("break") != "no"
            yield " " if broken else ""
            order = {"app": "lem rdg rdgGrp", "rdgGrp": "lem rdg rdgGrp"} | _CHOICES[reading]
            if name in order:
                wanted = [*order[name].split(), *(_name(child) for child in node)]
                children = sorted(
                    (c for c in node if _name(c)), key=lambda c: wanted.index(_name(c))
                )
                for child in children[:1]:
                    yield from list(walk(child, name))[:-1]
            else:
                yield node.text or ""
                for child in node:
                    yield from walk(child, name)
            yield " " if broken else ""
        yield node.tail or ""

    return "".join(list(walk(text, ""))[:-1]).split()


_HTML_BLOCKS = (
    *("address", "blockquote", "br", "caption", "dd", "div", "dl", "dt", "figcaption", "figure"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "li", "ol", "p", "pre", "section", "table", "td", "th"),
    *("tr", "ul"),
)


def page_words(page: html.HtmlElement, version: int, reading: str) -> list[str]:
    """The words that a page shows of one of its versions (from 1) in a reading."""
    page = html.fromstring(html.tostring(page))
    other = {"corrected": "diplomatic", "diplomatic": "corrected"}[reading]
    for apart in page.xpath(
        "//sup[starts-with(@class, 'call')] | //*[contains(@class, 'editorial')]"
        f"| //*[@class='reading {other}']"
    ):
        apart.drop_tree()
    texts = []
    for cell in page.xpath(
        f"//div[contains(concat(' ', @class, ' '), ' version-{version} ')][@id]"
    ):
        for block in cell.iter(*_HTML_BLOCKS):
            block.text = " " + (block.text or "")
            block.tail = " " + (block.tail or "")
        texts.append(cell.text_content())
    return " ".join(texts).split()

"""The words of every output are the words of the TEI, in order; every link of the site resolves."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from lxml import etree, html

from tests.conftest import ROOT, TEI, run, tei

VERSIONS = sorted(path.stem for path in (ROOT / "tei").glob("d*.xml"))
INLINE = frozenset(
    "abbr choice corr date emph expan foreign hi idno lb name orgName persName placeName publisher "
    "pubPlace biblScope bibl quote ref roleName rs seg sic signed supplied title note".split()
)


def words(element: etree._Element, reading: str) -> Iterator[str]:
    """The words of a TEI text, told by this test alone: a second opinion on teikit's reading."""
    dropped = {"corrected": ("sic", "expan"), "diplomatic": ("corr", "expan")}[reading]

    def walk(node: etree._Element) -> Iterator[str]:
        name = etree.QName(node).localname if isinstance(node.tag, str) else ""
        apart = name == "note" and node.get("place") != "inline"
        if name and name not in dropped and not apart:
            gap = "" if name in INLINE - {"lb"} else " "
            yield gap + (node.text or "")
            for child in node:
                yield from walk(child)
            yield gap
        yield node.tail or ""

    yield from "".join(walk(element)).split()


def expected(version: str, reading: str = "corrected") -> list[str]:
    root = etree.parse(ROOT / "tei" / f"{version}.xml").getroot()
    return list(words(root.find(f"{TEI}text"), reading))


@pytest.mark.parametrize("version", VERSIONS)
def test_the_words_of_the_text_file_are_those_of_the_tei(version: str, built: Path) -> None:
    assert (built / "txt" / f"{version}.txt").read_text("utf-8").split() == expected(version)


def test_the_diplomatic_reading_keeps_the_faults(tmp_path: Path) -> None:
    done = run("transform", "--to", "txt", "--reading", "diplomatic", "-o", tmp_path, cwd=ROOT)
    assert done.code == 0, done.err
    for version in VERSIONS:
        text = (tmp_path / f"{version}.txt").read_text("utf-8")
        assert text.split() == expected(version, "diplomatic"), version


def test_lines_are_wrapped_between_words_or_hold_a_paragraph_each(tmp_path: Path) -> None:
    run("transform", "d02", "--to", "txt", "--width", "50", "-o", tmp_path / "w", cwd=ROOT)
    run("transform", "d02", "--to", "txt", "--width", "0", "-o", tmp_path / "p", cwd=ROOT)
    wrapped = (tmp_path / "w" / "d02-fr.txt").read_text("utf-8")
    long = (tmp_path / "p" / "d02-fr.txt").read_text("utf-8")
    assert max(map(len, wrapped.splitlines())) <= 50
    paragraphs = etree.parse(ROOT / "tei" / "d02-fr.xml").findall(f".//{TEI}body/{TEI}p")
    lines = long.splitlines()
    assert len(lines) == len(paragraphs) + 3  # head, sub-head, signature
    assert "" not in lines
    assert wrapped.split() == long.split()


def test_notes_are_printed_after_the_text_when_asked_for(tmp_path: Path) -> None:
    run("transform", "d01", "--to", "txt", "--notes", "-o", tmp_path, cwd=ROOT)
    text = (tmp_path / "d01-fr.txt").read_text("utf-8")
    assert "PCR(b)[1], au camarade" in text
    assert re.search(r"^\[1\] « PCR\(b\) » : l’original porte ВКП\(б\)", text, re.M)


CELL = "//div[contains(concat(' ', @class, ' '), ' cell ')]"


def read_as(cell: html.HtmlElement, reading: str) -> html.HtmlElement:
    """A cell without the calls of notes and without what the other reading shows."""
    other = {"corrected": "diplomatic", "diplomatic": "corrected"}[reading]
    for hidden in cell.xpath(
        f".//sup[starts-with(@class, 'call')] | .//span[@class='reading {other}']"
    ):
        hidden.drop_tree()
    return cell


def cells(built: Path, version: str, reading: str) -> str:
    """The running text of a version on its page in one of the readings that it holds."""
    page = html.fromstring((built / "html" / f"{version.partition('-')[0]}.html").read_bytes())
    texts = []
    for cell in page.xpath(f"{CELL}[starts-with(@id, '{version}.')]"):
        read_as(cell, reading)
        for block in cell.iter("br", "div", "p", "h2", "h3", "li"):
            block.tail = " " + (block.tail or "")
        texts.append(cell.text_content())
    return " ".join(texts)


@pytest.mark.parametrize("reading", ["corrected", "diplomatic"])
@pytest.mark.parametrize("version", VERSIONS)
def test_the_words_of_the_page_are_those_of_the_tei(
    version: str, reading: str, built: Path
) -> None:
    assert cells(built, version, reading).split() == expected(version, reading)


@pytest.mark.parametrize("version", VERSIONS)
def test_every_note_and_every_correction_is_on_the_page(version: str, built: Path) -> None:
    root = etree.parse(ROOT / "tei" / f"{version}.xml").getroot()
    page = html.fromstring((built / "html" / f"{version.partition('-')[0]}.html").read_bytes())
    shown = [" ".join(item.text_content().split()) for item in page.xpath("//li")]
    for note in root.find(f"{TEI}text").iter(f"{TEI}note"):
        text = " ".join("".join(note.itertext()).split())
        if note.get("place") != "inline":
            assert any(text in item for item in shown), text
    for choice in root.find(f"{TEI}text").iter(f"{TEI}choice"):
        if choice.find(f"{TEI}sic") is not None:
            sic, corr = (
                " ".join("".join(choice.find(f"{TEI}{name}").itertext()).split())
                for name in ("sic", "corr")
            )
            assert any(f"{corr}] la source porte {sic}" in item for item in shown), (sic, corr)


def pages(folder: Path) -> dict[Path, html.HtmlElement]:
    return {path: html.fromstring(path.read_bytes()) for path in sorted(folder.rglob("*.html"))}


def test_every_link_of_the_site_resolves(built: Path) -> None:
    site = pages(built / "html")
    assert {path.name for path in site} >= {
        *("index.html", "d01.html", "d02.html", "d03.html"),
        *("persons.html", "places.html", "orgs.html", "works.html", "search.html"),
        *("person-pe-rakovski.html", "place-pl-moscou.html"),
    }
    broken, seen = [], 0
    ids = {path: set(page.xpath("//@id")) for path, page in site.items()}
    for path, page in site.items():
        for node in page.xpath("//*[@href or @src]"):
            address = unquote(node.get("href") or node.get("src"))
            if re.match(r"(https?|mailto):", address):
                continue
            seen += 1
            file, _, fragment = address.partition("#")
            target = (path.parent / file).resolve() if file else path
            if not target.exists() or (fragment and fragment not in ids[target]):
                broken.append((path.name, address))
    assert broken == []
    assert seen > 300


def test_no_id_stands_twice_on_a_page(built: Path) -> None:
    for path, page in pages(built / "html").items():
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids)), path.name


def test_no_link_stands_inside_a_link(built: Path) -> None:
    # The HTML parser would have moved it out, so the bytes are read.
    for path in sorted((built / "html").rglob("*.html")):
        depth = 0
        for tag in re.findall(r"<(/?)a[\s>]", path.read_text("utf-8")):
            depth += -1 if tag else 1
            assert depth in (0, 1), path.name


def test_every_mention_is_linked_from_the_page_of_whom_it_names(built: Path) -> None:
    facts = etree.parse(built / "links" / "facts.xml")
    space = {"t": "urn:x-teikit:facts"}
    for entity in facts.iterfind(".//t:entity", space):
        name = f"{entity.get('kind')}-{entity.get('key')}.html"
        page = html.fromstring((built / "html" / name).read_bytes())
        links = page.xpath("//ul[@class='mentions']/li/a/@href")
        shown = sorted(unquote(link.partition("#")[2]) for link in links)
        assert shown == sorted(item.get("anchor") for item in entity.iterfind("t:mention", space))


@pytest.mark.parametrize("folder", ["", "en", "ru"])
def test_indexes_list_every_entity_in_the_order_of_their_readers(folder: str, built: Path) -> None:
    from teikit.collation import sort_key

    facts = etree.parse(built / "links" / "facts.xml")
    space = {"t": "urn:x-teikit:facts"}
    for kind in ("person", "place", "org", "work", "event"):
        page = html.fromstring((built / "html" / folder / f"{kind}s.html").read_bytes())
        links = page.xpath("//ul[@class='entries']/li/a[1]")
        keys = [item.get("key") for item in facts.iterfind(f".//t:entity[@kind='{kind}']", space)]
        assert sorted(unquote(a.get("href")) for a in links) == sorted(
            f"{kind}-{key}.html" for key in keys
        )
        if kind == "person" and folder != "en":
            language = folder or "fr"
            names = [link.text_content() for link in links]
            assert names == sorted(names, key=lambda name: sort_key(name, language))


def test_original_and_translation_face_each_other(built: Path) -> None:
    page = html.fromstring((built / "html" / "d02.html").read_bytes())
    rows = page.xpath("//div[contains(@class, 'row')][@id]")
    assert [row.get("id") for row in rows] == [str(number) for number in range(1, 24)]
    for row in rows:
        assert [cell.get("lang") for cell in row.xpath("div[@lang]")] == ["ru", "fr"]


def test_the_texts_inside_a_tei_corpus_are_not_passed_over(corpus: Callable[..., Path]) -> None:
    inner = tei("<p>inside <choice><sic>a</sic><corr>b</corr></choice></p>").partition("\n")[2]
    outer = f'<?xml version="1.0"?><teiCorpus xmlns="{TEI[1:-1]}"><teiHeader/>{inner}</teiCorpus>'
    folder = corpus(**{"all.xml": outer})
    assert run("transform", "--to", "txt", "-o", "-", cwd=folder).out == "inside b\n"
    assert run("transform", "--to", "html", "-o", folder / "out", cwd=folder).code == 0
    page = html.fromstring((folder / "out" / "all.html").read_bytes())
    assert "inside b" in page.text_content()
    assert page.xpath("//section[@class='corrections']//span[@class='sic']/text()") == ["a"]


def test_markup_in_the_text_stays_text(corpus: Callable[..., Path]) -> None:
    awkward = "&lt;script&gt;alert(1)&lt;/script&gt; &amp; \"'"
    folder = corpus(**{"a.xml": f'<p n="1">{awkward}</p>'})
    assert run("transform", "--to", "html", "-o", folder / "out", cwd=folder).code == 0
    page = html.fromstring((folder / "out" / "a.html").read_bytes())
    assert page.xpath("//script[not(@type = 'application/ld+json')]/text()") == []
    assert "<script>alert(1)</script> & \"'" in page.text_content()


def test_an_element_without_a_template_keeps_its_text_and_says_so(
    corpus: Callable[..., Path],
) -> None:
    folder = corpus(**{"a.xml": "<p>one <vocal>two</vocal> three</p>"})
    done = run("transform", "--to", "html", "-o", folder / "out", cwd=folder)
    assert "tei/a.xml: warning: no template for <vocal>: its text is shown plainly" in done.err
    page = html.fromstring((folder / "out" / "a.html").read_bytes())
    assert "one two three" in page.text_content()


def test_a_note_between_paragraphs_is_not_lost(corpus: Callable[..., Path]) -> None:
    folder = corpus(**{"a.xml": "<p>One.</p><note>Aside.</note><p>Two.</p>"})
    assert run("transform", "--to", "html", "-o", folder / "out", cwd=folder).code == 0
    page = html.fromstring((folder / "out" / "a.html").read_bytes())
    (entry,) = page.xpath("//section[@class='notes']//li")
    assert entry.text_content().startswith("Aside.")
    (call,) = page.xpath("//sup[starts-with(@class, 'call')]/a/@href")
    assert call == f"#{entry.get('id')}"


ALTERNATIVES = (
    "<choice><sic>s</sic><corr>c</corr></choice> <choice><abbr>a</abbr><expan>e</expan></choice> "
    "<choice><orig>o</orig><reg>r</reg></choice> <app><lem>l</lem><rdg>x</rdg></app> "
    "<subst><del>d</del><add>n</add></subst> <surplus>u</surplus> <supplied>p</supplied> <fw>f</fw>"
)


@pytest.mark.parametrize(
    ("reading", "text"),
    [("corrected", "c a r l n p"), ("diplomatic", "s a o l dn u p")],
)
def test_python_and_stylesheets_choose_the_same_alternatives(
    reading: str, text: str, corpus: Callable[..., Path]
) -> None:
    from teikit.text import words as read

    paragraph = f"<p>{ALTERNATIVES}</p>"
    folder = corpus(**{"a.xml": paragraph})
    root = etree.parse(folder / "tei" / "a.xml").getroot()
    assert read(root.find(f".//{TEI}body/{TEI}p"), reading) == text
    done = run("transform", "--to", "txt", "--reading", reading, "-o", "-", cwd=folder)
    assert done.out == f"{text}\n"
    run("transform", "--to", "html", "--reading", reading, "-o", folder / "out", cwd=folder)
    page = html.fromstring((folder / "out" / "a.html").read_bytes())
    (cell,) = page.xpath(CELL)
    assert page.get("data-reading") == reading
    assert " ".join(read_as(cell, reading).text_content().split()) == text


@pytest.mark.parametrize("page", ["contents", "document", "person"])
def test_the_stylesheet_runs_alone_on_what_link_wrote(page: str, built: Path) -> None:
    """As a pipeline runs it: the facts, three strings, and the TEI read from where it lies."""
    from teikit.resources import resource
    from teikit.saxon import transform

    facts = etree.parse(built / "links" / "facts.xml").getroot()
    given = {"page": page, "document": "d01", "corpus": built.parent.as_uri() + "/"}
    alone = html.fromstring(transform(resource("xslt", "html", "main.xsl"), facts, given).text)
    name = {"contents": "index", "document": "d01", "person": "persons"}[page]
    ours = html.fromstring((built / "html" / f"{name}.html").read_bytes())
    parts = "//div[@id='text'] | //ol[@class='contents'] | //ul[@class='entries']"
    shown, expected_parts = (
        [part.text_content() for part in tree.xpath(parts)] for tree in (alone, ours)
    )
    assert shown == expected_parts
    assert shown


def test_a_browser_opens_the_site_from_disk(page: Any, built: Path) -> None:
    page.goto((built / "html" / "index.html").as_uri())
    page.get_by_role("link", name="L’économie coercitive").first.click()
    assert page.title().startswith("L’économie coercitive")
    russian, french = (page.locator(f"[id='d02-{lang}.1']").bounding_box() for lang in ("ru", "fr"))
    assert russian["y"] == french["y"]
    assert russian["x"] + russian["width"] < french["x"]
    page.get_by_role("link", name="Lénine").first.click()
    assert page.url.endswith("person-pe-lenine.html")
    page.set_viewport_size({"width": 400, "height": 800})
    page.goto((built / "html" / "d02.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 400


@pytest.mark.parametrize("text", [
    "<body><p>one</p><p>two</p></body>",
    "<body><div><p>one</p></div><div><head>two</head><p>three</p></div></body>",
    '<front><p xml:id="x">one</p></front><body><list><item corresp="#x">two</item></list></body>',
    "<body><div><p>one <floatingText><body><p>two</p></body></floatingText></p></div></body>",
    "<body><floatingText><body><div><p>one</p></div></body></floatingText></body>",
    '<body><div xml:lang="fr"><p>one</p></div><div xml:lang="ru"><p>two</p></div></body>',
])  # fmt: skip
def test_the_text_of_the_edition_is_shown_once(corpus: Callable[..., Path], text: str) -> None:
    folder = corpus(
        '[corpus]\ndocuments = ["tei/a.xml"]\nedition = "tei/ed.xml"\n',
        **{"a.xml": tei("<p>a</p>", key="a"), "ed.xml": tei(f"<text>{text}</text>", key="ed")},
    )
    done = run("transform", "--to", "html", "-o", folder / "out", cwd=folder)
    assert done.code == 0, done.err
    page = html.fromstring((folder / "out" / "about.html").read_bytes())
    shown = "".join(page.get_element_by_id("introduction").itertext())
    for word in ("one", "two", "three"):
        assert shown.count(word) == text.count(word), word

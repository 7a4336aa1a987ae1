"""Text that looks like markup, addresses that are programs, marks that turn the line: all inert."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from tests.conftest import run, tei
from tests.test_site import at

MARKUP = (
    "</script><img src=x onerror=window.hit=1><svg onload=window.hit=1>"
    """"' onmouseover='window.hit=1' {x} ${x} --> ]]> &lt;"""
)
TURNED = "\u202egnp.elif\u2066\u200f"  # marks that nobody closes again
ADDRESSES = (
    "javascript:window.hit=1",
    "JaVaScRiPt:window.hit=1",
    "data:text/html,<script>window.hit=1</script>".replace("<", "&lt;"),
    "vbscript:window.hit=1",
    "file:///etc/passwd",
)
# Words and keys that every object of JavaScript has already.
KEYS = ("constructor", "__proto__", "hasOwnProperty", "toString")


def hostile(corpus: Callable[..., Path]) -> Path:
    """A corpus of which every name, title, note and address is hostile."""
    bad = f"{escape(MARKUP, quote=False)} {TURNED}"
    links = "".join(f'<ref target="{where}">{escape(where)}</ref> ' for where in ADDRESSES)
    people = "".join(
        f'<person xml:id="{key}"><persName xml:lang="en">{key} {bad}</persName>'
        f"<birth when='1900'/><occupation>{bad}</occupation>"
        f'<idno type="URI">javascript:window.hit=1</idno><note>{bad} {links}</note></person>'
        for key in KEYS
    )
    places = (
        f'<place xml:id="here"><placeName>{bad}</placeName>'
        "<location><geo>55.7 37.6</geo></location></place>"
    )
    names = "".join(f'<persName ref="people.xml#{key}">{key} {bad}</persName> ' for key in KEYS)
    body = (
        f"<head>{bad}</head>"
        f'<p n="1" xml:id="constructor">{names}'
        f'<placeName ref="people.xml#here">{bad}</placeName></p>'
        f'<p n="2"><choice><sic>{bad}</sic><corr>{bad} corrected</corr></choice> {links}'
        f'<note type="{escape(MARKUP)}" subtype="serious">{bad} {links}</note></p>'
        f'<p n="3" rend="{escape(MARKUP)}"><graphic url="javascript:window.hit=1"/>'
        f"<choice><abbr>{bad}</abbr><expan>{bad}</expan></choice>"
        f"<gap reason='{escape(MARKUP)}'/></p>"
    )
    text = tei(body, key="__proto__", lang="en").replace(
        "<title>T</title>", f"<title>{bad}</title><author>{bad}</author>"
    )
    return corpus(
        '[corpus]\ndocuments = ["tei/d.xml"]\nregisters = ["tei/people.xml"]\n',
        **{
            "d.xml": text,
            "people.xml": tei(
                f"<standOff><listPerson>{people}</listPerson><listPlace>{places}</listPlace></standOff>",
                key="people",
                lang="en",
            ),
        },
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The build folder of the hostile corpus."""
    folder = tmp_path_factory.mktemp("hostile")

    def make(config: str, **files: str) -> Path:
        (folder / "tei").mkdir()
        for name, content in files.items():
            (folder / "tei" / name).write_text(content, "utf-8")
        (folder / "teikit.toml").write_text(config, "utf-8")
        return folder

    hostile(make)
    done = run("build", cwd=folder)
    assert done.code == 0, done.out + done.err
    return folder / "build"


@pytest.fixture
def watched(page: Any) -> Iterator[Any]:
    """A page that fails the test where anything hostile ran."""
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    yield page
    assert page.evaluate("window.hit") is None


def test_no_element_or_attribute_comes_out_of_text(site: Path) -> None:
    pages = sorted((site / "html").rglob("*.html"))
    assert len(pages) > 20
    for path in pages:
        tree = html.fromstring(path.read_bytes())
        assert not tree.xpath("//img | //svg[@onload] | //iframe"), path.name
        handlers = [name for node in tree.iter() for name in node.attrib if name.startswith("on")]
        assert handlers == [], path.name
        hrefs = [str(value).strip().lower() for value in tree.xpath("//@href | //@src")]
        schemes = {value.partition(":")[0] for value in hrefs if ":" in value}
        assert schemes <= {"http", "https"}, path.name


def test_the_text_is_there_letter_for_letter(site: Path) -> None:
    tree = html.fromstring((site / "html" / "__proto__.html").read_bytes())
    text = "".join(tree.xpath("//*[@id='constructor']//text()"))
    for key in KEYS:
        assert f"{key} {MARKUP} {TURNED}" in " ".join(text.split())


def test_every_page_opens_and_nothing_runs(watched: Any, site: Path) -> None:
    for path in sorted((site / "html").rglob("*.html")):
        watched.goto(path.as_uri())
        assert watched.evaluate("window.hit") is None, path.name
        assert watched.locator("main h1").count() == 1


@pytest.mark.parametrize("words", ["onerror", *KEYS, "corrected"])
def test_a_search_shows_it_as_text(watched: Any, site: Path, words: str) -> None:
    watched.goto(at(site, f"search.html?q={words}"))
    watched.wait_for_function("document.querySelector('#search-status').textContent.match(/\\d/)")
    assert watched.locator("#search-results .snippet, #search-results .found-names a").count()
    assert watched.locator("#search-results img").count() == 0


def test_cards_show_it_as_text(watched: Any, site: Path) -> None:
    watched.goto(at(site, "__proto__.html"))
    for what in ("#text a[data-entity]", "sup.call a", "a.correction", "a.number"):
        for link in watched.locator(what).all():
            link.hover()
            watched.wait_for_selector("#card")
            assert watched.locator("#card img").count() == 0
            watched.keyboard.press("Escape")


# Words that stand behind a name or title in the same line, where nothing ends what it began. What
# the encoder wrote in one text is excepted: there the marks belong.
TURNED_WORDS = """() => {
  const bounds = (node) => {
    let at = node.parentElement;
    const inline = (style) =>
      style.unicodeBidi === 'normal' && ['inline', 'contents'].includes(style.display);
    const whole = 'svg text, svg title';
    while (inline(getComputedStyle(at)) && !at.matches(whole)) at = at.parentElement;
    return at;
  };
  const own = '.cell, .note, .corrections li, .emendations li, .mentions, .about, script, style';
  const turned = new Set();
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!node.data.trim() || node.parentElement.closest(own)) continue;
    const around = bounds(node);
    if (turned.has(around)) found.push(node.data);
    if (node.data.includes('\u202e')) turned.add(around);
  }
  return found;
}"""


def test_a_mark_that_turns_the_line_turns_no_more_than_its_name(watched: Any, site: Path) -> None:
    for path in sorted((site / "html").glob("*.html")):
        watched.goto(path.as_uri() + ("?q=constructor" if path.name == "search.html" else ""))
        if path.name == "search.html":
            watched.wait_for_selector("#search-results a")
        assert watched.evaluate(TURNED_WORDS) == [], path.name

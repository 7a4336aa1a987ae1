"""The site as its readers have it: in a browser, from a folder and from a server."""

from __future__ import annotations

import functools
import http.server
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from teikit import link, load, open_corpus
from teikit.finding import WORD, spoken
from teikit.folding import fold
from tests.conftest import ROOT
from tests.judges import barriers, checked

# One page of each kind, and the documents.
KINDS = (
    *("index.html", "d01.html", "d04.html", "d08.html", "persons.html", "events.html"),
    *("person-pe-rakovski.html", "place-pl-moscou.html", "work-wo-pravda.html"),
    *("about.html", "emendations.html", "divergences.html", "statistics.html", "search.html"),
    *("map.html", "timeline.html", "lives.html", "network.html"),
)
# Pages of so many elements that a judge needs five to fifteen seconds for each.
LARGE = {
    *("d04.html", "ru/d04.html", "d08.html", "emendations.html"),
    *("divergences.html", "lives.html", "network.html"),
}
JUDGED = [
    pytest.param(name, marks=[pytest.mark.long] if name in LARGE else [])
    for name in (*KINDS, "ru/d04.html", "en/persons.html", "search.html?q=%D1%80")
]


@pytest.fixture(scope="module")
def served(built: Path) -> Iterator[str]:
    """The site from a server on this machine."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *arguments: object) -> None:
            """Say nothing."""

    handler = functools.partial(Quiet, directory=str(built / "html"))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def at(built: Path, name: str) -> str:
    file, _, query = name.partition("?")
    return (built / "html" / file).as_uri() + (f"?{query}" if query else "")


# -- every page ----------------------------------------------------------------------------------


@pytest.mark.long
def test_every_page_opens_from_a_folder_without_an_error(page: Any, built: Path) -> None:
    failed: list[str] = []

    def note(request: Any) -> None:
        # One that the way to the next page cuts short says nothing but whether its file is there.
        there = Path(unquote(urlsplit(request.url).path)).is_file()
        if not (there and request.failure == "net::ERR_ABORTED"):
            failed.append(f"{request.url}: {request.failure}")

    page.on("requestfailed", note)
    files = sorted((built / "html").rglob("*.html"))
    assert len(files) > 700
    for path in files:
        page.goto(path.as_uri())
        assert page.locator("h1").count() == 1, path.name
    assert failed == []


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_of_page_opens_from_a_server(page: Any, served: str, name: str) -> None:
    answers: list[int] = []
    page.on("response", lambda answer: answers.append(answer.status))
    page.goto(f"{served}/{name}")
    page.wait_for_load_state("networkidle")
    assert set(answers) == {200}


@pytest.mark.parametrize("name", JUDGED)
def test_no_barrier_is_found_by_axe(browser: Any, built: Path, name: str) -> None:
    assert barriers(browser, at(built, name), "light") == []


@pytest.mark.long
@pytest.mark.parametrize("name", KINDS)
def test_no_barrier_is_found_in_the_dark(browser: Any, built: Path, name: str) -> None:
    assert barriers(browser, at(built, name), "dark") == []


@pytest.mark.long
def test_the_html_checker_finds_no_error(built: Path) -> None:
    assert checked((built / "html").rglob("*.html")) == []


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("width", [360, 800])
def test_nothing_is_wider_than_a_narrow_window(
    page: Any, built: Path, name: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(at(built, name))
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_no_sign_of_the_style_is_empty(page: Any, built: Path) -> None:
    # A rule for elements with a label would draw its brackets at others of the same class, too.
    empty = """[...document.querySelectorAll('body *')].flatMap(node => ['::before', '::after']
        .map(part => [node.tagName, node.className, getComputedStyle(node, part).content])
        .filter(found => /^"[\\[(]\\s*[\\])]"$/.test(found[2])))"""
    for name in KINDS:
        page.goto(at(built, name))
        assert page.evaluate(empty) == [], name


@pytest.mark.parametrize("name", ["map.html", "ru/map.html", "en/map.html"])
def test_a_caption_says_each_thing_once(page: Any, built: Path, name: str) -> None:
    page.goto(at(built, name))
    said = page.locator("figcaption").inner_text()
    assert said.count("25") == 1
    assert "\n" not in said
    assert not re.search(" [;:?!]", said)  # a line could begin with the mark


@pytest.mark.parametrize("width", [360, 1280])
def test_no_line_ends_inside_a_word(page: Any, built: Path, width: int) -> None:
    # But after a hyphen, in an address, and where a word is too long for a narrow window.
    broken = """[...document.querySelectorAll('main *')].flatMap(node => [...node.childNodes])
        .filter(node => node.nodeType === 3 && !node.parentNode.closest('svg, script, .address'))
        .flatMap(node => [...node.data.matchAll(/\\S+/gu)].filter(item => item[0].length < 25)
            .flatMap(item => [...item[0].matchAll(/[\\p{L}\\p{N}]{2,16}/gu)].map(word => {
                const range = document.createRange();
                range.setStart(node, item.index + word.index);
                range.setEnd(node, item.index + word.index + word[0].length);
                const tops = [...range.getClientRects()].map(box => box.top);
                return [word[0], Math.max(...tops) - Math.min(...tops)];
            }))).filter(found => found[1] > 8)"""
    page.set_viewport_size({"width": width, "height": 900})
    for name in KINDS:
        page.goto(at(built, name))
        # Hyphens are a matter of the browser's dictionaries.
        page.add_style_tag(content="* { hyphens: manual !important; }")
        assert page.evaluate(broken) == [], name


@pytest.mark.parametrize("folder", ["", "ru/", "en/"])
def test_the_introduction_is_headed_once(page: Any, built: Path, folder: str) -> None:
    page.goto(at(built, f"{folder}about.html"))
    heads = page.locator("#introduction h2:visible").all_inner_texts()
    assert heads == (["Введение", "Introduction"] if folder == "ru/" else ["Introduction"])


def test_no_page_asks_for_anything_outside(page: Any, built: Path) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for name in (*KINDS, "search.html?q=x"):
        page.goto(at(built, name))
        page.wait_for_timeout(50)
    assert [url for url in asked if not url.startswith("file:")] == []


# -- search --------------------------------------------------------------------------------------


def search(page: Any, built: Path, words: str, name: str = "search.html") -> None:
    page.goto(at(built, name))
    page.fill("#q", words)
    page.press("#q", "Enter")
    page.wait_for_function("document.querySelector('#search-status').textContent.match(/\\d/)")


@pytest.mark.parametrize(
    ("words", "hit"),
    [
        ("колхозами", "колхозов"),  # a form that no text has
        ("kolkhoziens", "kolkhozien"),
        ("ECONOMIE", "économie"),
        ("ещё", "еще"),
        ("Rakovsky", "Раковского"),  # a name in the other script
        ("троцк*", "троцкистов"),
    ],
)
def test_a_search_finds_words_in_every_form(page: Any, built: Path, words: str, hit: str) -> None:
    search(page, built, words)
    for _ in range(100):
        if not page.locator(".more button").count():
            break
        page.locator(".more button").click()
    assert not page.locator(".more button").count()
    marks = [text.lower() for text in page.locator("#search-results mark").all_inner_texts()]
    assert any(hit.lower() in mark for mark in marks), marks[:20]


def test_words_in_quotation_marks_stand_as_they_are_written(page: Any, built: Path) -> None:
    search(page, built, "« collectivisation forcée »")
    for snippet in page.locator(".snippet").all_inner_texts():
        assert "collectivisation forcee" in fold(snippet)
    assert page.locator(".snippet").count()
    search(page, built, '"forcée collectivisation"')
    assert page.locator(".snippet").count() == 0


def test_a_hit_leads_to_its_paragraph(page: Any, built: Path) -> None:
    search(page, built, "Novossibirsk")
    first = page.locator(".found li .where a").first
    first.click()
    target = page.locator(":target")
    assert "Novossibirsk" in target.inner_text() or "Новосибирск" in target.inner_text()


def test_filters_leave_what_they_say(page: Any, built: Path) -> None:
    search(page, built, "Moscou")
    before = page.locator("#search-status").inner_text()
    page.select_option("select[name=document]", "d08")
    page.wait_for_function(
        "before => document.querySelector('#search-status').textContent !== before", arg=before
    )
    links = page.locator(".found h2 a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert links == ["d08.html"]
    page.select_option("select[name=language]", "ru")
    page.wait_for_timeout(200)
    assert set(page.locator(".snippet").evaluate_all("all => all.map(node => node.lang)")) == {"ru"}


def test_the_search_can_be_bookmarked(page: Any, built: Path) -> None:
    page.goto(at(built, "search.html?q=Moscou&document=d08&notes=no"))
    page.wait_for_function("document.querySelector('#search-status').textContent.match(/\\d/)")
    assert page.input_value("#q") == "Moscou"
    assert page.input_value("select[name=document]") == "d08"
    assert not page.is_checked("#filter-notes")
    assert page.locator(".found").count() == 1


@pytest.mark.parametrize("words", ["колхозникк", "qqqqq", "Moscou qqqqq"])
def test_no_result_is_a_dead_end(page: Any, built: Path, words: str) -> None:
    search(page, built, words)
    offered = page.locator(".nothing li a, .nothing li button")
    assert offered.count() > 3
    if page.locator(".nothing .again").count():
        page.locator(".nothing .again").first.click()
        page.wait_for_timeout(200)
        assert page.locator(".snippet").count() > 0


def test_the_browser_reads_words_as_the_index_was_made(page: Any, built: Path) -> None:
    links = link(open_corpus(load(ROOT)))
    texts = [item.text for item in spoken(links, links.groups)]
    texts += ["ЁЛКА ёж й ї İstanbul ǅ ß ﬁn №5 ½ a\u0301 е\u0301 x\u00ady co-op l’été œuvre ẞ ς Ω"]
    page.goto(at(built, "search.html"))
    read = page.evaluate(
        "texts => texts.map(text => teikit.search.words(text).map(item => item.word))", texts
    )
    assert read == [WORD.findall(fold(text)) for text in texts]


def test_the_index_is_the_same_every_time() -> None:
    """Also in processes that order sets differently."""
    program = (
        "import hashlib, pathlib\n"
        "from teikit import link, load, open_corpus\n"
        "from teikit.finding import index_script\n"
        "links = link(open_corpus(load(pathlib.Path('.'))))\n"
        "made = index_script(links, links.groups, lambda group: group.id, lambda key: key)\n"
        "print(hashlib.sha256(''.join(made).encode()).hexdigest())"
    )
    sums = {
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(sums) == 1


# -- reading -------------------------------------------------------------------------------------


def test_the_reader_chooses_versions_and_the_choice_is_remembered(page: Any, built: Path) -> None:
    page.goto(at(built, "d04.html"))
    russian, french = page.locator("[id='d04-ru.1']"), page.locator("[id='d04-fr.1']")
    assert russian.is_visible()
    assert french.is_visible()
    page.focus("input[name=view][value=all]")
    page.keyboard.press("ArrowRight")
    assert not french.is_visible()
    page.goto(at(built, "d02.html"))
    assert not page.locator("[id='d02-fr.1']").is_visible()
    assert page.is_checked("input[name=view][value='1']")


def test_the_reading_can_be_switched(page: Any, built: Path) -> None:
    page.goto(at(built, "d04.html"))
    unit = page.locator("[id='d04-ru.11']")
    fault = unit.locator(".reading.diplomatic").first
    right = unit.locator(".reading.corrected").first
    assert (right.is_visible(), fault.is_visible()) == (True, False)
    page.check("input[name=reading][value=diplomatic]")
    assert (right.is_visible(), fault.is_visible()) == (False, True)


@pytest.mark.parametrize("way", ["mouse", "keyboard"])
def test_a_name_shows_a_card(page: Any, built: Path, way: str) -> None:
    page.goto(at(built, "d04.html"))
    link_ = page.locator("#text a[data-entity]").nth(5)
    if way == "mouse":
        link_.hover()
    else:
        page.locator("#text a[data-entity]").nth(4).focus()
        page.keyboard.press("Tab")
        for _ in range(20):
            if page.locator("#card").count():
                break
            page.keyboard.press("Tab")
    page.wait_for_selector("#card")
    assert re.search(r"\d+ mentions?", page.locator("#card").inner_text())
    page.keyboard.press("Escape")
    assert page.locator("#card").count() == 0


def test_a_card_leads_to_the_next_mention_and_back(page: Any, built: Path) -> None:
    page.goto(at(built, "d04.html"))
    same = page.locator("#text a[data-entity='pe-staline']")
    same.nth(1).hover()
    page.wait_for_selector("#card")
    page.locator("#card button.after").click()
    assert same.nth(2).evaluate("node => node === document.activeElement")
    page.mouse.move(1, 1)
    page.wait_for_selector("#card", state="detached")
    same.nth(2).hover()
    page.wait_for_selector("#card")
    page.locator("#card button.before").click()
    assert same.nth(1).evaluate("node => node === document.activeElement")
    # Before the first one on the page is the last one of an earlier document, and so on.
    page.mouse.move(1, 1)
    page.wait_for_selector("#card", state="detached")
    same.first.hover()
    page.wait_for_selector("#card")
    assert re.match(r"d0[1-3]\.html#", page.locator("#card a.before").get_attribute("href"))


def test_a_tap_shows_the_card_before_it_follows_the_link(browser: Any, built: Path) -> None:
    context = browser.new_context(has_touch=True, viewport={"width": 400, "height": 800})
    opened = context.new_page()
    opened.goto(at(built, "d04.html"))
    link_ = opened.locator("#text a[data-entity]").nth(5)
    link_.tap()
    opened.wait_for_selector("#card")
    assert opened.url.endswith("d04.html")
    link_.tap()
    opened.wait_for_url("**/*-*.html")
    context.close()


def test_a_note_can_be_read_where_it_is_called(page: Any, built: Path) -> None:
    page.goto(at(built, "d04.html"))
    call = page.locator("sup.call a").first
    note = page.evaluate(
        "link => document.getElementById(decodeURIComponent(link.hash.slice(1))).innerText",
        call.element_handle(),
    )
    call.hover()
    page.wait_for_selector("#card")
    shown = " ".join(page.locator("#card").inner_text().split())
    assert shown[:60] in " ".join(note.split())
    call.click()
    assert page.locator(":target").inner_text() == note


def test_without_scripts_everything_is_there(browser: Any, built: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto(at(built, "d04.html"))
    for key in ("d04-ru.12", "d04-fr.12"):
        assert opened.locator(f"[id='{key}']").is_visible()
    assert not opened.locator(".toolbar").is_visible()
    assert opened.locator("section.notes li").first.is_visible()
    assert opened.locator("section.corrections .sic").first.is_visible()
    opened.locator("#text a[data-entity]").first.click()
    assert opened.locator("article.entity h1").is_visible()
    opened.goto(at(built, "search.html"))
    assert opened.locator("noscript").is_visible()
    context.close()


# -- languages -----------------------------------------------------------------------------------


def test_the_interface_is_chosen_by_a_link_to_the_same_page(page: Any, built: Path) -> None:
    page.goto(at(built, "person-pe-rakovski.html"))
    page.get_by_role("link", name="русский").click()
    assert page.url.endswith("/ru/person-pe-rakovski.html")
    assert page.locator("h1").inner_text().startswith("Раковский")
    assert page.evaluate("document.documentElement.lang") == "ru"
    page.get_by_role("link", name="English").click()
    assert page.url.endswith("/en/person-pe-rakovski.html")


def test_every_stretch_of_text_is_in_the_language_that_it_says(page: Any, built: Path) -> None:
    """Russian letters stand in Russian, whatever the language around; Latin ones do not."""
    wrong = """() => {
      const bad = [];
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const node = walker.currentNode;
        if (node.parentElement.closest('script, style, .downloads, a[type]')) continue;
        const text = node.data;
        const lang = node.parentElement.closest('[lang]').lang;
        const words = text.match(/\\p{L}{3,}/gu) || [];
        const cyrillic = words.filter(word => /^\\p{Script=Cyrillic}+$/u.test(word));
        const numeral = /^[IVXLCDM]+$/;
        const latin = words.filter(
          word => /^\\p{Script=Latin}+$/u.test(word) && !numeral.test(word));
        if (cyrillic.length && !latin.length && !/^(ru|uk|be)/.test(lang)) bad.push([lang, text]);
        if (latin.length && !cyrillic.length && /^ru(?!-Latn)/i.test(lang)) bad.push([lang, text]);
      }
      return bad;
    }"""
    for name in (*KINDS, "ru/d04.html", "ru/persons.html", "en/index.html", "en/about.html"):
        page.goto(at(built, name))
        assert page.evaluate(wrong) == [], name

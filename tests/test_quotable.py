"""Citations that pages hold ready: what a reader copies is what ``teikit cite`` prints."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from teikit import link, load, open_corpus
from teikit.citations.options import Options, plain
from teikit.citations.styles import STYLES, compose
from teikit.citing import records
from teikit.linkdoc import anchor
from teikit.links import Links
from teikit.pages import ANCHOR, Quotable
from teikit.quotable import quotable, styles
from teikit.record import limited
from tests.conftest import ROOT, run
from tests.test_site import at


def filled(found: Quotable, style: str, version: str, key: str, fragment: str) -> str:
    """The citation of a passage as the script of the page puts it together."""
    filling = found.fillings[version, key]
    (frame,) = (
        item for item in found.citations if (item.frame, item.style) == (filling.frame, style)
    )
    return "".join(
        part.text
        if not part.gap
        else fragment
        if part.gap == ANCHOR
        else filling.values[int(part.gap) - 1]
        for part in frame.parts
    )


def passages(links: Links) -> Iterator[tuple[Quotable, str, str, str, str]]:
    """Each passage with a reference: the citations of its document, and where it is."""
    for group in links.groups:
        found = quotable(links, group)
        for version in group.versions:
            for unit in version.units:
                if unit.ref:
                    yield found, version.id, unit.key, anchor(version, unit), unit.ref


def assert_filled_frames_are_citations(links: Links) -> int:
    number = 0
    places = links.corpus.config.citation.places
    for found, version, key, fragment, ref in passages(links):
        (cited,) = records(links, [f"{version}#{ref}"])
        for style in STYLES:
            (runs,) = compose([limited(cited, places)], Options(style))
            assert filled(found, style, version, key, fragment) == plain(runs)
            number += 1
    return number


def test_every_passage_of_the_edition_is_cited_as_on_the_command_line() -> None:
    assert assert_filled_frames_are_citations(link(open_corpus(load(ROOT)))) > 1000


TEXT = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="a" xml:lang="en">
<teiHeader><fileDesc><titleStmt><title>Letters from 7351901 places</title></titleStmt>
<publicationStmt><publisher>Press</publisher></publicationStmt><sourceDesc><msDesc><msIdentifier>
<settlement>Paris</settlement><repository>Library</repository><idno>MS 73519</idno>
</msIdentifier></msDesc></sourceDesc></fileDesc>
<encodingDesc><refsDecl><citeStructure unit="book" match="//body/div" use="@n">
<citeStructure unit="chapter" match="div" use="@n" delim=".">
<citeStructure unit="paragraph" match="p" use="@n" delim="."/></citeStructure></citeStructure>
</refsDecl></encodingDesc></teiHeader>
<text><body><div n="1"><div n="1"><pb n="1r"/><p n="1">One</p><p n="2">two</p><pb n="1v"/>
<p n="2a">three</p></div><div n="IV"><p n="1">four</p><p n="1234567">five</p></div></div>
<div n="2"><div n="1"><p n="1" xml:id="x-é">six</p></div></div></body></text></TEI>"""


def test_levels_letters_leaves_and_addresses_fill_their_own_gaps(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(TEXT, "utf-8")
    (tmp_path / "teikit.toml").write_text(
        '[citation]\nurl = "https://example.org/{version}#{passage}"\nplaces = ["all"]\n', "utf-8"
    )
    links = link(open_corpus(load(tmp_path)))
    assert assert_filled_frames_are_citations(links) >= 6 * len(STYLES)
    found = quotable(links, links.groups[0])
    # Two paragraphs of leaf 1r share a frame; letters and great numbers have their own.
    assert len({item.frame for item in found.citations if item.frame}) == 5


def test_the_style_of_the_configuration_comes_first(edition: Path) -> None:
    with (edition / "teikit.toml").open("a", encoding="utf-8") as file:
        file.write('\n[citation]\nstyle = "chicago"\n')
    assert styles(link(open_corpus(load(edition))))[0] == "chicago"


def test_a_style_of_csl_is_offered_beside_the_others(edition: Path) -> None:
    with (edition / "teikit.toml").open("a", encoding="utf-8") as file:
        file.write('\n[citation]\nstyle = "apa"\nplaces = ["edition"]\n')
    done = run("transform", "d03", "--to", "html", "-o", edition / "out", cwd=edition)
    assert done.code == 0, done.err
    text = (edition / "out" / "d03.html").read_text("utf-8")
    assert re.search(r'<input type="radio" name="style" value="apa"> apa</label>', text)
    said = run("cite", "d03", "--style", "apa", "--as", "edition", cwd=edition).out.strip()
    assert said in re.sub(r"<[^>]*>", "", text).replace("&nbsp;", "\u00a0")


# -- in the browser ------------------------------------------------------------------------------


def pasted(page: Any) -> str:
    """What the clipboard holds, as a text field takes it."""
    page.evaluate("document.body.prepend(document.createElement('textarea'))")
    field = page.locator("textarea")
    field.focus()
    page.keyboard.press("Control+V")
    text = str(field.input_value())
    page.evaluate("document.querySelector('textarea').remove()")
    return text


def cited(*arguments: str) -> str:
    return run("cite", *arguments, cwd=ROOT).out.strip()


def same(shown: str, expected: str) -> bool:
    """Whether two texts are the same but for the kind of their spaces."""
    return shown.split() == expected.split()


def test_a_paragraph_is_cited_by_keyboard_in_the_form_of_the_reader(
    page: Any,
    built: Path,
) -> None:
    page.goto(at(built, "d04.html"))
    page.keyboard.press("Tab")  # as somebody who uses the keyboard
    page.locator("a.number[href='#12']").focus()
    page.wait_for_selector("#card")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.localName") == "select"
    page.keyboard.type("GOST")
    shown = page.locator("#card .citation").all_inner_texts()
    assert same(shown[0], cited("d04-ru#12", "--style", "gost"))
    assert same(shown[1], cited("d04-fr#12", "--style", "gost"))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator("#card [role=status]").first.inner_text() == "Copié"
    assert same(pasted(page), cited("d04-ru#12", "--style", "gost"))
    page.goto(at(built, "d01.html"))  # the form is remembered, and another page opens in it
    assert page.is_checked("input[name=style][value=gost]")
    visible = [item for item in page.locator("dd > .citation").all() if item.is_visible()]
    assert [same(item.inner_text(), cited(name, "--style", "gost")) for item, name in zip(
        visible, ("d01-ru", "d01-fr"), strict=True
    )] == [True, True]  # fmt: skip


def test_the_link_to_a_paragraph_can_be_copied(page: Any, built: Path) -> None:
    page.goto(at(built, "d04.html"))
    page.hover("a.number[href='#12']")
    page.wait_for_selector("#card")
    page.click("#card .card-link button")
    assert pasted(page) == at(built, "d04.html") + "#12"


def test_only_what_is_shown_is_cited(page: Any, built: Path) -> None:
    page.goto(at(built, "d04.html"))
    page.check("input[name=view][value='2']")
    page.hover("a.number[href='#12']")
    page.wait_for_selector("#card")
    (shown,) = page.locator("#card .citation").all_inner_texts()
    assert same(shown, cited("d04-fr#12"))


@pytest.mark.parametrize("width", [380, 1200])
@pytest.mark.parametrize("what", ["a.number[href='#12']", "#text a[data-entity]"])
def test_a_card_stands_beside_its_link_and_within_the_window(
    page: Any,
    built: Path,
    width: int,
    what: str,
) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(at(built, "d04.html"))
    link_ = page.locator(what).last
    link_.scroll_into_view_if_needed()
    link_.hover()
    page.wait_for_selector("#card")
    from_, card = link_.bounding_box(), page.locator("#card").bounding_box()
    gaps = (card["y"] - from_["y"] - from_["height"], from_["y"] - card["y"] - card["height"])
    assert 0 <= max(gaps) <= 12
    assert card["x"] >= 0
    assert card["y"] >= 0
    assert card["x"] + card["width"] <= width
    assert card["y"] + card["height"] <= 700


def test_without_scripts_every_form_is_there(browser: Any, built: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto(at(built, "d04.html"))
    shown = [item for item in opened.locator(".citation").all() if item.is_visible()]
    assert len(shown) == 2 * len(STYLES)
    context.close()

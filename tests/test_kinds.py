"""Other kinds of text: a play, letters, verse, lists, tables, variants, pages, scripts."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from lxml import etree, html

from teikit import link, load, open_corpus
from teikit.preview import Preview
from tests.conftest import TEI, THEATRE, absent, once, run, tei
from tests.judges import barriers, checked
from tests.pagewords import page_words, tei_words

TEXTS = sorted(path.stem for path in (THEATRE / "texts").glob("*.xml"))
READINGS = ("corrected", "diplomatic")


@pytest.fixture
def made(corpus: Callable[..., Path]) -> Callable[..., html.HtmlElement]:
    """Make the page of one text, and give its tree: ``made("<p>…</p>")``."""

    def make(body: str, said: str = "", **options: str) -> html.HtmlElement:
        folder = corpus(**{"a.xml": tei(body, **options)})
        done = run("transform", "--to", "html", "-o", folder / "out", cwd=folder)
        assert done.code == 0, done.err
        assert said in done.err if said else done.err == "", done.err
        return html.fromstring((folder / "out" / "a.html").read_bytes())

    return make


def text_of(path: Path) -> etree._Element:
    found: etree._Element = etree.parse(path).getroot().find(f"{TEI}text")
    return found


def shown(page: html.HtmlElement) -> str:
    """The words of a page in the reading that it opens in."""
    return " ".join(page_words(page, 1, "corrected"))


def classes(page: html.HtmlElement, name: str) -> list[html.HtmlElement]:
    found: list[html.HtmlElement] = page.xpath(
        "//*[@id='text']//*[contains(concat(' ', @class, ' '), $name)]", name=f" {name} "
    )
    return found


# -- the second corpus ---------------------------------------------------------------------------


def test_the_configuration_of_the_second_corpus_is_empty() -> None:
    assert (THEATRE / "teikit.toml").read_bytes() == b""


def test_the_second_corpus_is_valid(shared: Path, tmp_path: Path) -> None:
    shutil.copytree(THEATRE, tmp_path / "corpus")
    schema = shared / "tei" / "tei_all.rng"
    done = run("validate", "--schema", schema, "--fail-on", "warning", cwd=tmp_path / "corpus")
    assert done.code == 0, done.out


def test_its_registers_are_found_in_another_layout(theatre: Path) -> None:
    facts = etree.parse(theatre / "build" / "links" / "facts.xml")
    keys = [item.get("key") for item in facts.iter("{urn:x-teikit:facts}entity")]
    assert sorted(keys) == ["captain", "harbour", "keeper", "low-tide", "manager", "nell"]
    page = html.fromstring((theatre / "build" / "html" / "play.html").read_bytes())
    speakers = page.xpath("//div[@class='speaker']/a/@href")
    assert set(speakers) == {"person-keeper.html", "person-nell.html", "person-captain.html"}


@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize("text", TEXTS)
def test_the_words_of_its_pages_are_those_of_the_tei(
    text: str, reading: str, theatre: Path
) -> None:
    page = html.fromstring((theatre / "build" / "html" / f"{text}.html").read_bytes())
    expected = tei_words(text_of(THEATRE / "texts" / f"{text}.xml"), reading)
    assert page_words(page, 1, reading) == expected
    assert len(expected) > 50


@pytest.mark.parametrize("text", TEXTS)
def test_the_words_of_its_plain_text_are_those_of_the_tei(text: str, theatre: Path) -> None:
    plain = (theatre / "build" / "txt" / f"{text}.txt").read_text("utf-8")
    assert "".join(plain.split()) == "".join(
        tei_words(text_of(THEATRE / "texts" / f"{text}.xml"), "corrected")
    )


def test_its_pdf_loses_no_word(theatre: Path) -> None:
    if shutil.which("pdftotext") is None:
        absent("pdftotext")
    for text in TEXTS:
        path = theatre / "build" / "pdf" / f"{text}.pdf"
        said = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True)
        words = set(re.findall(r"\w+", said.stdout))
        wanted = tei_words(text_of(THEATRE / "texts" / f"{text}.xml"), "corrected")
        # Words broken at the end of a line are not looked for.
        lost = [word for word in re.findall(r"\w+", " ".join(wanted)) if word not in words]
        assert len(lost) <= len(wanted) // 50, lost


def test_every_link_of_it_resolves_and_every_id_is_its_own(theatre: Path) -> None:
    site = theatre / "build" / "html"
    pages = {path: html.fromstring(path.read_bytes()) for path in sorted(site.rglob("*.html"))}
    broken, seen = [], 0
    for path, page in pages.items():
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids)), path.name
        for node in page.xpath("//*[@href or @src]"):
            address = unquote(node.get("href") or node.get("src"))
            if re.match(r"(https?|mailto):", address):
                continue
            seen += 1
            file, _, fragment = address.partition("#")
            target = (path.parent / file).resolve() if file else path
            if not target.exists() or (
                fragment and not pages[target].xpath("//*[@id=$key]", key=fragment)
            ):
                broken.append((path.name, address))
    assert broken == []
    assert seen > 500


def test_its_pictures_lie_in_the_site_as_they_were(theatre: Path) -> None:
    folder = THEATRE / "texts" / "images"
    names = sorted(path.name for path in folder.glob("*.png"))
    copied = theatre / "build" / "html" / "images" / "texts" / "images"
    assert sorted(path.name for path in copied.iterdir()) == names
    for name in names:
        assert (copied / name).read_bytes() == (folder / name).read_bytes()
    page = html.fromstring((theatre / "build" / "html" / "ru" / "letter-2.html").read_bytes())
    (picture,) = page.xpath("//figure/img")
    assert picture.get("src") == "../images/texts/images/leak.png"
    assert picture.get("alt") == "A cask on three legs, and under it a cat."
    assert page.xpath("//figure/figcaption/text()") == ["Where the oil goes"]


def test_headings_descend_step_by_step(theatre: Path) -> None:
    page = html.fromstring((theatre / "build" / "html" / "play.html").read_bytes())
    levels = [int(node.tag[1]) for node in page.xpath("//*[self::h1 or self::h2 or self::h3]")]
    headings = [
        (node.tag, node.text_content())
        for node in page.xpath(
            "//*[@id='text']//*[re:test(name(), '^h[1-6]$')]",
            namespaces={"re": "http://exslt.org/regular-expressions"},
        )
    ]
    assert headings == [
        ("h2", "Prologue"),
        ("h2", "Act One"),
        ("h3", "Scene 1"),
        ("h4", "The lamp room"),
        ("h3", "Scene 2"),
        ("h2", "Act Two"),
        ("h3", "Scene 1"),
        ("h3", "Scene 2"),
    ]
    assert levels[0] == 1
    outline = [link.text_content() for link in page.xpath("//nav[@class='outline']//a")]
    assert outline == [words for _, words in headings if words != "The lamp room"]
    assert len(page.xpath("//nav[@class='outline']/details/ol/li/ol")) == 2


def test_a_short_document_has_no_table_of_contents(theatre: Path) -> None:
    page = html.fromstring((theatre / "build" / "html" / "letter-1.html").read_bytes())
    assert page.xpath("//nav[@class='outline']") == []


def test_the_apparatus_names_its_witnesses(theatre: Path) -> None:
    page = html.fromstring((theatre / "build" / "html" / "play.html").read_bytes())
    entries = [
        " ".join(item.text_content().split())
        for item in page.xpath("//section[@class='variants']/ol/li")
    ]
    assert entries == [
        "does not] A B dies out C² (rhyme) ↑",
        "planks] B plain planks A ; om. C² ↑",
        "The day] A The morn B ; The dawn C² ↑",
    ]
    calls = page.xpath("//sup[@class='call variant']/a")
    assert [call.text for call in calls] == ["a", "b", "c"]
    (sigil, *_) = page.xpath("//section[@class='variants']//li//a[@class='wit']")
    assert sigil.xpath("abbr/@title") == ["The prompt book, with the changes of the first night."]


@pytest.mark.long
def test_the_html_checker_finds_no_error_in_it(theatre: Path) -> None:
    assert checked([*(theatre / "build" / "html").rglob("*.html")]) == []


@pytest.mark.parametrize("name", [*(f"{text}.html" for text in TEXTS), "index.html"])
@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.long)])
def test_its_pages_have_no_barrier_and_no_error(
    name: str, scheme: str, browser: Any, theatre: Path
) -> None:
    address = (theatre / "build" / "html" / name).as_uri()
    assert barriers(browser, address, scheme) == []
    opened = browser.new_page(viewport={"width": 360, "height": 800})
    said: list[str] = []
    asked: list[str] = []
    opened.on("console", lambda item: said.append(item.text) if item.type == "error" else None)
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto(address)
    assert opened.evaluate("document.documentElement.scrollWidth") <= 360
    assert [url for url in asked if not url.startswith("file:")] == []
    assert said == []
    opened.close()


def test_what_is_shown_but_is_no_word_is_seen(browser: Any, theatre: Path) -> None:
    opened = browser.new_page()
    opened.goto((theatre / "build" / "html" / "play.html").as_uri())
    sign = "(node, at) => getComputedStyle(node, at).content"
    number = opened.locator(".l[data-n='5']").evaluate(sign, "::after")
    assert number.startswith('"5"')
    assert opened.locator(".gap").evaluate(sign, "::before") == '"[…]"'
    assert opened.locator("a.break").first.evaluate(sign, "::before") == '"[p. 1]"'
    first, second = (
        opened.locator(".l[data-n], .l").filter(has_text=words).first.bounding_box()
        for words in ("Then let them come", "and read it")
    )
    start = "node => { const range = document.createRange(); range.selectNodeContents(node);"
    left = opened.locator(".l.M, .l", has_text="and read it").first.evaluate(
        f"{start} return range.getBoundingClientRect().left }}"
    )
    assert first is not None
    assert second is not None
    assert left > first["x"] + 60
    opened.close()


# -- single phenomena ----------------------------------------------------------------------------


def test_lines_have_every_fifth_number_or_those_that_are_given(
    made: Callable[..., html.HtmlElement],
) -> None:
    lines = "".join(f'<l n="{n}">line</l>' for n in range(1, 12))
    page = made(f'<lg>{lines}</lg><lg><l>a</l><l n="43">b</l><l>c</l></lg>')
    assert page.xpath("//@data-n") == ["5", "10", "43"]


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ('<list type="ordered"><item n="3">a</item></list>', "ol/li[@value='3']"),
        ('<list rend="numbered"><item n="b)">a</item></list>', "ol/li[@data-n='b)']"),
        ('<list rend="bulleted"><item>a</item></list>', "ul/li"),
        ('<list type="gloss"><label>a</label><item>b</item></list>', "dl[dt='a'][dd='b']"),
        ("<list><item>a<list><item>b</item></list></item></list>", "ul/li//ul/li"),
        ("<list><head>a</head><item>b</item></list>", "p[@class='head']"),
        ('<p>x <list type="inline"><item>a</item> <item>b</item></list></p>', "p/span/span"),
    ],
)
def test_lists_are_lists(source: str, wanted: str, made: Callable[..., html.HtmlElement]) -> None:
    page = made(source)
    assert page.xpath(f"//*[@id='text']//{wanted}")


# Each has its words numbered in their order.
IN_ORDER = [
    "<list><head>1</head><item>2</item><pb n='9'/><item>3 <list><item>4</item></list> 5</item>"
    "<trailer>6</trailer></list>",
    "<list type='gloss'><head>1</head><headLabel>2</headLabel><headItem>3</headItem>"
    "<label>4</label><item>5</item><pb/><label>6</label><item>7</item></list>",
    "<list><label>1</label><item>2</item><label>3</label><item>4</item></list>",
    "<list type='gloss'><item>1</item><label>2</label></list>",
    "<table><head>1</head><row role='label'><cell>2</cell></row><pb n='2'/>"
    "<row><cell>3</cell><pb/><cell>4</cell></row><trailer>5</trailer></table>",
    "<castList><head>1</head><castItem>2</castItem><castGroup><head>3</head><castItem>4"
    "</castItem><roleDesc>5</roleDesc></castGroup><castItem>6</castItem></castList>",
    "<figure><graphic url='https://example.org/a.png'/><p>1</p><head>2</head></figure>",
    "<p>1 <quote><l>2</l></quote> 3 <hi>4 <lg><l>5</l></lg> 6</hi></p>",
    "<sp><speaker>1</speaker><p>2 <stage>3 <l>4</l></stage> 5</p><stage>6</stage></sp>",
    "<p>1 <foreign>2 <list><item>3</item></list></foreign> <emph>4 <p>5</p></emph></p>",
    "<div><head>1 <lg><l>2</l></lg></head><p>3</p></div>",
    "<p>1 <title>2 <table><row><cell>3</cell></row></table></title></p>",
    "<p>1</p>2<pb n='3'/><div>3<p>4</p></div><pb/><milestone unit='x' n='7'/><p>5</p>6",
    "<entry><form><orth>1</orth></form><sense n='1'><def>2</def><sense><def>3</def></sense>"
    "</sense></entry>",
    "<p>1 <app><lem>2 <app><lem>3</lem><rdg>x</rdg></app></lem><rdg>y</rdg></app> 4</p>",
    "<p>1 <app><rdgGrp><rdg>2</rdg><rdg>x</rdg></rdgGrp></app> 3</p>",
    "<eg>1  2\n  3</eg>",
    "<listPerson><head>1</head><person><persName>2</persName></person></listPerson>",
    "<p>1 <space quantity='2'/> 2 <damage>3</damage> <add place='above'>4</add></p>",
    "<spGrp><sp><speaker>1</speaker><p>2</p></sp><sp><speaker>3</speaker><l>4</l></sp></spGrp>",
    "<floatingText><front><head>1</head></front><body><p>2</p></body></floatingText>",
]


@pytest.fixture(scope="module")
def in_order(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of a corpus that has a text for each."""

    def make(folder: Path) -> None:
        (folder / "tei").mkdir()
        for number, source in enumerate(IN_ORDER):
            (folder / "tei" / f"{number}.xml").write_text(tei(source), "utf-8")
        done = run("transform", "--to", "html", "-o", "out", cwd=folder)
        assert (done.code, done.err) == (0, "")

    return once(tmp_path_factory, "in-order", make)


@pytest.mark.parametrize(("number", "source"), [*enumerate(IN_ORDER)])
def test_the_words_stay_in_order(number: int, source: str, in_order: Path) -> None:
    page = html.fromstring((in_order / "out" / f"{number}.html").read_bytes())
    expected = tei_words(text_of(in_order / "tei" / f"{number}.xml"), "corrected")
    assert page_words(page, 1, "corrected") == expected, source
    assert [word for word in expected if word.isdigit()] == [
        str(place) for place in range(1, len(expected) + 1)
    ]


def test_what_keeps_the_words_in_order_is_good_html(in_order: Path) -> None:
    assert checked((in_order / "out").glob("[0-9]*.html")) == []


def test_tables_say_what_their_header_cells_are_about(
    made: Callable[..., html.HtmlElement],
) -> None:
    page = made(
        '<table><head>Oil</head><row role="label"><cell/><cell>May</cell></row>'
        '<row><cell role="label">Lamp</cell><cell cols="2">11</cell></row></table>'
    )
    (frame,) = page.xpath("//div[@class='wide']")
    assert (frame.get("role"), frame.get("tabindex"), frame.get("aria-label")) == (
        *("group", "0", "Oil"),
    )
    assert page.xpath("//thead/tr/th/@scope") == ["col", "col"]
    assert page.xpath("//tbody/tr/th/@scope") == ["row"]
    assert page.xpath("//td/@colspan") == ["2"]
    assert page.xpath("//caption/text()") == ["Oil"]


def test_a_gap_says_what_is_missing_in_the_readers_words(
    corpus: Callable[..., Path],
) -> None:
    gap = '<gap reason="illegible" unit="words" quantity="3"/>'
    folder = corpus(**{"a.xml": tei(f"<p>a {gap} b</p>", lang="en")})
    assert run("transform", "--to", "html", "-o", folder / "out", cwd=folder).code == 0
    said = [
        html.fromstring((folder / "out" / name / "a.html").read_bytes()).xpath(
            "//*[@class='gap']/@aria-label"
        )
        for name in ("", "fr", "ru")
    ]
    assert said == [
        ["gap: illegible, words: 3"],
        ["lacune: illisible, mots: 3"],
        ["пропуск: нечитаемо, слов: 3"],
    ]


def test_notes_inside_notes_and_beside_readings_are_not_lost(
    made: Callable[..., html.HtmlElement],
) -> None:
    page = made(
        "<p>x<note>one <note>two</note></note> <choice><sic>s<note>three</note></sic>"
        "<corr>c</corr></choice> <app><lem>l</lem><rdg>r<note>four</note></rdg></app></p>"
    )
    said = page.xpath("string(//article)")
    for words in ("one", "two", "three", "four"):
        assert said.count(words) == 1, words
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert page.xpath("//sup[@class='call']/a/text()") == ["1", "2"]


def test_an_apparatus_kept_apart_is_told_and_read_below_the_text(
    made: Callable[..., html.HtmlElement],
) -> None:
    page = made(
        '<p>a <anchor xml:id="k"/>word</p>'
        '<listApp><app from="#k" loc="1.2"><lem>word</lem><rdg>ward</rdg></app></listApp>',
        said="an apparatus kept apart from its text",
    )
    assert shown(page) == "a word"
    (entry,) = page.xpath("//section[@class='variants']//li")
    assert " ".join(entry.text_content().split()) == "1.2 word] ward ↑"


def test_a_formula_keeps_its_notation_and_loses_what_runs(
    made: Callable[..., html.HtmlElement],
) -> None:
    page = made(
        '<p><formula>E = mc^2</formula> <formula><math xmlns="http://www.w3.org/1998/Math/MathML">'
        '<mfrac onclick="x()"><mn>1</mn><mn>2</mn></mfrac><maction href="javascript:x()"><mi>n</mi>'
        "</maction></math></formula></p>"
    )
    assert page.xpath("//code[@class='formula']/text()") == ["E = mc^2"]
    assert page.xpath("//*[local-name()='math']/*[local-name()='mfrac']/@*") == []
    assert page.xpath("//*[local-name()='maction'] | //@onclick") == []
    assert shown(page) == "E = mc^2 12n"


def test_examples_of_markup_keep_their_lines_and_show_their_tags(
    made: Callable[..., html.HtmlElement],
) -> None:
    page = made('<egXML xmlns="http://www.tei-c.org/ns/Examples"><p n="1">a\n  <lb/>b</p></egXML>')
    assert page.xpath("string(//pre/code)") == "a\n  b"
    assert page.xpath("//pre//@data-open") == ['<p n="1">', "<lb/>"]


def test_a_document_without_a_text_shows_what_its_source_has(
    corpus: Callable[..., Path],
) -> None:
    source = (
        "<sourceDoc><surface><graphic url='https://example.org/1.png'/><zone><line>one</line>"
        "<line>two <del>lost</del></line></zone></surface><surface><line>three</line></surface>"
        "</sourceDoc>"
    )
    whole = tei("<p/>").replace("<text><body><p/></body></text>", source)
    folder = corpus(**{"a.xml": whole})
    assert run("transform", "--to", "html", "-o", folder / "out", cwd=folder).code == 0
    page = html.fromstring((folder / "out" / "a.html").read_bytes())
    assert shown(page) == "one two three"
    assert run("transform", "--to", "txt", "-o", "-", cwd=folder).out.split() == [
        *("one", "two", "three"),
    ]


def test_a_group_of_texts_is_read_through(made: Callable[..., html.HtmlElement]) -> None:
    page = made(
        "<text><group><head>All</head><text><body><head>One</head><p>a</p></body></text>"
        "<text><body><head>Two</head><p>b</p></body></text></group></text>"
    )
    assert shown(page) == "All One a Two b"
    assert [node.tag for node in page.xpath("//*[@id='text']//*[self::h2 or self::h3]")] == [
        *("h2", "h3", "h3"),
    ]


def test_a_link_to_the_header_leads_to_the_page_and_one_to_a_division_to_its_begin(
    made: Callable[..., html.HtmlElement],
) -> None:
    page = made(
        '<div xml:id="first"><head>A</head></div>'
        '<p><ref target="#hand">h</ref> <ref target="#first">f</ref></p>',
        header='<profileDesc><handNotes><handNote xml:id="hand">H</handNote></handNotes>'
        "</profileDesc>",
    )
    assert page.xpath("//a[@class='ref']/@href") == ["a.html", "a.html#first"]
    (place,) = page.xpath("//*[@id='first']")
    assert place.getparent().text_content().strip() == "A"


def test_classes_of_the_source_do_not_dress_it_as_the_page(
    made: Callable[..., html.HtmlElement],
) -> None:
    page = made('<p rend="card toolbar" type="call">a</p>')
    (paragraph,) = page.xpath("//*[@id='text']//p")
    assert paragraph.get("class") == "p tei-call tei-card tei-toolbar"


def test_ids_that_two_versions_share_or_the_page_needs_stand_once(
    corpus: Callable[..., Path],
) -> None:
    declared = (
        '<encodingDesc><refsDecl><citeStructure match="//body/p" use="@xml:id" unit="paragraph"/>'
        "</refsDecl></encodingDesc>"
    )
    body = '<p xml:id="p1">a <seg xml:id="s1">b</seg><note>c</note></p><p xml:id="notes">d</p>'
    one = tei(body, key="one", header=declared)
    two = tei(body, key="two", header=declared, lang="ru").replace(
        "</publicationStmt>",
        '</publicationStmt><notesStmt><relatedItem type="translationOf" target="one.xml"/>'
        "</notesStmt>",
    )
    folder = corpus(**{"one.xml": one, "two.xml": two})
    assert run("transform", "--to", "html", "-o", folder / "out", cwd=folder).code == 0
    page = html.fromstring((folder / "out" / "one.html").read_bytes())
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {"p1", "s1", "notes", "one-notes", "two-p1", "two-s1", "two-notes"} <= set(ids)
    own = [link[1:] for link in page.xpath("//@href") if link.startswith("#")]
    assert set(own) <= set(ids)


def test_a_page_break_inside_a_link_does_not_keep_the_pdf_from_being_set(
    corpus: Callable[..., Path],
) -> None:
    folder = corpus(**{"a.xml": '<p><ref target="https://example.org/">a <pb n="1"/>b</ref></p>'})
    done = run("transform", "--to", "pdf", "-o", folder / "out", cwd=folder)
    assert (done.code, done.err) == (0, "")
    assert (folder / "out" / "a.pdf").read_bytes().startswith(b"%PDF")


# -- pictures ------------------------------------------------------------------------------------


def test_a_missing_picture_is_told_with_its_place(corpus: Callable[..., Path]) -> None:
    folder = corpus(
        **{"a.xml": "<p>\n<graphic url='no.png'/> <pb n='2' facs='no-2.png'/> words</p>"}
    )
    done = run("transform", "--to", "html", "-o", folder / "out", cwd=folder)
    assert done.code == 0
    assert (
        "tei/a.xml:4:10: warning: the picture “no.png” cannot be put on the page, nor 1 more of "
        "this file: there is no such file [TK806]" in done.err
    )
    page = html.fromstring((folder / "out" / "a.html").read_bytes())
    assert shown(page) == "words"
    assert page.xpath("//*[@role='img']/@aria-label") == ["image"]
    assert page.xpath("//*[@role='separator']/@aria-label") == ["p. 2"]


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("../../secret.png", "it lies outside of the folder of the corpus"),
        ("link.png", "it lies outside of the folder of the corpus"),
        ("a.xml", "it is no picture, sound or film that browsers know"),
    ],
)
def test_only_pictures_of_the_corpus_are_copied(
    address: str, reason: str, corpus: Callable[..., Path]
) -> None:
    folder = corpus(**{"a.xml": f"<p><graphic url='{address}'/></p>"})
    outside = folder.parent / "secret.png"
    outside.write_bytes(b"secret")
    (folder / "tei" / "link.png").symlink_to(outside)
    done = run("transform", "--to", "html", "-o", folder / "out", cwd=folder)
    assert reason in done.err
    assert not [
        path
        for path in (folder / "out").rglob("*")
        if path.is_file() and path.read_bytes() == b"secret"
    ]


def test_pictures_of_one_name_do_not_take_each_others_place(
    corpus: Callable[..., Path],
) -> None:
    folder = corpus(**{"a.xml": "<p><graphic url='x/p.png'/><graphic url='y/p.png'/></p>"})
    for name in "xy":
        (folder / "tei" / name).mkdir()
        (folder / "tei" / name / "p.png").write_bytes(name.encode())
    assert run("transform", "--to", "html", "-o", folder / "out", cwd=folder).code == 0
    page = html.fromstring((folder / "out" / "a.html").read_bytes())
    sources = page.xpath("//img/@src")
    assert [(folder / "out" / source).read_bytes() for source in sources] == [b"x", b"y"]


def test_a_picture_elsewhere_is_linked_and_not_loaded(
    made: Callable[..., html.HtmlElement],
) -> None:
    page = made(
        "<p><graphic url='https://example.org/a.png'/><pb facs='https://example.org/b'/>x</p>"
    )
    assert page.xpath("//*[@id='text']//@src") == []
    assert page.xpath("//*[@id='text']//a[@data-label]/@href") == [
        *("https://example.org/a.png", "https://example.org/b"),
    ]


def test_a_preview_shows_the_pictures_too(corpus: Callable[..., Path]) -> None:
    folder = corpus(**{"a.xml": "<p><graphic url='p.png'/></p>"})
    (folder / "tei" / "p.png").write_bytes(b"picture")
    preview = Preview(lambda: load(folder))
    while preview.state.live is None:
        preview.renew()
    assert preview.make("images/tei/p.png") == ()
    assert preview.state.live is not None
    assert preview.state.live.made["images/tei/p.png"].data == b"picture"
    preview.make("images/tei/other.png")
    assert "images/tei/other.png" not in preview.state.live.made


# -- languages -----------------------------------------------------------------------------------


def test_a_script_from_right_to_left_says_so(made: Callable[..., html.HtmlElement]) -> None:
    page = made(
        '<p>שלום</p><p xml:lang="en">peace <foreign xml:lang="he">שלום</foreign></p>', lang="he"
    )
    cells = page.xpath("//div[starts-with(@class, 'cell')]")
    assert [(cell.get("lang"), cell.get("dir")) for cell in cells] == [("he", "rtl"), ("en", None)]
    (foreign,) = page.xpath("//span[@class='foreign']")
    assert (foreign.get("lang"), foreign.get("dir")) == ("he", "rtl")


def test_three_versions_stand_beside_each_other(corpus: Callable[..., Path], browser: Any) -> None:
    def version(name: str, others: str) -> str:
        links = "".join(f'<relatedItem type="translationOf" target="{o}.xml"/>' for o in others)
        ids = " ".join(f"{o}.xml#{o}1" for o in "abc" if o != name)
        text = tei(f'<p xml:id="{name}1" corresp="{ids}">text {name}</p>', key=name)
        return text.replace(
            "</publicationStmt>",
            f"</publicationStmt><notesStmt>{links}</notesStmt>" if links else "</publicationStmt>",
        ).replace('xml:lang="fr"', f'xml:lang="{ {"a": "it", "b": "en", "c": "de"}[name] }"')

    folder = corpus(**{f"{n}.xml": version(n, "a" if n != "a" else "") for n in "abc"})
    done = run("transform", "--to", "html", "-o", folder / "out", cwd=folder)
    assert done.code == 0, done.err
    path = folder / "out" / "a.html"
    page = html.fromstring(path.read_bytes())
    assert [page_words(page, number, "corrected") for number in (1, 2, 3)] == [
        ["text", name] for name in "abc"
    ]
    opened = browser.new_page(viewport={"width": 1200, "height": 800})
    opened.goto(path.as_uri())
    boxes = [opened.locator(f"[id='{name}1']").bounding_box() for name in "abc"]
    assert len({box["y"] for box in boxes}) == 1
    assert boxes[0]["x"] < boxes[1]["x"] < boxes[2]["x"]
    opened.close()


def test_a_language_without_labels_is_read_in_one_that_has_them(
    made: Callable[..., html.HtmlElement],
) -> None:
    page = made("<p>Buongiorno<note>Nota.</note></p>", lang="ita")
    assert page.get("lang") == "en"
    assert page.xpath("//h2[@id='notes']/text()") == ["Notes"]
    assert page.xpath("//div[starts-with(@class, 'cell')]/@lang") == ["it"]


# -- other people's files ------------------------------------------------------------------------

STRANGERS = ("gerdracor", "latinlit", "medmss", "rusdracor", "schnitzler")


@pytest.mark.long
@pytest.mark.parametrize("name", STRANGERS)
def test_other_peoples_files_are_rendered_word_by_word(
    name: str, shared: Path, tmp_path: Path
) -> None:
    for path in (shared / "corpora" / name).rglob("*.xml"):
        text = path.read_text("utf-8", errors="replace")
        if "<!ENTITY" not in text:
            (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "teikit.toml").write_text('[output]\nlanguages = ["en"]\nlanguage = "en"\n')
    done = run("transform", "--to", "html", "-o", tmp_path / "out", cwd=tmp_path)
    assert done.code == 0, done.err
    groups = link(open_corpus(load(tmp_path))).groups
    assert len(groups) > 5
    for group in groups:
        page = html.fromstring((tmp_path / "out" / f"{group.id}.html").read_bytes())
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids)), group.id
        for number, version in enumerate(group.versions, 1):
            text = text_of(tmp_path / version.path)
            for reading in READINGS:
                assert page_words(page, number, reading) == tei_words(text, reading), version.path
    assert checked(sorted((tmp_path / "out").glob("*.html"))) == []

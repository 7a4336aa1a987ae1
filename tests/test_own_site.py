"""What a corpus puts in the place of what teikit ships: ``[site]`` in teikit.toml."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from lxml import etree, html

from teikit.config import Config, SiteConfig
from tests.conftest import ROOT, Shell, copy_corpus, run, tei
from tests.judges import barriers, checked

XSLT = "{http://www.w3.org/1999/XSL/Transform}"
NAMED = re.compile(r"`([mf]:[^`]+)`")
TEXT = (
    '<p xml:id="p1" n="1">On <date when="1932-02-15">the 15th</date> '
    '<persName ref="names.xml#ann">Ann</persName> wrote.<note>A note.</note></p>'
)
NAMES = (
    '<standOff><listPerson><person xml:id="ann"><persName>Ann</persName></person></listPerson>'
    "</standOff>"
)
XSL = """\
<xsl:stylesheet version="3.0" expand-text="yes" exclude-result-prefixes="#all"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:x-teikit:functions"
  xmlns:m="urn:x-teikit:modes"
  xmlns:v="urn:x-teikit:variables">
{}
</xsl:stylesheet>
"""


@dataclass
class Corpus:
    """A small corpus whose site a test makes, in English."""

    root: Path

    def write(self, name: str, text: str | bytes) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def site(self, settings: str = "", output: str = 'languages = ["en"]') -> None:
        self.write("teikit.toml", f'[output]\nlanguage = "en"\n{output}\n\n[site]\n{settings}\n')

    def make(self) -> Shell:
        return run("transform", "--to", "html", "-o", "made", cwd=self.root)

    def made(self) -> Path:
        done = self.make()
        assert (done.code, done.err) == (0, "")
        return self.root / "made"

    def page(self, name: str = "a.html") -> html.HtmlElement:
        return html.fromstring((self.made() / name).read_text("utf-8"))

    def refused(self) -> str:
        """What is said where nothing can be made."""
        done = self.make()
        assert done.code == 1, done.out + done.err
        assert not (self.root / "made").exists()
        assert "Traceback" not in done.err
        return done.err


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    made = Corpus(tmp_path)
    made.write("tei/a.xml", tei(TEXT, key="a", lang="en"))
    made.write("tei/names.xml", tei(NAMES, lang="en"))
    yield made


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_site_without_settings_is_what_it_is_without_the_table(corpus: Corpus) -> None:
    corpus.site()
    with_table = tree(corpus.made())
    corpus.write("teikit.toml", '[output]\nlanguage = "en"\nlanguages = ["en"]\n')
    assert tree(corpus.made()) == with_table


def read(folder: Path, name: str) -> html.HtmlElement:
    return html.fromstring((folder / name).read_text("utf-8"))


# -- the stylesheet ------------------------------------------------------------------------------


def test_a_template_of_the_corpus_goes_before_that_of_teikit(corpus: Corpus) -> None:
    own = '<xsl:template match="date" mode="m:text"><mark><xsl:next-match/></mark></xsl:template>'
    corpus.write("site/own.xsl", XSL.format(own))
    corpus.site('stylesheet = "site/own.xsl"')
    (marked,) = corpus.page().findall(".//mark")
    (inside,) = marked
    assert (inside.tag, inside.get("datetime"), inside.text) == ("time", "1932-02-15", "the 15th")


def test_attributes_are_changed_without_their_element(corpus: Corpus) -> None:
    own = (
        '<xsl:template match="persName" mode="m:attributes"><xsl:next-match/>'
        '<xsl:attribute name="title" select="\'a person\'"/></xsl:template>'
    )
    corpus.write("site/own.xsl", XSL.format(own))
    corpus.site('stylesheet = "site/own.xsl"')
    (link,) = corpus.page().find_class("persName")
    assert (link.get("title"), link.get("href")) == ("a person", "person-ann.html")


def test_a_function_of_the_corpus_goes_before_that_of_teikit(corpus: Corpus) -> None:
    own = (
        '<xsl:function name="f:place-on-page" as="xs:integer?"><xsl:param name="element" '
        'as="element()"/><xsl:sequence select="41 + 1"/></xsl:function>'
    )
    corpus.write("site/own.xsl", XSL.format(own))
    corpus.site('stylesheet = "site/own.xsl"')
    assert [node.text_content() for node in corpus.page().find_class("call")] == ["42"]


def test_a_stylesheet_may_include_another_beside_it(corpus: Corpus) -> None:
    corpus.write("site/own.xsl", XSL.format('<xsl:include href="more/dates.xsl"/>'))
    own = '<xsl:template match="date" mode="m:text"><i>then</i></xsl:template>'
    corpus.write("site/more/dates.xsl", XSL.format(own))
    corpus.site('stylesheet = "site/own.xsl"')
    assert [node.text for node in corpus.page().findall(".//i")] == ["then"]


BROKEN = {
    "a mode that there is not": (
        '<xsl:template match="date" mode="m:txt"/>',
        ("site/own.xsl:8:", "m:txt", "docs/stylesheets.md lists the modes"),
    ),
    "a pattern that is none": (
        '<xsl:template match="date[" mode="m:text"/>',
        ("site/own.xsl:8:", "Unexpected token"),
    ),
    "a function that there is not": (
        '<xsl:template match="date" mode="m:text">\n{f:nix(.)}</xsl:template>',
        ("site/own.xsl:9:", "nix"),
    ),
    "an end-tag that is missing": ("<xsl:template>", ("site/own.xsl:9:", "end-tag")),
    "a file that is not there": (
        '<xsl:include href="nix.xsl"/>',
        ("site/own.xsl:8:", "nix.xsl"),
    ),
    "an error while it runs": (
        '<xsl:template match="date" mode="m:text">\n'
        '<xsl:value-of select="xs:integer(.)"/></xsl:template>',
        ("site/own.xsl:9:", "Cannot convert string “the 15th”".replace("“", '"').replace("”", '"')),
    ),
    "a stop that it asks for": (
        '<xsl:template match="date" mode="m:text">'
        '<xsl:message terminate="yes">no dates here</xsl:message></xsl:template>',
        ("site/own.xsl:8:", "terminated"),
    ),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_fault_of_the_stylesheet_is_told_with_its_line(fault: str, corpus: Corpus) -> None:
    own, told = BROKEN[fault]
    corpus.write("site/own.xsl", XSL.format(own))
    corpus.site('stylesheet = "site/own.xsl"')
    said = corpus.refused()
    assert "[TK801]" in said
    for words in told:
        assert words in said


def test_each_fault_of_a_stylesheet_is_told(corpus: Corpus) -> None:
    own = '<xsl:template match="date[" mode="m:text"/>\n<xsl:template match="p" mode="m:txt"/>'
    corpus.write("site/own.xsl", XSL.format(own))
    corpus.site('stylesheet = "site/own.xsl"')
    said = corpus.refused()
    assert "site/own.xsl:8:" in said
    assert "site/own.xsl:9:" in said


@pytest.mark.parametrize("text", ["", "<a/>", "no XML", "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"])
def test_what_is_no_stylesheet_is_told(text: str, corpus: Corpus) -> None:
    corpus.write("site/own.xsl", text)
    corpus.site('stylesheet = "site/own.xsl"')
    assert "site/own.xsl:1" in corpus.refused()


def test_the_stylesheet_is_read_anew_in_the_same_process(corpus: Corpus) -> None:
    from teikit import link, load, open_corpus
    from teikit.outputs import OUTPUTS
    from teikit.outputs.base import File
    from teikit.pipeline import job

    corpus.site('stylesheet = "site/own.xsl"')
    for words in ("one", "two"):
        own = f'<xsl:template match="date" mode="m:text"><i>{words}</i></xsl:template>'
        corpus.write("site/own.xsl", XSL.format(own))
        made = OUTPUTS["html"].render(job(link(open_corpus(load(corpus.root)))))
        (page,) = [item for item in made if isinstance(item, File) and item.path == "a.html"]
        assert f"<i>{words}</i>" in page.data.decode()


# -- colours and styles --------------------------------------------------------------------------


COLOURS = """
[site.colours.light]
link = "#1a4d7a"
paper = "#FFF"

[site.colours.dark]
link = "#9cc4ea"
"""


def test_colours_are_those_of_the_corpus_in_each_scheme(corpus: Corpus, browser: Any) -> None:
    corpus.site(COLOURS)
    address = (corpus.made() / "a.html").as_uri()
    seen = {}
    for scheme in ("light", "dark"):
        page = browser.new_page(color_scheme=scheme)
        page.goto(address)
        style = "getComputedStyle(document.querySelector('a.skip')).color"
        ground = "getComputedStyle(document.body).backgroundColor"
        seen[scheme] = (page.evaluate(style), page.evaluate(ground))
        page.emulate_media(media="print")
        assert page.evaluate(ground) == "rgb(255, 255, 255)"
        page.close()
    assert seen["light"] == ("rgb(26, 77, 122)", "rgb(255, 255, 255)")
    assert seen["dark"] == ("rgb(156, 196, 234)", "rgb(25, 24, 22)")


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ('[site.colours.light]\nlinks = "#000"', "did you mean link?"),
        ('[site.colours.dark]\nmeasure = "#000"', "write ink, faint, paper"),
        ('[site.colours.drak]\nlink = "#000"', "did you mean dark?"),
        ('[site.colours.light]\nlink = "red"', "“red” is no colour"),
        ('[site.colours.light]\nlink = "#12345"', "six hexadecimal digits"),
        ('[site.colours.light]\nlink = "url(javascript:alert(1))"', "is no colour"),
        ('[site.colours.light]\nlink = "#000; } body { display: none"', "is no colour"),
        ('[site.colours.light]\nlink = "#000\\n</style><script>"', "is no colour"),
    ],
)
def test_what_is_no_colour_is_told_with_its_line(settings: str, told: str, corpus: Corpus) -> None:
    corpus.site(f"\n{settings}")
    said = corpus.refused()
    assert told in said
    assert "[TK807]" in said
    assert f"teikit.toml:{7 if 'drak' in settings else 8}: " in said


def test_colours_outside_of_a_scheme_are_an_error_of_configuration(corpus: Corpus) -> None:
    corpus.site('[site.colours]\nlink = "#000"')
    done = corpus.make()
    assert (done.code, "a table of tables of strings" in done.err) == (2, True)


def test_low_contrast_is_told_with_its_ratio(corpus: Corpus) -> None:
    corpus.site('[site.colours.light]\npaper = "#ffffff"\nink = "#949494"\nwash = "#fff"')
    done = corpus.make()
    assert done.code == 0
    # The ratio of #949494 to white is 3.03, says the contrast checker of WebAIM.
    assert "teikit.toml:8: warning: [site.colours.light] ink (#949494) on paper" in done.err
    assert "has a contrast of 3.03 : 1 [TK809]" in done.err
    assert "link (" not in done.err


def test_the_colours_of_teikit_can_be_read() -> None:
    from teikit.outputs.palette import hard_to_read, shipped

    colours = shipped()
    assert [len(names) for names in colours.values()] == [8, 8]
    assert list(hard_to_read(Config(ROOT, site=SiteConfig(colours=colours)))) == []


def test_contrast_is_that_of_the_recommendation() -> None:
    from teikit.outputs.palette import contrast

    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#777", "#FFF") == pytest.approx(4.478, abs=0.001)
    assert contrast("#767676", "#fff") == pytest.approx(4.542, abs=0.001)


def test_style_sheets_come_last_and_keep_their_paths(corpus: Corpus) -> None:
    corpus.write("site/z first.css", "h1 { color: red }")
    corpus.write("site/more/a.css", "h1 { color: green }")
    settings = 'css = ["site/*.css", "site/more/a.css"]' + COLOURS
    corpus.site(settings, output='languages = ["en", "fr"]')
    made = corpus.made()
    for folder, up in ((made, ""), (made / "fr", "../")):
        page = html.fromstring((folder / "a.html").read_text("utf-8"))
        linked = [node.get("href") for node in page.iter("link") if node.get("rel") == "stylesheet"]
        own = [f"{up}colours.css", f"{up}site/z%20first.css", f"{up}site/more/a.css"]
        assert linked[-3:] == own
    assert (made / "site/z first.css").read_text() == "h1 { color: red }"


def test_a_style_sheet_of_strange_letters_is_told(corpus: Corpus) -> None:
    corpus.write("site/own.css", "/* a */\n/* é */".encode("latin-1"))
    corpus.site('css = ["site/own.css"]')
    assert "site/own.css:2: error: byte 11 is not UTF-8 [TK807]" in corpus.refused()


def test_no_style_sheet_reaches_into_the_page(corpus: Corpus) -> None:
    corpus.write("site/own.css", "</style><script>alert(1)</script>")
    corpus.site('css = ["site/own.css"]')
    assert "alert(1)" not in (corpus.made() / "a.html").read_text("utf-8")


# -- words of the interface ----------------------------------------------------------------------


def test_labels_of_the_corpus_stand_on_pages_of_their_language(corpus: Corpus) -> None:
    labels = '[site.labels.fr]\ndocuments = "Pièces"\n'
    corpus.site(f'{labels}[site.labels.en]\nperson = "People"', 'languages = ["en", "fr"]')
    made = corpus.made()

    def tabs(name: str) -> list[str]:
        page = html.fromstring((made / name).read_text("utf-8"))
        return [node.text_content() for node in page.find_class("indexes")[0].iter("a")]

    assert tabs("index.html")[:2] == ["Documents", "People"]
    assert tabs("fr/index.html")[:2] == ["Pièces", "Personnes"]


def test_months_are_words_of_the_corpus_too(corpus: Corpus) -> None:
    corpus.write(
        "tei/names.xml", tei(NAMES.replace("</persName>", "</persName>" + BORN), lang="en")
    )
    corpus.site('[site.labels.en]\nmonths = "J Feb. M A M J J A S O N D"')
    assert "15 Feb. 1832" in corpus.page("person-ann.html").text_content()


BORN = '<birth when="1832-02-15"/>'


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ('[site.labels.en]\ndocumnets = "x"', ("documnets: there is no", "did you mean documents")),
        ('[site.labels.en]\nqwertz = "x"', ("`teikit labels` lists them",)),
        ('[site.labels.en]\nnote = " "', ("it is empty",)),
        ('[site.labels.en]\nfound = "{n} hits"', ("lacks {d}", "{n} passages in {d} documents")),
        ('[site.labels.en]\nera = "BCE"', ("lacks #",)),
        ('[site.labels.en]\nmonths = "one two"', ("these are 2 months",)),
        ('[site.labels.rf]\nnote = "x"', ("nothing is in the language “rf”", "site are en")),
    ],
)
def test_what_is_no_label_is_told_with_its_line(
    settings: str, told: tuple[str, ...], corpus: Corpus
) -> None:
    corpus.site(f"\n{settings}")
    said = corpus.refused()
    assert f"teikit.toml:{7 if 'rf' in settings else 8}: error: [site.labels." in said
    assert "[TK807]" in said
    for words in told:
        assert words in said


def test_types_of_the_corpus_have_labels(corpus: Corpus) -> None:
    names = NAMES.replace("</persName>", '</persName><persName type="pen">A. S.</persName>')
    corpus.write("tei/names.xml", tei(names, lang="en"))
    corpus.write("tei/a.xml", tei(TEXT.replace("<note>", '<note type="law">'), key="a", lang="en"))
    corpus.site('[site.labels.en]\nnames-pen = "Pen name"\nnotes-law = "Law"\nx-mine = "Mine"')
    page = corpus.page("person-ann.html")
    assert [node.text for node in page.iter("dt")] == ["Pen name"]
    (entry,) = corpus.page().xpath("//section[@class='notes']//li")
    assert entry.text_content().startswith("Law: A note.")


HOSTILE = "</script><script>alert(1)</script>\" onload='alert(1)' & <b>"


def test_no_label_becomes_markup(corpus: Corpus) -> None:
    names = ("documents", "nothing", "words", "side-by-side", "skip", "note", "own-name", "search")
    labels = "".join(f"{name} = {json.dumps(HOSTILE)}\n" for name in names)
    corpus.site(f"[site.labels.en]\n{labels}", 'languages = ["en", "fr"]')
    made = corpus.made()
    for path in made.glob("*.html"):
        page = html.fromstring(path.read_text("utf-8"))
        assert page.find(".//b") is None
        assert page.xpath("//@onload") == []
        assert all(
            "alert" not in (node.text or "") for node in page.iter("script") if not node.get("id")
        )
    page = html.fromstring((made / "search.html").read_text("utf-8"))
    stated = page.get_element_by_id("search-labels").text
    assert json.loads(stated)["nothing"] == HOSTILE
    assert page.find_class("skip")[0].text == HOSTILE


def test_a_further_language_lacks_words_until_they_are_given(corpus: Corpus) -> None:
    corpus.site(output='languages = ["en", "de"]')
    done = corpus.make()
    assert done.code == 0
    (count,) = re.findall(r"“de” lacks (\d+) of the \1 words of the interface", done.err)
    assert done.err.count("[TK808]") == 1
    assert "teikit.toml:3: warning" in done.err
    page = html.fromstring((corpus.root / "made" / "de" / "a.html").read_text("utf-8"))
    assert page.get("lang") == "de"
    (switch,) = page.find_class("languages")
    assert [node.text for node in switch.iter("a")] == ["English", "de"]

    printed = run("labels", "de", cwd=corpus.root).out
    assert printed.count("\n# ") == int(count)
    corpus.site(printed.replace("\n# ", "\n"), output='languages = ["en", "de"]')
    corpus.made()
    again = run("labels", "de", cwd=corpus.root).out
    assert again == printed.replace("\n# ", "\n")


def test_what_is_printed_of_a_language_are_the_words_of_its_pages(corpus: Corpus) -> None:
    corpus.site('[site.labels.fr]\ndocuments = "Pièces \\"vraies\\""')
    words = tomllib.loads(run("labels", "fr", cwd=corpus.root).out)["site"]["labels"]["fr"]
    assert words["documents"] == 'Pièces "vraies"'
    assert (words["person"], words["note"]) == ("Personnes", "Note")
    assert run("labels", cwd=corpus.root).out.startswith("[site.labels.en]\nab = ")


def test_a_type_without_a_word_in_some_language_is_called_as_before(corpus: Corpus) -> None:
    bob = '<person xml:id="bob"><persName>Bob</persName></person></listPerson>'
    envy = '<relation name="envies" active="#ann" passive="#bob"/>'
    names = NAMES.replace("</listPerson>", f"{bob}<listRelation>{envy}</listRelation>")
    corpus.write("tei/names.xml", tei(names, lang="en"))
    corpus.site('[site.labels.fr]\nrelation-envies-active = "Envie"', 'languages = ["en", "fr"]')
    made = corpus.made()
    said = {
        folder: read(made, f"{folder}person-ann.html").find(".//dt").text_content()
        for folder in ("", "fr/")
    }
    assert said == {"": "envies", "fr/": "Envie"}


def test_the_words_of_a_language_are_asked_for_by_its_code(corpus: Corpus) -> None:
    done = run("labels", "x y", cwd=corpus.root)
    assert (done.code, done.out) == (2, "")
    assert "a language is named by its code" in done.err


@pytest.mark.parametrize("code", ["EN", "de-AT", "../x", "", "english"])
def test_a_language_is_named_by_its_code(code: str, corpus: Corpus) -> None:
    corpus.site(output=f'languages = ["{code}"]')
    done = corpus.make()
    assert done.code == 2
    assert f'[output] languages must be languages by their codes, as "en", not "{code}"' in done.err


# -- files ---------------------------------------------------------------------------------------


def test_files_are_copied_as_they_are(corpus: Corpus) -> None:
    seal = bytes(range(256))
    corpus.write("site/images/seal.png", seal)
    corpus.write("site/images/deep/er/a b.svg", "<svg/>")
    corpus.write("site/images/.hidden", "no")
    corpus.write("build/manifest.json", "{}")
    corpus.site('files = ["site/images/**/*", "**/*.png", "site/images/seal.png", "buil?/*"]')
    done = corpus.make()
    assert "“buil?/*”: there is no such file" in done.err
    corpus.site('files = ["site/images/**/*", "**/*.png", "site/images/seal.png"]')
    made = tree(corpus.made() / "site")
    assert made == {"images/seal.png": seal, "images/deep/er/a b.svg": b"<svg/>"}


def test_a_pattern_finds_no_file_through_a_link_to_the_outside(corpus: Corpus) -> None:
    outside = corpus.root.parent / f"{corpus.root.name}-outside"
    outside.mkdir()
    (outside / "secret.txt").write_text("secret")
    corpus.write("site/kept.txt", "kept")
    (corpus.root / "site/one.txt").symlink_to(outside / "secret.txt")
    (corpus.root / "site/all").symlink_to(outside)
    (corpus.root / "site/same.txt").symlink_to("kept.txt")
    for pattern in ("site/*.txt", "site/all/secret.txt", "site/all/*"):
        corpus.site(f'files = ["{pattern}"]')
        assert "which is a link to a file outside of it [TK807]" in corpus.refused()
    corpus.site('files = ["site/same.txt"]')
    assert (corpus.made() / "site/same.txt").read_text() == "kept"


def test_a_file_never_takes_the_place_of_a_page(corpus: Corpus) -> None:
    corpus.write("index.html", "mine")
    corpus.site('files = ["*.html"]')
    said = corpus.refused()
    assert "would be written to index.html [TK804]" in said
    assert "a file of [site] wants another name" in said


def test_the_site_has_an_icon(corpus: Corpus) -> None:
    corpus.site()
    (link,) = (node for node in corpus.page().iter("link") if node.get("rel") == "icon")
    assert link.get("href") == "icon.svg"
    assert etree.parse(corpus.root / "made" / "icon.svg").getroot().tag.endswith("}svg")


def test_the_icon_of_the_corpus_takes_its_place(corpus: Corpus) -> None:
    corpus.write("site/my icon.png", "icon")
    corpus.site('icon = "site/my icon.png"\nfiles = ["site/*.png"]')
    (link,) = (node for node in corpus.page().iter("link") if node.get("rel") == "icon")
    assert link.get("href") == "site/my%20icon.png"
    assert not (corpus.root / "made" / "icon.svg").exists()


# -- pages ---------------------------------------------------------------------------------------


ENGLISH = """<div xml:id="why"><head>Why</head>
<p xml:id="why.1">With <persName ref="../../tei/names.xml#ann">Ann</persName>, see
<ref target="../../tei/a.xml#p1">the text</ref><note>On the project.</note>
and <choice><sic>thsi</sic><corr>this</corr></choice>.</p></div>"""
FRENCH = """<div xml:id="pourquoi"><p xml:id="pourquoi.1">Avec
<persName ref="../../tei/names.xml#ann">Anne</persName>.</p></div>"""
TRANSLATED = '<notesStmt><relatedItem type="translationOf" target="project.xml"/></notesStmt>'


def titled(body: str, title: str, key: str, lang: str, notes: str = "") -> str:
    return (
        tei(body, key=key, lang=lang)
        .replace("<title>T</title>", f"<title>{title}</title>")
        .replace("<sourceDesc>", f"{notes}<sourceDesc>")
    )


@pytest.fixture
def paged(corpus: Corpus) -> Corpus:
    """The corpus with a page in two languages, to which its text points."""
    corpus.write("site/pages/project.xml", titled(ENGLISH, "The project", "project", "en"))
    french = titled(FRENCH, "Le projet", "projet", "fr", TRANSLATED)
    corpus.write("site/pages/projet.xml", french)
    pointing = TEXT.replace(
        "wrote.",
        'wrote <ref target="../site/pages/project.xml#why.1">there</ref> and '
        '<ref target="../site/pages/projet.xml#pourquoi">là</ref>.',
    )
    corpus.write("tei/a.xml", tei(pointing, key="a", lang="en"))
    corpus.site('pages = ["site/pages/*.xml"]', 'languages = ["en", "fr", "ru"]')
    return corpus


def test_a_page_stands_in_the_navigation_by_its_title(paged: Corpus) -> None:
    made = paged.made()
    for folder, title in (("", "The project"), ("fr", "Le projet"), ("ru", "The project")):
        page = html.fromstring((made / folder / "project.html").read_text("utf-8"))
        (tab,) = page.xpath("//nav[@class='indexes']//a[@href='project.html']")
        assert (tab.text, tab.get("aria-current")) == (title, "page")
        assert page.findtext(".//h1") == title
        assert not page.find_class("other-title")
        assert page.findtext(".//title").startswith(f"{title} — ")
        index = html.fromstring((made / folder / "index.html").read_text("utf-8"))
        (tab,) = index.xpath("//nav[@class='indexes']//a[@href='project.html']")
        assert tab.get("aria-current") is None
    assert not list(made.rglob("projet.html"))


def test_a_page_is_shown_in_the_language_of_its_readers(paged: Corpus) -> None:
    made = paged.made()
    shown = {}
    for folder in ("", "fr", "ru"):
        page = html.fromstring((made / folder / "project.html").read_text("utf-8"))
        shown[folder] = {node.get("id"): node.get("lang") for node in page.find_class("cell")}
    assert shown["fr"] == {"pourquoi.1": "fr"}
    assert "why.1" in shown[""] and shown[""] == shown["ru"]
    assert set(shown["ru"].values()) == {"en"}


def test_a_page_has_notes_and_corrections_of_its_own(paged: Corpus) -> None:
    page = html.fromstring((paged.made() / "project.html").read_text("utf-8"))
    (call,) = page.xpath("//sup/a")
    note = page.get_element_by_id(call.get("href")[1:])
    assert "On the project." in note.text_content()
    (correction,) = page.find_class("correction")
    assert "thsi" in page.get_element_by_id(correction.get("href")[1:]).text_content()


def test_links_to_and_from_a_page_lead_to_their_place(paged: Corpus) -> None:
    made = paged.made()
    page = html.fromstring((made / "project.html").read_text("utf-8"))
    links = {node.text: node.get("href") for node in page.get_element_by_id("why.1").iter("a")}
    assert links["Ann"] == "person-ann.html"
    assert links["the text"] == "a.html#p1"

    def hrefs(name: str) -> dict[str, str]:
        text = html.fromstring((made / name).read_text("utf-8"))
        return {node.text: node.get("href") for node in text.get_element_by_id("p1").iter("a")}

    # What stands in one version only is linked where that is shown.
    assert hrefs("a.html")["there"] == "project.html#why.1"
    assert hrefs("a.html")["là"] == "fr/project.html#pourquoi"
    assert hrefs("fr/a.html")["là"] == "project.html#pourquoi"
    assert hrefs("fr/a.html")["there"] == "../project.html#why.1"
    assert hrefs("ru/a.html")["there"] == "project.html#why.1"
    entry = html.fromstring((made / "person-ann.html").read_text("utf-8"))
    assert {"The project", "T"} <= {node.text_content() for node in entry.xpath("//h3/a")}


def test_each_link_of_a_site_with_pages_resolves(paged: Corpus) -> None:
    made = paged.made()
    pages = {path: html.fromstring(path.read_text("utf-8")) for path in made.rglob("*.html")}
    ids = {
        path: {node.get("id") for node in page.iter() if node.get("id")}
        for path, page in pages.items()
    }
    checked = 0
    for path, page in pages.items():
        for node in page.iter("a"):
            file, _, anchor = unquote(node.get("href")).partition("#")
            target = (path.parent / file).resolve() if file else path
            assert target in ids, f"{path.name}: {node.get('href')}"
            assert not anchor or anchor in ids[target], f"{path.name}: {node.get('href')}"
            checked += 1
    assert checked > 100


def test_a_page_is_no_document(paged: Corpus) -> None:
    made = paged.made()
    listed = html.fromstring((made / "index.html").read_text("utf-8")).find_class("contents")[0]
    assert [node.get("href") for node in listed.iter("a")] == ["a.html"]
    assert run("cite", cwd=paged.root).out.count("\n") == 1
    done = run("build", cwd=paged.root)
    assert done.code == 0, done.err
    assert done.out.startswith("1 document (en)")
    assert (paged.root / "build" / "html" / "fr" / "project.html").is_file()
    assert not (paged.root / "build" / "txt" / "project.txt").exists()


def test_a_page_is_judged_as_all_files_are(paged: Corpus) -> None:
    path = paged.root / "site/pages/project.xml"
    path.write_text(path.read_text("utf-8").replace("#p1", "#p9"), "utf-8")
    done = run("validate", cwd=paged.root)
    assert "site/pages/project.xml:" in done.out
    assert "[TK201]" in done.out


def test_a_page_changes_when_its_file_does(paged: Corpus) -> None:
    assert run("build", cwd=paged.root).code == 0
    path = paged.root / "site/pages/projet.xml"
    path.write_text(path.read_text("utf-8").replace("Avec", "Sans"), "utf-8")
    assert run("build", cwd=paged.root).code == 0
    page = (paged.root / "build" / "html" / "fr" / "project.html").read_text("utf-8")
    assert "Sans" in page
    assert "Avec" not in page


def test_what_is_no_tei_is_no_page(paged: Corpus) -> None:
    paged.write("site/pages/wrong.xml", "<html/>")
    assert "[site] pages names “site/pages/wrong.xml”, which is no TEI file" in paged.refused()
    paged.write("site/pages/wrong.xml", "<TEI")
    assert "site/pages/wrong.xml:1" in paged.refused()


def test_a_page_never_takes_the_place_of_another(paged: Corpus) -> None:
    paged.write("site/pages/search.xml", titled("<p>a</p>", "Mine", "search", "en"))
    assert "would be written to search.html [TK804]" in paged.refused()
    paged.write("site/pages/search.xml", titled("<p>a</p>", "Mine", "a", "en"))
    assert "two documents are called a [TK602]" in paged.refused()


def test_no_barrier_is_found_on_a_page(paged: Corpus, browser: Any) -> None:
    address = (paged.made() / "project.html").as_uri()
    assert barriers(browser, address, "light") == []


@pytest.mark.long
def test_the_html_checker_finds_no_error_on_a_page(paged: Corpus) -> None:
    assert checked(paged.made().rglob("project.html")) == []


# -- settings that cannot be used ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ('stylesheet = "site/nix.xsl"', "“site/nix.xsl”: there is no such file"),
        ('stylesheet = "../own.xsl"', "leads out of the corpus"),
        ('stylesheet = "/own.xsl"', "leads out of the corpus"),
        ('stylesheet = "tei"', "to take all files in it write tei/*"),
        ('stylesheet = ""', "there is no such file"),
        ('css = ["site/nix.css"]', "“site/nix.css”: there is no such file"),
        ('css = ["../*.css"]', "leads out of the corpus"),
        ('files = ["site/nix*"]', "“site/nix*”: there is no such file"),
        ('files = ["/etc/passwd"]', "leads out of the corpus"),
        ('files = ["site/../../*"]', "leads out of the corpus"),
        ('files = ["."]', "there is no such file"),
        ('pages = ["site/nix.xml"]', "“site/nix.xml”: there is no such file"),
        ('pages = ["../*.xml"]', "leads out of the corpus"),
        ('pages = ["/etc/*.xml"]', "leads out of the corpus"),
        ('icon = "icon.png"', "“icon.png”: there is no such file"),
        ('css = ["tei"]', "to take all files in it write tei/*"),
    ],
)
def test_a_file_that_cannot_be_taken_is_told_with_its_line(
    settings: str, told: str, corpus: Corpus
) -> None:
    corpus.write("../own.xsl", XSL.format(""))
    corpus.site(f"\n{settings}")
    said = corpus.refused()
    assert told in said
    assert "teikit.toml:7" in said
    assert "[TK807]" in said


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ('stylesheets = "a.xsl"', "did you mean `stylesheet`?"),
        ("stylesheet = 1", "[site] stylesheet must be a string, not 1"),
    ],
)
def test_a_setting_of_the_wrong_kind_is_an_error_of_configuration(
    settings: str, told: str, corpus: Corpus
) -> None:
    corpus.site(settings)
    done = corpus.make()
    assert done.code == 2
    assert "teikit.toml:6" in done.err
    assert told in done.err


# -- the example of the docs ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site that docs/own-site.md makes of the shipped corpus."""
    folder = copy_corpus(tmp_path_factory.mktemp("example") / "edition")
    page = (ROOT / "docs" / "own-site.md").read_text("utf-8")
    blocks = dict(re.findall(r"^```\w+ (\S+)\n(.*?)^```", page, re.M | re.S))
    assert len(blocks) == 6
    settings = folder / "teikit.toml"
    blocks["teikit.toml"] = settings.read_text("utf-8") + "\n" + blocks["teikit.toml"]
    for name, text in blocks.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    judged = run("validate", cwd=folder)
    assert judged.code == 0, judged.out
    done = run("transform", "--to", "html", "-o", "made", cwd=folder)
    assert (done.code, done.err) == (0, "")
    return folder / "made"


def test_the_example_changes_three_words(shown: Path) -> None:
    tabs = [node.text for node in read(shown, "d01.html").find_class("indexes")[0].iter("a")]
    assert tabs[:2] == ["Pièces", "Hommes et femmes"]
    assert read(shown, "d01.html").get_element_by_id("cite").text == "Référence"
    assert read(shown, "ru/d01.html").get_element_by_id("cite").text == "Как цитировать"


def test_the_example_shows_dates_in_figures(shown: Path) -> None:
    page = read(shown, "d01.html")
    dates = page.xpath("//div[@id='text']//time[@datetime]")
    assert dates
    for date in dates:
        figures = date.getnext()
        assert (figures.tag, figures.text) == ("small", f"[{date.get('datetime')}]")
    assert {"15 février 1932"} <= {date.get("title") for date in dates}


def test_the_example_has_a_page_in_two_languages(shown: Path) -> None:
    assert read(shown, "projet.html").findtext(".//h1") == "Le projet"
    assert read(shown, "en/projet.html").findtext(".//h1") == "The project"
    links = [node.get("href") for node in read(shown, "projet.html").find(".//main").iter("a")]
    assert links == ["person-pe-rakovski.html", "d01.html"]


def test_the_example_looks_as_it_says(shown: Path, browser: Any) -> None:
    page = browser.new_page(color_scheme="dark")
    failed: list[str] = []
    page.on("requestfailed", lambda request: failed.append(request.url))
    page.goto((shown / "projet.html").as_uri())
    style = "(what, pseudo) => getComputedStyle(document.querySelector(what), pseudo)"
    colour = page.evaluate(f"({style})('a.skip', null).color")
    seal = page.evaluate(f"({style})('.site-title', '::before').content")
    page.close()
    assert colour == "rgb(156, 196, 234)"
    assert seal.endswith('site/images/seal.svg")')
    assert failed == []
    assert barriers(browser, (shown / "projet.html").as_uri(), "light") == []
    assert barriers(browser, (shown / "d01.html").as_uri(), "dark") == []


# -- what stays as it is -------------------------------------------------------------------------


def test_what_the_docs_call_stable_is_there() -> None:
    page = (ROOT / "docs" / "stylesheets.md").read_text("utf-8")
    stable = page.partition("### What may be overridden")[2].partition("\n## ")[0]
    said = {
        name for row in re.findall(r"^\| (`.*?) \|", stable, re.M) for name in NAMED.findall(row)
    }
    assert len(said) > 20
    declared = set()
    for path in (*ROOT.glob("xslt/html/*.xsl"), *ROOT.glob("xslt/common/*.xsl")):
        for node in etree.parse(path).getroot().iter(f"{XSLT}mode", f"{XSLT}function"):
            arguments = [item.get("name") for item in node.findall(f"{XSLT}param")]
            signature = ", ".join(f"${item}" for item in arguments)
            declared.add(node.get("name", "") + (f"({signature})" if arguments else ""))
    assert said - declared == set()


def test_pages_are_a_setting_of_the_site_only(corpus: Corpus) -> None:
    corpus.write("teikit.toml", '[corpus]\npages = ["site/*.xml"]\n')
    done = corpus.make()
    assert done.code == 2
    assert "[corpus] pages is not a setting of teikit" in done.err


# -- the preview ---------------------------------------------------------------------------------


def test_a_preview_follows_what_the_corpus_puts_in_place(paged: Corpus) -> None:
    from teikit import load
    from teikit.preview import Preview

    own = '<xsl:template match="date" mode="m:text"><i>{}</i></xsl:template>'
    paged.write("site/own.xsl", XSL.format(own.format("one")))
    paged.site('stylesheet = "site/own.xsl"\npages = ["site/pages/*.xml"]' + COLOURS)
    preview = Preview(lambda: load(paged.root))
    preview.renew()

    def shown(path: str) -> str:
        preview.make(path)
        assert preview.state.live is not None
        return preview.state.live.made[path].data.decode()

    assert "<i>one</i>" in shown("a.html")
    assert "The project" in shown("project.html")
    assert "#1a4d7a" in shown("colours.css")
    paged.write("site/own.xsl", XSL.format(own.format("two, and more")))
    preview.renew()
    assert "<i>two, and more</i>" in shown("a.html")
    paged.write("site/own.xsl", XSL.format("<xsl:template>"))
    preview.renew()
    assert [item.code for item in preview.state.errors] == ["TK801"]
    assert "<i>two, and more</i>" in shown("a.html")

"""The PDF holds every word in order, its sources, and the promises that its metadata make."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from pypdf import PdfReader
from pypdf.generic import ContentStream, IndirectObject

from teikit.config import load
from teikit.corpus import open_corpus
from teikit.diagnostics import Diagnostic, Severity
from teikit.links import Group, Links, link
from teikit.outputs.base import File
from teikit.outputs.pdf import render
from teikit.pipeline import job
from teikit.text import Reading, words
from tests.conftest import ROOT, absent, once, tei

SIGNED = {
    "edition.xml#ed-teikit": "Équipe teikit",
    "edition.xml#ed-translators": "Traducteurs de la publication en ligne (anonymes)",
}
Made = dict[str, bytes]
Shipped = Callable[[Reading], Made]
DOCUMENTS = sorted({path.stem.partition("-")[0] for path in (ROOT / "tei").glob("d*.xml")})


# --- Making PDFs ---------------------------------------------------------------------------------


@cache
def shipped() -> Links:
    return link(open_corpus(load(ROOT)))


@pytest.fixture(scope="module")
def made(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Shipped:
    """The PDFs of the shipped corpus in either reading, by file name."""

    def diplomatic(folder: Path) -> None:
        for group in shipped().groups:  # one by one, else it makes the book as well
            for name, data in pdfs(shipped(), (group,), "diplomatic").items():
                (folder / name).write_bytes(data)

    @cache
    def read(reading: Reading) -> Made:
        folder = built / "pdf"
        if reading == "diplomatic":
            folder = once(tmp_path_factory, reading, diplomatic)
        return {path.name: path.read_bytes() for path in folder.iterdir()}

    return read


def corpus(folder: Path, **bodies: str) -> Links:
    """A corpus of small documents by the content of their ``body``; ``x_fr`` is the file x-fr."""
    for name, body in bodies.items():
        ident, _, lang = name.partition("_")
        other = f'<relatedItem type="translationOf" target="{ident}-ru.xml#{ident}-ru"/>'
        relation = f"<notesStmt>{other}</notesStmt>" if lang == "fr" else ""
        (folder / f"{ident}-{lang}.xml").write_text(
            f"""<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="{ident}-{lang}" xml:lang="{lang}">
            <teiHeader><fileDesc>
            <titleStmt><title type="main" xml:lang="{lang}">Essai</title></titleStmt>
            <publicationStmt><publisher/><idno type="document">{ident}</idno></publicationStmt>
            {relation}<sourceDesc><p/></sourceDesc>
            </fileDesc><revisionDesc><change when="2020-02"/></revisionDesc></teiHeader>
            <text><body>{body}</body></text></TEI>""",
            encoding="utf-8",
        )
    return link(open_corpus(load(folder)))


def pdfs(
    links: Links, groups: tuple[Group, ...] | None = None, reading: Reading = "corrected"
) -> Made:
    """The PDFs of a corpus, of which nothing may be found fault with."""
    found = list(render(job(links, groups, reading=reading)))
    assert [item for item in found if isinstance(item, Diagnostic)] == []
    return {item.path: item.data for item in found if isinstance(item, File)}


# --- Reading them back: the structure tree and the text of each marked content -------------------


def character_map(font: Any) -> dict[int, str]:
    """From the codes of a font to text, as its ToUnicode map has it."""
    data = font["/ToUnicode"].get_object().get_data().decode("latin1")
    table: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", data, re.DOTALL):
        for code, text in re.findall(r"<(\w+)>\s*<(\w+)>", block):
            table[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", data, re.DOTALL):
        for first, last, text in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            start = bytes.fromhex(text).decode("utf-16-be")
            for code in range(int(first, 16), int(last, 16) + 1):
                table[code] = start[:-1] + chr(ord(start[-1]) + code - int(first, 16))
    return table


def marked(stack: list[tuple[str, dict[str, Any]]]) -> int | None:
    """The number of the innermost marked content, None in an artifact."""
    for tag, properties in reversed(stack):
        if tag == "/Artifact":
            return None
        if "/MCID" in properties:
            return int(properties["/MCID"])
    return None


def marked_text(reader: PdfReader) -> dict[tuple[int, int], str]:
    """The text of each marked content, by the number of its page's object and its own."""
    found: dict[tuple[int, int], str] = {}
    for page in reader.pages:
        number = page.indirect_reference.idnum
        fonts = page["/Resources"].get("/Font", {})
        maps = {name: character_map(font.get_object()) for name, font in fonts.items()}
        wide = {name: 2 if font["/Subtype"] == "/Type0" else 1 for name, font in fonts.items()}
        stack: list[tuple[str, dict[str, Any]]] = []
        font = ""
        for operands, operator in ContentStream(page.get_contents(), reader).operations:
            text = ""
            at = marked(stack)
            if operator in (b"BDC", b"BMC"):
                properties = operands[1] if operator == b"BDC" else {}
                stack.append((operands[0], properties if isinstance(properties, dict) else {}))
                at, text = marked(stack), str(stack[-1][1].get("/ActualText", ""))
            elif operator == b"EMC":
                stack.pop()
            elif operator == b"Tf":
                font = operands[0]
            elif operator in (b"Tj", b"TJ") and not any("/ActualText" in p for _, p in stack):
                for item in operands if operator == b"Tj" else operands[0]:
                    codes = getattr(item, "original_bytes", b"")
                    for start in range(0, len(codes), wide[font]):
                        text += maps[font][int.from_bytes(codes[start : start + wide[font]], "big")]
            if at is not None and text:
                found[number, at] = found.get((number, at), "") + text
    return found


INLINE = {"/Span", "/Link", "/Reference", "/Em", "/Strong", "/Code", "/Lbl", "/Note"}


class Tagged:
    """The structure tree of a PDF: what somebody who listens is read, in order."""

    def __init__(self, data: bytes) -> None:
        self.reader = PdfReader(BytesIO(data))
        self.parts = marked_text(self.reader)
        self.languages: set[str] = set()
        tree = self.reader.trailer["/Root"]["/StructTreeRoot"]["/K"]
        self.notes: list[str] = []
        self.text = self._walk(tree, 0).replace("\u00ad", "")

    def _walk(self, node: Any, page: int) -> str:
        node = node.get_object() if isinstance(node, IndirectObject) else node
        if isinstance(node, int):
            return self.parts.get((page, int(node)), "")
        if isinstance(node, list):
            return "".join(self._walk(kid, page) for kid in node)
        if "/Pg" in node:
            page = node.raw_get("/Pg").idnum
        if node.get("/Type") == "/MCR":
            return self.parts.get((page, int(node["/MCID"])), "")
        if node.get("/Type") == "/OBJR":
            return ""
        if "/Lang" in node:
            self.languages.add(str(node["/Lang"]))
        text = self._walk(node["/K"], page) if "/K" in node else ""
        tag = str(node.get("/S"))
        if tag == "/Note":
            self.notes.append(" ".join(text.replace("\u00ad", "").split()))
        if tag in ("/Note", "/Lbl"):
            return ""
        return text if tag in INLINE else f" {text} "


def unit(root: etree._Element, key: str) -> etree._Element:
    for step in key.split("."):
        root = list(root.iterchildren("{*}*"))[int(step) - 1]
    return root


def units(links: Links, group: Group) -> Iterator[etree._Element]:
    """The units of a document in the order of the page: row by row, version by version."""
    roots = {document.path: document.root for document in links.corpus.documents}
    for row in group.rows:
        for version, cell in zip(group.versions, row.cells, strict=True):
            if cell:
                yield unit(roots[version.path], cell.key)


def expected(links: Links, group: Group, reading: Reading = "corrected") -> list[str]:
    return " ".join(words(element, reading) for element in units(links, group)).split()


def assert_words(data: bytes, wanted: list[str]) -> None:
    """The text, after the title and the description, is just these words."""
    assert Tagged(data).text.split()[-len(wanted) :] == wanted


# --- The shipped corpus --------------------------------------------------------------------------


def test_a_file_for_each_document_and_a_book(made: Shipped) -> None:
    assert sorted(made("corrected")) == ["book.pdf", *(f"{name}.pdf" for name in DOCUMENTS)]


def test_no_book_where_only_some_documents_are_asked_for() -> None:
    assert list(pdfs(shipped(), shipped().groups[:1])) == ["d01.pdf"]


@pytest.mark.parametrize("reading", ["corrected", "diplomatic"])
@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_words_are_read_in_order(name: str, reading: Reading, made: Shipped) -> None:
    group = next(group for group in shipped().groups if group.id == name)
    assert_words(made(reading)[f"{name}.pdf"], expected(shipped(), group, reading))


def test_the_book_has_the_words_of_all_documents_in_order(made: Shipped) -> None:
    text = " ".join(Tagged(made("corrected")["book.pdf"]).text.split())
    at = 0
    for group in shipped().groups:
        at = text.index(" ".join(expected(shipped(), group)), at)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_note_is_a_footnote_and_says_who_signs_it(name: str, made: Shipped) -> None:
    group = next(group for group in shipped().groups if group.id == name)
    notes = [
        f"{words(note)} [{SIGNED[note.get('resp')]}]"
        for element in units(shipped(), group)
        for note in element.iter("{*}note")
        if note.get("place") != "inline"
    ]
    tagged = Tagged(made("corrected")[f"{name}.pdf"]).notes
    # The spaces before French marks are no-break spaces in both.
    assert [note for note in tagged if note.endswith(tuple(SIGNED.values()), 0, -1)] == notes


def test_a_correction_says_what_the_source_has(made: Shipped) -> None:
    assert "типу] la source porte пииту" in Tagged(made("corrected")["d02.pdf"]).notes
    assert "пииту] lire типу" in Tagged(made("diplomatic")["d02.pdf"]).notes


@pytest.mark.parametrize("name", [*DOCUMENTS, "book"])
def test_it_claims_what_typst_has_checked(name: str, made: Shipped) -> None:
    reader = PdfReader(BytesIO(made("corrected")[f"{name}.pdf"]))
    xmp = reader.trailer["/Root"]["/Metadata"].get_object().get_data().decode()
    assert "<pdfaid:part>3</pdfaid:part>" in xmp
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in xmp
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"] == "fr"


def test_titles_authors_keywords_and_date_are_in_the_metadata(
    made: Shipped,
) -> None:
    about = PdfReader(BytesIO(made("corrected")["d01.pdf"])).metadata
    assert about is not None
    assert about.title == "Note à J. V. Staline du 15 février 1932"
    assert about.author == "Balitski (V. A.)"
    assert "докладная записка" in str(about["/Keywords"])
    assert about["/CreationDate"] == "D:20261123000000Z"


def test_the_tei_files_are_attached_byte_for_byte(made: Shipped) -> None:
    for name, count in (("d01", 2), ("book", len(list((ROOT / "tei").glob("*.xml"))))):
        reader = PdfReader(BytesIO(made("corrected")[f"{name}.pdf"]))
        attached = {key: contents[0] for key, contents in reader.attachments.items()}
        assert len(attached) == count
        for key, data in attached.items():
            assert data == (ROOT / key.removeprefix("sources/")).read_bytes()
        for file in reader.trailer["/Root"]["/AF"]:
            assert file.get_object()["/AFRelationship"] == "/Source"
            stream = file.get_object()["/EF"]["/F"].get_object()
            assert stream["/Subtype"] == "/application/tei+xml"


def test_a_file_in_another_encoding_is_attached_as_it_is(tmp_path: Path) -> None:
    data = tei("<p>é ж</p>").replace("UTF-8", "UTF-16").encode("utf-16")
    (tmp_path / "a.xml").write_bytes(data)
    links = link(open_corpus(load(tmp_path)))
    files = {made.path: made.data for made in render(job(links)) if isinstance(made, File)}
    ((contents,),) = PdfReader(BytesIO(files["a.pdf"])).attachments.values()
    assert contents == data


def test_an_empty_heading_does_not_stop_the_pdf(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(tei("<div><head/><p>Text.</p></div>"), "utf-8")
    links = link(open_corpus(load(tmp_path)))
    assert [type(made) for made in render(job(links))] == [File, File]


def test_each_language_is_told(made: Shipped) -> None:
    assert Tagged(made("corrected")["d02.pdf"]).languages == {"fr", "ru"}


def test_the_index_gives_each_page_once_and_leads_there(made: Shipped) -> None:
    reader = PdfReader(BytesIO(made("corrected")["book.pdf"]))
    pages = [page.extract_text() for page in reader.pages]
    index = next(at for at, text in enumerate(pages) if text.strip().startswith("Index"))
    line = re.search(r"Oulala \[Улала\]\s+(\d+)", "\n".join(pages[index:]))
    assert line
    assert "Oulala" in pages[int(line[1]) - 1]
    assert any("/Dest" in note.get_object() or "/A" in note.get_object()
               for note in reader.pages[index]["/Annots"])  # fmt: skip


def test_bookmarks_lead_to_the_documents(made: Shipped) -> None:
    outline = PdfReader(BytesIO(made("corrected")["book.pdf"])).outline
    titles = [str(item.title) for item in outline if not isinstance(item, list)]
    assert "Note à J. V. Staline du 15 février 1932" in titles
    assert titles[0] == "Préface"
    assert titles[-1] == "Index"


# --- Small corpora -------------------------------------------------------------------------------


def test_awkward_text_comes_out_unchanged(tmp_path: Path) -> None:
    awkward = (
        r'#set *bold* _it_ "q" \ \n $x^2$ @key // /* <b> ] [ ~ -- --- ... `raw` #"x"; = head + - 1.'
    )
    escaped = awkward.replace("<", "&lt;")
    links = corpus(tmp_path, x_ru=f"<p>{escaped}</p><p>= a</p><p>/ b: c</p><p>#</p>")
    assert_words(pdfs(links)["x.pdf"], [*awkward.split(), *"= a / b: c #".split()])


def test_every_kind_of_element_keeps_its_words(tmp_path: Path) -> None:
    body = """
      <head>Tête<note>note de tête</note></head><head type="sub">dessous</head>
      <opener><seg>un</seg> <idno>N° 2</idno><dateline>Paris, <date>le 3</date></dateline>
        <address><addrLine>à lui</addrLine><addrLine>là</addrLine></address><salute>Cher</salute>
      </opener>
      <p n="1">a<hi rend="bold">b</hi><hi rend="italic">c</hi><hi rend="sup">d</hi> <hi
        rend="capitals">MAJ</hi> <emph>e</emph> <foreign
        xml:lang="la">res</foreign> « <title>T</title> » <title>U</title> <gi>p</gi>
        <supplied>rest</supplied>itué <unclear>flou</unclear>
        <del>biffé</del><add>ajouté</add> avant<lb/>après cou<lb break="no"/>pé<pb n="3"/>page
        <subst><del>x</del><add>y</add></subst> <app><lem>lu</lem><rdg wit="#A">su</rdg></app>
        <choice><sic>fote</sic><corr cert="low">faute</corr></choice> <choice><abbr>M.</abbr>
        <expan>Monsieur</expan></choice> <ref target="http://example.org/a#b">lien</ref>
        <seg hand="#h">de sa main</seg> <q>dit</q> <note place="inline">[glose]</note></p>
      <p>début <list><head>liste</head><item n="1">un</item><item>deux
        <list><item>trois</item></list></item></list> fin</p>
      <lg><head>vers</head><l>premier vers</l><l>second <stage>(il sort)</stage> vers</l></lg>
      <quote><p>cité</p><p>encore</p></quote>
      <table><head>tableau</head><row role="label"><cell>A</cell><cell>B</cell></row>
        <row><cell cols="2">large</cell></row><row><cell>seul</cell></row></table>
      <figure><head>figure</head><figDesc>ce qu’on voit</figDesc></figure>
      <sp><speaker>ELLE</speaker><stage>à part</stage><p>Oui.</p><l>Non.</l></sp>
      <castList><castItem><role>Lui</role>, <roleDesc>roi</roleDesc></castItem></castList>
      <floatingText><body><head>lettre</head><p>dedans</p></body></floatingText>
      <ab>bloc</ab><postscript><p>P.-S.</p></postscript>
      <closer>Bien à vous <signed>Moi</signed></closer>"""
    links = corpus(tmp_path, x_ru=body)
    data = pdfs(links)["x.pdf"]
    wanted = expected(links, links.groups[0])
    # The names of elements are shown as markup.
    assert_words(data, ["<p>" if word == "p" else word for word in wanted])
    assert Tagged(data).notes == [
        "note de tête",
        "lu] su A",
        "faute] в источнике fote; достоверность низкая",
    ]


def test_an_element_without_template_keeps_its_text_and_is_told_once(tmp_path: Path) -> None:
    links = corpus(tmp_path, x_ru="<p>a <fancy>b</fancy> <fancy>c</fancy></p>")
    found = list(render(job(links, links.groups)))
    told = [item for item in found if isinstance(item, Diagnostic)]
    assert [(item.code, item.severity, item.location.path, item.message) for item in told] == [
        (
            "TK802",
            Severity.WARNING,
            "x-ru.xml",
            "no template for <fancy>: its text is set plainly",
        )
    ]
    assert_words(next(item.data for item in found if isinstance(item, File)), ["a", "b", "c"])


def test_french_spaces_do_not_break_and_others_stay(tmp_path: Path) -> None:
    links = corpus(tmp_path, x_ru="<p>да ; нет : « так »</p>", x_fr="<p>oui ; non : « ça »</p>")
    text = Tagged(pdfs(links)["x.pdf"]).text
    assert "да ; нет : « так »" in text
    assert "oui\u202f; non\u00a0: «\u00a0ça\u00a0»" in text


def embedded(data: bytes) -> set[str]:
    """The families of the fonts in a PDF, without the letters that mark a subset."""
    found = set()
    for page in PdfReader(BytesIO(data)).pages:
        for font in page["/Resources"].get("/Font", {}).values():  # type: ignore[union-attr]
            name = str(font.get_object()["/BaseFont"])
            found.add(re.sub(r"^/[A-Z]{6}\+|-.*", "", name))
    return found


def test_a_character_that_no_typeface_has_stops_the_file_and_says_where(tmp_path: Path) -> None:
    links = corpus(tmp_path, x_ru="<p>ok</p>\n<p>до 漢 после</p>", y_ru="<p>хорошо</p>")
    found = list(render(job(links, links.groups)))
    assert [item.path for item in found if isinstance(item, File)] == ["y.pdf"]
    first = next(item for item in found if isinstance(item, Diagnostic))
    assert first.code == "TK803"
    assert first.message == (
        "x.pdf: no typeface of the PDF has “漢” (U+6F22 CJK UNIFIED IDEOGRAPH-6F22)"
    )
    assert str(first.location).startswith("x-ru.xml:8:")
    assert any("Source Serif 4 and Libertinus Serif" in hint for hint in first.hints)


def test_what_the_typeface_lacks_is_set_in_the_one_that_comes_with_typst(tmp_path: Path) -> None:
    book = pdfs(corpus(tmp_path, x_ru="<p>ἀρχή и <hi>слово</hi></p>"))["x.pdf"]
    assert "ἀρχή" in Tagged(book).text
    assert embedded(book) == {"SourceSerif4Roman", "SourceSerif4Italic", "LibertinusSerif"}


def test_without_the_typeface_the_pdf_is_set_in_another_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("teikit.outputs.fonts.folder", lambda: None)
    links = corpus(tmp_path, x_ru="<p>слово</p>")
    made = list(render(job(links, links.groups)))
    assert [item.code for item in made if isinstance(item, Diagnostic)] == ["TK805"]
    files = {item.path: embedded(item.data) for item in made if isinstance(item, File)}
    assert files["x.pdf"] == {"LibertinusSerif"}


def test_an_unknown_paper_size_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "teikit.toml").write_text('[output]\npaper = "a99"\n', encoding="utf-8")
    links = corpus(tmp_path, x_ru="<p>да</p>")
    told = [item for item in render(job(links, links.groups)) if isinstance(item, Diagnostic)]
    assert [item.message for item in told] == ["“a99” is not a paper size that Typst knows"]
    assert told[0].expected == ("a4", "a5", "us-letter")


def test_a_partial_date_is_its_first_day(tmp_path: Path) -> None:
    about = PdfReader(BytesIO(pdfs(corpus(tmp_path, x_ru="<p>да</p>"))["x.pdf"])).metadata
    assert about is not None
    assert about["/CreationDate"] == "D:20200201000000Z"


# --- What other programs say ---------------------------------------------------------------------


def tool(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{name} is missing, and must be there in continuous integration")
        absent(name)
    return str(path)


def say(name: str, *arguments: str | Path) -> str:
    done = subprocess.run(
        [tool(name), *map(str, arguments)], capture_output=True, check=True, encoding="utf-8"
    )
    return done.stdout


def test_qpdf_finds_nothing(tmp_path: Path, made: Shipped) -> None:
    for name, data in made("corrected").items():
        (tmp_path / name).write_bytes(data)
        assert "No syntax or stream encoding errors found" in say(
            "qpdf", "--check", tmp_path / name
        )


def test_poppler_finds_all_typefaces_embedded(tmp_path: Path, made: Shipped) -> None:
    (tmp_path / "book.pdf").write_bytes(made("corrected")["book.pdf"])
    lines = say("pdffonts", tmp_path / "book.pdf").splitlines()[2:]
    assert lines
    for line in lines:
        # Nothing of the shipped corpus wants another letter than the typeface has.
        assert re.match(r"[A-Z]{6}\+(SourceSerif4(Roman|Italic)|DejaVuSansMono)-?", line)
        assert re.search(r"\s(yes|no)\s+(yes|no)\s+(yes|no)\s", line + " ").groups() == (  # type: ignore[union-attr]
            "yes",
            "yes",
            "yes",
        )


def test_poppler_reads_the_rows_in_order(tmp_path: Path) -> None:
    # Poppler loses what follows a hyphen in this listing, so the lines are short ones.
    links = corpus(
        tmp_path,
        x_ru='<p xml:id="x-ru.1" corresp="x-fr.xml#x-fr.1">раз</p>'
        '<p xml:id="x-ru.2" corresp="x-fr.xml#x-fr.2">два<note>сноска</note> три</p>',
        x_fr='<p xml:id="x-fr.1" corresp="x-ru.xml#x-ru.1">un</p>'
        '<p xml:id="x-fr.2" corresp="x-ru.xml#x-ru.2">deux trois</p>',
    )
    (tmp_path / "x.pdf").write_bytes(pdfs(links)["x.pdf"])
    listing = say("pdfinfo", "-struct-text", tmp_path / "x.pdf")
    said = re.findall(r'^ +"(.*)"$', listing, re.MULTILINE)
    assert said[-7:] == ["раз", "un", "два", "1", "1", "сноска", " три", "deux trois"][-7:]

"""Bibliographies in the TEI: each kind of item becomes the record that it describes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import bibtexparser
import pytest
import rispy

from teikit import checks, link, load, open_corpus
from teikit.citations import FORMATS
from teikit.citations.options import Options
from teikit.header import DateValue, Text
from teikit.items import dated
from teikit.links import Links
from teikit.record import Archive, Container, Name, Party, Record, limited
from teikit.references import (
    CSL_TYPES,
    TYPES,
    bibliography_records,
    printed_source,
    reference_record,
)
from tests.conftest import ROOT, tei

Read = Callable[..., list[Record]]


def linked(folder: Path, **files: str) -> Links:
    """A corpus of these files, linked."""
    (folder / "tei").mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / "tei" / f"{name}.xml").write_text(text, "utf-8")
    return link(open_corpus(load(folder)))


def listed(*items: str, lang: str = "en") -> str:
    """A document with a list of references in its back."""
    whole = f"<text><body><p>A.</p></body><back><listBibl>{''.join(items)}</listBibl></back></text>"
    return tei(whole, key="a", lang=lang)


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """The records of items written in TEI."""

    def of(*items: str) -> list[Record]:
        return list(bibliography_records(linked(tmp_path, a=listed(*items))))

    return of


def person(family: str, given: str = "", **more: str) -> Party:
    return Party((Name(family, given, lang="en", **more),))


def literal(text: str, *, institution: bool = False) -> Party:
    return Party((Name(literal=text, lang="en"),), institution=institution)


def in_year(year: str) -> DateValue:
    return DateValue(year, year)


BOOK = """<biblStruct xml:id="rye" type="book"><monogr>
<author><persName><forename>Anna</forename> <nameLink>von</nameLink> <surname>Rye</surname>
</persName></author><author>Mill, John</author>
<editor role="translator">Wood, Ada</editor><editor>Field, Max</editor>
<title level="m" type="main" xml:lang="en">On Corn &amp; Rye</title>
<title level="m" type="sub" xml:lang="en">A history</title>
<edition>2nd ed.</edition>
<imprint><pubPlace>London</pubPlace><pubPlace>Leeds</pubPlace><publisher>Plough</publisher>
<date when="1923">1923</date><biblScope unit="volume">2</biblScope></imprint>
<idno type="ISBN">978-3-16-148410-0</idno></monogr>
<series><title level="s">Fields</title><biblScope unit="volume">7</biblScope></series>
<note>Burnt in part.</note></biblStruct>"""


def test_a_book_has_no_title_to_be_part_of(read: Read) -> None:
    assert read(BOOK) == [
        Record(
            id="rye",
            type="book",
            language="en",
            titles=(Text("On Corn & Rye", "en"),),
            subtitles=(Text("A history", "en", "sub"),),
            authors=(person("Rye", "Anna", particle="von"), person("Mill", "John")),
            translators=(person("Wood", "Ada"),),
            editors=(person("Field", "Max"),),
            date=in_year("1923"),
            printed=Container(
                publisher="Plough",
                place="London; Leeds",
                date="1923",
                volume="2",
                series="Fields, 7",
                edition="2nd ed.",
                isbn="978-3-16-148410-0",
            ),
            note="Burnt in part.",
        )
    ]


ARTICLE = """<biblStruct xml:id="hay"><analytic>
<title level="a" xml:lang="de">Vom Heu</title>
<author><surname>Halm</surname>, <forename>Otto</forename></author></analytic>
<monogr><title level="j" xml:lang="de">Blätter</title><imprint>
<biblScope unit="vol">4</biblScope><biblScope unit="issue">2</biblScope>
<biblScope unit="page" from="3" to="9"/>
<date from="1923" to="1924">1923–1924</date></imprint></monogr>
<idno type="DOI">https://doi.org/10.1000/182</idno><idno type="ISSN">1234-5679</idno>
<idno type="callNumber">QA 3</idno>
<ref target="https://example.org/hay">online</ref></biblStruct>"""


def test_an_article_is_part_of_its_journal(read: Read) -> None:
    (found,) = read(ARTICLE)
    assert found == Record(
        id="hay",
        type="article-journal",
        language="de",
        titles=(Text("Vom Heu", "de"),),
        authors=(person("Halm", "Otto"),),
        date=DateValue("1923–1924", start="1923", end="1924"),
        printed=Container(
            titles=(Text("Blätter", "de"),),
            date="1923/1924",
            pages="3–9",
            volume="4",
            issue="2",
            issn="1234-5679",
        ),
        url="https://example.org/hay",
        doi="10.1000/182",
        note="callNumber: QA 3",
    )


def test_a_chapter_keeps_the_editors_of_its_book(read: Read) -> None:
    (found,) = read(
        """<biblStruct><analytic><title level="a">Straw</title><author>Mill, John et al.</author>
        </analytic><monogr><editor>Field, Max</editor><title level="m">The Barn</title>
        <respStmt><resp>illustrated by</resp><name>Ink, Ida</name></respStmt>
        <imprint><pubPlace>Oslo</pubPlace><date>[1931]</date></imprint></monogr>
        <relatedItem type="reviewOf"><bibl>Another book</bibl></relatedItem></biblStruct>"""
    )
    assert found == Record(
        id="mill-1931-straw",
        type="chapter",
        titles=(Text("Straw"),),
        authors=(person("Mill", "John"),),
        date=DateValue("[1931]", "1931"),
        printed=Container(
            titles=(Text("The Barn"),),
            editors=(person("Field", "Max"),),
            place="Oslo",
            date="1931",
        ),
        note="author: et al.; reviewOf: Another book; illustrated by: Ink, Ida",
    )


def test_a_marked_bibl_is_read_by_the_levels_of_its_titles(read: Read) -> None:
    (found,) = read(
        """<bibl><author>Mill, John</author>: <title level="a">Chaff</title>. In:
        <title level="j">Barley News</title> <biblScope unit="volume">Vol. 3</biblScope>,
        <date when="1930-05">May 1930</date>, <biblScope unit="page">pp. 3-4</biblScope>.</bibl>"""
    )
    assert found == Record(
        id="mill-1930-chaff",
        type="article-journal",
        titles=(Text("Chaff"),),
        authors=(person("Mill", "John"),),
        date=DateValue("May 1930", "1930-05"),
        printed=Container(titles=(Text("Barley News"),), date="1930-05", pages="3-4", volume="3"),
    )


def test_two_titles_without_a_level_do_not_say_which_holds_the_other(read: Read) -> None:
    (found,) = read("<bibl><title>Chaff</title>, <title>Barley News</title></bibl>")
    assert (found.type, found.title, found.printed) == ("document", "Chaff", None)
    assert found.note == "title: Barley News"


def test_free_text_is_a_note_and_no_title(read: Read) -> None:
    (found,) = read("<bibl>Mill, On Chaff, London 1930</bibl>")
    assert found == Record(id="mill", type="document", note="Mill, On Chaff, London 1930")


def test_what_stands_unmarked_between_the_elements_is_kept(read: Read) -> None:
    (found,) = read(
        "<bibl><title>Chaff</title>, selected and translated with an epilogue by a friend</bibl>"
    )
    assert found.title == "Chaff"
    assert found.note == "Chaff, selected and translated with an epilogue by a friend"


def test_a_full_description_is_read_like_a_header(read: Read) -> None:
    (found,) = read(
        """<biblFull xml:id="full"><titleStmt><title>Poems</title><author>Rye, Anna</author>
        <respStmt><resp>transcribed by</resp><name>Ink, Ida</name></respStmt></titleStmt>
        <editionStmt><edition>first</edition></editionStmt><extent>3 MB</extent>
        <publicationStmt><publisher>Plough</publisher><pubPlace>Leeds</pubPlace><date>2001</date>
        <idno type="URI">https://example.org/poems</idno></publicationStmt>
        <seriesStmt><title>Fields</title></seriesStmt>
        <sourceDesc><p>from a print</p></sourceDesc></biblFull>"""
    )
    assert found == Record(
        id="full",
        type="book",
        titles=(Text("Poems"),),
        authors=(person("Rye", "Anna"),),
        date=in_year("2001"),
        printed=Container(
            publisher="Plough", place="Leeds", date="2001", series="Fields", edition="first"
        ),
        url="https://example.org/poems",
        note="extent: 3 MB; transcribed by: Ink, Ida",
    )


MANUSCRIPT = """<msDesc xml:id="codex"><msIdentifier><settlement>Leeds</settlement>
<repository>Leeds Library</repository><collection xml:lang="en">Barn Papers</collection>
<idno>MS 12</idno><altIdentifier><idno>olim 3</idno></altIdentifier></msIdentifier>
<msContents><msItem><author>Rye, Anna</author><title xml:lang="la">De hordeo</title>
<textLang mainLang="la">Latin</textLang></msItem></msContents>
<history><origin><origDate notBefore="1401" notAfter="1425" cert="medium">s. xv</origDate></origin>
</history></msDesc>"""


def test_a_manuscript_is_cited_from_its_archive(read: Read) -> None:
    assert read(MANUSCRIPT) == [
        Record(
            id="codex",
            type="manuscript",
            language="la",
            titles=(Text("De hordeo", "la"),),
            authors=(person("Rye", "Anna"),),
            date=DateValue("s. xv", not_before="1401", not_after="1425"),
            date_cert="medium",
            archive=Archive(
                literal("Leeds Library", institution=True),
                literal("Leeds", institution=True),
                (Text("Barn Papers", "en"),),
                (("shelfmark", "MS 12"),),
            ),
            note="other shelfmark: olim 3",
        )
    ]


def test_a_manuscript_of_several_works_lists_them_in_a_note(read: Read) -> None:
    second = "<msItem><title>De feno</title></msItem></msContents>"
    (found,) = read(MANUSCRIPT.replace("</msContents>", second))
    assert (found.titles, found.authors) == ((), ())
    assert "contents: Rye, Anna, De hordeo; De feno" in found.note


# -- types ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("journalArticle", "article-journal"),  # Zotero
        ("bookSection", "chapter"),
        ("newspaperArticle", "article-newspaper"),
        ("conferencePaper", "paper-conference"),
        ("inproceedings", "paper-conference"),  # BibTeX
        ("phdthesis", "thesis"),
        ("mastersThesis", "thesis"),
        ("online", "webpage"),
        ("motion_picture", "motion_picture"),  # CSL
        ("film", "motion_picture"),
        ("letter", "personal_communication"),
        ("article", "article-journal"),
        ("QUARTO", "book"),  # no word for a type: by the structure
    ],
)
def test_the_types_of_several_vocabularies_are_known(read: Read, written: str, meant: str) -> None:
    (found,) = read(BOOK.replace('type="book"', f'type="{written}"'))
    assert found.type == meant


def test_every_type_is_one_of_csl() -> None:
    assert set(TYPES.values()) <= CSL_TYPES


# -- dates ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value", "cert"),
    [
        ("1923", DateValue("1923", "1923"), ""),
        ("[1923]", DateValue("[1923]", "1923"), ""),
        ("1923–24", DateValue("1923–24", start="1923", end="1924"), ""),
        ("1923-1925", DateValue("1923-1925", start="1923", end="1925"), ""),
        ("17. 4. 1909", DateValue("17. 4. 1909", "1909-04-17"), ""),
        ("1932-02-15", DateValue("1932-02-15", "1932-02-15"), ""),
        ("ca. 1880", DateValue("ca. 1880", "1880"), "medium"),
        ("s. d.", DateValue("s. d."), ""),
        ("б. г.", DateValue("б. г."), ""),
        ("1923, 1931", DateValue("1923, 1931"), ""),
    ],
)
def test_a_date_in_words_is_read_no_further_than_it_goes(
    text: str, value: DateValue, cert: str
) -> None:
    assert dated(text) == (value, cert)


# -- ids, languages, registers -------------------------------------------------------------------


def test_ids_are_those_of_the_file_or_made_and_unique(read: Read) -> None:
    same = "<bibl><author>Rye, Anna</author>, <title>The Corn</title> <date>1923</date>{}</bibl>"
    found = read(same.format(""), same.format("<note>b</note>"), BOOK, same.format(""))
    # The last is the first again, word for word.
    assert [item.id for item in found] == ["rye-1923-corn", "rye-1923-corn-2", "rye"]


def test_the_same_id_in_two_files_goes_by_the_file(tmp_path: Path) -> None:
    other = listed(BOOK).replace('xml:id="a"', 'xml:id="b"')
    links = linked(tmp_path, a=listed(BOOK), b=other)
    keys = [item.id for item in bibliography_records(links)]
    assert len(set(keys)) == len(keys)
    for key in keys:
        found = reference_record(links, key)
        assert found is not None
        assert found.id == key
    assert reference_record(links, "nobody") is None


def test_an_entry_of_a_register_goes_by_its_key_with_names_from_registers() -> None:
    links = link(open_corpus(load(ROOT)))
    found = reference_record(links, "wo-economie")
    assert found is not None
    assert [party.key for party in found.authors] == ["pe-rakovski"]
    assert [title.lang for title in found.titles] == ["fr", "ru"]
    assert {name.lang for name in found.authors[0].names} >= {"fr", "ru"}


def test_sources_are_cited_as_the_document_unless_the_file_is_named(tmp_path: Path) -> None:
    header = listed(BOOK).replace("<p>S</p>", ARTICLE)
    links = linked(tmp_path, a=header)
    assert [item.id for item in bibliography_records(links)] == ["rye"]
    assert [item.id for item in bibliography_records(links, ["tei/a.xml"])] == ["hay", "rye"]
    assert [item.id for item in bibliography_records(links, sources=True)] == ["hay", "rye"]


def test_the_printed_source_of_a_document_keeps_volume_series_and_editors(tmp_path: Path) -> None:
    links = linked(tmp_path, a=listed().replace("<p>S</p>", BOOK))
    assert printed_source(links, links.facts[0]) == Container(
        titles=(Text("On Corn & Rye", "en"),),
        editors=(person("Field", "Max"),),
        publisher="Plough",
        place="London; Leeds",
        date="1923",
        volume="2",
        series="Fields, 7",
        edition="2nd ed.",
        isbn="978-3-16-148410-0",
    )


def test_passing_references_in_the_text_are_no_items(tmp_path: Path) -> None:
    text = tei('<p>As <bibl>Hom. Il. 1.1</bibl> has it.</p><p><bibl><ptr target="#x"/></bibl></p>')
    assert list(bibliography_records(linked(tmp_path, a=text))) == []


# -- what cannot be cited ------------------------------------------------------------------------


def findings(links: Links) -> list[str]:
    return [
        f"{item.location.line}: {item.message}"
        for item in checks.run(links)
        if item.code == "TK613"
    ]


def test_a_list_with_free_text_is_told_once(tmp_path: Path) -> None:
    links = linked(
        tmp_path, a=listed("\n<bibl>One book</bibl>", "\n<bibl>Other</bibl>", f"\n{BOOK}")
    )
    assert findings(links) == [
        "4: 2 of 3 items of this list cannot be cited as they stand: “One book”, “Other”"
    ]


def test_a_marked_list_is_not_told(tmp_path: Path) -> None:
    assert findings(linked(tmp_path, a=listed(BOOK, ARTICLE, MANUSCRIPT))) == []


# -- an entry of another format, written in TEI by hand -----------------------------------------

ENTRY = r"""@article{rye23,
  author = {Rye, Anna and Mill, John},
  title = {{Corn \& Rye}},
  journal = {{Barley News}},
  year = {1923},
  volume = {4},
  number = {2},
  pages = {3--9},
  doi = {10.1000/182},
}
"""
IN_TEI = """<biblStruct type="article" xml:id="rye23"><analytic>
<author><persName><surname>Rye</surname>, <forename>Anna</forename></persName></author>
<author><persName><surname>Mill</surname>, <forename>John</forename></persName></author>
<title level="a">Corn &amp; Rye</title></analytic>
<monogr><title level="j">Barley News</title><imprint><date when="1923"/>
<biblScope unit="volume">4</biblScope><biblScope unit="issue">2</biblScope>
<biblScope unit="page" from="3" to="9">3–9</biblScope></imprint></monogr>
<idno type="DOI">10.1000/182</idno></biblStruct>"""


def parsed(text: str) -> dict[str, str]:
    """The fields of the one entry, as another library reads them."""
    (entry,) = bibtexparser.parse_string(text).entries
    return {
        "ENTRYTYPE": entry.entry_type,
        "ID": entry.key,
        **{item.key: item.value for item in entry.fields},
    }


def test_an_entry_of_bibtex_written_in_tei_is_exported_as_it_was(read: Read) -> None:
    written = FORMATS["bibtex"].write([limited(one) for one in read(IN_TEI)], Options())
    ours = parsed(written)
    assert {key: ours.get(key) for key in parsed(ENTRY)} == parsed(ENTRY)


def test_an_item_exported_to_ris_is_read_again_with_all_it_states(read: Read) -> None:
    written = FORMATS["ris"].write([limited(one) for one in read(IN_TEI)], Options())
    (entry,) = rispy.loads(written)
    assert entry["type_of_reference"] == "JOUR"
    assert entry["authors"] == ["Rye, Anna", "Mill, John"]
    assert (entry["title"], entry["year"]) == ("Corn & Rye", "1923")
    assert (entry["volume"], entry["number"]) == ("4", "2")
    assert (entry["start_page"], entry["end_page"], entry["doi"]) == ("3", "9", "10.1000/182")


# -- other people's data -------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["gerdracor", "latinlit", "medmss", "rusdracor", "schnitzler"])
def test_every_item_of_other_corpora_yields_a_record_or_a_reason(shared: Path, name: str) -> None:
    folder = shared / "corpora" / name
    links = link(open_corpus(load(folder), [folder]))
    items = [item for facts in links.facts for item in facts.items]
    records = list(bibliography_records(links, sources=True))
    assert items
    assert records
    assert len({record.id for record in records}) == len(records)
    for record in records:
        assert record.titles or record.archive or record.url or record.note, record
    for form in FORMATS.values():
        assert form.write([limited(record, ["all"]) for record in records], Options())

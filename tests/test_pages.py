"""What pages tell reference managers and search engines, read as these read it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote

import pytest
from lxml import etree, html

from teikit import Record, link, load, open_corpus, records
from teikit.citations import FORMATS
from teikit.citations.jsonld import json_ld
from teikit.citations.options import Options
from teikit.citations.web import ITEMS, coins, creator, metadata, offered, version_for
from teikit.header import DateValue, Text
from teikit.record import Archive, Container, Name, Party, limited
from teikit.resources import resource
from teikit.saxon import transform
from tests.conftest import ROOT, run, tei

DOCUMENTS = [f"d0{number}" for number in range(1, 9)]
EDITORS = ("bib.editors", "Équipe teikit,")
TRANSLATORS = ("z:translators", "Traducteurs de la publication en ligne (anonymes),")


def metas(page: Path | str) -> list[tuple[str, str]]:
    """Names and contents of the metadata of a page, as an HTML parser has them."""
    tree = html.fromstring(page.read_bytes() if isinstance(page, Path) else page.encode())
    found = [(node.get("name"), node.get("content")) for node in tree.xpath("//head/meta[@name]")]
    return [(name, content) for name, content in found if re.match("DC|z:|bib|citation_", name)]


def linked(page: Path) -> dict[str, Any]:
    """The JSON-LD of a page."""
    tree = html.fromstring(page.read_bytes())
    (script,) = tree.xpath("//head/script[@type='application/ld+json']")
    found: dict[str, Any] = json.loads(script.text)
    return found


# -- metadata ------------------------------------------------------------------------------------

# With these tags, and no others of a citation, Zotero's own translator (Embedded Metadata) was seen
# to save a letter with archive, shelfmark, recipient and translator; each row is read off the
# header of the French version, and off that of the original for what only the original states.
EXPECTED: dict[str, list[tuple[str, str]]] = {
    "d01": [
        ("z:itemType", "document"),
        ("DC.title", "Note à J. V. Staline du 15 février 1932"),
        ("DC.creator", "Balitski, Vsevolod Apollonovitch"),
        TRANSLATORS,
        EDITORS,
        ("DC.date", "1932-02-15"),
        ("DC.language", "fr"),
        ("z:archive", "RGASPI"),
        ("z:archiveLocation", "f. 17, op. 171, d. 139, l. 1-8"),
        (
            "z:extra",
            "original-title: Докладная записка И. В. Сталину от 15 февраля 1932 г.\n"
            "available-date: 2026\n"
            "genre: note\n"
            "medium: Подлинник. Машинопись\n"
            "number: N° 50693\n"
            "archive-place: Moscou\n"
            "container-title: Textes de Rakovski de 1932\n"
            "publisher: teikit\n"
            "recipient: Staline || Joseph Vissarionovitch\n"
            "recipient: Comité central du VKP(b)",
        ),
    ],
    "d02": [
        ("z:itemType", "letter"),
        ("DC.title", "L’économie coercitive, les prix monopolistiques, les surprofits"),
        ("DC.creator", "Rakovski, Christian Georgievitch"),
        ("z:recipients", "S. (camarade),"),
        ("z:recipients", "V. (camarade),"),
        TRANSLATORS,
        ("DC.date", "1931-10-08/1932-02-15"),
        ("DC.language", "fr"),
        ("z:letterType", "article"),
        ("z:archive", "RGASPI"),
        ("z:archiveLocation", "f. 17, op. 171, d. 139, l. 1-8"),
        (
            "z:extra",
            "original-title: Принудительное хозяйство, монополистические цены, сверхприбыль\n"
            "available-date: 2026\n"
            "medium: Подлинник. Машинопись\n"
            "archive-place: Moscou\n"
            "container-title: Textes de Rakovski de 1932\n"
            "publisher: teikit\n"
            "editor: Équipe teikit",
        ),
    ],
    # No header knows an archive: the translation is cited from the edition, as a part of it.
    "d03": [
        ("z:itemType", "bookSection"),
        (
            "DC.title",
            "Message spécial à J. V. Staline sur les documents saisis chez Ch. G. Rakovski",
        ),
        ("DC.creator", "Balitski, Vsevolod Apollonovitch"),
        TRANSLATORS,
        EDITORS,
        ("DC.date", "2026"),
        ("DC.language", "fr"),
        ("z:bookTitle", "Textes de Rakovski de 1932"),
        ("z:publisher", "teikit"),
        (
            "z:extra",
            "original-title: Спецсообщение И. В. Сталину о документах, изъятых у Х. Г. Раковского\n"
            "original-date: 1932-10-11\n"
            "genre: message spécial\n"
            "also-in: Лубянка. Сталин и ВЧК-ГПУ-ОГПУ-НКВД. Архив Сталина. Документы высших органов "
            "партийной и государственной власти. Январь 1922 — декабрь 1936. Москва: МФД, 2003. "
            "326-334\n"
            "recipient: Staline || Joseph Vissarionovitch",
        ),
    ],
    "d04": [
        ("z:itemType", "letter"),
        ("DC.title", "Retour au programme du parti, à la constitution soviétique, au léninisme"),
        ("DC.creator", "Rakovski, Christian Georgievitch"),
        ("z:recipients", "V… (camarade),"),
        TRANSLATORS,
        ("DC.date", "1932-06-25/1932-10-11"),
        ("DC.language", "fr"),
        ("z:letterType", "lettre"),
        ("z:archive", "APRF"),
        ("z:archiveLocation", "f. 3, op. 24, d. 139, l. 35-52"),
        (
            "z:extra",
            "original-title: Назад к партийной программе, к Советской конституции, ленинизму\n"
            "available-date: 2026\n"
            "medium: Подлинник. Машинопись\n"
            "archive-place: Moscou\n"
            "container-title: Textes de Rakovski de 1932\n"
            "publisher: teikit\n"
            "editor: Équipe teikit",
        ),
    ],
    "d05": [
        ("z:itemType", "document"),
        (
            "DC.title",
            "Note à J. V. Staline du 3 novembre 1932 sur la liquidation du « Centre d’organisation "
            "des bolcheviks-léninistes »",
        ),
        ("DC.creator", "Balitski, Vsevolod Apollonovitch"),
        TRANSLATORS,
        EDITORS,
        ("DC.date", "1932-11-03"),
        ("DC.language", "fr"),
        ("z:archive", "RGASPI"),
        ("z:archiveLocation", "f. 17, op. 171, d. 158, l. 52-72, 83-91, 100-106"),
        (
            "z:extra",
            "original-title: Докладная записка И. В. Сталину от 3 ноября 1932 г. о ликвидации "
            "«Организационного Центра большевиков-ленинцев»\n"
            "available-date: 2026\n"
            "genre: note\n"
            "medium: Copie dactylographiée\n"
            "number: N° 178/c\n"
            "archive-place: Moscou\n"
            "container-title: Textes de Rakovski de 1932\n"
            "publisher: teikit\n"
            "recipient: Staline || Joseph Vissarionovitch\n"
            "recipient: Comité central du VKP(b)",
        ),
    ],
    "d06": [
        ("z:itemType", "document"),
        ("DC.title", "A tous les bolchéviks-léninistes (de l’opposition)"),
        ("DC.creator", "Centre d’organisation des bolcheviks-léninistes,"),
        TRANSLATORS,
        EDITORS,
        ("DC.date", "1932-04"),
        ("DC.language", "fr"),
        ("z:archive", "RGASPI"),
        ("z:archiveLocation", "f. 17, op. 171, d. 158, l. 52-72, 83-91, 100-106"),
        (
            "z:extra",
            "original-title: Ко всем большевикам-ленинцам (оппозиционерам)\n"
            "available-date: 2026\n"
            "genre: appel\n"
            "medium: Copie dactylographiée\n"
            "archive-place: Moscou\n"
            "container-title: Textes de Rakovski de 1932\n"
            "publisher: teikit\n"
            "recipient: Opposition des bolcheviks-léninistes",
        ),
    ],
    "d07": [
        ("z:itemType", "document"),
        ("DC.title", "Pensées à voix haute"),
        ("DC.creator", "Rakovski, Christian Georgievitch"),
        TRANSLATORS,
        EDITORS,
        ("DC.date", "1932-08-01/1932-10-14"),
        ("DC.language", "fr"),
        ("z:archive", "RGASPI"),
        ("z:archiveLocation", "f. 17, op. 171, d. 158, l. 52-72, 83-91, 100-106"),
        (
            "z:extra",
            "original-title: Мысли вслух\n"
            "available-date: 2026\n"
            "genre: lettre\n"
            "medium: Copie dactylographiée, d’après la référence qui clôt la traduction du "
            "document 8. La mention de service « Добыто агентурным путем » suit la lettre ; la "
            "publication en ligne ne dit pas comment elle est écrite.\n"
            "archive-place: Moscou\n"
            "container-title: Textes de Rakovski de 1932\n"
            "publisher: teikit",
        ),
    ],
    "d08": [
        ("z:itemType", "document"),
        (
            "DC.title",
            "Liste des personnes arrêtées dans l’affaire du « Centre d’organisation des "
            "bolcheviks-léninistes »",
        ),
        ("DC.creator", "Moltchanov, G."),
        ("DC.creator", "Kolossovski"),
        TRANSLATORS,
        EDITORS,
        ("DC.date", "1932-10-14/1932-11-03"),
        ("DC.language", "fr"),
        ("z:archive", "RGASPI"),
        ("z:archiveLocation", "f. 17, op. 171, d. 158, l. 52-72, 83-91, 100-106"),
        (
            "z:extra",
            "original-title: Список арестованных по делу «Организационного Центра "
            "большевиков-ленинцев»\n"
            "available-date: 2026\n"
            "genre: liste\n"
            "medium: Copie dactylographiée\n"
            "archive-place: Moscou\n"
            "container-title: Textes de Rakovski de 1932\n"
            "publisher: teikit",
        ),
    ],
}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_page_of_a_document_has_the_metadata_that_zotero_reads(
    document: str, built: Path
) -> None:
    assert metas(built / "html" / f"{document}.html") == EXPECTED[document]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_no_highwire_tag_takes_recipients_and_translators_away(document: str, built: Path) -> None:
    """Beside ``citation_author`` Zotero drops every creator that other tags name."""
    page = (built / "html" / f"{document}.html").read_text("utf-8")
    assert "citation_" not in page.partition("<body")[0]


def test_a_page_in_the_language_of_the_originals_describes_the_originals(edition: Path) -> None:
    config = edition / "teikit.toml"
    config.write_text(config.read_text("utf-8").replace('language = "fr"', 'language = "ru"'))
    assert run("transform", "d04", "--to", "html", "-o", "out", cwd=edition).code == 0
    assert metas(edition / "out" / "d04.html") == [
        ("z:itemType", "letter"),
        ("DC.title", "Назад к партийной программе, к Советской конституции, ленинизму"),
        ("DC.creator", "Раковский, Христиан Георгиевич"),
        ("z:recipients", "В… (товарищ),"),
        ("DC.date", "1932-06-25/1932-10-11"),
        ("DC.language", "ru"),
        ("z:letterType", "письмо"),
        ("z:archive", "АПРФ"),
        ("z:archiveLocation", "Ф. 3. Оп. 24. Д. 139. Л. 35–52"),
        ("z:extra", "medium: Подлинник. Машинопись\narchive-place: Москва"),
    ]


def test_a_page_in_none_of_the_languages_describes_the_original() -> None:
    versions = [Record("a-ru", "document", "ru"), Record("a-fr", "document", "fr")]
    assert version_for(versions, "en").id == "a-ru"
    assert version_for(versions, "fr-CA").id == "a-fr"


# Item types of Zotero that ours stand for, and the fields of each that we fill (Zotero's schema).
CREATORS = {"recipients", "translators"}
EVERY = {"itemType", "archive", "archiveLocation", "url", "extra"}
FIELDS: dict[str, set[str]] = {
    "book": {"series", "publisher", "place", "volume", "ISBN"},
    "bookSection": {"bookTitle", "publisher", "place", "volume", "pages", "ISBN"},
    "document": set(),
    "interview": set(),
    "journalArticle": {"publicationTitle", "volume", "issue", "pages", "ISSN"},
    "letter": {"letterType"},
    "magazineArticle": {"publicationTitle", "volume", "issue", "pages", "ISSN"},
    "manuscript": {"manuscriptType"},
    "map": {"mapType"},
    "newspaperArticle": {"publicationTitle", "place", "pages", "ISSN"},
    "presentation": {"presentationType"},
    "report": {"reportType"},
    "thesis": {"thesisType"},
    "webpage": {"websiteType"},
}


@pytest.mark.parametrize("kind", [*sorted(ITEMS), "document", "bill"])
def test_each_type_has_an_item_type_of_zotero_and_fields_of_that_type(kind: str) -> None:
    found = list(metadata(awkward(type=kind)))
    assert found[0][0] == "z:itemType"
    item = found[0][1]
    fields = {name[2:] for name, _ in found if name.startswith("z:")}
    printed = {"publisher", "place", "volume", "issue", "pages", "ISBN", "ISSN"}
    assert fields - CREATORS - EVERY - printed <= FIELDS[item]
    assert ("recipients" in fields) == (item == "letter")
    extra = dict(found)["z:extra"]
    # What has no field of its own is told in the note, and only that.
    assert ("genre: kind" in extra) == (not any(name.endswith("Type") for name in FIELDS[item]))
    assert ("recipient: Doe || Jane" in extra) == (item != "letter")
    assert ("container-title: In" in extra) == (not printed & fields)


def saved(text: str) -> tuple[str, str]:
    """Family name and forenames as Zotero's ``cleanAuthor`` takes a name apart."""
    comma = "," in text
    text = re.sub(r"^[\s.,/\[\]:]+|[\s.,/\[\]:]+$", "", text)
    if comma:
        family, *given = re.split(r", ?", text)
        return family, given[0] if given else ""
    given_, _, family = text.rpartition(" ")
    return family, given_


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (Name("Толстой", "Лев", "Николаевич"), ("Толстой", "Лев Николаевич")),
        (Name("Goethe", "Johann Wolfgang", particle="von"), ("Goethe", "Johann Wolfgang von")),
        (Name("Garcia Lorca"), ("Garcia Lorca", "")),
        (Name("Kolossovski"), ("Kolossovski", "")),
        (Name("King", "Martin Luther", suffix="Jr."), ("King", "Martin Luther Jr")),
        (Name(literal="Archives nationales"), ("Archives nationales", "")),
        (Name(literal="  ЦК\n ВКП(б) "), ("ЦК ВКП(б)", "")),
        (Name(literal="ООН"), ("ООН", "")),
    ],
)
def test_a_name_is_saved_in_the_parts_that_it_has(name: Name, expected: tuple[str, str]) -> None:
    assert saved(creator(name)) == expected


def awkward(**fields: Any) -> Record:
    """A record of everything, to which something is done."""
    party = Party((Name("Doe", "Jane"),))
    stated: dict[str, Any] = {
        "id": "a",
        "type": "document",
        "language": "en",
        "titles": (Text("Title", "en"),),
        "authors": (party,),
        "recipients": (party,),
        "translators": (party,),
        "date": DateValue("", when="1932"),
        "genre": (Text("kind", "en"),),
        "archive": Archive(Party((Name(literal="Archive"),)), None, (), (("fond", "1"),)),
        "printed": Container(
            (Text("In", "en"),), (), "P", "Paris", "1999", "1-2", "3", "4", isbn="5", issn="6"
        ),
    }
    return Record(**{**stated, **fields})


# -- COinS ---------------------------------------------------------------------------------------


def spans(page: Path) -> list[dict[str, list[str]]]:
    tree = html.fromstring(page.read_bytes())
    return [
        parse_qs(node.get("title"), strict_parsing=True, errors="strict")
        for node in tree.xpath("//span[@class='Z3988']")
    ]


def test_the_list_of_documents_has_a_context_object_for_each(built: Path) -> None:
    found = spans(built / "html" / "index.html")
    config = load(ROOT)
    french = [limited(item) for item in records(link(open_corpus(config))) if item.language == "fr"]
    assert len(found) == len(french) == 8
    for keys, item in zip(found, french, strict=True):
        assert keys["ctx_ver"] == ["Z39.88-2004"]
        assert keys["rft_val_fmt"] == ["info:ofi/fmt:kev:mtx:dc"]
        assert keys["rft.title"] == [item.title]
        assert keys["rft.language"] == ["fr"]
        assert [saved(name)[0] for name in keys["rft.creator"]] == [
            party.name("fr").family or party.name("fr").literal for party in item.authors
        ]
        assert keys["rft.source"]
    # Type and date are those that the page of the document tells.
    for keys, document in zip(found, DOCUMENTS, strict=True):
        told = dict(EXPECTED[document])
        assert keys["rft.type"] == [told["z:itemType"]]
        assert keys["rft.date"] == [told["DC.date"]]
    assert found[2]["rft.source"] == ["Textes de Rakovski de 1932"]
    assert found[3]["rft.source"] == ["Moscou, APRF, f. 3, op. 24, d. 139, l. 35-52"]
    assert found[5]["rft.creator"] == ["Centre d’organisation des bolcheviks-léninistes,"]


def test_a_context_object_shows_nothing_and_is_nowhere_else(built: Path) -> None:
    for path in sorted((built / "html").glob("*.html")):
        tree = html.fromstring(path.read_bytes())
        for node in tree.xpath("//span[@class='Z3988']"):
            assert not node.text_content()
        assert bool(spans(path)) == (path.name == "index.html"), path.name


@pytest.mark.parametrize("text", ["a&rft.title=b", "50 % + 1", "“A”; b=c #d", "Ёж — çà\xa0!"])
def test_no_character_of_a_title_ends_its_field(text: str) -> None:
    found = parse_qs(coins(awkward(titles=(Text(text, "en"),))), strict_parsing=True)
    assert found["rft.title"] == [text]


# -- JSON-LD -------------------------------------------------------------------------------------

# Of each term of schema.org that may come: the classes that it is defined for ("" any thing).
TERMS: dict[str, str] = {
    "name": "",
    "alternateName": "",
    "identifier": "",
    "url": "",
    "familyName": "Person",
    "author": "CreativeWork",
    "translator": "CreativeWork",
    "recipient": "Message",
    "dateCreated": "CreativeWork",
    "datePublished": "CreativeWork",
    "genre": "CreativeWork",
    "inLanguage": "CreativeWork",
    "isPartOf": "CreativeWork",
    "license": "CreativeWork",
    "publisher": "CreativeWork",
    "translationOfWork": "CreativeWork",
    "workTranslation": "CreativeWork",
    "holdingArchive": "ArchiveComponent",
    "itemLocation": "ArchiveComponent",
    "location": "Organization",
    "isbn": "Book",
    "issn": "Periodical",
    "pagination": "Article Chapter",
}
# Classes of schema.org, and the classes above them that the terms speak of.
ABOVE: dict[str, set[str]] = {
    "ArchiveComponent": {"CreativeWork"},
    "ArchiveOrganization": {"Organization"},
    "Article": {"CreativeWork"},
    "Book": {"CreativeWork"},
    "Chapter": {"CreativeWork"},
    "Collection": {"CreativeWork"},
    "CreativeWork": set(),
    "Manuscript": {"CreativeWork"},
    "Map": {"CreativeWork"},
    "Message": {"CreativeWork"},
    "NewsArticle": {"Article", "CreativeWork"},
    "Organization": set(),
    "Periodical": {"CreativeWork"},
    "Person": set(),
    "Place": set(),
    "Report": {"Article", "CreativeWork"},
    "ScholarlyArticle": {"Article", "CreativeWork"},
    "Thesis": {"CreativeWork"},
    "WebPage": {"CreativeWork"},
}


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for item in value.values() if isinstance(value, dict) else value:
        if isinstance(item, dict | list):
            yield from nodes(item)


def check_terms(found: dict[str, Any]) -> None:
    """Every class and term is one of schema.org, and said of what it is defined for."""
    assert found["@context"] == "https://schema.org"
    known = {node["@id"] for node in nodes(found) if "@type" in node and "@id" in node}
    for node in nodes(found):
        if "@type" not in node:
            assert set(node) == {"@id"}
            assert node["@id"] in known
            continue
        stated = node["@type"] if isinstance(node["@type"], list) else [node["@type"]]
        classes = set(stated).union(*(ABOVE[name] for name in stated))
        for term, value in node.items():
            assert value not in ("", [], {}, None)
            if not term.startswith("@"):
                assert not TERMS[term] or classes & set(TERMS[term].split()), (stated, term)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_json_ld_of_a_page_uses_terms_of_schema_org(document: str, built: Path) -> None:
    check_terms(linked(built / "html" / f"{document}.html"))


@pytest.mark.parametrize("kind", [*sorted(ITEMS), "document", "bill"])
def test_the_json_ld_of_each_type_uses_terms_of_schema_org(kind: str) -> None:
    for item in (awkward(type=kind), awkward(type=kind, recipients=(), archive=None)):
        check_terms(json.loads(json_ld([item], "en")))


def test_json_ld_tells_the_original_from_its_translation(built: Path) -> None:
    found = linked(built / "html" / "d04.html")
    assert found["@type"] == ["ArchiveComponent", "Message"]
    assert found["inLanguage"] == "ru"
    assert found["dateCreated"] == "1932-06-25/1932-10-11"
    assert found["holdingArchive"]["name"] == "APRF"
    assert found["itemLocation"] == "f. 3, op. 24, d. 139, l. 35-52"
    assert found["author"]["name"] == "Christian Rakovski"
    assert found["recipient"] == {"@type": "Person", "name": "V… (camarade)"}
    assert [item["@type"] for item in found["isPartOf"]] == ["Book", "Collection"]
    translation = found["workTranslation"]
    assert translation["@type"] == "Message"
    assert translation["inLanguage"] == "fr"
    assert translation["translationOfWork"] == {"@id": found["@id"]}
    assert translation["translator"]["name"] == "Traducteurs de la publication en ligne (anonymes)"
    # The translation was not made in 1932 and is in no archive.
    assert not {"dateCreated", "holdingArchive", "itemLocation"} & set(translation)


# -- hostile text --------------------------------------------------------------------------------

HOSTILE = """</script><script>alert(1)</script> "q" 'a' <b>&amp; & <!-- \\ } ]]> c"""


def hostile_corpus(corpus: Callable[..., Path]) -> Path:
    written = HOSTILE.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    broken = written.replace(" ", "\n  ", 1)
    text = tei("<p>a</p>", key="a").replace("<title>T</title>", f"<title>{broken}</title>")
    text = text.replace(
        "</titleStmt>", f"<author><persName>{written}</persName></author></titleStmt>"
    )
    return corpus('[corpus]\ndocuments = ["tei/*.xml"]\n', **{"a.xml": text})


def test_what_looks_like_markup_in_a_header_stays_data(corpus: Callable[..., Path]) -> None:
    folder = hostile_corpus(corpus)
    done = run("build", cwd=folder)
    assert done.code == 0, done.out + done.err
    page = folder / "build" / "html" / "a.html"
    assert dict(metas(page))["DC.title"] == HOSTILE
    assert linked(page)["name"] == HOSTILE
    assert spans(page.with_name("index.html"))[0]["rft.title"] == [HOSTILE]
    scripts = html.fromstring(page.read_bytes()).xpath("//script")
    assert [node.get("type") for node in scripts if not node.get("src")] == ["application/ld+json"]


def test_a_browser_runs_nothing_that_a_header_says(page: Any, corpus: Callable[..., Path]) -> None:
    folder = hostile_corpus(corpus)
    assert run("build", cwd=folder).code == 0
    alerts: list[str] = []
    page.on("dialog", lambda dialog: (alerts.append(dialog.message), dialog.dismiss()))
    page.goto((folder / "build" / "html" / "a.html").as_uri())
    text = page.locator("script[type]").text_content()
    title = page.locator('meta[name="DC.title"]').get_attribute("content")
    assert not alerts
    assert json.loads(text or "")["name"] == HOSTILE == title


# -- downloads -----------------------------------------------------------------------------------


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_page_links_a_file_of_each_format_for_each_version(document: str, built: Path) -> None:
    page = built / "html" / f"{document}.html"
    tree = html.fromstring(page.read_bytes())
    links = tree.xpath("//p[@class='formats']//a")
    names = {
        f"{document}-{lang}{Path(FORMATS[offer.format].file).suffix}"
        for lang in ("ru", "fr")
        for offer in offered()
    }
    targets = [(page.parent / unquote(node.get("href"))).resolve() for node in links]
    assert {path.name for path in targets} == names
    assert all(path.parent == (built / "citations").resolve() for path in targets)
    assert all(path.read_text("utf-8").strip() for path in targets)
    # A program finds the same files, those of the version that the page describes first.
    heads = tree.xpath("//head/link[@rel='alternate'][@type]")
    assert {(node.get("href"), node.get("type")) for node in heads} == {
        (node.get("href"), node.get("type")) for node in links
    }
    assert heads[0].get("hreflang") == "fr"


def test_a_file_to_download_holds_what_the_command_writes(built: Path) -> None:
    for offer in offered():
        suffix = Path(FORMATS[offer.format].file).suffix
        done = run("cite", "d04-fr", "--format", offer.format, cwd=ROOT)
        assert (built / "citations" / f"d04-fr{suffix}").read_text("utf-8") == done.out


def test_a_file_of_json_holds_the_one_version_that_its_name_says(built: Path) -> None:
    (item,) = json.loads((built / "citations" / "d04-fr.json").read_text("utf-8"))
    assert item["id"] == "d04-fr"


def test_the_first_page_links_the_files_of_the_whole_corpus(built: Path) -> None:
    page = built / "html" / "index.html"
    tree = html.fromstring(page.read_bytes())
    links = [
        (page.parent / unquote(href)).resolve()
        for href in tree.xpath("//p[@class='downloads']/a/@href")
    ]
    assert {path.name for path in links} >= {FORMATS[offer.format].file for offer in offered()}
    assert all(path.is_file() for path in links)
    (whole,) = [path for path in links if path.suffix == ".json"]
    assert len(json.loads(whole.read_text("utf-8"))) == 16


def test_the_tei_of_a_page_is_the_file_itself_and_its_pointers_lead_on(built: Path) -> None:
    page = built / "html" / "ru" / "d04.html"
    tree = html.fromstring(page.read_bytes())
    hrefs = tree.xpath("//p[@class='downloads']/a[@type='application/tei+xml']/@href")
    files = [(page.parent / unquote(href)).resolve() for href in hrefs]
    assert [path.name for path in files] == ["d04-ru.xml", "d04-fr.xml"]
    for path in files:
        assert path.read_bytes() == (ROOT / "tei" / path.name).read_bytes()
        targets = re.findall(r'(?:ref|corresp)="([^"#:]+)#', path.read_text("utf-8"))
        assert "persons.xml" in targets
        assert all((path.parent / target).is_file() for target in targets)


def test_pages_made_alone_link_no_file_that_is_not_there(tmp_path: Path) -> None:
    assert run("transform", "d01", "--to", "html", "-o", tmp_path, cwd=ROOT).code == 0
    page = tmp_path / "d01.html"
    assert metas(page) == EXPECTED["d01"]
    tree = html.fromstring(page.read_bytes())
    assert not tree.xpath("//*[contains(@href, 'citations')] | //*[@class='formats']")


def test_the_stylesheet_run_alone_tells_the_same(built: Path) -> None:
    """``facts.xml`` carries all of it, so that no processor has to know of citations."""
    facts = etree.parse(built / "links" / "facts.xml").getroot()
    made = transform(
        resource("xslt", "html", "main.xsl"),
        facts,
        {"page": "document", "document": "d02", "corpus": f"{ROOT.as_uri()}/"},
    )
    assert metas(made.text) == EXPECTED["d02"]


# -- corpora that state little -------------------------------------------------------------------


def test_a_corpus_that_states_nothing_builds_and_names_what_it_can(
    corpus: Callable[..., Path],
) -> None:
    poor = tei("<p>a</p>").replace("<title>T</title>", "<title/>").replace(' xml:lang="fr"', "")
    folder = corpus("", **{"some text.xml": poor})
    done = run("build", cwd=folder)
    assert done.code == 0, done.out + done.err
    page = folder / "build" / "html" / "some text.html"
    assert metas(page) == [("z:itemType", "document"), ("DC.title", "some text")]
    assert linked(page)["@type"] == "CreativeWork"
    tree = html.fromstring(page.read_bytes())
    files = [
        (page.parent / unquote(href)).resolve()
        for href in tree.xpath("//p[@class='formats']//a/@href")
    ]
    assert len(files) == len(offered())
    assert all(path.is_file() for path in files)


def test_what_the_configuration_states_of_a_document_is_told_too(
    corpus: Callable[..., Path],
) -> None:
    config = (
        '[corpus]\ndocuments = ["tei/*.xml"]\n[citation]\nurl = "https://example.org/{version}"\n'
    )
    folder = corpus(config, **{"a.xml": tei("<p>a</p>", key="a")})
    assert run("build", cwd=folder).code == 0
    page = folder / "build" / "html" / "a.html"
    assert dict(metas(page))["z:url"] == "https://example.org/a"
    assert linked(page)["url"] == "https://example.org/a"


def test_records_have_files_in_every_format_that_is_offered() -> None:
    for offer in offered():
        assert FORMATS[offer.format].write([awkward()], Options()).strip()

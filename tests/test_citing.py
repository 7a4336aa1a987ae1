"""What can be cited, and how a configuration changes it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from teikit import Links, Record, link, load, open_corpus, records
from teikit.citing import bibliography, ordered
from teikit.errors import ConfigError, UnknownDocumentError
from teikit.header import DateValue, Text
from teikit.record import Locator, Name, Party, limited, pick, script
from tests.conftest import ROOT, run, tei

Corpus = Callable[..., Path]


def read(folder: Path) -> Links:
    return link(open_corpus(load(folder)))


@pytest.fixture(scope="module")
def shipped() -> Links:
    return read(ROOT)


def one(links: Links, name: str, at: str = "") -> Record:
    (found,) = records(links, [name], at)
    return found


# -- passages ------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", ["d04-ru", "d04-fr"])
def test_both_languages_share_the_reference_of_a_passage(shipped: Links, version: str) -> None:
    found = one(shipped, f"{version}#12")
    assert found.locator == Locator("12", "paragraph", "12", (), "", f"{version}.12")
    assert found.id == f"{version}#12"


@pytest.mark.parametrize(
    ("name", "at"),
    [("d04-ru", "paragraph=12"), ("d04", "paragraph=12"), ("d04#12", ""), ("d04-ru.12", "")],
)
def test_a_passage_can_be_named_in_several_ways(shipped: Links, name: str, at: str) -> None:
    assert one(shipped, name, at) == one(shipped, "d04-ru#12")


@pytest.mark.parametrize(("name", "at"), [("d04-fr#12-14", ""), ("d04-fr", "paragraph=12-14")])
def test_a_range_is_one_passage(shipped: Links, name: str, at: str) -> None:
    found = one(shipped, name, at)
    assert found.locator == Locator("12-14", "paragraph", "12-14", (), "", "d04-fr.12")


LEAVES = """<pb n="3"/><p n="1">one</p><p n="2">two <pb n="3 об."/>goes on</p>
<p n="3"><hi><pb n="4"/>three</hi></p><p n="4">four</p>"""
BY_NUMBER = (
    '<encodingDesc><refsDecl><citeStructure unit="paragraph" match="//body/p" use="@n"/>'
    "</refsDecl></encodingDesc>"
)


@pytest.mark.parametrize(
    ("passage", "leaf"), [("1", "3"), ("2", "3-3 об."), ("3", "4"), ("4", "4"), ("1-3", "3-4")]
)
def test_page_breaks_tell_the_leaf_of_a_passage(corpus: Corpus, passage: str, leaf: str) -> None:
    links = read(corpus(**{"a.xml": tei(LEAVES, key="a", header=BY_NUMBER)}))
    found = one(links, f"a#{passage}").locator
    assert found is not None
    assert found.leaf == leaf


def test_a_leaf_can_be_cited(corpus: Corpus) -> None:
    links = read(corpus(**{"a.xml": tei(LEAVES, key="a", header=BY_NUMBER)}))
    assert one(links, "a", "folio=3").locator == Locator("", "folio", "3", (), "3")
    assert one(links, "a", "folio=3").id == "a#folio=3"
    with pytest.raises(UnknownDocumentError, match="a has no folio 9"):
        records(links, ["a"], "folio=9")


def test_levels_above_a_verse_are_kept(corpus: Corpus) -> None:
    structure = (
        '<encodingDesc><refsDecl><citeStructure unit="book" match="//body/div" use="@n">'
        '<citeStructure unit="verse" match="l" use="@n" delim="."/></citeStructure>'
        "</refsDecl></encodingDesc>"
    )
    text = '<div n="2"><l n="7">arma</l><l n="8">virum</l></div><div n="3"><l n="7">cano</l></div>'
    links = read(corpus(**{"a.xml": tei(text, key="a", header=structure, lang="la")}))
    above = (("book", "2"),)
    assert one(links, "a#2.7").locator == Locator("2.7", "verse", "7", above, "", "a-2-1-1-1")
    found = one(links, "a#2.7-2.8").locator
    assert found is not None
    assert (found.ref, found.value, found.above) == ("2.7-8", "7-8", above)
    across = one(links, "a#2.8-3.7").locator
    assert across is not None
    assert (across.ref, across.value) == ("2.8-3.7", "2.8-3.7")


def test_without_declaration_paragraphs_are_counted(corpus: Corpus) -> None:
    links = read(corpus(**{"a.xml": tei("<p>x</p><p>y</p>", key="a")}))
    found = one(links, "a#2").locator
    assert found is not None
    assert (found.unit, found.value) == ("paragraph", "2")


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        ("d04#99", "d04 has no passage “99”", "did you mean d04#9"),
        ("d99-frr", "the corpus has no document “d99-frr”", "did you mean d0"),
        ("pe-trotski", "“pe-trotski” is a person", "teikit show pe-trotski"),
    ],
)
def test_what_is_not_there_is_told_with_a_hint(
    shipped: Links, name: str, message: str, hint: str
) -> None:
    with pytest.raises(UnknownDocumentError) as raised:
        records(shipped, [name])
    (finding,) = raised.value.diagnostics
    assert finding.code == "TK903"
    assert finding.message.startswith(message)
    assert hint in finding.hints[0]


# -- the address ---------------------------------------------------------------------------------


def test_the_configured_address_leads_to_the_passage(corpus: Corpus) -> None:
    config = '[citation]\nurl = "https://example.org/{document}.html#{passage}"\n'
    links = read(corpus(config, **{"a.xml": tei('<p xml:id="a.1">x</p>', key="a")}))
    assert one(links, "a").url == "https://example.org/a.html"
    assert one(links, "a#1").url == "https://example.org/a.html#a.1"


def test_an_address_with_an_unknown_name_is_refused(corpus: Corpus) -> None:
    config = '[citation]\nurl = "https://example.org/{doc}"\n'
    done = run("cite", cwd=corpus(config, **{"a.xml": tei("<p>x</p>", key="a")}))
    assert done.code == 2
    assert "“{doc}”" in done.err
    assert "{document}, {version} and {passage}" in done.err


# -- overriding the mapping ----------------------------------------------------------------------


def test_a_field_can_be_read_from_another_place_of_the_header(corpus: Corpus) -> None:
    config = '[citation.mapping]\ntitle = ["profileDesc/abstract/p", "//titleStmt/title"]\n'
    header = "<profileDesc><abstract><p>About  that</p></abstract></profileDesc>"
    links = read(corpus(config, **{"a.xml": tei("<p>x</p>", key="a", header=header)}))
    assert one(links, "a").titles == (Text("About that", "fr"),)


def test_the_next_path_is_tried_where_one_finds_nothing(corpus: Corpus) -> None:
    config = '[citation.mapping]\ntitle = ["profileDesc/abstract/p", "//titleStmt/title"]\n'
    links = read(corpus(config, **{"a.xml": tei("<p>x</p>", key="a")}))
    assert one(links, "a").title == "T"


def test_somebody_who_is_read_elsewhere_is_still_looked_up_in_the_registers(
    edition: Path,
) -> None:
    with (edition / "teikit.toml").open("a") as file:
        file.write(
            "\n[citation.mapping]\nauthor = [\"//correspAction[@type='received']/persName\"]\n"
        )
    (author,) = one(read(edition), "d01-fr").authors
    assert author.key == "pe-staline"
    assert author.name("ru").family == "Сталин"


def test_a_document_can_be_described_in_the_configuration(corpus: Corpus) -> None:
    config = """
[citation.documents.a]
title = "Letter on trees"
author = ["Brown, Ann", "Society of Friends"]
date = "1900/1902-05"
shelfmark = "MS 12"
repository = "Town Library"
type = "report"
"""
    found = one(read(corpus(config, **{"a.xml": tei("<p>x</p>", key="a")})), "a")
    assert found.title == "Letter on trees"
    assert [party.name("fr") for party in found.authors] == [
        Name("Brown", "Ann", lang="fr"),
        Name(literal="Society of Friends", lang="fr"),
    ]
    assert found.date is not None
    assert (found.date.start, found.date.end, found.year) == ("1900", "1902-05", "1900–1902")
    assert found.archive is not None
    assert found.archive.shelfmark == (("shelfmark", "MS 12"),)
    assert found.type == "report"


def test_a_genre_can_decide_the_type(edition: Path) -> None:
    with (edition / "teikit.toml").open("a") as file:
        file.write('\n[citation.types]\n"докладная записка" = "report"\n')
    links = read(edition)
    assert one(links, "d01-ru").type == "report"
    assert one(links, "d02-ru").type == "personal_communication"


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ('[citation.mapping]\ntitel = ["a"]', "[citation.mapping] titel is no field of a record"),
        ('[citation.documents.a]\nauther = "x"', "auther is no field of a record"),
        ('[citation.documents.b]\ntitle = "x"', "the corpus has no document “b”"),
        ('[citation.mapping]\ntitle = ["//["]', "“//[” is no XPath"),
        ('[citation]\nstyle = ["a"]', "[citation] style must be a string"),
        ('[citation]\nplaces = ["attic"]', '[citation] places must be "archive"'),
        ('[citation.types]\nletter = "epistle"', "“epistle” is no item type of CSL"),
        ('[citation.documents.a]\ntype = "epistle"', "“epistle” is no item type of CSL"),
    ],
)
def test_a_wrong_setting_is_told_and_nothing_is_cited(
    corpus: Corpus, table: str, message: str
) -> None:
    folder = corpus(f"{table}\n", **{"a.xml": tei("<p>x</p>", key="a")})
    done = run("cite", cwd=folder)
    assert (done.code, done.out) == (2, "")
    assert message in done.err
    assert "Traceback" not in done.err


def test_a_wrong_setting_is_an_error_of_the_library_too(corpus: Corpus) -> None:
    folder = corpus('[citation.mapping]\nx = ["y"]\n', **{"a.xml": tei("<p>x</p>", key="a")})
    with pytest.raises(ConfigError):
        records(read(folder))


@pytest.mark.parametrize(
    ("identifier", "shelfmark"),
    [
        ("<idno>Add. 5</idno>", (("shelfmark", "Add. 5"),)),
        (
            '<idno type="shelfmark">MS 2</idno><idno type="ark">ark:1/x</idno>'
            '<altIdentifier><idno type="SCN">77</idno></altIdentifier>',
            (("shelfmark", "MS 2"),),
        ),
        (
            '<idno type="fond">1</idno><idno type="opis">2</idno><idno>https://a.org/1</idno>',
            (("fond", "1"), ("opis", "2")),
        ),
        (
            '<idno type="shelfmark"><idno type="fond">1</idno><idno type="list">2-3</idno>'
            '<idno type="list">5</idno></idno>',
            (("fond", "1"), ("list", "2-3, 5")),
        ),
    ],
)
def test_other_numbers_beside_a_shelfmark_are_not_part_of_it(
    corpus: Corpus, identifier: str, shelfmark: tuple[tuple[str, str], ...]
) -> None:
    described = f"<msDesc><msIdentifier>{identifier}</msIdentifier></msDesc>"
    text = tei("<p>x</p>", key="a").replace("<p>S</p>", described)
    found = one(read(corpus(**{"a.xml": text})), "a").archive
    assert found is not None
    assert found.shelfmark == shelfmark


# -- languages and scripts -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "expected"),
    [("ru", "CYRILLIC"), ("ru-Latn", "LATIN"), ("fr-CA", "LATIN"), ("el", "GREEK"), ("", "LATIN")],
)
def test_a_language_has_a_script(language: str, expected: str) -> None:
    assert script(language) == expected


NAMES = (
    Name("Толстой", "Лев", "Николаевич", lang="ru"),
    Name("Tolstoï", "Léon", lang="fr"),
    Name("Tolstoi", "Lev", lang="ru-Latn-alalc97"),
)


@pytest.mark.parametrize(
    ("languages", "family"),
    [
        (["ru"], "Толстой"),
        (["fr-CH"], "Tolstoï"),
        (["en"], "Tolstoi"),  # transliterated rather than French
        (["uk"], "Толстой"),  # the script, where there is no name in the language
        (["en", "fr"], "Tolstoï"),
        ([], "Толстой"),
    ],
)
def test_a_name_is_picked_for_its_readers(languages: list[str], family: str) -> None:
    found = pick(NAMES, *languages)
    assert found is not None
    assert found.family == family


def test_names_have_the_forms_that_styles_want() -> None:
    name = NAMES[0]
    assert name.inverted(short=True) == "Толстой Л. Н."
    assert name.listed() == "Толстой, Лев"
    assert name.direct() == "Лев Толстой"
    assert Name("Sartre", "Jean-Paul").short == "J.-P."
    assert Name("Thomas", "Charles", initials="Ch.").short == "Ch."
    assert Name("Goethe", "Johann Wolfgang", particle="von").listed() == (
        "Goethe, Johann Wolfgang von"
    )
    assert Name(literal="Comité central").listed() == "Comité central"


def test_the_initials_of_the_header_are_kept(shipped: Links) -> None:
    (author,) = one(shipped, "d04-fr").authors
    assert author.name("fr").short == "Ch. G."  # no rule makes that from Christian
    assert author.name("ru").short == "Х. Г."


# -- the places where it can be found, and lists ---------------------------------------------------


def test_a_document_is_cited_from_where_one_would_look_first(shipped: Links) -> None:
    def places(name: str) -> list[str]:
        found = limited(one(shipped, name))
        return [key for key in ("archive", "printed", "edition") if getattr(found, key)]

    assert places("d04-ru") == ["archive"]
    assert places("d03-ru") == ["printed"]
    assert places("d04-fr") == ["archive", "edition"]  # no archive has the translation


def test_lists_are_sorted_as_readers_look_names_up() -> None:
    def record(key: str, family: str, when: str = "") -> Record:
        date = DateValue("", when=when) if when else None
        party = Party((Name(family, "A", lang="ru"),))
        return Record(key, "book", "ru", titles=(Text(key, "ru"),), authors=(party,), date=date)

    found = [
        record("a", "Яковлев"),
        record("b", "Ёлкин", "1932"),
        record("c", "Егоров", "1931"),
        record("d", "Ёлкин", "1930-05"),
    ]
    assert [item.id for item in ordered(found, "author")] == ["c", "d", "b", "a"]
    assert [item.id for item in ordered(found, "date")] == ["d", "c", "b", "a"]
    assert ordered(found, "given") == found


def test_the_verb_takes_passages_and_writes_files(tmp_path: Path) -> None:
    target = tmp_path / "new" / "d04.json"
    done = run(*("cite", "d04-ru#12", "d04-fr#12", "--format", "csl-json", "-o", target), cwd=ROOT)
    assert (done.code, done.out, done.err) == (0, "", "")
    assert [item["id"] for item in json.loads(target.read_text("utf-8"))] == [
        "d04-ru#12",
        "d04-fr#12",
    ]


# -- works ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["wo-loubianka", "works.xml#wo-loubianka"])
def test_a_work_of_a_register_is_cited_by_its_key(shipped: Links, name: str) -> None:
    found = one(shipped, name)
    assert (found.id, found.type, found.language) == ("wo-loubianka", "book", "ru")
    assert found.title.startswith("Лубянка")
    assert found.printed is not None
    assert (found.printed.publisher, found.printed.date) == ("МФД", "2003")


@pytest.mark.parametrize("name", ["works.xml", "tei/works.xml"])
def test_a_file_of_works_means_all_of_them(shipped: Links, name: str) -> None:
    keys = {key for key, item in shipped.entities.items() if item.entry.kind == "work"}
    assert {item.id for item in records(shipped, [name])} == keys
    assert {item.id for item in bibliography(shipped, [name])} == keys
    assert keys <= {item.id for item in bibliography(shipped)}


def test_a_file_without_works_is_told(shipped: Links) -> None:
    with pytest.raises(UnknownDocumentError, match="describes no work"):
        bibliography(shipped, ["places.xml"])
    with pytest.raises(UnknownDocumentError, match="has no file “nowhere"):
        bibliography(shipped, ["nowhere.xml"])


def test_works_are_cited_beside_documents() -> None:
    done = run("cite", "d04#12", "wo-loubianka", "--format", "csl-json", cwd=ROOT)
    assert done.code == 0, done.err
    assert [item["id"] for item in json.loads(done.out)] == ["d04-ru#12", "wo-loubianka"]


def test_styles_are_listed() -> None:
    listed = run("cite", "--list-styles", cwd=ROOT).out
    assert {"plain", "gost"} <= {line.split()[0] for line in listed.splitlines()}


@pytest.mark.parametrize(
    ("option", "message"),
    [
        (["--at", "12"], "“12” is not UNIT=VALUE"),
        (["--accessed", "yesterday"], "“yesterday” is no day"),
    ],
)
def test_wrong_options_are_errors_of_usage(option: list[str], message: str) -> None:
    done = run("cite", "d04", *option, cwd=ROOT)
    assert done.code == 2
    assert message in done.err


# -- before our era ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("attributes", "iso"),
    [
        ('when="-0056"', "-0055"),  # the Guidelines' own example of 56 BC
        ('when="-0001-03-15"', "0000-03-15"),  # “the value -0001 should be used” for 1 BC
        ('when-iso="-0055"', "-0055"),
        ('when="0056"', "0056"),
        ('when="-05"', "-05"),  # no year at all: kept as it is
    ],
)
def test_years_before_our_era_are_those_that_the_guidelines_mean(
    corpus: Corpus, attributes: str, iso: str
) -> None:
    header = f"<profileDesc><creation><date {attributes}>x</date></creation></profileDesc>"
    found = one(read(corpus(**{"a.xml": tei("<p>x</p>", key="a", header=header)})), "a").date
    assert found is not None
    assert found.when == iso


def test_every_style_tells_the_same_year(corpus: Corpus) -> None:
    header = '<profileDesc><creation><date when="-0056"/></creation></profileDesc>'
    folder = corpus(**{"a.xml": tei("<p>x</p>", key="a", header=header)})
    for style, year in (
        ("gost", "56 г. до н. э."),
        ("archival-fr", "56 av. J.-C."),
        ("chicago", "56 BC"),
        ("apa", "56av. J.-C."),
    ):
        assert year in run("cite", "a", "--style", style, cwd=folder).out, style
    (item,) = json.loads(run("cite", "a", "--format", "csl-json", cwd=folder).out)
    assert item["issued"]["date-parts"] == [[-56]]
    run("transform", "--to", "html", "-o", folder / "out", cwd=folder)
    assert "56 av. J.-C." in (folder / "out" / "a.html").read_text("utf-8")


def test_a_passage_of_works_is_wrong_usage() -> None:
    done = run("cite", "--bibliography", "works.xml", "--at", "paragraph=1", cwd=ROOT)
    assert done.code == 2
    assert "--bibliography cites works" in done.err


def test_a_name_without_letters_is_none(corpus: Corpus) -> None:
    text = tei("<p>x</p>", key="a").replace("</title>", "</title><author>, </author>")
    assert one(read(corpus(**{"a.xml": text})), "a").authors == ()

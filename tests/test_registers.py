"""Registers are sound: each mistake gives its finding, and what is right gives none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from teikit import checks, link, load, open_corpus
from teikit.diagnostics import Diagnostic, Severity
from teikit.links import Links
from tests.conftest import ROOT, tei

Make = Callable[..., Path]


def linked(folder: Path) -> Links:
    return link(open_corpus(load(folder)))


def found(folder: Path, *codes: str) -> list[Diagnostic]:
    """The findings of these rules, by default all on registers and dates."""
    return [
        item for item in checks.run(linked(folder)) if item.code.startswith(codes or ("TK3", "TK4"))
    ]


def told(folder: Path, *codes: str) -> list[str]:
    return [f"{item.code} {item.severity} {item.message}" for item in found(folder, *codes)]


def person(key: str, inner: str, **attributes: str) -> str:
    more = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f'<person xml:id="{key}"{more}>{inner}</person>'


def name(surname: str, forename: str, lang: str = "fr") -> str:
    return (
        f'<persName xml:lang="{lang}"><surname>{surname}</surname>, '
        f"<forename>{forename}</forename></persName>"
    )


def persons(*entries: str) -> str:
    return f"<standOff><listPerson>{''.join(entries)}</listPerson></standOff>"


def naming(*keys: str) -> str:
    """A paragraph that mentions each key, every time in other words."""
    return "".join(
        f'<p><persName ref="persons.xml#{key}">name {number}</persName></p>'
        for number, key in enumerate(keys)
    )


# -- the shipped corpus, whole and broken --------------------------------------------------------


def test_the_shipped_registers_are_sound() -> None:
    assert told(ROOT) == []


MISTAKES = {
    "an entry that nothing uses": (
        "persons.xml",
        '      <person xml:id="pe-balitski">',
        '      <person xml:id="pe-bahn"><persName xml:lang="fr">Neuf</persName>'
        '<persName xml:lang="ru">Новый</persName></person>\n      <person xml:id="pe-balitski">',
        "TK301 warning nothing points to pe-bahn (Neuf)",
    ),
    "the identifier of another place": (
        "places.xml",
        "1510853",
        "1512165",
        "TK302 error pl-barnaoul and pl-atchinsk have one identifier: GeoNames 1512165",
    ),
    "the name of another organisation": (
        "orgs.xml",
        '<orgName xml:lang="fr" type="main">Avtodor</orgName>',
        '<orgName xml:lang="fr" type="main">APRF</orgName>',
        "TK303 warning or-avtodor and or-aprf have one name: “APRF”",
    ),
    "a name that points to somebody else": (
        "d04-fr.xml",
        '<persName ref="persons.xml#pe-staline">Staline</persName>',
        '<persName ref="persons.xml#pe-yaroslavski">Staline</persName>',
        "TK304 info “Staline” is the person pe-staline here, and pe-yaroslavski elsewhere in this "
        "file",
    ),
    "a birth in the wrong century": (
        "persons.xml",
        '<birth when="1903" source="d08-ru.xml#d08-ru.2"/>',
        '<birth when="1993" source="d08-ru.xml#d08-ru.2"/>',
        "TK305 error Wolf, Galina Stépanovna (pe-arr02): 5 facts are before the birth (1993): "
        "affiliation 1923, event “arrest” 1929, event “exile” 1929, event “seizure” 1932-10-14, "
        "event “arrest” 1932-11-03",
    ),
    "a death before the birth": (
        "persons.xml",
        '<death when="1953-03-05"/>',
        '<death when="1853-03-05"/>',
        "TK305 error Staline, Joseph Vissarionovitch (pe-staline): the birth (1878-12-18) is after "
        "the death (1853-03-05)",
    ),
    "an affiliation that ends before it begins": (
        "persons.xml",
        'from="1922" to="1927"',
        'from="1922" to="1917"',
        "TK305 error Khotimski, Grigori Naoumovitch (pe-arr01): affiliation has @from=“1922”, "
        "which is after @to=“1917”",
    ),
    "a surname that is not marked": (
        "persons.xml",
        '<surname>Barras</surname>, <forename cert="medium">Paul</forename></persName>\n'
        '        <persName xml:lang="ru" type="main"><surname>Баррас</surname>, '
        '<forename cert="medium">Поль</forename>',
        'Paul Barras</persName>\n        <persName xml:lang="ru" type="main">Поль Баррас',
        "TK306 info “Paul Barras” (pe-barras) does not say by which word it is sorted",
    ),
    "an identifier that is none": (
        "persons.xml",
        '<idno type="wikidata">Q855</idno>',
        '<idno type="wikidata">855</idno>',
        "TK307 error Wikidata “855”: it does not look like one",
    ),
    "a name missing in one language": (
        "places.xml",
        '        <placeName xml:lang="ru" type="main">Барнаул</placeName>\n',
        "",
        "TK308 warning pl-barnaoul (Barnaoul) has no name in ru",
    ),
    "years swapped in the text": (
        "d02-ru.xml",
        'from="1928" to="1929"',
        'from="1929" to="1928"',
        "TK402 error @to=“1928” is before @from=“1929”",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_the_shipped_corpus_is_told_once_and_nothing_else(
    mistake: str, edition: Path
) -> None:
    file, old, new, finding = MISTAKES[mistake]
    path = edition / "tei" / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    assert told(edition) == [finding]


def test_a_finding_stands_at_the_line_and_column_of_its_mistake(edition: Path) -> None:
    path = edition / "tei" / "places.xml"
    text = path.read_text("utf-8").replace("1510853", "1512165")
    path.write_text(text, "utf-8")
    (finding,) = found(edition)
    lines = text.splitlines()
    row = lines.index('        <idno type="GeoNames">1512165</idno>')
    again = lines.index('        <idno type="GeoNames">1512165</idno>', row + 1)
    assert str(finding.location) == f"tei/places.xml:{again + 1}:9"
    assert str(finding.related[0].location) == f"tei/places.xml:{row + 1}:9"


def test_a_pointer_with_a_slip_does_not_make_its_entry_unused(edition: Path) -> None:
    path = edition / "tei" / "persons.xml"
    text = path.read_text("utf-8")
    path.write_text(text.replace('xml:id="pe-barras"', 'xml:id="pe-baras"'), "utf-8")
    assert told(edition) == []
    errors = {item.code for item in checks.run(linked(edition)) if item.severity is Severity.ERROR}
    assert errors == {"TK213"}


# -- what counts as use --------------------------------------------------------------------------

TWO = persons(person("pe-a", name("A", "B")), person("pe-b", name("C", "D")))


@pytest.mark.parametrize(
    "use",
    [
        '<p><persName ref="persons.xml#pe-b">D</persName></p>',
        '<p><persName key="pe-b">D</persName></p>',
        '<p><rs type="person" ref="#pe-b">D</rs></p>',
        '<p><ref target="persons.xml#pe-b">D</ref></p>',
        '<sp who="#pe-b"><p>D</p></sp>',
        '<p resp="persons.xml#pe-b">D</p>',
    ],
)
def test_any_pointer_is_a_use(use: str, corpus: Make) -> None:
    folder = corpus(**{"persons.xml": TWO, "a.xml": naming("pe-a") + use})
    assert told(folder, "TK301") == []


def test_a_header_and_another_entry_use_an_entry_and_it_does_not_use_itself(corpus: Make) -> None:
    header = (
        "<profileDesc><correspDesc><correspAction type='sent'>"
        "<persName ref='persons.xml#pe-a'>A</persName></correspAction></correspDesc></profileDesc>"
    )
    register = persons(
        person("pe-a", name("A", "B") + '<note><persName ref="#pe-b">C</persName></note>'),
        person("pe-b", name("C", "D")),
        person("pe-c", name("E", "F") + '<note><persName ref="#pe-c">E</persName></note>'),
    )
    folder = corpus(**{"persons.xml": register, "a.xml": tei("<p>x</p>", header=header)})
    assert told(folder, "TK301") == ["TK301 warning nothing points to pe-c (E, F)"]


def test_a_place_that_holds_a_used_one_is_used(corpus: Make) -> None:
    places = (
        '<standOff><listPlace><place xml:id="pl-a"><placeName>A</placeName>'
        '<place xml:id="pl-b"><placeName>B</placeName></place></place></listPlace></standOff>'
    )
    text = '<p><placeName ref="#pl-b">B</placeName></p>'
    assert told(corpus(**{"places.xml": places, "a.xml": text}), "TK301") == []


def test_registers_whose_texts_are_elsewhere_are_told_once(corpus: Make) -> None:
    many = persons(*(person(f"pe-{n}", name("A" * (n + 1), "B")) for n in range(9)))
    folder = corpus(**{"persons.xml": many, "a.xml": naming("pe-0")})
    assert told(folder, "TK301") == [
        "TK301 info nothing points to 8 of the 9 entries here, such as pe-1, pe-2, pe-3"
    ]


def test_what_a_document_lists_for_itself_is_told_as_a_remark_and_its_bibliography_not(
    corpus: Make,
) -> None:
    header = (
        f"<profileDesc><particDesc><listPerson>{person('pe-a', name('A', 'B'))}</listPerson>"
        "</particDesc></profileDesc>"
    )
    works = '<listBibl><bibl xml:id="wo-a"><title>T</title></bibl></listBibl>'
    folder = corpus(**{"a.xml": tei(f"<p>x</p><div>{works}</div>", header=header)})
    assert told(folder) == ["TK301 info nothing points to pe-a (A, B)"]


def test_nothing_is_called_unused_when_a_file_could_not_be_read(corpus: Make) -> None:
    folder = corpus(**{"persons.xml": TWO, "a.xml": naming("pe-a")})
    assert len(found(folder, "TK301")) == 1
    (folder / "tei" / "b.xml").write_text("<TEI", "utf-8")
    assert found(folder, "TK301") == []


# -- two entries for one entity ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "severity"),
    [
        ('<idno type="GND">118540238</idno>', '<idno type="gnd">118540238</idno>', "error"),
        (
            '<idno type="GND">118540238</idno>',
            '<idno type="URL">https://d-nb.info/gnd/118540238/</idno>',
            "error",
        ),
        (
            '<persName ref="https://viaf.org/viaf/24602065">A</persName>',
            '<idno type="VIAF">24602065</idno>',
            "error",
        ),
        (
            '<idno type="VIAF" cert="low">24602065</idno>',
            '<idno type="VIAF">24602065</idno>',
            "warning",
        ),
        (
            '<idno type="wikidata" subtype="closeMatch">Q5879</idno>',
            '<idno type="wikidata" subtype="closeMatch">Q5879</idno>',
            "warning",
        ),
        (
            '<idno type="URL">https://example.org/p/1</idno>',
            '<idno type="URL">https://example.org/p/1</idno>',
            "warning",
        ),
        ('<idno type="VIAF">24602065</idno>', '<idno type="VIAF">9847974</idno>', ""),
        ('<idno type="inventory">12</idno>', '<idno type="inventory">12</idno>', ""),
        (
            '<idno type="wikidata" subtype="broadMatch">Q5879</idno>',
            '<idno type="wikidata">Q5879</idno>',
            "",
        ),
    ],
)
def test_two_entries_with_one_identifier(one: str, other: str, severity: str, corpus: Make) -> None:
    register = persons(
        person("pe-a", name("Adler", "Max") + one), person("pe-b", name("Bauer", "Otto") + other)
    )
    folder = corpus(**{"persons.xml": register, "a.xml": naming("pe-a", "pe-b")})
    assert [item.severity for item in found(folder, "TK302")] == ([severity] if severity else [])
    assert found(folder, "TK303") == []


MULLER = name("Müller", "Hans")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (MULLER, MULLER, True),
        (MULLER, "<persName>Hans Muller</persName>", True),
        (MULLER, name("Müller", "Hanna"), False),
        (MULLER + '<birth when="1871"/>', MULLER + '<birth when="1902"/>', False),
        (MULLER + '<birth when="1871"/>', MULLER + '<birth when="1871-05-02"/>', True),
        (MULLER + '<birth when="1871"/>', MULLER, True),
        (
            MULLER + '<idno type="VIAF">1</idno>',
            MULLER + '<idno type="VIAF">2</idno>',
            False,
        ),
        ("<persName>Ivanov</persName>", "<persName>Ivanov</persName>", False),
        ("<persName>V. (camarade)</persName>", "<persName>V. (camarade)</persName>", False),
        (MULLER, '<persName type="variant">Hans Müller</persName>', False),
    ],
)
def test_two_entries_with_one_name(one: str, other: str, same: bool, corpus: Make) -> None:
    register = persons(person("pe-a", one), person("pe-b", other))
    folder = corpus(**{"persons.xml": register, "a.xml": naming("pe-a", "pe-b")})
    assert bool(found(folder, "TK303")) is same


def test_names_that_are_only_nearly_the_same_are_a_remark(corpus: Make) -> None:
    register = persons(
        person("pe-a", "<persName>Guissart Lambert</persName>"),
        person("pe-b", "<persName>Lambert Guissart</persName>"),
    )
    folder = corpus(**{"persons.xml": register, "a.xml": naming("pe-a", "pe-b")})
    assert told(folder) == [
        "TK303 info pe-b and pe-a have nearly one name: “Lambert Guissart” and “Guissart Lambert”"
    ]


def test_one_pair_of_entries_is_told_once(corpus: Make) -> None:
    twice = MULLER + name("Мюллер", "Ганс", "ru") + '<idno type="VIAF">24602065</idno>'
    register = persons(person("pe-a", twice), person("pe-b", twice))
    folder = corpus(**{"persons.xml": register, "a.xml": naming("pe-a", "pe-b")})
    assert [item.code for item in found(folder)] == ["TK302"]


def test_the_characters_of_two_plays_are_not_compared(corpus: Make) -> None:
    def play(*keys: str) -> str:
        people = "".join(person(key, MULLER + '<idno type="VIAF">1</idno>') for key in keys)
        header = f"<profileDesc><particDesc><listPerson>{people}</listPerson></particDesc>"
        speeches = "".join(f'<sp who="#{key}"><p>x</p></sp>' for key in keys)
        return tei(speeches, header=f"{header}</profileDesc>")

    assert told(corpus(**{"a.xml": play("m"), "b.xml": play("mueller")})) == []
    (finding,) = found(corpus(**{"a.xml": play("m"), "b.xml": play("one", "two")}))
    assert (finding.code, finding.location.path) == ("TK302", "tei/b.xml")


def test_two_articles_in_one_journal_are_two_works(corpus: Make) -> None:
    def article(key: str, title: str) -> str:
        return (
            f'<biblStruct xml:id="{key}"><analytic><title>{title}</title></analytic><monogr>'
            "<title>Die Zeit</title><imprint/></monogr><idno type='ISSN'>0044-2070</idno>"
            "</biblStruct>"
        )

    works = f"<standOff><listBibl>{article('a', 'One')}{article('b', 'Two')}</listBibl></standOff>"
    text = '<p><ref target="works.xml#a">1</ref> <ref target="works.xml#b">2</ref></p>'
    assert told(corpus(**{"works.xml": works, "a.xml": text})) == []


def test_two_places_in_one_country_are_two_places(corpus: Make) -> None:
    def place(key: str, called: str) -> str:
        return (
            f'<place xml:id="{key}"><placeName>{called}</placeName><country>Österreich</country>'
            "</place>"
        )

    places = f"<standOff><listPlace>{place('a', 'Wien')}{place('b', 'Graz')}</listPlace></standOff>"
    text = '<p><placeName ref="#a">Wien</placeName> <placeName ref="#b">Graz</placeName></p>'
    assert told(corpus(**{"places.xml": places, "a.xml": text})) == []


# -- forms ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ('<persName ref="#pe-a">Léon</persName> <persName ref="#pe-b">LEON</persName>', 1),
        ('<persName ref="#pe-a">Léon</persName> <persName ref="#pe-b">Max</persName>', 0),
        ('<rs type="person" ref="#pe-a">lui</rs> <rs type="person" ref="#pe-b">lui</rs>', 0),
        ('<persName ref="#pe-a #pe-b">Léon</persName> <persName ref="#pe-a">Léon</persName>', 0),
        ('<persName ref="#pe-a">Йод</persName> <persName ref="#pe-b">Иод</persName>', 0),
    ],
)
def test_one_form_for_two_persons(text: str, number: int, corpus: Make) -> None:
    folder = corpus(**{"persons.xml": TWO, "a.xml": f"<p>{text}</p>"})
    assert len(found(folder, "TK304")) == number


# -- dates ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "severity"),
    [
        ('<birth when="1901"/><death when="1900"/>', "error"),
        ('<birth when="1901-05"/><death when="1901"/>', ""),
        ('<birth when="-0044"/><death when="-0063"/>', "error"),
        ('<birth when="-0063"/><death when="-0044"/>', ""),
        ('<birth notBefore="1905"/><death notAfter="1900"/>', "error"),
        ('<birth notAfter="1905"/><death when="1900"/>', ""),
        ('<birth><date when="1901"/></birth><death><date when="1900"/></death>', "error"),
        ('<birth when-iso="1901"/><death when-iso="1900"/>', "error"),
        ("<birth><date>1901</date></birth><death><date>1900</date></death>", "error"),
        ("<birth><date>spring 1901</date></birth><death><date>1900</date></death>", ""),
        ('<birth when="1901"/><birth when="1890"/><death when="1900"/>', ""),
        ('<birth when="1901"/><event when="1829"><label>x</label></event>', "error"),
        ('<birth when="1901"/><listEvent><event when="1829"><p/></event></listEvent>', "error"),
        ('<birth when="1901"/><residence notAfter="1829">x</residence>', "error"),
        ('<birth when="1901"/><residence notBefore="1829">x</residence>', ""),
        ('<death when="1937"/><event when="1956"><label>x</label></event>', "warning"),
        ('<death when="1937"/><event type="burial" when="1938"><label>x</label></event>', ""),
        ('<death when="1937"/><residence from="1930" to="1956">x</residence>', "error"),
        ('<death when="1937-11"/><event when="1937"><label>x</label></event>', ""),
        ('<floruit from="1920" to="1910"/>', "error"),
        ('<event when="1920" notBefore="1921"><label>x</label></event>', "error"),
        ('<event when="1920-13-01" notBefore="1921"><label>x</label></event>', ""),
    ],
)
def test_the_dates_of_a_life(facts: str, severity: str, corpus: Make) -> None:
    register = persons(person("pe-a", name("A", "B") + facts))
    folder = corpus(**{"persons.xml": register, "a.xml": naming("pe-a")})
    assert [item.severity for item in found(folder, "TK305")] == ([severity] if severity else [])
    assert found(folder, "TK402") == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ('<p><date from="1932-10" to="1923-11">x</date></p>', 1),
        ('<p><date from="1932-10" to="1932">x</date></p>', 0),
        ('<p><date from-iso="1932-10" to-iso="1923-11">x</date></p>', 1),
        ('<p><date notBefore="1932" notAfter="1931">x</date></p>', 1),
        ('<p><date when="1932" notAfter="1931">x</date></p>', 1),
        ('<p><date from="-0100" to="-0200">x</date></p>', 1),
        ('<p><date from="-0200" to="-0100">x</date></p>', 0),
        ('<p><bibl><biblScope unit="page" from="1932" to="1931">x</biblScope></bibl></p>', 0),
        ('<p><date from="1932">x</date> <date to="1931">y</date></p>', 0),
    ],
)
def test_a_range_runs_forward(text: str, number: int, corpus: Make) -> None:
    assert len(found(corpus(**{"a.xml": text}), "TK402")) == number


def test_absurd_values_are_no_dates_and_no_reason_to_stop(corpus: Make) -> None:
    year = "1" * 5000
    inner = (
        f'<persName><forename sort="²">A</forename> {"(" * 20000}</persName><birth when="{year}"/>'
    )
    text = f'<p><date from="{year}-01" to="1932" when="0000-02-29">x</date></p>'
    folder = corpus(**{"persons.xml": persons(person("pe-a", inner)), "a.xml": text})
    assert {item.code for item in found(folder)} <= {"TK301"}


def test_a_range_in_a_header_runs_forward_too(corpus: Make) -> None:
    header = '<profileDesc><creation><date from="1932" to="1931">x</date></creation></profileDesc>'
    (finding,) = found(corpus(**{"a.xml": tei("<p>x</p>", header=header)}))
    assert finding.code == "TK402"
    assert finding.location.column == finding.related[0].location.column + len('from="1932" ')


# -- names and identifiers -----------------------------------------------------------------------

FELLOWS = tuple(
    person(f"pe-{n}", name(surname, "X"))
    for n, surname in enumerate("Adler Bauer Kautsky Luxemburg Zetkin".split())
)


@pytest.mark.parametrize(
    ("called", "number"),
    [
        ("<persName>Jan Łaski</persName>", 1),
        ("<persName>Łaski, Jan</persName>", 0),
        ("<persName><forename>Jan</forename> <surname>Łaski</surname></persName>", 0),
        ("<persName>Jan Łaski</persName><persName type='sort'>Łaski Jan</persName>", 0),
        ("<persName>Louis XIV</persName>", 0),
        ("<persName>Selim</persName>", 0),
        ("<persName>S. (camarade)</persName>", 0),
        ("<persName><forename>Catherine</forename> <addName>la Grande</addName></persName>", 0),
    ],
)
def test_a_name_says_how_it_is_sorted_where_its_fellows_do(
    called: str, number: int, corpus: Make
) -> None:
    register = persons(*FELLOWS, person("pe-x", called))
    text = naming("pe-x", *(f"pe-{n}" for n in range(5)))
    assert len(found(corpus(**{"persons.xml": register, "a.xml": text}), "TK306")) == number
    alone = persons(*(person(f"pe-{n}", called) for n in range(6)))
    assert found(corpus(**{"persons.xml": alone}), "TK306") == []


def test_a_wrong_identifier_is_told_wherever_it_is_given(corpus: Make) -> None:
    register = persons(
        person("pe-a", name("A", "B") + '<idno type="GND">118540328</idno>'),
        person("pe-b", '<persName ref="https://d-nb.info/gnd/118540328">C</persName>'),
    )
    text = (
        '<p><persName ref="https://d-nb.info/gnd/118540328">G</persName>'
        '<persName ref="https://d-nb.info/gnd/118540328">G</persName>'
        '<bibl><idno type="ISBN">978-3-16-148410-1</idno></bibl>'
        '<ref target="https://d-nb.info/gnd/118540328">page</ref></p>'
    )
    files = {"persons.xml": register, "a.xml": text + naming("pe-a", "pe-b")}
    assert [
        f"{item.location.path} {item.message.partition('”')[0]}"
        for item in sorted(found(corpus(**files), "TK307"), key=lambda item: item.sort_key)
    ] == [
        "tei/a.xml GND “https://d-nb.info/gnd/118540328",
        "tei/a.xml ISBN “978-3-16-148410-1",
        "tei/persons.xml GND “118540328",
        "tei/persons.xml GND “https://d-nb.info/gnd/118540328",
    ]


def test_a_language_is_missed_only_where_it_is_the_habit(corpus: Make) -> None:
    def entry(number: int, *langs: str) -> str:
        return person(
            f"pe-{number}",
            "".join(f'<persName xml:lang="{lang}">{lang} {number}</persName>' for lang in langs),
        )

    texts = {f"{lang}.xml": tei("<p>x</p>", lang=lang) for lang in ("fr", "ru")}
    register = persons(*(entry(n, "fr", "ru", "en") for n in range(5)), entry(5, "ru", "en"))
    assert told(corpus(**{"persons.xml": register}, **texts), "TK308") == [
        "TK308 warning pe-5 (ru 5) has no name in fr"
    ]
    register = persons(*(entry(n, "fr") for n in range(5)), entry(5, "fr", "ru"))
    assert told(corpus(**{"persons.xml": register}, **texts), "TK308") == []


# -- reading -------------------------------------------------------------------------------------


def test_entries_are_read_wherever_people_keep_them(corpus: Make) -> None:
    places = '<place xml:id="{}"><placeName>A</placeName></place>'
    header = f"<profileDesc><settingDesc>{places.format('pl-header')}</settingDesc></profileDesc>"
    back = f"<div><listPlace>{places.format('pl-back')}</listPlace></div>"
    text = f"<text><body><p>x</p></body><back>{back}</back></text>"
    folder = corpus(
        **{
            "a.xml": tei(text, header=header),
            "b.xml": f"<div><listPlace>{places.format('pl-index')}</listPlace></div>",
            "c.xml": f"<standOff><listPlace>{places.format('pl-standoff')}</listPlace></standOff>",
        }
    )
    roles = {facts.path: facts.role for facts in linked(folder).facts}
    ids = [entry.id for facts in linked(folder).facts for entry in facts.entries]
    assert ids == ["pl-header", "pl-back", "pl-index", "pl-standoff"]
    assert roles == {"tei/a.xml": "document", "tei/b.xml": "register", "tei/c.xml": "register"}


@pytest.mark.parametrize(
    ("inner", "sort"),
    [
        ("<forename>Johann</forename> <nameLink>von</nameLink> <surname>Goethe</surname>",
         "Goethe, Johann von"),
        ("<surname><nameLink>La</nameLink> Fontaine</surname>, <forename>Jean</forename>",
         "La Fontaine, Jean"),
        ("<surname>Wolf</surname>, <forename>Galina</forename> <addName>Stépanovna</addName>",
         "Wolf, Galina Stépanovna"),
        ('<name sort="2">Mao</name> <name sort="1">Zedong</name>', "Zedong Mao"),
        ("Goethe, Johann Wolfgang", "Goethe, Johann Wolfgang"),
        ("Johann Wolfgang Goethe", ""),
    ],
)  # fmt: skip
def test_the_form_to_sort_by(inner: str, sort: str, corpus: Make) -> None:
    register = persons(person("pe-a", f"<persName>{inner}</persName>"))
    (facts,) = linked(corpus(**{"persons.xml": register})).facts
    assert [entry.names[0].sort for entry in facts.entries] == [sort]


def test_the_main_name_comes_first_and_an_empty_one_is_none(corpus: Make) -> None:
    inner = '<persName/><persName type="variant">V</persName><persName type="display">D</persName>'
    (facts,) = linked(corpus(**{"persons.xml": persons(person("pe-a", inner))})).facts
    assert [name.text for name in facts.entries[0].names] == ["D", "V"]
    assert facts.entries[0].name() == "D"


def test_a_name_for_sorting_is_that_of_the_main_name_in_its_language(corpus: Make) -> None:
    inner = (
        '<persName xml:lang="pl">Jan Łaski</persName><persName xml:lang="la">A Lasco</persName>'
        '<persName xml:lang="pl" type="sort">Łaski Jan</persName>'
    )
    (facts,) = linked(corpus(**{"persons.xml": persons(person("pe-a", inner))})).facts
    assert [item.sort for item in facts.entries[0].names] == ["Łaski Jan", "", ""]


def test_the_sort_key_of_an_entry_is_that_of_its_main_name(corpus: Make) -> None:
    inner = '<persName>Jan Łaski</persName><persName type="variant">John a Lasco</persName>'
    register = persons(person("pe-a", inner, sortKey="Łaski, Jan"))
    (facts,) = linked(corpus(**{"persons.xml": register})).facts
    (entry,) = facts.entries
    assert [item.sort for item in entry.names] == ["Łaski, Jan", ""]
    assert (entry.name(), entry.sort_form()) == ("Jan Łaski", "Łaski, Jan")


@pytest.mark.parametrize(
    ("text", "degrees"),
    [
        ("51.72689 36.18457", (51.72689, 36.18457)),
        ("48,208333 16,373056", (48.208333, 16.373056)),
        ("51.7, 36.2", (51.7, 36.2)),
        ("51.7,36.2", (51.7, 36.2)),
        ("-33.9 18.4", (-33.9, 18.4)),
        ("136.2 51.7", None),
        ("51° N", None),
        ("", None),
    ],
)
def test_coordinates_are_latitude_and_longitude(
    text: str, degrees: tuple[float, float] | None, corpus: Make
) -> None:
    place = f'<place xml:id="a"><placeName>A</placeName><location><geo>{text}</geo></location>'
    register = f"<standOff><listPlace>{place}</place></listPlace></standOff>"
    (facts,) = linked(corpus(**{"places.xml": register})).facts
    assert facts.entries[0].points[0].degrees == degrees


def test_relations_keep_their_roles(corpus: Make) -> None:
    relation = '<relation name="parent" active="#pe-a" passive="#pe-b #pe-c" cert="low"/>'
    register = (
        f"<standOff><listPerson>{person('pe-a', name('A', 'B'))}"
        f"<listRelation>{relation}</listRelation></listPerson></standOff>"
    )
    (facts,) = linked(corpus(**{"persons.xml": register})).facts
    (found_relation,) = facts.relations
    assert (found_relation.name, found_relation.active, found_relation.passive) == (
        "parent",
        ("#pe-a",),
        ("#pe-b", "#pe-c"),
    )


def test_a_statement_that_quotes_another_language_is_in_its_own(
    corpus: Callable[..., Path],
) -> None:
    register = (
        '<standOff><listPerson><person xml:id="p"><persName>P</persName>'
        '<note>Le mot <foreign xml:lang="ru">слово</foreign> est russe.</note>'
        '<event><label xml:lang="en">Left</label></event></person></listPerson></standOff>'
    )
    folder = corpus(**{"persons.xml": tei(register, key="persons", lang="fr")})
    links = link(open_corpus(load(folder)))
    (entity,) = links.entities.values()
    assert [(item.kind, item.lang) for item in entity.entry.statements] == [
        ("event", "en"),
        ("note", "fr"),
    ]

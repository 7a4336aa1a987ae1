"""A translation names, dates and counts what its original does, or a note says why not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from teikit import link, load, open_corpus, validate
from teikit.numbers import named_numbers, read_numbers
from tests.conftest import ROOT, tei
from tests.versions import Corpus, at, findings, p, pair, planted, several, told, version

REF = "reg.xml#"


def person(key: str, words: str) -> str:
    return f'<persName ref="{REF}pe-{key}">{words}</persName>'


def place(key: str, words: str) -> str:
    return f'<placeName ref="{REF}pl-{key}">{words}</placeName>'


def org(words: str) -> str:
    return f'<orgName ref="{REF}or-o">{words}</orgName>'


def note(words: str, kind: str = "translation", more: str = "") -> str:
    return f'<note type="{kind}"{more}>{words}</note>'


def messages(corpus: Corpus, russian: str, french: str, config: str | None = None) -> list[str]:
    """Severity, code and message of what is found in two texts of one paragraph each."""
    return [
        f"{item.severity} {item.code} {item.message}"
        for item in findings(pair(corpus, russian, french, config))
    ]


# -- names ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("russian", "french"),
    [
        (person("a", "Иван"), person("a", "Jean")),
        (person("a", "Иван"), f'<rs ref="{REF}pe-a">le prisonnier</rs>'),
        (person("a", "Иван"), f"{person('a', 'Jean')} et encore {person('a', 'Jean')}"),
        (person("a", "Иван"), f'<persName ref="{REF}pe-a" cert="low">Jean</persName>'),
        ("никто", "personne"),
    ],
)
def test_the_same_entities_in_other_words_are_the_same(
    russian: str, french: str, corpus: Corpus
) -> None:
    assert messages(corpus, russian, french) == []


def test_a_name_on_one_side_is_told_where_it_stands(corpus: Corpus) -> None:
    folder = pair(corpus, f"из {place('x', 'Улалы')}", "de l'Oural")
    (finding,) = findings(folder)
    assert (finding.code, finding.severity) == ("TK506", "warning")
    assert finding.message == "“Улалы” (pl-x) is named only in a-ru.1"
    assert at(folder, finding).startswith("tei/a-ru.xml " + place("x", "Улалы"))
    (related,) = finding.related
    assert (str(related.location), related.message) == (
        "tei/a-fr.xml:4:1",
        "its counterpart a-fr.1 stands here",
    )
    assert finding.hints


def test_all_names_that_differ_in_a_pair_are_one_finding(corpus: Corpus) -> None:
    found = messages(
        corpus,
        f"{person('a', 'Иван')} из {place('x', 'Улалы')}",
        f"{person('b', 'Pierre')} de {place('y', 'Oural')}",
    )
    assert found == [
        "warning TK506 “Иван” (pe-a), “Улалы” (pl-x) are named only in a-ru.1, "
        "“Pierre” (pe-b), “Oural” (pl-y) only in a-fr.1"
    ]


def test_names_in_faults_and_notes_are_not_the_words_of_the_text(corpus: Corpus) -> None:
    wrong = f"<choice><sic>{person('b', 'Пётр')}</sic><corr>{person('a', 'Иван')}</corr></choice>"
    gloss = f'<note place="inline">[{place("x", "Oulala")}]</note>'
    french = f"{person('a', 'Jean')} {gloss}{note(place('y', 'Oural'))}"
    assert messages(corpus, wrong, french) == []


def test_outside_addresses_are_compared_as_they_stand(corpus: Corpus) -> None:
    one, two = (f'<persName ref="https://viaf.org/viaf/{number}">N</persName>' for number in (1, 2))
    assert messages(corpus, one, one) == []
    assert [item[:13] for item in messages(corpus, one, two)] == ["warning TK506"]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ('<persName ref="reg.xml#pe-none">Jean</persName>', "TK201"),
        ('<persName ref="reg.xml#pl-x">Jean</persName>', "TK205"),
    ],
)
def test_a_wrong_pointer_is_told_as_that_alone(wrong: str, code: str, corpus: Corpus) -> None:
    folder = pair(corpus, person("a", "Иван"), wrong)
    assert [item.code for item in findings(folder)] == [code]


def test_a_wrong_pointer_hides_no_name_of_another_kind(corpus: Corpus) -> None:
    french = '<persName ref="reg.xml#pe-none">Jean</persName>'
    folder = pair(corpus, f"{person('a', 'Иван')} {place('x', 'Улала')}", french)
    assert [item.code for item in findings(folder)] == ["TK201", "TK506"]


def test_a_name_inside_a_name_that_both_have_is_a_remark(corpus: Corpus) -> None:
    french = org(f"organisation de {place('x', 'Kharkov')}")
    assert messages(corpus, org("харьковская организация"), french) == [
        "info TK506 “Kharkov” (pl-x) is named only in a-fr.1; “Kharkov” is part of "
        "“organisation de Kharkov”, which both name"
    ]
    outside = f"{org('organisation')} de {place('x', 'Kharkov')}"
    assert messages(corpus, org("организация"), outside)[0].startswith("warning TK506")


def test_a_name_that_moved_into_the_next_paragraph_is_a_remark(corpus: Corpus) -> None:
    folder = pair(corpus, "", "")
    for lang, one, two in (("ru", place("x", "Улала"), "a"), ("fr", "a", place("x", "Oulala"))):
        text = several(lang, p(lang, 1, one), p(lang, 2, two))
        (folder / "tei" / f"a-{lang}.xml").write_text(text, "utf-8")
    assert [(item.code, item.severity) for item in findings(folder)] == [("TK506", "info")] * 2


def test_several_units_that_are_one_translation_are_compared_together(corpus: Corpus) -> None:
    folder = pair(corpus, "", "")
    russian = several(
        "ru", p("ru", 1, person("a", "Иван"), to="fr.1"), p("ru", 2, place("x", "У"), to="fr.1")
    )
    french = several("fr", p("fr", 1, f"{person('a', 'J')} {place('y', 'O')}", to="ru.1 ru.2"))
    (folder / "tei" / "a-ru.xml").write_text(russian, "utf-8")
    (folder / "tei" / "a-fr.xml").write_text(french, "utf-8")
    (finding,) = findings(folder)
    assert finding.message == (
        "“У” (pl-x) is named only in a-ru.1 and a-ru.2, “O” (pl-y) only in a-fr.1"
    )


# -- seen and right ------------------------------------------------------------------------------


@pytest.mark.parametrize("side", ["ru", "fr"])
@pytest.mark.parametrize(
    "explanation",
    [
        note(f"L’original a {place('x', 'Oulala')}."),
        note("« Улалы » : autre lieu."),
        note("Autre lieu.", more=f' corresp="{REF}pl-x"'),
        note(f"L’original a {place('x', 'Oulala')}.", kind="text"),
    ],
)
def test_a_note_that_names_or_quotes_what_differs_makes_it_a_remark(
    explanation: str, side: str, corpus: Corpus
) -> None:
    texts = {"ru": f"из {place('x', 'Улалы')}", "fr": "de là"}
    texts[side] += explanation
    (finding,) = messages(corpus, texts["ru"], texts["fr"])
    assert finding.startswith("info TK506 “Улалы” (pl-x) is named only in a-ru.1; a note says: ")


def test_a_remark_quotes_the_note_and_tells_its_place(corpus: Corpus) -> None:
    told_by = note(f"L’original a {place('x', 'Oulala')}, en Oïrotie. " + "Et ainsi de suite. " * 9)
    folder = pair(corpus, f"из {place('x', 'Улалы')}", f"de là{told_by}")
    (finding,) = findings(folder)
    assert finding.message.endswith(
        "; a note says: L’original a Oulala, en Oïrotie. Et ainsi de suite. Et ainsi de suite. "
        "Et ainsi…"
    )
    assert finding.related[-1].message == "the note stands here"
    assert at(folder, finding.related[-1]).startswith("tei/a-fr.xml <note")


@pytest.mark.parametrize(
    "other", [note("La phrase est retournée."), note(f"Voir {place('y', 'Oural')}.")]
)
def test_a_note_on_something_else_explains_nothing(other: str, corpus: Corpus) -> None:
    (finding,) = messages(corpus, f"из {place('x', 'Улалы')}", f"de là{other}")
    assert finding.startswith("warning TK506")


def test_what_a_note_does_not_explain_stays_a_warning(corpus: Corpus) -> None:
    french = f"{place('y', 'Oural')}{note('« Oural » : une erreur.')}"
    found = messages(corpus, place("x", "Улала"), french)
    assert [item.partition(" (")[0] for item in found] == [
        "info TK506 “Oural”",
        "warning TK506 “Улала”",
    ]


def test_the_configuration_says_which_notes_explain(corpus: Corpus) -> None:
    french = "de là" + note(f"L’original a {place('x', 'Oulala')}.", kind="text")
    config = '[translation]\nnotes = ["translation"]\n'
    (finding,) = messages(corpus, place("x", "Улала"), french, config)
    assert finding.startswith("warning TK506")


# -- dates ---------------------------------------------------------------------------------------


def date(words: str, **attributes: str) -> str:
    shown = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f"<date{shown}>{words}</date>"


YEAR_30 = date("1930 г.", when="1930")


@pytest.mark.parametrize(
    ("one", "two", "severity"),
    [
        (YEAR_30, date("1930", when="1930"), None),
        (YEAR_30, date("1931", when="1931"), "warning"),
        (YEAR_30, date("avril 1930", when="1930-04"), "info"),
        (YEAR_30, date("1930", when="1930", cert="low"), None),
        (YEAR_30, "rien", "warning"),
        (date("14/Х", when="1932-10-14"), date("15 octobre", when="1932-10-15"), "warning"),
        (date("x", **{"from": "1920", "to": "1927"}), date("x", when="1923"), "info"),
        (date("x", **{"from": "1920", "to": "1927"}), date("x", when="1928"), "warning"),
        (date("x", **{"from": "1920"}), date("x", **{"from": "1920", "to": "1927"}), "info"),
        (date("x", **{"from": "1920"}), date("x", when="1927"), "warning"),
        (date("x", notBefore="1930-03", notAfter="1930-05"), date("x", when="1930-05-31"), "info"),
        (date("x", notBefore="1930-03", notAfter="1930-05"), date("x", when="1930-06"), "warning"),
        ("<date>давно</date>", "jadis", None),
    ],
)
def test_dates_are_compared_by_value(
    one: str, two: str, severity: str | None, corpus: Corpus
) -> None:
    found = [item for item in messages(corpus, one, two) if "TK507" in item]
    assert [item.partition(" ")[0] for item in found] == ([severity] if severity else [])


def test_a_date_that_is_not_marked_is_one_finding(corpus: Corpus) -> None:
    assert messages(corpus, YEAR_30, "en 1930") == [
        "warning TK507 “1930 г.” (1930) stands only in a-ru.1"
    ]


@pytest.mark.parametrize(
    "explanation",
    [note("L’original a 1930 : une erreur ?"), note(f"Lire {date('trente', when='1930')}.")],
)
def test_a_note_on_a_date_makes_it_a_remark(explanation: str, corpus: Corpus) -> None:
    found = messages(corpus, date("1930", when="1930"), f"cette année{explanation}")
    assert [item[:10] for item in found] == ["info TK507"]


# -- numbers -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "lang", "values"),
    [
        ("1 250 000 et 3.000", "fr", ["1250000", "3000"]),
        ("1\u00a0250 и 1\u202f250", "ru", ["1250", "1250"]),
        ("1,250.5 and 2,000", "en", ["1250.5", "2000"]),
        ("2,5 % и 2,50", "ru", ["2.5", "2.5"]),
        ("1'250", "de", ["1250"]),
        ("1,25 млн. и 20 тыс. пудов", "ru", ["1250000", "20000"]),
        ("1,5 million, 3 milliards", "fr", ["1500000", "3000000000"]),
        ("700-800 за 5 лет", "ru", ["700", "800", "5"]),
        ("XV съезд, XVe congrès, Ve, ХХ век", "fr", ["15", "15", "5", "20"]),
        ("15-й, 2ème, 1er, 3rd", "fr", ["15", "2", "1", "3"]),
        ("№ 50693 = №50693", "ru", ["50693", "50693"]),
        ("CC, MM. Dupont, le civil, Le, C. I. Ivanov", "fr", []),
        ("д05, a1", "ru", []),
        ("14.10.1932", "ru", ["14", "10", "1932"]),
        ("007 et 0,50", "fr", ["7", "0.5"]),
    ],
)
def test_numbers_are_read_as_the_language_writes_them(
    text: str, lang: str, values: list[str]
) -> None:
    assert [value for *_, value in read_numbers(" ".join(text.split()), lang)] == values


@pytest.mark.parametrize(
    ("text", "lang", "there", "absent"),
    [
        ("пять домов, двух людей, третьего", "ru", "5 2 3", "1 4 15"),
        ("deux maisons et la seizième", "fr", "2 16", "6 10"),
        ("Three men and the twelfth", "en", "3 12", "2"),
        ("zwei Häuser, das dritte", "de", "2 3", "1"),
        ("сто тысяч, two", "ru", "100 100000", "2"),
        ("deux", "xx", "", "2"),
    ],
)
def test_small_numbers_are_known_in_words(text: str, lang: str, there: str, absent: str) -> None:
    found = named_numbers(text, lang)
    assert set(there.split()) <= found
    assert found.isdisjoint(absent.split())


@pytest.mark.parametrize(
    ("russian", "french"),
    [
        ("до 600%", "jusqu'à 600 %"),
        ("1 000 рублей", "1000 roubles"),
        ("на 3 года", "pour trois ans"),
        ("двадцать лет", "20 ans"),
        ("3. Раз", "4. Un"),
        ("<label>3.</label> Раз", "<label>4.</label> Un"),
        ("<choice><sic>60</sic><corr>600</corr></choice>", "600"),
        ("1400 <choice><abbr>мл</abbr><expan>миллионов</expan></choice>", "1400 millions"),
        (f"{date('1930', when='1930')} год", f"{date('1930', when='1930')}"),
        ('<num value="7">семеро</num>', "7"),
        (f"15 {org('цех 8')}", f"15 {org('atelier 9')}"),
        ("№ 5", org("usine n° 5")),
    ],
)
def test_the_same_numbers_in_another_form_are_the_same(
    russian: str, french: str, corpus: Corpus
) -> None:
    assert [item for item in messages(corpus, russian, french) if "TK508" in item] == []


@pytest.mark.parametrize(
    ("russian", "french"),
    [
        ("600", "60"),
        ("20 тыс.", "20"),
        ("1,5", "15"),
        ("XV съезд", "XVIe congrès"),
        ("на 3 года", "pour deux ans"),
    ],
)
def test_another_number_is_told(russian: str, french: str, corpus: Corpus) -> None:
    assert [item[:13] for item in messages(corpus, russian, french)] == ["warning TK508"]


@pytest.mark.parametrize(
    "text",
    [
        "потом 600",
        "<hi>a</hi>\n  потом\n 600",
        f"6{note('n')} потом 600",
        f"6{note('600')} 60 и <hi>b</hi>\t600",
        "<hi>потом 600</hi>",
        "1600 и 600",
    ],
)
def test_a_number_is_told_at_its_place(text: str, corpus: Corpus) -> None:
    folder = pair(corpus, text, re.sub(r"600(?!.*600)", "6", text))
    (finding,) = findings(folder)
    assert at(folder, finding).startswith("tei/a-ru.xml 600")


def test_a_number_beside_a_comment_is_told_at_its_element(corpus: Corpus) -> None:
    folder = pair(corpus, "6 <!-- c --> потом 600", "6")
    (finding,) = findings(folder)
    assert at(folder, finding).startswith("tei/a-ru.xml <p ")


def test_a_note_that_quotes_a_number_makes_it_a_remark(corpus: Corpus) -> None:
    found = messages(corpus, "до 600", "jusqu'à 60" + note("« 60 » : l’original a « 600 »."))
    assert [item[:10] for item in found] == ["info TK508"]
    beside = messages(corpus, "до 600", "jusqu'à 60" + note("« jusqu’à » : voir le document 600."))
    assert [item[:13] for item in beside] == ["warning TK508"]


# -- headers -------------------------------------------------------------------------------------


def mark(
    fond: str, delo: str = "158", holder: str = f'<orgName ref="{REF}or-o">O</orgName>'
) -> str:
    return (
        f'<p><bibl>{holder} {fond} <idno type="opis">171</idno> '
        f'<idno type="delo">{delo}</idno></bibl></p>'
    )


def fond(number: int) -> str:
    return f'<idno type="fond">{number}</idno>'


def shelfmarks(corpus: Corpus, *marks: str) -> list[str]:
    folder = pair(corpus, "x", "x")
    (folder / "tei" / "b.xml").write_text(tei("\n".join(marks)), "utf-8")
    return [item for item in told(findings(folder)) if item.startswith("TK60")]


def test_a_file_of_an_archive_with_two_fonds_is_told(corpus: Corpus) -> None:
    assert shelfmarks(corpus, mark(fond(17)), mark(fond(7)), mark(fond(17))) == [
        "TK604 warning tei/b.xml:4:50 O, opis 171, delo 158 has fond 7 here, and 17 elsewhere"
    ]


def test_a_fond_that_the_editors_mended_is_a_remark(corpus: Corpus) -> None:
    mended = f"<choice><sic>{fond(7)}</sic><corr>{fond(17)}</corr></choice>"
    assert shelfmarks(corpus, mark(mended)) == [
        "TK604 info tei/b.xml:3:75 O, opis 171, delo 158 has fond 7 here, mended; elsewhere 17"
    ]


def test_fonds_of_other_files_and_archives_are_their_own(corpus: Corpus) -> None:
    other = "<orgName>P</orgName>"
    assert (
        shelfmarks(corpus, mark(fond(17)), mark(fond(7), "159"), mark(fond(3), "158", other)) == []
    )


def test_header_and_text_quote_one_shelfmark(corpus: Corpus) -> None:
    identifier = (
        "<sourceDesc><msDesc><msIdentifier><repository>O</repository><idno>"
        f'{fond(17)}<idno type="opis">171</idno><idno type="delo">158</idno></idno>'
        "</msIdentifier></msDesc></sourceDesc>"
    )
    text = version("ru", mark(fond(7), holder="<orgName>O</orgName>"))
    folder = corpus(**{"a.xml": text.replace("<sourceDesc><p>S</p></sourceDesc>", identifier)})
    assert [item.code for item in findings(folder)] == ["TK604"]


def test_an_absent_enclosure_is_told_once_for_all_versions(corpus: Corpus) -> None:
    enclosure = '<relatedItem type="enclosure" subtype="absent" target="reg.xml#or-o"/></notesStmt>'
    folder = pair(corpus, "x", "x")
    for lang in ("ru", "fr"):
        path = folder / "tei" / f"a-{lang}.xml"
        text = path.read_text("utf-8")
        notes = "</notesStmt>" if lang == "fr" else "<sourceDesc>"
        new = enclosure if lang == "fr" else f"<notesStmt>{enclosure}<sourceDesc>"
        path.write_text(text.replace(notes, new, 1), "utf-8")
    (finding,) = findings(folder)
    assert (finding.code, finding.severity, finding.location.path, finding.message) == (
        "TK605",
        "info",
        "tei/a-ru.xml",
        "the enclosure “O” (or-o) of a-ru is announced, but absent",
    )
    assert [item.location.path for item in finding.related] == ["tei/a-fr.xml"]


# -- the edition ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def remarks() -> list[str]:
    return [item for item in told(validate(ROOT)) if item[6:10] == "info"]


@pytest.mark.parametrize(
    "beginning",
    [
        "TK506 info tei/d08-ru.xml:181:1454 “Улалы” (pl-oulala) is named only in d08-ru.item23, "
        "“Kiev” (pl-kiev), “Oural” (pl-oural) only in d08-fr.item23; a note says: « de l’Oural » "
        "est une erreur : l’original a « из Улалы »",
        "TK604 info tei/d08-fr.xml:182:179 Archives d'État russes d'histoire socio-politique, "
        "opis 171, delo 158 has fond 7 here, mended; elsewhere 17",
        "TK605 info tei/d03-ru.xml:27:56 the enclosure “Новый этап",
        "TK605 info tei/d05-ru.xml:30:56 the enclosure “Ответ Раковского",
    ],
)
def test_the_contradictions_of_the_source_are_told_as_remarks(
    beginning: str, remarks: list[str]
) -> None:
    assert any(item.startswith(beginning) for item in remarks), "\n".join(remarks)


@pytest.mark.parametrize(
    ("name", "old", "new", "finding"),
    [
        (
            "d08-fr.xml",
            '<placeName ref="places.xml#pl-koursk">Koursk</placeName>, il a donné son accord',
            "Koursk, il a donné son accord",
            None,
        ),
        (
            "d01-fr.xml",
            'à <persName ref="persons.xml#pe-staline">J',
            'à <persName ref="persons.xml#pe-lenine">J',
            "TK506 warning tei/d01-ru.xml:",
        ),
        (
            "d08-fr.xml",
            'Wolfson Lipa Aronovitch</persName>, né en <date when="1901">',
            'Wolfson Lipa Aronovitch</persName>, né en <date when="1910">',
            "TK507 warning tei/d08-ru.xml:181:144 “1901 г.” (1901) stands only in d08-ru.item23, "
            "“1901” (1910) only in d08-fr.item23",
        ),
        (
            "d07-fr.xml",
            "(contre 1400 millions",
            "(contre 1500 millions",
            "TK508 warning tei/d07-ru.xml:122:",
        ),
        (
            "d07-fr.xml",
            "il vaut, je le répète, 4 kopecks",
            "il vaut, je le répète, 5 kopecks",
            "TK508 warning tei/d07-ru.xml:122:",
        ),
        (
            "d08-fr.xml",
            '<note xml:id="d08-fr.note63" type="translation" subtype="serious" '
            'resp="edition.xml#ed-teikit">« de l’Oural » est une erreur : l’original a « '
            '<foreign xml:lang="ru">из Улалы</foreign> », d’<placeName '
            'ref="places.xml#pl-oulala">Oulala</placeName>, en <placeName '
            'ref="places.xml#pl-oirotie">Oïrotie</placeName> ; <persName '
            'ref="persons.xml#pe-arr06">Tchervonobrodov</persName> était exilé en <placeName '
            'ref="places.xml#pl-siberie">Sibérie</placeName> (notice 6).</note>',
            "",
            "TK506 warning tei/d08-ru.xml:181:1454 “Улалы” (pl-oulala) is named only in "
            "d08-ru.item23, “Oural” (pl-oural) only in d08-fr.item23",
        ),
        (
            "d05-ru.xml",
            '<idno type="fond" cert="high">17</idno>',
            '<idno type="fond" cert="high">7</idno>',
            "TK604 warning tei/d05-ru.xml:39:15 РГАСПИ, opis 171, delo 158 has fond 7 here, "
            "and 17 elsewhere",
        ),
    ],
)
def test_one_fault_planted_in_the_edition_is_one_finding(
    name: str, old: str, new: str, finding: str | None, edition: Path
) -> None:
    found = [item for item in planted(edition, name, old, new) if item[6:10] != "info"]
    if finding is None:
        assert found == []  # the place is named again in the same paragraph
    else:
        assert [item[: len(finding)] for item in found] == [finding]


def test_names_and_figures_are_plain_values_with_their_unit() -> None:
    for facts in link(open_corpus(load(ROOT))).facts:
        keys = {unit.key for unit in facts.units}
        assert {item.unit for item in (*facts.figures, *facts.notes, *facts.inner)} <= keys
        hash(facts)  # nothing in it can be changed

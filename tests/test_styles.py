"""Built-in styles: citations worded as each manual has it, passages, dates, pages of HTML."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from lxml import html as lxml_html

from teikit import Record, link, load, open_corpus, records
from teikit.citations import FORMATS
from teikit.citations.options import Options, Run, plain
from teikit.citations.styles import STYLES, compose
from teikit.citations.styles.chicago import inclusive
from teikit.citations.styles.dating import dated
from teikit.citations.styles.locating import counted
from teikit.header import DateValue, Text
from teikit.record import Archive, Container, Locator, Name, Party, limited
from tests.conftest import ROOT, run

GOLDENS = ROOT / "tests" / "goldens" / "citations"
NB, NNB = "\u00a0", "\u202f"


@pytest.fixture(scope="module")
def shipped() -> dict[str, Record]:
    return {item.id: item for item in records(link(open_corpus(load(ROOT))))}


def cited(record: Record, style: str, **options: object) -> str:
    (runs,) = compose([record], Options(style, **options))  # type: ignore[arg-type]
    return plain(runs)


# -- every version of every document ---------------------------------------------------------------


def golden(name: str) -> dict[str, str]:
    """The citations of a file, by the version; lines with # quote the rules."""
    lines = (GOLDENS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    cited_lines = [line for line in lines if line and not line.startswith("#")]
    return {line.partition("  ")[0]: line.partition("  ")[2] for line in cited_lines}


@pytest.mark.parametrize("name", ["gost", "archival-fr", "chicago", "chicago-note"])
def test_every_version_reads_as_the_manual_has_it(name: str, shipped: dict[str, Record]) -> None:
    style, note = name.removesuffix("-note"), name.endswith("-note")
    found = {key: cited(limited(item), style, note=note) for key, item in shipped.items()}
    assert found == golden(name)
    assert len(found) == 16


def test_the_model_of_the_standard_is_met() -> None:
    # GOST R 7.0.5-2008, 11.4: its own example.
    letter = Record(
        "x",
        "personal_communication",
        "ru",
        titles=(Text("Письмо Б. С. Боднарскому от 20 октября 1925 г.", "ru"),),
        authors=(Party((Name("Куфаев", "Михаил", "Николаевич", lang="ru"),)),),
        date=DateValue("", when="1925-10-20"),
        genre=(Text("письмо", "ru"),),
        archive=Archive(
            Party((Name(literal="ОР РГБ", lang="ru"),)),
            shelfmark=(("fond", "573"), ("box", "41"), ("delo", "55"), ("list", "18")),
        ),
    )
    assert cited(letter, "gost") == (
        "Куфаев М. Н. Письмо Б. С. Боднарскому от 20 октября 1925 г. // ОР РГБ. Ф. 573. "
        "Картон 41. Д. 55. Л. 18."
    )


# -- passages --------------------------------------------------------------------------------------


PASSAGES = {
    ("d04#12", "gost"): "Л. 35–52. П. 12. Подлинник. Машинопись.",
    ("d04#12", "archival-fr"): f"l.{NB}35-52, §{NB}12.",
    ("d04#12", "chicago"): "F. 3, op. 24, d. 139, ll. 35–52, para. 12. Archive",
    ("d04-fr#12", "gost"): "Textes de Rakovski de 1932. teikit, 2026. П. 12. Оригинал: АПРФ.",
    ("d04-fr#12", "archival-fr"): f"2026, §{NB}12{NNB}; original{NB}: APRF (Moscou), f.{NB}3,",
    ("d04-fr#12", "chicago"): "In Textes de Rakovski de 1932, para. 12. teikit, 2026. Original",
    ("d04-fr#12", "plain"): f"dans Textes de Rakovski de 1932, teikit, 2026, § 12{NNB}; original",
    ("d04#12-14", "gost"): "Л. 35–52. П. 12–14. Подлинник.",
    ("d04#12-14", "archival-fr"): f"l.{NB}35-52, §{NB}12-14.",
    ("d04#12-14", "chicago"): "ll. 35–52, paras. 12–14.",
}


@pytest.mark.parametrize(("name", "style"), PASSAGES)
def test_a_passage_is_told_in_the_words_of_the_style(name: str, style: str) -> None:
    done = run("cite", name, "--style", style, cwd=ROOT)
    assert done.code == 0
    assert PASSAGES[name, style] in done.out


def located(record: Record, locator: Locator) -> Record:
    return replace(record, locator=locator)


FILE = Record(
    "x",
    "document",
    "ru",
    titles=(Text("Записка", "ru"),),
    date=DateValue("", when="1932-02"),
    archive=Archive(
        Party((Name(literal="АРХИВ", lang="ru"), Name(literal="ARCHIVES", lang="fr"))),
        shelfmark=(("fond", "1"), ("opis", "2"), ("delo", "3"), ("list", "1-8")),
    ),
)


def test_a_known_leaf_stands_in_place_of_all_leaves() -> None:
    there = located(FILE, Locator("12", "paragraph", "12", (), "3"))
    assert cited(there, "gost") == "Записка. Февраль 1932 г. // АРХИВ. Ф. 1. Оп. 2. Д. 3. Л. 3."
    assert cited(there, "archival-fr").endswith(f"d.{NB}3, l.{NB}3, §{NB}12.")
    assert cited(there, "chicago", note=True).endswith("d. 3, l. 3, para. 12, ARCHIVES.")


def test_a_leaf_that_is_cited_itself_is_said_once() -> None:
    there = located(FILE, Locator("", "folio", "4 об.", (), "4 об."))
    assert cited(there, "gost").endswith("Д. 3. Л. 4 об.")
    assert cited(there, "archival-fr").endswith(f"d.{NB}3, l.{NB}4 v°.")


def test_a_leaf_that_cannot_be_read_is_kept_as_it_stands() -> None:
    there = located(FILE, Locator("", "folio", "verso of the cover", (), "verso of the cover"))
    assert "Л. 1–8. Л. verso of the cover." in cited(there, "gost")


def test_levels_above_come_first() -> None:
    there = located(FILE, Locator("1.12", "verse", "12", (("book", "1"),)))
    assert cited(there, "archival-fr").endswith("livre 1, v. 12.".replace("v. 12", f"v.{NB}12"))
    assert cited(there, "gost").endswith("Кн. 1, стих 12.")
    assert "bk. 1, v. 12," in cited(there, "chicago", note=True)


@pytest.mark.parametrize(
    ("unit", "value", "words"),
    [
        ("paragraph", "12", ("п. 12", "§ 12", "para. 12")),
        ("paragraph", "12-14", ("п. 12–14", "§ 12-14", "paras. 12–14")),
        ("folio", "3", ("л. 3", "f. 3", "fol. 3")),
        ("leaf", "3-4", ("л. 3–4", "f. 3-4", "fols. 3–4")),
        ("page", "7-9", ("с. 7–9", "p. 7-9", "pp. 7–9")),
        ("line", "5", ("стк. 5", "l. 5", "line 5")),
        ("stanza", "2", ("строфа 2", "strophe 2", "stanza 2")),
        ("act", "3", ("действие 3", "acte 3", "act 3")),
        ("scene", "1", ("явление 1", "scène 1", "scene 1")),
        ("chapter", "4", ("гл. 4", "chap. 4", "chap. 4")),
        ("section", "2-3", ("разд. 2–3", "sections 2-3", "secs. 2–3")),
        ("speech", "8", ("реплика 8", "réplique 8", "speech 8")),
        ("fragment", "6a", ("fragment 6a",) * 3),
    ],
)
def test_what_is_counted_has_a_word_in_each_language(
    unit: str, value: str, words: tuple[str, str, str]
) -> None:
    assert tuple(counted(unit, value, lang) for lang in ("ru", "fr", "en")) == words
    assert counted(unit, value, "de") == words[2]


# -- where it is -----------------------------------------------------------------------------------


def test_places_are_printed_in_their_order_when_all_are_asked_for(
    shipped: dict[str, Record],
) -> None:
    whole = limited(shipped["d04-ru"], ["all"])
    title = (
        "Лубянка. Сталин и ВЧК-ГПУ-ОГПУ-НКВД. Архив Сталина. Документы высших органов партийной и "
        "государственной власти. Январь 1922 — декабрь 1936"
    )
    assert cited(whole, "gost").endswith(
        f"Машинопись. Опубл.: {title}. М.: МФД, 2003. С. 326–334. "
        "Электрон. изд.: Тексты Х. Г. Раковского 1932 года. teikit, 2026."
    )
    assert cited(whole, "archival-fr").endswith(
        f"l.{NB}35-52{NNB}; publié dans {title}, Москва, МФД, 2003, p.{NB}326-334{NNB}; "
        f"édition en ligne{NB}: Textes de Rakovski de 1932, teikit, 2026."
    )
    assert cited(whole, "chicago", note=True).endswith(
        f"APRF, Moscow; published in {title} (Москва: МФД, 2003), 326–34; "
        "digital edition, Тексты Х. Г. Раковского 1932 года (teikit, 2026)."
    )


def test_the_printed_source_or_the_edition_alone_can_be_cited(shipped: dict[str, Record]) -> None:
    printed = cited(limited(shipped["d04-ru"], ["printed"]), "gost")
    assert "2003. С. 326–334." in printed
    assert "АПРФ" not in printed
    edition = cited(limited(shipped["d04-ru"], ["edition"]), "gost")
    assert edition.endswith("// Тексты Х. Г. Раковского 1932 года. teikit, 2026.")


def test_a_translation_is_never_said_to_be_in_the_archive(shipped: dict[str, Record]) -> None:
    only = limited(shipped["d07-fr"], ["archive"])
    assert " // " not in cited(only, "gost")
    assert "пер. с рус. Traducteurs" in cited(only, "gost")
    assert "Оригинал: РГАСПИ. Ф. 17." in cited(only, "gost")
    assert f"original{NB}: RGASPI (Moscou)" in cited(only, "archival-fr")
    assert "original in f. 17" in cited(only, "chicago", note=True)


def test_the_shelfmark_of_a_library_is_printed_as_it_stands() -> None:
    library = Party((Name(literal="Bodleian Library", lang="en"),))
    oxford = Party((Name(literal="Oxford", lang="en"),))
    book = Record(
        "b",
        "manuscript",
        "fro",
        titles=(Text("Li romans d’Alixandre", "fro"),),
        date=DateValue("", start="1338", end="1344"),
        archive=Archive(library, oxford, shelfmark=(("shelfmark", "MS. Bodl. 264"),)),
        locator=Locator("", "folio", "3r", (), "3r"),
    )
    assert cited(book, "chicago", note=True) == (
        "“Li romans d’Alixandre,” 1338–1344, MS. Bodl. 264, fol. 3, Bodleian Library, Oxford."
    )
    assert cited(book, "gost") == (
        "Li romans d’Alixandre. 1338–1344 гг. // Bodleian Library. MS. Bodl. 264. Л. 3."
    )


def test_a_remark_on_the_original_is_printed_only_in_the_language_of_the_list(
    shipped: dict[str, Record],
) -> None:
    assert "dactylographiée" not in cited(shipped["d06-ru"], "gost")
    assert "агентурным" not in cited(shipped["d07-ru"], "gost")
    assert cited(limited(shipped["d01-ru"]), "gost").endswith("Л. 1–8. Подлинник. Машинопись.")


def test_the_name_of_a_fond_follows_its_number() -> None:
    # GOST R 7.0.5-2008, 11.4: «Ф. 223 (С. Д. Полторацкий)».
    named = replace(FILE, archive=replace(FILE.archive, collection=(Text("С. Д. П.", "ru"),)))  # type: ignore[type-var]
    assert "Ф. 1 (С. Д. П.). Оп. 2." in cited(named, "gost")


# -- who -------------------------------------------------------------------------------------------


def author(family: str, given: str, lang: str = "ru") -> Party:
    return Party((Name(family, given, lang=lang),))


FOUR = (
    author("Иванов", "Иван"),
    author("Петров", "Пётр"),
    author("Сидоров", "Семён"),
    author("Фёдоров", "Фёдор"),
)


def by(*authors: Party) -> Record:
    return replace(FILE, authors=authors)


def test_an_unsigned_document_begins_with_its_title() -> None:
    assert cited(FILE, "gost").startswith("Записка. Февраль")
    assert cited(FILE, "archival-fr").startswith(f"«{NB}Записка{NB}», février 1932")
    assert cited(FILE, "chicago").startswith("“Записка.” February 1932.")


def test_up_to_three_authors_are_named_and_of_more_the_first() -> None:
    assert cited(by(*FOUR[:2]), "gost").startswith("Иванов И., Петров П. Записка.")
    assert cited(by(*FOUR[:3]), "gost").startswith("Иванов И., Петров П., Сидоров С. Записка.")
    assert cited(by(*FOUR), "gost").startswith("Записка. Февраль 1932 г. / И. Иванов [и др.] // ")
    assert cited(by(*FOUR), "archival-fr").startswith("Иванов (Иван) et al., ")
    assert cited(by(*FOUR), "chicago", note=True).startswith("Иван Иванов et al., “")
    assert cited(by(*FOUR[:2]), "chicago", note=True).startswith("Иван Иванов and Пётр Петров, “")
    assert cited(by(*FOUR[:3]), "chicago").startswith(
        "Иванов, Иван, Пётр Петров, and Семён Сидоров. “"
    )


def test_an_institution_is_an_author() -> None:
    centre = Party((Name(literal="Комитет", lang="ru"),), institution=True)
    assert cited(by(centre), "gost").startswith("Комитет. Записка.")
    assert cited(by(centre), "archival-fr").startswith(f"Комитет, «{NB}")


def test_a_name_is_in_the_script_of_the_reader_where_it_is_known() -> None:
    both = Party((Name("Чехов", "Антон", lang="ru"), Name("Chekhov", "Anton", lang="ru-Latn")))
    assert cited(by(both), "gost").startswith("Чехов А. Записка.")
    assert cited(by(both), "chicago").startswith("Chekhov, Anton. “")


def test_a_letter_without_a_title_is_called_by_its_kind() -> None:
    # GOST R 7.0.5-2008, 11.8: in brackets; Chicago 14.229: the letter and who received it.
    names = (Name("Толстой", "Лев", lang="ru"), Name("Tolstoy", "Leo", lang="en"))
    letter = replace(
        FILE,
        id="l1",
        type="personal_communication",
        titles=(Text("l1"),),
        authors=FOUR[:1],
        recipients=(Party(names),),
        genre=(Text("письмо", "ru"), Text("lettre", "fr"), Text("letter", "en")),
    )
    assert cited(letter, "gost").startswith("Иванов И. [Письмо]. Февраль 1932 г. // АРХИВ.")
    assert cited(letter, "archival-fr").startswith("Иванов (Иван), lettre à Leo Tolstoy, février")
    assert cited(letter, "chicago", note=True).startswith(
        "Иван Иванов, letter to Leo Tolstoy, February 1932, f. 1,"
    )
    unknown = replace(letter, recipients=())
    assert cited(unknown, "chicago", note=True).startswith("Иван Иванов, letter, February 1932,")


# -- when ------------------------------------------------------------------------------------------


DATES = [
    (DateValue("", when="1932-02-15"), "15 февраля 1932 г.", "15 février 1932", "15 February 1932"),
    (DateValue("", when="1932-04"), "апрель 1932 г.", "avril 1932", "April 1932"),
    (DateValue("", when="1932"), "1932 г.", "1932", "1932"),
    (
        DateValue("", when="-0043-03-15"),
        "15 марта 44 г. до н. э.",
        "15 mars 44 av. J.-C.",
        "15 March 44 BC",
    ),
    (
        DateValue("", not_before="1932-08-01", not_after="1932-10-14"),
        "не ранее 1 августа – не позднее 14 октября 1932 г.",
        "entre le 1er août et le 14 octobre 1932",
        "between 1 August and 14 October 1932",
    ),
    (
        DateValue("", not_before="1931-10-08", not_after="1932-02-15"),
        "не ранее 8 октября 1931 г. – не позднее 15 февраля 1932 г.",
        "entre le 8 octobre 1931 et le 15 février 1932",
        "between 8 October 1931 and 15 February 1932",
    ),
    (
        DateValue("", start="1932-03-02", end="1932-03-05"),
        "2 – 5 марта 1932 г.",
        "du 2 au 5 mars 1932",
        "from 2 to 5 March 1932",
    ),
    (DateValue("", start="1931", end="1932"), "1931–1932 гг.", "1931–1932", "1931–1932"),
    (
        DateValue("", not_after="1932-10"),
        "не позднее октября 1932 г.",
        "au plus tard en octobre 1932",
        "not after October 1932",
    ),
    (
        DateValue("", not_before="1932-10-03"),
        "не ранее 3 октября 1932 г.",
        "au plus tôt le 3 octobre 1932",
        "not before 3 October 1932",
    ),
    (
        DateValue("", start="1932-05-01"),
        "с 1 мая 1932 г.",
        "depuis le 1er mai 1932",
        "from 1 May 1932",
    ),
    (DateValue("осенью"), "осенью", "осенью", "осенью"),
    (DateValue("printemps", when="1932-13"), "printemps", "printemps", "printemps"),
]


@pytest.mark.parametrize(("date", "ru", "fr", "en"), DATES)
def test_dates_are_worded_in_each_language(date: DateValue, ru: str, fr: str, en: str) -> None:
    assert [dated(date, lang) for lang in ("ru", "fr", "en")] == [ru, fr, en]


def test_a_language_without_words_gets_iso_dates() -> None:
    assert dated(DateValue("", not_before="1932-08-01", not_after="1932-10"), "de") == (
        "1932-08-01/1932-10"
    )


def test_an_inferred_date_is_in_brackets() -> None:
    # GOST R 7.0.5-2008, 11.8: what the researcher adds; Chicago 14.145: a guess with a mark.
    sure = replace(FILE, date=DateValue("", when="1932-02-15"))
    guessed = replace(sure, date_cert="low")
    assert "15 февраля 1932 г. //" in cited(sure, "gost")
    assert "[15 февраля 1932 г.?] //" in cited(guessed, "gost")
    assert "[15 February 1932?]" in cited(guessed, "chicago")
    assert "[15 février 1932 ?]" in cited(guessed, "archival-fr")


def test_an_undated_document_is_said_to_be() -> None:
    undated = replace(FILE, date=None)
    assert cited(undated, "gost").startswith("Записка. [Б. д.] // ")
    assert ", s. d., " in cited(undated, "archival-fr")
    assert " n.d. " in cited(undated, "chicago").replace("N.d.", "n.d.")


def test_a_date_that_the_title_says_is_not_repeated() -> None:
    titled = replace(FILE, titles=(Text("Записка от 15 февраля 1932 г.", "ru"),))
    same = replace(titled, date=DateValue("", when="1932-02-15"))
    other = replace(titled, date=DateValue("", when="1932-02-16"))
    assert cited(same, "gost").startswith("Записка от 15 февраля 1932 г. // ")
    assert cited(other, "gost").startswith("Записка от 15 февраля 1932 г. 16 февраля 1932 г. // ")


# -- books and articles ----------------------------------------------------------------------------


ARTICLE = Record(
    "a",
    "article-journal",
    "ru",
    titles=(Text("Что такое факт?", "ru"),),
    authors=FOUR[:1],
    date=DateValue("", when="1999"),
    printed=Container(
        titles=(Text("Вопросы истории", "ru"),), date="1999", volume="5", issue="3", pages="107-118"
    ),
)
BOOK = Record(
    "b",
    "book",
    "fr",
    titles=(Text("Histoire des choses", "fr"),),
    subtitles=(Text("essai", "fr"),),
    authors=(author("Martin", "Anne", "fr"),),
    translators=(author("Durand", "Paul", "fr"),),
    original_title=Text("History", "en"),
    date=DateValue("", when="1985"),
    printed=Container(publisher="Éditions du Pont", place="Lyon", date="1985"),
)


def test_an_article_is_cited_by_volume_number_and_pages() -> None:
    assert cited(ARTICLE, "gost") == (
        "Иванов И. Что такое факт? // Вопросы истории. 1999. Т. 5, № 3. С. 107–118."
    )
    assert cited(ARTICLE, "archival-fr") == (
        f"Иванов (Иван), «{NB}Что такое факт?{NB}», Вопросы истории, vol.{NB}5, n°{NB}3, 1999, "
        f"p.{NB}107-118."
    )
    assert cited(ARTICLE, "chicago", note=True) == (
        "Иван Иванов, “Что такое факт?,” Вопросы истории 5, no. 3 (1999): 107–18."
    )
    assert cited(ARTICLE, "chicago") == (
        "Иванов, Иван. “Что такое факт?” Вопросы истории 5, no. 3 (1999): 107–18."
    )


def test_a_newspaper_is_cited_by_its_day() -> None:
    paper = Container(titles=(Text("Правда", "ru"),), date="1932-08-01")
    item = replace(
        ARTICLE,
        type="article-newspaper",
        date=DateValue("", when="1932-08-01"),
        printed=paper,
    )
    assert cited(item, "gost") == "Иванов И. Что такое факт? // Правда. 1932. 1 августа."
    assert cited(item, "chicago", note=True).endswith("“Что такое факт?,” Правда, 1 August 1932.")
    assert cited(item, "archival-fr").endswith("Правда, 1er août 1932.")


def test_a_book_is_in_nothing_else() -> None:
    whole = replace(BOOK, original_title=None, translators=())
    assert cited(whole, "gost") == (
        "Martin A. Histoire des choses: essai. Lyon: Éditions du Pont, 1985."
    )
    assert cited(whole, "archival-fr") == (
        "Martin (Anne), Histoire des choses. essai, Lyon, Éditions du Pont, 1985."
    )
    assert cited(whole, "chicago") == (
        "Martin, Anne. Histoire des choses: essai. Lyon: Éditions du Pont, 1985."
    )
    assert cited(whole, "chicago", note=True) == (
        "Anne Martin, Histoire des choses: essai (Lyon: Éditions du Pont, 1985)."
    )


def test_a_page_of_a_book_stands_in_place_of_its_pages() -> None:
    there = replace(BOOK, original_title=None, translators=(), locator=Locator("7", "page", "7"))
    assert cited(there, "gost").endswith("1985. P. 7.")
    assert cited(there, "archival-fr").endswith(f"1985, p.{NB}7.")
    assert cited(there, "chicago", note=True).endswith("1985), 7.")


@pytest.mark.parametrize(
    ("pages", "short"),
    [
        # Chicago 9.61, the rule's five cases.
        ("3-10", "3–10"),
        ("100-104", "100–104"),
        ("107-108", "107–8"),
        ("321-328", "321–28"),
        ("498-532", "498–532"),
        ("1087-1089", "1087–89"),
        ("1496-1500", "1496–500"),
        ("12", "12"),
        ("xii-xv", "xii-xv"),
    ],
)
def test_inclusive_pages_are_shortened_as_chicago_has_it(pages: str, short: str) -> None:
    assert inclusive(pages) == short


def test_an_address_is_given_with_the_day_of_the_visit() -> None:
    site = Container(titles=(Text("Сайт", "ru"),), publisher="Дом", date="1999")
    online = replace(ARTICLE, url="https://example.org/a", printed=None, edition=site)
    assert cited(online, "gost", accessed="2026-11-25").endswith(
        "URL: https://example.org/a (дата обращения: 25.11.2026)."
    )
    assert cited(online, "gost").endswith("URL: https://example.org/a.")
    assert cited(online, "archival-fr", accessed="2026-11-25").endswith(
        "https://example.org/a (consulté le 25 novembre 2026)."
    )
    assert cited(online, "chicago", accessed="2026-11-25").endswith(
        "Accessed 25 November 2026, https://example.org/a."
    )


def test_the_address_of_a_printed_source_is_visited_too() -> None:
    scanned = replace(ARTICLE, printed=replace(ARTICLE.printed, url="https://example.org/a"))  # type: ignore[type-var]
    day = "2026-11-25"
    assert cited(scanned, "gost", accessed=day).endswith(
        "С. 107–118. URL: https://example.org/a (дата обращения: 25.11.2026)."
    )
    assert cited(scanned, "archival-fr", accessed=day).endswith("(consulté le 25 novembre 2026).")
    assert cited(scanned, "chicago", accessed=day, note=True).endswith(
        ": 107–18, accessed 25 November 2026, https://example.org/a."
    )
    assert "accessed" not in cited(scanned, "chicago")


# -- languages and marks ---------------------------------------------------------------------------


def test_marks_within_a_title_become_those_of_the_reader() -> None:
    quoting = replace(FILE, titles=(Text("О деле «Центра»", "ru"),))
    assert f"«{NB}О деле “Центра”{NB}»" in cited(quoting, "archival-fr")
    assert cited(quoting, "chicago").startswith("“О деле ‘Центра.’” February")
    assert cited(quoting, "gost").startswith("О деле «Центра».")


def test_french_spaces_are_narrow_before_high_marks() -> None:
    asking = replace(FILE, language="fr", titles=(Text("Que faire ? Rien : tout !", "fr"),))
    assert f"«{NB}Que faire{NNB}? Rien{NB}: tout{NNB}!{NB}»" in cited(asking, "archival-fr")


def test_plain_speaks_the_language_of_the_item_and_else_says_little() -> None:
    german = replace(FILE, language="de", titles=(Text("Bericht", "de"),))
    assert cited(german, "plain") == "“Bericht”, 1932-02, ARCHIVES, f. 1, op. 2, d. 3, ll. 1–8."
    assert cited(FILE, "plain") == cited(FILE, "gost")
    assert cited(FILE, "plain", language="en").startswith("“Записка”, February 1932, ARCHIVES, ")


def test_white_space_in_a_title_never_breaks_a_line() -> None:
    broken = replace(FILE, titles=(Text("Первая\n  строка\tи вторая", "ru"),))
    for style in STYLES:
        assert "Первая строка и вторая" in cited(broken, style)
        assert "\n" not in cited(broken, style)


@pytest.mark.parametrize("style", STYLES)
def test_a_record_that_says_nothing_is_cited_by_what_there_is(style: str) -> None:
    assert cited(Record("only", "document", titles=(Text("Only"),)), style).strip("“”«» .\u00a0")
    assert isinstance(cited(Record("only", "document"), style), str)


@pytest.mark.parametrize("style", STYLES)
def test_marks_never_double_in_any_citation(style: str, shipped: dict[str, Record]) -> None:
    for record in shipped.values():
        for places in ((), ("archive",), ("printed",), ("edition",), ("all",)):
            for note in (False, True):
                text = cited(limited(record, places), style, note=note)
                assert not re.search(r"\.\.|,,|, \.|  |\s,|»\.,|: \.|\(\)|\[\]", text), text
                assert text.endswith((".", "?", "!", "…", ".”", "?”")), text


# -- styles of CSL ---------------------------------------------------------------------------------


def test_any_other_name_is_a_style_of_csl(shipped: dict[str, Record]) -> None:
    printed = limited(shipped["d03-ru"])
    (line,) = FORMATS["text"].write([printed], Options("apa")).splitlines()
    assert line.startswith("Балицкий, В. А. (")
    markup = FORMATS["html"].write([printed], Options("apa"))
    (item,) = lxml_html.document_fromstring(markup).findall(".//li")
    assert item.text_content() == line
    assert item.findtext("i", "").startswith("Лубянка.")


def test_a_style_of_csl_is_told_the_passage(shipped: dict[str, Record]) -> None:
    there = located(limited(shipped["d03-ru"]), Locator("5", "paragraph", "5"))
    assert re.search(rf"\bп\.{NB}5\b", FORMATS["text"].write([there], Options("apa")))


def test_a_style_that_is_nearly_a_built_in_one_is_told_so() -> None:
    done = run("cite", "d01", "--style", "gots", cwd=ROOT)
    assert (done.code, done.out) == (2, "")
    assert "there is no citation style “gots”" in done.err
    assert "did you mean gost?" in done.err


# -- HTML ------------------------------------------------------------------------------------------


def page(*items: Record, style: str = "archival-fr") -> str:
    return FORMATS["html"].write(items, Options(style))


def test_the_page_says_what_the_text_says(shipped: dict[str, Record]) -> None:
    items = [limited(item) for item in shipped.values()]
    for style in STYLES:
        tree = lxml_html.document_fromstring(page(*items, style=style))
        said = [item.text_content() for item in tree.findall(".//li")]
        assert said == FORMATS["text"].write(items, Options(style)).splitlines()


def test_each_stretch_has_its_language(shipped: dict[str, Record]) -> None:
    tree = lxml_html.document_fromstring(page(limited(shipped["d03-ru"])))
    assert tree.get("lang") == "fr"
    assert [(node.tag, node.get("lang")) for node in tree.find(".//li")] == [
        ("span", "ru"),
        ("cite", "ru"),
        ("a", None),
    ]
    assert tree.find(".//li").get("id") == "d03-ru"


def test_languages_are_said_where_a_list_mixes_them(shipped: dict[str, Record]) -> None:
    both = [limited(shipped[name]) for name in ("d07-ru", "d07-fr")]
    tree = lxml_html.document_fromstring(page(*both, style="plain"))
    assert tree.get("lang") is None
    assert [item.get("lang") for item in tree.findall(".//li")] == ["ru", "fr"]
    assert tree.find(".//title").get("lang") == "en"


class Marks(HTMLParser):
    """The elements and attributes that a browser would see."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


HOSTILE = [
    "<script>alert(1)</script>",
    '" onmouseover="alert(1)',
    "' onfocus='alert(1)",
    "&lt;b&gt; & &#60;i&#62;",
    "</li></ul><img src=x onerror=alert(1)>",
    "]]> <!-- --> \\ } {",
    "\x00\x1b[31m\x85",
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("style", STYLES)
def test_nothing_of_a_record_becomes_markup(text: str, style: str) -> None:
    record = Record(
        text,
        "document",
        text,
        titles=(Text(text, text),),
        authors=(Party((Name(literal=text, lang=text),)),),
        date=DateValue(text),
        genre=(Text(text, "fr"),),
        archive=Archive(
            Party((Name(literal=text, lang=text),)), shelfmark=(("shelfmark", text), (text, text))
        ),
        edition=Container(titles=(Text(text, text),), publisher=text, date=text, url=text),
        url=f"https://example.org/{text}",
        locator=Locator(text, text, text),
    )
    marks = Marks()
    marks.feed(page(record, style=style))
    allowed = {"html", "head", "meta", "title", "body", "ul", "li", "a", "cite", "span"}
    assert {tag for tag, _ in marks.seen} <= allowed
    names = {name for _, attrs in marks.seen for name in attrs}
    assert names <= {"lang", "charset", "name", "content", "class", "id", "href"}


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//example.org", "http://[", "a b"]
)
def test_only_addresses_of_the_web_are_links(address: str) -> None:
    item = replace(ARTICLE, printed=None, url=address)
    assert "<a " not in page(item)
    assert "<a " in page(replace(item, url="https://example.org/?a=1&b=2"))
    assert 'href="https://example.org/?a=1&amp;b=2"' in page(
        replace(item, url="https://example.org/?a=1&b=2")
    )


def test_ids_are_unique_and_without_spaces() -> None:
    twice = [replace(FILE, id="a b"), replace(FILE, id="a b"), replace(FILE, id="a_b-2")]
    ids = [item.get("id") for item in lxml_html.document_fromstring(page(*twice)).findall(".//li")]
    assert len(set(ids)) == 3
    assert ids[0] == "a_b"


def test_citing_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    files = [tmp_path / "one.html", tmp_path / "two.html"]
    for file in files:
        done = run("cite", "--format", "html", "--style", "chicago", "-o", file, cwd=ROOT)
        assert (done.code, done.out) == (0, "")
    assert files[0].read_bytes() == files[1].read_bytes()


def test_runs_keep_titles_of_books_in_italics() -> None:
    (runs,) = compose([BOOK], Options("chicago"))
    assert [item for item in runs if item.italic] == [
        Run("Histoire des choses: essai", italic=True, lang="fr")
    ]

"""Each unit has its translation, one, in order and with its number; what is not so is told once."""

from __future__ import annotations

import itertools
import json
import random
import re
from pathlib import Path

import pytest

from teikit import link, load, open_corpus, validate
from teikit.alignment import inverted, moved
from tests.conftest import ROOT, run, tei
from tests.versions import Corpus, findings, p, planted, several, told, version


def texts(corpus: Corpus, russian: list[str], french: list[str], **more: str) -> list[str]:
    folder = corpus(
        **{"a-ru.xml": several("ru", *russian), "a-fr.xml": several("fr", *french), **more}
    )
    return told(findings(folder))


def three(lang: str) -> list[str]:
    return [p(lang, number) for number in (1, 2, 3)]


def test_two_texts_that_answer_each_other_have_no_finding(corpus: Corpus) -> None:
    assert texts(corpus, three("ru"), three("fr")) == []


@pytest.mark.parametrize("side", ["ru", "fr"])
def test_one_wrong_pointer_is_one_finding_where_it_stands(side: str, corpus: Corpus) -> None:
    other = "fr" if side == "ru" else "ru"
    wrong = three(side)
    wrong[2] = p(side, 3, to=f"{other}.2")
    files = {side: wrong, other: three(other)}
    assert texts(corpus, files["ru"], files["fr"]) == [
        f"TK503 warning tei/a-{side}.xml:6:1 <p> a-{side}.3 corresponds to a-{other}.2, "
        f"which corresponds to a-{side}.2 already"
    ]


def test_a_missing_answer_is_one_finding(corpus: Corpus) -> None:
    french = three("fr")
    french[1] = p("fr", 2, to="")
    assert texts(corpus, three("ru"), french) == [
        "TK501 error tei/a-ru.xml:5:1 <p> a-ru.2 corresponds to a-fr.2, "
        "which does not correspond to it"
    ]


def test_a_pointer_that_leads_nowhere_is_told_as_that_alone(corpus: Corpus) -> None:
    french = three("fr")
    french[1] = p("fr", 2, to="ru.9")
    (finding,) = texts(corpus, three("ru"), french)
    assert finding.startswith("TK201 error tei/a-fr.xml:5:26 ")


def test_a_translation_of_two_units_at_once_is_no_fault(corpus: Corpus) -> None:
    russian = [p("ru", 1), p("ru", 2, to="fr.1"), p("ru", 3, to="fr.2 fr.3")]
    french = [p("fr", 1, to="ru.1 ru.2"), p("fr", 2, to="ru.3"), p("fr", 3, to="ru.3")]
    assert texts(corpus, russian, french) == []


def test_units_that_are_one_translation_stand_together(corpus: Corpus) -> None:
    russian = [p("ru", 1, to="fr.1 fr.3"), p("ru", 2)]
    french = [p("fr", 1), p("fr", 2), p("fr", 3, to="ru.1")]
    assert texts(corpus, russian, french) == [
        "TK503 warning tei/a-ru.xml:4:1 <p> a-ru.1 corresponds to a-fr.1 and a-fr.3, "
        "between which a-fr.2 corresponds to another"
    ]


def test_of_units_that_cross_the_one_that_moved_is_told(corpus: Corpus) -> None:
    russian = [p("ru", n, to=f"fr.{m}") for n, m in ((1, 4), (2, 1), (3, 2), (4, 3))]
    french = [p("fr", m, to=f"ru.{n}") for m, n in ((1, 2), (2, 3), (3, 4), (4, 1))]
    assert texts(corpus, russian, french) == [
        "TK504 warning tei/a-fr.xml:7:1 <p> a-fr.4 stands after a-fr.3, "
        "but its counterpart a-ru.1 before a-ru.4"
    ]


def test_units_that_cross_are_not_compared_by_number_and_name(corpus: Corpus) -> None:
    russian = [p("ru", 1, "10", to="fr.2"), p("ru", 2, "20", to="fr.1")]
    french = [p("fr", 1, "10", to="ru.2"), p("fr", 2, "20", to="ru.1")]
    assert [item[:5] for item in texts(corpus, russian, french)] == ["TK504"]


def test_a_paragraph_that_the_translator_moved_is_compared(corpus: Corpus) -> None:
    russian = [p("ru", 1, "10"), p("ru", 2, "20")]
    french = [p("fr", 2, "20"), p("fr", 1, "11")]
    assert [item[:5] for item in texts(corpus, russian, french)] == ["TK504", "TK508"]


def test_aligned_units_share_their_number(corpus: Corpus) -> None:
    french = three("fr")
    french[1] = p("fr", 2, n="7")
    assert texts(corpus, three("ru"), french) == [
        "TK505 warning tei/a-fr.xml:5:1 <p> a-fr.2 is number 7, "
        "but its counterpart a-ru.2 is number 2"
    ]


def test_a_number_that_shifts_all_that_follow_is_told_once(corpus: Corpus) -> None:
    french = [p("fr", n, n=str(n + (n > 1))) for n in (1, 2, 3)]
    assert texts(corpus, three("ru"), french) == [
        "TK505 warning tei/a-fr.xml:5:1 <p> a-fr.2 is number 3, "
        "but its counterpart a-ru.2 is number 2; so it goes on to a-fr.3"
    ]


@pytest.mark.parametrize(("one", "two"), [("II", "III"), ("9" * 5000, "8" * 5000)])
def test_labels_that_are_no_numbers_are_told_one_by_one(one: str, two: str, corpus: Corpus) -> None:
    french = [p("fr", 1, n=one), p("fr", 2, n=two)]
    found = texts(corpus, [p("ru", 1), p("ru", 2)], french)
    assert [item[:5] for item in found] == ["TK505", "TK505"]


def test_numbers_that_only_count_paragraphs_do_not_differ(corpus: Corpus) -> None:
    bare = '<p xml:id="a-{0}.1" corresp="a-{1}.xml#a-{1}.1">x</p>'
    french = "<p>a preface</p>" + bare.format("fr", "ru")
    folder = corpus(
        **{"a-ru.xml": version("ru", bare.format("ru", "fr")), "a-fr.xml": version("fr", french)}
    )
    assert [item.code for item in findings(folder)] == ["TK502"]  # the preface alone


def test_a_corpus_that_points_one_way_is_told_once_and_compared(corpus: Corpus) -> None:
    russian = [p("ru", 1, "10", to=""), p("ru", 2, to="")]
    french = [p("fr", 1, "11"), p("fr", 2)]
    found = texts(corpus, russian, french)
    assert [item[:5] for item in found] == ["TK501", "TK508"]
    assert "2 elements correspond to such of a-ru, from a-fr.1 on" in found[0]


def test_what_is_no_version_of_the_text_is_told_once(corpus: Corpus) -> None:
    folder = corpus(
        **{
            "a-ru.xml": several("ru", *three("ru")),
            "a-fr.xml": version("fr", "\n".join(three("fr")), relation=""),
        }
    )
    assert told(findings(folder)) == [
        "TK509 warning tei/a-fr.xml:4:1 <p> a-fr.1 corresponds to a-ru.1 in a-ru, "
        "which is not a version of a-fr, and 5 more"
    ]


def test_a_unit_does_not_correspond_to_one_of_its_own_version(corpus: Corpus) -> None:
    french = three("fr")
    french[1] = p("fr", 2, to="fr.1")
    found = texts(corpus, three("ru"), french)
    assert found == [
        "TK509 warning tei/a-fr.xml:5:1 <p> a-fr.2 corresponds to a-fr.1 of the same version"
    ]


def test_original_and_translation_in_one_file_are_no_strangers(corpus: Corpus) -> None:
    body = (
        '<div xml:lang="fr"><p xml:id="f1" corresp="#r1">x</p></div>'
        '<div xml:lang="ru"><p xml:id="r1" corresp="#f1">x</p></div>'
    )
    assert told(findings(corpus(**{"a.xml": tei(body)}))) == []


# -- links in another file -----------------------------------------------------------------------

LINKS = (
    '<?xml version="1.0"?>\n<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="links"><teiHeader>'
    "<fileDesc><titleStmt><title>T</title></titleStmt><publicationStmt><p/></publicationStmt>"
    "<sourceDesc><p/></sourceDesc></fileDesc></teiHeader><standOff>"
    '<linkGrp type="alignment">\n{}\n</linkGrp></standOff></TEI>\n'
)


def ties(*targets: str) -> str:
    lines = [
        '<link target="{}"/>'.format(
            " ".join(f"a-{token.partition('.')[0]}.xml#a-{token}" for token in target.split())
        )
        for target in targets
    ]
    return LINKS.format("\n".join(lines))


def alone(lang: str, *numbers: int, text: str = "x") -> list[str]:
    return [p(lang, number, text, to="") for number in numbers]


def test_links_align_as_pointers_do(corpus: Corpus) -> None:
    links = {"links.xml": ties("ru.1 fr.1", "ru.2 fr.2 fr.3")}
    assert texts(corpus, alone("ru", 1, 2), alone("fr", 1, 2, 3), **links) == []


def test_what_links_align_is_compared(corpus: Corpus) -> None:
    links = {"links.xml": ties("ru.1 fr.1")}
    found = texts(corpus, alone("ru", 1, text="10"), alone("fr", 1, text="11"), **links)
    assert [item.partition(" (")[0] for item in found] == [
        "TK508 warning tei/a-ru.xml:4:26 “10” stands only in a-ru.1, “11” only in a-fr.1"
    ]


def test_a_unit_that_no_link_names_is_alone(corpus: Corpus) -> None:
    links = {"links.xml": ties("ru.1 fr.1")}
    found = texts(corpus, alone("ru", 1, 2), alone("fr", 1), **links)
    assert found == ["TK502 warning tei/a-ru.xml:5:1 <p> a-ru.2 has no counterpart in a-fr"]


def test_links_that_cross_are_told(corpus: Corpus) -> None:
    links = {"links.xml": ties("ru.1 fr.2", "ru.2 fr.1")}
    found = texts(corpus, alone("ru", 1, 2), alone("fr", 1, 2), **links)
    assert [item[:5] for item in found] == ["TK504"]


def test_two_links_do_not_give_a_unit_two_translations(corpus: Corpus) -> None:
    links = {"links.xml": ties("ru.1 fr.1", "ru.1 fr.2")}
    found = texts(corpus, alone("ru", 1), alone("fr", 1, 2), **links)
    assert found == [
        "TK503 warning tei/links.xml:4:7 a-ru.1 is aligned with a-fr.2 here, "
        "and with another unit of the same version in another link"
    ]


def test_a_link_that_leads_nowhere_is_told_as_that(corpus: Corpus) -> None:
    links = {"links.xml": ties("ru.1 fr.1", "ru.2 fr.9")}
    found = texts(corpus, alone("ru", 1, 2), alone("fr", 1, 2), **links)
    assert found[-1].startswith("TK201 error tei/links.xml:4:")


# -- more than two versions, pieces of units -----------------------------------------------------


def test_three_versions_are_compared_with_the_original(corpus: Corpus) -> None:
    folder = corpus(
        **{
            "a-ru.xml": several("ru", p("ru", 1, "10", to="fr.1 en.1")),
            "a-fr.xml": several("fr", p("fr", 1, "10", to="ru.1 en.1")),
            "a-en.xml": several("en", p("en", 1, "12", to="ru.1 fr.1")),
        }
    )
    assert told(findings(folder)) == [
        "TK508 warning tei/a-ru.xml:4:68 “10” stands only in a-ru.1, “12” only in a-en.1"
    ]


ITEM = (
    '<list><item xml:id="a-{0}.i" corresp="a-{1}.xml#a-{1}.i"><label>1</label>'
    '<p xml:id="a-{0}.1" n="1" corresp="{2}">{3}</p></item></list>'
)


def test_a_paragraph_inside_an_item_is_answered_too(corpus: Corpus) -> None:
    russian = ITEM.format("ru", "fr", "a-fr.xml#a-fr.1", "x")
    french = ITEM.format("fr", "ru", "a-ru.xml#a-ru.i", "x")
    folder = corpus(**{"a-ru.xml": version("ru", russian), "a-fr.xml": version("fr", french)})
    (finding,) = findings(folder)
    assert (finding.code, finding.location.path) == ("TK503", "tei/a-fr.xml")


def test_items_whose_paragraphs_alone_correspond_are_compared(corpus: Corpus) -> None:
    bare = re.sub(r" corresp=\"a-\{1\}.*?\"", "", ITEM, count=1)
    russian = bare.format("ru", "fr", "a-fr.xml#a-fr.1", "10")
    french = bare.format("fr", "ru", "a-ru.xml#a-ru.1", "11")
    folder = corpus(**{"a-ru.xml": version("ru", russian), "a-fr.xml": version("fr", french)})
    assert [item.code for item in findings(folder)] == ["TK508"]


# -- order ---------------------------------------------------------------------------------------


def test_the_moved_units_are_as_few_as_can_be() -> None:
    for size in range(1, 7):
        for order in itertools.permutations(range(size)):
            fewest = next(
                size - left
                for left in range(size, 0, -1)
                if any(list(run) == sorted(run) for run in itertools.combinations(order, left))
            )
            out = moved(order)
            rest = [value for place, value in enumerate(order) if place not in out]
            assert rest == sorted(rest)
            assert len(out) == fewest


def test_inverted_places_are_those_that_another_has_passed() -> None:
    chance = random.Random(5)
    for _ in range(200):
        order = chance.sample(range(9), 9)
        crossing = {
            place
            for one, two in itertools.combinations(range(9), 2)
            if order[one] > order[two]
            for place in (one, two)
        }
        assert inverted(order) == crossing


# -- coverage ------------------------------------------------------------------------------------


def test_coverage_counts_units_and_words(corpus: Corpus) -> None:
    folder = corpus(
        **{
            "a-ru.xml": several(
                "ru", "<head>not numbered</head>", p("ru", 1, "a b"), p("ru", 2, "c d e", to="")
            ),
            "a-fr.xml": several("fr", p("fr", 1, "a b c")),
        }
    )
    (group,) = link(open_corpus(load(folder))).groups
    assert [
        (item.lang, item.aligned, item.units, item.aligned_words, item.words)
        for item in group.coverage
    ] == [("ru", 1, 2, 2, 5), ("fr", 1, 1, 3, 3)]
    done = run("link", cwd=folder)
    assert "  a-ru: ru 1 of 2 units (2 of 5 words), fr 1 of 1 units (3 of 3 words)" in done.out
    data = json.loads((folder / "build" / "links" / "links.json").read_text("utf-8"))
    assert data["documents"][0]["versions"][0]["coverage"] == {
        "units": 2,
        "aligned": 1,
        "words": 5,
        "aligned_words": 2,
    }


# -- one fault in the edition --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "old", "new", "finding"),
    [
        (
            "d02-fr.xml",
            'n="3" corresp="d02-ru.xml#d02-ru.3"',
            'n="3" corresp="d02-ru.xml#d02-ru.2"',
            "TK503 warning tei/d02-fr.xml:77:7 <p> d02-fr.3 corresponds to d02-ru.2, "
            "which corresponds to d02-fr.2 already",
        ),
        (
            "d02-ru.xml",
            'n="3" corresp="d02-fr.xml#d02-fr.3"',
            'n="3" corresp="d03-fr.xml#d03-fr.1"',
            "TK509 warning tei/d02-ru.xml:97:7 <p> d02-ru.3 corresponds to d03-fr.1 in d03-fr, "
            "which is not a version of d02-ru",
        ),
        (
            "d02-fr.xml",
            '<p xml:id="d02-fr.4" n="4"',
            '<p xml:id="d02-fr.4" n="44"',
            "TK505 warning tei/d02-fr.xml:78:7 <p> d02-fr.4 is number 44, "
            "but its counterpart d02-ru.4 is number 4",
        ),
        (
            "d08-fr.xml",
            'n="9" corresp="d08-ru.xml#d08-ru.9"',
            'n="9" corresp="d08-ru.xml#d08-ru.10"',
            "TK503 warning tei/d08-fr.xml:108:38 <p> d08-fr.9 corresponds to d08-ru.10, "
            "which corresponds to d08-fr.10 already",
        ),
    ],
)
def test_one_fault_planted_in_the_edition_is_one_finding(
    name: str, old: str, new: str, finding: str, edition: Path
) -> None:
    assert planted(edition, name, old, new) == [finding]


def test_the_edition_has_no_error_and_no_warning() -> None:
    assert [item for item in told(validate(ROOT)) if " info " not in item[:12]] == []

"""``teikit show``: what a word means, and what is shown of it."""

from __future__ import annotations

import dataclasses
import json
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from teikit import load
from teikit.columns import beside, hanging, width, wrap
from teikit.links import Entity, Links, open_links
from teikit.lookup import Passage, Whole, look_up
from teikit.show import as_json, view, views
from teikit.show.text import write
from teikit.show.views import Candidates, DocumentView, EntityView, Nothing, PassageView, View
from tests.conftest import ROOT, Shell, run, tei


@pytest.fixture(scope="module")
def links() -> Links:
    return open_links(load(ROOT))


def seen(links: Links, word: str, *languages: str, kinds: tuple[str, ...] = ()) -> View:
    return view(links, look_up(links, word, kinds), languages)


def entity(links: Links, word: str, *languages: str) -> EntityView:
    found = seen(links, word, *languages)
    assert isinstance(found, EntityView), found
    return found


def passage(links: Links, word: str, *languages: str) -> PassageView:
    found = seen(links, word, *languages)
    assert isinstance(found, PassageView), found
    return found


def document(links: Links, word: str, *languages: str) -> DocumentView:
    found = seen(links, word, *languages)
    assert isinstance(found, DocumentView), found
    return found


def show(*arguments: str, cwd: Path = ROOT, **env: str) -> Shell:
    return run("show", *arguments, cwd=cwd, env=env)


# -- what a word means ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "word",
    [
        "pe-balitski",
        "PE-Balitski",
        "persons.xml#pe-balitski",
        "tei/persons.xml#pe-balitski",
        "Балицкий",
        "балицкий",
        "Balitski",
        "BALITSKY",
        "Vsevolod Apollonovitch Balitski",
        "Balitski, Vsevolod Apollonovitch",
        "Vladimir Balitski",
        "Apollonovitch  Balitski",
        "Всеволод Балицкий",
        "Балицкого",
        "V.A. Balitski",
        " v a balitski ",
        unicodedata.normalize("NFD", "Балицкий"),
    ],
)
def test_a_person_is_found_by_any_name_in_any_script(links: Links, word: str) -> None:
    assert [item.key for item in look_up(links, word).targets if isinstance(item, Entity)] == [
        "pe-balitski"
    ]


@pytest.mark.parametrize(("word", "key"), [("Fouche", "pe-fouche"), ("Lenine", "pe-lenine")])
def test_accents_may_be_left_out(links: Links, word: str, key: str) -> None:
    assert entity(links, word).key == key


def test_every_entity_is_found_by_its_key_and_every_main_name_leads_to_it(links: Links) -> None:
    assert len(links.entities) > 200
    for key, item in links.entities.items():
        assert look_up(links, key, ("entity",)).targets == (item,)
        for name in item.entry.names:
            assert item in look_up(links, name.text, ("entity",)).targets, name.text


def test_several_candidates_are_listed_and_each_word_of_the_list_leads_to_one() -> None:
    done = show("Joseph")
    assert done.code == 1
    first, *rows = done.out.splitlines()
    assert first == "“Joseph” may be one of 2:"
    assert [row.split()[0] for row in rows] == ["pe-fouche", "pe-staline"]
    assert done.err == ""
    for row in rows:
        assert show(row.split()[0]).code == 0


@pytest.mark.parametrize(
    ("word", "near"),
    [("Rakovskij", "pe-rakovski"), ("Балицкии", "pe-balitski"), ("d4", "d04")],
)
def test_nothing_tells_what_is_nearest(word: str, near: str) -> None:
    done = show(word)
    assert done.code == 1
    assert done.out == ""
    assert done.err.startswith(f"{word}: error: nothing in the corpus has this name [TK903]\n")
    assert near in done.err.split()


@pytest.mark.parametrize("word", ["", " ", "#", "#12", "d04#", "!!!", "-", "d04#-", "x" * 5000])
def test_words_without_a_meaning_are_nothing(links: Links, word: str) -> None:
    found = seen(links, word)
    assert isinstance(found, Nothing)
    assert "[TK903]" in write(found, 80)


def test_a_document_comes_before_a_passage_and_that_before_an_entity(
    corpus: Callable[..., Path],
) -> None:
    folder = corpus(
        **{
            "wolf.xml": tei('<p xml:id="hare">One.</p>', key="wolf"),
            "persons.xml": tei(
                '<standOff><listPerson><person xml:id="w"><persName>wolf</persName></person>'
                '<person xml:id="h"><persName>hare</persName></person>'
                '<person xml:id="wolf"><persName>Fox</persName></person></listPerson></standOff>'
            ),
        }
    )
    links = open_links(load(folder))
    assert isinstance(look_up(links, "wolf").targets[0], Whole)
    assert isinstance(look_up(links, "hare").targets[0], Passage)
    (by_key,) = look_up(links, "wolf", ("entity",)).targets
    assert isinstance(by_key, Entity)
    assert by_key.entry.name() == "Fox"  # a key comes before a name
    (by_name,) = look_up(links, "hare", ("entity",)).targets
    assert isinstance(by_name, Entity)
    assert by_name.key == "h"
    assert not look_up(links, "hare", ("document",)).targets
    assert show("wolf", cwd=folder).out.startswith("wolf ")
    assert show("wolf", "--as", "entity", cwd=folder).out.startswith("Fox ")


@pytest.mark.parametrize("word", ["d04-ru", "d04-ru.xml", "tei/d04-ru.xml", "D04-RU"])
def test_a_version_is_found_by_its_id_and_its_file(links: Links, word: str) -> None:
    assert [item.id for item in document(links, word).versions] == ["d04-ru"]


# -- passages ------------------------------------------------------------------------------------


def test_a_passage_has_the_words_of_its_unit_in_each_version(links: Links) -> None:
    for group in links.groups:
        for version in group.versions:
            for unit in version.units:
                if not unit.ref:
                    continue
                (row,) = passage(links, f"{version.id}#{unit.ref}").rows
                assert row.units[0].version == version.id  # the one that was named comes first
                assert row.units[0].text == unit.text
                assert len(row.units) == len(group.versions)


def test_every_way_to_name_a_passage_leads_to_the_same_rows(links: Links) -> None:
    rows = passage(links, "d04-ru#12").rows
    for word in ("d04-ru.12", "d04-ru#d04-ru.12", "tei/d04-ru.xml#12", "d04-ru.xml#d04-ru.12"):
        assert passage(links, word).rows == rows
    both = passage(links, "d04#12")
    assert [unit.version for unit in both.rows[0].units] == ["d04-ru", "d04-fr"]
    assert both.reference == "d04#12"


def test_a_range_has_all_that_stands_between(links: Links) -> None:
    found = passage(links, "d04#12-14")
    assert [row.reference for row in found.rows] == ["d04#12", "d04#13", "d04#14"]
    assert found.reference == "d04#12-14"
    assert passage(links, "d04#12–14") == found
    assert passage(links, "d04#12-12") == passage(links, "d04#12")
    assert [item.reference for item in found.citations] == ["d04-ru#12-14", "d04-fr#12-14"]


def test_a_backward_range_is_offered_the_right_way_round() -> None:
    done = show("d04#14-12")
    assert done.code == 1
    assert done.err == (
        "d04#14-12: error: d04 has no passage “14-12” [TK903]\n"
        "did you mean\n  d04#12-14  12 comes before 14\n"
    )


def test_an_unknown_passage_says_so_of_its_document(links: Links) -> None:
    found = seen(links, "d04-ru#99")
    assert isinstance(found, Nothing)
    assert found.reason == "d04-ru has no passage “99”"
    assert found.nearest
    for word, _ in found.nearest:
        assert isinstance(seen(links, word), PassageView)


def test_references_that_are_shown_can_be_asked_for(links: Links) -> None:
    for item in links.entities.values():
        for there in entity(links, item.key).mentioned:
            for place in there.passages:
                assert isinstance(seen(links, place.reference), PassageView), place.reference
                for mention in place.mentions:
                    assert isinstance(seen(links, mention.reference), PassageView)


def test_who_is_named_in_a_passage_is_shown_and_shows_the_passage(links: Links) -> None:
    found = passage(links, "d02#3")
    assert [item.key for item in found.entities] == ["pe-lenine", "wo-code-travail", "pl-rsfsr"]
    assert found.entities[0].forms == ("Лениным", "Lénine")
    for item in found.entities:
        places = {
            place.reference
            for there in entity(links, item.key).mentioned
            for place in there.passages
        }
        assert "d02#3" in places


def test_notes_and_citations_stand_with_the_passage(links: Links) -> None:
    found = passage(links, "d02#6")
    (note,) = found.rows[0].units[1].notes
    assert note.text.startswith("« techniciens » rend le sigle")
    russian, french = found.citations
    cited = run("cite", "d02-ru#6", "d02-fr#6", cwd=ROOT).out.splitlines()
    assert [russian.text, french.text] == cited
    assert [russian.reference, french.reference] == ["d02-ru#6", "d02-fr#6"]


def test_what_stands_inside_a_unit_leads_to_it(links: Links) -> None:
    (note,) = passage(links, "d02-fr#6").rows[0].units[0].notes
    assert passage(links, note.id).reference == "d02-fr#6"
    assert "d05-ru.enclosures" in passage(links, "d05-ru#12").reference


def test_divisions_and_beginnings_of_references_are_all_that_is_in_them(
    corpus: Callable[..., Path],
) -> None:
    cite = (
        '<encodingDesc><refsDecl><citeStructure match="//body/div" use="@n">'
        '<citeStructure match="p" use="@n" delim="."/></citeStructure></refsDecl>'
        "</encodingDesc>"
    )
    folder = corpus(
        **{
            "a.xml": tei(
                '<div n="1" xml:id="first"><p n="1">One.</p><p n="2">Two.</p></div>'
                '<div n="11"><p n="1">Three.</p></div>',
                key="a",
                header=cite,
            )
        }
    )
    links = open_links(load(folder))
    for word in ("a#1", "first"):
        texts = [row.units[0].text for row in passage(links, word).rows]
        assert texts == ["One.", "Two."]
    assert passage(links, "a#1.2").rows[0].units[0].text == "Two."
    assert passage(links, "a#1.2-11.1").reference == "a#1.2-11.1"


def test_a_text_without_ids_and_references_can_be_shown(corpus: Callable[..., Path]) -> None:
    folder = corpus(**{"a.xml": tei("<head>Title</head><p>One.</p>"), "b.xml": tei("<p>Two.</p>")})
    done = show("a.xml#1", cwd=folder)
    assert (done.code, done.err) == (0, "")
    assert "One." in done.out
    assert "Two." not in done.out
    assert show("a.xml", "b.xml", cwd=folder).code == 0


# -- entities ------------------------------------------------------------------------------------


def test_a_mention_is_in_the_unit_that_it_names(links: Links) -> None:
    total = 0
    for key in links.entities:
        found = entity(links, key)
        listed = [
            mention
            for there in found.mentioned
            for place in there.passages
            for mention in place.mentions
        ]
        assert len(listed) == found.mentions == len(links.mentions[key])
        for mention in listed:
            total += 1
            (row,) = passage(links, mention.reference).rows
            (unit,) = (unit for unit in row.units if unit.version == mention.version)
            words = f"{mention.before}{mention.text}{mention.after}".strip("…")
            texts = [note.text for note in unit.notes] if mention.note else [unit.text]
            assert any(words in text for text in texts), mention
    assert total == sum(map(len, links.mentions.values())) > 1000


def test_original_and_translation_stand_together(links: Links) -> None:
    (there, *_) = entity(links, "pl-oulala").mentioned
    (place,) = there.passages
    assert place.reference == "d01#1"
    assert [(item.language, item.role) for item in place.mentions] == [
        ("ru", "original"),
        ("fr", "translation"),
    ]


def test_a_version_that_does_not_name_it_has_a_dash(edition: Path) -> None:
    path = edition / "tei" / "d01-fr.xml"
    text = path.read_text("utf-8")
    path.write_text(re.sub(r'<placeName ref="[^"]*pl-oulala">(.*?)</placeName>', r"\1", text))
    done = show("pl-oulala", cwd=edition)
    assert "  d01#1\n    ru      …среди" in done.out
    assert "    d01-fr  –\n" in done.out


def test_the_register_is_told_with_dates_relations_and_pages(links: Links) -> None:
    found = entity(links, "Lénine")
    assert [(item.kind, item.date) for item in found.dates] == [
        ("birth", "1870-04-22"),
        ("death", "1924-01-21"),
    ]
    assert "https://www.wikidata.org/wiki/Q1394" in [item.url for item in found.identifiers]
    ties = {(item.name, item.role, item.key) for item in entity(links, "pe-rakovski").relations}
    assert ("wroteTo", "passive", "pe-arr01") in ties
    assert ("wroteTo", "active", "pe-arr01") in ties
    assert ("correspondedWith", "mutual", "pe-arr06") in ties
    assert ("author", "active", "wo-retour") in ties
    assert ("author", "passive", "pe-rakovski") in {
        (item.name, item.role, item.key) for item in entity(links, "wo-retour").relations
    }


def test_relations_are_seen_from_both_ends(links: Links) -> None:
    opposite = {"active": "passive", "passive": "active", "mutual": "mutual"}
    ties = {
        (key, tie.role, tie.name, tie.key)
        for key in links.entities
        for tie in entity(links, key).relations
        if tie.key
    }
    assert ties
    assert ties == {(other, opposite[role], name, key) for key, role, name, other in ties}


def test_headers_say_what_somebody_has_to_do_with_a_document(links: Links) -> None:
    parts = {(item.role, item.document) for item in entity(links, "pe-staline").parts}
    assert ("recipient", "d01") in parts
    assert ("recipient", "d02") not in parts
    assert ("repository", "d04") in {
        (item.role, item.document) for item in entity(links, "or-aprf").parts
    }


def test_a_letter_is_sent_at_a_place(corpus: Callable[..., Path]) -> None:
    header = (
        '<profileDesc><correspDesc><correspAction type="sent"><placeName ref="#pl">P</placeName>'
        "</correspAction></correspDesc></profileDesc>"
    )
    places = '<standOff><listPlace><place xml:id="pl"><placeName>Paris</placeName></place>'
    folder = corpus(
        **{
            "a.xml": tei("<p>One.</p>", key="a", header=header),
            "places.xml": tei(f"{places}</listPlace></standOff>"),
        }
    )
    out = show("Paris", cwd=folder).out
    assert re.search(r"^sent at +a$", out, re.M)
    assert "not named in the texts" in out


# -- documents -----------------------------------------------------------------------------------


def test_a_document_has_its_record(links: Links) -> None:
    found = document(links, "d04")
    assert found.shelfmark == (("fond", "3"), ("opis", "24"), ("delo", "139"), ("list", "35-52"))
    assert found.date == "1932-06-25/1932-10-11"
    assert {(item.role, item.key) for item in found.persons} >= {
        ("author", "pe-rakovski"),
        ("recipient", "pe-v2"),
    }
    assert found.genres == ("письмо", "lettre", "letter")
    (original, translation) = found.versions
    assert (original.role, translation.role) == ("original", "translation")
    assert original.units == original.aligned == len(links.groups[3].versions[0].units)


def test_enclosures_are_told_also_those_that_are_absent(links: Links) -> None:
    told = {(item.kind, item.subtype, item.target) for item in document(links, "d03").relations}
    assert told == {
        ("enclosure", "", "d04"),
        ("enclosure", "absent", "wo-nouvelle-etape"),
        ("enclosure", "absent", "wo-deux-mots"),
    }


def test_a_relation_that_only_the_other_document_states_is_told(edition: Path) -> None:
    for lang in ("ru", "fr"):
        path = edition / "tei" / f"d04-{lang}.xml"
        text = path.read_text("utf-8")
        path.write_text(re.sub(r'<relatedItem type="enclosedIn"[^>]*>', "", text), "utf-8")
    links = open_links(load(edition))
    assert [(item.kind, item.target, item.stated) for item in document(links, "d04").relations] == [
        ("enclosure", "d03", "there")
    ]


def test_entities_are_counted_as_the_entity_counts_its_mentions(links: Links) -> None:
    for item in document(links, "d05").entities:
        there = [found for found in entity(links, item.key).mentioned if found.document == "d05"]
        assert item.mentions == sum(len(place.mentions) for place in there[0].passages)


# -- languages -----------------------------------------------------------------------------------


def test_a_language_keeps_to_texts_and_names_in_it(links: Links) -> None:
    russian = entity(links, "pe-balitski", "ru")
    assert russian.label == "Балицкий, Всеволод Аполлонович"
    versions = {
        item.version
        for there in russian.mentioned
        for place in there.passages
        for item in place.mentions
    }
    assert versions == {"d01-ru", "d03-ru", "d05-ru"}
    assert [unit.version for unit in passage(links, "d04#12", "fr").rows[0].units] == ["d04-fr"]
    assert [item.id for item in document(links, "d04", "fr").versions] == ["d04-fr"]


def test_a_language_that_the_passage_lacks_is_told() -> None:
    done = show("d04-ru", "--lang", "fr")
    assert done.code == 1
    assert done.err == "d04-ru: error: it is not in fr [TK903]\n"


def test_a_language_that_no_text_has_is_wrong_usage() -> None:
    done = show("d04", "--lang", "de")
    assert done.code == 2
    assert "no text is in “de”; the texts are in ru, fr" in done.err


# -- JSON ----------------------------------------------------------------------------------------

WORDS = ("pe-balitski", "pl-oulala", "wo-retour", "d02#6", "d04#12-14", "d03", "edition")


@pytest.mark.parametrize("word", WORDS)
def test_text_and_json_say_the_same(links: Links, word: str) -> None:
    found = seen(links, word)
    text = write(found, 100_000)
    (data,) = json.loads(as_json([found]))

    def strings(value: object, name: str = "") -> list[str]:
        if isinstance(value, dict):
            if "before" in value:  # of a mention the text gives the passage, for all versions
                value = {**value, "reference": ""}
            return [text for key, item in value.items() for text in strings(item, key)]
        if isinstance(value, list):
            return [text for item in value for text in strings(item, name)]
        quoted = ("text", "label", "title", "url", "reference", "before", "after", "medium")
        return [value] if isinstance(value, str) and name in quoted else []

    wanted = strings({**data, "entities": data.get("entities", [])[:8]})
    assert wanted
    for item in wanted:
        assert item.strip() in text, item


def test_json_is_an_array_with_one_object_for_each_word() -> None:
    done = show("d04#12", "Joseph", "zzz", "pe-lenine", "--format", "json")
    assert done.code == 1
    assert [item["type"] for item in json.loads(done.out)] == [
        "passage",
        "candidates",
        "nothing",
        "entity",
    ]
    assert done.err == ""


def test_every_field_of_the_json_is_documented() -> None:
    page = (ROOT / "docs" / "reading.md").read_text("utf-8")
    shown = [
        item
        for item in vars(views).values()
        if isinstance(item, type)
        and dataclasses.is_dataclass(item)
        and item.__module__ == views.__name__
    ]
    assert len(shown) > 10
    for item in shown:
        for field in dataclasses.fields(item):
            assert f"`{field.name}`" in page, f"{item.__name__}.{field.name}"


# -- columns -------------------------------------------------------------------------------------


@pytest.mark.parametrize("columns", [24, 40, 60, 80, 120])
@pytest.mark.parametrize("word", [*WORDS, "Joseph", "Rakovskij", "pe-arr06", "d08#999"])
def test_no_line_is_wider_than_the_terminal(links: Links, word: str, columns: int) -> None:
    for colour in (False, True):
        text = write(seen(links, word), columns, colour)
        assert max(width(line) for line in text.splitlines()) <= columns


@pytest.mark.parametrize("columns", [30, 80, 120])
def test_wrapping_loses_no_word(links: Links, columns: int) -> None:
    for row in passage(links, "d04-ru#12-20").rows:
        for unit in row.units:
            lines = wrap(unit.text, columns)
            assert "".join(lines).replace(" ", "") == unit.text.replace(" ", "")


def test_versions_stand_side_by_side_where_there_is_room() -> None:
    narrow = show("d02#6", COLUMNS="80").out
    wide = show("d02#6", COLUMNS="120").out
    assert re.search(r"^ru · d02-ru#6$", narrow, re.M)
    assert re.search(r"^ru · d02-ru#6 +fr · d02-fr#6$", wide, re.M)


def test_columns_count_what_a_terminal_shows() -> None:
    assert width("Балицкий") == 8
    assert width("é") == width("e\u0301") == 1
    assert width("北京") == 4
    assert width("\x1b[1mhit\x1b[0m") == 3
    lines = list(beside(["北京 e\u0301t " * 6, "приветик " * 4], 40))
    starts = [width(line[: line.index("приветик")]) for line in lines if "приветик" in line]
    assert starts == [21, 21]


def test_long_words_and_labels_are_broken_where_they_must() -> None:
    assert wrap("a" * 25, 10) == ["a" * 10, "a" * 10, "a" * 5]
    assert wrap("北京北京", 5) == ["北京", "北京"]
    assert wrap("ae\u0301e\u0301", 2) == ["ae\u0301", "e\u0301"]
    assert list(hanging("label", "one two", 8, 12)) == ["label   one", "        two"]
    assert list(hanging("a long label", "text", 8, 20)) == ["a long label", "        text"]


def test_french_signs_are_not_torn_from_their_word() -> None:
    assert wrap("il dit « oui » : non !", 9) == ["il dit", "« oui » :", "non !"]


def test_wrapping_empty_text_gives_one_empty_line() -> None:
    assert wrap("", 10) == [""]
    assert wrap(" \n\t", 10) == [""]


# -- colour, control characters, mistakes --------------------------------------------------------


def test_a_pipe_gets_no_colour_and_no_color_wins() -> None:
    plain = show("pl-oulala").out
    assert "\x1b" not in plain
    assert "*г. Улала*" in plain
    coloured = show("pl-oulala", FORCE_COLOR="1").out
    assert "\x1b[1;33mг. Улала\x1b[0m" in coloured
    assert show("pl-oulala", FORCE_COLOR="1", NO_COLOR="1").out == plain


def test_control_characters_of_a_file_do_not_reach_the_terminal(
    corpus: Callable[..., Path],
) -> None:
    folder = corpus(**{"a.xml": tei("<p>before\u009b31mafter\u0085</p>", key="a")})
    for style in ("text", "json"):
        out = show("a#1", "--format", style, cwd=folder).out
        assert "before\ufffd31mafter" in out
        assert not re.search("[\x80-\x9f\x1b]", out)


def test_a_broken_file_is_told_and_nothing_is_shown(edition: Path) -> None:
    (edition / "tei" / "d01-fr.xml").write_text("<TEI>", "utf-8")
    done = show("d04", cwd=edition)
    assert done.code == 1
    assert done.out == ""
    assert "tei/d01-fr.xml:1" in done.err
    assert "Traceback" not in done.err


def test_pointers_that_lead_nowhere_do_not_hinder(edition: Path) -> None:
    path = edition / "tei" / "persons.xml"
    text = path.read_text("utf-8")
    assert 'passive="persons.xml#pe-trotski"' in text
    path.write_text(text.replace('passive="persons.xml#pe-trotski"', 'passive="#nobody"'), "utf-8")
    done = show("pe-arr14", cwd=edition)
    assert done.code == 0
    assert re.search(r"^relativeOf +→ #nobody", done.out, re.M)


def test_the_same_corpus_gives_the_same_bytes(links: Links) -> None:
    again = open_links(load(ROOT))
    for word in (*WORDS, "Joseph", "Rakovskij"):
        assert as_json([seen(links, word)]) == as_json([seen(again, word)])


def test_ambiguous_passages_are_candidates(corpus: Callable[..., Path]) -> None:
    folder = corpus(
        **{
            "a.xml": tei('<p xml:id="p1">One.</p>', key="a"),
            "b.xml": tei('<p xml:id="p1">Two.</p>', key="b"),
        }
    )
    links = open_links(load(folder))
    found = seen(links, "p1")
    assert isinstance(found, Candidates)
    texts = [passage(links, word).rows[0].units[0].text for word, _ in found.candidates]
    assert texts == ["One.", "Two."]

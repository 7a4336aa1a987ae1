"""A search finds every word there is, in its own letters, and says what it looked through."""

from __future__ import annotations

import csv
import io
import json
import random
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from teikit import link, load, open_corpus
from teikit.columns import width
from teikit.concordance import lines
from teikit.folding import fold, fold_with_places
from teikit.links import Links
from teikit.search import Found, QueryError, Scope, parse, search, spans
from tests.conftest import ROOT, run, tei


def linked(folder: Path) -> Links:
    return link(open_corpus(load(folder)))


@pytest.fixture(scope="module")
def shipped() -> Links:
    return linked(ROOT)


def hits(found: Found) -> list[str]:
    return [hit.text[hit.start : hit.end] for hit in found.hits]


def test_sampled_words_of_every_unit_are_found_in_that_unit(shipped: Links) -> None:
    chance = random.Random(1)
    tried = 0
    for facts in shipped.facts:
        if facts.role == "register":
            continue
        for unit in facts.units:
            words = re.findall(r"[^\W_]+", unit.text)
            for word in chance.sample(words, min(2, len(words))):
                scope = Scope(paths=frozenset({facts.path}))
                found = search(shipped, parse([word]), scope).hits
                here = [hit for hit in found if hit.line == unit.location.line]
                assert any(hit.text[hit.start : hit.end] == word for hit in here), (unit.name, word)
                tried += 1
    assert tried > 400


def test_every_note_of_the_texts_is_searched_where_notes_are_asked_for(shipped: Links) -> None:
    found = search(shipped, parse([r"\w+"], regex=True), Scope(notes=True))
    texts = {hit.text for hit in found.hits if hit.note}
    for facts in shipped.facts:
        wanted = (
            {note.text for note in facts.notes if note.text} if facts.role != "register" else set()
        )
        inline = {unit.text for unit in facts.units}
        assert all(text in texts or any(text in unit for unit in inline) for text in wanted)
    assert not any(hit.note for hit in search(shipped, parse(["et"]), Scope()).hits)


@pytest.mark.parametrize(
    ("text", "word", "original"),
    [
        ("ЁЛКА", "елка", "ЁЛКА"),
        ("un cœur net", "coeur", "cœur"),
        ("un coeur net", "cœur", "coeur"),
        ("со\u00adветский строй", "советский", "со\u00adветский"),
        ("la re\u0301gle dit", "regle", "re\u0301gle"),
        ("la règle dit", "re\u0300gle", "règle"),
        ("ce ﬁnal", "final", "ﬁnal"),
        ("𝐀bc \U0001f600 rue", "rue", "rue"),
        ("l’opposition", "opposition", "opposition"),
        ("l’opposition", "l'opposition", "l’opposition"),
        ("Ордена - «Знамя»", "знамя", "Знамя"),
        ("Straße", "STRASSE", "Straße"),
        ("мой город", "мои\u0306", "мой"),
    ],
)
def test_a_hit_is_cut_from_the_letters_of_the_text(text: str, word: str, original: str) -> None:
    folded = fold_with_places(text)
    ((start, end),) = spans(parse([word]), folded.text)
    assert text[slice(*folded.original(start, end))] == original


def test_letters_with_a_life_of_their_own_are_kept_apart() -> None:
    assert fold("мой") != fold("мои")


def test_folding_with_places_gives_the_same_text_and_covers_it_in_order(shipped: Links) -> None:
    texts = [unit.text for facts in shipped.facts for unit in facts.units]
    for text in texts + [unicodedata.normalize("NFD", text) for text in texts]:
        folded = fold_with_places(text)
        assert folded.text == fold(text)
        assert list(folded.starts) == sorted(folded.starts)
        assert all(0 <= a < b <= len(text) for a, b in zip(folded.starts, folded.ends, strict=True))


def test_composed_and_decomposed_letters_fold_alike(shipped: Links) -> None:
    for facts in shipped.facts:
        for unit in facts.units:
            assert fold(unicodedata.normalize("NFD", unit.text)) == fold(unit.text)


TEXT = (
    '<p n="1">La <hi>classe</hi> ouvrière de la ville, et le tra<lb break="no"/>vail.<note>Voir '
    "les archives.</note></p>"
    '<p n="2">Une classe sans travail; classes ouvrières.</p><note xml:id="end">Note finale.</note>'
)


@pytest.fixture
def small(corpus: Callable[..., Path]) -> Links:
    return linked(corpus(**{"a.xml": tei(TEXT, key="a")}))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["travail"], ["travail", "travail"]),
        (["ouvriere", "classe"], ["classe", "ouvrière"]),
        (["classe ouvrière"], ["classe ouvrière"]),
        (["ouvrière classe"], []),
        (['"classe ouvrière" ville'], ["classe ouvrière", "ville"]),
        (["«classe ouvrière» ville"], ["classe ouvrière", "ville"]),
        (["ouvr*"], ["ouvrière", "ouvrières"]),
        (["*ville"], ["ville"]),
        (["classe * travail"], ["classe sans travail"]),
        (["class"], []),
        (["archives"], []),
    ],
)
def test_a_query_finds(words: list[str], expected: list[str], small: Links) -> None:
    assert hits(search(small, parse(words), Scope())) == expected


def test_notes_in_and_between_paragraphs_are_searched_apart(small: Links) -> None:
    found = search(small, parse(["archives"]), Scope(notes=True))
    assert [(hit.note, hit.reference) for hit in found.hits] == [(True, "a#1")]
    found = search(small, parse(["finale"]), Scope(notes=True))
    assert [(hit.id, hit.reference) for hit in found.hits] == [("end", "a#end")]
    assert (found.units, found.notes, found.texts) == (2, 2, 1)
    # A word of the text and one of its note do not stand in one text.
    assert not search(small, parse(["ville", "archives"]), Scope(notes=True)).hits


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        (r"ouvri[èé]res?", ["ouvrière", "ouvrières"]),
        (r"\bVILLE\b", ["ville"]),
        (r"tra\w+", ["travail", "travail"]),
        (r"x*", []),
        (r"\Ville", []),
    ],
)
def test_a_regular_expression_finds(expression: str, expected: list[str], small: Links) -> None:
    if expression.startswith(r"\V"):
        with pytest.raises(QueryError, match="no regular expression"):
            parse([expression], regex=True)
        return
    assert hits(search(small, parse([expression], regex=True), Scope())) == expected


@pytest.mark.parametrize("words", [[""], ["*"], ["«»"], ["!"], [" "]])
def test_a_query_without_a_word_is_refused(words: list[str]) -> None:
    with pytest.raises(QueryError, match="no word"):
        parse(words)


def test_stems_find_the_forms_of_a_word_by_the_language_of_the_text(shipped: Links) -> None:
    found = search(shipped, parse(["письмо"], stems=True), Scope())
    forms = {form.casefold() for form in hits(found)}
    assert forms > {"письма"}
    assert all(form.startswith("пис") for form in forms)
    assert {hit.language for hit in found.hits} == {"ru"}
    exact = search(shipped, parse(["письмо"]), Scope())
    assert {(hit.reference, hit.start) for hit in exact.hits} <= {
        (hit.reference, hit.start) for hit in found.hits
    }


def test_an_entity_narrows_to_the_units_that_mention_it(shipped: Links) -> None:
    everything = Scope(entities=frozenset({"pe-rakovski"}))
    found = search(shipped, parse([r"\w+"], regex=True), everything)
    mentioned = {
        (item.document.path, item.unit.location.line)
        for item in shipped.mentions["pe-rakovski"]
        if not item.mention.in_note
    }
    assert {(hit.path, hit.line) for hit in found.hits} == mentioned


def dated(attributes: str) -> str:
    return f"<profileDesc><creation><date {attributes}>?</date></creation></profileDesc>"


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("1932", "1932", ["day", "month"]),
        ("1932-06", "", ["day", "month"]),
        ("", "1931", ["range"]),
        ("1930-05", "1930-06", ["range"]),
        ("1932-06-16", "", ["month"]),
    ],
)
def test_dates_narrow_to_what_may_have_been_written_then(
    start: str, end: str, expected: list[str], corpus: Callable[..., Path]
) -> None:
    made = {
        "day": 'when="1932-06-15"',
        "month": 'when="1932-06"',
        "range": 'notBefore="1929" notAfter="1930-05-31"',
        "none": "",
    }
    files = {
        f"{name}.xml": tei("<p>mot</p>", key=name, header=dated(value) if value else "")
        for name, value in made.items()
    }
    found = search(linked(corpus(**files)), parse(["mot"]), Scope(start=start, end=end))
    assert [hit.document for hit in found.hits] == expected
    assert found.undated == ("none",)


@pytest.mark.parametrize("columns", [40, 60, 80, 120])
def test_the_hits_stand_below_each_other_and_fit_the_terminal(columns: int, shipped: Links) -> None:
    found = search(shipped, parse(["партии"]), Scope()).hits
    assert len(found) > 5
    shown = list(lines(found, columns, colour=True))
    plain = [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in shown]
    assert max(map(width, plain)) <= columns
    begin = {
        width(re.sub(r"\x1b\[[0-9;]*m", "", line.partition("\x1b[1;31m")[0])) for line in shown
    }
    assert len(begin) == 1
    assert all(re.search(r"\x1b\[1;31mпартии\x1b\[0m", line, re.I) for line in shown)


def test_wide_and_combining_letters_do_not_push_a_hit_out_of_its_column(
    corpus: Callable[..., Path],
) -> None:
    body = "<p>中文中文 mot 中文</p><p>e\u0301e\u0301e\u0301 mot</p><p>mot</p>"
    found = search(linked(corpus(**{"a.xml": tei(body, key="a")})), parse(["mot"]), Scope()).hits
    assert len({width(line.partition("mot")[0]) for line in lines(found, 60)}) == 1


def test_json_csv_and_text_tell_the_same_hits() -> None:
    words = ["search", "партии", "--notes", "--lang", "ru"]
    data = json.loads(run(*words, "--format", "json", cwd=ROOT).out)
    table = list(csv.DictReader(io.StringIO(run(*words, "--format", "csv", cwd=ROOT).out)))
    text = run(*words, cwd=ROOT, env={"COLUMNS": "100"})
    assert data["found"] == len(data["hits"]) == len(table) > 0
    assert [hit["reference"] for hit in data["hits"]] == [line["reference"] for line in table]
    assert [hit["text"] for hit in data["hits"]] == [line["text"] for line in table]
    shown = text.out.splitlines()
    assert [line.split()[0] for line in shown] == [hit["reference"] for hit in data["hits"]]
    assert text.err.startswith(f"{data['found']} hits in ")
    counted = run(*words, "--count", cwd=ROOT).out.split()
    assert sum(map(int, counted[1::2])) == data["found"]


def test_a_limit_shows_the_first_and_tells_how_many_there_are() -> None:
    whole = run("search", "партии", cwd=ROOT)
    some = run("search", "партии", "--limit", "2", cwd=ROOT)
    assert some.out.splitlines() == whole.out.splitlines()[:2]
    assert ", the first 2 shown" in some.err


def test_nothing_found_is_exit_code_one_and_tells_the_nearest_word() -> None:
    done = run("search", "Oulalla", cwd=ROOT)
    assert (done.code, done.out) == (1, "")
    assert re.match(r"no hits in \d+ units of \d+ texts\n", done.err)
    assert "“oulalla” is not there: did you mean Oulala" in done.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["a", "--doc", "d4"], "there is no document d4; did you mean d04"),
        (["a", "--entity", "Rakovksi"], "no register names Rakovksi; did you mean pe-rakovski"),
        (["(", "--regex"], "“(” is no regular expression"),
        (["*"], "there is no word in “*”"),
        (["a", "--from", "never"], "“never” is no date"),
        (["a", "--date", "1933/1932"], "1933 comes after 1932"),
        (["a", "--date", "1933", "--to", "1932"], "give one or the other"),
        (["a", "--regex", "--stem"], "give --regex or --stem"),
    ],
)
def test_what_cannot_be_searched_is_wrong_usage(arguments: list[str], message: str) -> None:
    done = run("search", *arguments, cwd=ROOT)
    assert (done.code, done.out) == (2, "")
    assert message in done.err
    assert "Traceback" not in done.err


def test_an_unreadable_file_stops_the_search(corpus: Callable[..., Path]) -> None:
    folder = corpus(**{"a.xml": tei("<p>mot</p>"), "b.xml": "<?xml version='1.0'?><TEI>"})
    done = run("search", "mot", cwd=folder)
    assert (done.code, done.out) == (1, "")
    assert "b.xml" in done.err
    assert "nothing was searched" in done.err


def test_colours_are_for_terminals_and_for_who_asks() -> None:
    assert "\x1b" not in run("search", "Oulala", cwd=ROOT).out
    assert "\x1b" in run("search", "Oulala", cwd=ROOT, env={"FORCE_COLOR": "1"}).out
    both = {"FORCE_COLOR": "1", "NO_COLOR": "1"}
    assert "\x1b" not in run("search", "Oulala", cwd=ROOT, env=both).out

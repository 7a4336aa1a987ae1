"""A reference that was published leads to the same passage, or the editor is told."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from teikit import checks, link, load, open_corpus
from teikit.diagnostics import Diagnostic, Severity
from teikit.errors import UnknownDocumentError
from teikit.links import Links
from teikit.promises import Version, alike, compare, passage
from teikit.published import (
    PublishedError,
    changes,
    current,
    difference,
    dump,
    parse,
    publish,
)
from tests.conftest import ROOT, copy_corpus, run, tei

CITED = (
    "<encodingDesc><refsDecl>"
    '<citeStructure unit="paragraph" match="//body//p[@n]" use="@n"/>'
    "</refsDecl></encodingDesc>"
)
WORDS = (
    "We left the town at dawn, and the road was empty as far as one could see.",
    "The horses were tired; nobody spoke until we came to the river and found no bridge.",
    "On the other bank stood a man who waved to us and then went away without a word.",
    "In the evening the rain began, and with it the long wait in a house that was not ours.",
    "Three days later a letter came: it said that all had been settled in our absence.",
    "So we turned back, by another road, and never learned what the man had wanted.",
)
LOCK = "references.lock"


def linked(folder: Path) -> Links:
    return link(open_corpus(load(folder)))


def paragraph(number: int | str, text: str, key: str = "") -> str:
    identifier = f' xml:id="{key}"' if key else ""
    return f'<p{identifier} n="{number}">{text}</p>'


def numbered(texts: Sequence[str]) -> str:
    return "\n".join(paragraph(n, text) for n, text in enumerate(texts, 1))


@pytest.fixture
def book(tmp_path: Path) -> Callable[[str], Path]:
    """Write the text of the one document; at the first time its references are published."""

    def write(body: str) -> Path:
        folder = tmp_path / "book"
        (folder / "tei").mkdir(parents=True, exist_ok=True)
        (folder / "tei" / "a.xml").write_text(tei(body, key="a", header=CITED), "utf-8")
        if not (folder / LOCK).exists():
            (folder / LOCK).write_text(publish(linked(folder)), "utf-8")
        return folder

    return write


def found(folder: Path) -> list[Diagnostic]:
    codes = ("TK610", "TK611")
    return [item for item in checks.run(linked(folder)) if item.code in codes]


def told(folder: Path) -> list[str]:
    return [f"{item.location.path}:{item.location.line} {item.message}" for item in found(folder)]


# -- what is told --------------------------------------------------------------------------------


def test_without_a_file_nothing_was_published(book: Callable[[str], Path]) -> None:
    folder = book(numbered(WORDS))
    (folder / LOCK).unlink()
    book_again = (folder / "tei" / "a.xml").read_text("utf-8").replace('n="1"', 'n="9"')
    (folder / "tei" / "a.xml").write_text(book_again, "utf-8")
    assert found(folder) == []


def test_a_text_as_it_was_published_is_silent(book: Callable[[str], Path]) -> None:
    assert found(book(numbered(WORDS))) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("empty as far", "emptie as far"),
        ("We left the town at dawn", "We left the city at dawn"),
        ("and the road was empty as far as one could see.", "and the road was empty."),
        ("We left", "One morning, when nobody expected it and all were still asleep, we left"),
        (", and", " <choice><sic>end</sic><corr>and</corr></choice>"),
    ],
)
def test_a_mended_word_is_no_finding(old: str, new: str, book: Callable[[str], Path]) -> None:
    body = numbered(WORDS)
    book(body)
    assert body.count(old) >= 1
    assert found(book(body.replace(old, new, 1))) == []


def test_a_new_passage_with_a_number_of_its_own_is_no_finding(
    book: Callable[[str], Path],
) -> None:
    book(numbered(WORDS))
    added = numbered(WORDS).replace('<p n="2">', '<p n="1a">A new thing.</p><p n="2">')
    assert found(book(added)) == []


def test_one_insertion_that_renumbers_all_that_follow_is_one_finding(
    book: Callable[[str], Path],
) -> None:
    book(numbered(WORDS))
    folder = book(numbered((WORDS[0], "A paragraph that is new.", *WORDS[1:])))
    (finding,) = found(folder)
    assert finding.severity is Severity.WARNING
    assert finding.message == (
        "5 published references of a lead elsewhere: "
        "what was published as 2 to 6 is now 3 to 7 (+1)"
    )
    assert (finding.location.path, finding.location.line) == ("tei/a.xml", 4)
    assert [f"{item.location.line} {item.message}" for item in finding.related] == [
        "5 what was published as 2 is here, as 3",
        "9 what was published as 6 is here, as 7",
    ]
    assert "such as 1a" in finding.hints[0]
    assert finding.hints[1].endswith("teikit cite --publish --release a")


def test_two_insertions_are_told_together_with_both_shifts(book: Callable[[str], Path]) -> None:
    book(numbered(WORDS))
    texts = (WORDS[0], "New here.", *WORDS[1:4], "And new there.", *WORDS[4:])
    assert told(book(numbered(texts))) == [
        "tei/a.xml:4 5 published references of a lead elsewhere: what was published as 2 to 4 is "
        "now 3 to 5 (+1); what was published as 5 to 6 is now 7 to 8 (+2)"
    ]


def test_a_cut_that_renumbers_all_that_follow_is_one_finding(book: Callable[[str], Path]) -> None:
    book(numbered(WORDS))
    assert told(book(numbered((*WORDS[:2], *WORDS[3:])))) == [
        "tei/a.xml:5 4 published references of a lead elsewhere: what was published as 4 to 6 is "
        "now 3 to 5 (-1)"
    ]


def test_an_insertion_and_mended_words_together_are_still_one_finding(
    book: Callable[[str], Path],
) -> None:
    book(numbered(WORDS))
    mended = [text.replace("the", "ye").replace("was", "had been") for text in WORDS]
    assert told(book(numbered(("A paragraph that is new.", *mended)))) == [
        "tei/a.xml:3 6 published references of a lead elsewhere: what was published as 1 to 6 is "
        "now 2 to 7 (+1)"
    ]


def test_equal_passages_are_told_apart_by_their_neighbours(book: Callable[[str], Path]) -> None:
    texts = [WORDS[0], "Yes.", WORDS[1], "Yes.", "No.", WORDS[2], "Yes."]
    book(numbered(texts))
    assert told(book(numbered(("A paragraph that is new.", *texts)))) == [
        "tei/a.xml:3 7 published references of a lead elsewhere: what was published as 1 to 7 is "
        "now 2 to 8 (+1)"
    ]


def test_a_repeated_passage_at_the_place_of_the_insertion_does_not_make_two_findings(
    book: Callable[[str], Path],
) -> None:
    texts = [WORDS[0], "Yes.", "Yes.", WORDS[1], WORDS[2]]
    book(numbered(texts))
    assert told(book(numbered((WORDS[0], "A paragraph that is new.", *texts[1:])))) == [
        "tei/a.xml:4 4 published references of a lead elsewhere: what was published as 2 to 5 is "
        "now 3 to 6 (+1)"
    ]


def test_two_passages_that_changed_places_say_what_each_was(book: Callable[[str], Path]) -> None:
    book(numbered(WORDS))
    assert told(book(numbered((WORDS[1], WORDS[0], *WORDS[2:])))) == [
        "tei/a.xml:3 2 published references of a lead elsewhere: what was published as 1 is now 2; "
        "what was published as 2 is now 1"
    ]


def test_a_reference_that_was_given_to_its_neighbour_says_whose_it_was(
    book: Callable[[str], Path],
) -> None:
    book(numbered(WORDS))
    body = numbered(WORDS[:4]) + paragraph(6, WORDS[4])
    assert told(book(body)) == [
        "tei/a.xml:6 a#6 now leads to what was published as 5, and 5 is gone"
    ]


def test_a_reference_that_was_given_to_a_new_passage_says_where_the_old_one_is(
    book: Callable[[str], Path],
) -> None:
    book(numbered(WORDS))
    body = numbered(WORDS).replace('n="2"', 'n="2a"')
    added = f"{paragraph(2, 'A paragraph that is new.')}\n{body}"
    assert told(book(added)) == [
        "tei/a.xml:3 a#2 now leads to a new passage: what was published as 2 is now 2a"
    ]


def test_a_renamed_reference_says_its_new_name(book: Callable[[str], Path]) -> None:
    book(numbered(WORDS))
    body = numbered(WORDS).replace('n="2"', 'n="ii"')
    assert told(book(body)) == ["tei/a.xml:4 a#2 is gone: what was published as 2 is now ii"]


def test_a_text_that_was_replaced_is_told_with_both(book: Callable[[str], Path]) -> None:
    book(numbered(WORDS))
    other = "Nothing of this kind had ever been said in our family before that winter evening."
    (finding,) = found(book(numbered((*WORDS[:2], other, *WORDS[3:]))))
    assert finding.message == (
        "a#3 has a new text: “On the other bank stood a man who waved to …” was published, "
        "“Nothing of this kind had ever been said in our family before that winter evening.” "
        "is there now"
    )
    assert finding.location.line == 5
    assert finding.hints[1].endswith("--release a#3")


def test_passages_that_are_gone_in_a_row_are_one_finding(book: Callable[[str], Path]) -> None:
    book(numbered(WORDS))
    assert told(book(numbered(WORDS[:4]))) == [
        "tei/a.xml:2 2 published references, a#5 to 6, are gone: "
        "“Three days later a letter came: it said that all …” was published"
    ]


def test_a_passage_that_was_joined_to_the_one_before_says_where_its_end_is(
    book: Callable[[str], Path],
) -> None:
    book(numbered(WORDS))
    body = numbered((WORDS[0], f"{WORDS[1]} {WORDS[2]}")) + "".join(
        paragraph(n, text) for n, text in enumerate(WORDS[3:], 4)
    )
    (finding,) = found(book(body))
    assert finding.message.startswith("a#3 is gone: “On the other bank")
    assert [item.message for item in finding.related] == ["the end of 3 is here, in 2"]


def test_references_that_are_only_counted_are_to_be_written_down(tmp_path: Path) -> None:
    (tmp_path / "tei").mkdir()
    path = tmp_path / "tei" / "a.xml"
    plain = "".join(f"<p>{text}</p>" for text in WORDS)
    path.write_text(tei(plain, key="a"), "utf-8")
    (tmp_path / LOCK).write_text(publish(linked(tmp_path)), "utf-8")
    path.write_text(tei(f"<p>A paragraph that is new.</p>{plain}", key="a"), "utf-8")
    (finding,) = found(tmp_path)
    assert "is now 2 to 7 (+1)" in finding.message
    assert "declare them with citeStructure" in finding.hints[0]


def test_a_passage_under_another_id_breaks_the_addresses_that_end_with_it(
    book: Callable[[str], Path],
) -> None:
    body = "\n".join(paragraph(n, text, f"a.{n}") for n, text in enumerate(WORDS, 1))
    folder = book(body)
    assert told(book(body.replace('"a.2"', '"a.two"'))) == [
        "tei/a.xml:4 a#2 has another xml:id: “a.2” was published, “a.two” is there now"
    ]
    assert told(book(body.replace('"a.', '"x.'))) == [
        "tei/a.xml:3 6 published passages of a have other xml:ids: “a.1” to “a.6” were published, "
        "“x.1” to “x.6” are there now"
    ]
    before = (folder / LOCK).read_text("utf-8")
    assert again(folder) == before
    again(folder, "a")
    assert found(folder) == []


def test_an_id_where_none_was_published_is_no_finding(book: Callable[[str], Path]) -> None:
    book(numbered(WORDS))
    assert found(book(numbered(WORDS).replace("<p n", '<p xml:id="a.1" n', 1))) == []


# -- whole documents -----------------------------------------------------------------------------


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """Two documents whose references are published."""
    (tmp_path / "tei").mkdir()
    (tmp_path / "teikit.toml").write_text('[corpus]\ndocuments = ["tei/*.xml"]\n', "utf-8")
    for key, texts in (("a", WORDS[:3]), ("b", WORDS[3:])):
        path = tmp_path / "tei" / f"{key}.xml"
        path.write_text(tei(numbered(texts), key=key, header=CITED), "utf-8")
    (tmp_path / LOCK).write_text(publish(linked(tmp_path)), "utf-8")
    return tmp_path


def test_a_document_that_is_gone_is_told_at_its_line_of_the_file(two: Path) -> None:
    (two / "tei" / "b.xml").unlink()
    assert told(two) == [f"{LOCK}:8 b is gone, of which 3 references were published"]


def test_a_document_under_another_id_is_found_by_its_words(two: Path) -> None:
    path = two / "tei" / "b.xml"
    (two / "tei" / "c.xml").write_text(path.read_text("utf-8").replace('id="b"', 'id="c"'), "utf-8")
    path.unlink()
    (finding,) = found(two)
    assert finding.message.endswith("3 references were published; its words are now in c")
    assert finding.related[0].location.path == "tei/c.xml"


def test_a_document_that_cannot_be_read_is_not_called_gone(two: Path) -> None:
    (two / "tei" / "b.xml").write_text("<TEI", "utf-8")
    done = run("validate", cwd=two)
    assert "[TK002]" in done.out
    assert "TK610" not in done.out


def test_who_asks_about_one_file_does_not_hear_of_others(two: Path) -> None:
    (two / "tei" / "b.xml").unlink()
    assert "TK610" not in run("validate", "tei/a.xml", cwd=two).out
    assert "TK610" in run("validate", cwd=two).out


def test_a_change_of_the_file_alone_is_noticed_by_the_next_run(two: Path) -> None:
    assert "TK610" not in run("validate", cwd=two).out
    text = (two / LOCK).read_text("utf-8")
    (two / LOCK).write_text(text.replace("a#3\t", "a#4\t"), "utf-8")
    assert "a#4 is gone: what was published as 4 is now 3 [TK610]" in run("validate", cwd=two).out
    (two / LOCK).unlink()
    assert "TK610" not in run("validate", cwd=two).out


def test_the_configuration_says_where_the_file_is(two: Path) -> None:
    (two / "docs").mkdir()
    shutil.move(two / LOCK, two / "docs" / "cited.txt")
    (two / "tei" / "b.xml").unlink()
    assert found(two) == []
    with (two / "teikit.toml").open("a", encoding="utf-8") as config:
        config.write('[citation]\nlock = "docs/cited.txt"\n')
    assert told(two) == ["docs/cited.txt:8 b is gone, of which 3 references were published"]


def test_an_empty_name_in_the_configuration_means_no_file(two: Path) -> None:
    (two / "tei" / "b.xml").unlink()
    with (two / "teikit.toml").open("a", encoding="utf-8") as config:
        config.write('[citation]\nlock = ""\n')
    assert found(two) == []


# -- the file ------------------------------------------------------------------------------------


def test_the_file_is_one_reference_a_line(two: Path) -> None:
    lines = (two / LOCK).read_text("utf-8").splitlines()
    assert lines[0] == "# teikit references 1"
    assert lines[3] == "a\ta\t-\tT"
    assert re.fullmatch(
        r"a#1\t\t[0-9a-f]{12}\tWe left the town at dawn, and the road was\tfar as one could see\.",
        lines[4],
    )
    assert [line.split("\t")[0] for line in lines[4:]] == ["a#1", "a#2", "a#3", "b"] + [
        f"b#{n}" for n in (1, 2, 3)
    ]


def test_publishing_twice_gives_the_same_bytes_and_reads_back(two: Path) -> None:
    text = (two / LOCK).read_text("utf-8")
    assert publish(linked(two)) == text
    assert dump(parse(text, LOCK)) == text


def test_a_reference_with_the_signs_that_part_lines_and_columns_reads_back(tmp_path: Path) -> None:
    (tmp_path / "tei").mkdir()
    body = '<p n="1&#9;#2%&#10;3">Text.</p>'
    (tmp_path / "tei" / "a#b%.xml").write_text(tei(body, header=CITED), "utf-8")
    versions = current(linked(tmp_path))
    assert [item.ref for item in versions[0].passages] == ["1\t#2%\n3"]
    text = dump(versions)
    assert "a%23b%25#1%09#2%25%0A3\t" in text
    assert dump(parse(text, LOCK)) == text
    assert parse(text, LOCK)[0].id == versions[0].id


def test_a_file_that_a_windows_editor_saved_is_read(two: Path) -> None:
    text = (two / LOCK).read_text("utf-8")
    (two / LOCK).write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert found(two) == []


@pytest.mark.parametrize(
    ("line", "broken", "message"),
    [
        (1, "", "does not begin as a list of published references"),
        (1, "# teikit references 9", "has format 9; this teikit reads 1"),
        (5, "<<<<<<< HEAD", "holds the remains of a merge"),
        (5, "a#1", "has a line that is no reference: “a#1”"),
        (5, "a#1\tx\tnot-a-digest\tWords", "has a line that is no reference: “a#1 x not-a-…"),
        (6, "a#1\t\t000000000000\tWords", "lists a#1 twice"),
        (8, "a\ta\t-\tT", "lists a twice"),
    ],
)
def test_a_broken_file_is_an_error_at_its_line(
    line: int, broken: str, message: str, two: Path
) -> None:
    lines = (two / LOCK).read_text("utf-8").split("\n")
    lines[line - 1] = broken
    (two / LOCK).write_text("\n".join(lines), "utf-8")
    (finding,) = found(two)
    assert (finding.code, finding.severity) == ("TK611", Severity.ERROR)
    assert (finding.location.path, finding.location.line) == (LOCK, line)
    shown = message.removesuffix("a-…") if message.endswith("a-…") else message
    assert finding.message.startswith(f"{LOCK} {shown}")
    with pytest.raises(PublishedError):
        publish(linked(two))
    done = run("validate", "tei/a.xml", cwd=two)
    assert done.code == 1
    assert f"{LOCK}:{line}" in done.out
    assert "Traceback" not in done.err


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"# teikit references 1\na\xff\n"])
def test_a_file_that_is_not_text_is_an_error(data: bytes, two: Path) -> None:
    (two / LOCK).write_bytes(data)
    (finding,) = found(two)
    assert finding.message == f"{LOCK} is not UTF-8"


def test_a_folder_in_the_place_of_the_file_is_an_error(two: Path) -> None:
    (two / LOCK).unlink()
    (two / LOCK).mkdir()
    (finding,) = found(two)
    assert finding.message.startswith(f"{LOCK} cannot be read")


# -- publishing ----------------------------------------------------------------------------------


def again(folder: Path, *release: str) -> str:
    text = publish(linked(folder), release)
    (folder / LOCK).write_text(text, "utf-8")
    return text


def test_publishing_adds_what_is_new_and_takes_a_mended_word_over(
    book: Callable[[str], Path],
) -> None:
    folder = book(numbered(WORDS[:2]))
    book(numbered(WORDS[:3]).replace("town", "city"))
    assert [(item.kind, item.ref) for item in changes(linked(folder))] == [
        ("kept", "1"),
        ("kept", "2"),
        ("new", "3"),
    ]
    text = again(folder)
    assert text == dump(current(linked(folder)))
    assert "the city" in text


def test_publishing_does_not_make_a_broken_promise_forgotten(book: Callable[[str], Path]) -> None:
    folder = book(numbered(WORDS))
    before = (folder / LOCK).read_text("utf-8")
    book(numbered(("A paragraph that is new.", *WORDS)))
    assert again(folder) == before
    assert len(found(folder)) == 1


def test_what_is_released_is_published_as_it_is_now(book: Callable[[str], Path]) -> None:
    folder = book(numbered(WORDS))
    book(numbered(("A paragraph that is new.", *WORDS)))
    assert again(folder, "a") == dump(current(linked(folder)))
    assert found(folder) == []


def test_one_reference_can_be_released_alone(book: Callable[[str], Path]) -> None:
    folder = book(numbered(WORDS))
    book(numbered((*WORDS[:4], "Something else, which has nothing of the old.", WORDS[5])))
    assert len(found(folder)) == 1
    again(folder, "a#5")
    assert found(folder) == []


def test_a_reference_that_is_gone_keeps_its_place_until_it_is_released(
    book: Callable[[str], Path],
) -> None:
    folder = book(numbered(WORDS))
    before = (folder / LOCK).read_text("utf-8")
    book("".join(paragraph(n, text) for n, text in enumerate(WORDS, 1) if n != 3))
    assert again(folder) == before
    assert "a#3\t" not in again(folder, "a#3")
    assert found(folder) == []


def test_a_document_that_is_gone_stays_until_it_is_released(two: Path) -> None:
    before = (two / LOCK).read_text("utf-8")
    (two / "tei" / "b.xml").unlink()
    assert again(two) == before
    assert "b#1" not in again(two, "b")
    assert found(two) == []


def test_what_publishing_would_change_can_be_seen_before(book: Callable[[str], Path]) -> None:
    folder = book(numbered(WORDS[:4]))
    assert list(difference(linked(folder))) == []
    other = "Something else, which has nothing of the old."
    book(numbered((WORDS[0], WORDS[1].replace("horses", "mules"), other, WORDS[3], WORDS[4])))
    shown = [line.split("\t")[0] for line in difference(linked(folder))]
    assert shown == ["~ a#2", "! a#3", "+ a#5"]
    shown = [line.split("\t")[0] for line in difference(linked(folder), ["a#3"])]
    assert shown == ["~ a#2", "~ a#3", "+ a#5"]


def test_what_was_not_published_cannot_be_released(two: Path) -> None:
    with pytest.raises(UnknownDocumentError) as error:
        publish(linked(two), ["a#33"])
    (finding,) = error.value.diagnostics
    assert finding.message == "“a#33” was not published: there is nothing to release"
    assert finding.hints == ("did you mean a#3?",)


# -- laws ----------------------------------------------------------------------------------------

VOCABULARY = [f"{one}{two}" for one in "bcdfghklmnprst" for two in ("ado", "ire", "oma", "uly")]


def versions(seed: int) -> tuple[list[str], list[tuple[str, int | None]]]:
    """A random text, and an edit of it: each paragraph with the place that it had before."""
    dice = random.Random(seed)
    texts = [" ".join(dice.choices(VOCABULARY, k=dice.randint(8, 40))) for _ in range(30)]
    edited: list[tuple[str, int | None]] = []
    for place, text in enumerate(texts):
        fate = dice.random()
        if fate < 0.1:
            edited.append((" ".join(dice.choices(VOCABULARY, k=20)), None))
        if 0.1 < fate < 0.2:
            continue
        words = text.split()
        if 0.2 < fate < 0.4:
            words[dice.randrange(len(words))] = "mended"
        edited.append((" ".join(words), place))
    return texts, edited


def as_version(texts: Sequence[str]) -> Version:
    return Version("a", "a", "", tuple(passage(str(n), "", t) for n, t in enumerate(texts, 1)))


@pytest.mark.parametrize("seed", range(40))
def test_each_passage_is_found_again_wherever_others_came_and_went(seed: int) -> None:
    texts, edited = versions(seed)
    new = {str(place + 1): str(n) for n, (_, place) in enumerate(edited, 1) if place is not None}
    for change in compare(as_version(texts), as_version([text for text, _ in edited])):
        if change.was:
            assert (change.now.ref if change.now else None) == new.get(change.ref)
            if change.before:
                assert new[change.before.ref] == change.ref
        elif change.here:
            assert int(change.here.ref) > len(texts)


@pytest.mark.parametrize("seed", range(20))
def test_the_same_text_in_another_order_is_only_moved(seed: int) -> None:
    texts, _ = versions(seed)
    shuffled = random.Random(seed).sample(texts, len(texts))
    changes = compare(as_version(texts), as_version(shuffled))
    assert {change.kind for change in changes} <= {"kept", "moved"}
    for change in changes:
        assert change.was and change.now
        assert shuffled[int(change.now.ref) - 1] == texts[int(change.ref) - 1]


@pytest.mark.parametrize("seed", range(5))
def test_publishing_after_any_edit_twice_is_publishing_once(
    seed: int, book: Callable[[str], Path]
) -> None:
    texts, edited = versions(seed)
    folder = book(numbered(texts))
    book(numbered([text for text, _ in edited]))
    broken = told(folder)
    once = again(folder)
    assert again(folder) == once
    assert told(folder) == broken
    again(folder, "a")
    assert told(folder) == []


# -- when two passages are the same ----------------------------------------------------------------


def test_passages_are_alike_when_a_word_differs_and_not_when_all_do() -> None:
    one = passage("1", "", WORDS[0])
    assert alike(one, passage("1", "", WORDS[0].replace("town", "city")))
    for other in WORDS[1:]:
        assert not alike(one, passage("1", "", other))


@pytest.mark.parametrize("text", ["春眠不觉晓" * 60, "word " * 9 + "x" * 4000])
def test_a_text_without_spaces_does_not_make_a_line_without_end(text: str) -> None:
    made = passage("1", "", text)
    assert len(made.opening) <= 120
    assert len(made.ending) <= 120
    assert len(made.ending) > 0


# -- the shipped corpus --------------------------------------------------------------------------


def test_the_references_of_the_shipped_corpus_are_published() -> None:
    links = linked(ROOT)
    assert publish(links) == (ROOT / LOCK).read_text("utf-8"), "run `teikit cite --publish`"


def test_an_insertion_in_a_shipped_document_is_one_warning(tmp_path: Path) -> None:
    folder = copy_corpus(tmp_path / "edition")
    shutil.copy(ROOT / LOCK, folder)
    path = folder / "tei" / "d04-ru.xml"
    text = path.read_text("utf-8")
    later = re.compile(r'(<p xml:id="d04-ru\.\d+") n="(\d+)"')
    moved = later.sub(lambda at: f'{at[1]} n="{int(at[2]) + 1}"' if int(at[2]) > 1 else at[0], text)
    new = '<p xml:id="d04-ru.1a" n="2">Вставленный абзац.</p>\n'
    path.write_text(moved.replace('<p xml:id="d04-ru.2"', f'{new}<p xml:id="d04-ru.2"'), "utf-8")
    (finding,) = found(folder)
    assert finding.message == (
        "51 published references of d04-ru lead elsewhere: "
        "what was published as 2 to 52 is now 3 to 53 (+1)"
    )
    place = path.read_text("utf-8").splitlines()[(finding.location.line or 0) - 1]
    assert "d04-ru.1a" in place


# -- the verb ------------------------------------------------------------------------------------


def test_publishing_says_what_it_writes(edition: Path) -> None:
    done = run("cite", "--publish", cwd=edition)
    assert done.code == 0, done.err
    assert done.out.splitlines()[0].startswith("+ d01-fr\t")
    assert (edition / "references.lock").read_text("utf-8") == (ROOT / "references.lock").read_text(
        "utf-8"
    )
    assert run("cite", "--publish", cwd=edition).out == "nothing new\n"


def test_a_promise_is_kept_until_it_is_released(edition: Path) -> None:
    run("cite", "--publish", cwd=edition)
    path = edition / "tei" / "d04-ru.xml"
    path.write_text(path.read_text("utf-8").replace('n="12" ', 'n="120" '), "utf-8")
    kept = run("cite", "--publish", cwd=edition).out.splitlines()
    assert kept[0].startswith("! d04-ru#12\t")
    assert kept[-1] == "references.lock: 0 of 1 written"
    freed = run("cite", "--publish", "--release", "d04-ru#12", cwd=edition).out.splitlines()
    assert [line[:2] for line in freed[:-1]] == ["- ", "+ "]


@pytest.mark.parametrize(
    "arguments", [["--release", "d04-ru"], ["d04", "--publish"]], ids=["release alone", "documents"]
)
def test_publishing_is_for_the_whole_corpus(edition: Path, arguments: list[str]) -> None:
    done = run("cite", *arguments, cwd=edition)
    assert done.code == 2
    assert not (edition / "references.lock").exists()


def test_releasing_what_was_not_published_is_an_error(edition: Path) -> None:
    done = run("cite", "--publish", "--release", "d99", cwd=edition)
    assert done.code == 1
    assert "“d99” was not published" in done.err
    assert not (edition / "references.lock").exists()

"""Shelfmarks are taken apart, written in the forms that readers print, and judged."""

from __future__ import annotations

import itertools
import time

import pytest

from teikit.shelfmarks import (
    FORMS,
    Leaf,
    LeafRange,
    Shelfmark,
    ShelfmarkError,
    adjacent,
    contains,
    from_parts,
    ordered,
    parse,
    read_leaves,
    same_file,
    write,
    write_leaves,
)


def one(number: int, letter: str = "", verso: bool = False) -> LeafRange:
    leaf = Leaf(number, letter, verso)
    return LeafRange(leaf, leaf)


def span(first: int, last: int) -> LeafRange:
    return LeafRange(Leaf(first), Leaf(last))


def file(*leaves: LeafRange, fond: str = "17") -> Shelfmark:
    return Shelfmark((("fond", fond), ("opis", "171"), ("delo", "139")), leaves)


VERSO_12 = one(12, verso=True)
FROM_1_TO_8 = span(1, 8)
THREE = (span(52, 72), span(83, 91), span(100, 106))

# -- reading -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("Ф. 17. Оп. 171. Д. 139", file()),
        ("Ф. 17. Оп. 171. Д. 139. Л. 1–8", file(FROM_1_TO_8)),
        ("Ф. 17. Оп. 171. Д. 139. Л. 1—8.", file(FROM_1_TO_8)),
        ("ф.17 оп.171 д.139 лл.1-8", file(FROM_1_TO_8)),
        ("Ф. 17, оп. 171, д. 139, л. 1-8, 12 об.", file(FROM_1_TO_8, VERSO_12)),
        ("Фонд № 17, опись № 171, дело № 139, листы 1-8 и 12 об.", file(FROM_1_TO_8, VERSO_12)),
        ("f. 17, op. 171, d. 139, l. 1-8", file(FROM_1_TO_8)),
        ("f. 17, op. 171, d. 139, ll. 1–8, 12ob.", file(FROM_1_TO_8, VERSO_12)),
        ("f. 17, op. 171, d. 139, f. 12 v°", file(VERSO_12)),
        ("f. 17, op. 171, d. 139, f° 12 verso", file(VERSO_12)),
        ("f. 17, op. 171, d. 139, ff. 11v-12r", file(LeafRange(Leaf(11, "", True), Leaf(12)))),
        ("fond 17 opis 171 delo 139 list 1", file(one(1))),
        ("fonds 17, inventaire 171, dossier 139, feuillets 1-8", file(FROM_1_TO_8)),
        ("Fonds 17, inventory 171, file 139, leaves 1–8 and 12v", file(FROM_1_TO_8, VERSO_12)),
        ("Fonds N° 17, N° 171 d'inventaire, N° 139 de dossier, N° 1-8", file(FROM_1_TO_8)),
        (
            "Fonds N° 17, N° 171 d’inventaire, N° 139 de dossier, N° 1-8 de document d'archive",
            file(FROM_1_TO_8),
        ),
        (
            "Fonds N° 17, Inventaire N° 171, Dossier N° 139, Document d'archives N° 52-72, 83-91, "
            "100-106",
            file(*THREE),
        ),
        ("17/171/139", file()),
        ("17/171/139/1", file(one(1))),
        ("17/171/139/1-8,12ob", file(FROM_1_TO_8, VERSO_12)),
        ("Ф. 17. Оп. 171. Д. 139. Л. 1. Л. 12 об.", file(one(1), VERSO_12)),
        ("Ф. 17. Оп. 171. Д. 139. Л. 1, л. 12 об.", file(one(1), VERSO_12)),
        (
            "Ф. 573. Картон 41. Д. 55. Л. 18",
            Shelfmark((("fond", "573"), ("box", "41"), ("delo", "55")), (one(18),)),
        ),
        ("Картон 41. Д. 55", Shelfmark((("box", "41"), ("delo", "55")))),
        ("Ф. 1728. Ед. хр. 537079", Shelfmark((("fond", "1728"), ("unit", "537079")))),
        (
            "Ф. Р-5446. Оп. 18а. Д. 12/2",
            Shelfmark((("fond", "Р-5446"), ("opis", "18а"), ("delo", "12/2"))),
        ),
    ],
)
def test_a_shelfmark_is_taken_apart(text: str, mark: Shelfmark) -> None:
    assert parse(text) == mark


@pytest.mark.parametrize(
    ("text", "leaves"),
    [
        ("Л. 5", (one(5),)),
        ("Л. 5 об.", (one(5, verso=True),)),
        ("Л. 5–5 об.", (LeafRange(Leaf(5), Leaf(5, "", True)),)),
        ("Л. 5 и об.", (LeafRange(Leaf(5), Leaf(5, "", True)),)),
        ("Л. 5, об.", (LeafRange(Leaf(5), Leaf(5, "", True)),)),
        ("fol. 5r-v", (LeafRange(Leaf(5), Leaf(5, "", True)),)),
        ("Л. 12а", (one(12, "a"),)),
        ("l. 12a", (one(12, "a"),)),
        ("Л. 12а об.", (one(12, "a", True),)),
        ("Л. 12в", (one(12, "v"),)),
        ("f° 12v", (one(12, verso=True),)),
        ("52-72, 83-91, 100-106", THREE),
        ("52-72; 83-91 и 100-106", THREE),
        ("52-72 & 83-91, et 100-106", THREE),
    ],
)
def test_leaves_are_read_with_their_sides_and_letters(
    text: str, leaves: tuple[LeafRange, ...]
) -> None:
    assert read_leaves(text) == leaves


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("без номера", "“без номера” is no leaf"),
        ("5–", "“–” is no leaf"),
        ("5 слл.", "“слл” is no leaf"),
        ("8, приложение", "“приложение” is no leaf"),
        ("", "“” is no leaf"),
        ("1" * 5000, f"“{'1' * 5000}” is no leaf"),
    ],
)
def test_leaves_that_cannot_be_read_are_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(ShelfmarkError) as refused:
        read_leaves(text)
    assert str(refused.value).startswith(reason)


@pytest.mark.parametrize(
    "text",
    [
        "MS Bodl. 264",
        "MS. Lat. class. g. 2 (P)",
        "MS. Auct. T. 2. 27",
        "MS. Add. C. 87*",
        "MS. Eng. poet. f. 12",
        "D 12",
        "F 17",
        "Inv. 5",
        "AN, F/7/13506",
        "RGASPI, f. 17",
        "Ф. 17. Оп. 171. Подлинник. Машинопись",
        "Ф. 17. Оп. 171. Оп. 172",
        "N° 5",
        "",
    ],
)
def test_what_cannot_be_taken_apart_is_kept_whole(text: str) -> None:
    mark = parse(text)
    assert mark == Shelfmark(text=text)
    assert {write(mark, form) for form in FORMS} == {text}


@pytest.mark.parametrize(
    "text",
    [
        "MS Bodl. 264, fols. 1–8, 12v",
        "MS Bodl. 264, ff. 1-8 and 12v",
        "MS Bodl. 264, f. 1-8, 12 verso",
        "MS Bodl. 264 fol. 1-8, 12v",
    ],
)
def test_leaves_behind_the_shelfmark_of_a_library_are_read(text: str) -> None:
    mark = parse(text)
    assert mark == Shelfmark(leaves=(FROM_1_TO_8, VERSO_12), text="MS Bodl. 264")
    assert write(mark, "en") == "MS Bodl. 264, fols. 1–8, 12v"
    assert write(mark, "fr") == "MS Bodl. 264, f° 1-8, 12 v°"


def test_leaves_that_cannot_be_read_stay_with_the_shelfmark() -> None:
    mark = parse("Ф. 17. Оп. 171. Д. 139. Л. без номера")
    assert mark.levels == (*file().levels, ("list", "без номера"))
    assert write(mark, "ru") == "Ф. 17. Оп. 171. Д. 139. Л. без номера"
    assert write(mark, "fr") == "f. 17, op. 171, d. 139, l. без номера"


# -- the parts of a header -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "kinds",
    [
        ("fond", "opis", "delo", "list"),
        ("fonds", "inventaire", "dossier", "feuillets"),
        ("fond", "inventory", "file", "leaves"),
        ("Фонд", "Опись", "Дело", "Листы"),
        ("fond", "opis", "delo", "folio"),
    ],
)
def test_the_parts_of_a_header_are_a_shelfmark_in_any_language(kinds: tuple[str, ...]) -> None:
    parts = tuple(zip(kinds, ("17", "171", "139", "52-72, 83-91, 100-106"), strict=True))
    assert from_parts(parts) == file(*THREE)


def test_a_whole_shelfmark_in_a_header_is_parsed_and_other_numbers_are_left() -> None:
    parts = (("shelfmark", "MS. Bodl. 264"), ("SCN", "2464"), ("ieArk", "ark:29072/x0"))
    assert from_parts(parts) == Shelfmark(text="MS. Bodl. 264")
    assert from_parts((("shelfmark", "17/171/139/1-8"),)) == file(FROM_1_TO_8)
    assert from_parts((("shelfmark", "17/171/139"), ("list", "1-8"))) == file(FROM_1_TO_8)


def test_levels_that_nobody_knows_are_kept_by_their_name() -> None:
    mark = from_parts((("Bestand", "R 58"), ("Bl", "x")))
    assert mark == Shelfmark((("Bestand", "R 58"), ("Bl", "x")))
    assert write(mark, "en") == "Bestand R 58, Bl x"


def test_leaves_of_a_header_that_cannot_be_read_are_kept() -> None:
    mark = from_parts((("fond", "17"), ("delo", "139"), ("list", "без номера")))
    assert mark.levels == (("fond", "17"), ("delo", "139"), ("list", "без номера"))
    assert mark.level("delo") == "139"
    assert mark.level("opis") == ""


def test_nothing_is_a_shelfmark_without_anything() -> None:
    assert from_parts(()) == Shelfmark()
    assert [write(Shelfmark(), form) for form in FORMS] == ["", "", "", "", ""]


# -- writing -------------------------------------------------------------------------------------

# GOST R 7.0.5-2008, 11: “Куфаев М. Н. Письмо … // ОР РГБ. Ф. 573. Картон 41. Д. 55. Л. 18.”
GOST = "Ф. 573. Картон 41. Д. 55. Л. 18"


@pytest.mark.parametrize(
    ("mark", "form", "text"),
    [
        (parse(GOST), "ru", GOST),
        (file(FROM_1_TO_8), "ru", "Ф. 17. Оп. 171. Д. 139. Л. 1–8"),
        (file(FROM_1_TO_8, VERSO_12), "ru", "Ф. 17. Оп. 171. Д. 139. Л. 1–8, 12 об."),
        (file(FROM_1_TO_8, VERSO_12), "fr", "f. 17, op. 171, d. 139, l. 1-8, 12 v°"),
        (file(*THREE), "fr", "f. 17, op. 171, d. 139, l. 52-72, 83-91, 100-106"),
        (
            file(FROM_1_TO_8, VERSO_12),
            "fr-long",
            "fonds 17, inventaire 171, dossier 139, feuillets 1-8, 12 verso",
        ),
        (file(one(5)), "fr-long", "fonds 17, inventaire 171, dossier 139, feuillet 5"),
        (file(FROM_1_TO_8), "en", "f. 17, op. 171, d. 139, ll. 1–8"),
        (file(one(5)), "en", "f. 17, op. 171, d. 139, l. 5"),
        (file(one(5, verso=True)), "en", "f. 17, op. 171, d. 139, l. 5ob."),
        (file(one(12, "a", True)), "en", "f. 17, op. 171, d. 139, l. 12aob."),
        (file(one(12, "a", True)), "ru", "Ф. 17. Оп. 171. Д. 139. Л. 12а об."),
        (file(FROM_1_TO_8), "short", "17/171/139/1-8"),
        (file(), "short", "17/171/139"),
        (parse(GOST), "en", "f. 573, box 41, d. 55, l. 18"),
        (parse(GOST), "fr", "f. 573, carton 41, d. 55, l. 18"),
    ],
)
def test_a_shelfmark_is_written_in_the_form_of_the_readers(
    mark: Shelfmark, form: str, text: str
) -> None:
    assert write(mark, form) == text


def test_the_short_form_says_only_what_it_can() -> None:
    assert write(parse(GOST), "short") == write(parse(GOST), "en")


def test_a_leaf_alone_is_a_locator() -> None:
    assert write_leaves((one(3),), "ru") == "Л. 3"
    assert write_leaves((span(3, 4),), "en") == "ll. 3–4"
    assert write_leaves((one(3, verso=True),), "en", library=True) == "fol. 3v"


def test_an_unknown_form_is_refused() -> None:
    with pytest.raises(KeyError):
        write(file(), "de")


LEAVES = [
    *((one(1),), (one(12, verso=True),), (one(12, "a"),), (one(12, "a", True),), (one(3, "v"),)),
    *((one(3, "v", True),), (one(3, "ж"),), (FROM_1_TO_8,), THREE, (FROM_1_TO_8, VERSO_12)),
    *(
        (LeafRange(Leaf(5), Leaf(5, "", True)),),
        (LeafRange(Leaf(5, "b"), Leaf(7, "", True)), one(9)),
    ),
    (LeafRange(Leaf(8), Leaf(1)),),
]
LEVEL_SETS = [
    (("fond", "17"),),
    (("fond", "17"), ("opis", "171"), ("delo", "139")),
    (("fond", "Р-393"), ("opis", "43а"), ("delo", "1а")),
    (("fond", "573"), ("box", "41"), ("delo", "55")),
    (("fond", "1"), ("series", "2"), ("opis", "3"), ("box", "4"), ("folder", "5"), ("unit", "6")),
    (("fond", "1"), ("opis", "2"), ("delo", "3"), ("volume", "4")),
    (),
]
WHOLE_MARKS = [Shelfmark(text="MS. Lat. th. b. 4"), Shelfmark(text="АРАН 518")]
MARKS = [
    *(Shelfmark(levels) for levels in LEVEL_SETS if levels),
    *(Shelfmark(*pair) for pair in itertools.product(LEVEL_SETS, LEAVES)),
    *WHOLE_MARKS,
    *(Shelfmark((), leaves, mark.text) for mark in WHOLE_MARKS for leaves in LEAVES),
]


@pytest.mark.parametrize("form", FORMS)
def test_what_is_written_is_read_again(form: str) -> None:
    assert len(MARKS) > 100
    for mark in MARKS:
        assert parse(write(mark, form)) == mark, write(mark, form)


@pytest.mark.parametrize("form", FORMS)
def test_what_is_read_is_written_alike(form: str) -> None:
    """Writing what was read of a printed shelfmark changes nothing a second time."""
    for mark in MARKS:
        text = write(mark, form)
        assert write(parse(text), form) == text


@pytest.mark.parametrize(
    "text",
    [
        "Ф. 17. " * 20_000,
        "1, " * 40_000 + "x",
        "1, f1 x" * 20_000,
        "1 fol. 1, x " * 10_000,
        "ед" + " " * 100_000 + "хр",
        "N° 1 " * 20_000,
        "f" * 100_000,
        "1" * 100_000,
    ],
)
def test_a_long_text_is_read_in_a_moment(text: str) -> None:
    begin = time.perf_counter()
    mark = parse(text)
    assert time.perf_counter() - begin < 2
    assert mark.text == " ".join(text.split())


# -- comparing -----------------------------------------------------------------------------------


def test_leaves_lie_in_the_order_of_the_file() -> None:
    texts = ["11 об.", "12", "12 об.", "12а", "12а об.", "12б", "13"]
    leaves = [read_leaves(text)[0].first for text in texts]
    assert all(one < other for one, other in itertools.pairwise(leaves))


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("1-8", True),
        ("1-8, 9, 12 об.", True),
        ("5–5 об.", True),
        ("5, 5 об.", True),
        ("12, 12а", True),
        ("8-1", False),
        ("5 об.–5", False),
        ("1-8, 8-9", False),
        ("9, 1-8", False),
        ("5, 5", False),
    ],
)
def test_ranges_in_order_do_not_overlap_or_run_backwards(text: str, right: bool) -> None:
    assert ordered(read_leaves(text)) is right


@pytest.mark.parametrize(
    ("cover", "leaves", "inside", "touching"),
    [
        ("1-8", "1-8", True, True),
        ("1-8", "3, 5-6", True, True),
        ("1-8", "8 об.", True, True),  # the other side is on the same leaf
        ("1-8", "9-12", False, True),
        ("9-12", "1-8", False, True),
        ("1-8", "5-12", False, True),
        ("1-8", "8а", False, True),
        ("1-8", "10-12", False, False),
        ("10-12", "1-8", False, False),
        ("52-72, 83-91", "73", False, True),
        ("52-72, 83-91", "60, 85", True, True),
        ("52-72, 83-91", "75-80", False, False),
        ("5 об.", "5", False, True),
    ],
)
def test_leaves_lie_inside_or_beside_others(
    cover: str, leaves: str, inside: bool, touching: bool
) -> None:
    outer, inner = read_leaves(cover), read_leaves(leaves)
    assert (contains(outer, inner), adjacent(outer, inner)) == (inside, touching)


def test_two_shelfmarks_are_of_one_file_whatever_their_leaves_and_letters() -> None:
    assert same_file(file(FROM_1_TO_8), file(VERSO_12))
    assert same_file(parse("Ф. 17. Оп. 18А. Д. 1"), parse("f. 17, op. 18a, d. 1"))
    assert not same_file(file(), file(fond="3"))
    assert not same_file(Shelfmark(text="MS 1"), Shelfmark(text="MS 2"))

"""Shelfmarks are taken apart, written in the forms that readers print, and judged."""

from __future__ import annotations

import itertools
import time
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from teikit.checks.shelving import _apart, _Kept
from teikit.diagnostics import Location
from teikit.leaves import (
    Leaf,
    LeafRange,
    ShelfmarkError,
    adjacent,
    contains,
    ordered,
    read_leaves,
)
from teikit.shelfmarks import FORMS, Shelfmark, differing, from_parts, parse, write, write_leaves
from tests.conftest import ROOT, tei
from tests.versions import REGISTER, Corpus, findings, planted, told, version


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
        ("Ф. 17. Оп. 171. Спр. 139. Арк. 1–8, 12 зв.", file(FROM_1_TO_8, VERSO_12)),
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
        ("fols. 55vb–85rb", (LeafRange(Leaf(55, "", True, "b"), Leaf(85, "", False, "b")),)),
        ("fol. 85rb–va", (LeafRange(Leaf(85, "", False, "b"), Leaf(85, "", True, "a")),)),
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


def test_what_the_edition_prints_is_what_its_editors_tagged() -> None:
    """The words of a shelfmark in the text, beside the numbers that stand tagged in them."""
    read = []
    for path in sorted((ROOT / "tei").glob("d*.xml")):
        for whole in etree.parse(path).iterfind(".//{*}text//{*}idno[{*}idno]"):
            tagged = tuple((part.get("type"), part.text) for part in whole.iterfind("{*}idno"))
            assert parse("".join(whole.itertext())) == from_parts(tagged)
            read.append(path.stem)
    assert read == ["d02-ru", "d04-fr", "d04-ru"]


def test_leaves_in_catalogues_are_those_that_their_attributes_say(shared: Path) -> None:
    """``locus`` has the leaves as words and, put there by others, in @from and @to."""
    agree, differ = 0, []
    for path in sorted((shared / "corpora" / "medmss").rglob("*.xml")):
        for locus in etree.parse(path).iterfind(".//{*}locus[@from][@to]"):
            text = " ".join("".join(locus.itertext()).split()).strip("()")
            if not text or locus.get("type", "").startswith("inferred"):
                continue
            leaves = read_leaves(text)
            ends = (leaves[0].first, leaves[-1].last)
            said = tuple(read_leaves(locus.get(name))[0].first for name in ("from", "to"))
            # “fol. 86” is both sides of it.
            if ends == said or (ends[0], replace(ends[1], verso=True)) == said:
                agree += 1
            else:
                differ.append((text, locus.get("from"), locus.get("to")))
    assert agree > 100
    assert differ == [
        ("fols 106–11", "106r", "111r"),  # the number in short
        ("fol. 111v", "11v", "111v"),  # mistyped there
        ("fol. 113", "113v", "113v"),  # the side left out there
    ]


def test_shelfmarks_of_libraries_are_kept_whole(shared: Path) -> None:
    marks = [
        " ".join("".join(node.itertext()).split())
        for path in sorted((shared / "corpora" / "medmss").rglob("*.xml"))
        for node in etree.parse(path).iterfind('.//{*}msIdentifier/{*}idno[@type="shelfmark"]')
    ]
    assert len(marks) > 10
    assert [parse(mark) for mark in marks] == [Shelfmark(text=mark) for mark in marks]


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
    (LeafRange(Leaf(1, "", False, "a"), Leaf(55, "", True, "b")),),
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
        "Ф. 1. " + "Л. 1. " * 20_000 + "x",
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
    texts = ["11 об.", "12", "12rb", "12 об.", "12а", "12а об.", "12б", "13"]
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


@pytest.mark.parametrize(
    ("one", "other", "levels"),
    [
        ("17/171/139/1-8", "17/171/139/30", ()),
        ("Ф. 17. Оп. 18А. Д. 1", "f. 17, op. 18a, d. 1", ()),
        ("17/171/139", "Ф. 17", ()),
        ("17/171/139", "MS Bodl. 264", ()),
        ("MS Bodl. 264, fols. 1-8", "MS Bodl. 264", ()),
        ("17/171/139", "7/171/139", ("fond",)),
        ("17/171/139", "17/172/140", ("opis", "delo")),
        ("MS Bodl. 264", "MS Bodl. 265", ("text",)),
    ],
)
def test_shelfmarks_differ_in_what_both_say(one: str, other: str, levels: tuple[str, ...]) -> None:
    assert differing(parse(one), parse(other)) == differing(parse(other), parse(one)) == levels


# -- judging one ---------------------------------------------------------------------------------


def idno(kind: str, value: str) -> str:
    return f'<idno type="{kind}">{value}</idno>'


def identifier(*inside: str, keeper: str = "<repository>O</repository>") -> str:
    """An ``msIdentifier`` with a nested shelfmark; each idno on a line of its own."""
    lines = "\n".join(inside)
    return f"<msIdentifier>{keeper}<idno>\n{lines}\n</idno></msIdentifier>"


UPPER = (idno("fond", "17"), idno("opis", "171"), idno("delo", "139"))


def on(leaves: str) -> str:
    return identifier(*UPPER, idno("list", leaves))


def header(shelf: str, relations: str = "") -> str:
    source = f"<msDesc>{shelf}</msDesc>" if shelf else "<p>S</p>"
    notes = f"<notesStmt>{relations}</notesStmt>" if relations else ""
    return f"{notes}<sourceDesc>{source}</sourceDesc>"


def document(key: str, shelf: str, relations: str = "") -> str:
    text = version("ru", "<p>x</p>", relation="").replace('xml:id="a-ru"', f'xml:id="{key}"')
    return text.replace("<sourceDesc><p>S</p></sourceDesc>", header(shelf, relations))


def judged(corpus: Corpus, shelf: str) -> list[str]:
    """What is told of one shelfmark, as ``code severity place message``."""
    return told(findings(corpus(**{"a.xml": document("a", shelf)})))


@pytest.mark.parametrize(
    "shelf",
    [
        on("1-8"),
        on("1-8, 9 об."),
        identifier(*UPPER, idno("list", "52-72"), idno("list", "83-91")),
        identifier(*UPPER),
        identifier(UPPER[0]),
        identifier(idno("fond", "573"), idno("box", "41"), idno("delo", "55"), idno("list", "18")),
        identifier(idno("fond", "1728"), idno("unit", "537079"), idno("list", "1")),
        identifier(idno("collection", "C"), idno("file", "5"), idno("folio", "1r-2v")),
        "<msIdentifier><institution>O</institution><idno>MS Bodl. 264</idno></msIdentifier>",
        "<msIdentifier><repository>O</repository><idno>17/171/139/1-8</idno></msIdentifier>",
        identifier(idno("fonds", "F/7"), idno("dossier", "13506")),
        identifier(idno("fonds", "français"), idno("folio", "12")),
        identifier(idno("inventory", "1"), idno("file", "5")),
        "<msIdentifier><repository>O</repository><idno type='file'>5</idno></msIdentifier>",
        '<msIdentifier><repository ref="x:o"/><idno>MS 1</idno></msIdentifier>',
        "<msIdentifier><repository>O</repository></msIdentifier>",
        "<msIdentifier><altIdentifier><idno>MS 1</idno></altIdentifier></msIdentifier>",
        on("1-8") + "<msPart><msIdentifier><idno>MS 1 fol. 8-1</idno></msIdentifier></msPart>",
    ],
)
def test_nothing_is_told_of_a_shelfmark_that_makes_sense(shelf: str, corpus: Corpus) -> None:
    assert [item for item in judged(corpus, shelf) if "TK60" in item] == []


@pytest.mark.parametrize(
    ("leaves", "message"),
    [
        ("8-1", "leaf range 8-1 runs backwards"),
        ("135-42", "leaf range 135-42 runs backwards"),
        ("5 об.–5", "leaf range 5ob-5 runs backwards"),
        ("1-8, 8-9", "leaf range 8-9 overlaps 1-8"),
        ("9-12, 1-8, 13", "leaf range 1-8 stands after 9-12"),
        (
            "без номера",
            "leaves “без номера” cannot be read: “без номера” is no leaf: a number such as 12, "
            "12а or 12 об. was expected",
        ),
    ],
)
def test_leaves_that_make_no_sense_are_told_at_their_idno(
    leaves: str, message: str, corpus: Corpus
) -> None:
    assert judged(corpus, on(leaves)) == [f"TK608 warning tei/a.xml:6:1 {message}"]


def test_leaves_in_several_idno_are_told_at_the_wrong_one(corpus: Corpus) -> None:
    shelf = identifier(*UPPER, idno("list", "52-72"), idno("list", "38-50"), idno("list", "100"))
    assert judged(corpus, shelf) == [
        "TK608 warning tei/a.xml:7:1 leaf range 38-50 stands after 52-72"
    ]


def test_leaves_in_a_whole_shelfmark_are_judged_too(corpus: Corpus) -> None:
    shelf = "<msIdentifier><repository>O</repository>\n<idno>17/171/139/8-1</idno></msIdentifier>"
    assert judged(corpus, shelf) == ["TK608 warning tei/a.xml:3:1 leaf range 8-1 runs backwards"]


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        (UPPER[1:], "the shelfmark op. 171, d. 139 has opis, but no fond"),
        (UPPER[::2], "the shelfmark f. 17, d. 139 has delo, but no opis"),
        (UPPER[2:], "the shelfmark d. 139 has delo, but no fond"),
        (
            (*UPPER[:2], idno("list", "1")),
            "the shelfmark f. 17, op. 171, l. 1 has leaves, but no delo",
        ),
    ],
)
def test_a_level_that_hangs_in_the_air_is_told(
    parts: tuple[str, ...], message: str, corpus: Corpus
) -> None:
    assert judged(corpus, identifier(*parts)) == [f"TK608 warning tei/a.xml:3:1 {message}"]


@pytest.mark.parametrize(
    ("shelf", "mark"),
    [
        (identifier(*UPPER, keeper=""), "f. 17, op. 171, d. 139"),
        ("<msIdentifier><settlement>X</settlement>\n<idno>MS 1</idno></msIdentifier>", "MS 1"),
    ],
)
def test_a_shelfmark_that_nobody_keeps_is_told(shelf: str, mark: str, corpus: Corpus) -> None:
    assert judged(corpus, shelf) == [
        f"TK608 warning tei/a.xml:3:1 the shelfmark {mark} has no repository"
    ]


# -- enclosures ----------------------------------------------------------------------------------

ORG_P = '<org xml:id="or-p"><orgName>P</orgName></org></listOrg>'
ABSENT = '<relatedItem type="enclosure" subtype="absent" target="reg.xml#or-o"/>'


def enclosing(corpus: Corpus, cover: str, *pieces: str, more: str = "") -> list[str]:
    """What is told of a document ``a`` that encloses ``b1``, ``b2`` and so on."""
    names = [f"b{number}" for number in range(1, len(pieces) + 1)]
    relations = "".join(f'<relatedItem type="enclosure" target="{n}.xml#{n}"/>' for n in names)
    back = '<relatedItem type="enclosedIn" target="a.xml#a"/>'
    files = {f"{n}.xml": document(n, shelf, back) for n, shelf in zip(names, pieces, strict=True)}
    files["a.xml"] = document("a", cover, relations + more)
    register = REGISTER.replace("</listOrg>", ORG_P)
    files["reg.xml"] = tei(register).replace('xml:id="d"', 'xml:id="reg"')
    return [item for item in told(findings(corpus(**files))) if "TK605" not in item]


@pytest.mark.parametrize(
    ("cover", "pieces"),
    [
        ("1-8", ["1-8"]),
        ("1-8", ["3-5"]),
        ("1-8", ["9-12"]),
        ("9-12", ["1-8"]),
        ("1", ["2-5", "6-9", "10"]),
        ("1", ["6-9", "10", "2-5"]),
        ("1", ["2-5, 20-21", "22-30"]),
        ("52-72, 83-91", ["73-80"]),
        ("8-1", ["30"]),  # TK608 has told of the cover
        ("1-8", ["30, 20"]),
    ],
)
def test_enclosures_that_lie_by_their_cover_are_right(
    cover: str, pieces: list[str], corpus: Corpus
) -> None:
    found = enclosing(corpus, on(cover), *map(on, pieces))
    assert [item for item in found if "TK609" in item] == []


def test_an_enclosure_apart_from_its_cover_is_told_at_its_leaves(corpus: Corpus) -> None:
    assert enclosing(corpus, on("1-8"), on("9-12"), on("90-94")) == [
        "TK609 warning tei/b2.xml:6:1 b2, leaves 90-94, lies apart from a, leaves 1-8, "
        "which encloses it"
    ]


def test_leaves_between_may_be_those_of_an_absent_enclosure(corpus: Corpus) -> None:
    (remark,) = enclosing(corpus, on("1-8"), on("12-14"), more=ABSENT)
    assert remark.startswith("TK609 info tei/b1.xml:6:1 b1, leaves 12-14, lies apart from a")
    (remark,) = enclosing(corpus, on("1-8"), on("12-14"), "")
    assert remark.startswith("TK609 info tei/b1.xml:6:1")


def test_what_is_absent_does_not_explain_an_enclosure_before_its_cover(corpus: Corpus) -> None:
    (finding,) = enclosing(corpus, on("20"), on("12-14"), more=ABSENT)
    assert finding.startswith("TK609 warning tei/b1.xml:6:1 b1, leaves 12-14, lies apart from a")


def test_an_enclosure_in_another_file_is_a_remark(corpus: Corpus) -> None:
    other = identifier(idno("fond", "3"), idno("opis", "24"), idno("delo", "139"))
    assert enclosing(corpus, on("1-8"), other) == [
        "TK609 info tei/b1.xml:3:1 b1 is kept in another file (f. 3, op. 24, d. 139) than a, "
        "which encloses it (f. 17, op. 171, d. 139, ll. 1–8)"
    ]


def test_an_enclosure_in_another_archive_is_a_remark(corpus: Corpus) -> None:
    other = on("1-8").replace("<repository>O<", "<repository>P<")
    (remark,) = enclosing(corpus, on("1-8"), other)
    assert remark.startswith("TK609 info tei/b1.xml:3:1 b1 is kept in another file")


@pytest.mark.parametrize(
    ("keeper", "count"),
    [("reg.xml#or-o", 0), ("reg.xml#or-p", 1)],
)
def test_archives_are_known_by_their_entries(keeper: str, count: int, corpus: Corpus) -> None:
    """One is called in two languages; one has a pointer and the other a name only."""
    first = on("1-8").replace("<repository>O<", '<repository ref="reg.xml#or-o">O<')
    other = on("9").replace("<repository>O<", f'<repository ref="{keeper}">Архив<')
    assert len([item for item in enclosing(corpus, first, other) if "TK609" in item]) == count
    assert [item for item in enclosing(corpus, on("1-8"), other) if "TK609" in item] == []


def test_a_mistyped_fond_is_told_once(corpus: Corpus) -> None:
    wrong = on("9").replace(idno("fond", "17"), idno("fond", "7"))
    (finding,) = enclosing(corpus, on("1-8"), wrong)
    assert finding.startswith("TK604 warning tei/b1.xml:3:1")


def test_without_two_shelfmarks_nothing_is_compared(corpus: Corpus) -> None:
    assert enclosing(corpus, on("1-8"), "") == []
    assert enclosing(corpus, "", on("90")) == []
    library = "<msIdentifier><repository>O</repository><idno>MS 1</idno></msIdentifier>"
    assert enclosing(corpus, on("1-8"), library) == []


def test_folios_of_one_manuscript_are_compared_too(corpus: Corpus) -> None:
    def shelf(text: str) -> str:
        return f"<msIdentifier><repository>O</repository>\n<idno>{text}</idno></msIdentifier>"

    assert enclosing(corpus, shelf("MS 1, fols. 1-8"), shelf("MS 1, fols. 9-12")) == []
    (finding,) = enclosing(corpus, shelf("MS 1, fols. 1-8"), shelf("MS 1, fols. 19-22"))
    assert finding.startswith("TK609 warning tei/b1.xml:3:1 b1, leaves 19-22, lies apart")
    (remark,) = enclosing(corpus, shelf("MS 1, fols. 1-8"), shelf("MS 2, fols. 9-12"))
    assert remark.startswith("TK609 info tei/b1.xml:3:1 b1 is kept in another file (MS 2")


def test_thousands_of_enclosures_are_judged_in_a_moment() -> None:
    kept = [
        _Kept(f"d{n}", file(one(n)), ("o", ""), Location("x"), Location("x"))
        for n in range(1, 5001)
    ]
    begin = time.perf_counter()
    assert list(_apart(kept[0], kept[1:])) == []
    assert list(_apart(kept[0], kept[2:])) == kept[2:]
    assert time.perf_counter() - begin < 1


def test_the_edition_shelves_its_enclosures_by_their_covers(edition: Path) -> None:
    assert planted(edition, "d02-ru.xml", '"list">1-8</idno>\n', '"list">19-28</idno>\n') == [
        "TK609 warning tei/d02-ru.xml:37:15 d02-ru, leaves 19-28, lies apart from d01-ru, "
        "leaves 1-8, which encloses it"
    ]

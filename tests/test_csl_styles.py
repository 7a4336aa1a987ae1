"""Any CSL style: what citeproc-py alone gets wrong, and what comes out behind the guard.

The tests of faults show both: if one fails at what ``raw`` prints, citeproc-py has been mended and
the work-round may go.
"""

from __future__ import annotations

import html.parser
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from citeproc import (
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    Locator,
    formatter,
)
from citeproc.source.json import CiteProcJSON

from teikit import link, load, open_corpus, records
from teikit.citations import csl
from teikit.citations.processor import Piece, known_styles, render
from teikit.errors import ConfigError, OutputError
from tests.conftest import ROOT

APA, MLA, GOST = "apa", "modern-language-association", "gost-r-7-0-5-2008"
CHICAGO, YEARS = "chicago-notes-bibliography", "chicago-author-date"

Item = dict[str, Any]


def raw(
    items: list[Item],
    style: str | Path,
    *,
    locale: str = "en-US",
    place: tuple[str, str] | None = None,
    markup: Any = formatter.plain,
) -> list[str]:
    """What citeproc-py prints by itself: the list, or the cites with a place."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        sheet = CitationStylesStyle(str(style), locale=locale, validate=False)
        book = CitationStylesBibliography(sheet, CiteProcJSON(items), markup)
        extra = {"locator": Locator(*place)} if place else {}
        cites = [Citation([CitationItem(item["id"], **extra)]) for item in items]
        for cite in cites:
            book.register(cite)
        if place:
            return [str(book.cite(cite, lambda _: "")) for cite in cites]
        book.sort()
        return [str(entry) for entry in book.bibliography()]


def one(item: Item, style: str | Path, **options: Any) -> str:
    (entry,) = render([Piece(item)], str(style), **options)
    return entry


@pytest.fixture(scope="module")
def shipped() -> list[Item]:
    return [csl.item(record) for record in records(link(open_corpus(load(ROOT))))]


@pytest.fixture
def sheet(tmp_path: Path) -> Callable[..., Path]:
    """A style whose list and cites are of the given layout."""

    def make(layout: str, *, macros: str = "", sort: str = "", attributes: str = "") -> Path:
        path = tmp_path / "own.csl"
        path.write_text(
            f'<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">'
            f"<info/>{macros}<citation {attributes}><layout>{layout}</layout></citation>"
            f"<bibliography>{sort}<layout>{layout}</layout></bibliography></style>",
            "utf-8",
        )
        return path

    return make


LETTER: Item = {
    "id": "l",
    "type": "personal_communication",
    "title": "Мысли вслух",
    "language": "ru",
    "author": [{"family": "Иванов", "given": "И. П."}],
    "recipient": [{"family": "Петров", "given": "П."}],
    "issued": {"date-parts": [[1932, 2, 15]]},
    "archive": "РГАСПИ",
    "archive-place": "Москва",
    "archive_location": "Ф. 17. Оп. 171. Д. 139. Л. 1",
}
BOOK: Item = {
    "id": "b",
    "type": "book",
    "title": "Thoughts",
    "language": "en",
    "author": [{"family": "Smith", "given": "John"}],
    "issued": {"date-parts": [[1932]]},
    "publisher": "Press",
}


# The eleven faults.


def test_1_a_style_that_loses_the_shelfmark_is_refused(shipped: list[Item]) -> None:
    assert "РГАСПИ" not in "".join(raw(shipped, GOST))
    with pytest.raises(OutputError) as caught:
        render([Piece(item) for item in shipped], GOST)
    (found,) = caught.value.diagnostics
    assert (found.code, found.location.path) == ("TK817", GOST)
    assert found.message.startswith(f"the style {GOST} prints no archive and no shelfmark for ")
    assert "chicago-notes-bibliography" in found.hints[0]


def test_1_it_is_used_all_the_same_where_the_loss_is_allowed(shipped: list[Item]) -> None:
    entries = render([Piece(item) for item in shipped], GOST, allow_loss=True)
    assert len(entries) == len(shipped)


def test_1_a_printed_work_needs_no_shelfmark() -> None:
    assert "Smith" in one(BOOK | {"archive": "RGASPI"}, GOST)


@pytest.mark.parametrize(
    ("language", "wrong", "right"),
    [("ru", "с. 12", "п.\xa012"), ("fr", "с. 12", "paragr.\xa012"), ("en", "с. 12", "para.\xa012")],
)
def test_1_a_place_is_called_what_it_is(language: str, wrong: str, right: str) -> None:
    item = BOOK | {"language": language}
    locale = {"ru": "ru-RU", "fr": "fr-FR", "en": "en-US"}[language]
    (before,) = raw([item], GOST, locale=locale, place=("paragraph", "12"))
    assert wrong in before
    (after,) = render([Piece(item, "12", "paragraph")], GOST, mode="note")
    assert right in after
    assert wrong not in after


@pytest.mark.parametrize("style", [CHICAGO, MLA, APA])
def test_2_a_title_that_stands_for_the_author_is_not_printed_again(style: str) -> None:
    item = {key: value for key, value in LETTER.items() if key != "author"}
    item |= {"type": "document", "title": "Список лиц"}
    assert raw([item], style)[0].count("Список лиц") == 2
    assert one(item, style).count("Список лиц") == 1


def test_2_a_title_beside_an_author_stays() -> None:
    assert one(LETTER, CHICAGO).startswith("Иванов, И. П. «Мысли вслух».")


def test_3_a_range_inside_one_year_shows_the_year() -> None:
    item = BOOK | {"issued": {"date-parts": [[1932, 8, 1], [1932, 10, 14]]}}
    assert "1932" not in raw([item], YEARS, place=("page", "1"))[0]
    assert render([Piece(item)], YEARS, mode="note") == ["(Smith 1932)"]


@pytest.mark.parametrize(
    ("language", "days", "expected"),
    [
        # CSL 1.0.2, "Date Ranges": what two days share is said once.
        ("en", [[1932, 8, 1], [1932, 8, 14]], "August 1–14, 1932"),
        ("en", [[1932, 8, 1], [1932, 10, 14]], "August 1–October 14, 1932"),
        ("en", [[1931, 8, 1], [1932, 8, 1]], "August 1, 1931–August 1, 1932"),
        ("fr", [[1932, 8, 1], [1932, 8, 14]], "1–14 août 1932"),
        ("fr", [[1932, 8], [1932, 10]], "août–octobre 1932"),
        ("fr", [[1932], [1932, 10, 14]], "1932–14 octobre 1932"),
        ("fr", [[1932, 8, 1], [1932, 8, 1]], "1 août 1932"),
        ("ru", [[1932, 8, 1], [1932, 10, 14]], "1 августа–14 октября 1932 г."),
        ("ru", [[1932, 8]], "август 1932 г."),
    ],
)
def test_3_ranges_are_worded(
    language: str, days: list[list[int]], expected: str, sheet: Callable[..., Path]
) -> None:
    path = sheet('<date variable="issued" form="text"/>')
    item = BOOK | {"language": language, "issued": {"date-parts": days}}
    assert one(item, path) == expected


@pytest.mark.parametrize(
    ("issued", "expected"),
    [
        ("1932-02-15", "15 février 1932"),
        ("1932-02", "février 1932"),
        ("1932-02-15/1932-03-01", "15 février–1 mars 1932"),
        ({"raw": "1932"}, "1932"),
        ({"edtf": "1932-02~"}, "février 1932"),
        ({"literal": "sans date"}, "sans date"),
        ({"date-parts": [["1932", "2", "15"]]}, "15 février 1932"),
        ({"date-parts": [[1932, 13, 45]]}, "1932"),
        ("vers 1932", "vers 1932"),
        ("1932/..", "1932/.."),
    ],
)
def test_4_dates_that_are_strings_are_read(
    issued: Any, expected: str, sheet: Callable[..., Path]
) -> None:
    path = sheet('<date variable="issued" form="text"/>')
    assert one(BOOK | {"language": "fr", "issued": issued}, path) == expected


def test_4_citeproc_stumbles_over_a_date_that_is_a_string() -> None:
    with pytest.raises(AttributeError):
        raw([BOOK | {"issued": "1932-02-15"}], CHICAGO)
    assert "1932" not in raw([BOOK | {"issued": {"raw": "1932"}}], CHICAGO)[0]


def test_5_an_empty_given_name_is_no_name() -> None:
    item = LETTER | {"recipient": [{"family": "В…", "given": ""}]}
    assert " В…" in one(item, "chicago-notes-bibliography", language="fr")
    assert raw([BOOK | {"author": [{"family": "Smith", "given": ""}]}], APA)[0].startswith(
        "Smith, ."
    )
    assert one(BOOK | {"author": [{"family": "Smith", "given": ""}]}, APA).startswith("Smith. ")


def test_6_what_would_be_cited_alike_gets_a_letter() -> None:
    items = [BOOK | {"id": str(at), "title": title} for at, title in enumerate(("Two", "One"))]
    assert len(set(raw(items, YEARS, place=("page", "3")))) == 1
    pieces = [Piece(item, "3", "page") for item in items]
    assert render(pieces, YEARS, mode="note") == ["(Smith 1932b, 3)", "(Smith 1932a, 3)"]
    first, second = render([Piece(item) for item in items], YEARS)
    assert (first[:13], second[:13]) == ("Smith, John. ", "Smith, John. ")
    assert ("1932a" in first, "One" in first, "1932b" in second) == (True, True, True)


def test_6_other_years_and_other_names_need_none() -> None:
    items = [BOOK, BOOK | {"id": "c", "issued": {"date-parts": [[1933]]}}]
    assert render([Piece(item) for item in items], YEARS, mode="note") == [
        "(Smith 1932)",
        "(Smith 1933)",
    ]


def test_6_two_passages_of_one_work_are_one_work() -> None:
    cites = render([Piece(BOOK, "3", "page"), Piece(BOOK, "5", "page")], YEARS, mode="note")
    assert cites == ["(Smith 1932, 3)", "(Smith 1932, 5)"]


def test_6_a_style_without_years_has_its_own_means() -> None:
    items = [BOOK | {"id": str(at), "title": title} for at, title in enumerate(("Two", "One"))]
    cites = render([Piece(item) for item in items], MLA, mode="note")
    assert cites == ["(Smith, Two)", "(Smith, One)"]


def test_7_the_list_is_sorted_as_its_readers_look_things_up() -> None:
    names = ["Яров", "Ёлкин", "Ефимов", "Zola", "Élu", "Eve"]
    items = [
        BOOK | {"id": str(at), "author": [{"family": name}], "language": "ru"}
        for at, name in enumerate(names)
    ]

    def order(entries: list[str]) -> list[str]:
        return [next(name for name in names if entry.startswith(name)) for entry in entries]

    assert order(raw(items, APA)) != ["Élu", "Eve", "Zola", "Ёлкин", "Ефимов", "Яров"]
    entries = render([Piece(item) for item in items], APA)
    assert order(entries) == ["Élu", "Eve", "Zola", "Ёлкин", "Ефимов", "Яров"]


def test_7_dates_are_sorted_by_time_not_by_the_names_of_months(sheet: Callable[..., Path]) -> None:
    path = sheet(
        '<text macro="day"/>',
        macros='<macro name="day"><date variable="issued" form="text"/></macro>',
        sort='<sort><key macro="day" sort="descending"/></sort>',
    )
    days = {"a": [1932, 8, 1], "b": [1932, 4, 2], "c": [1931, 12, 3]}
    items = [BOOK | {"id": key, "issued": {"date-parts": [day]}} for key, day in days.items()]
    undated = {key: value for key, value in BOOK.items() if key != "issued"} | {"id": "d"}
    found = render([Piece(undated), *map(Piece, items)], str(path), allow_loss=True)
    assert found == ["August 1, 1932", "April 2, 1932", "December 3, 1931"]


def test_8_a_title_without_a_language_keeps_its_capitals() -> None:
    item = {key: value for key, value in BOOK.items() if key != "language"}
    item["title"] = "Мысли вслух о войне"
    assert "Мысли Вслух" in raw([item], CHICAGO)[0]
    assert "Мысли вслух о войне" in one(item, CHICAGO)
    assert "Thoughts on War" in one(BOOK | {"title": "Thoughts on war"}, CHICAGO)


def test_8_a_sentence_keeps_its_names(sheet: Callable[..., Path]) -> None:
    path = sheet('<text variable="title" text-case="sentence"/>')
    item = BOOK | {"title": "note à Jean Petit", "language": "fr"}
    assert raw([item], path) == ["Note à jean petit"]
    assert one(item, path) == "Note à Jean Petit"


HOSTILE = 'Отдел <x onclick="y"> & \'Co\' </i> &amp; <span class="nocase">z</span>'


class _Reader(html.parser.HTMLParser):
    """The tags and the text of a piece of HTML, as a browser sees them."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.text = ""
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append(tag)
        assert dict(attrs) in ({}, {"style": "font-variant:small-caps"})

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("style", [CHICAGO, APA, MLA, YEARS, "ieee"])
@pytest.mark.parametrize("mode", ["bibliography", "note"])
def test_9_nothing_of_an_item_becomes_markup(style: str, mode: Any) -> None:
    item = LETTER | {"type": "book", "title": HOSTILE, "author": [{"literal": HOSTILE}]}
    item |= {"publisher": HOSTILE, "archive": HOSTILE, "issued": {"literal": HOSTILE}}
    item |= {"archive_location": HOSTILE, "language": "ru"}
    (entry,) = render([Piece(item, "<b>", "page")], style, html=True, mode=mode)
    seen = _Reader(entry)
    assert set(seen.tags) <= {"i", "b", "sup", "sub", "span", "u"}
    (plain,) = render([Piece(item, "<b>", "page")], style, mode=mode)
    assert seen.text == plain


def test_9_citeproc_lets_names_through() -> None:
    item = BOOK | {"author": [{"literal": "A <script> & B"}]}
    assert "<script> & B" in raw([item], CHICAGO, markup=formatter.html)[0]
    assert "A &lt;script&gt; &amp; B" in one(item, CHICAGO, html=True)


def test_9_the_italics_of_the_style_are_kept() -> None:
    assert one(BOOK, CHICAGO, html=True) == "Smith, John. <i>Thoughts</i>. Press, 1932."
    assert one(BOOK, CHICAGO) == "Smith, John. Thoughts. Press, 1932."


def test_9_the_marks_used_inside_cannot_be_smuggled_in() -> None:
    item = BOOK | {"title": "A\ufdd0B\ufdd1\ufdde"}
    assert "A\N{REPLACEMENT CHARACTER}B" in one(item, CHICAGO, html=True)


@pytest.mark.parametrize(
    "extra",
    [
        {"archive_collection": "Фонд"},
        {"license": "CC"},
        {"part-number": "2"},
        {"editor-translator": [{"family": "Editor", "given": "E."}]},
        {"custom": {"any": "thing"}},
        {"chair": [{"family": "Chair"}]},
    ],
)
def test_10_newer_variables_pass_without_a_warning(extra: Item) -> None:
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        CiteProcJSON([BOOK | {key: value for key, value in extra.items() if key != "chair"}])
    assert heard or "chair" in extra or "editor-translator" in extra
    assert "Thoughts" in one(BOOK | extra, CHICAGO)  # warnings are errors in these tests


def test_10_names_that_citeproc_does_not_know_are_printed(sheet: Callable[..., Path]) -> None:
    path = sheet('<names variable="compiler collection-editor" delimiter="; "/>')
    item = BOOK | {"compiler": [{"family": "A"}], "collection-editor": [{"family": "B"}]}
    assert one(item, path) == "A; B"


def test_11_each_item_speaks_its_own_language() -> None:
    items = [
        LETTER | {"id": tag, "language": tag, "author": [{"family": name, "given": "I."}]}
        for tag, name in (("ru-petr1708", "A"), ("fr", "B"), ("en-GB", "C"), ("xx", "D"))
    ]
    russian, french, british, unknown = render([Piece(item) for item in items], CHICAGO)
    assert "15 февраля 1932 г." in russian
    assert ("15 février 1932" in french, "«\xa0Мысли вслух\xa0»" in french) == (True, True)
    assert "15 February 1932" in british
    assert "February 15, 1932" in unknown


def test_11_one_language_for_all_where_it_is_asked_for() -> None:
    items = [LETTER | {"id": tag, "language": tag} for tag in ("ru", "fr")]
    entries = render([Piece(item) for item in items], CHICAGO, language="fr")
    assert [entry.count("15 février 1932") for entry in entries] == [1, 1]


# Beyond the eleven.


def test_quotation_marks_inside_others_are_of_the_other_kind() -> None:
    item = LETTER | {"title": "О «Центре»"}
    assert "«О „Центре“»" in one(item, CHICAGO)
    french = item | {"language": "fr", "title": "Sur le «\xa0Centre\xa0»"}
    assert "«\xa0Sur le “Centre”\xa0»" in one(french, CHICAGO)


def test_american_points_stand_inside_the_quotation_marks() -> None:
    item = BOOK | {"type": "article-journal", "container-title": "J"}
    assert "“Thoughts.” J" in one(item, CHICAGO)
    (note,) = render([Piece(item)], CHICAGO, mode="note")
    assert "“Thoughts,” J" in note


def test_an_abbreviated_given_name_is_an_initial_already() -> None:
    item = BOOK | {"author": [{"family": "Smith", "given": "Ch. G."}]}
    assert one(item, APA).startswith("Smith, Ch. G. (1932)")


def test_numbers_of_a_list_stand_apart() -> None:
    entries = render([Piece(BOOK), Piece(BOOK | {"id": "c"})], "ieee")
    assert [entry[:4] for entry in entries] == ["[1] ", "[2] "]


def test_a_list_names_a_thing_once_and_notes_each_time() -> None:
    pieces = [Piece(BOOK), Piece(BOOK)]
    assert len(render(pieces, CHICAGO)) == 1
    assert len(render(pieces, CHICAGO, mode="note")) == 2


def test_a_passage_in_a_list_stands_at_the_end_of_its_entry() -> None:
    found = render([Piece(BOOK, "12", "paragraph"), Piece(BOOK, "1-3", "page")], CHICAGO)
    assert found == [
        "Smith, John. Thoughts. Press, 1932, para.\xa012.",
        "Smith, John. Thoughts. Press, 1932, pp.\xa01–3.",
    ]


@pytest.mark.parametrize("style", [APA, MLA, YEARS, CHICAGO, "chicago-notes"])
def test_the_shipped_corpus_is_cited_with_its_shelfmarks(style: str, shipped: list[Item]) -> None:
    for mode in ("bibliography", "note"):
        entries = render([Piece(item) for item in shipped], style, mode=mode)  # type: ignore[arg-type]
        assert len(entries) == len(shipped)
    assert render([Piece(item) for item in shipped], style) == render(
        [Piece(item) for item in shipped], style
    )


def test_nothing_is_cited_where_nothing_is_asked_for() -> None:
    assert render([], CHICAGO) == []


# Styles that cannot be used.


def test_a_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(ConfigError) as caught:
        render([Piece(BOOK)], "chicago-note-bibliography")
    (found,) = caught.value.diagnostics
    assert (found.code, found.message) == (
        "TK816",
        "there is no citation style “chicago-note-bibliography”",
    )
    assert found.hints[0].startswith("did you mean chicago-notes-bibliography")


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../styles/apa", "dependent/nature-digest", "/apa"]
)
def test_a_name_is_no_path(name: str) -> None:
    with pytest.raises(ConfigError):
        render([Piece(BOOK)], name)


def test_known_styles_are_sorted_and_can_be_found() -> None:
    names = known_styles()
    assert names == sorted(set(names))
    assert {APA, CHICAGO, GOST, "nature-digest"} <= set(names)


def test_a_dependent_style_leads_to_its_parent() -> None:
    assert one(BOOK, "nature-digest") == one(BOOK, "nature")


def test_a_dependent_style_of_ones_own_has_its_parent_beside_it(
    tmp_path: Path, sheet: Callable[..., Path]
) -> None:
    sheet('<date variable="issued" form="text"/>')
    child = tmp_path / "child.csl"
    child.write_text(DEPENDENT.format("own"), "utf-8")
    item = {k: v for k, v in BOOK.items() if k != "language"} | {"issued": "1932-02"}
    assert one(item, child) == "février 1932"  # the child's locale, not its parent's


DEPENDENT = (
    '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" default-locale="fr-FR"><info>'
    '<link rel="independent-parent" href="http://www.zotero.org/styles/{}"/></info></style>'
)
STYLE = (
    '<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0"><info/>{}</style>'
)
CITE = '<citation><layout><text variable="title"/></layout></citation>'


@pytest.mark.parametrize(
    ("content", "message", "line"),
    [
        ("<style", "is not well-formed XML", 1),
        ("<TEI/>", "is no citation style: its root is <TEI>", 1),
        (STYLE.format(""), "has no layout for a citation", 1),
        (STYLE.format(CITE).replace('"1.0"', '"1.1"'), "is of version “1.1” of CSL", 1),
        (STYLE.format(CITE + "\n<institution/>"), "uses <institution>", 2),
        (
            STYLE.format('\n<macro name="a"><text macro="a"/></macro>' + CITE),
            "the macro “a” of bad.csl calls itself",
            1,
        ),
        (
            STYLE.format(CITE.replace('variable="title"', 'macro="b"')),
            "calls a macro “b” that it lacks",
            1,
        ),
        (DEPENDENT.format("no-such-parent"), "takes its rules from no-such-parent", None),
        (DEPENDENT.format("bad"), "takes its rules from bad", None),
        ("<!DOCTYPE style [<!ENTITY e 'x'>]>" + STYLE.format(CITE), "declares a document type", 1),
    ],
)
def test_a_style_that_cannot_be_used_is_told_with_its_line(
    content: str, message: str, line: int | None, tmp_path: Path
) -> None:
    path = tmp_path / "bad.csl"
    path.write_text(content, "utf-8")
    with pytest.raises(OutputError) as caught:
        render([Piece(BOOK)], str(path))
    (found,) = caught.value.diagnostics
    assert found.code == "TK816"
    assert message in found.message
    assert found.location.line == line


def test_a_style_that_prints_nothing_is_refused(sheet: Callable[..., Path]) -> None:
    path = sheet('<text variable="annote"/>')
    with pytest.raises(OutputError) as caught:
        render([Piece(BOOK)], str(path))
    assert "prints nothing at all for b" in str(caught.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there is no file"):
        render([Piece(BOOK)], str(tmp_path / "none.csl"))


def test_without_the_extra_it_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "citeproc.py").write_text("raise ImportError('none')\n", "utf-8")
    script = tmp_path / "try.py"
    script.write_text(
        "from teikit.citations.processor import Piece, render\n"
        "from teikit.errors import OutputError\n"
        "try:\n    render([Piece({'id': 'a'})], 'apa')\n"
        "except OutputError as error:\n"
        "    print(error.diagnostics[0].code, error.diagnostics[0].hints[0])\n",
        "utf-8",
    )
    import subprocess
    import sys

    done = subprocess.run(
        [sys.executable, str(script)],
        capture_output=True,
        text=True,
        env={"PYTHONPATH": f"{tmp_path}:{ROOT}"},
        check=False,
    )
    assert done.stdout == "TK812 install it: pip install 'teikit[csl]'\n", done.stderr

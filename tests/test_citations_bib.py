r"""BibTeX and BibLaTeX, read again by two parsers of them and by one of LaTeX.

``bibtexparser`` and ``pybtex`` take the file apart, ``pybtex`` the names, and ``pylatexenc`` says
what TeX would print of a value, so that no writer of ours judges itself.
"""

from __future__ import annotations

import json
import re
import warnings

import bibtexparser
import pytest
from pybtex.database import Entry, Person, parse_string
from pylatexenc.latex2text import (
    LatexNodes2Text,
    MacroTextSpec,
    SpecialsTextSpec,
    get_default_latex_context_db,
)

from teikit import Record, link, load, open_corpus, records
from teikit.citations import FORMATS
from teikit.citations.biblatex import KINDS as LATEX_KINDS
from teikit.citations.bibtex import KINDS
from teikit.citations.options import Options
from teikit.header import DateValue, Text
from teikit.record import ITEM_TYPES, Archive, Container, Locator, Name, limited
from teikit.record import Record as Rec
from tests import awkward
from tests.awkward import filled, one_line, person
from tests.conftest import ROOT

BOTH = ("bibtex", "biblatex")
DEFAULT = Options()
PLACES: list[tuple[str, ...]] = [(), ("archive",), ("printed",), ("edition",), ("all",)]
# Fields that BibLaTeX takes as they are (manual, 2.2.1): verbatim and uri.
VERBATIM = {"url", "doi", "urldate", "date", "origdate"}

_CONTEXT = get_default_latex_context_db()
_CONTEXT.add_context_category(
    "more",
    prepend=True,
    macros=[
        MacroTextSpec("textquotedbl", '"'),
        MacroTextSpec("textbraceleft", "{"),
        MacroTextSpec("textbraceright", "}"),
        MacroTextSpec("textasciicircum", "^"),
        MacroTextSpec(",", "\u202f"),
    ],
    specials=[SpecialsTextSpec("~", "\u00a0")],
)


def tex(value: str) -> str:
    """What TeX prints of a value."""
    reader = LatexNodes2Text(latex_context=_CONTEXT, strict_latex_spaces=True)
    return str(reader.latex_to_text(value, tolerant_parsing=False))


def read(text: str) -> dict[str, Entry]:
    """The entries, on which both parsers agree."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        entries = dict(parse_string(text, "bibtex").entries.items())
    library = bibtexparser.parse_string(text)
    assert library.failed_blocks == []
    assert [entry.key for entry in library.entries] == list(entries)
    for other in library.entries:
        entry = entries[other.key]
        assert other.entry_type == entry.type
        names = {"author", "editor"}
        mine = {field.key: field.value for field in other.fields if field.key not in names}
        assert {key: value for key, value in mine.items() if key != "month"} == {
            key: value for key, value in entry.fields.items() if key != "month"
        }
        assert {field.key for field in other.fields} & names == set(entry.persons)
    return entries


def entry_of(record: Record, form: str, options: Options = DEFAULT) -> Entry:
    (entry,) = read(FORMATS[form].write([record], options)).values()
    return entry


def fields(entry: Entry) -> dict[str, str]:
    """The fields as TeX prints them."""
    return {
        key: value if key in VERBATIM else tex(value)
        for key, value in entry.fields.items()
        if key not in NAMED
    }


NAMED = {"translator", "recipient", "namea"}


def people(entry: Entry, role: str) -> list[str]:
    """Names as “particle family, suffix, given”."""
    persons = entry.persons.get(role) or [
        Person(name) for name in re.split(r" and (?![^{}]*\})", entry.fields.get(role, "")) if name
    ]
    found = []
    for one in persons:
        given = tex(" ".join((*one.first_names, *one.middle_names)))
        family = tex(" ".join((*one.prelast_names, *one.last_names)))
        suffix = tex(" ".join(one.lineage_names))
        found.append(", ".join(filter(None, (family, suffix, given))))
    return found


def expected(name: Name) -> str:
    given = " ".join(filter(None, (name.given, name.middle)))
    family = " ".join(filter(None, (name.particle, name.family)))
    return ", ".join(map(one_line, filter(None, (name.literal or family, name.suffix, given))))


@pytest.fixture(scope="module")
def shipped() -> list[Record]:
    return records(link(open_corpus(load(ROOT))))


# -- the shipped corpus --------------------------------------------------------------------------


@pytest.mark.parametrize("form", BOTH)
@pytest.mark.parametrize("places", PLACES)
def test_every_version_is_read_again_from_every_place(
    shipped: list[Record], places: tuple[str, ...], form: str
) -> None:
    found = [limited(one, places) for one in shipped]
    entries = read(FORMATS[form].write(found, Options()))
    items = json.loads(FORMATS["csl-json"].write(found, Options()))
    assert list(entries) == [one.id for one in found]
    for one, item, entry in zip(found, items, entries.values(), strict=True):
        told = fields(entry)
        assert told["title"] == one.title
        assert people(entry, "author") == [expected(p.name(one.language)) for p in one.authors]
        recipients = people(entry, "recipient" if form == "bibtex" else "namea")
        assert recipients == [expected(p.name(one.language)) for p in one.recipients]
        assert people(entry, "translator") == [
            expected(p.name(one.language)) for p in one.translators
        ]
        keeper = told.get("howpublished" if form == "bibtex" else "library", "")
        for variable in ("archive-place", "archive", "archive_location"):
            assert item.get(variable, "") in keeper
        same = {
            "container-title": "booktitle",
            "publisher": "publisher",
            "genre": "type",
            "number": "number",
            "original-title": "origtitle",
        }
        for variable, field in same.items():
            assert told.get(field, "") == item.get(variable, ""), field
        assert told.get("pages", "") == item.get("page", "").replace("-", "–")
        assert item.get("medium", "") in told.get("note", "")
        year = str(item["issued"]["date-parts"][0][0]) if "issued" in item else ""
        assert told.get("year" if form == "bibtex" else "date", "").startswith(year)


def test_a_letter_reads_like_this(shipped: list[Record]) -> None:
    (record,) = [limited(one) for one in shipped if one.id == "d04-ru"]
    # howpublished and library: facts on biblatex 3 (manual, 2.2.2): the one is printed by the
    # standard styles, the other is where an archive belongs.
    assert FORMATS["biblatex"].write([record], Options()) == (
        "@letter{d04-ru,\n"
        "  author = {Раковский, Христиан Георгиевич},\n"
        "  namea = {{В… (товарищ)}},\n"
        "  nameatype = {recipient},\n"
        "  title = {Назад к партийной программе, к Советской конституции, ленинизму},\n"
        "  subtitle = {Наши задачи},\n"
        "  date = {1932-06-25%/1932-10-11%},\n"
        "  langid = {russian},\n"
        "  language = {russian},\n"
        "  type = {письмо},\n"
        "  howpublished = {Москва, АПРФ, Ф. 3. Оп. 24. Д. 139. Л. 35–52},\n"
        "  library = {Москва, АПРФ, Ф. 3. Оп. 24. Д. 139. Л. 35–52},\n"
        "  note = {Адресат: В… (товарищ). Подлинник. Машинопись},\n"
        "}\n"
    )


# -- awkward records -----------------------------------------------------------------------------


@pytest.mark.parametrize("what", awkward.STRINGS)
def test_an_awkward_string_is_the_same_in_every_field_of_bibtex(what: str) -> None:
    text = awkward.STRINGS[what]
    plain = one_line(text)
    entry = entry_of(filled(text), "bibtex", Options(accessed="2026-01-02"))
    told = fields(entry)
    note = told.pop("note")
    assert entry.type == "misc"
    assert told == {
        "title": plain,
        "subtitle": plain,
        "year": "1932",
        "month": "February",
        "day": "15",
        "origtitle": plain,
        "howpublished": f"{plain}, {plain}, Ф. 1",
        "booktitle": plain,
        "publisher": plain,
        "address": plain,
        "series": plain,
        "edition": plain,
        "volume": plain,
        "pages": "5–7",
        "isbn": plain,
        "issn": plain,
        "type": plain,
        "number": plain,
        "language": "ru",
        "url": "https://example.org/?a=1&b=2%20#x_y~z",
        "urldate": "2026-01-02",
        "pagination": "paragraph",
        "locator": "1.2",
    }
    assert people(entry, "author") == [f"{plain}, {plain}", plain]
    assert people(entry, "editor") == people(entry, "recipient") == [plain]
    assert people(entry, "translator") == [f"{plain}, {plain}"]
    # To whom, who translated, the original, the medium, where it is published, the note.
    assert note.startswith(f"Адресат: {plain}")
    assert note.count(plain) >= 8


@pytest.mark.parametrize("what", awkward.STRINGS)
def test_an_awkward_string_is_the_same_in_every_field_of_biblatex(what: str) -> None:
    text = awkward.STRINGS[what]
    plain = one_line(text)
    entry = entry_of(filled(text), "biblatex", Options(accessed="2026-01-02"))
    told = fields(entry)
    note, addendum = told.pop("note"), told.pop("addendum")
    assert entry.type == "letter"
    assert told == {
        "nameatype": "recipient",
        "title": plain,
        "subtitle": plain,
        "date": "1932-02-15",
        "origtitle": plain,
        "origlanguage": "german",
        "langid": "russian",
        "language": "russian",
        "howpublished": f"{plain}, {plain}, Ф. 1",
        "library": f"{plain}, {plain}, Ф. 1",
        "booktitle": plain,
        "publisher": plain,
        "location": plain,
        "series": plain,
        "edition": plain,
        "volume": plain,
        "issue": plain,
        "pages": "5–7",
        "isbn": plain,
        "issn": plain,
        "type": plain,
        "number": plain,
        "url": "https://example.org/?a=1&b=2%20#x_y~z",
        "urldate": "2026-01-02",
        "pagination": "paragraph",
        "locator": "1.2",
    }
    assert people(entry, "author") == [f"{plain}, {plain}", plain]
    assert people(entry, "editor") == people(entry, "namea") == [plain]
    assert people(entry, "translator") == [f"{plain}, {plain}"]
    assert note.count(plain) >= 3
    assert addendum == f"{plain}. {plain}: {plain}, 2001. 5-7"


@pytest.mark.parametrize("form", BOTH)
@pytest.mark.parametrize("what", awkward.NAMES)
def test_a_name_is_read_as_it_is_meant(what: str, form: str) -> None:
    name = awkward.NAMES[what]
    entry = entry_of(Rec("x", "book", authors=(person(name), person(Name("Z")))), form)
    # A party that is named twice is named once, so the second is another.
    assert people(entry, "author") == [expected(name), "Z"]


@pytest.mark.parametrize("form", BOTH)
def test_the_parts_of_a_name_are_told_apart(form: str) -> None:
    name = Name("Beethoven", "Ludwig", particle="van", suffix="Jr.")
    (one,) = entry_of(Rec("x", "book", authors=(person(name),)), form).persons["author"]
    assert one.prelast_names == ["van"]
    assert one.last_names == ["Beethoven"]
    assert [tex(part) for part in one.lineage_names] == ["Jr."]
    assert one.first_names == ["Ludwig"]


@pytest.mark.parametrize("what", awkward.DATES)
def test_a_date_of_biblatex_is_edtf(what: str) -> None:
    date, edtf, _ = awkward.DATES[what]
    assert entry_of(Rec("x", "document", date=date), "biblatex").fields["date"] == edtf


@pytest.mark.parametrize(
    ("cert", "bounds", "edtf"),
    [
        ("low", False, "1932?"),
        ("medium", False, "1932?"),
        ("high", False, "1932"),
        ("low", True, "1931%/1932%"),
        ("", True, "1931~/1932~"),
    ],
)
def test_doubt_about_a_date_is_marked(cert: str, bounds: bool, edtf: str) -> None:
    date = DateValue("", not_before="1931", not_after="1932") if bounds else DateValue("", "1932")
    record = Rec("x", "document", date=date, date_cert=cert)
    assert entry_of(record, "biblatex").fields["date"] == edtf


@pytest.mark.parametrize(
    ("date", "told"),
    [
        (DateValue("", when="1932-02"), {"year": "1932", "month": "February"}),
        (
            DateValue("", start="1932-02-01", end="1932-02-09"),
            {"year": "1932", "month": "February"},
        ),
        (DateValue("", start="1932-02", end="1932-03"), {"year": "1932"}),
        (DateValue("", start="1931", end="1932"), {"year": "1931–1932"}),
        (DateValue("about Easter", when="--04-01"), {"year": "--04-01"}),
        (None, {}),
    ],
)
def test_a_date_of_bibtex_goes_as_far_as_its_fields(
    date: DateValue | None, told: dict[str, str]
) -> None:
    found = fields(entry_of(Rec("x", "document", date=date), "bibtex"))
    assert {key: found[key] for key in ("year", "month", "day") if key in found} == told


# -- types and keys ------------------------------------------------------------------------------

# The entry types of classic BibTeX (its manual, 3.1) and of the data model of biblatex (2.1).
CLASSIC = """article book booklet conference inbook incollection inproceedings manual mastersthesis
misc phdthesis proceedings techreport unpublished""".split()
MODEL = """article book mvbook inbook bookinbook suppbook booklet collection mvcollection
incollection suppcollection dataset manual misc online patent periodical suppperiodical proceedings
mvproceedings inproceedings reference mvreference inreference report software thesis unpublished
artwork audio bibnote commentary image jurisdiction legislation legal letter movie music performance
review standard video""".split()


def test_entry_types_are_those_of_the_programs() -> None:
    assert set(KINDS.values()) <= set(CLASSIC)
    assert set(LATEX_KINDS.values()) <= set(MODEL)
    assert set(KINDS) | set(LATEX_KINDS) <= ITEM_TYPES


@pytest.mark.parametrize(
    ("kind", "bibtex", "biblatex", "title"),
    [
        ("article-journal", "article", "article", "journal"),
        ("article-newspaper", "article", "article", "journal"),
        ("chapter", "incollection", "incollection", "booktitle"),
        ("paper-conference", "inproceedings", "inproceedings", "booktitle"),
    ],
)
def test_items_of_a_bibliography_have_their_fields(
    kind: str, bibtex: str, biblatex: str, title: str
) -> None:
    volume = Container(
        (Text("Journal", "en"),),
        volume="5",
        issue="2",
        pages="12—14",
        date="1999",
        issn="1234-567X",
    )
    record = Rec("x", kind, "en", date=DateValue("", when="1999"), printed=volume)
    entry = entry_of(record, "bibtex")
    told = fields(entry)
    assert entry.type == bibtex
    assert [told[key] for key in (title, "volume", "number", "pages", "year", "issn")] == [
        *("Journal", "5", "2", "12–14", "1999", "1234-567X"),
    ]
    entry = entry_of(record, "biblatex")
    told = fields(entry)
    assert entry.type == biblatex
    assert told["journaltitle" if title == "journal" else title] == "Journal"
    assert told["number" if title == "journal" else "issue"] == "2"
    assert "addendum" not in told


def test_a_thesis_names_its_school() -> None:
    where = Container((), publisher="Sorbonne", place="Paris", date="1999")
    record = Rec("x", "thesis", "fr", printed=where)
    assert fields(entry_of(record, "bibtex"))["school"] == "Sorbonne"
    assert fields(entry_of(record, "biblatex"))["institution"] == "Sorbonne"


def test_a_chapter_that_is_kept_in_an_archive_says_so_where_it_is_printed() -> None:
    archive = Archive(person(Name(literal="RGASPI")), None, (), (("fond", "17"), ("delo", "1")))
    record = Rec("x", "chapter", "fr", archive=archive)
    told = fields(entry_of(record, "biblatex"))
    assert told["addendum"] == told["library"] == "RGASPI, f. 17, d. 1"
    told = fields(entry_of(record, "bibtex"))
    assert told["note"] == told["howpublished"] == "RGASPI, f. 17, d. 1"


@pytest.mark.parametrize("form", BOTH)
def test_keys_are_plain_and_different(form: str) -> None:
    names = ["d04-ru#12", "d04-ru-12", "D04-RU-12", "письмо", "{a,b}=%", "à b"]
    text = FORMATS[form].write([Rec(name, "document", titles=()) for name in names], Options())
    assert list(read(text)) == ["d04-ru-12", "d04-ru-12-2", "D04-RU-12-3", "item", "a-b", "a-b-2"]


@pytest.mark.parametrize("form", BOTH)
def test_a_passage_shows_how_it_is_cited(form: str) -> None:
    record = Rec("d#12", "document", locator=Locator("12-14", "paragraph", "12-14"))
    text = FORMATS[form].write([record], Options())
    assert text.startswith("% \\cite[12-14]{d-12}\n@misc{d-12,\n")
    assert fields(entry_of(record, form))["pagination"] == "paragraph"


@pytest.mark.parametrize("form", BOTH)
def test_a_locator_begins_no_entry(form: str) -> None:
    record = Rec("x", "document", locator=Locator("1]{a}\n@misc{b,", "div"))
    assert list(read(FORMATS[form].write([record], Options()))) == ["x"]


@pytest.mark.parametrize("form", BOTH)
def test_an_address_breaks_no_entry(form: str) -> None:
    told = entry_of(Rec("x", "webpage", url="https://e.org/{a b}\\c"), form).fields
    assert told["url"] == "https://e.org/%7Ba%20b%7D%5Cc"

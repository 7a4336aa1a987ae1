"""Headers are judged as the source of citations: what they lack, and where they contradict."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from teikit import checks, link, load, open_corpus
from teikit.diagnostics import Diagnostic, Severity
from tests.conftest import ROOT, run

HEADER = """\
<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="a" xml:lang="en"><teiHeader><fileDesc>
<titleStmt><title>On the harvest</title>
<author><persName ref="persons.xml#ivan">Ivan</persName></author>
</titleStmt>
<publicationStmt><publisher>The Press</publisher>
<date when="2020"/></publicationStmt>
<sourceDesc>
<msDesc><msIdentifier><repository>RGASPI</repository>
<idno>17/171/139</idno></msIdentifier>
<history><origin><origDate when="1932-02">February</origDate></origin></history></msDesc>
<biblStruct><monogr><title>Letters</title><imprint>
<date when="1966">1966</date>
<biblScope unit="page" from="326" to="334">326-334</biblScope></imprint></monogr></biblStruct>
</sourceDesc></fileDesc><profileDesc>
<creation><date when="1932-02-15">15 February</date></creation>
<correspDesc>
<correspAction type="sent"><persName ref="persons.xml#ivan">Ivan</persName>
<date when="1932-02-15"/></correspAction>
<correspAction type="received"><persName ref="persons.xml#anna">Anna</persName>
<date when="1932-02-20"/></correspAction>
</correspDesc>
<textClass><keywords><term type="genre">letter</term></keywords></textClass>
</profileDesc></teiHeader>
<text><body><p>A text.</p></body></text></TEI>
"""
PERSONS = """\
<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>P</title></titleStmt>
<publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc></teiHeader>
<standOff><listPerson>
<person xml:id="ivan"><persName>Ivan</persName></person>
<person xml:id="anna"><persName>Anna</persName></person>
</listPerson><listOrg><org xml:id="office"><orgName>The Office</orgName></org></listOrg>
</standOff></TEI>
"""
IVAN = '<persName ref="persons.xml#ivan">Ivan</persName>'
ANNA = '<persName ref="persons.xml#anna">Anna</persName>'
OFFICE = '<orgName ref="persons.xml#office">The Office</orgName>'

Make = Callable[..., Path]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """A corpus of documents, each with what stands once in :data:`HEADER` replaced."""

    def write(*documents: Sequence[tuple[str, str]]) -> Path:
        (tmp_path / "tei").mkdir(exist_ok=True)
        (tmp_path / "tei" / "persons.xml").write_text(PERSONS, "utf-8")
        for key, edits in zip("abcdefgh", documents, strict=False):
            text = HEADER
            for old, new in edits:
                assert text.count(old) >= 1, old
                text = text.replace(old, new, 1)
            text = text.replace('xml:id="a"', f'xml:id="{key}"', 1)
            (tmp_path / "tei" / f"{key}.xml").write_text(text, "utf-8")
        return tmp_path

    return write


def found(folder: Path, *codes: str) -> list[Diagnostic]:
    return [item for item in checks.run(link(open_corpus(load(folder)))) if item.code in codes]


def told(folder: Path, *codes: str) -> list[str]:
    return [
        f"{item.location.path}:{item.location.line} {item.message}"
        for item in found(folder, *codes)
    ]


ALL = ("TK606", "TK607", "TK612")


def test_a_full_header_that_agrees_with_itself_gives_no_finding(make: Make) -> None:
    assert found(make([]), *ALL) == []


# -- what is missing -----------------------------------------------------------------------------

LACKS = {
    "author": [(f"<author>{IVAN}</author>", "")],
    "date": [
        ('<date when="1932-02-15">15 February</date>', ""),
        ('<date when="1932-02-15"/>', ""),
        ('<origDate when="1932-02">February</origDate>', ""),
    ],
    "recipient": [('<correspAction type="received">', '<correspAction type="forwarded">')],
    "shelfmark": [("<idno>17/171/139</idno>", "")],
    "language": [(' xml:lang="en"', "")],
    "publisher": [("<publisher>The Press</publisher>", "")],
    "year of the edition": [('<date when="2020"/>', "")],
}


@pytest.mark.parametrize("field", LACKS)
def test_a_field_that_is_missing_is_told_with_the_place_where_it_is_written(
    field: str, make: Make
) -> None:
    (finding,) = found(make(LACKS[field]), *ALL)
    assert finding.severity is Severity.INFO
    assert finding.message == f"a citation of a wants what its header does not state: {field}"
    assert finding.location.path == "tei/a.xml"
    assert [place.partition(":")[0] for place in finding.expected] == [field]


def test_all_that_one_document_lacks_is_one_finding(make: Make) -> None:
    (finding,) = found(make([*LACKS["author"], *LACKS["recipient"], *LACKS["publisher"]]), *ALL)
    assert finding.message.endswith("does not state: author, recipient, publisher")
    assert len(finding.expected) == 3
    assert finding.hints[0] == "of what nobody signed say so: <author>Anonymous</author>"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (f"<author>{IVAN}</author>", "<author>Anonymous</author>"),
        (f'type="received">{ANNA}', 'type="received"><p>Not known</p>'),
        (f'type="received">{ANNA}', 'type="received"><persName>Unknown</persName>'),
        ("<publisher>The Press</publisher>", "<authority>The Press</authority>"),
    ],
)
def test_what_is_declared_unknown_is_stated(old: str, new: str, make: Make) -> None:
    text = [(old, new)]
    if "<p>" in new:
        text.append(('\n<date when="1932-02-20"/>', ""))
    assert found(make(text), *ALL) == []


@pytest.mark.parametrize("empty", ["<author/>", "<author><persName/></author>"])
def test_an_element_that_nobody_filled_states_nothing(empty: str, make: Make) -> None:
    edits = [(f"<author>{IVAN}</author>", empty)]
    assert [item.code for item in found(make(edits), *ALL)] == ["TK606"]


@pytest.mark.parametrize(
    "empty", ["", "<persName/>", "<!-- who? -->", "<placeName>Tver</placeName>"]
)
def test_a_receipt_that_does_not_say_by_whom_states_no_recipient(empty: str, make: Make) -> None:
    (finding,) = found(make([(f'"received">{ANNA}', f'"received">{empty}')]), *ALL)
    assert finding.message.endswith("does not state: recipient")


def test_an_institution_may_send_a_paper_to_nobody(make: Make) -> None:
    edits = [
        *LACKS["recipient"],
        (f'type="sent">{IVAN}', f'type="sent">{OFFICE}'),
    ]
    assert found(make(edits), *ALL) == []


def test_a_translation_wants_a_translator(make: Make) -> None:
    related = '<notesStmt><relatedItem type="translationOf" target="a.xml#a"/></notesStmt>'
    edits = [("<sourceDesc>", f"{related}<sourceDesc>")]
    folder = make([], edits)
    (finding,) = found(folder, *ALL)
    assert (finding.location.path, finding.message) == (
        "tei/b.xml",
        "a citation of a wants what its header does not state: translator",
    )
    statement = '<respStmt><resp key="translator">English by</resp><name>Eve</name></respStmt>'
    assert found(make([], [*edits, ("</titleStmt>", f"{statement}</titleStmt>")]), *ALL) == []


def test_what_the_configuration_states_is_stated(make: Make) -> None:
    folder = make(LACKS["author"])
    for table in (
        '[citation.documents.a]\nauthor = "X, Y"',
        '[citation.mapping]\nauthor = ["//x"]',
    ):
        (folder / "teikit.toml").write_text(f"{table}\n", "utf-8")
        assert found(folder, *ALL) == []
    (folder / "teikit.toml").write_text('[citation.documents.b]\nauthor = "X, Y"\n', "utf-8")
    assert len(found(folder, *ALL)) == 1


def test_a_habit_of_the_corpus_is_told_once(make: Make) -> None:
    (finding,) = found(make(*[LACKS["author"]] * 5), *ALL)
    assert finding.message == (
        "all 5 documents lack what a citation wants and a header can state: author"
    )
    assert finding.location.path == "tei/a.xml"
    assert [item.location.path for item in finding.related] == [f"tei/{key}.xml" for key in "bcde"]


def test_two_habits_of_the_same_documents_are_told_together(make: Make) -> None:
    both = [*LACKS["author"], *LACKS["publisher"]]
    (finding,) = found(make(both, both, both, []), *ALL)
    assert finding.message.startswith("3 of 4 documents lack")
    assert finding.message.endswith(": author, publisher")


def test_what_few_documents_lack_is_told_of_each(make: Make) -> None:
    assert told(make([], [], [], LACKS["author"], LACKS["author"]), *ALL) == [
        "tei/d.xml:2 a citation of d wants what its header does not state: author",
        "tei/e.xml:2 a citation of e wants what its header does not state: author",
    ]


def test_a_corpus_of_skeletons_is_left_alone(corpus: Callable[..., Path]) -> None:
    folder = corpus(**{"a.xml": "<p>A text.</p>", "b.xml": "<p>A text.</p>"})
    assert found(folder, *ALL) == []


# -- what is contradictory -----------------------------------------------------------------------

CREATED = '<date when="1932-02-15">15 February</date>'
SENT = '<date when="1932-02-15"/>'
ARRIVED = '<date when="1932-02-20"/>'
ORIGIN = '<origDate when="1932-02">'
PRINTED = '<date when="1966">1966</date>'
EDITION = '<date when="2020"/>'
PAGES = '<biblScope unit="page" from="326" to="334">326-334</biblScope>'


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            CREATED,
            '<date when="1932-03">March</date>',
            "tei/a.xml:16 the text is dated twice: creation/date has when=“1932-03” (line 16), the "
            "date of sending (correspAction) has when=“1932-02-15” (line 19)",
        ),
        (
            ORIGIN,
            '<origDate notAfter="1931">',
            "tei/a.xml:11 the manuscript is older than the text: origDate has notAfter=“1931” "
            "(line 11), the date of sending (correspAction) has when=“1932-02-15” (line 19)",
        ),
        (
            ARRIVED,
            '<date when="1932-02-10"/>',
            "tei/a.xml:21 the letter was received before it was sent: the date of receiving "
            "(correspAction) has when=“1932-02-10” (line 21), the date of sending (correspAction) "
            "has when=“1932-02-15” (line 19)",
        ),
        (
            PRINTED,
            '<date when="1930">1930</date>',
            "tei/a.xml:13 it was printed before it was written: the date of the printed source "
            "(imprint/date) has when=“1930” (line 13), the date of sending (correspAction) has "
            "when=“1932-02-15” (line 19)",
        ),
        (
            EDITION,
            '<date when="1960"/>',
            "tei/a.xml:7 the edition is older than its source: publicationStmt/date has "
            "when=“1960” (line 7), the date of the printed source (imprint/date) has when=“1966” "
            "(line 13)",
        ),
        (
            PAGES,
            PAGES.replace("334", "324"),
            "tei/a.xml:14 the pages run backward: from 326 to 324",
        ),
        (PAGES, '<biblScope unit="page">S. 326–30, 2</biblScope>', None),
        (
            PAGES,
            '<biblScope unit="page">S. 326–320</biblScope>',
            "tei/a.xml:14 the pages run backward: from 326 to 320",
        ),
        (PAGES, '<biblScope unit="page">326–34</biblScope>', None),
        (PAGES, '<biblScope unit="page">326</biblScope>', None),
        (PAGES, '<biblScope unit="volume" from="9" to="3">9-3</biblScope>', None),
    ],
)
def test_a_contradiction_names_both_places(
    old: str, new: str, message: str | None, make: Make
) -> None:
    assert told(make([(old, new)]), *ALL) == ([message] if message else [])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (CREATED, '<date when="1932">1932</date>'),
        (CREATED, '<date notBefore="1931-10" notAfter="1932-02-15">winter</date>'),
        (CREATED, '<date notAfter="1932-12">1932</date>'),
        (CREATED, f'{CREATED}<date type="seizure" when="1940">seized</date>'),
        (CREATED, f'<date when="1931">begun</date>{CREATED}'),
        (ORIGIN, '<origDate notBefore="1950" notAfter="1960">'),
        (PRINTED, '<date when="1932">1932</date>'),
        (EDITION, '<date when="1966"/>'),
        (EDITION, "<date>no year</date>"),
    ],
)
def test_dates_that_can_both_be_true_are_no_finding(old: str, new: str, make: Make) -> None:
    assert found(make([(old, new)]), *ALL) == []


def test_one_wrong_date_is_one_finding_however_many_it_contradicts(make: Make) -> None:
    (finding,) = found(make([(SENT, '<date when="2132-02-15"/>')]), *ALL)
    assert finding.code == "TK607"
    assert finding.location.line == 19
    assert {item.location.line for item in finding.related} == {16, 11, 21, 13, 7}


def test_a_range_that_runs_backward_in_itself_is_told_by_the_rule_for_dates(make: Make) -> None:
    edits = [(CREATED, '<date notBefore="1990" notAfter="1940">?</date>')]
    assert [item.code for item in found(make(edits), "TK402", *ALL)] == ["TK402"]


def test_a_date_that_the_calendar_does_not_have_is_told_once(make: Make) -> None:
    edits = [(CREATED, '<date when="1990-02-30">?</date>')]
    assert [item.code for item in found(make(edits), "TK401", *ALL)] == ["TK401"]


def test_an_author_who_is_not_the_sender_is_told_with_both_lines(make: Make) -> None:
    (finding,) = found(make([(f"<author>{IVAN}", f"<author>{ANNA}")]), *ALL)
    assert finding.severity is Severity.WARNING
    assert finding.message == (
        "“Anna” is the author (line 4), but “Ivan” the sender (line 18): "
        "the register knows them as two persons"
    )
    assert [item.location.line for item in finding.related] == [18]


@pytest.mark.parametrize(
    ("author", "sender"),
    [
        (OFFICE, IVAN),
        (IVAN, OFFICE),
        ("<persName>Anna</persName>", IVAN),
        (ANNA, "<persName>Ivan</persName>"),
        (ANNA, f"{IVAN}{ANNA}"),
        (ANNA, f"{OFFICE}{ANNA}"),
        (ANNA, f"{IVAN}<persName>and another</persName>"),
    ],
)
def test_who_may_be_the_same_or_speak_for_the_same_is_no_contradiction(
    author: str, sender: str, make: Make
) -> None:
    edits = [(f"<author>{IVAN}", f"<author>{author}"), (f'"sent">{IVAN}', f'"sent">{sender}')]
    assert found(make(edits), "TK607") == []


def test_a_file_of_several_letters_is_not_taken_for_one(make: Make) -> None:
    second = (
        '<correspDesc><correspAction type="sent"><date when="1900"/></correspAction></correspDesc>'
    )
    assert found(make([("</correspDesc>", f"</correspDesc>{second}")]), "TK607") == []


# -- versions ------------------------------------------------------------------------------------

TRANSLATION = [
    (
        "<sourceDesc>",
        '<notesStmt><relatedItem type="translationOf" target="a.xml#a"/></notesStmt><sourceDesc>',
    ),
    (
        "</titleStmt>",
        '<respStmt><resp key="translator">by</resp><name>Eve</name></respStmt></titleStmt>',
    ),
]


@pytest.mark.parametrize(
    ("edits", "what"),
    [
        ([], None),
        (
            [(f"<author>{IVAN}", f"<author>{ANNA}"), (f'"sent">{IVAN}', f'"sent">{ANNA}')],
            "author: “Anna” here, “Ivan” there",
        ),
        (
            [(CREATED, ""), (SENT, '<date when="1932-02-14"/>')],
            "date: 1932-02-14 here, 1932-02-15 there",
        ),
        ([(CREATED, ""), (SENT, '<date when="1932-02"/>')], "date: 1932-02 here, 1932-02-15 there"),
        ([(">letter<", ">article<")], "genre: “article” here, “letter” there"),
        ([(">letter<", ">Letter<")], None),
        ([(">letter<", ' xml:lang="fr">lettre<')], None),
        ([(">Ivan</persName></author>", ">Iván</persName></author>")], None),
    ],
)
def test_versions_that_disagree_are_told_with_both_files(
    edits: list[tuple[str, str]], what: str | None, make: Make
) -> None:
    findings = found(make([], [*TRANSLATION, *edits]), *ALL)
    if what is None:
        assert findings == []
        return
    (finding,) = findings
    assert (finding.code, finding.severity) == ("TK612", Severity.WARNING)
    assert finding.message == f"b and a are versions of one document, but do not agree: {what}"
    assert finding.location.path == "tei/b.xml"
    assert [item.location.path for item in finding.related] == ["tei/a.xml"]


def test_a_translation_may_say_when_it_was_made(make: Make) -> None:
    one = [(SENT, ""), (ARRIVED, "")]
    later = [*one, (CREATED, '<date when="1965">1965</date>')]
    assert found(make(one, [*TRANSLATION, *later]), *ALL) == []
    earlier = [*one, (CREATED, '<date when="1932-02-13">?</date>')]
    assert [item.code for item in found(make(one, [*TRANSLATION, *earlier]), *ALL)] == ["TK612"]


def test_what_one_header_contradicts_in_itself_is_not_told_again(make: Make) -> None:
    wrong = [(SENT, '<date when="1933-02-15"/>'), (ARRIVED, "")]
    assert [item.code for item in found(make([], [*TRANSLATION, *wrong]), *ALL)] == ["TK607"]


# -- the shipped corpus, and other people's ------------------------------------------------------


def test_of_the_shipped_corpus_only_an_unknown_recipient_is_missing() -> None:
    assert told(ROOT, *ALL) == [
        "tei/d07-ru.xml:3 a citation of d07 wants what its header does not state: recipient"
    ]


@pytest.mark.parametrize(
    ("name", "old", "new", "code"),
    [
        ("d01-ru", 'creation><date when="1932-02-15"', 'creation><date when="1933-02-15"', "TK607"),
        ("d03-ru", 'from="326" to="334">326-334', 'from="334" to="326">334-326', "TK607"),
        ("d03-ru", '<date when="2003">2003</date>\n', '<date when="1903">2003</date>\n', "TK607"),
        ("d01-fr", "<author><persName ref=\"persons.xml#pe-balitski\"",
         "<author><persName ref=\"persons.xml#pe-rakovski\"", "TK607"),
        ("d02-fr", 'xml:lang="fr">article</term>', 'xml:lang="fr">lettre</term>', "TK612"),
    ],
)  # fmt: skip
def test_one_slip_in_a_shipped_header_is_one_finding(
    name: str, old: str, new: str, code: str, edition: Path
) -> None:
    path = edition / "tei" / f"{name}.xml"
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")
    (finding,) = found(edition, "TK607", "TK612")
    line = text[: text.index(old)].count("\n") + 1
    assert (finding.code, finding.location.path) == (code, f"tei/{name}.xml")
    lines = {finding.location.line, *(item.location.line for item in finding.related)}
    assert line in lines


@pytest.mark.parametrize("name", ["gerdracor", "latinlit", "medmss", "rusdracor", "schnitzler"])
def test_corpora_of_other_people_are_not_flooded(name: str, shared: Path) -> None:
    folder = shared / "corpora" / name
    done = run("validate", folder, "--select", "TK606,TK607,TK612", cwd=folder)
    codes = re.findall(r"\[(TK6\d\d)\]", done.out)
    assert set(codes) <= {"TK606"}
    assert len(codes) < 8

"""Letters in CMIF: valid, complete, and for each document that is no letter the reason."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lxml import etree

from tests.conftest import ROOT, TEI, tei
from tests.test_exports import made

XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
UUID = re.compile(r"[a-f][0-9a-f]{7}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
ELEMENTS = set(
    "TEI teiHeader fileDesc titleStmt title editor email publicationStmt publisher idno date "
    "availability licence sourceDesc bibl profileDesc correspDesc correspAction persName orgName "
    "placeName note ref text body p".split()
)


def problems(root: etree._Element) -> Iterator[str]:
    """What breaks the rules of CMIF 1.1: its documentation, its schema, its Schematron."""
    for node in root.iter("{*}*"):
        if etree.QName(node).localname not in ELEMENTS:
            yield f"element {node.tag}"
    for path in (
        "titleStmt/title",
        "titleStmt/editor",
        "publicationStmt/publisher",
        "publicationStmt/idno[@type='url']",
        "publicationStmt/date",
        "publicationStmt/availability/licence",
        "sourceDesc/bibl",
    ):
        if not root.xpath(f"//tei:{path.replace('/', '/tei:')}", namespaces={"tei": TEI[1:-1]}):
            yield f"no {path}"
    for node in root.iter(f"{TEI}licence"):
        if node.get("target") != "https://creativecommons.org/licenses/by/4.0/":
            yield "licence"
    sources = set()
    for node in root.iter(f"{TEI}bibl"):
        sources.add(f"#{node.get(XML_ID)}")
        if not UUID.fullmatch(node.get(XML_ID, "")):
            yield "W0001"
        if node.get("type") not in ("online", "print", "hybrid"):
            yield "bibl/@type"
    for node in root.iter(f"{TEI}correspDesc"):
        if node.get("source") not in sources:
            yield "E0003"
        if not (node.get("ref") or node.get("key")):
            yield "no ref"
        kinds = [action.get("type") for action in node.iter(f"{TEI}correspAction")]
        if "sent" not in kinds:
            yield "E0001"
        if "received" not in kinds:
            yield "E0002"
        if sorted(kinds) != ["received", "sent"]:
            yield "actions"
        for ref in node.iter(f"{TEI}ref"):
            if not ref.get("type", "").startswith("cmif:") or ":" not in ref.get("target", ""):
                yield "note/ref"
    for node in root.iter(f"{TEI}correspAction"):
        names = [*node.iter(f"{TEI}persName"), *node.iter(f"{TEI}orgName")]
        if not names:
            yield "no persName"
        for name in (*names, *node.iter(f"{TEI}placeName")):
            if not (name.text or "").strip():
                yield "empty name"
            if name.get("key") or not name.get("ref", "http://").startswith("http"):
                yield "ref of a name"
    for node in root.iter(f"{TEI}date"):
        found = dict(node.attrib)
        if found.pop("cert", "low") != "low" or found.pop("evidence", "conjecture") != "conjecture":
            yield "degree of doubt"
        if not found:
            yield "E0004"
        if set(found) - set("when from to notBefore notAfter".split()):
            yield "attribute of date"
        if node.text or not all(DAY.fullmatch(value) for value in found.values()):
            yield "form of date"


def letters(folder: Path, **options: str) -> etree._Element:
    text = made(folder, "cmif", **options)["letters.cmif.xml"].text
    return etree.fromstring(text.encode())


def described(root: etree._Element) -> dict[str, etree._Element]:
    return {
        node.get("key") or node.get("ref", "").rpartition("/")[2]: node
        for node in root.iter(f"{TEI}correspDesc")
    }


def names(letter: etree._Element, kind: str) -> list[str]:
    action = letter.find(f"{TEI}correspAction[@type='{kind}']")
    return [node.text for node in action if not node.tag.endswith(("date", "placeName"))]


@pytest.mark.parametrize("base", ["", "https://example.org/edition/"])
def test_the_index_of_letters_is_tei_and_keeps_the_rules_of_cmif(
    base: str, tei_all: etree.RelaxNG
) -> None:
    root = letters(ROOT, base=base)
    assert tei_all.validate(root), tei_all.error_log
    assert list(problems(root)) == []


BREAKS: dict[str, Callable[[etree._Element], object]] = {
    "E0001": lambda root: root.find(f".//{TEI}correspAction[@type='sent']").set("type", "read"),
    "E0002": lambda root: root.find(f".//{TEI}correspAction[@type='received']").set("type", "x"),
    "E0003": lambda root: root.find(f".//{TEI}correspDesc").set("source", "#x"),
    "E0004": lambda root: root.find(f".//{TEI}correspAction/{TEI}date").attrib.clear(),
    "W0001": lambda root: root.find(f".//{TEI}bibl").set(XML_ID, "1"),
    "degree of doubt": lambda root: root.find(f".//{TEI}correspAction/{TEI}date").set(
        "cert", "high"
    ),
    "form of date": lambda root: root.find(f".//{TEI}correspAction/{TEI}date").set("when", "1/2"),
    "empty name": lambda root: setattr(root.find(f".//{TEI}persName"), "text", ""),
    "licence": lambda root: root.find(f".//{TEI}licence").set("target", "https://example.org"),
}


@pytest.mark.parametrize("problem", BREAKS)
def test_the_rules_of_the_test_see_what_breaks_them(problem: str) -> None:
    root = copy.deepcopy(letters(ROOT))
    BREAKS[problem](root)
    assert problem in list(problems(root))


def test_the_letters_of_the_edition_and_the_reasons_for_the_others() -> None:
    found = described(letters(ROOT))
    assert list(found) == ["d01", "d02", "d03", "d04", "d05", "d07"]
    assert names(found["d02"], "received") == ["S. (camarade)", "V. (camarade)"]
    assert names(found["d07"], "received") == ["Unknown"]
    (item,) = made(ROOT, "cmif").values()
    reasons = {out.id: out.reason for out in item.left_out}
    assert reasons.keys() == {"d06", "d08"}
    assert "organisations sent it to each other" in reasons["d06"]
    assert "nobody is said to have received it" in reasons["d08"]


def test_dates_and_places_are_those_of_the_headers() -> None:
    for key, letter in described(letters(ROOT)).items():
        header = etree.parse(ROOT / "tei" / f"{key}-ru.xml")
        stated = header.find(f".//{TEI}correspAction[@type='sent']/{TEI}date")
        told = dict(letter.find(f"{TEI}correspAction[@type='sent']/{TEI}date").attrib)
        assert told.pop("cert", "high") == {"medium": "low"}.get(stated.get("cert"), "high")
        assert told == {name: value for name, value in stated.attrib.items() if name != "cert"}
    place = described(letters(ROOT))["d07"].find(f".//{TEI}placeName")
    assert (place.text, place.get("ref")) == ("Barnaoul", "https://www.geonames.org/1510853")


def test_the_uuid_stays_and_follows_the_address() -> None:
    def source(base: str) -> str:
        return str(letters(ROOT, base=base).find(f".//{TEI}bibl").get(XML_ID))

    assert source("") == source("")
    assert source("https://a.org/") != source("https://b.org/")
    assert all(UUID.fullmatch(source(f"https://a.org/{number}/")) for number in range(20))


def test_persons_go_by_the_authority_that_cmif_asks_for_first(corpus: Callable[..., Path]) -> None:
    person = (
        '<person xml:id="pe-a"><persName>A</persName><idno type="wikidata">Q1</idno>'
        '<idno type="GND">118550012</idno></person><person xml:id="pe-b"><persName>B</persName>'
        '<idno type="VIAF" subtype="closeMatch">1</idno></person>'
    )
    folder = corpus(
        **{
            "a.xml": letter(
                '<persName ref="#pe-a">a</persName>', '<persName ref="#pe-b">b</persName>'
            ),
            "persons.xml": f"<standOff><listPerson>{person}</listPerson></standOff>",
        }
    )
    refs = [node.get("ref") for node in letters(folder).iter(f"{TEI}persName")]
    assert refs == ["https://d-nb.info/gnd/118550012", None]
    refs = [
        node.get("ref") for node in letters(folder, base="https://e.org").iter(f"{TEI}persName")
    ]
    assert refs == ["https://d-nb.info/gnd/118550012", "https://e.org/person/pe-b"]


def letter(sent: str, received: str | None = None) -> str:
    actions = f'<correspAction type="sent">{sent}</correspAction>' if sent else ""
    if received is not None:
        actions += f'<correspAction type="received">{received}</correspAction>'
    header = f"<profileDesc><correspDesc>{actions}<note>n</note></correspDesc></profileDesc>"
    return tei("<p>a</p>", key="a", header=header)


PERSON, ORG = "<persName>A &lt;B&gt; &amp; “C”</persName>", "<orgName>O</orgName>"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<p>a</p>", "its header has no correspDesc"),
        (letter(""), "says neither who sent it nor who received it"),
        (letter(ORG, ORG), "organisations sent it to each other"),
        (letter(ORG), "nobody is said to have received it"),
        (letter(PERSON), ""),
        (letter(PERSON, ""), ""),
        (letter("<date when='1932'/>", PERSON), ""),
        (letter(ORG, PERSON), ""),
        (letter(PERSON + ORG, ORG), ""),
    ],
)
def test_what_is_a_letter(text: str, reason: str, corpus: Callable[..., Path]) -> None:
    folder = corpus(**{"a.xml": text})
    (item,) = made(folder, "cmif").values()
    found = [out for out in item.left_out if out.kind == "document"]
    assert (not found) is (not reason)
    assert all(reason in out.reason for out in found)
    root = etree.fromstring(item.text.encode())
    assert len(described(root)) == (0 if reason else 1)
    # The small header says no date, which is told; nothing else is wrong.
    assert set(problems(root)) <= {"no publicationStmt/date"}
    for name in root.iter(f"{TEI}persName"):
        assert name.text in ("A <B> & “C”", "Unknown")


def test_a_setting_counts_the_letters_of_organisations(corpus: Callable[..., Path]) -> None:
    folder = corpus('[export]\nletters = "all"\n', **{"a.xml": letter(ORG, ORG)})
    assert list(described(letters(folder))) == ["a"]


@pytest.mark.parametrize(
    ("attributes", "told"),
    [
        ('when="1932-02-15T10:00:00"', {"when": "1932-02-15"}),
        ('from="1932" to="1933-01"', {"from": "1932", "to": "1933-01"}),
        ('notBefore="1932" cert="low" evidence="conjecture"', {
            "notBefore": "1932", "cert": "low", "evidence": "conjecture"}),
        ('when="-0044-03-15"', None),
        ('when="--02-15"', None),
    ],
)  # fmt: skip
def test_dates_are_written_as_cmif_knows_them(
    attributes: str, told: dict[str, str] | None, corpus: Callable[..., Path]
) -> None:
    folder = corpus(**{"a.xml": letter(f"{PERSON}<date {attributes}/>", PERSON)})
    (item,) = made(folder, "cmif").values()
    root = etree.fromstring(item.text.encode())
    found = [dict(node.attrib) for node in root.iterfind(f".//{TEI}correspAction/{TEI}date")]
    assert found == ([told] if told else [])
    reasons = [out.reason for out in item.left_out if out.kind == "sent date"]
    assert ["is no date that CMIF knows" in reason for reason in reasons] == [True] * (not told)


def test_a_letter_says_whom_its_own_text_mentions_and_not_its_notes(
    corpus: Callable[..., Path],
) -> None:
    listed = "".join(
        f'<person xml:id="pe-{key}"><persName>{key}</persName>'
        f'<idno type="VIAF">2460206{n}</idno></person>'
        for n, key in enumerate("ab")
    )
    text = letter(PERSON, PERSON).replace(
        "<p>a</p>",
        '<p><persName ref="#pe-a">A</persName><note><persName ref="#pe-b">B</persName></note></p>',
    )
    register = f"<standOff><listPerson>{listed}</listPerson></standOff>"
    folder = corpus(**{"a.xml": text, "persons.xml": register})
    refs = [dict(node.attrib) for node in letters(folder).iter(f"{TEI}ref")]
    assert refs == [{"type": "cmif:mentionsPerson", "target": "https://viaf.org/viaf/24602060"}]

"""Strangers' corpora: the layouts and habits that people have, found without configuration."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from teikit import link, load, open_corpus, validate
from teikit.diagnostics import Diagnostic, Severity
from teikit.links import Links
from tests.conftest import run, tei

PERSONS = (
    '<listPerson><person xml:id="ann"><persName>Ann Smith</persName><idno type="gnd">118</idno>'
    '</person><person xml:id="bob"><persName>Bob</persName></person></listPerson>'
)
PLACES = '<listPlace><place xml:id="rome"><placeName>Rome</placeName></place></listPlace>'
BY_REF = (
    '<p><persName ref="{0}#ann">Ann</persName>, <persName ref="{0}#bob">Bob</persName>, '
    '<placeName ref="{1}#rome">Rome</placeName></p>'
)
BY_KEY = (
    '<p><persName key="ann">Ann</persName>, <persName key="bob">Bob</persName>, '
    '<placeName key="rome">Rome</placeName></p>'
)
STANDOFF = f"<standOff>{PERSONS}{PLACES}</standOff>"
IN_BACK = "<text><body>{}</body><back>" + f"{PERSONS}{PLACES}</back></text>"
IN_HEADER = f"<profileDesc><particDesc>{PERSONS}</particDesc></profileDesc>"

# How people lay out a corpus: the files with their contents, all without configuration.
LAYOUTS: dict[str, dict[str, str]] = {
    "registers in standOff beside the texts": {
        "tei/a.xml": BY_REF.format("names.xml", "names.xml"),
        "tei/names.xml": STANDOFF,
    },
    "registers in standOff, bare ids": {
        "tei/a.xml": BY_REF.format("", ""),
        "tei/names.xml": STANDOFF,
    },
    "data/editions and data/indices, as dse-static has them": {
        "data/editions/a.xml": BY_REF.format("", ""),
        "data/indices/listperson.xml": f"<text><body>{PERSONS}</body></text>",
        "data/indices/listplace.xml": f"<text><body>{PLACES}</body></text>",
        "data/meta/about.xml": "<p>About.</p>",
    },
    "only the inside of such a data folder": {
        "editions/a.xml": BY_REF.format("../indices/listperson.xml", "../indices/listplace.xml"),
        "indices/listperson.xml": f"<text><body>{PERSONS}</body></text>",
        "indices/listplace.xml": f"<text><body>{PLACES}</body></text>",
    },
    "registers copied into the back of the text": {
        "editions/a.xml": IN_BACK.format(BY_REF.format("", "")),
    },
    "keys into the back of the text": {"letters/a.xml": IN_BACK.format(BY_KEY)},
    "keys into persons.xml at the root, as Bodleian has them": {
        "collections/one/a.xml": BY_KEY,
        "persons.xml": f"<text><body>{PERSONS}</body></text>",
        "places.xml": f"<text><body>{PLACES}</body></text>",
    },
    "texts in tei, registers at the root": {
        "tei/a.xml": BY_REF.format("../persons.xml", "../places.xml"),
        "persons.xml": f"<standOff>{PERSONS}</standOff>",
        "places.xml": f"<standOff>{PLACES}</standOff>",
    },
    "letters and a register folder": {
        "briefe/1820/a.xml": BY_REF.format("", ""),
        "register/names.xml": STANDOFF,
    },
    "a prefix for the register": {
        "tei/a.xml": tei(
            BY_REF.replace("{0}#", "p:").replace("{1}#", "p:"),
            header='<encodingDesc><listPrefixDef><prefixDef ident="p" matchPattern="([a-z]+)" '
            'replacementPattern="names.xml#$1"/></listPrefixDef></encodingDesc>',
        ),
        "tei/names.xml": STANDOFF,
    },
}


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text if text.startswith("<?xml") else tei(text), "utf-8")
    return folder


def linked(folder: Path) -> Links:
    return link(open_corpus(load(folder)))


def found(folder: Path) -> list[Diagnostic]:
    return [item for item in validate(folder) if item.code.startswith("TK2")]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_is_understood_as_it_is(layout: str, tmp_path: Path) -> None:
    folder = write(tmp_path, LAYOUTS[layout])
    assert [str(item) for item in found(folder) if item.severity is not Severity.INFO] == []
    links = linked(folder)
    assert {
        entity.entry.id: [item.mention.hit for item in links.mentions[key]]
        for key, entity in links.entities.items()
    } == {"ann": ["Ann"], "bob": ["Bob"], "rome": ["Rome"]}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_one_slip_in_a_layout_is_one_finding(layout: str, tmp_path: Path) -> None:
    folder = write(tmp_path, LAYOUTS[layout])
    (path,) = folder.rglob("a.xml")
    text = path.read_text("utf-8")
    old = next(mark for mark in ('#bob"', 'p:bob"', 'key="bob"') if mark in text)
    path.write_text(text.replace(old, old.replace("bob", "bobb"), 1), "utf-8")
    told = [item for item in found(folder) if item.severity is not Severity.INFO]
    assert [item.code for item in told] == ["TK209" if "key" in old else "TK201"]
    assert "bob" in told[0].expected[0]


def test_plays_keep_their_people_to_themselves(corpus: Callable[..., Path]) -> None:
    cast = '<front><castList><castItem><role xml:id="{0}">A</role></castItem></castList></front>'
    play = '<text>{0}<body><sp who="#{1}"><p>Hm.</p></sp></body></text>'
    files = {
        "one.xml": tei(play.format("", "ann"), key="one", header=IN_HEADER),
        "two.xml": tei(play.format("", "ann"), key="two", header=IN_HEADER),
        "three.xml": tei(play.format(cast.format("hero"), "hero"), key="three"),
        "four.xml": tei(play.format(cast.format("hero"), "hero"), key="four"),
    }
    folder = corpus(**files)
    assert found(folder) == []
    assert set(linked(folder).entities) == {"one.ann", "one.bob", "two.ann", "two.bob"}


# -- habits --------------------------------------------------------------------------------------


def test_bare_ids_of_another_file_are_told_once_for_each_attribute(tmp_path: Path) -> None:
    files = {f"tei/{name}.xml": BY_REF.format("", "") for name in "abc"}
    told = found(write(tmp_path, {**files, "tei/names.xml": STANDOFF}))
    assert [(item.code, item.severity) for item in told] == [("TK208", "info")]
    assert "9 of 9 such pointers, as “#ann”, which is in tei/names.xml" in told[0].message
    assert told[0].hints == ("for other tools to follow it, write the file too: names.xml#ann",)


def test_a_bare_id_that_two_other_files_have_is_ambiguous(tmp_path: Path) -> None:
    files = {
        "tei/a.xml": '<p corresp="#x #x">a</p>',
        "tei/b.xml": '<p xml:id="x">b</p>',
        "tei/c.xml": '<p xml:id="x">c</p>',
    }
    told = [item for item in found(write(tmp_path, files)) if item.code != "TK208"]
    assert [item.code for item in told] == ["TK210"]
    assert told[0].expected == ("b.xml#x", "c.xml#x")
    assert [str(item.location) for item in told[0].related] == ["tei/b.xml:3:16", "tei/c.xml:3:16"]


def test_a_register_goes_before_its_copies_and_copies_are_one(tmp_path: Path) -> None:
    copied = IN_BACK.format("<p>a</p>")
    files = {"tei/a.xml": BY_REF.format("", ""), "tei/b.xml": copied, "tei/c.xml": copied}
    assert {item.code for item in found(write(tmp_path, files))} == {"TK208"}
    write(tmp_path, {"tei/names.xml": STANDOFF})
    assert {item.code for item in found(tmp_path)} == {"TK208"}


def test_keys_of_another_system_are_told_once(corpus: Callable[..., Path]) -> None:
    text = "".join(f'<p><persName key="gnd_{n}">A</persName></p>' for n in range(20))
    (finding,) = found(corpus(**{"a.xml": text, "b.xml": text}))
    assert (finding.code, finding.severity) == ("TK208", "info")
    assert "40 of 40 name no entry, as “gnd_0” on <persName>" in finding.message


def test_a_key_may_be_an_identifier_of_an_authority(corpus: Callable[..., Path]) -> None:
    text = '<p><persName key="118">Ann</persName> <persName key="119">?</persName></p>'
    folder = corpus(**{"a.xml": text, "names.xml": STANDOFF})
    (finding,) = found(folder)
    assert (finding.code, "“119”" in finding.message) == ("TK209", True)
    assert [item.mention.hit for item in linked(folder).mentions["ann"]] == ["Ann"]


def test_words_in_place_of_pointers_are_one_finding(corpus: Callable[..., Path]) -> None:
    text = "".join(f'<p ana="theme{n}">a</p>' for n in range(30))
    (finding,) = found(corpus(**{"a.xml": text, "b.xml": text}))
    assert (finding.code, finding.severity) == ("TK215", "warning")
    assert "@ana holds words (“theme0”), which are no pointers: 60 pointers" in finding.message


def test_a_list_that_is_not_here_is_one_finding(corpus: Callable[..., Path]) -> None:
    text = "".join(f'<pb facs="#f{n}"/>' for n in range(30))
    (finding,) = found(corpus(**{"a.xml": f"<p>{text}</p>"}))
    assert (finding.code, len(finding.related)) == ("TK215", 10)
    assert "no @facs in this corpus leads anywhere (“#f0”)" in finding.message


def test_a_list_that_one_file_lacks_is_one_error_there(corpus: Callable[..., Path]) -> None:
    text = "<p>" + "".join(f'<seg ana="#t{n}">a</seg>' for n in range(30)) + "</p>"
    good = "".join(f'<interp xml:id="t{n}">t</interp>' for n in range(30, 40))
    other = f'<p ana="#t30">a</p><p>{good}</p>'
    (finding,) = found(corpus(**{"a.xml": text, "b.xml": other}))
    assert (finding.code, finding.location.path) == ("TK201", "tei/a.xml")
    assert "no @ana of this file leads anywhere (“#t0”): 30 pointers" in finding.message


@pytest.mark.parametrize(("files", "findings"), [(3, 3), (12, 1)])
def test_a_file_that_is_missing_everywhere_is_told_once(
    files: int, findings: int, tmp_path: Path
) -> None:
    one = {f"tei/{n}.xml": '<p><persName ref="who.xml#a">A</persName></p>' for n in range(files)}
    told = found(write(tmp_path, one))
    assert [item.code for item in told] == ["TK201"] * findings
    assert all("there is no file tei/who.xml" in item.message for item in told)


def test_pictures_kept_elsewhere_are_one_warning(corpus: Callable[..., Path]) -> None:
    text = "".join(f'<pb facs="images/{n}.jpg"/>' for n in range(30))
    (finding,) = found(corpus(**{"a.xml": f"<p>{text}</p>"}))
    assert (finding.code, finding.severity) == ("TK202", "warning")


def test_what_most_pointers_do_is_a_habit_and_the_odd_one_a_finding(
    corpus: Callable[..., Path],
) -> None:
    hands = '<profileDesc><handNotes><handNote xml:id="h">H</handNote></handNotes></profileDesc>'
    odd = '<p xml:id="p">a</p>' + '<p><seg hand="#p">a</seg></p>'
    good = '<p><seg hand="#h">a</seg></p>'
    once = corpus(**{"a.xml": tei(odd + 20 * good, header=hands)})
    assert [item.code for item in found(once)] == ["TK214"]
    (once / "tei" / "a.xml").write_text(tei(odd * 1 + 19 * odd[19:] + good, header=hands), "utf-8")
    assert found(once) == []


def test_the_table_of_conventions_counts_every_token(tmp_path: Path) -> None:
    files = {
        "tei/a.xml": '<p xml:id="a" corresp="#a b.xml#b #b https://example.org/ #nobody">a</p>'
        '<p><persName key="ann">A</persName></p>',
        "tei/b.xml": '<p xml:id="b">b</p>',
        "tei/names.xml": STANDOFF,
    }
    assert linked(write(tmp_path, files)).survey.rows() == [
        ("corresp", {"same file": 1, "corpus": 1, "relative": 1, "address": 1, "nowhere": 1}),
        ("key", {"key": 1}),
    ]


def test_link_prints_the_table_and_writes_it_down(tmp_path: Path) -> None:
    files = {"tei/a.xml": BY_REF.format("", "names.xml"), "tei/names.xml": STANDOFF}
    done = run("link", cwd=write(tmp_path, files))
    lines = done.out.splitlines()
    assert lines[0] == "pointers: 3"
    assert [line.split() for line in lines[1:3]] == [["corpus", "relative"], ["@ref", "2", "1"]]
    (written,) = tmp_path.rglob("links.json")
    assert json.loads(written.read_text("utf-8"))["pointers"] == {
        "ref": {"corpus": 2, "relative": 1}
    }


def test_many_lost_pointers_take_no_longer_each(corpus: Callable[..., Path]) -> None:
    def shelf(n: int) -> str:
        ids = "".join(f'<p xml:id="paragraph{n}.{m}x">a</p>' for m in range(100))
        return ids + f'<p corresp="#paragraph{n}.{n}y #paragraph{n}.1x">a</p>'

    text = "".join(f"<div>{shelf(n)}</div>" for n in range(300))
    links = linked(corpus(**{"a.xml": text}))
    from teikit.checks import run as judge

    begun = time.perf_counter()
    told = [item for item in judge(links) if item.code == "TK201"]
    assert len(told) == 300
    assert time.perf_counter() - begun < 30

"""Registers are renamed, merged, sorted and linted; what need not change keeps its bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin

import pytest
from lxml import etree

from teikit import editing, load
from teikit.edits import write
from teikit.errors import EditError
from teikit.links import Links, open_links
from teikit.names import is_pointer
from tests.conftest import TEI, Shell, run, tei

ID = "{http://www.w3.org/XML/1998/namespace}id"
BASE = "{http://www.w3.org/XML/1998/namespace}base"

Make = Callable[..., Path]


def links(folder: Path) -> Links:
    return open_links(load(folder))


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*.xml"))
        if "build" not in path.parts
    }


def rename(folder: Path, old: str, new: str) -> editing.Plan:
    plan = editing.rename(links(folder), old, new)
    write(plan.changes)
    return plan


def changed(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    assert set(before) == set(after)
    return {name for name in before if before[name] != after[name]}


def resolved(folder: Path) -> list[tuple[str, str, str]]:
    """Where each pointer of a corpus leads, in order."""
    linked = links(folder)
    return [
        (found.state, found.path, found.id)
        for facts in linked.facts
        for pointer in facts.pointers
        for found in [linked.resolve(facts.path, pointer.token, pointer.base)]
    ]


def canonical(data: bytes) -> str:
    return etree.canonicalize(etree.tostring(etree.fromstring(data), encoding="unicode"))


# -- rename: the shipped corpus ------------------------------------------------------------------


def renamed_by_hand(folder: Path, home: str, old: str, new: str) -> dict[str, str]:
    """The canonical form of every file after a rename, made by a few lines of another kind."""
    found = {}
    address = (folder / home).as_uri()
    for name, data in contents(folder).items():
        root = etree.fromstring(data)
        for node in root.iter("{*}*"):
            for key, value in node.items():
                if key == ID and name == home and value == old:
                    node.set(key, new)
                elif is_pointer(etree.QName(node).localname, key):
                    for token in value.split():
                        if urljoin((folder / name).as_uri(), token) == f"{address}#{old}":
                            token_new = re.sub(rf"#{re.escape(old)}$", f"#{new}", token)
                            value = re.sub(rf"(?<!\S){re.escape(token)}(?!\S)", token_new, value)
                    node.set(key, value)
        found[name] = etree.canonicalize(etree.tostring(root, encoding="unicode"))
    return found


@pytest.mark.parametrize(
    ("home", "old", "new"),
    [
        ("tei/persons.xml", "pe-rakovski", "pe-rakovsky"),
        ("tei/persons.xml", "pe-v", "pe-v-1"),
        ("tei/orgs.xml", "or-vkpb", "vkp"),
        ("tei/d05-ru.xml", "d05-ru.11", "d05-ru.onze"),
        ("tei/d07-ru.xml", "d07-ru", "seven"),
        ("tei/edition.xml", "ed-teikit", "ed"),
    ],
)
def test_a_renamed_id_is_renamed_wherever_it_is_pointed_to(
    home: str, old: str, new: str, edition: Path
) -> None:
    expected = renamed_by_hand(edition, home, old, new)
    places = resolved(edition)
    before = contents(edition)
    plan = rename(edition, old, new)
    after = contents(edition)
    assert {name: canonical(data) for name, data in after.items()} == expected
    assert changed(before, after) == set(plan.counts) == {item.path for item in plan.changes}
    assert resolved(edition) == [
        (state, path, new if (path, key) == (home, old) else key) for state, path, key in places
    ]
    assert run("validate", "--select", "TK2", cwd=edition).code == 0
    rename(edition, new, old)
    assert contents(edition) == before


@pytest.mark.long
def test_every_event_can_be_renamed_there_and_back(edition: Path) -> None:
    before = contents(edition)
    ids = [
        str(node.get(ID)) for node in etree.parse(edition / "tei/events.xml").iter(f"{TEI}event")
    ]
    ids = [key for key in ids if key != "None"]
    assert len(ids) > 10
    for old in ids:
        rename(edition, old, f"{old}-x")
        assert "tei/events.xml" in changed(before, contents(edition))
        rename(edition, f"{old}-x", old)
        assert contents(edition) == before


@pytest.mark.long
def test_every_person_can_be_renamed_there_and_back(edition: Path) -> None:
    before = contents(edition)
    for node in etree.parse(edition / "tei/persons.xml").iter(f"{TEI}person"):
        old = str(node.get(ID))
        rename(edition, old, f"x.{old}")
        rename(edition, f"x.{old}", old)
        assert contents(edition) == before, old


# -- rename: ways of pointing --------------------------------------------------------------------

PERSONS = (
    '<standOff><listPerson><person xml:id="pe-a"><persName>A</persName></person>'
    '<person xml:id="pe-b"><persName>B</persName></person></listPerson></standOff>'
)
PREFIX = (
    '<encodingDesc><listPrefixDef><prefixDef ident="pe" matchPattern="([a-z]+)" '
    'replacementPattern="persons.xml#pe-$1"/><prefixDef ident="any" matchPattern="(.+)" '
    'replacementPattern="persons.xml#$1"/></listPrefixDef></encodingDesc>'
)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<p corresp="persons.xml#pe-a">x</p>', '<p corresp="persons.xml#pe-new">x</p>'),
        ('<p corresp="../tei/persons.xml#pe-a"/>', '<p corresp="../tei/persons.xml#pe-new"/>'),
        ('<p corresp="#pe-a"/>', '<p corresp="#pe-new"/>'),
        ('<p corresp="#x #pe-a #pe-b"/>', '<p corresp="#x #pe-new #pe-b"/>'),
        ('<p corresp="#pe-a  #pe-a"/>', '<p corresp="#pe-new  #pe-new"/>'),
        ("<p corresp='pe:a'/>", "<p corresp='pe:new'/>"),
        ('<p corresp="any:pe-a"/>', '<p corresp="any:pe-new"/>'),
        (
            '<p xml:base="persons.xml" corresp="#pe-a"/>',
            '<p xml:base="persons.xml" corresp="#pe-new"/>',
        ),
        ('<p><persName key="pe-a">A</persName></p>', '<p><persName key="pe-new">A</persName></p>'),
        ('<p corresp="persons.xml#pe%2Da"/>', '<p corresp="persons.xml#pe-new"/>'),
        ('<p corresp="persons.xml#&#x70;e-a"/>', '<p corresp="persons.xml#&#x70;e-new"/>'),
        ('<p corresp="#x&#x20;persons.xml#pe-a"/>', '<p corresp="#x&#x20;persons.xml#pe-new"/>'),
        (
            '<p corresp="persons.xml#range(pe-a,pe-b)"/>',
            '<p corresp="persons.xml#range(pe-new,pe-b)"/>',
        ),
        (
            '<p corresp="persons.xml#string-range(pe-a,0,5)"/>',
            '<p corresp="persons.xml#string-range(pe-new,0,5)"/>',
        ),
        (
            "<p corresp=\"persons.xml#xpath(id('pe-a')/pe-a)\"/>",
            "<p corresp=\"persons.xml#xpath(id('pe-new')/pe-a)\"/>",
        ),
        (
            '<p><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="persons.xml" '
            'xpointer="pe-a"/></p>',
            '<p><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="persons.xml" '
            'xpointer="pe-new"/></p>',
        ),
        # What does not point to it stays.
        ('<p n="pe-a" corresp="#pe-ab other.xml#pe-a http://x.org/#pe-a"/>', None),
        ('<p cRef="pe-a"/>', None),
        ("<p><!-- #pe-a --><?x #pe-a?><![CDATA[#pe-a]]> #pe-a persons.xml#pe-a</p>", None),
        ('<p xml:id="y" corresp="persons.xml"/>', None),
    ],
)
def test_a_pointer_is_rewritten_in_the_way_it_is_written(
    before: str, after: str | None, corpus: Make
) -> None:
    folder = corpus(
        **{
            "a.xml": tei(f'{before}<p xml:id="x">x</p>', header=PREFIX),
            "persons.xml": PERSONS,
        }
    )
    path = folder / "tei" / "a.xml"
    source = path.read_text("utf-8")
    rename(folder, "pe-a", "pe-new")
    assert path.read_text("utf-8") == source.replace(before, after or before)
    assert (folder / "tei" / "persons.xml").read_text("utf-8") == tei(PERSONS).replace(
        '"pe-a"', '"pe-new"'
    )


AWKWARD = {
    "crlf": lambda text: text.replace("\n", "\r\n").encode(),
    "cr": lambda text: text.replace("\n", "\r").encode(),
    "mark": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "utf-16-le": lambda text: text.replace("UTF-8", "UTF-16").encode("utf-16"),
    "utf-16-be": lambda text: b"\xfe\xff" + text.replace("UTF-8", "UTF-16").encode("utf-16-be"),
    "latin": lambda text: text.replace("UTF-8", "ISO-8859-1").encode("iso8859-1"),
    "single": lambda text: text.replace('"', "'").encode(),
    "no end": lambda text: text.rstrip("\n").encode(),
}


@pytest.mark.parametrize("kind", AWKWARD)
def test_an_awkward_file_keeps_its_ways(kind: str, corpus: Make) -> None:
    body = (
        '<p corresp=" persons.xml#pe-a\n\tpersons.xml#pe-b "  \n n = "é &lt; &#233;" >pe-a é\n'
        '<!-- pe-a "é" --><?pe-a #pe-a?><![CDATA[ <x ref="#pe-a"/> ]]>\n'
        '<persName\n  ref="#pe-a" >A &amp; É</persName >\t</p>\n'
    )
    folder = corpus(**{"a.xml": body, "persons.xml": PERSONS})
    for name in ("a.xml", "persons.xml"):
        path = folder / "tei" / name
        path.write_bytes(AWKWARD[kind](path.read_bytes().decode()))
    before = contents(folder)
    rename(folder, "pe-a", "pe-zoé")
    after = contents(folder)
    coding = {"utf-16-le": "utf-16-le", "utf-16-be": "utf-16-be", "latin": "iso8859-1"}
    old, new = ("#pe-a", "#pe-zoé")
    text, expected = (
        data["tei/a.xml"].decode(coding.get(kind, "utf-8")) for data in (after, before)
    )
    quote = "'" if kind == "single" else '"'
    expected = expected.replace("persons.xml" + old, "persons.xml" + new)
    expected = expected.replace(f"  ref={quote}{old}", f"  ref={quote}{new}")
    assert text == expected
    rename(folder, "pe-zoé", "pe-a")
    assert contents(folder) == before


def test_a_character_that_the_encoding_lacks_becomes_a_reference(corpus: Make) -> None:
    folder = corpus(**{"a.xml": '<p corresp="persons.xml#pe-a"/>', "persons.xml": PERSONS})
    path = folder / "tei" / "a.xml"
    path.write_bytes(path.read_bytes().replace(b"UTF-8", b"ISO-8859-1"))
    rename(folder, "pe-a", "pe-ж")
    assert b'corresp="persons.xml#pe-&#1078;"' in path.read_bytes()
    assert ("resolved", "tei/persons.xml", "pe-ж") in resolved(folder)


def test_an_id_of_several_files_is_named_with_its_file(corpus: Make) -> None:
    play = '<p xml:id="hero" corresp="#hero">H</p>'
    folder = corpus(**{"one.xml": play, "two.xml": play})
    done = run("register", "rename", "hero", "heroine", cwd=folder)
    assert done.code == 1
    assert "“hero” stands in 2 files" in done.err
    assert "say which: tei/one.xml#hero or tei/two.xml#hero" in done.err
    before = contents(folder)
    done = run("register", "rename", "two.xml#hero", "heroine", cwd=folder)
    assert done.code == 0, done.err
    assert changed(before, contents(folder)) == {"tei/two.xml"}
    assert "look at this: tei/one.xml has an xml:id “hero” of its own, which stays" in done.out
    assert 'xml:id="heroine" corresp="#heroine"' in (folder / "tei/two.xml").read_text("utf-8")


# -- rename: refusals ----------------------------------------------------------------------------


def refused(folder: Path, *arguments: str) -> Shell:
    """A refusal: it says why, ends with 1, and has changed nothing."""
    before = contents(folder)
    done = run("register", *arguments, cwd=folder)
    assert done.code == 1, done
    assert "Traceback" not in done.err
    assert done.err.rstrip().endswith("nothing was written")
    assert contents(folder) == before
    return done


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("pe-c", "pe-d", "no xml:id in the corpus is “pe-c”"),
        ("pe-c", "pe-d", "did you mean pe-"),
        ("nowhere.xml#pe-a", "pe-d", "there is no file nowhere.xml in the corpus"),
        ("persons.xml#x", "pe-d", "no xml:id in tei/persons.xml is “x”"),
        ("pe-a", "pe-b", "“pe-b” is taken: tei/persons.xml has that xml:id already"),
        ("pe-a", "1a", "“1a” is no XML name"),
        ("pe-a", "a b", "“a b” is no XML name"),
        ("pe-a", "a:b", "“a:b” is no XML name"),
        ("pe-a", "pe-a", "“pe-a” is its name already"),
        ("pe-a", "x", "“x” is taken: tei/a.xml has that xml:id"),
        ("pe-a", "or-a", "“or-a” is taken: it is an entry of tei/orgs.xml"),
        ("pe-b", "b", "“pe:b” cannot be made to point to “b”: the prefix “pe:” means"),
        ("pe-b", "pe-2", "“pe:b” cannot be made to point to “pe-2”"),
        ("twice", "once", "“twice” stands 2 times in tei/b.xml"),
    ],
)
def test_a_rename_that_cannot_be_made_is_refused(
    old: str, new: str, message: str, corpus: Make
) -> None:
    folder = corpus(
        **{
            "a.xml": tei('<p xml:id="x" corresp="#pe-a pe:b">a</p>', header=PREFIX),
            "b.xml": '<p xml:id="twice"/><p xml:id="twice"/>',
            "persons.xml": PERSONS,
            "orgs.xml": '<standOff><listOrg><org xml:id="or-a"><orgName>O</orgName></org></listOrg>'
            "</standOff>",
        }
    )
    assert message in refused(folder, "rename", old, new).err


def test_an_id_that_only_its_own_file_looks_for_may_be_one_of_another_file(corpus: Make) -> None:
    folder = corpus(**{"a.xml": '<p xml:id="x" corresp="#x"/>', "b.xml": '<p xml:id="y"/>'})
    rename(folder, "x", "y")
    assert 'xml:id="y" corresp="#y"' in (folder / "tei/a.xml").read_text("utf-8")


def test_nothing_is_edited_while_a_file_cannot_be_read(corpus: Make) -> None:
    folder = corpus(**{"a.xml": "<p corresp='#pe-a'>", "persons.xml": PERSONS})
    done = refused(folder, "rename", "pe-a", "pe-c")
    assert "tei/a.xml:3:13: error" in done.err
    assert "[TK002]" in done.err


def test_a_read_only_file_leaves_all_as_it_was(corpus: Make) -> None:
    folder = corpus(**{"a.xml": "<p corresp='#pe-a'/>", "persons.xml": PERSONS})
    (folder / "tei/persons.xml").chmod(0o444)
    done = refused(folder, "rename", "pe-a", "pe-c")
    assert "tei/persons.xml: error: the file is read-only [TK905]" in done.err


def test_a_file_that_changes_meanwhile_is_not_overwritten(corpus: Make) -> None:
    folder = corpus(**{"a.xml": "<p corresp='#pe-a'/>", "persons.xml": PERSONS})
    linked = links(folder)
    (folder / "tei/a.xml").write_text(tei("<p corresp='#pe-b'/><p corresp='#pe-a'/>"), "utf-8")
    with pytest.raises(EditError, match="changed by somebody else"):
        editing.rename(linked, "pe-a", "pe-c")


# -- showing -------------------------------------------------------------------------------------


def test_a_dry_run_shows_the_difference_and_writes_nothing(edition: Path) -> None:
    before = contents(edition)
    done = run("register", "rename", "ev-nep", "ev-nouvelle", "--dry-run", cwd=edition)
    assert done.code == 0
    assert contents(edition) == before
    lines = done.out.splitlines()
    assert lines[0].startswith("--- a/tei/")
    removed = [line[1:] for line in lines if line.startswith("-") and not line.startswith("---")]
    added = [line[1:] for line in lines if line.startswith("+") and not line.startswith("+++")]
    assert removed
    assert [re.sub(r"\bev-nep\b", "ev-nouvelle", line) for line in removed] == added
    assert done.err.endswith("nothing was written\n")
    done = run("register", "rename", "ev-nep", "ev-nouvelle", cwd=edition)
    assert len(done.out.splitlines()) == len(changed(before, contents(edition))) + 1


@pytest.mark.parametrize("verb", ["lint", "sort", "merge", "rename"])
def test_the_example_of_the_help_runs(verb: str, corpus: Make) -> None:
    folder = corpus(**{"persons.xml": PERSONS, "a.xml": "<p corresp='#pe-a #pe-b'/>"})
    heading, example = run("register", verb, "--help", cwd=folder).out.rstrip().splitlines()[-2:]
    assert heading.strip() == "Example:"
    assert example.split()[:3] == ["teikit", "register", verb]
    done = run(*example.split()[1:], cwd=folder)
    assert done.code == 0, done.err


@pytest.mark.parametrize(
    "arguments",
    [["rename", "pe-a", "pe-c"], ["merge", "pe-a", "pe-b"], ["sort", "--by", "name"]],
)
def test_a_dry_run_says_what_the_run_does(arguments: list[str], corpus: Make) -> None:
    people = PERSONS.replace(">B<", ">0<").replace("</person><", "</person>\r\n<")
    folder = corpus(**{"a.xml": "<p corresp='#pe-a'/>", "persons.xml": people})
    before = contents(folder)
    shown = run("register", *arguments, "--dry-run", cwd=folder)
    assert contents(folder) == before
    done = run("register", *arguments, cwd=folder)
    assert shown.err.splitlines()[-2] == done.out.splitlines()[-1]
    assert changed(before, contents(folder))
    assert {line[6:] for line in shown.out.splitlines() if line.startswith("--- a/")} == changed(
        before, contents(folder)
    )


# -- sort ----------------------------------------------------------------------------------------


def entries(path: Path, element: str) -> list[str]:
    """The entries of a file as canonical strings, in its order."""
    found = []
    for node in etree.parse(path).iter(f"{TEI}{element}"):
        node.tail = None
        found.append(etree.canonicalize(etree.tostring(node, encoding="unicode")))
    return found


def test_the_shipped_registers_are_sorted_by_id(edition: Path) -> None:
    before = contents(edition)
    done = run("register", "sort", cwd=edition)
    assert (done.code, done.out) == (0, "all is sorted by id already\n")
    assert contents(edition) == before


@pytest.mark.parametrize(("lang", "first", "last"), [("fr", "B", "Z"), ("ru", "Б", "Я")])
def test_registers_are_sorted_by_name_in_a_language_and_back(
    lang: str, first: str, last: str, edition: Path
) -> None:
    before = contents(edition)
    path = edition / "tei/persons.xml"
    people = entries(path, "person")
    assert run("register", "sort", "persons", "--by", "name", "--lang", lang, cwd=edition).code == 0
    assert changed(before, contents(edition)) == {"tei/persons.xml"}
    assert sorted(entries(path, "person")) == sorted(people)
    names = [
        "".join(node.itertext())
        for person in etree.parse(path).iter(f"{TEI}person")
        for node in person.iterfind(f"{TEI}persName[@type='main']")
        if node.get("{http://www.w3.org/XML/1998/namespace}lang") == lang
    ]
    initials = [name[0] for name in names]
    assert initials == sorted(initials)
    assert (initials[0], initials[-1]) == (first, last)
    # Nothing but the order of whole lines has changed.
    assert sorted(path.read_bytes().splitlines()) == sorted(before["tei/persons.xml"].splitlines())
    assert run("validate", cwd=edition).code == 0
    assert run("register", "sort", cwd=edition).code == 0
    assert contents(edition) == before


UNSORTED = """<standOff>
<listPerson>
  <head>All</head>
  <!-- ten -->
  <person xml:id="p10"><persName>B</persName></person> <!-- of ten -->

    <person xml:id="p2"><persName>C</persName>
      <listEvent><event xml:id="e2"><label>y</label></event>
        <event xml:id="e1"><label>x</label></event></listEvent></person>
  <person><persName>nobody</persName></person>
  <!-- one, --><!-- and more --><person
    xml:id='p1'><persName>D</persName></person>
  <listPerson><person xml:id="q2"><persName>E</persName></person><person xml:id="q1">
    <persName>F</persName></person></listPerson>
  <personGrp xml:id="p03"><persName>A</persName></personGrp>
</listPerson></standOff>"""
SORTED = """<standOff>
<listPerson>
  <head>All</head>
  <!-- one, --><!-- and more --><person
    xml:id='p1'><persName>D</persName></person>

    <person xml:id="p2"><persName>C</persName>
      <listEvent><event xml:id="e1"><label>x</label></event>
        <event xml:id="e2"><label>y</label></event></listEvent></person>
  <person><persName>nobody</persName></person>
  <personGrp xml:id="p03"><persName>A</persName></personGrp>
  <listPerson><person xml:id="q1">
    <persName>F</persName></person><person xml:id="q2"><persName>E</persName></person></listPerson>
  <!-- ten -->
  <person xml:id="p10"><persName>B</persName></person> <!-- of ten -->
</listPerson></standOff>"""


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_entries_move_whole_with_their_comments_and_every_list_is_sorted_for_itself(
    end: str, corpus: Make
) -> None:
    folder = corpus(**{"persons.xml": UNSORTED})
    path = folder / "tei/persons.xml"
    path.write_bytes(path.read_bytes().replace(b"\n", end.encode()))
    assert run("register", "sort", cwd=folder).code == 0
    assert path.read_bytes() == tei(SORTED).replace("\n", end).encode()
    done = run("register", "sort", cwd=folder)
    assert done.out == "all is sorted by id already\n"
    assert path.read_bytes() == tei(SORTED).replace("\n", end).encode()


def test_places_inside_places_are_sorted_like_lists(corpus: Make) -> None:
    inner = '<place xml:id="c{}"><placeName>x</placeName></place>'
    places = (
        '<standOff><listPlace><place xml:id="b"><placeName>B</placeName>\n{}\n{}\n</place>'
        '<place xml:id="d"><placeName>D</placeName></place></listPlace></standOff>'
    )
    folder = corpus(**{"places.xml": places.format(inner.format(2), inner.format(1))})
    assert run("register", "sort", cwd=folder).code == 0
    after = (folder / "tei/places.xml").read_text("utf-8")
    assert after == tei(places.format(inner.format(1), inner.format(2)))


def test_a_register_that_does_not_exist_is_told(edition: Path) -> None:
    done = refused(edition, "sort", "people")
    assert "there is no register people" in done.err
    assert "tei/persons.xml" in done.err


@pytest.mark.parametrize("verb", ["sort", "lint"])
def test_a_corpus_without_registers_is_told(verb: str, corpus: Make) -> None:
    folder = corpus(**{"a.xml": "<p>x</p>"})
    done = run("register", verb, cwd=folder)
    assert done.code == 1
    assert "no file of the corpus is a register [TK902]" in done.err
    assert "Traceback" not in done.err


# -- merge ---------------------------------------------------------------------------------------

PAIR = """<standOff><listPerson>
  <person xml:id="pe-a" role="writer">
    <persName xml:lang="fr">A</persName>
    <persName xml:lang="fr" type="variant">Aa</persName>
    <!-- checked -->
    <birth when="1901"/>
    <sex value="F"/>
    <idno type="GND">1</idno>
    <idno type="VIAF">2</idno>
    <note>See <ref target="#pe-a">A</ref>.</note>
  </person>
  <person xml:id="pe-b">
    <persName xml:lang="fr">A</persName>
    <birth when="1901-05-02"/>
    <idno type="GND">1</idno>
    <note>B.</note>
  </person>
  <person xml:id="pe-c"><persName>C</persName></person>
</listPerson></standOff>"""
MERGED = """<standOff><listPerson>
  <person xml:id="pe-b" role="writer">
    <persName xml:lang="fr">A</persName>
    <persName xml:lang="fr" type="variant">Aa</persName>
    <birth when="1901-05-02"/>
    <sex value="F"/>
    <idno type="GND">1</idno>
    <idno type="VIAF">2</idno>
    <note>B.</note>
    <note>See <ref target="#pe-b">A</ref>.</note>
    <!-- checked -->
  </person>
  <person xml:id="pe-c"><persName>C</persName></person>
</listPerson></standOff>"""


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_entry_that_is_kept_takes_what_it_lacks(end: str, corpus: Make) -> None:
    folder = corpus(
        **{"persons.xml": PAIR, "a.xml": '<p corresp="persons.xml#pe-a #x" xml:id="x"/>'}
    )
    path = folder / "tei/persons.xml"
    path.write_bytes(path.read_bytes().replace(b"\n", end.encode()))
    done = run("register", "merge", "pe-a", "pe-b", cwd=folder)
    assert done.code == 0, done.err
    assert path.read_bytes().decode() == tei(MERGED).replace("\n", end)
    assert 'corresp="persons.xml#pe-b #x"' in (folder / "tei/a.xml").read_text("utf-8")
    assert done.out.splitlines()[-1] == (
        "pe-a is merged into pe-b: 4 statements moved, 1 pointer rewritten in 1 file"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('ref="#pe-a #pe-b"', 'ref="#pe-b"'),
        ('ref="#pe-b #pe-a"', 'ref="#pe-b"'),
        ('ref="#pe-a persons.xml#pe-b #pe-c"', 'ref="persons.xml#pe-b #pe-c"'),
        ('ref="#pe-c  #pe-a #pe-a  #pe-b"', 'ref="#pe-c  #pe-b"'),
        ('ref="#pe-a #pe-a"', 'ref="#pe-b"'),
        ('ref="#pe-a #pe-c #pe-a"', 'ref="#pe-b #pe-c"'),
        ('ref="#pe-b #pe-b #pe-a"', 'ref="#pe-b #pe-b"'),
        ('ref=" #pe-a\n#pe-b "', 'ref=" #pe-b "'),
        (
            'ref="#left(pe-a) #right(pe-a) #pe-a #pe-b"',
            'ref="#left(pe-b) #right(pe-b) #pe-b"',
        ),
        ('key="pe-a pe-b"', 'key="pe-b"'),
        ("key='pe-a'", "key='pe-b'"),
    ],
)
def test_an_attribute_does_not_point_to_one_entry_twice(
    before: str, after: str, corpus: Make
) -> None:
    body = f"<p><persName {before}>A</persName></p>"
    folder = corpus(**{"persons.xml": PAIR, "a.xml": body})
    assert run("register", "merge", "pe-a", "pe-b", cwd=folder).code == 0
    assert (folder / "tei/a.xml").read_text("utf-8") == tei(body.replace(before, after))


CONTRADICTIONS = {
    "birth": ('<birth when="1901-05-02"/>', '<birth when="1902"/>'),
    "sex": ("<note>B.</note>", '<sex value="M"/><note>B.</note>'),
    "idno viaf": ("<note>B.</note>", '<idno type="VIAF">3</idno><note>B.</note>'),
    "@role": ('xml:id="pe-b"', 'xml:id="pe-b" role="reader"'),
}


@pytest.mark.parametrize("about", CONTRADICTIONS)
def test_entries_that_contradict_each_other_are_merged_only_by_force(
    about: str, corpus: Make
) -> None:
    pair = PAIR.replace(*CONTRADICTIONS[about])
    assert pair != PAIR
    folder = corpus(**{"persons.xml": pair})
    done = refused(folder, "merge", "pe-a", "pe-b")
    assert f"contradict each other: {about}: " in done.err
    kept = run("register", "merge", "pe-a", "pe-b", "--force", cwd=folder)
    assert kept.code == 0
    (note,) = etree.parse(folder / "tei/persons.xml").iterfind(f".//{TEI}note[@type='merged']")
    assert str(note.text).startswith(f"pe-a: {about}: ")
    kept_statement = CONTRADICTIONS[about][1].removesuffix("<note>B.</note>")
    assert kept_statement in (folder / "tei/persons.xml").read_text("utf-8")


@pytest.mark.parametrize(
    ("gone", "kept", "message"),
    [
        ("pe-a", "pe-a", "“pe-a” cannot be merged into itself"),
        ("pe-a", "or-a", "“pe-a” is a person, “or-a” a org"),
        ("pe-a", "pe-x", "no xml:id in the corpus is “pe-x”"),
        ("x", "pe-a", "“x” is no entry of a register, but a <p>"),
        ("pe-a", "pe-in", "“pe-in” stands inside “pe-a”"),
        ("pe-in", "pe-a", "“pe-in” stands inside “pe-a”"),
        ("pe-d", "pe-b", "“#n1” leads to what stands inside “pe-d” and would be lost"),
    ],
)
def test_a_merge_that_cannot_be_made_is_refused(
    gone: str, kept: str, message: str, corpus: Make
) -> None:
    inner = '<listPerson><person xml:id="pe-in"><persName>I</persName></person></listPerson>'
    people = PAIR.replace('<birth when="1901"/>', inner).replace(
        "</listPerson></standOff>",
        '<person xml:id="pe-d"><persName xml:lang="fr" xml:id="n1">A</persName></person>'
        '</listPerson><listOrg><org xml:id="or-a"><orgName>O</orgName></org></listOrg></standOff>',
    )
    folder = corpus(**{"persons.xml": people, "a.xml": '<p xml:id="x" corresp="#n1"/>'})
    assert message in refused(folder, "merge", gone, kept).err


def test_an_empty_entry_is_opened_to_take_what_comes(corpus: Make) -> None:
    people = (
        "<standOff><listPerson>\n  <person xml:id='pe-b'/>\n"
        '  <person xml:id="pe-a"><persName>A</persName></person>\n</listPerson></standOff>'
    )
    folder = corpus(**{"persons.xml": people})
    assert run("register", "merge", "pe-a", "pe-b", cwd=folder).code == 0
    assert (folder / "tei/persons.xml").read_text("utf-8") == tei(
        "<standOff><listPerson>\n  <person xml:id='pe-b'>\n    <persName>A</persName>\n"
        "  </person>\n</listPerson></standOff>"
    )


def test_an_entry_of_another_file_brings_its_pointers_and_its_language(corpus: Make) -> None:
    folder = corpus(**{"persons.xml": PERSONS})
    other = folder / "tei" / "more" / "people.xml"
    other.parent.mkdir()
    other.write_bytes(
        tei(
            '<standOff><listPerson><person xml:id="pe-n" corresp="#pe-o"><persName>Ñ</persName>'
            '<note>of <ref target="#pe-o">O</ref>, <ref target="../persons.xml#pe-b">B</ref>, '
            '<ref target="#pe-n">N</ref></note></person>'
            '<person xml:id="pe-o"><persName>O</persName></person></listPerson></standOff>',
            lang="es",
        )
        .replace("UTF-8", "ISO-8859-1")
        .encode("iso8859-1")
    )
    done = run("register", "merge", "pe-n", "pe-a", cwd=folder)
    assert done.code == 0, done.err
    assert (
        '<person xml:id="pe-a" corresp="more/people.xml#pe-o"><persName>A</persName>'
        '<persName xml:lang="es">Ñ</persName>'
        '<note xml:lang="es">of <ref target="more/people.xml#pe-o">O</ref>, '
        '<ref target="#pe-b">B</ref>, <ref target="#pe-a">N</ref></note></person>'
    ) in (folder / "tei/persons.xml").read_text("utf-8")
    assert {state for state, _, _ in resolved(folder)} == {"resolved"}


def test_a_range_cannot_begin_in_one_file_and_end_in_another(corpus: Make) -> None:
    other = PERSONS.replace("pe-", "pp-")
    body = '<p corresp="persons.xml#range(pe-a,pe-b)"/>'
    folder = corpus(**{"persons.xml": PERSONS, "people.xml": other, "a.xml": body})
    done = refused(folder, "merge", "pe-a", "pp-a")
    assert "“persons.xml#range(pe-a,pe-b)” cannot be made to point to “pp-a”" in done.err


def test_a_relation_that_a_merge_turns_on_itself_is_told(corpus: Make) -> None:
    people = PAIR.replace(
        "</listPerson></standOff>",
        '</listPerson><listRelation><relation name="sisterOf" active="#pe-a" passive="#pe-b"/>'
        "</listRelation></standOff>",
    )
    folder = corpus(**{"persons.xml": people})
    done = run("register", "merge", "pe-a", "pe-b", cwd=folder)
    assert "this relation is one of “pe-b” with itself now" in done.out


def test_two_main_names_in_one_language_are_told(corpus: Make) -> None:
    folder = corpus(**{"persons.xml": PERSONS})
    done = run("register", "merge", "pe-a", "pe-b", cwd=folder)
    assert done.out.splitlines()[1].endswith("“pe-b” has two main names in fr now")


def test_every_person_can_be_merged_by_force_and_nothing_points_nowhere(edition: Path) -> None:
    words = "".join(etree.parse(edition / "tei/persons.xml").getroot().itertext()).split()
    ids = [
        str(node.get(ID)) for node in etree.parse(edition / "tei/persons.xml").iter(f"{TEI}person")
    ]
    places = resolved(edition)
    for gone in ids[1:6]:
        plan = editing.merge(links(edition), gone, ids[0], force=True)
        write(plan.changes)
    expected = {(state, path, ids[0] if key in ids[1:6] else key) for state, path, key in places}
    assert set(resolved(edition)) == expected
    after = "".join(etree.parse(edition / "tei/persons.xml").getroot().itertext()).split()
    assert set(words) <= set(after)


# -- lint ----------------------------------------------------------------------------------------


def test_lint_finds_what_is_wrong_in_registers_and_only_there(corpus: Make) -> None:
    bad = PERSONS.replace("<persName>B", '<birth when="1901-02-30"/><persName ref="#no">B')
    folder = corpus(**{"a.xml": '<p corresp="#nobody"/>', "persons.xml": bad})
    done = run("register", "lint", "--format", "json", cwd=folder)
    assert done.code == 1
    found = json.loads(done.out)
    assert {item["path"] for item in found} == {"tei/persons.xml"}
    assert {"TK201", "TK401"} <= {item["code"] for item in found}
    assert {item["code"][:3] for item in found} <= {"TK2", "TK3", "TK4"}
    only = run("register", "lint", "--select", "TK4", "--format", "json", cwd=folder)
    assert {item["code"] for item in json.loads(only.out)} == {"TK401"}


def test_lint_of_the_shipped_registers_finds_no_mistake(edition: Path) -> None:
    done = run("register", "lint", cwd=edition)
    assert done.code == 0, done.out
    assert " 5 files" in done.out or "5 files read" in done.out


def test_lint_sees_pointers_into_files_that_it_does_not_judge(corpus: Make) -> None:
    people = PERSONS.replace("<person ", '<person corresp="a.xml#x" ', 1)
    folder = corpus(**{"a.xml": '<p xml:id="x"/>', "persons.xml": people})
    found = json.loads(run("register", "lint", "persons", "--format", "json", cwd=folder).out)
    assert not [item for item in found if item["code"].startswith("TK2")]


def test_lint_tells_of_a_file_that_may_be_a_register(corpus: Make) -> None:
    folder = corpus(**{"a.xml": "<standOff><listPerson>", "persons.xml": PERSONS})
    done = run("register", "lint", cwd=folder)
    assert done.code == 1
    assert "[TK002]" in done.out


@pytest.mark.parametrize("by", ["id", "name"])
def test_an_entry_out_of_order_in_a_sorted_list_is_remarked(by: str, corpus: Make) -> None:
    letters = "abcdefghijkl"
    keys = letters if by == "id" else letters[::-1]
    rows = [
        f'<person xml:id="pe-{key}"><persName>{letter.upper()}</persName></person>\n'
        for key, letter in zip(keys, letters if by == "name" else letters[::2] * 2, strict=True)
    ]
    moved = [*rows[:3], *rows[4:9], rows[3], *rows[9:]]

    def found(order: list[str]) -> list[dict[str, object]]:
        people = f"<standOff><listPerson>\n{''.join(order)}</listPerson></standOff>"
        folder = corpus(**{"persons.xml": people})
        done = run("register", "lint", "--format", "json", cwd=folder)
        return [item for item in json.loads(done.out) if item["code"] == "TK309"]

    assert found(rows) == []
    (one,) = found(moved)
    key = keys[3]
    assert one["message"] == (
        f"1 of 12 entries stands out of order in a list sorted by {by}: “pe-{key}”"
    )
    assert one["line"] == 12
    assert found([*rows[::3], *rows[1::3], *rows[2::3]]) == []

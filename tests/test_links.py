"""Every pointer resolves with its scope; mentions and back-links are each other's inverse."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin

import pytest
from lxml import etree

from teikit import link, load, open_corpus, validate
from teikit.links import Links
from tests.conftest import ROOT, TEI, run, tei

PERSON = '<person xml:id="pe-a"><persName xml:lang="fr">A</persName></person>'
REGISTER = f"<standOff><listPerson>{PERSON}</listPerson></standOff>"
PREFIX = (
    '<encodingDesc><listPrefixDef><prefixDef ident="pe" matchPattern="([a-z]+)" '
    'replacementPattern="persons.xml#pe-$1"/></listPrefixDef></encodingDesc>'
)


def linked(folder: Path) -> Links:
    return link(open_corpus(load(folder)))


@pytest.fixture(scope="module")
def shipped() -> Links:
    return linked(ROOT)


@pytest.mark.parametrize(
    ("token", "base", "state", "path", "key"),
    [
        ("#x", "", "resolved", "tei/a.xml", "x"),
        ("persons.xml#pe-a", "", "resolved", "tei/persons.xml", "pe-a"),
        ("../tei/persons.xml#pe-a", "", "resolved", "tei/persons.xml", "pe-a"),
        ("persons.xml", "", "resolved", "tei/persons.xml", ""),
        ("#pe-a", "", "resolved", "tei/persons.xml", "pe-a"),
        ("pe:a", "", "resolved", "tei/persons.xml", "pe-a"),
        ("#pe-a", "persons.xml", "resolved", "tei/persons.xml", "pe-a"),
        ("persons.xml#pe-a", "../tei/", "resolved", "tei/persons.xml", "pe-a"),
        ("https://example.org/#x", "", "external", "", ""),
        ("urn:isbn:1", "", "external", "", ""),
        ("#nobody", "", "no-id", "tei/a.xml", "nobody"),
        ("persons.xml#nobody", "", "no-id", "tei/persons.xml", "nobody"),
        ("nowhere.xml#pe-a", "", "no-file", "tei/nowhere.xml", "pe-a"),
    ],
)
def test_a_token_is_resolved_with_its_scope(
    token: str, base: str, state: str, path: str, key: str, corpus: Callable[..., Path]
) -> None:
    links = linked(
        corpus(**{"a.xml": tei('<p xml:id="x">a</p>', header=PREFIX), "persons.xml": REGISTER})
    )
    found = links.resolve("tei/a.xml", token, base)
    assert (found.state, found.path, found.id) == (state, path, key)


def prefixed(**patterns: tuple[str, str]) -> str:
    rows = "".join(
        f'<prefixDef ident="{ident}" matchPattern="{match}" replacementPattern="{new}"/>'
        for ident, (match, new) in patterns.items()
    )
    return f"<encodingDesc><listPrefixDef>{rows}</listPrefixDef></encodingDesc>"


@pytest.mark.parametrize(
    ("header", "message"),
    [
        (prefixed(pe=("([a-z", "persons.xml#$1")), "is no regular expression"),
        (prefixed(pe=("(.*)", "pe:$1")), "“pe:” is replaced by itself"),
    ],
)
def test_a_prefix_that_cannot_be_used_is_a_finding(
    header: str, message: str, corpus: Callable[..., Path]
) -> None:
    folder = corpus(**{"a.xml": tei('<p><persName ref="pe:a">A</persName></p>', header=header)})
    (finding,) = (item for item in validate(folder) if item.code == "TK206")
    assert message in finding.message
    assert str(finding.location).startswith("tei/a.xml:2:")


def test_prefixes_that_chase_each_other_come_to_an_end(corpus: Callable[..., Path]) -> None:
    header = prefixed(a=("(.*)", "b:$1"), b=("(.*)", "a:$1 $2"))
    links = linked(corpus(**{"a.xml": tei("<p>x</p>", header=header)}))
    assert links.resolve("tei/a.xml", "a:x").state == "external"


def test_a_cite_structure_that_is_no_xpath_is_a_finding(corpus: Callable[..., Path]) -> None:
    refs = (
        '<encodingDesc><refsDecl><citeStructure match="//p[[" use="@n"/></refsDecl></encodingDesc>'
    )
    folder = corpus(**{"a.xml": tei("<p>x</p>", header=refs)})
    (finding,) = (item for item in validate(folder) if item.code == "TK603")
    assert "@match=“//p[[” is no XPath" in finding.message
    assert linked(folder).facts[0].units[0].ref == "1"


def test_each_token_of_a_pointer_is_looked_up_by_itself(corpus: Callable[..., Path]) -> None:
    folder = corpus(**{"a.xml": '<p xml:id="x" corresp="#x #y https://example.org/ #z">a</p>'})
    looked_for = [item.message for item in validate(folder) if item.code == "TK201"]
    assert ["“#y”" in looked_for[0], "“#z”" in looked_for[1], len(looked_for)] == [True, True, 2]


def test_a_key_names_a_register_entry(corpus: Callable[..., Path]) -> None:
    links = linked(
        corpus(**{"a.xml": '<p>by <persName key="pe-a">A.</persName></p>', "persons.xml": REGISTER})
    )
    (found,) = links.mentions["pe-a"]
    assert (found.mention.before, found.mention.hit) == ("by ", "A.")


def test_an_entry_that_a_document_keeps_for_itself_is_its_own(corpus: Callable[..., Path]) -> None:
    play = '<p who="#hero"><persName ref="#hero">H</persName></p>'
    header = (
        '<profileDesc><particDesc><listPerson><person xml:id="hero"><persName>Hero</persName>'
        "</person></listPerson></particDesc></profileDesc>"
    )
    files = {name: tei(play, key=name[:-4], header=header) for name in ("one.xml", "two.xml")}
    links = linked(corpus(**files))
    assert {key: len(found) for key, found in links.mentions.items()} == {
        "one.hero": 1,
        "two.hero": 1,
    }


def test_mentions_are_the_inverse_of_the_pointers(shipped: Links) -> None:
    forward = {
        (entity.key, facts.path, mention.location)
        for facts in shipped.facts
        for mention in facts.mentions
        for token in mention.tokens
        if (entity := shipped.entity(facts.path, token))
    }
    backward = {
        (key, found.document.path, found.mention.location)
        for key, occurrences in shipped.mentions.items()
        for found in occurrences
    }
    assert forward == backward
    assert len(forward) > 100


def test_every_entry_of_a_register_is_mentioned(shipped: Links) -> None:
    in_headers = {
        entity.key
        for facts in shipped.facts
        for agent in (*facts.header.agents, facts.header.repository, facts.header.settlement)
        if agent and (entity := shipped.entity(facts.path, agent.ref))
    }
    unused = [key for key, found in shipped.mentions.items() if not found and key not in in_headers]
    assert unused == []


def test_units_are_aligned_one_to_one_and_share_their_number(shipped: Links) -> None:
    for group in shipped.groups:
        original, translation = group.versions
        assert (group.role(original), group.role(translation)) == ("original", "translation")
        numbered = [[unit.ref for unit in version.units if unit.ref] for version in group.versions]
        assert numbered[0] == numbered[1] == [str(n + 1) for n in range(len(numbered[0]))]
        for row in group.rows:
            if row.ref:
                assert [unit.ref for unit in row.cells if unit] == [row.ref, row.ref]


def test_every_unit_stands_in_exactly_one_row(shipped: Links) -> None:
    for group in shipped.groups:
        for column, version in enumerate(group.versions):
            rows = [row.cells[column].key for row in group.rows if row.cells[column]]
            assert rows == [unit.key for unit in version.units]


def test_the_written_links_are_tei_and_lead_where_they_say(
    built: Path, tei_all: etree.RelaxNG
) -> None:
    path = built / "links" / "links.xml"
    document = etree.parse(path)
    assert tei_all.validate(document), tei_all.error_log
    targets = [
        token for node in document.iter(f"{TEI}link") for token in node.get("target").split()
    ]
    assert len(targets) > 100
    ids: dict[str, set[str]] = {}
    for target in targets:
        file, _, fragment = urljoin(path.as_uri(), target).partition("#")
        if file not in ids:
            ids[file] = set(etree.parse(file).xpath("//@xml:id"))
        assert fragment in ids[file], target


def test_a_mention_in_a_unit_without_id_is_written_with_its_place(
    corpus: Callable[..., Path],
) -> None:
    body = '<p>x</p><p>by <persName ref="persons.xml#pe-a">A.</persName></p>'
    folder = corpus(**{"a.xml": body, "persons.xml": REGISTER})
    assert run("link", cwd=folder).code == 0
    written = etree.parse(folder / "build" / "links" / "links.xml")
    (link_,) = written.iter(f"{TEI}link")
    assert link_.get("target") == ("../../tei/persons.xml#pe-a ../../tei/a.xml#element(/1/2/1/2)")
    node = etree.parse(folder / "tei" / "a.xml").getroot()
    for step in (2, 1, 2):
        node = node[step - 1]
    assert "".join(node.itertext()) == "by A."


def test_the_written_json_agrees_with_the_tei(built: Path) -> None:
    data = json.loads((built / "links" / "links.json").read_text("utf-8"))
    document = etree.parse(built / "links" / "links.xml")
    counted = sum(
        int(node.get("n")) for node in document.iterfind(".//{*}linkGrp[@type='mention']/{*}link")
    )
    assert counted == sum(len(entity["mentions"]) for entity in data["entities"])
    pairs = document.findall(".//{*}linkGrp[@type='alignment']/{*}link")
    rows = [
        row for item in data["documents"] for row in item["alignment"] if None not in row["units"]
    ]
    assert len(pairs) == len(rows)


def test_passages_and_entities_name_each_other(built: Path) -> None:
    data = json.loads((built / "links" / "links.json").read_text("utf-8"))
    by_entity = {
        (entity["key"], found["document"], found["passage"])
        for entity in data["entities"]
        for found in entity["mentions"]
    }
    by_passage = {
        (key, found["document"], found["passage"])
        for found in data["passages"]
        for key in found["entities"]
    }
    assert by_entity == by_passage
    assert len(by_entity) > 500


def test_link_writes_nothing_into_the_sources(edition: Path) -> None:
    before = {path: path.read_bytes() for path in (edition / "tei").iterdir()}
    assert run("link", cwd=edition).code == 0
    assert {path: path.read_bytes() for path in (edition / "tei").iterdir()} == before


def test_the_order_of_the_files_does_not_matter(corpus: Callable[..., Path]) -> None:
    body = '<p xml:id="{0}.1" n="1" corresp="{1}.xml#{1}.1">t</p>'
    files = {f"{a}.xml": tei(body.format(a, b), key=a) for a, b in (("a", "b"), ("b", "a"))}
    folder = corpus(**dict(reversed(files.items())))
    named = open_corpus(load(folder), [folder / "tei" / "b.xml", folder / "tei" / "a.xml"])
    assert [document.path for document in named.documents] == ["tei/a.xml", "tei/b.xml"]

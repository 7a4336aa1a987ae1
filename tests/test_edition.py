"""The edition itself: registers without loose ends, two languages that agree or say why not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree

from teikit import Links, link, load, open_corpus
from tests.conftest import ROOT, TEI

XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
KINDS = {
    "persName": "person",
    "placeName": "place",
    "orgName": "org",
    "title": "work",
    "date": "date",
}


@pytest.fixture(scope="module")
def shipped() -> Links:
    return link(open_corpus(load(ROOT)))


@pytest.fixture(scope="module")
def units() -> dict[tuple[str, str], etree._Element]:
    """Every element of the edition by file and id."""
    return {
        (path.name, node.get(XML_ID)): node
        for path in sorted((ROOT / "tei").glob("*.xml"))
        for node in etree.parse(path).getroot().iter(f"{TEI}*")
        if node.get(XML_ID)
    }


def running(unit: etree._Element) -> list[etree._Element]:
    """The elements of a unit that are not inside a note set apart."""
    return [
        node
        for node in unit.iter(f"{TEI}*")
        if not any(
            up.tag == f"{TEI}note" and up.get("place") != "inline"
            for up in (node, *node.iterancestors())
        )
    ]


def named(unit: etree._Element, links: Links, path: str) -> set[tuple[str, str]]:
    """What a unit names: entities by kind and key, dates by their normalised value."""
    found = set()
    for node in running(unit):
        name = etree.QName(node).localname
        if name == "date":
            value = "/".join(
                node.get(key, "") for key in ("when", "from", "to", "notBefore", "notAfter")
            )
            found.add(("date", value.strip("/")))
        elif node.get("ref"):
            for token in node.get("ref").split():
                entity = links.entity(path, token)
                if entity and entity.entry.kind in ("person", "place", "org"):
                    found.add((entity.entry.kind, entity.key))
    return found


def test_both_languages_name_the_same_or_a_note_says_why_not(
    shipped: Links, units: dict[tuple[str, str], etree._Element]
) -> None:
    silent = []
    for group in shipped.groups:
        for row in group.rows:
            pair = [
                (version, unit)
                for version, unit in zip(group.versions, row.cells, strict=True)
                if unit
            ]
            if len(pair) < 2 or not all(unit.id for _, unit in pair):
                continue
            elements = [units[Path(version.path).name, unit.id] for version, unit in pair]
            sets = [
                named(element, shipped, version.path)
                for element, (version, _) in zip(elements, pair, strict=True)
            ]
            explained = any(
                note.get("type") in ("translation", "text")
                for element in elements
                for note in element.iter(f"{TEI}note")
            )
            if sets[0] != sets[1] and not explained:
                silent.append((pair[0][1].id, sorted(sets[0] ^ sets[1])))
    assert silent == []


def test_no_two_entries_have_one_name_or_one_identifier(shipped: Links) -> None:
    seen: dict[tuple[str, str, str], str] = {}
    twice = []
    for entity in shipped.entities.values():
        names = {
            (entity.entry.kind, name.lang, name.text)
            for name in entity.entry.names
            if name.type in ("", "main", "full")
        }
        identifiers = {("id", item.type, item.value) for item in entity.entry.identifiers}
        for key in names | identifiers:
            if seen.setdefault(key, entity.key) != entity.key:
                twice.append((key, seen[key], entity.key))
    assert twice == []


def test_every_entry_has_a_main_name_in_both_languages(shipped: Links) -> None:
    lacking = [
        (entity.key, lang)
        for entity in shipped.entities.values()
        for lang in ("fr", "ru")
        if not any(name.lang == lang and name.type in ("", "main") for name in entity.entry.names)
    ]
    assert lacking == []


def test_registers_are_sorted_by_id(shipped: Links) -> None:
    for facts in shipped.facts:
        if facts.role == "register":
            keys = [entry.id for entry in facts.entries]
            assert keys == sorted(keys), facts.path


def test_only_identifiers_that_somebody_verified_are_given(shipped: Links, shared: Path) -> None:
    authority = (shared / "authority.csv").read_text("utf-8")
    for entity in shipped.entities.values():
        for item in entity.entry.identifiers:
            assert item.value in authority, (entity.key, item)


def test_enclosures_are_told_from_both_sides(shipped: Links) -> None:
    told = {
        (facts.path, relation.type, shipped.resolve(facts.path, relation.target).path)
        for facts in shipped.facts
        for relation in facts.header.relations
    }
    opposite = {
        "enclosure": "enclosedIn",
        "enclosedIn": "enclosure",
        "translationOf": "translatedAs",
        "translatedAs": "translationOf",
    }
    documents = {facts.path for facts in shipped.facts if facts.role == "document"}
    for path, kind, target in told:
        if target in documents:
            assert (target, opposite[kind], path) in told, (path, kind, target)


@pytest.mark.parametrize("page", ["encoding.md", "encoding.fr.md"])
def test_the_examples_of_the_guidelines_stand_in_the_edition(page: str) -> None:
    """The innermost elements of every example are in the edition, letter for letter."""
    blocks = re.findall(r"```xml\n(.*?)```", (ROOT / "docs" / page).read_text("utf-8"), re.DOTALL)
    edition = {
        etree.tostring(node, method="c14n", with_tail=False).decode()
        for path in (ROOT / "tei").glob("*.xml")
        for node in squeezed(etree.parse(path).getroot()).iter(f"{TEI}*")
    }
    assert len(blocks) >= 10
    for block in blocks:
        wrapped = f'<x xmlns="{TEI[1:-1]}">{block}</x>'
        root = squeezed(etree.fromstring(wrapped))
        for node in root.iter(f"{TEI}*"):
            cut = any(isinstance(item, etree._Comment) for item in node.iter())
            if node is not root and not cut and not len(node):
                assert etree.tostring(node, method="c14n", with_tail=False).decode() in edition


def squeezed(root: etree._Element) -> etree._Element:
    """The tree with every run of white space made one space, so that line breaks do not matter."""
    for node in root.iter():
        node.text, node.tail = (
            text and re.sub(r"\s+", " ", text) for text in (node.text, node.tail)
        )
    return root

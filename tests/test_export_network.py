"""The network, read again by networkx: kinds of edges apart, each with where it comes from."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx
import pytest
from lxml import etree

from tests.conftest import ROOT, TEI, tei
from tests.test_exports import NAMES, awkward, made

XML_ID = "{http://www.w3.org/XML/1998/namespace}id"

__all__ = ["awkward"]  # a fixture


def read(folder: Path, name: str, tmp_path: Path, *documents: str) -> Any:
    (item,) = made(folder, name, *documents).values()
    path = tmp_path / item.path
    path.write_text(item.text, "utf-8")
    graph = networkx.read_graphml(path) if name == "graphml" else networkx.read_gexf(path)
    return graph if graph.is_multigraph() else networkx.MultiDiGraph(graph)


def edges(graph: Any, kind: str) -> dict[tuple[str, str], dict[str, Any]]:
    return {
        (source, target): data
        for source, target, data in graph.edges(data=True)
        if data["kind"] == kind
    }


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return read(ROOT, "graphml", tmp_path_factory.mktemp("graph"))


def test_both_files_hold_the_same_network(shipped: Any, tmp_path: Path) -> None:
    other = read(ROOT, "gexf", tmp_path)
    assert dict(shipped.nodes(data=True)) == dict(other.nodes(data=True))

    def listed(graph: Any) -> list[tuple[str, ...]]:
        return sorted(
            (
                source,
                target,
                *(str(data.get(name, "")) for name in ("kind", "label", "document", "passages")),
                str(float(data["weight"])),
            )
            for source, target, data in graph.edges(data=True)
        )

    assert listed(shipped) == listed(other)


def test_every_entity_document_and_text_is_a_node(shipped: Any) -> None:
    told = Counter(data["kind"] for _, data in shipped.nodes(data=True))
    for kind, file, element in (
        ("person", "persons", "person"),
        ("place", "places", "place"),
        ("org", "orgs", "org"),
    ):
        register = etree.parse(ROOT / "tei" / f"{file}.xml")
        assert told[kind] == len(register.findall(f".//{TEI}{element}"))
    assert (told["document"], told["text"]) == (8, 16)


def test_kinds_of_edges_are_kept_apart(shipped: Any) -> None:
    kinds = {data["kind"] for *_, data in shipped.edges(data=True)}
    assert kinds == set(
        "sentTo wrote mentions mentionedInNote coMention relation place enclosure translation "
        "version text".split()
    )
    letters = [
        data
        for source, target, data in shipped.edges(data=True)
        if (source, target, data["kind"]) == ("person/pe-balitski", "person/pe-staline", "sentTo")
    ]
    assert [item["document"] for item in letters] == ["d01", "d03", "d05"]
    assert [item["start"] for item in letters] == ["1932-02-15", "1932-10-11", "1932-11-03"]


def test_enclosures_lead_from_the_cover_note_once(shipped: Any) -> None:
    found = edges(shipped, "enclosure")
    assert ("document/d01", "document/d02") in found
    assert ("document/d02", "document/d01") not in found
    absent = [target for (_, target), data in found.items() if data.get("label") == "absent"]
    assert len(absent) == 5
    assert all(target.startswith("work/") for target in absent)


def test_translations_lead_to_their_originals(shipped: Any) -> None:
    assert set(edges(shipped, "translation")) == {
        (f"text/d0{number}-fr", f"text/d0{number}-ru") for number in range(1, 9)
    }


def test_every_passage_of_an_edge_exists_and_names_both_ends(shipped: Any) -> None:
    ids = {
        path.stem: {
            node.get(XML_ID): node for node in etree.parse(path).iter("*") if node.get(XML_ID)
        }
        for path in (ROOT / "tei").glob("*.xml")
    }
    for source, target, data in shipped.edges(data=True):
        for passage in data.get("passages", "").split():
            text, _, key = passage.partition("#")
            assert key in ids[text], passage
            if data["kind"] in ("mentions", "coMention"):
                refs = " ".join(node.get("ref", "") for node in ids[text][key].iter(f"{TEI}*"))
                for end in (source, target):
                    kind, _, name = end.partition("/")
                    # The versions of a passage may name different things: the original stands
                    # for both.
                    if kind != "document" and data["kind"] == "mentions":
                        assert f"#{name}" in refs, (passage, end)


def test_two_names_in_one_passage_are_tied_by_it_once(
    corpus: Callable[..., Path], tmp_path: Path
) -> None:
    people = "".join(f'<person xml:id="pe-{key}"/>' for key in "abc")
    ref = '<persName ref="#pe-{0}">{0}</persName>'
    text = (
        f'<p xml:id="x.1">{ref.format("a")} {ref.format("b")} {ref.format("a")}</p>'
        f'<p xml:id="x.2">{ref.format("b")}<note>{ref.format("c")}</note> {ref.format("a")}</p>'
    )
    register = f"<standOff><listPerson>{people}</listPerson></standOff>"
    folder = corpus(**{"x.xml": tei(text, key="x"), "persons.xml": register})
    graph = read(folder, "graphml", tmp_path)
    ((pair, data),) = edges(graph, "coMention").items()
    assert pair == ("person/pe-a", "person/pe-b")
    assert (data["weight"], data["passages"], data["symmetric"]) == (2, "x#x.1 x#x.2", True)
    assert {target: data["weight"] for (_, target), data in edges(graph, "mentions").items()} == {
        "person/pe-a": 3,
        "person/pe-b": 2,
    }
    assert list(edges(graph, "mentionedInNote")) == [("document/x", "person/pe-c")]


def test_a_translation_does_not_double_its_original(
    corpus: Callable[..., Path], tmp_path: Path
) -> None:
    def version(key: str, other: str, lang: str, relation: str) -> str:
        body = (
            f'<p xml:id="{key}.1" n="1" corresp="{other}.xml#{other}.1">'
            '<persName ref="#pe-a">a</persName> <persName ref="#pe-b">b</persName></p>'
        )
        related = f'<notesStmt><relatedItem type="{relation}" target="{other}.xml"/></notesStmt>'
        return tei(body, key=key, lang=lang).replace("<sourceDesc>", f"{related}<sourceDesc>")

    people = "".join(f'<person xml:id="pe-{key}"/>' for key in "ab")
    folder = corpus(
        **{
            "o.xml": version("o", "t", "ru", "translatedAs"),
            "t.xml": version("t", "o", "fr", "translationOf"),
            "persons.xml": f"<standOff><listPerson>{people}</listPerson></standOff>",
        }
    )
    graph = read(folder, "gexf", tmp_path)
    (together,) = edges(graph, "coMention").values()
    assert (together["weight"], together["passages"]) == (1, "o#o.1")
    for data in edges(graph, "mentions").values():
        assert (data["weight"], data["passages"]) == (1, "o#o.1 t#t.1")
    assert list(edges(graph, "translation")) == [("text/t", "text/o")]


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_awkward_names_come_through(name: str, awkward: Path, tmp_path: Path) -> None:
    graph = read(awkward, name, tmp_path)
    told = {node: data["label"] for node, data in graph.nodes(data=True) if "pe-" in node}
    assert told == {
        **{f"person/pe-{key}": value for key, value in NAMES.items()},
        "person/pe-none": "pe-none",
    }


def test_a_place_on_the_meridian_keeps_its_zero(
    corpus: Callable[..., Path], tmp_path: Path
) -> None:
    entry = (
        '<place xml:id="pl-a"><placeName>A</placeName><location><geo>0 0</geo></location></place>'
    )
    folder = corpus(**{"places.xml": f"<standOff><listPlace>{entry}</listPlace></standOff>"})
    data = read(folder, "graphml", tmp_path).nodes["place/pl-a"]
    assert (data["latitude"], data["longitude"], data["mentions"]) == (0.0, 0.0, 0)


def test_relations_keep_name_date_and_source(corpus: Callable[..., Path], tmp_path: Path) -> None:
    relations = (
        '<relation name="parent" active="#pe-a" passive="#pe-b #pe-c" notBefore="1900" cert="low"'
        ' source="x.xml#x.1"/><relation name="friend" mutual="#pe-a #pe-b #pe-c"/>'
    )
    people = "".join(f'<person xml:id="pe-{key}"/>' for key in "abc")
    register = (
        f"<standOff><listPerson>{people}<listRelation>{relations}</listRelation></listPerson>"
        "</standOff>"
    )
    folder = corpus(**{"x.xml": tei('<p xml:id="x.1">t</p>', key="x"), "persons.xml": register})
    graph = read(folder, "graphml", tmp_path)
    found = [
        (source[-1] + target[-1], data["label"], data.get("symmetric", False), data.get("start"))
        for source, target, data in graph.edges(data=True)
        if data["kind"] == "relation"
    ]
    parents = [("ab", "parent", False, "1900"), ("ac", "parent", False, "1900")]
    friends = [(a + b, "friend", True, None) for a, b in itertools.combinations("abc", 2)]
    assert sorted(found) == sorted(parents + friends)
    first = next(d for *_, d in graph.edges(data=True) if d.get("label") == "parent")
    assert (first["passages"], first["cert"]) == ("x#x.1", "low")


def test_a_list_of_names_relates_nobody(corpus: Callable[..., Path], tmp_path: Path) -> None:
    keys = [f"pe-{number}" for number in range(101)]
    people = "".join(f'<person xml:id="{key}"/>' for key in keys)
    text = " ".join(f'<persName ref="#{key}">n</persName>' for key in keys)
    register = f"<standOff><listPerson>{people}</listPerson></standOff>"
    folder = corpus(**{"x.xml": tei(f'<p xml:id="x.1">{text}</p>', key="x"), "p.xml": register})
    (item,) = made(folder, "graphml").values()
    assert [(out.id, out.kind) for out in item.left_out] == [("x#x.1", "passage")]
    assert edges(read(folder, "graphml", tmp_path), "coMention") == {}


def test_gexf_dates_its_edges_for_a_timeline() -> None:
    (item,) = made(ROOT, "gexf").values()
    root = etree.fromstring(item.text.encode())
    graph = root.find("{*}graph")
    assert (graph.get("mode"), graph.get("timeformat")) == ("dynamic", "date")
    spans = {
        (edge.get("start"), edge.get("end"))
        for edge in root.iter("{*}edge")
        if edge.get("target") == "document/d06"
    }
    assert ("1932-04-01", "1932-04-30") in spans


def test_the_network_of_a_document_is_its_own(tmp_path: Path) -> None:
    graph = read(ROOT, "graphml", tmp_path, "d01")
    documents = {node for node, data in graph.nodes(data=True) if data["kind"] == "document"}
    assert documents == {"document/d01"}
    assert {data["document"] for data in edges(graph, "mentions").values()} == {"d01"}

"""RDF, read again by rdflib and judged by shapes: two profiles, two notations, one graph."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import rdflib
from lxml import etree
from pyshacl import validate as judge
from rdflib import RDF, RDFS, SKOS, XSD, Literal, URIRef

from tests.conftest import ROOT, TEI, run, tei
from tests.test_exports import NAMES, awkward, made

__all__ = ["awkward"]  # a fixture

SCHEMA = rdflib.Namespace("https://schema.org/")
CRM = rdflib.Namespace("http://www.cidoc-crm.org/cidoc-crm/")
BASE = "urn:x-teikit:edition:"
# rdflib's reader of JSON-LD warns of its own use of a class it gave up.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")


def graph(folder: Path, profile: str, *documents: str, notation: str = "turtle") -> rdflib.Graph:
    (item,) = made(folder, notation, *documents, profile=profile).values()
    return rdflib.Graph().parse(
        data=item.text, format="json-ld" if notation == "jsonld" else notation
    )


@pytest.fixture(scope="module", params=["schema", "crm"])
def shipped(request: pytest.FixtureRequest) -> tuple[str, rdflib.Graph]:
    return request.param, graph(ROOT, request.param)


def test_turtle_and_json_ld_say_the_same(shipped: tuple[str, rdflib.Graph]) -> None:
    profile, turtle = shipped
    other = graph(ROOT, profile, notation="jsonld")
    assert set(turtle) == set(other)  # there are no blank nodes
    assert len(turtle) > 3000
    assert not any(isinstance(node, rdflib.BNode) for node in turtle.all_nodes())


def test_every_entry_of_a_register_is_described(shipped: tuple[str, rdflib.Graph]) -> None:
    profile, found = shipped
    classes = {
        "schema": (SCHEMA.Person, SCHEMA.Place, SCHEMA.Organization),
        "crm": (CRM.E21_Person, CRM.E53_Place, CRM.E74_Group),
    }[profile]
    files = (("person", "persons"), ("place", "places"), ("org", "orgs"))
    for (kind, file), name in zip(files, classes, strict=True):
        register = etree.parse(ROOT / "tei" / f"{file}.xml")
        ids = register.xpath(f"//*[local-name()='{kind}']/@xml:id")
        assert set(found.subjects(RDF.type, name)) == {URIRef(f"{BASE}{kind}/{key}") for key in ids}


def test_literals_are_of_their_datatypes(shipped: tuple[str, rdflib.Graph]) -> None:
    for node in shipped[1].objects():
        if isinstance(node, Literal):
            assert not node.ill_typed, node


# Of each term that the profile uses: what it may be said of, and of what (schema.org; "" any).
SCHEMA_TERMS = {
    "name": ("", "Text"),
    "alternateName": ("", "Text"),
    "description": ("", "Text"),
    "identifier": ("", "Text"),
    "sameAs": ("", "URL"),
    "birthDate": ("Person", "Date"),
    "deathDate": ("Person", "Date"),
    "birthPlace": ("Person", "Place"),
    "deathPlace": ("Person", "Place"),
    "foundingDate": ("Organization", "Date"),
    "dissolutionDate": ("Organization", "Date"),
    "startDate": ("Event", "Date"),
    "endDate": ("Event", "Date"),
    "location": ("Event", "Place"),
    "geo": ("Place", "GeoCoordinates"),
    "latitude": ("GeoCoordinates", "Number"),
    "longitude": ("GeoCoordinates", "Number"),
    "hasPart": ("CreativeWork", "CreativeWork"),
    "isPartOf": ("CreativeWork", "CreativeWork"),
    "author": ("CreativeWork", "Agent"),
    "sender": ("Message", "Agent"),
    "recipient": ("Message", "Agent"),
    "messageAttachment": ("Message", "CreativeWork"),
    "dateCreated": ("CreativeWork", "Date"),
    "temporalCoverage": ("CreativeWork", "Text"),
    "holdingArchive": ("ArchiveComponent", "Organization"),
    "itemLocation": ("ArchiveComponent", "Text"),
    "workExample": ("CreativeWork", "CreativeWork"),
    "inLanguage": ("CreativeWork", "Text"),
    "translationOfWork": ("CreativeWork", "CreativeWork"),
    "position": ("CreativeWork", "Text"),
    "mentions": ("CreativeWork", ""),
}
SCHEMA_ABOVE = {
    "Message": "CreativeWork",
    "ArchiveComponent": "CreativeWork",
    "Collection": "CreativeWork",
    "Person": "Agent",
    "Organization": "Agent",
}
# The same for CIDOC CRM 7.1: domain and range of each property.
CRM_TERMS = {
    "P1_is_identified_by": ("", "E41_Appellation"),
    "P2_has_type": ("", "E55_Type"),
    "P3_has_note": ("", "Text"),
    "P4_has_time-span": ("E2_Temporal_Entity", "E52_Time-Span"),
    "P7_took_place_at": ("E4_Period", "E53_Place"),
    "P11_had_participant": ("E5_Event", "E39_Actor"),
    "P12_occurred_in_the_presence_of": ("E5_Event", "E77_Persistent_Item"),
    "P14_carried_out_by": ("E7_Activity", "E39_Actor"),
    "P16_used_specific_object": ("E7_Activity", "E70_Thing"),
    "P50_has_current_keeper": ("E18_Physical_Thing", "E39_Actor"),
    "P67_refers_to": ("E89_Propositional_Object", ""),
    "P72_has_language": ("E33_Linguistic_Object", "E56_Language"),
    "P73_has_translation": ("E33_Linguistic_Object", "E33_Linguistic_Object"),
    "P82a_begin_of_the_begin": ("E52_Time-Span", "Moment"),
    "P82b_end_of_the_end": ("E52_Time-Span", "Moment"),
    "P94_has_created": ("E65_Creation", "E28_Conceptual_Object"),
    "P95_has_formed": ("E66_Formation", "E74_Group"),
    "P98_brought_into_life": ("E67_Birth", "E21_Person"),
    "P99_dissolved": ("E68_Dissolution", "E74_Group"),
    "P100_was_death_of": ("E69_Death", "E21_Person"),
    "P106_is_composed_of": ("E90_Symbolic_Object", "E90_Symbolic_Object"),
    "P128_carries": ("E18_Physical_Thing", "E90_Symbolic_Object"),
    "P140_assigned_attribute_to": ("E13_Attribute_Assignment", ""),
    "P141_assigned": ("E13_Attribute_Assignment", ""),
    "P165_incorporates": ("E73_Information_Object", "E90_Symbolic_Object"),
    "P168_place_is_defined_by": ("E53_Place", "Wkt"),
    "P177_assigned_property_of_type": ("E13_Attribute_Assignment", "E55_Type"),
    "P190_has_symbolic_content": ("E90_Symbolic_Object", "Text"),
}
CRM_ABOVE = {
    "E21_Person": "E39_Actor",
    "E74_Group": "E39_Actor",
    "E39_Actor": "E77_Persistent_Item",
    "E22_Human-Made_Object": "E18_Physical_Thing",
    "E31_Document": "E73_Information_Object",
    "E33_Linguistic_Object": "E73_Information_Object",
    "E33_E41_Linguistic_Appellation": "E33_Linguistic_Object E41_Appellation",
    "E73_Information_Object": "E89_Propositional_Object E90_Symbolic_Object",
    "E89_Propositional_Object": "E28_Conceptual_Object",
    "E90_Symbolic_Object": "E28_Conceptual_Object",
    "E28_Conceptual_Object": "E70_Thing",
    "E41_Appellation": "E90_Symbolic_Object",
    "E42_Identifier": "E41_Appellation",
    "E56_Language": "E55_Type",
    "E5_Event": "E4_Period",
    "E4_Period": "E2_Temporal_Entity",
    "E7_Activity": "E5_Event",
    "E13_Attribute_Assignment": "E7_Activity",
    "E65_Creation": "E7_Activity",
    "E66_Formation": "E7_Activity",
    "E67_Birth": "E5_Event",
    "E68_Dissolution": "E5_Event",
    "E69_Death": "E5_Event",
}
VALUES = {
    "Text": "sh:or ([sh:datatype xsd:string] [sh:datatype rdf:langString])",
    "URL": "sh:nodeKind sh:IRI",
    "Date": "sh:or ([sh:datatype xsd:date] [sh:datatype xsd:gYearMonth] [sh:datatype xsd:gYear] "
    "[sh:datatype xsd:string])",
    "Number": "sh:datatype xsd:decimal",
    "Moment": "sh:datatype xsd:dateTime",
    "Wkt": "sh:datatype <http://www.opengis.net/ont/geosparql#wktLiteral>",
}
VOCABULARIES = {
    "schema": (SCHEMA, SCHEMA_TERMS, SCHEMA_ABOVE),
    "crm": (CRM, CRM_TERMS, CRM_ABOVE),
}


def shapes(profile: str) -> str:
    """Domain and range of every term as SHACL, with the classes above each class."""
    space, terms, above = VOCABULARIES[profile]
    lines = [
        "@prefix sh: <http://www.w3.org/ns/shacl#> .",
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .",
        "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .",
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .",
    ]
    for lower, uppers in above.items():
        lines += [
            f"<{space}{lower}> rdfs:subClassOf <{space}{upper}> ." for upper in uppers.split()
        ]
    for term, (domain, values) in terms.items():
        if domain:
            lines.append(
                f"<urn:d:{term}> a sh:NodeShape ; sh:targetSubjectsOf <{space}{term}> ; "
                f"sh:class <{space}{domain}> ."
            )
        if values:
            what = VALUES.get(values, f"sh:class <{space}{values}>")
            lines.append(
                f"<urn:r:{term}> a sh:NodeShape ; sh:targetObjectsOf <{space}{term}> ; {what} ."
            )
    return "\n".join(lines)


def findings(data: rdflib.Graph, profile: str) -> str:
    shape = rdflib.Graph().parse(data=shapes(profile), format="turtle")
    conforms, _, text = judge(data, shacl_graph=shape, ont_graph=shape, inference="none")
    return "" if conforms else str(text)


def test_the_terms_are_used_as_their_vocabulary_has_them(
    shipped: tuple[str, rdflib.Graph],
) -> None:
    profile, found = shipped
    space, terms, above = VOCABULARIES[profile]
    used = {str(term) for term in found.predicates() if str(term).startswith(str(space))}
    assert used <= {f"{space}{term}" for term in terms}
    classes = {str(name).removeprefix(str(space)) for name in found.objects(None, RDF.type)}
    known = {*above, *(upper for uppers in above.values() for upper in uppers.split())}
    known |= {name for pair in terms.values() for name in pair}
    assert {name for name in classes if "22-rdf-syntax" not in name} <= known
    assert findings(found, profile) == ""


@pytest.mark.parametrize(
    ("profile", "subject", "predicate", "value"),
    [
        ("schema", "place/pl-moscou", SCHEMA.birthDate, Literal("1900")),
        ("schema", "person/pe-staline", SCHEMA.birthPlace, URIRef(f"{BASE}org/or-cc")),
        ("crm", "place/pl-moscou", CRM.P98_brought_into_life, URIRef(f"{BASE}person/pe-staline")),
        ("crm", "text/d01-ru", CRM.P72_has_language, Literal("ru")),
    ],
)
def test_the_shapes_see_a_term_that_is_used_wrongly(
    profile: str, subject: str, predicate: URIRef, value: URIRef | Literal
) -> None:
    found = graph(ROOT, profile, "d01", "d08")
    found.add((URIRef(BASE + subject), predicate, value))
    assert "Constraint Violation" in findings(found, profile)


def test_a_person_keeps_names_dates_and_matches() -> None:
    found = graph(ROOT, "schema")
    lenin = URIRef(f"{BASE}person/pe-lenine")
    register = etree.parse(ROOT / "tei" / "persons.xml")
    (entry,) = register.xpath("//*[@xml:id='pe-lenine']")
    names = {
        (
            " ".join("".join(node.itertext()).split()),
            node.get("{http://www.w3.org/XML/1998/namespace}lang"),
        )
        for node in entry.findall(f"{TEI}persName")
    }
    told = {
        (str(name), name.language)  # type: ignore[attr-defined]
        for term in (SCHEMA.name, SCHEMA.alternateName)
        for name in found.objects(lenin, term)
    }
    assert told == names
    assert found.value(lenin, SCHEMA.birthDate) == Literal(
        entry.find(f"{TEI}birth").get("when"), datatype=XSD.date
    )
    assert URIRef("https://www.wikidata.org/wiki/Q1394") in set(found.objects(lenin, SCHEMA.sameAs))
    state = URIRef(f"{BASE}place/pl-allemagne")
    assert URIRef("https://www.geonames.org/2921044") in set(found.objects(state, SKOS.closeMatch))
    assert (state, SCHEMA.sameAs, None) not in found


def test_latitude_is_latitude_and_the_point_is_longitude_first() -> None:
    place = URIRef(f"{BASE}place/pl-vladivostok")
    found = graph(ROOT, "schema")
    where = found.value(place, SCHEMA.geo)
    degrees = [float(found.value(where, term)) for term in (SCHEMA.latitude, SCHEMA.longitude)]
    assert [round(number) for number in degrees] == [43, 132]
    wkt = str(graph(ROOT, "crm").value(place, CRM.P168_place_is_defined_by))
    assert wkt == f"POINT({degrees[1]:g} {degrees[0]:g})" or wkt.startswith("POINT(131.8")


def test_letters_translations_and_passages_are_told() -> None:
    found = graph(ROOT, "schema")
    letter = URIRef(f"{BASE}document/d01")
    assert found.value(letter, SCHEMA.sender) is not None
    assert URIRef(f"{BASE}person/pe-staline") in set(found.objects(letter, SCHEMA.recipient))
    assert found.value(letter, SCHEMA.dateCreated) == Literal("1932-02-15", datatype=XSD.date)
    assert set(found.objects(letter, SCHEMA.messageAttachment)) == {URIRef(f"{BASE}document/d02")}
    text = URIRef(f"{BASE}text/d01-fr")
    assert found.value(text, SCHEMA.translationOfWork) == URIRef(f"{BASE}text/d01-ru")
    passage = URIRef(f"{BASE}text/d01-fr#d01-fr.1")
    assert URIRef(f"{BASE}place/pl-oulala") in set(found.objects(passage, SCHEMA.mentions))
    assert (text, SCHEMA.mentions, URIRef(f"{BASE}place/pl-oulala")) in found
    model = graph(ROOT, "crm")
    assert (passage, CRM.P67_refers_to, URIRef(f"{BASE}place/pl-oulala")) in model
    assert (URIRef(f"{BASE}text/d01-ru"), CRM.P73_has_translation, text) in model


@pytest.mark.parametrize("notation", ["turtle", "jsonld"])
@pytest.mark.parametrize("profile", ["schema", "crm"])
def test_awkward_names_come_through(notation: str, profile: str, awkward: Path) -> None:
    found = graph(awkward, profile, notation=notation)
    term = {"schema": SCHEMA.name, "crm": RDFS.label}[profile]
    told = {
        str(subject).rpartition("/")[2]: str(name)
        for subject, name in found.subject_objects(term)
        if "/pe-" in str(subject) and "#" not in str(subject)
    }
    assert told == {**{f"pe-{key}": value for key, value in NAMES.items()}, "pe-none": "pe-none"}


def test_what_is_no_language_no_date_and_no_address_does_no_harm(
    corpus: Callable[..., Path], capfd: pytest.CaptureFixture[str]
) -> None:
    person = (
        '<person xml:id="пе-é"><persName xml:lang="fr_FR">A</persName><birth when="1900-02-31"/>'
        '<death when="-0044"/><idno type="URL">https://example.org/a b&lt;c></idno></person>'
    )
    register = f"<standOff><listPerson>{person}</listPerson></standOff>"
    folder = corpus(**{"persons.xml": register, "a.xml": tei("<p>a</p>")})
    for profile in ("schema", "crm"):
        found = graph(folder, profile)
        (subject,) = {
            item for item in found.subjects(RDF.type) if ":person/" in str(item) and "#" not in item
        }
        assert str(subject) == "urn:x-teikit:corpus:person/%D0%BF%D0%B5-%C3%A9"
        assert Literal("A") in set(found.objects(subject))
    assert capfd.readouterr().err == ""


def test_without_rdflib_the_command_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "rdflib.py").write_text("raise ImportError('no rdflib')\n", "utf-8")
    done = run(
        "export", "turtle", "-o", tmp_path / "x.ttl", cwd=ROOT,
        env={"PYTHONPATH": f"{tmp_path}:{ROOT}"},
    )  # fmt: skip
    assert done.code == 1
    assert "pip install 'teikit[rdf]'" in done.err
    assert "Traceback" not in done.err
    assert not (tmp_path / "x.ttl").exists()

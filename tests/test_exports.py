"""Exports: every format is read again by somebody else's library, and nothing is lost in it."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from lxml import etree

from teikit import load
from teikit.errors import ConfigError, UnknownDocumentError
from teikit.exports import FORMATS
from teikit.exports.base import Made
from teikit.exports.tables import TABLES
from teikit.links import open_links
from teikit.pipeline import export
from tests.conftest import ROOT, TEI, run, tei

NAMES = {
    "quoted": 'She said "no"; twice, or so',
    "markup": "<b>&amp;</b> & co > all",
    "formula": "=HYPERLINK(1)+1",
    "minus": "-1",
    "cyrillic": "Ёлкина, Ѳёкла",
    "line": "first second",
    "semicolon": "a;b|c\\d",
}


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def place(key: str, inner: str, **attributes: str) -> str:
    more = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f'<place xml:id="{key}"{more}>{inner}</place>'


def places(*entries: str, header: str = "") -> str:
    return tei(f"<standOff><listPlace>{''.join(entries)}</listPlace></standOff>", header=header)


def made(folder: Path, name: str, *documents: str, **options: Any) -> dict[str, Made]:
    links = open_links(load(folder))
    return {item.path: item for item in export(links, name, documents, **options)}


def rows(folder: Path, table: str, *documents: str, **options: Any) -> list[dict[str, str]]:
    text = made(folder, "csv", *documents, kinds=[table], **options)[f"{table}.csv"].text
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


@pytest.fixture
def awkward(corpus: Callable[..., Path]) -> Path:
    people = "".join(
        f'<person xml:id="pe-{key}"><persName>{escaped(name)}</persName></person>'
        for key, name in NAMES.items()
    )
    people += '<person xml:id="pe-none"/>'
    text = "".join(f'<p>of <persName ref="#pe-{key}">{key}</persName></p>' for key in NAMES)
    return corpus(
        **{
            "a.xml": tei(text, key="a"),
            "persons.xml": f"<standOff><listPerson>{people}</listPerson></standOff>",
        }
    )


# -- tables --------------------------------------------------------------------------------------


def test_every_entry_of_a_register_is_a_row_with_its_names() -> None:
    for kind, element, naming in (
        ("persons", "person", "persName"),
        ("places", "place", "placeName"),
    ):
        register = etree.parse(ROOT / "tei" / f"{kind}.xml")
        found = {row["id"]: row for row in rows(ROOT, kind)}
        assert found.keys() == set(register.xpath(f"//*[local-name()='{element}']/@xml:id"))
        for node in register.iter(f"{TEI}{element}"):
            row = found[node.get("{http://www.w3.org/XML/1998/namespace}id")]
            for name in node.findall(f"{TEI}{naming}"):
                words = " ".join("".join(name.itertext()).split())
                columns = [text for key, text in row.items() if "name" in key]
                assert any(words in text.split(" | ") for text in columns), (row["id"], words)
            values = [" ".join(item.itertext()) for item in node.findall(f"{TEI}idno")]
            assert all(f":{value}" in row["identifiers"] for value in values)


def test_coordinates_of_the_table_are_those_of_the_register() -> None:
    register = etree.parse(ROOT / "tei" / "places.xml")
    stated = {
        node.getparent().getparent().get("{http://www.w3.org/XML/1998/namespace}id"): node.text
        for node in register.iter(f"{TEI}geo")
    }
    told = {
        row["id"]: f"{row['latitude']} {row['longitude']}"
        for row in rows(ROOT, "places")
        if row["latitude"]
    }
    assert told == stated


def test_every_mention_stands_where_its_row_says() -> None:
    sources = {
        path.relative_to(ROOT).as_posix(): path.read_text("utf-8").splitlines()
        for path in (ROOT / "tei").glob("*.xml")
    }
    found = rows(ROOT, "mentions")
    assert len(found) > 1000
    for row in found:
        line = sources[row["path"]][int(row["line"]) - 1]
        tag = line[int(row["column"]) - 1 :].partition(">")[0]
        assert tag.startswith(f"<{row['element']} "), row
        assert f'#{row["entity"]}"' in tag or f"#{row['entity']} " in tag, row


def test_mentions_come_in_the_order_of_the_texts() -> None:
    places_ = [(r["path"], int(r["line"]), int(r["column"])) for r in rows(ROOT, "mentions")]
    assert places_ == sorted(places_)


def test_mentions_of_a_row_are_counted() -> None:
    mentions = rows(ROOT, "mentions")
    for table in ("persons", "places", "orgs", "works", "events"):
        for row in rows(ROOT, table):
            assert int(row["mentions"]) == sum(item["entity"] == row["id"] for item in mentions)


def test_awkward_values_come_through_csv_and_json_unharmed(awkward: Path) -> None:
    told = {row["id"]: row["name"] for row in rows(awkward, "persons")}
    assert told == {**{f"pe-{key}": name for key, name in NAMES.items()}, "pe-none": "pe-none"}
    text = made(awkward, "json", kinds=["persons"])["persons.json"].text
    assert {row["id"]: row["name"] for row in json.loads(text)} == told
    mentioned = {row["entity"]: row["text"] for row in rows(awkward, "mentions")}
    assert mentioned == {f"pe-{key}": key for key in NAMES}


def test_csv_is_as_the_rfc_has_it(awkward: Path) -> None:
    text = made(awkward, "csv", kinds=["persons"])["persons.csv"].text
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert '"She said ""no""; twice, or so"' in text


def test_for_spreadsheets_the_file_is_marked_and_formulas_are_kept_from_running(
    awkward: Path,
) -> None:
    text = made(awkward, "csv", kinds=["persons"], excel=True)["persons.csv"].text
    assert text.encode().startswith(b"\xef\xbb\xbfid,")
    told = {row["id"]: row["name"] for row in csv.DictReader(io.StringIO(text[1:], newline=""))}
    assert (told["pe-formula"], told["pe-minus"]) == ("'=HYPERLINK(1)+1", "'-1")
    assert told["pe-quoted"] == NAMES["quoted"]


ENTITY_SCHEMA = {
    "type": "object",
    "required": ["id", "uri", "kind", "name", "names", "dates", "identifiers", "mentions"],
    "properties": {
        "id": {"type": "string", "minLength": 1},
        "uri": {"type": "string", "format": "uri", "pattern": "^[a-z]+:"},
        "kind": {"enum": ["person", "place", "org", "work", "event"]},
        "name": {"type": "string", "minLength": 1},
        "mentions": {"type": "integer", "minimum": 0},
        "latitude": {"type": ["number", "null"], "minimum": -90, "maximum": 90},
        "longitude": {"type": ["number", "null"], "minimum": -180, "maximum": 180},
        "names": {
            "type": "array",
            "items": {"required": ["text", "language", "type", "sort", "date", "cert"]},
        },
        "identifiers": {
            "type": "array",
            "items": {"required": ["type", "value", "url", "match", "cert"]},
        },
    },
}


def test_json_rows_have_all_their_fields() -> None:
    for table, item in made(ROOT, "json").items():
        found = json.loads(item.text)
        assert found, table
        if table.removesuffix(".json") not in ("documents", "mentions"):
            jsonschema.validate(found, {"type": "array", "items": ENTITY_SCHEMA})


def test_documents_say_who_wrote_to_whom_and_when() -> None:
    told = {row["id"]: row for row in rows(ROOT, "documents")}
    assert list(told) == [f"d0{number}" for number in range(1, 9)]
    first = told["d01"]
    assert (first["date"], first["sender_ids"], first["recipient_ids"]) == (
        "1932-02-15",
        "pe-balitski | or-spo",
        "pe-staline | or-cc",
    )
    assert (told["d02"]["earliest"], told["d02"]["latest"]) == ("1931-10-08", "1932-02-15")
    assert first["shelfmark"] == "fond 17 | opis 171 | delo 139 | list 1-8"


def test_documents_that_are_named_limit_what_is_counted() -> None:
    whole, part = rows(ROOT, "persons"), rows(ROOT, "persons", "d01")
    assert {row["id"] for row in part} == {"pe-balitski", "pe-rakovski", "pe-staline"}
    assert len(whole) > len(part)
    assert {row["document"] for row in rows(ROOT, "mentions", "d01")} == {"d01"}
    with pytest.raises(UnknownDocumentError):
        rows(ROOT, "persons", "d99")


# -- places --------------------------------------------------------------------------------------

POSITION = {
    "type": "array",
    "prefixItems": [
        {"type": "number", "minimum": -180, "maximum": 180},
        {"type": "number", "minimum": -90, "maximum": 90},
    ],
    "minItems": 2,
    "maxItems": 3,
}
POINT = {
    "type": "object",
    "required": ["type", "coordinates"],
    "properties": {"type": {"const": "Point"}, "coordinates": POSITION},
}
MULTIPOINT = {
    "type": "object",
    "required": ["type", "coordinates"],
    "properties": {
        "type": {"const": "MultiPoint"},
        "coordinates": {"type": "array", "items": POSITION},
    },
}
# RFC 7946, sections 3.1 to 3.3.
GEOJSON = {
    "type": "object",
    "required": ["type", "features"],
    "properties": {
        "type": {"const": "FeatureCollection"},
        "crs": False,  # section 4: there is no other
        "features": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["type", "geometry", "properties"],
                "properties": {
                    "type": {"const": "Feature"},
                    "id": {"type": ["string", "number"]},
                    "geometry": {"oneOf": [{"type": "null"}, POINT, MULTIPOINT]},
                    "properties": {"type": ["object", "null"]},
                },
            },
        },
    },
}
DATE = {"type": "string", "pattern": r"^-?\d{4}(-\d\d(-\d\d)?)?[~?%]?$"}
MOMENT = {
    "type": "object",
    "minProperties": 1,
    "additionalProperties": False,
    "properties": {"in": DATE, "earliest": DATE, "latest": DATE},
}
WHEN = {
    "type": "object",
    "required": ["timespans"],
    "properties": {
        "timespans": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["start"],
                "additionalProperties": False,
                "properties": {"start": MOMENT, "end": MOMENT},
            },
        },
        "label": {"type": "string"},
    },
}
CERTAINTY = {"enum": ["certain", "less-certain", "uncertain"]}
# The Linked Places format, by its description (Pelagios and World Historical Gazetteer).
LPF = {
    "type": "object",
    "required": ["type", "@context", "features"],
    "properties": {
        "type": {"const": "FeatureCollection"},
        "@context": {"type": "string", "format": "uri"},
        "features": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["@id", "type", "properties", "names", "geometry", "when"],
                "properties": {
                    "@id": {"type": "string", "pattern": "^[a-z]+:"},
                    "type": {"const": "Feature"},
                    "properties": {
                        "type": "object",
                        "required": ["title", "fclasses"],
                        "properties": {
                            "fclasses": {"items": {"enum": ["A", "H", "L", "P", "R", "S", "T"]}}
                        },
                    },
                    "when": WHEN,
                    "names": {
                        "type": "array",
                        "minItems": 1,
                        "contains": {"required": ["citations"]},
                        "items": {
                            "type": "object",
                            "required": ["toponym"],
                            "properties": {"when": WHEN, "certainty": CERTAINTY},
                        },
                    },
                    "types": {
                        "items": {
                            "properties": {"identifier": {"pattern": "^aat:3[0-9]{8}$"}},
                            "required": ["sourceLabels"],
                        }
                    },
                    "geometry": {
                        "type": "object",
                        "required": ["type", "geometries"],
                        "properties": {
                            "type": {"const": "GeometryCollection"},
                            "geometries": {
                                "type": "array",
                                "items": {
                                    **POINT,
                                    "properties": {
                                        **POINT["properties"],  # type: ignore[dict-item]
                                        "when": WHEN,
                                        "certainty": CERTAINTY,
                                    },
                                },
                            },
                        },
                    },
                    "links": {
                        "items": {
                            "required": ["type", "identifier"],
                            "properties": {
                                "type": {
                                    "enum": [
                                        "exactMatch",
                                        "closeMatch",
                                        "primaryTopicOf",
                                        "subjectOf",
                                        "seeAlso",
                                    ]
                                }
                            },
                        }
                    },
                },
            },
        },
    },
}
SHAPES = {"geojson": ("places.geojson", GEOJSON), "lpf": ("places.lpf.json", LPF)}


def features(folder: Path, name: str = "geojson") -> dict[str, Any]:
    file, shape = SHAPES[name]
    data = json.loads(made(folder, name)[file].text)
    jsonschema.Draft202012Validator(shape).validate(data)
    return {(item.get("id") or item["@id"]).rpartition("/")[2]: item for item in data["features"]}


def point(feature: dict[str, Any]) -> list[float]:
    geometry = feature["geometry"]
    found: list[float] = geometry.get("coordinates") or geometry["geometries"][0]["coordinates"]
    return found


@pytest.mark.parametrize("name", SHAPES)
def test_longitude_comes_before_latitude(name: str) -> None:
    found = features(ROOT, name)
    # Vladivostok lies far in the east: its longitude would be no latitude.
    longitude, latitude = point(found["pl-vladivostok"])
    assert (round(longitude), round(latitude)) == (132, 43)
    register = etree.parse(ROOT / "tei" / "places.xml")
    assert len(found) == len(register.findall(f".//{TEI}geo"))
    for node in register.iter(f"{TEI}geo"):
        key = node.getparent().getparent().get("{http://www.w3.org/XML/1998/namespace}id")
        assert point(found[key]) == [float(item) for item in reversed(node.text.split())]


@pytest.mark.parametrize("name", SHAPES)
def test_places_without_coordinates_are_left_out_and_counted(name: str) -> None:
    (item,) = made(ROOT, name).values()
    entries = len(rows(ROOT, "places"))
    assert len(item.left_out) == entries - len(features(ROOT, name))
    assert {(out.kind, out.reason) for out in item.left_out} == {
        ("place", "its entry has no coordinates")
    }
    done = run("export", name, cwd=ROOT)
    assert f"left out {len(item.left_out)} places: its entry has no coordinates" in done.err


@pytest.mark.parametrize(
    ("geo", "hint"),
    [
        ("120.5 36.19", "latitude comes first: write “36.19 120.5”"),
        ("somewhere", "write latitude and longitude in degrees"),
        ("95 200", "write latitude and longitude in degrees"),
        ("51.7", "write latitude and longitude in degrees"),
    ],
)
@pytest.mark.parametrize("name", SHAPES)
def test_wrong_coordinates_are_a_finding_and_a_place_without_point(
    name: str, geo: str, hint: str, corpus: Callable[..., Path]
) -> None:
    inner = f"<placeName>A</placeName><location><geo>{geo}</geo></location>"
    folder = corpus(**{"places.xml": places(place("pl-a", inner))})
    (item,) = made(folder, name).values()
    (finding,) = item.findings
    assert (finding.code, finding.severity) == ("TK811", "warning")
    assert finding.location.path == "tei/places.xml"
    assert (finding.location.line, finding.location.column) != (None, None)
    assert hint in finding.hints[0]
    (feature,) = json.loads(item.text)["features"]
    assert feature["geometry"] in (None, {"type": "GeometryCollection", "geometries": []})
    done = run("export", name, cwd=folder)
    assert ("[TK811]" in done.err, done.code) == (True, 0)


def test_coordinates_of_another_system_are_not_taken_for_degrees(
    corpus: Callable[..., Path],
) -> None:
    inner = "<placeName>A</placeName><location><geo>51 1</geo></location>"
    for datum, count in (("OSGB36", 1), ("WGS84", 0)):
        declared = f'<encodingDesc><geoDecl datum="{datum}">x</geoDecl></encodingDesc>'
        folder = corpus(**{"places.xml": places(place("pl-a", inner), header=declared)})
        (item,) = made(folder, "geojson").values()
        assert len(item.findings) == count
        assert all("are in OSGB36" in finding.message for finding in item.findings)


def test_dated_and_doubtful_names_keep_their_dates_and_doubts(corpus: Callable[..., Path]) -> None:
    inner = (
        '<placeName xml:lang="fr" from="1924" to="1991-09">Léningrad</placeName>'
        '<placeName xml:lang="ru" notBefore="1914" cert="low">Петроград</placeName>'
        '<placeName when="1703-05-27" cert="medium">X</placeName>'
        '<location cert="medium"><geo>59.9 30.3</geo></location>'
        '<idno type="GeoNames" subtype="closeMatch">498817</idno>'
        '<idno type="wikidata">Q656</idno><idno type="wikidata" cert="low">Q1</idno>'
    )
    folder = corpus(
        **{"places.xml": places(place("pl-a", inner, type="settlement")), "a.xml": "<p>a</p>"}
    )
    file, _ = SHAPES["lpf"]
    (record,) = json.loads(made(folder, "lpf")[file].text)["features"]
    names = {item["toponym"]: item for item in record["names"]}
    assert names["Léningrad"]["when"] == {
        "timespans": [{"start": {"in": "1924"}, "end": {"in": "1991-09"}}]
    }
    assert names["Петроград"]["when"] == {"timespans": [{"start": {"earliest": "1914"}}]}
    assert names["X"]["when"] == {"timespans": [{"start": {"in": "1703-05-27"}}]}
    assert [names[name].get("certainty") for name in ("Léningrad", "Петроград", "X")] == [
        None,
        "uncertain",
        "less-certain",
    ]
    assert record["geometry"]["geometries"][0]["certainty"] == "less-certain"
    assert [item["type"] for item in record["links"]] == ["closeMatch", "exactMatch", "closeMatch"]
    assert record["properties"]["fclasses"] == ["P"]
    (feature,) = json.loads(made(folder, "geojson")["places.geojson"].text)["features"]
    assert feature["properties"]["certainty"] == "medium"
    assert feature["properties"]["names"][0]["date"] == "1924/1991-09"


# -- addresses -----------------------------------------------------------------------------------


def test_addresses_begin_with_the_configured_base(corpus: Callable[..., Path]) -> None:
    person = '<standOff><listPerson><person xml:id="pe-a"/></listPerson></standOff>'
    folder = corpus('[export]\nbase = "https://example.org/e"\n', **{"persons.xml": person})
    assert rows(folder, "persons")[0]["uri"] == "https://example.org/e/person/pe-a"
    stated = rows(folder, "persons", base="urn:example:")
    assert stated[0]["uri"] == "urn:example:person/pe-a"
    (folder / "teikit.toml").unlink()
    assert rows(folder, "persons")[0]["uri"] == "urn:x-teikit:corpus:person/pe-a"
    assert rows(ROOT, "persons", "d01")[0]["uri"] == "urn:x-teikit:edition:person/pe-balitski"


@pytest.mark.parametrize("base", ["example.org", "https://example.org/a b", "https://a.org/#"])
def test_a_base_that_is_no_address_is_refused(base: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot begin an address"):
        made(ROOT, "geojson", base=base)
    done = run("export", "geojson", "--base", base, "-o", tmp_path / "x.json", cwd=ROOT)
    assert (done.code, list(tmp_path.iterdir())) == (2, [])
    assert "Traceback" not in done.err


# -- the command ---------------------------------------------------------------------------------


def test_the_help_lists_the_formats() -> None:
    shown = run("export", "--help", cwd=ROOT).out
    for item in FORMATS.values():
        assert f"  {item.name} " in shown
        assert item.summary in shown


def test_a_folder_gets_every_table(tmp_path: Path) -> None:
    done = run("export", "csv", "-o", f"{tmp_path}/out/", cwd=ROOT)
    assert done.code == 0, done.err
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(
        f"{table}.csv" for table in TABLES
    )


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["csv"], 2, "name one with --kind"),
        (["csv", "--kind", "nobody"], 2, "'nobody' is not one of"),
        (["geojson", "--kind", "places"], 2, "geojson has no tables"),
        (["word"], 2, "'word' is not one of"),
        (["cmif", "d99"], 1, "no document “d99”"),
    ],
)
def test_wrong_requests_are_told_and_write_nothing(
    arguments: list[str], code: int, message: str, tmp_path: Path
) -> None:
    done = run("export", *arguments, "-o", tmp_path / "x", cwd=ROOT)
    assert (done.code, done.out, list(tmp_path.iterdir())) == (code, "", [])
    assert message in done.err
    assert "Traceback" not in done.err


def test_what_was_left_out_is_reported_for_programs(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    assert run("export", "cmif", "--report", report, cwd=ROOT).code == 0
    left_out = json.loads(report.read_text("utf-8"))["left_out"]
    assert [(item["id"], item["kind"]) for item in left_out] == [
        ("d06", "document"),
        ("d08", "document"),
    ]


def everything(folder: Path) -> Iterator[tuple[str, str]]:
    links = open_links(load(folder))
    for name, row in FORMATS.items():
        profiles = ("schema", "crm") if row.needs else ("schema",)
        for profile in profiles:
            for item in export(links, name, profile=profile):
                yield f"{profile} {item.path}", item.text


def test_the_same_corpus_gives_the_same_bytes(tmp_path: Path) -> None:
    script = tmp_path / "all.py"
    script.write_text(
        "import hashlib, sys\nfrom pathlib import Path\nfrom tests.test_exports import everything\n"
        "for name, text in everything(Path(sys.argv[1])):\n"
        "    print(name, hashlib.sha256(text.encode()).hexdigest())\n",
        "utf-8",
    )
    import subprocess

    runs = [
        subprocess.run(
            [sys.executable, script, ROOT],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert len(runs[0].splitlines()) == 2 * len(TABLES) + 5 + 4


def test_a_build_holds_the_exports_that_need_no_library(built: Path) -> None:
    listed = json.loads((built / "manifest.json").read_text("utf-8"))["files"]
    found = {path.name for path in (built / "exports").iterdir()}
    assert {f"exports/{name}" for name in found} <= set(listed)
    wanted = {f"{table}.{kind}" for table in TABLES for kind in ("csv", "json")}
    assert found == wanted | {
        *("places.geojson", "places.lpf.json", "letters.cmif.xml"),
        *("network.graphml", "network.gexf"),
    }
    (item,) = made(ROOT, "geojson").values()
    assert (built / "exports" / "places.geojson").read_bytes() == item.text.encode()


def test_an_empty_corpus_exports_nothing_and_says_so(corpus: Callable[..., Path]) -> None:
    folder = corpus(**{"a.xml": "<p>a</p>"})
    for name, text in everything(folder):
        assert text, name

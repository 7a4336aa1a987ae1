"""Exports: the corpus for other programs. One row of the table and one file for each format."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from teikit.exports import gexf, graphml, letters, places, rdf, tables
from teikit.exports.base import Made, Request


@dataclass(frozen=True, slots=True)
class Format:
    """A row of the table: the format's name, what it is, and its writer.

    ``write`` yields the files in a stable order. ``kinds`` are the tables it can be limited to;
    ``needs`` names the extra of the package without which it cannot be made.
    """

    name: str
    summary: str
    write: Callable[[Request], Iterator[Made]]
    kinds: tuple[str, ...] = ()
    needs: str = ""


PROFILES = tuple(rdf.PROFILES)
_TABLES = tuple(tables.TABLES)

FORMATS: dict[str, Format] = {
    item.name: item
    for item in (
        Format("csv", "tables for spreadsheets: persons, places, …", tables.write_csv, _TABLES),
        Format("json", "the same rows with all their fields", tables.write_json, _TABLES),
        Format("geojson", "places for maps (RFC 7946)", places.write_geojson),
        Format("lpf", "places for gazetteers (Linked Places)", places.write_lpf),
        Format("cmif", "letters for correspSearch (CMIF 1.1)", letters.write_cmif),
        Format("graphml", "the network of persons, places, documents", graphml.write_graphml),
        Format("gexf", "the same for Gephi, with its dates", gexf.write_gexf),
        Format("turtle", "the whole as RDF (wants teikit[rdf])", rdf.write_turtle, needs="rdf"),
        Format("jsonld", "the same as JSON-LD (wants teikit[rdf])", rdf.write_jsonld, needs="rdf"),
    )
}

"""What both RDF profiles are made of: statements as plain values, and the namespaces they use."""

from __future__ import annotations

from dataclasses import dataclass

from teikit.exports.base import day

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SCHEMA = "https://schema.org/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
CRM = "http://www.cidoc-crm.org/cidoc-crm/"
XSD = "http://www.w3.org/2001/XMLSchema#"
WKT = "http://www.opengis.net/ont/geosparql#wktLiteral"

TYPE = f"{RDF}type"
LABEL = f"{RDFS}label"


@dataclass(frozen=True, slots=True)
class Literal:
    """A value: its text, and either its language or the address of its datatype."""

    text: str
    language: str = ""
    datatype: str = ""


_TYPES = {4: "gYear", 7: "gYearMonth", 10: "date"}

# Subject, predicate, object; the first two and an object that is no Literal are addresses.
Statement = tuple[str, str, "str | Literal"]


def date_literal(date: str) -> Literal:
    """A day, a month or a year with its datatype; anything else as it is written."""
    known = day(date, last=False) and _TYPES.get(len(date))
    return Literal(date, datatype=f"{XSD}{known}" if known else "")


def match_of(match: str, cert: str) -> str:
    """The SKOS relation to an authority's record: close where the register says so or doubts."""
    close = match == "closeMatch" or cert in ("low", "medium", "unknown")
    return f"{SKOS}{'closeMatch' if close else 'exactMatch'}"

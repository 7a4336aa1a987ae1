"""RDF as Turtle and as JSON-LD; rdflib writes both, so they want the extra ``teikit[rdf]``."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from teikit.diagnostics import RULES, Location
from teikit.errors import OutputError
from teikit.exports import crm, schemaorg
from teikit.exports.base import Made, Request, is_uri
from teikit.exports.statements import RDF, RDFS, XSD, Literal, Statement

if TYPE_CHECKING:
    import rdflib

_TAG = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")

PROFILES: dict[str, tuple[Callable[[Request], Iterator[Statement]], dict[str, str]]] = {
    "schema": (schemaorg.statements, schemaorg.NAMESPACES),
    "crm": (crm.statements, crm.NAMESPACES),
}


def _graph(request: Request, name: str) -> rdflib.Graph:
    """The statements of the profile as a graph. Raises OutputError where rdflib is missing."""
    try:
        import rdflib
    except ImportError as error:
        raise OutputError(
            RULES["TK812"].at(
                Location(name),
                f"{name} is written by rdflib, which is not installed",
                hints=("install it: pip install 'teikit[rdf]'",),
            )
        ) from error
    graph = rdflib.Graph(bind_namespaces="none")
    make, namespaces = PROFILES[request.profile]
    own = {"rdf": RDF, "rdfs": RDFS, "xsd": XSD, "relation": request.relation("")}
    for prefix, address in {**namespaces, **own}.items():
        graph.bind(prefix, address)
    for subject, predicate, value in make(request):
        if not isinstance(value, Literal) and not is_uri(value):
            continue  # an identifier whose address is none
        graph.add(
            (
                rdflib.URIRef(subject),
                rdflib.URIRef(predicate),
                rdflib.Literal(
                    value.text,
                    lang=value.language if _TAG.fullmatch(value.language) else None,
                    datatype=rdflib.URIRef(value.datatype) if value.datatype else None,
                    # The text is what the corpus says, not how Python would write the number.
                    normalize=False,
                )
                if isinstance(value, Literal)
                else rdflib.URIRef(value),
            )
        )
    return graph


def write_turtle(request: Request) -> Iterator[Made]:
    """The corpus in Turtle 1.1."""
    graph = _graph(request, "corpus.ttl")
    yield Made("corpus.ttl", graph.serialize(format="turtle"))


def write_jsonld(request: Request) -> Iterator[Made]:
    """The corpus in JSON-LD 1.1."""
    graph = _graph(request, "corpus.jsonld")
    context = {prefix: str(address) for prefix, address in graph.namespaces()}
    data = json.loads(graph.serialize(format="json-ld", context=context))
    text = json.dumps(_ordered(data), ensure_ascii=False, indent=1)
    yield Made("corpus.jsonld", text + "\n")


def _ordered(value: Any) -> Any:
    """The same data with the members of every set in one order: rdflib keeps none."""
    if isinstance(value, dict):
        return {key: _ordered(value[key]) for key in sorted(value)}
    if isinstance(value, list):
        items = [_ordered(item) for item in value]
        return sorted(items, key=lambda item: json.dumps(item, ensure_ascii=False))
    return value

"""The network in GraphML 1.0."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from teikit.exports.base import Made, Request
from teikit.exports.network import Value, columns, graph, row_of, serialised, written

_TYPES = {str: "string", int: "int", float: "double", bool: "boolean"}


def write_graphml(request: Request) -> Iterator[Made]:
    """``network.graphml``: every attribute of a node or an edge is a ``data`` element."""
    found = graph(request)
    namespace = "http://graphml.graphdrawing.org/xmlns"
    root = etree.Element(f"{{{namespace}}}graphml", nsmap={None: namespace})  # type: ignore[dict-item]
    nodes: list[dict[str, Value]] = [
        {"label": node.label, **node.attributes} for node in found.nodes
    ]
    edges = [row_of(edge) for edge in found.edges]
    keys: dict[tuple[str, str], str] = {}
    for domain, rows in (("node", nodes), ("edge", edges)):
        for name, kind in columns(rows).items():
            keys[domain, name] = f"{domain[0]}{len(keys)}"
            etree.SubElement(
                root,
                f"{{{namespace}}}key",
                {
                    "id": keys[domain, name],
                    "for": domain,
                    "attr.name": name,
                    "attr.type": _TYPES[kind],
                },
            )
    body = etree.SubElement(
        root, f"{{{namespace}}}graph", {"id": "corpus", "edgedefault": "directed"}
    )

    def data(parent: etree._Element, domain: str, row: dict[str, Value]) -> None:
        for name, value in row.items():
            cell = etree.SubElement(parent, f"{{{namespace}}}data", {"key": keys[domain, name]})
            cell.text = written(value)

    for node, row in zip(found.nodes, nodes, strict=True):
        data(etree.SubElement(body, f"{{{namespace}}}node", {"id": node.id}), "node", row)
    for number, (edge, row) in enumerate(zip(found.edges, edges, strict=True)):
        ends = {"id": f"e{number}", "source": edge.source, "target": edge.target}
        data(etree.SubElement(body, f"{{{namespace}}}edge", ends), "edge", row)
    yield Made("network.graphml", serialised(root), found.left_out)

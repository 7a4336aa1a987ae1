"""The network in GEXF 1.3, for Gephi."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from teikit.exports.base import Made, Request, day
from teikit.exports.network import Value, columns, graph, row_of, serialised, written

_TYPES = {str: "string", int: "integer", float: "double", bool: "boolean"}


def write_gexf(request: Request) -> Iterator[Made]:
    """``network.gexf``, with the time of each edge for a timeline."""
    found = graph(request)
    namespace = "http://gexf.net/1.3"
    root = etree.Element(f"{{{namespace}}}gexf", {"version": "1.3"}, nsmap={None: namespace})  # type: ignore[dict-item]
    body = etree.SubElement(
        root,
        f"{{{namespace}}}graph",
        {"defaultedgetype": "directed", "mode": "dynamic", "timeformat": "date"},
    )
    nodes = [node.attributes for node in found.nodes]
    edges = [row_of(edge) for edge in found.edges]
    for row in edges:
        del row["weight"]  # GEXF has an attribute of its own for it
    keys: dict[tuple[str, str], str] = {}
    for domain, rows in (("node", nodes), ("edge", edges)):
        table = etree.SubElement(body, f"{{{namespace}}}attributes", {"class": domain})
        for name, kind in columns(rows).items():
            keys[domain, name] = str(len(keys))
            etree.SubElement(
                table,
                f"{{{namespace}}}attribute",
                {"id": keys[domain, name], "title": name, "type": _TYPES[kind]},
            )

    def values(parent: etree._Element, domain: str, row: dict[str, Value]) -> None:
        table = etree.SubElement(parent, f"{{{namespace}}}attvalues")
        for name, value in row.items():
            cell = {"for": keys[domain, name], "value": written(value)}
            etree.SubElement(table, f"{{{namespace}}}attvalue", cell)

    holder = etree.SubElement(body, f"{{{namespace}}}nodes")
    for node, row in zip(found.nodes, nodes, strict=True):
        stated = {"id": node.id, "label": node.label}
        values(etree.SubElement(holder, f"{{{namespace}}}node", stated), "node", row)
    holder = etree.SubElement(body, f"{{{namespace}}}edges")
    for number, (edge, row) in enumerate(zip(found.edges, edges, strict=True)):
        stated = {
            "id": f"e{number}",
            "source": edge.source,
            "target": edge.target,
            "kind": edge.kind,
            "weight": written(edge.attributes["weight"]),
        }
        for name, value in (
            ("start", day(edge.start, last=False)),
            ("end", day(edge.end, last=True)),
        ):
            if value:
                stated[name] = value
        values(etree.SubElement(holder, f"{{{namespace}}}edge", stated), "edge", row)
    yield Made("network.gexf", serialised(root), found.left_out)

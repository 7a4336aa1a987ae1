"""The resolved corpus written down for other programs: as TEI and as JSON.

TEI has a ``linkGrp`` of alignment and one of mentions; JSON also what a passage mentions.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any

from lxml import etree

from teikit.facts import Facts
from teikit.linkdoc import anchor, fragment, titles
from teikit.links import Group, Links
from teikit.names import TEI, XML_ID, XML_LANG


def tei_document(links: Links, folder: str) -> etree._Element:
    """The generated links as TEI: a ``linkGrp`` of alignment and one of mentions.

    ``folder`` is where the document will lie, relative to the corpus root; pointers in it are
    relative to that folder, so that any XML tool can follow them.
    """
    namespaces: dict[str | None, str] = {None: TEI}
    root = etree.Element(f"{{{TEI}}}TEI", nsmap=namespaces)  # type: ignore[arg-type]
    root.set(XML_ID, "links")
    root.set(XML_LANG, "en")

    def sub(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
        node = etree.SubElement(parent, f"{{{TEI}}}{name}", attributes)
        node.text = text or None
        return node

    def uri(path: str, fragment: str) -> str:
        return f"{posixpath.relpath(path, folder)}#{fragment}"

    description = sub(sub(root, "teiHeader"), "fileDesc")
    sub(sub(description, "titleStmt"), "title", "Generated links")
    sub(sub(description, "publicationStmt"), "p", "Computed by teikit from the TEI files.")
    sub(sub(description, "sourceDesc"), "p", "Pointers and alignment stated in the TEI files.")
    standoff = sub(root, "standOff")
    alignment = sub(standoff, "linkGrp", type="alignment", targFunc="original translation")
    for group in links.groups:
        for row in group.rows:
            cells = [
                uri(version.path, fragment(unit))
                for version, unit in zip(group.versions, row.cells, strict=True)
                if unit
            ]
            if len(cells) > 1:
                sub(alignment, "link", target=" ".join(cells))
    mentions = sub(standoff, "linkGrp", type="mention", targFunc="entity passage")
    for entity in links.entities.values():
        counted: dict[str, int] = {}
        for found in links.mentions[entity.key]:
            place = uri(found.document.path, fragment(found.unit))
            counted[place] = counted.get(place, 0) + 1
        for place, number in counted.items():
            target = f"{uri(entity.path, entity.entry.id)} {place}"
            sub(mentions, "link", target=target, n=str(number))
    for group_element in (alignment, mentions):
        if not len(group_element):
            standoff.remove(group_element)
    if not len(standoff):
        # standOff may not be empty; a text that only says so may.
        root.remove(standoff)
        sub(
            sub(sub(root, "text"), "body"),
            "p",
            "The corpus has neither aligned units nor mentions.",
        )
    return root


def _covered(group: Group, version: Facts) -> dict[str, Any]:
    """How much of a version is aligned, where there is another one."""
    for item in group.coverage:
        if item.version == version.id:
            covered = {"units": item.units, "aligned": item.aligned}
            return {
                "coverage": {**covered, "words": item.words, "aligned_words": item.aligned_words}
            }
    return {}


def json_document(links: Links) -> dict[str, Any]:
    """The generated links as plain data for ``json.dumps``: documents, entities, pointers.

    ``pointers`` counts for each attribute how many tokens were found in which scope.
    """
    return {
        "pointers": dict(links.survey.rows()),
        "documents": [
            {
                "id": group.id,
                "titles": titles(group),
                "versions": [
                    {
                        "id": version.id,
                        "path": version.path,
                        "language": version.lang,
                        "role": group.role(version),
                        **_covered(group, version),
                    }
                    for version in group.versions
                ],
                "alignment": [
                    {
                        "ref": row.ref or None,
                        "units": [
                            anchor(version, unit) if unit else None
                            for version, unit in zip(group.versions, row.cells, strict=True)
                        ],
                    }
                    for row in group.rows
                ],
            }
            for group in links.groups
        ],
        "entities": [
            {
                "key": entity.key,
                "kind": entity.entry.kind,
                "names": [
                    {"text": name.text, "language": name.lang, "type": name.type}
                    for name in entity.entry.names
                ],
                "identifiers": [
                    {"type": item.type, "value": item.value, "url": item.url or None}
                    for item in entity.entry.identifiers
                ],
                "mentions": [
                    {
                        "document": found.document.id,
                        "passage": anchor(found.document, found.unit),
                        "ref": found.unit.ref or None,
                        "before": found.mention.before,
                        "text": found.mention.hit,
                        "after": found.mention.after,
                    }
                    for found in links.mentions[entity.key]
                ],
            }
            for entity in links.entities.values()
        ],
        "passages": list(_passages(links)),
    }


def _passages(links: Links) -> Iterator[dict[str, Any]]:
    """Each unit that names somebody, with the keys of those it names: the other way round."""
    for facts in links.facts:
        named: dict[str, dict[str, None]] = {}
        for mention in facts.mentions:
            for token in mention.tokens:
                if entity := links.entity(facts.path, token):
                    named.setdefault(mention.unit, {})[entity.key] = None
        for unit in facts.units if named else ():
            if unit.key in named:
                yield {
                    "document": facts.id,
                    "passage": anchor(facts, unit),
                    "ref": unit.ref or None,
                    "entities": list(named[unit.key]),
                }

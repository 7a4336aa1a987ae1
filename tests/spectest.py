"""The test suite of the RELAX NG specification, case by case, as bytes that any reader can take.

The suite is one XML file; schemas and documents are elements in it. Here each becomes a document
of its own, with the namespaces that are in scope where it stands.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from lxml import etree


@dataclass(frozen=True)
class Case:
    """One case: a schema, whether it is correct, and documents with the verdict they deserve.

    ``resources`` are further files by their path relative to the schema, which has no path itself.
    """

    number: int
    section: str
    schema: bytes
    correct: bool
    resources: dict[str, bytes] = field(default_factory=dict)
    documents: list[tuple[bytes, bool]] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.number}-{self.section}-{'correct' if self.correct else 'incorrect'}"

    def write(self, folder: Path, name: str = "schema.rng") -> Path:
        """Put the schema and its resources into a folder, and give the schema's path."""
        for path, content in {**self.resources, name: self.schema}.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        return folder / name


@cache
def cases(suite: Path) -> tuple[Case, ...]:
    """All cases of the suite, numbered from 1 in its order."""
    parser = etree.XMLParser(resolve_entities=True, load_dtd=False, no_network=True)
    root = etree.parse(suite, parser).getroot()
    return tuple(_case(number, node) for number, node in enumerate(root.iter("testCase"), start=1))


def _case(number: int, node: etree._Element) -> Case:
    correct = node.find("correct")
    holder = correct if correct is not None else node.find("incorrect")
    sections = [
        item.findtext("section")
        for item in (node, *node.iterancestors("testSuite"))
        if item.find("section") is not None
    ]
    return Case(
        number,
        (sections[0] if sections else "datatypes") or "",
        _document(holder),
        correct is not None,
        dict(_resources(node, "")),
        [(_document(item), item.tag == "valid") for item in node.iterchildren("valid", "invalid")],
    )


def _resources(node: etree._Element, folder: str) -> list[tuple[str, bytes]]:
    found = [(folder + item.get("name"), _document(item)) for item in node.findall("resource")]
    for item in node.findall("dir"):
        found += _resources(item, f"{folder}{item.get('name')}/")
    return found


def _document(holder: etree._Element) -> bytes:
    """The only element in ``holder`` as a document of its own; CR in text stays a reference."""
    return etree.tostring(holder[0], encoding="UTF-8", xml_declaration=True, with_tail=False)

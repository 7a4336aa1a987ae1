"""XML Schema (XSD) by xmlschema: the only module that imports it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import xmlschema

from teikit.corpus import Document
from teikit.diagnostics import RULES, Diagnostic, Location


def load(path: Path, name: str) -> XMLSchema | Diagnostic:
    """The schema in an ``.xsd`` file, or the finding that it cannot be used (TK109)."""
    try:
        # Included schemas are read from the disk beside it, never from the network.
        schema = xmlschema.XMLSchema11(str(path), allow="local", defuse="always")
    except (xmlschema.XMLSchemaException, OSError, SyntaxError) as error:
        reason = str(error).strip().splitlines()[0]
        return RULES["TK109"].at(Location(name), f"the schema cannot be used: {reason}")
    return XMLSchema(name, schema)


@dataclass
class XMLSchema:
    """An XSD schema, loaded."""

    name: str
    schema: xmlschema.XMLSchema11
    engine: str = f"xmlschema {xmlschema.__version__}"

    def judge(self, document: Document) -> Iterator[Diagnostic]:
        """A finding for each error that xmlschema reports, in its words."""
        for error in self.schema.iter_errors(document.root):
            reason = (error.reason or error.message or "not valid").strip().splitlines()[0]
            element = error.elem
            location = (
                document.locate(element)  # type: ignore[arg-type]
                if element is not None and element in document
                else document.locate(document.root)
            )
            yield RULES["TK101"].at(location, reason)

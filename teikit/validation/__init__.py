"""Grammars: which schema judges a file, and what it has to say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from lxml import etree

from teikit.corpus import Corpus, Document
from teikit.diagnostics import RULES, Diagnostic, Location
from teikit.validation import libxml, xsd


class Grammar(Protocol):
    """A loaded schema."""

    name: str
    engine: str

    def judge(self, document: Document) -> Iterator[Diagnostic]:
        """What the schema finds wrong with the document."""


_ENGINES = {".rng": libxml.load, ".xsd": xsd.load}


@dataclass
class Judge:
    """Validates the documents of a corpus, each with the schema that is meant for it.

    ``schema`` is the one named on the command line or in the configuration; without it each file's
    own ``xml-model`` instructions count (https://www.w3.org/TR/xml-model/), those that name a file
    on this machine: nothing is ever fetched.
    """

    corpus: Corpus
    schema: Path | None = None
    engines: dict[str, int] = field(default_factory=dict)
    _loaded: dict[Path, Grammar | Diagnostic] = field(default_factory=dict, repr=False)

    def judge(self, document: Document) -> Iterator[Diagnostic]:
        """What the grammar finds in a document; TK110 where no schema could judge it."""
        chosen = [self.schema] if self.schema else list(self._models(document))
        if not chosen:
            yield RULES["TK110"].at(
                Location(document.path),
                "no schema judged the file",
                hints=(
                    "name one: teikit.toml [corpus] schema, --schema, or an xml-model in the file",
                ),
            )
        for path in chosen:
            grammar = self._load(path)
            if isinstance(grammar, Diagnostic):
                continue
            key = f"{grammar.name} ({grammar.engine})"
            self.engines[key] = self.engines.get(key, 0) + 1
            yield from grammar.judge(document)

    def broken(self) -> Iterator[Diagnostic]:
        """The schemas that could not be used, each once."""
        yield from (item for item in self._loaded.values() if isinstance(item, Diagnostic))

    def _load(self, path: Path) -> Grammar | Diagnostic:
        if path not in self._loaded:
            root = self.corpus.root
            name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
            load = _ENGINES.get(path.suffix)
            if load is None:
                kinds = ", ".join(_ENGINES)
                self._loaded[path] = RULES["TK109"].at(
                    Location(name), f"{name} is no schema that teikit reads", expected=(kinds,)
                )
            else:
                self._loaded[path] = load(path, name)
        return self._loaded[path]

    def _models(self, document: Document) -> Iterator[Path]:
        """The local grammars of the file's ``xml-model`` instructions, in order."""
        node = document.root.getprevious()
        found = []
        while node is not None:
            if isinstance(node, etree._ProcessingInstruction) and node.target == "xml-model":
                found.append(
                    dict(re.findall(r"""([\w:]+)\s*=\s*["']([^"']*)["']""", node.text or ""))
                )
            node = node.getprevious()
        for attributes in reversed(found):
            href = attributes.get("href", "")
            schematron = "schematron" in attributes.get("schematypens", "")
            if schematron or not href or re.match(r"\w[\w+.-]+:", href):
                continue
            path = (self.corpus.root / document.path).parent / href
            if path.suffix in _ENGINES:
                yield path.resolve()

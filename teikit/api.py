"""The same verbs for paths, bytes and trees: validate, is_valid, iter_diagnostics, expected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from teikit.checking import in_order, unshadowed
from teikit.checking import validate as validate_files
from teikit.config import Config, load
from teikit.diagnostics import Diagnostic, Location, Severity
from teikit.source import Source
from teikit.validation.judge import Grammar, Judge, Settings, load_grammar
from teikit.validation.models import kind, read_head
from teikit.validation.resolve import Resolved

if TYPE_CHECKING:
    from lxml import etree

    from teikit.validation.relaxng.expectation import Expected


def load_schema(path: str | Path) -> Grammar:
    """A schema from a file: RELAX NG (``.rng``, ``.rnc``) or XML Schema (``.xsd``).

    The object can be used for any number of documents, and sent to other processes. Raises
    TeikitError (SchemaError) with the place and the reason when the schema cannot be used.
    """
    path = Path(path)
    return load_grammar(Resolved(path, kind(path.name), path.name))


def iter_diagnostics(
    source: str | Path | bytes | etree._Element | etree._ElementTree,
    schema: str | Path | Grammar | None = None,
) -> Iterator[Diagnostic]:
    """The findings on a TEI file, a folder of them, the bytes of a file, or a tree.

    ``schema`` is a file or a schema that has been loaded; without it the configuration (for files)
    and ``xml-model`` instructions decide. Files and folders are seen with their corpus: pointers,
    registers and translations count. Bytes and trees are judged by themselves. Findings come in
    reading order; those in a tree carry its ``sourceline`` and an XPath, no column.

    Raises ConfigError when ``teikit.toml`` cannot be used or the schema does not exist, SchemaError
    when a loaded schema turns out to explode.
    """
    if isinstance(source, str | Path):
        target = Path(source)
        if schema is None or isinstance(schema, str | Path):
            named = () if schema is None else (Path(schema),)
            yield from validate_files(load(target), [target], named).findings
            return
        yield from _one(Source(str(source), path=target), schema)
        return
    if isinstance(source, bytes):
        yield from _one(Source("document", source), schema)
        return
    yield from _tree(source, schema)


def validate(
    source: str | Path | bytes | etree._Element | etree._ElementTree,
    schema: str | Path | Grammar | None = None,
) -> tuple[Diagnostic, ...]:
    """All findings; see :func:`iter_diagnostics`."""
    return tuple(iter_diagnostics(source, schema))


def is_valid(
    source: str | Path | bytes | etree._Element | etree._ElementTree,
    schema: str | Path | Grammar | None = None,
) -> bool:
    """Whether there is no error among the findings; see :func:`iter_diagnostics`."""
    return all(item.severity is not Severity.ERROR for item in iter_diagnostics(source, schema))


def expected(source: str | Path | bytes, line: int, column: int, schema: str | Path) -> Expected:
    """What may stand at a place of a document: elements, attributes or values, likeliest first.

    ``line`` and ``column`` (from 1, in characters) name the gap before the character there; the
    document need not be well-formed after it, nor complete. ``schema`` is RELAX NG. Raises
    SchemaError when the schema cannot be used, OSError when the file cannot be read.
    """
    from teikit.validation.relaxng.expectation import expect
    from teikit.validation.relaxng.schema import Schema

    data = source if isinstance(source, bytes) else Path(source).read_bytes()
    return expect(Schema.load(Path(schema)).automaton, data, line, column)


def _one(source: Source, schema: str | Path | Grammar | None) -> Iterator[Diagnostic]:
    """The findings on one document that is seen without a corpus."""
    judge = Judge(Settings(Path().resolve()))
    if isinstance(schema, str | Path):
        schema = load_schema(schema)
    if schema is None:
        head = read_head(source.window(0, 65_536))
        grammars, about = judge.grammars(source.name, Path(source.name), head)
    else:
        grammars, about = (schema,), ()
    found = list(judge.judge_with(source, grammars, about).findings)
    broken = any(item.code.startswith("TK0") for item in found)
    yield from in_order(unshadowed(found, () if broken else _meaning(source)))


def _meaning(source: Source) -> Iterator[Diagnostic]:
    """What the checks find in a document that is a corpus of its own."""
    from teikit import checks
    from teikit.corpus import Corpus, Document, not_tei, parse
    from teikit.links import link

    document = parse(source.data(), source.name)
    if isinstance(document, Document) and not_tei(document) is None:
        root = Path().resolve()
        corpus = Corpus(
            root,
            Config(root),
            {document.path: Path(document.path)},
            _parsed={document.path: document},
        )
        # Pointers into other files cannot be followed from here.
        yield from (
            item
            for item in checks.run(link(corpus))
            if item.code != "TK202" and "there is no file" not in item.message
        )


def _tree(
    tree: etree._Element | etree._ElementTree, schema: str | Path | Grammar | None
) -> Iterator[Diagnostic]:
    """The findings on a tree, located by the lines it was parsed from."""
    from lxml import etree

    from teikit.corpus import xpath

    root = tree.getroot() if isinstance(tree, etree._ElementTree) else tree
    lines: dict[str | None, Any] = {
        xpath(element): element.sourceline for element in root.iter("{*}*")
    }
    data = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    for finding in _one(Source("document", data), schema):
        place = finding.location
        if place.xpath in lines:
            line = lines[place.xpath]
            place = Location(place.path, line, None, place.xpath)
        yield replace(finding, location=place, fix=None)

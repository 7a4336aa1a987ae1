"""A RELAX NG schema as a tree: what both syntaxes are read into, and what simplification yields.

The kinds of nodes are the element names of the XML syntax (RELAX NG specification, section 3). The
same type serves the full syntax, as written, and the simple syntax of section 4; there, patterns
that several definitions share are shared nodes, so the "tree" is a directed acyclic graph and
whoever walks it remembers what it has seen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from teikit.diagnostics import RULES, Diagnostic, Location
from teikit.errors import TeikitError

RNG = "http://relaxng.org/ns/structure/1.0"
ANNOTATIONS = "http://relaxng.org/ns/compatibility/annotations/1.0"
XSD_TYPES = "http://www.w3.org/2001/XMLSchema-datatypes"


class Place(NamedTuple):
    """Where a node is written: the schema file's name, line and column (both from 1)."""

    path: str
    line: int
    column: int


@dataclass(slots=True, eq=False)
class Node:
    """One element of a schema.

    ``attributes`` are those without a namespace (``name``, ``ns``, ``type``, ``combine``, ``href``,
    ``datatypeLibrary``), ``text`` the character content of ``name``, ``value`` and ``param``,
    ``namespaces`` the prefixes in scope (``""`` is the default namespace), ``base`` the value of
    ``xml:base`` on this very element, ``documentation`` the text of its ``a:documentation``.
    """

    kind: str
    place: Place
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)
    text: str = ""
    namespaces: Mapping[str, str] = field(default_factory=dict)
    base: str = ""
    documentation: str = ""


@dataclass(slots=True, eq=False)
class SimpleGrammar:
    """A schema in the simple syntax: a start pattern and all reachable ``element`` patterns.

    Patterns are nodes of the kinds ``empty``, ``notAllowed``, ``text``, ``choice``, ``group``,
    ``interleave`` (these three with two children or more), ``oneOrMore``, ``list``, ``data``,
    ``value``, ``attribute`` and ``ref``. A ``ref`` has the attribute ``element``: the position of
    its element in ``elements``, as a decimal number. ``elements`` and ``attribute`` nodes have two
    children, a name class and a pattern. Name classes are ``name`` (attribute ``ns``, the local
    name as ``text``), ``nsName`` (attribute ``ns``), ``anyName`` (both may have one ``except`` with
    one child) and ``choice``. ``data`` and ``value`` have the attributes ``datatypeLibrary`` and
    ``type``; ``data`` may have ``param`` children and one ``except`` with one child; ``value`` also
    has ``ns`` and keeps ``namespaces``, for QNames.

    ``files`` are the paths of all files that were read, the schema's own first.
    """

    start: Node
    elements: list[Node]
    files: tuple[str, ...] = ()


class SchemaError(TeikitError):
    """The schema breaks a rule of RELAX NG; ``diagnostics`` (code TK109) say which and where."""


def fault(place: Place, message: str, *hints: str) -> Diagnostic:
    """The finding that a schema is wrong at a place (line 0: as a whole)."""
    location = Location(place.path, place.line or None, place.column or None)
    return RULES["TK109"].at(location, message, hints=hints)

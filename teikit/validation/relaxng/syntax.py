"""The XML syntax of RELAX NG: bytes become a tree of nodes, or the reasons why they cannot.

Specification of 2001-12-03: section 3 (full syntax), 4.1 (annotations), 4.2 (white space).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from xml.parsers import expat

from teikit.diagnostics import Diagnostic
from teikit.validation.relaxng.references import is_library, is_reference
from teikit.validation.relaxng.strangers import explained, malformed, stranger
from teikit.validation.relaxng.tree import (
    ANNOTATIONS,
    RNG,
    XSD_TYPES,
    Node,
    Place,
    SchemaError,
    fault,
)

# No schema written by hand or by a program comes near; deeper ones are attacks or accidents.
MAX_DEPTH = 500

XML = "http://www.w3.org/XML/1998/namespace"
_SPACE = " \t\r\n"
_RNG = RNG + " "
_BASE = XML + " base"
_DOCUMENTATION = ANNOTATIONS + " documentation"

_PATTERNS = frozenset(
    "element attribute group interleave choice optional zeroOrMore oneOrMore list mixed ref "
    "parentRef empty text value data notAllowed externalRef grammar".split()
)
_NAMES = frozenset(("name", "anyName", "nsName", "choice"))
# What may stand in what. The rows are kinds, or the part that a kind plays: "names" is a choice or
# an except among name classes, "unnamed" an element or attribute that still lacks its name class.
_CONTENT: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        "element attribute group interleave choice optional zeroOrMore oneOrMore list mixed define "
        "start except".split(),
        _PATTERNS,
    ),
    **dict.fromkeys(("names", "unnamed"), _NAMES),
    **dict.fromkeys(("anyName", "nsName"), frozenset(("except",))),
    **dict.fromkeys(
        "ref parentRef empty text notAllowed externalRef name value param".split(), frozenset()
    ),
    "grammar": frozenset(("start", "define", "div", "include")),
    "include": frozenset(("start", "define", "div")),
    "data": frozenset(("param", "except")),
}
_AT_MOST_ONE = frozenset(("start", "attribute", "anyName", "nsName"))
_MAY_BE_EMPTY = frozenset(("attribute", "grammar", "include", "div", "data", "anyName", "nsName"))
_STRINGS = frozenset(("name", "value", "param"))
_KINDS = _PATTERNS | _NAMES | frozenset("param except start define div include".split())

_ATTRIBUTES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("element", "attribute", "ref", "parentRef", "param"), ("name",)),
    **dict.fromkeys(("value", "data"), ("type",)),
    **dict.fromkeys(("externalRef", "include"), ("href",)),
    "define": ("name", "combine"),
    "start": ("combine",),
}
_REQUIRED = {
    **dict.fromkeys(("ref", "parentRef", "define", "param"), "name"),
    **dict.fromkeys(("externalRef", "include"), "href"),
    "data": "type",
}
_EVERYWHERE = ("ns", "datatypeLibrary")


@lru_cache(maxsize=4096)
def is_name(text: str, *, qualified: bool = False) -> bool:
    """Whether ``text`` is an NCName, or (``qualified``) a QName, by the tables of XML 1.0."""
    if qualified and ":" in text:
        prefix, _, local = text.partition(":")
        return is_name(prefix) and is_name(local)
    if text.isascii():
        return re.fullmatch(r"[A-Za-z_][A-Za-z0-9._-]*", text) is not None
    if re.search(r"[\x00-,/:-@\[-^`{-\x7f\s]", text):
        return False
    # The parser that reads the documents decides which letters it takes in a name.
    try:
        expat.ParserCreate().Parse(f"<{text}/>".encode(errors="replace"), True)
    except expat.ExpatError:
        return False
    return True


def nearest(word: str, words: Iterable[str]) -> tuple[str, ...]:
    """The hint "did you mean …?" for a misspelt word, or nothing."""
    import difflib

    known = sorted(words)
    folded = {item.lower(): item for item in known}
    if word.lower() in folded:
        return (f"did you mean {folded[word.lower()]}?",)
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.7)
    return (f"did you mean {near[0]}?",) if near else ()


def read(data: bytes, path: str) -> Node:
    """The schema in ``data`` as a tree; ``path`` names it in messages and is its base.

    Foreign elements and attributes are left out, except that the text of ``a:documentation`` is
    kept. Raises SchemaError with everything that section 3 of the specification forbids, or the one
    reason why this is no RELAX NG schema in XML at all.
    """
    return _Reader(data, path).read()


class _Open:
    """An element that has begun: its node, the part it plays, what was dropped from it.

    ``spoilt`` says that something wrong in it was reported, so that what it lacks may be that.
    """

    __slots__ = ("dropped", "node", "part", "spoilt")

    def __init__(self, node: Node, part: str) -> None:
        self.node = node
        self.part = part
        self.dropped = ""
        self.spoilt = False


class _Reader:
    """One pass of expat over a schema."""

    def __init__(self, data: bytes, path: str) -> None:
        self.data = data
        self.path = path
        self.root: Node | None = None
        self.findings: list[Diagnostic] = []
        self.open: list[_Open] = []
        self.skipped = 0  # how deep inside a foreign element
        self.text: list[str] | None = None  # collects the text of a string or of documentation
        self.namespaces: Mapping[str, str] = {"xml": XML}
        self.declared: dict[str, str] = {}
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.characters
        parser.StartNamespaceDeclHandler = self.declare
        parser.EntityDeclHandler = self.entity
        parser.SkippedEntityHandler = self.entity
        self.parser = parser

    def read(self) -> Node:
        if not self.data.strip(b" \t\r\n\x00\xef\xbb\xbf"):
            hint = "restore it from a copy, or give the path of another schema"
            raise SchemaError(fault(Place(self.path, 1, 1), "the schema is an empty file", hint))
        try:
            self.parser.Parse(self.data, True)
        except expat.ExpatError as error:
            raise SchemaError(
                malformed(error, self.data, self.path, self.root is not None)
            ) from None
        if self.findings or self.root is None:
            raise SchemaError(self.findings)
        return self.root

    def here(self) -> Place:
        parser = self.parser
        return Place(self.path, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)

    def wrong(self, place: Place, message: str, *hints: str) -> None:
        self.findings.append(fault(place, message, *hints))

    # -- what expat reports ------------------------------------------------------------------------

    def declare(self, prefix: str | None, uri: str | None) -> None:
        self.declared[prefix or ""] = uri or ""

    def entity(self, name: str, *_rest: object) -> None:
        found = explained(self.data, self.path)
        raise SchemaError(found or fault(self.here(), f"the entity {name} is refused"))

    def characters(self, text: str) -> None:
        if self.text is not None:
            self.text.append(text)
        elif text.strip(_SPACE) and not self.skipped:
            inside = f"<{self.open[-1].node.kind}>"
            what = text.strip(_SPACE)[:30]
            hint = "text that is allowed is written <text/>, a fixed one <value>…</value>"
            self.wrong(self.here(), f"text may not stand in {inside}: “{what}”", hint)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        depth = len(self.open) + self.skipped
        if self.skipped or not name.startswith(_RNG):
            self.foreign(name, depth)
            return
        place = self.here()
        if depth >= MAX_DEPTH:
            message = f"the schema nests elements more than {MAX_DEPTH} deep"
            raise SchemaError(fault(place, message, "no schema needs this; give the parts names"))
        kind = name[len(_RNG) :]
        if self.declared:
            self.namespaces = {**self.namespaces, **self.declared}
            self.declared = {}
        node = Node(kind, place, {}, [], "", self.namespaces)
        if kind not in _KINDS:
            hints = nearest(kind, _KINDS)
            self.wrong(place, f"<{kind}> is not an element of RELAX NG", *hints)
            if not hints or not self.open:
                self.skipped = 1
                if self.open:
                    self.open[-1].spoilt = True
                return
            node.kind = kind = hints[0].removeprefix("did you mean ").removesuffix("?")
        known = self.attributes(node, attributes)
        if known and kind in _REQUIRED and _REQUIRED[kind] not in node.attributes:
            self.wrong(place, f"<{kind}> lacks its attribute {_REQUIRED[kind]}")
        part = self.as_child(node, self.open[-1]) if self.open else self.as_root(node)
        self.open.append(_Open(node, part))
        self.text = [] if kind in _STRINGS else None

    def end(self, _name: str) -> None:
        if self.skipped:
            self.skipped -= 1
            if not self.skipped and self.text is not None and self.open:
                self.document("".join(self.text).strip(_SPACE))
                self.text = None
            return
        closed = self.open.pop()
        node = closed.node
        if self.text is not None:
            node.text = "".join(self.text)
            self.text = None
            if node.kind == "name":
                node.text = node.text.strip(_SPACE)
                self.check_name(node.place, "the name", node.text, qualified=True)
        else:
            self.check_content(closed)
        if self.open:
            self.namespaces = self.open[-1].node.namespaces

    # -- foreign elements (4.1) --------------------------------------------------------------------

    def foreign(self, name: str, depth: int) -> None:
        self.declared = {}
        if self.skipped:
            self.skipped += 1
            if depth >= MAX_DEPTH:
                message = f"the schema nests elements more than {MAX_DEPTH} deep"
                raise SchemaError(fault(self.here(), message, "no annotation needs this"))
            return
        if not self.open:
            raise SchemaError(stranger(name, self.data, self.here(), _KINDS))
        self.skipped = 1
        owner = self.open[-1]
        namespace, _, local = name.rpartition(" ")
        if owner.node.kind in _STRINGS:
            message = f"<{local}> may not stand inside <{owner.node.kind}>, which holds text only"
            self.wrong(self.here(), message)
        elif name == _DOCUMENTATION:
            self.text = []
        elif not namespace and local in _KINDS:
            owner.dropped = (
                f"<{local}> in line {self.parser.CurrentLineNumber} does not count: it is in no "
                f"namespace; it must be in {RNG}"
            )

    def document(self, text: str) -> None:
        # Documentation of a value cannot stand in it, so it follows it (DTD Compatibility, 2).
        owner = self.open[-1].node
        if owner.children and owner.children[-1].kind in ("value", "param"):
            owner = owner.children[-1]
        owner.documentation = f"{owner.documentation}\n{text}" if owner.documentation else text

    # -- the rules of section 3 --------------------------------------------------------------------

    def attributes(self, node: Node, attributes: dict[str, str]) -> bool:
        """Keep the attributes of a node; False if some are unknown, perhaps a misspelt one."""
        allowed = _ATTRIBUTES.get(node.kind, ())
        known = True
        for key, value in attributes.items():
            if " " in key:
                if key == _BASE:
                    node.base = value
                elif key.startswith(_RNG):
                    local = key[len(_RNG) :]
                    hint = f"write {local} without a prefix"
                    self.wrong(node.place, f"the attribute {local} may not have a namespace", hint)
            elif key in allowed:
                node.attributes[key] = self.checked(node, key, value)
            elif key in _EVERYWHERE:
                if key == "datatypeLibrary" and not is_library(value):
                    message = f"datatypeLibrary “{value}” is not an absolute URI without fragment"
                    hint = f"the datatypes of W3C XML Schema are {XSD_TYPES}"
                    self.wrong(node.place, message, hint)
                else:
                    node.attributes[key] = value
            else:
                hints = nearest(key, (*allowed, *_EVERYWHERE))
                self.wrong(node.place, f"<{node.kind}> has no attribute {key}", *hints)
                known = False
        return known

    def checked(self, node: Node, key: str, value: str) -> str:
        """The value of an attribute without white space around it, after a look at its form."""
        if key == "href":
            if not is_reference(value):
                self.wrong(node.place, f"href “{value}” is not a URI reference")
            return value
        value = value.strip(_SPACE)
        if key == "combine":
            if value not in ("choice", "interleave"):
                message = f"combine is choice or interleave, not “{value}”"
                self.wrong(node.place, message, *nearest(value, ("choice", "interleave")))
        else:
            qualified = node.kind in ("element", "attribute")
            self.check_name(node.place, f"the {key} of <{node.kind}>", value, qualified=qualified)
        return value

    def check_name(self, place: Place, what: str, name: str, *, qualified: bool) -> None:
        if not is_name(name, qualified=qualified):
            hint = "a name begins with a letter or _, then come letters, digits, . - and _"
            self.wrong(place, f"{what}, “{name}”, is not an XML name", hint)

    def as_root(self, node: Node) -> str:
        self.root = node
        if node.kind not in _PATTERNS:
            message = f"<{node.kind}> cannot be the root of a schema"
            self.wrong(node.place, message, "put it into <grammar>")
        return self.part(node, "")

    def part(self, node: Node, context: str) -> str:
        """The row of the table for what stands in ``node``."""
        kind = node.kind
        if kind == "div":
            return context if context in ("grammar", "include") else "grammar"
        if kind in ("element", "attribute") and "name" not in node.attributes:
            return "unnamed"
        if kind in ("choice", "except") and context in ("names", "unnamed", "anyName", "nsName"):
            return "names"
        return kind

    def as_child(self, node: Node, owner: _Open) -> str:
        """Put a node into its parent, if it may stand there."""
        context, kind, inside = owner.part, node.kind, owner.node.kind
        if kind in _CONTENT[context]:
            children = owner.node.children
            if context in _AT_MOST_ONE and len(children) - self.is_named_by_child(owner.node) >= 1:
                self.wrong(node.place, *self.too_many(inside, kind))
            elif context == "data" and children and children[-1].kind == "except":
                self.wrong(node.place, f"<{kind}> may not follow <except> in <data>")
            children.append(node)
            if context == "unnamed":
                owner.part = inside
            return self.part(node, context)
        if context == "unnamed" and kind in _PATTERNS:
            if not owner.node.children:
                hint = f'write <{inside} name="…">, or begin with <name>, <anyName> or <nsName>'
                self.wrong(owner.node.place, f"<{inside}> says no name", hint)
            owner.part = inside
            owner.node.children += [Node("name", owner.node.place), node]
            return self.part(node, inside)
        hints: tuple[str, ...] = ()
        if kind in _NAMES and "name" in owner.node.attributes:
            hints = (f"delete the attribute name of <{inside}> or this second name",)
        elif kind in ("start", "define", "include", "div"):
            hints = (f"<{kind}> stands in <grammar>",)
        elif context == "grammar" and kind in _PATTERNS:
            hints = ("put it into <start> or <define>",)
        elif inside in _STRINGS:
            hints = (f"<{inside}> holds text only",)
        elif not _CONTENT[context]:
            hints = (f"<{inside}> is empty by rule; write what belongs beside it after it",)
        self.wrong(node.place, f"<{kind}> may not stand in <{inside}>", *hints)
        owner.spoilt = True
        return self.part(node, "")

    @staticmethod
    def is_named_by_child(node: Node) -> bool:
        return node.kind == "attribute" and "name" not in node.attributes

    @staticmethod
    def too_many(inside: str, kind: str) -> tuple[str, str]:
        if kind == "except":
            return f"<{inside}> may hold one <except> only", "put both lists into one <except>"
        return (
            f"<{inside}> holds one pattern only, and <{kind}> is one more",
            "put them into <group>, <choice> or <interleave>",
        )

    def check_content(self, closed: _Open) -> None:
        node, part = closed.node, closed.part
        if closed.spoilt:
            return
        if part == "unnamed":
            hint = f'write <{node.kind} name="…">, or begin with <name>, <anyName> or <nsName>'
            self.wrong(node.place, f"<{node.kind}> says no name", closed.dropped or hint)
            return
        if part in _MAY_BE_EMPTY or not _CONTENT[part]:
            return
        wanted = 2 if node.kind == "element" and "name" not in node.attributes else 1
        if len(node.children) < wanted:
            hint = "if nothing may stand there, write <empty/>"
            if part == "names":
                hint = "write <name>, <nsName> or <anyName>"
            self.wrong(node.place, f"<{node.kind}> has no content", closed.dropped or hint)

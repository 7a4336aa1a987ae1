"""The compact syntax of RELAX NG, read into the same tree as the XML syntax.

OASIS committee specification "RELAX NG Compact Syntax" of 21 November 2002 (ISO/IEC 19757-2,
annex C). Its grammar is read by descent, one method per construct. Names always become ``name``
children, with the namespace on the leaf, so that an ``ns`` never reaches a neighbour by
inheritance; where no default namespace is declared there is no ``ns`` at all, and section 4.9 of
RELAX NG passes that of the including schema down.
"""

from __future__ import annotations

from collections.abc import Callable

from teikit.validation.relaxng.compact_annotations import JOIN
from teikit.validation.relaxng.compact_lexer import (
    CNAME,
    DOC,
    END,
    KEYWORDS,
    LITERAL,
    NAME,
    NSNAME,
    Source,
)
from teikit.validation.relaxng.compact_names import DECLARATIONS, Names
from teikit.validation.relaxng.references import is_reference
from teikit.validation.relaxng.tree import Node, SchemaError

_ASSIGNMENTS = {"=": "", "|=": "choice", "&=": "interleave"}
_CONNECTORS = {",": "group", "|": "choice", "&": "interleave"}
_REPEATS = {"*": "zeroOrMore", "+": "oneOrMore", "?": "optional"}


def read(data: bytes, path: str) -> Node:
    """The schema in ``data`` as a tree; ``path`` names it in messages and is its base.

    The tree is that of the equivalent schema in XML: a ``grammar``, or one pattern. Each node is
    placed where its construct begins (a repetition or a group: where its first part does).
    Annotations are checked and left out, except that the text of documentation (``##`` or
    ``a:documentation``) is kept. Raises SchemaError with the first thing that the specification
    forbids.
    """
    return _Parser(Source(data, path)).schema()


class _Parser(Names):
    """One reading of a schema: tokens, the position among them, and what was declared."""

    def schema(self) -> Node:
        self.declarations()
        if self.begins_grammar():
            root = self.node("grammar")
            self.members(root, END)
            return root
        root = self.pattern()
        if self.kinds[self.at] != END:
            hints = [JOIN] if self.kinds[self.at] in _PRIMARIES else []
            if self.values[self.at + 1 : self.at + 2] == ["["]:
                hints = ["an annotation after a pattern begins with `>>`"]
            elif root.kind == "ref":
                hints = ["a definition is written `name = …`"]
            raise self.unexpected("the end of the schema after its pattern", *hints)
        return root

    def begins_grammar(self) -> bool:
        """Whether definitions follow rather than a pattern; annotations may stand before both."""
        kinds, at = self.kinds, self.at
        while kinds[at] == DOC:
            at += 1
        if kinds[at] == "[":
            depth = 1
            while depth and kinds[at] != END:
                at += 1
                depth += (kinds[at] == "[") - (kinds[at] == "]")
            at += kinds[at] != END
        kind = kinds[at]
        if kind in ("start", "div", "include", END):
            return True
        following = kinds[at + 1]
        if kind in (NAME, CNAME):
            return following in _ASSIGNMENTS or following == "["
        return kind in KEYWORDS and following in _ASSIGNMENTS

    # -- grammars ----------------------------------------------------------------------------------

    def members(self, owner: Node, closing: str, *, overriding: bool = False) -> None:
        """Read components into ``owner`` until ``closing``; ``overriding`` inside an include."""
        opening = self.at - 1
        self.enter()
        kinds = self.kinds
        while True:
            before = self.at
            documentation = self.annotations()
            at = self.at
            kind = kinds[at]
            if kind == closing and at == before:
                break
            following = kinds[at + 1] if kind != END else END
            if following == "[" and kind in (NAME, CNAME) and at == before:
                self.annotation_element()
                continue
            if kind in (NAME, "start") and following in _ASSIGNMENTS:
                node = self.definition()
            elif kind == "div":
                node = self.node("div")
                self.at += 1
                self.take("{")
                self.members(node, "}", overriding=overriding)
            elif kind == "include" and not overriding:
                node = self.include()
            else:
                raise self.no_component(owner, opening, closing, overriding, at > before)
            self.document(node, documentation)
            owner.children.append(node)
        if closing != END:
            self.at += 1
        self.depth -= 1

    def definition(self) -> Node:
        """``start`` or a name, an assignment, a pattern."""
        at = self.at
        kind = "start" if self.kinds[at] == "start" else "define"
        node = self.node(kind)
        if kind == "define":
            node.attributes["name"] = self.values[at]
        method = _ASSIGNMENTS[self.kinds[at + 1]]
        if method:
            node.attributes["combine"] = method
        self.at += 2
        node.children.append(self.pattern())
        return node

    def include(self) -> Node:
        node = self.node("include")
        self.at += 1
        self.reference(node)
        if self.kinds[self.at] == "{":
            self.at += 1
            outer = self.bound
            self.bound = outer or "ns" in node.attributes
            self.members(node, "}", overriding=True)
            self.bound = outer
        return node

    def reference(self, node: Node) -> None:
        """The address of another schema, and the namespace that it inherits."""
        at = self.at
        href = self.literal(f"the address of a schema in quotes after `{self.values[at - 1]}`")
        if not is_reference(href):
            raise self.wrong(at, f"“{href}” is not a URI reference")
        node.attributes["href"] = href
        uri = self.default
        if self.kinds[self.at] == "inherit":
            self.at += 1
            self.take("=")
            prefix_at = self.at
            uri = self.resolve(self.word("a prefix"), prefix_at)
        node.attributes.update(self.ns(uri))

    def no_component(
        self, owner: Node, opening: int, closing: str, overriding: bool, annotated: bool
    ) -> SchemaError:
        """Why no component begins here."""
        kind, value = self.kinds[self.at], self.values[self.at]
        if kind == END and not annotated:
            return self.unclosed("{", opening)
        following = self.kinds[self.at + 1] if kind != END else END
        expected = "a definition (`name = …`), `start`, `div` or `include`"
        hints: list[str] = []
        if overriding:
            expected = "a definition (`name = …`), `start` or `div`"
        if kind in DECLARATIONS and following not in _ASSIGNMENTS:
            hints.append("declarations stand at the top of the file, before all definitions")
        elif annotated and kind in (closing, NAME, CNAME) and following not in _ASSIGNMENTS:
            hints.append("the annotation before it describes nothing")
        elif kind in KEYWORDS and following in _ASSIGNMENTS:
            hints.append(f"`{kind}` is a keyword; as a name it is written `\\{kind}`")
        elif kind == CNAME and following in _ASSIGNMENTS:
            hints.append(f"definitions have names without a prefix: `{value.replace(':', '.')}`")
        elif kind == "include":
            hints.append("an include holds only what replaces definitions of the included schema")
        elif kind == "}" and closing == END:
            hints.append("no `{` is open here: delete it")
        elif kind in _PRIMARIES:
            hints.append(JOIN if owner.children else "the root's pattern follows `start =`")
        return self.unexpected(expected, *hints)

    # -- patterns ----------------------------------------------------------------------------------

    def pattern(self) -> Node:
        """A particle with its repetition, or several joined by connectors of one kind."""
        self.enter()
        kinds = self.kinds
        operands: list[Node] = []
        connector = ""
        while True:
            documentation = self.annotations() if kinds[self.at] in (DOC, "[") else ""
            handler = _PRIMARIES.get(kinds[self.at])
            if handler is None:
                raise self.no_pattern()
            single = kinds[self.at] != "("
            node = handler(self)
            self.document(node, documentation)
            self.following(node)
            kind = kinds[self.at]
            if single and (connector or kind in _REPEATS or kind in _CONNECTORS):
                self.check_exception(node)
            if kind in _REPEATS:
                self.at += 1
                node = Node(_REPEATS[kind], node.place, {}, [node], "", self.namespaces)
                self.following(node)
                if kinds[self.at] in _REPEATS:
                    message = f"`{kinds[self.at]}` cannot follow `{kind}`"
                    raise self.wrong(self.at, message, "write one of `*`, `+` and `?`")
                kind = kinds[self.at]
            operands.append(node)
            if kind not in _CONNECTORS:
                break
            if connector and kind != connector:
                message = f"`{kind}` cannot follow `{connector}` without parentheses"
                old, new = (", " if item == "," else f" {item} " for item in (connector, kind))
                hint = f"write `(a{old}b){new}c` or `a{old}(b{new}c)`"
                raise self.wrong(self.at, message, hint)
            connector = kind
            self.at += 1
        self.depth -= 1
        if not connector:
            return operands[0]
        return Node(_CONNECTORS[connector], operands[0].place, {}, operands, "", self.namespaces)

    def check_exception(self, node: Node) -> None:
        """A datatype with an exception stands alone or in parentheses."""
        if node.kind == "data" and node.children and node.children[-1].kind == "except":
            message = "a datatype with `-` needs parentheses here"
            raise self.wrong_at(node.place, message, "write (type - exception)")

    def no_pattern(self) -> SchemaError:
        """Why no pattern begins here."""
        kind, before = self.kinds[self.at], self.kinds[self.at - 1] if self.at else ""
        hints: list[str] = []
        if kind in DECLARATIONS and self.kinds[self.at + 1] != "}":
            hints.append("declarations stand at the top of the file")
            if before == DOC:
                hints.append("a comment before them begins with one `#`: `##` describes patterns")
        elif kind in KEYWORDS:
            hints.append(f"`{kind}` is a keyword; as a name it is written `\\{kind}`")
        elif kind == NSNAME:
            hints.append("names with `*` stand after `element` or `attribute`")
        elif before in _CONNECTORS:
            hints.append(f"write a pattern after `{before}`, or delete it")
        elif before in ("{", "(") or before in _ASSIGNMENTS:
            if kind in ("}", ")"):
                hints.append("if nothing may stand there, write `empty`")
            elif kind == "*":
                hints.append("`*` stands after what is repeated")
        return self.unexpected("a pattern", *hints)

    def parentheses(self) -> Node:
        opening = self.at
        self.at += 1
        node = self.pattern()
        self.close(")", opening, JOIN)
        return node

    def simple(self) -> Node:
        """``empty``, ``text``, ``notAllowed``."""
        node = self.node(self.kinds[self.at])
        self.at += 1
        return node

    def named(self) -> Node:
        """``element`` or ``attribute``, a name class, a pattern in braces."""
        node = self.node(self.kinds[self.at])
        self.at += 1
        node.children.append(self.name_class(node.kind == "attribute"))
        self.braces(node)
        return node

    def wrapped(self) -> Node:
        """``list`` or ``mixed`` with a pattern in braces."""
        node = self.node(self.kinds[self.at])
        self.at += 1
        self.braces(node)
        return node

    def ref(self) -> Node:
        node = self.node("ref")
        node.attributes["name"] = self.values[self.at]
        self.at += 1
        return node

    def parent(self) -> Node:
        node = self.node("parentRef")
        self.at += 1
        value = self.values[self.at]
        hint = f"as a name it is written `\\{value}`" if value in KEYWORDS else ""
        self.take(NAME, "the name of a definition of the outer grammar", *([hint] if hint else []))
        node.attributes["name"] = value
        return node

    def external(self) -> Node:
        node = self.node("externalRef")
        self.at += 1
        self.reference(node)
        return node

    def grammar(self) -> Node:
        node = self.node("grammar")
        self.at += 1
        self.take("{")
        self.members(node, "}")
        return node

    def braces(self, node: Node) -> None:
        """``{``, a pattern, ``}``."""
        opening = self.at
        self.take("{")
        node.children.append(self.pattern())
        self.close("}", opening, JOIN)

    # -- datatypes and values ----------------------------------------------------------------------

    def value(self) -> Node:
        """A string: one fixed value, without a type if none was read before."""
        node = self.node("value")
        node.attributes.update(self.ns(self.default))
        node.text = self.literal("a string")
        return node

    def datatype(self) -> Node:
        """A type, then a fixed value, or parameters and an exception."""
        at = self.at
        place = self.place(at)
        library, name = "", self.values[at]
        if self.kinds[at] == CNAME:
            prefix, _, name = name.partition(":")
            if prefix not in self.types:
                message = f"the datatype prefix `{prefix}` is not declared"
                hint = f'declare it at the top: datatypes {prefix} = "…"'
                raise self.wrong(at, message, *self.nearest(prefix, self.types), hint)
            library = self.types[prefix]
        self.at += 1
        node = self.value() if self.kinds[self.at] == LITERAL else self.node("data")
        node.place = place
        node.attributes["datatypeLibrary"] = library
        node.attributes["type"] = name
        if node.kind == "data":
            self.parameters(node)
            if self.kinds[self.at] == "-":
                self.exception(node)
        return node

    def parameters(self, node: Node) -> None:
        opening = self.at
        if self.kinds[opening] != "{":
            return
        self.at += 1
        while self.kinds[self.at] != "}":
            documentation = self.annotations()
            param = self.node("param")
            if self.kinds[self.at] == END:
                raise self.unclosed("{", opening)
            param.attributes["name"] = self.word('a parameter (`name = "value"`)')
            self.take("=")
            param.text = self.literal("the value of the parameter in quotes")
            self.document(param, documentation)
            node.children.append(param)
        self.at += 1

    def exception(self, node: Node) -> None:
        """The pattern that a datatype excepts."""
        excepted = self.node("except")
        self.at += 1
        documentation = self.annotations()
        handler = _PRIMARIES.get(self.kinds[self.at])
        if handler is None:
            raise self.no_pattern()
        single = self.kinds[self.at] != "("
        pattern = handler(self)
        if single:
            self.check_exception(pattern)
        self.document(pattern, documentation)
        excepted.children.append(pattern)
        node.children.append(excepted)


_PRIMARIES: dict[str, Callable[[_Parser], Node]] = {
    NAME: _Parser.ref,
    LITERAL: _Parser.value,
    **dict.fromkeys((CNAME, "string", "token"), _Parser.datatype),
    **dict.fromkeys(("empty", "text", "notAllowed"), _Parser.simple),
    **dict.fromkeys(("element", "attribute"), _Parser.named),
    **dict.fromkeys(("list", "mixed"), _Parser.wrapped),
    "(": _Parser.parentheses,
    "parent": _Parser.parent,
    "external": _Parser.external,
    "grammar": _Parser.grammar,
}

"""What all constructs of the compact syntax share: a position among tokens, errors, annotations.

OASIS committee specification "RELAX NG Compact Syntax" of 21 November 2002 (ISO/IEC 19757-2,
annex C), section 5: annotations before a construct (``[ … ]`` and ``##``), after it (``>>``) and
among definitions. They are checked, and all but documentation is dropped, as RELAX NG 4.1 wants.
"""

from __future__ import annotations

from collections.abc import Iterable

from teikit.validation.relaxng.compact_lexer import (
    CNAME,
    DOC,
    END,
    KEYWORDS,
    LITERAL,
    NAME,
    Source,
)
from teikit.validation.relaxng.tree import ANNOTATIONS, RNG, Node, Place, SchemaError, fault

XML = "http://www.w3.org/XML/1998/namespace"

# No schema written by hand or by a program comes near; deeper ones are attacks or accidents. A
# level costs two calls of Python's thousand.
MAX_DEPTH = 200

JOIN = "join patterns by `,` (in this order), `|` (one of them) or `&` (in any order)"

# A name, where a keyword may be one.
NAMES = KEYWORDS | {NAME}


class Annotations:
    """A reader of tokens that knows annotations; ``at`` is the position of the next token."""

    def __init__(self, source: Source) -> None:
        """Begin before the first token of ``source``. Raises SchemaError if one is malformed."""
        self.source = source
        self.kinds, self.values, self.offsets = source.tokens()
        self.at = 0
        self.depth = 0
        # What prefixes mean; None is the namespace that the including schema hands down.
        self.prefixes: dict[str, str | None] = {"xml": XML}
        self.namespaces = {"xml": XML}

    # -- tokens ------------------------------------------------------------------------------------

    def place(self, at: int) -> Place:
        """Where a token begins."""
        return self.source.place(self.offsets[at])

    def node(self, kind: str) -> Node:
        """A node that begins at the next token."""
        return Node(kind, self.source.place(self.offsets[self.at]), {}, [], "", self.namespaces)

    def take(self, kind: str, expected: str = "", *hints: str) -> None:
        """Go past a token of this kind. Raises SchemaError if another one follows."""
        if self.kinds[self.at] != kind:
            raise self.unexpected(expected or f"`{kind}`", *hints)
        self.at += 1

    def word(self, expected: str) -> str:
        """A name, which may be a keyword here."""
        if self.kinds[self.at] not in NAMES:
            raise self.unexpected(expected)
        self.at += 1
        return self.values[self.at - 1]

    def literal(self, expected: str) -> str:
        """A string, or several that ``~`` joins."""
        if self.kinds[self.at] != LITERAL:
            raise self.unexpected(expected)
        text = self.values[self.at]
        self.at += 1
        while self.kinds[self.at] == "~":
            self.at += 1
            self.take(LITERAL, "another string after `~`")
            text += self.values[self.at - 1]
        return text

    def resolve(self, prefix: str, at: int) -> str | None:
        """The namespace of a prefix; None if it is inherited."""
        if prefix not in self.prefixes:
            message = f"the prefix `{prefix}` is not declared"
            hint = f'declare it at the top: namespace {prefix} = "…"'
            known = [item for item in self.prefixes if item != "xml"]
            raise self.wrong(at, message, *self.nearest(prefix, known), hint)
        return self.prefixes[prefix]

    def close(self, closing: str, opening: int, *hints: str) -> None:
        """Go past a closing bracket. Raises SchemaError if something else follows."""
        kind = self.kinds[self.at]
        if kind == END:
            raise self.unclosed(self.kinds[opening], opening)
        if kind != closing:
            if kind == "-":
                hints = ("`-` follows `*`, `p:*` or a datatype",)
            elif kind not in NAMES and kind not in (CNAME, LITERAL, "("):
                hints = ()
            expected = f"`{closing}` for the `{self.kinds[opening]}` in line "
            raise self.unexpected(f"{expected}{self.place(opening).line}", *hints)
        self.at += 1

    def enter(self) -> None:
        """Begin a level of nesting."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            message = f"the schema nests patterns more than {MAX_DEPTH} deep"
            raise self.wrong(self.at, message, "no schema needs this; give the parts names")

    # -- errors ------------------------------------------------------------------------------------

    def wrong(self, at: int, message: str, *hints: str) -> SchemaError:
        """The error that something is wrong at a token."""
        return self.wrong_at(self.place(at), message, *hints)

    def wrong_at(self, place: Place, message: str, *hints: str) -> SchemaError:
        """The error that something is wrong at a place."""
        return SchemaError(fault(place, _short(message), *map(_short, hints)))

    def unexpected(self, expected: str, *hints: str) -> SchemaError:
        """The error that the next token cannot stand where it does."""
        found = f"{self.found()} cannot stand here"
        if self.kinds[self.at] == END:
            found = "the schema ends too early"
        return self.wrong(self.at, f"{found}: expected {expected}", *hints)

    def unclosed(self, bracket: str, opening: int) -> SchemaError:
        """The error that the schema ends inside a bracket."""
        place = self.place(opening)
        where = f"line {place.line}, column {place.column}"
        return self.wrong(self.at, f"the schema ends, but the `{bracket}` in {where} is still open")

    def found(self) -> str:
        """The next token, as a message calls it."""
        kind, value = self.kinds[self.at], self.values[self.at]
        if kind == DOC:
            return "documentation (`##`)"
        if kind == LITERAL:
            return f"the string “{value if len(value) <= 30 else value[:29] + '…'}”"
        return f"`\\{value}`" if kind == NAME and value in KEYWORDS else f"`{value}`"

    @staticmethod
    def nearest(word: str, words: Iterable[str]) -> tuple[str, ...]:
        """The hint "did you mean …?", or nothing."""
        from teikit.validation.relaxng.syntax import nearest

        return nearest(word, words)

    # -- annotations -------------------------------------------------------------------------------

    @staticmethod
    def document(node: Node, text: str) -> None:
        """Add documentation to what a node has."""
        text = text.strip(" \t\r\n")
        if text:
            node.documentation = f"{node.documentation}\n{text}" if node.documentation else text

    def annotations(self) -> str:
        """Go past the annotations before a construct, and give their documentation."""
        kinds = self.kinds
        texts: list[str] = []
        while kinds[self.at] == DOC:
            texts.append(self.values[self.at].strip())
            self.at += 1
        if kinds[self.at] == "[":
            self.initial(texts)
        return "\n".join(filter(None, texts))

    def following(self, node: Node) -> None:
        """Go past the annotations after a construct (5.3)."""
        while self.kinds[self.at] == ">>":
            self.at += 1
            self.document(node, self.annotation_element())

    def initial(self, texts: list[str]) -> None:
        """``[``, attributes with a prefix, elements, ``]``."""
        opening = self.at
        self.at += 1
        seen: set[tuple[str, str]] = set()
        content = False
        while (kind := self.kinds[self.at]) != "]":
            if kind == END:
                raise self.unclosed("[", opening)
            if (kind == CNAME or kind in NAMES) and self.kinds[self.at + 1] == "=":
                self.attribute(seen, content)
            else:
                texts.append(self.annotation_element())
                content = True
        self.at += 1

    def attribute(
        self, seen: set[tuple[str, str]], content: bool, *, foreign: bool = False
    ) -> None:
        """An annotation attribute; ``foreign`` inside an annotation element, where all is free."""
        at = self.at
        if content:
            message = f"the attribute `{self.values[at]}` comes after elements or text"
            raise self.wrong(at, message, "attributes stand first")
        prefix, colon, local = self.values[at].rpartition(":")
        uri = self.annotation_namespace(prefix, at) if colon else ""
        if not foreign and not uri:
            message = f"the annotation attribute `{self.values[at]}` has no namespace"
            raise self.wrong(at, message, "give it a prefix: `p:name`")
        if not foreign and uri == RNG:
            raise self.wrong(at, "an annotation cannot be in the namespace of RELAX NG")
        if local == "xmlns" and not uri:
            raise self.wrong(at, "an annotation attribute cannot be called xmlns")
        if (uri, local) in seen:
            raise self.wrong(at, f"the annotation attribute `{self.values[at]}` stands twice")
        seen.add((uri, local))
        self.at += 2
        self.literal("the value of the attribute in quotes")

    def annotation_namespace(self, prefix: str, at: int) -> str:
        """The namespace of a prefix in an annotation, where none is inherited."""
        uri = self.resolve(prefix, at)
        if uri is None:
            message = f"an annotation cannot have the prefix `{prefix}`, which is inherited"
            raise self.wrong(at, message, "declare a prefix with a namespace in quotes")
        return uri

    def element_name(self) -> tuple[str, str]:
        """The name of an annotation element, and the ``[`` after it."""
        at = self.at
        if self.kinds[at] != CNAME and self.kinds[at] not in NAMES:
            raise self.unexpected("an annotation (`name [ … ]`)")
        prefix, colon, local = self.values[at].rpartition(":")
        uri = self.annotation_namespace(prefix, at) if colon else ""
        self.at += 1
        self.take("[")
        return uri, local

    def annotation_element(self) -> str:
        """Go past an annotation element; give its text if it is documentation, else nothing."""
        at = self.at
        name = self.element_name()
        if name[0] == RNG:
            raise self.wrong(at, "an annotation cannot be in the namespace of RELAX NG")
        texts: list[str] = []
        # The elements that are open: where, the attributes they have, whether content has begun.
        openings, attributes, begun = [self.at - 1], [set[tuple[str, str]]()], [False]
        while openings:
            kind = self.kinds[self.at]
            if kind == "]":
                self.at += 1
                openings.pop()
                attributes.pop()
                begun.pop()
            elif kind == LITERAL:
                begun[-1] = True
                texts.append(self.literal("a string"))
            elif kind == END:
                raise self.unclosed("[", openings[-1])
            elif (kind == CNAME or kind in NAMES) and self.kinds[self.at + 1] == "=":
                self.attribute(attributes[-1], begun[-1], foreign=True)
            else:
                begun[-1] = True
                self.element_name()
                openings.append(self.at - 1)
                attributes.append(set())
                begun.append(False)
        return "".join(texts) if name == (ANNOTATIONS, "documentation") else ""


def _short(text: str) -> str:
    """A message that quotes a name of a megabyte, without the middle of it."""
    return text if len(text) <= 300 else f"{text[:150]} … {text[-100:]}"

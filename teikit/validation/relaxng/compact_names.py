"""What names mean in the compact syntax: declarations of prefixes, and name classes.

OASIS committee specification "RELAX NG Compact Syntax" of 21 November 2002 (ISO/IEC 19757-2,
annex C), section 4.
"""

from __future__ import annotations

from teikit.validation.relaxng.compact_annotations import XML, Annotations
from teikit.validation.relaxng.compact_lexer import CNAME, KEYWORDS, LITERAL, NAME, NSNAME, Source
from teikit.validation.relaxng.references import is_library
from teikit.validation.relaxng.tree import XSD_TYPES, Node

DECLARATIONS = frozenset(("namespace", "default", "datatypes"))


class Names(Annotations):
    """A reader that knows what was declared, and reads name classes."""

    def __init__(self, source: Source) -> None:
        """Begin before the first token of ``source``. Raises SchemaError if one is malformed."""
        super().__init__(source)
        self.types = {"xsd": XSD_TYPES}
        self.default: str | None = None
        # Inside a node with an ``ns`` of its own, "no namespace" must be said, or it would inherit.
        self.bound = False

    # -- declarations (section 4) ------------------------------------------------------------------

    def declarations(self) -> None:
        """Read what stands at the top: namespaces, the default namespace, datatype libraries."""
        declared: dict[tuple[str, str], int] = {}
        while (kind := self.kinds[self.at]) in DECLARATIONS:
            begin = self.at
            self.at += 1
            if kind == "datatypes":
                self.datatypes(declared)
                continue
            if kind == "default":
                self.take("namespace")
            prefix, prefix_at = "", begin
            if kind == "namespace" or self.kinds[self.at] != "=":
                prefix_at = self.at
                prefix = self.word("a prefix")
            self.take("=")
            uri: str | None = None
            if self.kinds[self.at] == "inherit":
                self.at += 1
            else:
                uri = self.literal("the namespace in quotes, or `inherit`")
            if kind == "default":
                self.once(declared, "the default namespace", "", begin)
                self.default = uri
                if uri is not None:
                    self.namespaces[""] = uri
            if prefix:
                self.once(declared, "the prefix", prefix, prefix_at)
                self.bind(prefix, uri, prefix_at)

    def bind(self, prefix: str, uri: str | None, at: int) -> None:
        """Make a prefix known. What `xml` and `xmlns` mean is fixed by Namespaces in XML."""
        if prefix == "xmlns":
            raise self.wrong(at, "the prefix `xmlns` cannot be declared", "choose another prefix")
        if (prefix == "xml") != (uri == XML):
            message = f"the prefix of {XML} is `xml`"
            if prefix == "xml":
                message = f"the prefix `xml` always means {XML}"
            raise self.wrong(at, message, "`xml` is known without a declaration")
        self.prefixes[prefix] = uri
        if uri is not None:
            self.namespaces[prefix] = uri

    def datatypes(self, declared: dict[tuple[str, str], int]) -> None:
        """The declaration of a datatype library, after its keyword."""
        at = self.at
        prefix = self.word("a prefix")
        self.take("=")
        uri_at = self.at
        uri = self.literal("the address of the datatype library in quotes")
        if not is_library(uri):
            message = f"the datatype library “{uri}” is not an absolute URI without fragment"
            raise self.wrong(uri_at, message)
        self.once(declared, "the datatype prefix", prefix, at)
        self.types[prefix] = uri

    def once(
        self, declared: dict[tuple[str, str], int], what: str, prefix: str, position: int
    ) -> None:
        """Note that something is declared. Raises SchemaError if it was before."""
        first = declared.setdefault((what, prefix), position)
        if first != position:
            name = f"{what} `{prefix}`" if prefix else what
            line = self.place(first).line
            message = f"{name} is declared twice: also in line {line}"
            raise self.wrong(position, message, "delete one of the two")

    # -- name classes ------------------------------------------------------------------------------

    def name_class(self, attribute: bool) -> Node:
        """One name class, or several joined by ``|``."""
        self.enter()
        found: list[Node] = []
        exception: int | None = None
        while True:
            at = self.at
            documentation = self.annotations()
            node = self.simple_name(attribute)
            if self.kinds[self.at] == "-" and node.kind in ("anyName", "nsName"):
                exception = at
                self.name_exception(node, attribute)
            self.document(node, documentation)
            self.following(node)
            found.append(node)
            if self.kinds[self.at] != "|":
                break
            self.at += 1
        self.depth -= 1
        if len(found) == 1:
            return found[0]
        if exception is not None:
            message = "a name class with `-` needs parentheses beside `|`"
            raise self.wrong(exception, message, "write (* - a) | b, or * - (a | b)")
        return Node("choice", found[0].place, {}, found, "", self.namespaces)

    def name_exception(self, node: Node, attribute: bool) -> None:
        """``-`` and the names that all names (of a namespace) do not include."""
        excepted = self.node("except")
        self.at += 1
        outer = self.bound
        self.bound = outer or "ns" in node.attributes
        documentation = self.annotations()
        name = self.simple_name(attribute)
        self.bound = outer
        self.document(name, documentation)
        excepted.children.append(name)
        node.children.append(excepted)

    def simple_name(self, attribute: bool) -> Node:
        """A name, all names (of a namespace), or a name class in parentheses."""
        at = self.at
        kind, value = self.kinds[at], self.values[at]
        if kind == NAME or kind in KEYWORDS:
            node = self.node("name")
            # The default namespace is not that of attributes.
            node.attributes.update(self.ns("" if attribute else self.default))
            node.text = value
        elif kind == CNAME:
            node = self.node("name")
            prefix, _, node.text = value.partition(":")
            node.attributes.update(self.ns(self.resolve(prefix, at)))
        elif kind == NSNAME:
            node = self.node("nsName")
            node.attributes.update(self.ns(self.resolve(value[:-2], at)))
        elif kind == "*":
            node = self.node("anyName")
        elif kind == "(":
            self.at += 1
            node = self.name_class(attribute)
            self.close(")", at)
            return node
        else:
            hint = "a name is written without quotes" if kind == LITERAL else ""
            raise self.unexpected("a name", *([hint] if hint else []))
        self.at += 1
        return node

    def ns(self, uri: str | None) -> dict[str, str]:
        """The attribute ``ns`` for a namespace; none where it is inherited (None)."""
        if uri is None:
            return {"ns": ""} if self.bound else {}
        return {"ns": uri}

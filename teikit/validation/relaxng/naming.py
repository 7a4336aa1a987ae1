"""Name classes from the full syntax to the simple one (RELAX NG, section 4.8 to 4.10 and 4.16)."""

from __future__ import annotations

from collections.abc import Callable

from teikit.validation.relaxng.tree import Node

_XMLNS = "http://www.w3.org/2000/xmlns"
# anyName but not nsName but not name: deeper exceptions are forbidden.
_EXCEPTIONS_DEEP = 3


class Namer:
    """Makes name classes of what stands in elements and attributes."""

    def __init__(self, wrong: Callable[..., None], count: Callable[[Node], None]) -> None:
        """Tell ``wrong`` (place, message, hints) what is wrong, and ``count`` every node read."""
        self.wrong = wrong
        self.count = count

    def named(self, node: Node, ns: str) -> Node:
        """The name class of an element or attribute with a name, where ``ns`` is in force (4.8)."""
        is_attribute = node.kind == "attribute"
        # An attribute that is given by name alone is in no namespace.
        own = "" if is_attribute and "ns" not in node.attributes else ns
        names = self._name(node, node.attributes["name"], own)
        self._check(names, is_attribute)
        return names

    def classes(
        self, nodes: list[Node], ns: str, is_attribute: bool, inside: str = "", level: int = 0
    ) -> Node:
        """One name class for several, nested choices made one.

        ``inside`` is the kind of class from which they are excepted, ``level`` how deep.
        """
        found: list[Node] = []
        tasks = [(node, ns) for node in reversed(nodes)]
        while tasks:
            node, outer = tasks.pop()
            self.count(node)
            inner = node.attributes.get("ns", outer)
            if node.kind == "choice":
                tasks += [(child, inner) for child in reversed(node.children)]
                continue
            if node.kind == "name":
                made = self._name(node, node.text, inner)
            else:
                made = Node(node.kind, node.place)
                if node.kind == "nsName":
                    made.attributes["ns"] = inner
                if (inside and node.kind == "anyName") or (inside == node.kind == "nsName"):
                    message = f"<{node.kind}> may not stand in the <except> of <{inside}>"
                    self.wrong(node.place, message, "what is excepted must be less than the whole")
                if node.children and level < _EXCEPTIONS_DEEP:
                    exception = node.children[0]
                    excepted = self.classes(
                        exception.children,
                        exception.attributes.get("ns", inner),
                        is_attribute,
                        "nsName" if inside == "nsName" else node.kind,
                        level + 1,
                    )
                    made.children.append(Node("except", exception.place, {}, [excepted]))
            self._check(made, is_attribute)
            found.append(made)
        return found[0] if len(found) == 1 else Node("choice", nodes[0].place, {}, found)

    def _name(self, node: Node, name: str, ns: str) -> Node:
        """A name, its prefix replaced by the namespace (4.10)."""
        prefix, colon, local = name.rpartition(":")
        if colon:
            if prefix in node.namespaces:
                ns = node.namespaces[prefix]
            else:
                from teikit.validation.relaxng.syntax import nearest

                hints = nearest(prefix, filter(None, node.namespaces))
                message = f"the prefix of “{name}” is not declared"
                self.wrong(node.place, message, *hints, f'declare it: xmlns:{prefix}="…"')
        return Node("name", node.place, {"ns": ns}, [], local, documentation=node.documentation)

    def _check(self, names: Node, is_attribute: bool) -> None:
        if not is_attribute or names.kind == "anyName":
            return
        if names.attributes["ns"].rstrip("/") == _XMLNS or (
            names.text == "xmlns" and not names.attributes["ns"]
        ):
            message = "a namespace declaration (xmlns) is no attribute and cannot be described"
            self.wrong(names.place, message, "delete this pattern: declarations are always allowed")

"""What a schema says of its names, for those who explain: who may hold whom, what is likely."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from teikit.names import TEI, TEI_ELEMENTS, XML
from teikit.validation.relaxng.patterns import (
    K_ATTRIBUTE,
    K_CHOICE,
    K_ELEMENT,
    K_GROUP,
    K_INTERLEAVE,
    K_ONE_OR_MORE,
    NOT_ALLOWED,
    Patterns,
    contains,
    finite_names,
    split,
)

# What encoders bring from HTML, and what the TEI calls it.
HABITS = {
    "a": "ref",
    "article": "div",
    "b": "hi",
    "blockquote": "quote",
    "br": "lb",
    "caption": "head",
    "em": "emph",
    "footnote": "note",
    "h1": "head",
    "h2": "head",
    "h3": "head",
    "h4": "head",
    "hr": "milestone",
    "i": "hi",
    "img": "graphic",
    "li": "item",
    "link": "ref",
    "ol": "list",
    "para": "p",
    "pre": "ab",
    "section": "div",
    "small": "hi",
    "span": "seg",
    "strong": "hi",
    "sub": "hi",
    "sup": "hi",
    "tbody": "table",
    "td": "cell",
    "th": "cell",
    "tr": "row",
    "u": "hi",
    "ul": "list",
    "xptr": "ptr",
    "xref": "ref",
}
# TEI elements that are taken for others, where the others may stand and they may not.
CONFUSED = {
    "event": ("eventName", "rs"),
    "line": ("l", "lb"),
    "org": ("orgName",),
    "person": ("persName",),
    "place": ("placeName",),
    "span": ("seg", "hi"),
    "u": ("hi",),
}
# Where words may stand that stand outside any element, likeliest first.
HOLDERS = (
    "p l ab item cell seg salute signed dateline resp title name head stage label note".split()
)
# The same as HABITS, for attributes.
ATTRIBUTE_HABITS = {
    "alt": ("n",),
    "class": ("rend", "rendition", "type"),
    "colspan": ("cols",),
    "date": ("when",),
    "href": ("target", "ref", "url"),
    "id": ("xml:id",),
    "lang": ("xml:lang",),
    "language": ("xml:lang",),
    "link": ("target", "ref"),
    "name": ("n", "type"),
    "rowspan": ("rows",),
    "space": ("xml:space",),
    "src": ("url", "facs", "target"),
    "uri": ("ref", "target"),
    "type": ("unit",),
    "url": ("target", "ref"),
    "xml:base": ("base",),
}
# Elements that stand in nearly every TEI file, commonest first: what is likely where much is
# allowed. (Counted over public corpora of letters, plays, classical texts and catalogues.)
COMMON = (
    "p head div ab lg l sp item list row cell table speaker stage note hi persName placeName ref "
    "date name title lb pb orgName rs seg quote q foreign emph choice sic corr abbr expan orig reg "
    "unclear supplied gap del add bibl figure graphic opener closer salute signed dateline "
    "postscript person place org event idno titleStmt publicationStmt sourceDesc fileDesc "
    "teiHeader text body front back change author editor publisher"
).split()
_LIKELY = {name: rank for rank, name in enumerate(COMMON)}

_PREFIXES = {
    XML: "xml",
    "http://www.w3.org/2001/XMLSchema-instance": "xsi",
    "http://www.w3.org/2001/XInclude": "xi",
    "http://www.w3.org/1999/xlink": "xlink",
    "http://www.w3.org/1999/xhtml": "html",
    "http://www.tei-c.org/ns/Examples": "teix",
    "http://www.w3.org/1998/Math/MathML": "m",
    "http://www.w3.org/2000/svg": "svg",
}


class Vocabulary:
    """The names of a schema and how they hang together. Elements go by their number."""

    def __init__(self, patterns: Patterns) -> None:
        """Take the patterns; each answer is computed when it is first wanted."""
        self.patterns = patterns
        self._children: dict[int, frozenset[int]] = {}
        self._attributes: dict[int, dict[str, tuple[int, ...]]] = {}
        self._shown: dict[str, str] = {}
        self._homes: dict[str, list[str]] = {}

    @cached_property
    def main(self) -> str:
        """The namespace of most elements: its names are shown without a prefix."""
        counted: dict[str, int] = {}
        for name in self.elements:
            namespace = split(name)[0]
            counted[namespace] = counted.get(namespace, 0) + 1
        return max(counted, key=lambda uri: (counted[uri], uri == TEI), default="")

    @cached_property
    def elements(self) -> dict[str, tuple[int, ...]]:
        """All names that the schema gives to elements, with their ``element`` patterns."""
        found: dict[str, list[int]] = {}
        for number, name_class in enumerate(self.patterns.names):
            for name in finite_names(name_class) or ():
                found.setdefault(name, []).append(number)
        return {name: tuple(numbers) for name, numbers in found.items()}

    @cached_property
    def locals(self) -> dict[str, str]:
        """The local names of the elements, to their expanded names (the main namespace first)."""
        found: dict[str, str] = {}
        for name in sorted(self.elements, key=lambda item: split(item)[0] != self.main):
            found.setdefault(split(name)[1], name)
        return found

    def show(self, name: str) -> str:
        """An expanded name as people write it."""
        shown = self._shown.get(name)
        if shown is None:
            shown = self._shown[name] = self._show(name)
        return shown

    def _show(self, name: str) -> str:
        namespace, local = split(name)
        local = shortened(local)
        if not namespace or namespace == self.main:
            return local
        prefix = _PREFIXES.get(namespace) or self.patterns.namespaces.get(namespace)
        return f"{prefix}:{local}" if prefix else local

    def show_attribute(self, name: str) -> str:
        """An attribute's expanded name as people write it."""
        namespace, local = split(name)
        local = shortened(local)
        if not namespace:
            return local
        prefix = _PREFIXES.get(namespace) or self.patterns.namespaces.get(namespace)
        return f"{prefix}:{local}" if prefix else f"{{{namespace}}}{local}"

    def label(self, element: int) -> str:
        """The name of an ``element`` pattern as people write it; a wildcard is an ``*``."""
        names = finite_names(self.patterns.names[element])
        return self.show(names[0]) if names else "*"

    def children(self, element: int) -> frozenset[int]:
        """The elements that may stand somewhere directly inside."""
        return self._inside(self.patterns.contents[element])

    def _inside(self, pattern: int) -> frozenset[int]:
        """The elements anywhere in a pattern; found once for parts that many elements share."""
        known = self._children.get(pattern)
        if known is not None:
            return known
        nodes = self.patterns.nodes
        node = nodes[pattern]
        found: set[int] = set()
        if node[0] == K_ELEMENT:
            found.add(node[1])
        elif node[0] in (K_CHOICE, K_INTERLEAVE):
            for item in node[1]:
                if nodes[item][0] == K_ELEMENT:
                    found.add(nodes[item][1])
                else:
                    found |= self._inside(item)
        elif node[0] == K_GROUP:
            found |= self._inside(node[1])
            found |= self._inside(node[2])
        elif node[0] == K_ONE_OR_MORE:
            found |= self._inside(node[1])
        self._children[pattern] = frozenset(found)
        return self._children[pattern]

    def may_hold(self, elements: Iterable[int], name: str) -> bool:
        """Whether an element of that name may stand somewhere directly inside one of these."""
        names = self.patterns.names
        return any(
            contains(names[child], name) for element in elements for child in self.children(element)
        )

    def homes(self, name: str) -> list[str]:
        """The labels of the elements that may hold an element of that name, likeliest first."""
        if name in self._homes:
            return self._homes[name]
        numbers = self.elements.get(name, ())
        found = {
            self.label(outer)
            for outer in range(len(self.patterns.names))
            if not self.children(outer).isdisjoint(numbers)
        }
        self._homes[name] = sorted(
            found - {"*"}, key=lambda label: (_LIKELY.get(label, 999), label)
        )
        return self._homes[name]

    def attributes(self, element: int) -> dict[str, tuple[int, ...]]:
        """The attributes of an element by expanded name, with the patterns of their values."""
        if element not in self._attributes:
            nodes = self.patterns.nodes
            found: dict[str, list[int]] = {}
            for leaf in self._leaves(self.patterns.contents[element]):
                if nodes[leaf][0] == K_ATTRIBUTE:
                    for name in finite_names(nodes[leaf][1]) or ():
                        found.setdefault(name, []).append(nodes[leaf][2])
            self._attributes[element] = {
                name: tuple(dict.fromkeys(values)) for name, values in found.items()
            }
        return self._attributes[element]

    def known_to_tei(self, local: str) -> bool:
        """Whether the TEI has an element of that name, whatever this schema makes of it."""
        return local in TEI_ELEMENTS

    def near(self, local: str, names: Iterable[str], cutoff: float = 0.7) -> str:
        """The name most like ``local``; the empty string where none is."""
        import difflib

        known = sorted(set(names))
        folded = [name for name in known if name.casefold() == local.casefold()]
        return next(iter(folded or difflib.get_close_matches(local, known, 1, cutoff)), "")

    def _leaves(self, pattern: int) -> Sequence[int]:
        """All elements and attributes anywhere in a pattern, in the order of the schema."""
        found, seen, stack = [], set(), [pattern]
        nodes = self.patterns.nodes
        while stack:
            number = stack.pop()
            if number in seen or number == NOT_ALLOWED:
                continue
            seen.add(number)
            node = nodes[number]
            if node[0] in (K_ELEMENT, K_ATTRIBUTE):
                found.append(number)
            elif node[0] in (K_CHOICE, K_INTERLEAVE):
                stack += reversed(node[1])
            elif node[0] == K_GROUP:
                stack += (node[2], node[1])
            elif node[0] == K_ONE_OR_MORE:
                stack.append(node[1])
        return found


def shortened(name: str) -> str:
    """A name as findings show it: a name longer than a line is nobody's."""
    return name if len(name) <= 80 else f"{name[:40]}…"


def ranked(
    labels: Iterable[str],
    first: Sequence[str] = (),
    counts: Mapping[str, int] | None = None,
) -> list[str]:
    """Names in the order of likelihood: those named ``first``, what the document uses, what TEI
    files use, then by alphabet.
    """
    ahead = {label: at for at, label in enumerate(first)}
    used = counts or {}
    return sorted(
        set(labels) | set(first),
        key=lambda label: (
            ahead.get(label, len(ahead)),
            -used.get(label, 0),
            _LIKELY.get(label, 999),
            label,
        ),
    )

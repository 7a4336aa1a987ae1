"""Canonical references: what ``@cRef`` leads to by the ``refsDecl`` of its own file.

A ``cRefPattern`` rewrites a reference into a pointer (Guidelines 16.2.5.2); a ``citeStructure``
says which pieces of the text itself can be cited (16.2.5.4).
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import elementpath
from lxml import etree

from teikit.corpus import Document, base_of
from teikit.diagnostics import Location
from teikit.fragments import compiled, xpath_of
from teikit.names import TEI, local
from teikit.passages import CiteProblem, declarations, declared_references

# So many expressions of a file are evaluated; each may look at every element.
_EVALUATED = 200


@dataclass(frozen=True, slots=True)
class Reference:
    """A ``@cRef`` of a file that declares references.

    ``pointers`` are what the patterns make of it: the first that leads somewhere counts, with
    ``base``. ``lost`` says why it leads nowhere by the file itself, ``""`` where it does not;
    ``near`` are references much like it.
    """

    value: str
    element: str
    pointers: tuple[str, ...]
    base: str
    lost: str
    near: tuple[str, ...]
    location: Location


class Reader:
    """The XPath expressions of a file's pointers, evaluated in the file itself."""

    def __init__(self, document: Document) -> None:
        """Take the document."""
        self._document = document
        self._known: dict[str, bool] = {}

    def selects(self, fragment: str) -> bool:
        """Whether an ``xpath()`` fragment selects something; true where nobody can tell cheaply."""
        expression = xpath_of(fragment)
        if expression is None:
            return True
        if expression not in self._known:
            if len(self._known) >= _EVALUATED:
                return True
            self._known[expression] = self._evaluated(expression)
        return self._known[expression]

    def _evaluated(self, expression: str) -> bool:
        try:
            found = elementpath.select(
                self._document.root, expression, namespaces={"": TEI, "tei": TEI}
            )
        except elementpath.ElementPathError:
            return False
        except (ArithmeticError, LookupError, RecursionError, TypeError, ValueError):
            return True  # the engine gives up: nobody can tell
        return bool(found) if isinstance(found, list) else found is not None


class _Scheme:
    """What a file declares about references."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.patterns: list[tuple[re.Pattern[str], str]] = []
        for refs in declarations(document):
            for node in refs.iter(f"{{{TEI}}}cRefPattern"):
                try:
                    pattern = compiled(node.get("matchPattern", ""))
                except re.error:
                    continue
                self.patterns.append((pattern, node.get("replacementPattern", "")))

    @cached_property
    def citable(self) -> dict[str, None]:
        """Every reference that the ``citeStructure`` elements make."""
        return dict.fromkeys(item.ref for item in declared_references(self.document).values())

    @cached_property
    def shapes(self) -> frozenset[str]:
        """How references of this text look: each number as ``0``."""
        return frozenset(map(_shape, self.citable))


def _shape(reference: str) -> str:
    return re.sub(r"\d+", "0", reference)


def read_references(document: Document, reader: Reader) -> Iterator[Reference]:
    """Each ``@cRef`` that the declarations of its file say something about."""
    uses = [
        element
        for element in document.root.iter("{*}*")
        if element.get("cRef") and local(element.tag) != "cRefPattern"
    ]
    scheme = _Scheme(document) if uses else None
    if scheme is None or not (scheme.patterns or scheme.citable):
        return
    for element in uses:
        value = element.get("cRef", "").strip()
        if value and (judged := _judged(scheme, reader, document, element, value)):
            yield judged


def _judged(
    scheme: _Scheme, reader: Reader, document: Document, element: etree._Element, value: str
) -> Reference | None:
    pointers = tuple(
        re.sub(
            r"\$(\d)",
            lambda at, match=match: (  # type: ignore[misc]
                (match[int(at[1])] or "") if int(at[1]) <= match.re.groups else ""
            ),
            replacement,
        )
        for pattern, replacement in scheme.patterns
        if (match := pattern.fullmatch(value))
    )
    lost = ""
    near: tuple[str, ...] = ()
    if pointers:
        own = [item[1:] for item in pointers if item.startswith("#")]
        if len(own) == len(pointers) and not any(map(reader.selects, own)):
            lost = f"“{pointers[0]}” selects nothing in this file"
    elif value in scheme.citable:
        pass
    elif _shape(value) in scheme.shapes:
        # Of another shape it cites another text, whose references nobody declares here.
        lost = "no passage of this text has that reference"
        near = tuple(difflib.get_close_matches(value, list(scheme.citable)[:5000], n=3))
    elif scheme.patterns and not scheme.citable:
        lost = "no cRefPattern of the header matches it"
    else:
        return None
    place = document.locate(element, "cRef")
    name = local(element.tag)
    return Reference(value, name, pointers, base_of(element), lost, near, place)


def pattern_problems(document: Document) -> Iterator[CiteProblem]:
    """The ``cRefPattern`` elements that cannot be used."""
    for refs in declarations(document):
        for node in refs.iter(f"{{{TEI}}}cRefPattern"):
            expression = node.get("matchPattern", "")
            try:
                groups = compiled(expression).groups
            except re.error as error:
                place = document.locate(node, "matchPattern")
                yield CiteProblem("matchPattern", expression, error.msg, place)
                continue
            replacement = node.get("replacementPattern", "")
            asked = [int(number) for number in re.findall(r"\$(\d)", replacement)]
            if max(asked, default=0) > groups:
                place = document.locate(node, "replacementPattern")
                reason = f"it asks for ${max(asked)}, but the pattern has {groups} groups"
                yield CiteProblem("replacementPattern", replacement, reason, place)

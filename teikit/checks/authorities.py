"""Authorities: an identifier has the form of those that its authority gives, and its check digit.

Nothing is asked of the network, so that an identifier of somebody else is not told.
"""

from __future__ import annotations

from collections.abc import Iterator

from teikit.diagnostics import RULES, Diagnostic, Location
from teikit.identifiers import Identified, fault, prefixed
from teikit.links import Links

# Attributes by which an element says what it names; @target may lead to any page.
_NAMING = frozenset({"ref", "sameAs", "corresp"})


def check(links: Links) -> Iterator[Diagnostic]:
    """TK307: an identifier does not fit its authority."""
    for facts in links.facts:
        stated = [item for entry in facts.entries for item in entry.identifiers]
        for item in (*stated, *facts.identifiers):
            known = item.known
            if known and item.value and item.location and item.origin not in _NAMING:
                yield from _judge(item.value, known, item.location)
        seen: set[str] = set()
        for pointer in facts.pointers:
            token = pointer.token
            # The same slip in many places of a file is told once.
            if pointer.attribute in _NAMING and ":" in token and token not in seen:
                seen.add(token)
                found = prefixed(token)
                if found and links.resolve(facts.path, token, pointer.base).state == "external":
                    yield from _judge(token, found, pointer.location)


def _judge(written: str, found: Identified, location: Location) -> Iterator[Diagnostic]:
    wrong = fault(found)
    if wrong:
        yield RULES["TK307"].at(
            location,
            f"{found.authority.name} “{written}”: {wrong.message}",
            expected=(wrong.expected,),
            hints=(wrong.hint,) if wrong.hint else (),
        )

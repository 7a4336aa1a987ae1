"""Identifiers: each ``xml:id`` is an XML name and stands once in its file.

The same id in two files is no fault by itself: plays and registers repeat them (Guidelines 3.7).
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterator

from teikit.diagnostics import RULES, Diagnostic, Related
from teikit.facts import Anchor, Facts
from teikit.links import Links
from teikit.names import NAME


def check(links: Links) -> Iterator[Diagnostic]:
    """TK203: an id stands twice in a file. TK204: an id is not a name."""
    missing = missing_ids(links)
    for facts in links.facts:
        # Where each is a name and stands once, the places need not be fetched.
        if not repeated(facts) and all(NAME.fullmatch(key) for key, _ in facts.ids):
            continue
        seen: dict[str, Anchor] = {}
        for anchor in facts.anchors:
            if not NAME.fullmatch(anchor.id):
                mended = re.sub(r"[^\w.\-]+", "-", anchor.id).strip("-.")
                if mended[:1].isdigit():
                    mended = f"_{mended}"
                yield RULES["TK204"].at(
                    anchor.location,
                    f"xml:id “{anchor.id}” is not a name",
                    expected=("a letter or _ first, then letters, digits, . - _",),
                    hints=(f"write xml:id=“{mended}”",) if mended else (),
                )
            first = seen.setdefault(anchor.id, anchor)
            if first is not anchor:
                lost = [key for key in missing.get(facts.path, ()) if similar(key, anchor.id)]
                yield RULES["TK203"].at(
                    anchor.location,
                    f"xml:id “{anchor.id}” stands a second time",
                    expected=lost,
                    hints=[f"probably it is {key}: pointers look for that in vain" for key in lost]
                    or ("give this one another id, and its pointers too",),
                    related=(Related(f"first on <{first.element}> here", first.location),),
                )


def repeated(facts: Facts) -> frozenset[str]:
    """The ids that stand more than once in a file."""
    counted = Counter(key for key, _ in facts.ids)
    return frozenset(key for key, number in counted.items() if number > 1)


def missing_ids(links: Links) -> dict[str, list[str]]:
    """For each file the ids that pointers look for there in vain."""
    found: dict[str, dict[str, None]] = {}
    for item in links.survey.lost:
        if item.target.state == "no-id":
            found.setdefault(item.target.path, {})[item.target.id] = None
    return {path: list(keys) for path, keys in found.items()}


def similar(one: str, other: str) -> bool:
    """Whether one id may be the other with a slip."""
    return bool(difflib.get_close_matches(one, [other], cutoff=0.8))

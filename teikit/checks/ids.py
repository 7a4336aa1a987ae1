"""Identifiers: each ``xml:id`` is an XML name and stands once in its file.

The same id in two files is no fault by itself: plays and registers repeat them (Guidelines 3.7).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from teikit.diagnostics import RULES, Diagnostic, Related
from teikit.index import Anchor
from teikit.links import Links

_NAME = re.compile(r"[^\W\d][\w.\-·]*")


def check(links: Links) -> Iterator[Diagnostic]:
    """TK203: an id stands twice in a file. TK204: an id is not a name."""
    for facts in links.facts:
        seen: dict[str, Anchor] = {}
        for anchor in facts.anchors:
            if not _NAME.fullmatch(anchor.id):
                mended = re.sub(r"[^\w.\-]+", "-", anchor.id).lstrip("-.0123456789")
                yield RULES["TK204"].at(
                    anchor.location,
                    f"xml:id “{anchor.id}” is not a name",
                    expected=("a letter or _ first, then letters, digits, . - _",),
                    hints=(f"write xml:id=“{mended}”",) if mended else (),
                )
            first = seen.setdefault(anchor.id, anchor)
            if first is not anchor:
                yield RULES["TK203"].at(
                    anchor.location,
                    f"xml:id “{anchor.id}” stands a second time",
                    hints=("give this one another id, and its pointers too",),
                    related=(Related(f"first on <{first.element}> here", first.location),),
                )

"""Canonical references: each ``@cRef`` leads to a passage (Guidelines 16.2.5)."""

from __future__ import annotations

from collections.abc import Iterator

from teikit.canonical import Reference
from teikit.diagnostics import RULES, Diagnostic
from teikit.facts import Facts
from teikit.links import Links


def check(links: Links) -> Iterator[Diagnostic]:
    """TK206: a pattern cannot be used. TK207: a canonical reference leads nowhere."""
    for facts in links.facts:
        for problem in facts.pattern_problems:
            yield RULES["TK206"].at(
                problem.location,
                f"@{problem.attribute}=“{problem.expression}” cannot be used: {problem.reason}",
                hints=("references that it should match are not looked up until it is mended",),
            )
        for reference in facts.references:
            reason, near = _lost(links, facts, reference)
            if reason and not facts.pattern_problems:
                yield RULES["TK207"].at(
                    reference.location,
                    f"@cRef of <{reference.element}> is “{reference.value}”: {reason}",
                    expected=near,
                    hints=[f"did you mean {near[0]}?"]
                    if near
                    else ["compare it with refsDecl in the header"],
                )


def _lost(links: Links, facts: Facts, reference: Reference) -> tuple[str, tuple[str, ...]]:
    """Why a reference leads nowhere (``""`` where it leads somewhere), and what is like it."""
    if reference.lost or not reference.pointers:
        return reference.lost, reference.near
    reasons = []
    for pointer in reference.pointers:
        target = links.resolve(facts.path, pointer, reference.base)
        if target.state in ("resolved", "external", "unread"):
            return "", ()
        what = f"xml:id “{target.id}” in {target.path}" if target.id else f"file {target.path}"
        if target.state == "no-file":
            what = f"file {target.path}"
        reasons.append(f"it means {pointer}, and there is no {what}")
    return reasons[0], ()

"""Translations: aligned units point at each other, and none is left alone (Guidelines 17.4)."""

from __future__ import annotations

from collections.abc import Iterator

from teikit.checks.ids import repeated
from teikit.diagnostics import RULES, Diagnostic, Related
from teikit.links import Links


def check(links: Links) -> Iterator[Diagnostic]:
    """TK501: the partner does not point back. TK502: a numbered unit has no partner."""
    for group in links.groups:
        if len(group.versions) < 2:
            continue
        units = {
            (version.path, unit.id): unit
            for version in group.versions
            for unit in version.units
            if unit.id
        }
        # An id that stands twice confuses every alignment with it: the check of ids tells it.
        unsure = {(version.path, key) for version in group.versions for key in repeated(version)}
        answered = {
            target
            for version in group.versions
            for unit in version.units
            for target in links.partners[version.path, unit.id or unit.key]
        }
        for version in group.versions:
            for unit in version.units:
                here = (version.path, unit.id or unit.key)
                partners = [key for key in links.partners[here] if key in units]
                if here in unsure or not unsure.isdisjoint(links.partners[here]):
                    continue
                for partner in partners if unit.id else ():
                    if here not in links.partners[partner]:
                        yield RULES["TK501"].at(
                            unit.location,
                            f"<{unit.element}> {unit.id} corresponds to {partner[1]}, "
                            "which does not correspond to it",
                            hints=(f"write @corresp on {partner[1]} too, or correct this one",),
                            related=(
                                Related(f"{partner[1]} stands here", units[partner].location),
                            ),
                        )
                # A pointer that leads nowhere is reported as such, not as a lack of alignment.
                alone = not unit.corresp and here not in answered
                if unit.ref and unit.part == "body" and alone:
                    yield RULES["TK502"].at(
                        unit.location,
                        f"<{unit.element}> {unit.id or unit.ref} has no counterpart in "
                        + ", ".join(other.id for other in group.versions if other is not version),
                        hints=("write @corresp on both, or number only what is translated",),
                    )

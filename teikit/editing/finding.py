"""Which id or entry somebody means who writes ``pe-a`` or ``persons.xml#pe-a``."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from teikit.diagnostics import RULES, Location, Related
from teikit.editing.pointing import Place
from teikit.edits import refused
from teikit.errors import EditError
from teikit.facts import Anchor, Facts
from teikit.files import name_of
from teikit.links import Links
from teikit.registers import Entry

# So many ids are compared with one that is not there: a corpus may have a million.
_COMPARED = 20_000


def files_named(links: Links, name: str) -> list[Facts]:
    """The files of a corpus that a name means: a path from here or from the corpus, or a stem."""
    shown = name_of(Path(name), links.corpus.root)
    exact = [facts for facts in links.facts if facts.path in (name, shown)]
    return exact or [
        facts
        for facts in links.facts
        if facts.path.endswith(f"/{name}") or name in (Path(facts.path).stem, facts.id)
    ]


def find_anchor(links: Links, name: str) -> tuple[Place, Anchor]:
    """The one id that is meant by ``ID``, ``#ID`` or ``FILE#ID``.

    Raises EditError where there is none (with the nearest), or where there are several.
    """
    file, _, wanted = name.rpartition("#")
    inside = files_named(links, file) if file else links.facts
    if file and not inside:
        raise refused(Location(file), f"there is no file {file} in the corpus")
    found = [
        (Place(facts.path, wanted), anchor)
        for facts in inside
        if any(key == wanted for key, _ in facts.ids)
        for anchor in facts.anchors
        if anchor.id == wanted
    ]
    if not found:
        where = inside[0].path if file else "the corpus"
        near = difflib.get_close_matches(wanted, _ids(inside), n=1)
        hint = f"did you mean {near[0]}?" if near else "`teikit export csv --kind …` lists them"
        raise refused(Location(file or wanted), f"no xml:id in {where} is “{wanted}”", hint)
    if len(found) > 1:
        places = Counter(place.path for place, _ in found)
        twice = len(places) == 1
        message = f"xml:id “{wanted}” stands " + (
            f"{len(found)} times in {found[0][0].path}" if twice else f"in {len(places)} files"
        )
        hint = "give each its own first (teikit explain TK203)" if twice else "say which: "
        hint += "" if twice else " or ".join(f"{path}#{wanted}" for path in list(places)[:5])
        raise EditError(
            RULES["TK905"].at(
                found[0][1].location,
                message,
                hints=(hint,),
                related=[Related("and here", anchor.location) for _, anchor in found[1:10]],
            )
        )
    return found[0]


def entry_at(links: Links, place: Place) -> Entry | None:
    """The register entry that has the id, if it is one."""
    facts = links.document(place.path)
    entries = facts.entries if facts else ()
    return next((entry for entry in entries if entry.id == place.id), None)


def _ids(inside: tuple[Facts, ...] | list[Facts]) -> list[str]:
    """Ids that may have been meant: those of entries first."""

    def all_ids() -> Iterator[str]:
        for facts in inside:
            yield from (entry.id for entry in facts.entries)
        for facts in inside:
            yield from (key for key, _ in facts.ids)

    found: dict[str, None] = {}
    for key in all_ids():
        found[key] = None
        if len(found) >= _COMPARED:
            break
    return list(found)

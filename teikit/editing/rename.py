"""Give an ``xml:id`` another name, and rewrite every pointer that leads to it."""

from __future__ import annotations

from collections.abc import Iterator

from teikit.diagnostics import Location
from teikit.editing.finding import entry_at, find_anchor
from teikit.editing.plan import Opened, Plan, Workspace
from teikit.editing.pointing import Hit, Place, Redirection, candidates, hits, plan_hit
from teikit.edits import refused
from teikit.facts import Facts
from teikit.links import Links
from teikit.names import NAME, XML_ID


def rename(links: Links, old: str, new: str) -> Plan:
    """Plan to rename the id ``old`` (``ID`` or ``FILE#ID``) to ``new``.

    Raises EditError where ``old`` is not one id of the corpus, ``new`` is no XML name or is taken,
    or a pointer cannot be written so that it leads to ``new``.
    """
    place, anchor = find_anchor(links, old)
    target = Place(place.path, new)
    if not NAME.fullmatch(new):
        hint = "a letter or _ first, then letters, digits, . - _"
        raise refused(anchor.location, f"“{new}” is no XML name", hint)
    if new == place.id:
        raise refused(anchor.location, f"“{new}” is its name already")
    redirection = Redirection(links, place, target, exists=False, keys=_keys(links, place, new))
    _free(links, place, target, anchor.location)
    workspace = Workspace(links)
    pointers = files = 0
    for opened in (workspace.open(place.path), *_others(workspace, redirection)):
        found = list(hits(redirection, opened))
        if opened.path == place.path:
            plan_hit(opened, _own(opened, place, target))
        for hit in found:
            plan_hit(opened, hit)
        pointers += len(found)
        files += bool(found)
    return Plan(
        f"{place.id} is now {new}: its xml:id in {place.path}, "
        f"{_counted(pointers, 'pointer')} in {_counted(files, 'file')}",
        workspace.changes(),
        workspace.counts(),
        tuple(_remarks(links, place, target)),
    )


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _others(workspace: Workspace, redirection: Redirection) -> Iterator[Opened]:
    for opened in candidates(workspace, redirection):
        if opened.path != redirection.old.path:
            yield opened


def _keys(links: Links, place: Place, new: str) -> tuple[str, str] | None:
    """The key of the entity that has the id, before and after; None where it is no entity."""
    if entry_at(links, place) is None:
        return None
    entity = links.entity(place.path, f"#{place.id}")
    if entity is None or entity.path != place.path:
        return None  # a copy of an entry whose register has the key
    return entity.key, entity.key.removesuffix(place.id) + new


def _own(opened: Opened, place: Place, target: Place) -> Hit:
    """The id itself."""
    for index, element in enumerate(opened.elements):
        if element.get(XML_ID) == place.id:
            value = opened.spans.value(index, "xml:id")
            for token, first, last in value.tokens() if value else ():
                assert value is not None
                return Hit(index, value, first, last, token, target.id)
    raise refused(Location(place.path), f"xml:id “{place.id}” stands in no tag of {place.path}")


def _free(links: Links, place: Place, target: Place, location: Location) -> None:
    """Make sure that the new id is nobody's, in its file and wherever pointers look for it."""
    new = target.id
    if new in links.ids(place.path):
        raise refused(location, f"“{new}” is taken: {place.path} has that xml:id already")
    others = [facts for facts in links.facts if any(key == new for key, _ in facts.ids)]
    if not others:
        return
    where = others[0].path
    own = links.document(place.path)
    if own is not None and entry_at(links, place) is not None:
        for facts in others:
            # What a document keeps for itself is its own; what a register has is everybody's.
            shared = "register" in (own.role, facts.role)
            if shared and any(entry.id == new for entry in facts.entries):
                raise refused(location, f"“{new}” is taken: it is an entry of {facts.path}")
    for facts in links.facts:
        for pointer in facts.pointers:
            bare = pointer.token.startswith("#") and not pointer.base
            if not bare or pointer.token[1:] not in (place.id, new):
                continue
            found = links.resolve(facts.path, pointer.token)
            if found.path != facts.path and (found.id == new or found.path == place.path):
                raise refused(
                    location,
                    f"“{new}” is taken: {where} has that xml:id, and pointers without the name "
                    f"of a file may mean any of the corpus",
                    f"one such is “{pointer.token}”, {pointer.location}",
                )


def _remarks(links: Links, place: Place, target: Place) -> Iterator[str]:
    document: Facts | None = links.document(place.path)
    if document and document.id == place.id:
        yield f"{place.path} is called {target.id} in outputs from now on: addresses change"
    copies = [
        facts.path
        for facts in links.facts
        if facts.path != place.path and any(key == place.id for key, _ in facts.ids)
    ]
    if copies:
        more = f" and {len(copies) - 1} more" if len(copies) > 1 else ""
        yield f"{copies[0]}{more} has an xml:id “{place.id}” of its own, which stays"
    lost = [
        pointer
        for facts in links.facts
        for pointer in facts.pointers
        if pointer.token.endswith(f"#{target.id}")
        and links.resolve(facts.path, pointer.token, pointer.base).state == "no-id"
    ]
    if lost:
        yield f"{_counted(len(lost), 'pointer')} looked for “{target.id}” in vain until now"

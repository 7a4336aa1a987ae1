"""Pointers: each leads somewhere, and names point to entries of their own kind."""

from __future__ import annotations

import difflib
import posixpath
from collections.abc import Iterator

from teikit.diagnostics import RULES, Diagnostic
from teikit.index import Facts, Pointer
from teikit.links import Links, Resolution, mention_kind

# Files that a corpus may well keep elsewhere: images, sound, a schema.
_OUTSIDE = frozenset({"facs", "url", "source", "scheme"})


def check(links: Links) -> Iterator[Diagnostic]:
    """TK201: no such id. TK202: no such file. TK205: a name points to another kind of entry."""
    for facts in links.facts:
        for pointer in facts.pointers:
            target = links.resolve(facts.path, pointer.token, pointer.base)
            if target.state == "no-id":
                yield _dangling(links, facts, pointer, target)
            elif target.state == "no-file":
                yield _no_file(links, pointer, target)
            elif target.state == "resolved" and pointer.attribute == "ref":
                yield from _kind(links, facts, pointer)


def _dangling(links: Links, facts: Facts, pointer: Pointer, target: Resolution) -> Diagnostic:
    where = "this file" if target.path == facts.path else target.path
    searched = "" if "#" in pointer.token[1:] else " or any file of the corpus"
    candidates = links.ids(target.path)
    near = difflib.get_close_matches(target.id, sorted(candidates), n=3)
    prefix = pointer.token.partition("#")[0]
    hints = [f"did you mean {prefix}#{near[0]}?"] if near else []
    hints.append(f"add an element with xml:id=“{target.id}”, or point elsewhere")
    return RULES["TK201"].at(
        pointer.location,
        f"@{pointer.attribute} of <{pointer.element}> points to “{pointer.token}”: "
        f"{where}{searched} has no xml:id “{target.id}”",
        expected=tuple(f"{prefix}#{key}" for key in near),
        hints=hints,
    )


def _no_file(links: Links, pointer: Pointer, target: Resolution) -> Diagnostic:
    """A file that does not exist: fatal where it holds what is pointed to, else a warning."""
    known = {posixpath.basename(facts.path): facts.path for facts in links.facts}
    near = difflib.get_close_matches(posixpath.basename(target.path), sorted(known), n=1)
    hints = []
    if near:
        relative = posixpath.relpath(
            known[near[0]], posixpath.dirname(pointer.location.path) or "."
        )
        fragment = f"#{target.id}" if target.id else ""
        hints.append(f"did you mean {relative}{fragment}?")
    code = "TK202" if pointer.attribute in _OUTSIDE else "TK201"
    return RULES[code].at(
        pointer.location,
        f"@{pointer.attribute} of <{pointer.element}> points to “{pointer.token}”: "
        f"there is no file {target.path}",
        hints=hints or ("check the path: it is relative to this file",),
    )


def _kind(links: Links, facts: Facts, pointer: Pointer) -> Iterator[Diagnostic]:
    wanted = mention_kind(pointer.element)
    entity = links.entity(facts.path, pointer.token, pointer.base) if wanted else None
    if entity and entity.entry.kind != wanted:
        yield RULES["TK205"].at(
            pointer.location,
            f"<{pointer.element}> names a {wanted}, but “{pointer.token}” is a "
            f"{entity.entry.kind}: {entity.entry.name(facts.lang)}",
            expected=(wanted,),
            hints=("point to another entry, or use the element for that kind, or rs",),
        )

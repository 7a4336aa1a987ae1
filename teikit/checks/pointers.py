"""Pointers: each leads somewhere, and names point to entries of their own kind."""

from __future__ import annotations

import difflib
import posixpath
from collections.abc import Iterator

from teikit.checks.ids import repeated, similar
from teikit.diagnostics import RULES, Diagnostic, Related
from teikit.index import Facts, Pointer
from teikit.links import Links, mention_kind
from teikit.resolving import Resolution

# Files that a corpus may well keep elsewhere: images, sound, a schema.
_OUTSIDE = frozenset({"facs", "url", "source", "scheme"})


def check(links: Links) -> Iterator[Diagnostic]:
    """TK201: no such id. TK202: no such file. TK205: another kind of entry. TK206: prefix."""
    for facts in links.facts:
        for prefix in facts.prefixes:
            if prefix.problem:
                yield RULES["TK206"].at(
                    prefix.location,
                    f"the prefix “{prefix.ident}:” cannot be used: {prefix.problem}",
                    hints=("pointers with it are taken for outside addresses until it is mended",),
                )
        lost: dict[str, list[tuple[Pointer, Resolution]]] = {}
        for pointer in facts.pointers:
            target = links.resolve(facts.path, pointer.token, pointer.base)
            if target.state == "no-id":
                there = links.document(target.path)
                if there and any(similar(target.id, key) for key in repeated(there)):
                    continue  # the check of ids tells it, where the id stands twice
                yield _dangling(links, facts, pointer, target)
            elif target.state == "no-file":
                lost.setdefault(target.path, []).append((pointer, target))
            elif target.state == "resolved" and pointer.attribute == "ref":
                yield from _kind(links, facts, pointer)
        # One missing file is one mistake, however many pointers lead into it.
        for path, found in lost.items():
            yield _no_file(links, path, found)


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


def _no_file(links: Links, path: str, found: list[tuple[Pointer, Resolution]]) -> Diagnostic:
    """A file that does not exist: an error where it holds what is pointed to, else a warning."""
    pointer, target = found[0]
    known = {posixpath.basename(facts.path): facts.path for facts in links.facts}
    near = [
        name
        for name in difflib.get_close_matches(posixpath.basename(path), sorted(known), n=3)
        if not target.id or target.id in links.ids(known[name])
    ]
    hint = "check the path: it is relative to this file"
    if not {"#", ".", "/"} & set(pointer.token):
        hint = f"to point to an xml:id write #{pointer.token}: without # it is a file"
    if near:
        folder = posixpath.dirname(pointer.location.path) or "."
        fragment = f"#{target.id}" if target.id else ""
        hint = f"did you mean {posixpath.relpath(known[near[0]], folder)}{fragment}?"
    outside = all(item.attribute in _OUTSIDE for item, _ in found)
    return RULES["TK202" if outside else "TK201"].at(
        pointer.location,
        f"@{pointer.attribute} of <{pointer.element}> points to “{pointer.token}”: "
        f"there is no file {path}",
        hints=(hint,),
        related=[Related(f"so does “{item.token}”", item.location) for item, _ in found[1:]],
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

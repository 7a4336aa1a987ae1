"""What to say of pointers that lead nowhere."""

from __future__ import annotations

import posixpath
from urllib.parse import quote

from teikit.checks.nearest import Nearest
from teikit.conventions import Lost
from teikit.diagnostics import RULES, Diagnostic, Related
from teikit.links import Links
from teikit.resolving import DRIVE, SCHEME

# So many of the other places are named.
_SHOWN = 10


def at_first(code: str, found: list[Lost], message: str, hint: str) -> Diagnostic:
    """One finding for many pointers, at the first of them."""
    return RULES[code].at(
        found[0].pointer.location,
        f"{message}: {len(found)} pointers" if len(found) > 1 else message,
        hints=(hint,),
        related=others(found),
    )


def others(found: list[Lost]) -> list[Related]:
    """The other places where the same goes wrong."""
    return [
        Related(f"so does “{item.pointer.token}”", item.pointer.location)
        for item in found[1 : _SHOWN + 1]
    ]


def _subject(item: Lost) -> str:
    return f"@{item.pointer.attribute} of <{item.pointer.element}> points to “{item.pointer.token}”"


def _counted(found: list[Lost]) -> str:
    return f" ({len(found)} pointers)" if len(found) > _SHOWN else ""


def lost_id(code: str, links: Links, found: list[Lost], nearest: Nearest) -> Diagnostic:
    """There is no such id in the file, or no meaning for such a prefix."""
    item = found[0]
    pointer, target = item.pointer, item.target
    subject = _subject(item)
    expected: list[str] = []
    if target.state == "no-match":
        ident = pointer.token.partition(":")[0]
        patterns = [one.match for _, one in links.resolver.definitions(item.path, ident)]
        message = f"{subject}: the prefix “{ident}:” is declared for {' and '.join(patterns)} only"
        hints = ["correct the pointer, or @matchPattern of the prefixDef"]
    elif not pointer.selects:
        message = f"{subject}: the XPath selects nothing in this file"
        hints = ["try the expression; elements without a prefix are those of the TEI"]
    elif not target.id:
        message = f"{subject}: after # there is no id"
        hints = ["write the xml:id after the #, or leave the attribute out"]
    else:
        bare = target.scope == "same file"
        where = "this file" if target.path == item.path else target.path
        searched = " or any file of the corpus" if bare else ""
        message = f"{subject}: {where}{searched} has no xml:id “{target.id}”"
        near = nearest.among(target.id, target.path, links.resolver.known(target.path))
        if not near and bare:
            near = nearest.among(target.id, "registers", links.resolver.in_registers)
        expected = [pointer.token.replace(target.id, key) for key in near]
        hints = [f"did you mean {expected[0]}?"] if near else []
        hints.append(f"add an element with xml:id=“{target.id}”, or point elsewhere")
    return RULES[code].at(
        pointer.location,
        message + _counted(found),
        expected=expected,
        hints=hints,
        related=others(found),
    )


def lost_file(code: str, links: Links, found: list[Lost]) -> Diagnostic:
    """There is no such file."""
    item = found[0]
    return RULES[code].at(
        item.pointer.location,
        f"{_subject(item)}: there is no file {item.target.path}{_counted(found)}",
        hints=(_file_hint(links, item),),
        related=others(found),
    )


def _file_hint(links: Links, item: Lost) -> str:
    """What to write instead of a path that leads to no file."""
    token, path = item.pointer.token, item.target.path
    if "\\" in token or DRIVE.match(token):
        return (
            f"write paths with /: {token[2 if DRIVE.match(token) else 0 :].replace(chr(92), '/')}"
        )
    if item.style == "word":
        if links.resolve(item.path, f"#{token}").state == "resolved":
            return f"did you mean #{token}?"
        return f"to point to an xml:id write #{token}: without # it is a file"
    fragment = f"#{item.target.id}" if item.target.id else ""
    inside = links.resolver.place("", "", path.lstrip("/"))
    if path.startswith("/") and links.document(inside):
        return f"a path that begins with / starts from the disk: {way(item.path, inside)}{fragment}"
    near = links.resolver.like_file(path, item.target.id)
    if near and near.lower() == path.lower():
        return f"capitals count: did you mean {way(item.path, near)}{fragment}?"
    if near:
        return f"did you mean {way(item.path, near)}{fragment}?"
    return "check the path: it is relative to this file"


def way(path: str, other: str) -> str:
    """How a file points to another."""
    return quote(posixpath.relpath(other, posixpath.dirname(path) or "."))


def spaced(links: Links, first: Lost, second: Lost) -> Diagnostic | None:
    """The finding that two pointers are one with a space in it; None where they are two."""
    one, two = first.pointer.token, second.pointer.token
    if one.endswith("#"):
        right = one + two
    else:
        file, hash_sign, fragment = f"{one} {two}".partition("#")
        if "#" in one or SCHEME.match(file):
            return None
        right = f"{quote(file)}{hash_sign}{fragment}"
    if links.resolve(first.path, right, first.pointer.base).state != "resolved":
        return None
    return RULES["TK201"].at(
        first.pointer.location,
        f"@{first.pointer.attribute} of <{first.pointer.element}> points to “{one}” and to “{two}”:"
        " the space makes two pointers of one",
        expected=(right,),
        hints=(f"write {right}",),
    )

"""Elements that are not closed, and end-tags that close nothing."""

from __future__ import annotations

import re

from teikit.diagnostics import RULES, Diagnostic, Fix, Related
from teikit.wellformed.broken import Broken
from teikit.wellformed.extract import clip

# TEI elements that never hold anything: without a slash at its end their tag opens for ever.
_EMPTY = frozenset(("anchor", "cb", "gb", "lb", "milestone", "pb", "ptr", "redo", "undo"))
# Those that may hold a description, and mostly do not.
_MOSTLY_EMPTY = frozenset(("gap", "graphic", "handShift", "media", "space"))
# Of HTML, and what TEI has for them.
_HTML = {"br": "lb", "hr": "milestone", "img": "graphic"}
_SHOWN = 4  # open elements that a message lists


def mismatch(broken: Broken) -> Diagnostic:
    """An end-tag that is not that of the innermost open element."""
    begin = broken.offset - 2 * broken.unit
    at = broken.at(begin)
    found = broken.name(begin)
    shown = clip(found)
    names = [broken.name(tag) for tag in broken.opened]
    name = clip(names[-1])
    place = broken.at(broken.opened[-1])
    if found in names:
        return _never_closed(broken, names, begin)
    closing = f"</{names[-1]}>"
    message = f"</{shown}> closes nothing: the open element is <{name}> of line {place.line}"
    hint = f"delete </{shown}>, or open <{shown}> before it"
    fix = None
    if _alike(found, names[-1]):
        hint = f"write </{name}>"
        if found.casefold() == names[-1].casefold():
            hint += ": capital and small letters are different names"
        extract = broken.extract(begin, begin + 4 * len(found) + 16)
        fix = extract.fix(hint.partition(":")[0], (0, 2 + len(found), closing[:-1]))
    return RULES["TK002"].at(
        at,
        message,
        expected=(f"</{name}>",),
        hints=(hint,),
        related=(Related(f"<{name}> opens here", place),),
        fix=fix,
    )


def _alike(found: str, name: str) -> bool:
    if max(len(found), len(name)) > 60:
        return False
    if found.casefold() == name.casefold():
        return True
    import difflib

    return bool(difflib.get_close_matches(found, [name], cutoff=0.5)) and len(found) > 2


def _never_closed(broken: Broken, names: list[str], begin: int) -> Diagnostic:
    """An outer element is closed here: the inner one is what somebody forgot."""
    at = broken.at(begin)
    found = clip(names[-1 - names[::-1].index(broken.name(begin))])
    empty = _without_slash(names)
    if empty:
        return _slash_forgotten(broken, names, empty, begin)
    name = clip(names[-1])
    hints = [f"write </{name}> where the {name} ends"]
    if _local(names[-1]) in _MOSTLY_EMPTY:
        hints.insert(0, f"write {_closed(broken, broken.opened[-1])} if nothing is in it")
    elif names[-2:-1] == names[-1:]:
        line = broken.at(broken.opened[-2]).line
        hints.append(f"if this tag should end the <{name}> of line {line}, write </{name}> here")
    return RULES["TK002"].at(
        broken.at(broken.opened[-1]),
        f"<{name}> is never closed: </{found}> in line {at.line} comes first",
        expected=(f"</{name}>",),
        hints=hints,
        related=(Related(f"</{found}> closes an outer element", at),),
    )


def _without_slash(names: list[str]) -> int:
    """How many of the innermost open elements are of those that are always empty."""
    count = 0
    for name in reversed(names):
        if _local(name) not in _EMPTY and name not in _HTML:
            break
        count += 1
    return count


def _slash_forgotten(broken: Broken, names: list[str], count: int, begin: int) -> Diagnostic:
    """Tags like ``<lb>``, which stand for themselves and lack the slash. The first is told."""
    opened = broken.opened[-count:]
    first, name = opened[0], names[-count]
    outer, at = clip(broken.name(begin)), broken.at(begin)
    edits = []
    for tag, label in zip(opened, names[-count:], strict=True):
        end = _tag_end(broken, tag)
        if end is None or label in _HTML:
            break
        edits.append((end - 1, end - 1, "/"))
    whole = broken.extract(0, opened[-1] + 4096)
    moved = [(whole.index(at), whole.index(to), text) for at, to, text in edits]
    fix: Fix | None = None
    if len(edits) == count:
        fix = whole.fix("write a slash before the >", *moved)
    written = _closed(broken, first)
    hint = f"write {written}: this element is always empty, and a slash ends it"
    if name in _HTML:
        hint = (
            f"write <{_HTML[name]}/>: TEI has no <{name}>, and an empty element ends with a slash"
        )
    others = [Related(f"<{clip(broken.name(tag))}> too", broken.at(tag)) for tag in opened[1:21]]
    return RULES["TK002"].at(
        broken.at(first),
        f"<{clip(name)}> is never closed: </{outer}> in line {at.line} comes first",
        expected=(f"<{_HTML[name]}/>" if name in _HTML else written,),
        hints=(hint,),
        related=(*others, Related(f"</{outer}> closes an outer element", at)),
        fix=fix,
    )


def _tag_end(broken: Broken, tag: int) -> int | None:
    """The byte after a start-tag; None where it is longer than anybody writes."""
    extract = broken.extract(tag, tag + 4096)
    match = re.match(r"""<[^"'>]*(?:(?:"[^"]*"|'[^']*')[^"'>]*)*>""", extract.text)
    return extract.byte(match.end()) if match else None


def _closed(broken: Broken, tag: int) -> str:
    """How the start-tag of an empty element is written."""
    end = _tag_end(broken, tag)
    text = " ".join(broken.extract(tag, end).text.split()) if end else ""
    if text and len(text) <= 40:
        return f"{text[:-1].rstrip()}/>"
    return f"<{clip(broken.name(tag))} …/>"


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def cut_short(broken: Broken) -> Diagnostic:
    """The file ends before its elements do."""
    end = broken.at(len(broken.data))
    if not broken.opened:
        message = "the file ends before any element begins"
        return RULES["TK002"].at(
            end, message, expected=("<TEI>",), hints=("compare the file with a copy",)
        )
    name = clip(broken.name(broken.opened[-1]))
    message = f"the file ends while <{name}> is open"
    outer = [f"<{clip(broken.name(tag))}>" for tag in broken.opened[-2 : -2 - _SHOWN : -1]]
    if outer:
        message += f", and around it {', '.join(outer)}"
        if len(broken.opened) > _SHOWN + 1:
            message += f" and {len(broken.opened) - _SHOWN - 1} more"
    return RULES["TK002"].at(
        broken.at(broken.opened[-1]),
        message,
        expected=(f"</{name}>",),
        hints=(
            "the end of the file may be missing: compare it with a copy",
            f"or write </{name}> where the {name} ends",
        ),
        related=(Related("the file ends here", end),),
    )

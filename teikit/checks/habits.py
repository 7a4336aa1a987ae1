"""Habits: what a corpus does throughout is told once, and what strays from it is a finding."""

from __future__ import annotations

from collections.abc import Iterator

from teikit.checks.lost import way
from teikit.checks.nearest import Nearest
from teikit.diagnostics import RULES, Diagnostic, Location, Related
from teikit.facts import Pointer
from teikit.links import Links


def check(links: Links) -> Iterator[Diagnostic]:
    """TK208: a habit. TK209: a key names nobody. TK210: a bare id that several files have."""
    yield from _elsewhere(links)
    yield from _ambiguous(links)
    yield from _keys(links)


def _elsewhere(links: Links) -> Iterator[Diagnostic]:
    """Bare ids of another file: XML tools look for them in this file only."""
    for attribute, (place, token, path) in links.survey.elsewhere.items():
        counted = links.survey.counts[attribute]
        number = counted["corpus"]
        yield RULES["TK208"].at(
            place,
            f"@{attribute} points across files by the id alone: {number} of "
            f"{counted['same file'] + number} such pointers, as “{token}”, which is in {path}",
            hints=(
                f"for other tools to follow it, write the file too: {way(place.path, path)}{token}",
            ),
        )


def _ambiguous(links: Links) -> Iterator[Diagnostic]:
    for key, found in links.survey.ambiguous.items():
        homes = list(links.resolver.homes(key))
        if links.resolver.is_register(homes[0]) and not links.resolver.is_register(homes[1]):
            continue  # the register goes before the copies of it in the documents
        if _one_entry(links, homes, key):
            continue
        first = found[0]
        several = f" ({len(found)} pointers)" if len(found) > 1 else ""
        yield RULES["TK210"].at(
            first.pointer.location,
            f"@{first.pointer.attribute} of <{first.pointer.element}> points to "
            f"“{first.pointer.token}”: this file has no such id, and {len(homes)} others have: "
            f"{', '.join(homes[:3])}{' …' if len(homes) > 3 else ''}{several}",
            expected=[f"{way(first.path, path)}#{key}" for path in homes[:3]],
            hints=("write the file before the #",),
            related=[_place(links, path, key) for path in homes[:2]],
        )


def _one_entry(links: Links, homes: list[str], key: str) -> bool:
    """Whether all files describe the same somebody under that id: copies of one entry."""
    described = set()
    for path in homes:
        facts = links.document(path)
        entry = next((one for one in facts.entries if one.id == key), None) if facts else None
        described.add(entry and (entry.kind, entry.name()))
    return len(described) == 1 and None not in described


def _place(links: Links, path: str, key: str) -> Related:
    facts = links.document(path)
    anchors = facts.anchors if facts else ()
    place = next((one.location for one in anchors if one.id == key), Location(path))
    return Related(f"{key} is here", place)


def _keys(links: Links) -> Iterator[Diagnostic]:
    """Keys are judged where those of that element mostly name an entry; else they are labels."""
    nearest = Nearest()
    labels: list[tuple[str, Pointer]] = []
    # One wrong key in a file is one mistake, however often it stands there.
    judged: dict[tuple[str, str], list[Pointer]] = {}
    for path, pointer in links.survey.strangers:
        counted = links.survey.keys[pointer.element]
        if counted[True] >= counted[False] and counted[True]:
            judged.setdefault((path, pointer.token), []).append(pointer)
        else:
            labels.append((path, pointer))
    for found in judged.values():
        yield _nobody(links, found, nearest)
    if labels:
        _, first = labels[0]
        total = sum(links.survey.keys[one].total() for one in {item.element for _, item in labels})
        yield RULES["TK208"].at(
            first.location,
            f"@key is no pointer in this corpus: {len(labels)} of {total} name no entry, as "
            f"“{first.token}” on <{first.element}>",
            hints=("to have keys checked, add the registers that have them to the corpus",),
        )


def _nobody(links: Links, found: list[Pointer], nearest: Nearest) -> Diagnostic:
    pointer = found[0]
    wrong = [
        token
        for token in pointer.token.split()
        if links.keyed(pointer.location.path, token) is None
    ]
    key = wrong[0] if len(wrong) < len(pointer.token.split()) else pointer.token
    near = nearest.among(key, "keys", links.known_keys)
    several = f" ({len(found)} times)" if len(found) > 1 else ""
    return RULES["TK209"].at(
        pointer.location,
        f"@key of <{pointer.element}> is “{key}”: no register entry has that id or idno{several}",
        expected=near,
        hints=[f"did you mean {near[0]}?"]
        if near
        else ["add the entry, or write the key of another"],
        related=[Related(f"“{key}” again", item.location) for item in found[1:10]],
    )

"""Renamed ids: pointers look in vain for an id whose entry is there under another name."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator

from teikit.checks.nearest import only_numbers_differ
from teikit.conventions import Lost
from teikit.diagnostics import RULES, Diagnostic, Related
from teikit.index import Facts
from teikit.links import Links, mention_kind
from teikit.registers import Entry

_SHOWN = 10
_WORD = re.compile(r"\w{4,}")


def renamed(links: Links, lost: list[Lost]) -> tuple[list[Diagnostic], list[Lost]]:
    """One finding (TK213) for each id that has a likely successor, and the pointers left over.

    A successor is an entry of the kind that is looked for, that nothing points to, and that is like
    the lost id or bears the name that the texts give it.
    """
    groups: dict[tuple[str, str], list[Lost]] = {}
    for item in lost:
        if item.target.state == "no-id" and item.target.id:
            groups.setdefault((item.target.path, item.target.id), []).append(item)
    # A bare id that the file has not may have been one of a register.
    bare: dict[str, list[Lost]] = {}
    for item in lost:
        if item.target.state == "no-id" and item.target.scope == "same file":
            bare.setdefault(item.target.id, []).append(item)
    wanted = {key: found for key, found in groups.items() if len(found) > 1}
    registers = [facts.path for facts in links.facts if facts.role == "register"]
    for key, found in bare.items():
        if key and len(found) > 1:
            wanted |= {(path, key): found for path in registers}
    if not wanted:
        return [], lost
    free = _unreferenced(links, {path for path, _ in wanted})
    findings: list[Diagnostic] = []
    explained: set[int] = set()
    for (path, key), found in wanted.items():
        home = links.document(path)
        left = [item for item in found if id(item) not in explained]
        if home is None or len(left) < 2 or not free[path]:
            continue
        entry = _successor(links, left, key, free[path].values())
        if entry is not None:
            del free[path][entry.id]
            explained.update(map(id, left))
            findings.append(_finding(home, key, entry, left))
    return findings, [item for item in lost if id(item) not in explained]


def _unreferenced(links: Links, paths: Iterable[str]) -> dict[str, dict[str, Entry]]:
    """The entries of some files that no pointer leads to."""
    free: dict[str, dict[str, Entry]] = {}
    for path in paths:
        home = links.document(path)
        free[path] = {entry.id: entry for entry in home.entries} if home else {}
    for facts in links.facts:
        for pointer in facts.pointers:
            target = links.resolve(facts.path, pointer.token, pointer.base)
            if target.state == "resolved" and target.path in free:
                free[target.path].pop(target.id, None)
        for pointer in facts.keyed:
            entity = links.keyed(facts.path, pointer.token)
            if entity and entity.path in free:
                free[entity.path].pop(entity.entry.id, None)
    return free


def _successor(links: Links, found: list[Lost], key: str, free: Iterable[Entry]) -> Entry | None:
    kinds = {mention_kind(item.pointer.element) for item in found} - {""}
    candidates = [entry for entry in free if not kinds or entry.kind in kinds]
    said = list(_said(links, found))
    scored = [(_named(entry, said), _like(entry.id, key), entry.id, entry) for entry in candidates]
    best = max(scored, default=None)
    if best and best[0] >= 0.5:
        return best[-1]
    alike = [
        entry
        for entry in candidates
        if _like(entry.id, key) >= 0.75 and not only_numbers_differ(entry.id, key)
    ]
    return max(alike, key=lambda entry: (_like(entry.id, key), entry.id), default=None)


def _named(entry: Entry, said: list[frozenset[str]]) -> float:
    """How much of what the texts say is in the names of an entry, from 0 to 1."""
    names = _stems(name.text for name in entry.names)
    return sum(len(words & names) / len(words) for words in said) / len(said) if said else 0.0


def _like(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other).ratio()


def _said(links: Links, found: list[Lost]) -> Iterator[frozenset[str]]:
    """The names that the texts give to what the pointers look for, each as the stems in it."""
    tokens = {item.pointer.token for item in found}
    for path in dict.fromkeys(item.path for item in found):
        facts = links.document(path)
        if facts is None:
            continue
        names = [
            mention.hit
            for mention in facts.mentions
            if mention.element != "rs" and not tokens.isdisjoint(mention.tokens)
        ]
        names += [agent.name for agent in facts.header.agents if agent.ref in tokens]
        yield from filter(None, map(_stems, ([name] for name in names)))


def _stems(texts: Iterable[str]) -> frozenset[str]:
    """The beginnings of the longer words, which declension leaves as they are."""
    return frozenset(word[:5].casefold() for text in texts for word in _WORD.findall(text))


def _finding(home: Facts, key: str, entry: Entry, found: list[Lost]) -> Diagnostic:
    place = next((one.location for one in home.anchors if one.id == entry.id), entry.location)
    return RULES["TK213"].at(
        place,
        f"{len(found)} pointers look for “{key}”, which is gone, and none for “{entry.id}” "
        f"({entry.name()})",
        expected=(key,),
        hints=(f"was it renamed? write xml:id=“{key}” again, or “{entry.id}” in the pointers",),
        related=[
            Related(f"“{item.pointer.token}” looks for it here", item.pointer.location)
            for item in found[:_SHOWN]
        ],
    )

"""Renamed ids: pointers look in vain for an id whose entry is there under another name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from teikit.checks.ids import repeated, similar
from teikit.checks.nearest import Nearest, only_numbers_differ
from teikit.conventions import Lost
from teikit.diagnostics import RULES, Diagnostic, Related
from teikit.links import Links, mention_kind
from teikit.registers import Entry

# So many of the pointers are shown, and so many lost ids looked into.
_SHOWN = 10
_MOST = 100
_WORD = re.compile(r"\w{4,}")


@dataclass(frozen=True, slots=True)
class Move:
    """An id that is gone, its likely successor in the file ``path``, and who looks for it."""

    path: str
    key: str
    entry: Entry
    found: tuple[Lost, ...]


def renamed(links: Links, lost: list[Lost]) -> tuple[list[Diagnostic], list[Lost]]:
    """One finding (TK213) for each id that was renamed, and the pointers that are left over."""
    explained = {id(item) for move in moves(links) for item in move.found}
    findings = [_finding(links, move) for move in moves(links)]
    return findings, [item for item in lost if id(item) not in explained]


def moves(links: Links) -> tuple[Move, ...]:
    """The ids that several pointers look for in vain and that have a likely successor.

    A successor is an entry of the kind that is looked for, that nothing points to, and that is like
    the lost id or bears the name that the texts give it.
    """
    known: tuple[Move, ...] | None = links.survey.notes.get("moves")
    if known is None:
        known = links.survey.notes["moves"] = tuple(_moves(links))
    return known


def _moves(links: Links) -> Iterator[Move]:
    wanted = _wanted(links)
    free = {path: _Free(entries) for path, entries in _unreferenced(links, wanted).items()}
    explained: set[int] = set()
    for path, key, found in wanted:
        left = [item for item in found if id(item) not in explained]
        entry = free[path].successor(links, left, key) if len(left) > 1 else None
        if entry:
            del free[path].entries[entry.id]
            explained.update(map(id, left))
            yield Move(path, key, entry, tuple(left))


def _wanted(links: Links) -> list[tuple[str, str, list[Lost]]]:
    """The ids that several pointers look for in vain, each with a file that may have had it."""
    groups: dict[tuple[str, str], list[Lost]] = {}
    bare: dict[str, list[Lost]] = {}
    for item in links.survey.lost:
        if item.target.state == "no-id" and item.target.id:
            groups.setdefault((item.target.path, item.target.id), []).append(item)
            if item.target.scope == "same file":
                bare.setdefault(item.target.id, []).append(item)
    wanted = [(path, key, found) for (path, key), found in groups.items() if len(found) > 1]
    # A bare id that the file has not may have been one of a register.
    registers = [facts.path for facts in links.facts if facts.role == "register"][:_MOST]
    several = [(key, found) for key, found in bare.items() if len(found) > 1][:_MOST]
    wanted += [(path, key, found) for key, found in several for path in registers]
    # Who has renamed more than that knows.
    return [item for item in wanted if _may_have_had(links, *item[:2])][:_MOST]


def _may_have_had(links: Links, path: str, key: str) -> bool:
    """Whether the file is of the corpus, and has no id twice that may be the lost one."""
    home = links.document(path)
    return home is not None and not any(similar(key, one) for one in repeated(home))


def _unreferenced(
    links: Links, wanted: Iterable[tuple[str, str, list[Lost]]]
) -> dict[str, dict[str, Entry]]:
    """The entries of some files that no pointer leads to."""
    free: dict[str, dict[str, Entry]] = {}
    for path, _, _ in wanted:
        home = links.document(path)
        if home and path not in free:
            free[path] = {entry.id: entry for entry in home.entries}
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


class _Free:
    """Entries that nothing points to, by the words in their names."""

    def __init__(self, entries: dict[str, Entry]) -> None:
        self.entries = entries
        self._by_stem: dict[str, list[str]] = {}
        for entry in entries.values():
            for stem in _stems(name.text for name in entry.names):
                self._by_stem.setdefault(stem, []).append(entry.id)
        self._nearest = Nearest()

    def successor(self, links: Links, found: list[Lost], key: str) -> Entry | None:
        """The entry that some pointers mean by a lost id; None where none is likely."""
        kinds = {mention_kind(item.pointer.element) for item in found} - {""}
        said = list(_said(links, found))
        named = {one for words in said for stem in words for one in self._by_stem.get(stem, ())}
        best = max(
            (
                (_named(entry, said), entry.id)
                for one in named
                if (entry := self.entries.get(one)) and (not kinds or entry.kind in kinds)
            ),
            default=(0.0, ""),
        )
        if best[0] >= 0.5:
            return self.entries[best[1]]
        for one in self._nearest.among(key, "", list(self.entries)):
            alike = self.entries.get(one)
            fits = alike and similar(one, key) and not only_numbers_differ(one, key)
            if alike and fits and (not kinds or alike.kind in kinds):
                return alike
        return None


def _named(entry: Entry, said: list[frozenset[str]]) -> float:
    """How much of what the texts say is in the names of an entry, from 0 to 1."""
    names = _stems(name.text for name in entry.names)
    return sum(len(words & names) / len(words) for words in said) / len(said) if said else 0.0


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


def _finding(links: Links, move: Move) -> Diagnostic:
    key, entry, found = move.key, move.entry, move.found
    home = links.document(move.path)
    anchors = home.anchors if home else ()
    place = next((one.location for one in anchors if one.id == entry.id), entry.location)
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

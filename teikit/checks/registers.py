"""Registers: every entry is used, and no two describe one entity."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from teikit.checks.ids import repeated, similar
from teikit.checks.renamed import moves
from teikit.collation import fold
from teikit.days import first, last
from teikit.diagnostics import RULES, Diagnostic, Related, Severity
from teikit.facts import Facts
from teikit.identifiers import fault
from teikit.links import Entity, Links
from teikit.registers import Entry, Identifier

# Numbers of a book or a journal: what stands in one shares them.
_OF_CONTAINERS = frozenset({"isbn", "issn"})
# Where so many entries of a file are unused, its texts are elsewhere: that is told once.
_MANY, _MOST = 5, 0.5
_COMPARED = 10_000

Scope = list[tuple[Facts, Entry]]


def check(links: Links) -> Iterator[Diagnostic]:
    """TK301: nothing uses an entry. TK302: two share an identifier. TK303: two share a name."""
    yield from _unused(links)
    for scope in scopes(links):
        told: set[frozenset[str]] = set()
        yield from _shared_identifiers(scope, told)
        yield from _shared_names(scope, told)


def scopes(links: Links) -> Iterator[Scope]:
    """The entries that are kept apart from each other: all registers, and each document alone.

    A play lists its own characters; that of another play with the same name is somebody else.
    """
    registers: Scope = []
    for facts in links.facts:
        own = [(facts, entry) for entry in facts.entries]
        if facts.role == "register":
            registers += own
        elif own:
            yield own
    if registers:
        yield registers


# -- unused entries ------------------------------------------------------------------------------


def _unused(links: Links) -> Iterator[Diagnostic]:
    if any(finding.severity is Severity.ERROR for finding in links.corpus.findings):
        return  # a file that could not be read may use them all
    used, sought = _uses(links)
    moved = {(move.path, move.entry.id) for move in moves(links)}
    by_path: dict[str, list[Entity]] = defaultdict(list)
    unused: dict[str, list[Entity]] = defaultdict(list)
    for entity in links.entities.values():
        by_path[entity.path].append(entity)
        if entity.key not in used:
            unused[entity.path].append(entity)
    for path, entities in unused.items():
        facts = links.document(path)
        shared = facts is not None and facts.role == "register"
        # A bibliography, or the persons of a letter, may stand in a document for their own sake.
        if not shared:
            entities = [item for item in entities if item.entry.kind != "work"]
        # Of one that was renamed the check of pointers tells.
        entities = [item for item in entities if (path, item.entry.id) not in moved]
        doubtful = sought.get(path, frozenset()) | _doubled(links, path)
        # Comparing each with each is worth it only where both are few: a flood is no slip.
        if len(entities) * len(doubtful) <= _COMPARED:
            entities = [item for item in entities if not _may_be(item.entry.id, doubtful)]
        entities.sort(key=lambda item: item.entry.location)
        if len(entities) >= _MANY and len(entities) >= _MOST * len(by_path[path]):
            yield replace(
                RULES["TK301"].at(
                    facts.location if facts else entities[0].entry.location,
                    f"nothing points to {len(entities)} of the {len(by_path[path])} entries here, "
                    f"such as {', '.join(item.entry.id for item in entities[:3])}",
                    hints=("the texts that use them may not be part of this corpus",),
                ),
                severity=Severity.INFO,
            )
            continue
        for item in entities:
            name = item.entry.name()
            finding = RULES["TK301"].at(
                item.entry.location,
                f"nothing points to {item.entry.id}"
                + (f" ({name})" if name != item.entry.id else ""),
                hints=("mark where it is mentioned, or take the entry out",),
            )
            yield finding if shared else replace(finding, severity=Severity.INFO)


def _uses(links: Links) -> tuple[set[str], dict[str, frozenset[str]]]:
    """The keys of the entities that something points to, and per file the ids sought in vain."""
    used: set[str] = set()
    sought: dict[str, set[str]] = defaultdict(set)
    spans = {key: (item.path, item.entry.location.xpath) for key, item in links.entities.items()}
    entries = {place: key for key, place in spans.items()}
    for facts in links.facts:
        known: dict[tuple[str, str], str] = {}
        for pointer in facts.pointers:
            token = (pointer.token, pointer.base)
            if token not in known:
                entity = links.entity(facts.path, *token) or _by_id(links, facts, pointer.token)
                known[token] = entity.key if entity else ""
                if entity is None:
                    target = links.resolve(facts.path, *token)
                    if target.state == "no-id":
                        sought[target.path].add(target.id)
            key = known[token]
            # What an entry says of itself is no use of it.
            if key and key not in used:
                path, xpath = spans[key]
                inside = f"{pointer.location.xpath}/".startswith(f"{xpath}/")
                if path != facts.path or not inside:
                    used.add(key)
        for key in facts.keys:
            entity = _by_id(links, facts, key)
            if entity:
                used.add(entity.key)
    # A work that is a document of the corpus is there to be read.
    for key, item in links.entities.items():
        if any(
            links.resolve(item.path, target).state == "resolved" for target in item.entry.documents
        ):
            used.add(key)
    # A place that holds others that are used is used.
    for key in tuple(used):
        path, xpath = spans[key]
        while xpath and (xpath := xpath.rpartition("/")[0]):
            if outer := entries.get((path, xpath)):
                used.add(outer)
    return used, {path: frozenset(ids) for path, ids in sought.items()}


def _by_id(links: Links, facts: Facts, token: str) -> Entity | None:
    """The entity of a bare id, as ``@key`` and many a ``@ref`` give it.

    ``xml:base`` does not matter for it: that may be the address at which the file is published.
    """
    if ":" in token or "/" in token:
        return links.entity(facts.path, token) if ":" in token else None
    key = token.rpartition("#")[2] if token.startswith("#") else token
    return links.entities.get(f"{facts.id}.{key}") or links.entities.get(key)


def _doubled(links: Links, path: str) -> frozenset[str]:
    facts = links.document(path)
    return repeated(facts) if facts else frozenset()


def _may_be(key: str, doubtful: frozenset[str]) -> bool:
    """Whether an id may be one that another check tells of: sought in vain, or given twice."""
    return any(similar(key, other) for other in doubtful)


# -- two entries for one entity ------------------------------------------------------------------


def _shared_identifiers(scope: Scope, told: set[frozenset[str]]) -> Iterator[Diagnostic]:
    seen: dict[tuple[str, ...], tuple[Entry, Identifier]] = {}
    for _, entry in scope:
        for item in entry.identifiers:
            name, key = _identity(entry, item)
            if not key:
                continue
            other, theirs = seen.setdefault(key, (entry, item))
            if other.id == entry.id or frozenset({other.id, entry.id}) in told:
                continue
            told.add(frozenset({other.id, entry.id}))
            finding = RULES["TK302"].at(
                item.location or entry.location,
                f"{entry.id} and {other.id} have one identifier: {name} {key[-1]}",
                hints=(
                    "make one entry of them, or correct one identifier; where an identifier is "
                    "only near, say so (subtype=“closeMatch”)",
                ),
                related=(Related(f"{other.id}", theirs.location or other.location),),
            )
            sure = not (_loose(item) or _loose(theirs)) and item.known is not None
            yield finding if sure else replace(finding, severity=Severity.WARNING)


def _identity(entry: Entry, item: Identifier) -> tuple[str, tuple[str, ...]]:
    """The authority in words, and what two identifiers of one thing have in common, if anything."""
    known = item.known
    if known is None:
        # Of an authority that is not known only an address tells one thing from all others.
        address = item.url if entry.kind != "work" else ""
        return "address", (entry.kind, item.type, item.match, address) if address else ()
    if known.authority.key in _OF_CONTAINERS or item.match in ("broadMatch", "narrowMatch"):
        return "", ()
    if not known.id or fault(known):
        return "", ()
    return known.authority.name, (entry.kind, known.authority.key, known.id)


def _loose(item: Identifier) -> bool:
    return (item.match.endswith("Match") and item.match != "exactMatch") or item.cert == "low"


def _shared_names(scope: Scope, told: set[frozenset[str]]) -> Iterator[Diagnostic]:
    seen: dict[tuple[str, str], list[tuple[Entry, str]]] = defaultdict(list)
    for facts, entry in scope:
        for name in full_names(entry, in_register=facts.role == "register"):
            others = seen[entry.kind, _key(name)]
            for other, theirs in others:
                pair = frozenset({other.id, entry.id})
                if other.id == entry.id or pair in told or _distinct(entry, other):
                    continue
                told.add(pair)
                same = "one name" if name == theirs else "nearly one name"
                shown = f"“{name}”" if name == theirs else f"“{name}” and “{theirs}”"
                finding = RULES["TK303"].at(
                    entry.location,
                    f"{entry.id} and {other.id} have {same}: {shown}",
                    hints=(
                        "make one entry of them, or say what tells them apart: dates, an "
                        "identifier, a type, another name",
                    ),
                    related=(Related(f"{other.id}", other.location),),
                )
                yield finding if name == theirs else replace(finding, severity=Severity.INFO)
            if len(others) < 8:  # more of one name are told against the first ones
                others.append((entry, name))


def full_names(entry: Entry, *, in_register: bool = True) -> Iterator[str]:
    """The names that should be an entity's alone: of persons only those with more than one part.

    Outside of registers (the characters of a play) only those with surname and forename count.
    """
    for name in entry.names:
        if not name.is_main and name.type != "full":
            continue
        whole = bool(name.part("surname") and name.part("forename", "addName"))
        if entry.kind == "person" and not whole:
            several = len(name.text.split()) > 1 and not _only_initials(name.text)
            if not in_register or not several:
                continue
        yield name.text


def _only_initials(text: str) -> bool:
    """Whether not more than one word of a name is written out: ``V. (comrade)``, ``Ivanov A.``."""
    long = [word for word in text.split() if len(word.strip(".,…()[]")) > 2 and "(" not in word]
    return len(long) < 2


def _key(name: str) -> str:
    """What two spellings of one name share: the words without accents and case, in any order."""
    return " ".join(sorted(fold(name).split()))


def _distinct(one: Entry, other: Entry) -> bool:
    """Whether two entries of one name say by themselves that they mean two things."""
    if one.type and other.type and one.type != other.type:
        return True
    mine = _by_authority(one)
    for key, values in _by_authority(other).items():
        if key in mine and not mine[key] & values:
            return True
    for kind in ("birth", "death", "floruit", "date"):
        if _apart(one, other, kind):
            return True
    here, there = ((item.points[0].degrees if item.points else None) for item in (one, other))
    if here and there and max(abs(a - b) for a, b in zip(here, there, strict=True)) > 0.1:
        return True
    authors, others = ({fold(agent.name) for agent in item.agents} for item in (one, other))
    return bool(authors and others and not authors & others)


def _by_authority(entry: Entry) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for item in entry.identifiers:
        if known := item.known:
            found[known.authority.key].add(known.id)
    return found


def _apart(one: Entry, other: Entry, kind: str) -> bool:
    """Whether both are dated and no two of their dates can mean the same day."""
    mine = [item.date for item in one.dated if item.kind == kind and item.date.earliest]
    theirs = [item.date for item in other.dated if item.kind == kind and item.date.earliest]
    if not mine or not theirs:
        return False
    for a in mine:
        for b in theirs:
            starts = [first(date.earliest) for date in (a, b)]
            ends = [last(date.latest) for date in (a, b)]
            if None in starts or None in ends:
                return False
            if max(day for day in starts if day) <= min(day for day in ends if day):
                return False
    return True

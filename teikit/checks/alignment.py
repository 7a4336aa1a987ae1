"""Translations: aligned units point at each other, and none is left alone (Guidelines 17.4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from teikit.alignment import Key, beads, gap, key, one_way, owners
from teikit.checks.ids import repeated
from teikit.diagnostics import RULES, Diagnostic, Location, Related
from teikit.facts import Facts
from teikit.links import Group, Links
from teikit.passages import Unit


@dataclass(frozen=True, slots=True)
class _Piece:
    """A unit, or what is aligned by itself inside one: its name, its partners, its element."""

    key: Key
    name: str
    element: str
    partners: tuple[Key, ...]
    named: bool  # it has an id, so that it can be answered
    dangling: bool  # some of its pointers lead nowhere, which the check of pointers tells
    location: Location


def check(links: Links) -> Iterator[Diagnostic]:
    """TK501: not answered. TK502: alone. TK503: aligned twice. TK509: no version of this text."""
    excused = set()
    for found, keys in _strangers(links):
        excused.update(keys)
        yield found
    for group in links.groups:
        if len(group.versions) < 2:
            continue
        pieces = {piece.key: piece for piece in _pieces(links, group)}
        # An id that stands twice confuses every alignment with it: the check of ids tells it.
        unsure = {(version.path, name) for version in group.versions for name in repeated(version)}
        unsure |= excused | {name for name, piece in pieces.items() if piece.dangling}
        yield from _unanswered(links, group, pieces, unsure)
        yield from _alone(links, group, unsure)
        for left, right in combinations(group.versions, 2):
            yield from _torn(links, left, right)
        yield from _tied_twice(links, group, pieces)


def _pieces(links: Links, group: Group) -> Iterator[_Piece]:
    for version in group.versions:
        inner = defaultdict(list)
        for piece in version.inner:
            inner[piece.unit].append(piece)
        for unit in version.units:
            name = key(version, unit)
            partners = links.partners[name]
            yield _Piece(
                name,
                unit.name,
                unit.element,
                partners,
                bool(unit.id),
                not _all_lead(links, version, unit.corresp),
                unit.location,
            )
            for number, piece in enumerate(inner[unit.key], 1):
                targets = (links.resolve(version.path, token) for token in piece.tokens)
                yield _Piece(
                    (version.path, piece.id or f"{unit.key}/{number}"),
                    piece.id or f"in {unit.name}",
                    piece.element,
                    tuple((item.path, item.id) for item in targets if item.state == "resolved"),
                    bool(piece.id),
                    not _all_lead(links, version, piece.tokens),
                    piece.location,
                )


def _all_lead(links: Links, version: Facts, tokens: tuple[str, ...]) -> bool:
    states = {links.resolve(version.path, token).state for token in tokens}
    return states <= {"resolved", "external"}


# -- TK501, TK503: the partner does not point back -----------------------------------------------


def _unanswered(
    links: Links, group: Group, pieces: dict[Key, _Piece], unsure: set[Key]
) -> Iterator[Diagnostic]:
    silent = {
        (left.path, right.path): one_way(left, right, links.partners)
        for left, right in combinations(group.versions, 2)
    }
    for (left, right), answer in silent.items():
        for version in answer:
            yield _never_answered(pieces, left if version.path == right else right, version)
    mute = {frozenset(pair) for pair, answer in silent.items() if answer}
    edges = [
        (piece, pieces[target])
        for piece in pieces.values()
        for target in piece.partners
        if target in pieces
        and target[0] != piece.key[0]
        and piece.key not in pieces[target].partners
        and frozenset((piece.key[0], target[0])) not in mute
        and unsure.isdisjoint((piece.key, *piece.partners))
        and piece.named
    ]
    # One wrong pointer leaves two units without an answer: the one that it should lead to as well.
    # To blame is what is pointed to and points elsewhere, and it is told once.
    aimed_at = {target.key for _, target in edges}
    told: set[Key] = set()
    for piece, target in sorted(edges, key=lambda edge: edge[0].key not in aimed_at):
        if target.key in told:
            continue
        told.add(piece.key)
        others = [
            pieces[other]
            for other in target.partners
            if other[0] == piece.key[0] and other in pieces and target.key in pieces[other].partners
        ]
        if others:
            yield RULES["TK503"].at(
                piece.location,
                f"<{piece.element}> {piece.name} corresponds to {target.name}, which corresponds "
                f"to {others[0].name} already",
                hints=(
                    f"where {target.name} translates both, its @corresp names both; "
                    "else point to another",
                ),
                related=(
                    Related(f"{target.name} stands here", target.location),
                    Related(f"{others[0].name} stands here", others[0].location),
                ),
            )
        else:
            yield RULES["TK501"].at(
                piece.location,
                f"<{piece.element}> {piece.name} corresponds to {target.name}, "
                "which does not correspond to it",
                hints=(f"write @corresp on {target.name} too, or correct this one",),
                related=(Related(f"{target.name} stands here", target.location),),
            )


def _never_answered(pieces: dict[Key, _Piece], path: str, silent: Facts) -> Diagnostic:
    """A whole version that is pointed to and never points back is one finding."""
    pointing = [
        piece
        for piece in pieces.values()
        if piece.key[0] == path and any(target[0] == silent.path for target in piece.partners)
    ]
    return RULES["TK501"].at(
        pointing[0].location,
        f"{len(pointing)} elements correspond to such of {silent.id}, from {pointing[0].name} on; "
        f"nothing in {silent.id} corresponds to them",
        hints=(f"write @corresp in {silent.id} too; until then they are taken to be aligned",),
        related=(Related(f"{silent.id} begins here", silent.location),),
    )


# -- TK502: no partner ---------------------------------------------------------------------------


def _alone(links: Links, group: Group, unsure: set[Key]) -> Iterator[Diagnostic]:
    answered = {
        target
        for version in group.versions
        for unit in version.units
        for target in links.aligned[key(version, unit)]
    }
    for version in group.versions:
        for unit in version.units:
            here = key(version, unit)
            # A pointer that leads nowhere is reported as such, not as a lack of alignment.
            alone = not unit.corresp and not links.aligned[here] and here not in answered
            if unit.ref and unit.part == "body" and alone and here not in unsure:
                yield RULES["TK502"].at(
                    unit.location,
                    f"<{unit.element}> {unit.id or unit.ref} has no counterpart in "
                    + ", ".join(other.id for other in group.versions if other is not version),
                    hints=("write @corresp on both, or number only what is translated",),
                )


# -- TK503: aligned twice ------------------------------------------------------------------------


def _torn(links: Links, left: Facts, right: Facts) -> Iterator[Diagnostic]:
    """Several units together are one translation only where they stand together."""
    found = beads(left, right, links.aligned)
    taken = owners(found)
    for bead in found:
        torn = gap(bead, taken)
        if torn:
            mine, other = (
                (bead.left, bead.right) if torn[0] in bead.left else (bead.right, bead.left)
            )
            between = _between(left if mine is bead.left else right, torn)
            yield RULES["TK503"].at(
                other[0].location,
                f"<{other[0].element}> {other[0].name} corresponds to {torn[0].name} and "
                f"{torn[1].name}, between which {between.name} corresponds to another",
                hints=("point to one of them, or to units that follow each other",),
                related=[Related(f"{unit.name} stands here", unit.location) for unit in torn],
            )


def _between(version: Facts, torn: tuple[Unit, ...]) -> Unit:
    units = version.units
    return units[units.index(torn[0]) + 1]


def _tied_twice(links: Links, group: Group, pieces: dict[Key, _Piece]) -> Iterator[Diagnostic]:
    """A unit that two links tie to different units of one version: one link would say it."""
    paths = {version.path for version in group.versions}
    seen: dict[tuple[Key, str], tuple[frozenset[Key], Location]] = {}
    told: set[Location] = set()
    for tie, keys in links.ties:
        for one in keys:
            if one not in pieces:
                continue
            for path in sorted({two[0] for two in keys} & paths - {one[0]}):
                there = frozenset(two for two in keys if two[0] == path)
                before, place = seen.setdefault((one, path), (there, tie.location))
                if before != there and tie.location not in told:
                    told.add(tie.location)
                    names = " and ".join(pieces[two].name for two in sorted(there) if two in pieces)
                    yield RULES["TK503"].at(
                        tie.location,
                        f"{pieces[one].name} is aligned with {names} here, and with another unit "
                        "of the same version in another link",
                        hints=("name all that belongs together in one link, or drop one",),
                        related=(Related("the other link", place),),
                    )


# -- TK509: not a version of this document -------------------------------------------------------


def _strangers(links: Links) -> Iterator[tuple[Diagnostic, set[Key]]]:
    """Units that correspond to units of the same version, or of another document.

    One finding for each pair of files, with the units that are to blame.
    """
    groups = {version.path: group for group in links.groups for version in group.versions}
    units = {
        key(version, unit): unit
        for group in links.groups
        for version in group.versions
        for unit in version.units
    }
    found: dict[tuple[str, str], list[tuple[Key, Key, Location]]] = {}

    def add(one: Key, two: Key, location: Location) -> None:
        pair = (one[0], two[0])
        found.setdefault(pair[::-1] if pair[::-1] in found else pair, []).append(
            (one, two, location)
        )

    for name, unit in units.items():
        group = groups[name[0]]
        for target in links.partners[name]:
            other = units.get(target)
            if other is None or target == name:
                continue
            # Original and translation may stand in one file, each in its language.
            inside = target[0] == name[0] and len(group.versions) > 1 and unit.lang == other.lang
            if inside or groups[target[0]] is not group:
                add(name, target, unit.location)
    for tie, keys in links.ties:
        for one, two in combinations(keys, 2):
            if one in units and two in units and groups[one[0]] is not groups[two[0]]:
                add(one, two, tie.location)
    for (path, other_path), pairs in found.items():
        here, there = links.document(path), links.document(other_path)
        if here and there:
            one, two, location = pairs[0]
            more = f", and {len(pairs) - 1} more" if len(pairs) > 1 else ""
            if path == other_path:
                message = f"corresponds to {units[two].name} of the same version{more}"
                hint = "point to its translation; for another tie use @sameAs, @next or a ref"
            else:
                message = (
                    f"corresponds to {units[two].name} in {there.id}, "
                    f"which is not a version of {here.id}{more}"
                )
                hint = (
                    f"if it is: say so in the header, relatedItem type=“translationOf”; "
                    f"if not: point to a version of {here.id}"
                )
            unit = units[one]
            finding = RULES["TK509"].at(
                location,
                f"<{unit.element}> {unit.name} {message}",
                hints=(hint,),
                related=(Related(f"{units[two].name} stands here", units[two].location),),
            )
            yield finding, {name for pair in pairs for name in pair[:2]}

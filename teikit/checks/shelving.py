"""Shelving: shelfmarks that make sense, and enclosures that lie by what encloses them.

The levels of an archive are those of GOST R 7.0.5-2008, 11.4; the Guidelines, chapter 11, ask for a
repository beside the shelfmark.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from teikit.diagnostics import RULES, Diagnostic, Location, Related, Severity
from teikit.facts import Facts
from teikit.holdings import Holding
from teikit.leaves import LeafRange, ShelfmarkError, ordered, problems, read_leaves
from teikit.links import Links
from teikit.shelfmarks import (
    LEVEL_OF,
    WHOLE,
    Shelfmark,
    differing,
    from_parts,
    parse,
    write,
    write_leaves,
)

_WRONG = {
    "backwards": ("{0} runs backwards", "write the first leaf first, and both numbers in full"),
    "overlap": ("{0} overlaps {1}", "one of the two is wrong, or they are one range"),
    "order": ("{0} stands after {1}", "write leaves in the order in which they lie in the file"),
}
_OWN_NAMES = frozenset({"opis", "delo", "опись", "дело"})


def check(links: Links) -> Iterator[Diagnostic]:
    """TK608: a shelfmark contradicts itself. TK609: an enclosure lies away from its cover."""
    for facts in links.facts:
        if facts.header.shelfmark:
            for holding in facts.holdings:
                yield from _leaves_of(holding)
                yield from _levels_of(holding)
    yield from _enclosures(links)


# -- one shelfmark -------------------------------------------------------------------------------


def _mark(holding: Holding) -> Shelfmark:
    return from_parts([(part.kind, part.value) for part in holding.parts])


def _is_leaves(kind: str) -> bool:
    return LEVEL_OF.get(kind.casefold()) == "list"


def _leaves_of(holding: Holding) -> Iterator[Diagnostic]:
    """Leaves that cannot be read, run backwards, overlap or are out of order."""
    leaves: list[LeafRange] = []
    places: list[Location] = []
    for part in holding.parts:
        try:
            read = read_leaves(part.value) if _is_leaves(part.kind) else ()
        except ShelfmarkError as error:
            yield RULES["TK608"].at(
                part.location,
                f"leaves “{part.value}” cannot be read: {error}",
                hints=("write numbers and ranges such as 1-8, 12 об.",),
            )
            continue
        if part.kind in WHOLE:
            read = parse(part.value).leaves
        leaves += read
        places += [part.location] * len(read)
    for what, index, other in problems(leaves):
        message, hint = _WRONG[what]
        names = (f"leaf range {_short(leaves[index])}", _short(leaves[other]))
        yield RULES["TK608"].at(places[index], message.format(*names), hints=(hint,))


def _short(*leaves: LeafRange) -> str:
    return write_leaves(leaves, "short").replace(",", ", ")


def _levels_of(holding: Holding) -> Iterator[Diagnostic]:
    """A shelfmark that nobody keeps, or with a level that hangs in the air; one finding."""
    place = holding.parts[0].location
    if not holding.repository:
        yield RULES["TK608"].at(
            place,
            f"the shelfmark {write(_mark(holding), 'en')} has no repository",
            expected=("repository or institution in msIdentifier",),
            hints=("say who keeps the document: a number means nothing without its archive",),
        )
    elif missing := _missing(holding):
        level, upper = missing
        yield RULES["TK608"].at(
            place,
            f"the shelfmark {write(_mark(holding), 'en')} has {level}, but no {upper}",
            expected=(f"idno of type {upper}",),
            hints=(
                f"add the {upper}"
                + (
                    "; a file that its archive counts without opis is an idno of type unit"
                    if (level, upper) == ("delo", "opis")
                    else ""
                ),
            ),
        )


def _missing(holding: Holding) -> tuple[str, str] | None:
    """A level of the shelfmark, and the one above it that it lacks; None where it lacks none.

    Elsewhere a fonds may have dossiers or leaves without more: only what has the levels of a
    Russian archive by their own names is judged.
    """
    kinds = {part.kind.casefold() for part in holding.parts}
    mark = _mark(holding)
    if not kinds & _OWN_NAMES or not (holding.nested or len(holding.parts) > 1):
        return None
    levels = {level for level, _ in mark.levels}
    if levels - {"fond", "opis", "delo", "list"} or mark.text:
        return None  # counted otherwise
    if levels & {"opis", "delo"} and "fond" not in levels:
        return ("opis" if "opis" in levels else "delo"), "fond"
    if "delo" in levels and "opis" not in levels:
        return "delo", "opis"
    if levels and "delo" not in levels and (mark.leaves or "list" in levels):
        return "leaves", "delo"
    return None


# -- enclosures ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Kept:
    """A document and where it is kept.

    ``keeper`` is the archive: its entry in a register, or else its name; ``leaves`` says where they
    stand.
    """

    name: str
    mark: Shelfmark
    keeper: tuple[str, str]
    location: Location
    leaves: Location


def _enclosures(links: Links) -> Iterator[Diagnostic]:
    """Each cover with its enclosures: in one file, leaf after leaf."""
    clusters = [
        (versions, any(version.header.shelfmark for version in versions))
        for _, versions in links.clusters
    ]
    home = {version.path: at for at, (versions, _) in enumerate(clusters) for version in versions}
    inside: dict[int, dict[int, None]] = defaultdict(dict)
    absent: set[int] = set()
    for at, (versions, shelved) in enumerate(clusters):
        # The other side answers (TK212), and nothing can be compared with what has no shelfmark.
        for version in versions if shelved else ():
            for bond in version.bonds:
                if bond.form != "document" or bond.kind not in ("enclosure", "enclosedIn"):
                    continue
                other = home.get(links.resolve(version.path, bond.token, bond.base).path)
                cover, piece = (at, other) if bond.kind == "enclosure" else (other, at)
                if cover is None or piece is None:
                    absent.add(at)
                elif cover != piece:
                    inside[cover][piece] = None
    known: dict[int, _Kept | None] = {}
    for cover, pieces in inside.items():
        for at in (cover, *pieces):
            if at not in known:
                known[at] = _kept(links, clusters[at][0])
        outer = known[cover]
        found = [kept for at in pieces if cover not in inside.get(at, ()) and (kept := known[at])]
        if outer is not None and found:
            gaps = cover in absent or len(found) < len(pieces)
            yield from _judge(outer, found, gaps)


def _kept(links: Links, versions: tuple[Facts, ...]) -> _Kept | None:
    """Where a document is kept, by the first of its versions that says so."""
    for version in versions:
        for holding in version.holdings if version.header.shelfmark else ():
            entities = (links.entity(version.path, token) for token in holding.tokens)
            keeper = next((entity.key for entity in entities if entity), "")
            first = holding.parts[0].location
            leaves = (part.location for part in holding.parts if _is_leaves(part.kind))
            return _Kept(
                version.id,
                _mark(holding),
                (keeper, "") if keeper else ("", holding.repository.casefold()),
                first,
                next(leaves, first),
            )
    return None


def _judge(cover: _Kept, pieces: list[_Kept], gaps: bool) -> Iterator[Diagnostic]:
    """TK609 for each enclosure of a cover; ``gaps``: others of its enclosures are nowhere."""
    here = []
    for piece in pieces:
        levels = differing(cover.mark, piece.mark)
        keepers = zip(cover.keeper, piece.keeper, strict=True)
        elsewhere = any(one and other and one != other for one, other in keepers)
        if not levels and not elsewhere:
            here.append(piece)
        elif elsewhere or levels != ("fond",):  # the fond alone: TK604 compares those
            yield replace(
                RULES["TK609"].at(
                    piece.location,
                    f"{piece.name} is kept in another file ({write(piece.mark, 'en')}) than "
                    f"{cover.name}, which encloses it ({write(cover.mark, 'en')})",
                    hints=("nothing is wrong where the edition follows a copy kept elsewhere",),
                    related=(Related(f"the shelfmark of {cover.name}", cover.location),),
                ),
                severity=Severity.INFO,
            )
    in_order = [piece for piece in here if piece.mark.leaves and ordered(piece.mark.leaves)]
    if not cover.mark.leaves or not ordered(cover.mark.leaves):
        return
    gaps = gaps or len(in_order) < len(pieces)
    for piece in _apart(cover, in_order):
        finding = RULES["TK609"].at(
            piece.leaves,
            f"{piece.name}, leaves {_short(*piece.mark.leaves)}, lies apart from {cover.name}, "
            f"leaves {_short(*cover.mark.leaves)}, which encloses it",
            hints=("compare the leaves in both headers with the file",),
            related=(Related(f"the leaves of {cover.name}", cover.leaves),),
        )
        after = piece.mark.leaves[0].first > cover.mark.leaves[-1].last
        # The leaves between may be those of the enclosures that nobody found.
        yield replace(finding, severity=Severity.INFO) if gaps and after else finding


def _apart(cover: _Kept, pieces: list[_Kept]) -> Iterator[_Kept]:
    """The enclosures that neither touch the cover nor, one after the other, lead back to it."""
    spans = sorted(
        (one.first.number, one.last.number, owner)
        for owner, kept in enumerate((cover, *pieces))
        for one in kept.mark.leaves
    )
    # Runs of leaves without a gap, and who has leaves in each.
    runs: list[set[int]] = []
    owned: dict[int, list[int]] = defaultdict(list)
    end = -1
    for first, last, owner in spans:
        if not runs or first - end > 1:
            runs.append(set())
        runs[-1].add(owner)
        owned[owner].append(len(runs) - 1)
        end = max(end, last)
    reached, waiting = {0}, [0]
    while waiting:
        for run in owned.pop(waiting.pop(), ()):
            waiting += runs[run] - reached
            reached |= runs[run]
            runs[run] = set()  # once is enough
    yield from (piece for at, piece in enumerate(pieces, 1) if at not in reached)

"""Published references: a passage that readers have cited is found where it was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from teikit.diagnostics import RULES, Diagnostic, Location, Related
from teikit.facts import Facts
from teikit.links import Links
from teikit.promises import Change, Passage, Version, compare
from teikit.published import PublishedError, address, documents, read, version_of

_SHOWN = 8  # related places of one finding


def check(links: Links) -> Iterator[Diagnostic]:
    """TK610: a published reference leads elsewhere. TK611: the file of them is broken."""
    try:
        published = read(links)
    except PublishedError as error:
        yield from error.diagnostics
        return
    if not published:
        return
    homes = documents(links)
    lost = []
    for version in published:
        home = homes.get(version.id)
        if home is None:
            lost.append(version)
            continue
        now = version_of(home)
        if not _same(version, now):
            yield from _version(home, version, compare(version, now))
    if lost and not _partly(links):
        known = {version.id for version in published}
        yield from _lost(links, lost, [homes[key] for key in homes if key not in known])


def _same(was: Version, now: Version) -> bool:
    """Whether every published reference and id leads to the words that it led to."""
    here = {item.ref: item for item in now.passages}
    return all(
        (there := here.get(item.ref)) is not None
        and there.digest == item.digest
        and item.id in ("", there.id)
        for item in was.passages
    )


def _version(home: Facts, version: Version, changes: tuple[Change, ...]) -> Iterator[Diagnostic]:
    """The findings of one version: one for all that were renumbered, one for all that were renamed,
    and one for each other run.
    """
    places = _Places(home)
    shifted = [change for change in changes if change.kind in ("moved", "pushed")]
    if shifted:
        yield _renumbered(places, version, shifted)
    for run in _runs(changes):
        yield _run(places, version, run)
    renamed = [change for change in changes if change.kind == "renamed"]
    if renamed:
        yield _renamed(places, version, renamed)


class _Places:
    """Where the passages of a file stand."""

    def __init__(self, home: Facts) -> None:
        self._whole = home.location
        self._units: dict[str, Location] = {}
        self._declared = True
        for unit in home.units:
            if unit.ref:
                self._units.setdefault(unit.ref, unit.location)
                self._declared = unit.declared

    def of(self, passage: Passage | None) -> Location:
        """The place of a passage; without one that of the whole file."""
        return self._units.get(passage.ref, self._whole) if passage else self._whole

    def keep(self, ref: str) -> str:
        """What to do so that passages keep their references from ``ref`` on."""
        if not self._declared:
            return (
                "write the numbers down (@n) and declare them with citeStructure: references that "
                "are only counted move with every insertion"
            )
        before = int(ref) - 1 if ref.isdecimal() and len(ref) < 10 else 0
        such = f", such as {before}a" if before > 0 else ""
        return (
            "let the passages keep their numbers: what is inserted gets one of its own"
            f"{such}, and what is cut leaves a gap"
        )


# -- renumbered ----------------------------------------------------------------------------------


@dataclass
class _Shift:
    """Passages in a row that all were renumbered by the same."""

    by: int | None
    changes: list[Change]

    def __str__(self) -> str:
        ends = [self.changes[0], *self.changes[-1:]][: min(2, len(self.changes))]
        was = " to ".join(one.ref for one in ends)
        now = " to ".join(one.now.ref for one in ends if one.now)
        each = f" ({self.by:+})" if self.by and len(self.changes) > 1 else ""
        return f"what was published as {was} is now {now}{each}"


def _renumbered(places: _Places, version: Version, shifted: list[Change]) -> Diagnostic:
    shifts: list[_Shift] = []
    for change in shifted:
        if change.now is None:
            continue
        by = _by(change.ref, change.now.ref)
        if shifts and by is not None and shifts[-1].by == by:
            shifts[-1].changes.append(change)
        else:
            shifts.append(_Shift(by, [change]))
    first = shifted[0]
    moved = [change for change in shifted if change.now]
    if len(moved) == 1:
        said = _one_moved(version, moved[0], pushed=len(shifted) > 1)
    else:
        told = "; ".join(map(str, shifts[:4])) + ("; …" if len(shifts) > 4 else "")
        said = f"{len(shifted)} published references of {version.id} lead elsewhere: {told}"
    related = [
        Related(f"what was published as {change.ref} is here, as {change.now.ref}", place)
        for shift in shifts
        for change in _ends(shift.changes)
        if change.now
        for place in [places.of(change.now)]
    ]
    return RULES["TK610"].at(
        places.of(first.here or first.now),
        said,
        expected=[f"{_quote(first.was)} as {first.ref}"],
        hints=(places.keep(first.ref), _give_up(version.id)),
        related=related[:_SHOWN],
    )


def _one_moved(version: Version, change: Change, *, pushed: bool) -> str:
    """What is said of the one passage that has another reference; ``pushed``: a published one."""
    where, now = address(version.id, change.ref), change.now.ref if change.now else ""
    if pushed:
        gone = "" if change.here else f", and {change.ref} is gone"
        return f"{address(version.id, now)} now leads to what was published as {change.ref}{gone}"
    here = "now leads to a new passage" if change.here else "is gone"
    return f"{where} {here}: what was published as {change.ref} is now {now}"


def _by(was: str, now: str) -> int | None:
    """By how much a number differs from another; None where they are no numbers."""
    numbers = all(item.isdecimal() and len(item) < 10 for item in (was, now))
    return int(now) - int(was) if numbers else None


def _ends(changes: list[Change]) -> list[Change]:
    return changes if len(changes) < 3 else [changes[0], changes[-1]]


# -- gone and replaced ---------------------------------------------------------------------------


def _runs(changes: Iterable[Change]) -> Iterator[list[Change]]:
    """Passages in a row that are gone, or whose words are."""
    run: list[Change] = []
    for change in changes:
        if run and change.kind != run[-1].kind:
            yield run
            run = []
        if change.kind in ("gone", "replaced"):
            run.append(change)
    if run:
        yield run


def _run(places: _Places, version: Version, run: list[Change]) -> Diagnostic:
    first, last = run[0], run[-1]
    one = len(run) == 1
    where = address(version.id, first.ref)
    what = where if one else f"{len(run)} published references, {where} to {last.ref},"
    be, have = ("is", "has") if one else ("are", "have")
    if first.kind == "replaced":
        what = where if one else f"the texts of {what.removesuffix(',')}"
        said = f"{what} {have} a new text" if one else f"{what} {be} new"
        said += f": {_quote(first.was)} was published, {_quote(first.here)} is there now"
        hint = "give a new passage a reference of its own, so that the old one is not misread"
    else:
        said = f"{what} {be} gone: {_quote(first.was)} was published"
        hint = "bring the reference back, also where its text has moved"
    related = [
        Related(f"the end of {change.ref} is here, in {change.taken.ref}", places.of(change.taken))
        for change in run
        if change.taken
    ]
    return RULES["TK610"].at(
        places.of(first.here),
        said,
        hints=(hint, _give_up(where if one else version.id)),
        related=related[:_SHOWN],
    )


def _quote(passage: Passage | None) -> str:
    """The words by which a reader knows a passage."""
    if passage is None or not passage.opening:
        return "nothing"
    return f"“{passage.opening} …”" if passage.ending else f"“{passage.opening}”"


def _renamed(places: _Places, version: Version, renamed: list[Change]) -> Diagnostic:
    """One finding for all passages of a version that have another id."""
    first, last = renamed[0], renamed[-1]
    was, now = (
        [f"“{item.id}”" if item.id else "none" for item in ends if item]
        for ends in ((first.was, last.was), (first.now, last.now))
    )
    if len(renamed) == 1:
        said = f"{address(version.id, first.ref)} has another xml:id: {was[0]} was published"
        said += f", {now[0]} is there now"
    else:
        said = f"{len(renamed)} published passages of {version.id} have other xml:ids: "
        said += f"{' to '.join(was)} were published, {' to '.join(now)} are there now"
    return RULES["TK610"].at(
        places.of(first.now),
        said,
        hints=(
            "give the passages their ids again: the addresses that readers keep end with them",
            _give_up(version.id),
        ),
        related=[
            Related(f"{address(version.id, change.ref)} is here", places.of(change.now))
            for change in renamed[1:_SHOWN]
        ],
    )


def _give_up(name: str) -> str:
    return f"to give up what was published: teikit cite --publish --release {name}"


# -- whole versions ------------------------------------------------------------------------------


def _partly(links: Links) -> bool:
    """Whether some texts were not seen: one cannot be read, or only a few were asked about."""
    corpus = links.corpus
    unread = any(item.code.startswith("TK0") for item in corpus.findings)
    return unread or (corpus.config.file is None and corpus.selected is not None)


def _lost(links: Links, lost: list[Version], new: list[Facts]) -> Iterator[Diagnostic]:
    """Versions of which nothing is there, and where their passages may be now."""
    name = links.corpus.config.citation.lock
    homes: dict[str, set[str]] = {}
    for facts in new:
        for item in version_of(facts).passages:
            homes.setdefault(item.digest, set()).add(facts.id)
    files = {facts.id: facts.location for facts in new}
    for version in lost:
        found: dict[str, int] = {}
        for item in version.passages:
            for home in homes.get(item.digest, ()):
                found[home] = found.get(home, 0) + 1
        best = max(sorted(found), key=lambda home: found[home], default="")
        likely = best and 2 * found[best] >= len(version.passages)
        count = len(version.passages)
        yield RULES["TK610"].at(
            Location(name, version.line),
            f"{version.id} is gone, of which {count} reference{'s' if count != 1 else ''} "
            f"{'were' if count != 1 else 'was'} published"
            + (f"; its words are now in {best}" if likely else ""),
            hints=(
                f"give it the id {version.id} again" if likely else "bring the file back",
                _give_up(version.id),
            ),
            related=[Related(f"{best} is here", files[best])] if likely else (),
        )

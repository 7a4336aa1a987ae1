"""Headers that contradict themselves, and versions of a document that contradict each other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from teikit.checks.dates import explain
from teikit.checks.lives import attributes_of
from teikit.claims import Claim
from teikit.days import Day, disorder, first, last
from teikit.diagnostics import RULES, Diagnostic, Related
from teikit.facts import Facts
from teikit.links import Links

# What the places are called in messages.
_CALLED = {
    "author": "titleStmt/author",
    "sender": "correspAction of type sent",
    "sent": "the date of sending (correspAction)",
    "arrived": "the date of receiving (correspAction)",
    "created": "creation/date",
    "origin": "origDate",
    "printed": "the date of the printed source (imprint/date)",
    "published": "publicationStmt/date",
    "genre": "the genre (keywords/term)",
}
_COMPARE = "compare both with the source: one of them has a slip"


def check(links: Links) -> Iterator[Diagnostic]:
    """TK607: a header contradicts itself. TK612: versions of a document contradict each other."""
    for facts in links.facts:
        if facts.role == "edition":
            yield from _Header(links, facts).findings()
    for _, versions in links.clusters:
        headers = [_Header(links, facts) for facts in versions]
        for header in headers:
            yield from header.findings()
        for other in headers[1:]:
            yield from _versions(headers[0], other)


@dataclass(frozen=True, slots=True)
class _Clash:
    """Two claims that cannot both be true, and why."""

    reason: str
    one: Claim
    two: Claim


class _Header:
    """The claims of one header, by kind."""

    def __init__(self, links: Links, facts: Facts) -> None:
        self._links = links
        self.facts = facts
        self._claims: dict[str, list[Claim]] = {}
        for claim in facts.claims:
            self._claims.setdefault(claim.kind, []).append(claim)
        self.clashes = tuple(self._dates())
        self.strangers = self._persons("author"), self._persons("sender")

    def of(self, kind: str) -> Sequence[Claim]:
        """The claims of a kind in the order of the header."""
        return self._claims.get(kind, ())

    @property
    def author_is_no_sender(self) -> bool:
        """Whether persons wrote it and other persons sent it."""
        authors, senders = self.strangers
        return bool(authors and senders and not authors & senders)

    def findings(self) -> Iterator[Diagnostic]:
        """TK607: what the header says in two ways."""
        if self.author_is_no_sender:
            author, sender = self.of("author")[0], self._sender()
            yield RULES["TK607"].at(
                author.location,
                f"“{author.text}” is the author{_line(author)}, but “{sender.text}” the sender"
                f"{_line(sender)}: the register knows them as two persons",
                hints=(
                    "give author and sender one ref if they are one; who only handed the text on "
                    "is no sender of it (correspAction of another type, or respStmt)",
                ),
                related=(Related("the sender", sender.location),),
            )
        if self.clashes:
            yield _clashing(self.clashes)
        for claim in self.of("pages"):
            if backward := _backward(claim):
                yield RULES["TK607"].at(
                    claim.location,
                    f"the pages run backward: from {backward[0]} to {backward[1]}",
                    hints=("the two may be swapped, or one has a slip",),
                )

    def _sender(self) -> Claim:
        return next(claim for claim in self.of("sender") if self.person(claim))

    def person(self, claim: Claim) -> str:
        """The key of the person that a claim names; ``""`` where it names none."""
        for token in claim.ref.split():
            entity = self._links.entity(self.facts.path, token)
            if entity and entity.entry.kind == "person":
                return entity.key
        return ""

    def keys(self, kind: str) -> frozenset[str] | None:
        """The register keys of all that are named in a role; None where one has none."""
        keys = []
        for claim in self.of(kind):
            tokens = claim.ref.split()
            found = (self._links.entity(self.facts.path, token) for token in tokens)
            key = next((entity.key for entity in found if entity), None)
            if key is None:
                return None
            keys.append(key)
        return frozenset(keys)

    def _persons(self, kind: str) -> frozenset[str]:
        """The persons in a role; empty where one of those named may be anybody."""
        named = [claim for claim in self.of(kind) if claim.element != "orgName"]
        keys = [self.person(claim) for claim in named]
        if kind == "author" and len(named) < len(self.of(kind)):
            return frozenset()  # an institution may have had anybody send it
        return frozenset(keys) if all(keys) else frozenset()

    def _dates(self) -> Iterator[_Clash]:
        """Which dates cannot both be true."""
        sent, created, origin, printed = map(self.of, ("sent", "created", "origin", "printed"))
        relations = self.facts.header.relations
        # A translation may have been made after everything else.
        translated = any(item.type == "translationOf" for item in relations)
        apart = _before(created, sent) if translated else _apart(created, sent)
        made = () if translated else created
        written = next(filter(None, (sent, made, origin)), ())
        if apart:
            yield _Clash("the text is dated twice", *apart)
        # The other way round it is a copy.
        for other in (sent, made):
            if pair := _before(origin, other):
                yield _Clash("the manuscript is older than the text", *pair)
                break
        if pair := _before(self.of("arrived"), sent):
            yield _Clash("the letter was received before it was sent", *pair)
        if pair := _before(printed, written):
            yield _Clash("it was printed before it was written", *pair)
        published = self.of("published")
        if pair := _before(published, printed):
            yield _Clash("the edition is older than its source", *pair)
        if pair := _before(published, written):
            yield _Clash("the edition is older than its text", *pair)


def _line(claim: Claim) -> str:
    return f" (line {claim.location.line})" if claim.location.line else ""


def _shown(claim: Claim) -> str:
    """A date as its attributes have it, and where it is said."""
    values = attributes_of(claim.date) if claim.date else {}
    whole = " ".join(f"{name}=“{value}”" for name, value in values.items())
    return f"{_CALLED[claim.kind]} has {whole}{_line(claim)}"


def _clashing(clashes: tuple[_Clash, ...]) -> Diagnostic:
    """One finding for all dates that clash: mostly one of them is wrong."""
    counted = Counter(claim for clash in clashes for claim in (clash.one, clash.two))
    usual = counted.most_common(1)[0][0]
    first_clash = next(clash for clash in clashes if usual in (clash.one, clash.two))
    other = first_clash.two if usual is first_clash.one else first_clash.one
    others = [claim for claim in counted if claim not in (usual, other)]
    return RULES["TK607"].at(
        usual.location,
        f"{first_clash.reason}: {_shown(first_clash.one)}, {_shown(first_clash.two)}",
        hints=(_COMPARE,),
        related=[Related(_shown(claim), claim.location) for claim in (other, *others)],
    )


# -- dates ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Span:
    """The days that a date may mean; None at an end that is open."""

    low: Day | None
    high: Day | None

    def before(self, other: _Span) -> bool:
        """Whether all of it is before the other."""
        return self.high is not None and other.low is not None and self.high < other.low


def _span(claim: Claim) -> _Span | None:
    """The days that a claim may mean; None where it says nothing, or what another check tells."""
    date = claim.date
    values = attributes_of(date) if date else {}
    if date is None or not values or disorder(values):
        return None
    if any(first(value) is None or explain(value) for value in values.values()):
        return None
    low = date.when or date.start or date.not_before
    high = date.when or date.end or date.not_after
    return _Span(first(low), last(high))


def _spans(claims: Sequence[Claim]) -> list[tuple[Claim, _Span]]:
    return [(claim, span) for claim in claims if (span := _span(claim))]


def _apart(ones: Sequence[Claim], twos: Sequence[Claim]) -> tuple[Claim, Claim] | None:
    """The first of each, where none of the one kind meets any of the other."""
    mine, theirs = _spans(ones), _spans(twos)
    pairs = [(one, two) for one in mine for two in theirs]
    if pairs and all(one[1].before(two[1]) or two[1].before(one[1]) for one, two in pairs):
        return pairs[0][0][0], pairs[0][1][0]
    return None


def _before(ones: Sequence[Claim], twos: Sequence[Claim]) -> tuple[Claim, Claim] | None:
    """The first of each, where all of the one kind are before all of the other."""
    mine, theirs = _spans(ones), _spans(twos)
    pairs = [(one, two) for one in mine for two in theirs]
    if pairs and all(one[1].before(two[1]) for one, two in pairs):
        return pairs[0][0][0], pairs[0][1][0]
    return None


# -- pages ---------------------------------------------------------------------------------------

_PAGES = re.compile(r"\D*(\d{1,9})\s*[-–—]\s*(\d{1,9})\D*")


def _backward(claim: Claim) -> tuple[str, str] | None:
    """The ends of a range of pages that runs backward; None where it does not, or is no range."""
    stated = _PAGES.fullmatch(claim.text)
    written = (stated[1], stated[2]) if stated else ("", "")
    for start, end in (claim.ends, written):
        if not all(item.isdecimal() and len(item) < 10 for item in (start, end)):
            continue
        # “326-34” are the pages to 334.
        whole = start[: len(start) - len(end)] + end
        if int(whole) < int(start):
            return start, end
    return None


# -- versions ------------------------------------------------------------------------------------


def _versions(original: _Header, version: _Header) -> Iterator[Diagnostic]:
    """TK612: what the header of a version says otherwise than that of the original."""
    found = list(_disagreements(original, version))
    if not found:
        return
    one, two = original.facts, version.facts
    told = "; ".join(f"{what}: {mine} here, {theirs} there" for what, mine, theirs, _, _ in found)
    yield RULES["TK612"].at(
        found[0][3].location,
        f"{two.id} and {one.id} are versions of one document, but do not agree: {told}",
        hints=(f"compare both headers ({two.path}, {one.path}): readers cite one document",),
        related=[Related(f"{what} in {one.path}", there.location) for what, *_, there in found],
    )


def _disagreements(
    original: _Header, version: _Header
) -> Iterator[tuple[str, str, str, Claim, Claim]]:
    """What is disagreed on, what either says, and where the version and the original say it."""
    if not (original.author_is_no_sender or version.author_is_no_sender):
        one, two = original.keys("author"), version.keys("author")
        if one and two and one != two:
            here, there = version.of("author"), original.of("author")
            yield "author", _named(here), _named(there), here[0], there[0]
    if not (original.clashes or version.clashes) and (pair := _other_date(original, version)):
        mine, theirs = pair
        yield "date", _attributes(mine), _attributes(theirs), mine, theirs
    for lang in dict.fromkeys(claim.lang for claim in original.of("genre")):
        here = [claim for claim in version.of("genre") if claim.lang == lang]
        there = [claim for claim in original.of("genre") if claim.lang == lang]
        if here and _words(here) != _words(there):
            yield "genre", _named(here), _named(there), here[0], there[0]
            break


def _other_date(original: _Header, version: _Header) -> tuple[Claim, Claim] | None:
    """The dates of a version and its original, where they cannot stand for one document.

    A letter is sent once. Of a text the version may say when the translation was made, which is
    later.
    """
    for kind in ("sent", "created"):
        here, there = _spans(version.of(kind)), _spans(original.of(kind))
        if not here or not there:
            continue
        (mine, span), (theirs, other) = here[0], there[0]
        later = kind == "created" and other.before(span)
        return None if span == other or later else (mine, theirs)
    return None


def _attributes(claim: Claim) -> str:
    return "/".join(attributes_of(claim.date).values()) if claim.date else ""


def _named(claims: Sequence[Claim]) -> str:
    return ", ".join(f"“{claim.text}”" for claim in claims)


def _words(claims: Sequence[Claim]) -> set[str]:
    return {" ".join(claim.text.casefold().split()) for claim in claims}

"""Promises: what became of published references when the texts were edited.

Words decide which passage of now is the one that was published: a mended letter or word leaves it
the same, and where all passages after an insertion have moved on by one, each is found again.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from hashlib import sha256
from itertools import pairwise

# How many words of a passage are written out at its beginning and at its end, and how many
# characters at most: not every script parts its words.
_OPENING, _ENDING = 10, 5
_LONG = 120


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage by its reference; ``line`` is where the file has it (0: it is of the text).

    ``digest`` stands for its words; ``opening`` and ``ending`` are the first and the last of them
    (a short passage is whole in its opening).
    """

    ref: str
    id: str
    digest: str
    opening: str
    ending: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a document with its passages in order."""

    id: str
    root: str
    title: str
    passages: tuple[Passage, ...]
    line: int = 0


def words_of(text: str) -> list[str]:
    """The words of a text as they are compared: without case and punctuation."""
    return re.findall(r"\w+", unicodedata.normalize("NFC", text).casefold())


def passage(ref: str, key: str, text: str) -> Passage:
    """The passage with a reference, an ``xml:id`` and a text."""
    digest = sha256(" ".join(words_of(text)).encode()).hexdigest()[:12]
    shown = text.split()
    whole = " ".join(shown)
    if len(shown) <= _OPENING + _ENDING and len(whole) <= _LONG:
        return Passage(ref, key, digest, whole)
    opening, ending = " ".join(shown[:_OPENING]), " ".join(shown[-_ENDING:])
    return Passage(ref, key, digest, opening[:_LONG].rstrip(), ending[-_LONG:].lstrip())


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a published reference of a version.

    ``was`` is what was published, None where the reference is new; ``now`` the passage that has its
    words, ``here`` the passage that has its reference, ``before`` what was published of the latter
    under another reference; ``taken`` the passage that has taken its words in.

    ``kind`` is ``kept`` (also with a mended word), ``renamed`` (kept, but with another ``xml:id``,
    by which addresses find it), ``moved`` (its words have another reference), ``pushed`` (its words
    are gone, and the reference leads to another published passage), ``replaced`` (by words that are
    new), ``gone`` or ``new``.
    """

    version: str
    kind: str
    was: Passage | None = None
    now: Passage | None = None
    here: Passage | None = None
    before: Passage | None = None
    taken: Passage | None = None

    @property
    def broken(self) -> bool:
        """Whether the reference no longer leads where it led when it was published."""
        return self.kind not in ("kept", "new")

    @property
    def ref(self) -> str:
        """The reference that it is about."""
        passage = self.was or self.here
        return passage.ref if passage else ""


def compare(was: Version, now: Version) -> tuple[Change, ...]:
    """What became of each published passage of a version, in their order, and what is new."""
    matches = _Matches(was.passages, now.passages)
    here = {item.ref: item for item in now.passages}
    changes = []
    for old in was.passages:
        new, there = matches.new.get(old.ref), here.get(old.ref)
        before = matches.old.get(there.ref) if there else None
        if new and new.ref == old.ref:
            kind = "kept" if old.id in ("", new.id) else "renamed"
        elif new:
            kind = "moved"
        elif there is None:
            kind = "gone"
        else:
            kind = "pushed" if before else "replaced"
        taken = None if new else matches.swallowed(old)
        changes.append(Change(was.id, kind, old, new, there, before, taken))
    published = {item.ref for item in was.passages}
    changes += [
        Change(was.id, "new", now=item, here=item, before=matches.old.get(item.ref))
        for item in now.passages
        if item.ref not in published
    ]
    return tuple(changes)


def alike(one: Passage, two: Passage) -> bool:
    """Whether one may be the other with a word or some letters mended, or with more at one end.

    Half of the first words in their order, or nearly all of the last, are the same (ends are short
    and full of small words); of short passages most of the letters.
    """
    mine, theirs = words_of(one.opening), words_of(two.opening)
    if not mine or not theirs:
        return mine == theirs
    ends = _ratio(words_of(_last(one)), words_of(_last(two)))
    if _ratio(mine, theirs) >= 0.5 or ends >= 0.8:
        return True
    return _ratio(" ".join(mine), " ".join(theirs)) >= 0.75


def _last(passage: Passage) -> str:
    return passage.ending or " ".join(passage.opening.split()[-_ENDING:])


def _ratio(one: Sequence[str], two: Sequence[str]) -> float:
    """How much of two sequences is the same in the same order, from 0 to 1."""
    return SequenceMatcher(None, one, two, autojunk=False).ratio()


class _Matches:
    """Which passage of now has the words of which published one.

    ``new`` finds it by the published reference, ``old`` the other way. Words decide; an id helps
    where the same words stand twice or were mended.
    """

    def __init__(self, was: tuple[Passage, ...], now: tuple[Passage, ...]) -> None:
        self.new: dict[str, Passage] = {}
        self.old: dict[str, Passage] = {}
        self._was, self._now = was, now
        here = {item.ref: item for item in now}
        often = Counter(item.digest for passages in (was, now) for item in passages)
        # What stands once on either side is itself; of “Yes.” and “Yes.” the neighbours tell.
        for repeated in (False, True):
            for item in self._left(was, self.new):
                there = here.get(item.ref)
                if (
                    there
                    and there.ref not in self.old
                    and there.digest == item.digest
                    and (repeated or often[item.digest] == 2)
                ):
                    self._join(item, there)
            self._by(lambda item: item.digest)
            self._by(lambda item: f"{item.id} {item.digest}" if item.id else "")
            self._neighbours(exact=True)
        self._neighbours(exact=False)
        for item in self._left(was, self.new):
            there = here.get(item.ref)
            if there and there.ref not in self.old and _still(item, there):
                self._join(item, there)
        self._by(lambda item: item.id, sure=False)
        self._by(_begins)
        self._by(_ends)

    def swallowed(self, passage: Passage) -> Passage | None:
        """The one passage that ends with the words of another that is gone: the two were joined."""
        key = _ends(passage)
        found = [item for item in self._now if key and _ends(item) == key]
        return found[0] if len(found) == 1 else None

    def _join(self, old: Passage, new: Passage) -> None:
        self.new[old.ref], self.old[new.ref] = new, old

    @staticmethod
    def _left(passages: tuple[Passage, ...], taken: dict[str, Passage]) -> list[Passage]:
        return [item for item in passages if item.ref not in taken]

    def _by(self, key: Callable[[Passage], str], *, sure: bool = True) -> None:
        """Join what alone has a key on its side; where that is not sure, if the words are alike."""
        old = _single(self._left(self._was, self.new), key)
        new = _single(self._left(self._now, self.old), key)
        for name, item in old.items():
            if name in new and (sure or alike(item, new[name])):
                self._join(item, new[name])

    def _neighbours(self, *, exact: bool) -> None:
        """Join what stands beside two that belong together, forward and backward."""
        place = {item.ref: number for number, item in enumerate(self._now)}
        for step in (1, -1):
            whole = self._was[::step]
            for item, beside in pairwise(whole):
                partner = self.new.get(item.ref)
                if partner is None or partner.ref == item.ref or beside.ref in self.new:
                    continue
                number = place[partner.ref] + step
                if not 0 <= number < len(self._now):
                    continue
                there = self._now[number]
                same = there.digest == beside.digest
                if there.ref not in self.old and (same if exact else alike(beside, there)):
                    self._join(beside, there)


def _single(passages: list[Passage], key: Callable[[Passage], str]) -> dict[str, Passage]:
    """The passages by a key that no other of them has; those without a key are left out."""
    found: dict[str, list[Passage]] = {}
    for item in passages:
        found.setdefault(key(item), []).append(item)
    return {name: items[0] for name, items in found.items() if name and len(items) == 1}


def _still(old: Passage, new: Passage) -> bool:
    """Whether a passage under its own reference is still the one that was published.

    Of very few words any may have been mended; there the id decides.
    """
    few = len(words_of(old.opening)) <= 2 and len(words_of(new.opening)) <= 2
    return alike(old, new) or (few and old.id == new.id)


def _begins(passage: Passage) -> str:
    words = words_of(passage.opening)[:5]
    return " ".join(words) if len(words) == 5 else ""


def _ends(passage: Passage) -> str:
    words = words_of(_last(passage))[-4:]
    return " ".join(words) if len(words) == 4 else ""

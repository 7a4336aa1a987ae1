"""Citations that pages hold ready: of each version and each of its passages, in every style.

The citations of most passages of a version differ in a number and an address only. A page holds one
*frame* for all of those, a citation with gaps, and what fills the gaps at each passage: a hundred
paragraphs in four styles weigh a few kilobytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import count

from teikit.bibliography import address, record
from teikit.citations.options import Options, Run
from teikit.citations.styles import STYLES, compose, language_of
from teikit.citing import options
from teikit.links import Group, Links
from teikit.locators import leaves_of, locator
from teikit.pages import ANCHOR, Citation, Filling, Part, Quotable
from teikit.record import Locator, Record, limited

# Numbers that no frame needs to know; what is counted otherwise (12a, IV) has a frame of its own.
_NUMBER = re.compile(r"[0-9]{1,6}")


def styles(links: Links) -> tuple[str, ...]:
    """The styles that pages offer: that of ``[citation]``, then those that are built in."""
    own = links.corpus.config.citation.style
    return (own, *(name for name in STYLES if name != own))


def quotable(links: Links, group: Group) -> Quotable:
    """The citations of the versions of a document, their frames, and what fills these.

    Raises ConfigError or OutputError where the style of ``[citation]`` cannot be used.
    """
    citations: list[Citation] = []
    fillings: dict[tuple[str, str], Filling] = {}
    for version in group.versions:
        whole = record(links, group, version)
        marks = _marks_for(links, whole)
        citations += _written(links, whole, version.id, "", marks)
        frames: dict[Locator, str] = {}
        leaves = leaves_of(links, version)
        for unit in version.units:
            if unit.ref:
                frame, values = _frame(locator(version, unit, unit, leaves), marks)
                if frame not in frames:
                    frames[frame] = f"{version.id}.{len(frames) + 1}"
                fillings[version.id, unit.key] = Filling(frames[frame], values)
        for frame, name in frames.items():
            where = address(links, group, version, marks.anchor) or whole.url
            passage = replace(whole, locator=frame, url=where)
            citations += _written(links, passage, version.id, name, marks)
    return Quotable(tuple(citations), fillings)


@dataclass(frozen=True, slots=True)
class _Marks:
    """What stands in the gaps while a style writes: numbers, as styles look at them, and a name."""

    seed: int

    def level(self, place: int) -> str:
        return f"{self.seed}{place:02}"

    @property
    def anchor(self) -> str:
        return f"teikit{self.seed}anchor"

    @property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(rf"teikit{self.seed}anchor|{self.seed}(\d\d)")


def _marks_for(links: Links, whole: Record) -> _Marks:
    """Marks that no citation of the record has by itself."""
    said = "".join(item.text for item in _written(links, whole, "", "", None))
    return next(_Marks(seed) for seed in count(73519) if str(seed) not in said)


def _frame(found: Locator, marks: _Marks) -> tuple[Locator, tuple[str, ...]]:
    """The passage with its numbers taken out, and these from the outermost level."""
    values: list[str] = []

    def gap(value: str) -> str:
        if not _NUMBER.fullmatch(value):
            return value
        values.append(value)
        return marks.level(len(values))

    above = tuple((unit, gap(value)) for unit, value in found.above)
    value = gap(found.value or found.ref)
    return Locator(value, found.unit, value, above, found.leaf, marks.anchor), tuple(values)


def _written(
    links: Links, item: Record, version: str, frame: str, marks: _Marks | None
) -> Iterator[Citation]:
    """The record in every style."""
    chosen = limited(item, links.corpus.config.citation.places)
    configured = options(links.corpus.config)
    for style in styles(links):
        how = configured if style == configured.style else Options(style)
        runs = _built_in(chosen, how) if style in STYLES else compose([chosen], how)[0]
        lang = language_of(item, how)
        parts = tuple(part for run in runs for part in _parts(run, lang, marks))
        yield Citation(version, style, lang, parts, frame)


@lru_cache(maxsize=2**14)
def _built_in(item: Record, how: Options) -> tuple[Run, ...]:
    """What a built-in style makes of a record: when a text changes, most records do not."""
    (runs,) = compose([item], how)
    return tuple(runs)


def _parts(run: Run, lang: str, marks: _Marks | None) -> Iterator[Part]:
    """The text of a run and the gaps in it."""
    own = run.lang if run.lang != lang else ""
    end = 0
    for found in marks.pattern.finditer(run.text) if marks else ():
        yield Part(run.text[end : found.start()], run.italic, own)
        yield Part("", run.italic, own, gap=str(int(found[1])) if found[1] else ANCHOR)
        end = found.end()
    yield Part(run.text[end:], run.italic, own)

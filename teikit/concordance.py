"""The hits of a search written out: keyword in context for a terminal, JSON, CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from teikit.columns import char_width, pad, width
from teikit.search import Found, Hit
from teikit.text import snippet

_CONTEXT = 60  # characters on each side in JSON and CSV
_LEAST = 30  # columns of words: the references are cut before these are
_GAP = "  "
_FIELDS = (
    *("document", "version", "language", "date", "reference", "id", "part", "element", "note"),
    *("path", "line", "before", "text", "after"),
)


def lines(hits: Sequence[Hit], columns: int, *, colour: bool = False) -> Iterator[str]:
    """One line for each hit, no wider than ``columns``, the hits below each other."""
    labels = [hit.reference + (" note" if hit.note else "") for hit in hits]
    longest = max(map(width, labels), default=0)
    left = min(longest, max(columns - _LEAST - len(_GAP), 8))
    room = max(columns - left - len(_GAP), _LEAST)
    # Seen from its middle a line has as much before a hit as after the shortest word.
    side = (room - 2) * 9 // 20
    for hit, label in zip(hits, labels, strict=True):
        before = _ending(hit.text[: hit.start].rstrip(), side)
        gap = " " if _spaced(hit.text[: hit.start]) else ""
        hit_text = _beginning(hit.text[hit.start : hit.end], room - side - 1)
        after = _beginning(hit.text[hit.end :], room - side - 1 - width(hit_text))
        before = before + gap if gap else _ending(hit.text[: hit.start], side + 1)
        shown = f"\x1b[1;31m{hit_text}\x1b[0m" if colour else hit_text
        head = pad(_beginning(label, left), left)
        head = f"\x1b[36m{head}\x1b[0m" if colour else head
        yield f"{head}{_GAP}{' ' * (side + 1 - width(before))}{before}{shown}{after}".rstrip()


def _spaced(text: str) -> bool:
    return text.endswith(" ")


def _beginning(text: str, columns: int) -> str:
    """As much of the beginning of a text as fits, ``…`` where something is left out."""
    if width(text) <= columns:
        return text
    return _fitting(text, columns - 1).rstrip() + "…" if columns > 0 else ""


def _ending(text: str, columns: int) -> str:
    """As much of the end of a text as fits, ``…`` where something is left out."""
    if width(text) <= columns:
        return text
    kept, used = len(text), 1
    while used + char_width(text[kept - 1]) <= columns:
        kept -= 1
        used += char_width(text[kept])
    while kept < len(text) and char_width(text[kept]) == 0:
        kept += 1  # a mark without its letter
    return "…" + text[kept:].lstrip()


def _fitting(text: str, columns: int) -> str:
    used = 0
    for place, char in enumerate(text):
        used += char_width(char)
        if used > columns:
            return text[:place]
    return text


def summary(found: Found, shown: int) -> str:
    """One line: how many hits, how many of them are shown, what was looked through."""
    looked = f"{_counted(found.units, 'unit')} of {_counted(found.texts, 'text')}"
    if found.notes:
        looked = f"{_counted(found.units, 'unit')} and {_counted(found.notes, 'note')} of " + (
            _counted(found.texts, "text")
        )
    there = len({(hit.reference, hit.id) for hit in found.hits})
    hits = _counted(len(found.hits), "hit")
    if not found.hits:
        return f"no hits in {looked}"
    first = f", the first {shown} shown" if shown < len(found.hits) else ""
    return f"{hits} in {there} of {looked}{first}"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def counts(hits: Iterable[Hit]) -> dict[str, int]:
    """How many hits each version has, in the order of the corpus."""
    found: dict[str, int] = {}
    for hit in hits:
        found[hit.version] = found.get(hit.version, 0) + 1
    return found


def row(hit: Hit) -> dict[str, object]:
    """A hit with the field names of JSON and CSV."""
    before, text, after = snippet(hit.text, hit.start, hit.end, _CONTEXT)
    context = {"before": before, "text": text, "after": after}
    return {name: context[name] if name in context else getattr(hit, name) for name in _FIELDS}


def as_json(
    found: Found, shown: Sequence[Hit], nearest: Mapping[str, Sequence[str]], *, count: bool
) -> str:
    """The result as one JSON object; ``count`` leaves the hits themselves out."""
    data: dict[str, object] = {
        "found": len(found.hits),
        "searched": {"texts": found.texts, "units": found.units, "notes": found.notes},
        "undated": found.undated,
        "nearest": nearest,
    }
    if count:
        data["counts"] = counts(found.hits)
    else:
        data["hits"] = [row(hit) for hit in shown]
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def as_csv(found: Found, shown: Sequence[Hit], *, count: bool) -> str:
    """The hits as CSV (RFC 4180) with a header line; with ``count`` how many each version has."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    if count:
        writer.writerow(("version", "hits"))
        writer.writerows(counts(found.hits).items())
        return out.getvalue()
    writer.writerow(_FIELDS)
    for hit in shown:
        values = row(hit).values()
        writer.writerow(
            str(value).lower() if isinstance(value, bool) else value for value in values
        )
    return out.getvalue()

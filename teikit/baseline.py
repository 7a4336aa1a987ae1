"""The baseline: findings that are known, so that an old corpus can adopt the tool today.

A finding is recognised by its file, its code, its message, and the text of the line it stands on;
not by the number of the line, which moves whenever something is added above. The file is JSON, one
entry a line, sorted, so that version control shows what was mended.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from teikit.diagnostics import RULES, Diagnostic, Location
from teikit.errors import ConfigError
from teikit.lines import Lines

VERSION = 1
# What is wrong with a run as a whole cannot be known beforehand and waved through.
_NEVER = ("TK109", "TK9")
_LONG = 160  # characters; of a longer line only the surroundings of the finding count
_AROUND = 40
_PLACES = re.compile(r"\b(line|lines|column|byte) \d+|(?<=\w):\d+(?::\d+)?\b")


class Key(NamedTuple):
    """What a finding is recognised by; ``line`` is a hash, empty where no line is meant."""

    path: str
    code: str
    message: str
    line: str


@dataclass(frozen=True, slots=True)
class Baseline:
    """Known findings, and how often each occurs."""

    counts: Mapping[Key, int] = field(default_factory=dict)

    def sift(self, findings: Iterable[Diagnostic], lines: Lines) -> Sifted:
        """Split findings into new and known ones, and tell what of the baseline is left over."""
        left = Counter(dict(self.counts))
        fresh: list[Diagnostic] = []
        known = 0
        for finding in findings:
            key = key_of(finding, lines)
            if left[key] > 0 and not finding.code.startswith(_NEVER):
                left[key] -= 1
                known += 1
            else:
                fresh.append(finding)
        return Sifted(tuple(fresh), known, tuple(sorted(key for key in left if left[key] > 0)))


@dataclass(frozen=True, slots=True)
class Sifted:
    """New findings in their order, the number of known ones, entries that no longer occur."""

    fresh: tuple[Diagnostic, ...]
    known: int
    stale: tuple[Key, ...]


def key_of(finding: Diagnostic, lines: Lines) -> Key:
    """What the finding is recognised by, wherever its line has moved."""
    message = _PLACES.sub(lambda match: f"{match[1] or ''}…", " ".join(finding.message.split()))
    place = finding.location
    return Key(place.path, finding.code, message, _hash(lines.line(place.path, place.line), place))


def fingerprints(findings: Iterable[Diagnostic], lines: Lines) -> Iterator[str]:
    """A name for each finding that stays when its line moves; the same one never twice."""
    from hashlib import sha256

    seen: Counter[Key] = Counter()
    for finding in findings:
        key = key_of(finding, lines)
        seen[key] += 1
        whole = "\0".join((*key, str(seen[key])))
        yield sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def collect(findings: Iterable[Diagnostic], lines: Lines) -> Baseline:
    """A baseline of these findings; without those that concern the run as a whole."""
    return Baseline(
        Counter(key_of(item, lines) for item in findings if not item.code.startswith(_NEVER))
    )


def load(path: Path, name: str) -> Baseline:
    """Read a baseline; ``name`` is what messages call the file.

    Raises ConfigError (TK904) where it cannot be read or is not one.
    """
    import json

    try:
        data = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise _refused(name, f"cannot be read: {error.strerror}", _MAKE) from error
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        raise _refused(name, f"is not JSON: {error}", _REDO, line=line) from error
    version = data.get("teikit-baseline") if isinstance(data, dict) else None
    if not isinstance(data, dict) or version is None:
        raise _refused(name, "is not a baseline of teikit", _MAKE)
    if version != VERSION:
        raise _refused(name, f"has format {version!r}; this teikit reads {VERSION}", _REDO)
    counts: dict[Key, int] = {}
    try:
        for file, entries in data["findings"].items():
            for entry in entries:
                key = Key(file, *(_text(entry[name]) for name in ("code", "message", "line")))
                count = entry["count"]
                if type(count) is not int or count < 1:
                    raise ValueError(count)
                counts[key] = counts.get(key, 0) + count
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise _refused(name, f"has an entry that is not one: {error}", _REDO) from error
    return Baseline(counts)


def dump(baseline: Baseline) -> bytes:
    """The file of a baseline: the same findings give the same bytes."""
    import json

    files: dict[str, list[str]] = {}
    for key, count in sorted(baseline.counts.items()):
        entry = {"code": key.code, "line": key.line, "count": count, "message": key.message}
        files.setdefault(key.path, []).append(_json(json.dumps(entry, ensure_ascii=False)))
    blocks = [
        _json(json.dumps(path, ensure_ascii=False)) + ": [\n   " + ",\n   ".join(entries) + "\n  ]"
        for path, entries in files.items()
    ]
    inside = "\n  " + ",\n  ".join(blocks) + "\n " if blocks else ""
    text = f'{{\n "teikit-baseline": {VERSION},\n "findings": {{{inside}}}\n}}\n'
    return text.encode("utf-8")


_MAKE = "write one with: teikit validate --write-baseline FILE"
_REDO = "write it anew with: teikit validate --write-baseline FILE"


def _refused(name: str, reason: str, hint: str, line: int | None = None) -> ConfigError:
    finding = RULES["TK904"].at(Location(name, line), f"the baseline {reason}", hints=(hint,))
    return ConfigError(finding)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _json(text: str) -> str:
    """JSON that can be written as UTF-8 although a file's name cannot be decoded."""
    return text.encode("utf-8", "backslashreplace").decode()


def _hash(text: str | None, place: Location) -> str:
    """The line without its indentation, as a short hash."""
    from hashlib import sha256

    if text is None or place.line is None:
        return ""
    if len(text) > _LONG:
        column = (place.column or 1) - 1
        text = text[max(0, column - _AROUND) : column + _AROUND]
    return sha256(text.strip().encode()).hexdigest()[:16]

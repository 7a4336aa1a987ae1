"""Which rules count, where, and how much: table ``[rules]`` of ``teikit.toml`` and its options.

Rules are named by code or by the beginning of one: ``TK201``, ``TK2``, ``TK``. Where several names
fit a rule the longest decides, and ``ignore`` before ``select`` among names of one length.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from teikit.diagnostics import RULES, Diagnostic, Severity

# What says that a file was not looked at, or the run not what was asked for. The beginning of a
# code does not silence these: only the whole code does.
ALWAYS = ("TK0", "TK109", "TK9")


@dataclass(frozen=True, slots=True)
class Selection:
    """The rules that count.

    ``select``: these only, all where it is empty; ``ignore``: not these; ``severity``: the weight
    of some; ``paths``: by the pattern of a path (relative to the corpus), rules that do not count
    there.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    paths: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def wants(self, code: str) -> bool:
        """Whether the rule counts at all (somewhere)."""
        if code.startswith(ALWAYS):
            return code not in self.ignore
        chosen = _fit(code, self.select) if self.select else 0
        return chosen > _fit(code, self.ignore)

    def wants_family(self, prefixes: Iterable[str]) -> bool:
        """Whether any rule counts whose code begins with one of ``prefixes``.

        Where none does, the work of finding such things can be left undone.
        """
        family = tuple(prefixes)
        return any(code.startswith(family) and self.wants(code) for code in RULES)

    def at(self, code: str, path: str) -> bool:
        """Whether the rule counts in this file."""
        return self.wants(code) and not any(
            code in names if code.startswith(ALWAYS) else _fit(code, names) >= 0
            for pattern, names in self.paths.items()
            if matches(path, pattern)
        )

    def weight(self, code: str) -> Severity | None:
        """The severity that the configuration gives to a rule, None where it gives none."""
        exact = self.severity.get(code)
        if exact is not None or code.startswith(ALWAYS):
            return exact
        names = [name for name in self.severity if code.startswith(name)]
        return self.severity[max(names, key=len)] if names else None

    def apply(self, findings: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """The findings that count, with the severity that they have here, in the given order."""
        known: dict[tuple[str, str], bool] = {}
        for finding in findings:
            key = (finding.code, finding.location.path if self.paths else "")
            if key not in known:
                known[key] = self.at(*key)
            if known[key]:
                weight = self.weight(finding.code)
                yield finding if weight is None else replace(finding, severity=weight)


def _fit(code: str, names: Iterable[str]) -> int:
    """The length of the longest name that the code begins with, -1 where none does."""
    return max((len(name) for name in names if code.startswith(name)), default=-1)


def is_rule(name: str) -> bool:
    """Whether ``name`` is the code of a rule or the beginning of one (``TK`` at least)."""
    return len(name) >= 2 and any(code.startswith(name) for code in RULES)


def nearest(name: str) -> str | None:
    """The code or family that somebody may have meant by ``name``."""
    import difflib

    families = dict.fromkeys(code[:3] for code in RULES)
    wanted = name.upper().replace("O", "0").replace("I", "1").replace("L", "1")
    found = difflib.get_close_matches(wanted, [*RULES, *families], n=1, cutoff=0.5)
    return found[0] if found else None


@lru_cache(maxsize=256)
def _pattern(glob: str) -> re.Pattern[str]:
    """A glob as a regular expression: ``**`` crosses folders, ``*`` and ``?`` stay in one."""
    parts = []
    place = 0
    glob = glob.removeprefix("./") + ("**" if glob.endswith("/") else "")
    while place < len(glob):
        if glob.startswith("**/", place):
            parts.append("(?:[^/]+/)*")
            place += 3
        elif glob.startswith("**", place):
            parts.append(".*")
            place += 2
        elif glob[place] == "[" and (end := glob.find("]", place + 2)) > 0:
            inside = glob[place + 1 : end].replace("\\", r"\\").replace("[", r"\[")
            inside = "^/" + inside[1:] if inside.startswith("!") else inside.replace("^", r"\^")
            parts.append(f"[{inside}]")
            place = end + 1
        else:
            char = glob[place]
            parts.append({"*": "[^/]*", "?": "[^/]"}.get(char, re.escape(char)))
            place += 1
    return re.compile("".join(parts), re.DOTALL)


def matches(path: str, glob: str) -> bool:
    """Whether a path (relative, forward slashes) is one that the pattern means, as a whole."""
    return _pattern(glob).fullmatch(path) is not None

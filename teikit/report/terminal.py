"""Findings for people: place, message, the line with a caret, what was expected, a hint."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from teikit.diagnostics import Diagnostic, Severity

_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}
_SHOWN = 5  # how many expected things are listed; all of them are in the JSON report
_CONTEXT = 76  # characters of the source line that are shown


def write(
    findings: Iterable[Diagnostic], source: Callable[[str], bytes | None], colour: bool = False
) -> str:
    """All findings as text, an empty line after each."""
    return "".join(f"{block}\n\n" for block in (one(item, source, colour) for item in findings))


def one(finding: Diagnostic, source: Callable[[str], bytes | None], colour: bool = False) -> str:
    """One finding in a few lines, without a line feed at the end."""
    return "\n".join(_lines(finding, source, colour))


def _lines(
    finding: Diagnostic, source: Callable[[str], bytes | None], colour: bool
) -> Iterator[str]:
    def paint(text: str, code: str) -> str:
        return f"\033[{code}m{text}\033[0m" if colour else text

    severity = paint(str(finding.severity), _COLOURS[finding.severity])
    yield f"{paint(str(finding.location), '1')}: {severity}: {finding.message} [{finding.code}]"
    excerpt = _excerpt(
        source(finding.location.path), finding.location.line, finding.location.column
    )
    if excerpt:
        text, caret = excerpt
        number = str(finding.location.line)
        yield f"  {number} | {text}"
        yield f"  {' ' * len(number)} | {' ' * caret}{paint('^', _COLOURS[finding.severity])}"
    if finding.expected:
        more = len(finding.expected) - _SHOWN
        shown = ", ".join(finding.expected[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
        yield f"  expected: {shown}"
    for hint in finding.hints:
        yield f"  hint: {hint}"
    for item in finding.related[:_SHOWN]:
        yield f"  see {item.location}: {item.message}"
    if len(finding.related) > _SHOWN:
        yield f"  … and {len(finding.related) - _SHOWN} more places"


def _excerpt(data: bytes | None, line: int | None, column: int | None) -> tuple[str, int] | None:
    """The source line, cut around the column, and the column of the caret in the terminal."""
    if data is None or line is None or column is None:
        return None
    lines = data.split(b"\n")
    if line > len(lines):
        return None
    text = lines[line - 1].rstrip(b"\r").decode("utf-8", "replace").replace("\t", " ")
    # Control characters in a file must not reach the terminal.
    text = "".join("�" if unicodedata.category(char) == "Cc" else char for char in text)
    start = 0 if len(text) <= _CONTEXT else max(0, min(column - 1 - 30, len(text) - _CONTEXT))
    indent = len(text) - len(text.lstrip()) if start == 0 else 0
    indent = min(indent, column - 1)
    cut = text[start + indent : start + _CONTEXT + indent]
    caret = column - 1 - start - indent
    if start:
        cut, caret = "…" + cut[1:], caret
    if start + _CONTEXT + indent < len(text):
        cut += "…"
    return cut, max(0, sum(0 if unicodedata.combining(char) else 1 for char in cut[:caret]))


def counted(number: int, noun: str) -> str:
    """``1 error``, ``2 errors``, ``no errors``."""
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"


def summary(findings: Sequence[Diagnostic], files: int, engines: dict[str, int]) -> str:
    """The last lines of a run: findings by weight, in how many files, and what judged them."""
    weights = Counter(finding.severity for finding in findings)
    told = ", ".join(
        counted(weights[severity], noun)
        for severity, noun in (
            (Severity.ERROR, "error"),
            (Severity.WARNING, "warning"),
            (Severity.INFO, "remark"),
        )
        if severity is not Severity.INFO or weights[severity]
    )
    places = len({finding.location.path for finding in findings if finding.location.line})
    lines = [
        f"{counted(files, 'file')} read: {told}"
        + (f" in {counted(places, 'file')}" if places else "")
    ]
    lines += [f"judged by {name}: {counted(number, 'file')}" for name, number in engines.items()]
    return "\n".join(lines)

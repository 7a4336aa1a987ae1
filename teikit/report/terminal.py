"""Findings for people: place, message, the line with a caret, what was expected, a hint."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from teikit.columns import width
from teikit.diagnostics import RULES, Diagnostic, Severity
from teikit.lines import Lines
from teikit.report.run import Run, printable

_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}
_SHOWN = 5  # how many expected things are listed; all of them are in the JSON report
_CONTEXT = 76  # characters of the source line that are shown


def write(run: Run) -> str:
    """All findings as text, an empty line after each."""
    blocks = _grouped(run) if run.group else _listed(run)
    return "".join(f"{block}\n\n" for block in blocks)


def _listed(run: Run) -> Iterator[str]:
    """The findings one by one; of each file not more than are wanted."""
    lines = run.lines
    total = Counter(finding.location.path for finding in run.findings)
    told: Counter[str] = Counter()
    for finding in run.findings:
        path = finding.location.path
        told[path] += 1
        if run.most is None or told[path] <= run.most:
            yield one(finding, lines, run.colour)
        elif told[path] == total[path]:
            more = total[path] - run.most
            yield printable(f"{path}: {counted(more, 'more finding')}")


def _grouped(run: Run) -> Iterator[str]:
    """Each kind of finding once, the most frequent first: where it stands first, and how often."""
    groups: dict[tuple[str, Severity, str], list[Diagnostic]] = {}
    for finding in run.findings:
        key = (finding.code, finding.severity, finding.message)
        groups.setdefault(key, []).append(finding)
    lines = run.lines
    most = _SHOWN if run.most is None else run.most
    for found in sorted(groups.values(), key=len, reverse=True):
        first = one(found[0], lines, run.colour)
        if len(found) == 1:
            yield first
            continue
        files = len({finding.location.path for finding in found})
        heading = f"{len(found)} times in {counted(files, 'file')}:"
        others = [f"  also {item.location}" for item in found[1 : most + 1]]
        if len(found) > most + 1:
            others.append(f"  … and {counted(len(found) - most - 1, 'more place')}")
        yield "\n".join((heading, first, *map(printable, others)))


def one(finding: Diagnostic, lines: Lines, colour: bool = False) -> str:
    """One finding in a few lines, without a line feed at the end."""
    return "\n".join(_lines(finding, lines, colour))


def _lines(finding: Diagnostic, lines: Lines, colour: bool) -> Iterator[str]:
    def paint(text: str, code: str) -> str:
        return f"\033[{code}m{text}\033[0m" if colour else text

    severity = paint(str(finding.severity), _COLOURS[finding.severity])
    place = paint(_inline(str(finding.location)), "1")
    yield f"{place}: {severity}: {_inline(finding.message)} [{finding.code}]"
    location = finding.location
    excerpt = _excerpt(lines.line(location.path, location.line), location.column)
    if excerpt:
        text, caret = excerpt
        number = str(location.line)
        yield f"  {number} | {text}"
        yield f"  {' ' * len(number)} | {' ' * caret}{paint('^', _COLOURS[finding.severity])}"
    if finding.expected:
        more = len(finding.expected) - _SHOWN
        shown = ", ".join(finding.expected[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
        yield f"  expected: {_inline(shown)}"
    for hint in finding.hints:
        yield f"  hint: {_inline(hint)}"
    for item in finding.related[:_SHOWN]:
        yield f"  see {_inline(f'{item.location}: {item.message}')}"
    if len(finding.related) > _SHOWN:
        yield f"  … and {len(finding.related) - _SHOWN} more places"


def _inline(text: str) -> str:
    """Text of a file on one line of the terminal, which its control characters must not reach."""
    return printable(text).replace("\n", " ").replace("\t", " ")


def _excerpt(line: str | None, column: int | None) -> tuple[str, int] | None:
    """The source line, cut around the column, and the column of the caret in the terminal."""
    if line is None or column is None:
        return None
    # Of a line of a megabyte only the surroundings matter.
    offset = max(0, column - 2 * _CONTEXT)
    text = _inline(line[offset : column + 2 * _CONTEXT])
    column -= offset
    start = 0 if len(text) <= _CONTEXT else max(0, min(column - 1 - 30, len(text) - _CONTEXT))
    indent = len(text) - len(text.lstrip()) if start + offset == 0 else 0
    indent = min(indent, column - 1)
    cut = text[start + indent : start + _CONTEXT + indent]
    caret = column - 1 - start - indent
    if start or offset:
        cut = "…" + cut[1:]
    if start + _CONTEXT + indent < len(text):
        cut += "…"
    return cut, max(0, width(cut[:caret]))


def counted(number: int, noun: str) -> str:
    """``1 error``, ``2 errors``, ``no errors``."""
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"


def summary(run: Run) -> str:
    """The last lines of a run: findings by weight, in how many files, and what judged them."""
    weights = Counter(finding.severity for finding in run.findings)
    told = ", ".join(
        counted(weights[severity], noun)
        for severity, noun in (
            (Severity.ERROR, "error"),
            (Severity.WARNING, "warning"),
            (Severity.INFO, "remark"),
        )
        if severity is not Severity.INFO or weights[severity]
    )
    places = len({finding.location.path for finding in run.findings if finding.location.line})
    lines = [
        f"{counted(len(run.judged), 'file')} read: {told}"
        + (f" in {counted(places, 'file')}" if places else "")
    ]
    if run.known:
        lines.append(f"{counted(run.known, 'known finding')} in the baseline")
    if run.stale:
        entries = "1 entry" if len(run.stale) == 1 else f"{len(run.stale)} entries"
        lines.append(f"{entries} of the baseline no longer needed (--write-baseline renews it):")
        for key in run.stale[:_SHOWN]:
            lines.append(f"  {_inline(f'{key.path}: {key.message}')} [{key.code}]")
        if len(run.stale) > _SHOWN:
            lines.append(f"  … and {len(run.stale) - _SHOWN} more")
    lines.extend(verdicts(run.engines, run.findings))
    return "\n".join(lines)


def verdicts(engines: Mapping[str, int], findings: Iterable[Diagnostic]) -> Iterator[str]:
    """A line for each schema, how many files it judged, and one for those that none judged."""
    for name, number in engines.items():
        yield f"judged by {_inline(name)}: {counted(number, 'file')}"
    if without := sum(finding.code == "TK110" for finding in findings):
        told = counted(without, "file")
        yield f"judged by no schema: {told} (name one: [corpus] schema, --schema)"


def statistics(findings: Iterable[Diagnostic]) -> str:
    """How often each rule was broken, the most frequent first."""
    found: dict[tuple[str, Severity], list[str]] = {}
    for finding in findings:
        found.setdefault((finding.code, finding.severity), []).append(finding.location.path)
    rows = sorted(found.items(), key=lambda row: (-len(row[1]), row[0]))
    wide = max((len(str(len(paths))) for _, paths in rows), default=0)
    return "".join(
        f"{len(paths):>{wide}}  {code}  {severity:<7}  {RULES[code].title} "
        f"({counted(len(set(paths)), 'file')})\n"
        for (code, severity), paths in rows
    )

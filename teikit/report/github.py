"""Annotations of a GitHub workflow: one workflow command a finding.

Source: "Workflow commands for GitHub Actions", setting a notice, warning or error message, and the
escaping that the runner undoes.
"""

from __future__ import annotations

from teikit.diagnostics import RULES, Severity
from teikit.report.run import Run, printable

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def write(run: Run) -> str:
    """The commands, one a line; nothing where there is no finding."""
    lines = run.lines
    out = []
    for finding in run.findings:
        place = finding.location
        end = lines.end(place.path, place.line, place.column)
        rule = RULES.get(finding.code)
        properties = {
            "file": run.from_base(place.path),
            "line": place.line,
            "endLine": place.line if end else None,
            "col": place.column,
            "endColumn": end,
            "title": f"{finding.code}: {rule.title}" if rule else finding.code,
        }
        told = ",".join(
            f"{name}={_property(str(value))}" for name, value in properties.items() if value
        )
        message = "\n".join(
            (
                finding.message,
                *((f"expected: {', '.join(finding.expected[:5])}",) if finding.expected else ()),
                *(f"hint: {hint}" for hint in finding.hints),
            )
        )
        out.append(f"::{_COMMANDS[finding.severity]} {told}::{_data(message)}\n")
    return "".join(out)


def _data(text: str) -> str:
    """A message as the runner reads it back; a line feed in it must not end the command."""
    return printable(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")

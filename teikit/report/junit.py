"""JUnit XML: one test case a file, so that a build server shows what was judged and what failed.

There is no standard; written is what Jenkins, GitLab and the like have in common: ``testsuites`` /
``testsuite`` / ``testcase`` with at most one ``failure``. No times: the same input gives the same
bytes.
"""

from __future__ import annotations

from collections.abc import Iterator

from teikit.diagnostics import Diagnostic
from teikit.report import terminal
from teikit.report.run import Run, printable


def write(run: Run) -> str:
    """The whole document."""
    found: dict[str, list[Diagnostic]] = {path: [] for path in run.judged}
    for finding in run.findings:
        found.setdefault(finding.location.path, []).append(finding)
    failed = sum(1 for items in found.values() if any(run.fails(item) for item in items))
    counts = f'tests="{len(found)}" failures="{failed}" errors="0" skipped="0"'
    cases = "".join(
        line for path, items in sorted(found.items()) for line in _case(run, path, items)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<testsuites name="teikit" tests="{len(found)}" failures="{failed}" errors="0">\n'
        f'  <testsuite name="teikit validate" {counts}>\n{_properties(run)}{cases}'
        "  </testsuite>\n</testsuites>\n"
    )


def _properties(run: Run) -> str:
    """Which schema judged how many files."""
    if not run.engines:
        return ""
    rows = "".join(
        f'      <property name="judged by {_attribute(name)}" value="{number}"/>\n'
        for name, number in run.engines.items()
    )
    return f"    <properties>\n{rows}    </properties>\n"


def _case(run: Run, path: str, items: list[Diagnostic]) -> Iterator[str]:
    name = _attribute(run.from_base(path))
    start = f'    <testcase classname="teikit.validate" name="{name}" file="{name}"'
    if not items:
        yield f"{start}/>\n"
        return
    yield f"{start}>\n"
    failures = [item for item in items if run.fails(item)]
    if failures:
        first = failures[0]
        message = first.message
        if len(failures) > 1:
            message = f"{len(failures)} findings, the first: {message}"
        yield f'      <failure type="{_attribute(first.code)}" message="{_attribute(message)}">'
        yield f"{_text(_told(run, failures))}</failure>\n"
    rest = [item for item in items if not run.fails(item)]
    if rest:
        yield f"      <system-out>{_text(_told(run, rest))}</system-out>\n"
    yield "    </testcase>\n"


def _told(run: Run, items: list[Diagnostic]) -> str:
    lines = run.lines
    return "\n\n".join(terminal.one(item, lines) for item in items)


def _text(value: str) -> str:
    value = printable(value).replace("\r", "\ufffd")
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _attribute(value: str) -> str:
    escaped = _text(value).replace('"', "&quot;")
    return escaped.replace("\n", "&#10;").replace("\t", "&#9;")

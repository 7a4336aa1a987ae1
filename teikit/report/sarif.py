"""SARIF 2.1.0 (OASIS Standard with Errata 01): for code scanning, editors and archives.

Section numbers below are those of the standard. No clock and no absolute path of the corpus is in
it: the same corpus gives the same bytes wherever it lies.
"""

from __future__ import annotations

import re
from typing import Any

from teikit.baseline import fingerprints
from teikit.diagnostics import RULES, Diagnostic, Fix, Location, Severity
from teikit.lines import Lines
from teikit.report.run import Run, printable

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_ROOT = "%SRCROOT%"  # the name that GitHub and others give to the folder of the repository
_LINK = re.compile(r"\[(?=[^\]]*\]\()")
_EXPECTED = 5


def write(run: Run) -> str:
    """The whole log with one run."""
    import json

    return json.dumps(_log(run), ensure_ascii=False, indent=1) + "\n"


def _log(run: Run) -> dict[str, Any]:
    from importlib.metadata import version

    codes = sorted({finding.code for finding in run.findings})
    paths = dict.fromkeys((*run.judged, *(finding.location.path for finding in run.findings)))
    index = {path: number for number, path in enumerate(sorted(paths))}
    lines = run.lines
    names = fingerprints(run.findings, run.lines)
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "teikit",
                        "semanticVersion": version("teikit"),
                        "rules": [_rule(code) for code in codes],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": {
                    _ROOT: {"description": {"text": "the folder in which teikit ran"}}
                },
                "artifacts": [
                    {"location": _artifact(run, path), "roles": ["analysisTarget"]}
                    for path in index
                ],
                "results": [
                    _result(run, finding, codes.index(finding.code), index, lines, name)
                    for finding, name in zip(run.findings, names, strict=True)
                ],
            }
        ],
    }


def _rule(code: str) -> dict[str, Any]:
    """A reportingDescriptor (3.49) with the text of ``teikit explain``."""
    from teikit.rules import documentation

    rule = RULES[code]
    page = documentation(code)
    return {
        "id": code,
        "shortDescription": {"text": _plain(rule.title)},
        "fullDescription": {"text": _plain(page.what)},
        "help": {"text": _plain(page.text()), "markdown": page.markdown()},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": ["TEI", page.family]},
    }


def _result(
    run: Run, finding: Diagnostic, rule: int, index: dict[str, int], lines: Lines, name: str
) -> dict[str, Any]:
    """A result (3.27)."""
    told = [finding.message]
    if finding.expected:
        told.append(f"Expected: {', '.join(finding.expected[:_EXPECTED])}")
    told += (f"Hint: {hint}" for hint in finding.hints)
    text = " ".join(item if item.endswith((".", "?", "!")) else f"{item}." for item in told)
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": _plain(text)},
        "locations": [_location(run, finding.location, index, lines)],
        "partialFingerprints": {"teikitFinding/v1": name},
    }
    if finding.related:
        result["relatedLocations"] = [
            {
                "id": number,
                "message": {"text": _plain(item.message)},
                **_location(run, item.location, index),
            }
            for number, item in enumerate(finding.related)
        ]
    if finding.fix:
        result["fixes"] = [_fix(run, finding.fix, index)]
    result["properties"] = {"expected": list(finding.expected), "hints": list(finding.hints)}
    return result


def _location(
    run: Run, place: Location, index: dict[str, int], lines: Lines | None = None
) -> dict[str, Any]:
    """A location (3.28); ``lines`` where the end of the place is wanted too."""
    physical: dict[str, Any] = {"artifactLocation": _artifact(run, place.path, index)}
    if place.line:
        region: dict[str, int] = {"startLine": place.line}
        if place.column:
            region["startColumn"] = place.column
            end = lines.end(place.path, place.line, place.column) if lines else None
            if end:
                region |= {"endLine": place.line, "endColumn": end}
        physical["region"] = region
    location: dict[str, Any] = {"physicalLocation": physical}
    if place.xpath:
        location["logicalLocations"] = [{"fullyQualifiedName": place.xpath, "kind": "element"}]
    return location


def _fix(run: Run, fix: Fix, index: dict[str, int]) -> dict[str, Any]:
    """A fix (3.55): what is replaced is told in bytes, as the edits have it."""
    changes: dict[str, list[dict[str, Any]]] = {}
    for edit in fix.edits:
        changes.setdefault(edit.path, []).append(
            {
                "deletedRegion": {"byteOffset": edit.start, "byteLength": edit.end - edit.start},
                "insertedContent": {"text": edit.text},
            }
        )
    return {
        "description": {"text": _plain(fix.description)},
        "artifactChanges": [
            {"artifactLocation": _artifact(run, path, index), "replacements": replacements}
            for path, replacements in changes.items()
        ],
    }


def _artifact(run: Run, path: str, index: dict[str, int] | None = None) -> dict[str, Any]:
    """An artifactLocation (3.4): a relative reference where the file lies below the folder."""
    location: dict[str, Any] = {"uri": uri(run.from_base(path))}
    if not path.startswith("/"):
        location["uriBaseId"] = _ROOT
    if index is not None and path in index:
        location["index"] = index[path]
    return location


def uri(path: str) -> str:
    """The path as a URI reference (RFC 3986): all that is not unreserved is percent-encoded."""
    from urllib.parse import quote

    quoted = quote(path.encode("utf-8", "surrogateescape"), safe="/")
    return f"file://{quoted}" if path.startswith("/") else quoted


def _plain(text: str) -> str:
    """A plain text message: braces doubled (3.11.5), and nothing becomes a link (3.11.6)."""
    doubled = printable(text).replace("{", "{{").replace("}", "}}")
    return _LINK.sub(r"\\[", doubled)

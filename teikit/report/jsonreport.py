"""JSON: one array of findings. Other tools rely on the names of its fields."""

from __future__ import annotations

from typing import Any

from teikit.diagnostics import Diagnostic
from teikit.report.run import Run


def write(run: Run) -> str:
    """A JSON array, ending with a line feed."""
    import json

    return json.dumps([as_dict(item) for item in run.findings], ensure_ascii=False, indent=2) + "\n"


def as_dict(finding: Diagnostic) -> dict[str, Any]:
    """The fields of a finding under the names that other tools rely on."""
    place = finding.location
    return {
        "path": place.path,
        "line": place.line,
        "column": place.column,
        "code": finding.code,
        "severity": str(finding.severity),
        "message": finding.message,
        "expected": list(finding.expected),
        "hints": list(finding.hints),
        "related": [
            {
                "path": item.location.path,
                "line": item.location.line,
                "column": item.location.column,
                "message": item.message,
            }
            for item in finding.related
        ],
        "xpath": place.xpath,
        "fix": None
        if finding.fix is None
        else {
            "description": finding.fix.description,
            "edits": [
                {"path": edit.path, "start": edit.start, "end": edit.end, "text": edit.text}
                for edit in finding.fix.edits
            ],
        },
    }

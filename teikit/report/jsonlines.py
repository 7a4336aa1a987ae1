"""JSON Lines (jsonlines.org): the objects of the JSON report, each on a line of its own."""

from __future__ import annotations

from teikit.report.jsonreport import as_dict
from teikit.report.run import Run


def write(run: Run) -> str:
    """One line a finding; nothing where there is none."""
    import json

    return "".join(json.dumps(as_dict(item), ensure_ascii=False) + "\n" for item in run.findings)

"""Reports: findings for people and for machines. Nothing here decides what is wrong.

A writer is a function ``(run) -> str`` in a module of its own, imported when it is used, and a row
of the table below.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from teikit.report.run import Run


@dataclass(frozen=True, slots=True)
class Report:
    """A row of the table: the report's name, what it is for, and the module that writes it.

    ``machine``: programs read it, so that it is UTF-8 everywhere and nothing else is printed.
    ``remarks``: findings of severity info are part of it, asked for or not.
    """

    name: str
    purpose: str
    module: str
    machine: bool = True
    remarks: bool = True

    def write(self, run: Run) -> str:
        """The whole report on a run, ending with a line feed where it is not empty."""
        from importlib import import_module

        writer: Callable[[Run], str] = import_module(f"teikit.report.{self.module}").write
        return writer(run)


REPORTS: dict[str, Report] = {
    item.name: item
    for item in (
        Report(
            "text",
            "for people: the line with a caret, what was expected, a hint",
            "terminal",
            machine=False,
            remarks=False,
        ),
        Report("json", "one array of findings", "jsonreport"),
        Report("jsonl", "one finding a line", "jsonlines"),
        Report("sarif", "SARIF 2.1.0, for code scanning and editors", "sarif"),
        Report("junit", "JUnit XML, one test case a file, for build servers", "junit"),
        Report("github", "annotations in a GitHub workflow", "github", remarks=False),
    )
}

__all__ = ["REPORTS", "Report", "Run"]

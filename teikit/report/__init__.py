"""Reports: findings for people and for machines. Nothing here decides what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from teikit.diagnostics import Diagnostic
from teikit.report import jsonreport, terminal

Source = Callable[[str], bytes | None]


@dataclass(frozen=True, slots=True)
class Report:
    """A row of the table: the report's name and its writer (findings, sources, colour)."""

    name: str
    write: Callable[[Iterable[Diagnostic], Source, bool], str]


REPORTS: dict[str, Report] = {
    item.name: item for item in (Report("text", terminal.write), Report("json", jsonreport.write))
}

"""What a report is written from."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from teikit.diagnostics import Diagnostic, Severity
from teikit.lines import Lines, Source

if TYPE_CHECKING:
    from teikit.baseline import Key


def _nothing(_path: str) -> None:
    """The source where there are no files."""


@dataclass(frozen=True, slots=True)
class Run:
    """A run of ``teikit validate``: everything that a report may tell.

    ``findings`` in reading order; ``source`` gives the bytes of a file; ``judged`` are the files
    that were looked at, clean ones too; ``engines`` says which schema judged how many.

    ``base`` leads from the folder where the command runs to the corpus (empty where it is the
    same): machines that annotate a repository need paths from there. ``least`` is the severity from
    which a finding is a failure. ``known`` counts the findings that a baseline holds, ``stale`` are
    its entries that no longer occur.

    For people only: ``colour``; ``group``, to tell the same finding once; ``most``, how many
    findings of one file are shown.
    """

    findings: tuple[Diagnostic, ...]
    source: Source = _nothing
    judged: tuple[str, ...] = ()
    engines: Mapping[str, int] = field(default_factory=dict)
    base: str = ""
    least: Severity = Severity.ERROR
    known: int = 0
    stale: tuple[Key, ...] = ()
    colour: bool = False
    group: bool = False
    most: int | None = None

    @property
    def lines(self) -> Lines:
        """The lines of the files, for one reader that goes through them in order."""
        return Lines(self.source)

    @property
    def failed(self) -> bool:
        """Whether a finding weighs so much that the run fails."""
        return any(self.fails(finding) for finding in self.findings)

    def fails(self, finding: Diagnostic) -> bool:
        """Whether the finding alone makes the run fail."""
        return finding.severity.rank >= self.least.rank

    def from_base(self, path: str) -> str:
        """A path of the corpus as seen from the folder where the command runs."""
        if not self.base or path.startswith("/"):
            return path
        return posixpath.normpath(posixpath.join(self.base, path))


def printable(text: str) -> str:
    """The text with U+FFFD for what neither a terminal nor XML can take.

    Those are control characters other than tab and line feed, lone surrogates (a file name that
    is not UTF-8 has them), and the two non-characters of XML 1.0, 2.2.
    """
    if text.isprintable():
        return text
    return "".join(
        "\ufffd"
        if (char < " " and char not in "\t\n")
        or "\x7f" <= char <= "\x9f"
        or "\ud800" <= char <= "\udfff"
        or char in "\ufffe\uffff"
        else char
        for char in text
    )

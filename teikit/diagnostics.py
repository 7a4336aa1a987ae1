"""Diagnostics: one type for everything teikit has to say about a text.

Parser, grammar, checks and stylesheets all yield :class:`Diagnostic` values; printing them is the
business of ``teikit.report``. The field names are those of the JSON report.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """How much a finding weighs, in rising order: ``info``, ``warning``, ``error``."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    @property
    def rank(self) -> int:
        """0 for info, 1 for warning, 2 for error."""
        return tuple(Severity).index(self)


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file.

    ``path`` is relative to the corpus root, with forward slashes. ``line`` and ``column`` count
    from 1, columns in characters (code points); None where the whole file is meant. ``xpath``
    leads to the node, in the notation of XPath 3.1 ``fn:path`` without the namespaces.
    """

    path: str
    line: int | None = None
    column: int | None = None
    xpath: str | None = None

    def __str__(self) -> str:
        """``path:line:column``, as editors and compilers write it."""
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part)


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that belongs to the finding, with what it shows there."""

    message: str
    location: Location


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the bytes ``start`` (inclusive) to ``end`` (exclusive) of ``path`` by ``text``."""

    path: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A mend that a machine may apply: what it does, and the edits that do it."""

    description: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding.

    ``message`` is in the reader's words; ``expected`` lists what would have been right, likeliest
    first; ``hints`` say how to mend it; ``related`` are other places to look at.
    """

    code: str
    severity: Severity
    message: str
    location: Location
    expected: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    related: tuple[Related, ...] = ()
    fix: Fix | None = None

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Order of reading: by file, line, column, code."""
        place = self.location
        return (place.path, place.line or 0, place.column or 0, self.code, self.message)


def pack(finding: Diagnostic) -> tuple[Any, ...]:
    """A finding in numbers, strings and tuples, for a cache; the name of its own file left out.

    The same bytes under another name have the same findings.
    """
    here = finding.location.path

    def place(item: Location) -> tuple[Any, ...]:
        path = None if item.path == here else item.path
        return (path, item.line, item.column, item.xpath)

    fix = finding.fix and (
        finding.fix.description,
        tuple(
            (None if edit.path == here else edit.path, edit.start, edit.end, edit.text)
            for edit in finding.fix.edits
        ),
    )
    return (
        finding.code,
        str(finding.severity),
        finding.message,
        place(finding.location),
        finding.expected,
        finding.hints,
        tuple((item.message, place(item.location)) for item in finding.related),
        fix,
    )


def unpack(packed: tuple[Any, ...], path: str) -> Diagnostic:
    """The finding that :func:`pack` made smaller, in the file ``path``."""
    code, severity, message, location, expected, hints, related, fix = packed

    def place(item: tuple[Any, ...]) -> Location:
        return Location(path if item[0] is None else item[0], *item[1:])

    return Diagnostic(
        code,
        Severity(severity),
        message,
        place(location),
        tuple(expected),
        tuple(hints),
        tuple(Related(words, place(where)) for words, where in related),
        fix
        and Fix(
            fix[0], tuple(Edit(path if edit[0] is None else edit[0], *edit[1:]) for edit in fix[1])
        ),
    )


@dataclass(frozen=True, slots=True)
class Rule:
    """A stable code, what it finds in a few words, and the severity it has by default."""

    code: str
    title: str
    severity: Severity

    def at(
        self,
        location: Location,
        message: str,
        *,
        expected: Iterable[str] = (),
        hints: Iterable[str] = (),
        related: Iterable[Related] = (),
        fix: Fix | None = None,
    ) -> Diagnostic:
        """A finding of this rule at ``location``."""
        return Diagnostic(
            self.code,
            self.severity,
            message,
            location,
            tuple(expected),
            tuple(hints),
            tuple(related),
            fix,
        )


_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

# The families: TK0xx file and parse, TK1xx grammar, TK2xx pointers, TK3xx registers and names,
# TK4xx dates, TK5xx translation, TK6xx header and citation, TK7xx text, TK8xx output, TK9xx use.
RULES: dict[str, Rule] = {
    rule.code: rule
    for rule in (
        Rule("TK001", "the file cannot be read", _E),
        Rule("TK002", "the file is not well-formed XML", _E),
        Rule("TK003", "bytes are not in the declared encoding", _E),
        Rule("TK004", "the file declares entities", _E),
        Rule("TK005", "elements are nested absurdly deep", _E),
        Rule("TK006", "the file is empty", _E),
        Rule("TK007", "the file is not TEI", _W),
        Rule("TK101", "an element is not allowed", _E),
        Rule("TK102", "an attribute or its value is not allowed", _E),
        Rule("TK103", "something required is missing", _E),
        Rule("TK104", "text is not allowed", _E),
        Rule("TK105", "an ID or IDREF is not sound", _E),
        Rule("TK106", "the content of an element is not an allowed value", _E),
        Rule("TK107", "an element is in the wrong namespace", _E),
        Rule("TK108", "an element stands out of order", _E),
        Rule("TK109", "the schema cannot be used", _E),
        Rule("TK110", "no schema judged the file", _I),
        Rule("TK111", "a schema is not pinned: it was not fetched", _W),
        Rule("TK112", "a schema is of a kind that is not judged yet", _I),
        Rule("TK201", "a pointer leads nowhere", _E),
        Rule("TK202", "a pointed-to file does not exist", _W),
        Rule("TK203", "an xml:id stands twice", _E),
        Rule("TK204", "an xml:id is not a name", _E),
        Rule("TK205", "a name points to the wrong kind of entry", _E),
        Rule("TK206", "a prefix or reference pattern cannot be used", _E),
        Rule("TK207", "a canonical reference leads nowhere", _E),
        Rule("TK208", "pointers follow a habit of this corpus", _I),
        Rule("TK209", "a key names nobody", _W),
        Rule("TK210", "a pointer is ambiguous", _E),
        Rule("TK211", "pointers run in a circle", _E),
        Rule("TK212", "a pointer is not answered", _W),
        Rule("TK213", "an id was renamed, but not its pointers", _E),
        Rule("TK214", "a pointer leads to an element of another kind", _W),
        Rule("TK215", "no pointer of this kind leads anywhere", _W),
        Rule("TK301", "nothing uses a register entry", _W),
        Rule("TK302", "two entries have one identifier", _E),
        Rule("TK303", "two entries have one name", _W),
        Rule("TK304", "one form names two entities in a document", _I),
        Rule("TK305", "the dates of an entry contradict each other", _E),
        Rule("TK306", "a name does not say how it is sorted", _I),
        Rule("TK307", "an identifier does not fit its authority", _E),
        Rule("TK308", "an entry has no name in a language of the texts", _W),
        Rule("TK309", "entries of a list stand out of order", _I),
        Rule("TK401", "a date does not exist", _E),
        Rule("TK402", "a range of dates runs backward", _E),
        Rule("TK501", "an aligned unit is not aligned back", _E),
        Rule("TK502", "a unit of a translated text is not aligned", _W),
        Rule("TK503", "a unit is aligned with two of one version", _W),
        Rule("TK504", "aligned units cross", _W),
        Rule("TK505", "aligned units have different numbers", _W),
        Rule("TK506", "a translation does not name the same", _W),
        Rule("TK507", "a translation does not have the same dates", _W),
        Rule("TK508", "a translation does not have the same numbers", _W),
        Rule("TK509", "a unit is aligned with what is no version of its text", _W),
        Rule("TK601", "the header lacks what a citation needs", _W),
        Rule("TK602", "two documents have one identifier", _E),
        Rule("TK603", "a citeStructure cannot be used", _E),
        Rule("TK604", "a shelfmark is quoted with two fonds", _W),
        Rule("TK605", "an announced enclosure is absent", _I),
        Rule("TK606", "a citation wants what the header does not state", _I),
        Rule("TK607", "the header contradicts itself", _W),
        Rule("TK608", "a shelfmark contradicts itself or lacks a level", _W),
        Rule("TK609", "an enclosure lies away from what encloses it", _W),
        Rule("TK610", "a published reference leads elsewhere", _W),
        Rule("TK611", "the file of published references cannot be used", _E),
        Rule("TK612", "versions of a document contradict each other", _W),
        Rule("TK613", "items of a bibliography cannot be cited as they stand", _I),
        Rule("TK801", "a stylesheet failed", _E),
        Rule("TK802", "an element has no template", _W),
        Rule("TK803", "the PDF could not be set", _E),
        Rule("TK804", "two outputs would have one name", _E),
        Rule("TK805", "the typeface is not installed", _W),
        Rule("TK806", "an image cannot be found", _W),
        Rule("TK807", "a setting of the site cannot be used", _E),
        Rule("TK808", "words of the interface are missing in a language", _W),
        Rule("TK809", "colours of the site are hard to read", _W),
        Rule("TK811", "coordinates cannot be put on a map", _W),
        Rule("TK812", "a format wants a library that is not installed", _E),
        Rule("TK816", "a citation style cannot be used", _E),
        Rule("TK817", "a citation style leaves out where a document is kept", _E),
        Rule("TK901", "the configuration cannot be used", _E),
        Rule("TK902", "nothing to work on", _E),
        Rule("TK903", "no such document, passage or entity", _E),
        Rule("TK904", "the baseline cannot be used", _E),
        Rule("TK905", "an edit of the sources was refused", _E),
    )
}

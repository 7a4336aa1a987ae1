"""Views written for a terminal: labels in a column, texts wrapped, versions side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TypeVar, cast

from teikit.columns import beside, column, hanging, width, wrap
from teikit.report.run import printable
from teikit.report.terminal import counted
from teikit.show.views import (
    Appearing,
    Candidates,
    Citation,
    Date,
    DocumentView,
    EntityView,
    InDocument,
    Line,
    Nothing,
    PassageView,
    View,
)

_NARROWEST = 24  # no terminal is taken to be narrower: a word must have room
_READABLE = 40  # columns that each of the texts side by side must have
_LABEL = 14  # where the texts begin that stand behind a label
_SHOWN = 8  # how many entities of a kind a document lists


@dataclass(frozen=True, slots=True)
class Page:
    """What is written on: how many columns there are, and whether there are colours."""

    columns: int
    colour: bool = False

    def strong(self, text: str) -> str:
        """A heading."""
        return f"\x1b[1m{text}\x1b[0m" if self.colour else text

    def faint(self, text: str) -> str:
        """What leads somewhere, beside what is read."""
        return f"\x1b[2m{text}\x1b[0m" if self.colour else text

    def hit(self, text: str) -> str:
        """The words that the reader looks for."""
        return f"\x1b[1;33m{text}\x1b[0m" if self.colour else f"*{text}*"


def write(view: View, columns: int, colour: bool = False) -> str:
    """A view as text that ends with a line feed."""
    page = Page(max(columns, _NARROWEST), colour)
    lines: Iterable[str]
    if isinstance(view, EntityView):
        lines = _entity(_clean(view), page)
    elif isinstance(view, PassageView):
        lines = _passage(_clean(view), page)
    elif isinstance(view, DocumentView):
        lines = _document(_clean(view), page)
    elif isinstance(view, Candidates):
        lines = _candidates(_clean(view), page)
    else:
        lines = _nothing(_clean(view), page)
    return "".join(f"{line.rstrip()}\n" for line in lines)


_Value = TypeVar("_Value")


def _clean(value: _Value) -> _Value:
    """The same value without the control characters that a file may hold."""
    found: object = value
    if isinstance(value, str):
        found = printable(value)
    elif isinstance(value, tuple):
        found = tuple(_clean(item) for item in value)
    elif is_dataclass(value) and not isinstance(value, type):
        found = replace(
            value, **{item.name: _clean(getattr(value, item.name)) for item in fields(value)}
        )
    return cast(_Value, found)


def _head(name: str, what: str, page: Page) -> Iterator[str]:
    """The first line: the name, and at its right end what it is, where both have room."""
    gap = page.columns - width(name) - width(what)
    if gap >= 2:
        yield page.strong(name) + " " * gap + page.faint(what)
    else:
        yield from map(page.strong, wrap(name, page.columns))
        yield from map(page.faint, wrap(what, page.columns))


def _said(rows: Iterable[tuple[str, str]], page: Page, indent: int = 0) -> Iterator[str]:
    """Labels and texts; a label that repeats is written once, an empty text not at all."""
    before = ""
    label_width = min(_LABEL, page.columns // 3)
    for label, text in rows:
        if text:
            shown = "" if label == before else " " * indent + label
            yield from hanging(shown, text, indent + label_width, page.columns)
            before = label


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _aside(*parts: str) -> str:
    """Remarks in brackets; nothing where there are none."""
    said = ", ".join(part for part in parts if part)
    return f"({said})" if said else ""


def _sure(certainty: str) -> str:
    return f"certainty {certainty}" if certainty else ""


# -- entities ------------------------------------------------------------------------------------

_ARROWS = {"active": "→", "passive": "←", "mutual": "↔"}


def _entity(view: EntityView, page: Page) -> Iterator[str]:
    what = _joined(view.kind, f"({view.subtype})" if view.subtype else "", "·", view.key)
    yield from _head(view.label, what, page)
    by_language: dict[str, list[tuple[str, str]]] = {}
    for name in view.names:
        aside = _aside(name.type if name.type != "main" else "")
        row = (name.language or "name", _joined(name.text, aside))
        by_language.setdefault(name.language, []).append(row)
    yield from _said((row for rows in by_language.values() for row in rows), page)
    yield from _said(_facts(view), page)
    yield ""
    places = counted(len(view.mentioned), "document")
    total = f"named {counted(view.mentions, 'time')} in {places}"
    yield from wrap(total if view.mentions else "not named in the texts", page.columns)
    for document in view.mentioned:
        yield from _mentions(document, page)


def _facts(view: EntityView) -> Iterator[tuple[str, str]]:
    """What the register says, label by label."""
    told = {said.kind for said in view.statements}
    for date in view.dates:
        # What is told in words is told with its date there.
        if (date.type or date.kind) not in told:
            yield date.type or date.kind, _date(date)
    if view.coordinates:
        yield "coordinates", view.coordinates
    for said in view.statements:
        yield said.kind, _joined(f"{said.date}:" if said.date else "", said.text)
    for item in view.identifiers:
        value = "" if item.value == item.url else item.value
        yield item.type or "id", _joined(value, item.url, _aside(item.match, _sure(item.certainty)))
    parts: dict[str, list[str]] = {}
    for part in view.parts:
        parts.setdefault(part.role, []).append(part.document)
    for role, found in parts.items():
        # A letter is “sent at” a place; somebody is the author “of” it.
        yield role if role.endswith(" at") else f"{role} of", ", ".join(found)
    for tie in view.relations:
        aside = _aside(tie.key, tie.date, _sure(tie.certainty), *tie.sources)
        yield tie.name, _joined(_ARROWS[tie.role], tie.label, aside)
    if view.documents:
        yield "text in", ", ".join(view.documents)
    yield "register", f"{view.path}:{view.line}" if view.line else view.path


def _date(date: Date) -> str:
    shown = date.date or date.text
    return _joined(shown, _aside(_sure(date.certainty), *date.places))


def _mentions(document: InDocument, page: Page) -> Iterator[str]:
    yield ""
    title = document.title if document.title != document.document else ""
    lines = hanging(document.document, title, len(document.document) + 2, page.columns)
    yield from map(page.strong, lines)
    for place in document.passages:
        yield from map(page.faint, hanging("", place.reference, 2, page.columns))
        rows = []
        for item in place.mentions:
            label = item.language + (" note" if item.note else "")
            around = f"{item.before}{page.hit(item.text)}{item.after}"
            rows.append((label or item.version, around))
        rows += [(version, "–") for version in place.unnamed]
        indent = min(max(12, *(width(label) + 5 for label, _ in rows)), page.columns // 2)
        for label, text in rows:
            yield from hanging(f"    {label}", text, indent, page.columns)


# -- passages ------------------------------------------------------------------------------------


def _passage(view: PassageView, page: Page) -> Iterator[str]:
    yield from _head(view.reference, f"in {view.document}", page)
    yield from wrap(view.title, page.columns)
    for row in view.rows:
        yield ""
        if len(view.rows) > 1:
            yield from map(page.faint, wrap(row.reference, page.columns))
        yield from _row(row, page)
    yield ""
    if view.entities:
        yield page.strong("named")
        for item in view.entities:
            forms = ", ".join(item.forms)
            yield from hanging("", f"{item.label} ({item.key}): {forms}", 2, page.columns)
        yield ""
    yield from _citations(view.citations, page)


def _row(row: Line, page: Page) -> Iterator[str]:
    """The units of a row: side by side where each has room enough, else one under the other."""
    labels = [f"{unit.language or unit.version} · {unit.reference}" for unit in row.units]
    texts = [unit.text for unit in row.units]
    if len(texts) > 1 and column(len(texts), page.columns) >= _READABLE:
        yield from map(page.faint, beside(labels, page.columns))
        yield from beside(texts, page.columns)
    else:
        for number, (label, text) in enumerate(zip(labels, texts, strict=True)):
            if number:
                yield ""
            yield from map(page.faint, wrap(label, page.columns))
            yield from wrap(text, page.columns)
    for unit in row.units:
        for note in unit.notes:
            label = _joined(unit.language, "note", f"({note.type})" if note.type else "")
            yield ""
            yield from hanging("", f"{label}: {note.text}", 4, page.columns)


def _citations(citations: Sequence[Citation], page: Page) -> Iterator[str]:
    if citations:
        yield page.strong("cited as")
    indent = max((width(item.language) for item in citations), default=0) + 4
    for item in citations:
        reference = "" if item.reference == item.version else f"[{item.reference}]"
        text = _joined(item.text, reference)
        yield from hanging(f"  {item.language}", text, indent, page.columns)


# -- documents -----------------------------------------------------------------------------------


def _document(view: DocumentView, page: Page) -> Iterator[str]:
    kinds = ", ".join(view.genres)
    yield from _head(view.id, _joined("document", f"({kinds})" if kinds else ""), page)
    yield from _said(_record(view), page)
    yield ""
    yield page.strong("versions")
    for version in view.versions:
        aligned = f", {version.aligned} aligned" if version.aligned else ""
        text = _joined(
            f"{version.language}, {version.role},",
            f"{counted(version.units, 'unit')}{aligned}, {counted(version.words, 'word')};",
            version.path,
        )
        yield from hanging(f"  {version.id}", text, _LABEL, page.columns)
    yield from _appearing(view.entities, page)
    yield ""
    yield from _citations(view.citations, page)


def _record(view: DocumentView) -> Iterator[tuple[str, str]]:
    for title in view.titles:
        aside = _aside(title.type if title.type != "main" else "")
        yield title.language or "title", _joined(title.text, aside)
    for person in view.persons:
        yield person.role, _joined(person.name, _aside(person.key))
    yield "date", _joined(view.date, _aside(view.date_text if view.date_text != view.date else ""))
    kept = (view.settlement, view.repository, *map(_shelf, view.shelfmark))
    yield "kept in", ", ".join(part for part in kept if part)
    yield "form", "; ".join(view.medium)
    yield "printed in", view.printed
    for item in view.relations:
        stated = f"said in {item.target}" if item.stated == "there" else ""
        label = item.target if not item.title else item.title
        key = item.target if item.title else ""
        yield item.kind, _joined(label, _aside(key, item.subtype, stated))


def _shelf(part: tuple[str, str]) -> str:
    """A part of a shelfmark with what it is called; the whole of one needs no name."""
    kind, value = part
    return value if kind == "shelfmark" else _joined(kind, value)


def _appearing(entities: Sequence[Appearing], page: Page) -> Iterator[str]:
    by_kind: dict[str, list[Appearing]] = {}
    for item in entities:
        by_kind.setdefault(item.kind, []).append(item)
    if by_kind:
        yield ""
        yield page.strong(f"named: {counted_entities(len(entities))}")
    for kind, items in by_kind.items():
        more = f"; and {len(items) - _SHOWN} more" if len(items) > _SHOWN else ""
        shown = "; ".join(f"{item.label} {item.mentions}" for item in items[:_SHOWN])
        yield from hanging(f"  {kind} {len(items)}", shown + more, _LABEL, page.columns)


def counted_entities(number: int) -> str:
    """``1 entity``, ``2 entities``."""
    return "1 entity" if number == 1 else f"{number} entities"


# -- several, none -------------------------------------------------------------------------------


def _candidates(view: Candidates, page: Page) -> Iterator[str]:
    yield from wrap(f"“{view.word}” may be one of {len(view.candidates)}:", page.columns)
    yield from _words(view.candidates, page)


def _nothing(view: Nothing, page: Page) -> Iterator[str]:
    reason = view.reason or "nothing in the corpus has this name"
    yield from wrap(f"{view.word or '“”'}: error: {reason} [TK903]", page.columns)
    if view.nearest:
        yield "did you mean"
        yield from _words(view.nearest, page)


def _words(rows: Sequence[tuple[str, str]], page: Page) -> Iterator[str]:
    """Words to ask for, each with what it stands for."""
    indent = min(max(width(word) for word, _ in rows) + 4, page.columns // 2)
    for word, label in rows:
        yield from hanging(f"  {word}", label, indent, page.columns)

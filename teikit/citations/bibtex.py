r"""BibTeX in UTF-8: Cyrillic stays Cyrillic, only TeX's special characters become commands."""

from __future__ import annotations

from collections.abc import Sequence

from teikit.citations.csl import shelfmark
from teikit.record import Name, Record

_SPECIAL = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "&": r"\&",
        "%": r"\%",
        "$": r"\$",
        "#": r"\#",
        "_": r"\_",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)


def write(records: Sequence[Record]) -> str:
    """One entry a record, separated by empty lines."""
    return "\n".join(entry(record) for record in records)


def entry(record: Record) -> str:
    """One BibTeX entry, its key the version's id."""
    source = record.source
    printed = bool(source and source.container)
    fields = {
        "author": " and ".join(_name(name) for name in record.authors),
        "title": f"{{{_escape(record.title)}}}",
        "year": _year(record),
        "howpublished": _escape(
            ", ".join(filter(None, (record.archive, shelfmark(record.shelfmark))))
        ),
        "note": _escape(_note(record)),
        "language": _escape(record.language),
    }
    if source and printed:
        fields |= {
            "booktitle": f"{{{_escape(source.container)}}}",
            "publisher": _escape(source.publisher),
            "address": _escape(source.place),
            "pages": _escape(source.pages.replace("–", "-").replace("-", "--")),
        }
    kind = "incollection" if printed else "misc"
    lines = [f"  {key} = {{{value}}}," for key, value in fields.items() if value.strip("{}")]
    return "\n".join([f"@{kind}{{{record.id},", *lines, "}", ""])


def _escape(text: str) -> str:
    return " ".join(text.split()).translate(_SPECIAL)


def _name(name: Name) -> str:
    if name.literal:
        # Braces keep BibTeX from taking an institution's name apart.
        return f"{{{_escape(name.literal)}}}"
    return ", ".join(_escape(part) for part in (name.family, name.given) if part)


def _year(record: Record) -> str:
    if record.date is None:
        return ""
    years = dict.fromkeys(end[:4] for end in (record.date.earliest, record.date.latest) if end)
    return "--".join(years)


def _note(record: Record) -> str:
    parts = []
    if record.recipients:
        parts.append("To: " + ", ".join(str(name) for name in record.recipients))
    if record.translators:
        parts.append("Transl.: " + ", ".join(str(name) for name in record.translators))
    return ". ".join(parts)

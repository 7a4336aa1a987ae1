r"""BibTeX in UTF-8: Cyrillic stays Cyrillic, only TeX's special characters become commands."""

from __future__ import annotations

from collections.abc import Sequence

from teikit.citations.csl import shelfmark
from teikit.citations.options import Options
from teikit.record import Party, Record

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


def write(records: Sequence[Record], options: Options) -> str:
    """One entry a record, separated by empty lines."""
    return "\n".join(entry(record, options) for record in records)


def entry(record: Record, options: Options = Options()) -> str:  # noqa: B008 - frozen
    """One BibTeX entry, its key the version's id."""
    language = options.language or record.language
    archive, printed = record.archive, record.printed
    keeper = archive.repository if archive else None
    holder = str(keeper.name(language)) if keeper else ""
    mark = shelfmark(archive.shelfmark) if archive else ""
    fields = {
        "author": " and ".join(_name(party, language) for party in record.authors),
        "title": f"{{{_escape(record.title)}}}",
        "year": record.year.replace("–", "--"),
        "howpublished": _escape(", ".join(filter(None, (holder, mark)))),
        "note": _escape(_note(record, language)),
        "language": _escape(record.language),
    }
    if printed:
        fields |= {
            "booktitle": f"{{{_escape(printed.title(language))}}}",
            "publisher": _escape(printed.publisher),
            "address": _escape(printed.place),
            "pages": _escape(printed.pages.replace("–", "-").replace("-", "--")),
        }
    kind = "incollection" if printed else "misc"
    lines = [f"  {key} = {{{value}}}," for key, value in fields.items() if value.strip("{}")]
    return "\n".join([f"@{kind}{{{record.id},", *lines, "}", ""])


def _escape(text: str) -> str:
    return " ".join(text.split()).translate(_SPECIAL)


def _name(party: Party, language: str) -> str:
    name = party.name(language)
    if name.literal:
        # Braces keep BibTeX from taking an institution's name apart.
        return f"{{{_escape(name.literal)}}}"
    return ", ".join(_escape(part) for part in (name.family, name.forenames) if part)


def _note(record: Record, language: str) -> str:
    parts = []
    if record.recipients:
        parts.append("To: " + ", ".join(str(party.name(language)) for party in record.recipients))
    if record.translators:
        parts.append(
            "Transl.: " + ", ".join(str(party.name(language)) for party in record.translators)
        )
    return ". ".join(parts)

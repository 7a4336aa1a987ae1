"""Plain: author, title, where it is kept, translation, edition, in the language of the item."""

from __future__ import annotations

from collections.abc import Iterator

from teikit.citations.options import Options, Run
from teikit.citations.styles import gost
from teikit.citations.styles.wording import dashed, joined, sentence, words
from teikit.record import Record

_PARTS = {
    "fr": {"fond": "fonds", "opis": "inventaire", "delo": "dossier", "list": "feuillets"},
    "": {"fond": "fond", "opis": "opis", "delo": "delo", "list": "leaves"},
}


def write(record: Record, options: Options) -> Iterator[Run]:
    """The citation of one record."""
    language = options.language or record.language
    if language == "ru":
        yield from gost.write(record, options)
        return
    said = words(language)
    parts = [joined(party.name(language).inverted(short=True) for party in record.authors)]
    parts.append(f"« {record.title} »" if language == "fr" else f"“{record.title}”")
    if record.archive:
        archive, names = record.archive, _PARTS.get(language, _PARTS[""])
        if archive.repository:
            parts.append(str(archive.repository.name(language)))
        parts += [f"{names.get(k, '')} {dashed(v)}".strip() for k, v in archive.shelfmark]
    elif record.printed:
        printed = record.printed
        parts += [f"{said['in']} {printed.title(language)}"]
        parts += [printed.place, printed.publisher, printed.date]
        parts += [f"{said['pages']} {dashed(printed.pages)}"] if printed.pages else []
    if record.translators:
        names_ = joined(str(party.name(language)) for party in record.translators)
        parts.append(f"{said['translation']} {names_}")
    if record.edition and record.edition.titles:
        edition = record.edition
        title = f"{said['in']} {edition.title(language)}"
        parts.append(joined((title, edition.publisher, edition.date)))
    yield Run(sentence(joined(parts)))

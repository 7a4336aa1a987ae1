"""What styles share: the words of each language, ranges, the places where a thing can be found."""

from __future__ import annotations

import re
from collections.abc import Iterable

from teikit.citations.styles.runs import Runs, chain, run, worded
from teikit.header import Text
from teikit.record import Archive, Container, Party, Record, pick

# “from the Russian”, in the language of the reader: Russian after «пер.», French after «trad.»,
# English after “translated”.
_FROM = {
    "ar": ("с араб.", "de l’arabe", "from Arabic"),
    "cs": ("с чеш.", "du tchèque", "from Czech"),
    "de": ("с нем.", "de l’allemand", "from German"),
    "en": ("с англ.", "de l’anglais", "from English"),
    "es": ("с исп.", "de l’espagnol", "from Spanish"),
    "fr": ("с фр.", "du français", "from French"),
    "grc": ("с древнегреч.", "du grec ancien", "from Ancient Greek"),
    "hy": ("с арм.", "de l’arménien", "from Armenian"),
    "it": ("с ит.", "de l’italien", "from Italian"),
    "ka": ("с груз.", "du géorgien", "from Georgian"),
    "la": ("с лат.", "du latin", "from Latin"),
    "pl": ("с пол.", "du polonais", "from Polish"),
    "ru": ("с рус.", "du russe", "from Russian"),
    "uk": ("с укр.", "de l’ukrainien", "from Ukrainian"),
}
_READERS = ("ru", "fr", "en")
# Types of CSL that are published by nature; a date beside them is that of the publication.
_PERIODICALS = frozenset({"article", "article-journal", "article-magazine", "article-newspaper"})


def primary(language: str) -> str:
    """The language without script and region."""
    return language.lower().partition("-")[0]


def dashed(value: str) -> str:
    """A range with an en dash between its numbers: ``326–334``."""
    return re.sub(r"(?<=\d)\s*-\s*(?=\d)", "–", value)


def translated_from(record: Record, reader: str) -> str:
    """The language of the original, as it is said after “translated”; ``""`` where none is known.

    ``reader`` is one of ``ru``, ``fr``, ``en``.
    """
    original = record.original_title
    said = _FROM.get(primary(original.lang)) if original else None
    return said[_READERS.index(reader)] if said else ""


def is_translation(record: Record) -> bool:
    """Whether the text that is cited is a translation, which the archive of the original lacks."""
    return record.original_title is not None


def in_periodical(record: Record) -> bool:
    """Whether it came out in a journal or a newspaper."""
    return record.type in _PERIODICALS


def is_part(record: Record) -> bool:
    """Whether it is a part of something printed: not a book of its own."""
    return bool(record.printed and record.printed.titles)


def imprint(record: Record) -> Container | None:
    """The container that has place, publisher and year: in print, else the edition."""
    return record.printed or record.edition


def year_of(record: Record, found: Container) -> str:
    """The year of publication, as printed; for a book that of the record itself."""
    return found.date or ("" if found.titles else record.year)


def own_titles(record: Record) -> list[Text]:
    """The title of the item and its subtitle, in its own language."""
    title = pick(record.titles, record.language)
    subtitle = pick([item for item in record.subtitles if title and item.lang == title.lang])
    return [item for item in (title, subtitle) if item]


def genre(record: Record, language: str) -> str:
    """What kind of document it is, in the very language; ``""`` where the title begins with it."""
    said = [item for item in record.genre if primary(item.lang) == primary(language)]
    if not said or is_description(record):
        return ""
    return said[0].text


def is_description(record: Record) -> bool:
    """Whether the title begins with the kind of document: a description, no title of its own."""
    titles = [title.text.casefold() for title in record.titles]
    return any(
        re.match(rf"{re.escape(item.text.casefold())}(?!\w)", title)
        for item in record.genre
        for title in titles
    )


def medium(record: Record, language: str) -> str:
    """How the original is made, where it is said in few words in the very language.

    GOST R 7.0.5-2008, 11.10 has notes on authenticity and manner of reproduction, no explanations.
    """
    for item in record.medium:
        if primary(item.lang) == primary(language) and len(item.text) <= 60:
            return item.text
    return ""


def edited_by(parties: Iterable[Party], language: str, *, short: bool = False) -> Runs:
    """Names as one says them, one after the other."""
    names = [party.name(language) for party in parties]
    return chain(run(name.direct(short=short), name.lang) for name in names)


def holder(archive: Archive, language: str) -> tuple[Runs, Runs]:
    """The repository and its town, each in the language of the reader as far as it is known."""
    keeper = archive.repository.name(language) if archive.repository else None
    place = archive.place.name(language) if archive.place else None
    return worded(keeper), worded(place)


def title_of(container: Container, language: str) -> Text | None:
    """The title of a container for the readers of a language."""
    return pick(container.titles, language)

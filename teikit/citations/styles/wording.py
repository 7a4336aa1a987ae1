"""What styles share: the words of each language, ranges, the places where a thing can be found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from teikit.citations.styles.runs import Runs, around, chain, run, worded
from teikit.header import Text
from teikit.record import PLACES, Archive, Container, Party, Record, pick

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


def home_of(record: Record) -> str:
    """Which of archive, printed and edition holds the text that is cited; ``""`` for none of them.

    A translation is in the edition alone; anything else where one would look first.
    """
    places = ("edition",) if is_translation(record) else PLACES
    return next((name for name in places if getattr(record, name) is not None), "")


def in_order(
    record: Record, places: Mapping[str, Runs], labels: Mapping[tuple[str, str], str]
) -> list[Runs]:
    """The places behind their labels, that of the text which is cited first.

    ``labels`` are by what a place is (``home``, ``other``, of a translation ``original``) and its
    name; a place without one stands alone.
    """
    home = home_of(record)
    role = "original" if is_translation(record) else "other"
    found = [around(labels.get(("home", home), ""), places[home])] if home else []
    for name in PLACES:
        if name != home and (place := around(labels.get((role, name), ""), places[name])):
            found.append(place)
    return found


def is_book(record: Record) -> bool:
    """Whether it is whole in print: a book of its own, in nothing else."""
    return bool(record.printed and not record.printed.titles and not record.archive)


def year_of(record: Record, found: Container) -> str:
    """The year of publication, as printed; for a book that of the record itself."""
    return found.date or ("" if found.titles else record.year)


def own_titles(record: Record) -> list[Text]:
    """The title of the item and its subtitle, in its own language.

    None where it has no title but a kind, by which it is then called (:func:`kind_of`); where
    there is neither, its id.
    """
    title = pick(record.titles, record.language) or Text(record.id)
    if record.genre and not title.lang and title.text in (record.id.partition("#")[0], record.id):
        return []
    subtitle = pick([item for item in record.subtitles if item.lang == title.lang])
    return [item for item in (title, subtitle) if item]


def whole_title(record: Record, by: str) -> Text | None:
    """Title and subtitle as one, with a mark between them, none after what ends a sentence."""
    titles = own_titles(record)
    if not titles:
        return None
    text = titles[0].text
    for subtitle in titles[1:]:
        text += f" {subtitle.text}" if text.endswith(("?", "!", ".", "…")) else by + subtitle.text
    return Text(text, titles[0].lang)


def known_as(record: Record, reader: str, by: str) -> str:
    """What title and subtitle are in the reader's language, where that is another one."""
    title = record.translated_title(reader)
    subtitle = pick([item for item in record.subtitles if primary(item.lang) == reader])
    return f"{title}{by}{subtitle}" if title and subtitle else title


def genre(record: Record, language: str) -> str:
    """What kind of document it is, in the very language; ``""`` where the title begins with it."""
    said = [item for item in record.genre if primary(item.lang) == primary(language)]
    if not said or is_description(record):
        return ""
    return said[0].text


def kind_of(record: Record, language: str, to: str = "") -> Runs:
    """What a thing without a title is called: its kind, and behind ``to`` the persons addressed."""
    said = worded(pick(record.genre, language))
    persons = [party.name(language) for party in record.recipients if not party.institution]
    names = chain(run(name.direct(), name.lang) for name in persons)
    return chain([said, names if to else []], to)


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

"""The neutral bibliographic record that every citation format reads.

It is neutral in two ways: it knows no format, and no language. Names, titles and the words for an
archive are kept in every language that headers and registers give; a format picks those of its
reader. Nothing is guessed: an empty field is one that nobody stated. ``teikit.bibliography``
derives records from headers; ``docs/headers.md`` documents the mapping.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeVar

from teikit.header import DateValue, Text

# The script of languages that are not written in Latin letters, by their primary subtag.
_SCRIPTS = {
    **dict.fromkeys("ab ba be bg cu cv kk ky mk mn os ru sr tg tt uk".split(), "CYRILLIC"),
    **dict.fromkeys("el grc".split(), "GREEK"),
    **dict.fromkeys("he yi".split(), "HEBREW"),
    **dict.fromkeys("ar fa ur".split(), "ARABIC"),
    "hy": "ARMENIAN",
    "ka": "GEORGIAN",
}
_SUBTAGS = {"latn": "LATIN", "cyrl": "CYRILLIC", "grek": "GREEK", "hebr": "HEBREW"}


def script(language: str) -> str:
    """The script of a language (BCP 47) by its Unicode name: ``LATIN`` where nothing else is known.

    A script subtag decides (``ru-Latn``), then the language.
    """
    primary, *rest = language.lower().split("-")
    return next((_SUBTAGS[tag] for tag in rest if tag in _SUBTAGS), _SCRIPTS.get(primary, "LATIN"))


def script_of(text: str) -> str:
    """The script of the first letter of a text by its Unicode name; ``""`` without letters."""
    letter = next((char for char in text if char.isalpha()), "")
    return unicodedata.name(letter, "").partition(" ")[0] if letter else ""


# The item types of CSL 1.0.2 (specification, appendix III), which a record is one of.
ITEM_TYPES = frozenset(
    """
    article article-journal article-magazine article-newspaper bill book broadcast chapter classic
    collection dataset document entry entry-dictionary entry-encyclopedia event figure graphic
    hearing interview legal_case legislation manuscript map motion_picture musical_score pamphlet
    paper-conference patent performance periodical personal_communication post post-weblog
    regulation report review review-book software song speech standard thesis treaty webpage
    """.split()
)


class _Worded(Protocol):
    @property
    def lang(self) -> str: ...

    def __str__(self) -> str: ...


_Item = TypeVar("_Item", bound=_Worded)


def pick(items: Sequence[_Item], *languages: str) -> _Item | None:
    """The item for readers of the first language that has one; None only where there is none.

    For each language in turn: one in the very language (``fr`` for ``fr-CA`` too). Then, for the
    first of them: one that is transliterated into its script (``ru-Latn`` for ``en``), one that is
    written in its script at all. Else the first.
    """
    for language in languages:
        for same in (str.lower, _primary):
            for item in items:
                if language and same(item.lang) == same(language) and not _other_script(item):
                    return item
    for wanted in (script(language) for language in languages[:1] if language):
        for item in items:
            if _other_script(item) and script(item.lang) == wanted:
                return item
        for item in items:
            if script_of(str(item)) == wanted:
                return item
    return items[0] if items else None


def _primary(language: str) -> str:
    return language.lower().partition("-")[0]


def _other_script(item: _Worded) -> bool:
    """Whether the tag says that the item is transliterated."""
    return script(item.lang) != script(_primary(item.lang))


@dataclass(frozen=True, slots=True)
class Name:
    """A name in one language: its parts, or a literal that is not taken apart.

    ``given`` are the forenames, ``middle`` a patronymic, ``particle`` what stands before the family
    name and does not sort (``von``), ``suffix`` what follows (``III``). ``initials`` are those that
    somebody recorded (``Th.``), which no rule could make from the forename.
    """

    family: str = ""
    given: str = ""
    middle: str = ""
    literal: str = ""
    lang: str = ""
    initials: str = ""
    particle: str = ""
    suffix: str = ""

    @property
    def forenames(self) -> str:
        """Forenames and patronymic: ``Лев Николаевич``."""
        return " ".join(filter(None, (self.given, self.middle)))

    @property
    def short(self) -> str:
        """The initials as recorded, else the first letter of each forename: ``Ж.-Ж.``, ``Л. Н.``"""
        if self.initials:
            return self.initials
        return " ".join(
            "-".join(f"{half[0]}." for half in word.split("-") if half)
            for word in self.forenames.split()
        )

    def inverted(self, *, short: bool = False) -> str:
        """Family name first without a comma: ``Толстой Л. Н.``"""
        given = self.short if short else self.forenames
        return self.literal or " ".join(
            filter(None, (self.family, given, self.particle, self.suffix))
        )

    def listed(self, *, short: bool = False) -> str:
        """Family name first with a comma: ``Tolstoy, Leo``."""
        given = " ".join(filter(None, (self.short if short else self.given, self.particle)))
        return self.literal or ", ".join(filter(None, (self.family, given, self.suffix)))

    def direct(self, *, short: bool = False) -> str:
        """As one says it: ``Leo Tolstoy``."""
        given = self.short if short else self.given
        return self.literal or " ".join(
            filter(None, (given, self.particle, self.family, self.suffix))
        )

    def __str__(self) -> str:
        """Family name first, as lists of references print it."""
        return self.inverted()


@dataclass(frozen=True, slots=True)
class Party:
    """A person or an institution that had a part in something.

    ``names`` has the name for each language that is known; ``full`` the long names of an
    institution that goes by initials (``РГАСПИ``). ``key`` is that of the register, ``""`` without.
    """

    names: tuple[Name, ...]
    key: str = ""
    institution: bool = False
    full: tuple[Text, ...] = ()

    def name(self, *languages: str) -> Name:
        """The name for the readers of a language; see :func:`pick`."""
        return pick(self.names, *languages) or Name()


@dataclass(frozen=True, slots=True)
class Container:
    """What something is published in: a collection of sources, a journal, an edition.

    ``date`` is an ISO 8601 date or a year; ``pages`` and the numbers are as printed.
    """

    titles: tuple[Text, ...] = ()
    editors: tuple[Party, ...] = ()
    publisher: str = ""
    place: str = ""
    date: str = ""
    pages: str = ""
    volume: str = ""
    issue: str = ""
    series: str = ""
    edition: str = ""
    isbn: str = ""
    issn: str = ""
    url: str = ""

    def title(self, *languages: str) -> str:
        """The title for the readers of a language, ``""`` where there is none."""
        return text_of(self.titles, *languages)


@dataclass(frozen=True, slots=True)
class Archive:
    """Where an original is kept: the repository, its place, the shelfmark part by part."""

    repository: Party | None = None
    place: Party | None = None
    collection: tuple[Text, ...] = ()
    shelfmark: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Locator:
    """A passage of what is cited.

    ``ref`` is the canonical reference as everywhere (``12``, ``12-14``); ``unit`` what it counts,
    in the terms of ``citeStructure/@unit`` (``paragraph``); ``value`` its number within the levels
    above it, which ``above`` holds as (unit, value); ``leaf`` the leaf of the archive on which it
    begins, ``""`` where no ``pb`` tells; ``id`` its ``xml:id``.
    """

    ref: str
    unit: str = "paragraph"
    value: str = ""
    above: tuple[tuple[str, str], ...] = ()
    leaf: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of one version of a document, or of an item of a bibliography.

    ``type`` is a CSL 1.0.2 item type; ``language`` that of the item (BCP 47). ``titles`` are those
    in its own language first. ``archive``, ``printed`` and ``edition`` are the three places where
    it can be found; a form of citation that leaves one out takes it from the record
    (:func:`limited`).
    """

    id: str
    type: str
    language: str = ""
    document: str = ""
    titles: tuple[Text, ...] = ()
    subtitles: tuple[Text, ...] = ()
    original_title: Text | None = None
    authors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    translators: tuple[Party, ...] = ()
    editors: tuple[Party, ...] = ()
    date: DateValue | None = None
    date_cert: str = ""
    genre: tuple[Text, ...] = ()
    medium: tuple[Text, ...] = ()
    number: str = ""
    archive: Archive | None = None
    printed: Container | None = None
    edition: Container | None = None
    url: str = ""
    doi: str = ""
    licence: str = ""
    note: str = ""
    locator: Locator | None = None

    @property
    def title(self) -> str:
        """The title in the language of the item, else the first."""
        return text_of(self.titles, self.language)

    def translated_title(self, language: str) -> str:
        """The title in the reader's language where that is another one; ``""`` without one."""
        return next(
            (
                title.text
                for title in self.titles
                if _primary(title.lang) == _primary(language) != _primary(self.language)
                and title.text != self.title
            ),
            "",
        )

    @property
    def year(self) -> str:
        """The years that the date may mean, ``1931–1932`` where there are several."""
        if self.date is None:
            return ""
        ends = (self.date.earliest, self.date.latest)
        years = dict.fromkeys(re.match(r"-?\d+|", end)[0] for end in ends if end)  # type: ignore[index]
        return "–".join(filter(None, years))


def text_of(texts: Sequence[Text], *languages: str) -> str:
    """The text for the readers of a language, ``""`` where there is none."""
    found = pick(texts, *languages)
    return found.text if found else ""


# What is cited: the document where it is kept, in print, in the edition, or all that is known.
PLACES = ("archive", "printed", "edition")


def limited(record: Record, places: Iterable[str] = ()) -> Record:
    """The record with those of :data:`PLACES` only (``all``: with all of them).

    Without any, with those by which one cites it: that is the archive, else the printed source,
    else the edition; for a translation, which no archive has, the edition comes beside.
    """
    wanted = set(places)
    if "all" in wanted:
        return record
    if not wanted:
        first = next((name for name in PLACES if getattr(record, name) is not None), "")
        wanted = {first} | ({"edition"} if record.original_title else set())
    dropped: dict[str, Any] = {name: None for name in PLACES if name not in wanted}
    return replace(record, **dropped)

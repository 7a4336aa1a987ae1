"""What the machine formats share: clean strings, the day that is cited, the place, the shelfmark.

A record that reaches a format has only the places by which it is cited (``record.limited``). From
them follows what kind of thing is cited and which of its dates is that of issue: see :func:`cited`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from teikit.header import DateValue
from teikit.record import Archive, Container, Party, Record, script, text_of
from teikit.shelfmarks import FORMS, Shelfmark, from_parts, write

# -- strings --------------------------------------------------------------------------------------

# No format here has a use for control characters or line ends in a value, and each would be broken
# by some: they become one blank. Blanks that do not break stay, and so do marks of direction.
_BREAKS = re.compile(r"[ \x00-\x1f\x7f-\x9f\u2028\u2029]+")


def clean(text: str) -> str:
    """The text in one line, without control characters, its blanks single."""
    return _BREAKS.sub(" ", text).strip(" ")


def web_address(text: str) -> str:
    """An address with what no address can hold percent-encoded (RFC 3986): blanks, braces, ``\\``.

    So it can stand unescaped where a format takes addresses as they are.
    """
    return re.sub(
        r'[\s\x00-\x20\x7f-\x9f"<>\\^`{|}]',
        lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()),
        text.strip(),
    )


def unique_keys(names: Iterable[str]) -> list[str]:
    """Keys of ASCII letters, digits, ``.``, ``-`` and ``_`` for names; each different in any case.

    ``d04-ru#12`` becomes ``d04-ru-12`` and ``é`` ``e``; what would be there twice gets a number.
    """
    taken: set[str] = set()
    keys = []
    for name in names:
        bare = "".join(
            char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char)
        )
        stem = re.sub(r"[^A-Za-z0-9._]+", "-", bare).strip("-") or "item"
        key, count = stem, 2
        while key.casefold() in taken:
            key, count = f"{stem}-{count}", count + 1
        taken.add(key.casefold())
        keys.append(key)
    return keys


def primary(language: str) -> str:
    """The language without script and region, in lower case: ``sr`` for ``sr-Latn-RS``."""
    return language.partition("-")[0].lower()


# -- dates ----------------------------------------------------------------------------------------

_ISO = re.compile(
    r"(-?\d{4,})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?(?:T.*|Z|[+-]\d\d:?\d\d)?"
)
# What @cert says of a date that is no more than likely.
_DOUBTFUL = frozenset({"low", "medium", "unknown"})


@dataclass(frozen=True, slots=True)
class Day:
    """A date or a span of time, its ends as (year, month, day) as far as they are known.

    An end of a span is None where it is open. ``bounds`` says that the ends do not bound a span,
    but the time within which the one date lies (``@notBefore``, ``@notAfter``); ``doubtful`` that
    the editors are not sure; ``words`` what the source says where no numbers can be read.
    """

    first: tuple[int, ...] | None = None
    last: tuple[int, ...] | None = None
    bounds: bool = False
    doubtful: bool = False
    words: str = ""

    @property
    def known(self) -> bool:
        """Whether there is a year to it."""
        return self.first is not None or self.last is not None

    @property
    def single(self) -> bool:
        """Whether it is one date and not a span."""
        return self.first is not None and self.first == self.last

    @property
    def years(self) -> list[int]:
        """The first and the last year: one, or two that differ, or none."""
        return list(dict.fromkeys(end[0] for end in (self.first, self.last) if end))

    @property
    def months(self) -> list[int]:
        """The month, where the whole of it lies in one month of one year."""
        ends = list(dict.fromkeys(end[:2] for end in (self.first, self.last) if end))
        return list(ends[0][1:]) if len(ends) == 1 else []


def numbers(iso: str) -> tuple[int, ...] | None:
    """Year, month and day of a date in ISO 8601, as far as it goes; None for anything else."""
    found = _ISO.fullmatch(iso.strip())
    return tuple(int(part) for part in found.groups() if part) if found else None


def day(value: DateValue | None, cert: str = "") -> Day | None:
    """The date of a header; None without one."""
    if value is None:
        return None
    doubtful = cert in _DOUBTFUL
    if value.when:
        at = numbers(value.when)
        return Day(at, at, doubtful=doubtful, words="" if at else value.when)
    bounds = not (value.start or value.end)
    low = value.start or value.not_before
    high = value.end or value.not_after
    first, last = numbers(low), numbers(high)
    if first is None and last is None:
        stated = "/".join(filter(None, (low, high))) or value.text
        return Day(doubtful=doubtful, words=clean(stated)) if clean(stated) else None
    return Day(first, last, bounds, doubtful)


def published(text: str) -> Day | None:
    """When a container was published, which print or a header states as a date or in words."""
    stated = clean(text)
    if not stated:
        return None
    first, slash, last = stated.partition("/")
    if slash and (numbers(first) or numbers(last)):
        return Day(numbers(first), numbers(last))
    at = numbers(stated)
    return Day(at, at, words="" if at else stated)


def iso(end: Sequence[int]) -> str:
    """An end of a span in ISO 8601: ``1932-02``, ``-0044``; five digits of a year as in EDTF."""
    year, *rest = end
    digits = f"{'-' if year < 0 else ''}{abs(year):04d}"
    return "-".join([f"y{digits}" if abs(year) > 9999 else digits, *(f"{n:02d}" for n in rest)])


def edtf(date: Day, *, qualified: bool = True) -> str:
    """The date in EDTF level 1 (ISO 8601-2): ``1932-02-15``, ``1931/1932``, ``1932/..``.

    ``?`` marks what the editors are not sure of, ``~`` the bounds between which a date lies, ``%``
    both; ``qualified=False`` leaves the marks out. ``""`` where no number is known.
    """
    if not date.known:
        return ""
    marks = {(True, True): "%", (True, False): "?", (False, True): "~"}
    mark = marks.get((date.doubtful, date.bounds), "") if qualified else ""
    if date.single and date.first:
        return iso(date.first) + mark
    return "/".join(iso(end) + mark if end else ".." for end in (date.first, date.last))


def plain(date: Day | None) -> bool:
    """Whether year, month and day say all of a date, or there is none."""
    return date is None or (date.single and not (date.doubtful or date.bounds))


# -- what is cited --------------------------------------------------------------------------------

# Item types of a document itself, which becomes part of a book where only that is cited.
_DOCUMENTS = frozenset(
    """
    document manuscript personal_communication report pamphlet collection hearing legislation bill
    interview speech treaty
    """.split()
)


@dataclass(frozen=True, slots=True)
class Cited:
    """What kind of thing is cited (a CSL type), in what it is contained, and its dates.

    ``other`` is a second container, ``original`` the date of the document where ``issued`` is that
    of what it is published in; ``available`` the date of the container where ``issued`` is that of
    the document.
    """

    type: str
    container: Container | None
    other: Container | None
    issued: Day | None
    original: Day | None
    available: Day | None
    editors: tuple[Party, ...]


def cited(record: Record) -> Cited:
    """What is cited, by the places that the record still has.

    A document cited from an archive is dated by its own date. Cited only from a book or an edition
    it is a chapter of that, issued with it. A translation stands in the edition, an original in
    print where there is both. Editors are those of the container that is cited.
    """
    contained = [record.printed, record.edition]
    if record.original_title:
        contained.reverse()
    container, other = ([item for item in contained if item] + [None, None])[:2]
    own = day(record.date, record.date_cert)
    at = published(container.date) if container else None
    document = record.type in _DOCUMENTS
    part = document and record.archive is None and container is not None
    kind = "chapter" if part and container and container.titles else record.type
    issued, original, available = own or at, None, None
    if part and at:
        issued, original = at, own
    elif own and at and own != at:
        available = at
    mine = record.editors if container is record.edition or not document else ()
    if document and record.archive is not None and record.edition is None:
        mine = ()
    editors = tuple(dict.fromkeys((*(container.editors if container else ()), *mine)))
    return Cited(kind, container, other, issued, original, available, editors)


def address(record: Record, container: Container | None) -> str:
    """Where it is read on the web: its own address, else that of what it is contained in."""
    return web_address(record.url or (container.url if container else ""))


def publication(container: Container, language: str) -> str:
    """A container in one line, without words of any language: ``Title. Place: X, 2003. 5–7``."""
    imprint = ": ".join(filter(None, map(clean, (container.place, container.publisher))))
    imprint = ", ".join(filter(None, (imprint, clean(container.date))))
    parts = (clean(container.title(language)), imprint, clean(container.pages))
    return ". ".join(filter(None, parts))


# -- archives -------------------------------------------------------------------------------------


def shelfmark_form(language: str) -> str:
    """Which of ``shelfmarks.FORMS`` readers of a language know: their own, or their script's."""
    if primary(language) in FORMS:
        return primary(language)
    return "ru" if script(language) == "CYRILLIC" else "en"


def shelfmark(archive: Archive, language: str) -> str:
    """The whole shelfmark: ``Ф. 17. Оп. 171. Д. 139. Л. 1–8`` or ``f. 17, op. 171, …``."""
    return clean(write(from_parts(archive.shelfmark), shelfmark_form(language)))


def collection(archive: Archive, language: str) -> str:
    """The collection by its name, with the levels above the file: ``Ф. 17. Оп. 171``."""
    mark = from_parts(archive.shelfmark)
    upper = tuple(item for item in mark.levels if item[0] in ("fond", "series", "opis"))
    # A library calls its books by one shelfmark, which is no collection.
    levels = write(replace(Shelfmark(), levels=upper), shelfmark_form(language)) if upper else ""
    return clean(", ".join(filter(None, (text_of(archive.collection, language), levels))))


def holder(archive: Archive, language: str) -> str:
    """The repository by the name that it goes by among the readers of a language."""
    return clean(str(archive.repository.name(language))) if archive.repository else ""


def settlement(archive: Archive, language: str) -> str:
    """Where the repository is."""
    return clean(str(archive.place.name(language))) if archive.place else ""


def kept(archive: Archive | None, language: str) -> str:
    """Place, repository and shelfmark in one line; ``""`` for what is in no archive."""
    if archive is None:
        return ""
    parts = (settlement(archive, language), holder(archive, language), shelfmark(archive, language))
    return ", ".join(filter(None, parts))


# -- names ----------------------------------------------------------------------------------------


def stated(parties: Iterable[Party], language: str) -> list[Party]:
    """Those who have a name at all, each once."""
    return [party for party in dict.fromkeys(parties) if clean(str(party.name(language)))]

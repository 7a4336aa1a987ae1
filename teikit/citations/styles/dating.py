"""Dates in words: a day, a month, a year, a period, or the bounds between which something lies.

``notBefore`` and ``notAfter`` say that the day is not known (Guidelines 13.1.2), ``from`` and
``to`` that it took that time; the words must not mix them up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from teikit.header import DateValue
from teikit.record import Record

_ISO = re.compile(r"(-?\d{4,9})(?:-(\d\d))?(?:-(\d\d))?(?:T.*)?")


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a language.

    ``months`` stand beside a day, ``alone`` without one. Of each pair of a preposition the first is
    for days, the second for months and years.
    """

    months: tuple[str, ...]
    alone: tuple[str, ...]
    first: str
    year: str
    years: str
    era: str
    between: tuple[str, str]
    after: tuple[str, str]
    before: tuple[str, str]
    during: tuple[str, str]
    since: tuple[str, str]
    until: tuple[str, str]


_RU = (
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split(),
    "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь".split(),
)
_FR = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
_EN = (
    "January February March April May June July August September October November December".split()
)
_WORDS = {
    # Правила издания исторических документов: “не ранее … – не позднее …” of what is inferred.
    "ru": _Words(
        *(tuple(_RU[0]), tuple(_RU[1])),
        *("{}", "{} г.", "{} гг.", "{} г. до н. э."),
        between=("не ранее {} – не позднее {}",) * 2,
        after=("не ранее {}",) * 2,
        before=("не позднее {}",) * 2,
        during=("{} – {}", "{} – {}"),
        since=("с {}",) * 2,
        until=("до {}",) * 2,
    ),
    "fr": _Words(
        *(tuple(_FR), tuple(_FR)),
        *("{}er", "{}", "{}", "{} av. J.-C."),
        between=("entre le {} et le {}", "entre {} et {}"),
        after=("au plus tôt le {}", "au plus tôt en {}"),
        before=("au plus tard le {}", "au plus tard en {}"),
        during=("du {} au {}", "{} – {}"),
        since=("depuis le {}", "depuis {}"),
        until=("jusqu’au {}", "jusqu’en {}"),
    ),
    "en": _Words(
        *(tuple(_EN), tuple(_EN)),
        *("{}", "{}", "{}", "{} BC"),
        between=("between {} and {}",) * 2,
        after=("not before {}",) * 2,
        before=("not after {}",) * 2,
        during=("from {} to {}", "{} – {}"),
        since=("from {}",) * 2,
        until=("until {}",) * 2,
    ),
}

_Parts = tuple[int, int, int]


def dated(date: DateValue | None, language: str) -> str:
    """A date in the words of a language, in ISO 8601 where the language is not known here.

    ``""`` without a date; the words of the source where its attributes are no date of the calendar.
    """
    if date is None:
        return ""
    ends = _ends(date)
    read = [_parts(end) if end else None for end in ends[1:]]
    words = _WORDS.get(language.lower().partition("-")[0])
    if any(end and part is None for end, part in zip(ends[1:], read, strict=True)) or not any(read):
        return date.text
    if words is None:
        return "/".join(dict.fromkeys(filter(None, ends[1:])))
    return _said(ends[0], read, words)


def _ends(date: DateValue) -> tuple[str, str, str]:
    """What kind of date it is, by its attributes, and its two ends."""
    if date.when:
        return "when", date.when, date.when
    if date.start or date.end:
        return "during", date.start or date.not_before, date.end or date.not_after
    return "between", date.not_before, date.not_after


def _parts(value: str) -> _Parts | None:
    found = _ISO.fullmatch(value)
    if not found:
        return None
    year, month, day = (int(part or 0) for part in found.groups())
    return (year, month, day) if month <= 12 and day <= 31 else None


def _said(kind: str, read: list[_Parts | None], words: _Words) -> str:
    start, end = read
    if start and start == end:
        return _written(start, words)
    if start and end:
        patterns = words.between if kind == "between" else words.during
        coarse = not (start[2] and end[2])
        if not (start[1] or end[1]) and kind == "during" and start[0] > 0:
            return words.years.format(f"{start[0]}–{end[0]}")
        return patterns[coarse].format(_short(start, end, words), _written(end, words, of=True))
    one = start or end
    if one is None:
        return ""
    table = {
        ("between", True): words.after,
        ("between", False): words.before,
        ("during", True): words.since,
        ("during", False): words.until,
    }
    pattern = table[kind, start is not None][not one[2]]
    return pattern.format(_written(one, words, of=True))


def _short(start: _Parts, end: _Parts, words: _Words) -> str:
    """The first end without what it shares with the last."""
    if start[0] != end[0] or not start[1]:
        return _written(start, words, of=True)
    day = _day(start[2], words)
    if day and end[2] and start[1] == end[1]:
        return day
    return f"{day} {_month(start, words, of=True)}".strip()


def _written(part: _Parts, words: _Words, *, of: bool = False) -> str:
    """A day, month or year; ``of``: behind a preposition."""
    year, month, day = part
    said = words.year.format(year) if year > 0 else words.era.format(1 - year)
    return " ".join(
        filter(None, (_day(day, words), _month(part, words, of=of) if month else "", said))
    )


def _month(part: _Parts, words: _Words, *, of: bool) -> str:
    return (words.months if part[2] or of else words.alone)[part[1] - 1]


def _day(day: int, words: _Words) -> str:
    return (words.first.format(day) if day == 1 else str(day)) if day else ""


# -- in a citation -------------------------------------------------------------------------------


def is_inferred(record: Record) -> bool:
    """Whether the editors found the date: it is certain to a degree, or lies between bounds."""
    date = record.date
    return bool(date) and (
        bool(record.date_cert) or not (date is None or date.when or date.start or date.end)
    )


def carries(title: str, record: Record) -> bool:
    """Whether a title says the date itself: its year, and its day where that is known."""
    date = record.date
    if date is None:
        return bool(re.search(r"(?<!\d)\d{4}(?!\d)", title))
    if not date.when:
        return False
    part = _parts(date.when)
    wanted = [str(number) for number in (part[0], part[2]) if number] if part else []
    return bool(wanted) and all(re.search(rf"(?<!\d){word}(?!\d)", title) for word in wanted)


def written_apart(record: Record) -> bool:
    """Whether a citation has to say when it was written: unless the imprint says that year."""
    published = record.printed or record.edition
    if record.archive or published is None:
        return True
    year = re.search(r"\d{4}", published.date)
    return bool(record.date and year and record.year != year[0])


def accessed_on(day: str, language: str) -> str:
    """The day on which an address was visited, in words."""
    return dated(DateValue(day, when=day), language)

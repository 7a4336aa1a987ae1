"""CSL items made ready for a processor: no empty values, dates as numbers, nothing but text.

A processor prints an empty name as a name, drops or stumbles over a date that is a string, and
takes tags inside a title for markup. After this none of that can happen, whatever the item holds.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

# Code points that are no characters (Unicode 16, section 23.7: for use inside a program only) stand
# for what a style adds to the text; a text that holds one could pretend to be markup.
PRIVATE = re.compile("[\ufdd0-\ufdef]")
# What a style adds to the text, as code points that no text has (see ``cleaned.PRIVATE``).
FORMS = {
    "i": ("\ufdd0", "\ufdd1"),
    "b": ("\ufdd2", "\ufdd3"),
    "sup": ("\ufdd4", "\ufdd5"),
    "sub": ("\ufdd6", "\ufdd7"),
    "small-caps": ("\ufdd8", "\ufdd9"),
    "u": ("\ufdda", "\ufddb"),
}
LOCATOR = ("\ufddc", "\ufddd")
CLOSED = "\ufdde"  # after a closing quotation mark of the style

_SPACES = re.compile(r"[ \t\r\n\f\v\x85\u2028\u2029]+")

# CSL 1.0.2, appendix IV: the names and the dates; every other variable is text or a number.
NAMES = frozenset(
    "author chair collection-editor compiler composer container-author contributor curator "
    "director editor editor-translator editorial-director executive-producer guest host "
    "illustrator interviewer narrator organizer original-author performer producer recipient "
    "reviewed-author script-writer series-creator translator".split()
)
DATES = frozenset("accessed available-date event-date issued original-date submitted".split())

_PARTS = ("family", "given", "dropping-particle", "non-dropping-particle", "suffix")
_DAY = re.compile(r"(-?[0-9]{1,6})(?:-([0-9]{1,2}))?(?:-([0-9]{1,2}))?(?:T.*)?([?~%]?)")
_OPEN = ("", "..")


@dataclass(frozen=True, slots=True)
class When:
    """A date: one or two days of one to three numbers (year, month, day), or words."""

    days: tuple[tuple[int, ...], ...] = ()
    season: int = 0
    circa: bool = False
    words: str = ""


def clean(item: Mapping[str, Any]) -> dict[str, Any]:
    """An item with its texts as ``str``, names as dictionaries and dates as :class:`When`."""
    found: dict[str, Any] = {}
    for name, value in item.items():
        key = {"shortTitle": "title-short"}.get(name, name)
        if key in NAMES:
            found[key] = [made for made in map(_name, _several(value)) if made]
        elif key in DATES:
            found[key] = _date(value)
        elif isinstance(value, (str, int, float)) and not isinstance(value, bool):
            found[key] = text(str(value))
    found.setdefault("type", "document")
    # Styles print both, and the shelfmark begins with the collection.
    if str(found.get("archive_location", "")).startswith(str(found.get("archive_collection", "—"))):
        del found["archive_collection"]
    return {key: value for key, value in found.items() if value}


def text(value: str) -> str:
    """One line of characters that Unicode and XML allow, breaks made spaces, composed (NFC)."""
    plain = PRIVATE.sub("\N{REPLACEMENT CHARACTER}", _SPACES.sub(" ", value).strip())
    kept = "".join(char for char in plain if unicodedata.category(char) not in ("Cc", "Cs"))
    return unicodedata.normalize("NFC", kept)


def _several(value: Any) -> Sequence[Any]:
    return value if isinstance(value, Sequence) and not isinstance(value, str) else (value,)


def _name(value: Any) -> dict[str, str]:
    """The parts of a name that say something; a name of one part only is not taken apart."""
    if isinstance(value, str):
        return {"literal": text(value)} if text(value) else {}
    if not isinstance(value, Mapping):
        return {}
    parts = {key: text(str(value[key])) for key in ("literal", *_PARTS) if value.get(key)}
    parts = {key: part for key, part in parts.items() if part}
    if "literal" in parts:
        return {"literal": parts["literal"]}
    if "family" not in parts:
        whole = " ".join(parts.values())
        return {"literal": whole} if whole else {}
    return parts


def _date(value: Any) -> When | None:
    if isinstance(value, str):
        return _written(value)
    if not isinstance(value, Mapping):
        return None
    circa = value.get("circa") not in (None, False, 0, "", "0", "false")
    days = tuple(day for day in map(_day, _several(value.get("date-parts") or ())) if day)[:2]
    if days:
        season = _number(value.get("season"))
        return When(days, season if 1 <= season <= 4 else 0, circa)
    for key in ("edtf", "raw", "literal"):
        words = value.get(key)
        if isinstance(words, str) and words.strip():
            found = When(words=text(words)) if key == "literal" else _written(words)
            return found and When(found.days, found.season, found.circa or circa, found.words)
    return None


def _day(parts: Any) -> tuple[int, ...]:
    numbers = [_number(part) for part in _several(parts)][:3]
    year, month, day = (*numbers, 0, 0, 0)[:3]
    if not year:
        return ()
    if not 1 <= month <= 12:
        return (year,)
    return (year, month, day) if 1 <= day <= 31 else (year, month)


def _number(value: Any) -> int:
    try:
        return int(value)
    except (TypeError, ValueError):
        return 0


def _written(words: str) -> When | None:
    """A date in ISO 8601 or EDTF level 0 and 1; anything else stays words. None for no words."""
    ends = [part.strip() for part in words.strip().split("/")]
    found = [_DAY.fullmatch(end) for end in ends if end not in _OPEN]
    days = [_day(match.groups()[:3]) for match in found if match]
    if len(ends) > 2 or len(ends) != len(days) or not all(days):
        # An interval that is open at one end has no other form in CSL than words.
        return When(words=text(words)) if text(words) else None
    return When(tuple(days), circa=any(match[4] for match in found if match))


def sort_text(date: When) -> str:
    """A date as figures whose order is that of time."""
    if date.words:
        return date.words
    days = ((*day, 0, 0)[:3] for day in date.days)
    return " ".join(f"{year + 10000:05}{month:02}{day:02}" for year, month, day in days)


# Locales that give the name of a month alone say "of the month" beside a day.
_MONTHS = (
    "январь-января февраль-февраля март-марта апрель-апреля май-мая июнь-июня июль-июля "
    "август-августа сентябрь-сентября октябрь-октября ноябрь-ноября декабрь-декабря "
    "січень-січня лютий-лютого березень-березня квітень-квітня травень-травня червень-червня "
    "липень-липня серпень-серпня вересень-вересня жовтень-жовтня листопад-листопада "
    "грудень-грудня"
)
OF_MONTH: dict[str, str] = dict(pair.split("-", 1) for pair in _MONTHS.split())

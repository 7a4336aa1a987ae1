"""Values in an encoder's words: what was wanted, what is wrong, and what was probably meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from teikit.validation.relaxng.patterns import (
    K_CHOICE,
    K_DATA,
    K_GROUP,
    K_INTERLEAVE,
    K_LIST,
    K_ONE_OR_MORE,
    K_VALUE,
    TEXT,
    Patterns,
    tokens,
)

_MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "january janvier januar января",
            "february février fevrier februar февраля",
            "march mars märz marta марта",
            "april avril апреля",
            "may mai мая",
            "june juin juni июня",
            "july juillet juli июля",
            "august août aout августа",
            "september septembre сентября",
            "october octobre oktober октября",
            "november novembre ноября",
            "december décembre decembre dezember декабря",
        ),
        1,
    )
    for word in words.split()
}
_NUMBERS = "zero one two three four five six seven eight nine ten eleven twelve".split()


_LONGEST = 160  # characters of a reason that are told: it may quote the value


def listed(patterns: Patterns, value: int) -> list[str]:
    """The values that the pattern lists one by one, in the order of the schema."""
    nodes = patterns.nodes
    return [
        " ".join(tokens(nodes[item][2]))
        for item in sorted(_leaves(patterns, value))
        if nodes[item][0] == K_VALUE
    ]


def described(patterns: Patterns, value: int) -> list[str]:
    """The forms that values may have beside the listed ones, in words, the commonest first."""
    nodes = patterns.nodes
    many = any(nodes[item][0] == K_LIST for item in _parts(patterns, value))
    types = [
        patterns.datatype(nodes[item][1])
        for item in sorted(_leaves(patterns, value))
        if nodes[item][0] == K_DATA
    ]
    types.sort(key=lambda kind: _ORDER.index(kind.name) if kind.name in _ORDER else -1)
    words = dict.fromkeys(kind.describe() for kind in types)
    return [f"a list, each of it {item}" if many else item for item in words]


# Types that stand beside each other, in the order in which people want them.
_ORDER = "date gYearMonth gYear gMonthDay gMonth gDay dateTime time duration token string".split()


def wrong(patterns: Patterns, value: int, text: str) -> str:
    """Why no value can be like this, where more can be said than what was wanted; else empty."""
    nodes = patterns.nodes
    told = []
    for item in _leaves(patterns, value):
        if nodes[item][0] == K_DATA:
            kind = patterns.datatype(nodes[item][1])
            for word in [text] if kind.allows(text) else tokens(text) or [text]:
                if problem := kind.problem(word):
                    told.append(problem)
    # A date that the calendar does not have is told by several types: the commonest word wins.
    reason = max(dict.fromkeys(told), key=told.count, default="")
    return reason if len(reason) <= _LONGEST else f"{reason[:_LONGEST]}…"


def repairs(patterns: Patterns, value: int, text: str) -> list[str]:
    """Values that the pattern accepts and that may have been meant, likeliest first."""
    if not text.strip():
        return []
    kinds = {
        patterns.datatype(patterns.nodes[item][1]).name
        for item in _leaves(patterns, value)
        if patterns.nodes[item][0] == K_DATA
    }
    found: dict[str, None] = {}
    for names, repair in _REPAIRS:
        for candidate in repair(text) if not names or kinds & names else ():
            # Of a date and its year the date says more.
            shorter = any(item.startswith(candidate) for item in found)
            if candidate != text and not shorter and patterns.accepts(value, candidate, {}):
                found[candidate] = None
    near = _near(text, listed(patterns, value))
    return [*near, *(item for item in found if item not in near)][:3]


def month_in(text: str) -> bool:
    """Whether the text names a month in one of the languages that dates are repaired in."""
    return any(word in _MONTHS for word in re.findall(r"[^\W\d]+", text.casefold()))


def _near(text: str, values: list[str]) -> list[str]:
    import difflib

    folded = {item.casefold(): item for item in reversed(values)}
    same = folded.get(" ".join(tokens(text)).casefold())
    if same is not None:
        return [same]
    return difflib.get_close_matches(text, values, n=1, cutoff=0.6)


# -- what was probably meant ---------------------------------------------------------------------


def _trimmed(text: str) -> Iterator[str]:
    yield " ".join(tokens(text))


def _dates(text: str) -> Iterator[str]:
    """Dates as people write them, in ISO form (ISO 8601; att.datable.w3c)."""
    text = re.sub(r"\s*[‐-―−]\s*", "-", text.strip())
    yield text
    if match := re.fullmatch(r"(-?\d{4})[-./ ](\d{1,2})(?:[-./ ](\d{1,2}))?", text):
        year, month, day = match[1], int(match[2]), match[3]
        yield f"{year}-{month:02}" + (f"-{int(day):02}" if day else "")
        if day and int(day) <= 12:
            yield f"{year}-{int(day):02}-{month:02}"
    if match := re.fullmatch(r"(\d{1,2})[-./ ](\d{1,2})[-./ ](\d{4})", text):
        yield f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}"
        yield f"{match[3]}-{int(match[1]):02}-{int(match[2]):02}"
    if match := re.fullmatch(r"(\d{4})(\d\d)(\d\d)", text):
        yield "-".join(match.groups())
    if match := re.fullmatch(r"(\d{1,2})[./](\d{4})", text):
        yield f"{match[2]}-{int(match[1]):02}"
    if match := re.fullmatch(
        r"(?:(\d{1,2})\w{0,2}\.?\s+)?([^\W\d]+)\.?,?\s+(\d{4})(?: г\.?)?", text
    ):
        month = _MONTHS.get(match[2].casefold(), 0)
        if month:
            yield f"{match[3]}-{month:02}" + (f"-{int(match[1]):02}" if match[1] else "")
    if match := re.fullmatch(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d).*", text):
        yield f"{match[1]}T{match[2]}:00"
        yield match[1]
    if match := re.fullmatch(r"(\d{1,2}):(\d\d)", text):
        yield f"{int(match[1]):02}:{match[2]}:00"
    if match := re.fullmatch(r"(-?)(\d{1,3})", text):
        yield f"{match[1]}{int(match[2]):04}"
    if match := re.search(r"(?<!\d)(\d{4})(?!\d)", text):
        yield match[1]


def _numbers(text: str) -> Iterator[str]:
    word = text.strip().casefold()
    if word in _NUMBERS:
        yield str(_NUMBERS.index(word))
    if re.fullmatch(r"[\d., +-]+", text):
        yield text.replace(",", ".").replace(" ", "")
    if match := re.search(r"\d+", text):
        yield match[0]


def _commas(text: str) -> Iterator[str]:
    yield re.sub(r"(?<=\d),(?=\d)", ".", " ".join(tokens(text)))


def _truth(text: str) -> Iterator[str]:
    word = text.strip().casefold()
    if word in ("yes", "y", "oui", "да", "on", "true", "ja"):
        yield "true"
    if word in ("no", "n", "non", "нет", "off", "false", "nein"):
        yield "false"


def _names(text: str) -> Iterator[str]:
    words = " ".join(tokens(text))
    yield re.sub(r"\s+", "_", words)
    mended = re.sub(r"[^\w.\-]+", "-", words).strip("-.")
    yield mended
    yield f"_{mended}"


def _addresses(text: str) -> Iterator[str]:
    words = " ".join(tokens(text))
    yield words.replace(" ", "%20")
    yield re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", words)
    head, mark, rest = words.partition("#")
    if "#" in rest:
        yield head + mark + rest.partition("#")[0]
        yield head + mark + rest.replace("#", "%23")
    yield words.replace("\\", "/")


def _languages(text: str) -> Iterator[str]:
    yield text.strip().replace("_", "-")
    known = {"french": "fr", "russian": "ru", "english": "en", "german": "de", "latin": "la"}
    if text.strip().casefold() in known:
        yield known[text.strip().casefold()]


# The repairs that are tried, for values of some of the types (none named: always).
_NUMERIC = (
    "integer nonNegativeInteger positiveInteger decimal double float int long short byte "
    "unsignedInt unsignedShort unsignedByte unsignedLong"
)
_REPAIRS: tuple[tuple[frozenset[str], Callable[[str], Iterator[str]]], ...] = tuple(
    (frozenset(types.split()), repair)
    for types, repair in (
        ("", _trimmed),
        ("date gYear gYearMonth gMonthDay gMonth gDay dateTime time", _dates),
        ("boolean", _truth),
        (_NUMERIC, _numbers),
        ("string token decimal double", _commas),
        ("language", _languages),
        ("anyURI", _addresses),
        ("ID IDREF IDREFS NCName Name NMTOKEN token", _names),
    )
)


# -- reading patterns ----------------------------------------------------------------------------


def _parts(patterns: Patterns, value: int) -> Iterator[int]:
    """The patterns that a value's pattern is made of, exceptions of ``data`` left out."""
    seen, stack = set(), [value]
    while stack:
        number = stack.pop()
        if number in seen:
            continue
        seen.add(number)
        yield number
        node = patterns.nodes[number]
        if node[0] in (K_CHOICE, K_INTERLEAVE):
            stack += node[1]
        elif node[0] == K_GROUP:
            stack += node[1:]
        elif node[0] in (K_ONE_OR_MORE, K_LIST):
            stack.append(node[1])


def _leaves(patterns: Patterns, value: int) -> list[int]:
    return [
        item
        for item in _parts(patterns, value)
        if item == TEXT or patterns.nodes[item][0] in (K_DATA, K_VALUE)
    ]

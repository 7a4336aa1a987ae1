"""Numbers as a text writes them, in figures or in words, brought to one form.

Figures are read in any language, with the decimal sign and the separators of thousands that the
language uses; words only from one to twenty (and hundred and thousand), so that a figure on one
side of a translation can be known again in a word on the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

# Languages that write a decimal point, and a comma between thousands.
_POINT = frozenset({"en", "zh", "ja", "ko", "he", "hi", "th", "cy", "ga"})

_COMMA_NUMBER = r"(?P<whole>\d{1,3}(?P<sep>[ .'’])\d{3}(?:(?P=sep)\d{3})*(?!\d)|\d+)"
_POINT_NUMBER = r"(?P<whole>\d{1,3}(?P<sep>[ ,'’])\d{3}(?:(?P=sep)\d{3})*(?!\d)|\d+)"
_SCALES = {
    3: r"тыс(?:\.|яч\w*)|milliers?|mille|thousands?|Tausend",
    6: r"млн\.?|миллион\w*|millions?|Mio\.?|Millionen",
    9: r"млрд\.?|миллиард\w*|milliards?|billions?|Mrd\.?|Milliarden",
}
_SCALE = "|".join(f"(?P<e{power}>{words})" for power, words in _SCALES.items())
# Not after a letter (д05 is a name), but after №, § or a hyphen.
_FIGURES = {
    point: re.compile(
        rf"(?<![^\W\d_])(?<!\d){number}(?:{decimal}(?P<part>\d+)(?!\d))?(?: (?:{_SCALE})(?!\w))?"
    )
    for point, number, decimal in ((False, _COMMA_NUMBER, ","), (True, _POINT_NUMBER, r"\."))
}

# Roman numerals: two letters of I, V and X at least (CC, MM or CD are abbreviations more often), or
# any with the ending of an ordinal. A Cyrillic Х is often typed for ten.
_ROMAN = re.compile(
    r"(?<!\w)(?:(?P<bare>[IVXХ]{2,})|(?P<with>[IVXХ]|[IVXLCХ]{2,})"
    r"(?:-?(?:й|го|му|м|ой|ая|ое|е|х)|-?(?:ème|er|re|ère|e|eme)|th|st|nd|rd))(?![\w.]\w|\w)"
)
_CANONICAL = re.compile(r"C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_LEADING = re.compile(r"\s*[(\[]?\d+(?:[.)\]]|\.\))(?=\s)")

# Words for numbers by their beginnings: cardinals in all cases, ordinals, collectives.
_WORDS: dict[str, dict[int, str]] = {
    "fr": {
        1: "une?|premiers?|premières?",
        2: "deux|deuxièmes?|seconde?s?",
        3: "trois|troisièmes?",
        4: "quatre|quatrièmes?",
        5: "cinq|cinquièmes?",
        6: "six|sixièmes?",
        7: "sept|septièmes?",
        8: "huit|huitièmes?",
        9: "neuf|neuvièmes?",
        10: "dix|dixièmes?|dizaines?",
        11: "onze|onzièmes?",
        12: "douze|douzièmes?|douzaines?",
        13: "treize|treizièmes?",
        14: "quatorze|quatorzièmes?",
        15: "quinze|quinzièmes?|quinzaines?",
        16: "seize|seizièmes?",
        17: "dix-sept|dix-septièmes?",
        18: "dix-huit|dix-huitièmes?",
        19: "dix-neuf|dix-neuvièmes?",
        20: "vingt|vingtièmes?|vingtaines?",
        100: "cents?|centaines?",
        1000: "mille|milliers?",
    },
    "ru": {
        1: "од(?:ин|н)[а-яё]*|перв[а-яё]+",
        2: "дв(?:а|е|ух|ум|умя|ое|оих|оим|ойн[а-яё]*|ух[а-яё]+)|втор[а-яё]+",
        3: "тр(?:и|ех|ёх|ем|емя|ое|оих|оим|ех[а-яё]+|ёх[а-яё]+)|трет[а-яё]+",
        4: "четыр[а-яё]+|четвер[а-яё]+",
        5: "пят(?:ь|и|ью|еро|[а-яё]*летн[а-яё]+|ый|ого|ому|ом|ым|ая|ой|ую|ое|ые|ых)",
        6: "шест(?:ь|и|ью|еро|и[а-яё]+|ой|ого|ому|ом|ым|ая|ую|ое|ые|ых)",
        7: "сем(?:ь|и|ью|еро|и[а-яё]+)|седьм[а-яё]+",
        8: "вос[еь]м[а-яё]+|восемь[а-яё]*",
        9: "девят(?:ь|и|ью|еро|ый|ого|ому|ом|ым|ая|ой|ую|ое|ые|ых)",
        10: "десят(?:ь|и|ью|еро|ый|ого|ому|ом|ым|ая|ой|ую|ое|ые|ых|ок|к[а-яё]+)",
        11: "одиннадцат[а-яё]+",
        12: "двенадцат[а-яё]+|дюжин[а-яё]+",
        13: "тринадцат[а-яё]+",
        14: "четырнадцат[а-яё]+",
        15: "пятнадцат[а-яё]+",
        16: "шестнадцат[а-яё]+",
        17: "семнадцат[а-яё]+",
        18: "восемнадцат[а-яё]+",
        19: "девятнадцат[а-яё]+",
        20: "двадцат[а-яё]+",
        100: "сто|ста|сот[а-яё]+",
        1000: "тысяч[а-яё]*",
    },
    "en": {
        1: "one|first",
        2: "two|second",
        3: "three|third",
        4: "four|fourth",
        5: "five|fifth",
        6: "six|sixth",
        7: "seven|seventh",
        8: "eight|eighth",
        9: "nine|ninth",
        10: "ten|tenth",
        11: "eleven|eleventh",
        12: "twelve|twelfth|dozens?",
        13: "thirteen|thirteenth",
        14: "fourteen|fourteenth",
        15: "fifteen|fifteenth",
        16: "sixteen|sixteenth",
        17: "seventeen|seventeenth",
        18: "eighteen|eighteenth",
        19: "nineteen|nineteenth",
        20: "twenty|twentieth|scores?",
        100: "hundreds?|hundredth",
        1000: "thousands?|thousandth",
    },
    "de": {
        1: "eine?[mnrs]?|erste[mnrs]?",
        2: "zwei|zweite[mnrs]?",
        3: "drei|dritte[mnrs]?",
        4: "vier|vierte[mnrs]?",
        5: "fünf|fünfte[mnrs]?",
        6: "sechs|sechste[mnrs]?",
        7: "sieben|siebte[mnrs]?",
        8: "acht|achte[mnrs]?",
        9: "neun|neunte[mnrs]?",
        10: "zehn|zehnte[mnrs]?",
        11: "elf|elfte[mnrs]?",
        12: "zwölf|zwölfte[mnrs]?|Dutzend",
        13: "dreizehn|dreizehnte[mnrs]?",
        14: "vierzehn|vierzehnte[mnrs]?",
        15: "fünfzehn|fünfzehnte[mnrs]?",
        16: "sechzehn|sechzehnte[mnrs]?",
        17: "siebzehn|siebzehnte[mnrs]?",
        18: "achtzehn|achtzehnte[mnrs]?",
        19: "neunzehn|neunzehnte[mnrs]?",
        20: "zwanzig|zwanzigste[mnrs]?",
        100: "hundert|Hunderte?n?|hundertste[mnrs]?",
        1000: "tausend|Tausende?n?|tausendste[mnrs]?",
    },
}


def read_numbers(text: str, lang: str) -> Iterator[tuple[int, int, str]]:
    """The numbers that stand in figures: start, end, and the value.

    ``text`` has single spaces; ``lang`` is a BCP 47 tag. The value is a decimal number with a point
    and no separators, e.g. ``"1250000"`` for “1,25 млн”, ``"15"`` for “XVe”; a range is two.
    A percent sign, № or the ending of an ordinal do not count.
    """
    pattern = _FIGURES[lang.partition("-")[0].lower() in _POINT]
    found = []
    for match in pattern.finditer(text):
        whole = re.sub(r"\D", "", match["whole"])
        power = next((power for power in _SCALES if match[f"e{power}"]), 0)
        found.append((match.start(), match.end(), _value(whole, match["part"] or "", power)))
    for match in _ROMAN.finditer(text):
        letters = (match["bare"] or match["with"]).replace("Х", "X")
        if _CANONICAL.fullmatch(letters):
            found.append((match.start(), match.end(), str(_roman(letters))))
    yield from sorted(found)


def named_numbers(text: str, lang: str) -> frozenset[str]:
    """The numbers from one to twenty, hundred and thousand that a text names in words.

    Thousands, millions and milliards of them too (“сто тысяч”, “two millions”). Empty for a
    language whose words are not known.
    """
    found = set()
    for value, pattern in _words_of(lang.partition("-")[0].lower()).items():
        for match in pattern.finditer(text):
            power = next((power for power in _SCALES if match[f"e{power}"]), 0)
            found |= {str(value), str(value * 10**power)}
    return frozenset(found)


@cache
def _words_of(lang: str) -> dict[int, re.Pattern[str]]:
    return {
        value: re.compile(rf"(?<!\w)(?:{words})(?: (?:{_SCALE}))?(?!\w)", re.I)
        for value, words in _WORDS.get(lang, {}).items()
    }


def leading_label(text: str) -> int:
    """How many characters the printed number of a paragraph takes (“3. ”, “(3) ”); 0 for none."""
    match = _LEADING.match(text)
    return match.end() if match else 0


def _value(whole: str, part: str, power: int) -> str:
    """A decimal number times a power of ten, without needless zeros."""
    digits = whole + part.ljust(power, "0")
    places = max(len(part) - power, 0)
    units = (digits[:-places] if places else digits).lstrip("0") or "0"
    rest = digits[len(digits) - places :].rstrip("0") if places else ""
    return f"{units}.{rest}" if rest else units


def _roman(letters: str) -> int:
    """The value of a Roman numeral in canonical form."""
    values = [_VALUES[letter] for letter in letters]
    return sum(
        -value if value < following else value
        for value, following in zip(values, [*values[1:], 0], strict=True)
    )

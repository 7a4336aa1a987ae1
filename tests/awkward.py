"""Records that break careless writers of citations: every string of them is awkward."""

from __future__ import annotations

import re

from teikit.header import DateValue, Text
from teikit.record import Archive, Container, Locator, Name, Party, Record

STRINGS = {
    "ampersands": "R&D of Smith & Sons",
    "braces": "a {b} c {{d}}",
    "an open brace": "a { b",
    "a closed brace": "a } b",
    "percent signs": "100 % of 5%",
    "signs of TeX": r"# $5 a_b ~ ^ back\slash \textbf{x} $x^2$",
    "a backslash at the end": "ends in \\",
    "quotes": "«Кавычки» — “quotes” \"straight\" 'single' ``old''",
    "dashes": "1931--1932 – — --- a-b",
    "ligatures of TeX": "<<a>> ,,b'' ?`c !`d",
    "Cyrillic": "Объявление № 5: «Ёлка», пункт 3",
    "line ends": "one\ntwo\r\nthree\u2028four\u2029five\x85six",
    "control characters": "a\tb\x0bc\x00d\x1be\x7ff",
    "marks of direction": "\u200fעברית\u200e and \u202babc\u202c",
    "the end of a RIS record": "a\r\nER  - \r\nTY  - BOOK\r\nTI  - evil",
    "the end of a RIS record by another line end": "a\u2028ER  - \x85TY  - BOOK",
    "an entry of BibTeX": "x}\n@misc{evil, title = {y}}",
    "a comment of BibTeX": "@comment{x} @string{a = b} @preamble{c}",
    "signs of YAML": ": - # & * ! | > ' % @ ` [a, b] {c: d} --- ... key: value # no",
    "a word of YAML": "no",
    "nothing of YAML": "~",
    "a number": "1932",
    "markup": "<b>bold</b> &amp; <script>alert(1)</script> ]]>",
    "a comma": "Smith, Jones, Brown",
    "the word and": "Procter and Gamble And Others",
    "a small first letter": "van der Berg",
    "blanks that do not break": "№\u00a012\u202f345",
    "beyond the first plane": "😀 𝔊ott",
    "a byte order mark": "\ufeffstart",
    "a semicolon": "one; two; three",
}
NAMES = {
    "a particle": Name("Humboldt", "Alexander", particle="von"),
    "a capital particle": Name("Gaulle", "Charles", particle="De"),
    "several particles": Name("Cruz Sánchez", "Ana", particle="de la"),
    "a suffix": Name("King", "Martin", "Luther", suffix="Jr."),
    "a suffix alone": Name("King", suffix="III"),
    "a patronymic": Name("Толстой", "Лев", "Николаевич"),
    "initials": Name("Толстой", "Л. Н."),
    "a hyphen": Name("Saint-Exupéry", "Jean-Marie"),
    "an apostrophe": Name("O’Neill", "D'Arcy"),
    "a small word inside": Name("García y Vega", "Ana"),
    "a family name alone": Name("Сталин"),
    "two family names alone": Name("García Márquez"),
    "a given name alone": Name(given="Нестор"),
    "the word and": Name("Rod and Reel", "Bait and Tackle"),
    "commas": Name("Smith, Esq.", "John, Jr"),
    "braces": Name("{Open", "Close}"),
    "an institution": Name(literal="ЦК ВКП(б)"),
    "an institution with and": Name(literal="Ministry of Peace and War, and Others"),
}
# A header's date, the same as EDTF, and the date-parts of CSL, where -44 is 44 BC and no year is 0.
DATES = {
    "a day": (DateValue("", when="1932-02-15"), "1932-02-15", [[1932, 2, 15]]),
    "a month": (DateValue("", when="1932-02"), "1932-02", [[1932, 2]]),
    "a year": (DateValue("", when="1932"), "1932", [[1932]]),
    "years": (DateValue("", start="1931", end="1932"), "1931/1932", [[1931], [1932]]),
    "a span": (
        DateValue("", start="1931-10-08", end="1932-02-15"),
        "1931-10-08/1932-02-15",
        [[1931, 10, 8], [1932, 2, 15]],
    ),
    "bounds": (
        DateValue("", not_before="1931-10", not_after="1932"),
        "1931-10~/1932~",
        [[1931, 10], [1932]],
    ),
    "an open end": (DateValue("", start="1932-02"), "1932-02/..", [[1932, 2]]),
    "an open beginning": (DateValue("", not_after="1932"), "../1932~", [[1932]]),
    "before our era": (DateValue("", when="-0043-03-15"), "-0043-03-15", [[-44, 3, 15]]),
    "years before our era": (
        DateValue("", start="-0100", end="-0044"),
        "-0100/-0044",
        [[-101], [-45]],
    ),
    "the year zero": (DateValue("", when="0000"), "0000", [[-1]]),
    "an hour": (DateValue("", when="1932-02-15T10:00:00+03:00"), "1932-02-15", [[1932, 2, 15]]),
    "a time zone": (DateValue("", when="1932-02-15Z"), "1932-02-15", [[1932, 2, 15]]),
}


def one_line(text: str) -> str:
    """What a format is to keep of a string: all but line ends, controls, double blanks."""
    kept = "".join(
        " " if ord(char) < 32 or 127 <= ord(char) < 160 or char in "\u2028\u2029" else char
        for char in text
    )
    return re.sub(" +", " ", kept).strip(" ")


def person(name: Name) -> Party:
    return Party((name,), institution=bool(name.literal))


def filled(text: str, kind: str = "personal_communication", **changed: object) -> Record:
    """A record that has the string in every field that is free text."""
    words = (Text(text, "ru"),)
    fields: dict[str, object] = {
        "titles": words,
        "subtitles": words,
        "original_title": Text(text, "de"),
        "authors": (person(Name(text, text)), person(Name(literal=text))),
        "recipients": (person(Name(literal=text)),),
        "translators": (person(Name(text, text)),),
        "editors": (person(Name(literal=text)),),
        "date": DateValue("", when="1932-02-15"),
        "genre": words,
        "medium": words,
        "number": text,
        "archive": Archive(
            person(Name(literal=text)), person(Name(literal=text)), words, (("fond", "1"),)
        ),
        "printed": None,
        "edition": Container(
            words, (), text, text, "2001", "5-7", text, text, text, text, text, text, ""
        ),
        "url": "https://example.org/?a=1&b=2%20#x_y~z",
        "licence": text,
        "note": text,
        "locator": Locator("1.2", "paragraph", "2", (("chapter", "1"),)),
    }
    return Record("x#1.2", kind, "ru", **{**fields, **changed})  # type: ignore[arg-type]

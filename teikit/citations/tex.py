r"""Text and names in ``.bib`` files, for BibTeX and BibLaTeX alike, in UTF-8.

Both programs count braces before they look at backslashes, so ``\{`` would leave an entry open: all
of TeX's special characters become commands with balanced braces. ``"`` becomes one too, since babel
makes it a command in Russian and German, and an empty group parts what fonts would join (``--``).
Names follow the three forms of BibTeX (``Family, Suffix, Given`` with ``von`` before): whatever it
would take apart stands in braces.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from teikit.citations.fields import clean, primary, stated
from teikit.record import Locator, Name, Party

SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    '"': r"\textquotedbl{}",
    "\u00a0": "~",
    "\u202f": r"\,",
}
_SPECIAL = str.maketrans(SPECIAL)
# Pairs of characters that TeX's fonts set as another one: -- '' `` << >> ,, ?` !`
_JOINED = re.compile(r"(?<=([-'`<>,]))(?=\1)|(?<=[?!])(?=`)")


def escape(text: str) -> str:
    """The text in one line, as TeX prints it."""
    return _JOINED.sub("{}", clean(text).translate(_SPECIAL))


def people(parties: Iterable[Party], language: str) -> str:
    """Names joined by ``and``."""
    return " and ".join(_name(party.name(language)) for party in stated(parties, language))


_PLAIN = re.compile(r"[^\W\d_]+(?:[-'’‑.][^\W\d_]*)*")


def _name(name: Name) -> str:
    if name.literal or not name.family:
        return f"{{{escape(str(name) if name.literal else name.direct() or str(name))}}}"
    if not (name.forenames or name.suffix or name.particle) and " " in clean(name.family):
        return f"{{{escape(name.family)}}}"
    given = _words(name.forenames)
    suffix = _words(name.suffix)
    particle, family = clean(name.particle), _words(name.family, capitals=True)
    if particle and all(_PLAIN.fullmatch(word) and word[0].islower() for word in particle.split()):
        family = f"{particle} {family}"
    elif particle:
        # BibTeX knows a particle by its small letter only.
        family = f"{{{escape(f'{particle} {name.family}')}}}"
    if suffix and not given:
        return f"{{{escape(f'{particle} {name.family}, {name.suffix}')}}}"
    return ", ".join(filter(None, (family, suffix, given)))


def _words(text: str, *, capitals: bool = False) -> str:
    """A part of a name as it is where BibTeX reads it as it is, else in braces."""
    words = clean(text).split(" ")
    plain = all(
        _PLAIN.fullmatch(word) and word.casefold() != "and" and not (capitals and word[0].islower())
        for word in words
    )
    if plain or not clean(text):
        return clean(text)
    return f"{{{escape(text)}}}"


def pages(text: str) -> str:
    """Pages with the double hyphen of ``.bib`` files in ranges: ``326--334``."""
    return "--".join(escape(part) for part in re.split(r"\s*[-–—‒]+\s*", clean(text)))


def passage(locator: Locator | None) -> str:
    """Where in the document, ``""`` for the whole."""
    return clean(locator.ref or locator.value) if locator else ""


# The names of months are macros of BibTeX's styles, which know them in their language.
_MACROS = frozenset({"month"})


def entry(kind: str, key: str, fields: Mapping[str, str], hint: str = "") -> str:
    """An entry of the fields that say something, before it a comment of how to cite the passage."""
    lines = [
        f"  {name} = {value}," if name in _MACROS else f"  {name} = {{{value}}},"
        for name, value in fields.items()
        if value
    ]
    comment = [rf"% \cite[{_plain(hint)}]{{{key}}}"] if hint else []
    return "\n".join([*comment, f"@{kind}{{{key},", *lines, "}", ""])


def _plain(text: str) -> str:
    """A comment is no place for what would begin or end an entry."""
    return re.sub(r"[^\w.,:/ -]", "", text)


# What stands before what no field prints, in the languages of editions.
_WORDS = {
    "to": {"ru": "Адресат: ", "uk": "Адресат: ", "fr": "Destinataire : ", "en": "To: "},
    "translator": {"ru": "Пер.: ", "uk": "Пер.: ", "fr": "Trad. : ", "en": "Transl.: "},
    "original": {"ru": "Ориг.: ", "uk": "Ориг.: ", "fr": "Orig. : ", "en": "Orig.: "},
}


def worded(what: str, text: str, language: str) -> str:
    """A text behind the word for what it is: ``to``, ``translator``, ``original``."""
    words = _WORDS[what]
    return words.get(primary(language), words["en"]) + clean(text) if clean(text) else ""


def listed(parties: Iterable[Party], language: str) -> str:
    """Names as one says them, for a note."""
    return "; ".join(party.name(language).direct() for party in stated(parties, language))


def sentences(parts: Iterable[str]) -> str:
    """Parts that say something, as sentences."""
    joined = ""
    for part in filter(None, map(clean, parts)):
        stop = "" if not joined or joined[-1] in ".!?…" else "."
        joined += f"{stop} {part}" if joined else part
    return joined

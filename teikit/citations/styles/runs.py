"""Runs of text put together: parts that may be missing, marks between them, quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol

from teikit.citations.options import Run

Runs = list[Run]

# What ends a sentence, so that no point follows.
_ENDS = (".", "?", "!", "…")
NO_BREAK, NARROW = "\u00a0", "\u202f"

# Quotation marks in a text, of any language, with the spaces that French sets inside them.
_INNER = re.compile(r"[«“„]\s*([^«»“”„]*?)\s*[»”“]")


class _Worded(Protocol):
    @property
    def lang(self) -> str: ...

    def __str__(self) -> str: ...


def run(text: str, lang: str = "", *, italic: bool = False, href: str = "") -> Runs:
    """The text as one run, nothing where there is none. White space is single."""
    said = " ".join(re.split(r"[ \t\r\n\f\v]+", text)).strip(" ")
    if _is_french(lang):
        said = french(said)
    return [Run(said, italic, lang, href)] if said else []


def worded(item: _Worded | None, *, italic: bool = False) -> Runs:
    """A title or a name as a run in its language."""
    return run(str(item), item.lang, italic=italic) if item else []


def link(address: str) -> Runs:
    """An address as a run that leads there."""
    return run(address, href=address)


def chain(parts: Iterable[Runs], by: str = ", ") -> Runs:
    """The parts that are not empty, with a mark between them."""
    found: Runs = []
    for part in parts:
        if part:
            found += [Run(by), *part] if found else part
    return found


def around(before: str, runs: Runs, after: str = "") -> Runs:
    """The runs with a text before and after them; nothing where there are none."""
    if not runs:
        return []
    return [*([Run(before)] if before else []), *runs, *([Run(after)] if after else [])]


def text_of_runs(runs: Iterable[Run]) -> str:
    """The letters alone."""
    return "".join(item.text for item in runs)


def closed(runs: Runs) -> Runs:
    """The runs with a point at the end, unless they end a sentence already."""
    if not runs or text_of_runs(runs).rstrip("”’").endswith(_ENDS):
        return runs
    return [*runs, Run(".")]


def sentences(parts: Iterable[Runs]) -> Runs:
    """Each part that is not empty as a sentence of its own."""
    return chain((closed(part) for part in parts), " ")


def capital(runs: Runs) -> Runs:
    """The runs with a capital at their beginning; an address stays as it is."""
    if not runs or runs[0].href:
        return runs
    first = runs[0]
    return [replace(first, text=first.text[:1].upper() + first.text[1:]), *runs[1:]]


# -- quotation marks -----------------------------------------------------------------------------

# What encloses a title, and a quotation within it. In France guillemets with no-break spaces, and
# English marks within; American English has single ones within.
_QUOTES = {
    "fr": (f"«{NO_BREAK}", f"{NO_BREAK}»", "“", "”"),
    "en": ("“", "”", "‘", "’"),
}


def quoted(text: str, lang: str, reader: str, mark: str = "") -> Runs:
    """A title in the quotation marks of the reader's language.

    ``mark`` is put before the closing mark, as Americans do with commas and points; a point is
    left out after what ends a sentence.
    """
    opening, closing, inner, within = _QUOTES.get(_primary(reader), _QUOTES["en"])
    said = run(_INNER.sub(lambda found: f"{inner}{found[1]}{within}", text), lang)
    if not said:
        return []
    ends = said[0].text.rstrip("”’»").endswith(_ENDS)
    # Americans put the mark within both: ‘…,’ ”
    body, tail = said[0].text, ""
    if mark and body.endswith(within) and not (mark == "." and ends):
        body, tail = body.removesuffix(within), within
    mark = "" if mark == "." and ends else mark
    return [Run(opening), replace(said[0], text=f"{body}{mark}{tail}"), Run(closing)]


def french(text: str) -> str:
    """The spaces before marks as French typography has them: narrow before ``; ! ?``."""
    text = re.sub(rf"[ {NO_BREAK}{NARROW}]+([;!?])", rf"{NARROW}\1", text)
    text = re.sub(rf"[ {NO_BREAK}{NARROW}]+([:»])", rf"{NO_BREAK}\1", text)
    return re.sub(rf"«[ {NO_BREAK}{NARROW}]+", f"«{NO_BREAK}", text)


def bound(text: str) -> str:
    """Abbreviations that stay with the number behind them: ``f. 17``, ``§ 12``, ``n° 3``."""
    return re.sub(r"(\b[a-z]{1,4}\.|[§°])[ ](?=\d)", rf"\1{NO_BREAK}", text)


def _is_french(lang: str) -> bool:
    return _primary(lang) == "fr"


def _primary(lang: str) -> str:
    return lang.lower().partition("-")[0]

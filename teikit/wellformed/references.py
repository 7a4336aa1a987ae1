"""What is wrong with a reference: an ampersand that is none, a name that XML does not know."""

from __future__ import annotations

import re

from teikit.diagnostics import RULES, Diagnostic
from teikit.wellformed.extract import Extract, clip

_PREDEFINED = ("amp", "lt", "gt", "quot", "apos")
_MARKUP = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;"}
_REFERENCE = re.compile(r"&(#?[\w.:-]*)(;?)")
_KNOWN = "XML knows only &amp; &lt; &gt; &quot; &apos;"
# Characters that nobody sees are better written by their number.
_UNSEEN = {"\xa0": "the no-break space itself", "\xad": "the soft hyphen itself"}


def explain(extract: Extract, index: int) -> Diagnostic:
    """Why the ``&`` at a character begins no reference."""
    text = extract.text
    match = _REFERENCE.match(text, index)
    name, closed = (match[1], match[2]) if match else ("", "")
    end = match.end() if match else index + 1
    if name.startswith("#"):
        return _number(extract, index, name, closed, end)
    if closed and name and not name[0].isdigit():
        return undefined(extract, index)
    place = extract.at(index)
    # “?a=1&copy=2” is an address, and no sign of copyright.
    meant = _meant(name) if name in _PREDEFINED or text[end : end + 1] != "=" else ""
    if meant:
        message = f"&{meant} lacks its semicolon"
        stop = index + 1 + len(meant)
        if meant in _PREDEFINED:
            fix = extract.fix("add the semicolon", (stop, stop, ";"))
            hints = [f"write &{meant};", "for the sign & itself write &amp;"]
            return RULES["TK002"].at(place, message, expected=(f"&{meant};",), hints=hints, fix=fix)
        hints = [f"write {_characters(meant)}", "for the sign & itself write &amp;"]
        return RULES["TK002"].at(place, f"{message}, and XML does not know it", hints=hints)
    return RULES["TK002"].at(
        place,
        "& begins a character reference, and this is none",
        expected=("&amp;",),
        hints=("write &amp; for the sign itself",),
        fix=extract.fix("write &amp;", (index, index + 1, "&amp;")),
    )


def undefined(extract: Extract, index: int) -> Diagnostic:
    """The finding about the reference at a character: nobody has defined its name."""
    match = _REFERENCE.match(extract.text, index)
    name = match[1] if match else ""
    end = match.end() if match else index + 1
    shown = f"&{clip(name)};"
    place = extract.at(index)
    meaning = _meaning(name)
    if meaning:
        written = _MARKUP.get(meaning, meaning)
        if not meaning.isprintable() or meaning.isspace():
            written = "".join(f"&#x{ord(char):X};" for char in meaning)
        return RULES["TK002"].at(
            place,
            f"{shown} is not defined: it is of HTML, {_KNOWN}",
            expected=(written,),
            hints=(f"write {_characters(name)}",),
            fix=extract.fix(f"write {written}", (index, end, written)),
        )
    hints = ["write the character itself, it is UTF-8"]
    near = name.lower()
    fix = None
    if near in _PREDEFINED:
        hints = [f"write &{near};"]
        fix = extract.fix(f"write &{near};", (index, end, f"&{near};"))
    elif name:
        hints.append(f"if the sign & is meant, write &amp;{clip(name)};")
    return RULES["TK002"].at(place, f"{shown} is not defined: {_KNOWN}", hints=hints, fix=fix)


def _number(extract: Extract, index: int, name: str, closed: str, end: int) -> Diagnostic:
    place = extract.at(index)
    digits = re.fullmatch(r"#(?:x[0-9A-Fa-f]+|[0-9]+)", name)
    if digits and closed:
        message = f"&{clip(name)}; is no character: XML does not allow one of that number"
        hint = "delete it, or write the character that was meant"
        return RULES["TK002"].at(place, message, hints=(hint,))
    form = "a character by its number is &#233; or, in hexadecimal, &#xE9;"
    if digits:
        fix = extract.fix("add the semicolon", (end, end, ";"))
        message = f"&{clip(name)} lacks its semicolon"
        return RULES["TK002"].at(place, message, hints=(f"write &{clip(name)};",), fix=fix)
    message = f"&{clip(name + closed)} is not the number of a character"
    return RULES["TK002"].at(place, message, hints=(form, "for the sign & itself write &amp;"))


def _meant(name: str) -> str:
    """The entity whose name somebody wrote without a semicolon, else nothing.

    Of the names of HTML only the old ones count, which browsers take without it too.
    """
    if name in _PREDEFINED or len(name) > 40:
        return name if name in _PREDEFINED else ""
    from html.entities import html5

    return name if name in html5 else ""


def _meaning(name: str) -> str:
    """The characters that a name stands for in HTML, else nothing."""
    if len(name) > 40:
        return ""
    from html.entities import html5

    return "" if name in _PREDEFINED else html5.get(f"{name};", "")


def _characters(name: str) -> str:
    """How an encoder writes what HTML calls by a name."""
    meaning = _meaning(name)
    if meaning in _MARKUP:
        return _MARKUP[meaning]
    number = "".join(f"&#x{ord(char):X};" for char in meaning)
    if meaning in _UNSEEN:
        return f"{_UNSEEN[meaning]}, or {number}"
    if not meaning.isprintable() or meaning.isspace():
        return number
    return f"{meaning} itself, or {number}"

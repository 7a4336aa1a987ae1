"""What a URI reference may look like: the type ``anyURI``.

XSD 1.0 lets characters stand that a URI must escape (a space, é), and asks that the result of
escaping them is a URI reference: RFC 2396 with the IPv6 addresses of RFC 2732. jing leaves that to
``java.net.URI``, and so the reading of what RFC 2396 leaves open is Java's: after ``//`` something
must follow, ``[`` and ``]`` may stand in queries and fragments, an authority that is no server
(``//a:b``) is a registry's name.
"""

from __future__ import annotations

import re

from teikit.validation.relaxng.lexical import matcher

_ESCAPE = "%[0-9A-Fa-f]{2}"
_ANY = f"(?:[^%#]|{_ESCAPE})"
_PATH = rf"(?:[^%#?\[\]]|{_ESCAPE})*"
_USER = rf"(?:(?:[^%#?/@\[\]]|{_ESCAPE})*@)?"
_ADDRESS = r"\[(?P<address>[0-9A-Fa-f:.]+)(?:%[A-Za-z0-9_.]+)?\](?::(?P<port>[0-9]*))?"
_REGISTRY = rf"(?:[^%#?/\[\]]|{_ESCAPE})*"
_AUTHORITY = rf"//(?=.)(?:{_USER}{_ADDRESS}|{_REGISTRY})(?=[/?#]|\Z)"
_HIERARCHY = rf"(?:(?!//)|{_AUTHORITY}){_PATH}(?:\?{_ANY}*+)?"
_SCHEME = r"[A-Za-z][A-Za-z0-9+.\-]*+:"
_OPAQUE = rf"{_SCHEME}(?![/#])(?=.){_ANY}*+"  # mailto:a@example.org
_NO_SCHEME = "(?![^/?#]*:)"
_REFERENCE = matcher(rf"(?:{_OPAQUE}|(?:{_SCHEME}(?=/)|{_NO_SCHEME}){_HIERARCHY})(?:#{_ANY}*+)?")

# A port is a number of 32 bits, where the host is an address in brackets.
_LAST_PORT = 2**31 - 1


def is_uri(text: str) -> bool:
    """Whether the text (white space collapsed) is a URI reference."""
    match = _REFERENCE(text)
    if match is None:
        return False
    address = match["address"]
    return address is None or (_is_ipv6(address) and _is_port(match["port"] or ""))


def _is_port(digits: str) -> bool:
    digits = digits.lstrip("0")
    return len(digits) < 11 and int(digits or "0") <= _LAST_PORT


def _is_ipv6(address: str) -> bool:
    """Whether the text is an IPv6 address: eight groups, or fewer where ``::`` stands for zeros."""
    head, gap, tail = address.partition("::")
    groups = [*(head.split(":") if head else ()), *(tail.split(":") if tail else ())]
    count = len(groups)
    if groups and "." in groups[-1] and (tail or not gap):  # the last two as an IPv4 address
        parts = groups.pop().split(".")
        if len(parts) != 4 or not all(_is_byte(part) for part in parts):
            return False
        count += 1
    if not all(0 < len(group) <= 4 and "." not in group for group in groups):
        return False
    return count < 8 if gap else count == 8


def _is_byte(digits: str) -> bool:
    digits = digits and (digits.lstrip("0") or "0")
    return digits.isascii() and digits.isdigit() and len(digits) <= 3 and int(digits) <= 255


def uri_problem(text: str) -> str:
    """Why a text is no URI reference, in words; empty where nothing more can be said."""
    if found := re.search("%(?![0-9A-Fa-f]{2}).{0,2}", text, re.DOTALL):
        return (
            f"after % come two hexadecimal digits, not “{found[0][1:]}”; the sign itself is %25"
            if len(found[0]) > 1
            else "after % come two hexadecimal digits; the sign itself is %25"
        )
    if (count := text.count("#")) > 1:
        return f"“{_shortened(text)}” has {_counted(count)} #"
    before = re.match("([^/?#:]*):", text)
    if before and not re.fullmatch(_SCHEME, before[0]):
        if not before[1]:
            return "nothing stands before the colon"
        return f"“{_shortened(before[1])}” before the colon is no scheme such as http"
    place = text.partition("#")[0]
    if before and place == before[0]:
        return f"nothing follows “{before[0]}”"
    if place.endswith("//") and place.strip("/") in ("", (before[0] if before else "")):
        return "nothing follows “//”"
    if "[" in place or "]" in place:
        return "[ and ] may stand only around an IPv6 address, as in http://[::1]/"
    return ""


def _counted(number: int) -> str:
    words = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    return words[number - 2] if number < 11 else str(number)


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"

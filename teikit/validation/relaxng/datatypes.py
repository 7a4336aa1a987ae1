"""Datatypes: RELAX NG's own two, those of XML Schema part 2, and the IDs of DTD compatibility.

A datatype says whether a string is allowed, what value it stands for (RELAX NG compares values, not
strings: ``1`` and ``01`` are one integer), and, in an encoder's words, what it wants. Where the
specifications leave room, teikit does what jing does: there is no year 0000 and no 24:00:00, and a
URI reference must be one by RFC 3986 once the characters that XLink escapes are escaped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import cache

from teikit.validation.relaxng import regex
from teikit.validation.relaxng.lexical import (
    LIST_TYPES,
    TYPES,
    Kind,
    collapsed,
    replaced,
)

XSD = "http://www.w3.org/2001/XMLSchema-datatypes"
COMPATIBILITY = "http://relaxng.org/ns/compatibility/datatypes/1.0"

_LENGTHS = ("length", "minLength", "maxLength")
_BOUNDS = ("minInclusive", "maxInclusive", "minExclusive", "maxExclusive")
_DIGITS = ("totalDigits", "fractionDigits")
_PARAMS = ("pattern", *_LENGTHS, *_BOUNDS, *_DIGITS)


class DatatypeError(Exception):
    """An unknown library, type or parameter, or a parameter with a wrong value.

    ``str()`` says it in plain words; ``hint`` may name what was meant.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        """Keep the hint apart from the message."""
        super().__init__(message)
        self.hint = hint


class Datatype:
    """A datatype with its parameters. Texts come as they stand in the document."""

    __slots__ = (
        "_checks",
        "_kind",
        "_lexical",
        "_space",
        "id_type",
        "library",
        "name",
        "needs_context",
        "params",
    )

    def __init__(
        self, library: str, name: str, params: tuple[tuple[str, str], ...], kind: Kind
    ) -> None:
        """Use :func:`datatype`."""
        self.library, self.name, self.params = library, name, params
        self._kind = kind
        self._space = kind.space
        self._lexical = kind.lexical
        self.id_type = name if name in ("ID", "IDREF", "IDREFS") else ""
        self.needs_context = name in ("QName", "NOTATION")
        self._checks: tuple[Callable[[str], bool], ...] = tuple(
            self._facet(key, value) for key, value in params
        )

    def allows(self, text: str, namespaces: Mapping[str, str] | None = None) -> bool:
        """Whether the type takes the text. ``namespaces`` (prefix to URI) matter to QNames."""
        text = self._normal(text)
        if not self._lexical(text):
            return False
        if self.needs_context and self._qname(text, namespaces) is None:
            return False
        return all(check(text) for check in self._checks)

    def value(self, text: str, namespaces: Mapping[str, str] | None = None) -> Hashable | None:
        """What the text stands for, to be compared; None where the type does not take it."""
        if not self.allows(text, namespaces):
            return None
        text = self._normal(text)
        if self.needs_context:
            return self._qname(text, namespaces)
        made: Hashable = self._kind.value(text) if self._kind.value else text
        return made

    def describe(self) -> str:
        """What a right value looks like, with an example where that helps."""
        words = self._kind.words
        facets = dict(self.params)
        patterns = [value for key, value in self.params if key == "pattern"]
        if patterns:
            known = _WORDS.get(patterns[-1])
            if known:
                return known
            words = f"{words} of the form {patterns[-1]}"
        low = facets.get("minInclusive") or facets.get("minExclusive")
        high = facets.get("maxInclusive") or facets.get("maxExclusive")
        if low and high:
            words += f" from {low} to {high}"
        elif low or high:
            words += f" of {low} or more" if low else f" of {high} or less"
        for key, told in (
            ("length", "{}"),
            ("minLength", "at least {}"),
            ("maxLength", "at most {}"),
        ):
            if key in facets:
                unit = "words" if self.name in LIST_TYPES else "characters"
                words += f", {told.format(facets[key])} {unit}"
        return words

    def problem(self, text: str) -> str:
        """Why the type does not take the text, where more can be said than what it wants."""
        if self.allows(text, {}):
            return ""
        text = self._normal(text)
        told = self._kind.problem(text) if self._kind.problem else ""
        if told or not self._lexical(text):
            return told
        facets = dict(self.params)
        if "pattern" in facets and re.search(r"\s", text) and _SPACELESS.search(facets["pattern"]):
            return "a space may not stand here"
        for key, word in (("maxInclusive", "more"), ("minInclusive", "less")):
            if key in facets and not self._facet(key, facets[key])(text):
                return f"{text} is {word} than {facets[key]}"
        if "maxLength" in facets and len(text) > int(facets["maxLength"]):
            return f"it has {len(text)} characters, and {facets['maxLength']} are allowed"
        return ""

    def _normal(self, text: str) -> str:
        if self._space == "collapse":
            return collapsed(text)
        return replaced(text) if self._space == "replace" else text

    def _qname(self, text: str, namespaces: Mapping[str, str] | None) -> tuple[str, str] | None:
        prefix, _, local = text.rpartition(":")
        known = namespaces or {}
        if not prefix:
            return known.get("", ""), local
        return (known[prefix], local) if known.get(prefix) else None

    # -- parameters ------------------------------------------------------------------------------

    def _facet(self, key: str, given: str) -> Callable[[str], bool]:
        """The test that a parameter stands for."""
        if key == "pattern":
            try:
                regex.translate(given)
            except ValueError as error:
                raise DatatypeError(str(error)) from error
            return lambda text: _compiled(given)(text) is not None
        given = collapsed(given)
        if key in _LENGTHS or key in _DIGITS:
            if not re.fullmatch(r"\+?[0-9]{1,9}", given) or (
                key == "totalDigits" and not int(given)
            ):
                raise DatatypeError(f"{key} must be a whole number, not “{given}”")
            return self._size(key, int(given))
        kind, order = self._kind, self._kind.order
        if not kind.lexical(given) or order is None or kind.value is None:
            raise DatatypeError(f"{key} must be a value of the type {self.name}, not “{given}”")
        bound, make = kind.value(given), kind.value
        accepted = {
            "minInclusive": (0, 1),
            "maxInclusive": (0, -1),
            "minExclusive": (1,),
            "maxExclusive": (-1,),
        }[key]
        return lambda text: order(make(text), bound) in accepted

    def _size(self, key: str, size: int) -> Callable[[str], bool]:
        if key == "totalDigits":
            return lambda text: len(re.sub(r"[^0-9]", "", _plain(text)) or "0") <= size
        if key == "fractionDigits":
            return lambda text: len(_plain(text).partition(".")[2]) <= size
        measure = self._kind.length or len
        if key == "length":
            return lambda text: measure(text) == size
        if key == "minLength":
            return lambda text: measure(text) >= size
        return lambda text: measure(text) <= size


@cache
def _compiled(pattern: str) -> Callable[[str], re.Match[str] | None]:
    """The test for a pattern; compiled when it is first wanted."""
    return re.compile(regex.translate(pattern)).fullmatch


def _plain(text: str) -> str:
    """A decimal number without its sign and the zeros that mean nothing."""
    whole, _, fraction = text.lstrip("+-").partition(".")
    whole, fraction = whole.lstrip("0"), fraction.rstrip("0")
    return f"{whole}.{fraction}" if fraction else whole


_SPACELESS = re.compile(r"^\\S\+$|^\[\^\\p\{C\}\\p\{Z\}\]\+$")
# What the patterns of TEI's own datatypes mean (Guidelines, appendix on teidata.*).
_WORDS = {
    r"[^\p{C}\p{Z}]+": "a word without spaces",
    r"\S+": "a URI reference without spaces (persons.xml#p1)",
    r"(\-?[\d]+/\-?[\d]+)": "a ratio (3/4)",
    r"[\-+]?\d+(\.\d+)?%": "a percentage (50%)",
    r"[0-9.,DHMPRSTWYZ/:+\-]+": "a date, a time or a period in the form of ISO 8601",
    r"(-?[0-9]+(\.[0-9]+)?,-?[0-9]+(\.[0-9]+)?)": "points as x,y (12,40)",
}


def _allowed(kind: Kind) -> set[str]:
    """The parameters that a type has (XML Schema part 2, section 4.1.5)."""
    allowed = {"pattern"}
    if kind.order is not None:
        allowed.update(_BOUNDS)
    if kind.decimal:
        allowed.update(_DIGITS)
    if kind.length is not None:
        allowed.update(_LENGTHS)
    return allowed


def near(name: str, known: Iterable[str]) -> str:
    """A hint at the name that was probably meant; or the empty string."""
    import difflib

    found = difflib.get_close_matches(name, sorted(known), 1)
    return f"did you mean {found[0]}?" if found else ""


def datatype(library: str, name: str, params: Sequence[tuple[str, str]] = ()) -> Datatype:
    """The type ``name`` of a library with its parameters.

    Libraries are ``""`` (``string`` and ``token``, without parameters), XML Schema's and that of
    DTD compatibility. Raises DatatypeError when there is no such thing.
    """
    if library == "":
        known = {"string": TYPES["string"], "token": TYPES["token"]}
    elif library == XSD:
        known = TYPES
    elif library == COMPATIBILITY:
        known = {key: TYPES[key] for key in ("ID", "IDREF", "IDREFS")}
    else:
        hint = ""
        if library.rstrip("/") in (XSD, "http://www.w3.org/2001/XMLSchema"):
            hint = f"did you mean {XSD}?"
        raise DatatypeError(f"there is no datatype library “{library}”", hint)
    kind = known.get(name)
    if kind is None:
        hint = near(name, known)
        if not hint and not library and name in TYPES:
            hint = f'write datatypeLibrary="{XSD}"'
        where = "" if library else " without a datatypeLibrary"
        raise DatatypeError(f"there is no datatype “{name}”{where}", hint)
    allowed = _allowed(kind) if library == XSD else set()
    for key, _ in params:
        if key not in allowed:
            hint = near(key, allowed)
            if key == "enumeration":
                hint = "list the values in a choice of value patterns"
            raise DatatypeError(f"the datatype {name} has no parameter “{key}”", hint)
    made = Datatype(library, name, tuple((key, value) for key, value in params), kind)
    _contradictions(made)
    return made


def _contradictions(made: Datatype) -> None:
    facets: dict[str, str] = {}
    for key, value in made.params:
        if key != "pattern" and key in facets:
            raise DatatypeError(f"the parameter {key} stands twice")
        facets[key] = value
    for one, other in (("minInclusive", "minExclusive"), ("maxInclusive", "maxExclusive")):
        if one in facets and other in facets:
            raise DatatypeError(f"{one} and {other} exclude each other")
    if int(facets.get("minLength", 0)) > int(facets.get("maxLength", 10**9)):
        raise DatatypeError("minLength is more than maxLength")

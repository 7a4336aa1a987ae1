"""Datatypes: what the ``data`` and ``value`` patterns of a schema speak of.

Three libraries: RELAX NG's own (``string`` and ``token``; RELAX NG specification, section 6.2.4),
the types of XSD 1.0 part 2 with their facets as parameters ("Guidelines for using W3C XML Schema
Datatypes with RELAX NG"), and the three of RELAX NG DTD Compatibility. ENTITY needs the DTD: it
allows an unparsed entity whose name, with ``&`` before it, is a key of the mapping of namespaces;
such a key can be no prefix.

Where XSD leaves room, and for dates and URIs where it does not, the verdict is jing's;
tests/test_datatypes.py lists every difference that is left, and who is right.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any, NamedTuple

from teikit.validation.relaxng import lexical as lex
from teikit.validation.relaxng.matching import matcher
from teikit.validation.relaxng.regex import PatternError, remember, translate, translations
from teikit.validation.relaxng.tree import XSD_TYPES
from teikit.validation.relaxng.uris import is_uri

__all__ = ["Datatype", "DatatypeError", "datatype", "remember", "translations"]

COMPATIBILITY = "http://relaxng.org/ns/compatibility/datatypes/1.0"

Namespaces = Mapping[str, str]


class DatatypeError(Exception):
    """A library, type or parameter that does not exist, or a parameter whose value is wrong.

    ``str()`` says it in plain words, ``hint`` (or None) what may have been meant.
    """

    def __init__(self, message: str, hint: str | None = None) -> None:
        """Say what is wrong, and what to do instead."""
        super().__init__(message)
        self.hint = hint


class Facet(NamedTuple):
    """A restriction: the parameter, its value as written, and the test of a processed text."""

    name: str
    text: str
    test: Callable[[str], bool]


class _Kind(NamedTuple):
    """A type of a library, as far as it does not depend on parameters.

    ``white`` processes white space (None: leaves it), ``valid`` judges the processed text (None:
    anything goes), ``value`` gives its value (None: the text itself), ``order`` compares two
    values, ``length`` measures a text; None where a type has no order or length.
    """

    white: Callable[[str], str] | None
    valid: Callable[[str], bool] | None = None
    value: Callable[[str], Hashable] | None = None
    order: Callable[[Any, Any], lex.Comparison] | None = None
    length: Callable[[str], int] | None = len
    id_type: str = ""
    bounds: tuple[str, str] = ("", "")  # the least and the greatest of an integer type
    qualified: bool = False  # QName and NOTATION
    entities: bool = False  # ENTITY and ENTITIES


def _items(text: str) -> int:
    return text.count(" ") + 1


def _listed(valid: Callable[[str], bool]) -> Callable[[str], bool]:
    return lambda text: all(map(valid, text.split(" ")))


def _integer(low: str = "", high: str = "") -> _Kind:
    return _DECIMAL._replace(valid=lex.is_integer, bounds=(low, high))


def _unsigned(bits: int) -> _Kind:
    return _integer("0", str(2**bits - 1))


def _signed(bits: int) -> _Kind:
    return _integer(str(-(2 ** (bits - 1))), str(2 ** (bits - 1) - 1))


def _moment(name: str) -> _Kind:
    return _Kind(
        lex.strip,
        lex.moment_check(name),
        partial(lex.moment_value, name),
        lex.compare_moments,
        None,
    )


_DECIMAL = _Kind(lex.strip, lex.is_decimal, lex.decimal_value, lex.compare_decimals, None)
_DOUBLE = _Kind(lex.strip, lex.is_double, lex.double_value, lex.compare_doubles, None)
_NCNAME = _Kind(lex.strip, lex.is_ncname)
_NCNAMES = _Kind(lex.collapse, _listed(lex.is_ncname), length=_items)
_QNAME = _Kind(lex.strip, lex.is_qname, length=None, qualified=True)
_TOKEN = _Kind(lex.collapse)

_BUILT_IN = {"string": _Kind(None), "token": _TOKEN}
_IDS = {
    "ID": _NCNAME._replace(id_type="ID"),
    "IDREF": _NCNAME._replace(id_type="IDREF"),
    "IDREFS": _NCNAMES._replace(id_type="IDREFS"),
}
_XSD: dict[str, _Kind] = {
    "string": _Kind(None),
    "normalizedString": _Kind(lex.replace),
    "token": _TOKEN,
    "language": _Kind(lex.strip, lex.is_language),
    "Name": _Kind(lex.strip, lex.is_name),
    "NCName": _NCNAME,
    "NMTOKEN": _Kind(lex.strip, lex.is_nmtoken),
    "NMTOKENS": _Kind(lex.collapse, _listed(lex.is_nmtoken), length=_items),
    **_IDS,
    "ENTITY": _NCNAME._replace(entities=True),
    "ENTITIES": _NCNAMES._replace(entities=True),
    "QName": _QNAME,
    "NOTATION": _QNAME,
    "anyURI": _Kind(lex.collapse, is_uri),
    "boolean": _Kind(
        lex.strip,
        frozenset(("true", "false", "1", "0")).__contains__,
        ("true", "1").__contains__,
        length=None,
    ),
    "hexBinary": _Kind(lex.strip, lex.is_hex, str.upper, length=lambda text: len(text) // 2),
    "base64Binary": _Kind(
        lex.collapse, lex.is_base64, lambda text: text.replace(" ", ""), length=lex.base64_length
    ),
    "decimal": _DECIMAL,
    "integer": _integer(),
    "nonPositiveInteger": _integer(high="0"),
    "negativeInteger": _integer(high="-1"),
    "nonNegativeInteger": _integer("0"),
    "positiveInteger": _integer("1"),
    "long": _signed(64),
    "int": _signed(32),
    "short": _signed(16),
    "byte": _signed(8),
    "unsignedLong": _unsigned(64),
    "unsignedInt": _unsigned(32),
    "unsignedShort": _unsigned(16),
    "unsignedByte": _unsigned(8),
    "float": _DOUBLE._replace(value=lex.float_value),
    "double": _DOUBLE,
    "duration": _Kind(lex.strip, lex.is_duration, lex.duration_value, lex.compare_durations, None),
    **{
        name: _moment(name)
        for name in ("dateTime date time gYearMonth gYear gMonthDay gMonth gDay".split())
    },
}

_LIBRARIES = {"": _BUILT_IN, XSD_TYPES: _XSD, COMPATIBILITY: _IDS}


class Datatype:
    """A type with its parameters. Made by `datatype`; pickles as the arguments of that.

    ``id_type`` is ``"ID"``, ``"IDREF"``, ``"IDREFS"`` or empty; ``needs_context`` says that
    `allows` and `value` need the namespaces in scope, prefix to URI, the default one under ``""``.
    The prefix ``xml`` is always known.
    """

    __slots__ = (
        "_entities",
        "_facets",
        "_kind",
        "_valid",
        "_white",
        "id_type",
        "library",
        "name",
        "needs_context",
        "params",
    )

    def __init__(
        self, library: str, name: str, params: tuple[tuple[str, str], ...], kind: _Kind
    ) -> None:
        """Take a kind that fits the name; raises DatatypeError where a parameter is wrong."""
        self.library = library
        self.name = name
        self.params = params
        self.id_type = kind.id_type
        self.needs_context = kind.qualified or kind.entities
        self._kind = kind
        self._white = kind.white
        self._valid = kind.valid
        self._facets: tuple[Facet, ...] = ()
        for facet, bound in zip(("minInclusive", "maxInclusive"), kind.bounds, strict=True):
            if bound:
                self._facets += (self._bound(facet, bound),)
        # Each parameter restricts the type that those before it have made.
        for param, text in params:
            self._facets += (self._facet(param, text),)
        if not self._facets and not kind.valid:
            self._white = None  # all is allowed: nothing to be processed

    def __repr__(self) -> str:
        """The call that makes the type."""
        return f"datatype({self.library!r}, {self.name!r}, {self.params!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the description: compiled expressions and functions are made anew."""
        return datatype, (self.library, self.name, self.params)

    def allows(self, text: str, namespaces: Namespaces | None = None) -> bool:
        """Whether the text, as it stands in the document, is a value of the type."""
        if self._white is not None:
            text = self._white(text)
        if self._valid is not None and not self._valid(text):
            return False
        for facet in self._facets:
            if not facet.test(text):
                return False
        return not self.needs_context or self._known(text, namespaces or {})

    def value(self, text: str, namespaces: Namespaces | None = None) -> Hashable | None:
        """The value that the text stands for; equal values are equal. None where it is invalid."""
        if not self.allows(text, namespaces):
            return None
        kind = self._kind
        if kind.white is not None:
            text = kind.white(text)
        if kind.qualified:
            prefix, _, local = text.rpartition(":")
            return (_namespace(prefix, namespaces or {}), local)
        return kind.value(text) if kind.value is not None else text

    def describe(self) -> str:
        """What a valid value looks like, in an encoder's words and with an example."""
        from teikit.validation.relaxng import typewords

        return typewords.describe(self.name, self._facets, self.allows)

    def problem(self, text: str, namespaces: Namespaces | None = None) -> str:
        """Why the text is invalid, in words; empty where `describe` already says all there is.

        Undeclared prefixes and entities are spoken of only where ``namespaces`` are given.
        """
        from teikit.validation.relaxng import typewords

        kind = self._kind
        processed = kind.white(text) if kind.white is not None else text
        if kind.valid is not None and not kind.valid(processed):
            return typewords.lexical_problem(self.name, processed)
        for facet in self._facets:
            if not facet.test(processed):
                length = kind.length(processed) if kind.length is not None else 0
                return typewords.facet_problem(self.name, facet, processed, length)
        if not self.needs_context or namespaces is None or self._known(processed, namespaces):
            return ""
        if kind.entities:
            return "the DTD declares no such unparsed entity"
        return f"the prefix “{processed.rpartition(':')[0]}” is not declared"

    def _known(self, text: str, namespaces: Namespaces) -> bool:
        """Whether the prefix is declared, or the entities are."""
        if self._kind.entities:
            return all(f"&{name}" in namespaces for name in text.split(" "))
        prefix = text.rpartition(":")[0]
        return not prefix or _namespace(prefix, namespaces) is not None

    # -- parameters ------------------------------------------------------------------------------

    def _facet(self, param: str, text: str) -> Facet:
        if param in ("length", "minLength", "maxLength"):
            return self._length(param, text)
        if param in ("minInclusive", "maxInclusive", "minExclusive", "maxExclusive"):
            return self._bound(param, text)
        if param in ("totalDigits", "fractionDigits"):
            return self._digits(param, text)
        if param == "pattern":
            return _pattern(text)
        raise _unknown_param(param)

    def _length(self, param: str, text: str) -> Facet:
        measure = self._kind.length
        if measure is None:
            raise DatatypeError(f"“{param}” does not apply to {self.name}, which has no length")
        wanted = _count(param, text)
        tests: dict[str, Callable[[str], bool]] = {
            "length": lambda text: measure(text) == wanted,
            "minLength": lambda text: measure(text) >= wanted,
            "maxLength": lambda text: measure(text) <= wanted,
        }
        return Facet(param, str(wanted), tests[param])

    def _bound(self, param: str, text: str) -> Facet:
        order, value, white = self._kind.order, self._kind.value, self._kind.white
        if order is None or value is None or white is None:
            raise DatatypeError(f"“{param}” does not apply to {self.name}, which has no order")
        if not self.allows(text):
            raise DatatypeError(
                f"“{text}” as {param} is itself no value of the type", self.problem(text) or None
            )
        bound = value(white(text))
        if param == "minInclusive":
            test = lambda text: order(value(text), bound) in (0, 1)  # noqa: E731
        elif param == "maxInclusive":
            test = lambda text: order(value(text), bound) in (0, -1)  # noqa: E731
        else:
            side = 1 if param == "minExclusive" else -1
            test = lambda text: order(value(text), bound) == side  # noqa: E731
        return Facet(param, white(text), test)

    def _digits(self, param: str, text: str) -> Facet:
        if self._kind.value is not lex.decimal_value:
            raise DatatypeError(f"“{param}” applies to decimal and integer types, not {self.name}")
        limit = _count(param, text)

        def total(text: str) -> bool:
            # The number is i / 10**n, where i has no more digits, and n is no greater.
            _, whole, fraction = lex.decimal_value(text)
            return len(fraction) <= limit and len((whole + fraction).lstrip("0")) <= limit

        def fractional(text: str) -> bool:
            return len(lex.decimal_value(text)[2]) <= limit

        if param == "totalDigits" and not limit:
            raise DatatypeError("“totalDigits” must be 1 or more")
        return Facet(param, str(limit), total if param == "totalDigits" else fractional)


def _namespace(prefix: str, namespaces: Namespaces) -> str | None:
    """The namespace of a prefix; None where it has none."""
    if prefix == "xml":
        return "http://www.w3.org/XML/1998/namespace"
    return namespaces.get(prefix) if prefix else namespaces.get("", "")


def _count(param: str, text: str) -> int:
    """The value of a parameter that counts."""
    digits = lex.strip(text)
    if not lex.is_integer(digits) or (digits[0] == "-" and digits.strip("-0")):
        raise DatatypeError(f"“{param}” must be a whole number of 0 or more, not “{text}”")
    return lex.bounded(digits.lstrip("+-").lstrip("0"))


def _pattern(text: str) -> Facet:
    """A pattern, translated at once, which shows whether it is one, and compiled when needed."""
    try:
        translated = translate(text)
    except PatternError as error:
        raise DatatypeError(f"the pattern is no regular expression of XSD: {error}") from error
    return Facet("pattern", text, matcher(translated))


# -- looking types up ---------------------------------------------------------------------------

_PARAMS = (
    "length minLength maxLength pattern minInclusive maxInclusive minExclusive maxExclusive "
    "totalDigits fractionDigits"
).split()


def datatype(library: str, name: str, params: Sequence[tuple[str, str]] = ()) -> Datatype:
    """The type of a ``data`` or ``value`` pattern.

    ``library`` is the URI of its datatypeLibrary (empty for RELAX NG's own), ``params`` the names
    and values of its parameters in order. The same arguments give the same object. Raises
    DatatypeError where there is no such library, type or parameter, or its value is wrong.
    """
    return _made(library, name, tuple(params))


@lru_cache(maxsize=4096)
def _made(library: str, name: str, params: tuple[tuple[str, str], ...]) -> Datatype:
    kinds = _LIBRARIES.get(library)
    if kinds is None:
        raise DatatypeError(
            f"there is no datatype library “{library}”",
            _nearest(library, [key for key in _LIBRARIES if key]),
        )
    kind = kinds.get(name)
    if kind is None:
        raise _unknown_type(library, name)
    if params and not library:
        raise DatatypeError(
            f"the built-in type {name} takes no parameters", f"use {name} of {XSD_TYPES}"
        )
    return Datatype(library, name, params, kind)


def _unknown_type(library: str, name: str) -> DatatypeError:
    if not library and name in _XSD:
        return DatatypeError(
            f"“{name}” is no built-in type of RELAX NG", f"it is one of {XSD_TYPES}"
        )
    where = f"the library {library}" if library else "RELAX NG's own library"
    return DatatypeError(
        f"there is no type “{name}” in {where}", _nearest(name, list(_LIBRARIES[library]))
    )


def _unknown_param(param: str) -> DatatypeError:
    instead = {
        "enumeration": "list the values as value patterns in a choice",
        "whiteSpace": "choose string, normalizedString or token instead",
    }.get(param)
    if instead:
        return DatatypeError(f"“{param}” is no parameter in RELAX NG", instead)
    return DatatypeError(f"there is no parameter “{param}”", _nearest(param, _PARAMS))


def _nearest(name: str, known: list[str]) -> str | None:
    """A question after the name that was meant, if one looks like it."""
    from difflib import get_close_matches

    small = {item.lower(): item for item in known}
    near = get_close_matches(name.lower(), list(small), n=1)
    return f"did you mean {small[near[0]]}?" if near else None

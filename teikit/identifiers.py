"""Identifiers of authorities: what they look like, where they lead, and their check digits.

One row of :data:`AUTHORITIES` for each. Nothing is asked of the network: an identifier that fits
its pattern and its check digit may still be that of somebody else.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote

Check = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Authority:
    """An authority that gives identifiers.

    ``key`` names it here and in ``idno/@type``, as do its ``aliases``; ``pattern`` matches the bare
    identifier as :func:`identify` writes it, ``form`` says the same in words; ``address`` finds it
    in a URL (group 1); ``page`` is where it leads (``{}`` is the identifier); ``check`` gives what
    the identifier would be with the right check digit.
    """

    key: str
    name: str
    pattern: str
    form: str
    page: str = ""
    address: str = ""
    aliases: tuple[str, ...] = ()
    check: Check | None = None
    compact: str = ""  # characters that people write in it for the eye only


@dataclass(frozen=True, slots=True)
class Identified:
    """An identifier of a known authority in its bare form.

    ``stated`` is the authority that the encoding names, where the address is of another one.
    """

    authority: Authority
    id: str
    stated: Authority | None = None

    @property
    def url(self) -> str:
        """The page of the authority about it; the empty string where it cannot have one."""
        fits = re.fullmatch(self.authority.pattern, self.id)
        return self.authority.page.format(self.id) if fits else ""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with an identifier, what was expected, and how it may have been meant."""

    message: str
    expected: str
    hint: str = ""


# -- check digits --------------------------------------------------------------------------------


def _weighted(digits: str) -> int:
    """The sum of the digits, the last one times 2, the one before times 3, and so on."""
    return sum(int(digit) * weight for weight, digit in enumerate(reversed(digits), 2))


def _eleven(number: int) -> str:
    return "X" if number == 10 else str(number)


def _mod_11(value: str) -> str:
    """ISBN-10 (ISO 2108:1992), ISSN (ISO 3297), the PPN of IdRef, and GND numbers of persons."""
    return value[:-1] + _eleven(-_weighted(value[:-1].replace("-", "")) % 11)


def _gnd(value: str) -> str:
    """GND: numbers with a hyphen (corporate bodies, subjects) count the other way round."""
    body, hyphen, _ = value.rpartition("-")
    return f"{body}-{_eleven(_weighted(body) % 11)}" if hyphen else _mod_11(value)


def _mod_11_2(value: str) -> str:
    """ISNI and ORCID: ISO/IEC 7064 MOD 11-2."""
    total = 0
    for digit in value[:-1].replace("-", ""):
        total = (total + int(digit)) * 2 % 11
    return value[:-1] + _eleven((12 - total) % 11)


def _isbn(value: str) -> str:
    """ISBN-10 or ISBN-13, the latter with the check digit of EAN-13."""
    if len(value) == 10:
        return _mod_11(value)
    total = sum(int(digit) * (3 if index % 2 else 1) for index, digit in enumerate(value[:-1]))
    return value[:-1] + str(-total % 10)


_NOID = "0123456789bcdfghjkmnpqrstvwxz"


def _bnf(value: str) -> str:
    """ARK of the BnF with its NOID check character: place times value, modulo 29.

    The BnF counts from the name on (``cb…``), without the number of the authority that NOID begins
    with.
    """
    total = sum(place * max(_NOID.find(char), 0) for place, char in enumerate(value[:-1], 1))
    return value[:-1] + _NOID[total % 29]


# -- the authorities -----------------------------------------------------------------------------

_WEB = r"https?://(?:www\.)?"

AUTHORITIES: tuple[Authority, ...] = (
    Authority(
        "viaf",
        "VIAF",
        r"[1-9]\d{0,21}",
        "digits only",
        "https://viaf.org/viaf/{}",
        _WEB + r"viaf\.org/(?:[a-z]{2}/)?viaf/(?!sourceID|search|AutoSuggest)([^/?#]*)",
    ),
    Authority(
        "gnd",
        "GND",
        r"1[0-9]?\d{7}[\dX]|3\d{7}[\dX]|[1-9]\d{0,7}-[\dX]",
        "118540238, 1047605287 or 4008684-7",
        "https://d-nb.info/gnd/{}",
        _WEB + r"(?:d-nb\.info/gnd|explore\.gnd\.network/gnd|lobid\.org/gnd)/([^/?#]*)",
        ("pnd", "gkd", "swd"),
        _gnd,
    ),
    Authority(
        "isni",
        "ISNI",
        r"\d{15}[\dX]",
        "sixteen digits, the last one may be X",
        "https://isni.org/isni/{}",
        _WEB + r"isni\.org/(?:isni/)?(\d[^/?#]*)",
        check=_mod_11_2,
        compact=" -",
    ),
    Authority(
        "orcid",
        "ORCID",
        r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]",
        "0000-0000-0000-0000",
        "https://orcid.org/{}",
        _WEB + r"orcid\.org/(\d[^/?#]*)",
        check=_mod_11_2,
    ),
    Authority(
        "wikidata",
        "Wikidata",
        r"[QPL][1-9]\d*",
        "Q and digits",
        "https://www.wikidata.org/wiki/{}",
        r"https?://(?:www\.|m\.)?wikidata\.org/(?:wiki|entity)/(?:[A-Z]\w+:(?:\w+/)?)?([^/?#.]*)",
    ),
    Authority(
        "geonames",
        "GeoNames",
        r"[1-9]\d{0,8}",
        "digits only",
        "https://www.geonames.org/{}",
        r"https?://(?:www\.|sws\.)?geonames\.org/(\d[^/?#]*)",
    ),
    Authority(
        "bnf",
        "BnF",
        r"cb\d{8}[0-9bcdfghjkmnpqrstvwxz]",
        "cb, eight digits and a check character",
        "https://data.bnf.fr/ark:/12148/{}",
        _WEB + r"(?:data|catalogue)\.bnf\.fr/(?:[a-z]{2}/)?(?:ark:/?12148/)?(cb[^/?#.]*|\d{8})",
        ("ark-bnf",),
        _bnf,
    ),
    Authority(
        "lccn",
        "Library of Congress",
        r"[a-z]{1,3}\d{8}|[a-z]{1,2}\d{10}|\d{8}|\d{10}",
        "n79021164: a prefix and eight or ten digits",
        "https://id.loc.gov/authorities/{}",
        r"https?://(?:id\.loc\.gov/authorities/(?:names/|subjects/)?|lccn\.loc\.gov/)([^/?#.]*)",
        ("lcnaf", "lcsh"),
        compact=" ",
    ),
    Authority(
        "idref",
        "IdRef",
        r"\d{8}[\dX]",
        "eight digits and a check digit, which may be X",
        "https://www.idref.fr/{}",
        _WEB + r"idref\.fr/(\d[^/?#.]*)",
        ("sudoc",),
        _mod_11,
    ),
    Authority(
        "ulan",
        "ULAN",
        r"500\d{6}",
        "500 and six digits",
        "https://vocab.getty.edu/page/ulan/{}",
        r"https?://vocab\.getty\.edu/(?:page/)?ulan/([^/?#.]*)",
    ),
    Authority(
        "tgn",
        "TGN",
        r"[1-9]\d{6}",
        "seven digits",
        "https://vocab.getty.edu/page/tgn/{}",
        r"https?://vocab\.getty\.edu/(?:page/)?tgn/([^/?#.]*)",
    ),
    Authority(
        "isbn",
        "ISBN",
        r"\d{9}[\dX]|97[89]\d{10}",
        "ten or thirteen digits",
        "",
        r"urn:isbn:(.*)",
        ("isbn10", "isbn13"),
        _isbn,
        " -–‐‑",
    ),
    Authority(
        "issn",
        "ISSN",
        r"\d{4}-\d{3}[\dX]",
        "0000-0000, the last digit may be X",
        "https://portal.issn.org/resource/ISSN/{}",
        r"(?:urn:issn:|https?://portal\.issn\.org/resource/ISSN/)([^/?#]*)",
        ("eissn", "pissn"),
        _mod_11,
    ),
    Authority(
        "doi",
        "DOI",
        r"10\.\d{4,9}(?:\.\d+)*/\S+",
        "10. and the registrant’s number, a slash, the rest",
        "https://doi.org/{}",
        r"(?:https?://(?:dx\.|www\.)?doi\.org/|doi:)(.*)",
    ),
    Authority(
        "pm20",
        "PM20",
        r"(?:pe|co|sh|wa)/[\d,s]+",
        "pe/000000",
        "https://pm20.zbw.eu/folder/{}",
        r"https?://pm20\.zbw\.eu/folder/(.*)",
    ),
)
_BY_NAME = {name: item for item in AUTHORITIES for name in (item.key, *item.aliases)}


def named(kind: str) -> Authority | None:
    """The authority that an ``idno/@type`` or ``@subtype`` names, if it is a known one."""
    return _BY_NAME.get(re.sub(r"[^a-z0-9]", "", kind.lower())) or _BY_NAME.get(kind.lower())


def identify(value: str, *kinds: str) -> Identified | None:
    """The authority and the bare identifier that a value means.

    ``value`` is an identifier or an address that holds one; ``kinds`` are the types under which the
    encoding gives it. None where neither tells of a known authority, or the address is of a page
    that is not one of the authority's identifiers.
    """
    stated = next((found for kind in kinds if kind and (found := named(kind))), None)
    text = unquote(value.strip())
    if re.match(r"https?://|urn:|doi:", text, re.IGNORECASE):
        for authority in AUTHORITIES:
            match = authority.address and re.match(authority.address, text, re.IGNORECASE)
            if match:
                bare = _bare(authority, match[1])
                return Identified(authority, bare, stated if stated is not authority else None)
        return None
    return Identified(stated, _bare(stated, text)) if stated else None


_PREFIXED = re.compile(r"([A-Za-z]+)[:,/](.+)")


def prefixed(value: str) -> Identified | None:
    """The identifier in an address, or in a token that begins with its authority.

    Tokens of ``@ref``, ``@sameAs`` and ``@key`` are written so: ``gnd:118540238``, ``tgn,7011173``.
    """
    found = identify(value)
    match = _PREFIXED.fullmatch(value)
    return identify(match[2], match[1]) if found is None and match else found


def _bare(authority: Authority, text: str) -> str:
    """An identifier in the one way of writing it that all spellings of it share."""
    text = text.strip()
    for char in authority.compact:
        text = text.replace(char, "")
    if authority.key == "bnf":
        text = re.sub(r"^ark:/?12148/", "", text)
        # The number of the record alone says as much: the check character follows from it.
        text = _bnf(f"cb{text}-") if re.fullmatch(r"\d{8}", text) else text
        text = f"cb{text}" if re.fullmatch(r"\d{8}[0-9b-z]", text) else text
    elif authority.key in ("orcid", "isni", "gnd", "isbn", "issn", "idref", "wikidata"):
        text = re.sub(rf"^{authority.key}[:\s]+", "", text, flags=re.IGNORECASE).upper()
    elif authority.key == "lccn":
        text = text.lower()
        # Of a book: year, hyphen, number; written out it has six digits after the year.
        if match := re.fullmatch(r"([a-z]{0,3}(?:\d\d|\d{4}))-(\d{1,6})", text):
            text = match[1] + match[2].zfill(6)
    elif authority.key == "doi":
        text = re.sub(r"^doi:\s*", "", text, flags=re.IGNORECASE).lower()
    return text


def fault(found: Identified) -> Fault | None:
    """What is wrong with an identifier of a known authority; None if nothing shows."""
    authority, value = found.authority, found.id
    if found.stated is not None:
        return Fault(
            f"it is given as one of {found.stated.name}, and its address is of {authority.name}",
            f"an identifier of {found.stated.name}",
            f"name {authority.name} as its type, or write the other identifier",
        )
    if not re.fullmatch(authority.pattern, value):
        hint = "compare it with the authority’s page"
        if not value:
            hint = "the address ends where the identifier should be"
        elif authority.key == "gnd" and re.fullmatch(r"[1-9]\d{1,7}[\dX]", value):
            with_hyphen = f"{value[:-1]}-{value[-1]}"
            if _gnd(with_hyphen) == with_hyphen:
                hint = f"a hyphen belongs before the check digit: {with_hyphen}"
        elif authority.key in ("issn", "orcid") and (whole := _hyphenated(authority.key, value)):
            hint = f"write {whole}"
        return Fault("it does not look like one", authority.form, hint)
    right = authority.check(value) if authority.check else value
    if right == value:
        return None
    digit = right[-1]
    return Fault(
        f"its check digit is wrong: after {right[:-1]} comes {digit}",
        right,
        "compare it with the authority’s page: a digit may be wrong, or two swapped",
    )


def _hyphenated(key: str, value: str) -> str:
    """An ISSN or ORCID with its hyphens, where only they are missing; else the empty string."""
    plain = value.replace("-", "").replace(" ", "")
    if not re.fullmatch(r"\d{7}[\dX]" if key == "issn" else r"\d{15}[\dX]", plain):
        return ""
    return "-".join(plain[at : at + 4] for at in range(0, len(plain), 4))

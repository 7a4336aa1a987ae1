"""Identifiers of authorities are told apart, written in one way, and their check digits tried."""

from __future__ import annotations

import itertools
import random

import pytest
from stdnum import isbn, isni, issn

from teikit.identifiers import AUTHORITIES, fault, identify, named, prefixed

# Identifiers that their authorities gave, as catalogues and editions quote them.
GIVEN = {
    "gnd": (
        "118540238 118609807 11850357X 12989432X 1055864695 1086227905 4008684-7 4066009-6 "
        "38633-9 2024703-5 2001630-X 2127361-3 2015732-0 2-4"
    ),
    "bnf": (
        "cb11907966z cb12423662g cb13895060w cb12201408w cb169157795 cb12482666v cb12922802s "
        "cb15272211b cb14591717b"
    ),
    "idref": "083420592 099757427 02734004X 082303363 069774331 082349983 094258686",
    "isni": "0000000121032683 000000012150090X",
    "orcid": "0000-0002-1825-0097 0000-0002-1694-233X",
    "viaf": "9847974 118609807",
    "wikidata": "Q90 Q1453009",
    "geonames": "3054643",
    "lccn": "n79021164 n87914389 nr93013379 sh85067435 no2001012345",
    "tgn": "7011173 7002470",
    "ulan": "500026846",
    "doi": "10.1000/182 10.5281/zenodo.1689997",
    "isbn": "9783161484100 316148410X",
    "issn": "0378-5955",
    "pm20": "pe/016952",
}


@pytest.mark.parametrize("key", [authority.key for authority in AUTHORITIES])
def test_what_an_authority_gave_is_right(key: str) -> None:
    for value in GIVEN[key].split():
        found = identify(value, key)
        assert found is not None
        assert (found.id, fault(found)) == (value, None)
        if key != "isbn":
            again = identify(found.url)
            assert again is not None
            assert (again.authority.key, again.id) == (key, value)


@pytest.mark.parametrize(
    "key", [authority.key for authority in AUTHORITIES if authority.check is not None]
)
def test_a_wrong_digit_and_two_swapped_ones_are_told(key: str) -> None:
    """All of these check digits find every single slip and every swap of neighbours."""
    chance = random.Random(1)
    for value in GIVEN[key].split():
        digits = [at for at, char in enumerate(value[:-1]) if char.isdigit()]
        at = chance.choice(digits)
        slip = value[:at] + str((int(value[at]) + chance.randint(1, 9)) % 10) + value[at + 1 :]
        wrong = identify(slip, key)
        assert wrong is not None
        assert fault(wrong) is not None, slip
        for one, two in itertools.pairwise(digits):
            # EAN-13 does not tell digits apart that differ by five.
            if value[one] == value[two] or two != one + 1 or key == "isbn":
                continue
            swapped = value[:one] + value[two] + value[one] + value[two + 1 :]
            turned = identify(swapped, key)
            assert turned is not None
            assert fault(turned) is not None, swapped


def test_the_right_check_digit_is_offered() -> None:
    found = identify("118540239", "gnd")
    assert found is not None
    wrong = fault(found)
    assert wrong is not None
    assert wrong.message == "its check digit is wrong: after 11854023 comes 8"
    assert wrong.expected == "118540238"


@pytest.mark.parametrize(
    ("key", "other", "length"),
    [
        ("isbn", isbn, 10),
        ("isbn", isbn, 13),
        ("issn", issn, 8),
        ("isni", isni, 16),
    ],
)
def test_check_digits_are_those_that_another_library_computes(
    key: str, other: object, length: int
) -> None:
    chance = random.Random(length)
    for _ in range(2000):
        digits = "".join(chance.choice("0123456789") for _ in range(length - 1))
        if length == 13:
            digits = chance.choice(("978", "979")) + digits[3:]
        number = digits + chance.choice("0123456789X" if length != 13 else "0123456789")
        written = f"{number[:4]}-{number[4:]}" if key == "issn" else number
        found = identify(written, key)
        assert found is not None
        assert (fault(found) is None) is other.is_valid(number), number  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("value", "kinds", "key", "bare"),
    [
        ("https://viaf.org/viaf/9847974", (), "viaf", "9847974"),
        ("http://viaf.org/viaf/9847974/#Author", (), "viaf", "9847974"),
        ("https://d-nb.info/gnd/118540238/about", (), "gnd", "118540238"),
        ("118540238", ("GND",), "gnd", "118540238"),
        ("118540238", ("URL", "gnd"), "gnd", "118540238"),
        ("11850357x", ("pnd",), "gnd", "11850357X"),
        ("http://www.wikidata.org/entity/Q90", ("URL",), "wikidata", "Q90"),
        ("https://sws.geonames.org/3054643/", (), "geonames", "3054643"),
        ("https://www.geonames.org/3054643/budapest.html", (), "geonames", "3054643"),
        ("http://catalogue.bnf.fr/ark:/12148/cb11907966z/PUBLIC", (), "bnf", "cb11907966z"),
        ("ark:/12148/cb11907966z", ("bnf",), "bnf", "cb11907966z"),
        ("11907966", ("BnF",), "bnf", "cb11907966z"),
        ("0000 0001 2103 2683", ("ISNI",), "isni", "0000000121032683"),
        ("978-3-16-148410-0", ("ISBN-13",), "isbn", "9783161484100"),
        ("https://id.loc.gov/authorities/names/n79021164.html", (), "lccn", "n79021164"),
        ("n 79021164", ("LCCN",), "lccn", "n79021164"),
        ("2001-27", ("LCCN",), "lccn", "2001000027"),
        ("https://doi.org/10.5281/Zenodo.1689997", (), "doi", "10.5281/zenodo.1689997"),
    ],
)
def test_all_ways_of_writing_an_identifier_are_one(
    value: str, kinds: tuple[str, ...], key: str, bare: str
) -> None:
    found = identify(value, *kinds)
    assert found is not None
    assert (found.authority.key, found.id, fault(found)) == (key, bare, None)


@pytest.mark.parametrize(
    ("value", "kinds", "words"),
    [
        ("40086847", ("gnd",), "a hyphen belongs before the check digit: 4008684-7"),
        ("03785955", ("issn",), "write 0378-5955"),
        ("http://www.wikidata.org/entity/", ("URL",), "the address ends where"),
        ("https://d-nb.info/gnd/118540238", ("VIAF",), "name GND as its type"),
        ("Q", ("wikidata",), "compare it with"),
        ("n79", ("lccn",), "compare it with"),
    ],
)
def test_what_may_have_been_meant_is_said(value: str, kinds: tuple[str, ...], words: str) -> None:
    found = identify(value, *kinds)
    assert found is not None
    wrong = fault(found)
    assert wrong is not None
    assert words in wrong.hint


@pytest.mark.parametrize(
    ("value", "kinds"),
    [
        ("12", ("shelfmark",)),
        ("https://example.org/viaf/1", ()),
        ("https://viaf.org/viaf/sourceID/DNB%7C118540238", ()),
        ("https://www.geonames.org/", ()),
        ("https://orcid.org/register", ()),
        ("https://de.wikipedia.org/wiki/Wien", ("URL", "wikidata")),
        ("", ()),
    ],
)
def test_what_no_known_authority_gave_is_left_alone(value: str, kinds: tuple[str, ...]) -> None:
    assert identify(value, *kinds) is None


def test_a_token_may_begin_with_its_authority() -> None:
    for token, key in (("gnd:118540238", "gnd"), ("tgn,7011173", "tgn"), ("viaf/97", "viaf")):
        found = prefixed(token)
        assert found is not None
        assert found.authority.key == key
    assert prefixed("persons.xml#pe-a") is None
    assert prefixed("pmb50") is None


def test_every_name_of_an_authority_is_its_own() -> None:
    names = [name for item in AUTHORITIES for name in (item.key, *item.aliases)]
    assert len(set(names)) == len(names)
    assert all(named(name) for name in names)

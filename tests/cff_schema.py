"""A JSON schema of CITATION.cff, written from the Citation File Format's guide, version 1.2.0.

Only the SPDX identifiers that a test needs are listed; the rest is complete for what we may write.
"""

from __future__ import annotations

from typing import Any

_TEXT = {"type": "string", "minLength": 1}
_NUMBER = {"type": "integer"}
_DATE = {
    "type": "string",
    "pattern": r"^[0-9]{4}-(0[1-9]|1[012])-(0[1-9]|[12][0-9]|3[01])$",
}
_DOI = {"type": "string", "pattern": r"^10\.\d{4,9}(\.\d+)?/[A-Za-z0-9:/_;\-\.\(\)\[\]\\]+$"}
_URL = {"type": "string", "pattern": r"^(https|http|ftp|sftp)://[^\s{}\"<>\\^`|]+$"}
_ADDRESS = {
    **dict.fromkeys(("address", "alias", "city", "fax", "post-code", "region", "tel"), _TEXT),
    "country": {"type": "string", "pattern": "^[A-Z]{2}$"},
    "email": _TEXT,
    "orcid": {"type": "string", "pattern": r"^https://orcid\.org/(\d{4}-){3}\d{3}[\dX]$"},
    "website": _URL,
}
_PERSON: dict[str, Any] = {
    "type": "object",
    "properties": {
        **_ADDRESS,
        **dict.fromkeys(
            ("affiliation", "family-names", "given-names", "name-particle", "name-suffix"), _TEXT
        ),
    },
    "additionalProperties": False,
    "minProperties": 1,
}
_ENTITY: dict[str, Any] = {
    "type": "object",
    "properties": {
        **_ADDRESS,
        "date-start": _DATE,
        "date-end": _DATE,
        "location": _TEXT,
        "name": _TEXT,
    },
    "required": ["name"],
    "additionalProperties": False,
}
_AGENTS = {
    "type": "array",
    "items": {"anyOf": [_PERSON, _ENTITY]},
    "minItems": 1,
    "uniqueItems": True,
}
_LICENCE = {
    "enum": ["MIT", "Apache-2.0", "CC0-1.0"]
    + [
        f"CC-{terms}-{version}"
        for terms in ("BY", "BY-SA", "BY-NC", "BY-ND", "BY-NC-SA", "BY-NC-ND")
        for version in ("1.0", "2.0", "2.5", "3.0", "4.0")
    ]
}
_COMMON: dict[str, Any] = {
    **dict.fromkeys(("abstract", "commit", "title", "version"), _TEXT),
    "authors": _AGENTS,
    "contact": _AGENTS,
    "date-released": _DATE,
    "doi": _DOI,
    "identifiers": {"type": "array", "minItems": 1, "uniqueItems": True},
    "keywords": {"type": "array", "items": _TEXT, "minItems": 1, "uniqueItems": True},
    "license": _LICENCE,
    "license-url": _URL,
    "repository": _URL,
    "repository-artifact": _URL,
    "repository-code": _URL,
    "url": _URL,
}
TYPES = """
art article audiovisual bill blog book catalogue conference-paper conference data database
dictionary edited-work encyclopedia film-broadcast generic government-document grant hearing
historical-work legal-case legal-rule magazine-article manual map multimedia music newspaper-article
pamphlet patent personal-communication proceedings report serial slides software-code
software-container software-executable software-virtual-machine software sound-recording standard
statute thesis unpublished video website
""".split()
_REFERENCE: dict[str, Any] = {
    "type": "object",
    "properties": {
        **_COMMON,
        "type": {"enum": TYPES},
        **dict.fromkeys(
            """
            abbreviation collection-title collection-type copyright data-type database department
            edition entry filename format issue issue-date issue-title journal medium nihmsid notes
            number scope section term thesis-type volume-title
            """.split(),
            _TEXT,
        ),
        **dict.fromkeys(
            """
            end loc-end loc-start number-volumes pages start volume year year-original
            """.split(),
            _NUMBER,
        ),
        "month": {"type": "integer", "minimum": 1, "maximum": 12},
        **dict.fromkeys("editors editors-series recipients senders translators".split(), _AGENTS),
        **dict.fromkeys(
            "conference database-provider institution location publisher".split(), _ENTITY
        ),
        **dict.fromkeys("date-accessed date-downloaded date-published".split(), _DATE),
        "collection-doi": _DOI,
        "isbn": {"type": "string", "pattern": r"^[0-9\- ]{10,17}X?$"},
        "issn": {"type": "string", "pattern": r"^\d{4}-\d{3}[\dxX]$"},
        "languages": {
            "type": "array",
            "items": {"type": "string", "pattern": "^[a-z]{2,3}$"},
            "minItems": 1,
            "uniqueItems": True,
        },
        "patent-states": {"type": "array", "items": _TEXT, "minItems": 1},
        "pmcid": _TEXT,
        "status": {
            "enum": "abstract advance-online in-preparation in-press preprint submitted".split()
        },
    },
    "required": ["authors", "title", "type"],
    "additionalProperties": False,
}
CFF: dict[str, Any] = {
    "type": "object",
    "properties": {
        **_COMMON,
        "cff-version": {"const": "1.2.0"},
        "message": _TEXT,
        "preferred-citation": _REFERENCE,
        "references": {
            "type": "array",
            "items": _REFERENCE,
            "minItems": 1,
            "uniqueItems": True,
        },
        "type": {"enum": ["dataset", "software"]},
    },
    "required": ["authors", "cff-version", "message", "title"],
    "additionalProperties": False,
}

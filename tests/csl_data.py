"""A JSON schema of CSL-JSON, written from the specification of CSL 1.0.2.

Item types are those of its appendix III, variables those of appendix IV under the names of
csl-data.json 1.0.2 where the two differ. Stricter than that file: no value is empty, dates are
whole numbers (which processors compute with), no variable is there that the appendix does not list.
"""

from __future__ import annotations

from typing import Any

TYPES = """
article article-journal article-magazine article-newspaper bill book broadcast chapter classic
collection dataset document entry entry-dictionary entry-encyclopedia event figure graphic hearing
interview legal_case legislation manuscript map motion_picture musical_score pamphlet
paper-conference patent performance periodical personal_communication post post-weblog regulation
report review review-book software song speech standard thesis treaty webpage
""".split()
NAMES = """
author chair collection-editor compiler composer container-author contributor curator director
editor editorial-director executive-producer guest host interviewer illustrator narrator organizer
original-author performer producer recipient reviewed-author script-writer series-creator translator
""".split()
DATES = "accessed available-date event-date issued original-date submitted".split()
STRINGS = """
abstract annote archive archive_collection archive_location archive-place authority call-number
citation-key citation-label collection-title container-title container-title-short dimensions
division DOI event event-title event-place genre ISBN ISSN jurisdiction journalAbbreviation keyword
language medium note original-publisher original-publisher-place original-title part-title PMCID
PMID publisher publisher-place references reviewed-genre reviewed-title scale section shortTitle
source status title title-short URL version volume-title volume-title-short year-suffix
""".split()
NUMBERS = """
chapter-number citation-number collection-number edition first-reference-note-number issue locator
number number-of-pages number-of-volumes page page-first part printing supplement volume
""".split()

_TEXT = {"type": "string", "minLength": 1}
_NAME: dict[str, Any] = {
    "type": "object",
    "properties": dict.fromkeys(
        "family given dropping-particle non-dropping-particle suffix literal".split(), _TEXT
    ),
    "additionalProperties": False,
    "minProperties": 1,
    # A literal is a whole name.
    "if": {"required": ["literal"]},
    "then": {"maxProperties": 1},
}
_DATE: dict[str, Any] = {
    "type": "object",
    "properties": {
        "date-parts": {
            "type": "array",
            "minItems": 1,
            "maxItems": 2,
            "items": {
                "type": "array",
                "minItems": 1,
                "maxItems": 3,
                "prefixItems": [
                    {"type": "integer"},
                    {"type": "integer", "minimum": 1, "maximum": 12},
                    {"type": "integer", "minimum": 1, "maximum": 31},
                ],
            },
        },
        "circa": {"const": True},
        "literal": _TEXT,
    },
    "additionalProperties": False,
    "oneOf": [{"required": ["date-parts"]}, {"required": ["literal"]}],
}
CSL_DATA: dict[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "id": _TEXT,
            "type": {"enum": TYPES},
            "custom": {"type": "object", "minProperties": 1},
            **{key: {"type": "array", "items": _NAME, "minItems": 1} for key in NAMES},
            **dict.fromkeys(DATES, _DATE),
            **dict.fromkeys(STRINGS, _TEXT),
            **{key: {**_TEXT, "type": ["string", "integer"]} for key in NUMBERS},
        },
        "required": ["id", "type"],
        "additionalProperties": False,
    },
}

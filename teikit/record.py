"""The neutral bibliographic record that every citation format reads.

Derived from the header of a version and of its original, and from the registers that they point to;
``docs/headers.md`` documents the mapping. Nothing is guessed: an empty field is one nobody stated.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from teikit.facts import Facts
from teikit.header import Agent, DateValue, Source
from teikit.links import Group, Links


@dataclass(frozen=True, slots=True)
class Name:
    """A name as citations need it: family and given parts, or a literal that is not taken apart."""

    family: str = ""
    given: str = ""
    literal: str = ""

    def __str__(self) -> str:
        """Family name first, as lists of references print it."""
        return self.literal or " ".join(part for part in (self.family, self.given) if part)


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of one version of a document. Dates are ISO 8601 strings."""

    id: str
    group: str
    type: str  # a CSL 1.0.2 item type
    language: str
    title: str
    original_title: str = ""
    original_language: str = ""
    authors: tuple[Name, ...] = ()
    recipients: tuple[Name, ...] = ()
    translators: tuple[Name, ...] = ()
    date: DateValue | None = None
    genre: str = ""
    medium: str = ""
    archive: str = ""
    archive_place: str = ""
    shelfmark: tuple[tuple[str, str], ...] = ()
    source: Source | None = None
    edition: str = ""
    publisher: str = ""
    published: str = ""


def record(links: Links, group: Group, version: Facts) -> Record:
    """The record of one version. A translation takes archive and source from its original."""
    original = group.versions[0]
    header, lang = version.header, version.lang
    described = next((facts for facts in links.facts if facts.role == "edition"), None)

    def names(role: str) -> tuple[Name, ...]:
        return tuple(_name(links, version, agent) for agent in header.named(role))

    def stated(values: tuple[object, ...], language: str) -> str:
        texts = [(getattr(item, "lang", ""), getattr(item, "text", "")) for item in values]
        return next((text for tag, text in texts if tag == language), "")

    translated = version is not original
    keeper = original.header
    repository = keeper.repository
    archive = _entity_name(links, original, repository, lang) if repository else ""
    place = _entity_name(links, original, keeper.settlement, lang) if keeper.settlement else ""
    return Record(
        id=version.id,
        group=group.id,
        type=_type(version),
        language=lang,
        title=header.title(lang) or version.id,
        original_title=original.header.title(original.lang) if translated else "",
        original_language=original.lang if translated else "",
        authors=names("author"),
        recipients=names("recipient"),
        translators=names("translator"),
        date=header.date or keeper.date,
        genre=stated(header.genres, lang),
        medium=stated(keeper.medium, lang),
        archive=archive,
        archive_place=place,
        shelfmark=keeper.shelfmark,
        source=keeper.source,
        edition=described.header.title(lang) if described else "",
        publisher=header.publisher,
        published=header.published,
    )


def _type(version: Facts) -> str:
    """The CSL type by evidence: a letter between persons, else a document, else a manuscript."""
    header = version.header
    senders, recipients = header.named("sender"), header.named("recipient")
    if senders and recipients:
        institution = any(agent.element == "orgName" for agent in senders)
        return "document" if institution else "personal_communication"
    return "manuscript" if header.shelfmark else "document"


def _entity_name(links: Links, facts: Facts, agent: Agent, language: str) -> str:
    entity = links.entity(facts.path, agent.ref) if agent.ref else None
    return entity.entry.name(language) if entity else agent.name


def _name(links: Links, facts: Facts, agent: Agent) -> Name:
    """Family and given name, where the register tells which is which.

    The header's own spelling is kept: ``Balitski (V. A.)`` with the register's ``Balitski,
    Vsevolod`` gives the family name Balitski and the given name V. A.
    """
    entity = links.entity(facts.path, agent.ref) if agent.ref else None
    if entity is None or entity.entry.kind != "person":
        return Name(literal=agent.name)
    family, comma, given = entity.entry.name(agent.lang or facts.lang).partition(",")
    if not comma:
        return Name(literal=agent.name)
    match = re.fullmatch(rf"{re.escape(family)},?\s+\(?(.+?)\)?", agent.name)
    return Name(family, match[1] if match else given.strip())

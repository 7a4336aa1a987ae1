"""From headers and registers to records, by the mapping that ``docs/headers.md`` documents.

``[citation]`` in ``teikit.toml`` may read a field from another place of the header (``mapping``)
or state it outright (``documents``); see ``teikit.overrides``.
"""

from __future__ import annotations

from collections.abc import Iterable

from teikit.facts import Facts
from teikit.header import Header, Text
from teikit.links import Group, Links
from teikit.overrides import overridden
from teikit.people import holder, parties
from teikit.record import Archive, Container, Party, Record
from teikit.references import printed_source

# Roles by which headers name those who made a translation or an edition.
_TRANSLATORS = ("translator", "trl")
_EDITORS = ("editor", "edt")


def record(links: Links, group: Group, version: Facts) -> Record:
    """The record of one version. A translation takes archive and source from its original."""
    original = group.versions[0]
    header, keeper = version.header, original.header
    translated = version is not original
    titles = _titles(header, "main")
    found = Record(
        id=version.id,
        type=_type(links, version),
        language=version.lang,
        document=group.id,
        titles=_own_first(titles or (Text(version.id),), version.lang),
        subtitles=_own_first(_titles(header, "sub"), version.lang),
        original_title=_original_title(original) if translated else None,
        authors=parties(links, version, header.named("author")),
        recipients=parties(links, version, header.named("recipient")),
        translators=_in_roles(links, version, _TRANSLATORS),
        editors=_in_roles(links, version, _EDITORS),
        date=header.date or keeper.date,
        date_cert=header.date_cert if header.date else keeper.date_cert,
        genre=header.genres,
        medium=keeper.medium,
        number=header.number or keeper.number,
        archive=_archive(links, original),
        printed=printed_source(links, original),
        edition=_edition(links, version),
        url=address(links, group, version),
        doi=header.identifier("DOI") or header.identifier("doi"),
        licence=header.licence,
    )
    return overridden(links, version, found)


def address(links: Links, group: Group, version: Facts, passage: str = "") -> str:
    """Where a version is read on the web: by ``[citation] url``, else by the header; else ``""``.

    The header states it in ``publicationStmt/idno`` of type URI, URL, ARK, handle or URN.
    """
    pattern = links.corpus.config.citation.url
    if pattern:
        whole = pattern.format(document=group.id, version=version.id, passage=passage)
        return whole if passage else whole.removesuffix("#")
    kinds = ("uri", "url", "ark", "handle", "permalink")
    stated = [value for kind, value in version.header.identifiers if kind.lower() in kinds]
    return next((value for value in stated if value.startswith(("http://", "https://"))), "")


# -- titles --------------------------------------------------------------------------------------


def _titles(header: Header, kind: str) -> tuple[Text, ...]:
    """The titles of the piece (``main``, or level ``a``; those without a type), or its subtitles.

    One in each language; none of the subtitles where none of the titles is called the main one.
    """
    order = ("main", "a", "", "m") if kind == "main" else (kind,)
    for wanted in order:
        found: dict[str, Text] = {}
        for title in header.titles:
            if title.type == wanted and title.text:
                found.setdefault(title.lang, title)
        if found:
            return tuple(found.values())
    return ()


def _own_first(titles: tuple[Text, ...], language: str) -> tuple[Text, ...]:
    return tuple(sorted(titles, key=lambda title: title.lang != language))


def _original_title(original: Facts) -> Text | None:
    text = original.header.title(original.lang)
    return Text(text, original.lang) if text else None


def _type(links: Links, version: Facts) -> str:
    """The CSL type by evidence: a letter between persons, else a document, else a manuscript.

    ``[citation] types`` decides before, by the genre.
    """
    header = version.header
    types = links.corpus.config.citation.types
    for genre in header.genres:
        if genre.text in types:
            return types[genre.text]
    senders, recipients = header.named("sender"), header.named("recipient")
    if senders and recipients:
        institution = any(agent.element == "orgName" for agent in senders)
        return "document" if institution else "personal_communication"
    if header.source and header.source.container and not header.shelfmark:
        return "chapter"
    return "manuscript" if header.shelfmark and not senders else "document"


# -- where it is ---------------------------------------------------------------------------------


def _archive(links: Links, original: Facts) -> Archive | None:
    header = original.header
    if header.repository is None and not header.shelfmark:
        return None
    return Archive(
        holder(links, original, header.repository),
        holder(links, original, header.settlement),
        (header.collection,) if header.collection else (),
        header.shelfmark,
    )


def _edition(links: Links, version: Facts) -> Container | None:
    """The edition as its own header describes it, else as the version's publication statement."""
    described = next((facts for facts in links.facts if facts.role == "edition"), None)
    header = version.header
    titles = _titles(described.header, "main") if described else ()
    publisher = header.publisher or (described.header.publisher if described else "")
    published = header.published or (described.header.published if described else "")
    if not titles and not (publisher and published):
        return None
    whole = described.header if described else header
    address = next(
        (value for _, value in whole.identifiers if value.startswith(("http://", "https://"))), ""
    )
    return Container(
        titles=titles,
        editors=_in_roles(links, described, _EDITORS) if described else (),
        publisher=publisher,
        place=header.pub_place or (described.header.pub_place if described else ""),
        date=published,
        url=address,
    )


def _in_roles(links: Links, version: Facts, roles: Iterable[str]) -> tuple[Party, ...]:
    return parties(
        links, version, (agent for role in roles for agent in version.header.named(role))
    )

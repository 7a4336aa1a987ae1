"""A document: its record, what it is related to, what is in it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence

from teikit.facts import Facts
from teikit.header import Source
from teikit.links import Group, Links
from teikit.lookup import Whole, documents
from teikit.show.common import appearing, cited, label, speaks, title
from teikit.show.views import DocumentView, Naming, Nothing, Other, Person, Version, period

# Relations between the versions of one text: the list of versions says them.
_SAME_TEXT = ("translationOf", "translatedAs")


def gather(links: Links, whole: Whole, languages: Sequence[str]) -> DocumentView | Nothing:
    """All that is shown of a document, or of one of its versions.

    A translation takes from its original what its own header does not say.
    """
    group = whole.group
    versions = [version for version in whole.versions if speaks(version, languages)]
    name = group.id if len(whole.versions) > 1 else whole.versions[0].id
    if not versions:
        return Nothing(name, (), f"it is not in {' or '.join(languages)}")
    headers = [*(version.header for version in versions), group.versions[0].header]
    keeper = next((header for header in headers if header.shelfmark), headers[-1])
    date = next((header.date for header in headers if header.date), None)

    def first(name: str) -> tuple[str, ...]:
        texts = next((found for header in headers if (found := getattr(header, name))), ())
        chosen = [item.text for item in texts if item.lang in languages]
        return tuple(chosen or [item.text for item in texts])

    printed = next((header.source for header in headers if header.source), None)
    return DocumentView(
        id=name,
        titles=tuple(
            dict.fromkeys(
                Naming(item.text, item.lang or version.lang, item.type)
                for version in versions
                for item in version.header.titles
            )
        ),
        persons=tuple(dict.fromkeys(_persons(links, versions, languages))),
        date=period(date),
        date_text=date.text if date else "",
        genres=first("genres"),
        repository=keeper.repository.name if keeper.repository else "",
        settlement=keeper.settlement.name if keeper.settlement else "",
        shelfmark=keeper.shelfmark,
        medium=first("medium"),
        printed=_printed(printed) if printed else "",
        relations=tuple(dict.fromkeys(_relations(links, group, languages))),
        versions=tuple(_version(group, version) for version in versions),
        entities=tuple(
            sorted(
                appearing(
                    links,
                    ((version, item) for version in versions for item in version.mentions),
                    languages,
                ),
                key=lambda item: -item.mentions,
            )
        ),
        citations=tuple(cited(links, group, version) for version in versions),
    )


def _version(group: Group, version: Facts) -> Version:
    column = group.versions.index(version)
    aligned = sum(
        1
        for row in group.rows
        if row.cells[column] and sum(cell is not None for cell in row.cells) > 1
    )
    units = version.units
    words = sum(len(unit.text.split()) for unit in units)
    return Version(
        version.id, version.path, version.lang, group.role(version), len(units), aligned, words
    )


def _persons(links: Links, versions: Sequence[Facts], languages: Sequence[str]) -> Iterator[Person]:
    """Who the headers name, by the name that the register gives."""
    for version in versions:
        for agent in version.header.agents:
            entity = links.entity(version.path, agent.ref) if agent.ref else None
            if entity:
                yield Person(agent.role, label(links, entity, languages), entity.key)
            else:
                yield Person(agent.role, agent.name, "")


def _printed(source: Source) -> str:
    """A printed source in one line, its parts in the order of a title page."""
    parts = (source.title, source.container, source.place, source.publisher, source.date)
    pages = f"pp. {source.pages}" if source.pages else ""
    return ", ".join(part for part in (*parts, pages) if part)


def _relations(links: Links, group: Group, languages: Sequence[str]) -> Iterator[Other]:
    """What the document is related to by its own headers, then by those of others."""
    homes = {version.path: other for other in documents(links) for version in other.versions}
    own = {version.path for version in group.versions}
    told: set[str] = set()
    for version in group.versions:
        for item in version.header.relations:
            target = links.resolve(version.path, item.target)
            if item.type in _SAME_TEXT or target.path in own:
                continue
            other, entity = homes.get(target.path), links.entity(version.path, item.target)
            if other:
                told.add(other.id)
                yield Other(
                    item.type, item.subtype, other.id, title(links, other, languages), "here"
                )
            elif entity:
                named = label(links, entity, languages)
                yield Other(item.type, item.subtype, entity.key, named, "here")
            else:
                yield Other(item.type, item.subtype, item.target, "", "here")
    # Only a file with the name of one of ours can point to it.
    names = {posixpath.basename(path) for path in own} | {version.id for version in group.versions}
    for path, other in homes.items():
        facts = links.document(path)
        for item in facts.header.relations if facts and path not in own else ():
            if other.id in told or not any(name in item.target for name in names):
                continue
            if links.resolve(path, item.target).path in own:
                yield Other(
                    item.type, item.subtype, other.id, title(links, other, languages), "there"
                )

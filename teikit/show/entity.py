"""An entity: what its register says, and all mentions in context."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from teikit.facts import Facts
from teikit.header import Agent
from teikit.links import Entity, Group, Links, Occurrence
from teikit.lookup import documents, unit_of
from teikit.show.common import id_reference, label, row_reference, speaks, title, unit_reference
from teikit.show.views import (
    Authority,
    Date,
    EntityView,
    InDocument,
    Named,
    Naming,
    Part,
    Place,
    Said,
    Tie,
    period,
)


def gather(links: Links, entity: Entity, languages: Sequence[str]) -> EntityView:
    """All that is shown of an entity. Mentions are limited to versions in the languages."""
    entry = entity.entry
    mentioned = tuple(_mentioned(links, entity, languages))
    own = {links.resolve(entity.path, target).path for target in entry.documents}
    return EntityView(
        key=entity.key,
        kind=entry.kind,
        subtype=entry.type,
        label=label(links, entity, languages),
        path=entity.path,
        line=entry.location.line,
        names=tuple(Naming(name.text, name.lang, name.type) for name in entry.names),
        dates=tuple(
            Date(
                item.kind,
                item.type,
                period(item.date),
                item.date.text,
                item.cert,
                tuple(_keys(links, entity.path, item.places)),
            )
            for item in entry.dated
        ),
        coordinates=entry.coordinates,
        identifiers=tuple(
            Authority(item.type, item.value, item.match, item.cert, item.url)
            for item in entry.identifiers
        ),
        statements=tuple(
            Said(item.kind, item.text, item.lang, item.date) for item in entry.statements
        ),
        relations=tuple(dict.fromkeys(_relations(links, entity, languages))),
        parts=tuple(dict.fromkeys(_parts(links, entity, languages))),
        documents=tuple(
            group.id
            for group in links.groups
            if own and any(version.path in own for version in group.versions)
        ),
        mentions=sum(len(place.mentions) for found in mentioned for place in found.passages),
        mentioned=mentioned,
    )


def _keys(links: Links, path: str, tokens: Sequence[str]) -> Iterator[str]:
    for token in tokens:
        if entity := links.entity(path, token):
            yield entity.key


# -- relations -----------------------------------------------------------------------------------


def _relations(links: Links, entity: Entity, languages: Sequence[str]) -> Iterator[Tie]:
    """The relations that the entity stands in, and who made what."""
    yield from _makers(links, entity, languages)
    for facts in links.facts:
        for relation in facts.relations:
            sides = {"active": relation.active, "passive": relation.passive}
            sides = {"mutual": relation.mutual} if relation.mutual else sides
            found = {
                role: [(token, links.entity(facts.path, token, relation.base)) for token in tokens]
                for role, tokens in sides.items()
            }
            for role, members in found.items():
                if not any(other and other.key == entity.key for _, other in members):
                    continue
                opposite = {"active": "passive", "passive": "active"}.get(role, role)
                for token, other in found.get(opposite, ()):
                    if other and other.key == entity.key and role == "mutual":
                        continue
                    yield Tie(
                        relation.name or relation.type,
                        role,
                        other.key if other else "",
                        label(links, other, languages) if other else token,
                        period(relation.date),
                        relation.cert,
                        tuple(_sources(links, facts, relation.source, relation.base)),
                    )


def _sources(links: Links, facts: Facts, tokens: Sequence[str], base: str) -> Iterator[str]:
    """Where a relation is taken from: ``d08-ru#19`` where that is a passage, else the token."""
    for token in tokens:
        target = links.resolve(facts.path, token, base)
        where = links.document(target.path)
        if where and target.state == "resolved" and target.id:
            unit = unit_of(where, target.id)
            yield (
                unit_reference(where, unit) if unit and unit.ref else id_reference(where, target.id)
            )
        else:
            yield token


def _makers(links: Links, entity: Entity, languages: Sequence[str]) -> Iterator[Tie]:
    """Authors and editors of a work, and the works of a person or an organisation."""

    def tie(agent: Agent, role: str, other: Entity | None) -> Tie:
        named = label(links, other, languages) if other else agent.name
        return Tie(agent.role, role, other.key if other else "", named, "", "", ())

    for agent in entity.entry.agents:
        maker = links.entity(entity.path, agent.ref) if agent.ref else None
        yield tie(agent, "passive", maker)
    for other in links.entities.values():
        for agent in other.entry.agents:
            maker = links.entity(other.path, agent.ref) if agent.ref else None
            if maker and maker.key == entity.key:
                yield tie(agent, "active", other)


def _parts(links: Links, entity: Entity, languages: Sequence[str]) -> Iterator[Part]:
    """What headers name the entity as: author, sender, recipient, repository, …"""
    for group in documents(links):
        for version in group.versions:
            header = version.header
            agents = [*header.agents, *filter(None, (header.repository, header.settlement))]
            for action in (action for letter in header.letters for action in letter):
                agents += [Agent(f"{action.type} at", at.name, ref=at.ref) for at in action.places]
            for agent in agents:
                found = links.entity(version.path, agent.ref) if agent.ref else None
                if found and found.key == entity.key:
                    yield Part(agent.role, group.id, title(links, group, languages))


# -- mentions ------------------------------------------------------------------------------------


def _mentioned(links: Links, entity: Entity, languages: Sequence[str]) -> Iterator[InDocument]:
    """The mentions by document and passage, all versions of a passage together."""
    found: dict[str, dict[str, list[Occurrence]]] = defaultdict(lambda: defaultdict(list))
    for occurrence in links.mentions[entity.key]:
        if speaks(occurrence.document, languages):
            found[occurrence.document.path][occurrence.unit.key].append(occurrence)
    for group in documents(links):
        if any(version.path in found for version in group.versions):
            places = tuple(_places(group, found, languages))
            yield InDocument(group.id, title(links, group, languages), places)


def _places(
    group: Group, found: dict[str, dict[str, list[Occurrence]]], languages: Sequence[str]
) -> Iterator[Place]:
    for row in group.rows:
        mentions: list[Named] = []
        unnamed: list[str] = []
        for version, unit in zip(group.versions, row.cells, strict=True):
            if unit is None or not speaks(version, languages):
                continue
            here = found[version.path].get(unit.key, []) if version.path in found else []
            mentions += (_named(group, version, item) for item in here)
            if not here:
                unnamed.append(version.id)
        if mentions:
            yield Place(row_reference(group, row), tuple(mentions), tuple(unnamed))


def _named(group: Group, version: Facts, occurrence: Occurrence) -> Named:
    mention = occurrence.mention
    return Named(
        version.id,
        mention.lang or version.lang,
        group.role(version),
        unit_reference(version, occurrence.unit),
        mention.before,
        mention.hit,
        mention.after,
        mention.in_note,
    )

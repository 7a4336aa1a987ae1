"""What more than one kind of view needs: versions by language, names of entities, citations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from teikit.bibliography import record
from teikit.citations.text import citation
from teikit.facts import Facts, Mention
from teikit.linkdoc import edition_language, fragment, titles
from teikit.links import Entity, Group, Links
from teikit.locators import located
from teikit.passages import Unit
from teikit.rows import Row
from teikit.show.views import Appearing, Citation


def speaks(facts: Facts, languages: Sequence[str]) -> bool:
    """Whether a version is in one of the languages (``ru`` means ``ru-Latn`` too), if any."""
    return not languages or any(
        f"{facts.lang}-".casefold().startswith(f"{lang}-".casefold()) for lang in languages
    )


def label(links: Links, entity: Entity, languages: Sequence[str]) -> str:
    """The preferred name of an entity in the reader's language."""
    return entity.entry.name(*languages, edition_language(links))


def title(links: Links, group: Group, languages: Sequence[str]) -> str:
    """The title of a document in the reader's language, else in the edition's, else in any."""
    known = titles(group)
    for lang in (*languages, edition_language(links)):
        if lang in known:
            return known[lang]
    return next(iter(known.values()))


def unit_reference(facts: Facts, unit: Unit) -> str:
    """What leads to a unit of one version: ``d04-ru#12``, or its id where it has no reference."""
    return f"{facts.id}#{unit.ref}" if unit.ref else id_reference(facts, fragment(unit))


def id_reference(facts: Facts, key: str) -> str:
    """What leads to an id: itself where it begins with that of its document."""
    return key if facts.id and key.startswith(facts.id) else f"{facts.id}#{key}"


def spanned(home: str, names: Sequence[str]) -> str:
    """What leads from the first of several references in a document to the last."""
    if names[0] == names[-1]:
        return names[0]
    return f"{home}#{'-'.join(name.partition('#')[2] or name for name in (names[0], names[-1]))}"


def row_reference(group: Group, row: Row) -> str:
    """What leads to a passage in all versions: ``d04#12``, else to its unit in the first one."""
    if row.ref:
        return f"{group.id}#{row.ref}"
    return next(
        unit_reference(facts, unit)
        for facts, unit in zip(group.versions, row.cells, strict=True)
        if unit
    )


def appearing(
    links: Links, named: Iterable[tuple[Facts, Mention]], languages: Sequence[str]
) -> Iterator[Appearing]:
    """The entities among mentions in the order in which they come."""
    found: dict[str, list[str]] = {}
    for facts, mention in named:
        for token in mention.tokens:
            if entity := links.entity(facts.path, token):
                found.setdefault(entity.key, []).append(mention.hit)
    for key, hits in found.items():
        entity = links.entities[key]
        forms = tuple(dict.fromkeys(hits))
        yield Appearing(key, entity.entry.kind, label(links, entity, languages), len(hits), forms)


def cited(links: Links, group: Group, version: Facts, units: Sequence[Unit] = ()) -> Citation:
    """How a version is cited, or some of its units that follow each other."""
    names = [unit_reference(version, unit) for unit in units]
    reference = spanned(version.id, names) if names else version.id
    found = record(links, group, version)
    text = citation(located(links, group, version, found, units) if units else found)
    return Citation(version.id, version.lang, text, reference)

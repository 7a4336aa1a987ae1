"""What all pictures of a corpus ask: names in the language, mentions, addresses, cells."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from teikit import days
from teikit.exports.base import Request
from teikit.header import DateValue
from teikit.linkdoc import titles
from teikit.links import Entity, Group, Links
from teikit.pictures.base import Cell, Href
from teikit.pictures.words import Wording, wording
from teikit.registers import EntityName


@dataclass(frozen=True)
class Scene:
    """A corpus as pictures in one language of the interface show it."""

    links: Links
    language: str
    href: Href

    @cached_property
    def words(self) -> Wording:
        """The words of the interface."""
        return wording(self.language)

    @cached_property
    def request(self) -> Request:
        """The whole corpus, as exports see it."""
        return Request(self.links, self.links.groups)

    @cached_property
    def period(self) -> tuple[days.Day, days.Day] | None:
        """The first and the last day that documents may be of; None where none is dated."""
        found = [
            (first, last)
            for group in self.links.groups
            if (date := group.versions[0].header.date)
            and (first := days.first(date.earliest))
            and (last := days.last(date.latest))
        ]
        if not found:
            return None
        return min(first for first, _ in found), max(last for _, last in found)

    def name(self, entity: Entity) -> EntityName:
        """The name to print: one dated to the time of the documents, else the preferred one."""
        return self.period_name(entity) or (
            entity.entry.preferred(self.language) or EntityName(entity.key)
        )

    def period_name(self, entity: Entity) -> EntityName | None:
        """The name in the language that was in use when the documents were written, if dated."""
        if self.period is None:
            return None
        for name in entity.entry.names:
            if name.date and name.lang == self.language and _overlaps(name.date, *self.period):
                return name
        return None

    def lang(self, name: EntityName) -> str:
        """The language of a name where it is not that of the interface."""
        return "" if name.lang == self.language else name.lang

    def cell(self, entity: Entity) -> Cell:
        """An entity as a cell of a table."""
        name = self.name(entity)
        return Cell(name.text, self.lang(name), entity.entry.kind, entity.key)

    def mentions(self, entity: Entity) -> int:
        """How often the corpus mentions an entity."""
        return len(self.links.mentions[entity.key])

    def counted(self, entity: Entity) -> str:
        """“Moscou, 41 mentions”: what a mark is called."""
        return f"{self.name(entity).text}, {self.words.counted(self.mentions(entity), 'mention')}"

    def address(self, entity: Entity) -> str:
        """The address of an entity's page."""
        return self.href(entity.entry.kind, entity.key)

    def title(self, group: Group) -> tuple[str, str]:
        """The title of a document, and its language where it is not that of the interface."""
        found = titles(group)
        lang = self.language if self.language in found else next(iter(found))
        return found[lang], "" if lang == self.language else lang


def _overlaps(date: DateValue, first: days.Day, last: days.Day) -> bool:
    """Whether something dated so was there in a period; an end that is not stated is open."""
    begins, ends = date.when or date.start or date.not_before, date.when or date.end
    since = days.first(begins) if begins else None
    until = days.last(ends or date.not_after) if ends or date.not_after else None
    return (since is None or since <= last) and (until is None or until >= first)

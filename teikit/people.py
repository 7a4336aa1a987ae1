"""Those whom headers name, with every name that the registers know them by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from teikit.facts import Facts
from teikit.header import Agent, Text
from teikit.links import Links
from teikit.record import Name, Party
from teikit.registers import EntityName, Entry

# Types by which registers mark the long name of an institution that goes by its initials.
_FULL = frozenset({"full", "expansion", "long"})


def parties(links: Links, facts: Facts, agents: Iterable[Agent]) -> tuple[Party, ...]:
    """Those whom a header names, each once, with every name that the registers know."""
    found: dict[str, Party] = {}
    for agent in agents:
        one = party(links, facts, agent)
        if one.names:
            found.setdefault(one.key or agent.name, one)
    return tuple(found.values())


def party(links: Links, facts: Facts, agent: Agent) -> Party:
    """Somebody whom a header names, with every name that the register knows."""
    entity = links.entity(facts.path, agent.ref) if agent.ref else None
    written = _written(agent)
    if entity is None:
        institution = agent.element == "orgName"
        return Party((written,) if written else (), institution=institution)
    entry = entity.entry
    person = entry.kind == "person"
    forms = [_form(name, person=person) for name in _preferred(entry)]
    if written:
        forms = list(_with_written(forms, written, agent))
    full = tuple(Text(name.text, name.lang) for name in entry.names if name.type in _FULL)
    return Party(tuple(forms), entity.key, not person, full)


def holder(links: Links, facts: Facts, agent: Agent | None) -> Party | None:
    """A repository or its place, which is never taken for a person; None where nobody names it."""
    if agent is None or not (agent.name or agent.ref):
        return None
    return replace(party(links, facts, agent), institution=True)


def _preferred(entry: Entry) -> Iterator[EntityName]:
    """The name that the entry goes by in each language; any where none is called the main one."""
    main = [name for name in entry.names if name.is_main]
    found: dict[str, EntityName] = {}
    for name in main or entry.names:
        found.setdefault(name.lang, name)
    yield from found.values()


def _form(name: EntityName, *, person: bool) -> Name:
    family = name.part("surname")
    if person and family:
        return _of_parts(name.parts, name.lang)
    turned, comma, given = name.text.partition(",")
    if person and comma:
        return Name(turned.strip(), given.strip(), lang=name.lang)
    return Name(literal=name.text, lang=name.lang)


def _of_parts(parts: Iterable[tuple[str, str]], lang: str) -> Name:
    """A name of the components that the encoding marks (Guidelines 13.2.1)."""

    def of(*elements: str) -> str:
        return " ".join(text for element, text in stated if element in elements)

    stated = list(parts)
    return Name(
        family=of("surname"),
        given=of("forename"),
        middle=of("addName.patronymic"),
        lang=lang,
        particle=of("nameLink"),
        suffix=of("genName"),
    )


# “Shakespeare, William”: two short parts without digits or brackets.
_TURNED = re.compile(r"([^,\d()\[\]]{1,40}),\s*([^,\d()\[\]]{1,40})")


def _written(agent: Agent) -> Name | None:
    """The name as the header writes it, taken apart where its encoding or its comma tells how."""
    if not any(map(str.isalnum, agent.name)):
        return None
    if any(element == "surname" for element, _ in agent.parts):
        return _of_parts(agent.parts, agent.lang)
    turned = _TURNED.fullmatch(agent.name)
    if turned and agent.element != "orgName":
        return Name(turned[1].strip(), turned[2].strip(), lang=agent.lang)
    return Name(literal=agent.name, lang=agent.lang)


def _with_written(forms: list[Name], written: Name, agent: Agent) -> Iterator[Name]:
    """The names of the register, with the initials that the header gives the surname.

    ``Mann (Th.)`` beside the register’s ``Mann, Thomas`` says that the initials of
    this name in this language are ``Th.``
    """
    known = False
    for form in forms:
        if form.lang == agent.lang:
            known = True
            initials = form.family and re.fullmatch(
                rf"{re.escape(form.family)},?\s+\(?([^()]+\.)\)?", agent.name
            )
            yield replace(form, initials=initials[1]) if initials else form
        else:
            yield form
    if not known:
        yield written

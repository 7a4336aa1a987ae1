"""The resolved corpus written down for stylesheets: the facts document.

It is one XML document that every stylesheet reads, in the vocabulary that ``docs/facts.md``
describes; ``teikit.linkforms`` writes the same for other programs.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from teikit.collation import sort_key
from teikit.facts import Facts
from teikit.folding import fold
from teikit.header import Text
from teikit.links import Entity, Group, Links, Occurrence
from teikit.names import ENTITY_KINDS, FACTS
from teikit.pages import Download, Page, Quotable, add_citations, add_downloads, add_page
from teikit.passages import Unit
from teikit.registers import EntityName

# The languages that the labels of the stylesheets are in (xslt/common/labels.xsl).
INTERFACES = ("en", "fr", "ru")


def anchor(version: Facts, unit: Unit) -> str:
    """The fragment that addresses a unit in outputs: its ``xml:id``, else a name made for it."""
    return unit.id or f"{version.id}-{unit.key.replace('.', '-')}"


def fragment(unit: Unit) -> str:
    """The fragment that leads to a unit in its TEI file: the ``xml:id``, else its child sequence.

    The latter is the ``element()`` scheme of XPointer (W3C Recommendation of 25 March 2003), which
    needs no namespaces.
    """
    return unit.id or f"element(/1/{unit.key.replace('.', '/')})"


def edition_facts(links: Links) -> Facts | None:
    """The facts of the file that describes the edition as a whole, where there is one."""
    return next((facts for facts in links.facts if facts.role == "edition"), None)


def edition_language(links: Links) -> str:
    """The language of headings and labels: configured, else the edition's, else the first one."""
    edition = edition_facts(links)
    versions = [version.lang for group in links.groups for version in group.versions]
    return (
        links.corpus.config.output.language
        or (edition.lang if edition else "")
        or (versions[-1] if versions else "")
        or "en"
    )


def edition_date(links: Links) -> str:
    """The date that outputs carry: configured, else the latest change that a header records."""
    stated = max((facts.header.changed for facts in links.facts), default="")
    return links.corpus.config.build.date or stated


def titles(group: Group) -> dict[str, str]:
    """The main title of a document in each language that one of its headers gives."""
    found: dict[str, str] = {}
    for version in group.versions:
        languages = [title.lang or version.lang for title in version.header.titles]
        for lang in dict.fromkeys([version.lang, *languages]):
            best = version.header.title(lang)
            if best and best not in found.values():
                found.setdefault(lang, best)
    return found or {group.versions[0].lang: group.id}


def sorted_entities(links: Links, language: str) -> list[Entity]:
    """The entities by kind, then as a reader of ``language`` looks them up."""
    order = {kind.kind: place for place, kind in enumerate(ENTITY_KINDS)}
    return sorted(
        links.entities.values(),
        key=lambda item: (
            order[item.entry.kind],
            sort_key(item.entry.sort_form(language), language),
            item.key,
        ),
    )


# -- the facts document --------------------------------------------------------------------------


def _sub(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    node = etree.SubElement(parent, f"{{{FACTS}}}{name}")
    for key, value in attributes.items():
        if value:
            node.set(key.rstrip("_"), value)
    if text:
        node.text = text
    return node


def facts_document(
    links: Links,
    pages: Mapping[str, Page] | None = None,
    downloads: Iterable[Download] = (),
) -> etree._Element:
    """The one document that stylesheets read: editions, documents, rows, entities, pointers.

    ``pages`` gives, by document id, what its page tells machines and lets readers cite;
    ``downloads`` are the files of the whole corpus.
    """
    root = etree.Element(f"{{{FACTS}}}facts", nsmap={"t": FACTS})
    root.set("version", "2")
    language = edition_language(links)
    add_downloads(_edition(root, links, language), downloads)
    documents = _sub(root, "documents")
    for group in links.groups:
        page = (pages or {}).get(group.id)
        node = _document(documents, links, group, page.quotable if page else Quotable())
        if page:
            add_page(node, page)
    if links.pages:
        _pages(root, links)
    entities = _sub(root, "entities")
    readers = dict.fromkeys((*INTERFACES, *links.corpus.config.output.languages, language))
    places = {lang: _order(links, lang) for lang in readers}
    related = _related(links)
    for entity in sorted_entities(links, language):
        _entity(entities, links, entity, places, related[entity.key])
    pointers = _sub(root, "pointers")
    for row in pointer_table(links):
        _sub(pointers, "pointer", **row)
    return root


def _texts(parent: etree._Element, name: str, values: Iterable[Text | EntityName]) -> None:
    for value in values:
        _sub(parent, name, value.text, lang=value.lang, type=value.type)


def _edition(root: etree._Element, links: Links, language: str) -> etree._Element:
    edition = edition_facts(links)
    style = links.corpus.config.citation.style
    node = _sub(root, "edition", lang=language, date=edition_date(links), style=style)
    if edition:
        _texts(node, "title", edition.header.titles)
        node.set("id", edition.id)
        if edition.header.publisher:
            _sub(node, "publisher", edition.header.publisher)
    else:
        _sub(node, "title", links.corpus.root.name, type="main", lang=language)
    seen = dict.fromkeys(version.lang for group in links.groups for version in group.versions)
    for lang in seen:
        _sub(node, "language", lang)
    return node


def _pages(root: etree._Element, links: Links) -> None:
    """The pages that the corpus adds, by title and version."""
    pages = _sub(root, "pages")
    for group in links.pages:
        node = _sub(pages, "page", id=group.id)
        for version in group.versions:
            _sub(node, "version", id=version.id, path=version.path, lang=version.lang)
        for lang, title in titles(group).items():
            _sub(node, "title", title, lang=lang)


def _figures(version: Facts) -> dict[str, str]:
    """How much there is of a version: units, words, notes, emendations, divergences."""
    counted = {
        "units": len(version.units),
        "words": sum(len(unit.text.split()) for unit in version.units),
        "notes": len(version.notes),
        "emendations": version.emendations,
        "divergences": sum(note.type == "translation" for note in version.notes),
    }
    return {name: str(number) for name, number in counted.items() if number}


def _document(
    parent: etree._Element, links: Links, group: Group, quotable: Quotable
) -> etree._Element:
    node = _sub(parent, "document", id=group.id)
    for version in group.versions:
        _sub(
            node,
            "version",
            id=version.id,
            path=version.path,
            lang=version.lang,
            role=group.role(version),
            **_figures(version),
        )
    for lang, title in titles(group).items():
        _sub(node, "title", title, lang=lang)
    for version in group.versions:
        for agent in version.header.agents:
            if agent.role in ("author", "sender", "recipient", "translator"):
                entity = links.entity(version.path, agent.ref) if agent.ref else None
                _sub(
                    node,
                    "agent",
                    agent.name,
                    role=agent.role,
                    lang=agent.lang,
                    version=version.id,
                    entity=entity.key if entity else "",
                )
    original = group.versions[0].header
    if original.date:
        _sub(
            node,
            "date",
            original.date.text,
            earliest=original.date.earliest,
            latest=original.date.latest,
        )
    if original.repository:
        path = group.versions[0].path
        holder = links.entity(path, original.repository.ref) if original.repository.ref else None
        holding = _sub(node, "holding", entity=holder.key if holder else "")
        _sub(holding, "repository", original.repository.name)
        for kind, value in original.shelfmark:
            _sub(holding, "part", value, type=kind)
    for relation in original.relations:
        target = links.resolve(group.versions[0].path, relation.target)
        entity = links.entity(group.versions[0].path, relation.target)
        other = next(
            (g.id for g in links.groups if target.path in {v.path for v in g.versions}), ""
        )
        if other != group.id:
            _sub(
                node,
                "relation",
                type=relation.type,
                subtype=relation.subtype,
                document=other,
                entity=entity.key if entity else "",
            )
    add_citations(node, quotable.citations)
    for row in group.rows:
        line = _sub(node, "row", ref=row.ref)
        for version, unit in zip(group.versions, row.cells, strict=True):
            if unit:
                filling = quotable.fillings.get((version.id, unit.key))
                _sub(
                    line,
                    "cell",
                    version=version.id,
                    unit=unit.key,
                    anchor=anchor(version, unit),
                    element=unit.element,
                    frame=filling.frame if filling else "",
                    values=" ".join(filling.values) if filling else "",
                )
    return node


def _order(links: Links, language: str) -> dict[str, tuple[int, str]]:
    """Where each entity stands in the index of its kind in a language, and under which letter."""
    found = {}
    for place, entity in enumerate(sorted_entities(links, language)):
        first = fold(entity.entry.sort_form(language))
        letter = next((char for char in first if char.isalnum()), "")
        found[entity.key] = (place, "0–9" if letter.isdigit() else letter.upper())
    return found


def _related(links: Links) -> dict[str, list[dict[str, str]]]:
    """What ``listRelation`` says of each entity: the relation, its role in it, who else."""
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for facts in links.facts:
        for stated in facts.relations:
            sides = {"mutual": stated.mutual} if stated.mutual else {}
            sides |= {"active": stated.active, "passive": stated.passive}
            known = {
                role: [
                    entity.key
                    for token in tokens
                    if (entity := links.entity(facts.path, token, stated.base))
                ]
                for role, tokens in sides.items()
            }
            name = stated.name or stated.type
            for role, keys in known.items():
                other = {"active": "passive", "passive": "active"}.get(role, role)
                for key in keys:
                    for partner in known[other]:
                        if partner != key:
                            row = {"name_": name, "role": role, "entity": partner}
                            found[key].append(row | {"cert": stated.cert})
    return found


def _entity(
    parent: etree._Element,
    links: Links,
    entity: Entity,
    places: Mapping[str, Mapping[str, tuple[int, str]]],
    related: Iterable[Mapping[str, str]],
) -> None:
    entry = entity.entry
    node = _sub(parent, "entity", key=entity.key, kind=entry.kind)
    _texts(node, "name", entry.names)
    for lang, order in places.items():
        place, letter = order[entity.key]
        _sub(node, "order", lang=lang, place=str(place), letter=letter)
    for row in related:
        _sub(node, "related", **row)
    for kind, value in entry.dates:
        _sub(node, "date", value, type=kind)
    if entry.coordinates:
        _sub(node, "coordinates", entry.coordinates)
    for item in entry.identifiers:
        _sub(node, "identifier", item.value, type=item.type, match=item.match, url=item.url)
    for said in entry.statements:
        _sub(node, "statement", said.text, kind=said.kind, lang=said.lang, date=said.date)
    groups = {version.path: group.id for group in links.groups for version in group.versions}
    own = {links.resolve(entity.path, target).path for target in entry.documents}
    for key in dict.fromkeys(groups[path] for path in sorted(own) if path in groups):
        _sub(node, "document", ref=key)
    for occurrence in links.mentions[entity.key]:
        _mention(node, groups.get(occurrence.document.path, ""), occurrence)


def _mention(parent: etree._Element, document: str, occurrence: Occurrence) -> None:
    version, unit, mention = occurrence.document, occurrence.unit, occurrence.mention
    node = _sub(
        parent,
        "mention",
        document=document or version.id,
        version=version.id,
        lang=mention.lang,
        ref=unit.ref,
        anchor=anchor(version, unit),
        unit=unit.element,
        part=unit.part,
        note="true" if mention.in_note else "",
    )
    _sub(node, "before", mention.before)
    _sub(node, "hit", mention.hit)
    _sub(node, "after", mention.after)


def pointer_table(links: Links) -> Iterator[dict[str, str]]:
    """Each distinct token of each file with what it leads to, for stylesheets.

    Keys: ``version`` (document id), ``token``, and one of ``entity``; ``document`` with ``anchor``;
    ``label`` (a person named in a header); ``uri``; or ``state`` where it leads nowhere. A page of
    the corpus is a document here, by the id of its version.
    """
    groups = {version.path: group.id for group in links.groups for version in group.versions}
    groups |= {version.path: version.id for group in links.pages for version in group.versions}
    labels = {
        (facts.path, key): label for facts in links.facts for key, label in facts.header.responsible
    }
    shown: dict[str, frozenset[str]] = {}
    for facts in links.facts:
        if facts.role == "register":
            continue
        bases = {pointer.token: pointer.base for pointer in facts.pointers}
        for mention in facts.mentions:
            bases.update((token, bases.get(token, "")) for token in mention.tokens)
        for token, base in sorted(bases.items()):
            row = {"version": facts.id, "token": token}
            target = links.resolve(facts.path, token, base)
            entity = links.entity(facts.path, token, base)
            where = links.document(target.path)
            if entity:
                row["entity"] = entity.key
            elif target.state == "external":
                row["uri"] = token
            elif (target.path, target.id) in labels:
                row["label"] = labels[target.path, target.id]
            elif where and target.state == "resolved" and where.path in groups:
                row["document"] = groups[where.path]
                if where.path not in shown:
                    shown[where.path] = _in_text(where)
                row["anchor"] = target.id if target.id in shown[where.path] else ""
            else:
                row["state"] = target.state
            yield row


def _in_text(facts: Facts) -> frozenset[str]:
    """The ids that stand in the text of a file: pages have no place for those of its header."""
    return frozenset(
        item.id
        for item in facts.anchors
        if re.search(r"/(text|sourceDoc)\[", item.location.xpath or "")
    )

"""The profile of RDF that museums and archives read: CIDOC CRM 7.1."""

from __future__ import annotations

from collections.abc import Iterator

from teikit.exports.base import Request, day, latitude_longitude
from teikit.exports.statements import (
    CRM,
    LABEL,
    SKOS,
    TYPE,
    WKT,
    XSD,
    Literal,
    Statement,
    match_of,
)
from teikit.header import DateValue
from teikit.linkdoc import titles
from teikit.links import Entity, Group
from teikit.registers import Dated

_CLASSES = {
    "person": "E21_Person",
    "place": "E53_Place",
    "org": "E74_Group",
    "work": "E73_Information_Object",
    "event": "E5_Event",
}
# For a kind of entity and a kind of date: the class of what happened, and its property.
_HAPPENED = {
    ("person", "birth"): ("E67_Birth", "P98_brought_into_life"),
    ("person", "death"): ("E69_Death", "P100_was_death_of"),
    ("person", "event"): ("E5_Event", "P12_occurred_in_the_presence_of"),
    ("org", "event"): ("E5_Event", "P12_occurred_in_the_presence_of"),
    ("work", "date"): ("E65_Creation", "P94_has_created"),
}


def statements(request: Request) -> Iterator[Statement]:
    """The documents asked for and the entities that belong to them."""
    for entity in request.entities:
        yield from _entity(request, entity)
    for group in request.groups:
        yield from _document(request, group)
    yield from _mentions(request)
    yield from _relations(request)


def _is(subject: str, name: str, label: Literal | None = None) -> Iterator[Statement]:
    yield subject, TYPE, f"{CRM}{name}"
    if label:
        yield subject, LABEL, label


def _kind(request: Request, *steps: str) -> tuple[str, Iterator[Statement]]:
    """A type of the corpus' own vocabulary: its address, and what it is."""
    address = request.kind(*steps)
    return address, _is(address, "E55_Type", Literal(steps[-1]))


def _named(request: Request, subject: str, number: int, text: Literal) -> Iterator[Statement]:
    name = f"{subject}#name{number}"
    yield subject, f"{CRM}P1_is_identified_by", name
    linguistic = "E33_E41_Linguistic_Appellation" if text.language else "E41_Appellation"
    yield from _is(name, linguistic)
    yield name, f"{CRM}P190_has_symbolic_content", Literal(text.text)
    if text.language:
        yield from _language(request, name, text.language)


def _language(request: Request, subject: str, tag: str) -> Iterator[Statement]:
    language = request.kind("language", tag)
    yield subject, f"{CRM}P72_has_language", language
    yield from _is(language, "E56_Language", Literal(tag))


def _time(subject: str, date: DateValue | None) -> Iterator[Statement]:
    """The time-span: the first and the last moment that it may have filled."""
    if date is None:
        return
    first = day(date.when or date.start or date.not_before, last=False)
    last = day(date.when or date.end or date.not_after, last=True)
    if not (first or last):
        return
    span = f"{subject}.time"
    yield subject, f"{CRM}P4_has_time-span", span
    yield from _is(span, "E52_Time-Span", Literal(date.text) if date.text else None)
    moment = f"{XSD}dateTime"
    if first:
        begin = Literal(f"{first}T00:00:00", datatype=moment)
        yield span, f"{CRM}P82a_begin_of_the_begin", begin
    if last:
        yield span, f"{CRM}P82b_end_of_the_end", Literal(f"{last}T23:59:59", datatype=moment)


def _entity(request: Request, entity: Entity) -> Iterator[Statement]:
    entry, subject = entity.entry, request.entity(entity)
    seen: set[str] = set()
    yield from _is(subject, _CLASSES[entry.kind])
    for number, name in enumerate(entry.names, 1):
        if name.lang not in seen:
            seen.add(name.lang)
            yield subject, LABEL, Literal(name.text, name.lang)
        yield from _named(request, subject, number, Literal(name.text, name.lang))
    if not entry.names:
        yield subject, LABEL, Literal(entity.key)
    if entry.type:
        kind, what = _kind(request, entry.kind, entry.type)
        yield subject, f"{CRM}P2_has_type", kind
        yield from what
    for number, item in enumerate(entry.identifiers, 1):
        identifier = f"{subject}#identifier{number}"
        yield subject, f"{CRM}P1_is_identified_by", identifier
        yield from _is(identifier, "E42_Identifier")
        yield identifier, f"{CRM}P190_has_symbolic_content", Literal(item.value)
        if item.type:
            kind, what = _kind(request, "authority", item.type)
            yield identifier, f"{CRM}P2_has_type", kind
            yield from what
        if item.url:
            yield subject, match_of(item.match, item.cert), item.url
    for number, dated in enumerate(entry.dated, 1):
        yield from _happened(request, entity, f"{subject}#event{number}", dated)
    creators = [
        agent
        for named in entry.agents
        if (agent := request.find(entity.path, named.ref)) and agent.entry.kind in ("person", "org")
    ]
    if creators:
        creation = f"{subject}#creation"
        yield from _is(creation, "E65_Creation")
        yield creation, f"{CRM}P94_has_created", subject
        for agent in creators:
            yield creation, f"{CRM}P14_carried_out_by", request.entity(agent)
    for said in entry.statements:
        if said.kind in ("note", "desc"):
            yield subject, f"{CRM}P3_has_note", Literal(said.text, said.lang)
    where = latitude_longitude(request, entity)
    if where and entry.kind == "place":
        point = Literal(f"POINT({where[1]:.8g} {where[0]:.8g})", datatype=WKT)
        yield subject, f"{CRM}P168_place_is_defined_by", point
    for target in entry.documents:
        group = request.group_of.get(request.links.resolve(entity.path, target).path)
        if group:
            yield subject, f"{SKOS}exactMatch", request.document(group)


def _happened(request: Request, entity: Entity, node: str, dated: Dated) -> Iterator[Statement]:
    """What a dated part of an entry says that happened."""
    subject = request.entity(entity)
    kind = (entity.entry.kind, dated.kind)
    if kind == ("work", "date"):
        node = f"{subject}#creation"  # the one that its authors carried out
    if kind == ("event", "date"):
        node = subject
    elif kind == ("org", "date"):
        for date, name, term in (
            (dated.date.start or dated.date.when, "E66_Formation", "P95_has_formed"),
            (dated.date.end, "E68_Dissolution", "P99_dissolved"),
        ):
            if date:
                part = f"{subject}#{name[4:].lower()}"
                yield from _is(part, name)
                yield part, f"{CRM}{term}", subject
                yield from _time(part, DateValue("", date))
        return
    elif kind in _HAPPENED:
        name, term = _HAPPENED[kind]
        yield from _is(node, name)
        yield node, f"{CRM}{term}", subject
        if dated.type:
            address, what = _kind(request, "event", dated.type)
            yield node, f"{CRM}P2_has_type", address
            yield from what
    else:
        return
    yield from _time(node, dated.date)
    for token in dated.places:
        place = request.links.entity(entity.path, token)
        if place and place.entry.kind == "place":
            yield node, f"{CRM}P7_took_place_at", request.entity(place)


def _document(request: Request, group: Group) -> Iterator[Statement]:
    subject, original = request.document(group), group.versions[0]
    header = original.header
    yield from _is(subject, "E31_Document")
    for number, (lang, title) in enumerate(titles(group).items(), 1):
        yield subject, LABEL, Literal(title, lang)
        yield from _named(request, subject, number, Literal(title, lang))
    creation = f"{subject}#creation"
    yield from _is(creation, "E65_Creation")
    yield creation, f"{CRM}P94_has_created", subject
    yield from _agents(request, group, creation, "author", "P14_carried_out_by")
    yield from _time(creation, header.date)
    for number, letter in enumerate(header.letters, 1):
        sent = next((action for action in letter if action.type == "sent"), None)
        sending = f"{subject}#sending{number}"
        kind, what = _kind(request, "activity", "sending")
        yield from _is(sending, "E7_Activity")
        yield sending, f"{CRM}P2_has_type", kind
        yield from what
        yield sending, f"{CRM}P16_used_specific_object", subject
        for action in letter:
            terms = {"sent": "P14_carried_out_by", "received": "P11_had_participant"}
            for agent in action.agents if action.type in terms else ():
                entity = request.find(original.path, agent.ref)
                if entity and entity.entry.kind in ("person", "org"):
                    yield sending, f"{CRM}{terms[action.type]}", request.entity(entity)
        if sent:
            yield from _time(sending, sent.date)
            for place in sent.places:
                entity = request.find(original.path, place.ref)
                if entity and entity.entry.kind == "place":
                    yield sending, f"{CRM}P7_took_place_at", request.entity(entity)
    yield from _holding(request, group)
    for version in group.versions:
        text = request.text(version)
        yield subject, f"{CRM}P165_incorporates", text
        title = version.header.title(version.lang) or version.id
        yield from _is(text, "E33_Linguistic_Object", Literal(title, version.lang))
        if version.lang:
            yield from _language(request, text, version.lang)
        if group.role(version) == "translation" and version is not original:
            yield request.text(original), f"{CRM}P73_has_translation", text
        for item in version.header.relations:
            other = request.group_of.get(request.links.resolve(version.path, item.target).path)
            if other and other is not group and item.type in ("enclosure", "enclosedIn"):
                cover, piece = (group, other) if item.type == "enclosure" else (other, group)
                refers = f"{CRM}P67_refers_to"
                yield request.document(cover), refers, request.document(piece)


def _agents(request: Request, group: Group, node: str, role: str, term: str) -> Iterator[Statement]:
    for agent in group.versions[0].header.named(role):
        entity = request.find(group.versions[0].path, agent.ref)
        if entity and entity.entry.kind in ("person", "org"):
            yield node, f"{CRM}{term}", request.entity(entity)


def _holding(request: Request, group: Group) -> Iterator[Statement]:
    """The sheets in the archive, which carry the document."""
    header, subject = group.versions[0].header, request.document(group)
    if not header.shelfmark:
        return
    sheets = f"{subject}#sheets"
    yield from _is(sheets, "E22_Human-Made_Object")
    yield sheets, f"{CRM}P128_carries", subject
    shelfmark = ", ".join(f"{part} {value}" for part, value in header.shelfmark)
    yield sheets, f"{CRM}P1_is_identified_by", f"{sheets}.shelfmark"
    yield from _is(f"{sheets}.shelfmark", "E42_Identifier")
    yield f"{sheets}.shelfmark", f"{CRM}P190_has_symbolic_content", Literal(shelfmark)
    keeper = header.repository and request.find(group.versions[0].path, header.repository.ref)
    if keeper and keeper.entry.kind == "org":
        yield sheets, f"{CRM}P50_has_current_keeper", request.entity(keeper)


def _mentions(request: Request) -> Iterator[Statement]:
    """Each passage refers to whom it mentions; what only a note says, the whole text does."""
    for entity in request.entities:
        target = request.entity(entity)
        for found in request.mentions[entity.key]:
            if found.document.path not in request.group_of:
                continue
            text = request.text(found.document)
            if found.mention.in_note:
                yield text, f"{CRM}P67_refers_to", target
                continue
            passage = request.passage(found.document, found.unit)
            yield from _is(passage, "E33_Linguistic_Object")
            yield text, f"{CRM}P106_is_composed_of", passage
            yield passage, f"{CRM}P67_refers_to", target


def _relations(request: Request) -> Iterator[Statement]:
    """What registers state of two entities: an assignment of an attribute, with its source."""
    for number, stated in enumerate(request.relations, 1):
        node = f"{request.root}statement/{number}"
        yield from _is(node, "E13_Attribute_Assignment", Literal(stated.name))
        yield node, f"{CRM}P140_assigned_attribute_to", request.entity(stated.source)
        yield node, f"{CRM}P141_assigned", request.entity(stated.target)
        yield node, f"{CRM}P177_assigned_property_of_type", request.relation(stated.name)
        yield from _is(request.relation(stated.name), "E55_Type", Literal(stated.name))
        yield from _time(node, stated.date)


NAMESPACES = {"crm": CRM, "skos": SKOS}

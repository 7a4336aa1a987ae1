"""The profile of RDF that search engines read: schema.org."""

from __future__ import annotations

from collections.abc import Iterator

from teikit.exports.base import Request, iso_interval, latitude_longitude
from teikit.exports.statements import (
    LABEL,
    RDF,
    SCHEMA,
    SKOS,
    TYPE,
    XSD,
    Literal,
    Statement,
    date_literal,
    match_of,
)
from teikit.header import DateValue
from teikit.linkdoc import edition_facts, titles
from teikit.links import Entity, Group

_CLASSES = {
    "person": "Person",
    "place": "Place",
    "org": "Organization",
    "work": "CreativeWork",
    "event": "Event",
}
# For a kind of entity and a kind of date: the properties of its beginning and of its end.
_DATES = {
    ("person", "birth"): ("birthDate", ""),
    ("person", "death"): ("deathDate", ""),
    ("org", "date"): ("foundingDate", "dissolutionDate"),
    ("event", "date"): ("startDate", "endDate"),
    ("work", "date"): ("dateCreated", ""),
}
_PLACES = {
    ("person", "birth"): "birthPlace",
    ("person", "death"): "deathPlace",
    ("event", "date"): "location",
}


def statements(request: Request) -> Iterator[Statement]:
    """The documents asked for and the entities that belong to them."""
    for entity in request.entities:
        yield from _entity(request, entity)
    edition = edition_facts(request.links)
    collection = f"{request.root}edition"
    yield collection, TYPE, f"{SCHEMA}Collection"
    if edition:
        for title in edition.header.titles:
            yield collection, f"{SCHEMA}name", Literal(title.text, title.lang)
    for group in request.groups:
        yield collection, f"{SCHEMA}hasPart", request.document(group)
        yield from _document(request, group)
    yield from _mentions(request)
    yield from _relations(request)


def _entity(request: Request, entity: Entity) -> Iterator[Statement]:
    entry, subject = entity.entry, request.entity(entity)
    yield subject, TYPE, f"{SCHEMA}{_CLASSES[entry.kind]}"
    seen: set[str] = set()
    for name in entry.names:
        term = "alternateName" if name.lang in seen else "name"
        seen.add(name.lang)
        yield subject, f"{SCHEMA}{term}", Literal(name.text, name.lang)
    if not entry.names:
        yield subject, f"{SCHEMA}name", Literal(entity.key)
    for item in entry.identifiers:
        yield subject, f"{SCHEMA}identifier", Literal(f"{item.type}:{item.value}".lstrip(":"))
        if item.url:
            relation = match_of(item.match, item.cert)
            exact = relation.endswith("exactMatch")
            yield subject, f"{SCHEMA}sameAs" if exact else relation, item.url
    for dated in entry.dated:
        kind = (entry.kind, dated.kind)
        yield from _dates(subject, _DATES.get(kind, ("", "")), dated.date)
        for token in dated.places if kind in _PLACES else ():
            place = request.links.entity(entity.path, token)
            if place and place.entry.kind == "place":
                yield subject, f"{SCHEMA}{_PLACES[kind]}", request.entity(place)
    for said in entry.statements:
        if said.kind in ("note", "desc"):
            yield subject, f"{SCHEMA}description", Literal(said.text, said.lang)
    where = latitude_longitude(request, entity)
    if where and entry.kind == "place":
        point = f"{subject}#point"
        yield subject, f"{SCHEMA}geo", point
        yield point, TYPE, f"{SCHEMA}GeoCoordinates"
        for term, degrees in zip(("latitude", "longitude"), where, strict=True):
            number = f"{degrees:.8f}".rstrip("0").rstrip(".")
            yield point, f"{SCHEMA}{term}", Literal(number, datatype=f"{XSD}decimal")
    for named in entry.agents:
        agent = request.find(entity.path, named.ref)
        if agent and agent.entry.kind in ("person", "org"):
            term = "author" if named.role == "author" else "contributor"
            yield subject, f"{SCHEMA}{term}", request.entity(agent)
    for target in entry.documents:
        group = request.group_of.get(request.links.resolve(entity.path, target).path)
        if group:
            yield subject, f"{SCHEMA}sameAs", request.document(group)


def _dates(subject: str, terms: tuple[str, str], date: DateValue | None) -> Iterator[Statement]:
    if date is None:
        return
    first = date.when or date.start or date.not_before
    last = date.when or date.end or date.not_after
    for term, value in zip(terms, (first or last, last), strict=True):
        if term and value:
            yield subject, f"{SCHEMA}{term}", date_literal(value)


def _document(request: Request, group: Group) -> Iterator[Statement]:
    subject, original = request.document(group), group.versions[0]
    header = original.header
    yield subject, TYPE, f"{SCHEMA}CreativeWork"
    for lang, title in titles(group).items():
        yield subject, f"{SCHEMA}name", Literal(title, lang)
    roles = ["author"]
    if header.named("sender") and header.named("recipient"):
        yield subject, TYPE, f"{SCHEMA}Message"
        roles += ["sender", "recipient"]
    for role in roles:
        for agent in header.named(role):
            entity = request.find(original.path, agent.ref)
            if entity and entity.entry.kind in ("person", "org"):
                yield subject, f"{SCHEMA}{role}", request.entity(entity)
    if header.date:
        when = iso_interval(header.date)
        if "/" in when:
            yield subject, f"{SCHEMA}temporalCoverage", Literal(when)
        else:
            yield subject, f"{SCHEMA}dateCreated", date_literal(when)
    keeper = header.repository and request.find(original.path, header.repository.ref)
    if keeper and keeper.entry.kind == "org":
        yield subject, TYPE, f"{SCHEMA}ArchiveComponent"
        yield subject, f"{SCHEMA}holdingArchive", request.entity(keeper)
        shelfmark = ", ".join(f"{part} {value}" for part, value in header.shelfmark)
        if shelfmark:
            yield subject, f"{SCHEMA}itemLocation", Literal(shelfmark)
    for version in group.versions:
        text = request.text(version)
        yield subject, f"{SCHEMA}workExample", text
        yield text, TYPE, f"{SCHEMA}CreativeWork"
        yield (
            text,
            f"{SCHEMA}name",
            Literal(version.header.title(version.lang) or version.id, version.lang),
        )
        if version.lang:
            yield text, f"{SCHEMA}inLanguage", Literal(version.lang)
        if group.role(version) == "translation" and version is not original:
            yield text, f"{SCHEMA}translationOfWork", request.text(original)
        for item in version.header.relations:
            other = request.group_of.get(request.links.resolve(version.path, item.target).path)
            if other and item.type in ("enclosure", "enclosedIn"):
                cover, piece = (group, other) if item.type == "enclosure" else (other, group)
                letter = cover.versions[0].header
                if letter.named("sender") and letter.named("recipient"):
                    attached = request.document(piece)
                    yield request.document(cover), f"{SCHEMA}messageAttachment", attached


def _mentions(request: Request) -> Iterator[Statement]:
    """Each passage and its text mention; what only a note says is said of the text alone."""
    for entity in request.entities:
        target = request.entity(entity)
        for found in request.mentions[entity.key]:
            if found.document.path not in request.group_of:
                continue
            text = request.text(found.document)
            yield text, f"{SCHEMA}mentions", target
            if not found.mention.in_note:
                passage = request.passage(found.document, found.unit)
                yield passage, TYPE, f"{SCHEMA}CreativeWork"
                yield passage, f"{SCHEMA}isPartOf", text
                if found.unit.ref:
                    yield passage, f"{SCHEMA}position", Literal(found.unit.ref)
                yield passage, f"{SCHEMA}mentions", target


def _relations(request: Request) -> Iterator[Statement]:
    """Relations of the registers, by properties of the corpus' own: schema.org has few."""
    for stated in request.relations:
        predicate = request.relation(stated.name)
        yield predicate, TYPE, f"{RDF}Property"
        yield predicate, LABEL, Literal(stated.name)
        yield request.entity(stated.source), predicate, request.entity(stated.target)
        if stated.symmetric:
            yield request.entity(stated.target), predicate, request.entity(stated.source)


NAMESPACES = {"schema": SCHEMA, "skos": SKOS}

"""Correspondence: the Correspondence Metadata Interchange Format 1.1 (CMIF).

A restricted TEI in which indexes of letters are exchanged: one ``correspDesc`` for each letter,
who sent it to whom, where and when, by the identifiers of authority files. Whom a letter mentions
is said as the proposal for version 2 has it (``note/ref``), which 1.1 allows.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator

from lxml import etree

from teikit.exports.base import LeftOut, Made, Request, is_uri
from teikit.facts import Facts
from teikit.header import Action, Agent
from teikit.linkdoc import edition_date, edition_facts
from teikit.links import Entity, Group
from teikit.names import TEI, XML_ID
from teikit.registers import Identifier

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
UNKNOWN = "Unknown"
# The authorities that CMIF names, in its order; any other that has an address comes after them.
_AUTHORITIES = ("viaf", "gnd", "loc", "bnf", "ndl", "geonames")
_DAY = re.compile(r"(\d{4}(?:-\d\d(?:-\d\d)?)?)(?:T.*)?")
_MENTIONS = {"person": "cmif:mentionsPerson", "place": "cmif:mentionsPlace"}
_DATES = (
    ("when", "when"),
    ("from", "start"),
    ("to", "end"),
    ("notBefore", "not_before"),
    ("notAfter", "not_after"),
)


def write_cmif(request: Request) -> Iterator[Made]:
    """The letters among the documents, and for each other document why it is none."""
    source = _source_id(request)
    root = _element("TEI")
    header = _sub(root, "teiHeader")
    left_out = list(_describe(header, request, source))
    profile = _sub(header, "profileDesc")
    for group in request.groups:
        version = group.versions[0]
        reasons = [_reason(request, version, letter) for letter in version.header.letters]
        for letter, reason in zip(version.header.letters, reasons, strict=True):
            if not reason:
                left_out += _letter(profile, request, group, letter, source)
        if all(reasons):
            reason = reasons[0] if reasons else "its header has no correspDesc"
            left_out.append(LeftOut(group.id, "document", reason))
    _sub(_sub(_sub(root, "text"), "body"), "p")
    etree.indent(root)
    text = etree.tostring(root, encoding="UTF-8", xml_declaration=True).decode()
    yield Made("letters.cmif.xml", text + "\n", tuple(left_out))


# -- what is a letter ----------------------------------------------------------------------------


def _reason(request: Request, version: Facts, letter: tuple[Action, ...]) -> str:
    """Why a ``correspDesc`` describes no letter; the empty string where it describes one."""
    sent = [action for action in letter if action.type == "sent"]
    received = [action for action in letter if action.type == "received"]
    if len(sent) > 1 or len(received) > 1:
        return "its correspDesc says more than once how it was sent or received"
    if not sent and not received:
        return "its correspDesc says neither who sent it nor who received it"
    if request.links.corpus.config.export.letters == "all":
        return ""
    more = "[export] letters = “all” counts such papers too"

    def organisation(action: Action) -> bool:
        """Whether only organisations act; nobody at all may have been a person."""
        named = [agent for agent in action.agents if agent.name or agent.ref]
        return bool(named) and all(_is_organisation(request, version, item) for item in named)

    if sent and received and organisation(sent[0]) and organisation(received[0]):
        return f"organisations sent it to each other, and CMIF is about persons; {more}"
    has_body = sent and any(_is_organisation(request, version, item) for item in sent[0].agents)
    if has_body and not received:
        return f"an organisation sent it and nobody is said to have received it; {more}"
    return ""


def _is_organisation(request: Request, version: Facts, agent: Agent) -> bool:
    entity = request.find(version.path, agent.ref)
    return entity.entry.kind == "org" if entity else agent.element == "orgName"


# -- the letters ---------------------------------------------------------------------------------


def _letter(
    parent: etree._Element,
    request: Request,
    group: Group,
    letter: tuple[Action, ...],
    source: str,
) -> Iterator[LeftOut]:
    description = _sub(parent, "correspDesc")
    description.set(*(("ref", request.document(group)) if request.on_web else ("key", group.id)))
    description.set("source", f"#{source}")
    version = group.versions[0]
    for kind in ("sent", "received"):
        stated = next((action for action in letter if action.type == kind), Action(kind))
        action = _sub(description, "correspAction", type=kind)
        named = [agent for agent in stated.agents if agent.name or agent.ref]
        # The content of correspAction has no order of its own: persons first, as readers expect.
        named.sort(key=lambda agent: _is_organisation(request, version, agent))
        for agent in named:
            name = "orgName" if _is_organisation(request, version, agent) else "persName"
            _name(action, name, request, version, agent)
        if not named:
            _sub(action, "persName", UNKNOWN)
        for place in stated.places:
            _name(action, "placeName", request, version, place)
        problem = _date(action, stated)
        if problem:
            yield LeftOut(group.id, f"{kind} date", problem)
    mentioned = {
        entity.key: entity
        for version in group.versions
        for entity in request.mentioned.get(version.path, ())
        if entity.entry.kind in _MENTIONS
    }
    targets = [
        (entity, address)
        for entity in sorted(mentioned.values(), key=lambda item: (item.entry.kind, item.key))
        if (address := _address(request, entity))
    ]
    if targets:
        note = _sub(description, "note")
        for entity, address in targets:
            kind = _MENTIONS[entity.entry.kind]
            _sub(note, "ref", entity.entry.name(request.language), type=kind, target=address)


def _name(
    parent: etree._Element, element: str, request: Request, version: Facts, agent: Agent
) -> None:
    """A name as the register gives it in the edition's language, with its identifier."""
    entity = request.find(version.path, agent.ref)
    name = entity.entry.name(request.language) if entity and entity.entry.names else agent.name
    node = _sub(parent, element, name or UNKNOWN)
    address = _address(request, entity) if entity else agent.ref
    if address.startswith(("http://", "https://")) and is_uri(address):
        node.set("ref", address)


def _address(request: Request, entity: Entity) -> str:
    """The identifier that others know somebody by, else our own address where it is on the web.

    A person who only resembles another is not that person; of a place that is today's for another
    time (``closeMatch``) CMIF wants the number all the same.
    """
    close = entity.entry.kind == "place"
    known = [
        item
        for item in entity.entry.identifiers
        if is_uri(item.url) and (close or item.match in ("", "exactMatch"))
    ]
    known.sort(key=_rank)
    if known:
        return known[0].url
    return request.entity(entity) if request.on_web else ""


def _rank(item: Identifier) -> tuple[bool, int]:
    kind = item.known.authority.key if item.known else item.type.lower()
    order = _AUTHORITIES.index(kind) if kind in _AUTHORITIES else len(_AUTHORITIES)
    return item.match == "closeMatch", order


def _date(parent: etree._Element, action: Action) -> str:
    """Write the date of an action; returns why it could not be written, or the empty string."""
    if action.date is None:
        return ""
    found: dict[str, str] = {}
    for attribute, member in _DATES:
        value = getattr(action.date, member)
        match = _DAY.fullmatch(value)
        if value and not match:
            return f"“{value}” is no date that CMIF knows (YYYY, YYYY-MM or YYYY-MM-DD)"
        if match:
            found[attribute] = match[1]
    # CMIF has one degree of doubt.
    if action.cert in ("low", "medium", "unknown"):
        found["cert"] = "low"
    if action.evidence == "conjecture":
        found["evidence"] = "conjecture"
    _sub(parent, "date", **found)
    return ""


# -- the header of the file ----------------------------------------------------------------------


def _describe(header: etree._Element, request: Request, source: str) -> Iterator[LeftOut]:
    """Say what the index is, whose, and under which licence: CMIF demands CC BY 4.0."""
    links = request.links
    edition = edition_facts(links)
    stated = edition.header if edition else None
    title = (stated.title(request.language) if stated else "") or links.corpus.root.name
    editors = [agent.name for agent in stated.named("editor") if agent.name] if stated else []
    published_by = [stated.publisher] if stated else []
    published_by += [group.versions[0].header.publisher for group in request.groups[:1]]
    publisher = next(filter(None, [*published_by, *editors]), UNKNOWN)
    description = _sub(header, "fileDesc")
    titles = _sub(description, "titleStmt")
    _sub(titles, "title", title)
    for editor in editors or [publisher]:
        _sub(titles, "editor", editor)
    publication = _sub(description, "publicationStmt")
    _sub(publication, "publisher", publisher)
    _sub(publication, "idno", f"{request.root}letters.cmif.xml", type="url")
    date = edition_date(links) or (stated.published if stated else "")
    if _DAY.fullmatch(date):
        _sub(publication, "date", when=date)
    else:
        yield LeftOut("letters.cmif.xml", "date of the file", "write [build] date = “yyyy-mm-dd”")
    licence = _sub(_sub(publication, "availability"), "licence", target=LICENCE)
    licence.text = "This file is licensed under the terms of the Creative Commons License CC-BY 4.0"
    parts = [title, publisher, stated.published if stated else ""]
    bibl = _sub(_sub(description, "sourceDesc"), "bibl", ", ".join(filter(None, parts)))
    bibl.set("type", "online")
    bibl.set(XML_ID, source)


def _source_id(request: Request) -> str:
    """A UUID that stays the same as long as the addresses do (RFC 4122, version 5).

    An ``xml:id`` may not begin with a digit: of the UUIDs for the address, the address and 1, and
    so on, the first that begins with a letter.
    """
    names = (request.root + (f"#{number}" if number else "") for number in range(1000))
    candidates = (str(uuid.uuid5(uuid.NAMESPACE_URL, name)) for name in names)
    return next(item for item in candidates if item[0].isalpha())


def _element(name: str) -> etree._Element:
    namespaces: dict[str | None, str] = {None: TEI}
    return etree.Element(f"{{{TEI}}}{name}", nsmap=namespaces)  # type: ignore[arg-type]


def _sub(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    node = etree.SubElement(parent, f"{{{TEI}}}{name}", attributes)
    node.text = text or None
    return node

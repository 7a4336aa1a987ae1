"""The header of a document as data: what citations, lists and title pages are derived from.

Read from ``teiHeader`` (Guidelines, chapter 2) by the mapping that ``docs/headers.md`` documents.
Nothing is guessed: a field that the header does not state is empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from teikit.names import NS, XML_ID, XML_LANG, local, tei
from teikit.text import words

_SENT = "tei:profileDesc/tei:correspDesc/tei:correspAction[@type='sent']"
DATE_ATTRIBUTES = ("when", "notBefore", "notAfter", "from", "to")


@dataclass(frozen=True, slots=True)
class Text:
    """A string with its language (BCP 47, ``""`` where unknown) and its ``@type`` (or level)."""

    text: str
    lang: str = ""
    type: str = ""

    def __str__(self) -> str:
        """The string alone."""
        return self.text


@dataclass(frozen=True, slots=True)
class Agent:
    """Somebody the header names: the role, the name as written, and the pointer to a register.

    ``parts`` are the components of the name in their order, as (element, text); of an ``addName``
    the element is followed by its type: ``("addName.patronymic", "Georgievitch")``.
    """

    role: str
    name: str
    lang: str = ""
    ref: str = ""
    element: str = "persName"
    parts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class DateValue:
    """A date: the normalised attributes as ISO 8601 strings, and the words of the text."""

    text: str
    when: str = ""
    not_before: str = ""
    not_after: str = ""
    start: str = ""
    end: str = ""

    @property
    def earliest(self) -> str:
        """The first day, month or year that the date may mean; empty where nothing is said."""
        return self.when or self.start or self.not_before or self.not_after or self.end

    @property
    def latest(self) -> str:
        """The last day, month or year that the date may mean; empty where nothing is said."""
        return self.when or self.end or self.not_after or self.not_before or self.start

    @property
    def interval(self) -> str:
        """The date in one string (ISO 8601, EDTF): ``1932-02-15``, ``1927/1932``, ``1927/..``.

        Limits that are inferred (``notBefore``, ``notAfter``) stand for those that are not stated.
        """
        if self.when:
            return self.when
        first, last = self.start or self.not_before, self.end or self.not_after
        return f"{first or '..'}/{last or '..'}" if first or last else ""


@dataclass(frozen=True, slots=True)
class Action:
    """A ``correspAction``: its type (``sent``, ``received``, …), who, where and when.

    ``cert`` and ``evidence`` are those of the date.
    """

    type: str
    agents: tuple[Agent, ...] = ()
    places: tuple[Agent, ...] = ()
    date: DateValue | None = None
    cert: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """A ``relatedItem``: its kind (``translationOf``, ``enclosure``, …) and what it points to."""

    type: str
    subtype: str
    target: str


@dataclass(frozen=True, slots=True)
class Source:
    """A printed source (``biblStruct``): container title, place, publisher, year, pages.

    ``lang`` is the language of the container's title.
    """

    title: str = ""
    container: str = ""
    place: str = ""
    publisher: str = ""
    date: str = ""
    pages: str = ""
    lang: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Header:
    """What a ``teiHeader`` says of its document."""

    titles: tuple[Text, ...] = ()
    agents: tuple[Agent, ...] = ()
    date: DateValue | None = None
    identifiers: tuple[tuple[str, str], ...] = ()
    languages: tuple[str, ...] = ()
    genres: tuple[Text, ...] = ()
    repository: Agent | None = None
    settlement: Agent | None = None
    shelfmark: tuple[tuple[str, str], ...] = ()
    medium: tuple[Text, ...] = ()
    source: Source | None = None
    publisher: str = ""
    published: str = ""
    relations: tuple[Relation, ...] = ()
    responsible: tuple[tuple[str, str], ...] = ()  # xml:id of a respStmt, and the names in it
    changed: str = ""
    letters: tuple[tuple[Action, ...], ...] = ()  # the actions of each correspDesc
    number: str = ""  # under which the document went out (idno in correspAction)
    date_cert: str = ""  # how sure the editors are of the date
    collection: Text | None = None  # msIdentifier/collection
    pub_place: str = ""
    licence: str = ""  # the address of the licence (availability/licence/@target), else its words
    datum: str = ""  # geoDecl/@datum: how the coordinates of the file are to be read

    def identifier(self, kind: str) -> str:
        """The first ``publicationStmt/idno`` of that ``@type``, or the empty string."""
        return next((value for name, value in self.identifiers if name == kind), "")

    def title(self, language: str) -> str:
        """The title to cite: the main one or that of the piece, in the language if it can be.

        The empty string where the header gives none.
        """
        order = {"main": 0, "a": 1, "": 2, "m": 3}
        ranked = sorted(
            (title for title in self.titles if title.text),
            key=lambda title: (order.get(title.type, 4), title.lang != language),
        )
        return ranked[0].text if ranked else ""

    def named(self, role: str) -> tuple[Agent, ...]:
        """The agents in a role: author, editor, translator, sender, recipient."""
        return tuple(agent for agent in self.agents if agent.role == role)


def language(element: etree._Element) -> str:
    """The language in force at an element: the nearest ``xml:lang`` upward, else ``""``."""
    node: etree._Element | None = element
    while node is not None:
        if lang := node.get(XML_LANG):
            return lang
        node = node.getparent()
    return ""


def _all(node: etree._Element, path: str) -> list[etree._Element]:
    found = node.findall(path, NS)
    return [item for item in found if isinstance(item.tag, str)]


def _text(node: etree._Element) -> Text:
    return Text(words(node), language(node), node.get("type", ""))


def read_agent(role: str, node: etree._Element) -> Agent:
    """The agent in an element that names one, itself or in a child that carries the pointer."""
    children = ("persName", "orgName", "name")
    named = next((child for name in children for child in _all(node, f"tei:{name}")), node)
    ref = named.get("ref") or node.get("ref") or named.get("key") or ""
    element = etree.QName(named).localname
    return Agent(role, words(named), language(named), ref, element, tuple(name_parts(named)))


# The components of a personal name (Guidelines 13.2.1).
_NAME_PARTS = frozenset("surname forename genName nameLink roleName addName".split())


def name_parts(name: etree._Element) -> Iterator[tuple[str, str]]:
    """The components of a name in their order, as (element or ``element.type``, text)."""
    for node in name.iterdescendants("{*}*"):
        element, kind = local(node.tag), node.get("type", "")
        if element in _NAME_PARTS and (text := words(node)):
            yield f"{element}.{kind}" if kind and element == "addName" else element, text


def _agents(header: etree._Element) -> Iterator[Agent]:
    title = "tei:fileDesc/tei:titleStmt/"
    for node in _all(header, f"{title}tei:author"):
        yield read_agent("author", node)
    for node in _all(header, f"{title}tei:editor"):
        yield read_agent(node.get("role", "editor"), node)
    for statement in _all(header, f"{title}tei:respStmt"):
        resp = statement.find("tei:resp", NS)
        role = "contributor" if resp is None else resp.get("key") or words(resp) or "contributor"
        for name in ("persName", "orgName", "name"):
            for node in _all(statement, f"tei:{name}"):
                yield read_agent(role, node)
    roles = {"sent": "sender", "received": "recipient"}
    for action in _all(header, "tei:profileDesc/tei:correspDesc/tei:correspAction"):
        role = roles.get(action.get("type", ""), "")
        for node in action:
            if role and local(node.tag) in ("persName", "orgName", "name"):
                yield read_agent(role, node)


def date_value(node: etree._Element) -> DateValue:
    """The date that an element with the attributes of att.datable.w3c or .iso states.

    Years before our era are counted as in ISO 8601, which has a year 0000 (1 BC); the attributes of
    the W3C have none: their ``-0056`` is 56 BC (Guidelines, ``date`` and att.datable.w3c).
    """
    values = (
        _with_year_zero(node.get(name, "")) or node.get(f"{name}-iso", "")
        for name in DATE_ATTRIBUTES
    )
    return DateValue(words(node), *values)


def _with_year_zero(value: str) -> str:
    early = re.match(r"-(\d{4,9})(?!\d)", value)
    if not early or not int(early[1]):
        return value
    year = int(early[1]) - 1
    return f"{'-' if year else ''}{year:04}{value[early.end() :]}"


def _date(header: etree._Element) -> tuple[DateValue | None, str]:
    """When the text was written: the letter's date, else the creation, else the origin.

    Beside it how sure the editors are (``@cert``).
    """
    for path in (
        f"{_SENT}/tei:date",
        "tei:profileDesc/tei:creation/tei:date",
        "tei:fileDesc/tei:sourceDesc/tei:msDesc/tei:history/tei:origin/tei:origDate",
    ):
        for node in _all(header, path):
            value = date_value(node)
            if value.earliest:
                return value, node.get("cert", "")
    return None, ""


def _actions(description: etree._Element) -> Iterator[Action]:
    """What a ``correspDesc`` says of a letter's way, action by action."""
    for action in _all(description, "tei:correspAction"):
        dates = [node for node in _all(action, "tei:date") if date_value(node).earliest]

        def named(*names: str, action: etree._Element = action) -> tuple[Agent, ...]:
            return tuple(read_agent("", node) for node in action if local(node.tag) in names)

        yield Action(
            action.get("type", ""),
            named("persName", "orgName", "name"),
            named("placeName", "settlement", "region", "country"),
            date_value(dates[0]) if dates else None,
            dates[0].get("cert", "") if dates else "",
            dates[0].get("evidence", "") if dates else "",
        )


def _source(header: etree._Element) -> Source | None:
    for node in _all(header, "tei:fileDesc/tei:sourceDesc//tei:biblStruct"):

        def of(path: str, node: etree._Element = node) -> str:
            found = node.find(path, NS)
            return "" if found is None else words(found)

        monograph = "tei:monogr/"
        title, link = node.find(f"{monograph}tei:title", NS), node.find("tei:ref", NS)
        return Source(
            of("tei:analytic/tei:title"),
            of(f"{monograph}tei:title"),
            of(f"{monograph}tei:imprint/tei:pubPlace"),
            of(f"{monograph}tei:imprint/tei:publisher"),
            of(f"{monograph}tei:imprint/tei:date"),
            of(f"{monograph}tei:biblScope[@unit='page']"),
            "" if title is None else language(title),
            "" if link is None else link.get("target", ""),
        )
    return None


def shelfmark_nodes(identifier: etree._Element) -> list[etree._Element]:
    """The ``idno`` of an ``msIdentifier`` that are its shelfmark: the innermost ones, with a value.

    Addresses and numbers in catalogues that stand beside a shelfmark are not part of it.
    """
    stated = _all(identifier, "tei:idno")
    whole = [node for node in stated if node.get("type") == "shelfmark" and words(node)]
    return [
        node
        for outer in whole[:1] or stated
        for node in outer.iter(tei("idno"))
        if node.find("tei:idno", NS) is None
        and (value := words(node))
        and not _ADDRESS.match(value)
    ]


def _shelfmark(identifier: etree._Element) -> tuple[tuple[str, str], ...]:
    """The parts of a shelfmark: nested ``idno`` by their type, else the whole as ``shelfmark``.

    Several of one type that follow each other, such as ranges of leaves, are one part.
    """
    parts: list[tuple[str, str]] = []
    for node in shelfmark_nodes(identifier):
        kind, value = node.get("type", "shelfmark"), words(node)
        if parts and parts[-1][0] == kind:
            value = f"{parts.pop()[1]}, {value}"
        parts.append((kind, value))
    return tuple(parts)


_ADDRESS = re.compile(r"(?:https?|ark|urn|doi|hdl|info):", re.IGNORECASE)


def read_header(root: etree._Element) -> Header:
    """The :class:`Header` of a TEI document, from its root element."""
    header = root.find("tei:teiHeader", NS)
    if header is None:
        return Header()
    publication = "tei:fileDesc/tei:publicationStmt/"
    manuscript = header.find("tei:fileDesc/tei:sourceDesc//tei:msIdentifier", NS)

    def in_manuscript(name: str) -> Agent | None:
        node = None if manuscript is None else manuscript.find(f"tei:{name}", NS)
        return None if node is None else read_agent(name, node)

    def first(path: str) -> etree._Element | None:
        return header.find(path, NS)

    publisher, published = first(f"{publication}tei:publisher"), first(f"{publication}tei:date")
    pub_place, licence = first(f"{publication}tei:pubPlace"), first(f"{publication}/tei:licence")
    collection = None if manuscript is None else manuscript.find("tei:collection", NS)
    date, date_cert = _date(header)
    number = first(f"{_SENT}/tei:idno")
    geography = first("tei:encodingDesc/tei:geoDecl")
    form = "tei:fileDesc/tei:sourceDesc//tei:objectDesc"
    changes = [node.get("when", "") for node in header.iterfind(".//tei:change", NS)]
    titles = _all(header, "tei:fileDesc/tei:titleStmt/tei:title")
    return Header(
        titles=tuple(
            Text(words(node), language(node), node.get("type") or node.get("level") or "")
            for node in titles
        ),
        agents=tuple(_agents(header)),
        date=date,
        identifiers=tuple(
            (node.get("type", ""), words(node)) for node in _all(header, f"{publication}tei:idno")
        ),
        languages=tuple(
            node.get("ident", "")
            for node in _all(header, "tei:profileDesc/tei:langUsage/tei:language")
        ),
        genres=tuple(
            _text(node) for node in header.iterfind(".//tei:keywords//tei:term[@type='genre']", NS)
        ),
        repository=in_manuscript("repository"),
        settlement=in_manuscript("settlement"),
        shelfmark=() if manuscript is None else _shelfmark(manuscript),
        medium=tuple(_text(node) for node in header.iterfind(f"{form}//tei:p", NS)),
        source=_source(header),
        publisher="" if publisher is None else words(publisher),
        published="" if published is None else published.get("when", "") or words(published),
        relations=tuple(
            Relation(node.get("type", ""), node.get("subtype", ""), node.get("target", ""))
            for node in _all(header, "tei:fileDesc/tei:notesStmt/tei:relatedItem")
        ),
        responsible=tuple(
            (key, ", ".join(words(name) for name in node.iterfind("tei:name", NS)))
            for node in _all(header, "tei:fileDesc/tei:titleStmt/tei:respStmt")
            if (key := node.get(XML_ID))
        ),
        changed=max(changes, default=""),
        letters=tuple(
            tuple(_actions(node)) for node in _all(header, "tei:profileDesc/tei:correspDesc")
        ),
        datum="" if geography is None else geography.get("datum", ""),
        number="" if number is None else words(number),
        date_cert=date_cert,
        collection=None if collection is None else _text(collection),
        pub_place="" if pub_place is None else words(pub_place),
        licence="" if licence is None else licence.get("target", "") or words(licence),
    )

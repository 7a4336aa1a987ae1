"""Reading one item of a bibliography, element by element."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lxml import etree

from teikit.corpus import Document
from teikit.diagnostics import Location
from teikit.header import Agent, DateValue, Text, date_value, read_agent
from teikit.items import (
    ELEMENTS,
    MAIN,
    NAMES,
    OTHERS,
    PREFIX,
    SUB,
    UNITS,
    Item,
    dated,
    each_of,
    role_of,
)
from teikit.names import XML_ID, XML_LANG, local
from teikit.text import words


def read_item(
    document: Document, element: etree._Element, place: Location | None, *, source: bool
) -> Item:
    """The item that an element describes; ``place`` is where its list stands."""
    return _Reading(document, element, place, source).item()


class _Reading:
    """The reading of one item: fields fill up on the way through its elements."""

    def __init__(
        self, document: Document, element: etree._Element, place: Location | None, source: bool
    ) -> None:
        self.element, self.place, self.source = element, place, source
        self.location = document.locate(element)
        self.agents: list[Agent] = []
        self.host_agents: list[Agent] = []
        self.titles: list[tuple[str, Text]] = []  # the level of each
        self.host_titles: list[tuple[str, Text]] = []
        self.series: list[str] = []
        self.values: dict[str, list[str]] = {}
        self.notes: list[str] = []
        self.identifiers: list[tuple[str, str]] = []
        self.addresses: list[str] = []
        self.dates: list[etree._Element] = []
        self.languages: list[str] = []
        self.holding: dict[str, Agent] = {}
        self.collection: Text | None = None
        self.shelfmark: list[tuple[str, str]] = []

    def item(self) -> Item:
        """The item."""
        element = self.element
        name = local(element.tag)
        if name == "msDesc":
            self._manuscript()
        elif name == "biblStruct":
            self._structure()
        else:
            self._children(element, host=False)
            if name == "bibl":
                self._levels()
        own = [title for title in self.titles if title[1].type.lower() in MAIN]
        titles = _by_language([title for _, title in own])
        subtitles = _by_language([t for _, t in self.titles if t.type.lower() in SUB])
        hosts = _by_language([t for _, t in self.host_titles if t.type.lower() in MAIN])
        for _, title in (*self.titles, *self.host_titles):
            if title not in (*titles, *subtitles, *hosts):
                self._variant(title, (*titles, *subtitles, *hosts))
        date = self._date()
        known = bool(titles or hosts or self.agents or self.host_agents or date or self.series)
        known = known or bool(self.shelfmark or self.addresses or self.notes)
        return Item(
            element=name,
            id=element.get(XML_ID, ""),
            location=self.location,
            type=element.get("type", ""),
            level=own[0][0] if own else "",
            host_level=self.host_titles[0][0] if self.host_titles else "",
            list=self.place,
            source=self.source,
            language=self._language(titles),
            titles=titles,
            subtitles=subtitles,
            agents=tuple(self.agents),
            host_titles=hosts,
            host_agents=tuple(self.host_agents),
            series=", ".join(dict.fromkeys(self.series)),
            publisher=self._joined("publisher"),
            place=self._joined("place"),
            date=date[0] if date else None,
            cert=date[1] if date else "",
            pages=self._joined("pages", ", "),
            volume=self._joined("volume", ", "),
            issue=self._joined("issue", ", "),
            edition=self._joined("edition"),
            genre=self._joined("genre"),
            identifiers=tuple(dict.fromkeys(self.identifiers)),
            address=next(iter(self.addresses), ""),
            repository=self.holding.get("repository") or self.holding.get("institution"),
            settlement=self.holding.get("settlement"),
            collection=self.collection,
            shelfmark=tuple(self.shelfmark),
            notes=tuple(dict.fromkeys(filter(None, self.notes))),
            words="" if known and not self._unmarked() else words(element),
        )

    def _unmarked(self) -> bool:
        """Whether a ``bibl`` says more between its elements than words such as “in” and “page”."""
        if local(self.element.tag) != "bibl":
            return False
        between = [self.element.text or "", *(node.tail or "" for node in self.element)]
        return len(re.findall(r"[^\W\d_]{4,}", " ".join(between))) > 2

    def _joined(self, name: str, mark: str = "; ") -> str:
        return mark.join(dict.fromkeys(self.values.get(name, ())))

    def _language(self, titles: tuple[Text, ...]) -> str:
        """The stated language of the text, else that of the item, else of its titles if one is."""
        stated = [*self.languages, self.element.get(XML_LANG, "")]
        said = {title.lang for title in titles}
        return next(filter(None, stated), said.pop() if len(said) == 1 else "")

    def _variant(self, title: Text, others: tuple[Text, ...]) -> None:
        if not any(title.text in other.text for other in others):
            kind = f"title ({title.type})" if title.type else "title"
            self.notes.append(f"{kind}: {title.text}")

    # -- elements --------------------------------------------------------------------------------

    def _structure(self) -> None:
        """A ``biblStruct``: a ``monogr`` is the item, or what its ``analytic`` is part of."""
        analytic = self.element.find("{*}analytic")
        for part in self.element.iterchildren("{*}*"):
            name = local(part.tag)
            if name == "monogr":
                self._children(part, host=analytic is not None)
            elif name == "series":
                self._series(part)
            elif name == "analytic":
                self._children(part, host=False)
            else:
                self._child(part, host=False)

    def _children(self, element: etree._Element, *, host: bool) -> None:
        for child in element.iterchildren("{*}*"):
            self._child(child, host=host)

    def _child(self, node: etree._Element, *, host: bool) -> None:
        name = local(node.tag)
        if name in _TRANSPARENT:
            self._children(node, host=host)
            return
        reader = _READERS.get(name)
        if reader is not None:
            reader(self, node, host)
        elif name not in ELEMENTS and name not in _SKIPPED and (said := words(node)):
            self.notes.append(f"{name}: {said}")

    def _title(self, node: etree._Element, host: bool) -> None:
        text = words(node)
        if not text:
            return
        level, kind = node.get("level", ""), node.get("type", "")
        if text.startswith(("http://", "https://")) and " " not in text:
            self.addresses.append(text)
            return
        if level == "s" and local(self.element.tag) == "biblStruct":
            self.series.append(text)
            return
        title = Text(text, self._lang(node), "" if kind == "main" else kind)
        (self.host_titles if host else self.titles).append((level, title))
        for inner in node.iterchildren("{*}ref", "{*}ptr"):
            self._link(inner, host)

    def _lang(self, node: etree._Element) -> str:
        """The language stated at the node or above it within the item."""
        at: etree._Element | None = node
        while at is not None:
            if stated := at.get(XML_LANG):
                return stated
            if at is self.element:
                break
            at = at.getparent()
        return ""

    def _agent(self, node: etree._Element, host: bool) -> None:
        role = local(node.tag)
        if role == "editor" and node.get("role"):
            role = role_of(node.get("role", ""))
        self._named(role, node, host)

    def _named(self, role: str, node: etree._Element, host: bool) -> None:
        inner = [child for child in node if local(child.tag) in NAMES]
        several = inner if len(inner) > 1 else [node]
        for one in several:
            for agent in each_of(read_agent(role, one)):
                if not agent.name and not agent.ref:
                    continue
                short = OTHERS.search(agent.name)
                if short:
                    self.notes.append(f"{role}: {short[0].strip(',; ')}")
                    if not (name := agent.name[: short.start()]):
                        continue
                    agent = Agent(role, name, agent.lang, agent.ref, agent.element, agent.parts)
                (self.host_agents if host else self.agents).append(agent)

    def _responsible(self, node: etree._Element, host: bool) -> None:
        resp = node.find("{*}resp")
        said = "" if resp is None else " ".join(filter(None, (resp.get("key"), words(resp))))
        for named in node.iterchildren(*(f"{{*}}{name}" for name in NAMES)):
            self._named(role_of(said), named, host)

    def _series(self, node: etree._Element, _host: bool = False) -> None:
        title = [words(child) for child in node.iterchildren("{*}title")]
        number = [words(child) for child in node.iterchildren("{*}biblScope")]
        self.series += [", ".join(filter(None, (*title, *number)))]
        for child in node.iterchildren("{*}editor", "{*}respStmt", "{*}idno"):
            said = words(child)
            if local(child.tag) == "idno":
                self._idno(child, False)
            elif said:
                self.notes.append(f"series {local(child.tag)}: {said}")

    def _scope(self, node: etree._Element, _host: bool) -> None:
        unit = (node.get("unit") or node.get("type") or "").strip().lower().rstrip(".")
        text = words(node)
        ends = [end for end in dict.fromkeys((node.get("from", ""), node.get("to", ""))) if end]
        if not text or (ends and not re.search(r"\d|[ivxlc]", text, re.I)):
            text = "–".join(ends)
        if not text:
            return
        if local(node.tag) == "citedRange":
            self.notes.append(f"cited {unit}: {text}" if unit else f"cited: {text}")
        elif unit in UNITS:
            self.values.setdefault(UNITS[unit], []).append(
                PREFIX.sub("", text, count=1) if PREFIX.match(text) else text
            )
        else:
            self.notes.append(f"{unit or 'scope'}: {text}")

    def _when(self, node: etree._Element, _host: bool) -> None:
        if node.get("type", "") in ("access", "accessed"):
            self.notes.append(f"accessed: {node.get('when') or words(node)}")
        else:
            self.dates.append(node)

    def _date(self) -> tuple[DateValue, str] | None:
        for node in self.dates:
            value = date_value(node)
            if value.earliest:
                return value, node.get("cert", "")
            if value.text:
                return dated(value.text)
        return None

    def _idno(self, node: etree._Element, _host: bool) -> None:
        kind, value = node.get("type", ""), words(node)
        if not value or node.find("{*}idno") is not None:
            return
        if value.startswith(("http://", "https://")) and kind.lower() != "doi":
            self.addresses.append(value)
        elif kind.lower() == "shelfmark":
            self.shelfmark.append(("shelfmark", value))
        else:
            self.identifiers.append((kind, value))

    def _link(self, node: etree._Element, _host: bool) -> None:
        for target in node.get("target", "").split():
            if target.startswith(("http://", "https://")):
                self.addresses.append(target)
            elif node.get("type") != "document" and (said := words(node)):
                self.notes.append(said)  # those of that type lead to texts of the corpus itself
        for inner in node.iterchildren("{*}title"):
            self._title(inner, False)

    def _note(self, node: etree._Element, _host: bool) -> None:
        kind, text = node.get("type", ""), words(node)
        if kind == "url" and text.startswith(("http://", "https://")):
            self.addresses.append(text)
        elif kind == "thesisType":
            self.values.setdefault("genre", []).append(text)
        elif text:
            self.notes.append(f"{kind}: {text}" if kind else text)

    def _text_language(self, node: etree._Element, _host: bool) -> None:
        self.languages += node.get("mainLang", "").split()[:1]
        if not node.get("mainLang") and words(node):
            self.notes.append(f"language: {words(node)}")

    def _value(self, node: etree._Element, _host: bool) -> None:
        field = {"pubPlace": "place", "distributor": "publisher"}.get(local(node.tag))
        if text := words(node):
            self.values.setdefault(field or local(node.tag), []).append(text)

    def _skip_relation(self, node: etree._Element, _host: bool) -> None:
        if text := words(node):
            kind = node.get("type", "related")
            self.notes.append(f"{kind}: {text}")

    # -- a free bibl: its titles tell the levels ---------------------------------------------------

    def _levels(self) -> None:
        """Part the titles of a ``bibl``, which has no analytic and monogr, by ``@level``.

        What is in a journal or a book is part of it; of two in one language without a level
        nothing tells which holds the other, so the second is kept as a note.
        """
        levels = {level for level, _ in self.titles}
        series = [title for level, title in self.titles if level == "s"]
        hosts = next((one for one in ("j", "m", "s") if one in levels), "")
        inner = "a" in levels or ("" in levels and bool(levels & {"j", "m"}))
        if inner and hosts:
            self.host_titles = [one for one in self.titles if one[0] == hosts]
            self.titles = [one for one in self.titles if one[0] in ("a", "", "u")]
            editors = [agent for agent in self.agents if agent.role == "editor"]
            self.host_agents += editors
            self.agents = [agent for agent in self.agents if agent.role != "editor"]
        elif levels - {"s"}:
            self.titles = [one for one in self.titles if one[0] != "s"]
        else:
            series = []
        if hosts != "s":
            self.series += [title.text for title in series]

    # -- manuscripts -------------------------------------------------------------------------------

    def _identifier(self, node: etree._Element, _host: bool) -> None:
        """An ``msIdentifier``: the place, the keeper, the shelfmark part by part."""
        for child in node.iterchildren("{*}*"):
            name = local(child.tag)
            if name in ("repository", "institution", "settlement"):
                self.holding.setdefault(name, read_agent(name, child))
            elif name == "collection" and words(child) and self.collection is None:
                self.collection = Text(words(child), self._lang(child), child.get("type", ""))
            elif name == "idno":
                self._mark(child)
            elif name == "msName":
                self._title(child, False)
            elif name == "altIdentifier" and words(child):
                self.notes.append(f"other shelfmark: {words(child)}")

    def _mark(self, node: etree._Element) -> None:
        inner = list(node.iterchildren("{*}idno"))
        for child in inner:
            self._mark(child)
        value, kind = words(node), node.get("type", "shelfmark")
        if inner or not value:
            return
        if value.startswith(("ark:", "http://", "https://", "urn:")):
            self._idno(node, False)
            return
        if self.shelfmark and self.shelfmark[-1][0] == kind:
            value = f"{self.shelfmark.pop()[1]}, {value}"
        self.shelfmark.append((kind, value))

    def _manuscript(self) -> None:
        """An ``msDesc``: who keeps it, when it was made, and what it holds.

        Its name is its title, else the one work that it holds; several are listed in a note.
        """
        for node in self.element.iterchildren("{*}msIdentifier"):
            self._identifier(node, False)
        parts = [self.element, *self.element.iterchildren("{*}msPart", "{*}msFrag")]
        works = [node for part in parts for node in _top_items(part)]
        if len(works) == 1 or len({_work(node) for node in works}) == 1:
            work = works[0]
            for child in work.iterchildren("{*}author", "{*}editor", "{*}respStmt"):
                self._child(child, host=False)
            for child in work.iterchildren("{*}title"):
                if self.titles and words(child):
                    self.notes.append(f"contents: {words(child)}")
                else:
                    self._title(child, False)
        elif held := list(dict.fromkeys(filter(None, map(_work, works)))):
            self.notes.append(f"contents: {'; '.join(held)}")
        for node in self.element.iter("{*}origDate"):
            self.dates.append(node)
        for node in self.element.iter("{*}textLang"):
            self.languages += node.get("mainLang", "").split()[:1]
        self.languages = self.languages[:1] if len(set(self.languages)) == 1 else []
        for child in self.element.iterchildren("{*}head"):
            if self.titles:
                self.notes.append(words(child))
            elif text := words(child):
                self.titles.append(("", Text(text, self._lang(child))))


def _top_items(part: etree._Element) -> Iterator[etree._Element]:
    for contents in part.iterchildren("{*}msContents"):
        yield from contents.iterchildren("{*}msItem", "{*}msItemStruct")


def _work(item: etree._Element) -> str:
    names = [words(node) for node in item.iterchildren("{*}author", "{*}title")]
    return ", ".join(filter(None, names))


def _by_language(titles: list[Text]) -> tuple[Text, ...]:
    """The first title in each language."""
    found: dict[str, Text] = {}
    for title in titles:
        found.setdefault(title.lang, title)
    return tuple(found.values())


_TRANSPARENT = frozenset(
    "imprint titleStmt publicationStmt editionStmt notesStmt noteGrp analytic monogr".split()
)
_SKIPPED = frozenset("availability respons listBibl sourceDesc".split())
_READERS: dict[str, Callable[[_Reading, etree._Element, bool], None]] = {
    "title": _Reading._title,
    **dict.fromkeys(("author", "editor"), _Reading._agent),
    "respStmt": _Reading._responsible,
    **dict.fromkeys(("series", "seriesStmt"), _Reading._series),
    **dict.fromkeys(("biblScope", "citedRange"), _Reading._scope),
    "date": _Reading._when,
    "origDate": _Reading._when,
    "idno": _Reading._idno,
    **dict.fromkeys(("ref", "ptr"), _Reading._link),
    "note": _Reading._note,
    "textLang": _Reading._text_language,
    **dict.fromkeys(("pubPlace", "publisher", "distributor", "edition"), _Reading._value),
    "relatedItem": _Reading._skip_relation,
    "msIdentifier": _Reading._identifier,
}

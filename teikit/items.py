"""The items of bibliographies as data: ``biblStruct``, ``bibl``, ``biblFull``, ``msDesc``.

Guidelines 3.12 (bibliographic citations), 2.2 (biblFull follows fileDesc) and 11 (manuscripts).
Whatever an encoding calls a level, an item has what it is itself (``titles``, ``agents``), what it
is part of (``host_titles``, ``host_agents``), and a series. Nothing is dropped in silence: what has
no field is a line of ``notes``. ``teikit.itemlists`` finds items, ``itemreading`` reads
them, and ``teikit.references`` makes records of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from teikit.diagnostics import Location
from teikit.header import Agent, DateValue, Text

ELEMENTS = ("biblStruct", "bibl", "biblFull", "msDesc")


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a bibliography.

    ``level`` is that of its title (``a``, ``m``, ``j``, ``s``, ``u``, ``""`` where nothing says),
    ``host_level`` that of what it is part of. ``list`` is where the list stands that it is in, None
    outside of lists. ``source`` says that it describes what the file itself was made from.
    ``words`` is the whole text of one that nothing could be read from.
    """

    element: str
    id: str
    location: Location
    type: str = ""
    level: str = ""
    host_level: str = ""
    list: Location | None = None
    source: bool = False
    language: str = ""
    titles: tuple[Text, ...] = ()
    subtitles: tuple[Text, ...] = ()
    agents: tuple[Agent, ...] = ()
    host_titles: tuple[Text, ...] = ()
    host_agents: tuple[Agent, ...] = ()
    series: str = ""
    publisher: str = ""
    place: str = ""
    date: DateValue | None = None
    cert: str = ""
    pages: str = ""
    volume: str = ""
    issue: str = ""
    edition: str = ""
    genre: str = ""
    identifiers: tuple[tuple[str, str], ...] = ()
    address: str = ""
    repository: Agent | None = None
    settlement: Agent | None = None
    collection: Text | None = None
    shelfmark: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    words: str = ""

    @property
    def citable(self) -> bool:
        """Whether there is a title, somebody who wrote it with a date, a shelfmark, an address."""
        return bool(
            self.titles
            or self.host_titles
            or (self.agents and self.date)
            or self.shelfmark
            or self.address
        )


# -- words that people write ----------------------------------------------------------------------

# Units of biblScope by what they count; any other is told in the notes.
UNITS = {
    **dict.fromkeys("page pages pp p pg s ss стр с".split(), "pages"),
    **dict.fromkeys("volume vol vols v band bd tome tom t том т jahrgang".split(), "volume"),
    **dict.fromkeys("issue nr no number num n heft fascicle fasc №".split(), "issue"),
}
# What may stand before a number: the unit said again.
PREFIX = re.compile(r"(?:pp?|pg|s|vol|bd|t|nr?o?|с|т|№|band|tome|heft)\b\.?\s*|№\s*", re.I)
_EDITORIAL = frozenset({"editor", "edt", "ed", "eds", "compiler", "com", "hrsg", "редактор"})
_TRANSLATED = re.compile(r"translat|tradu|übers|ubers|перев[её]?[дл]?|\btrl\b|\btr\b", re.I)
_EDITED = re.compile(r"\bed(?:\.|it|t\b|s\b)|édit|hrsg|herausg|ред|сост|compil", re.I)
OTHERS = re.compile(
    r"[,;]?\s*(?:\[?(?:et al|и др|u\. ?a|и другие|and others|et alii)\b\.?\]?)$", re.I
)
MAIN = frozenset({"", "main", "full", "uniform", "marc245a", "display", "pref", "preferred"})
SUB = frozenset({"sub", "subtitle", "marc245b", "sub1"})
NAMES = ("persName", "orgName", "name")


def role_of(said: str) -> str:
    """The role of somebody by what the encoding says of it, in several languages."""
    if said.strip().lower() in _EDITORIAL or (
        _EDITED.search(said) and not _TRANSLATED.search(said)
    ):
        return "editor"
    if _TRANSLATED.search(said):
        return "translator"
    if said.strip().lower() in ("aut", "author", "recipient"):
        return {"aut": "author"}.get(said.strip().lower(), said.strip().lower())
    return said.strip() or "contributor"


def each_of(agent: Agent) -> Iterator[Agent]:
    """One agent for each of several names between semicolons."""
    if ";" not in agent.name or agent.parts:
        yield agent
        return
    for name in filter(None, map(str.strip, agent.name.split(";"))):
        yield Agent(agent.role, name, agent.lang, "", agent.element)


_YEAR = r"(1[0-9]{3}|20[0-9]{2})"
_ABOUT = re.compile(r"^\W*(?:c\.|ca\b|circa|um\b|vers\b|около|ок\.|\?)|\?\W*$", re.I)


def dated(text: str) -> tuple[DateValue, str]:
    """A date that is only written in words, and how sure it is (as ``@cert``).

    ``[1923]`` and ``1923`` are that year; ``1923–1924`` and ``1923-24`` a span; ``17. 4. 1909`` a
    day; a text with one year in it is of that year, ``ca. 1923`` perhaps. Anything else, ``s. d.``
    for example, stays words.
    """
    if re.fullmatch(r"\d{4}(-\d\d){0,2}", text):
        return DateValue(text, text), ""
    if day := re.fullmatch(rf"(\d{{1,2}})\.\s*(\d{{1,2}})\.\s*{_YEAR}", text):
        number, month, year = int(day[1]), int(day[2]), day[3]
        if 1 <= month <= 12 and 1 <= number <= 31:
            return DateValue(text, f"{year}-{month:02}-{number:02}"), ""
    if span := re.fullmatch(rf"\W*{_YEAR}\s*[-–—/]\s*(\d{{4}}|\d{{2}})\W*", text):
        end = span[2] if len(span[2]) == 4 else span[1][:2] + span[2]
        if end > span[1]:
            return DateValue(text, start=span[1], end=end), ""
    years = list(dict.fromkeys(re.findall(rf"(?<!\d){_YEAR}(?!\d)", text)))
    if len(years) == 1:
        return DateValue(text, years[0]), "medium" if _ABOUT.search(text) else ""
    return DateValue(text), ""

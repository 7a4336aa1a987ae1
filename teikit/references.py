"""From the bibliographies of a corpus to records, by the table in ``docs/headers.md``.

An item is cited as itself (``titles``), with ``printed`` for what it was published by and in: the
titles of that are those of the journal or the book it is part of, and there are none for a book.
An item of nothing but free text has no title, for its text is none: it is kept as ``note``.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from teikit.diagnostics import Location
from teikit.facts import Facts
from teikit.header import Agent, DateValue, Text
from teikit.items import Item
from teikit.links import Links
from teikit.people import holder, parties
from teikit.record import Archive, Container, Party, Record

# Item types of CSL 1.0.2 (specification, appendix III).
CSL_TYPES = frozenset(
    """
    article article-journal article-magazine article-newspaper bill book broadcast chapter classic
    collection dataset document entry entry-dictionary entry-encyclopedia event figure graphic
    hearing interview legal_case legislation manuscript map motion_picture musical_score pamphlet
    paper-conference patent performance periodical personal_communication post post-weblog
    regulation report review review-book software song speech standard thesis treaty webpage
    """.split()
)
# What people write in @type: Zotero's names (TEI export), those of BibTeX and BibLaTeX, plain
# words; in lower case and without anything but letters. Names of CSL stand for themselves, but for
# those that mean something else elsewhere (“article”, “collection”).
TYPES: dict[str, str] = {
    **{re.sub("[^a-z]", "", name): name for name in CSL_TYPES},
    **dict.fromkeys(("journalarticle", "article", "periodicalpart"), "article-journal"),
    **dict.fromkeys(("magazinearticle", "magazine"), "article-magazine"),
    **dict.fromkeys(("newspaperarticle", "newspaper", "press"), "article-newspaper"),
    **dict.fromkeys(("monograph", "booklet", "collection", "mvbook", "proceedings"), "book"),
    **dict.fromkeys(("mvcollection", "mvproceedings", "reference", "editedbook"), "book"),
    **dict.fromkeys(("booksection", "inbook", "incollection", "bookinbook", "suppbook"), "chapter"),
    **dict.fromkeys(("conferencepaper", "inproceedings", "conference"), "paper-conference"),
    **dict.fromkeys(("phdthesis", "mastersthesis", "dissertation"), "thesis"),
    **dict.fromkeys(("techreport", "workingpaper"), "report"),
    **dict.fromkeys(("unpublished", "ms", "codex"), "manuscript"),
    **dict.fromkeys(("letter", "email", "instantmessage"), "personal_communication"),
    **dict.fromkeys(("film", "movie", "videorecording", "video"), "motion_picture"),
    **dict.fromkeys(("radiobroadcast", "tvbroadcast", "podcast"), "broadcast"),
    **dict.fromkeys(("online", "electronic", "website", "web"), "webpage"),
    **dict.fromkeys(("blogpost", "blog"), "post-weblog"),
    **dict.fromkeys(("forumpost",), "post"),
    **dict.fromkeys(("encyclopediaarticle", "inreference"), "entry-encyclopedia"),
    **dict.fromkeys(("dictionaryentry",), "entry-dictionary"),
    **dict.fromkeys(("artwork", "painting", "image"), "graphic"),
    **dict.fromkeys(("audiorecording", "music"), "song"),
    **dict.fromkeys(("computerprogram",), "software"),
    **dict.fromkeys(("statute", "law"), "legislation"),
    **dict.fromkeys(("case",), "legal_case"),
    **dict.fromkeys(("presentation", "lecture"), "speech"),
    **dict.fromkeys(("journal",), "periodical"),
    **dict.fromkeys(("misc",), "document"),
}


def bibliography_records(
    links: Links, paths: Iterable[str] = (), *, sources: bool | None = None
) -> Iterator[Record]:
    """The records of all items of the corpus, or of the files at ``paths``, in their order.

    ``sources`` says whether what a header describes as the document's own source counts too: by
    default where files are named; else ``teikit cite`` cites the document itself. Ids are unique
    (:func:`_all`). What is listed again word for word comes once.
    """
    chosen = frozenset(paths)
    own = bool(chosen) if sources is None else sources
    seen: set[Item] = set()
    for facts, item, key in _all(links):
        if (chosen and facts.path not in chosen) or (item.source and not own):
            continue
        bare = replace(item, location=Location(""), list=None)
        if _is_empty(item) or bare in seen:
            continue
        seen.add(bare)
        yield item_record(links, facts, item, key)


def _is_empty(item: Item) -> bool:
    """Whether it says nothing at all; TK613 tells of it."""
    return not (item.citable or item.words or item.notes or item.agents or item.date)


def reference_record(links: Links, key: str) -> Record | None:
    """The record of an item, or None: by its key in ``bibliography_records``, or as an entity."""
    entity = links.entities.get(key)
    for facts, item, name in _all(links):
        known = entity and (facts.path, item.location) == (entity.path, entity.entry.location)
        if name == key or known:
            return None if _is_empty(item) else item_record(links, facts, item, name)
    return None


def _all(links: Links) -> Iterator[tuple[Facts, Item, str]]:
    """Every item of the corpus with its key; the registers first.

    The key is its ``xml:id`` (behind ``document.`` where that is taken), else made of its author,
    year and title, with a number where that is taken. An entry that a register describes comes
    once, however many documents keep a copy of it.
    """
    holding = [facts for facts in links.facts if facts.listed]
    taken = {facts.id for facts in links.facts}
    counted: Counter[str] = Counter()
    for facts in sorted(holding, key=lambda facts: facts.role != "register"):
        for item in facts.items:
            entity = links.entities.get(item.id) if item.id else None
            if entity and entity.path != facts.path and entity.entry.kind == "work":
                continue
            key = item.id
            if not key or key in taken:
                stem = f"{facts.id}.{key}" if key else _derived(item)
                key = stem
                while key in taken:
                    counted[stem] += 1
                    key = f"{stem}-{counted[stem] + 1}"
            taken.add(key)
            yield facts, item, key


# Words that a title may begin with and that tell nothing of it.
_ARTICLES = frozenset(
    "the a an der die das ein eine le la les un une l el los il lo gli o и в".split()
)


def _derived(item: Item) -> str:
    """``tolstoy-1869-war``: the first author's family name, the year, a word of the title.

    Of what has neither author nor title, the keeper and the shelfmark: ``rgaspi-17-171-139``.
    """
    if item.shelfmark and not item.titles and not item.agents:
        keeper = item.repository.name if item.repository else ""
        return "-".join(filter(None, map(_slug, (keeper, *(value for _, value in item.shelfmark)))))
    author = next((agent for agent in (*item.agents, *item.host_agents)), None)
    family = ""
    if author:
        part = next((text for element, text in author.parts if element == "surname"), "")
        before, comma, _ = author.name.partition(",")
        family = part or (before if comma else (author.name.split() or [""])[-1])
    title = next((title.text for title in (*item.titles, *item.host_titles)), item.words)
    telling = [word for word in re.findall(r"\w+", title) if word.lower() not in _ARTICLES]
    year = re.match(r"\d+", item.date.earliest) if item.date else None
    parts = (family, year[0] if year else "", *telling[:1])
    return "-".join(filter(None, map(_slug, parts))) or "item"


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold()
    kept = "".join(char for char in plain if not unicodedata.combining(char))
    return re.sub(r"\W+", "-", kept).strip("-_")


# -- one record ----------------------------------------------------------------------------------


def item_record(links: Links, facts: Facts, item: Item, key: str) -> Record:
    """The record of an item that a file describes."""
    kind = item_type(item)
    titles, hosts = item.titles, item.host_titles
    if not titles and hosts:
        titles, hosts = hosts, ()
    agents = (*item.agents, *(() if item.host_titles else item.host_agents))
    notes = [*item.notes, *_unnamed(item)]
    if item.words:
        notes = [note for note in notes if note.partition(": ")[2] not in item.words]
        notes.insert(0, item.words)
    for agent in (*item.agents, *item.host_agents):
        if agent.role not in _ROLES:
            notes.append(f"{agent.role}: {agent.name}")
    for agent in item.host_agents if hosts else ():
        if agent.role in ("author", "translator") and agent.name not in _names(item.agents):
            notes.append(f"{agent.role} of “{hosts[0].text}”: {agent.name}")
    printed = _container(links, facts, item, part=bool(hosts))
    archived = item.repository or item.collection or (item.shelfmark and not printed)
    if item.shelfmark and not archived:  # where a library keeps its copy
        notes += [f"{name}: {value}" for name, value in item.shelfmark]
    return Record(
        id=key,
        type=kind,
        language=item.language,
        titles=titles,
        subtitles=item.subtitles,
        authors=_in(links, facts, agents, "author"),
        recipients=_in(links, facts, agents, "recipient"),
        translators=_in(links, facts, agents, "translator"),
        editors=_in(links, facts, agents, "editor"),
        date=item.date,
        date_cert=item.cert,
        genre=_genre(item),
        archive=Archive(
            holder(links, facts, item.repository),
            holder(links, facts, item.settlement),
            (item.collection,) if item.collection else (),
            item.shelfmark,
        )
        if archived
        else None,
        printed=printed,
        url=item.address,
        doi=_doi(item),
        note="; ".join(dict.fromkeys(notes)),
    )


def printed_source(links: Links, facts: Facts) -> Container | None:
    """What a file says that its text was printed in: the first ``biblStruct`` of ``sourceDesc``.

    None where its header names no such thing. Its titles are those of the book or the journal.
    """
    item = next((one for one in facts.items if one.source and one.element == "biblStruct"), None)
    if item is None or not (item.host_titles or item.titles):
        return None
    found = _container(links, facts, item, part=bool(item.host_titles))
    if found is None:
        found = Container()
    titles = found.titles or item.titles
    editors = found.editors or _in(links, facts, item.agents, "editor")
    return replace(found, titles=titles, editors=editors, url=item.address)


_ROLES = ("author", "editor", "translator", "recipient")


def _names(agents: Sequence[Agent]) -> frozenset[str]:
    return frozenset(agent.name for agent in agents)


def _in(links: Links, facts: Facts, agents: Iterable[Agent], role: str) -> tuple[Party, ...]:
    return parties(links, facts, (agent for agent in agents if agent.role == role))


def _genre(item: Item) -> tuple[Text, ...]:
    return (Text(item.genre, item.language),) if item.genre else ()


def _container(links: Links, facts: Facts, item: Item, *, part: bool) -> Container | None:
    """What an item was published by and in; None where nothing says that it was published."""
    found = Container(
        titles=item.host_titles if part else (),
        editors=_in(links, facts, item.host_agents, "editor") if part else (),
        publisher=item.publisher,
        place=item.place,
        pages=item.pages,
        volume=item.volume,
        issue=item.issue,
        series=item.series,
        edition=item.edition,
        isbn=_identifier(item, "isbn"),
        issn=_identifier(item, "issn"),
    )
    if found == Container():
        return None
    return replace(found, date=_printed_on(item.date))


def _printed_on(date: DateValue | None) -> str:
    """A date as containers state it: ISO 8601, both ends of a span, or the words of the source."""
    if date is None:
        return ""
    ends = dict.fromkeys((date.earliest, date.latest))
    return "/".join(filter(None, ends)) or date.text


def _identifier(item: Item, kind: str) -> str:
    return next((value for name, value in item.identifiers if name.lower() == kind), "")


def _doi(item: Item) -> str:
    stated = _identifier(item, "doi")
    if not stated:
        found = re.match(r"https?://(?:dx\.)?doi\.org/(10\..+)", item.address)
        return found[1] if found else ""
    return re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", stated, flags=re.I)


def _unnamed(item: Item) -> Iterator[str]:
    """The identifiers that a record has no field for."""
    for kind, value in item.identifiers:
        if kind.lower() not in ("doi", "isbn", "issn"):
            yield f"{kind}: {value}" if kind else value


def item_type(item: Item) -> str:
    """The CSL type: by ``@type`` where it is a known word, else by the structure."""
    stated = TYPES.get(re.sub("[^a-z]", "", item.type.lower()))
    if stated:
        return stated
    if item.element == "msDesc" or (item.shelfmark and not item.publisher):
        return "manuscript"
    journal = item.host_level == "j" or (item.host_titles and _identifier(item, "issn"))
    if item.titles and item.host_titles:
        return "article-journal" if journal else "chapter"
    level = item.level if item.titles else item.host_level
    if level == "a":
        return "article-journal" if item.issue or item.volume else "document"
    if level in ("j", "u"):
        return {"j": "periodical", "u": "manuscript"}[level]
    published = item.publisher or item.place or item.edition or _identifier(item, "isbn")
    if level in ("m", "s") or item.element == "biblStruct" or published:
        return "book"
    return "webpage" if item.address and not item.date else "document"

"""The index: what each file says, read once, as plain values.

:func:`read_facts` is a pure function of one document, so that it can run in any process and be
remembered by the hash of the file. All verbs read these facts; none reads the tree again for them.
"""

from __future__ import annotations

import fnmatch
import posixpath
from collections.abc import Iterator
from functools import partial

from lxml import etree

from teikit.bonds import read_bonds
from teikit.canonical import Reader, pattern_problems, read_references
from teikit.claims import read_claims
from teikit.config import CorpusConfig
from teikit.corpus import Document, attributes, base_of
from teikit.entries import read_entries, read_idno, read_relations
from teikit.facts import Anchor, Body, DateUse, Facts, Mention, Pointer, PrefixDefinition, Surface
from teikit.figures import in_gloss, read_said, read_ties
from teikit.fragments import tokens
from teikit.header import DATE_ATTRIBUTES, language, read_header
from teikit.holdings import read_holdings, read_shelfmarks
from teikit.itemlists import read_items
from teikit.names import ENTITY_KINDS, NS, XML_BASE, XML_ID, is_pointer, local
from teikit.passages import (
    cite_problems,
    key_of,
    read_units,
    unit_elements,
)
from teikit.text import Words, is_note, snippet, words
from teikit.wording import read_wordings

_INCLUDE = "{http://www.w3.org/2001/XInclude}include"
_FALLBACK = "{http://www.w3.org/2001/XInclude}fallback"
# Where @key is the name of a piece of a schema (ODD) or of a role, not of an entity.
_OTHER_KEYS = frozenset(
    "classRef dataRef elementRef macroRef memberOf moduleRef resp schemaRef specDesc".split()
)


def read_facts(document: Document, settings: CorpusConfig) -> tuple[Surface, Body]:
    """The facts of one document. ``settings`` says which files are registers."""
    entries = tuple(read_entries(document))
    units = read_units(document)
    running = {element: Words(element) for element in unit_elements(document.root)}
    figures, notes, inner = read_said(document, running)
    role = _role(document, settings, bool(entries), bool(units))
    anchors, pointers, dates, identifiers, keyed = [], [], [], [], []
    reader = Reader(document)
    includes = []
    keys: dict[str, None] = {}
    in_entries = {item.location for entry in entries for item in entry.identifiers}
    for element in document.root.iter("{*}*"):
        name = local(element.tag)
        for attribute, value in attributes(element).items():
            plain = local(attribute)
            if attribute == XML_ID:
                anchors.append(Anchor(value, name, document.locate(element, attribute)))
            elif plain == attribute and is_pointer(name, attribute):
                location, base = document.locate(element, attribute), base_of(element)
                pointers += [
                    Pointer(token, attribute, name, base, location, _selects(reader, token, base))
                    for token in tokens(value)
                ]
            elif element.tag == _INCLUDE and attribute == "href" and value.strip():
                includes.append(value.strip())
                if element.find(_FALLBACK) is None:
                    where = document.locate(element, attribute)
                    # The base of an inclusion is that of the element itself (XInclude 4.2).
                    pointers.append(
                        Pointer(value.strip(), attribute, name, base_of(element), where)
                    )
            elif attribute.removesuffix("-iso") in DATE_ATTRIBUTES:
                dates.append(DateUse(attribute, value, document.locate(element, attribute)))
            elif attribute == "key":
                keys.update(dict.fromkeys(value.split()))
                if name not in _OTHER_KEYS and value.strip():
                    where = document.locate(element, attribute)
                    keyed.append(Pointer(value.strip(), attribute, name, "", where))
        if name == "idno":
            stated = read_idno(document, element)
            if stated.location not in in_entries and stated.known:
                identifiers.append(stated)
    items = tuple(read_items(document))
    surface = Surface(
        path=document.path,
        id=document.id,
        role=role,
        lang=_language(document.root),
        header=read_header(document.root),
        ids=tuple((anchor.id, anchor.element) for anchor in anchors),
        entries=entries,
        prefixes=tuple(
            PrefixDefinition(
                node.get("ident", ""),
                node.get("matchPattern", ""),
                node.get("replacementPattern", ""),
                document.locate(node),
            )
            for node in document.root.iterfind(".//tei:prefixDef", NS)
        ),
        location=document.locate(document.root),
        base=document.root.get(XML_BASE, ""),
        includes=tuple(includes),
        emendations=sum(
            choice.find("tei:sic", NS) is not None and choice.find("tei:corr", NS) is not None
            for choice in document.root.iterfind("tei:text//tei:choice", NS)
        ),
        listed=len(items),
    )
    body = Body(
        anchors=tuple(anchors),
        pointers=tuple(pointers),
        units=units,
        mentions=() if role == "register" else tuple(_mentions(document, running)),
        dates=tuple(dates),
        relations=tuple(read_relations(document)),
        keys=tuple(keys),
        identifiers=tuple(identifiers),
        cite_problems=tuple(cite_problems(document)),
        pattern_problems=tuple(pattern_problems(document)),
        references=tuple(read_references(document, reader)),
        keyed=tuple(keyed),
        bonds=tuple(read_bonds(document)),
        figures=figures,
        notes=notes,
        inner=inner,
        ties=tuple(read_ties(document)),
        shelfmarks=tuple(read_shelfmarks(document)),
        holdings=tuple(read_holdings(document)),
        wordings=() if role == "register" else read_wordings(document, running, units, notes),
        claims=() if role == "register" else tuple(read_claims(document)),
        items=items,
    )
    return surface, body


def facts_of(document: Document, settings: CorpusConfig) -> Facts:
    """The facts of a document that is at hand, held in memory."""
    surface, body = read_facts(document, settings)
    return Facts.of(surface, partial(getattr, body))


def _role(document: Document, settings: CorpusConfig, entries: bool, units: bool) -> str:
    if document.path == settings.edition:
        return "edition"
    if any(_fits(document.path, pattern) for pattern in settings.pages):
        return "page"
    if any(fnmatch.fnmatch(document.path, pattern) for pattern in settings.registers):
        return "register"
    if not entries:
        # Links that stand by themselves are no text either.
        only_links = document.root.find("tei:standOff/tei:linkGrp", NS) is not None
        has_text = document.root.find("tei:text", NS) is not None
        return "register" if only_links and not has_text and not units else "document"
    # A file that lists entities and says nothing else is a register, wherever its lists stand.
    lists = frozenset().union(*(kind.lists for kind in ENTITY_KINDS))
    only_lists = all(
        local(unit.tag) in lists or local(unit.tag) == "head"
        for unit in unit_elements(document.root)
    )
    return "register" if not units or only_lists else "document"


def _fits(path: str, pattern: str) -> bool:
    """Whether a pattern names a file; ``**/`` in it may stand for no folder at all."""
    plain = posixpath.normpath(pattern)
    return any(fnmatch.fnmatch(path, item) for item in (plain, plain.replace("**/", "")))


def _language(root: etree._Element) -> str:
    text = root.find("tei:text", NS)
    if text is not None and (lang := language(text)):
        return lang
    stated = root.find("tei:teiHeader/tei:profileDesc/tei:langUsage/tei:language", NS)
    return language(root) or ("" if stated is None else stated.get("ident", ""))


def _selects(reader: Reader, token: str, base: str) -> bool:
    """Whether the XPath of a pointer into its own file selects something there."""
    return base != "" or not token.startswith("#xpath(") or reader.selects(token[1:])


def _mentions(document: Document, texts: dict[etree._Element, Words]) -> Iterator[Mention]:
    """Everything in the text that points by ``@ref`` or ``@key``, in document order."""
    lists = frozenset().union(*(kind.lists for kind in ENTITY_KINDS))
    for unit, running in texts.items():
        if local(unit.tag) in lists:
            continue
        key = key_of(unit)
        notes: dict[etree._Element, Words] = {}
        for element in unit.iter("{*}*"):
            value = element.get("ref") or element.get("key")
            if not value:
                continue
            note = next(
                (node for node in (element, *element.iterancestors()) if is_note(node)), None
            )
            if note is not None and note not in notes:
                notes[note] = Words(note)
            text = running if note is None else notes[note]
            if element not in text.spans:
                continue  # it stands in the alternative that this reading does not show
            before, hit, after = snippet(text.text, *text.spans[element])
            yield Mention(
                tuple(value.split()),
                local(element.tag),
                key,
                language(element),
                before,
                hit or words(element),
                after,
                note is not None,
                document.locate(element),
                within=tuple(
                    token
                    for node in element.iterancestors()
                    for token in (node.get("ref") or node.get("key") or "").split()
                ),
                gloss=in_gloss(element),
                cert=element.get("cert", ""),
            )

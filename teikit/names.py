"""Names of the TEI and XML vocabularies that more than one module needs, as data."""

from __future__ import annotations

import re
from dataclasses import dataclass

TEI = "http://www.tei-c.org/ns/1.0"
XML = "http://www.w3.org/XML/1998/namespace"
FACTS = "urn:x-teikit:facts"

XML_ID = f"{{{XML}}}id"
XML_LANG = f"{{{XML}}}lang"
XML_BASE = f"{{{XML}}}base"
NS = {"tei": TEI, "t": FACTS}


# An XML name without a colon, near enough (XML 1.0, section 2.3; Namespaces in XML, section 3).
NAME = re.compile(r"[^\W\d][\w.\-·]*")


def tei(name: str) -> str:
    """The Clark name ``{namespace}name`` of a TEI element."""
    return f"{{{TEI}}}{name}"


def local(tag: object) -> str:
    """The local name of an lxml tag; the empty string for comments and processing instructions."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# Attributes whose datatype is teidata.pointer in TEI P5 4.9.0a: token by token a URI reference.
# The value names the elements on which the attribute is one, None meaning all.
# (Guidelines, appendix B; a test derives the same table from p5subset.xml.)
POINTER_ATTRIBUTES: dict[str, frozenset[str] | None] = {
    **dict.fromkeys(
        _words("""
        adj adjFrom adjTo ana calendar change children copyOf corresp datcat datingMethod
        datingPoint decls domains edRef end exclude fVal facs feats filter follow fromUnit
        given hand inst lemmaRef mergedIn mutual next nymRef origin parent parts perf period
        prev property ref rendition replyTo resp sameAs scribeRef scriptRef select since
        source spanTo synch target targetDatcat targetEnd toUnit toWhom unitRef uri url
        valueDatcat who wit
        """)
    ),
    "active": frozenset({"relation"}),
    "class": frozenset({"msDesc", "msPart", "msFrag", "msContents", "msItem", "msItemStruct"}),
    "code": frozenset({"occupation", "socecStatus"}),
    "from": frozenset({"app", "arc", "rt"}),
    "new": frozenset({"handShift"}),
    "passive": frozenset({"relation"}),
    "scheme": frozenset({"catRef", "classCode", "keywords"}),
    "to": frozenset({"app", "arc", "rt"}),
    "value": frozenset({"eLeaf", "eTree", "iNode", "leaf", "node", "root", "triangle"}),
}


def is_pointer(element: str, attribute: str) -> bool:
    """Whether the TEI types this attribute of this element (local names) as pointers."""
    if attribute not in POINTER_ATTRIBUTES:
        return False
    elements = POINTER_ATTRIBUTES[attribute]
    return elements is None or element in elements


@dataclass(frozen=True, slots=True)
class EntityKind:
    """One kind of register entry.

    ``entries`` are the elements that describe one such entity, ``names`` the elements that name it
    inside an entry, ``mentions`` the elements that mention it in running text (``rs`` and ``name``
    mention any kind, by what they point to).
    """

    kind: str
    entries: frozenset[str]
    names: frozenset[str]
    mentions: frozenset[str]
    lists: frozenset[str]


ENTITY_KINDS: tuple[EntityKind, ...] = (
    EntityKind(
        "person",
        frozenset({"person", "personGrp"}),
        frozenset({"persName", "name"}),
        frozenset({"persName", "author", "editor"}),
        frozenset({"listPerson", "particDesc"}),
    ),
    EntityKind(
        "place",
        frozenset({"place"}),
        frozenset({"placeName", "name", "settlement", "region", "country", "geogName"}),
        frozenset(
            {"placeName", "settlement", "region", "country", "geogName", "district", "pubPlace"}
        ),
        frozenset({"listPlace"}),
    ),
    EntityKind(
        "org",
        frozenset({"org"}),
        frozenset({"orgName", "name"}),
        frozenset({"orgName", "repository"}),
        frozenset({"listOrg"}),
    ),
    EntityKind(
        "work",
        frozenset({"bibl", "biblStruct", "biblFull", "msDesc"}),
        frozenset({"title"}),
        frozenset({"title"}),
        frozenset({"listBibl"}),
    ),
    EntityKind(
        "event",
        frozenset({"event"}),
        frozenset({"eventName", "label", "head", "name"}),
        frozenset({"eventName"}),
        frozenset({"listEvent"}),
    ),
)

KIND_OF_ENTRY: dict[str, EntityKind] = {
    element: kind for kind in ENTITY_KINDS for element in kind.entries
}

# Elements that only hold others: what stands directly inside them is a unit of the text.
DIVISIONS = frozenset(
    {"text", "front", "body", "back", "group", "floatingText"}
    | {"div"}
    | {f"div{number}" for number in range(1, 8)}
)

# Elements that begin and end a stretch of words: no word runs across their borders. Elements that
# may stand either way (q, quote, note, bibl, label) are inline here.
BLOCKS = DIVISIONS | frozenset(
    _words("""
        ab addrLine address argument byline castGroup castItem castList cell closer dateline
        docAuthor docDate docImprint docTitle epigraph event figure head imprimatur item l lg
        list listBibl opener org p person place postscript row salute set sp speaker stage
        table titlePage titlePart trailer
        """)
)

# Elements whose borders end a word although they stand inside a line.
BREAKS = frozenset({"lb", "cb", "pb", "gb", "milestone", "space"})

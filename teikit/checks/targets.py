"""Targets: an attribute points to an element that can play the part (Guidelines, appendix B)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from teikit.diagnostics import RULES, Diagnostic
from teikit.facts import Facts, Pointer
from teikit.links import Links, mention_kind


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SOMEBODY = _set("""
    actor author authority castGroup castItem character editor funder listOrg listPerson name
    nym org orgName particDesc person personGrp persName persona principal publisher resp
    respStmt role rs speaker sponsor distributor handNote application item label abbr
    """)
_SOURCE = _set("bibl biblFull biblStruct listBibl msDesc msPart msFrag edition recording")
_DECLARABLE = _set("""
    abstract annotation availability bibl biblFull biblStruct broadcast correction correspDesc
    editorialDecl equipment geoDecl hyphenation interpretation langUsage listApp listBibl
    listEvent listNym listObject listOrg listPerson listPlace metDecl msDesc normalization
    object particDesc projectDesc punctuation quotation recording refsDecl samplingDecl
    scriptStmt segmentation seriesStmt settingDesc sourceDesc stdVals styleDefDecl textClass
    textDesc transcriptionDesc xenoData
    """)
_SOMEWHERE = _set("""
    place placeName listPlace region country settlement district bloc geogName location org
    building name rs object nym item category label
    """)

# What may be pointed to by an attribute; by one on a certain element only, where it is named.
# Attributes that are not here may point to anything.
ALLOWED: dict[tuple[str, str], frozenset[str]] = {
    ("", "who"): _SOMEBODY,
    ("", "toWhom"): _SOMEBODY,
    ("", "resp"): _SOMEBODY | _SOURCE | _set("handShift revisionDesc change"),
    ("", "scribeRef"): _SOMEBODY,
    ("", "hand"): _set("handNote handNotes handShift handDesc scriptNote hand listPerson person"),
    ("", "scriptRef"): _set("scriptNote scriptDesc"),
    ("", "wit"): _SOURCE | _set("witness listWit TEI text object idno"),
    ("", "rendition"): _set("rendition"),
    ("", "decls"): _DECLARABLE,
    ("", "calendar"): _set("calendar"),
    ("", "datingMethod"): _set("calendar category"),
    ("", "unitRef"): _set("unitDef"),
    ("", "edRef"): _SOURCE | _set("witness sourceDesc editor respStmt TEI"),
    ("", "nymRef"): _set("nym listNym") | _SOMEBODY | _SOMEWHERE,
    ("", "change"): _set("change listChange"),
    ("", "where"): _SOMEWHERE,
    ("catRef", "target"): _set("category taxonomy catDesc"),
    ("", "scheme"): _SOURCE | _set("taxonomy category"),
    ("persName", "ref"): _SOMEBODY,
    ("orgName", "ref"): _SOMEBODY,
    ("placeName", "ref"): _SOMEWHERE,
}
# What to name first of the elements that are allowed.
_SHOWN = {
    "who": ("person", "org", "role"),
    "toWhom": ("person", "org", "role"),
    "resp": ("respStmt", "person", "org"),
    "scribeRef": ("person", "org"),
    "hand": ("handNote",),
    "wit": ("witness", "msDesc", "bibl"),
    "decls": ("sourceDesc", "editorialDecl", "textClass"),
    "edRef": ("bibl", "witness"),
    "nymRef": ("nym",),
    "where": ("place",),
    "change": ("change",),
    "scheme": ("taxonomy",),
    "target": ("category",),
    "datingMethod": ("calendar",),
    "persName": ("person",),
    "orgName": ("org",),
    "placeName": ("place",),
}
# So much of an attribute makes a habit: the corpus has its own idea of what it means.
_HABIT = 10


def check(links: Links) -> Iterator[Diagnostic]:
    """TK205: a name points to another kind of entry. TK214: an element of another kind."""
    odd: list[tuple[Pointer, str, str]] = []
    used: Counter[tuple[str, str]] = Counter()
    strange: Counter[tuple[str, str, str]] = Counter()
    for facts in links.facts:
        for pointer in facts.pointers:
            key = (pointer.element, pointer.attribute)
            allowed = ALLOWED.get(key) or ALLOWED.get(("", pointer.attribute))
            if allowed is None and pointer.attribute != "ref":
                continue
            target = links.resolve(facts.path, pointer.token, pointer.base)
            if target.state != "resolved" or not target.id:
                continue
            wrong = list(_entry_kind(links, facts, pointer))
            yield from wrong
            if allowed is None or wrong:
                continue
            element = links.resolver.element(target.path, target.id)
            used[key] += 1
            if element and element not in allowed:
                strange[(*key, element)] += 1
                odd.append((pointer, element, target.path))
    for pointer, element, path in odd:
        of = (pointer.element, pointer.attribute)
        if strange[(*of, element)] >= _HABIT and 2 * strange[(*of, element)] > used[of]:
            continue
        yield _odd(pointer, element, path)


def _odd(pointer: Pointer, element: str, path: str) -> Diagnostic:
    of = (pointer.element, pointer.attribute)
    allowed = ALLOWED.get(of) or ALLOWED["", pointer.attribute]
    name = pointer.element if pointer.attribute == "ref" else pointer.attribute
    shown = _SHOWN.get(name, tuple(sorted(allowed)))
    where = "" if path == pointer.location.path else f" in {path}"
    return RULES["TK214"].at(
        pointer.location,
        f"@{pointer.attribute} of <{pointer.element}> points to “{pointer.token}”: "
        f"that is a <{element}>{where}",
        expected=shown,
        hints=(f"point to a {' or '.join(f'<{item}>' for item in shown[:3])}",),
    )


def _entry_kind(links: Links, facts: Facts, pointer: Pointer) -> Iterator[Diagnostic]:
    wanted = mention_kind(pointer.element) if pointer.attribute == "ref" else ""
    entity = links.entity(facts.path, pointer.token, pointer.base) if wanted else None
    if entity and entity.entry.kind != wanted:
        yield RULES["TK205"].at(
            pointer.location,
            f"<{pointer.element}> names a {wanted}, but “{pointer.token}” is a "
            f"{entity.entry.kind}: {entity.entry.name(facts.lang)}",
            expected=(wanted,),
            hints=("point to another entry, or use the element for that kind, or rs",),
        )

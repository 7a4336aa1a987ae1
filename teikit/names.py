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
    "where": frozenset({"conversion", "event"}),
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
        frozenset({"listPlace", "settingDesc"}),
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
        line list listBibl opener org p person place postscript row salute set sp speaker stage
        surface table titlePage titlePart trailer zone
        """)
)

# Elements whose borders end a word although they stand inside a line.
BREAKS = frozenset({"lb", "cb", "pb", "gb", "milestone", "space"})

# All elements of TEI P5 4.9.0a, so that a name missing from a schema can be told from a slip.
# (Guidelines, appendix C; a test derives the same list from p5subset.xml.)
TEI_ELEMENTS = frozenset(
    _words("""
        TEI ab abbr abstract accMat acquisition activity actor add addName addSpan additional
        additions addrLine address adminInfo affiliation age alt altGrp altIdent altIdentifier
        alternate am analytic anchor annotation annotationBlock anyElement app appInfo
        application arc argument att attDef attList attRef author authority availability back
        bibl biblFull biblScope biblStruct bicond binary binaryObject binding bindingDesc birth
        bloc body broadcast byline c cRefPattern caesura calendar calendarDesc camera caption
        case castGroup castItem castList catDesc catRef catchwords category cb cell certainty
        change channel char charDecl choice cit citeData citeStructure citedRange cl classCode
        classDecl classRef classSpec classes climate closer code collation collection colloc
        colophon cond condition constitution constraint constraintSpec content conversion corr
        correction correspAction correspContext correspDesc country creation custEvent
        custodialHist damage damageSpan dataFacet dataRef dataSpec datatype date dateline death
        decoDesc decoNote def default defaultVal del delSpan depth derivation desc dictScrap dim
        dimensions distinct distributor district div div1 div2 div3 div4 div5 div6 div7 divGen
        docAuthor docDate docEdition docImprint docTitle domain eLeaf eTree edition editionStmt
        editor editorialDecl education eg egXML elementRef elementSpec ellipsis email emph empty
        encodingDesc entry entryFree epigraph epilogue equipment equiv etym event eventName ex
        exemplum expan explicit extent f fDecl fDescr fLib facsimile factuality faith figDesc
        figure fileDesc filiation finalRubric floatingText floruit foliation foreign forename
        forest form formula front fs fsConstraints fsDecl fsDescr fsdDecl fsdLink funder fvLib
        fw g gap gb gen genName gender geo geoDecl geogFeat geogName gi gloss glyph gram gramGrp
        graph graphic group handDesc handNote handNotes handShift head headItem headLabel height
        heraldry hi history hom hyph hyphenation iNode iType ident idno if iff imprimatur
        imprint incident incipit index institution interaction interp interpGrp interpretation
        item join joinGrp keywords kinesic l label lacunaEnd lacunaStart lang langKnowledge
        langKnown langUsage language layout layoutDesc lb lbl leaf lem lg licence line link
        linkGrp list listAnnotation listApp listBibl listChange listEvent listForest listNym
        listObject listOrg listPerson listPlace listPrefixDef listRef listRelation listTranspose
        listWit localProp locale location locus locusGrp m macroRef macroSpec mapping material
        measure measureGrp media meeting memberOf mentioned metDecl metSym metamark milestone
        mod model modelGrp modelSequence moduleRef moduleSpec monogr mood move msContents msDesc
        msFrag msIdentifier msItem msItemStruct msName msPart musicNotation name nameLink
        namespace nationality node normalization notatedMusic note noteGrp notesStmt num number
        numeric nym oRef object objectDesc objectIdentifier objectName objectType occupation
        offset opener org orgName orig origDate origPlace origin orth outputRendition p pRef
        param paramList paramSpec particDesc path pause pb pc per performance persName
        persPronouns person personGrp persona phr physDesc place placeName population pos post
        postBox postCode postscript precision prefixDef preparedness principal profileDesc
        projectDesc prologue pron provenance ptr pubPlace publicationStmt publisher punctuation
        purpose q quotation quote rb rdg rdgGrp re recordHist recording recordingStmt redo ref
        refState refsDecl reg region relatedItem relation remarks rendition repository residence
        resp respStmt respons restore retrace revisionDesc rhyme role roleDesc roleName root row
        rs rt rubric ruby s said salute samplingDecl schemaRef schemaSpec scriptDesc scriptNote
        scriptStmt seal sealDesc secFol secl seg segmentation sense sequence series seriesStmt
        set setting settingDesc settlement sex shift sic signatures signed soCalled socecStatus
        sound source sourceDesc sourceDoc sp spGrp space span spanGrp speaker specDesc specGrp
        specGrpRef specList sponsor stage stamp standOff state stdVals street stress string
        styleDefDecl subc subst substJoin summary superEntry supplied support supportDesc
        surface surfaceGrp surname surplus surrogates syll symbol table tag tagUsage tagsDecl
        taxonomy tech teiCorpus teiHeader term terrain text textClass textDesc textLang textNode
        then time timeline title titlePage titlePart titleStmt tns trailer trait
        transcriptionDesc transpose tree triangle typeDesc typeNote u unclear undo unicodeProp
        unihanProp unit unitDecl unitDef usg vAlt vColl vDefault vLabel vMerge vNot vRange val
        valDesc valItem valList variantEncoding view vocal w watermark when width wit witDetail
        witEnd witStart witness writing xenoData xr zone
        """)
)

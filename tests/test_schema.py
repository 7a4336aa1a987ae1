"""The schema admits the documents of the edition, the next ones, and little else."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from time import perf_counter

import pytest
from lxml import etree

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = ROOT / "schema" / "edition.rng"
FILES = sorted((ROOT / "tei").glob("*.xml"))
REFERENCE = ROOT.parent / "shared" / "tei"

TEI = "{http://www.tei-c.org/ns/1.0}"
RNG = "{http://relaxng.org/ns/structure/1.0}"

# Elements that no document has yet, and that the next ones want: letters, an appeal, lists of
# persons with their lives.
LETTERS = ["salute", "postscript", "list", "item", "label", "lg", "l"]
STATE_OF_THE_TEXT = ["gap", "supplied", "unclear", "hi", "pb"]
LIVES = ["sex", "education", "affiliation", "residence", "state", "trait", "listEvent", "event"]
RELATIONS = ["listRelation", "relation"]
NEXT = {*LETTERS, *STATE_OF_THE_TEXT, *LIVES, *RELATIONS}

needs_reference = pytest.mark.skipif(
    not REFERENCE.is_dir(), reason="the TEI P5 reference files (../shared/tei) are not here"
)


# --- A document and a register that are as small as the schema lets them be ----------------------

HEADER = """
  <teiHeader>
    <fileDesc>
      <titleStmt><title type="main" xml:lang="fr">Lettre</title></titleStmt>
      <publicationStmt>
        <publisher>teikit</publisher>
        <date when="2026">2026</date>
        <availability status="free"><p>Libre.</p></availability>
      </publicationStmt>
      <notesStmt><relatedItem type="enclosure" target="d08-fr.xml#d08-fr"/></notesStmt>
      <sourceDesc><p>Pour essai.</p></sourceDesc>
    </fileDesc>
    <revisionDesc><change when="2026-11-23" who="edition.xml#ed">Créé.</change></revisionDesc>
  </teiHeader>"""

DOCUMENT = f"""
<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="d09-fr" xml:lang="fr">{HEADER}
  <text>
    <body>
      <head xml:id="d09-fr.head">Lettre à <persName ref="persons.xml#a">A.</persName></head>
      <p xml:id="d09-fr.1" n="1" corresp="d09-ru.xml#d09-ru.1">Un
        <choice><sic>mt</sic><corr cert="high" resp="edition.xml#ed">mot</corr></choice>.<note
        xml:id="d09-fr.note1" type="text" resp="edition.xml#ed">Une note.</note></p>
      <closer xml:id="d09-fr.closer"><signed>B.</signed></closer>
    </body>
  </text>
</TEI>
"""

REGISTER = f"""
<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="persons" xml:lang="fr">{HEADER}
  <standOff>
    <listPerson>
      <person xml:id="a">
        <persName xml:lang="fr" type="main">A.</persName>
        <birth when="1873"/>
      </person>
    </listPerson>
  </standOff>
</TEI>
"""

PARAGRAPH = '<p xml:id="d09-fr.1" n="1" corresp="d09-ru.xml#d09-ru.1">'
CLOSER = '<closer xml:id="d09-fr.closer">'
SIGNED = "<signed>B.</signed>"
BIRTH = '<birth when="1873"/>'


def replaced(source: str, old: str, new: str) -> str:
    assert source.count(old) == 1, f"{old!r} is there {source.count(old)} times"
    return source.replace(old, new)


# --- What the schemas say ------------------------------------------------------------------------


@cache
def schema(path: Path = SCHEMA) -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(path))


def faults(source: str, path: Path = SCHEMA) -> list[str]:
    validator = schema(path)
    validator.validate(etree.fromstring(source))
    return [f"line {entry.line}: {entry.message}" for entry in validator.error_log]


@cache
def defines() -> dict[str, etree._Element]:
    return {define.get("name"): define for define in etree.parse(SCHEMA).iter(f"{RNG}define")}


def elements() -> Iterator[etree._Element]:
    return (node for define in defines().values() for node in define.iterchildren(f"{RNG}element"))


def attributes(node: etree._Element) -> set[str]:
    """The names of the attributes that a pattern gives to its element, not to the children."""
    names: set[str] = set()
    for child in node.iterchildren(f"{RNG}*"):
        if child.tag == f"{RNG}attribute":
            names.add(child.get("name"))
        elif child.tag == f"{RNG}ref":
            target = defines()[child.get("name")]
            if target.find(f"{RNG}element") is None:
                names |= attributes(target)
        else:
            names |= attributes(child)
    return names


@cache
def tei_attributes() -> dict[str, set[str]]:
    """For each element of TEI P5, the attributes it has of its own and from its classes."""
    subset = etree.parse(REFERENCE / "p5subset.xml")
    specs = {
        spec.get("ident"): spec for spec in subset.iter(f"{TEI}classSpec", f"{TEI}elementSpec")
    }

    @cache
    def of(ident: str) -> frozenset[str]:
        if ident not in specs:
            return frozenset()
        own = (att.get("ident") for att in specs[ident].iter(f"{TEI}attDef"))
        classes = (member.get("key") for member in specs[ident].iter(f"{TEI}memberOf"))
        return frozenset(own).union(*(of(key) for key in classes))

    return {
        ident: set(of(ident)) for ident, spec in specs.items() if spec.tag == f"{TEI}elementSpec"
    }


# --- The documents -------------------------------------------------------------------------------


def test_there_are_documents_to_validate() -> None:
    assert FILES


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_file_of_the_edition_is_valid(path: Path) -> None:
    assert faults(path.read_bytes()) == []


@pytest.mark.parametrize("source", [DOCUMENT, REGISTER], ids=["a document", "a register"])
def test_a_minimal_file_is_valid(source: str) -> None:
    assert faults(source) == []


# --- No more than the documents need -------------------------------------------------------------


def test_every_element_of_the_schema_is_used_or_wanted_by_the_next_documents() -> None:
    used = {
        etree.QName(node).localname for path in FILES for node in etree.parse(path).iter(f"{TEI}*")
    }
    assert {element.get("name") for element in elements()} - used - NEXT == set()


def test_every_element_that_the_next_documents_want_is_in_the_schema() -> None:
    assert NEXT - {element.get("name") for element in elements()} == set()


def test_the_schema_loads_in_a_fifth_of_a_second() -> None:
    started = perf_counter()
    etree.RelaxNG(etree.parse(SCHEMA))
    assert perf_counter() - started < 0.2


def test_every_define_can_be_reached() -> None:
    reached: set[str] = set()
    waiting = ["TEI"]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += [ref.get("name") for ref in defines()[name].iter(f"{RNG}ref")]
    assert set(defines()) == reached


def test_a_define_is_named_after_its_element() -> None:
    for name, define in defines().items():
        element = define.find(f"{RNG}element")
        if element is not None:
            assert name.partition(".")[0] == element.get("name")


@needs_reference
def test_every_element_and_attribute_of_the_schema_is_tei() -> None:
    known = tei_attributes()
    strangers = [
        f"{name}/@{attribute}"
        for element in elements()
        for name in [element.get("name")]
        for attribute in sorted(attributes(element))
        if attribute not in known.get(name, set())
    ]
    assert {element.get("name") for element in elements()} - set(known) == set()
    assert strangers == []


# --- What the next documents may say -------------------------------------------------------------

ALLOWED = {
    "a list in the body": (
        DOCUMENT,
        CLOSER,
        '<list><label>1)</label><item>Un <hi rend="bold">mot</hi></item></list>' + CLOSER,
    ),
    "a numbered paragraph in an item": (
        DOCUMENT,
        CLOSER,
        '<list><item><p xml:id="d09-fr.2" n="2">Deux.</p></item></list>' + CLOSER,
    ),
    "verse": (DOCUMENT, CLOSER, "<lg><l>Debout, les damnés</l><l>de la terre</l></lg>" + CLOSER),
    "text that is damaged, guessed or hard to read": (
        DOCUMENT,
        PARAGRAPH,
        PARAGRAPH
        + '<gap reason="illegible" unit="word" quantity="2"/><unclear>mot</unclear>'
        + '<supplied reason="lost" resp="edition.xml#ed" cert="low">fin</supplied>',
    ),
    "page breaks between and inside paragraphs": (
        DOCUMENT,
        PARAGRAPH,
        '<pb n="1"/>' + PARAGRAPH + '<pb n="2"/>',
    ),
    "a salute and a postscript": (
        DOCUMENT,
        SIGNED + "</closer>",
        "<salute>Salut communiste,</salute><signed>B.</signed></closer>"
        '<postscript xml:id="d09-fr.ps"><p xml:id="d09-fr.2" n="2">P.-S.</p></postscript>',
    ),
    "a phrase in a phrase in a phrase": (
        DOCUMENT,
        SIGNED,
        '<signed><roleName><orgName ref="orgs.xml#o"><placeName ref="places.xml#p">'
        '<choice><abbr>M.</abbr><expan>Moscou</expan></choice> <date when="1932-02">ici</date>'
        "</placeName></orgName></roleName></signed>",
    ),
    "divisions in the body": (
        DOCUMENT,
        CLOSER,
        '<div><head xml:id="d09-fr.h2">I</head><p xml:id="d09-fr.2" n="2">Un.</p></div>' + CLOSER,
    ),
    "a life": (
        REGISTER,
        BIRTH,
        '<birth notBefore="1872" notAfter="1874">à <placeName>Kotel</placeName></birth>'
        '<sex value="M">homme</sex>'
        '<affiliation ref="orgs.xml#o" from="1917">membre du parti</affiliation>'
        '<education>médecine à <placeName ref="places.xml#p">Montpellier</placeName></education>'
        '<residence from="1928" to="1934">Astrakhan</residence>'
        '<state type="exile" from="1928"><label>relégué</label><note>Jusqu’en 1934.</note></state>'
        '<trait type="languages"><p>Parle six langues.</p></trait>'
        '<listEvent><event when="1937-11-27" where="places.xml#p"><label>arrêt</label></event>'
        "</listEvent>",
    ),
    "relations between persons": (
        REGISTER,
        "</person>",
        '</person><listRelation><relation name="correspondent" mutual="#a #b"/>'
        '<relation name="superior" active="#a" passive="#b"/></listRelation>',
    ),
}


@pytest.mark.parametrize(("source", "old", "new"), ALLOWED.values(), ids=list(ALLOWED))
def test_the_next_documents_may_have(source: str, old: str, new: str) -> None:
    assert faults(replaced(source, old, new)) == []


# libxml2 takes about fifteen seconds to load tei_all.
@pytest.mark.long
@needs_reference
@pytest.mark.parametrize(("source", "old", "new"), ALLOWED.values(), ids=list(ALLOWED))
def test_what_they_may_have_is_tei(source: str, old: str, new: str) -> None:
    assert faults(replaced(source, old, new), REFERENCE / "tei_all.rng") == []


# --- What is refused -----------------------------------------------------------------------------

REFUSED = {
    "an element that the edition does not use": (DOCUMENT, SIGNED, "<byline>B.</byline>"),
    "a misspelt element": (DOCUMENT, SIGNED, "<singed>B.</singed>"),
    "an element without the TEI namespace": (DOCUMENT, SIGNED, '<signed xmlns="">B.</signed>'),
    "an attribute that is not TEI": (DOCUMENT, CLOSER, CLOSER[:-1] + ' colour="red">'),
    "a header without a title": (
        DOCUMENT,
        '<title type="main" xml:lang="fr">Lettre</title>',
        "",
    ),
    "a header without a source": (DOCUMENT, "<sourceDesc><p>Pour essai.</p></sourceDesc>", ""),
    "a change without a date": (DOCUMENT, '<change when="2026-11-23" ', "<change "),
    "a related item that leads nowhere": (DOCUMENT, ' target="d08-fr.xml#d08-fr"', ""),
    "a related item of an unknown type": (DOCUMENT, 'type="enclosure"', 'type="annex"'),
    "a month that does not exist": (DOCUMENT, 'when="2026">', 'when="2026-13">'),
    "a date that is not a date": (REGISTER, 'when="1873"', 'when="vers 1873"'),
    "a moment that is also a span": (REGISTER, 'when="1873"', 'when="1873" from="1873"'),
    "a note of an unknown type": (DOCUMENT, 'type="text"', 'type="remark"'),
    "a note that nobody answers for": (
        DOCUMENT,
        'type="text" resp="edition.xml#ed"',
        'type="text"',
    ),
    "a correction that is sure": (DOCUMENT, 'cert="high"', 'cert="sure"'),
    "a correction without what it corrects": (DOCUMENT, "<sic>mt</sic>", ""),
    "a name in a text that leads to no register": (DOCUMENT, ' ref="persons.xml#a"', ""),
    "a name in a register without a language": (REGISTER, '<persName xml:lang="fr"', "<persName"),
    "a paragraph without a number": (DOCUMENT, PARAGRAPH, PARAGRAPH.replace(' n="1"', "")),
    "a paragraph without an identifier": (DOCUMENT, 'xml:id="d09-fr.1"', ""),
    "a paragraph in a paragraph": (
        DOCUMENT,
        PARAGRAPH,
        PARAGRAPH + '<p xml:id="d09-fr.2" n="2">Deux.</p>',
    ),
    "text outside the paragraphs": (DOCUMENT, CLOSER, "Du texte." + CLOSER),
    "a heading after a paragraph": (
        DOCUMENT,
        CLOSER,
        '<head xml:id="d09-fr.h2">Trop tard</head>' + CLOSER,
    ),
}


@pytest.mark.parametrize(("source", "old", "new"), REFUSED.values(), ids=list(REFUSED))
def test_the_schema_refuses(source: str, old: str, new: str) -> None:
    assert faults(replaced(source, old, new)) != []


@pytest.mark.parametrize(("source", "old", "new"), REFUSED.values(), ids=list(REFUSED))
def test_a_refusal_names_the_line(source: str, old: str, new: str) -> None:
    assert not any(fault.startswith("line 0") for fault in faults(replaced(source, old, new)))

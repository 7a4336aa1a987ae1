"""XSD's regular expressions: what they match, which are wrong, and that none takes for ever."""

from __future__ import annotations

import random
import re
import subprocess
import time
from pathlib import Path
from xml.sax.saxutils import quoteattr

import pytest

from teikit.validation.relaxng import matching, regex
from teikit.validation.relaxng.characters import category
from teikit.validation.relaxng.datatypes import datatype, remember, translations
from teikit.validation.relaxng.tree import XSD_TYPES
from tests import jing
from tests.conftest import absent


def matches(pattern: str, text: str) -> bool:
    return datatype(XSD_TYPES, "string", (("pattern", pattern),)).allows(text)


# Pattern, texts that match, texts that do not; with spaces between.
MATCHING = [
    (r"a|b", "a b", "ab c"),
    (r"a*", "a aa", "b"),
    (r"a{2}", "aa", "a aaa"),
    (r"a{2,}", "aa aaaa", "a"),
    (r"a{0,2}b", "b ab aab", "aaab"),
    (r"a{0}b", "b", "ab"),
    (r"(a|)b", "ab b", "aab"),
    (r"^a$", "^a$", "a"),
    (r"a-b&&c~~d", "a-b&&c~~d", "abcd"),
    (r".", "a é ☃ 𝄞", "aa"),
    (r"\.\?\*\+\{\}\(\)\[\]\\\|\-\^", r".?*+{}()[]\|-^", "a"),
    (r"\d+", "1 ٣", "a ²"),
    (r"\D", "a ²", "1"),
    (r"\w+", "a1é $ + ̀a", "_ - a-b"),
    (r"\W", "_ - .", "a $ 1"),
    (r"\i\c*", "a :a a· é", "1 · -a"),
    (r"[\i-[:]][\c-[:]]*", "a a1 é", "a:b :"),
    (r"[a-z-[aeiou]]+", "bcd", "a bad"),
    (r"[a-z-[b-y-[m]]]+", "azm", "b abc"),
    (r"[^a-c]", "d é", "a b c"),
    (r"[^\d-[x]]", "a", "1 x"),
    (r"[a^b]", "a ^ b", "c"),
    (r"[.*+?]", ". * + ?", "a"),
    (r"[\-a]", "- a", "b"),
    (r"[a-]", "a -", "b"),
    (r"[-a]", "- a", "b"),
    (r"[&&a||~~]", "& a | ~", "b"),
    (r"\p{Lu}", "A Ж", "a 1"),
    (r"\P{Lu}", "a 1", "A Ж"),
    (r"[\p{L}\d]+", "aЖ1", "a-1"),
    (r"\p{IsCyrillic}+", "Жж", "a"),
    (r"[\P{IsBasicLatin}x]", "é x", "a"),
    (r"[^\p{C}\p{Z}]+", "a é 𝄞", "a\u200bb a\u00adb \u200b"),
    (r"(\p{L}|\p{N}|\p{P}|\p{S})+", "a1,+ 𝐀", "\u200b"),
    (r"[\U00010000-\U0001ffff]", "𝄞", "a"),
    (r"[^a]", "𝄞 b", "a"),
    (r"\p{So}", "☃ 🙂", "a"),
]


@pytest.mark.parametrize(("pattern", "good", "bad"), MATCHING)
def test_a_pattern_matches(pattern: str, good: str, bad: str) -> None:
    pattern = re.sub(r"\\U([0-9a-f]{8})", lambda found: chr(int(found[1], 16)), pattern)
    assert [text for text in good.split(" ") if not matches(pattern, text)] == []
    assert [text for text in bad.split(" ") if matches(pattern, text)] == []


def test_white_space_is_four_characters() -> None:
    assert all(matches(r"\s", text) for text in " \t\n\r")
    assert not any(matches(r"\s", text) for text in "\xa0\x0b\u2028a")
    assert all(matches(r"\S", text) for text in "\xa0\u2028a")
    assert not any(matches(".", text) for text in "\n\r")
    assert matches(".", "\u2028")
    assert matches("", "")
    assert not matches("", "a")


WRONG = [
    ("[", "a “]” is missing (at character 2 of “[”)"),
    ("[]a]", "“]” must be written “\\]” inside brackets (at character 2 of “[]a]”)"),
    ("[[a]]", "“[” must be written “\\[” inside brackets (at character 2 of “[[a]]”)"),
    ("[a-b-c]", "“-” must be written “\\-” inside brackets (at character 5 of “[a-b-c]”)"),
    ("[z-a]", "the range z-a runs backwards (at character 5 of “[z-a]”)"),
    (r"[a-\d]", r"a range goes from one character to another (at character 6 of “[a-\d]”)"),
    ("{", "“{” follows nothing that could be repeated (at character 1 of “{”)"),
    ("a}", "“}” must be written “\\}” here (at character 2 of “a}”)"),
    ("]", "“]” must be written “\\]” here (at character 1 of “]”)"),
    ("a**", "“*” follows nothing that could be repeated (at character 3 of “a**”)"),
    ("a+?", "“?” follows nothing that could be repeated (at character 3 of “a+?”)"),
    ("*a", "“*” follows nothing that could be repeated (at character 1 of “*a”)"),
    ("(?:a)", "“?” follows nothing that could be repeated (at character 2 of “(?:a)”)"),
    ("a{,2}", "after “{” comes a number, as in {2}, {2,} or {2,4} (at character 2 of “a{,2}”)"),
    ("a{2,1}", "the smaller number comes first (at character 2 of “a{2,1}”)"),
    ("(a", "a “)” is missing (at character 3 of “(a”)"),
    ("a)", "this “)” closes nothing (at character 2 of “a)”)"),
    ("a\\", "“\\” is no escape of XSD (at character 2 of “a\\”)"),
    (r"\b", r"“\b” is no escape of XSD (at character 1 of “\b”)"),
    (r"\$", r"“\$” is no escape of XSD (at character 1 of “\$”)"),
    (r"\x41", r"“\x” is no escape of XSD (at character 1 of “\x41”)"),
    (r"\1", r"“\1” is no escape of XSD (at character 1 of “\1”)"),
    (r"\pL", r"after “\p” comes a name in braces, as in \p{Lu} (at character 1 of “\pL”)"),
    (r"\p{Lx}", r"“Lx” is no category of characters (at character 1 of “\p{Lx}”)"),
    (r"\p{Cs}", r"“Cs” is no category of characters (at character 1 of “\p{Cs}”)"),
    (r"\p{IsFoo}", r"“IsFoo” is no block of Unicode (at character 1 of “\p{IsFoo}”)"),
    (r"\p{L&}", r"after “\p” comes a name in braces, as in \p{Lu} (at character 1 of “\p{L&}”)"),
]


@pytest.mark.parametrize(("pattern", "message"), WRONG)
def test_a_wrong_pattern_is_told(pattern: str, message: str) -> None:
    with pytest.raises(regex.PatternError) as caught:
        regex.translate(pattern)
    assert str(caught.value) == message


def test_deep_nesting_is_refused() -> None:
    for pattern in ("(" * 50_000 + ")" * 50_000, "[a-" * 50_000 + "]" * 50_000):
        with pytest.raises(regex.PatternError, match="nested too deeply"):
            regex.translate(pattern)


def test_what_is_remembered_is_not_translated_again() -> None:
    remember({"no [regular expression": "[a]"})
    assert matches("no [regular expression", "a")
    regex.translate("[a-f]+")
    assert translations()["[a-f]+"] == "[a-f]+"


def test_translations_are_ascii() -> None:
    written = regex.translate(r"\p{L}é[\P{Zs}-[☃]]")
    assert written.isascii()
    assert re.fullmatch(written, "aéb")


def test_categories_are_those_of_unicode() -> None:
    import unicodedata

    def inside(names: str, point: int) -> bool:
        return any(low <= point <= high for low, high in category(names))

    points = [*range(0x3000), *range(0xFF00, 0x11000), 0x3FFFE, 0x4FFFF, 0xE0001, 0x10FFFE]
    for name in ("Lu", "Cn", "Mn", "P", "Z", "Co", "S"):
        wrong = [
            p for p in points if inside(name, p) != unicodedata.category(chr(p)).startswith(name)
        ]
        assert wrong == [], name


# -- matching ------------------------------------------------------------------------------------


def some_pattern(rnd: random.Random, depth: int) -> str:
    kind = rnd.random()
    if depth == 0 or kind < 0.3:
        return rnd.choice(["a", "b", "c", "[ab]", "[^a]", ".", "[a-c-[b]]", "\\w"])
    if kind < 0.55:
        return some_pattern(rnd, depth - 1) + some_pattern(rnd, depth - 1)
    if kind < 0.7:
        other = rnd.choice([some_pattern(rnd, depth - 1), ""])
        return f"({some_pattern(rnd, depth - 1)}|{other})"
    times = rnd.choice(["?", "*", "+", "{2}", "{1,3}", "{0,2}", "{2,}", "{0}", "{3,4}"])
    return f"({some_pattern(rnd, depth - 1)}){times}"


def test_the_automaton_agrees_with_python() -> None:
    rnd = random.Random(1)
    checked = 0
    for _ in range(1500):
        pattern = some_pattern(rnd, 4)
        written = regex.translate(pattern)
        whole = matching._Reader(written).choice()
        # What Python would need too long for is not put to it.
        if len(re.findall(r"[*+]|,\}", pattern)) > 3 or whole.size() > 500:
            continue
        automaton, expression = matching._Automaton(whole), re.compile(written)
        for _ in range(20):
            text = "".join(rnd.choice("abcd") for _ in range(rnd.randrange(8)))
            expected = expression.fullmatch(text) is not None
            assert automaton.matches(text) == expected, (pattern, text)
            checked += 1
    assert checked > 5_000


@pytest.mark.parametrize(
    ("pattern", "good"),
    [
        ("(a+)+b", "a" * 60 + "b"),
        ("(a|a)*b", "a" * 60 + "b"),
        ("(a|aa)+b", "a" * 60 + "b"),
        ("(.*a){25}b", "a" * 60 + "b"),
        ("(a?){40}a{40}b", "a" * 60 + "b"),
        ("(((a*)*)*)*b", "b"),
        ("([a-z]+)*[0-9]", "aaaa0"),
        (".*a.*a.*b", "aab"),
        ("a?" * 30 + "a" * 30, "a" * 40),
        ("(a|b)*a(a|b){20}", "a" * 30),
        ("(a{1,40}){1,40}", "a" * 1600),
        (r"(\w+\s?)*", "many words and no end"),
    ],
)
def test_no_pattern_takes_for_ever(pattern: str, good: str) -> None:
    assert matches(pattern, good)
    begin = time.process_time()
    assert not matches(pattern, "a" * 100_000 + "!")
    matches(pattern, "ab" * 20_000)
    assert time.process_time() - begin < 5


@pytest.mark.parametrize(
    ("pattern", "good", "bad"),
    [
        ("a{1,1000000}", "aaa", "b"),
        ("a{99999999999}", "", "a"),
        ("[" + "a-z" * 100_000 + "]", "q", "1"),
        ("(a|b){2147483648}", "", "ab"),
    ],
)
def test_large_patterns_are_matched(pattern: str, good: str, bad: str) -> None:
    assert not good or matches(pattern, good)
    assert not matches(pattern, bad)


@pytest.mark.parametrize("pattern", ["(a{1,1000}){1,1000}", "((((a{9}b?){9}){9}){9}){9}"])
def test_patterns_that_are_too_large_are_refused(pattern: str) -> None:
    with pytest.raises(regex.PatternError, match="repeats too much to be matched"):
        regex.translate(pattern)


# -- jing ----------------------------------------------------------------------------------------

# The second edition of XSD 1.0 lets a hyphen stand at the ends of a class; jing keeps to the first.
SECOND_EDITION = ["[a-]", "[-a]"]
# On Java 9 and later jing takes the class of one but not of the other; teikit is right.
JAVA = r"[^\p{C}\p{Z}]+"

SAMPLE = [
    *map(chr, (*range(0x21, 0x180), 0x218, 0x300, 0x391, 0x416, 0x4E00, 0x660, 0x2013, 0x2028)),
    *map(chr, (0x200B, 0x20AC, 0x2160, 0x2070, 0xE000, 0x10000, 0x1D7CE, 0x1F600, 0xFEFF, 0x3000)),
    *" \n\t",
    *("", "aa", "ab", "a_b", "1/2", "^a$", "azm", "aab", "aЖ1", "a:b"),
]


def schema_of(patterns: list[str]) -> str:
    lines = "\n".join(
        f'<element name="v{number}"><data type="string"><param name="pattern">'
        + "".join(f"&#{ord(character)};" for character in pattern)
        + "</param></data></element>"
        for number, pattern in enumerate(patterns)
    )
    return (
        '<element name="r" xmlns="http://relaxng.org/ns/structure/1.0" datatypeLibrary='
        f"{quoteattr(XSD_TYPES)}><zeroOrMore><choice>\n{lines}\n</choice></zeroOrMore></element>"
    )


def test_jing_matches_the_same(tmp_path: Path) -> None:
    if not jing.available():
        absent("jing")
    patterns = [item for item, _, _ in MATCHING if item not in SECOND_EDITION and "\\U" not in item]
    schema, document = tmp_path / "schema.rng", tmp_path / "document.xml"
    schema.write_text(schema_of(patterns), "utf-8")
    cases = [(number, text) for number in range(len(patterns)) for text in SAMPLE]
    lines = [
        f"<v{number}>{''.join(f'&#{ord(character)};' for character in text)}</v{number}>"
        for number, text in cases
    ]
    document.write_text("<r>\n" + "\n".join(lines) + "\n</r>", "utf-8")
    messages = jing.judge(schema, [document])[document].messages
    wrong = {message.line - 2 for message in messages}
    differing = {
        (patterns[number], text)
        for at, (number, text) in enumerate(cases)
        if matches(patterns[number], text) == (at in wrong)
    }
    assert {pattern for pattern, _ in differing} == {JAVA}
    # All of them are control characters and their like: \p{C}.
    assert not any(matches(r"[\P{C}]", text) for _, text in differing)


def test_jing_refuses_the_same(tmp_path: Path) -> None:
    program = jing.jar()
    if program is None or not jing.available():
        absent("jing")
    patterns = [pattern for pattern, _ in WRONG] + [pattern for pattern, _, _ in MATCHING]
    path = tmp_path / "schema.rng"
    path.write_text(schema_of(patterns), "utf-8")
    done = subprocess.run(
        ["java", "-Duser.language=en", "-jar", str(program), str(path)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    wrong = {int(found) - 2 for found in re.findall(r"schema\.rng:(\d+):\d+: error", done.stdout)}
    differing = [
        pattern for at, pattern in enumerate(patterns) if (at in wrong) != (at < len(WRONG))
    ]
    assert [item for item in differing if "\\U" not in item] == SECOND_EDITION

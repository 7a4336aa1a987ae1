"""The letters and digits of each document are those of its source, in order, faults included."""

from __future__ import annotations

from itertools import zip_longest
from pathlib import Path

import pytest
from lxml import etree

from tests.conftest import ROOT, TEI

# Document, first and last line of the source (sources/README.md maps them).
LINES = [
    ("edition", 1, 14),
    ("d01-fr", 16, 36),
    ("d02-fr", 37, 244),
    ("d03-fr", 245, 259),
    ("d04-fr", 260, 701),
    ("d05-fr", 702, 750),
    ("d06-fr", 751, 989),
    ("d07-fr", 990, 1171),
    ("d08-fr", 1172, 1492),
    ("d01-ru", 1493, 1513),
    ("d02-ru", 1514, 1709),
    ("d03-ru", 1710, 1747),
    ("d04-ru", 1748, 2155),
    ("d05-ru", 2156, 2205),
    ("d06-ru", 2206, 2404),
    ("d07-ru", 2405, 2549),
    ("d08-ru", 2550, 2782),
]
# A footnote of the source stands at its call in the TEI, below the page in the source; its text is
# compared by itself. The call is the number in its @n.
FOOTNOTES = {"d04-fr": ("1 Il s'agit de Napoléon III.",)}
OURS = "edition.xml#ed-teikit"


def transcribed(element: etree._Element) -> str:
    """The text as the source has it: faults, not corrections; no expansions, no notes of ours."""
    name = etree.QName(element).localname if isinstance(element.tag, str) else ""
    if name == "note" and element.get("type") == "footnote":
        return element.get("n", "")
    ours = name == "note" and OURS in element.get("resp", "")
    ours = ours or (name == "div" and element.get("resp") == "#ed-teikit")
    if not name or name in ("corr", "expan") or ours:
        return ""
    return (element.text or "") + "".join(transcribed(e) + (e.tail or "") for e in element)


def letters(text: str) -> list[str]:
    return [character for character in text if character.isalnum()]


@pytest.mark.parametrize(("document", "first", "last"), LINES)
def test_letters_and_digits_equal_those_of_the_source(
    document: str, first: int, last: int, shared: Path
) -> None:
    source = next(iter((shared / "sources").glob("000_*.txt"))).read_text("utf-8").split("\n")
    # Page furniture of the web publication: stray addresses and a stray page number.
    kept = [
        line
        for line in source[first - 1 : last]
        if not line.startswith("https://en.wikipedia.org") and line.strip() != "20"
    ]
    root = etree.parse(ROOT / "tei" / f"{document}.xml").getroot()
    notes = tuple("".join(n.itertext()) for n in root.iterfind(f".//{TEI}note[@type='footnote']"))
    assert notes == FOOTNOTES.get(document, ())
    kept = [line for line in kept if line not in notes]
    ours, theirs = letters(transcribed(root.find(f"{TEI}text"))), letters("\n".join(kept))
    for at, (mine, given) in enumerate(zip_longest(ours, theirs)):
        assert mine == given, f"after “{''.join(theirs[max(0, at - 40) : at])}”"


@pytest.mark.parametrize("path", sorted((ROOT / "tei").glob("*.xml")), ids=lambda path: path.stem)
def test_every_file_is_valid_against_tei_all(path: Path, tei_all: etree.RelaxNG) -> None:
    document = etree.parse(path, etree.XMLParser(collect_ids=False))
    assert tei_all.validate(document), tei_all.error_log


def test_scripts_are_not_mixed_in_a_word_outside_a_recorded_fault() -> None:
    latin = set("abcdefghijklmnopqrstuvwxyzàâäçéèêëîïôöùûüœæ")
    mixed = []
    for path in sorted((ROOT / "tei").glob("d*.xml")):
        for node in etree.parse(path).getroot().find(f"{TEI}text").iter(f"{TEI}*"):
            if node.tag == f"{TEI}sic":
                continue
            pieces = [node.text, *(child.tail for child in node)]
            for word in " ".join(filter(None, pieces)).lower().split():
                if latin & set(word) and any("\u0400" <= char <= "\u04ff" for char in word):
                    mixed.append((path.name, word))
    assert mixed == []

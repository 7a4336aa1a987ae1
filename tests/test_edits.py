"""Edits change the bytes that they name and no others, in all files or in none."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from lxml import etree

from teikit.corpus import Document, parse
from teikit.diagnostics import Edit
from teikit.edits import Change, apply, diff, write
from teikit.errors import EditError
from teikit.spans import Spans

# -- applying ------------------------------------------------------------------------------------


def test_edits_are_applied_in_the_order_of_the_file_whatever_order_they_come_in() -> None:
    edits = [Edit("a", 4, 6, "Z"), Edit("a", 0, 1, "XY"), Edit("a", 2, 2, "+")]
    assert apply(b"abcdef", "utf-8", edits) == b"XYb+cdZ"


def test_insertions_at_one_place_keep_their_order() -> None:
    assert apply(b"ab", "utf-8", [Edit("a", 1, 1, "1"), Edit("a", 1, 1, "2")]) == b"a12b"


@pytest.mark.parametrize("edits", [[(0, 3), (2, 4)], [(3, 9)], [(4, 3)]])
def test_edits_that_overlap_or_lie_outside_are_refused(edits: list[tuple[int, int]]) -> None:
    with pytest.raises(ValueError, match="overlap"):
        apply(b"abcdef", "utf-8", [Edit("a", *place, "x") for place in edits])


@pytest.mark.parametrize(
    ("encoding", "text", "written"),
    [
        ("utf-8", "ж", "ж".encode()),
        ("utf-16-le", "ж", "ж".encode("utf-16-le")),
        ("iso8859-1", "éж", b"\xe9&#1078;"),
        ("cp1251", "éж", b"&#233;\xe6"),
    ],
)
def test_text_is_written_in_the_encoding_of_the_file(
    encoding: str, text: str, written: bytes
) -> None:
    assert apply(b"", encoding, [Edit("a", 0, 0, text)]) == written


# -- finding -------------------------------------------------------------------------------------

NS = 'xmlns="http://www.tei-c.org/ns/1.0"'
TAGS = """<?xml version="1.0" encoding="{0}"?>\r
<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><!-- <p n='x'/> -->\r
<p xml:id = 'a' rend='a>b'\tcorresp="&#35;one
  #two&#x20;&amp;three\u00e9"
  n="é"/><p><![CDATA[<p/>]]>\u00e9<hi>x</hi ></p><p/></body></text></TEI>"""


@pytest.mark.parametrize(
    ("declared", "mark", "coding"),
    [
        ("UTF-8", b"", "utf-8"),
        ("UTF-8", b"\xef\xbb\xbf", "utf-8"),
        ("UTF-16", b"\xff\xfe", "utf-16-le"),
        ("UTF-16", b"\xfe\xff", "utf-16-be"),
        ("ISO-8859-1", b"", "iso8859-1"),
        ("windows-1252", b"", "cp1252"),
    ],
)
def test_elements_attributes_and_tokens_are_found_in_the_bytes(
    declared: str, mark: bytes, coding: str
) -> None:
    data = mark + TAGS.format(declared).encode(coding)
    document = parse(data, "a.xml")
    assert isinstance(document, Document)
    spans = Spans(document)
    elements = list(document.root.iter("*"))
    for index, element in enumerate(elements):
        span = spans.element(index)
        # What the bytes of the element say, read alone, is the element.
        alone = etree.fromstring(f"<x {NS}>{spans.text(span.start, span.end)}</x>")[0]
        element.tail = None
        one, other = (etree.tostring(node, encoding="unicode") for node in (alone, element))
        assert etree.canonicalize(one) == etree.canonicalize(other)
        assert span.empty == spans.text(span.start, span.end).endswith("/>")
        written = {value.name.rpartition(":")[2]: value.text for value in spans.values(index)}
        written.pop("xmlns", None)
        assert written == {str(name).rpartition("}")[2]: text for name, text in element.items()}
    value = spans.value(3, "corresp")
    assert value is not None
    shown = [
        (token, spans.text(value.bounds[first], value.bounds[last]))
        for token, first, last in value.tokens()
    ]
    assert shown == [("#one", "&#35;one"), ("#two", "#two"), ("&threeé", "&amp;threeé")]
    assert spans.text(value.begin, value.end).startswith('corresp="')
    assert spans.text(value.begin, value.end).endswith('é"')


# -- showing -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"a\nb\nc\n", b"a\nB\nc\n"),
        (b"a\r\nb\r\nc", b"a\r\nb\r\nC"),
        (b"a\nb", b"a\nb\n"),
        (b"a\x0cb\xe2\x80\xa8c\nd\n", b"a\x0cb\xe2\x80\xa8c\nD\n"),
        (b"", b"a"),
    ],
)
def test_the_difference_is_one_that_patch_understands(
    before: bytes, after: bytes, tmp_path: Path
) -> None:
    if shutil.which("git") is None:
        pytest.skip("git is missing")
    file = tmp_path / "a.xml"
    file.write_bytes(before)
    text = "".join(diff([Change("a.xml", file, "utf-8", before, after)]))
    subprocess.run(
        ["git", "apply", "--whitespace=nowarn", "-"], input=text.encode(), cwd=tmp_path, check=True
    )
    assert file.read_bytes() == after


# -- writing -------------------------------------------------------------------------------------


@pytest.fixture
def three(tmp_path: Path) -> list[Change]:
    changes = []
    for name in ("a.xml", "b.xml", "c.xml"):
        (tmp_path / name).write_bytes(f"old {name}".encode())
        new = f"new {name}".encode()
        changes.append(Change(name, tmp_path / name, "utf-8", f"old {name}".encode(), new))
    return changes


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


def test_all_files_are_written_and_nothing_is_left_beside_them(
    three: list[Change], tmp_path: Path
) -> None:
    (tmp_path / "a.xml").chmod(0o640)
    write(three)
    assert contents(tmp_path) == {name: f"new {name}".encode() for name in contents(tmp_path)}
    assert len(contents(tmp_path)) == 3
    assert (tmp_path / "a.xml").stat().st_mode & 0o777 == 0o640


def test_a_read_only_file_stops_all(three: list[Change], tmp_path: Path) -> None:
    (tmp_path / "b.xml").chmod(0o444)
    before = contents(tmp_path)
    with pytest.raises(EditError) as caught:
        write(three)
    assert [str(item.location) for item in caught.value.diagnostics] == ["b.xml"]
    assert "read-only" in str(caught.value)
    assert contents(tmp_path) == before


def test_a_file_that_somebody_else_changed_stops_all(three: list[Change], tmp_path: Path) -> None:
    (tmp_path / "c.xml").write_bytes(b"theirs")
    before = contents(tmp_path)
    with pytest.raises(EditError, match="changed by somebody else"):
        write(three)
    assert contents(tmp_path) == before


@pytest.mark.parametrize("failing", [1, 2, 3])
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_failure_in_the_middle_gives_every_file_back(
    failing: int,
    error: BaseException,
    three: list[Change],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = contents(tmp_path)
    done = 0
    replace = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        nonlocal done
        if self.suffix == ".new":
            done += 1
            if done == failing:
                raise error
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(EditError if isinstance(error, OSError) else KeyboardInterrupt):
        write(three)
    assert contents(tmp_path) == before


def test_a_disk_that_is_full_is_told_before_anything_changes(
    three: list[Change], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(tmp_path)

    def refuse(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(EditError, match="No space left on device"):
        write(three)
    assert contents(tmp_path) == before


def test_without_second_names_for_files_a_copy_is_kept(
    three: list[Change], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_names: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(os, "link", refuse)
    test_a_failure_in_the_middle_gives_every_file_back(
        3, OSError(5, "Input/output error"), three, tmp_path, monkeypatch
    )


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    store = tmp_path / "store"
    store.mkdir()
    (store / "real.xml").write_bytes(b"old")
    link = tmp_path / "a.xml"
    link.symlink_to(store / "real.xml")
    write([Change("a.xml", link, "utf-8", b"old", b"new")])
    assert link.is_symlink()
    assert (store / "real.xml").read_bytes() == b"new"


def test_two_names_of_one_file_may_not_ask_for_two_contents(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(b"old")
    (tmp_path / "b.xml").symlink_to(tmp_path / "a.xml")
    changes = [
        Change(name, tmp_path / name, "utf-8", b"old", name.encode()) for name in ("a.xml", "b.xml")
    ]
    with pytest.raises(EditError, match="are one file"):
        write(changes)
    assert (tmp_path / "a.xml").read_bytes() == b"old"

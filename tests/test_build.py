"""A build is whole or not at all, replaces only a build, and has the same bytes everywhere."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import THEATRE, copy_corpus, run, tei
from tests.test_validate import digest


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def built_otherwise(corpus: Path) -> dict[str, bytes]:
    """What a corpus builds in another zone and locale, its files listed in another order."""
    # They are made anew from the last to the first, so that the folder lists them so.
    for path in sorted(corpus.rglob("*.xml"), reverse=True):
        data = path.read_bytes()
        path.unlink()
        path.write_bytes(data)
    zone = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
    done = run("build", "-C", corpus, cwd=corpus.parent, env=zone)
    assert done.code == 0, done.out + done.err
    return contents(corpus / "build")


def assert_same(first: dict[str, bytes], second: dict[str, bytes]) -> None:
    assert sorted(first) == sorted(second)
    assert [path for path in first if first[path] != second[path]] == []


def test_two_builds_give_the_same_bytes_whatever_the_place_the_zone_or_the_order(
    theatre: Path, tmp_path: Path
) -> None:
    # The name of its folder is the title of a corpus that has no other.
    elsewhere = tmp_path / "другая папка" / "with space" / theatre.name
    shutil.copytree(THEATRE, elsewhere)
    assert_same(contents(theatre / "build"), built_otherwise(elsewhere))


@pytest.mark.long
def test_two_builds_of_the_shipped_corpus_give_the_same_bytes(built: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "другая папка" / "with space"
    elsewhere.mkdir(parents=True)
    assert_same(contents(built), built_otherwise(copy_corpus(elsewhere)))


def test_the_manifest_lists_every_file_with_its_hash(built: Path) -> None:
    import hashlib

    listed = json.loads((built / "manifest.json").read_text("utf-8"))["files"]
    there = {
        path.relative_to(built).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in built.rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }
    assert listed == there


def test_the_summary_says_what_was_made_and_where_to_look(built: Path) -> None:
    out, err = json.loads((built.parent / "said.json").read_text("utf-8"))
    assert out.splitlines()[0] == "8 documents (fr, ru), no errors, no warnings"
    assert "judged by schema/edition.rng (teikit RELAX NG, version " in out
    assert "read it: build/html/index.html  print it: build/pdf/book.pdf" in out
    assert err == ""


def test_a_build_replaces_the_earlier_one_whole(corpus: Callable[..., Path]) -> None:
    folder = corpus(**{"a.xml": tei("<p>a</p>", key="a")})
    assert run("build", cwd=folder).code == 0
    (folder / "build" / "html" / "stale.html").write_text("old", "utf-8")
    assert run("build", cwd=folder).code == 0
    assert not (folder / "build" / "html" / "stale.html").exists()
    assert [path.name for path in folder.iterdir() if path.name.startswith(".teikit-")] == []


def test_a_folder_that_teikit_did_not_make_is_never_replaced(edition: Path) -> None:
    (edition / "build").mkdir()
    (edition / "build" / "thesis.txt").write_text("years of work", "utf-8")
    done = run("build", cwd=edition)
    assert done.code == 2
    assert "holds what teikit did not make" in done.err
    assert (edition / "build" / "thesis.txt").read_text("utf-8") == "years of work"


@pytest.mark.parametrize("folder", [".", "..", "tei"])
def test_the_build_folder_may_not_be_the_corpus_itself(folder: str, edition: Path) -> None:
    config = edition / "teikit.toml"
    config.write_text(config.read_text("utf-8") + f'\n[build]\ndirectory = "{folder}"\n', "utf-8")
    before = digest(edition)
    done = run("build", cwd=edition)
    assert done.code == 2
    assert digest(edition) == before


def test_a_failing_stylesheet_leaves_the_earlier_build(
    corpus: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    from teikit import OutputError, build, load
    from teikit.outputs import own

    folder = corpus(**{"a.xml": tei("<p>a</p>", key="a")})
    config = load(folder)
    assert build(config).files
    before = digest(folder / "build")
    broken = folder / "broken.xsl"
    broken.write_text(
        '<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">'
        '<xsl:template match="/">\n<xsl:sequence select="1 div 0"/>\n</xsl:template>'
        "</xsl:stylesheet>",
        "utf-8",
    )
    monkeypatch.setattr(own, "resource", lambda *_parts: broken)
    with pytest.raises(OutputError) as caught:
        build(config)
    (finding,) = caught.value.diagnostics
    assert finding.code == "TK801"
    assert "broken.xsl" in str(finding.location)
    assert digest(folder / "build") == before


def test_a_disk_that_refuses_is_told_plainly(edition: Path) -> None:
    (edition / "out").write_text("a file where a folder should be", "utf-8")
    done = run("transform", "d01", "--to", "txt", "-o", edition / "out", cwd=edition)
    assert done.code == 1
    assert "cannot write there" in done.err
    assert "Traceback" not in done.err


def test_two_documents_of_one_name_are_refused_not_written_over(
    corpus: Callable[..., Path],
) -> None:
    files = {f"{name}.xml": tei(f"<p>{name}</p>", key="same") for name in ("one", "two")}
    folder = corpus(**files)
    for verb in (["transform", "--to", "txt"], ["build"]):
        done = run(*verb, cwd=folder)
        assert done.code == 1, verb
        assert "same" in done.err
        assert not (folder / "build" / "txt").exists()


def test_a_document_may_not_take_the_name_of_a_page_of_ours(corpus: Callable[..., Path]) -> None:
    done = run("build", cwd=corpus(**{"a.xml": tei("<p>a</p>", key="index")}))
    assert done.code == 1
    assert "would be written to html/index.html" in done.err


def test_an_id_never_leads_out_of_the_folder(corpus: Callable[..., Path]) -> None:
    folder = corpus(**{"a.xml": tei("<p>a</p>", key="../../evil")})
    assert run("transform", "--to", "txt", "-o", folder / "out", cwd=folder).code == 0
    assert [path.name for path in (folder / "out").iterdir()] == ["a.txt"]


def test_a_corpus_without_translations_builds_too(corpus: Callable[..., Path]) -> None:
    folder = corpus(**{"a.xml": "<head>Alone</head><p>One.</p>", "b.xml": "<p>Two.</p>"})
    done = run("build", cwd=folder)
    assert done.code == 0, done.out + done.err
    assert (folder / "build" / "txt" / "a.txt").read_text("utf-8") == "Alone\n\nOne.\n"
    assert (folder / "build" / "pdf" / "book.pdf").exists()


@pytest.mark.parametrize(
    ("toml", "message", "hint"),
    [
        ("[corpus]\nschemma = 'x'\n", "teikit.toml:2: error", "did you mean `schema`?"),
        ("[corpse]\n", "teikit.toml:1: error", "did you mean `corpus`?"),
        ("[output]\nwidth = -1\n", "teikit.toml:2: error", ""),
        ("[output]\nreading = 'diplomatik'\n", 'must be "corrected" or "diplomatic"', ""),
        ("[corpus]\ndocuments = 'tei/*.xml'\n", "must be a list of strings", ""),
        ('[output]\nlanguage = "f\\u0001"\n', "control character U+0001", "leave it out"),
        ("[corpus\n", "teikit.toml:1: error", ""),
        ("[corpus]\nschema = 'nowhere.rng'\n", "there is no schema nowhere.rng", ""),
    ],
)
def test_a_wrong_setting_is_told_with_its_line(
    toml: str, message: str, hint: str, edition: Path
) -> None:
    (edition / "teikit.toml").write_text(toml, "utf-8")
    done = run("validate", cwd=edition)
    assert done.code == 2
    assert message in done.err
    assert hint in done.err


def test_a_pattern_that_matches_nothing_is_told(edition: Path) -> None:
    (edition / "teikit.toml").write_text("[corpus]\ndocuments = ['texts/*.xml']\n", "utf-8")
    done = run("validate", cwd=edition)
    assert done.code == 1
    assert "[corpus] names 'texts/*.xml': no such file" in done.out


def test_without_its_register_the_corpus_still_reports_everything(edition: Path) -> None:
    (edition / "tei" / "persons.xml").unlink()
    done = run("validate", cwd=edition)
    assert done.code == 1
    assert "there is no file tei/persons.xml" in done.out
    shutil.copy(edition / "tei" / "orgs.xml", edition / "tei" / "persons.xml")
    assert run("validate", cwd=edition).code == 1

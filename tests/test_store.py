"""Schemas by URL: catalogs and the pinned store give local files; nothing is fetched unasked."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from teikit.diagnostics import Severity
from teikit.validation.catalog import NAMESPACE, Catalog, catalogs, local_path

# -- catalogs ------------------------------------------------------------------------------------

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a catalog with the given entries; ``write("a.xml", "<uri …/>")``."""

    def make(name: str, entries: str, attributes: str = "") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f'<catalog xmlns="{NAMESPACE}" {attributes}>{entries}</catalog>', "utf-8")
        return path

    return make


def found(path: Path, uri: str, public: str = "") -> str | None:
    """The answer of a catalog, relative to its folder where it is a file there."""
    answer = Catalog([path]).map(uri, public)
    folder = path.parent.as_uri() + "/"
    return answer.removeprefix(folder) if answer else None


# A catalog, and the answers it gives.
ENTRIES = """
  <uri name="urn:x:exact" uri="exact.rng"/>
  <uri name="https://a.example/rng/tei.rng" uri="exact.rng"/>
  <rewriteURI uriStartString="https://a.example/" rewritePrefix="short/"/>
  <rewriteURI uriStartString="https://a.example/rng/" rewritePrefix="long/"/>
  <uriSuffix uriSuffix="all.rng" uri="suffix.rng"/>
  <uriSuffix uriSuffix="tei_all.rng" uri="longer-suffix.rng"/>
  <group xml:base="sub/">
    <uri name="https://b.example/a.rng" uri="a.rng"/>
    <uri name="https://b.example/b.rng" uri="b.rng" xml:base="deep/"/>
  </group>
  <system systemId="https://s.example/a.rng" uri="system.rng"/>
  <rewriteSystem systemIdStartString="https://s.example/x/" rewritePrefix="system/"/>
  <systemSuffix systemIdSuffix="only-system.rng" uri="system-suffix.rng"/>
  <public publicId="-//TEI//DTD  TEI Lite//EN" uri="lite.dtd"/>
  <uri name="https://c.example/a b.rng" uri="space.rng"/>
  <other xmlns="urn:other" name="urn:x:other" uri="other.rng"/>
"""
ANSWERS = {
    "urn:x:exact": "exact.rng",
    "https://a.example/rng/tei.rng": "exact.rng",
    "https://a.example/rng/other.rng": "long/other.rng",
    "https://a.example/other.rng": "short/other.rng",
    "https://z.example/tei_all.rng": "longer-suffix.rng",
    "https://z.example/x_all.rng": "suffix.rng",
    "https://b.example/a.rng": "sub/a.rng",
    "https://b.example/b.rng": "sub/deep/b.rng",
    "https://s.example/a.rng": "system.rng",
    "https://s.example/x/y.rng": "system/y.rng",
    "https://z.example/only-system.rng": "system-suffix.rng",
    "urn:publicid:-:TEI:DTD+TEI+Lite:EN": "lite.dtd",
    "https://c.example/a b.rng": "space.rng",
    "https://c.example/a%20b.rng": "space.rng",
    "urn:x:other": None,
    "https://nobody.example/": None,
}


@pytest.mark.parametrize(("uri", "answer"), ANSWERS.items())
def test_the_most_particular_entry_answers(uri: str, answer: str | None, write: Write) -> None:
    assert found(write("catalog.xml", ENTRIES), uri) == answer


def test_libxml2_gives_the_same_answers(write: Write, tmp_path: Path) -> None:
    catalog = write("catalog.xml", ENTRIES)
    for answer in {item for item in ANSWERS.values() if item}:
        path = tmp_path / answer
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f'<found name="{answer}"/>', "utf-8")
    # libxml2 reads catalogs of version 1.0, which has no suffixes, and leaves spaces as they are.
    beyond = ("https://z.example", "https://c.example", "urn:publicid")
    asked = [uri for uri in ANSWERS if not uri.startswith(beyond)]
    code = (
        "import json, sys; from lxml import etree; out = {}\n"
        "for uri in json.loads(sys.argv[1]):\n"
        "    try: out[uri] = etree.parse(uri).getroot().get('name')\n"
        "    except (OSError, etree.XMLSyntaxError): out[uri] = None\n"
        "print(json.dumps(out))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, json.dumps(asked)],
        env={**os.environ, "XML_CATALOG_FILES": catalog.as_uri()},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout) == {uri: ANSWERS[uri] for uri in asked}


def test_the_public_identifier_counts_beside_a_system_identifier_where_it_is_preferred(
    write: Write,
) -> None:
    entry = '<public publicId="-//X" uri="x.dtd"/>'
    assert found(write("a.xml", entry), "https://a.example/x.dtd", "-//X") == "x.dtd"
    assert (
        found(write("b.xml", entry, 'prefer="system"'), "https://a.example/x.dtd", "-//X") is None
    )
    assert found(write("b.xml", entry, 'prefer="system"'), "", "-//X") == "x.dtd"
    inner = f'<group prefer="public">{entry}</group>'
    assert found(write("c.xml", inner, 'prefer="system"'), url, "-//X") == "x.dtd"


def test_the_next_catalogs_are_asked_before_those_that_follow(write: Write) -> None:
    write("sub/inner.xml", '<uri name="urn:a" uri="inner.rng"/>')
    first = write("first.xml", '<nextCatalog catalog="sub/inner.xml"/>')
    second = write("second.xml", '<uri name="urn:a" uri="second.rng"/>')
    answer = Catalog([first, second]).resolve("urn:a")
    assert answer == first.parent / "sub" / "inner.rng"


def test_a_delegate_has_the_last_word(write: Write) -> None:
    write("long.xml", '<uri name="https://a.example/long/x" uri="long.rng"/>')
    write("short.xml", '<uri name="https://a.example/long/y" uri="short.rng"/>')
    start = write(
        "start.xml",
        '<delegateURI uriStartString="https://a.example/" catalog="short.xml"/>'
        '<delegateURI uriStartString="https://a.example/long/" catalog="long.xml"/>'
        '<nextCatalog catalog="next.xml"/>',
    )
    write("next.xml", '<uri name="https://a.example/long/z" uri="next.rng"/>')
    assert found(start, "https://a.example/long/x") == "long.rng"
    assert found(start, "https://a.example/long/y") == "short.rng"
    # The next catalog knows it, but the delegates are in charge.
    assert found(start, "https://a.example/long/z") is None


def test_an_answer_on_the_network_is_no_file(write: Write) -> None:
    catalog = Catalog([write("a.xml", '<uri name="urn:a" uri="https://b.example/a.rng"/>')])
    assert catalog.map("urn:a") == "https://b.example/a.rng"
    assert catalog.resolve("urn:a") is None


def test_catalogs_that_name_each_other_are_told_once_and_do_not_hang(write: Write) -> None:
    first = write("a.xml", '<nextCatalog catalog="b.xml"/>')
    write("b.xml", '<nextCatalog catalog="a.xml"/><uri name="urn:b" uri="b.rng"/>')
    catalog = Catalog([first], first.parent)
    assert catalog.resolve("urn:b") == first.parent / "b.rng"
    assert catalog.resolve("urn:none") is None
    assert catalog.resolve("urn:none") is None
    (finding,) = catalog.findings
    assert (finding.code, finding.severity) == ("TK109", Severity.WARNING)
    assert finding.message == "the catalog leads back to a.xml, which led to it"
    assert finding.location.path == "b.xml"


def test_many_catalogs_that_name_the_same_next_ones_are_asked_once_each(write: Write) -> None:
    for level in range(30):
        after = f'<nextCatalog catalog="{level + 1}.xml"/>' if level < 29 else ""
        write(f"{level}.xml", after * 2)
    assert found(write("start.xml", '<nextCatalog catalog="0.xml"/>'), "urn:none") is None


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "the catalog cannot be read: No such file or directory"),
        ("<catalog>", "the catalog cannot be used: the file ends while <catalog> is open"),
        ("<html/>", "the file is no catalog: its root element is <html>"),
        ("<catalog/>", "the file is no catalog: its root element is <catalog>"),
        (
            f'<catalog xmlns="{NAMESPACE}"><uri name="a"/></catalog>',
            "<uri> in the catalog lacks @uri",
        ),
        (
            f'<!DOCTYPE catalog [<!ENTITY x "y">]><catalog xmlns="{NAMESPACE}"/>',
            "the catalog cannot be used: the file declares the entity &x;",
        ),
        (f'<catalog xmlns="{NAMESPACE}"><a:b/></catalog>', "the catalog cannot be used: unbound"),
    ],
)
def test_a_catalog_that_cannot_be_used_is_a_finding_and_the_others_count(
    content: str | None, message: str, write: Write, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.xml"
    if content is not None:
        bad.write_text(content, "utf-8")
    good = write("good.xml", '<uri name="urn:a" uri="a.rng"/>')
    catalog = Catalog([bad, good], tmp_path)
    assert catalog.resolve("urn:a") == tmp_path / "a.rng"
    (finding,) = catalog.findings
    assert (finding.code, finding.severity) == ("TK109", Severity.ERROR)
    assert finding.message.startswith(message)
    assert finding.location.path == "bad.xml"


def test_a_next_catalog_that_is_absent_or_elsewhere_is_a_warning(write: Write) -> None:
    start = write(
        "a.xml",
        '<nextCatalog catalog="none.xml"/><nextCatalog catalog="https://a.example/c.xml"/>'
        '<nextCatalog catalog="b.xml"/>',
    )
    write("b.xml", '<uri name="urn:a" uri="a.rng"/>')
    catalog = Catalog([start], start.parent)
    assert catalog.resolve("urn:a") is not None
    assert [(item.severity, item.location.path) for item in catalog.findings] == [
        (Severity.WARNING, "none.xml"),
        (Severity.WARNING, "https://a.example/c.xml"),
    ]
    assert "nothing is fetched" in catalog.findings[1].message


def test_a_doctype_is_passed_over_and_not_fetched(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text(
        '<!DOCTYPE catalog PUBLIC "-//OASIS//DTD XML Catalogs V1.1//EN" '
        f'"https://unreachable.invalid/catalog.dtd"><catalog xmlns="{NAMESPACE}">'
        '<uri name="urn:a" uri="a.rng"/></catalog>',
        "utf-8",
    )
    assert Catalog([path]).resolve("urn:a") == tmp_path / "a.rng"


def test_the_environment_is_asked_only_where_the_configuration_says_so(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write("system.xml", '<uri name="urn:a" uri="a.rng"/>')
    monkeypatch.setenv("XML_CATALOG_FILES", f"{tmp_path / 'none.xml'} {path.as_uri()}")
    assert catalogs([], tmp_path).resolve("urn:a") is None
    assert catalogs(["$XML_CATALOG_FILES"], tmp_path).resolve("urn:a") == tmp_path / "a.rng"


def test_a_file_uri_is_a_path_and_nothing_else_is(tmp_path: Path) -> None:
    path = tmp_path / "with space é.rng"
    assert local_path(path.as_uri()) == path
    assert local_path("file://localhost/a/b.rng") == Path("/a/b.rng")
    assert local_path("file://elsewhere/a/b.rng") is None
    assert local_path("https://a.example/b.rng") is None
    assert local_path("a/b.rng") is None

"""Schemas by URL: catalogs and the pinned store give local files; nothing is fetched unasked."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from teikit.config import load
from teikit.diagnostics import Diagnostic, Location, Severity
from teikit.errors import ConfigError, TeikitError
from teikit.validation import fetch
from teikit.validation.catalog import NAMESPACE, Catalog, catalogs, local_path
from teikit.validation.includes import Reference, references
from teikit.validation.models import Kind, Model
from teikit.validation.resolve import Resolved, resolve_chain
from teikit.validation.store import Copy, Store
from tests.conftest import run, tei

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
    url, entry = "https://a.example/x.dtd", '<public publicId="-//X" uri="x.dtd"/>'
    assert found(write("a.xml", entry), url, "-//X") == "x.dtd"
    assert found(write("b.xml", entry, 'prefer="system"'), url, "-//X") is None
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
        (
            f'<catalog xmlns="{NAMESPACE}"><a:b/></catalog>',
            "the catalog cannot be used: the prefix a:",
        ),
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


# -- the store -----------------------------------------------------------------------------------

RNG = "http://relaxng.org/ns/structure/1.0"
URL = "https://a.example/tei/main.rng"
MAIN = f'<grammar xmlns="{RNG}"><include href="parts/common.rng"/></grammar>'
COMMON = f'<grammar xmlns="{RNG}"><start><ref name="TEI"/></start></grammar>'


def pinned(root: Path, url: str = URL, data: str = COMMON) -> Store:
    store = Store(root)
    store.put([Copy(url, data.encode())])
    return store


def test_a_pinned_schema_is_found_by_its_url_in_a_new_run(tmp_path: Path) -> None:
    pinned(tmp_path)
    path = Store(tmp_path).lookup(URL)
    assert path == tmp_path / "schema/store/a.example/tei/main.rng"
    assert path.read_text("utf-8") == COMMON
    assert Store(tmp_path).lookup("https://a.example/other.rng") is None


def test_the_lock_is_a_text_that_shows_its_changes_line_by_line(tmp_path: Path) -> None:
    pinned(tmp_path, "https://b.example/b.rng?v=1")
    pinned(tmp_path)
    assert (tmp_path / "schema/teikit.lock").read_text("utf-8") == (
        "# Schemas by URL, pinned: written by `teikit schema`, to be committed with the corpus.\n"
        "\n[[schema]]\n"
        'url = "https://a.example/tei/main.rng"\n'
        'file = "schema/store/a.example/tei/main.rng"\n'
        f'sha256 = "{hashlib.sha256(COMMON.encode()).hexdigest()}"\n'
        f"bytes = {len(COMMON)}\n"
        "\n[[schema]]\n"
        'url = "https://b.example/b.rng?v=1"\n'
        f'file = "schema/store/b.example/b-{hashlib.sha256(b"v=1").hexdigest()[:8]}.rng"\n'
        f'sha256 = "{hashlib.sha256(COMMON.encode()).hexdigest()}"\n'
        f"bytes = {len(COMMON)}\n"
    )
    # What git checks out has the bytes that were pinned, on Windows too.
    assert (tmp_path / "schema/store/.gitattributes").read_text("utf-8") == "* -text\n"


@pytest.mark.parametrize(
    "url", ["http://a.example/tei/main.rng", f"{URL}#top", "https://A.EXAMPLE/tei/main.rng"]
)
def test_scheme_fragment_and_case_of_the_host_make_no_difference(url: str, tmp_path: Path) -> None:
    assert isinstance(pinned(tmp_path).lookup(url), Path)


@pytest.mark.parametrize("url", ["https://a.example/tei/Main.rng", f"{URL}?v=1"])
def test_path_and_query_make_a_difference(url: str, tmp_path: Path) -> None:
    assert pinned(tmp_path).lookup(url) is None


def test_every_url_has_a_file_of_its_own_inside_the_store(tmp_path: Path) -> None:
    urls = [
        "https://a.example",
        "https://a.example/x/",
        "https://a.example/X.rng",
        "https://a.example/x.rng",
        "https://a.example/x.rng?a=1",
        "https://a.example/x.rng?a=2",
        "https://a.example/../../../etc/passwd",
        "https://a.example/%2e%2e/%2E%2E/%2Fetc%2Fpasswd",
        "https://a.example/схема.rng",
        "https://a.example/con*?.rng",
        f"https://a.example/{'long' * 100}.rng",
        "http://127.0.0.1:8080/a.rng",
        "https://user:secret@b.example/a.rng",
    ]
    store = Store(tmp_path)
    store.put(Copy(url, url.encode()) for url in urls)
    files = [pin.file for pin in store.pins]
    assert len({file.lower() for file in files}) == len(urls)
    for url in urls:
        path = Store(tmp_path).lookup(url)
        assert isinstance(path, Path)
        assert path.read_bytes() == url.encode()
        assert path.is_relative_to(tmp_path / "schema" / "store")
        assert "secret" not in path.as_posix()
        assert len(path.name) < 150


def test_a_copy_that_was_changed_is_refused_and_said_so(tmp_path: Path) -> None:
    path = pinned(tmp_path).lookup(URL)
    assert isinstance(path, Path)
    path.write_text(COMMON + " ", "utf-8")
    finding = Store(tmp_path).lookup(URL)
    assert isinstance(finding, Diagnostic)
    assert (finding.code, str(finding.location)) == ("TK109", "schema/teikit.lock:4")
    assert "is not the file that was pinned" in finding.message
    assert finding.hints[0] == f"pin it anew: teikit schema add {URL}"
    assert list(Store(tmp_path).verify()) == [finding]


def test_a_copy_that_is_missing_is_said_so(tmp_path: Path) -> None:
    path = pinned(tmp_path).lookup(URL)
    assert isinstance(path, Path)
    path.unlink()
    finding = Store(tmp_path).lookup(URL)
    assert isinstance(finding, Diagnostic)
    assert "cannot be read" in finding.message


@pytest.mark.parametrize(
    ("lock", "reason"),
    [
        ("[[schema]]\nurl = ", "Invalid value"),
        ('[[schema]]\nurl = "x"', "does not list url, file, sha256 and bytes"),
        ('schema = "x"', "does not list"),
        ('[[schema]]\nurl = 1\nfile = "x"\nsha256 = "x"\nbytes = 1', "are strings"),
        (
            '[[schema]]\nurl = "https://a.example/"\nfile = "../x"\nsha256 = ""\nbytes = 1',
            "../x is not inside schema/store",
        ),
    ],
)
def test_a_lock_that_cannot_be_read_is_one_finding(lock: str, reason: str, tmp_path: Path) -> None:
    (tmp_path / "schema").mkdir()
    (tmp_path / "schema/teikit.lock").write_text(lock, "utf-8")
    finding = Store(tmp_path).lookup(URL)
    assert isinstance(finding, Diagnostic)
    assert finding.location.path == "schema/teikit.lock"
    assert reason in finding.message


# -- what a schema includes ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("relaxng", MAIN, ["parts/common.rng"]),
        (
            "relaxng",
            f'<r:grammar xmlns:r="{RNG}" xml:base="a/"><r:div xml:base="b/">'
            '<r:externalRef href="c.rng#x"/></r:div><r:include href="d.rng"/>'
            '<include href="no.rng"/></r:grammar>',
            ["a/b/c.rng", "a/d.rng"],
        ),
        (
            "xsd",
            '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">'
            '<xs:include schemaLocation="a.xsd"/><xs:import namespace="urn:b"/>'
            '<xs:import namespace="urn:c" schemaLocation="https://c.example/c.xsd"/></xs:schema>',
            ["a.xsd", "https://c.example/c.xsd"],
        ),
        (
            "compact",
            '# include "comment.rnc"\nstart = external "a" ~ "b.rnc" | element include { "no" }\n'
            "include 'c.rnc' inherit = x { start = \\include }\n"
            'x = element y { "external \\"no\\"" } include """d.rnc""" include "c.rnc"',
            ["ab.rnc", "c.rnc", "d.rnc"],
        ),
        ("compact", "include", []),
        ("relaxng", "<broken", []),
    ],
)
def test_the_files_that_a_schema_takes_in(language: Kind, text: str, found: list[str]) -> None:
    assert [reference.href for reference in references(text.encode(), language)] == found


def test_the_place_of_an_include_is_known() -> None:
    xml = f'<grammar xmlns="{RNG}">\n  <include href="a.rng"/></grammar>'
    assert references(xml.encode(), "relaxng") == [Reference("a.rng", 2, 3, True)]
    compact = 'start =\n  external "é.rnc"'
    assert references(compact.encode(), "compact") == [Reference("é.rnc", 2, 3, True)]


# -- the network ---------------------------------------------------------------------------------


@dataclass
class Server:
    """An HTTP server on this machine, with what it serves and what it was asked for."""

    url: str
    pages: dict[str, tuple[int, dict[str, str], bytes]]
    asked: list[str]

    def page(self, path: str, body: str | bytes = b"", code: int = 200, **headers: str) -> str:
        data = body.encode() if isinstance(body, str) else body
        self.pages[path] = (code, headers, data)
        return self.url + path


@pytest.fixture
def server() -> Iterator[Server]:
    serving = Server("", {}, [])

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            serving.asked.append(self.path)
            code, headers, body = serving.pages.get(self.path, (404, {}, b""))
            self.send_response(code)
            for name, value in {"Content_Length": str(len(body)), **headers}.items():
                self.send_header(name.replace("_", "-"), value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        serving.url = f"http://127.0.0.1:{http.server_address[1]}"
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield serving
        http.shutdown()
        thread.join()


def test_a_schema_is_added_with_all_that_it_includes(server: Server, tmp_path: Path) -> None:
    url = server.page("/tei/main.rng", MAIN)
    server.page("/tei/parts/common.rng", COMMON)
    done = run("schema", "add", url, cwd=tmp_path)
    assert done.code == 0, done.err
    assert "2 schemas pinned in schema/teikit.lock" in done.out
    path = Store(tmp_path).lookup(url)
    assert isinstance(path, Path)
    # The file that it includes lies where its relative reference leads.
    assert (path.parent / "parts" / "common.rng").read_text("utf-8") == COMMON
    assert isinstance(Store(tmp_path).lookup(f"{server.url}/tei/parts/common.rng"), Path)


def test_schemas_that_include_each_other_are_fetched_once(server: Server, tmp_path: Path) -> None:
    url = server.page("/a.rng", f'<grammar xmlns="{RNG}"><include href="b.rng"/></grammar>')
    server.page("/b.rng", f'<grammar xmlns="{RNG}"><include href="a.rng"/></grammar>')
    assert run("schema", "add", url, cwd=tmp_path).code == 0
    assert server.asked == ["/a.rng", "/b.rng"]


def test_a_redirection_is_followed_and_noted(server: Server, tmp_path: Path) -> None:
    url = server.page("/latest/main.rng", code=302, Location="/4.9/main.rng")
    server.page("/4.9/main.rng", MAIN)
    server.page("/4.9/parts/common.rng", COMMON)
    assert run("schema", "add", url, cwd=tmp_path).code == 0
    pins = {pin.url: pin.source for pin in Store(tmp_path).pins}
    assert pins == {
        url: f"{server.url}/4.9/main.rng",
        f"{server.url}/latest/parts/common.rng": f"{server.url}/4.9/parts/common.rng",
    }


def bad(server: Server, what: str) -> str:
    """The address of something that cannot be pinned."""
    return {
        "absent": lambda: f"{server.url}/none.rng",
        "include absent": lambda: server.page("/a.rng", MAIN),
        "web page": lambda: server.page("/a.rng", "<!DOCTYPE html><html><body>x</body></html>"),
        "other XML": lambda: server.page("/a.rng", "<TEI/>"),
        "no schema": lambda: server.page("/a", "words"),
        "cut short": lambda: server.page("/a.rng", COMMON, Content_Length="9999"),
        "insecure": lambda: server.page("/a.rng", code=302, Location="http://a.example/a.rng"),
        "in a circle": lambda: server.page("/a.rng", code=302, Location="/a.rng"),
        "nobody answers": lambda: "http://127.0.0.1:9/a.rng",
        "no web": lambda: "ftp://a.example/a.rng",
        "a path": lambda: "schema/a.rng",
    }[what]()


@pytest.mark.parametrize(
    ("what", "message"),
    [
        ("absent", "the server answered 404 Not Found"),
        ("include absent", "the server answered 404 Not Found"),
        ("web page", "the address gives a web page, not a schema"),
        ("other XML", "is not the schema that its name says"),
        ("no schema", "is no schema that teikit knows"),
        ("cut short", "the connection ended early"),
        ("insecure", "leads on to http://a.example/a.rng, which is not secure"),
        ("in a circle", "infinite loop"),
        ("nobody answers", "it could not be fetched: Connection refused"),
        ("no web", "this is no https address"),
        ("a path", "this is no https address"),
    ],
)
def test_what_cannot_be_had_is_said_and_nothing_is_written(
    what: str, message: str, server: Server, tmp_path: Path
) -> None:
    done = run("schema", "add", bad(server, what), cwd=tmp_path)
    assert done.code == 1
    assert message in done.err
    assert "nothing was pinned" in done.err
    assert "[TK109]" in done.err
    assert list(tmp_path.iterdir()) == []


def test_a_file_without_end_is_refused(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "LARGEST", 100_000)
    url = server.page("/a.rng", b"x" * 200_000)
    with pytest.raises(TeikitError, match="the file is larger than"):
        fetch.fetched(url)


def test_http_is_asked_for_by_https() -> None:
    assert fetch.secure("http://a.example/a.rng?x") == "https://a.example/a.rng?x"
    assert fetch.secure("https://a.example/a.rng") == "https://a.example/a.rng"
    assert fetch.secure("http://localhost:80/a.rng") == "http://localhost:80/a.rng"


def test_a_local_copy_is_registered_without_a_network(tmp_path: Path) -> None:
    downloads = tmp_path / "downloads"
    (downloads / "parts").mkdir(parents=True)
    main = MAIN.replace("</grammar>", '<include href="https://b.example/b.rng"/></grammar>')
    (downloads / "my.rng").write_text(main, "utf-8")
    (downloads / "parts" / "common.rng").write_text(COMMON, "utf-8")
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    done = run("schema", "add", URL, "--file", downloads / "my.rng", cwd=corpus)
    assert done.code == 0
    assert "includes https://b.example/b.rng, which is not pinned" in done.err
    assert [pin.url for pin in Store(corpus).pins] == [
        URL,
        "https://a.example/tei/parts/common.rng",
    ]
    assert all(pin.source == "" for pin in Store(corpus).pins)


def test_a_local_copy_that_does_not_exist_is_said(tmp_path: Path) -> None:
    done = run("schema", "add", URL, "--file", "none.rng", cwd=tmp_path)
    assert done.code == 1
    assert "the file cannot be read" in done.err


# -- the verbs -----------------------------------------------------------------------------------


def asking(folder: Path, **hrefs: str) -> Path:
    """A corpus of files that each ask for one schema."""
    (folder / "tei").mkdir(parents=True, exist_ok=True)
    for name, href in hrefs.items():
        text = tei("<p>a</p>").replace("<TEI", f'<?xml-model href="{href}"?>\n<TEI', 1)
        (folder / "tei" / f"{name}.xml").write_text(text, "utf-8")
    return folder


def test_the_list_says_what_is_pinned_and_what_is_not(tmp_path: Path) -> None:
    asking(tmp_path, a=URL, b="https://b.example/b.rng", c="https://b.example/b.rng", d="x.sch")
    pinned(tmp_path)
    done = run("schema", "list", cwd=tmp_path)
    assert done.code == 0
    assert done.out == (
        f"pinned  {URL}\n"
        f"        schema/store/a.example/tei/main.rng, {len(COMMON)} bytes\n"
        f"asked   {URL} by 1 file\n"
        "asked   https://b.example/b.rng by 2 files: not pinned "
        "(teikit schema add https://b.example/b.rng)\n"
        "asked   x.sch by 1 file: not judged yet\n"
        "1 schema pinned, 1 URL not pinned\n"
    )


def test_the_lock_is_checked_and_made_anew(tmp_path: Path) -> None:
    path = pinned(tmp_path).lookup(URL)
    assert isinstance(path, Path)
    assert run("schema", "lock", "--check", cwd=tmp_path).code == 0
    path.write_text(COMMON + "\n", "utf-8")
    done = run("schema", "lock", "--check", cwd=tmp_path)
    assert done.code == 1
    assert "is not the file that was pinned" in done.err
    assert run("schema", "lock", cwd=tmp_path).out.startswith(f"locked {URL}")
    assert run("schema", "lock", "--check", cwd=tmp_path).code == 0
    path.unlink()
    assert run("schema", "lock", "--check", cwd=tmp_path).code == 1
    before = (tmp_path / "schema/teikit.lock").read_bytes()
    assert run("schema", "lock", cwd=tmp_path).code == 1
    assert (tmp_path / "schema/teikit.lock").read_bytes() == before


# -- the chain -----------------------------------------------------------------------------------


@pytest.fixture
def corpus_of_schemas(tmp_path: Path) -> Path:
    (tmp_path / "tei").mkdir()
    (tmp_path / "schema").mkdir()
    (tmp_path / "schema" / "a b.rng").write_text(COMMON, "utf-8")
    (tmp_path / "schema" / "any").write_text(COMMON, "utf-8")
    (tmp_path / "schema" / "odd.xml").write_text(tei("<p/>"), "utf-8")
    (tmp_path / "schema" / "words.txt").write_text("words", "utf-8")
    pinned(tmp_path)
    (tmp_path / "catalog.xml").write_text(
        f'<catalog xmlns="{NAMESPACE}"><uri name="urn:tei" uri="schema/a%20b.rng"/>'
        '<uri name="https://c.example/a.rng" uri="schema/any"/>'
        f'<uri name="https://d.example/a.rng" uri="{URL}"/>'
        '<uri name="https://e.example/a.rng" uri="schema/none.rng"/></catalog>',
        "utf-8",
    )
    return tmp_path


def chain(root: Path, source: Model | str) -> Resolved | Diagnostic:
    folder = root / "tei" if isinstance(source, Model) else root
    return resolve_chain(
        source,
        folder=folder,
        root=root,
        where=Location("tei/a.xml"),
        catalog=catalogs(["catalog.xml"], root),
        store=Store(root),
    )


@pytest.mark.parametrize(
    ("source", "name", "language", "url"),
    [
        (Model("../schema/a%20b.rng"), "schema/a b.rng", "relaxng", ""),
        ("schema/a b.rng", "schema/a b.rng", "relaxng", ""),
        (Model("../schema/any"), "schema/any", "relaxng", ""),
        (Model(URL), "schema/store/a.example/tei/main.rng", "relaxng", URL),
        (URL, "schema/store/a.example/tei/main.rng", "relaxng", URL),
        ("urn:tei", "schema/a b.rng", "relaxng", "urn:tei"),
        (Model("https://c.example/a.rng"), "schema/any", "relaxng", "https://c.example/a.rng"),
        (
            "https://d.example/a.rng",
            "schema/store/a.example/tei/main.rng",
            "relaxng",
            "https://d.example/a.rng",
        ),
    ],
)
def test_what_a_text_names_is_found(
    source: Model | str, name: str, language: str, url: str, corpus_of_schemas: Path
) -> None:
    found = chain(corpus_of_schemas, source)
    assert isinstance(found, Resolved), found
    assert (found.name, found.kind, found.url) == (name, language, url)
    assert found.path == (corpus_of_schemas / name).resolve()


@pytest.mark.parametrize(
    ("source", "code", "message", "hint"),
    [
        (
            Model("https://z.example/a.rng", line=2, column=1),
            "TK111",
            "the schema https://z.example/a.rng is not pinned, so it does not judge; it was not",
            "teikit schema add https://z.example/a.rng",
        ),
        ("urn:nobody", "TK111", "urn:nobody is not pinned", "say in a catalog where it lies"),
        (Model("a.sch"), "TK112", "a.sch is Schematron, which is not judged yet", ""),
        (Model("https://z.example/a.odd"), "TK112", "is an ODD, which is not judged yet", ""),
        (Model("../schema/odd.xml"), "TK112", "is an ODD", ""),
        (Model("a.dtd"), "TK112", "a.dtd is a DTD", ""),
        (Model("#schema"), "TK112", "a schema in the file itself", ""),
        (Model("../schema/ab.rng"), "TK109", "there is no schema ../schema/ab.rng", "a b.rng?"),
        (Model("../none/a.rng"), "TK109", "there is no schema", "no folder none either"),
        ("https://e.example/a.rng", "TK109", "there is no schema", "a catalog gives this path"),
        (Model("../schema/words.txt"), "TK109", "is no schema that teikit reads", ""),
        (Model("a.rng", schematypens="urn:x"), "TK109", "there is no schema a.rng", ""),
        (Model("", fault="it has no href"), "TK109", "cannot be used: it has no href", "<?xml-mo"),
    ],
)
def test_what_cannot_be_had_is_a_finding_at_the_instruction(
    source: Model | str, code: str, message: str, hint: str, corpus_of_schemas: Path
) -> None:
    found = chain(corpus_of_schemas, source)
    assert isinstance(found, Diagnostic)
    assert found.code == code
    assert message in found.message
    assert hint in " ".join(found.hints)
    assert found.location.path == "tei/a.xml"
    assert found.location.line == (source.line if isinstance(source, Model) else None)


def test_a_copy_that_was_changed_judges_nothing(corpus_of_schemas: Path) -> None:
    (corpus_of_schemas / "schema/store/a.example/tei/main.rng").write_text("x", "utf-8")
    found = chain(corpus_of_schemas, URL)
    assert isinstance(found, Diagnostic)
    assert found.code == "TK109"


def test_the_configuration_names_one_schema_or_several_and_catalogs(tmp_path: Path) -> None:
    file = tmp_path / "teikit.toml"
    file.write_text('[corpus]\nschema = "a.rng"\n', "utf-8")
    assert load(tmp_path).corpus.schemas == ("a.rng",)
    file.write_text('[corpus]\nschema = ["a.rng", "b.xsd"]\ncatalogs = ["c.xml"]\n', "utf-8")
    assert load(tmp_path).corpus.schemas == ("a.rng", "b.xsd")
    assert load(tmp_path).corpus.catalogs == ("c.xml",)
    file.write_text("[corpus]\nschema = 1\n", "utf-8")
    with pytest.raises(ConfigError, match="schema must be a string or a list of strings"):
        load(tmp_path)

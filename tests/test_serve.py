"""A preview shows what a build would, follows every edit, and is there for this machine only."""

from __future__ import annotations

import http.client
import json
import os
import queue
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from teikit import load
from teikit.outputs.html import Page, Site
from teikit.preview import Preview
from teikit.serving import open_server
from teikit.watching import Watch, watched
from tests.conftest import absent, hear, run, tei
from tests.judges import barriers_of, checked

# No wait is longer than this, in seconds: what does not come by then does not come.
PATIENCE = 60.0
SCRIPT = re.compile(rb'<script src="/\.teikit/preview\.js"[^>]*></script>')

PERSONS = (
    "<standOff><listPerson>"
    '<person xml:id="ann"><persName>Ann Lee</persName><birth when="1880"/></person>'
    '<person xml:id="bob"><persName>Bob Roe</persName></person>'
    "</listPerson></standOff>"
)
PLACES = (
    '<standOff><listPlace><place xml:id="rome"><placeName>Rome</placeName>'
    "<location><geo>41.9 12.5</geo></location></place></listPlace></standOff>"
)
LETTER = (
    '<p xml:id="{0}.1" corresp="{1}.xml#{1}.1">To <persName ref="persons.xml#ann">Ann</persName>'
    ' in <placeName ref="places.xml#rome">Rome</placeName>.</p>\n'
    '<p xml:id="{0}.2" corresp="{1}.xml#{1}.2">Second {0}.</p>'
)
TRANSLATED = (
    "<fileDesc><titleStmt><title>T</title></titleStmt><publicationStmt><p>P</p></publicationStmt>"
    '<notesStmt><relatedItem type="{}" target="{}.xml"/></notesStmt>'
    "<sourceDesc><p>S</p></sourceDesc></fileDesc>"
)
CONFIG = (
    '[corpus]\ndocuments = ["tei/?.xml"]\nregisters = ["tei/p*.xml"]\n'
    '[output]\nlanguage = "en"\nlanguages = ["en", "ru"]\n'
)


def letter(key: str, other: str, relation: str, lang: str) -> str:
    whole = tei(LETTER.format(key, other), key=key, lang=lang)
    start, end = whole.index("<fileDesc>"), whole.index("</fileDesc>") + len("</fileDesc>")
    return whole[:start] + TRANSLATED.format(relation, other) + whole[end:]


@pytest.fixture
def small(corpus: Callable[..., Path]) -> Path:
    """Two letters, the one translated, and two registers."""
    return corpus(
        CONFIG,
        **{
            "a.xml": letter("a", "b", "translatedAs", "ru"),
            "b.xml": letter("b", "a", "translationOf", "en"),
            "c.xml": tei(
                '<p>Alone with <persName ref="persons.xml#bob">Bob</persName>.</p>', key="c"
            ),
            "persons.xml": tei(PERSONS, key="persons"),
            "places.xml": tei(PLACES, key="places"),
        },
    )


class Events:
    """What a page that listens is told, one state after the other."""

    def __init__(self, port: int, page: str) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        self._connection.request("GET", f"/.teikit/events?page={page}")
        self._answer = self._connection.getresponse()
        assert self._answer.status == 200
        self.next()

    def next(self) -> dict[str, Any]:
        """The next news; waits for it."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            line = self._answer.readline().decode()
            assert line, "the server hung up"
            if line.startswith("data: "):
                told: dict[str, Any] = json.loads(line[6:])
                return told
        pytest.fail("no news came")

    def until(self, good: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The first news that is as it should be."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            told = self.next()
            if good(told):
                return told
        pytest.fail("the news did not come")

    def close(self) -> None:
        self._connection.close()


class Serving:
    """A running ``teikit serve``."""

    def __init__(self, folder: Path, *arguments: str, env: dict[str, str] | None = None) -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, "-m", "teikit", "serve", *arguments],
            cwd=folder,
            env={**os.environ, "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1", **(env or {})},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            preexec_fn=hear,
        )
        self.lines: list[str] = []
        self._read: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        threading.Thread(target=self._listen, daemon=True).start()
        address = self.said("shows the site")
        self.port = int(re.findall(r":(\d+)/", address)[0])

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._read.put(line.rstrip("\n"))
        self._read.put(None)

    def said(self, text: str) -> str:
        """The next line of the terminal that has a text in it; waits for it."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                line = self._read.get(timeout=max(0.0, end - time.monotonic()))
            except queue.Empty:
                pytest.fail(f"“{text}” was not said, but: {self.lines}")
            assert line is not None, f"it ended without “{text}”: {self.lines}"
            self.lines.append(line)
            if text in line:
                return line

    def get(
        self, path: str, *, method: str = "GET", **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.putrequest(method, path, skip_host="Host" in headers)
            for name, value in headers.items():
                connection.putheader(name, value)
            connection.endheaders()
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        finally:
            connection.close()

    def page(self, path: str) -> bytes:
        """A page without the script of the preview."""
        status, _, body = self.get(f"/{path}")
        assert status == 200, path
        plain, number = SCRIPT.subn(b"", body)
        assert number == 1
        return plain

    @contextmanager
    def listening(self, page: str = "/index.html") -> Iterator[Events]:
        events = Events(self.port, page)
        try:
            yield events
        finally:
            events.close()

    def end(self, how: int = signal.SIGINT) -> int:
        self.process.send_signal(how)
        try:
            code = self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            pytest.fail("it did not end")
        while (line := self._read.get(timeout=PATIENCE)) is not None:
            self.lines.append(line)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return code


@pytest.fixture
def serve() -> Iterator[Callable[..., Serving]]:
    """Start a preview of a folder, on any free port; it is ended with the test."""
    started: list[Serving] = []

    def start(folder: Path, *arguments: str, **more: Any) -> Serving:
        port = () if "--port" in arguments else ("--port", "0")
        started.append(Serving(folder, *port, *arguments, **more))
        return started[-1]

    yield start
    for item in started:
        if item.process.poll() is None:
            item.end()
        assert "Traceback" not in "\n".join(item.lines)


def whole(told: dict[str, Any]) -> bool:
    return told["total"] == 0


def broken(told: dict[str, Any]) -> bool:
    return bool(told["total"])


def change(path: Path, old: str, new: str) -> None:
    """Edit a file as most editors do: another file beside it, renamed into its place."""
    text = path.read_text("utf-8")
    assert old in text
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(text.replace(old, new), "utf-8")
    beside.replace(path)


def transformed(folder: Path, target: Path) -> dict[str, bytes]:
    """The site as ``teikit transform`` writes it, by paths."""
    done = run("transform", "--to", "html", "-o", target, cwd=folder)
    assert done.code == 0, done.err
    return {
        path.relative_to(target).as_posix(): path.read_bytes()
        for path in target.rglob("*")
        if path.is_file() and path.parent.name != "fonts"
    }


# -- what is shown -------------------------------------------------------------------------------


def say_more(folder: Path) -> None:
    change(folder / "a.xml", "Second a.", "Second a, at length.")


def name_another(folder: Path) -> None:
    change(
        folder / "persons.xml",
        "</listPerson>",
        '<person xml:id="eve"><persName>Eve</persName></person></listPerson>',
    )
    change(folder / "c.xml", "</p>", ' and <persName ref="persons.xml#eve">Eve</persName></p>')


def rename_somebody(folder: Path) -> None:
    for path in (folder / "persons.xml", folder / "c.xml"):
        change(path, "bob", "robert")


def turn_round(folder: Path) -> None:
    """The original changes, so that it is read after its translation."""
    change(folder / "a.xml", "Second", "<choice><sic>Secnd</sic><corr>Second</corr></choice>")


def drop_a_document(folder: Path) -> None:
    (folder / "c.xml").unlink()


def add_a_document(folder: Path) -> None:
    (folder / "d.xml").write_text(tei("<p>Ŋew ⸘letters‽</p>", key="d"), "utf-8")


EDITS = (say_more, name_another, rename_somebody, turn_round, drop_a_document, add_a_document)


def test_after_every_edit_each_file_is_what_a_transform_writes(
    small: Path, serve: Callable[..., Serving], tmp_path: Path
) -> None:
    preview = serve(small)
    expected = transformed(small, tmp_path / "at-first")
    assert len(expected) > 30
    for edit in (None, *EDITS):
        if edit is not None:
            with preview.listening() as events:
                edit(small / "tei")
                events.until(whole)
            before, expected = expected, transformed(small, tmp_path / edit.__name__)
            assert before != expected
            for path in before.keys() - expected.keys():
                assert preview.get(f"/{path}")[0] == 404
        for path, data in expected.items():
            shown = preview.page(path) if path.endswith(".html") else preview.get(f"/{path}")[2]
            assert shown == data, (edit, path)


def test_broken_markup_leaves_the_last_good_site_and_is_told(
    small: Path, serve: Callable[..., Serving]
) -> None:
    preview = serve(small)
    before = {path: preview.page(path) for path in ("a.html", "ru/index.html")}
    with preview.listening("/a.html") as events:
        change(small / "tei" / "a.xml", "Second a.</p>", "Third a.<p>")
        told = events.until(broken)
        assert told["errors"][0]["place"].startswith("tei/a.xml:4:")
        assert told["errors"][0]["hints"]
        preview.said("tei/a.xml:4:")
        preview.said("tei/a.xml: 1 error, no warnings: the site is as it was")
        # What nobody had looked at before is from then too.
        assert {path: preview.page(path) for path in before} == before
        assert b"Second a." in preview.page("ru/a.html")
        assert b"Third" not in preview.page("ru/a.html")
        assert preview.get("/search-texts.js")[0] == 200
        change(small / "tei" / "a.xml", "Third a.<p>", "Third a.</p>")
        events.until(whole)
        assert b"Third a." in preview.page("ru/a.html")


def test_an_error_that_only_the_whole_shows_is_told_as_a_build_does(
    small: Path, serve: Callable[..., Serving]
) -> None:
    preview = serve(small)
    with preview.listening() as events:
        change(small / "tei" / "c.xml", "#bob", "#bobb")
        told = events.until(broken)
    (error,) = told["errors"]
    done = run("build", cwd=small)
    assert done.code == 1
    place, message = error["place"], error["message"]
    assert f"{place}: error: {message} [{error['code']}]" in done.err
    preview.said(f"{place}: error: {message}")


def test_a_corpus_that_is_broken_from_the_start_comes_when_it_is_mended(
    small: Path, serve: Callable[..., Serving]
) -> None:
    change(small / "tei" / "c.xml", "Bob</persName>", "<b>&lt;i&gt;</persName>")
    preview = serve(small)
    status, _, body = preview.get("/c.html")
    assert status == 503
    assert b"tei/c.xml:3:" in body
    with preview.listening("/c.html") as events:
        change(small / "tei" / "c.xml", "<b>&lt;i&gt;</persName>", "Bob</persName>")
        events.next()
    assert b"Alone with" in preview.page("c.html")


def test_a_wrong_setting_is_told_and_the_site_stays(
    small: Path, serve: Callable[..., Serving]
) -> None:
    preview = serve(small)
    before = preview.page("a.html")
    with preview.listening() as events:
        change(small / "teikit.toml", "language =", "langage =")
        told = events.until(broken)
        assert told["errors"][0]["place"] == "teikit.toml:5"
        assert preview.page("a.html") == before
        change(small / "teikit.toml", "langage =", "language =")
        events.until(whole)


def test_a_setting_counts_at_once(small: Path, serve: Callable[..., Serving]) -> None:
    preview = serve(small)
    assert preview.get("/fr/a.html")[0] == 404
    with preview.listening() as events:
        change(small / "teikit.toml", '"ru"]', '"fr"]')
        events.until(whole)
    assert b'<html lang="fr"' in preview.page("fr/a.html")
    assert preview.get("/ru/a.html")[0] == 404


def test_what_a_corpus_puts_into_its_site_is_followed_too(
    small: Path, serve: Callable[..., Serving], tmp_path: Path
) -> None:
    own = small / "own"
    own.mkdir()
    template = (
        '<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"'
        ' xmlns:t="urn:x-teikit:facts" xmlns:m="urn:x-teikit:modes">'
        '<xsl:template match="t:facts" mode="m:head"><meta name="x" content="one"/>'
        "</xsl:template></xsl:stylesheet>"
    )
    (own / "site.xsl").write_text(template, "utf-8")
    (own / "site.css").write_text("h1 { color: black }", "utf-8")
    with (small / "teikit.toml").open("a", encoding="utf-8") as config:
        config.write('[site]\nstylesheet = "own/site.xsl"\ncss = ["own/*.css"]\n')
    preview = serve(small)
    assert b'content="one"' in preview.page("a.html")
    with preview.listening("/a.html") as events:
        change(own / "site.css", "black", "green")
        events.until(whole)
        assert b"green" in preview.get("/own/site.css")[2]
        change(own / "site.xsl", 'content="one"', 'content="two"')
        events.until(whole)
        assert b'content="two"' in preview.page("a.html")
        change(own / "site.xsl", "<meta", "<xsl:meat")
        assert "own/site.xsl" in events.until(broken)["errors"][0]["place"]
        assert b'content="two"' in preview.page("c.html")
        change(own / "site.xsl", "<xsl:meat", "<meta")
        events.until(whole)
    expected = transformed(small, tmp_path / "site")
    assert "own/site.css" in expected
    for path, data in expected.items():
        shown = preview.page(path) if path.endswith(".html") else preview.get(f"/{path}")[2]
        assert shown == data, path


def test_without_reload_files_have_no_byte_more(
    small: Path, serve: Callable[..., Serving], tmp_path: Path
) -> None:
    preview = serve(small, "--no-reload")
    expected = transformed(small, tmp_path / "site")
    assert {path: preview.get(f"/{path}")[2] for path in expected} == expected
    for own in ("events", "preview.js", "preview.css"):
        assert preview.get(f"/.teikit/{own}")[0] == 404


def test_the_typeface_has_every_character_of_the_pages(
    small: Path, serve: Callable[..., Serving]
) -> None:
    ttlib = pytest.importorskip("fontTools.ttLib")
    from io import BytesIO

    change(small / "tei" / "c.xml", "Alone", "Alŏne ѣ")
    preview = serve(small)
    status, headers, data = preview.get("/fonts/serif.woff2")
    if status == 404:
        absent("the typeface")
    assert headers["Content-Type"] == "font/woff2"
    known = ttlib.TTFont(BytesIO(data)).getBestCmap()
    assert {ord(char) for char in "Alŏneѣ"} <= known.keys()


# -- only what has changed -----------------------------------------------------------------------


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages that are made, in order."""
    made: list[str] = []
    make = Site.make

    def counting(site: Site, page: Page) -> Any:
        made.append(page.path)
        return make(site, page)

    monkeypatch.setattr(Site, "make", counting)
    return made


def renewed(preview: Preview) -> None:
    for _ in range(100):
        if preview.renew() is not None:
            return
    pytest.fail("the sources never came to rest")


def test_only_pages_are_made_whose_inputs_have_changed(small: Path, counted: list[str]) -> None:
    preview = Preview(lambda: load(small))
    renewed(preview)
    for path in ("a.html", "c.html", "person-ann.html", "a.html"):
        preview.make(path)
    assert counted == ["a.html", "c.html", "person-ann.html"]
    # As many words as before, and nobody's mention has them beside it.
    change(small / "tei" / "a.xml", "Second a.", "Sekond a.")
    renewed(preview)
    del counted[:]
    for path in ("c.html", "a.html", "person-ann.html"):
        preview.make(path)
    assert counted == ["a.html"]
    # A file that is written again as it was changes nothing.
    (small / "tei" / "a.xml").write_bytes((small / "tei" / "a.xml").read_bytes())
    renewed(preview)
    preview.make("a.html")
    assert counted == ["a.html"]


def test_a_page_listens_for_its_own_changes_only(
    small: Path, serve: Callable[..., Serving]
) -> None:
    preview = serve(small)
    with preview.listening("/c.html") as other, preview.listening("/a.html") as own:
        versions = [
            re.findall(rb'data-version="(\w+)"', preview.get(f"/{name}.html")[2])[0].decode()
            for name in "ca"
        ]
        change(small / "tei" / "a.xml", "Second a.", "Sekond a.")
        assert other.next()["version"] == versions[0]
        assert own.next()["version"] != versions[1]


def test_the_search_page_shows_itself_anew_when_any_text_changes(
    small: Path, serve: Callable[..., Serving]
) -> None:
    preview = serve(small)
    with preview.listening("/search.html") as events:
        before = preview.page("search.html")
        change(small / "tei" / "a.xml", "Second a.", "Sekond a.")
        told = events.next()["version"].encode()
        assert told in preview.get("/search.html")[2]
        assert preview.page("search.html") == before
        change(small / "tei" / "a.xml", "Sekond a.", "Zekond a.")
        assert events.next()["version"].encode() != told


# -- sources in motion ---------------------------------------------------------------------------


def test_a_file_that_is_written_slowly_is_read_when_it_is_whole(
    small: Path, serve: Callable[..., Serving]
) -> None:
    preview = serve(small)
    path = small / "tei" / "a.xml"
    text = path.read_text("utf-8").replace("Second a.", "Second a, slowly.")
    with preview.listening("/a.html") as events:
        with path.open("w", encoding="utf-8") as file:
            for start in range(0, len(text), 40):
                file.write(text[start : start + 40])
                file.flush()
                time.sleep(0.03)
        assert events.next()["total"] == 0
    assert b"slowly" in preview.page("a.html")


def test_sources_are_at_rest_when_two_looks_see_the_same(small: Path) -> None:
    preview = Preview(lambda: load(small))
    renewed(preview)
    assert preview.look() is False
    path = small / "tei" / "a.xml"
    change(path, "Second a.", "Third a.")
    assert preview.look() is None
    change(path, "Third a.", "Fourth a.")
    assert preview.look() is None
    assert preview.look() is True
    renewed(preview)
    assert preview.look() is False


def test_a_change_during_a_renewal_gives_no_state(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from teikit import preview as module

    preview = Preview(lambda: load(small))
    renewed(preview)
    check, number = module.check, preview.state.number

    def disturbed(*arguments: Any, **named: Any) -> Any:
        found = check(*arguments, **named)
        change(small / "tei" / "a.xml", "Second a.", "Second a, and more.")
        monkeypatch.setattr(module, "check", check)
        return found

    monkeypatch.setattr(module, "check", disturbed)
    change(small / "tei" / "c.xml", "Alone", "Still alone")
    assert preview.renew() is None
    assert preview.state.number == number
    assert preview.renew() is not None
    for path, words in (("a.html", b"and more"), ("c.html", b"Still alone")):
        preview.make(path)
        assert preview.state.live is not None
        assert words in preview.state.live.made[path].data


def test_a_corpus_that_vanishes_is_told_and_comes_back(
    small: Path, serve: Callable[..., Serving]
) -> None:
    preview = serve(small)
    before = preview.page("a.html")
    with preview.listening() as events:
        (small / "tei").rename(small / "elsewhere")
        events.until(broken)
        assert preview.page("a.html") == before
        (small / "elsewhere").rename(small / "tei")
        events.until(whole)
    assert preview.page("a.html") == before


def test_many_readers_and_an_editor_get_whole_pages(
    small: Path, serve: Callable[..., Serving]
) -> None:
    preview = serve(small)
    stop = threading.Event()

    def edit() -> None:
        for number in range(8):
            change(small / "tei" / "a.xml", "<body>", f"<body><p>Number {number}.</p>")
            if stop.wait(0.4):
                return

    def read(number: int) -> list[bytes]:
        names = ("a.html", "index.html", "ru/c.html", "person-ann.html")
        return [preview.page(names[(number + step) % 4]) for step in range(15)]

    editor = threading.Thread(target=edit)
    editor.start()
    with ThreadPoolExecutor(16) as readers:
        pages = [page for found in readers.map(read, range(16)) for page in found]
    stop.set()
    editor.join()
    assert len(pages) == 240
    for page in pages:
        assert page.startswith(b"<!DOCTYPE")
        assert page.rstrip().endswith(b"</html>")


# -- what is looked at ---------------------------------------------------------------------------


def test_everything_that_the_site_depends_on_is_looked_at(small: Path) -> None:
    (small / "teikit.toml").write_text(
        CONFIG + '[citation]\nstyle = "styles/our.csl"\n[validate]\nbaseline = "known.json"\n'
        '[citation.types]\nx = "site/*.css"\n'
    )
    named = ("styles/our.csl", "known.json", "site/a.css", "site/b.css")
    for name in (*named, "schema/one.rng", "schema/part/two.rnc", "own/head.xsl"):
        (small / name).parent.mkdir(parents=True, exist_ok=True)
        (small / name).write_text("x")
    for name in ("build/html/a.xml", ".git/config", "notes.txt", "node_modules/x/y.rng"):
        (small / name).parent.mkdir(parents=True, exist_ok=True)
        (small / name).write_text("x")
    root = small.resolve()
    found = watched(load(small), ["references.lock"])
    inside = {
        path.relative_to(root).as_posix() for path in found.files if path.is_relative_to(root)
    }
    assert inside == {
        *(f"tei/{name}.xml" for name in ("a", "b", "c", "persons", "places")),
        *("teikit.toml", "references.lock", *named),
        *("schema/one.rng", "schema/part/two.rnc", "own/head.xsl"),
    }
    assert {"main.xsl", "labels.xsl", "style.css"} <= {path.name for path in found.files}


@pytest.mark.parametrize(
    "text", ["x" * 5000, f"{'x' * 300}/*.css", "**x/y*", "[", "site/[", "?", "/*", "../*", "~*"]
)
def test_text_that_is_no_path_is_looked_for_in_vain(small: Path, text: str) -> None:
    before = watched(load(small))
    (small / "teikit.toml").write_text(f'{CONFIG}[citation.types]\nx = "{text}"\n')
    found = watched(load(small))
    assert {path for path in found.files - before.files if path.is_file()} <= {
        *small.iterdir(),
        *(path.resolve() for path in small.iterdir()),
    }


def test_a_folder_that_cannot_be_read_hides_no_other(small: Path) -> None:
    (small / "teikit.toml").write_text(f'{CONFIG}[citation.types]\nx = "site"\n')
    for name in ("a/one.css", "b/two.css", "c/three.css"):
        (small / "site" / name).parent.mkdir(parents=True)
        (small / "site" / name).write_text("x")
    (small / "site" / "b" / "loop").symlink_to("loop")
    (small / "site" / "b" / "out").symlink_to("nowhere")
    names = {path.name for path in watched(load(small)).files}
    assert {"one.css", "two.css", "three.css"} <= names


def test_a_file_in_a_folder_that_was_empty_is_seen(small: Path) -> None:
    (small / "teikit.toml").write_text('[corpus]\ndocuments = ["**/*.xml"]\n')
    watch = Watch(load(small))
    (small / "new" / "inner").mkdir(parents=True)
    before = watch.look()
    assert watch.look() == before
    (small / "new" / "inner" / "e.xml").write_text(tei("<p>e</p>"))
    assert watch.look().keys() - before.keys() == {(small / "new" / "inner" / "e.xml").resolve()}


# -- who is answered -----------------------------------------------------------------------------


def test_only_names_of_this_machine_are_answered(
    small: Path, serve: Callable[..., Serving]
) -> None:
    preview = serve(small)
    port = preview.port
    for host in ("localhost", "LOCALHOST", f"127.0.0.1:{port}", f"[::1]:{port}", "[::1]"):
        assert preview.get("/", Host=host)[0] == 200, host
    for host in (
        *("evil.example", f"evil.example:{port}", "localhost.evil.example", "127.0.0.1.nip.io"),
        *("", "localhost:x", "localhost@evil.example", "127.0.0.2", "0.0.0.0", f":{port}"),
    ):
        for path in ("/", "/.teikit/events?page=/", "/search-texts.js"):
            status, _, body = preview.get(path, Host=host)
            assert (status, b"Rome" in body) == (403, False), host


def test_nothing_but_the_loopback_is_listened_on() -> None:
    server = open_server(0, reload=True)
    try:
        assert server.server_address[0] == "127.0.0.1"
    finally:
        server.server_close()


def test_what_would_change_something_is_refused(small: Path, serve: Callable[..., Serving]) -> None:
    preview = serve(small)
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND"):
        status, headers, _ = preview.get("/", method=method)
        assert (status, headers["Allow"]) == (405, "GET, HEAD"), method
    assert preview.get("/")[0] == 200


@pytest.mark.parametrize("reload", [(), ("--no-reload",)])
def test_no_address_leads_out_of_the_site(
    reload: tuple[str, ...], small: Path, serve: Callable[..., Serving]
) -> None:
    (small / "link.html").symlink_to("/etc/passwd")
    (small / "tei" / "link.xml").symlink_to("/etc/passwd")
    preview = serve(small, *reload)
    for path in (
        *("/../teikit.toml", "/..%2fteikit.toml", "/%2e%2e/teikit.toml", "/%2e%2e%2fteikit.toml"),
        *("/..\\teikit.toml", "/..%5cteikit.toml", "/%252e%252e/teikit.toml", "/./teikit.toml"),
        *("/teikit.toml", "/tei/a.xml", "/link.html", "/tei/link.xml", "//etc/passwd"),
        *("/etc/passwd", "/%00", "/a.html%00", "/a.html%00.css", "/a.html/", "/ru/../a.html"),
        *("/.teikit/../../teikit.toml", "/.teikit/serving.py", "/.teikit/", "/main.xsl"),
        *("/.teikit/%2e%2e/main.xsl", "/fonts/../a.html", "/fonts/x", "/%ff", "/A.HTML"),
        *("/con", "/a.html::$DATA", "/%C0%AE%C0%AE/x", "/" + "x" * 5000),
    ):
        status, _, body = preview.get(path)
        assert status in (400, 404), path
        assert b"root:" not in body
        assert b"[corpus]" not in body
    for target in ("http://evil.example/", "*", "a.html"):
        assert preview.get(target)[0] in (400, 403), target


def test_a_wrong_address_is_shown_as_text_with_what_is_like_it(
    small: Path, serve: Callable[..., Serving]
) -> None:
    preview = serve(small)
    status, headers, body = preview.get("/persns.html")
    assert (status, headers["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert b'<a href="/persons.html">' in body
    _, _, hostile = preview.get("/%3Cscript%3Ealert(1)%3C/script%3E%22%27.html")
    assert b"<script>alert" not in hostile
    assert b"&lt;script&gt;" in hostile


def test_files_come_with_their_kind_and_are_not_kept(
    small: Path, serve: Callable[..., Serving]
) -> None:
    preview = serve(small)
    for path, kind in (
        ("/", "text/html; charset=utf-8"),
        ("/ru/", "text/html; charset=utf-8"),
        ("/a.html", "text/html; charset=utf-8"),
        ("/style.css", "text/css; charset=utf-8"),
        ("/reader.js", "text/javascript; charset=utf-8"),
        ("/search-index.js", "text/javascript; charset=utf-8"),
        ("/.teikit/preview.js", "text/javascript; charset=utf-8"),
        ("/.teikit/preview.css", "text/css; charset=utf-8"),
        ("/fonts/OFL.txt", "text/plain; charset=utf-8"),
    ):
        status, headers, body = preview.get(f"{path}?x=1")
        assert (status, headers["Content-Type"]) == (200, kind), path
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "no-store"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert int(headers["Content-Length"]) == len(body) > 0
        asked, same, nothing = preview.get(path, method="HEAD")
        assert (asked, nothing) == (200, b"")
        assert same["Content-Length"] == headers["Content-Length"]
    status, headers, _ = preview.get("/ru")
    assert (status, headers["Location"]) == (301, "/ru/")
    assert preview.get("/favicon.ico")[0] == 204


# -- beginning and end ---------------------------------------------------------------------------


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_when_it_is_told_to_and_leaves_nothing(
    how: int, small: Path, serve: Callable[..., Serving]
) -> None:
    before = sorted(path for path in small.rglob("*") if ".teikit" not in path.parts)
    preview = serve(small)
    preview.page("a.html")
    with preview.listening():
        assert preview.end(how) == 0
    assert preview.lines[-1] == "ended"
    assert sorted(path for path in small.rglob("*") if ".teikit" not in path.parts) == before
    with socket.socket() as free:
        free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        free.bind(("127.0.0.1", preview.port))


def test_a_port_that_is_taken_gives_way_to_the_next(
    small: Path, serve: Callable[..., Serving]
) -> None:
    first = serve(small)
    second = serve(small, "--port", str(first.port))
    assert f"port {first.port} is taken" in second.lines
    assert first.port < second.port <= first.port + 100
    assert second.page("a.html") == first.page("a.html")


def test_the_browser_is_opened_at_the_first_page(
    small: Path, serve: Callable[..., Serving], tmp_path: Path
) -> None:
    seen = tmp_path / "seen"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {seen}.new\nmv {seen}.new {seen}\n')
    browser.chmod(0o755)
    preview = serve(small, "--open", env={"BROWSER": f"{browser} %s"})
    end = time.monotonic() + PATIENCE
    while not seen.exists() and time.monotonic() < end:
        time.sleep(0.05)
    assert seen.read_text() == f"http://127.0.0.1:{preview.port}/\n"


def test_a_configuration_that_cannot_be_used_at_first_is_exit_code_two(small: Path) -> None:
    (small / "teikit.toml").write_text("[corpse]\n")
    done = run("serve", cwd=small)
    assert done.code == 2
    assert "teikit.toml:1: error" in done.err
    assert "did you mean `corpus`?" in done.err


# -- in the browser ------------------------------------------------------------------------------
#
# `page` comes last: so it is closed before the server, whose end it would tell as an error.


@pytest.mark.long
def test_pages_of_the_server_itself_are_without_barrier_or_fault(
    browser: Any, small: Path, serve: Callable[..., Serving], tmp_path: Path
) -> None:
    preview = serve(small)
    saved = []
    for name in ("c.html", "ru/c.html", "persns.html", "broken.html"):
        if name == "broken.html":
            preview.end()
            change(small / "tei" / "c.xml", "Bob</persName>", "<b>&lt;i&gt;</persName>")
            preview = serve(small)
        opened = browser.new_page()
        opened.goto(f"http://127.0.0.1:{preview.port}/{name}")
        assert barriers_of(opened) == [], name
        opened.close()
        saved.append(tmp_path / f"{len(saved)}.html")
        saved[-1].write_bytes(preview.get(f"/{name}")[2])
    assert checked(saved) == []


def test_a_page_shows_a_change_where_the_reader_was(
    small: Path, serve: Callable[..., Serving], page: Any
) -> None:
    page.set_default_timeout(PATIENCE * 1000)
    path = small / "tei" / "c.xml"
    long = "".join(f'<p xml:id="c.{n}">Paragraph {n}.</p>' for n in range(200))
    change(path, "</body>", f"{long}</body>")
    preview = serve(small)
    # What the browser would do of itself, told after all that the page does when it is loaded.
    page.add_init_script("""addEventListener("DOMContentLoaded", () =>
        addEventListener("load", () => { window.loaded = history.scrollRestoration; }))""")
    page.goto(f"http://127.0.0.1:{preview.port}/c.html")
    page.locator("[id='c.120']").evaluate("node => node.scrollIntoView({ behavior: 'instant' })")
    top = page.locator("[id='c.120']").bounding_box()["y"]
    there = """top =>
        Math.abs(document.getElementById("c.120").getBoundingClientRect().top - top) < 2"""
    page.evaluate("window.before = true")
    change(path, "Paragraph 120.", "Paragraph changed.")
    page.get_by_text("Paragraph changed.").wait_for()
    assert page.evaluate("window.before") is None
    page.wait_for_function("window.loaded")
    # Else the browser may go where the old page was, after us: sometimes, on a busy machine.
    assert page.evaluate("window.loaded") == "manual"
    page.wait_for_function("history.scrollRestoration === 'auto'")
    page.wait_for_function(there, arg=top)
    # What is put in before it does not move it away.
    change(path, "Alone", "<lb/>".join(map(str, range(30))) + " alone")
    page.wait_for_function("document.body.textContent.includes('2829 alone')")
    page.wait_for_function(there, arg=top)


def test_an_error_is_told_on_the_page_until_it_is_mended(
    small: Path, serve: Callable[..., Serving], page: Any
) -> None:
    page.set_default_timeout(PATIENCE * 1000)
    preview = serve(small)
    page.goto(f"http://127.0.0.1:{preview.port}/c.html")
    hostile = "x&lt;img/src=y/onerror=alert(1)>"
    change(small / "tei" / "c.xml", "#bob", f"#{hostile}")
    banner = page.locator("#teikit-preview")
    banner.get_by_text("this page is as it was before").wait_for()
    assert "tei/c.xml:3:" in banner.inner_text()
    assert "hint: " in banner.inner_text()
    assert "<img/src=y/onerror=alert(1)>" in banner.inner_text()
    assert banner.locator("img").count() == 0
    assert "Alone with" in page.locator("main").inner_text()
    assert page.evaluate("document.body.style.paddingBottom") != ""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert barriers_of(page) == []
    change(small / "tei" / "c.xml", f"#{hostile}", "#bob")
    banner.get_by_role("group").wait_for(state="detached")
    assert banner.inner_text() == ""


def test_a_page_that_comes_to_be_takes_the_place_of_the_word_that_it_is_not_there(
    browser: Any, small: Path, serve: Callable[..., Serving]
) -> None:
    preview = serve(small)
    opened = browser.new_page()
    opened.goto(f"http://127.0.0.1:{preview.port}/d.html")
    opened.get_by_role("heading", name="There is no such page").wait_for()
    (small / "tei" / "d.xml").write_text(tei("<p>Here it is.</p>", key="d"), "utf-8")
    opened.get_by_text("Here it is.").wait_for(timeout=PATIENCE * 1000)
    opened.close()

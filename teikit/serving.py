"""A preview over HTTP, for the browser of this machine and for nobody else.

The server listens on the loopback only, and answers only who addresses it by a name of the
loopback: a page of the web that has its own name lead here (DNS rebinding) is refused. No path of a
request is ever looked up on the disk; what is not a file of the site is not there.

Requests are answered by many threads, but pages are made in one, that of :func:`run`, which also
looks at the sources: a thread that wants a page that has not been made yet asks for it and waits.
"""

from __future__ import annotations

import contextlib
import difflib
import errno
import json
import os
import queue
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import parse_qs, quote, unquote

from teikit import cache
from teikit.diagnostics import RULES, Diagnostic, Location
from teikit.errors import ConfigError, TeikitError
from teikit.preview import Live, Made, News, Preview, State
from teikit.resources import resource

PORT = 8000
# How many ports are tried after the one that was asked for.
_TRIED = 100
# How long there is no look at the sources, in seconds; the second after a change is for the first
# to be confirmed.
_PAUSE = 0.3
SETTLING = 0.1
# How often a listening page is written to when there is no news, which shows whether it is there.
_PULSE = 15.0
# How many errors a page shows.
_SHOWN = 20

_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})
# What is not a file of the site: what the script of a preview asks for.
_OWN = "/.teikit/"
_KINDS = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".pdf": "application/pdf",
}


def run(
    server: Server,
    preview: Preview,
    tell: Callable[[News], None],
    say: Callable[[tuple[Diagnostic, ...]], None],
) -> None:
    """Make what is asked for and follow the sources, until interrupted.

    ``tell`` hears what each look at changed sources brought, ``say`` what the making of a page did.
    """
    threading.Thread(target=server.serve_forever, name="http", daemon=True).start()
    try:
        due = time.monotonic() + _PAUSE
        while True:
            wait = due - time.monotonic()
            if wait <= 0:
                due = time.monotonic() + _follow(server, preview, tell)
                continue
            try:
                path, answer = server.asked.get(timeout=wait)
            except queue.Empty:
                continue
            try:
                say(preview.make(path))
                live = preview.state.live
                answer.set_result(live.made.get(path) if live else None)
            except TeikitError as error:
                say(error.diagnostics)
                answer.set_exception(error)
    finally:
        server.stop()


def _follow(server: Server, preview: Preview, tell: Callable[[News], None]) -> float:
    """Look at the sources once; gives the seconds after which to look again."""
    other = preview.look()
    if other is None:
        return SETTLING
    if other:
        news = preview.renew()
        if news is None:
            return SETTLING
        tell(news)
        server.show(preview.state)
    return _PAUSE


def open_server(port: int, *, reload: bool) -> Server:
    """A server on the first free port from ``port`` on; ``reload``: pages follow the sources.

    Raises ConfigError when there is none.
    """
    refused = ""
    for number in range(port, min(port + _TRIED, 65536)):
        try:
            return Server(number, reload=reload)
        except OSError as error:
            refused = error.strerror or str(error)
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                break
            if error.errno == errno.EACCES and os.name != "nt":
                break  # a privileged port: so are those beside it
    raise ConfigError(
        RULES["TK901"].at(
            Location("--port"),
            f"cannot listen on port {port}: {refused}",
            hints=(f"name another port, say --port {PORT}",),
        )
    )


class Server(ThreadingHTTPServer):
    """Answers requests for the files of the state that it shows."""

    daemon_threads = True
    block_on_close = False
    # On Windows this would mean that two servers may share a port.
    allow_reuse_address = os.name != "nt"
    request_queue_size = 128

    def __init__(self, port: int, *, reload: bool) -> None:
        """Listen on a port of the loopback. Raises OSError where that is refused."""
        super().__init__(("127.0.0.1", port), _Handler)
        self.reload = reload
        self.state = State(0)
        self.asked: queue.SimpleQueue[tuple[str, Future[Made | None]]] = queue.SimpleQueue()
        self.news = threading.Condition()
        self.stopped = False

    @property
    def url(self) -> str:
        """The address of the first page."""
        return f"http://127.0.0.1:{self.server_port}/"

    def show(self, state: State) -> None:
        """Show another state from now on, and tell the pages that listen."""
        with self.news:
            self.state = state
            self.news.notify_all()

    def wait(self, number: int) -> None:
        """Wait for another state than that of the number, or for a while."""
        with self.news:
            self.news.wait_for(lambda: self.stopped or self.state.number != number, _PULSE)

    def stop(self) -> None:
        """Let go of the port and of all who wait."""
        with self.news:
            self.stopped = True
            self.news.notify_all()
        self.shutdown()
        self.server_close()
        while not self.asked.empty():
            self.asked.get()[1].cancel()

    def file(self, path: str) -> Made | None:
        """A file of the site, made now if need be. Raises OutputError where it cannot be made."""
        live = self.state.live
        made = live.made.get(path) if live else None
        if made is None and live is not None and not self.stopped:
            answer: Future[Made | None] = Future()
            self.asked.put((path, answer))
            with contextlib.suppress(CancelledError):
                made = answer.result()
        return made

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of browsers that go away."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "teikit"
    sys_version = ""
    timeout = 60  # seconds after which a connection without requests is closed

    # The names of these methods are those that the standard library looks for.
    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def parse_request(self) -> bool:
        """Read the head of a request; whatever would change something is refused."""
        if not super().parse_request():
            return False
        if self.command in ("GET", "HEAD"):
            return True
        self.close_connection = True  # a body may follow, which nobody reads
        self._text(405, "a preview can only be read", {"Allow": "GET, HEAD"})
        return False

    def log_message(self, *_arguments: object) -> None:
        """Say nothing: the terminal is for what is found in the texts."""

    def end_headers(self) -> None:
        for name, value in (
            ("X-Content-Type-Options", "nosniff"),
            ("Cache-Control", "no-store"),
            # Pages of the web may not take in the scripts that hold the texts.
            ("Cross-Origin-Resource-Policy", "same-origin"),
            ("Referrer-Policy", "same-origin"),
        ):
            self.send_header(name, value)
        super().end_headers()

    # -- which answer ----------------------------------------------------------------------------

    def _answer(self) -> None:
        host = self.headers.get("Host", "")
        name, _, port = host.rpartition(":") if not host.endswith("]") else (host, "", "")
        if (name or host).lower() not in _NAMES or (name and port and not port.isdigit()):
            self._text(403, "a preview answers to localhost only")
            return
        target, _, query = self.path.partition("#")[0].partition("?")
        path = _decoded(target)
        if path is None:
            self._text(400, "this is no address of a page")
        elif self.server.reload and path == f"{_OWN}events":
            self._events(parse_qs(query).get("page", [""])[-1])
        elif self.server.reload and path in (f"{_OWN}preview.js", f"{_OWN}preview.css"):
            name = path.removeprefix(_OWN)
            self._send(200, _kind(name), resource("xslt", "html", name).read_bytes())
        else:
            self._page(path)

    def _page(self, path: str) -> None:
        live = self.server.state.live
        if live is not None and path.strip("/") in live.site.languages[1:] and path[-1] != "/":
            self._text(301, "", {"Location": f"{quote(path)}/"})
            return
        status, body, version = self._found(path)
        if status == 404 and path == "/favicon.ico":
            self._send(204, "", b"")
            return
        kind = _kind(_name(path)) if status == 200 else _KINDS[".html"]
        if self.server.reload and kind == _KINDS[".html"]:
            body = _listening(body, path, version)
        self._send(status, kind, body)

    def _found(self, path: str) -> tuple[int, bytes, str]:
        """The status of a path, what is shown there, and a name for that."""
        state = self.server.state
        live = state.live
        if live is None:
            body = _wanting(state.errors)
            return 503, body, cache.digest(body)
        try:
            made = self.server.file(_name(path))
        except TeikitError as error:
            body = _failed(error.diagnostics)
            return 500, body, cache.digest(body)
        if made is None:
            return 404, _missing(path, live), "404"
        # The script of the search loads what it knows of the texts.
        beside = live.texts if b'"search.js"' in made.data.replace(b"../", b"") else ""
        return 200, made.data, cache.digest(made.data, live.assets, beside)

    def _events(self, page: str) -> None:
        """Tell the page at a path of each state, for as long as it listens."""
        self.close_connection = True
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Connection", "close")
        self.end_headers()
        path = _decoded(page) or "/"
        number = -1
        while self.command == "GET" and not self.server.stopped:
            state = self.server.state
            if state.number == number:
                self.wfile.write(b":\n\n")
            else:
                number = state.number
                told = json.dumps(_told(state, self._found(path)[2]))
                self.wfile.write(f"retry: 1000\ndata: {told}\n\n".encode())
            self.wfile.flush()
            self.server.wait(number)

    # -- how it is sent --------------------------------------------------------------------------

    def _text(self, status: int, text: str, headers: dict[str, str] | None = None) -> None:
        self._send(status, _KINDS[".txt"], f"{text}\n".encode() if text else b"", headers)

    def _send(
        self, status: int, kind: str, body: bytes, headers: dict[str, str] | None = None
    ) -> None:
        self.send_response(status)
        if status != 204:
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


# -- addresses -----------------------------------------------------------------------------------


def _decoded(target: str) -> str | None:
    """The path that a request names; None where it names none."""
    if not target.startswith("/"):
        return None
    try:
        return unquote(target, errors="strict")
    except UnicodeDecodeError:
        return None


def _name(path: str) -> str:
    """The path of a file in the site; a folder stands for its first page."""
    return path.removeprefix("/") + ("index.html" if path.endswith("/") else "")


def _kind(name: str) -> str:
    return _KINDS.get(PurePosixPath(name).suffix, "application/octet-stream")


# -- what is shown -------------------------------------------------------------------------------


def _listening(body: bytes, path: str, version: str) -> bytes:
    """A page with the script that follows the sources; nothing else of it is changed."""
    script = (
        f'<script src="{_OWN}preview.js" data-page="{escape(quote(path))}"'
        f' data-version="{version}"></script>'
    )
    before, end, after = body.rpartition(b"</body>")
    return (before if end else after) + script.encode() + (end + after if end else b"")


def _told(state: State, version: str) -> dict[str, object]:
    """What a page is told of a state: the errors, where it shows an older one for them."""
    about = state.errors if state.live else ()
    errors = [
        {
            "place": str(item.location),
            "message": item.message,
            "code": item.code,
            "expected": list(item.expected[:5]),
            "hints": list(item.hints),
        }
        for item in about[:_SHOWN]
    ]
    return {"version": version, "errors": errors, "total": len(about)}


def _plain(title: str, *parts: str) -> bytes:
    """A page of ours, in English; the parts are HTML."""
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title>"
        '<meta name="color-scheme" content="light dark">'
        "<style>body { font: 1rem/1.5 system-ui, sans-serif; margin: 1rem; }"
        " li { margin-block: 0.5rem; }</style></head>"
        f"<body><main><h1>{escape(title)}</h1>{''.join(parts)}</main></body></html>\n"
    ).encode("utf-8", "replace")


def _wanting(errors: tuple[Diagnostic, ...]) -> bytes:
    """There has been no state without errors yet."""
    return _plain(
        "There is nothing to show yet",
        "<p>The corpus has errors. The page comes by itself when they are mended.</p>",
        _listed(errors),
    )


def _failed(errors: tuple[Diagnostic, ...]) -> bytes:
    return _plain("This page cannot be made", _listed(errors))


def _missing(path: str, live: Live) -> bytes:
    """There is no such page; those that are called alike are offered."""
    folder, _, name = path.removeprefix("/").rpartition("/")
    inside = f"{folder}/" if folder in live.site.languages[1:] else ""
    known = live.site.pages(live.site.languages[0]) if name.endswith(".html") else ()
    alike = difflib.get_close_matches(name, [page.path for page in known], n=5, cutoff=0.5)
    near = [f"{inside}{other}" for other in alike]
    links = "".join(f'<li><a href="/{quote(name)}">{escape(name)}</a></li>' for name in near)
    return _plain(
        "There is no such page",
        f"<p>The site has no <code>{escape(path)}</code>. A preview has no PDF, no text files and "
        "no files for reference managers: <code>teikit build</code> makes them.</p>",
        f"<p>Is it one of these?</p><ul>{links}</ul>" if links else "",
        '<p><a href="/">The documents of the site</a></p>',
    )


def _listed(errors: tuple[Diagnostic, ...]) -> str:
    items = []
    for item in errors[:_SHOWN]:
        said = f"<b>{escape(str(item.location))}</b>: {escape(item.message)} [{item.code}]"
        hints = "".join(f"<br>hint: {escape(hint)}" for hint in item.hints)
        items.append(f"<li>{said}{hints}</li>")
    return f"<ol>{''.join(items)}</ol>"

"""Bringing schemas into the store: from the network when asked in so many words, or from a file.

What a schema includes comes with it. Only ``https`` is spoken (a URL written with ``http`` is asked
for by ``https``); plain ``http`` serves loopback addresses, where there is no network between. All
is collected in memory before the first file is written, so a failure leaves nothing behind.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn
from urllib.parse import unquote, urldefrag, urljoin, urlsplit, urlunsplit

from teikit.diagnostics import RULES, Location
from teikit.errors import TeikitError
from teikit.validation.catalog import local_path
from teikit.validation.includes import references
from teikit.validation.models import Kind, kind, sniff
from teikit.validation.store import Copy

LARGEST = 50_000_000  # bytes of one file; tei_all has one million
MOST = 500  # files of one schema
PATIENCE = 30  # seconds without an answer
DEADLINE = 300  # seconds for one file

_LOOPBACK = ("localhost", "127.0.0.1", "::1")
Read = Callable[[str], tuple[bytes, str]]


def fetched(url: str) -> tuple[tuple[Copy, ...], tuple[str, ...]]:
    """The schema at a URL and all that it includes, from the network.

    The second value lists what it includes and what is no address of the web. Raises TeikitError
    when something cannot be had.
    """
    return _collect(url, url, download)


def taken(url: str, file: Path) -> tuple[tuple[Copy, ...], tuple[str, ...]]:
    """The schema in a local file, to stand for a URL, with what it includes from beside it.

    The second value lists the URLs that it includes and that are not beside it. Raises TeikitError
    when a file cannot be read.
    """
    return _collect(url, file.resolve().as_uri(), _from_disk)


def _collect(url: str, source: str, read: Read) -> tuple[tuple[Copy, ...], tuple[str, ...]]:
    """Follow the includes of a schema; ``source`` is where the bytes of ``url`` are read."""
    copies: dict[str, Copy] = {}
    missing: dict[str, None] = {}
    queue = deque([(urldefrag(url).url, source)])
    while queue:
        name, place = queue.popleft()
        if name in copies:
            continue
        data, real = read(place)
        language = kind(name)
        language = sniff(data) if language == "unknown" else language
        _is_schema(name, data, language)
        copies[name] = Copy(name, data, real if urlsplit(real).scheme in ("http", "https") else "")
        if len(copies) > MOST:
            _refuse(url, f"the schema includes more than {MOST} files")
        for reference in references(data, language):
            target, where = urljoin(name, reference.href), urljoin(real, reference.href)
            # A file may stand for a URL; a URL never leads to a file of this machine.
            on_web = urlsplit(target).scheme in ("http", "https")
            if on_web and (read is download or _exists(where)):
                queue.append((target, where))
            else:
                missing[target] = None
    return tuple(copies.values()), tuple(url for url in missing if url not in copies)


def _is_schema(url: str, data: bytes, language: Kind) -> None:
    """Refuse a web page, or whatever else is served in the place of a schema."""
    head = data[:2000].lower()
    if b"<html" in head or b"<!doctype html" in head:
        hint = "give the address of the file itself: where a site shows it, the “raw” one"
        _refuse(url, "the address gives a web page, not a schema", hint)
    if language == "unknown":
        _refuse(url, "what lies there is no schema that teikit knows", "check the address")
    if language not in ("compact", "dtd") and sniff(data) == "unknown":
        _refuse(url, "what lies there is not the schema that its name says", "check the address")


def _refuse(url: str, message: str, *hints: str) -> NoReturn:
    raise TeikitError(
        RULES["TK109"].at(Location(url), f"{message}; nothing was pinned", hints=hints)
    )


# -- reading -------------------------------------------------------------------------------------


def _exists(place: str) -> bool:
    path = local_path(place)
    return path is not None and path.is_file()


def _from_disk(place: str) -> tuple[bytes, str]:
    path = local_path(place) or Path(unquote(place))
    try:
        return path.read_bytes(), place
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise TeikitError(
            RULES["TK109"].at(Location(str(path)), f"the file cannot be read: {reason}")
        ) from error


def secure(url: str) -> str:
    """The URL that is asked for: ``https``, but for loopback addresses.

    Raises TeikitError when it is no URL of the web.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        _refuse(url, "this is no https address", "a local file needs no pinning: name its path")
    if parts.scheme == "http" and parts.hostname not in _LOOPBACK:
        return urlunsplit(parts._replace(scheme="https"))
    return url


def download(url: str) -> tuple[bytes, str]:
    """The bytes at a URL, and the URL that they were found at after redirections.

    Raises TeikitError when they cannot be had, or are too many.
    """
    import time
    import urllib.error
    import urllib.request
    from http.client import HTTPException

    class Redirections(urllib.request.HTTPRedirectHandler):
        """Follows none that leaves ``https``."""

        def redirect_request(
            self, req: urllib.request.Request, fp: object, code: int, msg: str, *rest: object
        ) -> urllib.request.Request | None:
            headers, target = rest
            if secure(str(target)) != target or (
                urlsplit(str(target)).hostname in _LOOPBACK
                and urlsplit(req.full_url).hostname not in _LOOPBACK
            ):
                _refuse(url, f"the address leads on to {target}, which is not secure")
            return super().redirect_request(req, fp, code, msg, headers, target)  # type: ignore[arg-type]

    address = secure(url)
    handlers: list[urllib.request.BaseHandler] = [Redirections()]
    if urlsplit(address).hostname in _LOOPBACK:
        handlers.append(urllib.request.ProxyHandler({}))
    request = urllib.request.Request(address, headers={"User-Agent": "teikit"})
    started = time.monotonic()
    try:
        with urllib.request.build_opener(*handlers).open(request, timeout=PATIENCE) as answer:
            parts: list[bytes] = []
            size = 0
            while piece := answer.read(65_536):
                parts.append(piece)
                size += len(piece)
                if size > LARGEST:
                    _refuse(url, f"the file is larger than {LARGEST // 1_000_000} MB")
                if time.monotonic() - started > DEADLINE:
                    _refuse(url, f"the file did not arrive within {DEADLINE} seconds")
            promised = answer.headers.get("Content-Length")
            if promised and promised.isdigit() and int(promised) != size:
                _refuse(url, f"the connection ended early: {size} of {promised} bytes came")
            return b"".join(parts), answer.url
    except urllib.error.HTTPError as error:
        _refuse(url, f"the server answered {error.code} {error.reason}", "check the address")
    except (OSError, HTTPException, ValueError) as error:
        cause = getattr(error, "reason", None) or error
        reason = getattr(cause, "strerror", None) or str(cause) or type(cause).__name__
        _refuse(
            url,
            f"it could not be fetched: {reason}",
            f"without a network, register a copy: teikit schema add {url} --file FILE",
        )

"""The pinned store: copies of schemas that are named by URL, kept with the corpus.

``schema/teikit.lock`` (TOML) says which URL lies in which file, with its length and hash; the files
lie under ``schema/store/`` on a path like that of their URL, so that a schema which includes
``../common.rng`` finds it there too. Both are meant to be committed with the corpus: whoever has
the corpus, on whatever machine and without a network, judges it by the same bytes. A file that is
not the one that was pinned is refused.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

from teikit.diagnostics import RULES, Diagnostic, Location
from teikit.errors import TeikitError

LOCK = "schema/teikit.lock"
FOLDER = "schema/store"
_HEAD = "# Schemas by URL, pinned: written by `teikit schema`, to be committed with the corpus.\n"
# Whoever checks the corpus out gets the bytes that were pinned, not other line ends.
_ATTRIBUTES = "* -text\n"


@dataclass(frozen=True, slots=True, order=True)
class Pin:
    """One pinned schema: the URL that texts use, and the file (relative to the corpus) that serves.

    ``source`` is where the bytes came from, where that is another URL: a redirection, or https for
    a URL written with http.
    """

    url: str
    file: str
    sha256: str
    bytes: int
    source: str = ""


@dataclass(frozen=True, slots=True)
class Copy:
    """The bytes of one schema, on their way into the store."""

    url: str
    data: bytes
    source: str = ""


class Store:
    """The pinned schemas of the corpus in the folder ``root``."""

    def __init__(self, root: Path) -> None:
        """Nothing is read before it is asked for; a corpus without a lock has an empty store."""
        self.root = root
        self._pins: dict[str, Pin] | Diagnostic | None = None
        self._found: dict[str, Path | Diagnostic] = {}

    @property
    def pins(self) -> tuple[Pin, ...]:
        """What is pinned, by URL. Raises TeikitError when the lock cannot be read."""
        pins = self._load()
        if isinstance(pins, Diagnostic):
            raise TeikitError(pins)
        return tuple(sorted(pins.values()))

    def lookup(self, url: str) -> Path | Diagnostic | None:
        """The file that is pinned for a URL.

        None where the URL is not pinned; a finding (TK109) where its file is missing or not the one
        that was pinned, or where the lock cannot be read. ``http`` and ``https`` name one schema;
        a fragment is left aside. Each file is read and compared once.
        """
        pins = self._load()
        if isinstance(pins, Diagnostic):
            return pins
        pin = pins.get(_key(url))
        if pin is None:
            return None
        if pin.url not in self._found:
            self._found[pin.url] = self._compare(pin) or self.root / pin.file
        return self._found[pin.url]

    def verify(self) -> Iterator[Diagnostic]:
        """What is wrong with the store: each pinned file that is missing or another one."""
        for pin in self.pins:
            if finding := self._compare(pin):
                yield finding

    def put(self, copies: Iterable[Copy]) -> tuple[Pin, ...]:
        """Pin copies, in the place of what was pinned for their URLs; all of them or none.

        All files are written beside their places before the first is renamed, and the lock last of
        all: what an interruption leaves is never taken for what was pinned. Raises TeikitError when
        something cannot be written; then the store is as it was.
        """
        pins = {_key(pin.url): pin for pin in self.pins}
        added: list[Pin] = []
        files: dict[str, bytes] = {}
        taken = {pin.file.lower(): key for key, pin in pins.items()}
        for copy in copies:
            file = _file(copy.url)
            if taken.get(file.lower(), _key(copy.url)) != _key(copy.url):
                # Two URLs that differ in letters which a file system may hold to be the same.
                path = Path(file)
                file = path.with_name(f"{path.stem}-{_hash(copy.url)[:8]}{path.suffix}").as_posix()
            taken[file.lower()] = _key(copy.url)
            source = copy.source if copy.source != copy.url else ""
            added.append(Pin(copy.url, file, _hash(copy.data), len(copy.data), source))
            pins[_key(copy.url)] = added[-1]
            files[file] = copy.data
        if added and not (self.root / FOLDER / ".gitattributes").exists():
            files[f"{FOLDER}/.gitattributes"] = _ATTRIBUTES.encode()
        self._save(pins, files)
        return tuple(sorted(added))

    def relock(self) -> tuple[Pin, ...]:
        """Take the files as they now are for what is pinned; the pins that changed.

        Raises TeikitError when a file is missing; then the lock stays as it is.
        """
        changed: list[Pin] = []
        pins: dict[str, Pin] = {}
        missing: list[Diagnostic] = []
        for pin in self.pins:
            data = self._bytes(pin)
            if isinstance(data, Diagnostic):
                missing.append(data)
                continue
            new = replace(pin, sha256=_hash(data), bytes=len(data))
            pins[_key(pin.url)] = new
            if new != pin:
                changed.append(new)
        if missing:
            raise TeikitError(missing)
        if changed:
            self._save(pins)
        return tuple(changed)

    # -- reading ---------------------------------------------------------------------------------

    def _load(self) -> dict[str, Pin] | Diagnostic:
        if self._pins is None:
            self._pins = self._read()
        return self._pins

    def _read(self) -> dict[str, Pin] | Diagnostic:
        path = self.root / LOCK
        if not path.exists():
            return {}
        import tomllib

        try:
            data = tomllib.loads(path.read_text("utf-8"))
            pins = [Pin(**entry) for entry in data.get("schema", [])]
        except tomllib.TOMLDecodeError as error:
            line = re.search(r"line (\d+)", str(error))
            return _broken(str(error), int(line[1]) if line else None)
        except OSError as error:
            return _broken(error.strerror or type(error).__name__)
        except (TypeError, AttributeError, UnicodeDecodeError):
            return _broken("it does not list url, file, sha256 and bytes of each schema")
        for pin in pins:
            texts = (pin.url, pin.file, pin.sha256, pin.source)
            if not all(isinstance(item, str) for item in texts) or not isinstance(pin.bytes, int):
                return _broken("url, file and sha256 are strings, and bytes is a number")
            # A lock is a text that anybody may have written: it does not reach outside the store.
            if not (self.root / pin.file).resolve().is_relative_to((self.root / FOLDER).resolve()):
                return _broken(f"{pin.file} is not inside {FOLDER}", self._line(pin.url))
        return {_key(pin.url): pin for pin in pins}

    def _line(self, url: str) -> int | None:
        """The line of the lock that names a URL."""
        lines = (self.root / LOCK).read_text("utf-8", "replace").splitlines()
        wanted = f"url = {_quoted(url)}"
        return next((number for number, line in enumerate(lines, 1) if line == wanted), None)

    def _bytes(self, pin: Pin) -> bytes | Diagnostic:
        try:
            return (self.root / pin.file).read_bytes()
        except OSError as error:
            reason = error.strerror or type(error).__name__
            return RULES["TK109"].at(
                Location(LOCK, self._line(pin.url)),
                f"the copy of {pin.url} cannot be read: {pin.file}: {reason}",
                hints=(f"restore the file, or pin it anew: teikit schema add {pin.url}",),
            )

    def _compare(self, pin: Pin) -> Diagnostic | None:
        data = self._bytes(pin)
        if isinstance(data, Diagnostic):
            return data
        if (len(data), _hash(data)) == (pin.bytes, pin.sha256):
            return None
        return RULES["TK109"].at(
            Location(LOCK, self._line(pin.url)),
            f"{pin.file} is not the file that was pinned for {pin.url}: it was not used",
            expected=(f"sha256 {pin.sha256}",),
            hints=(
                f"pin it anew: teikit schema add {pin.url}",
                "if the change is meant: teikit schema lock",
            ),
        )

    # -- writing ---------------------------------------------------------------------------------

    def _save(self, pins: dict[str, Pin], files: dict[str, bytes] | None = None) -> None:
        text = _HEAD
        for pin in sorted(pins.values()):
            text += f"\n[[schema]]\nurl = {_quoted(pin.url)}\nfile = {_quoted(pin.file)}\n"
            text += f'sha256 = "{pin.sha256}"\nbytes = {pin.bytes}\n'
            text += f"source = {_quoted(pin.source)}\n" if pin.source else ""
        self._write({**(files or {}), LOCK: text.encode()})
        self._pins = dict(pins)
        self._found.clear()

    def _write(self, files: dict[str, bytes]) -> None:
        """Write files, the last of them last."""
        written: list[tuple[Path, Path]] = []
        file = LOCK
        try:
            for file, data in files.items():
                path = self.root / file
                beside = path.with_name(f".{path.name}.new")
                path.parent.mkdir(parents=True, exist_ok=True)
                written.append((beside, path))
                beside.write_bytes(data)
            for beside, path in written:
                file = path.name
                beside.replace(path)
        except OSError as error:
            for beside, _ in written:
                beside.unlink(missing_ok=True)
            reason = error.strerror or type(error).__name__
            raise TeikitError(
                RULES["TK109"].at(Location(file), f"{file} cannot be written: {reason}")
            ) from error


def _broken(reason: str, line: int | None = None) -> Diagnostic:
    return RULES["TK109"].at(
        Location(LOCK, line),
        f"the list of pinned schemas cannot be used: {reason}",
        hints=("restore it from a copy, or delete it and pin the schemas anew",),
    )


def _hash(data: bytes | str) -> str:
    import hashlib

    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()


def _key(url: str) -> str:
    """What makes a URL the same as another: neither its scheme, http or https, nor its fragment."""
    parts = urlsplit(url.strip())
    query = f"?{parts.query}" if parts.query else ""
    return f"//{parts.netloc.lower()}{parts.path or '/'}{query}"


def _file(url: str) -> str:
    """The path of a copy, relative to the corpus: host and path of the URL as far as they can be.

    A part that is no good file name everywhere is replaced, and a query, by a hash in the name.
    """
    parts = urlsplit(url)
    steps = [parts.netloc.lower().rpartition("@")[2].replace(":", "_")]
    for step in parts.path.split("/"):
        name = unquote(step)
        if name in ("", "."):
            continue
        if not re.fullmatch(r"[\w.,+()@ ~-]{1,100}", name) or name[0] == "." or name[-1] in ". ":
            suffix = os.path.splitext(name)[1]  # noqa: PTH122 - it is no path yet
            suffix = suffix if re.fullmatch(r"\.\w{1,8}", suffix) else ""
            name = (
                f"{re.sub(r'[^A-Za-z0-9]+', '-', name)[:40].strip('-')}-{_hash(step)[:8]}{suffix}"
            )
        steps.append(name)
    if len(steps) == 1 or parts.path.endswith("/"):
        steps.append("index")
    if parts.query:
        stem, suffix = os.path.splitext(steps[-1])  # noqa: PTH122
        steps[-1] = f"{stem}-{_hash(parts.query)[:8]}{suffix}"
    return "/".join((FOLDER, *steps))


def _quoted(text: str) -> str:
    """A TOML basic string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda m: f"\\u{ord(m[0]):04X}", escaped) + '"'

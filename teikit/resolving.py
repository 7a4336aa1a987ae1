"""Resolving: where one token of a pointing attribute leads, by RFC 3986 and by TEI custom.

A token is looked up with its scope: the same file, a declared prefix, a relative ``file#id``, the
address that the corpus is published under, a bare ``#id`` anywhere in the corpus.
"""

from __future__ import annotations

import difflib
import posixpath
import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote

from teikit.corpus import Corpus, Document, absolute, read
from teikit.diagnostics import Severity
from teikit.facts import PrefixDefinition, Surface
from teikit.fragments import compiled, ids_in, is_xpointer
from teikit.names import XML_ID

SCHEME = re.compile(r"^([A-Za-z][A-Za-z0-9+.-]*):(.*)$", re.DOTALL)
DRIVE = re.compile(r"[A-Za-z]:[\\/]")  # of Windows: no scheme
# Schemes that mean something to everybody: declared as a prefix they still may be addresses.
_PUBLIC = frozenset("doi ftp http https info mailto tag urn".split())


@dataclass(frozen=True, slots=True)
class Resolution:
    """Where a token leads.

    ``state`` is ``resolved`` (``path`` and, with a fragment, ``id`` say where), ``external`` (an
    address outside the corpus), ``no-id`` (``path`` has no such ``id``), ``no-file`` (``path`` does
    not exist), ``no-match`` (the prefix is declared, but not for this) or ``unread`` (it would be
    in a file that could not be read: nobody can tell).

    ``scope`` says how it was written and looked up: ``same file`` (``#id``), ``corpus`` (``#id`` of
    another file), ``relative`` (``file#id``), ``prefix``, ``address`` (with a public scheme).
    """

    state: str
    path: str = ""
    id: str = ""
    scope: str = ""


class Resolver:
    """The tables in which the pointers of a corpus are looked up."""

    def __init__(self, corpus: Corpus, files: Sequence[Surface]) -> None:
        """Prepare the tables from what the files of the corpus show of themselves."""
        self._root = corpus.root
        self._elements = {file.path: dict(file.ids) for file in files}
        self._unread = frozenset(
            item.location.path for item in corpus.findings if item.severity is Severity.ERROR
        )
        self._prefixes: dict[str, dict[str, list[PrefixDefinition]]] = defaultdict(dict)
        self._registers = {file.path for file in files if file.role == "register"}
        self._includes = {file.path: file.includes for file in files if file.includes}
        self._published: dict[str, str] = {}
        self._homes: dict[str, list[str]] = defaultdict(list)
        for file in sorted(files, key=lambda item: item.role != "register"):
            for key in dict.fromkeys(key for key, _ in file.ids):
                self._homes[key].append(file.path)
            for prefix in file.prefixes:
                if not prefix.problem:
                    self._prefixes[prefix.ident].setdefault(file.path, []).append(prefix)
            for address in (file.base, *(value for _, value in file.header.identifiers)):
                if SCHEME.match(address) and not address.endswith("/"):
                    self._published.setdefault(address, file.path)
        self._own = {file.path: file.base for file in files if file.base}
        self._outside: dict[str, frozenset[str] | None] = {}
        self._places: dict[tuple[str, str, str], str] = {}

    # -- what there is ---------------------------------------------------------------------------

    @property
    def consulted(self) -> tuple[str, ...]:
        """The files outside the corpus that pointers led to so far, existing or not."""
        return tuple(sorted(self._outside))

    def known(self, path: str) -> Collection[str]:
        """The ids of a file, of the corpus or beside it; empty where there is no such file."""
        found = self._elements.get(path)
        return (self._beside(path) or ()) if found is None else found

    def element(self, path: str, key: str) -> str:
        """The local name of the element with an id; empty where the file is not of the corpus."""
        return self._elements.get(path, {}).get(key, "")

    def homes(self, key: str) -> Sequence[str]:
        """The files of the corpus that have an id, registers first, then in corpus order."""
        return self._homes.get(key, ())

    def is_register(self, path: str) -> bool:
        """Whether a file of the corpus is a register."""
        return path in self._registers

    @cached_property
    def in_registers(self) -> frozenset[str]:
        """Every id that a register has."""
        return frozenset(key for key, homes in self._homes.items() if homes[0] in self._registers)

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        """The files of the corpus by their names, in small letters."""
        found: dict[str, list[str]] = {}
        for path in self._elements:
            found.setdefault(posixpath.basename(path).lower(), []).append(path)
        return found

    def like_file(self, path: str, key: str) -> str | None:
        """The file of the corpus that is most like one that does not exist, and that has an id.

        The same name elsewhere first, then a name much like it; None where there is none.
        """
        wanted = posixpath.basename(path).lower()
        known: Collection[str] = self._by_name
        if len(known) > 1000:  # of very many only those that begin alike are compared
            known = [name for name in known if name[:4] == wanted[:4]][:1000]
        near = [wanted, *difflib.get_close_matches(wanted, known, n=3, cutoff=0.75)]
        fits = [
            file
            for name in near
            for file in self._by_name.get(name, ())
            if not key or key in self._elements[file]
        ]
        same = [file for file in fits if file.lower() == path.lower()]
        return next(iter(same or fits), None)

    def definitions(self, path: str, ident: str) -> list[tuple[str, PrefixDefinition]]:
        """The definitions of a prefix that hold in a file, with the files that state them.

        Those of the file itself, and where it has none those of the first file that has some.
        """
        stated = self._prefixes.get(ident, {})
        home = path if path in stated else next(iter(stated), "")
        return [(home, item) for item in stated.get(home, ())]

    # -- resolution ------------------------------------------------------------------------------

    def resolve(self, path: str, token: str, base: str = "") -> Resolution:
        """Where ``token`` leads when it stands in the file ``path`` under ``xml:base`` ``base``."""
        scheme = SCHEME.match(token)
        if scheme and scheme[1] in self._prefixes:
            return self._prefixed(path, scheme[1], scheme[2], base)
        if scheme and not DRIVE.match(token):
            return self._address(token)
        file, hash_sign, fragment = token.partition("#")
        own = self._own.get(path, "")
        if not file and base in ("", own):
            return self._bare(path, fragment)
        if SCHEME.match(base):
            known = self._address(absolute(base, token))
            # Published beside each other, the files lie beside each other here too.
            beside = self.place(path, "", file)
            if known.state == "external" and base == own and beside in self._elements:
                return self._in(beside, hash_sign, fragment)
            return known
        return self._in(self.place(path, base, file), hash_sign, fragment)

    def place(self, path: str, base: str, file: str) -> str:
        """The path, relative to the corpus root, of a file named in ``path`` under ``base``."""
        asked = (posixpath.dirname(path), base, file)
        if asked not in self._places:
            folder = posixpath.join(asked[0], base)
            # A base is a file or a folder; what is relative to a file is relative to its folder.
            where = posixpath.join(posixpath.dirname(folder), file) if file else folder
            where = where if "?" not in where else where.partition("?")[0]
            # No file has a NUL in its name, and no disk may be asked for one.
            self._places[asked] = posixpath.normpath(unquote(where)).replace("\0", "%00")
        return self._places[asked]

    def _in(self, where: str, hash_sign: str, fragment: str) -> Resolution:
        """An id in a file that is named."""
        if where in self._unread:
            return Resolution("unread", where, fragment, "relative")
        known: Collection[str] | None = self._elements.get(where)
        if known is None:
            known = self._beside(where)
        if known is None:
            return Resolution("no-file", where, unquote(fragment), "relative")
        state, key = _looked_up(fragment, known)
        if hash_sign and not fragment:
            state = "no-id"
        return Resolution(state, where, key, "relative")

    def _bare(self, path: str, fragment: str) -> Resolution:
        """A bare ``#id``: this file first, then the registers, then any file of the corpus."""
        own = self._elements.get(path, {})
        if fragment in own:
            return Resolution("resolved", path, fragment, "same file")
        if not fragment:
            return Resolution("no-id", path, "", "same file")
        state, key = _looked_up(fragment, own)
        if state == "resolved":
            return Resolution(state, path, key, "same file")
        homes = self._homes.get(key)
        if homes:
            return Resolution("resolved", homes[0], key, "corpus")
        for href in self._includes.get(path, ()):
            there = self.place(path, self._own.get(path, ""), href)
            if key in (self._beside(there) or ()):
                return Resolution("resolved", there, key, "corpus")
        return Resolution("unread" if self._unread else "no-id", path, key, "same file")

    def _prefixed(self, path: str, ident: str, rest: str, base: str) -> Resolution:
        definitions = self.definitions(path, ident)
        for home, item in definitions:
            match = compiled(item.match).fullmatch(rest)
            if not match:
                continue
            target = expanded(item.replacement, match)
            again = SCHEME.match(target)
            # A prefix may lead to an address, not to another prefix: two could chase each other.
            if again and again[1] in self._prefixes:
                return Resolution("external", scope="prefix")
            found = self.resolve(home, target, base if home == path else "")
            return replace(found, scope="prefix")
        if ident.lower() in _PUBLIC or not definitions:
            return Resolution("external", scope="address")
        return Resolution("no-match", path, "", "prefix")

    def _address(self, token: str) -> Resolution:
        """An address with a scheme: outside, unless a file of the corpus is published there."""
        address, _, fragment = token.partition("#")
        path = self._published.get(address)
        if path is not None:
            state, key = _looked_up(fragment, self._elements[path])
            if state == "resolved" or address == self._own.get(path):
                return Resolution(state, path, key, "address")
        return Resolution("external", scope="address")

    def _beside(self, path: str) -> frozenset[str] | None:
        """The ids of a file or folder beside the corpus; None where it does not exist."""
        if path not in self._outside:
            full = self._root / Path(path)
            try:
                found: frozenset[str] | None = frozenset() if full.exists() else None
                if full.suffix == ".xml" and full.is_file():
                    _, result = read(full, path)
                    if isinstance(result, Document):
                        found = frozenset(
                            value
                            for node in result.root.iter("{*}*")
                            if (value := node.get(XML_ID))
                        )
            except (OSError, ValueError):  # a name that no file can have
                found = None
            self._outside[path] = found
        return self._outside[path]


def expanded(replacement: str, match: re.Match[str]) -> str:
    """A replacement pattern with what the groups of a pattern matched in the place of ``$1``."""

    def group(at: re.Match[str]) -> str:
        number = int(at[1])
        return (match[number] or "") if number <= match.re.groups else ""

    return re.sub(r"\$(\d)", group, replacement)


def _looked_up(fragment: str, known: Collection[str]) -> tuple[str, str]:
    """Whether the id (or all ids of an XPointer) of a fragment are known, and which it is.

    Where one is missing it is that one; an XPointer that starts from the root has none.
    """
    if not fragment or fragment in known:
        return "resolved", fragment
    plain = unquote(fragment)
    if is_xpointer(plain):
        ids = ids_in(plain)
        missing = next((key for key in ids if key not in known), None)
        return ("resolved", ids[0] if ids else "") if missing is None else ("no-id", missing)
    return ("resolved" if plain in known else "no-id"), plain

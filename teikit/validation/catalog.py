"""OASIS XML Catalogs 1.1: where a schema that is named by URI lies on this machine.

The entries for URI references (``uri``, ``rewriteURI``, ``uriSuffix``, ``delegateURI``; section
7.2) are asked first. Many catalogs list their schemas by ``system`` and ``public`` identifier only,
so the entries for external identifiers (section 7.1) are asked after that. A catalog is read like a
text of the corpus: entities are refused, and no DTD is fetched.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import quote, unquote, urljoin, urlsplit
from xml.parsers import expat

from teikit.diagnostics import RULES, Diagnostic, Location, Severity

NAMESPACE = "urn:oasis:names:tc:entity:xmlns:xml:catalog"
# What to write among the catalogs so that the environment is asked too. It is not asked by default:
# the same corpus would be judged by one schema here and by another there.
ENVIRONMENT = "$XML_CATALOG_FILES"

_XML_BASE = "http://www.w3.org/XML/1998/namespace base"
_URN = "urn:publicid:"

# Entry: the attribute that is compared, and the one that holds the answer.
_ENTRIES = {
    "uri": ("name", "uri"),
    "rewriteURI": ("uriStartString", "rewritePrefix"),
    "uriSuffix": ("uriSuffix", "uri"),
    "delegateURI": ("uriStartString", "catalog"),
    "system": ("systemId", "uri"),
    "rewriteSystem": ("systemIdStartString", "rewritePrefix"),
    "systemSuffix": ("systemIdSuffix", "uri"),
    "delegateSystem": ("systemIdStartString", "catalog"),
    "public": ("publicId", "uri"),
    "delegatePublic": ("publicIdStartString", "catalog"),
}


@dataclass(frozen=True, slots=True)
class _Entry:
    """One line of a catalog: what is compared, the absolute URI that answers, ``prefer``."""

    kind: str
    match: str
    target: str
    public: bool


@dataclass(frozen=True, slots=True)
class _File:
    """One catalog file: its entries in order and the catalogs to ask next."""

    entries: tuple[_Entry, ...] = ()
    following: tuple[str, ...] = ()

    def of(self, kind: str) -> Iterator[_Entry]:
        return (entry for entry in self.entries if entry.kind == kind)


class _End(Exception):  # noqa: N818 - it is an outcome, not an error
    """A delegate was asked: whatever it said, nobody else is."""

    def __init__(self, found: str | None) -> None:
        super().__init__(found)
        self.found = found


@dataclass
class Catalog:
    """The catalogs of a corpus, asked one after the other.

    ``files`` are the paths of the catalogs, ``root`` the folder that names in findings start from.
    Files are read when they are first needed; ``findings`` grow by what is wrong with them: a
    catalog that cannot be read (TK109, an error where it is configured, a warning where another
    catalog names it), or that leads back to itself.
    """

    files: Sequence[Path] = ()
    root: Path | None = None
    findings: list[Diagnostic] = field(default_factory=list)
    _read: dict[str, _File] = field(default_factory=dict, repr=False)
    _told: set[str] = field(default_factory=set, repr=False)
    _asked: set[tuple[str, str, str]] = field(default_factory=set, repr=False)

    def resolve(self, uri: str, public: str = "") -> Path | None:
        """The local file for an absolute URI (or public identifier), None where there is none.

        An answer that is not a file on this machine counts as none; see :meth:`map` for it.
        """
        found = self.map(uri, public)
        return None if found is None else local_path(found)

    def map(self, uri: str, public: str = "") -> str | None:
        """The URI that the catalogs give instead, None where they are silent."""
        if not self.files:
            return None
        start = [path.resolve().as_uri() for path in self.files]
        if uri.lower().startswith(_URN):
            uri, public = "", _unwrapped(uri)
        uri, public = _normal(uri), " ".join(public.split())
        if public.lower().startswith(_URN):
            public = _unwrapped(public)
        found = self._ask(start, uri, "", "URI") if uri else None
        return found if found is not None else self._ask(start, uri, public, "System")

    # -- asking ----------------------------------------------------------------------------------

    def _ask(self, start: list[str], uri: str, public: str, family: str) -> str | None:
        self._asked.clear()
        try:
            return self._walk(start, uri, public, family, ())
        except _End as end:
            return end.found

    def _walk(
        self, catalogs: list[str], uri: str, public: str, family: str, above: tuple[str, ...]
    ) -> str | None:
        """Ask catalogs in order, each before those that it names next.

        ``above`` are the catalogs that led here; one of them again would be a circle.
        """
        for catalog in catalogs:
            if catalog in above:
                self._circle(above[-1], catalog)
                continue
            if (catalog, uri, public) in self._asked:
                continue  # two catalogs name this one, and it has nothing to say
            self._asked.add((catalog, uri, public))
            file = self._load(catalog, named_by=above[-1] if above else None)
            found = _match(file, uri, family)
            if found is None and (targets := _delegates(file, uri, f"delegate{family}")):
                self._delegate(targets, uri, "", family, (*above, catalog))
            if found is None and family == "System" and public:
                usable = [entry for entry in file.entries if entry.public or not uri]
                found = next(
                    (e.target for e in usable if e.kind == "public" and e.match == public), None
                )
                part = _File(tuple(usable))
                if found is None and (targets := _delegates(part, public, "delegatePublic")):
                    self._delegate(targets, "", public, family, (*above, catalog))
            if found is None:
                found = self._walk(list(file.following), uri, public, family, (*above, catalog))
            if found is not None:
                return found
        return None

    def _delegate(
        self, targets: list[str], uri: str, public: str, family: str, above: tuple[str, ...]
    ) -> None:
        raise _End(self._walk(targets, uri, public, family, above))

    # -- reading ---------------------------------------------------------------------------------

    def _name(self, catalog: str) -> str:
        path = local_path(catalog)
        if path is None:
            return catalog
        if self.root is not None and path.is_relative_to(self.root.resolve()):
            return path.relative_to(self.root.resolve()).as_posix()
        return path.as_posix()

    def _circle(self, catalog: str, other: str) -> None:
        if f"{catalog} {other}" not in self._told:
            self._told.add(f"{catalog} {other}")
            finding = RULES["TK109"].at(
                Location(self._name(catalog)),
                f"the catalog leads back to {self._name(other)}, which led to it",
                hints=("delete the entry that closes the circle",),
            )
            self.findings.append(replace(finding, severity=Severity.WARNING))

    def _load(self, catalog: str, named_by: str | None) -> _File:
        if catalog not in self._read:
            result = _read(catalog, self._name(catalog))
            if isinstance(result, Diagnostic):
                # The standard has a resolver go on without a catalog that it cannot read.
                if named_by is not None:
                    hint = f"the catalog {self._name(named_by)} names it"
                    result = replace(result, hints=(*result.hints, hint))
                    result = replace(result, severity=Severity.WARNING)
                self.findings.append(result)
                result = _File()
            self._read[catalog] = result
        return self._read[catalog]


def _match(file: _File, uri: str, family: str) -> str | None:
    """What one file says of a URI: the same, then the longest beginning, then the longest end."""
    exact, suffix = ("uri", "uriSuffix") if family == "URI" else ("system", "systemSuffix")
    if not uri:
        return None
    for entry in file.of(exact):
        if entry.match == uri:
            return entry.target
    begins = [entry for entry in file.of(f"rewrite{family}") if uri.startswith(entry.match)]
    if begins:
        best = max(begins, key=lambda entry: len(entry.match))
        return best.target + uri[len(best.match) :]
    ends = [entry for entry in file.of(suffix) if entry.match and uri.endswith(entry.match)]
    return max(ends, key=lambda entry: len(entry.match)).target if ends else None


def _delegates(file: _File, name: str, kind: str) -> list[str]:
    """The catalogs that are in charge of a name, the most particular first."""
    found = [entry for entry in file.of(kind) if name and name.startswith(entry.match)]
    found.sort(key=lambda entry: -len(entry.match))
    return list(dict.fromkeys(entry.target for entry in found))


def catalogs(names: Iterable[str], root: Path) -> Catalog:
    """The catalogs of the given paths, relative to ``root``.

    The name ``$XML_CATALOG_FILES`` stands for the files that the environment variable lists,
    separated by spaces, as paths or ``file:`` URIs.
    """
    files: list[Path] = []
    for name in names:
        listed = os.environ.get(ENVIRONMENT[1:], "").split() if name == ENVIRONMENT else [name]
        files += [local_path(item) or root / item for item in listed]
    return Catalog(tuple(dict.fromkeys(files)), root)


# -- URIs ----------------------------------------------------------------------------------------


def local_path(uri: str) -> Path | None:
    """The file that a ``file:`` URI names on this machine; None for every other string."""
    parts = urlsplit(uri)
    if parts.scheme != "file" or parts.netloc not in ("", "localhost"):
        return None
    path = unquote(parts.path)
    if os.name == "nt" and re.match(r"/[A-Za-z]:", path):
        path = path[1:]
    return Path(path)


def _normal(uri: str) -> str:
    """The URI with everything escaped that may not stand in one (normalisation of URIs)."""
    return quote(uri.strip(), safe="%/:=&?~#+!$,;'@()*[]-._")


def _unwrapped(urn: str) -> str:
    """The public identifier inside a ``urn:publicid:`` (RFC 3151)."""
    text = urn[len(_URN) :].strip().replace("+", " ").replace(":", "//").replace(";", "::")
    return " ".join(unquote(text).split())


# -- files ---------------------------------------------------------------------------------------


def _read(catalog: str, name: str) -> _File | Diagnostic:
    """The catalog at a URI, or why it cannot be used."""
    from teikit import wellformed

    path = local_path(catalog)
    if path is None:
        message = f"the catalog {catalog} is not on this machine, and nothing is fetched"
        return RULES["TK109"].at(Location(name), message, hints=("keep a copy of it here",))
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return RULES["TK109"].at(Location(name), f"the catalog cannot be read: {reason}")
    scan = wellformed.scan(data, name)
    if isinstance(scan, Diagnostic):
        message = f"the catalog cannot be used: {scan.message}"
        return RULES["TK109"].at(scan.location, message, hints=scan.hints)
    reader = _Reader(catalog, name)
    return reader.read(data)


class _Reader:
    """Reads one catalog file, of which we know already that it is well-formed and safe."""

    def __init__(self, catalog: str, name: str) -> None:
        self._name = name
        self._entries: list[_Entry] = []
        self._following: list[str] = []
        self._open: list[tuple[str, bool]] = []  # base and whether public identifiers are preferred
        self._catalog = catalog
        self._fault: Diagnostic | None = None
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end

    def read(self, data: bytes) -> _File | Diagnostic:
        try:
            self._parser.Parse(data, True)
        except expat.ExpatError as error:  # namespaces, which the scan does not look at
            at = Location(self._name, error.lineno, error.offset + 1)
            return RULES["TK109"].at(at, f"the catalog cannot be used: {error}")
        return self._fault or _File(tuple(self._entries), tuple(self._following))

    def _end(self, _name: str) -> None:
        self._open.pop()

    def _here(self) -> Location:
        line, column = self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1
        return Location(self._name, line, column)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        namespace, _, name = tag.rpartition(" ")
        if not self._open and (namespace, name) != (NAMESPACE, "catalog"):
            self._fault = RULES["TK109"].at(
                self._here(),
                f"the file is no catalog: its root element is <{name}>",
                expected=(f'<catalog xmlns="{NAMESPACE}">',),
            )
        # `prefer` counts as "public" where nobody says otherwise, as in other resolvers.
        base, public = self._open[-1] if self._open else (self._catalog, True)
        base = urljoin(base, attributes.get(_XML_BASE, ""))
        public = attributes["prefer"] != "system" if "prefer" in attributes else public
        self._open.append((base, public))
        if namespace != NAMESPACE or self._fault:
            return  # elements of other namespaces are passed over
        if name == "nextCatalog":
            self._following.append(urljoin(base, attributes.get("catalog", "")))
        elif name in _ENTRIES:
            compared, answer = _ENTRIES[name]
            lacking = [key for key in (compared, answer) if key not in attributes]
            if lacking:
                self._fault = RULES["TK109"].at(
                    self._here(), f"<{name}> in the catalog lacks @{lacking[0]}"
                )
                return
            value = attributes[compared]
            value = " ".join(value.split()) if "ublic" in name else _normal(value)
            target = urljoin(base, _normal(attributes[answer]))
            self._entries.append(_Entry(name, value, target, public))

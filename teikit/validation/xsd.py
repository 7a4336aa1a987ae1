"""XML Schema (XSD): libxml2 gives the verdict, xmlschema says why.

libxml2 is fast and knows XSD 1.0. Only where it refuses a document does xmlschema read the schema
too, for it knows what would have been right; a schema that libxml2 cannot load (XSD 1.1) it judges
alone. This is the only module that imports xmlschema, and only then: the import takes longer than
most verdicts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote
from xml.parsers import expat

from teikit import cache
from teikit.diagnostics import RULES, Diagnostic, Location
from teikit.errors import TeikitError
from teikit.names import local
from teikit.source import Source
from teikit.validation.catalog import local_path
from teikit.validation.includes import references
from teikit.validation.models import XSD

if TYPE_CHECKING:
    import xmlschema
    from lxml import etree

    from teikit.corpus import Document

Locate = Callable[[str], "Path | Diagnostic | None"]

# Beyond these sizes xmlschema takes its time (20 seconds to read the whole of the TEI, a second
# for each 100 kB of text): there libxml2's own report must do.
LARGE_SCHEMA = 400_000
LARGE_DOCUMENT = 2_000_000
MOST = 1_000  # findings of one document

_VERSIONING = "http://www.w3.org/2007/XMLSchema-versioning "
_ONLY_11 = frozenset(
    f"{XSD} {name}"
    for name in ("assert", "assertion", "alternative", "openContent", "defaultOpenContent")
)


def load(path: Path, name: str, locate: Locate | None = None) -> XMLSchema | Diagnostic:
    """The schema in an ``.xsd`` file, or the finding that it cannot be used (TK109).

    ``name`` is what findings call the file. ``locate`` gives the local file for a URL that the
    schema includes or imports (:meth:`teikit.validation.store.Store.lookup`); nothing is fetched.
    """
    parts = _gather(path, name, locate)
    if isinstance(parts, Diagnostic):
        return parts
    schema = XMLSchema(path, name, parts, locate)
    return schema.fault or schema


def load_schema(path: Path, name: str, locate: Locate | None = None) -> XMLSchema:
    """As :func:`load`, but raises TeikitError with the finding when the schema cannot be used."""
    schema = load(path, name, locate)
    if isinstance(schema, Diagnostic):
        raise TeikitError(schema)
    return schema


@dataclass(frozen=True, slots=True)
class _Files:
    """All that a schema consists of: its files, what they weigh, and what they need."""

    files: tuple[Path, ...]
    names: dict[Path, str]
    size: int
    needs: frozenset[str]  # "1.1", "idref"
    elements: frozenset[str]  # the local names of all that are declared
    unpinned: tuple[str, ...]


class XMLSchema:
    """An XSD schema, loaded.

    ``name`` is what reports call it, ``engine`` what judges (and, once it is asked, what explains),
    ``files`` the paths of all files that were read, the schema's own first. It can be handed to
    another process, which loads it anew.
    """

    def __init__(self, path: Path, name: str, parts: _Files, locate: Locate | None) -> None:
        """Load the schema; ``fault`` says why it cannot be used, if it cannot."""
        self.name = name
        self.engine = "libxml2 XSD"
        self.files = tuple(str(item) for item in parts.files)
        self.fault: Diagnostic | None = None
        self._path, self._parts, self._locate = path, parts, locate
        self._explainer: xmlschema.XMLSchemaBase | None = None
        self._vocabulary: Any = None
        self._given_up = False
        self._fast: etree.XMLSchema | None = None
        refused = None if "1.1" in parts.needs else self._load_fast()
        if self._fast is None:
            # Not XSD 1.0, or no schema at all: xmlschema has the last word.
            loaded = self._load_xmlschema("1.1")
            if isinstance(loaded, Diagnostic):
                self.fault = self._with_hint(refused or loaded)

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        """A schema travels by name."""
        return load, (self._path, self.name, self._locate)

    @property
    def key(self) -> str:
        """A digest of the schema with all its parts: what verdicts depend on."""
        return cache.digest(
            "xsd", *(cache.digest_of([Path(file).read_bytes()]) for file in self.files)
        )

    @property
    def version(self) -> str:
        """Eight digits that change when the schema does, the same on every machine."""
        return self.key[:8]

    def save(self) -> None:
        """Nothing is learnt that the next run could use."""

    def iter_diagnostics(self, source: Source) -> Iterator[Diagnostic]:
        """The mistakes of a document, or why it cannot be parsed; see :meth:`judge`."""
        from teikit.corpus import parse

        document = parse(source.data(), source.name)
        if isinstance(document, Diagnostic):
            yield document
        else:
            yield from self.judge(document)

    def judge(self, document: Document) -> Iterator[Diagnostic]:
        """One finding for each mistake, at the tag, attribute or text that is wrong.

        After the first thousand one more says that there are others.
        """
        for count, finding in enumerate(self._findings(document)):
            if count == MOST:
                message = f"the schema finds more mistakes than the first {MOST:,}"
                where = document.locate(document.root)
                hint = "mend those first: many may have one cause"
                yield replace(finding, message=message, location=where, expected=(), hints=(hint,))
                return
            yield finding

    def _findings(self, document: Document) -> Iterator[Diagnostic]:
        if self._fast is None:
            yield from self._explain(document)
            return
        small = self._parts.size <= LARGE_SCHEMA and len(document.data) <= LARGE_DOCUMENT
        if self._fast.validate(document.root):
            # libxml2 does not look whether an xs:IDREF leads anywhere.
            if "idref" in self._parts.needs and small and self._ready():
                yield from self._explain(document, only_references=True)
            return
        # The log belongs to the schema object and changes with its next use: read it now.
        log: list[Any] = [*self._fast.error_log]  # type: ignore[misc] # the stubs lack __iter__
        explained, able = False, small and self._ready()
        for finding in self._explain(document) if able else ():
            explained = True
            yield finding
        if explained:
            return
        from teikit.validation.xsdlog import from_log

        hint = "the two XSD engines differ here: xmlschema finds nothing wrong with the file"
        for finding in from_log(log, document, self._parts.elements):
            yield replace(finding, hints=(*finding.hints, hint)) if able else finding

    # -- explaining ------------------------------------------------------------------------------

    def _ready(self) -> bool:
        """Whether xmlschema can be asked too; it reads the schema at the first mistake."""
        if self._explainer is None and not self._given_up:
            self._given_up = self._load_xmlschema("1.0") is not None
        return self._explainer is not None

    def _explain(
        self, document: Document, *, only_references: bool = False
    ) -> Iterator[Diagnostic]:
        """What xmlschema finds; nothing where it fails and libxml2 can answer instead."""
        import xmlschema

        from teikit.validation.xsdexplain import Vocabulary, dangling, from_xmlschema

        schema = self._explainer
        assert schema is not None
        if self._vocabulary is None:
            self._vocabulary = Vocabulary(schema)
        declared: dict[etree._Element, object] = {}

        def remember(element: Any, declaration: object) -> bool:
            declared[element] = declaration
            return False

        try:
            errors = list(schema.iter_errors(document.root, validation_hook=remember))
        except (RecursionError, xmlschema.XMLSchemaException) as error:
            if self._fast is None:
                words = str(error).strip().splitlines()
                reason = words[0] if words else "the elements are nested too deep"
                message = f"{self.name} could not judge the file: {reason}"
                yield RULES["TK109"].at(document.locate(document.root), message)
            return
        errors = dangling(errors) if only_references else errors
        yield from from_xmlschema(errors, declared, self._vocabulary, document)

    # -- loading ---------------------------------------------------------------------------------

    def _load_fast(self) -> Diagnostic | None:
        """Load the schema with libxml2; the finding where that fails."""
        from lxml import etree

        locate = self._local

        class Pinned(etree.Resolver):
            """Gives libxml2 the pinned copy of what lies on the web, or nothing."""

            def resolve(self, url: str, *rest: Any) -> Any:
                if local_path(url) is not None or not re.match(r"\w[\w+.-]+:", url):
                    return None
                lxml: Any = self  # its stubs know another signature
                found = locate(url)
                if found is None:
                    return lxml.resolve_string("<unpinned/>", rest[-1])
                return lxml.resolve_filename(str(found), rest[-1])

        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        parser.resolvers.add(Pinned())
        try:
            self._fast = etree.XMLSchema(etree.parse(str(self._path), parser))
        except etree.XMLSyntaxError as error:
            line, column = error.position
            return RULES["TK109"].at(
                Location(self.name, line, column), f"the schema is not XML: {error.msg}"
            )
        except etree.XMLSchemaParseError as error:
            entries = [item for item in error.error_log if item.level_name != "WARNING"]
            entry = entries[0] if entries else None
            where = self._called(entry.filename if entry else "")
            return RULES["TK109"].at(
                Location(where, entry.line if entry and entry.line > 0 else None),
                f"the schema is not XSD: {_plain(entry.message if entry else str(error))}",
            )
        return None

    def _load_xmlschema(self, version: str) -> Diagnostic | None:
        """Load the schema with xmlschema; the finding where that fails."""
        import warnings

        import xmlschema

        kind = xmlschema.XMLSchema11 if version == "1.1" else xmlschema.XMLSchema10

        def mapped(uri: str) -> str:
            found = self._local(uri)
            return uri if found is None else found.as_uri()

        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # a failed import shows as an unknown name
                self._explainer = kind(
                    str(self._path),
                    allow="local",
                    defuse="always",
                    uri_mapper=mapped,
                )
        except (xmlschema.XMLSchemaException, OSError, SyntaxError, RecursionError) as error:
            reason = getattr(error, "message", "") or str(error) or type(error).__name__
            name, line = self._place(error)
            return RULES["TK109"].at(
                Location(name, line), f"the schema is not XSD: {reason.strip().splitlines()[0]}"
            )
        if self._fast is None:
            self.engine = f"xmlschema {xmlschema.__version__}"
        return None

    def _local(self, url: str) -> Path | None:
        """The local file for a URL of the web, if it is pinned."""
        if not url.startswith(("http:", "https:")) or self._locate is None:
            return None
        found = self._locate(url)
        return found if isinstance(found, Path) else None

    def _called(self, file: str) -> str:
        """What findings call a file that libxml2 names."""
        path = (local_path(file) or Path(file)).resolve() if file else self._path
        return self._parts.names.get(path, self.name)

    def _place(self, error: Any) -> tuple[str, int | None]:
        """The file and line of an error that xmlschema found in the schema."""
        from lxml import etree

        where = self._called(str(getattr(error, "schema_url", "") or ""))
        file = next((path for path, name in self._parts.names.items() if name == where), self._path)
        path = getattr(error, "path", None)
        if not path:
            return where, None
        with suppress(etree.LxmlError, OSError, TypeError):
            parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
            tree = etree.parse(str(file), parser)
            spaces = {key: value for key, value in (error.namespaces or {}).items() if key}
            found: Any = tree.xpath(path, namespaces=spaces)
            return where, found[0].sourceline if found else None
        return where, None

    def _with_hint(self, finding: Diagnostic) -> Diagnostic:
        hints = [
            f"it names {url}, which is not pinned: teikit schema add {url}"
            for url in self._parts.unpinned
        ]
        return replace(finding, hints=(*finding.hints, *hints))


def _plain(message: str) -> str:
    """A message of libxml2 without the namespace of XSD before each name."""
    return message.replace(f"{{{XSD}}}", "xs:").strip()


# -- the files of a schema -----------------------------------------------------------------------


def _gather(path: Path, name: str, locate: Locate | None) -> _Files | Diagnostic:
    """All files of a schema, each looked at before an engine opens it; or what is wrong."""
    root = Path(str(path)[: -len(name)]) if path.as_posix().endswith(f"/{name}") else path.parent
    names: dict[Path, str] = {}
    unpinned: list[str] = []
    size = 0
    needs: set[str] = set()
    elements: set[str] = set()
    queue = [path.resolve()]
    for file in queue:
        if file in names:
            continue
        inside = file.is_relative_to(root.resolve())
        called = file.relative_to(root.resolve()).as_posix() if inside else file.name
        names[file] = name if file == path.resolve() else called
        try:
            data = file.read_bytes()
        except OSError as error:
            reason = error.strerror or type(error).__name__
            return RULES["TK109"].at(Location(names[file]), f"the schema cannot be read: {reason}")
        looked = _look(data, names[file], elements)
        if isinstance(looked, Diagnostic):
            return looked
        size += len(data)
        needs |= looked
        for href, line, column, needed in references(data, "xsd"):
            target: Path | Diagnostic | None
            if re.match(r"[A-Za-z][\w+.-]+:", href) and local_path(href) is None:
                target = locate(href) if locate and href.startswith("http") else None
                if isinstance(target, Diagnostic):
                    return target
                if target is None:
                    unpinned.append(href)
                    continue
            else:
                target = local_path(href) or file.parent / unquote(href)
            if target.is_file():
                queue.append(target.resolve())
            elif needed:
                return RULES["TK109"].at(
                    Location(names[file], line, column),
                    f"the schema includes {href}, and there is no such file",
                )
    return _Files(
        tuple(names),
        names,
        size,
        frozenset(needs),
        frozenset(elements),
        tuple(dict.fromkeys(unpinned)),
    )


class _EntityError(Exception):
    """The schema declares an entity."""


def _look(data: bytes, name: str, elements: set[str]) -> set[str] | Diagnostic:
    """What a file needs beyond libxml2; a finding where it is not safe, not XML or no schema.

    The local names of the elements that it declares are added to ``elements``.
    """
    needs: set[str] = set()
    roots: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        roots.append(tag) if not roots else None
        if tag in _ONLY_11 or any(key.startswith(_VERSIONING) for key in attributes):
            needs.add("1.1")
        if tag == f"{XSD} element" and "name" in attributes:
            elements.add(attributes["name"])
        if any(value.rpartition(":")[2] in ("IDREF", "IDREFS") for value in attributes.values()):
            needs.add("idref")

    def entity(*_: object) -> None:
        raise _EntityError

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EntityDeclHandler = start, entity
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, _EntityError, LookupError) as error:
        from teikit import wellformed

        scan = wellformed.scan(data, name)
        if isinstance(scan, Diagnostic):
            message = f"the schema is not XML: {scan.message}"
            return RULES["TK109"].at(scan.location, message, hints=scan.hints)
        line = getattr(error, "lineno", None)
        return RULES["TK109"].at(Location(name, line), f"the schema is not XML: {error}")
    if roots[0] != f"{XSD} schema":
        return RULES["TK109"].at(
            Location(name, 1),
            f"the schema is not XSD: its root element is <{local(roots[0].replace(' ', '}'))}>",
            expected=("<xs:schema>",),
        )
    return needs

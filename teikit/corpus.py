"""Files into documents: the only module that parses a text's XML, and it does so safely.

Each file is read twice from one buffer of bytes: by expat, which knows the line, column and byte of
every start-tag and stops at whatever is dangerous (entity declarations, absurd nesting), then by
libxml2, which builds the tree. Nothing outside the buffer is ever fetched: no DTD, no entity, no
network. What cannot be read becomes a Diagnostic; the other files are read all the same.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from urllib.parse import urljoin

from lxml import etree

from teikit import wellformed
from teikit.config import Config
from teikit.diagnostics import RULES, Diagnostic, Location, Severity
from teikit.errors import TeikitError
from teikit.files import Files, find_files
from teikit.names import NAME, TEI, XML_BASE, XML_ID, local
from teikit.wellformed import Scan


@dataclass(eq=False)
class Document:
    """A parsed TEI file.

    ``path`` is relative to the corpus root, with forward slashes; ``data`` the file's bytes;
    ``root`` its tree; ``scan`` the positions that expat saw.
    """

    path: str
    data: bytes
    root: etree._Element
    scan: Scan
    _xpaths: dict[etree._Element, str] = field(default_factory=dict, repr=False)

    @property
    def id(self) -> str:
        """The document's identifier: the root's ``xml:id`` if it is a name, else the file's stem.

        Outputs are called after it, so nothing else will do: ``../x`` would lead out of a folder.
        """
        stated = self.root.get(XML_ID, "")
        return stated if NAME.fullmatch(stated) else Path(self.path).stem

    @cached_property
    def _order(self) -> dict[etree._Element, int]:
        # The dictionary keeps every proxy alive: lxml would give an element a new one otherwise.
        return {element: index for index, element in enumerate(self.root.iter("*"))}

    def __contains__(self, element: object) -> bool:
        """Whether the element is part of this document's tree."""
        return element in self._order

    def locate(self, element: etree._Element, attribute: str | None = None) -> Location:
        """Where the start-tag of ``element`` stands, or its ``attribute`` (a Clark name)."""
        line, column = self.scan.place(self._order[element], attribute)
        return Location(self.path, line, column, self._xpath(element))

    def locate_text(self, element: etree._Element, *, after: bool) -> Location:
        """Where the first words inside ``element`` stand, or those right after it."""
        line, column = self.scan.words(self._order[element], after=after)
        return Location(self.path, line, column, self._xpath(element))

    def _xpath(self, element: etree._Element) -> str:
        """The same as :func:`xpath`; siblings are counted once for all of them."""
        known = self._xpaths
        if element not in known:
            parent = element.getparent()
            if parent is None:
                known[element] = xpath(element)
            else:
                above = self._xpath(parent)
                counted: Counter[str] = Counter()
                for child in parent.iterchildren("*"):
                    counted[child.tag] += 1
                    known[child] = f"{above}/{local(child.tag)}[{counted[child.tag]}]"
        return known[element]


def attributes(element: etree._Element) -> dict[str, str]:
    """The attributes of an element as strings, by Clark name, in the order of the file."""
    return {str(name): str(value) for name, value in element.items()}


def base_of(element: etree._Element) -> str:
    """The ``xml:base`` in force at an element, relative to its file; ``""`` where there is none.

    Those of the elements around it count too, each relative to the one outside of it (XML Base,
    section 4). That of the file itself is left out.
    """
    base = ""
    node: etree._Element | None = element
    while node is not None:
        if stated := node.get(XML_BASE):
            base = _joined(stated, base) if base else stated
        node = node.getparent()
    return base


def absolute(base: str, reference: str) -> str:
    """A reference under the address of a base (RFC 3986); itself where they are no addresses."""
    try:
        return urljoin(base, reference)
    except ValueError:  # an unfinished [ for example
        return reference


def _joined(outer: str, inner: str) -> str:
    """A base inside another."""
    if re.match(r"[A-Za-z][\w+.\-]*:|/", inner):
        return inner
    if re.match(r"[A-Za-z][\w+.\-]*:", outer):
        return absolute(outer, inner)
    # urljoin drops the “..” that lead out of a relative base.
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(outer), inner))
    return f"{joined}/" if inner.endswith(("/", "..")) else joined


def xpath(element: etree._Element) -> str:
    """A path to the element by local names and positions, e.g. ``/TEI/text[1]/body[1]/p[3]``."""
    steps = []
    node: etree._Element | None = element
    while node is not None:
        parent = node.getparent()
        step = local(node.tag)
        if parent is not None:
            before = sum(1 for _ in node.itersiblings(node.tag, preceding=True))
            step += f"[{before + 1}]"
        steps.append(step)
        node = parent
    return "/" + "/".join(reversed(steps))


@dataclass
class Corpus:
    """The TEI files of a corpus in a stable order, and what was found while reading them.

    ``root`` is the folder that ``paths`` (names to places on the disk) are relative to. Trees are
    built when somebody asks for them: most work needs only the index.
    """

    root: Path
    config: Config
    paths: dict[str, Path] = field(default_factory=dict)
    findings: tuple[Diagnostic, ...] = ()
    selected: frozenset[str] | None = None  # paths that the caller asked about; None: all
    _parsed: dict[str, Document] = field(default_factory=dict, repr=False)

    @property
    def documents(self) -> tuple[Document, ...]:
        """All documents, parsed. Raises TeikitError where a file was changed for the worse."""
        return tuple(map(self.document, self.paths))

    def document(self, name: str) -> Document:
        """One document, parsed once. Raises TeikitError where it cannot be read any more."""
        if name not in self._parsed:
            _, result = read(self.paths[name], name)
            if isinstance(result, Diagnostic):
                raise TeikitError(result)
            self._parsed[name] = result
        return self._parsed[name]

    def holding(self, documents: Mapping[str, Document]) -> Corpus:
        """The same corpus, with documents that have been parsed already."""
        return replace(self, _parsed=dict(documents))

    def source(self, path: str) -> bytes | None:
        """The bytes of a file of the corpus, readable or not; None where there are none."""
        if path in self._parsed:
            return self._parsed[path].data
        try:
            return (self.root / path).read_bytes()
        except OSError:
            return None

    def asked(self, diagnostic: Diagnostic) -> bool:
        """Whether the finding is in a file that the caller asked about."""
        return self.selected is None or diagnostic.location.path in self.selected


def parse(data: bytes, path: str) -> Document | Diagnostic:
    """Parse the bytes of one file; ``path`` is the name that locations will carry.

    Returns the Document, or the one Diagnostic that says why there is none.
    """
    scan = wellformed.scan(data, path)
    if isinstance(scan, Diagnostic):
        return scan
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, collect_ids=False
    )
    # huge_tree is safe here: expat has already refused entities and deep nesting.
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        return RULES["TK002"].at(Location(path, line or None, column or None), str(error.msg))
    return Document(path, data, root, scan)


def not_tei(document: Document) -> Diagnostic | None:
    """The finding that a well-formed file is not TEI P5, or None where it is."""
    tag = etree.QName(document.root)
    if tag.namespace == TEI and tag.localname in ("TEI", "teiCorpus"):
        return None
    name = tag.localname
    hints: tuple[str, ...] = ()
    if name in ("TEI", "teiCorpus"):
        hints = (f'write <{name} xmlns="{TEI}">',)
    elif name in ("TEI.2", "teiCorpus.2"):
        hints = ("this is TEI P4; convert it to P5 first",)
    return RULES["TK007"].at(
        document.locate(document.root),
        f"the root element is <{name}>"
        + (f" in the namespace {tag.namespace}" if tag.namespace else " in no namespace")
        + "; the file was left out",
        expected=("TEI", "teiCorpus"),
        hints=hints,
    )


def unreadable(name: str, error: OSError) -> Diagnostic:
    """The finding that the disk refuses a file."""
    reason = error.strerror or type(error).__name__
    return RULES["TK001"].at(Location(name), f"the file cannot be read: {reason}")


def read(path: Path, name: str) -> tuple[bytes | None, Document | Diagnostic]:
    """Read and parse one file of the disk, under the name ``name`` in locations."""
    try:
        data = path.read_bytes()
    except OSError as error:
        return None, unreadable(name, error)
    return data, parse(data, name)


def open_corpus(config: Config, targets: Sequence[Path] = (), files: Files | None = None) -> Corpus:
    """Read the corpus that ``config`` describes, without the index.

    ``targets`` are files or folders the caller asks about: they are read even where the
    configuration does not name them, and ``Corpus.selected`` remembers them. Without targets all
    files count. A target that does not exist is a finding. ``files`` are those files, where they
    have been looked up already.
    """
    files = files or find_files(config, targets)
    findings = list(files.findings)
    documents: dict[str, Document] = {}
    for name, path in files.paths.items():
        _, result = read(path, name)
        if isinstance(result, Document):
            other = not_tei(result)
            if other is None:
                documents[name] = result
                continue
            result = other if name in files.named else replace(other, severity=Severity.INFO)
        findings.append(result)
    paths = {name: files.paths[name] for name in documents}
    return Corpus(config.root, config, paths, tuple(findings), files.selected, documents)

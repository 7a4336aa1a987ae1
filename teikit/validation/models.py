"""Which schemas a file asks for: its ``xml-model`` instructions, else its ``xsi`` hints.

Read from the first bytes of the file alone: expat stops at the root element, so a file of any size
and in any encoding costs the same. Sources: W3C "Associating Schemas with XML documents 1.0 (Third
Edition)"; for the form of pseudo-attributes "Associating Style Sheets with XML documents 1.0
(Second Edition)", section 3; for the hints XML Schema part 1, section 4.3.2.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal
from urllib.parse import urlsplit
from xml.parsers import expat

Kind = Literal["relaxng", "compact", "xsd", "schematron", "odd", "dtd", "nvdl", "unknown"]

RELAXNG = "http://relaxng.org/ns/structure/1.0"
XSD = "http://www.w3.org/2001/XMLSchema"
SCHEMATRON = "http://purl.oclc.org/dsdl/schematron"
NVDL = "http://purl.oclc.org/dsdl/nvdl/ns/structure/1.0"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_TEI = "http://www.tei-c.org/ns/1.0"

# What ``schematypens`` says. Schematron 1.5 is still met in old files.
_BY_NAMESPACE: dict[str, Kind] = {
    RELAXNG: "relaxng",
    XSD: "xsd",
    SCHEMATRON: "schematron",
    "http://www.ascc.net/xml/schematron": "schematron",
    NVDL: "nvdl",
    _TEI: "odd",
}
# What ``type`` says where it says more than that the schema is some XML.
_BY_TYPE: dict[str, Kind] = {
    "application/relax-ng-compact-syntax": "compact",
    "application/vnd.relax-ng.rnc": "compact",
    "application/relax-ng+xml": "relaxng",
    "application/vnd.relax-ng+xml": "relaxng",
    "application/schematron+xml": "schematron",
    "application/xml-dtd": "dtd",
    "application/tei+xml": "odd",
}
_BY_SUFFIX: dict[str, Kind] = {
    ".rng": "relaxng",
    ".rnc": "compact",
    ".xsd": "xsd",
    ".sch": "schematron",
    ".odd": "odd",
    ".dtd": "dtd",
    ".nvdl": "nvdl",
}
# expat is fed in pieces of this size, so that the end of a long file is never looked at.
_PIECE = 65_536
_PSEUDO = re.compile(
    r"""\s*([^\s=<>"'/&]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')(?=\s|\Z)""",
)
_REFERENCE = re.compile(r"&(?:#(\d+)|#x([0-9A-Fa-f]+)|([\w.:-]+));|&")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


@dataclass(frozen=True, slots=True)
class Model:
    """One schema that a file asks for.

    The fields up to ``group`` are the pseudo-attributes of the instruction, empty where they are
    not given. ``line`` and ``column`` (from 1) are the place of the instruction, or of the root
    element whose ``xsi`` attribute gives the hint. ``fault`` says why the instruction cannot be
    used, in the reader's words; it is empty where it can.
    """

    href: str
    type: str = ""
    schematypens: str = ""
    phase: str = ""
    title: str = ""
    charset: str = ""
    group: str = ""
    line: int | None = None
    column: int | None = None
    fault: str = ""


class _RootSeenError(Exception):
    """Ends the reading at the root element."""


class _Prolog:
    """Collects what stands before the root element, and the root's name and ``xsi`` hints."""

    def __init__(self, data: bytes) -> None:
        self.models: list[Model] = []
        self.root = ""
        self.hints: dict[str, str] = {}
        self.line, self.column = 1, 1
        self._in_doctype = False
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.ProcessingInstructionHandler = self._instruction
        self._parser.StartElementHandler = self._start
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.EndDoctypeDeclHandler = self._doctype_end
        try:
            for start in range(0, len(data), _PIECE):
                self._parser.Parse(data[start : start + _PIECE], False)
        except (_RootSeenError, expat.ExpatError, LookupError, ValueError):
            # What is wrong with the XML is the parser's to tell; what was read until there counts.
            pass

    def _doctype(self, *_: object) -> None:
        self._in_doctype = True

    def _doctype_end(self) -> None:
        self._in_doctype = False

    def _place(self) -> tuple[int, int]:
        return self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1

    def _instruction(self, target: str, text: str) -> None:
        if target == "xml-model" and not self._in_doctype:
            self.models.append(_instruction(text, *self._place()))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.root = name
        self.line, self.column = self._place()
        for key, value in attributes.items():
            if key.startswith(f"{_XSI} "):
                self.hints[key.rpartition(" ")[2]] = value
        raise _RootSeenError


@dataclass(frozen=True, slots=True)
class Head:
    """What the beginning of a file says.

    ``namespace`` and ``root`` name its root element (empty where none was seen), which stands at
    ``line`` and ``column`` (from 1); ``models`` are the schemas that the file asks for.
    """

    namespace: str
    root: str
    line: int
    column: int
    models: tuple[Model, ...]


def read_head(data: bytes) -> Head:
    """The head of a file. ``data`` is the file or its beginning, in any encoding that expat reads.

    The models come in the file's own order; only instructions before the root element count. Where
    there is none, the location that ``xsi:schemaLocation`` gives for the root's namespace (or
    ``xsi:noNamespaceSchemaLocation``, where it has none) stands in, as an XSD; the other pairs are
    for parts of the document, and the schema imports those.
    """
    prolog = _Prolog(data)
    namespace, _, root = prolog.root.rpartition(" ")
    found = tuple(prolog.models)
    if not found:
        if namespace:
            words = prolog.hints.get("schemaLocation", "").split()
            places = dict(zip(words[::2], words[1::2], strict=False))
            href = places.get(namespace, "")
        else:
            href = prolog.hints.get("noNamespaceSchemaLocation", "").strip()
        if href:
            found = (Model(href, schematypens=XSD, line=prolog.line, column=prolog.column),)
    return Head(namespace, root, prolog.line, prolog.column, found)


def models(data: bytes) -> tuple[Model, ...]:
    """The schemas that a file asks for; see :func:`read_head`."""
    return read_head(data).models


def _instruction(text: str, line: int, column: int) -> Model:
    """The instruction as a Model, or as a Model that only has a fault."""
    values: dict[str, str] = {}
    fault = ""
    at = 0
    while text[at:].strip() and not fault:
        match = _PSEUDO.match(text, at)
        if match is None:
            rest = text[at:].strip()
            fault = f"“{rest[:30]}” is not of the form name=“value”"
            break
        name = match[1]
        value, wrong = _expand(match[2] if match[2] is not None else match[3])
        if name in values:
            fault = f"{name} stands twice"
        elif wrong:
            fault = f"{wrong} in {name} is no character that XML knows; & is written &amp;"
        values[name] = value
        at = match.end()
    if not fault and not values.get("href", "").strip():
        fault = "it has no href"
    if fault:
        return Model("", line=line, column=column, fault=fault)
    known = ("type", "schematypens", "phase", "title", "charset", "group")
    rest_ = {name: values.get(name, "") for name in known}
    return Model(values["href"].strip(), line=line, column=column, **rest_)


def _expand(value: str) -> tuple[str, str]:
    """The value with its references replaced, and the first of them that is none."""
    wrong: list[str] = []

    def replace(match: re.Match[str]) -> str:
        decimal, hexadecimal, name = match.groups()
        if name in _ENTITIES:
            return _ENTITIES[name]
        if decimal or hexadecimal:
            code = int(decimal) if decimal else int(hexadecimal, 16)
            if code in (9, 10, 13) or 32 <= code < 0xD800 or 0xE000 <= code <= 0x10FFFF:
                return chr(code)
        wrong.append(match[0])
        return match[0]

    return _REFERENCE.sub(replace, value), "".join(wrong[:1])


def kind(source: Model | str | PurePosixPath) -> Kind:
    """What language a schema is written in, by ``schematypens``, ``type`` and the file's ending.

    In that order, as the note says: ``schematypens`` decides for a schema in XML, so an ``.rng``
    file with the namespace of Schematron means the rules embedded in it. A ``type`` that does not
    name XML in general (``application/relax-ng-compact-syntax``) decides before it, for there is no
    namespace in such a schema. A path or a URL is judged by its ending.
    """
    if isinstance(source, Model):
        media = source.type.partition(";")[0].strip().lower()
        if _BY_TYPE.get(media) in ("compact", "dtd"):
            return _BY_TYPE[media]
        if source.schematypens.strip():
            found = _BY_NAMESPACE.get(source.schematypens.strip(), "unknown")
            # The compact syntax is RELAX NG too, and many files say only that.
            return "compact" if (found, kind(source.href)) == ("relaxng", "compact") else found
        if media in _BY_TYPE:
            return _BY_TYPE[media]
        source = source.href
    path = str(source)
    if re.match(r"[A-Za-z][\w+.-]+:", path):
        path = urlsplit(path).path
    return _BY_SUFFIX.get(PurePosixPath(path.partition("#")[0]).suffix.lower(), "unknown")


def sniff(data: bytes) -> Kind:
    """What language a schema in XML is written in, by the namespace of its root element.

    For names that do not tell. ``data`` is the file or its beginning.
    """
    return _BY_NAMESPACE.get(_Prolog(data).root.rpartition(" ")[0], "unknown")

"""The pictures of the texts: found beside them, copied into the site, told where they are missing.

Stylesheets get what was found as one document (``t:images``), so that pointers are followed once.
What lies on another host is linked and never loaded.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote

from lxml import etree

from teikit.corpus import Document, absolute, base_of
from teikit.diagnostics import RULES, Diagnostic, Related
from teikit.links import Links
from teikit.names import FACTS, TEI, XML_ID, local
from teikit.outputs.base import File

# Elements that name a picture, and the attribute that does.
_NAMING = {"graphic": "url", "media": "url"} | dict.fromkeys(
    ("pb", "cb", "gb", "milestone"), "facs"
)
# What browsers show as a picture, and what they open when a link leads to it.
_SHOWN = frozenset(".png .jpg .jpeg .gif .webp .avif .svg .bmp .ico .apng".split())
_OPENED = _SHOWN | frozenset(
    ".tif .tiff .jp2 .pdf .mp3 .ogg .oga .opus .wav .flac .m4a .mp4 .webm .ogv".split()
)
_FOLDER = "images"
# How many more places of missing pictures a finding lists.
_LISTED = 10


@dataclass(frozen=True, slots=True)
class Image:
    """What a token of a file leads to.

    ``href`` is its address from the root of the site, or on another host, empty where there is
    none; ``source`` the file to be copied to ``path`` (not percent-encoded).
    """

    version: str
    token: str
    href: str = ""
    path: str = ""
    source: Path | None = None

    @property
    def shown(self) -> bool:
        """Whether a page shows it, rather than link it."""
        return self.source is not None and self.source.suffix.lower() in _SHOWN


class Images:
    """The pictures that some files name."""

    def __init__(self, links: Links, paths: Iterable[str]) -> None:
        """Look for the pictures of the files of these paths."""
        self._links = links
        self._root = links.corpus.root.resolve()
        self._places: dict[Path, str] = {}
        self._taken: set[str] = set()
        self._trees: dict[tuple[str, ...], etree._Element] = {}
        self._ids: dict[str, dict[str, etree._Element]] = {}
        self.found: dict[str, list[Image]] = {}
        self.findings: list[Diagnostic] = []
        for path in dict.fromkeys(paths):
            self._read(links.corpus.document(path))

    def tree(self, paths: Iterable[str]) -> etree._Element:
        """The pictures of some files as stylesheets read them: the same tree each time."""
        key = tuple(paths)
        if key not in self._trees:
            root = etree.Element(f"{{{FACTS}}}images", nsmap={"t": FACTS})
            for image in (image for path in key for image in self.found.get(path, ())):
                if image.href:
                    node = etree.SubElement(root, f"{{{FACTS}}}image")
                    node.set("version", image.version)
                    node.set("token", image.token)
                    node.set("href", image.href)
                    if image.shown:
                        node.set("shown", "true")
            self._trees[key] = root
        return self._trees[key]

    def copy(self, path: str) -> File | None:
        """The copy at a path of the site; None where there is none."""
        for source, place in self._places.items():
            if place == path:
                return File(path, source.read_bytes())
        return None

    def files(self) -> Iterator[File | Diagnostic]:
        """The copies, byte by byte, each once, and what could not be found."""
        yield from self.findings
        for source, path in sorted(self._places.items(), key=lambda item: item[1]):
            yield File(path, source.read_bytes())

    def _read(self, document: Document) -> None:
        version = document.id
        seen: dict[str, Image] = {}
        missing: dict[str, list[tuple[etree._Element, str]]] = defaultdict(list)
        for element in document.root.iter(*(f"{{{TEI}}}{name}" for name in _NAMING)):
            attribute = _NAMING[local(element.tag)]
            value = element.get(attribute, "").strip()
            tokens = [value] if attribute == "url" else value.split()
            for token in filter(None, tokens):
                if token in seen:
                    continue
                image, reason = self._image(document, element, version, token)
                seen[token] = image
                if reason:
                    missing[reason].append((element, token))
        self.found[document.path] = list(seen.values())
        for reason, places in missing.items():
            self.findings.append(_lost(document, reason, places))

    def _image(
        self, document: Document, element: etree._Element, version: str, token: str
    ) -> tuple[Image, str]:
        """What a token leads to, and why nothing where it does not."""
        address, where = self._address(document, element, token)
        if not address:
            # Said of pointers that lead nowhere already; of others there is nothing to see.
            return Image(version, token), ""
        if re.match(r"https?://", address):
            return Image(version, token, href=address), ""
        if re.match(r"[A-Za-z][\w+.\-]+:", address):
            return Image(version, token), "its address is none of a file or of the web"
        path = unquote(address.partition("?")[0])
        try:
            source = (self._root / Path(where).parent / path).resolve()
            there = source.is_file()
        except (OSError, ValueError):
            return Image(version, token), "its name is none that a file may have"
        if not source.is_relative_to(self._root):
            return Image(version, token), "it lies outside of the folder of the corpus"
        if not there:
            return Image(version, token), "there is no such file"
        if source.suffix.lower() not in _OPENED:
            return Image(version, token), "it is no picture, sound or film that browsers know"
        name = self._place(source)
        return Image(version, token, quote(name), name, source), ""

    def _address(self, document: Document, element: etree._Element, token: str) -> tuple[str, str]:
        """The address of the picture, and the path of the file that it is relative to.

        A pointer to a ``surface``, a ``zone`` or a ``graphic`` is that of the picture of the page.
        """
        scheme = re.match(r"([A-Za-z][\w+.\-]+):", token)
        if scheme and scheme[1] not in ("http", "https"):
            target = self._links.resolve(document.path, token, base_of(element))
            return (quote(target.path), "") if target.path else ("", "")
        if scheme or "#" not in token:
            return _joined(element, token), document.path
        target = self._links.resolve(document.path, token, base_of(element))
        if target.state != "resolved" or self._links.document(target.path) is None:
            return "", document.path
        node = self._with_ids(target.path).get(target.id)
        while node is not None and local(node.tag) not in ("facsimile", "sourceDoc", "TEI"):
            graphic = next(node.iter(f"{{{TEI}}}graphic"), None)
            if graphic is not None and graphic.get("url", "").strip():
                return _joined(graphic, graphic.get("url", "").strip()), target.path
            node = node.getparent()
        return "", document.path

    def _with_ids(self, path: str) -> dict[str, etree._Element]:
        """The elements of a file by their ids."""
        if path not in self._ids:
            elements = self._links.corpus.document(path).root.iter("{*}*")
            self._ids[path] = {item.get(XML_ID, ""): item for item in elements}
        return self._ids[path]

    def _place(self, source: Path) -> str:
        """Where a file is copied to: its path in the corpus, another where case alone differs."""
        if source not in self._places:
            inside = source.relative_to(self._root).as_posix()
            name, number = f"{_FOLDER}/{inside}", 1
            while name.casefold() in self._taken:
                number += 1
                stem, suffix = inside[: -len(source.suffix)], source.suffix
                name = f"{_FOLDER}/{stem}-{number}{suffix}"
            self._taken.add(name.casefold())
            self._places[source] = name
        return self._places[source]


def _joined(element: etree._Element, address: str) -> str:
    base = base_of(element)
    return absolute(base, address) if base else address


def _lost(document: Document, reason: str, places: list[tuple[etree._Element, str]]) -> Diagnostic:
    """The finding about the pictures that a file names and that are missing for one reason."""
    element, token = places[0]
    others = f", nor {len(places) - 1} more of this file" if len(places) > 1 else ""
    return RULES["TK806"].at(
        document.locate(element, _NAMING[local(element.tag)]),
        f"the picture “{token}” cannot be put on the page{others}: {reason}",
        hints=("pictures are found from the folder of the file that names them",),
        related=tuple(
            Related(f"“{other}”", document.locate(node, _NAMING[local(node.tag)]))
            for node, other in places[1 : _LISTED + 1]
        ),
    )

"""PDF by Typst: a file for each document, and a book of all of them.

XSLT writes Typst; Typst sets it from memory in the typeface of the pages, and refuses to write a
file that is not PDF/A-3a and PDF/UA-1. The TEI files that a PDF was made from are attached to it.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, cast

import typst
from lxml import etree

from teikit.corpus import Document
from teikit.diagnostics import RULES, Diagnostic, Location
from teikit.linkdoc import edition_date
from teikit.outputs import fonts
from teikit.outputs.base import File, Job, Output
from teikit.resources import resource
from teikit.saxon import Parameter, transform

STANDARDS = ("a-3a", "ua-1")

# The family with serifs that comes with Typst.
_EMBEDDED = "Libertinus Serif"

# How Typst says that no typeface has a character, and that it does not know a paper size.
_UNSHOWN = re.compile(r'the text `"(.+?)"` could not be displayed')
_PAPERS = 'expected "a0", "a1"'


def render(job: Job) -> Iterator[File | Diagnostic]:
    """``<document>.pdf`` for each document, and ``book.pdf`` where all documents are asked for.

    A document that cannot be set gives Diagnostics (TK803) and no file; the others are made.
    """
    if fonts.folder() is None:
        yield fonts.absent(
            [fonts.PACKAGE], "the PDF is set in another typeface than the pages want"
        )
    said: set[Diagnostic] = set()
    for name, parameters, paths in _volumes(job):
        for made in _volume(job, name, parameters, paths):
            if isinstance(made, File):
                yield made
            elif made not in said:
                said.add(made)
                yield made


def _volumes(job: Job) -> Iterator[tuple[str, dict[str, Parameter], list[str]]]:
    """The files to make: name, parameters of the stylesheet, paths of the TEI files to attach."""
    for group in job.groups:
        parameters: dict[str, Parameter] = {"document": group.id, "versions": job.trees([group])}
        yield f"{group.id}.pdf", parameters, [version.path for version in group.versions]
    if job.groups and job.groups == job.links.groups:
        book: dict[str, Parameter] = {"shape": "book", "versions": job.trees()}
        if job.edition is not None:
            book["edition"] = job.edition
        yield "book.pdf", book, list(job.links.corpus.paths)


def _volume(
    job: Job, name: str, parameters: Mapping[str, Parameter], paths: Sequence[str]
) -> Iterator[File | Diagnostic]:
    shared: dict[str, Parameter] = {
        "reading": job.reading,
        "paper": job.paper,
        "sources": "\n".join(paths),
    }
    result = transform(resource("xslt", "typst", "main.xsl"), job.facts, {**shared, **parameters})
    yield from result.messages
    attached = {posixpath.join("sources", *_steps(path)): job.source(path) for path in paths}
    files = {
        "main.typ": result.text.encode(),
        "lib.typ": resource("xslt", "typst", "lib.typ").read_bytes(),
        # Typst sees a folder that holds nothing but what is handed to it.
        **{path: data for path, data in attached.items() if _is_utf8(data)},
    }
    try:
        # The stubs of typst leave out that a dictionary of files may be compiled.
        data, warnings = cast(Any, typst).compile_with_warnings(
            files,
            font_paths=_typefaces(),
            ignore_system_fonts=True,
            timestamp=_timestamp(edition_date(job.links)),
            pdf_standards=list(STANDARDS),
            sys_inputs={"serif": ",".join(_families())}
            | {
                path: ",".join(map(str, data))
                for path, data in attached.items()
                if not _is_utf8(data)
            },
        )
    except typst.TypstError as error:
        yield from _failures(job, name, paths, error)
        return
    for warning in warnings:
        yield _unexplained(name, paths, warning)
    if not warnings:
        yield File(name, data)


def _is_utf8(data: bytes) -> bool:
    """Whether the bytes are UTF-8: others have to reach Typst by another way."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _steps(path: str) -> list[str]:
    """The steps of a path, none of which leads upward."""
    return [step for step in path.split("/") if step not in ("", ".", "..")]


def _families() -> tuple[str, ...]:
    """The families of the text: that of the pages, and what comes with Typst for what it lacks."""
    return (_EMBEDDED,) if fonts.folder() is None else (fonts.FAMILY, _EMBEDDED)


@lru_cache(maxsize=1)
def _typefaces() -> typst.Fonts:
    """The typefaces installed with teikit, and no others: every machine sets the same lines."""
    folder = fonts.folder()
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=[] if folder is None else [str(folder)],
    )


def _timestamp(date: str) -> int:
    """Midnight UTC of an ISO date in Unix seconds; a month or a year stands for its first day."""
    match = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", date)
    if match is None:
        return 0
    try:
        day = datetime(int(match[1]), int(match[2] or 1), int(match[3] or 1), tzinfo=UTC)
    except ValueError:
        return 0
    return max(0, int(day.timestamp()))


# -- what Typst has to say, in the reader's words ------------------------------------------------


def _failures(
    job: Job, name: str, paths: Sequence[str], error: typst.TypstError
) -> Iterator[Diagnostic]:
    text = str(error.diagnostic)
    clusters = dict.fromkeys(_unescaped(match[1]) for match in _UNSHOWN.finditer(text))
    if str(error.message).startswith(_PAPERS):
        yield RULES["TK803"].at(
            Location(job.links.corpus.config.file.name if job.links.corpus.config.file else name),
            f"“{job.paper}” is not a paper size that Typst knows",
            expected=("a4", "a5", "us-letter"),
            hints=("[output] paper in teikit.toml names it",),
        )
    elif clusters:
        for cluster in clusters:
            yield _unshown(job, name, paths, cluster)
    else:
        yield _unexplained(name, paths, error)


def _unescaped(text: str) -> str:
    """A string as Typst writes it between quotation marks, read back."""
    decoded = re.sub(r"\\u\{([0-9a-fA-F]+)\}", lambda at: chr(int(at[1], 16)), text)
    return re.sub(r"\\(.)", r"\1", decoded)


def _unshown(job: Job, name: str, paths: Sequence[str], cluster: str) -> Diagnostic:
    points = " ".join(f"U+{ord(c):04X} {unicodedata.name(c, '')}".strip() for c in cluster)
    return RULES["TK803"].at(
        _whereabouts(job, paths, cluster) or Location(paths[0]),
        f"{name}: no typeface of the PDF has “{cluster}” ({points})",
        hints=(
            f"the PDF is set in {' and '.join(_families())} (Latin, Greek, Cyrillic); "
            "the text has to do without the character, or be published as HTML or plain text",
        ),
    )


def _whereabouts(job: Job, paths: Sequence[str], text: str) -> Location | None:
    """Where a text first stands in one of the files; the text comes before the header."""
    corpus = job.links.corpus
    for document in [corpus.document(path) for path in corpus.paths if path in paths]:
        body = document.root.find("{*}text")
        for part in (body, document.root):
            place = _place(document, part, text) if part is not None else None
            if place:
                return place
    return None


def _place(document: Document, part: etree._Element, text: str) -> Location | None:
    for element in part.iter("{*}*"):
        if text in (element.text or ""):
            return document.locate_text(element, after=False)
        if text in (element.tail or ""):
            return document.locate_text(element, after=True)
    return None


def _unexplained(
    name: str, paths: Sequence[str], problem: typst.TypstError | typst.TypstWarning
) -> Diagnostic:
    reason = str(problem.message).strip().splitlines()[0]
    return RULES["TK803"].at(
        Location(paths[0]),
        f"{name} could not be set: {reason}",
        hints=(
            *(str(hint) for hint in problem.hints),
            "please report it with the file that it failed on",
        ),
    )


PDF = Output("pdf", "facing pages with notes and index, PDF/A and accessible", render)

"""The verbs of teikit as functions: collect, resolve, judge, write, in that order."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lxml import etree

from teikit.bibliography import record
from teikit.checking import Checked, Progress, check, in_order, silent
from teikit.citations import FORMATS
from teikit.citations.web import corpus_downloads, page
from teikit.citations.web import files as cited_files
from teikit.citing import options, records
from teikit.config import Config
from teikit.diagnostics import RULES, Diagnostic, Location, Severity
from teikit.drawing import drawings, stylesheet
from teikit.errors import ConfigError, OutputError, UnknownDocumentError
from teikit.exports import FORMATS as EXPORTS
from teikit.exports.base import Made, Request, base_problem
from teikit.linkdoc import edition_language
from teikit.linkforms import json_document, tei_document
from teikit.links import Group, Links
from teikit.outputs import OUTPUTS
from teikit.outputs.base import File, Job
from teikit.pages import Page
from teikit.quotable import quotable
from teikit.record import limited
from teikit.report.jsonreport import as_dict
from teikit.text import Reading

MANIFEST = "manifest.json"


# -- documents and records -----------------------------------------------------------------------


def choose(links: Links, names: Sequence[str]) -> tuple[Group, ...]:
    """The documents of the given names (of a document or of one of its versions); all without any.

    Raises UnknownDocumentError, with the nearest name, when there is none of that name.
    """
    if not names:
        return links.groups
    chosen = [_group(links, name)[0] for name in names]
    return tuple(group for group in links.groups if group in chosen)


def _group(links: Links, name: str) -> tuple[Group, str]:
    """The document, and the version where the name is a version's."""
    import difflib

    stem = Path(name).stem if name.endswith(".xml") else name
    for group in links.groups:
        if group.id == stem:
            return group, ""
        for version in group.versions:
            if version.id == stem:
                return group, version.id
    known = [key for group in links.groups for key in (group.id, *(v.id for v in group.versions))]
    near = difflib.get_close_matches(name, known, n=1)
    hint = (
        f"did you mean {near[0]}?" if near else f"the documents are: {', '.join(known) or 'none'}"
    )
    raise UnknownDocumentError(
        RULES["TK903"].at(Location(name), f"the corpus has no document “{name}”", hints=(hint,))
    )


def export(
    links: Links,
    name: str,
    documents: Sequence[str] = (),
    *,
    kinds: Sequence[str] = (),
    base: str = "",
    profile: str = "schema",
    excel: bool = False,
) -> list[Made]:
    """The files of one of ``exports.FORMATS``, limited to some documents where they are named.

    ``kinds`` are the tables of csv and json, ``base`` begins every address, ``profile`` names the
    vocabulary of RDF, ``excel`` writes CSV for spreadsheet programs. Raises UnknownDocumentError,
    ConfigError when ``base`` cannot begin an address, OutputError when a library is missing.
    """
    for stated, where in ((base, "--base"), (links.corpus.config.export.base, "[export] base")):
        problem = base_problem(stated) if stated else ""
        if problem:
            raise ConfigError(RULES["TK901"].at(Location(where), problem))
    request = Request(
        links, choose(links, documents), not documents, tuple(kinds), base, profile, excel
    )
    return list(EXPORTS[name].write(request))


def job(
    links: Links,
    groups: Sequence[Group] | None = None,
    *,
    reading: Reading | None = None,
    width: int | None = None,
    notes: bool = False,
    downloads: bool = False,
) -> Job:
    """A request for an output with the configured options, some of them overridden."""
    options = links.corpus.config.output
    return Job(
        links,
        tuple(links.groups if groups is None else groups),
        _pages(links),
        corpus_downloads(),
        reading=reading or ("diplomatic" if options.reading == "diplomatic" else "corrected"),
        width=options.width if width is None else width,
        paper=options.paper,
        notes=notes,
        draw=drawings(links),
        pictures_css=stylesheet(),
        downloads=downloads,
    )


def _pages(links: Links) -> dict[str, Page]:
    """What the pages of all documents tell machines, and let readers cite."""
    places = links.corpus.config.citation.places
    language = edition_language(links)
    found = {}
    for group in links.groups:
        told = page([record(links, group, version) for version in group.versions], language, places)
        found[group.id] = replace(told, quotable=quotable(links, group))
    return found


# -- files ---------------------------------------------------------------------------------------


def link_files(links: Links, folder: str, facts: etree._Element | None = None) -> Iterator[File]:
    """The generated links: ``links.xml`` (TEI), ``links.json``, ``facts.xml`` (for stylesheets).

    ``folder`` is where they will lie, relative to the corpus root; ``facts`` the facts document
    where it was made already.
    """

    def xml(tree: etree._Element) -> bytes:
        etree.indent(tree)
        return etree.tostring(tree, encoding="UTF-8", xml_declaration=True) + b"\n"

    yield File("links.xml", xml(tei_document(links, folder)))
    text = json.dumps(json_document(links), ensure_ascii=False, indent=1)
    yield File("links.json", text.encode() + b"\n")
    if facts is None:
        facts = job(links).facts
    yield File("facts.xml", etree.tostring(facts, encoding="UTF-8", xml_declaration=True) + b"\n")


def write_files(folder: Path, files: Iterable[File]) -> list[Path]:
    """Write files under a folder, each beside its place first and then renamed into it.

    Nothing is written before all files are there. Raises OutputError when two files would have one
    name, or the disk refuses.
    """
    ready = _distinct(files)
    written = []
    try:
        for file in ready:
            path = folder / file.path
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".teikit-")
            try:
                with os.fdopen(handle, "wb") as stream:
                    stream.write(file.data)
                Path(beside).chmod(0o644)
                Path(beside).replace(path)
            except OSError:
                Path(beside).unlink(missing_ok=True)
                raise
            written.append(path)
    except OSError as error:
        raise _unwritable(folder, error) from error
    return written


def _distinct(files: Iterable[File]) -> list[File]:
    """The files, after making sure that none would be written over another."""
    found = list(files)
    distinct(file.path for file in found)
    return found


def distinct(paths: Iterable[str]) -> None:
    """Make sure that no two files of an output have one name. Raises OutputError."""
    for path, times in Counter(paths).items():
        if times > 1:
            raise OutputError(
                RULES["TK804"].at(
                    Location(path),
                    f"two documents, pages or files would be written to {path}",
                    hints=(
                        "give one of the documents another xml:id (or idno of type document); a "
                        "file of [site] wants another name",
                    ),
                )
            )


def _unwritable(folder: Path, error: OSError) -> OutputError:
    reason = error.strerror or str(error)
    return OutputError(RULES["TK801"].at(Location(str(folder)), f"cannot write there: {reason}"))


# -- build ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Built:
    """What a build made: its folder, its files (relative, sorted), and all findings."""

    folder: Path
    files: tuple[str, ...]
    checked: Checked
    findings: tuple[Diagnostic, ...]


def build(config: Config, progress: Progress = silent) -> Built:
    """Validate, link, transform and cite everything into the build folder.

    The new build is made beside the old one and swapped in whole; with an error among the findings
    nothing is swapped and the old build stays (``Built.files`` is empty then).

    Raises ConfigError when the build folder holds something that is not a build, OutputError when
    an output cannot be made or the disk refuses.
    """
    folder = config.root / config.build.directory
    _refuse_foreign(config, folder)
    progress("reading", 0, 1)
    checked = check(config, progress=progress)
    if checked.failed:
        return Built(folder, (), checked, checked.findings)
    links = checked.links
    findings = list(checked.findings)
    files: list[File] = []
    request = job(links, downloads=True)
    for file in link_files(links, f"{config.build.directory}/links", request.facts):
        files.append(File(f"links/{file.path}", file.data))
    everything = records(links)
    how = options(config)
    for style in FORMATS.values():
        found_in = [limited(item, style.places or config.citation.places) for item in everything]
        files.append(File(f"citations/{style.file}", style.write(found_in, how).encode()))
    for found in _exports(links):
        findings += found.findings
        files.append(File(f"exports/{found.path}", found.text.encode()))
    for item in everything:
        offered = cited_files(limited(item, config.citation.places), how)
        files += [File(path, text.encode()) for path, text in offered]
    files += _sources(links)
    for done, output in enumerate(OUTPUTS.values()):
        progress(f"making {output.name}", done, len(OUTPUTS))
        for made in output.render(request):
            if isinstance(made, Diagnostic):
                findings.append(made)
            else:
                files.append(File(f"{output.name}/{made.path}", made.data))
    findings = in_order(dict.fromkeys(findings))
    if any(item.severity is Severity.ERROR for item in findings):
        return Built(folder, (), checked, tuple(findings))
    report = json.dumps([as_dict(item) for item in findings], ensure_ascii=False, indent=2)
    files.append(File("findings.json", report.encode() + b"\n"))
    files = sorted(_distinct(files), key=lambda item: item.path)
    files.append(_manifest(files))
    progress("writing", len(files), len(files))
    _swap_in(folder, files)
    return Built(folder, tuple(item.path for item in files), checked, tuple(findings))


def _sources(links: Links) -> Iterator[File]:
    """The TEI files as they are, in their folders, so that the pointers between them lead on."""
    for facts in links.facts:
        data = links.corpus.source(facts.path)
        if data is not None and not facts.path.startswith(("../", "/")):
            yield File(f"source/{facts.path}", data)


def _exports(links: Links) -> Iterator[Made]:
    """The exports that need no library beyond what teikit installs."""
    for item in EXPORTS.values():
        if not item.needs:
            yield from export(links, item.name)


def claim(config: Config) -> Path:
    """The build folder for a verb that makes a part of a build; a new one is marked as teikit's."""
    folder = config.root / config.build.directory
    if not folder.exists() or not any(folder.iterdir()):
        write_files(folder, [_manifest([])])
    return folder


def _manifest(files: Sequence[File]) -> File:
    """The list of what a build holds, by which teikit also knows the folder as its own."""
    listed = {item.path: hashlib.sha256(item.data).hexdigest() for item in files}
    text = json.dumps({"generator": "teikit", "files": listed}, indent=1, ensure_ascii=False)
    return File(MANIFEST, text.encode() + b"\n")


def _refuse_foreign(config: Config, folder: Path) -> None:
    """Make sure that replacing the folder loses nothing but an earlier build."""
    inside = config.root.resolve().is_relative_to(folder.resolve())
    foreign = folder.exists() and (
        not folder.is_dir() or (any(folder.iterdir()) and not (folder / MANIFEST).is_file())
    )
    if inside or foreign:
        raise ConfigError(
            RULES["TK901"].at(
                Location(str(config.build.directory)),
                f"the build folder “{config.build.directory}” holds what teikit did not make",
                hints=("name another folder under [build] directory, or empty this one",),
            )
        )


def _swap_in(folder: Path, files: Sequence[File]) -> None:
    """Write the files into a fresh folder and put it in the place of ``folder``."""
    fresh: Path | None = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".teikit-build-"))
        fresh.chmod(0o755)
        for file in files:
            path = fresh / file.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.data)
        if folder.exists():
            old = fresh.with_name(fresh.name + "-old")
            folder.rename(old)
            try:
                fresh.rename(folder)
            except OSError:
                old.rename(folder)
                raise
            shutil.rmtree(old)
        else:
            fresh.rename(folder)
    except OSError as error:
        raise _unwritable(folder, error) from error
    finally:
        if fresh is not None and fresh.exists():
            shutil.rmtree(fresh)

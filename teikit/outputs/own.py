"""What a corpus puts in the place of what teikit ships: table ``[site]``, made ready for pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from teikit.config import Config, where
from teikit.diagnostics import RULES, Diagnostic, Location
from teikit.errors import OutputError
from teikit.outputs import labels, palette
from teikit.outputs.base import File, Job
from teikit.outputs.taken import taken
from teikit.resources import resource
from teikit.saxon import Parameter, Stylesheet, layered

_ICON = "icon.svg"


@dataclass(frozen=True, slots=True)
class Own:
    """What pages are made with: the stylesheet, parameters for all of them, files beside them.

    ``findings`` are warnings; what cannot be used at all was raised.
    """

    stylesheet: Path | Stylesheet
    parameters: dict[str, Parameter] = field(default_factory=dict)
    files: tuple[File, ...] = ()
    findings: tuple[Diagnostic, ...] = ()


def own(job: Job) -> Own:
    """What ``[site]`` says, read now: nothing of it is remembered from an earlier build.

    Raises OutputError with a finding for each setting that cannot be used.
    """
    config = job.links.corpus.config
    problems = [*palette.problems(config), *labels.problems(job)]
    stylesheet = _stylesheet(config, problems)
    css = _css(config, problems)
    others = _files(config, "files", config.site.files, problems)
    named = _files(config, "icon", (config.site.icon,) if config.site.icon else (), problems)
    for page in _files(config, "pages", config.site.pages, problems):
        if job.links.document(page.path) is None:
            reason = f"[site] pages names “{page.path}”, which is no TEI file"
            hints = ("a page is a TEI file with a title in its header, as a document is",)
            problems.append(RULES["TK807"].at(where(config, "site", "pages"), reason, hints=hints))
    if problems:
        raise OutputError(problems)
    icon = named[0] if named else File(_ICON, resource("xslt", "html", _ICON).read_bytes())
    colours = palette.stylesheet(config.site.colours)
    if colours:
        css.insert(0, File("colours.css", colours.encode()))
    parameters: dict[str, Parameter] = {
        "styles": " ".join(quote(file.path) for file in css),
        "icon": quote(icon.path),
    }
    words = labels.tree(job)
    if words is not None:
        parameters["labels"] = words
    # What two settings name is one file; what meets a page of the site is told by the writer.
    files = dict.fromkeys((*css, icon, *others))
    findings = (*labels.missing(job), *palette.hard_to_read(config))
    return Own(stylesheet, parameters, tuple(files), findings)


def _css(config: Config, problems: list[Diagnostic]) -> list[File]:
    """The style sheets of the corpus, each at its own path, so that what it names is found."""
    files = _files(config, "css", config.site.css, problems)
    for file in files:
        try:
            file.data.decode("utf-8")
        except UnicodeDecodeError as error:
            line = file.data.count(b"\n", 0, error.start) + 1
            reason = f"byte {error.start} is not UTF-8"
            problems.append(
                RULES["TK807"].at(Location(file.path, line), reason, hints=("save it as UTF-8",))
            )
    return files


def _stylesheet(config: Config, problems: list[Diagnostic]) -> Path | Stylesheet:
    """The shipped stylesheet, with that of the corpus over it where there is one."""
    shipped = resource("xslt", "html", "main.xsl")
    name = config.site.stylesheet
    if name is None:
        return shipped
    files = _files(config, "stylesheet", (name,), problems)
    if not files:
        return shipped
    try:
        path = config.root / files[0].path
        return layered(shipped.with_name("modules.xsl"), path, files[0].path)
    except OutputError as error:
        problems += error.diagnostics
        return shipped


def _files(
    config: Config, key: str, patterns: Sequence[str], problems: list[Diagnostic]
) -> list[File]:
    found: list[File] = []
    for item in taken(config, key, patterns):
        if isinstance(item, File):
            found.append(item)
        else:
            problems.append(item)
    return found

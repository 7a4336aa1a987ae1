"""What a corpus puts in the place of what teikit ships: table ``[site]``, made ready for pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from teikit.config import Config
from teikit.diagnostics import Diagnostic
from teikit.errors import OutputError
from teikit.outputs.base import File, Job
from teikit.outputs.taken import taken
from teikit.resources import resource
from teikit.saxon import Parameter, Stylesheet, layered


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
    problems: list[Diagnostic] = []
    stylesheet = _stylesheet(config, problems)
    if problems:
        raise OutputError(problems)
    return Own(stylesheet)


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

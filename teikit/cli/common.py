"""What the verbs share: options, the corpus, printing of findings, progress."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, TypeVar

import click

from teikit.config import Config, load
from teikit.diagnostics import RULES, Diagnostic, Location, Severity
from teikit.errors import TeikitError

if TYPE_CHECKING:
    from teikit.corpus import Corpus
    from teikit.links import Links

_Function = TypeVar("_Function", bound=Callable[..., object])


def corpus_options(function: _Function) -> _Function:
    """``--corpus`` and ``--config``, for verbs whose arguments name documents."""
    for option in (
        click.option(
            "--config",
            "config_file",
            type=click.Path(path_type=Path, dir_okay=False),
            help="The configuration file.  [default: the nearest teikit.toml]",
        ),
        click.option(
            "-C",
            "--corpus",
            "folder",
            type=click.Path(path_type=Path, file_okay=False),
            default=".",
            help="The folder of the corpus.  [default: this one]",
        ),
    ):
        function = option(function)
    return function


def configuration(folder: Path, config_file: Path | None) -> Config:
    """The configuration of a folder; an error of usage where there is no such folder."""
    if not folder.exists():
        hint = "name an existing folder or file"
        raise TeikitError(
            RULES["TK902"].at(Location(str(folder)), f"there is no {folder}", hints=(hint,))
        )
    return load(folder, config_file)


def print_findings(findings: Iterable[Diagnostic], corpus: Corpus | None = None) -> None:
    """Findings to standard error, in colour where a terminal reads them."""
    from teikit.lines import Lines
    from teikit.report import terminal

    colour = coloured(sys.stderr)
    lines = Lines(corpus.source if corpus else (lambda _path: None))
    for finding in findings:
        click.echo(terminal.one(finding, lines, colour) + "\n", err=True, color=colour)


def coloured(stream: TextIO) -> bool:
    """Whether a stream gets colours: where a terminal reads it, or the reader asks for them.

    ``NO_COLOR`` (https://no-color.org) forbids them before ``FORCE_COLOR`` demands them.
    """
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (
        stream.isatty() and os.environ.get("TERM") != "dumb"
    )


def stop_on_errors(findings: Iterable[Diagnostic], corpus: Corpus) -> None:
    """Print the findings, and end with exit code 1 where one of them is an error."""
    found = list(findings)
    print_findings((item for item in found if item.severity is not Severity.INFO), corpus)
    if any(item.severity is Severity.ERROR for item in found):
        click.echo("nothing was written", err=True)
        raise click.exceptions.Exit(1)


def linked(config: Config) -> Links:
    """The linked corpus for verbs that make something of it; stops where a file is unreadable."""
    from teikit.checks import headers
    from teikit.links import open_links

    with progress() as tell:
        links = open_links(config, progress=tell)
    corpus = links.corpus
    stop_on_errors(corpus.findings, corpus)
    # Two documents of one name cannot be told apart by whatever is made of them.
    stop_on_errors(headers.same_names(links), corpus)
    return links


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """A line that says what is going on, on a terminal only; gone when the work is done."""
    shown = sys.stderr.isatty()

    def tell(what: str, done: int, total: int) -> None:
        if shown:
            count = f" {done}/{total}" if total > 1 else ""
            click.echo(f"\r\033[K{what}{count} …", err=True, nl=False)

    try:
        yield tell
    finally:
        if shown:
            click.echo("\r\033[K", err=True, nl=False)

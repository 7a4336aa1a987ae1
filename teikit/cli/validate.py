"""``teikit validate``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from teikit.checking import check
from teikit.cli.common import configuration, progress
from teikit.diagnostics import Severity
from teikit.report import REPORTS
from teikit.report.terminal import summary


@click.command("validate", epilog="\b\nExample:\n  teikit validate tei/d01-fr.xml")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--config",
    "config_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The configuration file.  [default: the nearest teikit.toml]",
)
@click.option(
    "--schema",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A RELAX NG (.rng) or XSD (.xsd) schema that judges every file.",
)
@click.option(
    "--format",
    "style",
    type=click.Choice(list(REPORTS)),
    default="text",
    show_default=True,
    help="How findings are written.",
)
@click.option(
    "--fail-on",
    type=click.Choice([str(item) for item in Severity]),
    default="error",
    show_default=True,
    help="The least severity that makes the exit code 1.",
)
def command(
    paths: tuple[Path, ...], config_file: Path | None, schema: Path | None, style: str, fail_on: str
) -> None:
    """Find every mistake in TEI files.

    PATHS are files or folders; without any, the whole corpus. Each finding says where, what, what
    was expected, and how to mend it. Checked: that the file is readable, safe and well-formed, the
    schema, ids, every pointer, dates, the alignment of translations, the header.
    """
    start = paths[0] if paths and paths[0].exists() else Path()
    config = configuration(start, config_file)
    with progress() as tell:
        checked = check(config, paths, schema, tell)
    findings = checked.findings
    colour = sys.stdout.isatty() and style == "text"
    shown = [
        item
        for item in findings
        if style != "text" or item.severity is not Severity.INFO or item.code == "TK007"
    ]
    click.echo(REPORTS[style].write(shown, checked.corpus.source, colour), nl=False, color=colour)
    if style == "text":
        judged = (
            len(checked.corpus.selected)
            if checked.corpus.selected is not None
            else (
                len(checked.corpus.documents)
                + len({item.location.path for item in checked.corpus.findings})
            )
        )
        click.echo(summary(findings, judged, checked.engines))
    least = Severity(fail_on).rank
    if any(item.severity.rank >= least for item in findings):
        raise click.exceptions.Exit(1)

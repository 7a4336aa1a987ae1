"""``teikit cite``."""

from __future__ import annotations

from pathlib import Path

import click

from teikit.citations import FORMATS
from teikit.cli.common import configuration, corpus_options, linked
from teikit.outputs.base import File
from teikit.pipeline import cite, write_files


@click.command("cite", epilog="\b\nExample:\n  teikit cite d01 --format text")
@click.argument("documents", nargs=-1, metavar="[DOC]...")
@corpus_options
@click.option(
    "--format",
    "style",
    type=click.Choice(list(FORMATS)),
    default="text",
    show_default=True,
    help="The form of the citation.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file to write.  [default: standard output]",
)
def command(
    documents: tuple[str, ...],
    folder: Path,
    config_file: Path | None,
    style: str,
    output: Path | None,
) -> None:
    """Print how documents are cited.

    DOC names a document (d01: its original) or a version (d01-fr); without any, every version of
    every document is cited. All is derived from the TEI headers and the registers.
    """
    links = linked(configuration(folder, config_file))
    text = cite(links, documents, style)
    if output is None:
        click.echo(text, nl=False)
    else:
        write_files(output.parent, [File(output.name, text.encode())])

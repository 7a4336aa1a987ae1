"""``teikit transform``."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import click

from teikit.cli.common import configuration, corpus_options, linked, print_findings, stop_on_errors
from teikit.diagnostics import Diagnostic, Severity
from teikit.outputs import OUTPUTS
from teikit.outputs.base import File
from teikit.pipeline import choose, claim, job, write_files
from teikit.report.terminal import counted
from teikit.text import Reading

_OUTPUTS = "; ".join(f"{output.name}: {output.summary}" for output in OUTPUTS.values())


@click.command("transform", epilog="\b\nExample:\n  teikit transform d01 --to txt --output -")
@click.argument("documents", nargs=-1, metavar="[DOC]...")
@corpus_options
@click.option(
    "--to",
    "target",
    type=click.Choice(list(OUTPUTS)),
    required=True,
    help=f"What to make. {_OUTPUTS}.",
)
@click.option(
    "-o",
    "--output",
    metavar="DIR",
    help="The folder to write to; - prints text.  [default: a folder in the build folder]",
)
@click.option(
    "--reading",
    type=click.Choice(["corrected", "diplomatic"]),
    help="Which reading of faults and corrections.  [default: as configured]",
)
@click.option(
    "--width",
    type=click.IntRange(min=0),
    help="Text: characters a line; 0 is one paragraph a line.  [default: as configured]",
)
@click.option("--notes", is_flag=True, help="Text: number the notes and print them after the text.")
def command(
    documents: tuple[str, ...],
    folder: Path,
    config_file: Path | None,
    target: str,
    output: str | None,
    reading: str | None,
    width: int | None,
    notes: bool,
) -> None:
    """Transform documents to HTML, PDF or plain text.

    DOC names a document (d01) with all its versions; without any, all documents are made, with
    contents and indexes.
    """
    if output == "-" and target != "txt":
        raise click.UsageError("only text can be printed: name a folder with --output")
    config = configuration(folder, config_file)
    links = linked(config)
    request = job(
        links,
        choose(links, documents),
        reading=cast(Reading | None, reading),
        width=width,
        notes=notes,
    )
    made = list(OUTPUTS[target].render(request))
    findings = list(dict.fromkeys(item for item in made if isinstance(item, Diagnostic)))
    stop_on_errors((item for item in findings if item.severity is Severity.ERROR), links.corpus)
    print_findings((item for item in findings if item.severity is not Severity.ERROR), links.corpus)
    files = [item for item in made if isinstance(item, File)]
    if output == "-":
        click.echo("\n".join(file.data.decode() for file in files), nl=False)
        return
    where = Path(output) if output else claim(config) / target
    written = write_files(where, files)
    shown = output or f"{config.build.directory}/{target}"
    click.echo(f"{counted(len(written), 'file')} written to {shown}/")

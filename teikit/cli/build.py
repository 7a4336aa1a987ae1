"""``teikit build``."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from teikit.cli.common import configuration, corpus_options, print_findings, progress
from teikit.diagnostics import Severity
from teikit.pipeline import build
from teikit.report.terminal import counted, verdicts


@click.command("build", epilog="\b\nExample:\n  teikit build")
@corpus_options
def command(folder: Path, config_file: Path | None) -> None:
    """Validate, link, transform and cite the whole corpus into the build folder.

    The new build replaces the old one in a single step, and only when there are no errors.
    """
    config = configuration(folder, config_file)
    with progress() as tell:
        built = build(config, tell)
    shown = [item for item in built.findings if item.severity is not Severity.INFO]
    print_findings(shown, built.checked.corpus)
    weights = Counter(item.severity for item in built.findings)
    told = ", ".join(counted(weights[item], item) for item in (Severity.ERROR, Severity.WARNING))
    if not built.files:
        kept = "the earlier build is unchanged" if built.folder.exists() else "nothing was built"
        click.echo(f"{told}: {kept}")
        raise click.exceptions.Exit(1)
    folders = Counter(name.partition("/")[0] for name in built.files if "/" in name)
    where = config.build.directory
    languages = sorted(
        {version.lang for group in built.checked.links.groups for version in group.versions}
    )
    click.echo(
        f"{counted(len(built.checked.links.groups), 'document')} ({', '.join(languages)}), {told}"
    )
    for name, number in sorted(folders.items()):
        click.echo(f"  {where}/{name + '/':<12} {counted(number, 'file')}")
    for line in verdicts(built.checked.engines, built.checked.findings):
        click.echo(line)
    click.echo(f"read it: {where}/html/index.html  print it: {where}/pdf/book.pdf")

"""``teikit labels``."""

from __future__ import annotations

import json
import re
from pathlib import Path

import click

from teikit.cli.common import configuration, corpus_options


@click.command("labels", epilog="\b\nExamples:\n  teikit labels\n  teikit labels de")
@click.argument("language", default="en", metavar="[LANG]")
@corpus_options
def command(language: str, folder: Path, config_file: Path | None) -> None:
    """Print the words of the site's interface in a language, as a table of teikit.toml.

    LANG is its code, English (en) without any. What it has no word for is commented out, in
    English, to be translated.
    """
    from teikit.outputs.labels import shipped

    if not re.fullmatch("[a-z]{2,3}", language):
        raise click.BadParameter("a language is named by its code, as de", param_hint="LANG")
    given = configuration(folder, config_file).site.labels.get(language, {})
    click.echo(f"[site.labels.{language}]")
    for name, row in shipped().items():
        word = given.get(name) or row.get(language)
        line = f"{name} = {json.dumps(word or row['en'], ensure_ascii=False)}"
        click.echo(line if word else f"# {line}")

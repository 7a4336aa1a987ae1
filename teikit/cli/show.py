"""``teikit show``."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from teikit.cli.common import coloured, configuration, corpus_options, linked
from teikit.lookup import KINDS, look_up
from teikit.show import as_json, languages_of, view
from teikit.show.text import write
from teikit.show.views import Candidates, Nothing


@click.command("show", epilog="\b\nExample:\n  teikit show d04#12")
@click.argument("words", nargs=-1, required=True, metavar="WORD...")
@corpus_options
@click.option(
    "--as",
    "kinds",
    multiple=True,
    type=click.Choice(KINDS),
    help="Take the word for this only; may be repeated.",
)
@click.option(
    "--lang",
    "languages",
    multiple=True,
    metavar="LANG",
    help="Show texts in this language only (ru), and names in it; may be repeated.",
)
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How it is written.",
)
def command(
    words: tuple[str, ...],
    folder: Path,
    config_file: Path | None,
    kinds: tuple[str, ...],
    languages: tuple[str, ...],
    style: str,
) -> None:
    """Show documents, passages, and who or what the registers describe.

    WORD is a document (d04) or a version of it (d04-ru); a passage (d04#12, d04-ru#12), a range of
    them (d04#12-14) or the id of a unit; an entity by its key or by any of its names. It is tried
    in this order, and the first that fits is shown.

    Where a word may mean several things they are listed, and where it means nothing, what is
    nearest; then the exit code is 1.
    """
    links = linked(configuration(folder, config_file))
    _known(languages, languages_of(links))
    views = [view(links, look_up(links, word, kinds), languages) for word in words]
    failed = [item for item in views if isinstance(item, Candidates | Nothing)]
    if style == "json":
        click.echo(as_json(views), nl=False)
    else:
        columns = shutil.get_terminal_size().columns
        for item in views:
            nothing = isinstance(item, Nothing)
            colour = coloured(sys.stderr if nothing else sys.stdout)
            if item is not views[0]:
                click.echo(err=nothing)
            click.echo(write(item, columns, colour), nl=False, err=nothing, color=colour)
    if failed:
        raise click.exceptions.Exit(1)


def _known(languages: Sequence[str], known: Sequence[str]) -> None:
    """Stop where a language was asked for that no text is in."""
    for lang in languages:
        if not any(f"{item}-".casefold().startswith(f"{lang}-".casefold()) for item in known):
            raise click.BadParameter(
                f"no text is in “{lang}”; the texts are in {', '.join(known) or 'no language'}",
                param_hint="--lang",
            )

"""``teikit cite``."""

from __future__ import annotations

from pathlib import Path

import click

from teikit.citations import FORMATS
from teikit.citations.options import Options
from teikit.citations.styles import STYLES
from teikit.citing import ORDERS, cite, options
from teikit.cli.common import configuration, corpus_options, linked
from teikit.outputs.base import File
from teikit.pipeline import write_files
from teikit.record import PLACES

_EPILOG = """\b
Examples:
  teikit cite d01
  teikit cite d04-ru#12 --style gost
  teikit cite d04 --at paragraph=12 --format csl-json
  teikit cite --as all --format bibtex -o all.bib
"""


def _list_styles(context: click.Context, _parameter: click.Parameter, value: bool) -> None:
    if not value or context.resilient_parsing:
        return
    width = max(map(len, STYLES))
    for style in STYLES.values():
        click.echo(f"{style.name:{width}}  {style.title}")
    context.exit()


@click.command("cite", epilog=_EPILOG)
@click.argument("documents", nargs=-1, metavar="[DOC[#PASSAGE]]...")
@corpus_options
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    default="text",
    show_default=True,
    help="The form of the citation.",
)
@click.option(
    "--style",
    metavar="STYLE",
    help="The style of text and HTML; --list-styles names those that are built in.  "
    "[default: plain]",
)
@click.option(
    "--list-styles",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_list_styles,
    help="List the styles and end.",
)
@click.option("--note", is_flag=True, help="The form of a footnote, where a style has one.")
@click.option(
    "--language",
    metavar="LANG",
    help="The language of the readers.  [default: that of the style]",
)
@click.option(
    "--as",
    "places",
    multiple=True,
    type=click.Choice([*PLACES, "all"]),
    help="Cite it as kept in the archive, as printed, or as in this edition; may be repeated.  "
    "[default: where one would look first]",
)
@click.option(
    "--at",
    metavar="UNIT=VALUE",
    default="",
    help="Cite this passage of each document: paragraph=12, folio=3.",
)
@click.option(
    "--sort",
    "order",
    type=click.Choice(ORDERS),
    default="given",
    show_default=True,
    help="The order of the list.",
)
@click.option(
    "--accessed",
    metavar="DATE",
    default="",
    help="The day on which addresses were visited, such as 2026-11-25.",
)
@click.option(
    "--for",
    "reader",
    type=click.Choice(["zotero"]),
    help="Keep in the note what this program's import would drop.",
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
    form: str,
    style: str | None,
    note: bool,
    language: str | None,
    places: tuple[str, ...],
    at: str,
    order: str,
    accessed: str,
    reader: str | None,
    output: Path | None,
) -> None:
    """Print how documents and passages are cited.

    DOC names a document (d04: its original) or a version (d04-fr), with a passage where one is
    meant (d04#12, d04-fr#12-14); without any, every version of every document is cited. All is
    derived from the TEI headers and the registers.
    """
    config = configuration(folder, config_file)
    usual = options(config)
    how = Options(
        style or usual.style,
        language or usual.language,
        _day(accessed),
        reader == "zotero",
        note,
    )
    if at and not all(at.partition("=")):
        raise click.BadParameter(f"“{at}” is not UNIT=VALUE", param_hint="--at")
    links = linked(config)
    text = cite(links, documents, form, how, places=places, at=at, order=order)
    if output is None:
        click.echo(text, nl=False)
    else:
        write_files(output.parent, [File(output.name, text.encode())])


def _day(value: str) -> str:
    """A day as ISO 8601; a usage error where it is none."""
    from datetime import date

    try:
        return date.fromisoformat(value).isoformat() if value else ""
    except ValueError:
        raise click.BadParameter(
            f"“{value}” is no day; write it like 2026-11-25", param_hint="--accessed"
        ) from None

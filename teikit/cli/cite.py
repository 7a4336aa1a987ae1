"""``teikit cite``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from teikit.citations import FORMATS
from teikit.citations.options import Options
from teikit.citations.styles import STYLES
from teikit.citing import ORDERS, cite, options
from teikit.cli.common import configuration, corpus_options, linked
from teikit.outputs.base import File
from teikit.pipeline import write_files
from teikit.record import PLACES

if TYPE_CHECKING:
    from teikit.links import Links

_EPILOG = """\b
Examples:
  teikit cite d01
  teikit cite d04-ru#12 --style gost
  teikit cite d04 --at paragraph=12 --format csl-json
  teikit cite wo-loubianka --style chicago
  teikit cite --bibliography --format ris
  teikit cite --as all --format biblatex -o all.bib
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
    "--bibliography",
    "works",
    is_flag=True,
    help="Cite the works that lists of references and registers describe: all, or those of a file.",
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
@click.option(
    "--publish",
    is_flag=True,
    help="Write down what can be cited now ([citation] lock); validate then tells what changes.",
)
@click.option(
    "--release",
    multiple=True,
    metavar="REFERENCE",
    help="With --publish: give up a published passage (d04-ru#12), version or document.",
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
    works: bool,
    order: str,
    accessed: str,
    reader: str | None,
    output: Path | None,
    publish: bool,
    release: tuple[str, ...],
) -> None:
    """Print how documents and passages are cited.

    DOC names a document (d04: its original) or a version (d04-fr), with a passage where one is
    meant (d04#12, d04-fr#12-14); or a work that a register or a list of references describes
    (wo-loubianka). Without any, every version of every document is cited. All is derived from the
    TEI headers and the registers.
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
    if release and not publish:
        raise click.UsageError("--release goes with --publish")
    if publish and documents:
        raise click.UsageError("--publish takes no documents: it writes down all references")
    if at and works:
        raise click.UsageError("--at names a passage of documents, and --bibliography cites works")
    links = linked(config)
    if publish:
        _publish(links, release)
        return
    text = cite(links, documents, form, how, places=places, at=at, order=order, works=works)
    if output is None:
        click.echo(text, nl=False)
    else:
        write_files(output.parent, [File(output.name, text.encode())])


def _publish(links: Links, release: Sequence[str]) -> None:
    """Write the file of published references, and print what changes in it."""
    from teikit.published import difference
    from teikit.published import publish as whole

    config = links.corpus.config
    lines = list(difference(links, release))
    text = whole(links, release)
    path = config.root / config.citation.lock
    write_files(path.parent, [File(path.name, text.encode())])
    for line in lines:
        click.echo(line)
    written = len([line for line in lines if not line.startswith("!")])
    click.echo(
        f"{config.citation.lock}: {written} of {len(lines)} written" if lines else "nothing new"
    )


def _day(value: str) -> str:
    """A day as ISO 8601; a usage error where it is none."""
    from datetime import date

    try:
        return date.fromisoformat(value).isoformat() if value else ""
    except ValueError:
        raise click.BadParameter(
            f"“{value}” is no day; write it like 2026-11-25", param_hint="--accessed"
        ) from None

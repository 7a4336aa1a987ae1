"""``teikit export``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click

from teikit.cli.common import configuration, corpus_options, linked, print_findings
from teikit.exports import FORMATS, PROFILES
from teikit.exports.base import Made
from teikit.exports.tables import TABLES
from teikit.outputs.base import File
from teikit.pipeline import export, write_files
from teikit.report.jsonreport import as_dict
from teikit.report.terminal import counted

_WIDTH = max(map(len, FORMATS))
_HELP = "\n".join(
    (
        "Write the corpus for other programs.\n\n\b\nFORMAT is one of",
        *(f"  {item.name:<{_WIDTH}}  {item.summary}" for item in FORMATS.values()),
        "\nDOC names documents (d01) or versions; without any, all of them count. What a format "
        "cannot hold is told with its reason.",
    )
)
_SHOWN = 5  # how many ids of what was left out are named for one reason


@click.command(
    "export",
    help=_HELP,
    epilog="\b\nExample:\n  teikit export csv --kind persons",
)
@click.argument("name", metavar="FORMAT", type=click.Choice(list(FORMATS)))
@click.argument("documents", nargs=-1, metavar="[DOC]...")
@corpus_options
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice(list(TABLES)),
    help="For csv and json: which table; may be repeated.  [default: all]",
)
@click.option("--base", default="", help="The URI that every address begins with.")
@click.option(
    "--profile",
    type=click.Choice(list(PROFILES)),
    default="schema",
    show_default=True,
    help="For turtle and jsonld: the vocabulary, schema.org or CIDOC CRM.",
)
@click.option(
    "--excel",
    is_flag=True,
    help="For csv: mark the file as UTF-8 and keep cells from being taken for formulas.",
)
@click.option(
    "--report",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A file for what was left out and why, as JSON.",
)
@click.option(
    "-o",
    "--output",
    help="The file to write, or a folder (ending in /).  [default: standard output]",
)
def command(
    name: str,
    documents: tuple[str, ...],
    folder: Path,
    config_file: Path | None,
    kinds: tuple[str, ...],
    base: str,
    profile: str,
    excel: bool,
    report: Path | None,
    output: str | None,
) -> None:
    """Write the corpus in one of the formats; the help lists them."""
    if kinds and not FORMATS[name].kinds:
        raise click.UsageError(f"--kind is for csv and json; {name} has no tables")
    to_folder = output is not None and (output.endswith(("/", "\\")) or Path(output).is_dir())
    if FORMATS[name].kinds and len(kinds) != 1 and not to_folder:
        raise click.UsageError(
            f"{name} makes a file for each table: name one with --kind, "
            "or a folder with --output FOLDER/"
        )
    links = linked(configuration(folder, config_file))
    made = export(links, name, documents, kinds=kinds, base=base, profile=profile, excel=excel)
    print_findings((item for file in made for item in file.findings), links.corpus)
    _tell(made)
    if report:
        write_files(report.parent, [File(report.name, _report(made))])
    if output is None:
        for file in made:
            click.echo(file.text.encode(), nl=False)
    elif to_folder:
        write_files(Path(output), [File(file.path, file.text.encode()) for file in made])
    else:
        path = Path(output)
        write_files(path.parent, [File(path.name, file.text.encode()) for file in made])


def _tell(made: Sequence[Made]) -> None:
    """What was left out, one line for each reason, to standard error."""
    reasons: dict[tuple[str, str], list[str]] = {}
    for file in made:
        for item in file.left_out:
            reasons.setdefault((item.kind, item.reason), []).append(item.id)
    for (kind, reason), ids in reasons.items():
        more = ", …" if len(ids) > _SHOWN else ""
        click.echo(
            f"left out {counted(len(ids), kind)}: {reason} ({', '.join(ids[:_SHOWN])}{more})",
            err=True,
        )


def _report(made: Sequence[Made]) -> bytes:
    data = {
        "left_out": [
            {"file": file.path, "kind": item.kind, "id": item.id, "reason": item.reason}
            for file in made
            for item in file.left_out
        ],
        "findings": [as_dict(item) for file in made for item in file.findings],
    }
    return json.dumps(data, ensure_ascii=False, indent=1).encode() + b"\n"

"""``teikit link``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click

from teikit.checks import POINTING
from teikit.cli.common import configuration, corpus_options, linked, stop_on_errors
from teikit.conventions import SCOPES
from teikit.links import Group
from teikit.pipeline import claim, link_files, write_files


@click.command("link", epilog="\b\nExample:\n  teikit link")
@corpus_options
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder to write to.  [default: links/ in the build folder]",
)
def command(folder: Path, config_file: Path | None, output: Path | None) -> None:
    """Resolve every pointer and write what follows from them.

    Written: links.xml (TEI: alignment and mentions), links.json (the same for programs), facts.xml
    (what the stylesheets read). The TEI files are not touched. A pointer that leads nowhere is an
    error, and then nothing is written.
    """
    config = configuration(folder, config_file)
    links = linked(config)
    findings = [item for check in POINTING for item in check(links)]
    stop_on_errors(sorted(findings, key=lambda item: item.sort_key), links.corpus)
    target = output or claim(config) / "links"
    relative = Path(target).resolve()
    inside = relative.is_relative_to(config.root)
    place = (
        relative.relative_to(config.root).as_posix()
        if inside
        else f"{config.build.directory}/links"
    )
    write_files(target, link_files(links, place))
    mentions = sum(len(found) for found in links.mentions.values())
    rows = links.survey.rows()
    click.echo(f"pointers: {sum(sum(counted.values()) for _, counted in rows)}")
    for line in _table(rows):
        click.echo(line)
    click.echo(f"entities: {len(links.entities)}, mentioned {mentions} times")
    click.echo(f"documents: {len(links.groups)}")
    for group in links.groups:
        if group.coverage:
            click.echo(f"  {group.id}: {_coverage(group)}")
    click.echo(f"written to {_shown(target)}/: links.xml, links.json, facts.xml")


def _table(rows: Sequence[tuple[str, Mapping[str, int]]]) -> Iterator[str]:
    """How each attribute points: a line for it, a column for each scope that occurs."""
    scopes = [scope for scope in SCOPES if any(scope in counted for _, counted in rows)]
    if not rows:
        return
    width = max(len(attribute) for attribute, _ in rows) + 1
    yield f"  {'':{width}}" + "".join(f"{scope:>11}" for scope in scopes)
    for attribute, counted in rows:
        cells = "".join(f"{counted.get(scope, ''):>11}" for scope in scopes)
        yield f"  @{attribute:{width - 1}}{cells}".rstrip()


def _coverage(group: Group) -> str:
    """How much of each version of a document is aligned with another."""
    if all(item.aligned == item.units for item in group.coverage):
        counted = ", ".join(f"{item.lang or item.version} {item.units}" for item in group.coverage)
        return f"all units aligned ({counted})"
    return ", ".join(
        f"{item.lang or item.version} {item.aligned} of {item.units} units"
        f" ({item.aligned_words} of {item.words} words)"
        for item in group.coverage
    )


def _shown(path: Path) -> str:
    full = path.resolve()
    return full.relative_to(Path.cwd()).as_posix() if full.is_relative_to(Path.cwd()) else str(path)

"""``teikit register``."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from teikit.cli.common import (
    coloured,
    configuration,
    corpus_options,
    print_findings,
    progress,
    stop_on_errors,
)
from teikit.cli.validate import report, report_options
from teikit.diagnostics import Severity

if TYPE_CHECKING:
    from teikit.editing import Plan
    from teikit.links import Links

# What can be wrong in a register: pointers, entries and names, dates.
_FAMILIES = ("TK2", "TK3", "TK4")

_dry_run = click.option("--dry-run", is_flag=True, help="Show the difference; write nothing.")


@click.group("register", epilog="\b\nExample:\n  teikit register lint")
def command() -> None:
    """Look after registers: find what is wrong, sort, merge entries, rename ids.

    What is edited keeps every byte that need not change: line ends, quotes, indentation, comments,
    encoding. All files are written, or none. Nothing is edited while a file of the corpus cannot be
    read, for it may hold pointers too.
    """


@command.command("lint", epilog="\b\nExample:\n  teikit register lint persons")
@click.argument("registers", nargs=-1, metavar="[REGISTER]...")
@corpus_options
@report_options
def lint(
    registers: tuple[str, ...], folder: Path, config_file: Path | None, **options: Any
) -> None:
    """Find what is wrong in registers.

    REGISTER is a file (persons.xml, or just persons); without any, all registers are looked at.
    Found are pointers that lead nowhere (TK2xx), what is wrong with entries and names (TK3xx) and
    dates (TK4xx), remarks too. `teikit validate` finds all that and more in all files.
    """
    from teikit.editing.sort import chosen
    from teikit.files import find_files
    from teikit.links import open_links

    config = configuration(folder, config_file)
    files = find_files(config)
    with progress() as tell:
        links = open_links(config, files=files, progress=tell)
    unread: set[str] = set()
    if not registers:
        # Whatever cannot be read may be a register.
        errors = [item for item in links.corpus.findings if item.severity is Severity.ERROR]
        unread = {item.location.path for item in errors} & set(files.paths)
    paths = frozenset(facts.path for facts in chosen(links, registers)) | unread
    report(config, files=replace(files, selected=paths), families=_FAMILIES, **options)


@command.command("rename", epilog="\b\nExample:\n  teikit register rename pe-a pe-c --dry-run")
@click.argument("old")
@click.argument("new")
@corpus_options
@_dry_run
def rename(old: str, new: str, folder: Path, config_file: Path | None, dry_run: bool) -> None:
    """Give an xml:id another name and rewrite every pointer to it.

    OLD is the id, of a register entry or any other element; FILE#OLD where several files have it.
    Rewritten are pointers of all kinds in the whole corpus: #id, file.xml#id, prefix:id, @key.
    """
    from teikit import editing

    links = _links(folder, config_file)
    _carry_out(lambda: editing.rename(links, old, new), links, dry_run=dry_run)


@command.command("merge", epilog="\b\nExample:\n  teikit register merge pe-a pe-b --dry-run")
@click.argument("gone", metavar="A")
@click.argument("kept", metavar="B")
@corpus_options
@click.option(
    "--force",
    is_flag=True,
    help="Where the two contradict each other keep what B says; what A says becomes a note.",
)
@_dry_run
def merge(
    gone: str, kept: str, folder: Path, config_file: Path | None, force: bool, dry_run: bool
) -> None:
    """Merge the entry A into the entry B: B is kept, A goes.

    Names, identifiers, notes and whatever else B lacks are moved into it as they are written, and
    all pointers to A lead to B. Entries that contradict each other (birth, death, sex, two ids of
    one authority) are not merged.
    """
    from teikit import editing

    links = _links(folder, config_file)
    _carry_out(lambda: editing.merge(links, gone, kept, force=force), links, dry_run=dry_run)


@command.command("sort", epilog="\b\nExample:\n  teikit register sort --by name --dry-run")
@click.argument("registers", nargs=-1, metavar="[REGISTER]...")
@corpus_options
@click.option(
    "--by",
    type=click.Choice(["id", "name"]),
    default="id",
    show_default=True,
    help="What decides: numbers in ids count by their value, names as in a dictionary.",
)
@click.option("--lang", default="", help="The language of the names.  [default: the register's]")
@_dry_run
def sort(
    registers: tuple[str, ...],
    folder: Path,
    config_file: Path | None,
    by: str,
    lang: str,
    dry_run: bool,
) -> None:
    """Put the entries of registers in order.

    REGISTER is a file (persons.xml, or just persons); without any, all registers are sorted. Each
    list is sorted for itself. Entries move whole, with the comments before them.
    """
    from teikit import editing

    links = _links(folder, config_file)
    _carry_out(lambda: editing.sort(links, registers, by, lang), links, dry_run=dry_run)


def _links(folder: Path, config_file: Path | None) -> Links:
    """The linked corpus; ends with exit code 1 where a file cannot be read."""
    from teikit.links import open_links

    with progress() as tell:
        links = open_links(configuration(folder, config_file), progress=tell)
    stop_on_errors(links.corpus.findings, links.corpus)
    return links


def _carry_out(make: Callable[[], Plan], links: Links, *, dry_run: bool) -> None:
    """Plan an edit, then show or write it; the report of what it does comes last."""
    from teikit.edits import diff, write
    from teikit.errors import EditError

    try:
        plan = make()
        if dry_run:
            _show("".join(diff(plan.changes)))
        else:
            write(plan.changes)
    except EditError as error:
        print_findings(error.diagnostics, links.corpus)
        click.echo("nothing was written", err=True)
        raise click.exceptions.Exit(1) from error
    changed = {change.path for change in plan.changes}
    if not dry_run:
        for path, count in plan.counts.items():
            if path in changed:
                click.echo(f"{path}: {count} {'change' if count == 1 else 'changes'}")
    for remark in plan.remarks:
        click.echo(f"look at this: {remark}", err=dry_run)
    click.echo(plan.summary, err=dry_run)
    if dry_run:
        click.echo("nothing was written", err=True)


def _show(text: str) -> None:
    """A diff, as bytes: its line ends are those of the files."""
    if coloured(sys.stdout):
        marks = {"+": "green", "-": "red", "@": "cyan"}
        lines = text.splitlines(keepends=True)
        text = "".join(click.style(line, fg=marks.get(line[:1])) for line in lines)
    click.echo(text.encode("utf-8", "backslashreplace"), nl=False)

"""``teikit schema``."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from teikit.cli.common import configuration, corpus_options, print_findings
from teikit.diagnostics import RULES, Diagnostic, Location
from teikit.report.terminal import counted
from teikit.validation.resolve import Resolved, resolve_chain
from teikit.validation.store import FOLDER, LOCK, Store


@click.group("schema", epilog="\b\nExample:\n  teikit schema list")
def command() -> None:
    """Keep the schemas that texts name by URL, so that nothing is ever fetched.

    A copy of each lies in the corpus, in schema/store/, and schema/teikit.lock says which bytes it
    has. Commit both with the corpus.
    """


@command.command("add", epilog="\b\nExample:\n  teikit schema add https://example.org/a.rng")
@click.argument("url")
@click.option(
    "--file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A copy on this machine that stands for the URL; the network is not used.",
)
@corpus_options
def add(url: str, file: Path | None, folder: Path, config_file: Path | None) -> None:
    """Pin the schema at a URL, with all that it includes.

    This is the one command of teikit that uses the network, and only for this URL. With --file it
    does not: the file, and what it includes from beside it, are copied.
    """
    from teikit.validation import fetch

    config = configuration(folder, config_file)
    store = Store(config.root)
    fetch.secure(url)
    store.pins  # noqa: B018 - a lock that cannot be read is told before anything is fetched
    copies, missing = fetch.fetched(url) if file is None else fetch.taken(url, file)
    pins = store.put(copies)
    print_findings(
        RULES["TK111"].at(
            Location(LOCK),
            f"{url} includes {other}, which is not pinned",
            hints=(f"teikit schema add {other}",),
        )
        for other in missing
        if store.lookup(other) is None
    )
    for pin in pins:
        click.echo(f"{pin.url}\n  {pin.file}, {pin.bytes:,} bytes, sha256 {pin.sha256[:12]}…")
    click.echo(f"{counted(len(pins), 'schema')} pinned in {LOCK}: commit it with {FOLDER}/")


@command.command("list", epilog="\b\nExample:\n  teikit schema list")
@corpus_options
def list_(folder: Path, config_file: Path | None) -> None:
    """Show the pinned schemas, and what each file of the corpus asks for.

    A URL that is not pinned is marked; the files that ask for it are not judged by it.
    """
    from teikit.corpus import open_corpus
    from teikit.validation.catalog import catalogs
    from teikit.validation.models import models

    config = configuration(folder, config_file)
    store = Store(config.root)
    catalog = catalogs(config.corpus.catalogs, config.root)
    for pin in store.pins:
        click.echo(f"pinned  {pin.url}\n        {pin.file}, {pin.bytes:,} bytes")
        if pin.source:
            click.echo(f"        from {pin.source}")
    corpus = open_corpus(config)
    paths = set(corpus.paths)
    paths |= {item.location.path for item in corpus.findings}
    asked: Counter[tuple[str, str]] = Counter()
    for path in sorted(paths):
        for model in models(corpus.source(path) or b""):
            beside = (config.root / path).parent
            where = Location(path)
            found = resolve_chain(
                model, folder=beside, root=config.root, where=where, catalog=catalog, store=store
            )
            asked[_said(found, model.href)] += 1
    for name in config.corpus.schemas:
        where = Location(config.file.name if config.file else ".")
        found = resolve_chain(
            name, folder=config.root, root=config.root, where=where, catalog=catalog, store=store
        )
        click.echo(f"judges  {': '.join(filter(None, _said(found, name)))} (configured: all files)")
    for (name, state), number in sorted(asked.items()):
        click.echo(f"asked   {name} by {counted(number, 'file')}{f': {state}' if state else ''}")
    print_findings([*store.verify(), *catalog.findings])
    open_ = sum(1 for _, state in asked if state.startswith("not pinned"))
    rest = f", {counted(open_, 'URL')} not pinned" if open_ else ""
    click.echo(f"{counted(len(store.pins), 'schema')} pinned{rest}")


def _said(found: Resolved | Diagnostic, written: str) -> tuple[str, str]:
    """What a file asks for, and why it is not had."""
    if not isinstance(found, Diagnostic):
        return (found.url or found.name), ""
    states = {"TK111": "not pinned", "TK112": "not judged yet"}
    state = states.get(found.code, found.message)
    if found.code == "TK111" and written.startswith("http"):
        state += f" (teikit schema add {written})"
    return written or "a broken instruction", state


@command.command("lock", epilog="\b\nExample:\n  teikit schema lock --check")
@click.option("--check", is_flag=True, help="Change nothing; exit code 1 where a file differs.")
@corpus_options
def lock(check: bool, folder: Path, config_file: Path | None) -> None:
    """Take the copies as they are now for what is pinned.

    With --check, compare only: every copy must be there and have the bytes that were pinned.
    """
    store = Store(configuration(folder, config_file).root)
    if check:
        findings = list(store.verify())
        print_findings(findings)
        if findings:
            raise click.exceptions.Exit(1)
        click.echo(f"{counted(len(store.pins), 'schema')} pinned, none changed")
        return
    for pin in store.relock():
        click.echo(f"locked {pin.url}\n  {pin.file}, {pin.bytes:,} bytes, {pin.sha256[:12]}…")
    click.echo(f"{counted(len(store.pins), 'schema')} pinned")

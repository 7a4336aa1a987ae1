"""``teikit search``."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from teikit.cli.common import (
    coloured,
    configuration,
    corpus_options,
    print_findings,
    progress,
)
from teikit.diagnostics import Severity

if TYPE_CHECKING:
    from teikit.links import Links

_NAMED = 5  # how many documents without a date are named


@click.command("search", epilog="\b\nExample:\n  teikit search 'oppositi*' --lang fr --limit 3")
@click.argument("words", nargs=-1, required=True, metavar="WORDS...")
@corpus_options
@click.option("--regex", is_flag=True, help="Each of the WORDS is a regular expression.")
@click.option("--stem", is_flag=True, help="Find inflected forms too.")
@click.option("--notes", is_flag=True, help="Search the notes too.")
@click.option("--doc", "documents", multiple=True, help="A document or version; may be repeated.")
@click.option("--lang", "languages", multiple=True, help="A language of the text; may be repeated.")
@click.option(
    "--entity", "entities", multiple=True, help="Texts that name it, by key or name; repeatable."
)
@click.option("--date", default="", metavar="FROM[/TO]", help="When the document was written.")
@click.option("--from", "start", default="", metavar="DATE", help="Written then or later.")
@click.option("--to", "end", default="", metavar="DATE", help="Written then or earlier.")
@click.option(
    "--part",
    "parts",
    multiple=True,
    type=click.Choice(["front", "body", "back"]),
    help="A part of the text; may be repeated.",
)
@click.option("--kind", "kinds", multiple=True, help="The element of the unit: p, head, closer, …")
@click.option("--limit", type=click.IntRange(min=0), help="Show so many hits at most.")
@click.option("--count", is_flag=True, help="Only count the hits of each version.")
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    show_default=True,
    help="The form of the result.",
)
def command(
    words: tuple[str, ...],
    folder: Path,
    config_file: Path | None,
    regex: bool,
    stem: bool,
    notes: bool,
    documents: tuple[str, ...],
    languages: tuple[str, ...],
    entities: tuple[str, ...],
    date: str,
    start: str,
    end: str,
    parts: tuple[str, ...],
    kinds: tuple[str, ...],
    limit: int | None,
    count: bool,
    style: str,
) -> None:
    """Find words in the texts, each with what stands around it.

    All the words must stand in one paragraph (or other unit), in any order. An argument of several
    words is a phrase, and so is what stands in quotation marks inside it; a star stands for any
    letters: 'wor*'. Case, accents and the kind of quotation marks and dashes do not count.

    The exit code is 0 where something was found, 1 where nothing was.
    """
    from teikit import concordance
    from teikit.search import QueryError, Scope, nearest, parse, search

    if date and (start or end):
        raise click.UsageError("--date says what --from and --to say: give one or the other")
    if regex and stem:
        raise click.UsageError("a regular expression has no stem: give --regex or --stem")
    if date:
        start, slash, end = date.partition("/")
        end = end if slash else start
    try:
        query = parse(words, regex=regex, stems=stem)
        Scope(start=start, end=end)
    except QueryError as error:
        raise click.UsageError(str(error)) from None
    links = _links(folder, config_file)
    scope = Scope(
        paths=_paths(links, documents) if documents else None,
        languages=languages,
        entities=_keys(links, entities) if entities else None,
        parts=parts,
        kinds=kinds,
        start=start,
        end=end,
        notes=notes,
    )
    found = search(links, query, scope)
    near = {} if found.hits else nearest(links, query, scope)
    shown = found.hits[:limit]
    if style == "json":
        click.echo(concordance.as_json(found, shown, near, count=count), nl=False)
    elif style == "csv":
        click.echo(concordance.as_csv(found, shown, count=count).encode(), nl=False)
    elif count:
        for version, number in concordance.counts(found.hits).items():
            click.echo(f"{version}  {number}")
    else:
        colour = coloured(sys.stdout)
        columns = shutil.get_terminal_size().columns
        for line in concordance.lines(shown, columns, colour=colour):
            click.echo(line, color=colour)
    click.echo(concordance.summary(found, len(found.hits) if count else len(shown)), err=True)
    if found.undated:
        more = f" and {len(found.undated) - _NAMED} more" if len(found.undated) > _NAMED else ""
        named = ", ".join(found.undated[:_NAMED])
        click.echo(f"not searched for want of a date: {named}{more}", err=True)
    for word, like in near.items():
        meant = f": did you mean {' or '.join(like)}?" if like else ""
        click.echo(f"“{word}” is not there{meant}", err=True)
    if not found.hits:
        raise click.exceptions.Exit(1)


def _links(folder: Path, config_file: Path | None) -> Links:
    """The corpus; it is not searched while one of its files cannot be read."""
    from teikit.links import open_links

    with progress() as tell:
        links = open_links(configuration(folder, config_file), progress=tell)
    findings = [item for item in links.corpus.findings if item.severity is not Severity.INFO]
    print_findings(findings, links.corpus)
    if any(item.severity is Severity.ERROR for item in findings):
        click.echo("nothing was searched", err=True)
        raise click.exceptions.Exit(1)
    return links


def _paths(links: Links, names: tuple[str, ...]) -> frozenset[str]:
    """The files of the documents and versions of these names."""
    from difflib import get_close_matches

    known: dict[str, set[str]] = {}
    editions = ((facts.id, (facts,)) for facts in links.facts if facts.role == "edition")
    for document, versions in (*links.clusters, *editions):
        for facts in versions:
            for name in (document, facts.id, facts.path):
                known.setdefault(name, set()).add(facts.path)
    for name in names:
        if name not in known:
            near = get_close_matches(name, known, n=3)
            meant = f"; did you mean {' or '.join(near)}?" if near else ""
            raise click.UsageError(f"there is no document {name}{meant}")
    return frozenset().union(*(known[name] for name in names))


def _keys(links: Links, names: tuple[str, ...]) -> frozenset[str]:
    """The keys of the entities that are meant; several may be meant by one name."""
    from teikit.links import Entity
    from teikit.lookup import look_up

    keys: set[str] = set()
    for name in names:
        answer = look_up(links, name, ["entity"])
        found = {target.key for target in answer.targets if isinstance(target, Entity)}
        if not found:
            near = [key for key, _ in answer.nearest]
            meant = f"; did you mean {' or '.join(near)}?" if near else ""
            raise click.UsageError(f"no register names {name}{meant}")
        keys |= found
    return frozenset(keys)

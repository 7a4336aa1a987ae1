"""``teikit validate``."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from teikit.cli.common import configuration, progress
from teikit.diagnostics import RULES, Diagnostic, Location, Severity
from teikit.errors import OutputError
from teikit.report import REPORTS, Run
from teikit.selection import Selection, is_rule, nearest

if TYPE_CHECKING:
    from teikit.baseline import Baseline
    from teikit.config import Config

# What the checks of a linked corpus find; the rest shows in each file by itself.
_LINKED = ("TK2", "TK3", "TK4", "TK5", "TK6", "TK7")

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("validate", epilog="\b\nExample:\n  teikit validate tei/d01-fr.xml")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--config",
    "config_file",
    type=_FILE,
    help="The configuration file.  [default: the nearest teikit.toml]",
)
@click.option(
    "--schema",
    "schemas",
    multiple=True,
    help="A schema that judges every file: RELAX NG (.rng, .rnc) or XSD (.xsd), a path or the URL "
    "of a pinned one. May be repeated.",
)
@click.option("--catalog", "catalogs", multiple=True, help="An OASIS XML catalog to ask for URLs.")
@click.option(
    "--format",
    "style",
    type=click.Choice(list(REPORTS)),
    default="text",
    show_default=True,
    help="How findings are written.",
)
@click.option("-o", "--output", type=_FILE, help="Write the report to a file.")
@click.option("--select", multiple=True, help="Only these rules (TK2 means all that begin so).")
@click.option("--ignore", multiple=True, help="Not these rules.")
@click.option(
    "--fail-on",
    type=click.Choice([str(item) for item in Severity]),
    default="error",
    show_default=True,
    help="The least severity that makes the exit code 1.",
)
@click.option(
    "--changed",
    is_flag=False,
    flag_value="HEAD",
    metavar="[REV]",
    help="Only files that git says differ from REV.  [without REV: HEAD]",
)
@click.option("--baseline", type=_FILE, help="Do not report the findings listed in this file.")
@click.option("--write-baseline", type=_FILE, help="List all findings in this file, for later.")
@click.option("--group", is_flag=True, help="Text: the same finding once, with all its places.")
@click.option("--max", "most", type=click.IntRange(1), help="Text: at most so many for each file.")
@click.option("--statistics", is_flag=True, help="Print how often each rule is broken.")
@click.option("-q", "--quiet", is_flag=True, help="Print findings only, no summary.")
@click.option("-j", "--jobs", type=click.IntRange(1), help="Processes.  [default: all processors]")
def command(
    paths: tuple[Path, ...],
    config_file: Path | None,
    schemas: tuple[str, ...],
    catalogs: tuple[str, ...],
    style: str,
    output: Path | None,
    fail_on: str,
    changed: str | None,
    write_baseline: Path | None,
    statistics: bool,
    quiet: bool,
    jobs: int | None,
    **options: Any,
) -> None:
    """Find every mistake in TEI files.

    PATHS are files or folders; without any, the whole corpus. Each finding says where, what, what
    was expected, and how to mend it. Checked: that the file is readable, safe and well-formed, the
    schema, ids, every pointer, dates, the alignment of translations, the header.

    A file that has not changed is not judged again. Exit codes: 0 nothing wrong, 1 findings, 2
    wrong usage or configuration, 3 a bug of teikit.
    """
    from teikit.checking import validate

    start = paths[0] if paths and paths[0].exists() else Path()
    config = _rooted(configuration(start, config_file), paths)
    selection = _selection(config, options["select"], options["ignore"])
    if changed is not None:
        paths = _changed(config, paths, changed)
        if not paths:
            if style == "text":
                click.echo(f"no files changed since {changed}")
            else:
                _write(REPORTS[style].write(Run(())), output)
            return
    with progress() as tell:
        validated = validate(
            config,
            paths,
            schemas,
            tell,
            meaning=selection.wants_family(_LINKED),
            jobs=jobs or 0,
            catalogs=catalogs,
        )
    run = _run(
        config,
        tuple(selection.apply(validated.findings)),
        Run(
            (),
            validated.source,
            validated.names,
            validated.engines,
            _base(config),
            Severity(fail_on),
            group=options["group"],
            most=options["most"],
        ),
        options["baseline"],
        write_baseline,
    )
    _print(run, style, output, statistics=statistics, quiet=quiet)
    if run.failed and not write_baseline:
        raise click.exceptions.Exit(1)


def _rooted(config: Config, paths: tuple[Path, ...]) -> Config:
    """Files without a configuration are named from this folder, where they lie in it."""
    from dataclasses import replace

    from teikit.files import real

    here = Path().resolve()
    if config.file is None and all(real(path).is_relative_to(here) for path in paths):
        return replace(config, root=here)
    return config


def _selection(config: Config, select: Iterable[str], ignore: Iterable[str]) -> Selection:
    """The rules that count: those of the configuration, unless the command line names others."""
    from dataclasses import replace

    return replace(
        config.rules,
        select=_codes("--select", select) or config.rules.select,
        ignore=_codes("--ignore", ignore) or config.rules.ignore,
    )


def _codes(option: str, given: Iterable[str]) -> tuple[str, ...]:
    codes = tuple(code.strip() for item in given for code in item.split(",") if code.strip())
    for code in codes:
        if not is_rule(code):
            near = nearest(code)
            hint = f": did you mean {near}?" if near else "; `teikit rules` lists them"
            raise click.BadParameter(f"“{code}” is no rule{hint}", param_hint=option)
    return codes


def _changed(config: Config, paths: tuple[Path, ...], revision: str) -> tuple[Path, ...]:
    """The files asked about that git says have changed."""
    from teikit.changed import changed
    from teikit.files import find_files

    files = find_files(config, paths)
    differ = changed(config.root, revision)
    return tuple(
        path
        for name, path in files.paths.items()
        if files.asked(name) and Path(os.path.realpath(path)) in differ
    )


def _base(config: Config) -> str:
    """What leads from this folder to the corpus, for reports that name files from here."""
    base = Path(os.path.relpath(config.root)).as_posix()
    return "" if base == "." else base


def _run(
    config: Config,
    findings: tuple[Diagnostic, ...],
    run: Run,
    baseline: Path | None,
    write_baseline: Path | None,
) -> Run:
    """The run with its findings, without those that the baseline knows."""
    from dataclasses import replace

    if baseline is None and config.validate.baseline is not None:
        baseline = config.root / config.validate.baseline
    if write_baseline is not None:
        from teikit import baseline as known

        _put(write_baseline, known.dump(known.collect(findings, run.lines)))
        return replace(run, findings=findings)
    if baseline is None:
        return replace(run, findings=findings)
    sifted = _known(baseline).sift(findings, run.lines)
    # Of the files that nobody asked about nothing can be said to be no longer needed.
    judged = set(run.judged)
    stale = tuple(key for key in sifted.stale if key.path in judged)
    return replace(run, findings=sifted.fresh, known=sifted.known, stale=stale)


def _known(path: Path) -> Baseline:
    from teikit import baseline

    return baseline.load(path, path.name)


def _print(run: Run, style: str, output: Path | None, *, statistics: bool, quiet: bool) -> None:
    """The report to standard output or to a file; for people a summary too."""
    from dataclasses import replace

    report = REPORTS[style]
    colour = not report.machine and output is None and _coloured()
    if not report.machine:
        # Remarks are for machines, but for a file that was left out.
        shown = tuple(
            item
            for item in run.findings
            if item.severity is not Severity.INFO or item.code in ("TK007", "TK112")
        )
        _write(report.write(replace(run, findings=shown, colour=colour)), output, colour=colour)
    else:
        _write(report.write(run), output)
    if report.machine and output is None:
        return
    from teikit.report import terminal

    if statistics:
        click.echo(terminal.statistics(run.findings), nl=False)
    if not quiet:
        click.echo(terminal.summary(run))
        if output is not None:
            click.echo(f"written to {output}")


def _coloured() -> bool:
    """Whether a person reads, and wants colours (https://no-color.org, FORCE_COLOR)."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()


def _write(text: str, output: Path | None, *, colour: bool = False) -> None:
    if output is not None:
        _put(output, text.encode("utf-8", "backslashreplace"))
        return
    click.echo(text, nl=False, color=colour)


def _put(path: Path, data: bytes) -> None:
    from teikit.writing import replace_file

    try:
        replace_file(path, data)
    except OSError as error:
        raise OutputError(
            RULES["TK801"].at(Location(str(path)), f"cannot be written: {error.strerror}")
        ) from error

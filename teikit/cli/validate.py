"""``teikit validate``."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from teikit.cli.common import coloured, configuration, progress
from teikit.diagnostics import RULES, Location, Severity
from teikit.errors import ConfigError, OutputError
from teikit.report import REPORTS, Run
from teikit.selection import ALWAYS, Selection, is_rule, nearest

if TYPE_CHECKING:
    from teikit.baseline import Baseline, Key
    from teikit.config import Config
    from teikit.files import Files

_Function = TypeVar("_Function", bound=Callable[..., object])

# What the checks of a linked corpus find; the rest shows in each file by itself.
_LINKED = ("TK2", "TK3", "TK4", "TK5", "TK6", "TK7")

_FILE = click.Path(path_type=Path, dir_okay=False)

_REPORT_OPTIONS = (
    click.option(
        "--format",
        "style",
        type=click.Choice(list(REPORTS)),
        default="text",
        show_default=True,
        help="How findings are written.",
    ),
    click.option("-o", "--output", type=_FILE, help="Write the report to a file, print a summary."),
    click.option("--select", multiple=True, help="Only these rules (TK2 means all that begin so)."),
    click.option("--ignore", multiple=True, help="Not these rules."),
    click.option(
        "--fail-on",
        type=click.Choice([str(item) for item in Severity]),
        default="error",
        show_default=True,
        help="The least severity that makes the exit code 1.",
    ),
    click.option("--baseline", type=_FILE, help="Do not report the findings listed in this file."),
    click.option("--write-baseline", type=_FILE, help="Write the findings to this file instead."),
    click.option("--group", is_flag=True, help="Text: the same finding once, with all its places."),
    click.option(
        "--max", "most", type=click.IntRange(1), help="Text: at most so many for each file."
    ),
    click.option("--statistics", is_flag=True, help="Text: how often each rule is broken."),
    click.option("-q", "--quiet", is_flag=True, help="Print findings only, no summary."),
    click.option(
        "-j", "--jobs", type=click.IntRange(1), help="Processes.  [default: all processors]"
    ),
)


def report_options(function: _Function) -> _Function:
    """Options of the verbs that report findings: what counts, how it is written, what fails."""
    for option in reversed(_REPORT_OPTIONS):
        function = option(function)
    return function


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
    "--changed",
    is_flag=False,
    flag_value="HEAD",
    metavar="[REV]",
    help="Only files that git says differ from REV.  [without REV: HEAD]",
)
@report_options
def command(
    paths: tuple[Path, ...],
    config_file: Path | None,
    schemas: tuple[str, ...],
    catalogs: tuple[str, ...],
    changed: str | None,
    **options: Any,
) -> None:
    """Find every mistake in TEI files.

    PATHS are files or folders; without any, the whole corpus. Each finding says where, what, what
    was expected, and how to mend it. Checked: that the file is readable, safe and well-formed, the
    schema, ids, every pointer, dates, the alignment of translations, the header.

    A file that has not changed is not judged again. Exit codes: 0 nothing wrong, 1 findings, 2
    wrong usage or configuration, 3 a bug of teikit.
    """
    start = paths[0] if paths and paths[0].exists() else Path()
    config = _rooted(configuration(start, config_file), paths)
    report(config, paths, schemas, catalogs, changed=changed, **options)


def report(
    config: Config,
    paths: tuple[Path, ...] = (),
    schemas: tuple[str, ...] = (),
    catalogs: tuple[str, ...] = (),
    *,
    style: str,
    output: Path | None,
    fail_on: str,
    write_baseline: Path | None,
    statistics: bool,
    quiet: bool,
    jobs: int | None,
    changed: str | None = None,
    files: Files | None = None,
    families: tuple[str, ...] = (),
    **options: Any,
) -> None:
    """Validate and report; ends with exit code 1 where a finding weighs enough.

    ``files`` are those to look at, where they have been looked up already; ``families`` the
    beginnings of the only codes that are reported, beside those that say what was not looked at.
    The other options are those of :func:`report_options`.
    """
    from teikit.checking import validate

    if REPORTS[style].machine and (options["group"] or options["most"] or statistics):
        raise click.UsageError("--group, --max and --statistics are for --format text.")
    selection = _selection(config, options["select"], options["ignore"])
    # A baseline that cannot be used is told before the work is done, not after it.
    known = _known(config, options["baseline"]) if write_baseline is None else None
    if changed is not None:
        paths = _changed(config, paths, changed)
        if not paths:
            empty = REPORTS[style].write(Run(()))
            _write(empty, output, raw=REPORTS[style].machine)
            click.echo(f"no files changed since {changed}", err=REPORTS[style].machine)
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
            files=files,
        )
    findings = tuple(
        item for item in selection.apply(validated.findings) if _reported(item.code, families)
    )
    run = Run(
        findings,
        validated.source,
        validated.names,
        validated.engines,
        _base(config),
        Severity(fail_on),
        group=options["group"],
        most=options["most"],
    )

    judged = frozenset(run.judged)
    gone = changed is None and validated.files.selected is None  # a missing file was deleted

    def looked_at(entry: Key) -> bool:
        """Whether the run would have found what a baseline lists, if it were still so."""
        here = entry.path in judged or (gone and entry.path not in validated.files.paths)
        return here and selection.at(entry.code, entry.path) and _reported(entry.code, families)

    if write_baseline is not None:
        _renew(write_baseline, run, looked_at)
        return
    if known is not None:
        sifted = known.sift(findings, run.lines)
        stale = tuple(filter(looked_at, sifted.stale))
        run = replace(run, findings=sifted.fresh, known=sifted.known, stale=stale)
    asked_for = {*selection.select, *selection.severity}
    asked_for.update(code for code in RULES if families and code.startswith(families))
    _print(run, style, output, statistics=statistics, quiet=quiet, remarks=asked_for)
    if run.failed:
        raise click.exceptions.Exit(1)


def _reported(code: str, families: tuple[str, ...]) -> bool:
    """Whether a rule is of the families that are reported: of any where none are named."""
    return not families or code.startswith((*families, *ALWAYS))


def _rooted(config: Config, paths: tuple[Path, ...]) -> Config:
    """Files without a configuration are named from this folder, where they lie in it."""
    from teikit.files import real

    here = Path().resolve()
    if config.file is None and all(real(path).is_relative_to(here) for path in paths):
        return replace(config, root=here)
    return config


def _selection(config: Config, select: Iterable[str], ignore: Iterable[str]) -> Selection:
    """The rules that count: those of the configuration, unless the command line names others.

    Whoever selects on the command line wants to see just that: what the configuration ignores is
    set aside too.
    """
    chosen, dropped = _codes("--select", select), _codes("--ignore", ignore)
    if chosen:
        return replace(config.rules, select=chosen, ignore=dropped)
    return replace(config.rules, ignore=dropped) if dropped else config.rules


def _codes(option: str, given: Iterable[str]) -> tuple[str, ...]:
    codes = tuple(
        code.strip().upper() for item in given for code in item.split(",") if code.strip()
    )
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
    """What leads from this folder down to the corpus, for reports that name files from here."""
    here = Path().resolve()
    return config.root.relative_to(here).as_posix() if here in config.root.parents else ""


def _known(config: Config, named: Path | None) -> Baseline | None:
    """The baseline of the command line, else that of the configuration."""
    if named is None and config.validate.baseline is not None:
        named = config.root / config.validate.baseline
    if named is None:
        return None
    from teikit import baseline

    return baseline.load(named, named.name)


def _renew(file: Path, run: Run, looked_at: Callable[[Key], bool]) -> None:
    """Write the findings as the baseline; what this run did not look at stays as it was."""
    from teikit import baseline
    from teikit.report.terminal import counted

    found = baseline.collect(run.findings, run.lines)
    try:
        before = baseline.load(file, file.name).counts if file.exists() else {}
    except ConfigError:
        before = {}  # it is written anew because it cannot be used
    kept = {key: number for key, number in before.items() if not looked_at(key)}
    _put(file, baseline.dump(baseline.Baseline({**kept, **found.counts})))
    written = sum(found.counts.values())
    click.echo(f"{counted(written, 'finding')} written to {file}")
    if written < len(run.findings):
        rest = counted(len(run.findings) - written, "finding")
        click.echo(f"{rest} of the run as a whole cannot be in a baseline: teikit validate tells")


def _print(
    run: Run,
    style: str,
    output: Path | None,
    *,
    statistics: bool,
    quiet: bool,
    remarks: Collection[str],
) -> None:
    """The report to standard output or to a file, and a summary for people.

    ``remarks`` are the rules whose remarks were asked for.
    """
    from teikit.report import terminal

    report = REPORTS[style]
    colour = not report.machine and output is None and coloured(sys.stdout)
    if statistics:
        _write(terminal.statistics(run.findings), output)
    else:
        # Remarks are not for people, but for a file that was left out.
        shown = tuple(
            item
            for item in run.findings
            if report.remarks
            or item.severity is not Severity.INFO
            or item.code in ("TK007", "TK112", *remarks)
            or run.fails(item)
        )
        text = report.write(replace(run, findings=shown, colour=colour))
        _write(text, output, raw=report.machine, colour=colour)
    if not quiet:
        # What a program reads stays clean of it.
        aside = report.machine and output is None
        click.echo(terminal.summary(run), err=aside)
        if output is not None:
            click.echo(f"written to {output}")


def _write(text: str, output: Path | None, *, raw: bool = False, colour: bool = False) -> None:
    """Write to a file or print; ``raw``: as UTF-8, whatever the terminal speaks."""
    # A file name that is not UTF-8 becomes what JSON writes for such bytes.
    data = text.encode("utf-8", "backslashreplace")
    if output is not None:
        _put(output, data)
    elif raw:
        click.echo(data, nl=False)
    else:
        click.echo(data.decode(), nl=False, color=colour)


def _put(path: Path, data: bytes) -> None:
    from teikit.writing import replace_file

    try:
        replace_file(path, data)
    except OSError as error:
        raise OutputError(
            RULES["TK801"].at(Location(str(path)), f"cannot be written: {error.strerror}")
        ) from error

"""``teikit serve``."""

from __future__ import annotations

import signal
import threading
import time
import webbrowser
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from teikit.cli.common import configuration, corpus_options, print_findings, progress
from teikit.corpus import Corpus
from teikit.diagnostics import Diagnostic, Severity
from teikit.files import name_of
from teikit.preview import News, Preview
from teikit.report.terminal import counted
from teikit.serving import PORT, SETTLING, open_server, run

# How many changed files are named.
_NAMED = 3


@click.command("serve", epilog="\b\nExample:\n  teikit serve --open")
@corpus_options
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=PORT,
    show_default=True,
    help="The port to listen on; the next free one where it is taken; 0 is any.",
)
@click.option("--open", "opened", is_flag=True, help="Show the first page in the browser.")
@click.option(
    "--to",
    type=click.Choice(["html"]),
    default="html",
    show_default=True,
    expose_value=False,
    help="What to show.",
)
@click.option("--no-reload", is_flag=True, help="Leave pages as they are until they are reloaded.")
def command(
    folder: Path, config_file: Path | None, port: int, opened: bool, no_reload: bool
) -> None:
    """Show the site while its texts are being edited.

    Pages are served to this machine only, made when they are looked at, and shown anew when a file
    of the corpus has changed. While there are errors the last good site stays, and says them. The
    build folder is not touched. Ctrl-C ends it.
    """
    with _until_stopped():
        with progress() as tell:
            preview = Preview(lambda: configuration(folder, config_file), tell)
            while (news := preview.renew()) is None:
                time.sleep(SETTLING)
        hearing = _Terminal(preview)
        hearing.news(news)
        server = open_server(port, reload=not no_reload)
        server.show(preview.state)
        if port not in (0, server.server_port):
            click.echo(f"port {port} is taken")
        click.echo(f"{server.url} shows the site; Ctrl-C ends it")
        if opened:
            # A browser of the terminal comes back only when it is left.
            threading.Thread(target=webbrowser.open, args=(server.url,), daemon=True).start()
        run(server, preview, hearing.news, hearing.said)


@contextmanager
def _until_stopped() -> Iterator[None]:
    """An interruption, or the wish of the system, is the usual end and no error."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    except KeyboardInterrupt:
        click.echo("ended")
    finally:
        signal.signal(signal.SIGTERM, before)


class _Terminal:
    """Prints what is found: errors each time, anything else when it is new."""

    def __init__(self, preview: Preview) -> None:
        self._preview = preview
        self._known: set[tuple[str, str, str]] = set()
        self._pages: set[tuple[str, str, str]] = set()

    def news(self, news: News) -> None:
        """Print what a look at the sources brought."""
        corpus = news.checked.corpus if news.checked else None
        about = [item for item in news.findings if item.severity is not Severity.INFO]
        self._print(about, self._known, corpus)
        self._known = set(map(_key, about))
        weights = Counter(item.severity for item in about)
        told = ", ".join(counted(weights[it], it) for it in (Severity.ERROR, Severity.WARNING))
        names = [name_of(path, self._preview.root) for path in news.changed]
        more = [f"{len(names) - _NAMED} more"] if len(names) > _NAMED else []
        what = ", ".join([*names[:_NAMED], *more]) or "all files"
        if weights[Severity.ERROR]:
            shown = "the site is as it was" if self._preview.state.live else "nothing can be shown"
            told += f": {shown}"
        click.echo(f"{what}: {told}")

    def said(self, findings: tuple[Diagnostic, ...]) -> None:
        """Print what the making of a page brought."""
        self._print(findings, self._pages, None)
        self._pages.update(map(_key, findings))

    def _print(
        self,
        findings: list[Diagnostic] | tuple[Diagnostic, ...],
        known: set[tuple[str, str, str]],
        corpus: Corpus | None,
    ) -> None:
        print_findings(
            (
                item
                for item in findings
                if item.severity is Severity.ERROR or _key(item) not in known
            ),
            corpus,
        )


def _key(finding: Diagnostic) -> tuple[str, str, str]:
    """What makes a finding the same when lines have moved."""
    return finding.location.path, finding.code, finding.message

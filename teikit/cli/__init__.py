"""The command line: parse arguments, call the library, print, choose the exit code.

Exit codes: 0 clean, 1 findings at or above ``--fail-on`` or something asked for cannot be made,
2 usage or configuration, 3 a bug of teikit.
"""

from __future__ import annotations

import sys

import click

from teikit import __version__
from teikit.cli.common import print_findings
from teikit.errors import ConfigError, TeikitError


class _Verbs(click.Group):
    """Loads a verb's module only when it is used, so that ``--help`` is quick."""

    names = (
        *("validate", "explain", "rules", "schema"),
        *("link", "show", "search", "register", "transform", "cite", "export", "build", "serve"),
        "labels",
    )

    def list_commands(self, _context: click.Context) -> list[str]:
        return list(self.names)

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        if name not in self.names:
            return None
        from importlib import import_module

        command: click.Command = import_module(f"teikit.cli.{name}").command
        return command


@click.group(
    cls=_Verbs,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 88},
    epilog="\b\nExample:\n  teikit validate",
)
@click.version_option(__version__, "-V", "--version", prog_name="teikit")
def cli() -> None:
    """Validate, cross-link, transform and cite texts encoded in TEI-XML.

    Run it in the folder of a corpus. A file teikit.toml there says what belongs to it; without one
    the common layouts are tried.
    """


def main() -> None:
    """Run the command line and end the process with an exit code."""
    try:
        code = cli.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = 2
    except click.Abort:
        click.echo("interrupted", err=True)
        code = 130
    except TeikitError as error:
        print_findings(error.diagnostics)
        code = 2 if isinstance(error, ConfigError) else 1
    except BrokenPipeError:
        # The reader of our output went away (`teikit … | head`): nothing is wrong.
        sys.stderr.close()
        code = 0
    except Exception:
        _report_bug()
        code = 3
    sys.exit(code if isinstance(code, int) else 0)


def _report_bug() -> None:
    import platform
    import traceback

    click.echo(
        "teikit: this is a bug of ours, not of your files. Please report what follows:\n", err=True
    )
    click.echo(
        f"teikit {__version__}, Python {platform.python_version()}, {platform.system()}", err=True
    )
    click.echo(f"arguments: {sys.argv[1:]}", err=True)
    click.echo(traceback.format_exc(), err=True)

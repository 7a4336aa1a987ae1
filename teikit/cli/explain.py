"""``teikit explain``."""

from __future__ import annotations

import click

from teikit.diagnostics import RULES


@click.command("explain", epilog="\b\nExample:\n  teikit explain TK201")
@click.argument("codes", nargs=-1, required=True)
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "markdown"]),
    default="text",
    show_default=True,
    help="How the page is written.",
)
def command(codes: tuple[str, ...], style: str) -> None:
    """Say what a rule finds, why it matters, and how to mend it.

    CODES are those in the brackets at the end of a finding; `teikit rules` lists them.
    """
    from teikit.rules import documentation
    from teikit.selection import nearest

    pages = []
    for code in codes:
        if code.upper() not in RULES:
            near = nearest(code)
            hint = f": did you mean {near}?" if near else "; `teikit rules` lists them"
            raise click.BadParameter(f"“{code}” is no rule{hint}", param_hint="CODES")
        page = documentation(code.upper())
        pages.append(page.markdown() if style == "markdown" else page.text())
    click.echo("\n".join(pages), nl=False)

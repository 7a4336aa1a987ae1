"""``teikit rules``."""

from __future__ import annotations

import click

from teikit.diagnostics import RULES


@click.command("rules", epilog="\b\nExample:\n  teikit rules")
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    show_default=True,
    help="How the list is written.",
)
def command(style: str) -> None:
    """List everything that teikit can find: code, severity, and what it is.

    `teikit explain CODE` tells more of a rule.
    """
    from teikit.rules import FAMILIES, documentation, table

    if style == "markdown":
        click.echo(table(), nl=False)
        return
    if style == "json":
        import json

        listed = [
            {
                "code": rule.code,
                "severity": str(rule.severity),
                "title": rule.title,
                "family": FAMILIES[rule.code[:3]],
                "description": documentation(rule.code).what,
            }
            for rule in RULES.values()
        ]
        click.echo(json.dumps(listed, ensure_ascii=False, indent=2))
        return
    for rule in RULES.values():
        click.echo(f"{rule.code}  {rule.severity:<7}  {rule.title}")

"""What each rule is about: the pages behind ``teikit explain``, ``docs/rules.md`` and SARIF help.

A page is a Markdown file beside this module, named after the code, with the headings of
:data:`HEADINGS` in that order. It is read when somebody asks, so it costs no start-up time.

Examples are executed by a test. A code block with the info ``xml``, ``toml``, ``rng`` or ``text``
is a file; a second word names it (``xml tei/b.xml``; ``text`` needs one), and TEI without a root
element stands for the content of ``body``. A block with the info ``sh`` is a command run there
instead of ``teikit validate``. What stands in any other block is only shown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from teikit.diagnostics import RULES, Rule

HEADINGS = ("What it does", "Why it matters", "Example", "Instead", "Options", "Source")
OPTIONAL = frozenset({"Source"})

FAMILIES = {
    "TK0": "file and parse",
    "TK1": "grammar",
    "TK2": "pointers",
    "TK3": "registers and names",
    "TK4": "dates",
    "TK5": "translation",
    "TK6": "header and citation",
    "TK7": "text",
    "TK8": "output",
    "TK9": "use",
}

_INTRODUCTION = """\
# What teikit finds

<!-- Made from teikit/rules/ by `make docs`: change the pages there. -->

Codes are stable. `teikit explain TK201` prints what stands here on a rule; `teikit rules` lists
them. Which rules count, where, and how much is [configuration](configuration.md#rules).
"""


@dataclass(frozen=True, slots=True)
class Page:
    """The documentation of a rule: its sections by heading, in Markdown."""

    rule: Rule
    sections: dict[str, str]

    @property
    def what(self) -> str:
        """What the rule does, in one paragraph of plain text."""
        return " ".join(_plain(self.sections["What it does"]).split())

    @property
    def family(self) -> str:
        """The family in words, e.g. ``pointers``."""
        return FAMILIES[self.rule.code[:3]]

    def markdown(self, level: int = 1, *, linked: bool = False) -> str:
        """The page as Markdown with a title at the given level, ending with a line feed.

        Links lead to other pages of ``docs/``; ``linked=False`` leaves only their words.
        """
        parts = [f"{'#' * level} {self.rule.code}: {self.rule.title}"]
        parts.append(f"Family: {self.family}. Severity: {self.rule.severity}.")
        for heading, body in self.sections.items():
            parts += [f"{'#' * (level + 1)} {heading}", _shown(body, linked)]
        return "\n\n".join(parts) + "\n"

    def text(self) -> str:
        """The page for a terminal: no marks of Markdown, ending with a line feed."""
        parts = [
            f"{self.rule.code}: {self.rule.title} ({self.rule.severity}; family: {self.family})"
        ]
        for heading, body in self.sections.items():
            parts += [f"{heading}:", _plain(body)]
        return "\n\n".join(parts) + "\n"


def documentation(code: str) -> Page:
    """The page of a rule. Raises KeyError when there is no rule of that code."""
    rule = RULES[code]
    text = (Path(__file__).parent / f"{code}.md").read_text("utf-8")
    parts = re.split(r"^## (.+)\n", text, flags=re.M)
    headings = [heading.strip() for heading in parts[1::2]]
    return Page(
        rule, {name: body.strip() for name, body in zip(headings, parts[2::2], strict=True)}
    )


def table() -> str:
    """All rules as a Markdown table."""
    rows = [f"| `{rule.code}` | {rule.severity} | {rule.title} |\n" for rule in RULES.values()]
    return "| code | severity | what it finds |\n|---|---|---|\n" + "".join(rows)


def book() -> str:
    """All pages in one: ``docs/rules.md``."""
    parts = [_INTRODUCTION, table()]
    family = ""
    for code in RULES:
        page = documentation(code)
        if page.family != family:
            family = page.family
            parts.append(f"## {code[:3]}xx: {family}\n")
        parts.append(page.markdown(3, linked=True))
    return "\n".join(parts)


_LINK = re.compile(r"\[([^\]]+)\]\([^)]+\)")


def _shown(body: str, linked: bool) -> str:
    """A section without the names in its code blocks, which only the tests need."""
    body = re.sub(r"^```(\w+) .*$", r"```\1", body, flags=re.M)
    return body if linked else _LINK.sub(r"\1", body)


def _plain(body: str) -> str:
    """A section with code indented, and without the marks around words."""
    lines = []
    code = False
    for line in _shown(body, linked=False).splitlines():
        if line.startswith("```"):
            code = not code
        elif code:
            lines.append(f"    {line}".rstrip())
        else:
            lines.append(f"  {line}".rstrip().replace("`", "").replace("**", ""))
    return "\n".join(lines)

"""Headers: what a citation, a list or a title page cannot do without (Guidelines, chapter 2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from teikit.diagnostics import RULES, Diagnostic, Related
from teikit.index import Facts
from teikit.links import Links


def check(links: Links) -> Iterator[Diagnostic]:
    """TK601: no title. TK602: two files have one identifier. TK603: nothing can be cited so."""
    by_id: dict[str, list[Facts]] = defaultdict(list)
    for facts in links.facts:
        by_id[facts.id].append(facts)
        for problem in facts.cite_problems:
            yield RULES["TK603"].at(
                problem.location,
                f"@{problem.attribute}=“{problem.expression}” is no XPath: {problem.reason}",
                hints=("paragraphs are numbered in order until it is mended",),
            )
        if facts.role == "document" and not any(title.text for title in facts.header.titles):
            yield RULES["TK601"].at(
                facts.location,
                f"the header of {facts.id} gives no title",
                expected=("teiHeader/fileDesc/titleStmt/title",),
                hints=("write the title by which the document is to be cited",),
            )
    for group in links.groups:
        # Versions of different documents may share an idno by mistake.
        if group.id != group.versions[0].id:
            by_id[group.id].append(group.versions[0])
    for key, files in by_id.items():
        for other in files[1:]:
            yield RULES["TK602"].at(
                other.location,
                f"two documents are called {key}",
                hints=("give one another xml:id on its root element (or idno of type document)",),
                related=(Related("the other file", files[0].location),),
            )

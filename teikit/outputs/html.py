"""The HTML edition: a page a document, an index a kind of entity, a table of contents."""

from __future__ import annotations

from collections.abc import Iterator

from teikit.diagnostics import Diagnostic
from teikit.outputs.base import File, Job, Output, grouped
from teikit.resources import resource
from teikit.saxon import Parameter, prepared, transform


def render(job: Job) -> Iterator[File | Diagnostic]:
    """The files of the site, opening with ``index.html``.

    Where only some documents are asked for, only their pages are made.
    """
    stylesheet = resource("xslt", "html", "main.xsl")
    messages: list[Diagnostic] = []
    facts = prepared(job.facts)
    for name, parameters in _pages(job):
        shared: dict[str, Parameter] = {"reading": job.reading, "downloads": job.downloads}
        result = transform(stylesheet, facts, shared | parameters)
        messages += result.messages
        yield File(name, result.text.encode())
    yield from grouped(messages)
    yield File("style.css", resource("xslt", "html", "style.css").read_bytes())


def _pages(job: Job) -> Iterator[tuple[str, dict[str, Parameter]]]:
    """The pages to make: file name, and parameters of the stylesheet."""
    whole = job.groups == job.links.groups
    if whole:
        described = job.edition
        contents: dict[str, Parameter] = {"page": "contents"}
        yield "index.html", contents if described is None else contents | {"edition": described}
    for group in job.groups:
        trees = job.trees([group])
        yield f"{group.id}.html", {"page": "document", "document": group.id, "versions": trees}
    if whole:
        kinds = {entity.entry.kind for entity in job.links.entities.values()}
        for kind in sorted(kinds):
            yield f"{kind}s.html", {"page": kind}


HTML = Output("html", "a page for each document, indexes, a table of contents", render)

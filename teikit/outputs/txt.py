"""Plain text: a file for each version of each document."""

from __future__ import annotations

from collections.abc import Iterator

from teikit.diagnostics import Diagnostic
from teikit.outputs.base import File, Job, Output
from teikit.resources import resource
from teikit.saxon import transform


def render(job: Job) -> Iterator[File | Diagnostic]:
    """``<version id>.txt`` in UTF-8 with line feeds, ending with one."""
    stylesheet = resource("xslt", "text", "main.xsl")
    for group in job.groups:
        trees = job.trees([group])
        for version in group.versions:
            result = transform(
                stylesheet,
                job.facts,
                {
                    "document": group.id,
                    "versions": trees,
                    "version": version.id,
                    "reading": job.reading,
                    "width": job.width,
                    "notes": job.notes,
                },
            )
            yield from result.messages
            yield File(f"{version.id}.txt", result.text.encode())


TXT = Output("txt", "the words in order, wrapped or one paragraph a line", render)

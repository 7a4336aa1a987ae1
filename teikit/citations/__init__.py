"""Citation formats: one file and one row each; each reads the neutral record only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from teikit.citations import biblatex, bibtex, cff, csl, html, ris, text
from teikit.citations.options import Options
from teikit.record import Record


@dataclass(frozen=True, slots=True)
class Format:
    """A row of the table: the format's name, its file name in a build, and its writer.

    ``places`` are those of a record that the format wants where nobody asked for others.
    """

    name: str
    file: str
    write: Callable[[Sequence[Record], Options], str]
    places: tuple[str, ...] = ()


FORMATS: dict[str, Format] = {
    item.name: item
    for item in (
        Format("text", "citations.txt", text.write),
        Format("html", "citations.html", html.write),
        Format("csl-json", "citations.json", csl.write),
        Format("biblatex", "citations.biblatex.bib", biblatex.write),
        Format("bibtex", "citations.bib", bibtex.write),
        Format("ris", "citations.ris", ris.write),
        Format("cff", "CITATION.cff", cff.write, ("all",)),
    )
}

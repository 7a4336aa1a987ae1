"""Comparing teikit's verdict on a document with jing's, and the line of the first mistake.

The two place mistakes differently. jing reports what it is reading when it notices: a start-tag at
the line on which the tag ends, something missing at the tag that came instead, text at some line
between its first letter and the next tag (its parser hands long text out in pieces). teikit names
the tag, the attribute, the first letter of the text. :func:`lines_as_jing` translates.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from teikit.diagnostics import Diagnostic
from teikit.validation.relaxng.schema import Schema
from tests import jing
from tests.conftest import ROOT, SHARED
from tests.markup import Markup
from tests.mutations import Mutant, Vocabulary, mutants, small

TEI_ALL = SHARED / "tei" / "tei_all.rng"
EDITION = ROOT / "schema" / "edition.rng"


def lines_as_jing(markup: Markup, diagnostic: Diagnostic) -> range:
    """The lines on which jing may report what ``diagnostic`` says: one, or those of a text."""
    place = diagnostic.location
    assert place.line is not None and place.column is not None, diagnostic
    data = markup.data
    begin = 0
    for _ in range(place.line - 1):
        begin = data.index(b"\n", begin) + 1
    stop = data.find(b"\n", begin)
    line = data[begin : len(data) if stop < 0 else stop].decode()
    offset = begin + len(line[: place.column - 1].encode())
    number = markup.number_at(offset)
    token = markup.tokens[number]
    if token.kind in ("start", "end"):
        ends_on = data.count(b"\n", 0, token.end) + 1
        return range(ends_on, ends_on + 1)
    following = (item for item in markup.tokens[number:] if item.kind in ("start", "end"))
    return range(place.line, data.count(b"\n", 0, next(following).end) + 2)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A document of which teikit and jing think differently."""

    key: str
    ours: str
    theirs: str
    changes: tuple[str, ...] = ()

    def __str__(self) -> str:
        """A few lines for people."""
        return "\n".join((f"{self.key}: {'; '.join(self.changes)}", self.ours, self.theirs, ""))


def compare(
    schema: Schema, key: str, data: bytes, verdict: jing.Verdict, changes: tuple[str, ...] = ()
) -> Disagreement | None:
    """The disagreement over one document, if there is any, over the verdict or the first line."""
    valid = schema.is_valid(data)
    findings = list(schema.iter_diagnostics(data))
    ours = "\n".join(
        f"  teikit: {item.location.line}:{item.location.column} {item.message} [{item.code}]"
        for item in findings[:3]
    )
    theirs = "\n".join(
        f"  jing:   {item.line}:{item.column} {item.text[:150]}" for item in verdict.messages[:3]
    )
    told = Disagreement(
        key, ours or f"  teikit: valid={valid}", theirs or "  jing:   valid", changes
    )
    if valid != verdict.valid or valid != (not findings):
        return told
    if valid or verdict.malformed:
        return None
    markup = Markup(data)
    places = [lines_as_jing(markup, item) for item in findings]
    first = verdict.line
    if not any(first in place for place in places) or any(place[-1] < first for place in places):
        return told
    return None


def disagreements(
    schema_file: Path, changed: Iterable[Mutant], folder: Path
) -> Iterator[Disagreement]:
    """Judge mutants by both; ``folder`` is an empty one for the files that jing wants."""
    files: dict[Path, Mutant] = {}
    for mutant in changed:
        path = folder / f"{mutant.key.replace('/', '-')}.xml"
        path.write_bytes(mutant.data)
        files[path] = mutant
    schema = Schema.load(schema_file)
    for path, verdict in jing.judge(schema_file, files).items():
        mutant = files[path]
        changes = (f"{mutant.source}", *mutant.changes)
        found = compare(schema, mutant.key, mutant.data, verdict, changes)
        if found is not None:
            yield found


def made(schema_file: Path, seed: int, count: int, folder: Path) -> list[Mutant]:
    """Mutants of the small files that are valid under the schema before anything is changed.

    In others the mistakes that they have already would hide those that are made.
    """
    sources = [(f"tei/{name}", data) for name, data in small(ROOT / "tei")]
    if schema_file == TEI_ALL:
        sources += small(SHARED / "corpora")
    files: dict[Path, tuple[str, bytes]] = {}
    for number, (name, data) in enumerate(sources):
        path = folder / f"source-{number:03}.xml"
        path.write_bytes(data)
        files[path] = (name, data)
    verdicts = jing.judge(schema_file, files)
    valid = [files[path] for path, verdict in verdicts.items() if verdict.valid]
    return list(mutants(valid, Vocabulary.of(schema_file), seed, count))


def explore() -> None:
    """The command behind ``python -m tests.mutations``."""
    parser = argparse.ArgumentParser(description="where teikit and jing disagree over mutants")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--schema", type=Path, default=TEI_ALL)
    parser.add_argument("--keep", type=Path, help="a folder for the documents disagreed upon")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        changed = made(given.schema, given.seed, given.count, Path(name))
        documents = {mutant.key: mutant.data for mutant in changed}
        number = 0
        for found in disagreements(given.schema, changed, Path(name)):
            number += 1
            print(found)
            if given.keep:
                given.keep.mkdir(parents=True, exist_ok=True)
                file = given.keep / f"{found.key.replace('/', '-')}.xml"
                file.write_bytes(documents[found.key])
    print(f"{len(changed)} mutants, {number} disagreements")

"""Running teikit on what wants to do harm, within bounds of time and memory."""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

# Nothing is measured here: these bounds are there so that a bomb ends the test, not the machine.
SECONDS = 120
MEMORY = 4 * 2**30
# A message, not the megabyte that it is about.
LONGEST = 20_000

NS = "http://www.tei-c.org/ns/1.0"
SCHEMA = """\
<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="http://www.tei-c.org/ns/1.0">
  <start><element name="TEI"><ref name="div"/></element></start>
  <define name="div">
    <element name="div">
      <zeroOrMore><choice><ref name="div"/><ref name="p"/></choice></zeroOrMore>
    </element>
  </define>
  <define name="p">
    <element name="p"><optional><attribute name="n"/></optional><text/></element>
  </define>
</grammar>
"""


def tei(content: str, head: str = "") -> str:
    """A document of the small schema: ``content`` stands in its third line."""
    return f'{head}<TEI xmlns="{NS}">\n<div>\n{content}\n</div>\n</TEI>\n'


@dataclass(frozen=True, slots=True)
class Told:
    """What a run said: its exit code, and of each file the code and the line of its findings."""

    code: int
    findings: dict[str, list[tuple[str, int | None]]]
    judged: int
    output: str


def validate(folder: Path, *arguments: str, schema: str = "schema.rng") -> Told:
    """Run ``teikit validate`` on ``folder/texts``; fail where it does not end, or breaks."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

    command = [sys.executable, "-m", "teikit", "validate", *(arguments or ["texts"])]
    command += ["--schema", schema, "--select", "TK0,TK1,TK902"]
    with subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, "PYTHONUTF8": "1", "TEIKIT_CACHE": str(folder / "cache")},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="surrogateescape",
        start_new_session=True,
        preexec_fn=limit,
    ) as process:
        try:
            out, err = process.communicate(timeout=SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, 9)  # and the processes that it has started
            pytest.fail(f"did not end within {SECONDS} s")
    assert "Traceback" not in out + err, (out + err)[-3000:]
    assert process.returncode in (0, 1), (out + err)[-3000:]
    findings: dict[str, list[tuple[str, int | None]]] = {}
    for match in re.finditer(
        r"^(\S[^\n]*?)(?::(\d+))?(?::\d+)?: (?:error|warning|info): [^\n]* \[(TK\d+)\]$", out, re.M
    ):
        line = int(match[2]) if match[2] else None
        findings.setdefault(Path(match[1]).name, []).append((match[3], line))
    judged = sum(map(int, re.findall(r"^judged by .*?: (\d+) files?\b", out, re.M)))
    return Told(process.returncode, findings, judged, out)


def hold(told: Told, file: str, codes: str, line: int | None) -> None:
    """One finding on the file, of one of ``codes``, in that line; the others are judged."""
    others = {name: found for name, found in told.findings.items() if name != file}
    assert others == {"z-wrong.xml": [("TK101", 3)]}, told.output[:LONGEST]
    assert told.judged >= 2, told.output[-LONGEST:]
    assert told.code == 1
    assert len(told.output) < LONGEST
    found = told.findings.get(file, [])
    assert len(found) == 1, found[:20]
    assert found[0][0] in codes.split(), found
    assert found[0][1] == line, found


def hold_good(told: Told) -> None:
    """Nothing is said of the file, and it is judged as the others are."""
    assert told.findings == {"z-wrong.xml": [("TK101", 3)]}, told.output[:LONGEST]
    assert told.judged == 3, told.output[-LONGEST:]
    assert len(told.output) < LONGEST

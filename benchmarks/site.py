"""How fast the site is built, and how much its pages weigh: one command, one run, ratios.

    make bench-site        (or: python benchmarks/site.py [--rounds N] [--stylesheets FOLDER])

Each is a whole process from its start to its last file, in turn, round after round; medians are
told. `teikit transform --to html` makes every page of the shipped corpus in three languages, with
registers, pictures, search index and typeface. Beside it stand the TEI Consortium's own stylesheets
on the documents, where a checkout of them is named (`html5/html5.xsl` in it), and always an
identity transform by the same processor: of each TEI file once, and once for each page of the site.
"""

from __future__ import annotations

import argparse
import gzip
import os
import statistics
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "benchmarks"))

from validation import Run, run  # noqa: E402  (the path is set above)

# Transform files by a stylesheet, as many runs as asked for, one result each.
SAXON = """
import sys
from pathlib import Path
from saxonche import PySaxonProcessor
sheet, folder, runs, *files = sys.argv[1:]
with PySaxonProcessor(license=False) as saxon:
    compiled = saxon.new_xslt30_processor().compile_stylesheet(stylesheet_file=sheet)
    nodes = [saxon.parse_xml(xml_file_name=name) for name in files]
    for number in range(int(runs) or len(nodes)):
        text = compiled.transform_to_string(xdm_node=nodes[number % len(nodes)])
        Path(folder, f"{number}.out").write_text(text or "", "utf-8")
"""
IDENTITY = """<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:mode on-no-match="shallow-copy"/></xsl:stylesheet>"""


def measure(rounds: int, stylesheets: Path | None) -> tuple[dict[str, list[Run]], Path]:
    """The runs of each command, and the folder of the site."""
    work = Path(tempfile.mkdtemp(prefix="teikit-bench-"))
    site = work / "site"
    identity = work / "identity.xsl"
    identity.write_text(IDENTITY, "utf-8")
    files = [str(path) for path in sorted((ROOT / "tei").glob("*.xml"))]
    documents = [name for name in files if Path(name).name.startswith("d")]
    cache = str(work / "cache")
    make = [sys.executable, "-m", "teikit", "transform", "-C", str(ROOT), "--to", "html"]
    found: dict[str, list[Run]] = {}

    def timed(what: str, command: list[str]) -> None:
        done = run(command, TEIKIT_CACHE=cache, PYTHONPATH=str(ROOT))
        if done.code:
            raise SystemExit(f"{what} ended with exit code {done.code}")
        found.setdefault(what, []).append(done)

    def saxon(sheet: Path, runs: int, names: list[str]) -> list[str]:
        folder = Path(tempfile.mkdtemp(dir=work))
        return [sys.executable, "-c", SAXON, str(sheet), str(folder), str(runs), *names]

    for _ in range(rounds):
        timed("teikit: the site", [*make, "-o", str(site)])
        pages = sum(1 for _ in site.rglob("*.html"))
        timed(f"identity: {len(files)} TEI files", saxon(identity, 0, files))
        timed(f"identity: {pages} runs, for {pages} pages", saxon(identity, pages, documents))
        if stylesheets:
            sheet = stylesheets / "html5" / "html5.xsl"
            timed(f"TEI stylesheets: {len(documents)} documents", saxon(sheet, 0, documents))
    return found, site


def weights(site: Path) -> None:
    """Print what the pages weigh, as they are and as servers send them."""

    def told(what: str, paths: list[Path]) -> None:
        data = [path.read_bytes() for path in paths]
        packed = sum(len(gzip.compress(item, 6)) for item in data)
        size = sum(map(len, data))
        print(f"  {what:34} {len(data):5} {size / 1000:10.0f} kB {packed / 1000:8.0f} kB packed")

    files = sorted(path for path in site.rglob("*") if path.is_file())
    pages = [path for path in files if path.suffix == ".html"]
    told("everything", files)
    told("pages", pages)
    for path in sorted(pages, key=lambda path: path.stat().st_size, reverse=True)[:3]:
        told(path.relative_to(site).as_posix(), [path])
    for name in ("index.html", "style.css", "reader.js", "search.js"):
        told(name, [site / name])
    told("search index and texts", sorted(site.glob("search-*.js")))
    told("typeface", sorted((site / "fonts").glob("*.woff2")))


def main() -> None:
    """Measure, and print the tables."""
    parser = argparse.ArgumentParser(description="How fast the site is built.")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--stylesheets", type=Path, help="a checkout of TEIC/Stylesheets")
    options = parser.parse_args()
    found, site = measure(options.rounds, options.stylesheets)
    own = statistics.median(item.seconds for item in found["teikit: the site"])
    print(f"{os.cpu_count()} processors, {options.rounds} rounds\n")
    for what, runs in found.items():
        seconds = statistics.median(item.seconds for item in runs)
        memory = statistics.median(item.memory for item in runs)
        print(f"  {what:42} {seconds:7.2f} s {memory:6.0f} MB   {own / seconds:6.2f}")
    print("\n(the last column: how many times as long teikit takes)\n")
    weights(site)


if __name__ == "__main__":
    main()

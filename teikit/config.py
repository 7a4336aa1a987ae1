"""``teikit.toml``: reading it, its defaults, and clear errors where it is wrong.

Every key has a default, so that a folder without the file works too. The dataclasses below are the
whole list of keys: a field is a key, its type says what may stand there, its docstring comment in
``docs/configuration.md`` what it is for.
"""

from __future__ import annotations

import dataclasses
import re
import types
import typing
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from teikit.diagnostics import RULES, Location, Severity
from teikit.errors import ConfigError
from teikit.selection import Selection, is_rule, nearest

FILE_NAME = "teikit.toml"


@dataclass(frozen=True, slots=True)
class CorpusConfig:
    """Table ``[corpus]``: what belongs to the corpus. Paths and globs are relative to the file."""

    documents: tuple[str, ...] = ()  # globs; empty: the common layouts are tried
    registers: tuple[str, ...] = ()  # globs; empty: told by content
    edition: str | None = None  # the TEI file whose header describes the edition as a whole
    # .rng, .rnc or .xsd, paths or URLs; none: the files' own xml-model instructions
    schema: str | tuple[str, ...] | None = None
    catalogs: tuple[str, ...] = ()  # OASIS XML catalogs, asked before the store
    # What [site] pages names: it decides what a file is, as the globs above do.
    pages: tuple[str, ...] = field(default=(), metadata={"table": "site"})

    @property
    def schemas(self) -> tuple[str, ...]:
        """The configured schemas, one or several written alike."""
        return (self.schema,) if isinstance(self.schema, str) else self.schema or ()


@dataclass(frozen=True, slots=True)
class BuildConfig:
    """Table ``[build]``: where results go, and the date they carry."""

    directory: str = "build"
    date: str | None = None  # ISO date printed in outputs; None: the latest change/@when


@dataclass(frozen=True, slots=True)
class OutputConfig:
    """Table ``[output]``: what all outputs share."""

    language: str | None = None  # of headings and labels; None: xml:lang of the edition
    languages: tuple[str, ...] = ()  # in which the site is made; empty: all that teikit speaks
    reading: str = "corrected"  # or "diplomatic"
    width: int = 72  # plain text: characters a line; 0: one paragraph a line
    paper: str = "a4"  # PDF: a paper size that Typst knows


@dataclass(frozen=True, slots=True)
class ValidateConfig:
    """Table ``[validate]``: how ``teikit validate`` works."""

    baseline: str | None = None  # a file of known findings, which are not reported


@dataclass(frozen=True, slots=True)
class TranslationConfig:
    """Table ``[translation]``: how versions of a document are compared."""

    notes: tuple[str, ...] = ()  # types of the notes that explain a difference; empty: all


@dataclass(frozen=True, slots=True)
class ExportConfig:
    """Table ``[export]``: what the exports share."""

    base: str | None = None  # the URI that every address begins with; None: a URN of the edition
    letters: str = "persons"  # or "all": also what passed between organisations only


@dataclass(frozen=True, slots=True)
class CitationConfig:
    """Table ``[citation]``: how documents are cited."""

    style: str = "plain"  # the style of text and HTML; or the name or path of a CSL style
    language: str | None = None  # of the words around; None: that of the style, else of the item
    places: tuple[str, ...] = ()  # archive, printed, edition; empty: where one would look first
    url: str | None = None  # where a version is read, with {document}, {version} and {passage}
    lock: str = "references.lock"  # the file of published references
    types: Mapping[str, str] = field(default_factory=dict)  # genre: CSL item type
    mapping: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # field: XPaths in header
    # document or version: field: value
    documents: Mapping[str, Mapping[str, str | tuple[str, ...]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SiteConfig:
    """Table ``[site]``: what a corpus puts in the place of what teikit ships, on its site."""

    stylesheet: str | None = None  # XSLT whose templates and functions go before those of teikit
    css: tuple[str, ...] = ()  # patterns of style sheets, loaded after that of teikit
    pages: tuple[str, ...] = ()  # globs of TEI files that are pages of the site, no documents
    files: tuple[str, ...] = ()  # patterns of files that are copied as they are
    icon: str | None = None  # what a browser shows beside the title
    # language: name of a word of the interface: the word
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    # light and dark: name of a custom property of style.css: colour
    colours: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Config:
    """The whole configuration of a corpus.

    ``root`` is the folder that relative paths start from; ``file`` the file it was read from, None
    where there is none.
    """

    root: Path
    file: Path | None = None
    corpus: CorpusConfig = field(default_factory=CorpusConfig)
    build: BuildConfig = field(default_factory=BuildConfig)
    output: OutputConfig = field(default_factory=OutputConfig)
    validate: ValidateConfig = field(default_factory=ValidateConfig)
    translation: TranslationConfig = field(default_factory=TranslationConfig)
    rules: Selection = field(default_factory=Selection)
    export: ExportConfig = field(default_factory=ExportConfig)
    citation: CitationConfig = field(default_factory=CitationConfig)
    site: SiteConfig = field(default_factory=SiteConfig)


_TABLES: dict[str, type] = {
    "corpus": CorpusConfig,
    "build": BuildConfig,
    "output": OutputConfig,
    "validate": ValidateConfig,
    "translation": TranslationConfig,
    "rules": Selection,
    "export": ExportConfig,
    "citation": CitationConfig,
    "site": SiteConfig,
}
_CHOICES = {
    ("output", "reading"): ("corrected", "diplomatic"),
    ("export", "letters"): ("persons", "all"),
    ("citation", "places"): ("archive", "printed", "edition", "all"),
}
_PATTERNS = {
    ("output", "languages"): (r"[a-z]{2,3}", 'languages by their codes, as "en"'),
}


def find(start: Path) -> Path | None:
    """The nearest ``teikit.toml`` in ``start`` (a folder) or one of the folders above it."""
    for folder in (start, *start.parents):
        if (folder / FILE_NAME).is_file():
            return folder / FILE_NAME
    return None


def load(target: Path, file: Path | None = None) -> Config:
    """The configuration that governs ``target``, a file or a folder.

    ``file`` names the configuration file; without it the nearest one upward is taken, and without
    any the defaults, rooted in ``target`` (or in its folder, where it is a file).

    Raises ConfigError when the file cannot be read or holds something that is not a setting.
    """
    start = (target if target.is_dir() else target.parent).resolve()
    path = file if file is not None else find(start)
    if path is None:
        return Config(root=start)
    import tomllib

    try:
        text = path.read_text(encoding="utf-8")
        data = tomllib.loads(text)
    except OSError as error:
        raise _refused(path, None, f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise _refused(path, None, "is not UTF-8", "save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise _refused(path, int(line[1]) if line else None, f"is not TOML: {error}") from error
    return _build(path, text, data)


def where(config: Config, table: str, key: str = "") -> Location:
    """The place of a key in the file of a configuration, else of its table, else the file.

    ``table`` is written as in the heading: ``site.labels.fr``.
    """
    if config.file is None:
        return Location(FILE_NAME)
    try:
        text = config.file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return Location(config.file.name)
    line = _line(text, key, table) if key else None
    while line is None and table:
        outer, _, last = table.rpartition(".")
        line = _line(text, table) or (_line(text, last, outer) if outer else None)
        table = outer
    return Location(config.file.name, line)


def _build(path: Path, text: str, data: dict[str, Any]) -> Config:
    tables: dict[str, Any] = {}
    for name, value in data.items():
        if name not in _TABLES or not isinstance(value, dict):
            raise _unknown(path, _line(text, name), f"[{name}]", list(_TABLES), "table")
        known = {
            item.name: item
            for item in dataclasses.fields(_TABLES[name])
            if item.metadata.get("table", name) == name
        }
        kinds = typing.get_type_hints(_TABLES[name])
        for key, given in value.items():
            line = _line(text, key, name)
            if key not in known:
                raise _unknown(path, line, f"[{name}] {key}", list(known), "key")
            _check(path, line, name, key, given, kinds[key])
            _writable(path, line, f"[{name}] {key}", given)
        if name == "rules":
            value = _rules(path, text, value)
        tables[name] = _TABLES[name](**{k: _frozen(v) for k, v in value.items()})
    if "site" in tables and tables["site"].pages:
        corpus = tables.get("corpus", CorpusConfig())
        tables["corpus"] = dataclasses.replace(corpus, pages=tables["site"].pages)
    return Config(root=path.resolve().parent, file=path.resolve(), **tables)


def _frozen(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _frozen(inner) for key, inner in value.items()}
    return tuple(value) if isinstance(value, list) else value


def _rules(path: Path, text: str, table: dict[str, Any]) -> dict[str, Any]:
    """Table ``[rules]`` with severities for strings, after a look at every code in it."""
    for key, names in (("select", table.get("select", ())), ("ignore", table.get("ignore", ()))):
        _codes(path, _line(text, key, "rules"), f"[rules] {key}", names)
    for pattern, names in table.get("paths", {}).items():
        line = _line(text, pattern, "rules.paths") or _line(text, "paths", "rules")
        _codes(path, line, f'[rules] paths "{pattern}"', names)
    weights = table.get("severity", {})
    for code, weight in weights.items():
        line = _line(text, code, "rules.severity") or _line(text, "severity", "rules")
        _codes(path, line, "[rules] severity", (code,))
        if weight not in tuple(Severity):
            wanted = " or ".join(f'"{item}"' for item in Severity)
            hint = f'to silence the rule write ignore = ["{code}"]' if weight == "off" else ""
            message = f'[rules] severity of {code} must be {wanted}, not "{weight}"'
            raise _refused(path, line, message, *filter(None, [hint]))
    return {**table, "severity": {code: Severity(weight) for code, weight in weights.items()}}


def _codes(path: Path, line: int | None, where: str, names: Iterable[str]) -> None:
    for name in names:
        if not is_rule(name):
            near = nearest(name)
            hint = f"did you mean {near}?" if near else "`teikit rules` lists them"
            raise _refused(path, line, f"{where} names “{name}”, which is no rule of teikit", hint)


def _check(path: Path, line: int | None, table: str, key: str, given: object, kind: Any) -> None:
    members = typing.get_args(kind) if isinstance(kind, types.UnionType) else (kind,)
    if tuple[str, ...] in members:
        fits = isinstance(given, list) and all(isinstance(item, str) for item in given)
        wanted = "a list of strings"
        if str in members:
            fits, wanted = fits or isinstance(given, str), f"a string or {wanted}"
    elif Mapping[str, tuple[str, ...]] in members:
        fits = isinstance(given, dict) and all(
            isinstance(names, list) and all(isinstance(item, str) for item in names)
            for names in given.values()
        )
        wanted = "a table of lists of strings"
    elif Mapping[str, Mapping[str, str | tuple[str, ...]]] in members:
        fits = isinstance(given, dict) and all(
            isinstance(fields, dict)
            and all(
                isinstance(value, str)
                or (isinstance(value, list) and all(isinstance(item, str) for item in value))
                for value in fields.values()
            )
            for fields in given.values()
        )
        wanted = "a table of tables of strings or lists of strings"
    elif Mapping[str, Mapping[str, str]] in members:
        fits = isinstance(given, dict) and all(
            isinstance(inner, dict) and all(isinstance(item, str) for item in inner.values())
            for inner in given.values()
        )
        wanted = "a table of tables of strings"
    elif Mapping[str, Severity] in members or Mapping[str, str] in members:
        fits = isinstance(given, dict) and all(isinstance(item, str) for item in given.values())
        wanted = "a table of strings"
    elif int in members:
        fits = isinstance(given, int) and not isinstance(given, bool) and given >= 0
        wanted = "a whole number, 0 or more"
    else:
        fits, wanted = isinstance(given, str), "a string"
    if not fits:
        raise _refused(path, line, f"[{table}] {key} must be {wanted}, not {given!r}")
    choices = _CHOICES.get((table, key))
    for item in given if isinstance(given, list) else (given,):
        if choices and item not in choices:
            wanted = " or ".join(f'"{choice}"' for choice in choices)
            raise _refused(path, line, f'[{table}] {key} must be {wanted}, not "{item}"')
        pattern, wanted = _PATTERNS.get((table, key), ("", ""))
        if pattern and not re.fullmatch(pattern, str(item)):
            raise _refused(path, line, f'[{table}] {key} must be {wanted}, not "{item}"')


# What no XML document may hold (XML 1.0, production 2), though TOML has escapes for it.
_FORBIDDEN = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _writable(path: Path, line: int | None, where: str, given: object) -> None:
    """Refuse characters that no output could hold."""
    if isinstance(given, dict):
        for key, value in given.items():
            _writable(path, line, where, [key, value])
    elif isinstance(given, list):
        for value in given:
            _writable(path, line, where, value)
    elif isinstance(given, str) and (found := _FORBIDDEN.search(given)):
        code = f"U+{ord(found[0]):04X}"
        raise _refused(path, line, f"{where} holds the control character {code}", "leave it out")


def _unknown(path: Path, line: int | None, what: str, known: list[str], kind: str) -> ConfigError:
    import difflib

    name = what.split()[-1].strip("[]")
    near = difflib.get_close_matches(name, known, n=1)
    hint = f"did you mean `{near[0]}`?" if near else f"the {kind}s are: {', '.join(known)}"
    return _refused(path, line, f"{what} is not a setting of teikit", hint)


def _refused(path: Path, line: int | None, reason: str, *hints: str) -> ConfigError:
    location = Location(path.name, line)
    return ConfigError(RULES["TK901"].at(location, f"{path.name}: {reason}", hints=hints))


def _line(text: str, key: str, table: str | None = None) -> int | None:
    """The line (from 1) on which a table or a key stands; tomllib does not tell."""
    inside = table is None
    for number, line in enumerate(text.splitlines(), 1):
        header = re.match(r"\s*\[+\s*([^\]]+?)\s*\]", line)
        if header:
            if header[1] == (key if table is None else f"{table}.{key}"):
                return number
            inside = header[1] == table
        elif inside and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=", line):
            return number
    return None

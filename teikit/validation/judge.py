"""Which schema judges a file, and what it has to say: a file at a time, in any process."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from teikit.diagnostics import RULES, Diagnostic, Location, Severity
from teikit.errors import TeikitError
from teikit.names import TEI
from teikit.source import Source
from teikit.validation.models import Head, Model, read_head
from teikit.validation.resolve import Resolved, resolve_chain

if TYPE_CHECKING:
    from teikit.validation.store import Store

Locate = Callable[[str], "Path | Diagnostic | None"]


class Grammar(Protocol):
    """A schema that has been loaded. ``key`` changes with its content and that of its parts."""

    name: str
    engine: str

    @property
    def version(self) -> str:
        """A few digits that tell one state of the schema from another."""

    @property
    def key(self) -> str:
        """What the verdicts on unchanged files depend on."""

    def iter_diagnostics(self, source: Source) -> Iterator[Diagnostic]:
        """What is wrong with a document under the schema; nothing where it is valid."""

    def save(self) -> None:
        """Keep what was learnt for the next run."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What decides which schema judges a file; the same for a whole run.

    ``schemas`` (paths or URLs) judge every file, in order; ``stated`` says that they come from the
    command line. Without any, each file's own ``xml-model`` instructions count.
    """

    root: Path
    schemas: tuple[str, ...] = ()
    folder: Path = field(default_factory=Path)  # what the paths of ``schemas`` start from
    where: Location = field(default_factory=lambda: Location("."))
    catalogs: tuple[str, ...] = ()
    stated: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found in a file, and the labels of the schemas that judged it."""

    findings: tuple[Diagnostic, ...]
    judged_by: tuple[str, ...] = ()


class Judge:
    """Judges files, each with the schemas that are meant for it. Loads every schema once."""

    def __init__(self, settings: Settings) -> None:
        """Nothing is loaded before the first file that needs it."""
        self.settings = settings
        self._grammars: dict[Path, Grammar | tuple[Diagnostic, ...]] = {}
        self._catalog = None
        if settings.catalogs:
            from teikit.validation.catalog import catalogs

            self._catalog = catalogs(settings.catalogs, settings.root)
        self._chosen: tuple[tuple[Grammar, ...], tuple[Diagnostic, ...]] | None = None

    def grammars(
        self, name: str, path: Path, head: Head
    ) -> tuple[tuple[Grammar, ...], tuple[Diagnostic, ...]]:
        """The schemas for a file, and what is to be said of those that cannot be used."""
        settings = self.settings
        if settings.schemas:
            if self._chosen is None:
                self._chosen = self._gather(settings.schemas, settings.folder, settings.where)
            return self._chosen
        found, findings = self._gather(head.models, path.parent, Location(name))
        if not found and not any(item.severity is not Severity.INFO for item in findings):
            findings = (*findings, _no_schema(name))
        return found, findings

    @cached_property
    def _store(self) -> Store | None:
        """The pinned schemas of the corpus, if it has any."""
        from teikit.validation.store import LOCK, Store

        return Store(self.settings.root) if (self.settings.root / LOCK).exists() else None

    def _gather(
        self, sources: Iterable[Model | str], folder: Path, where: Location
    ) -> tuple[tuple[Grammar, ...], tuple[Diagnostic, ...]]:
        found: list[Grammar] = []
        findings: list[Diagnostic] = []
        for source in sources:
            resolved = resolve_chain(
                source,
                folder=folder,
                root=self.settings.root,
                where=where,
                catalog=self._catalog,
                store=self._store if self._by_url(source) else None,
            )
            if isinstance(resolved, Diagnostic):
                findings.append(resolved)
                continue
            grammar = self._load(resolved)
            if isinstance(grammar, tuple):
                findings += grammar
            elif grammar not in found:
                found.append(grammar)
                findings += getattr(grammar, "conflicts", ())
        return tuple(found), tuple(dict.fromkeys(findings))

    @staticmethod
    def _by_url(source: Model | str) -> bool:
        """Whether a schema may be named by a URL, so that the store is to be asked."""
        href = source if isinstance(source, str) else source.href
        return ":" in href

    def _load(self, resolved: Resolved) -> Grammar | tuple[Diagnostic, ...]:
        if resolved.path not in self._grammars:
            try:
                self._grammars[resolved.path] = load_grammar(resolved, self._locate)
            except TeikitError as error:
                self._grammars[resolved.path] = error.diagnostics
        return self._grammars[resolved.path]

    def _locate(self, url: str) -> Path | Diagnostic | None:
        """The file on this machine that serves for a URL which a schema includes."""
        mapped = self._catalog.resolve(url) if self._catalog else None
        return mapped or (self._store.lookup(url) if self._store else None)

    def judge(self, name: str, path: Path, *, named: bool = True) -> Verdict:
        """What is wrong with a file: that it cannot be read, is not well-formed, is not valid.

        ``named`` says that somebody named this very file: that it is not TEI is then a warning.
        """
        try:
            source = Source(name, path=path)
        except OSError as error:
            return Verdict((unreadable(name, error),))
        head = read_head(source.window(0, 65_536))
        if head.root and not is_tei(head) and not self.settings.stated:
            return Verdict(tuple(foreign(name, path, head, named=named)))
        grammars, findings = self.grammars(name, path, head)
        return self.judge_with(source, grammars, findings)

    def judge_with(
        self,
        source: Source,
        grammars: tuple[Grammar, ...],
        findings: tuple[Diagnostic, ...] = (),
    ) -> Verdict:
        """The verdict of some grammars on a document; without any, whether it is well-formed."""
        found = list(findings)
        labels = []
        for grammar in grammars:
            try:
                found += grammar.iter_diagnostics(source)
                labels.append(label(grammar))
            except TeikitError as error:
                found += error.diagnostics
            except OSError as error:
                return Verdict((unreadable(source.name, error),))
        if not grammars:
            from teikit import wellformed

            broken = wellformed.scan(source.data(), source.name)
            found += [broken] if isinstance(broken, Diagnostic) else []
        return Verdict(tuple(dict.fromkeys(found)), tuple(labels))

    def save(self) -> None:
        """Let the schemas keep what they have learnt."""
        for grammar in self._grammars.values():
            if not isinstance(grammar, tuple):
                grammar.save()


def load_grammar(resolved: Resolved, locate: Locate | None = None) -> Grammar:
    """The grammar in a schema file; ``locate`` gives the files for URLs that it includes.

    Raises TeikitError (SchemaError) when it cannot be used.
    """
    if resolved.kind == "xsd":
        from teikit.validation import xsd

        return xsd.load_schema(resolved.path, resolved.name, locate)
    from teikit.validation.relaxng.schema import Schema

    return Schema.load(resolved.path, resolved.name, locate)


def label(grammar: Grammar) -> str:
    """How reports name a schema, its version and its engine."""
    return f"{grammar.name} ({grammar.engine}, version {grammar.version})"


def is_tei(head: Head) -> bool:
    """Whether the root element is that of a TEI P5 file."""
    return head.namespace == TEI and head.root in ("TEI", "teiCorpus")


def foreign(name: str, path: Path, head: Head, *, named: bool) -> Iterator[Diagnostic]:
    """What is to be said of a file that is not TEI: it is left out, or it is not even XML.

    A warning where somebody named this very file, else a remark.
    """
    from teikit import wellformed

    try:
        broken = wellformed.scan(Source(name, path=path).data(), name)
    except OSError as error:
        yield unreadable(name, error)
        return
    if isinstance(broken, Diagnostic):
        yield broken
        return
    finding = not_tei(name, head)
    yield finding if named else replace(finding, severity=Severity.INFO)


def not_tei(name: str, head: Head) -> Diagnostic:
    """The finding that a well-formed file is not TEI P5."""
    namespace, root = head.namespace, head.root
    hints: tuple[str, ...] = ()
    if root in ("TEI", "teiCorpus"):
        hints = (f'write <{root} xmlns="{TEI}">',)
    elif root in ("TEI.2", "teiCorpus.2"):
        hints = ("this is TEI P4; convert it to P5 first",)
    return RULES["TK007"].at(
        Location(name, head.line, head.column, f"/{root}"),
        f"the root element is <{root}>"
        + (f" in the namespace {namespace}" if namespace else " in no namespace")
        + "; the file was left out",
        expected=("TEI", "teiCorpus"),
        hints=hints,
    )


def unreadable(name: str, error: OSError) -> Diagnostic:
    """The finding that a file cannot be read."""
    reason = error.strerror or (error.args[-1] if error.args else type(error).__name__)
    return RULES["TK001"].at(Location(name), f"the file cannot be read: {reason}")


def _no_schema(name: str) -> Diagnostic:
    return RULES["TK110"].at(
        Location(name),
        "no schema judged the file",
        hints=("name one: teikit.toml [corpus] schema, --schema, or an xml-model in the file",),
    )

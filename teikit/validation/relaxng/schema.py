"""A RELAX NG schema ready for use: load it once, judge any number of documents."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from teikit import cache
from teikit.diagnostics import Diagnostic, Severity, pack, unpack
from teikit.source import Source
from teikit.validation.relaxng import stream
from teikit.validation.relaxng.automaton import Automaton
from teikit.validation.relaxng.numbering import numbered
from teikit.validation.relaxng.patterns import ExplosionError, Patterns
from teikit.validation.relaxng.tree import Node, Place, SchemaError, fault

if TYPE_CHECKING:
    from lxml import etree

    from teikit.validation.relaxng.explain import Explainer

Locate = Callable[[str], "Path | Diagnostic | None"]


class Schema:
    """A RELAX NG schema (XML or compact syntax) as an automaton that grows with its use.

    ``conflicts`` are warnings: attributes that are IDs in one place and none in another (RELAX NG
    DTD Compatibility, section 5), which do not make the schema unusable.

    ``name`` is what findings in the schema itself are located in. Objects are not shared between
    threads; they may be sent to other processes, where they are loaded anew (from the cache, if
    there is one).
    """

    engine = "teikit RELAX NG"

    def __init__(self, path: Path, name: str, content: str, locate: Locate | None = None) -> None:
        """Use :meth:`load`. ``content`` is the digest of the file."""
        self.path = path
        self.name = name
        self._content = content
        folder = str(path.resolve().parent)
        self._entry = cache.digest(content, folder, path.suffix, cache.stamp())
        self._locate = locate
        self._parts: tuple[tuple[str, str], ...] = ()
        self.conflicts: tuple[Diagnostic, ...] = ()
        self._automaton: Automaton | None = None
        self._explainer: Explainer | None = None
        self._kept = 0

    @classmethod
    def load(
        cls, path: str | Path, name: str | None = None, locate: Locate | None = None
    ) -> Schema:
        """The schema in a file (``.rng`` or ``.rnc``), made ready or taken from the cache.

        ``locate`` gives the file for a URL that the schema includes; nothing is fetched. Raises
        SchemaError when the schema cannot be read or breaks a rule of RELAX NG.
        """
        path = Path(path)
        shown = name or path.name
        data = _read(path, shown)
        schema = cls(path, shown, cache.digest(data), locate)
        parts = cache.read("schemas", f"{schema._entry}.parts")
        if parts is not None and all(_digest(part) == known for part, known in parts[0]):
            schema._parts = parts[0]
            schema.conflicts = tuple(unpack(item, shown) for item in parts[1])
        else:
            schema._compile(data)
        return schema

    @property
    def key(self) -> str:
        """A digest of the schema with all its parts: what verdicts depend on."""
        return cache.digest(self._entry, *(known for _, known in self._parts))

    @property
    def version(self) -> str:
        """Eight digits that change when the schema does, the same on every machine."""
        return cache.digest(self._content, *(known for _, known in self._parts))[:8]

    @property
    def automaton(self) -> Automaton:
        """The automaton, from the cache where that has it."""
        if self._automaton is None:
            kept = cache.read("schemas", self._entry)
            if kept is None:
                self._compile(_read(self.path, self.name))
            else:
                self._automaton = _restored(kept)
        assert self._automaton is not None
        return self._automaton

    def _compile(self, data: bytes) -> None:
        from teikit.validation.relaxng import restrictions, simplify, syntax

        path, name = self.path, self.name
        try:
            if path.suffix == ".rnc":
                from teikit.validation.relaxng import compact

                root = compact.read(data, str(path))
            else:
                root = syntax.read(data, str(path))
            grammar = simplify.simplify(root, self._load)
            restrictions.check(grammar)
            self._automaton = Automaton(numbered(grammar))
        except SchemaError as error:
            raise SchemaError(
                [_renamed(item, str(path), name) for item in error.diagnostics]
            ) from error
        except (ExplosionError, RecursionError) as error:
            raise _exploded(name) from error
        self._parts = tuple((part, _digest(part)) for part in grammar.files if Path(part) != path)
        self.conflicts = tuple(
            replace(_renamed(item, str(path), name), severity=Severity.WARNING)
            for item in restrictions.id_conflicts(grammar)
        )
        self._automaton.grown = 1
        self.save()
        packed = tuple(pack(item) for item in self.conflicts)
        cache.write((self._parts, packed), "schemas", f"{self._entry}.parts")

    def _load(self, target: str, kind: str, place: Place) -> Node:
        """A schema that this one includes, by its path or URL."""
        from teikit.validation.relaxng import references

        found = self._locate(target) if self._locate and references.is_url(target) else None
        if isinstance(found, Diagnostic):
            raise SchemaError(found)
        return references.load_file(str(found or target), kind, place)

    def save(self) -> None:
        """Keep what the automaton has learnt for the next run, where there is something new."""
        if self._automaton is None or self._automaton.grown <= self._kept:
            return
        from teikit.validation.relaxng import regex

        self._kept = self._automaton.grown
        cache.write(
            (self._automaton.patterns.dump(), self._automaton.dump(), regex.translations()),
            "schemas",
            self._entry,
        )

    def __reduce__(self) -> tuple[Any, ...]:
        """Another process loads the schema from its file."""
        return (Schema.load, (self.path, self.name))

    # -- judging ---------------------------------------------------------------------------------

    def is_valid(self, source: Path | str | bytes | Source | etree._Element) -> bool:
        """Whether a document is well-formed and valid.

        ``source`` is a path, the bytes of a document, or an lxml tree. Raises OSError when a file
        cannot be read, SchemaError when the schema explodes.
        """
        try:
            return stream.is_valid(self.automaton, _source(source))
        except (ExplosionError, RecursionError) as error:
            raise _exploded(self.name) from error

    def iter_diagnostics(
        self, source: Path | str | bytes | Source | etree._Element, name: str | None = None
    ) -> Iterator[Diagnostic]:
        """The mistakes of a document, each once, in reading order; none where it is valid.

        ``name`` is the path that locations carry. A document that is not well-formed is read as far
        as it goes. Raises as :meth:`is_valid`.
        """
        made = _source(source, name)
        if self.is_valid(made):
            return
        if self._explainer is None:
            from teikit.validation.relaxng.explain import Explainer

            self._explainer = Explainer(self.automaton)
        try:
            yield from self._explainer.explain(made)
        except (ExplosionError, RecursionError) as error:
            raise _exploded(self.name) from error

    def validate(
        self, source: Path | str | bytes | Source | etree._Element, name: str | None = None
    ) -> tuple[Diagnostic, ...]:
        """All mistakes of a document; see :meth:`iter_diagnostics`."""
        return tuple(self.iter_diagnostics(source, name))


def _source(
    source: Path | str | bytes | Source | etree._Element, name: str | None = None
) -> Source:
    if isinstance(source, Source):
        return source
    if isinstance(source, bytes):
        return Source(name or "document", source)
    if isinstance(source, str | Path):
        return Source(name or str(source), path=Path(source))
    from lxml import etree

    return Source(name or "document", etree.tostring(source, encoding="UTF-8"))


def _exploded(name: str) -> SchemaError:
    return SchemaError(
        fault(
            Place(name, 0, 0),
            "the schema explodes: one step through a document has too many possibilities",
            "look for an interleave or a choice of repeated parts that can match the same elements",
        )
    )


def _renamed(finding: Diagnostic, path: str, name: str) -> Diagnostic:
    if finding.location.path != path:
        return finding
    return replace(finding, location=replace(finding.location, path=name))


def _read(path: Path, name: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise SchemaError(
            fault(Place(name, 0, 0), f"the schema cannot be read: {reason}")
        ) from error


def _digest(path: str) -> str:
    try:
        return cache.digest(Path(path).read_bytes())
    except OSError:
        return ""


def _restored(kept: tuple[Any, ...]) -> Automaton:
    from teikit.validation.relaxng import regex

    patterns = Patterns()
    patterns.restore(kept[0])
    regex.remember(kept[2])
    automaton = Automaton.__new__(Automaton)
    automaton.prepare(patterns)
    automaton.restore(kept[1])
    return automaton

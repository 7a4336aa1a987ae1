"""A RELAX NG schema ready for use: load it once, judge any number of documents."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from teikit import cache
from teikit.diagnostics import Diagnostic
from teikit.validation.relaxng import stream
from teikit.validation.relaxng.automaton import Automaton
from teikit.validation.relaxng.patterns import ExplosionError, Patterns
from teikit.source import Source
from teikit.validation.relaxng.tree import Node, Place, SchemaError, fault

if TYPE_CHECKING:
    from lxml import etree

    from teikit.validation.relaxng.explain import Explainer

Load = Callable[[str, str, Place], Node]


class Schema:
    """A RELAX NG schema (XML or compact syntax) as an automaton that grows with its use.

    ``name`` is what findings in the schema itself are located in, ``version`` eight digits of the
    digest of its content. Objects are not shared between threads; they may be sent to other
    processes, where they are loaded anew (from the cache, if there is one).
    """

    engine = "teikit RELAX NG"

    def __init__(self, path: Path, name: str, key: str, automaton: Automaton) -> None:
        """Use :meth:`load`."""
        self.path = path
        self.name = name
        self.key = key
        self.automaton = automaton
        self.conflicts: tuple[Diagnostic, ...] = ()
        self._explainer: Explainer | None = None
        self._kept = 0

    @property
    def version(self) -> str:
        """Eight digits that change when the schema does."""
        return self.key[:8]

    @classmethod
    def load(cls, path: str | Path, name: str | None = None, load: Load | None = None) -> Schema:
        """The schema in a file (``.rng`` or ``.rnc``), made ready or taken from the cache.

        ``load`` gives the files that the schema includes; without it those on this machine are
        read. Raises SchemaError when the schema cannot be read or breaks a rule of RELAX NG.
        """
        path = Path(path)
        shown = name or path.name
        try:
            data = path.read_bytes()
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise SchemaError(
                fault(Place(shown, 0, 0), f"the schema cannot be read: {reason}")
            ) from error
        key = cache.digest(data, str(path.resolve().parent), path.suffix, cache.stamp())
        kept = cache.read("schemas", key)
        if kept is not None and _unchanged(kept[0]):
            schema = cls(path, shown, key, _restored(kept))
        else:
            schema = cls._compile(path, shown, key, data, load)
        return schema

    @classmethod
    def _compile(cls, path: Path, name: str, key: str, data: bytes, load: Load | None) -> Schema:
        from teikit.validation.relaxng import restrictions, simplify, syntax

        try:
            if path.suffix == ".rnc":
                from teikit.validation.relaxng import compact

                root = compact.read(data, str(path))
            else:
                root = syntax.read(data, str(path))
            grammar = simplify.simplify(root, load or simplify.load_file)
            restrictions.check(grammar)
            patterns = Patterns(grammar)
            automaton = Automaton(patterns)
        except SchemaError as error:
            raise SchemaError([_renamed(item, str(path), name) for item in error.diagnostics]) from error
        except (ExplosionError, RecursionError) as error:
            raise _exploded(name) from error
        schema = cls(path, name, key, automaton)
        others = [item for item in grammar.files if Path(item) != path]
        schema._dependencies = tuple((item, _digest(item)) for item in others)
        schema.conflicts = restrictions.id_conflicts(grammar)
        automaton.grown = 1
        schema.save()
        return schema

    _dependencies: tuple[tuple[str, str], ...] = ()

    def save(self) -> None:
        """Keep what the automaton has learnt for the next run, where it is worth while."""
        if self.automaton.grown <= self._kept:
            return
        from teikit.validation.relaxng import regex

        self._kept = self.automaton.grown
        cache.write(
            (
                self._dependencies,
                self.automaton.patterns.dump(),
                self.automaton.dump(),
                dict(regex.translations()),
            ),
            "schemas",
            self.key,
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


def _source(source: object, name: str | None = None) -> Source:
    if isinstance(source, Source):
        return source
    if isinstance(source, bytes):
        return Source(name or "document", source)
    if isinstance(source, str | Path):
        return Source(name or str(source), path=Path(source))
    from lxml import etree

    return Source(name or "document", etree.tostring(source, encoding="UTF-8"))  # type: ignore[arg-type]


def _exploded(name: str) -> SchemaError:
    return SchemaError(
        fault(
            Place(name, 0, 0),
            "the schema explodes: one step through a document has too many possibilities",
            "look for an interleave or a choice of repeated parts that can match the same elements",
        )
    )


def _renamed(finding: Diagnostic, path: str, name: str) -> Diagnostic:
    from dataclasses import replace

    if finding.location.path != path:
        return finding
    return replace(finding, location=replace(finding.location, path=name))


def _digest(path: str) -> str:
    try:
        return cache.digest(Path(path).read_bytes())
    except OSError:
        return ""


def _unchanged(dependencies: tuple[tuple[str, str], ...]) -> bool:
    return all(_digest(path) == known for path, known in dependencies)


def _restored(kept: tuple[Any, ...]) -> Automaton:
    from teikit.validation.relaxng import regex

    patterns = Patterns()
    patterns.restore(kept[1])
    regex.remember(kept[3])
    automaton = Automaton.__new__(Automaton)
    automaton.prepare(patterns)
    automaton.restore(kept[2])
    return automaton



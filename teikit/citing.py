"""Who is cited: from the words of a command to records, and from records to a format."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import replace

from teikit.bibliography import record
from teikit.citations import FORMATS
from teikit.citations.options import Options
from teikit.collation import sort_key
from teikit.config import Config
from teikit.diagnostics import RULES, Location
from teikit.errors import UnknownDocumentError
from teikit.facts import Facts
from teikit.links import Entity, Group, Links
from teikit.locators import LEAVES, leaves_of, located, on_leaf
from teikit.lookup import Answer, Passage, Whole, look_up
from teikit.overrides import verify
from teikit.passages import Unit
from teikit.record import Locator, Record, limited
from teikit.references import bibliography_records, reference_record
from teikit.rows import Row


def records(links: Links, names: Sequence[str] = (), at: str = "") -> list[Record]:
    """The neutral records of what is named, in the order of the names.

    A name is that of a document (its original is meant), of a version or of its file, or of a
    passage: ``d04#12``, ``d04-ru#12-14``, the ``xml:id`` of a unit; of a work that a register or a
    list of references describes; or of a file of such works, all of which are meant. Without names,
    every version of every document. ``at`` (``paragraph=12``, ``folio=3``) is a passage in each of
    those documents named.

    Raises UnknownDocumentError where the corpus has nothing of that name, ConfigError where
    ``[citation]`` cannot be used.
    """
    verify(links)
    if names:
        return [item for name in names for item in _named(links, name, at)]
    return [
        _whole(links, group, version, at) for group in links.groups for version in group.versions
    ]


def _named(links: Links, name: str, at: str) -> Iterator[Record]:
    answer = look_up(links, name, ("document", "passage"))
    for target in answer.targets:
        if isinstance(target, Whole):
            yield _whole(links, target.group, target.versions[0], at)
            return
        if isinstance(target, Passage):
            yield _passage(links, target.group, target.version, target.rows)
            return
    works = list(_works(links, name))
    if not works:
        raise _unknown(links, answer)
    yield from works


def _works(links: Links, name: str) -> Iterator[Record]:
    """The work of a key (``wo-x``, ``works.xml#wo-x``), or all of a file."""
    paths = [facts.path for facts in links.facts if _is_file(facts, name)]
    if paths:
        yield from bibliography_records(links, paths)
        return
    file, hash_sign, key = name.rpartition("#")
    if hash_sign and not any(_is_file(facts, file) for facts in links.facts):
        return
    if found := reference_record(links, key):
        yield found


def _is_file(facts: Facts, name: str) -> bool:
    return name in (facts.path, posixpath.basename(facts.path))


def bibliography(links: Links, names: Sequence[str] = ()) -> list[Record]:
    """The works that lists of references and registers describe: all, or those in some files.

    A file is named by its path or name, or as the document that it holds. Raises
    UnknownDocumentError where the corpus has no such file, or it describes no work.
    """
    verify(links)
    if not names:
        return list(bibliography_records(links))
    found: list[Record] = []
    for name in names:
        paths = [facts.path for facts in links.facts if _is_file(facts, name) or facts.id == name]
        works = list(bibliography_records(links, paths)) if paths else []
        if not works:
            reason = (
                f"{paths[0]} describes no work" if paths else f"the corpus has no file “{name}”"
            )
            hint = "works are described in listBibl, biblStruct, bibl, msDesc"
            raise UnknownDocumentError(RULES["TK903"].at(Location(name), reason, hints=(hint,)))
        found += works
    return found


def _whole(links: Links, group: Group, version: Facts, at: str) -> Record:
    if not at:
        return record(links, group, version)
    unit, _, value = at.partition("=")
    if unit in LEAVES:
        rows = on_leaf(links, group, version, value)
        known = [name for ends in leaves_of(links, version).values() for name in ends]
    else:
        rows = _rows(group, version, unit, value)
        known = [
            item.steps[-1][1] for item in version.units if item.steps and item.steps[-1][0] == unit
        ]
    if not rows:
        hint = f"it has {unit} {known[0]} to {known[-1]}" if any(known) else _units(version)
        message = f"{version.id} has no {unit} {value}"
        raise UnknownDocumentError(RULES["TK903"].at(Location(version.id), message, hints=(hint,)))
    cited = _passage(links, group, version, rows)
    if unit in LEAVES:
        leaf = Locator("", unit if unit == "page" else "folio", value, (), value)
        return replace(cited, id=f"{version.id}#{unit}={value}", locator=leaf)
    return cited


def _units(version: Facts) -> str:
    kinds = dict.fromkeys(unit.steps[-1][0] for unit in version.units if unit.steps)
    return f"it is cited by {', '.join(kinds)}" if kinds else "nothing in it can be cited so"


def _rows(group: Group, version: Facts, unit: str, value: str) -> tuple[Row, ...]:
    """The rows of one number, or from one to another, of what ``citeStructure`` calls ``unit``."""
    column = group.versions.index(version)

    def of(number: str) -> list[int]:
        return [
            place
            for place, row in enumerate(group.rows)
            if (cell := row.cells[column]) and (unit, number) in cell.steps
        ]

    first, hyphen, last = value.partition("-")
    if hyphen and not of(value) and of(first) and of(last):
        return group.rows[of(first)[0] : of(last)[-1] + 1]
    return tuple(group.rows[place] for place in of(value))


def _passage(links: Links, group: Group, version: Facts | None, rows: Sequence[Row]) -> Record:
    """The record of a passage, in the original unless a version was named or lacks it."""
    for column, facts in enumerate(group.versions):
        units: list[Unit] = [unit for row in rows if (unit := row.cells[column])]
        if units and version in (None, facts):
            return located(links, group, facts, record(links, group, facts), units)
    raise AssertionError("a passage has a unit in some version")


def _unknown(links: Links, answer: Answer) -> UnknownDocumentError:
    name = answer.word
    entity = next(
        (item for item in look_up(links, name, ("entity",)).targets if isinstance(item, Entity)),
        None,
    )
    if entity and not answer.reason:
        message = f"“{name}” is a {entity.entry.kind} in {entity.path}, which is not cited"
        hint = f"to see what mentions it: teikit show {entity.key}"
        raise UnknownDocumentError(RULES["TK903"].at(Location(name), message, hints=(hint,)))
    known = [key for group in links.groups for key in (group.id, *(v.id for v in group.versions))]
    near = [word for word, _ in answer.nearest]
    hint = (
        f"did you mean {' or '.join(near[:2])}?"
        if near
        else f"the documents are: {', '.join(known[:40]) or 'none'}"
    )
    message = answer.reason or f"the corpus has no document “{name}”"
    return UnknownDocumentError(RULES["TK903"].at(Location(name), message, hints=(hint,)))


# -- writing -------------------------------------------------------------------------------------

# What a list can be put in order by; every record has an answer, undated ones come last.
ORDERS = ("given", "author", "title", "date")


def ordered(found: Sequence[Record], by: str, language: str = "") -> list[Record]:
    """Records in order of :data:`ORDERS`: as they are given, or as readers look them up."""

    def author(item: Record) -> tuple[tuple[str, str, str], ...]:
        lang = language or item.language
        heads = [party.name(lang).listed() for party in item.authors] or [item.title]
        return tuple(sort_key(head, lang) for head in heads)

    def title(item: Record) -> tuple[str, str, str]:
        return sort_key(item.title, language or item.language)

    def date(item: Record) -> tuple[str, str]:
        return (item.date.earliest, item.date.latest) if item.date else ("9999", "9999")

    keys = {
        "author": lambda item: (author(item), date(item), title(item)),
        "title": lambda item: (title(item), date(item)),
        "date": lambda item: (date(item), author(item), title(item)),
    }
    return sorted(found, key=keys[by]) if by in keys else list(found)


def options(config: Config) -> Options:
    """How ``[citation]`` wants citations written."""
    return Options(config.citation.style, config.citation.language or "")


def cite(
    links: Links,
    names: Sequence[str] = (),
    form: str = "text",
    how: Options | None = None,
    *,
    places: Sequence[str] = (),
    at: str = "",
    order: str = "given",
    works: bool = False,
) -> str:
    """Citations in one of ``citations.FORMATS``.

    ``how`` and ``places`` (some of ``record.PLACES``) replace what the format wants and what
    ``[citation]`` says;
    ``names`` and ``at`` are as in :func:`records`, ``order`` as in :func:`ordered`; with ``works``
    what :func:`bibliography` gives for the names is cited instead. Raises
    UnknownDocumentError and ConfigError as :func:`records` does.
    """
    config = links.corpus.config
    how = how or options(config)
    wanted = places or FORMATS[form].places or config.citation.places
    chosen = bibliography(links, names) if works else records(links, names, at)
    found = [limited(item, wanted) for item in chosen]
    return FORMATS[form].write(ordered(found, order, how.language), how)

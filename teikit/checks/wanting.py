"""Headers that leave a citation wanting: what it repeats and nobody has stated.

Not every corpus states everything, and that is a choice: what most documents of a corpus lack is
told once. Where no header is more than a skeleton, nobody has thought of citations yet, and nothing
is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from teikit.diagnostics import RULES, Diagnostic, Related
from teikit.facts import Facts
from teikit.header import Header
from teikit.links import Links

_SHOWN = 8  # documents of a corpus that are named where many lack the same


@dataclass(frozen=True, slots=True)
class _Version:
    """A version, its original, and the edition that both belong to (None without one)."""

    facts: Facts
    original: Facts
    edition: Facts | None

    @property
    def header(self) -> Header:
        return self.facts.header

    def claims(self, *kinds: str) -> bool:
        """Whether its header says something of one of these kinds."""
        return any(claim.kind in kinds for claim in self.facts.claims)


@dataclass(frozen=True, slots=True)
class _Field:
    """A field of a citation: which versions want it, who states it, and where it is written.

    ``override`` is its name in ``[citation]``; ``unknown`` how one says that nobody knows it;
    ``of`` what those that want it are called.
    """

    name: str
    override: str
    where: str
    wanted: Callable[[_Version], bool]
    stated: Callable[[_Version], bool]
    unknown: str = ""
    of: str = "documents"


def _always(_version: _Version) -> bool:
    return True


def _is_letter(version: _Version) -> bool:
    """Whether persons sent it: what institutions send to nobody is a paper, not a letter."""
    senders = [claim for claim in version.facts.claims if claim.kind == "sender"]
    return bool(senders) and all(claim.element != "orgName" for claim in senders)


def _is_translation(version: _Version) -> bool:
    return any(item.type == "translationOf" for item in version.header.relations)


def _published(version: _Version) -> bool:
    return bool(version.header.published or (version.edition and version.edition.header.published))


def _publisher(version: _Version) -> bool:
    return version.claims("publisher") or bool(version.edition and version.edition.header.publisher)


FIELDS: tuple[_Field, ...] = (
    _Field(
        "author",
        "author",
        "fileDesc/titleStmt/author",
        _always,
        lambda version: any(agent.name or agent.ref for agent in version.header.named("author")),
        "of what nobody signed say so: <author>Anonymous</author>",
    ),
    _Field(
        "date",
        "date",
        "profileDesc/creation/date, with @when or @notBefore and @notAfter",
        _always,
        lambda version: bool(version.header.date or version.original.header.date),
    ),
    _Field(
        "recipient",
        "recipient",
        'profileDesc/correspDesc/correspAction[@type="received"]',
        _is_letter,
        lambda version: version.claims("received"),
        'of a letter to nobody knows whom say so: <correspAction type="received"><p>Not known</p>'
        "</correspAction>",
        "letters",
    ),
    _Field(
        "shelfmark",
        "shelfmark",
        "fileDesc/sourceDesc/msDesc/msIdentifier/idno",
        lambda version: version.header.repository is not None,
        lambda version: bool(version.header.shelfmark),
        of="documents with a repository",
    ),
    _Field(
        "translator",
        "translator",
        'fileDesc/titleStmt/respStmt/resp[@key="translator"]',
        _is_translation,
        lambda version: bool(version.header.named("translator") or version.header.named("trl")),
        of="translations",
    ),
    _Field(
        "language",
        "",
        "profileDesc/langUsage/language/@ident, or xml:lang on text",
        _always,
        lambda version: bool(version.facts.lang),
    ),
    _Field("publisher", "", "fileDesc/publicationStmt/publisher", _always, _publisher),
    _Field("year of the edition", "", "fileDesc/publicationStmt/date", _always, _published),
)


@dataclass(frozen=True, slots=True)
class _Lack:
    """A field that some versions of a document do not state."""

    field: _Field
    document: str
    versions: tuple[Facts, ...]


def check(links: Links) -> Iterator[Diagnostic]:
    """TK606: a citation wants what the header does not state."""
    if not any(map(_describes, links.facts)):
        return
    edition = next((facts for facts in links.facts if facts.role == "edition"), None)
    wanting = dict.fromkeys((field.name for field in FIELDS), 0)
    lacks: dict[str, list[_Lack]] = {}
    for name, versions in links.clusters:
        seen = [_Version(facts, versions[0], edition) for facts in versions]
        for field in FIELDS:
            asked = [version for version in seen if field.wanted(version)]
            wanting[field.name] += bool(asked)
            left = [version.facts for version in asked if not _stated(links, name, field, version)]
            if left:
                lacks.setdefault(field.name, []).append(_Lack(field, name, tuple(left)))
    single: dict[str, list[_Lack]] = {}
    habits: dict[tuple[str, tuple[str, ...]], list[_Lack]] = {}
    for key, found in lacks.items():
        if len(found) > 1 and 2 * len(found) > wanting[key]:
            lacking = tuple(lack.document for lack in found)
            habits.setdefault((found[0].field.of, lacking), []).append(found[0])
        else:
            for lack in found:
                single.setdefault(lack.document, []).append(lack)
    for (_, documents), firsts in habits.items():
        yield _habit(links, documents, firsts, wanting[firsts[0].field.name])
    for document, missing in single.items():
        yield _one(document, missing)


def _describes(facts: Facts) -> bool:
    """Whether a header says anything of its document beside the title."""
    header = facts.header
    of_source = header.repository or header.shelfmark or header.source
    return facts.role == "document" and bool(facts.claims or of_source)


def _stated(links: Links, document: str, field: _Field, version: _Version) -> bool:
    config = links.corpus.config.citation
    told = (
        config.mapping,
        *(config.documents.get(key, {}) for key in (document, version.facts.id)),
    )
    return field.stated(version) or any(field.override in table for table in told)


def _names(lacks: list[_Lack]) -> str:
    return ", ".join(lack.field.name for lack in lacks)


def _hints(lacks: list[_Lack]) -> list[str]:
    return [lack.field.unknown for lack in lacks if lack.field.unknown]


def _places(lacks: list[_Lack]) -> list[str]:
    return [f"{lack.field.name}: {lack.field.where}" for lack in lacks]


def _one(document: str, lacks: list[_Lack]) -> Diagnostic:
    first = lacks[0].versions[0]
    others = dict.fromkeys(facts for lack in lacks for facts in lack.versions if facts is not first)
    return RULES["TK606"].at(
        first.location,
        f"a citation of {document} wants what its header does not state: {_names(lacks)}",
        expected=_places(lacks),
        hints=_hints(lacks),
        related=[Related(f"nor does that of {facts.id}", facts.location) for facts in others],
    )


def _habit(
    links: Links, documents: tuple[str, ...], lacks: list[_Lack], wanting: int
) -> Diagnostic:
    count = f"all {wanting}" if len(documents) == wanting else f"{len(documents)} of {wanting}"
    shown = frozenset(documents[1 : _SHOWN + 1])
    return RULES["TK606"].at(
        lacks[0].versions[0].location,
        f"{count} {lacks[0].field.of} lack what a citation wants and a header can state: "
        f"{_names(lacks)}",
        expected=_places(lacks),
        hints=_hints(lacks),
        related=[
            Related(f"{versions[0].id} does not either", versions[0].location)
            for name, versions in links.clusters
            if name in shown
        ],
    )

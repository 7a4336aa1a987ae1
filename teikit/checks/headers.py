"""Headers: what a citation, a list or a title page cannot do without (Guidelines, chapter 2)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace

from teikit.diagnostics import RULES, Diagnostic, Location, Related, Severity
from teikit.facts import Facts
from teikit.holdings import QuotedShelfmark
from teikit.links import Links


def check(links: Links) -> Iterator[Diagnostic]:
    """TK601: no title. TK602: two files have one identifier. TK603: nothing can be cited so.

    TK604: one file of an archive with two fonds. TK605: an enclosure is absent.
    """
    yield from _fonds(links)
    yield from _absent(links)
    yield from same_names(links)
    for facts in links.facts:
        for problem in facts.cite_problems:
            yield RULES["TK603"].at(
                problem.location,
                f"@{problem.attribute}=“{problem.expression}” is no XPath: {problem.reason}",
                hints=("paragraphs are numbered in order until it is mended",),
            )
        if facts.role == "document" and not any(title.text for title in facts.header.titles):
            yield RULES["TK601"].at(
                facts.location,
                f"the header of {facts.id} gives no title",
                expected=("teiHeader/fileDesc/titleStmt/title",),
                hints=("write the title by which the document is to be cited",),
            )


def same_names(links: Links) -> Iterator[Diagnostic]:
    """TK602: two files, or two documents, are called alike, and so would what is made of them."""
    by_id: dict[str, list[Facts]] = defaultdict(list)
    for facts in links.facts:
        by_id[facts.id].append(facts)
    for key, versions in links.clusters:
        # Versions of different documents may share an idno by mistake.
        if key != versions[0].id:
            by_id[key].append(versions[0])
    for key, files in by_id.items():
        for other in files[1:]:
            yield RULES["TK602"].at(
                other.location,
                f"two documents are called {key}",
                hints=("give one another xml:id on its root element (or idno of type document)",),
                related=(Related("the other file", files[0].location),),
            )


def _fonds(links: Links) -> Iterator[Diagnostic]:
    """One repository, opis and delo belong to one fond; the most frequent is taken for right."""
    quoted: dict[tuple[str, str, str], list[QuotedShelfmark]] = defaultdict(list)
    for facts in links.facts:
        for mark in facts.shelfmarks:
            entities = (links.entity(facts.path, token) for token in mark.tokens)
            holder = next((entity.key for entity in entities if entity), mark.repository.casefold())
            quoted[holder, mark.opis, mark.delo].append(mark)
    for marks in quoted.values():
        counted = Counter(mark.fond for mark in marks if not mark.mended)
        usual = counted.most_common(1)[0][0] if counted else marks[0].fond
        right = next((mark for mark in marks if mark.fond == usual), marks[0])
        for mark in marks:
            if mark.fond == usual:
                continue
            name = ", ".join(filter(None, (mark.repository, f"opis {mark.opis}, delo {mark.delo}")))
            finding = RULES["TK604"].at(
                mark.location,
                f"{name} has fond {mark.fond} here"
                + (f", mended; elsewhere {usual}" if mark.mended else f", and {usual} elsewhere"),
                hints=()
                if mark.mended
                else ("compare the source; choice, sic and corr keep what it prints",),
                related=(Related(f"fond {usual} here", right.location),),
            )
            yield replace(finding, severity=Severity.INFO) if mark.mended else finding


def _absent(links: Links) -> Iterator[Diagnostic]:
    """What a document announces and the source does not have: told once for all its versions."""
    for name, versions in links.clusters:
        told: dict[str, list[tuple[Facts, str]]] = defaultdict(list)
        for version in versions:
            for relation in version.header.relations:
                if (relation.type, relation.subtype) == ("enclosure", "absent"):
                    entity = links.entity(version.path, relation.target)
                    told[entity.key if entity else relation.target].append(
                        (version, relation.target)
                    )
        for key, places in told.items():
            yield _absent_here(links, name, key, places)


def _absent_here(
    links: Links, document: str, key: str, places: list[tuple[Facts, str]]
) -> Diagnostic:
    entity = links.entities.get(key)
    name = f"“{entity.entry.name(places[0][0].lang)}” ({key})" if entity else key
    first, *others = [_where(version, target) for version, target in places]
    return RULES["TK605"].at(
        first,
        f"the enclosure {name} of {document} is announced, but absent",
        related=[Related("said again here", place) for place in others],
    )


def _where(version: Facts, target: str) -> Location:
    """Where a header says what the document encloses."""
    return next(
        (
            pointer.location
            for pointer in version.pointers
            if (pointer.element, pointer.attribute, pointer.token)
            == ("relatedItem", "target", target)
        ),
        version.location,
    )

"""Pointers: each leads somewhere.

What leads nowhere is told once for each mistake, not once for each pointer: a file that is not
there, an id that was renamed, an attribute that is no pointer in this corpus at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from teikit.checks.ids import repeated, similar
from teikit.checks.lost import at_first, lost_file, lost_id, spaced
from teikit.checks.nearest import Nearest
from teikit.checks.renamed import renamed
from teikit.conventions import Lost
from teikit.diagnostics import RULES, Diagnostic
from teikit.links import Links

# Attributes whose files a corpus may well keep elsewhere: images, sound, a schema.
_OUTSIDE = frozenset({"facs", "url", "source", "scheme"})
# From so many on, what goes wrong in one way is told once.
_MANY = 10

Sorted = tuple[list[Diagnostic], list[Lost]]


def check(links: Links) -> Iterator[Diagnostic]:
    """TK201: no such id or file. TK202: no such file. TK206: no pattern. TK213. TK215."""
    for facts in links.facts:
        for prefix in facts.prefixes:
            if prefix.problem:
                yield RULES["TK206"].at(
                    prefix.location,
                    f"the prefix “{prefix.ident}:” cannot be used: {prefix.problem}",
                    hints=("pointers with it are taken for outside addresses until it is mended",),
                )
    nearest = Nearest()
    twice = {facts.path: repeated(facts) for facts in links.facts}
    left = [item for item in links.survey.lost if not _told(twice, item)]
    # Each explains some of what is lost and hands on the rest.
    for explain in (_spaces, renamed, _habits, _in_file):
        findings, left = explain(links, left)
        yield from findings
    for found in _gathered(left):
        code = _code(found)
        if found[0].target.state == "no-file":
            yield lost_file(code, links, found)
        else:
            yield lost_id(code, links, found, nearest)


def _told(twice: Mapping[str, frozenset[str]], item: Lost) -> bool:
    """Whether the check of ids tells it, where an id stands twice."""
    keys = twice.get(item.target.path, ()) if item.target.state == "no-id" else ()
    return any(similar(item.target.id, key) for key in keys)


def _code(found: Iterable[Lost]) -> str:
    """A missing file is no error where nothing but pictures and the like would be there."""
    outside = all(
        item.pointer.attribute in _OUTSIDE and item.target.state == "no-file" for item in found
    )
    return "TK202" if outside else "TK201"


def _by(lost: Iterable[Lost], *names: str) -> dict[tuple[str, ...], list[Lost]]:
    """What is lost by some of its traits, in order."""
    traits = {
        "path": lambda item: item.path,
        "attribute": lambda item: item.pointer.attribute,
        "style": lambda item: item.style,
        "file": lambda item: item.target.path,
        "id": lambda item: item.target.id or item.pointer.token,
    }
    groups: dict[tuple[str, ...], list[Lost]] = {}
    for item in lost:
        groups.setdefault(tuple(traits[name](item) for name in names), []).append(item)
    return groups


def _without(lost: Iterable[Lost], explained: Iterable[Lost]) -> list[Lost]:
    gone = {id(item) for item in explained}
    return [item for item in lost if id(item) not in gone]


def _spaces(links: Links, lost: list[Lost]) -> Sorted:
    """A space inside a pointer makes two pointers of it."""
    findings: list[Diagnostic] = []
    explained: list[Lost] = []
    for first, second in pairwise(lost):
        if first.pointer.location == second.pointer.location and not (
            explained and explained[-1] is first
        ):
            finding = spaced(links, first, second)
            if finding:
                findings.append(finding)
                explained += [first, second]
    return findings, _without(lost, explained)


def _habits(links: Links, lost: list[Lost]) -> Sorted:
    """An attribute of which not one pointer leads anywhere, in the whole corpus."""
    findings, explained = [], []
    for (attribute, style), found in _by(lost, "attribute", "style").items():
        if len(found) < _MANY or links.survey.found[attribute, style]:
            continue
        if style == "file" and _code(found) == "TK201":
            continue  # each file that is not there is a mistake of its own
        example = found[0].pointer.token
        told = {
            "word": f"@{attribute} holds words (“{example}”), which are no pointers",
            "#id": f"no @{attribute} in this corpus leads anywhere (“{example}”): "
            "the ids are not in its files",
            "file": f"no file that @{attribute} names is here (“{example}”)",
        }.get(style, f"no @{attribute} with this prefix leads anywhere (“{example}”)")
        hint = {
            "word": "a pointer to an xml:id begins with #; for a name use another attribute",
            "#id": "add the file that has them to the corpus",
        }.get(style, "check the path: it is relative to this file")
        code = "TK202" if style == "file" else "TK215"
        findings.append(at_first(code, found, told, hint))
        explained += found
    return findings, _without(lost, explained)


def _in_file(links: Links, lost: list[Lost]) -> Sorted:
    """An attribute of which not one pointer in a file leads anywhere, though elsewhere they do."""
    findings, explained = [], []
    for key, found in _by(lost, "path", "attribute", "style").items():
        _, attribute, style = key
        if len(found) < _MANY or key in links.survey.partly:
            continue
        if len({item.target.path for item in found}) == 1 and style == "file":
            continue  # that is a missing file, or many missing ids of one file
        told = f"no @{attribute} of this file leads anywhere (“{found[0].pointer.token}”)"
        hint = "the file or list that they point to is not in the corpus, or has other ids"
        findings.append(at_first(_code(found), found, told, hint))
        explained += found
    return findings, _without(lost, explained)


def _gathered(lost: list[Lost]) -> Iterator[list[Lost]]:
    """Pointers that want the same thing in vain: many to a file wherever, few in each file."""
    files = [item for item in lost if item.target.state == "no-file"]
    many = [found for found in _by(files, "file").values() if len(found) >= _MANY]
    yield from many
    few = _without(files, (item for found in many for item in found))
    yield from _by(few, "path", "file").values()
    for found in _by(_without(lost, files), "path", "file", "id").values():
        yield from [found] if len(found) >= _MANY else ([item] for item in found)

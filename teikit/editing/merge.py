"""Two register entries that are one thing: the one takes what the other has, and that one goes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from teikit.diagnostics import RULES, Location, Related
from teikit.editing import adopt
from teikit.editing.compare import (
    Contradiction,
    attribute_differences,
    lacks,
    own_text,
)
from teikit.editing.finding import entry_at, find_anchor
from teikit.editing.layout import pieces, with_lines
from teikit.editing.plan import Opened, Plan, Workspace
from teikit.editing.pointing import Hit, Place, Redirection, candidates, hits, is_xpointer, plan_hit
from teikit.edits import refused
from teikit.errors import EditError
from teikit.header import language
from teikit.links import Links
from teikit.names import KIND_OF_ENTRY, XML_ID, is_pointer, local


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two entries."""

    place: Place
    opened: Opened
    element: etree._Element

    @property
    def location(self) -> Location:
        return self.opened.document.locate(self.element)


def merge(links: Links, gone: str, kept: str, *, force: bool = False) -> Plan:
    """Plan to merge the entry ``gone`` into the entry ``kept`` (each ``ID`` or ``FILE#ID``).

    Pointers to the one lead to the other afterwards; what it says and the other does not is moved,
    bytes as they are; then it is removed. Raises EditError where the two are not entries of one
    kind, or contradict each other; with ``force`` the contradicting statement becomes a
    ``note type="merged"`` of the entry that is kept.
    """
    workspace = Workspace(links)
    goner, keeper = _side(workspace, gone), _side(workspace, kept)
    _alike(links, goner, keeper)
    redirection = Redirection(
        links, goner.place, keeper.place, exists=True, keys=_keys(links, goner, keeper)
    )
    span = goner.opened.spans.element(goner.opened.number[goner.element])
    rewritten: Counter[str] = Counter()
    inner: list[Hit] = []  # tokens inside the entry that goes: they go or move with it
    remarks: list[str] = []
    files = {goner.place.path, keeper.place.path}
    for opened in candidates(workspace, redirection):
        files.add(opened.path)
        for index, group in _by_value(hits(redirection, opened)):
            if opened is goner.opened and span.start <= group[0].value.begin < span.end:
                inner += group
                continue
            rewritten[opened.path] += len(group)
            _rewrite(redirection, opened, group)
            remarks += _to_itself(redirection, opened, index)
    differences = list(_differences(redirection, goner, keeper))
    verdicts = [
        (piece, lacks(keeper.element, goner.opened.elements[piece.index]))
        for piece in pieces(goner.opened, goner.element)
    ]
    contradictions = [
        item
        for item in (*differences, *(verdict for _, verdict in verdicts))
        if isinstance(item, Contradiction)
    ]
    text = own_text(goner.element)
    if text and text != own_text(keeper.element):
        contradictions.append(Contradiction("text", own_text(keeper.element), text))
    if contradictions and not force:
        raise _contradicted(goner, keeper, contradictions)
    moved = [piece for piece, verdict in verdicts if verdict is True]
    adopt.stays_reachable(links, goner.opened, goner.element, keeper.place.path, moved)
    adoption = adopt.Adoption(links, goner.opened, keeper.opened, keeper.element, inner)
    adoption.attributes([item for item in differences if not isinstance(item, Contradiction)])
    adoption.children(
        [(local(goner.opened.elements[piece.index].tag), piece) for piece in moved],
        adopt.comments(goner.opened, [piece for piece, verdict in verdicts if verdict is not True]),
        adopt.note(goner.place.id, contradictions),
    )
    goner.opened.replace(*with_lines(goner.opened, span.start, span.end), "")
    remarks += _two_main_names(keeper, [goner.opened.elements[piece.index] for piece in moved])
    remarks += _left_behind(goner)
    changes = workspace.changes()
    pointers, places = rewritten.total(), len([path for path in rewritten if rewritten[path]])
    return Plan(
        f"{goner.place.id} is merged into {keeper.place.id}: {_counted(len(moved), 'statement')} "
        f"moved, {_counted(pointers, 'pointer')} rewritten in {_counted(places, 'file')}",
        changes,
        workspace.counts(),
        tuple(dict.fromkeys(remarks)),
    )


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


# -- the two entries -----------------------------------------------------------------------------


def _side(workspace: Workspace, name: str) -> _Side:
    place, anchor = find_anchor(workspace.links, name)
    if entry_at(workspace.links, place) is None:
        raise refused(
            anchor.location,
            f"“{place.id}” is no entry of a register, but a <{anchor.element}>",
            "only entries can be merged",
        )
    opened = workspace.open(place.path)
    element = next(node for node in opened.elements if node.get(XML_ID) == place.id)
    return _Side(place, opened, element)


def _alike(links: Links, goner: _Side, keeper: _Side) -> None:
    """Make sure that the two are different entries of one kind, neither inside the other."""
    if goner.place == keeper.place:
        raise refused(goner.location, f"“{goner.place.id}” cannot be merged into itself")
    one, other = entry_at(links, goner.place), entry_at(links, keeper.place)
    assert one is not None and other is not None
    if one.kind != other.kind or goner.element.tag != keeper.element.tag:
        kinds = one.kind, other.kind
        if one.kind == other.kind:
            kinds = local(goner.element.tag), local(keeper.element.tag)
        raise refused(
            goner.location,
            f"“{goner.place.id}” is a {kinds[0]}, “{keeper.place.id}” a {kinds[1]}",
            "only entries of one kind can be merged",
        )
    if keeper.element in set(goner.element.iterancestors()):
        raise refused(goner.location, f"“{goner.place.id}” stands inside “{keeper.place.id}”")
    if goner.element in set(keeper.element.iterancestors()):
        raise refused(goner.location, f"“{keeper.place.id}” stands inside “{goner.place.id}”")


def _keys(links: Links, goner: _Side, keeper: _Side) -> tuple[str, str] | None:
    found = [
        entity.key
        for side in (goner, keeper)
        if (entity := links.entity(side.place.path, f"#{side.place.id}"))
        and entity.path == side.place.path
    ]
    return (found[0], found[1]) if len(found) == 2 else None


def _contradicted(goner: _Side, keeper: _Side, contradictions: list[Contradiction]) -> EditError:
    said = "; ".join(f"{item.about}: {item.kept} / {item.gone}" for item in contradictions)
    return EditError(
        RULES["TK905"].at(
            goner.location,
            f"“{keeper.place.id}” and “{goner.place.id}” contradict each other: {said}",
            hints=(
                "make sure that they are one, and mend the wrong statement",
                f"or keep that of {keeper.place.id} and put the other into a note: --force",
            ),
            related=(Related(f"“{keeper.place.id}” is here", keeper.location),),
        )
    )


# -- pointers ------------------------------------------------------------------------------------


def _by_value(found: Iterator[Hit]) -> Iterator[tuple[int, list[Hit]]]:
    """The tokens by the attribute they stand in, with the number of its element."""
    group: list[Hit] = []
    for hit in found:
        if group and hit.value.begin != group[0].value.begin:
            yield group[0].index, group
            group = []
        group.append(hit)
    if group:
        yield group[0].index, group


def _rewrite(redirection: Redirection, opened: Opened, group: list[Hit]) -> None:
    """Plan the tokens of one attribute: none shall lead to one place twice."""
    value = group[0].value
    ours = {hit.first: hit for hit in group}
    tokens = list(value.tokens())
    there = any(
        first not in ours and _leads_to_new(redirection, opened, group[0], token)
        for token, first, _ in tokens
    )
    kept_before = False
    for place, (_, first, last) in enumerate(tokens):
        hit = ours.get(first)
        if hit is None or is_xpointer(hit.token):
            # Two pointers to parts of one thing are not one pointer.
            kept_before = True
            if hit:
                plan_hit(opened, hit)
        elif not there:
            plan_hit(opened, hit)
            there = kept_before = True
        elif kept_before:
            opened.replace(value.bounds[tokens[place - 1][2]], value.bounds[last], "")
        else:
            opened.replace(value.bounds[first], value.bounds[tokens[place + 1][1]], "")


def _leads_to_new(redirection: Redirection, opened: Opened, hit: Hit, token: str) -> bool:
    if hit.value.name == "key":
        return redirection.keys is not None and token == redirection.keys[1]
    whole = not is_xpointer(token)
    return whole and redirection.leads(opened.path, token, hit.base, redirection.new)


def _differences(
    redirection: Redirection, goner: _Side, keeper: _Side
) -> Iterator[tuple[str, str] | Contradiction]:
    """What the tags say differently, without pointers from one of the two entries to the other."""
    for item in attribute_differences(keeper.element, goner.element):
        if isinstance(item, Contradiction) or not is_pointer(local(keeper.element.tag), item[0]):
            yield item
            continue
        tokens = [
            token
            for token in item[1].split()
            if not any(
                redirection.leads(goner.place.path, token, "", place)
                for place in (goner.place, keeper.place)
            )
        ]
        if tokens:
            yield item[0], " ".join(tokens)


def _to_itself(redirection: Redirection, opened: Opened, index: int) -> Iterator[str]:
    """A relation that relates the entry to itself from now on, or the entry if it points there."""
    element = opened.elements[index]
    if (opened.path, element.get(XML_ID)) == (redirection.new.path, redirection.new.id):
        yield f"{opened.document.locate(element)}: this entry points to itself now"
    if local(element.tag) != "relation":
        return

    def ends(name: str) -> int:
        return sum(
            redirection.leads(opened.path, token, "", place)
            for token in element.get(name, "").split()
            for place in (redirection.old, redirection.new)
        )

    if (ends("active") and ends("passive")) or ends("mutual") > 1:
        place = opened.document.locate(element)
        yield f"{place}: this relation is one of “{redirection.new.id}” with itself now"


def _two_main_names(keeper: _Side, moved: list[etree._Element]) -> Iterator[str]:
    """Languages in which both entries had a preferred name: now one entry has two."""
    kind = KIND_OF_ENTRY[local(keeper.element.tag)]

    def main(nodes: Iterable[etree._Element]) -> set[str]:
        return {
            language(node)
            for node in nodes
            if local(node.tag) in kind.names and node.get("type", "main") == "main"
        }

    for lang in sorted(main(keeper.element.iterchildren("{*}*")) & main(moved)):
        shown = f" in {lang}" if lang else ""
        yield f"{keeper.location}: “{keeper.place.id}” has two main names{shown} now"


def _left_behind(goner: _Side) -> Iterator[str]:
    parent = goner.element.getparent()
    if parent is not None and len(list(parent.iterchildren("{*}*"))) == 1:
        place = goner.opened.document.locate(parent)
        yield f"{place}: this <{local(parent.tag)}> is empty now"

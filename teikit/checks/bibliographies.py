"""Bibliographies: items of which nothing can be cited."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from teikit.diagnostics import RULES, Diagnostic, Location, Related
from teikit.items import Item
from teikit.links import Links
from teikit.text import snippet

# How many items a finding shows.
_SHOWN = 3


def check(links: Links) -> Iterator[Diagnostic]:
    """TK613: items of a list have no title, author with date, shelfmark or address marked."""
    for facts in links.facts:
        lists: dict[Location, list[Item]] = defaultdict(list)
        for item in facts.items:
            if item.list is not None:
                lists[item.list].append(item)
        for place, items in lists.items():
            loose = [item for item in items if not item.citable]
            if loose:
                yield _finding(place, items, loose)


def _finding(place: Location, items: list[Item], loose: list[Item]) -> Diagnostic:
    named = ", ".join(_name(item) for item in loose[:_SHOWN])
    more = ", …" if len(loose) > _SHOWN else ""
    one = len(items) == 1
    return RULES["TK613"].at(
        loose[0].location,
        f"{'the item' if one else f'{len(loose)} of {len(items)} items'} of this list cannot be "
        f"cited as {'it stands' if one else 'they stand'}: {named}{more}",
        expected=("title", "author and date", "idno of a shelfmark", "ref with an address"),
        hints=("mark them; until then a citation has the whole text as a note",)
        if any(item.words for item in loose)
        else ("mark them up; nothing of them is cited until then",),
        related=[
            Related("the list", place),
            *(Related("as well", item.location) for item in loose[1:_SHOWN]),
        ],
    )


def _name(item: Item) -> str:
    text = item.words or "; ".join(item.notes)
    shown = snippet(text, 0, 0, 40)[2]
    return item.id or (f"“{shown}”" if text else f"<{item.element}/>")

"""Names: one form means one entity, and all entries are named as their fellows are."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from teikit.collation import fold
from teikit.diagnostics import RULES, Diagnostic, Related
from teikit.facts import Facts, Mention
from teikit.links import Links
from teikit.names import ENTITY_KINDS
from teikit.registers import EntityName, Entry

# How many entries make a habit, and what share of them.
_FEW, _HABIT = 5, 0.7
# Elements that name an entity, as against describing it (rs) or linking to it (ref).
_NAMING = {kind.kind: kind.mentions | {"name"} for kind in ENTITY_KINDS}
# What is added to a name and does not sort it: brackets, numbers of rulers.
_ASIDE = re.compile(r"[(\[][^()\[\]]*[)\]]")
_NUMBER = re.compile(r"[IVXLC]+(?:er|re|e|ème|\.)?|\d+\.?|[а-яa-z]\.?", re.IGNORECASE)


def check(links: Links) -> Iterator[Diagnostic]:
    """TK304: one form for two. TK306: no form to sort by. TK308: no name in a language."""
    for facts in links.facts:
        yield from _ambiguous(links, facts)
    by_kind: dict[str, list[tuple[Facts, Entry]]] = defaultdict(list)
    for facts in links.facts:
        for entry in facts.entries:
            by_kind[entry.kind].append((facts, entry))
    texts = {_primary(facts.lang) for facts in links.facts if facts.role == "document"} - {""}
    for found in by_kind.values():
        yield from _unsorted([entry for _, entry in found])
        yield from _unnamed([entry for _, entry in found], texts)


def _ambiguous(links: Links, facts: Facts) -> Iterator[Diagnostic]:
    """Forms of a document that lead to two entities of one kind, each told once."""
    forms: dict[tuple[str, str], dict[str, Mention]] = defaultdict(dict)
    for mention in facts.mentions:
        if len(mention.tokens) != 1 or len(mention.hit) < 2:
            continue
        entity = links.entity(facts.path, mention.tokens[0])
        if entity and mention.element in _NAMING[entity.entry.kind]:
            named = forms[entity.entry.kind, fold(mention.hit)]
            named.setdefault(entity.key, mention)
    for (kind, form), found in forms.items():
        if len(found) < 2 or not form:
            continue
        (first, mention), *others = found.items()
        last, another = others[-1]
        yield RULES["TK304"].at(
            another.location,
            f"“{another.hit}” is the {kind} {last} here, and {first} elsewhere in this file",
            hints=("compare the two: one pointer may be a slip",),
            related=[
                Related(f"here it is {key}", item.location)
                for key, item in ((first, mention), *others[:-1])
            ],
        )


# -- the form to sort by -------------------------------------------------------------------------


def _unsorted(entries: list[Entry]) -> Iterator[Diagnostic]:
    """Entries whose names do not tell how to sort them, where most others do."""
    judged = [(entry, _sorting(entry)) for entry in entries]
    with_form = sum(1 for _, state in judged if state == "stated")
    without = [entry for entry, state in judged if state == "missing"]
    if with_form < _FEW or with_form < _HABIT * (with_form + len(without)):
        return
    for entry in without:
        name = next(name for name in entry.names if _needs_form(name))
        yield RULES["TK306"].at(
            name.location or entry.location,
            f"“{name.text}” ({entry.id}) does not say by which word it is sorted",
            expected=("<surname> and <forename>", "@sortKey"),
            hints=("mark the surname, or write @sortKey on the entry",),
        )


def _sorting(entry: Entry) -> str:
    """``stated`` where a name has a form to sort by, ``missing`` where it needs one."""
    if any(name.sort for name in entry.names):
        return "stated"
    main = [name for name in entry.names if name.is_main]
    return "missing" if any(_needs_form(name) for name in main) else ""


def _needs_form(name: EntityName) -> bool:
    """Whether a name has several words, any of which may be the one to sort by."""
    words = _ASIDE.sub(" ", name.text).replace("…", " ").split()
    return len([word for word in words if not _NUMBER.fullmatch(word)]) > 1 and not name.part(
        "forename", "genName", "roleName"
    )


# -- languages -----------------------------------------------------------------------------------


def _primary(lang: str) -> str:
    return lang.lower().partition("-")[0]


def _languages(entry: Entry) -> frozenset[str]:
    """The languages that an entry has names in; those that are not said count as any."""
    return frozenset(_primary(name.lang) for name in entry.names if name.text)


def _unnamed(entries: list[Entry], texts: set[str]) -> Iterator[Diagnostic]:
    """Entries that lack a name in a language of the texts in which most others have one."""
    named = [(entry, _languages(entry)) for entry in entries]
    named = [(entry, langs) for entry, langs in named if langs and "" not in langs]
    counted = Counter(lang for _, langs in named for lang in langs & texts)
    habit = sorted(lang for lang, number in counted.items() if number >= _HABIT * len(named))
    if len(named) < _FEW or len(habit) < 2:
        return
    for entry, langs in named:
        missing = [lang for lang in habit if lang not in langs]
        if missing:
            yield RULES["TK308"].at(
                entry.location,
                f"{entry.id} ({entry.name()}) has no name in {' or '.join(missing)}",
                hints=(f"add a name with xml:lang=“{missing[0]}”, as the other entries have",),
            )

"""Rendering with the elements of ``elements``: one reference, one cite, one sort key at a time.

What comes back still has the marks of the style in it (``cleaned.FORMS``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from teikit.citations import sheets
from teikit.citations.cleaned import LOCATOR, NAMES, When, sort_text
from teikit.citations.elements import (
    LANGUAGE_NAMES,
    NUMBERS,
    PRIMARY_DIALECTS,
    Cite,
    Locator,
    Person,
    Reference,
    String,
    VariableError,
    parser,
    system_locale,
)


def locale(tag: str) -> str:
    """The locale for a language tag (BCP 47): its own dialect, else the usual one, else none."""
    parts = tag.replace("_", "-").split("-")
    exact = {name.lower(): name for name in LANGUAGE_NAMES}
    for length in range(len(parts), 1, -1):
        if found := exact.get("-".join(parts[:length]).lower()):
            return str(found)
    return str(PRIMARY_DIALECTS.get(parts[0].lower(), ""))


_CS = {"cs": sheets.CSL[1:-1]}


def load(found: sheets.Source) -> Any:
    """The root of a style, ready to render after ``set_locale_list``."""
    root: Any = sheets.parse(found.path, found.name, parser()).getroot()
    if found.locale:
        root.set("default-locale", found.locale)
    for names in root.xpath("//cs:names[not(cs:name or parent::cs:substitute)]", namespaces=_CS):
        # citeproc-py would put in one that it does not find again, at every rendering.
        names.insert(0, names.makeelement(f"{sheets.CSL}name"))
    return root


def reference(key: str, item: Mapping[str, Any]) -> Reference:
    """A cleaned item as citeproc-py wants it: every variable under both spellings of its name."""
    made = Reference(key, str(item["type"]).lower())
    for name, value in item.items():
        if name in NAMES:
            value = [Person(**parts) for parts in value]
        elif isinstance(value, str) and name != "language":
            value = String(value)
        # Set one by one: the constructor warns of each variable that is newer than citeproc-py.
        if name not in ("id", "type", "key"):
            dict.__setitem__(made, name, value)
            dict.__setitem__(made, name.replace("-", "_"), value)
    return made


def bibliography_entry(root: Any, cite: Cite) -> str:
    """An entry of the list, with the style's marks still in it."""
    return _rendered(root.bibliography.layout, cite)


def citation(root: Any, cite: Cite, locator: str = "", label: str = "") -> str:
    """A note or a reference in the text, always as if it were the first."""
    ambiguous = cite["ambiguous"]
    cite = Cite(cite.reference, cite.number, cite["suffix_of_year"])
    cite["ambiguous"] = ambiguous
    if locator:
        # What the style prints for the place can be found again, to see what it calls it.
        words = locator if label == "page" else f"{LOCATOR[0]}{locator}{LOCATOR[1]}"
        cite["locator"] = Locator(label.replace("-", " "), words)
    element = root.citation  # held, or lxml would forget what is set on it
    element.cites = []
    return _rendered(element.layout, cite)


def _rendered(layout: Any, cite: Cite) -> str:
    layout.repressed = {}
    cite.begin()
    try:
        found = layout.render_children(cite)
    except VariableError:
        found = None
    return "" if not found else str(layout.format(layout.wrap(String(str(found)))))


def sort_keys(root: Any, kind: str) -> list[Any]:
    """The keys by which a style sorts its list (``bibliography``) or cites (``citation``)."""
    found = root.find(f"cs:{kind}/cs:sort", root.nsmap)
    return [] if found is None else list(found.iterchildren(f"{sheets.CSL}key"))


def sort_value(root: Any, key: Any, cite: Cite) -> str | None:
    """The text by which one key sorts a thing, None where it has none."""
    layout = (root.bibliography if root.bibliography is not None else root.citation).layout
    layout.repressed = {}
    variable = key.get("variable")
    options = {"name-as-sort-order": "all"}
    for name in ("names-min", "names-use-first", "names-use-last"):
        if key.get(name) is not None:
            options[name.replace("names", "et-al")] = key.get(name)
    cite.begin(options)
    if variable is None:
        try:
            found = root.macros[key.get("macro")].render(cite, context=layout)
        except VariableError:
            return None
        return None if found is None else str(found)
    if variable == "citation-number":
        return f"{cite.number:010}"
    value = cite.reference.get(variable)
    if value is None:
        return None
    if isinstance(value, When):
        return sort_text(value)
    if variable in NAMES:
        return str(key._format_name(cite, variable))
    if variable.replace("-", "_") in NUMBERS and str(value).isdigit():
        return f"{int(value):010}"
    return str(value)


def terms(root: Any, name: str, *others: str) -> Iterator[str]:
    """All that a term may be printed as in the language that is set, or in other locales too; the
    longest first."""
    found = set()
    for found_in in (*(root.by_language[0] or root.by_language[1]), *map(system_locale, others)):
        for form in (None, "short", "symbol"):
            try:
                term = found_in.get_term(name, form)
            except IndexError:
                continue
            found |= {str(term.single), str(term.multiple)}
    yield from sorted(filter(None, found), key=lambda word: (-len(word), word))

"""From libxml2's log of a validation by XSD to findings: one for each mistake.

The messages are numbered and of fixed forms; what they do not tell (which attributes there are, all
that may stand at a place), the findings do not tell either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from teikit.names import local
from teikit.validation import xsdwords as say

if TYPE_CHECKING:
    from lxml import etree

    from teikit.corpus import Document
    from teikit.diagnostics import Diagnostic

_Keyed = tuple[tuple["etree._Element", str], "Diagnostic"]


def from_log(
    log: Iterable[Any], document: Document, elements: frozenset[str]
) -> Iterator[Diagnostic]:
    """One finding for each mistake in libxml2's log; it knows less of what would be right.

    ``elements`` are the local names of all elements that the schema declares.
    """
    told: set[tuple[etree._Element, str]] = set()
    families: _Families = {}
    for entry in log:
        element = _find(document.root, entry.path, families)
        if element is None:
            element = document.root
        for key, finding in _entry(entry, element, document, elements):
            if key not in told and not _misspelt(key, told):
                told.add(key)
                yield finding


def _entry(
    entry: Any, element: etree._Element, document: Document, elements: frozenset[str]
) -> Iterator[_Keyed]:
    code, message = entry.type_name, entry.message
    # Whether an element that is declared may stand in this parent, nobody knows here.
    known = None if local(element.tag) in elements else elements
    expected = re.search(r"Expected is (?:one of )?\( (.*?) \)", message)
    likely = [name for name in expected[1].split(", ") if name != "..."] if expected else []
    likely = [name for name in likely if not name.startswith(("##", "{*}"))]
    named = re.search(r"attribute '([^']+)'", message)
    name = _clark(named[1], element) if named else ""
    if code == "SCHEMAV_ELEMENT_CONTENT" and "Missing child" in message:
        yield (element, "#content"), say.lacking(document, element, likely)
    elif code == "SCHEMAV_ELEMENT_CONTENT":
        parent = element.getparent()
        here = {str(item.tag) for item in parent} if parent is not None else set()
        if (
            parent is not None
            and len(likely) == 1
            and likely[0] not in here
            and _forgotten(element, likely[0])
        ):
            yield (parent, "#content"), say.lacking(document, parent, likely, element)
            return
        yield (element, "#"), say.foreign(document, element, allowed=likely, known=known)
    elif code == "SCHEMAV_CVC_ELT_1":
        yield (element, "#"), say.root(document, ())
    elif code in ("SCHEMAV_CVC_COMPLEX_TYPE_3_2_1", "SCHEMAV_CVC_COMPLEX_TYPE_3_2_2"):
        yield (element, name), say.no_attribute(document, element, name, None)
    elif code == "SCHEMAV_CVC_COMPLEX_TYPE_4":
        lacks = re.search(r"The attribute '([^']+)' is required", message)
        what = lacks[1] if lacks else "?"
        what = what.replace("xml:", "{http://www.w3.org/XML/1998/namespace}")
        yield (element, f"lacks {what}"), say.lacking_attribute(document, element, what)
    elif "Character content" in message:
        if say.only_space(element) and len(element):
            return
        yield (element, "#text"), say.text(document, element, None)
    elif code.startswith("SCHEMAV_CVC_COMPLEX_TYPE") or code == "SCHEMAV_CVC_TYPE_3_1_2":
        child = next(element.iterchildren("{*}*"), element)
        yield (child, "#"), say.foreign(document, child, allowed=())
    else:
        values = re.search(r"element of the set \{(.*)\}", message)
        listed = re.findall(r"'([^']*)'", values[1]) if values else []
        of_type = re.search(r"type 'xs:(\w+)'", message)
        form = say.FORMS.get(of_type[1], "") if of_type else ""
        if name:
            yield (element, name), say.value(document, element, name, listed, form)
        elif code.startswith(("SCHEMAV_CVC_IDC", "SCHEMAV_CVC_ID")):
            reason = message.partition(": ")[2] or message
            yield (element, code), say.rule(document, element, reason)
        else:
            yield (element, "#text"), say.words(document, element, listed, form)


def _misspelt(key: tuple[etree._Element, str], told: Iterable[tuple[etree._Element, str]]) -> bool:
    """Whether the attribute that lacks is there, misspelt, and has been told of."""
    element, what = key
    if not what.startswith("lacks "):
        return False
    wanted = local(what.removeprefix("lacks "))
    names = [name for other, name in told if other is element and not re.search("[ #]", name)]
    return any(say.alike(local(name), wanted, 0.6) for name in names)


def _forgotten(element: etree._Element, wanted: str) -> bool:
    """Whether the element could stand where it is if ``wanted`` came before it.

    libxml2 does not say; where the wanted element is nowhere, it is likelier forgotten than that
    the one found is a stranger, unless the two look alike.
    """
    return not say.alike(local(element.tag), local(wanted))


def _clark(name: str, element: etree._Element) -> str:
    """The attribute of a message (``{ns}a`` or ``a``) as the element has it."""
    keys = [str(key) for key in element.keys()]  # noqa: SIM118
    plain = name.rpartition(":")[2] if not name.startswith("{") else name
    return name if name in keys else next((k for k in keys if local(k) == plain), name)


_Families = dict[tuple["etree._Element", str], list["etree._Element"]]


def _find(root: etree._Element, path: str | None, families: _Families) -> etree._Element | None:
    """The element at a libxml2 path such as ``/*/*[2]/t:p[3]``.

    ``families`` remembers the children of a name, for a parent may have a hundred thousand.
    """
    node = root
    for step in (path or "").split("/")[2:]:
        match = re.fullmatch(r"((?:[^:\[\]]+:)?[^:\[\]]+)(?:\[(\d+)\])?", step)
        if match is None:
            return None
        name, number = match[1], int(match[2] or 1)
        if (node, name) not in families:
            families[node, name] = [
                child
                for child in node.iterchildren("{*}*")
                if name == "*"
                or name == (f"{child.prefix}:" if child.prefix else "") + local(child.tag)
            ]
        family = families[node, name]
        if number > len(family):
            return None
        node = family[number - 1]
    return node if path else None

"""Two entries of one thing: what the one says that the other lacks, and where they contradict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml import etree

from teikit.corpus import attributes
from teikit.header import DATE_ATTRIBUTES, language
from teikit.names import KIND_OF_ENTRY, XML_BASE, XML_ID, XML_LANG, is_pointer, local
from teikit.text import words

# What an entity has once. Of an identifier one authority gives one.
_ONCE = frozenset({"birth", "death", "sex", "gender"})
# Attributes that say nothing of the entity.
_OF_THE_FILE = frozenset({XML_ID, XML_LANG, XML_BASE, "n"})


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two statements that cannot both be right: what they are about, the one, and the other.

    ``child`` is the element of the entry that goes, None where an attribute is meant.
    """

    about: str
    kept: str
    gone: str
    child: etree._Element | None = None


def lacks(keeper: etree._Element, child: etree._Element) -> bool | Contradiction:
    """Whether an entry does not say yet what a child of another entry says.

    Returns the contradiction where it says something else that excludes it.
    """
    name = local(child.tag)
    kind = KIND_OF_ENTRY.get(local(keeper.tag))
    others = list(keeper.iterchildren("{*}*"))
    if kind and name in kind.names:
        named = [item for item in others if local(item.tag) in kind.names]
        return not any(_same_name(child, item) for item in named)
    if name == "idno":
        return _identifier(child, [item for item in others if local(item.tag) == "idno"])
    same = [item for item in others if local(item.tag) == name]
    if name in _ONCE and same:
        if any(_within(child, item) for item in same):
            return False
        return Contradiction(name, shown(same[0]), shown(child), child)
    return not any(_signature(child) == _signature(item) for item in same)


def attribute_differences(
    keeper: etree._Element, goner: etree._Element
) -> Iterator[tuple[str, str] | Contradiction]:
    """What the tag of an entry says that another's lacks, as (name, value), and contradictions.

    Of pointers the value holds only the tokens that are lacking.
    """
    element = local(keeper.tag)
    ours = attributes(keeper)
    for name, value in attributes(goner).items():
        if name in _OF_THE_FILE or ours.get(name) == value:
            continue
        if name not in ours:
            yield name, value
        elif is_pointer(element, name):
            missing = [token for token in value.split() if token not in ours[name].split()]
            if missing:
                yield name, " ".join(missing)
        else:
            yield Contradiction(f"@{name}", ours[name], value)


def own_text(element: etree._Element) -> str:
    """The words that stand in an element itself, not in a child."""
    parts = [element.text or "", *(child.tail or "" for child in element)]
    return " ".join(" ".join(parts).split())


def shown(element: etree._Element) -> str:
    """An element in words: its attributes, then its text."""
    stated = [f'{local(name)}="{value}"' for name, value in attributes(element).items()]
    return " ".join([*stated, words(element)]).strip()


def _same_name(one: etree._Element, other: etree._Element) -> bool:
    """Whether another element gives the same name, with all that is said of it."""
    if (words(one), language(one)) != (words(other), language(other)):
        return False
    ours = attributes(other)
    return all(
        ours.get(name) == value
        for name, value in attributes(one).items()
        if name not in _OF_THE_FILE and name != "type"
    )


def _identifier(child: etree._Element, others: list[etree._Element]) -> bool | Contradiction:
    authority, value = _authority(child), words(child)
    rivals = [item for item in others if _authority(item) == authority]
    if any(words(item) == value for item in rivals):
        return False
    if rivals and authority:
        return Contradiction(f"idno {authority}", words(rivals[0]), value, child)
    return True


def _authority(idno: etree._Element) -> str:
    """Who gave an identifier: the host of an address, else the ``@type``."""
    value = words(idno)
    if value.startswith(("http://", "https://")):
        return urlsplit(value).netloc.lower().removeprefix("www.")
    return idno.get("type", "").lower()


def _within(one: etree._Element, other: etree._Element) -> bool:
    """Whether an element says nothing that another does not say too, perhaps more exactly."""
    text = words(one)
    if text and text != words(other):
        return False
    ours = attributes(other)
    for name, value in attributes(one).items():
        there = ours.get(name, "")
        if name in _OF_THE_FILE or there == value:
            continue
        if name in DATE_ATTRIBUTES and there.startswith(f"{value}-"):
            continue
        if is_pointer(local(one.tag), name) and set(value.split()) <= set(there.split()):
            continue
        return False
    return True


def _signature(element: etree._Element) -> tuple[object, ...]:
    """What an element says, without its id and its line breaks."""
    return (
        element.tag,
        language(element),
        tuple(sorted(item for item in attributes(element).items() if item[0] != XML_ID)),
        own_text(element),
        tuple(_signature(child) for child in element.iterchildren("{*}*")),
    )

"""From xmlschema's errors to findings: one for each mistake.

xmlschema tells with objects what it expected. It is not imported here: their attributes are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

from teikit.names import local
from teikit.validation import xsdwords as say

if TYPE_CHECKING:
    from lxml import etree

    from teikit.corpus import Document
    from teikit.diagnostics import Diagnostic

_XSD = "{http://www.w3.org/2001/XMLSchema}"
_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
_DANGLING = re.compile(r"IDREF '([^']*)' not found")


class Vocabulary:
    """What a schema that xmlschema has loaded says of names; read once, when first asked."""

    def __init__(self, schema: Any) -> None:
        """Take an ``xmlschema.XMLSchema``."""
        self._schema = schema

    @cached_property
    def roots(self) -> set[str]:
        """The elements that a document is likely to begin with.

        XSD lets every global element be a root; those that nothing holds are meant to be.
        """
        names = {name for name in self._schema.maps.elements if not name.startswith(_XSD)}
        return {name for name in names if not self.homes.get(name)} or names

    @cached_property
    def homes(self) -> dict[str, list[str]]:
        """For each element the elements that may hold it."""
        found: dict[str, set[str]] = {name: set() for name in self._schema.maps.elements}
        for component in self._schema.maps.iter_components():
            if not hasattr(component, "iter_substitutes") or not component.name:
                continue
            found.setdefault(component.name, set())
            for name in children(getattr(component.type, "content", None)):
                found.setdefault(name, set()).add(component.name)
        return {name: sorted(homes, key=local) for name, homes in found.items()}


def children(group: Any) -> set[str]:
    """The elements that a content model holds anywhere, as Clark names."""
    found: set[str] = set()
    if not hasattr(group, "iter_elements"):
        return found
    for particle in group.iter_elements():
        if particle.name:
            if not getattr(particle, "abstract", False):
                found.add(particle.name)
            found |= {item.name for item in particle.iter_substitutes()}
    return found


def from_xmlschema(
    errors: Iterable[Any],
    declared: dict[etree._Element, Any],
    vocabulary: Vocabulary,
    document: Document,
) -> Iterator[Diagnostic]:
    """One finding for each mistake among the errors of ``XMLSchema.iter_errors``.

    ``declared`` says for each element of the document which declaration judged it.
    """
    told: set[tuple[etree._Element, str]] = set()
    late: list[tuple[etree._Element, Any]] = []
    parents: set[etree._Element] = set()
    for error in errors:
        element = error.elem
        if element is None or element not in document:
            element = document.root
        if type(error.validator).__name__ == "XsdAssert":
            late.append((element, error))
            continue
        # xmlschema reports each child that it does not know; the first report of a parent is
        # enough to look at all of them.
        if hasattr(error, "particle"):
            if element in parents:
                continue
            parents.add(element)
        for key, finding in _explain(error, element, declared, vocabulary, document):
            if key not in told:
                told.add(key)
                yield finding
    # A rule that does not hold is often what another mistake in the element leads to.
    wrong = {element for element, _ in told}
    for element, error in late:
        if element not in wrong:
            test = getattr(error.validator, "path", "")
            yield say.rule(document, element, f"“{test}” does not hold")


def dangling(errors: Iterable[Any]) -> list[Any]:
    """Those of xmlschema's errors that tell of an xs:IDREF without its xs:ID."""
    return [error for error in errors if _DANGLING.match(str(error.reason or ""))]


_Keyed = tuple[tuple["etree._Element", str], "Diagnostic"]


def _explain(
    error: Any,
    element: etree._Element,
    declared: dict[etree._Element, Any],
    vocabulary: Vocabulary,
    document: Document,
) -> Iterator[_Keyed]:
    reason = str(error.reason or error.message or "").strip().splitlines()[0]
    validator = type(error.validator).__name__
    target = _DANGLING.match(reason)
    if hasattr(error, "particle"):
        yield from _content(error, element, vocabulary, document)
    elif validator.endswith("AttributeGroup"):
        yield from _attributes(error.validator, element, document)
    elif target:
        yield (element, target[1]), say.dangling(document, target[1])
    elif reason.startswith("attribute ") and (name := _named(reason, element)):
        if "duplicated" in reason:
            yield (element, name), say.twice(document, element, name)
            return
        values, form = _wanted(_attribute_type(declared.get(element), name))
        token = error.obj if isinstance(error.obj, str) else ""
        yield (element, name), say.value(document, element, name, values, form, token)
    elif "character data" in reason:
        if say.only_space(element) and len(element):
            return  # the elements inside are what is wrong, not the line ends between them
        yield (element, "#text"), say.text(document, element, children(error.validator))
    elif "can't have child elements" in reason:
        child = next(element.iterchildren("{*}*"), element)
        yield (
            (child, "#"),
            say.foreign(document, child, allowed=(), known=vocabulary.homes, homes=()),
        )
    elif "is not an element of the schema" in reason:
        yield (element, "#"), say.root(document, vocabulary.roots)
    elif isinstance(error.obj, str) or (validator == "XsdElement" and "fixed value" in reason):
        declaration = declared.get(element)
        values, form = _wanted(getattr(declaration, "type", None))
        fixed = getattr(declaration, "fixed", None)
        yield (element, "#text"), say.words(document, element, [fixed] if fixed else values, form)
    else:
        yield (element, reason), say.rule(document, element, reason)


def _content(
    error: Any, element: etree._Element, vocabulary: Vocabulary, document: Document
) -> Iterator[_Keyed]:
    """What is wrong with the children of an element."""
    group = error.validator
    allowed = children(group)
    likely = [name for item in error.expected or () for name in _alternatives(item)]
    inside = list(element.iterchildren("{*}*"))
    strangers = [child for child in inside if group.match_element(child.tag) is None]
    for child in strangers:
        name = str(child.tag)
        yield (
            (child, "#"),
            say.foreign(
                document,
                child,
                allowed=allowed,
                likely=likely if child is error.invalid_child else (),
                known=vocabulary.homes,
                homes=vocabulary.homes.get(name, ()),
            ),
        )
    if strangers:
        return  # what lacks or is out of order beside a stranger is what the stranger should be
    child = error.invalid_child
    here = {str(item.tag) for item in inside}
    if child is None:
        yield (element, "#content"), say.lacking(document, element, likely)
    elif len(likely) == 1 and likely[0] not in here:
        yield (element, "#content"), say.lacking(document, element, likely, child)
    else:
        yield (element, "#content"), say.disorder(document, child, likely)


def _alternatives(particle: Any) -> list[str]:
    """The names that a particle stands for: its own, and those of its substitution group."""
    if not particle.name:
        return []
    names = [] if getattr(particle, "abstract", False) else [particle.name]
    return [*names, *(item.name for item in particle.iter_substitutes())]


def _attributes(group: Any, element: etree._Element, document: Document) -> Iterator[_Keyed]:
    """The attributes that an element must not have, and those it lacks."""
    known = {name for name, item in group.items() if name and item.use != "prohibited"}
    wildcard = group.get(None)
    strangers = [
        str(name)
        for name in element.keys()  # noqa: SIM118 - an element is no dictionary
        if name not in known
        and not str(name).startswith(_XSI)
        and (wildcard is None or not wildcard.is_matching(name))
    ]
    missing = [
        name for name in known if group[name].use == "required" and element.get(name) is None
    ]
    taken: set[str] = set()
    for name in strangers:
        finding = say.no_attribute(document, element, name, known - set(map(str, element.keys())))
        # A required attribute that is misspelt is one mistake, not two.
        taken |= {
            item
            for item in missing
            if finding.expected[:1] == (say.attribute(item),)
            and finding.hints[0].startswith("did you mean")
        }
        yield (element, name), finding
    for name in sorted(set(missing) - taken, key=say.attribute):
        yield (element, name), say.lacking_attribute(document, element, name)


def _named(reason: str, element: etree._Element) -> str:
    """The attribute that a message is about, as a Clark name."""
    match = re.match(r"attribute '?([^\s=']+)", reason)
    wanted = local(match[1]).rpartition(":")[2] if match else ""
    return next((str(key) for key in element.keys() if local(key) == wanted), "")  # noqa: SIM118


def _attribute_type(declaration: Any, name: str) -> Any:
    attributes = getattr(declaration, "attributes", None)
    return getattr(attributes[name], "type", None) if attributes and name in attributes else None


def _wanted(kind: Any, depth: int = 0) -> tuple[list[str], str]:
    """The values that a simple type lists, or the form that a value has."""
    if kind is None or depth > 10:
        return [], ""
    if hasattr(kind, "content") and not hasattr(kind, "enumeration"):
        kind = kind.content
    # The pattern of a built-in type is no news to anybody.
    if (name := local(getattr(kind, "name", "") or "")) in say.FORMS:
        return [], say.FORMS[name]
    if enumeration := getattr(kind, "enumeration", None):
        return [str(item) for item in enumeration], ""
    members = getattr(kind, "member_types", None)
    if members:
        parts = [_wanted(item, depth + 1) for item in members]
        forms = list(dict.fromkeys(form for _, form in parts if form))
        return [item for values, _ in parts for item in values], " or ".join(forms)
    if item := getattr(kind, "item_type", None):
        values, form = _wanted(item, depth + 1)
        return values, form
    patterns = [item.get("value", "") for item in getattr(kind, "patterns", None) or ()]
    if patterns:
        return [], f"what the pattern {' or '.join(patterns)} describes"
    base = getattr(kind, "base_type", None)
    return _wanted(base, depth + 1) if base is not kind else ([], "")

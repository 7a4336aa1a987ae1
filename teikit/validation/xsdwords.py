"""The sentences for what an XSD finds: the same whichever engine found it.

Each function makes one Diagnostic from names. Elements and attributes come as Clark names and are
shown as they are written.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from teikit.diagnostics import RULES, Diagnostic, Related
from teikit.names import XML, local

if TYPE_CHECKING:
    from lxml import etree

    from teikit.corpus import Document

_DATES = frozenset({"when", "notBefore", "notAfter", "from", "to"})

# What a value of a built-in type looks like (XML Schema part 2, section 3), for an encoder.
FORMS = {
    "boolean": "true or false",
    "decimal": "a number",
    "integer": "a whole number",
    "nonNegativeInteger": "a whole number, 0 or more",
    "positiveInteger": "a whole number, 1 or more",
    "double": "a number",
    "float": "a number",
    "date": "a date as yyyy-mm-dd",
    "dateTime": "a date and time as yyyy-mm-ddThh:mm:ss",
    "time": "a time as hh:mm:ss",
    "gYear": "a year as yyyy",
    "gYearMonth": "a month as yyyy-mm",
    "gMonthDay": "a day of the year as --mm-dd",
    "duration": "a duration such as P1Y2M",
    "anyURI": "a URI, without spaces",
    "language": "a language tag such as fr or ru-Latn",
    "ID": "a name: letters, digits, - _ and ., a letter first, no space",
    "IDREF": "the xml:id of an element in this file",
    "NCName": "a name: letters, digits, - _ and ., a letter first, no space",
    "Name": "a name: letters, digits, - _ : and ., a letter first, no space",
    "QName": "a name, perhaps with a prefix that is declared",
    "NMTOKEN": "one word of letters, digits, - _ : and .",
    "token": "words with single spaces between them",
}


def tag(name: str) -> str:
    """``<p>`` for a Clark name."""
    return f"<{local(name)}>"


def attribute(name: str) -> str:
    """``@xml:id``, ``@ref`` for a Clark name."""
    return f"@{'xml:' if name.startswith(f'{{{XML}}}') else ''}{local(name)}"


def listed(names: Sequence[str], word: str = "and") -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    return f" {word} ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _near(name: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    import difflib

    # Names of one or two letters are alike by chance.
    if len(name) < 3:
        return ""
    found = difflib.get_close_matches(name, sorted(set(known)), n=1, cutoff=cutoff)
    return found[0] if found else ""


def alike(one: str, other: str, least: float = 0.75) -> bool:
    """Whether one name may be the other, misspelt; ``least`` is how much they have in common."""
    import difflib

    return one == other or difflib.SequenceMatcher(None, one, other).ratio() >= least


def _ordered(first: Iterable[str], rest: Iterable[str]) -> tuple[str, ...]:
    """Likely ones first, as given, then the others by alphabet."""
    return tuple(dict.fromkeys([*filter(None, first), *sorted(rest)]))


def _namespace(name: str) -> str:
    return name[1:].partition("}")[0] if name.startswith("{") else ""


# -- elements ------------------------------------------------------------------------------------


def root(document: Document, roots: Collection[str]) -> Diagnostic:
    """The root element is none that the schema begins with."""
    element = document.root
    name = str(element.tag)
    twin = next((item for item in roots if local(item) == local(name)), "")
    if twin:
        return _elsewhere(document, element, twin)
    return RULES["TK101"].at(
        document.locate(element),
        f"the schema has no document that begins with {tag(name)}",
        expected=sorted({tag(item) for item in roots}),
        hints=("is it the right schema?",),
    )


def _elsewhere(document: Document, element: etree._Element, twin: str) -> Diagnostic:
    """The element has the right name in the wrong namespace."""
    namespace = _namespace(str(element.tag))
    where = f"the namespace {namespace}" if namespace else "no namespace"
    right = _namespace(twin)
    return RULES["TK101"].at(
        document.locate(element),
        f"{tag(twin)} is in {where}",
        expected=(right,) if right else (),
        hints=(f'write xmlns="{right}"',) if right else ("remove its xmlns",),
    )


def foreign(
    document: Document,
    element: etree._Element,
    *,
    allowed: Collection[str],
    likely: Iterable[str] = (),
    known: Collection[str] | None = None,
    homes: Sequence[str] = (),
) -> Diagnostic:
    """An element that its parent does not have: unknown, misspelt or misplaced.

    ``allowed`` are the children of the parent, ``likely`` those that fit the very place, ``known``
    the elements of the schema (None: nobody knows), ``homes`` those that may hold this one.
    """
    from teikit.validation.relaxng.vocabulary import HABITS

    name, parent = str(element.tag), element.getparent()
    inside = "" if parent is None else str(parent.tag)
    twins = [item for item in (*allowed, *(known or ())) if local(item) == local(name)]
    if twins and name not in (known or allowed):
        return _elsewhere(document, element, twins[0])
    if known is not None and name in known:
        return RULES["TK101"].at(
            document.locate(element),
            f"{tag(name)} may not stand inside {tag(inside)}",
            expected=_ordered(map(tag, likely), {tag(item) for item in allowed}),
            hints=(f"{tag(name)} stands inside {listed([tag(item) for item in homes[:6]])}",)
            if homes
            else (),
        )
    names = {local(item) for item in allowed}
    everywhere = {local(item) for item in known or ()} | names
    habit = HABITS.get(local(name), "")
    near = _near(local(name), names) or _near(local(name), everywhere, 0.7)
    if habit in everywhere:
        hint, near = f"TEI calls it <{habit}>", habit
    elif near:
        hint = f"did you mean <{near}>?"
    elif known is None:
        hint = "use one of the elements that may stand here"
    else:
        hint = "use an element of the schema, or add this one to the schema"
    message = (
        f"{tag(name)} may not stand at this place of {tag(inside)}"
        if known is None
        else f"the schema has no element {tag(name)} (inside {tag(inside)})"
    )
    first = [f"<{near}>"] if near in names else []
    return RULES["TK101"].at(
        document.locate(element),
        message,
        expected=_ordered([*first, *map(tag, likely)], {tag(item) for item in allowed}),
        hints=(hint,),
    )


def disorder(document: Document, element: etree._Element, likely: Sequence[str]) -> Diagnostic:
    """An element that its parent has, but not at this place or not so many times."""
    parent = element.getparent()
    inside = "" if parent is None else str(parent.tag)
    twins = element.itersiblings(element.tag, preceding=True)
    twin = next((item for item in twins if str(element.tag) not in likely), None)
    hints = (
        [f"{listed([tag(item) for item in likely[:5]], 'or')} is expected here"] if likely else []
    )
    hints.append(f"check the order and number of the elements inside {tag(inside)}")
    related = (
        ()
        if twin is None
        else (Related(f"an earlier {tag(str(twin.tag))}", document.locate(twin)),)
    )
    return RULES["TK101"].at(
        document.locate(element),
        f"{tag(str(element.tag))} may not stand at this place of {tag(inside)}",
        expected=[tag(item) for item in likely],
        hints=hints,
        related=related,
    )


def lacking(
    document: Document,
    element: etree._Element,
    names: Sequence[str],
    before: etree._Element | None = None,
) -> Diagnostic:
    """A child that must be there is not; of several ``names``, one would do."""
    shown = [tag(item) for item in names]
    what = listed(shown[:5], "or") if shown else "something"
    place = f" before {tag(str(before.tag))}" if before is not None else ""
    return RULES["TK103"].at(
        document.locate(element),
        f"{tag(str(element.tag))} lacks {what}{' or another' if len(shown) > 5 else ''}",
        expected=shown,
        hints=(f"add a {shown[0]}{place}",) if shown else (),
    )


def only_space(element: etree._Element) -> bool:
    """Whether no words stand directly inside an element."""
    pieces = [element.text, *(child.tail for child in element)]
    return not any(piece and piece.strip() for piece in pieces)


def text(document: Document, element: etree._Element, allowed: Iterable[str] | None) -> Diagnostic:
    """Words where only elements may stand (None: nobody knows which); the first are told."""
    name = tag(str(element.tag))
    expected = sorted({tag(item) for item in allowed or ()})
    hint = "put the words into an element, a <p> for instance"
    if allowed is not None and not expected:
        hint = f"{name} is always empty: put the words beside it, or delete them"
    pieces = [(element, element.text, False)]
    pieces += [(child, child.tail, True) for child in element.iterchildren("{*}*")]
    where, given = document.locate(element), ": not even a space" if only_space(element) else ""
    for place, words, after in pieces:
        if words and words.strip():
            where = document.locate_text(place, after=after)
            given = f": “{words.strip()[:40]}”"
            break
    return RULES["TK104"].at(
        where, f"{name} may not hold text itself{given}", expected=expected, hints=(hint,)
    )


def words(
    document: Document, element: etree._Element, values: Sequence[str], form: str = ""
) -> Diagnostic:
    """The words of an element are not of the form that they must have."""
    given = (element.text or "").strip()
    place = document.locate_text(element, after=False) if given else document.locate(element)
    return RULES["TK106"].at(
        place,
        f"{tag(str(element.tag))} may not say “{given[:60]}”"
        if given
        else f"{tag(str(element.tag))} may not be empty",
        expected=values or ([form] if form else []),
        hints=_value_hints(given, values, form, ""),
    )


def rule(document: Document, element: etree._Element, reason: str) -> Diagnostic:
    """Something that the schema says in a way of its own: the engine's words must do."""
    message = f"{tag(str(element.tag))} breaks a rule of the schema: {reason}"
    return RULES["TK101"].at(document.locate(element), message)


# -- attributes ----------------------------------------------------------------------------------


def no_attribute(
    document: Document, element: etree._Element, name: str, allowed: Iterable[str] | None
) -> Diagnostic:
    """An attribute that the element does not have; ``allowed`` is None where nobody knows."""
    shown = attribute(name)
    names = sorted({attribute(item) for item in allowed or ()})
    twin = next((item for item in names if item.rpartition(":")[2] == shown[1:]), "")
    near = twin or _near(shown, names, 0.7)
    return RULES["TK102"].at(
        document.locate(element, name),
        f"{tag(str(element.tag))} has no attribute {shown}",
        expected=_ordered([near], names),
        hints=(f"did you mean {near}?",) if near else ("delete it",),
    )


def lacking_attribute(document: Document, element: etree._Element, name: str) -> Diagnostic:
    """An attribute that must be there is not."""
    shown = attribute(name)
    return RULES["TK103"].at(
        document.locate(element),
        f"{tag(str(element.tag))} lacks {shown}",
        expected=(shown,),
        hints=(f"write {shown[1:]}=“…” in the tag",),
    )


def value(
    document: Document,
    element: etree._Element,
    name: str,
    values: Sequence[str],
    form: str = "",
    token: str = "",
) -> Diagnostic:
    """The value of an attribute is not allowed; ``token`` is the part of it that is not."""
    given = str(element.get(name, ""))
    part = token if token and token != given and token in given.split() else given
    return RULES["TK102"].at(
        document.locate(element, name),
        f"{attribute(name)} of {tag(str(element.tag))} may not {'be' if part == given else 'hold'}"
        f" “{part[:80]}”",
        expected=values or ([form] if form else []),
        hints=_value_hints(part, values, form, local(name)),
    )


def twice(document: Document, element: etree._Element, name: str) -> Diagnostic:
    """An identifier that stands a second time."""
    given = str(element.get(name, ""))
    first = next((item for item in document.root.iter("*") if item.get(name) == given), element)
    related = () if first is element else (Related("the first one", document.locate(first, name)),)
    return RULES["TK102"].at(
        document.locate(element, name),
        f"{attribute(name)} “{given}” stands a second time",
        hints=("an identifier belongs to one element",),
        related=related,
    )


def dangling(document: Document, target: str) -> Diagnostic:
    """A reference to an identifier (xs:IDREF) that nothing has."""
    for element in document.root.iter("*"):
        for name, given in element.items():
            if target in str(given).split() and local(name) != "id":
                return RULES["TK102"].at(
                    document.locate(element, str(name)),
                    f"nothing in the file has the identifier “{target}”",
                )
    message = f"nothing in the file has the identifier “{target}”"
    return RULES["TK102"].at(document.locate(document.root), message)


def _value_hints(given: str, values: Sequence[str], form: str, name: str) -> tuple[str, ...]:
    if name in _DATES and not values:
        return ("write dates as yyyy, yyyy-mm or yyyy-mm-dd",)
    near = _near(given, values) or next((v for v in values if v.lower() == given.lower()), "")
    if near:
        return (f"did you mean “{near}”?",)
    if given != given.strip() or "  " in given:
        return ("there is a space too many",)
    return (f"write {form}",) if form else ("the form of the value is wrong",)

"""The words of the findings: what is wrong, what was expected, how to mend it.

Each function takes names as people write them and gives a :class:`Told`, a finding without a place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from xml.parsers import expat

from teikit.diagnostics import RULES, Diagnostic, Fix, Location, Related
from teikit.validation.relaxng import values as wanted
from teikit.validation.relaxng.patterns import TEXT, Patterns, Tuple, finite_names
from teikit.validation.relaxng.vocabulary import ATTRIBUTE_HABITS, Vocabulary

# How many expected things a finding names: enough to choose from, not the whole schema.
MANY = 12
_HOMES = 5
_QUOTED = 40


@dataclass(frozen=True, slots=True)
class Told:
    """A finding before it has a place."""

    code: str
    message: str
    expected: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()

    def at(
        self,
        location: Location,
        *,
        related: Iterable[Related] = (),
        fix: Fix | None = None,
    ) -> Diagnostic:
        """The finding at a place."""
        return RULES[self.code].at(
            location,
            self.message,
            expected=self.expected,
            hints=self.hints,
            related=related,
            fix=fix,
        )


def names_in(name_class: Tuple) -> tuple[str, ...]:
    """The names that a name class lists; none for a wildcard."""
    return finite_names(name_class) or ()


def names_of(patterns: Patterns, element: int) -> tuple[str, ...]:
    """The expanded names that an ``element`` pattern lists."""
    return names_in(patterns.names[element])


def tags(labels: Iterable[str]) -> tuple[str, ...]:
    """Labels as tags, as many as a finding names."""
    return tuple(f"<{label}>" for label in labels)[:MANY]


def joined(items: Sequence[str], word: str = "and") -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    return f" {word} ".join(filter(None, (", ".join(items[:-1]), items[-1] if items else "")))


def quoted(text: str) -> str:
    """A value in quotation marks, cut where it is long."""
    text = " ".join(text.split()) if len(text.split()) > 1 and "\n" in text else text
    return f"“{text[:_QUOTED]}…”" if len(text) > _QUOTED + 1 else f"“{text}”"


# -- elements ------------------------------------------------------------------------------------


def wrong_namespace(label: str, local: str, namespace: str, right: str) -> Told:
    """An element of a known name in another namespace."""
    uri = right.rpartition("\x1f")[0]
    where = f"in the namespace {namespace}" if namespace else "in no namespace"
    hints = [f'write xmlns="{uri}" on it, or remove the xmlns that puts it elsewhere']
    if namespace and namespace.rstrip("/") == uri.rstrip("/"):
        hints = [f'write xmlns="{uri}": the address must be the same to the letter']
    if not uri:
        hints = ["remove its xmlns: the schema has this element in no namespace"]
    return Told(
        "TK107",
        f"<{label}> is {where}, but the schema has <{local}> in {uri or 'no namespace'}",
        (uri,) if uri else (),
        tuple(hints),
    )


def unknown(
    label: str,
    parent: str,
    expected: list[str],
    habit: str,
    near: str,
    *,
    in_tei: bool,
    foreign: str,
) -> Told:
    """An element that the schema does not have."""
    inside = f" (inside <{parent}>)" if parent else ""
    message = f"the schema has no element <{label}>{inside}"
    if habit:
        hint = f"TEI calls it <{habit}>"
    elif label in ("TEI.2", "teiCorpus.2"):
        hint = f"this is TEI P4, convert it to P5 first: there the root is <{near or 'TEI'}>"
    elif in_tei and not foreign:
        hint = f"<{label}> is TEI, but not in this schema: use another, or add it to the schema"
    elif near:
        hint = f"did you mean <{near}>?"
    elif foreign:
        hint = f"the schema admits nothing of the namespace {foreign} here"
    else:
        hint = "use an element of the schema, or add this one to the schema"
    first = [item for item in (habit or near,) if item]
    return Told("TK101", message, tags(ranked_first(expected, first)), (hint,))


def ranked_first(labels: Sequence[str], first: Sequence[str]) -> list[str]:
    """The labels in their order, those named ``first`` ahead."""
    return [*first, *(label for label in labels if label not in first)]


def wrong_root(label: str, expected: list[str]) -> Told:
    """A known element, but no document begins with it."""
    return Told(
        "TK101",
        f"a document cannot begin with <{label}>",
        tags(expected),
        (f"begin with {joined(tags(expected[:3]), 'or')}",) if expected else (),
    )


def misplaced(
    label: str,
    parent: str,
    expected: list[str],
    homes: list[str],
    wrappers: list[str],
    meant: str,
    outer: Location | None,
) -> Told:
    """A known element inside one that never holds it."""
    hints = []
    if meant:
        hints.append(f"did you mean <{meant}>?")
    elif outer is not None and outer.line:
        hints.append(f"close the <{label}> of line {outer.line} before it, or use another element")
    elif wrappers:
        hints.append(f"put it into a <{wrappers[0]}>")
    if homes:
        shown = [f"<{home}>" for home in homes[:_HOMES]]
        told = ", ".join(shown) + " and others" if len(homes) > _HOMES else joined(shown)
        hints.append(f"<{label}> stands inside {told}")
    first = [item for item in (meant, *wrappers[:1]) if item]
    return Told(
        "TK101",
        f"<{label}> may not stand inside <{parent}>",
        tags(ranked_first(expected, first)),
        tuple(hints),
    )


def out_of_order(
    label: str,
    parent: str,
    expected: list[str],
    before: tuple[str, Location] | None,
    first: Location | None,
) -> Told:
    """An element that its parent holds, but not at this place.

    ``before`` is the last place where it could have stood, ``first`` where there is one already.
    """
    if first is not None and (before is None or before[0] == label):
        return Told(
            "TK101",
            f"<{parent}> has a second <{label}>, and only one is allowed",
            tags(expected),
            (f"put all into the first <{label}> (line {first.line}), or delete one of the two",),
        )
    if before is not None:
        name, place = before
        return Told(
            "TK108",
            f"<{label}> may not stand at this place of <{parent}>: it must come before <{name}>",
            tags(expected),
            (f"move <{label}> before the <{name}> of line {place.line}",),
        )
    wish = f": expected {joined(tags(expected[:3]), 'or')}" if expected else ""
    return Told(
        "TK108",
        f"<{label}> may not stand at this place of <{parent}>",
        tags(expected),
        (f"check the order and number of the elements inside <{parent}>{wish}",),
    )


def lacks(parent: str, steps: list[list[str]], before: str, *, empty: bool = False) -> Told:
    """Required elements are missing before a place (a start-tag, or the end-tag)."""
    if not steps:
        return Told(
            "TK103",
            f"<{parent}> is not complete",
            (),
            (f"look up what <{parent}> must hold",),
        )
    first = steps[0]
    where = f" before {before}" if before else ""
    if len(first) == 1:
        names = tags(step[0] for step in steps if len(step) == 1)
        message = f"<{parent}> lacks {joined(names)}" + ("" if "/" in where else where)
    else:
        names = tags(first)
        some = joined(names[:3], "or") + (" …" if len(first) > 3 else "")
        state = "is empty" if empty else "is not complete"
        message = f"<{parent}> {state}: it lacks {some}"
    return Told("TK103", message, names, (f"add a {names[0]}{where}",))


def too_early(
    location: Location, early: str, late: str, parent: str, place: Location
) -> Diagnostic:
    """Something that lacked has turned up: ``early`` stands at ``location``, too early."""
    return RULES["TK108"].at(
        location,
        f"<{early}> may not stand before <{late}> in <{parent}>",
        expected=(f"<{late}>",),
        hints=(f"move <{early}> after <{late}> (line {place.line})",),
        related=(Related(f"<{late}> stands here", place),),
    )


# -- text ----------------------------------------------------------------------------------------


def stray_text(
    label: str, text: str, expected: list[str], wrappers: list[str], *, numbered: bool
) -> Told:
    """Text where only elements may stand, or nothing (``numbered``: it has @n)."""
    if wrappers:
        hint = f"put the words into an element, a <{wrappers[0]}> for instance"
    elif expected:
        hint = "delete it, or put it into an element"
    else:
        hint = f"<{label}/> is always empty: write <{label}/> and the words after it"
        if numbered and len(text) < 12:
            hint = f"<{label}/> is always empty: write <{label} n=“{text}”/>, or the words after it"
    return Told(
        "TK104",
        f"<{label}> may not hold text itself: {quoted(text)}",
        tags(ranked_first(expected, wrappers[:1])),
        (hint,),
    )


def bad_content(patterns: Patterns, label: str, text: str, value: int) -> Told:
    """An element whose text has not the form that the schema wants."""
    told, _ = _judged(patterns, text.strip(), value)
    return Told(
        "TK106",
        f"<{label}> may not hold {quoted(text.strip())}{told.message}",
        told.expected,
        told.hints,
    )


def lacks_text(patterns: Patterns, label: str, value: int) -> Told:
    """An element that must hold a text of a certain form and is empty."""
    forms = (*wanted.listed(patterns, value), *wanted.described(patterns, value))
    hint = f"write {joined(forms[:3], 'or')}" if forms else "write its text"
    return Told("TK103", f"<{label}> lacks its text", forms[:MANY], (hint,))


# -- attributes ----------------------------------------------------------------------------------


def unknown_attribute(
    label: str,
    shown: str,
    text: str,
    known: Mapping[str, str],
    given: set[str],
    lacking: Sequence[str],
    vocabulary: Vocabulary,
) -> tuple[Told, str]:
    """An attribute that the element does not have, and the name that a machine may put instead.

    ``lacking`` are the attributes that the element must have and has not.
    """
    local = shown.rpartition(":")[2]
    free = [name for name in known if name not in given]
    habit = next((name for name in ATTRIBUTE_HABITS.get(shown.lower(), ()) if name in free), "")
    near = "" if habit else vocabulary.near(shown, free, 0.7)
    message = f"<{label}> has no attribute @{shown}"
    meant = ""
    if shown == "xsi:schemaLocation":
        hint = "delete it, or let the schema allow it; an xml-model instruction names a schema too"
    elif local != shown and local in known and shown.partition(":")[0] != "xml":
        hint, meant = f"write {local}=“…” without the prefix", local
    elif habit:
        hint, meant = f"TEI calls it @{habit}: write {habit}=“{text[:_QUOTED]}”", habit
    elif near:
        hint, meant = f"did you mean @{near}?", near
    elif lacking:
        hint = f"did you mean @{lacking[0]}? <{label}> must have it"
    elif shown in vocabulary.locals:
        hint = f"delete it; for that there is an element <{shown}>"
    else:
        hint = "delete it"
    others = sorted(free, key=lambda name: (name != (habit or near), name))
    usual = [name for name in USUAL if name in free]
    first = [name for name in (habit or near or meant, *lacking) if name]
    expected = dict.fromkeys([*first, *usual, *others])
    told = Told("TK102", message, tuple(f"@{name}" for name in expected)[:MANY], (hint,))
    return told, meant


def many_attributes(label: str, shown: Sequence[str], number: int) -> Told:
    """A tag with many attributes that it may not have: something other than a slip."""
    names = ", ".join(f"@{name}" for name in shown)
    return Told(
        "TK102",
        f"<{label}> has {number:,} attributes that may not stand there: {names} …",
        (),
        ("a program probably wrote them: delete them",),
    )


# Attributes that are wanted most often, where many are allowed.
USUAL = ("xml:id", "n", "type", "ref", "target", "when", "xml:lang", "rend", "corresp", "who")


_DATING = ("when", "from", "to", "notBefore", "notAfter")


def excluded(label: str, shown: str, rival: str) -> Told:
    """An attribute that may not stand beside another."""
    if not rival:
        return Told("TK102", f"@{shown} may not stand in this <{label}>", (), ("delete it",))
    hint = f"keep one of them: delete @{shown} or @{rival}"
    if shown in _DATING and rival in _DATING:
        hint = "write @when for a moment, @from and @to for a span, @notBefore/@notAfter for limits"
    return Told("TK102", f"@{shown} of <{label}> may not stand beside @{rival}", (), (hint,))


def bad_value(
    patterns: Patterns, label: str, shown: str, text: str, value: int
) -> tuple[Told, str]:
    """A value that the schema does not allow, and the one that a machine may put instead."""
    told, repaired = _judged(patterns, text, value)
    if shown in _DATING and (hint := _dated(shown, text)):
        told, repaired = replace(told, hints=(hint, *told.hints[-1:])), ""
    message = f"@{shown} of <{label}> may not be {quoted(text)}{told.message}"
    return Told("TK102", message, told.expected, told.hints), repaired


def _dated(shown: str, text: str) -> str:
    """What to do with a value that says more than one attribute of a date can."""
    years = re.findall(r"(?<!\d)\d{4}(?!\d)", text)
    if len(years) > 1:
        parts = re.split(r"\s*[/–—]\s*|(?<=\d{4})-(?=\d{4})|\s+-\s+", text.strip())
        first, last = parts if len(parts) == 2 else (years[0], years[-1])
        return f"write a span as from=“{first}” to=“{last}”"
    if len(years) == 1 and re.search(r"[^\W\d]{2,}|\?|~", text) and not wanted.month_in(text):
        return f"write {shown}=“{years[0]}” and the doubt with @cert, or notBefore=“…” notAfter=“…”"
    return ""


def _judged(patterns: Patterns, text: str, value: int) -> tuple[Told, str]:
    """What is wrong with a value: the end of a message, what was expected, how to mend it."""
    listed = wanted.listed(patterns, value)
    forms = wanted.described(patterns, value)
    reason = wanted.wrong(patterns, value, text)
    repaired = wanted.repairs(patterns, value, text)
    near = [item for item in repaired if item in listed]
    hints = []
    if near:
        hints.append(f"did you mean “{near[0]}”?")
    elif repaired:
        hints.append(f"write {joined([f'“{item}”' for item in repaired[:2]], 'or')}")
    if forms and not near:
        hints.append(f"expected is {forms[0]}")
    if not text.strip():
        hints.insert(0, "write a value, or leave the attribute out")
    if not hints:
        some = [f"“{item}”" for item in listed[:6]]
        hints.append(f"write one of {joined(some, 'or')}" if some else "the form of it is wrong")
    expected = (*ranked_first(listed, near[:1]), *forms)
    sure = repaired[0] if len(repaired) == 1 or near else ""
    return Told("TK102", f": {reason}" if reason else "", expected[:MANY], tuple(hints)), sure


def lacks_attributes(
    patterns: Patterns,
    label: str,
    steps: list[list[str]],
    values: Mapping[str, tuple[int, ...]],
) -> Told:
    """Required attributes are missing; each step lists alternatives."""
    if not steps:
        return Told("TK103", f"the attributes of <{label}> are not complete", (), ())
    names = [joined([f"@{name}" for name in step[:4]], "or") for step in steps]
    first = steps[0][0] if steps[0] else "…"
    example = "…"
    for value in values.get(first, ()):
        if value != TEXT:
            listed = wanted.listed(patterns, value)
            example = listed[0] if len(listed) == 1 else "…"
    return Told(
        "TK103",
        f"<{label}> lacks {joined(names)}",
        tuple(f"@{name}" for step in steps for name in step)[:MANY],
        (f"write {first}=“{example}” in the tag",),
    )


# -- identifiers ---------------------------------------------------------------------------------


def repeated_id(shown: str, word: str, first: Location, place: Location) -> Diagnostic:
    """An identifier that stands twice."""
    return RULES["TK203"].at(
        place,
        f"{shown} “{word}” stands a second time",
        hints=("give this one another id, and its pointers too",),
        related=(Related("first here", first),),
    )


def dangling(shown: str, label: str, word: str, near: str, place: Location) -> Diagnostic:
    """A reference of the type IDREF to an identifier that the document does not have."""
    return RULES["TK105"].at(
        place,
        f"@{shown} of <{label}> refers to “{word}”, and no element has that identifier",
        expected=(near,) if near else (),
        hints=(f"did you mean “{near}”?",) if near else ("give an element that identifier",),
    )


# -- well-formedness -----------------------------------------------------------------------------


def bad_namespace(parser: expat.XMLParserType, path: str) -> Diagnostic:
    """A prefix that nobody declared, or a namespace that may not be declared so."""
    place = Location(path, parser.ErrorLineNumber, parser.ErrorColumnNumber + 1)
    code = expat.errors.messages.get(parser.ErrorCode, "")
    reason = str(expat.ErrorString(parser.ErrorCode))
    if code == expat.errors.XML_ERROR_UNBOUND_PREFIX or reason == "unbound prefix":
        return RULES["TK002"].at(
            place,
            "this tag uses a prefix that is not declared",
            hints=("declare it with xmlns:…=“…”, or write the name without a prefix",),
        )
    return RULES["TK002"].at(place, f"the namespaces are broken: {reason}")

"""RELAX NG: libxml2 gives the verdict, this module says what it means.

libxml2 names the wrong element often and what was expected seldom, and after one mistake reports
every ancestor too. So once it has said that a file is not valid, each element is compared with what
the schema says of its name: is it known, may it stand in this parent, which attributes has it, with
which values? Only what that does not explain (order, number, text) is taken from libxml2's report.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from teikit.corpus import Document, attributes
from teikit.diagnostics import RULES, Diagnostic, Location
from teikit.names import TEI, local
from teikit.validation.grammar import Declared, Grammar, Patterns, shown

# What encoders bring from HTML, and what the TEI calls it.
HABITS = {
    "a": "ref",
    "b": "hi",
    "blockquote": "quote",
    "br": "lb",
    "em": "emph",
    "h1": "head",
    "h2": "head",
    "h3": "head",
    "i": "hi",
    "img": "graphic",
    "li": "item",
    "ol": "list",
    "para": "p",
    "section": "div",
    "span": "seg",
    "strong": "hi",
    "td": "cell",
    "tr": "row",
    "ul": "list",
}


def load(path: Path, name: str) -> RelaxNG | Diagnostic:
    """The grammar in an ``.rng`` file, or the finding that it cannot be used (TK109)."""
    try:
        tree = etree.parse(
            str(path), etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        )
        return RelaxNG(name, Grammar(tree), etree.RelaxNG(tree))
    except OSError as error:
        reason = error.strerror or "it does not exist or is no file"
        return RULES["TK109"].at(Location(name), f"the schema cannot be read: {reason}")
    except etree.XMLSyntaxError as error:
        line, column = error.position
        return RULES["TK109"].at(
            Location(name, line, column), f"the schema is not XML: {error.msg}"
        )
    except etree.RelaxNGParseError as error:
        entry = error.error_log[0] if len(error.error_log) else None
        return RULES["TK109"].at(
            Location(name, entry.line if entry else None),
            f"the schema is not RELAX NG: {entry.message if entry else error}",
        )


@dataclass
class RelaxNG:
    """A RELAX NG schema, loaded: the engine that judges, and the grammar that explains."""

    name: str
    grammar: Grammar
    schema: etree.RelaxNG
    engine: str = "libxml2"

    def judge(self, document: Document) -> Iterator[Diagnostic]:
        """One finding for each mistake, at the tag, attribute or text that is wrong."""
        if self.schema.validate(document.root):
            return
        # The log belongs to the schema object and changes with its next use: read it now.
        reported = [
            (element, entry.message)
            for entry in self.schema.error_log
            if (element := _find(document.root, entry.path)) is not None
        ]
        wrong: set[etree._Element] = set()
        if self.grammar.complete:
            root = document.root
            patterns = self.grammar.names.get(local(root.tag), ())
            for element, finding in self._sweep(document, root, patterns):
                wrong.add(element)
                yield finding
        # What libxml2 reports beyond that: order and number. One mistake makes it report every
        # ancestor, and often a neighbour too, so one finding for each parent is enough.
        touched = wrong | {up for element in wrong for up in element.iterancestors()}
        parents = {element.getparent() for element in wrong}
        outer = {up for element, _ in reported for up in element.iterancestors()}
        for element, message in reported:
            if element in touched or element in outer or element.getparent() in parents:
                continue
            parents.add(element.getparent())
            wrong.add(element)
            yield self._order(document, element, message)
        if not wrong:
            log = self.schema.error_log
            yield RULES["TK103"].at(
                document.locate(document.root),
                "the schema does not accept the document"
                + (f": {log[0].message}" if len(log) else ""),
            )

    # -- explaining ------------------------------------------------------------------------------

    def _sweep(
        self, document: Document, element: etree._Element, patterns: Patterns
    ) -> Iterator[tuple[etree._Element, Diagnostic]]:
        """The faults of an element and of everything inside, by what the schema says of names."""
        declared = self.grammar.declared(patterns)
        for finding in self._faults(document, element, patterns, declared):
            yield element, finding
        for child in element.iterchildren("{*}*"):
            name = etree.QName(child)
            if name.namespace != TEI or name.localname not in self.grammar.names:
                # Inside an element that the schema does not know, all is unknown.
                if not declared.anything:
                    yield child, self._unknown(document, child, declared)
                continue
            if name.localname not in declared.children and not declared.anything:
                yield child, self._misplaced(document, child, declared)
            yield from self._sweep(document, child, self.grammar.inside(patterns, name.localname))

    def _faults(
        self,
        document: Document,
        element: etree._Element,
        patterns: Patterns,
        declared: Declared,
    ) -> Iterator[Diagnostic]:
        """What is wrong with the attributes of an element, its text, or lacking in it."""
        name = local(element.tag)
        have = attributes(element)
        for key, value in have.items():
            if not self.grammar.accepts(patterns, key, value):
                yield self._attribute(document, element, key, value, declared)
        if not declared.text:
            yield from self._stray(document, element, declared)
        given, present = {shown(key) for key in have}, {local(child.tag) for child in element}
        lacking = (
            ("@{}", "write {}=“…” in the tag", declared.required_attributes, given),
            ("<{}>", "add a <{}>", declared.required_children, present),
        )
        for form, hint, required, there in lacking:
            missing = [item for item in required if item not in there]
            if missing:
                names = tuple(form.format(item) for item in missing)
                yield RULES["TK103"].at(
                    document.locate(element),
                    f"<{name}> lacks {_names(names)}",
                    expected=names,
                    hints=(hint.format(missing[0]),),
                )

    def _stray(
        self, document: Document, element: etree._Element, declared: Declared
    ) -> Iterator[Diagnostic]:
        """Text where the schema allows only elements; the first stretch of it is told."""
        pieces = [(element, element.text, False)]
        pieces += [(child, child.tail, True) for child in element.iterchildren("{*}*")]
        for place, text, after in pieces:
            if text and text.strip():
                yield RULES["TK104"].at(
                    document.locate_text(place, after=after),
                    f"<{local(element.tag)}> may not hold text itself: “{text.strip()[:40]}”",
                    expected=_some(declared.children),
                    hints=("put the words into an element, a <p> for instance",),
                )
                return

    def _unknown(self, document: Document, element: etree._Element, parent: Declared) -> Diagnostic:
        name, namespace = local(element.tag), etree.QName(element).namespace
        if namespace != TEI:
            where = f"the namespace {namespace}" if namespace else "no namespace"
            return RULES["TK101"].at(
                document.locate(element),
                f"<{name}> is in {where}",
                expected=(TEI,),
                hints=("remove its xmlns, or give the TEI's",),
            )
        names = self.grammar.names
        near = difflib.get_close_matches(name, sorted(parent.children), n=1, cutoff=0.6)
        near = near or difflib.get_close_matches(name, sorted(names), n=1, cutoff=0.7)
        if HABITS.get(name) in names:
            hint = f"TEI calls it <{HABITS[name]}>"
        elif near:
            hint = f"did you mean <{near[0]}>?"
        else:
            hint = "use an element of the schema, or add this one to the schema"
        return RULES["TK101"].at(
            document.locate(element),
            f"the schema has no element <{name}> (inside <{_parent(element)}>)",
            expected=_some(parent.children, near),
            hints=(hint,),
        )

    def _misplaced(
        self, document: Document, element: etree._Element, parent: Declared
    ) -> Diagnostic:
        name = local(element.tag)
        homes = [f"<{home}>" for home in self.grammar.homes(name)[:6]]
        return RULES["TK101"].at(
            document.locate(element),
            f"<{name}> may not stand inside <{_parent(element)}>",
            expected=_some(parent.children),
            hints=(f"<{name}> stands inside {_names(homes)}",) if homes else (),
        )

    def _order(self, document: Document, element: etree._Element, message: str) -> Diagnostic:
        """Known element, allowed parent, yet not accepted: order or number is wrong."""
        name, parent = local(element.tag), _parent(element)
        wanted = re.search(r"Expecting (?:an )?element (\w+)", message)
        hints = [f"<{wanted[1]}> is expected here"] if wanted else []
        hints.append(f"check the order and number of the elements inside <{parent or name}>")
        return RULES["TK101"].at(
            document.locate(element),
            f"<{name}> may not stand at this place of <{parent}>"
            if parent
            else f"the content of <{name}> is not allowed",
            expected=(f"<{wanted[1]}>",) if wanted else (),
            hints=hints,
        )

    def _attribute(
        self,
        document: Document,
        element: etree._Element,
        key: str,
        value: str,
        declared: Declared,
    ) -> Diagnostic:
        name, written, allowed = local(element.tag), shown(key), declared.attributes
        location = document.locate(element, key)
        if written not in allowed:
            near = difflib.get_close_matches(written, sorted(allowed), n=1)
            return RULES["TK102"].at(
                location,
                f"<{name}> has no attribute @{written}",
                expected=tuple(f"@{item}" for item in sorted(allowed)),
                hints=(f"did you mean @{near[0]}?",) if near else ("delete it",),
            )
        near = difflib.get_close_matches(value, allowed[written], n=1)
        hints = [f"did you mean “{near[0]}”?"] if near else []
        if written in ("when", "notBefore", "notAfter", "from", "to"):
            hints.append("write dates as yyyy, yyyy-mm or yyyy-mm-dd")
        return RULES["TK102"].at(
            location,
            f"@{written} of <{name}> may not be “{value}”",
            expected=allowed[written],
            hints=hints or ("the form of the value is wrong",),
        )


def _parent(element: etree._Element) -> str:
    parent = element.getparent()
    return "" if parent is None else local(parent.tag)


def _find(root: etree._Element, path: str | None) -> etree._Element | None:
    """The element at a libxml2 path such as ``/*/*[2]/*[1]``."""
    node = root
    for step in (path or "").split("/")[2:]:
        position = re.search(r"\[(\d+)\]", step)
        children = [
            child
            for child in node
            if isinstance(child.tag, str)
            and (
                step.startswith("*")
                or etree.QName(child).localname == step.split("[")[0].split(":")[-1]
            )
        ]
        index = int(position[1]) if position else 1
        if not 0 < index <= len(children):
            return None
        node = children[index - 1]
    return node if path else None


def _names(names: Sequence[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _some(names: Iterable[str], first: list[str] | None = None) -> tuple[str, ...]:
    """Element names for ``expected``: the likeliest first, then the others by alphabet."""
    others = sorted(set(names) - set(first or ()))
    return tuple(f"<{name}>" for name in [*(first or []), *others])

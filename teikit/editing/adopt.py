"""What an entry takes over from another: children, attributes, comments, as they are written."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from xml.sax.saxutils import escape

from lxml import etree

from teikit.corpus import attributes
from teikit.diagnostics import Edit, Location
from teikit.editing.compare import Contradiction
from teikit.editing.layout import Piece, indentation, pieces
from teikit.editing.plan import Opened
from teikit.editing.pointing import Hit, plan_hit
from teikit.edits import apply, refused
from teikit.facts import Pointer
from teikit.header import language
from teikit.links import Links
from teikit.names import KIND_OF_ENTRY, XML_BASE, XML_ID, XML_LANG, is_pointer, local

_NOTES = frozenset({"note", "noteGrp", "bibl", "idno", "ptr", "ref", "link", "linkGrp", "listBibl"})
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


class Adoption:
    """The edits by which one entry takes over what another has."""

    def __init__(
        self,
        links: Links,
        source: Opened,
        target: Opened,
        keeper: etree._Element,
        inner: Sequence[Hit],
    ) -> None:
        """Take the two files, the entry that is kept, and the tokens to rewrite in the other."""
        self.links = links
        self.source, self.target, self.keeper = source, target, keeper
        self.span = target.spans.element(target.number[keeper])
        self._moves = source.path != target.path
        scratch = Opened(source.document, source.facts)
        for hit in inner:
            if self._moves and hit.value.name != "key" and not _SCHEME.match(hit.new):
                # It will stand in the file of the entry that it leads to.
                hit = replace(hit, new=f"#{hit.new.partition('#')[2]}")
            plan_hit(scratch, hit)
        self._edits = scratch.edits

    # -- attributes ----------------------------------------------------------------------------

    def attributes(self, lacking: Iterable[tuple[str, str]]) -> None:
        """Plan to add attributes, and tokens to attributes of pointers."""
        spans = self.target.spans
        index = self.target.number[self.keeper]
        tag = spans.text(self.span.start, self.span.inner)
        end = self.span.start + spans.size(re.sub(r"\s*/?>$", "", tag))
        for name, value in lacking:
            if name.startswith("{"):
                raise refused(
                    self.target.document.locate(self.keeper),
                    f"the attribute {local(name)}=“{value}” must be copied by hand",
                )
            if is_pointer(local(self.keeper.tag), name):
                value = " ".join(self._relocated(token) for token in value.split())
            written = escape(value, {'"': "&quot;", "'": "&apos;", "\n": "&#10;", "\t": "&#9;"})
            there = spans.value(index, name)
            if there is None:
                self.target.replace(end, end, f' {name}="{written}"')
            else:
                self.target.replace(there.bounds[-1], there.bounds[-1], f" {written}")

    # -- children ------------------------------------------------------------------------------

    def children(
        self, moved: Sequence[tuple[str, Piece]], comments: Sequence[str], note: str
    ) -> None:
        """Plan to insert the moved children, comments that have lost theirs, and a note."""
        units = [(name, self._text(piece)) for name, piece in moved]
        units += [("note", text) for text in (*comments, *([note] if note else []))]
        if not units:
            return
        units.sort(key=lambda item: self._rank(item[0]))
        if self.span.empty:
            self._fill(units)
            return
        there = list(pieces(self.target, self.keeper))
        for name, text in units:
            at, lead = self._place(name, there)
            self.target.replace(at, at, lead + text)

    def _fill(self, units: Sequence[tuple[str, str]]) -> None:
        """Open an empty tag."""
        spans = self.target.spans
        tag = spans.text(self.span.start, self.span.inner)
        own = indentation(self.target, self.span.start)
        lead = "" if own is None else f"{own}  "
        name = re.match(r"<([^\s/>]+)", tag)
        assert name is not None
        start = self.span.inner - spans.size("/>")
        inside = "".join(lead + text for _, text in units)
        self.target.replace(start, self.span.inner, f">{inside}{own or ''}</{name[1]}>")

    def _place(self, name: str, there: Sequence[Piece]) -> tuple[int, str]:
        """Where a child of that name goes, and the white space before it.

        After the last of its name, else where the order of most content models has it: names, what
        is said, then notes and identifiers, then entries inside the entry.
        """
        rank = self._rank(name)
        before = [piece for piece in there if piece.name == name and rank > 1] or [
            piece for piece in there if self._rank(piece.name) <= rank
        ]
        if before:
            lead = indentation(self.target, before[-1].start)
            return before[-1].end, self._lead(lead)
        at = self.span.inner if there else self._end_of_words()
        lead = indentation(self.target, there[0].start) if there else None
        return at, self._lead(lead)

    def _lead(self, lead: str | None) -> str:
        mixed = bool((self.keeper.text or "").strip())
        return lead if lead is not None else " " if mixed else ""

    def _end_of_words(self) -> int:
        content = self.target.spans.text(self.span.inner, self.span.stop)
        return self.span.inner + self.target.spans.size(content.rstrip())

    def _rank(self, name: str) -> int:
        kind = KIND_OF_ENTRY.get(local(self.keeper.tag))
        if name == "head":
            return 0
        if kind and name in kind.names:
            return 1
        if name in _NOTES:
            return 3
        return 4 if kind and (name in kind.entries or name in kind.lists) else 2

    # -- the text of a child -------------------------------------------------------------------

    def _text(self, piece: Piece) -> str:
        """A child as it is written, with its comments; pointers lead where they led."""
        element = self.source.elements[piece.index]
        self._same_prefixes(element)
        inside = [edit for edit in self._edits if piece.start <= edit.start < piece.end]
        if self._moves:
            inside = self._with_relocations(piece, inside)
        spoken = language(element)
        if spoken and element.get(XML_LANG) is None and spoken != language(self.keeper):
            span = self.source.spans.element(piece.index)
            tag = self.source.spans.text(span.start, span.inner)
            name = re.match(r"<[^\s/>]+", tag)
            assert name is not None
            at = span.start + self.source.spans.size(name[0])
            inside.append(Edit(self.source.path, at, at, f' xml:lang="{spoken}"'))
        shifted = [
            Edit(edit.path, edit.start - piece.start, edit.end - piece.start, edit.text)
            for edit in inside
        ]
        coding = self.source.spans.encoding
        data = apply(self.source.document.data[piece.start : piece.end], coding, shifted)
        text = data.decode(coding)
        self._expressible(text, element)
        return self._with_line_ends(text)

    def _with_line_ends(self, text: str) -> str:
        ours = "\r\n" if self.target.spans.size("\r\n") and self._has("\r\n") else "\n"
        return re.sub(r"\r\n?|\n", ours, text)

    def _has(self, text: str) -> bool:
        return text.encode(self.target.spans.encoding) in self.target.document.data

    def _expressible(self, text: str, element: etree._Element) -> None:
        """Refuse characters that the other file's encoding lacks where no reference may stand."""
        coding = self.target.spans.encoding
        for match in re.finditer(r"<!--.*?-->|<\?.*?\?>|<!\[CDATA\[.*?\]\]>", text, re.DOTALL):
            if match[0].encode(coding, "ignore").decode(coding) != match[0]:
                raise refused(
                    self.source.document.locate(element),
                    f"a comment or CDATA section cannot be written in {coding}, "
                    f"the encoding of {self.target.path}",
                )

    def _same_prefixes(self, element: etree._Element) -> None:
        """Refuse a child whose prefixes mean something else in the other entry."""
        outside = dict(element.getparent().nsmap)  # type: ignore[union-attr]
        here = dict(self.keeper.nsmap)
        for node in element.iter("*"):
            used = {node.prefix}
            used |= {
                prefix
                for prefix, uri in node.nsmap.items()
                if prefix and any(name.startswith(f"{{{uri}}}") for name in attributes(node))
            }
            for prefix in used:
                uri = node.nsmap.get(prefix)
                if uri != here.get(prefix) and uri == outside.get(prefix):
                    raise refused(
                        self.source.document.locate(element),
                        f"<{local(element.tag)}> cannot be moved: its prefix "
                        f"“{prefix or ''}” means something else in {self.target.path}",
                    )

    # -- from one file to another --------------------------------------------------------------

    def _with_relocations(self, piece: Piece, edits: Sequence[Edit]) -> list[Edit]:
        """The edits, and those by which other pointers lead where they led, from another file."""
        found = list(edits)
        rewritten = {edit.start for edit in edits}
        element = self.source.elements[piece.index]
        for node in element.iter("*"):
            index = self.source.number[node]
            for value in self.source.spans.values(index):
                if not is_pointer(local(node.tag), value.name):
                    continue
                for token, first, last in value.tokens():
                    start, end = value.bounds[first], value.bounds[last]
                    if any(start <= at <= end for at in rewritten):
                        continue
                    new = self._relocated(token)
                    if new != token:
                        found.append(Edit(self.source.path, start, end, escape(new)))
        return found

    def _relocated(self, token: str) -> str:
        """A token that leads from the kept entry's file where it led from the other's."""
        source, target = self.source.path, self.target.path
        if not self._moves:
            return token
        found = self.links.resolve(source, token)
        # What a file finds in itself is found in another only where ids are everybody's.
        own = token.startswith("#") and found.path == source
        there = self.links.resolve(target, token)
        if (found.state, found.path, found.id) == (there.state, there.path, there.id) and not own:
            return token
        if _SCHEME.match(token):
            raise refused(
                Location(source), f"“{token}” means something else in {target}: move it by hand"
            )
        file, sign, fragment = token.partition("#")
        where = posixpath.join(posixpath.dirname(source), file) if file else source
        where = posixpath.normpath(where)
        shown = posixpath.relpath(where, posixpath.dirname(target) or ".")
        return ("" if where == target else shown) + sign + fragment


# -- what does not move ----------------------------------------------------------------------------


def comments(opened: Opened, dropped: Iterable[Piece]) -> list[str]:
    """The comments of children that are not moved: nobody's words are thrown away."""
    found = []
    for piece in dropped:
        span = opened.spans.element(piece.index)
        for start, end in ((piece.start, span.start), (span.end, piece.end)):
            found += [opened.spans.text(*place) for place in opened.spans.between(start, end)]
    return found


def note(gone: str, contradictions: Sequence[Contradiction]) -> str:
    """The note that keeps what the other entry said and was overruled in; empty without any."""
    if not contradictions:
        return ""
    said = "; ".join(f"{item.about}: {item.gone}" for item in contradictions)
    return f'<note type="merged">{escape(f"{gone}: {said}")}</note>'


def stays_reachable(
    links: Links, opened: Opened, goner: etree._Element, target: str, moved: Iterable[Piece]
) -> None:
    """Refuse where something points into the entry to an id that goes or changes its file."""
    kept = {opened.elements[piece.index] for piece in moved} if target == opened.path else set()
    ids = {
        str(node.get(XML_ID))
        for child in goner.iterchildren("{*}*")
        if child not in kept
        for node in child.iter("{*}*")
        if node.get(XML_ID)
    }
    based = [node for node in (goner, *goner.iterancestors()) if node.get(XML_BASE) is not None]
    if based and target != opened.path:
        raise refused(opened.document.locate(goner), "an xml:base is in force: move it by hand")
    if not ids:
        return
    spans = opened.spans
    span = spans.element(opened.number[goner])
    for facts in links.facts:
        for pointer in facts.pointers:
            if pointer.token.rpartition("#")[2] in ids:
                found = links.resolve(facts.path, pointer.token, pointer.base)
                inside = facts.path == opened.path and _inside(
                    opened, pointer, span.start, span.end
                )
                if (found.state, found.path) == ("resolved", opened.path) and not inside:
                    raise refused(
                        pointer.location,
                        f"“{pointer.token}” leads to what stands inside “{goner.get(XML_ID)}” "
                        f"and would be lost",
                        "move that by hand first, or point elsewhere",
                    )


def _inside(opened: Opened, pointer: Pointer, start: int, end: int) -> bool:
    """Whether a pointer of the file stands between two bytes."""
    from teikit.wellformed.extract import position

    coding = opened.spans.encoding
    place = (pointer.location.line or 0, pointer.location.column or 0)
    first, last = (position(opened.document.data, at, coding) for at in (start, end))
    return first <= place < last

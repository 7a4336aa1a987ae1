"""What expat stumbled on, in an encoder's words.

expat tells the kind of the error and a byte. Where markup is broken, it is read again from the last
tag that was sound, so that the finding stands at what is wrong and names what was meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.parsers.expat import errors

from teikit.diagnostics import RULES, Diagnostic, Related
from teikit.wellformed import nesting, outside, prefixes, references, tags
from teikit.wellformed.broken import AHEAD, Broken, found
from teikit.wellformed.extract import Extract, clip, skip

_BEGUN = re.compile(r"&#?[\w.:-]*")
_TAG = re.compile(r"""</?[^"'>]*(?:(?:"[^"]*"|'[^']*')[^"'>]*)*>""")
_PART = re.compile(r""""[^"]*"|'[^']*'|<!--.*?-->|<\?.*?\?>|[\[\]>]""", re.DOTALL)
# Characters of word processors: what an encoder writes for them.
_BREAKS = {"\x0b": "write <lb/> if it is a line break", "\x0c": "write <pb/> if it is a page break"}


def explain(broken: Broken) -> Diagnostic:
    """The finding (TK002) about a file that expat does not take."""
    told = _BY_ERROR.get(broken.error)
    if told is not None:
        return told(broken)
    prefixed = prefixes.explain(broken)
    if prefixed is not None:
        return prefixed
    message = f"the markup is broken: {broken.error}"
    return RULES["TK002"].at(broken.at(broken.offset), message)


# -- broken tokens -------------------------------------------------------------------------------


def _invalid(broken: Broken) -> Diagnostic:
    """A character stands where it cannot."""
    extract = broken.extract(broken.origin, broken.offset + AHEAD)
    bad = extract.index(broken.offset)
    text = extract.text
    char = text[bad : bad + 1]
    if char and (ord(char) < 32 or char in "\ufffe\uffff") and char not in tags.SPACE:
        return _control(extract, bad)
    start = _token(text, bad)
    reference = _reference(text, bad)
    inside = broken.opened or text.startswith("<", start)
    if reference >= 0 and inside and text[start : start + 2] not in ("<!", "<?"):
        return references.explain(extract, reference)
    if text.startswith("<", start):
        return _markup(broken, extract, start, bad)
    return _in_text(broken, extract, start, bad)


def _reference(text: str, bad: int) -> int:
    """The ``&`` of a reference that breaks off at a character; -1 where there is none."""
    begun = text.rfind("&", 0, bad + 1)
    match = _BEGUN.fullmatch(text, begun, bad) if 0 <= begun < bad else None
    return begun if match or begun == bad else -1


def _token(text: str, bad: int) -> int:
    """Where the tag, comment, instruction or run of text begins that holds a character."""
    at = 0
    while True:
        end = _end(text, at) if text.startswith("<", at) else text.find("<", at)
        if end < 0 or end > bad:
            return at
        at = end


def _end(text: str, at: int) -> int:
    """The character after the markup that begins at one; -1 where it does not end."""
    for mark, stop in (("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>")):
        if text.startswith(mark, at):
            found = text.find(stop, at + len(mark))
            return found + len(stop) if found >= 0 else -1
    if text.startswith("<!", at):
        inside = False
        for part in _PART.finditer(text, at + 2):
            if part[0] == ">" and not inside:
                return part.end()
            inside = part[0] == "[" or (inside and part[0] != "]")
        return -1
    match = _TAG.match(text, at)
    return match.end() if match else -1


def _control(extract: Extract, index: int) -> Diagnostic:
    char = extract.text[index]
    hints = ["delete it"]
    if char in _BREAKS:
        hints.append(_BREAKS[char])
    return RULES["TK002"].at(
        extract.at(index),
        f"the {'control ' if ord(char) < 32 else ''}character U+{ord(char):04X} "
        "may not stand in XML",
        hints=hints,
        fix=None if char in _BREAKS else extract.fix("delete it", (index, index + 1, "")),
    )


def _in_text(broken: Broken, extract: Extract, start: int, bad: int) -> Diagnostic:
    """Between tags: the end of a CDATA section, or anything outside the root element."""
    text = extract.text
    if not broken.opened:
        return outside.text(broken, extract, start)
    stop = text.rfind("]]", max(start, bad - 2), bad + 2)
    if stop >= 0 and text.startswith("]]>", stop):
        return RULES["TK002"].at(
            extract.at(stop),
            "]]> may not stand in the text: it ends a CDATA section, and none is open",
            hints=("write ]]&gt;",),
            fix=extract.fix("write ]]&gt;", (stop + 2, stop + 3, "&gt;")),
        )
    return found(extract, bad, f"“{text[bad : bad + 1]}” may not stand here", "delete it")


def _markup(broken: Broken, extract: Extract, start: int, bad: int) -> Diagnostic:
    text = extract.text
    if text.startswith("<!--", start):
        return _comment(extract, start, bad)
    if text.startswith("<!", start):
        return outside.declared(broken, extract, start)
    if text.startswith("<?", start):
        return _instruction(extract, start, bad)
    if text.startswith("</", start):
        if not broken.opened:
            name = clip(broken.name(extract.byte(start)))
            where = "has ended" if broken.origin else "has not begun"
            message = f"</{name}> closes nothing: the document {where}"
            return found(extract, start, message, f"delete </{name}>")
        return tags.end_tag(extract, start, broken.name(broken.opened[-1]))
    if bad <= start + 1:
        return _less_than(broken, extract, start)
    return tags.start_tag(extract, start, bad) or _cut_tag(broken, extract, start)


def _less_than(broken: Broken, extract: Extract, start: int) -> Diagnostic:
    text = extract.text
    where = f" (inside <{clip(broken.name(broken.opened[-1]))}>)" if broken.opened else ""
    message = f"< does not begin a tag here{where}"
    hints = ["write &lt; for the sign itself"]
    fix = None
    if broken.opened and re.compile(r"[\s\d=][^<>]*(?:<|\Z)").match(text, start + 1):
        # Without a > after it, and before what is no name, it cannot have been meant for a tag.
        fix = extract.fix("write &lt;", (start, start + 1, "&lt;"))
    after = skip(text, start + 1)
    if text.startswith("<", after):
        hints.append("or delete one of the two <")
        fix = None
    elif re.compile(r"/?[^\W\d][^<>]*>").match(text, after):
        hints.append("or, if it begins a tag, delete the space after it")
        fix = None
    return RULES["TK002"].at(extract.at(start), message, expected=("&lt;",), hints=hints, fix=fix)


def _comment(extract: Extract, start: int, bad: int) -> Diagnostic:
    text = extract.text
    hyphens = text.rfind("--", start + 4, bad + 2)
    if hyphens < 0:
        hyphens = bad
    while hyphens > start + 4 and text[hyphens - 1] == "-":
        hyphens -= 1
    if text.startswith("<!", hyphens - 2) and hyphens - 2 > start:
        begun = extract.at(hyphens - 2)
        return RULES["TK002"].at(
            extract.at(start),
            f"the comment <!-- is not closed before another <!-- begins in line {begun.line}",
            expected=("-->",),
            hints=("write --> where the first one ends; a comment cannot hold another",),
            related=(Related("the other comment begins here", begun),),
        )
    place = extract.at(hyphens)
    ending = re.compile(r"--[!\s]\s{0,9}>").match(text, hyphens)
    if ending:
        return RULES["TK002"].at(
            place,
            f"a comment ends with -->, and not with {' '.join(ending[0].split())}",
            expected=("-->",),
            hints=("write -->",),
            fix=extract.fix("write -->", (hyphens, ending.end(), "-->")),
        )
    end = text.find("-->", hyphens)
    body = text[start + 4 : end] if end >= 0 else ""
    fix = None
    if end >= 0 and "<!--" not in body:
        changes = [
            (start + 4 + run.start(), start + 4 + run.end(), " ".join(run[0]))
            for run in re.finditer("-{2,}", body)
        ]
        if body.endswith("-"):
            if changes and changes[-1][1] == end:
                first, last, spaced = changes.pop()
                changes.append((first, last, f"{spaced} "))
            else:
                changes.append((end, end, " "))
        fix = extract.fix("put spaces between the hyphens", *changes)
    return RULES["TK002"].at(
        place,
        "-- may not stand inside a comment",
        hints=("write one hyphen, a dash (–), or - - with a space",),
        fix=fix,
    )


def _instruction(extract: Extract, start: int, bad: int) -> Diagnostic:
    text = extract.text
    name = re.compile(r"<\?([^\s?<>]*)").match(text, start)
    target = name[1] if name else ""
    if target.lower() == "xml":
        message = f"<?{target} is kept for the XML declaration, and that begins the file"
        return found(extract, start, message, "delete it, or give it another name")
    if not target:
        message = "<? begins a processing instruction, and its name must follow at once"
        return found(extract, start, message, "write the name directly after <?, or delete it")
    message = f"the processing instruction <?{clip(target)} is broken"
    return found(extract, bad, message, "its form is <?name …?>")


# -- tokens and elements that do not end --------------------------------------------------------


def _unclosed(broken: Broken) -> Diagnostic:
    """A token that begins, and the file ends in it."""
    extract = broken.extract(broken.offset, broken.offset + 16 * AHEAD)
    text = extract.text
    if text.startswith("<!--"):
        return _open_comment(extract)
    if text[:5] == "<?xml" and broken.offset == extract.start and not broken.origin:
        return outside.declaration_not_ended(extract)
    if text.startswith("<?"):
        name = re.match(r"<\?([^\s?<>]*)", text)
        message = f"the processing instruction <?{clip(name[1] if name else '')} is never closed"
        return found(extract, 0, message, "write ?> where it ends")
    if text.startswith("<!"):
        message = "the document type declaration is never closed"
        return found(extract, 0, message, "delete it: TEI needs none")
    if text.startswith("&"):
        return references.explain(extract, 0)
    if text.startswith("</") and broken.opened:
        return tags.end_tag(extract, 0, broken.name(broken.opened[-1]))
    if text.startswith("<"):
        whole = broken.extract(broken.offset, len(broken.data))
        return tags.start_tag(whole, 0, len(whole.text)) or _cut_tag(broken, extract, 0)
    return nesting.cut_short(broken)


def _cut_tag(broken: Broken, extract: Extract, start: int) -> Diagnostic:
    name = clip(broken.name(extract.byte(start)))
    message = f"the file ends in the middle of the tag <{name}"
    return found(
        extract, start, message, "the end of the file may be missing: compare it with a copy"
    )


def _open_comment(extract: Extract) -> Diagnostic:
    line = re.split(r"[\r\n]", extract.text, maxsplit=1)[0]
    arrows = [match.start() + 1 for match in re.finditer(r"[^-]->", line)]
    fix = None
    if len(arrows) == 1:
        fix = extract.fix("write -->", (arrows[0], arrows[0] + 2, "-->"))
    return RULES["TK002"].at(
        extract.at(0),
        "the comment that begins here with <!-- is never closed",
        expected=("-->",),
        hints=("write --> where it ends",),
        fix=fix,
    )


def _open_section(broken: Broken) -> Diagnostic:
    mark = "<![CDATA[".encode(broken.coding)
    at = max(broken.data.rfind(mark, 0, broken.offset), 0)
    message = "the CDATA section that begins here is never closed"
    return RULES["TK002"].at(
        broken.at(at), message, expected=("]]>",), hints=("write ]]> where it ends",)
    )


# -- references and attributes ---------------------------------------------------------------------


def _undefined(broken: Broken) -> Diagnostic:
    """A reference to an entity; in the value of an attribute expat tells the tag only."""
    extract = broken.extract(broken.offset, broken.offset + AHEAD)
    if extract.text.startswith("&"):
        return references.undefined(extract, 0)
    whole = broken.extract(broken.offset, len(broken.data))
    for item in tags.attributes(whole.text, 0):
        found = re.search(r"&(?!#|(?:amp|lt|gt|quot|apos);)[^\s;&]+;", item.value)
        if found:
            return references.undefined(whole, item.first + found.start())
    return references.undefined(extract, 0)


def _bad_number(broken: Broken) -> Diagnostic:
    extract = broken.extract(broken.offset, broken.offset + AHEAD)
    if extract.text.startswith("&"):
        return references.explain(extract, 0)
    found = re.search(r"&#[^;]*;", extract.text)
    return references.explain(extract, found.start() if found else 0)


def _duplicate(broken: Broken) -> Diagnostic:
    extract = broken.extract(broken.origin, len(broken.data))
    bad = extract.index(broken.offset)
    return tags.duplicate(extract, _token(extract.text, bad), bad)


_BY_ERROR: dict[str, Callable[[Broken], Diagnostic]] = {
    errors.XML_ERROR_INVALID_TOKEN: _invalid,
    errors.XML_ERROR_PARTIAL_CHAR: _invalid,
    errors.XML_ERROR_UNCLOSED_TOKEN: _unclosed,
    errors.XML_ERROR_UNCLOSED_CDATA_SECTION: _open_section,
    errors.XML_ERROR_TAG_MISMATCH: nesting.mismatch,
    errors.XML_ERROR_NO_ELEMENTS: nesting.cut_short,
    errors.XML_ERROR_SYNTAX: outside.syntax,
    errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT: outside.junk,
    errors.XML_ERROR_MISPLACED_XML_PI: outside.misplaced,
    errors.XML_ERROR_XML_DECL: outside.bad_declaration,
    errors.XML_ERROR_UNDEFINED_ENTITY: _undefined,
    errors.XML_ERROR_BAD_CHAR_REF: _bad_number,
    errors.XML_ERROR_DUPLICATE_ATTRIBUTE: _duplicate,
}

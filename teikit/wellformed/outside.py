"""What may not stand before or after the root element, and the XML declaration."""

from __future__ import annotations

from teikit.diagnostics import RULES, Diagnostic
from teikit.wellformed.broken import AHEAD, Broken, found
from teikit.wellformed.extract import Extract, clip, skip

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'


def text(broken: Broken, extract: Extract, index: int) -> Diagnostic:
    """Text before the first tag or after the last."""
    index = skip(extract.text, index)
    word = extract.text[index:].split("<", 1)[0].split("\n", 1)[0].strip()
    if broken.origin:
        message = f"text stands after the end of the document: “{clip(word)}”"
        return found(extract, index, message, "delete it, or move it into an element")
    if "<".encode(broken.coding) not in broken.data:
        message = f"the file is not XML: it begins with “{clip(word)}”"
        return found(extract, index, message, "is it the right file?")
    message = f"text stands before the first tag: “{clip(word)}”"
    return found(extract, index, message, "delete it, or move it into an element")


def syntax(broken: Broken) -> Diagnostic:
    """Something before the root element."""
    extract = broken.extract(broken.offset, broken.offset + AHEAD)
    if extract.text.startswith("<!"):
        return declared(broken, extract, 0)
    return text(broken, extract, 0)


def junk(broken: Broken) -> Diagnostic:
    """Something after the root element."""
    extract = broken.extract(broken.offset, broken.offset + AHEAD)
    if not extract.text.startswith("<"):
        return text(broken, extract, 0)
    if extract.text.startswith("<!"):
        return declared(broken, extract, 0)
    name = clip(broken.name(broken.offset))
    return found(
        extract,
        0,
        f"<{name}> is a second root element: the document has ended before it",
        "one root element must hold everything: look for an end-tag too many above",
        "or give it a file of its own; a <teiCorpus> holds several <TEI>",
    )


def misplaced(broken: Broken) -> Diagnostic:
    """An XML declaration that does not begin the file."""
    extract = broken.extract(0, broken.offset + AHEAD)
    index = extract.index(broken.offset)
    blank = not extract.text[:index].strip()
    hint = "delete it; if something stands before the first one, delete that"
    if blank:
        hint = "delete the white space before it: the declaration must come first in the file"
    return RULES["TK002"].at(
        extract.at(index),
        "an XML declaration (<?xml …?>) stands here, but it may only begin the file",
        hints=(hint,),
        fix=extract.fix("delete the white space before it", (0, index, "")) if blank else None,
    )


def bad_declaration(broken: Broken) -> Diagnostic:
    """An XML declaration that is not of the form that XML 1.0 gives it (section 2.8)."""
    extract = broken.extract(0, broken.offset + AHEAD)
    end = extract.text.find("?>")
    fix = None
    if 0 <= end < 300:
        fix = extract.fix("write the usual declaration", (0, end + 2, _DECLARATION))
    return RULES["TK002"].at(
        broken.at(broken.offset),
        "the XML declaration is broken here",
        expected=(_DECLARATION,),
        hints=(f"write {_DECLARATION}",),
        fix=fix,
    )


def declaration_not_ended(extract: Extract) -> Diagnostic:
    """An XML declaration without the question mark at its end."""
    end = extract.text.find(">")
    fix = extract.fix("write ?>", (end, end, "?")) if 0 < end < 300 else None
    return RULES["TK002"].at(
        extract.at(0),
        "the XML declaration <?xml is never closed",
        expected=("?>",),
        hints=(f"its end is ?>: write {_DECLARATION}",),
        fix=fix,
    )


def declared(broken: Broken, extract: Extract, start: int) -> Diagnostic:
    """``<!`` that begins no comment."""
    text = extract.text
    if text.startswith("<!-", start):
        fix = extract.fix("write <!--", (start, start + 3, "<!--"))
        message = "<!- begins nothing: a comment begins with <!--"
        return RULES["TK002"].at(extract.at(start), message, hints=("write <!--",), fix=fix)
    if text[start : start + 9].upper() == "<!DOCTYPE":
        if broken.opened or broken.origin:
            message = "a DOCTYPE may only stand before the root element"
            return found(extract, start, message, "delete it")
        message = "the document type declaration (<!DOCTYPE …>) is broken"
        if not text.startswith("<!DOCTYPE", start):
            message = "<!DOCTYPE is written in capital letters"
        return found(extract, start, message, "delete it: TEI needs none")
    if text.startswith("<![", start):
        message = "a CDATA section begins with <![CDATA["
        if text.startswith("<![CDATA[", start) and not broken.opened:
            message = "a CDATA section is text, and text may only stand inside the root element"
        return found(extract, start, message, "delete it, or write the text in an element")
    message = "<! does not begin anything that may stand here"
    return found(extract, start, message, "a comment is <!-- … -->; for the sign < write &lt;")

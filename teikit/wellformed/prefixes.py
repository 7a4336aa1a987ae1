"""Prefixes that nobody declared, and namespaces that may not be declared so.

Source: Namespaces in XML 1.0 (Third Edition).
"""

from __future__ import annotations

from xml.parsers.expat import errors

from teikit.diagnostics import RULES, Diagnostic
from teikit.names import TEI
from teikit.wellformed.broken import Broken
from teikit.wellformed.extract import Extract, clip
from teikit.wellformed.tags import attributes

# What is usually meant by a prefix.
_USUAL = {
    "cmd": "http://www.clarin.eu/cmd/1",
    "m": "http://www.w3.org/1998/Math/MathML",
    "math": "http://www.w3.org/1998/Math/MathML",
    "mei": "http://www.music-encoding.org/ns/mei",
    "mml": "http://www.w3.org/1998/Math/MathML",
    "rng": "http://relaxng.org/ns/structure/1.0",
    "svg": "http://www.w3.org/2000/svg",
    "tei": TEI,
    "xhtml": "http://www.w3.org/1999/xhtml",
    "xi": "http://www.w3.org/2001/XInclude",
    "xlink": "http://www.w3.org/1999/xlink",
    "xs": "http://www.w3.org/2001/XMLSchema",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
# What expat calls the other faults, with what to say of them.
_OTHERS = {
    errors.XML_ERROR_UNDECLARING_PREFIX: (
        "a namespace prefix is declared as nothing (xmlns:…=“”), which XML does not allow",
        "write the address of the namespace, or delete the declaration",
    ),
    "reserved prefix (xml) must not be undeclared or bound to another namespace name": (
        "the prefix xml: is declared for another namespace, but it always means XML’s own",
        "delete the declaration: xml:id and xml:lang need none",
    ),
    "reserved prefix (xmlns) must not be declared or undeclared": (
        "the prefix xmlns: is declared, but it is XML’s own",
        "delete the declaration, or choose another prefix",
    ),
    "prefix must not be bound to one of the reserved namespace names": (
        "a namespace of XML itself is declared for another prefix",
        "delete the declaration: the prefixes xml: and xmlns: need none",
    ),
}


def explain(broken: Broken) -> Diagnostic | None:
    """The finding about broken namespaces; None where something else is wrong."""
    if broken.error == errors.XML_ERROR_UNBOUND_PREFIX:
        return _unbound(broken)
    if broken.error in _OTHERS:
        message, hint = _OTHERS[broken.error]
        return RULES["TK002"].at(broken.at(broken.offset), message, hints=(hint,))
    return None


def _unbound(broken: Broken) -> Diagnostic:
    """An element or attribute whose prefix no ``xmlns:…`` declares."""
    declared = {"xml", "xmlns"}
    for tag in (*broken.opened, broken.offset):
        names = (item.name for item in attributes(_tag(broken, tag).text, 0))
        declared |= {name[6:] for name in names if name.startswith("xmlns:")}
    extract = broken.extract(broken.offset, len(broken.data))
    written, index = broken.name(broken.offset), 0
    what = f"the element <{clip(written)}>"
    if not _undeclared(written, declared):
        for item in attributes(extract.text, 0):
            if _undeclared(item.name, declared):
                written, index = item.name, item.start
                what = f"the attribute {clip(item.name)} of <{clip(broken.name(broken.offset))}>"
                break
    prefix, _, local = written.partition(":")
    prefix, local = clip(prefix), clip(local)
    usual = _USUAL.get(prefix)
    plain = f"<{local}>" if index == 0 else local
    hints = [
        f'declare the prefix in the root element: xmlns:{prefix}="{usual or "…"}"',
        f"or write {plain} without a prefix",
    ]
    fix = None
    if prefix == "tei":
        hints.reverse()
    if usual:
        root = broken.opened[0] if broken.opened else broken.offset
        head = broken.extract(root, root + 4096)
        end = 1 + len(broken.name(root))
        fix = head.fix(f"declare {prefix}", (end, end, f' xmlns:{prefix}="{usual}"'))
    return RULES["TK002"].at(
        extract.at(index),
        f"the prefix {prefix}: is not declared: {what} uses it",
        hints=hints,
        fix=fix,
    )


def _undeclared(name: str, declared: set[str]) -> bool:
    prefix, colon, _ = name.partition(":")
    return bool(colon) and prefix not in declared


def _tag(broken: Broken, tag: int) -> Extract:
    """Enough of a file to hold the start-tag of an outer element; a hostile one is cut."""
    return broken.extract(tag, tag + 2**20)

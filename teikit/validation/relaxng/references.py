"""Where a schema points to: URI references, their resolution, and the files they name.

RELAX NG, sections 3 (``anyURI``), 4.5 (``href``) and RFC 3986, section 5.
"""

from __future__ import annotations

import os
import posixpath
import re

from teikit.validation.relaxng.tree import Node, Place, SchemaError, fault

_PARTS = re.compile(r"(?:([^:/?#]+):)?(?://([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.DOTALL)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+")


def is_reference(text: str) -> bool:
    """Whether ``text`` is a URI reference once the characters that XLink 5.4 names are escaped."""
    if re.search(r"%(?![0-9A-Fa-f]{2})", text) or text.count("#") > 1:
        return False
    before, colon, _ = re.split(r"[/?#]", text, maxsplit=1)[0].partition(":")
    if colon and not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*", before):
        return False
    brackets = re.sub(r"//(?:[^/?#@]*@)?\[[0-9A-Fa-f:.]+\]", "//", text, count=1)
    return "[" not in brackets and "]" not in brackets


def is_library(text: str) -> bool:
    """Whether ``text`` can name a datatype library: an absolute URI without fragment, or empty."""
    if not text:
        return True
    scheme, _, rest = text.partition(":")
    return (
        is_reference(text)
        and "#" not in text
        and bool(rest)
        and re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*", scheme) is not None
    )


def is_url(target: str) -> bool:
    """Whether a target is a URI rather than the path of a file; ``C:`` is a drive, no scheme."""
    scheme = target.partition(":")[0]
    return scheme != target and _SCHEME.fullmatch(scheme) is not None


def resolve(reference: str, base: str) -> str:
    """What ``reference`` means in a schema whose base is ``base``, a URI or the path of a file.

    Against a URI the algorithm is that of RFC 3986, 5.2; against a path the reference is decoded
    and joined, and leading ``..`` are kept, since the path may be relative to the working folder.
    The fragment is not dropped: RELAX NG forbids it, and the caller says so.
    """
    if is_url(reference):
        return reference
    if is_url(base):
        return _resolve_uri(reference, base)
    if os.sep == "\\":
        base = base.replace("\\", "/")
    from urllib.parse import unquote

    path = unquote(reference)
    joined = posixpath.join(posixpath.dirname(base), path) if path else base
    folder = posixpath.basename(joined) in ("", ".", "..")
    normal = posixpath.normpath(joined)
    return normal + "/" if folder and not normal.endswith("/") else normal


def _resolve_uri(reference: str, base: str) -> str:
    match, context = _PARTS.fullmatch(reference), _PARTS.fullmatch(base)
    if match is None or context is None:  # the expression matches every string
        return reference
    _, authority, path, query, fragment = match.groups()
    scheme, base_authority, base_path, base_query, _ = context.groups()
    if authority is None:
        authority = base_authority
        if not path:
            path, query = base_path, base_query if query is None else query
        elif not path.startswith("/"):
            folder = base_path.rpartition("/")[0]
            path = f"{folder}/{path}" if folder or base_path or authority else path
    absolute = f"{scheme}:" + (f"//{authority}" if authority is not None else "")
    absolute += _without_dots(path) + (f"?{query}" if query is not None else "")
    return absolute + (f"#{fragment}" if fragment is not None else "")


def _without_dots(path: str) -> str:
    """The path without its ``.`` and ``..`` segments (RFC 3986, 5.2.4)."""
    kept: list[str] = []
    segments = path.split("/")
    for position, segment in enumerate(segments):
        last = position == len(segments) - 1
        if segment == "..":
            if len(kept) > 1 or (kept and kept[0]):
                kept.pop()
        elif segment != ".":
            kept.append(segment)
        if last and segment in (".", ".."):
            kept.append("")
    return "/".join(kept)


def load_file(target: str, kind: str, place: Place) -> Node:
    """The schema in the local file ``target`` (a path or a ``file:`` URI), read but not simplified.

    ``kind`` is ``include`` or ``externalRef``, ``place`` where that element stands. ``.rnc`` files
    are read as compact syntax, all others as XML. Raises SchemaError: at ``place`` when the file
    cannot be read or lies on the network, in the file itself when it is no schema.
    """
    from pathlib import Path

    path = _local(target, kind, place)
    try:
        data = Path(path).read_bytes()
    except FileNotFoundError:
        message = f"{path}, which <{kind}> names, does not exist"
        raise SchemaError(fault(place, message, *_similar(path))) from None
    except OSError as error:
        message = f"{path}, which <{kind}> names, cannot be read: {error.strerror or error}"
        raise SchemaError(fault(place, message)) from None
    if path.lower().endswith(".rnc"):
        from teikit.validation.relaxng import compact

        tree: Node = compact.read(data, path)
        return tree
    from teikit.validation.relaxng import syntax

    return syntax.read(data, path)


def _local(target: str, kind: str, place: Place) -> str:
    if not is_url(target):
        return target
    from urllib.parse import urlsplit
    from urllib.request import url2pathname

    try:
        parts = urlsplit(target)
    except ValueError as error:
        raise SchemaError(fault(place, f"{target} is not an address: {error}")) from None
    if parts.scheme.lower() == "file" and parts.netloc in ("", "localhost"):
        return url2pathname(parts.path)
    raise SchemaError(
        fault(
            place,
            f"<{kind}> names {target}, which is not fetched: schemas come from local files",
            f"put it into the local store once: teikit schema add {target}",
        )
    )


def _similar(path: str) -> tuple[str, ...]:
    """Files of nearly that name in the same folder, as a hint."""
    import difflib
    from pathlib import Path

    folder = Path(path).parent
    if not folder.is_dir():
        return (f"the folder {folder.as_posix()} does not exist either",)
    names = sorted(entry.name for entry in folder.iterdir() if entry.is_file())
    near = difflib.get_close_matches(Path(path).name, names, n=1, cutoff=0.7)
    return (f"did you mean {near[0]}?",) if near else ()

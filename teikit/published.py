"""Published references: what each citation of a passage led to when it was published.

They are kept in a text file beside the configuration (``[citation] lock``), one reference a line,
so that version control shows what was added. A reference that readers may have copied is a promise:
it stays in the file as it was published until it is released by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NoReturn
from urllib.parse import unquote

from teikit.diagnostics import RULES, Location
from teikit.errors import TeikitError, UnknownDocumentError
from teikit.facts import Facts
from teikit.links import Links
from teikit.promises import Change, Passage, Version, compare, passage

FORMAT = 1
_FIRST = re.compile(r"# teikit references (\d+)")
_HEAD = f"""# teikit references {FORMAT}
# What a published reference leads to: address, xml:id, digest of its words, first and last words.
# Written by `teikit cite --publish`; a reference stays here until it is released.
"""
_MERGE = re.compile(r"(<{7}|\|{7}|={7}|>{7})(?: |$)")
_DIGEST = re.compile(r"[0-9a-f]{12}|-")


class PublishedError(TeikitError):
    """The file of published references cannot be used (exit code 1)."""


def current(links: Links) -> tuple[Version, ...]:
    """What the texts make citable now, sorted by the ids of the versions."""
    found = documents(links)
    return tuple(version_of(found[key]) for key in sorted(found))


def documents(links: Links) -> dict[str, Facts]:
    """The versions of documents by their ids; of two with one id the first counts."""
    return {facts.id: facts for facts in reversed(links.facts) if facts.role == "document"}


def version_of(facts: Facts) -> Version:
    """What a version makes citable; of two passages with one reference the first counts."""
    passages: dict[str, Passage] = {}
    for unit in facts.units:
        if unit.ref and unit.ref not in passages:
            passages[unit.ref] = passage(unit.ref, unit.id, unit.text)
    root = next((key for key, element in facts.ids if element == "TEI"), "")
    title = " ".join(facts.header.title(facts.lang).split())
    return Version(facts.id, root, title, tuple(passages.values()))


# -- the file ------------------------------------------------------------------------------------


def read(links: Links) -> tuple[Version, ...] | None:
    """What was published, by the file that the configuration names; None where there is none.

    Raises PublishedError (TK611) where it cannot be read or is broken.
    """
    name = links.corpus.config.citation.lock
    if not name:
        return None
    try:
        data = (links.corpus.config.root / name).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        _refuse(name, None, f"cannot be read: {error.strerror}")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        _refuse(name, data[: error.start].count(b"\n") + 1, "is not UTF-8")
    return parse(text, name)


def parse(text: str, name: str) -> tuple[Version, ...]:
    """The versions that a file of references lists; ``name`` is what messages call it.

    Raises PublishedError (TK611) with the line that is wrong.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    form = _FIRST.fullmatch(lines[0].strip())
    if form is None:
        _refuse(name, 1, "does not begin as a list of published references", _first_line(lines[0]))
    if int(form[1]) != FORMAT:
        _refuse(name, 1, f"has format {form[1]}; this teikit reads {FORMAT}")
    versions: dict[str, Version] = {}
    passages: dict[str, dict[str, Passage]] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        if _MERGE.match(line):
            _refuse(name, number, "holds the remains of a merge", _MERGED)
        address, *columns = line.split("\t")
        if not 2 <= len(columns) <= 4 or not address or not _DIGEST.fullmatch(columns[1]):
            _refuse(name, number, f"has a line that is no reference: “{_short(line)}”")
        version, mark, ref = address.partition("#")
        version, ref = unquote(version), unquote(ref)
        key, digest, opening, ending = (*columns, "", "")[:4]
        if not mark:
            if version in versions:
                _refuse(name, number, f"lists {address} twice", _TWICE)
            versions[version] = Version(version, key, opening, (), number)
            continue
        known = passages.setdefault(version, {})
        if ref in known:
            _refuse(name, number, f"lists {address} twice", _TWICE)
        known[ref] = Passage(ref, key, digest, opening, ending, number)
    return tuple(
        Version(
            version,
            stated.root if stated else "",
            stated.title if stated else "",
            tuple(found.values()),
            stated.line if stated else next(iter(found.values())).line,
        )
        for version in sorted({*versions, *passages})
        for stated, found in [(versions.get(version), passages.get(version, {}))]
    )


def dump(versions: Iterable[Version]) -> str:
    """The text of the file: the same references give the same bytes."""
    lines = []
    for version in versions:
        lines.append([_quoted(version.id, "#"), version.root, "-", version.title])
        lines += [
            [address(version.id, item.ref), item.id, item.digest, item.opening, item.ending]
            for item in version.passages
        ]
    return _HEAD + "".join("\t".join(line).rstrip("\t") + "\n" for line in lines)


def address(version: str, ref: str) -> str:
    """A reference as the file writes it, and as it is released: ``d04-ru#12``."""
    return f"{_quoted(version, '#')}#{_quoted(ref)}"


def _quoted(text: str, more: str = "") -> str:
    """Without the characters that separate lines and columns."""
    return "".join(
        f"%{ord(char):02X}" if char in "%\t\n\r" or char in more else char for char in text
    )


_REDO = "restore it from version control, or delete it and write it anew: teikit cite --publish"
_MERGED = "settle the conflict: mostly the lines of both sides are wanted"
_TWICE = "keep the line that was published first"


def _first_line(found: str) -> str:
    return f"line 1 must be “# teikit references {FORMAT}”, not “{_short(found)}”"


def _short(line: str) -> str:
    shown = line.replace("\t", " ")
    return shown if len(shown) <= 60 else f"{shown[:59]}…"


def _refuse(name: str, line: int | None, reason: str, hint: str = _REDO) -> NoReturn:
    raise PublishedError(RULES["TK611"].at(Location(name, line), f"{name} {reason}", hints=(hint,)))


# -- publishing ----------------------------------------------------------------------------------


def publish(links: Links, release: Sequence[str] = ()) -> str:
    """The text of the file with all that the texts make citable now added to it.

    What was published stays as it was, if only a word of it was mended with the new words. Broken
    promises stay too, so that they go on being told, unless ``release`` gives them up: the address
    of a passage (``d04-ru#12``), a version (``d04-ru``) or a document with all its versions.

    Raises PublishedError where the file is broken, UnknownDocumentError (TK903) where what is to be
    released was not published.
    """
    old = {version.id: version for version in read(links) or ()}
    free = _released(links, old.values(), release)
    new = {version.id: version for version in current(links)}
    return dump(
        _merged(old[key], new.get(key), free) if key in old else new[key]
        for key in sorted({*old, *new})
        if key in new or key not in free
    )


def changes(links: Links) -> Iterator[Change]:
    """What publishing would add, and what became of each published reference of a version.

    Of a version that is gone the references are ``gone``. Raises PublishedError.
    """
    new = {version.id: version for version in current(links)}
    old = {version.id: version for version in read(links) or ()}
    for key in sorted({*old, *new}):
        none = Version(key, "", "", ())
        yield from compare(old.get(key, none), new.get(key, none))


def difference(links: Links, release: Sequence[str] = ()) -> Iterator[str]:
    """What publishing would change in the file, a line for each reference.

    ``+`` is added, ``-`` released and gone, ``~`` written anew (a word was mended, or it is
    released), ``!`` kept as published although it leads elsewhere. Nothing where the file would
    stay as it is. Raises as :func:`publish` does.
    """
    was = _entries(read(links) or ())
    text = publish(links, release)
    now = _entries(parse(text, links.corpus.config.citation.lock))
    broken = {address(change.version, change.ref) for change in changes(links) if change.broken}
    for key in sorted({*was, *now}, key=_natural):
        old, new = was.get(key), now.get(key)
        if old == new:
            if key in broken:
                yield f"! {key}\t{new}"
        elif old is None or new is None:
            yield f"+ {key}\t{new}" if old is None else f"- {key}\t{old}"
        else:
            yield f"~ {key}\t{new}"


def _entries(versions: Iterable[Version]) -> dict[str, str]:
    """The lines of the file by the address in them."""
    lines = (line for line in dump(versions).splitlines() if not line.startswith("#"))
    return {key: rest for key, _, rest in (line.partition("\t") for line in lines)}


def _natural(key: str) -> list[tuple[int, str]]:
    """A key to sort addresses by with their numbers in order."""
    return [(int(part) if part.isdecimal() else -1, part) for part in re.split(r"(\d{1,9})", key)]


def _merged(old: Version, new: Version | None, free: frozenset[str]) -> Version:
    """A version as it is published from now on: its promises, and what is new."""
    if new is None:
        kept = [item for item in old.passages if address(old.id, item.ref) not in free]
        return Version(old.id, old.root, old.title, tuple(kept))
    if old.id in free:
        return new
    kept_as: dict[str, Passage] = {}
    gone: dict[str, list[Passage]] = {}  # after which reference they stood, in their order
    promised = set()  # references of passages that are promised under another one
    before = ""
    for change in compare(old, new):
        if not change.was or address(old.id, change.ref) in free:
            continue
        if change.kind != "kept":
            if change.now:
                promised.add(change.now.ref)
            kept_as[change.ref] = change.was
        if change.here:
            before = change.ref
        else:
            gone.setdefault(before, []).append(change.was)
    published = {item.ref for item in old.passages}
    passages = list(gone.get("", ()))
    for item in new.passages:
        if item.ref in published or item.ref not in promised:
            passages.append(kept_as.get(item.ref, item))
        passages += gone.get(item.ref, ())
    return Version(new.id, new.root, new.title, tuple(passages))


def _released(links: Links, old: Iterable[Version], names: Sequence[str]) -> frozenset[str]:
    """The ids of versions and the addresses of passages that some names stand for."""
    known = {version.id: {version.id} for version in old}
    for version in old:
        known |= {
            name: {name} for item in version.passages for name in [address(version.id, item.ref)]
        }
    for key, versions in links.clusters:
        published = {version.id for version in versions if version.id in known}
        if published:
            known.setdefault(key, published)
    for name in names:
        if name not in known:
            from difflib import get_close_matches

            near = get_close_matches(name, list(known)[:5000], n=1)
            hint = f"did you mean {near[0]}?" if near else "name a version or a passage of one"
            message = f"“{name}” was not published: there is nothing to release"
            raise UnknownDocumentError(RULES["TK903"].at(Location(name), message, hints=(hint,)))
    return frozenset(one for name in names for one in known[name])

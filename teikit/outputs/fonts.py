"""The one typeface of page and print, and the faces that the pages load, cut to what they show.

The faces come from a package that is installed with teikit. The PDF takes them as they are. For
the browser HarfBuzz cuts each to the characters that the site uses and to the features named here,
keeps the weights from regular to bold, and fontTools packs the result as WOFF2. The licence (SIL
Open Font License 1.1) reserves the name of the original for the original: what is cut has a name of
its own, and the licence lies beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from unicodedata import normalize

from teikit import cache
from teikit.diagnostics import RULES, Diagnostic, Location
from teikit.outputs.base import File

PACKAGE = "fontpkg-source-serif-4"
FAMILY = "Source Serif 4"  # the name of the original, which the PDF asks for
NAME = "Edition Serif"  # the name of what is cut from it, which the pages ask for

# Raise it when what is made of the same face and the same characters changes.
_FORMAT = 2
_LIBRARIES = ("uharfbuzz", "fonttools", "brotli")


@dataclass(frozen=True, slots=True)
class Face:
    """A file of the package and what the site makes of it. ``style`` is the word of CSS."""

    source: str
    target: str
    style: str


FACES = (
    Face("SourceSerif4[opsz,wght].ttf", "serif.woff2", "normal"),
    Face("SourceSerif4-Italic[opsz,wght].ttf", "serif-italic.woff2", "italic"),
)

# Regular to bold; one optical size, that of text: a second axis would double the weight.
WEIGHTS = (400, 700)
_OPTICAL_SIZE = 14

# Marks put in their place, pairs and ligatures, forms of languages, figures, small capitals.
FEATURES = "ccmp locl mark mkmk kern liga onum lnum tnum smcp sups frac numr dnom".split()


def _run(first: str, last: str) -> str:
    return "".join(map(chr, range(ord(first), ord(last) + 1)))


# What a reader may type into the search, whatever the pages say: Latin-1, Russian before and after
# the reform of 1918, stress, the punctuation of both; the arrows of scripts.
BASIC = (
    _run(" ", "~")
    + _run("\u00a0", "ÿ")
    + "ŒœŸ"
    + _run("А", "я")
    + "ЁёІіѢѣѲѳѴѵ"
    + "\u0300\u0301\u2009\u2010\u202f–—‘’‚“”„…‹›†‡•№−←↑→↓"
)

# Signs of transliteration (ISO 9, ALA-LC) that the face lacks, drawn as the primes that it has.
_DRAWN_AS = {"ʹ": "′", "ʺ": "″"}

# Name records (OpenType, table “name”) that stay: copyright, version, licence and its address.
_COPYRIGHT, _FAMILY, _STYLE, _UNIQUE, _FULL, _VERSION, _POSTSCRIPT = range(7)
_KEPT_NAMES = (_COPYRIGHT, _VERSION, 13, 14)


def folder() -> Path | None:
    """The folder that holds the faces as they are published; None where they are not installed."""
    found = find_spec(PACKAGE.replace("-", "_"))
    if found is None or found.origin is None:
        return None
    faces = Path(found.origin).parent / "files"
    return faces if all((faces / face.source).is_file() for face in FACES) else None


def web_fonts(used: Iterable[str]) -> Iterator[File | Diagnostic]:
    """``fonts.css``, and below ``fonts/`` what it names and the licence.

    ``used`` are the characters that the pages show; those that the typeface lacks are left to the
    reader's own. Where the faces or the libraries that cut them are not installed, ``fonts.css``
    is empty but for a remark, and a Diagnostic (TK805) says so.
    """
    faces = folder()
    lacking = [] if faces is not None else [PACKAGE]
    lacking += [name for name in _LIBRARIES if not _version(name)]
    if faces is None or lacking:
        yield File(
            "fonts.css", b"/* The typeface is not installed: pages show the reader's own. */\n"
        )
        yield absent(lacking, "the pages come without their typeface")
        return
    wanted = set(BASIC).union(used)
    wanted.update(_DRAWN_AS[sign] for sign in _DRAWN_AS.keys() & wanted)
    # A letter that the face lacks is set as its base and its marks.
    wanted.update(*(normalize("NFD", letter) for letter in wanted))
    characters = "".join(sorted(wanted))
    copyrights: list[str] = []
    for face in FACES:
        data, copyright_ = _cut(faces / face.source, characters)
        copyrights.append(copyright_)
        yield File(f"fonts/{face.target}", data)
    licence = (faces.parent / "LICENSE").read_text("utf-8")
    yield File("fonts/OFL.txt", _licence(licence, copyrights).encode())
    yield File("fonts.css", _stylesheet().encode())


def absent(packages: Sequence[str], consequence: str) -> Diagnostic:
    """The finding that the typeface, or what cuts it, is not installed (TK805)."""
    verb = "is" if len(packages) == 1 else "are"
    return RULES["TK805"].at(
        Location("fonts.css"),
        f"{consequence}: {' and '.join(packages)} {verb} not installed",
        hints=(f"pip install {' '.join(packages)}",),
    )


def _version(name: str) -> str:
    """The version of an installed library, empty where there is none."""
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _cut(path: Path, characters: str) -> tuple[bytes, str]:
    """A face cut to some characters as WOFF2, and whose the original is.

    It takes a second, so it is kept: what it depends on is in the key.
    """
    whole = path.read_bytes()
    tools = " ".join(f"{name} {_version(name)}" for name in _LIBRARIES)
    key = cache.digest(f"{_FORMAT}", tools, whole, characters, repr((FEATURES, WEIGHTS, NAME)))
    kept = cache.read("fonts", key)
    if kept is None:
        kept = _packed(_subset(whole, characters))
        cache.write(kept, "fonts", key)
    data, owner = kept
    return data, owner


def _subset(whole: bytes, characters: str) -> bytes:
    """The face with these characters and nothing that only others need, as TrueType."""
    import uharfbuzz

    face = uharfbuzz.Face(whole)
    wanted = uharfbuzz.SubsetInput()
    wanted.unicode_set.clear()
    wanted.unicode_set.update(map(ord, characters))
    wanted.layout_feature_tag_set.clear()
    wanted.layout_feature_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in FEATURES)
    wanted.name_id_set.clear()
    wanted.name_id_set.update(_KEPT_NAMES)
    # Screens of today smooth letters without the instructions, which are a third of a face.
    wanted.flags = uharfbuzz.SubsetFlags.NO_HINTING | uharfbuzz.SubsetFlags.NOTDEF_OUTLINE
    wanted.pin_axis_location(face, "opsz", float(_OPTICAL_SIZE))
    wanted.set_axis_range(face, "wght", *map(float, WEIGHTS))
    return bytes(wanted.subset(face).blob.data)


def _packed(data: bytes) -> tuple[bytes, str]:
    """A face under the name of what was cut, as WOFF2 without a date; and its copyright."""
    from fontTools.ttLib import TTFont

    font = TTFont(BytesIO(data), recalcTimestamp=False, recalcBBoxes=False)
    names = font["name"]
    owner = names.getDebugName(_COPYRIGHT) or ""
    style = "Italic" if font["post"].italicAngle else "Regular"
    edition = names.getDebugName(_VERSION) or ""
    for number, text in (
        (_FAMILY, NAME),
        (_STYLE, style),
        (_UNIQUE, f"{NAME} {style}; {edition}"),
        (_FULL, f"{NAME} {style}"),
        (_POSTSCRIPT, f"{NAME.replace(' ', '')}-{style}"),
    ):
        names.setName(text, number, 3, 1, 0x409)  # Windows, Unicode, English
    for table in font["cmap"].tables:
        for sign, like in _DRAWN_AS.items():
            if ord(like) in table.cmap:
                table.cmap.setdefault(ord(sign), table.cmap[ord(like)])
    font.flavor = "woff2"
    packed = BytesIO()
    font.save(packed)
    return packed.getvalue(), owner


def _licence(text: str, owners: Iterable[str]) -> str:
    """The licence, after a word on what it is the licence of."""
    files = ", ".join(face.target for face in FACES)
    said = "\n".join(dict.fromkeys(owner for owner in owners if owner))
    return f"{files}: {NAME}, cut from {FAMILY} and renamed, as the licence asks.\n{said}\n\n{text}"


def _stylesheet() -> str:
    lightest, heaviest = WEIGHTS
    return "".join(
        f"""@font-face {{
  font-family: "{NAME}";
  font-style: {face.style};
  font-weight: {lightest} {heaviest};
  font-display: swap;
  src: url("fonts/{face.target}") format("woff2");
}}
"""
        for face in FACES
    )

"""Writing SVG: escaped text, rounded numbers, elements as strings.

Colours stand in presentation attributes, which any style sheet overrules: a picture can be read by
itself, and ``pictures.css`` gives it the colours of the page around it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

# What XML cannot hold at all, even escaped (XML 1.0, production 2).
_IMPOSSIBLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}

Attribute = str | int | float | None


def escape(text: str) -> str:
    """Text for the content of an element or for an attribute in double quotes."""
    return re.sub('[&<>"]', lambda match: _ESCAPES[match[0]], _IMPOSSIBLE.sub("\ufffd", text))


def number(value: float) -> str:
    """A number with one decimal: a tenth of a pixel is seen by nobody."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def element(name: str, *content: str, **attributes: Attribute) -> str:
    """An element. ``content`` is markup; ``class_`` is ``class``, ``_`` in names is ``-``.

    Attributes that are None or empty are left out.
    """
    head = name
    for key, value in attributes.items():
        if value is None or value == "":
            continue
        text = number(value) if isinstance(value, float) else escape(str(value))
        head += f' {key.rstrip("_").replace("_", "-")}="{text}"'
    inside = "".join(content)
    return f"<{head}>{inside}</{name}>" if inside else f"<{head}/>"


def text(words: str, x: float, y: float, **attributes: Attribute) -> str:
    """A line of text; what its own marks of direction turn round ends with it."""
    return element("text", escape(isolated(words)), x=float(x), y=float(y), **attributes)


def isolated(words: str) -> str:
    """Words that do not turn round what stands after them.

    Overrides and embeddings of direction are taken out, which only hide what is written; letters
    keep the direction that they have.
    """
    return "".join(
        char for char in words if unicodedata.bidirectional(char) not in _TURNING
    ).replace("\n", " ")


_TURNING = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})


def link(address: str, label: str, *content: str, stop: bool = True) -> str:
    """A mark that leads somewhere, with the words that name it; ``stop``: the tab key halts there.

    An address that a browser would run is no address.
    """
    if re.match(r"\s*(?:javascript|data|vbscript)\s*:", address, re.IGNORECASE):
        address = "#"
    inside = (element("title", escape(label)), *content)
    return element("a", *inside, href=address, aria_label=label, tabindex=None if stop else "-1")


def path(points: Iterable[tuple[float, float]], *, closed: bool = True) -> str:
    """The data of a path through points: to a tenth, each relative to the one before."""
    steps: list[str] = []
    before: tuple[int, int] | None = None
    for point in points:
        here = (round(point[0] * 10), round(point[1] * 10))
        if before is None:
            steps.append(f"M{_pair(*here)}")
        elif here != before:
            steps.append(f"l{_pair(here[0] - before[0], here[1] - before[1])}")
        before = here
    # A command that repeats may be left out, and so may a space before a minus.
    head, tail = "".join(steps[:1]), "".join(steps[1:])
    return head + tail[:1] + tail[1:].replace("l-", "-").replace("l", " ") + "z" * closed


def _pair(x: int, y: int) -> str:
    return f"{_tenths(x)}{'' if y < 0 else ' '}{_tenths(y)}"


def _tenths(value: int) -> str:
    """A whole number of tenths as a decimal without what is not needed."""
    whole, tenth = divmod(abs(value), 10)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}.{tenth}" if tenth else f"{sign}{whole}"


def frame(
    name: str, title: str, description: str, size: tuple[float, float], *content: str, lang: str
) -> str:
    """The whole picture, named and described for those who do not see it.

    A group and not an image, because the links inside an image cannot be reached (ARIA 1.2: the
    children of ``img`` are presentational).
    """
    width, height = size
    return element(
        "svg",
        element("title", escape(title), id=f"picture-{name}-title"),
        element("desc", escape(description), id=f"picture-{name}-desc"),
        *content,
        xmlns="http://www.w3.org/2000/svg",
        class_=f"picture picture-{name}",
        viewBox=f"0 0 {number(width)} {number(height)}",
        width=number(width),
        height=number(height),
        role="group",
        lang=lang,
        aria_labelledby=f"picture-{name}-title",
        aria_describedby=f"picture-{name}-desc",
        font_family="sans-serif",
        font_size="12",
    )

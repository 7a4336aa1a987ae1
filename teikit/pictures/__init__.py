"""Pictures of a corpus: a map, timelines, a network, each with the same data as a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from teikit.links import Links
from teikit.pictures import lives, network, timeline
from teikit.pictures import map as map_of_places
from teikit.pictures.base import Cell, Href, Picture
from teikit.pictures.scene import Scene

__all__ = ["Cell", "Href", "Picture", "pictures", "stylesheet"]

# What can be drawn, in the order in which it is shown.
PICTURES: tuple[Callable[[Scene], Picture | None], ...] = (
    map_of_places.draw,
    timeline.draw,
    lives.draw,
    network.draw,
)


def pictures(links: Links, language: str, href: Href) -> Iterator[Picture]:
    """The pictures of a corpus in a language of the interface (``fr``, ``ru``, else English).

    ``href`` gives the address of the page of an entity (by its kind and key) or of a document
    (``"document"`` and its id). What a corpus has no data for is not drawn.
    """
    scene = Scene(links, language, href)
    for draw in PICTURES:
        picture = draw(scene)
        if picture is not None:
            yield picture


def stylesheet() -> str:
    """The CSS for the pictures: it takes its colours from custom properties, all with defaults."""
    return Path(__file__).with_name("pictures.css").read_text("utf-8")

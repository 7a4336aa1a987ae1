"""Pictures: what they draw is where it should be, says what the table says, and can be reached."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import combinations, pairwise
from math import hypot, pi, sqrt
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from teikit import load
from teikit.header import DateValue
from teikit.links import Links, open_links
from teikit.pictures import Picture, land, pictures, stylesheet
from teikit.pictures.axis import axis
from teikit.pictures.forces import layout
from teikit.pictures.labels import Box, Taken, Wanted, place, shortened, width
from teikit.pictures.lives import spread
from teikit.pictures.outline import WIDTH, View, clipped
from teikit.pictures.projection import (
    Extent,
    choose,
    equal_earth,
    extent_of,
    lambert,
    mercator,
    widened,
)
from teikit.pictures.words import wording
from tests.conftest import ROOT, tei

SVG = "{http://www.w3.org/2000/svg}"


def href(kind: str, key: str) -> str:
    return f"{kind}.html#{key}"


def drawn(folder: Path, language: str = "en") -> dict[str, Picture]:
    return {item.name: item for item in pictures(open_links(load(folder)), language, href)}


def parsed(picture: Picture) -> etree._Element:
    return etree.fromstring(picture.svg)


def named(picture: Picture) -> dict[str, etree._Element]:
    """The links of a picture by their address."""
    return {node.get("href"): node for node in parsed(picture).iter(f"{SVG}a")}


def register(element: str, *entries: str) -> str:
    return f"<standOff><{element}>{''.join(entries)}</{element}></standOff>"


def spot(key: str, geo: str, name: str = "") -> str:
    where = f"<location><geo>{geo}</geo></location>" if geo else ""
    return f'<place xml:id="{key}"><placeName>{name or key}</placeName>{where}</place>'


@pytest.fixture(scope="module")
def links() -> Links:
    return open_links(load(ROOT))


@pytest.fixture(scope="module")
def shipped(links: Links) -> dict[str, Picture]:
    return {item.name: item for item in pictures(links, "fr", href)}


# -- projections ---------------------------------------------------------------------------------


def test_lambert_gives_the_numbers_of_the_worked_example() -> None:
    # Snyder, Map Projections: A Working Manual, p. 295: parallels 33° and 45°, origin 23° N 96° W.
    project = lambert(-96, 33, 45)
    (x, y), (_, origin) = project(-75, 35), project(-96, 23)
    assert (round(x, 7), round(y - origin, 7)) == (0.2966785, 0.2462112)


def test_mercator_gives_the_numbers_of_the_worked_example() -> None:
    # Snyder, p. 266: 35° N 75° W seen from 180°.
    x, y = mercator(-180)(-75, 35)
    assert (round(x, 7), round(y, 7)) == (1.8325957, 0.6528366)


def test_equal_earth_is_as_large_as_the_earth() -> None:
    # The projection keeps areas: the map of the sphere of radius 1 measures 4π.
    project, steps = equal_earth(0), 2000
    area = 0.0
    for step in range(steps):
        low, high = (-90 + 180 * at / steps for at in (step, step + 1))
        (x1, y1), (x2, y2) = project(180, low), project(180, high)
        area += (x1 + x2) * (y2 - y1)
    assert area == pytest.approx(4 * pi, rel=1e-4)


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ([(10, 50), (20, 40)], Extent(10, 40, 20, 50)),
        ([(179, -17), (-175, -20)], Extent(179, -20, 185, -17)),
        ([(7, 8)], Extent(7, 8, 7, 8)),
        ([(-170, 0), (-160, 5), (170, 1)], Extent(170, 0, 200, 5)),
    ],
)
def test_the_extent_is_the_smallest_box_across_the_date_line_too(
    points: list[tuple[float, float]], expected: Extent
) -> None:
    assert extent_of(points) == expected


@pytest.mark.parametrize(
    ("extent", "kind"),
    [
        (Extent(2, 43, 132, 60), "lambert"),
        (Extent(30, -15, 50, 12), "mercator"),
        (Extent(-120, -40, 150, 60), "equal_earth"),
        (Extent(36.1, 51.6, 36.3, 51.8), "lambert"),
    ],
)
def test_the_projection_suits_the_extent(extent: Extent, kind: str) -> None:
    assert choose(widened(extent, 0.03)).__qualname__.partition(".")[0] == kind


@pytest.mark.parametrize(
    "where", [(0.0, 0.0), (179.9, -17.0), (36.2, 51.7), (-60.0, -34.0), (20.0, 78.0)]
)
def test_one_place_stands_in_the_middle_of_its_map(where: tuple[float, float]) -> None:
    view = View(widened(extent_of([where]), 8.0))
    x, y = view.pixel(*where)
    assert abs(x - WIDTH / 2) < 1
    assert abs(y - view.height / 2) < view.height * 0.1


# -- the land ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "dry"),
    [
        ((37.6, 55.8), True),
        ((2.35, 48.85), True),
        ((-58.4, -34.9), True),
        ((133.0, -25.0), True),
        ((0.0, -85.0), True),
        ((175.0, 68.0), True),
        ((-175.0, 66.5), True),
        ((-30.0, 40.0), False),
        ((51.0, 42.0), False),
        ((180.0, 20.0), False),
    ],
)
def test_land_is_where_there_is_land(place: tuple[float, float], dry: bool) -> None:
    crossings = 0
    for ring in land.rings():
        for turn in (-360, 0, 360):
            x, y = place[0] + turn, place[1]
            for (x1, y1), (x2, y2) in zip(ring, (*ring[1:], ring[0]), strict=True):
                if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
                    crossings += turn == 0 or _reaches(ring, x)
    assert (crossings % 2 == 1) is dry


def _reaches(ring: land.Ring, x: float) -> bool:
    return min(east for east, _ in ring) <= x <= max(east for east, _ in ring)


def test_no_stray_line_crosses_the_map_of_the_world() -> None:
    view = View(widened(Extent(-120, -40, 150, 60), 0.03))
    for ring in view.outline():
        for (x1, y1), (x2, y2) in pairwise(ring):
            at_edge = min(y1, y2) > view.height - 5 or max(y1, y2) < 5
            assert abs(x1 - x2) < 100 or at_edge or abs(y1 - y2) < 1


def test_clipping_keeps_what_is_inside() -> None:
    square = [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0)]
    assert sorted(clipped(square, Extent(2, 1, 9, 3))) == [(2, 1), (2, 3), (4, 1), (4, 3)]
    assert clipped(square, Extent(5, 5, 9, 9)) == []


# -- labels --------------------------------------------------------------------------------------


def test_labels_never_overlap_and_the_first_comes_first() -> None:
    marks = [
        Wanted(f"k{at}", 40 + at % 12 * 35, 40 + at // 12 * 30, 4.0, f"Place {at}")
        for at in range(96)
    ]
    found = place(marks, marks, Taken(), Box(0, 0, 500, 300))
    assert "k0" in found
    assert 20 < len(found) < len(marks)
    for one, two in combinations(found.values(), 2):
        assert not one.box.meets(two.box), (one.words, two.words)


def test_the_estimate_of_a_width_is_no_less_than_that_of_a_browser(page: Any) -> None:
    samples = ["Ivanovo-Voznessensk", "Иваново-Вознесенск", "WMШЩЖ", "Rostov-sur-le-Don", "illicit"]
    lines = "".join(f"<text>{sample}</text>" for sample in samples)
    page.set_content(f"<svg style='font: 12px sans-serif'>{lines}</svg>")
    script = "[...document.querySelectorAll('text')].map(t => t.getComputedTextLength())"
    for sample, measured in zip(samples, page.evaluate(script), strict=True):
        assert width(sample) >= measured * 0.98, sample


def test_what_is_cut_says_so() -> None:
    assert shortened("short", 100) == "short"
    assert shortened("a very long title indeed", 60).endswith("…")
    assert width(shortened("a very long title indeed", 60)) <= 60


# -- the map -------------------------------------------------------------------------------------


def mentioning(**times: int) -> str:
    return tei(
        "".join(
            f'<p>to <placeName ref="places.xml#{key}">x</placeName></p>'
            for key, count in times.items()
            for _ in range(count)
        ),
        key="a",
    )


def test_areas_are_as_the_mentions(corpus: Callable[..., Path]) -> None:
    folder = corpus(
        **{
            "places.xml": register(
                "listPlace", spot("one", "50 10"), spot("nine", "52 20"), spot("none", "47 15")
            ),
            "a.xml": mentioning(one=1, nine=9),
        }
    )
    marks = named(drawn(folder)["map"])
    radius = {key: float(node.find(f"{SVG}circle").get("r")) for key, node in marks.items()}
    one, nine = radius["place.html#one"], radius["place.html#nine"]
    assert nine == pytest.approx(one * sqrt(9), abs=0.1)
    assert marks["place.html#nine"].get("aria-label") == "nine, 9 mentions"
    assert "unmentioned" in marks["place.html#none"].find(f"{SVG}circle").get("class")


def test_latitude_comes_first(corpus: Callable[..., Path]) -> None:
    entries = [spot("south", "45 10"), spot("north", "55 10"), spot("east", "45 20")]
    marks = named(drawn(corpus(**{"places.xml": register("listPlace", *entries)}))["map"])
    at = {
        key.partition("#")[2]: (float(circle.get("cx")), float(circle.get("cy")))
        for key, node in marks.items()
        for circle in node.iter(f"{SVG}circle")
    }
    assert at["north"][1] < at["south"][1]
    assert at["east"][0] > at["south"][0]


def test_places_on_both_sides_of_the_date_line_are_neighbours(corpus: Callable[..., Path]) -> None:
    entries = [spot("suva", "-18.1 178.4"), spot("apia", "-13.8 -171.8")]
    marks = named(drawn(corpus(**{"places.xml": register("listPlace", *entries)}))["map"])
    xs = [
        float(marks[f"place.html#{key}"].find(f"{SVG}circle").get("cx")) for key in ("suva", "apia")
    ]
    assert 0 < xs[0] < xs[1] < WIDTH


def test_a_place_without_coordinates_is_in_the_table_and_the_caption_says_so(
    corpus: Callable[..., Path],
) -> None:
    entries = [spot("there", "45 10"), spot("nowhere", "")]
    picture = drawn(corpus(**{"places.xml": register("listPlace", *entries)}))["map"]
    assert set(named(picture)) == {"place.html#there"}
    assert {row[0].key: row[2].text for row in picture.rows} == {"there": "45", "nowhere": ""}
    assert picture.description.endswith("Without coordinates, in the table only: 1.")


def test_a_name_in_use_at_the_time_of_the_documents_is_printed(corpus: Callable[..., Path]) -> None:
    names = (
        '<placeName xml:lang="en">Saint Petersburg</placeName>'
        '<placeName xml:lang="en" from="1924" to="1991">Leningrad</placeName>'
    )
    entry = f'<place xml:id="p">{names}<location><geo>59.9 30.3</geo></location></place>'
    dated = "<profileDesc><creation><date when='{}'/></creation></profileDesc>"
    for year, expected in (("1932", "Leningrad"), ("1890", "Saint Petersburg")):
        text = tei('<p><placeName ref="places.xml#p">x</placeName></p>', header=dated.format(year))
        folder = corpus(**{"places.xml": register("listPlace", entry), "a.xml": text})
        assert drawn(folder)["map"].rows[0][0].text == expected


def test_five_thousand_places_stay_a_picture(corpus: Callable[..., Path]) -> None:
    entries = [
        spot(f"p{at}", f"{at * 37 % 140 - 60}.{at % 97} {at * 71 % 360 - 180}.{at % 89}")
        for at in range(5000)
    ]
    picture = drawn(corpus(**{"places.xml": register("listPlace", *entries)}))["map"]
    stops = [node for node in named(picture).values() if node.get("tabindex") != "-1"]
    assert 20 < len(stops) <= 160
    assert len(picture.rows) == 5000
    assert len(picture.svg.encode()) < 1_000_000


# -- the timelines -------------------------------------------------------------------------------


def document(key: str, date: str) -> str:
    header = f"<profileDesc><creation>{date}</creation></profileDesc>"
    return tei("<p>x</p>", key=key, header=header)


def test_documents_stand_in_the_order_of_time_and_of_the_tab_key(
    corpus: Callable[..., Path],
) -> None:
    folder = corpus(
        **{
            "a.xml": document("a", '<date when="1932-05-02"/>'),
            "b.xml": document("b", '<date notBefore="1931-10" notAfter="1932-02"/>'),
            "c.xml": document("c", '<date from="1932-03" to="1932-04"/>'),
            "d.xml": document("d", ""),
        }
    )
    picture = drawn(folder)["timeline"]
    assert list(named(picture)) == [f"document.html#{key}" for key in "bca"]
    assert [(row[0].text, row[1].key) for row in picture.rows] == [
        ("between October 1931 and February 1932", "b"),
        ("March 1932 – April 1932", "c"),
        ("2 May 1932", "a"),
        ("undated", "d"),
    ]
    assert picture.description.endswith("Undated, in the table only: 1.")
    b, c, a = named(picture).values()
    assert b.find(f"{SVG}path[@stroke-dasharray]") is not None
    assert c.find(f"{SVG}path[@stroke-dasharray]") is None
    assert a.find(f"{SVG}circle") is not None


def test_many_documents_become_bars_that_count_them(corpus: Callable[..., Path]) -> None:
    files = {
        f"d{at}.xml": document(f"d{at}", f'<date when="{1900 + at % 7}"/>') for at in range(70)
    }
    picture = drawn(corpus(**files))["timeline"]
    labels = [node.get("aria-label") for node in parsed(picture).iter(f"{SVG}rect")]
    assert [label for label in labels if label] == [
        f"{year}, 10 documents" for year in range(1900, 1907)
    ]
    assert len(picture.rows) == 70


def test_a_life_says_what_is_known_of_it(corpus: Callable[..., Path]) -> None:
    person = (
        '<person xml:id="p"><persName>P</persName><birth when="1870"/><death when="1941-09-11"/>'
        '<event type="arrest" notAfter="1932-11-03"><label>x</label></event></person>'
    )
    picture = drawn(corpus(**{"persons.xml": register("listPerson", person)}))["lives"]
    (mark,) = named(picture).values()
    assert mark.get("aria-label") == (
        "P: birth 1870; arrest 3 November 1932 at the latest; death 11 September 1941"
    )
    assert [[cell.text for cell in row] for row in picture.rows] == [
        ["P", "1870", "birth"],
        ["P", "3 November 1932 at the latest", "arrest"],
        ["P", "11 September 1941", "death"],
    ]


def test_an_axis_is_monotonous_and_gives_the_many_more_room() -> None:
    dates = [1638.0, 1820.0, *(1920 + at / 10 for at in range(130)), 1991.0]
    scale = axis(dates, 200, 880, broken=True)
    assert len(scale.segments) == 3
    pixels = [scale.x(date) for date in dates]
    assert pixels == sorted(pixels)
    assert 200 <= pixels[0] <= pixels[-1] <= 880
    assert scale.x(1932) - scale.x(1920) > 300
    assert len(axis(dates, 200, 880, broken=False).segments) == 1


def test_signs_move_apart_as_little_as_can_be() -> None:
    assert spread([10, 50], 9) == [10, 50]
    assert spread([10, 10, 10], 9) == [1, 10, 19]
    assert spread([10, 12, 60], 10) == [6, 16, 60]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fr", ["1er mai 1932", "entre le 8 octobre 1931 et avril 1932", "45 av. n. è."]),
        (
            "ru",
            ["1 мая 1932", "не ранее 8 октября 1931 г. и не позднее апреля 1932 г.", "45 до н. э."],
        ),
        ("en", ["1 May 1932", "between 8 October 1931 and April 1932", "45 BC"]),
    ],
)
def test_dates_are_written_in_the_language(language: str, expected: list[str]) -> None:
    words = wording(language)
    dates = (
        DateValue("", when="1932-05-01"),
        DateValue("", not_before="1931-10-08", not_after="1932-04"),
        DateValue("", when="-0044"),
    )
    assert [words.date(date) for date in dates] == expected


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (0, "упоминаний"),
        (1, "упоминание"),
        (3, "упоминания"),
        (11, "упоминаний"),
        (22, "упоминания"),
    ],
)
def test_russian_counts_by_its_own_rules(count: int, expected: str) -> None:
    assert wording("ru").counted(count, "mention") == f"{count} {expected}"


# -- the network ---------------------------------------------------------------------------------


def test_the_network_shows_each_kind_of_link_by_its_own_stroke(corpus: Callable[..., Path]) -> None:
    persons = "".join(
        f'<person xml:id="{key}"><persName>{key.upper()}</persName>{inner}</person>'
        for key, inner in (
            ("a", '<affiliation><orgName ref="orgs.xml#g">G</orgName></affiliation>'),
            ("b", ""),
            ("c", ""),
        )
    )
    relation = '<listRelation><relation name="knows" mutual="#a #c"/></listRelation>'
    letter = (
        '<profileDesc><correspDesc><correspAction type="sent"><persName ref="persons.xml#a"/>'
        '</correspAction><correspAction type="received"><persName ref="persons.xml#b"/>'
        "</correspAction></correspDesc></profileDesc>"
    )
    one = '<persName ref="persons.xml#{0}">{0}</persName>'
    both = f"<p>{one.format('b')} {one.format('c')}</p>"
    folder = corpus(
        **{
            "persons.xml": f"<standOff><listPerson>{persons}</listPerson>{relation}</standOff>",
            "orgs.xml": register("listOrg", '<org xml:id="g"><orgName>G</orgName></org>'),
            "letter.xml": tei(both * 2, key="letter", header=letter),
        }
    )
    picture = drawn(folder)["network"]
    assert [tuple(cell.text for cell in row) for row in picture.rows] == [
        ("A", "letter sent", "B", "1"),
        ("A", "relation: knows", "C", "1"),
        ("A", "membership", "G", "1"),
        ("B", "named in one passage", "C", "2"),
    ]
    edges = parsed(picture).findall(f".//{SVG}g[@class='edges']/{SVG}path")
    strokes = {
        (edge.get("stroke-dasharray"), edge.get("stroke-width"))
        for edge in edges
        if "edge" in edge.get("class")
    }
    assert len(strokes) == 4
    assert set(named(picture)) == {f"person.html#{key}" for key in "abc"} | {"org.html#g"}


def test_the_layout_is_the_same_each_time_and_keeps_nodes_apart() -> None:
    pulls = {(at, (at * 7 + 3) % 150): 1.0 for at in range(149)}
    radii = [4.0] * 150
    spots = layout(150, pulls, radii, (900, 640))
    assert spots == layout(150, pulls, radii, (900, 640))
    assert all(0 < x < 900 and 0 < y < 640 for x, y in spots)
    assert min(hypot(a - c, b - d) for (a, b), (c, d) in combinations(spots, 2)) > 8


def test_what_is_linked_stands_nearer_than_what_is_not() -> None:
    spots = layout(4, {(0, 1): 3.0, (2, 3): 3.0}, [4.0] * 4, (900, 640))

    def away(one: int, two: int) -> float:
        return hypot(spots[one][0] - spots[two][0], spots[one][1] - spots[two][1])

    assert max(away(0, 1), away(2, 3)) < min(away(0, 2), away(0, 3), away(1, 2), away(1, 3))


# -- all of them ---------------------------------------------------------------------------------


def test_a_corpus_without_places_dates_or_names_has_no_picture(corpus: Callable[..., Path]) -> None:
    assert drawn(corpus(**{"a.xml": tei("<p>x</p>", key="a")})) == {}


def test_every_link_leads_to_something_that_exists(
    links: Links, shipped: dict[str, Picture]
) -> None:
    known = {href(entity.entry.kind, key) for key, entity in links.entities.items()}
    known |= {href("document", group.id) for group in links.groups}
    assert shipped.keys() == {"map", "timeline", "lives", "network"}
    for picture in shipped.values():
        marks = named(picture)
        assert marks.keys() <= known, picture.name
        cells = {href(cell.kind, cell.key) for row in picture.rows for cell in row if cell.key}
        assert marks.keys() <= cells <= known, picture.name
        assert all(len(row) == len(picture.columns) for row in picture.rows)


def test_every_mark_has_a_name_and_every_picture_a_title_and_a_description(
    shipped: dict[str, Picture],
) -> None:
    ids: list[str] = []
    for picture in shipped.values():
        tree = parsed(picture)
        ids += tree.xpath("//@id")
        assert (tree.get("role"), tree.get("lang")) == ("group", "fr")
        assert tree.find(f"{SVG}title").text == picture.title
        assert tree.find(f"{SVG}desc").text == picture.description
        for node in tree.iter(f"{SVG}a"):
            assert node.get("aria-label")
        text = re.sub(r' xmlns="[^"]*"', "", picture.svg)
        assert "<script" not in text
        assert "http" not in text
    assert len(ids) == len(set(ids))


def test_the_map_says_of_each_place_what_the_table_says(shipped: dict[str, Picture]) -> None:
    marks = named(shipped["map"])
    for name, mentions, latitude, _ in shipped["map"].rows:
        if latitude.text:
            label = marks[href(name.kind, name.key)].get("aria-label")
            assert re.match(rf"{re.escape(name.text)}, {mentions.text} mentions?$", label)
        else:
            assert href(name.kind, name.key) not in marks


def test_pictures_weigh_little_and_are_the_same_each_time(
    links: Links, shipped: dict[str, Picture]
) -> None:
    assert len(shipped["map"].svg.encode()) < 40_000
    assert sum(len(item.svg.encode()) for item in shipped.values()) < 200_000
    again = {item.name: item for item in pictures(links, "fr", href)}
    assert again == shipped


HOSTILE = "<script>alert(1)</script>&\"'\u202e‮נהג"


def test_hostile_names_stay_data(corpus: Callable[..., Path]) -> None:
    name = HOSTILE.replace("&", "&amp;").replace("<", "&lt;")
    people = [
        f'<person xml:id="p{at}"><persName>{name}</persName><birth when="1900"/></person>'
        for at in range(2)
    ]
    both = "".join(f'<persName ref="persons.xml#p{at}">x</persName>' for at in range(2))
    folder = corpus(
        **{
            "persons.xml": register("listPerson", *people),
            "places.xml": register("listPlace", spot("pl", "50 10", name)),
            "a.xml": tei(f"<p>{both}</p>", key="a"),
        }
    )
    links = open_links(load(folder))
    found = list(pictures(links, "en", lambda _kind, key: f"javascript:alert('{key}')"))
    assert {item.name for item in found} == {"map", "lives", "network"}
    for picture in found:
        tree = parsed(picture)
        assert tree.find(f".//{SVG}script") is None
        assert {node.get("href") for node in tree.iter(f"{SVG}a")} == {"#"}
        shown = "".join(tree.itertext(f"{SVG}text"))
        assert "<script>" in shown
        assert "\u202e" not in shown


@pytest.mark.parametrize("language", ["fr", "ru", "en"])
def test_a_browser_shows_labels_apart_and_finds_nothing_amiss(
    language: str, links: Links, page: Any, tmp_path: Path
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is absent")
    shown = list(pictures(links, language, href))
    frames = "".join(
        f'<h2>{item.title}</h2><div class="picture-frame" role="region" tabindex="0"'
        f' aria-label="{item.title}">{item.svg}</div>'
        for item in shown
    )
    page_text = (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8"><title>t</title>'
        f"<style>{stylesheet()}</style><main><h1>t</h1>{frames}</main>"
    )
    (tmp_path / "page.html").write_text(page_text, "utf-8")
    overlapping = """() => {
      const found = [];
      for (const picture of document.querySelectorAll('.picture-map, .picture-network')) {
        const boxes = [...picture.querySelectorAll('text.label')].map(t => [t, t.getBBox()]);
        for (const [a, p] of boxes) for (const [b, q] of boxes) {
          const x = Math.min(p.x + p.width, q.x + q.width) - Math.max(p.x, q.x);
          const y = Math.min(p.y + p.height, q.y + q.height) - Math.max(p.y, q.y);
          if (a !== b && x > 1 && y > 3) found.push(a.textContent + ' / ' + b.textContent);
        }
      }
      return found;
    }"""
    for size, scheme in ((1200, "light"), (400, "dark")):
        page.set_viewport_size({"width": size, "height": 800})
        page.emulate_media(color_scheme=scheme)
        page.goto((tmp_path / "page.html").as_uri())
        assert page.evaluate(overlapping) == []
        result = axe.Axe().run(page)
        assert result.response["violations"] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= size

"""One typeface on page and in print: every letter is there, little is sent, and browsers use it."""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont
from lxml import html

from teikit import Diagnostic, Links, link, load, open_corpus
from teikit.outputs import fonts
from teikit.outputs.base import File
from teikit.outputs.fonts import BASIC, FACES, FAMILY, FEATURES, NAME, WEIGHTS, web_fonts
from teikit.outputs.html import render
from teikit.pipeline import job
from tests.conftest import ROOT

STYLE = (ROOT / "xslt" / "html" / "style.css").read_text("utf-8")


@cache
def shipped() -> Links:
    return link(open_corpus(load(ROOT)))


@cache
def site() -> dict[str, bytes]:
    """The files of the whole site of the shipped corpus."""
    found = list(render(job(shipped())))
    assert [item for item in found if isinstance(item, Diagnostic)] == []
    return {item.path: item.data for item in found if isinstance(item, File)}


@pytest.fixture(autouse=True)
def without_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    """Faces are cut anew: what an earlier run kept proves nothing."""
    monkeypatch.setenv("TEIKIT_CACHE", "off")


def made(used: str = "") -> dict[str, bytes]:
    return {item.path: item.data for item in web_fonts(used) if isinstance(item, File)}


def opened(data: bytes) -> Any:
    return TTFont(BytesIO(data))


# --- The letters ----------------------------------------------------------------------------------

# In place of these the shaper takes what the face has: a hyphen and a space of another kind.
STAND_INS = {"\u2011": "\u2010", "\u00ad": "\u2010"}
# The face has no tie; the letters that one joins in a transliteration are left to the reader's own.
TIE = "\u0361"


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.target)
def test_every_character_that_a_page_shows_has_a_glyph(face: fonts.Face) -> None:
    glyphs = opened(site()[f"fonts/{face.target}"]).getBestCmap()
    shown: set[str] = set()
    for path, data in site().items():
        if path.endswith(".html"):
            page = html.fromstring(data.decode())
            shown.update(*page.itertext(), *(str(value) for value in page.xpath("//@*")))
        elif path in ("search-index.js", "search-texts.js"):
            shown.update(data.decode())
    shown -= {"\n", "\t", TIE}
    assert {c for c in shown if not glyphs.keys() & {ord(c), ord(STAND_INS.get(c, c))}} == (
        shown & {"Ĭ", "ĭ"}
    )
    # Ĭ and ĭ are set as a letter and a mark, as Unicode decomposes them.
    assert {ord(c) for c in "Ii\u0306"} <= glyphs.keys()


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.target)
def test_what_a_reader_types_has_a_glyph_whatever_the_pages_say(face: fonts.Face) -> None:
    glyphs = opened(made()[f"fonts/{face.target}"]).getBestCmap()
    assert {c for c in BASIC if ord(c) not in glyphs} == set()
    typed = "Où çà ? « œuvre » ёлка — съѣздъ, ѳита, мѵро, о\u0301браз № 5 „так“ 1\u202f250 …"
    assert {c for c in typed if ord(c) not in glyphs} == set()


def test_letters_of_another_language_are_there_where_a_page_has_them() -> None:
    polish = ord("ł")
    assert polish not in opened(made()["fonts/serif.woff2"]).getBestCmap()
    assert polish in opened(made("Łódź, łąka")["fonts/serif.woff2"]).getBestCmap()


def test_the_signs_of_a_transliteration_are_drawn_as_primes() -> None:
    """ISO 9: soft and hard sign are U+02B9 and U+02BA."""
    glyphs = opened(made("Gogolʹ, obʺekt")["fonts/serif.woff2"]).getBestCmap()
    assert glyphs[0x02B9] == glyphs[0x2032]
    assert glyphs[0x02BA] == glyphs[0x2033]


def test_a_character_that_the_typeface_lacks_is_left_to_the_reader() -> None:
    assert made("漢") == made()


def test_stress_has_its_place_above_a_cyrillic_letter() -> None:
    """OpenType, GPOS lookup type 4: a base letter and a mark know where they meet."""
    font = opened(made()["fonts/serif.woff2"])
    names = font.getBestCmap()
    lookups = [
        getattr(part, "ExtSubTable", part)
        for lookup in font["GPOS"].table.LookupList.Lookup
        for part in lookup.SubTable
    ]
    attached = [part for part in lookups if part.LookupType == 4]
    assert any(
        names[ord("о")] in part.BaseCoverage.glyphs and names[0x0301] in part.MarkCoverage.glyphs
        for part in attached
    )


def test_small_capitals_are_drawn_in_both_scripts() -> None:
    font = opened(made()["fonts/serif.woff2"])
    names = font.getBestCmap()
    drawn: set[str] = set()
    table = font["GSUB"].table
    for feature in table.FeatureList.FeatureRecord:
        if feature.FeatureTag == "smcp":
            for index in feature.Feature.LookupListIndex:
                for part in table.LookupList.Lookup[index].SubTable:
                    drawn.update(getattr(part, "ExtSubTable", part).mapping)
    assert {c for c in "éœabcжёяѣ" if names[ord(c)] not in drawn} == set()


def test_what_type_setting_needs_is_kept_and_nothing_else() -> None:
    font = opened(made()["fonts/serif.woff2"])
    kept = {
        record.FeatureTag
        for table in ("GSUB", "GPOS")
        for record in font[table].table.FeatureList.FeatureRecord
    }
    assert {"kern", "liga", "onum", "lnum", "smcp", "sups", "frac", "mark"} <= kept
    assert kept <= set(FEATURES)


def test_one_file_has_all_weights_from_regular_to_bold() -> None:
    for face in FACES:
        axes = opened(made()[f"fonts/{face.target}"])["fvar"].axes
        assert [(axis.axisTag, axis.minValue, axis.maxValue) for axis in axes] == [
            ("wght", *WEIGHTS)
        ]


# --- The files ------------------------------------------------------------------------------------


def test_the_faces_of_the_shipped_site_weigh_at_most_160_kilobytes() -> None:
    sizes = {path: len(data) for path, data in site().items() if path.endswith(".woff2")}
    assert set(sizes) == {"fonts/serif.woff2", "fonts/serif-italic.woff2"}
    assert 100_000 < sum(sizes.values()) <= 160_000


def test_the_same_characters_give_the_same_bytes_in_whatever_order() -> None:
    first = made("абвłż")
    assert made("żłвба") == first
    assert all(opened(first[f"fonts/{f.target}"])["head"].modified < 3_900_000_000 for f in FACES)


def test_what_was_cut_is_kept_for_the_next_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEIKIT_CACHE", str(tmp_path))
    first = made("ж")

    def never(*_: object) -> bytes:
        raise AssertionError("cut again")

    monkeypatch.setattr(fonts, "_subset", never)
    assert made("ж") == first
    with pytest.raises(AssertionError, match="cut again"):
        made("łж")


def test_the_licence_and_its_owners_lie_beside_the_faces() -> None:
    text = made()["fonts/OFL.txt"].decode()
    assert "SIL OPEN FONT LICENSE Version 1.1" in text
    assert "with Reserved Font Name ‘Source’" in text
    assert all(face.target in text for face in FACES)


def test_what_was_cut_does_not_bear_the_name_that_the_licence_reserves() -> None:
    """SIL Open Font License 1.1, condition 3."""
    for face in FACES:
        names = opened(made()[f"fonts/{face.target}"])["name"]
        assert names.getBestFamilyName() == NAME
        told = [str(record) for record in names.names if record.nameID != 0]
        assert [name for name in told if "Source" in name] == []
        assert "Reserved Font Name" in names.getDebugName(0)


def test_without_the_typeface_pages_show_the_readers_own_and_the_build_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(fonts, "folder", lambda: None)
    file, told = web_fonts("ж")
    assert isinstance(file, File) and file.path == "fonts.css"
    assert b"@font-face" not in file.data
    assert isinstance(told, Diagnostic) and told.code == "TK805"
    assert told.message == (
        "the pages come without their typeface: fontpkg-source-serif-4 is not installed"
    )
    assert told.hints == ("pip install fontpkg-source-serif-4",)


def test_without_the_library_that_cuts_them_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_version", lambda name: "" if name == "uharfbuzz" else "1")
    _, told = web_fonts("ж")
    assert isinstance(told, Diagnostic)
    assert told.message == "the pages come without their typeface: uharfbuzz is not installed"


# --- The pages ------------------------------------------------------------------------------------


def test_every_page_loads_the_faces_before_the_style() -> None:
    for path, data in site().items():
        if path.endswith(".html"):
            root = "../" * path.count("/")
            sheets = [
                str(item) for item in html.fromstring(data).xpath("//link[@rel='stylesheet']/@href")
            ]
            assert sheets.index(f"{root}fonts.css") < sheets.index(f"{root}style.css")


def test_the_style_asks_for_the_cut_faces_then_for_the_original() -> None:
    families = re.search(r"font-family: ([^;]+);", STYLE)
    assert families is not None
    assert families[1].split(", ")[:2] == [f'"{NAME}"', f'"{FAMILY}"']
    assert site()["fonts.css"].decode().count(f'font-family: "{NAME}"') == len(FACES)


def test_chromium_sets_both_languages_in_the_cut_faces_from_a_folder(
    page: Any, tmp_path: Path
) -> None:
    for path, data in site().items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    page.goto((tmp_path / "d02.html").as_uri())
    page.evaluate("document.fonts.ready")
    faces = page.evaluate("[...document.fonts].map(it => it.style + ' ' + it.status)")
    assert sorted(faces) == ["italic loaded", "normal loaded"]
    cdp = page.context.new_cdp_session(page)
    for domain in ("DOM", "CSS"):
        cdp.send(f"{domain}.enable")
    root = cdp.send("DOM.getDocument")["root"]["nodeId"]
    for where in ("h1", ".cell:lang(ru) p", ".cell:lang(fr) p", ".notes li", ".back"):
        node = cdp.send("DOM.querySelector", {"nodeId": root, "selector": where})["nodeId"]
        used = cdp.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        assert used, where
        assert {(font["familyName"], font["isCustomFont"]) for font in used} == {(NAME, True)}


# --- The colours ----------------------------------------------------------------------------------


def luminance(colour: str) -> float:
    """WCAG 2.2, “relative luminance”, of ``#rrggbb``."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def colours(block: str) -> dict[str, str]:
    """The variables of the style whose value is a colour of six digits."""
    return dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", block))


def test_the_measure_of_contrast_is_that_of_wcag() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(scheme: str) -> None:
    """WCAG 2.2, 1.4.3: 4.5 for text; 1.4.11: 3 for the edges of controls."""
    blocks = re.findall(r":root \{(.*?)\}", STYLE, re.S)
    palette = colours(blocks[0]) | (colours(blocks[1]) if scheme == "dark" else {})
    for text in ("ink", "faint", "link"):
        for ground in ("paper", "wash"):
            assert contrast(palette[text], palette[ground]) >= 4.5, (text, ground)
    assert contrast(palette["ink"], palette["mark"]) >= 4.5
    assert contrast(palette["edge"], palette["paper"]) >= 3


def test_print_keeps_columns_and_leaves_the_ways_through_the_site_out(
    page: Any, tmp_path: Path
) -> None:
    for path, data in site().items():
        if path.endswith((".css", ".woff2", ".js", ".svg")) or path == "d02.html":
            (tmp_path / path).parent.mkdir(exist_ok=True)
            (tmp_path / path).write_bytes(data)
    page.set_viewport_size({"width": 660, "height": 950})  # what A4 leaves between its margins
    page.goto((tmp_path / "d02.html").as_uri())
    page.emulate_media(media="print", color_scheme="dark")
    cells = page.eval_on_selector_all(
        "#\\32 > .cell", "all => all.map(it => it.getBoundingClientRect().left)"
    )
    assert len(cells) == 2
    assert all(right - left > 200 for left, right in pairwise(cells))
    hidden = "nav, .toolbar, .styles, .copying, .turn, .notes .back, .downloads"
    assert page.locator(hidden).count() > 3
    assert not any(item.is_visible() for item in page.locator(hidden).all())
    # Where a corrected word stands is said on paper too.
    assert page.locator(".corrections .back").first.is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == (
        "rgb(255, 255, 255)"
    )

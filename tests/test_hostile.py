"""Files that want to do harm: each run ends, says one clear thing, and judges the other files."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.hostile import NS, SCHEMA, hold, hold_good, tei, validate


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A schema, and a good file and a wrong one that must be judged whatever stands between."""
    (tmp_path / "texts").mkdir()
    (tmp_path / "schema.rng").write_text(SCHEMA, "utf-8")
    (tmp_path / "texts" / "a-good.xml").write_text(tei("<p>Good.</p>"), "utf-8")
    (tmp_path / "texts" / "z-wrong.xml").write_text(tei("<p>Not <b>so</b>.</p>"), "utf-8")
    return tmp_path


# -- entities ------------------------------------------------------------------------------------


def doctype(subset: str) -> str:
    return f"<!DOCTYPE TEI [\n{subset}\n]>\n"


LAUGHS = "\n".join(
    ['<!ENTITY l0 "ha">', *(f'<!ENTITY l{n} "' + f"&l{n - 1};" * 10 + '">' for n in range(1, 10))]
)
ENTITIES = {
    "a billion laughs": tei("<p>&l9;</p>", doctype(LAUGHS)),
    "a long entity, many times": tei(
        f"<p>{'&a;' * 50_000}</p>", doctype('<!ENTITY a "' + "x" * 50_000 + '">')
    ),
    "an entity that holds itself": tei("<p>&a;</p>", doctype('<!ENTITY a "&a;">')),
    "a file of the machine": tei("<p>&a;</p>", doctype('<!ENTITY a SYSTEM "file:///etc/passwd">')),
    "a page of the web": tei("<p>&a;</p>", doctype('<!ENTITY a SYSTEM "http://127.0.0.1:9/a">')),
    "an entity in an attribute": tei('<p n="&a;"/>', doctype('<!ENTITY a "x">')),
    "a parameter entity": tei(
        "<p/>", doctype('<!ENTITY % a SYSTEM "http://127.0.0.1:9/a.dtd">\n%a;')
    ),
    "parameter entities that make an entity": tei(
        "<p>&c;</p>", doctype("<!ENTITY % a \"<!ENTITY c 'x'>\">\n%a;")
    ),
}


@pytest.mark.parametrize("name", ENTITIES)
def test_entities_are_refused_where_they_are_declared(name: str, folder: Path) -> None:
    (folder / "texts" / "bad.xml").write_text(ENTITIES[name], "utf-8")
    told = validate(folder)
    hold(told, "bad.xml", "TK004", 2)
    assert "root:" not in told.output


@pytest.mark.parametrize("place", ["http://nowhere.invalid/x.dtd", "absent.dtd", "/dev/zero"])
def test_a_text_whose_dtd_cannot_be_reached_is_judged_all_the_same(
    place: str, folder: Path
) -> None:
    head = f'<!DOCTYPE TEI SYSTEM "{place}">\n'
    (folder / "texts" / "dtd.xml").write_text(tei("<p>Good.</p>", head), "utf-8")
    hold_good(validate(folder))
    (folder / "texts" / "dtd.xml").write_text(tei("<b/>", head), "utf-8")
    hold(validate(folder), "dtd.xml", "TK101", 4)


def test_an_entity_that_only_an_absent_dtd_could_declare_is_not_defined(folder: Path) -> None:
    head = '<!DOCTYPE TEI SYSTEM "absent.dtd">\n'
    (folder / "texts" / "bad.xml").write_text(tei("<p>a&nbsp;b</p>", head), "utf-8")
    hold(validate(folder), "bad.xml", "TK002", 4)


# -- too much of something -----------------------------------------------------------------------


@pytest.mark.parametrize("depth", [1_000, 1_000_000])
def test_elements_that_are_nested_absurdly_deep_are_refused(depth: int, folder: Path) -> None:
    text = tei("<div>" * depth + "</div>" * depth)
    (folder / "texts" / "bad.xml").write_text(text, "utf-8")
    hold(validate(folder), "bad.xml", "TK005", 3)


def test_a_million_tags_that_nobody_closes_are_refused(folder: Path) -> None:
    (folder / "texts" / "bad.xml").write_text(f'<TEI xmlns="{NS}">\n' + "<div>" * 10**6, "utf-8")
    hold(validate(folder), "bad.xml", "TK005 TK002", 2)


def test_attributes_by_the_hundred_thousand_are_one_mistake(folder: Path) -> None:
    many = "".join(f' a{number}="x"' for number in range(100_000))
    (folder / "texts" / "bad.xml").write_text(tei(f"<p{many}/>"), "utf-8")
    hold(validate(folder), "bad.xml", "TK102", 3)


def test_one_attribute_a_hundred_thousand_times_is_one_mistake(folder: Path) -> None:
    (folder / "texts" / "bad.xml").write_text(tei("<p" + ' n="x"' * 100_000 + "/>"), "utf-8")
    hold(validate(folder), "bad.xml", "TK002", 3)


def test_namespaces_by_the_ten_thousand_do_no_harm(folder: Path) -> None:
    many = "".join(f' xmlns:a{number}="urn:{number}"' for number in range(10_000))
    (folder / "texts" / "good.xml").write_text(tei(f"<p{many}/>"), "utf-8")
    hold_good(validate(folder))


def test_a_hundred_thousand_unknown_elements_are_one_mistake(folder: Path) -> None:
    (folder / "texts" / "bad.xml").write_text(tei("<b/>" * 100_000), "utf-8")
    hold(validate(folder), "bad.xml", "TK101", 3)


def test_a_name_of_a_megabyte_is_told_in_few_words(folder: Path) -> None:
    (folder / "texts" / "bad.xml").write_text(tei(f"<{'n' * 2**20}/>"), "utf-8")
    hold(validate(folder), "bad.xml", "TK101", 3)


def test_an_attribute_whose_name_is_a_megabyte_is_told_in_few_words(folder: Path) -> None:
    (folder / "texts" / "bad.xml").write_text(tei("<p " + "n" * 2**20 + '="x"/>'), "utf-8")
    hold(validate(folder), "bad.xml", "TK102", 3)


def test_a_value_of_fifty_megabytes_does_no_harm(folder: Path) -> None:
    (folder / "texts" / "good.xml").write_text(tei('<p n="' + "x" * 50_000_000 + '"/>'), "utf-8")
    hold_good(validate(folder))


def test_a_text_of_fifty_megabytes_does_no_harm(folder: Path) -> None:
    (folder / "texts" / "good.xml").write_text(tei(f"<p>{'text ' * 10_000_000}</p>"), "utf-8")
    hold_good(validate(folder))


def test_fifty_megabytes_of_stray_text_are_one_mistake(folder: Path) -> None:
    (folder / "texts" / "bad.xml").write_text(tei("text " * 10_000_000), "utf-8")
    hold(validate(folder), "bad.xml", "TK104", 3)


@pytest.mark.long
def test_a_comment_of_fifty_megabytes_does_no_harm(folder: Path) -> None:
    (folder / "texts" / "good.xml").write_text(tei(f"<!--{'- ' * 25_000_000}-->"), "utf-8")
    hold_good(validate(folder))


@pytest.mark.long
def test_a_comment_of_fifty_megabytes_that_nobody_closes_is_one_mistake(folder: Path) -> None:
    (folder / "texts" / "bad.xml").write_text(tei("<!--" + "x" * 50_000_000), "utf-8")
    told = validate(folder)
    # Where the comment begins, or the element that stays open because of it.
    hold(told, "bad.xml", "TK002", told.findings["bad.xml"][0][1])
    assert told.findings["bad.xml"][0][1] in (2, 3)


# -- bytes ---------------------------------------------------------------------------------------

XML16 = '<?xml version="1.0" encoding="UTF-16"?>\n'
# The bytes of a file, the codes of which one is right, and the line.
BYTES: dict[str, tuple[bytes, str, int]] = {
    "not UTF-8": (tei("<p>a\nb\udcff</p>").encode("utf-8", "surrogateescape"), "TK003", 4),
    "UTF-8 that is cut short": (tei("<p>é</p>").encode().replace(b"\xa9", b""), "TK003", 3),
    "UTF-8 that is longer than need be": (
        tei("<p>@</p>").encode().replace(b"@", b"\xc0\xaf"),
        *("TK003", 3),
    ),
    "a surrogate in UTF-8": (
        tei("<p>\ud800</p>").encode("utf-8", "surrogatepass"),
        *("TK003", 3),
    ),
    "a lone surrogate in UTF-16": (
        b"\xff\xfe" + tei("<p>\ud800</p>", XML16).encode("utf-16-le", "surrogatepass"),
        *("TK003 TK002", 4),
    ),
    "UTF-16 with a byte too many": (
        b"\xff\xfe" + tei("<p/>", XML16).encode("utf-16-le") + b"\n",
        *("TK003 TK002", 7),
    ),
    "UTF-8 that says it is UTF-16": (tei("<p>é</p>", XML16).encode(), "TK003", 1),
    "UTF-32": (
        tei("<p/>", '<?xml version="1.0" encoding="UTF-32"?>\n').encode("utf-32"),
        *("TK003", 1),
    ),
    "UTF-8 that says it is ISO 8859-1": (
        tei("<p>Слово</p>", '<?xml version="1.0" encoding="ISO-8859-1"?>\n').encode(),
        *("TK003", 1),
    ),
    "windows-1251 that says nothing": (tei("<p>Слово</p>").encode("cp1251"), "TK003", 3),
    "an encoding that nobody knows": (
        tei("<p/>", '<?xml version="1.0" encoding="klingon"?>\n').encode(),
        *("TK003", 1),
    ),
    "an encoding of Python that is none": (
        tei("<p/>", '<?xml version="1.0" encoding="rot13"?>\n').encode(),
        *("TK003", 1),
    ),
    "a null byte in the text": (tei("<p>a\0b</p>").encode(), "TK002", 3),
    "a null byte in a tag": (tei("<p\0/>").encode(), "TK002", 3),
    "a null byte at the end": (tei("<p/>").encode() + b"\0", "TK002", 6),
    "nothing but null bytes": (b"\0" * 4096, "TK006 TK002 TK003", 1),
    "nothing": (b"", "TK006", 1),
    "nothing but white space": (b"\n \n", "TK006", 1),
    "nothing but a byte order mark": (b"\xef\xbb\xbf", "TK006", 1),
    "half a byte order mark": (b"\xff", "TK003 TK002", 1),
    "one <": (b"<", "TK002", 1),
    "an archive": (b"PK\x03\x04\x14\x00\x08\x00" + bytes(range(256)) * 64, "TK002 TK003", 1),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)), "TK002 TK003", 1),
    "a web page": (b"<!DOCTYPE html>\n<html><p/></html>\n", "TK007 TK101", 2),
    "words": (b"Dear comrade,\n\nthe file is lost.\n", "TK002", 1),
    "a prefix that nobody declares": (tei("<x:p/>").encode(), "TK002", 3),
    "a control character": (tei("<p>\x1b[31m</p>").encode(), "TK002", 3),
    "a reference to a control character": (tei("<p>&#0;</p>").encode(), "TK002", 3),
}


@pytest.mark.parametrize("name", BYTES)
def test_bytes_that_are_no_xml_are_told_where_they_stand(name: str, folder: Path) -> None:
    data, codes, line = BYTES[name]
    (folder / "texts" / "bad.xml").write_bytes(data)
    told = validate(folder)
    hold(told, "bad.xml", codes, line)
    # What a file holds must not reach the terminal as a command.
    assert not set(told.output) & {"\0", "\x1b"}


def test_a_later_version_of_xml_is_read_as_far_as_it_is_like_the_first(folder: Path) -> None:
    # XML 1.0, fifth edition, section 2.8
    text = tei("<p/>", '<?xml version="1.1"?>\n')
    (folder / "texts" / "other.xml").write_text(text, "utf-8")
    hold_good(validate(folder))


UNICODE: dict[str, Callable[[str], bytes]] = {
    "UTF-8 with a byte order mark": lambda text: text.encode("utf-8-sig"),
    "UTF-16 LE": lambda text: b"\xff\xfe" + (XML16 + text).encode("utf-16-le"),
    "UTF-16 BE": lambda text: b"\xfe\xff" + (XML16 + text).encode("utf-16-be"),
    "UTF-16 LE that does not say so": lambda text: b"\xff\xfe" + text.encode("utf-16-le"),
    "UTF-16 BE that does not say so": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "UTF-16 LE without a mark": lambda text: (XML16 + text).encode("utf-16-le"),
    "UTF-16 BE without a mark": lambda text: (XML16 + text).encode("utf-16-be"),
    "KOI8-R": lambda text: f'<?xml version="1.0" encoding="KOI8-R"?>\n{text}'.encode("koi8-r"),
}


@pytest.mark.parametrize("name", UNICODE)
def test_every_encoding_that_xml_knows_is_read(name: str, folder: Path) -> None:
    encode = UNICODE[name]
    (folder / "texts" / "other.xml").write_bytes(encode(tei("<p>Слово</p>")))
    hold_good(validate(folder))
    (folder / "texts" / "other.xml").write_bytes(encode(tei("<p>Слово</p>\n<b/>")))
    first = encode("").count(b"\n") if encode("") else 0
    hold(validate(folder), "other.xml", "TK101", 4 + first)


# -- things that are no files --------------------------------------------------------------------


def test_a_folder_that_is_called_like_a_file_hides_nothing(folder: Path) -> None:
    (folder / "texts" / "x.xml").mkdir()
    told = validate(folder)
    assert (told.code, told.judged) == (1, 2)
    assert told.findings == {"z-wrong.xml": [("TK101", 3)]}
    (folder / "texts" / "x.xml" / "good.xml").write_text(tei("<p>Good.</p>"), "utf-8")
    hold_good(validate(folder))


def test_an_empty_folder_that_is_named_is_told(folder: Path) -> None:
    (folder / "x.xml").mkdir()
    told = validate(folder, "texts", "x.xml")
    hold(told, "x.xml", "TK902 TK001", None)


def test_a_link_that_leads_nowhere_is_told(folder: Path) -> None:
    (folder / "texts" / "bad.xml").symlink_to("absent.xml")
    hold(validate(folder), "bad.xml", "TK001", None)


def test_a_link_that_leads_to_itself_is_told(folder: Path) -> None:
    (folder / "texts" / "bad.xml").symlink_to("bad.xml")
    hold(validate(folder), "bad.xml", "TK001", None)


def test_folders_linked_in_a_circle_are_read_once(folder: Path) -> None:
    (folder / "texts" / "again").symlink_to(".", target_is_directory=True)
    told = validate(folder)
    assert (told.code, told.judged) == (1, 2)
    assert told.findings == {"z-wrong.xml": [("TK101", 3)]}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes with names")
@pytest.mark.parametrize("arguments", [("texts",), ("texts", "texts/bad.xml")])
def test_a_pipe_is_not_waited_for(arguments: tuple[str, ...], folder: Path) -> None:
    os.mkfifo(folder / "texts" / "bad.xml")
    hold(validate(folder, *arguments), "bad.xml", "TK001", None)


def test_a_device_without_end_is_not_read(folder: Path) -> None:
    if not Path("/dev/zero").is_char_device():
        pytest.skip("the system has no /dev/zero")
    (folder / "texts" / "bad.xml").symlink_to("/dev/zero")
    hold(validate(folder), "bad.xml", "TK001", None)


def test_a_file_that_may_not_be_read_is_told(folder: Path) -> None:
    path = folder / "texts" / "bad.xml"
    path.write_text(tei("<p/>"), "utf-8")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read everything")
    hold(validate(folder), "bad.xml", "TK001", None)


def test_a_file_that_does_not_exist_is_told(folder: Path) -> None:
    hold(validate(folder, "texts", "bad.xml"), "bad.xml", "TK001", None)


def test_a_name_of_strange_letters_is_written_so_that_a_terminal_survives_it(folder: Path) -> None:
    (folder / "texts" / "a\x1b[31m\nb.xml").write_text(tei("<b/>"), "utf-8")
    told = validate(folder)
    assert (told.code, told.judged) == (1, 3)
    assert "\x1b" not in told.output


def test_a_name_that_is_not_utf_8_hides_nothing(folder: Path) -> None:
    name = os.fsencode(folder / "texts") + b"/\xff.xml"
    try:
        Path(os.fsdecode(name)).write_text(tei("<b/>"), "utf-8")
    except OSError:
        pytest.skip("the file system takes names of UTF-8 only")
    told = validate(folder)
    assert (told.code, told.judged) == (1, 3)
    assert len(told.findings) == 2

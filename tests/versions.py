"""Small documents in several languages, for tests of translations."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from teikit import validate
from teikit.diagnostics import Diagnostic, Related

HEAD = (
    "<teiHeader><fileDesc><titleStmt><title>T</title></titleStmt><publicationStmt><p>P</p>"
    "</publicationStmt>{relation}<sourceDesc><p>S</p></sourceDesc></fileDesc>{more}</teiHeader>"
)
OF_RU = '<notesStmt><relatedItem type="translationOf" target="a-ru.xml#a-ru"/></notesStmt>'
REGISTER = """<standOff>
<listPerson><person xml:id="pe-a"><persName>A</persName></person>
<person xml:id="pe-b"><persName>B</persName></person></listPerson>
<listPlace><place xml:id="pl-x"><placeName>X</placeName></place>
<place xml:id="pl-y"><placeName>Y</placeName></place></listPlace>
<listOrg><org xml:id="or-o"><orgName>O</orgName></org></listOrg></standOff>"""


def version(lang: str, body: str, relation: str | None = None, more: str = "") -> str:
    """A document of its own; every language but Russian is a translation of the Russian."""
    told = (OF_RU if lang != "ru" else "") if relation is None else relation
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<TEI xmlns="http://www.tei-c.org/ns/1.0" '
        f'xml:id="a-{lang}" xml:lang="{lang}">{HEAD.format(relation=told, more=more)}\n'
        f"<text><body>\n{body}\n</body></text></TEI>\n"
    )


def p(lang: str, number: int, text: str = "x", to: str | None = None, n: str | None = None) -> str:
    """A numbered paragraph; ``to`` are tokens of @corresp such as ``fr.1 fr.2``."""
    other = "fr" if lang == "ru" else "ru"
    tokens = f"{other}.{number}" if to is None else to
    pointers = " ".join(f"a-{t.partition('.')[0]}.xml#a-{t}" for t in tokens.split())
    corresp = f' corresp="{pointers}"' if pointers else ""
    label = n or str(number)
    return f'<p xml:id="a-{lang}.{number}" n="{label}"{corresp}>{text}</p>'


def several(lang: str, *paragraphs: str) -> str:
    """Paragraphs a line each, so that a finding tells by its line which one it means."""
    return version(lang, "\n".join(paragraphs))


def findings(folder: Path) -> list[Diagnostic]:
    """What is found on the meaning of the corpus.

    The small registers are not the matter here, nor what the small headers leave out (TK606).
    """
    aside = ("TK110", "TK3", "TK606")
    return [item for item in validate(folder) if not item.code.startswith(aside)]


def told(items: list[Diagnostic]) -> list[str]:
    """Findings as ``code severity path:line:column message``."""
    return [f"{item.code} {item.severity} {item.location} {item.message}" for item in items]


def at(folder: Path, finding: Diagnostic | Related) -> str:
    """The file and the characters at the place of a finding, to the end of the line."""
    place = finding.location
    assert place.line
    assert place.column
    line = (folder / place.path).read_text("utf-8").split("\n")[place.line - 1]
    return f"{place.path} {line[place.column - 1 :]}"


Corpus = Callable[..., Path]


def pair(corpus: Corpus, russian: str, french: str, config: str | None = None) -> Path:
    """Two texts of one paragraph each, with a register."""
    files = {
        "a-ru.xml": several("ru", p("ru", 1, russian)),
        "a-fr.xml": several("fr", p("fr", 1, french)),
        "reg.xml": '<?xml version="1.0"?>\n<TEI xmlns="http://www.tei-c.org/ns/1.0">'
        + HEAD.format(relation="", more="")
        + REGISTER
        + "</TEI>",
    }
    return corpus(config=config, **files)


def planted(edition: Path, name: str, old: str, new: str) -> list[str]:
    """What is found after one change in a file of the edition, and was not found before."""
    path = edition / "tei" / name
    text = path.read_text("utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
    # The change may move what follows it on its line.
    before = {(item.code, item.location.path, item.message) for item in validate(edition)}
    path.write_text(text.replace(old, new), "utf-8")
    return told(
        [
            item
            for item in validate(edition)
            if (item.code, item.location.path, item.message) not in before
        ]
    )

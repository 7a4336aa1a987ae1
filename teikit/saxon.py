"""XSLT 3.0 by Saxon: the only module that imports saxonche.

One processor a process, stylesheets compiled once and kept, main thread only: processors made and
freed in other threads have been seen to abort the process. Saxon never opens a text's file; it gets
the trees that ``teikit.corpus`` parsed safely, and every parameter by value.
"""

from __future__ import annotations

import html
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path, PurePosixPath
from xml.sax.saxutils import quoteattr

from lxml import etree
from saxonche import PySaxonApiError, PySaxonProcessor, PyXsltExecutable

from teikit.diagnostics import RULES, Diagnostic, Location
from teikit.errors import OutputError


@dataclass(frozen=True, slots=True)
class Prepared:
    """A tree that the processor has read already, for transforms that share it."""

    node: object


Tree = etree._Element | Prepared
Parameter = str | int | bool | Tree | Sequence[Tree]


@dataclass(frozen=True, slots=True)
class Stylesheet:
    """A stylesheet that was compiled: its file, what runs, and where messages tell of it.

    ``own`` is the stylesheet of a corpus that stands over the shipped one, ``name`` what locations
    call it.
    """

    path: Path
    executable: PyXsltExecutable
    own: Path | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What a stylesheet gave: the serialised principal result, and its messages as findings."""

    text: str
    messages: tuple[Diagnostic, ...]


@lru_cache(maxsize=1)
def _processor() -> PySaxonProcessor:
    processor = PySaxonProcessor(license=False)
    # A second lock on the door: the trees come from a parser that refused entities already.
    processor.set_configuration_property(
        "http://saxon.sf.net/feature/parserFeature?uri=http%3A//apache.org/xml/features/"
        "disallow-doctype-decl",
        "true",
    )
    return processor


@lru_cache(maxsize=32)
def _compiled(stylesheet: Path) -> Stylesheet:
    return _compile(Stylesheet(stylesheet, None), stylesheet_file=str(stylesheet))


def layered(modules: Path, own: Path, name: str) -> Stylesheet:
    """A stylesheet of a corpus over shipped modules, compiled now and not kept.

    What both declare goes by the declaration of ``own``: its import precedence is the higher one
    (XSLT 3.0, section 3.11.3). Modes have to be declared, as in each package of ours. ``name`` is
    what locations call the file ``own``.

    Raises OutputError with a finding for each fault of the stylesheet.
    """
    package = f"""<xsl:package version="3.0" declared-modes="yes"
        xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
      <xsl:import href={quoteattr(modules.as_uri())}/>
      <xsl:include href={quoteattr(own.as_uri())}/>
    </xsl:package>"""
    return _compile(Stylesheet(modules, None, own, name), stylesheet_text=package)


def _compile(stylesheet: Stylesheet, **source: str) -> Stylesheet:
    with _stderr() as said:
        try:
            executable = _processor().new_xslt30_processor().compile_stylesheet(**source)
        except PySaxonApiError as error:
            raise OutputError(list(_failures(stylesheet, str(error), said()))) from error
    return replace(stylesheet, executable=executable)


def forget() -> None:
    """Compile every stylesheet anew when it is next wanted: one of them has changed."""
    _compiled.cache_clear()


@contextmanager
def _stderr() -> Iterator[Callable[[], str]]:
    """Catch file descriptor 2 while Saxon runs: it tells the place of an error only there."""
    sys.stderr.flush()
    with tempfile.TemporaryFile() as file:
        saved = os.dup(2)
        os.dup2(file.fileno(), 2)

        def said() -> str:
            file.seek(0)
            return file.read().decode("utf-8", "replace")

        try:
            yield said
        finally:
            os.dup2(saved, 2)
            os.close(saved)


# How Saxon begins the report of an error; the reason begins on the next line, after its code.
_ERROR = re.compile(
    r"^\s*Error\b[^\n]*?\bline (\d+)(?: column (\d+))? of (\S+?):[ ]*"
    r"\n\s*(?:[\w:]+\s+)?([^\n]+(?:\n  (?!In |Caused |Error | )[^\n]+)*)",
    re.M,
)


def _failures(stylesheet: Stylesheet, message: str, said: str) -> Iterator[Diagnostic]:
    """A finding for each error that the processor reports, one at least."""
    found = dict.fromkeys(_ERROR.findall(message) or _ERROR.findall(said)[-1:])
    reason = message.strip().splitlines()[0] if message.strip() else "no reason given"
    # What the processor throws has its reason in full; what it prints has it in ASCII.
    one = not _ERROR.search(message)
    for line, column, name, told in found or [("", "", stylesheet.path.name, reason)]:
        own = _own(stylesheet, name)
        yield RULES["TK801"].at(
            Location(
                own or f"{stylesheet.path.parent.name}/{name}",
                int(line) if line else None,
                int(column) if column else None,
            ),
            f"the stylesheet failed: {reason if one else ' '.join(told.split())}",
            hints=(_hint(stylesheet, own, told),),
        )


def _own(stylesheet: Stylesheet, name: str) -> str:
    """What locations call a file of the corpus that Saxon names without its folder."""
    if stylesheet.own is None:
        return ""
    folder = stylesheet.own.parent
    path = next(
        (path for path in (folder / name, *sorted(folder.rglob(name))) if path.is_file()), None
    )
    if path is None:
        return ""
    return (PurePosixPath(stylesheet.name).parent / path.relative_to(folder).as_posix()).as_posix()


def _hint(stylesheet: Stylesheet, own: str, told: str) -> str:
    if own and "has not been declared in an xsl:mode" in told:
        return "docs/stylesheets.md lists the modes; one of your own wants an xsl:mode"
    if own:
        return "[site] stylesheet in teikit.toml names it"
    if stylesheet.own is not None:
        return f"it may be what {stylesheet.name} hands to it; see whether it fails without"
    return "if it is one of teikit's own, please report it with the file that it failed on"


def to_node(tree: etree._Element) -> object:
    """The tree as a document node of this process's processor."""
    text = etree.tostring(tree, encoding="unicode")
    return _processor().parse_xml(xml_text=text)


def prepared(tree: etree._Element) -> Prepared:
    """The tree, read once by the processor: it may be the source of many transforms."""
    return Prepared(to_node(tree))


def _node(tree: Tree) -> object:
    return tree.node if isinstance(tree, Prepared) else to_node(tree)


def _value(value: Parameter) -> object:
    processor = _processor()
    if isinstance(value, bool):
        return processor.make_boolean_value(value)
    if isinstance(value, int):
        return processor.make_integer_value(value)
    if isinstance(value, str):
        return processor.make_string_value(value)
    if isinstance(value, etree._Element | Prepared):
        return _node(value)
    if not value:
        return processor.empty_sequence()
    # PyXdmValue.add_xdm_item crashes the process; a sequence built by XPath does not.
    xpath = processor.new_xpath_processor()
    for index, item in enumerate(value):
        xpath.declare_variable(f"n{index}")
        xpath.set_parameter(f"n{index}", _node(item))
    return xpath.evaluate(", ".join(f"$n{index}" for index in range(len(value))))


def transform(
    stylesheet: Path | Stylesheet, source: Tree, parameters: Mapping[str, Parameter]
) -> Result:
    """Run an XSLT 3.0 stylesheet on a tree and give its serialised result.

    A stylesheet that is named by its path is compiled once in a process. ``parameters`` go to its
    global parameters by local name: strings, whole numbers, booleans, trees (as document nodes) or
    sequences of trees.

    Raises OutputError with the stylesheet's own place when it does not compile or fails.
    """
    if isinstance(stylesheet, Path):
        stylesheet = _compiled(stylesheet)
    executable = stylesheet.executable
    executable.clear_parameters()
    executable.set_save_xsl_message(True)
    for name, value in parameters.items():
        executable.set_parameter(name, _value(value))
    with _stderr() as said:
        try:
            text = executable.transform_to_string(xdm_node=_node(source))
        except PySaxonApiError as error:
            raise OutputError(list(_failures(stylesheet, str(error), said()))) from error
    return Result(text or "", tuple(_messages(executable)))


def evaluate(expression: str) -> str:
    """The string value of an XPath 3.1 expression that needs no context."""
    found = _processor().new_xpath_processor().evaluate_single(expression)
    return "" if found is None else str(found.string_value)


def _messages(executable: PyXsltExecutable) -> Iterator[Diagnostic]:
    """The messages of our stylesheets (``t:message`` with code and path) as findings."""
    messages = executable.get_xsl_messages()
    if messages is None:
        return
    for index in range(messages.size):
        text = str(messages.item_at(index))
        match = re.search(r"<t:message\b([^>]*)>(.*?)</t:message>", text, re.DOTALL)
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', match[1])) if match else {}
        rule = RULES.get(attributes.get("code", ""), RULES["TK802"])
        message = html.unescape(re.sub(r"<[^>]+>", "", match[2] if match else text)).strip()
        yield rule.at(Location(html.unescape(attributes.get("path", "stylesheet"))), message)

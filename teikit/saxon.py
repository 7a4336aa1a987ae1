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
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

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
def _compiled(stylesheet: Path) -> PyXsltExecutable:
    with _stderr() as said:
        try:
            return (
                _processor()
                .new_xslt30_processor()
                .compile_stylesheet(stylesheet_file=str(stylesheet))
            )
        except PySaxonApiError as error:
            raise OutputError(_failure(stylesheet, str(error), said())) from error


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


def _failure(stylesheet: Path, message: str, said: str) -> Diagnostic:
    place = re.search(r"at .*?line (\d+)(?: column (\d+))? of ([\w.-]+\.xsl)", said + message)
    name = place[3] if place else stylesheet.name
    line = int(place[1]) if place else None
    column = int(place[2]) if place and place[2] else None
    reason = message.strip().splitlines()[0] if message.strip() else "no reason given"
    return RULES["TK801"].at(
        Location(f"{stylesheet.parent.name}/{name}", line, column),
        f"the stylesheet failed: {reason}",
        hints=("if it is one of teikit's own, please report it with the file that it failed on",),
    )


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


def transform(stylesheet: Path, source: Tree, parameters: Mapping[str, Parameter]) -> Result:
    """Run an XSLT 3.0 stylesheet on a tree and give its serialised result.

    ``parameters`` go to the stylesheet's global parameters by local name: strings, whole numbers,
    booleans, trees (as document nodes) or sequences of trees.

    Raises OutputError with the stylesheet's own place when it does not compile or fails.
    """
    executable = _compiled(stylesheet)
    executable.clear_parameters()
    executable.set_save_xsl_message(True)
    for name, value in parameters.items():
        executable.set_parameter(name, _value(value))
    with _stderr() as said:
        try:
            text = executable.transform_to_string(xdm_node=_node(source))
        except PySaxonApiError as error:
            raise OutputError(_failure(stylesheet, str(error), said())) from error
    return Result(text or "", tuple(_messages(executable)))


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

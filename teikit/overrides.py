"""What ``[citation]`` in ``teikit.toml`` says of fields, before what the header says."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import elementpath
from lxml import etree

from teikit.diagnostics import RULES, Location
from teikit.errors import ConfigError
from teikit.facts import Facts
from teikit.header import DateValue, Text, date_value, language, read_agent
from teikit.links import Links
from teikit.names import TEI
from teikit.people import parties
from teikit.record import ITEM_TYPES, Archive, Container, Name, Party, Record
from teikit.text import words

# -- one field of a record, from the strings that somebody states ---------------------------------

_Strings = Sequence[Text]
_Setter = Callable[[Record, _Strings], Record]


def _with(record: Record, field: str, value: Any) -> Record:
    return replace(record, **{field: value})


def _texts(field: str) -> _Setter:
    return lambda record, values: _with(record, field, tuple(values))


def _string(field: str) -> _Setter:
    return lambda record, values: _with(record, field, values[0].text)


def _people(field: str) -> _Setter:
    return lambda record, values: _with(record, field, tuple(map(_person, values)))


def _person(value: Text) -> Party:
    """``Family, Given`` is a person; anything else is taken as it stands."""
    family, comma, given = value.text.partition(",")
    if comma:
        return Party((Name(family.strip(), given.strip(), lang=value.lang),))
    return Party((Name(literal=value.text, lang=value.lang),), institution=True)


def _date(record: Record, values: _Strings) -> Record:
    """A date or a period ``from/to`` of ISO 8601."""
    first, slash, last = values[0].text.partition("/")
    stated = DateValue("", start=first, end=last) if slash else DateValue("", when=first)
    return replace(record, date=stated, date_cert="")


def _archive(field: str) -> _Setter:
    def change(record: Record, values: _Strings) -> Record:
        archive = record.archive or Archive()
        new: Any
        if field == "shelfmark":
            new = (("shelfmark", values[0].text),)
        elif field == "collection":
            new = tuple(values)
        else:
            names = tuple(Name(literal=value.text, lang=value.lang) for value in values)
            new = Party(names, institution=True)
        return replace(record, archive=replace(archive, **{field: new}))

    return change


def _printed(field: str) -> _Setter:
    def change(record: Record, values: _Strings) -> Record:
        new: Any = tuple(values) if field == "titles" else values[0].text
        return replace(record, printed=replace(record.printed or Container(), **{field: new}))

    return change


FIELDS: dict[str, _Setter] = {
    "type": _string("type"),
    "title": _texts("titles"),
    "subtitle": _texts("subtitles"),
    "author": _people("authors"),
    "recipient": _people("recipients"),
    "translator": _people("translators"),
    "editor": _people("editors"),
    "date": _date,
    "genre": _texts("genre"),
    "medium": _texts("medium"),
    "number": _string("number"),
    "repository": _archive("repository"),
    "settlement": _archive("place"),
    "collection": _archive("collection"),
    "shelfmark": _archive("shelfmark"),
    "container": _printed("titles"),
    "publisher": _printed("publisher"),
    "pubPlace": _printed("place"),
    "published": _printed("date"),
    "pages": _printed("pages"),
    "url": _string("url"),
    "doi": _string("doi"),
    "licence": _string("licence"),
    "note": _string("note"),
}


# -- what the configuration says ------------------------------------------------------------------


def overridden(links: Links, version: Facts, record: Record) -> Record:
    """The record with what ``[citation]`` says of it.

    Raises ConfigError where it names a field that no record has, or an XPath that is none.
    """
    config = links.corpus.config.citation
    for name, paths in config.mapping.items():
        change = _field(links, "citation.mapping", name)
        found = _selected(links, version, name, paths)
        if not found:
            continue
        if name in _PEOPLE and all(isinstance(item, etree._Element) for item in found):
            agents = [read_agent(name, item) for item in found]
            record = _with(record, f"{name}s", parties(links, version, agents))
        else:
            record = change(record, [_value(item, name, version.lang) for item in found])
    for key in (record.document, record.id):
        for name, stated in config.documents.get(key, {}).items():
            change = _field(links, f"citation.documents.{key}", name)
            values = (stated,) if isinstance(stated, str) else stated
            if values:
                record = change(record, [Text(value, version.lang) for value in values])
    return record


_PEOPLE = frozenset({"author", "recipient", "translator", "editor"})


def verify(links: Links) -> None:
    """Raise ConfigError where ``[citation]`` names a field or a document that there is not."""
    config = links.corpus.config.citation
    for name, paths in config.mapping.items():
        _field(links, "citation.mapping", name)
        for path in paths:
            _parsed(links, name, path)
    for genre, kind in config.types.items():
        _item_type(links, f'[citation.types] "{genre}"', kind)
    named = re.findall(r"\{(\w*)\}", config.url or "")
    wrong = [name for name in named if name not in _NAMES]
    if wrong or re.search(r"[{}]", re.sub(r"\{\w*\}", "", config.url or "")):
        hint = "it may hold {document}, {version} and {passage}"
        what = f"“{{{wrong[0]}}}”" if wrong else "a brace"
        raise _refused(links, f"[citation] url holds {what}, which means nothing", hint)
    known = [key for group in links.groups for key in (group.id, *(v.id for v in group.versions))]
    for key, fields in config.documents.items():
        for name, stated in fields.items():
            _field(links, f"citation.documents.{key}", name)
            if name == "type":
                for kind in (stated,) if isinstance(stated, str) else stated:
                    _item_type(links, f"[citation.documents.{key}] type", kind)
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            hint = f"did you mean `{near[0]}`?" if near else "`teikit cite` lists the documents"
            raise _refused(links, f"[citation.documents] the corpus has no document “{key}”", hint)


# What [citation] url may hold in braces.
_NAMES = ("document", "version", "passage")


def _parsed(links: Links, field: str, path: str) -> None:
    try:
        elementpath.XPath2Parser(namespaces={"": TEI, "tei": TEI}).parse(path)
    except elementpath.ElementPathError as error:
        raise _refused(
            links, f"[citation.mapping] {field}: “{path}” is no XPath: {error}"
        ) from error


def _item_type(links: Links, where: str, kind: str) -> None:
    if kind not in ITEM_TYPES:
        near = difflib.get_close_matches(kind, sorted(ITEM_TYPES), n=1)
        hint = (
            f"did you mean `{near[0]}`?" if near else f"they are: {', '.join(sorted(ITEM_TYPES))}"
        )
        raise _refused(links, f"{where}: “{kind}” is no item type of CSL 1.0.2", hint)


def _field(links: Links, table: str, name: str) -> _Setter:
    if name in FIELDS:
        return FIELDS[name]
    near = difflib.get_close_matches(name, FIELDS, n=1)
    hint = f"did you mean `{near[0]}`?" if near else f"the fields are: {', '.join(FIELDS)}"
    raise _refused(links, f"[{table}] {name} is no field of a record", hint)


def _refused(links: Links, message: str, *hints: str) -> ConfigError:
    file = links.corpus.config.file
    name = file.name if file else "teikit.toml"
    return ConfigError(RULES["TK901"].at(Location(name), f"{name}: {message}", hints=hints))


def _selected(links: Links, version: Facts, field: str, paths: Sequence[str]) -> list[Any]:
    """What the first path that finds something selects in the header: elements or strings."""
    document = links.corpus.document(version.path)
    header = document.root.find(f"{{{TEI}}}teiHeader")
    if header is None:
        return []
    for path in paths:
        try:
            found = elementpath.select(header, path, namespaces={"": TEI, "tei": TEI})
        except elementpath.ElementPathError as error:
            raise _refused(
                links, f"[citation.mapping] {field}: “{path}” fails in {version.path}: {error}"
            ) from error
        items = found if isinstance(found, list) else [found]
        told = [item for item in items if _value(item, field, version.lang).text]
        if told:
            return told
    return []


def _value(item: Any, field: str, lang: str) -> Text:
    if not isinstance(item, etree._Element):
        return Text(" ".join(str(item).split()), lang)
    if field == "date":
        value = date_value(item)
        period = f"{value.earliest}/{value.latest}" if value.earliest != value.latest else ""
        return Text(period or value.earliest or value.text, lang)
    return Text(words(item), language(item) or lang)

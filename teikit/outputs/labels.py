"""The words of the interface: those that teikit ships, and those of a corpus."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

from teikit.config import Config, where
from teikit.diagnostics import RULES, Diagnostic
from teikit.linkdoc import INTERFACES, edition_language
from teikit.names import FACTS
from teikit.outputs.base import Job
from teikit.resources import resource
from teikit.saxon import evaluate

_VARIABLE = "{http://www.w3.org/1999/XSL/Transform}variable"
# Names that a corpus may use though teikit ships no such label: those of its own types, names of
# languages, and what its own stylesheet asks for.
_OPEN = re.compile(r"(names|notes|relation|weight|decl|x)-.+|[a-z]{2,3}")
# What a label has in it for a number or a word.
_SLOT = re.compile(r"\{[a-z]+\}|#")


@lru_cache(maxsize=1)
def shipped() -> dict[str, dict[str, str]]:
    """The labels of ``xslt/common/labels.xsl`` by name and language, sorted by name."""
    root = etree.parse(resource("xslt", "common", "labels.xsl")).getroot()
    written = next(
        node.get("select", "")
        for node in root.iter(_VARIABLE)
        if node.get("name") == "v:shipped-labels"
    )
    table: dict[str, dict[str, str]] = json.loads(
        evaluate(f"serialize({written}, map {{ 'method': 'json' }})")
    )
    return dict(sorted(table.items()))


def interfaces(job: Job) -> tuple[str, ...]:
    """The languages in which the site is made, that of the edition first if it is one."""
    configured = job.links.corpus.config.output.languages or INTERFACES
    own = edition_language(job.links).partition("-")[0]
    return tuple(sorted(configured, key=lambda language: language != own))


def problems(job: Job) -> Iterator[Diagnostic]:
    """What cannot be used of ``[site.labels]``: languages, names and words that are none."""
    config = job.links.corpus.config
    versions = (version.lang for group in job.links.groups for version in group.versions)
    spoken = dict.fromkeys((*interfaces(job), edition_language(job.links), *versions))
    languages = sorted({lang.partition("-")[0] for lang in spoken})
    for lang, words in config.site.labels.items():
        if lang not in languages:
            hint = f"the languages of this site are {', '.join(languages)}"
            yield _refused(config, lang, "", f"nothing is in the language “{lang}”", hint)
            continue
        names = shipped().keys() | _types(job)
        for name, word in words.items():
            slots = set(_SLOT.findall(shipped().get(name, {}).get("en", "")))
            if name not in names and not _OPEN.fullmatch(name):
                near = difflib.get_close_matches(name, names, n=3)
                hint = (
                    f"did you mean {' or '.join(near)}?" if near else "`teikit labels` lists them"
                )
                yield _refused(config, lang, name, "there is no label of this name", hint)
            elif not word.strip():
                yield _refused(config, lang, name, "it is empty", "leave the key out")
            elif lost := sorted(slots - set(_SLOT.findall(word))):
                reason = f"“{word}” lacks {' and '.join(lost)}"
                yield _refused(config, lang, name, reason, f"in English: {shipped()[name]['en']}")
            elif name == "months" and len(word.split()) != 12:
                reason = f"these are {len(word.split())} months"
                yield _refused(config, lang, name, reason, "write twelve words with spaces between")


def _types(job: Job) -> set[str]:
    """The values of ``@type`` and alike in the facts, of which pages print the label."""
    names = ("type", "subtype", "role", "kind", "part", "unit", "match")
    return {
        value
        for node in job.facts.iter(f"{{{FACTS}}}*")
        for name in names
        if (value := node.get(name))
    }


def _refused(config: Config, lang: str, name: str, reason: str, hint: str) -> Diagnostic:
    table = f"site.labels.{lang}"
    message = f"[{table}]{' ' * bool(name)}{name}: {reason}"
    return RULES["TK807"].at(where(config, table, name), message, hints=(hint,))


def lacking(config: Config, language: str) -> list[str]:
    """The names of the labels that a language of the interface has no word for."""
    own = config.site.labels.get(language, {})
    return [name for name, row in shipped().items() if language not in row and name not in own]


def missing(job: Job) -> Iterator[Diagnostic]:
    """For each language of the interface that lacks words: how many, and how to get them."""
    config = job.links.corpus.config
    for language in interfaces(job):
        count = len(lacking(config, language))
        if count:
            yield RULES["TK808"].at(
                where(config, "output", "languages"),
                f"“{language}” lacks {count} of the {len(shipped())} words of the interface: "
                "English ones stand for them",
                hints=(f"`teikit labels {language}` prints them, to be translated",),
            )


def tree(job: Job) -> etree._Element | None:
    """The labels of the corpus for stylesheets: ``t:labels``; None where there are none."""
    given = {lang: dict(words) for lang, words in job.links.corpus.config.site.labels.items()}
    for language in interfaces(job):
        if language not in shipped()["own-name"]:
            # That a language is called “English” would be worse than its code.
            given.setdefault(language, {}).setdefault("own-name", language)
    if not any(given.values()):
        return None
    root = etree.Element(f"{{{FACTS}}}labels", nsmap={"t": FACTS})
    for lang, words in given.items():
        for name, word in words.items():
            node = etree.SubElement(root, f"{{{FACTS}}}label", key=name, lang=lang)
            node.text = word
    return root

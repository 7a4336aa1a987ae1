"""The HTML edition: documents, registers and a search, in each language of readers."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from urllib.parse import quote

from teikit.diagnostics import Diagnostic
from teikit.finding import index_script
from teikit.linkdoc import edition_language
from teikit.names import FACTS, XML_ID
from teikit.outputs.base import File, Job, Output, grouped
from teikit.outputs.fonts import web_fonts
from teikit.outputs.labels import interfaces
from teikit.outputs.own import own
from teikit.resources import resource
from teikit.saxon import Parameter, prepared, transform

# What pages load beside their own folder.
_ASSETS = ("style.css", "reader.js", "search.js")


@dataclass(frozen=True, slots=True)
class Page:
    """A page to make: its file name, and the parameters of the stylesheet that make it."""

    name: str
    parameters: dict[str, Parameter] = field(default_factory=dict)


def render(job: Job) -> Iterator[File | Diagnostic]:
    """The files of the site, opening with ``index.html``.

    The pages in the first language of the interface lie at the root, those in each other in a
    folder named after it. Where only some documents are asked for, only their pages are made.

    Raises OutputError where a setting of ``[site]`` cannot be used.
    """
    ours = own(job)
    yield from ours.findings
    messages: list[Diagnostic] = []
    facts = prepared(job.facts)
    languages = interfaces(job)
    whole = job.groups == job.links.groups
    pages = list(_pages(job, whole))
    used: set[str] = set()
    for language in languages:
        at_root = language == languages[0]
        shared: dict[str, Parameter] = {
            "reading": job.reading,
            "downloads": job.downloads,
            "interface": language,
            "interfaces": " ".join(languages),
            "root": "" if at_root else "../",
            "search": whole,
            "about": whole,
            **ours.parameters,
        }
        drawn = list(_drawn(job, language)) if whole else []
        added = list(_added(job, language)) if whole else []
        shared["pictures"] = " ".join(page.name.removesuffix(".html") for page in drawn)
        for page in (*pages, *added, *drawn):
            result = transform(ours.stylesheet, facts, shared | page.parameters)
            messages += result.messages
            used.update(result.text)
            folder = "" if at_root else f"{language}/"
            yield File(f"{folder}{page.name}", result.text.encode())
    yield from grouped(messages)
    if whole:
        scripts = index_script(
            job.links,
            job.groups,
            lambda group: f"{quote(group.id)}.html",
            lambda key: quote(entity_file(job, key)),
        )
        for name, script in zip(("index", "texts"), scripts, strict=True):
            used.update(script)
            yield File(f"search-{name}.js", script.encode())
    if whole and job.pictures_css:
        yield File("pictures.css", job.pictures_css.encode())
    for name in _ASSETS:
        yield File(name, resource("xslt", "html", name).read_bytes())
    for file in ours.files:
        # What a style sheet puts before or after an element is shown too.
        used.update(file.data.decode("utf-8", "ignore") if file.path.endswith(".css") else "")
        yield file
    yield from web_fonts(used)


def entity_file(job: Job, key: str) -> str:
    """The file name of the page of an entity."""
    return f"{job.links.entities[key].entry.kind}-{key}.html"


def _drawn(job: Job, language: str) -> Iterator[Page]:
    """The pages of the pictures, where there is somebody to draw them."""

    def href(kind: str, key: str) -> str:
        return quote(f"{key}.html" if kind == "document" else entity_file(job, key))

    for name, tree in job.draw(language, href) if job.draw else ():
        yield Page(f"{name}.html", {"page": name, "picture": prepared(tree)})


def _added(job: Job, language: str) -> Iterator[Page]:
    """The pages of the corpus, each in the version that is for the readers of a language."""
    edition = edition_language(job.links)
    for group in job.links.pages:
        # The same choice as f:version-for in xslt/html/added.xsl, held together by a test.
        wanted = (language, edition.partition("-")[0])
        spoken = {version.lang.partition("-")[0]: version for version in reversed(group.versions)}
        version = next((spoken[lang] for lang in wanted if lang in spoken), group.versions[0])
        tree = deepcopy(job.links.corpus.document(version.path).root)
        tree.set(XML_ID, version.id)  # by which pointers in it are found
        parameters: dict[str, Parameter] = {"page": "own", "document": group.id}
        yield Page(f"{group.id}.html", parameters | {"own": prepared(tree)})


def _pages(job: Job, whole: bool) -> Iterator[Page]:
    """The pages of one language."""
    if whole:
        described = job.edition
        contents: dict[str, Parameter] = {"page": "contents"}
        if described is not None:
            contents["edition"] = prepared(described)
        yield Page("index.html", contents)
    for group in job.groups:
        trees = [prepared(tree) for tree in job.trees([group])]
        parameters: dict[str, Parameter] = {"page": "document", "document": group.id}
        yield Page(f"{group.id}.html", parameters | {"versions": trees})
    if whole:
        kinds = {entity.entry.kind for entity in job.links.entities.values()}
        for kind in sorted(kinds):
            yield Page(f"{kind}s.html", {"page": kind})
        for key in job.links.entities:
            yield Page(entity_file(job, key), {"page": "entity", "entity": key})
        about: dict[str, Parameter] = {"page": "about"}
        if described is not None:
            about["edition"] = contents["edition"]
        yield Page("about.html", about)
        trees = [prepared(tree) for tree in job.trees()]
        for name in ("emendations", "divergences"):
            if any(version.get(name) for version in job.facts.iter(f"{{{FACTS}}}version")):
                yield Page(f"{name}.html", {"page": name, "versions": trees})
        yield Page("statistics.html", {"page": "statistics"})
        yield Page("search.html", {"page": "search"})


HTML = Output("html", "a site: documents, registers, search, in the languages of readers", render)

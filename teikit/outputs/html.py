"""The HTML edition: documents, registers and a search, in each language of readers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote

from teikit.diagnostics import Diagnostic
from teikit.finding import index_script
from teikit.linkdoc import INTERFACES, edition_facts, edition_language
from teikit.names import FACTS
from teikit.outputs.base import File, Job, Output, grouped
from teikit.outputs.fonts import web_fonts
from teikit.outputs.images import Images
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

    The pages in the first language of :func:`interfaces` lie at the root, those in each other in a
    folder named after it. Where only some documents are asked for, only their pages are made.
    """
    stylesheet = resource("xslt", "html", "main.xsl")
    messages: list[Diagnostic] = []
    facts = prepared(job.facts)
    languages = interfaces(job)
    whole = job.groups == job.links.groups
    images = Images(job.links, _named(job, whole))
    pages = list(_pages(job, whole, images))
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
        }
        drawn = list(_drawn(job, language)) if whole else []
        shared["pictures"] = " ".join(page.name.removesuffix(".html") for page in drawn)
        for page in (*pages, *drawn):
            result = transform(stylesheet, facts, shared | page.parameters)
            messages += result.messages
            used.update(result.text)
            folder = "" if at_root else f"{language}/"
            yield File(f"{folder}{page.name}", result.text.encode())
    yield from grouped(messages)
    yield from images.files()
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
    yield from web_fonts(used)


def interfaces(job: Job) -> tuple[str, ...]:
    """The languages in which the site is made, that of the edition first if it is one."""
    configured = job.links.corpus.config.output.languages or INTERFACES
    own = edition_language(job.links).partition("-")[0]
    return tuple(sorted(configured, key=lambda language: language != own))


def entity_file(job: Job, key: str) -> str:
    """The file name of the page of an entity."""
    return f"{job.links.entities[key].entry.kind}-{key}.html"


def _drawn(job: Job, language: str) -> Iterator[Page]:
    """The pages of the pictures, where there is somebody to draw them."""

    def href(kind: str, key: str) -> str:
        return quote(f"{key}.html" if kind == "document" else entity_file(job, key))

    for name, tree in job.draw(language, href) if job.draw else ():
        yield Page(f"{name}.html", {"page": name, "picture": prepared(tree)})


def _named(job: Job, whole: bool) -> Iterator[str]:
    """The paths of the files whose text the pages show."""
    for group in job.groups:
        yield from (version.path for version in group.versions)
    described = edition_facts(job.links) if whole else None
    if described is not None:
        yield described.path


def _pages(job: Job, whole: bool, images: Images) -> Iterator[Page]:
    """The pages of one language."""
    if whole:
        described = job.edition
        contents: dict[str, Parameter] = {"page": "contents"}
        if described is not None:
            contents["edition"] = prepared(described)
            contents["images"] = prepared(images.tree(_named(job, whole)))
        yield Page("index.html", contents)
    for group in job.groups:
        trees = [prepared(tree) for tree in job.trees([group])]
        parameters: dict[str, Parameter] = {"page": "document", "document": group.id}
        pictures = prepared(images.tree(version.path for version in group.versions))
        yield Page(f"{group.id}.html", parameters | {"versions": trees, "images": pictures})
    if whole:
        kinds = {entity.entry.kind for entity in job.links.entities.values()}
        for kind in sorted(kinds):
            yield Page(f"{kind}s.html", {"page": kind})
        for key in job.links.entities:
            yield Page(entity_file(job, key), {"page": "entity", "entity": key})
        about: dict[str, Parameter] = {"page": "about"}
        if described is not None:
            about["edition"] = contents["edition"]
            about["images"] = contents["images"]
        yield Page("about.html", about)
        trees = [prepared(tree) for tree in job.trees()]
        for name in ("emendations", "divergences"):
            if any(version.get(name) for version in job.facts.iter(f"{{{FACTS}}}version")):
                yield Page(f"{name}.html", {"page": name, "versions": trees})
        yield Page("statistics.html", {"page": "statistics"})
        yield Page("search.html", {"page": "search"})


HTML = Output("html", "a site: documents, registers, search, in the languages of readers", render)

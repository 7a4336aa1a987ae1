"""The HTML edition: documents, registers and a search, in each language of readers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from urllib.parse import quote

from lxml import etree

from teikit.diagnostics import Diagnostic
from teikit.finding import index_script
from teikit.linkdoc import edition_facts, edition_language
from teikit.names import FACTS, XML_ID
from teikit.outputs.base import File, Job, Output, grouped
from teikit.outputs.fonts import web_fonts
from teikit.outputs.images import Images
from teikit.outputs.labels import interfaces
from teikit.outputs.own import own
from teikit.resources import resource
from teikit.saxon import Parameter, Prepared, Result, prepared, transform

# What pages load beside their own folder.
ASSETS = ("style.css", "reader.js", "search.js")
# What the search knows of the texts.
SCRIPTS = ("search-index.js", "search-texts.js")


@dataclass(frozen=True, slots=True)
class Page:
    """A page to make: its place in the site, and the parameters of the stylesheet that make it."""

    path: str
    parameters: Mapping[str, Parameter]


class Site:
    """The files of a site, each of which can be made without the others.

    The pages in the first language of the interface lie at the root, those in each other in a
    folder named after it. Where only some documents are asked for, there are only their pages.
    """

    def __init__(self, job: Job) -> None:
        """The site of a job; nothing is made yet.

        Raises OutputError where a setting of ``[site]`` cannot be used.
        """
        self.job = job
        self.own = own(job)
        self.whole = job.groups == job.links.groups
        self.languages = interfaces(job)
        self.images = Images(job.links, _named(job, self.whole))
        self._pages: dict[str, tuple[Page, ...]] = {}
        self._ready: dict[tuple[int, ...], list[Prepared]] = {}

    def pages(self, language: str) -> tuple[Page, ...]:
        """The pages in a language, in order."""
        if language not in self._pages:
            self._pages[language] = tuple(self._in(language))
        return self._pages[language]

    def page(self, path: str) -> Page | None:
        """The page at a path."""
        folder = path.partition("/")[0]
        language = folder if folder in self.languages[1:] else self.languages[0]
        return next((page for page in self.pages(language) if page.path == path), None)

    def make(self, page: Page) -> Result:
        """A page as HTML, with what the stylesheet says of it. Raises OutputError if it fails."""
        # The facts come first: of nodes in several documents Saxon takes the older document first.
        facts = self._prepared([self.job.facts])[0]
        ready = {name: self._value(value) for name, value in page.parameters.items()}
        return transform(self.own.stylesheet, facts, ready)

    def scripts(self) -> Iterator[File]:
        """What the search knows, as scripts; none where only some documents are asked for."""
        if not self.whole:
            return
        made = index_script(
            self.job.links,
            self.job.groups,
            lambda group: f"{quote(group.id)}.html",
            lambda key: quote(entity_file(self.job, key)),
        )
        for name, script in zip(SCRIPTS, made, strict=True):
            yield File(name, script.encode())

    def assets(self) -> Iterator[File]:
        """What does not depend on the texts: styles, scripts, and the files of the corpus."""
        if self.whole and self.job.pictures_css:
            yield File("pictures.css", self.job.pictures_css.encode())
        for name in ASSETS:
            yield File(name, resource("xslt", "html", name).read_bytes())
        yield from self.own.files

    def _in(self, language: str) -> Iterator[Page]:
        at_root = language == self.languages[0]
        folder = "" if at_root else f"{language}/"
        drawn = list(_drawn(self.job, language)) if self.whole else []
        shared: dict[str, Parameter] = {
            "reading": self.job.reading,
            "downloads": self.job.downloads,
            "interface": language,
            "interfaces": " ".join(self.languages),
            "root": "" if at_root else "../",
            "search": self.whole,
            "about": self.whole,
            "pictures": " ".join(page.path.removesuffix(".html") for page in drawn),
            **self.own.parameters,
        }
        added = list(_added(self.job, language, self.images)) if self.whole else []
        for page in (*_pages(self.job, self.whole, self.images), *added, *drawn):
            yield Page(f"{folder}{page.path}", shared | dict(page.parameters))

    def _value(self, value: Parameter) -> Parameter:
        if isinstance(value, etree._Element):
            return self._prepared([value])[0]
        if isinstance(value, list):
            return self._prepared(value)
        return value

    def _prepared(self, trees: Sequence[etree._Element]) -> list[Prepared]:
        """Trees that the processor has read, in their order; each sequence once."""
        key = tuple(map(id, trees))  # the job keeps them
        if key not in self._ready:
            self._ready[key] = [prepared(tree) for tree in trees]
        return self._ready[key]


def render(job: Job) -> Iterator[File | Diagnostic]:
    """The files of the site, opening with ``index.html``; see :class:`Site`.

    Raises OutputError where a setting of ``[site]`` cannot be used.
    """
    site = Site(job)
    yield from site.own.findings
    messages: list[Diagnostic] = []
    used: set[str] = set()
    for language in site.languages:
        for page in site.pages(language):
            result = site.make(page)
            messages += result.messages
            used.update(result.text)
            yield File(page.path, result.text.encode())
    yield from grouped(messages)
    yield from site.images.files()
    for script in site.scripts():
        used.update(script.data.decode())
        yield script
    yield from site.assets()
    for file in site.own.files:
        # What a style sheet puts before or after an element is shown too.
        used.update(file.data.decode("utf-8", "ignore") if file.path.endswith(".css") else "")
    yield from web_fonts(used)


def entity_file(job: Job, key: str) -> str:
    """The file name of the page of an entity."""
    return f"{job.links.entities[key].entry.kind}-{key}.html"


def _drawn(job: Job, language: str) -> Iterator[Page]:
    """The pages of the pictures, where there is somebody to draw them."""

    def href(kind: str, key: str) -> str:
        return quote(f"{key}.html" if kind == "document" else entity_file(job, key))

    for name, tree in job.draw(language, href) if job.draw else ():
        yield Page(f"{name}.html", {"page": name, "picture": tree})


def _added(job: Job, language: str, images: Images) -> Iterator[Page]:
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
        pictures = images.tree([version.path])
        yield Page(f"{group.id}.html", parameters | {"own": tree, "images": pictures})


def _named(job: Job, whole: bool) -> Iterator[str]:
    """The paths of the files whose text the pages show."""
    for group in job.groups:
        yield from (version.path for version in group.versions)
    for group in job.links.pages if whole else ():
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
            contents["edition"] = described
            contents["images"] = images.tree(_named(job, whole))
        yield Page("index.html", contents)
    for group in job.groups:
        parameters: dict[str, Parameter] = {"page": "document", "document": group.id}
        pictures = images.tree(version.path for version in group.versions)
        yield Page(
            f"{group.id}.html", parameters | {"versions": job.trees([group]), "images": pictures}
        )
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
        trees = job.trees()
        for name in ("emendations", "divergences"):
            if any(version.get(name) for version in job.facts.iter(f"{{{FACTS}}}version")):
                yield Page(f"{name}.html", {"page": name, "versions": trees})
        yield Page("statistics.html", {"page": "statistics"})
        yield Page("search.html", {"page": "search"})


HTML = Output("html", "a site: documents, registers, search, in the languages of readers", render)

"""A site that follows its sources: what of it is wanted is made, and kept while its inputs last.

A *state* is one look at the sources: either a site, or the errors that stand in the way of one,
with the last good site behind them. All that a state needs is in memory, so that it stays whole
whatever happens on the disk. All work is done in the thread that owns the preview, because Saxon
wants that; states may be read from any.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from lxml import etree

from teikit import cache
from teikit.checking import Checked, Progress, check, silent
from teikit.config import Config
from teikit.corpus import Document
from teikit.diagnostics import Diagnostic, Severity
from teikit.errors import TeikitError
from teikit.facts import Facts
from teikit.links import Links
from teikit.outputs.base import File, Job
from teikit.outputs.fonts import web_fonts
from teikit.outputs.html import SCRIPTS, Page, Site
from teikit.pipeline import distinct, job
from teikit.saxon import forget
from teikit.watching import State as Look
from teikit.watching import Watch, changed, shipped


@dataclass(frozen=True, slots=True)
class Made:
    """A file of the site: its bytes, and what it was made from (a digest)."""

    data: bytes
    key: str


class Live:
    """The site of one state.

    ``made`` holds the files that have been made so far, by path; ``assets`` and ``texts`` are
    digests of what pages load beside themselves, and of all documents.
    """

    def __init__(self, request: Job, digests: dict[etree._Element, str]) -> None:
        """The site of a job; nothing is made yet. ``digests`` are those of trees, where known."""
        self.site = Site(request)
        self.made: dict[str, Made] = {}
        self._digests = digests
        self._given = cache.digest(etree.tostring(request.facts))
        self.texts = cache.digest(*map(self._digest, request.trees()))
        self.put(self.site.assets())
        self.assets = cache.digest(*(made.data for made in self.made.values()))

    def key(self, page: Page) -> str:
        """A digest of all that a page is made from, but for the stylesheets."""
        parts = [self._given]
        for name, value in page.parameters.items():
            parts.append(name)
            parts += [
                self._digest(item) if isinstance(item, etree._Element) else repr(item)
                for item in (value if isinstance(value, list) else [value])
            ]
        return cache.digest(*parts)

    def _digest(self, tree: etree._Element) -> str:
        if tree not in self._digests:
            self._digests[tree] = cache.digest(etree.tostring(tree))
        return self._digests[tree]

    def put(self, files: Iterable[File | Diagnostic]) -> tuple[Diagnostic, ...]:
        """Keep what has been made; gives back what is no file."""
        made = list(files)
        for file in made:
            if isinstance(file, File):
                self.made[file.path] = Made(file.data, "")
        return tuple(item for item in made if isinstance(item, Diagnostic))

    def characters(self) -> set[str]:
        """Every character of what pages are made from, and so all that they can show."""
        request = self.site.job
        links = request.links
        trees = [request.facts, *request.trees()]
        if request.edition is not None:
            trees.append(request.edition)
        for group in links.pages:
            trees += [links.corpus.document(version.path).root for version in group.versions]
        found: set[str] = set()
        for tree in trees:
            found.update(etree.tostring(tree, encoding="unicode"))
        for path in shipped():
            found.update(path.read_text("utf-8", "ignore"))
        for name, made in self.made.items():
            if name.endswith(".css"):
                found.update(made.data.decode("utf-8", "ignore"))
        found.update(repr(request.links.corpus.config))
        return found


@dataclass(frozen=True, slots=True)
class State:
    """What a preview shows: the site (None where there has not been any), and what is wrong.

    ``errors`` say why ``live`` is older than the sources; empty where it is not.
    """

    number: int
    live: Live | None = None
    errors: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True)
class News:
    """What a look at the sources brought: which files changed, and what was found in them.

    ``checked`` is None where the corpus could not be read at all.
    """

    changed: tuple[Path, ...]
    findings: tuple[Diagnostic, ...]
    checked: Checked | None = None


class Preview:
    """The site of a corpus that is being edited. To be used in one thread, but for ``state``."""

    def __init__(self, load: Callable[[], Config], progress: Progress = silent) -> None:
        """A preview of the corpus that ``load`` gives the configuration of, each time anew.

        Raises ConfigError when the configuration cannot be used.
        """
        self.state = State(0)
        self._load = load
        self._progress = progress
        self._config = load()
        self._watch = Watch(self._config)
        self._built_from: Look = {}
        self._pending: Look | None = None
        self._held = _Held()
        self._kept: dict[str, Made] = {}

    @property
    def root(self) -> Path:
        """The folder of the corpus."""
        return self._config.root

    def look(self) -> bool | None:
        """Whether the sources are other than those of the state; None while they still change.

        They are taken to be at rest when two looks see the same: an editor that is in the middle
        of writing a file is given the time.
        """
        look = self._watch.look()
        if look == self._built_from:
            self._pending = None
            return False
        if look == self._pending:
            return True
        self._pending = look
        return None

    def renew(self) -> News | None:
        """Judge the sources and go on to a new state.

        None where they changed meanwhile: then nothing has happened, and there is to look again.
        """
        before = self._watch.look()
        changes = tuple(changed(self._built_from, before))
        first = not self._built_from
        checked, live = None, self.state.live
        findings: tuple[Diagnostic, ...]
        try:
            self._config = self._load()
            checked = check(self._config, progress=self._progress)
            findings = checked.findings
            self._watch.aim(self._config, checked.links.consulted)
            if not checked.failed:
                live = self._site(checked.links, before)
                findings = (*findings, *live.site.own.findings, *live.site.images.findings)
                copied = [
                    str(image.source)
                    for images in live.site.images.found.values()
                    for image in images
                    if image.source is not None
                ]
                self._watch.aim(self._config, (*checked.links.consulted, *copied))
        except TeikitError as error:
            findings = error.diagnostics
        after = self._watch.look()
        if changed(before, {path: after.get(path) for path in before}):
            self._pending = after
            return None
        self._built_from, self._pending = after, None
        errors = tuple(item for item in findings if item.severity is Severity.ERROR)
        if not errors and self.state.live is not None:
            self._kept |= self.state.live.made
        if not first and any(path.suffix in (".xsl", ".xslt") for path in changes):
            forget()
            self._kept.clear()
        self.state = State(self.state.number + 1, self.state.live if errors else live, errors)
        return News(() if first else changes, findings, checked)

    def _site(self, links: Links, look: Look) -> Live:
        held = self._held.take(links, look)
        request = job(held)
        live = Live(request, self._held.digests)
        site = live.site
        paths = [page.path for page in site.pages(site.languages[0])]
        paths += [file.path for file in site.assets()]
        distinct(f"html/{path}" for path in paths)
        return live

    def make(self, path: str) -> tuple[Diagnostic, ...]:
        """Make a file of the site, if it has one of that path; ``state.live.made`` has it then.

        Gives what stylesheets say of it. Raises OutputError where one fails.
        """
        live = self.state.live
        if live is None or path in live.made:
            return ()
        said: tuple[Diagnostic, ...] = ()
        page = live.site.page(path)
        if page is not None:
            key = live.key(page)
            kept = self._kept.get(path)
            if kept is None or kept.key != key:
                result = live.site.make(page)
                kept, said = Made(result.text.encode(), key), result.messages
            live.made[path] = kept
        elif path in SCRIPTS:
            said = live.put(live.site.scripts())
        elif (picture := live.site.images.copy(path)) is not None:
            said = live.put([picture])
        elif path == "fonts.css" or path.startswith("fonts/"):
            said = live.put(web_fonts(live.characters()))
        return said


@dataclass
class _Held:
    """Documents and their facts in memory, those of files that did not change taken over."""

    digests: dict[etree._Element, str] = field(default_factory=dict)
    _config: Config | None = None
    _files: dict[str, tuple[object, Document, Facts]] = field(default_factory=dict)

    def take(self, links: Links, look: Look) -> Links:
        """The same links, which from now on ask neither the index nor the disk."""
        corpus = links.corpus
        known = self._files if corpus.config == self._config else {}
        files: dict[str, tuple[object, Document, Facts]] = {}
        for facts in links.facts:
            sign = look.get(corpus.paths[facts.path])
            old = known.get(facts.path)
            if old is None or sign is None or old[0] != sign:
                in_memory = Facts.of(facts, partial(getattr, facts.body()))
                old = (sign, corpus.document(facts.path), in_memory)
            files[facts.path] = old
        self._config, self._files = corpus.config, files
        roots = {document.root for _, document, _ in files.values()}
        self.digests = {tree: name for tree, name in self.digests.items() if tree in roots}
        documents = {path: document for path, (_, document, _) in files.items()}
        return Links(corpus.holding(documents), tuple(facts for _, _, facts in files.values()))

"""Documents, passages and entities shown to a reader: gathered as plain data, written as text.

``views`` says what is shown, with the field names of the JSON form; ``entity``, ``passage`` and
``document`` gather it; ``text`` writes it for a terminal.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from teikit.links import Entity, Links
from teikit.lookup import Answer, Passage, Target, documents
from teikit.report.run import printable
from teikit.show import document, entity, passage
from teikit.show.common import label, title
from teikit.show.views import Candidates, Nothing, View, as_dict


def view(links: Links, answer: Answer, languages: Sequence[str] = ()) -> View:
    """What is shown for an answer: the one thing that is meant, or what it might be.

    ``languages`` limits what is shown of texts, and says in which language entities are named.
    """
    if not answer.targets:
        return Nothing(answer.word, answer.nearest, answer.reason)
    if len(answer.targets) > 1:
        return Candidates(
            answer.word,
            candidates=tuple(_candidate(links, target, languages) for target in answer.targets),
        )
    target = answer.targets[0]
    if isinstance(target, Entity):
        return entity.gather(links, target, languages)
    if isinstance(target, Passage):
        return passage.gather(links, target, languages)
    return document.gather(links, target, languages)


def _candidate(links: Links, target: Target, languages: Sequence[str]) -> tuple[str, str]:
    """The word that means this target alone, and what it stands for."""
    if isinstance(target, Entity):
        return target.key, f"{label(links, target, languages)} ({target.entry.kind})"
    if isinstance(target, Passage):
        first = next(cell for cell in target.rows[0].cells if cell)
        facts = target.version or target.group.versions[0]
        return f"{facts.path}#{first.ref or first.id}", first.text[:60]
    return target.versions[0].path, title(links, target.group, languages)


def as_json(views: Sequence[View]) -> str:
    """The views as a JSON array that ends with a line feed."""
    text = json.dumps([as_dict(item) for item in views], ensure_ascii=False, indent=2)
    return printable(text) + "\n"


def languages_of(links: Links) -> tuple[str, ...]:
    """The languages of the texts, in the order of the corpus."""
    spoken = (version.lang for group in documents(links) for version in group.versions)
    return tuple(dict.fromkeys(lang for lang in spoken if lang))

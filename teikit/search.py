"""A concordance: where the words of a query stand in the running text of units and notes.

A query is tried on the folded text of each unit (:mod:`teikit.wording`), which the index holds; the
unit itself is fetched only where it hits, and the hit is cut from its original letters.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from teikit.days import Day, first, last
from teikit.facts import Facts
from teikit.folding import fold, fold_with_places
from teikit.linkdoc import fragment
from teikit.links import Links
from teikit.memory import plain_values
from teikit.stems import stem
from teikit.wording import Wording

_WORD = re.compile(r"[^\W_]+")
_BEGINS, _BETWEEN, _ENDS = r"(?<![^\W_])", r"[\W_]+", r"(?![^\W_])"


class QueryError(ValueError):
    """A query that cannot be understood; the message says why."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word, or words that follow each other; a ``*`` in a word stands for any letters.

    ``pattern`` is what folded text must match, and ``letters`` are some that stand in whatever it
    matches; ``words`` are empty for a regular expression.
    """

    source: str
    words: tuple[str, ...]
    pattern: re.Pattern[str]
    letters: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """The terms that must all stand in a text; with ``stems``, in any of their forms."""

    terms: tuple[Term, ...]
    stems: bool = False


# -- queries -------------------------------------------------------------------------------------


def parse(arguments: Iterable[str], *, regex: bool = False, stems: bool = False) -> Query:
    """The query that the arguments of a command make.

    An argument is a term: a word, or several words that follow each other. Quotation marks inside
    an argument (of any kind) mark such phrases too, and what stands outside of them are words of
    their own. With ``regex`` each argument is a regular expression. Raises QueryError.
    """
    make = _expressions if regex else _terms
    terms = tuple(term for argument in arguments for term in make(argument))
    if not terms:
        raise QueryError("there is no word to search for")
    return Query(terms, stems)


def _terms(argument: str) -> Iterator[Term]:
    pieces = fold(argument).split('"')
    for place, piece in enumerate(pieces):
        # What stands between two marks is every second piece; a last mark may be wanting.
        whole = place % 2 or len(pieces) == 1
        for source in [piece] if whole else piece.split():
            words = tuple(re.findall(r"(?:[^\W_]|\*)+", source))
            if not any(word.strip("*") for word in words):
                if source.strip():
                    raise QueryError(f"there is no word in “{source.strip()}”")
                continue
            letters = max("*".join(words).split("*"), key=len)
            yield Term(source.strip(), words, _pattern(map(_any_letters, words)), letters)


def _any_letters(word: str) -> str:
    return re.sub(r"\*+", r"[^\\W_]*", word)


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(_BEGINS + _BETWEEN.join(words) + _ENDS)


def _expressions(argument: str) -> Iterator[Term]:
    if not argument:
        return
    try:
        yield Term(argument, (), re.compile(_fold_expression(argument), re.IGNORECASE))
    except (re.error, OverflowError, RecursionError) as error:
        raise QueryError(f"“{argument}” is no regular expression: {error}") from None


def _fold_expression(expression: str) -> str:
    """A regular expression for folded text: its letters folded, what has a meaning left alone."""
    out, in_class = [], False
    for piece in re.findall(r"\\.|[^\x00-\x7f]+|.", expression, re.DOTALL):
        in_class = piece == "[" or (in_class and piece != "]")
        if piece.isascii():
            out.append(piece)
        elif piece.startswith("\\"):
            out.append(re.escape(fold(piece[1:])))
        else:
            letters = [re.escape(fold(char)) for char in piece]
            # One letter that became two is still one to what counts it.
            out += (item if in_class or len(item) < 2 else f"(?:{item})" for item in letters)
    return "".join(out)


# -- matching ------------------------------------------------------------------------------------


def spans(query: Query, folded: str, language: str = "") -> list[tuple[int, int]]:
    """The ranges of a folded text where terms stand, in order; none unless every term does.

    Ranges do not overlap: of two that do, the first is kept, the longer where both begin together.
    """
    # To look for plain letters is much faster than to look for a pattern.
    if not query.stems and not all(term.letters in folded for term in query.terms):
        return []
    found: list[tuple[int, int]] = []
    for term in query.terms:
        pattern = _of_stems(term, folded, language) if query.stems and term.words else term.pattern
        hits = [] if pattern is None else [m.span() for m in pattern.finditer(folded) if m[0]]
        if not hits:
            return []
        found += hits
    if len(query.terms) == 1:
        return found
    apart: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda item: (item[0], -item[1])):
        if not apart or start >= apart[-1][1]:
            apart.append((start, end))
    return apart


def _of_stems(term: Term, folded: str, language: str) -> re.Pattern[str] | None:
    """A pattern for the forms of the term's words that the text has; None where it lacks one."""
    there = sorted(set(_WORD.findall(folded)))
    choices = []
    for word in term.words:
        if "*" in word:
            choices.append((_any_letters(word),))
            continue
        wanted = stem(word, language)
        choices.append(tuple(form for form in there if stem(form, language) == wanted))
        if not choices[-1]:
            return None
    return _of_choices(tuple(choices))


@cache
def _of_choices(choices: tuple[tuple[str, ...], ...]) -> re.Pattern[str]:
    return _pattern(f"(?:{'|'.join(forms)})" for forms in choices)


# -- the corpus ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Scope:
    """What is searched; nothing given means everything.

    ``paths`` are files; ``languages`` BCP 47 tags (``ru`` means ``ru-Latn`` too); ``entities``
    keys, one of which a text must name; ``parts`` front, body or back; ``kinds`` names of elements;
    ``start`` and ``end`` ISO 8601 dates (a year, month or day, both included) between which the
    document may have been written.
    """

    paths: frozenset[str] | None = None
    languages: tuple[str, ...] = ()
    entities: frozenset[str] | None = None
    parts: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    start: str = ""
    end: str = ""
    notes: bool = False

    def __post_init__(self) -> None:
        """Refuse dates that are none (QueryError)."""
        for value in (self.start, self.end):
            if value and first(value) is None:
                raise QueryError(f"“{value}” is no date: write 1932, 1932-01 or 1932-01-31")
        begin, finish = first(self.start), last(self.end)
        if begin and finish and begin > finish:
            raise QueryError(f"{self.start} comes after {self.end}")


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where a term stands: characters ``start`` to ``end`` of ``text``.

    ``reference`` leads to the unit (``d04-ru#12``); ``note`` says that the text is that of a note,
    ``id`` is the ``xml:id`` of the unit or note; ``path`` and ``line`` are where it begins.
    """

    document: str
    version: str
    language: str
    date: str
    reference: str
    id: str
    part: str
    element: str
    note: bool
    path: str
    line: int | None
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Found:
    """The hits in the order of the corpus, and what was looked through.

    ``texts`` counts the files that had any; ``undated`` are the documents that were left out for
    want of a date.
    """

    hits: tuple[Hit, ...]
    units: int
    notes: int
    texts: int
    undated: tuple[str, ...]


def search(links: Links, query: Query, scope: Scope) -> Found:
    """Look through the corpus."""
    with plain_values():
        return _search(links, query, scope)


def _search(links: Links, query: Query, scope: Scope) -> Found:
    hits: list[Hit] = []
    counted: Counter[bool] = Counter()
    texts = 0
    undated: dict[str, None] = {}
    for document, date, facts in _files(links, scope, undated):
        matched = []
        before = counted.total()
        for wording in _wordings(links, facts, scope):
            counted[wording.is_note] += 1
            if places := spans(query, wording.folded, wording.lang):
                matched.append((wording, places))
        texts += counted.total() > before
        if matched:
            hits += _hits(document, date, facts, matched)
    return Found(tuple(hits), counted[False], counted[True], texts, tuple(undated))


def _files(
    links: Links, scope: Scope, undated: dict[str, None]
) -> Iterator[tuple[str, str, Facts]]:
    """Each text in the scope with the id and the date of its document, that of the edition last."""
    editions = (facts for facts in links.facts if facts.role == "edition")
    for document, versions in (*links.clusters, *((facts.id, (facts,)) for facts in editions)):
        for facts in versions:
            if scope.paths is not None and facts.path not in scope.paths:
                continue
            stated = facts.header.date or versions[0].header.date
            early, late = (stated.earliest, stated.latest) if stated else ("", "")
            if scope.start or scope.end:
                begin, finish = first(early), last(late)
                if begin is None or finish is None:
                    undated[document] = None
                    continue
                if not _meets(begin, finish, first(scope.start), last(scope.end)):
                    continue
            yield document, early if early == late else f"{early}/{late}", facts


def _meets(begin: Day, finish: Day, start: Day | None, end: Day | None) -> bool:
    return (start is None or finish >= start) and (end is None or begin <= end)


def _wordings(links: Links, facts: Facts, scope: Scope) -> Iterator[Wording]:
    """The texts of a file in the scope."""
    names: Callable[[Wording], bool] | None = None
    for wording in facts.wordings:
        if wording.is_note and not scope.notes:
            continue
        if scope.languages and not speaks(wording.lang, scope.languages):
            continue
        if scope.parts and wording.part not in scope.parts:
            continue
        if scope.kinds and wording.element not in scope.kinds:
            continue
        if scope.entities is not None:
            names = names or _naming(links, facts, scope.entities)
            if not names(wording):
                continue
        yield wording


def speaks(language: str, wanted: Sequence[str]) -> bool:
    """Whether a language is one of those wanted, or a kind of one."""
    return any(f"{language}-".casefold().startswith(f"{tag}-".casefold()) for tag in wanted)


def _naming(links: Links, facts: Facts, keys: frozenset[str]) -> Callable[[Wording], bool]:
    """Which texts of a file name one of the entities."""

    def names(tokens: Iterable[str]) -> bool:
        entities = (links.entity(facts.path, token) for token in tokens)
        return any(entity.key in keys for entity in entities if entity)

    units = {m.unit for m in facts.mentions if not m.in_note and names(m.tokens)}
    notes = {place for place, note in enumerate(facts.notes) if names(note.tokens)}
    return lambda wording: wording.note in notes if wording.is_note else wording.unit in units


def _hits(
    document: str,
    date: str,
    facts: Facts,
    matched: Sequence[tuple[Wording, Sequence[tuple[int, int]]]],
) -> Iterator[Hit]:
    units = {unit.key: unit for unit in facts.units}
    notes = facts.notes
    for wording, places in matched:
        unit = units.get(wording.unit)
        if wording.note >= 0:
            note = notes[wording.note]
            text, name, location = note.text, note.id, note.location
        elif unit is None:  # a note between units
            text, name, location = wording.said, wording.id, facts.location
        else:
            text, name, location = unit.text, unit.id, unit.location
        leads = (unit.ref or fragment(unit)) if unit else wording.id or wording.unit
        folded = fold_with_places(text)
        for place in places:
            yield Hit(
                document=document,
                version=facts.id,
                language=wording.lang,
                date=date,
                reference=f"{facts.id}#{leads}",
                id=name,
                part=wording.part,
                element=wording.element,
                note=wording.is_note,
                path=location.path,
                line=location.line,
                text=text,
                start=folded.original(*place)[0],
                end=folded.original(*place)[1],
            )


# -- what there is instead -----------------------------------------------------------------------


def nearest(links: Links, query: Query, scope: Scope, most: int = 3) -> dict[str, tuple[str, ...]]:
    """For each term that stands nowhere in the scope, the words there that are most like it.

    Words are given in the letters of the text. A regular expression is like nothing.
    """
    known: Counter[str] = Counter()
    wanting = {term: True for term in query.terms if term.words}
    for _, _, facts in _files(links, scope, {}):
        for wording in _wordings(links, facts, scope):
            known.update(_WORD.findall(wording.folded))
            for term in [term for term, absent in wanting.items() if absent]:
                if spans(Query((term,), query.stems), wording.folded, wording.lang):
                    wanting[term] = False
    found = {}
    for term in (term for term, absent in wanting.items() if absent):
        for word in (word.replace("*", "") for word in term.words):
            if word and word not in known and (like := _like(word, known, most)):
                found[word] = tuple(_spelt(links, scope, item) for item in like)
    return found


def _like(word: str, known: Counter[str], most: int) -> list[str]:
    from difflib import get_close_matches

    # Comparing is slow, so only words that share most of their pairs of letters are compared.
    pairs = _pairs(word)
    shared = sorted(
        (
            (-len(pairs & _pairs(other)), -count, other)
            for other, count in known.items()
            if abs(len(other) - len(word)) <= 3
        )
    )
    return get_close_matches(word, [other for *_, other in shared[:200]], n=most)


def _pairs(word: str) -> frozenset[str]:
    padded = f" {word} "
    return frozenset(padded[place : place + 2] for place in range(len(padded) - 1))


def _spelt(links: Links, scope: Scope, word: str) -> str:
    """A folded word as the text first spells it."""
    query = parse([word])
    for document, date, facts in _files(links, scope, {}):
        for wording in _wordings(links, facts, scope):
            if places := spans(query, wording.folded):
                hit = next(_hits(document, date, facts, [(wording, places)]))
                return hit.text[hit.start : hit.end]
    return word

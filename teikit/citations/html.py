"""Citations as HTML: a whole page with a list, each stretch of text in its language.

Nothing of a record becomes markup: text and attributes are escaped, and only addresses of the web
are links.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from urllib.parse import urlsplit

from teikit.citations.options import Options, Run
from teikit.citations.styles import STYLES, compose, language_of, rendered
from teikit.record import Record

_PAGE = """\
<!DOCTYPE html>
<html{lang}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title{title_lang}>{title}</title>
</head>
<body>
<ul class="citations">
{items}</ul>
</body>
</html>
"""
_TITLES = {"fr": "Références", "ru": "Библиографические ссылки", "en": "Citations"}


def write(records: Sequence[Record], options: Options) -> str:
    """A page that lists the citations; the ``id`` of each is that of its record."""
    if options.style not in STYLES:
        return _page(_styled(records, options), options.language)
    languages = [language_of(record, options) for record in records]
    one = languages[0] if languages and len(set(languages)) == 1 else ""
    items: list[str] = []
    seen: dict[str, int] = {}
    for record, lang, runs in zip(records, languages, compose(records, options), strict=True):
        name = _identifier(record.id, seen)
        items.append(f'<li id="{name}"{_lang(lang, one)}>{fragment(runs, lang)}</li>\n')
    return _page(items, one)


def _styled(records: Sequence[Record], options: Options) -> list[str]:
    """The list in a style of CSL, which makes the markup of each citation itself."""
    return [f"<li>{text}</li>\n" for text in rendered(records, options, html=True)]


def _page(items: Iterable[str], one: str) -> str:
    """The page around a list, in the one language of all its items (``""``: there are several)."""
    primary = one.lower().partition("-")[0]
    title = _TITLES.get(primary, _TITLES["en"])
    return _PAGE.format(
        lang=_lang(one, ""),
        title_lang="" if primary in _TITLES else ' lang="en"',
        title=title,
        items="".join(items),
    )


def fragment(runs: Iterable[Run], language: str = "") -> str:
    """The runs of a citation within an element that is in a language (BCP 47)."""
    return "".join(_element(item, language) for item in runs)


def _element(item: Run, language: str) -> str:
    text = escape(_without_controls(item.text))
    lang = _lang(item.lang, language)
    if item.href and _is_address(item.href):
        text = f'<a href="{escape(item.href)}">{text}</a>'
    if item.italic:
        return f"<cite{lang}>{text}</cite>"
    return f"<span{lang}>{text}</span>" if lang else text


def _lang(lang: str, around: str) -> str:
    """The attribute, where the language is known and differs from that around it."""
    return f' lang="{escape(lang)}"' if lang and lang != around else ""


def _is_address(href: str) -> bool:
    """Whether it is an address of the web: nothing else is followed from a citation."""
    try:
        return urlsplit(href).scheme in ("http", "https") and not re.search(r"\s", href)
    except ValueError:
        return False


def _without_controls(text: str) -> str:
    """Without the characters that HTML does not allow in text."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", "", text)


def _identifier(name: str, seen: dict[str, int]) -> str:
    """An ``id`` without white space, once in the page: the second of its name gets a number."""
    found = re.sub(r"\s+", "_", name) or "citation"
    seen[found] = seen.get(found, 0) + 1
    number = seen[found]
    unique = found if number == 1 else f"{found}-{number}"
    if number > 1:
        seen[unique] = seen.get(unique, 0) + 1
    return escape(unique)

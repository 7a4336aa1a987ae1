"""citeproc-py with its faults mended; no other module imports it.

citeproc-py gives every element of a style a class and lets it render itself. The classes here are
subclasses of those, given to a parser of our own: citeproc-py itself stays as it is for others in
the same process. What goes beyond CSL-JSON (what a substitute has used up, a suffix of the year,
whether a text is wanted for sorting) travels in the :class:`Cite` that is being rendered.

Where a comment says "the specification", it is that of CSL 1.0.2.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from citeproc import LANGUAGE_NAMES, LOCALES_PATH, NUMBERS, PRIMARY_DIALECTS, model
from citeproc.source import CitationItem, Locator, Reference, VariableError
from citeproc.source import Name as Person
from citeproc.string import String
from lxml import etree

from teikit.citations import sheets
from teikit.citations.cleaned import CLOSED, FORMS, OF_MONTH, When, sort_text

__all__ = [  # what ``engine`` needs, of citeproc-py too
    "LANGUAGE_NAMES",
    "NUMBERS",
    "PRIMARY_DIALECTS",
    "Cite",
    "Locator",
    "Person",
    "Reference",
    "String",
    "VariableError",
    "parser",
    "system_locale",
]

_LEAD = re.compile("[\ufdd0-\ufdef«“„\"'‘(\\[ ]*")


def _wrapper(name: str) -> Any:
    opening, closing = FORMS[name]
    return lambda text: f"{opening}{text}{closing}" if text else text


FORMATTER = SimpleNamespace(
    preformat=str,
    Italic=_wrapper("i"),
    Oblique=_wrapper("i"),
    Bold=_wrapper("b"),
    Light=str,
    Underline=_wrapper("u"),
    Superscript=_wrapper("sup"),
    Subscript=_wrapper("sub"),
    SmallCaps=_wrapper("small-caps"),
)


class Cite(CitationItem):
    """One thing that is being cited, with what has happened to it so far."""

    def __init__(self, reference: Reference, number: int, suffix: str = "") -> None:
        dict.__init__(self)
        self.update(key=reference.key, cited=reference, place=number, suffix_of_year=suffix)
        self["ambiguous"] = False
        self.begin()

    def begin(self, sorting: Any = None) -> None:
        """Forget what a rendering has left behind; ``sorting``: the options of a sort key."""
        self.update(used=set(), record=set(), suffixed=False, sorting=sorting)

    @property
    def reference(self) -> Reference:
        return self["cited"]

    @property
    def number(self) -> int:
        return self["place"]

    def get_field(self, field: str) -> str | None:
        found = self["cited"].get(field)
        return None if found is None else str(found)

    def free(self, variable: str) -> bool:
        """Whether a variable may be printed: not where a substitute has printed it before."""
        return variable not in self["used"]

    def note(self, *variables: str) -> None:
        self["record"].update(variables)


_Element: Any = object  # set before a class of citeproc-py, this never stands alone


class Mended(_Element):
    """What all elements share."""

    def get_formatter(self) -> Any:
        return FORMATTER

    def get_macro(self, name: str) -> Any:
        return self.get_root().macros[name]

    def get_term(
        self,
        name: str,
        form: str | None = None,
        fallback_locale: bool = True,
        zero_padded: bool = False,
    ) -> Any:
        """A term; where the form is missing, the next form of the same language (specification,
        "Terms"), before another language is asked."""
        root = self.get_root()
        if form is None or not fallback_locale or isinstance(root, model.Locale):
            return super().get_term(name, form, fallback_locale, zero_padded)
        for locales in root.by_language:
            for one in _FALLBACK.get(form, (form, None)):
                for locale in locales:
                    try:
                        return locale.get_term(name, one)
                    except IndexError:
                        continue
        return None

    def case(self, text: Any, language: str | None = None) -> Any:
        """Text in the case that the style wants. Words inside a sentence keep theirs."""
        wanted = self.get("text-case")
        if wanted is None or text is None:
            return text
        plain = String(str(text))
        if wanted in ("sentence", "capitalize-first"):
            lead = _LEAD.match(plain)
            at = lead.end() if lead else 0
            return String(plain[:at] + plain[at : at + 1].upper() + plain[at + 1 :])
        return String(str(super().case(plain, language)))


_FALLBACK = {
    "symbol": ("symbol", "short", None),
    "short": ("short", None),
    "verb-short": ("verb-short", "verb", None),
    "verb": ("verb", None),
    "long": (None,),
}


class Style(Mended, model.Style):
    def set_locale_list(self, output_locale: str, validate: bool = False) -> None:  # noqa: ARG002
        """The locales in which terms are looked for, most particular first."""
        primary = output_locale.split("-")[0]
        lang = "{http://www.w3.org/XML/1998/namespace}lang"
        inside = {node.get(lang): node for node in self.iterchildren(f"{sheets.CSL}locale")}
        names = dict.fromkeys((output_locale, PRIMARY_DIALECTS.get(primary, output_locale)))
        own = [
            inside[key] for key in dict.fromkeys((output_locale, primary, None)) if key in inside
        ]
        own += [system_locale(name) for name in names if name in LANGUAGE_NAMES]
        rest = [] if "en-US" in names else [system_locale("en-US")]
        self.locales = own + rest
        self.by_language = (own, rest)
        self.macros = {node.get("name"): node for node in self.iterchildren(f"{sheets.CSL}macro")}
        self.suffixes = bool(self.xpath_search("//cs:text[@variable='year-suffix']"))
        self.calling: dict[str, bool] = {}
        self.asks = bool(self.xpath_search("//cs:*[@disambiguate]"))


class Locale(Mended, model.Locale):
    def get_term(  # type: ignore[override]
        self, name: str, form: str | None = None, zero_padded: bool = False
    ) -> Any:
        if zero_padded:
            return model.Locale.get_term(self, name, form, zero_padded)
        known: Any = getattr(self, "known")  # noqa: B009 - an element of that name, else None
        if known is None:
            known = {}
            for term in self.iterfind("cs:terms/cs:term", self.nsmap):
                if term.get("gender-form") is None:
                    known.setdefault((term.get("name"), term.get("form")), term)
            self.known = known
        try:
            return known[name, form]
        except KeyError:
            raise IndexError from None


class Text(Mended, model.Text):
    def calls_variable(self) -> bool:
        """Whether a variable may be printed here; asked of the same macros again and again."""
        macro = self.get("macro")
        if macro is None:
            return bool(super().calls_variable())
        known = self.get_root().calling
        if macro not in known:
            known[macro] = bool(super().calls_variable())
        return bool(known[macro])

    def process(self, item: Cite, context: Any = None, **kwargs: Any) -> tuple[Any, str]:
        text, _ = super().process(item, context, **kwargs)
        # A title without a language is not English: its capitals are left alone.
        language = item.reference.get("language") or "und"
        return text if text is None else String(str(text)), language[:2].lower()

    def _variable(self, item: Cite, context: Any) -> Any:
        variable = self.get("variable")
        if not item.free(variable):
            return None
        text = super()._variable(item, context)
        item.note(variable)
        return text

    def quote(self, text: Any) -> Any:
        """Quotation marks around; marks of the same kind inside become those of the inside."""
        if self.get("quotes", "false").lower() != "true":
            return text
        marks = [
            str(self.get_single_term(name=f"{end}-{kind}quote"))
            for kind in ("", "inner-")
            for end in ("open", "close")
        ]
        inside = str(text)
        if all(mark.strip() for mark in marks):
            # With the space that some languages write inside their marks.
            inside = re.sub(rf"{re.escape(marks[0].strip())}[ \xa0\u202f]*", marks[2], inside)
            inside = re.sub(rf"[ \xa0\u202f]*{re.escape(marks[1].strip())}", marks[3], inside)
        return String(f"{marks[0]}{inside}{marks[1]}{CLOSED}")


class Number(Mended, model.Number):
    def process(self, item: Cite, context: Any = None, **kwargs: Any) -> Any:
        variable = self.get("variable")
        if not item.free(variable):
            return None
        text = super().process(item, context, **kwargs)
        item.note(variable)
        return text if text is None else String(str(text))


class Names(Mended, model.Names):
    def process(
        self, item: Cite, names_context: Any = None, context: Any = None, **kwargs: Any
    ) -> Any:
        roles = [role for role in self.get("variable").split() if role in item.reference]
        if roles and not any(map(item.free, roles)):
            return None
        item.note(*roles)
        return super().process(item, names_context, context, **kwargs)


class Name(Mended, model.Name):
    def process(
        self,
        item: Cite,
        variable: str,
        context: Any = None,
        sort_options: Any = None,
        **kwargs: Any,
    ) -> Any:
        # A macro that calls another forgets the options of a sort key on the way.
        return super().process(item, variable, context, item["sorting"] or sort_options, **kwargs)

    def initialize(self, given: str, mark: str, context: Any) -> str:
        """Initials of a given name; an abbreviation of more letters (``Ch.``) is one already."""
        parts = re.findall(r"[^\s.]+\.?", given)
        if parts and all(part.endswith(".") and len(part) <= 4 for part in parts):
            joined = "".join(part.removesuffix(".") + mark for part in parts)
            return " ".join(joined.split())
        if self.get("initialize") == "false":
            return given
        return str(super().initialize(given, mark, context))


class Name_Part(Mended, model.Name_Part):  # noqa: N801 - citeproc-py names elements so
    def format_part(self, given: str | None, family: str | None) -> tuple[Any, Any]:
        if self.get("name") == "given":
            return (given and str(super().format_part(given, None)[0])), family
        return given, (family and str(super().format_part(None, family)[1]))


class Substitute(Mended, model.Substitute):
    def render(self, item: Cite, context: Any = None, **kwargs: Any) -> Any:
        """The first child that prints something; what it printed is not printed again."""
        outside = item["record"]
        for child in self.iterchildren():
            item["record"] = set()
            try:
                if isinstance(child, model.Names) and child.name is None:
                    kwargs["names_context"] = self.getparent()
                text = child.render(item, context=context, **kwargs)
            except VariableError:
                text = None
            finally:
                kwargs.pop("names_context", None)
                used, item["record"] = item["record"], outside
            if text:
                item["used"] |= used
                item.note(*used)
                return text
        return None


class If(Mended, model.If):
    # The specification: numbers, with prefixes and suffixes, by hyphens, commas and ampersands.
    re_numeric = re.compile(r"[a-z]*\d+[a-z]*(?:\s*[-–,&]\s*[a-z]*\d+[a-z]*)*$", re.IGNORECASE)

    def render(self, item: Cite, context: Any = None, delimiter: str = "", **kwargs: Any) -> Any:
        wanted = self.get("disambiguate") and self.get("match", "all") == "all"
        if wanted and not item["ambiguous"]:
            raise model.ConditionFailed
        return super().render(item, context, delimiter, **kwargs)


class Else_If(If, model.Else_If):  # noqa: N801 - citeproc-py names elements so
    pass


class Date(Mended, model.Date):
    def process(
        self,
        item: Cite,
        variable: str | None = None,
        show_parts: Any = None,  # noqa: ARG002 - asked by citeproc-py's own calls
        context: Any = None,  # noqa: ARG002
        **kwargs: Any,  # noqa: ARG002
    ) -> Any:
        variable = variable or self.get("variable")
        date = item.reference[variable]
        if not item.free(variable):
            return None
        item.note(variable)
        if item["sorting"] is not None:
            return String(sort_text(date))
        form, pattern, shown = self.get("form"), self, "year-month-day"
        if form is not None:
            pattern, shown = self.get_date(form), self.get("date-parts", shown)
        suffix = item["suffix_of_year"] if variable == "issued" and not item["suffixed"] else ""
        suffix = "" if self.get_root().suffixes else suffix
        text = pattern.written(date, shown.split("-"), self, suffix)
        if suffix and suffix in text:
            item["suffixed"] = True
        return self.wrap(self.format(String(text))) if text else None

    def written(self, date: When, shown: Sequence[str], style: Any, suffix: str) -> str:
        """The words of a date; of two days, what they share is said once (specification, "Date
        Ranges")."""
        if date.words:
            return date.words
        parts = [part for part in self.iterchildren() if part.get("name") in shown]
        delimiter = style.get("delimiter") or self.get("delimiter") or ""

        def words(some: Sequence[Any], day: Sequence[int], ending: str) -> str:
            dated = len(day) == 3 and "day" in shown
            texts = [part.written(day, date.season, style, ending, dated) for part in some]
            return delimiter.join(text for text in texts if text)

        first, last = date.days[0], date.days[-1]
        differ = [part.rank for part in parts if part.of(first) != part.of(last)]
        if not differ:
            return words(parts, first, suffix).strip()
        # The largest part in which they differ, and all that are smaller, are said of both.
        differ = [at for at, part in enumerate(parts) if part.rank >= min(differ)]
        at, end = differ[0], differ[-1] + 1
        if any(bool(part.of(first)) != bool(part.of(last)) for part in parts[at:end]):
            at, end = 0, len(parts)  # one day is told more exactly: nothing is shared
        before, these, after = parts[:at], parts[at:end], parts[end:]
        # A part never ends with what would come between it and the next one of the same day.
        begin = words(these, first, "").rstrip(" ,")
        pieces = (words(before, first, ""), f"{begin}–{words(these, last, suffix)}")
        return "".join((*pieces, words(after, last, suffix))).strip()


class Date_Part(Mended, model.Date_Part):  # noqa: N801 - citeproc-py names elements so
    @property
    def rank(self) -> int:
        """0 for the year, 1 for the month, 2 for the day."""
        return ("year", "month", "day").index(super().get("name"))

    def of(self, day: Sequence[int]) -> int:
        """The number that this part shows of a day, 0 for none."""
        return day[self.rank] if self.rank < len(day) else 0

    def get(self, key: str, default: Any = None) -> Any:
        return self.__dict__.get("instead", {}).get(key, super().get(key, default))

    def written(self, day: Sequence[int], season: int, style: Any, suffix: str, dated: bool) -> str:
        """The words of this part; ``dated``: whether the day stands beside the month."""
        name, number = super().get("name"), self.of(day)
        if name == "month" and not number and season:
            return str(self.markup(style.get_single_term(name=f"season-{season:02}")) or "")
        if not number:
            return ""
        # What the style says of a part goes before what the locale says; the locale, which other
        # styles use too, stays as it is.
        self.instead = next(
            (dict(own.attrib) for own in style.iterchildren() if own.get("name") == name), {}
        )
        try:
            form = self.get("form", "numeric" if name == "day" else "long")
            words = _PART[name](number, form, style) + (suffix if name == "year" else "")
            return str(self.markup(String(OF_MONTH.get(words, words) if dated else words)) or "")
        finally:
            self.instead = {}


def _day(number: int, form: str, style: Any) -> str:
    first_only = style.get_locale_option("limit-day-ordinals-to-day-1") == "true"
    if form == "ordinal" and (number == 1 or not first_only):
        return str(model.to_ordinal(number, style))
    return f"{number:02}" if form == "numeric-leading-zeros" else str(number)


def _month(number: int, form: str, style: Any) -> str:
    if form.startswith("numeric"):
        return f"{number:02}" if form == "numeric-leading-zeros" else str(number)
    short = "short" if form == "short" else None
    return str(style.get_single_term(name=f"month-{number:02}", form=short))


def _year(number: int, form: str, style: Any) -> str:
    era = "bc" if number < 0 else "ad" if number < 1000 else ""
    ending = str(style.get_single_term(name=era)) if era else ""
    return (str(abs(number))[-2:] if form == "short" else str(abs(number))) + ending


_PART = {"day": _day, "month": _month, "year": _year}


class Layout(Mended, model.Layout):
    def render_children(self, item: Cite, delimiter: str = "", **kwargs: Any) -> Any:
        """In a list whose numbers stand in a column of their own, a space after the number."""
        if self.getparent().get("second-field-align") is None:
            return super().render_children(item, delimiter, **kwargs)
        outputs = (self._one(child, item) for child in self.iterchildren())
        first, *rest = [str(text) for text in outputs if text is not None] or [""]
        return String(f"{first} {''.join(rest)}" if rest else first)

    def _one(self, child: Any, item: Cite) -> Any:
        try:
            return child.render(item)
        except VariableError:
            return None


def _classes() -> dict[str, type]:
    """For each element of CSL its class: one of these, or citeproc-py's with what all share."""
    found = {}
    for cls in model.CitationStylesElement.__subclasses__():
        name = cls.__name__
        own = globals().get(name)
        ours = own if isinstance(own, type) and issubclass(own, cls) else None
        found[name.replace("_", "-").lower()] = ours or type(name, (Mended, cls), {})
    return found


@cache
def parser() -> etree.XMLParser:
    """A parser that gives each element of a style its class."""
    lookup = etree.ElementNamespaceClassLookup()
    namespace = lookup.get_namespace(sheets.CSL[1:-1])
    namespace.update(_classes())
    parser = sheets.safe_parser()
    parser.set_element_class_lookup(lookup)
    return parser


@cache
def system_locale(name: str) -> Any:
    """The root of one of the locales that come with citeproc-py."""
    return etree.parse(Path(LOCALES_PATH) / f"locales-{name}.xml", parser()).getroot()

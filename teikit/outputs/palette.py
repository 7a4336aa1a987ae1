"""The colours of the site: those of a corpus in the place of those of ``style.css``."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping

from teikit.config import Config, where
from teikit.diagnostics import RULES, Diagnostic
from teikit.resources import resource

SCHEMES = ("light", "dark")
# What is read, and on what.
_READ = {"paper": ("ink", "faint", "link"), "wash": ("ink", "faint", "link"), "mark": ("ink",)}
_WANTED = 4.5  # WCAG 2.2, 1.4.3: contrast of text, at least


def shipped() -> dict[str, dict[str, str]]:
    """The custom properties of ``style.css`` that are colours, by scheme and name."""
    css = resource("xslt", "html", "style.css").read_text("utf-8")
    blocks = re.findall(r":root\s*\{([^}]*)\}", css)
    return {
        scheme: dict(re.findall(r"--([a-z]+):\s*(#[0-9a-f]+)\s*;", block))
        for scheme, block in zip(SCHEMES, blocks, strict=False)
    }


def problems(config: Config) -> Iterator[Diagnostic]:
    """What cannot be used of ``[site.colours]``: schemes, names and values that are none."""
    known = shipped()
    for scheme, colours in config.site.colours.items():
        if scheme not in SCHEMES:
            yield _refused(config, scheme, "", f"there is no scheme “{scheme}”", SCHEMES)
            continue
        for name, value in colours.items():
            if name not in known[scheme]:
                reason = f"there is no colour “{name}”"
                yield _refused(config, scheme, name, reason, tuple(known[scheme]))
            elif _channels(value) is None:
                hint = "write # and three or six hexadecimal digits, as #7a2318"
                yield _refused(config, scheme, name, f"“{value}” is no colour", (), hint)


def _refused(
    config: Config, scheme: str, name: str, reason: str, known: tuple[str, ...], hint: str = ""
) -> Diagnostic:
    table = f"site.colours.{scheme}"
    near = difflib.get_close_matches(name or scheme, known, n=1)
    return RULES["TK807"].at(
        where(config, table, name),
        f"[{table}]{' ' * bool(name)}{name}: {reason}",
        hints=(hint or (f"did you mean {near[0]}?" if near else f"write {', '.join(known)}"),),
    )


def hard_to_read(config: Config) -> Iterator[Diagnostic]:
    """The pairs of colours, one of them of the corpus, whose contrast is too low for text."""
    for scheme, own in config.site.colours.items():
        colours = shipped()[scheme] | dict(own)
        for ground, texts in _READ.items():
            for text in texts:
                ratio = contrast(colours[text], colours[ground])
                if {text, ground} & set(own) and ratio < _WANTED:
                    at = text if text in own else ground
                    yield RULES["TK809"].at(
                        where(config, f"site.colours.{scheme}", at),
                        f"[site.colours.{scheme}] {text} ({colours[text]}) on {ground} "
                        f"({colours[ground]}) has a contrast of {int(ratio * 100) / 100} : 1",
                        hints=(f"text wants {_WANTED} : 1 (WCAG 2.2, 1.4.3)",),
                    )


def stylesheet(colours: Mapping[str, Mapping[str, str]]) -> str:
    """CSS that gives the custom properties their colours; paper stays white, and ink black."""
    rules = []
    for scheme in SCHEMES:
        if colours.get(scheme):
            set_ = " ".join(f"--{name}: {value};" for name, value in colours[scheme].items())
            query = f"@media screen and (prefers-color-scheme: {scheme})"
            rules.append(f"{query} {{ :root {{ {set_} }} }}\n")
    return "".join(rules)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    """The relative luminance of a colour (WCAG 2.2, definition of relative luminance)."""
    shares = (value / 255 for value in _channels(colour) or ())
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares)
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _channels(colour: str) -> tuple[int, int, int] | None:
    """Red, green and blue, 0 to 255; None where it is no colour of three or six digits."""
    match = re.fullmatch(r"#(?:([0-9a-fA-F]{3})|([0-9a-fA-F]{6}))", colour)
    if match is None:
        return None
    digits = "".join(2 * digit for digit in match[1]) if match[1] else match[2]
    red, green, blue = (int(digits[at : at + 2], 16) for at in (0, 2, 4))
    return red, green, blue

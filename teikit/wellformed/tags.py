"""What is wrong inside a tag: names, equals signs, quotes, spaces, and the end of it.

The parser tells the first character that cannot be right; what was meant shows by reading the tag
from its beginning, as a person would.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from teikit.diagnostics import RULES, Diagnostic, Fix, Related
from teikit.wellformed.extract import QUOTED, Extract, clip, skip

SPACE = " \t\r\n"
_OPENING = "“”„«»‘’‚‹›″′´`"
_ELEMENT = re.compile(rf"""[^\s<>/="'{_OPENING}]+""")
_NAME = re.compile(rf"""[^\s<>/="'{_OPENING}\ufeff\u200b]+""")
_TAG_LIKE = re.compile(r"</?[^\W\d]")
_BARE = re.compile(r"""[^\s"'<>]+""")
_CURLY = re.compile(rf"""[{_OPENING}]([^<>"'{_OPENING}]*)([{_OPENING}"'])?""")


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute with its value: characters of the name, and of the value without quotes."""

    name: str
    start: int
    value: str
    first: int
    last: int


def attributes(text: str, start: int) -> Iterator[Attribute]:
    """The attributes of the tag that begins at ``start``, as far as they are well-formed."""
    name = _ELEMENT.match(text, start + 1)
    at = name.end() if name else len(text)
    while True:
        at = skip(text, at)
        found = _NAME.match(text, at)
        if not found:
            return
        equals = skip(text, found.end())
        first = skip(text, equals + 1)
        if text[equals : equals + 1] != "=" or text[first : first + 1] not in ('"', "'"):
            return
        last = text.find(text[first], first + 1)
        if last < 0:
            return
        yield Attribute(found[0], at, text[first + 1 : last], first + 1, last)
        at = last + 1


def start_tag(extract: Extract, start: int, bad: int) -> Diagnostic | None:
    """Why the start-tag at ``start`` is broken, of which ``bad`` is the first wrong character.

    None where the tag is sound up to the end of the extract: the file ends in it.
    """
    return _Reader(extract, start, bad).read()


class _Reader:
    """Reads one start-tag up to the mistake."""

    def __init__(self, extract: Extract, start: int, bad: int) -> None:
        self.extract = extract
        self.text = extract.text
        self.start = start
        self.bad = bad
        self.tag = ""
        self.good = start  # the end of what was sound so far
        self.before: Attribute | None = None

    def found(self, index: int, message: str, *hints: str, fix: Fix | None = None) -> Diagnostic:
        return RULES["TK002"].at(self.extract.at(index), message, hints=hints, fix=fix)

    def read(self) -> Diagnostic | None:
        text, bad = self.text, self.bad
        name = _ELEMENT.match(text, self.start + 1)
        if name is None:
            return self._no_name(self.start + 1)
        self.tag = f"<{clip(name[0])}>"
        if bad < name.end():
            return self._strange(name[0], "an element")
        self.good = name.end()
        for item in attributes(text, self.start):
            if item.first <= bad < item.last:
                return self._in_value(item.name, item.start, item.first)
            if bad < item.last:
                break
            self.before, self.good = item, item.last + 1
        return self._next()

    def _next(self) -> Diagnostic | None:
        """What stands where an attribute or the end of the tag should."""
        text = self.text
        at = skip(text, self.good)
        if at >= len(text):
            return None
        char = text[at]
        if char == "<":
            return self._not_ended()
        if char == "/":
            return self._slash(at)
        if char in "\"'":
            return self._quote(at)
        if char == "=":
            message = f"= stands in {self.tag} without the name of an attribute before it"
            return self.found(at, message, 'write name="value"')
        if char.isspace() or char in "\ufeff\u200b":
            fix = self.extract.fix("write an ordinary space", (at, at + 1, " "))
            message = f"the space U+{ord(char):04X} may not stand in a tag ({self.tag})"
            return self.found(at, message, "write an ordinary space", fix=fix)
        name = _NAME.match(text, at)
        if name is None:
            return self._generic(at)
        if at == self.good and self.before is not None:
            return self._run_together(at, self.before)
        return self._attribute(name)

    def _attribute(self, name: re.Match[str]) -> Diagnostic:
        """An attribute whose name is sound and what follows is not."""
        text, at = self.text, name.start()
        if at <= self.bad < name.end():
            if text[at] in ",;":
                return self._separator(at)
            return self._strange(name[0], "an attribute")
        shown = clip(name[0])
        after = skip(text, name.end())
        if text[after : after + 1] in ('"', "'"):
            hint = f'write {shown}="…"'
            closed = re.compile(r""""[^"<>]*"|'[^'<>]*'""").match(text, after)
            if closed is None:
                message = f"a quote stands after {shown} in {self.tag} without = and another quote"
                return self.found(after, message, hint)
            fix = self.extract.fix("add the equals sign", (name.end(), after, "="))
            message = f"= is missing between the attribute {shown} of {self.tag} and its value"
            return self.found(after, message, hint, fix=fix)
        if text[after : after + 1] != "=":
            stop = re.search("[<>]", text[at:])
            if stop is not None and stop[0] == "<":
                return self._not_ended()
            if text[after : after + 1] == "":
                return self._cut(at)
            message = f"the attribute {shown} of {self.tag[:-1]} …> has no value"
            return self.found(at, message, f'write {shown}="…", or delete {shown}')
        value = skip(text, after + 1)
        char = text[value : value + 1]
        if char in ('"', "'") and char:
            return self._in_value(name[0], at, value + 1)
        if char and char in _OPENING:
            return self._curly(shown, value)
        return self._bare(shown, value)

    def _cut(self, at: int) -> Diagnostic:
        return self.found(
            at,
            f"the file ends in the middle of {self.tag}",
            "the end of the file may be missing: compare it with a copy",
        )

    # -- values ----------------------------------------------------------------------------------

    def _bare(self, name: str, value: int) -> Diagnostic:
        """A value without quotes."""
        text = self.text
        match = _BARE.match(text, value)
        word = match[0] if match else ""
        end = value + len(word)
        if text[end : end + 1] == ">":
            word = word.removesuffix("/")
        next_one = word.endswith("=") and text[end : end + 1] in ('"', "'")
        if not word or next_one:
            message = f"the attribute {name} of {self.tag} has no value after ="
            return self.found(value, message, f'write {name}="…"')
        end = value + len(word)
        rest = skip(text, end)
        last = text[rest : rest + 1] == ">" or text[rest : rest + 2] == "/>"
        following = _NAME.match(text, rest)
        alone = last or (following and text[skip(text, following.end())] == "=")
        quoted = f'"{word}"'
        fix = self.extract.fix("put the value into quotes", (value, end, quoted)) if alone else None
        message = f"the value of the attribute {name} of {self.tag} is not in quotes"
        return self.found(value, message, f'write {name}="{clip(word)}"', fix=fix)

    def _curly(self, name: str, value: int) -> Diagnostic:
        """A value in quotation marks of typography."""
        match = _CURLY.match(self.text, value)
        word = match[1] if match else ""
        fix = None
        if match and match[2]:
            fix = self.extract.fix("write straight quotes", (value, match.end(), f'"{word}"'))
        message = f"the value of the attribute {name} of {self.tag} is in typographic quotes"
        char = self.text[value]
        return self.found(
            value,
            f"{message} ({char}); XML knows only straight ones",
            f'write {name}="{clip(word)}" with straight quotes',
            fix=fix,
        )

    def _in_value(self, name: str, at: int, first: int) -> Diagnostic:
        """A value that holds what it may not, or is not closed."""
        text = self.text
        stop = text.find("<", first)
        so_far = text[first : stop if stop >= 0 else len(text)]
        closed = text.find(text[first - 1], first)
        like_tag = stop < 0 or _TAG_LIKE.match(text, stop) is not None
        if ">" in so_far and like_tag and (closed < 0 or closed > first + so_far.index(">")):
            return self._never_closed(name, at, first, so_far.partition(">")[0])
        if closed < 0 and stop < 0:
            return self._never_closed(name, at, first, so_far)
        shown = clip(name)
        if stop < 0:
            return self._generic(self.bad)
        message = f"< may not stand in the value of an attribute ({shown} of {self.tag})"
        hints = ["write &lt; for the sign itself"]
        fix = self.extract.fix("write &lt;", (stop, stop + 1, "&lt;"))
        if like_tag:
            hints.append(f"or close the quote of {shown} before it")
            fix = None
        return self.found(stop, message, *hints, fix=fix)

    def _never_closed(self, name: str, at: int, first: int, value: str) -> Diagnostic:
        """The quote that should end a value is missing."""
        shown = clip(name)
        kept = value.rstrip(SPACE).removesuffix("/").rstrip(SPACE)
        end = first + len(kept)
        quote = self.text[first - 1]
        fix = None
        if kept and kept[-1] in _OPENING + "\"'":
            # Its end is a quotation mark of another kind, typographic perhaps.
            kept = kept[:-1]
            fix = self.extract.fix(f"write {quote}", (end - 1, end, quote))
        elif not re.search(r"\s", kept) and first + len(value) < len(self.text):
            fix = self.extract.fix("close the quote", (end, end, quote))
        hints = [f"close the quote: {shown}={quote}{clip(kept)}{quote}"]
        if "=" in kept or len(kept) > 40:
            hints = [f"write a quote {quote} where the value of {shown} ends"]
        message = f"the quote that opens the value of {shown} in {self.tag} is never closed"
        return self.found(at, message, *hints, fix=fix)

    # -- between attributes -----------------------------------------------------------------------

    def _run_together(self, at: int, before: Attribute) -> Diagnostic:
        """Something stands directly after the quote that ends a value."""
        text, name = self.text, clip(before.name)
        tail = before.value.rstrip(SPACE)
        swallowed = tail[:-1].rstrip(SPACE).rsplit(None, 1) if tail.endswith("=") else []
        if len(swallowed) == 2:  # the next attribute was taken for a part of the value
            end = before.first + len(swallowed[0])
            quote = text[before.last]
            fix = self.extract.fix("close the quote", (end, end, quote))
            message = f"the quote that opens the value of {name} in {self.tag} is never closed"
            hint = f"close the quote: {name}={quote}{clip(swallowed[0])}{quote}"
            return self.found(before.start, message, hint, fix=fix)
        following = re.compile(r"""([^\s<>/="']+)\s*=\s*["']""").match(text, at)
        if following:
            fix = self.extract.fix("add the space", (at, at, " "))
            shown = clip(following[1])
            message = f"a space is missing before the attribute {shown} of {self.tag}"
            return self.found(at, message, f"add a space: … {shown}=…", fix=fix)
        if text[at] in ",;":
            return self._separator(at)
        stop = re.search("""[<>"']""", text[at:])
        if stop is not None and stop[0] == "<":
            return self._not_ended()
        if stop is not None and stop[0] == text[before.last]:
            message = f"the value of the attribute {name} of {self.tag} ends at its second quote"
            hint = f"for quotes inside the value write &quot;, or {_other(stop[0])} around it"
            return self.found(at, f"{message}, and the words go on", hint)
        message = f"after the value of {name} in {self.tag} a space or > must follow"
        return self.found(at, message, "add a space, and a value if it is an attribute")

    def _separator(self, at: int) -> Diagnostic:
        """A comma or semicolon between attributes."""
        char = self.text[at]
        fix = self.extract.fix("write a space", (at, at + 1, " "))
        message = f"“{char}” may not stand in {self.tag}: only spaces separate attributes"
        return self.found(at, message, "delete it, a space is enough", fix=fix)

    def _quote(self, at: int) -> Diagnostic:
        text = self.text
        before = self.before
        if before is not None and at == self.good and text[at] == text[before.last]:
            fix = self.extract.fix("delete it", (at, at + 1, ""))
            if text[at + 1 : at + 2] not in (">", "/", " ", "\n", "\r", "\t"):
                fix = None
            message = f"a quote too many stands after the value of {clip(before.name)}"
            return self.found(at, f"{message} in {self.tag}", "delete it", fix=fix)
        message = f"a value stands in {self.tag} without the name of an attribute"
        return self.found(at, message, 'write name="value"')

    def _slash(self, at: int) -> Diagnostic | None:
        end = skip(self.text, at + 1)
        if end >= len(self.text):
            return None
        if self.text[end] == ">":
            fix = self.extract.fix("close up", (at + 1, end, ""))
            message = f"/ and > of {self.tag} are apart"
            return self.found(at, message, "write /> without a space", fix=fix)
        if self.text[end] == "<":
            self.good = at + 1
            return self._not_ended()
        message = f"/ stands inside {self.tag}, where it may only end the tag"
        return self.found(at, message, "delete it, or put the value that holds it into quotes")

    def _not_ended(self) -> Diagnostic:
        """The tag runs into other markup."""
        good = self.good
        written = " ".join(self.text[self.start : good].split())
        if len(written) > QUOTED:
            written = f"{self.tag[:-1]} … "
            if good - self.start > QUOTED and self.text[good - 1] in "\"'":
                written += clip(self.text[good - QUOTED // 2 : good].split()[-1])
        fix = self.extract.fix("add >", (good, good, ">"))
        message = f"the tag {self.tag[:-1]} … has no > at its end"
        return self.found(self.start, message, f"> is missing: write {written}>", fix=fix)

    def _strange(self, name: str, what: str) -> Diagnostic:
        """A character that may not stand in a name."""
        char = self.text[self.bad]
        if not char.isprintable():
            message = f"the invisible character U+{ord(char):04X} stands in a name in the tag"
            fix = self.extract.fix("delete it", (self.bad, self.bad + 1, ""))
            return self.found(self.bad, f"{message} {self.tag or '<'}", "delete it", fix=fix)
        where = "begin" if char.isdigit() or char in "-." else "stand in"
        message = f"“{char}” may not {where} the name of {what}: {clip(name)}"
        if what != "an element":
            message += f" in {self.tag}"
        return self.found(self.bad, message, "names hold letters, digits, - _ and .")

    def _generic(self, at: int) -> Diagnostic:
        char = self.text[at]
        shown = f"“{char}”" if char.isprintable() else f"U+{ord(char):04X}"
        message = f"{shown} may not stand here in the tag {self.tag}"
        hint = "check the quotes, the = signs and the end of the tag"
        return self.found(at, message, hint)

    def _no_name(self, at: int) -> Diagnostic | None:
        if at >= len(self.text):
            return None
        return self.found(self.start, "< does not begin a tag here", "write &lt; for the sign")


def _other(quote: str) -> str:
    return "single quotes" if quote == '"' else "double quotes"


def end_tag(extract: Extract, start: int, innermost: str) -> Diagnostic:
    """Why the end-tag at ``start`` is broken; ``innermost`` is the name of the open element."""
    text = extract.text
    match = re.compile(r"""</([ \t\r\n]*)([^\s<>/="']*)([^<>]*)(>?)""").match(text, start)
    space, name, rest, closed = match.groups() if match else ("", "", "", "")
    shown = f"</{clip(name)}>"
    end = match.end() if match else start + 2
    place = extract.at(start)
    if not closed:
        if end >= len(text):
            message = f"the file ends in the middle of the end-tag {shown[:-1]}"
            hint = "the end of the file may be missing: compare it with a copy"
            return RULES["TK002"].at(place, message, hints=(hint, f"or write {shown}"))
        at = match.end(2) if match else end
        fix = extract.fix("add >", (at, at, ">"))
        message = f"the end-tag {shown[:-1]} has no > at its end"
        return RULES["TK002"].at(place, message, hints=(f"> is missing: write {shown}",), fix=fix)
    written = name or innermost
    proper = f"</{clip(written)}>"
    fix = None
    if written and (rest.strip() in ("", "/") or (name and "=" in rest)):
        fix = extract.fix(f"write {proper}", (start, end, f"</{written}>"))
    if not name:
        message = "an end-tag without a name"
    elif space:
        message = f"a space stands before the name in the end-tag {shown}"
    else:
        what = clip(rest.strip())
        message = f"an end-tag holds a name and nothing else: “{what}” stands in {shown}"
    return RULES["TK002"].at(
        place, message, expected=(proper,), hints=(f"write {proper}",), fix=fix
    )


def duplicate(extract: Extract, start: int, bad: int) -> Diagnostic:
    """The finding that an attribute of the tag at ``start`` stands there twice."""
    found = list(attributes(extract.text, start))
    second = next((item for item in found if item.start == bad), None)
    first = next((item for item in found if second and item.name == second.name), None)
    if first is None or second is None or first is second:
        message = "two attributes of this tag are the same: their prefixes mean one namespace"
        return RULES["TK002"].at(extract.at(bad), message, hints=("delete one of the two",))
    name = clip(second.name)
    hints = ["delete one of the two"]
    fix = None
    if first.value == second.value:
        last = len(extract.text[:bad].rstrip(SPACE))
        fix = extract.fix("delete the second", (last, second.last + 1, ""))
    elif len(first.value) + len(second.value) < 40:
        joined = f'{name}="{first.value} {second.value}"'
        hints.append(f"or, if the attribute may have two values, write {joined}")
    return RULES["TK002"].at(
        extract.at(bad),
        f"the attribute {name} stands twice in one tag",
        hints=hints,
        related=(Related("first here", extract.at(first.start)),),
        fix=fix,
    )

"""The little YAML that a CITATION.cff needs: mappings, lists, numbers, strings in double quotes.

A double-quoted scalar is the one YAML style that can hold any string (YAML 1.2, 7.3.1); JSON's way
of quoting is a part of it, but for a few characters that JSON leaves as they are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

Value = str | int | Sequence["Value"] | Mapping[str, "Value"]

# YAML 1.1 readers take these for line ends or for not printable (YAML 1.2, 5.1).
_UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def dump(document: Mapping[str, Value]) -> str:
    """A mapping as block YAML, in its order. Keys must be plain words."""
    return "\n".join(_mapping(document, "")) + "\n"


def _mapping(value: Mapping[str, Value], indent: str) -> Iterator[str]:
    for key, item in value.items():
        if isinstance(item, (str, int)):
            yield f"{indent}{key}: {_scalar(item)}"
        else:
            yield f"{indent}{key}:"
            yield from _block(item, f"{indent}  ")


def _block(value: Value, indent: str) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield from _mapping(value, indent)
        return
    assert isinstance(value, Sequence)
    for item in value:
        if isinstance(item, (str, int)):
            yield f"{indent}- {_scalar(item)}"
            continue
        lines = _block(item, f"{indent}  ")
        yield f"{indent}- {next(lines).lstrip()}"
        yield from lines


def _scalar(value: str | int) -> str:
    if isinstance(value, int):
        return str(value)
    return _UNSAFE.sub(
        lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False)
    )

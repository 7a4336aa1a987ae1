"""Plain dataclasses as JSON values and back, for what is kept between runs.

A dataclass becomes the list of its fields; which class it was is known from the type of the field,
so nothing but strings, numbers, booleans, None and lists is stored, and reading runs no code.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, TypeVar

_Value = TypeVar("_Value")


def pack(value: Any) -> Any:
    """A frozen dataclass, a tuple of them, or a plain value, as lists of plain values."""
    kind: Any = type(value)
    return _packer(kind)(value)


def unpack(kind: type[_Value], packed: Any) -> _Value:
    """The value of type ``kind`` that :func:`pack` (or JSON made of it) gave.

    Raises TypeError, ValueError or IndexError where ``packed`` is something else.
    """
    wanted: Any = kind
    reader = _reader(wanted)
    value: _Value = packed if reader is None else reader(packed)
    return value


@cache
def _packer(kind: type) -> Callable[[Any], Any]:
    if is_dataclass(kind):
        names = [(item.name, item.type) for item in fields(kind)]
        plain = typing.get_type_hints(kind)
        # What is plain already is taken as it is.
        steps = [(name, _reader(plain[name]) is None) for name, _ in names]
        return lambda value: [
            getattr(value, name) if simple else pack(getattr(value, name)) for name, simple in steps
        ]
    if kind is tuple:
        return lambda value: [pack(item) for item in value]
    return lambda value: value


@cache
def _reader(kind: Any) -> Callable[[Any], Any] | None:
    """How to read a value of a type; None where it is as it was stored."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        (read,) = {_reader(item) for item in inner if item is not type(None)}
        return read and (lambda value: None if value is None else read(value))
    if origin is tuple:
        return _tuple_reader(inner)
    if not is_dataclass(kind):
        return None
    return _dataclass_reader(kind)


def _dataclass_reader(kind: Any) -> Callable[[Any], Any]:
    hints = typing.get_type_hints(kind)
    readers = [(place, _reader(hints[item.name])) for place, item in enumerate(fields(kind))]
    steps = [(place, read) for place, read in readers if read]
    size = len(readers)

    def read_dataclass(value: Any) -> Any:
        if len(value) != size:
            raise ValueError(f"{kind.__name__} has {size} fields, not {len(value)}")
        for place, read in steps:
            value[place] = read(value[place])
        return kind(*value)

    return read_dataclass


def _tuple_reader(inner: tuple[Any, ...]) -> Callable[[Any], Any]:
    if len(inner) == 2 and inner[1] is Ellipsis:
        read = _reader(inner[0])
        if read is None:
            return tuple
        return lambda value: tuple(map(read, value))
    readers = [_reader(item) for item in inner]
    return lambda value: tuple(
        item if read is None else read(item) for item, read in zip(value, readers, strict=True)
    )

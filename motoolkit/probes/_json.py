"""Frozen dataclasses to JSON and back, by their annotations."""

from __future__ import annotations

import types
import typing
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any, TypeVar, Union

T = TypeVar("T")


def plain(value: Any) -> Any:
    """Return a value as JSON holds it; what is as by default is left out."""
    if is_dataclass(value) and not isinstance(value, type):
        found = {f.name: getattr(value, f.name) for f in fields(value)}
        return {name: plain(held) for name, held in found.items() if held not in (None, (), "")}
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, float):
        return float(f"{value:.6g}")
    return value.isoformat() if isinstance(value, date | datetime) else value


def built(kind: type[T], found: Any) -> T:
    """Return a dataclass from what ``plain`` made of it; what is not known is left out.

    Raises:
        KeyError, TypeError, ValueError: it was made by something else.
    """
    hints = typing.get_type_hints(kind)
    names = {f.name for f in fields(typing.cast("Any", kind))} & found.keys()
    return kind(**{name: _value(hints[name], found[name]) for name in names})


def _value(hint: Any, found: Any) -> Any:
    origin = typing.get_origin(hint)
    if origin in {Union, types.UnionType}:
        (optional,) = (each for each in typing.get_args(hint) if each is not type(None))
        return None if found is None else _value(optional, found)
    if origin is tuple:
        inner = typing.get_args(hint)
        hints = inner[:1] * len(found) if Ellipsis in inner else inner
        return tuple(_value(one, each) for one, each in zip(hints, found, strict=True))
    if isinstance(hint, type):
        return _simple(hint, found)
    return found


def _simple(hint: type, found: Any) -> Any:
    if is_dataclass(hint):
        return built(hint, found)
    if issubclass(hint, date):
        return hint.fromisoformat(found)
    return hint(found) if issubclass(hint, Enum | int | float) else found

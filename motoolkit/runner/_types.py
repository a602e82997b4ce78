"""The types that a parameters cell may name, and how a text from a command line becomes one of them."""

from __future__ import annotations

import ast
import json
import math
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from motoolkit.errors import InputError
from motoolkit.model import as_date

if TYPE_CHECKING:
    from collections.abc import Callable

BOOLEANS: Final = {"true": True, "yes": True, "ja": True, "false": False, "no": False, "nej": False}
NOTHING: Final = frozenset({"none", "null"})


@dataclass(frozen=True)
class Type:
    """What a parameter may hold: ``kind`` is str, int, float, bool, date, choice, list or any."""

    kind: str
    optional: bool = False
    choices: tuple[Any, ...] = ()
    item: Type | None = None

    def __str__(self) -> str:
        text = self.kind
        if self.kind == "choice":
            text = "one of " + ", ".join(map(str, self.choices))
        elif self.item:
            text = f"list of {self.item}"
        return f"{text} or none" if self.optional else text

    def read(self, value: Any, today: date) -> Any:
        """Turn a text, or a value that already has the type, into what the notebook gets.

        Dates become ISO texts, as papermill passes them; ``today`` is what the word "today" means.

        Raises:
            ValueError: ``value`` is no such thing; the message says what is expected.
        """
        if self.optional and (value is None or (isinstance(value, str) and value.lower() in NOTHING)):
            return None
        return _READERS[self.kind](self, value, today)


def _text(_: Type, value: Any, __: date) -> str:
    if not isinstance(value, str):
        raise ValueError("a text")  # noqa: TRY004 - one error for all that does not fit
    return value


def _integer(_: Type, value: Any, __: date) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and value.removeprefix("-").isdecimal():
        return int(value)
    raise ValueError("a whole number")


def _number(_: Type, value: Any, __: date) -> float:
    try:
        number = float(value.replace(",", ".") if isinstance(value, str) else value)
    except (TypeError, ValueError):
        number = math.nan
    if isinstance(value, bool) or not math.isfinite(number):
        raise ValueError("a number, as 0.5 or 0,5")
    return number


def _boolean(_: Type, value: Any, __: date) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in BOOLEANS:
        return BOOLEANS[value.lower()]
    raise ValueError(f"one of {', '.join(BOOLEANS)}")


def _date(_: Type, value: Any, today: date) -> str:
    try:
        if isinstance(value, str | date):
            return as_date(value, today=today).isoformat()
    except InputError:
        pass
    raise ValueError("a date, as 2026-11-23, 23-11-2026 or today")


def _choice(type_: Type, value: Any, __: date) -> Any:
    for choice in type_.choices:
        if value == choice or value == str(choice):
            return choice
    raise ValueError(str(type_))


def _list(type_: Type, value: Any, today: date) -> list[Any]:
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            value = None
    if not isinstance(value, list | tuple) or type_.item is None:
        raise ValueError(f'a JSON list, as ["a", "b"]: {type_}')
    try:
        return [type_.item.read(entry, today) for entry in value]
    except ValueError as error:
        raise ValueError(f"a JSON list whose entries are each {error}") from None


def _anything(_: Type, value: Any, __: date) -> Any:
    return value


_READERS: Final[dict[str, Callable[[Type, Any, date], Any]]] = {
    "str": _text,
    "int": _integer,
    "float": _number,
    "bool": _boolean,
    "date": _date,
    "choice": _choice,
    "list": _list,
    "any": _anything,
}
_PLAIN: Final = frozenset({"str", "int", "float", "bool", "date"})


def type_of(annotation: ast.expr) -> Type | None:
    """Read an annotation: a plain name, ``Literal``, ``list[...]``, ``Optional[...]``, ``... | None``.

    Quoted annotations and dotted names (``datetime.date``) count; None for what is none of these.
    """
    match annotation:
        case ast.Constant(value=str(quoted)):
            return type_of(ast.parse(quoted, mode="eval").body)
        case ast.Name(id=name) | ast.Attribute(attr=name) if name in _PLAIN:
            return Type(name)
        case ast.Name(id="list"):
            return Type("list", item=Type("any"))
        case ast.BinOp(left=inner, op=ast.BitOr(), right=ast.Constant(value=None)):
            return _optional(inner)
        case ast.Subscript(value=ast.Name(id=outer) | ast.Attribute(attr=outer), slice=inner):
            return _subscripted(outer, inner)
    return None


def _subscripted(outer: str, inner: ast.expr) -> Type | None:
    match outer:
        case "Optional":
            return _optional(inner)
        case "list" | "List" if item := type_of(inner):
            return Type("list", item=item)
        case "Literal":
            return Type("choice", choices=_literals(inner))
    return None


def _optional(inner: ast.expr) -> Type | None:
    found = type_of(inner)
    return replace(found, optional=True) if found else None


def _literals(inner: ast.expr) -> tuple[Any, ...]:
    entries = inner.elts if isinstance(inner, ast.Tuple) else [inner]
    return tuple(ast.literal_eval(entry) for entry in entries)


def type_of_value(value: Any) -> Type:
    """Guess the type of an unannotated parameter from its default."""
    if isinstance(value, list):
        item = type_of_value(value[0]) if value else Type("any")
        return Type("list", item=item)
    name = type(value).__name__
    return Type(name) if name in _PLAIN else Type("any", optional=value is None)

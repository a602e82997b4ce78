"""MO's own scalars: what they accept, and how they print."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from graphql import GraphQLError, value_from_ast_untyped

from motoolkit.model import COPENHAGEN
from motoolkit.sandbox.engine.paging import CursorError, decode
from motoolkit.sandbox.events import EventError, Token

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphql import GraphQLScalarType, GraphQLSchema, ValueNode

_CPR = re.compile(r"[0-9]{10}")
_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2}))?")


def _uuid(value: Any) -> str:
    try:
        return str(UUID(value))
    except (ValueError, AttributeError, TypeError):
        raise GraphQLError("badly formed hexadecimal UUID string") from None


def _datetime(value: Any) -> datetime:
    """Read what MO reads: a year, a month, a date or a time; without an offset it is Copenhagen's."""
    if not isinstance(value, str):
        raise GraphQLError(f"DateTime cannot represent value: {value!r}")
    try:
        if partial := _PARTIAL.fullmatch(value):
            return datetime(int(partial[1]), int(partial[2] or 1), 1, tzinfo=COPENHAGEN)
        found = datetime.fromisoformat(value)
    except ValueError:
        raise GraphQLError(f"DateTime cannot represent value: {value!r}") from None
    return found if found.tzinfo else found.replace(tzinfo=COPENHAGEN)


def _date(value: Any) -> date:
    try:
        return date.fromisoformat(value)
    except (ValueError, TypeError):
        raise GraphQLError(f"Date cannot represent value: {value!r}") from None


def _cpr(value: Any) -> str:
    if not isinstance(value, str) or not _CPR.fullmatch(value):
        raise GraphQLError(
            "Expected type 'CPR'. Invalid length" if isinstance(value, str) else "Expected type 'CPR'."
        )
    return value


def _int(value: Any) -> int:
    """Read a number, or a text that holds one, as MO's ``int`` does."""
    try:
        return int(value)
    except (ValueError, TypeError):
        raise GraphQLError(f"int cannot represent value: {value!r}") from None


def _cursor(value: Any) -> str:
    """Refuse a cursor that can not be read before anything is executed, as MO does (measured)."""
    try:
        decode(value)
    except (CursorError, AttributeError) as error:
        raise GraphQLError(f"Invalid cursor: {value!r}") from error
    return str(value)


def _token(value: Any) -> Token:
    try:
        return Token.parse(value)
    except EventError as error:
        raise GraphQLError(str(error)) from None


_READ: dict[str, Callable[[Any], Any]] = {
    "UUID": _uuid,
    "DateTime": _datetime,
    "Date": _date,
    "CPR": _cpr,
    "int": _int,
    "Cursor": _cursor,
    "EventToken": _token,
}


def _print(value: Any) -> Any:
    if isinstance(value, Token):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def give_meaning(schema: GraphQLSchema) -> None:
    """Give the schema's custom scalars their reading and printing."""
    for name, read in _READ.items():
        scalar = cast("GraphQLScalarType", schema.type_map[name])
        scalar.coerce_input_value = read
        scalar.coerce_input_literal = _literal(read)
        scalar.coerce_output_value = _print


def _literal(read: Callable[[Any], Any]) -> Callable[[ValueNode], Any]:
    return lambda node: read(value_from_ast_untyped(node))

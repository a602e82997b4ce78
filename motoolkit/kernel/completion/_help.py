"""What a name in a GraphQL document means: its type, description, arguments, and the role it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    NullValueNode,
    ast_from_value,
    get_named_type,
    is_composite_type,
    print_ast,
)

from motoolkit.client import needed_role
from motoolkit.kernel.completion._cursor import find_place
from motoolkit.kernel.completion._frames import Entries, Frame, Items, Kind, Selection
from motoolkit.kernel.completion._offers import described
from motoolkit.kernel.completion._tokens import NAME, tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from graphql import GraphQLArgument, GraphQLInputField, GraphQLSchema

    from motoolkit.kernel.completion._cursor import Place
    from motoolkit.kernel.completion._tokens import Token

_MANY: Final = 40


def help_for(text: str, position: int, schema: GraphQLSchema) -> str | None:
    """Explain what stands at a position of a document, as Markdown that reads well as plain text too.

    Between names it is the field or the argument in whose brackets the position is.  The document may be
    unfinished.  None where there is nothing to explain.
    """
    words = [token for token in tokens(text) if token.kind == NAME]
    on = next((n for n, token in enumerate(words) if token.start <= position <= token.end), None)
    if on is None:
        return _around(find_place(text, position, schema))
    place = find_place(text, words[on].start, schema)
    name = _behind_alias(text, words[on : on + 2])
    return (_MEANT[place.kind](place, name) or _around(place)) if place else None


def field_help(parent: Any, name: str) -> str | None:
    """Explain a field of a type; None where the type has no such field."""
    found = getattr(parent, "fields", {}).get(name)
    if found is None:
        return None
    role = needed_role(parent, name)
    return _text(
        f"**{parent.name}.{name}**: {found.type}",
        _warning(found),
        found.description,
        f"Needs the role {role}." if role else None,
        _listed("Arguments", (_entry_line(n, argument) for n, argument in found.args.items())),
        _inside(found.type),
    )


def entry_help(name: str, entry: GraphQLArgument | GraphQLInputField | None) -> str | None:
    """Explain an argument or a field of an input."""
    if entry is None:
        return None
    return _text(
        f"**{name}**: {entry.type}{_default(entry)}",
        _warning(entry),
        entry.description,
        _inside(entry.type),
    )


def type_help(kind: Any) -> str | None:
    """Explain a type."""
    if kind is None:
        return None
    what = type(kind).__name__.removeprefix("GraphQL").removesuffix("Type").replace("InputObject", "Input")
    return _text(f"**{kind.name}**: {what.lower()}", kind.description, _inside(kind))


def _field(place: Place, name: str) -> str | None:
    return field_help(place.frame.parent, name) if isinstance(place.frame, Selection) else None


def _entry(place: Place, name: str) -> str | None:
    return entry_help(name, place.frame.entries.get(name)) if isinstance(place.frame, Entries) else None


def _type(place: Place, name: str) -> str | None:
    return type_help(place.names.schema.get_type(name))


def _value(place: Place, name: str) -> str | None:
    kind = get_named_type(place.type) if place.type else None
    found = kind.values.get(name) if isinstance(kind, GraphQLEnumType) else None
    if kind is None or found is None:
        return None
    return _text(f"**{name}**: {kind.name}", _warning(found), found.description)


def _variable(place: Place, name: str) -> str | None:
    names = place.names
    declared, wanted = names.declared.get(name), names.wanted.get(name)
    if declared:
        needs = f"It is used as {wanted}." if wanted and wanted != declared else None
        return _text(f"**${name}**: {declared}", needs)
    return _text(f"**${name}**", f"Not declared; it is used as {wanted}.") if wanted else None


def _directive(place: Place, name: str) -> str | None:
    found = place.names.schema.get_directive(name)
    if found is None:
        return None
    arguments = (_entry_line(n, argument) for n, argument in found.args.items())
    return _text(f"**@{name}**: directive", found.description, _listed("Arguments", arguments))


def _spread(place: Place, name: str) -> str | None:
    kind = place.names.fragments.get(name)
    return _text(f"**...{name}**: fragment on {kind}") if kind else None


def _nothing(_: Place, __: str) -> str | None:
    return None


_MEANT: Final[Mapping[Kind, Callable[[Place, str], str | None]]] = {
    Kind.DEFINITION: _nothing,
    Kind.FIELD: _field,
    Kind.SPREAD: _spread,
    Kind.CONDITION: _type,
    Kind.DIRECTIVE: _directive,
    Kind.ENTRY: _entry,
    Kind.VALUE: _value,
    Kind.VARIABLE: _variable,
    Kind.DECLARATION: _variable,
    Kind.TYPE: _type,
}


def _around(place: Place | None) -> str | None:
    """Explain what the brackets around a place belong to, or the name whose value stands there."""
    if place is None:
        return None
    frame: Frame | None = place.frame
    if place.kind is Kind.VALUE and isinstance(frame, Entries):
        return entry_help(place.last, frame.entries.get(place.last))
    opener = frame.opener if frame else ""
    frame = frame.above if frame else None
    while isinstance(frame, Items):
        frame = frame.above
    if isinstance(frame, Entries):
        return entry_help(opener, frame.entries.get(opener))
    return field_help(frame.parent, opener) if isinstance(frame, Selection) else None


def _behind_alias(text: str, words: list[Token]) -> str:
    """Return the field's own name where the position is on the alias before it."""
    if len(words) > 1 and text[words[0].end : words[1].start].strip() == ":":
        return (
            words[1].value if text[: words[0].start].rstrip()[-1:] not in {"(", ",", "$"} else words[0].value
        )
    return words[0].value


def _text(*parts: str | None) -> str:
    return "\n\n".join(part.strip() for part in parts if part)


def _warning(found: Any) -> str | None:
    return f"Deprecated: {found.deprecation_reason.strip()}" if found.deprecation_reason is not None else None


def _inside(kind: Any) -> str | None:
    """List what is in a type: fields, those of an input with their types, or an enum's values."""
    inner = get_named_type(kind)
    if isinstance(inner, GraphQLEnumType):
        return f"Values: {_few(inner.values)}"
    if isinstance(inner, GraphQLInputObjectType):
        return _listed("Fields", (_entry_line(name, entry) for name, entry in inner.fields.items()))
    return f"Fields: {_few(inner.fields)}" if is_composite_type(inner) and hasattr(inner, "fields") else None


def _few(found: Mapping[str, Any]) -> str:
    names = [name for name, one in found.items() if one.deprecation_reason is None]
    return ", ".join(names[:_MANY]) + (f" and {len(names) - _MANY} more" if len(names) > _MANY else "")


def _listed(heading: str, lines: Iterable[str]) -> str | None:
    found = list(lines)
    return "\n".join([f"{heading}:", "", *found]) if found else None


def _entry_line(name: str, entry: GraphQLArgument | GraphQLInputField) -> str:
    return f"- {name}: {described(entry.type, entry.deprecation_reason)}{_default(entry)}"


def _default(entry: GraphQLArgument | GraphQLInputField) -> str:
    """Return the default as GraphQL writes it; that of most is null, which says nothing."""
    default = getattr(entry, "default", None)  # alphas of graphql-core 3.3 have none
    if default is None:
        return ""
    literal = default.literal or ast_from_value(default.value, entry.type)
    return f" = {print_ast(literal)}" if literal and not isinstance(literal, NullValueNode) else ""

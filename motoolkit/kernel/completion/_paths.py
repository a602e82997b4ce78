"""``%mo help employees.filter``: names of the schema outside any document."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final

from graphql import (
    GraphQLArgument,
    GraphQLField,
    GraphQLInputField,
    OperationType,
    get_named_type,
    is_introspection_type,
)

from motoolkit.errors import InputError
from motoolkit.kernel.completion._fitting import Offer
from motoolkit.kernel.completion._help import entry_help, field_help, type_help
from motoolkit.kernel.completion._offers import described

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphql import GraphQLSchema

_FEW: Final = 40


@dataclass(frozen=True, slots=True)
class Explained:
    """What is known of a name, as Markdown that reads well as plain text too."""

    text: str

    def __repr__(self) -> str:
        return self.text

    def _repr_markdown_(self) -> str:
        return self.text


def explained(path: str, schema: GraphQLSchema) -> Explained:
    """Explain a name, or a path of names through fields, arguments and types.

    Args:
        path: ``employees``, ``employees.filter``, ``Employee.cpr_number``, ``employee_create.input``.
        schema: MO's.

    Raises:
        InputError: MO has no such name.
    """
    known, found = _roots(schema), None
    for name in path.split("."):
        if name not in known:
            raise _unknown(name, list(known))
        found = known[name]
        known = _members(found[1])
    text = _told(name, *found) if found else None
    return Explained(text or path)


def _unknown(name: str, known: list[str]) -> InputError:
    if len(known) <= _FEW or get_close_matches(name, known):
        return InputError.unknown("name in MO's schema", name, known)
    return InputError(f"There is no name in MO's schema {name!r}.", remedy="Tab after %mo help offers them.")


def paths(typed: str, schema: GraphQLSchema) -> list[Offer]:
    """Return the paths that go one name on from what has been typed up to its last dot."""
    *steps, _ = typed.split(".")
    known = _roots(schema)
    for name in steps:
        known = _members(known[name][1]) if name in known else {}
    lead = "".join(f"{name}." for name in steps)
    return [Offer(f"{lead}{name}", _about(thing)) for name, (_, thing) in known.items()]


def _roots(schema: GraphQLSchema) -> Mapping[str, tuple[Any, Any]]:
    """Return what a path may begin with, each with the type that it is in: queries, mutations, types."""
    roots = [root for kind in OperationType if (root := schema.get_root_type(kind))]
    fields = {name: (root, field) for root in reversed(roots) for name, field in root.fields.items()}
    return {
        **fields,
        **{name: (None, kind) for name, kind in schema.type_map.items() if not is_introspection_type(kind)},
    }


def _members(thing: Any) -> Mapping[str, tuple[Any, Any]]:
    """Return what a path may go on with: the fields of a thing's type, and its arguments before them."""
    kind = get_named_type(thing.type) if hasattr(thing, "type") else thing
    fields, arguments = getattr(kind, "fields", {}), getattr(thing, "args", {})
    return {name: (kind, one) for name, one in {**fields, **arguments}.items()}


def _told(name: str, owner: Any, thing: Any) -> str | None:
    if isinstance(thing, GraphQLField):
        return field_help(owner, name)
    if isinstance(thing, GraphQLArgument | GraphQLInputField):
        return entry_help(name, thing)
    return type_help(thing)


def _about(thing: Any) -> str:
    is_type = not hasattr(thing, "type")
    return "type" if is_type else described(thing.type, thing.deprecation_reason)

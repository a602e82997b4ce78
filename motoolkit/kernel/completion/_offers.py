"""What is offered at a place of a GraphQL document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from graphql import (
    DirectiveLocation,
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLNonNull,
    TypeNameMetaFieldDef,
    get_named_type,
    is_composite_type,
    is_input_type,
    is_introspection_type,
    is_required_argument,
    is_required_input_field,
)
from graphql.utilities import do_types_overlap

from motoolkit.kernel.completion._fitting import Offer, fitting
from motoolkit.kernel.completion._frames import Entries, Items, Kind, Selection
from motoolkit.kernel.completion._operations import OPERATIONS, Variables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from motoolkit.kernel.completion._cursor import Place

_BOOLEAN: Final = "Boolean"
_EXECUTABLE: Final = frozenset(
    {
        DirectiveLocation.FIELD,
        DirectiveLocation.FRAGMENT_SPREAD,
        DirectiveLocation.INLINE_FRAGMENT,
        DirectiveLocation.QUERY,
    }
)


def offers(place: Place, python: Mapping[str, str] | None = None) -> list[Offer]:
    """Return what fits at a place and begins as was typed, the most useful first.

    What must be given comes before what may be, fields that are selected already after the others, and
    deprecated ones last.  Where nothing begins
    so, what holds the typed text is offered: ``type`` finds ``address_type``.

    Args:
        place: where the cursor stands.
        python: names of the notebook with what they are, that may fill variables.
    """
    found = list(dict.fromkeys(_OFFERED[place.kind](place, python or {})))
    return fitting(found, place.fragment)


def described(kind: object, deprecated: str | None) -> str:
    """Return a type with the word of warning that MO gives: ``UUID!, deprecated: use employee {uuid}``."""
    return str(kind) if deprecated is None else f"{kind}, deprecated: {shortened(deprecated)}"


def shortened(deprecated: str) -> str:
    """Return what to use instead, in one line; MO's reason where it names nothing."""
    lines = [line.strip() for line in deprecated.replace(". ", ".\n").splitlines() if line.strip()]
    telling = next((line for line in lines if line.startswith(("Use ", "Replaced ", "Renamed "))), None)
    said = (telling or " ".join(lines)).rstrip(".").replace("'", "").replace("`", "").removesuffix(" instead")
    return said[:1].lower() + said[1:]


def _fields(place: Place, _: Mapping[str, str]) -> Iterator[Offer]:
    frame = cast("Selection", place.frame)
    found = dict(frame.fields)
    if is_composite_type(frame.parent):
        found["__typename"] = TypeNameMetaFieldDef
    yield from _ranked(found, frame.chosen)


def _entries(place: Place, _: Mapping[str, str]) -> Iterator[Offer]:
    frame = cast("Entries", place.frame)
    yield from _ranked(frame.entries, frame.chosen)


def _ranked(found: Mapping[str, Any], chosen: set[str]) -> Iterator[Offer]:
    def rank(name: str) -> tuple[bool, bool, bool]:
        one = found[name]
        return one.deprecation_reason is not None, name in chosen, not _is_required(one)

    for name in sorted(found, key=rank):
        yield Offer(name, described(found[name].type, found[name].deprecation_reason))


def _is_required(entry: Any) -> bool:
    """Tell whether an argument or an input's field must be given; no field of a type must."""
    if isinstance(entry, GraphQLArgument):
        return is_required_argument(entry)
    return isinstance(entry, GraphQLInputField) and is_required_input_field(entry)


def _spreads(place: Place, _: Mapping[str, str]) -> Iterator[Offer]:
    frame = cast("Selection", place.frame)
    for name, kind in place.names.fragments.items():
        if _overlap(place, kind, frame.parent):
            yield Offer(name, f"fragment on {kind}")
    for offer in _conditions(place, {}):
        yield Offer(f"on {offer.text}", offer.about)


def _conditions(place: Place, _: Mapping[str, str]) -> Iterator[Offer]:
    parent = getattr(place.frame, "parent", None)
    for name, kind in place.names.schema.type_map.items():
        fits = is_composite_type(kind) and not is_introspection_type(kind)
        if fits and (parent is None or _overlap(place, kind, parent)):
            yield Offer(name, type(kind).__name__.removeprefix("GraphQL").removesuffix("Type").lower())


def _overlap(place: Place, one: Any, other: Any) -> bool:
    both = is_composite_type(one) and is_composite_type(other)
    return both and do_types_overlap(place.names.schema, one, other)


def _values(place: Place, python: Mapping[str, str]) -> Iterator[Offer]:
    kind = place.type
    if place.in_string or kind is None:
        return
    inner = get_named_type(kind)
    if isinstance(inner, GraphQLEnumType):
        yield from _members(inner, place.frame.chosen if isinstance(place.frame, Items) else set())
    if inner.name == _BOOLEAN:
        yield from (Offer("true", _BOOLEAN), Offer("false", _BOOLEAN))
    if isinstance(inner, GraphQLInputObjectType):
        yield Offer("{", str(kind))
    if not isinstance(place.frame, Variables):  # a default is a constant
        yield from (Offer(f"${offer.text}", offer.about) for offer in _variables(place, python))
    if not isinstance(kind, GraphQLNonNull):
        yield Offer("null", str(kind))


def _members(kind: GraphQLEnumType, chosen: set[str]) -> Iterator[Offer]:
    def rank(name: str) -> tuple[bool, bool]:
        return kind.values[name].deprecation_reason is not None, name in chosen

    for name in sorted(kind.values, key=rank):
        yield Offer(name, described(kind.name, kind.values[name].deprecation_reason))


def _variables(place: Place, python: Mapping[str, str]) -> Iterator[Offer]:
    """Yield the document's variables, those of the right type first, and then Python's names."""
    wanted = str(place.type).rstrip("!")
    declared = place.names.declared
    for name in sorted(declared, key=lambda n: declared[n].rstrip("!") != wanted):
        yield Offer(name, declared[name])
    yield from (Offer(name, about) for name, about in python.items() if name not in declared)


def _declarations(place: Place, python: Mapping[str, str]) -> Iterator[Offer]:
    """Yield what the document uses and does not declare, with its type, and then Python's names."""
    dollar = "" if place.after_dollar else "$"
    names = place.names
    for name, kind in names.wanted.items():
        if name not in names.declared:
            yield Offer(f"{dollar}{name}: {kind}", "used below")
    for name, about in python.items():
        if name not in names.declared and name not in names.wanted:
            yield Offer(f"{dollar}{name}", about)


def _types(place: Place, _: Mapping[str, str]) -> Iterator[Offer]:
    if wanted := place.names.wanted.get(place.last):
        yield Offer(wanted, "where it is used")
    for name, kind in place.names.schema.type_map.items():
        if not is_introspection_type(kind) and is_input_type(kind):
            yield Offer(name, type(kind).__name__.removeprefix("GraphQL").removesuffix("Type").lower())


def _directives(place: Place, _: Mapping[str, str]) -> Iterator[Offer]:
    for directive in place.names.schema.directives:
        if _EXECUTABLE & set(directive.locations):
            yield Offer(directive.name, "directive")


def _definitions(_: Place, __: Mapping[str, str]) -> Iterator[Offer]:
    yield from (Offer(word, "operation") for word in OPERATIONS if word != "subscription")
    yield Offer("fragment", "fragment on a type")


_OFFERED: Final[Mapping[Kind, Callable[[Place, Mapping[str, str]], Iterable[Offer]]]] = {
    Kind.DEFINITION: _definitions,
    Kind.FIELD: _fields,
    Kind.SPREAD: _spreads,
    Kind.CONDITION: _conditions,
    Kind.DIRECTIVE: _directives,
    Kind.ENTRY: _entries,
    Kind.VALUE: _values,
    Kind.VARIABLE: _variables,
    Kind.DECLARATION: _declarations,
    Kind.TYPE: _types,
}

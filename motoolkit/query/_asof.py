"""Steering a document to a day: MO answers for now wherever a document does not say when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeGuard

from graphql import (
    ArgumentNode,
    FieldNode,
    GraphQLInputObjectType,
    GraphQLObjectType,
    NameNode,
    NullValueNode,
    ObjectFieldNode,
    ObjectValueNode,
    StringValueNode,
    TypeInfo,
    TypeInfoVisitor,
    VariableNode,
    Visitor,
    get_named_type,
    visit,
)

from motoolkit.catalogue import CATALOGUE

if TYPE_CHECKING:
    from datetime import date

    from graphql import DocumentNode, GraphQLField, GraphQLSchema, ValueNode

_WINDOW: Final = frozenset({"from_date", "to_date"})


@dataclass(frozen=True, slots=True)
class Steered:
    """A document that asks for one day, its variables, and what MO will answer for today all the same."""

    document: DocumentNode
    variables: dict[str, Any]
    unsteered: tuple[str, ...]


def steer(document: DocumentNode, variables: Mapping[str, Any], schema: GraphQLSchema, day: date) -> Steered:
    """Return the document for ``day``: a window for each filter without one, and ``at`` for each ``current``.

    What says itself when it means is left alone.  MO's nested filters and relations each have a window of
    their own, which is now (measured); its deprecated links take none at all.
    """
    info = TypeInfo(schema)
    visitor = _Visitor(info, day, variables)
    steered = visit(document, TypeInfoVisitor(info, visitor))
    given = {
        name: _windowed(value, day) if name in visitor.filters else value for name, value in variables.items()
    }
    return Steered(steered, given, tuple(dict.fromkeys(visitor.unsteered)))


def _windowed(value: Any, day: date) -> Any:
    """Return a filter given as a variable, with the day where it says nothing of time; nested ones too."""
    if not isinstance(value, Mapping):
        return value
    inner = {key: _windowed(one, day) for key, one in value.items()}
    return inner if _WINDOW & inner.keys() else {**inner, "from_date": day.isoformat()}


class _Visitor(Visitor):
    """Works from the inside out, so that what it adds is not visited again."""

    def __init__(self, info: TypeInfo, day: date, variables: Mapping[str, Any]) -> None:
        super().__init__()
        self._info = info
        self._variables = variables
        self._day = StringValueNode(value=day.isoformat())
        self._windows: list[bool] = []
        self.unsteered: list[str] = []
        self.filters: set[str] = set()

    def enter_field(self, node: FieldNode, *_: Any) -> None:
        """Note whether the document itself says of when this collection is to be."""
        declared = self._info.get_field_def()
        inherited = bool(self._windows and self._windows[-1])
        if declared is None:
            self._windows.append(inherited)
        elif _filter_of(declared) is not None:
            self._windows.append(self._says_when(node))
        else:
            collects = get_named_type(declared.type).name.endswith("Response")
            self._windows.append(inherited and (not collects or node.name.value == "objects"))

    def leave_object_value(self, node: ObjectValueNode, *_: Any) -> ObjectValueNode | None:
        """Give a filter the day."""
        given = {one.name.value for one in node.fields}
        kind = self._info.get_input_type()
        if kind is None or not _is_windowed(get_named_type(kind)) or given & _WINDOW:
            return None
        return ObjectValueNode(fields=(*node.fields, self._from()))

    def leave_argument(self, node: ArgumentNode, *_: Any) -> ArgumentNode | None:
        """Give an empty filter the day, and remember those that are variables."""
        argument = self._info.get_argument()
        if argument is None or not _is_windowed(get_named_type(argument.type)):
            return None
        if isinstance(node.value, VariableNode):
            self.filters.add(node.value.name.value)
        if _is_null(node.value, self._variables):
            return ArgumentNode(name=node.name, value=ObjectValueNode(fields=(self._from(),)))
        return None

    def leave_field(self, node: FieldNode, *_: Any) -> FieldNode | None:
        """Give a field the day, or note that it takes none."""
        above_says = len(self._windows) > 1 and self._windows[-2]
        self._windows.pop()
        declared = self._info.get_field_def()
        if declared is None:
            return None
        given = {one.name.value for one in node.arguments or ()}
        if (missing := self._missing(declared, given, above_says=above_says)) is not None:
            return _with(node, missing)
        if not declared.args and _is_link_to_now(self._info, declared):
            self.unsteered.append(node.name.value)
        return None

    def _missing(self, declared: GraphQLField, given: set[str], *, above_says: bool) -> ArgumentNode | None:
        if "at" in declared.args and "at" not in given:
            return ArgumentNode(name=NameNode(value="at"), value=self._day)
        if {"start", "end"} <= declared.args.keys() and not given & {"start", "end"} and not above_says:
            return ArgumentNode(name=NameNode(value="start"), value=self._day)
        if _filter_of(declared) is not None and "filter" not in given:
            return ArgumentNode(name=NameNode(value="filter"), value=ObjectValueNode(fields=(self._from(),)))
        return None

    def _says_when(self, node: FieldNode) -> bool:
        for argument in node.arguments or ():
            value = argument.value
            if argument.name.value != "filter":
                continue
            if isinstance(value, ObjectValueNode):
                return bool(_WINDOW & {one.name.value for one in value.fields})
            if isinstance(value, VariableNode):
                return bool(_WINDOW & set(self._variables.get(value.name.value) or ()))
        return False

    def _from(self) -> ObjectFieldNode:
        return ObjectFieldNode(name=NameNode(value="from_date"), value=self._day)


def _with(node: FieldNode, argument: ArgumentNode) -> FieldNode:
    return FieldNode(
        alias=node.alias,
        name=node.name,
        arguments=(*(node.arguments or ()), argument),
        directives=node.directives,
        selection_set=node.selection_set,
    )


def _filter_of(declared: GraphQLField) -> GraphQLInputObjectType | None:
    wanted = declared.args.get("filter")
    kind = get_named_type(wanted.type) if wanted is not None else None
    return kind if _is_windowed(kind) else None


def _is_windowed(kind: Any) -> TypeGuard[GraphQLInputObjectType]:
    return isinstance(kind, GraphQLInputObjectType) and kind.fields.keys() >= _WINDOW


def _is_null(value: ValueNode, variables: Mapping[str, Any]) -> bool:
    absent = isinstance(value, VariableNode) and variables.get(value.name.value) is None
    return absent or isinstance(value, NullValueNode)


def _is_link_to_now(info: TypeInfo, declared: GraphQLField) -> bool:
    """Tell whether a field leads from an object of MO's straight to others, which are then today's."""
    above, below = info.get_parent_type(), get_named_type(declared.type)
    leads = isinstance(below, GraphQLObjectType) and CATALOGUE.of_type(below.name) is not None
    return leads and above is not None and CATALOGUE.of_type(above.name) is not None

"""Filters that MO would not read as they are written: beside ``uuids`` it looks at no other condition."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, NoReturn

from graphql import NullValueNode, ObjectFieldNode, ObjectValueNode, Visitor, visit

from motoolkit.errors import SchemaError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graphql import DocumentNode

_CUT_SHORT: Final = frozenset(
    {"employee", "org_unit", "job_function", "engagement_type", "manager_type", "responsibility"}
    | {"association_type", "address_type", "visibility", "itsystem", "role", "facet"}
)
"""Nested filters of which MO reads only ``uuids``, where they have any (measured); not those of the tree."""

_PERIOD: Final = frozenset({"uuids", "from_date", "to_date", "registration_time"})
"""What is silenced too, but changes nothing that a reader would expect."""


def check_literal_filters(document: DocumentNode) -> None:
    """Look through the filters that a document writes out.

    Raises:
        SchemaError: one has conditions that MO would not look at.
    """
    visit(document, _Literals())


def check_filter(given: object) -> None:
    """Look through a filter that is sent as a variable, or any other value.

    Raises:
        SchemaError: it has conditions that MO would not look at.
    """
    if isinstance(given, Mapping):
        for name, value in given.items():
            if isinstance(value, Mapping):
                _hold(name, [key for key, inner in value.items() if inner is not None])
            check_filter(value)
    elif isinstance(given, list | tuple):
        for value in given:
            check_filter(value)


class _Literals(Visitor):
    def enter_object_field(self, node: ObjectFieldNode, *_: Any) -> None:
        if isinstance(node.value, ObjectValueNode):
            fields = node.value.fields
            _hold(node.name.value, [f.name.value for f in fields if not isinstance(f.value, NullValueNode)])


def _hold(name: str, conditions: Iterable[str]) -> None:
    silenced = sorted(set(conditions) - _PERIOD)
    if name in _CUT_SHORT and "uuids" in conditions and silenced:
        _refuse(name, silenced)


def _refuse(name: str, silenced: list[str]) -> NoReturn:
    raise SchemaError(
        f"The filter {name} names uuids, so MO would not look at its {', '.join(silenced)}.",
        remedy="Leave out one of the two, or ask for the UUIDs first.",
    )

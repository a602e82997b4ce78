"""The shapes that MO's object types are described with."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as default
from functools import cached_property
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from motoolkit.catalogue._registry import Catalogue

ScalarType = Literal["String", "Int", "Boolean", "UUID", "CPR", "Date", "OwnerInferencePriority"]

FIRST_VERSION = 22
"""The oldest GraphQL version that the toolkit speaks."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """A plain value of an object, valid in each of its slices.

    ``derived`` values follow from others (a person's ``name``): MO serves them, the mirror keeps none.
    ``twins`` are deprecated names of the same value, by GraphQL type.
    """

    name: str
    type: ScalarType = "String"
    required: bool = False
    derived: bool = False
    twins: Mapping[str, str] = default(default_factory=dict)
    since: int = FIRST_VERSION

    @property
    def graphql_type(self) -> str:
        """The type as the schema writes it: ``Int`` or ``String!``."""
        return f"{self.type}!" if self.required else self.type

    @property
    def column(self) -> str:
        """The mirror column: the value's own name."""
        return self.name


@dataclass(frozen=True, slots=True)
class Reference:
    """A link from an object to one (or, with ``many``, several) of another collection.

    ``field`` is the GraphQL field that yields Response objects, and ``column`` the mirror's column of UUIDs.
    ``uuids_field`` of a ``many`` reference carries the slice's own UUIDs without a query a parent, and
    ``twins`` are the deprecated fields for the same link, by GraphQL type.
    """

    name: str
    target: str
    many: bool = False
    required: bool = False
    field: str = ""
    column: str = ""
    uuids_field: str = ""
    derived: bool = False
    twins: Mapping[str, str] = default(default_factory=dict)
    since: int = FIRST_VERSION

    def __post_init__(self) -> None:
        if not self.field:
            object.__setattr__(self, "field", f"{self.name}_response")
        if not self.column:
            object.__setattr__(self, "column", f"{self.name}_uuid")


@dataclass(frozen=True, slots=True)
class Listing:
    """The other direction: the objects of ``target`` whose reference ``by`` points at this object.

    One SQL query a parent on a real MO, so the toolkit reads ``target`` flat and joins instead.  ``twin`` is
    the deprecated list, which holds validities, or with ``twin_of_responses`` Response objects.
    """

    field: str
    target: str
    by: str
    twin: str | None = None
    twin_of_responses: bool = False
    since: int = FIRST_VERSION


Field = Scalar | Reference


@dataclass(frozen=True)
class Collection:
    """One of MO's object types: its names, its fields, and what the mirror keeps of it.

    Attributes:
        name: the top-level query and the mirror table (``engagements``).
        type: the GraphQL object type (``Engagement``).
        noun: one object in the toolkit's words (``engagement``).
        routing_key: what MO's events call it, or None where MO sends none.
        model: what MO's ``registrations`` call it.
        role: the stem of its Keycloak roles (``read_<role>``).
        open_start: whether ``validity.from`` may be null (minus infinity).
    """

    name: str
    type: str
    noun: str
    routing_key: str | None
    model: str
    role: str
    scalars: tuple[Scalar, ...]
    references: tuple[Reference, ...] = ()
    listings: tuple[Listing, ...] = ()
    open_start: bool = False
    twin: str | None = None

    @property
    def response_type(self) -> str:
        """The GraphQL type that wraps one object and its validities."""
        return f"{self.type}Response"

    @property
    def filter_type(self) -> str:
        """The GraphQL input type of the top-level filter."""
        return f"{self.type}Filter"

    @property
    def validity_type(self) -> str:
        """``Validity`` or ``OpenValidity``, as the start may be open or not."""
        return "OpenValidity" if self.open_start else "Validity"

    @property
    def _fields(self) -> tuple[Field, ...]:
        fields: list[Field] = [*self.scalars, *self.references]
        return tuple(fields)

    @cached_property
    def stored(self) -> tuple[Field, ...]:
        """The fields that the mirror keeps, in column order: scalars, then references."""
        return tuple(f for f in self._fields if not f.derived)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The mirror's value columns, without ``uuid``, ``valid_from`` and ``valid_to``."""
        return tuple(f.column for f in self.stored)

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """Every scalar and reference by the toolkit's name for it."""
        return {f.name: f for f in self._fields}

    def reference(self, name: str) -> Reference:
        """Return the reference called ``name``.

        Raises:
            KeyError: there is no such reference.
        """
        found = self.by_name[name]
        if not isinstance(found, Reference):
            raise KeyError(name)
        return found

    def available(self, version: int) -> tuple[Field, ...]:
        """Return the stored fields that GraphQL ``version`` can answer."""
        return tuple(f for f in self.stored if f.since <= version)

    def targets(self, catalogue: Catalogue) -> Iterator[tuple[Reference, Collection]]:
        """Yield each reference with the collection that it points into."""
        return ((ref, catalogue[ref.target]) for ref in self.references)

"""What MO's mutations take: the inputs of create, update and terminate, described as data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Action = Literal["create", "update", "terminate", "delete"]
Needed = Literal["", "create", "always", "update"]


@dataclass(frozen=True, slots=True)
class Input:
    """One field of MO's create and update inputs.

    Attributes:
        field: the catalogue's field that it fills, or "" where it fills none (an ituser's ``note``, a class's
            deprecated ``example``).
        name: what MO calls it, where that differs.
        type: its GraphQL type without the mark of what is needed.
        needed: which of the two inputs demand it.
        only: the one input that has it, or "" for both.
        default: what MO takes when it is left out, for inputs that may not be null.
        twin: a deprecated name for the same.
    """

    field: str
    type: str = "UUID"
    name: str = ""
    needed: Needed = ""
    only: Literal["", "create", "update"] = ""
    default: Any = None
    twin: str = ""

    def __post_init__(self) -> None:
        if not self.name:
            object.__setattr__(self, "name", self.field)

    def graphql_type(self, action: Action) -> str:
        """Return the type in one input, as the schema writes it."""
        mark = "!" if self.needed in (action, "always") or self.default is not None else ""
        return f"{self.type}{mark}"


@dataclass(frozen=True, slots=True)
class Writing:
    """How MO writes one kind of object.

    Attributes:
        kind: the toolkit's word for it, the collection's ``noun`` (``person``, ``itassociation``).
        collection: what it writes to.
        stem: the start of MO's mutations (``employee`` of ``employee_create``).
        type: the start of MO's input types (``Employee`` of ``EmployeeCreateInput``).
        inputs: the fields of create and update, without ``uuid`` and ``validity``.
        validity: the type of ``validity``; persons have none on create.
        plural: the actions that MO also offers for a list, by mutation.
        actions: what MO can do to it.
    """

    kind: str
    collection: str
    stem: str
    type: str
    inputs: tuple[Input, ...]
    validity: str = "RAValidityInput"
    plural: Mapping[str, Action] = field(default_factory=dict)
    actions: tuple[Action, ...] = ("create", "update", "terminate", "delete")

    def mutation(self, action: Action) -> str:
        """Return MO's name of an action: ``employee_create``."""
        return f"{self.stem}_{action}"

    def input_type(self, action: Action) -> str:
        """Return the type of an action's input: ``EmployeeCreateInput``."""
        return f"{self.type}{action.capitalize()}Input"

    def of(self, action: Action) -> Iterator[Input]:
        """Yield the fields that the input of an action has."""
        return (given for given in self.inputs if given.only in ("", action))

    def by_field(self) -> dict[str, Input]:
        """Return the inputs by the catalogue's field."""
        return {given.field: given for given in self.inputs if given.field}


class Writings(dict[str, Writing]):
    """The kinds that MO can write, by the toolkit's word for them."""

    def __init__(self, writings: tuple[Writing, ...]) -> None:
        super().__init__({writing.kind: writing for writing in writings})

    def of_collection(self, collection: str) -> Writing:
        """Return how the objects of a collection are written, first of all.

        Raises:
            KeyError: MO can not write them.
        """
        return next(writing for writing in self.values() if writing.collection == collection)

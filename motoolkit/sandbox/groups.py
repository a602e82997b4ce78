"""Which fields MO keeps in one row, and what an update does to the rows that it does not name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, Literal

from motoolkit.catalogue import CATALOGUE, Reference, Scalar
from motoolkit.sandbox.rows import STATE, Row, Rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from motoolkit.sandbox.records import Slice

Kind = Literal["merged", "single", "several", "replaced"]


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that live in one row.

    Attributes:
        name: the group, by its first field or what it is about.
        fields: the catalogue's fields in it.
        kind: ``merged`` keeps what an update does not name, ``single`` is written as a whole, ``several`` has
            a row a target, and ``replaced`` forgets its other periods when one is written.
        stretched: whether an update that does not name it draws it over the whole period.
        blank_clears: whether a blank text or a zero written there is no value (measured).
        always: whether there is a row even where nothing is given: a unit without a parent has the root, and
            an engagement has blank extensions.
    """

    name: str
    fields: tuple[str, ...]
    kind: Kind = "single"
    stretched: bool = True
    blank_clears: bool = False
    always: bool = False

    def row(self, values: Mapping[str, Any], start: date | None, end: date | None) -> Row:
        """Return a row of the group."""
        kept = {n: v for n, v in values.items() if not (self.blank_clears and v in ("", 0))}
        return Row(self.name, {n: v for n, v in kept.items() if v is not None}, start, end)


_OWN: Final[dict[str, tuple[Group, ...]]] = {
    "facets": (Group(STATE, ("published",), stretched=False),),
    "classes": (
        Group(STATE, ("published",), stretched=False),
        Group("it_system", ("it_system",), "replaced", stretched=False),
    ),
    "persons": (
        Group("attributes", ("user_key",), "merged"),
        Group(
            "names",
            ("given_name", "surname", "nickname_given_name", "nickname_surname", "seniority"),
            "merged",
            stretched=False,
            blank_clears=True,
        ),
        Group("cpr_number", ("cpr_number",)),
    ),
    "engagements": (
        Group(
            "extensions",
            ("fraction", *(f"extension_{n}" for n in range(1, 11))),
            "merged",
            blank_clears=True,
            always=True,
        ),
    ),
    "associations": (
        Group("functions", ("substitute", "job_function")),
        Group("trade_union", ("trade_union",), "replaced", stretched=False),
    ),
    "itusers": (Group("extensions", ("external_id", "binding_type"), "merged", blank_clears=True),),
    "addresses": (
        Group("value", ("value", "value2")),
        Group("functions", ("engagement", "ituser"), stretched=False),
    ),
    "owners": (
        Group("extensions", ("owner_inference_priority",), "merged", stretched=False),
        Group("owner", ("owner",), stretched=False),
    ),
    "org_units": (
        Group("unit_hierarchy", ("unit_hierarchy",), "replaced", stretched=False),
        Group("parent", ("parent",), always=True),
    ),
}
"""The groups that are not one field each."""

_NEVER_STRETCHED: Final = frozenset({"facets", "classes", "itsystems"})
"""MO hands these updates to its database as they are."""


@cache
def groups_of(collection: str) -> tuple[Group, ...]:
    """Return the groups of a collection; every stored field is in one."""
    return tuple(_groups(collection))


def _groups(collection: str) -> Iterator[Group]:
    own = _OWN.get(collection, ())
    taken = {name for group in own for name in group.fields}
    stretched = collection not in _NEVER_STRETCHED
    fields = [field for field in CATALOGUE[collection].stored if field.name not in taken]
    attributes = tuple(field.name for field in fields if isinstance(field, Scalar))
    if attributes:
        yield Group("attributes", attributes, "merged", stretched, blank_clears=collection == "classes")
    yield from own
    for field in fields:
        if isinstance(field, Reference):
            yield Group(field.name, (field.name,), "several" if field.many else "single", stretched)


@cache
def group_of(collection: str, field: str) -> Group:
    """Return the group that a field is in; what the catalogue does not know is an attribute."""
    groups = groups_of(collection)
    return next((group for group in groups if field in group.fields), groups[0])


@cache
def nothing_of(collection: str) -> Mapping[str, Any]:
    """Return the value of each stored field where nothing is known."""
    fields = CATALOGUE[collection].stored
    return {field.name: () if isinstance(field, Reference) and field.many else None for field in fields}


def rows_of(collection: str, slices: tuple[Slice, ...]) -> Rows:
    """Return the rows of an object that is known by its slices only; each slice keeps its bounds.

    In an interruption it does not live, but what it was goes on, as after a termination: who fills the
    hole finds the person and the unit there.
    """
    until = [*(later.start for _, later in pairwise(slices)), *(last.end for last in slices[-1:])]
    return tuple(
        row if row.group == STATE else replace(row, end=end)
        for period, end in zip(slices, until, strict=True)
        for row in fresh_rows(collection, period)
    )


def fresh_rows(collection: str, period: Slice) -> Iterator[Row]:
    """Yield the rows of an object that is created with the values of one slice."""
    values = {name: value for name, value in period.values.items() if value is not None}
    published = {"published": values["published"]} if "published" in values else {}
    yield Row(STATE, {"active": True, **published}, period.start, period.end)
    groups = groups_of(collection)
    unknown = {name: value for name, value in values.items() if name not in nothing_of(collection)}
    for group in groups:
        if group.name == STATE:
            continue
        if group.kind == "several":
            for target in values.get(group.fields[0], ()):
                yield Row(group.name, {group.fields[0]: target}, period.start, period.end)
        elif (own := {n: values[n] for n in group.fields if n in values}) or group.always:
            extra = unknown if group == groups[0] else {}
            yield group.row(own | extra, period.start, period.end)

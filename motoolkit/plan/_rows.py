"""How MO keeps the fields of an object in rows, and what its updates do to the rows that they leave out.

Read in MO's source and measured on a real MO.  An update over a period makes the object alive there and
writes the rows of the fields that it names; what it does with the other rows differs from row to row, and
is what makes MO's updates lose data.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping


_EXTENSIONS: Final = tuple(f"extension_{n}" for n in range(1, 11))


@dataclass(frozen=True, slots=True)
class Row:
    """Fields that MO keeps in one row.

    Attributes:
        fields: the catalogue's names.
        left_out: what an update does that names none of them.  ``stretched``: if no row reaches the start
            of the period the first one is stretched back to it, and the last one forward to its end.
            ``kept``: nothing.
        alone: naming one empties the others, instead of keeping them.
        everywhere: naming it erases what it was in all other periods.
    """

    fields: tuple[str, ...]
    left_out: Literal["stretched", "kept"] = "stretched"
    alone: bool = False
    everywhere: bool = False


@dataclass(frozen=True)
class Keeping:
    """How MO keeps one kind of object.

    Attributes:
        rows: the rows; every field that can be written is in one.
        empties: what an update must say to empty a field; a field that is not here can not be emptied.
        always: fields that every update must name, or MO changes them unasked.
        fixed: fields that MO takes when the object is made and never again.
        named: fields that a create must name, if only as an empty text.
        quiet: fields that an update leaves out where they do not change: naming them makes MO check what
            has nothing to do with the update.
        open_start: whether an update may reach back without limit.
        inclusive: whether up to v28 the last day is sent, as for most kinds, or always the first day after.
        own_uuid: whether MO takes the client's UUID.
    """

    rows: tuple[Row, ...]
    empties: Mapping[str, Any] = field(default_factory=dict)
    always: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    quiet: tuple[str, ...] = ()
    open_start: bool = False
    inclusive: bool = True
    own_uuid: bool = True

    @cached_property
    def row_of(self) -> dict[str, Row]:
        """The rows by field."""
        return {name: row for row in self.rows for name in row.fields}

    @cached_property
    def everywhere(self) -> tuple[str, ...]:
        """The fields that can hold in one period only."""
        return tuple(name for row in self.rows if row.everywhere for name in row.fields)


def _each(*names: str, left_out: Literal["stretched", "kept"] = "stretched") -> tuple[Row, ...]:
    return tuple(Row((name,), left_out) for name in names)


KEEPINGS: Final[Mapping[str, Keeping]] = {
    "facet": Keeping(_each("user_key", "published", left_out="kept"), open_start=True, inclusive=False),
    "class": Keeping(
        (
            Row(("user_key", "name", "scope", "description"), "kept"),
            *_each("published", "facet", "parent", "owner", left_out="kept"),
            Row(("it_system",), "kept", everywhere=True),
        ),
        empties={"parent": None, "owner": None, "scope": "", "description": ""},
        always=("parent", "owner"),
        open_start=True,
        inclusive=False,
    ),
    "itsystem": Keeping((Row(("user_key", "name"), "kept"),), open_start=True, inclusive=False),
    "org_unit": Keeping(
        (
            Row(("name", "user_key")),
            *_each("unit_type", "unit_level", "time_planning"),
            # The top has a row as well: the organisation is its parent.
            Row(("parent",), "kept"),
            Row(("unit_hierarchy",), "kept", everywhere=True),
        ),
        empties={"parent": None},
        quiet=("parent",),
    ),
    "person": Keeping(
        (
            *_each("user_key", "cpr_number"),
            Row(
                ("given_name", "surname", "nickname_given_name", "nickname_surname", "seniority"),
                "kept",
            ),
        ),
        empties={"nickname_given_name": "", "nickname_surname": ""},
        named=("given_name", "surname"),
    ),
    "engagement": Keeping(
        (
            *_each("user_key", "job_function", "engagement_type", "org_unit", "person", "primary"),
            Row(("fraction", *_EXTENSIONS)),
        ),
        # MO answers a fraction of 0 with null.
        empties={"fraction": 0, **dict.fromkeys(_EXTENSIONS, "")},
        fixed=("person",),
    ),
    "manager": Keeping(
        (
            *_each("user_key", "manager_type", "org_unit", "person", "engagement"),
            Row(("responsibilities", "manager_level")),
        ),
        empties={"person": None, "engagement": None},
        always=("person", "engagement", "responsibilities", "manager_level"),
    ),
    "association": Keeping(
        (
            *_each("user_key", "association_type", "org_unit", "substitute", "person", "primary"),
            Row(("trade_union",), "kept", everywhere=True),
        ),
        empties={"substitute": None},
        always=("substitute",),
    ),
    "itassociation": Keeping(
        _each("user_key", "org_unit", "it_user", "job_function", "primary", "person"), fixed=("person",)
    ),
    "ituser": Keeping(
        (
            *_each("user_key", "itsystem", "person", "org_unit", "engagements", "primary"),
            Row(("external_id", "binding_type")),
        ),
        empties={"external_id": "", "binding_type": "", "engagements": ()},
        quiet=("person",),
    ),
    "rolebinding": Keeping(_each("user_key", "role", "org_unit", "ituser"), own_uuid=False),
    "address": Keeping(
        (
            *_each("user_key", "value", "address_type", "visibility", "person", "org_unit"),
            Row(("engagement", "ituser"), "kept", alone=True),
        ),
    ),
    "leave": Keeping(_each("user_key", "leave_type", "engagement", "person")),
    "kle": Keeping(_each("user_key", "kle_number", "kle_aspects", "org_unit")),
    "owner": Keeping(
        (
            *_each("user_key", "org_unit", "person"),
            *_each("owner", "owner_inference_priority", left_out="kept"),
        ),
        empties={"owner": None, "owner_inference_priority": None},
        always=("owner", "owner_inference_priority"),
        own_uuid=False,
    ),
}
"""By the kinds of the catalogue's WRITINGS."""

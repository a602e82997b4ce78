"""The filters of each collection, as data: what MO calls a condition, and which reference it is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from motoolkit.catalogue._shapes import Listing


@dataclass(frozen=True, slots=True)
class Nested:
    """A condition on what a reference points at: ``target``'s own filter, met by ``reference``.

    ``twins`` are deprecated conditions that become ``uuids`` or ``user_keys`` of this one.  ``null_since`` is
    the GraphQL version from which null means "points at nothing"; before, and without it, null says nothing.
    """

    target: str
    reference: str
    uuids: str = ""
    user_keys: str = ""
    null_since: int | None = None


@dataclass(frozen=True, slots=True)
class Backward:
    """A condition on what points at the object: some of ``source`` whose ``reference`` is the object.

    It must point there within the window of the outer filter, or with ``inner_window`` of the nested one
    (read in MO's source).
    """

    source: str
    reference: str
    null_since: int | None = None
    inner_window: bool = False


@dataclass(frozen=True, slots=True)
class Values:
    """A condition on a value of the object: one of those given."""

    scalar: str
    type: str = "[String!]"
    null_since: int | None = None


Condition = Nested | Backward | Values

_PERSON = Nested("persons", "person", uuids="employees")
_UNIT = Nested("org_units", "org_unit", uuids="org_units")

CONDITIONS: Final[dict[str, dict[str, Condition]]] = {
    "facets": {"parent": Nested("facets", "parent", "parents", "parent_user_keys")},
    "classes": {
        "name": Values("name"),
        "facet": Nested("facets", "facet", "facets", "facet_user_keys"),
        "parent": Nested("classes", "parent", "parents", "parent_user_keys"),
        "it_system": Nested("itsystems", "it_system"),
        "owner": Nested("org_units", "owner"),
        "scope": Values("scope"),
    },
    "itsystems": {},
    "org_units": {
        "names": Values("name"),
        "hierarchy": Nested("classes", "unit_hierarchy", "hierarchies"),
        "engagement": Backward("engagements", "org_unit", inner_window=True),
        "owner": Backward("owners", "org_unit"),
    },
    "persons": {
        "cpr_numbers": Values("cpr_number", "[CPR!]"),
        "owner": Backward("owners", "person"),
        "ituser": Backward("itusers", "person", null_since=22),
    },
    "engagements": {
        "employee": _PERSON,
        "org_unit": _UNIT,
        "job_function": Nested("classes", "job_function"),
        "engagement_type": Nested("classes", "engagement_type"),
        "ituser": Backward("itusers", "engagements"),
    },
    "managers": {
        "employee": Nested("persons", "person", uuids="employees", null_since=25),
        "org_unit": _UNIT,
        "engagement": Nested("engagements", "engagement"),
        "responsibility": Nested("classes", "responsibilities"),
        "manager_type": Nested("classes", "manager_type"),
    },
    "associations": {
        "employee": _PERSON,
        "org_unit": _UNIT,
        "association_type": Nested(
            "classes", "association_type", "association_types", "association_type_user_keys"
        ),
    },
    "itusers": {
        "employee": _PERSON,
        "org_unit": _UNIT,
        "itsystem": Nested("itsystems", "itsystem", "itsystem_uuids"),
        "engagement": Nested("engagements", "engagements"),
        "rolebinding": Backward("rolebindings", "ituser", null_since=22),
        "external_ids": Values("external_id", null_since=30),
        "binding_types": Values("binding_type"),
        "primary": Nested("classes", "primary", null_since=22),
    },
    "rolebindings": {
        "org_unit": _UNIT,
        "ituser": Nested("itusers", "ituser"),
        "role": Nested("classes", "role"),
    },
    "addresses": {
        "employee": _PERSON,
        "org_unit": _UNIT,
        "address_type": Nested("classes", "address_type", "address_types", "address_type_user_keys"),
        "engagement": Nested("engagements", "engagement", "engagements"),
        "ituser": Nested("itusers", "ituser"),
        "visibility": Nested("classes", "visibility"),
    },
    "leaves": {"employee": _PERSON, "org_unit": _UNIT},
    "kles": {"org_unit": _UNIT},
    "related_units": {"org_unit": Nested("org_units", "org_units", uuids="org_units")},
    "owners": {"employee": _PERSON, "org_unit": _UNIT, "owner": Nested("persons", "owner")},
}

EITHER: Final = {"addresses": ("engagement", "ituser")}
"""Conditions that MO joins by or (read in its source); all others are joined by and."""

WITHOUT_REGISTRATION: Final = frozenset({"owners", "related_units"})
"""The collections whose filter has no ``registration``."""

TREE: Final = ("parent", "child", "ancestor", "descendant")
"""The conditions on where in the tree a unit is; ``subtree`` is an old name of ``descendant``."""


def condition_of(listing: Listing) -> str:
    """Return the condition of the target's filter that a listing fills in."""
    if listing.target == "org_units":
        return listing.by
    return next(
        name
        for name, condition in CONDITIONS[listing.target].items()
        if isinstance(condition, Nested) and condition.reference == listing.by
    )

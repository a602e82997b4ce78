"""The links that most objects have, with the deprecated twins that MO gives each of them."""

from __future__ import annotations

from motoolkit.catalogue._shapes import Reference


def to_class(name: str, *, required: bool = False, twin: str = "") -> Reference:
    """Return a link to a class; ``twin`` is what the deprecated fields are called, if not the same."""
    twin, mark = twin or name, _mark(required)
    return Reference(
        name, "classes", required=required, twins={twin: f"Class{mark}", f"{twin}_uuid": f"UUID{mark}"}
    )


def to_person(*, required: bool = False, listed: str = "[Employee!]") -> Reference:
    """Return the link to a person; ``listed`` is the type of the deprecated lists."""
    listed = "[Employee!]!" if required else listed
    twins = {"person": listed, "employee": listed, "employee_uuid": f"UUID{_mark(required)}"}
    return Reference("person", "persons", required=required, twins=twins)


def to_unit(*, required: bool = False) -> Reference:
    """Return the link to a unit."""
    mark = _mark(required)
    twins = {"org_unit": f"[OrganisationUnit!]{mark}", "org_unit_uuid": f"UUID{mark}"}
    return Reference("org_unit", "org_units", required=required, twins=twins)


def _mark(required: bool) -> str:  # noqa: FBT001  # GraphQL's mark of what is never null
    return "!" if required else ""

"""``X_create``: an object from nothing, or over whatever had the UUID before."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, Final

from motoolkit.model import COPENHAGEN, Cpr
from motoolkit.sandbox.engine.select import select
from motoolkit.sandbox.groups import fresh_rows
from motoolkit.sandbox.records import Slice
from motoolkit.sandbox.rows import STATE, Row
from motoolkit.sandbox.world import CREATED
from motoolkit.sandbox.writing._change import Change, read_change
from motoolkit.sandbox.writing._checks import (
    alive,
    good_address,
    good_substitute,
    has_engagement,
    new_account,
    within_person,
    within_unit,
)
from motoolkit.sandbox.writing._refusal import RefusedError, database_error

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from motoolkit.catalogue import Writing
    from motoolkit.sandbox.engine.request import Request

PUBLISHED: Final = "Publiceret"
"""The state in which MO shows a facet or a class."""


UNNOTED: Final = frozenset({"facet", "class", "itsystem"})
"""What MO hands to its database without a note."""


def create(request: Request, writing: Writing, asked: Mapping[str, Any]) -> str:
    """Create an object and return its UUID; one that exists is replaced with its whole history (measured).

    Raises:
        RefusedError: MO would not create it.
    """
    change = read_change(request, writing, "create", asked)
    values = {"user_key": change.uuid} | change.values
    start = change.start
    if writing.kind in _CHECKS:
        _CHECKS[writing.kind](change, values)
    if writing.kind == "person":
        start = _birth(values.get("cpr_number"))
    note = str(values.pop("note", "" if writing.kind in UNNOTED else CREATED))
    if (start or date.min) >= (change.end or date.max):
        raise database_error("range lower bound must be less than range upper bound")
    rows = list(fresh_rows(writing.collection, Slice(start, change.end, values)))
    if values.get("published", PUBLISHED) != PUBLISHED:
        rows[0] = Row(STATE, {**rows[0].values, "active": False}, start, change.end)
    request.world.write(
        writing.collection, change.uuid, rows, actor=request.identity.actor, note=note, always=True
    )
    return change.uuid


def _birth(cpr: str | None) -> date | None:
    """Return where a person's life starts in MO: at birth, or never where the number has no date."""
    if cpr is None:
        return None
    number = Cpr(cpr)
    return None if number.is_replacement else number.birth_date


def _person(change: Change, values: dict[str, Any]) -> None:
    if not values.get("given_name") and not values.get("surname"):
        raise RefusedError("V_MISSING_REQUIRED_VALUE", name="Missing name or givenname or surname")
    cpr = values.get("cpr_number")
    if cpr is None:
        return
    born = _birth(cpr)
    ever = {
        "cpr_numbers": [cpr],
        "from_date": born and datetime.combine(born, time.min, COPENHAGEN),
        "to_date": None,
        "registration_time": change.request.world.now(),
    }
    found = select(change.request, "persons", ever)
    if found and change.uuid not in found:
        raise RefusedError("V_EXISTING_CPR", "Person with CPR number already exists.", status=409)


def _unit(change: Change, values: dict[str, Any]) -> None:
    if values.get("parent") is not None:
        within_unit(change.request, values["parent"], change.start, change.end)


def _engagement(change: Change, values: dict[str, Any]) -> None:
    if values.get("person") is None:
        raise RefusedError("E_INVALID_INPUT", "Must set one of 'person' and 'employee'")
    within_person(change.request, values["person"], change.start, change.end)
    within_unit(change.request, values["org_unit"], change.start, change.end)


def _manager(change: Change, values: dict[str, Any]) -> None:
    """Check the person; MO looks at no unit here (measured)."""
    if values.get("person") is not None:
        within_person(change.request, values["person"], change.start, change.end)


def _association(change: Change, values: dict[str, Any]) -> None:
    if values.get("person") is None:
        raise RefusedError("E_INVALID_INPUT", "Must set one of 'person' and 'employee'")
    substitute = values.get("substitute")
    if substitute is not None:
        good_substitute(change.request, values.get("association_type"), None, substitute)
    within_unit(change.request, values["org_unit"], change.start, change.end)
    within_person(change.request, values["person"], change.start, change.end)
    if substitute is not None:
        good_substitute(change.request, values.get("association_type"), values["person"], substitute)


def _itassociation(change: Change, values: dict[str, Any]) -> None:
    within_unit(change.request, values["org_unit"], change.start, change.end)
    within_person(change.request, values["person"], change.start, change.end)


def _ituser(change: Change, values: dict[str, Any]) -> None:
    request = change.request
    if (values.get("person") is None) == (values.get("org_unit") is None):
        raise RefusedError("E_INVALID_INPUT", "Exactly 1 of the fields org_unit or person must be set")
    if alive(request, "itsystems", values["itsystem"]) is None:
        raise RefusedError("E_NOT_FOUND", "Not found.", status=404)
    single = values.pop("engagement", None)
    if single is not None and values.get("engagements"):
        raise RefusedError("E_INVALID_INPUT", "Attempted use of both 'engagement' and 'engagements'")
    if single is not None:
        values["engagements"] = [single]
    if values.get("org_unit") is not None:
        within_unit(request, values["org_unit"], change.start, change.end)
    if values.get("person") is not None:
        within_person(request, values["person"], change.start, change.end)
        new_account(request, change.uuid, values)


def _address(change: Change, values: dict[str, Any]) -> None:
    if (values.get("person") is None) == (values.get("org_unit") is None):
        raise RefusedError("E_INVALID_INPUT", "Must supply exactly one org_unit or person UUID")
    if good_address(change.request, values["address_type"], values["value"]) == "MULTIFIELD_TEXT":
        values["value2"] = ""
    values["user_key"] = change.values.get("user_key") or values["value"] or change.uuid
    if values.get("org_unit") is not None:
        within_unit(change.request, values["org_unit"], change.start, change.end)
    if values.get("person") is not None:
        within_person(change.request, values["person"], change.start, change.end)


def _rolebinding(change: Change, values: dict[str, Any]) -> None:
    if values.get("org_unit") is not None:
        within_unit(change.request, values["org_unit"], change.start, change.end)


def _leave(change: Change, values: dict[str, Any]) -> None:
    within_person(change.request, values["person"], change.start, change.end)
    has_engagement(change.request, values["person"], change.start, change.end)


def _kle(change: Change, values: dict[str, Any]) -> None:
    if not values["kle_aspects"]:
        raise RefusedError("V_MISSING_REQUIRED_VALUE", "Missing required value.", key="kle_aspect")
    within_unit(change.request, values["org_unit"], change.start, change.end)


def check_owner(change: Change, values: dict[str, Any]) -> None:
    """Refuse an owner of nothing or of two things, and periods outside anybody's life."""
    if (values.get("person") is None) == (values.get("org_unit") is None):
        raise RefusedError("E_INVALID_INPUT", "Must supply at most one of org_unit UUID, person UUID")
    if values.get("owner_inference_priority") is not None:
        if values.get("person") is None:
            raise RefusedError("E_INVALID_INPUT", "When inference_priority is filled, person is required")
        if values.get("owner") is not None:
            raise RefusedError("E_INVALID_INPUT", "Cannot combine owner with inference_priority")
    if values.get("org_unit") is not None:
        within_unit(change.request, values["org_unit"], change.start, change.end)
    for person in (values.get("person"), values.get("owner")):
        if person is not None:
            within_person(change.request, person, change.start, change.end)


_CHECKS: Final[dict[str, Callable[[Change, dict[str, Any]], None]]] = {
    "person": _person,
    "org_unit": _unit,
    "engagement": _engagement,
    "manager": _manager,
    "association": _association,
    "itassociation": _itassociation,
    "ituser": _ituser,
    "address": _address,
    "rolebinding": _rolebinding,
    "leave": _leave,
    "kle": _kle,
    "owner": check_owner,
}
"""What is looked at before a create, and what it adds to the values."""

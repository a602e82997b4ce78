"""What MO checks before it writes, and no more than that."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from motoolkit.catalogue import FREE_SCOPES, SCOPES
from motoolkit.sandbox.engine.window import Window
from motoolkit.sandbox.writing._refusal import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from motoolkit.sandbox.engine.request import Request
    from motoolkit.sandbox.records import Slice
    from motoolkit.sandbox.world import Held

_DAY: Final = timedelta(days=1)


def life_of(slices: Iterable[Slice]) -> list[tuple[date, date]]:
    """Return the unbroken runs of an object's slices, with ``date.min`` and ``date.max`` for no limit."""
    runs: list[tuple[date, date]] = []
    for period in slices:
        first, until = period.start or date.min, period.end or date.max
        if runs and runs[-1][1] == first:
            runs[-1] = (runs[-1][0], until)
        else:
            runs.append((first, until))
    return runs


def covered(slices: Iterable[Slice], start: date | None, end: date | None) -> bool:
    """Tell whether an object lives on every day of a period; an empty one is never covered."""
    first, until = start or date.min, end or date.max
    return first < until and any(a <= first and until <= b for a, b in life_of(slices))


def alive(request: Request, collection: str, uuid: str | None) -> Held | None:
    """Return an object that exists and is not deleted, or None."""
    held = None if uuid is None else request.world.get(collection, uuid)
    return held if held is not None and held.exists else None


def within_unit(request: Request, uuid: str | None, start: date | None, end: date | None) -> None:
    """Refuse a period that the unit does not live through.

    Raises:
        RefusedError: ``E_ORG_UNIT_NOT_FOUND`` or ``V_DATE_OUTSIDE_ORG_UNIT_RANGE``.
    """
    held = alive(request, "org_units", uuid)
    if held is None:
        raise RefusedError("E_ORG_UNIT_NOT_FOUND", "Org unit not found.", status=404, org_unit_uuid=uuid)
    if not covered(held.slices(), start, end):
        raise RefusedError(
            "V_DATE_OUTSIDE_ORG_UNIT_RANGE",
            "Date range exceeds validity range of associated org unit.",
            org_unit_uuid=uuid,
            **_bounds(held),
        )


def within_person(request: Request, uuid: str | None, start: date | None, end: date | None) -> None:
    """Refuse a period that the person does not live through.

    Raises:
        RefusedError: ``E_USER_NOT_FOUND`` or ``V_DATE_OUTSIDE_EMPL_RANGE``.
    """
    held = alive(request, "persons", uuid)
    if held is None:
        raise RefusedError("E_USER_NOT_FOUND", "User not found.", status=404, employee_uuid=uuid)
    if not covered(held.slices(), start, end):
        raise RefusedError(
            "V_DATE_OUTSIDE_EMPL_RANGE",
            "Date range exceeds validity range of associated employee.",
            uuid=uuid,
            **_bounds(held),
        )


def _bounds(held: Held) -> dict[str, Any]:
    runs = life_of(held.slices())
    first, until = (runs[0][0], runs[-1][1]) if runs else (date.min, date.max)
    return {
        "valid_from": None if first == date.min else first.isoformat(),
        "valid_to": None if until == date.max else until.isoformat(),
    }


def not_below_itself(request: Request, unit: str, parent: str, start: date | None) -> None:
    """Refuse a parent that is the unit itself or lies below it on the day of the move."""
    day = Window(start, (start or date.min) + _DAY)
    seen, step = {unit}, parent
    while step:
        if step in seen:
            raise RefusedError(
                "V_ORG_UNIT_MOVE_TO_CHILD",
                "Cannot move unit to one of its own child units.",
                org_unit_uuid=step,
            )
        seen.add(step)
        above = request.slices("org_units", step, day)
        step = (above[-1].values.get("parent") if above else None) or ""


def distinct(responsibilities: Iterable[str]) -> None:
    """Refuse a responsibility that comes twice."""
    twice = sorted(uuid for uuid, count in Counter(responsibilities).items() if count > 1)
    if twice:
        raise RefusedError("V_DUPLICATED_RESPONSIBILITY", "Responsibility is duplicated.", duplicates=twice)


def good_substitute(request: Request, association_type: str | None, person: str | None, other: str) -> None:
    """Refuse a deputy of oneself, one without a type, and one of a type that may have none."""
    if person is not None and person == other:
        raise RefusedError("V_CANNOT_SUBSTITUTE_SELF", "Cannot substitute self.", employee=person)
    if association_type is None:
        raise RefusedError("V_MISSING_REQUIRED_VALUE", "Missing required value.", key="association_type")
    if association_type not in request.world.substitute_roles:
        raise RefusedError(
            "E_INVALID_TYPE", f'Substitute not allowed for association type "{association_type}"'
        )


def good_address(request: Request, address_type: str | None, value: str) -> str:
    """Return the scope of an address type, and refuse a value that it does not allow."""
    if address_type is None:
        raise RefusedError("V_MISSING_REQUIRED_VALUE", "Missing address_type", key="address_type")
    kind = request.slices("classes", address_type, request.present)
    if not kind:
        raise RefusedError("V_MISSING_REQUIRED_VALUE", "Missing scope", key="scope")
    scope = kind[-1].values.get("scope")
    if not scope:
        raise RefusedError("V_MISSING_REQUIRED_VALUE", "Missing scope", key="scope")
    if scope not in FREE_SCOPES and scope not in SCOPES:
        raise RefusedError("E_INVALID_INPUT", f"Invalid address scope type {scope}")
    if scope in SCOPES and not SCOPES[scope].fullmatch(value):
        raise RefusedError(f"V_INVALID_ADDRESS_{scope}", f"Invalid {scope.lower()} address", value=value)
    return str(scope)


def has_engagement(request: Request, person: str | None, start: date | None, end: date | None) -> None:
    """Refuse a leave that no engagement of the person covers."""
    engagements = request.world.pointing_at("engagements", "person", person or "")
    if not any(
        covered(held.slices(), start, end)
        for uuid in engagements
        if (held := request.world.get("engagements", uuid)) is not None
    ):
        raise RefusedError(
            "V_NO_ACTIVE_ENGAGEMENT", "User does not have an active engagement.", employee=person
        )


def new_account(request: Request, uuid: str, wanted: dict[str, Any]) -> None:
    """Refuse an account of a person who has two of one name in the system already.

    MO means to refuse the second, but compares the accounts that live today among each other only, and
    never with the new one (measured).
    """
    person, itsystem = wanted["person"], wanted["itsystem"]
    found = [
        (period.values.get("user_key"), period.values.get("external_id"))
        for other in request.world.pointing_at("itusers", "person", str(person))
        for period in (request.slices("itusers", other, request.present) if other != uuid else ())
        if period.values.get("person") == person and period.values.get("itsystem") == itsystem
    ]
    if any(count > 1 for count in Counter(found).values()):
        raise RefusedError("V_DUPLICATED_IT_USER", "Employee has the same IT user more than once")

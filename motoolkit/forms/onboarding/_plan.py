"""The plan that a draft becomes: one document, all or nothing (newsletter section 2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import UUID, uuid5

from motoolkit.forms.onboarding._fields import KINDS
from motoolkit.language import tr
from motoolkit.plan import Plan

if TYPE_CHECKING:
    from collections.abc import Callable

    from motoolkit.forms.onboarding._draft import Row
    from motoolkit.forms.onboarding._entered import Entered

_BINDINGS: Final = UUID("0d9c4a52-4c2b-4d0e-8f59-6f3b9f7f2a10")
_RENAMED: Final = {"percent": "fraction"}
_NO_FIELDS: Final = frozenset({"uuid", "start", "end", "roles", "note"})


def plan_of(entered: Entered) -> Plan:
    """Return the plan of a draft without errors.

    Its operations are the rows in the order of the steps, each account followed by its role bindings.

    Raises:
        InputError: something that MO needs is missing.
    """
    draft, client = entered.draft, entered.choices.client
    plan = Plan(draft.reason or tr("Onboarding"), client=client)
    person = entered.rows["person"][0]
    if not draft.existing:
        plan.create("person", uuid=person["uuid"], **_values(person))
    for step in ("engagements", "itusers", "managers", "addresses"):
        for row in entered.rows[step]:
            _MAKERS[step](plan, KINDS[step], person["uuid"], row)
    return plan


def _make(plan: Plan, kind: str, person: str, row: Row) -> None:
    plan.create(kind, uuid=row["uuid"], start=row["start"], end=row["end"], person=person, **_values(row))


def _account(plan: Plan, kind: str, person: str, row: Row) -> None:
    period = {"start": row["start"], "end": row["end"]}
    plan.create(kind, uuid=row["uuid"], person=person, note=row["note"] or "", **period, **_values(row))
    for role in row["roles"]:
        plan.create("rolebinding", uuid=binding(row["uuid"], role), ituser=row["uuid"], role=role, **period)


def binding(ituser: str, role: str) -> str:
    """Return the UUID by which the plan knows the binding of a role to an account."""
    return str(uuid5(_BINDINGS, f"{ituser} {role}"))


def _values(row: Row) -> dict[str, Any]:
    return {
        _RENAMED.get(name, name): value
        for name, value in row.items()
        if name not in _NO_FIELDS and value not in (None, ())
    }


_MAKERS: Final[dict[str, Callable[[Plan, str, str, Row], None]]] = {
    "engagements": _make,
    "itusers": _account,
    "managers": _make,
    "addresses": _make,
}

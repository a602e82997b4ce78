"""``X_update``, as MO really does it: what each kind writes, and what it forgets."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from motoolkit.sandbox.writing._change import Change, read_change
from motoolkit.sandbox.writing._checks import (
    distinct,
    good_address,
    good_substitute,
    has_engagement,
    new_account,
    not_below_itself,
    within_person,
    within_unit,
)
from motoolkit.sandbox.writing._create import PUBLISHED, check_owner
from motoolkit.sandbox.writing._draft import Draft
from motoolkit.sandbox.writing._refusal import BrokenError, RefusedError, database_error

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from motoolkit.catalogue import Writing
    from motoolkit.sandbox.engine.request import Request
    from motoolkit.sandbox.rows import Row

Values = dict[str, Any]

_NOTES: Final = {
    "org_unit": "Rediger organisationsenhed",
    "person": "Rediger medarbejder",
    "engagement": "Rediger engagement",
    "manager": "Rediger leder",
    "association": "Rediger tilknytning",
    "itassociation": "Rediger tilknytning",
    "ituser": "Rediger IT-system",
    "rolebinding": "Rediger rollebinding",
    "address": "Rediger Adresse",
    "leave": "Rediger orlov",
    "kle": "Rediger KLE",
    "owner": "Rediger owner",
}
_UNSEEN: Final = frozenset({"facet", "class", "itsystem"})
"""Updates of unknown ones succeed and do nothing (measured)."""

_UNKNOWN: Final[dict[str, Exception]] = {
    "address": RefusedError("E_NOT_FOUND", "Not found.", status=404),
    "ituser": RefusedError("E_NOT_FOUND", "Not found.", status=404),
    "kle": RefusedError("E_NOT_FOUND", "Not found.", status=404),
    "rolebinding": RefusedError("E_NOT_FOUND", "Not found.", status=404),
    "engagement": RefusedError("E_INVALID_INPUT", 'invalid input syntax for type uuid: "None"'),
    "org_unit": RefusedError("E_ORG_UNIT_NOT_FOUND", "Org unit not found.", status=404),
}
"""What comes of an unknown object; the others are accidents without a key."""


def update(request: Request, writing: Writing, asked: Mapping[str, Any]) -> str:
    """Update an object and return its UUID.

    Raises:
        RefusedError: MO would not update it.
        BrokenError: MO would stumble over it.
    """
    change = read_change(request, writing, "update", asked)
    held = request.world.get(writing.collection, change.uuid)
    if held is None or not held.exists:
        if writing.kind in _UNSEEN:
            return change.uuid
        if held is not None and writing.kind == "person":
            raise RefusedError("E_INVALID_INPUT", "invalid input syntax")
        raise _UNKNOWN.get(writing.kind) or BrokenError("'NoneType' object is not subscriptable")
    draft = Draft(change, held.rows)
    state = _KINDS.get(writing.kind, _plain)(draft)
    note = change.values.get("note") or _NOTES.get(writing.kind, "")
    request.world.write(
        writing.collection,
        change.uuid,
        draft.finish(state),
        actor=request.identity.actor,
        note=note,
    )
    return change.uuid


def _plain(draft: Draft) -> None:
    draft.write(draft.change.values)


def _facet(draft: Draft) -> dict[str, Any]:
    values = draft.change.values
    published = values.pop("published", PUBLISHED)
    draft.write(values)
    return {"active": published == PUBLISHED, "published": published}


def _class(draft: Draft) -> dict[str, Any]:
    """Write a class: its parent and owner are cleared when they are not given (measured)."""
    values = {"parent": None, "owner": None} | draft.change.values
    published = values.pop("published")
    draft.write(values)
    return {"active": published == PUBLISHED, "published": published}


def _unit(draft: Draft) -> None:
    """Write a unit: name and user_key always, from one of the rows that the period meets.

    That is the one whose user_key, then name, comes last in the order of characters: so MO's database
    returns them (measured).
    """
    change, values = draft.change, draft.change.values
    if "unit_type" in change.given and change.given["unit_type"] is None:
        raise BrokenError("'NoneType' object is not subscriptable")
    for name in ("name", "user_key"):
        if name in change.given and change.given[name] is None:
            raise database_error(f"{name} is null")
    met = [row for row in draft.before if row.group == "attributes" and _touches(row, change)]
    names = dict(max(met, key=_in_order).values) if met else {}
    if len({"name", "user_key"} & (names.keys() | values.keys())) == 1:
        raise database_error('syntax error at or near "AND"')
    if "parent" in change.given:
        values["parent"] = _new_parent(change)
    draft.write(names | values)


def _in_order(row: Row) -> tuple[str, ...]:
    return tuple(str(row.values.get(name) or "") for name in ("user_key", "name"))


def _touches(row: Row, change: Change) -> bool:
    """Tell whether MO takes a row for one of the period: also the one that begins where it ends."""
    return row.first <= (change.end or date.max) and row.until > (change.start or date.min)


def _new_parent(change: Change) -> str | None:
    parent: str | None = change.given["parent"]
    if parent is not None:
        within_unit(change.request, parent, change.start, change.end)
        not_below_itself(change.request, change.uuid, parent, change.start)
    return parent


def _person(draft: Draft) -> None:
    values = draft.change.values
    draft.write({k: v for k, v in values.items() if v or k not in ("given_name", "surname")})


def _engagement(draft: Draft) -> None:
    """Write an engagement; its person stays, whatever the input says (measured)."""
    values = {k: v for k, v in draft.change.values.items() if k != "person"}
    draft.write(values)
    within_person(draft.change.request, draft.first("person"), draft.change.start, draft.change.end)


def _manager(draft: Draft) -> None:
    """Write a manager: no person makes it vacant, no level takes any, no responsibilities all it ever had."""
    change, values = draft.change, draft.change.values
    responsibilities = values.get("responsibilities") or draft.all("responsibilities")
    written = values | {
        "person": values.get("person"),
        "manager_level": values.get("manager_level") or draft.first("manager_level"),
        "responsibilities": responsibilities,
    }
    if "engagement" in change.given:
        written["engagement"] = change.given["engagement"]
    within_unit(change.request, draft.first("org_unit"), change.start, change.end)
    if written["person"] is not None:
        within_person(change.request, written["person"], change.start, change.end)
    distinct(responsibilities)
    draft.write(written)


def _association(draft: Draft) -> None:
    """Write an association: the deputy goes unless named again (measured).

    One that has had several units stumbles when the unit is not named (measured).
    """
    change, values = draft.change, draft.change.values
    _one_unit(draft)
    person = values.get("person") or draft.first("person")
    substitute = values.get("substitute")
    if substitute is not None:
        good_substitute(change.request, values.get("association_type"), person, substitute)
    within_person(change.request, person, change.start, change.end)
    draft.write(values | {"substitute": substitute})


def _one_unit(draft: Draft) -> None:
    if "org_unit" not in draft.change.values and len(draft.all("org_unit")) > 1:
        raise BrokenError("too many values to unpack (expected 1)")


def _itassociation(draft: Draft) -> None:
    _one_unit(draft)
    within_person(draft.change.request, draft.first("person"), draft.change.start, draft.change.end)
    draft.write(draft.change.values)


def _ituser(draft: Draft) -> None:
    change, values = draft.change, draft.change.values
    values.pop("note", None)
    single = values.pop("engagement", None)
    if single is not None and "engagements" in values:
        raise RefusedError("E_INVALID_INPUT", "Attempted use of both 'engagement' and 'engagements'")
    if single is not None:
        values["engagements"] = [single]
    if values.get("person") and values.get("itsystem") and values.get("user_key"):
        new_account(change.request, change.uuid, values)
    draft.write(values)


def _address(draft: Draft) -> None:
    """Write an address: its type and visibility count only beside a value (measured)."""
    change, values = draft.change, draft.change.values
    if "person" in values and "org_unit" in values:
        raise RefusedError("E_INVALID_INPUT", "Must supply at most one of org_unit or person UUID")
    if "value" in values:
        good_address(change.request, values.get("address_type"), values["value"])
    else:
        values = {k: v for k, v in values.items() if k not in ("address_type", "visibility")}
    draft.write(values)
    person = values.get("person") or draft.first("person")
    if person is not None:
        within_person(change.request, person, change.start, change.end)


def _leave(draft: Draft) -> None:
    change, values = draft.change, draft.change.values
    person = values.get("person") or draft.first("person")
    draft.write(values)
    within_person(change.request, person, change.start, change.end)
    has_engagement(change.request, person, change.start, change.end)


def _kle(draft: Draft) -> None:
    values = draft.change.values
    if values.get("kle_aspects") == []:
        raise RefusedError("V_MISSING_REQUIRED_VALUE", "Missing required value.", key="kle_aspect")
    draft.write(values)


def _owner(draft: Draft) -> None:
    """Write an owner; who owns, or how it is inferred, goes unless named again (measured)."""
    values = draft.change.values
    check_owner(draft.change, values)
    draft.write({"owner": None, "owner_inference_priority": None} | values)


_KINDS: Final[dict[str, Callable[[Draft], dict[str, Any] | None]]] = {
    "facet": _facet,
    "class": _class,
    "org_unit": _unit,
    "person": _person,
    "engagement": _engagement,
    "manager": _manager,
    "association": _association,
    "itassociation": _itassociation,
    "ituser": _ituser,
    "address": _address,
    "leave": _leave,
    "kle": _kle,
    "owner": _owner,
}
"""What each kind writes, and its state where that is more than alive; the rest write what they are given."""

"""``X_terminate`` and ``X_delete``: ending an object, a person's functions, or the whole record of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from motoolkit.catalogue import CATALOGUE, WRITINGS
from motoolkit.sandbox.engine.window import Window
from motoolkit.sandbox.rows import STATE, Row, overlay
from motoolkit.sandbox.world import ENDED
from motoolkit.sandbox.writing._change import in_order, midnight_of
from motoolkit.sandbox.writing._checks import alive, within_unit
from motoolkit.sandbox.writing._refusal import BrokenError, RefusedError, database_error

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from motoolkit.catalogue import Writing
    from motoolkit.sandbox.engine.request import Request
    from motoolkit.sandbox.world import Held

_DAY: Final = timedelta(days=1)
_UNPUBLISHED: Final = "IkkePubliceret"
_NOTES: Final = {
    "facet": "Afslut klasse",
    "class": "Afslut klasse",
    "itsystem": "Afslut enhed",
    "org_unit": "Afslut enhed",
}
_NAMES: Final = {
    "engagements": "Engagement",
    "managers": "Leder",
    "associations": "Tilknytning",
    "itusers": "IT-system",
    "rolebindings": "Rollebinding",
    "addresses": "Adresse",
    "kles": "KLE",
    "owners": "owner",
    "related_units": "Relateret Enhed",
}
"""What MO's database calls the functions that hold a unit back."""

_UNSEEN: Final = frozenset({"facet", "class", "itsystem"})
_VACATED: Final = frozenset({"managers", "associations"})


def terminate(request: Request, writing: Writing, asked: Mapping[str, Any]) -> str:
    """End an object, or with ``from`` make a hole in its life, and return its UUID.

    Raises:
        RefusedError: MO would not end it.
    """
    uuid, until = str(asked["uuid"]), midnight_of(request, asked["to"], is_end=True)
    start = None if asked.get("from") is None else midnight_of(request, asked["from"], is_end=False)
    in_order(start, midnight_of(request, asked["to"], is_end=False))
    if writing.kind == "person":
        return _terminate_person(request, uuid, until, vacate=bool(asked.get("vacate")))
    hole = (until, None) if start is None else (start, until)
    held = alive(request, writing.collection, uuid)
    if writing.kind == "org_unit":
        _childless(request, uuid, hole[0])
    elif held is None and writing.kind not in _UNSEEN:
        raise RefusedError("E_NOT_FOUND", "Not found.", status=404, uuid=uuid, original=None)
    if writing.kind == "ituser":
        _without_rolebindings(request, uuid, hole[0])
    if held is not None:
        _end(request, writing, held, *hole)
    return uuid


def delete(request: Request, writing: Writing, uuid: str) -> str:
    """Delete an object from all of its history but the registrations, and return its UUID.

    Raises:
        RefusedError: there has never been such an object.
        BrokenError: the same, of facets, classes and itsystems.
    """
    # To MO all that belongs to persons and units is of one sort, and it deletes by the sort.
    alike = _FUNCTIONS if writing.collection in _FUNCTIONS else (writing.collection,)
    found = next((collection for collection in alike if request.world.get(collection, uuid)), None)
    if found is None:
        if writing.kind in _UNSEEN:
            raise BrokenError(f"No {writing.kind} with ID {uuid} found.")
        raise RefusedError("E_NOT_FOUND", f"No {writing.type} with ID {uuid} found.", status=404)
    request.world.delete(found, uuid, request.identity.actor)
    return uuid


def _end(request: Request, writing: Writing, held: Held, start: date | None, end: date | None) -> None:
    if start is not None and start == end:
        raise database_error("range lower bound must be less than range upper bound")
    published = {"published": _UNPUBLISHED} if writing.kind in ("facet", "class") else {}
    rows = overlay(held.rows, Row(STATE, {"active": False, **published}, start, end))
    note = _NOTES.get(writing.kind, ENDED)
    request.world.write(held.collection, held.uuid, rows, actor=request.identity.actor, note=note)


def _day(day: date) -> Window:
    return Window(day, day + _DAY)


def _childless(request: Request, uuid: str, day: date) -> None:
    """Refuse to end a unit that has units below it or functions on that day."""
    within_unit(request, uuid, day, day + _DAY)
    children = [
        child
        for child in request.world.pointing_at("org_units", "parent", uuid)
        if any(p.values["parent"] == uuid for p in request.slices("org_units", child, _day(day)))
    ]
    names = sorted({_NAMES[held.collection] for held in _functions(request, "org_units", uuid, _day(day))})
    key = "_AND_".join(name for name, some in (("CHILDREN", children), ("ROLES", names)) if some)
    if key:
        context: dict[str, Any] = {"child_count": len(children)} if children else {}
        context |= {"roles": ", ".join(names)} if names else {}
        raise RefusedError(f"V_TERMINATE_UNIT_WITH_{key}", "Cannot terminate unit.", **context)


def _without_rolebindings(request: Request, uuid: str, day: date) -> None:
    found = sorted(
        other
        for other in request.world.pointing_at("rolebindings", "ituser", uuid)
        if request.slices("rolebindings", other, _day(day))
    )
    if found:
        raise RefusedError(
            "V_TERMINATE_ITUSER_WITH_ROLEBINDINGS", "Cannot terminate ituser.", rolebinding_uuids=found
        )


def _functions(request: Request, target: str, uuid: str, asked: Window) -> Iterator[Held]:
    """Yield the functions that point at a unit or a person by MO's own link, in a window."""
    name = {"org_units": ("org_unit", "org_units"), "persons": ("person",)}[target]
    for collection in CATALOGUE.values():
        for reference in collection.references:
            if reference.name not in name or reference.target != target or collection.name not in _FUNCTIONS:
                continue
            for source in sorted(request.world.pointing_at(collection.name, reference.name, uuid)):
                held = request.world.get(collection.name, source)
                if held is not None and any(
                    uuid in _targets(period.values[reference.name]) for period in asked.of(held.slices())
                ):
                    yield held


_FUNCTIONS: Final = frozenset({*_NAMES, "leaves"})


def _targets(value: Any) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (value,)


def _terminate_person(request: Request, uuid: str, until: date, *, vacate: bool) -> str:
    """End all that a person does, never the person; with ``vacate`` seats stay, empty (measured)."""
    for held in list(_functions(request, "persons", uuid, Window(until, None))):
        writing = WRITINGS.of_collection(held.collection)
        began = min(period.start or date.min for period in Window(until, None).of(held.slices()))
        day = max(until, began)
        if vacate and held.collection in _VACATED:
            rows = overlay(held.rows, Row("person", {"person": None}, day, None))
            request.world.write(held.collection, held.uuid, rows, actor=request.identity.actor, note=ENDED)
        else:
            _end(request, writing, held, day, None)
    person = alive(request, "persons", uuid)
    if person is None:
        raise RefusedError("E_NOT_FOUND", "Not found.", status=404, path="bruger", uuid=uuid)
    request.world.write(
        "persons",
        uuid,
        person.rows,
        actor=request.identity.actor,
        note="Afslut medarbejder",
        always=True,
    )
    return uuid

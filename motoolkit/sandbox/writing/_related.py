"""``related_units_update``: the whole set of units that one is related to, from a day on."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from motoolkit.sandbox.engine.window import Window
from motoolkit.sandbox.groups import fresh_rows
from motoolkit.sandbox.records import Slice
from motoolkit.sandbox.rows import STATE, Row, overlay
from motoolkit.sandbox.world import CREATED
from motoolkit.sandbox.writing._checks import alive, covered
from motoolkit.sandbox.writing._refusal import RefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from motoolkit.sandbox.engine.request import Request
    from motoolkit.sandbox.world import Held


def relate(request: Request, asked: Mapping[str, Any]) -> str:
    """Relate a unit to others from a day on, and to no more than these; return the unit.

    Raises:
        RefusedError: a unit is unknown, does not live on for ever, or is the unit itself.
    """
    origin, others = str(asked["origin"]), {str(uuid) for uuid in asked.get("destination") or ()}
    start: date = asked["validity"]["from"].date()
    day = Window(start, start + timedelta(days=1))
    if origin in others:
        raise RefusedError("E_RELATED_TO_SELF", "Cannot relate a unit to itself.", origin=origin)
    keys = {unit: _living_key(request, unit, day) for unit in sorted({origin, *others})}
    related = _related_now(request, origin, day)
    for unit, held in related.items():
        if unit not in others:
            rows = overlay(held.rows, Row(STATE, {"active": False}, start, None))
            note = "Fjern relateret organisation"
            request.world.write("related_units", held.uuid, rows, actor=request.identity.actor, note=note)
    for unit in sorted(others - related.keys()):
        values = {"user_key": f"{keys[origin]} <-> {keys[unit]}", "org_units": (origin, unit)}
        fresh = fresh_rows("related_units", Slice(start, None, values))
        request.world.write("related_units", str(uuid4()), fresh, actor=request.identity.actor, note=CREATED)
    return origin


def _living_key(request: Request, unit: str, day: Window) -> str:
    held = alive(request, "org_units", unit)
    if held is None:
        raise RefusedError("E_ORG_UNIT_NOT_FOUND", "Org unit not found.", status=404, org_unit_uuid=[unit])
    slices = day.of(held.slices())
    if not covered(held.slices(), day.first, None):
        raise RefusedError("V_DATE_OUTSIDE_ORG_UNIT_RANGE", "Date range exceeds.", org_unit_uuid=[unit])
    return str(slices[-1].values["user_key"])


def _related_now(request: Request, origin: str, day: Window) -> dict[str, Held]:
    found: dict[str, Held] = {}
    for source in sorted(request.world.pointing_at("related_units", "org_units", origin)):
        held = request.world.get("related_units", source)
        for period in () if held is None else day.of(held.slices()):
            for unit in period.values["org_units"]:
                if unit != origin and held is not None:
                    found[unit] = held
    return found

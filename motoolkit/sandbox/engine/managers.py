"""Managers that are inherited: MO climbs to the nearest unit with a manager that fits the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from motoolkit.sandbox.engine.select import select, selected
from motoolkit.sandbox.engine.tree import tree_of
from motoolkit.sandbox.engine.window import window

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from motoolkit.sandbox.engine.request import Request


class InheritError(Exception):
    """MO's refusal to inherit without knowing from where."""


def inherited(request: Request, given: Mapping[str, Any]) -> list[str]:
    """Return the managers of the units that a filter names, each unit climbing on its own.

    Every other condition takes part in where the climb stops; a vacant seat stops it too (measured).

    Raises:
        InheritError: the filter names no units.
    """
    if given.get("org_unit") is None and given.get("org_units") is None:
        raise InheritError("The inherit flag requires an organizational unit filter")
    rest = {name: value for name, value in given.items() if name not in ("org_unit", "org_units")}
    units = given["org_unit"] if given.get("org_unit") is not None else {"uuids": given["org_units"]}
    return sorted(
        {uuid for unit in selected(request, "org_units", units) for uuid in climb(request, unit, rest)}
    )


def climb(request: Request, unit: str, rest: Mapping[str, Any], without: str | None = None) -> list[str]:
    """Return the managers of the nearest unit, from ``unit`` up, that has any; none of ``without``'s own."""
    for step in tree_of(request, window(rest, request.now)).climb(unit):
        found = select(request, "managers", {**rest, "org_unit": {"uuids": [step]}})
        others = _not_of(request, found, without, rest)
        if others:
            return others
    return []


def _not_of(
    request: Request, managers: Iterable[str], person: str | None, given: Mapping[str, Any]
) -> list[str]:
    if person is None:
        return list(managers)
    asked = window(given, request.now)
    return [
        uuid
        for uuid in managers
        if any(period.values.get("person") != person for period in request.slices("managers", uuid, asked))
    ]

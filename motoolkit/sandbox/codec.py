"""Objects and their registrations as JSON, and back: what is read equals what was written."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from motoolkit.model import COPENHAGEN
from motoolkit.sandbox.groups import nothing_of
from motoolkit.sandbox.records import Slice
from motoolkit.sandbox.rows import Row, slices_of
from motoolkit.sandbox.world import Held, Registration

if TYPE_CHECKING:
    from collections.abc import Mapping

    from motoolkit.sandbox.rows import Rows


def held_to_json(held: Held) -> dict[str, Any]:
    """Return an object with all its registrations."""
    registrations = [registration_to_json(held.collection, one) for one in held.registrations]
    return {"collection": held.collection, "uuid": held.uuid, "registrations": registrations}


def held_from_json(found: Mapping[str, Any]) -> Held:
    """Read what ``held_to_json`` wrote.

    Raises:
        KeyError, TypeError, ValueError: it is something else.
    """
    held = Held(found["collection"], found["uuid"])
    for registration in found["registrations"]:
        append(held, registration)
    return held


def append(held: Held, found: Mapping[str, Any]) -> None:
    """Add what ``registration_to_json`` wrote to its object, and end the one before.

    Raises:
        KeyError, TypeError, ValueError: it is something else.
    """
    start = datetime.fromisoformat(found["start"]).astimezone(COPENHAGEN)
    if held.registrations:
        held.registrations[-1].end = start
    slices, rows = _content(held.collection, found)
    held.registrations.append(
        Registration(
            found["number"],
            start,
            found["actor"],
            found["note"],
            slices,
            rows=rows,
            edits=found["edits"],
        )
    )


def registration_to_json(collection: str, registration: Registration) -> dict[str, Any]:
    """Return a registration without what follows: slices from rows, fields without a value, the end."""
    told: dict[str, Any] = {
        "number": registration.number,
        "start": registration.start.isoformat(),
        "actor": registration.actor,
        "note": registration.note,
        "edits": registration.edits,
    }
    if registration.rows is not None:
        return told | {"rows": [[row.group, *_period(row), _plain(row.values)] for row in registration.rows]}
    nothing = nothing_of(collection)
    slices = (
        [*_period(one), _plain({name: v for name, v in one.values.items() if nothing.get(name, one) != v})]
        for one in registration.slices
    )
    return told | {"slices": list(slices)}


def _content(collection: str, found: Mapping[str, Any]) -> tuple[tuple[Slice, ...], Rows | None]:
    nothing = nothing_of(collection)
    if "rows" in found:
        rows = tuple(Row(group, _values(values), *_days(*days)) for group, *days, values in found["rows"])
        return slices_of(rows, nothing), rows
    slices = (Slice(*_days(*days), {**nothing, **_values(values)}) for *days, values in found["slices"])
    return tuple(slices), None


def _period(found: Row | Slice) -> tuple[str | None, str | None]:
    return (_text(found.start), _text(found.end))


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _days(start: str | None, end: str | None) -> tuple[date | None, date | None]:
    return _day(start), _day(end)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _to_json(value) for name, value in values.items()}


def _to_json(value: Any) -> Any:
    """Return a value that JSON can hold; a date says that it is one."""
    return {"date": value.isoformat()} if isinstance(value, date) else value


def _values(found: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _from_json(value) for name, value in found.items()}


def _from_json(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_from_json(one) for one in value)
    return date.fromisoformat(value["date"]) if isinstance(value, dict) else value

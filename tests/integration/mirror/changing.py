"""Changes to what a sandbox holds, as its door for training takes them."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from motoolkit.catalogue import CATALOGUE

if TYPE_CHECKING:
    from support import Sandbox

    from motoolkit.mirror import Mirror

Change = dict[str, Any]


def make(sandbox: Sandbox, changes: list[Change]) -> None:
    """Make changes through the sandbox's door for training."""
    put = [change for change in changes if change["slices"] is not None]
    delete = [(change["collection"], change["uuid"]) for change in changes if change["slices"] is None]
    sandbox.post("/sandbox/records", {"put": put, "delete": delete})


def asserted(mirror: Mirror, collection: str, uuid: str) -> Change:
    """Return an object as a mirror holds it, to be changed and put back."""
    fields = CATALOGUE[collection].stored
    columns = ", ".join(field.column for field in fields)
    rows = mirror.rows(
        f"SELECT valid_from, valid_to, {columns} FROM {collection} WHERE uuid = ? ORDER BY valid_from",
        [uuid],
        show_cpr=True,
    )
    slices = [
        {
            "start": start and start.isoformat(),
            "end": end and end.isoformat(),
            "values": {field.name: _json(cell) for field, cell in zip(fields, cells, strict=True)},
        }
        for start, end, *cells in rows
    ]
    return {"collection": collection, "uuid": uuid, "slices": slices}


def renamed(mirror: Mirror, uuid: str, name: str) -> Change:
    """Return a unit with another name in its last period."""
    change = asserted(mirror, "org_units", uuid)
    change["slices"][-1]["values"]["name"] = name
    return change


def new_unit(number: int = 1) -> Change:
    """Return a unit that was not there."""
    uuid = str(UUID(int=number))
    values = {"user_key": "ny", "name": "Helt ny", "parent": None}
    return {
        "collection": "org_units",
        "uuid": uuid,
        "slices": [{"start": "2026-01-01", "end": None, "values": values}],
    }


def gone(collection: str, uuid: str) -> Change:
    """Return the end of an object: deleted, history and all."""
    return {"collection": collection, "uuid": uuid, "slices": None}


def random_changes(mirror: Mirror, number: int, seed: int) -> list[Change]:
    """Return changes of all kinds to objects of all collections."""
    chance = random.Random(seed)  # noqa: S311 - the same changes in every run
    changes = {}
    for at in range(number):
        collection = chance.choice(list(CATALOGUE))
        uuids = [row[0] for row in mirror.rows(f"SELECT DISTINCT uuid FROM {collection} ORDER BY uuid")]
        uuid = chance.choice(uuids)
        change = chance.choice((_deleted, _ended, _split, _copied, _touched))
        made = change(asserted(mirror, collection, uuid), at)
        changes[made["uuid"]] = made
    return list(changes.values())


def _deleted(held: Change, _at: int) -> Change:
    return gone(held["collection"], held["uuid"])


def _ended(held: Change, _at: int) -> Change:
    """End it in the future, or let it live on for ever."""
    last = held["slices"][-1]
    last["end"] = None if last["end"] else "2031-05-01"
    return held


def _split(held: Change, at: int) -> Change:
    """Change a text from a day in the future on."""
    last = held["slices"][-1]
    if last["end"] is None and (last["start"] or "") < "2030-02-01":
        later = {"start": "2030-02-01", "end": None, "values": {**last["values"], "user_key": f"key {at}"}}
        last["end"] = "2030-02-01"
        held["slices"].append(later)
    return held


def _copied(held: Change, at: int) -> Change:
    """Make a new object of it."""
    return {**held, "uuid": str(uuid5(UUID(held["uuid"]), f"copy {at}"))}


def _touched(held: Change, _at: int) -> Change:
    """Assert the same again: a registration without a change."""
    return held


def _json(cell: Any) -> Any:
    return cell.isoformat() if hasattr(cell, "isoformat") else cell

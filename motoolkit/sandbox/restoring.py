"""Making a world again of the lines of a state file."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

from motoolkit.errors import InputError
from motoolkit.sandbox.codec import append, held_from_json
from motoolkit.sandbox.events import EventStore
from motoolkit.sandbox.files import FileStore
from motoolkit.sandbox.world import Held, World

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


def world_of(lines: Sequence[Any], today: date | None, substitute_roles: Sequence[str]) -> World:
    """Return the world that the lines tell of.

    Args:
        lines: the header, the objects, and what was committed since.
        today: where its clock shall stand now; None for where it stood.
        substitute_roles: the association types that may have a deputy; none for those that it had.

    Raises:
        InputError: the clock would go back.
        KeyError, TypeError, ValueError, AttributeError: the lines do not fit together.
    """
    with _without_collecting():
        return _restored(lines, today, substitute_roles)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Let Python not look for garbage where there is none: it halves the time (measured)."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _restored(lines: Sequence[Any], today: date | None, substitute_roles: Sequence[str]) -> World:
    header, rest = lines[0], lines[1:]
    objects, changes = rest[: header["objects"]], rest[header["objects"] :]
    kept = None if header["today"] is None else date.fromisoformat(header["today"])
    world = World(today=today or kept, substitute_roles=substitute_roles or header["substitute_roles"])
    told: dict[str, Any] = {}
    for entry in changes:
        told |= entry
    world.restore(_objects(objects, changes), written=told["written"], made=header.get("made", 0))
    world.municipality_code = told["municipality_code"]
    world.files = FileStore.from_json(*(entry.get("files", {}) for entry in changes))
    world.events = EventStore.from_json(*(entry.get("events", {}) for entry in changes))
    _check_clock(world)
    return world


def _objects(objects: Iterable[Any], changes: Iterable[Any]) -> Iterable[Held]:
    held = {(one.collection, one.uuid): one for one in map(held_from_json, objects)}
    for entry in changes:
        for collection, uuid, registration in entry.get("committed", ()):
            append(held.setdefault((collection, uuid), Held(collection, uuid)), registration)
    return held.values()


def _check_clock(world: World) -> None:
    newest = max((held.registrations[-1].start for held in world.everything()), default=None)
    if newest is not None and world.now() < newest:
        raise InputError(
            f"The clock can not go back to {world.now().date()}: the world has lived until {newest.date()}.",
            remedy="Give a later --today, or none.",
        )

"""What has changed since the generator's last run: by writing, or by the mere passing of time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motoolkit.catalogue import CATALOGUE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from motoolkit.catalogue import Collection
    from motoolkit.sandbox.events._records import Mark
    from motoolkit.sandbox.world import Held, World


def routing_key(collection: Collection) -> str:
    """Return the routing key of a collection's events: ``person``, and the stem of the role elsewhere."""
    return "person" if collection.role == "employee" else collection.role


def collect(world: World, since: Mark, until: Mark) -> list[tuple[str, str]]:
    """Return the objects that changed between two marks, each once: its routing key and its UUID.

    An object has changed when something was asserted about it, a deletion too, or when a day has come on
    which any of its rows begins or ends.  What is to happen later is therefore told twice: when it is
    written, and when it comes true (measured).
    """
    written = until.number > since.number
    first, last = since.moment.date(), until.moment.date()
    if not written and first >= last:
        return []
    return [
        (routing_key(CATALOGUE[held.collection]), held.uuid)
        for held in _all(world)
        if held.registrations[-1].number > since.number or (first < last and _turns(held, first, last))
    ]


def _all(world: World) -> Iterator[Held]:
    for name in CATALOGUE:
        yield from world.all(name)


def _turns(held: Held, after: date, until: date) -> bool:
    """Tell whether anything of an object begins or ends on a day after one and until another.

    Of a deleted one nothing does.
    """
    last = held.registrations[-1]
    periods = last.slices if last.rows is None else last.rows
    return any(
        day is not None and after < day <= until for period in periods for day in (period.start, period.end)
    )

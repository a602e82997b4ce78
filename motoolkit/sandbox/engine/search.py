"""MO's ``query`` search: a substring, each blank a wildcard, so the order of the words counts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from motoolkit.sandbox.engine.request import Request
    from motoolkit.sandbox.engine.window import Window
    from motoolkit.sandbox.records import Slice
    from motoolkit.sandbox.world import Held

_UUID_FRAGMENT = {"persons": 6, "org_units": 8}
_PERSON_NAMES = ("given_name", "surname", "nickname_given_name", "nickname_surname")


def search(request: Request, collection: str, query: str, window: Window) -> Callable[[Held], bool]:
    """Return the test of a search in persons or units; a blank query fits everything."""
    words = [re.escape(word).replace("%", ".*").replace("_", ".") for word in query.split(" ")]
    pattern = re.compile(".*".join(words), re.IGNORECASE | re.DOTALL)
    texts = _of_person if collection == "persons" else _of_unit
    fragment = query.lower() if len(query) >= _UUID_FRAGMENT[collection] else None

    def fits(held: Held) -> bool:
        if fragment is not None and fragment in held.uuid:
            return True
        return any(pattern.search(text) for text in texts(request, held, window))

    return fits


def _of_person(request: Request, held: Held, _window: Window) -> Iterator[str]:
    """Yield what a person is found by, at whatever time it held, corrected or not (measured)."""
    for registration in held.registrations:
        for period in registration.slices:
            yield " ".join(period.values.get(name) or "" for name in _PERSON_NAMES)
            yield period.values.get("cpr_number") or ""
    for collection in ("engagements", "itusers"):
        for uuid in request.world.pointing_at(collection, "person", held.uuid):
            yield from (period.values["user_key"] for period in _ever(request, collection, uuid))


def _of_unit(_request: Request, held: Held, window: Window) -> Iterator[str]:
    for period in window.of(held.slices()):
        yield period.values["name"]
        yield period.values["user_key"]


def _ever(request: Request, collection: str, uuid: str) -> tuple[Slice, ...]:
    held = request.world.get(collection, uuid)
    return () if held is None else held.slices()

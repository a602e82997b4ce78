"""What the mirror has of engagements, accounts and what belongs to them: a row a period of each object.

References are UUIDs, with "" for none.  A row is somebody's: of a person, or of a unit.  ``whose`` is blank
for the owner's own; else the owner's things point at somebody else's, and it tells whose.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from motoolkit.model import Validity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

EVER: Final = date.min
"""The first day of what has always been."""
NEVER: Final = date.max
"""The day after the last of what goes on: dates alone compare faster than dates and None."""


class Engagement(NamedTuple):
    """A job."""

    owner: str
    uuid: str
    start: date
    end: date
    user_key: str
    org_unit: str
    job_function: str
    primary: str
    whose: str


class ItUser(NamedTuple):
    """An account."""

    owner: str
    uuid: str
    start: date
    end: date
    user_key: str
    external_id: str
    itsystem: str
    engagements: tuple[str, ...]
    primary: str
    whose: str


class Address(NamedTuple):
    """An address."""

    owner: str
    uuid: str
    start: date
    end: date
    value: str
    address_type: str
    engagement: str
    ituser: str
    whose: str


class RoleBinding(NamedTuple):
    """A role that an account has, perhaps in one unit only."""

    owner: str
    uuid: str
    start: date
    end: date
    ituser: str
    role: str
    org_unit: str
    whose: str


class Manager(NamedTuple):
    """A manager's post; ``person`` is "" where it is vacant."""

    owner: str
    uuid: str
    start: date
    end: date
    person: str
    org_unit: str
    engagement: str
    manager_type: str
    whose: str


Row = TypeVar("Row", Engagement, ItUser, Address, RoleBinding, Manager)
AnyRow = Engagement | ItUser | Address | RoleBinding | Manager


def validity(start: date, end: date) -> Validity:
    """Return a period as the rest of the toolkit has it."""
    return Validity(None if start == EVER else start, None if end == NEVER else end)


def merged(rows: Iterable[Row]) -> list[Row]:
    """Merge neighbours in time that say the same; the rows are in order of object and time."""
    found: list[Row] = []
    for row in rows:
        if found and _goes_on(found[-1], row):
            found[-1] = found[-1]._replace(end=row.end)
        else:
            found.append(row)
    return found


def _goes_on(before: AnyRow, after: AnyRow) -> bool:
    return (
        before.uuid == after.uuid
        and before.end == after.start
        and before[4:] == after[4:]
        and before.owner == after.owner
    )


def by_object(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Return the rows of each object, in order of time."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.uuid, []).append(row)
    return found


class Stream:
    """Rows in order of owner, taken owner by owner as a whole; owners come in order too."""

    def __init__(
        self, rows: Iterator[tuple[Any, ...]], shape: type[Any], lists: tuple[int, ...] = ()
    ) -> None:
        self._rows = rows
        self._shape = shape
        self._lists = lists
        self._head = next(rows, None)

    def take(self, owner: str) -> list[Any]:
        """Return the rows of an owner, and let go of those before."""
        found: list[Any] = []
        while self._head is not None and self._head[0] <= owner:
            if self._head[0] == owner:
                found.append(self._made(self._head))
            self._head = next(self._rows, None)
        return merged(found) if len(found) > 1 else found

    def _made(self, values: tuple[Any, ...]) -> Any:
        if self._lists:
            held = list(values)
            for place in self._lists:
                held[place] = tuple(sorted(set(held[place] or ())))
            return self._shape._make(held)
        return self._shape._make(values)

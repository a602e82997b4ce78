"""From what shall be true of one object from a day on to the operations that MO lacks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from motoolkit.ad.external_users._whose import LeftError
from motoolkit.language import tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from motoolkit.ad.mo import Row
    from motoolkit.plan import Plan


@dataclass(frozen=True, slots=True)
class Wish:
    """What shall be true of one object.

    Attributes:
        kind: as plans name it.
        uuid: which, or which it shall be.
        rows: its periods in MO, none where it is to be made.
        start: from which day on.
        end: the first day without it, None for no end.
        values: what the directory decides.
        made: what is said once, when it is made.
    """

    kind: str
    uuid: str
    rows: Sequence[Row]
    start: date
    end: date | None
    values: Mapping[str, Any]
    made: Mapping[str, Any] = field(default_factory=dict)


def bring(plan: Plan, wish: Wish) -> str:
    """Add to a plan what MO lacks of a wish, and return the object's UUID.

    Raises:
        LeftError: it begins in MO only after it shall have ended.
    """
    alive = [row for row in wish.rows if not row.over(wish.start)]
    if not wish.rows:
        plan.create(wish.kind, uuid=wish.uuid, start=wish.start, end=wish.end, **{**wish.made, **wish.values})
    elif not alive:
        plan.update(wish.kind, wish.uuid, start=wish.start, end=wish.end, prolong=True, **dict(wish.values))
    else:
        _change(plan, wish, alive)
    return wish.uuid


def _change(plan: Plan, wish: Wish, alive: Sequence[Row]) -> None:
    begin = max([wish.start, *(row.start for row in alive[:1] if row.start)])
    if wish.end is not None and wish.end <= begin:
        raise LeftError(
            tr("In MO it begins on {day}, after the account has expired.", day=f"{begin:%d-%m-%Y}")
        )
    wrong = {
        name: value for name, value in wish.values.items() if any(_held(row, name) != value for row in alive)
    }
    last = last_of(alive)
    if last is not None and (wish.end is None or last < wish.end):
        plan.update(wish.kind, wish.uuid, start=begin, end=wish.end, prolong=True, **wrong)
        return
    if wrong:
        plan.update(wish.kind, wish.uuid, start=begin, **wrong)
    if wish.end is not None and (last is None or wish.end < last):
        plan.terminate(wish.kind, wish.uuid, end=wish.end)


def _held(row: Row, name: str) -> Any:
    value = getattr(row, name)
    return tuple(sorted(value)) if isinstance(value, tuple) else value


def last_of(rows: Sequence[Row]) -> date | None:
    """Return the day after the last of some periods, None for no end."""
    ends = [row.end for row in rows]
    return None if None in ends else max(end for end in ends if end is not None)

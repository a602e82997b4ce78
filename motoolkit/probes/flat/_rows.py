"""The rows that one answer is made from, read in bulk, with indexes where links are followed backwards."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Self, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence

    from motoolkit.mirror import Mirror
    from motoolkit.probes.flat._needs import Need
    from motoolkit.probes.flat._windows import Window

Row = tuple[Any, ...]
"""UUID, first day, first day after (None: no limit), then the needed columns."""
_T = TypeVar("_T")


class Rows:
    """What one answer is made from: each object's slices by its UUID, in the order of both.

    CPR numbers are in full, as in MO's answers; the frame masks them.
    """

    def __init__(self, slices: Mapping[str, Mapping[str, Sequence[Row]]]) -> None:
        self._slices = slices
        self._kept: dict[Hashable, Any] = {}

    @classmethod
    def of(cls, mirror: Mirror, needs: Mapping[str, Need]) -> Self:
        """Return what is needed of a mirror.

        Raises:
            MirrorError: the mirror does not hold a collection that is needed.
        """
        mirror.check(needs)
        return cls({name: _read(mirror, name, list(need.columns)) for name, need in needs.items()})

    def __repr__(self) -> str:
        return f"<Rows of {', '.join(self._slices)}>"

    def slices(self, collection: str, uuid: str) -> Sequence[Row]:
        """Return every slice of an object, none where there is no such object."""
        return self._slices[collection].get(uuid, ())

    def within(self, collection: str, uuid: str, window: Window) -> list[Row]:
        """Return the slices of an object in a window."""
        return window.of(self._slices[collection].get(uuid, ()))

    def all(self, collection: str) -> Iterator[tuple[str, Sequence[Row]]]:
        """Yield each object of a collection, in the order of their UUIDs, which is MO's."""
        yield from self._slices[collection].items()

    def once(self, key: Hashable, make: Callable[[], _T]) -> _T:
        """Return what ``make`` gives, made when it is first asked for."""
        if key not in self._kept:
            self._kept[key] = make()
        found: _T = self._kept[key]
        return found


def _read(mirror: Mirror, collection: str, columns: Sequence[str]) -> dict[str, list[Row]]:
    chosen = ", ".join(["uuid", "valid_from", "valid_to", *columns])
    query = f"SELECT {chosen} FROM {collection} ORDER BY uuid, valid_from NULLS FIRST"
    slices: dict[str, list[Row]] = defaultdict(list)
    for row in mirror.rows(query, show_cpr=True):
        slices[row[0]].append(row)
    return dict(slices)

"""Facts in tables with indexes, each look at them noted."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from motoolkit.ad._memory import Memory

R = TypeVar("R")

Fact = tuple[str, str, Any]
"""What can be looked at and change: a table, one of its indexes ("" for its keys), and a value."""


class Table(Generic[R]):
    """Objects by key, each of one row or of several (its periods), found by index too.

    What is returned is in order of key, whatever the order in which it came.

    Args:
        name: what its facts are noted by.
        memory: notes what is looked at.
        indexes: for each index the values under which a row is found; empty values are none.
    """

    def __init__(
        self, name: str, memory: Memory, indexes: Mapping[str, Callable[[R], Iterable[Any]]] | None = None
    ) -> None:
        self.name = name
        self._memory = memory
        self._rows: dict[Any, tuple[R, ...]] = {}
        self._values = dict(indexes or {})
        self._index: dict[str, defaultdict[Any, set[Any]]] = {each: defaultdict(set) for each in self._values}

    def of(self, key: Any) -> tuple[R, ...]:
        """Return the rows of an object, none where there is no such object."""
        if self._memory.tracking:
            self._memory.note((self.name, "", key))
        return self._rows.get(key, ())

    def one(self, key: Any) -> R | None:
        """Return the only row, or the first, of an object."""
        rows = self.of(key)
        return rows[0] if rows else None

    def by(self, index: str, value: Any) -> tuple[R, ...]:
        """Return the rows that an index has under a value, in order of key."""
        if self._memory.tracking:
            self._memory.note((self.name, index, value))
        keys = self._index[index].get(value)
        if not keys:
            return ()
        values = self._values[index]
        rows = self._rows
        if len(keys) == 1:
            (key,) = keys
            found = rows[key]
            return found if len(found) == 1 else tuple(row for row in found if value in values(row))
        return tuple(row for key in sorted(keys) for row in rows[key] if value in values(row))

    def everything(self) -> Iterator[R]:
        """Yield all rows of all objects; whoever looks at that looks at every change."""
        self._memory.note((self.name, "*", None))
        return (row for key in sorted(self._rows) for row in self._rows[key])

    def keys(self, index: str = "") -> list[Any]:
        """Return all keys, or all values of an index, in order; that is not noted."""
        return (
            sorted(key for key, held in self._index[index].items() if held) if index else sorted(self._rows)
        )

    def count(self, index: str, value: Any) -> int:
        """Return how many objects an index has under a value; that is not noted."""
        return len(self._index[index].get(value, ()))

    def put(self, key: Any, rows: Iterable[R]) -> set[Fact]:
        """Replace the rows of an object, none for no object any more, and return the facts that changed."""
        old, new = self._rows.get(key, ()), tuple(rows)
        if old == new:
            return set()
        facts: set[Fact] = {(self.name, "", key), (self.name, "*", None)}
        for name, values in self._values.items():
            index = self._index[name]
            before, after = _all(values, old), _all(values, new)
            for value in before - after if before else ():
                index[value].discard(key)
            for value in after - before if before else after:
                index[value].add(key)
            facts.update([(self.name, name, value) for value in before | after])
        if new:
            self._rows[key] = new
        else:
            self._rows.pop(key, None)
        return facts

    def fill(self, objects: Mapping[Any, tuple[R, ...]]) -> None:
        """Take over objects none of which was here before: as ``put``, without telling what changed."""
        self._rows.update(objects)
        for name, values in self._values.items():
            index = self._index[name]
            for key, rows in objects.items():
                for row in rows:
                    for value in values(row):
                        if value is not None and value != "":
                            index[value].add(key)

    def __len__(self) -> int:
        return len(self._rows)


_NONE: Final = frozenset({"", None})


def _all(values: Callable[[Any], Iterable[Any]], rows: Iterable[Any]) -> set[Any]:
    """Return the values of an index of some rows; blanks are none."""
    found = {value for row in rows for value in values(row)}
    return found - _NONE if found else found

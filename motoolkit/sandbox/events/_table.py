"""Tables whose changes can be taken back, and told to whoever keeps a copy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from motoolkit.sandbox.events._records import Undo

T = TypeVar("T")


class Table(Generic[T]):
    """Frozen records by key, in the order in which they came.

    Args:
        plain: what makes a record JSON.
    """

    def __init__(self, plain: Callable[[T], dict[str, Any]]) -> None:
        self._plain = plain
        self._records: dict[str, T] = {}
        self._changed: set[str] = set()

    def __iter__(self) -> Iterator[T]:
        return iter(self._records.values())

    def get(self, key: str) -> T | None:
        """Return a record, or None."""
        return self._records.get(key)

    def set(self, key: str, record: T | None, undo: Undo = None) -> None:
        """Put a record in, or with None take it out; ``undo`` gets what takes that back."""
        before = self._records.get(key)
        if record is None:
            self._records.pop(key, None)
        else:
            self._records[key] = record
        self._changed.add(key)
        if undo is not None:
            undo.append(lambda: self.set(key, before))

    def to_json(self) -> dict[str, Any]:
        """Return every record by its key."""
        return {key: self._plain(record) for key, record in self._records.items()}

    def changes(self) -> dict[str, Any]:
        """Return what has changed since this was last asked, by key; None is gone."""
        keys, self._changed = sorted(self._changed), set()
        found = ((key, self._records.get(key)) for key in keys)
        return {key: None if record is None else self._plain(record) for key, record in found}


class Grouped(Table[T]):
    """A table that also finds the records of one group.

    Args:
        plain: what makes a record JSON.
        group: which group a record is in, for good.
    """

    def __init__(self, plain: Callable[[T], dict[str, Any]], group: Callable[[T], str]) -> None:
        super().__init__(plain)
        self._group = group
        self._groups: dict[str, dict[str, T]] = {}

    def of(self, group: str) -> list[T]:
        """Return the records of a group."""
        return list(self._groups.get(group, {}).values())

    def set(self, key: str, record: T | None, undo: Undo = None) -> None:
        """Put a record in, or with None take it out; ``undo`` gets what takes that back."""
        known = self.get(key) if record is None else record
        if known is not None:
            own = self._groups.setdefault(self._group(known), {})
            if record is None:
                own.pop(key, None)
            else:
                own[key] = record
        super().set(key, record, undo)

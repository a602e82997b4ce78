"""An update in the making: the rows of an object, and what is being written into them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from motoolkit.sandbox.groups import group_of, groups_of
from motoolkit.sandbox.rows import STATE, Row, consolidated, merge, overlay, stretched
from motoolkit.sandbox.writing._refusal import database_error

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from motoolkit.sandbox.groups import Group
    from motoolkit.sandbox.rows import Rows
    from motoolkit.sandbox.writing._change import Change


class Draft:
    """The rows of an object under an update.

    Args:
        change: what the update says.
        rows: what is asserted now.
    """

    def __init__(self, change: Change, rows: Rows) -> None:
        self.change = change
        self.before = consolidated(rows)
        self.rows: list[Row] = list(rows)
        self.written = {STATE}

    def first(self, field: str) -> Any:
        """Return a field's first value in the order of the rows, whenever it held, or None."""
        return next(iter(self.all(field)), None)

    def all(self, field: str) -> list[Any]:
        """Return every value that a field has in some row."""
        return [row.values[field] for row in self.before if row.values.get(field) is not None]

    def write(self, values: Mapping[str, Any]) -> None:
        """Write values over the period; those of one group go into one row."""
        collection = self.change.writing.collection
        groups: dict[str, dict[str, Any]] = {}
        for name, value in values.items():
            groups.setdefault(group_of(collection, name).name, {})[name] = value
        for group in groups_of(collection):
            if group.name in groups:
                self._write_group(group, groups[group.name])
                self.written.add(group.name)

    def _write_group(self, group: Group, values: dict[str, Any]) -> None:
        start, end = self.change.start, self.change.end
        fresh = group.row(values, start, end)
        if group.kind == "merged":
            self.rows = merge(self.rows, fresh, values.keys() - fresh.values.keys())
        elif group.kind == "several":
            name = group.fields[0]
            targets: Iterable[Any] = values[name] or (None,)
            self.rows = overlay(self.rows, *(group.row({name: t}, start, end) for t in targets))
        elif group.kind == "replaced":
            self.rows = [*(row for row in self.rows if row.group != group.name), fresh]
        else:
            self.rows = overlay(self.rows, fresh)

    def finish(self, state: Mapping[str, Any] | None = None) -> list[Row]:
        """Return the rows with the object alive in the period, and what was not written drawn over it.

        Raises:
            RefusedError: the period has no day.
        """
        start, end = self.change.start, self.change.end
        if start is not None and start == end:
            raise database_error("range lower bound must be less than range upper bound")
        self.rows = overlay(self.rows, Row(STATE, dict(state or {"active": True}), start, end))
        for group in groups_of(self.change.writing.collection):
            if group.stretched and group.name not in self.written:
                self.rows = stretched(self.rows, group.name, start, end)
        return self.rows

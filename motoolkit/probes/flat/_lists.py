"""Links followed backwards: the objects of a collection by what their reference points at."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from motoolkit.catalogue import CONDITIONS, Nested
from motoolkit.language import tr
from motoolkit.probes.flat._refused import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from motoolkit.probes.flat._context import Context
    from motoolkit.probes.flat._filters import Selection
    from motoolkit.probes.flat._rows import Row, Rows
    from motoolkit.probes.flat._tree import Tree


@dataclass(frozen=True, slots=True)
class Grouped:
    """What a filter selects, by the objects that a reference of it points at within the filter's window."""

    selection: Selection
    targets: Callable[[Row], Sequence[str]]

    @classmethod
    def of(cls, ctx: Context, collection: str, by: str, given: Mapping[str, Any], path: str) -> Grouped:
        """Return the objects of ``collection`` by their reference ``by``.

        Raises:
            Refused: the filter itself says something about that reference, or can not be evaluated.
        """
        _check_free(collection, by, given)
        selection = ctx.filters.selection(collection, given, path)
        return cls(selection, ctx.filters.reader(collection, by))

    def uuids(self, rows: Rows, target: str) -> Sequence[str]:
        """Return what points at an object, in order."""
        return rows.once(self, lambda: self._index(rows)).get(target, ())

    def slices(self, rows: Rows, uuids: Iterable[str]) -> list[Row]:
        """Return the slices of some objects within the window."""
        found = self.selection.found(rows)
        return [row for uuid in uuids for row in found[uuid]]

    def tree(self, ctx: Context) -> Callable[[Rows], Tree]:
        """Return what makes the tree in which the filter's day climbs.

        Raises:
            Refused: the filter is of more than a day.
        """
        if self.selection.window.day is None:
            raise Refused(tr("inheriting over more than one day"))
        return ctx.filters.tree(self.selection.window)

    def _index(self, rows: Rows) -> dict[str, list[str]]:
        sources: dict[str, list[str]] = defaultdict(list)
        for uuid, slices in self.selection.found(rows).items():
            for target in {target for row in slices for target in self.targets(row)}:
                sources[target].append(uuid)
        return dict(sources)


def _check_free(collection: str, by: str, given: Mapping[str, Any]) -> None:
    taken = {by, "parents"} if collection == "org_units" else set()
    for name, condition in CONDITIONS[collection].items():
        if isinstance(condition, Nested) and condition.reference == by:
            taken |= {name, condition.uuids, condition.user_keys}
    if said := {name for name in taken if given.get(name) is not None}:
        raise Refused(tr("the filter {name} beside the object itself", name=min(said)))

"""The path of a unit as the columns "Niveau 1" to "Niveau n"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from motoolkit.model import danish_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from motoolkit.model import OrgTree
    from motoolkit.reports.parameters import ReportParameters

JOINER: Final = " / "
_AFTER_ALL_NAMES: Final = "\uffff"


@dataclass(frozen=True)
class Levels:
    """How many level columns there are, and what a unit shows in them."""

    tree: OrgTree
    count: int
    parameters: ReportParameters

    @classmethod
    def of(cls, tree: OrgTree, units: Iterable[str], parameters: ReportParameters) -> Levels:
        """Take as many levels as the deepest of ``units`` has, within what the parameters allow."""
        deepest = max((len(_path(tree, unit, parameters)) for unit in units), default=0)
        wanted = max(deepest, parameters.min_levels or 1)
        return cls(tree, min(wanted, parameters.max_levels or wanted), parameters)

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings of the level columns."""
        return tuple(f"Niveau {n}" for n in range(1, self.count + 1))

    def cells(self, unit: str) -> tuple[str, ...]:
        """Return the unit's path from the root down, blank where it is shorter than the deepest."""
        path = _path(self.tree, unit, self.parameters)
        if len(path) > self.count and self.parameters.overflow == "join":
            path = (*path[: self.count - 1], JOINER.join(path[self.count - 1 :]))
        return (*path[: self.count], *[""] * (self.count - len(path)))

    def sort_key(self, unit: str) -> tuple[object, ...]:
        """Return what sorts the units: level by level in Danish order, then by name, then by UUID."""
        return (
            *(self._level_key(cell) for cell in self.cells(unit)),
            danish_key(self.tree.name(unit)),
            unit,
        )

    def _level_key(self, cell: str) -> str:
        return danish_key(cell) if cell or self.parameters.own_staff_first else _AFTER_ALL_NAMES


def _path(tree: OrgTree, unit: str, parameters: ReportParameters) -> tuple[str, ...]:
    path = tree.path(unit)
    return path[int(parameters.drop_root) : None if parameters.include_self else -1]

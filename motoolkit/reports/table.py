"""A finished report: columns, rows, warnings and what the info sheet tells."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from motoolkit.errors import ReportError
from motoolkit.model import Cpr

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from motoolkit.reports.columns import Column
    from motoolkit.reports.context import Context
    from motoolkit.reports.notices import Notice
    from motoolkit.reports.parameters import ReportParameters
    from motoolkit.reports.rows import Row

Coverage = Literal["egen leder", "leder længere oppe", "vakant", "ingen leder"]


class UnitCoverage(NamedTuple):
    """A unit of the report: where it is, how many work there, and who leads it."""

    uuid: str
    name: str
    path: str
    level: int
    staff: int
    leader: str
    coverage: Coverage


@dataclass(frozen=True)
class ReportTable:
    """A report as data, the same on screen, in Excel and in tests.

    ``rows`` hold the cells of ``columns``; CPR numbers are ``Cpr`` objects, which print masked.
    ``strays`` are the rows of engagements whose unit does not exist on the date.
    """

    name: str
    title: str
    file_name: str
    parameters: ReportParameters
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Any, ...]] = field(repr=False)
    strays: Sequence[tuple[Any, ...]] = field(repr=False)
    selection: str
    provenance: tuple[tuple[str, str], ...]
    notices: tuple[Notice, ...] = field(repr=False)
    units: Sequence[UnitCoverage] = field(repr=False)
    persons: int

    @property
    def headings(self) -> tuple[str, ...]:
        """The Danish headings in order."""
        return tuple(column.heading for column in self.columns)

    @property
    def shows_cpr(self) -> bool:
        """Whether the finished file holds full CPR numbers."""
        return self.parameters.with_cpr and any(column.sensitive for column in self.columns)

    @property
    def warnings(self) -> tuple[str, ...]:
        """The warnings in Danish, with how often each was met."""
        return tuple(f"{notice.message}: {notice.times}" for notice in self.notices)

    def frame(self, *, show_cpr: bool = False) -> pd.DataFrame:
        """Return the rows as a pandas frame with the Danish headings; CPR numbers masked unless asked for.

        Raises:
            ReportError: the report was not made with CPR numbers.
        """
        import pandas as pd

        if show_cpr and not self.parameters.with_cpr:
            raise ReportError(
                "This report was made without CPR numbers.",
                remedy="Make it with with_cpr=True and a purpose.",
            )
        shown = [tuple([_shown(cell, show_cpr=show_cpr) for cell in row]) for row in self.rows]
        return pd.DataFrame(shown, columns=list(self.headings)).astype(
            {column.heading: "Int64" for column in self.columns if column.kind == "int"}
        )

    def summary(self) -> dict[str, int]:
        """Return the counts that people ask for first, by Danish label."""
        coverage = Counter(unit.coverage for unit in self.units)
        return {
            "Rækker": len(self.rows),
            "Medarbejdere": self.persons,
            "Enheder": len(self.units),
            "Enheder med egen leder": coverage["egen leder"],
            "Enheder med leder længere oppe": coverage["leder længere oppe"],
            "Enheder med vakant leder": coverage["vakant"],
            "Enheder uden leder": coverage["ingen leder"],
            "Rækker uden enhed": len(self.strays),
            "Advarsler": sum(notice.times for notice in self.notices),
        }

    def coverage(self) -> pd.DataFrame:
        """Return a frame with one row a unit: ``uuid name path level staff leader coverage``.

        ``staff`` counts engagements in the unit, ``coverage`` says where its leader is.
        """
        import pandas as pd

        return pd.DataFrame(self.units, columns=list(UnitCoverage._fields))

    def __len__(self) -> int:
        return len(self.rows)


def unit_coverage(context: Context, rows: Sequence[Row]) -> list[UnitCoverage]:
    """Tell for every selected unit how many work there and who leads it, in the order of the report."""
    tree = context.facts.tree
    staff = Counter(row.unit for row in rows if row.engagement is not None and not row.elsewhere)
    return [
        UnitCoverage(
            uuid=unit,
            name=tree.name(unit),
            path=" / ".join(tree.path(unit)),
            level=tree.level(unit),
            staff=staff[unit],
            **_leadership(context, unit),
        )
        for unit in sorted(context.selection.units, key=context.levels.sort_key)
    ]


def _leadership(context: Context, unit: str) -> dict[str, Any]:
    own = context.unit_roles.leader(unit)
    nearest = next(iter(context.nearest_leader.roles(unit, None)), None)
    if own is not None and own.person is not None:
        return {"leader": context.role_name(own), "coverage": "egen leder"}
    name = context.role_name(nearest) if nearest and nearest.person else ""
    if own is not None:
        return {"leader": name, "coverage": "vakant"}
    return {"leader": name, "coverage": "leder længere oppe" if name else "ingen leder"}


def _shown(cell: Any, *, show_cpr: bool) -> Any:
    if isinstance(cell, Cpr):
        return cell.digits if show_cpr else str(cell)
    if isinstance(cell, bool):
        return "Ja" if cell else "Nej"
    return cell

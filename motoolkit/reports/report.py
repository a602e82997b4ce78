"""What a report is: a name, a title and columns; the base class does the rest."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar, Final

from motoolkit.errors import ParameterError
from motoolkit.reports.columns import Column
from motoolkit.reports.context import Context
from motoolkit.reports.notices import Notices
from motoolkit.reports.provenance import provenance
from motoolkit.reports.reading import COLLECTIONS, read_facts
from motoolkit.reports.rows import make_rows, stray_rows
from motoolkit.reports.selection import select
from motoolkit.reports.table import ReportTable, unit_coverage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from motoolkit.reports.parameters import ReportParameters
    from motoolkit.reports.reading import Source
    from motoolkit.reports.rows import Row


class Report:
    """A report over persons, units and leaders; a new one declares these four and is added to ``REPORTS``.

    Attributes:
        name: what the command line calls it.
        title: its Danish title.
        file_name: the stem of its file, always the same so that files replace each other.
        columns: what comes after the path, in order.
        collections: what the mirror must hold.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    file_name: ClassVar[str]
    columns: ClassVar[tuple[Column, ...]]
    collections: ClassVar[tuple[str, ...]] = COLLECTIONS

    @classmethod
    def build(cls, mirror: Source, parameters: ReportParameters) -> ReportTable:
        """Make the report from a loaded mirror.

        Raises:
            ParameterError: a parameter names a unit, hierarchy, class or column that does not exist.
            ReportError: the mirror lacks a collection.
        """
        columns = cls._chosen(parameters)
        facts = read_facts(
            mirror,
            parameters.as_of,
            cpr=parameters.exclude_fictive or any(column.reads_cpr for column in columns),
            leaves=parameters.show_leave or bool(parameters.exclude_leave_types),
        )
        context = Context(facts, parameters, select(facts, parameters), Notices())
        return cls._table(context, columns, tuple(provenance(mirror.info())))

    @classmethod
    def _table(
        cls, context: Context, columns: Sequence[Column], source: tuple[tuple[str, str], ...]
    ) -> ReportTable:
        """Fill the cells; what that warns about is complete when all of them are filled."""
        rows = make_rows(context)
        all_columns = (*_level_columns(context), *columns)
        cells, stray_cells = _cells(rows, all_columns), _cells(stray_rows(context), all_columns)
        units = unit_coverage(context, rows)
        _warn_about_selection(context)
        return ReportTable(
            name=cls.name,
            title=cls.title,
            file_name=cls.file_name,
            parameters=context.parameters,
            columns=all_columns,
            rows=cells,
            strays=stray_cells,
            selection=context.selection.description,
            provenance=source,
            notices=context.notices.listed(),
            units=units,
            persons=len({row.person for row in rows} - {None}),
        )

    @classmethod
    def _chosen(cls, parameters: ReportParameters) -> tuple[Column, ...]:
        extra = [
            column
            for column, wanted in (
                (_LEAVE, parameters.show_leave),
                (_ELSEWHERE, parameters.mark_leaders_elsewhere),
            )
            if wanted
        ]
        offered = {column.key: column for column in (*cls.columns, *extra)}
        for key in parameters.columns:
            if key not in offered:
                raise ParameterError.unknown("column", key, list(offered))
        return tuple(c for c in offered.values() if not parameters.columns or c.key in parameters.columns)


def _leave(row: Row) -> str:
    """Return the leave's type and last day."""
    context = row.context
    leave = context.leaves_of_engagement.get(row.engagement.uuid) if row.engagement else None
    if leave is None:
        return ""
    until = "" if leave.until is None else f" til {leave.until - timedelta(days=1):%d-%m-%Y}"
    return f"{context.classes.name(leave.leave_type)}{until}".strip()


_LEAVE: Final = Column("leave", "Orlov", _leave)
_ELSEWHERE: Final = Column("elsewhere", "Ansat andetsteds", lambda row: row.elsewhere, kind="bool", width=17)


def _level_columns(context: Context) -> list[Column]:
    def level(at: int) -> Column:
        return Column(
            f"level_{at + 1}", context.levels.headings[at], lambda row: row.context.level_cells(row.unit)[at]
        )

    return [level(at) for at in range(context.levels.count)]


def _cells(rows: Sequence[Row], columns: Sequence[Column]) -> list[tuple[object, ...]]:
    getters = [column.getter for column in columns]
    return [tuple([getter(row) for getter in getters]) for row in rows]


def _warn_about_selection(context: Context) -> None:
    if not context.selection.units:
        context.notices.add("no_units", context.selection.description)
    for problem in context.facts.tree.problems:
        if not context.selection.units.isdisjoint(problem.units):
            context.notices.add("tree", problem.message)

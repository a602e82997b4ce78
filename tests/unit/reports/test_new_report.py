"""The next report is one short module: a name, a title, and columns."""

from __future__ import annotations

from motoolkit.reports import Column, Report, ReportParameters, write_workbook


class Headcount(Report):
    """Who works where."""

    name = "headcount"
    title = "Medarbejdere"
    file_name = "medarbejdere"
    columns = (
        Column("unit", "Enhed", lambda row: row.context.unit_name(row.unit)),
        Column("name", "Navn", lambda row: row.name),
        Column("share", "Andel", lambda row: (row.engagement.fraction or 0) / 1_000_000, kind="pct"),
    )


def test_a_report_is_a_class_with_columns(world, tmp_path):
    """Rows, sorting, warnings and Excel come with the base class."""
    unit = world.unit("Skole")
    world.engagement("Åse Å", unit, fraction=500_000)
    world.engagement("Bo Bo", unit, fraction=1_000_000)
    table = Headcount.build(world, ReportParameters(as_of="2026-11-23"))
    assert table.headings == ("Niveau 1", "Enhed", "Navn", "Andel")
    assert table.rows == [("Skole", "Skole", "Bo Bo", 1.0), ("Skole", "Skole", "Åse Å", 0.5)]
    assert write_workbook(table, tmp_path).name == "medarbejdere.xlsx"


def test_a_report_without_cpr_columns_reads_no_cpr_number(world):
    """Data minimisation begins at the query."""
    world.engagement("Bo Bo", world.unit("Skole"))
    asked = []
    rows = world.rows
    world.rows = lambda query, parameters=None, *, show_cpr=False: (
        asked.append(show_cpr) or rows(query, parameters, show_cpr=show_cpr)
    )
    Headcount.build(world, ReportParameters(as_of="2026-11-23"))
    world.report("engagements-managers")
    assert not any(asked)

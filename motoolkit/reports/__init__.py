"""Reports from a mirror: rows by rules that are parameters, and Excel that HR can use as it is.

>>> table = REPORTS["engagements-managers"].build(mirror, ReportParameters(as_of=day))  # doctest: +SKIP
>>> write_workbook(table, "out")  # doctest: +SKIP
"""

from __future__ import annotations

from motoolkit.reports.columns import Column
from motoolkit.reports.engagements_managers import EngagementsAndManagers, EngagementsAndManagersWithCpr
from motoolkit.reports.notices import Notice
from motoolkit.reports.parameters import PRESETS, ReportParameters
from motoolkit.reports.report import Report
from motoolkit.reports.table import ReportTable, UnitCoverage
from motoolkit.reports.workbook import write_workbook

REPORTS: dict[str, type[Report]] = {
    report.name: report for report in (EngagementsAndManagersWithCpr, EngagementsAndManagers)
}
"""The reports by name; the next one is a class with columns, added here."""

__all__ = [
    "PRESETS",
    "REPORTS",
    "Column",
    "EngagementsAndManagers",
    "EngagementsAndManagersWithCpr",
    "Notice",
    "Report",
    "ReportParameters",
    "ReportTable",
    "UnitCoverage",
    "write_workbook",
]

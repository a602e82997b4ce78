"""Findings: what every comparison yields, whatever it compares, and all that one does with them."""

from __future__ import annotations

from motoolkit.findings._accept import AcceptList
from motoolkit.findings._finding import Acceptance, Finding, Kind, Severity, Subject
from motoolkit.findings._findings import Findings, Group
from motoolkit.findings._left_out import LeftOut
from motoolkit.findings._picture import KindsPicture, StacksPicture, TrendPicture, UnitsPicture
from motoolkit.findings._shown import Shown, causes_shown
from motoolkit.findings._store import FindingStore, Run
from motoolkit.findings._text import write_json
from motoolkit.findings._words import how, period, word
from motoolkit.findings._workbook import write_workbook

__all__ = [
    "AcceptList",
    "Acceptance",
    "Finding",
    "FindingStore",
    "Findings",
    "Group",
    "Kind",
    "KindsPicture",
    "LeftOut",
    "Run",
    "Severity",
    "Shown",
    "StacksPicture",
    "Subject",
    "TrendPicture",
    "UnitsPicture",
    "causes_shown",
    "how",
    "period",
    "word",
    "write_json",
    "write_workbook",
]

"""Findings: what every comparison yields, whatever it compares, and all that one does with them."""

from __future__ import annotations

from motoolkit.findings._finding import Acceptance, Finding, Kind, Severity, Subject
from motoolkit.findings._findings import Findings, Group

__all__ = [
    "Acceptance",
    "Finding",
    "Findings",
    "Group",
    "Kind",
    "Severity",
    "Subject",
]

"""The doctor: everything between here and a MO, each with a sentence and a remedy."""

from __future__ import annotations

from motoolkit.checkup._check import Check, Report
from motoolkit.checkup._doctor import NAMES, doctor

__all__ = ["NAMES", "Check", "Report", "doctor"]

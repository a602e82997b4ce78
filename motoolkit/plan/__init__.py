"""Plans: what shall be true in MO, looked at before it is sent, sent as one document, read back."""

from __future__ import annotations

from motoolkit.plan._operation import Operation
from motoolkit.plan._problems import Problem
from motoolkit.plan._state import Key, Span, State
from motoolkit.plan._steps import Step

__all__ = ["Key", "Operation", "Problem", "Span", "State", "Step"]

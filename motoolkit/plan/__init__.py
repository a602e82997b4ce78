"""Plans: what shall be true in MO, looked at before it is sent, sent as one document, read back."""

from __future__ import annotations

from motoolkit.plan._apply import apply
from motoolkit.plan._check import Check, check
from motoolkit.plan._checks_wanted import FACETS
from motoolkit.plan._desired import desired
from motoolkit.plan._journal import Journal
from motoolkit.plan._operation import Operation
from motoolkit.plan._plan import Plan
from motoolkit.plan._preview import Preview, preview
from motoolkit.plan._problems import Problem
from motoolkit.plan._reading import read, read_for, read_state, state_of_mirror
from motoolkit.plan._result import Outcome, Result
from motoolkit.plan._runs import Run
from motoolkit.plan._state import Key, Span, State
from motoolkit.plan._steps import Step, steps
from motoolkit.plan._undo import Undo, undo

__all__ = [
    "FACETS",
    "Check",
    "Journal",
    "Key",
    "Operation",
    "Outcome",
    "Plan",
    "Preview",
    "Problem",
    "Result",
    "Run",
    "Span",
    "State",
    "Step",
    "Undo",
    "apply",
    "check",
    "desired",
    "preview",
    "read",
    "read_for",
    "read_state",
    "state_of_mirror",
    "steps",
    "undo",
]

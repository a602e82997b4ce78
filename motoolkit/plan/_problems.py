"""What a plan finds wrong, or worth saying, before anything is sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing about a plan: what it is, in words, and what to do about it.

    Attributes:
        severity: ``error`` for what can not be sent, ``warning`` for what probably is not meant, ``info``
            for what the plan does about a trap of MO's.
        operation: which of the plan's operations, counted from 0; None for the plan as a whole.
        code: the kind of problem, for programs (``unknown-reference``, ``outside-life``, ``would-spread``).
        text: one sentence that names the object.
        remedy: one way out.
    """

    severity: Severity
    operation: int | None
    code: str
    text: str
    remedy: str = ""

"""Quick looks: a person, a unit, and what changed in an object."""

from __future__ import annotations

from motoolkit.kernel.looks._changes import Changed
from motoolkit.kernel.looks._diff import DiffLook, Registration, diff_look
from motoolkit.kernel.looks._parts import Look, Row
from motoolkit.kernel.looks._person import Choices, PersonLook, person_look
from motoolkit.kernel.looks._unit import UnitLook, unit_look

__all__ = [
    "Changed",
    "Choices",
    "DiffLook",
    "Look",
    "PersonLook",
    "Registration",
    "Row",
    "UnitLook",
    "diff_look",
    "person_look",
    "unit_look",
]

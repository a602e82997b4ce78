"""Quick looks: a person, a unit, and what changed in an object."""

from __future__ import annotations

from motoolkit.kernel._look_changes import Changed
from motoolkit.kernel._look_diff import DiffLook, Registration, diff_look
from motoolkit.kernel._look_parts import Look, Row
from motoolkit.kernel._look_person import Choices, PersonLook, person_look
from motoolkit.kernel._look_unit import UnitLook, unit_look

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

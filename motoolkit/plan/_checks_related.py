"""What MO checks of related units: that all of them are there, and live from the first day on for ever."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from motoolkit.model import Validity
from motoolkit.plan._checks_case import life, outside
from motoolkit.plan._checks_words import periods
from motoolkit.plan._problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from motoolkit.plan._checks_case import Case
    from motoolkit.plan._checks_source import Found
    from motoolkit.plan._steps import Step


def related(case: Case, world: Found, step: Step) -> Iterator[Problem]:
    """Check the unit itself and those to which it shall be related (measured: no hole in them either)."""
    for unit in (step.uuid, *step.input["destination"]):
        held = world.get(("org_units", unit), ())
        if not held:
            yield _error(
                case,
                step,
                "unknown-reference",
                f"The org_unit {unit} shall have related units, but neither MO nor the plan has it.",
                "Check the UUID, or let the plan create the org_unit first.",
            )
        elif outside(Validity(date.fromisoformat(step.input["validity"]["from"])), held):
            yield _error(
                case,
                step,
                "outside-life",
                f"The {case.name(('org_units', unit))} shall have related units from"
                f" {step.input['validity']['from']} on, but lives in {periods(life(held))} only.",
                "MO relates units that live on for ever: choose a later day, or prolong the unit first.",
            )


def _error(case: Case, step: Step, code: str, text: str, remedy: str) -> Problem:
    case.said.add(((step.collection, step.uuid), "org_units"))
    return Problem("error", step.operation, code, text, remedy)

"""What became of an onboarding, told at the rows of the form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from motoolkit.forms._trouble import Trouble
from motoolkit.forms.onboarding._fields import KINDS
from motoolkit.language import N_, tr
from motoolkit.model import mask_all

if TYPE_CHECKING:
    from collections.abc import Iterable

    from motoolkit.forms.onboarding._draft import Draft
    from motoolkit.plan import Operation, Problem, Result

_KEY: Final = re.compile(r"\b[VE]_[A-Z_]{4,}\b")
_SAID: Final = {
    "V_DATE_OUTSIDE_ORG_UNIT_RANGE": N_("The unit is not there in all of this period (any more)."),
    "E_ORG_UNIT_NOT_FOUND": N_("The unit is not in MO (any more)."),
    "E_USER_NOT_FOUND": N_("The person is not in MO (any more)."),
    "E_NOT_FOUND": N_("Something that was chosen is not in MO (any more)."),
    "V_DATE_OUTSIDE_EMPL_RANGE": N_("The person is not there in all of this period."),
    "V_EXISTING_CPR": N_("Somebody in MO has this CPR number by now."),
    "V_DUPLICATED_IT_USER": N_("The person has such an account by now."),
    "V_INVALID_ADDRESS_EMAIL": N_("MO does not take this e-mail address."),
    "V_INVALID_ADDRESS_PHONE": N_("MO does not take this telephone number."),
    "duplicate-cpr": N_("Somebody in MO has this CPR number by now."),
    "duplicate-username": N_("Another account has this username."),
    "outside-life": N_("What was chosen is not there in all of this period."),
    "unknown-reference": N_("Something that was chosen is not in MO (any more)."),
    "missing-role": N_("You are not allowed to do this in MO: ask for the role."),
    "already-there": N_("MO has something else under this UUID: begin a new draft."),
}
"""Sentences by MO's error keys, and by the codes of a plan's own checks."""


def refusals(result: Result, draft: Draft) -> list[Trouble]:
    """Return which parts MO, or the plan before it, refused; nothing at all was made then."""
    refused = [each for each in result.outcomes if each.became in ("refused", "differs", "unknown")]
    told = [trouble for problem in result.problems if (trouble := of_problem(problem, result, draft))]
    return told or [_trouble(each.operation, each.text, draft) for each in refused]


def of_problem(problem: Problem, result: Result, draft: Draft) -> Trouble | None:
    """Return an error that the plan's own checks found, at its row."""
    if problem.severity != "error" or problem.operation is None:
        return None
    operation = result.outcomes[problem.operation].operation
    return _trouble(operation, f"{problem.code} {problem.text}", draft, problem.code)


def _trouble(operation: Operation, text: str, draft: Draft, code: str = "") -> Trouble:
    step, number = row_of(operation, draft)
    found = _KEY.search(text)
    key = code or (found[0] if found else "refused")
    said = tr(_SAID[key]) if key in _SAID else tr("MO says: {text}", text=mask_all(text))
    return Trouble(step, number, "", key, said)


def row_of(operation: Operation, draft: Draft) -> tuple[str, int]:
    """Return the step and the row that an operation is for."""
    uuid = operation.values["ituser"] if operation.kind == "rolebinding" else operation.uuid
    for step in KINDS:
        for number, row in enumerate(draft.rows[step]):
            if row["uuid"] == uuid:
                return step, number
    return "person", 0


def unsent(found: Iterable[Trouble]) -> bool:
    """Tell whether something is wrong that keeps a draft from being sent."""
    return any(trouble.severity == "error" for trouble in found)

"""All that is wrong with a draft, found before anything is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from motoolkit.forms.onboarding import _rules_person as person
from motoolkit.forms.onboarding import _rules_values as values
from motoolkit.forms.onboarding._case import Case
from motoolkit.forms.onboarding._entered import enter
from motoolkit.forms.onboarding._fields import STEPS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from motoolkit.forms._choices import Choices
    from motoolkit.forms._trouble import Trouble
    from motoolkit.forms.onboarding._draft import Draft
    from motoolkit.forms.onboarding._lookup import Lookup

RULES: Final[tuple[Callable[[Case], Iterator[Trouble]], ...]] = (
    values.missing,
    values.reversed_dates,
    values.chosen,
    values.roles,
    values.addresses,
    person.cpr,
    person.before_birth,
    person.usernames,
    person.links,
    person.primaries,
)
"""Each looks at one thing; a new rule is a function in this list."""


def check(draft: Draft, choices: Choices, lookup: Lookup, as_of: date) -> list[Trouble]:
    """Return what is wrong with a draft, in the order of its fields, the errors of a field first.

    Args:
        draft: what was entered.
        choices: what can be chosen in the MO.
        lookup: whom to ask about the person and the usernames.
        as_of: today.

    Raises:
        MoError: MO did not answer, or not as it should.
    """
    case = Case(enter(draft, choices, as_of), lookup)
    found = [*case.entered.troubles, *(trouble for rule in RULES for trouble in rule(case))]
    return sorted(dict.fromkeys(found), key=_in_order)


def _in_order(trouble: Trouble) -> tuple[int, int, int, bool]:
    names = ["", *(field.name for field in STEPS[trouble.step])]
    step = list(STEPS).index(trouble.step)
    return step, trouble.row, names.index(trouble.field), trouble.severity != "error"

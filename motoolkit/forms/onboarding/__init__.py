"""Onboarding: one person with engagements, accounts, manager roles and addresses, in one plan."""

from __future__ import annotations

from motoolkit.forms.onboarding._check import RULES, check
from motoolkit.forms.onboarding._draft import Draft, Row
from motoolkit.forms.onboarding._entered import Entered, enter, settle
from motoolkit.forms.onboarding._fields import KINDS, NOUNS, STEPS, TITLES, Field, field_of, label, within
from motoolkit.forms.onboarding._lookup import Lookup
from motoolkit.forms.onboarding._offers import offered
from motoolkit.forms.onboarding._onboard import onboard, submit
from motoolkit.forms.onboarding._outcome import refusals, unsent
from motoolkit.forms.onboarding._plan import plan_of
from motoolkit.forms.onboarding._usernames import suggestions

__all__ = [
    "KINDS",
    "NOUNS",
    "RULES",
    "STEPS",
    "TITLES",
    "Draft",
    "Entered",
    "Field",
    "Lookup",
    "Row",
    "check",
    "enter",
    "field_of",
    "label",
    "offered",
    "onboard",
    "plan_of",
    "refusals",
    "settle",
    "submit",
    "suggestions",
    "unsent",
    "within",
]

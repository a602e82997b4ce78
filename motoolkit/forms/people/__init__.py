"""Onboarding of many persons from an Excel list: a template, its reading, its checks, a plan a person."""

from __future__ import annotations

from motoolkit.forms.people._check import check_people
from motoolkit.forms.people._listed import Flaw, Listed, People
from motoolkit.forms.people._onboard import onboard_people
from motoolkit.forms.people._read import read_people
from motoolkit.forms.people._results import PersonResult, Results
from motoolkit.forms.people._template import template

__all__ = [
    "Flaw",
    "Listed",
    "People",
    "PersonResult",
    "Results",
    "check_people",
    "onboard_people",
    "read_people",
    "template",
]

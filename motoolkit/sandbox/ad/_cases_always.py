"""Cases that are found in every mode: a directory that agrees with MO has what is odd in MO."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from motoolkit.sandbox.ad._case import in_admin, in_school
from motoolkit.sandbox.ad.expected import Expected
from motoolkit.sandbox.ad.places import ADMIN
from motoolkit.sandbox.municipality import uid, unit_uuid

_CASES: Final = {
    "replacement_number": in_admin("Olga Erstatning Ivanova", "Has a replacement number, as in MO."),
    "no_number": in_admin("Linh Uden Nummer", "Has no CPR number, as in MO."),
    "two_primaries": in_admin(
        "Åge Dobbelt",
        "Has two primary engagements, of which MO takes the one that was chosen by hand, and one account, "
        "which is for the other.",
        Expected("ENG-UNCOVERED", "engagement", f"admin/{uid('engagements', 'two-primaries/2')}"),
    ),
    "closed_unit": in_admin(
        "Dokumentcentret",
        "The unit is closed, and somebody still works there.",
        Expected("OU-CLOSED-NONEMPTY", "ou", f"admin/{ADMIN.key('unit/' + unit_uuid('Dokumentcentret'))}"),
    ),
    "name_like_mail": in_school(
        "Hans Holm", "MO has mail addresses for usernames, with which one logs on (UPN); the GUID links."
    ),
}
ALWAYS: Final = {name: replace(case, always=True) for name, case in _CASES.items()}

"""Cases that are there in every mode: what MO has oddly and a directory that agrees with it has as well."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from motoolkit.sandbox.ad._case import in_admin, in_school
from motoolkit.sandbox.ad.expected import Expected
from motoolkit.sandbox.ad.places import ADMIN
from motoolkit.sandbox.municipality import uid, unit_uuid

_CASES: Final = {
    "replacement_number": in_admin("Olga Erstatning Ivanova", "Has a replacement number, in MO too."),
    "name_like_mail": in_school(
        "Hans Holm",
        "MO has mail addresses for usernames, which a sAMAccountName can not be; they are the UPNs.",
    ),
    "two_leaders": in_admin("Bodil Kjær, Anders Bæk", "Lead one unit, and each other: so MO has it."),
    "two_jobs": in_admin(
        "Åge Dobbelt",
        "Has two primary engagements, the explicit one counts; the one account is linked with the other.",
        Expected("ENG-UNCOVERED", "engagement", f"admin/{uid('engagements', 'two-primaries/2')}"),
    ),
    "closed_unit": in_admin(
        "Dokumentcentret",
        "The unit is closed, and somebody still works there.",
        Expected("OU-CLOSED-NONEMPTY", "ou", f"admin/{ADMIN.key('unit/' + unit_uuid('Dokumentcentret'))}"),
    ),
}
ALWAYS: Final = {name: replace(case, always=True) for name, case in _CASES.items()}

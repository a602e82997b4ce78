"""Cases that are found in every mode: a directory that agrees with MO has what is odd in MO."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from motoolkit.sandbox.ad._case import in_admin, in_school, of, person
from motoolkit.sandbox.ad.expected import Expected
from motoolkit.sandbox.ad.places import ADMIN
from motoolkit.sandbox.municipality import uid, unit_uuid

_CASES: Final = {
    "replacement_number": in_admin(
        "Olga Erstatning Ivanova", "Has a replacement number.", of("replacement", "CPR-FICTIVE")
    ),
    "no_number": in_admin("Linh Uden Nummer", "Has no CPR number.", of("no-cpr", "CPR-MISSING")),
    "two_primaries": in_admin(
        "Åge Dobbelt",
        "Has two primary engagements, and one account that is linked with the first.",
        person("PRIM-MULTI", "two-primaries"),
        Expected("ENG-UNCOVERED", "engagement", f"admin/{uid('engagements', 'two-primaries/2')}"),
    ),
    "closed_unit": in_admin(
        "Dokumentcentret",
        "The unit is closed, and somebody still works there.",
        Expected("OU-CLOSED-NONEMPTY", "ou", f"admin/{ADMIN.key('unit/' + unit_uuid('Dokumentcentret'))}"),
    ),
    "name_like_mail": in_school(
        "Hans Holm",
        "MO has mail addresses for usernames, which a sAMAccountName can not be; the GUID links.",
        *(
            Expected("SAM-MO-DIFF", "ituser", f"skole/{uid('itusers', f'hans/{number}')}")
            for number in (1, 2)
        ),
    ),
}
ALWAYS: Final = {name: replace(case, always=True) for name, case in _CASES.items()}
